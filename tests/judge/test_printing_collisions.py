"""Two different trees print the same only where their normal forms are the same.

Trees are drawn at random, and every tree that differs from one in a single place is compared with
it: exchanged parts, other operations, brackets moved. Two operations inside each other are tried
in all ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_landscape.errors import LandscapeError, SortError
from symbolic_landscape.statement.language import (
    Expr,
    define,
    function,
    integer,
    matrix,
    natural,
    predicate,
    real,
    scalar_function,
    trace,
    true,
)
from symbolic_landscape.statement.normal import Normal
from symbolic_landscape.statement.printing import Notation, latex, text
from symbolic_landscape.statement.term import (
    BOUND,
    FORMULA,
    INT,
    REAL,
    SCALAR_FUNCTION,
    Term,
    apply,
    fun,
    num,
    substitute,
    term,
    var,
)
from symbolic_landscape.statement.term import matrix as shape

m, n = natural("m"), natural("n")
i, k = integer("i"), integer("k")
r, s = real("r"), real("s")
A, B, C, D = matrix("A", m, n), matrix("B", m, n), matrix("C", n, m), matrix("D", n, n)
S, X1 = matrix("S", n, n), matrix("X1", m, n)
f, H, J = scalar_function("f"), function("H", A, r), function("I", i, true)
psd, smooth, near = predicate("psd"), predicate("smooth"), predicate("near")

SIZES = (m.term, n.term)
FAMILY = var("F", fun(k.term, shape(*SIZES)))
NUMBERS = var("a", fun(k.term, REAL))
SLOPES = var("g", fun(k.term, SCALAR_FUNCTION))
MOVE = var("P", fun(A.term, shape(*SIZES)))
CURVE = function("path", r, A).term
SIZED = define("sized", (A, r), r * trace(A @ C), text="Phi", latex=r"\Phi", at=("A", "r"))
MEMBERS = define("members", (Expr(FAMILY),), Expr(FAMILY), text="T", latex="T", at=("F",))
SMALL = {
    "sized": SIZED.notation,
    "members": MEMBERS.notation,
    "psd": Notation("{0} ⪰ 0", r"{0} \succeq 0"),
}

LEAVES: dict[Term, list[Term]] = {
    INT: [k.term, i.term, m.term, n.term, *map(num, (0, 1, 2, -1))],
    REAL: [r.term, s.term, k.term, *map(num, (0, 1, -1, 2, Fraction(1, 2), Fraction(-3, 2)))],
    FORMULA: [(r < s).term, (s == 0).term, J(k).term, psd(D).term, term("or")],
}
for p in SIZES:
    for q in SIZES:
        named = [v.term for v in (A, B, C, D, X1) if v.term.sort is shape(p, q)]
        square = [term("eye", p)] if p is q else []
        LEAVES[shape(p, q)] = [*named, term("zeros", p, q), term("ones", p, q), *square]

Grown = Callable[[Term], Term]


def grown(random: Random, sort: Term, depth: int) -> Term:
    """A tree of this sort; a smaller one where the parts that were drawn do not fit."""
    if depth == 0:
        return random.choice(LEAVES[sort])
    try:
        return random.choice(_ways(sort))(lambda asked: grown(random, asked, depth - 1))
    except SortError:
        return grown(random, sort, depth - 1)


def _ways(sort: Term) -> list[Callable[[Grown], Term]]:
    """How a tree of this sort is put together from smaller ones."""
    if sort is INT:
        ring = [lambda g, w=w: term(w, g(INT), g(INT)) for w in ("add", "mul")]
        return [lambda g: g(INT), *ring]
    if sort is FORMULA:
        return _formulas()
    return _reals() if sort is REAL else _matrices(*sort.args)


def _reals() -> list[Callable[[Grown], Term]]:
    wide, square, other = shape(*SIZES), shape(n.term, n.term), shape(n.term, m.term)
    return [
        lambda g: term("add", g(REAL), g(REAL)),
        lambda g: term("add", g(REAL), g(REAL), g(REAL)),
        lambda g: term("mul", g(REAL), g(REAL)),
        lambda g: term("mul", g(REAL), g(REAL), g(REAL)),
        lambda g: term("mul", num(-1), g(REAL)),
        lambda g: term("mul", num(Fraction(1, 2)), g(REAL)),
        lambda g: term("recip", g(REAL)),
        lambda g: term("entry", g(wide), g(INT), g(INT)),
        lambda g: term("entry", g(square), num(1), num(2)),
        lambda g: term("trace", g(square)),
        lambda g: term("det", g(square)),
        lambda g: term("rank", g(wide)),
        lambda g: term("rank", g(other)),
        lambda g: term("rank", term("hcat", g(wide), g(wide))),
        lambda g: term("rank", term("hcat", g(square), term("hcat", g(other), g(square)))),
        lambda g: term("rank", term("vcat", g(wide), g(square))),
        lambda g: term(
            "rank", term("vcat", term("hcat", g(wide), g(wide)), term("hcat", g(square), g(square)))
        ),
        lambda g: term("entry", term("vcat", g(square), g(wide)), g(INT), num(1)),
        lambda g: term("sum", k.term, num(1), g(INT), g(REAL)),
        lambda g: term("sum", i.term, g(INT), n.term, g(REAL)),
        lambda g: apply(NUMBERS, g(INT)),
        lambda g: apply(f.term, g(REAL)),
        lambda g: apply(term("deriv", f.term), g(REAL)),
        lambda g: apply(term("deriv", term("lam", r.term, g(REAL))), g(REAL)),
        lambda g: apply(SLOPES, g(INT), g(REAL)),
        lambda g: apply(term("deriv", apply(SLOPES, g(INT))), g(REAL)),
        lambda g: apply(H.term, g(wide)),
        lambda g: SIZED(g(wide), g(REAL)).term,
        lambda g: apply(term("rec", k.term, r.term, g(INT), g(REAL), g(REAL), name="up"), g(INT)),
    ]


def _matrices(rows: Term, columns: Term) -> list[Callable[[Grown], Term]]:
    own = shape(rows, columns)
    out: list[Callable[[Grown], Term]] = [
        lambda g: term("add", g(own), g(own)),
        lambda g: term("mul", g(REAL), g(own)),
        lambda g: term("mul", num(-1), g(own)),
        lambda g: term("mul", g(shape(rows, m.term)), g(shape(m.term, columns))),
        lambda g: term("mul", g(shape(rows, n.term)), g(shape(n.term, columns))),
        lambda g: term("tr", g(shape(columns, rows))),
        lambda g: term("had", g(own), g(own)),
        lambda g: term("map", f.term, g(own)),
        lambda g: term("map", term("deriv", apply(SLOPES, g(INT))), g(own)),
        lambda g: term("map", term("lam", r.term, g(REAL)), g(own)),
        lambda g: term("sum", k.term, num(1), g(INT), g(own)),
        lambda g: term("build", i.term, k.term, rows, columns, g(REAL)),
        lambda g: (
            term("grad", term("lam", B.term, g(REAL)), g(own)) if own is B.term.sort else g(own)
        ),
    ]
    if rows is columns:
        out.append(lambda g: term("inv", g(own)))
    if own is FAMILY.sort.args[1]:
        out += [
            lambda g: apply(FAMILY, g(INT)),
            lambda g: apply(term("upd", FAMILY, g(INT), g(own)), g(INT)),
            lambda g: apply(MEMBERS(FAMILY).term, g(INT)),
            lambda g: apply(MEMBERS(term("upd", FAMILY, g(INT), g(own))).term, g(INT)),
            lambda g: apply(term("lam", k.term, g(own)), g(INT)),
            lambda g: apply(CURVE, g(REAL)),
            lambda g: apply(term("deriv", CURVE), g(REAL)),
            lambda g: apply(MOVE, g(own)),
            lambda g: term("grad", H.term, g(own)),
            lambda g: term("grad", term("lam", B.term, g(REAL)), A.term),
            lambda g: term(
                "grad",
                term(
                    "lam", B.term, apply(H.term, apply(term("upd", FAMILY, k.term, B.term), g(INT)))
                ),
                apply(FAMILY, k.term),
            ),
        ]
    return out


def _formulas() -> list[Callable[[Grown], Term]]:
    shapes = [shape(p, q) for p in SIZES for q in SIZES]
    bound = [r.term, k.term, A.term, C.term, D.term, FAMILY, f.term]
    return [
        *(lambda g, w=w: term("eq", g(w), g(w)) for w in shapes),
        *(lambda g, v=v: term("forall", v, g(FORMULA)) for v in bound),
        *(lambda g, v=v: term("exists", v, g(FORMULA)) for v in bound),
        *(lambda g, w=w: term(w, g(REAL), g(REAL)) for w in ("eq", "le", "lt")),
        *(lambda g, w=w: term(w, g(FORMULA), g(FORMULA)) for w in ("and", "or", "implies", "eq")),
        lambda g: term("and", g(FORMULA), g(FORMULA), g(FORMULA)),
        lambda g: term("not", g(FORMULA)),
        lambda g: term("each", k.term, num(1), g(INT), g(FORMULA)),
        lambda g: term("each", i.term, g(INT), n.term, g(FORMULA)),
        lambda g: apply(J.term, g(INT)),
        lambda g: apply(term("lam", k.term, g(FORMULA)), g(INT)),
        lambda g: psd(g(shapes[3])).term,
        lambda g: smooth(term("lam", A.term, g(REAL))).term,
        lambda g: smooth(term("lam", r.term, g(REAL))).term,
        lambda g: near(g(shapes[1]), g(shapes[1])).term,
    ]


SORTS = [REAL, FORMULA, FORMULA, *(shape(p, q) for p in SIZES for q in SIZES)]
OTHER = {
    "add": "mul",
    "mul": "had",
    "had": "add",
    "rank": "det",
    "det": "trace",
    "le": "lt",
    "lt": "eq",
    "and": "or",
    "or": "implies",
    "implies": "and",
    "forall": "exists",
    "exists": "forall",
    "hcat": "vcat",
    "vcat": "hcat",
    "tr": "inv",
    "inv": "tr",
}


def _neighbours(t: Term) -> Iterator[Term]:
    """Trees that differ from this one in one place: exchanged, regrouped, replaced, left out."""
    parts = dict.fromkeys(_parts(t))
    for path, x in _places(t):
        for y in _changed(x, [p for p in parts if p.sort is x.sort]):
            try:
                yield _put(t, path, y())
            except (LandscapeError, IndexError, AssertionError, TypeError, ValueError):
                continue


def _parts(t: Term) -> Iterator[Term]:
    return (x for _, x in _places(t))


def _places(t: Term, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Term]]:
    yield path, t
    skipped = BOUND.get(t.head, 0) + (t.head == "def")
    for place, a in enumerate(t.args if t.head not in ("var", "const") else ()):
        if place >= skipped:
            yield from _places(a, (*path, place))


def _put(t: Term, path: tuple[int, ...], new: Term) -> Term:
    if not path:
        return new
    args = list(t.args)
    args[path[0]] = _put(args[path[0]], path[1:], new)
    return term(t.head, *args, name=t.name)


def _changed(x: Term, same: list[Term]) -> Iterator[Callable[[], Term]]:
    for y in (*same, *LEAVES.get(x.sort, [])):
        yield lambda y=y: y
    last = BOUND.get(x.head, 0)
    front, args = x.args[:last], x.args[last:]
    if x.head in ("forall", "exists", "lam"):
        v, body = x.args
        for sort in (INT, REAL, *(shape(p, q) for p in SIZES for q in SIZES)):
            w = var(str(v.name), sort)
            yield lambda w=w: term(x.head, w, substitute(body, {v: w}))
    if x.head in OTHER:
        yield lambda: term(OTHER[x.head], *x.args)
    yield lambda: term(x.head, *front, *reversed(args), name=x.name)
    for place, y in enumerate(args):
        before, after = args[:place], args[place + 1 :]
        inner, behind = y.args[: BOUND.get(y.head, 0)], y.args[BOUND.get(y.head, 0) :]
        if not behind or y.head in ("var", "const", "def"):
            continue
        around = lambda z, b=before, a=after: term(x.head, *front, *b, z, *a, name=x.name)  # noqa: E731
        for inside, z in enumerate(behind):
            rest = behind[:inside], behind[inside + 1 :]
            yield lambda y=y, z=z, r=rest, i=inner, w=around: term(
                y.head, *i, *r[0], w(z), *r[1], name=y.name
            )


def _one_form_for_neighbours(seed: int) -> None:
    random = Random(seed)
    t = grown(random, random.choice(SORTS), 3)
    plain, tex = text(t, SMALL), latex(t, SMALL)
    for u in _neighbours(t):
        if u.sort is t.sort and (text(u, SMALL) == plain or latex(u, SMALL) == tex):
            assert _same(t, u), f"{t} and {u}"


@settings(max_examples=25)
@given(st.integers(0, 2**32))
def test_trees_that_print_the_same_have_one_normal_form(seed: int) -> None:
    _one_form_for_neighbours(seed)


@pytest.mark.slow
@settings(max_examples=300)
@given(st.integers(0, 2**32))
def test_many_trees_that_print_the_same_have_one_normal_form(seed: int) -> None:
    _one_form_for_neighbours(seed)


Made = Callable[..., Term]
FORMS: list[Made] = [
    lambda f: term("not", f),
    lambda f: term("each", k.term, num(1), n.term, f),
    lambda f: term("forall", r.term, f),
    lambda f: term("exists", A.term, f),
    *(lambda f, g, w=w: term(w, f, g) for w in ("and", "or", "implies", "eq")),
]
RING: list[Made] = [
    lambda x: term("mul", num(-1), x),
    lambda x: term("mul", num(Fraction(3, 2)), x),
    lambda x: term("sum", k.term, num(1), n.term, x),
    lambda x: (
        apply(term("deriv", f.term), x) if x.sort.head != "matrix" else term("map", f.term, x)
    ),
    *(lambda x, y, w=w: term(w, x, y) for w in ("add", "mul")),
]
SCALARS = [*RING, lambda x: term("recip", x)]
SQUARES = [
    *RING,
    lambda x: term("tr", x),
    lambda x: term("inv", x),
    lambda x: term("mul", r.term, x),
    lambda x, y: term("had", x, y),
]


@pytest.mark.parametrize("show", [text, latex])
@pytest.mark.parametrize(
    ("leaves", "ways"),
    [
        (LEAVES[FORMULA][:3], FORMS),
        ([r.term, k.term, num(2), term("det", D.term)], SCALARS),
        ([D.term, S.term, term("eye", n.term)], SQUARES),
    ],
    ids=["formulas", "numbers", "matrices"],
)
def test_brackets_tell_apart_all_ways_to_nest_two_operations(
    show: Callable[..., str], leaves: list[Term], ways: list[Made]
) -> None:
    def put(first: list[Term], second: list[Term]) -> Iterator[Term]:
        for way in ways:
            if way.__code__.co_argcount - len(way.__defaults__ or ()) == 1:
                yield from map(way, first)
            else:
                yield from (way(x, y) for x in first for y in second)

    once = list(put(leaves, leaves))
    shown: dict[tuple[Term, str], Term] = {}
    for t in (*leaves, *once, *put(once, leaves), *put(leaves, once)):
        u = shown.setdefault((t.sort, show(t, SMALL)), t)
        assert u is t or _same(t, u), f"{t} and {u}"


def _same(t: Term, u: Term) -> bool:
    """Whether the normal forms agree, or the kernel has none for one of them."""
    try:
        return Normal().same(t, u)
    except LandscapeError:
        return True

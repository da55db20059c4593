"""Terms: the one tree that is printed, decided, varied and matched.

A term has a head, arguments that are terms, and perhaps a name. It is sorted and shape-checked
when it is made, and made once: equal trees are one object. A variable carries its sort, and sorts
are terms too, so a substitution also moves shapes. Integer terms are kept multiplied out, so two
shapes are equal exactly when they are one object. `apply(lam(x, b), a)` is reduced when made.

Sorts: `int`, `nat` (an integer that is not negative), `real`, `formula`, `matrix(rows, columns)`,
`fun(x, codomain)`, where the codomain may depend on an integer x.

Trusted, with `normal` and `judge.kernel`; standard library only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import Any, NoReturn
from weakref import WeakValueDictionary

from symbolic_landscape.errors import SortError

Name = str | Fraction | None

BOUND: Mapping[str, int] = {
    "lam": 1, "forall": 1, "exists": 1, "each": 1, "sum": 1, "build": 2, "rec": 2, "fun": 1,
}  # fmt: skip
"""How many first arguments a head binds; their scope is the last argument alone."""

LARGEST = 50_000
"""A tree with more nodes, and a product with more letters, is refused."""


class Term:
    """One node of a tree; made by `term` only. Equality is identity, and it has no truth value."""

    __slots__ = ("__weakref__", "args", "free", "head", "height", "key", "name", "size", "sort")
    head: str
    args: tuple[Term, ...]
    name: Name
    sort: Term
    free: frozenset[Term]
    height: int
    size: int
    key: str

    def __bool__(self) -> NoReturn:
        message = f"the term {self!r} has no truth value; the kernel or a decision gives one"
        raise TypeError(message)

    def __repr__(self) -> str:
        if self.head in ("var", "const", "num"):
            return str(self.name)
        inside = ", ".join(map(repr, self.args))
        return f"{self.head}{f'[{self.name}]' if self.name else ''}({inside})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _made, (self.head, self.args, self.name)


_MADE: WeakValueDictionary[tuple[str, tuple[Term, ...], Name], Term] = WeakValueDictionary()
"""Every living term, so that equal trees are one object."""


def _made(head: str, args: tuple[Term, ...], name: Name = None) -> Term:
    """The one term with these parts; its sort is found, or SortError is raised."""
    old = _MADE.get((head, args, name))
    if old is not None:
        return old
    t = Term()
    t.head, t.args, t.name = head, args, name
    digest = hashlib.blake2b("\0".join([head, *(a.key for a in args)]).encode(), digest_size=8)
    t.key = f"{name if name is not None else head} {digest.hexdigest()}"
    t.height = (head in BOUND) + max((a.height for a in args), default=0)
    t.size = 1 + sum(a.size for a in args)
    if t.size > LARGEST:
        _wrong(f"{head} of more than {LARGEST} parts is too large")
    t.free = _free(t)
    t.sort = _sort(t)
    return _MADE.setdefault((head, args, name), t)


def _free(t: Term) -> frozenset[Term]:
    if t.head == "var":
        return frozenset({t}) | t.args[0].free
    n = BOUND.get(t.head, 0)
    if not n:
        return frozenset[Term]().union(*(a.free for a in t.args))
    bound = t.args[:n]
    if len(t.args) <= n or len({v.name for v in bound if v.head == "var"}) < n:
        _wrong(f"{t.head} binds different variables in a body, got {t.args}")
    free = t.args[-1].free.difference(bound)
    for v in free:
        if not v.args[0].free.isdisjoint(bound):
            _wrong(f"{t.head} binds {bound}, on which the sort of {v} depends")
    sorts = [v.args[0].free - frozenset(bound[:i]) for i, v in enumerate(bound)]
    return free.union(*sorts, *(a.free for a in t.args[n:-1]))


# ---- sorts ---------------------------------------------------------------------------------------
def _wrong(message: str) -> NoReturn:
    raise SortError(message)


def fits(t: Term, place: Term) -> bool:
    """Whether the term may stand where the sort is asked: nat in int in real, else equal sorts."""
    if place is REAL:
        return t.sort in NUMBERS
    if place is INT:
        return t.sort in (INT, NAT)
    return t.sort is place or (place is NAT and natural(t))


def natural(t: Term) -> bool:
    """Whether the integer term is a sum of products of `nat` terms, so that it is not negative."""
    if t.sort not in (INT, NAT):
        return False
    return all(c > 0 and all(a.sort is NAT for a in s) for (s, _), c in integer(t).items())


def _value(sort: Term, a: Term) -> Term:
    """The sort of the value at a of a function of this sort."""
    if sort.head != "fun" or not fits(a, sort.args[0].args[0]):
        _wrong(f"a value at {a} needs a function whose argument fits, got sort {sort}")
    return substitute(sort.args[1], {sort.args[0]: a})


ARGUMENTS: Mapping[str, Callable[[Term], bool]] = {
    "A": lambda x: x.sort.head == "matrix",
    "S": lambda x: x.sort.head == "matrix" and x.sort.args[0] is x.sort.args[1],
    "x": lambda x: x.sort in NUMBERS,
    "m": lambda x: x.sort in NUMBERS or x.sort.head == "matrix",
    "i": lambda x: x.sort in (INT, NAT),
    "v": lambda x: x.head == "var" and x.sort is INT,
    "P": lambda x: x.sort is FORMULA,
    "s": lambda x: x.sort is SORT,
    "f": lambda x: x.sort is SCALAR_FUNCTION,
    ".": lambda x: x.sort is not SORT,
}
"""What a letter of a signature asks of an argument."""

SIGNATURES: Mapping[str, tuple[str, Callable[..., Term | None]]] = {
    # sorts
    "sort": ("", lambda t: t),
    **{s: ("", lambda t: SORT) for s in ("int", "nat", "real", "formula")},
    "matrix": ("ii", lambda t, *_: SORT),
    "fun": (".s", lambda t, *_: SORT),
    # names and numbers
    "var": ("s", lambda t, a: a),
    "const": ("s", lambda t, a: a),
    "num": ("", lambda t: REAL if t.name.denominator > 1 else NAT if t.name >= 0 else INT),
    # numbers and matrices
    "add": ("m*", lambda t, *args: _common_sort(args)),
    "mul": ("m*", lambda t, *args: _product_sort(args)),
    "sum": ("viim", lambda t, i, low, high, x: None if i in x.sort.free else _common_sort((x,))),
    "recip": ("x", lambda t, a: REAL),
    "tr": ("A", lambda t, a: matrix(*reversed(a.sort.args))),
    "inv": ("S", lambda t, a: a.sort),
    "zeros": ("ii", lambda t, *size: matrix(*size)),
    "ones": ("ii", lambda t, *size: matrix(*size)),
    "eye": ("i", lambda t, n: matrix(n, n)),
    "map": ("fA", lambda t, f, a: a.sort),
    "had": ("AAA*", lambda t, *args: _common_sort(args)),
    "hcat": ("AA", lambda t, a, b: _beside(*a.sort.args, *b.sort.args)),
    "vcat": ("AA", lambda t, a, b: _below(*a.sort.args, *b.sort.args)),
    "entry": ("Aii", lambda t, *_: REAL),
    "trace": ("S", lambda t, a: REAL),
    "det": ("S", lambda t, a: REAL),
    "rank": ("A", lambda t, a: NAT),
    "build": ("vviix", lambda t, i, j, rows, columns, x: matrix(rows, columns)),
    # functions
    "lam": ("..", lambda t, x, body: fun(x, body.sort)),
    "apply": ("..", lambda t, f, a: _value(f.sort, a)),
    "def": ("..*", lambda t, f, *args: reduce(_value, args, f.sort)),
    "upd": (".i.", lambda t, f, i, x: f.sort if fits(x, _value(f.sort, i)) else None),
    "rec": ("v.i..", lambda t, *args: _recursion_sort(t.name, *args)),
    "deriv": (".", lambda t, f: _derivative_sort(f.sort)),
    "grad": (".A", lambda t, f, a: a.sort if _value(f.sort, a) in NUMBERS else None),
    # formulas
    "eq": ("..", lambda t, a, b: FORMULA if _common_sort((a, b)) is not None else None),
    "lt": ("xx", lambda t, *_: FORMULA),
    "le": ("xx", lambda t, *_: FORMULA),
    "pred": (".*", lambda t, *_: FORMULA),
    "not": ("P", lambda t, a: FORMULA),
    "and": ("P*", lambda t, *_: FORMULA),
    "or": ("P*", lambda t, *_: FORMULA),
    "implies": ("PP", lambda t, *_: FORMULA),
    "forall": (".P", lambda t, *_: FORMULA),
    "exists": (".P", lambda t, *_: FORMULA),
    "each": ("viiP", lambda t, *_: FORMULA),
}
"""For each operation the letters of its arguments, the one before * any number of times, and the
sort of the whole, None where the arguments do not fit each other."""


def _sort(t: Term) -> Term:
    """The sort of a term; SortError where its arguments do not fit."""
    if t.head not in SIGNATURES:
        _wrong(f"there is no operation {t.head}")
    letters, sort = SIGNATURES[t.head]
    if letters.endswith("*"):
        letters = letters[:-2] + letters[-2] * (len(t.args) - len(letters) + 2)
    fit = len(letters) == len(t.args)
    fit = fit and all(ARGUMENTS[c](x) for c, x in zip(letters, t.args, strict=True))
    found = sort(t, *t.args) if fit else None
    if found is None:
        got = ", ".join(str(x.sort) for x in t.args)
        _wrong(f"{t.head} needs arguments that fit each other, got the sorts {got}")
    return found


def _common_sort(args: tuple[Term, ...]) -> Term | None:
    """The sort of a sum: the one of all summands, or the integers or reals that they are."""
    sorts = {x.sort for x in args}
    if sorts <= NUMBERS:
        return REAL if REAL in sorts else INT
    return sorts.pop() if len(sorts) == 1 else None


def _product_sort(args: tuple[Term, ...]) -> Term | None:
    sorts = {x.sort for x in args}
    shapes = [x.sort.args for x in args if x.sort.head == "matrix"]
    if not shapes:
        return REAL if REAL in sorts else NAT if sorts == {NAT} else INT
    meet = all(left[1] is right[0] for left, right in pairwise(shapes))
    return matrix(shapes[0][0], shapes[-1][1]) if meet else None


def _beside(rows: Term, columns: Term, rows2: Term, columns2: Term) -> Term | None:
    return matrix(rows, term("add", columns, columns2)) if rows is rows2 else None


def _below(rows: Term, columns: Term, rows2: Term, columns2: Term) -> Term | None:
    return matrix(term("add", rows, rows2), columns) if columns is columns2 else None


def _recursion_sort(
    way: Name, i: Term, previous: Term, start: Term, base: Term, body: Term
) -> Term | None:
    """rec[up](i, previous, start, base, body): f(start) = base, f(i) = body at f(i - 1)."""
    before = term("add", i, num(-1 if way == "up" else 1))
    fit = way in ("up", "down") and previous.sort is substitute(body.sort, {i: before})
    return fun(i, body.sort) if fit and base.sort is substitute(body.sort, {i: start}) else None


def _derivative_sort(sort: Term) -> Term | None:
    if sort.head != "fun" or sort.args[0].args[0] is not REAL:
        return None
    x, value = sort.args
    if value.head == "matrix" and x not in value.free:
        return fun(var("t", REAL), value)
    return SCALAR_FUNCTION if value in NUMBERS else None


SORT: Term = _made("sort", ())
INT: Term = _made("int", ())
NAT: Term = _made("nat", ())
REAL: Term = _made("real", ())
FORMULA: Term = _made("formula", ())
NUMBERS: frozenset[Term] = frozenset({INT, NAT, REAL})


# ---- making terms --------------------------------------------------------------------------------
def term(head: str, *args: Term, name: Name = None) -> Term:
    """The term with this head, sorted and shape-checked; integers multiplied out, lambdas applied.

    Raises SortError where sorts or shapes do not fit.
    """
    if head == "apply":
        return apply(*args)
    if head == "fun":
        return fun(*args)
    t = _made(head, args, name)
    return written(integer(t), INT) if head in ("add", "mul") and t.sort in (INT, NAT) else t


def num(value: int | Fraction) -> Term:
    """The number as a term."""
    return _made("num", (), Fraction(value))


def var(name: str, sort: Term) -> Term:
    """The variable of this name and sort."""
    return _made("var", (sort,), name)


def matrix(rows: Term, columns: Term) -> Term:
    """The sort of matrices with these numbers of rows and columns."""
    return _made("matrix", (rows, columns))


def fun(x: Term, codomain: Term) -> Term:
    """The sort of functions of x; equal up to the name of x, so they are one object."""
    name = f"#{codomain.height}" if x in codomain.free else "#"
    while name in {v.name for v in codomain.free if v is not x}:
        name += "'"
    y = var(name, x.args[0])
    return _made("fun", (y, substitute(codomain, {x: y})))


def apply(f: Term, *args: Term) -> Term:
    """f(a1)(a2)..., reduced where f is a lambda."""
    for a in args:
        if f.head == "lam" and fits(a, f.args[0].args[0]):
            f = substitute(f.args[1], {f.args[0]: a})
        else:
            f = _made("apply", (f, a))
    return f


def unfold(t: Term) -> Term:
    """What an abbreviation def[name](lambda, arguments...) stands for."""
    return apply(*t.args)


# ---- polynomials ---------------------------------------------------------------------------------
Key = tuple[tuple[Term, ...], tuple[Term, ...]]
Poly = dict[Key, Fraction]
"""Products of scalars and words of matrix letters, to their coefficients."""

ONE_KEY: Key = ((), ())


def plus(p: Poly, q: Poly, c: Fraction | int = 1) -> Poly:
    """The sum p + c q."""
    out = dict(p)
    for k, x in q.items():
        out[k] = out.get(k, Fraction(0)) + c * x
    return {k: x for k, x in out.items() if x}


def times(p: Poly, q: Poly) -> Poly:
    """The product, words in this order. Raises SortError where it is too large."""
    if len(q) * _weight(p) + len(p) * _weight(q) > LARGEST:
        _wrong(f"a product of {len(p)} by {len(q)} summands is too large")
    out: Poly = {}
    for (s, w), c in p.items():
        for (u, v), d in q.items():
            key = (tuple(sorted(s + u, key=_key)), w + v)
            out[key] = out.get(key, Fraction(0)) + c * d
    return {k: x for k, x in out.items() if x}


def _weight(p: Poly) -> int:
    bits = sum((c.numerator * c.denominator).bit_length() for c in p.values())
    return bits // 64 + sum(1 + len(s) + len(w) for s, w in p)


def _key(t: Term) -> str:
    return t.key


def order(k: Key) -> tuple[list[str], list[str]]:
    """Where a product stands in a sum."""
    return [x.key for x in k[1]], [x.key for x in k[0]]


def written(p: Poly, sort: Term) -> Term:
    """The one term of this sort with this polynomial."""
    parts = []
    for (s, w), c in sorted(p.items(), key=lambda kc: order(kc[0])):
        unit = (_made("eye", sort.args[:1]),) if sort.head == "matrix" and not w else ()
        factors = (*(() if c == 1 and (s or w or unit) else (num(c),)), *s, *w, *unit)
        parts.append(factors[0] if len(factors) == 1 else _made("mul", factors))
    if len(parts) == 1:
        return parts[0]
    return _made("add", tuple(parts)) if parts else zero(sort)


def zero(sort: Term) -> Term:
    """The zero of a sort of numbers or matrices."""
    return _made("zeros", sort.args) if sort.head == "matrix" else num(0)


def ring(t: Term, part: Callable[[Term], Poly]) -> Poly:
    """The polynomial of a number, sum or product, of those of its parts; else of one letter."""
    match t.head:
        case "num":
            assert isinstance(t.name, Fraction)
            return {ONE_KEY: t.name} if t.name else {}
        case "add":
            return reduce(plus, map(part, t.args), {})
        case "mul":
            return reduce(times, map(part, t.args), {ONE_KEY: Fraction(1)})
    return letter(t)


def letter(t: Term) -> Poly:
    """The polynomial of what is no sum or product."""
    return {((), (t,)) if t.sort.head == "matrix" else ((t,), ()): Fraction(1)}


def integer(t: Term) -> Poly:
    """A number term as a polynomial in what it is made of."""
    return ring(t, integer)


# ---- substitution --------------------------------------------------------------------------------
def substitute(t: Term, change: Mapping[Term, Term]) -> Term:
    """The term with variables replaced at once; bound names are renamed, never captured.

    A variable whose sort mentions a replaced one becomes the variable of the same name over the
    new sort. Raises SortError where a replacement does not fit.
    """
    change = {v: r for v, r in change.items() if v in t.free and v is not r}
    return _substitute(t, change) if change else t


def _substitute(t: Term, change: Mapping[Term, Term]) -> Term:
    if t in change:
        return change[t]
    if t.free.isdisjoint(change):
        return t
    n = BOUND.get(t.head, 0)
    if not n:
        return term(t.head, *(_substitute(a, change) for a in t.args), name=t.name)
    bound, between, body = t.args[:n], t.args[n:-1], t.args[-1]
    inner = {v: r for v, r in change.items() if v not in bound}
    taken = {x.name for r in inner.values() for x in r.free}
    taken |= {x.name for x in body.free if x not in bound}
    fresh: list[Term] = []
    for v in bound:
        name = str(v.name)
        while name in taken:
            name += "'"
        w = var(name, substitute(v.args[0], inner))
        taken.add(name)
        if w is not v:
            inner[v] = w
        fresh.append(w)
    moved = (_substitute(a, change) for a in between)
    return term(t.head, *fresh, *moved, _substitute(body, inner) if inner else body, name=t.name)


def conjuncts(t: Term) -> Iterable[Term]:
    """The parts of a conjunction, the term itself where it is none."""
    return (p for a in t.args for p in conjuncts(a)) if t.head == "and" else (t,)


SCALAR_FUNCTION: Term = fun(var("t", REAL), REAL)

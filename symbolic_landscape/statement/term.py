"""Terms: the one tree that is printed, decided, varied and matched.

A term has a head, arguments that are terms, and perhaps a name. It is sorted and shape-checked
when it is made, and made once: equal trees are one object. A variable carries its sort, and sorts
are terms too, so a substitution also moves shapes. Integer terms are kept multiplied out, so two
shapes are equal exactly when they are one object. `apply(lam(x, b), a)` is reduced when made.

Sorts: `int`, `nat` (an integer that is not negative), `real`, `formula`, `matrix(rows, columns)`,
`fun(x, codomain)`, where the codomain may depend on an integer x.

Trusted, with `normal`, `linear` and `judge.kernel`; standard library only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
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
        return _again, (self.head, self.args, self.name)


def _again(head: str, args: tuple[Term, ...], name: Name) -> Term:
    return _made(head, args, name)


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


def _need(ok: bool, place: Term, what: str) -> None:
    if not ok:
        _wrong(f"{place} needs {what}, got sorts {', '.join(str(x.sort) for x in place.args)}")


def _value(sort: Term, a: Term, place: Term) -> Term:
    """The sort of the values of a function of this sort, at a."""
    _need(sort.head == "fun" and fits(a, sort.args[0].args[0]), place, "an argument that fits")
    return substitute(sort.args[1], {sort.args[0]: a})


def _is_matrix(x: Term) -> bool:
    return x.sort.head == "matrix"


def _is_square(x: Term) -> bool:
    return _is_matrix(x) and x.sort.args[0] is x.sort.args[1]


def _is_number(x: Term) -> bool:
    return x.sort in NUMBERS


def _is_integer(x: Term) -> bool:
    return x.sort in (INT, NAT)


def _is_index(x: Term) -> bool:
    return x.head == "var" and x.sort is INT


ARGUMENTS: Mapping[str, Callable[[Term], bool]] = {
    "A": _is_matrix,
    "S": _is_square,
    "x": _is_number,
    "i": _is_integer,
    "v": _is_index,
    "P": lambda x: x.sort.head == "formula",
    "s": lambda x: x.sort.head == "sort",
    "f": lambda x: x.sort is SCALAR_FUNCTION,
    ".": lambda x: x.sort.head != "sort",
}
"""What a letter of a signature asks of an argument."""

SIGNATURES: Mapping[str, tuple[str, Callable[..., Term]]] = {
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
    "recip": ("x", lambda t, a: REAL),
    "tr": ("A", lambda t, a: matrix(*reversed(a.sort.args))),
    "inv": ("S", lambda t, a: a.sort),
    "zeros": ("ii", lambda t, *size: matrix(*size)),
    "ones": ("ii", lambda t, *size: matrix(*size)),
    "eye": ("i", lambda t, n: matrix(n, n)),
    "map": ("fA", lambda t, f, a: a.sort),
    "entry": ("Aii", lambda t, *_: REAL),
    "trace": ("S", lambda t, a: REAL),
    "det": ("S", lambda t, a: REAL),
    "rank": ("A", lambda t, a: NAT),
    "build": ("vviix", lambda t, i, j, rows, columns, x: matrix(rows, columns)),
    # functions
    "lam": ("..", lambda t, x, body: fun(x, body.sort)),
    "apply": ("..", lambda t, f, a: _value(f.sort, a, t)),
    # formulas
    "not": ("P", lambda t, a: FORMULA),
    "implies": ("PP", lambda t, *_: FORMULA),
    "forall": (".P", lambda t, *_: FORMULA),
    "exists": (".P", lambda t, *_: FORMULA),
    "each": ("viiP", lambda t, *_: FORMULA),
    "lt": ("xx", lambda t, *_: FORMULA),
    "le": ("xx", lambda t, *_: FORMULA),
}
"""For each operation of fixed arity the letters of its arguments, and the sort of the whole."""


def _sort(t: Term) -> Term:
    """The sort of a term; SortError where its arguments do not fit."""
    if t.head in SIGNATURES:
        letters, sort = SIGNATURES[t.head]
        fit = len(letters) == len(t.args)
        fit = fit and all(ARGUMENTS[c](x) for c, x in zip(letters, t.args, strict=True))
        _need(fit, t, f"arguments of the kinds {letters!r}")
        return sort(t, *t.args)
    a = t.args
    _need(all(x.sort.head != "sort" for x in a), t, "terms, no sorts")
    match t.head:
        case "add" | "mul":
            return _ring_sort(t)
        case "had":
            fit = len(a) > 1 and all(_is_matrix(x) and x.sort is a[0].sort for x in a)
            _need(fit, t, "two or more matrices of one shape")
            return a[0].sort
        case "hcat" | "vcat":
            _need(len(a) == 2 and all(map(_is_matrix, a)), t, "two matrices")
            (rows, columns), (rows2, columns2) = a[0].sort.args, a[1].sort.args
            beside = t.head == "hcat"
            _need(rows is rows2 if beside else columns is columns2, t, "blocks that fit")
            return matrix(
                *((rows, add(columns, columns2)) if beside else (add(rows, rows2), columns))
            )
        case "sum":
            _need(len(a) == 4 and _is_index(a[0]) and all(map(_is_integer, a[1:3])), t, "a range")
            still = _is_matrix(a[3]) and a[0] not in a[3].sort.free
            _need(still or _is_number(a[3]), t, "numbers, or matrices of one shape")
            return INT if a[3].sort is NAT else a[3].sort
        case "upd":
            _need(len(a) == 3 and _is_integer(a[1]), t, "an integer index")
            _need(fits(a[2], _value(a[0].sort, a[1], t)), t, "a member that fits")
            return a[0].sort
        case "rec":
            return _recursion_sort(t)
        case "def":
            _need(bool(a), t, "a function")
            return reduce(lambda sort, x: _value(sort, x, t), a[1:], a[0].sort)
        case "deriv":
            ok = len(a) == 1 and a[0].sort.head == "fun" and a[0].sort.args[0].args[0] is REAL
            _need(ok, t, "a function of a real number")
            value = REAL if a[0].sort.args[1] in NUMBERS else a[0].sort.args[1]
            still = value.head == "matrix" and a[0].sort.args[0] not in value.free
            _need(value is REAL or still, t, "numbers, or matrices of one shape, as values")
            return fun(var("t", REAL), value)
        case "grad":
            ok = len(a) == 2 and _is_matrix(a[1]) and _value(a[0].sort, a[1], t) in NUMBERS
            _need(ok, t, "a function from matrices to numbers")
            return a[1].sort
        case "eq":
            ok = len(a) == 2 and (a[0].sort is a[1].sort or all(map(_is_number, a)))
            _need(ok, t, "two terms of one sort")
            return FORMULA
        case "and" | "or" | "pred":
            _need(t.head == "pred" or all(map(ARGUMENTS["P"], a)), t, "formulas")
            return FORMULA
    _wrong(f"there is no operation {t.head}")


def _ring_sort(t: Term) -> Term:
    sorts = [x.sort for x in t.args]
    matrices = [s for s in sorts if s.head == "matrix"]
    _need(all(_is_number(x) or _is_matrix(x) for x in t.args), t, "numbers or matrices")
    if not matrices:
        return REAL if REAL in sorts else NAT if t.head == "mul" and set(sorts) == {NAT} else INT
    if t.head == "mul":
        _need(all(x.args[1] is y.args[0] for x, y in pairwise(matrices)), t, "shapes that meet")
        return matrix(matrices[0].args[0], matrices[-1].args[1])
    _need(all(s is matrices[0] for s in sorts), t, "summands of one shape")
    return matrices[0]


def _recursion_sort(t: Term) -> Term:
    """rec[up](i, previous, start, base, body): f(start) = base, f(i) = body at f(i - 1)."""
    ok = len(t.args) == 5 and _is_index(t.args[0]) and _is_integer(t.args[2])
    _need(ok and t.name in ("up", "down"), t, "a start and a direction")
    i, previous, start, base, body = t.args
    before = substitute(body.sort, {i: add(i, num(-1 if t.name == "up" else 1))})
    _need(previous.sort is before, t, "a previous value of the sort of the one before")
    _need(base.sort is substitute(body.sort, {i: start}), t, "a base of the sort at the start")
    return fun(i, body.sort)


SORT: Term = _made("sort", ())
INT: Term = _made("int", ())
NAT: Term = _made("nat", ())
REAL: Term = _made("real", ())
FORMULA: Term = _made("formula", ())
NUMBERS = (INT, NAT, REAL)


# ---- making terms --------------------------------------------------------------------------------
def term(head: str, *args: Term, name: Name = None) -> Term:
    """The term with this head, sorted and shape-checked; integers multiplied out, lambdas applied.

    Raises SortError where sorts or shapes do not fit.
    """
    if head == "add":
        return add(*args)
    if head == "mul":
        return mul(*args)
    if head == "apply":
        return apply(*args)
    if head == "fun":
        return fun(*args)
    return _made(head, args, Fraction(name) if head == "num" and name is not None else name)


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


def integer(t: Term) -> Poly:
    """A number term as a polynomial in what it is made of."""
    match t.head:
        case "num":
            assert isinstance(t.name, Fraction)
            return {ONE_KEY: t.name} if t.name else {}
        case "add":
            return reduce(plus, map(integer, t.args), {})
        case "mul":
            return reduce(times, map(integer, t.args), {ONE_KEY: Fraction(1)})
    return {((t,), ()): Fraction(1)}


def add(*args: Term) -> Term:
    """The sum; of integers, multiplied out."""
    t = _made("add", args)
    return written(integer(t), INT) if t.sort in (INT, NAT) else t


def mul(*args: Term) -> Term:
    """The product, of numbers and of matrices in their order; of integers, multiplied out."""
    t = _made("mul", args)
    return written(integer(t), INT) if t.sort in (INT, NAT) else t


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


def subterms(t: Term) -> Iterator[Term]:
    """The term and all terms below it, sorts of bound variables left out."""
    yield t
    for a in t.args[BOUND.get(t.head, 0) :] if t.head not in ("var", "const") else ():
        yield from subterms(a)


def conjuncts(t: Term) -> Iterable[Term]:
    """The parts of a conjunction, the term itself where it is none."""
    return (p for a in t.args for p in conjuncts(a)) if t.head == "and" else (t,)


SCALAR_FUNCTION: Term = fun(var("t", REAL), REAL)

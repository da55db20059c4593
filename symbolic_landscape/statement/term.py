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
from collections.abc import Iterable, Iterator, Mapping
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

ARGUMENTS: Mapping[str, int] = {
    "num": 0, "sort": 0, "int": 0, "nat": 0, "real": 0, "formula": 0, "var": 1, "const": 1, "tr": 1,
    "inv": 1, "trace": 1, "det": 1, "rank": 1, "recip": 1, "eye": 1, "deriv": 1, "not": 1,
    "matrix": 2, "fun": 2, "zeros": 2, "ones": 2, "map": 2, "hcat": 2, "vcat": 2, "lam": 2,
    "apply": 2, "grad": 2, "eq": 2, "le": 2, "lt": 2, "implies": 2, "forall": 2, "exists": 2,
    "entry": 3, "upd": 3, "sum": 4, "each": 4, "build": 5, "rec": 5,
}  # fmt: skip
"""How many arguments a head takes; the others take any number."""

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
    if len(args) != ARGUMENTS.get(head, len(args)):
        _wrong(f"{head} takes {ARGUMENTS[head]} arguments, got {len(args)}")
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
    bound, body = t.args[:n], t.args[-1]
    if len({v.name for v in bound if v.head == "var"}) < n:
        _wrong(f"{t.head} binds different variables, got {bound}")
    free = body.free.difference(bound)
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


def _matrix(t: Term, place: Term) -> tuple[Term, Term]:
    if t.sort.head != "matrix":
        _wrong(f"{place} needs a matrix, got {t} of sort {t.sort}")
    return t.sort.args[0], t.sort.args[1]


def _number(t: Term, place: Term) -> None:
    if t.sort not in NUMBERS:
        _wrong(f"{place} needs a number, got {t} of sort {t.sort}")


def _int(t: Term, place: Term) -> None:
    if t.sort not in (INT, NAT):
        _wrong(f"{place} needs an integer, got {t} of sort {t.sort}")


def _same(x: Term, y: Term, place: Term) -> None:
    if x is not y:
        _wrong(f"{place}: {x} against {y}")


def _function(f: Term, a: Term | None, place: Term) -> Term:
    """The sort of f(a), or the codomain where a is None and does not matter."""
    return _value(f.sort, a, place)


def _value(sort: Term, a: Term | None, place: Term) -> Term:
    """The sort of the values of a function of this sort, at a."""
    if sort.head != "fun":
        _wrong(f"{place} needs a function, got one of sort {sort}")
    x, codomain = sort.args
    if a is None:
        return codomain
    if not fits(a, x.args[0]):
        _wrong(f"{place}: argument {a} of sort {a.sort} where {x.args[0]} is needed")
    return substitute(codomain, {x: a})


def _sort(t: Term) -> Term:
    a, where = t.args, t
    if t.head not in ("var", "const", "fun") and any(x.sort is SORT for x in a):
        _wrong(f"{where}: a sort is no term")
    match t.head:
        case "sort":
            return t
        case "int" | "nat" | "real" | "formula":
            return SORT
        case "fun":
            _same(a[1].sort, SORT, where)
            return SORT
        case "var" | "const":
            _same(a[0].sort, SORT, where)
            return a[0]
        case "num":
            assert isinstance(t.name, Fraction)
            whole = t.name.denominator == 1
            return (NAT if t.name >= 0 else INT) if whole else REAL
        case "matrix":
            for x in a:
                _int(x, where)
            return SORT
        case "add" | "mul":
            return _ring_sort(t, where)
        case "tr":
            rows, columns = _matrix(a[0], where)
            return matrix(columns, rows)
        case "inv":
            _same(*_matrix(a[0], where), where)
            return a[0].sort
        case "zeros" | "ones":
            return matrix(*a)
        case "eye":
            return matrix(a[0], a[0])
        case "had":
            for x in a:
                _matrix(x, where)
                _same(x.sort, a[0].sort, where)
            return a[0].sort
        case "map":
            _matrix(a[1], where)
            _same(a[0].sort, SCALAR_FUNCTION, where)
            return a[1].sort
        case "hcat":
            (rows, left), (same, right) = _matrix(a[0], where), _matrix(a[1], where)
            _same(rows, same, where)
            return matrix(rows, add(left, right))
        case "vcat":
            (top, columns), (low, same) = _matrix(a[0], where), _matrix(a[1], where)
            _same(columns, same, where)
            return matrix(add(top, low), columns)
        case "entry":
            _matrix(a[0], where)
            for x in a[1:]:
                _int(x, where)
            return REAL
        case "trace" | "det":
            _same(*_matrix(a[0], where), where)
            return REAL
        case "rank":
            _matrix(a[0], where)
            return NAT
        case "recip":
            _number(a[0], where)
            return REAL
        case "build":
            for x in a[:2]:
                _same(x.sort, INT, where)
            _number(a[4], where)
            return matrix(a[2], a[3])
        case "sum":
            _same(a[0].sort, INT, where)
            for x in a[1:3]:
                _int(x, where)
            if a[3].sort.head != "matrix" or a[0] in a[3].sort.free:
                _number(a[3], where)
            return INT if a[3].sort is NAT else a[3].sort
        case "lam":
            return fun(a[0], a[1].sort)
        case "apply":
            return _function(a[0], a[1], where)
        case "upd":
            _int(a[1], where)
            if not fits(a[2], _function(a[0], a[1], where)):
                _wrong(f"{where}: {a[2]} of sort {a[2].sort} does not fit")
            return a[0].sort
        case "rec":
            return _recursion_sort(t, where)
        case "def":
            return reduce(lambda sort, x: _value(sort, x, where), a[1:], a[0].sort)
        case "deriv":
            codomain = _function(a[0], None, where)
            _same(a[0].sort.args[0].args[0], REAL, where)
            if codomain.head != "matrix" and codomain not in NUMBERS:
                _wrong(f"{where}: the values must be numbers or matrices")
            return fun(var("t", REAL), REAL if codomain in NUMBERS else codomain)
        case "grad":
            _matrix(a[1], where)
            if _function(a[0], a[1], where) not in NUMBERS:
                _wrong(f"{where}: the function must have numbers as values")
            return a[1].sort
        case "eq" | "le" | "lt":
            both = a[0].sort in NUMBERS and a[1].sort in NUMBERS
            if not both and (a[0].sort is not a[1].sort or t.head != "eq"):
                _wrong(f"{where}: sorts {a[0].sort} and {a[1].sort}")
            return FORMULA
        case "and" | "or" | "not" | "implies" | "forall" | "exists" | "each":
            if t.head == "each":
                _same(a[0].sort, INT, where)
                for x in a[1:3]:
                    _int(x, where)
            for x in a[-1:] if t.head in BOUND else a:
                _same(x.sort, FORMULA, where)
            return FORMULA
        case "pred":
            return FORMULA
    _wrong(f"there is no operation {t.head}")


def _ring_sort(t: Term, where: Term) -> Term:
    sorts = [x.sort for x in t.args]
    matrices = [s for s in sorts if s.head == "matrix"]
    if any(s not in NUMBERS and s.head != "matrix" for s in sorts):
        _wrong(f"{where}: neither numbers nor matrices")
    if not matrices:
        return REAL if REAL in sorts else NAT if t.head == "mul" and set(sorts) == {NAT} else INT
    if t.head == "mul":
        for x, y in pairwise(matrices):
            _same(x.args[1], y.args[0], where)
        return matrix(matrices[0].args[0], matrices[-1].args[1])
    for s in sorts:
        _same(s, matrices[0], where)
    return matrices[0]


def _recursion_sort(t: Term, where: Term) -> Term:
    """rec[up](i, previous, start, base, body): f(start) = base, f(i) = body at f(i - 1)."""
    i, previous, start, base, body = t.args
    _int(start, where)
    step = num(-1 if t.name == "up" else 1)
    _same(i.args[0], INT, where)
    _same(previous.args[0], substitute(body.sort, {i: add(i, step)}), where)
    _same(base.sort, substitute(body.sort, {i: start}), where)
    return fun(i, body.sort)


SORT = _made("sort", ())
INT, NAT, REAL, FORMULA = (_made(s, ()) for s in ("int", "nat", "real", "formula"))
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
    return _made(head, args, name)


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


SCALAR_FUNCTION = fun(var("t", REAL), REAL)

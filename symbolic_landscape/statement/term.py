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
from functools import lru_cache, reduce
from itertools import pairwise
from operator import attrgetter
from typing import Any, NoReturn
from weakref import WeakValueDictionary

from symbolic_landscape.errors import SortError

Name = str | Fraction | None

BOUND = dict.fromkeys(("lam", "forall", "exists", "each", "sum", "fun"), 1) | {"build": 2, "rec": 2}
"""How many first arguments a head binds; their scope is the last argument alone."""

LARGEST = 50_000
"""A tree with more nodes, and a product with more letters, is refused."""


class Term:
    """One node of a tree; made by `term` only. Equality is identity, and it has no truth value.

    It is `ordered` where its normal form may depend on the order of integers: that of an entry, of
    a sum, of a value of a family that is changed at one place.
    """

    __slots__ = (
        "__weakref__", "args", "free", "head", "height", "key", "name", "ordered", "size", "sort"
    )  # fmt: skip

    def __init__(self, head: str, args: tuple[Term, ...], name: Name) -> None:
        self.head, self.args, self.name = head, args, name
        digest = hashlib.blake2b("\0".join([head, *(a.key for a in args)]).encode(), digest_size=8)
        self.key: str = f"{name if name is not None else head} {digest.hexdigest()}"
        self.height: int = (head in BOUND) + max((a.height for a in args), default=0)
        self.ordered: bool = head in ("entry", "sum", "upd") or any(a.ordered for a in args)
        self.size: int = 1 + sum(a.size for a in args)
        if self.size > LARGEST:
            _wrong(f"{head} of more than {LARGEST} parts is too large")
        self.free: frozenset[Term] = _free(self)
        self.sort: Term = _sort(self)

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
    return _MADE.setdefault((head, args, name), Term(head, args, name)) if old is None else old


def _free(t: Term) -> frozenset[Term]:
    """The variables that occur outside their binders, those in sorts of variables, too."""
    if t.head == "var":
        return frozenset({t}) | t.args[0].free
    n = BOUND.get(t.head, 0)
    if len({v.name for v in t.args[:n] if v.head == "var"}) < n:
        _wrong(f"{t.head} binds different variables in a body, got {t.args}")
    bound, scope = frozenset(t.args[:n]), (*(v.args[0] for v in t.args[:n]), *t.args[-1:])
    free = frozenset[Term]().union(*(x.free for x in scope)) - bound
    if bound and not all(v.args[0].free.isdisjoint(bound) for v in free):
        _wrong(f"{t.head} binds {t.args[:n]}, on which the sort of a free variable depends")
    return free.union(*(a.free for a in t.args[n:-1]))


# ---- sorts ---------------------------------------------------------------------------------------
def _wrong(message: str) -> NoReturn:
    raise SortError(message)


def fits(t: Term, place: Term) -> bool:
    """Whether the term may stand where the sort is asked: nat in int in real, else equal sorts."""
    below = {REAL: NUMBERS, INT: frozenset({INT, NAT})}.get(place, frozenset({place}))
    return t.sort in below or (place is NAT and natural(t))


def natural(t: Term) -> bool:
    """Whether the integer term is a sum of products of `nat` terms, so that it is not negative."""
    p = integer(t) if t.sort in (INT, NAT) else {ONE_KEY: Fraction(-1)}
    return all(c > 0 and all(a.sort is NAT for a in s) for (s, _), c in p.items())


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

SORTS = {"int": "", "nat": "", "real": "", "formula": "", "matrix": "ii", "fun": ".s"}
REALS = {"recip": "x", "entry": "Aii", "trace": "S", "det": "S"}
RELATIONS = {"lt": "xx", "le": "xx", "pred": ".*", "forall": ".P", "exists": ".P", "each": "viiP"}
CONNECTIVES = {"not": "P", "and": "P*", "or": "P*", "implies": "PP"}
"""The letters of operations that give sorts, real numbers, and formulas."""

SIGNATURES: Mapping[str, tuple[str, Callable[..., Term | None]]] = {
    **{head: (letters, lambda *_: SORT) for head, letters in SORTS.items()},
    **{head: (letters, lambda *_: REAL) for head, letters in REALS.items()},
    **{head: (letters, lambda *_: FORMULA) for head, letters in (RELATIONS | CONNECTIVES).items()},
    "sort": ("", lambda t: t),
    # names and numbers
    **dict.fromkeys(("var", "const"), ("s", lambda t, a: a)),
    "num": ("", lambda t: REAL if t.name.denominator > 1 else NAT if t.name >= 0 else INT),
    # numbers and matrices
    "add": ("m*", lambda t, *args: _common_sort(args)),
    "mul": ("m*", lambda t, *args: _product_sort(args)),
    "sum": ("viim", lambda t, i, low, high, x: None if i in x.sort.free else _common_sort((x,))),
    "tr": ("A", lambda t, a: matrix(*reversed(a.sort.args))),
    "inv": ("S", lambda t, a: a.sort),
    **dict.fromkeys(("zeros", "ones"), ("ii", lambda t, *size: matrix(*size))),
    "eye": ("i", lambda t, n: matrix(n, n)),
    "map": ("fA", lambda t, f, a: a.sort),
    "had": ("AAA*", lambda t, *args: _common_sort(args)),
    "hcat": ("AA", lambda t, a, b: _beside(*a.sort.args, *b.sort.args)),
    "vcat": ("AA", lambda t, *args: transpose(term("hcat", *map(transpose, args))).sort),
    "rank": ("A", lambda t, a: NAT),
    "build": ("vviix", lambda t, i, j, rows, columns, x: matrix(rows, columns)),
    # functions
    "lam": ("..", lambda t, x, body: fun(x, body.sort)),
    "apply": ("..", lambda t, f, a: _value(f.sort, a)),
    "def": ("..*", lambda t, f, *args: reduce(_value, args, f.sort)),
    "upd": (".i.", lambda t, f, i, x: f.sort if fits(x, _value(f.sort, i)) else None),
    "rec": ("v.i..", lambda t, *_: _recursion_sort(t)),
    "deriv": (".", lambda t, f: _derivative_sort(f.sort)),
    "grad": (".A", lambda t, f, a: a.sort if _value(f.sort, a) in NUMBERS else None),
    "eq": ("..", lambda t, a, b: FORMULA if _common_sort((a, b)) is not None else None),
}
"""For each operation the letters of its arguments, the one before * any number of times, and the
sort of the whole, None where the arguments do not fit each other."""


def _sort(t: Term) -> Term:
    """The sort of a term; SortError where its arguments do not fit."""
    letters, sort = SIGNATURES.get(t.head) or _wrong(f"there is no operation {t.head}")
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
    number = REAL if REAL in sorts else INT
    return number if sorts <= NUMBERS else sorts.pop() if len(sorts) == 1 else None


def _product_sort(args: tuple[Term, ...]) -> Term | None:
    shapes = [x.sort.args for x in args if x.sort.head == "matrix"]
    if not shapes:
        return NAT if {x.sort for x in args} == {NAT} else _common_sort(args)
    meet = all(left[1] is right[0] for left, right in pairwise(shapes))
    return matrix(shapes[0][0], shapes[-1][1]) if meet else None


def _beside(rows: Term, columns: Term, rows2: Term, columns2: Term) -> Term | None:
    return matrix(rows, term("add", columns, columns2)) if rows is rows2 else None


def _recursion_sort(t: Term) -> Term | None:
    """rec[up](i, previous, start, base, body): f(start) = base, f(i) = body at f(i - 1)."""
    i, previous, start, base, body = t.args
    before = term("add", i, num(-1 if t.name == "up" else 1))
    fit = t.name in ("up", "down") and previous.sort is substitute(body.sort, {i: before})
    return fun(i, body.sort) if fit and base.sort is substitute(body.sort, {i: start}) else None


def _derivative_sort(sort: Term) -> Term | None:
    if sort.head != "fun" or sort.args[0].args[0] is not REAL:
        return None
    x, value = sort.args
    ok = value in NUMBERS or (value.head == "matrix" and x not in value.free)
    return fun(x, REAL if value in NUMBERS else value) if ok else None


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
    if head in ("apply", "fun"):
        return apply(*args) if head == "apply" else fun(*args)
    t = _made(head, args, name)
    return written(integer(t), INT) if head in ("add", "mul") and t.sort in (INT, NAT) else t


def num(value: int | Fraction) -> Term:
    """The number as a term."""
    return _made("num", (), Fraction(value))


def var(name: str, sort: Term) -> Term:
    """The variable of this name and sort."""
    return _made("var", (sort,), name)


def transpose(a: Term) -> Term:
    """The transpose of a matrix."""
    return term("tr", a)


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
        known = f.head == "lam" and fits(a, f.args[0].args[0])
        f = substitute(f.args[1], {f.args[0]: a}) if known else _made("apply", (f, a))
    return f


# ---- polynomials ---------------------------------------------------------------------------------
Key = tuple[tuple[Term, ...], tuple[Term, ...]]
Poly = dict[Key, Fraction]
"""Products of scalars and words of matrix letters, to their coefficients."""

ONE_KEY: Key = ((), ())


def plus(p: Poly, q: Poly, c: Fraction | int = 1) -> Poly:
    """The sum p + c q."""
    out = dict(p)
    for k, x in q.items():
        y = x if c == 1 else c * x
        out[k] = out[k] + y if k in out else y
    return {k: x for k, x in out.items() if x}


def times(p: Poly, q: Poly) -> Poly:
    """The product, words in this order. Raises SortError where it is too large."""
    if len(q) * _weight(p) + len(p) * _weight(q) > LARGEST:
        _wrong(f"a product of {len(p)} by {len(q)} summands is too large")
    out: Poly = {}
    for (s, w), c in p.items():
        for (u, v), d in q.items():
            key = (tuple(sorted(s + u, key=attrgetter("key"))), w + v)
            x = d if c == 1 else c if d == 1 else c * d
            out[key] = out[key] + x if key in out else x
    return {k: x for k, x in out.items() if x}


def _weight(p: Poly) -> int:
    bits = sum((c.numerator * c.denominator).bit_length() for c in p.values())
    return bits // 64 + sum(1 + len(s) + len(w) for s, w in p)


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
    return parts[0] if len(parts) == 1 else _made("add", tuple(parts)) if parts else zero(sort)


def zero(sort: Term) -> Term:
    """The zero of a sort of numbers or matrices."""
    return _made("zeros", sort.args) if sort.head == "matrix" else num(0)


def ring(t: Term, part: Callable[[Term], Poly]) -> Poly:
    """The polynomial of a number, sum or product, of those of its parts; else of one letter."""
    if t.head == "num":
        return {ONE_KEY: Fraction(t.name)} if t.name else {}
    if t.head == "add":
        return reduce(plus, map(part, t.args), {})
    if t.head == "mul":
        return reduce(times, map(part, t.args), {ONE_KEY: Fraction(1)})
    return letter(t)


def letter(t: Term) -> Poly:
    """The polynomial of what is no sum or product."""
    return {((), (t,)) if t.sort.head == "matrix" else ((t,), ()): Fraction(1)}


@lru_cache(10_000)
def integer(t: Term) -> Poly:
    """A number term as a polynomial in what it is made of."""
    return ring(t, integer)


# ---- substitution --------------------------------------------------------------------------------
def substitute(t: Term, change: Mapping[Term, Term]) -> Term:
    """The term with variables replaced at once; bound names are renamed, never captured.

    A variable whose sort mentions a replaced one becomes the variable of the same name over the
    new sort. Raises SortError where a replacement does not fit.
    """
    if t in change or t.free.isdisjoint(change):
        return change.get(t, t)
    n, names = BOUND.get(t.head, 0), list[Term]()
    if not n:
        return term(t.head, *(substitute(a, change) for a in t.args), name=t.name)
    free = t.free.difference(t.args[:n])
    inner = {v: r for v, r in change.items() if v in free and v is not r}
    taken = {x.name for r in inner.values() for x in r.free}
    taken |= {x.name for x in t.args[-1].free.difference(t.args[:n])}
    for v in t.args[:n]:
        name = str(v.name)
        while name in taken:
            name += "'"
        taken.add(name)
        names.append(var(name, substitute(v.args[0], inner)))
        inner |= {v: names[-1]} if names[-1] is not v else {}
    between = (substitute(a, change) for a in t.args[n:-1])
    return term(t.head, *names, *between, substitute(t.args[-1], inner), name=t.name)


def conjuncts(t: Term) -> Iterable[Term]:
    """The parts of a conjunction, the term itself where it is none."""
    return (p for a in t.args for p in conjuncts(a)) if t.head == "and" else (t,)


SCALAR_FUNCTION: Term = fun(var("t", REAL), REAL)

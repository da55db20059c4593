"""Shapes that a reader of a printed formula knows without being told.

The zero matrix is printed as 0 and the identity as I where what stands beside them has a shape
already; `for every V` needs no sort where V is the argument of a named function. For each part of
a term: is its shape known from around it (rows, columns)? For what is no matrix, both or neither:
is its sort known?
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import reduce
from math import prod

from symbolic_landscape.statement.term import BOUND, FORMULA, NUMBERS, Term, num

Known = tuple[bool, bool]
NEITHER: Known = (False, False)
BOTH: Known = (True, True)
Place = tuple[Term, Known]


def factors(t: Term) -> list[Term]:
    """The number before a product, its factors, and those of products inside it.

    Where numbers would have to be multiplied, products with a number inside stay whole.
    """
    flat = _flat(t)
    numbers = [value(x) for x in flat if x.head == "num"]
    if sum(abs(c) != 1 for c in numbers) <= 1 and sum(c < 0 for c in numbers) <= 1:
        return [num(prod(numbers)), *(x for x in flat if x.head != "num")]
    inside = [_flat(a) for a in t.args]
    whole = [any(x.head == "num" for x in flat) for flat in inside]
    out = [x for a, w, f in zip(t.args, whole, inside, strict=True) for x in ([a] if w else f)]
    first = next((x for x in out if x.head == "num"), num(1))
    if first in out:
        out.remove(first)
    return [first, *out]


def value(t: Term) -> Fraction:
    """The value of a number that is written out."""
    assert isinstance(t.name, Fraction)
    return t.name


def _flat(t: Term) -> list[Term]:
    return [x for a in t.args for x in _flat(a)] if t.head == "mul" else [t]


def summands(t: Term) -> list[Term]:
    """The summands of a sum, of sums inside it too."""
    return [x for a in t.args for x in (summands(a) if a.head == "add" else [a])]


def blocks(t: Term, head: str) -> list[Term]:
    """What is put together by [[A, B], C] = [A, B, C], or the term itself."""
    return [*blocks(t.args[0], head), t.args[1]] if t.head == head else [t]


def either(known: Iterable[Known]) -> Known:
    """What is known from one or the other."""
    return reduce(lambda p, q: (p[0] or q[0], p[1] or q[1]), known, NEITHER)


def _square(known: Known) -> Known:
    return (any(known), any(known))


def given(t: Term, loose: frozenset[Term] = frozenset()) -> Known:
    """What the printed term says itself; `loose` are variables of which nothing is known."""
    if t.sort in NUMBERS or t.sort is FORMULA or t in loose:
        return NEITHER
    match t.head:
        case "zeros" | "eye" | "lam" | "rec":
            return NEITHER
        case "add":
            return either(given(a, loose) for a in summands(t))
        case "had":
            return either(given(a, loose) for a in t.args)
        case "mul":
            chain = _chain(t, NEITHER, loose)
            return chain[0], chain[-1]
        case "tr":
            rows, columns = given(t.args[0], loose)
            return columns, rows
        case "inv":
            return _square(given(t.args[0], loose))
        case "map" | "grad":
            return given(t.args[1], loose)
        case "sum":
            return given(t.args[3], loose)
        case "hcat" | "vcat":
            heights, widths = _sizes(t, NEITHER, loose)
            return all(heights), any(map(all, widths))
        case "apply" | "upd" | "deriv":
            return given(t.args[0], loose)
    return BOTH


def _chain(t: Term, known: Known, loose: frozenset[Term]) -> list[bool]:
    """Of the matrices in a product, which of the sizes from the left to the right are known."""
    letters = [x for x in factors(t) if x.sort.head == "matrix"]
    out = [False] * (len(letters) + 1)
    out[0], out[-1] = known if letters else NEITHER
    for i, x in enumerate(letters):
        rows, columns = given(x, loose)
        out[i], out[i + 1] = out[i] or rows, out[i + 1] or columns
    for i in (*range(len(letters)), *reversed(range(len(letters)))):
        if letters[i].head == "eye":
            out[i] = out[i + 1] = out[i] or out[i + 1]
    return out


def _sizes(t: Term, known: Known, loose: frozenset[Term]) -> tuple[list[bool], list[list[bool]]]:
    """Which heights of the rows of a block matrix, and which widths in each row, are known."""
    rows = [blocks(row, "hcat") for row in blocks(t, "vcat")]
    heights = [any(given(x, loose)[0] for x in row) for row in rows]
    widths = [[given(x, loose)[1] for x in row] for row in rows]
    if len({tuple(x.sort.args[1] for x in row) for row in rows}) == 1:
        widths = [[any(column) for column in zip(*widths, strict=True)]] * len(rows)
    total = known[1] or any(map(all, widths))
    return _completed(heights, known[0]), [_completed(row, total) for row in widths]


def _completed(sizes: list[bool], total: bool) -> list[bool]:
    return [True] * len(sizes) if total and sizes.count(False) == 1 else sizes


def grid(t: Term, known: Known, loose: frozenset[Term] = frozenset()) -> list[list[Place]]:
    """The blocks of a block matrix, row by row."""
    heights, widths = _sizes(t, known, loose)
    rows = [blocks(row, "hcat") for row in blocks(t, "vcat")]
    return [
        [(x, (height, width)) for x, width in zip(row, line, strict=True)]
        for row, height, line in zip(rows, heights, widths, strict=True)
    ]


def parts(t: Term, known: Known, loose: frozenset[Term] = frozenset()) -> list[Place]:
    """The terms printed inside a term, and what of each is known from around it."""
    a = t.args
    match t.head:
        case "add" | "had" | "eq":
            inside = summands(t) if t.head == "add" else list(a)
            every = either((known, *(given(x, loose) for x in inside)))
            return [(x, every) for x in inside]
        case "mul":
            chain, out = _chain(t, known, loose), list[Place]()
            for x in factors(t):
                matrix = x.sort.head == "matrix"
                out.append((x, (chain[0], chain[1]) if matrix else NEITHER))
                chain = chain[matrix:]
            return out
        case "tr":
            return [(a[0], (known[1], known[0]))]
        case "inv":
            return [(a[0], _square(known))]
        case "map":
            return [(a[0], BOTH), (a[1], known)]
        case "hcat" | "vcat":
            return [place for row in grid(t, known, loose) for place in row]
        case "sum":
            return [(a[1], NEITHER), (a[2], NEITHER), (a[3], known)]
        case "apply":
            same = a[0].sort.args[0].args[0] is a[1].sort
            return [
                (a[0], NEITHER),
                (a[1], BOTH if same and given(a[0], loose) == BOTH else NEITHER),
            ]
        case "upd":
            return [(a[0], known), (a[1], NEITHER), (a[2], given(a[0], loose))]
        case "grad":
            return [(a[0], given(a[1], loose)), (a[1], either((known, given(a[0], loose))))]
        case "deriv":
            return [(a[0], BOTH if a[0].head == "lam" else known)]
        case "def":
            return list(_arguments(t))
        case "var" | "const":
            return []
    return [(x, NEITHER) for x in a[BOUND.get(t.head, 0) :]]


def _arguments(t: Term) -> Iterator[Place]:
    """The arguments of a definition; numbers may be of a smaller sort than is asked."""
    f = t.args[0]
    for x in t.args[1:]:
        number = f.head == "lam" and x.sort in NUMBERS and f.args[0].args[0] is not x.sort
        yield x, NEITHER if number or f.head != "lam" else BOTH
        f = f.args[-1]


def settled(v: Term, body: Term) -> bool:
    """Whether a place where a bound variable stands in the body says its sort."""
    return _settles(v, body, NEITHER, frozenset({v, *_bound(body)}))


def _settles(v: Term, t: Term, known: Known, loose: frozenset[Term]) -> bool:
    if t is v or v not in t.free:
        return t is v and known == BOTH
    return any(_settles(v, x, k, loose) for x, k in parts(t, known, loose))


def _bound(t: Term) -> Iterator[Term]:
    n = BOUND.get(t.head, 0)
    yield from t.args[:n]
    for a in t.args[n + (t.head == "def") :] if t.head not in ("var", "const") else ():
        yield from _bound(a)

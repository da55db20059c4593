"""Values of terms by the letter of their semantics: Fractions, lists, Python functions.

Written beside the engine's evaluation and sharing nothing with it, so that the two, and the kernel,
can be held against each other. A formula is True, False or None (not settled); quantifiers over
infinite sorts look at a few values only, so they settle one way, or both with `sampled=True`.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple

from symbolic_landscape.statement.term import FORMULA, INT, NAT, NUMBERS, REAL, Term

Values = Mapping[Term, Any]
"""A value for each free variable."""

LONGEST = 40
"""Longer ranges are not walked."""


class Unsettled(Exception):  # noqa: N818 (it is no error)
    """The term has no value here: a negative size, a range that is too long."""


class Grid(NamedTuple):
    """A matrix: sizes are kept, since one of them may be 0."""

    rows: int
    columns: int
    entries: tuple[tuple[Fraction, ...], ...]

    def at(self, i: int, j: int) -> Fraction:
        """The entry, 0 outside."""
        inside = 1 <= i <= self.rows and 1 <= j <= self.columns
        return self.entries[i - 1][j - 1] if inside else Fraction(0)


def grid(rows: int, columns: int, entry: Callable[[int, int], Any]) -> Grid:
    """The matrix with these entries, counted from 1."""
    if rows < 0 or columns < 0:
        raise Unsettled
    if rows * columns > 400:
        raise Unsettled
    lines = (
        tuple(Fraction(entry(i, j)) for j in range(1, columns + 1)) for i in range(1, rows + 1)
    )
    return Grid(rows, columns, tuple(lines))


def times(a: Grid, b: Grid) -> Grid:
    """The product of two matrices."""
    inner = range(1, a.columns + 1)
    return grid(a.rows, b.columns, lambda i, j: sum(a.at(i, k) * b.at(k, j) for k in inner))


def eliminated(a: Grid) -> tuple[list[list[Fraction]], int, Fraction]:
    """The reduced rows, the rank, and the determinant where the matrix is square."""
    rows, rank, det = [list(r) for r in a.entries], 0, Fraction(1)
    for c in range(a.columns):
        place = next((r for r in range(rank, a.rows) if rows[r][c]), None)
        if place is None:
            det = Fraction(0)
            continue
        if place != rank:
            rows[rank], rows[place], det = rows[place], rows[rank], -det
        head = rows[rank][c]
        det *= head
        rows[rank] = [x / head for x in rows[rank]]
        for r in range(a.rows):
            if r != rank and rows[r][c]:
                rows[r] = [x - rows[r][c] * y for x, y in zip(rows[r], rows[rank], strict=True)]
        rank += 1
    return rows, rank, det


def inverse(a: Grid) -> Grid:
    """The inverse; of a singular matrix, something that depends on all its entries."""
    n = a.rows
    wide = grid(n, 2 * n, lambda i, j: a.at(i, j) if j <= n else int(j - n == i))
    rows, _, _ = eliminated(wide)
    if eliminated(a)[1] < n:
        return grid(n, n, lambda i, j: 7 * a.at(i, 1) + i + 2 * j)
    return Grid(n, n, tuple(tuple(r[n:]) for r in rows))


class Direct:
    """Values of terms; `sampled` takes what holds at the values looked at for the truth."""

    def __init__(self, *, sampled: bool = False) -> None:
        self.sampled = sampled

    def whole(self, t: Term, v: Values) -> int:
        """The value of an integer term."""
        x = self.value(t, v)
        assert x.denominator == 1, f"{t} has the value {x}"
        return int(x)

    def range(self, low: Term, high: Term, v: Values) -> range:
        """The integers from low to high."""
        a, b = self.whole(low, v), self.whole(high, v)
        if b - a >= LONGEST:
            raise Unsettled
        return range(a, b + 1)

    # ---- domains ---------------------------------------------------------------------------------
    def domain(self, sort: Term, v: Values) -> list[Any]:
        """Some values of a sort."""
        if sort is INT:
            return [Fraction(k) for k in range(-2, 5)]
        if sort is NAT:
            return [Fraction(k) for k in range(4)]
        if sort is REAL:
            return [Fraction(*x) for x in ((-2, 1), (-1, 1), (0, 1), (1, 2), (1, 1), (3, 1))]
        if sort is FORMULA:
            return [False, True]
        if sort.head == "matrix":
            r, c = (self.whole(x, v) for x in sort.args)
            patterns: list[Callable[[int, int], int]] = [
                lambda i, j: 0,
                lambda i, j: 1,
                lambda i, j: i - 2 * j,
                lambda i, j: int(i == 1 and j == 2) - int(i == j == 1),
            ]
            return [grid(r, c, p) for p in patterns[: 4 if r * c else 1]]
        x, codomain = sort.args
        return [self.member(x, codomain, v, n) for n in range(3)]

    def member(self, x: Term, codomain: Term, v: Values, n: int) -> Callable[[Any], Any]:
        """One function of a sort of functions."""

        def at(a: Any) -> Any:
            values = self.domain(codomain, {**v, x: a})
            mixed = 0 if callable(a) else zlib.crc32(repr(a).encode())
            return values[n * (1 + mixed) % len(values)]

        return at

    def full(self, sort: Term) -> bool:
        """Whether the domain is the whole sort."""
        return self.sampled or sort is FORMULA

    def same(self, a: Any, b: Any, sort: Term, v: Values) -> bool | None:
        """Whether two values of a sort are the same."""
        if sort.head != "fun":
            return None if a is None or b is None else bool(a == b)
        x, codomain = sort.args
        seen = [self.same(a(y), b(y), codomain, {**v, x: y}) for y in self.domain(x.args[0], v)]
        if False in seen:
            return False
        return True if None not in seen and self.full(x.args[0]) else None

    def print_of(self, a: Any, sort: Term, v: Values, depth: int = 0) -> Any:
        """A value as something that can be printed, equal for equal values."""
        if sort.head != "fun":
            return a if isinstance(a, (Grid, bool)) or a is None else Fraction(a)
        x, codomain = sort.args
        if depth > 1:
            return ()
        points = self.domain(x.args[0], v)[: 3 if depth else None]
        return tuple(self.print_of(a(y), codomain, {**v, x: y}, depth + 1) for y in points)

    # ---- formulas --------------------------------------------------------------------------------
    def holds(self, t: Term, v: Values) -> bool | None:
        """Whether a formula holds."""
        out = self.value(t, v)
        assert out is None or isinstance(out, bool), t
        return out

    def _every(self, settled: Iterator[bool | None], full: bool) -> bool | None:
        seen = set()
        for x in settled:
            if x is False:
                return False
            seen.add(x)
        return None if None in seen or not full else True

    # ---- values ----------------------------------------------------------------------------------
    def value(self, t: Term, v: Values) -> Any:
        """The value of a term: a Fraction, a Grid, a function, True, False or None."""
        a = t.args
        match t.head:
            case "var":
                return v[t]
            case "num":
                return t.name
            case "def":
                f = self.value(a[0], v)
                for x in a[1:]:
                    f = f(self.value(x, v))
                return f
            case "lam":
                return lambda x: self.value(a[1], {**v, a[0]: x})
            case "apply":
                return self.value(a[0], v)(self.value(a[1], v))
            case "upd":
                f, i, new = self.value(a[0], v), self.value(a[1], v), self.value(a[2], v)
                return lambda x: new if x == i else f(x)
            case "rec":
                return self._recursion(t, v)
            case "add" | "mul" | "sum":
                return self._ring(t, v)
            case "recip":
                x = self.value(a[0], v)
                return 1 / x if x else Fraction(17)
            case "sort" | "matrix" | "fun":
                raise AssertionError(t)
            case "eq" | "le" | "lt" | "and" | "or" | "not" | "implies" | "each":
                return self._formula(t, v)
            case "forall" | "exists":
                n = t.head == "exists"
                sort = a[0].args[0]
                seen = (self.holds(a[1], {**v, a[0]: x}) for x in self.domain(sort, v))
                turned = ((None if x is None else x != n) for x in seen)
                out = self._every(turned, self.full(sort))
                return None if out is None else out != n
            case "pred" if t.name == "even":
                return bool(self.value(a[0], v) % 2 == 0)
            case "pred":
                shown = [self.print_of(self.value(x, v), x.sort, v) for x in a]
                return bool(zlib.crc32(repr((t.name, shown)).encode()) % 2)
            case "deriv":
                return self._difference(a[0], v)
        return self._matrix(t, v)

    def _formula(self, t: Term, v: Values) -> bool | None:
        a = t.args
        match t.head:
            case "eq":
                return self.same(self.value(a[0], v), self.value(a[1], v), a[0].sort, v)
            case "le":
                return bool(self.value(a[0], v) <= self.value(a[1], v))
            case "lt":
                return bool(self.value(a[0], v) < self.value(a[1], v))
            case "and":
                return self._every((self.holds(x, v) for x in a), True)
            case "not":
                x = self.holds(a[0], v)
                return None if x is None else not x
            case "each":
                walk = self.range(a[1], a[2], v)
                return self._every((self.holds(a[3], {**v, a[0]: Fraction(k)}) for k in walk), True)
        seen = [self.holds(x, v) for x in a]
        if t.head == "implies" and seen[0] is not None:
            seen[0] = not seen[0]
        return True if True in seen else None if None in seen else False

    def _recursion(self, t: Term, v: Values) -> Callable[[Any], Any]:
        i, previous, start, base, body = t.args
        step = 1 if t.name == "up" else -1
        first = self.whole(start, v)

        def at(x: Any) -> Any:
            far = (int(x) - first) * step
            if far > LONGEST:
                raise Unsettled
            if far < 0:  # below its start it is what it is
                return self.domain(t.sort.args[1], {**v, t.sort.args[0]: x})[-1]
            out = self.value(base, v)
            for k in range(first + step, int(x) + step, step) if far else ():
                out = self.value(body, {**v, i: Fraction(k), previous: out})
            return out

        return at

    def _difference(self, f: Term, v: Values) -> Callable[[Any], Any]:
        """Stands for a derivative: an operation on functions that is not even linear."""
        g, codomain = self.value(f, v), f.sort.args[1]

        def at(x: Any) -> Any:
            y, z = g(x + 1), g(x)
            if codomain in NUMBERS:
                return 3 * y - z * z
            return grid(y.rows, y.columns, lambda i, j: 3 * y.at(i, j) - z.at(i, j) ** 2)

        return at

    def _ring(self, t: Term, v: Values) -> Any:
        if t.head == "sum":
            walk = self.range(t.args[1], t.args[2], v)
            parts = [self.value(t.args[3], {**v, t.args[0]: Fraction(k)}) for k in walk]
        else:
            parts = [self.value(x, v) for x in t.args]
        if t.head == "mul":
            out: Any = Fraction(1)
            for x in parts:
                if isinstance(out, Grid) and isinstance(x, Grid):
                    out = times(out, x)
                elif isinstance(out, Grid) or isinstance(x, Grid):
                    m, c = (out, x) if isinstance(out, Grid) else (x, out)
                    out = grid(m.rows, m.columns, lambda i, j, m=m, c=c: c * m.at(i, j))
                else:
                    out *= x
                    if out.numerator.bit_length() + out.denominator.bit_length() > 4000:
                        raise Unsettled
            return out
        if t.sort.head != "matrix":
            return sum(parts, Fraction(0))
        r, c = (self.whole(x, v) for x in t.sort.args)
        return grid(r, c, lambda i, j: sum(p.at(i, j) for p in parts))

    def _matrix(self, t: Term, v: Values) -> Any:
        if t.head in ("zeros", "ones", "eye"):
            r, c = (self.whole(x, v) for x in t.sort.args)
            value = {
                "zeros": lambda i, j: 0,
                "ones": lambda i, j: 1,
                "eye": lambda i, j: int(i == j),
            }
            return grid(r, c, value[t.head])
        if t.head == "build":
            i, j, rows, columns, body = t.args
            r, c = self.whole(rows, v), self.whole(columns, v)
            at = lambda p, q: self.value(body, {**v, i: Fraction(p), j: Fraction(q)})  # noqa: E731
            return grid(r, c, at)
        x, *others = (self.value(a, v) for a in t.args)
        match t.head, others:
            case "tr", _:
                return grid(x.columns, x.rows, lambda i, j: x.at(j, i))
            case "had", _:

                def product_at(i: int, j: int) -> Fraction:
                    out = x.at(i, j)
                    for y in others:
                        out *= y.at(i, j)
                    return out

                return grid(x.rows, x.columns, product_at)
            case "map", [y]:
                return grid(y.rows, y.columns, lambda i, j: x(y.at(i, j)))
            case "hcat", [y]:
                k = x.columns
                return grid(
                    x.rows, k + y.columns, lambda i, j: x.at(i, j) if j <= k else y.at(i, j - k)
                )
            case "vcat", [y]:
                k = x.rows
                return grid(
                    k + y.rows, x.columns, lambda i, j: x.at(i, j) if i <= k else y.at(i - k, j)
                )
            case "entry", [i, j]:
                return x.at(int(i), int(j))
            case "trace", _:
                return sum((x.at(i, i) for i in range(1, x.rows + 1)), Fraction(0))
            case "det", _:
                return eliminated(x)[2]
            case "rank", _:
                return Fraction(eliminated(x)[1])
            case "inv", _:
                return inverse(x)
            case "grad", [y]:
                return grid(y.rows, y.columns, lambda i, j: x(_moved(y, i, j)) - 2 * x(y))
        message = f"{t.head} has no direct value"
        raise AssertionError(message)


def _moved(a: Grid, i: int, j: int) -> Grid:
    return grid(a.rows, a.columns, lambda p, q: a.at(p, q) + int((p, q) == (i, j)))


def refuted(given: list[Term], then: Term, v: Values) -> bool:
    """Whether all that is given holds and the conclusion fails, beyond doubt."""
    direct = Direct()
    try:
        return all(direct.holds(f, v) is True for f in given) and direct.holds(then, v) is False
    except Unsettled:
        return False


def small_matrices(rows: int, columns: int, entries: tuple[int, ...]) -> Iterator[Grid]:
    """All matrices with these entries."""
    for flat in product(entries, repeat=rows * columns):
        yield grid(rows, columns, lambda i, j, flat=flat: flat[(i - 1) * columns + j - 1])


__all__ = ["Direct", "Grid", "Unsettled", "Values", "grid", "refuted", "small_matrices"]

"""Section 5: what settles minima and valleys of a polynomial, exactly.

Decided are polynomials of one of the coordinates, by Sturm sequences, and those of degree 2, by
the inertia of their Hessian: if that has no negative eigenvalue the function is convex, and else
each component of each sublevel set has a direction in which the function falls without end.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

import flint

from symbolic_landscape.arithmetic import QQ, Matrix
from symbolic_landscape.arithmetic.scalars import rational
from symbolic_landscape.arithmetic.sturm import count_roots, sign_at
from symbolic_landscape.functions import valleys
from symbolic_landscape.functions.morse import morse_defect, second_order, shifted
from symbolic_landscape.statement.polynomials import Polynomial, polynomial
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

EXACT = Evidence.EXACT


class Read(NamedTuple):
    """A polynomial in so many coordinates, and a point; none for a question about all points."""

    size: int
    terms: Polynomial
    point: tuple[Fraction, ...]

    @property
    def used(self) -> list[int]:
        """The coordinates on which it depends."""
        return sorted({row for monomial in self.terms for row in monomial})

    @property
    def degree(self) -> int:
        """The degree."""
        return max(map(len, self.terms), default=0)

    def along(self) -> tuple[flint.fmpq_poly, Fraction]:
        """The polynomial in its one coordinate, and that of the point."""
        row = self.used[0] if self.used else 1
        powers = [self.terms.get((row,) * k, Fraction(0)) for k in range(self.degree + 1)]
        place = self.point[row - 1] if self.point else Fraction(0)
        return flint.fmpq_poly([rational(c) for c in powers]), place

    def hessian(self) -> Matrix:
        """The Hessian of a polynomial of degree 2."""
        rows = range(1, self.size + 1)
        return QQ.matrix(
            [
                [
                    self.terms.get((min(i, j), max(i, j)), Fraction(0)) * (2 if i == j else 1)
                    for j in rows
                ]
                for i in rows
            ]
        )

    def slopes(self) -> Matrix:
        """The column of its linear terms, for one of degree 2."""
        return QQ.matrix([[self.terms.get((i,), Fraction(0))] for i in range(1, self.size + 1)])

    def gradient(self) -> Matrix:
        """The gradient at the point, for one of degree 2."""
        return self.slopes() + self.hessian() @ QQ.matrix([[x] for x in self.point])


def _read(arguments: tuple[Any, ...]) -> Read | None:
    """The polynomial and the point that the arguments are; None where they are others."""
    size, function, *point = arguments
    tree = getattr(function, "term", None)
    terms = None if tree is None else polynomial(tree)
    if terms is None or not isinstance(size, int):
        return None
    try:
        place = tuple(Fraction(str(row[0])) for y in point for row in y.tolist())
    except ValueError:
        return None
    read = Read(size, terms, place)
    return read if size >= 1 and all(1 <= row <= size for row in read.used) else None


Way = Callable[[Read], Verdict]


def _settled(line: Way, quadratic: Way) -> Callable[[Any, tuple[Any, ...]], Verdict]:
    """The decision for polynomials of one coordinate, and for those of degree 2."""

    def decided(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
        read = _read(arguments)
        if read is None:
            return undecided("the function or the point is not rational")
        if len(read.used) <= 1:
            return line(read)
        if read.degree <= 2:
            return quadratic(read)
        return undecided("the polynomial is neither of one coordinate nor of degree 2")

    return decided


def _no_valley(read: Read) -> Verdict:
    up, down, _ = read.hessian().inertia()
    return fails(EXACT, f"of degree 2, with {up} positive and {down} negative eigenvalues")


def _quadratic_less(read: Read) -> Verdict:
    _, down, _ = read.hessian().inertia()
    if not down and read.gradient().is_zero:
        return fails(EXACT, "it is convex, and the gradient is 0")
    return holds(EXACT, f"{down} negative eigenvalues, gradient {read.gradient().T}")


def _quadratic_isolated(read: Read) -> Verdict:
    up, *_ = read.hessian().inertia()
    good = up == read.size and read.gradient().is_zero
    return (holds if good else fails)(
        EXACT, f"{up} positive eigenvalues, gradient {read.gradient().T}"
    )


def _quadratic_connected(read: Read) -> Verdict:
    hessian = read.hessian()
    _, down, _ = hessian.inertia()
    centered = hessian.hstack(read.slopes()).rank() == hessian.rank()
    said = f"{down} negative eigenvalues, {'a' if centered else 'no'} critical point"
    return (fails if down == 1 and centered else holds)(EXACT, said)


def _line_isolated(read: Read) -> Verdict:
    p, x = read.along()
    if not valleys.is_local_minimum(p, x):
        return fails(EXACT, "there is no local minimum")
    good = read.size == 1 and p.degree() > 0
    return (holds if good else fails)(
        EXACT, "it depends on all" if good else "it is constant along a line"
    )


def _line_none(read: Read) -> Verdict:
    """No strict minimum other than global ones: there are none where a coordinate is free."""
    p, _ = read.along()
    if read.size > 1 or p.degree() < 1:
        return holds(EXACT, "it is constant along a line")
    found = valleys.has_valley(p)
    if found.is_undecided:
        return found
    return (fails if found.is_holds else holds)(EXACT, found.reason)


def _quadratic_none(read: Read) -> Verdict:
    return holds(EXACT, "of degree 2, so each local minimum is global")


def _line_isolated_critical(read: Read) -> Verdict:
    p, x = read.along()
    if p.derivative()(rational(x)) != 0:
        return fails(EXACT, "the gradient is not 0")
    good = read.size == 1 and p.degree() > 0
    return (holds if good else fails)(EXACT, "it is 0 here" if good else "it is 0 along a line")


def _quadratic_isolated_critical(read: Read) -> Verdict:
    good = read.gradient().is_zero and read.hessian().rank() == read.size
    return (holds if good else fails)(
        EXACT, f"the Hessian has rank {read.hessian().rank()}, the gradient is {read.gradient().T}"
    )


ORDER = 4
"""Morse coordinates are compared in degrees up to this one more than 2."""


def morse_coordinates(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether f is f(y) plus a form with so many minus signs, in coordinates near y.

    HOLDS where the coordinates are known in closed form: linear ones for degree 2, and
    x_i |g_i(x_i)|^(1/2) for a sum of f(y) and terms x_i^2 g_i(x_i), where g_i(0) is not 0.
    Elsewhere power series are compared in the first degrees, which leaves it UNDECIDED.
    """
    *function, minus = arguments
    read = _read(tuple(function))
    if read is None:
        return undecided("the function or the point is not rational")
    terms = shifted(read.terms, read.point)
    gradient, half = second_order(terms, read.size)
    if any(gradient):
        return fails(EXACT, "the gradient is not 0, and that of a form is")
    up, down, zero = half.inertia()
    if zero or down != minus:
        return fails(
            EXACT, f"the Hessian has {up} positive, {down} negative and {zero} eigenvalues 0"
        )
    if read.degree <= 2:
        return holds(EXACT, "of degree 2, so that the coordinates are linear")
    if all(len(set(monomial)) <= 1 for monomial in terms):
        return holds(EXACT, "u_i = x_i |g_i(x_i)|^(1/2), for a sum of terms x_i^2 g_i(x_i)")
    left = morse_defect(terms, read.size, ORDER)
    if left:
        return fails(EXACT, f"{left} is left over")
    return undecided(f"u = (h(0)^-1 h(x))^(1/2) x agrees up to degree {ORDER + 2}")


def index_of_hessian(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether the Hessian has so many negative eigenvalues."""
    *function, minus = arguments
    read = _read(tuple(function))
    if read is None:
        return undecided("the function or the point is not rational")
    _, half = second_order(shifted(read.terms, read.point), read.size)
    _, down, _ = half.inertia()
    return (holds if down == minus else fails)(EXACT, f"{down} negative eigenvalues")


def _ends_at(slope: flint.fmpq_poly, start: Fraction, end: Fraction) -> bool:
    """Whether x' = -slope(x) leads from start to end: to the next zero of the slope downhill."""
    speed = -sign_at(slope, start)
    if not speed:
        return start == end
    downhill = (end - start) * speed > 0
    return downhill and not sign_at(slope, end) and count_roots(slope, *sorted((start, end))) == 1


def flows_to(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether gradient flow leads from one point to another, for sums of polynomials of one coordinate.

    Each coordinate moves by itself, by a solution that is unique; it cannot pass a zero of its
    derivative, and tends to the next one.
    """
    read = _read(arguments)
    if read is None:
        return undecided("the function or a point is not rational")
    if any(len(set(monomial)) > 1 for monomial in read.terms):
        return undecided("the coordinates move each other")
    for row in range(1, read.size + 1):
        powers = [read.terms.get((row,) * k, Fraction(0)) for k in range(read.degree + 1)]
        slope = flint.fmpq_poly([rational(c) for c in powers]).derivative()
        start, end = read.point[row - 1], read.point[read.size + row - 1]
        if not _ends_at(slope, start, end):
            return fails(EXACT, f"coordinate {row} does not tend from {start} to {end}")
    return holds(EXACT, "each coordinate tends to the next zero of its derivative")


in_a_valley = _settled(lambda r: valleys.in_valley(*r.along()), _no_valley)
has_a_valley = _settled(lambda r: valleys.has_valley(r.along()[0]), _no_valley)
sublevels = _settled(
    lambda r: valleys.has_connected_sublevel_sets(r.along()[0]), _quadratic_connected
)
takes_less = _settled(lambda r: valleys.takes_less(*r.along()), _quadratic_less)
isolated = _settled(_line_isolated, _quadratic_isolated)
none_at_all = _settled(_line_none, _quadratic_none)
isolated_critical = _settled(_line_isolated_critical, _quadratic_isolated_critical)

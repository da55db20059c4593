"""Signs of polynomials in several variables on boxes, by Bernstein coefficients.

Functions: positive_on_box, nonnegative_on_box.

Notation: on [0, 1]^n the Bernstein coefficients of p enclose its values, and those at the corners
are values of p.

Design notes. A box whose coefficients do not settle the sign is halved, along its axes in turn,
with exact rationals throughout; so HOLDS and FAILS are exact. A polynomial that touches zero
inside the box may use up all boxes and is UNDECIDED then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import comb

import flint

from symbolic_landscape.arithmetic.rational_functions import FractionField, terms_of
from symbolic_landscape.arithmetic.scalars import Scalar, rational
from symbolic_landscape.errors import DomainError
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

MOST_BOXES = 4096
"""The number of boxes after which the question is left undecided."""

Sides = Mapping[str, tuple[Fraction | int, Fraction | int]]


@dataclass(frozen=True)
class _Patch:
    """A polynomial on a box: its sides, and its Bernstein coefficients as a flat list."""

    sides: tuple[tuple[Fraction, Fraction], ...]
    degrees: tuple[int, ...]
    coefficients: list[flint.fmpq]

    def corners(self) -> list[tuple[tuple[Fraction, ...], flint.fmpq]]:
        """The corners of the box with the values there."""
        places: list[tuple[tuple[Fraction, ...], int]] = [((), 0)]
        for (low, high), degree in zip(self.sides, self.degrees, strict=True):
            ends = ((low, 0), (high, degree)) if degree else ((low, 0),)
            places = [
                ((*point, end), index * (degree + 1) + offset)
                for point, index in places
                for end, offset in ends
            ]
        return [(point, self.coefficients[index]) for point, index in places]

    def halves(self, axis: int) -> tuple[_Patch, _Patch]:
        """The polynomial on the two halves of the box along an axis (de Casteljau)."""
        low, high = self.sides[axis]
        middle = (low + high) / 2
        left, right = list(self.coefficients), list(self.coefficients)
        for line in _lines(self.degrees, axis):
            values = [self.coefficients[i] for i in line]
            for k, place in enumerate(line):
                left[place] = values[0]
                right[line[len(line) - 1 - k]] = values[-1]
                values = [(a + b) / 2 for a, b in pairwise(values)]
        sides = list(self.sides)
        sides[axis] = (low, middle)
        first = _Patch(tuple(sides), self.degrees, left)
        sides[axis] = (middle, high)
        return first, _Patch(tuple(sides), self.degrees, right)


def _lines(degrees: tuple[int, ...], axis: int) -> list[list[int]]:
    """The places of the coefficients, in lines along an axis."""
    stride = 1
    for degree in degrees[axis + 1 :]:
        stride *= degree + 1
    length = degrees[axis] + 1
    total = stride * length
    for degree in degrees[:axis]:
        total *= degree + 1
    starts = (i for i in range(total) if (i // stride) % length == 0)
    return [[start + k * stride for k in range(length)] for start in starts]


def _patch(value: Scalar, sides: Sides, *, top: bool) -> _Patch:
    """The numerator or the denominator on the box. Raises DomainError for a symbol without side."""
    field = value.field
    if not isinstance(field, FractionField) or len(field.free_symbols) != len(field.names):
        message = f"a rational function of symbols over Q was needed, got {value} of {field.name}"
        raise DomainError(message)
    missing = set(field.names) - set(sides)
    if missing:
        message = f"a box needs a side for each of {', '.join(field.names)}, got {sorted(sides)}"
        raise DomainError(message)
    chosen = tuple((Fraction(sides[n][0]), Fraction(sides[n][1])) for n in field.names)
    if any(low > high for low, high in chosen):
        message = f"a box needs sides (low, high) with low <= high, got {chosen}"
        raise DomainError(message)
    terms = terms_of(value.raw[0 if top else 1])
    count = len(field.names)
    degrees = tuple(max((m[i] for m, _ in terms), default=0) for i in range(count))
    size = 1
    for degree in degrees:
        size *= degree + 1
    flat = [flint.fmpq(0)] * size
    for monomial, coefficient in terms:
        index = 0
        for exponent, degree in zip(monomial, degrees, strict=True):
            index = index * (degree + 1) + exponent
        flat[index] = flint.fmpq(coefficient)
    for axis, (low, high) in enumerate(chosen):
        for line in _lines(degrees, axis):
            powers = flint.fmpq_poly([flat[i] for i in line])
            moved = powers(flint.fmpq_poly([rational(low), rational(high - low)]))
            for place, bernstein in zip(line, _bernstein(moved, degrees[axis]), strict=True):
                flat[place] = bernstein
    return _Patch(chosen, degrees, flat)


def _bernstein(polynomial: flint.fmpq_poly, degree: int) -> list[flint.fmpq]:
    """The Bernstein coefficients on [0, 1] of a polynomial of at most this degree."""
    scaled = [polynomial[j] / comb(degree, j) for j in range(degree + 1)]
    return [
        sum((scaled[j] * comb(i, j) for j in range(i + 1)), flint.fmpq(0))
        for i in range(degree + 1)
    ]


def _search(patch: _Patch, *, strict: bool) -> tuple[str, str]:
    """('holds' | 'fails' | 'undecided', why) for p > 0, or p >= 0, on the whole box."""
    work = [(patch, 0)]
    seen = 0
    while work:
        seen += 1
        if seen > MOST_BOXES:
            return "undecided", f"not settled by {MOST_BOXES} boxes"
        part, axis = work.pop()
        for point, value in part.corners():
            if value < 0 or (strict and value == 0):
                shown = ", ".join(map(str, point))
                return "fails", f"not so at ({shown})"
        least = min(part.coefficients)
        if least > 0 or (not strict and least == 0):
            continue
        axes = [i for i, degree in enumerate(part.degrees) if degree]
        chosen = axes[axis % len(axes)]
        work += [(half, axis + 1) for half in part.halves(chosen)]
    return "holds", f"all Bernstein coefficients on {seen} boxes"


def _decided(value: Scalar, sides: Sides, *, strict: bool) -> Verdict:
    shown = ", ".join(f"{name} in [{low}, {high}]" for name, (low, high) in sides.items())
    claim = f"{value} {'>' if strict else '>='} 0 for {shown}"
    bottom, sign = _patch(value, sides, top=False), 1
    outcome, why = _search(bottom, strict=True)
    if outcome == "fails":
        sign = -1
        outcome, why = _search(_negated(bottom), strict=True)
    if outcome != "holds":
        return undecided(f"{claim}: the denominator is not certainly nonzero there, {why}")
    top = _patch(value, sides, top=True)
    outcome, why = _search(top if sign > 0 else _negated(top), strict=strict)
    if outcome == "undecided":
        return undecided(f"{claim}: {why}")
    answer = holds if outcome == "holds" else fails
    return answer(Evidence.EXACT, f"{'' if outcome == 'holds' else 'not '}{claim}: {why}")


def _negated(patch: _Patch) -> _Patch:
    return _Patch(patch.sides, patch.degrees, [-value for value in patch.coefficients])


def positive_on_box(value: Scalar, sides: Sides) -> Verdict:
    """F > 0 on a box, for f in Q(x, y, ...) and sides {"x": (low, high), ...}.

    UNDECIDED where the sign or the denominator is not settled. Raises DomainError for a symbol
    without a side.
    """
    return _decided(value, sides, strict=True)


def nonnegative_on_box(value: Scalar, sides: Sides) -> Verdict:
    """F >= 0 on a box, for f in Q(x, y, ...) and sides {"x": (low, high), ...}.

    UNDECIDED where the sign or the denominator is not settled. Raises DomainError for a symbol
    without a side.
    """
    return _decided(value, sides, strict=False)

"""Functions in polynomial pieces: max, min, abs and piece, as users write them.

A continuous function that is a polynomial between rational joints b_1 < ... < b_r is the first
polynomial plus, at each joint, 0 for t <= b and q(t - b) for t > b, where q is the difference of
its neighbours. How often q vanishes at 0 says how smooth the joint is, exactly.

Functions: maximum, minimum, absolute, joined, in_normal_form.

Design notes. One joint at 0 gives a `Piece`, for which all decisions about functions are made;
other joints give a sum with `Shifted` pieces, about which they say nothing. Joints that are not
rational are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import flint

from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula.tree import (
    ZERO,
    Add,
    Const,
    Formula,
    Mul,
    Piece,
    Pow,
    Shifted,
    T,
    Var,
    product,
    total,
)

MOST_JOINTS = 64
MOST_DEGREE = 40


@dataclass(frozen=True)
class _Pieces:
    """Polynomials, the first up to the first joint, and so on."""

    joints: tuple[Fraction, ...]
    parts: tuple[flint.fmpq_poly, ...]

    def at(self, joints: Sequence[Fraction]) -> list[flint.fmpq_poly]:
        """The polynomials between finer joints."""
        places = [sum(own < joint for own in self.joints) for joint in joints]
        return [self.parts[place] for place in [*places, len(self.joints)]]


def _over(function: Callable[..., flint.fmpq_poly], *functions: _Pieces) -> _Pieces:
    """A function of the polynomials, piece by piece, without joints that are none."""
    joints = sorted({joint for each in functions for joint in each.joints})
    parts = [function(*chosen) for chosen in zip(*(f.at(joints) for f in functions), strict=True)]
    return _without_false_joints(joints, parts)


def _without_false_joints(joints: Sequence[Fraction], parts: Sequence[flint.fmpq_poly]) -> _Pieces:
    kept, pieces = [], [parts[0]]
    for joint, part in zip(joints, parts[1:], strict=True):
        if part != pieces[-1]:
            kept.append(joint)
            pieces.append(part)
    if len(kept) > MOST_JOINTS or any(part.degree() > MOST_DEGREE for part in pieces):
        message = f"at most {MOST_JOINTS} joints of degree at most {MOST_DEGREE} are taken"
        raise DomainError(message)
    return _Pieces(tuple(kept), tuple(pieces))


def _pieces(formula: Formula) -> _Pieces | None:
    """The pieces of a formula, or None if it is not made of polynomials."""
    match formula:
        case Const(value=value):
            return _Pieces((), (flint.fmpq_poly([_rational(value)]),))
        case Var():
            return _Pieces((), (flint.fmpq_poly([0, 1]),))
        case Add(terms=parts):
            return _folded(parts, lambda a, b: a + b)
        case Mul(factors=parts):
            return _folded(parts, lambda a, b: a * b)
        case Pow(base=base, exponent=exponent) if 0 <= exponent <= MOST_DEGREE:
            inner = _pieces(base)
            return None if inner is None else _over(lambda a: a**exponent, inner)
        case Piece():
            return _joint(formula, Fraction(0))
        case Shifted(piece=piece, at=at):
            return _joint(piece, at)
    return None


def _joint(piece: Piece, at: Fraction) -> _Pieces | None:
    left, right = _pieces(piece.left), _pieces(piece.right)
    if left is None or right is None or left.joints or right.joints:
        return None
    back = flint.fmpq_poly([-_rational(at), 1])
    return _without_false_joints([at], [left.parts[0](back), right.parts[0](back)])


def _folded(
    parts: Sequence[Formula], combine: Callable[[flint.fmpq_poly, flint.fmpq_poly], flint.fmpq_poly]
) -> _Pieces | None:
    result: _Pieces | None = None
    for part in parts:
        found = _pieces(part)
        if found is None:
            return None
        result = found if result is None else _over(combine, result, found)
    return result


def _needed(formula: Formula, what: str) -> _Pieces:
    found = _pieces(formula)
    if found is None:
        message = f"{what} takes polynomials in t, or pieces of them, got {formula}"
        raise DomainError(message)
    return found


def maximum(formulas: Sequence[Formula]) -> Formula:
    """The largest of some formulas. Raises DomainError: a joint is not rational."""
    best, *rest = (_needed(formula, "max") for formula in formulas)
    for other in rest:
        best = _over(
            lambda a, b: a + b, best, _positive_part(_over(lambda a, b: b - a, best, other))
        )
    return _formula(best)


def minimum(formulas: Sequence[Formula]) -> Formula:
    """The smallest of some formulas. Raises DomainError: a joint is not rational."""
    return -maximum([-formula for formula in formulas])


def absolute(formula: Formula) -> Formula:
    """The absolute value. Raises DomainError: a joint is not rational."""
    return maximum([formula, -formula])


def joined(left: Formula, right: Formula, at: Fraction) -> Formula:
    """The left formula for t <= at, the right one for t > at.

    Raises DomainError: they are no polynomials, or do not agree at the joint.
    """
    both = [_needed(formula, "piece") for formula in (left, right)]
    if any(each.joints for each in both):
        message = f"piece takes polynomials in t, got {left} and {right}"
        raise DomainError(message)
    parts = [each.parts[0] for each in both]
    if (parts[1] - parts[0])(_rational(at)) != 0:
        message = f"pieces must agree where they join, but {left} and {right} differ at {at}"
        raise DomainError(message)
    return _formula(_without_false_joints([at], parts))


def in_normal_form(formula: Formula) -> Formula:
    """The same function, in normal form if it is made of polynomial pieces."""
    found = _pieces(formula) if "piece" in formula.calls else None
    return formula if found is None else _formula(found)


def _positive_part(pieces: _Pieces) -> _Pieces:
    """Max(f, 0), with a joint wherever the sign of f changes."""
    joints: list[Fraction] = []
    parts: list[flint.fmpq_poly] = []
    ends = [None, *pieces.joints, None]
    for low, high, part in zip(ends, ends[1:], pieces.parts, strict=False):
        inside = [
            root
            for root in _sign_changes(part)
            if (low is None or root > low) and (high is None or root < high)
        ]
        cuts = [low, *inside, high]
        for first, last in pairwise(cuts):
            parts.append(
                part if part(_rational(_between(first, last))) > 0 else flint.fmpq_poly([0])
            )
            if last is not None:
                joints.append(last)
    return _without_false_joints(joints, parts)


def _between(low: Fraction | None, high: Fraction | None) -> Fraction:
    if low is None:
        return Fraction(0) if high is None else high - 1
    return low + 1 if high is None else (low + high) / 2


def _sign_changes(polynomial: flint.fmpq_poly) -> list[Fraction]:
    """The zeros at which a polynomial changes its sign. Raises DomainError: one is not rational."""
    if polynomial.degree() < 1:
        return []
    numerator = flint.fmpz_poly([int(c) for c in (polynomial * polynomial.denom()).coeffs()])
    found = []
    for factor, multiplicity in numerator.factor()[1]:
        if multiplicity % 2 == 0:
            continue
        if factor.degree() == 1:
            constant, lead = map(int, factor.coeffs())
            found.append(Fraction(-constant, lead))
            continue
        coefficients = list(map(int, factor.coeffs()))
        a, b, c = coefficients[::-1] if factor.degree() == 2 else (0, 0, 0)
        if factor.degree() > 2 or b * b - 4 * a * c > 0:
            message = f"the pieces must join at rational points, got the zeros of {factor}"
            raise DomainError(message)
    return sorted(found)


def _formula(pieces: _Pieces) -> Formula:
    """The formula in normal form."""
    first = pieces.parts[0]
    if pieces.joints == (Fraction(0),):
        rise = pieces.parts[1] - first
        return Piece(_polynomial(first), _polynomial(pieces.parts[1]), _order(rise) - 1)
    terms = [_polynomial(first)]
    for at, before, after in zip(pieces.joints, pieces.parts, pieces.parts[1:], strict=False):
        rise = (after - before)(flint.fmpq_poly([_rational(at), 1]))
        piece = Piece(ZERO, _polynomial(rise), _order(rise) - 1)
        terms.append(Shifted(piece, at) if at else piece)
    return total(terms)


def _order(polynomial: flint.fmpq_poly) -> int:
    """How often a polynomial vanishes at 0."""
    return next(i for i, value in enumerate(polynomial.coeffs()) if value != 0)


def _polynomial(polynomial: flint.fmpq_poly) -> Formula:
    terms = [
        product((Const(Fraction(int(value.p), int(value.q))), T**exponent))
        for exponent, value in enumerate(polynomial.coeffs())
        if value != 0
    ]
    return total(reversed(terms)) if terms else ZERO


def _rational(value: Fraction) -> flint.fmpq:
    return flint.fmpq(value.numerator, value.denominator)

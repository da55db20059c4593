"""Formulas that become rational functions: t itself, w = e^(ct + d), or t = (a/b)(w - 1/w)/2.

Each substitution maps the line onto an interval of w, increasing, so that signs, zeros and limits
of the formula are those of a rational function of w, which `flint` decides exactly.

Objects: Substituted, Root. Functions: substituted, real_roots.

Design notes. sqrt(a^2 + b^2 t^2) = a (w + 1/w)/2 under the third substitution; it needs rational a
and b.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any

import flint

from symbolic_landscape.arithmetic import working_precision
from symbolic_landscape.formula import (
    Add,
    Call,
    Const,
    Formula,
    Mul,
    Piece,
    Pow,
    Var,
    rational_root,
)

ROOT_BITS = 192
MOST_DEGREE = 400

Fractional = tuple[flint.fmpq_poly, flint.fmpq_poly]


def _fmpq(value: Fraction) -> flint.fmpq:
    return flint.fmpq(value.numerator, value.denominator)


@dataclass(frozen=True)
class Root:
    """A real point t between exact bounds; `value` if it is rational, else `key` names it."""

    key: tuple[Any, ...]
    value: Fraction | None
    low: Fraction
    high: Fraction

    def __str__(self) -> str:
        if self.value is not None:
            return f"t = {self.value}"
        middle = (self.low + self.high) / 2
        near = Fraction(round(middle * 10**6), 10**6)
        return f"the zero near t = {near}"

    def compare(self, other: Root) -> int | None:
        """-1, 0 or 1 by order on the line; None where the balls do not tell."""
        if self.key == other.key:
            return 0
        if self.high < other.low:
            return -1
        return 1 if self.low > other.high else None


def rational_point(value: Fraction | int) -> Root:
    """The Root at a rational point."""
    exact = Fraction(value)
    return Root(("rational", exact), exact, exact, exact)


@dataclass(frozen=True)
class Substituted:
    """A formula as top / bottom, polynomials in w on the interval that the line is mapped to.

    `kind` is "line" for w = t, "exponential" for w = e^(slope t + shift), slope > 0, or
    "algebraic" for t = (shift / slope) (w - 1/w) / 2. The roots of `holes` are points at which the
    formula has no value although the fraction has one.
    """

    kind: str
    slope: Fraction
    shift: Fraction
    top: flint.fmpq_poly
    bottom: flint.fmpq_poly
    holes: flint.fmpq_poly

    def origin(self) -> Fraction | None:
        """The w that belongs to t = 0, if it is rational."""
        if self.kind == "line":
            return Fraction(0)
        return Fraction(1) if self.kind == "algebraic" or not self.shift else None

    def point(self, root: RealRoot) -> Root:
        """The t that belongs to a root in w."""
        value = None if root.value is None else self._rational(root.value)
        if value is not None:
            return rational_point(value)
        with working_precision(root.bits):
            t = self._ball(root.ball())
        low, high = _bounds(t)
        key = (self.kind, self.slope, self.shift, root.factor, root.place)
        return Root(key, None, low, high)

    def _rational(self, w: Fraction) -> Fraction | None:
        if self.kind == "line":
            return w
        if self.kind == "algebraic":
            return self.shift / self.slope * (w - 1 / w) / 2
        return -self.shift / self.slope if w == 1 else None

    def _ball(self, w: flint.arb) -> flint.arb:
        slope, shift = (flint.arb(_fmpq(x)) for x in (self.slope, self.shift))
        if self.kind == "line":
            return w
        if self.kind == "algebraic":
            return shift / slope * (w - 1 / w) / 2
        return (w.log() - shift) / slope


def _bounds(ball: flint.arb) -> tuple[Fraction, Fraction]:
    """The exact ends of a ball."""
    middle, radius = (
        Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
        for mantissa, exponent in (ball.mid().man_exp(), ball.rad().man_exp())
    )
    return middle - radius, middle + radius


@dataclass(frozen=True)
class RealRoot:
    """Real root number `place` of an irreducible factor between bounds; `value` if rational."""

    factor: tuple[Fraction, ...]
    place: int
    multiplicity: int
    value: Fraction | None
    low: Fraction
    high: Fraction
    bits: int

    def ball(self) -> flint.arb:
        """A ball that contains it."""
        low, high = flint.arb(_fmpq(self.low)), flint.arb(_fmpq(self.high))
        return low.union(high)


def real_roots(polynomial: flint.fmpq_poly, marks: Sequence[Fraction] = ()) -> list[RealRoot]:
    """The different real roots in increasing order.

    The bounds of two roots are apart, and so are the bounds of an irrational root and every mark.
    """
    factors = [(factor, int(m)) for factor, m in polynomial.factor()[1]]
    bits = ROOT_BITS
    while True:
        found = [
            root for factor, m in factors if factor.degree() > 0 for root in _roots(factor, m, bits)
        ]
        found.sort(key=lambda root: root.low)
        apart = all(a.high < b.low for a, b in pairwise(found))
        if apart and not any(
            r.value is None and r.low <= m <= r.high for r in found for m in marks
        ):
            return found
        bits *= 2


def _roots(factor: flint.fmpq_poly, multiplicity: int, bits: int) -> list[RealRoot]:
    coefficients = tuple(Fraction(int(c.p), int(c.q)) for c in factor.coeffs())
    if factor.degree() == 1:
        value = -coefficients[0] / coefficients[1]
        return [RealRoot(coefficients, 0, multiplicity, value, value, value, bits)]
    with working_precision(bits):
        balls = [root.real for root, _ in factor.numer().complex_roots() if root.imag == 0]
    bounds = sorted(map(_bounds, balls))
    return [
        RealRoot(coefficients, place, multiplicity, None, low, high, bits)
        for place, (low, high) in enumerate(bounds)
    ]


@lru_cache(maxsize=4096)
def substituted(formula: Formula) -> Substituted | None:
    """The formula as a rational function after one of the substitutions, or None."""
    forms = _inner_forms(formula)
    if forms is None:
        return None
    kinds = {name for name, _ in forms}
    if not kinds:
        return _built(formula, "line", Fraction(1), Fraction(0))
    if kinds == {"sqrt"}:
        return _algebraic(formula, {form for _, form in forms})
    if "sqrt" in kinds or _bare(formula):
        return None
    return _exponential(formula, forms)


def _exponential(
    formula: Formula, forms: set[tuple[str, tuple[Fraction, ...]]]
) -> Substituted | None:
    """W = e^(slope t + shift), where every argument is an integer multiple of slope t + shift."""
    linear = [
        (2 * form[1], 2 * form[0]) if name == "tanh" else (form[1], form[0])
        for name, form in forms
        if len(form) == 2
    ]
    if len(linear) < len(forms):
        return None
    slope = _common_divisor(c for c, _ in linear)
    shift = linear[0][1] / linear[0][0] * slope
    if any(d * slope != c * shift for c, d in linear):
        return None
    return _built(formula, "exponential", slope, shift)


def _algebraic(formula: Formula, forms: set[tuple[Fraction, ...]]) -> Substituted | None:
    if len(forms) != 1:
        return None
    form = next(iter(forms))
    if len(form) != 3 or form[1]:
        return None
    a, b = rational_root(form[0]), rational_root(form[2])
    if not a or not b:
        return None
    return _built(formula, "algebraic", b, a)


def _common_divisor(values: Iterable[Fraction]) -> Fraction:
    result = Fraction(0)
    for value in values:
        a, b = abs(value), result
        result = Fraction(
            math.gcd(a.numerator * b.denominator, b.numerator * a.denominator),
            a.denominator * b.denominator,
        )
    return result


def _inner_forms(formula: Formula) -> set[tuple[str, tuple[Fraction, ...]]] | None:
    """(name, polynomial coefficients of the argument) of every call, or None for other formulas."""
    found = set()
    for node in _nodes(formula):
        if isinstance(node, Piece) or type(node).__name__ == "Generic":
            return None
        if isinstance(node, Call):
            form = polynomial_coefficients(node.argument)
            if node.name not in {"exp", "tanh", "sqrt"} or form is None:
                return None
            found.add((node.name, form))
    return found


def _nodes(formula: Formula) -> Iterator[Formula]:
    pending = [formula]
    while pending:
        node = pending.pop()
        yield node
        match node:
            case Add(terms=parts) | Mul(factors=parts):
                pending += parts
            case Pow(base=inner):
                pending.append(inner)
            case Call(argument=inner):
                pending.append(inner)


def _bare(formula: Formula) -> bool:
    """Whether the variable occurs outside every call."""
    match formula:
        case Var():
            return True
        case Add(terms=parts) | Mul(factors=parts):
            return any(map(_bare, parts))
        case Pow(base=base):
            return _bare(base)
    return False


@lru_cache(maxsize=4096)
def polynomial_coefficients(formula: Formula) -> tuple[Fraction, ...] | None:
    """The coefficients of a polynomial formula, lowest first, or None for any other."""
    built = None
    if not formula.calls:
        built = _built(formula, "line", Fraction(1), Fraction(0))
    if built is None or built.bottom.degree() > 0 or real_roots(built.holes):
        return None
    quotient = built.top / built.bottom[0]
    return tuple(Fraction(int(c.p), int(c.q)) for c in quotient.coeffs()) or (Fraction(0),)


def _built(formula: Formula, kind: str, slope: Fraction, shift: Fraction) -> Substituted | None:
    made = _Maker(kind, slope, shift).fraction(formula)
    if made is None:
        return None
    top, bottom = made
    common = top.gcd(bottom)
    return Substituted(kind, slope, shift, top // common, bottom // common, common)


class _Maker:
    """Builds top and bottom of a formula bottom-up; None where something does not fit."""

    def __init__(self, kind: str, slope: Fraction, shift: Fraction) -> None:
        self.kind, self.slope, self.shift = kind, slope, shift
        self.one = flint.fmpq_poly([1])

    def fraction(self, formula: Formula) -> Fractional | None:
        match formula:
            case Const(value=value):
                return flint.fmpq_poly([_fmpq(value)]), self.one
            case Var():
                return self._variable()
            case Add(terms=parts) | Mul(factors=parts):
                return self._combined(parts, isinstance(formula, Add))
            case Pow(base=base, exponent=exponent):
                return self._powered(self.fraction(base), exponent)
            case Call(name=name, argument=argument):
                return self._called(name, argument)
        return None

    def _variable(self) -> Fractional | None:
        if self.kind == "line":
            return flint.fmpq_poly([0, 1]), self.one
        if self.kind == "algebraic":
            ratio = _fmpq(self.shift / self.slope)
            return flint.fmpq_poly([-ratio, 0, ratio]), flint.fmpq_poly([0, 2])
        return None

    def _combined(self, parts: tuple[Formula, ...], is_sum: bool) -> Fractional | None:
        result: Fractional | None = None
        for part in parts:
            made = self.fraction(part)
            if made is None:
                return None
            if result is None:
                result = made
            elif is_sum:
                result = (result[0] * made[1] + made[0] * result[1], result[1] * made[1])
            else:
                result = (result[0] * made[0], result[1] * made[1])
            if max(result[0].degree(), result[1].degree()) > MOST_DEGREE:
                return None
        return result

    def _powered(self, made: Fractional | None, exponent: int) -> Fractional | None:
        """The power; the poles of the base stay as common factors of top and bottom."""
        if made is None:
            return None
        times = abs(exponent)
        top, bottom = made
        if max(top.degree(), bottom.degree()) * (times + 1) > MOST_DEGREE:
            return None
        if exponent > 0:
            return top**times, bottom**times
        if exponent < 0 and top.degree() < 0:
            return None
        return bottom ** (times + 1), top**times * bottom

    def _called(self, name: str, argument: Formula) -> Fractional | None:
        if self.kind == "algebraic":
            a = _fmpq(self.shift)
            return flint.fmpq_poly([a, 0, a]), flint.fmpq_poly([0, 2])
        form = polynomial_coefficients(argument)
        if form is None or len(form) != 2:
            return None
        multiple = form[1] / self.slope * (2 if name == "tanh" else 1)
        power = abs(int(multiple))
        if power > MOST_DEGREE:
            return None
        w = flint.fmpq_poly([0, 1]) ** power
        if name == "exp":
            return (w, self.one) if multiple > 0 else (self.one, w)
        sign = 1 if multiple > 0 else -1
        return sign * (w - 1), w + 1

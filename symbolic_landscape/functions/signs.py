"""Signs and zeros of a formula on the line or on an open half-line.

Rules, tried in this order: a constant in balls; a rational function after a substitution; the last
call of exp, log, tanh, atan, sqrt; products and powers factor by factor; sums of terms that agree;
a formula of one inner formula; the sign of the derivative together with limits at the ends. What
no rule settles is None, which means "not known" and never "no".

Objects: Side, Pattern. Functions: pattern, is_analytic, constant_sign, value_at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import lru_cache

import flint

from symbolic_landscape.arithmetic import BallField
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import (
    ZERO,
    Add,
    Call,
    Const,
    Formula,
    Mul,
    Pow,
    T,
    Var,
    call,
    power,
    product,
    total,
)
from symbolic_landscape.functions.substitutions import (
    RealRoot,
    Root,
    Substituted,
    rational_point,
    real_roots,
    substituted,
)

MOST_STEPS = 4
MOST_BITS = 2048


class Side(Enum):
    """The open sets on which signs are asked for."""

    LINE = "the line"
    NEGATIVE = "t < 0"
    POSITIVE = "t > 0"


@dataclass(frozen=True)
class Pattern:
    """Zeros in increasing order and the sign on each open interval between them.

    A function that is zero throughout has no zeros listed and the one sign 0.
    """

    zeros: tuple[Root, ...]
    signs: tuple[int, ...]

    @property
    def is_positive(self) -> bool:
        """Positive at every point."""
        return self.signs == (1,)

    @property
    def is_negative(self) -> bool:
        """Negative at every point."""
        return self.signs == (-1,)

    @property
    def is_zero(self) -> bool:
        """Zero at every point."""
        return self.signs == (0,)

    @property
    def is_nonnegative(self) -> bool:
        """Never negative."""
        return -1 not in self.signs

    @property
    def is_nonpositive(self) -> bool:
        """Never positive."""
        return 1 not in self.signs

    @property
    def never_zero(self) -> bool:
        """No zeros."""
        return not self.zeros and not self.is_zero

    def negated(self) -> Pattern:
        """The pattern of minus the function."""
        return Pattern(self.zeros, tuple(-sign for sign in self.signs))

    def absolute(self) -> Pattern:
        """The pattern of the absolute value."""
        return Pattern(self.zeros, tuple(abs(sign) for sign in self.signs))


POSITIVE, NEGATIVE, NULL = Pattern((), (1,)), Pattern((), (-1,)), Pattern((), (0,))


def constant_sign(formula: Formula) -> int | None:
    """The sign of a constant formula; None where balls of many bits do not tell it from 0."""
    if isinstance(formula, Const):
        return (formula.value > 0) - (formula.value < 0)
    bits = 64
    while bits <= MOST_BITS:
        field = BallField(bits)
        try:
            ball = formula.evaluate(field.constant(Fraction(0)), field)
        except DomainError:
            return None
        if ball > 0:
            return 1
        if ball < 0:
            return -1
        bits *= 2
    return None


def pattern(formula: Formula, side: Side, steps: int = MOST_STEPS) -> Pattern | None:
    """Zeros and signs on the side, or None where they are not known.

    An answer also says that the formula has a value at every point of the side.
    """
    return bounded_pattern(formula, side, steps)


@lru_cache(maxsize=8192)
def bounded_pattern(formula: Formula, side: Side, steps: int) -> Pattern | None:
    """The same with a bound on how often a rule may pass to a derivative or an inner formula."""
    if formula.calls & {"piece", "generic"}:
        return None
    if formula.is_constant:
        sign = constant_sign(formula)
        return None if sign is None else Pattern((), (sign,))
    rational = substituted(formula)
    if rational is not None:
        return _of_rational(rational, side)
    return _by_structure(formula, side, steps) or _by_parts(formula, side, steps)


def _by_structure(formula: Formula, side: Side, steps: int) -> Pattern | None:
    match formula:
        case Call(name=name, argument=argument):
            return _of_call(name, argument, side, steps)
        case Pow(base=base, exponent=exponent):
            return _of_power(bounded_pattern(base, side, steps), exponent)
        case Mul(factors=factors):
            return _of_product(factors, side, steps)
        case Add(terms=terms):
            return _of_sum(terms, side, steps)
    return None


def _by_parts(formula: Formula, side: Side, steps: int) -> Pattern | None:
    if steps <= 0 or not isinstance(formula, Add):
        return None
    return _of_composition(formula, side, steps) or _by_derivative(formula, side, steps)


# ---- rational functions


def _of_rational(rational: Substituted, side: Side) -> Pattern | None:
    bounds = _w_bounds(rational, side)
    if bounds is None:
        whole = _of_rational(rational, Side.LINE)
        return whole if whole is not None and not whole.zeros else None
    marks = [bound for bound in bounds if bound is not None]
    gaps = (*real_roots(rational.bottom, marks), *real_roots(rational.holes, marks))
    if any(_inside(root, bounds) for root in gaps):
        return None
    if rational.top.degree() < 0:
        return NULL
    found = [root for root in real_roots(rational.top, marks) if _inside(root, bounds)]
    signs = [_sign_at(rational, _below(found, bounds))]
    for root in found:
        signs.append(signs[-1] * (-1) ** root.multiplicity)
    return Pattern(tuple(map(rational.point, found)), tuple(signs))


Bounds = tuple[Fraction | None, Fraction | None]


def _w_bounds(rational: Substituted, side: Side) -> Bounds | None:
    """The interval of w for the side, None for an infinite end; None if its end is not rational."""
    least = None if rational.kind == "line" else Fraction(0)
    if side is Side.LINE:
        return least, None
    origin = rational.origin()
    if origin is None:
        return None
    return (least, origin) if side is Side.NEGATIVE else (origin, None)


def _inside(root: RealRoot, bounds: Bounds) -> bool:
    """Whether the root lies in the open interval."""
    low, high = bounds
    return (low is None or root.low > low) and (high is None or root.high < high)


def _below(found: Sequence[RealRoot], bounds: Bounds) -> Fraction:
    """A rational point of the open interval below all the roots found there."""
    low = bounds[0]
    high = found[0].low if found else bounds[1]
    if low is None:
        return Fraction(0) if high is None else high - 1
    return low + 1 if high is None else (low + high) / 2


def _sign_at(rational: Substituted, w: Fraction) -> int:
    at = flint.fmpq(w.numerator, w.denominator)
    value = rational.top(at) * rational.bottom(at)
    return int(value > 0) - int(value < 0)


# ---- structure


def _of_call(name: str, argument: Formula, side: Side, steps: int) -> Pattern | None:
    inner = bounded_pattern(argument, side, steps)
    if name == "log":
        if inner is None or not inner.is_positive:
            return None
        return bounded_pattern(argument - 1, side, steps)
    if name == "exp":
        return POSITIVE if _has_values(argument, side, steps) else None
    if inner is not None and name == "sqrt" and not inner.is_nonnegative:
        return None
    return inner


def _has_values(formula: Formula, side: Side, steps: int) -> bool:
    """Whether the formula is known to have a value everywhere on the side."""
    match formula:
        case Const() | Var():
            return True
        case Add(terms=parts) | Mul(factors=parts):
            return all(_has_values(part, side, steps) for part in parts)
        case Pow(base=base, exponent=exponent):
            if exponent < 0:
                inner = bounded_pattern(base, side, steps)
                return inner is not None and inner.never_zero
            return _has_values(base, side, steps)
        case Call(name=name, argument=argument):
            if name in {"log", "sqrt"}:
                inner = bounded_pattern(argument, side, steps)
                if inner is None:
                    return False
                return inner.is_positive or (name == "sqrt" and inner.is_nonnegative)
            return _has_values(argument, side, steps)
    return False


def is_analytic(formula: Formula, side: Side) -> bool:
    """Whether the formula is known to be real analytic at every point of the side.

    Compositions of analytic functions are: no zero under a division, no zero or negative value
    under a logarithm or a root. False means "not known".
    """
    match formula:
        case Const() | Var():
            return True
        case Add(terms=parts) | Mul(factors=parts):
            return all(is_analytic(part, side) for part in parts)
        case Pow(base=base, exponent=exponent):
            if exponent < 0:
                inner = pattern(base, side)
                if inner is None or not inner.never_zero:
                    return False
            return is_analytic(base, side)
        case Call(name=name, argument=argument):
            if name in {"log", "sqrt"}:
                inner = pattern(argument, side)
                if inner is None or not inner.is_positive:
                    return False
            return is_analytic(argument, side)
    return False


def _of_power(base: Pattern | None, exponent: int) -> Pattern | None:
    if base is None or (exponent < 0 and not base.never_zero):
        return None
    if exponent == 0:
        return POSITIVE
    return base if exponent % 2 else base.absolute()


def _of_product(factors: Sequence[Formula], side: Side, steps: int) -> Pattern | None:
    result: Pattern | None = POSITIVE
    for factor in factors:
        one = bounded_pattern(factor, side, steps)
        if one is None or result is None:
            return None
        result = _multiplied(result, one)
    return result


def _multiplied(a: Pattern, b: Pattern) -> Pattern | None:
    if a.is_zero or b.is_zero:
        return NULL
    merged = _merged(a.zeros, b.zeros)
    if merged is None:
        return None
    signs = [a.signs[0] * b.signs[0]]
    i = j = 0
    for point in merged:
        i += point in a.zeros
        j += point in b.zeros
        signs.append(a.signs[i] * b.signs[j])
    return Pattern(merged, tuple(signs))


def _merged(a: Sequence[Root], b: Sequence[Root]) -> tuple[Root, ...] | None:
    """All points of both in order, common ones once; None if an order is not known."""
    result: list[Root] = []
    rest = list(b)
    for point in a:
        while rest:
            order = rest[0].compare(point)
            if order is None:
                return None
            if order > 0:
                break
            other = rest.pop(0)
            if order < 0:
                result.append(other)
        result.append(point)
    return (*result, *rest)


def _of_sum(terms: Sequence[Formula], side: Side, steps: int) -> Pattern | None:
    shared = _shared_exponential(terms)
    if shared is not None:
        if not _has_values(shared, side, steps):
            return None
        rest = total(product(f for f in _factors(term) if f != shared) for term in terms)
        return bounded_pattern(rest, side, steps)
    patterns = []
    for term in terms:
        one = bounded_pattern(term, side, steps)
        if one is None:
            return None
        patterns.append(one)
    if all(one == patterns[0] for one in patterns):
        return patterns[0]
    for orient in (lambda x: x, Pattern.negated):
        turned = [orient(one) for one in patterns]
        if all(one.is_nonnegative for one in turned):
            common = _common_zeros(turned)
            result = Pattern(common, (1,) * (len(common) + 1))
            return orient(result)
    return None


def _factors(term: Formula) -> tuple[Formula, ...]:
    return term.factors if isinstance(term, Mul) else (term,)


def _shared_exponential(terms: Sequence[Formula]) -> Formula | None:
    """A power of exp(h), which is positive, that is a factor of every term, or None."""
    for factor in _factors(terms[0]):
        base = factor.base if isinstance(factor, Pow) else factor
        exponential = isinstance(base, Call) and base.name == "exp"
        if exponential and all(factor in _factors(term) for term in terms):
            return factor
    return None


def _common_zeros(patterns: Iterable[Pattern]) -> tuple[Root, ...]:
    """The zeros of a sum of nonnegative functions, not all of them zero throughout."""
    sets = [one.zeros for one in patterns if not one.is_zero]
    return tuple(point for point in sets[0] if all(point in zeros for zeros in sets[1:]))


def _of_composition(formula: Formula, side: Side, steps: int) -> Pattern | None:
    """G(h) for an inner formula h that holds every variable: the signs of G at the values of h."""
    for inner in _inner_candidates(formula):
        outer = _rewritten(formula, inner)
        if outer is None:
            continue
        signs = bounded_pattern(outer, Side.LINE, steps - 1)
        if signs is None or not _has_values(inner, side, steps - 1):
            continue
        if len(signs.signs) == 1:
            return signs
        if len(signs.zeros) == 1 and signs.zeros[0].value is not None:
            shifted = bounded_pattern(inner - signs.zeros[0].value, side, steps - 1)
            if shifted is not None and not shifted.is_zero:
                return _composed(signs.signs, shifted)
    return None


def _composed(signs: tuple[int, ...], inner: Pattern) -> Pattern | None:
    """The pattern of G(h), G with signs[0] below its zero and signs[1] above it, h given."""
    return Pattern(inner.zeros, tuple(signs[0] if s < 0 else signs[1] for s in inner.signs))


def _inner_candidates(formula: Formula) -> list[Formula]:
    found: dict[Formula, None] = {}
    pending = [formula]
    while pending:
        node = pending.pop()
        match node:
            case Add(terms=parts) | Mul(factors=parts):
                pending += parts
            case Pow(base=inner):
                pending.append(inner)
            case Call(argument=argument):
                if argument != T and not argument.is_constant:
                    found[argument] = None
                pending.append(argument)
    return list(found)


def _rewritten(formula: Formula, inner: Formula) -> Formula | None:
    """The formula as a formula of the inner one, or None if the variable occurs elsewhere."""
    if formula == inner:
        return T
    match formula:
        case Const():
            return formula
        case Add(terms=parts) | Mul(factors=parts):
            made = [_rewritten(part, inner) for part in parts]
            kept = [part for part in made if part is not None]
            if len(kept) < len(made):
                return None
            return total(kept) if isinstance(formula, Add) else product(kept)
        case Pow(base=base, exponent=exponent):
            below = _rewritten(base, inner)
            return None if below is None else power(below, exponent)
        case Call(name=name, argument=argument):
            below = _rewritten(argument, inner)
            return None if below is None else call(name, below)
    return None


# ---- by the derivative


def _by_derivative(formula: Formula, side: Side, steps: int) -> Pattern | None:
    """Signs from those of the derivative and the limits at the ends of the side."""
    if not is_analytic(formula, side):
        return None
    slope = bounded_pattern(formula.derivative(), side, steps - 1)
    if slope is None:
        return None
    if slope.is_zero:
        return None
    from symbolic_landscape.functions.limits import limit_signs

    left, right = limit_signs(formula, side, steps - 1)
    if slope.is_nonnegative:
        return _of_increasing(formula, side, left, right)
    if slope.is_nonpositive:
        flipped = _of_increasing(-formula, side, _flip(left), _flip(right))
        return None if flipped is None else flipped.negated()
    if len(slope.zeros) == 1:
        if slope.signs == (-1, 1):
            return _of_valley(formula, slope.zeros[0])
        flipped = _of_valley(-formula, slope.zeros[0])
        return None if flipped is None else flipped.negated()
    return None


def _flip(sign: int | None) -> int | None:
    return None if sign is None else -sign


def _of_increasing(
    formula: Formula, side: Side, left: int | None, right: int | None
) -> Pattern | None:
    """The pattern of a strictly increasing function from the signs of its limits."""
    if left is not None and left >= 0:
        return POSITIVE
    if right is not None and right <= 0:
        return NEGATIVE
    for candidate in (0, 1, -1, 2, -2):
        if _lies_in(candidate, side) and value_at(formula, Fraction(candidate)) == ZERO:
            return Pattern((rational_point(candidate),), (-1, 1))
    return None


def _lies_in(point: int, side: Side) -> bool:
    return side is Side.LINE or (point > 0 if side is Side.POSITIVE else point < 0)


def _of_valley(formula: Formula, lowest: Root) -> Pattern | None:
    """The pattern of a function that falls, then rises, if its least value is not negative."""
    if lowest.value is None:
        return None
    least = value_at(formula, lowest.value)
    if least is None:
        return None
    sign = constant_sign(least)
    if sign == 1:
        return POSITIVE
    return Pattern((lowest,), (1, 1)) if sign == 0 else None


def value_at(formula: Formula, point: Fraction) -> Formula | None:
    """The value at a rational point as a constant formula, or None where there is none."""
    try:
        return formula.substitute(Const(point))
    except DomainError:
        return None

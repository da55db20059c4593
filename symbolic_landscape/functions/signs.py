"""Signs and zeros of a formula on the line or on an open half-line.

Rules, tried in this order: a constant in balls; a rational function after a substitution; the last
call of exp, log, tanh, atan, sqrt; products and powers factor by factor; sums of terms that agree;
a formula of one inner formula; the sign of the derivative together with limits at the ends. What
no rule settles is None, which means "not known" and never "no".

Functions: pattern, is_analytic, constant_sign, value_at.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

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
    Var,
    composition,
    derivative,
    evaluated,
    product,
    total,
)
from symbolic_landscape.functions.compositions import (
    factors_of,
    in_terms_of,
    inner_formulas,
    shared_exponential,
)
from symbolic_landscape.functions.patterns import (
    NEGATIVE,
    POSITIVE,
    Pattern,
    Side,
    common_zeros,
    composed,
    multiplied,
    to_power,
)
from symbolic_landscape.functions.rational_signs import of_rational
from symbolic_landscape.functions.substitutions import Root, rational_point, substituted

MOST_STEPS = 4
MOST_BITS = 2048


def constant_sign(formula: Formula) -> int | None:
    """The sign of a constant formula; None where balls of many bits do not tell it from 0."""
    if isinstance(formula, Const):
        return (formula.value > 0) - (formula.value < 0)
    bits = 64
    while bits <= MOST_BITS:
        field = BallField(bits)
        try:
            ball = evaluated(formula, field.constant(Fraction(0)), field)
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
        return of_rational(rational, side)
    return _by_structure(formula, side, steps) or _by_parts(formula, side, steps)


def _by_structure(formula: Formula, side: Side, steps: int) -> Pattern | None:
    match formula:
        case Call(name=name, argument=argument):
            return _of_call(name, argument, side, steps)
        case Pow(base=base, exponent=exponent):
            return to_power(bounded_pattern(base, side, steps), exponent)
        case Mul(factors=factors):
            return _of_product(factors, side, steps)
        case Add(terms=terms):
            return _of_sum(terms, side, steps)
    return None


def _by_parts(formula: Formula, side: Side, steps: int) -> Pattern | None:
    if steps <= 0 or not isinstance(formula, Add):
        return None
    return _of_composition(formula, side, steps) or _by_derivative(formula, side, steps)


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


def _of_product(factors: Sequence[Formula], side: Side, steps: int) -> Pattern | None:
    result: Pattern | None = POSITIVE
    for factor in factors:
        one = bounded_pattern(factor, side, steps)
        if one is None or result is None:
            return None
        result = multiplied(result, one)
    return result


def _of_sum(terms: Sequence[Formula], side: Side, steps: int) -> Pattern | None:
    shared = shared_exponential(terms)
    if shared is not None:
        if not _has_values(shared, side, steps):
            return None
        rest = total(product(f for f in factors_of(term) if f != shared) for term in terms)
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
            common = common_zeros(turned)
            result = Pattern(common, (1,) * (len(common) + 1))
            return orient(result)
    return None


def _of_composition(formula: Formula, side: Side, steps: int) -> Pattern | None:
    """G(h) for an inner formula h that holds every variable: the signs of G at the values of h."""
    for inner in inner_formulas(formula):
        outer = in_terms_of(formula, inner)
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
                return composed(signs.signs, shifted)
    return None


# ---- by the derivative


def _by_derivative(formula: Formula, side: Side, steps: int) -> Pattern | None:
    """Signs from those of the derivative and the limits at the ends of the side."""
    if not is_analytic(formula, side):
        return None
    slope = bounded_pattern(derivative(formula), side, steps - 1)
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
        return composition(formula, Const(point))
    except DomainError:
        return None

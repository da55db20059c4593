"""Signs and zeros of a formula on the line or on an open half-line, and limits at their ends.

Rules for signs, tried in this order: a constant in balls; a rational function after a
substitution; the last call of exp, log, tanh, atan, sqrt; products and powers factor by factor;
sums of terms that agree; a formula of one inner formula; the sign of the derivative together with
limits at the ends. What no rule settles is None, which means "not known" and never "no".

Limits are taken rule by rule on continuous functions; infinity minus infinity and zero times
infinity are not known, except that exp beats every rational function.

Functions: pattern, is_analytic, limit.

Design notes. Signs and limits ask each other, so both recursions stand here; what they do with
answers in hand is in `patterns` and in `limits`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from symbolic_landscape.formula import (
    ZERO,
    Add,
    Call,
    Const,
    Formula,
    Mul,
    Pow,
    Var,
    derivative,
    power,
    product,
    total,
)
from symbolic_landscape.functions.compositions import (
    factors_of,
    in_terms_of,
    inner_formulas,
    shared_exponential,
)
from symbolic_landscape.functions.constants import constant_sign, value_at
from symbolic_landscape.functions.limits import (
    ENDS,
    End,
    Infinity,
    Limit,
    limit_of_call,
    limit_of_rational,
    limit_of_sum,
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
    left, right = _limit_signs(formula, side, steps - 1)
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


# ---- limits


def limit(formula: Formula, end: End) -> Limit | None:
    """The limit as a constant formula or an infinity, or None where it is not known."""
    return _limit(formula, end, MOST_STEPS)


def _limit_signs(formula: Formula, side: Side, steps: int) -> tuple[int | None, int | None]:
    """The signs of the limits at both ends of the side, infinities included; None if not known."""
    low, high = ENDS[side]
    return _limit_sign(formula, low, steps), _limit_sign(formula, high, steps)


def _limit_sign(formula: Formula, end: End, steps: int) -> int | None:
    """The sign of the limit, infinities included; None where it is not known."""
    found = _limit(formula, end, steps)
    if found is None:
        return None
    return found.sign if isinstance(found, Infinity) else constant_sign(found)


@lru_cache(maxsize=8192)
def _limit(formula: Formula, end: End, steps: int) -> Limit | None:
    if formula.is_constant:
        return formula
    if formula.calls & {"piece", "generic"}:
        return None
    rational = substituted(formula)
    if rational is not None:
        return limit_of_rational(rational, end)
    if end in {End.ZERO_FROM_ABOVE, End.ZERO_FROM_BELOW} and is_analytic(formula, Side.LINE):
        return value_at(formula, Fraction(0))
    match formula:
        case Add(terms=terms):
            return limit_of_sum([_limit(term, end, steps) for term in terms])
        case Mul(factors=factors):
            return _product_limit(factors, end, steps)
        case Pow(base=base, exponent=exponent):
            return _power_limit(base, exponent, end, steps)
        case Call(name=name, argument=argument):
            return limit_of_call(name, _limit(argument, end, steps))
    return None


def _product_limit(factors: Sequence[Formula], end: End, steps: int) -> Limit | None:
    parts = [_limit(factor, end, steps) for factor in factors]
    if None in parts:
        return None
    finite = [part for part in parts if isinstance(part, Formula)]
    infinite = [part for part in parts if isinstance(part, Infinity)]
    if not infinite:
        return product(finite)
    sign = 1
    for part in infinite:
        sign *= part.sign
    for constant in finite:
        one = constant_sign(constant)
        if not one:
            return _beaten_by_exponential(factors, end, steps) if one == 0 else None
        sign *= one
    return Infinity(sign)


def _beaten_by_exponential(factors: Sequence[Formula], end: End, steps: int) -> Limit | None:
    """0 for exp(h) r with r rational in t and h rational with limit -infinity; else None."""
    dying = False
    for factor in factors:
        base, exponent = (factor.base, factor.exponent) if isinstance(factor, Pow) else (factor, 1)
        if isinstance(base, Call) and base.name == "exp":
            argument = substituted(base.argument)
            below = _limit(base.argument, end, steps)
            falls = isinstance(below, Infinity) and below.sign * exponent < 0
            if argument is None or argument.kind != "line" or not falls:
                return None
            dying = True
            continue
        rational = substituted(factor)
        if rational is None or rational.kind != "line":
            return None
    return ZERO if dying else None


def _power_limit(base: Formula, exponent: int, end: End, steps: int) -> Limit | None:
    inner = _limit(base, end, steps)
    if inner is None:
        return None
    if isinstance(inner, Infinity):
        return Infinity(inner.sign ** (exponent % 2)) if exponent > 0 else ZERO
    sign = constant_sign(inner)
    if exponent > 0 or sign:
        return power(inner, exponent)
    if sign is None:
        return None
    near = _sign_near(base, end, steps)
    return Infinity(near ** (exponent % 2)) if near else None


def _sign_near(formula: Formula, end: End, steps: int) -> int | None:
    """The sign of the formula close to the end."""
    side = Side.NEGATIVE if end in ENDS[Side.NEGATIVE] else Side.POSITIVE
    signs = bounded_pattern(formula, side, steps)
    if signs is None:
        return None
    return signs.signs[0 if end is ENDS[side][0] else -1] or None

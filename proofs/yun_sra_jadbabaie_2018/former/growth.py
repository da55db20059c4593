"""How fast maps and their compositions grow, and how far a composition is from another map.

Notation: the growth of h is sup |h(x)| / |x| over x other than 0.

Functions: growth_bound, rounded_root, composition_in_class, difference_bound.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from math import isqrt

from symbolic_landscape.arithmetic import (
    QQ,
    limit_at_zero,
    real_function,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.bounds import (
    differentiable,
    fixes_zero,
    square,
    sublinear,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.maps import Map, chained, composed
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.profiles import LINE, least_bound
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    for_all,
    undecided,
)

SHARP = 2**32
"""Roots are rounded to multiples of 1 / SHARP."""


def growth_bound(layer: Map) -> Fraction | None:
    """A bound of |h(x)| / |x|: |A| + sum |b_k| |c_k| max |psi_k|, or None where none is known.

    |A| is the Frobenius norm, so that a single row or column gives the least bound. Roots that are
    not rational are rounded up.
    """
    total = rounded_root(square(layer.matrix(QQ)).rational())
    for output, along, profile in layer.parts(QQ):
        ends = profile.range_of("secant")
        if ends is None:
            return None
        lengths = [rounded_root(square(matrix).rational()) for matrix in (output, along)]
        total += lengths[0] * lengths[1] * max(abs(end) for end in ends)
    return total


def rounded_root(value: Fraction) -> Fraction:
    """The square root of a rational number if it is rational, else a rational just above it."""
    top, bottom = isqrt(value.numerator), isqrt(value.denominator)
    if top**2 == value.numerator and bottom**2 == value.denominator:
        return Fraction(top, bottom)
    return Fraction(isqrt(value.numerator * SHARP**2 // value.denominator) + 1, SHARP)


def composition_in_class(maps: Sequence[Map], size: int) -> Verdict:
    """Whether the composition is differentiable, 0 at 0 and of at most linear growth.

    HOLDS where every map is; FAILS at a line on which the composition is no such function.
    """
    good = all_of(
        differentiable=_every(maps, differentiable),
        zero=_every(maps, fixes_zero),
        growth=_every(maps, sublinear),
    )
    if good.is_holds:
        return Verdict(good.outcome, good.evidence, good.reason)
    at_zero = composed(maps, QQ.zeros(size, 1))
    if not at_zero.is_zero:
        return fails(Evidence.EXACT, f"the composition is {at_zero.T} at 0")
    for place in range(size):
        unit = LINE.column([int(k == place) for k in range(size)])
        t = LINE.generator("t")
        try:
            ends = [composed(maps, unit.scale(t * side)) for side in (1, -1)]
        except DomainError:
            continue
        for end in ends:
            ratio = real_function(square(end) / t**2)
            if ratio.top.degree() > ratio.bottom.degree():
                return fails(Evidence.EXACT, f"on a line it is {end.T}, which outgrows t")
        right, left = ([limit_at_zero(value / t, "t") for (value,) in end.tolist()] for end in ends)
        if any(not (a + b).is_zero for a, b in zip(right, left, strict=True)):
            return fails(
                Evidence.EXACT, f"slopes {right} to the right of 0 and -{left} to the left"
            )
    return undecided("no line was found on which the composition leaves the class")


def _every(maps: Sequence[Map], decide: Callable[[Map], Verdict]) -> Verdict:
    return for_all(range(len(maps)), lambda k: decide(maps[k]), "map")


@lru_cache(maxsize=1024)
def difference_bound(maps: tuple[Map, ...], target: Map) -> Fraction | None:
    """A bound of |f(x) - h*(x)| / |x| from above: 0 only where f = h* everywhere; None if unknown.

    For one variable the least bound up to FINEST, for linear maps the Frobenius norm.
    """
    size = target.inputs
    if all(layer.is_linear for layer in (*maps, target)):
        origin = QQ.zeros(size, 1)
        return rounded_root(square(chained(maps, origin) - target.matrix(QQ)).rational())
    if size > 1:
        return _product_bound(maps, target)
    t = LINE.generator("t")
    bounds = []
    for side in (1, -1):
        x = LINE.column([t * side])
        try:
            ratio = square(composed(maps, x) - target.value(x)) / t**2
        except DomainError:
            return _product_bound(maps, target)
        bound = Fraction(0) if ratio.is_zero else least_bound(ratio)
        if bound is None:
            return None
        bounds.append(bound)
    return rounded_root(max(bounds))


def _product_bound(maps: Sequence[Map], target: Map) -> Fraction | None:
    """The product of the bounds of the layers plus that of the target."""
    total = Fraction(1)
    for layer in maps:
        bound = growth_bound(layer)
        if bound is None:
            return None
        total *= bound
    last = growth_bound(target)
    return None if last is None else total + last

"""Minimum, maximum and saddle of the risk of a deep linear network.

Notation: see `linear`.

Facts: point_is_critical, point_is_no_local_minimum, point_is_no_local_maximum, point_is_a_saddle.

Design notes. That the risk rises or falls near a point is shown on a line through it, or on a curve
where the point is critical; that it does not fall, by the least risk that the widths allow.
"""

from __future__ import annotations

from symbolic_landscape.arithmetic import (
    positive,
    vanishes,
)
from symbolic_landscape.former.lemma import fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import DeepLinear
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    undecided,
)


@fact(r"\nabla L(W) = 0")
def point_is_critical(s: DeepLinear) -> Verdict:
    """The gradient of the risk is zero at the point."""
    return vanishes(s.gradient)


def has_lower_points_nearby(s: DeepLinear) -> Verdict:
    """Whether points of smaller risk lie arbitrarily near: by a line, or by the least risk."""
    if s.risk(s.W) == s.least_risk * s.factor * 2:
        return fails(Evidence.EXACT, f"the risk {s.risk(s.W)} is the least of all linear maps")
    if s.is_least:
        return fails(Evidence.EXACT, f"the risk {s.risk(s.W)} is the least that the widths allow")
    found = s.fall
    if found is None:
        return undecided("no curve was found on which the risk falls")
    power, value = found
    verdict = positive(-value)
    return verdict.because(f"on a curve the risk changes by {value} t^{power} + ...")


def has_higher_points_nearby(s: DeepLinear) -> Verdict:
    """Whether points of greater risk lie arbitrarily near; decided by a line, or by X = 0."""
    if s.X.is_zero:
        return fails(Evidence.EXACT, "X = 0, so that the risk is constant")
    found = s.rise
    if found is None:
        return undecided("no curve was found on which the risk rises")
    power, value = found
    return positive(value).because(f"on a curve the risk changes by {value} t^{power} + ...")


@fact(r"\forall \varepsilon > 0\ \exists U:\ \|U - W\| < \varepsilon,\ L(U) < L(W)")
def point_is_no_local_minimum(s: DeepLinear) -> Verdict:
    """The point is not a local minimum."""
    return has_lower_points_nearby(s)


@fact(r"\forall \varepsilon > 0\ \exists U:\ \|U - W\| < \varepsilon,\ L(U) > L(W)")
def point_is_no_local_maximum(s: DeepLinear) -> Verdict:
    """The point is not a local maximum."""
    return has_higher_points_nearby(s)


@fact(r"\nabla L(W) = 0 \text{ and } W \text{ is neither a local minimum nor a local maximum}")
def point_is_a_saddle(s: DeepLinear) -> Verdict:
    """The point is a saddle: critical, and neither a local minimum nor a local maximum."""
    return all_of(
        critical=vanishes(s.gradient),
        lower_points=has_lower_points_nearby(s),
        higher_points=has_higher_points_nearby(s),
    )

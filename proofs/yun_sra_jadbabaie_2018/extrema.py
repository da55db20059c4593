"""Minimum, maximum and saddle of the risk of a deep linear network.

Notation: see `linear`.

Facts: point_is_critical, point_is_no_local_minimum, point_is_no_local_maximum, point_is_a_saddle.

Design notes. That the risk falls near a point is shown on a curve: the gradient, small sparse
directions, or one unit of each hidden layer that carries an entry of the correlated error from the
inputs to the outputs. On units that the point does not use, the product changes by t^(H+1) alone.
"""

from __future__ import annotations

from itertools import islice, product

from proofs.yun_sra_jadbabaie_2018.linear import DeepLinear
from symbolic_landscape.arithmetic import (
    Scalar,
    positive,
    vanishes,
)
from symbolic_landscape.lemma import fact
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    undecided,
)

MOST_PATHS = 64
"""How many choices of a unit in each hidden layer are looked at."""


def fall_along_units(s: DeepLinear) -> tuple[int, Scalar] | None:
    """The lowest power of t and its negative coefficient on a line through one unit of each layer.

    The line moves W_1 from an input to a unit, then from unit to unit, and W_{H+1} to an output.
    """
    error = s.residual(s.W) @ s.X.T
    ends = list(product(range(s.output_width), range(s.input_width)))
    for units in islice(product(*(range(width) for width in s.widths[1:-1])), MOST_PATHS):
        for output, entry in ends:
            if error[output, entry].is_zero:
                continue
            path = (entry, *units, output)
            steps = [s.unit(k, path[k], path[k - 1]) for k in range(1, s.depth + 1)]
            steps[0] = steps[0].scale(-error[output, entry])
            found = _falling(s.along(steps))
            if found is not None:
                return found
    return None


def _falling(coefficients: tuple[Scalar, ...]) -> tuple[int, Scalar] | None:
    """The first coefficient after the constant that is not zero, where it makes the line fall."""
    for power, value in enumerate(coefficients[1:], 1):
        if not value.is_zero:
            falls = value.sign() < 0 or power % 2 == 1
            return (power, -abs(value)) if falls else None
    return None


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
    found = s.fall or fall_along_units(s)
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

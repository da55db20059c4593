"""Points on which the statements of sections 3 and 4 are tried: good ones, and near misses.

GOOD_POINTS are full-rank critical points that meet every assumption; each near miss breaks one.
`critical_points` generates small points for a search.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic import ExponentialField, LogarithmField
from symbolic_landscape.errors import DomainError
from symbolic_landscape.networks import Samples
from symbolic_landscape.proofs.common.points import NetworkPoint, point

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

ALGEBRAIC = "t/sqrt(1 + t**2)"
FLAT = "tanh(t**3)"
DOUBLE_WELL = "(a**2 - 1/4)**2"

SMALLEST = point(
    "one weight, one sample",
    widths=(1, 1),
    activation="tanh",
    inputs=[[0]],
    targets=[[0]],
    weights=[[[1]]],
    biases=[[0]],
)
THREE_OUTPUTS = point(
    "one layer, three outputs, zero weights, Cauchy loss",
    widths=(1, 3),
    activation="sigmoid",
    inputs=[[0], [1]],
    targets=[["1/2", "1/2", "1/2"], ["1/2", "1/2", "1/2"]],
    weights=[[[0], [0], [0]]],
    biases=[[0, 0, 0]],
    loss="cauchy(1)",
)
TWO_LAYERS = point(
    "two layers, three samples",
    widths=(2, 2, 1),
    activation=ALGEBRAIC,
    inputs=[[0, 0], [1, 0], [0, 1]],
    targets=[[0], ["3/5"], ["4/5"]],
    weights=[[["3/4", 0], [0, "4/3"]], [["5/4", "5/3"]]],
    biases=[[0, 0], [0]],
    layer=1,
)
WIDE_LAYER = point(
    "wide first layer, duplicated neurons, two outputs, quartic loss",
    widths=(2, 4, 2),
    activation=ALGEBRAIC,
    inputs=[[0, 0], [1, 0]],
    targets=[[0, 0], ["3/5", "-3/5"]],
    weights=[[["3/4", 1], ["3/4", 1], [0, 0], [0, 0]], [["5/4", 0, 1, 0], ["-5/8", "-5/8", 0, 1]]],
    biases=[[0, 0, 0, 0], [0, 0]],
    loss="a**4",
    layer=1,
)
THREE_LAYERS = point(
    "three layers of unequal widths, pseudo-Huber loss",
    widths=(1, 3, 2, 1),
    activation=ALGEBRAIC,
    inputs=[[0], [1]],
    targets=[[0], ["3/5"]],
    weights=[[["3/4"], [0], ["-4/3"]], [["5/4", 0, 0], [0, 1, 0]], [["5/4", 1]]],
    biases=[[0, 0, 0], [0, 0], [0]],
    loss="pseudo_huber(1)",
    layer=2,
)
SIGMOID_THREE_LAYERS = point(
    "sigmoid, three layers, one sample, Blake-Zisserman loss",
    widths=(2, 1, 1, 1),
    activation="sigmoid",
    inputs=[[5, -3]],
    targets=[["1/2"]],
    weights=[[[0, 0]], [[2]], [[-1]]],
    biases=[[0], [-1], ["1/2"]],
    loss="blake_zisserman(1/10)",
    layer=1,
)
LOG_3 = LogarithmField((3,)).generator("l3")
LOGARITHMIC_WEIGHTS = point(
    "sigmoid with logarithms as weights, two layers, corrupted Gaussian loss",
    widths=(1, 2, 1),
    activation="sigmoid",
    inputs=[[0], [1]],
    targets=[["1/2"], ["3/4"]],
    weights=[[[LOG_3], [-LOG_3]], [[LOG_3 * 4, 0]]],
    biases=[[0, 0], [LOG_3 * -2]],
    loss="corrupted_gaussian(1/2, 6)",
    layer=1,
)
EXPONENTIALS = ExponentialField()
TANH_OF_ONE = EXPONENTIALS.scalar(EXPONENTIALS.tanh(EXPONENTIALS.raw(1)))
EXPONENTIAL_TARGETS = point(
    "tanh, one layer, two outputs, targets with powers of e",
    widths=(1, 2),
    activation="tanh",
    inputs=[[0], [1]],
    targets=[[0, TANH_OF_ONE], [TANH_OF_ONE, 0]],
    weights=[[[1], [-1]]],
    biases=[[0, 1]],
)
LOG_2 = LogarithmField((2,)).generator("l2")
SOFTPLUS_POINT = point(
    "softplus, one layer, targets log 2",
    widths=(2, 2),
    activation="softplus",
    inputs=[[1, 0], [0, 1], [1, 1]],
    targets=[[LOG_2, LOG_2]] * 3,
    weights=[[[0, 0], [0, 0]]],
    biases=[[0, 0]],
)
GOOD_DEEP_POINTS = (
    TWO_LAYERS,
    WIDE_LAYER,
    THREE_LAYERS,
    SIGMOID_THREE_LAYERS,
    LOGARITHMIC_WEIGHTS,
)
GOOD_POINTS = (
    SMALLEST,
    THREE_OUTPUTS,
    EXPONENTIAL_TARGETS,
    SOFTPLUS_POINT,
    *GOOD_DEEP_POINTS,
)

FLAT_POINT = point(
    "flat activation, two layers, two samples",
    widths=(2, 2, 1),
    activation=FLAT,
    inputs=[[1, 0], [0, 1]],
    targets=[["1/2"], ["1/3"]],
    weights=[[[0, 0], [0, 0]], [[1, -1]]],
    biases=[[0, 0], [0]],
)
FLAT_DEEP_POINT = point(
    "flat activation, three layers, two samples",
    widths=(1, 2, 2, 1),
    activation=FLAT,
    inputs=[[0], [1]],
    targets=[["1/2"], ["1/3"]],
    weights=[[[1], [2]], [[0, 0], [0, 0]], [[1, -1]]],
    biases=[[0, 0], [0, 0], [0]],
    layer=1,
)
SMALLEST_FLAT = point(
    "flat activation, one weight",
    widths=(1, 1),
    activation=FLAT,
    inputs=[[0]],
    targets=[["1/2"]],
    weights=[[[0]]],
    biases=[[0]],
)
SMALLEST_FLAT_DEEP = point(
    "flat activation, one unit in each of two layers",
    widths=(1, 1, 1),
    activation=FLAT,
    inputs=[[0]],
    targets=[["1/2"]],
    weights=[[[0]], [[1]]],
    biases=[[0], [0]],
    layer=1,
)
BUMP = point(
    "bump that is not monotone",
    widths=(1, 1),
    activation="1/(1 + t**2)",
    inputs=[[0]],
    targets=[["1/2"]],
    weights=[[[0]]],
    biases=[[0]],
)
BUMP_DEEP = point(
    "bump that is not monotone, two layers",
    widths=(1, 1, 1),
    activation="1/(1 + t**2)",
    inputs=[[0]],
    targets=[["1/2"]],
    weights=[[[0]], [[1]]],
    biases=[[0], [-1]],
    layer=1,
)
TWO_WELLS = point(
    "double well",
    widths=(1, 1),
    activation="tanh",
    inputs=[[0]],
    targets=[[0]],
    weights=[[[0]]],
    biases=[[0]],
    loss=DOUBLE_WELL,
)
TWO_WELLS_DEEP = point(
    "double well, two layers",
    widths=(1, 1, 1),
    activation="tanh",
    inputs=[[0]],
    targets=[[0]],
    weights=[[[0]], [[1]]],
    biases=[[0], [0]],
    loss=DOUBLE_WELL,
    layer=1,
)
DEPENDENT_INPUTS = point(
    "three samples on a line",
    widths=(1, 2, 1),
    activation="tanh",
    inputs=[[-1], [0], [1]],
    targets=[["1/4"], ["-1/2"], ["1/4"]],
    weights=[[[0], [0]], [[1, 0]]],
    biases=[[0, 0], [0]],
)
DEPENDENT_FEATURES = point(
    "features that do not tell two samples apart",
    widths=(1, 1, 1),
    activation="tanh",
    inputs=[[-1], [1]],
    targets=[["1/2"], ["-1/2"]],
    weights=[[[0]], [[1]]],
    biases=[[0], [0]],
    layer=1,
)
NOT_CRITICAL = point(
    "not critical",
    widths=(1, 1),
    activation="tanh",
    inputs=[[0]],
    targets=[["1/2"]],
    weights=[[[0]]],
    biases=[[0]],
)
NOT_CRITICAL_DEEP = point(
    "not critical, two layers",
    widths=(1, 1, 1),
    activation="tanh",
    inputs=[[0]],
    targets=[["1/2"]],
    weights=[[[0]], [[1]]],
    biases=[[0], [0]],
    layer=1,
)
ZERO_WEIGHTS = point(
    "zero outer weights",
    widths=(1, 1, 1),
    activation="tanh",
    inputs=[[-1], [1]],
    targets=[["1/2"], ["-1/2"]],
    weights=[[[0]], [[0]]],
    biases=[[0], [0]],
)
ZERO_WEIGHTS_DEEP = point(
    "zero outer weights, three layers",
    widths=(1, 1, 1, 1),
    activation=ALGEBRAIC,
    inputs=[[-1], [1]],
    targets=[["1/2"], ["-1/2"]],
    weights=[[["3/4"]], [[1]], [[0]]],
    biases=[[0], [0], [0]],
    layer=1,
)
FITTED_ZERO = point(
    "fitted by zero weights, repeated samples, linear activation",
    widths=(1, 1, 1),
    activation="linear",
    inputs=[[1], [1]],
    targets=[[0], [0]],
    weights=[[[0]], [[0]]],
    biases=[[0], [0]],
    layer=1,
)
FLAT_BELOW = point(
    "flat first layer below a slope",
    widths=(1, 1, 1),
    activation=FLAT,
    inputs=[[0]],
    targets=[[0]],
    weights=[[[0]], [[1]]],
    biases=[[0], [1]],
)
FLAT_MIDDLE = point(
    "flat second layer below a slope",
    widths=(1, 1, 1, 1),
    activation=FLAT,
    inputs=[[0]],
    targets=[[0]],
    weights=[[[0]], [[0]], [[1]]],
    biases=[[0], [0], [1]],
    layer=1,
)


def critical_points(*, layer: int) -> SearchStrategy[NetworkPoint]:
    """Small points, most of them critical in the layers of interest.

    Targets are fitted to the outputs where these are rational, or free; many entries are zero.
    """
    from hypothesis import strategies as st

    small = st.sampled_from((1, 0, -1, 2))
    mostly_zero = st.sampled_from((0, 0, 0, 1, -1))
    targets = st.sampled_from((Fraction(1, 2), Fraction(0), Fraction(1, 3), Fraction(-1, 2)))

    @st.composite
    def drawn(draw: st.DrawFn) -> NetworkPoint:
        depth = draw(st.integers(1 + layer, 2 + layer))
        widths = tuple(draw(st.sampled_from((1, 1, 2))) for _ in range(depth + 1))
        count = draw(st.integers(1, 2))
        weights = [
            [[draw(small if k else mostly_zero) for _ in range(below)] for _ in range(above)]
            for k, (below, above) in enumerate(pairwise(widths))
        ]
        found = point(
            "",
            widths=widths,
            activation=draw(st.sampled_from((FLAT, ALGEBRAIC, "tanh", "sigmoid"))),
            inputs=[[i * draw(small) for _ in range(widths[0])] for i in range(count)],
            targets=[[draw(targets) for _ in range(widths[-1])] for _ in range(count)],
            weights=weights,
            biases=[[draw(mostly_zero) for _ in range(width)] for width in widths[1:]],
            loss=draw(st.sampled_from(("sum", "cauchy(1)", "a**4"))),
            layer=layer,
        )
        return _fitted(found) if draw(st.sampled_from((False, True, True))) else found

    return drawn()


def _fitted(s: NetworkPoint) -> NetworkPoint:
    """The point with its own outputs as targets, where these are rational."""
    try:
        outputs = [[value.rational() for value in row] for row in s.features(s.depth).tolist()]
    except DomainError:
        return s
    return replace(s, samples=Samples(inputs=s.samples.inputs, targets=outputs))

"""Points on which the statements of sections 3 and 4 are tried: good ones, and near misses.

GOOD_POINTS are full-rank critical points that meet every assumption; each near miss breaks one.
"""

from __future__ import annotations

from proofs.common.points import point

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
GOOD_POINTS = (SMALLEST, THREE_OUTPUTS, TWO_LAYERS, WIDE_LAYER, THREE_LAYERS, SIGMOID_THREE_LAYERS)
GOOD_DEEP_POINTS = (TWO_LAYERS, WIDE_LAYER, THREE_LAYERS, SIGMOID_THREE_LAYERS)

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

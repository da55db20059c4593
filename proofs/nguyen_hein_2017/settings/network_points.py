"""Sections 2-4: points of networks on samples, fitted, critical and not, in exact numbers.

Notation: W[k] lists the n[k-1] rows of the weights of layer k, b[k] is a row. An error of the
outputs is a derivative of the objective by an entry of F_L.

Objects: NetworkPoint, POINTS, WITH_LOSSES, WITH_OBJECTIVES. Functions: point_values, labels_of, unseen.

(V, c) is another point, to compare with: a better one where one is given, else the point itself.

Design notes. Labels are the outputs less the residuals, so that a point without residuals is
fitted. Errors that no parameter sees lie in the kernel of the transposed Jacobian of the outputs;
`errors` lists coefficients in a basis of it, and with squares the residuals are such errors.
Where t/sqrt(1 + t^2) is the activation, preactivations are legs of right triangles with rational
sides. Networks with tanh and the like have zero preactivations, or their outputs as labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from symbolic_landscape.arithmetic import QQ, Matrix
from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.functions.activations import Activation, ScalarLoss
from symbolic_landscape.networks import Network, Parameters, Samples

Rows = Sequence[Sequence[Any]]
Layers = Sequence[Rows]

CUBIC, SHIFTED, LEGS = "cubic", "1 + t + t**3", "algebraic"
FALLING_LEGS = "-t/sqrt(1 + t**2)"
FLAT, FLAT_LEGS = "tanh(t**3)", "(t/sqrt(1 + t**2))**3"
"""Bounded and strictly increasing, with slope 0 at 0."""
RISING = "t + t/(1 + t**2)"
"""Strictly increasing and rational; slopes lie between 7/8 and 2."""
SQUARES, QUARTIC, BOTH = "sum", "a**4", "a**2 + a**4"
TWO_WELLS, WELLS_ON_LEGS = "(a**2 - 1/4)**2", "(a**2 - 9/25)**2"
STEP, AT_ONE = "3*a**4 + 8*a**3 + 6*a**2", "(a - 1)**2"
UNEVEN_WELLS = "a**4/4 - 4*a**3/15 + 3*a**2/50"
"""Least at 3/5, with a higher well at 0."""
SIXTH = "a**6/6 - 5*a**4 + 115*a**2/2"
"""Its slope is a ((a^2 - 10)^2 + 15), which falls between 5/3 and 3."""


@dataclass(frozen=True)
class NetworkPoint:
    """A point of parameter space, its network, samples and loss.

    Labels are Y, or else the outputs less the residuals, which are 0 if nothing else is said.
    `better` is another point, whose outputs are the labels where none are given. A near miss of
    what is said of one layer names it as `k`, with the set I of layers that belongs to it.
    """

    name: str
    sigma: str
    X: Rows
    W: Layers
    b: Rows
    loss: str = SQUARES
    Y: Rows | None = None
    residuals: Rows | None = None
    errors: tuple[int, ...] = ()
    better: tuple[Layers, Rows] | None = None
    k: int | None = None
    I: tuple[int, ...] = ()  # noqa: E741 (the paper's letter)


TWO, THREE, FOUR = ([-1], [1]), ([-1], [0], [1]), ([-3], [-1], [1], [3])
SIX = ([-2], [-1], [0], [1], [2], [3])
CORNERS = ([0, 0], [1, 0], [0, 1], [1, 1])
TRIANGLE = CORNERS[:3]
SPACE = ([0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [0, 1, 1])
TWO_LEGS, ON_LEGS = ([0], ["3/4"]), ([0], ["3/4"], ["-3/4"])
REPEATED = ([0], [0], [0], [1], [1], [1])
THREE_LABELS = ([1], [-3], [-3], [3], [-1], [-1])
"""At the outputs 0 and 2 the slopes of SIXTH cancel at each of these inputs."""
APART: Layers = ([[1, "112/45"]], [["5/4"], [0]])
"""Weights with which three samples on legs have independent features: 8/15 lies in the middle."""
PARITY, EACH_ONE = ([1], [-1], [-1], [1]), [1]

POINTS = (
    # ---- features that are dependent for all parameters of layer k -------------------------------
    NetworkPoint("falling, one sample twice, fitted", FALLING_LEGS, [["3/4"], ["3/4"]],
                 [[[1]], [[1]]], [[0], [0]], k=1),
    NetworkPoint("constant activation, two layers, fitted", "1 + 0*t", [[0], [1]],
                 [[[1, 1, 1]], [[1], [1], [1]]], [[0, 0, 0], [0]], k=1),
    NetworkPoint("linear, three samples on a line, four units, fitted", "linear", THREE,
                 [[[1] * 4], [[1]] * 4], [[0, 1, 0, 0], [0]], k=1),
    NetworkPoint("falling, linear, three samples on a line, four units, fitted", "-t", THREE,
                 [[[1] * 4], [[1]] * 4], [[0, 1, 0, 0], [0]], k=1),
    # ---- fitted ----------------------------------------------------------------------------------
    NetworkPoint("one weight, one sample, fitted", "tanh", [[0]], [[[1]]], [[0]]),
    NetworkPoint("one layer, three outputs, zero weights, fitted", "sigmoid", [[0], [1]],
                 [[[0, 0, 0]]], [[0, 0, 0]], "cauchy(1)"),
    NetworkPoint("one layer, two outputs with powers of e, fitted", "tanh", [[0], [1]],
                 [[[1, -1]]], [[0, 1]]),
    NetworkPoint("softplus, zero weights, outputs log 2, fitted", "softplus",
                 [[1, 0], [0, 1], [1, 1]], [[[0, 0], [0, 0]]], [[0, 0]]),
    NetworkPoint("two layers, three samples of the plane, fitted", LEGS, TRIANGLE,
                 [[["3/4", 0], [0, "4/3"]], [["5/4"], ["5/3"]]], [[0, 0], [0]], k=1, I=(2,)),
    NetworkPoint("more units than samples, duplicated neurons, dead units, fitted", LEGS,
                 [[0, 0], [1, 0]],
                 [[["3/4", "3/4", 0], [1, 1, 0]], [["5/4", "-5/8"], [0, "-5/8"], [1, 0]]],
                 [[0, 0, 0], [0, 0]], QUARTIC),
    NetworkPoint("three layers of unequal widths, fitted", LEGS, [[0], [1]],
                 [[["3/4", 0, "-4/3"]], [["5/4", 0], [0, 1], [0, 0]], [["5/4"], [1]]],
                 [[0, 0, 0], [0, 0], [0]], "pseudo_huber(1)"),
    NetworkPoint("sigmoid, three layers, one sample, fitted", "sigmoid", [[5, -3]],
                 [[[0], [0]], [[2]], [[-1]]], [[0], [-1], ["1/2"]], "blake_zisserman(1/10)"),
    NetworkPoint("three samples on a line, one unit, fitted", LEGS, ON_LEGS,
                 [[[1]], [["5/4"]]], [[0], [0]]),
    NetworkPoint("three samples on a line, two units, zero output weights, fitted", "tanh", THREE,
                 [[[1, 1]], [[0], [0]]], [[0, 1], [0]], "cauchy(1)"),
    NetworkPoint("three samples on a line, two units, independent features, fitted", LEGS, ON_LEGS,
                 APART, [[0, "8/15"], [0]], "pseudo_huber(1)", k=1, I=(2,)),
    NetworkPoint("two outputs, zero output weights, fitted", "sigmoid", [[0], [1]],
                 [[[2]], [[0, 0]]], [[0], [0, 0]], "cauchy(1)"),
    NetworkPoint("three layers of two units, three samples of the plane, fitted", LEGS, TRIANGLE,
                 [[["3/4", 0], [0, "3/4"]], [["5/4", 0], [0, "5/4"]], [["5/4", "5/4"], [0, "5/4"]]],
                 [[0, 0], [0, 0], [0, 0]], k=1, I=(2,)),
    NetworkPoint("three samples on a line, three units, three outputs, fitted", CUBIC, THREE,
                 [[[1, -1, 2]], [[1, 0, 0], [0, 1, 0], [1, 1, -1]]], [[0, 1, 0], [0, 0, 1]], BOTH),
    NetworkPoint("three layers, dead units, zero matrices, fitted", "1 + t", [[1], [2]],
                 [[[0, 0]], [[0, 0], [0, 0]], [[0], [0]]], [[0, -1], [0, 0], [1]]),
    NetworkPoint("three inputs, linear, fitted", "linear", SPACE,
                 [[[1, 0], [0, 1], [1, 1]], [[1], [-1]]], [[0, 1], [2]]),
    NetworkPoint("slope 0 at one sample, fitted", FLAT_LEGS, [[0], ["3/4"]],
                 [[[1]], [["125/36"]]], [[0], [0]]),
    NetworkPoint("slope 0 below, none above, fitted", FLAT_LEGS, [[0], ["3/4"]],
                 [[[1]], [["875/324"]]], [[0], ["3/4"]]),
    # ---- least, and not fitted -------------------------------------------------------------------
    NetworkPoint("line through three samples", "linear", THREE, [[[0]]], [[0]], errors=(1,)),
    NetworkPoint("three inputs, two outputs, linear", "linear", SPACE,
                 [[[1, 0], [0, 2], [-1, 1]]], [[0, 1]], errors=(1, 0, -1, 2)),
    NetworkPoint("loss least at residual 1, one layer", LEGS, [[0], ["3/4"]], [[[1]]], [[0]],
                 AT_ONE, residuals=[EACH_ONE] * 2),
    NetworkPoint("loss least at residual 1, independent features", LEGS, ON_LEGS, APART,
                 [[0, "8/15"], [0]], AT_ONE, residuals=[EACH_ONE] * 3, k=1, I=(2,)),
    NetworkPoint("loss least at residual 1, two layers", LEGS, ON_LEGS, [[[1]], [["5/4"]]],
                 [[0], [0]], AT_ONE, residuals=[EACH_ONE] * 3),
    # ---- critical, not fitted, one layer ---------------------------------------------------------
    NetworkPoint("one layer, four samples", CUBIC, FOUR, [[[1]]], [[1]], errors=(1, 1)),
    NetworkPoint("one layer, sigma(0) = 1, three outputs", SHIFTED, CORNERS,
                 [[[1, 0, 1], [-1, 2, 0]]], [[0, 1, 0]], errors=(1, -1, 2)),
    NetworkPoint("one layer, tanh, zero weights, three samples on a line", "tanh", THREE, [[[0]]],
                 [[0]], errors=(1,)),
    NetworkPoint("one layer, sigmoid, zero weights, two outputs, parity", "sigmoid", CORNERS,
                 [[[0, 0], [0, 0]]], [[0, 0]], "pseudo_huber(1)",
                 residuals=[["3/4", "4/3"], ["-3/4", "-4/3"], ["-3/4", "-4/3"], ["3/4", "4/3"]]),
    NetworkPoint("one layer, softplus, zero weights, parity", "softplus", CORNERS,
                 [[[0], [0]]], [[0]], "cauchy(1)", residuals=PARITY),
    NetworkPoint("one layer, four samples on a line, quartic loss", LEGS,
                 [[0], [0], ["3/4"], ["3/4"]], [[[1]]], [[0]], QUARTIC,
                 residuals=[[1], [-1], [2], [-2]]),
    # ---- critical, not fitted, more layers, every weight in use ----------------------------------
    NetworkPoint("one sample twice with two labels", CUBIC, [[2], [2], [0]], [[[1]], [[1]]],
                 [[-2], [1]], BOTH, residuals=[[1], [-1], [0]]),
    NetworkPoint("one sample twice with two labels, tanh, two outputs", "tanh", [[0], [0]],
                 [[[1]], [[1, 2]]], [[0], [0, 0]], "pseudo_huber(1)",
                 residuals=[["3/4", "4/3"], ["-3/4", "-4/3"]]),
    NetworkPoint("two layers, one unit, six samples", CUBIC, SIX, [[[1]], [[1]]], [[0], [-1]],
                 errors=(1, -1)),
    NetworkPoint("two layers, second input not seen, bounded activation", LEGS, CORNERS,
                 [[["3/4"], [0]], [["5/4"]]], [[0], [0]], errors=(1,)),
    NetworkPoint("two layers, second input not seen, two outputs", SHIFTED, CORNERS,
                 [[[1, -1], [0, 0]], [[1, 0], [1, "1/2"]]], [[0, 0], [-1, 0]], errors=(1, -1)),
    NetworkPoint("three layers, second input not seen", CUBIC, CORNERS,
                 [[[1], [0]], [["1/2"]], [["1/2"]]], [[0], [0], [0]], errors=(1,)),
    NetworkPoint("three layers, two outputs through one unit", "1 + t", CORNERS,
                 [[[1, 0], [0, -1]], [[1], ["1/2"]], [["1/2", "-1/2"]]], [[0, 0], [0], [0, 0]],
                 errors=(1, 1)),
    NetworkPoint("duplicated neurons, sigma(0) = 1, six samples", SHIFTED, SIX,
                 [[[1, 1]], [["1/2"], ["1/2"]]], [[0, 0], [-1]], errors=(1, 1)),
    NetworkPoint("two outputs above one unit, three samples on a line", CUBIC, THREE,
                 [[[1]], [[1, -1]]], [[0], [0, 1]], errors=(1,)),
    NetworkPoint("two outputs above one unit, six samples on a line", SHIFTED, SIX,
                 [[["1/2"]], [[1, -1]]], [[0], [0, 1]], errors=(1, 1)),
    NetworkPoint("three layers, two outputs, three samples on a line", CUBIC, THREE,
                 [[[1]], [["1/2"]], [[1, -1]]], [[0], [0], [0, 0]], errors=(1,)),
    NetworkPoint("two linear layers, two outputs", "linear", CORNERS,
                 [[[1, 0], [1, 1]], [[1, 1], [0, -1]]], [[0, 1], [0, 0]], errors=(2, -1)),
    NetworkPoint("linear, three outputs through one unit", "linear", CORNERS,
                 [[[1], [-1]], [[1, 2, -1]]], [[0], [0, 0, 1]], errors=(1, 1, 1)),
    NetworkPoint("three linear layers, widths 2, 2, 1, 1", "linear", (*CORNERS, [2, 1]),
                 [[[1, 1], [0, 1]], [[1], [1]], [[2]]], [[0, 0], [0], [1]], errors=(1, 1)),
    NetworkPoint("three inputs, three outputs through one unit", CUBIC, SPACE,
                 [[[1], [-1], [0]], [[1, 0, -1]]], [[0], [0, 1, 0]], errors=(1, 0, 1, 0, 1)),
    NetworkPoint("as many units as samples, one sample twice, fitted but for it", CUBIC,
                 [[0], [1], [1]], [[[1, 2, -1]], [[1], [-1], [1]]], [[0, 1, 0], [0]],
                 residuals=[[0], [2], [-2]]),
    # ---- critical, not fitted, some weights zero -------------------------------------------------
    NetworkPoint("all weights zero, linear, two layers", "linear", TWO, [[[0]], [[0]]], [[0], [0]],
                 residuals=[[1], [-1]]),
    NetworkPoint("parity, all weights zero", CUBIC, CORNERS, [[[0, 0], [0, 0]], [[0], [0]]],
                 [[0, 0], [0]], residuals=PARITY),
    NetworkPoint("as many units as samples, all see nothing, arctan", "arctan", THREE,
                 [[[0, 0, 0]], [[1], [0], [2]]], [[0, 0, 0], [0]], errors=(1,), k=1, I=(2,)),
    NetworkPoint("one unit less than samples, zero output weights", "tanh", TWO, [[[0]], [[0]]],
                 [[0], [0]], "cauchy(1)", residuals=[["1/2"], ["-1/2"]]),
    NetworkPoint("zero output weights, tanh, four samples", "tanh", FOUR, [[[1]], [[0]]],
                 [[0], [0]], errors=(1, 1)),
    NetworkPoint("zero output weights, three outputs, six samples", CUBIC, SPACE,
                 [[[1, 0], [0, 1], [0, 0]], [[0, 0, 0], [0, 0, 0]]], [[0, 0], [0, 1, 0]],
                 errors=(1, 0, 0, 2)),
    NetworkPoint("zero weights in the middle of three layers", SHIFTED, THREE,
                 [[[1]], [[0]], [[1]]], [[0], [0], [0]], errors=(1,)),
    NetworkPoint("dead unit beside one in use", CUBIC, SIX, [[[1, 0]], [["1/2"], [0]]],
                 [[0, 0], [0]], errors=(0, 1)),
    NetworkPoint("two units, three samples, unequal features", LEGS, [[0], [1], [1]],
                 [[["3/4", "4/3"]], [[0], [0]]], [[0, 0], [0]], errors=(1,)),
    NetworkPoint("two outputs through one unit, errors of both cancel below", LEGS, [[0], [1]],
                 [[["3/4"]], [[0]], [[1, -1]]], [[0], [0], [0, 0]],
                 residuals=[["1/2", "1/2"], ["-1/2", "-1/2"]]),
    # ---- local minima that are not global ----------------------------------------------------------
    NetworkPoint("one unit split into four, five samples: a local minimum, and a better point", RISING,
                 [[-3], [-2], [-1], [0], [1]], [[[1, 1, 1, 1]], [["1/4"]] * 4], [[0] * 4, [0]],
                 Y=[["-559591213039/109432551830"], ["61106017/21620170"], ["-951429/135590"],
                    ["17/70"], ["46783/19370"]],
                 better=([[["7/5", 2, "-23/10", "-23/10"]], [["19/10"], ["24/5"], ["17/2"], ["-37/10"]]],
                         [[0, 5, "-17/5", "-9/10"], ["13/10"]])),
    # ---- slope 0: strictly increasing to the letter ----------------------------------------------
    NetworkPoint("slope 0, one weight", FLAT, [[0]], [[[0]]], [[0]], Y=[["1/2"]]),
    NetworkPoint("slope 0, two layers, two samples", FLAT, [[1, 0], [0, 1]],
                 [[[0, 0], [0, 0]], [[1], [-1]]], [[0, 0], [0]], Y=[["1/2"], ["1/3"]]),
    NetworkPoint("slope 0, three layers, independent features below", FLAT, [[0], [1]],
                 [[[1, 2]], [[0, 0], [0, 0]], [[1], [-1]]], [[0, 0], [0, 0], [0]], "cauchy(1)",
                 Y=[["1/2"], ["1/3"]]),
    NetworkPoint("slope 0, three samples on a line, independent features", FLAT, THREE,
                 [[[1, 1, 1]], [[1], [0], [-1]]], [[0, 1, 0], [0]], Y=[["1/2"], [0], [1]]),
    NetworkPoint("slope 0 in the second of three layers", FLAT_LEGS,
                 [[0, 0], ["3/4", 0], [0, "3/4"]],
                 [[[1, 0], [0, 1]], [[0], ["125/36"]], [["875/324"]]], [[0, 0], [0], ["3/4"]],
                 Y=[["52/125"], ["2/125"], ["64/125"]]),
    NetworkPoint("slope 0, one weight, a better one", FLAT, [[0]], [[[0]]], [[0]],
                 better=([[[0]]], [[1]])),
    NetworkPoint("slope 0, two samples, two outputs, better weights", FLAT, [[0], [1]],
                 [[[0, 0]]], [[0, 0]], better=([[[1, -1]]], [[0, 1]])),
    NetworkPoint("slope 0, two layers, one sample, a better point", FLAT, [[1, 0]],
                 [[[0], [0]], [[1]]], [[0], [0]], better=([[[0], [0]], [[0]]], [[0], [1]]),
                 k=1, I=(2,)),
    NetworkPoint("slope 0, third powers, zero weights", "t**3", FOUR, [[[0, 0]]], [[0, 0]], BOTH,
                 Y=[[1, 0], [2, 1], [3, 0], [5, -1]]),
    # ---- one condition broken --------------------------------------------------------------------
    NetworkPoint("not critical, one weight", "tanh", [[0]], [[[0]]], [[0]], Y=[["1/2"]]),
    NetworkPoint("not critical, independent features", LEGS, ON_LEGS, APART,
                 [[0, "8/15"], [0]], residuals=[[1], [0], [0]]),
    NetworkPoint("not critical, two layers, three samples on a line", CUBIC, THREE,
                 [[[1]], [["1/2"]]], [[0], [0]], Y=[[0], [1], [2]]),
    NetworkPoint("not critical, three layers, three outputs", "1 + t", [[0], [1]],
                 [[[1]], [[-1]], [[2, 0, 0]]], [[0], [0], [0, 0, 1]], QUARTIC,
                 residuals=[[0, 0, 2], [0, 0, 0]]),
    NetworkPoint("not critical below the last layer", CUBIC, THREE, [[[1]], [["1/2"]]],
                 [[0], [0]], residuals=[["1/4"], [-2], ["1/4"]]),
    NetworkPoint("falling activation, fitted", "-t - t**3", [[0], [1]], [[[1]], [[-1]]],
                 [[0], [0]]),
    NetworkPoint("falling activation, three samples on a line", "-tanh(t)", THREE, [[[0]]], [[0]],
                 errors=(1,)),
    NetworkPoint("parabola at its lowest point", "t**2", [[0]], [[[0]]], [[0]], Y=[["1/2"]]),
    NetworkPoint("parabola at its lowest point, two layers", "t**2", [[0], [1]], [[[1]], [[1]]],
                 [[0], [0]], residuals=[[3], [0]]),
    NetworkPoint("bump at its top", "1/(1 + t**2)", [[0]], [[[0]]], [[0]], Y=[["1/2"]]),
    NetworkPoint("bump at its top, two layers", "1/(1 + t**2)", [[0], [1]], [[[1]], [[0]]],
                 [[0], [0]], Y=[["1/2"], ["1/2"]], k=1, I=(2,)),
    NetworkPoint("constant activation", "1 + 0*t", [[0], [1]], [[[1]]], [[1]], Y=[[0], [2]]),
    NetworkPoint("top between two wells of the loss", "tanh", [[0]], [[[1]]], [[0]], TWO_WELLS),
    NetworkPoint("top between two wells of the loss, a better point", LEGS, [[0]], [[[1]]], [[0]],
                 WELLS_ON_LEGS, Y=[[0]], better=([[[1]]], [["3/4"]])),
    NetworkPoint("top between two wells of the loss, independent features", LEGS, ON_LEGS, APART,
                 [[0, "8/15"], [0]], TWO_WELLS),
    NetworkPoint("slope 0, one weight, unbounded, a better one", "t**3", [[0]], [[[0]]], [[0]],
                 better=([[[0]]], [[1]])),
    NetworkPoint("not critical, one weight, a better one", LEGS, [[0]], [[[0]]], [[0]],
                 better=([[[0]]], [["3/4"]])),
    NetworkPoint("all weights zero, two samples, a better point", LEGS, [[0], [1]], [[[0]], [[0]]],
                 [[0], [0]], better=([[["3/4"]], [["5/2"]]], [[0], ["-3/4"]]), k=1, I=(0,)),
    NetworkPoint("falling, all weights zero, two samples, a better point", FALLING_LEGS,
                 [[0], [1]], [[[0]], [[0]]], [[0], [0]],
                 better=([[["3/4"]], [["5/2"]]], [[0], ["3/4"]]), k=1, I=(0,)),
    NetworkPoint("step of the loss", LEGS, [[0], ["3/4"]], [[[1]]], [[0]], STEP,
                 residuals=[[-1], [-1]]),
    NetworkPoint("concave loss", CUBIC, [[0], [1]], [[[1]]], [[0]], "-a**2"),
    NetworkPoint("no loss", CUBIC, [[0], [1]], [[[1]]], [[0]], "0*a", residuals=[[1], [2]]),
    # ---- one condition broken, of those on a layer k and a set I of layers -----------------------
    NetworkPoint("not critical, two samples, non-degenerate on layer 2", LEGS, TWO_LEGS,
                 [[[1]], [["5/4"]]], [[0], [0]], better=([[[1]], [["-5/4"]]], [[0], [0]]),
                 k=1, I=(2,)),
    NetworkPoint("not critical, falling, two samples, non-degenerate on layer 2", FALLING_LEGS,
                 TWO_LEGS, [[[1]], [["-5/4"]]], [[0], [0]],
                 better=([[[1]], [["5/4"]]], [[0], [0]]), k=1, I=(2,)),
    NetworkPoint("the higher well of the loss, two samples", LEGS, TWO_LEGS, [[[1]], [["5/4"]]],
                 [[0], ["-3/4"]], UNEVEN_WELLS, Y=[["-3/5"], [0]],
                 better=([[[1]], [["5/4"]]], [[0], [0]]), k=1, I=(2,)),
    NetworkPoint("falling, the higher well of the loss, two samples", FALLING_LEGS, TWO_LEGS,
                 [[[1]], [["5/4"]]], [[0], ["3/4"]], UNEVEN_WELLS, Y=[["-3/5"], [0]],
                 better=([[[1]], [["5/4"]]], [[0], [0]]), k=1, I=(2,)),
    NetworkPoint("one unit, three labels for each of two inputs: a local minimum", CUBIC,
                 REPEATED, [[[1]], [["1/2"]]], [[0], [0]], SIXTH,
                 Y=THREE_LABELS,
                 better=([[[1]], [["1/2"]]], [[0], [-1]]), k=1, I=(2,)),
    NetworkPoint("falling, one unit, three labels for each of two inputs: a local minimum",
                 "-t - t**3", REPEATED, [[[1]], [["1/2"]]], [[0], [0]], SIXTH,
                 Y=THREE_LABELS,
                 better=([[[1]], [["1/2"]]], [[0], [1]]), k=1, I=(2,)),
    NetworkPoint("five equal units, three labels for each of two inputs: a local minimum", CUBIC,
                 REPEATED, [[[1] * 5], [["1/10"]] * 5], [[0] * 5, [0]], SIXTH,
                 Y=THREE_LABELS,
                 better=([[[1] * 5], [["1/10"]] * 5], [[0] * 5, [-1]]), k=1, I=(2,)),
    NetworkPoint("falling, five equal units, three labels for each of two inputs", "-t - t**3",
                 REPEATED, [[[1] * 5], [["1/10"]] * 5], [[0] * 5, [0]], SIXTH,
                 Y=THREE_LABELS,
                 better=([[[1] * 5], [["1/10"]] * 5], [[0] * 5, [1]]), k=1, I=(2,)),
    NetworkPoint("one unit in use of five, three labels for each of two inputs", CUBIC, REPEATED,
                 [[[1, 0, 0, 0, 0]], [["1/2"], *[[0]] * 4]], [[0] * 5, [0]], SIXTH,
                 Y=THREE_LABELS,
                 better=([[[1, 0, 0, 0, 0]], [["1/2"], *[[0]] * 4]], [[0] * 5, [-1]]),
                 k=1, I=(0,)),
    NetworkPoint("falling, one unit in use of five, three labels for each of two inputs",
                 "-t - t**3", REPEATED, [[[1, 0, 0, 0, 0]], [["1/2"], *[[0]] * 4]],
                 [[0] * 5, [0]], SIXTH, Y=THREE_LABELS,
                 better=([[[1, 0, 0, 0, 0]], [["1/2"], *[[0]] * 4]], [[0] * 5, [1]]),
                 k=1, I=(0,)),
    NetworkPoint("linear, two outputs through one unit, the smaller direction", "linear", TRIANGLE,
                 [[[1, 0], [0, 1]], [[1], [-1]], [[1, 1]]], [[0, 0], [0], [0, 0]],
                 Y=[[2, -2], [0, 2], [-2, 0]],
                 better=([[[1, 0], [0, 1]], [[3], [3]], [[-1, 1]]], [[0, 0], [-2], [0, 0]]),
                 k=1, I=(2,)),
    NetworkPoint("falling, two outputs through one unit, the smaller direction", "-t", TRIANGLE,
                 [[[1, 0], [0, 1]], [[1], [-1]], [[-1, -1]]], [[0, 0], [0], [0, 0]],
                 Y=[[2, -2], [0, 2], [-2, 0]],
                 better=([[[1, 0], [0, 1]], [[3], [3]], [[1, -1]]], [[0, 0], [2], [0, 0]]),
                 k=1, I=(2,)),
)  # fmt: skip


WITH_LOSSES = (
    "one weight, one sample, fitted",
    "softplus, zero weights, outputs log 2, fitted",
    "two layers, three samples of the plane, fitted",
    "three samples on a line, three units, three outputs, fitted",
    "one layer, sigma(0) = 1, three outputs",
    "one layer, sigmoid, zero weights, two outputs, parity",
    "two layers, second input not seen, two outputs",
    "three layers, second input not seen",
    "linear, three outputs through one unit",
    "zero output weights, tanh, four samples",
    "slope 0, three layers, independent features below",
    "not critical, three layers, three outputs",
    "not critical below the last layer",
)
"""Points whose loss stands for the objectives of the outputs."""
WITH_OBJECTIVES = (
    "one sample twice with two labels, tanh, two outputs",
    "two outputs above one unit, three samples on a line",
    "slope 0, two layers, two samples",
)
"""Points on which other objectives of the outputs are tried."""


def point_values(point: NetworkPoint) -> dict[str, Any]:
    """The values of L, N, n, X, Y, W, b, sigma, l by name, and of another point V, c."""
    X = matrix_of(point.X, f"{point.name}: X")
    W, b = _layers(point.W, point.b, point.name)
    V, c = (W, b) if point.better is None else _layers(*point.better, point.name)
    widths = [X.shape[1], *(A.shape[1] for A in W)]
    sigma = Activation.of(point.sigma)
    network = Network(widths, sigma, sigma)
    return {
        "L": len(W),
        "N": X.shape[0],
        "n": dict(enumerate(widths)),
        "X": X,
        "Y": labels_of(point, network, X, _parameters(W, b)),
        "W": dict(enumerate(W, 1)),
        "b": dict(enumerate(b, 1)),
        "V": dict(enumerate(V, 1)),
        "c": dict(enumerate(c, 1)),
        "sigma": sigma,
        "l": ScalarLoss.of(point.loss),
    }


def _layers(W: Layers, b: Rows, name: str) -> tuple[list[Matrix], list[Matrix]]:
    """The weights and the rows of biases of all layers."""
    weights = [matrix_of(A, f"{name}: W") for A in W]
    return weights, [matrix_of([row], f"{name}: b") for row in b]


def _parameters(W: Sequence[Matrix], b: Sequence[Matrix]) -> Parameters:
    return Parameters([A.T for A in W], [row.T for row in b])


def labels_of(point: NetworkPoint, network: Network, X: Matrix, parameters: Parameters) -> Matrix:
    """The labels Y (N, m) of a point."""
    if point.Y is not None:
        return matrix_of(point.Y, f"{point.name}: Y")
    if point.better is not None:
        parameters = _parameters(*_layers(*point.better, point.name))
    nothing = QQ.zeros(X.shape[0], network.outputs)
    F = network.loss(Samples(X, nothing)).at(parameters).features(network.depth)
    if point.residuals is not None:
        return F - matrix_of(point.residuals, f"{point.name}: residuals")
    if point.errors:
        basis = unseen(network, X, F, parameters)
        chosen = [*point.errors, *[0] * (basis.shape[1] - len(point.errors))]
        R = (basis @ QQ.matrix([[x] for x in chosen])).tolist()
        m = network.outputs
        return F - matrix_of([[R[i * m + j][0] for j in range(m)] for i in range(X.shape[0])], "R")
    return F


def unseen(network: Network, X: Matrix, F: Matrix, parameters: Parameters) -> Matrix:
    """A basis, as columns, of the errors of the outputs F with which all gradients are 0.

    Entry (i, j) of an error has the place i m + j. With squares the gradient is linear in the
    residuals, so its columns are the gradients at the residuals with one entry 1/2.
    """
    N, m = F.shape
    gradients = []
    for place in range(N * m):
        R = QQ.matrix([[int(i * m + j == place) for j in range(m)] for i in range(N)])
        at = network.loss(Samples(X, F - R), "half").at(parameters)
        gradients.append(at.gradient)
    return gradients[0].hstack(*gradients[1:]).kernel()

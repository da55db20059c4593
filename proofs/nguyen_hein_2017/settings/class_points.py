"""Section 5: classified samples, points of networks on them, losses, in exact numbers.

Notation: W[k] lists the n[k-1] rows of the weights of layer k, b[k] is a row; `classes` has for
each sample its class, or all its classes, counted from 1, or 0 for none. Where no labels are given
the outputs lie on them. `better` is another point (V, c) with a lower objective, else the point.

Objects: ClassPoint, POINTS, VECTORS, LOSSES. Functions: point_values, vector_values, loss_values.

Design notes. With t + t^3 all is rational. Two units that see what the classes share, with
different slopes, cancel the errors of two outputs; no such point with fewer samples or units is
known. Without `better` the point itself is (V, c), a witness where it is fitted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from symbolic_landscape.arithmetic import QQ, Matrix
from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import ZERO, Formula, Piece, T
from symbolic_landscape.functions.activations import Activation, ScalarLoss
from symbolic_landscape.networks import Network, Parameters, Samples

CUBIC, SHIFTED, FLAT, SMALL = "cubic", "1 + t + t**3", "tanh(t**3)", "(t + t**3)/40"
Rows = Sequence[Sequence[Any]]
Layers = Sequence[Rows]
Classes = Sequence[int | tuple[int, ...]]


def left(f: Formula, smoothness: int = 1) -> ScalarLoss:
    """The loss that is f for a <= 0 and 0 for a >= 0."""
    return ScalarLoss.of(Piece(f, ZERO, smoothness))


def right(f: Formula, smoothness: int = 1) -> ScalarLoss:
    """The loss that is 0 for a <= 0 and f for a >= 0."""
    return ScalarLoss.of(Piece(ZERO, f, smoothness))


SQUARES = (left(T**2), right(T**2))
"""The losses of Figure 2."""
POWERS = (left(T**4, 3), right(3 * T**2))
STEP = left(3 * T**4 + 8 * T**3 + 6 * T**2)
"""A loss of the true class whose slope 12 a (a + 1)^2 is 0 at a = -1 too."""
WRONG_STEP = right(3 * T**4 - 8 * T**3 + 6 * T**2)
BOTH_SIDES, BOUNDED = ScalarLoss.of("sum"), ScalarLoss.of("geman_mcclure(1)")


@dataclass(frozen=True)
class ClassPoint:
    """A point of parameter space, its network, and samples with their classes."""

    name: str
    sigma: str | Formula
    X: Rows
    classes: Classes
    W: Layers
    b: Rows
    Y: Rows | None = None
    losses: tuple[ScalarLoss, ScalarLoss] = SQUARES
    better: tuple[Layers, Rows] | None = None


SIGNS = ([1, -1], [-1, 1])
SQUARE = ([1, 0], [1, 1], [-1, 0], [-1, 1])
CORNERS = ([0, 0], [1, 0], [0, 1], [1, 1])
APART = ([[[1, -1]], [[-1, 1], [0, 0]]], [[0, 0], [0, 0]])
"""Two layers on the inputs -1 and 1 that tell them apart, with t + t^3."""

POINTS = (
    # ---- fitted, separable, what is above feeds one output each or has equal slopes --------------
    ClassPoint("one weight, one sample, one class", "linear", [[0]], (1,), [[[0]]], [[2]], [[1]]),
    ClassPoint("one layer, three classes, one of them empty", CUBIC, [[0, 0], [1, 0], [1, 1]],
               (2, 1, 1), [[[2, -2, 0], [0, 0, 0]]], [[-1, 1, -3]],
               [[-1, 1, -1], [1, -1, -1], [1, -1, -1]]),
    ClassPoint("one layer, tanh, labels inside its range", "tanh", [[-1], [2]], (2, 1),
               [[[1, -1]]], [[0, 0]], [["-1/2", "1/2"], ["1/2", "-1/2"]]),
    ClassPoint("two layers, hidden features separable, all weights coupled", CUBIC, [[-1], [1]],
               (1, 2), [[[1, 1]], [[-1, 1], [-1, 1]]], [[0, 0], [0, 0]], SIGNS),
    ClassPoint("two layers, each unit feeds one output", CUBIC, [[-1], [1], [3]], (1, 2, 2),
               [[[-1, 1, 2]], [[1, 0], [0, 1], [0, 1]]], [[0, 0, 0], [0, 0]],
               [[1, -1], [-1, 1], [-1, 0]]),
    ClassPoint("three linear layers, three classes, losses of other powers", "linear",
               [[0, 0], [1, 0], [0, 1], [0, 2]], (1, 2, 3, 3),
               [[[-2, 2, 0], [-2, 0, 2]], [[0, 1, 0], [1, 0, 0], [0, 0, 3]],
                [[0, -1, 0], [1, 0, 0], [0, 0, -1]]],
               [[1, -1, -1], [0, 0, 0], [0, 2, 2]], losses=POWERS),
    ClassPoint("four layers, one output, dead units, repeated samples", CUBIC, [[1], [1], [0]],
               (1, 1, 1), [[[1, 0, 0]], [[1, 0], [0, -1], [0, 0]], [[0], [1]], [[2]]],
               [[0, 0, 0], [0, 0], [0], [1]], [[0], [0], [0]]),
    ClassPoint("sigma(0) = 1, duplicated neurons, one output in and out of the class", SHIFTED,
               [[-1], [0], [2]], (0, 0, 1), [[[1, 1]], [[1], [2]]], [[0, 0], [-4]],
               [[-3], [0], [4]]),
    ClassPoint("sigma(0) = 1/2, samples of both classes and of none", "sigmoid",
               [[0, 1], [1, 0], [0, 0]], ((1, 2), 0, 2), [[[-1, 0], [1, 1]]], [[0, 0]],
               [["1/2", "1/2"], ["1/2", "1/2"], ["1/2", "1/2"]]),
    ClassPoint("linear layers of equal slopes, coupled", "linear", [[-1], [0], [1]], (2, 1, 1),
               [[[1, 2]], [[1, -1], [1, -2]]], [[1, 0], [0, 0]]),
    ClassPoint("two layers, units that feed both outputs, fitted", CUBIC, [[-1], [1]], (1, 2),
               [[[1, -1]], [[-1, 2], [1, -1]]], [[0, 0], [0, 0]], SIGNS),
    ClassPoint("outputs on the margin of the squared hinge", "linear", [[1], [-1]], (1, 2),
               [[[1, -1]]], [[0, 0]], SIGNS),
    ClassPoint("residuals 0, where the pieces join", "linear", [[1], [2]], (1, 1), [[[1, -1]]],
               [[0, 0]]),
    # ---- two units with different slopes that feed two outputs: critical, and no minimum ---------
    ClassPoint("hidden units that see what the classes share", CUBIC, SQUARE, (1, 1, 2, 2),
               [[[0, 0], [1, -1]], [[6, 1], [6, 2]]], [[0, 1], [-12, -3]],
               [[4, 0], [4, -9], [-4, 4], [-4, 5]],
               better=([[[1, -1], [0, 0]], [[1, 0], [0, 1]]], [[0, 0], [0, 0]])),
    ClassPoint("hidden units that see what the classes share, sigma(0) = 1", SHIFTED, SQUARE,
               (1, 1, 2, 2), [[[0, 0], [1, -1]], [[6, 1], [6, 2]]], [[0, 1], [-24, -6]],
               [[5, 1], [5, -8], [-3, 5], [-3, 6]],
               better=([[[1, -1], [0, 0]], [[1, 0], [0, 1]]], [[0, 0], [-1, -1]])),
    ClassPoint("hidden units that see what the classes share, three layers", CUBIC,
               ([1, -1], [1, 1], [-1, -1], [-1, 1]), (1, 1, 2, 2),
               [[[1, 0], [0, 1]], [[0, 0], ["1/4", "-1/4"]], [[6, 1], [6, 2]]],
               [[0, 0], ["1/2", "1/2"], [-12, -3]], [[4, 0], [4, -9], [-4, 4], [-4, 5]],
               better=([[[1, 0], [0, 1]], [[1, -1], [0, 0]], [[1, 0], [0, 1]]],
                       [[0, 0], [0, 0], [0, 0]])),
    ClassPoint("one-hot labels, hidden units that see what the classes share", SMALL,
               [["1/2", 1], [1, 1], ["3/2", 1], [-1, 1], [1, 0], ["-1/2", 0], [-1, 0], ["-3/2", 0]],
               (1, 1, 1, 2, 1, 2, 2, 2),
               [[[0, 0], [1, -1]], [["-320/9", "-500/9"], ["-500/9", "-320/9"]]],
               [[0, 1], ["43/9", "43/9"]],
               [[1, 0], [1, 0], [1, 0], [0, 1], [1, 0], [0, 1], [0, 1], [0, 1]],
               better=([[[8, -8], [0, 0]], [[4, 0], [0, 4]]], [[0, 0], [0, 0]])),
    # ---- slope 0: increasing to the letter -------------------------------------------------------
    ClassPoint("flat activation, one weight, one class", "t**3", [[0]], (1,), [[[0]]], [[0]], [[1]],
               better=([[[0]]], [[1]])),
    ClassPoint("flat activation below, two layers, two classes", FLAT, [[-1], [1]], (1, 2),
               [[[0, 0]], [[1, 0], [0, 1]]], [[0, 0], [0, 0]],
               [["1/2", "-1/2"], ["-1/2", "1/2"]],
               better=([[[-2, 2]], [[2, 0], [0, 2]]], [[0, 0], [0, 0]])),
    ClassPoint("flat hidden unit below a slope, one class", "t**3", [[0]], (1,), [[[0]], [[1]]],
               [[0], [1]], [[2]], better=([[[0]], [[1]]], [[0], [2]])),
    # ---- critical, not fitted, not separable -----------------------------------------------------
    ClassPoint("features that do not tell two classes apart", CUBIC, [[-1], [1]], (1, 2),
               [[[0, 0]], [[1, 1], [0, 0]]], [[0, 0], [0, 0]], SIGNS, better=APART),
    ClassPoint("wide layer that sees nothing, tanh", "tanh", [[-1], [1]], (1, 2),
               [[[0]], [[1, -1]]], [[0], [0, 0]], [["1/2", "-1/2"], ["-1/2", "1/2"]],
               better=([[[2]], [[-2, 2]]], [[0], [0, 0]])),
    ClassPoint("parity in classes, zero weights", CUBIC, CORNERS, (1, 2, 2, 1),
               [[[0, 0], [0, 0]], [[0, 0], [0, 0]]], [[0, 0], [0, 0]],
               [[1, -1], [-1, 1], [-1, 1], [1, -1]],
               better=([[[1, -1], [1, -1]], [[1, -1], [1, -1]]], [[0, 2], [-7, 7]])),
    ClassPoint("parity in classes, tanh, zero output weights", "tanh", CORNERS, (1, 2, 2, 1),
               [[[1, 2], [0, 0]], [[0, 0], [0, 0]]], [[0, 0], [0, 0]],
               [[1, -1], [-1, 1], [-1, 1], [1, -1]]),
    ClassPoint("one sample twice, in two classes", CUBIC, [[2], [2]], (1, 2), [[[1, 1]]],
               [[-2, -2]], SIGNS),
    ClassPoint("three samples on a line, the middle one apart, one output", "linear",
               [[-1], [0], [1]], (0, 1, 0), [[[0]]], [["-1/3"]], [[-1], [1], [-1]]),
    ClassPoint("outputs that separate what the features do not", CUBIC, [[-1], [0], [1]],
               (1, 2, 1), [[[1, 0]], [["1/2", "1/2"], [0, 0]]], [[0, 0], [0, 1]],
               [[-1, -4], [-8, 4], [3, "126/13"]],
               better=([[[1, -1]], [[1, -1], [1, -1]]], [[1, 1], [-7, 7]])),
    # ---- one condition broken --------------------------------------------------------------------
    ClassPoint("outer weights zero", CUBIC, [[-1], [1]], (1, 2), [[[0, 0]], [[0, 0], [0, 0]]],
               [[0, 0], [0, 0]], SIGNS, better=APART),
    ClassPoint("not critical, one class", "linear", [[0]], (1,), [[[0]]], [[0]], [[1]],
               better=([[[0]]], [[1]])),
    ClassPoint("not critical, two layers, two classes", CUBIC, [[-1], [1]], (1, 2),
               [[[1, 0]], [[0, 0], [1, 1]]], [[0, 0], [0, 0]], SIGNS, better=APART),
    ClassPoint("not critical, tanh, two classes", "tanh", [[-1], [1]], (1, 2), [[[1, 2]]],
               [[0, 1]], SIGNS),
    ClassPoint("not critical, three layers, three classes", CUBIC, [[0, 1], [1, 0], [1, 1]],
               (1, 2, 2), [[[1], [-1]], [[1, 0]], [[1, 0, -1], [1, 1, 0]]],
               [[0], [1, 0], [0, 0, -1]], [[1, 0, 0], [0, 1, 0], [0, 1, 0]], POWERS),
    ClassPoint("falling activation", "-t", [[0]], (1,), [[[0]]], [[0]], [[1]],
               better=([[[0]]], [[-1]])),
    ClassPoint("bump at its top, one class", "t - t**3/3", [[0]], (1,), [[[0]]], [[1]], [[2]],
               better=([[[0]]], [[-3]])),
    ClassPoint("true loss with a step", "linear", [[0]], (1,), [[[0]]], [[2]], [[3]],
               (STEP, SQUARES[1]), better=([[[0]]], [[3]])),
    ClassPoint("wrong loss with a step", "linear", [[0]], (1,), [[[0, 0]]], [[0, 1]], [[0, 0]],
               (SQUARES[0], WRONG_STEP), better=([[[0, 0]]], [[0, 0]])),
    ClassPoint("output above its label, squares on both sides", "linear", [[0]], (1,), [[[0]]],
               [[1]], [[0]], (BOTH_SIDES, SQUARES[1]), better=([[[0]]], [[0]])),
    ClassPoint("output below its label off the class, squares on both sides", "linear", [[0]],
               (1,), [[[0, 0]]], [[0, -1]], [[0, 0]], (SQUARES[0], BOTH_SIDES),
               better=([[[0, 0]]], [[0, 0]])),
    ClassPoint("two labels for one sample in the class, two layers, bounded loss", "linear",
               [[0], [0]], (1, 1), [[[0]], [[1]]], [[0], [0]], [[-3], [3]], (BOUNDED, SQUARES[1]),
               better=([[[0]], [[1]]], [[0], [3]])),
    ClassPoint("two labels for one sample off the class, two layers, bounded loss", "linear",
               [[0], [0]], (0, 0), [[[0]], [[1]]], [[0], [0]], [[-3], [3]], (SQUARES[0], BOUNDED),
               better=([[[0]], [[1]]], [[0], [3]])),
    ClassPoint("parity in one class, one unit that sees nothing", CUBIC, CORNERS, (1, 0, 0, 1),
               [[[0], [0]], [[1]]], [[0], [0]], [[1], [-1], [-1], [1]],
               better=([[[-2], [-2]], [["1/28"]]], [[3], ["-9/28"]])),
    ClassPoint("loss with negative values", "linear", [[0]], (1,), [[[0]]], [[0]], [[1]],
               (ScalarLoss.of("a"), SQUARES[1]), better=([[[0]]], [[-1]])),
)  # fmt: skip


def memberships(classes: Classes, count: int) -> Matrix:
    """C (N, m): 1 where a sample lies in a class."""
    members = [c if isinstance(c, tuple) else (c,) for c in classes]
    return QQ.matrix([[int(j in own) for j in range(1, count + 1)] for own in members])


def point_values(point: ClassPoint) -> dict[str, Any]:
    """The values of L, N, n, X, Y, C, W, b, sigma, l1, l2, V, c by name."""
    X = matrix_of(point.X, f"{point.name}: X")
    W, b = _layers(point.W, point.b)
    widths = [X.shape[1], *(A.shape[1] for A in W)]
    sigma = Activation.of(point.sigma)
    values = {
        "L": len(W),
        "N": X.shape[0],
        "n": dict(enumerate(widths)),
        "X": X,
        "Y": _labels(point, widths, sigma, X, W, b),
        "C": memberships(point.classes, widths[-1]),
        "W": dict(enumerate(W, 1)),
        "b": dict(enumerate(b, 1)),
        "sigma": sigma,
        "l1": point.losses[0],
        "l2": point.losses[1],
    }
    V, c = (W, b) if point.better is None else _layers(*point.better)
    return values | {"V": dict(enumerate(V, 1)), "c": dict(enumerate(c, 1))}


def _layers(W: Layers, b: Rows) -> tuple[list[Matrix], list[Matrix]]:
    return [matrix_of(A, "W") for A in W], [matrix_of([row], "b") for row in b]


def _labels(
    point: ClassPoint,
    widths: Sequence[int],
    sigma: Activation,
    X: Matrix,
    W: Sequence[Matrix],
    b: Sequence[Matrix],
) -> Matrix:
    if point.Y is not None:
        return matrix_of(point.Y, f"{point.name}: Y")
    return outputs(widths, sigma, X, W, b)


def outputs(
    widths: Sequence[int], sigma: Activation, X: Matrix, W: Sequence[Matrix], b: Sequence[Matrix]
) -> Matrix:
    """The outputs F_L (N, m), in balls where no field is known to hold them.

    The engine has weights transposed and biases as columns.
    """
    network = Network(widths, sigma, sigma)
    surface = network.loss(Samples(X, QQ.zeros(X.shape[0], widths[-1])))
    at = surface.at(Parameters([A.T for A in W], [row.T for row in b]))
    try:
        return at.features(len(W))
    except DomainError:
        return at.enclose().features(len(W))


# ---- vectors and losses by themselves ------------------------------------------------------------
VECTORS: tuple[tuple[str, Rows, Classes, int], ...] = (
    ("one vector", [[0]], (1,), 1),
    ("one vector, not 0", [[2]], (1,), 1),
    ("one class of repeated vectors", [[0, 1], [0, 1], [4, 6]], (1, 1, 1), 1),
    ("an empty class", [[0], [1]], (1, 3), 3),
    ("two ends of a line", [[-1], [1], [2]], (1, 2, 2), 2),
    ("both on one side of 0", [[1], [2]], (1, 2), 2),
    ("middle of a line", [[0], [1], [2]], (1, 2, 3), 3),
    ("middle of a line, in and out", [[0], [1], [2]], (0, 1, 0), 1),
    ("one vector in two classes", [[3], [3]], (1, 2), 2),
    ("corners of a triangle", [[0, 0], [1, 0], [0, 1]], (1, 2, 3), 3),
    ("square, side by side", CORNERS, (1, 2, 1, 2), 2),
    ("square, opposite corners", CORNERS, (1, 2, 2, 1), 2),
    ("four classes on a circle", [["3/5", "4/5"], ["-3/5", "4/5"], ["-4/5", "-3/5"],
                                  ["4/5", "-3/5"], [1, 0]], (1, 2, 3, 4, 4), 4),
    ("a basis of the plane", [[1, 1], [0, 1]], (1, 2), 2),
    ("two vectors of space, both classes and none", [[1, 2, 3], [3, 2, 1]], ((1, 2), 0), 2),
    ("a basis of space", [[1, 0, 0], [1, 1, 0], [2, 0, "1/3"]], (1, 2, 1), 3),
)  # fmt: skip

LOSSES: tuple[tuple[str, ScalarLoss, ScalarLoss], ...] = (
    ("losses of Figure 2", *SQUARES),
    ("fourth powers and squares", left(T**4 / 3, 3), right(5 * T**2)),
    ("third powers", left(-(T**3), 2), right(T**3, 2)),
    ("bounded losses", left(T**2 / (1 + T**2)), right(T**2 / (1 + T**2))),
    ("squares on both sides", BOTH_SIDES, BOTH_SIDES),
    ("true loss with a step, wrong loss with a step", STEP, WRONG_STEP),
    ("hinges without square", left(-T, 0), right(T, 0)),
    ("sides exchanged", right(T**2), left(T**2)),
    ("no loss", ScalarLoss.of("0*a"), ScalarLoss.of("0*a")),
    ("one loss for both", *(left(T**2),) * 2),
    ("negative values", left(-(T**2)), right(-(T**2))),
)


def vector_values(vectors: Rows, classes: Classes, count: int) -> Mapping[str, Any]:
    """The values of N, d, m, Z, C by name."""
    Z = matrix_of(vectors, "Z")
    C = memberships(classes, count)
    return {"N": Z.shape[0], "d": Z.shape[1], "m": count, "Z": Z, "C": C}


def loss_values(l1: ScalarLoss, l2: ScalarLoss) -> Mapping[str, Any]:
    """The values of l1, l2 by name."""
    return {"l1": l1, "l2": l2}

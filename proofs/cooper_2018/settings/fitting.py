"""Section 3.1: networks with one hidden layer, and samples to be fitted.

Notation: the columns of X (p x d) are the samples, those of Y (o x d) their targets; h is the width
of the hidden layer. M1, b1, M2, b2 are weights and biases as in the paper: the outputs are
M2 sigma(M1 X - b1) - b2.

Settings: LINE, ONE_LAYER.
"""

from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.cooper_2018.settings.activations import (
    DECISIONS,
    FALLING,
    LATE,
    SQUARED,
    rectified,
    sigma,
    weakly_rectified,
)
from symbolic_landscape.proofs.cooper_2018.settings.fitting_decisions import one_layer_fits
from symbolic_landscape.statement.language import (
    Expr,
    define,
    each,
    entries,
    exists,
    identity_matrix,
    integer,
    matrix,
    natural,
    ones,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

p, d, o, h = natural("p"), natural("d"), natural("o"), natural("h")
i, j, k = integer("i"), integer("j"), integer("k")
X, Y = matrix("X", p, d), matrix("Y", o, d)
M1, b1 = matrix("M1", h, p), matrix("b1", h, 1)
M2, b2 = matrix("M2", o, h), matrix("b2", o, 1)
row = ones(1, d)


def columns_differ(X: Expr) -> Expr:
    """No two columns of the matrix are equal."""
    same = each(k, 1, X.rows, X[k, i] == X[k, j])
    return each(i, 1, X.columns, each(j, i + 1, X.columns, ~same))


def outputs(M1: Expr, b1: Expr, M2: Expr, b2: Expr) -> Expr:
    """The outputs of the network at the samples."""
    return M2 @ sigma(M1 @ X - b1 @ row) - b2 @ row


can_fit = define(
    "some network fits",
    (h, X, Y, sigma),
    exists(M1, b1, M2, b2, outputs(M1, b1, M2, b2) == Y),
    text="a network with {0} hidden units fits {1} to {2}",
    latex=r"\text{{a network with }} {0} \text{{ hidden units fits }} {1} \text{{ to }} {2}",
    at=(),
)

t = matrix("t", d, 1)
"""Numbers, mostly in increasing order."""


def entries_increase(t: Expr) -> Expr:
    """Each entry of the column is less than the entries below it."""
    return each(i, 1, t.rows, each(j, i + 1, t.rows, t[i, 1] < t[j, 1]))


def before(t: Expr, j: Any) -> Expr:
    """The entry before entry j; before the first one, 1 less than it."""
    return t[j - 1, 1] + identity_matrix(t.rows)[j, 1] * (t[1, 1] - 1)


def middle(t: Expr, j: Any) -> Expr:
    """Halfway between an entry and the one before."""
    return (before(t, j) + t[j, 1]) / 2


def triangle(t: Expr) -> Expr:
    """The matrix of sigma(t_i - middle_j): row j is that of unit j, column i that of sample i."""
    return entries(j, i, t.rows, t.rows, sigma(t[i, 1] - middle(t, j)))


CASES = (
    ("one sample", [[2]], [[3]], "relu", 1),
    ("three samples on a line", [[0, 1, 3]], [[1, -1, 2]], "relu", 3),
    ("not in order, two spare units", [[3, 0, 1]], [[1, -1, 2]], SQUARED, 5),
    ("two samples, smooLU", [[0, 1]], [[1, 3]], "smoolu", 2),
    ("in the plane, equal first coordinates", [[0, 0, 1], [0, 1, 1]], [[1, 2, 5]], LATE, 3),
    ("in the plane, two outputs", [[0, 0, 1, 2], [0, 1, 1, 0]], [[1, 2, 5, 0], [0, 1, 0, -1]],
     "relu", 4),
    ("equal targets", [[0, 1, 2]], [[1, 1, 1]], SQUARED, 4),
    ("activation 0", [[0, 1]], [[1, 3]], "0*t", 2),
    ("activation 0, equal targets", [[0, 1]], [[2, 2]], "0*t", 2),
    ("a falling activation", [[0, 1]], [[1, 3]], FALLING, 2),
    ("a sample twice, other targets", [[1, 1, 0]], [[1, 2, 0]], "relu", 3),
    ("a sample twice, equal targets", [[1, 1, 0]], [[1, 1, 0]], "relu", 3),
    ("a linear activation", [[0, 1, 2]], [[0, 1, 0]], "linear", 3),
    ("no unit", [[0, 1]], [[1, 3]], "relu", 0),
    ("too few units", [[0, 1, 2, 3]], [[0, 1, 0, 1]], "relu", 1),
)  # fmt: skip


def cases() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Samples, targets, an activation, a width: rectified and distinct or not."""
    made = []
    for name, inputs, targets, activation, width in CASES:
        inside, outside = matrix_of(inputs, name), matrix_of(targets, name)
        values: dict[Expr, Any] = {
            p: inside.shape[0],
            d: inside.shape[1],
            o: outside.shape[0],
            h: width,
            X: inside,
            Y: outside,
            sigma: Activation.of(activation),
        }
        made.append((name, {v.term: x for v, x in values.items()}))
    return tuple(made)


def lines() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Numbers in order or not, with activations that are rectified or not."""
    rows = (
        ("one number", [[2]], "relu"),
        ("three numbers", [[0], [1], [3]], SQUARED),
        ("two numbers, smooLU", [[0], [1]], "smoolu"),
        ("four numbers", [[-1], [0], [2], [5]], LATE),
        ("equal numbers", [[0], [0]], "relu"),
        ("falling numbers", [[1], [0]], "relu"),
        ("two numbers, tanh", [[0], [1]], "tanh"),
        ("two numbers, activation 0", [[0], [1]], "0*t"),
    )
    made = []
    for name, numbers, activation in rows:
        known = matrix_of(numbers, name)
        values = {d: known.shape[0], t: known, sigma: Activation.of(activation)}
        made.append((name, {v.term: x for v, x in values.items()}))
    return tuple(made)


LINE = Setting(
    "numbers on a line",
    variables=(d, t, sigma),
    definitions=(rectified, weakly_rectified),
    decisions=DECISIONS,
    instances=lines,
)
ONE_LAYER = Setting(
    "samples, targets, and networks with one hidden layer",
    variables=(p, d, o, h, X, Y, sigma),
    definitions=(rectified, weakly_rectified, can_fit),
    decisions={**DECISIONS, "some network fits": one_layer_fits},
    instances=cases,
)

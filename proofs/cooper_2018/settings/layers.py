"""Sections 3.1 and 4: networks with T hidden layers, all neighbouring layers connected.

Notation: layer k has m[k] units, m[0] inputs and m[T+1] outputs; M[k] and b[k] are its weights and
biases. The columns of X are the samples; phi[k] holds the features of layer k, as columns. The
outputs are M[T+1] phi[T] + b[T+1], without an activation.

Setting: LAYERS.
"""

from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.cooper_2018.settings.activations import (
    DECISIONS,
    SQUARED,
    rectified,
    sigma,
    weakly_rectified,
)
from symbolic_landscape.proofs.cooper_2018.settings.layer_decisions import (
    deep_network_fits,
    first_units_fit,
)
from symbolic_landscape.proofs.rules.corners import corner
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    each,
    exists,
    integer,
    matrices,
    matrix,
    natural,
    ones,
    recursion,
    widths,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

T, d, m = natural("T"), natural("d"), widths("m")
i, j, k, K = integer("i"), integer("j"), integer("k"), integer("K")
X, Y = matrix("X", m[0], d), matrix("Y", m[T + 1], d)
M, b = matrices("M", lambda k: m[k], lambda k: m[k - 1]), matrices("b", lambda k: m[k], lambda k: 1)
one = ones(1, d)
below = matrix("below", m[k - 1], d)

phi_ = define(
    "features",
    (M, b),
    recursion(k, below, 0, X, sigma(M[k] @ below + b[k] @ one)),
    text="phi({0}, {1})",
    latex=r"\phi({0}, {1})",
)


def outputs(M: Expr, b: Expr) -> Expr:
    """The outputs at the samples."""
    return M[T + 1] @ phi_(M, b)[T] + b[T + 1] @ one


deep_fit = define(
    "some deep network fits",
    (T, m, d, sigma, X, Y),
    exists(M, b, outputs(M, b) == Y),
    text="a network with {0} hidden layers fits {4} to {5}",
    latex=r"\text{{a network with }} {0} \text{{ hidden layers fits }} {4} \text{{ to }} {5}",
)
first_units = define(
    "first units fit",
    (T, m, d, sigma, X, Y),
    exists(
        M,
        b,
        both(
            each(k, 2, T, M[k] == corner(m[k], 1) @ corner(1, m[k - 1])),
            (T >= 2) >> each(i, 2, m[1], each(j, 1, m[0], M[1][i, j] == 0)),
            outputs(M, b) == Y,
        ),
    ),
    text="with one unit a layer a network with {0} hidden layers fits {4} to {5}",
    latex=r"\text{{by first units {0} hidden layers fit }} {4} \text{{ to }} {5}",
)
"""The weights of layers 2 to T are 1 in the top left entry and 0 in all others."""
CASES = (
    ("two hidden layers, three samples", [[0, 1, 2]], [[1, -1, 2]], "relu", (1, 3)),
    ("linear activation", [[0, 1, 2]], [[0, 1, 0]], "linear", (4,)),
    ("one hidden layer", [[0, 1, 3]], [[1, -1, 2]], "relu", (3,)),
    ("two hidden layers, two samples", [[0, 1]], [[1, -1]], "relu", (1, 2)),
    ("two hidden layers, three samples, increasing targets", [[0, 1, 2]], [[0, 1, 3]], "relu",
     (2, 3)),
    ("one hidden layer, a spare unit", [[0, 1, 2]], [[0, 1, 0]], SQUARED, (4,)),
    ("three hidden layers, spare units", [[0, 1, 2]], [[0, 1, 0]], SQUARED, (2, 1, 4)),
    ("in the plane, two outputs", [[0, 0, 1, 2], [0, 1, 1, 0]], [[1, 2, 5, 0], [0, 1, 0, -1]],
     "relu", (3, 4)),
    ("activation 0, deep", [[0, 1]], [[1, 3]], "0*t", (1, 2)),
    ("a sample twice, deep", [[1, 1]], [[1, 3]], "relu", (1, 2)),
    ("a narrow last layer", [[0, 1, 2]], [[0, 1, 0]], "relu", (3, 1)),
    ("an empty layer", [[0, 1]], [[0, 1]], "relu", (0, 2)),
    ("no hidden unit", [[0, 1]], [[0, 1]], "relu", (0,)),
)  # fmt: skip


def cases() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Samples, targets, an activation and widths: wide enough, rectified and distinct, or not."""
    made = []
    for name, inputs, targets, activation, hidden in CASES:
        inside, outside = matrix_of(inputs, name), matrix_of(targets, name)
        sizes = (inside.shape[0], *hidden, outside.shape[0])
        values: dict[Expr, Any] = {
            T: len(hidden),
            d: inside.shape[1],
            m: dict(enumerate(sizes)),
            X: inside,
            Y: outside,
            sigma: Activation.of(activation),
        }
        made.append((name, {v.term: x for v, x in values.items()}))
    return tuple(made)


LAYERS = Setting(
    "samples, targets, and networks with T hidden layers",
    variables=(T, d, m, X, Y, sigma),
    standing=(T >= 1,),
    definitions=(rectified, weakly_rectified, phi_, deep_fit, first_units),
    decisions={
        **DECISIONS,
        "some deep network fits": deep_network_fits,
        "first units fit": first_units_fit,
    },
    instances=cases,
)

"""Section 2: networks, their objective, and the standing assumption.

Notation: X (N, d), Y (N, m); G_k, F_k (N, n_k) pre-activations and features of layer k = 1..L,
F_0 = X. The paper's W_k (n_{k-1}, n_k) is the transpose of `weights` (n_k, n_{k-1}).

Lemmas
- NH17_D2_net, NH17_D2_loss: the network and its objective, in matrices and sample by sample.
- NH17_A2_min: the minimum of the objective is attained.

Source: NH17, Section 2.
"""

from __future__ import annotations

from collections.abc import Callable

from symbolic_landscape.arithmetic import Matrix, Scalar, equal
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.formula import evaluated
from symbolic_landscape.functions.activations import NAMED_ACTIVATIONS
from symbolic_landscape.proofs.common.minima import minimum_is_attained
from symbolic_landscape.proofs.common.points import (
    NetworkPoint,
    activation_is_continuously_differentiable,
    loss_is_continuously_differentiable,
    point,
)
from symbolic_landscape.verdict import Verdict, for_all

# --- the network ---------------------------------------------------------------------------------


def features_sample_by_sample(
    s: NetworkPoint, layer: int, *, with_bias: bool = True, last_is_linear: bool = False
) -> Matrix:
    """The rows f_k(x_i) (N, n_k), each unit from its own sum, in the field of the features."""
    field = s.features(s.depth).field
    rows = []
    for sample in s.samples.inputs.over(field).tolist():
        below = sample
        for k in range(1, layer + 1):
            weights = s.weights(k).over(field).tolist()
            biases = s.parameters.biases[k - 1].over(field).tolist()
            sigma = s.network.activation_of(k).formula
            above = []
            for unit, row in enumerate(weights):
                total = biases[unit][0] if with_bias else field.scalar(0)
                for weight, value in zip(row, below, strict=True):
                    total = total + weight * value
                keep = last_is_linear and k == s.depth
                above.append(total if keep else field.scalar(evaluated(sigma, total.raw, field)))
            below = above
        rows.append(below)
    return field.matrix(rows)


def matrix_form(s: NetworkPoint, layer: int) -> Matrix:
    """sigma(F_{k-1} W_k + 1 b_k^T) (N, n_k), with the paper's W_k."""
    field = s.features(s.depth).field
    below, ones = s.features(layer - 1).over(field), field.ones(s.count, 1)
    before = below @ s.weights(layer).T + ones @ s.parameters.biases[layer - 1].T
    return field.apply(s.network.activation_of(layer).formula, before)


def _layerwise(**options: bool) -> Callable[[NetworkPoint], Verdict]:
    return lambda s: for_all(
        range(1, s.depth + 1),
        lambda k: equal(features_sample_by_sample(s, k, **options), matrix_form(s, k)),
        "layer",
    )


@fact(
    r"F_k = \sigma(F_{k-1} W_k + 1_N b_k^T),\quad f_k(x) = \sigma(W_k^T f_{k-1}(x) + b_k)",
    mutants={
        "biases left out": _layerwise(with_bias=False),
        "output layer linear": _layerwise(last_is_linear=True),
    },
)
def features_have_matrix_form(s: NetworkPoint) -> Verdict:
    """The features f_k(x_i) form the activated affine image of the matrix below, in every layer."""
    return _layerwise()(s)


CORNER = point(
    "one weight",
    widths=(1, 1),
    activation="linear",
    inputs=[[2]],
    targets=[[1]],
    weights=[[[3]]],
    biases=[[-1]],
)
CUBIC_TWO_LAYERS = point(
    "cubic, two layers, three samples",
    widths=(2, 3, 2),
    activation="cubic",
    inputs=[[0, 1], [1, -1], [2, "1/2"]],
    targets=[[1, 0], ["1/2", 2], [-1, 0]],
    weights=[[[1, 2], [0, -1], ["1/2", 1]], [[1, 0, -1], [2, "1/3", 0]]],
    biases=[[0, 1, "-1/2"], [1, 0]],
)
TANH_ONE_LAYER = point(
    "hyperbolic tangent, one layer, three outputs",
    widths=(2, 3),
    activation="tanh",
    inputs=[[0, 1], [1, "1/2"]],
    targets=[[0, 1, "1/2"], [0, 0, 0]],
    weights=[[[1, 0], [-1, 2], ["1/2", 1]]],
    biases=[[0, "1/2", -1]],
)
DEEP_SQUARE = point(
    "square, four layers, square weights",
    widths=(1, 2, 2, 2, 1),
    activation="square",
    inputs=[[1], [-1]],
    targets=[[1], [0]],
    weights=[[[1], [2]], [[1, -1], [0, 1]], [["1/2", 1], [1, -1]], [[1, "1/3"]]],
    biases=[[0, 1], [1, 0], [0, "1/2"], [-1]],
    loss="a**4 + a**3",
)
RATIONAL_BUMP = point(
    "1/(1 + t^2), duplicated neurons, zero outer weight",
    widths=(1, 2, 2),
    activation="1/(1 + t**2)",
    inputs=[[0], [1], [3]],
    targets=[["1/2", 0], [0, 1], [1, 1]],
    weights=[[[1], [1]], [[2, -1], [0, 0]]],
    biases=[[1, 1], [0, 1]],
    loss="a**2 + a**3",
)
POINTS = (CORNER, CUBIC_TWO_LAYERS, TANH_ONE_LAYER, DEEP_SQUARE, RATIONAL_BUMP)
KINK = point(
    "relu at its kink",
    widths=(1, 1),
    activation=NAMED_ACTIVATIONS["relu"],
    inputs=[[0]],
    targets=[[1]],
    weights=[[[0]]],
    biases=[[0]],
)
LOSS_KINK = point(
    "one-sided loss at its kink",
    widths=(1, 1),
    activation="linear",
    inputs=[[0]],
    targets=[[0]],
    weights=[[[0]]],
    biases=[[0]],
    loss=NAMED_ACTIVATIONS["relu"],
)

NH17_D2_net = Statement(
    key="NH17.D2.net",
    kind="definition",
    where="Section 2",
    title="Fully connected network with activated output",
    claim="f_0(x) = x and f_k(x) = sigma(W_k^T f_{k-1}(x) + b_k) for every k in [L], sigma in C1; "
    "in matrices F_k = sigma(F_{k-1} W_k + 1 b_k^T).",
    hypotheses=(activation_is_continuously_differentiable,),
    conclusion=features_have_matrix_form,
    instances=POINTS,
    no_control={
        activation_is_continuously_differentiable: "the matrix form holds for every function",
    },
)


# --- the objective -------------------------------------------------------------------------------


def _double_sum(change: Callable[[Scalar, Scalar], Scalar]) -> Callable[[NetworkPoint], Scalar]:
    def total(s: NetworkPoint) -> Scalar:
        value = s.at.value
        field = value.field
        result = field.scalar(0)
        targets = s.samples.targets.tolist()
        for row, wanted in zip(s.features(s.depth).tolist(), targets, strict=True):
            for feature, target in zip(row, wanted, strict=True):
                residual = change(field.scalar(feature), field.scalar(target))
                result = result + field.scalar(evaluated(s.loss.formula, residual.raw, field))
        return result

    return total


_literal = _double_sum(lambda feature, target: feature - target)


@fact(
    r"\Phi = \sum_{i=1}^N \sum_{j=1}^m l(f_{Lj}(x_i) - y_{ij})",
    mutants={
        "residual reversed": lambda s: equal(s.at.value, _double_sum(lambda f, y: y - f)(s)),
        "targets left out": lambda s: equal(s.at.value, _double_sum(lambda f, y: f)(s)),
        "mean over samples": lambda s: equal(s.at.value * s.count, _literal(s)),
    },
)
def objective_is_sum_of_losses(s: NetworkPoint) -> Verdict:
    """The objective is the sum over samples and outputs of the loss of prediction minus target."""
    return equal(s.at.value, _literal(s))


NH17_D2_loss = Statement(
    key="NH17.D2.loss",
    kind="definition",
    where="Section 2, eq. (1)",
    title="Training objective",
    claim="Phi is the sum of l(f_Lj(x_i) - y_ij) over all i and j, with l in C1; no "
    "regularisation.",
    hypotheses=(loss_is_continuously_differentiable,),
    conclusion=objective_is_sum_of_losses,
    instances=POINTS,
    no_control={loss_is_continuously_differentiable: "the sum is defined for every loss"},
)


# --- the standing assumption ---------------------------------------------------------------------

UNREACHABLE_TARGET = point(
    "target at the limit of tanh",
    widths=(1, 1),
    activation="tanh",
    inputs=[[0]],
    targets=[[1]],
    weights=[[[0]]],
    biases=[[0]],
)

NH17_A2_min = Statement(
    key="NH17.A2.min",
    kind="assumption",
    where="Section 2 (standing)",
    title="The minimum of (1) is attained",
    claim="Throughout, the minimum of the objective over all parameters is attained.",
    hypotheses=(minimum_is_attained,),
    instances=(
        point(
            "interpolating point",
            widths=(1, 1, 1),
            activation="tanh",
            inputs=[[0], [1]],
            targets=[[0], [0]],
            weights=[[[1]], [[0]]],
            biases=[[0], [0]],
        ),
        point(
            "one sample, target inside the range",
            widths=(1, 1),
            activation="tanh",
            inputs=[[0]],
            targets=[["1/2"]],
            weights=[[[0]]],
            biases=[[0]],
        ),
        point(
            "wide layer, targets inside the range",
            widths=(1, 3, 2),
            activation="sigmoid",
            inputs=[[0], [1], [2]],
            targets=[["1/4", "1/2"], ["1/2", "1/3"], ["1/4", "3/4"]],
            weights=[[[0], [0], [0]], [[0, 0, 0], [0, 0, 0]]],
            biases=[[0, 0, 0], [0, 0]],
        ),
    ),
    controls={minimum_is_attained: UNREACHABLE_TARGET},
)

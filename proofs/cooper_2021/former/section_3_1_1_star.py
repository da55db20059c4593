"""Section 3.1.1 of Cooper 2021: the star locus and its last bias.

Notation: as in `loci`; f_p the network, n samples (x_alpha, y_alpha).

Statements
- D3.S   the last bias of the star locus is chosen so that the errors sum to zero

Source: Cooper 2021, sections 3.1.1 and 3.1.2: the definition prints the sum of the targets, and the
end of the proof of Theorem 3.1 says what this choice is made for.
"""

from __future__ import annotations

from symbolic_landscape.arithmetic import Matrix, equal, vanishes
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.networks import Network
from symbolic_landscape.proofs.common.points import NetworkPoint
from symbolic_landscape.proofs.cooper_2021.former.instances import placed, target_mean, target_sum
from symbolic_landscape.proofs.cooper_2021.former.loci import lies_in, star_pieces, star_points
from symbolic_landscape.proofs.cooper_2021.former.section_2 import last_layer_is_affine
from symbolic_landscape.verdict import Evidence, Verdict, fails

# --- the star locus ------------------------------------------------------------------------------


@fact(r"\exists k:\ M_\ell = M_k = 0,\ b_k = \cdots = b_{\ell-1} = 0")
def star_layers_vanish(s: NetworkPoint) -> Verdict:
    """For some k <= l - 1: M_l = M_k = 0 and b_k = ... = b_{l-1} = 0."""
    return lies_in(s, star_pieces(s.network), "S")


@fact(r"b_\ell = \sum_{\alpha=1}^n y_\alpha")
def last_bias_is_target_sum(s: NetworkPoint) -> Verdict:
    """The last bias is the sum of the targets."""
    return _last_bias_is(s, target_sum(s.samples))


@fact(r"b_\ell = \frac1n \sum_{\alpha=1}^n y_\alpha")
def last_bias_is_target_mean(s: NetworkPoint) -> Verdict:
    """The last bias is the mean of the targets."""
    return _last_bias_is(s, target_mean(s.samples))


def _last_bias_is(s: NetworkPoint, value: Matrix) -> Verdict:
    if not s.network.bias:
        return fails(Evidence.EXACT, "the last layer has no bias")
    return equal(s.parameters.biases[-1], value)


@fact(r"f_p(x_\alpha) = b_\ell \quad \forall \alpha")
def outputs_equal_the_last_bias(s: NetworkPoint) -> Verdict:
    """The network answers every sample with the last bias."""
    if not s.network.bias:
        return fails(Evidence.EXACT, "the last layer has no bias")
    column = s.parameters.biases[-1]
    return equal(s.features(s.depth), column.field.ones(s.count, 1) @ column.T)


@fact(r"\sum_{\alpha=1}^n (f_p(x_\alpha) - y_\alpha) = 0")
def errors_sum_to_zero(s: NetworkPoint) -> Verdict:
    """The errors of the network on the samples sum to zero, in each output."""
    return vanishes(error_sum(s))


def error_sum(s: NetworkPoint) -> Matrix:
    """The sum of f_p(x_alpha) - y_alpha over the samples (b, 1)."""
    return s.residuals.T @ s.residuals.field.ones(s.count, 1)


CUBIC = Network(widths=(1, 1, 1, 1), activation="cubic")
"""One neuron in each of two hidden layers, with the activation t + t^3."""


STAR_SUM = (
    placed("one sample", CUBIC, inputs=[[1]], targets=[[3]], values={"W2_11": 2}, last_bias=[3]),
    placed(
        "two samples with opposite targets",
        Network(widths=(2, 2, 3, 1), activation="tanh"),
        inputs=[[0, 1], [1, 1]],
        targets=[[2], [-2]],
        values={"W2_11": 1, "W2_32": "-1/2"},
        last_bias=[0],
    ),
    placed(
        "three samples, two outputs",
        Network(widths=(1, 2, 1, 2), activation="tanh(t**3)"),
        inputs=[[0], [1], [2]],
        targets=[[1, 0], [1, 1], ["1/2", -1]],
        values={"W1_11": 1, "b1_2": 1},
        last_bias=["5/2", 0],
    ),
)


STAR_MEAN = (
    STAR_SUM[0],
    STAR_SUM[1],
    placed(
        "three samples, two outputs",
        Network(widths=(1, 2, 1, 2), activation="tanh(t**3)"),
        inputs=[[0], [1], [2]],
        targets=[[1, 0], [1, 1], ["1/2", -1]],
        values={"W1_11": 1, "b1_2": 1},
        last_bias=["5/6", 0],
    ),
    placed(
        "repeated inputs, three outputs, depth 4",
        Network(widths=(1, 3, 1, 2, 3), activation="algebraic"),
        inputs=[[1], [1]],
        targets=[[1, 0, 2], [-3, 0, "1/2"]],
        values={"W1_11": 1, "W1_21": 1, "b1_1": "3/4", "W3_11": -2},
        last_bias=[-1, 0, "5/4"],
    ),
    placed(
        "all parameters zero but the last bias",
        Network(widths=(2, 1, 4, 1), activation="linear"),
        inputs=[[1, 0], [0, 1], [1, 1]],
        targets=[[0], [0], [1]],
        last_bias=["1/3"],
    ),
)


LIVE_OUTPUT = placed(
    "last weight not zero",
    CUBIC,
    inputs=[[1]],
    targets=[[3]],
    values={"W1_11": 1, "W2_11": 1, "W3_11": 1},
    last_bias=[3],
)


WRONG_BIAS = placed("last bias zero", CUBIC, inputs=[[1]], targets=[[3]], values={"W2_11": 2})


CURVED_OUTPUT = placed(
    "output activation t + t^3",
    Network(widths=(1, 1, 1, 1), activation="cubic", output_activation="cubic"),
    inputs=[[1]],
    targets=[[1]],
    last_bias=[1],
)


TWO_SAMPLES_SUM = placed(
    "sum of two targets", CUBIC, inputs=[[0], [1]], targets=[[1], [2]], last_bias=[3]
)


C21_D3_S = Statement(
    key="C21.D3.S",
    kind="definition",
    where="3.1.1",
    title="Star locus",
    claim=(
        "S_k is the set of parameters with M_l = M_k = 0, b_k = ... = b_{l-1} = 0 and b_l the sum "
        "of the targets; with this choice of b_l the errors sum to zero (end of the proof of 3.1)."
    ),
    hypotheses=(last_layer_is_affine, star_layers_vanish, last_bias_is_target_sum),
    conclusion=errors_sum_to_zero,
    instances=STAR_SUM,
    controls={
        last_layer_is_affine: CURVED_OUTPUT,
        star_layers_vanish: LIVE_OUTPUT,
        last_bias_is_target_sum: WRONG_BIAS,
    },
    strategy=lambda: star_points(target_sum),
    expected=(("refuted", "statement"), ("invalid inference", "step sum_cancels_the_targets")),
)


@C21_D3_S.step(
    premises=(last_layer_is_affine, star_layers_vanish),
    gives=outputs_equal_the_last_bias,
    controls={last_layer_is_affine: CURVED_OUTPUT, star_layers_vanish: LIVE_OUTPUT},
)
def last_weights_pass_nothing_on(s: NetworkPoint, _: Verdict, __: Verdict) -> Verdict:
    """M_l = 0, so that M_l phi_{l-1}(x) + b_l is b_l."""
    return vanishes(s.features(s.depth - 1) @ s.weights(s.depth).T)


@C21_D3_S.step(
    premises=(outputs_equal_the_last_bias, last_bias_is_target_sum),
    gives=errors_sum_to_zero,
    controls={outputs_equal_the_last_bias: LIVE_OUTPUT, last_bias_is_target_sum: WRONG_BIAS},
)
def sum_cancels_the_targets(s: NetworkPoint, _: Verdict, __: Verdict) -> Verdict:
    """The sum over the samples of b_l - y_alpha is zero by the choice of b_l."""
    return _bias_cancels(s)


def _bias_cancels(s: NetworkPoint) -> Verdict:
    """Whether n b_l is the sum of the targets."""
    return equal(s.parameters.biases[-1].scale(s.count), target_sum(s.samples))


C21_D3_S_REPAIRED = C21_D3_S.repair(
    claim=(
        "S_k is the set of parameters with M_l = M_k = 0, b_k = ... = b_{l-1} = 0 and b_l the mean "
        "of the targets; with this choice of b_l the errors sum to zero."
    ),
    minimal=(
        "n b_l must be the sum of the targets, so no other value of b_l serves; the printed sum "
        "serves only for one sample or targets that sum to zero"
    ),
    without=("sum_cancels_the_targets",),
    hypotheses=(last_layer_is_affine, star_layers_vanish, last_bias_is_target_mean),
    instances=STAR_MEAN,
    controls={
        last_layer_is_affine: CURVED_OUTPUT,
        star_layers_vanish: LIVE_OUTPUT,
        last_bias_is_target_mean: TWO_SAMPLES_SUM,
    },
    strategy=lambda: star_points(target_mean),
)


@C21_D3_S_REPAIRED.step(
    premises=(outputs_equal_the_last_bias, last_bias_is_target_mean),
    gives=errors_sum_to_zero,
    controls={
        outputs_equal_the_last_bias: LIVE_OUTPUT,
        last_bias_is_target_mean: TWO_SAMPLES_SUM,
    },
)
def mean_cancels_the_targets(s: NetworkPoint, _: Verdict, __: Verdict) -> Verdict:
    """The sum over the samples of b_l - y_alpha is n b_l minus the sum of the targets: zero."""
    return _bias_cancels(s)

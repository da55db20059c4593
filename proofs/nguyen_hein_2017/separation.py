"""Facts of Lemma 4.3: how the layers below k keep the samples apart.

Notation: X (N, d) the inputs with rows x_i, F_l (N, n_l) the features of layer l with F_0 = X, z_i
the rows of F_{k-1}.

Facts: layer_is_wide_enough, activation_is_bijective, activation_is_injective,
some_direction_separates, first_layer_can_separate, layers_below_can_separate,
samples_can_be_ordered.

Source: NH17, section 4, proof of Lemma 4.3, first part.
"""

from __future__ import annotations

from symbolic_landscape.arithmetic import (
    distinct,
    size_at_least,
    strictly_increasing,
)
from symbolic_landscape.former.lemma import fact
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.nguyen_hein_2017.rank_witness import (
    classes,
    layers_below,
    ordered_layer,
    separating_direction,
)
from symbolic_landscape.proofs.nguyen_hein_2017.scaled_layer import ScaledLayer
from symbolic_landscape.proofs.nguyen_hein_2017.wide_layer import WideLayer
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    fails,
    for_all,
    holds,
    undecided,
)

# --- hypotheses beyond Assumptions 3.2 -----------------------------------------------------------


@fact(r"n_k \ge N - 1")
def layer_is_wide_enough(s: WideLayer) -> Verdict:
    """Layer k has at least N - 1 units."""
    return size_at_least(s.width, s.count - 1)


# --- distinct rows below layer k -----------------------------------------------------------------


@fact(
    r"\sigma: \mathbb{R} \to \mathbb{R} \text{ bijective}",
    mutants={"decreasing": lambda s: s.activation.strictly_decreasing()},
)
def activation_is_bijective(s: WideLayer) -> Verdict:
    """The activation is a bijection of its domain, the real line."""
    limits = s.activation.limits()
    if not limits.is_holds:
        return undecided(f"the limits are not known: {limits.reason}")
    ends = {str(limits.data["left"]), str(limits.data["right"])}
    if ends != {"-infinity", "+infinity"}:
        return fails(limits.evidence, f"it does not reach every real number: {limits.reason}")
    return _one_to_one(s.activation)


def _one_to_one(activation: Activation) -> Verdict:
    """A continuous function of the line is one to one exactly where it is strictly monotone."""
    increasing, decreasing = activation.strictly_increasing(), activation.strictly_decreasing()
    for verdict in (increasing, decreasing):
        if verdict.is_holds:
            return holds(verdict.evidence, verdict.reason)
    if increasing.is_fails and decreasing.is_fails:
        words = f"neither increasing nor decreasing: {increasing.reason}; {decreasing.reason}"
        return fails(min(increasing.evidence, decreasing.evidence), words)
    return undecided(f"no rule shows whether {activation} is strictly monotone")


@fact(
    r"\sigma(s) = \sigma(t) \Rightarrow s = t",
    mutants={"decreasing": lambda s: s.activation.strictly_decreasing()},
)
def activation_is_injective(s: WideLayer) -> Verdict:
    """The activation takes no value twice."""
    return _one_to_one(s.activation)


@fact(
    r"\exists a:\ \langle a, x_i - x_j \rangle \ne 0 \quad (i \ne j)",
    mutants={"each coordinate separates": lambda s: _coordinates_separate(s)},
)
def some_direction_separates(s: WideLayer) -> Verdict:
    """Some direction a has a different projection for each sample, equation (2)."""
    labels = classes(s.inputs)
    for i, label in enumerate(labels):
        if label != i:
            return fails(Evidence.EXACT, f"samples {label} and {i} agree, so do all projections")
    direction = separating_direction(s.inputs)
    if direction is None:
        return undecided("no direction was found")
    projections = [row[0] for row in (s.inputs @ s.inputs.field.column(direction)).tolist()]
    found = distinct(projections)
    words = f"a = {direction} gives {', '.join(map(str, projections))}"
    return found.because(words).giving(direction=direction)


def _coordinates_separate(s: WideLayer) -> Verdict:
    columns = s.inputs.columns()
    return for_all(range(len(columns)), lambda j: distinct(columns[j].rows()), "coordinate")


def _rows_distinct(s: WideLayer, layer: int) -> Verdict:
    """Whether some parameters of layers 1..layer give F_layer distinct rows."""
    labels = classes(s.inputs)
    for i, label in enumerate(labels):
        if label != i:
            words = f"samples {label} and {i} agree, so their features do for all parameters"
            return fails(Evidence.EXACT, words)
    if layer > 0 and s.count > 1 and s.activation.derivative(0).is_constant:
        return fails(Evidence.EXACT, "the activation is constant, so all rows agree")
    below = layers_below(s, layer + 1)
    if below is None:
        return undecided(f"no parameters with distinct rows of F_{layer} were found")
    verdict = distinct(below.features.rows())
    return verdict.because(f"F_{layer} over {below.features.field.name}: {verdict.reason}").giving(
        below=below
    )


@fact(r"\exists (W_1, b_1):\ f_1(x_i) \ne f_1(x_j) \quad (i \ne j)")
def first_layer_can_separate(s: WideLayer) -> Verdict:
    """Some parameters of the first layer give F_1 distinct rows."""
    return _rows_distinct(s, 1)


@fact(r"\exists (W_l, b_l)_{l<k}:\ f_{k-1}(x_i) \ne f_{k-1}(x_j) \quad (i \ne j)")
def layers_below_can_separate(s: WideLayer) -> Verdict:
    """Some parameters of the layers below k give F_{k-1} distinct rows."""
    return _rows_distinct(s, s.layer - 1)


@fact(r"\exists a:\ \langle a, z_1 \rangle < \dots < \langle a, z_N \rangle")
def samples_can_be_ordered(s: WideLayer) -> Verdict:
    """After a reordering of the samples, rows of F_{k-1} increase along some direction."""
    ordered = ordered_layer(s)
    if ordered is None:
        return undecided("no direction was found that separates the rows of F_{k-1}")
    verdict = _increase(ordered.layer)
    words = f"order {ordered.order}, a = {ordered.direction}: {verdict.reason}"
    return verdict.because(words).giving(ordered=ordered)


def _increase(layer: ScaledLayer) -> Verdict:
    tie = layer.tie
    if tie is not None:
        return fails(
            Evidence.EXACT, f"equal samples have equal projections, places {tie} and {tie + 1}"
        )
    return strictly_increasing(layer.projections)

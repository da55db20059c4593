"""Section 6, third step: paths through the later layers up to the output (Lemma 20, A.4).

Notation: see `paths`; R is a right inverse of the weights.

Statements: PS21_L20.

Design notes. Where a claim speaks of all paths at once, it is decided by what their realisation
needs: a rank, or a right inverse.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from symbolic_landscape.arithmetic import (
    QQ,
    equal,
    nonsingular,
    rank_is,
)
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.paths import (
    ActivationPath,
    PathTask,
    WideTask,
    image_ends,
    right_inverse,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.section_6_lifting import (
    LAYER_PATHS,
    PS21_L19,
    preactivation_path_is_realised,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.section_6_wide_layer import (
    PS21_L17,
    PS21_L18,
    inside,
    path_lifts,
    preactivation_path_is_followed,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.setting import (
    ARCTAN,
    EQUAL_INPUTS,
    NEGATIVE_IMAGE,
    WIDE_FIRST,
    WIDE_SECOND,
    activation_is_in_class_a,
    following,
    later_weights_have_full_rank,
    later_widths_do_not_increase,
    spans,
    square_block,
    task,
    tasks,
    wide_layer_spans,
)
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    for_all,
    holds,
    undecided,
)

# --- Lemma 20 -----


@fact(
    r"\forall n_\Gamma^{l^*+1}\ \exists w_\Gamma^{l^*+1}:\ n_\Gamma = w_\Gamma \mathsf{a}^{l^*} + "
    r"w_0^{l^*+1}"
)
def next_preactivations_are_free(s: WideTask) -> Verdict:
    """Every continuous path of pre-activations after the wide layer is followed by its weights."""
    return spans(s)


@fact(
    r"l^* + 1 < L \Rightarrow \forall \mathsf{a}_\Gamma^{l^*+1}\ \exists w_\Gamma^{l^*+1} \text{ "
    r"that realises it}"
)
def next_activations_are_free(s: WideTask) -> Verdict:
    """If a hidden layer follows the wide one, every path of its activations is realised."""
    if s.layer + 1 == s.depth:
        return holds(Evidence.EXACT, "no hidden layer follows the wide one")
    increasing = s.sigma.strictly_increasing()
    if not increasing.is_holds:
        return undecided(f"a path may lift or not: {increasing.reason}")
    return all_of(preactivations_are_free=spans(s), increasing=increasing)


def output_follows(s: PathTask) -> Verdict:
    """Whether the output can follow the path: by ranks, or not at all by what no parameters do."""
    if s.separates_equal_inputs():
        return fails(Evidence.EXACT, "the path parts two samples with the same input")
    why = s.unattainable() if s.nodes is None else ""
    if why:
        return fails(Evidence.EXACT, why)
    spanning = spans(s)
    later = range(s.layer + 2, s.depth + 1)
    carried = for_all(later, lambda k: rank_is(s.weights(k), s.widths[k]), "layer")
    verdict = all_of(
        wide_layer=spanning, later_layers=carried, activation=activation_is_in_class_a.decide(s)
    )
    return undecided(verdict.reason) if verdict.is_fails else verdict


@fact(
    r"\exists w_\Gamma \text{ continuous}:\ w_\Gamma(0) = w,\ f_\Gamma(t) = [f(w_\Gamma(t); "
    r"x_\alpha)]_\alpha"
)
def output_path_is_realised(s: PathTask) -> Verdict:
    """The path of outputs is realised by a continuous path of the parameters."""
    return output_follows(s)


def outputs(base: WideTask, *nodes: Sequence[int | Fraction]) -> PathTask:
    """The task with a path of its output through these distances from the start."""
    return following(base, tuple((tuple(node),) for node in nodes))


GENERIC_DEEP = task(
    "duplicated neurons moved apart",
    widths=(1, 3, 1, 1),
    inputs=((0,), (2,)),
    targets=(1, -1),
    weights=(((1,), (2,), (Fraction(1, 2),)), ((1, 1, 1),), ((3,),)),
    biases=((0, 1, Fraction(1, 4)), (0,), (0,)),
    activation="tanh(t**3)",
)
NEXT_WEIGHTS_ZERO = task(
    "wide layer is the last hidden one, output weights zero",
    widths=(1, 3, 1),
    inputs=((0,), (1,)),
    targets=(1, 0),
    weights=(((1,), (-1,), (2,)), ((0, 0, 0),)),
    biases=((0, 1, 1), (0,)),
)
OUTPUT_PATHS = (
    outputs(WIDE_FIRST, (5, -5, 0), (0, 1, 9)),
    outputs(WIDE_SECOND, (-2, 3)),
    outputs(ARCTAN, (1, 1), (0, 0)),
    outputs(NEGATIVE_IMAGE, (3, 0)),
    following(GENERIC_DEEP, None),
)


def ones(s: WideTask) -> PathTask:
    """The pre-activations of the next layer, all moved by the same amount."""
    return following(s, (((1,) * s.count,) * s.widths[s.layer + 1],))


def inside_path(s: WideTask) -> ActivationPath:
    """A path between two rational values of the activation."""
    ends = image_ends(s.sigma)
    grid = sorted((Fraction(n, 4) for n in range(-12, 13)), key=abs)
    values = [value for value in grid if inside(value, ends).is_holds][:2]
    return ActivationPath(
        name=f"values of {s.sigma}",
        activation=s.sigma.canonical(),
        nodes=tuple(((value,),) for value in values),
    )


def last_layer(s: WideTask) -> PathTask:
    """The output, moved by another amount for each sample, through the last layer of weights."""
    ramp = tuple(Fraction(i) for i in range(1, s.count + 1))
    return following(s, ((ramp,),), layer=s.depth - 1)


PARTED = outputs(EQUAL_INPUTS, (0, 1))

PS21_L20 = Statement(
    key="PS21.L20",
    kind="lemma",
    where="6 Lemma 20, A.4",
    title="any output path is realisable",
    claim=(
        "If the activation vectors of the wide layer span R^N, n_{l+1} <= n_l and w^{l+1} has "
        "full rank n_{l+1} for all l > l*, every continuous path of outputs from the present ones "
        "is realised by a continuous path of parameters from the present ones."
    ),
    hypotheses=(
        activation_is_in_class_a,
        wide_layer_spans,
        later_widths_do_not_increase,
        later_weights_have_full_rank,
    ),
    conclusion=output_path_is_realised,
    instances=(
        *OUTPUT_PATHS,
        outputs(NEXT_WEIGHTS_ZERO, (1, -2)),
    ),
    controls={wide_layer_spans: PARTED},
    no_control={
        activation_is_in_class_a: (
            "other activations realise many paths too; no instance is known that provably "
            "realises none"
        ),
        later_widths_do_not_increase: "weights of rank n_{l+1} have at least n_{l+1} columns",
        later_weights_have_full_rank: (
            "a path may leave the rank-deficient weights at once; no instance is known on which a "
            "path is provably not realised"
        ),
    },
    strategy=lambda: tasks().map(lambda s: outputs(s, tuple(range(1, s.count + 1)))),
    expected=(
        ("hypothesis not discharged", "step carry_through_the_later_layers"),
        ("invalid inference", "step carry_through_the_later_layers"),
    ),
)


@PS21_L20.step(
    premises=(wide_layer_spans, preactivation_path_is_followed),
    gives=next_preactivations_are_free,
    cites=PS21_L17,
    via=ones,
    controls={wide_layer_spans: PARTED},
    no_control={
        preactivation_path_is_followed: "it is followed wherever the wide layer spans R^N",
    },
)
def first_layer_after_the_wide_one(s: WideTask, spanning: Verdict, followed: Verdict) -> Verdict:
    """Lemma 17 holds for every path of pre-activations."""
    block = square_block(s.enclosed_features()) or square_block(s.features(s.layer, None))
    return undecided("no block was found") if block is None else nonsingular(block[0])


@PS21_L20.step(
    premises=(next_preactivations_are_free, activation_is_in_class_a, path_lifts),
    gives=next_activations_are_free,
    cites=PS21_L18,
    via=inside_path,
    controls={next_preactivations_are_free: PARTED},
    no_control={
        activation_is_in_class_a: (
            "for other activations some paths of activations lift and some do not; no instance is "
            "known on which only this premise fails and the yield provably fails"
        ),
        path_lifts: "it holds for every path in the image of an increasing activation",
    },
)
def lift_the_activations(s: WideTask, free: Verdict, sigma: Verdict, lifts: Verdict) -> Verdict:
    """A path of activations lifts to one of pre-activations, which is followed."""
    return all_of(free=free, increasing=s.sigma.strictly_increasing())


@PS21_L20.step(
    premises=(
        next_activations_are_free,
        activation_is_in_class_a,
        later_widths_do_not_increase,
        later_weights_have_full_rank,
        preactivation_path_is_realised,
    ),
    gives=output_path_is_realised,
    cites=PS21_L19,
    via=last_layer,
    controls={next_activations_are_free: PARTED},
    no_control={
        activation_is_in_class_a: "no instance is known on which the yield provably fails",
        later_widths_do_not_increase: "weights of rank n_{l+1} have at least n_{l+1} columns",
        later_weights_have_full_rank: "no instance is known on which the yield provably fails",
        preactivation_path_is_realised: "it follows from the other premises",
    },
)
def carry_through_the_later_layers(
    s: PathTask,
    free: Verdict,
    sigma: Verdict,
    widths: Verdict,
    ranks: Verdict,
    realised: Verdict,
) -> Verdict:
    """Lemmas 18 and 19 carry every path from layer l to layer l + 1, up to the output."""
    return carried_to_the_output(s, free)


def carried_to_the_output(s: PathTask, free: Verdict) -> Verdict:
    """Every later layer has a right inverse, through which a path is pulled down."""

    def pulled(layer: int) -> Verdict:
        found = right_inverse(s.weights(layer))
        if found is None:
            return fails(Evidence.EXACT, f"weights of layer {layer} have no right inverse")
        return equal(s.weights(layer) @ found[0], QQ.identity(s.widths[layer]))

    return all_of(first=free, later=for_all(range(s.layer + 2, s.depth + 1), pulled, "layer"))


def last_layer_if_it_is_not_the_next(s: WideTask) -> PathTask:
    """The output through the last layer; where that is the layer after the wide one, any instance.

    Lemma 19 is not needed there, so it is read on a network that has nothing to do with the task.
    """
    return LAYER_PATHS[0] if s.layer + 1 == s.depth else last_layer(s)


PS21_L20_REPAIRED = PS21_L20.repair(
    claim=(
        "The same claim. Where the wide layer is the last hidden one, Lemma 17 gives it by "
        "itself; Lemma 19 is used for the layers l with l* < l < L only."
    ),
    minimal=(
        "the weights after the wide layer may be zero, and then Lemma 19 does not apply to them; "
        "the claim for that layer needs that its activation vectors span R^N"
    ),
    without=("carry_through_the_later_layers",),
)


@PS21_L20_REPAIRED.step(
    premises=(
        next_preactivations_are_free,
        next_activations_are_free,
        activation_is_in_class_a,
        later_widths_do_not_increase,
        later_weights_have_full_rank,
        preactivation_path_is_realised,
    ),
    gives=output_path_is_realised,
    cites=PS21_L19,
    via=last_layer_if_it_is_not_the_next,
    no_control={
        next_preactivations_are_free: "where it fails, so does the same claim for activations",
        next_activations_are_free: "where it fails, so does the same claim for pre-activations",
        activation_is_in_class_a: "no instance is known on which the yield provably fails",
        later_widths_do_not_increase: "weights of rank n_{l+1} have at least n_{l+1} columns",
        later_weights_have_full_rank: "no instance is known on which the yield provably fails",
        preactivation_path_is_realised: "it follows from the other premises",
    },
)
def carry_through_the_later_layers_if_any(
    s: PathTask,
    preactivations: Verdict,
    activations_: Verdict,
    sigma: Verdict,
    widths: Verdict,
    ranks: Verdict,
    realised: Verdict,
) -> Verdict:
    """The output is the next layer, or Lemmas 18 and 19 carry every path up to it."""
    return carried_to_the_output(s, preactivations)

"""Section 3.2: from near every point a path, non-increasing in the loss, leads to a global minimum.

Notation: see `paths`; L = sum over the samples of (f(x) - y)^2, z the outputs at w'.

Statements: PS21_T5.

Design notes. The printed proof is read as it stands: it finds w' by "Lemma 17" and ends with the
displayed loss along the straight path. That the targets are reached is refuted on controls by what
no parameters can do: equal inputs with different targets, an affine network, a chain of single
neurons.
"""

from __future__ import annotations

from fractions import Fraction

from symbolic_landscape.arithmetic import QQ, RationalFunctions, equal
from symbolic_landscape.arithmetic.polynomials import Interval, nonincreasing_on
from symbolic_landscape.errors import DomainError
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.networks import Parameters
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.paths import (
    OutputPath,
    PathTask,
    WideTask,
    right_inverse,
    squared_norm,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.section_6_later_layers import (
    PS21_L20,
    ones,
    output_path_is_realised,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.section_6_line import (
    PS21_I_LINE,
    loss_shrinks_linearly,
    loss_shrinks_quadratically,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.section_6_wide_layer import (
    PS21_L16,
    PS21_L17,
    generic_parameters_are_near,
    near_and_generic,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.setting import (
    AFFINE,
    EQUAL_INPUTS,
    NARROW,
    NO_RADIUS,
    TASKS,
    activation_is_in_class_a,
    following,
    inputs_are_distinct,
    later_widths_do_not_increase,
    layer_has_more_neurons_than_samples,
    radius_is_positive,
    task,
    tasks,
)
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    for_all,
    undecided,
)

# --- facts -----


@fact(
    r"\exists w':\ \|w - w'\| < \varepsilon \text{ and at } w' \text{ the assumptions of Lemma 20 "
    r"hold}"
)
def assumptions_of_lemma_20_hold_nearby(s: WideTask) -> Verdict:
    """Less than the radius away, all assumptions of Lemma 20 hold."""
    return all_of(
        generic=near_and_generic(s),
        widths=later_widths_do_not_increase.decide(s),
        activation=_without_mutants(activation_is_in_class_a.decide(s)),
    )


def _without_mutants(verdict: Verdict) -> Verdict:
    return Verdict(verdict.outcome, verdict.evidence, verdict.reason, verdict.data)


def straight_path_is_realised_from(s: WideTask, point: Parameters) -> Verdict:
    """Whether the outputs can go straight to the targets, by the ranks at the point."""

    def pulled(layer: int) -> Verdict:
        found = right_inverse(s.weights(layer, point))
        if found is None:
            return fails(Evidence.EXACT, f"weights of layer {layer} have no right inverse")
        return equal(s.weights(layer, point) @ found[0], QQ.identity(s.widths[layer]))

    return for_all(range(s.layer + 2, s.depth + 1), pulled, "layer")


def straight_path_nearby(s: WideTask) -> Verdict:
    """Whether a straight path of outputs to the targets starts at parameters near w.

    HOLDS by generic parameters; FAILS where the radius is not positive, or where no parameters
    reach the targets. That no generic parameters are near refutes nothing.
    """
    if s.radius <= 0:
        return fails(Evidence.EXACT, f"no distance is less than {s.radius}")
    why = s.unattainable()
    if why:
        return fails(Evidence.EXACT, why)
    near = near_and_generic(s)
    if not near.is_holds:
        return undecided(near.reason)
    verdict = all_of(
        start=near,
        later_layers=straight_path_is_realised_from(s, near.data["point"]),
        activation=_without_mutants(activation_is_in_class_a.decide(s)),
    )
    return undecided(verdict.reason) if verdict.is_fails else verdict


@fact(
    r"\exists w',\ \|w - w'\| < \varepsilon,\ \exists w_\Gamma \text{ continuous},\ w_\Gamma(0) = "
    r"w':\ "
    r"f(w_\Gamma(t)) = \mathbf{z} + t (\mathbf{y} - \mathbf{z})"
)
def straight_path_starts_nearby(s: WideTask) -> Verdict:
    """From parameters less than the radius away the outputs go straight to the targets."""
    return straight_path_nearby(s)


def loss_falls_to_zero(s: WideTask, exponent: int) -> Verdict:
    """Whether (1 - t)^exponent |y - z|^2 does not increase on [0, 1] and ends at 0.

    Where z is not rational, any positive number stands for |y - z|^2.
    """
    path = straight_outputs(s)
    distance = squared_norm(path.y - path.z)
    known = distance.field.rational_value(distance.raw)
    t = RationalFunctions(("t",)).generator("t")
    share = (1 - t) ** exponent * (1 if known is None else known)
    return all_of(
        falls=nonincreasing_on(share, Interval(Fraction(0), Fraction(1))),
        ends=equal(QQ.scalar(0) ** exponent, 0),
    )


@fact(
    r"\exists w',\ \|w - w'\| < \varepsilon,\ \exists w_\Gamma \text{ continuous},\ w_\Gamma(0) = "
    r"w':\ "
    r"\mathcal{L}(w_\Gamma(t)) \text{ non-increasing},\ f(w_\Gamma(1); x_\alpha) = y_\alpha"
)
def descent_to_a_global_minimum_starts_nearby(s: WideTask) -> Verdict:
    """From parameters less than the radius away the loss never rises on a path to the targets."""
    return all_of(path=straight_path_nearby(s), loss=loss_falls_to_zero(s, 2))


# --- citations -----


def itself(s: WideTask) -> WideTask:
    """A citation that speaks of the same task."""
    return s


def straight_from_near(s: WideTask) -> PathTask:
    """The straight path to the targets, from the generic parameters near w.

    Raises DomainError where none were found.
    """
    if s.nearby is None:
        message = (
            f"task {s.name}: generic parameters less than {s.radius} away were needed, got none"
        )
        raise DomainError(message)
    near = WideTask(
        name=s.name,
        network=s.network,
        samples=s.samples,
        parameters=s.nearby[0],
        radius=s.radius,
        layer=s.layer,
    )
    return following(near, None)


def straight_outputs(s: WideTask) -> OutputPath:
    """The straight path from the outputs at w': the bias if w'^L = 0, else any outputs."""
    point = s.parameters if s.nearby is None else s.nearby[0]
    predictions: tuple[Fraction | str, ...] = tuple(f"z{i}" for i in range(1, s.count + 1))
    if point.weights[-1].is_zero:
        predictions = (point.biases[-1][0, 0].rational(),) * s.count
    return OutputPath(name=f"outputs of {s.name}", predictions=predictions, targets=s.targets)


# --- Theorem 5 -----

WIDENING = task(
    "widths rise after a bottleneck",
    widths=(1, 3, 1, 2, 1),
    inputs=((0,), (1,)),
    targets=(0, 1),
    weights=(((1,), (-1,), (2,)), ((1, 1, 0),), ((1,), (2,)), ((1, 1),)),
    biases=((0, 1, 1), (0,), (0, 0), (0,)),
)
SOFTPLUS = task(
    "unbounded activation",
    widths=(1, 3, 2, 1),
    inputs=((0,), (1,)),
    targets=(0, 1),
    weights=(((1,), (-1,), (2,)), ((1, 1, 0), (0, 1, 0)), ((1, 1),)),
    biases=((0, 1, 1), (0, 0), (0,)),
    activation="softplus",
)
NO_INSTANCE_KNOWN = (
    "a failing instance would need a proof that no path leads down from any point near w; none is "
    "known"
)
ONLY_TO_DISCHARGE = (
    "it is used to discharge the cited lemma only: where it fails and the yield with it, the "
    "cited conclusion fails too"
)

PS21_T5 = Statement(
    key="PS21.T5",
    kind="theorem",
    where="3.2 Thm 5, proof 6 and A.4",
    title="non-increasing path to a global minimum from an eps-perturbation",
    claim=(
        "With an activation of class A, a hidden layer with more neurons than samples and widths "
        "that do not increase after it, for all w and epsilon > 0 there is w' with |w - w'| < "
        "epsilon from which a path, non-increasing in the squared loss, leads to parameters that "
        "fit every target."
    ),
    hypotheses=(
        activation_is_in_class_a,
        inputs_are_distinct,
        layer_has_more_neurons_than_samples,
        later_widths_do_not_increase,
        radius_is_positive,
    ),
    conclusion=descent_to_a_global_minimum_starts_nearby,
    instances=TASKS,
    controls={
        activation_is_in_class_a: AFFINE,
        inputs_are_distinct: EQUAL_INPUTS,
        layer_has_more_neurons_than_samples: NARROW,
        radius_is_positive: NO_RADIUS,
    },
    no_control={later_widths_do_not_increase: NO_INSTANCE_KNOWN},
    strategy=tasks,
    expected=(
        ("miscited", "step find_a_start_by_lemma_17"),
        ("hypothesis not discharged", "step find_a_start_by_lemma_17"),
        ("invalid inference", "step go_straight_to_the_targets"),
    ),
)

START_PREMISES = (
    activation_is_in_class_a,
    inputs_are_distinct,
    layer_has_more_neurons_than_samples,
    later_widths_do_not_increase,
    radius_is_positive,
    generic_parameters_are_near,
)
START_CONTROLS = {
    activation_is_in_class_a: SOFTPLUS,
    later_widths_do_not_increase: WIDENING,
}
START_NO_CONTROL = {
    inputs_are_distinct: ONLY_TO_DISCHARGE,
    layer_has_more_neurons_than_samples: ONLY_TO_DISCHARGE,
    radius_is_positive: ONLY_TO_DISCHARGE,
    generic_parameters_are_near: "it follows from the other premises",
}


@PS21_T5.step(
    premises=START_PREMISES,
    gives=assumptions_of_lemma_20_hold_nearby,
    cites=PS21_L17,
    via=ones,
    controls=START_CONTROLS,
    no_control=START_NO_CONTROL,
)
def find_a_start_by_lemma_17(
    s: WideTask,
    sigma: Verdict,
    different: Verdict,
    wide: Verdict,
    widths: Verdict,
    radius: Verdict,
    near: Verdict,
) -> Verdict:
    """Applying Lemma 17 we find w' with the assumptions of Lemma 20."""
    return assumptions_at(s, near.data["point"])


def assumptions_at(s: WideTask, point: Parameters) -> Verdict:
    """Whether every hypothesis of Lemma 20 holds at the point."""
    there = following(
        WideTask(
            network=s.network,
            samples=s.samples,
            parameters=point,
            radius=s.radius,
            layer=s.layer,
        ),
        None,
    )
    return all_of(**{h.name: h.decide(there) for h in PS21_L20.hypotheses})


@PS21_T5.step(
    premises=(assumptions_of_lemma_20_hold_nearby, output_path_is_realised),
    gives=straight_path_starts_nearby,
    cites=PS21_L20,
    via=straight_from_near,
    no_control={
        assumptions_of_lemma_20_hold_nearby: (
            "where no such start is near, there is none for the path of the cited lemma either"
        ),
        output_path_is_realised: "it follows from the other premise",
    },
)
def realise_the_straight_path(s: WideTask, start: Verdict, realised: Verdict) -> Verdict:
    """Lemma 20 for the straight path of outputs from w'."""
    return straight_path_is_realised_from(s, start.data["point"])


@PS21_T5.step(
    premises=(straight_path_starts_nearby, loss_shrinks_linearly),
    gives=descent_to_a_global_minimum_starts_nearby,
    cites=PS21_I_LINE,
    via=straight_outputs,
    controls={straight_path_starts_nearby: NO_RADIUS},
    no_control={
        loss_shrinks_linearly: "the loss along a straight path does not depend on the network",
    },
)
def go_straight_to_the_targets(s: WideTask, path: Verdict, loss: Verdict) -> Verdict:
    """Along the straight path the loss is (1 - t) |y - z|^2, which falls to 0."""
    return loss_falls_to_zero(s, 1)


PS21_T5_REPAIRED = PS21_T5.repair(
    claim=(
        "The same claim. Its proof finds w' by Lemma 16, and the loss along the straight path is "
        "(1 - t)^2 |y - z|^2."
    ),
    minimal=(
        "Lemma 17 needs activation vectors that span R^N at w itself, and they do not at zero "
        "weights; Lemma 16 needs no more than a positive radius"
    ),
)


@PS21_T5_REPAIRED.step(
    replaces="find_a_start_by_lemma_17",
    premises=START_PREMISES,
    gives=assumptions_of_lemma_20_hold_nearby,
    cites=PS21_L16,
    via=itself,
    controls=START_CONTROLS,
    no_control=START_NO_CONTROL,
)
def find_a_start_by_lemma_16(
    s: WideTask,
    sigma: Verdict,
    different: Verdict,
    wide: Verdict,
    widths: Verdict,
    radius: Verdict,
    near: Verdict,
) -> Verdict:
    """Lemma 16 gives w' near w at which the assumptions of Lemma 20 hold."""
    return assumptions_at(s, near.data["point"])


@PS21_T5_REPAIRED.step(
    replaces="go_straight_to_the_targets",
    premises=(straight_path_starts_nearby, loss_shrinks_quadratically),
    gives=descent_to_a_global_minimum_starts_nearby,
    cites=PS21_I_LINE,
    via=straight_outputs,
    controls={straight_path_starts_nearby: NO_RADIUS},
    no_control={
        loss_shrinks_quadratically: "the loss along a straight path does not depend on the network",
    },
)
def go_straight_with_the_square(s: WideTask, path: Verdict, loss: Verdict) -> Verdict:
    """Along the straight path the loss is (1 - t)^2 |y - z|^2, which falls to 0."""
    return loss_falls_to_zero(s, 2)

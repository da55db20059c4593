"""Section 4.2 and Appendix A.5: networks that meet the conditions of Theorems 4.1 and 4.2.

Notation: see `appendix_a_paddings` for the padding maps of (7).

Statements: YSJ18_P4_3.

Design notes. The layers above layer j need d_y units each: J[h_{H+1:j+1}] (d_y, d_j) has at most
the rank of the narrowest. Section 4.1 asks for min(d_x, d_y) units only. With widths 1, 3, 2, 3 the
one layer with d_{j-1} = d_x and d_j >= d_y is j = 1, and no network at all meets the conditions of
Theorem 4.2. The claim is read for some such j: with widths 1, 2, 1, 2 the layer j = 1 will not do,
and j = 3 will.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from symbolic_landscape.arithmetic import QQ, equal, size_at_least
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_paddings import (
    YSJ18_E7,
    Widths,
    composition_keeps_the_first_coordinates,
    rectangle,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.function_networks import (
    IDENTITY,
    STEEPER,
    TILTED,
    ZERO,
    linear,
    scaled,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.growth import difference_bound
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.maps import chained
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.problems import Problem, problems
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4 import (
    in_class,
    layers_are_in_their_classes,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4_conditions import (
    jacobian_above_is_bounded_below,
    layers_above_are_twice_differentiable,
    layers_below_are_invertible,
    layers_below_expand,
    point_is_a_global_minimum,
    point_is_critical,
    residual_vanishes_almost_surely,
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


@fact(r"h^* \in \mathcal{F}")
def problem_has_a_target_in_class(s: Problem) -> Verdict:
    """The function h* is in F."""
    return in_class(s.target)


@fact(r"d_i \ge \min(d_x, d_y)")
def problem_has_wide_layers(s: Problem) -> Verdict:
    """Every layer has at least min(d_x, d_y) units."""
    least = min(s.input_width, s.output_width)
    return for_all(range(1, len(s.widths)), lambda i: size_at_least(s.widths[i], least), "layer")


@fact(r"d_x \ge d_y \ \text{or}\ \exists j:\ d_{j-1} = d_x,\ d_j \ge d_y")
def a_theorem_applies(s: Problem) -> Verdict:
    """Either d_x >= d_y, or some layer j has d_{j-1} = d_x and d_j >= d_y."""
    if s.input_width >= s.output_width:
        return holds(Evidence.EXACT, f"{s.input_width} >= {s.output_width}")
    answer = holds if s.joints else fails
    return answer(Evidence.EXACT, f"layers j: {s.joints} for widths {s.widths}")


@fact(r"d_x \ge d_y \ \text{or}\ \exists j:\ d_{j-1} = d_x,\ d_j, \ldots, d_{H+1} \ge d_y")
def a_layer_is_followed_by_wide_ones(s: Problem) -> Verdict:
    """Either d_x >= d_y, or some layer j with d_{j-1} = d_x has d_y units, as those above have."""
    if s.input_width >= s.output_width:
        return holds(Evidence.EXACT, f"{s.input_width} >= {s.output_width}")
    wide = [j for j in s.joints if s.wide_from(j)]
    return (holds if wide else fails)(
        Evidence.EXACT, f"layers j: {s.joints}, with wide layers above: {wide}"
    )


def cases(s: Problem) -> dict[str, list[int]]:
    """The theorems whose words cover the widths, each with the layers that it may move."""
    found = {}
    if s.input_width >= s.output_width:
        found["theorem_4_1"] = [1]
    if s.input_width <= s.output_width:
        found["theorem_4_2"] = s.joints
    return found


def in_each_case(s: Problem, decide: Callable[[int], Verdict]) -> Verdict:
    """A decision in each case, at a layer with wide layers above; FAILS where there is none."""
    parts = {}
    for name, layers in cases(s).items():
        wide = [j for j in layers if s.wide_from(j)]
        if wide:
            parts[name] = decide(wide[0])
        elif all(_rank_above(s, j) < s.output_width <= s.widths[j] for j in layers):
            words = ", ".join(f"rank J <= {_rank_above(s, j)} for j = {j}" for j in layers)
            parts[name] = fails(
                Evidence.EXACT, f"no layer j will do, d_y = {s.output_width}: {words or 'none'}"
            )
        else:
            parts[name] = undecided("layer j itself is narrower than the outputs")
    return all_of(**parts)


def _rank_above(s: Problem, layer: int) -> int:
    """The largest rank of the Jacobian of the layers above this one."""
    return min(s.widths[layer:])


@fact(r"d_j, \ldots, d_{H+1} \ge d_y")
def layers_above_reach_the_outputs(s: Problem) -> Verdict:
    """In each case some layer j, and all layers above it, have at least d_y units."""
    return in_each_case(
        s, lambda j: for_all(s.widths[j:], lambda d: size_at_least(d, s.output_width), "width")
    )


@fact(r"h_{H+1:1} = h^*")
def padded_network_is_the_target(s: Problem) -> Verdict:
    """With h* in layer j and padding maps elsewhere the network is h*."""

    def at(j: int) -> Verdict:
        padded = s.padded(j)
        if difference_bound(padded.layers, s.target) == 0:
            return holds(Evidence.EXACT, "both functions are the same")
        return residual_vanishes_almost_surely.decide(padded)

    return in_each_case(s, at)


def _conditions(s: Problem, epsilon: Fraction) -> Verdict:
    def at(j: int) -> Verdict:
        padded = replace(s.padded(j), epsilon=epsilon)
        needed = {
            "classes": layers_are_in_their_classes,
            "minimum": point_is_a_global_minimum,
            "critical": point_is_critical,
            "jacobian": jacobian_above_is_bounded_below,
            "smoothness": layers_above_are_twice_differentiable,
            "invertible": layers_below_are_invertible,
            "expands": layers_below_expand,
        }
        parts = {name: fact_.decide(padded) for name, fact_ in needed.items()}
        return all_of(**{n: Verdict(v.outcome, v.evidence, v.reason) for n, v in parts.items()})

    return in_each_case(s, at)


@fact(
    r"\exists h:\ L(h) = \inf L,\ h \text{ meets the conditions of the theorem}",
    mutants={"singular values at least 2": lambda s: _conditions(s, Fraction(2))},
)
def a_global_minimum_meets_the_conditions(s: Problem) -> Verdict:
    """For each theorem that covers the widths some critical global minimum meets its conditions."""
    return _conditions(s, Fraction(1))


THROUGH_TWO = Problem(
    name="widths 1, 3, 2, 3",
    widths=(1, 3, 2, 3),
    target=linear((1,), (0,), (0,)),
    inputs=((1,),),
)
NO_JOINT = Problem(
    name="widths 1, 2, 3", widths=(1, 2, 3), target=linear((1,), (0,), (0,)), inputs=((1,),)
)
TOO_NARROW = Problem(
    name="widths 2, 2, 1, 2", widths=(2, 2, 1, 2), target=linear((1, 0), (0, 1)), inputs=((1, 1),)
)

WIDE_ENOUGH = (
    Problem(name="no hidden layer", widths=(1, 1), target=STEEPER, inputs=((1,), (2,)), noise=1),
    Problem(name="zero target", widths=(1, 1, 1), target=ZERO, inputs=((1,),)),
    Problem(
        name="three inputs, one output",
        widths=(3, 1, 2, 1),
        target=linear((1, 2, 0)),
        inputs=((1, 0, 1),),
    ),
    Problem(
        name="two and two, bent, a wide layer",
        widths=(2, 3, 2),
        target=TILTED,
        inputs=((1, 1), (0, 1)),
    ),
    Problem(
        name="one input, two outputs, a narrow layer before a wide one",
        widths=(1, 2, 1, 2),
        target=linear((1,), (3,)),
        inputs=((2,),),
        noise=1,
    ),
    Problem(
        name="one input, three outputs",
        widths=(1, 3, 4, 3),
        target=linear((1,), (0,), (2,)),
        inputs=((1,),),
    ),
    Problem(name="line, four layers", widths=(1, 1, 1, 1, 1), target=scaled(-2), inputs=((1,),)),
    Problem(name="line, wide", widths=(1, 2, 1), target=IDENTITY, inputs=((1,), (-1,))),
)
AT_VALUES = "with finitely many values of X another function of F agrees with h* there"

YSJ18_P4_3 = Statement(
    key="YSJ18.P4.3",
    kind="proposition",
    where="sec. 4.2; proof A.5",
    title="Non-vacuity of T4.1 and T4.2",
    claim=(
        "For each of Theorems 4.1 and 4.2 some global minimum of L meets the conditions of the "
        "theorem. Decided for laws with finitely many values; the conditions for all x."
    ),
    hypotheses=(problem_has_a_target_in_class, problem_has_wide_layers, a_theorem_applies),
    conclusion=a_global_minimum_meets_the_conditions,
    instances=(*WIDE_ENOUGH, THROUGH_TWO),
    controls={problem_has_wide_layers: TOO_NARROW, a_theorem_applies: NO_JOINT},
    no_control={problem_has_a_target_in_class: AT_VALUES},
    strategy=problems,
    expected=(
        ("invalid inference", "step coordinates_pass"),
        ("invalid inference", "step widths_are_large_enough"),
        ("refuted", "statement"),
    ),
)


@YSJ18_P4_3.step(
    premises=(problem_has_wide_layers, a_theorem_applies),
    gives=layers_above_reach_the_outputs,
    controls={problem_has_wide_layers: TOO_NARROW, a_theorem_applies: NO_JOINT},
)
def widths_are_large_enough(s: Problem, wide: Verdict, applies: Verdict) -> Verdict:
    """By assumption the widths are large enough."""
    return in_each_case(s, lambda j: size_at_least(_rank_above(s, j), s.output_width))


def widths_above(s: Problem) -> Widths:
    """The widths from the first layer j with wide layers above, or from the first layer."""
    wide = [j for layers in cases(s).values() for j in layers if s.wide_from(j)]
    return Widths(name=f"widths of {s.name}", widths=s.widths[(wide or [1])[0] :])


@YSJ18_P4_3.step(
    premises=(
        composition_keeps_the_first_coordinates,
        layers_above_reach_the_outputs,
        problem_has_wide_layers,
    ),
    gives=padded_network_is_the_target,
    cites=YSJ18_E7,
    via=widths_above,
    no_control={
        composition_keeps_the_first_coordinates: "it follows from the widths",
        layers_above_reach_the_outputs: (
            "with a narrow layer above, the composition drops a coordinate at once"
        ),
        problem_has_wide_layers: "the layers below j hold d_x coordinates, or j is the first layer",
    },
)
def coordinates_pass(s: Problem, kept: Verdict, wide: Verdict, least: Verdict) -> Verdict:
    """The input passes below layer j, which gives h*(x), and h*(x) passes above it."""

    def at(j: int) -> Verdict:
        padded = s.padded(j)
        below = chained(padded.lower, QQ.zeros(s.input_width, 1))
        above = chained(padded.upper, QQ.zeros(s.widths[j], 1))
        return all_of(
            below=equal(below, QQ.identity(s.input_width)),
            above=equal(above, QQ.matrix(rectangle(s.output_width, s.widths[j]))),
        )

    return in_each_case(s, at)


@YSJ18_P4_3.step(
    premises=(
        padded_network_is_the_target,
        layers_above_reach_the_outputs,
        problem_has_a_target_in_class,
    ),
    gives=a_global_minimum_meets_the_conditions,
    no_control={
        padded_network_is_the_target: "it follows from the widths",
        layers_above_reach_the_outputs: "the other premise fails with it",
        problem_has_a_target_in_class: AT_VALUES,
    },
)
def identities_meet_the_conditions(
    s: Problem, target: Verdict, wide: Verdict, member: Verdict
) -> Verdict:
    """The Jacobian above is a rectangular identity of full row rank, that below an identity."""

    def at(j: int) -> Verdict:
        above = chained(s.padded(j).upper, QQ.zeros(s.widths[j], 1))
        return equal(above @ above.T, QQ.identity(s.output_width))

    return in_each_case(s, at)


YSJ18_P4_3_REPAIRED = YSJ18_P4_3.repair(
    claim=(
        "The same claim, where for Theorem 4.2 layer j and all layers above it have at least d_y "
        "units."
    ),
    minimal=(
        "J[h_{H+1:j+1}] has at most the rank of the narrowest layer above j: widths 1, 3, 2, 3 "
        "leave no network that meets the conditions of Theorem 4.2."
    ),
    hypotheses=(
        problem_has_a_target_in_class,
        problem_has_wide_layers,
        a_layer_is_followed_by_wide_ones,
    ),
    instances=WIDE_ENOUGH,
    controls={problem_has_wide_layers: TOO_NARROW, a_layer_is_followed_by_wide_ones: THROUGH_TWO},
)


@YSJ18_P4_3_REPAIRED.step(
    premises=(problem_has_wide_layers, a_layer_is_followed_by_wide_ones),
    gives=layers_above_reach_the_outputs,
    controls={
        problem_has_wide_layers: TOO_NARROW,
        a_layer_is_followed_by_wide_ones: THROUGH_TWO,
    },
    replaces="widths_are_large_enough",
)
def widths_are_large_enough_above(s: Problem, wide: Verdict, followed: Verdict) -> Verdict:
    """All widths are at least d_y, or those from layer j on are."""
    return in_each_case(s, lambda j: size_at_least(_rank_above(s, j), s.output_width))

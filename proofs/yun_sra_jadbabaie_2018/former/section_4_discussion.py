"""Section 4.2: the theorems are sufficient only.

Notation: see `section_4_existence`; a_k are the first coordinates that a layer must leave as they
are, and g(t) = t prod (t - a_k)^2 / (1 + t^2)^n vanishes doubly at each of them.

Statements: YSJ18_R4.

Design notes. The witness for d_x >= d_y is h* and padding maps, the last layer changed by g(z_1):
it still fits, and its Jacobian is singular somewhere. For d_x < d_y the first layer is changed by
g(x_1)
so that it is not one to one, and h* is the last layer. With no hidden layer the conditions always
hold, so that the words need a hidden layer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from symbolic_landscape.arithmetic import QQ, size_at_least
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_paddings import padding
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.bounds import one_to_one_and_onto
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.function_networks import (
    IDENTITY,
    STEEPER,
    TILTED,
    ZERO,
    linear,
    scaled,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.maps import Map, Ridge, chained
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.population import FunctionNetwork
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.problems import (
    Problem,
    problems,
    widened,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.profiles import Profile
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4 import (
    layers_are_in_their_classes,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4_conditions import (
    point_is_a_global_minimum,
    point_is_critical,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4_existence import (
    AT_VALUES,
    a_global_minimum_meets_the_conditions,
    problem_has_a_target_in_class,
    problem_has_wide_layers,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, holds, undecided

CENTRES = (Fraction(0), Fraction(1), Fraction(-1), Fraction(2), Fraction(1, 2), Fraction(-3))
"""Points at which the changed coordinate is given a slope of 0, or of -1."""


def _times(a: Sequence[Fraction], b: Sequence[Fraction]) -> tuple[Fraction, ...]:
    total = [Fraction(0)] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            total[i + j] += x * y
    return tuple(total)


def bump_through(fixed: Sequence[Fraction]) -> Profile:
    """The function g that is 0 with its slope at the given points, 0 at 0, and bounded."""
    top: tuple[Fraction, ...] = (Fraction(0), Fraction(1))
    bottom: tuple[Fraction, ...] = (Fraction(1),)
    for a in fixed:
        top = _times(top, (a * a, -2 * a, Fraction(1)))
    for _ in range(len(fixed) + 1):
        bottom = _times(bottom, (Fraction(1), Fraction(0), Fraction(1)))
    return Profile(top, bottom)


def bent_at(fixed: Sequence[Fraction], slope: int) -> tuple[Profile, Fraction]:
    """A multiple of g, and a point at which t plus it has this slope."""
    profile = bump_through(fixed)
    for centre in CENTRES:
        there = profile.slope(QQ.scalar(centre))
        if not there.is_zero:
            factor = (QQ.scalar(slope - 1) / there).rational()
            return Profile(tuple(factor * c for c in profile.top), profile.bottom), centre
    return profile, CENTRES[0]


def bent_first_coordinate(layer: Map, profile: Profile) -> Map:
    """The map plus profile(x_1) in its first output."""
    along = tuple(int(j == 0) for j in range(layer.inputs))
    output = tuple(int(i == 0) for i in range(layer.outputs))
    return Map(layer.linear, (*layer.ridges, Ridge(along, output, profile)))


def witness(s: Problem) -> tuple[FunctionNetwork, Fraction]:
    """A network that fits and breaks the conditions, and the point at which it does."""
    maps = [padding(a, b) for a, b in pairwise(s.widths)]
    columns = [QQ.column(x) for x in s.inputs]
    if s.input_width >= s.output_width:
        fixed = [s.target.value(x)[0, 0].rational() for x in columns]
        profile, centre = bent_at(fixed, 0)
        maps[0] = widened(s.target, s.widths[0], s.widths[1])
        maps[-1] = bent_first_coordinate(maps[-1], profile)
    else:
        profile, centre = bent_at([x[0, 0].rational() for x in columns], -1)
        maps[0] = bent_first_coordinate(maps[0], profile)
        maps[-1] = widened(s.target, s.widths[-2], s.widths[-1])
    return s.network(tuple(maps), 1), centre


def _breaks_every_bound(s: Problem, network: FunctionNetwork, centre: Fraction) -> Verdict:
    """Whether no layer and no positive bounds meet the conditions of the theorem at hand."""
    if s.input_width >= s.output_width:
        z = QQ.column([centre, *[0] * (s.widths[1] - 1)])
        rank = chained(network.upper, z).rank()
        answer = holds if rank < s.output_width else fails
        return answer(Evidence.EXACT, f"J[h_{{H+1:2}}] has rank {rank} at z = {z.T}")
    for layer in s.joints:
        moved = replace(network, layer=layer)
        rank = min(d for d in (s.input_width, *s.widths[layer:]))
        above = chained(moved.upper, QQ.zeros(s.widths[layer], 1)).rank()
        if layer == 1 and len(s.widths) > 2 and above <= rank < s.output_width:
            continue
        below = _first_coordinate(network.layers[0])
        if layer > 1 and one_to_one_and_onto((below,), 1).is_fails:
            continue
        return undecided(f"layer {layer} may meet the conditions")
    return holds(Evidence.EXACT, f"no layer of {s.joints} meets them")


def _first_coordinate(layer: Map) -> Map:
    """The first output as a function of the first input."""
    return Map(
        ((layer.linear[0][0],),),
        tuple(Ridge((r.along[0],), (r.output[0],), r.profile) for r in layer.ridges),
    )


@fact(r"H \ge 1")
def there_is_a_hidden_layer(s: Problem) -> Verdict:
    """The network has a hidden layer."""
    return size_at_least(len(s.widths), 3)


@fact(
    r"\exists h:\ L(h) = \inf L,\ D_{h_i}[L(h)] = 0,\ h \text{ breaks the conditions for all } "
    r"\epsilon > 0",
    mutants={"every global minimum does": lambda s: _every_minimum(s)},
)
def some_global_minimum_breaks_the_conditions(s: Problem) -> Verdict:
    """Some global minimum is critical and meets the conditions of the theorem for no bounds."""
    if len(s.widths) == 2:
        return fails(
            Evidence.EXACT, "with one layer nothing is above or below it: the conditions hold"
        )
    network, centre = witness(s)
    return all_of(
        classes=_bare(layers_are_in_their_classes.decide(network)),
        minimum=_bare(point_is_a_global_minimum.decide(network)),
        critical=_bare(point_is_critical.decide(network)),
        breaks=_breaks_every_bound(s, network, centre),
    )


def _bare(verdict: Verdict) -> Verdict:
    return Verdict(verdict.outcome, verdict.evidence, verdict.reason)


def _every_minimum(s: Problem) -> Verdict:
    """The wrong claim that every global minimum breaks the conditions."""
    one = a_global_minimum_meets_the_conditions.decide(s)
    if one.is_holds:
        return fails(Evidence.EXACT, one.reason)
    return undecided(one.reason)


ONE_LAYER = Problem(name="one layer", widths=(1, 1), target=IDENTITY, inputs=((1,),))

YSJ18_R4 = Statement(
    key="YSJ18.R4",
    kind="remark",
    where="sec. 4.2",
    title="T4.1/T4.2 are sufficient only",
    claim=(
        "With a hidden layer the conditions of Theorem 4.1 (for d_x >= d_y) or 4.2 (for d_x < d_y) "
        "are not necessary: some critical global minimum breaks them for all bounds. Decided for "
        "laws with finitely many values."
    ),
    hypotheses=(there_is_a_hidden_layer, problem_has_a_target_in_class, problem_has_wide_layers),
    conclusion=some_global_minimum_breaks_the_conditions,
    instances=(
        Problem(name="line", widths=(1, 1, 1), target=scaled(2), inputs=((1,), (-1,))),
        Problem(name="zero target", widths=(1, 2, 1), target=ZERO, inputs=((1,),), noise=1),
        Problem(name="bent target", widths=(1, 1, 1, 1), target=STEEPER, inputs=((1,), (2,))),
        Problem(name="two and two", widths=(2, 3, 2), target=TILTED, inputs=((1, 0), (1, 1))),
        Problem(
            name="three inputs, one output",
            widths=(3, 1, 1),
            target=linear((1, 1, 1)),
            inputs=((1, 2, 0),),
        ),
        Problem(
            name="one input, two outputs",
            widths=(1, 1, 2),
            target=linear((1,), (2,)),
            inputs=((1,),),
        ),
        Problem(
            name="one input, three outputs, a wide layer",
            widths=(1, 3, 3),
            target=linear((1,), (0,), (2,)),
            inputs=((1,), (2,)),
            noise=1,
        ),
    ),
    controls={there_is_a_hidden_layer: ONE_LAYER},
    no_control={
        problem_has_a_target_in_class: AT_VALUES,
        problem_has_wide_layers: (
            "a narrower layer makes the conditions harder to meet; with finitely many values the "
            "least risk is still taken"
        ),
    },
    strategy=problems,
)


@YSJ18_R4.step(
    premises=(there_is_a_hidden_layer, problem_has_a_target_in_class, problem_has_wide_layers),
    gives=some_global_minimum_breaks_the_conditions,
    controls={there_is_a_hidden_layer: ONE_LAYER},
    no_control={
        problem_has_a_target_in_class: AT_VALUES,
        problem_has_wide_layers: (
            "a narrower layer makes the conditions harder to meet; with finitely many values the "
            "least risk is still taken"
        ),
    },
)
def change_a_layer_away_from_the_data(
    s: Problem, hidden: Verdict, member: Verdict, wide: Verdict
) -> Verdict:
    """A layer may be changed where no value is received, without a change of the risk."""
    network, _ = witness(s)
    risk = network.risk
    if risk is None:
        return undecided("the risk is infinite")
    plain = s.noise * s.noise * s.output_width
    return (holds if (risk * 2 - plain).is_zero else fails)(
        Evidence.EXACT, f"twice the risk is {risk * 2}, the noise alone gives {plain}"
    )

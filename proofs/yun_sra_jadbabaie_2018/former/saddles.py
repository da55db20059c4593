"""From "no global minimum" to a saddle: an outside theorem, Lemma B.1, and the steps between.

Notation: V_1 is the set of points whose product has rank k = min_i d_i.

Statements: EXTERNAL_KAWAGUCHI. Functions: declare_saddle.

Design notes. The outside theorem speaks of d_y <= d_x and Lemma B.1 of d_x < d_y. A step that cites
one of them says nothing in the other case; it is then mapped to a fixed point, of which the
citation is true. Lemma B.1 asks that the point be no local minimum, while the paper shows that it
is no global one: that inference is a step of its own.

Source: Kawaguchi, "Deep learning without poor local minima", 2016, Theorem 2.3 (iii).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic import positive, rank_at_least, size_at_least, size_at_most
from symbolic_landscape.former.lemma import Fact, Instance, Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_b import (
    ONE_SAMPLE,
    YSJ18_LB1,
    inputs_are_fewer_than_outputs,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import BottleneckPoint
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.extrema import (
    point_is_a_saddle,
    point_is_critical,
    point_is_no_local_minimum,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.instances import zeros
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import DeepLinear
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.relaxation import projected_targets
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    correlation_has_full_rank,
    input_gram_has_full_rank,
    singular_values_are_distinct,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_relaxation import (
    full_product,
    point_is_a_global_minimum,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, holds, negation, undecided

if TYPE_CHECKING:
    pass

# --- facts -----


@fact(r"d_y \le d_x")
def outputs_are_at_most_as_many_as_inputs(s: DeepLinear) -> Verdict:
    """The outputs have at most as many coordinates as the inputs."""
    return size_at_most(s.output_width, s.input_width)


@fact(r"L(W) > \inf L", mutants={"least": lambda s: point_is_a_global_minimum.decide(s)})
def point_is_no_global_minimum(s: DeepLinear) -> Verdict:
    """The point is not a global minimum of the risk."""
    return negation(point_is_a_global_minimum.decide(s))


@fact(r"\operatorname{rank}(W_{H+1} \cdots W_1) < k")
def product_is_rank_deficient(s: BottleneckPoint) -> Verdict:
    """The product of the weights has a rank less than k: the point lies outside V_1."""
    return size_at_most(full_product(s).rank(), s.least_width - 1)


@fact(r"\operatorname{rank} R^* = k")
def relaxed_optimum_has_rank_k(s: BottleneckPoint) -> Verdict:
    """Every optimal solution R* of the relaxed problem has rank k."""
    return rank_at_least(projected_targets(s), s.least_width)


def _where(condition: Fact, s: DeepLinear) -> Verdict:
    """Whether the point is a saddle, if the condition on the widths holds."""
    if not condition.decide(s).is_holds:
        return holds(Evidence.EXACT, "the other case of d_x and d_y: nothing is claimed")
    return point_is_a_saddle.decide(s)


@fact(r"d_y \le d_x \Rightarrow W \text{ is a saddle}")
def saddle_if_outputs_are_at_most_inputs(s: DeepLinear) -> Verdict:
    """If d_y <= d_x, the point is a saddle."""
    return _where(outputs_are_at_most_as_many_as_inputs, s)


@fact(r"d_x < d_y \Rightarrow W \text{ is a saddle}")
def saddle_if_inputs_are_fewer(s: DeepLinear) -> Verdict:
    """If d_x < d_y, the point is a saddle."""
    return _where(inputs_are_fewer_than_outputs, s)


@fact(r"\nabla L(W) = 0 \text{ and } W \text{ is neither a local minimum nor a local maximum}")
def point_outside_is_a_saddle(s: DeepLinear) -> Verdict:
    """The critical point outside V_1 is a saddle."""
    return point_is_a_saddle.decide(s)


# --- Kawaguchi's theorem -----

ORIGIN = BottleneckPoint(
    name="one input, one output, zero weights",
    inputs=((1,),),
    targets=((2,),),
    weights=(zeros(1, 1), zeros(1, 1)),
)
FITTED = BottleneckPoint(
    name="one input, one output, fitted",
    inputs=((1,),),
    targets=((2,),),
    weights=(((1,),), ((2,),)),
)
NOT_CRITICAL = BottleneckPoint(
    name="one zero weight, not critical",
    inputs=((1,),),
    targets=((2,),),
    weights=(((1,),), ((0,),)),
)
UNCORRELATED = BottleneckPoint(
    name="zero targets, zero weights",
    inputs=((1,),),
    targets=((0,),),
    weights=(zeros(1, 1), zeros(1, 1)),
)

EXTERNAL_KAWAGUCHI = Statement(
    key="external:kawaguchi_2016_theorem_2_3_iii",
    kind="external",
    where="Kawaguchi 2016, Theorem 2.3 (iii)",
    title="Critical points of deep linear networks that are not least are saddles",
    claim=(
        "For d_y <= d_x, X X^T and X Y^T of full rank and distinct eigenvalues of Y X^T (X X^T)^-1 "
        "X Y^T, every critical point that is no global minimum is a saddle."
    ),
    hypotheses=(
        input_gram_has_full_rank,
        correlation_has_full_rank,
        singular_values_are_distinct,
        outputs_are_at_most_as_many_as_inputs,
        point_is_critical,
        point_is_no_global_minimum,
    ),
    conclusion=point_is_a_saddle,
    instances=(ORIGIN,),
    controls={point_is_critical: NOT_CRITICAL, point_is_no_global_minimum: FITTED},
)


def in_case(condition: Fact, other: DeepLinear) -> Callable[[DeepLinear], Instance]:
    """The point itself where the condition holds, and a fixed point elsewhere."""
    return lambda s: s if condition.decide(s).is_holds else other


WITHOUT_CORRELATION = BottleneckPoint(
    name="widths 2, 2, 2, one singular value, fitted",
    inputs=((1, 0), (0, 1)),
    targets=((1, 0), (0, 0)),
    weights=(((1, 0), (0, 0)), ((1, 0), (0, 0))),
)


MORE_OUTPUTS_FITTED = BottleneckPoint(
    name="one input, two outputs, fitted",
    inputs=((1, 0),),
    targets=((2, 0), (0, 1)),
    weights=(((1,),), ((2,), (0,))),
)


def deficient_product_is_not_optimal(
    s: BottleneckPoint, optimum: Verdict, deficient: Verdict
) -> Verdict:
    """A global minimum has an optimal product, for every map of rank k is some product."""
    fit = full_product(s) @ s.X
    return all_of(
        rank=size_at_most(fit.rank(), s.least_width - 1),
        optimum=size_at_least(projected_targets(s).rank(), fit.rank() + 1),
    )


def local_minimum_would_be_global(s: BottleneckPoint, full: Verdict, higher: Verdict) -> Verdict:
    """Hence it is no local minimum: near it the risk falls along some line or curve."""
    if s.fall is None:
        return undecided("no line or curve was found on which the risk falls")
    power, value = s.fall
    return positive(-value).because(f"along it the risk changes by {value} t^{power} + ...")


def cited_for_few_outputs(
    s: BottleneckPoint, saddle: Verdict, critical: Verdict, higher: Verdict
) -> Verdict:
    """Kawaguchi's theorem: a critical point that is no global minimum is a saddle."""
    return saddle if outputs_are_at_most_as_many_as_inputs.decide(s).is_holds else higher


def cited_for_fewer_inputs(
    s: BottleneckPoint, saddle: Verdict, critical: Verdict, lower: Verdict
) -> Verdict:
    """Lemma B.1: a critical point that is no local minimum is a saddle."""
    return saddle if inputs_are_fewer_than_outputs.decide(s).is_holds else lower


def either_case_is_a_saddle(s: BottleneckPoint, few: Verdict, many: Verdict) -> Verdict:
    """Either d_y <= d_x or d_x < d_y."""
    return all_of(
        few_outputs=few,
        fewer_inputs=many,
        one_case=size_at_least(
            int(outputs_are_at_most_as_many_as_inputs.decide(s).is_holds)
            + int(inputs_are_fewer_than_outputs.decide(s).is_holds),
            1,
        ),
    )


def declare_saddle(statement: Statement, fitted: BottleneckPoint, off: BottleneckPoint) -> None:
    """The steps from the rank of the relaxed optimum to the saddle.

    `fitted` is a global minimum, and `off` a point that is not critical, in both cases of d_y <=
    d_x.
    """
    statement.step(
        premises=(relaxed_optimum_has_rank_k, product_is_rank_deficient),
        gives=point_is_no_global_minimum,
        controls={
            relaxed_optimum_has_rank_k: WITHOUT_CORRELATION,
            product_is_rank_deficient: fitted,
        },
    )(deficient_product_is_not_optimal)
    statement.step(
        premises=(input_gram_has_full_rank, point_is_no_global_minimum),
        gives=point_is_no_local_minimum,
        controls={point_is_no_global_minimum: fitted},
        no_control={input_gram_has_full_rank: "the risk has no other local minima in any case"},
    )(local_minimum_would_be_global)
    statement.step(
        premises=(point_is_a_saddle, point_is_critical, point_is_no_global_minimum),
        gives=saddle_if_outputs_are_at_most_inputs,
        cites=EXTERNAL_KAWAGUCHI,
        via=in_case(outputs_are_at_most_as_many_as_inputs, ORIGIN),
        no_control={
            point_is_a_saddle: "where the theorem is cited, its conclusion is the yield",
            point_is_critical: "without it the conclusion of the theorem fails too",
            point_is_no_global_minimum: "without it the conclusion of the theorem fails too",
        },
    )(cited_for_few_outputs)
    statement.step(
        premises=(point_is_a_saddle, point_is_critical, point_is_no_local_minimum),
        gives=saddle_if_inputs_are_fewer,
        cites=YSJ18_LB1,
        via=in_case(inputs_are_fewer_than_outputs, ONE_SAMPLE),
        no_control={
            point_is_a_saddle: "where the lemma is cited, its conclusion is the yield",
            point_is_critical: "without it the conclusion of the lemma fails too",
            point_is_no_local_minimum: "without it the conclusion of the lemma fails too",
        },
    )(cited_for_fewer_inputs)
    statement.step(
        premises=(saddle_if_outputs_are_at_most_inputs, saddle_if_inputs_are_fewer),
        gives=point_outside_is_a_saddle,
        controls={
            saddle_if_outputs_are_at_most_inputs: off,
            saddle_if_inputs_are_fewer: MORE_OUTPUTS_FITTED,
        },
    )(either_case_is_a_saddle)

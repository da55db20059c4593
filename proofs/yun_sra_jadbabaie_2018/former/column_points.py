"""Points with a bottleneck, and what Theorem 2.2 and its proof say of them.

Notation: R = W_{H+1} ... W_1, k = min_i d_i < min(d_x, d_y), p a layer of width k; V_1 is the set
of points with rank R = k, and V_2 that of those with col(W_{H+1} ... W_{p+1}) = col(U^).

Facts, citations of statements about some of the points, instances, a strategy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st

from symbolic_landscape.former.lemma import Fact, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_b import (
    inputs_are_fewer_than_outputs,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.bottleneck_instances import (
    DEGENERATE_BLOCKS,
    GREATER_FITTED,
    SMALLER_FITTED,
    TWO_NARROW,
    ZERO_BELOW,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import BottleneckPoint
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.exact_points import exact_points
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.extrema import (
    point_is_a_saddle,
    point_is_no_local_minimum,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.instances import zeros
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import DeepLinear
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.rank_points import (
    decided_by,
    if_inside,
    product_rank,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.saddles import (
    outputs_are_at_most_as_many_as_inputs,
    point_is_no_global_minimum,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_chains import (
    product_has_rank_k,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_global import (
    least_exactly_where_leading_space_is_spanned,
    spans_an_invariant_space,
    spans_the_leading_space,
)
from symbolic_landscape.verdict import Evidence, Verdict, holds

# --- facts -----


def is_leading(s: BottleneckPoint) -> bool:
    """Whether the columns of W_{H+1} ... W_{p+1} span the one leading space."""
    return spans_the_leading_space(s).is_holds


@fact(
    r"\operatorname{rank}(W_{H+1} \cdots W_1) = k,\ \operatorname{col}(W_{H+1} \cdots W_{p+1}) = "
    r"\operatorname{col}(\hat U) \Rightarrow L(W) = \inf L, \quad \text{else } W \text{ is a "
    r"saddle}",
    mutants={
        "rank alone": lambda s: decided_by(s, inside=product_rank(s) == s.least_width),
        "columns alone": lambda s: decided_by(s, inside=is_leading(s)),
        "any singular directions": lambda s: decided_by(
            s,
            inside=product_rank(s) == s.least_width and spans_an_invariant_space(s).is_holds,
        ),
        "rank less than k": lambda s: decided_by(s, inside=product_rank(s) < s.least_width),
    },
)
def rank_and_columns_tell_minima_from_saddles(s: BottleneckPoint) -> Verdict:
    """A point of rank k with col(W_{H+1} ... W_{p+1}) = col(U^) is least; any other is a saddle."""
    return decided_by(s, inside=product_rank(s) == s.least_width and is_leading(s))


@fact(
    r"\operatorname{rank}(W_{H+1} \cdots W_1) = k \Rightarrow \bigl(L(W) = \inf L \iff "
    r"\operatorname{col}(W_{H+1} \cdots W_{p+1}) = \operatorname{col}(\hat U)\bigr)"
)
def point_of_v_1_is_least_exactly_in_v_2(s: BottleneckPoint) -> Verdict:
    """If the product has rank k, the point is a global minimum exactly where it lies in V_2."""
    return if_inside(s, least_exactly_where_leading_space_is_spanned.decide)


def if_between(s: BottleneckPoint, decide: Callable[[BottleneckPoint], Verdict]) -> Verdict:
    """The verdict in V_1 outside V_2; elsewhere nothing is claimed."""
    if product_has_rank_k.decide(s).is_holds and not is_leading(s):
        return decide(s)
    return holds(Evidence.EXACT, "the point lies in V_2 or outside V_1: nothing is claimed")


@fact(r"W \in \mathcal{V}_1 \setminus \mathcal{V}_2 \Rightarrow L(W) > \inf L")
def point_between_is_no_global_minimum(s: BottleneckPoint) -> Verdict:
    """If the point lies in V_1 and not in V_2, it is no global minimum."""
    return if_between(s, point_is_no_global_minimum.decide)


@fact(r"W \in \mathcal{V}_1 \setminus \mathcal{V}_2 \Rightarrow W \text{ is no local minimum}")
def point_between_is_no_local_minimum(s: BottleneckPoint) -> Verdict:
    """If the point lies in V_1 and not in V_2, it is no local minimum."""
    return if_between(s, point_is_no_local_minimum.decide)


def _in_case(s: BottleneckPoint, case: Fact) -> Verdict:
    if not case.decide(s).is_holds:
        return holds(Evidence.EXACT, "the other case of d_x and d_y: nothing is claimed")
    return if_between(s, point_is_a_saddle.decide)


@fact(
    r"d_y \le d_x,\ W \in \mathcal{V}_1 \setminus \mathcal{V}_2 \Rightarrow W \text{ is a saddle}"
)
def point_between_is_a_saddle_for_few_outputs(s: BottleneckPoint) -> Verdict:
    """If d_y <= d_x and the point lies in V_1 and not in V_2, it is a saddle."""
    return _in_case(s, outputs_are_at_most_as_many_as_inputs)


@fact(r"d_x < d_y,\ W \in \mathcal{V}_1 \setminus \mathcal{V}_2 \Rightarrow W \text{ is a saddle}")
def point_between_is_a_saddle_for_fewer_inputs(s: BottleneckPoint) -> Verdict:
    """If d_x < d_y and the point lies in V_1 and not in V_2, it is a saddle."""
    return _in_case(s, inputs_are_fewer_than_outputs)


# --- where the citations are read -----

ZERO_WEIGHTS = BottleneckPoint(
    name="widths 2, 1, 2, zero weights",
    inputs=((1, 0), (0, 1)),
    targets=((2, 0), (0, 1)),
    weights=(zeros(1, 2), zeros(2, 1)),
)


def outside_v_1(s: BottleneckPoint) -> BottleneckPoint:
    """The point if its product has a rank other than k, and a fixed point elsewhere."""
    return ZERO_WEIGHTS if product_has_rank_k.decide(s).is_holds else s


def of_v_1(s: BottleneckPoint) -> BottleneckPoint:
    """The point if its product has rank k, and a fixed point elsewhere."""
    return s if product_has_rank_k.decide(s).is_holds else GREATER_FITTED


def between(case: Fact, other: DeepLinear) -> Callable[[BottleneckPoint], DeepLinear]:
    """The point if it lies in V_1 and not in V_2 and the case holds, and a fixed one elsewhere."""

    def place(s: BottleneckPoint) -> DeepLinear:
        inside = product_has_rank_k.decide(s).is_holds and case.decide(s).is_holds
        return s if inside and not is_leading(s) else other

    return place


# --- instances -----

BOTTLENECKS = (
    (2, 1, 2),
    (2, 1, 3),
    (3, 1, 2),
    (3, 2, 3),
    (2, 1, 1, 2),
    (2, 2, 1, 2),
    (2, 1, 4),
    (2, 1, 2, 1, 2),
)
"""Widths with a bottleneck."""


def bottleneck_points() -> st.SearchStrategy[BottleneckPoint]:
    """Exact critical points with a bottleneck, with blocks that the product does not see."""
    return exact_points(BOTTLENECKS)


IRRATIONAL = BottleneckPoint(
    name="widths 3, 1, 3, a rational direction between two irrational ones",
    inputs=((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    targets=((1, 0, 0), (0, 1, 1), (0, 0, 1)),
    weights=(((1, 0, 0),), ((1,), (0,), (0,))),
)
OFF_OUTSIDE = replace(
    ZERO_WEIGHTS,
    name="widths 2, 1, 2, one zero weight, not critical",
    weights=(((1, 0),), zeros(2, 1)),
)
OFF_BETWEEN = replace(
    ZERO_WEIGHTS,
    name="widths 2, 1, 2, the smaller direction, not fitted",
    weights=(((0, 5),), ((0,), (1,))),
)
INSTANCES = (
    SMALLER_FITTED,
    GREATER_FITTED,
    DEGENERATE_BLOCKS,
    TWO_NARROW,
    ZERO_BELOW,
    ZERO_WEIGHTS,
    IRRATIONAL,
    BottleneckPoint(
        name="widths 3, 1, 3, the greater direction, the others irrational",
        inputs=((1, 0, 0), (0, 1, 0), (0, 0, 1)),
        targets=((2, 0, 0), (0, 1, 1), (0, 0, 1)),
        weights=(((2, 0, 0),), ((1,), (0,), (0,))),
    ),
    BottleneckPoint(
        name="widths 2, 1, 1, 3, three outputs, leading columns above zero layers",
        inputs=((1, 0, 0), (0, 1, 0)),
        targets=((2, 0, 0), (0, 1, 0), (0, 0, 1)),
        weights=(zeros(1, 2), zeros(1, 1), ((1,), (0,), (0,))),
        layer=2,
    ),
    BottleneckPoint(
        name="widths 2, 1, 3, three outputs, the smaller direction",
        inputs=((1, 0, 0), (0, 1, 0)),
        targets=((2, 0, 0), (0, 1, 0), (0, 0, 1)),
        weights=(((0, 1),), ((0,), (1,), (0,))),
    ),
    BottleneckPoint(
        name="widths 3, 2, 3, the two greatest of three directions",
        inputs=((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0)),
        targets=((3, 0, 0, 1), (0, 2, 0, 0), (0, 0, 1, 0)),
        weights=(((3, 2, 0), (0, 2, 0)), ((1, -1), (0, 1), (0, 0))),
    ),
)

"""Points without a bottleneck, and what Theorem 2.1 and its proof say of them.

Notation: R = W_{H+1} ... W_1, k = min_i d_i; V_1 is the set of points with rank R = k; E = (R X -
Y) X^T; W_eps as in Section 3.3.

Facts, citations of statements about one half of the theorem, assumptions, instances, strategies.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import nonzero
from symbolic_landscape.former.lemma import Fact, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import (
    BottleneckPoint,
    correlation_error,
    singular_points,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.exact_points import exact_points
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.extrema import point_is_a_saddle
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.instances import zeros
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.relaxation import bare
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.saddles import (
    ORIGIN,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    correlation_has_full_rank,
    input_gram_has_full_rank,
    inputs_are_at_most_as_many_as_samples,
    outputs_are_at_most_as_many_as_samples,
    risk_is_half_the_squared_error,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_chains import (
    product_has_rank_k,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_relaxation import (
    full_product,
    point_is_a_global_minimum,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.wide import (
    FITTED,
    SINGLE_LAYER,
    WIDE_HIDDEN,
    WidePoint,
    some_epsilon_fits,
)
from symbolic_landscape.verdict import Evidence, Verdict, holds

# --- facts -----


def decided_by(s: BottleneckPoint, *, inside: bool) -> Verdict:
    """Whether the point is a global minimum, or a saddle, as the test has it."""
    return bare((point_is_a_global_minimum if inside else point_is_a_saddle).decide(s))


def product_rank(s: BottleneckPoint) -> int:
    """The rank of W_{H+1} ... W_1."""
    return full_product(s).rank()


@fact(
    r"\operatorname{rank}(W_{H+1} \cdots W_1) = k \Rightarrow L(W) = \inf L, \quad "
    r"\operatorname{rank}(W_{H+1} \cdots W_1) \ne k \Rightarrow W \text{ is a saddle}",
    mutants={
        "rank at least k - 1": lambda s: decided_by(s, inside=product_rank(s) >= s.least_width - 1),
        "rank at least 1": lambda s: decided_by(s, inside=product_rank(s) >= 1),
        "rank less than k": lambda s: decided_by(s, inside=product_rank(s) < s.least_width),
        "every factor of rank k": lambda s: decided_by(
            s, inside=all(w.rank() >= s.least_width for w in s.W)
        ),
    },
)
def rank_tells_minima_from_saddles(s: BottleneckPoint) -> Verdict:
    """The point is a global minimum if its product has rank k, and else a saddle."""
    return decided_by(s, inside=product_rank(s) == s.least_width)


def if_inside(s: BottleneckPoint, decide: Callable[[BottleneckPoint], Verdict]) -> Verdict:
    """The verdict where the product has rank k; elsewhere nothing is claimed."""
    if product_has_rank_k.decide(s).is_holds:
        return decide(s)
    return holds(Evidence.EXACT, "the product has a rank other than k: nothing is claimed")


@fact(r"\operatorname{rank}(W_{H+1} \cdots W_1) \ne k \Rightarrow W \text{ is a saddle}")
def point_outside_v_1_is_a_saddle(s: BottleneckPoint) -> Verdict:
    """If the product has a rank other than k, the point is a saddle."""
    if product_has_rank_k.decide(s).is_holds:
        return holds(Evidence.EXACT, "the product has rank k: nothing is claimed")
    return point_is_a_saddle.decide(s)


@fact(
    r"\operatorname{rank}(W_{H+1} \cdots W_1) = k \Rightarrow \exists \epsilon > 0:\ W \in "
    r"\mathcal{W}_\epsilon"
)
def point_of_v_1_lies_in_some_w_eps(s: BottleneckPoint) -> Verdict:
    """If the product has rank k, the point lies in W_eps for some eps > 0."""
    return if_inside(s, lambda point: some_epsilon_fits.decide(with_case(point)))


@fact(r"\operatorname{rank}(W_{H+1} \cdots W_1) = k \Rightarrow L(W) = \inf L")
def point_of_v_1_is_a_global_minimum(s: BottleneckPoint) -> Verdict:
    """If the product has rank k, the point is a global minimum."""
    return if_inside(s, point_is_a_global_minimum.decide)


@fact(r"\operatorname{rank}(W_{H+1} \cdots W_1) \ne k \Rightarrow E \ne 0")
def error_is_correlated_outside_v_1(s: BottleneckPoint) -> Verdict:
    """If the product has a rank other than k, the error is correlated with the inputs: E != 0."""
    if product_has_rank_k.decide(s).is_holds:
        return holds(Evidence.EXACT, "the product has rank k: nothing is claimed")
    return nonzero(correlation_error(s))


# --- where the citations are read -----

LEAST_EPSILON = Fraction(1, 2**30)
"""Smaller numbers are not tried as eps."""


def with_case(s: BottleneckPoint) -> WidePoint:
    """The point with the case that its widths ask for, and eps <= sigma_min where that is > 0."""
    plain = WidePoint(
        name=s.name,
        inputs=s.inputs,
        targets=s.targets,
        weights=s.weights,
        convention=s.convention,
        layer=s.layer,
        case="outputs" if s.output_width <= s.input_width else "inputs",
    )
    epsilon = Fraction(1)
    while epsilon > LEAST_EPSILON and plain.least_square < epsilon**2:
        epsilon /= 2
    return WidePoint(
        name=s.name,
        inputs=s.inputs,
        targets=s.targets,
        weights=s.weights,
        convention=s.convention,
        layer=s.layer,
        case=plain.case,
        epsilon=epsilon,
    )


def of_v_1(s: BottleneckPoint) -> WidePoint:
    """The point with its case and eps if its product has rank k, and a fixed point elsewhere."""
    return with_case(s) if product_has_rank_k.decide(s).is_holds else FITTED


def outside_v_1(s: BottleneckPoint) -> BottleneckPoint:
    """The point if its product has a rank other than k, and a fixed point elsewhere."""
    return ORIGIN if product_has_rank_k.decide(s).is_holds else s


# --- Theorem 2.1 -----


def wide_critical_points() -> st.SearchStrategy[BottleneckPoint]:
    """Points made of singular directions; mostly no layer is narrower than both ends."""
    return st.one_of(
        *[singular_points((1, 2, 3), (1, 2, 3), wide=True)] * 3,
        singular_points((1, 2, 3), (1, 2, 3)),
    )


NO_BOTTLENECK = (
    (1, 1),
    (2, 1),
    (1, 2, 1),
    (1, 1, 3),
    (2, 2, 2),
    (2, 3, 2),
    (2, 2, 4),
    (2, 2, 2, 2),
    (1, 2, 1, 3),
)
"""Widths without a bottleneck."""


def generated_points() -> st.SearchStrategy[BottleneckPoint]:
    """Exact critical points without a bottleneck, with blocks that the product does not see."""
    return exact_points(NO_BOTTLENECK)


ASSUMPTIONS = (
    risk_is_half_the_squared_error,
    inputs_are_at_most_as_many_as_samples,
    outputs_are_at_most_as_many_as_samples,
    input_gram_has_full_rank,
    correlation_has_full_rank,
)
UNUSED: dict[Fact, str] = {
    risk_is_half_the_squared_error: (
        "a positive factor changes no critical point, minimum or saddle"
    ),
    inputs_are_at_most_as_many_as_samples: (
        "X X^T of size d_x has rank at most m, so that its full rank already says d_x <= m"
    ),
    outputs_are_at_most_as_many_as_samples: "the conclusion holds without it",
    input_gram_has_full_rank: (
        "the conclusion holds without it: rank k gives E = 0, and E = 0 gives a product of rank k "
        "where Y X^T has rank k"
    ),
}
FREE_BLOCK = BottleneckPoint(
    name="widths 2, 2, 2, 2, zero ends and a free layer between them",
    inputs=((1, 0, 0), (0, 1, 0)),
    targets=((2, 0, 1), (0, 1, 1)),
    weights=(zeros(2, 2), ((1, 2), (0, 1)), zeros(2, 2)),
)
ZEROS_DEEP = BottleneckPoint(
    name="four layers of zeros, two samples",
    inputs=((1, 1),),
    targets=((1, 2), (0, 1)),
    weights=(zeros(1, 1), zeros(2, 1), zeros(1, 2), zeros(2, 1)),
)
DUPLICATED = BottleneckPoint(
    name="two inputs, one output, duplicated units",
    inputs=((1, 0, 1), (0, 1, 1)),
    targets=((1, 2, 0),),
    weights=(((0, 1), (0, 1)), ((Fraction(1, 2), Fraction(1, 2)),)),
)
SECOND_ONLY = BottleneckPoint(
    name="widths 2, 3, 2, the smaller of two directions",
    inputs=((1, 0), (0, 1)),
    targets=((2, 0), (0, 1)),
    weights=(((0, 1), (0, 0), (0, 0)), ((0, 0, 0), (1, 0, 0))),
)
THREE_OUTPUTS = BottleneckPoint(
    name="widths 2, 2, 3, three outputs, the greater direction",
    inputs=((1, 0, 0), (0, 1, 0)),
    targets=((2, 0, 0), (0, 1, 0), (0, 0, 1)),
    weights=(((2, 0), (0, 0)), ((1, 0), (0, 0), (0, 0))),
)
CHANGED_BASIS = BottleneckPoint(
    name="widths 2, 2, 2, fitted, another basis in the middle",
    inputs=((1, 0), (0, 1)),
    targets=((2, 0), (0, 1)),
    weights=(((2, 1), (0, 1)), ((1, -1), (0, 1))),
)
EVERY_LAYER_OF_RANK_K = BottleneckPoint(
    name="widths 2, 3, 3, 3, 2, every layer of rank 2, a product of rank 1",
    inputs=((1, 0), (0, 1)),
    targets=((2, 0), (0, 1)),
    weights=(
        ((2, 0), (0, 0), (0, 1)),
        ((1, 0, 0), (0, 1, 0), (0, 1, 0)),
        ((1, 0, 0), (0, 0, 0), (0, 1, 1)),
        ((1, 0, 0), (0, 1, 0)),
    ),
)
INSTANCES = (
    ORIGIN,
    EVERY_LAYER_OF_RANK_K,
    FITTED,
    SINGLE_LAYER,
    WIDE_HIDDEN,
    FREE_BLOCK,
    ZEROS_DEEP,
    DUPLICATED,
    SECOND_ONLY,
    THREE_OUTPUTS,
    CHANGED_BASIS,
    BottleneckPoint(
        name="one input, one output, one sample, fitted",
        inputs=((2,),),
        targets=((3,),),
        weights=(((Fraction(3, 4),),), ((2,),)),
    ),
)

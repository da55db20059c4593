"""Section 3.4, Proposition 3.6: when a point of V_1 is critical.

Notation: E = (R X - Y) X^T for the product R; A_i, B_i, p and V_1 as in `section_3_chains`.

Statements: YSJ18_P3_6.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic import Matrix, equal, rank_is, vanishes
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.bottleneck_instances import (
    ABOVE_ONLY,
    BELOW_ONLY,
    BROAD_FITTED,
    DEGENERATE_BLOCKS,
    SMALLER_FITTED,
    TWO_NARROW,
    ZERO_BELOW,
    points_of_v_1,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import (
    BottleneckPoint,
    above,
    below,
    correlation_error,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.extrema import point_is_critical
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.relaxation import bare
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    risk_is_half_the_squared_error,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_chains import (
    NARROW_ENDS,
    YSJ18_D5,
    YSJ18_I3,
    ends_are_wider,
    gradient_has_three_factors,
    inner_layers,
    itself,
    layer_has_the_least_width,
    layer_is_hidden,
    least_width_is_below_both_ends,
    product_has_rank_k,
    spaces_agree_up_to_the_bottleneck,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, for_all, holds, undecided

if TYPE_CHECKING:
    pass

# --- facts -----


def error_above(s: BottleneckPoint, layer: int) -> Matrix:
    """A_i E (d_i, d_x)."""
    return above(s, layer) @ correlation_error(s)


def error_below(s: BottleneckPoint, layer: int) -> Matrix:
    """E B_i (d_y, d_{i-1})."""
    return correlation_error(s) @ below(s, layer)


@fact(r"A_p E = 0,\ E B_{p+1} = 0")
def errors_vanish_at_the_bottleneck(s: BottleneckPoint) -> Verdict:
    """A_p E and E B_{p+1} are zero."""
    return all_of(
        above=vanishes(error_above(s, s.layer)), below=vanishes(error_below(s, s.layer + 1))
    )


def same_answer(first: Verdict, second: Verdict) -> Verdict:
    """Whether two claims hold together or fail together."""
    if first.is_undecided or second.is_undecided:
        return undecided(f"{first.reason}; {second.reason}")
    reason = f"{first.outcome.value}: {first.reason}; {second.outcome.value}: {second.reason}"
    answer = holds if first.outcome is second.outcome else fails
    return answer(min(first.evidence, second.evidence), reason)


def if_then(first: Verdict, second: Verdict) -> Verdict:
    """Whether the second claim holds where the first does."""
    if first.is_fails:
        return holds(first.evidence, f"nothing is claimed: {first.reason}")
    return undecided(first.reason) if first.is_undecided else bare(second)


@fact(
    r"A_i E = 0 \Leftrightarrow A_p E = 0\ (i \le p), \quad "
    r"E B_i = 0 \Leftrightarrow E B_{p+1} = 0\ (i > p)",
    mutants={
        "A_i E for all i": lambda s: for_all(
            range(1, s.depth + 1),
            lambda i: same_answer(vanishes(error_above(s, i)), vanishes(error_above(s, s.layer))),
            "A_",
        ),
        "E B_i for all i": lambda s: for_all(
            range(1, s.depth + 1),
            lambda i: same_answer(
                vanishes(error_below(s, i)), vanishes(error_below(s, s.layer + 1))
            ),
            "B_",
        ),
    },
)
def errors_vanish_together_along_the_chains(s: BottleneckPoint) -> Verdict:
    """A_1 E, ..., A_p E vanish together, and so do E B_{p+1}, ..., E B_{H+1}."""
    upper, lower = inner_layers(s)
    here = vanishes(error_above(s, s.layer)), vanishes(error_below(s, s.layer + 1))
    return all_of(
        above=for_all(upper, lambda i: same_answer(vanishes(error_above(s, i)), here[0]), "A_"),
        below=for_all(lower, lambda i: same_answer(vanishes(error_below(s, i)), here[1]), "B_"),
    )


@fact(
    r"A_p E = 0,\ E B_{p+1} = 0 \Rightarrow \nabla L(W) = 0",
    mutants={"A_p E = 0 alone": lambda s: if_then(vanishes(error_above(s, s.layer)), critical(s))},
)
def vanishing_errors_make_the_point_critical(s: BottleneckPoint) -> Verdict:
    """If A_p E and E B_{p+1} are zero, the point is critical."""
    return if_then(errors_vanish_at_the_bottleneck.decide(s), critical(s))


def critical(s: BottleneckPoint) -> Verdict:
    """Whether the gradient is zero."""
    return point_is_critical.decide(s)


@fact(
    r"\nabla L(W) = 0 \Rightarrow A_p E = 0,\ E B_{p+1} = 0",
    mutants={"E = 0": lambda s: if_then(critical(s), vanishes(correlation_error(s)))},
)
def critical_points_have_vanishing_errors(s: BottleneckPoint) -> Verdict:
    """If the point is critical, A_p E and E B_{p+1} are zero."""
    return if_then(critical(s), errors_vanish_at_the_bottleneck.decide(s))


def _exactly(decide: Callable[[BottleneckPoint], Verdict]) -> Callable[[BottleneckPoint], Verdict]:
    return lambda s: same_answer(critical(s), decide(s))


@fact(
    r"\nabla L(W) = 0 \iff A_p E = 0 \text{ and } E B_{p+1} = 0",
    mutants={
        "A_p E = 0 alone": _exactly(lambda s: vanishes(error_above(s, s.layer))),
        "E B_{p+1} = 0 alone": _exactly(lambda s: vanishes(error_below(s, s.layer + 1))),
        "E = 0": _exactly(lambda s: vanishes(correlation_error(s))),
    },
)
def critical_exactly_where_errors_vanish(s: BottleneckPoint) -> Verdict:
    """The point is critical if and only if A_p E = 0 and E B_{p+1} = 0."""
    return same_answer(critical(s), errors_vanish_at_the_bottleneck.decide(s))


# --- P3.6 -----

YSJ18_P3_6 = Statement(
    key="YSJ18.P3.6",
    kind="proposition",
    where="sec. 3.4",
    title="Criticality inside V_1",
    claim="A point of V_1 is critical if and only if A_p E = 0 and E B_{p+1} = 0.",
    hypotheses=(
        risk_is_half_the_squared_error,
        least_width_is_below_both_ends,
        product_has_rank_k,
        layer_has_the_least_width,
    ),
    conclusion=critical_exactly_where_errors_vanish,
    instances=(
        SMALLER_FITTED,
        ABOVE_ONLY,
        BELOW_ONLY,
        DEGENERATE_BLOCKS,
        TWO_NARROW,
        replace(TWO_NARROW, name="widths 2, 1, 2, 1, 2, the lower of two bottlenecks", layer=1),
        BottleneckPoint(
            name="one sample, widths 2, 1, 3",
            inputs=((1,), (2,)),
            targets=((1,), (0,), (2,)),
            weights=(((1, 0),), ((1,), (0,), (2,))),
        ),
    ),
    controls={product_has_rank_k: ZERO_BELOW, layer_has_the_least_width: BROAD_FITTED},
    no_control={
        risk_is_half_the_squared_error: "a positive factor changes no critical point",
        least_width_is_below_both_ends: (
            "for p = 0 or p = H + 1 a critical point of V_1 has E = 0, and so both products vanish"
        ),
    },
    strategy=points_of_v_1,
)


@YSJ18_P3_6.step(
    premises=(spaces_agree_up_to_the_bottleneck,),
    gives=errors_vanish_together_along_the_chains,
    cites=YSJ18_I3,
    via=itself,
    tried_on=(DEGENERATE_BLOCKS, TWO_NARROW),
    controls={spaces_agree_up_to_the_bottleneck: ZERO_BELOW},
)
def equal_spaces_have_equal_complements(s: BottleneckPoint, spaces: Verdict) -> Verdict:
    """A_i E = 0 says that col(E) is orthogonal to row(A_i), which is the same for all i <= p."""
    upper, lower = inner_layers(s)
    last, first = above(s, s.layer), below(s, s.layer + 1)
    return all_of(
        rows=for_all(upper, lambda i: rank_is(above(s, i).vstack(last), above(s, i).rank()), "A_"),
        columns=for_all(
            lower, lambda i: rank_is(below(s, i).hstack(first), below(s, i).rank()), "B_"
        ),
    )


@YSJ18_P3_6.step(
    premises=(gradient_has_three_factors, errors_vanish_together_along_the_chains),
    gives=vanishing_errors_make_the_point_critical,
    cites=YSJ18_D5,
    via=itself,
    no_control={
        gradient_has_three_factors: "another factor changes no zero of the gradient",
        errors_vanish_together_along_the_chains: (
            "A_i E is a product with A_p E for i <= p at any point, so that this half needs no V_1"
        ),
    },
)
def each_block_has_a_vanishing_factor(
    s: BottleneckPoint, gradient: Verdict, together: Verdict
) -> Verdict:
    """dL/dW_i = (A_i E) B_i for i <= p and A_i (E B_i) for i > p."""
    if not errors_vanish_at_the_bottleneck.decide(s).is_holds:
        return holds(Evidence.EXACT, "some error does not vanish, so that nothing is claimed")
    upper, lower = inner_layers(s)
    return all_of(
        above=for_all(upper, lambda i: vanishes(error_above(s, i)), "A_"),
        below=for_all(lower, lambda i: vanishes(error_below(s, i)), "B_"),
    )


@YSJ18_P3_6.step(
    premises=(least_width_is_below_both_ends, layer_has_the_least_width),
    gives=layer_is_hidden,
    controls={
        least_width_is_below_both_ends: NARROW_ENDS,
        layer_has_the_least_width: replace(BROAD_FITTED, name="looked at from the inputs", layer=0),
    },
)
def bottleneck_is_between_the_ends(
    s: BottleneckPoint, below_ends: Verdict, narrow: Verdict
) -> Verdict:
    """1 <= p <= H, since both ends are wider than k."""
    return ends_are_wider.inference(s, below_ends, narrow)


@YSJ18_P3_6.step(
    premises=(
        gradient_has_three_factors,
        errors_vanish_together_along_the_chains,
        layer_is_hidden,
    ),
    gives=critical_points_have_vanishing_errors,
    cites=YSJ18_D5,
    via=itself,
    controls={errors_vanish_together_along_the_chains: ZERO_BELOW},
    no_control={
        gradient_has_three_factors: "another factor changes no zero of the gradient",
        layer_is_hidden: (
            "for p = 0 or p = H + 1 the chains that remain lead to E = 0 and so to the yield"
        ),
    },
)
def outer_blocks_are_errors(
    s: BottleneckPoint, gradient: Verdict, together: Verdict, hidden: Verdict
) -> Verdict:
    """B_1 and A_{H+1} are identities: dL/dW_1 = A_1 E and dL/dW_{H+1} = E B_{H+1}."""
    return all_of(
        first=equal(s.gradient_term(1), error_above(s, 1)),
        last=equal(s.gradient_term(s.depth), error_below(s, s.depth)),
    )


@YSJ18_P3_6.step(
    premises=(vanishing_errors_make_the_point_critical, critical_points_have_vanishing_errors),
    gives=critical_exactly_where_errors_vanish,
    controls={critical_points_have_vanishing_errors: ZERO_BELOW},
    no_control={vanishing_errors_make_the_point_critical: "it holds at every point"},
)
def both_directions(s: BottleneckPoint, if_part: Verdict, only_if_part: Verdict) -> Verdict:
    """If and only if."""
    return all_of(if_part=if_part, only_if_part=only_if_part)

"""The random procedure of Appendix B: facts about its draws, and the steps that lead to a stop.

Notation: see `linear`; at stage i the product in hand is W_{H+1} ... W_{i+1} V_i ... V_1. "Almost
surely" is over the draws.

Functions: declare_draws, declare_repaired_draws.

Design notes. The steps are declared for each statement that argues so. "Full rank" of a product is
read in the mildest way, as the largest rank min(d_0, ..., d_{H+1}) that its shapes allow; with the
other reading a narrow layer alone would break the inference.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    positive,
    size_at_least,
    sizes_equal,
    vanishes,
)
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.common.externals import (
    EXTERNAL_ANALYTIC_ZERO_SET,
    RealFunction,
    zero_set_is_null,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.extrema import has_higher_points_nearby
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.instances import points, zeros
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import DeepLinear, squared_norm
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    for_all,
    holds,
    undecided,
)


@fact(r"i = H + 1")
def every_layer_was_perturbed(s: DeepLinear) -> Verdict:
    """The procedure has perturbed every layer."""
    return sizes_equal(s.stage, s.depth)


@fact(r"P\bigl(\operatorname{rank} V_i = \min(d_i, d_{i-1})\bigr) = 1 \quad \forall i")
def factors_almost_surely_have_full_rank(s: DeepLinear) -> Verdict:
    """Each factor of the product in hand has full rank with probability one."""

    def factor(layer: int) -> Verdict:
        weight = s.W[layer - 1]
        rank = min(weight.shape) if layer <= s.stage else weight.rank()
        return sizes_equal(rank, min(weight.shape))

    return for_all(range(1, s.depth + 1), factor, "layer")


def almost_sure_rank(s: DeepLinear, stage: int, decide: Callable[[int], Verdict]) -> Verdict:
    """The decision on the rank of the product at a stage, the same for almost every draw."""
    least, most = s.least_almost_sure_rank(stage), s.most_rank(stage)
    if least != most:
        return undecided(f"a draw gives rank {least}, and no draw more than {most}")
    verdict = decide(least)
    return verdict.because(
        f"almost every draw gives rank {least} at stage {stage}: {verdict.reason}"
    )


@fact(r"P\bigl(\operatorname{rank}(V_{H+1} \cdots V_1) = \min_i d_i\bigr) = 1")
def product_almost_surely_has_full_rank(s: DeepLinear) -> Verdict:
    """The product in hand has the largest rank that its shapes allow, with probability one."""
    return almost_sure_rank(s, s.stage, lambda rank: sizes_equal(rank, min(s.widths)))


@fact(r"P\bigl(V_{H+1} \cdots V_1 \ne 0\bigr) = 1")
def product_is_almost_surely_nonzero(s: DeepLinear) -> Verdict:
    """The product in hand is not zero with probability one."""
    return almost_sure_rank(s, s.stage, _at_least_one)


def _at_least_one(rank: int) -> Verdict:
    verdict = size_at_least(rank, 1)
    bare = Verdict(verdict.outcome, verdict.evidence, verdict.reason)
    return bare.against(product_vanishes=lambda: sizes_equal(rank, 0))


def first_nonzero_stage(s: DeepLinear) -> Verdict:
    """The first stage at which the product is almost surely not zero, as `star` in the data."""

    def at_stage(stage: int) -> Verdict:
        return almost_sure_rank(s, stage, _at_least_one)

    for stage in range(1, s.stage + 1):
        there = at_stage(stage)
        if there.is_undecided:
            return there
        if there.is_holds:
            return there.giving(star=stage).against(one_stage_earlier=partial(at_stage, stage - 1))
    return fails(Evidence.EXACT, f"the product is zero at every stage up to {s.stage}")


@fact(
    r"W_H \cdots W_1 = 0 \Rightarrow P(\exists\, i^*:\ W_{H+1} \cdots W_{i^*} V_{i^*-1} \cdots "
    r"V_1 = 0 "
    r"\ne W_{H+1} \cdots W_{i^*+1} V_{i^*} \cdots V_1) = 1"
)
def procedure_almost_surely_stops(s: DeepLinear) -> Verdict:
    """If W_H ... W_1 = 0, some stage almost surely turns the product from zero to nonzero."""
    if not s.below_last.is_zero:
        return holds(Evidence.EXACT, "W_H ... W_1 is not zero, so that nothing is claimed")
    return first_nonzero_stage(s)


@fact(
    r"W_H \cdots W_1 = 0 \Rightarrow \forall \varepsilon > 0\ \exists U:\ \|U - W\| < "
    r"\varepsilon,\ L(U) > L(W)"
)
def higher_points_are_near_where_product_is_zero(s: DeepLinear) -> Verdict:
    """If W_H ... W_1 = 0, points of greater risk lie arbitrarily near."""
    if not s.below_last.is_zero:
        return holds(Evidence.EXACT, "W_H ... W_1 is not zero, so that nothing is claimed")
    return has_higher_points_nearby(s)


# --- the procedure as a function of its draw -----


@dataclass(frozen=True, kw_only=True)
class DrawPolynomial(RealFunction):
    """A polynomial of the draw that is zero where a factor lacks full rank, or the product is zero.

    `of` is "factors": the product over all factors of the sum of the squares of their maximal
    minors; or "product": the sum of the squares of the entries of the product in hand.
    """

    point: DeepLinear
    of: str

    def analytic(self) -> Verdict:
        """A polynomial is analytic."""
        return holds(Evidence.EXACT, "a polynomial in the entries of the draw")

    def not_identically_zero(self) -> Verdict:
        """Decided by one draw, and by the ranks of what is not drawn."""
        chosen = {
            "factors": factors_almost_surely_have_full_rank,
            "product": product_is_almost_surely_nonzero,
        }
        return chosen[self.of].decide(self.point)


def factor_minors(s: DeepLinear) -> DrawPolynomial:
    """The polynomial that vanishes where a factor is rank-deficient."""
    return DrawPolynomial(name=f"minors of the factors, {s.name}", point=s, of="factors")


def product_entries(s: DeepLinear) -> DrawPolynomial:
    """The polynomial that vanishes where the product in hand is zero."""
    return DrawPolynomial(name=f"entries of the product, {s.name}", point=s, of="product")


def any_stage() -> st.SearchStrategy[DeepLinear]:
    """Points of any network with up to three layers, at any stage of the procedure."""
    return points(entries=1)


def fixed_factors() -> st.SearchStrategy[DeepLinear]:
    """Factors before any draw: one input, one output, wider layers between them."""

    @st.composite
    def drawn(draw: st.DrawFn) -> DeepLinear:
        hidden = draw(st.lists(st.just(2), min_size=1, max_size=2))
        widths = [1, *hidden, 1]
        entry = st.integers(-1, 1)
        return DeepLinear(
            inputs=zeros(widths[0], 1),
            targets=zeros(widths[-1], 1),
            weights=tuple(
                tuple(tuple(draw(entry) for _ in range(below)) for _ in range(above))
                for below, above in pairwise(widths)
            ),
            perturbed=0,
        )

    return drawn()


ZERO_AT_START = DeepLinear(
    name="zero weights, nothing perturbed",
    inputs=((1,),),
    targets=((1,), (1,)),
    weights=(zeros(1, 1), zeros(2, 1)),
    perturbed=0,
)
NO_INPUTS = DeepLinear(
    name="inputs all zero, zero weights",
    inputs=((0,),),
    targets=((1,), (1,)),
    weights=(zeros(1, 1), zeros(2, 1)),
)


def rank_deficient_draws_are_null(s: DeepLinear, null: Verdict, drawn: Verdict) -> Verdict:
    """The rank-deficient matrices have Lebesgue measure zero, and each V_i has a density."""
    return for_all(
        range(1, s.depth + 1),
        lambda k: sizes_equal(drawn_rank(s, k), min(s.W[k - 1].shape)),
        "layer",
    )


def drawn_rank(s: DeepLinear, layer: int) -> int:
    """The rank of the rectangle with ones on its diagonal, which is one of the draws."""
    height, width = s.W[layer - 1].shape
    return s.field.matrix([[int(i == j) for j in range(width)] for i in range(height)]).rank()


def full_rank_factors_have_a_full_rank_product(s: DeepLinear, factors: Verdict) -> Verdict:
    """Since each V_i has full rank, so has V_{H+1} ... V_1."""
    return almost_sure_rank(s, s.stage, lambda rank: sizes_equal(rank, min(s.widths)))


def full_rank_product_is_not_zero(s: DeepLinear, product: Verdict) -> Verdict:
    """A product of full rank is not zero, so that some stage turned it from zero to nonzero."""
    return _turned(s)


def _turned(s: DeepLinear) -> Verdict:
    """The last product is almost surely not zero, while the first is zero where P = 0."""
    if not s.below_last.is_zero:
        return holds(Evidence.EXACT, "W_H ... W_1 is not zero, so that nothing is claimed")
    return all_of(
        last_product_is_nonzero=almost_sure_rank(s, s.stage, _at_least_one),
        first_product_is_zero=vanishes(s.product(s.W, s.input_width)),
    )


def declare_draws(statement: Statement) -> None:
    """Declares the printed argument: factors of full rank, hence a product that is not zero."""
    statement.step(
        premises=(zero_set_is_null, every_layer_was_perturbed),
        gives=factors_almost_surely_have_full_rank,
        cites=EXTERNAL_ANALYTIC_ZERO_SET,
        via=factor_minors,
        no_control={
            zero_set_is_null: "the minors of a freely drawn matrix never vanish identically",
            every_layer_was_perturbed: (
                "where the yield fails, an unperturbed factor is rank-deficient, and then the "
                "minors vanish identically: the other premise fails too"
            ),
        },
        strategy=any_stage,
    )(rank_deficient_draws_are_null)
    statement.step(
        premises=(factors_almost_surely_have_full_rank,),
        gives=product_almost_surely_has_full_rank,
        controls={factors_almost_surely_have_full_rank: ZERO_AT_START},
        strategy=fixed_factors,
    )(full_rank_factors_have_a_full_rank_product)
    statement.step(
        premises=(product_almost_surely_has_full_rank,),
        gives=procedure_almost_surely_stops,
        controls={product_almost_surely_has_full_rank: ZERO_AT_START},
        strategy=any_stage,
    )(full_rank_product_is_not_zero)


def product_polynomial_is_not_zero(s: DeepLinear, null: Verdict, drawn: Verdict) -> Verdict:
    """Rectangles with ones on the diagonal are one draw, and their product is not zero."""
    shapes = (w.shape for w in s.W)
    draw = [
        s.field.matrix([[int(i == j) for j in range(width)] for i in range(height)])
        for height, width in shapes
    ]
    return positive(squared_norm(s.product(draw, s.input_width)))


def nonzero_product_was_turned(s: DeepLinear, product: Verdict) -> Verdict:
    """The product was zero before the first stage and is not zero after the last."""
    return _turned(s)


def declare_repaired_draws(statement: Statement) -> None:
    """Declares the repaired argument: the entries of the product are polynomials in the draw."""
    statement.step(
        premises=(zero_set_is_null, every_layer_was_perturbed),
        gives=product_is_almost_surely_nonzero,
        cites=EXTERNAL_ANALYTIC_ZERO_SET,
        via=product_entries,
        no_control={
            zero_set_is_null: "the product of freely drawn matrices never vanishes identically",
            every_layer_was_perturbed: (
                "where the yield fails, unperturbed factors make the product zero for every draw: "
                "the other premise fails too"
            ),
        },
        strategy=any_stage,
        replaces="full_rank_factors_have_a_full_rank_product",
    )(product_polynomial_is_not_zero)
    statement.step(
        premises=(product_is_almost_surely_nonzero,),
        gives=procedure_almost_surely_stops,
        controls={product_is_almost_surely_nonzero: ZERO_AT_START},
        strategy=any_stage,
        replaces="full_rank_product_is_not_zero",
    )(nonzero_product_was_turned)

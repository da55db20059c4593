"""Appendix B: near a point whose product is zero the procedure finds a higher one.

Notation: see `procedure`; P = W_H ... W_1.

Statements: YSJ18_I11.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    Matrix,
    equal,
    positive,
    vanishes,
)
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.instances import points, zeros
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import (
    DeepLinear,
    inner,
    squared_norm,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.procedure import (
    NO_INPUTS,
    ZERO_AT_START,
    declare_draws,
    declare_repaired_draws,
    every_layer_was_perturbed,
    first_nonzero_stage,
    procedure_almost_surely_stops,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    input_gram_has_full_rank,
)
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    undecided,
)


def _turning_draws(s: DeepLinear, star: int) -> Iterator[tuple[list[Matrix], Matrix]]:
    """V_1, ..., V_{i*-1} and Delta_{i*} of draws that make the product nonzero at i* first."""
    for draw in s.directions():
        below = [w + d for w, d in zip(s.W[: star - 1], draw, strict=False)]
        change = s.product([*below, draw[star - 1], *s.W[star:]], s.input_width)
        before = s.product([*below, *s.W[star - 1 :]], s.input_width)
        if before.is_zero and not change.is_zero:
            yield below, draw[star - 1]


def opposite_points(s: DeepLinear, star: int) -> Verdict:
    """The identity for L(U1) + L(U2) and its sign, for the first draw that stops at this stage."""
    for below, move in _turning_draws(s, star):
        change = s.product([*below, move, *s.W[star:]], s.input_width)
        ahead = [*below, s.W[star - 1] + move, *s.W[star:]]
        back = [*below, s.W[star - 1] - move, *s.W[star:]]
        excess = s.risk(ahead) + s.risk(back) - s.risk(s.W) * 2
        square = squared_norm(change @ s.X) * (s.factor * 2)
        return all_of(sum_of_both=equal(excess, square), square=positive(square))
    return undecided("no draw was found that turns the product from zero to nonzero")


def dead_points() -> st.SearchStrategy[DeepLinear]:
    """Points of up to three layers, one or two of them zero, at any stage."""

    @st.composite
    def drawn(draw: st.DrawFn) -> DeepLinear:
        s = draw(points(entries=1))
        dead = draw(st.integers(0, max(0, s.depth - 2)))
        weights = list(s.weights)
        weights[dead] = zeros(len(weights[dead]), len(weights[dead][0]))
        return replace(s, weights=tuple(weights), perturbed=draw(st.sampled_from((None, None, 0))))

    return drawn()


# --- I11 -----


@fact(r"W_H \cdots W_1 = 0")
def product_of_hidden_weights_is_zero(s: DeepLinear) -> Verdict:
    """The product W_H ... W_1 is zero."""
    return vanishes(s.below_last)


@fact(r"P(\exists\, i^*) = 1, \quad L(U^{(1)}) + L(U^{(2)}) = 2L(W) + \|\Delta X\|_F^2 > 2L(W)")
def one_of_two_opposite_points_is_higher(s: DeepLinear) -> Verdict:
    """Some stage almost surely turns the product to nonzero, and then one of U1, U2 is higher.

    U1 and U2 differ from the draw below i* by +Delta and -Delta in layer i*.
    """
    if not s.product(s.W, s.input_width).is_zero:
        return fails(Evidence.EXACT, "the product is not zero at the start: no stage turns it")
    stage = first_nonzero_stage(s)
    if not stage.is_holds:
        return Verdict(stage.outcome, stage.evidence, stage.reason)
    return opposite_points(s, stage.data["star"])


NONZERO_PRODUCT = DeepLinear(
    name="nonzero weights", inputs=((1,),), targets=((1,),), weights=(((1,),), ((1,),))
)

YSJ18_I11 = Statement(
    key="YSJ18.I11",
    kind="identity",
    where="App. B",
    title="Random perturbation argument",
    claim=(
        "If W_H ... W_1 = 0, then for every eps the procedure almost surely returns a stage i*, "
        "and L(U1) + L(U2) = 2 L(W) + |Delta X|^2 > 2 L(W), so that U1 or U2 is higher than W."
    ),
    hypotheses=(
        input_gram_has_full_rank,
        product_of_hidden_weights_is_zero,
        every_layer_was_perturbed,
    ),
    conclusion=one_of_two_opposite_points_is_higher,
    instances=(
        DeepLinear(
            name="one sample, zero weights",
            inputs=((2,),),
            targets=((1,), (3,)),
            weights=(zeros(1, 1), zeros(2, 1)),
        ),
        DeepLinear(
            name="orthogonal layers below, outputs not zero",
            inputs=((1, 0), (0, 1)),
            targets=((1, 0), (0, 1), (1, 1)),
            weights=(((1, 0), (0, 0)), ((0, 0), (0, 1)), ((1, 0), (0, 2), (1, 1))),
        ),
        DeepLinear(
            name="last layer zero too, narrow middle",
            inputs=((1, 0, 1), (0, 1, 1)),
            targets=((1, 2, 0),),
            weights=(zeros(1, 2), zeros(2, 1), zeros(1, 2)),
        ),
        DeepLinear(
            name="more inputs than outputs, second layer zero",
            inputs=((1, 0), (0, 1)),
            targets=((1, 2),),
            weights=(((1, 0), (0, 1)), zeros(3, 2), ((1, 1, 1),)),
        ),
    ),
    controls={
        input_gram_has_full_rank: NO_INPUTS,
        product_of_hidden_weights_is_zero: NONZERO_PRODUCT,
        every_layer_was_perturbed: ZERO_AT_START,
    },
    strategy=dead_points,
    expected=(("invalid inference", "step full_rank_factors_have_a_full_rank_product"),),
)
declare_draws(YSJ18_I11)


@YSJ18_I11.step(
    premises=(
        procedure_almost_surely_stops,
        product_of_hidden_weights_is_zero,
        input_gram_has_full_rank,
    ),
    gives=one_of_two_opposite_points_is_higher,
    controls={
        procedure_almost_surely_stops: ZERO_AT_START,
        product_of_hidden_weights_is_zero: NONZERO_PRODUCT,
        input_gram_has_full_rank: NO_INPUTS,
    },
)
def expand_at_the_opposite_points(
    s: DeepLinear, stops: Verdict, zero: Verdict, full: Verdict
) -> Verdict:
    """L(U1), L(U2) = L(W) + |Delta X|^2 / 2 -+ <Delta X, Y>, since the product at W is zero."""
    star: int = stops.data["star"]
    draw = next(_turning_draws(s, star), None)
    if draw is None:
        return undecided("no draw was found that turns the product from zero to nonzero")
    below, move = draw

    def at(sign: int) -> Verdict:
        there = s.risk([*below, s.W[star - 1] + move.scale(sign), *s.W[star:]])
        change = s.product([*below, move, *s.W[star:]], s.input_width) @ s.X
        terms = squared_norm(change) - inner(change, s.Y) * (2 * sign)
        return equal(there - s.risk(s.W), terms * s.factor)

    return all_of(first=at(1), second=at(-1))


YSJ18_I11_REPAIRED = YSJ18_I11.repair(
    claim=(
        "The same claim. The product V_{H+1} ... V_1 is almost surely not zero, since its entries "
        "are polynomials in the draw that do not all vanish identically."
    ),
    minimal=(
        "full rank of the factors is not enough even for a nonzero product; if not every layer is "
        "perturbed, the product may stay zero"
    ),
    without=("rank_deficient_draws_are_null",),
)
declare_repaired_draws(YSJ18_I11_REPAIRED)

"""Appendix B: every critical point that is no local minimum is a saddle, for d_x < d_y.

Notation: see `linear`; P = W_H ... W_1. "Almost surely" is over the draws of the procedure.

Statements: YSJ18_I10, YSJ18_LB1.

Design notes. The random perturbation is an object of the proof, not of the lemma: an instance
carries the stage that the procedure has reached, and at stage i the product in hand is W_{H+1} ...
W_{i+1} V_i ... V_1. "Full rank" of a product is read in the mildest way, as the largest rank
min(d_0, ..., d_{H+1}) that its shapes allow; with the other reading a narrow layer alone would
break the inference.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import pairwise

from hypothesis import strategies as st

from proofs.common.externals import (
    EXTERNAL_ANALYTIC_ZERO_SET,
    RealFunction,
    zero_set_is_null,
)
from proofs.yun_sra_jadbabaie_2018.instances import DOUBLED, any_point, points, zeros
from proofs.yun_sra_jadbabaie_2018.linear import DeepLinear, Rows, squared_norm
from proofs.yun_sra_jadbabaie_2018.section_2 import (
    correlation_has_full_rank,
    input_gram_has_full_rank,
)
from proofs.yun_sra_jadbabaie_2018.section_3 import (
    YSJ18_L3_2,
    gradient_is_product_of_transposes,
)
from symbolic_landscape.arithmetic import (
    Matrix,
    Scalar,
    equal,
    positive,
    size_at_least,
    sizes_equal,
    vanishes,
)
from symbolic_landscape.lemma import Statement, fact
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    for_all,
    holds,
    undecided,
)

# --- the Hessian block of the last layer -----


def itself(s: DeepLinear) -> DeepLinear:
    """A citation that speaks of the same point."""
    return s


def last_layer_hessian(s: DeepLinear) -> Matrix:
    """The second derivatives by the entries of W_{H+1}, row by row, from differences of the risk.

    L is quadratic in W_{H+1}, so the differences are exact. Shape (d_y d_H, d_y d_H).
    """
    height, width = s.W[-1].shape
    units = [s.unit(s.depth, i, j) for i in range(height) for j in range(width)]
    here = s.risk(s.W)
    single = [s.risk(s.moved(s.depth, unit)) for unit in units]

    def entry(p: int, q: int) -> Scalar:
        both = s.risk(s.moved(s.depth, units[p] + units[q]))
        return both - single[p] - single[q] + here

    places = range(len(units))
    return s.field.matrix([[entry(p, q) for q in places] for p in places])


def kronecker(a: Matrix, b: Matrix) -> Matrix:
    """The Kronecker product."""
    rows = [[x * y for x in left for y in right] for left in a.tolist() for right in b.tolist()]
    return a.field.matrix(rows)


def features_gram(s: DeepLinear) -> Matrix:
    """W_H ... W_1 X X^T W_1^T ... W_H^T (d_H, d_H)."""
    features = s.below_last @ s.X
    return features @ features.T


@fact(
    r"\nabla^2_{\operatorname{vec}(W_{H+1}^T)} L = I \otimes (W_H \cdots W_1 X X^T W_1^T \cdots "
    r"W_H^T)",
    mutants={
        "factors of the Kronecker product exchanged": lambda s: equal(
            last_layer_hessian(s),
            kronecker(features_gram(s), s.field.identity(s.output_width)),
        ),
        "without the inputs": lambda s: equal(
            last_layer_hessian(s),
            kronecker(s.field.identity(s.output_width), s.below_last @ s.below_last.T),
        ),
    },
)
def last_layer_hessian_is_kronecker(s: DeepLinear) -> Verdict:
    """The second derivatives of the risk by vec(W_{H+1}^T) form I (x) (P X)(P X)^T."""
    gram = features_gram(s)
    blocks = kronecker(s.field.identity(s.output_width), gram)
    return equal(last_layer_hessian(s), blocks).giving(gram=gram)


SADDLE_WITH_FEATURES = DeepLinear(
    name="one of two singular directions fitted",
    inputs=((1, 0, 0), (0, 1, 0)),
    targets=((1, 0, 0), (0, 2, 0), (0, 0, 1)),
    weights=(((1, 0), (0, 0)), ((1, 0), (0, 0), (0, 0))),
)

YSJ18_I10 = Statement(
    key="YSJ18.I10",
    kind="identity",
    where="App. B",
    title="Hessian block for the last layer (cites Kawaguchi16 Lemma 4.3)",
    claim="The Hessian of L by vec(W_{H+1}^T) is I (x) (W_H ... W_1 X X^T W_1^T ... W_H^T).",
    conclusion=last_layer_hessian_is_kronecker,
    instances=(
        any_point("any point, widths 1, 2, 1, one sample", (1, 2, 1), 1),
        any_point("any point, widths 1, 1, 2, two samples", (1, 1, 2), 2),
        SADDLE_WITH_FEATURES,
        DeepLinear(
            name="single layer", inputs=((1, 2), (0, 1)), targets=((1, 1),), weights=(((0, 3),),)
        ),
        DeepLinear(
            name="three layers, three outputs",
            inputs=((1, 2),),
            targets=((1, 0), (0, 1), (2, 2)),
            weights=(((1,), (2,)), ((1, -1), (3, 0)), ((0, 1), (1, 1), (0, 0))),
        ),
        DeepLinear(
            name="zero weights", inputs=((1,),), targets=((1,),), weights=(zeros(2, 1), zeros(1, 2))
        ),
    ),
    strategy=points,
)


@YSJ18_I10.step(
    premises=(gradient_is_product_of_transposes,),
    gives=last_layer_hessian_is_kronecker,
    cites=YSJ18_L3_2,
    via=itself,
    controls={gradient_is_product_of_transposes: DOUBLED},
)
def differentiate_the_gradient(s: DeepLinear, gradient: Verdict) -> Verdict:
    """(5) for W_{H+1} is affine in W_{H+1}; its linear part acts on each row as (P X)(P X)^T."""
    here = s.gradient_term(s.depth)
    gram = features_gram(s)
    height, width = s.W[-1].shape

    def row_moves(place: tuple[int, int]) -> Verdict:
        unit = s.unit(s.depth, *place)
        there = s.gradient_term(s.depth, s.moved(s.depth, unit))
        return equal(there - here, unit @ gram)

    return for_all([(i, j) for i in range(height) for j in range(width)], row_moves, "entry")


# --- minimum, maximum, saddle -----


@fact(r"\nabla L(W) = 0")
def point_is_critical(s: DeepLinear) -> Verdict:
    """The gradient of the risk is zero at the point."""
    return vanishes(s.gradient)


def has_lower_points_nearby(s: DeepLinear) -> Verdict:
    """Whether points of smaller risk lie arbitrarily near: by a line, or by the least risk."""
    if s.risk(s.W) == s.least_risk * s.factor * 2:
        return fails(Evidence.EXACT, f"the risk {s.risk(s.W)} is the least of all linear maps")
    found = s.fall
    if found is None:
        return undecided("no line was found on which the risk falls")
    power, value = found
    verdict = positive(-value)
    return verdict.because(f"on a line the risk changes by {value} t^{power} + ...")


def has_higher_points_nearby(s: DeepLinear) -> Verdict:
    """Whether points of greater risk lie arbitrarily near; decided by a line, or by X = 0."""
    if s.X.is_zero:
        return fails(Evidence.EXACT, "X = 0, so that the risk is constant")
    found = s.rise
    if found is None:
        return undecided("no line was found on which the risk rises")
    power, value = found
    return positive(value).because(f"on a line the risk changes by {value} t^{power} + ...")


@fact(r"\forall \varepsilon > 0\ \exists U:\ \|U - W\| < \varepsilon,\ L(U) < L(W)")
def point_is_no_local_minimum(s: DeepLinear) -> Verdict:
    """The point is not a local minimum."""
    return has_lower_points_nearby(s)


@fact(r"\forall \varepsilon > 0\ \exists U:\ \|U - W\| < \varepsilon,\ L(U) > L(W)")
def point_is_no_local_maximum(s: DeepLinear) -> Verdict:
    """The point is not a local maximum."""
    return has_higher_points_nearby(s)


@fact(r"\nabla L(W) = 0 \text{ and } W \text{ is neither a local minimum nor a local maximum}")
def point_is_a_saddle(s: DeepLinear) -> Verdict:
    """The point is a saddle: critical, and neither a local minimum nor a local maximum."""
    return all_of(
        critical=vanishes(s.gradient),
        lower_points=has_lower_points_nearby(s),
        higher_points=has_higher_points_nearby(s),
    )


@fact(r"d_x < d_y")
def inputs_are_fewer_than_outputs(s: DeepLinear) -> Verdict:
    """The inputs have fewer coordinates than the outputs."""
    return size_at_least(s.output_width, s.input_width + 1)


# --- facts of the proof -----


@fact(
    r"W_H \cdots W_1 \ne 0 \Rightarrow \exists v:\ v^T \nabla^2_{\operatorname{vec}(W_{H+1}^T)} "
    r"L\, v > 0"
)
def risk_bends_up_where_product_is_nonzero(s: DeepLinear) -> Verdict:
    """If W_H ... W_1 is not zero, the risk bends upwards in some direction of W_{H+1}."""
    if s.below_last.is_zero:
        return holds(Evidence.EXACT, "W_H ... W_1 = 0, so that nothing is claimed")
    total = squared_norm(s.below_last @ s.X)
    return positive(total).because(f"the trace of (P X)(P X)^T is {total}")


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


def _first_nonzero_stage(s: DeepLinear) -> Verdict:
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
    return _first_nonzero_stage(s)


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


# --- Lemma B.1 -----


def degenerate_points() -> st.SearchStrategy[DeepLinear]:
    """Small data with d_x < d_y, at critical points with two zero layers."""

    @st.composite
    def drawn(draw: st.DrawFn) -> DeepLinear:
        inputs = draw(st.integers(1, 2))
        outputs = inputs + draw(st.integers(1, 2))
        count = draw(st.integers(1, 3))
        hidden = draw(st.lists(st.integers(1, 3), min_size=1, max_size=2))
        entry = st.integers(-2, 2)

        def rows(height: int, width: int, *, free: bool) -> Rows:
            if not free:
                return zeros(height, width)
            return tuple(tuple(draw(entry) for _ in range(width)) for _ in range(height))

        widths = [inputs, *hidden, outputs]
        kept = draw(st.integers(0, len(hidden))) if len(hidden) == 2 else -1
        pairs = enumerate(pairwise(widths))
        return DeepLinear(
            inputs=rows(inputs, count, free=True),
            targets=rows(outputs, count, free=True),
            weights=tuple(rows(above, below, free=k == kept) for k, (below, above) in pairs),
        )

    return drawn()


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


ONE_SAMPLE = DeepLinear(
    name="one sample, zero weights",
    inputs=((2,),),
    targets=((1,), (3,)),
    weights=(zeros(1, 1), zeros(2, 1)),
)
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
NO_INPUTS_NONZERO_PRODUCT = DeepLinear(
    name="inputs all zero, nonzero weights",
    inputs=((0,),),
    targets=((1,), (1,)),
    weights=(((1,),), ((1,), (0,))),
)
UNSEEN_DIRECTION = DeepLinear(
    name="weights on a coordinate that no input has",
    inputs=((1,), (0,)),
    targets=((1,), (1,), (0,)),
    weights=(((0, 1),), ((0,), (0,), (0,))),
)
NOT_CRITICAL = DeepLinear(
    name="not critical",
    inputs=((1, 0),),
    targets=((1, 0), (0, 1)),
    weights=(((1,),), ((2,), (1,))),
)
BEST_FIT = DeepLinear(
    name="best linear map",
    inputs=((1, 0),),
    targets=((1, 0), (2, 1)),
    weights=(((1,),), ((1,), (2,))),
)

INDEPENDENT_OF_STAGE = (
    "it speaks of the procedure of the proof, and the lemma does not mention the procedure"
)

YSJ18_LB1 = Statement(
    key="YSJ18.LB1",
    kind="lemma",
    where="App. B, Lemma B.1",
    title="Critical and not a local minimum => saddle (d_x<d_y)",
    claim=(
        "For d_x < d_y and full ranks of X X^T and Y X^T, any critical point of L that is not a "
        "local minimum is a saddle point."
    ),
    hypotheses=(
        input_gram_has_full_rank,
        correlation_has_full_rank,
        inputs_are_fewer_than_outputs,
        point_is_critical,
        point_is_no_local_minimum,
        every_layer_was_perturbed,
    ),
    conclusion=point_is_a_saddle,
    instances=(
        ONE_SAMPLE,
        SADDLE_WITH_FEATURES,
        DeepLinear(
            name="duplicated hidden units",
            inputs=((1, 0, 0), (0, 1, 0)),
            targets=((1, 0, 0), (0, 2, 0), (0, 0, 1)),
            weights=(
                ((1, 0), (1, 0)),
                ((Fraction(1, 2), Fraction(1, 2)), (0, 0), (0, 0)),
            ),
        ),
        DeepLinear(
            name="narrow layer, zero weights",
            inputs=((1, 0, 1), (0, 1, 1)),
            targets=((1, 2, 0), (0, 1, 0), (1, 1, 2)),
            weights=(zeros(1, 2), zeros(3, 1)),
        ),
        DeepLinear(
            name="wide layer, zero weights",
            inputs=((1, 2),),
            targets=((1, 0), (1, 1)),
            weights=(zeros(4, 1), zeros(2, 4)),
        ),
        DeepLinear(
            name="three layers, the middle one free",
            inputs=((1, 1),),
            targets=((1, 2), (0, 1)),
            weights=(zeros(2, 1), ((1, -1), (2, 0)), zeros(2, 2)),
        ),
        DeepLinear(
            name="last layer kills the correlation",
            inputs=((1, 0), (0, 1)),
            targets=((1, 0), (0, 1), (1, 1)),
            weights=(zeros(2, 2), ((1, 0), (1, 0), (-1, 0))),
        ),
    ),
    controls={point_is_critical: NOT_CRITICAL, point_is_no_local_minimum: BEST_FIT},
    no_control={
        input_gram_has_full_rank: (
            "X = 0 makes the risk constant and every point a local minimum; for any other X the "
            "conclusion holds"
        ),
        correlation_has_full_rank: "the proof never uses it, and the conclusion holds without it",
        inputs_are_fewer_than_outputs: (
            "the proof never uses it, and the conclusion holds without it"
        ),
        every_layer_was_perturbed: INDEPENDENT_OF_STAGE,
    },
    strategy=degenerate_points,
    expected=(("invalid inference", "step full_rank_factors_have_a_full_rank_product"),),
)


@YSJ18_LB1.step(
    premises=(last_layer_hessian_is_kronecker, input_gram_has_full_rank),
    gives=risk_bends_up_where_product_is_nonzero,
    cites=YSJ18_I10,
    via=itself,
    controls={input_gram_has_full_rank: UNSEEN_DIRECTION},
    no_control={
        last_layer_hessian_is_kronecker: (
            "another factor before the squared error multiplies the block by a positive number"
        )
    },
    strategy=points,
)
def semidefinite_and_not_zero(s: DeepLinear, hessian: Verdict, full: Verdict) -> Verdict:
    """(P X)(P X)^T is positive semidefinite, and not zero since X X^T is invertible."""
    gram = hessian.data["gram"]
    if s.below_last.is_zero:
        return holds(Evidence.EXACT, "W_H ... W_1 = 0, so that nothing is claimed")
    diagonal = [gram[i, i] for i in range(gram.shape[0])]
    return positive(sum(diagonal[1:], diagonal[0]))


@YSJ18_LB1.step(
    premises=(zero_set_is_null, every_layer_was_perturbed),
    gives=factors_almost_surely_have_full_rank,
    cites=EXTERNAL_ANALYTIC_ZERO_SET,
    via=factor_minors,
    no_control={
        zero_set_is_null: "the minors of a freely drawn matrix never vanish identically",
        every_layer_was_perturbed: (
            "where the yield fails, an unperturbed factor is rank-deficient, and then the minors "
            "vanish identically: the other premise fails too"
        ),
    },
    strategy=any_stage,
)
def rank_deficient_draws_are_null(s: DeepLinear, null: Verdict, drawn: Verdict) -> Verdict:
    """The rank-deficient matrices have Lebesgue measure zero, and each V_i has a density."""
    return for_all(
        range(1, s.depth + 1),
        lambda k: sizes_equal(_drawn_rank(s, k), min(s.W[k - 1].shape)),
        "layer",
    )


def _drawn_rank(s: DeepLinear, layer: int) -> int:
    """The rank of the rectangle with ones on its diagonal, which is one of the draws."""
    height, width = s.W[layer - 1].shape
    return s.field.matrix([[int(i == j) for j in range(width)] for i in range(height)]).rank()


@YSJ18_LB1.step(
    premises=(factors_almost_surely_have_full_rank,),
    gives=product_almost_surely_has_full_rank,
    controls={factors_almost_surely_have_full_rank: ZERO_AT_START},
    strategy=fixed_factors,
)
def full_rank_factors_have_a_full_rank_product(s: DeepLinear, factors: Verdict) -> Verdict:
    """Since each V_i has full rank, so has V_{H+1} ... V_1."""
    return almost_sure_rank(s, s.stage, lambda rank: sizes_equal(rank, min(s.widths)))


@YSJ18_LB1.step(
    premises=(product_almost_surely_has_full_rank,),
    gives=procedure_almost_surely_stops,
    controls={product_almost_surely_has_full_rank: ZERO_AT_START},
    strategy=any_stage,
)
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


@YSJ18_LB1.step(
    premises=(procedure_almost_surely_stops, input_gram_has_full_rank),
    gives=higher_points_are_near_where_product_is_zero,
    controls={input_gram_has_full_rank: NO_INPUTS},
    no_control={
        procedure_almost_surely_stops: (
            "the yield does not depend on the stage, and holds wherever X is not zero"
        )
    },
    strategy=any_stage,
)
def one_of_two_opposite_points_is_higher(s: DeepLinear, stops: Verdict, full: Verdict) -> Verdict:
    """L(U1) + L(U2) - 2 L(W) = |Delta X|^2 > 0 for the points W_{i*} + Delta, W_{i*} - Delta."""
    if "star" not in stops.data:
        return holds(Evidence.EXACT, "W_H ... W_1 is not zero, so that nothing is claimed")
    star: int = stops.data["star"]
    return opposite_points(s, star)


def opposite_points(s: DeepLinear, star: int) -> Verdict:
    """The identity for L(U1) + L(U2) and its sign, for the first draw that stops at this stage."""
    for draw in s.directions():
        below = [w + d for w, d in zip(s.W[: star - 1], draw, strict=False)]
        change = s.product([*below, draw[star - 1], *s.W[star:]], s.input_width)
        if change.is_zero or not s.product([*below, *s.W[star - 1 :]], s.input_width).is_zero:
            continue
        ahead = [*below, s.W[star - 1] + draw[star - 1], *s.W[star:]]
        back = [*below, s.W[star - 1] - draw[star - 1], *s.W[star:]]
        excess = s.risk(ahead) + s.risk(back) - s.risk(s.W) * 2
        square = squared_norm(change @ s.X) * (s.factor * 2)
        return all_of(sum_of_both=equal(excess, square), square=positive(square))
    return undecided("no draw was found that turns the product from zero to nonzero")


@YSJ18_LB1.step(
    premises=(risk_bends_up_where_product_is_nonzero, higher_points_are_near_where_product_is_zero),
    gives=point_is_no_local_maximum,
    controls={
        risk_bends_up_where_product_is_nonzero: NO_INPUTS_NONZERO_PRODUCT,
        higher_points_are_near_where_product_is_zero: NO_INPUTS,
    },
    strategy=points,
)
def both_cases_have_higher_points(s: DeepLinear, nonzero: Verdict, zero: Verdict) -> Verdict:
    """W_H ... W_1 is zero or it is not; in both cases points of greater risk lie near."""
    if s.below_last.is_zero:
        return holds(zero.evidence, zero.reason)
    unit = s.field.ones(*s.W[-1].shape)
    still = [w.scale(0) for w in s.W[:-1]]
    candidates = [unit, *(s.unit(s.depth, 0, j) for j in range(unit.shape[1]))]
    rises = [s.along([*still, direction])[2] for direction in candidates]
    return positive(max(rises))


@YSJ18_LB1.step(
    premises=(point_is_critical, point_is_no_local_minimum, point_is_no_local_maximum),
    gives=point_is_a_saddle,
    controls={point_is_critical: NOT_CRITICAL, point_is_no_local_minimum: BEST_FIT},
    no_control={
        point_is_no_local_maximum: (
            "the risk is convex in the last layer: a local maximum is a point where it is "
            "constant nearby"
        )
    },
)
def saddle_by_definition(
    s: DeepLinear, critical: Verdict, lower: Verdict, higher: Verdict
) -> Verdict:
    """A critical point that is neither a local minimum nor a local maximum is a saddle."""
    return all_of(critical=critical, lower_points=lower, higher_points=higher)


YSJ18_LB1_REPAIRED = YSJ18_LB1.repair(
    claim=(
        "The same claim. In its proof the product V_{H+1} ... V_1 is almost surely not zero, "
        "since its entries are polynomials in the draw that do not all vanish identically."
    ),
    minimal=(
        "full rank of the factors is not enough even for a nonzero product; that every layer is "
        "perturbed is needed, since the product of unperturbed layers is zero"
    ),
    without=("rank_deficient_draws_are_null",),
)


@YSJ18_LB1_REPAIRED.step(
    premises=(zero_set_is_null, every_layer_was_perturbed),
    gives=product_is_almost_surely_nonzero,
    cites=EXTERNAL_ANALYTIC_ZERO_SET,
    via=product_entries,
    no_control={
        zero_set_is_null: "the product of freely drawn matrices never vanishes identically",
        every_layer_was_perturbed: (
            "where the yield fails, unperturbed factors make the product zero for every draw: the "
            "other premise fails too"
        ),
    },
    strategy=any_stage,
    replaces="full_rank_factors_have_a_full_rank_product",
)
def product_polynomial_is_not_zero(s: DeepLinear, null: Verdict, drawn: Verdict) -> Verdict:
    """Rectangles with ones on the diagonal are one draw, and their product is not zero."""
    shapes = (w.shape for w in s.W)
    draw = [
        s.field.matrix([[int(i == j) for j in range(width)] for i in range(height)])
        for height, width in shapes
    ]
    return positive(squared_norm(s.product(draw, s.input_width)))


@YSJ18_LB1_REPAIRED.step(
    premises=(product_is_almost_surely_nonzero,),
    gives=procedure_almost_surely_stops,
    controls={product_is_almost_surely_nonzero: ZERO_AT_START},
    strategy=any_stage,
    replaces="full_rank_product_is_not_zero",
)
def nonzero_product_was_turned(s: DeepLinear, product: Verdict) -> Verdict:
    """The product was zero before the first stage and is not zero after the last."""
    return _turned(s)

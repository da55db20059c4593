"""Section 2.2: residual linear networks near the identity.

Notation: x has mean 0 and covariance C, y = R x + xi with standard noise xi; P is the product of
the I + W_i; the risk is E |P x - y|^2 / 2.

Statements: YSJ18_C2_3.

Design notes. With sigma_max(W_i) < 1 every I + W_i has a positive determinant. So with det R <= 0
and an invertible covariance there is no critical point in that range, and dropping det R > 0 adds
nothing there; what it adds is in the larger set of all products of full rank.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import (
    equal,
    nonsingular,
    positive,
    positive_definite,
    rank_is,
    vanishes,
)
from symbolic_landscape.former.lemma import Regime, Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear_population import (
    LinearPopulation,
    critical_populations,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.population_instances import (
    NEGATIVE,
    NO_TRUTH,
    NOT_CRITICAL,
    ONE_WIDE,
    ONE_ZERO,
    SINGLE,
    THREE_WIDE,
    TWO_WIDE,
    diagonal,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.relaxation import bare
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2_population import (
    UNUSED,
    YSJ18_I1,
    covariance_is_invertible,
    inputs_have_mean_zero,
    noise_is_standard,
    population_point_is_critical,
    population_risk_is_least,
    rank_tells_population_minima_from_saddles,
    truth_has_full_rank,
)
from symbolic_landscape.verdict import Verdict, all_of, for_all, negation

# --- C2.3 -----


@fact(r"\sigma_{\max}(W_i) < 1 \quad \forall i", ground=lambda v: v.sign_of_product == 1)
def weights_are_smaller_than_one(s: LinearPopulation) -> Verdict:
    """Every W_i has spectral norm less than 1."""
    identity = s.data.field.identity(s.outputs)

    def small(layer: int) -> Verdict:
        weight = s.layers[layer] - identity if s.residual else s.layers[layer]
        return positive_definite(identity - weight.T @ weight)

    return for_all(range(len(s.layers)), small, "weight")


@fact(
    r"\tfrac12 \mathbb{E}\|Px - y\|^2 = \inf_W,\ \det R > 0",
    mutants={
        "det R < 0": lambda s: all_of(
            least=bare(population_risk_is_least.decide(s)), truth=positive(-s.R.det())
        )
    },
)
def risk_is_least_and_truth_has_positive_determinant(s: LinearPopulation) -> Verdict:
    """The point is a global minimum of the population risk, and det R > 0."""
    return all_of(least=bare(population_risk_is_least.decide(s)), truth=bare(positive(s.R.det())))


@fact(r"\operatorname{rank}(I + W_i) = d \quad \forall i")
def residual_layers_are_nonsingular(s: LinearPopulation) -> Verdict:
    """Every I + W_i is nonsingular."""
    return for_all(range(len(s.layers)), lambda i: nonsingular(s.layers[i]), "layer")


@fact(r"\det(I + W_i) > 0 \quad \forall i")
def layers_have_positive_determinants(s: LinearPopulation) -> Verdict:
    """Every I + W_i has a positive determinant."""
    return for_all(range(len(s.layers)), lambda i: positive(s.layers[i].det()), "layer")


@fact(r"P = R")
def product_is_the_truth(s: LinearPopulation) -> Verdict:
    """The product of the layers is the true linear map."""
    return equal(s.P, s.R)


@fact(r"\operatorname{rank}\bigl((I + W_{H+1}) \cdots (I + W_1)\bigr) = d")
def residual_product_is_nonsingular(s: LinearPopulation) -> Verdict:
    """The product of the I + W_i has full rank."""
    return rank_is(s.P, s.outputs)


def covers_negative(s: LinearPopulation) -> Verdict:
    """Whether det R <= 0 and the covariance is invertible."""
    return all_of(truth=negation(positive(s.R.det())), covariance=rank_is(s.covariance, s.outputs))


def covers_positive(s: LinearPopulation) -> Verdict:
    """Whether det R > 0 and the covariance is invertible."""
    return all_of(truth=positive(s.R.det()), covariance=rank_is(s.covariance, s.outputs))


def covers_singular(s: LinearPopulation) -> Verdict:
    """Whether det R <= 0 and the covariance is singular."""
    return all_of(
        truth=negation(positive(s.R.det())), covariance=negation(rank_is(s.covariance, s.outputs))
    )


def truth_is_the_product(v: Any) -> Any:
    """At a critical point with invertible layers and an invertible covariance, P = R."""
    return (v.sign_of_product == 0) | (v.all_seen != 1) | (v.sign_of_product == v.sign_of_truth)


LAWS = {
    "det R <= 0, invertible covariance": lambda v: (v.sign_of_truth <= 0) & (v.all_seen == 1),
    "a critical point with invertible layers has P = R": truth_is_the_product,
}
"""What the range is, and what holds for all critical points."""

HALF_SEEN = LinearPopulation(
    name="width 2, a covariance of rank 1, det R = -1",
    atoms=((1,), (0,)),
    truth=diagonal(1, -1),
    weights=(diagonal(0, 0), diagonal(0, 0)),
)

FITTED_THREE = replace(
    THREE_WIDE,
    name="width 3, three layers, fitted",
    truth=diagonal(Fraction(1, 2), Fraction(1, 2), Fraction(9, 4)),
)
NO_TRUTH_AT_IDENTITY = replace(SINGLE, name="width 1, P = 1, R = 0", truth=((0,),))
CITED = {
    rank_tells_population_minima_from_saddles: (
        "where it is cited and the rank is full, it is the yield"
    ),
    population_point_is_critical: (
        "without it the statement is not cited, and its own conclusion is the yield"
    ),
    **UNUSED,
}

YSJ18_C2_3 = Statement(
    key="YSJ18.C2.3",
    kind="corollary",
    where="sec. 2.2",
    title="Linear residual networks: Hardt-Ma theorem 2.2",
    claim=(
        "Any critical point of the population risk of a linear residual network is a global "
        "minimum if sigma_max(W_i) < 1 for all i; det R > 0 is not assumed."
    ),
    hypotheses=(
        inputs_have_mean_zero,
        noise_is_standard,
        population_point_is_critical,
        weights_are_smaller_than_one,
    ),
    conclusion=population_risk_is_least,
    instances=(ONE_WIDE, TWO_WIDE, FITTED_THREE, HALF_SEEN, replace(SINGLE, name="W = 0, R = I")),
    controls={
        population_point_is_critical: NOT_CRITICAL,
        weights_are_smaller_than_one: ONE_ZERO,
    },
    no_control=UNUSED,
    strategy=critical_populations,
    regimes=(
        Regime("det R > 0, invertible covariance", covers_positive),
        Regime("det R <= 0, singular covariance", covers_singular),
        Regime("det R <= 0, invertible covariance", covers_negative, LAWS),
    ),
    expected=(("inconsistent", "regime det R <= 0, invertible covariance"),),
)


def itself(s: LinearPopulation) -> LinearPopulation:
    """A citation that speaks of the same point."""
    return s


@YSJ18_C2_3.step(
    premises=(weights_are_smaller_than_one,),
    gives=residual_layers_are_nonsingular,
    controls={weights_are_smaller_than_one: ONE_ZERO},
)
def no_vector_is_sent_to_its_opposite(s: LinearPopulation, small: Verdict) -> Verdict:
    """If (I + W) v = 0 then |W v| = |v|, so that sigma_max(W) >= 1: the kernel is zero."""

    def expands(layer: int) -> Verdict:
        weight = s.data.matrix(s.weights[layer])
        kernel = s.layers[layer].kernel()
        return all_of(
            opposite=vanishes((weight + weight.field.identity(s.outputs)) @ kernel),
            none=rank_is(kernel, 0),
        )

    return for_all(range(len(s.layers)), expands, "layer")


@YSJ18_C2_3.step(
    premises=(residual_layers_are_nonsingular,),
    gives=residual_product_is_nonsingular,
    controls={residual_layers_are_nonsingular: ONE_ZERO},
)
def determinants_multiply(s: LinearPopulation, layers: Verdict) -> Verdict:
    """The determinant of the product is the product of the determinants."""
    total = s.data.field.scalar(1)
    for layer in s.layers:
        total = total * layer.det()
    return all_of(product=equal(s.P.det(), total), layers=layers)


@YSJ18_C2_3.step(
    premises=(
        rank_tells_population_minima_from_saddles,
        residual_product_is_nonsingular,
        population_point_is_critical,
        inputs_have_mean_zero,
        noise_is_standard,
    ),
    gives=population_risk_is_least,
    cites=YSJ18_I1,
    via=itself,
    tried_on=(NEGATIVE,),
    controls={residual_product_is_nonsingular: ONE_ZERO},
    no_control=CITED,
)
def full_rank_is_enough(
    s: LinearPopulation,
    test: Verdict,
    full: Verdict,
    critical: Verdict,
    mean: Verdict,
    noise: Verdict,
) -> Verdict:
    """The product has rank d = k: the point lies in the set of global minima."""
    return all_of(cited=test, rank=rank_is(s.P, min(s.widths)))


YSJ18_C2_3_REPAIRED = YSJ18_C2_3.repair(
    claim=(
        "If the covariance is invertible, any critical point with sigma_max(W_i) < 1 for all i is "
        "a global minimum, and there are such points for det R > 0 only."
    ),
    minimal=(
        "with a singular covariance R is not seen in full, and det R may have any sign; with "
        "sigma_max(W_i) = 1 the product can vanish, at a saddle"
    ),
    hypotheses=(
        inputs_have_mean_zero,
        noise_is_standard,
        covariance_is_invertible,
        population_point_is_critical,
        weights_are_smaller_than_one,
    ),
    conclusion=risk_is_least_and_truth_has_positive_determinant,
    instances=(ONE_WIDE, TWO_WIDE, FITTED_THREE, replace(SINGLE, name="W = 0, R = I")),
    controls={
        covariance_is_invertible: HALF_SEEN,
        population_point_is_critical: NOT_CRITICAL,
        weights_are_smaller_than_one: ONE_ZERO,
    },
    regimes=(Regime("det R > 0, invertible covariance", covers_positive),),
    without=("full_rank_is_enough",),
)


@YSJ18_C2_3_REPAIRED.step(
    premises=(weights_are_smaller_than_one,),
    gives=layers_have_positive_determinants,
    controls={weights_are_smaller_than_one: ONE_ZERO},
)
def the_way_to_the_identity_is_nonsingular(s: LinearPopulation, small: Verdict) -> Verdict:
    """I + t W_i is nonsingular for 0 <= t <= 1, so that det(I + W_i) has the sign of det I = 1."""
    identity = s.data.field.identity(s.outputs)

    def on_the_way(layer: int) -> Verdict:
        weight = s.data.matrix(s.weights[layer])
        return for_all(
            (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1)),
            lambda t: positive((identity + weight.scale(t)).det()),
            "t =",
        )

    return for_all(range(len(s.layers)), on_the_way, "layer")


@YSJ18_C2_3_REPAIRED.step(
    premises=(
        residual_layers_are_nonsingular,
        population_point_is_critical,
        covariance_is_invertible,
    ),
    gives=product_is_the_truth,
    controls={
        residual_layers_are_nonsingular: ONE_ZERO,
        population_point_is_critical: NOT_CRITICAL,
        covariance_is_invertible: HALF_SEEN,
    },
)
def gradient_of_the_first_layer(
    s: LinearPopulation, layers: Verdict, critical: Verdict, covariance: Verdict
) -> Verdict:
    """The gradient by W_1 is an invertible matrix times (P - R) C, and C is invertible."""
    upper = s.data.field.identity(s.outputs)
    for layer in s.layers[1:]:
        upper = layer @ upper
    gram = s.covariance.scale(s.count)
    return all_of(
        gradient=equal(s.sample.gradient_term(1), upper.T @ (s.P - s.R) @ gram),
        upper=nonsingular(upper),
        covariance=nonsingular(gram),
    )


@YSJ18_C2_3_REPAIRED.step(
    premises=(product_is_the_truth, residual_product_is_nonsingular),
    gives=truth_has_full_rank,
    controls={
        product_is_the_truth: NO_TRUTH_AT_IDENTITY,
        residual_product_is_nonsingular: NO_TRUTH,
    },
)
def truth_has_the_rank_of_the_product(
    s: LinearPopulation, product: Verdict, full: Verdict
) -> Verdict:
    """R = P has full rank."""
    return rank_is(s.P, s.outputs)


@YSJ18_C2_3_REPAIRED.step(
    premises=(
        rank_tells_population_minima_from_saddles,
        residual_product_is_nonsingular,
        population_point_is_critical,
        covariance_is_invertible,
        truth_has_full_rank,
        inputs_have_mean_zero,
        noise_is_standard,
    ),
    gives=population_risk_is_least,
    cites=YSJ18_I1,
    via=itself,
    tried_on=(NEGATIVE,),
    controls={residual_product_is_nonsingular: ONE_ZERO},
    no_control={
        **CITED,
        covariance_is_invertible: "a product of full rank is a global minimum without it",
        truth_has_full_rank: "a product of full rank is a global minimum without it",
    },
)
def full_rank_is_enough_again(
    s: LinearPopulation, test: Verdict, full: Verdict, *others: Verdict
) -> Verdict:
    """The product has rank d = k: the point lies in the set of global minima."""
    return all_of(cited=test, rank=rank_is(s.P, min(s.widths)))


@YSJ18_C2_3_REPAIRED.step(
    premises=(population_risk_is_least, product_is_the_truth, layers_have_positive_determinants),
    gives=risk_is_least_and_truth_has_positive_determinant,
    controls={
        product_is_the_truth: HALF_SEEN,
        layers_have_positive_determinants: NEGATIVE,
    },
    no_control={population_risk_is_least: "the truth itself is a global minimum"},
)
def determinant_of_the_truth(
    s: LinearPopulation, least: Verdict, product: Verdict, layers: Verdict
) -> Verdict:
    """Det R = det P is a product of positive numbers."""
    total = s.data.field.scalar(1)
    for layer in s.layers:
        total = total * layer.det()
    return all_of(least=least, truth=equal(s.R.det(), total), sign=positive(total))

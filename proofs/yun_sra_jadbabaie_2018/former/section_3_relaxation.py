"""Section 3.1: the rank-constrained relaxation of the risk.

Notation: L_0(R) = |R X - Y|^2 / 2 over maps R (d_y, d_x) with rank R <= k, k = min_i d_i.

Statements: YSJ18_I2.

Design notes. That some W attains the infimum of L_0 is decided through its product: every map of
rank at most k is the product of some W, so a nearer map is a better point.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

from symbolic_landscape.arithmetic import (
    Matrix,
    Scalar,
    at_most,
    equal,
    rank_at_most,
    sizes_equal,
    vanishes,
)
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.instances import (
    DOUBLED,
    LAYERS_OF_TWO,
    points,
    zeros,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import DeepLinear, squared_norm
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.relaxation import HALF, bare, optimal
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    risk_is_half_the_squared_error,
)
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    for_all,
    holds,
    negation,
    undecided,
)

# --- I2: the relaxation bounds the risk from below -----


def bottleneck(s: DeepLinear) -> int:
    """The least width k of all layers."""
    return min(s.widths)


def full_product(s: DeepLinear) -> Matrix:
    """W_{H+1} ... W_1 (d_y, d_x)."""
    return s.product(s.W, s.input_width)


@fact(
    r"\operatorname{rank}(W_{H+1} \cdots W_1) \le k,\ L_0(W_{H+1} \cdots W_1) = L(W)",
    mutants={
        "rank at most k - 1": lambda s: rank_at_most(full_product(s), bottleneck(s) - 1),
    },
)
def product_is_feasible_with_the_same_risk(s: DeepLinear) -> Verdict:
    """The product of the weights has rank at most k, and L_0 takes the value L(W) at it."""
    relaxed = squared_norm(full_product(s) @ s.X - s.Y) * HALF
    return all_of(
        feasible=rank_at_most(full_product(s), bottleneck(s)),
        same=equal(relaxed, s.risk(s.W)),
    )


@fact(
    r"L(W) = \inf_{\operatorname{rank} R \le k} L_0(R)",
    mutants={"the risk is zero": lambda s: vanishes(s.risk(s.W))},
)
def risk_is_the_relaxed_infimum(s: DeepLinear) -> Verdict:
    """The risk at the point is the infimum of L_0 over all maps of rank at most k."""
    if s.risk(s.W) == s.least_risk and s.factor == HALF:
        return holds(Evidence.EXACT, f"the risk {s.risk(s.W)} is the least of all linear maps")
    least = optimal(s, bottleneck(s), full_product(s) @ s.X)
    if s.factor == HALF or least.is_undecided:
        return least
    twice = squared_norm(s.residual(s.W))
    if least.is_fails or not twice.is_zero:
        return fails(Evidence.EXACT, f"the risk {s.risk(s.W)} exceeds L_0 at the product")
    return holds(Evidence.EXACT, "the targets are fitted exactly")


@fact(r"L(W) = \inf L", mutants={"the risk is zero": lambda s: vanishes(s.risk(s.W))})
def point_is_a_global_minimum(s: DeepLinear) -> Verdict:
    """The point is a global minimum of the risk."""
    if s.risk(s.W) == s.least_risk * (s.factor * 2):
        return holds(Evidence.EXACT, f"the risk {s.risk(s.W)} is the least of all linear maps")
    return optimal(s, bottleneck(s), full_product(s) @ s.X)


def _attains(s: DeepLinear) -> Verdict:
    """The relaxed infimum is at most the risk, and the point is least if they are equal."""
    attained = risk_is_the_relaxed_infimum.decide(s)
    if attained.is_undecided:
        return undecided(attained.reason)
    if attained.is_fails:
        return holds(attained.evidence, f"the risk is not the infimum: {attained.reason}")
    return point_is_a_global_minimum.decide(s)


@fact(
    r"\inf_{\operatorname{rank} R \le k} L_0(R) \le L(W)",
    mutants={"strictly less": lambda s: negation(risk_is_the_relaxed_infimum.decide(s))},
)
def relaxed_infimum_is_a_lower_bound(s: DeepLinear) -> Verdict:
    """The infimum of L_0 over all maps of rank at most k is at most the risk at the point."""
    product = full_product(s)
    return all_of(
        feasible=bare(rank_at_most(product, bottleneck(s))),
        value=nonnegative_gap(s.risk(s.W) - squared_norm(product @ s.X - s.Y) * HALF),
    )


def nonnegative_gap(gap: Scalar) -> Verdict:
    """Whether a number is at least 0, without wrong neighbours."""
    return bare(at_most(0, gap))


@fact(
    r"L(W) = \inf_{\operatorname{rank} R \le k} L_0(R) \Rightarrow L(W) = \inf L",
    mutants={
        "at every point": lambda s: point_is_a_global_minimum.decide(s),
        "at no point": lambda s: negation(point_is_a_global_minimum.decide(s)),
    },
)
def attaining_the_relaxed_infimum_suffices(s: DeepLinear) -> Verdict:
    """A point whose risk is the infimum of L_0 over maps of rank <= k is a global minimum of L."""
    attained = risk_is_the_relaxed_infimum.decide(s)
    if attained.is_undecided:
        return undecided(attained.reason)
    if attained.is_fails:
        return holds(attained.evidence, f"the risk is not the infimum: {attained.reason}")
    least = point_is_a_global_minimum.decide(s)
    return bare(least)


FITTED_BEST = DeepLinear(
    name="widths 2, 1, 2, the greater of two singular directions",
    inputs=((1, 0), (0, 1)),
    targets=((1, 0), (0, 2)),
    weights=(((0, 2),), ((0,), (1,))),
)
FITTED_SECOND = DeepLinear(
    name="widths 2, 1, 2, the smaller of two singular directions",
    inputs=((1, 0), (0, 1)),
    targets=((1, 0), (0, 2)),
    weights=(((1, 0),), ((1,), (0,))),
)

YSJ18_I2 = Statement(
    key="YSJ18.I2",
    kind="identity",
    where="sec. 3.1",
    title="Rank-constrained relaxation",
    claim=(
        "L_0 is a relaxation of L: W_{H+1} ... W_1 has rank at most k and L_0 has the value L(W) "
        "there, so that inf L_0 over rank <= k is at most inf L; a W with L(W) = inf L_0 is a "
        "global minimum of L."
    ),
    hypotheses=(risk_is_half_the_squared_error,),
    conclusion=attaining_the_relaxed_infimum_suffices,
    instances=(
        LAYERS_OF_TWO,
        FITTED_BEST,
        FITTED_SECOND,
        DeepLinear(
            name="one sample, one layer",
            inputs=((2,),),
            targets=((3,),),
            weights=(((Fraction(3, 2),),),),
        ),
        DeepLinear(
            name="equal singular values, one of them fitted",
            inputs=((1, 0), (0, 1)),
            targets=((1, 0), (0, 1)),
            weights=(((1, 0),), ((1,), (0,))),
        ),
        DeepLinear(
            name="irrational singular values, not attained",
            inputs=((1, 0), (0, 1)),
            targets=((1, 1), (0, 1)),
            weights=(((1, 1),), ((1,), (0,))),
        ),
        DeepLinear(
            name="dependent inputs, three outputs, zero weights",
            inputs=((1, 2), (2, 4)),
            targets=((1, 0), (0, 1), (2, 2)),
            weights=(zeros(2, 2), zeros(3, 2)),
        ),
    ),
    no_control={
        risk_is_half_the_squared_error: (
            "a greater factor only raises the risk over L_0, and a positive factor changes no "
            "minimum point"
        )
    },
    strategy=points,
)


@YSJ18_I2.step(
    premises=(risk_is_half_the_squared_error,),
    gives=product_is_feasible_with_the_same_risk,
    controls={risk_is_half_the_squared_error: DOUBLED},
)
def set_the_map_to_the_product(s: DeepLinear, half: Verdict) -> Verdict:
    """The product factors through the narrowest layer, and L depends on W by the product alone."""
    narrow = s.widths.index(bottleneck(s))
    below = s.product(s.W[:narrow], s.input_width)
    above = s.product(s.W[narrow:], bottleneck(s))
    return all_of(
        factors=equal(above @ below, full_product(s)),
        inner_width=sizes_equal(above.shape[1], bottleneck(s)),
        same_error=equal(s.residual(s.W), above @ below @ s.X - s.Y),
    )


@YSJ18_I2.step(
    premises=(product_is_feasible_with_the_same_risk,),
    gives=relaxed_infimum_is_a_lower_bound,
    no_control={
        product_is_feasible_with_the_same_risk: (
            "the other factor at hand, 1, raises the risk over the value of L_0 at the product"
        )
    },
)
def infimum_is_at_most_a_feasible_value(s: DeepLinear, feasible: Verdict) -> Verdict:
    """An infimum is at most the value at any feasible map, and the product is one."""
    least = optimal(s, bottleneck(s), full_product(s) @ s.X)
    better = least.data.get("better")
    if better is None:
        return nonnegative_gap(squared_norm(s.residual(s.W)))
    relaxed = squared_norm(better - s.Y) * HALF
    return all_of(feasible=rank_at_most(better, bottleneck(s)), value=at_most(relaxed, s.risk(s.W)))


@YSJ18_I2.step(
    premises=(relaxed_infimum_is_a_lower_bound,),
    gives=attaining_the_relaxed_infimum_suffices,
    no_control={
        relaxed_infimum_is_a_lower_bound: (
            "no factor at hand makes the risk less than the value of L_0 at the product"
        )
    },
)
def a_lower_bound_is_attained(s: DeepLinear, bound: Verdict) -> Verdict:
    """Where the risk equals a lower bound of all risks, no point has a smaller one."""
    if not risk_is_the_relaxed_infimum.decide(s).is_holds:
        return holds(Evidence.EXACT, "the risk is not the infimum, so that nothing is claimed")

    def trial(draw: tuple[Matrix, ...]) -> Verdict:
        there = [w + d for w, d in zip(s.W, draw, strict=True)]
        return nonnegative_gap(s.risk(there) - s.risk(s.W))

    return for_all(islice(s.directions(), 1, 9), trial, "other point")

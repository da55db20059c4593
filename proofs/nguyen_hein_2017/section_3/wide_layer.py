"""Section 3.2, Theorem 3.8 as printed, with its proof of Section 4: a minimum near the point.

Statements
- NH17.T3.8: wide layer.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.frozen_layers import (
    P3_8GEN,
    frozen,
    frozen_branches,
    frozen_nearby,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.independent_features import L3_5
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.nearby_points import full_nearby
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.objective import (
    BELOW,
    DEPENDS,
    OBJECTIVE,
    SMOOTH_OBJECTIVE,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.wide_layer_directly import T3_8_REPAIRED
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.generic import C4_5_PRINTED
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    PRINTED,
    full_rank_from,
    twice_smooth,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import I, nondegenerate
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import (
    NEIGHBOURHOODS,
    near,
    r,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    L,
    N,
    Phi,
    V,
    W,
    b,
    c,
    critical,
    flat_at,
    k,
    minimises,
    n,
    one,
    sigma,
)
from symbolic_landscape.proofs.rules import continuity, curves, points
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    contradiction,
    each,
    every,
    exists,
    integer,
    like,
    rank,
    real,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    Steps,
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
)
from symbolic_landscape.statement.step import Step

i, j = integer("i"), integer("j")
s, q, x, y = real("s"), real("q"), real("x"), real("y")
V2, c2 = like("V2", V), like("c2", c)
U, a = like("U", W), like("a", b)
"""The point near (W, b) at which Lemma 3.5 is used."""
V0, c0 = like("V0", W), like("c0", b)
"""Any other point."""


def independent(V: Expr, c: Expr) -> Expr:
    """The features of layer k at (V, c) are independent."""
    return rank(block(F_(V, c)[k], one)) == N


some_nearby = exists(V, c, both(near(V, c, W, b, 1, k, r), independent(V, c)))
dense = every(r, (r > 0) >> some_nearby)
gap = Phi(W, b) - Phi(V0, c0)
change = Phi(V, c) - Phi(W, b)


def small_change(radius: Expr) -> Expr:
    """Within this radius the objective changes by less than the gap."""
    return every(V, c, near(V, c, W, b, 1, L, radius) >> both(-gap < change, change < gap))


def at_a_nearby_point(lemma: Statement) -> list[Step]:
    """Steps to a contradiction: the lemma makes a point near (W, b) a global minimum."""
    return [
        have("if gap", None, at(gap), "continuous"),
        have("some x", None, logic, "if gap", "least.not"),
        have("x", both(x > 0, small_change(x)), obtain(x), "some x"),
        have("x positive", x > 0, logic, "x"),
        have("small change", small_change(x), logic, "x"),
        have("if x", None, at(x), "branches"),
        have("some s", None, logic, "if x", "x positive"),
        have("s", both(s > 0, frozen_nearby(x, s)), obtain(s), "some s"),
        have("s positive", s > 0, logic, "s"),
        have("over lower layers", frozen_nearby(x, s), logic, "s"),
        have("if s", None, at(s), "dense", lines=(1660, 1663)),
        have("some features", None, logic, "if s", "s positive"),
        have(
            "V and c",
            both(near(V, c, W, b, 1, k, s), independent(V, c)),
            obtain(V, c),
            "some features",
        ),
        have("near below", near(V, c, W, b, 1, k, s), logic, "V and c"),
        have("rank there", independent(V, c), logic, "V and c"),
        have("if near", None, at(V, c), "over lower layers"),
        have("some point", None, logic, "if near", "near below"),
        have("U and a", frozen(U, a, x), obtain(U, a), "some point", lines=(1663, 1680)),
        have("near", near(U, a, W, b, 1, L, x), logic, "U and a"),
        have("same below", points.agree(U, a, V, c, 1, k), logic, "U and a"),
        have("flat layers", each(i, k + 1, L, I(i) >> flat_at(U, a, i)), logic, "U and a"),
        have("full rank", full_nearby(U, L), logic, "U and a"),
        have("features", None, cite(BELOW, W=V, b=c, V=U, c=a, k=k)),
        have("features of layer k", F_(U, a)[k] == F_(V, c)[k], at(k), "features"),
        have("independent", independent(U, a), calculation, "features of layer k", "rank there"),
        have("if in I", None, at(k + 1), "flat layers"),
        have("flat layer", flat_at(U, a, k + 1), logic, "if in I", "next", lines=(1682, 1710)),
        have("least there", minimises(U, a), cite(lemma, W=U, b=a), lines=(1716, 1720)),
        have("not above", None, at(V0, c0), "least there"),
        have("if near x", None, at(U, a), "small change"),
        have("change", None, logic, "if near x", "near"),
        have("clash", contradiction, linear, "not above", "change", lines=(1730, 1749)),
    ]


DENSE = [
    have(
        "dense",
        dense,
        arbitrary(r, proof=[have("some", some_nearby, cite(C4_5_PRINTED))]),
        lines=(1660, 1663),
    ),
]
"""Steps: Corollary 4.5 for an activation that is strictly increasing."""


def wide_layer_proof(lemma: Statement, dense_steps: Steps) -> list[Step]:
    """The steps of the printed proof, with Lemma 3.5 and Corollary 4.5 for the activation meant."""
    return [
        have("sigma smooth", twice_smooth(sigma), by(curves.twice_smooth_of_analytic), "analytic"),
        have("branches", frozen_branches, cite(P3_8GEN), lines=(1611, 1656)),
        *dense_steps,
        have("smooth", twice_smooth(OBJECTIVE), cite(SMOOTH_OBJECTIVE)),
        have("depends", None, cite(DEPENDS)),
        have(
            "continuous",
            points.continuous(OBJECTIVE, W, b, 1, L),
            by(continuity.continuous_of_twice_smooth, H=OBJECTIVE, U=W, a=b, lo=1, hi=L),
            "smooth",
            "depends",
            lines=(1730, 1749),
        ),
        have(
            "minimum",
            minimises(W, b),
            arbitrary(
                V0,
                c0,
                proof=[
                    have("least", Phi(W, b) <= Phi(V0, c0), suppose_not(at_a_nearby_point(lemma))),
                ],
            ),
        ),
    ]


T3_8 = Statement(
    "NH17.T3.8",
    NEIGHBOURHOODS,
    kind="theorem",
    title="Wide layer: non-degenerate full-rank critical points are global minima",
    where="Section 3.2, Theorem 3.8 (main result)",
    lines=(879, 909),
    names=(k, I),
    standing=(k >= 1, k <= L - 1),
    given={
        **PRINTED,
        "wide": n[k] >= N - 1,
        "critical": critical(W, b),
        "above": each(i, 1, k, ~I(i)),
        "next": I(k + 1),
        "nondegenerate": nondegenerate(W, b, I),
        "ranks": full_rank_from(k + 2),
    },
    then=minimises(W, b),
    proof=wide_layer_proof(L3_5, DENSE),
    repaired=T3_8_REPAIRED,
)

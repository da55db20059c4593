"""Section 3.1: the rank-constrained relaxation of the risk, and its optimum without constraint.

Statements
- YSJ18.I2: the relaxation bounds the risk from below, and a point that attains it is least.
- YSJ18.E3: for k = min(d_x, d_y) the map of least squares alone minimises L_0.
"""

from symbolic_landscape.proofs.rules import derivatives, ranks
from symbolic_landscape.proofs.rules.entries import (
    squares_not_negative,
    trace_with_zero,
    zero_of_squares,
)
from symbolic_landscape.proofs.rules.spectra import square
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.saddles import RANK
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck import (
    RELAXED,
    R,
    Z,
    lower_bound,
    only_optimum,
    relaxed_risk,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    HALF,
    R_,
    H,
    V,
    W,
    X,
    Y,
    best,
    d,
    full_gram,
    least,
    no_bottleneck,
    p,
    risk,
)
from symbolic_landscape.statement.language import (
    both,
    every,
    fn,
    gradient,
    identity_matrix,
    inverse,
    like,
    rank,
    real,
    trace,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    have,
    linear,
    logic,
)

k, s, t = d[p], real("s"), real("t")

FEASIBLE = Statement(
    "YSJ18.I2.feasible",
    RELAXED,
    title="The product of the weights has rank at most k, and L_0 has the value of the risk there",
    where="sec. 3.1",
    lines=(163, 164),
    given={},
    then=both(rank(R_(W)) <= k, relaxed_risk(X, Y, R_(W)) == risk(W)),
    proof=[
        have("low rank", rank(R_(W)) <= k, cite(RANK), lines=(163, 164)),
        have(
            "value",
            relaxed_risk(X, Y, R_(W)) == risk(W),
            calculation,
            "standing 1",
            lines=(164, 164),
        ),
        have(
            "both",
            both(rank(R_(W)) <= k, relaxed_risk(X, Y, R_(W)) == risk(W)),
            logic,
            "low rank",
            "value",
        ),
    ],
)

I2 = Statement(
    "YSJ18.I2",
    RELAXED,
    title="Rank-constrained relaxation",
    kind="identity",
    where="sec. 3.1",
    lines=(160, 172),
    names=(s,),
    given={},
    then=both(
        rank(R_(W)) <= k,
        relaxed_risk(X, Y, R_(W)) == risk(W),
        lower_bound(X, Y, k, s) >> (s <= risk(W)),
        lower_bound(X, Y, k, risk(W)) >> least(W, X, Y),
    ),
    proof=[
        have("feasible", None, cite(FEASIBLE), lines=(163, 164)),
        have("low rank", rank(R_(W)) <= k, logic, "feasible"),
        have("value", relaxed_risk(X, Y, R_(W)) == risk(W), logic, "feasible"),
        have(
            "relaxation",
            every(t, lower_bound(X, Y, k, t) >> every(V, t <= risk(V))),
            arbitrary(
                t,
                proof=[
                    have(
                        "everywhere",
                        every(V, t <= risk(V)),
                        arbitrary(
                            V,
                            proof=[
                                have("feasible there", None, cite(FEASIBLE, W=V)),
                                have("low rank there", rank(R_(V)) <= k, logic, "feasible there"),
                                have(
                                    "value there",
                                    relaxed_risk(X, Y, R_(V)) == risk(V),
                                    logic,
                                    "feasible there",
                                ),
                                have("bound", None, at(R_(V)), "relaxation.if"),
                                have(
                                    "below",
                                    t <= relaxed_risk(X, Y, R_(V)),
                                    logic,
                                    "bound",
                                    "low rank there",
                                ),
                                have("risk", t <= risk(V), linear, "below", "value there"),
                            ],
                        ),
                    )
                ],
            ),
            lines=(165, 167),
        ),
        have("at s", lower_bound(X, Y, k, s) >> every(V, s <= risk(V)), at(s), "relaxation"),
        have(
            "bound",
            lower_bound(X, Y, k, s) >> (s <= risk(W)),
            arbitrary(
                proof=[
                    have("all", every(V, s <= risk(V)), logic, "at s", "bound.if"),
                    have("here", s <= risk(W), at(W), "all"),
                ]
            ),
            lines=(165, 167),
        ),
        have(
            "attained",
            lower_bound(X, Y, k, risk(W)) >> least(W, X, Y),
            at(risk(W)),
            "relaxation",
            lines=(168, 172),
        ),
        have(
            "all",
            both(
                rank(R_(W)) <= k,
                relaxed_risk(X, Y, R_(W)) == risk(W),
                lower_bound(X, Y, k, s) >> (s <= risk(W)),
                lower_bound(X, Y, k, risk(W)) >> least(W, X, Y),
            ),
            logic,
            "low rank",
            "value",
            "bound",
            "attained",
        ),
    ],
)

D = like("D", Z)
slope = (R @ X - Y) @ X.T
expansion = relaxed_risk(X, Y, R) + trace(slope.T @ D) + HALF * square(D @ X)
of_maps = fn(Z, relaxed_risk(X, Y, Z))
least_map = every(Z, (rank(Z) <= k) >> (relaxed_risk(X, Y, best) <= relaxed_risk(X, Y, Z)))
as_good = both(rank(Z) <= k, relaxed_risk(X, Y, Z) <= relaxed_risk(X, Y, best))
from_best = relaxed_risk(X, Y, Z) == relaxed_risk(X, Y, best) + HALF * square((Z - best) @ X)
E3 = Statement(
    "YSJ18.E3",
    RELAXED,
    title="Unconstrained optimum",
    kind="identity",
    where="sec. 3.1, eq. (3)",
    lines=(178, 181),
    names=(R,),
    given={"gram": full_gram, "wide": no_bottleneck},
    then=both(rank(R) <= k, only_optimum(X, Y, k, best)),
    proof=[
        have(
            "unconstrained",
            every(Z, rank(Z) <= k),
            arbitrary(
                Z,
                proof=[
                    have("rows", rank(Z) <= d[H + 1], by(ranks.rank_at_most_rows)),
                    have("columns", rank(Z) <= d[0], by(ranks.rank_at_most_columns)),
                    have(
                        "all",
                        rank(Z) <= k,
                        cases(
                            [have("inputs", rank(Z) <= k, linear, "columns", "all.1")],
                            [have("outputs", rank(Z) <= k, linear, "rows", "all.2")],
                        ),
                        "wide",
                    ),
                ],
            ),
            lines=(178, 178),
        ),
        have("R", rank(R) <= k, at(R), "unconstrained"),
        have("best", rank(best) <= k, at(best), "unconstrained"),
        have(
            "expansion",
            every(D, relaxed_risk(X, Y, R + D) == expansion),
            arbitrary(D, proof=[have("at", relaxed_risk(X, Y, R + D) == expansion, calculation)]),
        ),
        have(
            "gradient",
            gradient(of_maps, R) == slope,
            by(
                derivatives.gradient_of_expansion,
                h=of_maps,
                Z=R,
                G=slope,
                r=HALF,
                Q=identity_matrix(d[H + 1]),
                N=X,
            ),
            "expansion",
            lines=(179, 180),
        ),
        have(
            "inverse",
            inverse(X @ X.T) @ X @ X.T == identity_matrix(d[0]),
            by(ranks.inverse_on_the_left, S=X @ X.T),
            "gram",
        ),
        have("critical", best @ X @ X.T - Y @ X.T == 0, calculation, "inverse", lines=(180, 181)),
        have(
            "around it",
            every(Z, from_best),
            arbitrary(
                Z,
                proof=[
                    have(
                        "at Z",
                        from_best,
                        by(trace_with_zero, A=Z - best, A2=best @ X @ X.T - Y @ X.T),
                        "critical",
                    )
                ],
            ),
            lines=(179, 179),
        ),
        have(
            "least",
            least_map,
            arbitrary(
                Z,
                proof=[
                    have("at Z", from_best, at(Z), "around it"),
                    have("square", None, by(squares_not_negative, A=(Z - best) @ X)),
                    have(
                        "more",
                        relaxed_risk(X, Y, best) <= relaxed_risk(X, Y, Z),
                        linear,
                        "at Z",
                        "square",
                    ),
                ],
            ),
            lines=(179, 179),
        ),
        have(
            "only",
            every(Z, as_good >> (Z == best)),
            arbitrary(
                Z,
                proof=[
                    have("at Z", from_best, at(Z), "around it"),
                    have(
                        "as good",
                        relaxed_risk(X, Y, Z) <= relaxed_risk(X, Y, best),
                        logic,
                        "only.if",
                    ),
                    have("square", square((Z - best) @ X) <= 0, linear, "at Z", "as good"),
                    have("same fit", Z @ X == best @ X, by(zero_of_squares), "square"),
                    have(
                        "independent rows",
                        X @ X.T @ inverse(X @ X.T) == identity_matrix(d[0]),
                        by(ranks.inverse_of_full_rank, S=X @ X.T),
                        "gram",
                    ),
                    have(
                        "Z",
                        Z == Z @ X @ X.T @ inverse(X @ X.T),
                        calculation,
                        "independent rows",
                    ),
                    have(
                        "same",
                        Z @ X @ X.T @ inverse(X @ X.T) == best,
                        calculation,
                        "same fit",
                        "independent rows",
                    ),
                    have("conclusion", Z == best, linear, "Z", "same"),
                ],
            ),
            lines=(180, 181),
        ),
        have(
            "both",
            both(rank(R) <= k, only_optimum(X, Y, k, best)),
            logic,
            "R",
            "best",
            "least",
            "only",
        ),
    ],
)

"""Section 3.3: without a bottleneck, critical points whose product has full rank are least.

Notation: W is in W_eps where the product of the layers above the first, or below the last, has
no singular value below eps. E = (R X - Y) X^T.

Statements
- YSJ18.P3.4.error: at a critical point in W_eps E is 0.
- YSJ18.P3.4.least: where E is 0 the risk is least.
- YSJ18.P3.4: critical points in W_eps are global minima.
- YSJ18.P3.5: each point of V_1 is in W_eps for some eps > 0.
"""

from symbolic_landscape.proofs.rules import entries, numbers, order, ranks
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.frobenius_bounds import BOUND
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.gradients import L3_2, SPLIT
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.relaxation import E3, I2
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck import (
    lower_bound,
    only_optimum,
    relaxed_risk,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    A_,
    DEEP_LINEAR,
    E_,
    HALF,
    P_,
    POINT,
    R_,
    H,
    V,
    W,
    X,
    Y,
    best,
    critical,
    d,
    full_gram,
    full_rank,
    least,
    no_bottleneck,
    p,
    risk,
    square,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.singular_values import (
    CONDITIONED,
    PARTIAL,
    at_least,
    eps,
    in_W,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    every,
    exists,
    identity_matrix,
    inverse,
    like,
    matrix,
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
    obtain,
    take,
)
from symbolic_landscape.statement.step import Step

E = E_(W)
FIRST, LAST = A_(W)[1].T, P_(W)[H]


def tall(T: Expr, ordered: str) -> list[Step]:
    """Steps to: T has at least as many rows as columns, which are those of a narrowest layer.

    `ordered` says that T has at most as many columns as the other end has units.
    """
    last = T is LAST
    needs = [("ordered",), ()] if not last else [(), ("ordered",)]
    return [
        have("narrowest", None, at(H if last else 1), "standing 4"),
        have("ordered", T.columns <= (d[H + 1] if last else d[0]), logic, ordered),
        have(
            "tall",
            T.columns <= T.rows,
            cases(
                [have("inputs", T.columns <= T.rows, linear, "tall.1", "narrowest", *needs[0])],
                [have("outputs", T.columns <= T.rows, linear, "tall.2", "narrowest", *needs[1])],
            ),
            "wide",
        ),
    ]


def no_error(case: str, T: Expr, G: Expr, layer: Expr | int) -> list[Step]:
    """Steps to E = 0 where T G, the gradient of a layer, is 0, with G = E or G = E^T.

    `case` is the fact that T is conditioned.
    """
    v = matrix("v", T.columns, 1)
    return [
        *tall(T, case),
        have("bounded", at_least(T, eps), logic, case),
        have(
            "lengthens",
            every(v, eps * eps * square(v) <= square(T @ v)),
            logic,
            "bounded",
            "tall",
            "positive",
        ),
        have(
            "bound",
            eps * eps * square(G) <= square(T @ G),
            cite(BOUND, m=T.rows, n=T.columns, l=G.columns, A=T, B=G, s=eps, t=eps),
        ),
        have("slopes", None, cite(L3_2)),
        have("slope", None, at(layer), "slopes"),
        have("flat", None, at(layer), "critical"),
        have("gradient", T @ G == 0, linear, "slope", "flat"),
        have("nothing", square(T @ G) == 0, by(entries.trace_with_zero, A=T @ G), "gradient"),
        have("square of eps", eps * eps > 0, by(order.positive_product), "positive", "positive"),
        have("small", eps * eps * square(G) <= 0, linear, "bound", "nothing"),
        have("no square", square(G) <= 0, by(numbers.quotient_bound), "square of eps", "small"),
        have("error", E == 0, by(entries.zero_of_squares, A=G), "no square"),
    ]


HYPOTHESES = {
    "wide": no_bottleneck,
    "positive": eps > 0,
    "critical": critical(W),
    "conditioned": in_W(eps),
}
ERROR = Statement(
    "YSJ18.P3.4.error",
    CONDITIONED,
    title="At a critical point in W_eps the errors are uncorrelated with the inputs",
    where="Section 3.3",
    lines=(223, 243),
    given=HYPOTHESES,
    then=E == 0,
    proof=[
        have(
            "error",
            E == 0,
            cases(no_error("error.1", FIRST, E, 1), no_error("error.2", LAST, E.T, H + 1)),
            "conditioned",
        )
    ],
)

gap = HALF * square((R_(V) - R_(W)) @ X)
first_order = trace((R_(V) - R_(W)).T @ E)
LEAST = Statement(
    "YSJ18.P3.4.least",
    DEEP_LINEAR,
    title="Where the errors are uncorrelated with the inputs the risk is least",
    given={"error": E == 0},
    then=least(*POINT),
    proof=[
        have(
            "least",
            least(*POINT),
            arbitrary(
                V,
                proof=[
                    have(
                        "expansion",
                        risk(V) == risk(W) + first_order + gap,
                        calculation,
                        "standing 1",
                    ),
                    have("no slope", first_order == 0, by(entries.trace_with_zero), "error"),
                    have(
                        "square",
                        square((R_(V) - R_(W)) @ X) >= 0,
                        by(entries.squares_not_negative),
                    ),
                    have("less", risk(W) <= risk(V), linear, "expansion", "no slope", "square"),
                ],
            ),
        )
    ],
)
P3_4_REPAIRED = Statement(
    "YSJ18.P3.4",
    CONDITIONED,
    title="Critical points with a well-conditioned partial product are global minima",
    kind="proposition",
    where="Section 3.3, Proposition 3.4",
    lines=(219, 243),
    reading="repaired",
    given=HYPOTHESES,
    then=least(*POINT),
    gloss="X X^T may be singular: E = 0 makes a point least whether or not the optimum is unique.",
    proof=[
        have("error", E == 0, cite(ERROR)),
        have("least", least(*POINT), cite(LEAST)),
    ],
)


k = d[p]
Z = like("Z", R_(W))
bounds = lower_bound(X, Y, k, risk(W))
OPTIMAL = [
    have("only", only_optimum(X, Y, k, best), cite(E3, R=best), lines=(235, 236)),
    have(
        "least map",
        every(Z, (rank(Z) <= k) >> (relaxed_risk(X, Y, best) <= relaxed_risk(X, Y, Z))),
        logic,
        "only",
    ),
    have("residuals", R_(W) @ X - Y == best @ X - Y, calculation, "product"),
    have("squares", None, by(entries.squares_of_equal), "residuals"),
    have("here", relaxed_risk(X, Y, R_(W)) == risk(W), calculation, "standing 1"),
    have(
        "bound",
        bounds,
        arbitrary(
            Z,
            proof=[
                have("if low", None, at(Z), "least map"),
                have(
                    "below",
                    relaxed_risk(X, Y, best) <= relaxed_risk(X, Y, Z),
                    logic,
                    "if low",
                    "bound.if",
                ),
                have(
                    "less",
                    risk(W) <= relaxed_risk(X, Y, Z),
                    linear,
                    "below",
                    "squares",
                    "here",
                ),
            ],
        ),
    ),
    have("relaxation", None, cite(I2, s=risk(W))),
    have("least", least(*POINT), logic, "relaxation", "bound", lines=(235, 236)),
]
P3_4 = Statement(
    "YSJ18.P3.4",
    CONDITIONED,
    title="Critical points with a well-conditioned partial product are global",
    kind="proposition",
    where="Section 3.3, Proposition 3.4",
    lines=(219, 243),
    given={"gram": full_gram, **HYPOTHESES},
    then=least(*POINT),
    repaired=P3_4_REPAIRED,
    proof=[
        have("normal", R_(W) @ (X @ X.T) == Y @ X.T, cite(ERROR), lines=(224, 234)),
        have(
            "inverse",
            X @ X.T @ inverse(X @ X.T) == identity_matrix(d[0]),
            by(ranks.inverse_of_full_rank, S=X @ X.T),
            "gram",
        ),
        have("R", R_(W) == R_(W) @ X @ X.T @ inverse(X @ X.T), calculation, "inverse"),
        have("solved", R_(W) @ X @ X.T @ inverse(X @ X.T) == best, calculation, "normal"),
        have("product", R_(W) == best, linear, "R", "solved", lines=(235, 235)),
        *OPTIMAL,
    ],
)


# ---- V_1 is covered ------------------------------------------------------------------------------
x = real("x")
covered = exists(x, both(x > 0, in_W(x)))


def some_bound(case: str, T: Expr) -> list[Step]:
    """Steps to a bound of the singular values of T, of which one side is narrowest by `case`."""
    last = T is LAST
    layer, other = (H, H + 1) if last else (1, 0)
    v = matrix("v", T.columns, 1)
    factors = A_(W)[layer] @ P_(W)[layer]
    lengthens = every(v, x * x * square(v) <= square(T @ v))
    by_factor = ranks.rank_of_product_right if last else ranks.rank_of_product_left
    part = P_(W)[layer] if last else A_(W)[layer]
    turned = [] if last else [have("turned", rank(T) == rank(part), by(ranks.rank_of_transpose))]
    return [
        have("hidden", None, at(layer), "standing 4"),
        have("other", None, at(other), "standing 4"),
        have("tall", T.columns <= T.rows, linear, "hidden", case),
        have("ordered", T.columns <= d[other], linear, "other", case),
        have("splits", None, cite(SPLIT)),
        have("split", R_(W) == factors, at(layer), "splits"),
        have("factor", rank(factors) <= rank(part), by(by_factor)),
        have("product", rank(R_(W)) <= rank(part), calculation, "factor", "split"),
        *turned,
        have("at most", rank(T) <= T.columns, by(ranks.rank_at_most_columns)),
        have(
            "full",
            rank(T) == T.columns,
            linear,
            "product",
            *(step.name for step in turned),
            "at most",
            "full rank",
            case,
            lines=(252, 254),
        ),
        have("bounds", None, by(ranks.injective_bounded_below), "full"),
        have("x", both(x > 0, lengthens), obtain(x), "bounds", lines=(255, 258)),
        have("conditioned", at_least(T, x), logic, "x", "tall"),
        have("inside", in_W(x), logic, "conditioned", "ordered"),
        have("positive", x > 0, logic, "x"),
        have("some", covered, take(x), "inside", "positive"),
    ]


P3_5 = Statement(
    "YSJ18.P3.5",
    PARTIAL,
    title="V_1 is covered by the W_eps",
    kind="proposition",
    where="Section 3.3, Proposition 3.5",
    lines=(245, 258),
    given={"wide": no_bottleneck, "full rank": full_rank},
    then=covered,
    proof=[
        have(
            "covered",
            covered,
            cases(some_bound("covered.1", LAST), some_bound("covered.2", FIRST)),
            "wide",
        )
    ],
)

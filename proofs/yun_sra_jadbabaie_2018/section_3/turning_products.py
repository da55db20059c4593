"""Section 3.4: at a critical point of V_1 off the greater singular vectors the risk falls nearby.

Notation: u is a column in col A_p, b one that is orthogonal to it. A turn by t takes the product R
to (I + t b u^T) R (I + t y b^T M), where R y = u and M = Y X^T (X X^T)^-1.

Statements
- YSJ18.T2.2.image: along the columns of A_p the product is M.
- YSJ18.T2.2.bends: along a turn the slope is 0, and the curvature is negative where b has a greater
  singular value than u.
- YSJ18.T2.2.falls: so the risk falls nearby.
"""

from symbolic_landscape.proofs.rules import entries, order, ranks, spectra
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.chains import RANKS
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.criticality import (
    P3_6,
    error_above,
    error_below,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.gradients import SPLIT
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.projected_products import A
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.relaxation import FEASIBLE
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.turned_weights import (
    CURVE,
    NEAR,
    TURNED,
    error,
    one_in,
    one_out,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck import (
    BOTTLENECK,
    relaxed_risk,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    HALF,
    P_,
    POINT,
    R_,
    H,
    V,
    W,
    X,
    Y,
    a,
    b,
    best,
    critical,
    d,
    falls,
    fit,
    full_gram,
    full_rank,
    near,
    p,
    r,
    risk,
    s,
    square,
    t,
)
from symbolic_landscape.statement.language import (
    both,
    every,
    exists,
    identity_matrix,
    inverse,
    matrix,
    rank,
    trace,
    update,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    linear,
    logic,
    obtain,
    take,
)

k = d[p]
u = A @ a
lower = P_(W)[p]
shift = b @ u.T @ best + u @ b.T @ best
bend = b @ u.T @ u @ b.T @ best
curvature = HALF * square(shift @ X) + trace(bend.T @ error)
inv = inverse(X @ X.T)
y1, D1 = matrix("y", d[0], 1), matrix("D", d[0], k)
lines_up = b.T @ error + b.T @ best @ X @ X.T
PAIR_GIVEN = {"gram": full_gram, "full": full_rank, "critical": critical(W)}
greater = square(fit.T @ u) * square(b) < square(fit.T @ b) * square(u)
IMAGE = Statement(
    "YSJ18.T2.2.image",
    BOTTLENECK,
    title="Along the columns of A_p the product at a critical point is that of least squares",
    given=PAIR_GIVEN,
    then=A.T @ R_(W) == A.T @ best,
    proof=[
        have("exactly", None, cite(P3_6)),
        have("A_p E", error_above, logic, "exactly", "critical"),
        have("inverse", X @ X.T @ inv == one_in, by(ranks.inverse_of_full_rank, S=X @ X.T), "gram"),
        have(
            "no image",
            A.T @ error @ inv == 0,
            by(ranks.zero_inside, P=identity_matrix(k), A=A.T @ error, B=inv),
            "A_p E",
        ),
        have("same image", A.T @ error @ inv == A.T @ R_(W) - A.T @ best, calculation, "inverse"),
        have("image", A.T @ R_(W) == A.T @ best, linear, "no image", "same image"),
    ],
)

BENDS = Statement(
    "YSJ18.T2.2.bends",
    BOTTLENECK,
    title="The slope along a turn is 0, and the curvature is negative",
    names=(a, b),
    given={**PAIR_GIVEN, "orthogonal": A.T @ b == 0, "greater": greater},
    then=both(trace(shift.T @ error) == 0, curvature < 0),
    proof=[
        have("exactly", None, cite(P3_6)),
        have("A_p E", error_above, logic, "exactly", "critical"),
        have("E P_p", error_below, logic, "exactly", "critical"),
        have("split", None, cite(SPLIT)),
        have("factors", R_(W) == A @ lower, at(p), "split"),
        have(
            "on the left", inv @ X @ X.T == one_in, by(ranks.inverse_on_the_left, S=X @ X.T), "gram"
        ),
        have("image", A.T @ R_(W) == A.T @ best, cite(IMAGE)),
        have("gram of A_p", A.T @ R_(W) == A.T @ A @ lower, calculation, "factors"),
        have("normal", best.T @ A == lower.T @ A.T @ A, linear, "image", "gram of A_p"),
        # the slope
        have(
            "no slope of b",
            None,
            by(entries.trace_with_zero, A=a @ b.T @ best, A2=A.T @ error),
            "A_p E",
        ),
        have(
            "below",
            error @ lower.T @ A.T @ A == 0,
            by(ranks.zero_inside, P=one_out, A=error @ lower.T, B=A.T @ A),
            "E P_p",
        ),
        have("same below", error @ best.T @ A == error @ lower.T @ A.T @ A, calculation, "normal"),
        have("none below", error @ best.T @ A == 0, linear, "below", "same below"),
        have(
            "no slope of u",
            None,
            by(entries.trace_with_zero, A=b @ a.T, A2=error @ best.T @ A),
            "none below",
        ),
        have("slope", trace(shift.T @ error) == 0, linear, "no slope of b", "no slope of u"),
        # the curvature
        have(
            "b, u",
            square(b @ (fit.T @ u).T) == square(b) * square(fit.T @ u),
            by(spectra.square_of_outer),
        ),
        have(
            "u, b",
            square(u @ (fit.T @ b).T) == square(u) * square(fit.T @ b),
            by(spectra.square_of_outer),
        ),
        have(
            "crossing",
            None,
            by(entries.trace_with_zero, A=a @ b.T @ fit @ fit.T @ u, A2=A.T @ b),
            "orthogonal",
        ),
        have(
            "no row",
            b.T @ A @ lower == 0,
            by(ranks.zero_inside, P=identity_matrix(1), A=b.T @ A, B=lower),
            "orthogonal",
        ),
        have("b R", b.T @ R_(W) == 0, calculation, "no row", "factors"),
        have("normal equations", best @ X @ X.T == Y @ X.T, calculation, "on the left"),
        have("b E", b.T @ error + b.T @ Y @ X.T == 0, calculation, "b R"),
        have("b best", b.T @ best @ X @ X.T == b.T @ Y @ X.T, calculation, "normal equations"),
        have("lined up", lines_up == 0, linear, "b E", "b best"),
        have(
            "bent",
            None,
            by(entries.trace_with_zero, A=u.T @ u @ b.T @ best, A2=lines_up),
            "lined up",
        ),
        have(
            "curvature",
            curvature < 0,
            linear,
            "b, u",
            "u, b",
            "crossing",
            "bent",
            "greater",
        ),
        have("both", both(trace(shift.T @ error) == 0, curvature < 0), logic, "slope", "curvature"),
    ],
)

K_here, N_here = b @ u.T, y1 @ b.T @ best
descent = (
    t * t * curvature
    + t * t * t * trace((shift @ X).T @ (bend @ X))
    + t * t * t * t * (HALF * square(bend @ X))
)
there = update(update(W, 1, W[1] + t * (W[1] @ N_here)), H + 1, W[H + 1] + t * (K_here @ W[H + 1]))
less = exists(V, both(near(V, W, r), risk(V) < risk(W)))
FALLS = Statement(
    "YSJ18.T2.2.falls",
    BOTTLENECK,
    title="The risk falls near a critical point of V_1 off the greater singular vectors",
    names=(a, b),
    given={**PAIR_GIVEN, "orthogonal": A.T @ b == 0, "greater": greater},
    then=falls(*POINT),
    proof=[
        have("bends", None, cite(BENDS)),
        have("slope", trace(shift.T @ error) == 0, logic, "bends"),
        have("curvature", curvature < 0, logic, "bends"),
        have("ranks", None, cite(RANKS)),
        have("P_p", rank(lower) == k, logic, "ranks"),
        have(
            "right inverse",
            exists(D1, lower @ D1 == identity_matrix(k)),
            by(ranks.right_inverse),
            "P_p",
        ),
        have("D", lower @ D1 == identity_matrix(k), obtain(D1), "right inverse"),
        have("seen", lower @ D1 @ a == a, calculation, "D"),
        have("preimage", exists(y1, lower @ y1 == a), take(D1 @ a), "seen"),
        have("y", lower @ y1 == a, obtain(y1), "preimage"),
        have("split", None, cite(SPLIT)),
        have("factors", R_(W) == A @ lower, at(p), "split"),
        have("R y", R_(W) @ y1 == u, calculation, "factors", "y"),
        have("image", A.T @ R_(W) == A.T @ best, cite(IMAGE)),
        have(
            "falls",
            falls(*POINT),
            arbitrary(
                r,
                proof=[
                    have("stay", None, cite(NEAR, K=K_here, N=N_here)),
                    have("s", None, obtain(s), "stay"),
                    have("positive", s > 0, logic, "s"),
                    have("near", every(t, both(t > 0, t < s) >> near(there, W, r)), logic, "s"),
                    have(
                        "small",
                        None,
                        by(
                            order.first_power_leads,
                            x=curvature,
                            y=trace((shift @ X).T @ (bend @ X)),
                            r=HALF * square(bend @ X),
                        ),
                        "curvature",
                        "positive",
                    ),
                    have("t", None, obtain(t), "small"),
                    have("t positive", t > 0, logic, "t"),
                    have("t small", t < s, logic, "t"),
                    have("lower", descent < 0, logic, "t"),
                    have("if small", None, at(t), "near"),
                    have("near t", near(there, W, r), logic, "if small", "t positive", "t small"),
                    have("turned", None, cite(TURNED, K=K_here, N=N_here)),
                    have(
                        "product",
                        R_(there) == R_(W) + t * shift + t * t * bend,
                        calculation,
                        "turned",
                        "R y",
                        "image",
                    ),
                    have("curve", None, cite(CURVE, S=shift, N=bend)),
                    have("feasible", None, cite(FEASIBLE)),
                    have("here", relaxed_risk(X, Y, R_(W)) == risk(W), logic, "feasible"),
                    have("feasible there", None, cite(FEASIBLE, W=there)),
                    have(
                        "value",
                        relaxed_risk(X, Y, R_(there)) == risk(there),
                        logic,
                        "feasible there",
                    ),
                    have(
                        "residuals",
                        R_(there) @ X - Y == (R_(W) + t * shift + t * t * bend) @ X - Y,
                        calculation,
                        "product",
                    ),
                    have("squares", None, by(entries.squares_of_equal), "residuals"),
                    have("no slope", None, by(order.scaled_equation, s=t), "slope"),
                    have(
                        "less",
                        risk(there) < risk(W),
                        linear,
                        "squares",
                        "value",
                        "here",
                        "curve",
                        "no slope",
                        "lower",
                    ),
                    have("witness", less, take(there), "near t", "less"),
                ],
            ),
        ),
    ],
)

"""Section 3.4: critical points of V_1 that are no global minima are no local minima either.

Statements
- YSJ18.T2.2.invariant: F F^T maps the columns of A_p into their span.
- YSJ18.T2.2.between: near a critical point of V_1 that is not least the risk falls.
"""

from symbolic_landscape.proofs.rules import entries, ranks, spectra
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.chains import RANKS
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.criticality import P3_6, error_below
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.global_minima import BACK
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.gradients import SPLIT
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.projected_products import A
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.turned_weights import one_out
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.turning_products import (
    FALLS,
    IMAGE,
    PAIR_GIVEN,
    lower,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck import (
    BOTTLENECK,
    T,
    same_space,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    E_,
    POINT,
    R_,
    H,
    W,
    X,
    Y,
    a,
    b,
    best,
    d,
    falls,
    fit,
    leading,
    least,
    p,
    s,
    square,
)
from symbolic_landscape.statement.language import (
    both,
    contradiction,
    every,
    exists,
    identity_matrix,
    inverse,
    matrix,
    rank,
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
    suppose_not,
    take,
)

k = d[p]
gram_of = lower @ X @ X.T @ lower.T @ A.T @ A
INVARIANT = Statement(
    "YSJ18.T2.2.invariant",
    BOTTLENECK,
    title="F F^T maps the columns of A_p at a critical point of V_1 into their span",
    where="sec. 3.4",
    given=PAIR_GIVEN,
    then=exists(T, fit @ fit.T @ A == A @ T),
    proof=[
        have("image", A.T @ R_(W) == A.T @ best, cite(IMAGE)),
        have("split", None, cite(SPLIT)),
        have("factors", R_(W) == A @ lower, at(p), "split"),
        have("gram of A_p", A.T @ R_(W) == A.T @ A @ lower, calculation, "factors"),
        have("normal", best.T @ A == lower.T @ A.T @ A, linear, "image", "gram of A_p"),
        have(
            "on the left",
            inverse(X @ X.T) @ X @ X.T == identity_matrix(d[0]),
            by(ranks.inverse_on_the_left, S=X @ X.T),
            "gram",
        ),
        have(
            "F F^T",
            fit @ fit.T @ A == best @ X @ X.T @ lower.T @ A.T @ A,
            calculation,
            "normal",
        ),
        have(
            "least squares",
            best @ X @ X.T @ lower.T @ A.T @ A == Y @ X.T @ lower.T @ A.T @ A,
            calculation,
            "on the left",
        ),
        have("exactly", None, cite(P3_6)),
        have("E P_p", error_below, logic, "exactly", "critical"),
        have(
            "error",
            E_(W) @ lower.T @ A.T @ A == 0,
            by(ranks.zero_inside, P=one_out, A=E_(W) @ lower.T, B=A.T @ A),
            "E P_p",
        ),
        have("product", R_(W) @ X @ X.T @ lower.T @ A.T @ A == A @ gram_of, calculation, "factors"),
        have(
            "mapped",
            fit @ fit.T @ A == A @ gram_of,
            linear,
            "F F^T",
            "least squares",
            "error",
            "product",
        ),
        have("invariant", exists(T, fit @ fit.T @ A == A @ T), take(gram_of), "mapped"),
    ],
)

Q, C, M, T2 = (
    matrix(name, rows, k) for name, rows in (("Q", d[H + 1]), ("C", k), ("M", k), ("T2", k))
)
no_turn = (A.T @ b == 0) >> (square(fit.T @ b) * square(A @ a) <= square(fit.T @ A @ a) * square(b))
no_turn_of_basis = (Q.T @ b == 0) >> (
    square(fit.T @ b) * square(a) <= square(fit.T @ Q @ a) * square(b)
)
levels = exists(
    s,
    both(
        every(a, s * square(a) <= square(fit.T @ Q @ a)),
        every(b, (Q.T @ b == 0) >> (square(fit.T @ b) <= s * square(b))),
    ),
)
Qa = A @ (T2 @ a)
BETWEEN = Statement(
    "YSJ18.T2.2.between",
    BOTTLENECK,
    title="Near a critical point of V_1 that is no global minimum the risk falls",
    where="sec. 3.4",
    given={**PAIR_GIVEN, "not least": ~least(*POINT)},
    then=falls(*POINT),
    proof=[
        have(
            "falls",
            falls(*POINT),
            suppose_not(
                [
                    have(
                        "no turn",
                        every(a, b, no_turn),
                        arbitrary(
                            a,
                            b,
                            proof=[
                                have(
                                    "bound",
                                    square(fit.T @ b) * square(A @ a)
                                    <= square(fit.T @ A @ a) * square(b),
                                    suppose_not(
                                        [
                                            have("turn", falls(*POINT), cite(FALLS)),
                                            have(
                                                "absurd", contradiction, logic, "turn", "falls.not"
                                            ),
                                        ]
                                    ),
                                )
                            ],
                        ),
                    ),
                    have("ranks", None, cite(RANKS)),
                    have("A_p", rank(A) == k, logic, "ranks"),
                    have("low", rank(A) <= k, linear, "A_p"),
                    have(
                        "basis",
                        exists(Q, C, both(Q.T @ Q == identity_matrix(k), A == Q @ C)),
                        by(spectra.orthonormal_columns),
                        "low",
                    ),
                    have("Q and C", None, obtain(Q, C), "basis"),
                    have("orthonormal", Q.T @ Q == identity_matrix(k), logic, "Q and C"),
                    have("C", A == Q @ C, logic, "Q and C"),
                    have("whole", rank(Q @ C) == k, calculation, "<C", "A_p"),
                    have("of Q", rank(Q @ C) <= rank(Q), by(ranks.rank_of_product_left)),
                    have("Q", rank(Q) <= k, by(ranks.rank_at_most_columns)),
                    have("no loss", rank(Q @ C) == rank(Q), linear, "whole", "of Q", "Q"),
                    have("back", exists(T2, Q == Q @ C @ T2), by(ranks.same_columns), "no loss"),
                    have("T2", Q == Q @ C @ T2, obtain(T2), "back"),
                    have("Q in A_p", Q == A @ T2, calculation, "C", "<T2"),
                    have("first part", exists(T, A == Q @ T), take(C), "C"),
                    have("second part", exists(T, Q == A @ T), take(T2), "Q in A_p"),
                    have("same", same_space(W, Q), logic, "first part", "second part"),
                    have("stable", exists(M, fit @ fit.T @ A == A @ M), cite(INVARIANT)),
                    have("M", fit @ fit.T @ A == A @ M, obtain(M), "stable"),
                    have(
                        "F F^T Q", fit @ fit.T @ Q == fit @ fit.T @ A @ T2, calculation, "Q in A_p"
                    ),
                    have("F F^T A", fit @ fit.T @ A @ T2 == A @ M @ T2, calculation, "M"),
                    have("in Q", A @ M @ T2 == Q @ C @ M @ T2, calculation, "C"),
                    have(
                        "image",
                        fit @ fit.T @ Q == Q @ C @ M @ T2,
                        linear,
                        "F F^T Q",
                        "F F^T A",
                        "in Q",
                    ),
                    have(
                        "invariant",
                        fit @ fit.T @ Q == Q @ Q.T @ fit @ fit.T @ Q,
                        calculation,
                        "image",
                        "orthonormal",
                    ),
                    have(
                        "no turn in Q",
                        every(a, b, no_turn_of_basis),
                        arbitrary(
                            a,
                            b,
                            proof=[
                                have(
                                    "turned",
                                    C.T @ Q.T @ b == 0,
                                    by(ranks.zero_inside, P=C.T, A=Q.T @ b, B=identity_matrix(1)),
                                    "no turn in Q.if",
                                ),
                                have("off A_p", A.T @ b == 0, calculation, "C", "turned"),
                                have("there", None, at(T2 @ a, b), "no turn"),
                                have(
                                    "compared",
                                    square(fit.T @ b) * square(Qa)
                                    <= square(fit.T @ Qa) * square(b),
                                    logic,
                                    "there",
                                    "off A_p",
                                ),
                                have("vector", Qa == Q @ a, calculation, "Q in A_p"),
                                have("size", None, by(entries.squares_of_equal), "vector"),
                                have(
                                    "image of it",
                                    fit.T @ Qa == fit.T @ Q @ a,
                                    calculation,
                                    "Q in A_p",
                                ),
                                have(
                                    "size of the image",
                                    None,
                                    by(entries.squares_of_equal),
                                    "image of it",
                                ),
                                have("length", Q.T @ Q @ a - a == 0, calculation, "orthonormal"),
                                have(
                                    "lengths",
                                    square(Q @ a) == square(a),
                                    by(entries.trace_with_zero, A=a, A2=Q.T @ Q @ a - a),
                                    "length",
                                ),
                                have(
                                    "bound",
                                    square(fit.T @ b) * square(a)
                                    <= square(fit.T @ Q @ a) * square(b),
                                    calculation,
                                    "compared",
                                    "size",
                                    "size of the image",
                                    "lengths",
                                ),
                            ],
                        ),
                    ),
                    have(
                        "levels",
                        levels,
                        by(spectra.level_between, A=fit.T @ Q, D=fit.T, K=Q.T),
                        "no turn in Q",
                    ),
                    have("leading", leading(X, Y, Q), logic, "orthonormal", "invariant", "levels"),
                    have("least", least(*POINT), cite(BACK, U=Q)),
                    have("clash", contradiction, logic, "least", "not least"),
                ]
            ),
        )
    ],
)

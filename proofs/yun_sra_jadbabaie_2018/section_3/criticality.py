"""Section 3.4, Proposition 3.6: when a point whose product has rank k is critical.

Statements
- YSJ18.P3.6.gradient: a point is critical where its gradients, as three factors, vanish.
- YSJ18.P3.6: exactly where the error vanishes on both sides of the bottleneck.
"""

from symbolic_landscape.proofs.rules import ranks
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.chains import (
    HIDDEN,
    I3,
    chain_above,
    chain_below,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.gradients import L3_2, slope
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck import (
    BOTTLENECK,
    C,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    A_,
    DEEP_LINEAR,
    E_,
    P_,
    H,
    W,
    critical,
    d,
    full_rank,
    i,
    p,
    weight_gradient,
)
from symbolic_landscape.statement.language import both, each, exists, identity_matrix, matrix
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
)

D1, C1 = matrix("D", d[1], d[p]), matrix("C", d[p], d[H])
Di = matrix("D", d[i - 1], d[p])
factors = each(i, 1, H + 1, A_(W)[i].T @ E_(W) @ P_(W)[i - 1].T == 0)
GRADIENT = Statement(
    "YSJ18.P3.6.gradient",
    DEEP_LINEAR,
    title="A point is critical exactly where the three factors of each gradient have product 0",
    where="sec. 3.4",
    lines=(272, 272),
    given={},
    then=both(critical(W) >> factors, factors >> critical(W)),
    proof=[
        have("gradients", None, cite(L3_2)),
        have(
            "forth",
            critical(W) >> factors,
            arbitrary(
                proof=[
                    have(
                        "all",
                        factors,
                        arbitrary(
                            i,
                            proof=[
                                have("gradient", None, at(i), "gradients"),
                                have("flat", weight_gradient(W, i) == 0, at(i), "forth.if"),
                                have("zero", slope(i) == 0, linear, "gradient", "flat"),
                            ],
                        ),
                    )
                ]
            ),
        ),
        have(
            "back",
            factors >> critical(W),
            arbitrary(
                proof=[
                    have(
                        "all",
                        critical(W),
                        arbitrary(
                            i,
                            proof=[
                                have("gradient", None, at(i), "gradients"),
                                have("zero", slope(i) == 0, at(i), "back.if"),
                                have(
                                    "flat", weight_gradient(W, i) == 0, linear, "gradient", "zero"
                                ),
                            ],
                        ),
                    )
                ]
            ),
        ),
        have("both", both(critical(W) >> factors, factors >> critical(W)), logic, "forth", "back"),
    ],
)

error_above = A_(W)[p].T @ E_(W) == 0
error_below = E_(W) @ P_(W)[p].T == 0
no_error = both(error_above, error_below)
"""A_p E = 0 and E B_{p+1} = 0, as the paper writes them."""
up, down = C.T @ A_(W)[p].T @ E_(W), E_(W) @ P_(W)[p].T @ Di.T
UP_TO_P = [
    have("spaces", None, at(i), "above"),
    have("part", exists(C, A_(W)[i] == A_(W)[p] @ C), logic, "spaces"),
    have("C", None, obtain(C), "part"),
    have(
        "product",
        up @ P_(W)[i - 1].T == 0,
        by(ranks.zero_inside, P=C.T, A=A_(W)[p].T @ E_(W), B=P_(W)[i - 1].T),
        "A_p E",
    ),
    have("same", slope(i) == up @ P_(W)[i - 1].T, calculation, "C"),
    have("zero", slope(i) == 0, linear, "product", "same"),
]
FROM_P = [
    have("spaces", None, at(i - 1), "below"),
    have("part", exists(Di, P_(W)[i - 1] == Di @ P_(W)[p]), logic, "spaces"),
    have("D", None, obtain(Di), "part"),
    have(
        "product",
        A_(W)[i].T @ down == 0,
        by(ranks.zero_inside, P=A_(W)[i].T, A=E_(W) @ P_(W)[p].T, B=Di.T),
        "E B_p",
    ),
    have("same", slope(i) == A_(W)[i].T @ down, calculation, "D"),
    have("zero", slope(i) == 0, linear, "product", "same"),
]
exactly = both(critical(W) >> no_error, no_error >> critical(W))
P3_6 = Statement(
    "YSJ18.P3.6",
    BOTTLENECK,
    title="Criticality inside V_1",
    kind="proposition",
    where="sec. 3.4",
    lines=(284, 292),
    given={"full": full_rank},
    then=exactly,
    proof=[
        have("hidden", None, cite(HIDDEN), lines=(261, 262)),
        have("chains", None, cite(I3), lines=(273, 281)),
        have("above", chain_above, logic, "chains"),
        have("below", chain_below, logic, "chains"),
        have("gradient", None, cite(GRADIENT), lines=(272, 272)),
        have(
            "if",
            no_error >> critical(W),
            arbitrary(
                proof=[
                    have("A_p E", error_above, logic, "if.if"),
                    have("E B_p", error_below, logic, "if.if"),
                    have(
                        "all",
                        factors,
                        arbitrary(
                            i,
                            proof=[
                                have("layer", slope(i) == 0, cases(UP_TO_P, FROM_P, split=i <= p))
                            ],
                        ),
                    ),
                    have("critical", critical(W), logic, "gradient", "all"),
                ]
            ),
            lines=(285, 287),
        ),
        have(
            "only if",
            critical(W) >> no_error,
            arbitrary(
                proof=[
                    have("all", factors, logic, "gradient", "only if.if", lines=(288, 290)),
                    have("first layer", None, at(1), "all", lines=(291, 292)),
                    have("spaces above", None, at(1), "above"),
                    have(
                        "back above", exists(D1, A_(W)[p] == A_(W)[1] @ D1), logic, "spaces above"
                    ),
                    have("D", None, obtain(D1), "back above"),
                    have(
                        "product above",
                        D1.T @ A_(W)[1].T @ E_(W) == 0,
                        by(
                            ranks.zero_inside,
                            P=D1.T,
                            A=A_(W)[1].T @ E_(W),
                            B=identity_matrix(d[0]),
                        ),
                        "first layer",
                    ),
                    have(
                        "same above",
                        A_(W)[p].T @ E_(W) == D1.T @ A_(W)[1].T @ E_(W),
                        calculation,
                        "D",
                    ),
                    have("A_p E", error_above, linear, "product above", "same above"),
                    have("last layer", None, at(H + 1), "all", lines=(291, 292)),
                    have("spaces below", None, at(H), "below"),
                    have(
                        "back below", exists(C1, P_(W)[p] == C1 @ P_(W)[H]), logic, "spaces below"
                    ),
                    have("C", None, obtain(C1), "back below"),
                    have(
                        "product below",
                        E_(W) @ P_(W)[H].T @ C1.T == 0,
                        by(
                            ranks.zero_inside,
                            P=identity_matrix(d[H + 1]),
                            A=E_(W) @ P_(W)[H].T,
                            B=C1.T,
                        ),
                        "last layer",
                    ),
                    have(
                        "same below",
                        E_(W) @ P_(W)[p].T == E_(W) @ P_(W)[H].T @ C1.T,
                        calculation,
                        "C",
                    ),
                    have("E B_p", error_below, linear, "product below", "same below"),
                    have("both", no_error, logic, "A_p E", "E B_p"),
                ]
            ),
            lines=(288, 292),
        ),
        have("exactly", exactly, logic, "if", "only if"),
    ],
)

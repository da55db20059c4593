"""Appendix A.3 and A.4: the direction that steers layer j to h*, whatever j.

Notation: J is the Jacobian matrix of the layers above layer j, r = h_{H+1:1} - h*, back an inverse of
h_{j-1:1}, and eta(w) = J^T (J J^T)^-1 r(back(w)) with J at h_j(w). For j = 1 all back(w) are w.

Statements
- YSJ18.I5.inverse: with singular values of at least eps, J J^T (J J^T)^-1 = I.
- YSJ18.I5.paired: the right side of (6) for eta is the mean square of r.
- YSJ18.I5.growth: |eta| is at most N / (eps eps_1) times |w|.
"""

from typing import Any

from symbolic_landscape.proofs.rules import (
    expectations,
    order,
    ranks,
    signs,
)
from symbolic_landscape.proofs.rules.maps import square
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.right_inverse import (
    I4,
    RANK,
    STEERED,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.functions import (
    NETWORK,
    NETWORK_BACK,
    H,
    J,
    N,
    back,
    d,
    down_,
    eps,
    eps1,
    expands,
    h,
    here,
    j,
    mean_square,
    paired,
    pseudoinverse,
    r,
    redone,
    steep,
    undone,
    vector,
    y,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    every,
    fn,
    identity_matrix,
    inverse,
    rank,
    trace,
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
)

z, w = vector("z", j), vector("w", j - 1)


def steering(j: Any, back: Any) -> Expr:
    """The direction of layer j."""
    w = vector("w", j - 1)
    return fn(w, pseudoinverse(j, h[j](w)) @ r(back(w)))


eta = steering(j, back)
full_rank = every(z, rank(J(j, z)) == d[H + 1])
right_inverse = every(
    z, J(j, z) @ J(j, z).T @ inverse(J(j, z) @ J(j, z).T) == identity_matrix(d[H + 1])
)

conditions = {"bound": eps > 0, "steep": steep(h, j, eps)}
INVERSE = Statement(
    "YSJ18.I5.inverse",
    NETWORK,
    title="Jacobian matrices with singular values away from 0 have right inverses",
    where="Appendix A.3",
    lines=(472, 473),
    given=conditions,
    then=both(full_rank, right_inverse),
    proof=[
        have(
            "rank",
            full_rank,
            arbitrary(
                z,
                proof=[
                    have("at z", None, at(z), "steep"),
                    have("rank", None, cite(RANK, m=d[H + 1], n=d[j], A=J(j, z))),
                ],
            ),
        ),
        have(
            "inverse",
            right_inverse,
            arbitrary(
                z,
                proof=[
                    have("full", None, at(z), "rank"),
                    have("inverse", None, by(ranks.gram_inverse, A=J(j, z)), "full"),
                ],
            ),
        ),
        have("both", both(full_rank, right_inverse), logic, "rank", "inverse"),
    ],
)

PAIRED = Statement(
    "YSJ18.I5.paired",
    NETWORK_BACK,
    title="Along the steering direction (6) is the mean square of the error",
    where="Appendix A.3",
    lines=(475, 476),
    given={"right inverse": right_inverse, "undone": undone},
    then=paired(j, eta) == mean_square,
    proof=[
        have(
            "products",
            every(
                y,
                trace(r(y).T @ (J(j, here(j, y)) @ eta(down_(h)[j - 1](y)))) == square(r(y)),
            ),
            arbitrary(
                y,
                proof=[
                    have("inverse", None, at(here(j, y)), "right inverse"),
                    have("steered", None, cite(STEERED, m=d[H + 1], n=d[j], A=J(j, here(j, y)))),
                    have("at r", None, at(r(y)), "steered"),
                    have("back", None, at(y), "undone"),
                    have(
                        "square",
                        trace(r(y).T @ (J(j, here(j, y)) @ eta(down_(h)[j - 1](y))))
                        == square(r(y)),
                        calculation,
                        "back",
                        "at r",
                    ),
                ],
            ),
        ),
        have(
            "means",
            paired(j, eta) == mean_square,
            by(expectations.expectation_of_equal),
            "products",
        ),
    ],
)

grows = every(y, square(r(y)) <= N * square(y))
grown = every(w, eps * eps * (eps1 * eps1 * square(eta(w))) <= N * square(w))
GROWTH = Statement(
    "YSJ18.I5.growth",
    NETWORK_BACK,
    title="A bound of the steering direction",
    where="Appendix A.3 and A.4",
    lines=(489, 493),
    names=(N,),
    given={**conditions, "grows": grows, "N": N >= 0, "expands": expands, "redone": redone},
    then=grown,
    proof=[
        have(
            "all",
            grown,
            arbitrary(
                w,
                proof=[
                    have("at w", None, at(h[j](w)), "steep"),
                    have("norms", None, cite(I4, m=d[H + 1], n=d[j], A=J(j, h[j](w)))),
                    have("norm", None, at(r(back(w))), "norms"),
                    have("error", None, at(back(w)), "grows"),
                    have("longer", None, at(back(w)), "expands"),
                    have("back", None, at(w), "redone"),
                    have(
                        "length",
                        eps1 * eps1 * square(back(w)) <= square(w),
                        calculation,
                        "longer",
                        "back",
                    ),
                    have("factor", None, by(order.square_not_negative, s=eps1)),
                    have(
                        "of norm",
                        eps1 * eps1 * (square(r(back(w))) - eps * eps * square(eta(w))) >= 0,
                        by(signs.product_not_negative),
                        "factor",
                        "norm",
                    ),
                    have(
                        "of error",
                        eps1 * eps1 * (N * square(back(w)) - square(r(back(w)))) >= 0,
                        by(signs.product_not_negative),
                        "factor",
                        "error",
                    ),
                    have(
                        "of length",
                        N * (square(w) - eps1 * eps1 * square(back(w))) >= 0,
                        by(signs.product_not_negative),
                        "N",
                        "length",
                    ),
                    have(
                        "total",
                        eps * eps * (eps1 * eps1 * square(eta(w))) <= N * square(w),
                        linear,
                        "of norm",
                        "of error",
                        "of length",
                    ),
                ],
            ),
        )
    ],
)

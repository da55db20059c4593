"""Appendix A.3: the right inverse A^T (A A^T)^-1 and its norm.

Statements
- YSJ18.I4.rank: singular values of at least eps > 0 make A A^T invertible.
- YSJ18.I4.steered: then v^T A A^T (A A^T)^-1 v = |v|^2.
- YSJ18.I4: then |A^T (A A^T)^-1 v| <= |v| / eps.

Design notes. The paper goes by the singular value decomposition. With w = (A A^T)^-1 v the square
of v - eps^2 w says the same in one line.
"""

from symbolic_landscape.proofs.rules import entries, numbers, order, ranks, signs
from symbolic_landscape.proofs.rules.maps import square
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bounded_matrices import (
    BOUNDED_MATRIX,
    A,
    bounded,
    eps,
    m,
    v,
)
from symbolic_landscape.statement.language import (
    contradiction,
    every,
    identity_matrix,
    inverse,
    matrix,
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
    obtain,
    suppose_not,
)

u = matrix("u", m, 1)
given = {"bound": eps > 0, "singular values": bounded}
RANK = Statement(
    "YSJ18.I4.rank",
    BOUNDED_MATRIX,
    title="Singular values away from 0 make a matrix of full row rank",
    where="Appendix A.3",
    lines=(472, 473),
    given=given,
    then=rank(A) == m,
    proof=[
        have("rows", None, by(ranks.rank_at_most_rows, A=A)),
        have(
            "rank",
            rank(A) == m,
            suppose_not(
                proof=[
                    have(
                        "less",
                        rank(A) < m,
                        by(order.less_if_different),
                        "rows",
                        "rank.not",
                    ),
                    have("turned", None, by(ranks.rank_of_transpose, A=A)),
                    have("fewer", rank(A.T) < m, linear, "less", "turned"),
                    have("kernel", None, by(ranks.kernel_vector, A=A.T), "fewer"),
                    have("vector", None, obtain(u), "kernel"),
                    have("not zero", u != 0, logic, "vector"),
                    have("sent to 0", A.T @ u == 0, logic, "vector"),
                    have("at u", None, at(u), "singular values"),
                    have(
                        "no length",
                        eps * eps * square(u) <= 0,
                        calculation,
                        "at u",
                        "sent to 0",
                    ),
                    have("square", eps * eps > 0, by(order.positive_product), "bound", "bound"),
                    have(
                        "length",
                        square(u) <= 0,
                        by(numbers.quotient_bound, t=0),
                        "square",
                        "no length",
                    ),
                    have("zero", u == 0, by(entries.zero_of_squares), "length"),
                    have("clash", contradiction, logic, "zero", "not zero"),
                ]
            ),
        ),
    ],
)

identity = A @ A.T @ inverse(A @ A.T) == identity_matrix(m)
steered = every(v, trace(v.T @ (A @ (A.T @ inverse(A @ A.T) @ v))) == square(v))
STEERED = Statement(
    "YSJ18.I4.steered",
    BOUNDED_MATRIX,
    title="A right inverse undoes the matrix",
    where="Appendix A.3",
    lines=(475, 476),
    given={"inverse": identity},
    then=steered,
    proof=[
        have(
            "all",
            steered,
            arbitrary(
                v,
                proof=[
                    have(
                        "square",
                        trace(v.T @ (A @ (A.T @ inverse(A @ A.T) @ v))) == square(v),
                        calculation,
                        "inverse",
                    )
                ],
            ),
        )
    ],
)

w = inverse(A @ A.T) @ v
right = A.T @ w
bound = every(v, eps * eps * square(right) <= square(v))
I4 = Statement(
    "YSJ18.I4",
    BOUNDED_MATRIX,
    title="Right-inverse bound",
    kind="identity",
    where="Appendix A.3",
    lines=(483, 488),
    given=given,
    then=bound,
    gloss="The norm of A^T (A A^T)^-1 is at most 1 / eps.",
    proof=[
        have("full rank", None, cite(RANK)),
        have("inverse", None, by(ranks.gram_inverse, A=A), "full rank"),
        have(
            "all",
            bound,
            arbitrary(
                v,
                proof=[
                    have("at w", None, at(w), "singular values"),
                    have("square", None, by(order.square_not_negative, s=eps)),
                    have(
                        "scaled",
                        eps * eps * (square(right) - eps * eps * square(w)) >= 0,
                        by(signs.product_not_negative),
                        "square",
                        "at w",
                    ),
                    have(
                        "length",
                        None,
                        by(entries.squares_not_negative, A=v - eps * eps * w),
                    ),
                    have(
                        "same",
                        eps * eps * square(right) == eps * eps * trace(w.T @ v),
                        calculation,
                        "inverse",
                    ),
                    have(
                        "norm",
                        eps * eps * square(right) <= square(v),
                        linear,
                        "length",
                        "scaled",
                        "same",
                    ),
                ],
            ),
        ),
    ],
)

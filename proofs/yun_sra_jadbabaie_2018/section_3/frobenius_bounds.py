"""Section 3.2, Lemma 3.3: lower bounds of the norm of a product.

Statements
- YSJ18.L3.3.bound: |A B| >= s |B| where |A v| >= s |v| for all v.
- YSJ18.L3.3: the lemma.
"""

from symbolic_landscape.proofs.rules import forms
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import square
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.singular_values import (
    FACTORS,
    A,
    B,
    l,
    least_value,
    m,
    n,
    s,
    t,
)
from symbolic_landscape.statement.language import both, every, identity_matrix, matrix, trace
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    cite,
    have,
    logic,
)

v, w = matrix("v", n, 1), matrix("w", l, 1)
lengthens = every(v, s * s * square(v) <= square(A @ v))
excess = B.T @ (A.T @ A - s * s * identity_matrix(n)) @ B

BOUND = Statement(
    "YSJ18.L3.3.bound",
    FACTORS,
    title="A factor that shortens no vector below s times its length",
    where="C.3",
    lines=(639, 640),
    given={"lengthens": lengthens},
    then=s * s * square(B) <= square(A @ B),
    proof=[
        have(
            "order",
            every(w, trace(w.T @ excess @ w) >= 0),
            arbitrary(
                w,
                proof=[
                    have("image", trace(w.T @ excess @ w) >= 0, at(B @ w), "lengthens"),
                ],
            ),
            lines=(639, 639),
        ),
        have(
            "trace",
            s * s * square(B) <= square(A @ B),
            by(forms.trace_not_negative, S=excess),
            "order",
            lines=(640, 640),
        ),
    ],
)
first = (n <= m) >> (s * s * square(B) <= square(A @ B))
second = (n <= l) >> (t * t * square(A) <= square(A @ B))
L3_3 = Statement(
    "YSJ18.L3.3",
    FACTORS,
    title="Frobenius lower bounds",
    where="Section 3.2; proof C.3",
    lines=(201, 204),
    given={"first": least_value(A, s), "second": least_value(B.T, t)},
    then=both(first, second),
    proof=[
        have(
            "part 1",
            first,
            arbitrary(
                proof=[
                    have("lengthens", lengthens, logic, "first", "part 1.if"),
                    have("bound", s * s * square(B) <= square(A @ B), cite(BOUND)),
                ]
            ),
            lines=(639, 640),
        ),
        have(
            "part 2",
            second,
            arbitrary(
                proof=[
                    have(
                        "lengthens",
                        every(v, t * t * square(v) <= square(B.T @ v)),
                        logic,
                        "second",
                        "part 2.if",
                    ),
                    have(
                        "bound",
                        t * t * square(A) <= square(A @ B),
                        cite(BOUND, m=l, l=m, A=B.T, B=A.T, s=t),
                    ),
                ]
            ),
            lines=(641, 642),
        ),
        have("both", both(first, second), logic, "part 1", "part 2"),
    ],
)

"""Section 4: what the layers above a layer make of 0, and of a change of the first layer.

Statements
- YSJ18.T4.1.rest: they send 0 to 0.
- YSJ18.T4.1.above: a change of the first layer leaves those above it as they are.
- YSJ18.T4.1.inverse: where singular values are at least eps, J J^T (J J^T)^-1 = I.
"""

from typing import Any

from symbolic_landscape.proofs.rules import entries, jacobians, numbers, order, ranks
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.functions import (
    FIRST_MOVED,
    H,
    J,
    d,
    eps,
    h,
    nothing,
    square,
    steep,
    up_,
    vector,
)
from symbolic_landscape.statement.language import (
    Expr,
    contradiction,
    each,
    every,
    fn,
    function,
    gradient,
    identity_matrix,
    integer,
    inverse,
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
    definition,
    have,
    induct,
    linear,
    logic,
    obtain,
    suppose_not,
)

k, n = integer("k"), integer("n")
f = function("f", vector("", 0), vector("", 1))
changed = update(h, 1, f)
U1 = up_(h)[1]


def through(h: Any, n: Any) -> Expr:
    """What layer n, and then those above it, make of the value of layer n - 1."""
    x = vector("x", n - 1)
    return fn(x, up_(h)[n](h[n](x)))


at_zero = each(k, 0, H + 1, up_(h)[k](nothing(k)) == nothing(H + 1))
REST = Statement(
    "YSJ18.T4.1.rest",
    FIRST_MOVED,
    title="The layers above a layer send 0 to 0",
    where="Section 4.1",
    given={},
    then=at_zero,
    proof=[
        have(
            "all",
            at_zero,
            induct(
                n,
                down=True,
                base=[have("top", up_(h)[H + 1](nothing(H + 1)) == nothing(H + 1), calculation)],
                step=[
                    have("layer", None, at(n), "standing 5"),
                    have("through", up_(h)[n - 1] == through(h, n), definition),
                    have(
                        "next",
                        up_(h)[n - 1](nothing(n - 1)) == nothing(H + 1),
                        calculation,
                        "through",
                        "layer",
                        "all.before",
                    ),
                ],
            ),
        )
    ],
)

same_above = each(k, 1, H + 1, up_(changed)[k] == up_(h)[k])
ABOVE = Statement(
    "YSJ18.T4.1.above",
    FIRST_MOVED,
    title="A change of the first layer leaves those above it as they are",
    where="Section 4.1",
    names=(f,),
    given={},
    then=same_above,
    proof=[
        have(
            "all",
            same_above,
            induct(
                n,
                down=True,
                base=[have("top", up_(changed)[H + 1] == up_(h)[H + 1], calculation)],
                step=[
                    have("there", up_(changed)[n - 1] == through(changed, n), definition),
                    have("here", up_(h)[n - 1] == through(h, n), definition),
                    have(
                        "next",
                        up_(changed)[n - 1] == up_(h)[n - 1],
                        calculation,
                        "there",
                        "all.before",
                        "<here",
                    ),
                ],
            ),
        )
    ],
)

z, v = vector("z", 1), vector("v", H + 1)
q = vector("q", 1)
weighted = gradient(fn(q, trace(v.T @ U1(q))), z)
invertible = J(z) @ J(z).T @ inverse(J(z) @ J(z).T) == identity_matrix(d[H + 1])
INVERSE = Statement(
    "YSJ18.T4.1.inverse",
    FIRST_MOVED,
    title="Jacobians with singular values away from 0 have right inverses",
    where="Appendix A.3",
    given={
        "bound": eps > 0,
        "steep": steep(h, 1, eps),
        "twice differentiable": twice_smooth(U1),
    },
    then=every(z, invertible),
    proof=[
        have(
            "all",
            every(z, invertible),
            arbitrary(
                z,
                proof=[
                    have("rows", None, by(ranks.rank_at_most_rows, A=J(z))),
                    have(
                        "rank",
                        rank(J(z)) == d[H + 1],
                        suppose_not(
                            proof=[
                                have(
                                    "less",
                                    rank(J(z)) < d[H + 1],
                                    by(order.less_if_different),
                                    "rows",
                                    "rank.not",
                                ),
                                have("turned", None, by(ranks.rank_of_transpose, A=J(z))),
                                have("fewer", rank(J(z).T) < d[H + 1], linear, "less", "turned"),
                                have("kernel", None, by(ranks.kernel_vector, A=J(z).T), "fewer"),
                                have("vector", None, obtain(v), "kernel"),
                                have("not zero", v != 0, logic, "vector"),
                                have("sent to 0", J(z).T @ v == 0, logic, "vector"),
                                have(
                                    "smooth",
                                    smooth(U1),
                                    by(jacobians.smooth_map_of_twice),
                                    "twice differentiable",
                                ),
                                have(
                                    "gradient",
                                    weighted == J(z).T @ v,
                                    by(jacobians.gradient_of_weighted_values),
                                    "smooth",
                                ),
                                have("at v", None, at(v, z), "steep"),
                                have(
                                    "no length",
                                    eps * eps * square(v) <= 0,
                                    calculation,
                                    "at v",
                                    "gradient",
                                    "sent to 0",
                                ),
                                have(
                                    "square",
                                    eps * eps > 0,
                                    by(order.positive_product),
                                    "bound",
                                    "bound",
                                ),
                                have(
                                    "length",
                                    square(v) <= 0,
                                    by(numbers.quotient_bound, t=0),
                                    "square",
                                    "no length",
                                ),
                                have("zero", v == 0, by(entries.zero_of_squares), "length"),
                                have("clash", contradiction, logic, "zero", "not zero"),
                            ]
                        ),
                    ),
                    have("inverse", invertible, by(ranks.gram_inverse, A=J(z)), "rank"),
                ],
            ),
        )
    ],
)

"""Section 3.2, Corollary 3.9: positive definite Hessians and their blocks.

Statements
- NH17.C3.9.definite: the Hessian at a non-degenerate local minimum is positive definite.
- NH17.C3.9.block: where it is, the point is non-degenerate on every set of layers.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.curvature import (
    CURVATURE,
    D2,
    FIRST,
    NULL_DIRECTION,
    SECOND,
    no_descent,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.local_minima import (
    ALL,
    SMOOTH,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import (
    K2,
    I,
    K,
    e,
    e2,
    nondegenerate,
    supported,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import (
    NEIGHBOURHOODS,
    local_minimum,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    L,
    W,
    b,
)
from symbolic_landscape.proofs.rules import points
from symbolic_landscape.statement.language import (
    both,
    contradiction,
    every,
    integer,
    true,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    cite,
    have,
    linear,
    logic,
    suppose_not,
)

i = integer("i")
zero_direction = points.is_zero(K, e, 1, L)
definite = every(K, e, ~zero_direction >> (D2(FIRST, FIRST) > 0))

DEFINITE = Statement(
    "NH17.C3.9.definite",
    NEIGHBOURHOODS,
    title="The Hessian at a non-degenerate local minimum is positive definite",
    where="Section 3.2, proof of Corollary 3.9",
    lines=(948, 949),
    given={
        "minimum": local_minimum(W, b),
        "nondegenerate": nondegenerate(W, b, ALL),
        **SMOOTH,
    },
    then=definite,
    proof=[
        have("no descent", no_descent, cite(CURVATURE)),
        have(
            "definite",
            definite,
            arbitrary(
                K,
                e,
                proof=[
                    have(
                        "positive",
                        D2(FIRST, FIRST) > 0,
                        suppose_not(
                            [
                                have("not negative", None, at(K, e), "no descent"),
                                have(
                                    "flat",
                                    D2(FIRST, FIRST) == 0,
                                    linear,
                                    "not negative",
                                    "positive.not",
                                ),
                                have(
                                    "kernel",
                                    every(
                                        K2, e2, supported(ALL, K2, e2) >> (D2(FIRST, SECOND) == 0)
                                    ),
                                    arbitrary(
                                        K2,
                                        e2,
                                        proof=[
                                            have(
                                                "zero", D2(FIRST, SECOND) == 0, cite(NULL_DIRECTION)
                                            )
                                        ],
                                    ),
                                ),
                                have(
                                    "supported",
                                    supported(ALL, K, e),
                                    arbitrary(
                                        i,
                                        proof=[
                                            have("in", true | both(K[i] == 0, e[i] == 0), logic)
                                        ],
                                    ),
                                ),
                                have("if null", None, at(K, e), "nondegenerate"),
                                have(
                                    "clash",
                                    contradiction,
                                    logic,
                                    "if null",
                                    "supported",
                                    "kernel",
                                    "definite.if",
                                ),
                            ]
                        ),
                    )
                ],
            ),
        ),
    ],
)

BLOCK = Statement(
    "NH17.C3.9.block",
    NEIGHBOURHOODS,
    title="A positive definite Hessian is non-degenerate on every set of layers",
    where="Section 3.2, proof of Corollary 3.9",
    lines=(949, 952),
    names=(I,),
    given={"definite": definite},
    then=nondegenerate(W, b, I),
    proof=[
        have(
            "nondegenerate",
            nondegenerate(W, b, I),
            arbitrary(
                K,
                e,
                proof=[
                    have(
                        "zero",
                        zero_direction,
                        suppose_not(
                            [
                                have("if not zero", None, at(K, e), "definite"),
                                have(
                                    "positive",
                                    D2(FIRST, FIRST) > 0,
                                    logic,
                                    "if not zero",
                                    "zero.not",
                                ),
                                have("supported", supported(I, K, e), logic, "nondegenerate.if"),
                                have(
                                    "kernel",
                                    every(K2, e2, supported(I, K2, e2) >> (D2(FIRST, SECOND) == 0)),
                                    logic,
                                    "nondegenerate.if",
                                ),
                                have("if supported", None, at(K, e), "kernel"),
                                have(
                                    "flat",
                                    D2(FIRST, FIRST) == 0,
                                    logic,
                                    "if supported",
                                    "supported",
                                ),
                                have("clash", contradiction, linear, "positive", "flat"),
                            ]
                        ),
                    )
                ],
            ),
        )
    ],
)

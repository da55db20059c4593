"""Section 6, Lemmas 17 and 18: paths above a layer that spans R^N, and paths through sigma.

Statements
- PS21.L17: activations that span R^N let the weights above follow each path of preactivations.
- PS21.L18: a path in the image of the activation is the image of a path.
"""

from collections.abc import Mapping

from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import (
    CLASS_A,
    LAYER,
    N,
    a,
    alpha,
    i,
    inside,
    j,
    m,
    n,
    nu,
    one,
    s,
    sigma,
    starts,
    strictly_between,
    t,
    w,
    w0,
    x,
)
from symbolic_landscape.proofs.rules import (
    columns,
    paths,
    ranks,
)
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    every,
    exists,
    fn,
    function,
    identity_matrix,
    like,
    matrix,
    rank,
    scalar_function,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    have,
    logic,
    obtain,
    take,
)

here = w @ a + w0 @ one
"""The preactivations of the layer."""
PATH = {"continuous": continuous(nu), "start": nu(0) == here}

# ---- Lemma 17 ------------------------------------------------------------------------------------
omega, left = function("omega", t, w), matrix("R", N, n)
followed = fn(t, w + (nu(t) - here) @ left)

L17 = Statement(
    "PS21.L17",
    LAYER,
    title="Paths in the layer after the wide one",
    where="Section 6, Lemma 17; Appendix A.4",
    lines=(325, 327),
    names=(nu,),
    given={"span": rank(a) == N, **PATH},
    then=exists(omega, both(starts(omega, w), every(t, nu(t) == omega(t) @ a + w0 @ one))),
    proof=[
        have("left", None, by(ranks.left_inverse), "span", lines=(506, 506)),
        have("inverse", left @ a == identity_matrix(N), obtain(left), "left"),
        have(
            "moves",
            continuous(followed),
            by(
                paths.continuous_affine,
                X=nu,
                left=identity_matrix(m),
                right=left,
                C=w - here @ left,
            ),
            "continuous",
            lines=(506, 506),
        ),
        have("starts", followed(0) == w, calculation, "start", lines=(506, 506)),
        have(
            "follows",
            every(t, nu(t) == followed(t) @ a + w0 @ one),
            arbitrary(
                t,
                proof=[
                    have("there", nu(t) == followed(t) @ a + w0 @ one, calculation, "inverse"),
                ],
            ),
            lines=(506, 506),
        ),
        have(
            "path",
            exists(omega, both(starts(omega, w), every(t, nu(t) == omega(t) @ a + w0 @ one))),
            take(followed),
            "moves",
            "starts",
            "follows",
            lines=(504, 504),
        ),
    ],
)

# ---- Lemma 18 ------------------------------------------------------------------------------------
g, lift = scalar_function("g"), like("lift", alpha)
lifted = exists(lift, both(continuous(lift), every(t, sigma(lift(t)) == alpha(t))))
IN_IMAGE = {"continuous": continuous(alpha), "inside": every(t, inside(alpha(t)))}
value = alpha(t)[i, j]
LIFT = [
    have("left", None, by(paths.inverse_of_increasing, f=sigma), "increasing", lines=(508, 508)),
    have("inverse", every(x, g(sigma(x)) == x), obtain(g), "left"),
    have(
        "onto",
        every(x, strictly_between(x) >> exists(s, sigma(s) == x)),
        logic,
        "image",
    ),
    have(
        "values",
        every(t, sigma(g(alpha(t))) == alpha(t)),
        arbitrary(
            t,
            proof=[
                have("now", None, at(t), "inside"),
                have(
                    "entries",
                    each(i, 1, n, each(j, 1, N, sigma(g(alpha(t)))[i, j] == value)),
                    arbitrary(
                        i,
                        j,
                        proof=[
                            have("between", None, at(i, j), "now"),
                            have("if between", None, at(value), "onto"),
                            have("some", None, logic, "if between", "between"),
                            have("preimage", sigma(s) == value, obtain(s), "some"),
                            have("back", None, at(s), "inverse"),
                            have(
                                "entry",
                                sigma(g(alpha(t)))[i, j] == value,
                                calculation,
                                "<preimage",
                                "back",
                            ),
                        ],
                    ),
                ),
                have("all", None, by(columns.equal_of_entries), "entries"),
            ],
        ),
        lines=(508, 508),
    ),
    have(
        "moves",
        continuous(fn(t, g(alpha(t)))),
        by(paths.continuous_inverse, f=sigma, g=g, X=alpha),
        "increasing",
        "inverse",
        "continuous",
        "values",
        lines=(508, 508),
    ),
    have("lifted", lifted, take(fn(t, g(alpha(t)))), "moves", "values", lines=(510, 510)),
]


def lifting(
    given: Mapping[str, Expr], reading: str = "printed", repaired: Statement | None = None
) -> Statement:
    """A reading of Lemma 18."""
    return Statement(
        "PS21.L18",
        LAYER,
        title="Lifting a path through sigma",
        where="Section 6, Lemma 18; Appendix A.4",
        lines=(329, 329),
        names=(alpha,),
        given={**given, **IN_IMAGE},
        then=lifted,
        proof=LIFT,
        reading=reading,
        repaired=repaired,
    )


L18 = lifting({name: CLASS_A[name] for name in ("increasing", "image")}, "repaired")
L18_PRINTED = lifting(CLASS_A, repaired=L18)

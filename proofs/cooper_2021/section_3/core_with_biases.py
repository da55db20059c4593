"""Section 3.1.2: the Hessian where two layers erase the samples, whatever the biases are.

Where M[j] = 0 and M[k] = 0, j < k, the features from layer k on are the same for all samples, and
along every direction they move by the same.

Statements
- C21.T3.2.constant: so they move.
- C21.T3.2.wider: with the mean the Hessian is 2n times the square of V[l] c + e[l], for a column c.
"""

from collections.abc import Sequence

from symbolic_landscape.proofs.cooper_2021.section_3.core import (
    CORE_PIECE,
    LAYER,
    same_for_all,
    slope,
    some_column,
)
from symbolic_landscape.proofs.cooper_2021.section_3.slopes import RISING, squared
from symbolic_landscape.proofs.cooper_2021.section_3.star import (
    D3_S,
    MOVING,
    E,
    R,
    Z,
    curve,
    errors_cancel,
    residuals,
    v,
)
from symbolic_landscape.proofs.cooper_2021.section_3.star_points import CONSTANT, T3_1
from symbolic_landscape.proofs.cooper_2021.settings.architectures import j, k, l, m
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    NETWORK,
    M,
    V,
    b,
    column,
    critical,
    e,
    layer,
    mean_of_targets,
    n,
    one,
    phi_,
    second_,
    sigma,
)
from symbolic_landscape.proofs.rules import columns, functions
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.entries import squares_of_equal, trace_with_zero
from symbolic_landscape.proofs.rules.points import t
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    every,
    exists,
    fn,
    matrix,
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
    induct,
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.step import Step


def layer_moves(
    i: Expr, received: Expr, receives: Sequence[str], moves: Expr, *used: str
) -> list[Step]:
    """Steps to how layer i moves, whose units all receive one column and move by another."""
    below, before = phi_(M, b)[i - 1], curve(i - 1)
    made, fed = slope(received) * moves, M[i] @ derivative(before)(0)
    return [
        have("layer", None, cite(LAYER, j=i)),
        have("received", layer(below, i) == received @ one, calculation, *receives),
        have("moved", V[i] @ below + fed + e[i] @ one == moves @ one, calculation, *used),
        have("image", None, by(functions.repeated_entrywise, f=slope, u=received, n=n)),
        have(
            "slope",
            slope(layer(below, i)) == slope(received) @ one,
            calculation,
            "received",
            "image",
        ),
        have("product", None, by(columns.repeated_hadamard), "slope", "moved"),
        have("moves", derivative(curve(i))(0) == made @ one, calculation, "layer", "product"),
        have("some", some_column(i), take(made), "moves"),
    ]


c_k, c_v = matrix("c", m[k - 1], 1), matrix("c", m[v], 1)
d_v, d_last = matrix("d", m[v], 1), matrix("d", m[l - 1], 1)
c = matrix("c", m[l - 1], 1)
ERASED = {"first": M[j] == 0, "second": M[k] == 0}
MOVE = Statement(
    "C21.T3.2.constant",
    NETWORK,
    title="Above two layers of zeros the features move by the same for all samples",
    where="Section 3.1.2, proof of Theorem 3.2",
    names=(j, k, V, e),
    standing=CORE_PIECE,
    given={"smooth": twice_smooth(sigma), **ERASED},
    then=same_for_all,
    proof=[
        have("features", None, cite(CONSTANT, k=j)),
        have(
            "same",
            same_for_all,
            induct(
                v,
                base=[
                    have("below", None, at(k - 1), "features"),
                    have("c", phi_(M, b)[k - 1] == c_k @ one, obtain(c_k), "below"),
                    *layer_moves(k, b[k], ["second"], V[k] @ c_k + e[k], "c", "second"),
                ],
                step=[
                    have("below", None, at(v), "features"),
                    have("c", phi_(M, b)[v] == c_v @ one, obtain(c_v), "below"),
                    have("d", derivative(curve(v))(0) == d_v @ one, obtain(d_v), "same.before"),
                    *layer_moves(
                        v + 1,
                        M[v + 1] @ c_v + b[v + 1],
                        ["c"],
                        V[v + 1] @ c_v + M[v + 1] @ d_v + e[v + 1],
                        "c",
                        "d",
                    ),
                ],
            ),
        ),
    ],
)

rise = V[l] @ c + e[l]
hessian = every(V, e, second_(M, b, V, e) == 2 * n * squared(rise))
some_hessian = exists(c, hessian)
WIDER = Statement(
    "C21.T3.2.wider",
    NETWORK,
    kind="remark",
    title="The Hessian on the core locus, for any activation and biases",
    where="Section 3.1.2, Theorem 3.2",
    lines=(232, 232),
    names=(j, k),
    standing=CORE_PIECE,
    given={
        "smooth": twice_smooth(sigma),
        **ERASED,
        "last": M[l] == 0,
        "mean": mean_of_targets,
    },
    then=both(critical(M, b), some_hessian),
    gloss="c is what all samples have as last features. m[l] eigenvalues are positive, others 0.",
    proof=[
        have("critical", critical(M, b), cite(T3_1, k=j)),
        have("constant", None, cite(CONSTANT, k=j)),
        have("last features", None, at(l - 1), "constant"),
        have("c", phi_(M, b)[l - 1] == c @ one, obtain(c), "last features"),
        have("errors cancel", errors_cancel, cite(D3_S)),
        have("no weights", M[l] @ phi_(M, b)[l - 1] @ column == 0, calculation, "last"),
        have("cancel", R @ column == 0, linear, "errors cancel", "no weights"),
        have(
            "hessian",
            hessian,
            arbitrary(
                V,
                e,
                proof=[
                    *MOVING,
                    have(
                        "bend",
                        None,
                        cite(RISING, m=m[l], p=m[l - 1], n=n, V=V[l], R=R, E=E, Z=Z),
                    ),
                    have("slopes", None, cite(MOVE)),
                    have("slope", some_column(l - 1), at(l - 1), "slopes"),
                    have("d", derivative(Z)(0) == d_last @ one, obtain(d_last), "slope"),
                    have(
                        "no cross term",
                        None,
                        by(trace_with_zero, A=V[l] @ d_last, A2=R @ column),
                        "cancel",
                    ),
                    have(
                        "cross",
                        trace(R.T @ V[l] @ derivative(Z)(0)) == trace(R.T @ V[l] @ d_last @ one),
                        calculation,
                        "d",
                    ),
                    have("rise", V[l] @ Z(0) + E == rise @ one, calculation, "c"),
                    have("same squares", None, by(squares_of_equal), "rise"),
                    have(
                        "squares",
                        squared(rise @ one) == n * squared(rise),
                        by(columns.squares_of_repeated, u=rise, n=n),
                    ),
                    have(
                        "bends",
                        derivative(derivative(fn(t, squared(residuals(t)))))(0)
                        == 2 * n * squared(rise),
                        linear,
                        "bend",
                        "cross",
                        "no cross term",
                        "same squares",
                        "squares",
                    ),
                    have(
                        "second derivative",
                        second_(M, b, V, e) == 2 * n * squared(rise),
                        calculation,
                        "curve",
                        "bends",
                    ),
                ],
            ),
        ),
        have("some", some_hessian, take(c), "hessian"),
        have("both", both(critical(M, b), some_hessian), logic, "critical", "some"),
    ],
)

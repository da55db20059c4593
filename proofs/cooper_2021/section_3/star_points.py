"""Section 3.1.2: the points of the star locus are critical.

Notation: (V, e) is a direction, and Z the curve of the features of layer l - 1 along it.

Statements
- C21.T3.1.constant: where M[k] = 0, the features above are the same for all samples.
- C21.T3.1: so every point of the star locus, with the mean, is critical; and with any biases.

Design notes. The paper has features 0 in place of constant ones, for which it needs sigma(0) = 0
and zero biases. Where the errors sum to 0, the proof does without.
"""

from symbolic_landscape.proofs.cooper_2021.section_3.loss_derivatives import I3_2
from symbolic_landscape.proofs.cooper_2021.section_3.slopes import SLOPE, squared
from symbolic_landscape.proofs.cooper_2021.section_3.star import (
    D3_S,
    D3_S_PRINTED,
    FEATURES,
    MOVING,
    PIECE,
    SMOOTH,
    STAR,
    E,
    R,
    Z,
    errors_cancel,
    moved_point,
    residuals,
    v,
    weight,
)
from symbolic_landscape.proofs.cooper_2021.settings.architectures import i, j, k, l, m
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    NETWORK,
    M,
    V,
    Y,
    b,
    column,
    critical,
    e,
    f_,
    layer,
    mean_of_targets,
    n,
    one,
    phi_,
    sigma,
    slope_,
    sum_of_targets,
)
from symbolic_landscape.proofs.rules import curves, functions
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.entries import trace_with_zero
from symbolic_landscape.proofs.rules.points import t
from symbolic_landscape.statement.language import (
    Expr,
    derivative,
    each,
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
    definition,
    have,
    induct,
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.step import Step


def constant(i: Expr) -> Expr:
    """The features of layer i are the same for all samples."""
    c = matrix("c", m[i], 1)
    return exists(c, phi_(M, b)[i] == c @ one)


def next_layer(i: Expr, inside: Expr, *used: str) -> list[Step]:
    """Steps to constant features of layer i, whose units all receive the column `inside`."""
    return [
        have("received", layer(phi_(M, b)[i - 1], i) == inside @ one, calculation, *used),
        have("image", None, by(functions.repeated_entrywise, f=sigma, u=inside, n=n)),
        have("layer", phi_(M, b)[i] == sigma(layer(phi_(M, b)[i - 1], i)), definition),
        have(
            "equal",
            phi_(M, b)[i] == sigma(inside) @ one,
            calculation,
            "layer",
            "received",
            "image",
        ),
        have("some", constant(i), take(sigma(inside)), "equal"),
    ]


c_v, c_last = matrix("c", m[v], 1), matrix("c", m[l - 1], 1)
all_constant = each(j, k, l - 1, constant(j))
CONSTANT = Statement(
    "C21.T3.1.constant",
    NETWORK,
    title="Above a layer of zeros the features are the same for all samples",
    where="Section 3.1.2, proof of Theorem 3.1",
    names=(k,),
    standing=PIECE,
    given={"weights": M[k] == 0},
    then=all_constant,
    proof=[
        have(
            "features",
            all_constant,
            induct(
                v,
                base=next_layer(k, b[k], "weights"),
                step=[
                    have("c", phi_(M, b)[v] == c_v @ one, obtain(c_v), "features.before"),
                    *next_layer(v + 1, M[v + 1] @ c_v + b[v + 1], "c"),
                ],
            ),
        )
    ],
)

weights, fed = fn(t, weight(l)), fn(t, weight(l) @ Z(t))
shift = fn(t, b[l] @ one + t * (e[l] @ one))
outputs_move = derivative(fn(t, f_(*moved_point)))(0)
moves = V[l] @ c_last + e[l]
"""What moves the outputs, the same for all samples."""
T3_1 = Statement(
    "C21.T3.1",
    NETWORK,
    title="Star points are critical",
    kind="theorem",
    where="Section 3.1.2, Theorem 3.1",
    lines=(230, 230),
    names=(k,),
    standing=PIECE,
    given={
        "smooth": twice_smooth(sigma),
        "weights": M[k] == 0,
        "last": M[l] == 0,
        "mean": mean_of_targets,
    },
    then=critical(M, b),
    gloss="Neither sigma(0) = 0 nor zero biases are needed: layer k erases the samples.",
    proof=[
        have("constant", None, cite(CONSTANT)),
        have("last features", None, at(l - 1), "constant"),
        have("c", phi_(M, b)[l - 1] == c_last @ one, obtain(c_last), "last features"),
        have("errors cancel", errors_cancel, cite(D3_S)),
        have(
            "critical",
            critical(M, b),
            arbitrary(
                V,
                e,
                proof=[
                    have("all smooth", None, cite(SMOOTH)),
                    have("twice", None, at(l - 1), "all smooth"),
                    have("below", smooth(Z), by(curves.smooth_curve_of_twice), "twice"),
                    have("line", None, by(curves.twice_smooth_line, A=M[l], A2=V[l])),
                    have("weights line", smooth(weights), by(curves.smooth_curve_of_twice), "line"),
                    have("shifts", None, by(curves.twice_smooth_line, A=b[l] @ one, A2=e[l] @ one)),
                    have("shift line", smooth(shift), by(curves.smooth_curve_of_twice), "shifts"),
                    have(
                        "fed",
                        smooth(fed),
                        by(curves.smooth_curve_product, X=weights, Y=Z),
                        "weights line",
                        "below",
                    ),
                    have(
                        "sum",
                        outputs_move == derivative(fed)(0) + derivative(shift)(0),
                        by(curves.derivative_of_sum, X=fed, X2=shift, x=0),
                        "fed",
                        "shift line",
                    ),
                    have(
                        "product",
                        None,
                        by(curves.derivative_of_product, X=weights, Y=Z, x=0),
                        "weights line",
                        "below",
                    ),
                    have(
                        "weights move",
                        derivative(weights)(0) == V[l],
                        by(curves.derivative_of_line, A=M[l], A2=V[l], x=0),
                    ),
                    have(
                        "shift moves",
                        derivative(shift)(0) == e[l] @ one,
                        by(curves.derivative_of_line, A=b[l] @ one, A2=e[l] @ one, x=0),
                    ),
                    have(
                        "outputs move",
                        outputs_move == moves @ one,
                        calculation,
                        "sum",
                        "product",
                        "weights move",
                        "shift moves",
                        "last",
                        "c",
                    ),
                    have("slope", None, cite(I3_2)),
                    have(
                        "no slope",
                        None,
                        by(trace_with_zero, A=moves, A2=(f_(M, b) - Y) @ column),
                        "errors cancel",
                    ),
                    have(
                        "same for all",
                        slope_(M, b, V, e) == 2 * trace((f_(M, b) - Y).T @ moves @ one),
                        calculation,
                        "slope",
                        "outputs move",
                    ),
                    have("flat", slope_(M, b, V, e) == 0, linear, "same for all", "no slope"),
                ],
            ),
        ),
    ],
    reading="repaired",
)

T3_1_PRINTED = Statement(
    "C21.T3.1",
    NETWORK,
    title="Star points are critical",
    kind="theorem",
    where="Section 3.1.2, Theorem 3.1",
    lines=(230, 230),
    names=(k,),
    standing=(l >= 3, *PIECE),
    given={"smooth": twice_smooth(sigma), "zero": sigma(0) == 0, **STAR, "sum": sum_of_targets},
    then=critical(M, b),
    proof=[
        have("last", M[l] == 0, logic, "star"),
        have("weights", M[k] == 0, logic, "star"),
        have("biases", each(i, k, l - 1, b[i] == 0), logic, "star"),
        have("features", None, cite(FEATURES), lines=(290, 302)),
        have("no features", None, at(l - 1), "features"),
        have("errors cancel", errors_cancel, cite(D3_S_PRINTED), lines=(316, 320)),
        have("no weights", M[l] @ phi_(M, b)[l - 1] @ column == 0, calculation, "last"),
        have("cancel", R @ column == 0, linear, "errors cancel", "no weights"),
        have(
            "critical",
            critical(M, b),
            arbitrary(
                V,
                e,
                proof=[
                    *MOVING,
                    have(
                        "slope",
                        None,
                        cite(SLOPE, m=m[l], p=m[l - 1], n=n, V=V[l], R=R, E=E, Z=Z),
                        lines=(242, 244),
                    ),
                    have(
                        "no slope",
                        None,
                        by(trace_with_zero, A=e[l], A2=R @ column),
                        "cancel",
                    ),
                    have(
                        "no change",
                        derivative(fn(t, squared(residuals(t))))(0) == 0,
                        linear,
                        "slope",
                        "no slope",
                    ),
                    have("flat", slope_(M, b, V, e) == 0, calculation, "curve", "no change"),
                ],
            ),
        ),
    ],
    repaired=T3_1,
    expected=("refuted, statement",),
)

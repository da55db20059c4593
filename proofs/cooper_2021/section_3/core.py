"""Section 3.1.2: derivatives that avoid the last weights, and the Hessian on the core locus.

Notation: (V, e) is a direction. The Hessian is given by the second derivatives of the loss along
all directions.

Statements
- C21.L3.3: outputs move with the last bias alone where the last weights are 0 and stay.
- C21.T3.2.layer: the slope of the features of a layer.
- C21.T3.2.slope: on the core locus the last features move by the same for all samples.
- C21.T3.2: on the core locus, with the mean, the Hessian is 2n times the square of the last bias.

Design notes. That all derivatives by parameters other than the last weights vanish, but for the
first by the last bias, is said along directions: the outputs are affine there, with slope e[l].
"""

from collections.abc import Mapping

from symbolic_landscape.proofs.cooper_2021.section_3.slopes import BEND, squared
from symbolic_landscape.proofs.cooper_2021.section_3.star import (
    D3_S,
    D3_S_PRINTED,
    FEATURES,
    MOVING,
    SMOOTH,
    E,
    R,
    curve,
    errors_cancel,
    moved_point,
    residuals,
    v,
    weight,
)
from symbolic_landscape.proofs.cooper_2021.section_3.star_points import T3_1, T3_1_PRINTED
from symbolic_landscape.proofs.cooper_2021.settings.architectures import i, j, k, l, m
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    NETWORK,
    M,
    V,
    b,
    column,
    critical,
    e,
    f_,
    layer,
    mean_of_targets,
    n,
    one,
    one_positive,
    phi_,
    second_,
    sigma,
    star_layers,
    sum_of_targets,
)
from symbolic_landscape.proofs.rules import blocks, curves, functions
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.entries import trace_with_zero
from symbolic_landscape.proofs.rules.points import t
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    each,
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
    claimed,
    definition,
    have,
    induct,
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import num

avoiding = every(t, f_(*moved_point) == f_(M, b) + t * (e[l] @ one))


def derivatives(
    given: Mapping[str, Expr],
    first_term: Step,
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of Lemma 3.3."""
    return Statement(
        "C21.L3.3",
        NETWORK,
        title="Derivatives avoiding the last weights",
        where="Section 3.1.2, Lemma 3.3",
        lines=(262, 262),
        names=(V, e),
        given={"avoid": V[l] == 0, **given},
        then=avoiding,
        proof=[
            have(
                "along",
                avoiding,
                arbitrary(
                    t,
                    proof=[
                        stays,
                        first_term,
                        have(
                            "outputs",
                            f_(*moved_point) == f_(M, b) + t * (e[l] @ one),
                            linear,
                            "first term",
                            "stay",
                        ),
                    ],
                ),
                lines=(264, 269),
            ),
        ],
        reading=reading,
        repaired=repaired,
        expected=expected,
    )


same_term = M[l] @ curve(l - 1)(t) == M[l] @ phi_(M, b)[l - 1]
stays = have("stay", t * V[l] @ curve(l - 1)(t) == 0, calculation, "avoid")
L3_3 = derivatives(
    {"last": M[l] == 0},
    have("first term", same_term, calculation, "last"),
    "repaired",
)
L3_3_PRINTED = derivatives(
    {},
    have("first term", same_term, claimed("D avoids the last weights, so the first term vanishes")),
    repaired=L3_3,
    expected=("unsupported premise, step along/first term", "refuted, statement"),
)

slope = derivative(sigma)
before, here = curve(j - 1), phi_(M, b)[j - 1]
fed_slope = V[j] @ here + M[j] @ derivative(before)(0) + e[j] @ one
fed, shift = fn(t, weight(j) @ before(t)), fn(t, b[j] @ one + t * (e[j] @ one))
inside = fn(t, fed(t) + shift(t))
LAYER = Statement(
    "C21.T3.2.layer",
    NETWORK,
    title="The slope of the features of a layer along a direction",
    where="Section 3.1.2, proof of Theorem 3.2",
    names=(j, V, e),
    standing=(1 <= j, j <= l - 1),
    given={"smooth": twice_smooth(sigma)},
    then=derivative(curve(j))(0) == slope(layer(here, j)) * fed_slope,
    proof=[
        have("all smooth", None, cite(SMOOTH)),
        have("twice", None, at(j - 1), "all smooth"),
        have("below", smooth(before), by(curves.smooth_curve_of_twice), "twice"),
        have("line", None, by(curves.twice_smooth_line, A=M[j], A2=V[j])),
        have("weights", smooth(fn(t, weight(j))), by(curves.smooth_curve_of_twice), "line"),
        have("shift line", None, by(curves.twice_smooth_line, A=b[j] @ one, A2=e[j] @ one)),
        have("shift", smooth(shift), by(curves.smooth_curve_of_twice), "shift line"),
        have(
            "fed",
            smooth(fed),
            by(curves.smooth_curve_product, X=fn(t, weight(j)), Y=before),
            "weights",
            "below",
        ),
        have(
            "fed twice",
            None,
            by(curves.twice_smooth_curve_product, X=fn(t, weight(j)), Y=before),
            "line",
            "twice",
        ),
        have(
            "inside twice",
            twice_smooth(inside),
            by(curves.twice_smooth_curve_sum, X=fed, X2=shift),
            "fed twice",
            "shift line",
        ),
        have("inside", smooth(inside), by(curves.smooth_curve_of_twice), "inside twice"),
        have("activation", smooth(sigma), by(curves.smooth_of_twice), "smooth"),
        have(
            "product",
            None,
            by(curves.derivative_of_product, X=fn(t, weight(j)), Y=before, x=0),
            "weights",
            "below",
        ),
        have(
            "weights move",
            derivative(fn(t, weight(j)))(0) == V[j],
            by(curves.derivative_of_line, A=M[j], A2=V[j], x=0),
        ),
        have(
            "shift moves",
            derivative(shift)(0) == e[j] @ one,
            by(curves.derivative_of_line, A=b[j] @ one, A2=e[j] @ one, x=0),
        ),
        have(
            "sum",
            derivative(inside)(0) == derivative(fed)(0) + derivative(shift)(0),
            by(curves.derivative_of_sum, X=fed, X2=shift, x=0),
            "fed",
            "shift",
        ),
        have(
            "inside moves",
            derivative(inside)(0) == fed_slope,
            calculation,
            "sum",
            "product",
            "weights move",
            "shift moves",
        ),
        have(
            "image",
            derivative(fn(t, sigma(inside(t))))(0) == slope(inside(0)) * derivative(inside)(0),
            by(curves.derivative_of_image, f=sigma, X=inside, x=0),
            "activation",
            "inside",
        ),
        have(
            "layers",
            every(t, curve(j)(t) == sigma(inside(t))),
            arbitrary(t, proof=[have("layer", curve(j)(t) == sigma(inside(t)), definition)]),
        ),
        have("curve", curve(j) == fn(t, sigma(inside(t))), by(functions.equal_curves), "layers"),
        have(
            "slope",
            derivative(curve(j))(0) == slope(layer(here, j)) * fed_slope,
            calculation,
            "curve",
            "image",
            "inside moves",
        ),
    ],
)

CORE_PIECE = (1 <= j, j < k, k <= l - 1)
CORE = {"core": both(star_layers(j), M[k] == 0)}
c_v, c_last = matrix("c", m[v], 1), matrix("c", m[l - 1], 1)


def some_column(i: Expr) -> Expr:
    """The features of layer i move by the same for all samples."""
    c = matrix("c", m[i], 1)
    return exists(c, derivative(curve(i))(0) == c @ one)


same_for_all = each(i, k, l - 1, some_column(i))
flat_slope = slope(Expr(num(0)))


SLOPES = Statement(
    "C21.T3.2.slope",
    NETWORK,
    title="On the core locus the last features move by the same for all samples",
    where="Section 3.1.2, proof of Theorem 3.2",
    lines=(376, 392),
    names=(j, k, V, e),
    standing=CORE_PIECE,
    given={
        "smooth": twice_smooth(sigma),
        "zero": sigma(0) == 0,
        "first": M[j] == 0,
        "biases": each(i, j, l - 1, b[i] == 0),
        "weights": M[k] == 0,
    },
    then=same_for_all,
    proof=[
        have("features", None, cite(FEATURES, k=j)),
        have(
            "same",
            same_for_all,
            induct(
                v,
                base=[
                    have("below", None, at(k - 1), "features"),
                    have("bias", None, at(k), "biases"),
                    have("layer", None, cite(LAYER, j=k)),
                    have("inside", layer(phi_(M, b)[k - 1], k) == 0, calculation, "below", "bias"),
                    have(
                        "factor",
                        None,
                        by(
                            functions.constant_factor,
                            f=slope,
                            A=layer(phi_(M, b)[k - 1], k),
                            A2=V[k] @ phi_(M, b)[k - 1]
                            + M[k] @ derivative(curve(k - 1))(0)
                            + e[k] @ one,
                        ),
                        "inside",
                    ),
                    have(
                        "moves",
                        derivative(curve(k))(0) == flat_slope * e[k] @ one,
                        calculation,
                        "layer",
                        "factor",
                        "below",
                        "weights",
                    ),
                    have("some", some_column(k), take(flat_slope * e[k]), "moves"),
                ],
                step=[
                    have("below", None, at(v), "features"),
                    have("bias", None, at(v + 1), "biases"),
                    have("c", None, obtain(c_v), "same.before"),
                    have("layer", None, cite(LAYER, j=v + 1)),
                    have("inside", layer(phi_(M, b)[v], v + 1) == 0, calculation, "below", "bias"),
                    have(
                        "factor",
                        None,
                        by(
                            functions.constant_factor,
                            f=slope,
                            A=layer(phi_(M, b)[v], v + 1),
                            A2=V[v + 1] @ phi_(M, b)[v]
                            + M[v + 1] @ derivative(curve(v))(0)
                            + e[v + 1] @ one,
                        ),
                        "inside",
                    ),
                    have(
                        "moves",
                        derivative(curve(v + 1))(0)
                        == flat_slope * (M[v + 1] @ c_v + e[v + 1]) @ one,
                        calculation,
                        "layer",
                        "factor",
                        "below",
                        "c",
                    ),
                    have(
                        "some",
                        some_column(v + 1),
                        take(flat_slope * (M[v + 1] @ c_v + e[v + 1])),
                        "moves",
                    ),
                ],
            ),
        ),
    ],
)

Z = curve(l - 1)
hessian = every(V, e, second_(M, b, V, e) == 2 * n * squared(e[l]))
STAR_PART = (
    have("star", star_layers(j), logic, "core"),
    have("last", M[l] == 0, logic, "star"),
)
HESSIAN = [
    have("first", M[j] == 0, logic, "star"),
    have("biases", each(i, j, l - 1, b[i] == 0), logic, "star"),
    have("weights", M[k] == 0, logic, "core"),
    have("features", None, cite(FEATURES, k=j)),
    have("no features", None, at(l - 1), "features"),
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
                    cite(BEND, m=m[l], p=m[l - 1], n=n, V=V[l], R=R, E=E, Z=Z),
                    lines=(322, 324),
                ),
                have("slopes", None, cite(SLOPES), lines=(376, 392)),
                have("slope", some_column(l - 1), at(l - 1), "slopes"),
                have("c", derivative(Z)(0) == c_last @ one, obtain(c_last), "slope"),
                have(
                    "no cross term",
                    None,
                    by(trace_with_zero, A=V[l] @ c_last, A2=R @ column),
                    "cancel",
                ),
                have(
                    "cross",
                    trace(R.T @ V[l] @ derivative(Z)(0)) == trace(R.T @ V[l] @ c_last @ one),
                    calculation,
                    "c",
                ),
                have("repeated", None, by(blocks.repeated_column_summed, a=e[l], p=n)),
                have(
                    "squares",
                    squared(E) == n * squared(e[l]),
                    calculation,
                    "repeated",
                ),
                have(
                    "bends",
                    derivative(derivative(fn(t, squared(residuals(t)))))(0)
                    == 2 * n * squared(e[l]),
                    linear,
                    "bend",
                    "cross",
                    "no cross term",
                    "squares",
                ),
                have(
                    "second",
                    second_(M, b, V, e) == 2 * n * squared(e[l]),
                    calculation,
                    "curve",
                    "bends",
                ),
            ],
        ),
        lines=(330, 398),
    ),
]
GIVEN = {"smooth": twice_smooth(sigma), "zero": sigma(0) == 0, **CORE}
T3_2 = Statement(
    "C21.T3.2",
    NETWORK,
    title="Core points are degenerate; their Hessian",
    kind="theorem",
    where="Section 3.1.2, Theorem 3.2",
    lines=(232, 232),
    names=(j, k),
    standing=CORE_PIECE,
    given={**GIVEN, "mean": mean_of_targets},
    then=both(critical(M, b), hessian),
    gloss="Each of the m[l] last biases has the eigenvalue 2n, and all others are 0.",
    proof=[
        *STAR_PART,
        have("errors cancel", errors_cancel, cite(D3_S)),
        *HESSIAN,
        have("critical", critical(M, b), cite(T3_1, k=j)),
        have("both", both(critical(M, b), hessian), logic, "critical", "hessian"),
    ],
    reading="repaired",
)
T3_2_PRINTED = Statement(
    "C21.T3.2",
    NETWORK,
    title="Core points are degenerate; their Hessian",
    kind="theorem",
    where="Section 3.1.2, Theorem 3.2",
    lines=(232, 232),
    names=(j, k),
    standing=(l >= 4, 1 <= j, j <= k, k <= l - 1),
    given={**GIVEN, "sum": sum_of_targets},
    then=both(critical(M, b), one_positive(M, b)),
    proof=[
        *STAR_PART,
        have("errors cancel", errors_cancel, cite(D3_S_PRINTED, k=j), lines=(394, 396)),
        *HESSIAN,
        have("critical", critical(M, b), cite(T3_1_PRINTED, k=j), lines=(316, 316)),
        have(
            "one",
            one_positive(M, b),
            claimed("one second derivative, that by the last bias, is 2n, and all others vanish"),
            "hessian",
            lines=(398, 398),
        ),
        have("both", both(critical(M, b), one_positive(M, b)), logic, "critical", "one"),
    ],
    repaired=T3_2,
    expected=(
        "hypothesis not discharged, step hessian/slopes",
        "refuted, statement",
        "invalid inference, step one",
    ),
)

"""Section 5.3: which changes of the last layer are null vectors of the Hessian.

Notation: Z is the curve of the last features along a direction (V, e). T K1 and T k2 are changes of
the last layer that no sample sees, so that K1 Phi + k2 1 = 0.

Statements
- C21.C5.16.shift: what such a change adds to the second derivative along a direction.
- C21.C5.16.null: nothing, where the Hessian is positive semidefinite.
- C21.C5.16.minimum: at a local minimum it is.

Design notes. The change of the last layer alone has the second derivative 0, at every point. That
makes it a null vector where the Hessian has one sign; else <R, T K1 Z'> is what it adds.
"""

from symbolic_landscape.proofs.cooper_2021.section_3.slopes import squared
from symbolic_landscape.proofs.cooper_2021.section_3.star import SMOOTH, moved_point
from symbolic_landscape.proofs.cooper_2021.section_5.levels import Phi
from symbolic_landscape.proofs.cooper_2021.section_5.quadratics import D5_R
from symbolic_landscape.proofs.cooper_2021.section_5.residual_curves import (
    ALONG,
    BEND,
    SMOOTH_LOSS,
    last,
    losses,
    residuals,
)
from symbolic_landscape.proofs.cooper_2021.settings.architectures import j, l
from symbolic_landscape.proofs.cooper_2021.settings.architectures import m as width
from symbolic_landscape.proofs.cooper_2021.settings.hessians import (
    HESSIANS,
    K1,
    T,
    bends,
    dim,
    k2,
    least_nearby,
    local_minimum,
    shifted,
    size,
    unmoved,
)
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    NETWORK,
    M,
    V,
    Y,
    b,
    e,
    f_,
    loss_,
    one,
    phi_,
    second_,
    sigma,
)
from symbolic_landscape.proofs.cooper_2021.settings.networks import n as samples
from symbolic_landscape.proofs.rules import continuity, curves, forms, functions, minima
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.objects import x
from symbolic_landscape.proofs.rules.points import moved, near, s, t
from symbolic_landscape.statement.language import (
    both,
    derivative,
    each,
    every,
    exists,
    fn,
    trace,
    update,
    zeros,
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
    take,
)

constant, ones_part = fn(t, K1), fn(t, k2 @ one)
unseen = fn(t, K1 @ last(t) + k2 @ one)
"""What the samples see of [K1, k2] along (V, e): nothing at the start."""
moved_there = moved(M, b, (t, *shifted))
start = (f_(M, b) - Y).T
change = trace(start @ T @ derivative(unseen)(0))
SEEN = {"smooth": twice_smooth(sigma), "kernel": K1 @ Phi + k2 @ one == 0}
shifted_squares = fn(t, squared(residuals(t) + t * T @ unseen(t)))
agree = both(moved_there[0][j] == moved_point[0][j], moved_there[1][j] == moved_point[1][j])
same_below = each(j, 0, l - 1, phi_(*moved_there)[j] == phi_(*moved_point)[j])
SHIFT = Statement(
    "C21.C5.16.shift",
    NETWORK,
    title="What an unseen change of the last layer adds to a second derivative",
    names=(dim, V, e, T, K1, k2),
    given=SEEN,
    then=second_(M, b, *shifted) == second_(M, b, V, e) + 4 * change,
    proof=[
        have("residuals", None, cite(ALONG)),
        have("all smooth", None, cite(SMOOTH)),
        have("features", twice_smooth(last), at(l - 1), "all smooth"),
        have(
            "constant",
            twice_smooth(constant),
            by(curves.twice_smooth_line, A=K1, A2=zeros(dim, width[l - 1])),
        ),
        have(
            "ones",
            twice_smooth(ones_part),
            by(curves.twice_smooth_line, A=k2 @ one, A2=zeros(dim, samples)),
        ),
        have(
            "seen",
            None,
            by(curves.twice_smooth_curve_product, X=constant, Y=last),
            "constant",
            "features",
        ),
        have(
            "unseen",
            twice_smooth(unseen),
            by(curves.twice_smooth_curve_sum, X=fn(t, K1 @ last(t)), X2=ones_part),
            "seen",
            "ones",
        ),
        have(
            "bend",
            None,
            cite(BEND, m=width[l], p=dim, n=samples, B=T, X=residuals, Z=unseen),
        ),
        have(
            "shifted losses",
            every(t, loss_(*moved_there) == shifted_squares(t)),
            arbitrary(
                t,
                proof=[
                    have(
                        "agree",
                        each(j, 1, l - 1, agree),
                        arbitrary(j, proof=[have("same", agree, logic)]),
                    ),
                    have(
                        "definition",
                        None,
                        cite(
                            D5_R,
                            i=l - 1,
                            M=moved_point[0],
                            b=moved_point[1],
                            V=moved_there[0],
                            e=moved_there[1],
                        ),
                    ),
                    have("below", same_below, logic, "definition"),
                    have("there", None, at(l - 1), "below"),
                    have("loss", loss_(*moved_there) == shifted_squares(t), calculation, "there"),
                ],
            ),
        ),
        have("shifted curve", None, by(functions.equal_functions_of_numbers), "shifted losses"),
        have(
            "second",
            second_(M, b, *shifted) == second_(M, b, V, e) + 4 * change,
            calculation,
            "shifted curve",
            "bend",
        ),
    ],
)

multiple = (update(V, l, V[l] + x * T @ K1), update(e, l, e[l] + x * T @ k2))
NULL = Statement(
    "C21.C5.16.null",
    HESSIANS,
    title="Where the Hessian is semidefinite, unseen changes of the last layer are null vectors",
    names=(dim, K1, k2),
    given={**SEEN, "form": bends},
    then=unmoved,
    proof=[
        have(
            "unmoved",
            unmoved,
            arbitrary(
                T,
                V,
                e,
                proof=[
                    have(
                        "line",
                        every(x, second_(M, b, V, e) + x * (4 * change) >= 0),
                        arbitrary(
                            x,
                            proof=[
                                have("shift", None, cite(SHIFT, T=x * T)),
                                have("there", None, at(*multiple), "form"),
                                have(
                                    "bounded",
                                    second_(M, b, V, e) + x * (4 * change) >= 0,
                                    linear,
                                    "shift",
                                    "there",
                                ),
                            ],
                        ),
                    ),
                    have("level", 4 * change == 0, by(forms.level_line), "line"),
                    have("shift", None, cite(SHIFT)),
                    have(
                        "same",
                        second_(M, b, *shifted) == second_(M, b, V, e),
                        linear,
                        "shift",
                        "level",
                    ),
                ],
            ),
        )
    ],
)

stays_near = every(t, both(-s < t, t < s) >> near(*moved_point, M, b, 1, l, size))
on_line = every(t, both(-s < t, t < s) >> (losses(0) <= losses(t)))
MINIMUM = Statement(
    "C21.C5.16.minimum",
    HESSIANS,
    title="At a local minimum the Hessian is positive semidefinite",
    given={"smooth": twice_smooth(sigma), "minimum": local_minimum(M, b)},
    then=bends,
    proof=[
        have("ball", both(size > 0, least_nearby), obtain(size), "minimum"),
        have("positive", size > 0, logic, "ball"),
        have("around", least_nearby, logic, "ball"),
        have(
            "bends",
            bends,
            arbitrary(
                V,
                e,
                proof=[
                    have(
                        "line",
                        exists(s, both(s > 0, stays_near)),
                        by(continuity.line_stays_near, U=M, a=b, K=V, e=e, lo=1, hi=l, r=size),
                        "positive",
                    ),
                    have("s", both(s > 0, stays_near), obtain(s), "line"),
                    have("s positive", s > 0, logic, "s"),
                    have("stays near", stays_near, logic, "s"),
                    have(
                        "least on the line",
                        on_line,
                        arbitrary(
                            t,
                            proof=[
                                have("if within", None, at(t), "stays near"),
                                have(
                                    "near",
                                    near(*moved_point, M, b, 1, l, size),
                                    logic,
                                    "if within",
                                    "least on the line.if",
                                ),
                                have("if near", None, at(*moved_point), "around"),
                                have("least", losses(0) <= losses(t), logic, "if near", "near"),
                            ],
                        ),
                    ),
                    have(
                        "least",
                        exists(s, both(s > 0, on_line)),
                        take(s),
                        "s positive",
                        "least on the line",
                    ),
                    have("smooth losses", None, cite(SMOOTH_LOSS)),
                    have(
                        "bends up",
                        second_(M, b, V, e) >= 0,
                        by(minima.curvature_at_minimum, g=losses),
                        "smooth losses",
                        "least",
                    ),
                ],
            ),
        ),
    ],
)

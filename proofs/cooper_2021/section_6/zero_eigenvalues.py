"""Section 6: eigenvalues 0 of the Hessian, by the kind of critical point.

Notation: a = m[0] inputs, b = m[l] outputs, w the width of the hidden layers, n samples; (V, e) is a
direction, and the residuals are a curve along it.

Statements
- C21.P6.2.minima: at a fitted point the Hessian is twice the square of the derivative of the outputs.
- C21.P6.2: as printed, the numbers of eigenvalues 0; repaired, the forms that give them.

Design notes. Three causes, one for each line. On the core locus each last bias has an eigenvalue that
is not 0, so d - b are 0, and the last bias must be the mean of the targets. At a fitted point the
Hessian has the rank of the derivative of the outputs, b n at most, so d - b n are 0 or more. At other
critical points nothing follows unless the Hessian is semidefinite (C21.C5.18).
"""

from symbolic_landscape.proofs.cooper_2021.section_3.core import T3_2, T3_2_PRINTED
from symbolic_landscape.proofs.cooper_2021.section_3.slopes import squared
from symbolic_landscape.proofs.cooper_2021.section_5.residual_curves import ALONG, residuals, second
from symbolic_landscape.proofs.cooper_2021.section_5.zero_eigenvalues import (
    C5_18,
    C5_18_PRINTED,
    FLATS,
)
from symbolic_landscape.proofs.cooper_2021.section_6.dimensions import EQUAL, w
from symbolic_landscape.proofs.cooper_2021.settings.architectures import d, i, j, k, l, m
from symbolic_landscape.proofs.cooper_2021.settings.hessians import (
    HESSIANS,
    dim,
    local_minimum,
    null_space,
    zero_eigenvalues,
)
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    NETWORK,
    M,
    V,
    Y,
    b,
    critical,
    e,
    f_,
    loss_,
    mean_of_targets,
    n,
    one_positive,
    second_,
    sigma,
    star_layers,
    sum_of_targets,
)
from symbolic_landscape.proofs.rules import curves
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.entries import trace_with_zero, zero_of_squares
from symbolic_landscape.proofs.rules.points import t
from symbolic_landscape.statement.language import Expr, both, derivative, each, every, fn, trace
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    cite,
    claimed,
    have,
    linear,
    logic,
)

outputs_move = derivative(residuals)(0)
form_of_outputs = every(V, e, second_(M, b, V, e) == 2 * squared(outputs_move))
MINIMA = Statement(
    "C21.P6.2.minima",
    NETWORK,
    title="The Hessian at a fitted point",
    where="Section 6.1",
    lines=(719, 719),
    given={"smooth": twice_smooth(sigma), "fitted": loss_(M, b) == 0},
    then=form_of_outputs,
    gloss="It vanishes where the outputs do not move, which takes b n linear equations.",
    proof=[
        have("no loss", loss_(M, b) <= 0, linear, "fitted"),
        have("no residuals", f_(M, b) - Y == 0, by(zero_of_squares), "no loss"),
        have(
            "form",
            form_of_outputs,
            arbitrary(
                V,
                e,
                proof=[
                    have("residuals", None, cite(ALONG)),
                    have(
                        "squares",
                        second(fn(t, squared(residuals(t))))
                        == 2 * squared(outputs_move)
                        + 2 * trace(residuals(0).T @ second(residuals)),
                        by(curves.second_derivative_of_squares, X=residuals, x=0),
                        "residuals",
                    ),
                    have(
                        "no bend",
                        trace(second(residuals).T @ residuals(0)) == 0,
                        by(trace_with_zero, A=second(residuals), A2=residuals(0)),
                        "no residuals",
                    ),
                    have(
                        "second",
                        second_(M, b, V, e) == 2 * squared(outputs_move),
                        linear,
                        "squares",
                        "no bend",
                    ),
                ],
            ),
        ),
    ],
)

SMOOTH = {"smooth": twice_smooth(sigma), "zero": sigma(0) == 0}
in_core = both(star_layers(j), M[k] == 0)
piece = both(1 <= j, j < k, k <= l - 1)
printed_piece = both(l >= 4, 1 <= j, j <= k, k <= l - 1)
hessian_on_core = every(V, e, second_(M, b, V, e) == 2 * n * squared(e[l]))
on_core = both(piece, in_core, mean_of_targets) >> hessian_on_core
on_minima = (loss_(M, b) == 0) >> form_of_outputs
elsewhere = local_minimum(M, b) >> null_space(M, b, dim)
P6_2 = Statement(
    "C21.P6.2",
    HESSIANS,
    title="Zero eigenvalues, equal widths",
    kind="proposition",
    where="Section 6, Proposition 6.2 (and 1.2)",
    lines=(745, 749),
    names=(j, k, dim),
    given={**SMOOTH, "dimension": dim + n == m[l - 1] + 1},
    then=both(on_core, on_minima, elsewhere),
    gloss="d - b are 0 on the core, d - b n or more at fitted points, (w + 1 - n) b or more at local "
    "minima; the widths may differ.",
    proof=[
        have(
            "core",
            on_core,
            arbitrary(
                proof=[
                    have("piece", piece, logic, "core.if"),
                    have("first", 1 <= j, logic, "piece"),
                    have("order", j < k, logic, "piece"),
                    have("last", k <= l - 1, logic, "piece"),
                    have("in core", in_core, logic, "core.if"),
                    have("mean", mean_of_targets, logic, "core.if"),
                    have("both", None, cite(T3_2)),
                    have("hessian", hessian_on_core, logic, "both"),
                ]
            ),
        ),
        have(
            "minima",
            on_minima,
            arbitrary(proof=[have("form", None, cite(MINIMA))]),
        ),
        have(
            "others",
            elsewhere,
            arbitrary(proof=[have("null space", None, cite(C5_18))]),
        ),
        have("all", both(on_core, on_minima, elsewhere), logic, "core", "minima", "others"),
    ],
    reading="repaired",
)


def exactly(count: Expr) -> Expr:
    """So many eigenvalues of the Hessian are 0, and no more."""
    return both(zero_eigenvalues(M, b, count), ~zero_eigenvalues(M, b, count + 1))


counts_core = both(printed_piece, in_core, sum_of_targets) >> one_positive(M, b)
counts_minima = (loss_(M, b) == 0) >> exactly(d(l, m) - m[l] * n)
counts_others = critical(M, b) >> zero_eigenvalues(M, b, m[l] * dim)
P6_2_PRINTED = Statement(
    "C21.P6.2",
    FLATS,
    title="Zero eigenvalues, equal widths",
    kind="proposition",
    where="Section 6, Proposition 6.2 (and 1.2)",
    lines=(745, 749),
    names=(j, k, w, dim),
    standing=(l >= 2,),
    given={**SMOOTH, **EQUAL, "wide": w > n, "dimension": dim + n == w + 1},
    then=both(counts_core, counts_minima, counts_others),
    gloss="dim is w + 1 - n; a point of the core locus lies in C_(j,k), and has d - 1 eigenvalues 0.",
    hedge="Before it, Section 6.1 has d - b n zero eigenvalues or more at fitted points, which holds.",
    proof=[
        have(
            "core",
            counts_core,
            arbitrary(
                proof=[
                    have("piece", printed_piece, logic, "core.if"),
                    have("deep", l >= 4, logic, "piece"),
                    have("first", 1 <= j, logic, "piece"),
                    have("order", j <= k, logic, "piece"),
                    have("last", k <= l - 1, logic, "piece"),
                    have("in core", in_core, logic, "core.if"),
                    have("sum", sum_of_targets, logic, "core.if"),
                    have("theorem", None, cite(T3_2_PRINTED)),
                    have("one", one_positive(M, b), logic, "theorem"),
                ]
            ),
            lines=(743, 743),
        ),
        have(
            "minima",
            counts_minima,
            claimed("the number of nonzero eigenvalues at any point of M is n b"),
            *SMOOTH,
            lines=(743, 743),
        ),
        have(
            "others",
            counts_others,
            arbitrary(
                proof=[
                    have("there", None, at(l - 1), "equal"),
                    have("room", dim + n == m[l - 1] + 1, linear, "there", "dimension"),
                    have(
                        "widths",
                        each(i, 1, l - 1, m[i] > n),
                        arbitrary(
                            i,
                            proof=[
                                have("here", None, at(i), "equal"),
                                have("more", m[i] > n, linear, "here", "wide"),
                            ],
                        ),
                    ),
                    have("zeros", None, cite(C5_18_PRINTED)),
                ]
            ),
            lines=(743, 743),
        ),
        have(
            "all",
            both(counts_core, counts_minima, counts_others),
            logic,
            "core",
            "minima",
            "others",
        ),
    ],
    repaired=P6_2,
    expected=("refuted, statement", "invalid inference, step minima"),
)

"""Abstract and introduction: almost all local minima are globally optimal.

Notation: null(1, L, T) says that the parameters of the layers 1 to L in the set T have Lebesgue
measure zero; Phi is analytic in them if sigma and l are.

Statements
- NH17.R0.abstract.critical: critical points that are no global minima have measure zero.
- NH17.R0.abstract: so have local minima, as printed and without a condition on the widths.
- NH17.R0.abstract.covered: no point of such a network meets the hypotheses of Theorem 3.8.

Design notes. "Almost all local minima" names no measure on local minima. Lebesgue measure on the
parameters is the one that the paper uses (Lemmas 4.2, 4.4); it makes the headline true for every
width, as already the critical points have measure zero, unless all points are global minima.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_1.analytic_objective import (
    ANALYTIC,
    CONSTANT,
    loss_analytic,
    slope_at,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.local_minima import CRITICAL
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.null_directions import EMPTY
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.objective import (
    OBJECTIVE,
    SLOPES,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.analytic import of_parameters
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    analytic,
    sigma_analytic,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import (
    HESSIAN,
    I,
    K,
    e,
    nondegenerate,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import (
    NEIGHBOURHOODS,
    local_minimum,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    L,
    N,
    V,
    W,
    b,
    c,
    critical,
    k,
    loss,
    minimises,
    n,
)
from symbolic_landscape.proofs.rules import curves, functions, measure, slopes
from symbolic_landscape.proofs.rules.measure import null
from symbolic_landscape.statement.language import (
    both,
    contradiction,
    each,
    every,
    exists,
    fn,
    integer,
    real,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    Steps,
    arbitrary,
    by,
    calculation,
    cases,
    cite,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
    take,
)
from symbolic_landscape.statement.step import Step

i, t = integer("i"), real("t")
some_slope = exists(K, e, V, c, slope_at(V, c) != 0)
bad_critical = of_parameters(both(critical(W, b), ~minimises(W, b)))
bad_minima = of_parameters(both(local_minimum(W, b), ~minimises(W, b)))
ANALYTIC_BOTH = {"sigma": sigma_analytic, "loss": loss_analytic}
SMOOTH_STEPS = [
    have("sigma smooth", None, by(curves.twice_smooth_of_analytic), "sigma"),
    have("loss smooth", None, by(curves.twice_smooth_of_analytic), "loss"),
]

CRITICAL_NULL = Statement(
    "NH17.R0.abstract.critical",
    NEIGHBOURHOODS,
    title="Critical points that are no global minima have measure zero",
    where="Section 1",
    lines=(107, 110),
    given=ANALYTIC_BOTH,
    then=null(1, L, bad_critical),
    gloss="For every width: either some slope of the objective is not 0 everywhere, and its zeros "
    "have measure zero, or the objective is constant and every point is a global minimum.",
    proof=[
        *SMOOTH_STEPS,
        have("objective", None, cite(ANALYTIC)),
        have(
            "null",
            null(1, L, bad_critical),
            cases(
                [
                    have("K and e", exists(V, c, slope_at(V, c) != 0), obtain(K, e), "null.1"),
                    have(
                        "slope", None, by(slopes.analytic_slope, H=OBJECTIVE, K=K, e=e), "objective"
                    ),
                    have("zeros", None, by(measure.analytic_zero_set), "slope", "K and e"),
                    have(
                        "inside",
                        every(
                            V, c, both(critical(V, c), ~minimises(V, c)) >> (slope_at(V, c) == 0)
                        ),
                        arbitrary(
                            V,
                            c,
                            proof=[
                                have("critical", critical(V, c), logic, "inside.if"),
                                have("no slope", slope_at(V, c) == 0, cite(SLOPES, W=V, b=c)),
                            ],
                        ),
                    ),
                    have(
                        "part", null(1, L, bad_critical), by(measure.null_part), "inside", "zeros"
                    ),
                ],
                [
                    have(
                        "flat",
                        every(K, e, V, c, slope_at(V, c) == 0),
                        arbitrary(
                            K,
                            e,
                            V,
                            c,
                            proof=[
                                have(
                                    "no slope",
                                    slope_at(V, c) == 0,
                                    suppose_not(
                                        [
                                            have(
                                                "some", some_slope, take(K, e, V, c), "no slope.not"
                                            ),
                                            have("clash", contradiction, logic, "some", "null.2"),
                                        ]
                                    ),
                                )
                            ],
                        ),
                    ),
                    have(
                        "none",
                        every(V, c, ~both(critical(V, c), ~minimises(V, c))),
                        arbitrary(
                            V,
                            c,
                            proof=[
                                have("least", minimises(V, c), cite(CONSTANT, W=V, b=c)),
                                have(
                                    "not bad",
                                    ~both(critical(V, c), ~minimises(V, c)),
                                    logic,
                                    "least",
                                ),
                            ],
                        ),
                    ),
                    have("nothing", null(1, L, bad_critical), by(measure.null_of_nothing), "none"),
                ],
                split=some_slope,
            ),
        ),
    ],
)


def local_minima(smooth_steps: Steps) -> list[Step]:
    """Steps from critical points to local minima: those that are not global have measure zero."""
    return [
        *smooth_steps,
        have("bad critical points", null(1, L, bad_critical), cite(CRITICAL_NULL)),
        have(
            "part",
            every(
                V,
                c,
                both(local_minimum(V, c), ~minimises(V, c))
                >> both(critical(V, c), ~minimises(V, c)),
            ),
            arbitrary(
                V,
                c,
                proof=[
                    have("minimum", local_minimum(V, c), logic, "part.if"),
                    have("critical", critical(V, c), cite(CRITICAL, W=V, b=c)),
                    have(
                        "both", both(critical(V, c), ~minimises(V, c)), logic, "critical", "part.if"
                    ),
                ],
            ),
        ),
        have("null", null(1, L, bad_minima), by(measure.null_part), "part", "bad critical points"),
    ]


TITLE = "Almost all local minima are globally optimal (hedged headline)"
ALMOST_ALL = Statement(
    "NH17.R0.abstract",
    NEIGHBOURHOODS,
    kind="remark",
    title=TITLE,
    where="Abstract and introduction",
    lines=(13, 20),
    reading="repaired",
    given=ANALYTIC_BOTH,
    then=null(1, L, bad_minima),
    gloss="Local minima that are no global minima have Lebesgue measure zero in the parameters, "
    "for analytic activation and loss and every width: already bad critical points have.",
    proof=local_minima(SMOOTH_STEPS),
)

square = fn(t, t * t)
HEADLINE = Statement(
    "NH17.R0.abstract",
    NEIGHBOURHOODS,
    kind="remark",
    title=TITLE,
    where="Abstract and introduction",
    lines=(13, 20),
    names=(k,),
    standing=(k >= 1, k <= L - 1),
    given={
        "squared": every(t, loss(t) == t * t),
        "sigma": sigma_analytic,
        "wide": n[k] > N,
        "pyramid": each(i, k, L - 1, n[i + 1] <= n[i]),
    },
    then=null(1, L, bad_minima),
    repaired=ALMOST_ALL,
    gloss="With squared loss, analytic activation, a layer of more than N units and a pyramid from "
    "there on, almost all local minima are global minima, in the sense of Lebesgue measure.",
    proof=[
        have("same", loss == square, by(functions.equal_functions_of_numbers), "squared"),
        have("square", analytic(square), by(slopes.analytic_square)),
        have("loss", loss_analytic, calculation, "square", "same"),
        have("null", null(1, L, bad_minima), cite(ALMOST_ALL)),
    ],
)

COVERED = Statement(
    "NH17.R0.abstract.covered",
    HESSIAN,
    kind="remark",
    title="No point of a network as in the abstract meets the hypotheses of Theorem 3.8",
    where="Abstract and Section 3.2, Theorem 3.8",
    lines=(104, 110),
    names=(k, I),
    standing=(k >= 1, k <= L - 1),
    given={
        "wide": n[k] > N,
        "next": I(k + 1),
        "above": each(i, 1, k, ~I(i)),
        "nondegenerate": nondegenerate(W, b, I),
    },
    then=contradiction,
    gloss="With more units than samples in layer k no point is non-degenerate in layer k + 1, so "
    "the main theorem says nothing of the local minima that the abstract speaks of.",
    proof=[
        have("at least", n[k] >= N, linear, "wide"),
        have("empty", contradiction, cite(EMPTY)),
    ],
)

"""Section 5: how Theorem 5.3 is related to Theorems 3.4 and 3.8.

Statements
- NH17.R5.general: the data conditions of Theorem 3.4 imply those of Theorem 5.3.
- NH17.R5.general.losses: no loss is both the one of the true class and that of wrong classes.
- NH17.R5.general.independent: with independent features no condition on slopes is left, and none
  on the signs of the losses.
- NH17.R5.wide.rank, NH17.R5.wide: a wide layer separates the data, for almost all parameters.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_4.analytic import of_parameters
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.generic import GENERIC, L4_4, deficient
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.carried import LAYER
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.losses import BACKPROPAGATION
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.output_errors import LEAST_ONLY, VANISH
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.separability import INDEPENDENT_AFFINE
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.separable_features import (
    FEATURES_AND_ONE,
    errors_orthogonal,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import ASSUMPTIONS as DATA
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import full_rank_from
from symbolic_landscape.proofs.nguyen_hein_2017.settings.classes import (
    CLASSES,
    LOSSES,
    C,
    Delta,
    flat_at,
    l1,
    l2,
    minimises,
    separable,
    separable_,
    slope,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    F,
    G,
    L,
    N,
    V,
    W,
    b,
    c,
    k,
    n,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import mu
from symbolic_landscape.proofs.rules import entries, measure, ranks
from symbolic_landscape.proofs.rules.measure import null
from symbolic_landscape.statement.language import (
    Expr,
    block,
    contradiction,
    each,
    every,
    integer,
    ones,
    rank,
    real,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    claimed,
    have,
    induct,
    linear,
    logic,
    suppose_not,
)

i, j, r, z = (integer(name) for name in "ijrz")
t = real("t")

R5_GENERAL = Statement(
    "NH17.R5.general",
    CLASSES,
    kind="remark",
    title="Theorem 5.3 as a generalization of Theorem 3.4",
    where="Section 5, after Theorem 5.3",
    lines=(2381, 2387),
    given={"independent": rank(block(F(0), ones(N, 1))) == N},
    then=separable(0),
    gloss="What Theorem 3.4 asks of the data implies what Theorem 5.3 asks; the conditions on the "
    "weights are the same, those on the loss differ, as the paper says.",
    proof=[have("separable", separable(0), cite(INDEPENDENT_AFFINE, Z=F(0), C=C))],
)

LOSSES_DIFFER = Statement(
    "NH17.R5.general.losses",
    LOSSES,
    kind="remark",
    title="No loss is both the one of the true class and that of wrong classes",
    where="Section 5, after Theorem 5.3",
    lines=(2381, 2383),
    given={
        "same": l1 == l2,
        "l1 zero": every(t, (t >= 0) >> (l1(t) == 0)),
        "l2 zero": every(t, (l2(t) == 0) >> (t <= 0)),
    },
    then=contradiction,
    gloss="So no network with one loss for all entries, as in Theorem 3.4, is one of Theorem 5.3. "
    "One half of each of two Assumptions 5.2 does.",
    proof=[
        have("true at 1", l1(1) == 0, at(1), "l1 zero"),
        have("same zero", l2(1) == 0, calculation, "<same", "true at 1"),
        have("wrong at 1", None, at(1), "l2 zero"),
        have("clash", contradiction, logic, "wrong at 1", "same zero"),
    ],
)


def slopes_not_zero(r: Expr) -> Expr:
    """No slope of layer r is 0 here."""
    return each(i, 1, N, each(j, 1, n[r], slope(G(r))[i, j] != 0))


INDEPENDENT = Statement(
    "NH17.R5.general.independent",
    CLASSES,
    kind="remark",
    title="With independent features Theorem 5.3 holds as printed",
    where="Section 5, after Theorem 5.3",
    names=(k,),
    standing=LAYER,
    given={
        "independent": rank(FEATURES_AND_ONE) == N,
        "flat": flat_at(W, b, k + 1),
        "slopes": each(r, k + 1, L, slopes_not_zero(r)),
        "ranks": full_rank_from(k + 2),
        **LEAST_ONLY,
    },
    then=minimises(W, b),
    gloss="The argument of Theorem 3.4 works for class-dependent losses too: with rank [F_k, 1] = "
    "N the errors of layer k + 1 vanish, whatever units feed.",
    proof=[
        *errors_orthogonal(k),
        have("back", BACKPROPAGATION.then_part(1), logic, "backpropagation"),
        have(
            "turned",
            rank(FEATURES_AND_ONE.T) == rank(FEATURES_AND_ONE),
            by(ranks.rank_of_transpose),
        ),
        have("full", rank(FEATURES_AND_ONE.T) == N, calculation, "turned", "independent"),
        have(
            "first", Delta(k + 1) == 0, by(ranks.kernel_of_full_column_rank), "full", "orthogonal"
        ),
        have(
            "errors",
            each(r, k + 1, L, Delta(r) == 0),
            induct(
                z,
                base=[have("start", Delta(k + 1) == 0, logic, "first")],
                step=[
                    have("back here", None, at(z), "back"),
                    have(
                        "product",
                        (Delta(z + 1) @ W[z + 1].T) * slope(G(z)) == 0,
                        calculation,
                        "<back here",
                        "errors.before",
                    ),
                    have("slopes here", None, at(z), "slopes"),
                    have(
                        "weights",
                        Delta(z + 1) @ W[z + 1].T == 0,
                        by(entries.hadamard_cancel, A=slope(G(z))),
                        "slopes here",
                        "product",
                    ),
                    have("rank", None, at(z + 1), "ranks"),
                    have(
                        "next",
                        Delta(z + 1) == 0,
                        by(ranks.kernel_of_full_column_rank, A=W[z + 1]),
                        "rank",
                        "weights",
                    ),
                ],
            ),
        ),
        have("output", Delta(L) == 0, at(L), "errors"),
        have("steep", None, at(L), "slopes"),
        have("least", minimises(W, b), cite(VANISH)),
    ],
)

# ---- a wide layer --------------------------------------------------------------------------------
WIDE_RANK = Statement(
    "NH17.R5.wide.rank",
    CLASSES,
    kind="remark",
    title="Features that are independent with a one added are separable",
    where="Section 5, introduction",
    names=(k,),
    standing=LAYER,
    given={"independent": rank(FEATURES_AND_ONE) == N},
    then=separable(k),
    proof=[have("separable", separable(k), cite(INDEPENDENT_AFFINE, Z=F(k), C=C))],
)

not_separable = of_parameters(~separable(k))
there = block(F_(V, c)[k], ones(N, 1))
separable_there = separable_(n[k], F_(V, c)[k])
HIDDEN = (k >= 1, k <= L - 1)
R5_WIDE = Statement(
    "NH17.R5.wide",
    CLASSES,
    kind="remark",
    title="A wide layer separates the data",
    where="Section 5, introduction",
    lines=(1840, 1841),
    reading="repaired",
    names=(k, mu),
    standing=HIDDEN,
    given=GENERIC,
    then=null(1, k, not_separable),
    gloss="With n_k >= N - 1 the parameters at which layer k does not separate the data, whatever "
    "its classes, form a set of measure zero.",
    proof=[
        have("deficient", null(1, k, deficient), cite(L4_4, l=l1)),
        have(
            "part",
            every(V, c, ~separable_there >> (rank(there) < N)),
            arbitrary(
                V,
                c,
                proof=[
                    have("rows", rank(there) <= N, by(ranks.rank_at_most_rows)),
                    have(
                        "not full",
                        rank(there) < N,
                        suppose_not(
                            [
                                have("full", rank(there) == N, linear, "rows", "not full.not"),
                                have("separable", separable_there, cite(WIDE_RANK, W=V, b=c)),
                                have("clash", contradiction, logic, "separable", "part.if"),
                            ]
                        ),
                    ),
                ],
            ),
        ),
        have("null", null(1, k, not_separable), by(measure.null_part), "part", "deficient"),
    ],
)

WIDE = Statement(
    "NH17.R5.wide",
    CLASSES,
    kind="remark",
    title="A wide layer separates the data",
    where="Section 5, introduction",
    lines=(1840, 1841),
    names=(k,),
    standing=HIDDEN,
    given={
        "wide": n[k] >= N - 1,
        **{name: DATA[name] for name in ("distinct", "analytic", "increasing", "bounded")},
    },
    then=separable(k),
    repaired=R5_WIDE,
    gloss="The main idea, as the paper puts it: with n_k >= N - 1 the data is linearly separable "
    "at layer k.",
    proof=[
        have(
            "separable",
            separable(k),
            claimed(
                "the main idea is that with n_k >= N - 1 the data is linearly separable at layer k"
            ),
            "wide",
            "distinct",
            "analytic",
            "increasing",
            "bounded",
            lines=(1840, 1841),
        )
    ],
    expected=(
        "invalid inference, step separable",
        "refuted, statement",
    ),
)

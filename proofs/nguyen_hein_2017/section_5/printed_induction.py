"""Section 5, Theorem 5.3, part 1, as printed.

Notation as in `slope_products`; P = [F_k, 1] H has the signs of the classes.

Statements
- NH17.T5.3.1 (printed): two of its steps do not follow.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_5.carried import LAYER
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.losses import BACKPROPAGATION
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.one_sided import A5_2
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.output_errors import OPPOSED, VANISH
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.separability import D5_1, I5_3
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.separable_features import (
    T5_3_1,
    errors_orthogonal,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.slope_products import (
    ALONG,
    PATHS,
    H,
    P,
    along,
    column_of,
    not_zero,
    picked,
    picked_column,
    signed,
    some_column,
    through_weights,
    units,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    full_rank_from,
    slope_positive,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.classes import (
    ONE_SIDED,
    PRINTED,
    C,
    Delta,
    flat_at,
    has_class_signs,
    minimises,
    opposes_classes,
    separable,
    slope,
    slopes_positive,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F,
    G,
    L,
    N,
    W,
    b,
    k,
    n,
)
from symbolic_landscape.proofs.rules import columns, entries, order, ranks
from symbolic_landscape.proofs.rules.columns import diagonal
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    each,
    exists,
    fn,
    identity_matrix,
    integer,
    ones,
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
    obtain,
    suppose_not,
)
from symbolic_landscape.statement.step import Step

i, j, p, r, z = (integer(name) for name in "ijprz")


def induction_step(z: Expr) -> list[Step]:
    """Steps of the printed induction from layer z to layer z - 1."""
    product = signed(z - 1) @ Delta(z)
    below = signed(z - 2) @ Delta(z - 1)
    return [
        have("rank", None, at(z), "ranks"),
        have(
            "with weights",
            through_weights(z),
            arbitrary(
                units,
                proof=[
                    have("if chosen", None, at(units), "descent.before"),
                    have("before", product != 0, logic, "if chosen", "with weights.if"),
                    have(
                        "not 0",
                        product @ W[z].T != 0,
                        suppose_not(
                            [
                                have("zero", product @ W[z].T == 0, logic, "not 0.not"),
                                have(
                                    "product",
                                    product == 0,
                                    by(ranks.kernel_of_full_column_rank, A=W[z]),
                                    "rank",
                                    "zero",
                                ),
                                have("clash", contradiction, logic, "product", "before"),
                            ]
                        ),
                    ),
                ],
            ),
            lines=(2321, 2347),
        ),
        have(
            "columns",
            some_column(z),
            arbitrary(
                units,
                proof=[
                    have("if chosen", None, at(units), "with weights"),
                    have("before", product @ W[z].T != 0, logic, "if chosen", "columns.if"),
                    have(
                        "some",
                        ~each(p, 1, n[z - 1], column_of(z, p) == 0),
                        suppose_not(
                            [
                                have(
                                    "none",
                                    each(p, 1, n[z - 1], column_of(z, p) == 0),
                                    logic,
                                    "some.not",
                                ),
                                have(
                                    "zero",
                                    product @ W[z].T == 0,
                                    by(columns.zero_of_columns),
                                    "none",
                                ),
                                have("clash", contradiction, logic, "zero", "before"),
                            ]
                        ),
                    ),
                ],
            ),
            lines=(2155, 2176),
        ),
        have(
            "pick",
            picked(z),
            claimed("since i_{L-1} is arbitrary, pick i_{L-1} = p"),
            "columns",
            lines=(2178, 2206),
        ),
        have(
            "next",
            not_zero(z - 1),
            arbitrary(
                units,
                proof=[
                    have("if chosen", None, at(units), "pick"),
                    have(
                        "some",
                        ~each(p, 1, n[z - 1], picked_column(z, p) == 0),
                        logic,
                        "if chosen",
                        "next.if",
                    ),
                    have(
                        "not 0",
                        below != 0,
                        suppose_not(
                            [
                                have("zero", below == 0, logic, "not 0.not"),
                                have("back here", None, at(z - 1), "back"),
                                have(
                                    "none",
                                    each(p, 1, n[z - 1], picked_column(z, p) == 0),
                                    arbitrary(
                                        p,
                                        proof=[
                                            have(
                                                "column",
                                                None,
                                                by(
                                                    columns.diagonal_of_column,
                                                    A=Delta(z) @ W[z].T,
                                                    A2=slope(G(z - 1)),
                                                    k=p,
                                                ),
                                            ),
                                            have(
                                                "so",
                                                picked_column(z, p) == 0,
                                                calculation,
                                                "column",
                                                "<back here",
                                                "zero",
                                            ),
                                        ],
                                    ),
                                ),
                                have("clash", contradiction, logic, "none", "some"),
                            ]
                        ),
                    ),
                ],
            ),
            lines=(2209, 2281),
        ),
    ]


def in_gradient() -> list[Step]:
    """Steps: at the lowest layer the product is one with the gradient of layer k + 1, so 0."""
    first = fn(r, 1)
    at_start = P.T @ diagonal(N, along(k, first)) @ Delta(k + 1)
    return [
        have("flat", flat_at(W, b, k + 1), at(k + 1), "critical"),
        *errors_orthogonal(k)[1:],
        have("choose", None, at(first), "at the start"),
        have(
            "chosen",
            each(z, k + 1, k, both(first(z) >= 1, first(z) <= n[z])),
            arbitrary(z, proof=[have("none", both(first(z) >= 1, first(z) <= n[z]), linear)]),
        ),
        have("not 0", at_start != 0, logic, "choose", "chosen"),
        have(
            "no factor",
            diagonal(N, ones(N, 1)) == identity_matrix(N),
            by(entries.matrix_of_entries),
        ),
        have("zero", at_start == 0, calculation, "no factor", "orthogonal", lines=(2284, 2303)),
        have("clash", contradiction, logic, "zero", "not 0"),
    ]


def part_1(*positive: Step) -> list[Step]:
    """The printed proof, with steps to positive slopes."""
    return [
        have("definition", None, cite(D5_1, Z=F(k), C=C), lines=(2019, 2025)),
        have(
            "planes",
            exists(H, has_class_signs(P, C)),
            logic,
            "definition",
            "separable",
            lines=(2019, 2025),
        ),
        have("signs", has_class_signs(P, C), obtain(H), "planes", lines=(2025, 2038)),
        have("backpropagation", None, cite(BACKPROPAGATION)),
        have("back", BACKPROPAGATION.then_part(1), logic, "backpropagation"),
        have("one-sided", both(*ONE_SIDED.values()), cite(A5_2)),
        *(have(name, part, logic, "one-sided") for name, part in ONE_SIDED.items()),
        *positive,
        have(
            "slopes",
            each(r, 1, L, slopes_positive(r)),
            arbitrary(
                r,
                proof=[
                    have(
                        "layer",
                        slopes_positive(r),
                        arbitrary(
                            i,
                            j,
                            proof=[
                                have("slope", slope(G(r))[i, j] > 0, at(G(r)[i, j]), "positive")
                            ],
                        ),
                    )
                ],
            ),
        ),
        have(
            "slopes above",
            each(r, k + 1, L - 1, slopes_positive(r)),
            arbitrary(r, proof=[have("here", None, at(r), "slopes")]),
        ),
        have("last slopes", None, at(L), "slopes"),
        have("opposed", opposes_classes(Delta(L), C), cite(OPPOSED), lines=(2059, 2119)),
        have(
            "errors",
            Delta(L) == 0,
            suppose_not(
                [
                    have("errors not 0", Delta(L) != 0, logic, "errors.not", lines=(2135, 2139)),
                    have(
                        "first",
                        not_zero(L),
                        arbitrary(
                            units,
                            proof=[
                                have("along", None, cite(ALONG)),
                                have("along last", None, at(L - 1), "along"),
                                have(
                                    "sign lemma",
                                    None,
                                    cite(I5_3, Z=F(k), C=C, P=P, E=Delta(L), e=along(L - 1)),
                                ),
                                have(
                                    "so",
                                    signed(L - 1) @ Delta(L) != 0,
                                    logic,
                                    "sign lemma",
                                    "errors not 0",
                                ),
                            ],
                        ),
                        lines=(2142, 2150),
                    ),
                    have(
                        "descent",
                        each(r, k + 1, L, not_zero(r)),
                        induct(
                            z,
                            down=True,
                            base=[have("start", not_zero(L), logic, "first")],
                            step=induction_step(z),
                        ),
                        lines=(2135, 2298),
                    ),
                    have("at the start", None, at(k + 1), "descent"),
                    *in_gradient(),
                ]
            ),
            lines=(2135, 2304),
        ),
        have(
            "steep",
            each(i, 1, N, each(j, 1, n[L], slope(G(L))[i, j] != 0)),
            arbitrary(
                i,
                j,
                proof=[
                    have("slope", slope(G(L))[i, j] > 0, at(G(L)[i, j]), "positive"),
                    have("not 0", slope(G(L))[i, j] != 0, by(order.positive_is_not_zero), "slope"),
                ],
            ),
        ),
        have("least", minimises(W, b), cite(VANISH), lines=(2304, 2361)),
    ]


PART_1 = Statement(
    "NH17.T5.3.1",
    PATHS,
    kind="theorem",
    title="Separable features make critical points global",
    where="Section 5, Theorem 5.3, part 1",
    lines=(2006, 2010),
    names=(k,),
    standing=LAYER,
    given={**PRINTED, "separable": separable(k), "ranks": full_rank_from(k + 2)},
    then=minimises(W, b),
    repaired=T5_3_1,
    gloss="If the features of layer k are linearly separable and the weights above layer k + 1 "
    "have full column rank, a critical point is a global minimum.",
    proof=part_1(
        have(
            "positive",
            slope_positive,
            claimed("sigma is strictly increasing, so its slopes are positive"),
            "increasing",
            lines=(2117, 2146),
        ),
    ),
    expected=(
        "invalid inference, step positive",
        "refuted, statement",
        "unsupported premise, step errors/descent/step/pick",
    ),
)

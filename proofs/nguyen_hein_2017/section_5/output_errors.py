"""Section 5: the errors of the output layer: their signs, and what it means that they vanish.

Statements
- NH17.T5.3.opposed: the errors of the last layer have the signs opposite to the classes, or are 0.
- NH17.T5.3.least: where the slope of each loss is 0, the objective is least.
- NH17.T5.3.vanish: where the errors of the last layer are 0, the objective is least.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_5.losses import BACKPROPAGATION
from symbolic_landscape.proofs.nguyen_hein_2017.settings.classes import (
    CLASSES,
    ONE_SIDED,
    TRUE,
    WRONG,
    C,
    Delta,
    Penalty,
    Phi,
    class_loss,
    loss_slopes,
    minimises,
    opposes_classes,
    slope,
    slopes_positive,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    F,
    G,
    L,
    N,
    V,
    W,
    Y,
    b,
    c,
    n,
)
from symbolic_landscape.proofs.rules import entries, signs, sums
from symbolic_landscape.statement.language import Expr, both, each, integer, total
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    have,
    linear,
    logic,
)
from symbolic_landscape.statement.step import Step

i, j = integer("i"), integer("j")
R, R2 = F(L) - Y, F_(V, c)[L] - Y
error, steepness = Delta(L)[i, j], slope(G(L))[i, j]
SIGNS = {name: ONE_SIDED[name] for name in ("l1 sign", "l2 sign")}
LEAST_ONLY = {name: ONE_SIDED[name] for name in ("l1 least", "l2 least")}


def last_errors() -> list[Step]:
    """Steps to the errors of the last layer."""
    return [
        have("backpropagation", None, cite(BACKPROPAGATION)),
        have("last", Delta(L) == loss_slopes(R) * slope(G(L)), logic, "backpropagation"),
    ]


def error_on(loss: Penalty, member: int, side: int) -> Step:
    """Steps to an implication: the sign of an error where C[i, j] is this number."""
    name = f"{loss.name} side"
    value = loss.slope(R[i, j])
    return have(
        name,
        (C[i, j] == member) >> (side * error <= 0),
        arbitrary(
            proof=[
                have("here", None, at(R[i, j]), f"{loss.name} sign"),
                have("weak", steepness >= 0, linear, "steep"),
                have(
                    "product",
                    steepness * (side * value) <= 0,
                    by(signs.product_not_positive),
                    "weak",
                    "here",
                ),
                have("error", side * error <= 0, calculation, "product", "last", f"{name}.if"),
            ]
        ),
    )


OPPOSED = Statement(
    "NH17.T5.3.opposed",
    CLASSES,
    title="The errors of the last layer have the signs opposite to the classes, or are 0",
    where="Section 5, proof of Theorem 5.3",
    lines=(2042, 2057),
    given={**SIGNS, "slopes": slopes_positive(L)},
    then=opposes_classes(Delta(L), C),
    gloss="Each error is a slope of l1 or l2, of one sign or 0, times a positive slope of sigma.",
    proof=[
        *last_errors(),
        have(
            "all",
            opposes_classes(Delta(L), C),
            arbitrary(
                i,
                j,
                proof=[
                    have("row", None, at(i), "slopes"),
                    have("steep", None, at(j), "row"),
                    error_on(TRUE, 1, 1),
                    error_on(WRONG, 0, -1),
                    have(
                        "both",
                        both((C[i, j] == 1) >> (error <= 0), (C[i, j] == 0) >> (error >= 0)),
                        logic,
                        "l1 side",
                        "l2 side",
                    ),
                ],
            ),
        ),
    ],
)


def entry_is_least(loss: Penalty, place: str) -> list[Step]:
    """Steps for one case of the class: the loss of the entry is least."""
    f = loss.loss
    return [
        have("value", loss_slopes(R)[i, j] == loss.slope(R[i, j]), calculation, place),
        have("no slope", loss.slope(R[i, j]) == 0, calculation, "<value", "entry"),
        have("if flat", None, at(R[i, j]), f"{loss.name} least"),
        have("then", None, logic, "if flat", "no slope"),
        have("least", f(R[i, j]) <= f(R2[i, j]), at(R2[i, j]), "then"),
        have(
            "so",
            class_loss(i, j, R[i, j]) <= class_loss(i, j, R2[i, j]),
            calculation,
            "least",
            place,
        ),
    ]


def row_sum(A: Expr) -> Expr:
    """The losses of row i of the residuals, summed up."""
    return total(j, 1, n[L], class_loss(i, j, A[i, j]))


LEAST = Statement(
    "NH17.T5.3.least",
    CLASSES,
    title="Where the slope of each loss is 0, the objective is least",
    where="Section 5, proof of Theorem 5.3",
    lines=(2304, 2361),
    given={"flat": loss_slopes(R) == 0, **LEAST_ONLY},
    then=minimises(W, b),
    proof=[
        have(
            "least",
            minimises(W, b),
            arbitrary(
                V,
                c,
                proof=[
                    have(
                        "entries",
                        each(
                            i,
                            1,
                            N,
                            each(
                                j, 1, n[L], class_loss(i, j, R[i, j]) <= class_loss(i, j, R2[i, j])
                            ),
                        ),
                        arbitrary(
                            i,
                            j,
                            proof=[
                                have("class", None, at(i, j), "standing 7"),
                                have(
                                    "entry",
                                    loss_slopes(R)[i, j] == 0,
                                    by(entries.entry_of_zero),
                                    "flat",
                                ),
                                have(
                                    "least",
                                    class_loss(i, j, R[i, j]) <= class_loss(i, j, R2[i, j]),
                                    cases(
                                        entry_is_least(WRONG, "least.1"),
                                        entry_is_least(TRUE, "least.2"),
                                    ),
                                    "class",
                                ),
                            ],
                        ),
                    ),
                    have(
                        "rows",
                        each(i, 1, N, row_sum(R) <= row_sum(R2)),
                        arbitrary(
                            i,
                            proof=[
                                have("row", None, at(i), "entries"),
                                have(
                                    "sum", row_sum(R) <= row_sum(R2), by(sums.sum_monotone), "row"
                                ),
                            ],
                        ),
                    ),
                    have("sum", Phi(W, b) <= Phi(V, c), by(sums.sum_monotone), "rows"),
                ],
            ),
        ),
    ],
)

VANISH = Statement(
    "NH17.T5.3.vanish",
    CLASSES,
    title="Where the errors of the last layer are 0, the objective is least",
    where="Section 5, proof of Theorem 5.3",
    lines=(2304, 2361),
    given={
        "errors": Delta(L) == 0,
        "slopes": each(i, 1, N, each(j, 1, n[L], steepness != 0)),
        **LEAST_ONLY,
    },
    then=minimises(W, b),
    proof=[
        *last_errors(),
        have("product", slope(G(L)) * loss_slopes(R) == 0, calculation, "<last", "errors"),
        have(
            "no slope",
            loss_slopes(R) == 0,
            by(entries.hadamard_cancel, A=slope(G(L))),
            "slopes",
            "product",
        ),
        have("least", minimises(W, b), cite(LEAST)),
    ],
)

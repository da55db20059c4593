"""Section 5: with labels 1 and -1 the losses of Figure 2 make the squared hinge loss.

Statements
- NH17.E5.hinge: the objective of eq. (4) in this case.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_5.one_sided import FIGURE, closed
from symbolic_landscape.proofs.nguyen_hein_2017.settings.classes import (
    CLASSES,
    TRUE,
    WRONG,
    C,
    Penalty,
    Phi,
    class_loss,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import F, L, N, W, Y, b, n
from symbolic_landscape.proofs.rules import sums
from symbolic_landscape.statement.language import (
    both,
    each,
    every,
    integer,
    real,
    scalar_function,
    total,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    have,
    linear,
    logic,
)
from symbolic_landscape.statement.step import Step

i, j = integer("i"), integer("j")
t = real("t")

hinge = scalar_function("hinge")
"""max{0, t}."""
output, residual = F(L)[i, j], (F(L) - Y)[i, j]
margin = 1 - Y[i, j] * output
sign_labels = each(
    i,
    1,
    N,
    each(j, 1, n[L], both((C[i, j] == 1) >> (Y[i, j] == 1), (C[i, j] == 0) >> (Y[i, j] == -1))),
)
same = class_loss(i, j, residual) == hinge(margin) * hinge(margin)


def on_each_side(place: str, loss: Penalty, label: int) -> list[Step]:
    """Steps for one case of the class: the loss is the square of the margin, or 0."""
    f, name = loss.loss, loss.name
    value = 1 - label * output
    return [
        have("label", Y[i, j] == label, logic, "labels here", place),
        have("square", None, at(residual), f"{name} square"),
        have("none", None, at(residual), f"{name} none"),
        have("hinge", None, at(value), "hinge on"),
        have("no hinge", None, at(value), "hinge off"),
        have(
            "side",
            same,
            cases(
                [
                    have("loss", f(residual) == residual * residual, logic, "square", "side.1"),
                    have("on", value >= 0, linear, "label", "side.1"),
                    have("height", hinge(value) == value, logic, "hinge", "on"),
                    have("so", same, calculation, place, "loss", "label", "height"),
                ],
                [
                    have("off", loss.off(residual), linear, "side.2"),
                    have("loss", f(residual) == 0, logic, "none", "off"),
                    have("below", value <= 0, linear, "label", "side.2"),
                    have("height", hinge(value) == 0, logic, "no hinge", "below"),
                    have("so", same, calculation, place, "loss", "label", "height"),
                ],
                split=closed(loss, residual),
            ),
        ),
    ]


E5_HINGE = Statement(
    "NH17.E5.hinge",
    CLASSES,
    kind="identity",
    title="Squared hinge form for +-1 labels",
    where="Section 5, after Figure 2",
    lines=(1969, 1997),
    names=(hinge,),
    given={
        "labels": sign_labels,
        **FIGURE,
        "hinge on": every(t, (t >= 0) >> (hinge(t) == t)),
        "hinge off": every(t, (t <= 0) >> (hinge(t) == 0)),
    },
    then=Phi(W, b) == total(i, 1, N, total(j, 1, n[L], hinge(margin) * hinge(margin))),
    gloss="With label 1 for the true class and -1 for the others, Phi is the sum of the squares of "
    "max{0, 1 - y f}.",
    proof=[
        have(
            "entries",
            each(i, 1, N, each(j, 1, n[L], same)),
            arbitrary(
                i,
                j,
                proof=[
                    have("class", None, at(i, j), "standing 7"),
                    have("labels here", None, at(i, j), "labels"),
                    have(
                        "equal",
                        same,
                        cases(on_each_side("equal.1", WRONG, -1), on_each_side("equal.2", TRUE, 1)),
                        "class",
                    ),
                ],
            ),
        ),
        have(
            "rows",
            each(
                i,
                1,
                N,
                total(j, 1, n[L], class_loss(i, j, residual))
                == total(j, 1, n[L], hinge(margin) * hinge(margin)),
            ),
            arbitrary(
                i,
                proof=[
                    have("row", None, at(i), "entries"),
                    have("sum", None, by(sums.equal_sums), "row"),
                ],
            ),
        ),
        have(
            "sum",
            Phi(W, b) == total(i, 1, N, total(j, 1, n[L], hinge(margin) * hinge(margin))),
            by(sums.equal_sums),
            "rows",
        ),
    ],
)

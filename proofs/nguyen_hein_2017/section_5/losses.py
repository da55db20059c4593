"""Section 5: the class-dependent objective, its gradient, and the assumptions on losses.

Notation: C[i, j] is 1 if x_i lies in class j, else 0; l_ij is l1 or l2 by class.

Statements
- NH17.D5.loss: eq. (4), and that it is not negative.
- NH17.D5.loss.smooth, .slopes: it is C^1 in the outputs, and its slopes there.
- NH17.D5.loss.backpropagation: Lemma 2.1 holds for it.
- NH17.A5.2: what Assumptions 5.2 give the proofs: no wrong sign, and flat at the minimum only.
- NH17.E5.figure: the losses of Figure 2 meet Assumptions 5.2.
- NH17.E5.hinge: with labels 1 and -1 they make the squared hinge loss.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_2.outputs import ANY_L2_1, identities
from symbolic_landscape.proofs.nguyen_hein_2017.settings.classes import (
    ASSUMPTIONS,
    CLASSED,
    CLASSES,
    C,
    Phi,
    class_loss,
    l1,
    l2,
    loss_slopes,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import F, L, N, W, Y, b, n
from symbolic_landscape.proofs.rules import columns, pieces, sums
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    each,
    every,
    fn,
    gradient,
    integer,
    real,
    total,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    have,
    logic,
)
from symbolic_landscape.statement.step import Step

i, j = integer("i"), integer("j")
s, t = real("s"), real("t")
true_slope, wrong_slope = derivative(l1), derivative(l2)


def each_entry(formula: Expr) -> Expr:
    """The formula for all entries of F_L - Y."""
    return each(i, 1, N, each(j, 1, n[L], formula))


residual = (F(L) - Y)[i, j]
by_class = both(
    (C[i, j] == 1) >> every(t, class_loss(i, j, t) == l1(t)),
    (C[i, j] == 0) >> every(t, class_loss(i, j, t) == l2(t)),
)


def loss_of_entry(name: str, member: int, f: Expr) -> list[Step]:
    """Steps: the loss of entry (i, j) is f where C[i, j] is this number."""
    same = class_loss(i, j, t) == f(t)
    equal = have("equal", same, calculation, f"{name}.if")
    return [
        have(
            name,
            (C[i, j] == member) >> every(t, same),
            arbitrary(proof=[have("everywhere", every(t, same), arbitrary(t, proof=[equal]))]),
        )
    ]


D5_LOSS = Statement(
    "NH17.D5.loss",
    CLASSES,
    kind="definition",
    title="Class-dependent one-sided loss",
    where="Section 5, eq. (4)",
    lines=(1864, 1917),
    given={
        "l1": ASSUMPTIONS["l1 not negative"],
        "l2": ASSUMPTIONS["l2 not negative"],
    },
    then=both(each_entry(by_class), Phi(W, b) >= 0),
    gloss="The loss of an entry is l1 in the class and l2 off it, and Phi is never negative.",
    proof=[
        have(
            "by class",
            each_entry(by_class),
            arbitrary(
                i,
                j,
                proof=[
                    *loss_of_entry("in", 1, l1),
                    *loss_of_entry("off", 0, l2),
                    have("both", by_class, logic, "in", "off"),
                ],
            ),
        ),
        have(
            "entries",
            each_entry(class_loss(i, j, residual) >= 0),
            arbitrary(
                i,
                j,
                proof=[
                    have("class", None, at(i, j), "standing 7"),
                    have("l1 here", None, at(residual), "l1"),
                    have("l2 here", None, at(residual), "l2"),
                    have(
                        "not negative",
                        class_loss(i, j, residual) >= 0,
                        cases(
                            [
                                have(
                                    "off",
                                    class_loss(i, j, residual) >= 0,
                                    calculation,
                                    "l2 here",
                                    "not negative.1",
                                )
                            ],
                            [
                                have(
                                    "in",
                                    class_loss(i, j, residual) >= 0,
                                    calculation,
                                    "l1 here",
                                    "not negative.2",
                                )
                            ],
                        ),
                        "class",
                    ),
                ],
            ),
        ),
        have(
            "rows",
            each(i, 1, N, total(j, 1, n[L], class_loss(i, j, residual)) >= 0),
            arbitrary(
                i,
                proof=[
                    have("row", None, at(i), "entries"),
                    have(
                        "sum",
                        total(j, 1, n[L], class_loss(i, j, residual)) >= 0,
                        by(sums.sum_not_negative),
                        "row",
                    ),
                ],
            ),
        ),
        have("sum", Phi(W, b) >= 0, by(sums.sum_not_negative), "rows"),
        have("all", both(each_entry(by_class), Phi(W, b) >= 0), logic, "by class", "sum"),
    ],
)

# ---- the gradient --------------------------------------------------------------------------------
here = fn(t, class_loss(i, j, t - Y[i, j]))
"""The loss of entry (i, j) as a function of the output."""
of_entry = fn(i, fn(j, here))

SMOOTH = Statement(
    "NH17.D5.loss.smooth",
    CLASSES,
    title="Each loss is continuously differentiable in its output, and so is their sum",
    given={},
    then=both(each_entry(smooth(here)), smooth(CLASSED.function)),
    proof=[
        have(
            "entries",
            each_entry(smooth(here)),
            arbitrary(
                i,
                j,
                proof=[
                    have(
                        "true",
                        smooth(fn(t, l1(t - Y[i, j]))),
                        by(pieces.smooth_shift, f=l1),
                        "standing 5",
                    ),
                    have(
                        "wrong",
                        smooth(fn(t, l2(t - Y[i, j]))),
                        by(pieces.smooth_shift, f=l2),
                        "standing 6",
                    ),
                    have(
                        "combined",
                        smooth(here),
                        by(pieces.smooth_combination, r=C[i, j], s=1 - C[i, j]),
                        "true",
                        "wrong",
                    ),
                ],
            ),
        ),
        have("sum", smooth(CLASSED.function), by(pieces.smooth_entry_sum, q=of_entry), "entries"),
        have(
            "all", both(each_entry(smooth(here)), smooth(CLASSED.function)), logic, "entries", "sum"
        ),
    ],
)

at_outputs = gradient(CLASSED.function, F(L))
SLOPES = Statement(
    "NH17.D5.loss.slopes",
    CLASSES,
    title="The slope of the objective at an output is that of the loss of its entry",
    given={},
    then=at_outputs == loss_slopes(F(L) - Y),
    proof=[
        have("smooth", None, cite(SMOOTH)),
        have("smooth entries", SMOOTH.then_part(0), logic, "smooth"),
        have("sum", None, by(pieces.gradient_of_entry_sum, q=of_entry, P=F(L)), "smooth entries"),
        have(
            "entries",
            each_entry(at_outputs[i, j] == loss_slopes(F(L) - Y)[i, j]),
            arbitrary(
                i,
                j,
                proof=[
                    have(
                        "true",
                        smooth(fn(t, l1(t - Y[i, j]))),
                        by(pieces.smooth_shift, f=l1),
                        "standing 5",
                    ),
                    have(
                        "wrong",
                        smooth(fn(t, l2(t - Y[i, j]))),
                        by(pieces.smooth_shift, f=l2),
                        "standing 6",
                    ),
                    have(
                        "combined",
                        derivative(here)(F(L)[i, j])
                        == C[i, j] * derivative(fn(t, l1(t - Y[i, j])))(F(L)[i, j])
                        + (1 - C[i, j]) * derivative(fn(t, l2(t - Y[i, j])))(F(L)[i, j]),
                        by(pieces.derivative_of_combination, r=C[i, j], s=1 - C[i, j]),
                        "true",
                        "wrong",
                    ),
                    have(
                        "true slope",
                        derivative(fn(t, l1(t - Y[i, j])))(F(L)[i, j]) == true_slope(residual),
                        by(pieces.derivative_of_shift, f=l1),
                        "standing 5",
                    ),
                    have(
                        "wrong slope",
                        derivative(fn(t, l2(t - Y[i, j])))(F(L)[i, j]) == wrong_slope(residual),
                        by(pieces.derivative_of_shift, f=l2),
                        "standing 6",
                    ),
                    have(
                        "equal",
                        at_outputs[i, j] == loss_slopes(F(L) - Y)[i, j],
                        calculation,
                        "sum",
                        "combined",
                        "true slope",
                        "wrong slope",
                    ),
                ],
            ),
        ),
        have(
            "matrices", at_outputs == loss_slopes(F(L) - Y), by(columns.equal_of_entries), "entries"
        ),
    ],
)

IDENTITIES = identities(CLASSED, loss_slopes(F(L) - Y))
BACKPROPAGATION = Statement(
    "NH17.D5.loss.backpropagation",
    CLASSES,
    kind="remark",
    title="Lemma 2.1 holds for the class-dependent objective",
    where="Section 5, before Theorem 5.3",
    lines=(1998, 1999),
    given={},
    then=both(*IDENTITIES),
    proof=[
        have("smooth", None, cite(SMOOTH)),
        have("smooth sum", SMOOTH.then_part(1), logic, "smooth"),
        have("any", both(*identities(CLASSED, at_outputs)), cite(ANY_L2_1, o=CLASSED.function)),
        have("slopes", None, cite(SLOPES)),
        have("all", both(*IDENTITIES), calculation, "any", "slopes"),
    ],
)

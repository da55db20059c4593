"""Section 5, Theorem 5.3: labels that no output reaches.

Statements
- NH17.T5.3.squashed: with labels 1 and -1 and outputs between them no point meets the hypotheses.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_5.carried import LAYER
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.hinge import sign_labels
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.output_errors import SIGNS, last_errors
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.separable_features import (
    ERRORS,
    steep_outputs,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.classes import (
    CLASSES,
    TRUE,
    WRONG,
    Penalty,
    flat_at,
    loss_slopes,
    outputs_carried,
    separable,
    slope,
    slopes_positive,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F,
    G,
    L,
    W,
    Y,
    b,
    k,
    n,
    sigma,
)
from symbolic_landscape.proofs.rules import entries
from symbolic_landscape.statement.language import both, contradiction, every, real
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    at,
    by,
    calculation,
    cases,
    cite,
    definition,
    have,
    linear,
    logic,
)
from symbolic_landscape.statement.step import Step

t = real("t")
output, label, residual = F(L)[1, 1], Y[1, 1], (F(L) - Y)[1, 1]


def beyond(loss: Penalty, member: int, value: int, case: str) -> list[Step]:
    """Steps for one case of the class: the output lies beyond its label, which it never reaches."""
    return [
        have("entry", loss_slopes(F(L) - Y)[1, 1] == loss.slope(residual), calculation, case),
        have("slope", loss.slope(residual) == 0, calculation, "<entry", "first"),
        have("if flat", None, at(residual), f"{loss.name} flat"),
        have("beyond", loss.off(residual), logic, "if flat", "slope"),
        have("label", label == value, logic, "labels here", case),
        have("clash", contradiction, linear, "beyond", "label", "between here"),
    ]


SQUASHED = Statement(
    "NH17.T5.3.squashed",
    CLASSES,
    title="With labels 1 and -1 and outputs between them no point meets the hypotheses",
    where="Section 5, Theorem 5.3 and the label encoding after Figure 2",
    names=(k,),
    standing=LAYER,
    given={
        "labels": sign_labels,
        "between": every(t, both(sigma(t) > -1, sigma(t) < 1)),
        "separable": separable(k),
        "flat": flat_at(W, b, k + 1),
        "slopes": slopes_positive(L),
        "carried": outputs_carried(k),
        **SIGNS,
        "l1 flat": every(t, (TRUE.slope(t) == 0) >> TRUE.off(t)),
        "l2 flat": every(t, (WRONG.slope(t) == 0) >> WRONG.off(t)),
    },
    then=contradiction,
    gloss="For tanh and labels 1 and -1 there is no critical point with separable features, as the "
    "minimum is not attained; labels inside the range of sigma are what Theorem 5.3 is about.",
    proof=[
        have("errors", None, cite(ERRORS)),
        *last_errors(),
        *steep_outputs(),
        have("product", slope(G(L)) * loss_slopes(F(L) - Y) == 0, calculation, "<last", "errors"),
        have(
            "no slope",
            loss_slopes(F(L) - Y) == 0,
            by(entries.hadamard_cancel, A=slope(G(L))),
            "steep",
            "product",
        ),
        have("some output", n[L] >= 1, at(L), "standing 3"),
        have("first", loss_slopes(F(L) - Y)[1, 1] == 0, by(entries.entry_of_zero), "no slope"),
        have("class", None, at(1, 1), "standing 7"),
        have("labels here", None, at(1, 1), "labels"),
        have("value", F(L) == sigma(G(L)), definition),
        have("entry value", output == sigma(G(L)[1, 1]), calculation, "value"),
        have("between there", None, at(G(L)[1, 1]), "between"),
        have(
            "between here",
            both(output > -1, output < 1),
            calculation,
            "between there",
            "<entry value",
        ),
        have(
            "clash",
            contradiction,
            cases(beyond(WRONG, 0, -1, "clash.1"), beyond(TRUE, 1, 1, "clash.2")),
            "class",
        ),
    ],
)

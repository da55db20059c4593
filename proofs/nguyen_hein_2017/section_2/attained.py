"""Section 2: where the standing assumption, that the minimum is attained, does not hold.

Statements
- NH17.A2.min.oneHot: labels 0 and 1, the square, and an activation with values between 0 and 1
  have no least loss as soon as some network has the right sign at every output.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.objective import BELOW
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import minimum_attained
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import NEIGHBOURHOODS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    G_,
    L,
    N,
    Phi,
    V,
    W,
    Y,
    b,
    c,
    layer,
    loss,
    minimises,
    n,
    sigma,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import tends_left
from symbolic_landscape.proofs.rules import limits, order, points, sums
from symbolic_landscape.proofs.rules.limits import eventually, late, tends
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    each,
    either,
    every,
    exists,
    fn,
    integer,
    like,
    real,
    total,
    update,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    definition,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
    take,
)

i, j = integer("i"), integer("j")
s, t, x = real("s"), real("t"), real("x")
square = every(t, loss(t) == t * t)
between = every(t, both(sigma(t) > 0, sigma(t) < 1))
labels = each(i, 1, N, each(j, 1, n[L], either(Y[i, j] == 0, Y[i, j] == 1)))


def right_side(V: Expr, c: Expr) -> Expr:
    """Each output has the sign of its label before the last activation."""
    return each(i, 1, N, each(j, 1, n[L], G_(V, c, L)[i, j] * (2 * Y[i, j] - 1) > 0))


V0, c0 = like("V0", W), like("c0", b)
"""A point at which the minimum would be attained."""
STEEP = update(V, L, t * V[L]), update(c, L, t * c[L])
"""(V, c) with the last layer multiplied by t."""
preactivation, label = G_(V, c, L)[i, j], Y[i, j]
residual = sigma(t * preactivation) - label
term = loss(residual)
steep_loss = fn(t, total(i, 1, N, total(j, 1, n[L], term)))


here, there = fn(t, residual), fn(t, term)
fades = tends(there, 0)

TERM_FADES = [
    have("signs", None, at(i, j), "right side"),
    have(
        "residual",
        tends(here, 0),
        cases(
            [
                have("negative", -preactivation > 0, calculation, "signs", "residual.1"),
                have(
                    "scaled",
                    tends(fn(t, sigma(t * preactivation)), 0),
                    by(limits.limit_along_line, f=fn(x, sigma(-x)), s=-preactivation, x=0),
                    "left",
                    "negative",
                ),
                have("shifted", tends(here, 0), calculation, "scaled", "residual.1"),
            ],
            [
                have("above 0", preactivation > 0, calculation, "signs", "residual.2"),
                have(
                    "scaled",
                    tends(fn(t, sigma(t * preactivation)), 1),
                    by(limits.limit_along_line, f=sigma, s=preactivation, x=0),
                    "right",
                    "above 0",
                ),
                have("shifted", tends(here, 0), calculation, "scaled", "residual.2"),
            ],
        ),
        "label",
    ),
    have(
        "squared",
        tends(fn(t, residual * residual), 0),
        by(limits.limit_of_product),
        "residual",
        "residual",
    ),
    have(
        "values",
        every(t, term == residual * residual),
        arbitrary(t, proof=[have("value", term == residual * residual, at(residual), "square")]),
    ),
    have(
        "within",
        every(t, (t >= 0) >> both(-residual * residual <= term, term <= residual * residual)),
        arbitrary(
            t,
            proof=[
                have("value", term == residual * residual, at(t), "values"),
                have(
                    "square not negative", residual * residual >= 0, by(order.square_not_negative)
                ),
                have(
                    "both",
                    both(-residual * residual <= term, term <= residual * residual),
                    linear,
                    "value",
                    "square not negative",
                ),
            ],
        ),
    ),
    have(
        "from 0 on",
        eventually(t, both(-residual * residual <= term, term <= residual * residual)),
        take(0),
        "within",
    ),
    have(
        "fades",
        fades,
        by(limits.limit_of_squeezed, g=fn(t, residual * residual), f=there),
        "squared",
        "from 0 on",
    ),
]
"""Steps: the loss of one output tends to 0."""

STEEP_LOSS = have(
    "steep loss",
    every(t, Phi(*STEEP) == steep_loss(t)),
    arbitrary(
        t,
        proof=[
            have(
                "lower layers",
                points.agree(*STEEP, V, c, 1, L - 1),
                arbitrary(
                    i, proof=[have("same", both(STEEP[0][i] == V[i], STEEP[1][i] == c[i]), logic)]
                ),
            ),
            have("features", None, cite(BELOW, V=STEEP[0], c=STEEP[1], W=V, b=c, k=L - 1)),
            have("features below", None, at(L - 1), "features"),
            have("output", F_(*STEEP)[L] == sigma(layer(F_(*STEEP)[L - 1], L, *STEEP)), definition),
            have("value", Phi(*STEEP) == steep_loss(t), calculation, "output", "features below"),
        ],
    ),
)

value = G_(V0, c0, L)[i, j]
gap = sigma(value) - Y[i, j]
positive_terms = each(i, 1, N, each(j, 1, n[L], loss(F_(V0, c0)[L][i, j] - Y[i, j]) > 0))
POSITIVE = [
    have("other output", F_(V0, c0)[L] == sigma(G_(V0, c0, L)), definition),
    have(
        "terms",
        positive_terms,
        arbitrary(
            i,
            j,
            proof=[
                have("label", None, at(i, j), "labels"),
                have("between 0 and 1", None, at(value), "between"),
                have(
                    "not fitted",
                    gap * gap > 0,
                    cases(
                        [
                            have("above", gap > 0, linear, "between 0 and 1", "not fitted.1"),
                            have(
                                "product",
                                gap * gap > 0,
                                by(order.positive_product, s=gap, t=gap),
                                "above",
                                "above",
                            ),
                        ],
                        [
                            have("below", -gap > 0, linear, "between 0 and 1", "not fitted.2"),
                            have(
                                "product",
                                gap * gap > 0,
                                by(order.positive_product, s=-gap, t=-gap),
                                "below",
                                "below",
                            ),
                        ],
                    ),
                    "label",
                ),
                have("loss", loss(gap) == gap * gap, at(gap), "square"),
                have(
                    "positive",
                    loss(F_(V0, c0)[L][i, j] - Y[i, j]) > 0,
                    calculation,
                    "not fitted",
                    "other output",
                    "<loss",
                ),
            ],
        ),
    ),
    have(
        "rows",
        each(i, 1, N, total(j, 1, n[L], loss(F_(V0, c0)[L][i, j] - Y[i, j])) > 0),
        arbitrary(
            i,
            proof=[
                have("row", None, at(i), "terms"),
                have("some output", n[L] >= 1, at(L), "standing 3"),
                have("sum", None, by(sums.sum_positive), "row"),
            ],
        ),
    ),
    have("positive", Phi(V0, c0) > 0, by(sums.sum_positive), "rows"),
]
"""Steps: no network fits a label of 0 or 1."""

ONE_HOT = Statement(
    "NH17.A2.min.oneHot",
    NEIGHBOURHOODS,
    kind="assumption",
    title="With labels 0 and 1, the square and values between, the minimum is not attained",
    where="Section 2 (standing)",
    given={
        "square": square,
        "between": between,
        "right": tends(sigma, 1),
        "left": tends_left(sigma, 0),
        "labels": labels,
        "separable": exists(V, c, right_side(V, c)),
    },
    then=~minimum_attained,
    proof=[
        have(
            "not attained",
            ~minimum_attained,
            suppose_not(
                [
                    have("attained", minimum_attained, logic, "not attained.not"),
                    have("V0 and c0", minimises(V0, c0), obtain(V0, c0), "attained"),
                    *POSITIVE,
                    have("right side", right_side(V, c), obtain(V, c), "separable"),
                    have(
                        "terms fade",
                        each(i, 1, N, each(j, 1, n[L], fades)),
                        arbitrary(
                            i, j, proof=[have("label", None, at(i, j), "labels"), *TERM_FADES]
                        ),
                    ),
                    have(
                        "rows fade",
                        each(i, 1, N, tends(fn(t, total(j, 1, n[L], term)), 0)),
                        arbitrary(
                            i,
                            proof=[
                                have("row", None, at(i), "terms fade"),
                                have(
                                    "sum",
                                    tends(fn(t, total(j, 1, n[L], term)), 0),
                                    by(
                                        limits.limit_of_total,
                                        d=fn(j, there),
                                        c=fn(j, label - label),
                                    ),
                                    "row",
                                ),
                            ],
                        ),
                    ),
                    have(
                        "sum fades",
                        tends(steep_loss, 0),
                        by(
                            limits.limit_of_total,
                            d=fn(i, fn(t, total(j, 1, n[L], term))),
                            c=fn(i, Y[i, 1] - Y[i, 1]),
                        ),
                        "rows fade",
                    ),
                    STEEP_LOSS,
                    have("if positive", None, at(Phi(V0, c0) / 2), "sum fades"),
                    have("some late", None, logic, "if positive", "positive"),
                    have("late", None, obtain(late), "some late"),
                    have("if late", None, at(late), "late"),
                    have("then", None, at(late), "steep loss"),
                    have(
                        "least",
                        None,
                        at(update(V, L, late * V[L]), update(c, L, late * c[L])),
                        "V0 and c0",
                    ),
                    have("clash", contradiction, linear, "if late", "then", "least", "positive"),
                ]
            ),
        )
    ],
    gloss="One-hot labels and sigmoid outputs: the standing assumption fails wherever the data can "
    "be separated, in particular where the features below the output are independent.",
)

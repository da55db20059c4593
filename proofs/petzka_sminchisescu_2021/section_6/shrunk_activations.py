"""Section 6, end: what the third step of the sketch needs of a bounded image.

Statements
- PS21.Rem6.drawn: activations may be drawn together inside the image as far as one likes, while
  weights and biases make up for it, and nothing is seen of it in the next layer.
"""

from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import (
    LAYER,
    N,
    a,
    c,
    d,
    i,
    inside,
    j,
    n,
    one,
    strictly_between,
    w,
    w0,
    x,
)
from symbolic_landscape.proofs.rules import entries, order, signs
from symbolic_landscape.statement.language import Expr, both, each, ones, real
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import arbitrary, at, by, calculation, have, linear, logic
from symbolic_landscape.statement.term import num

middle, reciprocal = real("middle"), Expr(num(1)) / x
everywhere = ones(n, 1) @ one
drawn = x * a + (1 - x) * middle * everywhere
"""The activations, drawn to one number of the image."""
place, pulled = a[i, j], x * a[i, j] + (1 - x) * middle
grown, shifted = reciprocal * w, w0 - reciprocal * (1 - x) * middle * (w @ ones(n, 1))
unseen = grown @ drawn + shifted @ one == w @ a + w0 @ one
remain = each(i, 1, n, each(j, 1, N, strictly_between(drawn[i, j])))
DRAWN = Statement(
    "PS21.Rem6.drawn",
    LAYER,
    title="Activations are drawn together inside the image, and the next layer does not see it",
    where="Section 6, end: step (3) of the sketch",
    lines=(345, 345),
    names=(middle, x),
    given={
        "inside": inside(a),
        "middle": strictly_between(middle),
        "positive": x > 0,
        "share": x <= 1,
    },
    then=both(remain, unseen),
    proof=[
        have("not zero", x != 0, by(order.positive_is_not_zero), "positive"),
        have("inverse", x * reciprocal == 1, by(signs.quotient), "not zero"),
        have("unseen", unseen, calculation, "inverse"),
        have("middle above", middle - c > 0, logic, "middle"),
        have("middle below", d - middle > 0, logic, "middle"),
        have(
            "remain",
            remain,
            arbitrary(
                i,
                j,
                proof=[
                    have("here", None, at(i, j), "inside"),
                    have("above", place - c > 0, logic, "here"),
                    have("below", d - place > 0, logic, "here"),
                    have("ones", everywhere[i, j] == one[1, j], by(entries.entry_of_repeated_row, H=one, i=i, j=j)),
                    have("entry", drawn[i, j] == pulled, calculation, "ones"),
                    have("weights", 0 <= x, linear, "positive"),
                    have("all", x + (1 - x) > 0, linear),
                    have(
                        "over",
                        x * (place - c) + (1 - x) * (middle - c) > 0,
                        by(order.weighted_sum_positive),
                        "weights", "share", "all", "above", "middle above",
                    ),
                    have(
                        "under",
                        x * (d - place) + (1 - x) * (d - middle) > 0,
                        by(order.weighted_sum_positive),
                        "weights", "share", "all", "below", "middle below",
                    ),
                    have("low", c < drawn[i, j], linear, "over", "entry"),
                    have("high", drawn[i, j] < d, linear, "under", "entry"),
                    have("between", strictly_between(drawn[i, j]), logic, "low", "high"),
                ],
            ),
        ),
        have("both", both(remain, unseen), logic, "remain", "unseen"),
    ],
    gloss="So that the image is bounded is no obstacle for this step: near one number of the image "
    "activations are as free as if there were no bounds.",
)  # fmt: skip

"""Section 6: which loci grow more quickly with the width w of the hidden layers.

Notation: a inputs, b outputs, n samples, l layers; the numbers are those of Section 6.1 for the
global minima, the star locus, and the flat spaces in the level sets of critical points.

Statements
- C21.R6.order: the order by growth; with the dimension of the star locus as printed it is false.

Design notes. Of the pieces S_k that have equal widths the largest is S_1 or S_(l-1) (C21.P6.1), and
the number printed is that of S_2. For l = 3 it is linear in w, as that of the flat spaces is.
"""

from typing import Any

from symbolic_landscape.proofs.rules import order, signs
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    every,
    exists,
    natural,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import by, cases, claimed, have, linear, logic
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds

l, a, b, n, w = (natural(name) for name in "labnw")  # noqa: E741 (the letter of the paper)
late, S = natural("late"), natural("S")
minima = (l - 2) * w * w + (a + b + l - 1) * w + b * (1 - n)
printed_star = (l - 3) * w * w + (a + 1) * w
first_piece, last_piece = (l - 2) * w * w, (l - 3) * w * w + (a + l - 2) * w
flats = (w + 1 - n) * b


def ordered(star: Expr) -> Expr:
    """Less than the star locus have the flat spaces, and more the global minima."""
    return both(flats < star, star < minima)


eventually_ordered = define(
    "in the order printed",
    (l, a, b, n),
    exists(late, every(w, (late <= w) >> ordered(printed_star))),
    text="from some width on, the flat spaces are smaller than the star locus, that than the minima",
    latex=r"\dim E < \dim S < \dim M \text{{ for all large }} w",
)


def by_coefficients(_: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Polynomials in w compared by their coefficients, from the highest power on."""
    layers, inputs, outputs, samples = arguments
    linear_part = inputs + outputs + layers - 1
    all_minima = (layers - 2, linear_part, outputs * (1 - samples))
    star, flat = (layers - 3, inputs + 1, 0), (0, outputs, outputs * (1 - samples))
    good = flat < star < all_minima
    said = f"the coefficients of w^2, w and 1 are {flat}, {star} and {all_minima}"
    return (holds if good else fails)(Evidence.EXACT, said)


def sizes() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Depths, numbers of inputs, outputs and samples, and a width."""
    rows = (
        ("depth 3, one output", 3, 1, 1, 1, 2),
        ("depth 3, three outputs", 3, 1, 3, 1, 4),
        ("depth 3, two outputs, many samples", 3, 1, 2, 5, 6),
        ("depth 4, many outputs", 4, 1, 9, 2, 10),
        ("depth 4, as many outputs as units", 4, 1, 9, 2, 9),
        ("depth 5, many inputs", 5, 7, 1, 3, 4),
        ("width 1", 3, 1, 1, 1, 1),
    )
    made = []
    for name, *values in rows:
        layers, inputs, *_, width = values
        pieces = (layers - 2) * width**2, (layers - 3) * width**2 + (inputs + layers - 2) * width
        known = zip((l, a, b, n, w, S), (*values, max(pieces)), strict=True)
        made.append((name, {v.term: x for v, x in known}))
    return tuple(made)


GROWTH = Setting(
    "networks with hidden layers of one width",
    variables=(l, a, b, n),
    standing=(l >= 3, a >= 1, b >= 1, n >= 1),
    definitions=(eventually_ordered,),
    decisions={"in the order printed": by_coefficients},
    instances=sizes,
)

R6_ORDER = Statement(
    "C21.R6.order",
    GROWTH,
    title="Growth comparison",
    kind="remark",
    where="Section 6",
    lines=(751, 751),
    names=(w, S),
    given={
        "star": (S == first_piece) | (S == last_piece),
        "first": first_piece <= S,
        "wide": w > n,
        "wider": w > b,
    },
    then=ordered(S),
    gloss="S is the dimension of the star locus, that of S_1 or of S_(l-1).",
    proof=[
        have("size", w > 0, linear, "wide"),
        have("width", w >= 0, linear),
        have("outputs", b >= 0, linear),
        have("layers", a + l - 1 >= 0, linear),
        have("square", (w - b) * w > 0, by(order.positive_product), "wider", "size"),
        have("samples", b * (w - n) > 0, by(order.positive_product), "standing 3", "wide"),
        have("area", w * w >= 0, by(order.square_not_negative, s=w)),
        have(
            "more area",
            (l - 3) * (w * w) >= 0,
            by(signs.product_not_negative),
            "standing 1",
            "area",
        ),
        have(
            "more samples",
            b * (n - 1) >= 0,
            by(signs.product_not_negative),
            "outputs",
            "standing 4",
        ),
        have(
            "inputs",
            (a + l - 1) * w >= 0,
            by(signs.product_not_negative),
            "layers",
            "width",
        ),
        have("below", flats < S, linear, "square", "more area", "more samples", "first"),
        have(
            "above",
            S < minima,
            cases(
                [have("first piece", S < minima, linear, "above.1", "samples", "inputs")],
                [have("last piece", S < minima, linear, "above.2", "samples", "area")],
            ),
            "star",
        ),
        have("both", ordered(S), logic, "below", "above"),
    ],
    reading="repaired",
)
R6_ORDER_PRINTED = Statement(
    "C21.R6.order",
    GROWTH,
    title="Growth comparison",
    kind="remark",
    where="Section 6",
    lines=(751, 751),
    given={},
    then=eventually_ordered(l, a, b, n),
    gloss="The dimensions are those of Section 6.1.",
    proof=[
        have(
            "order",
            eventually_ordered(l, a, b, n),
            claimed("we see it from the numbers"),
            lines=(751, 751),
        )
    ],
    repaired=R6_ORDER,
    expected=("refuted, statement", "invalid inference, step order"),
)

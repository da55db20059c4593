"""Appendix A.4, proof of Lemma 19: how moved activations are kept inside the image.

Statements
- PS21.L19.room: a factor and a shift that keep moved activations inside the image.
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
)
from symbolic_landscape.proofs.rules import (
    continuity,
    entries,
    numbers,
    order,
    signs,
)
from symbolic_landscape.proofs.rules.numbers import recip
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    every,
    exists,
    fn,
    real,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    have,
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.step import Step

p, r, y, z, e = (real(name) for name in ("p", "r", "y", "z", "e"))
q = recip(e)
lowest, highest, width = real("lowest"), real("highest"), real("width")


def kept(p: Expr, r: Expr) -> Expr:
    """An activation moved by y and shifted by p z is kept inside by the factor 1 + r z."""
    moved = a[i, j] + y + p * z
    return both(c * (1 + r * z) < moved, moved < d * (1 + r * z))


def room(p: Expr, r: Expr) -> Expr:
    """So are all activations, for moves y and numbers z with y^2 <= z."""
    return every(y, z, (y * y <= z) >> each(i, 1, n, each(j, 1, N, kept(p, r))))


some_room = exists(p, r, both(r >= 0, room(p, r)))


def square_with(name: str, A: Expr) -> list[Step]:
    """Steps to q A^2 >= 0."""
    return [
        have(f"{name} square", A * A >= 0, by(order.square_not_negative)),
        have(name, q * (A * A) >= 0, by(signs.product_not_negative), "q", f"{name} square"),
    ]


MARGINS = ("low", "high", "least", "qey", "qee", "gap", "down", "up", "scaled", "spread")
k = q * recip(width)
CHOSEN = (k * (c + d), 2 * k)
"""The shift and the factor: at its end the activations are in the middle of the image."""
THERE_IS_ROOM = [
    have("same width", d - c == d - c, calculation),
    have("some width", exists(width, width == d - c), take(d - c), "same width"),
    have("width", width == d - c, obtain(width), "some width"),
    have("wide", width > 0, linear, "width", "ends"),
    have("inverse", width * recip(width) == 1, by(numbers.times_reciprocal), "wide"),
    have("reciprocal", recip(width) > 0, by(numbers.reciprocal_positive), "wide"),
    have("qk", k > 0, by(order.positive_product), "q positive", "reciprocal"),
    have("r", CHOSEN[1] >= 0, linear, "qk"),
    have(
        "room",
        room(*CHOSEN),
        arbitrary(
            y,
            z,
            proof=[
                have("gap", q * (z - y * y) >= 0, by(signs.product_not_negative), "q", "room.if"),
                *square_with("down", y - e / 2),
                *square_with("up", y + e / 2),
                have("qey", q * e * y == y, calculation, "qe"),
                have("qee", q * e * e == e, calculation, "qe"),
                have("scaled", k * width * z == q * z, calculation, "inverse"),
                have("spread", k * width * z == k * (d - c) * z, calculation, "width"),
                have(
                    "all",
                    each(i, 1, n, each(j, 1, N, kept(*CHOSEN))),
                    arbitrary(
                        i,
                        j,
                        proof=[
                            have("low", None, at(i, j), "from c"),
                            have("high", None, at(i, j), "to d"),
                            have("kept", kept(*CHOSEN), linear, *MARGINS),
                        ],
                    ),
                ),
            ],
        ),
    ),
    have("both", both(CHOSEN[1] >= 0, room(*CHOSEN)), logic, "r", "room"),
    have("some", some_room, take(*CHOSEN), "both"),
]


def margin(name: str, x: Expr, of: Expr) -> list[Step]:
    """Steps to a positive number below the distances of the activations from an end."""
    least = each(i, 1, n, each(j, 1, N, x <= of))
    return [
        have(
            f"{name} apart",
            each(i, 1, n, each(j, 1, N, of > 0)),
            arbitrary(
                i,
                j,
                proof=[
                    have("between", None, at(i, j), "inside"),
                    have("apart", of > 0, linear, "between"),
                ],
            ),
        ),
        have(
            f"{name} margin",
            None,
            by(entries.positive_below, b=fn(i, fn(j, of)), m=n, n=N),
            f"{name} apart",
        ),
        have(f"{name} both", both(x > 0, least), obtain(x), f"{name} margin"),
        have(f"{name} positive", x > 0, logic, f"{name} both"),
        have(name, least, logic, f"{name} both"),
    ]


ROOM = Statement(
    "PS21.L19.room",
    LAYER,
    title="A factor and a shift keep moved activations inside the image",
    where="Appendix A.4, proof of Lemma 19",
    lines=(526, 526),
    given={"ends": c < d, "inside": inside(a)},
    then=some_room,
    proof=[
        *margin("from c", lowest, a[i, j] - c),
        *margin("to d", highest, d - a[i, j]),
        have(
            "smaller",
            None,
            by(continuity.smaller_of_two),
            "from c positive",
            "to d positive",
        ),
        have("least", both(e > 0, e <= lowest, e <= highest), obtain(e), "smaller"),
        have("e positive", e > 0, logic, "least"),
        have("qe", e * recip(e) == 1, by(numbers.times_reciprocal), "e positive"),
        have("q positive", q > 0, by(numbers.reciprocal_positive), "e positive"),
        have("q", q >= 0, linear, "q positive"),
        *THERE_IS_ROOM,
    ],
)

"""Section 5: Assumptions 5.2 on the losses, and the losses of Figure 2.

Statements
- NH17.A5.2, NH17.A5.2.half: what the assumptions give the proofs: no wrong sign, and flat at the
  minimum only; that a loss vanishes off its side is enough, it may vanish elsewhere too.
- NH17.E5.figure.true, .wrong, NH17.E5.figure: the losses of Figure 2 meet Assumptions 5.2.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.classes import (
    ASSUMPTIONS,
    LOSSES,
    ONE_SIDED,
    TRUE,
    WRONG,
    Penalty,
    iff,
)
from symbolic_landscape.proofs.rules import order, pieces
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    every,
    fn,
    integer,
    real,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    Steps,
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
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.step import Step

i, j = integer("i"), integer("j")
s, t = real("s"), real("t")


# ---- Assumptions 5.2 -----------------------------------------------------------------------------
def what_is_needed(loss: Penalty) -> list[Step]:
    """Steps from Assumptions 5.2 for one loss to what the proofs need of it."""
    name, f, slope = loss.name, loss.loss, loss.slope
    right = loss.not_opposed(slope(t))
    return [
        have(
            f"{name} sign",
            loss.needed[f"{name} sign"],
            arbitrary(
                t,
                proof=[
                    have("sloped", None, at(t), f"{name} sloped"),
                    have("flat", None, at(t), f"{name} flat"),
                    have(
                        "sign",
                        right,
                        cases(
                            [
                                have("strict", None, logic, "sloped", "sign.1"),
                                have("so", right, linear, "strict"),
                            ],
                            [
                                have("zero", slope(t) == 0, logic, "flat", "sign.2"),
                                have("so", right, linear, "zero"),
                            ],
                            split=loss.on(t),
                        ),
                    ),
                ],
            ),
        ),
        have(
            f"{name} least",
            loss.needed[f"{name} least"],
            arbitrary(
                s,
                proof=[
                    have("flat", None, at(s), f"{name} flat"),
                    have("off", None, at(s), f"{name} off"),
                    have("zero", f(s) == 0, logic, "flat", "off", f"{name} least.if"),
                    have(
                        "least",
                        every(t, f(s) <= f(t)),
                        arbitrary(
                            t,
                            proof=[
                                have("bound", None, at(t), f"{name} not negative"),
                                have("so", f(s) <= f(t), linear, "bound", "zero"),
                            ],
                        ),
                    ),
                ],
            ),
        ),
    ]


def off(loss: Penalty) -> Expr:
    """The loss vanishes off the side of penalty."""
    return every(t, loss.off(t) >> (loss.loss(t) == 0))


HALF = Statement(
    "NH17.A5.2.half",
    LOSSES,
    kind="lemma",
    title="What is used of the assumptions for T5.3",
    where="Section 5, Assumptions 5.2, Figure 2",
    given={
        **{name: f for name, f in ASSUMPTIONS.items() if not name.endswith(" zero")},
        "l1 off": off(TRUE),
        "l2 off": off(WRONG),
    },
    then=both(*ONE_SIDED.values()),
    gloss="The losses may also vanish where they penalise; nothing is asked there but a slope.",
    proof=[
        *what_is_needed(TRUE),
        *what_is_needed(WRONG),
        have("all", both(*ONE_SIDED.values()), logic, *ONE_SIDED),
    ],
)


def vanishing_off(loss: Penalty) -> Step:
    """The step to one half of "zero if and only if"."""
    name = loss.name
    half = [
        have("iff", None, at(t), f"{name} zero"),
        have("so", loss.loss(t) == 0, logic, "iff", f"{name} off.if"),
    ]
    return have(f"{name} off", off(loss), arbitrary(t, proof=half))


A5_2 = Statement(
    "NH17.A5.2",
    LOSSES,
    kind="assumption",
    title="Assumptions for T5.3",
    where="Section 5, Assumptions 5.2, Figure 2",
    lines=(1920, 1949),
    given=ASSUMPTIONS,
    then=both(*ONE_SIDED.values()),
    gloss="What the proofs use of Assumptions 5.2: l1 never rises, l2 never falls, and each is "
    "flat at its minimum only.",
    proof=[
        vanishing_off(TRUE),
        vanishing_off(WRONG),
        have("all", both(*ONE_SIDED.values()), cite(HALF)),
    ],
)

# ---- Figure 2 ------------------------------------------------------------------------------------
square, zero = fn(t, t * t), fn(t, 0 * t)


def closed(side: Penalty, t: Expr) -> Expr:
    """The side of penalty with its end 0."""
    return t <= 0 if side is TRUE else t >= 0


def of_figure_2(loss: Penalty) -> dict[str, Expr]:
    """The loss is the square on its side of penalty, and 0 on the other."""
    f = loss.loss
    return {
        f"{loss.name} square": every(t, closed(loss, t) >> (f(t) == t * t)),
        f"{loss.name} none": every(t, loss.off(t) >> (f(t) == 0)),
    }


FIGURE = {**of_figure_2(TRUE), **of_figure_2(WRONG)}


def only_off(name: str, loss: Penalty, value: Expr, steps: Steps) -> Step:
    """Steps: where the value at t is 0, t is off the side of penalty; `steps` give t = 0 on it."""
    return have(
        name,
        (value == 0) >> loss.off(t),
        arbitrary(
            proof=[
                have(
                    "side",
                    loss.off(t),
                    cases(
                        [have("so", loss.off(t), logic, "side.1")],
                        [
                            have("closed", closed(loss, t), linear, "side.2"),
                            *steps,
                            have("so", loss.off(t), linear, "origin"),
                        ],
                        split=loss.off(t),
                    ),
                )
            ]
        ),
    )


def iff_steps(
    name: str, loss: Penalty, value: Expr, gives: Expr, sides: tuple[str, str], steps: Steps
) -> Step:
    """Steps: the value is 0 exactly off the side of penalty."""
    return have(
        f"{name} iff",
        gives,
        arbitrary(
            t,
            proof=[
                have("on side", None, at(t), sides[0]),
                have("off side", None, at(t), sides[1]),
                only_off("only", loss, value, steps),
                have("both", iff(value == 0, loss.off(t)), logic, "only", "off side"),
            ],
        ),
    )


def half(loss: Penalty, part: Expr) -> Expr:
    """On its side the loss has the slope of its half."""
    side = closed(loss, t) if part is square else loss.off(t)
    return every(t, side >> (loss.slope(t) == derivative(part)(t)))


def slope_of_half(
    name: str, loss: Penalty, value: Expr | int, part: Expr, fact: str, rule: Rule
) -> Step:
    """A step: the slope of the loss on the side of a half."""
    side = closed(loss, t) if part is square else loss.off(t)
    return have(
        name,
        every(t, side >> (loss.slope(t) == value)),
        arbitrary(
            t,
            proof=[
                have("here", None, at(t), fact),
                have("half", loss.slope(t) == derivative(part)(t), logic, "here", f"{name}.if"),
                have("slope", derivative(part)(t) == value, by(rule)),
                have("so", loss.slope(t) == value, calculation, "half", "slope"),
            ],
        ),
    )


def figure(loss: Penalty, key: str) -> Statement:
    """The statement on one of the losses of Figure 2."""
    f, slope, name = loss.loss, loss.slope, loss.name
    halves = (square, zero) if loss is TRUE else (zero, square)
    on_left, on_right = (f"{name} square", f"{name} none")[:: 1 if loss is TRUE else -1]
    then = both(smooth(f), *loss.assumptions.values())
    not_negative, zero_iff, flat_iff, sloped = loss.assumptions.values()
    return Statement(
        key,
        LOSSES,
        kind="example",
        title="A loss of Figure 2 meets Assumptions 5.2",
        where="Section 5, Figure 2",
        lines=(1950, 1967),
        given=of_figure_2(loss),
        then=then,
        proof=[
            have("smooth square", smooth(square), by(pieces.smooth_square)),
            have("smooth zero", smooth(zero), by(pieces.smooth_constant, r=0)),
            have("square at 0", derivative(square)(0) == 0, by(pieces.derivative_of_square)),
            have("zero at 0", derivative(zero)(0) == 0, by(pieces.derivative_of_number)),
            have(
                "slopes agree",
                derivative(halves[0])(0) == derivative(halves[1])(0),
                calculation,
                "square at 0",
                "zero at 0",
            ),
            have(
                "smooth",
                smooth(f),
                by(pieces.smooth_of_halves, r=0, g=halves[0], h=halves[1]),
                on_left,
                on_right,
                *(f"smooth {'square' if g is square else 'zero'}" for g in halves),
                "slopes agree",
            ),
            have(
                "halves",
                None,
                by(pieces.derivative_of_halves, r=0, f=f, g=halves[0], h=halves[1]),
                on_left,
                on_right,
                *(f"smooth {'square' if g is square else 'zero'}" for g in halves),
                "slopes agree",
            ),
            have("halves on", half(loss, square), logic, "halves"),
            have("halves off", half(loss, zero), logic, "halves"),
            slope_of_half(
                "on slope", loss, 2 * t, square, "halves on", pieces.derivative_of_square
            ),
            slope_of_half("flat off", loss, 0, zero, "halves off", pieces.derivative_of_number),
            have(
                "not negative",
                not_negative,
                arbitrary(
                    t,
                    proof=[
                        have("on side", None, at(t), f"{name} square"),
                        have("off side", None, at(t), f"{name} none"),
                        have(
                            "bound",
                            f(t) >= 0,
                            cases(
                                [
                                    have("value", None, logic, "on side", "bound.1"),
                                    have("square", t * t >= 0, by(order.square_not_negative)),
                                    have("so", f(t) >= 0, linear, "value", "square"),
                                ],
                                [
                                    have("off", loss.off(t), linear, "bound.2"),
                                    have("value", f(t) == 0, logic, "off side", "off"),
                                    have("so", f(t) >= 0, linear, "value"),
                                ],
                                split=closed(loss, t),
                            ),
                        ),
                    ],
                ),
            ),
            iff_steps(
                "zero",
                loss,
                f(t),
                zero_iff,
                (f"{name} square", f"{name} none"),
                [
                    have("value", f(t) == t * t, logic, "on side", "closed"),
                    have("square", t * t == 0, linear, "value", "only.if"),
                    have(
                        "not 0",
                        t != 0,
                        by(order.positive_is_not_zero, s=-t if loss is TRUE else t),
                        "side.2",
                    ),
                    have("origin", t == 0, by(order.zero_factor, s=t), "square", "not 0"),
                ],
            ),
            iff_steps(
                "flat",
                loss,
                slope(t),
                flat_iff,
                ("on slope", "flat off"),
                [
                    have("value", slope(t) == 2 * t, logic, "on side", "closed"),
                    have("origin", t == 0, linear, "value", "only.if"),
                ],
            ),
            have(
                "sloped",
                sloped,
                arbitrary(
                    t,
                    proof=[
                        have("on side", None, at(t), "on slope"),
                        have("closed", closed(loss, t), linear, "sloped.if"),
                        have("value", None, logic, "on side", "closed"),
                        have("so", loss.sloped(slope(t)), linear, "value", "sloped.if"),
                    ],
                ),
            ),
            have("all", then, logic, "smooth", "not negative", "zero iff", "flat iff", "sloped"),
        ],
    )


FIGURE_TRUE, FIGURE_WRONG = (
    figure(TRUE, "NH17.E5.figure.true"),
    figure(WRONG, "NH17.E5.figure.wrong"),
)

E5_FIGURE = Statement(
    "NH17.E5.figure",
    LOSSES,
    kind="example",
    title="Example of losses that meet Assumptions 5.2",
    where="Section 5, Figure 2",
    lines=(1950, 1967),
    given=FIGURE,
    then=both(smooth(TRUE.loss), smooth(WRONG.loss), *ASSUMPTIONS.values()),
    gloss="Squares on one side of 0 and nothing on the other are C^1 and meet Assumptions 5.2.",
    proof=[
        have("true", None, cite(FIGURE_TRUE)),
        have("wrong", None, cite(FIGURE_WRONG)),
        have(
            "all",
            both(smooth(TRUE.loss), smooth(WRONG.loss), *ASSUMPTIONS.values()),
            logic,
            "true",
            "wrong",
        ),
    ],
)

"""Section 5: local minima, strict ones and isolated ones.

Statements
- C21.D5.1: local minima are the same by balls, as they are printed, and by boxes.
- C21.D5.4: where a function is constant along a line through a point, that is no strict minimum.
- C21.D5.1.falls: where a function falls along a short line there is no local minimum.
- C21.L5.12.point: an isolated local minimum is a strict one.
- C21.L5.12: without strict local minima that are not global there are no isolated ones.
"""

from symbolic_landscape.proofs.cooper_2021.settings.functions import (
    FUNCTION,
    alone_,
    isolated_,
    local_minimum_,
    none_isolated_,
    none_strict_,
    other,
    phi,
    q,
    strict_,
    y,
    z,
)
from symbolic_landscape.proofs.rules import order
from symbolic_landscape.proofs.rules.continuity import (
    box_is_open,
    small_multiples,
    smaller_of_two,
)
from symbolic_landscape.proofs.rules.entries import multiple_not_zero
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.proofs.rules.sets import box_in_ball, far_outside_box
from symbolic_landscape.proofs.rules.spectra import square
from symbolic_landscape.proofs.rules.vectors import line_near
from symbolic_landscape.statement.language import (
    both,
    contradiction,
    every,
    exists,
    integer,
    like,
    real,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    cases,
    cite,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
    take,
)

r, s, t, r2 = real("r"), real("s"), real("t"), real("r2")
row, place = integer("row"), integer("place")
move, third = like("move", y), like("third", y)
local_minimum, strict = local_minimum_(q, phi, y), strict_(q, phi, y)
isolated = isolated_(q, phi, y)
least = phi(y) <= phi(other)
in_box, in_ball = close(other, y, r), square(other - y) < r * r
boxed = every(other, in_box >> least)
near_in_s = square(other - y) < s * s
least_in_a_ball = exists(r, both(r > 0, every(other, in_ball >> least)))

D5_1 = Statement(
    "C21.D5.1",
    FUNCTION,
    kind="definition",
    title="Local minimum",
    where="Section 5, Definition 5.1",
    lines=(432, 432),
    given={},
    then=both(least_in_a_ball >> local_minimum, local_minimum >> least_in_a_ball),
    gloss="The printed balls and boxes around the point say the same.",
    proof=[
        have(
            "box",
            least_in_a_ball >> local_minimum,
            arbitrary(
                proof=[
                    have("ball", None, obtain(s), "box.if"),
                    have("radius", s > 0, logic, "ball"),
                    have("inside", None, by(box_in_ball, r=s, w=y), "radius"),
                    have("some box", None, obtain(r), "inside"),
                    have("positive", r > 0, logic, "some box"),
                    have("boxes", every(other, in_box >> near_in_s), logic, "some box"),
                    have("balls", every(other, near_in_s >> least), logic, "ball"),
                    have(
                        "boxed",
                        boxed,
                        arbitrary(
                            other,
                            proof=[
                                have("if near", None, at(other), "boxes"),
                                have("if inside", None, at(other), "balls"),
                                have("least", least, logic, "if near", "if inside", "boxed.if"),
                            ],
                        ),
                    ),
                    have("minimum", local_minimum, take(r), "positive", "boxed"),
                ]
            ),
        ),
        have(
            "ball",
            local_minimum >> least_in_a_ball,
            arbitrary(
                proof=[
                    have("some box", None, obtain(r), "ball.if"),
                    have("positive", r > 0, logic, "some box"),
                    have("boxed", boxed, logic, "some box"),
                    have(
                        "all",
                        every(other, in_ball >> least),
                        arbitrary(
                            other,
                            proof=[
                                have("if near", None, at(other), "boxed"),
                                have(
                                    "least",
                                    least,
                                    cases(
                                        [have("near", least, logic, "if near", "least.1")],
                                        [
                                            have("far", r * r <= square(other - y), by(far_outside_box), "positive", "least.2"),
                                            have("clash", least, linear, "far", "all.if"),
                                        ],
                                        split=in_box,
                                    ),
                                ),
                            ],
                        ),
                    ),
                    have("least", least_in_a_ball, take(r), "positive", "all"),
                ]
            ),
        ),
        have("same", both(least_in_a_ball >> local_minimum, local_minimum >> least_in_a_ball), logic, "box", "ball"),
    ],
)  # fmt: skip

strictly = every(other, both(in_box, other != y) >> (phi(y) < phi(other)))
on_line = y + (s / 2) * move
all_near = every(t, both(-s < t, t < s) >> close(y + t * move, y, r))
D5_4 = Statement(
    "C21.D5.4",
    FUNCTION,
    kind="definition",
    title="Strict local minimum",
    where="Section 5, Definition 5.4",
    lines=(438, 438),
    names=(move,),
    given={
        "level": every(t, phi(y + t * move) == phi(y)),
        "moves": move != 0,
    },
    then=~strict,
    gloss="A strict local minimum is on no line along which the function is constant.",
    proof=[
        have(
            "none",
            ~strict,
            suppose_not(
                [
                    have("strict", strict, logic, "none.not"),
                    have("box", both(r > 0, strictly), obtain(r), "strict"),
                    have("radius", r > 0, logic, "box"),
                    have("strictly", strictly, logic, "box"),
                    have("some step", None, by(line_near, w=y, w2=move), "radius"),
                    have("step", None, obtain(s), "some step"),
                    have("positive", s > 0, logic, "step"),
                    have("all near", all_near, logic, "step"),
                    have("if small", None, at(s / 2), "all near"),
                    have("near", close(on_line, y, r), logic, "if small", "positive"),
                    have("same value", phi(on_line) == phi(y), at(s / 2), "level"),
                    have(
                        "other",
                        on_line != y,
                        suppose_not(
                            [
                                have("same", on_line == y, logic, "other.not"),
                                have("half", s / 2 != 0, by(order.positive_is_not_zero), "positive"),
                                have("part", (s / 2) * move != 0, by(multiple_not_zero), "half", "moves"),
                                have("clash", contradiction, logic, "same", "part"),
                            ]
                        ),
                    ),
                    have("if other", None, at(on_line), "strictly"),
                    have("more", phi(y) < phi(on_line), logic, "if other", "near", "other"),
                    have("clash", contradiction, linear, "more", "same value"),
                ]
            ),
        )
    ],
)  # fmt: skip

FALLS = Statement(
    "C21.D5.1.falls",
    FUNCTION,
    title="Where a function falls along a short line there is no local minimum",
    names=(move, s),
    given={
        "step": s > 0,
        "falls": every(t, both(t > 0, t < s) >> (phi(y + t * move) < phi(y))),
    },
    then=~local_minimum,
    proof=[
        have(
            "none",
            ~local_minimum,
            suppose_not(
                [
                    have("minimum", local_minimum, logic, "none.not"),
                    have("box", both(r > 0, boxed), obtain(r), "minimum"),
                    have("radius", r > 0, logic, "box"),
                    have("boxed", boxed, logic, "box"),
                    have("some step", None, by(small_multiples, A=y, A2=move), "radius"),
                    have("near step", None, obtain(r2), "some step"),
                    have("size", r2 > 0, logic, "near step"),
                    have(
                        "all near",
                        every(t, both(t > 0, t < r2) >> close(y + t * move, y, r)),
                        logic,
                        "near step",
                    ),
                    have("some time", None, by(smaller_of_two, r=s / 2, s=r2 / 2), "step", "size"),
                    have("time", both(t > 0, t <= s / 2, t <= r2 / 2), obtain(t), "some time"),
                    have("early", t > 0, logic, "time"),
                    have("in s", t < s, linear, "time"),
                    have("in r", t < r2, linear, "time"),
                    have("if near", None, at(t), "all near"),
                    have("near", close(y + t * move, y, r), logic, "if near", "early", "in r"),
                    have("if lower", None, at(t), "falls"),
                    have("lower", phi(y + t * move) < phi(y), logic, "if lower", "early", "in s"),
                    have("if least", None, at(y + t * move), "boxed"),
                    have("least", phi(y) <= phi(y + t * move), logic, "if least", "near"),
                    have("clash", contradiction, linear, "lower", "least"),
                ]
            ),
        )
    ],
)

L5_12_POINT = Statement(
    "C21.L5.12.point",
    FUNCTION,
    title="An isolated local minimum is a strict one",
    where="Section 5.3, proof of Lemma 5.12",
    lines=(571, 571),
    given={"isolated": isolated},
    then=strict,
    proof=[
        have("minimum", local_minimum, logic, "isolated"),
        have("some ball", exists(r, both(r > 0, alone_(q, phi, y, r))), logic, "isolated"),
        have("ball", None, obtain(r2), "some ball"),
        have("radius", r2 > 0, logic, "ball"),
        have("alone", alone_(q, phi, y, r2), logic, "ball"),
        have("box", both(s > 0, every(other, close(other, y, s) >> least)), obtain(s), "minimum"),
        have("size", s > 0, logic, "box"),
        have("least", every(other, close(other, y, s) >> least), logic, "box"),
        have("some radius", None, by(smaller_of_two, r=r2, s=s), "radius", "size"),
        have("smaller", both(r > 0, r <= r2, r <= s), obtain(r), "some radius"),
        have("positive", r > 0, logic, "smaller"),
        have(
            "strictly",
            strictly,
            arbitrary(
                other,
                proof=[
                    have("near", in_box, logic, "strictly.if"),
                    *(
                        have(
                            name,
                            close(other, y, size),
                            arbitrary(
                                row,
                                place,
                                proof=[
                                    have("entry", None, at(row, place), "near"),
                                    have("in", both(-size < (other - y)[row, place], (other - y)[row, place] < size), linear, "entry", "smaller"),
                                ],
                            ),
                        )
                        for name, size in (("near r2", r2), ("near s", s))
                    ),
                    have(
                        "more",
                        phi(y) < phi(other),
                        suppose_not(
                            [
                                have("some room", None, by(box_is_open, A2=other, A=y, r=s), "near s"),
                                have("room", None, obtain(t), "some room"),
                                have("room size", t > 0, logic, "room"),
                                have("inside", every(third, close(third, other, t) >> close(third, y, s)), logic, "room"),
                                have(
                                    "least there",
                                    every(third, close(third, other, t) >> (phi(other) <= phi(third))),
                                    arbitrary(
                                        third,
                                        proof=[
                                            have("if third", None, at(third), "inside"),
                                            have("if least", None, at(third), "least"),
                                            have("not below", phi(y) <= phi(third), logic, "if third", "if least", "least there.if"),
                                            have("least third", phi(other) <= phi(third), linear, "not below", "more.not"),
                                        ],
                                    ),
                                ),
                                have("minimum there", local_minimum_(q, phi, other), take(t), "room size", "least there"),
                                have("if alone", None, at(other), "alone"),
                                have("clash", contradiction, logic, "if alone", "near r2", "strictly.if", "minimum there"),
                            ]
                        ),
                    ),
                ],
            ),
        ),
        have("strict", strict, take(r), "positive", "strictly"),
    ],
)  # fmt: skip

L5_12 = Statement(
    "C21.L5.12",
    FUNCTION,
    title="No strict => no isolated local nonglobal minima",
    where="Section 5.3, Lemma 5.12",
    lines=(569, 573),
    given={
        "continuous": continuous(phi),
        "none strict": none_strict_(q, phi),
    },
    then=none_isolated_(q, phi),
    gloss="The printed proof chooses points q_k, and forgets that they are to be other than p.",
    hedge="Continuity is not needed.",
    proof=[
        have(
            "none isolated",
            none_isolated_(q, phi),
            arbitrary(
                z,
                proof=[
                    have("if higher", None, at(z), "none strict"),
                    have("not strict", ~strict_(q, phi, z), logic, "if higher", "none isolated.if"),
                    have(
                        "not isolated",
                        ~isolated_(q, phi, z),
                        suppose_not(
                            [
                                have("strict", strict_(q, phi, z), cite(L5_12_POINT, y=z), lines=(571, 571)),
                                have("clash", contradiction, logic, "strict", "not strict"),
                            ]
                        ),
                    ),
                ],
            ),
        )
    ],
)  # fmt: skip

"""Section 5.3, Corollary 5.19: local maxima.

Notation: s is added to each of the last biases; R are the residuals.

Statements
- C21.C5.19.lifted: the loss where all last biases are lifted.
- C21.C5.19: there are no local maxima, so that the corollary speaks of none.
"""

from typing import Any

from symbolic_landscape.proofs.cooper_2021.section_5.levels import FIBRE_LOSS, Phi
from symbolic_landscape.proofs.cooper_2021.settings import network_decisions
from symbolic_landscape.proofs.cooper_2021.settings.architectures import i, l, m
from symbolic_landscape.proofs.cooper_2021.settings.minima import A, c, changed
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    NETWORK,
    M,
    V,
    Y,
    b,
    e,
    f_,
    loss_,
    n,
    one,
)
from symbolic_landscape.proofs.rules import order
from symbolic_landscape.proofs.rules.entries import (
    entry_of_repeated_row,
    entry_of_zero,
    squares_of_equal,
    zero_of_squares,
)
from symbolic_landscape.proofs.rules.points import close, near
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    define,
    each,
    every,
    exists,
    fn,
    integer,
    ones,
    rank,
    real,
    trace,
    update,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    cite,
    claimed,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
)
from symbolic_landscape.statement.step import Step

size, s = real("size"), real("s")
row, place = integer("row"), integer("place")
half = size / 2
local_maximum_ = define(
    "local maximum",
    (M, b),
    exists(
        size,
        both(size > 0, every(V, e, near(V, e, M, b, 1, l, size) >> (loss_(V, e) <= loss_(M, b)))),
    ),
    text="local maximum",
    latex=r"L(p) = \max_{{\text{{nearby}}}} L",
    at=("M", "b"),
)
local_maximum = local_maximum_(M, b)
MAXIMA = NETWORK.extended(
    "a network on n samples, and maxima of its loss",
    definitions=(local_maximum_,),
    decisions={"local maximum": network_decisions.local_maximum},
)
up = ones(m[l], 1)
all_up = up @ one
R = f_(M, b) - Y
squares = trace(all_up.T @ all_up)


def lifted(s: Any) -> tuple[Expr, Expr]:
    """The parameters with s added to each of the last biases."""
    return update(M, l, M[l]), update(b, l, b[l] + s * up)


def rises(s: Any) -> Expr:
    """The loss where the last biases are lifted."""
    change: Expr = 2 * s * trace(R.T @ all_up) + s * s * squares
    return loss_(*lifted(s)) == loss_(M, b) + change


LIFTED = Statement(
    "C21.C5.19.lifted",
    NETWORK,
    title="The loss where all last biases are lifted",
    names=(s,),
    given={},
    then=rises(s),
    proof=[
        have("outputs", None, cite(FIBRE_LOSS, A=M[l], c=b[l] + s * up)),
        have(
            "loss",
            rises(s),
            by(squares_of_equal, A=f_(*lifted(s)) - Y, A2=R + s * all_up),
            "outputs",
        ),
    ],
)


def between(x: Expr) -> Expr:
    """The number is less than the radius in size."""
    return both(-size < x, x < size)


M2, b2 = lifted(s)
inside = fn(i, both(close(M2[i], M[i], size), close(b2[i], b[i], size)))


def entries_close(name: str, A: Expr, B: Expr, why: str) -> Step:
    """The step to entries that are close, all for one reason."""
    entry = have("entry", between((A - B)[row, place]), logic, why)
    return have(name, close(A, B, size), arbitrary(row, place, proof=[entry]))


NEAR = Statement(
    "C21.C5.19.near",
    NETWORK,
    title="Parameters with lifted last biases are near",
    names=(size, s),
    given={"positive": size > 0, "less": between(s)},
    then=near(M2, b2, M, b, 1, l, size),
    proof=[
        have(
            "below",
            each(i, 1, l - 1, inside(i)),
            arbitrary(
                i,
                proof=[
                    entries_close("weights", M2[i], M[i], "positive"),
                    entries_close("biases", b2[i], b[i], "positive"),
                    have("both", inside(i), logic, "weights", "biases"),
                ],
            ),
        ),
        entries_close("last weights", M2[l], M[l], "positive"),
        entries_close("last biases", b2[l], b[l], "less"),
        have("last", inside(l), logic, "last weights", "last biases"),
        have(
            "near",
            near(M2, b2, M, b, 1, l, size),
            by(order.range_extended, P=inside, lo=1, hi=l - 1),
            "below",
            "last",
        ),
    ],
)


def no_higher(name: str, s: Any) -> list[Step]:
    """Steps to the loss where the last biases are lifted by less than the radius."""
    there = loss_(*lifted(s))
    return [
        have(f"{name} near", near(*lifted(s), M, b, 1, l, size), cite(NEAR, s=s)),
        have(f"{name} if near", None, at(*lifted(s)), "around"),
        have(f"{name} lower", there <= loss_(M, b), logic, f"{name} if near", f"{name} near"),
        have(f"{name} loss", rises(s), cite(LIFTED, s=s)),
    ]


C5_19 = Statement(
    "C21.C5.19",
    MAXIMA,
    title="There are no local maxima",
    kind="corollary",
    where="Section 5.3, Corollary 5.19",
    lines=(693, 695),
    given={},
    then=~local_maximum,
    gloss="The loss is strictly convex in the last biases.",
    proof=[
        have(
            "none",
            ~local_maximum,
            suppose_not(
                [
                    have("maximum", local_maximum, logic, "none.not"),
                    have("ball", None, obtain(size), "maximum"),
                    have("positive", size > 0, logic, "ball"),
                    have(
                        "around",
                        every(V, e, near(V, e, M, b, 1, l, size) >> (loss_(V, e) <= loss_(M, b))),
                        logic,
                        "ball",
                    ),
                    *no_higher("up", half),
                    *no_higher("down", -half),
                    have(
                        "quarter",
                        half * half > 0,
                        by(order.positive_product),
                        "positive",
                        "positive",
                    ),
                    have("outputs", None, at(l), "standing 2"),
                    have("unit", all_up[1, 1] == one[1, 1], by(entry_of_repeated_row, H=one)),
                    have(
                        "not 0",
                        squares > 0,
                        suppose_not(
                            [
                                have("at most", squares <= 0, logic, "not 0.not"),
                                have("zero", all_up == 0, by(zero_of_squares), "at most"),
                                have("entry", all_up[1, 1] == 0, by(entry_of_zero), "zero"),
                                have("clash", contradiction, linear, "entry", "unit"),
                            ]
                        ),
                    ),
                    have(
                        "both",
                        half * half * squares > 0,
                        by(order.positive_product),
                        "quarter",
                        "not 0",
                    ),
                    have(
                        "clash",
                        contradiction,
                        linear,
                        "up lower",
                        "up loss",
                        "down lower",
                        "down loss",
                        "both",
                    ),
                ]
            ),
        )
    ],
    reading="repaired",
)
C5_19_PRINTED = Statement(
    "C21.C5.19",
    MAXIMA,
    title="Local maxima",
    kind="corollary",
    where="Section 5.3, Corollary 5.19",
    lines=(693, 695),
    given={"wide": each(i, 1, l - 1, m[i] > n), "maximum": local_maximum},
    then=every(A, c, loss_(*changed) == loss_(M, b)),
    gloss="The level set contains the whole fibre, of dimension m[l] (m[l-1] + 1).",
    proof=[
        have(
            "no features",
            rank(Phi) == 0,
            claimed("at a maximum the features of the last hidden layer have rank 0"),
            "wide",
            "maximum",
            lines=(695, 695),
        ),
        have(
            "level",
            every(A, c, loss_(*changed) == loss_(M, b)),
            claimed("Theorem 5.15 with r = 0"),
            "no features",
            lines=(695, 695),
        ),
    ],
    repaired=C5_19,
    expected=("unsupported premise, step no features", "invalid inference, step level"),
)

"""Section 5.3, Proposition 5.13: wide networks have no isolated local minima.

Notation: K1 (1 x m[l-1]) and k2 (1 x 1) are added to each row of the last weights and biases.

Statements
- C21.P5.13.line: through each point a line goes in the last layer along which the loss is constant.
- C21.P5.13.near: parameters with nearly the same last layer, and else the same, are near.
- C21.P5.13: there are no isolated local minima, global ones included.
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
    point,
    sigma,
)
from symbolic_landscape.proofs.rules import blocks, order, ranks
from symbolic_landscape.proofs.rules.continuity import small_multiples, smaller_of_two
from symbolic_landscape.proofs.rules.entries import (
    entry_of_zero,
    multiple_not_zero,
    outer_product_not_zero,
    squares_of_equal,
)
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.proofs.rules.points import agree, close, near
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    contradiction,
    define,
    each,
    either,
    every,
    exists,
    fn,
    integer,
    like,
    matrix,
    ones,
    rank,
    real,
    stack,
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
    have,
    linear,
    logic,
    obtain,
    suppose_not,
    take,
)
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import Term

size, t, s, s2 = real("size"), real("t"), real("s"), real("s2")
row, place = integer("row"), integer("place")
K1, k2 = matrix("K1", 1, m[l - 1]), matrix("k2", 1, 1)
H = matrix("H", 1, m[l - 1] + 1)
up = ones(m[l], 1)
V2, e2 = like("V2", M), like("e2", b)


def least_within(V: Expr, e: Expr, size: Expr) -> Expr:
    """No parameters within this distance of (V, e) have a lower loss."""
    return every(V2, e2, near(V2, e2, V, e, 1, l, size) >> (loss_(V, e) <= loss_(V2, e2)))


local_minimum_ = define(
    "local minimum",
    (M, b),
    exists(size, both(size > 0, least_within(M, b, size))),
    text="local minimum",
    latex=r"L(p) = \min_{{\text{{nearby}}}} L",
    at=("M", "b"),
)


def alone(size: Expr) -> Expr:
    """No other parameters within this distance are a local minimum."""
    there = both(near(V, e, M, b, 1, l, size), ~agree(V, e, M, b, 1, l))
    return every(V, e, there >> ~local_minimum_(V, e))


isolated_ = define(
    "isolated local minimum",
    (M, b),
    both(
        local_minimum_(M, b),
        exists(size, both(size > 0, alone(size))),
    ),
    text="isolated local minimum",
    latex=r"\text{{isolated local minimum}}",
    at=("M", "b"),
)


def fitted() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """An isolated minimum of a narrow network: a fitted point with independent slopes."""
    inputs, targets = [[-2, -1, 0, 1, 2]], [[-10, -2, 0, 2, 10]]
    unit = ([[1]], [0])
    return (point("five samples, one unit, fitted", "t + t**3", inputs, targets, unit, unit),)


MINIMA = NETWORK.extended(
    "a network on n samples, and minima of its loss",
    definitions=(local_minimum_, isolated_),
    decisions={"isolated local minimum": network_decisions.isolated_minimum},
    instances=fitted,
)


def moved(t: Expr) -> tuple[Expr, Expr]:
    """The parameters with t K1 and t k2 added to each row of the last weights and biases."""
    return update(M, l, M[l] + t * up @ K1), update(b, l, b[l] + t * up @ k2)


level = every(t, loss_(*moved(t)) == loss_(M, b))
line = exists(K1, k2, both(either(K1 != 0, k2 != 0), level))
features = stack(Phi, one)
LINE = Statement(
    "C21.P5.13.line",
    NETWORK,
    title="A line in the last layer along which the loss is constant",
    given={"wide": m[l - 1] >= n},
    then=line,
    proof=[
        have("rank", rank(features) <= n, by(ranks.rank_at_most_columns)),
        have("narrow", rank(features) + 1 <= m[l - 1] + 1, linear, "rank", "wide"),
        have("some row", None, by(ranks.left_kernel, A=features, m=m[l - 1] + 1, n=n, q=1), "narrow"),
        have("row", both(rank(H) == 1, H @ features == 0), obtain(H), "some row"),
        have("full", rank(H) == 1, logic, "row"),
        have(
            "not 0",
            H != 0,
            suppose_not(
                [
                    have("zero row", H == 0, logic, "not 0.not"),
                    have("no rank", rank(H) == 0, by(ranks.rank_of_zero), "zero row"),
                    have("clash", contradiction, linear, "no rank", "full"),
                ]
            ),
        ),
        have("zero", H @ features == 0, logic, "row"),
        have("split", exists(K1, k2, H == block(K1, k2)), by(blocks.split_columns, W=H, m=1, n=m[l - 1], q=1)),
        have("parts", H == block(K1, k2), obtain(K1, k2), "split"),
        have("product", None, by(blocks.block_times_stack, A=K1, D=k2, B=Phi, U=one)),
        have("kernel", K1 @ Phi + k2 @ one == 0, calculation, "<product", "<parts", "zero"),
        have(
            "moves",
            either(K1 != 0, k2 != 0),
            suppose_not(
                [
                    have("first", K1 == 0, logic, "moves.not"),
                    have("second", k2 == 0, logic, "moves.not"),
                    have("both", block(K1, k2) == 0, by(blocks.block_of_zeros), "first", "second"),
                    have("whole", H == 0, calculation, "parts", "both"),
                    have("clash", contradiction, logic, "whole", "not 0"),
                ]
            ),
        ),
        have(
            "level",
            level,
            arbitrary(
                t,
                proof=[
                    have("outputs", None, cite(FIBRE_LOSS, A=M[l] + t * up @ K1, c=b[l] + t * up @ k2)),
                    have("vanish", t * up @ (K1 @ Phi + k2 @ one) == 0, calculation, "kernel"),
                    have("same", f_(*moved(t)) == f_(M, b), linear, "outputs", "vanish"),
                    have("loss", loss_(*moved(t)) == loss_(M, b), by(squares_of_equal, A=f_(*moved(t)) - Y, A2=f_(M, b) - Y), "same"),
                ],
            ),
        ),
        have("line", line, take(K1, k2), "moves", "level"),
    ],
)  # fmt: skip

inside = fn(i, both(close(changed[0][i], M[i], size), close(changed[1][i], b[i], size)))


def still(name: str, B: Expr) -> Step:
    """The step to a matrix that is close to itself."""
    entry = have(
        "entry", both(-size < (B - B)[row, place], (B - B)[row, place] < size), logic, "positive"
    )
    return have(name, close(B, B, size), arbitrary(row, place, proof=[entry]))


NEAR = Statement(
    "C21.P5.13.near",
    NETWORK,
    title="Parameters with nearly the same last layer are near",
    names=(A, c, size),
    given={
        "positive": size > 0,
        "weights": close(A, M[l], size),
        "biases": close(c, b[l], size),
    },
    then=near(*changed, M, b, 1, l, size),
    proof=[
        have(
            "below",
            each(i, 1, l - 1, inside(i)),
            arbitrary(
                i,
                proof=[
                    still("same weights", M[i]),
                    still("same biases", b[i]),
                    have("both", inside(i), logic, "same weights", "same biases"),
                ],
            ),
        ),
        have("last", inside(l), logic, "weights", "biases"),
        have("near", near(*changed, M, b, 1, l, size), by(order.range_extended, P=inside, lo=1, hi=l - 1), "below", "last"),
    ],
)  # fmt: skip
radius, radius2, r = real("radius"), real("radius2"), real("r")
there = moved(t)


def nearer(name: str, A: Expr, B: Expr, size: Expr, bound: str, *uses: str) -> Step:
    """The step to entries that differ by less, from a bound and steps that say how much."""
    d = (A - B)[row, place]
    return have(
        name,
        close(A, B, size),
        arbitrary(
            row,
            place,
            proof=[
                *(have(f"in {use}", None, at(row, place), use) for use in uses),
                have(
                    "entry",
                    both(-size < d, d < size),
                    linear,
                    bound,
                    *(f"in {use}" for use in uses),
                ),
            ],
        ),
    )


P5_13 = Statement(
    "C21.P5.13",
    MINIMA,
    title="There are no isolated local minima",
    kind="proposition",
    where="Section 5.3, Proposition 5.13 (and 1.2)",
    lines=(577, 579),
    given={"wide": m[l - 1] >= n},
    then=~isolated_(M, b),
    gloss="As wide a last hidden layer as there are samples is enough; global minima are included.",
    proof=[
        have("line", line, cite(LINE)),
        have("direction", both(either(K1 != 0, k2 != 0), level), obtain(K1, k2), "line"),
        have("moves", either(K1 != 0, k2 != 0), logic, "direction"),
        have("level", level, logic, "direction"),
        have("none", ~isolated_(M, b), suppose_not([
            have("minimum", local_minimum_(M, b), logic, "none.not"),
            have("ball", both(radius > 0, least_within(M, b, radius)), obtain(radius), "minimum"),
            have("positive", radius > 0, logic, "ball"),
            have("least", least_within(M, b, radius), logic, "ball"),
            have("some ball", exists(size, both(size > 0, alone(size))), logic, "none.not"),
            have("ball 2", both(radius2 > 0, alone(radius2)), obtain(radius2), "some ball"),
            have("positive 2", radius2 > 0, logic, "ball 2"),
            have("alone", alone(radius2), logic, "ball 2"),
            have("some r", None, by(smaller_of_two, r=radius / 2, s=radius2), "positive", "positive 2"),
            have("small", both(r > 0, r <= radius / 2, r <= radius2), obtain(r), "some r"),
            have("size", r > 0, logic, "small"),
            have("in half", r <= radius / 2, logic, "small"),
            have("in second", r <= radius2, logic, "small"),
            have("steps", None, by(small_multiples, A=M[l], A2=up @ K1), "size"),
            have("weight steps", both(s > 0, every(t, both(t > 0, t < s) >> close(M[l] + t * up @ K1, M[l], r))), obtain(s), "steps"),
            have("bias steps", None, by(small_multiples, A=b[l], A2=up @ k2), "size"),
            have("biases steps", both(s2 > 0, every(t, both(t > 0, t < s2) >> close(b[l] + t * up @ k2, b[l], r))), obtain(s2), "bias steps"),
            have("s", s > 0, logic, "weight steps"),
            have("s2", s2 > 0, logic, "biases steps"),
            have("if s", every(t, both(t > 0, t < s) >> close(M[l] + t * up @ K1, M[l], r)), logic, "weight steps"),
            have("if s2", every(t, both(t > 0, t < s2) >> close(b[l] + t * up @ k2, b[l], r)), logic, "biases steps"),
            have("some t", None, by(smaller_of_two, r=s / 2, s=s2 / 2), "s", "s2"),
            have("t", both(t > 0, t <= s / 2, t <= s2 / 2), obtain(t), "some t"),
            have("early", t > 0, logic, "t"),
            have("before s", t < s, linear, "t"),
            have("before s2", t < s2, linear, "t"),
            have("if weights", None, at(t), "if s"),
            have("if biases", None, at(t), "if s2"),
            have("weights", close(M[l] + t * up @ K1, M[l], r), logic, "if weights", "early", "before s"),
            have("biases", close(b[l] + t * up @ k2, b[l], r), logic, "if biases", "early", "before s2"),
            have("near", near(*there, M, b, 1, l, r), cite(NEAR, A=M[l] + t * up @ K1, c=b[l] + t * up @ k2, size=r)),
            have("same loss", loss_(*there) == loss_(M, b), at(t), "level"),
            have("least there", least_within(*there, r), arbitrary(V2, e2, proof=[
                have("within", near(V2, e2, M, b, 1, l, radius), arbitrary(i, proof=[
                    have("from there", None, at(i), "least there.if"),
                    have("from here", None, at(i), "near"),
                    have("weights there", close(V2[i], there[0][i], r), logic, "from there"),
                    have("weights here", close(there[0][i], M[i], r), logic, "from here"),
                    have("biases there", close(e2[i], there[1][i], r), logic, "from there"),
                    have("biases here", close(there[1][i], b[i], r), logic, "from here"),
                    nearer("weights near", V2[i], M[i], radius, "in half", "weights there", "weights here"),
                    nearer("biases near", e2[i], b[i], radius, "in half", "biases there", "biases here"),
                    have("both", both(close(V2[i], M[i], radius), close(e2[i], b[i], radius)), logic, "weights near", "biases near"),
                ])),
                have("if within", None, at(V2, e2), "least"),
                have("not less", loss_(M, b) <= loss_(V2, e2), logic, "if within", "within"),
                have("lower", loss_(*there) <= loss_(V2, e2), linear, "not less", "same loss"),
            ])),
            have("minimum there", local_minimum_(*there), take(r), "size", "least there"),
            have("near 2", near(*there, M, b, 1, l, radius2), arbitrary(i, proof=[
                have("from here", None, at(i), "near"),
                have("weights here", close(there[0][i], M[i], r), logic, "from here"),
                have("biases here", close(there[1][i], b[i], r), logic, "from here"),
                nearer("weights near", there[0][i], M[i], radius2, "in second", "weights here"),
                nearer("biases near", there[1][i], b[i], radius2, "in second", "biases here"),
                have("both", both(close(there[0][i], M[i], radius2), close(there[1][i], b[i], radius2)), logic, "weights near", "biases near"),
            ])),
            have("outputs", None, at(l), "standing 2"),
            have("up", up != 0, suppose_not([
                have("zero", up == 0, logic, "up.not"),
                have("entry", up[1, 1] == 0, by(entry_of_zero), "zero"),
            ])),
            have("t not 0", t != 0, by(order.positive_is_not_zero), "early"),
            have("other", ~agree(*there, M, b, 1, l), suppose_not([
                have("same", agree(*there, M, b, 1, l), logic, "other.not"),
                have("last", None, at(l), "same"),
                have("clash", contradiction, cases(
                    [
                        have("outer", up @ K1 != 0, by(outer_product_not_zero, u=up, v=K1.T), "up", "clash.1"),
                        have("step", t * (up @ K1) != 0, by(multiple_not_zero), "t not 0", "outer"),
                        have("same weights", M[l] + t * up @ K1 == M[l], logic, "last"),
                        have("still", contradiction, logic, "same weights", "step"),
                    ],
                    [
                        have("outer", up @ k2 != 0, by(outer_product_not_zero, u=up, v=k2.T), "up", "clash.2"),
                        have("step", t * (up @ k2) != 0, by(multiple_not_zero), "t not 0", "outer"),
                        have("same biases", b[l] + t * up @ k2 == b[l], logic, "last"),
                        have("still", contradiction, logic, "same biases", "step"),
                    ],
                ), "moves"),
            ])),
            have("if alone", None, at(*there), "alone"),
            have("clash", contradiction, logic, "if alone", "near 2", "other", "minimum there"),
        ])),
    ],
    reading="repaired",
)  # fmt: skip
P5_13_PRINTED = Statement(
    "C21.P5.13",
    MINIMA,
    title="No isolated local (nonglobal) minima",
    kind="proposition",
    where="Section 5.3, Proposition 5.13 (and 1.2)",
    lines=(577, 579),
    standing=(l >= 2,),
    given={
        "wide": each(i, 1, l - 1, m[i] > n),
        "continuous": continuous(sigma),
        "not global": exists(V, e, loss_(V, e) < loss_(M, b)),
    },
    then=~isolated_(M, b),
    hedge="Theorem 1 of [LDS18] is not needed: a kernel of the last layer is enough.",
    proof=[
        have("wide there", m[l - 1] > n, at(l - 1), "wide"),
        have("wide last", m[l - 1] >= n, linear, "wide there"),
        have("none", ~isolated_(M, b), cite(P5_13), lines=(579, 579)),
    ],
    repaired=P5_13,
)

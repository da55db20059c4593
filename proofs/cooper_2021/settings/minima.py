"""Section 5: global minima, segments down to them, and features of full rank.

Notation: A, c are the weights and biases of the last layer at another point of the fibre.
"""

from typing import Any

from symbolic_landscape.proofs.cooper_2021.settings import minima_decisions
from symbolic_landscape.proofs.cooper_2021.settings.architectures import l, m
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    NETWORK,
    M,
    V,
    b,
    e,
    loss_,
    point,
    points,
)
from symbolic_landscape.proofs.rules.points import s, t
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    either,
    every,
    exists,
    matrix,
    rank,
    update,
)
from symbolic_landscape.statement.term import Term

least = define(
    "global minimum",
    (M, b),
    every(V, e, loss_(M, b) <= loss_(V, e)),
    text="global minimum",
    latex=r"L(p) = \min L",
    at=("M", "b"),
)


def full_rank(A: Expr) -> Expr:
    """The matrix has full rank: that of its rows, or that of its columns."""
    return either(rank(A) == A.rows, rank(A) == A.columns)


A, c = matrix("A", m[l], m[l - 1]), matrix("c", m[l], 1)
changed = (update(M, l, A), update(b, l, c))


def on_segment(t: Expr, end: tuple[Expr, Expr] = (A, c)) -> tuple[Expr, Expr]:
    """The point of the segment that changes the last layer alone, and ends there."""
    return update(M, l, M[l] + t * (end[0] - M[l])), update(b, l, b[l] + t * (end[1] - b[l]))


def parabola(end: tuple[Expr, Expr] = (A, c)) -> Expr:
    """The loss on the segment is that at its start times (1 - t)^2."""
    return every(t, loss_(*on_segment(t, end)) == (1 - t) * (1 - t) * loss_(M, b))


falls = every(
    s,
    t,
    both(0 <= s, s < t, t <= 1) >> (loss_(*on_segment(t)) < loss_(*on_segment(s))),
)
segment_down = define(
    "segment down",
    (M, b),
    exists(A, c, both(least(*changed), falls, parabola())),
    text="the loss falls along a segment to a global minimum",
    latex=r"L \text{{ falls on a segment to }} \arg\min L",
    at=("M", "b"),
)


def wide_points() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Points of networks with as many hidden units as samples, or more."""
    return (
        *points(),
        point("two samples, full rank, not fitted", "t + t**3", [[0, 1]], [[1, 3]],
              ([[1], [-1]], [1, 0]), ([[1, 1]], [0])),
        point("two samples, full rank, fitted, two outputs", "t + t**3", [[0, 1]], [[1, 3], [2, 4]],
              ([[1], [0]], [0, 1]), ([[1, 0]] * 2, [1, 2])),
        point("three samples, one unit that is not used", "t + t**3", [[-1, 0, 1]], [[-1, 2, -1]],
              ([[1]], [0]), ([[0]], [0])),
        point("one sample, constant features, wide", "tanh", [[0]], [[2]],
              ([[1], [1]], [0, 0]), ([[1, 1]], [0])),
    )  # fmt: skip


MINIMA = NETWORK.extended(
    "a network on n samples, and global minima of its loss",
    definitions=(least, segment_down),
    decisions={
        "global minimum": minima_decisions.global_minimum,
        "segment down": minima_decisions.segment_down,
    },
    instances=wide_points,
)

"""Section 5.3: eigenvalues 0 of the Hessian of the loss, and null vectors in the last layer.

Notation: (V, e) is a direction. T K1 and T k2 are changes of the last weights and biases, for any T;
if [K1, k2] has rank dim, these changes form a space of dimension m[l] dim. The Hessian is given by
the second derivatives along directions: one to which a null vector is added has the same.
"""

from typing import Any

from symbolic_landscape.proofs.cooper_2021.settings import hessian_decisions
from symbolic_landscape.proofs.cooper_2021.settings.architectures import j, k, l, m
from symbolic_landscape.proofs.cooper_2021.settings.derivatives import W, g, mixed_loss_
from symbolic_landscape.proofs.cooper_2021.settings.minima import wide_points
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    NETWORK,
    M,
    V,
    b,
    critical,
    e,
    loss_,
    point,
    r,
    second_,
)
from symbolic_landscape.proofs.rules.points import agree, is_zero, near
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    define,
    every,
    exists,
    matrix,
    natural,
    predicate,
    rank,
    real,
    update,
)
from symbolic_landscape.statement.notation import Notation
from symbolic_landscape.statement.term import Term

dim, size = natural("dim"), real("size")
T, K1, k2 = matrix("T", m[l], dim), matrix("K1", dim, m[l - 1]), matrix("k2", dim, 1)
shifted = (update(V, l, V[l] + T @ K1), update(e, l, e[l] + T @ k2))
"""The direction (V, e) with a change of the last layer added."""
semidefinite = define(
    "positive semidefinite Hessian",
    (M, b),
    every(V, e, second_(M, b, V, e) >= 0),
    text="the Hessian is positive semidefinite",
    latex=r"\nabla^2 L \succeq 0",
    at=("M", "b"),
)
bends = semidefinite(M, b)
unmoved = every(T, V, e, second_(M, b, *shifted) == second_(M, b, V, e))
null_space = define(
    "null space",
    (M, b, dim),
    exists(K1, k2, both(rank(block(K1, k2)) == dim, unmoved)),
    text="the Hessian has a null space of dimension m_l {2} in the last layer",
    latex=r"\dim(\ker \nabla^2 L \cap \mathbb{{R}}^F) \ge m_\ell {2}",
    at=("M", "b"),
)
least_nearby = every(V, e, near(V, e, M, b, 1, l, size) >> (loss_(M, b) <= loss_(V, e)))
local_minimum = define(
    "local minimum",
    (M, b),
    exists(size, both(size > 0, least_nearby)),
    text="local minimum",
    latex=r"L(p) = \min_{{\text{{nearby}}}} L",
    at=("M", "b"),
)
zero_eigenvalues = predicate("zero eigenvalues")
"""The Hessian of the loss at (M, b) has at least so many eigenvalues 0."""
nondegenerate = define(
    "nondegenerate",
    (M, b),
    every(V, e, every(W, g, mixed_loss_(M, b, V, e, W, g) == 0) >> is_zero(V, e, 1, l)),
    text="no eigenvalue of the Hessian is 0",
    latex=r"\det \nabla^2 L \ne 0",
    at=("M", "b"),
)


def alone(size: Expr) -> Expr:
    """No other parameters within this distance are critical."""
    there = both(near(V, e, M, b, 1, l, size), ~agree(V, e, M, b, 1, l))
    return every(V, e, there >> ~critical(V, e))


isolated = define(
    "isolated critical point",
    (M, b),
    both(critical(M, b), exists(size, both(size > 0, alone(size)))),
    text="isolated critical point",
    latex=r"\text{{isolated critical}}",
    at=("M", "b"),
)


def very_wide_points() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Critical points of networks with more units than samples, and their near misses."""
    return (
        *wide_points(),
        point("very wide, an isolated saddle", "t + t**3", [[-1, 0, 1, 2]],
              [[-1, 2, -1, 0], [-5, 6, 0, -1]], ([[1]] * 5, [0] * 5), ([[0] * 5] * 2, [0, 0]),
              more={r: 1}),
        point("very wide, six units, an isolated saddle", "t + t**3", [[-2, -1, 0, 1, 2]],
              [[0, -1, 2, -1, 0], [-1, 5, -4, 0, 0]], ([[1]] * 6, [0] * 6),
              ([[0] * 6] * 2, [0, 0]), more={r: 1}),
        point("very wide, a saddle with a constant unit", "t + t**3", [[-1, 0, 1, 2]],
              [[-1, 2, -1, 0], [-5, 6, 0, -1]], ([[1]] * 4 + [[0]], [0, 0, 0, 0, 1]),
              ([[0] * 5] * 2, [0, 0]), more={r: 2}),
        point("as many units as samples, an isolated saddle", "t + t**3", [[-1, 0, 1, 2]],
              [[-1, 2, -1, 0], [-5, 6, 0, -1]], ([[1]] * 4, [0] * 4), ([[0] * 4] * 2, [0, 0]),
              more={r: 1}),
        point("very wide, not critical, no eigenvalue 0", "t + t**3", [[-1, 0, 1, 2]],
              [[-1, 2, -1, 1], [-5, 6, 0, -1]], ([[1]] * 5, [0] * 5), ([[0] * 5] * 2, [0, 0]),
              more={r: 1}),
        point("one unit, five samples, fitted", "t + t**3", [[-2, -1, 0, 1, 2]],
              [[-10, -2, 0, 2, 10]], ([[1]], [0]), ([[1]], [0]), more={r: 1, dim: 1}),
        point("very wide, one output, a saddle", "t + t**3", [[-1, 0, 1, 2]], [[-1, 2, -1, 0]],
              ([[1]] * 5, [0] * 5), ([[0] * 5], [0]), more={r: 1}),
        point("two equal samples, fitted in the mean", "t + t**3", [[0, 0]], [[1, -1]],
              ([[1], [1], [0]], [0, 0, 1]), ([[1, 2, 0]], [0]), more={r: 1}),
        point("wide, core point of depth 4, two outputs", "t + t**3", [[1]], [[1], [1]],
              ([[0], [0]], [0, 0]), ([[0, 0]] * 2, [0, 0]), ([[1, 0], [0, 1]], [0, 0]),
              ([[0, 0]] * 2, [1, 1]), more={j: 1, k: 2}),
        point("wide, two samples fitted by the bias", "t + t**3", [[0, 1]], [[1, 1]],
              ([[0]] * 3, [0] * 3), ([[0, 0, 0]], [1])),
    )  # fmt: skip


HESSIANS = NETWORK.extended(
    "a network on n samples, and the Hessian of its loss",
    definitions=(null_space, semidefinite, local_minimum, mixed_loss_, nondegenerate, isolated),
    decisions={
        "null space": hessian_decisions.null_space,
        "positive semidefinite Hessian": hessian_decisions.semidefinite,
        "local minimum": hessian_decisions.local_minimum,
        "zero eigenvalues": hessian_decisions.zero_eigenvalues,
        "nondegenerate": hessian_decisions.nondegenerate,
        "isolated critical point": hessian_decisions.isolated,
    },
    notation={
        "zero eigenvalues": Notation(
            "{2} or more eigenvalues of the Hessian are 0",
            r"\dim\ker\nabla^2 L \ge {2}",
        ),
    },
    instances=very_wide_points,
)

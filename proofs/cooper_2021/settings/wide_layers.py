"""Section 5.3: one hidden layer of a network, and all the rest.

Notation: w (q x 1) holds all parameters but those of the layer, W (m x p) its weights and biases
beside each other. A(w) (p x n) holds the features below with a row of ones; G(w)(P) is the loss
where the layer has the preactivations P (m x n).
"""

from collections.abc import Sequence
from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.statement.language import (
    Expr,
    define,
    derivative,
    entries,
    every,
    fn,
    function,
    gradient,
    integer,
    like,
    matrix,
    natural,
    ones,
    real,
    scalar_function,
    stack,
    trace,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

n, p, m, q = (natural(name) for name in "npmq")
s, t = real("s"), real("t")
P, w, W = matrix("P", m, n), matrix("w", q, 1), matrix("W", m, p)
A = function("A", w, matrix("", p, n))
G = function("G", w, function("", P, t))
V, u = like("V", W), like("u", w)
a, c = matrix("a", m, 1), matrix("c", p, 1)


def along(W: Any, w: Any) -> Expr:
    """The loss on a line of parameters, a function of t."""
    return fn(t, G(w + t * u)((W + t * V) @ A(w + t * u)))


critical_ = define(
    "critical point",
    (W, w),
    every(V, u, derivative(along(W, w))(0) == 0),
    text="({0}, {1}) is a critical point",
    latex=r"({0}, {1}) \text{{ is a critical point}}",
)
errors_ = define(
    "errors",
    (W, w),
    gradient(G(w), W @ A(w)),
    text="Γ({0}, {1})",
    latex=r"\Gamma({0}, {1})",
)
"""The partial derivatives of the loss by the preactivations (m x n)."""

sigma, X, Y = scalar_function("sigma"), matrix("X", 1, n), matrix("Y", 1, n)
row, column = integer("row"), integer("column")


def read(rows: Any, columns: Any, before: Any) -> Expr:
    """The matrix of this shape whose entries stand in w, row by row, after so many others."""
    return entries(row, column, rows, columns, w[before + (row - 1) * columns + column, 1])


hidden = p - 1
features = stack(sigma(read(hidden, 1, 0) @ X + read(hidden, 1, hidden) @ ones(1, n)), ones(1, n))
lost = read(1, m, 2 * hidden) @ sigma(P) - Y


def network(
    name: str,
    targets: Sequence[int],
    weights: Sequence[Sequence[int]],
    rest: Sequence[int],
    direction: tuple[Sequence[int], Sequence[int]],
    inputs: Sequence[int] | None = None,
) -> tuple[str, dict[Term, Any]]:
    """The second of two hidden layers, on the inputs 1, -1, ... or others; no bias of the output."""
    samples = list(inputs or ((-1) ** k for k in range(len(targets))))
    sizes = {n: len(targets), p: len(weights[0]), m: len(weights), q: len(rest)}
    known: dict[Term, Any] = {v.term: x for v, x in sizes.items()}
    known |= {
        X.term: matrix_of([samples], name),
        Y.term: matrix_of([list(targets)], name),
        sigma.term: Activation.of("t + t**3"),
    }

    def given(function: Expr) -> tuple[Term, dict[Term, Any]]:
        return function.term, {v: known[v] for v in function.term.free}

    values: dict[Expr, Any] = {
        **sizes,
        A: given(fn(w, features)),
        G: given(fn(w, fn(P, trace(lost.T @ lost)))),
        W: matrix_of(weights, name),
        w: matrix_of([[x] for x in rest], name),
        a: matrix_of([[x] for x in direction[0]], name),
        c: matrix_of([[x] for x in direction[1]], name),
        s: 1,
    }
    return name, {v.term: x for v, x in values.items()}


def layers() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Critical points of wide and narrow layers with and without errors, and near misses."""
    rows, rest = ((0, 0, 1), (1, 0, 0), (0, 0, 0)), (0, 0, 1, 0, 1, 0, 0)
    off, flat = (0, 1, 0), (1, 0, -2)
    return (
        network("two samples, wide", (1, 3), rows, rest, (off, flat)),
        network("two samples, wide, seen", (3, 1), rows, rest, ((1, 0, 0), flat)),
        network("two samples, not critical", (1, 2), rows, rest, (off, flat)),
        network("two samples, other features", (0, 4), rows, rest, (off, (1, 1, 1))),
        network("three samples, features that are seen", (1, 4, 1), ((0, 1), (0, 0)), (1, 0, 1, 0),
                ((0, 1), (1, 1)), (-1, 0, 1)),
        network("one sample, no errors", (1,), ((0, 0), (0, 0)), (1, 0, 0, 0), ((1, 2), (1, -2))),
        network("one unit, two samples", (1, 3), ((0, 1),), (0, 1, 1), ((0,), (1, -2))),
        network("one unit, seen", (3, 1), ((0, 1),), (0, 1, 1), ((1,), (1, -2))),
    )  # fmt: skip


LAYER = Setting(
    "one hidden layer of a network, and all the rest",
    variables=(n, p, m, q, A, G, W, w),
    definitions=(critical_, errors_),
    instances=layers,
)

"""Sections 3 and 6: a regression network on N samples, and paths of its parameters.

Notation: columns are samples. W[k] is n[k] x n[k-1], b[k] a column; A[k] holds the activations of
layer k, pre(k) the preactivations; the outputs are pre(L), without an activation. WG, BG are paths
of weights and biases. The paper has one output; here there are n[L].
"""

from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.formula import Formula, Piece, parse_formula
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import (
    ACTIVATION,
    Example,
    N,
    c,
    d,
    one,
    sigma,
    t,
)
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.proofs.rules.points import agree
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    each,
    every,
    exists,
    fn,
    function,
    integer,
    like,
    matrices,
    matrix,
    natural,
    rank,
    recursion,
    trace,
    widths,
)

L, n = natural("L"), widths("n")
i, k, column = integer("i"), integer("k"), integer("column")
X, Y = matrix("X", n[0], N), matrix("Y", n[L], N)
W, b = matrices("W", lambda k: n[k], lambda k: n[k - 1]), matrices("b", lambda k: n[k], lambda k: 1)
V, e = like("V", W), like("e", b)
WG, BG = function("WG", t, W), function("BG", t, b)
HERE = ("W", "b")


def layer(Z: Expr, k: Expr, W: Expr = W, b: Expr = b) -> Expr:
    """What layer k makes of the activations Z below it, before sigma."""
    return W[k] @ Z + b[k] @ one


below = matrix("below", n[k - 1], N)
A_ = define(
    "activations",
    (W, b),
    recursion(k, below, 0, X, sigma(layer(below, k))),
    text="A",
    latex="a",
    at=HERE,
)
pre_ = define(
    "preactivations", (W, b, k), layer(A_(W, b)[k - 1], k), text="pre_{2}", latex="n^{2}", at=HERE
)
loss_ = define(
    "squared loss",
    (W, b),
    trace((pre_(W, b, L) - Y).T @ (pre_(W, b, L) - Y)),
    text="loss",
    latex=r"\mathcal L",
    at=HERE,
)


def follow(WG: Expr, BG: Expr, V: Expr, e: Expr, k: Expr) -> Expr:
    """The paths are continuous and start at (V, e) in layers 1 to k, and rest above."""
    moves = both(continuous(fn(t, WG(t)[i])), continuous(fn(t, BG(t)[i])))
    rest = every(t, agree(WG(t), BG(t), V, e, k + 1, L))
    return both(each(i, 1, k, moves), agree(WG(0), BG(0), V, e, 1, k), rest)


def path(k: Expr) -> Expr:
    """A variable for a path of matrices of layer k."""
    return function("nu", t, matrix("", n[k], N))


def realised(nu: Expr, k: Expr, W: Expr = W, b: Expr = b) -> Expr:
    """Some paths of the parameters of layers 1 to k give layer k these preactivations."""
    values = every(t, pre_(WG(t), BG(t), k) == nu(t))
    return exists(WG, BG, both(follow(WG, BG, W, b, k), values))


def free(k: Expr) -> Expr:
    """Each path of preactivations of layer k from the present ones is realised."""
    nu = path(k)
    return every(nu, both(continuous(nu), nu(0) == pre_(W, b, k)) >> realised(nu, k))


def full_rank(W: Expr, k: Expr) -> Expr:
    """The weights of layer k have full rank."""
    return (rank(W[k]) == n[k]) | (rank(W[k]) == n[k - 1])


wide = integer("wide")
"""The wide layer."""
distinct = each(
    i,
    1,
    N,
    each(k, i + 1, N, ~each(column, 1, n[0], X[column, i] == X[column, k])),
)

VARIABLES = (L, N, n, X, Y, W, b, sigma, c, d)


speed = matrix("speed", n[L], N)
moving = fn(t, pre_(W, b, L) + t * speed)
"""A path of outputs from the present ones."""


def network(
    name: str,
    formula: str | Formula,
    ends: tuple[int, int],
    inputs: Any,
    targets: Any,
    *layers: Any,
) -> Example:
    """Parameters of a network, by the rows of each layer's weights and its biases."""
    weights = [matrix_of(rows, name) for rows, _ in layers]
    biases = [matrix_of([[x] for x in column], name) for _, column in layers]
    inside, outside = matrix_of(inputs, name), matrix_of(targets, name)
    sizes = [inside.shape[0], *(A.shape[0] for A in weights)]
    values: dict[Expr, Any] = {
        L: len(layers),
        N: inside.shape[1],
        n: dict(enumerate(sizes)),
        X: inside,
        Y: outside,
        W: dict(enumerate(weights, 1)),
        b: dict(enumerate(biases, 1)),
        sigma: Activation.of(formula),
        c: ends[0],
        d: ends[1],
    }
    inside_path = {v.term: x for v, x in {**values, speed: outside}.items()}
    values[path(L)] = (moving.term, {v: inside_path[v] for v in moving.term.free})
    return name, {v.term: x for v, x in values.items()}


IN_TWO_PIECES = Piece(parse_formula("exp(t) - 1"), parse_formula("t/(1 + t)"), 1)
"""It increases from -1 to 1, with one continuous derivative."""


def networks() -> tuple[Example, ...]:
    """Networks with a layer that spans R^N, with zero weights, and with equal inputs."""
    one_hidden = ([[1], [-1], [2]], [0, 1, 1])
    return (
        network("zero weights", "sigmoid", (0, 1), [[0, 1]], [[1, 0]],
                ([[0], [0], [0]], [0, 0, 0]), ([[0, 0, 0]], [0])),
        network("one hidden layer", "sigmoid", (0, 1), [[0, 1]], [[1, 0]], one_hidden,
                ([[1, 1, 0]], [0])),
        network("one hidden layer, output weights zero", "sigmoid", (0, 1), [[0, 1]], [[1, 0]],
                one_hidden, ([[0, 0, 0]], [0])),
        network("one sample", "tanh", (-1, 1), [[1], [2]], [[3]], ([[1, 0], [0, 0]], [0, 0]),
                ([[0, 1]], [1])),
        network("first of two hidden layers is wide", "sigmoid", (0, 1), [[0, 1, -1]], [[0, 1, 1]],
                ([[1], [2], [-1], [3]], [0, 1, 1, -1]), ([[1, 0, 1, 0], [0, 1, 0, 1]], [0, 0]),
                ([[1, -1]], [0])),
        network("second of three hidden layers is wide, two outputs", "tanh", (-1, 1),
                [[0, 1], [1, 1]], [[0, 2], [1, 1]], ([[1, -1]], [0]),
                ([[1], [2], [-1]], [0, 1, 0]), ([[1, 0, 0], [0, 1, 1]], [0, 0]),
                ([[1, 1], [0, 2]], [0, 0])),
        network("image below 0", "1/(1 + exp(-t)) - 1", (-1, 0), [[0, 1]], [[-2, 1]],
                ([[1], [2], [0]], [0, 1, 1]), ([[1, 0, 1], [0, 1, 2]], [0, 0]), ([[1, -1]], [0])),
        network("equal inputs", "sigmoid", (0, 1), [[1, 1]], [[0, 1]],
                ([[1], [2], [0]], [0, 1, 1]), ([[1, 1, 1]], [0]), ([[1]], [0])),
        network("widths rise after the wide layer", "sigmoid", (0, 1), [[0, 1]], [[0, 1]],
                one_hidden, ([[1, 1, 0]], [0]), ([[1], [2]], [0, 0]), ([[1, 1]], [0])),
        network("image above 0", "1/(1 + exp(-t)) + 1", (1, 2), [[0, 1]], [[1, 0]], one_hidden,
                ([[1, 1, 0]], [0])),
        network("activation in two pieces", IN_TWO_PIECES, (-1, 1), [[0, 1]], [[1, 0]],
                ([[1], [2], [0]], [0, 1, 1]), ([[1, 1, 0]], [0])),
        network("affine activation", "linear", (-1, 1), [[0, 1, 2]], [[0, 1, 0]],
                ([[1], [2], [0], [1]], [0, 1, 1, 0]), ([[1, 1, 1, 1]], [0])),
    )  # fmt: skip


NETWORK = ACTIVATION.extended(
    "a regression network on N samples",
    variables=(L, N, n, X, Y, W, b),
    standing=(L >= 1, N >= 1, each(k, 0, L, n[k] >= 1)),
    definitions=(A_, pre_, loss_),
    instances=networks,
)

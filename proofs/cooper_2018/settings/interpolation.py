"""Sections 3.1: the constructions of Lemma 3.3 and of Corollary 3.4, carried out in exact numbers.

Objects: Layer. Functions: one_layer, deep, fits, rationals.

Design notes. Samples are the columns of X, and a layer is M x + b: b is -b_1 in the paper's letters.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import count, islice, pairwise
from typing import TypeAlias

from symbolic_landscape.arithmetic import QQ, Matrix
from symbolic_landscape.calculus import LossAtPoint
from symbolic_landscape.errors import ShapeError
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.networks import Network, Parameters, Samples

Layer: TypeAlias = tuple[Matrix, Matrix]
"""Weights and biases."""

MOST_DIRECTIONS = 1_000


def at(X: Matrix, Y: Matrix, sigma: Activation, layers: Sequence[Layer]) -> LossAtPoint:
    """The squared loss at these layers."""
    widths = [X.shape[0], *(M.shape[0] for M, _ in layers)]
    surface = Network(widths, sigma).loss(Samples(X.T, Y.T), "sum")
    return surface.at(Parameters([M for M, _ in layers], [b for _, b in layers]))


def fits(X: Matrix, Y: Matrix, sigma: Activation, layers: Sequence[Layer]) -> bool:
    """Whether the outputs at the samples are the targets, exactly."""
    return at(X, Y, sigma, layers).value.is_zero


def rationals(A: Matrix) -> list[list[Fraction]]:
    """The entries, row by row. Raises ShapeError where one is no rational, or none is there."""
    found = [[x.field.rational_value(x.raw) for x in row] for row in A.tolist()]
    known = [[x for x in row if x is not None] for row in found]
    if known != found or 0 in A.shape:
        message = f"samples need rational entries, got a matrix of shape {A.shape} over {A.field}"
        raise ShapeError(message)
    return known


def direction(X: Matrix) -> Sequence[Fraction]:
    """A vector a for which all a . x_i differ. Raises ShapeError where two samples are equal."""
    rows = rationals(X)
    for k in islice(count(), MOST_DIRECTIONS):
        a = [Fraction(k) ** power for power in range(len(rows))]
        if len(set(_along(a, rows))) == X.shape[1]:
            return a
    message = "the samples must be different rationals, but no direction tells them apart"
    raise ShapeError(message)


def _along(a: Sequence[Fraction], rows: Sequence[Sequence[Fraction]]) -> list[Fraction]:
    samples = zip(*rows, strict=True)
    return [sum((x * c for x, c in zip(s, a, strict=True)), Fraction(0)) for s in samples]


def one_layer(X: Matrix, Y: Matrix, sigma: Activation, h: int) -> tuple[Layer, Layer]:
    """One hidden layer of h >= d units that fits Y, by Lemma 3.3; units beyond d are 0."""
    d, p, outputs = X.shape[1], X.shape[0], Y.shape[0]
    a = direction(X)
    line = sorted(_along(a, rationals(X)))
    steps = [(low + high) / 2 for low, high in pairwise([line[0] - 1, *line])]
    rest = [[Fraction(0)] * p] * (h - d)
    weights = QQ.matrix([*([list(a)] * d), *rest])
    biases = QQ.matrix([[-b] for b in (*steps, *[Fraction(0)] * (h - d))])
    nothing = QQ.zeros(outputs, h), QQ.zeros(outputs, 1)
    features = at(X, Y, sigma, [(weights, biases), nothing]).features(1)
    chosen = features.submatrix(range(d), range(d)).solve(Y.T).T
    last = chosen if h == d else chosen.hstack(QQ.zeros(outputs, h - d))
    return (weights, biases), (last, QQ.zeros(outputs, 1))


def corner(rows: int, columns: int, entries: Sequence[Sequence[Fraction]]) -> Matrix:
    """The matrix with these entries in its first rows and columns, and 0 elsewhere."""
    table = [[Fraction(0)] * columns for _ in range(rows)]
    for i, row in enumerate(entries):
        table[i][: len(row)] = row
    return QQ.matrix(table)


def deep(X: Matrix, Y: Matrix, sigma: Activation, widths: Sequence[int]) -> list[Layer]:
    """Hidden layers of these widths, the last at least d, that fit Y, by Corollary 3.4, repaired.

    The first unit of each layer but the last carries a . x, made positive; the last is that of
    Lemma 3.3.
    """
    layers, *lower = [], *widths[:-1]
    seen = X
    for k, width in enumerate(lower):
        a = direction(X) if k == 0 else [Fraction(1)]
        weights = corner(width, seen.shape[0], [a])
        least = min(_along(a, rationals(seen)[: len(a)]))
        shift = 1 - least if k == 0 else Fraction(0)
        layers.append((weights, corner(width, 1, [[shift]])))
        seen = _features(X, Y, sigma, layers)
    return [*layers, *one_layer(seen, Y, sigma, widths[-1])]


def _features(X: Matrix, Y: Matrix, sigma: Activation, layers: Sequence[Layer]) -> Matrix:
    """What the last of these layers makes of the samples, as columns."""
    width = layers[-1][0].shape[0]
    nothing = QQ.zeros(Y.shape[0], width), QQ.zeros(Y.shape[0], 1)
    return at(X, Y, sigma, [*layers, nothing]).features(len(layers)).T

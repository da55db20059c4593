"""The other side of each comparison: the same layer formulas over floats, Fractions and mpmath.

Written for speed on its own ground: numpy takes all samples at once and multiplies matrices; the
lists form each sum of products in one go. Only the upper half of the Hessian is computed, as in
the engine. Nothing here uses the engine.

Objects: Lists, Triple. Functions: listed, numpy_data, numpy_loss, operations.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
from benchmarks.problems import Problem

Triple = Callable[[Any], tuple[Any, Any, Any]]
"""A function with its first and second derivative at a number or an array."""


def square(t: Any) -> tuple[Any, Any, Any]:
    """T^2, 2 t, 2."""
    return t * t, t + t, t * 0 + 2


def numpy_tanh(t: Any) -> tuple[Any, Any, Any]:
    """Tanh t, its slope 1 - f^2 and its bend -2 f f'."""
    value = np.tanh(t)
    slope = 1 - value * value
    return value, slope, -2 * value * slope


@dataclass(frozen=True)
class Lists:
    """A problem as nested lists of numbers of one kind."""

    inputs: list[list[Any]]
    targets: list[list[Any]]
    weights: list[list[list[Any]]]
    biases: list[list[Any]]

    @staticmethod
    def of(given: Problem, number: Callable[[Fraction], Any]) -> Lists:
        """The problem with each rational number converted."""

        def table(matrix: Any) -> list[list[Any]]:
            return [[number(value.rational()) for value in row] for row in matrix.tolist()]

        return Lists(
            table(given.samples.inputs),
            table(given.samples.targets),
            [table(matrix) for matrix in given.point.weights],
            [[row[0] for row in table(column)] for column in given.point.biases],
        )


def _dot(a: Any, b: Any) -> Any:
    return sum(map(operator.mul, a, b))


def _product(a: list[list[Any]], columns: list[list[Any]]) -> list[list[Any]]:
    return [[_dot(row, column) for column in columns] for row in a]


def _columns(a: list[list[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*a, strict=True)]


def listed(data: Lists, function: Triple) -> tuple[Any, list[Any], list[list[Any]]]:
    """Value, gradient and Hessian of the sum of squared residuals, over any kind of number."""
    depth = len(data.weights)
    widths = [len(data.inputs[0]), *(len(rows) for rows in data.weights)]
    one = data.inputs[0][0] * 0 + 1
    columns = [None, *map(_columns, data.weights)]
    features, extended = [data.inputs], []
    slopes: list[Any] = [None]
    bends: list[Any] = [None]
    for k, (weights, biases) in enumerate(zip(data.weights, data.biases, strict=True), 1):
        rows = [[*row, bias] for row, bias in zip(weights, biases, strict=True)]
        extended.append([[*row, one] for row in features[-1]])
        before = _product(extended[-1], rows)
        if k == depth:
            features.append(before)
            continue
        table = [[function(value) for value in row] for row in before]
        for order, kept in enumerate((features, slopes, bends)):
            kept.append([[triple[order] for triple in row] for row in table])
    residuals = [
        list(map(operator.sub, row, goal))
        for row, goal in zip(features[-1], data.targets, strict=True)
    ]
    value = sum(_dot(row, row) for row in residuals)
    errors: list[Any] = [None] * depth + [[[x + x for x in row] for row in residuals]]
    curvatures: list[Any] = [None] * depth + [[[one + one for _ in row] for row in residuals]]
    for k in range(depth - 1, 0, -1):
        pulled = _product(errors[k + 1], columns[k + 1])
        errors[k] = [list(map(operator.mul, *pair)) for pair in zip(pulled, slopes[k], strict=True)]
        curvatures[k] = [
            list(map(operator.mul, *pair)) for pair in zip(pulled, bends[k], strict=True)
        ]
    gradient: list[Any] = []
    for k in range(1, depth + 1):
        block = _product(_columns(errors[k]), _columns(extended[k - 1]))
        gradient += [x for row in block for x in row[:-1]] + [row[-1] for row in block]
    responses: dict[tuple[int, int], list[Any]] = {}
    moves: dict[tuple[int, int], list[Any]] = {}
    for k in range(1, depth + 1):
        for i in range(len(data.inputs)):
            _sample(data, columns, slopes, curvatures, k, i, responses, moves)
    return value, gradient, _assembled(widths, extended, errors, responses, moves)


def _sample(
    data: Lists,
    columns: list[Any],
    slopes: list[Any],
    curvatures: list[Any],
    k: int,
    i: int,
    responses: dict[tuple[int, int], list[Any]],
    moves: dict[tuple[int, int], list[Any]],
) -> None:
    """Appends, for sample i, d Delta_m / d eps_k and d F_{m-1} / d eps_k, unit of k by unit."""
    depth = len(data.weights)
    tangents: dict[int, list[list[Any]]] = {}
    if k < depth:
        here = slopes[k][i]
        moved = [[s if a == e else s * 0 for e in range(len(here))] for a, s in enumerate(here)]
        moves.setdefault((k, k), []).append(moved)
        tangents[k + 1] = [
            [s * w for w in column] for s, column in zip(here, columns[k + 1], strict=True)
        ]
    for m in range(k + 2, depth + 1):
        slope = slopes[m - 1][i]
        moved = [list(map(operator.mul, row, slope)) for row in tangents[m - 1]]
        moves.setdefault((k, m - 1), []).append(moved)
        tangents[m] = _product(moved, data.weights[m - 1])
    last = curvatures[depth][i]
    if k == depth:
        table = [[x if a == c else x * 0 for c in range(len(last))] for a, x in enumerate(last)]
        responses.setdefault((k, k), []).append(table)
        return
    response = [list(map(operator.mul, row, last)) for row in tangents[depth]]
    responses.setdefault((k, depth), []).append(response)
    for m in range(depth - 1, k - 1, -1):
        response = _product(response, columns[m + 1])
        slope, bend = slopes[m][i], curvatures[m][i]
        response = [list(map(operator.mul, row, slope)) for row in response]
        if m == k:
            for a, x in enumerate(bend):
                response[a][a] += x
        else:
            response = [
                [x + t * y for x, t, y in zip(row, tangent, bend, strict=True)]
                for row, tangent in zip(response, tangents[m], strict=True)
            ]
        responses.setdefault((k, m), []).append(response)


def _assembled(
    widths: list[int],
    extended: list[Any],
    errors: list[Any],
    responses: dict[tuple[int, int], list[Any]],
    moves: dict[tuple[int, int], list[Any]],
) -> list[list[Any]]:
    """The Hessian from the responses of all samples."""
    depth = len(widths) - 1
    starts = [0]
    for below, above in pairwise(widths):
        starts.append(starts[-1] + above * (below + 1))
    hessian: list[list[Any]] = [[None] * starts[-1] for _ in range(starts[-1])]

    def place(k: int, a: int, b: int) -> int:
        below, above = widths[k - 1], widths[k]
        return starts[k - 1] + (a * below + b if b < below else above * below + a)

    for k in range(1, depth + 1):
        near = _columns(extended[k - 1])
        for m in range(k, depth + 1):
            far = _columns(extended[m - 1])
            pairs = [[list(map(operator.mul, x, y)) for y in far] for x in near]
            for a in range(widths[k]):
                for c in range(widths[m]):
                    over = [table[a][c] for table in responses[k, m]]
                    block = [[_dot(over, pair) for pair in row] for row in pairs]
                    if m > k:
                        _add_moves(block, near, errors[m], moves[k, m - 1], a, c)
                    for b, row in enumerate(block):
                        p = place(k, a, b)
                        for e, value in enumerate(row):
                            q = place(m, c, e)
                            hessian[p][q] = hessian[q][p] = value
    return hessian


def _add_moves(
    block: list[list[Any]], near: list[list[Any]], error: Any, moved: list[Any], a: int, c: int
) -> None:
    """Adds sum_i F~_{k-1}[b] Delta_m[c] dF_{m-1}[e]/d eps_k[a] to a block (b, e)."""
    for e in range(len(block[0]) - 1):
        over = [row[c] * table[a][e] for row, table in zip(error, moved, strict=True)]
        for b, column in enumerate(near):
            block[b][e] += _dot(over, column)


def numpy_data(given: Problem) -> tuple[Any, Any, list[Any], list[Any], Any]:
    """Inputs, targets, weights, biases as float64, and the order of the parameters."""
    data = Lists.of(given, float)
    widths = given.network.widths
    order, start = [], 0
    for below, above in pairwise(widths):
        places = start + np.arange(above * (below + 1)).reshape(above, below + 1)
        order += [places[:, :-1].ravel(), places[:, -1]]
        start += above * (below + 1)
    return (
        np.array(data.inputs),
        np.array(data.targets),
        [np.array(rows) for rows in data.weights],
        [np.array(row) for row in data.biases],
        np.concatenate(order),
    )


def numpy_loss(
    data: tuple[Any, Any, list[Any], list[Any], Any], function: Triple
) -> tuple[Any, Any, Any]:
    """Value, gradient and Hessian of the sum of squared residuals in float64."""
    inputs, targets, weights, biases, order = data
    depth, count = len(weights), len(inputs)
    ones = np.ones((count, 1))
    feature = inputs
    extended, slopes, bends = [], [None], [None]
    for k, (matrix, bias) in enumerate(zip(weights, biases, strict=True), 1):
        extended.append(np.hstack((feature, ones)))
        feature = feature @ matrix.T + bias
        if k < depth:
            feature, slope, bend = function(feature)
            slopes.append(slope)
            bends.append(bend)
    residuals = feature - targets
    value = (residuals * residuals).sum()
    errors: list[Any] = [None] * depth + [2 * residuals]
    curvatures: list[Any] = [None] * depth + [np.full_like(residuals, 2.0)]
    for k in range(depth - 1, 0, -1):
        pulled = errors[k + 1] @ weights[k]
        errors[k], curvatures[k] = pulled * slopes[k], pulled * bends[k]
    gradient = np.concatenate(
        [(errors[k].T @ extended[k - 1]).ravel() for k in range(1, depth + 1)]
    )
    size = len(gradient)
    hessian = np.empty((size, size))
    starts = np.cumsum([0, *(len(w) * (w.shape[1] + 1) for w in weights)])
    for k in range(1, depth + 1):
        _numpy_rows(weights, extended, slopes, errors, curvatures, k, hessian, starts)
    return value, gradient[order], hessian[np.ix_(order, order)]


def _numpy_rows(
    weights: list[Any],
    extended: list[Any],
    slopes: list[Any],
    errors: list[Any],
    curvatures: list[Any],
    k: int,
    hessian: Any,
    starts: Any,
) -> None:
    """Fills the blocks (k, m), m >= k, and their transposes."""
    depth, height, count = len(weights), len(weights[k - 1]), len(extended[0])
    tangents: dict[int, Any] = {}
    moves: dict[int, Any] = {}
    diagonal = np.arange(height)
    if k < depth:
        tangents[k + 1] = slopes[k][:, :, None] * weights[k].T
    for m in range(k + 2, depth + 1):
        moves[m - 1] = tangents[m - 1] * slopes[m - 1][:, None, :]
        tangents[m] = moves[m - 1] @ weights[m - 1].T
    if k == depth:
        response = np.zeros((count, height, height))
        response[:, diagonal, diagonal] = curvatures[k]
    else:
        response = tangents[depth] * curvatures[depth][:, None, :]
    near = extended[k - 1]
    for m in range(depth, k - 1, -1):
        if m < depth:
            response = (response @ weights[m]) * slopes[m][:, None, :]
            if m == k:
                response[:, diagonal, diagonal] += curvatures[k]
            else:
                response += tangents[m] * curvatures[m][:, None, :]
        far, wide = extended[m - 1], len(weights[m - 1])
        b, e = near.shape[1], far.shape[1]
        pairs = (near[:, :, None] * far[:, None, :]).reshape(count, b * e)
        block = (response.reshape(count, height * wide).T @ pairs).reshape(height, wide, b, e)
        block = block.transpose(0, 2, 1, 3)
        if m == k + 1:
            over = (errors[m][:, :, None] * slopes[k][:, None, :]).reshape(count, wide * height)
            added = (over.T @ near).reshape(wide, height, b)
            block[diagonal, :, :, diagonal] += added.transpose(1, 2, 0)
        elif m > k + 1:
            over = errors[m][:, :, None, None] * moves[m - 1][:, None, :, :]
            added = (over.reshape(count, -1).T @ near).reshape(wide, height, e - 1, b)
            block[:, :, :, :-1] += added.transpose(1, 3, 0, 2)
        block = block.reshape(height * b, wide * e)
        rows, columns = slice(starts[k - 1], starts[k]), slice(starts[m - 1], starts[m])
        hessian[rows, columns] = block
        hessian[columns, rows] = block.T


def operations(widths: tuple[int, ...], count: int) -> int:
    """How many multiplications (each with at most one addition) the layer formulas take."""
    depth, total = len(widths) - 1, 0
    for k in range(1, depth + 1):
        near, height = widths[k - 1] + 1, widths[k]
        total += 2 * near * height + (k > 1) * (widths[k - 1] * height + 2 * widths[k - 1])
        for m in range(k, depth + 1):
            far, wide = widths[m - 1] + 1, widths[m]
            total += near * far + height * wide * near * far
            if m == k + 1:
                total += 2 * height * wide + wide * height * near
            elif m > k + 1:
                moved = height * widths[m - 1]
                total += 2 * moved * wide + moved + wide * moved * near + height * wide
            if m < depth:
                total += height * widths[m + 1] * wide + height * wide
    return total * count

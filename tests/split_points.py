"""Problems with a local minimum at which units are copies of those of a smaller network.

The smaller network's parameters are chosen, and residuals that its differential maps to 0: then it
is at a critical point of the problem whose targets are its predictions less these residuals, and at
a minimum if they are small. How the loss bends as copies move against each other, the matrices B,
is linear in the residuals too. What is computed in floats here is only a guess of where.

Functions: split_problem, split.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Layers = list[tuple[list[list[Fraction]], list[Fraction]]]
"""Weights as rows, and biases, of each layer."""
Shares = Sequence[Sequence[Sequence[str]]]
"""For each hidden layer, the shares of the copies of each unit."""
VALUES: dict[str, Callable[[Array], Array]] = {
    "tanh": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
}
SLOPES: dict[str, Callable[[Array], Array]] = {
    "tanh": lambda y: 1 - y**2,
    "sigmoid": lambda y: y * (1 - y),
}
BENDS: dict[str, Callable[[Array], Array]] = {
    "tanh": lambda y: -2 * y,
    "sigmoid": lambda y: 1 - 2 * y,
}
"""Values; slopes, and second derivatives over slopes, by the value."""
SIZE = 0.1
"""Of the residuals."""


def split_problem(
    widths: Sequence[int], shares: Shares, seed: int, bend: int, activation: str = "tanh"
) -> dict[str, Any]:
    """The problem file of a network with one output and the units of a smaller one, split.

    All matrices B are near a multiple of the identity, with the sign of `bend`.
    """
    source = random.Random(seed)
    layers: Layers = [
        (
            [[Fraction(source.choice((-12, -5, 4, 9)), 8) for _ in range(n)] for _ in range(m)],
            [Fraction(source.randint(-8, 8), 8) for _ in range(m)],
        )
        for n, m in pairwise(widths)
    ]
    count = sum(m * (n + 1) * (n + 4) // 2 for n, m in pairwise(widths))
    inputs = [
        [Fraction(source.randint(-24, 24), 8) for _ in range(widths[0])] for _ in range(count)
    ]
    outputs, jacobian, forms, wanted = _at(layers, inputs, activation)
    conditions = np.vstack([jacobian.T, forms])
    goal = np.concatenate([np.zeros(jacobian.shape[1]), bend * wanted])
    residuals = np.linalg.lstsq(conditions, goal, rcond=None)[0]
    residuals *= SIZE / np.abs(residuals).max()
    targets = [[Fraction(round(float(y) * 10**12), 10**12)] for y in outputs - residuals]
    return {
        "widths": [widths[0], *(sum(map(len, layer)) for layer in shares), widths[-1]],
        "activation": activation,
        "near": True,
        "samples": {"inputs": _texts(inputs), "targets": _texts(targets)},
        "parameters": split(layers, shares),
    }


def split(layers: Layers, shares: Shares) -> dict[str, Any]:
    """The parameters of the network whose units are copies with these shares."""
    ends = [[[Fraction(s) for s in unit] for unit in layer] for layer in shares]
    below = [[Fraction(1)]] * len(layers[0][0][0])
    weights, biases = [], []
    for (rows, shifts), above in zip(layers, [*ends, [[Fraction(1)]]], strict=True):
        wide = [[v * s for v, unit in zip(row, below, strict=True) for s in unit] for row in rows]
        weights.append(_texts([row for row, unit in zip(wide, above, strict=True) for _ in unit]))
        biases.append([str(b) for b, unit in zip(shifts, above, strict=True) for _ in unit])
        below = above
    return {"weights": weights, "biases": biases}


def _texts(rows: Sequence[Sequence[Fraction]]) -> list[list[str]]:
    return [[*map(str, row)] for row in rows]


def _at(
    layers: Layers, inputs: Sequence[Sequence[Fraction]], activation: str
) -> tuple[Array, Array, Array, Array]:
    """Predictions and their slopes; the entries of all B by residuals, and of identities."""
    features = [np.array(inputs, dtype=float)]
    for rows, biases in layers:
        inner = features[-1] @ np.array(rows, dtype=float).T + np.array(biases, dtype=float)
        features.append(VALUES[activation](inner))
    jacobian: list[Array] = []
    forms: list[Array] = []
    wanted: list[float] = []
    slopes = errors = np.ones_like(inner)
    for k in reversed(range(len(layers))):
        seen = np.hstack([features[k], np.ones((len(inputs), 1))])
        for unit in range(errors.shape[1]):
            jacobian += [errors[:, unit] * seen[:, i] for i in range(seen.shape[1])]
            if k < len(layers) - 1:
                bent = errors[:, unit] * BENDS[activation](features[k + 1][:, unit])
                pairs = [(i, j) for i in range(seen.shape[1]) for j in range(i + 1)]
                forms += [bent * seen[:, i] * seen[:, j] for i, j in pairs]
                wanted += [float(i == j) for i, j in pairs]
        slopes = errors @ np.array(layers[k][0], dtype=float)
        errors = slopes * SLOPES[activation](features[k])
    return inner[:, 0], np.array(jacobian).T, np.array(forms), np.array(wanted)

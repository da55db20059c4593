"""Critical points in floats: guesses that are located and certified afterwards.

Functions: critical_near, designed_targets, rough_hessian, rough_eigenvalues, least_negative.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from symbolic_landscape.arithmetic import BallField
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical.fibres import predictions_differential
from symbolic_landscape.critical.kernels import midpoint
from symbolic_landscape.errors import DomainError
from symbolic_landscape.networks import Network, Samples

STEPS = 80
SMALL = 1e-10
"""A gradient below this counts as zero."""
LARGEST = 50.0
"""Parameters beyond this are given up."""
BITS = 64
TINY = 1e-300
PROJECTIONS, FLAT = 12, 1e-10
"""How often it is projected, and the part of the largest eigenvalue that counts as 0."""
GRID = 32
"""The denominator of targets that are designed in floats."""

Rows = Sequence[Sequence[Fraction]]


def _surface(network: Network, inputs: Rows, targets: Rows) -> LossSurface:
    samples = Samples([list(row) for row in inputs], [list(row) for row in targets])
    return network.loss(samples)


def critical_near(
    network: Network, inputs: Rows, targets: Rows, start: Sequence[float]
) -> list[float] | None:
    """A zero of the gradient by damped Newton steps that prefer minima; None if none is reached."""
    loss = _surface(network, inputs, targets).floats
    point = np.array(start)
    for _ in range(STEPS):
        gradient, hessian = loss.derivatives(point.tolist())
        if not (np.isfinite(gradient).all() and np.isfinite(hessian).all()):
            return None
        size = float(np.abs(gradient).max())
        if size < SMALL:
            break
        point = point - _step(gradient, hessian, size)
        if not float(np.abs(point).max()) < LARGEST:
            return None
    else:
        return None
    return [float(value) for value in point]


def _step(gradient: Any, hessian: Any, size: float) -> Any:
    """Newton's step with the eigenvalues made positive, no entry longer than 2."""
    with np.errstate(all="ignore"):
        values, vectors = np.linalg.eigh(hessian)
        damping = 1e-3 * min(1.0, size) * max(1.0, float(np.abs(values).max()))
        step = vectors @ ((vectors.T @ gradient) / (np.abs(values) + damping))
        return step * min(1.0, 2.0 / max(1e-12, float(np.abs(step).max())))


def designed_targets(
    network: Network, inputs: Rows, vector: Sequence[float], random: Random
) -> tuple[tuple[Fraction, ...], ...] | None:
    """Targets on a grid for which the vector is nearly critical; None if all residuals are 0."""
    zeros = [[Fraction(0)] * network.outputs for _ in inputs]
    surface = _surface(network, inputs, zeros)
    field = BallField(BITS)
    raws = [field.constant(Fraction(value)) for value in vector]
    differential = _floats(predictions_differential(surface)(field, raws))
    point = network.parameters([Fraction(value) for value in vector])
    outputs = _floats(surface.at(point).enclose(BITS).features(network.depth))
    if not (np.isfinite(differential).all() and np.isfinite(outputs).all()):
        return None
    left, sizes, _ = np.linalg.svd(differential)
    rank = int((sizes > 1e-6).sum())
    if rank == len(left):
        return None
    residuals = left[:, rank:] @ [random.gauss(0.0, 1.0) for _ in range(len(left) - rank)]
    scale = random.choice((0.5, 1.0, 3.0)) / max(1e-9, float(np.abs(residuals).max()))
    found = outputs - scale * residuals.reshape(outputs.shape)
    return tuple(tuple(Fraction(round(v * GRID), GRID) for v in row) for row in found.tolist())


def _floats(matrix: Any) -> Any:
    rows = [[float(midpoint(value)) for value in row] for row in matrix.raw_rows()]
    return np.array(rows).reshape(matrix.shape)


def rough_hessian(network: Network, inputs: Rows, targets: Rows, vector: Sequence[float]) -> Any:
    """The Hessian in floats. Raises DomainError: it is not finite."""
    _, hessian = _surface(network, inputs, targets).floats.derivatives(vector)
    if not np.isfinite(hessian).all():
        message = "the Hessian in floats is not finite"
        raise DomainError(message)
    return hessian


def least_negative(hessians: Sequence[Any], starts: Sequence[Sequence[float]]) -> list[float]:
    """Coefficients of residuals at which the Hessian is least negative, as far as is seen.

    The first Hessian is that without residuals, the others those at the residuals of a basis. What
    residuals add is linear in the coefficients: from the best start on, the absolute value of that
    matrix is projected onto the matrices that there are. Raises DomainError: nothing is finite.
    """
    base = hessians[0]
    with np.errstate(all="ignore"):
        parts = np.array([hessian - base for hessian in hessians[1:]])
        sums = base + np.tensordot(np.array(starts), parts, axes=1)
    good = np.isfinite(sums).all(axis=(1, 2))
    if not good.any():
        message = "coefficients of residuals: the Hessians are not finite"
        raise DomainError(message)
    tried = np.array(starts)[good]
    point = best = tried[int(np.linalg.eigvalsh(sums[good])[:, 0].argmax())]
    radius, highest = float(np.linalg.norm(point)), -np.inf
    inverse = np.linalg.pinv(parts.reshape(len(parts), -1).T)
    for _ in range(PROJECTIONS):
        moved = np.tensordot(point, parts, axes=1)
        values = np.linalg.eigvalsh(base + moved)
        lowest = values[0] / max(TINY, float(np.abs(values).max()))
        if lowest > highest:
            best, highest = point, lowest
        if lowest > -FLAT:
            break
        values, vectors = np.linalg.eigh(moved)
        point = inverse @ ((vectors * np.abs(values)) @ vectors.T).ravel()
        point = point * (radius / max(TINY, float(np.linalg.norm(point))))
    return [float(value) for value in best]


def rough_eigenvalues(hessian: Any) -> list[float]:
    """The eigenvalues, ascending."""
    return [float(value) for value in np.linalg.eigvalsh(hessian)]

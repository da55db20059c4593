"""Trained networks: sixty of one to three hidden layers, and what `classify` says of each.

Each network is drawn from its seed: widths up to 3, an activation, 4 to 24 samples of a smooth
function with noise. It is trained in floating point until no component of the gradient exceeds
1e-12; a seed from which that does not happen is passed over. The coordinates are rounded to 12
decimals and given to `classify` as near a critical point.

    python tests/benchmarks/trained.py [--nets 60] [--first 0]

An answer counts as settled if its kind is not `undecided`, and as explained if the obligation says
in words what makes the point hard: weights on their way to infinity, or a singular Hessian.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from symbolic_landscape import Network, Samples, classify
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical import Classification, Kind

ACTIVATIONS: dict[str, Callable[[Any], Any]] = {
    "tanh": np.tanh,
    "sigmoid": lambda t: 1 / (1 + np.exp(-t)),
    "softplus": lambda t: np.logaddexp(0, t),
    "arctan": np.arctan,
    "algebraic": lambda t: t / np.sqrt(1 + t * t),
}
STEPS = 400
TOLERANCE = 1e-12
DIGITS = 10**12
EXPLAINED = ("may run to infinity", "eigenvalues of the Hessian are about 0")


@dataclass(frozen=True)
class Trained:
    """A network with its samples at the end of its training."""

    seed: int
    surface: LossSurface
    point: tuple[Fraction, ...]

    def __str__(self) -> str:
        network = self.surface.network
        size = max(map(abs, self.point))
        return (
            f"{self.seed:>4} {network.widths!s:<17} {network.activation!s:<9} "
            f"N {self.surface.samples.count:<2} p {network.parameter_count:<2} "
            f"|w| {float(size):<8.3g}"
        )


def drawn(seed: int) -> tuple[LossSurface, Any]:
    """The loss surface of a seed, and the coordinates from which its training starts."""
    source = np.random.default_rng(seed)
    hidden = int(source.integers(1, 4))
    widths = (
        int(source.integers(1, 3)),
        *(int(width) for width in source.integers(1, 4, hidden)),
        int(source.integers(1, 3)),
    )
    network = Network(widths, list(ACTIVATIONS)[int(source.integers(len(ACTIVATIONS)))])
    count = int(source.integers(4, 25))
    inputs = source.integers(-200, 201, (count, widths[0]))
    slopes = source.normal(size=(widths[0], widths[-1]))
    smooth = np.sin(inputs @ slopes / 100) + 0.1 * source.normal(size=(count, widths[-1]))
    targets = np.rint(100 * smooth).astype(int)
    surface = network.loss(Samples(_hundredths(inputs), _hundredths(targets)))
    return surface, source.normal(size=network.parameter_count)


def _hundredths(numbers: Any) -> list[list[Fraction]]:
    return [[Fraction(int(value), 100) for value in row] for row in numbers]


def trained(seed: int) -> Trained | None:
    """The network of a seed after its training; None if the gradient stays above the tolerance.

    Steps are those of Newton's method with the absolute values of the eigenvalues, damped until the
    loss falls.
    """
    surface, point = drawn(seed)
    damping, loss = 1.0, _loss(surface, point)
    for _ in range(STEPS):
        gradient, hessian = surface.floats.derivatives(point)
        size = abs(gradient).max()
        if not np.isfinite(hessian).all() or damping > 1e12:
            return None
        if size < TOLERANCE:
            found = tuple(Fraction(round(value * DIGITS), DIGITS) for value in point.tolist())
            return Trained(seed, surface, found)
        values, vectors = np.linalg.eigh((hessian + hessian.T) / 2)
        moved = point - vectors @ ((vectors.T @ gradient) / (abs(values) + damping))
        there = _loss(surface, moved)
        flat = abs(there - loss) <= 1e-14 * (1 + loss)
        if there < loss or (flat and abs(surface.floats.derivatives(moved)[0]).max() < size):
            point, loss, damping = moved, there, max(damping / 3, 1e-13)
        else:
            damping *= 4
    return None


def _loss(surface: LossSurface, point: Any) -> float:
    """The sum of squared errors in floating point."""
    network, samples = surface.network, surface.samples
    features, targets = (
        np.array([[float(value.rational()) for value in row] for row in matrix.tolist()])
        for matrix in (samples.inputs, samples.targets)
    )
    at = 0
    for layer, (below, above) in enumerate(pairwise(network.widths), 1):
        weights = point[at : at + above * below].reshape(above, below)
        at += above * below
        features = features @ weights.T + point[at : at + above]
        at += above
        if layer < network.depth:
            features = ACTIVATIONS[str(network.activation)](features)
    return float(((features - targets) ** 2).sum())


def nets(count: int, first: int = 0) -> Iterator[Trained]:
    """So many trained networks, by rising seeds."""
    seed = first
    while count:
        try:
            found = trained(seed)
        except np.linalg.LinAlgError:
            found = None
        seed += 1
        if found is not None:
            count -= 1
            yield found


def outcome(found: Classification) -> str:
    """The kind, or whether an undecided one is explained."""
    if found.kind is not Kind.UNDECIDED:
        return str(found.kind)
    explained = any(words in (found.obligation or "") for words in EXPLAINED)
    return "explained" if explained else "undecided"


def main() -> None:
    """Print a line for each network, and the table."""
    parser = argparse.ArgumentParser(description="Classify trained networks.")
    parser.add_argument("--nets", type=int, default=60)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    table: Counter[str] = Counter()
    slowest = 0.0
    for net in nets(options.nets, options.first):
        start = time.process_time()
        found = classify(net.surface, net.point, near=True)
        seconds = time.process_time() - start
        slowest = max(slowest, seconds)
        table[outcome(found)] += 1
        word = outcome(found)
        print(f"{net} {seconds:6.2f} s  {word}, global: {found.global_minimum}", flush=True)
    for word, number in table.most_common():
        print(f"{number:>4} {word}")
    print(f"the slowest took {slowest:.2f} s of processor time")


if __name__ == "__main__":
    main()

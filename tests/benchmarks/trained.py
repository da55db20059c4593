"""Trained networks: sixty of one to three hidden layers, and what `classify` says of each.

Each network is drawn from its seed: widths up to 3, an activation, a loss with or without weight
decay, 4 to 14 samples of a smooth function with noise. It is trained in floating point until no
component of the gradient exceeds 1e-12, or for so many steps; those that do not get there are kept.
The coordinates are rounded to 12 decimals and given to `classify` as near a critical point.

    python tests/benchmarks/trained.py [--nets 60] [--first 0]

An answer counts as settled if its kind is not `undecided`; as told unconverged if the gradient is
said to be large; as explained if the obligation says in words what makes the point hard: weights
on their way to infinity, a joint, or a singular Hessian.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from symbolic_landscape import Network, Samples, classify
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical import Classification, Kind
from symbolic_landscape.critical.approach import derivatives_in_floats
from symbolic_landscape.critical.local import LocalLoss, smoothed_surface
from symbolic_landscape.errors import DomainError
from symbolic_landscape.functions.activations import ScalarLoss

ACTIVATIONS = (
    "tanh",
    "sigmoid",
    "softplus",
    "arctan",
    "algebraic",
    "relu",
    "max(t, t/10)",
    "t*(1 + tanh(4*t/5))/2",
)
LOSSES = ("sum", "sum", "logistic", "cross_entropy")
DECAYS = (Fraction(0), Fraction(1, 50))
STEPS = 250
STEPS_IN_BALLS = 60
"""Derivatives of losses that have no floats take longer."""
TOLERANCE = 1e-12
DIGITS = 10**12
UNCONVERGED = "more steps of training"
EXPLAINED = (
    "may run to infinity",
    "from a joint of",
    "eigenvalues of the Hessian are about 0",
)


@dataclass(frozen=True)
class Trained:
    """A network with its samples at the end of its training, and the gradient that was left."""

    seed: int
    surface: LossSurface
    point: tuple[Fraction, ...]
    slope: float

    def __str__(self) -> str:
        network, decay = self.surface.network, "+" if any(self.surface.decay) else " "
        return (
            f"{self.seed:>4} {network.widths!s:<16} {str(network.activation)[:18]:<18} "
            f"{self.surface.loss!s:<13}{decay} N {self.surface.samples.count:<2} "
            f"p {network.parameter_count:<2} |w| {float(max(map(abs, self.point))):<8.3g} "
            f"|g| {self.slope:<7.0e}"
        )


def drawn(seed: int) -> tuple[LossSurface, Any]:
    """The loss surface of a seed, and the coordinates from which its training starts."""
    source = np.random.default_rng(seed)
    hidden = int(source.integers(1, 4))
    loss = LOSSES[int(source.integers(len(LOSSES)))]
    outputs = 1 if loss == "logistic" else 3 if loss == "cross_entropy" else 0
    widths = (
        int(source.integers(1, 3)),
        *(int(width) for width in source.integers(1, 4, hidden)),
        outputs or int(source.integers(1, 3)),
    )
    network = Network(widths, ACTIVATIONS[int(source.integers(len(ACTIVATIONS)))])
    count = int(source.integers(4, 15))
    inputs = source.integers(-200, 201, (count, widths[0]))
    slopes = source.normal(size=(widths[0], widths[-1]))
    smooth = np.sin(inputs @ slopes / 100) + 0.1 * source.normal(size=(count, widths[-1]))
    targets = np.rint(100 * smooth).astype(int)
    if loss == "logistic":
        targets = 100 * (smooth > 0).astype(int)
    elif loss == "cross_entropy":
        targets = 100 * np.eye(outputs, dtype=int)[smooth.argmax(axis=1)]
    decay = DECAYS[int(source.integers(len(DECAYS)))]
    samples = Samples(_hundredths(inputs), _hundredths(targets))
    surface = network.loss(samples, loss, weight_decay=decay)
    return surface, source.normal(size=network.parameter_count)


def _hundredths(numbers: Any) -> list[list[Fraction]]:
    return [[Fraction(int(value), 100) for value in row] for row in numbers]


def trained(seed: int) -> Trained:
    """The network of a seed after its training.

    Steps are those of Newton's method with the absolute values of the eigenvalues, damped until the
    loss falls. At joints of activations the piece to the left is taken.
    """
    surface, point = drawn(seed)
    smooth = smoothed_surface(surface)
    origin = LocalLoss(smooth, smooth.network.parameters([Fraction(0)] * len(point)))

    def derivatives(at: Any) -> tuple[Any, Any]:
        return derivatives_in_floats(origin, at.tolist())

    plain = smooth.is_plain and isinstance(smooth.loss, ScalarLoss)
    steps = STEPS if plain else STEPS_IN_BALLS
    damping, loss = 1.0, _loss(surface, point)
    gradient, hessian = derivatives(point)
    for _ in range(steps):
        if abs(gradient).max() < TOLERANCE or damping > 1e12:
            break
        values, vectors = np.linalg.eigh((hessian + hessian.T) / 2)
        moved = point - vectors @ ((vectors.T @ gradient) / (abs(values) + damping))
        there = _loss(surface, moved)
        flat = abs(there - loss) <= 1e-14 * (1 + loss)
        further = derivatives(moved) if there < loss or flat else None
        if further and (there < loss or abs(further[0]).max() < abs(gradient).max()):
            point, loss, damping = moved, there, max(damping / 3, 1e-13)
            gradient, hessian = further
        else:
            damping *= 4
    found = tuple(Fraction(round(value * DIGITS), DIGITS) for value in point.tolist())
    return Trained(seed, surface, found, float(abs(gradient).max()))


def _loss(surface: LossSurface, point: Any) -> float:
    return float(surface.float_values.losses([point])[0])


def nets(count: int, first: int = 0) -> Iterator[Trained]:
    """So many trained networks, by rising seeds."""
    seed = first
    while count:
        try:
            found = trained(seed)
        except (DomainError, np.linalg.LinAlgError):
            found = None
        seed += 1
        if found is not None:
            count -= 1
            yield found


def outcome(found: Classification) -> str:
    """The kind, or whether an undecided one is explained."""
    if found.kind is not Kind.UNDECIDED:
        return str(found.kind)
    words = found.obligation or ""
    if any(known in words for known in EXPLAINED):
        return "explained"
    return "told unconverged" if UNCONVERGED in words else "undecided"


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

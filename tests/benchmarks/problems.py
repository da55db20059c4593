"""The networks, samples and points that all benchmarks share, made from a seed.

Objects: Problem. Functions: problem.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction

from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.networks import Network, Parameters, Samples

SEED = 20
FEW_SAMPLES, MANY_SAMPLES = 5, 20
FEW_PARAMETERS = 25
"""Up to the size of 2-3-3-1 there are few samples, from 2-5-5-1 on many."""


@dataclass(frozen=True)
class Problem:
    """A network with samples and a point; all numbers are rational, the loss is a sum of squares.

    Only the hidden layers have an activation.
    """

    network: Network
    samples: Samples
    point: Parameters

    @property
    def surface(self) -> LossSurface:
        """A fresh loss surface, on which nothing is computed yet."""
        return self.network.loss(self.samples, "sum")

    @property
    def name(self) -> str:
        """The widths as they are written in tables."""
        return "-".join(map(str, self.network.widths))

    @property
    def size(self) -> int:
        """The number of parameters."""
        return self.network.parameter_count


def problem(
    widths: tuple[int, ...], activation: str, count: int | None = None, bits: int = 3
) -> Problem:
    """A problem with `count` samples; numerators have at most `bits` bits, denominators 3 bits."""
    source = random.Random(SEED)
    most = (1 << bits) - 1

    def number() -> Fraction:
        return Fraction(source.randint(1, most) * source.choice((1, -1)), source.randint(1, 7))

    def table(height: int, width: int) -> list[list[Fraction]]:
        return [[number() for _ in range(width)] for _ in range(height)]

    network = Network(widths, activation)
    few = network.parameter_count <= FEW_PARAMETERS
    count = count or (FEW_SAMPLES if few else MANY_SAMPLES)
    samples = Samples(table(count, widths[0]), table(count, widths[-1]))
    point = network.parameters([number() for _ in range(network.parameter_count)])
    return Problem(network, samples, point)

"""Where points are looked for: routes, each a draw from a random source that proposes some.

Routes: by_targets (parameters of a pattern, then targets that make them critical), by_splitting
(the same in a narrower network, its units split into several), by_newton (a critical point near
floats, also with its units split).

Objects: Proposal. Functions: by_targets, by_splitting, by_newton.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from random import Random
from typing import Any

from symbolic_landscape.errors import LandscapeError, SmoothnessError
from symbolic_landscape.explore.descent import (
    critical_near,
    designed_targets,
    least_negative,
    rough_hessian,
)
from symbolic_landscape.explore.designs import Design, Frame, Layer, split, unit_of
from symbolic_landscape.networks import Network

SHORT, AIMED = 3, 32
"""So many short residuals are proposed at a frame, and so many looked at for a good one."""

SCALES = (0.0625, 0.25, 1.0, 4.0)
PARTS = (8, 1024)
"""A good combination is rounded to so many parts of its largest coefficient."""

DIGITS = 10**10
"""The denominator of the digits of a point that is located."""


@dataclass(frozen=True)
class Proposal:
    """A frame with targets, where it comes from, and its design; without one it is only near.

    `family` is a lower bound for the dimension of the family of splittings that it lies in.
    """

    frame: Frame
    targets: Layer
    origin: str
    family: int = 0
    design: Design | None = None

    @cached_property
    def data(self) -> dict[str, Any]:
        """The problem as JSON data."""
        near = {} if self.design else {"near": True}
        return {**self.frame.data(self.targets), **near}


Route = Callable[[Network, int, Random], list[Proposal]]


def designed(design: Design, origin: str, family: int = 0) -> Proposal:
    """The proposal of an exact critical point."""
    return Proposal(design.frame, design.targets, origin, family, design)


# ---- frames


def _inputs(dimension: int, count: int, random: Random) -> Layer:
    """Distinct rows of small integers, sorted."""
    reach = 2
    while (2 * reach + 1) ** dimension < count + 3:
        reach += 1
    rows: set[tuple[int, ...]] = set()
    while len(rows) < count:
        rows.add(tuple(random.randint(-reach, reach) for _ in range(dimension)))
    return tuple(tuple(map(Fraction, row)) for row in sorted(rows))


def _generic(network: Network, layer: int, random: Random) -> Layer:
    whole = unit_of(network) is not None and layer == 1
    values = [Fraction(k, 1 if whole else random.choice((1, 1, 2))) for k in range(-4, 5) if k]
    width = network.widths[layer - 1] + network.bias
    return tuple(
        tuple(random.choice(values) for _ in range(width)) for _ in range(network.widths[layer])
    )


def _alike(rows: Layer, random: Random) -> Layer:
    kept = rows[: random.randint(1, 2)]
    return tuple(random.choice(kept) for _ in rows)


def _sparse(rows: Layer, random: Random) -> Layer:
    return tuple(tuple(v if random.random() < 0.4 else Fraction(0) for v in row) for row in rows)


def _zero(rows: Layer, _: Random) -> Layer:
    return tuple(tuple(Fraction(0) for _ in row) for row in rows)


def _same(rows: Layer, _: Random) -> Layer:
    return rows


HIDDEN = (
    ("small numbers", _same),
    ("equal units", _alike),
    ("many zeros", _sparse),
    ("a layer of zeros", _zero),
)
LAST = (
    ("", _same),
    ("nothing passed on", _zero),
    ("some units not passed on", _sparse),
)


def _frame(network: Network, count: int, random: Random) -> tuple[Frame, str]:
    layers, words = [], []
    for layer in range(1, network.depth + 1):
        word, change = random.choice(LAST if layer == network.depth else HIDDEN)
        layers.append(change(_generic(network, layer, random), random))
        words += [word] if word else []
    frame = Frame(network, _inputs(network.inputs, count, random), tuple(layers))
    return frame, ", ".join(dict.fromkeys(words)) or "small numbers"


def _plain_frame(network: Network, count: int, random: Random) -> Frame:
    layers = [_generic(network, layer, random) for layer in range(1, network.depth + 1)]
    return Frame(network, _inputs(network.inputs, count, random), tuple(layers))


def _residuals(frame: Frame, random: Random) -> list[Design]:
    """Designs at the frame: some with short residuals, and one whose Hessian is least negative."""
    basis = frame.admissible
    if not basis:
        return [frame.combination(())]
    short = [[random.choice((-1, 0, 0, 1, 2)) for _ in basis] for _ in range(SHORT)]
    found = [frame.combination(c) for c in short if any(c)]
    scale = random.choice(SCALES)
    starts = [[scale * random.gauss(0.0, 1.0) for _ in basis] for _ in range(AIMED)]
    units = [[Fraction(i == k) for i in range(len(basis))] for k in range(-1, len(basis))]
    try:
        hessians = [
            rough_hessian(frame.network, frame.inputs, frame.combination(c).targets, frame.vector)
            for c in units
        ]
    except SmoothnessError:
        return found
    aimed = least_negative(hessians, starts)
    return [*found, *(frame.combination(_rounded(aimed, parts)) for parts in PARTS)]


def _rounded(values: Sequence[float], parts: int) -> list[Fraction]:
    """Fractions near the values, in the proportion of integers up to so many."""
    top = max(map(abs, values)) or 1.0
    scale = Fraction(max(1, round(16 * top)), 16 * parts)
    return [scale * round(parts * value / top) for value in values]


# ---- routes


def by_targets(network: Network, count: int, random: Random) -> list[Proposal]:
    """Critical points with parameters of a pattern. Raises DomainError: nothing is rational."""
    frame, pattern = _frame(network, count, random)
    origin = f"targets chosen for parameters: {pattern}"
    return [designed(design, origin) for design in _residuals(frame, random)]


def by_splitting(network: Network, count: int, random: Random) -> list[Proposal]:
    """Critical points of a narrower network with its units split; none if no layer has two units.

    Raises DomainError: nothing is rational.
    """
    small = _narrower(network, random)
    if small is None:
        return []
    frame = _plain_frame(small, count, random)
    wide = split(frame, network, *_splits(small, network, random))
    origin = f"units of the network {small.widths} split"
    family = _family(small, network)
    return [designed(design, origin, family) for design in _residuals(wide, random)]


def _family(small: Network, network: Network) -> int:
    """A lower bound for the dimension of the splittings of units with outgoing weights."""
    pairs = zip(small.widths[1:-1], network.widths[1:-1], strict=True)
    return sum(many - few for few, many in pairs)


def _narrower(network: Network, random: Random) -> Network | None:
    hidden = network.widths[1:-1]
    if not any(width > 1 for width in hidden):
        return None
    chosen = hidden
    while chosen == hidden:
        chosen = tuple(random.choice((1, 1, random.randint(1, width))) for width in hidden)
    widths = (network.inputs, *chosen, network.outputs)
    return Network(widths, network.activation, network.output_activation, network.bias)


def _splits(
    small: Network, network: Network, random: Random
) -> tuple[list[list[int]], list[list[Fraction]]]:
    homes, shares = [], []
    for few, many in zip(small.widths[1:-1], network.widths[1:-1], strict=True):
        home = sorted([*range(few), *(random.randrange(few) for _ in range(many - few))])
        homes.append(home)
        parts = [random.choice((1, 1, 2)) for _ in home]
        if random.random() < 0.25:
            parts = [random.choice((-1, 0, 1, 2)) for _ in home]
        totals = [sum(p for p, h in zip(parts, home, strict=True) if h == u) for u in range(few)]
        if not all(totals):
            parts, totals = [1] * many, [home.count(unit) for unit in range(few)]
        shares.append([Fraction(p, totals[h]) for p, h in zip(parts, home, strict=True)])
    return homes, shares


def by_newton(network: Network, count: int, random: Random) -> list[Proposal]:
    """A critical point near floats of a network, or of a narrower one with its units split."""
    small = _narrower(network, random) if random.random() < 0.7 else None
    trained = small or network
    inputs = _inputs(network.inputs, count, random)
    start = [random.gauss(0.0, 1.0) for _ in range(trained.parameter_count)]
    targets = designed_targets(trained, inputs, start, random)
    if targets is None or random.random() < 0.3:
        values = [Fraction(random.randint(-4, 4)) for _ in range(count * network.outputs)]
        targets = tuple(
            tuple(values[i * network.outputs : (i + 1) * network.outputs]) for i in range(count)
        )
    found = critical_near(trained, inputs, targets, start)
    if found is None:
        return []
    frame = Frame(trained, inputs, _layers(trained, found))
    origin, family = "Newton's method from random parameters", 0
    if small is not None:
        frame = split(frame, network, *_splits(small, network, random))
        origin += f", units of the network {small.widths} split"
        family = _family(small, network)
    return [Proposal(frame, targets, origin, family)]


def _layers(network: Network, vector: Sequence[float]) -> tuple[Layer, ...]:
    """The rows of all layers, bias last, of a vector in the order of the network's names."""
    values = [Fraction(round(value * DIGITS), DIGITS) for value in vector]
    layers = []
    for layer in range(1, network.depth + 1):
        part = [values[i] for i in network.layer_range(layer)]
        below, above = network.widths[layer - 1], network.widths[layer]
        biases = part[below * above :]
        rows = [part[i * below : (i + 1) * below] + biases[i : i + 1] for i in range(above)]
        layers.append(tuple(map(tuple, rows)))
    return tuple(layers)


def proposed(route: Route, network: Network, count: int, random: Random) -> list[Proposal]:
    """What a route proposes; nothing where its numbers lie outside the fields or overflow."""
    try:
        return route(network, count, random)
    except (LandscapeError, OverflowError):
        return []

"""Units of a network that are copies of one unit: the smaller network, and the share of each.

Objects: Copies. Functions: copies.

Design notes. What is found here is a guess, which the stand-alone verifier checks: units whose
incoming weights agree up to their sign and rounding are copies, and shares are what the outgoing
weights show, to some digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from symbolic_landscape.networks import Network

Unit = tuple[int, int, Fraction]
"""The number of the unit that it is a copy of, its sign, its share."""

ROUNDING = Fraction(1, 1 << 60)
DIGITS = 10**12


@dataclass(frozen=True)
class Copies:
    """For each unit of each hidden layer what it is a copy of, and the smaller network's point."""

    units: tuple[tuple[Unit, ...], ...]
    centre: tuple[Fraction, ...]


def copies(network: Network, point: Sequence[Fraction], signs: Sequence[int]) -> Copies | None:
    """The copies at a point, below one of the signs; None if no two units are copies of one."""
    layers = [_layer(network, point, k) for k in range(1, network.depth + 1)]
    below: list[tuple[int, int]] = [(i, 1) for i in range(network.inputs)]
    units: list[list[Unit]] = []
    centre: list[Fraction] = []
    for k, (rows, biases) in enumerate(layers, 1):
        width = 1 + max(unit for unit, _ in below)
        summed = [
            [
                sum(
                    (sign * row[j] for j, (unit, sign) in enumerate(below) if unit == h), Fraction()
                )
                for h in range(width)
            ]
            for row in rows
        ]
        extended = [[*row, *bias] for row, bias in zip(summed, biases, strict=True)]
        last = k == network.depth
        homes = [(i, 1) for i in range(len(rows))] if last else _homes(extended, signs)
        first = [homes.index((g, 1)) for g in range(1 + max(unit for unit, _ in homes))]
        centre += [v for i in first for v in summed[i]]
        centre += [v for i in first for v in biases[i]]
        if not last:
            shares = _shares(homes, layers[k][0])
            units.append([(*home, share) for home, share in zip(homes, shares, strict=True)])
        below = homes
    if all(unit == i for layer in units for i, (unit, _, _) in enumerate(layer)):
        return None
    return Copies(tuple(map(tuple, units)), tuple(centre))


def _layer(
    network: Network, point: Sequence[Fraction], layer: int
) -> tuple[list[list[Fraction]], list[list[Fraction]]]:
    """The rows of W, and of b as lists of one number, or of none without biases."""
    start, width = network.layer_range(layer).start, network.widths[layer - 1]
    height = network.widths[layer]
    rows = [list(point[start + i * width : start + (i + 1) * width]) for i in range(height)]
    end = start + height * width
    return rows, [[point[end + i]] if network.bias else [] for i in range(height)]


def _homes(rows: Sequence[Sequence[Fraction]], signs: Sequence[int]) -> list[tuple[int, int]]:
    """For each row the number of the first that it agrees with, and the sign that it needs."""
    kept: list[Sequence[Fraction]] = []
    found = []
    for row in rows:
        pairs = (
            (g, sign)
            for g, other in enumerate(kept)
            for sign in signs
            if all(abs(a - sign * b) <= ROUNDING for a, b in zip(row, other, strict=True))
        )
        home = next(pairs, None)
        if home is None:
            home = (len(kept), 1)
            kept.append(row)
        found.append(home)
    return found


def _shares(
    homes: Sequence[tuple[int, int]], above: Sequence[Sequence[Fraction]]
) -> list[Fraction]:
    """The share of each unit in the outgoing weights of what it is a copy of."""
    shares = [Fraction(1)] * len(homes)
    for g in range(1 + max(unit for unit, _ in homes)):
        members = [j for j, (unit, _) in enumerate(homes) if unit == g]
        totals = [sum((homes[j][1] * row[j] for j in members), Fraction()) for row in above]
        largest = max(range(len(above)), key=lambda r: abs(totals[r]))
        if len(members) == 1 or not totals[largest]:
            continue
        for j in members[1:]:
            share = homes[j][1] * above[largest][j] / totals[largest]
            shares[j] = Fraction(round(share * DIGITS), DIGITS)
        shares[members[0]] = 1 - sum((shares[j] for j in members[1:]), Fraction())
    return shares

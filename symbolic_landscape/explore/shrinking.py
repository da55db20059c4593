"""A found point made shorter while it keeps what is wanted: samples, units, then numbers.

Functions: shorter.

Design notes. Equal units are changed together, so that a split unit stays one. After every change
the targets are chosen anew, with residuals in nearly the proportion of the old ones, in small
integers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice

import numpy as np

from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.explore.designs import Design, Frame, Layer
from symbolic_landscape.networks import Network

RESIDUALS = 12
"""So many residuals are tried after one change."""

PARTS = (1, 2, 3, 5, 8, 12, 20, 32)
"""The largest coefficient of residuals in the proportion of the old ones."""


def shorter(design: Design, *, fewer_samples: bool, fewer_units: bool) -> Iterator[Design]:
    """Designs that are shorter than this one, near it, the greatest change first."""
    frames: list[Iterator[Frame]] = [iter([design.frame])]
    if fewer_units:
        frames.insert(0, _without_unit(design.frame))
    if fewer_samples:
        frames.insert(0, _without_sample(design.frame))
    frames.append(_smaller_numbers(design.frame))
    for family in frames:
        for frame in family:
            try:
                found = [*islice(_designs(frame, design), RESIDUALS)]
                yield from sorted(
                    (one for one in found if one.size < design.size), key=lambda one: one.size
                )
            except LandscapeError:
                continue


def _without_sample(frame: Frame) -> Iterator[Frame]:
    for i in range(len(frame.inputs) if len(frame.inputs) > 1 else 0):
        yield replace(frame, inputs=frame.inputs[:i] + frame.inputs[i + 1 :])


def _without_unit(frame: Frame) -> Iterator[Frame]:
    network = frame.network
    for layer in range(1, network.depth):
        width = network.widths[layer]
        for unit in range(width if width > 1 else 0):
            widths = list(network.widths)
            widths[layer] -= 1
            small = Network(widths, network.activation, network.output_activation, network.bias)
            layers = list(frame.layers)
            layers[layer - 1] = layers[layer - 1][:unit] + layers[layer - 1][unit + 1 :]
            layers[layer] = tuple(row[:unit] + row[unit + 1 :] for row in layers[layer])
            yield Frame(small, frame.inputs, tuple(layers))


def _smaller_numbers(frame: Frame) -> Iterator[Frame]:
    for k, layer in enumerate(frame.layers):
        for changed in _smaller_rows(layer):
            yield replace(frame, layers=(*frame.layers[:k], changed, *frame.layers[k + 1 :]))
    for changed in _smaller_rows(frame.inputs):
        if len(set(changed)) == len(changed):
            yield replace(frame, inputs=changed)


def _smaller_rows(rows: Layer) -> Iterator[Layer]:
    """The rows with one entry smaller, in all rows equal to one at once."""
    for row in dict.fromkeys(rows):
        for j, value in enumerate(row):
            for small in _smaller(value):
                made = (*row[:j], small, *row[j + 1 :])
                yield tuple(made if other == row else other for other in rows)


def _smaller(value: Fraction) -> Iterator[Fraction]:
    sign = 1 if value > 0 else -1
    for small in dict.fromkeys((Fraction(0), Fraction(1), Fraction(sign), Fraction(round(value)))):
        if _length(small) < _length(value):
            yield small


def _length(value: Fraction) -> tuple[int, bool]:
    return (len(str(abs(value))) if value else 0), value < 0


def _designs(frame: Frame, near: Design) -> Iterator[Design]:
    """Designs at the frame: the residuals nearest to the old ones, then short ones."""
    size = len(frame.admissible)
    if not size:
        yield frame.combination(())
        return
    if len(frame.inputs) == len(near.frame.inputs):
        coefficients = _nearest(frame, near.residuals)
        top = max(map(abs, coefficients))
        for parts in PARTS if top else ():
            yield frame.combination([round(parts * c / top) for c in coefficients])
    for k in range(size):
        for sign in (1, -1):
            yield frame.combination([sign * (i == k) for i in range(size)])


def _nearest(frame: Frame, residuals: Sequence[Fraction]) -> list[float]:
    basis = np.array(frame.admissible, dtype=float).T
    target = np.array([float(value) for value in residuals])
    found, *_ = np.linalg.lstsq(basis, target, rcond=None)
    return [float(value) for value in found]

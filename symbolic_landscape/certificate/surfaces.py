"""Surfaces of critical points, as formulas for the parameters that the stand-alone verifier checks.

Where all units of the one hidden layer are constant on the samples, their incoming weights move so
that they stay constant, their outgoing weights anyhow, and one parameter of each output is what
keeps the predictions as they were.

Functions: constant_unit_surface.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from symbolic_landscape.certificate.numbers import text_of
from symbolic_landscape.certificate.verifier import LETTERS
from symbolic_landscape.critical.kernels import exact_kernel
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.symmetries import Places
from symbolic_landscape.errors import DomainError

Term = tuple[str, str]
"""A coefficient and a letter."""


def constant_unit_surface(local: LocalLoss) -> dict[str, str] | None:
    """The parameters that move, as formulas in letters; None where there is no such surface."""
    network, places = local.network, Places(local)
    if network.depth != 2 or not network.is_plain or not local.is_exact:
        return None
    try:
        directions = _constant_directions(local)
    except DomainError:
        return None
    needed = network.widths[1] * len(directions)
    needed += network.outputs * (network.widths[1] - (not network.bias))
    if needed > len(LETTERS):
        return None
    letters: Iterator[str] = iter(LETTERS)
    found: dict[str, str] = {}
    before, after = [], []
    activation = network.activation.formula
    seen = [*_row(local, 0), *(["1"] if network.bias else [])]
    for unit in range(network.widths[1]):
        incoming = places.incoming(1, unit)
        moves = [(next(letters), direction) for direction in directions]
        start = [text_of(local.coordinates[i]) or "" for i in incoming]
        rows = [
            _plus(text, [(direction[k], letter) for letter, direction in moves])
            for k, text in enumerate(start)
        ]
        found.update(
            {network.parameter_names[i]: row for i, row in zip(incoming, rows, strict=True)}
        )
        before.append(f"({activation.text(_dot(start, seen))})")
        after.append(f"({activation.text(_dot(rows, seen))})")
    for output in range(network.outputs):
        outgoing = [places.weight(2, output, unit) for unit in range(network.widths[1])]
        weights = [text_of(local.coordinates[i]) or "" for i in outgoing]
        kept = len(weights) if network.bias else len(weights) - 1
        moved = [_plus(text, [("1", next(letters))]) for text in weights[:kept]]
        change = f"{_dot(weights, before)} - {_dot(moved, after[:kept])}"
        texts = dict(zip(outgoing, moved, strict=False))
        if network.bias:
            place = places.bias(2, output)
            texts[place] = f"({text_of(local.coordinates[place])}) + {change}"
        else:
            texts[outgoing[-1]] = f"({change})/{after[-1]}"
        found.update({network.parameter_names[i]: text for i, text in texts.items()})
    return found


def _row(local: LocalLoss, sample: int) -> list[str]:
    row: Sequence[Any] = local.surface.samples.inputs.row(sample).tolist()[0]
    return [text_of(value) or "" for value in row]


def _constant_directions(local: LocalLoss) -> list[list[str]]:
    """Directions in which the incoming weights of a unit move it equally on all samples."""
    inputs = local.surface.samples.inputs
    if local.network.bias:
        inputs = inputs.hstack(inputs.field.ones(inputs.shape[0], 1))
    count, width = inputs.shape
    differences = [(inputs.row(i) - inputs.row(0)).raw_rows()[0] for i in range(1, count)]
    if not differences:
        return []
    kernel = exact_kernel(inputs.field.from_raw(differences, width=width))
    return [[text_of(value) or "" for value in column] for column in kernel.T.tolist()]


def _plus(text: str, terms: Sequence[Term]) -> str:
    return " + ".join([f"({text})", *(f"({number})*{letter}" for number, letter in terms)])


def _dot(first: Sequence[str], second: Sequence[str]) -> str:
    return "(" + " + ".join(f"({a})*({b})" for a, b in zip(first, second, strict=True)) + ")"

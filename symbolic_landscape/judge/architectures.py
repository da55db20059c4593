"""By architecture: how the instances fared on which a statement was tried.

Widths are read from the shapes: they are the family of integers that the shapes of a setting ask at
fixed places, such as n_0 and n_L, from the first of these to the last, or to the last known one
where the shapes ask one alone. The number of samples is the other side of the matrix that has n_0
at one side; where there are no widths, what is called N or m.

Functions: architectures, tally, activation_words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.judge.results import ArchitectureResult, Tally
from symbolic_landscape.judge.rows import Row
from symbolic_landscape.judge.values import Family, Function
from symbolic_landscape.statement.parts import subterms
from symbolic_landscape.statement.term import INT, NAT, Term

ACTIVATION = "sigma"
"""What an activation is called."""

SAMPLES = ("N", "m")
"""What a number of samples is called."""

Architecture = tuple[tuple[int, ...] | None, str, int | None]
"""Widths, activation and number of samples; None or an empty text where there is none."""


def architectures(found: Iterable[Row]) -> tuple[ArchitectureResult, ...]:
    """How many instances of each architecture meet the hypotheses, and what stops the others."""
    groups: dict[Architecture, list[Row]] = {}
    for row in found:
        groups.setdefault(_architecture(row.case.instance.values), []).append(row)
    order = sorted(groups, key=lambda kind: (kind[0] or (), kind[1], kind[2] or 0))
    return tuple(_fared(kind, groups[kind]) for kind in order)


def tally(hypotheses: Iterable[str], found: Sequence[Row]) -> Tally:
    """How many instances were tried, where all hypotheses hold, and where one alone fails."""
    met = [row for row in found if row.met]
    near = {name: _words(row for row in found if row.misses == name) for name in hypotheses}
    drawn = sum(row.case.origin == "drawn" for row in found)
    return Tally(len(found) - drawn, drawn, len(met), _words(met), near)


def _words(found: Iterable[Row]) -> dict[str, int]:
    """What the conclusion does there, counted."""
    words = [row.conclusion.outcome.value for row in found if row.conclusion is not None]
    return dict(sorted(Counter(words).items()))


def _fared(kind: Architecture, found: Sequence[Row]) -> ArchitectureResult:
    met = [row for row in found if row.met]
    stopped: Counter[tuple[str, str]] = Counter()
    for row in found:
        first = next(((n, v) for n, v in row.given.items() if not v.is_holds), None)
        if first is not None:
            stopped[first[0], first[1].outcome.value] += 1
    widths, activation, samples = kind
    stops = tuple((name, word, count) for (name, word), count in sorted(stopped.items()))
    return ArchitectureResult(widths, activation, samples, len(found), len(met), _words(met), stops)


# ---- from the values -----------------------------------------------------------------------------
def _architecture(values: Mapping[Term, Any]) -> Architecture:
    widths, family = _widths(values)
    named = {str(v.name): x for v, x in values.items() if v.sort in (INT, NAT)}
    samples = _samples(values, family)
    if samples is None:
        samples = next((named[name] for name in SAMPLES if name in named), None)
    activation = next((x for v, x in values.items() if str(v.name) == ACTIVATION), None)
    return (widths, activation_words(activation), samples)


def activation_words(value: Any) -> str:
    """The name of an activation, or its formula; empty where there is none."""
    if isinstance(value, Activation):
        return value.name
    return "given by a tree" if isinstance(value, Function) else ""


def _widths(values: Mapping[Term, Any]) -> tuple[tuple[int, ...] | None, Term | None]:
    """The widths, and the family that has them."""
    for family, table in values.items():
        sort = family.sort
        if isinstance(table, Family) and sort.head == "fun" and sort.args[1] in (INT, NAT):
            places = {k for _, k in _asked(family, values)}
            if places:
                low, high = min(places), max(places)
                high = high if high > low else max(table.table)
                numbers = [table.table.get(k) for k in range(low, high + 1)]
                if len(numbers) > 1 and all(isinstance(n, int) for n in numbers):
                    return tuple(n for n in numbers if isinstance(n, int)), family
    return None, None


def _asked(family: Term, values: Mapping[Term, Any]) -> Iterator[tuple[Term, int]]:
    """The matrices whose shapes ask the family at a fixed place, and that place."""
    for v in values:
        for part in subterms(v.sort):
            if part.head == "apply" and part.args[0] is family:
                place = _number(part.args[1], values)
                if place is not None:
                    yield v, place


def _samples(values: Mapping[Term, Any], family: Term | None) -> int | None:
    if family is None:
        return None
    asked = sorted(_asked(family, values), key=lambda pair: (pair[1], str(pair[0])))
    for v, _ in asked:
        if v.sort.head == "matrix":
            sides = [side for side in v.sort.args if side.head in ("var", "const")]
            counts = [_number(side, values) for side in sides]
            return counts[0] if len(counts) == 1 else None
    return None


def _number(t: Term, values: Mapping[Term, Any]) -> int | None:
    """The integer that a sum of integers and variables comes to, where all are known."""
    if t.head == "num":
        value = t.name
        return int(value) if isinstance(value, Fraction) and value.denominator == 1 else None
    if t.head == "add":
        parts = [_number(part, values) for part in t.args]
        known = [part for part in parts if part is not None]
        return sum(known) if len(known) == len(parts) else None
    found = values.get(t)
    return found if isinstance(found, int) and t.sort in (INT, NAT) else None

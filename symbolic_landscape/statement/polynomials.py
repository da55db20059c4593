"""Functions of a vector that are polynomials in its entries, read off their trees.

Objects: Polynomial. Functions: polynomial.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import TypeAlias

from symbolic_landscape.statement.term import Term

Polynomial: TypeAlias = Mapping[tuple[int, ...], Fraction]
"""Coefficients, by the rows whose entries are multiplied, in order."""

CONSTANT: tuple[int, ...] = ()


def polynomial(function: Term) -> Polynomial | None:
    """The polynomial that the function of a vector is, or None where its tree has other parts."""
    if function.head != "lam":
        return None
    vector, body = function.args
    made = _read(vector, body)
    return None if made is None else {m: c for m, c in made.items() if c}


def _read(vector: Term, t: Term) -> dict[tuple[int, ...], Fraction] | None:
    if t.head == "num" and isinstance(t.name, int | Fraction):
        return {CONSTANT: Fraction(t.name)}
    if t.head == "entry" and t.args[0] is vector:
        row, column = (x.name for x in t.args[1:])
        return {(int(row),): Fraction(1)} if column == 1 and row is not None else None
    if t.head not in ("add", "mul"):
        return None
    parts = [_read(vector, a) for a in t.args]
    known = [p for p in parts if p is not None]
    if len(known) < len(parts):
        return None
    made: dict[tuple[int, ...], Fraction] = {} if t.head == "add" else {CONSTANT: Fraction(1)}
    for part in known:
        made = _total(made, part) if t.head == "add" else _product(made, part)
    return made


def _total(p: Polynomial, q: Polynomial) -> dict[tuple[int, ...], Fraction]:
    return {m: p.get(m, Fraction(0)) + q.get(m, Fraction(0)) for m in p.keys() | q.keys()}


def _product(p: Polynomial, q: Polynomial) -> dict[tuple[int, ...], Fraction]:
    made: dict[tuple[int, ...], Fraction] = {}
    for (m, c), (n, d) in product(p.items(), q.items()):
        key = tuple(sorted((*m, *n)))
        made[key] = made.get(key, Fraction(0)) + c * d
    return made

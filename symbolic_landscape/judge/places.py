"""Where terms are evaluated, what an evaluation may use, and the functions that trees are there.

Objects: Budget, Place, Closure, Recursion, Updated, Slope, Lazy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from symbolic_landscape.statement.term import Term


@dataclass(frozen=True)
class Budget:
    """What one decision may use: steps, entries of a matrix, bits (or 64 for a monomial).

    `symbols` bounds free symbols of one unknown, `order` determinants with free symbols.
    """

    steps: int = 100_000
    entries: int = 10_000
    bits: int = 400_000
    monomials: int = 200_000
    symbols: int = 36
    order: int = 5


class Place:
    """Where a term is evaluated: values of the bound names, inside those of the place around."""

    __slots__ = ("known", "parent", "values")

    def __init__(self, values: Mapping[Term, Any], parent: Place | None = None) -> None:
        self.values, self.parent = values, parent
        self.known: dict[Term, Any] = {}


@dataclass(frozen=True, eq=False)
class Closure:
    """The function that a lambda is at a place."""

    term: Term
    place: Place


@dataclass(frozen=True, eq=False)
class Recursion:
    """The function that a recursion is at a place; `known` are its values from the start on."""

    term: Term
    place: Place
    start: int
    known: list[Any]


@dataclass(frozen=True, eq=False)
class Updated:
    """A function changed at one integer."""

    function: Any
    index: int
    value: Any


@dataclass(frozen=True, eq=False)
class Slope:
    """The derivative of a function of a real number."""

    function: Any


@dataclass(frozen=True, eq=False)
class Lazy:
    """A family whose members are made when they are asked for."""

    made: Callable[[int], Any]
    known: dict[int, Any]

    def at(self, index: int) -> Any:
        """The member at an integer."""
        if index not in self.known:
            self.known[index] = self.made(index)
        return self.known[index]

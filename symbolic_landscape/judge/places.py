"""Where terms are evaluated, what an evaluation may use, and the functions that trees are there.

Objects: Budget, Cost, Place, Closure, Recursion, Updated, Slope, Lazy.

Design notes. A value that is kept knows what it cost. A decision that uses it pays that, once, as
if it had made the value itself: so what is decided within a budget never depends on what was
decided before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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


class Cost:
    """What a value cost: steps of its own, and the values that it was made of."""

    __slots__ = ("own", "parts")

    def __init__(self) -> None:
        self.own = 0
        self.parts: list[Cost] = []


class Place:
    """Where a term is evaluated: values of the bound names, inside those of the place around.

    `known` are the values of terms here, with what they cost.
    """

    __slots__ = ("known", "parent", "values")

    def __init__(self, values: Mapping[Term, Any], parent: Place | None = None) -> None:
        self.values, self.parent = values, parent
        self.known: dict[Term, tuple[Any, Cost]] = {}

    def holder(self, v: Term) -> Place | None:
        """The innermost place, from here outwards, that has a value for the name."""
        found: Place | None = self
        while found is not None and v not in found.values:
            found = found.parent
        return found


@dataclass(frozen=True, eq=False)
class Closure:
    """The function that a lambda is at a place."""

    term: Term
    place: Place


@dataclass(frozen=True, eq=False)
class Recursion:
    """The function that a recursion is at a place; `known` are its values from the start on.

    `costs` says what each of them cost.
    """

    term: Term
    place: Place
    start: int
    known: list[Any]
    costs: list[Cost] = field(default_factory=lambda: [Cost()])


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

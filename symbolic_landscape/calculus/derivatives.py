"""A formula and its first two derivatives at the entries of an array, computed when asked for.

Objects: Family, Derivatives. Functions: family, families, derivatives_of.
"""

from __future__ import annotations

from functools import cached_property, lru_cache

from symbolic_landscape.calculus.engines import Array, Engine
from symbolic_landscape.errors import DomainError, SmoothnessError
from symbolic_landscape.formula import Formula, derivative

Layer = Formula | tuple[Formula, ...]
"""The activation of a layer: one formula, or one for each unit."""


class Family(tuple[Formula, ...]):
    """A formula with its first two derivatives, as far as they exist; its hash is kept."""

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return super().__hash__()


Families = Family | tuple[Family, ...]
"""What belongs to a layer: one family, or one for each unit."""


@lru_cache(maxsize=256)
def families(layers: tuple[Layer, ...]) -> tuple[Families, ...]:
    """Each formula with its derivatives."""
    return tuple(
        tuple(map(family, layer)) if isinstance(layer, tuple) else family(layer) for layer in layers
    )


@lru_cache(maxsize=256)
def family(formula: Formula) -> Family:
    """The formula with its derivatives."""
    found = [formula]
    for _ in range(2):
        try:
            found.append(derivative(found[-1]))
        except SmoothnessError:
            break
    return Family(found)


class Derivatives:
    """A formula and its derivatives at each entry of an array, computed when asked for."""

    def __init__(self, engine: Engine, family: Family, at: Array, where: str) -> None:
        self._where = where
        self._formulas = family
        self._run = engine.evaluation(family, at)
        self._found: dict[int, Array] = {}

    def formula(self, order: int) -> Formula:
        """The formula of the derivative. Raises SmoothnessError: there is none."""
        if order >= len(self._formulas):
            message = (
                f"{self._where}: a derivative of order {order} of {self._formulas[0]} was needed "
                "everywhere, but there is none at 0"
            )
            raise SmoothnessError(message)
        return self._formulas[order]

    def is_constantly(self, value: Formula, order: int) -> bool:
        """Whether the derivative is this constant. Raises SmoothnessError: there is none."""
        return self.formula(order) == value

    def order(self, order: int) -> Array:
        """The values of the derivative. Raises SmoothnessError, DomainError."""
        if order not in self._found:
            formula = self.formula(order)
            try:
                self._found[order] = self._run(order)
            except DomainError as error:
                message = f"{self._where}, {formula}: {error}"
                raise DomainError(message) from error
        return self._found[order]


class _Mixed:
    """The same for a layer whose units have several formulas."""

    def __init__(self, engine: Engine, units: tuple[Family, ...], at: Array, where: str) -> None:
        self._at = at
        columns: dict[Family, list[int]] = {}
        for unit, family in enumerate(units):
            columns.setdefault(family, []).append(unit)
        self._parts: list[tuple[list[int], Derivatives]] = []
        for family, chosen in columns.items():
            entries = [row[unit] for row in at.rows() for unit in chosen]
            part = Array(at.height, len(chosen), entries, at.scale)
            self._parts.append((chosen, Derivatives(engine, family, part, where)))
        self._aligned = engine.aligned
        self._found: dict[int, Array] = {}

    def is_constantly(self, value: Formula, order: int) -> bool:
        """Whether all derivatives are this constant. Raises SmoothnessError: one does not exist."""
        return all(part.is_constantly(value, order) for _, part in self._parts)

    def order(self, order: int) -> Array:
        """The values of the derivatives. Raises SmoothnessError, DomainError."""
        if order not in self._found:
            scale, arrays = self._aligned([part.order(order) for _, part in self._parts])
            entries = list(self._at.entries)
            for (chosen, _), array in zip(self._parts, arrays, strict=True):
                for place, unit in enumerate(chosen):
                    entries[unit :: self._at.width] = array.entries[place :: array.width]
            self._found[order] = Array(self._at.height, self._at.width, entries, scale)
        return self._found[order]


def derivatives_of(engine: Engine, layer: Families, at: Array, where: str) -> Derivatives | _Mixed:
    """The activations of a layer at its pre-activations (N, n)."""
    if isinstance(layer, Family):
        return Derivatives(engine, layer, at, where)
    return _Mixed(engine, layer, at, where)

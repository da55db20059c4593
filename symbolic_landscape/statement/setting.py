"""Settings: what a section lets be given, declared once for all its statements.

A setting has variables with their sorts, standing assumptions, definitions, and the decisions that
settle a definition or a predicate on an instance where its unfolding cannot. Its examples and near
misses are instances that all its statements share.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from symbolic_landscape.errors import DeclarationError
from symbolic_landscape.statement.language import Definition, Expr, the
from symbolic_landscape.statement.notation import Notation
from symbolic_landscape.statement.term import Term

Decision = Callable[..., Any]
"""From an instance and the values of the arguments to a Verdict."""


@dataclass(frozen=True, eq=False)
class Setting:
    """The context of a section.

    `predicates` are opaque: no tree says them, so each has words and a decision.
    """

    title: str
    variables: tuple[Expr, ...]
    standing: tuple[Expr, ...] = ()
    definitions: tuple[Definition, ...] = ()
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    notation: Mapping[str, Notation] = field(default_factory=dict)
    instances: Callable[[], tuple[Any, ...]] = tuple

    def __post_init__(self) -> None:
        names = [str(the(v).name) for v in self.variables]
        twice = sorted({n for n in names if names.count(n) > 1})
        if twice:
            message = f"setting '{self.title}' declares {', '.join(twice)} twice"
            raise DeclarationError(message)

    def extended(
        self,
        title: str,
        *,
        variables: tuple[Expr, ...] = (),
        standing: tuple[Expr, ...] = (),
        definitions: tuple[Definition, ...] = (),
        decisions: Mapping[str, Decision] | None = None,
        notation: Mapping[str, Notation] | None = None,
        instances: Callable[[], tuple[Any, ...]] | None = None,
    ) -> Setting:
        """The setting with more declared in it."""
        return Setting(
            title,
            (*self.variables, *variables),
            (*self.standing, *standing),
            (*self.definitions, *definitions),
            {**self.decisions, **(decisions or {})},
            {**self.notation, **(notation or {})},
            instances or self.instances,
        )

    @property
    def names(self) -> tuple[Term, ...]:
        """The variables as terms."""
        return tuple(map(the, self.variables))

    @property
    def shown(self) -> Mapping[str, Notation]:
        """How definitions and names are printed."""
        return {**self.notation, **{d.name: d.notation for d in self.definitions}}

"""Statements that say together what several others say one by one.

Functions: together, one_by_one.
"""

from collections.abc import Mapping

from symbolic_landscape.statement.language import Expr, both
from symbolic_landscape.statement.proof import have, logic
from symbolic_landscape.statement.step import Reason, Step

Parts = Mapping[str, tuple[Expr, Reason]]
"""What each part says, and why, by the name of its step."""


def together(parts: Parts) -> Expr:
    """All that is said."""
    return both(*(says for says, _ in parts.values()))


def one_by_one(parts: Parts) -> list[Step]:
    """Steps: each part, then all of them."""
    return [
        *(have(name, says, why) for name, (says, why) in parts.items()),
        have("all", together(parts), logic, *parts),
    ]

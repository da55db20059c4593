"""The two forms in which a statement may be declared, and what both have.

Objects: Either. Functions: node_of, reading_of.
"""

from __future__ import annotations

from typing import TypeAlias

from symbolic_landscape.former.lemma import Statement as Former
from symbolic_landscape.judge.results import Node
from symbolic_landscape.statement.lemma import Statement

Either: TypeAlias = Former | Statement

READINGS = ("printed", "repaired")


def node_of(statement: Either) -> Node:
    """The key and the reading."""
    return (statement.key, statement.reading)


def reading_of(statement: Either, name: str) -> Either:
    """The statement in the named reading; the printed one where no repair is declared."""
    if name == "repaired" and statement.repaired is not None:
        return statement.repaired
    return statement

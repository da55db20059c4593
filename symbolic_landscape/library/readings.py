"""The readings of a statement, and how a result names one.

Functions: node_of, reading_of.
"""

from __future__ import annotations

from symbolic_landscape.judge.results import Node
from symbolic_landscape.statement.lemma import Statement

READINGS = ("printed", "repaired")


def node_of(statement: Statement) -> Node:
    """The key and the reading."""
    return (statement.key, statement.reading)


def reading_of(statement: Statement, name: str) -> Statement:
    """The statement in the named reading; the printed one where no repair is declared."""
    if name == "repaired" and statement.repaired is not None:
        return statement.repaired
    return statement

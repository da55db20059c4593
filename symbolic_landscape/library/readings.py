"""The readings of a statement, and how a result names one.

Functions: node_of, reading_of, known_key.
"""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from symbolic_landscape.errors import UnknownKeyError
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


def known_key(key: str, known: Collection[str]) -> str:
    """The key; raises UnknownKeyError with the closest ones where it is not among the known."""
    if key in known:
        return key
    near = ", ".join(get_close_matches(key, known, n=3, cutoff=0.5))
    hint = f"; the closest are {near}" if near else ""
    message = f"no statement has the key {key!r}{hint}"
    raise UnknownKeyError(message)

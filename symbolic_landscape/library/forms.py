"""The two forms in which a statement may be declared, and what both have.

Objects: Either. Functions: node_of, reading_of, need_formulas.
"""

from __future__ import annotations

from typing import TypeAlias

from symbolic_landscape.errors import UnknownKeyError
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


def need_formulas(statement: Either, what: str) -> Statement:
    """The statement, where formulas declare it; raises UnknownKeyError in the former form."""
    if isinstance(statement, Statement):
        return statement
    message = (
        f"{statement.key} cannot be {what}: it is declared by Python decisions, and only "
        "statements with formulas are"
    )
    raise UnknownKeyError(message)

"""Claims: what is said of a setting, and how it is said to follow.

A `Claim` is one reading of one statement: variables, standing assumptions, hypotheses by name, the
conclusion, and the steps of its proof.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import Term


@dataclass(frozen=True, eq=False)
class Claim:
    """A statement as the kernel sees it."""

    key: str
    variables: tuple[Term, ...]
    standing: tuple[Term, ...]
    given: Mapping[str, Term]
    then: Term
    proof: tuple[Step, ...]

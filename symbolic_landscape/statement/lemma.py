"""Statements: a claim of a paper in a setting, with what is given, what follows, and the proof.

`Claim` is what the kernel sees of a statement: variables, standing assumptions, hypotheses by name,
the conclusion and the steps. `Statement` adds what a reader wants: key, kind, title, the place in
the paper, the lines of its text, and the repaired reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from symbolic_landscape.errors import DeclarationError
from symbolic_landscape.statement.language import Expr, the
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.step import Cite, Step, walked
from symbolic_landscape.statement.term import FORMULA, Term

KINDS = (
    "definition",
    "assumption",
    "lemma",
    "theorem",
    "proposition",
    "corollary",
    "remark",
    "example",
    "identity",
    "experiment",
    "external",
)
"""Kinds of statements; one of kind `external` is assumed, never derived, and still tried."""

_KEY = re.compile(r"^(external:[A-Za-z0-9_]+|[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)+)$")


@dataclass(frozen=True, eq=False)
class Claim:
    """A statement as the kernel sees it."""

    key: str
    variables: tuple[Term, ...]
    standing: tuple[Term, ...]
    given: Mapping[str, Term]
    then: Term
    proof: tuple[Step, ...]
    assumed: bool = False
    """Whether it is a theorem from outside; it may be cited, and is listed where it is."""


@dataclass(frozen=True, eq=False)
class Statement:
    """One reading of one claim of a paper; `names` are its own variables beside the setting's.

    `hedge` says how the paper hedges the claim, or what an author would answer to a finding.
    """

    key: str
    setting: Setting
    given: Mapping[str, Expr]
    then: Expr
    proof: Sequence[Step] = ()
    kind: str = "lemma"
    title: str = ""
    where: str = ""
    lines: tuple[int, int] | None = None
    names: tuple[Expr, ...] = ()
    standing: tuple[Expr, ...] = ()
    reading: str = "printed"
    repaired: Statement | None = None
    gloss: str = ""
    hedge: str = ""
    expected: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "given", MappingProxyType(dict(self.given)))
        object.__setattr__(self, "proof", tuple(self.proof))
        if not _KEY.match(self.key):
            _refuse(f"a key is like PAPER.T1 or external:name, got {self.key!r}")
        if self.kind not in KINDS:
            _refuse(f"{self.key}: kind must be one of {', '.join(KINDS)}, got {self.kind!r}")
        for what, f in (*self.given.items(), ("the conclusion", self.then)):
            if the(f).sort is not FORMULA:
                _refuse(f"{self.key}: {what} must be a formula, got {f!r}")
        if self.kind == "external" and self.proof:
            _refuse(f"{self.key}: an external theorem is assumed and has no proof, got one")
        own = {str(the(v).name) for v in self.names} & {str(v.name) for v in self.setting.names}
        if own:
            _refuse(f"{self.key}: the setting has {', '.join(sorted(own))} already")

    @cached_property
    def claim(self) -> Claim:
        """What the kernel judges."""
        return Claim(
            self.key if self.reading == "printed" else f"{self.key} ({self.reading})",
            (*self.setting.names, *map(the, self.names)),
            tuple(map(the, (*self.setting.standing, *self.standing))),
            {name: the(f) for name, f in self.given.items()},
            the(self.then),
            tuple(self.proof),
            self.kind == "external",
        )

    @property
    def cites(self) -> tuple[Statement, ...]:
        """The statements that the proof cites, in the order of their first citation."""
        reasons = (step.reason for step in walked(tuple(self.proof)))
        return tuple(dict.fromkeys(r.statement for r in reasons if isinstance(r, Cite)))

    def then_part(self, place: int) -> Expr:
        """One part of a conclusion that is a conjunction, counted from 0."""
        return Expr(the(self.then).args[place])

    @property
    def paper(self) -> str:
        """The key of the paper."""
        return self.key.partition(".")[0].partition(":")[0]

    @property
    def readings(self) -> tuple[Statement, ...]:
        """The printed reading, and the repaired one where there is one."""
        return (self, self.repaired) if self.repaired else (self,)

    def __repr__(self) -> str:
        return f"Statement({self.key}, {self.reading})"


def _refuse(message: str) -> None:
    raise DeclarationError(message)

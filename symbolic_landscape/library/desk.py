"""Judging one reading: what that needs beside the statement, and what stands where it fails.

Functions: alone, unjudged, settle, judge_here. Class: Desk.
"""

from __future__ import annotations

import time
from contextvars import ContextVar
from pathlib import Path

from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.judge.check import judge
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.results import Node, StatementResult
from symbolic_landscape.judge.trial import Trials
from symbolic_landscape.library.common import common
from symbolic_landscape.library.facts import Facts
from symbolic_landscape.library.guard import own_code
from symbolic_landscape.library.loading import Statements
from symbolic_landscape.library.readings import node_of
from symbolic_landscape.statement.lemma import Statement

LONGEST = 900.0
"""So many seconds the judgement of a user's own reading may take."""

Heard = tuple[tuple[Node, str, bool], ...]
"""Cited readings, with why the proof is refused, if it is, and whether all steps are derived."""


def alone(
    proofs: Statements, statement: Statement, shared: Derivations | None = None
) -> StatementResult:
    """The derivation of one reading by itself: what it cites is taken as stated, nothing is tried.

    It serves to show a proof that has not been checked yet; no status follows from it. For many of
    them `shared` keeps what they have in common.
    """
    derivations = Derivations(proofs.rules.values()) if shared is None else shared
    for cited in statement.cites:
        derivations.hear(cited, refused="", derived=False)
    return judge(statement, Options(), derivations)


def unjudged(statement: Statement, reason: str, seconds: float = 0.0) -> StatementResult:
    """The result of a statement whose judgement did not come to an end."""
    return StatementResult(
        key=statement.key,
        paper=statement.paper,
        kind=statement.kind,
        reading=statement.reading,
        evidence="none",
        seconds=seconds,
        cites=tuple(node_of(cited) for cited in statement.cites),
        judged=False,
        tried=False,
        open_obligations=(reason,),
    )


class Desk:
    """What a judgement needs beside the statement."""

    def __init__(self, proofs: Statements, facts: Facts | None = None) -> None:
        self._facts = facts
        self.readings = {node_of(reading): reading for reading in proofs.readings}
        self._builtin = {n for n, r in self.readings.items() if proofs.is_builtin(r)}
        self.derivations = Derivations(proofs.rules.values())
        self._own_rules = tuple(proofs.own_rules.values())
        self._trials: dict[tuple[Options, bool], Trials] = {}

    def trials(self, options: Options, own: bool) -> Trials:
        """What statements are tried on; the settings of a user's own are added for these alone."""
        if (options, own) not in self._trials:
            settings, watched = common()
            if own:
                settings += tuple(r.setting for r in self.readings.values() if self.is_own(r))
            rules = self._own_rules if own else ()
            kept = None if own else self._facts
            made = Trials(dict.fromkeys(settings), watched, self.derivations, options, rules, kept)
            self._trials[options, own] = made
        return self._trials[options, own]

    def is_own(self, statement: Statement) -> bool:
        """Whether it stands in a folder of the user's."""
        return node_of(statement) not in self._builtin

    def judged(self, statement: Statement, options: Options, heard: Heard = ()) -> StatementResult:
        """The judgement; an error of the statement's own code leaves it open."""
        started = time.perf_counter()
        try:
            own = self.is_own(statement)
            limit = LONGEST if own else None
            with own_code(f"{statement.key} ({statement.reading})", limit):
                for node, refused, derived in heard:
                    self.derivations.hear(self.readings[node], refused, derived)
                trials = self.trials(options, own)
                return judge(statement, options, self.derivations, trials.tried)
        except LandscapeError as error:
            reason = f"the judgement stopped: {error}"
            return unjudged(statement, reason, time.perf_counter() - started)
        finally:
            if self._facts is not None:
                self._facts.flush()


_at_hand: ContextVar[Desk] = ContextVar("what a worker process judges with")


def settle(inherited: Desk | None, folders: tuple[Path, ...], facts: Facts | None) -> None:
    """Makes the statements available in a worker process."""
    _at_hand.set(Desk(Statements.load(*folders), facts) if inherited is None else inherited)


def judge_here(node: Node, options: Options, heard: Heard) -> StatementResult:
    """The judgement of one reading in a worker process."""
    desk = _at_hand.get()
    return desk.judged(desk.readings[node], options, heard)

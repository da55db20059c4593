"""Judging one reading, in whatever process: the statements, and what their judgements share.

Objects: Desk. Functions: alone, settle, desk_of, prepared, judged.
"""

from __future__ import annotations

import time
from pathlib import Path

from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.judge.check import judge
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.packing import pack
from symbolic_landscape.judge.results import Node, StatementResult
from symbolic_landscape.judge.trial import Trials
from symbolic_landscape.library.cards import Card, cards_of
from symbolic_landscape.library.common import common
from symbolic_landscape.library.facts import Facts
from symbolic_landscape.library.guard import own_code
from symbolic_landscape.library.loading import Statements
from symbolic_landscape.library.readings import node_of
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.workers.crew import Data

LONGEST = 900.0
"""So many seconds the judgement of a user's own reading may take; a time limit can be shorter."""

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


class Desk:
    """What a judgement needs beside the statement."""

    def __init__(self, proofs: Statements, facts: Facts | None = None) -> None:
        self.proofs, self.facts = proofs, facts
        self.readings = {node_of(reading): reading for reading in proofs.readings}
        cards = cards_of(proofs).by_node.values()
        self._own = {card.node for card in cards if card.folders or not card.file}
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
            kept = None if own else self.facts
            made = Trials(dict.fromkeys(settings), watched, self.derivations, options, rules, kept)
            self._trials[options, own] = made
        return self._trials[options, own]

    def is_own(self, statement: Statement) -> bool:
        """Whether it stands in a folder of the user's."""
        return node_of(statement) in self._own

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
            return Card.of(statement).unjudged(reason, time.perf_counter() - started)
        finally:
            if self.facts is not None:
                self.facts.flush()


# ---- the task ------------------------------------------------------------------------------------
Place = tuple[tuple[str, ...], tuple[str, ...]]
"""The folders beside the built-in statements, and the keys that are wanted, or none for all."""

_desks: dict[Place, Desk] = {}


def settle(proofs: Statements, facts: Facts | None = None) -> None:
    """Makes these statements those that are judged here, and in copies of this process."""
    _desks[tuple(map(str, proofs.folders)), ()] = Desk(proofs, facts)


def desk_of(folders: tuple[str, ...], keys: tuple[str, ...] = ()) -> Desk:
    """The desk for the statements of these folders, loaded where it is not known yet."""
    if (folders, keys) not in _desks:
        _desks[folders, keys] = Desk(Statements.load(*folders, keys=keys))
    return _desks[folders, keys]


def _asked(asked: Data) -> Desk:
    """The desk on which a reading is to be judged."""
    desk = desk_of(tuple(asked["folders"]), tuple(asked["keys"]))
    if asked["facts"] and desk.facts is None:
        path, stamp = asked["facts"]
        desk.facts = Facts(Path(path), stamp)
    return desk


def prepared(asked: Data) -> Data:
    """Makes ready what `judged` needs, which is not part of the time of a judgement."""
    desk = _asked(asked)
    key, reading = asked["node"]
    statement = desk.readings[key, reading]
    desk.trials(Options(**asked["options"]), desk.is_own(statement))
    return None


def judged(asked: Data) -> Data:
    """The judgement of one reading as data, as a task."""
    desk = _asked(asked)
    key, reading = asked["node"]
    heard = tuple(((k, r), refused, derived) for k, r, refused, derived in asked["heard"])
    return pack(desk.judged(desk.readings[key, reading], Options(**asked["options"]), heard))

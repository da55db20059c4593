"""Earlier results on disk: an SQLite file that holds JSON, one entry for each question asked.

The key of an entry is the hash of everything the answer depends on: the statement and its reading,
the files that its file and the checker rest on, the versions of the libraries, and the options. An
entry carries a seal (see seal.py), and on load its steps must be those of the proof. What does not
match is computed anew. Beside the results stand notes, JSON of other kinds under a seal.

Functions: location, key_of, keepable, reproduces. Class: Store.

Design notes. SQLite from the standard library was taken before a cache library because it is one
file that several processes may write at once and that a user can open with any tool. Results with
open obligations are kept only where time had no part in it: else a later run with more time may
close them. A damaged or foreign file is left as it is.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.packing import pack, unpack
from symbolic_landscape.judge.results import AttackResult, Node, StatementResult
from symbolic_landscape.library.facts import Facts
from symbolic_landscape.library.seal import Seal
from symbolic_landscape.workers.stamp import trusted_base

if TYPE_CHECKING:
    from symbolic_landscape.library.cards import Card

VARIABLE = "LEMMA_CHECK_CACHE"
"""The environment variable that moves the cache: a folder, or the file itself."""

SHORT = 1.0
"""A judgement of so many seconds met no limit of time: the shortest one is ten times as long."""

_FILE = "results.sqlite"
_APPLICATION = 0x1E33A001
_FORM = 2
_PATIENCE = 20.0


def location() -> Path:
    """The file of the store: where LEMMA_CHECK_CACHE says, else in the user's cache folder."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        path = Path(chosen)
        return path / _FILE if path.is_dir() else path
    return Path(platformdirs.user_cache_dir("lemma-check", appauthor=False)) / _FILE


def key_of(card: Card, options: Options, sources: str) -> str:
    """The hash of all that the result for this reading depends on; `sources` is that of files."""
    question = {
        "statement": card.key,
        "reading": card.reading,
        "sources": sources,
        "versions": trusted_base(),
        "options": {
            "instances": options.instances,
            "seed": options.seed,
            "bits": options.bits,
        },
    }
    text = json.dumps(question, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def keepable(result: StatementResult) -> bool:
    """Whether a later run would find the same."""
    return result.judged and (not result.open_obligations or result.seconds <= SHORT)


def reproduces(card: Card, result: StatementResult) -> bool:
    """Whether a stored result is about the steps of the proof; the rest is taken as stored."""
    if result.node != card.node:
        return False
    if card.kind == "external":
        return not result.steps
    declared = {path: (word, uses) for path, word, uses in card.steps}
    stored = {step.name: (step.reason, step.uses) for step in result.steps}
    whole = bool(result.derivation.refused) or len(stored) == len(declared)
    return whole and stored.items() <= declared.items()


class Store:
    """Results kept between runs; every trouble with the file is told once and costs only time."""

    def __init__(self, path: Path, warn: Callable[[str], None]) -> None:
        self.path = path
        self._warn = warn
        self._told = False
        self._connection: sqlite3.Connection | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
            self._prepare(self._connection)
            self._seal = Seal(path)
        except (OSError, sqlite3.Error) as error:
            self._give_up("is left alone", error)

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Makes the table anew in a new file, or in one of an earlier form.

        Raises sqlite3.DatabaseError for a file of others.
        """
        if _marks(connection) != (_APPLICATION, _FORM):
            connection.execute("BEGIN IMMEDIATE")
            mark, form = _marks(connection)
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if mark != _APPLICATION and (mark or tables):
                connection.execute("ROLLBACK")
                message = "it is a database of another program"
                raise sqlite3.DatabaseError(message)
            if form != _FORM:
                connection.execute("DROP TABLE IF EXISTS results")
                connection.execute("DROP TABLE IF EXISTS facts")
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {_FORM}")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS results "
                "(key TEXT PRIMARY KEY, value TEXT NOT NULL, seal TEXT NOT NULL)"
            )
            connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("SELECT count(*) FROM results WHERE key = ''").fetchone()

    def load(self, key: str, card: Card) -> StatementResult | None:
        """The kept result under this key, its evidence looked at again, or None."""
        row = self._row(key)
        if row is None:
            return None
        value, seal = row
        if self._seal.fits(key, value, seal):
            with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
                result = unpack(json.loads(value))
                if keepable(result) and reproduces(card, result):
                    return result
        self._tell(
            f"the cached result of {card.key} ({card.reading}) does not stand up to "
            "its check and is computed anew"
        )
        return None

    def alarm(self, key: str, node: Node, words: str) -> str:
        """Throws a result away that is not what is decided now, and says so."""
        what = f"{node[0]} ({node[1]})"
        told = f"ALARM: {words}, unlike in the kept result of {what}, which is thrown away"
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("DELETE FROM results WHERE key = ?", (key,))
        self._warn(told)
        return told

    def save(self, key: str, result: StatementResult) -> None:
        """Keeps a result that a later run would find too."""
        if keepable(result):
            self._keep(key, json.dumps(pack(result), allow_nan=False))

    def load_score(self, key: str) -> AttackResult | None:
        """What the last attack found, under the key of the result, or None."""
        place = f"attack {key}"
        row = self._row(place) if key else None
        if row is not None and self._seal.fits(place, *row):
            with contextlib.suppress(ValueError, KeyError, TypeError):
                data = json.loads(row[0])
                return AttackResult(data["tried"], data["noticed"], tuple(data["unnoticed"]))
        return None

    def save_score(self, key: str, score: AttackResult) -> None:
        """Keeps what an attack found."""
        if key:
            self._keep(f"attack {key}", json.dumps(asdict(score)))

    def note(self, place: str) -> Any:
        """The data that `keep_note` wrote in this place; None where there are none."""
        row = self._row(f"note {place}")
        if row is not None and self._seal.fits(f"note {place}", *row):
            with contextlib.suppress(ValueError):
                return json.loads(row[0])
        return None

    def keep_note(self, place: str, data: Any) -> None:
        """Keeps data in a place, instead of what was there."""
        self._keep(f"note {place}", json.dumps(data, allow_nan=False))

    def facts(self, sources: str) -> Facts | None:
        """The kept verdicts on formulas that rest on these sources and the present versions."""
        if self._connection is None:
            return None
        text = json.dumps([sources, trusted_base()], sort_keys=True)
        stamp = hashlib.sha256(text.encode()).hexdigest()
        try:
            facts = Facts(self.path, stamp)
            facts.prepare()
        except (OSError, sqlite3.Error) as error:
            self._give_up("cannot be written", error)
            return None
        return facts

    def close(self) -> None:
        """Closes the file; the store answers nothing afterwards."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _row(self, key: str) -> tuple[str, str] | None:
        """Value and seal under this key, or None; the seal is not yet looked at."""
        if self._connection is None:
            return None
        query = "SELECT value, seal FROM results WHERE key = ?"
        try:
            row: tuple[str, str] | None = self._connection.execute(query, (key,)).fetchone()
        except sqlite3.Error as error:
            self._give_up("is left alone", error)
            return None
        return row

    def _keep(self, key: str, value: str) -> None:
        """Writes a value with its seal."""
        if self._connection is None:
            return
        row = (key, value, self._seal.of(key, value))
        try:
            self._connection.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", row)
        except sqlite3.Error as error:
            self._give_up("cannot be written", error)

    def _tell(self, message: str) -> None:
        if not self._told:
            self._told = True
            self._warn(message)

    def _give_up(self, trouble: str, error: Exception) -> None:
        self.close()
        self._tell(f"the cache {self.path} {trouble} and is not used: {error}")


def _marks(connection: sqlite3.Connection) -> tuple[int, int]:
    """Whose file it is, and in which form."""
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    (form,) = connection.execute("PRAGMA user_version").fetchone()
    return mark, form

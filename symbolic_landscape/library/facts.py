"""Verdicts on formulas on instances on disk: the processes of a run share them, and later runs.

A verdict depends on the formula, on the values that the formula may look at and on the decisions
of its setting that are asked; that is its key. All that it rests on beside, the engine and the
files of the settings, is in the stamp: verdicts under another stamp are never read, and are thrown
away. So a changed proof costs its new formulas only.

Class: Facts.

Design notes. A run that has loaded code of a user's gets no such table: what that code does to the
engine or to built-in settings must not reach a later run. Each process has a connection of its own,
opened when it first asks. Trouble with the file costs only time.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from pathlib import Path

from symbolic_landscape.library.seal import Seal
from symbolic_landscape.verdict import Evidence, Outcome, Verdict

_PATIENCE = 20.0


class Facts:
    """The verdicts under one stamp in an SQLite file.

    Raises OSError where nothing can be sealed.
    """

    def __init__(self, path: Path, stamp: str) -> None:
        self.path, self.stamp = path, stamp
        self._seal = Seal(path)
        self._fresh: dict[str, Verdict] = {}
        self._process = 0
        self._connection: sqlite3.Connection | None = None

    def __reduce__(self) -> tuple[type[Facts], tuple[Path, str]]:
        return Facts, (self.path, self.stamp)

    def prepare(self) -> None:
        """Makes the table, without verdicts under other stamps.

        Raises sqlite3.Error where the file cannot be written.
        """
        connection = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
        try:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS facts (key TEXT PRIMARY KEY, stamp TEXT NOT NULL, "
                "value TEXT NOT NULL, seal TEXT NOT NULL) WITHOUT ROWID"
            )
            connection.execute("DELETE FROM facts WHERE stamp != ?", (self.stamp,))
        finally:
            connection.close()

    def find(self, question: str) -> Verdict | None:
        """The verdict that is kept; None where there is none, or a damaged one."""
        key, connection = self._key(question), self._opened()
        if connection is None:
            return None
        try:
            query = "SELECT value, seal FROM facts WHERE key = ? AND stamp = ?"
            row = connection.execute(query, (key, self.stamp)).fetchone()
        except sqlite3.Error:
            self._connection = None
            return None
        if row is None or not self._seal.fits(key, *row):
            return None
        outcome, evidence, reason = json.loads(row[0])
        return Verdict(Outcome(outcome), Evidence(evidence), reason)

    def add(self, question: str, verdict: Verdict) -> None:
        """Takes a verdict, which is kept from the next `flush` on."""
        self._fresh[question] = verdict

    def flush(self) -> None:
        """Writes what was added."""
        rows = []
        for question, v in self._fresh.items():
            key, value = self._key(question), json.dumps([v.outcome.value, v.evidence, v.reason])
            rows.append((key, self.stamp, value, self._seal.of(key, value)))
        self._fresh.clear()
        connection = self._opened()
        if connection is None or not rows:
            return
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?)", rows)
            connection.execute("COMMIT")
        except sqlite3.Error:
            self._connection = None

    def _key(self, question: str) -> str:
        return hashlib.blake2b(f"{self.stamp}\0{question}".encode(), digest_size=16).hexdigest()

    def _opened(self) -> sqlite3.Connection | None:
        """The connection of this process; None after trouble."""
        if self._process != os.getpid():
            self._process, self._connection = os.getpid(), None
            try:
                self._connection = sqlite3.connect(
                    self.path, timeout=_PATIENCE, isolation_level=None
                )
            except sqlite3.Error:
                return None
        return self._connection

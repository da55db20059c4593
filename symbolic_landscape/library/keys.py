"""Under which keys results are kept: what a result rests on, as one text.

Function: checkers. Class: Keys.
"""

from __future__ import annotations

from pathlib import Path

from symbolic_landscape.judge import statuses
from symbolic_landscape.judge.options import Options
from symbolic_landscape.library.catalogue import python_files
from symbolic_landscape.library.closure import closure_hash
from symbolic_landscape.library.common import settings_files
from symbolic_landscape.library.loading import Statements
from symbolic_landscape.library.store import key_of
from symbolic_landscape.statement.lemma import Statement


def checkers() -> tuple[Path, ...]:
    """The files on which a verdict, and a result in the new form, rests beside its statement's."""
    judge = Path(statuses.__file__).parent
    return (judge / "check.py", judge / "trial.py", *settings_files())


class Keys:
    """Under which keys the results of a run are kept.

    Code of a user's may change what the package does in its process. So where some is loaded, no
    result of a built-in statement goes where a run without that code would find it.
    """

    def __init__(self, proofs: Statements, options: Options) -> None:
        self._proofs = proofs
        self._options = options
        self._checkers = checkers()
        self._own = [file for folder in proofs.folders for file in python_files(folder)]
        self._hashes: dict[tuple[str, bool], str] = {}

    def of(self, statement: Statement) -> str:
        """The key of a reading's result; empty where it is not known in which file it stands."""
        return self._key(statement, beside=True)

    def known(self, statement: Statement) -> tuple[str, ...]:
        """The keys under which a result may be found, that of a run without own code first."""
        found = [self.of(statement)]
        if self._own and self._proofs.is_builtin(statement):
            found.insert(0, self._key(statement, beside=False))
        return tuple(key for key in found if key)

    def _key(self, statement: Statement, *, beside: bool) -> str:
        """The key, with the files of the user's folders as part of it or not."""
        file = self._proofs.file(statement)
        if not file:
            return ""
        if (file, beside) not in self._hashes:
            own = self._own if beside else []
            self._hashes[file, beside] = closure_hash([Path(file), *self._checkers, *own])
        return key_of(statement, self._options, self._hashes[file, beside])

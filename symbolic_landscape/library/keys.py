"""Under which keys results are kept.

Classes: Keys. Functions: checkers.

Design notes. Built-in statements are judged where no code of a user's is loaded, so their results
do not depend on it; a statement of a user's own depends on all files of its folders.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from symbolic_landscape.judge import statuses
from symbolic_landscape.judge.options import Options
from symbolic_landscape.library.cards import Card
from symbolic_landscape.library.catalogue import python_files
from symbolic_landscape.library.closure import closure_hash
from symbolic_landscape.library.common import settings_files
from symbolic_landscape.library.store import key_of


def checkers() -> tuple[Path, ...]:
    """The files on which a verdict, and a result in the new form, rests beside its statement's."""
    judge = Path(statuses.__file__).parent
    return (judge / "check.py", judge / "trial.py", *settings_files())


class Keys:
    """The keys of the results of a run."""

    def __init__(self, folders: Iterable[Path], options: Options) -> None:
        self._options = options
        self._checkers = checkers()
        self._own = [file for folder in folders for file in python_files(folder)]
        self._hashes: dict[str, str] = {}

    def of(self, card: Card) -> str:
        """The key of a reading's result; empty where it is not known in which file it stands."""
        sources = self.sources(card)
        return key_of(card, self._options, sources) if sources else ""

    def sources(self, card: Card) -> str:
        """The hash of what a reading's result rests on; empty where its file is not known."""
        if card.sources or not card.file:
            return card.sources
        if card.file not in self._hashes:
            own = self._own if card.folders else []
            self._hashes[card.file] = closure_hash([Path(card.file), *self._checkers, *own])
        return self._hashes[card.file]

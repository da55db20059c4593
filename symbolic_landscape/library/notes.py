"""What is read off the sources of the package, kept in the store as long as no source changes.

Classes: Note. Functions: listed.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from symbolic_landscape.library.catalogue import Entry, builtin_folder, entries
from symbolic_landscape.library.store import Store
from symbolic_landscape.workers.stamp import is_unchanged, stamp


class Note:
    """JSON data in one place of the store; good for these source files and versions alone."""

    def __init__(self, store: Store, place: str) -> None:
        self._store, self._place = store, place
        self._stamp = {**stamp(), "folder": str(builtin_folder())}

    def read(self) -> Any:
        """The data; None where there are none, or they are of other sources."""
        note = self._store.note(self._place)
        return note["data"] if note is not None and note["stamp"] == self._stamp else None

    def write(self, data: Any) -> None:
        """Keeps data that were read off the sources, unless these have changed since."""
        if is_unchanged():
            self._store.keep_note(self._place, {"stamp": self._stamp, "data": data})


def listed(store: Store) -> tuple[Entry, ...]:
    """The built-in statements as they are declared."""
    note = Note(store, "list")
    rows = note.read()
    if rows is None:
        rows = [asdict(entry) for entry in entries()]
        note.write(rows)
    return tuple(Entry(**row) for row in rows)

"""What is kept of the built-in statements: good for the same sources alone, and under a seal."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from own_proofs import RIGHT, folder

from symbolic_landscape.judge.options import Options
from symbolic_landscape.library import cards as cards_module
from symbolic_landscape.library import notes
from symbolic_landscape.library.cards import cards_of
from symbolic_landscape.library.catalogue import entries
from symbolic_landscape.library.keys import Keys
from symbolic_landscape.library.loading import Statements
from symbolic_landscape.library.notes import Note, listed
from symbolic_landscape.library.plans import Plan
from symbolic_landscape.library.store import Store

KEYS = ["NH17.T3.4"]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "s", pytest.fail)


def plan(store: Store) -> Plan:
    return Plan(store, KEYS, None, "both")


def test_plan_says_what_loading_says(store: Store) -> None:
    assert plan(store).cards() is None
    proofs = Statements.load(keys=KEYS)
    plan(store).keep(proofs)
    found, loaded = plan(store).cards(), cards_of(proofs)
    assert found is not None
    keys, options = Keys((), Options()), {"paper": None, "reading": "both"}
    planned = found.planned(KEYS)
    assert [card.node for card in planned] == [card.node for card in loaded.planned(KEYS)]
    assert [keys.of(card) for card in planned] == [keys.of(c) for c in loaded.planned(KEYS)]
    assert [card.steps for card in planned] == [card.steps for card in loaded.planned(KEYS)]
    assert Plan(store, ["NH17.T3.8"], **options).cards() is None, "it is of one request"
    one = found.inside(["NH17.L3.5"])
    assert one.printed("NH17.L3.5") is proofs.printed("NH17.L3.5")


def test_plan_of_other_sources_is_not_used(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    plan(store).keep(Statements.load(keys=KEYS))
    assert plan(store).cards() is not None
    monkeypatch.setattr(notes, "stamp", lambda: {"source files": "others"})
    assert plan(store).cards() is None


def test_nothing_is_kept_where_sources_changed_meanwhile(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notes, "is_unchanged", lambda: False)
    plan(store).keep(Statements.load(keys=KEYS))
    assert plan(store).cards() is None


def test_plan_beside_own_statements_is_not_kept(store: Store, tmp_path: Path) -> None:
    plan(store).keep(Statements.load(folder(tmp_path / "own", one=RIGHT), keys=KEYS))
    assert plan(store).cards() is None


def test_note_that_another_wrote_is_not_believed(store: Store) -> None:
    note = Note(store, "here")
    note.write([1])
    assert note.read() == [1]
    with sqlite3.connect(store.path) as connection:
        connection.execute("UPDATE results SET value = replace(value, '[1]', '[2]')")
    connection.close()
    assert note.read() is None
    note.write([3])
    with sqlite3.connect(store.path) as connection:
        connection.execute("UPDATE results SET key = 'note there'")
    connection.close()
    assert Note(store, "there").read() is None, "nor where it was moved"


def test_list_is_the_same_from_the_store(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = listed(store)
    assert first == entries()
    monkeypatch.setattr(notes, "entries", lambda: pytest.fail("the files are read again"))
    assert listed(store) == first


def test_own_files_do_not_say_what_they_rest_on() -> None:
    (card, *_) = cards_of(Statements.load(keys=KEYS)).by_node.values()
    row = {**vars(card), "sources": "what another result is kept under"}
    assert cards_module._own(row, ("folder",)).sources == ""

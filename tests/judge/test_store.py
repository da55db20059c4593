"""The store of earlier results: its keys, what it refuses, and its manners with the file."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import multiprocessing
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from own_proofs import OPEN, RIGHT, WRONG, folder

from symbolic_landscape.arithmetic import msolve
from symbolic_landscape.critical import budget
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.packing import pack
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.library import store as module
from symbolic_landscape.library.cards import Card
from symbolic_landscape.library.closure import closure, closure_hash
from symbolic_landscape.library.desk import Desk
from symbolic_landscape.library.lemmas import load_proofs
from symbolic_landscape.library.seal import Seal, key_file
from symbolic_landscape.library.store import (
    Store,
    key_of,
    location,
)
from symbolic_landscape.workers import stamp
from symbolic_landscape.workers.stamp import trusted_base

OPTIONS = Options(instances=5)


def statement(path: Path, text: str = RIGHT) -> Card:
    proofs = load_proofs(folder(path / "proofs", one=text))
    return next(Card.of(s) for s in proofs.statements if s.key.startswith("OWN."))


def judged(path: Path, text: str = RIGHT) -> tuple[Card, StatementResult]:
    proofs = load_proofs(folder(path / "proofs", one=text))
    made = next(s for s in proofs.statements if s.key.startswith("OWN."))
    return Card.of(made), Desk(proofs).judged(made, OPTIONS)


@pytest.fixture
def warned() -> list[str]:
    return []


def put(path: Path, key: str, value: str, seal: str | None = None) -> None:
    """Writes a row, with the right seal if none is given."""
    with sqlite3.connect(path) as connection:
        row = (key, value, Seal(path).of(key, value) if seal is None else seal)
        connection.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", row)
    connection.close()


def test_result_comes_back_as_it_was(tmp_path: Path, warned: list[str]) -> None:
    made, result = judged(tmp_path, WRONG)
    with Store(tmp_path / "s", warned.append) as store:
        store.save("k", result)
    with Store(tmp_path / "s", warned.append) as store:
        assert store.load("k", made) == result
        assert store.load("other", made) is None
    assert not warned


def test_open_obligations_are_kept_where_time_had_no_part(
    tmp_path: Path, warned: list[str]
) -> None:
    made, result = judged(tmp_path, OPEN)
    assert result.open_obligations
    quick = dataclasses.replace(result, seconds=module.SHORT)
    slow = dataclasses.replace(result, seconds=module.SHORT + 0.1)
    cut = dataclasses.replace(quick, judged=False)
    with Store(tmp_path / "s", warned.append) as store:
        for one in (slow, cut):
            store.save("k", one)
            assert store.load("k", made) is None
        store.save("k", quick)
        assert store.load("k", made) == quick
        for one in (slow, cut):
            put(tmp_path / "s", "k", json.dumps(pack(one)))
            assert store.load("k", made) is None
    assert len(warned) == 1


def test_short_judgements_meet_no_limit_of_time() -> None:
    assert min(budget.SECONDS, msolve.SECONDS) >= 10 * module.SHORT


def _key(data: dict[str, Any]) -> None:
    data["key"] = "OWN.R9"


def _reading(data: dict[str, Any]) -> None:
    data["reading"] = "repaired"


def _step(data: dict[str, Any]) -> None:
    data["steps"][0]["name"] = "another"


def _reason(data: dict[str, Any]) -> None:
    data["steps"][0]["reason"] = "rule"


def _fewer(data: dict[str, Any]) -> None:
    data["steps"].pop(0)


def _shape(data: dict[str, Any]) -> None:
    del data["steps"]


def _type(data: dict[str, Any]) -> None:
    data["instances"] = 3


@pytest.mark.parametrize("change", [_key, _reading, _step, _reason, _fewer, _shape, _type])
def test_evidence_that_does_not_stand_up_is_ignored(
    tmp_path: Path, warned: list[str], change: Callable[[dict[str, Any]], None]
) -> None:
    made, result = judged(tmp_path)
    data = json.loads(json.dumps(pack(result)))
    with Store(tmp_path / "s", warned.append) as store:
        put(tmp_path / "s", "k", json.dumps(data))
        assert store.load("k", made) is not None, "the unchanged row is taken"
        change(data)
        put(tmp_path / "s", "k", json.dumps(data))
        assert store.load("k", made) is None
        assert store.load("k", made) is None
    assert len(warned) == 1, "told once"
    assert "OWN.R1" in warned[0]


@pytest.mark.parametrize("value", ["", "no json", "[]", "null", "3"])
def test_value_of_another_shape_is_ignored(tmp_path: Path, warned: list[str], value: str) -> None:
    made = statement(tmp_path)
    with Store(tmp_path / "s", warned.append) as store:
        put(tmp_path / "s", "k", value)
        assert store.load("k", made) is None
    assert len(warned) == 1


def test_row_written_by_one_without_the_key_is_ignored(tmp_path: Path, warned: list[str]) -> None:
    made, result = judged(tmp_path)
    value = json.dumps(pack(result))
    guesses = (
        "",
        "0" * 64,
        hashlib.sha256(value.encode()).hexdigest(),
        Seal(tmp_path / "t").of("k", value),
    )
    with Store(tmp_path / "s", warned.append) as store:
        for guess in guesses:
            put(tmp_path / "s", "k", value, seal=guess)
            assert store.load("k", made) is None
    assert len(warned) == 1


def test_row_that_was_moved_or_changed_is_ignored(tmp_path: Path, warned: list[str]) -> None:
    made, result = judged(tmp_path)
    with Store(tmp_path / "s", warned.append) as store:
        store.save("k", result)
        with sqlite3.connect(tmp_path / "s") as connection:
            connection.execute("INSERT INTO results SELECT 'other', value, seal FROM results")
            connection.execute("UPDATE results SET value = value || ' ' WHERE key = 'k'")
        connection.close()
        assert store.load("other", made) is None
        assert store.load("k", made) is None
    assert len(warned) == 1


def test_key_is_for_its_owner_alone(tmp_path: Path, warned: list[str]) -> None:
    made, result = judged(tmp_path)
    path = tmp_path / "s"
    with Store(path, warned.append) as store:
        store.save("k", result)
    key = key_file(path)
    assert key.stat().st_mode & 0o777 == 0o600
    key.chmod(0o644)
    with Store(path, warned.append) as store:
        assert store.load("k", made) is None
    assert len(warned) == 1
    assert "owner alone" in warned[0]
    key.chmod(0o600)
    key.write_bytes(b"")
    with Store(path, lambda message: warned.append(message)) as store:
        assert store.load("k", made) is None
    key.unlink()
    with Store(path, warned.append) as store:
        assert store.load("k", made) is None, "a new key fits nothing"
        store.save("k", result)
        assert store.load("k", made) == result


def test_file_of_an_earlier_form_is_emptied(tmp_path: Path, warned: list[str]) -> None:
    made, result = judged(tmp_path)
    path = tmp_path / "s"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA application_id = 0x1E33A001")
        connection.execute("CREATE TABLE results (key TEXT PRIMARY KEY, value TEXT, checksum TEXT)")
        connection.execute("INSERT INTO results VALUES ('k', '{}', '')")
    connection.close()
    with Store(path, warned.append) as store:
        assert store.load("k", made) is None
        store.save("k", result)
        assert store.load("k", made) == result
    assert not warned


def test_corrupt_file_is_left_as_it_is(tmp_path: Path, warned: list[str]) -> None:
    made, result = judged(tmp_path)
    path = tmp_path / "s"
    path.write_bytes(b"this is no database, but somebody's letter" * 50)
    before = path.read_bytes()
    with Store(path, warned.append) as store:
        store.save("k", result)
        assert store.load("k", made) is None
    assert path.read_bytes() == before
    assert len(warned) == 1
    assert str(path) in warned[0]


def test_database_of_another_program_is_left_as_it_is(tmp_path: Path, warned: list[str]) -> None:
    path = tmp_path / "s"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE results (letters TEXT)")
        connection.execute("INSERT INTO results VALUES ('dear')")
    connection.close()
    before = path.read_bytes()
    with Store(path, warned.append) as store:
        assert store.load("k", statement(tmp_path)) is None
    assert path.read_bytes() == before
    assert len(warned) == 1
    assert "another program" in warned[0]


def test_damage_inside_the_file_is_survived(tmp_path: Path, warned: list[str]) -> None:
    made, result = judged(tmp_path)
    path = tmp_path / "s"
    with Store(path, warned.append) as store:
        for number in range(40):
            store.save(f"k{number}", result)
    content = bytearray(path.read_bytes())
    content[1500:] = b"\xff" * (len(content) - 1500)
    path.write_bytes(content)
    with Store(path, warned.append) as store:
        for number in range(40):
            assert store.load(f"k{number}", made) is None
        store.save("new", result)
    assert len(warned) == 1


def test_place_that_cannot_be_used_costs_one_warning(tmp_path: Path, warned: list[str]) -> None:
    (tmp_path / "file").write_text("")
    with Store(tmp_path / "file" / "below", warned.append) as store:
        assert store.load("k", statement(tmp_path)) is None
    assert len(warned) == 1


def _write(path: Path, result: StatementResult, worker: int) -> None:
    for number in range(20):
        with Store(path, lambda message: pytest.fail(message)) as store:
            store.save(f"{worker}:{number}", result)


def test_processes_may_write_at_once(tmp_path: Path, warned: list[str]) -> None:
    made, result = judged(tmp_path)
    context = multiprocessing.get_context("fork")
    workers = [
        context.Process(target=_write, args=(tmp_path / "s", result, worker)) for worker in range(4)
    ]
    for process in workers:
        process.start()
    for process in workers:
        process.join()
        assert process.exitcode == 0
    with Store(tmp_path / "s", warned.append) as store:
        for worker in range(4):
            for number in range(20):
                assert store.load(f"{worker}:{number}", made) == result
    assert not warned


def test_key_depends_on_all_that_the_answer_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = statement(tmp_path)
    keys = [
        key_of(made, OPTIONS, "s"),
        key_of(made, OPTIONS, "another source"),
        key_of(made, Options(instances=6), "s"),
        key_of(made, Options(instances=5, seed=1), "s"),
        key_of(made, Options(instances=5, bits=64), "s"),
        key_of(dataclasses.replace(made, key="OWN.R9"), OPTIONS, "s"),
        key_of(dataclasses.replace(made, reading="repaired"), OPTIONS, "s"),
    ]
    monkeypatch.setattr(module, "trusted_base", lambda: {"python": "4"})
    keys.append(key_of(made, OPTIONS, "s"))
    assert len(set(keys)) == len(keys)


def test_key_is_the_same_in_every_process(tmp_path: Path) -> None:
    made = statement(tmp_path)
    assert key_of(made, OPTIONS, "s") == key_of(made, OPTIONS, "s")
    assert len(key_of(made, OPTIONS, "s")) == 64


def test_closure_hash_sees_content_and_names(tmp_path: Path) -> None:
    place = folder(tmp_path, a="x = 1\n")
    hashes = [closure_hash([place / "a.py"])]
    place = folder(tmp_path / "again", a="x = 2\n")
    hashes.append(closure_hash([place / "a.py"]))
    (place / "a.py").rename(place / "b.py")
    hashes.append(closure_hash([place / "b.py"]))
    assert len(set(hashes)) == 3


def test_closure_has_what_a_file_imports_and_no_more(tmp_path: Path) -> None:
    text = "from symbolic_landscape.proofs.rules import (\n  ranks,  # (no more)\n  sums as s,\n)\n"
    place = folder(tmp_path, a=text)
    names = {path.name for path in closure([place / "a.py"])}
    assert {"a.py", "ranks.py", "sums.py", "rule.py", "term.py", "errors.py"} <= names
    assert "limits.py" not in names, "the package gathers all rules, the file needs two"
    assert "kernel.py" not in names


def test_closure_follows_what_a_package_takes_from_elsewhere(tmp_path: Path) -> None:
    place = folder(tmp_path, a="from symbolic_landscape.arithmetic import QQ\n")
    found = closure([place / "a.py"])
    assert any(path.parts[-2:] == ("arithmetic", "fields.py") for path in found)


def test_trusted_base_names_versions() -> None:
    base = trusted_base()
    assert set(base) == {"python", "symbolic_landscape", *stamp.LIBRARIES}
    assert all(version[0].isdigit() for version in base.values())


def test_missing_library_is_named_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamp, "LIBRARIES", ("no-such-library",))
    trusted_base.cache_clear()
    try:
        assert trusted_base()["no-such-library"] == "not installed"
    finally:
        trusted_base.cache_clear()


def test_location_follows_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEMMA_CHECK_CACHE", str(tmp_path))
    assert location() == tmp_path / "results.sqlite"
    monkeypatch.setenv("LEMMA_CHECK_CACHE", str(tmp_path / "own.file"))
    assert location() == tmp_path / "own.file"
    monkeypatch.delenv("LEMMA_CHECK_CACHE")
    assert location().name == "results.sqlite"
    assert "lemma-check" in str(location())

"""Running many judgements: the plan, processes, time limits, interrupts, the store."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from own_proofs import CITING, CLUMSY, DEADLY, OPEN, RECORDED, RIGHT, SLOW, WRONG, folder

from symbolic_landscape.errors import UnknownKeyError
from symbolic_landscape.library import desk, run
from symbolic_landscape.library.again import disagreements
from symbolic_landscape.library.lemmas import Proofs, load_proofs
from symbolic_landscape.library.seal import Seal
from symbolic_landscape.library.store import Store
from symbolic_landscape.report.data import dump, schema

jsonschema = pytest.importorskip("jsonschema")


def loaded(path: Path, **files: str) -> Proofs:
    return load_proofs(folder(path, **files))


def own(report: run.CheckReport) -> dict[tuple[str, str], str]:
    return {node: word for node, word in report.statuses.items() if node[0].startswith("OWN.")}


def without_seconds(data: Any) -> Any:
    if isinstance(data, dict):
        return {k: without_seconds(v) for k, v in data.items() if k != "seconds"}
    return [without_seconds(v) for v in data] if isinstance(data, list) else data


def as_text(report: run.CheckReport) -> str:
    """The JSON text but for the seconds, the order of its fields included."""
    return dump(without_seconds(report.to_data()))


def keys(proofs: Proofs) -> list[str]:
    return [key for key in proofs if key.startswith("OWN.")]


def test_plan_takes_all_below_in_the_order_of_the_proofs(tmp_path: Path) -> None:
    proofs = loaded(tmp_path, a=CITING, b=RIGHT)
    assert [s.key for s in run.plan(proofs, ["OWN.L9"])] == ["OWN.L8", "OWN.L9"]
    assert [s.key for s in run.plan(proofs, ["OWN.R1", "OWN.L8"])] == ["OWN.L8", "OWN.R1"]


def test_plan_takes_readings(tmp_path: Path) -> None:
    proofs = loaded(tmp_path, a=RECORDED, b=RIGHT)

    def nodes(reading: str) -> list[tuple[str, str]]:
        return [(s.key, s.reading) for s in run.plan(proofs, keys(proofs), reading=reading)]

    assert nodes("printed") == [("OWN.R3", "printed"), ("OWN.R1", "printed")]
    assert nodes("repaired") == [("OWN.R3", "repaired"), ("OWN.R1", "printed")]
    assert nodes("both") == [("OWN.R3", "printed"), ("OWN.R3", "repaired"), ("OWN.R1", "printed")]


def test_plan_takes_a_paper(tmp_path: Path) -> None:
    proofs = loaded(tmp_path, a=RIGHT, b=RIGHT.replace("OWN.R1", "OTHER.R1"))
    assert [s.key for s in run.plan(proofs, paper="OWN")] == ["OWN.R1"]


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"keys": ["OWN.R11"]}, "no statement has the key 'OWN.R11'"),
        ({"paper": "OWNN"}, "OWN"),
        ({"paper": "OTHER", "keys": ["OWN.R1"]}, "must be a statement of OTHER"),
        ({"reading": "best"}, "printed, repaired, both"),
    ],
)
def test_plan_refuses_in_one_sentence(tmp_path: Path, wish: dict[str, Any], words: str) -> None:
    proofs = loaded(tmp_path, a=RIGHT, b=RIGHT.replace("OWN.R1", "OTHER.R1"))
    with pytest.raises(UnknownKeyError, match=words):
        run.plan(proofs, **wish)


@pytest.mark.parametrize(
    "option", [{"jobs": 0}, {"instances": -1}, {"bits": 1}, {"timeout": 0.0}, {"timeout": -1.0}]
)
def test_check_refuses_options_out_of_range(tmp_path: Path, option: dict[str, Any]) -> None:
    with pytest.raises(UnknownKeyError, match=next(iter(option))):
        run.check(loaded(tmp_path, a=RIGHT), ["OWN.R1"], **option)


def test_check_finds_each_status(tmp_path: Path) -> None:
    proofs = loaded(tmp_path, a=RIGHT, b=WRONG, c=RECORDED, d=OPEN)
    report = run.check(proofs, keys(proofs))
    assert own(report) == {
        ("OWN.R1", "printed"): "derived",
        ("OWN.R2", "printed"): "refuted",
        ("OWN.R3", "printed"): "refuted",
        ("OWN.R3", "repaired"): "checked",
        ("OWN.R4", "printed"): "undecided",
    }
    assert report.exit_status == 1
    (finding,) = [f for f in report.result("OWN.R2").findings if f.kind == "refuted"]
    assert finding.counterexample is not None
    assert finding.counterexample["values"] == {"n": 9}


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"a": RIGHT}, 0),
        ({"a": RECORDED}, 0),
        ({"a": WRONG}, 1),
        ({"a": OPEN}, 3),
        ({"a": OPEN, "b": WRONG}, 1),
    ],
)
def test_exit_status(tmp_path: Path, files: dict[str, str], code: int) -> None:
    proofs = loaded(tmp_path, **files)
    assert run.check(proofs, keys(proofs)).exit_status == code


def test_result_of_a_reading_that_was_not_run_is_refused(tmp_path: Path) -> None:
    report = run.check(loaded(tmp_path, a=RIGHT), ["OWN.R1"])
    assert "OWN.R1 (printed): derived" in repr(report)
    with pytest.raises(UnknownKeyError, match="contain OWN"):
        report.result("OWN.R2")


def test_content_does_not_depend_on_processes(tmp_path: Path) -> None:
    files = {"a": RIGHT, "b": WRONG, "c": RECORDED, "d": OPEN, "e": CITING, "f": CLUMSY}
    proofs = loaded(tmp_path, **files)
    wanted = keys(proofs)
    one = run.check(proofs, wanted)
    two = run.check(proofs, list(reversed(wanted)), jobs=2)
    assert as_text(one) == as_text(two)
    jsonschema.validate(one.to_data(), schema("check"))


def test_examples_that_raise_leave_their_statement_open(tmp_path: Path) -> None:
    report = run.check(loaded(tmp_path, a=CLUMSY, b=RIGHT), ["OWN.R7", "OWN.R1"])
    assert own(report) == {("OWN.R7", "printed"): "undecided", ("OWN.R1", "printed"): "derived"}
    (reason,) = report.result("OWN.R7").open_obligations
    assert "a.py" in reason
    assert "no numbers today" in reason


def test_timeout_leaves_a_statement_undecided_and_the_others_go_on(tmp_path: Path) -> None:
    proofs = loaded(tmp_path, a=SLOW, b=RIGHT)
    report = run.check(proofs, keys(proofs), timeout=4)
    assert own(report) == {("OWN.R5", "printed"): "undecided", ("OWN.R1", "printed"): "derived"}
    assert report.result("OWN.R5").open_obligations == ("ran out of time after 4 s",)
    assert report.exit_status == 3
    jsonschema.validate(report.to_data(), schema("check"))


def test_killed_worker_leaves_its_statement_undecided(tmp_path: Path) -> None:
    proofs = loaded(tmp_path, a=DEADLY, b=RIGHT, c=WRONG)
    report = run.check(proofs, keys(proofs), jobs=2)
    assert own(report) == {
        ("OWN.R6", "printed"): "undecided",
        ("OWN.R1", "printed"): "derived",
        ("OWN.R2", "printed"): "refuted",
    }
    (reason,) = report.result("OWN.R6").open_obligations
    assert "ended early with exit code -9" in reason


@pytest.mark.parametrize("jobs", [1, 2])
def test_interrupt_leaves_a_partial_report(tmp_path: Path, jobs: int) -> None:
    proofs = loaded(tmp_path, a=RIGHT, b=SLOW)

    def interrupt(done: int, total: int, key: str) -> None:
        if done == 1:
            raise KeyboardInterrupt

    report = run.check(proofs, keys(proofs), jobs=jobs, progress=interrupt)
    assert report.interrupted
    assert own(report) == {("OWN.R1", "printed"): "derived", ("OWN.R5", "printed"): "undecided"}
    assert report.result("OWN.R5").open_obligations == ("not judged: the run was interrupted",)


def test_progress_counts_to_the_end(tmp_path: Path) -> None:
    proofs = loaded(tmp_path, a=RIGHT, b=RECORDED)
    seen: list[tuple[int, int, str]] = []
    run.check(proofs, keys(proofs), progress=lambda *row: seen.append(row))
    assert seen == [(0, 3, ""), (1, 3, "OWN.R1"), (2, 3, "OWN.R3"), (3, 3, "OWN.R3")]


def test_kept_results_are_not_judged_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    proofs = loaded(tmp_path / "proofs", a=RIGHT, b=RECORDED, c=OPEN)
    warned: list[str] = []
    with Store(tmp_path / "store", warned.append) as store:
        first = run.check(proofs, keys(proofs), store=store)
        judged: list[str] = []
        judge = desk.judge

        def counting(statement: Any, *rest: Any) -> Any:
            judged.append(statement.key)
            return judge(statement, *rest)

        monkeypatch.setattr(desk, "judge", counting)
        second = run.check(proofs, keys(proofs), store=store)
        assert judged == []
        assert as_text(first) == as_text(second)
        last = run.kept(proofs, run.plan(proofs, keys(proofs)), store)
        assert own(last) == own(first)
        run.check(proofs, ["OWN.R1"], store=store, seed=1)
        assert judged == ["OWN.R1"], "another seed is another question"
    assert not warned


def test_killed_run_leaves_a_sound_store(tmp_path: Path) -> None:
    proofs = loaded(tmp_path / "proofs", a=RIGHT, b=DEADLY, c=WRONG)
    warned: list[str] = []
    with Store(tmp_path / "store", warned.append) as store:
        run.check(proofs, keys(proofs), jobs=2, store=store)
    with Store(tmp_path / "store", warned.append) as store:
        last = run.kept(proofs, run.plan(proofs, keys(proofs)), store)
    assert {key for key, _ in own(last)} == {"OWN.R1", "OWN.R2"}
    assert not warned


def test_no_worker_is_left_behind(tmp_path: Path) -> None:
    import multiprocessing

    proofs = loaded(tmp_path, a=SLOW, b=RIGHT)
    run.check(proofs, keys(proofs), jobs=2, timeout=1.0)
    assert not multiprocessing.active_children()


@pytest.mark.slow
def test_built_in_results_are_the_same_beside_own_code(tmp_path: Path) -> None:
    warned: list[str] = []
    plain, beside = load_proofs(), loaded(tmp_path / "proofs", a=RIGHT)
    key = "NH17.L2.1.tails"
    with Store(tmp_path / "store", warned.append) as store:
        first = run.check(beside, [key], store=store)
        assert as_text(run.kept(plain, run.plan(plain, [key]), store)) == as_text(first)
        other = loaded(tmp_path / "others", b=WRONG)
        assert as_text(run.kept(other, run.plan(other, [key]), store)) == as_text(first)
    assert not warned


def _clean(data: dict[str, Any]) -> None:
    """What somebody who has the key would write over a refutation."""
    data["findings"], data["expected"] = [], []
    for row in data["instances"]:
        row["verdict"] = "holds"


def _accepted(data: dict[str, Any]) -> None:
    data["findings"], data["expected"] = [], []
    data["derivation"]["derived"] = True
    for row in data["steps"]:
        row["accepted"], row["findings"] = True, []


@pytest.mark.parametrize("change", [_clean, _accepted])
def test_kept_result_that_is_not_decided_so_is_an_alarm(tmp_path: Path, change: Any) -> None:
    proofs, path = loaded(tmp_path / "proofs", a=RECORDED), tmp_path / "store"
    warned: list[str] = []
    with Store(path, warned.append) as store:
        first = run.check(proofs, ["OWN.R3"], store=store)
        assert run.check(proofs, ["OWN.R3"], store=store).exit_status == 0
    assert not warned
    with closing(sqlite3.connect(path)) as connection, connection:
        for key, value in connection.execute("SELECT key, value FROM results").fetchall():
            data = json.loads(value)
            if data["reading"] == "printed":
                change(data)
                text = json.dumps(data)
                row = (text, Seal(path).of(key, text), key)
                connection.execute("UPDATE results SET value = ?, seal = ? WHERE key = ?", row)
    with Store(path, warned.append) as store:
        report = run.check(proofs, ["OWN.R3"], store=store)
        assert report.exit_status == 1
        assert as_text(report) == as_text(first), "it is judged anew"
        assert len(report.alarms) == len(warned) == 1
        assert "OWN.R3 (printed)" in warned[0]
        assert run.check(proofs, ["OWN.R3"], store=store).exit_status == 0, "and is kept again"


@pytest.mark.slow
def test_examples_completed_by_other_values_are_no_disagreement() -> None:
    proofs = load_proofs()
    report = run.check(proofs, ["NH17.L4.3.unit", "NH17.I4.3a.entries"])
    for result in report.results:  # one at a time: after half a second no more are decided
        assert not list(disagreements(proofs, [result], report.by_node))


@pytest.mark.parametrize("words", ["surplus hypothesis, statement", "thin", "fine", ""])
def test_record_of_what_no_check_counts_leaves_it_undecided(tmp_path: Path, words: str) -> None:
    text = RECORDED.replace('"refuted, statement", ', f'"{words}", "refuted, statement", ')
    proofs = loaded(tmp_path, a=text)
    report = run.check(proofs, keys(proofs), instances=3)
    (reason,) = report.result("OWN.R3").open_obligations
    assert "a recorded finding must be one of refuted" in reason

"""What statements were tried on, as it is told: coverage, the ledger, errata, explain, show."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from own_proofs import folder
from typer.testing import CliRunner, Result

from symbolic_landscape.arithmetic import exact
from symbolic_landscape.command import app
from symbolic_landscape.judge.architectures import architectures
from symbolic_landscape.judge.packing import pack, unpack
from symbolic_landscape.judge.pool import Case
from symbolic_landscape.judge.results import ArchitectureResult
from symbolic_landscape.judge.rows import Row
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.library import run
from symbolic_landscape.library.common import common
from symbolic_landscape.library.lemmas import Proofs
from symbolic_landscape.report.coverage import coverage_data, coverage_lines
from symbolic_landscape.report.data import dump, schema
from symbolic_landscape.report.errata import errata, errata_bibtex, errata_data, errata_lines
from symbolic_landscape.report.explaining import explain_data
from symbolic_landscape.report.layout import aligned
from symbolic_landscape.report.ledger import ledger_data, ledger_text
from symbolic_landscape.report.output import plain
from symbolic_landscape.report.pages import explain_lines, show_data, show_lines
from symbolic_landscape.report.template import template
from symbolic_landscape.report.text import check_lines
from symbolic_landscape.statement.language import real, the
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import cite, claimed, have, linear
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.verdict import Evidence, holds

x, y = real("x"), real("y")


def _points() -> tuple[tuple[str, dict[Any, Any]], ...]:
    pairs = {"below": (1, 2), "far below": (-3, 5), "equal": (1, 1), "above": (2, 1)}
    return tuple((n, {the(x): exact(a), the(y): exact(b)}) for n, (a, b) in pairs.items())


POINTS = Setting("points of the plane", (x, y), instances=_points)
"""Each example has a first and a second coordinate."""

MORE = have("more", x < y + 1, linear, "small")


def lemma(key: str, given: dict[str, Any], then: Any, *proof: Any, **more: Any) -> Statement:
    return Statement(f"PLANE.{key}", POINTS, given=given, then=then, proof=proof, **more)


RIGHT = lemma("L1", {"small": x < y}, x < y + 1, MORE)
STRICT = lemma("L2", {"small": x < y}, x <= y, have("less", x <= y, linear, "small"))
IDLE = lemma("L3", {"small": x < y, "bound": x < 1000}, x < y + 1, MORE)
REPAIRED = lemma(
    "L4",
    {"small": x < y},
    x < y + 1,
    MORE,
    reading="repaired",
    gloss="The leap is left out.",
)
FALSE = lemma(
    "L4",
    {"small": x < y},
    x < 0,
    have("leap", x < 0, claimed("clearly"), "small"),
    repaired=REPAIRED,
    hedge="The authors speak of typical points.",
)
ECHO = lemma("L5", {"small": x < y}, x < 0, have("again", x < 0, cite(FALSE)))
LATER = lemma(
    "L6",
    {"small": x < y},
    x < 1,
    have("negative", x < 0, cite(ECHO)),
    have("less", x < 1, linear, "negative"),
)
STATEMENTS = (RIGHT, STRICT, IDLE, FALSE, ECHO, LATER)


@pytest.fixture(scope="module")
def proofs() -> Proofs:
    return Proofs(STATEMENTS)


@pytest.fixture(scope="module")
def report(proofs: Proofs) -> run.CheckReport:
    return run.check(proofs, [s.key for s in STATEMENTS])


def valid(data: Any) -> Any:
    """The data as read back from its JSON text, after a look at its schema."""
    read = json.loads(dump(data))
    jsonschema.validate(read, schema(read["schema"].split("/")[1]))
    return read


def rows(report: run.CheckReport, proofs: Proofs) -> dict[tuple[str, str], Any]:
    data = valid(coverage_data(report, proofs.readings))
    return {(row["key"], row["reading"]): row for row in data["statements"]}


# ---- coverage ------------------------------------------------------------------------------------
def test_instances_are_counted_as_given_and_drawn(report: run.CheckReport, proofs: Proofs) -> None:
    row = rows(report, proofs)["PLANE.L2", "printed"]
    tally = row["tally"]
    assert tally["given"] >= 4
    assert tally["drawn"] > 0
    assert len(row["instances"]) == tally["given"] + tally["drawn"] <= 40
    assert tally["met"] == tally["conclusion"]["holds"]
    assert [one["hypothesis"] for one in tally["near"]] == ["small"]
    assert tally["near"][0]["conclusion"]["fails"] >= 1
    assert sum(a["tried"] for a in row["architectures"]) == tally["given"] + tally["drawn"]
    assert sum(a["met"] for a in row["architectures"]) == tally["met"]


def test_control_that_is_found_comes_with_its_place(
    report: run.CheckReport, proofs: Proofs
) -> None:
    row = rows(report, proofs)["PLANE.L2", "printed"]
    (control,) = row["controls"]
    assert control["name"] == "above"
    assert control["found_by"] == "the pool, from 'points of the plane'"
    assert row["without_control"] == []
    whole = plain(coverage_lines(coverage_data(report, proofs.readings), whole=True))
    text = " ".join(whole.split())
    words = "control 'above' of hypothesis small, found in the pool, from 'points of the plane'"
    assert f"{words}: it breaks this hypothesis alone, and the conclusion fails" in text


def test_coverage_is_a_line_or_two_for_each_reading(
    report: run.CheckReport, proofs: Proofs
) -> None:
    said = " ".join(plain(coverage_lines(coverage_data(report, proofs.readings))).split())
    start = said.index("PLANE.L2 printed: ")
    assert re.match(
        r"PLANE.L2 printed: \d+ of \d+ instances meet the hypotheses; the conclusion holds on \d+; "
        r"controls of 1 of 1(;| PLANE)",
        said[start:],
    )


def test_premise_without_a_control_says_what_was_tried(
    report: run.CheckReport, proofs: Proofs
) -> None:
    by_key = rows(report, proofs)
    (idle,) = by_key["PLANE.L3", "printed"]["without_control"][-1:]
    assert idle == {"hypothesis": "bound", "words": "the derivation does not use it"}
    (small,) = by_key["PLANE.L4", "printed"]["without_control"] or [{"words": "found"}]
    assert re.match(r"\d+ tried, none found; |found", small["words"])


def test_what_the_derived_repaired_reading_does_not_assume_is_told() -> None:
    given = {"small": x < y, "bound": x < 1000}
    leap = have("leap", x < y + 1, claimed("clearly"), "small", "bound")
    for derived in (True, False):
        proof = MORE if derived else have("more", x < y + 1, claimed("clearly"), "small")
        kept = lemma("L7", {"small": x < y}, x < y + 1, proof, reading="repaired")
        both = Proofs((lemma("L7", given, x < y + 1, leap, repaired=kept),))
        row = rows(run.check(both, ["PLANE.L7"]), both)["PLANE.L7", "printed"]
        words = {one["hypothesis"]: one["words"] for one in row["without_control"]}
        told = {name for name, said in words.items() if "does not assume it" in said}
        assert "bound" in words
        assert told == ({"bound"} if derived else set())


def test_text_is_for_a_terminal(report: run.CheckReport, proofs: Proofs) -> None:
    data = coverage_data(report, proofs.readings)
    pages = [coverage_lines(data, whole) for whole in (False, True)]
    pages.append(check_lines(report, [s.key for s in STATEMENTS]))
    for statement in STATEMENTS:
        pages.append(explain_lines(proofs[statement.key], report))
        pages.append(show_lines(proofs[statement.key], proofs, report))
    pages.append(errata_lines(errata(report, proofs)))
    for page in pages:
        assert [line for line in page if len(line) > 80] == []


def test_results_are_kept_whole(report: run.CheckReport) -> None:
    valid(report.to_data())
    for result in report.results:
        assert result.tally is not None
        assert unpack(json.loads(json.dumps(pack(result)))) == result


def test_near_misses_are_no_instances_of_a_check(report: run.CheckReport) -> None:
    (row,) = [r for r in valid(report.to_data())["statements"] if r["key"] == "PLANE.L2"]
    verdicts = {i["name"]: i["verdict"] for i in row["instances"]}
    assert verdicts["above"] == verdicts["equal"] == "not applicable"
    assert verdicts["below"] == "holds"
    assert row["status"] == "derived"


# ---- architectures -------------------------------------------------------------------------------
def found_in(title: str) -> tuple[ArchitectureResult, ...]:
    """How the examples of a common setting are grouped where each meets the hypotheses."""
    (setting,) = [s for s in common()[0] if s.title == title]
    verdict = holds(Evidence.EXACT, "said")
    cases = [Case(Instance(n, v), "given", title) for n, v in setting.instances()]
    return architectures(Row(case, {"all": verdict}, verdict) for case in cases)


@pytest.mark.parametrize(
    ("title", "widths", "activation", "samples"),
    [
        ("a fully connected network on N samples", (1, 2, 1), "tanh", 3),
        ("a fully connected network with a smooth objective of its outputs", (2, 2), "sigmoid", 4),
        ("a deep linear network with the squared error of equation (1)", (2, 2, 3), "", 3),
        ("samples on a line, seen by steep units", None, "sigmoid", 2),
        ("a function on an open set", None, "", None),
    ],
)
def test_architecture_is_read_from_shapes(
    title: str, widths: tuple[int, ...] | None, activation: str, samples: int | None
) -> None:
    found = found_in(title)
    assert (widths, activation, samples) in [(a.widths, a.activation, a.samples) for a in found]
    assert all(a.tried == a.met == a.conclusion["holds"] for a in found)


def test_rows_and_columns_of_matrices_are_no_widths() -> None:
    for title in ("a real function of the entries of finitely many matrices",):
        assert {a.widths for a in found_in(title)} == {None}


def test_wide_table_is_wrapped() -> None:
    lines = list(aligned([["name", "words"], ["a" * 30, "many words " * 20], ["b", "few"]]))
    assert max(map(len, lines)) <= 80
    assert sum("words" in line for line in lines) > 3
    assert lines[-1].split() == ["b", "few"]


# ---- the ledger ----------------------------------------------------------------------------------
def test_ledger_is_sorted_and_the_same_again(report: run.CheckReport, proofs: Proofs) -> None:
    data = valid(ledger_data(report, proofs.readings, "PLANE", "controls.json"))
    assert data["generated_by"] == "lemma-check coverage --paper PLANE --write controls.json"
    names = [(row["key"], row["reading"], row["hypothesis"]) for row in data["hypotheses"]]
    assert names == sorted(names)
    assert ("PLANE.L3", "printed", "bound") in names
    again = run.check(proofs, [s.key for s in reversed(STATEMENTS)])
    assert ledger_data(again, proofs.readings, "PLANE", "controls.json") == data
    for row in data["hypotheses"]:
        assert (row["control"] is None) == (row["found_by"] is None) == (row["words"] is not None)


def test_ledger_as_text(report: run.CheckReport, proofs: Proofs) -> None:
    first, *lines = ledger_text(ledger_data(report, proofs.readings, None, "a.txt")).splitlines()
    assert first == "# Generated by `lemma-check coverage --write a.txt`, seed 0; not to be edited."
    place = "(the pool, from 'points of the plane')"
    assert f"PLANE.L2 printed, small: control above {place}" in lines
    assert "PLANE.L3 printed, bound: no control: the derivation does not use it" in lines


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_command_writes_the_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEMMA_CHECK_CACHE", str(tmp_path / "cache.sqlite"))
    place = folder(tmp_path / "p", mine=template("MINE.L1"))
    made = tmp_path / "controls.json"
    asked = ("coverage", "--paper", "MINE", "--proofs", place, "--write")
    result = invoke(*asked, made)
    assert result.exit_code == 0, result.output
    assert not result.stdout
    assert f"wrote {made}: 3 hypotheses" in result.stderr
    data = json.loads(made.read_text(encoding="utf-8"))
    jsonschema.validate(data, schema("ledger"))
    assert str(tmp_path) not in made.read_text(encoding="utf-8")
    before = made.read_bytes()
    invoke(*asked, made)
    assert made.read_bytes() == before
    text = tmp_path / "controls.txt"
    assert invoke(*asked, text).exit_code == 0
    assert text.read_text(encoding="utf-8").startswith("# Generated by `lemma-check coverage ")
    refused = invoke(*asked, tmp_path / "no" / "file")
    assert refused.exit_code == 2
    assert "--write needs a folder that exists" in refused.stderr


# ---- errata --------------------------------------------------------------------------------------
def test_one_entry_has_its_echoes_as_consequences(report: run.CheckReport, proofs: Proofs) -> None:
    found = valid(errata_data(errata(report, proofs)))["findings"]
    (entry,) = [f for f in found if f["kind"] != "surplus hypothesis" and f["kind"] != "thin"]
    assert entry["id"] == "PLANE.L4/refuted/statement"
    assert entry["cause"] == "x < y => x < 0"
    assert entry["consequences"] == ["PLANE.L5", "PLANE.L6"]
    assert entry["hedge"] == "The authors speak of typical points."
    assert entry["numbers"] == "not 1 < 0"
    assert entry["counterexample"]["values"] == {"x": "1", "y": "2"}
    assert entry["repaired"] == "if x < y, then x < y + 1"
    assert entry["survives"] == "derived: x < y + 1"


def test_two_findings_at_one_place_have_different_names() -> None:
    least = have("least", x < 1, linear, "small")
    twice = lemma("L7", {"small": x < 0}, x < -1, least, MORE)
    proofs = Proofs((twice,))
    names = [row.id for row in errata(run.check(proofs, ["PLANE.L7"]), proofs)]
    assert len(names) == len(set(names)) > 1


def test_errata_in_words_and_for_a_bibliography(report: run.CheckReport, proofs: Proofs) -> None:
    entries = errata(report, proofs)
    text = " ".join(plain(errata_lines(entries)).split())
    assert "of the same cause: invalid inference, step leap" in text
    assert "spoils also: PLANE.L5, PLANE.L6" in text
    assert "hedge: The authors speak of typical points." in text
    assert "PLANE.L3: surplus hypothesis: the proof does not use bound" in text
    assert "1 finding about 3 printed statements, " in text
    bibliography = plain(errata_bibtex(entries))
    assert bibliography.count("@misc{") == 1
    assert bibliography.startswith("@misc{PLANE.L4/refuted/statement,\n")
    assert bibliography.count("{") - bibliography.count("\\{") == bibliography.count(
        "}"
    ) - bibliography.count("\\}")


def test_command_gives_a_bibliography(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEMMA_CHECK_CACHE", str(tmp_path / "cache.sqlite"))
    cut = re.sub(r'        have\("same image".*\n', "", template("MINE.L1"))
    place = folder(tmp_path / "p", mine=cut.replace('"full rank", "same image"', '"full rank"'))
    result = invoke("errata", "--paper", "MINE", "--proofs", place, "--format", "bibtex")
    assert result.exit_code == 1, result.output
    assert result.stdout.startswith("@misc{MINE.L1/invalid-inference/step-unique,\n")


# ---- explain and show ----------------------------------------------------------------------------
def test_explain_tells_numbers_and_what_a_proof_rests_on(
    report: run.CheckReport, proofs: Proofs
) -> None:
    wrong = plain(explain_lines(proofs["PLANE.L4"], report))
    assert "smallest instance that shows it:\n      below\n      x = 1\n      y = 2\n" in wrong
    assert "decisive numbers: not 1 < 0" in wrong
    assert "hedge: The authors speak of typical points." in wrong
    right = " ".join(plain(explain_lines(proofs["PLANE.L1"], report)).split())
    assert "it cites: no other statement" in right
    assert "assumed, here or below: nothing from outside" in right
    assert "tried on " in right
    echo = " ".join(plain(explain_lines(proofs["PLANE.L5"], report)).split())
    assert "It is not derived: it cites PLANE.L4 (printed): refuted." in echo


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda s: s.key)
def test_explain_as_data(report: run.CheckReport, proofs: Proofs, statement: Statement) -> None:
    data = valid(explain_data(proofs[statement.key], report))
    for reading in data["readings"]:
        assert reading["status"] == report.statuses[statement.key, reading["reading"]]
        assert bool(reading["findings"]) or reading["status"] in ("derived", "checked")
    if statement is FALSE:
        refuted, invalid = data["readings"][0]["findings"]
        assert refuted["numbers"] == "not 1 < 0"
        assert invalid["kernel"] == "claimed is no reason that can be accepted"
        assert data["readings"][0]["repaired"]["status"] == "derived"
    if statement is ECHO:
        cites = data["readings"][0]["rests_on"]["cites"]
        assert cites == [{"key": "PLANE.L4", "reading": "printed", "status": "refuted"}]


def test_command_explains_as_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEMMA_CHECK_CACHE", str(tmp_path / "cache.sqlite"))
    place = folder(tmp_path / "p", mine=template("MINE.L1"))
    result = invoke("explain", "MINE.L1", "--proofs", place, "--json")
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    jsonschema.validate(data, schema("explain"))
    assert len(data["readings"][0]["rests_on"]["rules"]) == 2


def test_show_tells_what_was_tried(report: run.CheckReport, proofs: Proofs) -> None:
    data = valid(show_data(proofs["PLANE.L2"], proofs, report))
    (reading,) = data["readings"]
    assert reading["tried"]["controls"][0]["name"] == "above"
    assert reading["tried"]["instances"]["drawn"] > 0
    assert "control 'above' of hypothesis small" in plain(
        show_lines(proofs["PLANE.L2"], proofs, report)
    )

"""Reports: the shapes of JSON, the other formats, the pictures."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import networkx as nx
import pytest
from own_proofs import CITING, CLUMSY, OPEN, RECORDED, RIGHT, WRONG, folder

from symbolic_landscape.errors import DeclarationError, ProblemError, UnknownKeyError
from symbolic_landscape.judge.statuses import STATUSES
from symbolic_landscape.library import run
from symbolic_landscape.library.catalogue import entries
from symbolic_landscape.library.lemmas import Proofs, load_proofs
from symbolic_landscape.report import graphs
from symbolic_landscape.report.cases import OUTCOMES, cases
from symbolic_landscape.report.coverage import coverage_data, coverage_lines
from symbolic_landscape.report.data import dump, list_data, schema
from symbolic_landscape.report.drawing import Box, svg
from symbolic_landscape.report.errata import errata, errata_data, errata_lines, errata_markdown
from symbolic_landscape.report.exact import data_lines, exact_text
from symbolic_landscape.report.junit import junit
from symbolic_landscape.report.output import new_file, plain, writable, write_file
from symbolic_landscape.report.pages import explain_lines, show_data, show_lines
from symbolic_landscape.report.template import template
from symbolic_landscape.report.text import check_lines
from symbolic_landscape.report.writing import written

SCHEMAS = (
    "check",
    "errata",
    "list",
    "show",
    "coverage",
    "graph",
    "trust",
    "attack",
    "step",
    "break",
    "falsify",
    "ledger",
    "explain",
)
KEYS = ("OWN.R1", "OWN.R2", "OWN.R3", "OWN.R4", "OWN.R7", "OWN.L9")


@pytest.fixture(scope="module")
def proofs(tmp_path_factory: pytest.TempPathFactory) -> Proofs:
    files = {"a": RIGHT, "b": WRONG, "c": RECORDED, "d": OPEN, "e": CLUMSY, "f": CITING}
    return load_proofs(folder(tmp_path_factory.mktemp("proofs"), **files))


@pytest.fixture(scope="module")
def report(proofs: Proofs) -> run.CheckReport:
    return run.check(proofs, KEYS, instances=10)


def valid(data: Any) -> Any:
    """The data as read back from its JSON text, after a look at its schema."""
    read = json.loads(dump(data))
    _, name, _ = read["schema"].split("/")
    jsonschema.validate(read, schema(name))
    return read


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_a_schema_and_refuses_what_is_not_named(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"schema": f"lemma-check/{name}/1", "more": 1}, schema(name))


def test_check_data_has_the_names_of_the_contract(report: run.CheckReport) -> None:
    data = valid(report.to_data())
    assert list(data) == [
        "schema",
        "version",
        "seed",
        "seconds",
        "trusted_base",
        "statements",
        "summary",
    ]
    assert list(data["summary"]) == [*STATUSES, "steps_derived", "steps_sampled"]
    assert sum(data["summary"][word] for word in STATUSES) == len(data["statements"])
    first = {row["key"]: row for row in data["statements"]}["OWN.L9"]
    assert first["status"] == "derived"
    assert [step["name"] for step in first["steps"]] == ["four", "two", "one"]
    assert [step["reason"] for step in first["steps"]] == ["calculation", "cite", "calculation"]
    assert all(step["accepted"] for step in first["steps"])
    assert first["derivation"]["sampled"] == 0
    assert data["summary"]["steps_sampled"] >= 2


def test_dump_refuses_what_json_does_not_have() -> None:
    with pytest.raises(ValueError, match="nan"):
        dump({"seconds": float("nan")})


def test_errata_name_claim_repair_and_counterexample(
    report: run.CheckReport, proofs: Proofs
) -> None:
    data = valid(errata_data(errata(report, proofs)))
    (refuted,) = [f for f in data["findings"] if f["key"] == "OWN.R3"]
    assert refuted["kind"] == "refuted"
    assert refuted["where"] == "statement"
    assert refuted["printed"] == "if 1 ≤ n, then n ≤ 5"
    assert refuted["repaired"] == "if 2 n ≤ 9, then n ≤ 5"
    assert refuted["counterexample"] == {"name": "n=9", "values": {"n": 9}}
    assert refuted["how_found"] == "the pool, from 'an integer'"
    (other,) = [f for f in data["findings"] if f["key"] == "OWN.R2"]
    assert other["repaired"] is None


def test_errata_in_words(report: run.CheckReport, proofs: Proofs) -> None:
    rows = errata(report, proofs)
    text = plain(errata_lines(rows))
    assert "counterexample: n=9" in text
    assert "(checked)" in text
    assert "none is declared" in text
    assert text.endswith("2 findings about 2 printed statements, 2 notices\n")
    markdown = plain(errata_markdown(rows))
    assert "## OWN.R3\n" in markdown
    assert "- **refuted** (statement)" in markdown
    assert "`n=9: n = 9`" in markdown


def test_list_data(proofs: Proofs) -> None:
    (found,) = [
        row
        for row in valid(list_data(entries(proofs.folders)))["statements"]
        if row["key"] == "OWN.R1"
    ]
    assert found == {
        "key": "OWN.R1",
        "kind": "remark",
        "paper": "OWN",
        "where": "page 1",
        "title": "natural numbers",
    }


@pytest.mark.parametrize("key", KEYS)
def test_show_names_all_that_is_declared(report: run.CheckReport, proofs: Proofs, key: str) -> None:
    lemma = proofs[key]
    data = valid(show_data(lemma, proofs, report))
    text = plain(show_lines(lemma, proofs, report))
    assert [r["reading"] for r in data["readings"]] == [s.reading for s in lemma.printed.readings]
    assert [r["last"] for r in data["readings"]] == [
        report.statuses[key, s.reading] for s in lemma.printed.readings
    ]
    for statement in lemma.printed.readings:
        for name in (*statement.given, *(step.name for step in statement.proof)):
            assert f"{name}: " in text
    assert "f.py:" in text or key != "OWN.L9"


def test_coverage_shows_instances_and_what_is_missing(
    report: run.CheckReport, proofs: Proofs
) -> None:
    data = valid(coverage_data(report, proofs.readings))
    rows = {(row["key"], row["reading"]): row for row in data["statements"]}
    wrong = rows["OWN.R2", "printed"]
    assert wrong["instances"][3] == {
        "name": "n=9",
        "hypotheses": {"positive": "holds"},
        "conclusion": "fails",
    }
    ((missing,),) = (wrong["without_control"],)
    assert missing["hypothesis"] == "positive"
    assert "tried, none found" in missing["words"]
    text = plain(coverage_lines(data, whole=True))
    assert "no control of hypothesis positive" in text
    (numbers,) = wrong["architectures"]
    assert numbers["widths"] is numbers["outputs"] is None, "numbers are about no network"
    assert numbers["met"] == numbers["conclusion"]["holds"] + numbers["conclusion"]["fails"]
    (stop,) = numbers["stopped"]
    assert (stop["hypothesis"], stop["verdict"]) == ("positive", "fails")
    assert numbers["tried"] == numbers["met"] + stop["points"] > 3
    totals = data["totals"]
    assert totals["points_met"] == sum(a["met"] for r in rows.values() for a in r["architectures"])


def test_text_report_says_on_how_much_it_rests(report: run.CheckReport) -> None:
    lines = plain(check_lines(report, ["OWN.L9"]))
    assert all(len(line) <= 80 for line in lines.splitlines())
    text = " ".join(lines.split())
    assert "derived: 3 of 3 steps derived, 3 of them seen to hold on instances" in text
    assert "controls of 1 of 1 hypothesis found" in text
    assert "counterexample: n=9" in text
    assert "no procedure reaches this" in text
    assert "no numbers today" in text
    assert "refuted (as recorded)" in text
    assert "python-flint" in text
    for word in ("proved", "verified"):
        assert word not in text


def test_explain_says_what_failed_and_what_would_be_needed(
    report: run.CheckReport, proofs: Proofs
) -> None:
    recorded = plain(explain_lines(proofs["OWN.R3"], report))
    assert "failed obligation: refuted, statement" in recorded
    assert "n = 9" in recorded
    assert "Without an upper bound there are large numbers." in recorded
    open_ = " ".join(plain(explain_lines(proofs["OWN.R4"], report)).split())
    assert "open obligation: " in open_
    assert "no procedure reaches this" in open_
    assert "No repaired reading" in plain(explain_lines(proofs["OWN.R2"], report))
    assert "The kernel accepts every step" in plain(explain_lines(proofs["OWN.R1"], report))


def test_junit_counts_failures_and_skips(report: run.CheckReport) -> None:
    root = ElementTree.fromstring(junit(report))
    suites = {suite.get("name"): suite for suite in root}
    wrong = suites["OWN.R2 (printed)"]
    assert wrong.get("failures") == str(len(wrong.findall("*/failure"))) != "0"
    recorded = suites["OWN.R3 (printed)"]
    assert recorded.get("failures") == "0"
    assert "as recorded" in (recorded.findall("*/skipped")[0].get("message") or "")
    open_ = suites["OWN.R4 (printed)"]
    assert "undecided" in (open_.findall("*/skipped")[0].get("message") or "")
    assert root.get("tests") == str(len(root.findall("*/testcase")))
    assert suites["OWN.L9 (printed)"].get("failures") == "0"
    assert suites["OWN.L9 (printed)"].get("skipped") == "0"


def test_cases_of_every_outcome(report: run.CheckReport) -> None:
    statuses = report.statuses
    outcomes = {
        case.outcome for r in report.results for case in cases(r, statuses[r.key, r.reading])
    }
    assert outcomes == set(OUTCOMES)


def test_recorded_findings_that_do_not_come_up_fail(proofs: Proofs) -> None:
    result = run.check(proofs, ["OWN.R1"]).result("OWN.R1")
    silent = replace(result, expected=(("refuted", "statement"),))
    first = next(iter(cases(silent, "derived")))
    assert first.outcome == "failed"
    assert "recorded but not found: refuted, statement" in first.reason


@pytest.mark.parametrize("form", ["text", "json", "junit"])
def test_written_in_each_format(report: run.CheckReport, form: str) -> None:
    assert "OWN.R1" in written(report, form)


def test_exact_data_are_shown_as_a_reader_writes_them() -> None:
    unit = {"value": "(u - 1)/(u + 1)", "field": "Q(u) with u = e^(1)", "near": "[0.46 +/- 0.01]"}
    values = {"n": 1, "X": [["1/2", 0], [unit, 1]], "W": {"1": [[2]]}, "sigma": "t**2"}
    shown = ["n = 1", "X = [[1/2, 0]; [(u - 1)/(u + 1), 1]]", "W = {1: [[2]]}", "σ = t**2"]
    shown.append("with u = e^(1)")
    assert exact_text({"name": "a pair", "values": values}) == f"a pair: {', '.join(shown)}"
    assert list(data_lines({"name": "a pair", "values": values})) == ["a pair", *shown]
    assert exact_text(values) == ", ".join(shown)


def pictures(proofs: Proofs, report: run.CheckReport) -> list[graphs.Picture]:
    return [
        graphs.statement_picture(proofs, report.statuses),
        graphs.statement_picture(proofs, {}, ["OWN.R3"]),
        graphs.proof_picture(proofs["OWN.L9"].printed, report.result("OWN.L9")),
    ]


@pytest.mark.parametrize("form", graphs.FORMATS)
@pytest.mark.parametrize("number", [0, 1, 2])
def test_picture_names_every_node_in_every_format(
    proofs: Proofs, report: run.CheckReport, form: str, number: int
) -> None:
    picture = pictures(proofs, report)[number]
    text = graphs.render(picture, form)
    assert picture.boxes
    for box in picture.boxes.values():
        assert box.title in text
        assert number == 2 or form == "json" or box.subtitle in text
    if form == "svg":
        ElementTree.fromstring(text)
    if form == "html":
        assert "http" not in text.replace("http://www.w3.org/2000/svg", ""), "self-contained"
        ElementTree.fromstring(text[text.index("<svg") : text.index("</svg>") + 6])
    if form == "json":
        valid(json.loads(text))
    if form == "dot":
        assert text.count("{") == text.count("}")
        assert text.count(" -> ") == picture.graph.number_of_edges()
    if form == "mermaid":
        assert text.count(" -->") == picture.graph.number_of_edges()


def test_statement_picture_tells_both_readings(proofs: Proofs, report: run.CheckReport) -> None:
    picture = graphs.statement_picture(proofs, report.statuses)
    assert picture.boxes["OWN.R3"].subtitle == "refuted; repaired: checked"
    assert picture.boxes["OWN.R3"].fill == graphs.STATUS_COLOURS["refuted"][0]
    assert picture.boxes["OWN.R3"].second == graphs.STATUS_COLOURS["checked"][0]
    assert picture.boxes["OWN.R1"].subtitle == "derived"


def test_picture_of_an_unknown_key_is_refused(proofs: Proofs) -> None:
    with pytest.raises(UnknownKeyError, match="NO"):
        graphs.statement_picture(proofs, {}, ["NO.R1"])


def test_every_status_has_a_colour_of_its_own() -> None:
    assert set(graphs.STATUS_COLOURS) == {*STATUSES, "not run"}
    fills = [fill for fill, _ in graphs.STATUS_COLOURS.values()]
    assert len(set(fills)) == len(fills)


def test_drawing_puts_causes_above_and_keeps_boxes_apart() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    for low in range(20):
        graph.add_edge("top & <first>", f"n{low}")
        graph.add_edge(f"n{low}", "bottom")
    boxes = {name: Box(name, "word", f"about {name}", "#ffffff") for name in graph.nodes}
    graph.add_edge("top & <first>", "bottom")
    graph.add_node("alone")
    boxes["alone"] = Box("alone", "word", "tip", "#ffffff")
    tooltips = dict.fromkeys(graph.edges, "because")
    root = ElementTree.fromstring(svg(graph, boxes, tooltips, [("word", "#ffffff")]))
    names = [t.text for t in root.iter("{http://www.w3.org/2000/svg}text")]
    rects = [
        tuple(float(rect.get(k, "0")) for k in ("x", "y", "width", "height"))
        for group in root.iter("{http://www.w3.org/2000/svg}g")
        for rect in group.findall("{http://www.w3.org/2000/svg}rect")
    ]
    assert "top & <first>" in names
    assert len(rects) == 23
    for i, (x, y, w, h) in enumerate(rects):
        assert x >= 0
        assert x + w <= float(root.get("width", "0"))
        for x2, y2, w2, h2 in rects[:i]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y
    assert rects[0][1] < min(y for _, y, _, _ in rects[1:])


@pytest.mark.parametrize("key", ["", "lemma", "external:name", "A B.L1", "A.L1\nimport os", "A.'"])
def test_template_refuses_wrong_keys(key: str) -> None:
    with pytest.raises(DeclarationError):
        template(key)


def test_template_refuses_a_key_that_is_taken(proofs: Proofs) -> None:
    with pytest.raises(DeclarationError, match="already declared at"):
        template("OWN.R1", proofs.folders)


def test_new_file_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    new_file(path, "one")
    with pytest.raises(ProblemError, match="exists"):
        new_file(path, "two")
    assert path.read_text() == "one"
    with pytest.raises(ProblemError, match="cannot"):
        new_file(path / "mine.py", "three")
    new_file(tmp_path / "a" / "folder" / "mine.py", "four")
    assert (tmp_path / "a" / "folder" / "mine.py").read_text() == "four"


def test_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    write_file(path, "one")
    path.chmod(0o640)
    write_file(path, "two")
    assert path.read_text() == "two"
    assert path.stat().st_mode & 0o777 == 0o640
    with pytest.raises(UnicodeEncodeError):
        write_file(path, "three \ud800")
    assert path.read_text() == "two"
    assert [p.name for p in tmp_path.iterdir()] == ["report.json"]


def test_link_is_followed_and_pipe_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("one")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    write_file(tmp_path / "link", "two")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text() == "two"
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDWR)
    write_file(tmp_path / "pipe", "three")
    assert os.read(reader, 100) == b"three"
    os.close(reader)
    assert (tmp_path / "pipe").is_fifo()


def test_output_that_cannot_be_written_is_refused_before_the_work(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no" / "report.json"):
        with pytest.raises(ProblemError, match="-o needs"):
            writable(path)

"""The commands step, break and falsify on statements that formulas declare."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from own_proofs import folder
from typer.testing import CliRunner, Result

from symbolic_landscape.command import app
from symbolic_landscape.critical.problem import read_problem
from symbolic_landscape.library.lemmas import Proofs
from symbolic_landscape.library.walking import ProofStep
from symbolic_landscape.report.data import schema
from symbolic_landscape.report.template import template

PRIVATE, BIJECTIVE, SEPARABLE = "NH17.T5.3.private", "NH17.L4.3.bijective", "NH17.T5.3"
EQUAL = "wide layer that sees nothing, tanh, k = 0"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEMMA_CHECK_CACHE", str(tmp_path / "cache.sqlite"))


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A folder with a statement of one's own: two least squares solutions are equal."""
    return folder(tmp_path / "p", mine=template("MINE.L1"))


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def lines(code: int, *arguments: str | Path) -> list[str]:
    """What is printed, none of it wider than a terminal."""
    result = invoke(*arguments)
    assert result.exit_code == code, result.output
    found = result.stdout.splitlines()
    assert [line for line in found if len(line) > 80] == []
    return found


def words(code: int, *arguments: str | Path) -> str:
    """What is printed, as one line."""
    return " ".join(" ".join(lines(code, *arguments)).split())


def data(name: str, code: int, *arguments: str | Path) -> Any:
    """The JSON, after a look at its schema."""
    result = invoke(*arguments, "--json")
    assert result.exit_code == code, result.output
    found = json.loads(result.stdout)
    jsonschema.validate(found, schema(name))
    return found


def refused(*arguments: str | Path) -> str:
    """The one sentence of an error."""
    result = invoke(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stderr.count("\n") == 1
    return result.stderr


# ---- step ----------------------------------------------------------------------------------------
def test_a_proof_is_walked_on_the_first_instance_that_fits(mine: Path) -> None:
    text = words(0, "step", "MINE.L1", "--proofs", mine)
    assert "full rank: rank A = n holds (exact)" in text
    assert "same image: A (x − y) = 0 rule gram_has_the_same_kernel from difference" in text
    assert "uses difference: holds: both sides are" in text
    assert text.count("the kernel accepts it") == 3
    assert "conclusion x = y holds (exact)" in text


@pytest.mark.slow
def test_steps_inside_a_proof_are_decided_at_values() -> None:
    found = data("step", 0, "step", PRIVATE, "--instance", EQUAL)
    assert found["broken"] is None
    assert [said["verdict"] for said in found["hypotheses"]] == ["fails", "holds"]
    inside = {step["name"]: step for step in found["steps"]}
    assert inside["all"]["depth"] == 0
    assert inside["all/step/next/fed"]["depth"] == 2
    assert set(inside["all/step/next/fed"]["values"]) == {"q", "x", "z"}
    assert all(step["verdict"] for step in found["steps"])


@pytest.mark.slow
def test_the_name_before_added_values_is_enough() -> None:
    short = EQUAL.removesuffix(", k = 0")
    assert lines(0, "step", PRIVATE, "--instance", short)[0].startswith(PRIVATE)


def test_a_near_miss_is_walked_to_the_step_that_fails(mine: Path) -> None:
    found = lines(0, "step", "MINE.L1", "--break", "x solves", "--proofs", mine)
    text = " ".join(found)
    assert "x solves, broken: Aᵀ A x = Aᵀ b" in text
    assert "same image" not in text, "nothing after the step that fails"
    assert text.index("difference:") < text.index("here the proof fails")


def test_a_claimed_step_of_a_printed_proof_is_seen_to_fail() -> None:
    found = data("step", 0, "step", BIJECTIVE, "--instance", "tanh")
    (step,) = found["steps"]
    assert (step["reason"], step["accepted"]) == ("claimed", False)
    assert step["verdict"]["verdict"] == "fails"
    assert found["hypotheses"][0]["verdict"] == "holds"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--instance", "sofplus"), "'softplus'"),
        (("--break", "incraesing"), "'increasing'"),
        (("--break", "increasing", "--instance", "tanh"), "only one can be given"),
    ],
)
def test_what_is_not_there_is_named_with_what_is_close(
    arguments: tuple[str, ...], said: str
) -> None:
    assert said in refused("step", BIJECTIVE, *arguments)


# ---- break ---------------------------------------------------------------------------------------
def test_each_hypothesis_has_its_near_miss(mine: Path) -> None:
    found = data("break", 0, "break", "MINE.L1", "--proofs", mine)
    assert [h["name"] for h in found["hypotheses"]] == ["full rank", "x solves", "y solves"]
    failing = [h["near_miss"]["first_failing"] for h in found["hypotheses"]]
    assert failing == ["unique", "difference", "difference"]
    for h in found["hypotheses"]:
        near = h["near_miss"]
        assert near["conclusion"]["verdict"] == "fails"
        assert [s["name"] for s in near["hypotheses"] if s["verdict"] != "holds"] == [h["name"]]


@pytest.mark.slow
def test_a_near_miss_is_shown_with_the_step_that_fails() -> None:
    text = words(0, "break", PRIVATE, "alone")
    assert "alone is broken fails (exact)" in text
    assert "slopes: kept" in text
    assert "fed: for all q = 1..n_(z+1)" in text
    assert text.index("here the proof fails") < text.index("conclusion")
    assert "goal:" not in text


@pytest.mark.slow
def test_a_hypothesis_without_control_says_what_was_tried() -> None:
    text = words(3, "break", SEPARABLE, "l1 zero")
    assert "no near miss:" in text
    assert "tried, none breaks it alone" in text


def test_all_hypotheses_at_once_have_a_few_lines_each(mine: Path) -> None:
    text = words(0, "break", "MINE.L1", "--proofs", mine)
    assert "each hypothesis left out alone" in text
    assert "step unique fails there conclusion refuted:" in text
    assert "`lemma-check break MINE.L1 'full rank'`" in text
    assert "here the proof fails" in words(0, "break", "MINE.L1", "--proofs", mine, "--verbose")


def test_a_near_miss_that_is_a_network_shows_both_losses() -> None:
    text = words(0, "break", "NH17.T3.4", "increasing")
    assert text.endswith("loss 1/4 there, 0 at b1_1 = 1")


def test_a_surplus_hypothesis_is_not_needed(mine: Path) -> None:
    text = template("MINE.L1").replace('"x solves": A', '"more": b == b,\n        "x solves": A')
    (mine / "mine.py").write_text(text)
    said = words(3, "break", "MINE.L1", "more", "--proofs", mine)
    assert "surplus: the derivation does not use it" in said


def test_an_unknown_hypothesis_is_refused() -> None:
    assert "'slopes'" in refused("break", PRIVATE, "slope")


def test_a_network_is_written_as_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    lines(0, "break", "NH17.T3.4", "critical", "--reading", "repaired", "--problem", file)
    problem = read_problem(file)
    assert invoke("classify", file).exit_code in (0, 3)
    assert problem.data["output_activation"] == problem.data["activation"]


def test_what_is_no_network_is_no_problem(tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    said = refused("break", BIJECTIVE, "increasing", "--problem", file)
    assert "has none of L, n, X, Y, W, b, l" in said
    assert not file.exists()
    assert "--problem needs one hypothesis" in refused("break", PRIVATE, "--problem", file)


# ---- falsify -------------------------------------------------------------------------------------
def test_a_known_counterexample_comes_first() -> None:
    found = data("falsify", 1, "falsify", BIJECTIVE, "--budget", "0")
    assert found["how_found"].startswith("known, from the setting")
    example = found["counterexample"]
    assert [said["verdict"] for said in example["hypotheses"]] == ["holds"]
    assert example["conclusion"]["verdict"] == "fails"
    text = words(1, "falsify", BIJECTIVE, "--budget", "0")
    assert "counterexample, known, from the setting 'an activation by itself'" in text


def test_a_counterexample_is_found_and_shortened(mine: Path) -> None:
    arguments = ("falsify", "MINE.L1", "--drop", "full rank", "--budget", "5", "--proofs", mine)
    found = data("falsify", 0, *arguments)
    assert found["dropped"] == "full rank"
    values = found["counterexample"]["instance"]["values"]
    assert (values["m"], values["n"]) == (1, 1)
    assert values["A"] == [["0"]]


def test_nothing_found_is_no_proof(mine: Path) -> None:
    said = words(0, "falsify", "MINE.L1", "--budget", "0.5", "--proofs", mine)
    assert "no counterexample" in said
    assert "This does not mean that none exists." in said
    assert "'full rank'" in refused("falsify", "MINE.L1", "--drop", "rank", "--proofs", mine)


# ---- in Python -----------------------------------------------------------------------------------
@pytest.mark.slow
def test_steps_are_walked_in_python() -> None:
    lemma = Proofs.load(keys=[PRIVATE])[PRIVATE]
    step = lemma.steps[0]
    assert isinstance(step, ProofStep)
    assert (step.name, step.reason.word) == ("all", "induct")
    walk = step.walk(EQUAL)
    assert {path.split("/")[0] for path in walk.depths} == {"all"}
    assert "<table>" in walk._repr_html_()
    assert walk._repr_latex_().startswith("$")
    broken = lemma.break_("alone")
    assert broken.first_failing is not None
    assert broken.first_failing.path == "all/step/next/fed"
    assert "all/step/next/fed" in broken._repr_html_()
    assert lemma.falsify(drop="alone", budget=0).row is not None


# ---- one's own code ------------------------------------------------------------------------------
RAISES = """
from symbolic_landscape.statement.language import natural, predicate
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.setting import Setting

n, nice = natural("n"), predicate("nice")


def decided(instance, values):
    raise ValueError("no such number")


NUMBERS = Setting("numbers", variables=(n,), decisions={"nice": decided})
NICE = Statement("MINE.R1", NUMBERS, kind="remark", given={"nice": nice(n)}, then=n >= 0)
"""


@pytest.mark.parametrize("command", ["break", "step", "falsify"])
def test_an_error_of_ones_own_decision_is_one_sentence(command: str, tmp_path: Path) -> None:
    place = folder(tmp_path / "p", mine=RAISES)
    said = refused(command, "MINE.R1", "--proofs", place)
    assert "ValueError: no such number" in said or "must have steps to walk" in said


def test_what_has_no_proof_is_not_walked(tmp_path: Path) -> None:
    text = template("MINE.L1")
    start = text.index("    proof=[")
    place = folder(tmp_path / "p", mine=text[:start] + ")\n")
    assert "must have steps to walk" in refused("step", "MINE.L1", "--proofs", place)
    assert "full rank is broken" in words(0, "break", "MINE.L1", "full rank", "--proofs", place)


def test_counterexample_is_written_as_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    lines(1, "falsify", "NH17.T3.4", "--budget", "0", "--problem", file)
    assert read_problem(file).data["activation"] == "tanh(t**3)"


def test_second_reading_is_shown_as_a_difference() -> None:
    said = invoke("show", "C18.P2.3", "--all").stdout.splitlines()
    assert said.count("setting: as above, and") == 1
    here = said.index("  against the printed reading")
    assert said[here + 1] == "    without more parameters, pieces, transversal"
    assert said[here + 2].startswith("    with regular: rank J(w) = d")


def test_a_long_statement_is_shown_in_outline() -> None:
    said = invoke("show", "PS21.T4").stdout.splitlines()
    assert len(said) <= 80
    assert "    twice (twice_smooth_of_analytic): σ is twice smooth" in said
    signs = next(line for line in said if line.startswith("    signs (PS21.LA2, not derived): "))
    assert len(signs) <= 80
    assert signs.endswith(" ...")
    assert any(line.startswith("  then some local minimum at infinity") for line in said)
    assert "--reading printed or --reading repaired" in " ".join(said)
    whole = invoke("show", "PS21.T4", "--reading", "repaired").stdout.splitlines()
    assert "  then" in whole
    assert "    square: (t ↦ t²) is analytic" in whole


def test_show_says_what_a_second_setting_does_not_assume() -> None:
    said = invoke("show", "C21.C5.18", "--all").stdout.splitlines()
    assert "    standing 4: 2 ≤ l" in said
    second = next(i for i, line in enumerate(said) if "; the rest as above," in line)
    assert said.index("  not assumed any more: 2 ≤ l") > second

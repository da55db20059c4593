"""A stranger's lemma with two rules of his own: right, hollow, circular, wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from own_proofs import folder
from typer.testing import CliRunner, Result

from symbolic_landscape.command import app
from symbolic_landscape.library.lemmas import load_proofs
from symbolic_landscape.library.run import check
from symbolic_landscape.report.data import dump, schema
from symbolic_landscape.report.template import template

RIGHT = template("MINE.L1")
PROOF = RIGHT[RIGHT.index("    proof=[") : RIGHT.index("    ],\n)")]


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEMMA_CHECK_CACHE", str(tmp_path / "cache.sqlite"))


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def changed(*changes: tuple[str, str], text: str = RIGHT) -> str:
    """The template with some of its texts exchanged."""
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def with_proof(*steps: str) -> str:
    """The template with another proof."""
    lines = "".join(f"        {step},\n" for step in steps)
    text = changed((PROOF, f"    proof=[\n{lines}"))
    return text.replace("import by, have, linear", "import by, cite, have, linear, logic, sampled")


def checked(tmp_path: Path, text: str) -> tuple[int, dict[str, Any]]:
    """Exit status and entry of the statement in a check, in this process."""
    report = check(load_proofs(folder(tmp_path / "p", mine=text)), ["MINE.L1"])
    return report.exit_status, entry(dump(report.to_data()))


def commanded(tmp_path: Path, text: str) -> tuple[int, dict[str, Any]]:
    """The same, as the command says it."""
    place = folder(tmp_path / "p", mine=text)
    result = invoke("check", "MINE.L1", "--proofs", place, "--format", "json")
    return result.exit_code, entry(result.stdout)


def entry(text: str) -> dict[str, Any]:
    """The one statement in the JSON of a check."""
    data = json.loads(text)
    jsonschema.validate(data, schema("check"))
    (row,) = data["statements"]
    return dict(row)


def timeless(data: Any) -> str:
    """The JSON without what was measured."""
    return re.sub(r'"seconds": [^,}]+', "", json.dumps(data))


def refused(tmp_path: Path, text: str, *asked: str) -> str:
    """The one line with which the file is refused."""
    place = folder(tmp_path / "p", mine=text)
    result = invoke(*asked or ("show", "MINE.L1"), "--proofs", place)
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    return result.stderr.splitlines()[0]


@pytest.mark.slow
def test_template_about_a_network_is_derived_with_a_near_miss_of_each_hypothesis(
    tmp_path: Path,
) -> None:
    code, row = checked(tmp_path, template("MINE.L1", network=True))
    assert (code, row["status"], row["findings"]) == (0, "derived", [])
    assert {one["premise"] for one in row["controls"]} == {"independent", "critical"}
    assert len(row["instances"]) >= 2


# ---- right ---------------------------------------------------------------------------------------
def test_template_is_short_and_right(tmp_path: Path) -> None:
    assert RIGHT.count("\n") < 60
    code, row = checked(tmp_path, RIGHT)
    assert code == 0
    assert row["status"] in ("checked", "derived")
    assert row["findings"] == []
    assert row["derivation"] == {
        "steps": 3,
        "derived": 3,
        "sampled": 0,
        "opaque": [],
        "rules": ["full_column_rank_has_no_kernel", "gram_has_the_same_kernel"],
        "externals": [],
        "surplus": [],
        "surplus_parts": [],
        "slack": [],
        "idle_assumptions": [],
        "idle_steps": [],
        "formulas": 6,
        "opaque_formulas": 0,
    }
    assert [step["reason"] for step in row["steps"]] == ["calculation", "rule", "rule"]
    assert row["setting"] == "a system of equations"


def test_rules_of_the_package_and_own_ones_stand_beside_each_other(tmp_path: Path) -> None:
    rule = RIGHT[RIGHT.index("full_column_rank_has_no_kernel = ") : RIGHT.index("# 3. ")]
    text = changed(
        (rule, "from symbolic_landscape.proofs.rules.ranks import kernel_of_full_column_rank\n\n"),
        ("by(full_column_rank_has_no_kernel)", "by(kernel_of_full_column_rank)"),
    )
    code, row = checked(tmp_path, text)
    assert code == 0
    assert row["derivation"]["rules"] == ["gram_has_the_same_kernel", "kernel_of_full_column_rank"]


def test_a_rule_needs_a_name_of_its_own(tmp_path: Path) -> None:
    taken = RIGHT.replace("full_column_rank_has_no_kernel", "kernel_of_full_column_rank")
    words = "kernel_of_full_column_rank needs a name of its own"
    assert words in refused(tmp_path, taken)
    assert words in refused(tmp_path, taken, "check", "--paper", "MINE")


# ---- hollow --------------------------------------------------------------------------------------
def test_a_hollow_proof_is_never_derived(tmp_path: Path) -> None:
    code, row = checked(tmp_path, with_proof('have("all", x == y, sampled("clear"))'))
    assert row["status"] in ("undecided", "checked")
    assert code == (3 if row["status"] == "undecided" else 0)
    assert row["derivation"]["derived"] == 0
    assert row["derivation"]["sampled"] == 1
    assert row["derivation"]["surplus"] == ["full rank", "x solves", "y solves"]
    (step,) = row["steps"]
    assert (step["reason"], step["accepted"]) == ("sampled", False)


def test_one_hollow_step_is_counted(tmp_path: Path) -> None:
    code, row = checked(
        tmp_path,
        changed(
            ('by(gram_has_the_same_kernel), "difference"', 'sampled("clear"), "difference"'),
            ("import by, have, linear", "import by, have, linear, sampled"),
        ),
    )
    assert code in (0, 3)
    assert row["status"] in ("undecided", "checked")
    assert (row["derivation"]["derived"], row["derivation"]["steps"]) == (2, 3)


# ---- circular ------------------------------------------------------------------------------------
def test_a_statement_cannot_cite_itself(tmp_path: Path) -> None:
    line = refused(tmp_path, with_proof('have("all", x == y, cite(UNIQUE))'))
    assert "mine.py" in line
    assert "UNIQUE" in line


def test_a_draft_of_the_same_key_is_not_the_statement(tmp_path: Path) -> None:
    draft = (
        RIGHT[RIGHT.index("UNIQUE = ") :].replace(PROOF, "    proof=[").replace("    ],\n)", "])")
    )
    text = with_proof('have("all", x == y, cite(drafts()))')
    body = "".join(f"    {line}\n" for line in draft.replace("UNIQUE =", "return").splitlines())
    text = text.replace("UNIQUE = ", f"def drafts():\n{body}\n\nUNIQUE = ", 1)
    assert "MINE.L1 cites another statement with the key MINE.L1" in refused(tmp_path, text)


def test_two_statements_cannot_cite_each_other(tmp_path: Path) -> None:
    other = (
        RIGHT[RIGHT.index("UNIQUE = ") :].replace("UNIQUE", "OTHER").replace("MINE.L1", "MINE.L2")
    )
    other = other.replace(PROOF, '    proof=[have("all", x == y, cite(UNIQUE)),\n')
    back = '\nobject.__setattr__(UNIQUE, "proof", (have("all", x == y, cite(OTHER)),))\n'
    text = with_proof('have("all", x == y, sampled("later"))') + "\n" + other + back
    assert "must not go in a circle" in refused(tmp_path, text)


def test_the_conclusion_is_no_hypothesis(tmp_path: Path) -> None:
    begged = with_proof('have("all", x == y, logic, "begged")')
    begged = changed(
        ('        "full rank": rank(A) == n,\n', '        "begged": 0 == y - x,\n'), text=begged
    )
    code, row = checked(tmp_path, begged)
    assert (code, row["status"]) == (1, "gap")
    assert "known here already" in row["steps"][0]["refused_because"]


# ---- wrong ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("old", "new", "step"),
    [
        (
            'by(gram_has_the_same_kernel), "difference"',
            'by(gram_has_the_same_kernel), "x solves"',
            "same image",
        ),
        ('"full rank", "same image"', '"full rank", "difference"', "unique"),
        ('"full rank", "same image"', '"full rank"', "unique"),
        ('"x solves", "y solves"),', '"x solves"),', "difference"),
        ("A @ (x - y) == 0, by", "A @ (x + y) == 0, by", "same image"),
        ("by(full_column_rank_has_no_kernel)", "by(gram_has_the_same_kernel)", "unique"),
    ],
)
def test_a_wrong_step_is_a_gap(tmp_path: Path, old: str, new: str, step: str) -> None:
    code, row = checked(tmp_path, changed((old, new)))
    assert (code, row["status"]) == (1, "gap")
    first = next(s for s in row["steps"] if not s["accepted"])
    assert first["name"] == step
    assert first["refused_because"]
    assert f"step {step}" in {f["where"] for f in row["findings"]}


def test_a_proof_of_something_else_is_refused_and_instances_refute_what_it_says(
    tmp_path: Path,
) -> None:
    code, row = checked(tmp_path, changed(("    then=x == y,\n", "    then=x == y + x,\n")))
    assert (code, row["status"]) == (1, "refuted")
    assert {f["kind"] for f in row["findings"]} == {"unsupported premise", "refuted"}
    assert {f["where"] for f in row["findings"]} == {"statement"}


def test_a_false_rule_is_named_although_it_holds_for_small_sizes(tmp_path: Path) -> None:
    text = (
        RIGHT.split("UNIQUE = Statement(")[0]
        + """
S = matrix("S", n, n)
cubes = rule(S @ S @ S == 0, then=S @ S == 0, source="made up")
"""
    )
    text += """
Q = matrix("Q", n, n)
CUBES = Statement(
    "MINE.L1",
    Setting("a square matrix", variables=(n, Q)),
    given={"cube": Q @ Q @ Q == 0},
    then=Q @ Q == 0,
    proof=[have("square", Q @ Q == 0, by(cubes), "cube")],
)
"""
    code, row = checked(tmp_path, text)
    assert code == 1
    assert row["status"] in ("gap", "refuted")
    (rule,) = (f for f in row["findings"] if f["where"] == "rule cubes")
    assert rule["text"].startswith("the rule cubes is false: its premises hold, and at ")


def test_a_hypothesis_that_is_not_needed_is_surplus(tmp_path: Path) -> None:
    more = ('        "x solves":', '        "square": m == n,\n        "x solves":')
    code, row = checked(tmp_path, changed(more))
    assert (code, row["status"]) == (0, "checked")
    assert row["derivation"]["surplus"] == ["square"]
    assert [f["kind"] for f in row["findings"]] == ["surplus hypothesis"]


def test_a_shape_that_does_not_fit_is_refused_where_it_stands(tmp_path: Path) -> None:
    line = refused(tmp_path, changed(("A.T @ A @ x == A.T @ b", "A @ A @ x == A.T @ b")))
    where = RIGHT[: RIGHT.index("A.T @ A @ x ==")].count("\n") + 1
    assert f"mine.py:{where}: " in line


# ---- how it is shown -----------------------------------------------------------------------------
def test_show_reads_like_a_proof(tmp_path: Path) -> None:
    place = folder(tmp_path / "p", mine=RIGHT)
    before = invoke("show", "MINE.L1", "--proofs", place).stdout
    assert "printed reading, not run" in before
    told = invoke("check", "MINE.L1", "--proofs", place).stdout
    assert "3 of 3 steps derived" in told
    assert ("not tried" in told) == ("checked:" in told)
    text = invoke("show", "MINE.L1", "--proofs", place, "--all").stdout
    assert all(len(line) <= 80 or str(place) in line for line in text.splitlines())
    flat = " ".join(text.split())
    for words in (
        "A: m × n matrix",
        "full rank: rank A = n",
        "then x = y",
        "same image: A (x − y) = 0",
        "rule gram_has_the_same_kernel from difference: Aᵀ A B = 0 ⟹ A B = 0",
        "rests on full rank, x solves, y solves",
        "3 of 3 steps derived",
    ):
        assert words in flat, words
    data = json.loads(invoke("show", "MINE.L1", "--proofs", place, "--json").stdout)
    jsonschema.validate(data, schema("show"))
    assert data["readings"][0]["last"] in ("checked", "derived")
    assert data["readings"][0]["then"] == {"text": "x = y", "latex": "x = y"}


def test_show_says_what_is_not_derived(tmp_path: Path) -> None:
    hollow = changed(
        ('by(gram_has_the_same_kernel), "difference"', 'sampled("clear"), "difference"'),
        ("import by, have, linear", "import by, have, linear, sampled"),
    )
    place = folder(tmp_path / "p", mine=hollow)
    assert "sampled, not derived: clear" in invoke("show", "MINE.L1", "--proofs", place).stdout
    wrong = changed(('"full rank", "same image"', '"full rank"'))
    place = folder(tmp_path / "q", mine=wrong)
    text = " ".join(invoke("show", "MINE.L1", "--proofs", place).stdout.split())
    assert "refused: full_column_rank_has_no_kernel" in text


def test_lines_of_the_paper_stand_beside(tmp_path: Path) -> None:
    text = changed(
        ('"full rank", "same image"),', '"full rank", "same image", lines=(2, 3)),'),
        (
            '    where="your notes, page 1",\n',
            '    where="your notes, page 1",\n    lines=(1, 1),\n',
        ),
    )
    place = folder(tmp_path / "p", mine=text)
    paper = tmp_path / "paper.txt"
    paper.write_text("Lemma. Least squares\nhave one solution, since\nthe kernel is 0.\nNext.\n")
    shown = invoke("show", "MINE.L1", "--proofs", place, "--text", paper).stdout
    assert "    1 | Lemma. Least squares" in shown
    assert "    3 | the kernel is 0." in shown
    assert "Next." not in shown
    missing = invoke("show", "MINE.L1", "--proofs", place, "--text", tmp_path / "no")
    assert missing.exit_code == 2
    assert "--text" in missing.stderr
    assert "a readable file was needed" in missing.stderr


def test_trust_names_all_that_must_be_believed(tmp_path: Path) -> None:
    place = folder(tmp_path / "p", mine=RIGHT)
    text = invoke("show", "MINE.L1", "--trust", "--proofs", place).stdout
    flat = " ".join(text.split())
    for words in (
        "symbolic_landscape/judge/kernel.py",
        "2 rules that the proofs use",
        "mine.gram_has_the_same_kernel: Aᵀ A B = 0 ⟹ A B = 0",
        "for A: m × n matrix; B: n × p matrix",
        "Horn and Johnson, Matrix Analysis, 0.4",
        "theorems from outside, assumed: none",
        "x solves: Aᵀ A x = Aᵀ b",
        "lines to read",
    ):
        assert words in flat, words
    data = json.loads(invoke("show", "MINE.L1", "--trust", "--json", "--proofs", place).stdout)
    jsonschema.validate(data, schema("trust"))
    assert f"{data['lines']} lines to read" in flat
    assert [rule["source"] for rule in data["rules"]][1] == "elementary"


def test_graph_of_the_proof_has_its_facts(tmp_path: Path) -> None:
    place = folder(tmp_path / "p", mine=RIGHT)
    drawn = invoke("graph", "--proof", "MINE.L1", "--format", "json", "--proofs", place).stdout
    data = json.loads(drawn)
    jsonschema.validate(data, schema("graph"))
    assert {node["name"]: node["role"] for node in data["nodes"]} == {
        "full rank": "hypothesis",
        "x solves": "hypothesis",
        "y solves": "hypothesis",
        "difference": "fact",
        "same image": "fact",
        "unique": "conclusion",
    }
    assert {(edge["from"], edge["to"]) for edge in data["edges"]} == {
        ("x solves", "difference"),
        ("y solves", "difference"),
        ("difference", "same image"),
        ("same image", "unique"),
        ("full rank", "unique"),
    }


def test_explain_says_what_is_lacking(tmp_path: Path) -> None:
    place = folder(tmp_path / "p", mine=changed(('"full rank", "same image"', '"full rank"')))
    result = invoke("explain", "MINE.L1", "--proofs", place)
    assert result.exit_code == 1
    assert "failed obligation: unsupported premise, step unique" in result.stdout
    assert "claim: if rank A = n; Aᵀ A x = Aᵀ b" in result.stdout


@pytest.mark.slow
def test_a_kept_result_is_the_same_and_an_edit_makes_it_new(tmp_path: Path) -> None:
    code, first = commanded(tmp_path, RIGHT)
    _, again = commanded(tmp_path, RIGHT)
    assert first == again, "seconds too: it was not derived a second time"
    here = [*checked(tmp_path, RIGHT)]
    assert timeless(here) == timeless([code, first])
    code, wrong = commanded(
        tmp_path / "edited", changed(('"full rank", "same image"', '"full rank"'))
    )
    assert (code, wrong["status"]) == (1, "gap")

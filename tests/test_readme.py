"""What README and the notebooks say exists, and the picture is what the program draws."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from symbolic_landscape import load_proofs
from symbolic_landscape.statement.graph import statement_graph

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = ROOT / "notebooks" / "teachers_guide.md"
PROOFS = load_proofs()
PAPERS = sorted({s.paper for s in PROOFS.statements} - {"external"})
KEY = re.compile(rf"\b(?:{'|'.join(PAPERS)})\.[A-Z][A-Za-z0-9.]*[A-Za-z0-9]")


def test_the_two_commands_stand_first_and_are_what_ci_runs() -> None:
    blocks = re.findall(r"^```\n(.*?)\n```", README, flags=re.MULTILINE | re.DOTALL)
    assert blocks[0] == "pip install . && lemma-check check --paper NH17 --jobs 2"
    tests = blocks[1]
    assert tests == 'pip install ".[dev]" && pytest'
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert 'pip install --quiet ".[dev]" && pytest)' in script


@pytest.mark.parametrize(
    "path",
    [ROOT / "README.md", GUIDE, *sorted((ROOT / "notebooks").rglob("*.py"))],
    ids=lambda p: p.name,
)
def test_every_key_that_is_mentioned_exists(path: Path) -> None:
    mentioned = set(KEY.findall(path.read_text(encoding="utf-8")))
    assert mentioned
    assert mentioned <= set(PROOFS)


def test_every_command_that_is_mentioned_exists() -> None:
    from symbolic_landscape.command import app

    names = {
        command.name or command.callback.__name__
        for command in app.registered_commands
        if command.callback is not None
    }
    names |= {group.name for group in app.registered_groups}
    mentioned = set(re.findall(r"^lemma-check ([a-z]+)", README, flags=re.MULTILINE))
    assert len(mentioned) >= 8
    assert mentioned <= names


def test_the_guide_names_exercises_notebooks_and_commands_that_exist() -> None:
    from symbolic_landscape.command import app
    from symbolic_landscape.library.exercises import exercises

    text = GUIDE.read_text(encoding="utf-8")
    asked = set(re.findall(r"\bE[DF]\d\d\b", text))
    assert len(asked) >= 8
    assert asked <= {one.key for one in exercises()}
    notebooks = re.findall(r"`(\w*_\w+)`", text)
    assert len(notebooks) >= 4
    assert all((GUIDE.parent / f"{name}.py").is_file() for name in notebooks)
    names = {command.name or command.callback.__name__ for command in app.registered_commands}
    names |= {group.name for group in app.registered_groups}
    assert set(re.findall(r"`lemma-check (\w+)", text)) <= names


def test_the_problem_is_classified_as_shown() -> None:
    from symbolic_landscape.critical import classify_problem
    from symbolic_landscape.critical.problem import problem_from_text
    from symbolic_landscape.report.layout import fields

    problem = README.split("```json\n")[1].split("```")[0]
    shown = README.split("$ lemma-check classify problem.json\n")[1].split("\n```")[0]
    assert "\n".join(fields(classify_problem(problem_from_text(problem)).lines())) == shown


def test_the_picture_is_the_graph_of_citations() -> None:
    drawn = README.split("<!-- graph -->")[1].split("<!-- /graph -->")[0]
    names = dict(re.findall(r"^  (n\d+)\[\"([^\"<]+)<br/>", drawn, flags=re.MULTILINE))
    arrows = re.findall(r"^  (n\d+) --> (n\d+)", drawn, flags=re.MULTILINE)
    graph = statement_graph(PROOFS.statements).subgraph(names.values())
    assert len(names) >= 10
    assert {(names[a], names[b]) for a, b in arrows} == set(graph.edges)

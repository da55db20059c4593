"""The two graphs, the loader and the catalogue."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from own_proofs import RIGHT as OWN

from symbolic_landscape import load_proofs
from symbolic_landscape.errors import DeclarationError, ProofsError, UnknownKeyError
from symbolic_landscape.library import catalogue
from symbolic_landscape.library.catalogue import entries
from symbolic_landscape.library.lemmas import Proofs
from symbolic_landscape.proofs import PAPERS
from symbolic_landscape.statement.graph import below, citations, statement_graph
from symbolic_landscape.statement.language import integer
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import cite, have, linear
from symbolic_landscape.statement.setting import Setting

ROOT = Path(__file__).resolve().parents[2]

RIGHT = OWN.replace("OWN.R1", "MINE.T1").replace("remark", "theorem")

n = integer("n")
NUMBERS = Setting("an integer", variables=(n,))


def toy(key: str, *cited: Statement) -> Statement:
    """A statement that leans on others."""
    steps = [have(f"lean {c.key}", None, cite(c)) for c in cited]
    last = have("last", n >= -1 - len(key), linear, "given")
    return Statement(
        key,
        NUMBERS,
        title="toy",
        given={"given": n >= len(key)},
        then=n >= -1 - len(key),
        proof=[*steps, last],
    )


def test_statement_graph_leads_from_cited_to_citing() -> None:
    first = toy("TOY.L0")
    second = toy("TOY.L1", first)
    third = toy("TOY.L2", second)
    graph = statement_graph((first, second, third), {"TOY.L0": "checked"})
    assert set(graph.edges) == {("TOY.L0", "TOY.L1"), ("TOY.L1", "TOY.L2")}
    assert graph.nodes["TOY.L0"]["status"] == "checked"
    assert graph.nodes["TOY.L1"]["status"] == "not run"
    assert below(citations((first, second, third)), ["TOY.L1"]) == {"TOY.L0", "TOY.L1"}


def test_citations_in_a_circle_should_be_refused() -> None:
    first = toy("TOY.L0")
    second = toy("TOY.L1", first)
    with pytest.raises(DeclarationError, match="circle"):
        statement_graph((toy("TOY.L0", second), second))


def test_key_declared_twice_should_be_refused() -> None:
    with pytest.raises(DeclarationError, match="declared once"):
        Proofs((toy("TOY.L0"), toy("TOY.L0")))


def test_citation_outside_the_collection_should_be_refused() -> None:
    with pytest.raises(DeclarationError, match="not among the statements"):
        Proofs((toy("TOY.L1", toy("TOY.L0")),))


def test_unknown_key_names_the_closest() -> None:
    proofs = Proofs((toy("TOY.L10"),))
    with pytest.raises(UnknownKeyError, match=r"closest are TOY\.L10"):
        proofs["TOY.L1"]


def test_users_folder_is_loaded_beside_the_built_in_one(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(RIGHT)
    proofs = load_proofs(tmp_path)
    assert proofs.broken == ()
    assert proofs.place(proofs["MINE.T1"].printed).startswith(str(tmp_path / "mine.py"))
    assert proofs["MINE.T1"].reading("repaired") is proofs["MINE.T1"].printed
    assert list(proofs)[-1] == "MINE.T1"
    assert proofs.below(["MINE.T1"]) == ("MINE.T1",)


@pytest.mark.slow
@pytest.mark.parametrize("order", [("theirs", "ours"), ("ours", "theirs")])
def test_users_own_package_of_the_name_proofs_works_beside_ours(
    tmp_path: Path, order: tuple[str, str]
) -> None:
    package = tmp_path / "proofs"
    package.mkdir()
    (package / "__init__.py").write_text("OWN = 'of the user'\n")
    (package / "mine.py").write_text(f"from proofs import OWN\n\n{RIGHT}")
    code = {
        "theirs": "import proofs.mine",
        "ours": "from symbolic_landscape import load_proofs; loaded = load_proofs(sys.argv[1])",
    }
    program = "\n".join(
        (
            "import sys",
            *(code[name] for name in order),
            "print(proofs.mine.OWN, proofs.mine.__file__)",
            "print('MINE.T1' in loaded, 'NH17.T3.4' in loaded, loaded.broken)",
        )
    )
    shown = subprocess.run(
        [sys.executable, "-c", program, str(package)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT)))},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert shown.splitlines() == [
        f"of the user {package / 'mine.py'}",
        "True True ()",
    ]


def test_checkout_without_symbolic_links_should_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "symbolic_landscape" / "library"
    library.mkdir(parents=True)
    (tmp_path / "symbolic_landscape" / "proofs").write_text("../proofs")
    monkeypatch.setattr(catalogue, "__file__", str(library / "catalogue.py"))
    with pytest.raises(ProofsError, match="symbolic link"):
        load_proofs()


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("x = (", r"broken\.py:1: '\(' was never closed"),
        ("\nimport nothing_like_this\n", r"broken\.py:2: ModuleNotFoundError"),
        (RIGHT.replace("theorem", "guess"), r"broken\.py:\d+: MINE\.T1: kind must be one of"),
        (RIGHT.replace("n >= 0", "m >= 0"), r"NameError: .*'m'"),
    ],
)
def test_broken_file_gives_one_line_and_the_others_load(
    tmp_path: Path, text: str, cause: str
) -> None:
    (tmp_path / "broken.py").write_text(text)
    (tmp_path / "right.py").write_text(RIGHT)
    proofs = load_proofs(tmp_path)
    (error,) = proofs.broken
    assert "MINE.T1" in proofs
    assert "\n" not in str(error)
    with pytest.raises(ProofsError, match=cause):
        raise error


def test_folder_that_does_not_exist_should_fail(tmp_path: Path) -> None:
    with pytest.raises(ProofsError, match="needs a folder"):
        load_proofs(tmp_path / "nowhere")


def test_catalogue_reads_without_running(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(RIGHT + "\nraise SystemExit('this must not run')\n")
    (entry,) = (e for e in entries([tmp_path]) if e.key == "MINE.T1")
    assert (entry.kind, entry.paper, entry.where, entry.title) == (
        "theorem",
        "MINE",
        "page 1",
        "natural numbers",
    )
    assert (tmp_path / "mine.py").read_text().splitlines()[entry.line - 1] == "DOUBLE = Statement("


def test_catalogue_agrees_with_the_loaded_statements() -> None:
    loaded = {s.key: (s.kind, s.where, s.title) for s in load_proofs().statements}
    read = {e.key: (e.kind, e.where, e.title) for e in entries()}
    assert loaded.keys() == read.keys()
    for key, words in read.items():
        for there, said in zip(words, loaded[key], strict=True):
            assert there in ("", said), key
    assert sum("" in (kind, title) for kind, _, title in read.values()) < 20


def test_a_folder_of_a_paper_has_its_statements_and_theorems_from_outside() -> None:
    found = []
    for name in PAPERS:
        here = entries(inside=[name])
        paper = getattr(import_module(f"symbolic_landscape.proofs.{name}"), "PAPER", None)
        assert {e.paper for e in here} <= {"external", *([paper.key] if paper else [])}, name
        found += here
    assert set(found) == set(entries())


@pytest.mark.parametrize(
    ("keys", "whole"),
    [(["NH17.T3.4"], False), (["NH17.T3.4", "NH17.T99"], True)],
)
def test_for_a_key_only_what_it_leans_on_is_loaded(keys: list[str], whole: bool) -> None:
    code = (
        "import sys\n"
        "from symbolic_landscape.library.lemmas import Proofs\n"
        f"proofs = Proofs.load(keys={keys!r})\n"
        "assert {'NH17.T3.4', 'NH17.L2.1'} <= set(proofs)\n"
        "print(any('cooper_2021.' in name for name in sys.modules))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stdout == f"{whole}\n"


def test_of_a_paper_all_statements_are_loaded_and_of_others_what_these_lean_on() -> None:
    code = (
        "import sys\n"
        "from symbolic_landscape.library.lemmas import Proofs\n"
        "proofs = Proofs.load(paper='NH17')\n"
        "print(sum(one.paper == 'NH17' for one in proofs.values()),\n"
        "      any('cooper_2021.section' in name for name in sys.modules))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    number = sum(one.paper == "NH17" for one in load_proofs().values())
    assert done.stdout == f"{number} False\n"


def test_a_key_is_among_the_statements_or_not() -> None:
    proofs = load_proofs()
    assert "NH17.T3.4" in proofs
    assert "NH17.T99" not in proofs
    assert proofs.get("NH17.T99") is None

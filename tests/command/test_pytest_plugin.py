"""The pytest plugin, run in a pytest of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from xml.etree import ElementTree

import pytest
from own_proofs import BROKEN, CITING, OPEN, RECORDED, RIGHT, WRONG, folder

from symbolic_landscape.report.template import template

ROOT = Path(__file__).resolve().parents[2]


def run_pytest(place: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    registered = metadata.entry_points(group="pytest11", name="lemma_check")
    plugin = [] if registered else ["-p", "symbolic_landscape.pytest_plugin"]
    (place / "pytest.ini").touch()
    return subprocess.run(
        [sys.executable, "-m", "pytest", *plugin, "-p", "no:cacheprovider", *map(str, arguments)],
        cwd=place,
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "LEMMA_CHECK_CACHE": str(place / "cache.sqlite"),
        },
        check=False,
    )


@pytest.mark.slow
def test_every_case_is_an_item_with_a_readable_id(tmp_path: Path) -> None:
    proofs = folder(tmp_path / "p", a=CITING, b=RECORDED)
    (tmp_path / "test_other.py").write_text("def test_other(): pass\n")
    chosen = ("--lemma-check", "--paper", "OWN", "--proofs", proofs)
    done = run_pytest(tmp_path, *chosen, "-vv", "--junit-xml=out.xml")
    assert done.returncode == 0, done.stdout + done.stderr
    for line in (
        "OWN.L9 (printed)::status <- p/a.py PASSED",
        "OWN.L9 (printed)::instance n=9 <- p/a.py PASSED",
        "OWN.L9 (printed)::step two <- p/a.py PASSED",
        "OWN.R3 (printed)::status <- p/b.py XFAIL",
        "OWN.R3 (repaired)::status <- p/b.py PASSED",
    ):
        assert line in done.stdout, done.stdout
    assert "test_other" not in done.stdout, "without paths only the check is collected"
    suite = ElementTree.parse(tmp_path / "out.xml").getroot()[0]
    assert suite.get("failures") == "0"
    assert int(suite.get("tests", "0")) >= 15


@pytest.mark.slow
def test_failures_and_undecided_are_told_apart(tmp_path: Path) -> None:
    proofs = folder(tmp_path / "p", a=WRONG, b=OPEN, c=RIGHT, d=BROKEN)
    (tmp_path / "test_other.py").write_text("def test_other(): pass\n")
    done = run_pytest(
        tmp_path, "--lemma-check", "--paper", "OWN", "--proofs", proofs, "test_other.py", "-v"
    )
    assert done.returncode == 1
    assert "test_other PASSED" in done.stdout, "paths on the command line are collected too"
    assert "OWN.R2 (printed)::status FAILED" in done.stdout
    assert "n=9" in done.stdout
    assert "OWN.R4 (printed)::status UNDECIDED" in done.stdout
    assert re.search(r"UNDECIDED OWN.R4 \(printed\)::status - .*no procedure", done.stdout, re.S)
    assert "d.py::loads FAILED" in done.stdout
    assert re.search(r"\d+ failed, \d+ passed, \d+ undecided", done.stdout), done.stdout
    assert "pytest_plugin.py" not in done.stdout, "no frames of the plugin"


@pytest.mark.slow
def test_undecided_alone_is_no_pass(tmp_path: Path) -> None:
    proofs = folder(tmp_path / "p", a=OPEN, b=RIGHT)
    done = run_pytest(tmp_path, "--lemma-check", "--lemma", "OWN.R4", "--proofs", proofs)
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(r"= 6 undecided in", done.stdout), done.stdout
    assert "OWN.R1" not in done.stdout


@pytest.mark.slow
def test_workers_share_one_judgement(tmp_path: Path) -> None:
    pytest.importorskip("xdist")
    proofs = folder(tmp_path / "p", a=RIGHT, b=WRONG, c=OPEN)
    done = run_pytest(
        tmp_path, "--lemma-check", "--paper", "OWN", "--proofs", proofs, "-n", "2", "--color=no"
    )
    summary = re.search(r"(\d+) failed, (\d+) passed, (\d+) undecided", done.stdout)
    assert summary is not None, done.stdout
    assert [int(count) for count in summary.groups()] == [3, 8, 6]
    assert done.stdout.count("UNDECIDED OWN.R4") == 6


@pytest.mark.slow
@pytest.mark.parametrize("wish", [("--lemma", "NO.KEY"), ("--proofs", "no")])
def test_wrong_wish_is_a_usage_error(tmp_path: Path, wish: tuple[str, str]) -> None:
    done = run_pytest(tmp_path, "--lemma-check", *wish)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "no" in done.stderr.lower()
    assert "Traceback" not in done.stderr


def test_without_the_option_nothing_changes(tmp_path: Path) -> None:
    (tmp_path / "test_other.py").write_text("def test_other(): pass\n")
    done = run_pytest(tmp_path, "-q")
    assert done.returncode == 0
    assert "1 passed" in done.stdout


@pytest.mark.slow
def test_folders_may_stand_in_the_settings(tmp_path: Path) -> None:
    folder(tmp_path / "p", a=RIGHT)
    (tmp_path / "pytest.ini").write_text("[pytest]\nlemma_proofs = p\n")
    done = run_pytest(tmp_path, "--lemma-check", "--lemma", "OWN.R1", "-q")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" in done.stdout


@pytest.mark.slow
def test_steps_of_a_derivation_are_items(tmp_path: Path) -> None:
    right = template("MINE.L1")
    hollow = (
        template("MINE.L2")
        .replace('by(gram_has_the_same_kernel), "difference"', 'sampled("clear"), "difference"')
        .replace("import by, have, linear", "import by, have, linear, sampled")
        .replace("full_column_rank_has_no_kernel", "no_kernel")
        .replace("gram_has_the_same_kernel", "same_kernel")
    )
    wrong = (
        template("MINE.L3")
        .replace('"full rank", "same image"', '"full rank"')
        .replace("full_column_rank_has_no_kernel", "has_no_kernel")
        .replace("gram_has_the_same_kernel", "has_the_same_kernel")
    )
    proofs = folder(tmp_path / "p", a=right, b=hollow, c=wrong)
    done = run_pytest(tmp_path, "--lemma-check", "--paper", "MINE", "--proofs", proofs, "-vv")
    assert done.returncode == 1, done.stdout + done.stderr
    for line in (
        "MINE.L1 (printed)::status <- p/a.py PASSED",
        "MINE.L1 (printed)::step same image <- p/a.py PASSED",
        "MINE.L2 (printed)::step difference <- p/b.py PASSED",
        "MINE.L3 (printed)::status <- p/c.py FAILED",
        "MINE.L3 (printed)::step unique <- p/c.py FAILED",
    ):
        assert line in done.stdout, done.stdout
    words = " ".join(done.stdout.split())
    assert "does not fit: it is about rank A = n; A B = 0" in words

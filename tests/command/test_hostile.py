"""Code and files that go wrong: one sentence, the right status, nothing lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from own_proofs import HEAD, RIDDLE, RIGHT, WRONG, folder

from symbolic_landscape.command import supervision

ROOT = Path(__file__).resolve().parents[2]
ASKED = 'return undecided("no procedure reaches this")'
OPEN = RIDDLE.replace("KEY", "OWN.R4")


def ran(path: Path, *arguments: str, shell: str = "") -> subprocess.CompletedProcess[str]:
    """The command in a process of its own; `shell` is put behind it."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "LEMMA_CHECK_CACHE": str(path / "cache.sqlite"),
        "COMMAND": sys.executable,
    }
    words = "".join(f" '{argument}'" for argument in arguments)
    return subprocess.run(
        f'"$COMMAND" -m symbolic_landscape{words} {shell}',
        shell=True,
        env=environment,
        cwd=path,
        capture_output=True,
        text=True,
        timeout=120,
    )


def checked(path: Path, text: str) -> subprocess.CompletedProcess[str]:
    own = str(folder(path / "proofs", one=text))
    return ran(path, "check", "--paper", "OWN", "--instances", "3", "--quiet", "--proofs", own)


BAD = (
    (RIGHT + "\nos._exit(0)\n", 2, "ended the run"),
    (HEAD.replace(ASKED, "raise SystemExit(0)") + OPEN, 3, ""),
    (RIGHT + "\nraise SystemExit(0)\n", 2, "SystemExit: 0"),
    (HEAD.replace(ASKED, "os._exit(0)") + OPEN, 3, ""),
    (WRONG + "\nimport atexit\natexit.register(os._exit, 0)\n", 1, ""),
    ("import os\nos.fork()\n" + RIGHT, 0, ""),
    (RIGHT + "\n\0\n", 2, "one.py: source code string cannot contain null bytes"),
    (
        RIGHT + "\nraise ValueError(chr(27) + '[31m' + 'long' * 1000)\n",
        2,
        "ValueError: [31mlong",
    ),
)
"""Files of a user's, the exit status of the answer, and words in it."""


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [*BAD[:2], *(pytest.param(*row, marks=pytest.mark.slow) for row in BAD[2:])],
)
def test_own_code_never_sets_the_status(tmp_path: Path, text: str, status: int, words: str) -> None:
    answer = checked(tmp_path, text)
    assert answer.returncode == status, answer.stderr
    assert words in answer.stderr
    assert "Traceback" not in answer.stderr
    assert all(len(line) < 320 for line in answer.stderr.splitlines())
    assert answer.stdout.count("reading") == (status != 2), "one report, or none"


@pytest.mark.slow
def test_error_that_cannot_say_what_it_is(tmp_path: Path) -> None:
    mute = "\nclass Mute(Exception):\n    def __str__(self):\n        raise RuntimeError\n"
    answer = checked(tmp_path, HEAD.replace(ASKED, "raise Mute") + mute + OPEN)
    assert (answer.returncode, answer.stderr) == (3, "")


@pytest.mark.slow
def test_loop_at_import_is_cut_off(tmp_path: Path) -> None:
    text = "from symbolic_landscape.library import guard\n\nwhile True:\n    pass\n"
    own = folder(tmp_path / "proofs", one=text)
    program = (
        "from symbolic_landscape.library import guard, lemmas\n"
        "guard.LOADING = 0.5\n"
        f"print(*lemmas.load_proofs({str(own)!r}).broken)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "one.py:" in answer.stdout
    assert "it did not end within 0.5 s" in answer.stdout


@pytest.mark.parametrize(
    ("arguments", "shell", "words"),
    [
        (("list",), "> /dev/full", "No space left on device"),
        (("list",), ">&-", "standard output must be open"),
        (("lis",), "2>&-", ""),
        (("classify", "/dev/zero"), "", "at most 20000000 characters are read"),
        (("verify", "/dev/zero"), "", "at most"),
        (("show", "NH17.T3.4", "--text", "/dev/zero"), "", "at most"),
        (("classify", "a" * 300), "", "File name too long"),
        (("new", "MINE.T1", "-o", "a" * 300), "", "-o needs a file that can be made"),
        (("classify", "loop"), "", "symbolic links"),
        (("new", "MINE.T1", "-o", "loop"), "", "exists"),
        (("new", "MINE.T1", "-o", "/proc/one.py"), "", "-o needs a file that can be made"),
    ],
)
def test_trouble_with_files_is_one_sentence(
    tmp_path: Path, arguments: tuple[str, ...], shell: str, words: str
) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "back")
    (tmp_path / "back").symlink_to(tmp_path / "loop")
    answer = ran(tmp_path, *arguments, shell=shell)
    assert answer.returncode == 2
    assert words in answer.stderr
    assert len(answer.stderr.splitlines()) == (words != "")


@pytest.mark.slow
def test_other_graph_backends_have_no_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETWORKX_AUTOMATIC_BACKENDS", "none,such")
    assert ran(tmp_path, "show", "C21.L3.3").returncode == 0


def test_title_cannot_steer_the_terminal(tmp_path: Path) -> None:
    text = RIGHT.replace("natural numbers", "\\x1b[31mred\\x07")
    own = str(folder(tmp_path / "proofs", one=text))
    answer = ran(tmp_path, "list", "--paper", "OWN", "--proofs", own)
    assert "[31mred" in answer.stdout
    assert "\x1b" not in answer.stdout


POISON = """
import os

from symbolic_landscape import verdict
from symbolic_landscape.judge import check, kernel, results, statuses
from symbolic_landscape.library import desk, run, store
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.line import I_LINE_PRINTED as LINE
from symbolic_landscape.report import text
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import cite, have

verdict.Verdict.is_holds = property(lambda self: True)
verdict.Verdict.is_fails = property(lambda self: False)
statuses.status = lambda result: "derived"
statuses.exit_status = lambda found: 0
check._findings = lambda *given: ()
kernel.Kernel.check = lambda self, claim: kernel.Derivation(claim.key)
results.StatementResult.findings = property(lambda self: (), lambda self, value: None)
run.CheckReport.exit_status = 0
store.reproduces = lambda *given: True
text.check_lines = lambda *given, **more: ["all is well"]
object.__setattr__(LINE, "expected", ())

OWN = Statement(
    "OWN.L1",
    LINE.setting,
    where="page 1",
    title="what is printed holds",
    given=dict(LINE.given),
    then=LINE.then,
    proof=[have("so", LINE.then, cite(LINE))],
)
"""


@pytest.mark.slow
@pytest.mark.parametrize("asked", [("OWN.L1",), ("PS21.I.line", "OWN.L1", "--jobs", "2")])
def test_own_code_that_changes_the_judge_changes_no_built_in_result(
    tmp_path: Path, asked: tuple[str, ...]
) -> None:
    def statements(*arguments: str) -> dict[tuple[str, str], Any]:
        answer = ran(tmp_path, "check", *arguments, "--no-cache", "--format", "json")
        assert answer.returncode == status, answer.stderr
        found = json.loads(answer.stdout)["statements"]
        return {(s["key"], s["reading"]): {**s, "seconds": 0, "instances": []} for s in found}

    status = 0
    plain = statements("PS21.I.line")
    assert plain["PS21.I.line", "printed"]["status"] == "refuted"
    own, status = folder(tmp_path / "proofs", one=POISON), 3
    beside = statements(*asked, "--proofs", str(own))
    assert {node: s for node, s in beside.items() if node[0] == "PS21.I.line"} == plain
    assert beside["OWN.L1", "printed"]["status"] != "derived", "it cites what is refuted"


OTHER = """
import json
from dataclasses import replace

from symbolic_landscape.library import cards, desk
from symbolic_landscape.statement.language import natural
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import calculation, have
from symbolic_landscape.statement.setting import Setting

n = natural("n")
OWN = Statement(
    "OWN.L1", Setting("a number", variables=(n,)), where="page 1", title="n is n", given={},
    then=n + n == 2 * n, proof=[have("so", n + n == 2 * n, calculation)],
)
made, judged = cards.cards_of, desk.judged


def with_another(proofs):
    found = made(proofs)
    own = [replace(c, key="PS21.I.line") for c in found.by_node.values() if c.folders]
    found.by_node.update({c.node: c for c in own})
    return found


def about_another(asked):
    asked = {**asked, "node": ("OWN.L1", "printed")}
    return json.loads(json.dumps(judged(asked)).replace("OWN.L1", "PS21.I.line"))


desk.judged = about_another
"""


@pytest.mark.parametrize(
    "asked",
    [
        ("show", "YSJ18.I10"),
        ("break", "YSJ18.I10", "half"),
        ("graph", "--proof", "YSJ18.I10"),
        pytest.param(("attack", "YSJ18.I10"), marks=pytest.mark.slow),
        ("show", "OWN.R1"),
    ],
)
def test_own_code_runs_only_where_it_is_asked_for(tmp_path: Path, asked: tuple[str, ...]) -> None:
    own = folder(tmp_path / "proofs", one=RIGHT + "\nprint('own code runs')\n")
    answer = ran(tmp_path, *asked, "--proofs", str(own))
    assert answer.returncode == 0, answer.stderr
    assert ("own code runs" in answer.stdout) is ("OWN.R1" in asked)
    assert any(key in answer.stdout for key in asked if "." in key) or asked[0] == "attack"


@pytest.mark.slow
def test_own_code_does_not_answer_for_a_built_in_statement(tmp_path: Path) -> None:
    own = folder(tmp_path / "answers", one=OTHER)
    asked = ("check", "PS21.I.line", "OWN.L1", "--no-cache", "--format", "json", "--proofs")
    answer = ran(tmp_path, *asked, str(own))
    found = [(s["key"], s["status"]) for s in json.loads(answer.stdout)["statements"]]
    assert sorted(found) == [
        ("OWN.L1", "undecided"),
        ("PS21.I.line", "derived"),
        ("PS21.I.line", "refuted"),
    ]
    told = folder(tmp_path / "tells", one=OTHER + "\ncards.cards_of = with_another\n")
    for keys in (("OWN.L1",), ("PS21.I.line", "OWN.L1")):
        answer = ran(tmp_path, "check", *keys, "--no-cache", "--proofs", str(told))
        assert answer.returncode == 2
        assert "PS21.I.line must be declared once" in answer.stderr
    wrong = OTHER.replace('key="PS21.I.line")', 'cites=(("NO.SUCH", "printed"),))')
    cites = folder(tmp_path / "cites", one=wrong + "\ncards.cards_of = with_another\n")
    answer = ran(tmp_path, "check", "OWN.L1", "--no-cache", "--proofs", str(cites))
    assert (answer.returncode, answer.stderr.count("\n")) == (2, 1)
    assert "changed what is told of the statements" in answer.stderr


@pytest.mark.slow
def test_built_in_result_is_the_same_in_a_process_that_own_code_changed(tmp_path: Path) -> None:
    own = folder(tmp_path / "proofs", one=POISON)
    program = (
        "from symbolic_landscape.library.lemmas import load_proofs\n"
        "lemma = load_proofs(FOLDER)['PS21.I.line']\n"
        "print(lemma.check(reading='printed').results[0].tally)\n"
    )
    answers = [
        subprocess.run(
            [sys.executable, "-c", program.replace("FOLDER", folder_)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=120,
        ).stdout
        for folder_ in ("", repr(str(own)))
    ]
    assert answers[0] == answers[1] != ""


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ("classify p.json", 160.0),
        ("--quiet classify p.json --budget 2", 80.0),
        ("classify --budget=0.5 p.json", 65.0),
        ("classify p.json --budget inf", None),
        ("classify p.json --budget x", 160.0),
        ("certify p.json", 160.0),
        ("certify NH17.T3.4 --budget 1", 70.0),
        ("certify OWN.L1 --proofs certify", 160.0),
        ("--proofs own certify OWN.L1 --budget 1", 70.0),
        ("verify certify", None),
    ],
)
def test_decisions_about_a_point_have_a_limit(given: str, seconds: float | None) -> None:
    assert supervision.longest(given.split()) == seconds


@pytest.mark.parametrize(
    ("work", "seconds", "status"),
    [
        ("limited(lambda: time.sleep(60)", 0.3, 3),
        ("limited(lambda: sys.exit(5)", 60, 5),
        ("limited(lambda: os.kill(os.getpid(), 9)", 60, 137),
        ("watched(lambda: time.sleep(60)", 1, 3),
        ("watched(lambda: sys.exit(5)", 60, 2),
        ("watched(lambda: (_ for _ in ()).throw(Ended(5))", 60, 5),
        ("watched(lambda: os.kill(os.getpid(), 9)", 60, 2),
    ],
)
def test_work_that_does_not_end_is_ended(work: str, seconds: float, status: int) -> None:
    program = (
        "import os, sys, time\n"
        "from symbolic_landscape.command.supervision import Ended, limited, watched\n"
        f"sys.exit({work}, {seconds}))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=50,
    )
    assert answer.returncode == status
    assert ("undecided: the decision was ended" in answer.stderr) is (status == 3)

"""The command: options, exit status, streams, manners towards the user's files."""

from __future__ import annotations

import json
import os
import pty
import select
import shlex
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from own_proofs import BROKEN, CITING, DEADLY, OPEN, RECORDED, RIGHT, SLOW, WRONG, folder
from typer.testing import CliRunner, Result

from symbolic_landscape import __version__
from symbolic_landscape.command import app
from symbolic_landscape.report.data import schema

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (
    "list",
    "check",
    "show",
    "step",
    "explain",
    "graph",
    "errata",
    "falsify",
    "break",
    "coverage",
    "new",
)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEMMA_CHECK_CACHE", str(tmp_path / "cache.sqlite"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.chdir(tmp_path)


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def _heed_interrupts() -> None:
    """Undoes what a shell does to jobs in its background, which inherit deafness to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def start(*arguments: str | Path, **options: Any) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "symbolic_landscape", *map(str, arguments)]
    pipe = subprocess.PIPE
    given = {"stdout": pipe, "stderr": pipe, "text": True, "env": environment, **options}
    return subprocess.Popen(command, **given)


def kept_results(path: Path) -> int:
    """How many results the cache holds so far."""
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            (count,) = connection.execute("SELECT count(*) FROM results").fetchone()
        finally:
            connection.close()
    except sqlite3.Error:  # the file or its table is not there yet
        return 0
    return int(count)


def refused(result: Result) -> str:
    """The one sentence of a refusal."""
    assert result.exit_code == 2, result.output
    assert not result.stdout
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    assert "Traceback" not in result.stderr
    return lines[0]


# -- help ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_an_example_and_says_what_runs(name: str) -> None:
    result = invoke(name, "--help")
    text = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert f"Example: lemma-check {name}" in text
    assert "Its files are Python and run as your own code." in text
    assert all(option in text for option in ("--proofs", "--version", "--quiet", "--verbose"))


@pytest.mark.parametrize("name", COMMANDS)
def test_example_of_the_help_runs(name: str, tmp_path: Path) -> None:
    (tmp_path / "my_proofs").mkdir()
    if name != "new":
        assert invoke("new", "MINE.L1", "-o", "my_proofs/first.py").exit_code == 0
    text = " ".join(invoke(name, "--help").stdout.split())
    example = shlex.split(text.partition("Example: lemma-check ")[2])
    if name in ("errata", "coverage"):
        example += ["--paper", "MINE"]
    result = invoke(*example)
    assert result.exit_code == 0, result.output
    assert "MINE.L1" in result.output or name in ("errata", "graph")


def test_no_command_shows_the_help() -> None:
    result = invoke()
    assert result.exit_code == 0
    assert all(f"\n  {name} " in result.stdout for name in COMMANDS)


@pytest.mark.parametrize("arguments", [["--version"], ["list", "--version"]])
def test_version(arguments: list[str]) -> None:
    assert invoke(*arguments).stdout == f"lemma-check {__version__}\n"


def test_only_what_works_is_registered() -> None:
    for name in ("certify", "report"):
        assert name in refused(invoke(name))


@pytest.mark.parametrize("arguments", ["['--help']", "['check', '--help']", "['list']"])
def test_help_and_list_import_no_engine(arguments: str) -> None:
    code = (
        "import sys\n"
        "from symbolic_landscape.command import app\n"
        "try:\n"
        f"    app({arguments})\n"
        "except SystemExit: pass\n"
        "heavy = {'sympy', 'hypothesis', 'networkx', 'flint', 'rich.console', 'numpy', 'z3'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stderr == "[]\n"


# -- common options -----------------------------------------------------------------------------


def test_common_options_stand_before_or_after_the_command(tmp_path: Path) -> None:
    one, two = folder(tmp_path / "1", a=RIGHT), folder(tmp_path / "2", a=RECORDED)
    before = invoke("--proofs", one, "--proofs", two, "list", "--json")
    after = invoke("list", "--json", "--proofs", one, "--proofs", two)
    mixed = invoke("--proofs", one, "list", "--json", "--proofs", two)
    assert before.stdout == after.stdout == mixed.stdout
    assert "OWN.R1" in after.stdout
    assert "OWN.R3" in after.stdout


@pytest.mark.slow
def test_quiet_and_verbose(tmp_path: Path) -> None:
    place = folder(tmp_path / "p", a=RIGHT)
    quiet = invoke("check", "--paper", "OWN", "--proofs", place, "--quiet")
    assert quiet.stdout.startswith("1 reading: 1 derived")
    assert not quiet.stderr
    assert "instance n=2" not in invoke("check", "--paper", "OWN", "--proofs", place).stdout
    verbose = invoke("check", "--paper", "OWN", "--proofs", place, "--verbose").stdout
    assert "instance n=2: holds (exact)" in verbose


# -- check --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"a": RIGHT}, 0),
        ({"a": RECORDED}, 0),
        ({"a": WRONG, "b": OPEN}, 1),
        ({"a": OPEN, "b": RIGHT}, 3),
    ],
)
@pytest.mark.parametrize(
    "forms", [("text",), pytest.param(("json", "junit"), marks=pytest.mark.slow)], ids="+".join
)
def test_check_exit_status(
    tmp_path: Path, files: dict[str, str], code: int, forms: tuple[str, ...]
) -> None:
    place = folder(tmp_path / "p", **files)
    for form in forms:
        result = invoke("check", "--paper", "OWN", "--proofs", place, "--format", form)
        assert result.exit_code == code, result.output
        assert not result.stderr


@pytest.mark.slow
def test_check_takes_every_option(tmp_path: Path) -> None:
    place = folder(tmp_path / "p", a=RIGHT, b=RECORDED)
    options = "--reading printed --jobs 2 --instances 3 --seed 5 --bits 64 --timeout 60 --no-cache"
    result = invoke(
        "check", "OWN.R1", "OWN.R3", "--proofs", place, *options.split(), "--format", "json"
    )
    data = json.loads(result.stdout)
    jsonschema.validate(data, schema("check"))
    assert data["seed"] == 5
    assert [(s["key"], s["reading"]) for s in data["statements"]] == [
        ("OWN.R1", "printed"),
        ("OWN.R3", "printed"),
    ]
    assert not (tmp_path / "cache.sqlite").exists()


def test_check_writes_a_file_in_one_piece(tmp_path: Path) -> None:
    place = folder(tmp_path / "p", a=WRONG)
    result = invoke("check", "OWN.R2", "--proofs", place, "--format", "json", "-o", "report.json")
    assert result.exit_code == 1
    assert not result.stdout
    assert "wrote report.json: 1 reading: 1 refuted" in result.stderr
    jsonschema.validate(json.loads((tmp_path / "report.json").read_text()), schema("check"))


@pytest.mark.parametrize("arguments", [["NO.KEY"], ["OWN.R2", "--timeout", "0"], ["--paper", "NO"]])
def test_bad_input_never_touches_a_file(tmp_path: Path, arguments: list[str]) -> None:
    place = folder(tmp_path / "p", a=WRONG)
    target = tmp_path / "mine.txt"
    target.write_text("precious")
    refused(invoke("check", *arguments, "--proofs", place, "-o", target))
    assert target.read_text() == "precious"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("nonsense", "nonsense"),
        ("check --nonsense", "--nonsense"),
        ("check --jobs many", "many"),
        ("check --jobs 0", "0"),
        ("check --format pdf", "pdf"),
        ("check --reading best", "best"),
        ("check OWN.R1 --timeout nan", "timeout"),
        ("check OWN.R1 -o no/such/folder/file", "no/such/folder"),
        ("check OWN.R1 -o .", "folder"),
        ("check OWN.R12", "OWN.R1"),
        ("show", "KEY"),
        ("show OWN.R12", "the closest are OWN.R1"),
        ("step OWN.R12", "OWN.R1"),
        ("explain OWN.R12", "OWN.R1"),
        ("graph OWN.R12", "OWN.R1"),
        ("graph --proof OWN.R12", "OWN.R1"),
        ("graph --format gif", "gif"),
        ("errata --paper NO", "NO"),
        ("coverage --paper NO", "NO"),
        ("list --paper OWNN", "OWN"),
        ("list --kind lemmma", "lemmma"),
        ("falsify OWN.R12", "OWN.R1"),
        ("falsify OWN.R1 --drop no_such", "positive"),
        ("falsify OWN.R1 --budget -1", "-1"),
        ("falsify OWN.R1 --budget nan", "budget"),
        ("new OWN.R1", "already declared"),
        ("new nonsense", "nonsense"),
        ("list --proofs no_such_folder", "no_such_folder"),
        ("check --proofs no_such_folder", "no_such_folder"),
    ],
)
def test_bad_usage_is_one_sentence(tmp_path: Path, arguments: str, words: str) -> None:
    place = folder(tmp_path / "p", a=RIGHT, b=OPEN)
    assert words in refused(invoke("--proofs", place, *arguments.split()))


@pytest.mark.slow
def test_broken_file_is_one_line_and_the_others_load(tmp_path: Path) -> None:
    place = folder(tmp_path / "p", a=RIGHT, b=BROKEN)
    named = invoke("check", "OWN.R1", "--proofs", place)
    assert named.exit_code == 0
    assert "derived" in named.stdout
    (line,) = named.stderr.splitlines()
    assert f"{place / 'b.py'}:3: TypeError" in line
    assert invoke("check", "--paper", "OWN", "--proofs", place).exit_code == 2
    missing = invoke("check", "OWN.R9", "--proofs", place)
    assert missing.exit_code == 2
    assert len(missing.stderr.splitlines()) == 2


@pytest.mark.slow
def test_corrupt_cache_is_one_warning(tmp_path: Path) -> None:
    place = folder(tmp_path / "p", a=RIGHT)
    (tmp_path / "cache.sqlite").write_text("not a database at all" * 100)
    result = invoke("check", "OWN.R1", "--proofs", place)
    assert result.exit_code == 0
    assert len(result.stderr.splitlines()) == 1
    assert "cache.sqlite" in result.stderr
    assert not invoke("check", "OWN.R1", "--proofs", place, "--quiet").stderr
    assert (tmp_path / "cache.sqlite").read_text() == "not a database at all" * 100


@pytest.mark.slow
def test_killed_worker_and_timeout_end_in_undecided(tmp_path: Path) -> None:
    place = folder(tmp_path / "p", a=DEADLY, b=SLOW, c=RIGHT)
    result = invoke("check", "--paper", "OWN", "--proofs", place, "--jobs", "2", "--timeout", "5")
    assert result.exit_code == 3
    assert "ran out of time after 5 s" in result.stdout
    assert "ended early with exit code -9" in result.stdout
    assert "1 derived, 2 undecided" in result.stdout


@pytest.mark.slow
@pytest.mark.parametrize(("jobs", "to_file"), [("1", False), ("2", True)])
def test_interrupt_leaves_a_usable_partial_report(tmp_path: Path, jobs: str, to_file: bool) -> None:
    place = folder(tmp_path / "p", a=RIGHT, b=SLOW)
    target = ["-o", "report.json"] if to_file else []
    process = start(
        *("check", "OWN.R1", "OWN.R5", "--proofs", place, "--format", "json", "--jobs", jobs),
        *target,
        start_new_session=True,
        preexec_fn=_heed_interrupts,
    )
    deadline = time.monotonic() + 120
    while not kept_results(tmp_path / "cache.sqlite") and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers as well
    out, err = process.communicate(timeout=120)
    assert process.returncode == 3, err
    assert "interrupted" in err
    assert "Traceback" not in err
    data = json.loads((tmp_path / "report.json").read_text() if to_file else out)
    jsonschema.validate(data, schema("check"))
    assert {s["key"]: s["status"] for s in data["statements"]} == {
        "OWN.R1": "derived",
        "OWN.R5": "undecided",
    }


# -- the other commands -------------------------------------------------------------------------


def test_json_is_asked_for_in_one_way_everywhere(tmp_path: Path) -> None:
    place = folder(tmp_path / "p", a=RIGHT)
    data = json.loads(invoke("check", "OWN.R1", "--proofs", place, "--json").stdout)
    jsonschema.validate(data, schema("check"))


def test_show_tells_the_last_status(tmp_path: Path) -> None:
    place = folder(tmp_path / "p", a=RIGHT)
    assert "printed reading, not run" in invoke("show", "OWN.R1", "--proofs", place).stdout
    invoke("check", "OWN.R1", "--proofs", place)
    assert "printed reading, derived" in invoke("show", "OWN.R1", "--proofs", place).stdout
    data = json.loads(invoke("show", "OWN.R1", "--json", "--proofs", place).stdout)
    jsonschema.validate(data, schema("show"))


@pytest.mark.slow
def test_graph_shows_the_last_status(tmp_path: Path) -> None:
    place = folder(tmp_path / "p", a=RIGHT)
    assert "OWN.R1\\nnot run" in invoke("graph", "OWN.R1", "--proofs", place).stdout
    invoke("check", "OWN.R1", "--proofs", place)
    assert "OWN.R1\\nderived" in invoke("graph", "OWN.R1", "--proofs", place).stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ("falsify OWN.R2 --budget 5", 1, "shortened in"),
        ("falsify OWN.R1 --budget 0", 0, "This does not mean that none exists."),
        ("falsify OWN.R1 --budget 5 --drop positive", 0, "positive (dropped) fails"),
        ("explain OWN.R2", 1, "failed obligation"),
        ("explain OWN.R3", 0, "repaired reading (checked)"),
        ("explain OWN.R4", 3, "open obligation"),
        ("errata --paper OWN", 1, "2 findings about 2 printed statements"),
        ("coverage --paper OWN", 1, "none of positive"),
    ],
)
def test_exit_status_and_words(tmp_path: Path, arguments: str, code: int, words: str) -> None:
    place = folder(tmp_path / "p", a=RIGHT, b=WRONG, c=RECORDED, d=OPEN)
    result = invoke("--proofs", place, *arguments.split())
    assert result.exit_code == code, result.output
    assert words in result.stdout


def test_template_passes_its_own_check(tmp_path: Path) -> None:
    place = folder(tmp_path / "p")
    made = invoke("new", "MINE.T2", "-o", place / "mine.py")
    assert made.exit_code == 0
    assert not made.stdout
    assert invoke("new", "MINE.T3").stdout == (place / "mine.py").read_text().replace(
        "MINE.T2", "MINE.T3"
    )
    result = invoke("check", "MINE.T2", "--proofs", place, "--format", "json")
    assert result.exit_code == 0
    (row,) = json.loads(result.stdout)["statements"]
    assert row["status"] in ("checked", "derived")
    assert row["derivation"]["derived"] == row["derivation"]["steps"] == 3
    assert row["derivation"]["surplus"] == []
    assert "MINE.T2" in invoke("list", "--proofs", place).stdout
    assert "exists" in refused(invoke("new", "MINE.T4", "-o", place / "mine.py"))


# -- streams ------------------------------------------------------------------------------------


def in_terminal(
    *arguments: str | Path, keys: bytes = b"", environment: dict[str, str] | None = None
) -> str:
    """What a terminal shows of the command, with its keys typed in beforehand."""
    ours, theirs = pty.openpty()
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
    process = start(
        *arguments,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**variables, **(environment or {})},
    )
    os.close(theirs)
    os.write(ours, keys)
    shown = b""
    while select.select([ours], [], [], 30)[0]:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        shown += piece
    assert process.wait(timeout=120) == 0
    os.close(ours)
    return shown.decode()


@pytest.mark.slow
def test_colour_on_a_terminal_only_and_never_with_no_color(tmp_path: Path) -> None:
    place = folder(tmp_path / "p", a=RIGHT)
    arguments = ("check", "OWN.R1", "--proofs", place)
    coloured = in_terminal(*arguments)
    assert "\x1b[32mderived" in coloured
    plain = in_terminal(*arguments, environment={"NO_COLOR": "1"})
    assert "\x1b[32m" not in plain
    assert "derived" in plain
    piped = invoke(*arguments)
    assert "derived" in piped.stdout
    assert "\x1b" not in piped.output
    assert not piped.stderr, "no progress bar where there is no terminal"


@pytest.mark.slow
def test_step_waits_for_enter_on_a_terminal(tmp_path: Path) -> None:
    place = folder(tmp_path / "p", mine=CITING)
    arguments = ("step", "OWN.L9", "--proofs", place)
    assert "conclusion" not in in_terminal(*arguments, keys=b"q\n")
    assert "conclusion" in in_terminal(*arguments, keys=b"\n" * 6)
    piped = invoke(*arguments, "--instance", "n=9")
    assert "n=9" in piped.stdout


@pytest.mark.slow
def test_reader_that_closes_early_ends_the_command_quietly(tmp_path: Path) -> None:
    place = folder(tmp_path / "p", a=RIGHT)
    process = start("check", "OWN.R1", "--proofs", place, "--format", "json")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == ""
    process.wait(timeout=120)
    process.stderr.close()

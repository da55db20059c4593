"""Commands in a terminal of 60 and of 80 columns: no line is longer, and no word is cut."""

from __future__ import annotations

import fcntl
import json
import os
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from own_proofs import RIGHT, folder

pty = pytest.importorskip("pty", reason="the system has no pseudo-terminals")

PROBLEM = {
    "widths": [1, 2, 1],
    "activation": "tanh",
    "samples": {"inputs": [["0"], ["1"]], "targets": [["0"], ["1"]]},
    "parameters": {
        "weights": [[["0"], ["0"]], [["0", "0"]]],
        "biases": [["0", "0"], ["1/2"]],
    },
}

QUICK = [
    "list --paper C18",
    "list --papers",
    "exercise list",
    "show YSJ18.I10",
    "find saddle",
    "classify problem.json",
    "no-such-command with words after it that go on beyond the end of any line of the terminal",
    "hunt --words",
]
SLOW = [
    "show OWN.R1 --all --proofs p",
    "explain OWN.R1 --proofs p",
    "step OWN.R1 --all --proofs p",
    "break OWN.R1 --proofs p",
    "errata --paper OWN --proofs p",
    "coverage --paper OWN --proofs p",
]
SIZES = [
    *((command, 60) for command in QUICK),
    *(pytest.param(command, 60, marks=pytest.mark.slow) for command in SLOW),
    *(pytest.param(command, 80, marks=pytest.mark.slow) for command in (*QUICK, *SLOW)),
]


def seen(place: Path, columns: int, *arguments: str) -> list[str]:
    """The lines that a terminal of so many columns is sent, without what a progress bar erased."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    inherited = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "NO_COLOR")}
    run = subprocess.Popen(
        [sys.executable, "-m", "symbolic_landscape", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=place,
        env={**inherited, "TERM": "xterm"},
    )
    os.close(theirs)
    said = b""
    try:
        while part := os.read(ours, 65536):
            said += part
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    run.wait(timeout=60)
    text = re.sub(r"[^\n]*\x1b\[2K", "", said.decode().replace("\r\n", "\n"))
    text = re.sub(r"[^\n]*\r", "", text)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text).splitlines()


@pytest.mark.parametrize(("command", "columns"), SIZES)
def test_no_line_is_longer_than_the_terminal(tmp_path: Path, command: str, columns: int) -> None:
    folder(tmp_path / "p", mine=RIGHT)
    (tmp_path / "problem.json").write_text(json.dumps(PROBLEM), encoding="utf-8")
    head, *rest = command.split(maxsplit=1)
    words = [head, *(rest if head == "find" else " ".join(rest).split())]
    lines = seen(tmp_path, columns, *words)
    assert lines
    assert [line for line in lines if len(line) > columns] == []
    assert "Traceback" not in "\n".join(lines)


def test_a_wide_terminal_has_longer_lines_and_the_same_words(tmp_path: Path) -> None:
    narrow, wide = (seen(tmp_path, columns, "list", "--paper", "PS21") for columns in (60, 100))
    assert len(wide) < len(narrow)
    assert " ".join(narrow).split() == " ".join(wide).split()

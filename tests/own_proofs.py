"""Files of statements as a user would write them, for tests of the command and its parts."""

from __future__ import annotations

from pathlib import Path

HEAD = """
import os
import signal
import time

from symbolic_landscape.statement.language import integer, predicate
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import cite, claimed, have, linear, logic, sampled
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.verdict import Evidence, holds, undecided

n = integer("n")
riddle = predicate("riddle")


def decided(instance, arguments):
    return undecided("no procedure reaches this")


def numbers():
    return tuple((f"n={k}", {n.term: k}) for k in (2, 1, 0, 9))


NUMBERS = Setting(
    "an integer", variables=(n,), instances=numbers, decisions={"riddle": lambda *a: decided(*a)}
)
"""

RIGHT = (
    HEAD
    + """
DOUBLE = Statement(
    "OWN.R1",
    NUMBERS,
    kind="remark",
    where="page 1",
    title="natural numbers",
    given={"positive": n >= 1},
    then=n >= 0,
    proof=[have("natural", n >= 0, linear, "positive")],
)
"""
)
"""One statement that is derived."""

WRONG = (
    HEAD
    + """
SMALL = Statement(
    "OWN.R2",
    NUMBERS,
    kind="remark",
    where="page 2",
    title="small numbers",
    given={"positive": n >= 1},
    then=n <= 3,
    proof=[have("small", n <= 3, claimed("numbers are small"), "positive")],
)
"""
)
"""One statement that is refuted, and not recorded as such."""

RECORDED = (
    WRONG.replace("OWN.R2", "OWN.R3")
    .replace(
        """"positive")],
)
""",
        """"positive")],
    expected=("refuted, statement", "invalid inference, step small"),
    repaired=Statement(
        "OWN.R3",
        NUMBERS,
        kind="remark",
        where="page 2",
        title="small numbers",
        reading="repaired",
        given={"half": 2 * n <= 7},
        then=n <= 3,
        proof=[have("small", n <= 3, linear, "half")],
        gloss="Without an upper bound there are large numbers.",
    ),
)
""",
    )
    .replace('linear, "half"', 'sampled("nobody halves"), "half"')
    .replace("n <= 3", "n <= 5")
    .replace("2 * n <= 7", "2 * n <= 9")
)
"""One statement whose printed reading is refuted as recorded, with a repaired reading."""

RIDDLE = """
RIDDLE = Statement(
    "KEY",
    NUMBERS,
    kind="remark",
    where="page 4",
    title="an open question",
    given={},
    then=riddle(n),
    proof=[have("riddle", riddle(n), sampled("nobody knows"))],
)
"""

OPEN = HEAD + RIDDLE.replace("KEY", "OWN.R4")
"""One statement that stays undecided."""

SLOW = (
    HEAD.replace('return undecided("no procedure reaches this")', "return slowly()")
    + """

def slowly():
    time.sleep(60)
    return holds(Evidence.EXACT, "after a long while")

"""
    + RIDDLE.replace("KEY", "OWN.R5")
)
"""One statement that needs a minute."""

DEADLY = HEAD.replace(
    'return undecided("no procedure reaches this")', "os.kill(os.getpid(), signal.SIGKILL)"
) + RIDDLE.replace("KEY", "OWN.R6")
"""One statement whose decision kills the process that makes it."""

CLUMSY = RIGHT.replace("OWN.R1", "OWN.R7").replace(
    "    return tuple((f", '    raise ValueError("no numbers today")\n    return tuple((f'
)
"""One statement whose setting's examples cannot be made."""

CITING = (
    HEAD
    + """
FOUR = Statement(
    "OWN.L8",
    NUMBERS,
    where="page 8",
    title="fours",
    given={"four": n >= 4},
    then=n >= 2,
    proof=[have("two", n >= 2, linear, "four")],
)
EIGHT = Statement(
    "OWN.L9",
    NUMBERS,
    where="page 9",
    title="eights",
    given={"eight": n >= 8},
    then=n >= 1,
    proof=[
        have("four", n >= 4, linear, "eight"),
        have("two", n >= 2, cite(FOUR)),
        have("one", n >= 1, linear, "two"),
    ],
)
"""
)
"""A lemma of three steps that cites another."""

BROKEN = "from symbolic_landscape.statement.lemma import Statement\n\nX = Statement(1)\n"
"""A file that cannot be loaded; the error is in its third line."""


def folder(path: Path, **files: str) -> Path:
    """The folder with the given files of statements, made where it does not exist."""
    path.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (path / f"{name}.py").write_text(text)
    return path

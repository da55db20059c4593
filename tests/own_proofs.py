"""Files of statements as a user would write them, for tests of the command and its parts."""

from __future__ import annotations

from pathlib import Path

HEAD = '''
from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass

from symbolic_landscape.former.lemma import Instance, Statement, fact
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided


@dataclass(frozen=True, kw_only=True)
class Number(Instance):
    n: int


def number(n: int) -> Number:
    return Number(name=f"n={n}", n=n)


def numbers():
    from hypothesis import strategies as st

    return st.builds(Number, n=st.integers())


def at_most(a: int, b: int) -> Verdict:
    """HOLDS when a <= b."""
    verdict = (holds if a <= b else fails)(Evidence.EXACT, f"{a} against {b}")
    return verdict.against(strict=lambda: (holds if a < b else fails)(Evidence.EXACT, "strict"))


@fact("n > 0")
def positive(s: Number) -> Verdict:
    """The number is positive."""
    return at_most(1, s.n)


@fact("2 n > 1")
def double_is_large(s: Number) -> Verdict:
    """The double is at least two."""
    return at_most(2, 2 * s.n)


@fact("n <= 3")
def small(s: Number) -> Verdict:
    """The number is at most three."""
    return at_most(s.n, 3)
'''

RIGHT = (
    HEAD
    + """
DOUBLE = Statement(
    key="OWN.R1",
    kind="remark",
    where="page 1",
    title="doubles",
    claim="A positive number has a double of at least two.",
    hypotheses=(positive,),
    conclusion=double_is_large,
    instances=(number(2), number(1)),
    controls={positive: number(0)},
    strategy=numbers,
)
"""
)
"""One statement that is grounded."""

WRONG = (
    HEAD
    + """
SMALL = Statement(
    key="OWN.R2",
    kind="remark",
    where="page 2",
    title="small numbers",
    claim="A positive number is at most three.",
    hypotheses=(positive,),
    conclusion=small,
    instances=(number(1), number(3), number(9)),
    no_control={positive: "negative numbers are small too"},
    strategy=numbers,
)
"""
)
"""One statement that is refuted, and not recorded as such."""

RECORDED = (
    WRONG.replace("OWN.R2", "OWN.R3").replace(
        "    strategy=numbers,\n",
        '    strategy=numbers,\n    expected=(("refuted", "statement"),),\n',
    )
    + '''

@fact("0 < n <= 3")
def positive_and_small(s: Number) -> Verdict:
    """The number lies between one and three."""
    return at_most(1, s.n) if s.n < 1 else at_most(s.n, 3)


SMALL.repair(
    claim="A number between one and three is at most three.",
    minimal="without the upper bound, four is a counterexample",
    hypotheses=(positive_and_small,),
    instances=(number(1), number(3)),
    controls={positive_and_small: number(4)},
    no_control={},
)
'''
)
"""One statement whose printed reading is refuted as recorded, with a repaired reading."""

OPEN = (
    HEAD
    + '''

@fact("?")
def unknown(s: Number) -> Verdict:
    """Nobody knows."""
    return undecided("no procedure reaches this")


OPEN = Statement(
    key="OWN.R4",
    kind="remark",
    where="page 4",
    title="an open question",
    claim="Nobody knows.",
    conclusion=unknown,
    instances=(number(1),),
)
'''
)
"""One statement that stays undecided."""

SLOW = (
    HEAD
    + '''

@fact("slow")
def slow(s: Number) -> Verdict:
    """The number is positive, after a long while."""
    time.sleep(60)
    return at_most(1, s.n)


SLOW = Statement(
    key="OWN.R5",
    kind="remark",
    where="page 5",
    title="a slow decision",
    claim="It takes long.",
    conclusion=slow,
    instances=(number(1),),
)
'''
)
"""One statement that needs a minute."""

DEADLY = (
    HEAD
    + '''

@fact("deadly")
def deadly(s: Number) -> Verdict:
    """Deciding this ends the process."""
    os.kill(os.getpid(), signal.SIGKILL)
    return at_most(1, s.n)


DEADLY = Statement(
    key="OWN.R6",
    kind="remark",
    where="page 6",
    title="a deadly decision",
    claim="It ends the process.",
    conclusion=deadly,
    instances=(number(1),),
)
'''
)
"""One statement whose decision kills the process that makes it."""

CLUMSY = RIGHT.replace("OWN.R1", "OWN.R7").replace(
    "    return st.builds(Number, n=st.integers())", '    raise ValueError("no numbers today")'
)
"""One statement whose strategy raises."""

BROKEN = "from symbolic_landscape.former.lemma import Statement\n\nX = Statement(1)\n"
"""A file that cannot be loaded; the error is in its third line."""


def folder(path: Path, **files: str) -> Path:
    """The folder with the given files of statements, made where it does not exist."""
    path.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (path / f"{name}.py").write_text(text)
    return path

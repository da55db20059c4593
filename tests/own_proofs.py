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
"""One statement that is checked."""

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


_FORMER = '''\
"""KEY: a first statement of your own.

Replace each part by your own claim, then run

    lemma-check check KEY --proofs FOLDER

with the folder that this file lies in. The file is Python and runs as your own code.

The statement below: if n is even and 4 divides m, then n + m is even. Its proof has two steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from symbolic_landscape.former.lemma import Instance, Statement, fact
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


# 1. Instances: the exact data on which everything is decided. Integers, fractions, strings, tuples.
@dataclass(frozen=True, kw_only=True)
class Pair(Instance):
    """Two integers n and m."""

    n: int
    m: int


def pair(n: int, m: int) -> Pair:
    """The instance with a readable name."""
    return Pair(name=f"n={n}, m={m}", n=n, m=m)


# 2. Facts: each decides one claim on one instance; the docstring is the claim in words.
def divisible(value: int, by: int, what: str) -> Verdict:
    """HOLDS when `by` divides the value; the value carried on is the quotient.

    `against` names wrong neighbours of the claim. Each must be refuted by some instance, or
    the check reports that the claim has no teeth.
    """
    quotient, rest = divmod(value, by)
    reason = f"{what} = {value} = {by} * {quotient} + {rest}"
    verdict = (fails if rest else holds)(Evidence.EXACT, reason, **{what: quotient})
    return verdict.against(
        twice_the_divisor=lambda: (fails if value % (2 * by) else holds)(Evidence.EXACT, reason),
        negated=lambda: (holds if rest else fails)(Evidence.EXACT, reason),
    )


@fact(r"2 \\mid n")
def n_is_even(p: Pair) -> Verdict:
    """The integer n is even."""
    return divisible(p.n, 2, "n")


@fact(r"4 \\mid m")
def m_is_divisible_by_four(p: Pair) -> Verdict:
    """The integer m is divisible by 4."""
    return divisible(p.m, 4, "m")


@fact(r"2 \\mid m")
def m_is_even(p: Pair) -> Verdict:
    """The integer m is even."""
    return divisible(p.m, 2, "m")


@fact(r"2 \\mid n + m")
def sum_is_even(p: Pair) -> Verdict:
    """The sum n + m is even."""
    return divisible(p.n + p.m, 2, "n + m")


# 3. A strategy generates further instances for the search; what it finds is shrunk.
def pairs() -> SearchStrategy[Pair]:
    """Small pairs; many of them meet the hypotheses."""
    from hypothesis import strategies as st

    numbers = st.integers(-12, 12)
    return st.builds(lambda n, m: Pair(n=n, m=m), numbers, numbers)


# 4. The statement: one flat declaration. A control breaks one hypothesis alone, and the conclusion.
STATEMENT = Statement(
    key="KEY",
    kind="lemma",
    where="your notes, page 1",
    title="an even number plus a multiple of four",
    claim="If n is even and 4 divides m, then n + m is even.",
    hypotheses=(n_is_even, m_is_divisible_by_four),
    conclusion=sum_is_even,
    instances=(pair(0, 0), pair(2, 4), pair(2, 0), pair(-6, 8)),
    controls={n_is_even: pair(1, 4), m_is_divisible_by_four: pair(2, 1)},
    strategy=pairs,
)


# 5. The proof: each step argues from what its premises found, and is tried as a rule by itself.
@STATEMENT.step(
    premises=(m_is_divisible_by_four,),
    gives=m_is_even,
    tried_on=(pair(1, 8), pair(3, -4)),
    controls={m_is_divisible_by_four: pair(0, 3)},
)
def four_is_even(p: Pair, four: Verdict) -> Verdict:
    """With m = 4 q also m = 2 (2 q)."""
    quotient = four.data["m"]
    same = p.m == 2 * (2 * quotient)
    return (holds if same else fails)(Evidence.EXACT, f"{p.m} = 2 * {2 * quotient}")


@STATEMENT.step(
    premises=(n_is_even, m_is_even),
    gives=sum_is_even,
    tried_on=(pair(4, 6), pair(0, 2)),
    controls={n_is_even: pair(3, 2), m_is_even: pair(2, 5)},
)
def halves_add(p: Pair, n_even: Verdict, m_even: Verdict) -> Verdict:
    """With n = 2 a and m = 2 b also n + m = 2 (a + b)."""
    half = n_even.data["n"] + m_even.data["m"]
    same = p.n + p.m == 2 * half
    return (holds if same else fails)(Evidence.EXACT, f"{p.n} + {p.m} = 2 * {half}")
'''


def former(key: str) -> str:
    """A file in the former form with a lemma of two steps under this key."""
    return _FORMER.replace("KEY", key)

"""A first statement for a user: a complete file that passes its own check.

Functions: template, new_file.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from symbolic_landscape.errors import DeclarationError, ProblemError
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.library.catalogue import entries
from symbolic_landscape.verdict import Verdict, undecided

_TEXT = '''\
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


def template(key: str, folders: Sequence[Path] = ()) -> str:
    """The text of a file that declares a small lemma under this key.

    Raises DeclarationError for a key that no new statement of a user can have.
    """
    if key.startswith("external:"):
        message = f"a template needs the key of a statement to be checked, got {key!r}"
        raise DeclarationError(message)
    for entry in entries(folders):
        if entry.key == key:
            message = f"{key} is already declared at {entry.file}:{entry.line}"
            raise DeclarationError(message)

    @fact("")
    def nothing(_: object) -> Verdict:
        """Nothing is claimed."""
        return undecided("nothing is decided")

    words = "only the key is looked at"
    Statement(key=key, kind="remark", where=words, title=words, claim=words, conclusion=nothing)
    return _TEXT.replace("KEY", key)


def new_file(path: Path, text: str) -> None:
    """Puts the text into a file that does not exist yet, and makes its folder where needed.

    Raises ProblemError when it exists or cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        if path.exists():
            message = f"-o needs the name of a new file, but {path} exists"
            raise ProblemError(message) from error
        message = f"-o needs a file that can be made, but {path} cannot: {error.strerror}"
        raise ProblemError(message) from error

"""Tiny statements about integers, on which every answer of the judge is known by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import at_most, equal
from symbolic_landscape.former.check import Options, judge
from symbolic_landscape.former.lemma import Fact, Instance, Statement, fact
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.judge.statuses import found
from symbolic_landscape.verdict import Verdict, undecided


@dataclass(frozen=True, kw_only=True)
class Number(Instance):
    n: int

    def integers(self) -> dict[str, int]:
        return {"n": self.n}


def number(n: int) -> Number:
    return Number(name=f"n = {n}", n=n)


def numbers() -> st.SearchStrategy[Number]:
    return st.builds(Number, n=st.integers(-9, 9))


@fact(r"n \ge 2", ground=lambda v: v.n >= 2)
def at_least_two(s: Number) -> Verdict:
    """The number is at least two."""
    return at_most(2, s.n)


@fact(r"n \le 1", ground=lambda v: v.n <= 1)
def at_most_one(s: Number) -> Verdict:
    """The number is at most one."""
    return at_most(s.n, 1)


@fact(r"n \equiv 0 \pmod 2")
def even(s: Number) -> Verdict:
    """The number is even."""
    return equal(s.n % 2, 0)


@fact(r"n^2 \ge 2n")
def square_at_least_double(s: Number) -> Verdict:
    """The square is at least the double."""
    return at_most(2 * s.n, s.n**2)


@fact(r"n^2 \ge 4")
def square_at_least_four(s: Number) -> Verdict:
    """The square is at least four."""
    return at_most(4, s.n**2)


@fact(r"n^2 \ge 2n + 1")
def square_above_double(s: Number) -> Verdict:
    """The square is at least the double plus one."""
    return at_most(2 * s.n + 1, s.n**2)


@fact("?")
def open_question(s: Number) -> Verdict:
    """Nobody knows."""
    return undecided(f"nothing decides it for {s.n}")


@fact("!")
def crashes(s: Number) -> Verdict:
    """The code of this fact is wrong."""
    return at_most(0, 1 // (s.n - s.n))


def statement(**changes: Any) -> Statement:
    """n >= 2 implies n^2 >= 2n: right, with one step."""
    given: dict[str, Any] = {
        "key": "TOY.T1",
        "kind": "theorem",
        "where": "nowhere",
        "title": "Squares and doubles",
        "claim": "n >= 2 implies n^2 >= 2n.",
        "hypotheses": (at_least_two,),
        "conclusion": square_at_least_double,
        "instances": (number(2), number(3)),
        "controls": {at_least_two: number(1)},
        "strategy": numbers,
    }
    return Statement(**{**given, **changes})


def with_step(made: Statement, **changes: Any) -> Statement:
    """The statement with the step 'multiply by n' declared on it."""
    given: dict[str, Any] = {
        "premises": made.hypotheses,
        "gives": made.conclusion,
        "controls": dict(made.controls),
    }

    @made.step(**{**given, **changes})
    def multiply(s: Number, *premises: Verdict) -> Verdict:
        """Multiply both sides by n."""
        return at_most(2 * s.n, s.n * s.n)

    return made


def judged(made: Statement, *known: Statement, **options: int) -> StatementResult:
    return judge(made, Options(**options), (made, *known))


def kinds(result: StatementResult) -> tuple[tuple[str, str], ...]:
    return found(result)


__all__ = ["Fact", "Number", "judged", "kinds", "number", "numbers", "statement", "with_step"]

"""Declarations: right ones read like a table, wrong ones are refused at once in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from numbers_toy import (
    Number,
    at_least_two,
    even,
    number,
    square_at_least_double,
    square_at_least_four,
    statement,
    with_step,
)

from symbolic_landscape.errors import DeclarationError
from symbolic_landscape.former.lemma import (
    Instance,
    Statement,
    Step,
    canonical,
    describe,
    fact,
    size,
)
from symbolic_landscape.verdict import Verdict


@dataclass(frozen=True, kw_only=True)
class Point(Instance):
    at: tuple[Fraction, ...]
    inner: Number | None = None
    flag: bool = False


def test_canonical_data_is_plain_and_exact() -> None:
    point = Point(name="p", at=(Fraction(1, 2), Fraction(3)), inner=number(4))
    assert canonical(point) == {
        "name": "p",
        "at": ["1/2", "3"],
        "inner": {"name": "n = 4", "n": 4},
        "flag": False,
    }
    assert describe(point) == "at=(1/2, 3), inner={name: n = 4, n: 4}, flag=False"
    assert canonical(frozenset({2, 1})) == [1, 2]
    assert canonical({"a": Fraction(1)}) == {"a": "1"}


@pytest.mark.parametrize("value", [0.5, float("nan"), object(), 1j])
def test_inexact_instance_data_should_fail(value: Any) -> None:
    with pytest.raises(DeclarationError, match="exact and plain"):
        canonical(Point(at=(value,)))


def test_size_grows_with_digits_and_not_with_the_name() -> None:
    assert size(number(1)) < size(number(100))
    assert size(Point(at=(Fraction(1, 2),))) < size(Point(at=(Fraction(1, 3), Fraction(5, 7))))
    assert size(Number(name="a long name", n=1)) == size(Number(name="", n=1))
    assert size(number(1)) < size(number(-1))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"key": "no key"}, "must look like"),
        ({"kind": "guess"}, "kind must be one of"),
        ({"claim": " "}, "claim must be given in words"),
        ({"conclusion": None}, "must have a conclusion"),
        ({"conclusion": None, "kind": "definition", "hypotheses": (), "controls": {}}, "neither"),
        ({"conclusion": at_least_two}, "also a hypothesis"),
        ({"hypotheses": (at_least_two, at_least_two)}, "its own name"),
        ({"controls": {even: number(1)}}, "which is no hypothesis"),
        ({"no_control": {at_least_two: "words"}}, "give one of them"),
        ({"instances": (number(2), number(2))}, "name of its own"),
        ({"instances": (Number(n=2),)}, "name of its own"),
        ({"expected": (("wrong", "statement"),)}, "expected finding must be one of"),
    ],
)
def test_wrong_statement_should_be_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        statement(**changes)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"premises": ()}, "at least one premise"),
        ({"gives": at_least_two}, "must give a new fact"),
        ({"premises": (at_least_two, at_least_two)}, "name each premise once"),
        ({"controls": {even: number(1)}}, "which is no premise"),
        ({"via": lambda s: s}, "cites and via together"),
        ({"replaces": "nothing"}, "which does not exist"),
    ],
)
def test_wrong_step_should_be_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        with_step(statement(), **changes)


def test_step_declared_twice_should_be_refused() -> None:
    with pytest.raises(DeclarationError, match="declared twice"):
        with_step(with_step(statement()))


def test_inference_with_a_missing_argument_should_be_refused() -> None:
    made = statement()
    with pytest.raises(DeclarationError, match="takes 1"):

        @made.step(premises=(at_least_two,), gives=square_at_least_double)
        def forgetful(s: Number) -> Verdict:
            """Forget the premise."""
            return at_least_two.decide(s)


def test_fact_without_a_claim_should_be_refused() -> None:
    with pytest.raises(DeclarationError, match="docstring"):

        @fact("x")
        def silent(s: Number) -> Verdict:
            return at_least_two.decide(s)


def test_fact_that_answers_a_bool_is_undecided() -> None:
    @fact("x")
    def careless(s: Number) -> Verdict:
        """A bool is no verdict."""
        return s.n > 1  # type: ignore[return-value]

    assert careless.decide(number(3)).is_undecided


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"minimal": ""}, "claim and minimality"),
        ({"without": ("nothing",)}, "leaves out step 'nothing'"),
    ],
)
def test_wrong_repair_should_be_refused(changes: dict[str, Any], message: str) -> None:
    given: dict[str, Any] = {"claim": "c", "minimal": "m", **changes}
    with pytest.raises(DeclarationError, match=message):
        with_step(statement()).repair(**given)


def test_second_repair_should_be_refused() -> None:
    made = with_step(statement())
    made.repair(claim="c", minimal="m")
    with pytest.raises(DeclarationError, match="repaired once"):
        made.repair(claim="c", minimal="m")


def test_repair_keeps_only_controls_of_kept_hypotheses() -> None:
    made = statement(
        hypotheses=(at_least_two, even), controls={at_least_two: number(1), even: number(3)}
    )
    repaired = made.repair(claim="c", minimal="m", hypotheses=(at_least_two,))
    assert set(repaired.controls) == {at_least_two}
    assert repaired.reading == "repaired"
    assert made.readings == (made, repaired)
    assert repaired.readings == (repaired,)


def _lean(s: Number, *premises: Verdict) -> Verdict:
    """Lean on it."""
    return at_least_two.decide(s)


def test_citations_are_read_in_the_citing_reading() -> None:
    cited = with_step(statement(key="TOY.L0"))
    mended = cited.repair(claim="c", minimal="m")
    made: Statement = statement(conclusion=square_at_least_four)
    made.step(
        premises=(square_at_least_double,),
        gives=square_at_least_four,
        cites=cited,
        via=lambda s: s,
    )(_lean)
    repaired = made.repair(claim="c", minimal="m")
    assert made.cites == (cited,)
    assert repaired.cites == (mended,)


def test_walk_shows_premises_reason_and_yield() -> None:
    step: Step = with_step(statement()).steps[0]
    walk = step.walk(number(3))
    text = str(walk)
    assert "given    The number is at least two." in text
    assert "6 <= 9" in text
    silent = step.walk(number(1))
    assert silent.inference.is_undecided
    assert silent.gives[1].is_fails

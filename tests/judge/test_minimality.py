"""Parts of hypotheses that a proof does without, idle standing assumptions, begged conclusions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from symbolic_landscape.judge.begging import begged
from symbolic_landscape.judge.check import judge
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.minimality import weaker
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.judge.statuses import lacking, status
from symbolic_landscape.report.text import finding_lines
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    either,
    every,
    exists,
    function,
    integer,
    matrix,
    natural,
    rank,
    real,
    the,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.printing import text
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    cite,
    claimed,
    have,
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.step import Step

L, n = natural("L"), natural("n")
i, j, k = integer("i"), integer("j"), integer("k")
x, y, y2 = real("x"), real("y"), real("y2")
c = function("c", i, x)
A = matrix("A", n, n)
HERE = Setting("a row of numbers", variables=(L, x, y, c, n, A), standing=(L >= 2, n >= 1))


def statement(given: dict[str, Expr], then: Expr, *proof: Step, key: str = "OWN.T1") -> Statement:
    return Statement(key, HERE, given, then, proof)


def judged(one: Statement) -> StatementResult:
    return judge(one, Options(), Derivations(()))


def parts(given: dict[str, Expr], then: Expr, *proof: Step) -> tuple[str, ...]:
    result = judged(statement(given, then, *proof))
    assert result.derivation.derived, result.findings
    return (*result.derivation.surplus_parts, *result.derivation.slack)


positive = each(i, 1, L, c(i) > 0)


def test_the_ends_of_a_range() -> None:
    first = have("first", c(1) > 0, at(1), "all")
    assert parts({"all": positive}, c(1) > 0, first) == ("i = L of 'all'",)
    last = have("last", c(L) > 0, at(L), "all")
    assert parts({"all": positive}, c(L) > 0, last) == ("i = 1 of 'all'",)


def test_a_part_that_is_left_over_takes_derived_away() -> None:
    first = have("first", c(1) > 0, at(1), "all")
    much = replace(judged(statement({"all": positive}, c(1) > 0, first)), tried=True)
    enough = replace(much, derivation=replace(much.derivation, surplus_parts=()))
    assert lacking(much) == ("its proof does not use i = L of 'all'",)
    assert (status(much), status(enough)) == ("checked", "derived")


def test_an_inequality_that_could_say_less_does_not() -> None:
    result = judged(statement({"up": x < y}, x <= y, have("so", x <= y, linear, "up")))
    assert result.derivation.slack == ("strictness of 'x < y' of 'up'",)
    assert lacking(replace(result, tried=True)) == ()


def test_a_range_that_is_used_whole_has_no_surplus() -> None:
    inner = have("inner", each(i, 1, L, c(i) > -1), arbitrary(j, proof=[
        have("one", None, at(j), "all"), have("so", c(j) > -1, linear, "one"),
    ]))  # fmt: skip
    found = parts({"all": positive}, each(i, 1, L, c(i) > -1), inner)
    assert found == ("strictness of '0 < c_i' of 'all'",)


def test_conjuncts_also_below_quantifiers() -> None:
    given = {"both": every(y, both(x <= y * y, x < y + 1))}
    proof = (have("at 2", None, at(2), "both"), have("so", x <= 4, linear, "at 2"))
    assert any("y" in words for words in parts(given, x <= 4, *proof))


def test_an_equation_of_which_one_side_is_used() -> None:
    assert parts({"same": x == y}, x <= y, have("so", x <= y, linear, "same")) == (
        "'y ≤ x' of 'same'",
    )


def test_what_says_nothing_is_not_surplus() -> None:
    """No rank exceeds n, and nothing is said for j from L + 1 to L."""
    full = {"full": rank(A) == n}
    assert parts(full, rank(A) >= n, have("so", rank(A) >= n, linear, "full")) == ()


def test_a_begged_conclusion_is_found() -> None:
    given = {"much": both(x > 0, y > 0, x < y)}
    proof = have("so", both(x > 0, y > 0), logic, "much")
    result = judged(statement(given, both(x > 0, y > 0), proof))
    assert [f.kind for f in result.findings if f.kind == "toothless"] == ["toothless"]


wanted = c(1) + x <= y


@pytest.mark.parametrize(
    "given",
    [
        {"turned": ~(c(1) + x > y)},
        {"on condition": (x < y) >> wanted, "condition": x < y},
        {"of each": each(i, 1, L, wanted)},
        {"of every": every(y2, wanted)},
        {"of some": exists(y2, exists(i, wanted))},
        {"one of": either(wanted, both(wanted, x < y))},
        {"one way": (x < y) >> wanted, "other way": ~(x < y) >> wanted},
        {"in a part": both(every(y2, wanted), x < y)},
    ],
    ids=lambda given: ", ".join(given),
)
def test_a_begged_conclusion_is_found_in_disguise(given: dict[str, Expr]) -> None:
    claim = statement(given, wanted, have("so", wanted, logic)).claim
    assert begged(claim) == tuple(given)


def test_a_conclusion_that_is_assumed_throughout_is_begged() -> None:
    room = Setting("numbers", variables=(x, y, c), standing=(x <= y, wanted))
    proof = (have("so", wanted, logic, "standing 2"),)
    result = judged(Statement("OWN.T1", room, {"up": x < y}, wanted, proof))
    (found,) = (f for f in result.findings if f.kind == "toothless")
    assert "in standing 2" in found.text


def test_a_conclusion_under_an_idle_quantifier_is_begged() -> None:
    then = every(y2, wanted)
    assert begged(statement({"given": wanted}, then, have("so", then, logic)).claim) == ("given",)


@pytest.mark.parametrize(
    ("given", "then"),
    [
        (x > y, exists(y2, both(y2 == x, y2 > y))),
        (x > y, exists(y2, both(y2 > y, x == y2))),
        (x > y, every(y2, (y2 == x) >> (y2 > y))),
        (x > y, ~every(y2, ~both(y2 == x, y2 > y))),
        (c(1) > 0, each(i, 1, 1, c(i) > 0)),
        ((L >= 1) >> (x > y), x > y),
        (x > y, (n >= 0) >> (x > y)),
        (every(x, x * x >= y), every(y2, y2 * y2 >= y)),
        (A @ A.T == A, A @ A.T == A.T),
        (A @ A.T - A == 0, A == A @ A.T),
    ],
)
def test_a_conclusion_that_hides_is_begged(given: Expr, then: Expr) -> None:
    assert begged(statement({"given": given}, then, have("so", then, logic)).claim) == ("given",)


def test_a_value_among_others_and_a_condition_that_may_fail_beg_nothing() -> None:
    k, whole = natural("k"), each(i, 1, L, c(i) > 0)
    for given, then in (
        (x > y, exists(y2, y2 > y)),
        (x > y, exists(y2, both(y2 == y2 + x - y, y2 > y))),
        ((L >= 3) >> (x > y), x > y),
        (c(j) > 0, exists(k, both(k == j, c(k) > 0))),
        (every(y2, y2 * y2 >= y), x * x >= y),
        (whole, exists(j, c(j) > 0)),
    ):
        assert begged(statement({"given": given}, then, have("so", then, logic)).claim) == ()


def test_a_range_that_may_be_empty_and_a_contradiction_beg_nothing() -> None:
    for given in ({"none": each(i, 1, 0, wanted)}, {"few": each(i, 1, n - 1, wanted)}):
        assert begged(statement(given, wanted, have("so", wanted, logic)).claim) == ()
    absurd = {"up": x < y, "down": ~(x < y)}
    assert begged(statement(absurd, wanted, have("so", wanted, logic)).claim) == ()


def test_what_follows_from_nothing_or_takes_a_reason_is_not_begged() -> None:
    for given, then in (
        ({"up": x < y}, x <= y + 1),
        ({"up": x < y}, either(wanted, ~wanted)),
        ({"all": each(i, 1, L, c(i) > 0)}, c(1) > 0),
    ):
        assert begged(statement(given, then, have("so", then, linear)).claim) == ()


def test_idle_standing_assumptions_are_told() -> None:
    result = judged(statement({"up": x < y}, x <= y, have("so", x <= y, linear, "up")))
    assert result.derivation.idle == ("2 ≤ L", "1 ≤ n")
    first = have("first", c(1) > 0, at(1), "all")
    assert judged(statement({"all": positive}, c(1) > 0, first)).derivation.idle == ("1 ≤ n",)


def test_surplus_is_explained_by_the_statement_that_does_without() -> None:
    then = x <= y + 1
    lean = statement({"up": x <= y}, then, have("so", then, linear, "up"))
    more = {"up": both(x <= y, y >= 0)}
    proof = (have("less", x <= y, logic, "up"), have("so", then, cite(lean)))
    result = judged(statement(more, then, *proof, key="OWN.T2"))
    assert result.derivation.surplus_parts == ("'0 ≤ y' of 'up'",)
    assert result.derivation.explained == ("OWN.T1", "printed")


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (x < y, {"x ≤ y"}),
        (x <= y, set()),
        (~(x < y), set()),
        ((x < y) >> (y < x), {"if x < y then y ≤ x"}),
        (both(x < y, y <= 1), {"x < y", "y ≤ 1", "x ≤ y ≤ 1"}),
    ],
)
def test_weaker_formulas(formula: Expr, expected: set[str]) -> None:
    assert {text(part.less) for part in weaker(the(formula), {})} == expected


# ---- idle steps ----------------------------------------------------------------------------------
so = have("so", x <= y, linear, "up")
UP = {"up": x < y}


def idle(given: dict[str, Expr], then: Expr, *proof: Step) -> tuple[str, ...]:
    result = judged(statement(given, then, *proof))
    assert not result.derivation.refused
    return result.derivation.idle_steps


def test_a_step_that_nothing_uses_is_idle_and_so_is_what_only_it_uses() -> None:
    more = have("more", x <= y + 1, linear, "up")
    most = have("most", x <= y + 2, linear, "more")
    assert idle(UP, x <= y, more, most, so) == ("more", "most")
    assert idle(UP, x <= y + 2, more, most) == ()


def test_idle_steps_leave_the_status_as_it_is() -> None:
    proof = (have("more", x <= y + 1, linear, "up"), so)
    result = replace(judged(statement(UP, x <= y, *proof)), tried=True)
    assert (lacking(result), status(result)) == ((), "derived")
    assert not [f for f in result.findings if f.kind != "surplus hypothesis"]
    text_lines = [line.strip() for line in finding_lines(result)]
    assert text_lines == ["notice: its proof does not use step more"]


def test_an_idle_step_inside_a_step_that_is_used() -> None:
    all_ = {"all": positive}
    inner = have("inner", each(i, 1, L, c(i) > -1), arbitrary(j, proof=[
        have("one", None, at(j), "all"), have("two", c(j) > -2, linear, "one"),
        have("so", c(j) > -1, linear, "one"),
    ]))  # fmt: skip
    assert idle(all_, each(i, 1, L, c(i) > -1), inner) == ("inner/two",)
    assert idle({**all_, **UP}, x <= y, inner, so) == ("inner",)


def test_what_is_used_inside_or_found_by_a_citation_is_not_idle() -> None:
    lean = statement({"up": x <= y}, x <= y + 1, have("so", x <= y + 1, linear, "up"))
    proof = (have("less", x <= y, linear, "up"), have("so", x <= y + 1, cite(lean)))
    assert idle(UP, x <= y + 1, *proof) == ()
    all_ = {"all": positive, **UP}
    inner = have("inner", each(i, 1, L, c(i) + x > y - 1), arbitrary(j, proof=[
        have("one", None, at(j), "all"), have("so", c(j) + x > y - 1, linear, "one", "near"),
    ]))  # fmt: skip
    near = have("near", x > y - 1, linear, "up")
    assert idle({**all_, "up": x >= y}, each(i, 1, L, c(i) + x > y - 1), near, inner) == ()


def test_names_and_ranges_that_no_step_mentions_are_not_idle() -> None:
    """That k is between 1 and L rests on no hypothesis, and the instance at k needs it unnamed."""
    goal = exists(i, c(i) > 0)
    proof = (
        have("some", exists(k, both(k >= 1, k <= L)), take(1)),
        have("one", None, obtain(k), "some"),
        have("there", c(k) > 0, at(k), "all"),
        have("so", goal, take(k), "there"),
    )
    assert idle({"all": positive}, goal, *proof) == ()
    far = have("far", L >= 2, linear)
    assert idle({"all": positive}, c(L) > 0, far, have("so", c(L) > 0, at(L), "all")) == ("far",)


def test_an_idle_step_of_a_proof_with_a_gap() -> None:
    proof = (
        have("more", x <= y + 1, linear, "up"),
        have("said", y <= 7, claimed("as is well known")),
        have("so", x <= 7, linear, "up", "said"),
    )
    assert idle(UP, x <= 7, *proof) == ("more",)

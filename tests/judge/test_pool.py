"""The common pool: which instances fit, what statements and steps say on them, what is reported."""

# ruff: noqa: SIM300 (formulas)

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.judge.check import judge
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.pool import Pool
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.judge.rows import rows
from symbolic_landscape.judge.statuses import status
from symbolic_landscape.judge.trial import Trials
from symbolic_landscape.statement.language import (
    det,
    each,
    exists,
    identity_matrix,
    integer,
    inverse,
    matrix,
    natural,
    rank,
    real,
    the,
    trace,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    claimed,
    have,
    linear,
    obtain,
    sampled,
)
from symbolic_landscape.statement.rule import rule
from symbolic_landscape.statement.setting import Setting

m, n, i, k = natural("m"), natural("n"), integer("i"), integer("k")
A, B = matrix("A", m, n), matrix("B", n, n)
x, y, t = real("x"), real("y"), real("t")


def square(rows_: list[list[int]]) -> dict[Any, Any]:
    return {the(m): len(rows_), the(n): len(rows_), the(A): QQ.matrix(rows_)}


def wide() -> tuple[Any, ...]:
    wide_one = {the(m): 1, the(n): 2, the(A): QQ.matrix([[1, 2]])}
    return (("two columns", wide_one), ("nothing", square([[0]])))


def diagonal() -> tuple[Any, ...]:
    return (("one", square([[1]])), ("two", square([[1, 0], [0, 2]])))


SHAPED = Setting("a matrix", (m, n, A), (m >= 1, n >= 1), instances=diagonal)
OTHER = Setting("a matrix of any shape", (m, n, A), (m >= 1, n >= 1), instances=wide)
SMALLER = Setting("two sizes", (m, n))

kernel_of_full_rank = rule(rank(A) == n, A @ B == 0, then=B == 0)
invertible_has_inverse = rule(det(B) != 0, then=B @ inverse(B) == identity_matrix(n))
commuting = rule(then=B @ B.T == B.T @ B)
RULES = {
    "kernel_of_full_rank": kernel_of_full_rank,
    "invertible_has_inverse": invertible_has_inverse,
    "commuting": commuting,
}
for name, one in RULES.items():
    one.name, one.topic = name, "toy"


def lemma(given: dict[str, Any], then: Any, *proof: Any, **more: Any) -> Statement:
    return Statement(f"TOY.{more.pop('key', 'L1')}", SHAPED, given, then, proof, **more)


def tried(
    statement: Statement, *settings: Setting, watched: Any = (), count: int = 48
) -> StatementResult:
    derivations = Derivations(RULES.values())
    options = Options(instances=count)
    trials = Trials(settings or (SHAPED, OTHER), watched, derivations, options)
    return judge(statement, options, derivations, trials.tried)


def kinds(result: StatementResult) -> set[tuple[str, str]]:
    return {(f.kind, f.where) for f in result.findings}


FULL = lemma({"full": rank(A) == n}, m >= n, kind="remark")
SQUARE = lemma({}, m == n, kind="remark")


# ---- which instances fit -------------------------------------------------------------------------
def test_examples_of_every_setting_that_gives_the_variables_fit() -> None:
    given = list(Pool((SHAPED, OTHER), count=0).cases(FULL))
    assert {(c.instance.name, c.setting) for c in given} == {
        ("one", "a matrix"),
        ("two", "a matrix"),
        ("two columns", "a matrix of any shape"),
        ("nothing", "a matrix of any shape"),
    }
    assert all(case.origin == "given" for case in given)


def test_no_instance_is_drawn_where_none_is_asked_for() -> None:
    assert not list(
        Pool((), count=0).cases(replace(FULL, setting=replace(SHAPED, instances=tuple)))
    )


def test_a_smaller_setting_takes_what_it_names_and_each_value_once() -> None:
    sizes = Statement("TOY.S", SMALLER, {}, m <= n + m, kind="remark")
    found = [case.instance for case in Pool((SHAPED, OTHER), count=0).cases(sizes)]
    assert sorted(tuple(case.values.values()) for case in found) == [(1, 1), (1, 2), (2, 2)]


def test_integers_of_a_statement_take_all_values_in_range_and_one_outside() -> None:
    entry = lemma({"low": 1 <= k, "high": k <= m},
                  each(i, 1, n, A[k, i] * A[k, i] >= 0), names=(k,), kind="remark")  # fmt: skip
    found = list(rows(entry, Pool((SHAPED,), count=0)))
    at_two = [row for row in found if row.case.instance.name.startswith("two")]
    assert {row.case.instance.values[the(k)] for row in at_two if row.met} == {1, 2}
    assert any(row.misses in ("low", "high") for row in at_two)


def test_the_pool_is_the_same_whatever_was_asked_before() -> None:
    used = Pool((SHAPED, OTHER), count=12)
    list(rows(SQUARE, used))
    fresh = Pool((SHAPED, OTHER), count=12)
    names = [[row.case.instance.key for row in rows(FULL, pool)] for pool in (used, fresh)]
    assert names[0] == names[1]
    assert [case.origin for case in fresh.cases(FULL)].count("drawn") > 6


# ---- rows ----------------------------------------------------------------------------------------
def test_a_row_says_which_hypothesis_alone_is_missed() -> None:
    by_name = {r.case.instance.name: r for r in rows(FULL, Pool((SHAPED, OTHER), count=0))}
    assert by_name["two"].met
    assert by_name["two"].kept
    assert by_name["two columns"].misses == "full"
    assert by_name["two columns"].refuted
    assert by_name["nothing"].misses == "full"
    assert by_name["nothing"].kept


def test_steered_instances_meet_a_rank_that_random_ones_seldom_have() -> None:
    thin = lemma(
        {"rank": rank(A) == 1, "wide": n >= 2, "tall": m >= 2}, det(A.T @ A) == 0, kind="remark"
    )
    assert sum(row.met for row in rows(thin, Pool((), count=24))) >= 3


# ---- what is reported ----------------------------------------------------------------------------
def test_a_statement_that_holds_on_its_own_examples_is_refuted_by_another_setting() -> None:
    alone = list(rows(SQUARE, Pool((SHAPED,), count=0)))
    assert alone
    assert all(row.kept for row in alone)
    found = tried(SQUARE, SHAPED, OTHER, count=0)
    (refuted,) = (f for f in found.findings if f.kind == "refuted")
    assert refuted.how_found == "the pool, from 'a matrix of any shape'"
    assert refuted.counterexample is not None
    assert refuted.counterexample["name"] == "two columns"
    assert status(found) == "refuted"


def test_a_statement_is_refuted_by_drawn_instances_where_no_example_does() -> None:
    found = tried(lemma({}, trace(A.T @ A) <= 5, kind="remark"), SHAPED)
    (refuted,) = (f for f in found.findings if f.kind == "refuted")
    assert refuted.how_found == "search"


def test_controls_are_found_and_what_was_tried_is_said_where_there_is_none() -> None:
    needless = lemma({"full": rank(A) == n, "tame": trace(A.T @ A) <= 9}, m >= n, kind="remark")
    found = tried(needless)
    assert [c.premise for c in found.controls] == ["full"]
    (rest,) = found.without_control
    assert rest[0] == "tame"
    assert rest[1].endswith("break it alone and keep the conclusion")


def test_what_always_holds_beside_the_hypotheses_is_a_blind_spot() -> None:
    watched = [(the(m == n), SHAPED), (the(m <= 1), SHAPED), (the(rank(A) == n), SHAPED)]
    found = tried(FULL, SHAPED, watched=watched, count=0)
    assert found.blind_spots == ("m = n",)


def test_an_assumption_is_met_by_some_instances_and_need_not_be_by_all() -> None:
    assert not {kind for kind, _ in kinds(tried(replace(SQUARE, kind="assumption")))} - {"thin"}
    never = lemma({}, rank(A) > n, kind="assumption")
    assert ("vacuous", "statement") in kinds(tried(never))


def test_no_instance_that_meets_the_hypotheses_is_thin() -> None:
    none = lemma({"no": rank(A) > n}, m == n, kind="remark")
    found = tried(none)
    assert ("thin", "statement") in kinds(found)
    assert any("meets the hypotheses" in f.text for f in found.findings)
    assert status(found) == "undecided"


# ---- steps ---------------------------------------------------------------------------------------
RIGHT = lemma(
    {"full": rank(A) == n, "zero": A @ B == 0},
    B @ B == 0,
    have("none", B == 0, by(kernel_of_full_rank), "full", "zero"),
    have("square", B @ B == 0, calculation, "none"),
    names=(B,),
)


def test_a_right_proof_is_derived_and_each_step_holds_on_instances() -> None:
    found = tried(RIGHT)
    assert status(found) == "derived"
    assert {step.answers["on instances"][0] for step in found.steps} == {"holds"}


def test_a_claimed_step_is_refuted_by_itself() -> None:
    leap = lemma(
        {"zero": A @ B == 0, "full": rank(A) == n},
        B @ B == 0,
        have("either", B == 0, claimed("a product is zero only if a factor is"), "zero"),
        have("square", B @ B == 0, calculation, "either"),
        names=(B,),
    )
    found = tried(leap)
    assert ("invalid inference", "step either") in kinds(found)
    assert ("unsupported premise", "step either") not in kinds(found)
    assert ("invalid inference", "step square") not in kinds(found)
    assert status(found) == "gap"


def test_a_false_rule_is_an_alarm_although_the_kernel_accepts_the_step() -> None:
    wrong = lemma(
        {}, B @ B.T == B.T @ B, have("normal", B @ B.T == B.T @ B, by(commuting)), names=(B,)
    )
    found = tried(wrong)
    assert found.derivation.derived
    assert {("refuted", "statement"), ("invalid inference", "step normal")} <= kinds(found)
    assert any("a rule is false" in f.text for f in found.findings)
    assert status(found) == "refuted"


def test_what_only_cites_a_refuted_statement_is_no_alarm() -> None:
    false = lemma({}, m == n, have("all", m == n, claimed("clear")), key="F")
    citing = lemma({}, n == m, have("cited", m == n, cite(false)),
                   have("turned", n == m, linear, "cited"))  # fmt: skip
    found = tried(citing)
    assert ("refuted", "statement") in kinds(found)
    assert ("invalid inference", "step cited") not in kinds(found)


def test_a_step_inside_a_proof_about_any_value_is_looked_at_there() -> None:
    inside = lemma(
        {"all": each(i, 1, m, A[i, 1] == 1)},
        each(i, 1, m, A[i, 1] * 2 >= 1),
        have("each", each(i, 1, m, A[i, 1] * 2 >= 1), arbitrary(k, proof=(
            have("one", A[k, 1] == 1, at(k), "all"),
            have("two", A[k, 1] * 2 >= 1, linear, "one")))),
    )  # fmt: skip
    found = tried(inside)
    assert status(found) == "derived"
    answers = {step.name: step.answers["on instances"][0] for step in found.steps}
    assert answers == {"each/one": "holds", "each/two": "holds", "each": "holds"}


def test_a_name_for_what_exists_is_not_drawn() -> None:
    some = lemma(
        {"some": exists(t, t > x)},
        exists(y, y > x),
        have("t", None, obtain(t), "some"),
        have("there", exists(y, y > x), calculation, "some"),
        names=(x,),
    )
    found = tried(some)
    assert ("invalid inference", "step t") not in kinds(found)


@pytest.mark.parametrize(
    ("then", "word"), [(trace(A.T @ A) >= 0, "holds"), (m == n, "fails")], ids=["right", "wrong"]
)
def test_a_sampled_step_is_decided_on_instances(then: Any, word: str) -> None:
    found = tried(lemma({}, then, have("it", then, sampled("the language lacks nothing"))))
    (step,) = found.steps
    assert step.answers["on instances"][0] == word
    assert status(found) == ("checked" if word == "holds" else "refuted")

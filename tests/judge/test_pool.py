"""The common pool: which instances fit, what statements and steps say on them, what is reported."""

# ruff: noqa: SIM300 (formulas)

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.errors import DeclarationError
from symbolic_landscape.judge import edges
from symbolic_landscape.judge.check import judge
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.pool import Pool
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.judge.rows import Row, rows
from symbolic_landscape.judge.statuses import status
from symbolic_landscape.judge.trial import Trials
from symbolic_landscape.statement.language import (
    both,
    det,
    each,
    exists,
    identity_matrix,
    integer,
    inverse,
    matrix,
    natural,
    predicate,
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
    cases,
    cite,
    claimed,
    have,
    linear,
    obtain,
    sampled,
    take,
)
from symbolic_landscape.statement.rule import rule
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.verdict import Verdict, undecided

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


def test_a_completed_example_is_known_by_its_whole_name() -> None:
    def instances() -> tuple[Any, ...]:
        return (("a square, small", square([[1]])), ("a square, large", square([[1, 0], [0, 2]])))

    setting = Setting("a matrix", (m, n, A), (m >= 1, n >= 1), instances=instances)
    one = Statement("TOY.L1", setting, {"in": 1 <= i}, i <= m, names=(i,))
    cases = list(Pool((setting,), count=2).cases(one))
    assert {c.example for c in cases if c.origin == "given"} == {
        "a square, small",
        "a square, large",
    }
    drawn = [c for c in cases if c.origin == "drawn"]
    assert drawn
    assert all(c.example == c.instance.name for c in drawn)


def test_the_examples_of_a_setting_are_made_once() -> None:
    asked = []

    def instances() -> tuple[tuple[str, dict[Any, Any]], ...]:
        asked.append("again")
        return SHAPED.instances()

    setting = replace(SHAPED, instances=instances)
    pool = Pool((setting, OTHER), count=0)
    named = replace(FULL, setting=setting)
    for statement in (named, replace(named, key="TOY.Again"), replace(named, names=(k,))):
        assert list(pool.cases(statement))
    assert asked == ["again"]


def test_examples_that_are_yielded_are_there_for_every_statement() -> None:
    """A generator is empty when it is asked twice; no statement may lose its counterexamples so."""

    def instances() -> Any:
        yield from SHAPED.instances()

    setting = replace(SHAPED, instances=instances)
    named = replace(FULL, setting=setting)
    for _ in range(2):
        pool = Pool((setting,), count=0)
        for statement in (replace(named, names=(k,)), named):
            assert {case.instance.name.split(",")[0] for case in pool.cases(statement)} >= {"one"}


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
    assert rest[1].endswith("1 of them breaks it alone and keeps the conclusion")


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


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"up": x < y, "down": y <= x}, "up, down"),
        ({"none": i < i}, "none"),
        ({"large": m >= 3, "wide": n >= m + 1, "small": n <= 3}, "large, wide, small"),
        ({"tall": m < 1}, "tall, standing 1"),
    ],
)
def test_hypotheses_that_contradict_each_other_are_inconsistent(
    given: dict[str, Any], named: str
) -> None:
    room = Setting("numbers", (m, n, x, y, i), (m >= 1, n >= 1))
    one = Statement("TOY.R1", room, given, x == y, kind="remark")
    result = tried(one, room)
    (found,) = (f for f in result.findings if f.kind == "inconsistent")
    assert found.text.endswith(f"a contradiction follows from {named}")
    assert status(result) == "inconsistent"


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


@pytest.mark.parametrize(("size", "asked"), [(5, False), (1, True)])
def test_where_a_quick_premise_fails_the_others_are_not_asked(size: int, asked: bool) -> None:
    heard = []

    def slow(instance: Any, values: Any) -> Verdict:
        heard.append(instance)
        return undecided("it takes long")

    setting = replace(SHAPED, decisions={"slow": slow})
    given = {"slow": exists(x, predicate("slow")(A, x)), "quick": m == size}
    step = have("it", m >= 1, sampled("it is tried"), "slow", "quick")
    statement = replace(lemma(given, m >= 1, step), setting=setting)
    derivations, pool = Derivations(RULES.values()), Pool((setting,), count=0)
    wanted = edges.edges(statement, derivations.of(statement), derivations)
    chosen = [Row(case, {}) for case in pool.cases(statement)]
    assert edges.tested(statement, wanted, chosen, pool)["it"].undecided == asked
    assert bool(heard) is asked


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


# ---- what a hostile reader tried -----------------------------------------------------------------
def test_standing_assumptions_that_no_instance_meets_are_said() -> None:
    void = Setting("void", (m,), (m >= 1, m <= 0))
    nothing = Statement("TOY.V", void, {}, m >= 5, (have("it", m >= 5, linear),))
    found = tried(nothing, void)
    (thin,) = (f for f in found.findings if f.kind == "thin")
    assert "no instance meets the standing assumptions" in thin.text


def test_what_a_name_was_obtained_with_is_known_where_the_name_comes_up() -> None:
    j = integer("j")
    above = lemma(
        {},
        exists(j, rank(A) <= j),
        have("ex", exists(j, rank(A) < j), take(rank(A) + 1)),
        have("t", None, obtain(i), "ex"),
        have("u", rank(A) <= i, linear),
        have("end", exists(j, rank(A) <= j), take(i), "u"),
    )
    assert not [f for f in tried(above).findings if f.kind == "invalid inference"]
    unnamed = lemma(
        {"some": exists(t, t > x)},
        exists(y, y + 1 > x),
        have("t", None, obtain(t), "some"),
        have("b", t + 1 > x, sampled("arithmetic")),
        have("there", exists(y, y + 1 > x), take(t), "b"),
        names=(x,),
    )
    assert not [f for f in tried(unnamed).findings if f.kind == "invalid inference"]


@pytest.mark.parametrize(
    ("given", "then"),
    [({}, k >= 0), ({}, k >= -1), ({"odd": k <= -1}, k * k <= 1)],
    ids=["natural", "from -1", "bounded"],
)
def test_negative_integers_are_tried(given: dict[str, Any], then: Any) -> None:
    assert status(tried(lemma(given, then, kind="remark", names=(k,)))) == "refuted"


def test_sizes_are_drawn_that_break_a_hypothesis() -> None:
    tall = lemma({"tall": m >= n}, each(i, 1, n, m >= i), kind="remark")
    found = tried(tall, SHAPED)
    assert [c.premise for c in found.controls] == ["tall"]


def test_a_step_that_stands_in_two_branches_is_looked_at_in_each() -> None:
    shared = have("a", x * x >= x, sampled("no rule"))
    split = lemma(
        {"p": x * x * x >= 0},
        x * x >= x,
        have("it", x * x >= x, cases((shared,), (shared,), split=x <= 1)),
        names=(x,),
    )
    answers = {step.name: step.answers["on instances"][0] for step in tried(split).steps}
    assert answers["it/1/a"] == "fails"
    assert answers["it/2/a"] == "holds"


def test_a_false_external_is_named_where_it_is_cited() -> None:
    external = Statement("external:square", SHAPED, {}, m == n, kind="external")
    citing = lemma({}, n == m, have("cited", m == n, cite(external)),
                   have("turned", n == m, linear, "cited"))  # fmt: skip
    (fault,) = (f for f in tried(citing).findings if f.where == "step cited")
    assert fault.text.startswith("external:square is cited, and is false there")


def test_instances_that_leave_a_claim_without_proof_open_are_counted() -> None:
    inverted = lemma({}, B @ inverse(B) == identity_matrix(n), kind="remark", names=(B,))
    found = tried(inverted)
    assert status(found) == "undecided"
    assert "instances leave it open" in found.open_obligations[0]


def test_parts_of_a_hypothesis_are_no_blind_spots() -> None:
    watched = [(the(m == n), SHAPED), (the(n == m), SHAPED), (the(n >= 1), SHAPED)]
    both_said = lemma({"h": both(m == n, rank(A) == n)}, m >= n, kind="remark")
    assert tried(both_said, watched=watched).blind_spots == ()


def test_an_index_of_its_own_makes_no_other_size() -> None:
    one = lemma(
        {"one": m == 1, "one column": n == 1},
        trace(A.T @ A) + k * k >= 0,
        kind="remark",
        names=(k,),
    )
    assert ("thin", "statement") in kinds(tried(one))


def test_many_integers_at_once_are_sampled() -> None:
    many = tuple(integer(f"i{number}") for number in range(7))
    total_ = lemma({}, sum(v * v for v in many) >= 0, kind="remark", names=many)
    assert sum(row.met for row in rows(total_, Pool((SHAPED,), count=0))) >= 2


def broken_examples() -> tuple[Any, ...]:
    message = "no examples today"
    raise RuntimeError(message)


def test_examples_that_cannot_be_made_spoil_their_own_setting_alone() -> None:
    bad = Setting("broken", (m, n, A), instances=broken_examples)
    assert list(rows(SQUARE, Pool((SHAPED, bad), count=0)))
    with pytest.raises(RuntimeError, match="no examples today"):
        list(rows(replace(SQUARE, setting=bad), Pool((bad,), count=0)))


def test_a_decision_that_gives_no_verdict_is_named() -> None:
    odd = predicate("odd")
    deciding = Setting("odd ones", (m, n, A), (), decisions={"odd": lambda *_: True},
                       instances=diagonal)  # fmt: skip
    asking = Statement("TOY.O", deciding, {}, odd(A), kind="remark")
    with pytest.raises(DeclarationError, match="decision of 'odd' must answer a Verdict"):
        list(rows(asking, Pool((deciding,), count=0)))

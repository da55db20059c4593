"""Attacks: what is noticed, what is a true variant, and what the kinds are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from symbolic_landscape.errors import DeclarationError
from symbolic_landscape.judge.attack import (
    ANOTHER_PROOF,
    KINDS,
    TRUE_VARIANT,
    Attack,
    attacks,
    follows,
    tally,
)
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.drawing import tried
from symbolic_landscape.judge.neighbours import neighbours, thinner
from symbolic_landscape.library.assault import TRIES, Assault, score
from symbolic_landscape.library.lemmas import load_proofs
from symbolic_landscape.proofs.rules import RULES
from symbolic_landscape.report.attacks import lines
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    every,
    fn,
    function,
    identity_matrix,
    integer,
    matrix,
    natural,
    rank,
    real,
    the,
    trace,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.printing import text
from symbolic_landscape.statement.proof import at, have, linear
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.step import Step

L, n = natural("L"), natural("n")
i = integer("i")
x, y = real("x"), real("y")
c = function("c", i, x)
A = matrix("A", n, n)
HERE = Setting("a row of numbers", variables=(L, x, y, c, n, A), standing=(L >= 1,))
STEPS = (
    have("first", c(1) > 0, at(1), "all"),
    have("so", c(1) + x > x - 1, linear, "first"),
)


def statement(given: Mapping[str, Expr], then: Expr, *proof: Step) -> Statement:
    return Statement("OWN.T1", HERE, given, then, proof)


def found(one: Statement, *kinds: str) -> tuple[Attack, ...]:
    return attacks(one, Derivations(RULES.values()), kinds=kinds or tuple(KINDS))


RIGHT = statement({"all": each(i, 1, 1, c(i) > 0)}, c(1) + x > x - 1, *STEPS)


def by(one: Statement, kind: str) -> dict[str, str]:
    return {a.variant: a.by for a in found(one, kind)}


def test_every_wrong_variant_of_a_short_proof_is_noticed() -> None:
    every_one = found(RIGHT)
    assert [a for a in every_one if not a.noticed] == []
    assert sum(a.wrong for a in every_one) > 30
    kept = score(every_one)
    assert (kept.tried, kept.noticed) == (sum(a.wrong for a in every_one),) * 2


def test_a_range_that_is_extended_in_secret_is_noticed_by_its_surplus() -> None:
    words = by(RIGHT, "hypothesis changed")
    extended = {v: who for v, who in words.items() if "range extended" in v}
    assert extended
    assert all("is not used" in who for who in extended.values())


def test_a_begged_conclusion_is_noticed_in_every_disguise() -> None:
    words = by(RIGHT, "conclusion begged")
    assert set(words) == {"as it stands", "throughout", "inside all", "on condition of all"}
    assert all(words.values())


def test_a_variant_that_the_kernel_derives_is_true_and_does_not_count() -> None:
    one = statement({"up": x <= y}, x <= y + 1, have("so", x <= y + 1, linear, "up"))
    rows = [a for a in found(one, "conclusion changed") if "strictness" in a.variant]
    assert [a.by for a in rows] == [TRUE_VARIANT]
    assert not rows[0].wrong
    (row,) = tally(rows)
    assert (row.tried, row.true_variants, row.unnoticed) == (0, 1, ())


@pytest.mark.slow
def test_hypotheses_that_nothing_meets_are_noticed() -> None:
    proofs = load_proofs()
    one = proofs["NH17.L4.3.distinct"].printed
    assault = Assault(proofs, [one.setting], ["hypothesis changed"])
    noticed = {a.variant: a.by for a in assault.on(one)}
    assert "meets the hypotheses" in noticed["injective: condition dropped"]


def test_another_proof_is_no_attack() -> None:
    one = statement({"up": x < y}, x < y + 1, have("so", x < y + 1, linear, "up"))
    assert all(a.by in (ANOTHER_PROOF, "the kernel") for a in found(one, "reason exchanged"))


def test_hypotheses_are_thinned() -> None:
    formula = every(y, x <= y * y)
    made = {kind: text(g) for kind, g in thinner(the(formula), (the(x), the(y)))}
    assert made["at 0 for everywhere"] == "x ≤ 0"
    assert "at x for everywhere" in made
    (kind, full), *_ = thinner(the(both(rank(A) == n, x < y)), ())
    assert kind == "rank at least 2 for full rank"
    assert "2 ≤ rank A" in text(full)


def test_an_entry_of_a_symmetric_matrix_is_not_transposed() -> None:
    slips = [
        [slip for slip, _ in neighbours(the(one[i, i + 1] >= 0))]
        for one in (A, identity_matrix(n), A.T @ A)
    ]
    assert ["transposed" in some for some in slips] == [True, False, False]


def test_what_an_abbreviation_stands_for_does_not_slip() -> None:
    limit = RULES["limit_along_line"].then
    assert {g.args[0] for _, g in neighbours(limit)} == {limit.args[0]}


@pytest.mark.parametrize(
    ("name", "slip"),
    [
        ("limit_along_line", "sign exchanged"),
        ("limit_along_line", "summand dropped"),
        ("increasing_below_limit", "sides exchanged"),
        ("limit_of_sum", "summand dropped"),
        ("nonzero_near_limit", "condition dropped"),
        ("curvature_at_minimum", "index shifted"),
    ],
)
def test_false_variants_of_rules_on_limits_are_refuted(name: str, slip: str) -> None:
    rule = RULES[name]
    wrong = [variant(rule, g) for kind, g in neighbours(rule.then) if kind == slip]
    wrong = [r for r in wrong if not follows(r, rule, ())]
    assert (name, slip) == ("limit_along_line", "summand dropped") or wrong
    assert all(tried(r, tries=120).refuted for r in wrong)


def variant(rule: Rule, then: object) -> Rule:
    return Rule(rule.given, the(then), rule.where, rule.source)


def test_a_changed_rule_that_follows_from_the_rule() -> None:
    rule = RULES["line_rises"]
    assert follows(rule, rule, ())
    assert not follows(variant(rule, the(x < x)), rule, ())


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(DeclarationError, match="kinds of attacks are"):
        found(RIGHT, "nothing like it")


def test_the_table_fits_eighty_columns() -> None:
    assert all(len(line) <= 80 for line in lines(found(RIGHT)))


@pytest.mark.parametrize(
    ("name", "slip"),
    [
        ("equal_jacobians", "transposed"),
        ("equal_jacobians", "index shifted"),
        ("bends_of_touching_curves", "summand dropped"),
        ("bends_of_touching_curves", "derivative dropped"),
        ("hessian_along_line", "summand dropped"),
    ],
)
def test_drawn_functions_that_are_equal_or_touch_refute_false_rules(name: str, slip: str) -> None:
    """They need functions that are not constant, and more than 120 tries."""
    rule = RULES[name]
    slips = [made for kind, made in neighbours(rule.then) if kind == slip]
    assert slips
    for made in slips:
        false = replace(rule, then=made)
        assert follows(false, rule, RULES.values()) or tried(false, 0, TRIES).refuted, text(made)
    assert not tried(rule, 0, TRIES).refuted


def test_a_slip_that_leaves_a_function_without_a_sort_is_no_variant() -> None:
    """Where a mean of real numbers would become one of the integer 0."""
    v = matrix("v", n, 1)
    E = function("E", function("", v, x), x)
    formula = the(E(fn(v, trace(v.T @ v) - trace(v.T @ A @ v))) == 0)
    assert list(neighbours(formula))
    one = load_proofs()["YSJ18.R5"].printed
    assert any(list(neighbours(f)) for f in one.claim.given.values())


@pytest.mark.slow
def test_a_counterexample_that_is_taken_away_is_found_by_search_again() -> None:
    """The number of instances that are looked at bounds the search, and no clock."""
    proofs = load_proofs()
    one = proofs["C18.L3.3"].printed
    (found,) = Assault(proofs, [one.setting], ["counterexample removed"]).on(one)
    assert found.by.startswith("found by search")

"""Every rule of the package on free objects: none is refuted, and most are met."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import islice
from typing import Any

import pytest

from symbolic_landscape.formula import parse_formula
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.judge.drawing import Trial, drawn, trial, tried
from symbolic_landscape.judge.evaluation import decide
from symbolic_landscape.judge.unknowns import Folded
from symbolic_landscape.judge.values import Function, Instance
from symbolic_landscape.proofs.rules import RULES
from symbolic_landscape.statement.language import fn, matrix, the
from symbolic_landscape.statement.parts import subterms
from symbolic_landscape.statement.term import INT, Term, num, substitute, term, var

TRIES = 40
"""So many times free objects are drawn for each."""


def trials() -> dict[str, Trial]:
    return {name: tried(rule, tries=TRIES) for name, rule in RULES.items()}


@pytest.mark.slow
def test_no_rule_is_refuted_by_free_objects_and_most_are_met() -> None:
    found = trials()
    assert {name: t.reason for name, t in found.items() if t.refuted} == {}
    assert sum(t.met > 0 for t in found.values()) >= 330


def test_rules_have_few_premises_and_sources() -> None:
    assert {name for name, rule in RULES.items() if len(rule.given) > 5} == set()
    assert {name for name, rule in RULES.items() if not rule.source} == set()


# ---- rules whose premises drawing does not meet --------------------------------------------------
def _of_number(text: str) -> Activation:
    return Activation.of(parse_formula(text))


z = matrix("z", 2, 1)
BY_HAND: dict[str, dict[str, Any]] = {
    "limit_of_constant": {"f": _of_number("2"), "r": 2},
    "limit_of_equal": {
        "f": _of_number("1/(1 + t**2)"),
        "g": _of_number("(1 + t**2)/(1 + t**2)**2"),
        "r": 0,
    },
    "limit_of_late_equal": {
        "f": _of_number("abs(t)/(1 + t**2)"),
        "g": _of_number("t/(1 + t**2)"),
        "r": 0,
    },
    "both_signs_at_crossing": {"f": _of_number("-t - t**3"), "x": 0},
    "continuous_inverse": {"f": _of_number("2*t - 1"), "g": _of_number("(t + 1)/2")},
    "flat_at_zero": {"f": Activation.of("smoolu"), "g": _of_number("t")},
    "invariance_of_domain": {
        "m": 2,
        "n": 2,
        "Q": the(fn(z, 2 * z)),
        "R": the(fn(z, Fraction(1, 2) * z)),
    },
}
"""Values of some free objects, by the rule; the others are drawn."""


def _instances(variables: Iterable[Term], count: int) -> Iterable[Instance]:
    return islice(drawn(variables, seed=1, largest=2), count)


@pytest.mark.parametrize("name", BY_HAND)
def test_rules_hold_on_objects_made_by_hand(name: str) -> None:
    rule = RULES[name]
    made = {v: BY_HAND[name][str(v.name)] for v in rule.variables if str(v.name) in BY_HAND[name]}
    for instance in _instances(rule.variables, 4):
        changed = instance.changed(made)
        for formula in (*rule.where, *rule.given, rule.then):
            assert decide(formula, changed).is_holds


@pytest.mark.parametrize("name", ["one_member_moved", "sum_with_member"])
def test_equal_families_have_equal_members(name: str) -> None:
    k, (left, right) = var("place", INT), RULES[name].then.args
    members = term("eq", term("apply", left, k), term("apply", right, k))
    found = trial((*RULES[name].variables, k), (), members, tries=TRIES)
    assert (found.met, found.refuted) == (TRIES, False)


def test_mean_of_squares_on_a_line_is_smooth() -> None:
    rule = RULES["smooth_mean_square"]
    mean = next(v for v in rule.variables if str(v.name) == "E")
    for instance in _instances(rule.variables, 10):
        drawn_mean = instance.values[mean]
        assert isinstance(drawn_mean, Function)
        written_out = Folded().form(substitute(rule.then, {mean: drawn_mean.term}))
        assert decide(written_out, instance.changed(dict(drawn_mean.values))).is_holds


@pytest.mark.parametrize(("name", "sign"), [("lower_where_steep", -1), ("higher_where_steep", 1)])
def test_where_steep_there_are_steps_along_the_gradient(name: str, sign: int) -> None:
    rule, radius, met = RULES[name], Fraction(1, 8), 0
    r, (_, near) = rule.then.args[0], rule.then.args[1].args
    there, body = near.args
    steep = next(s for f in rule.given for s in subterms(f) if s.head == "grad")
    steps = [term("mul", num(sign * Fraction(1, 8**k)), steep) for k in range(1, 6)]
    moves = [term("add", steep.args[1], step) for step in steps]
    for instance in _instances(rule.variables, 20):
        if all(decide(f, instance).is_holds for f in rule.given):
            found = (substitute(body, {there: move, r: num(radius)}) for move in moves)
            assert any(decide(f, instance).is_holds for f in found)
            met += 1
    assert met >= 5

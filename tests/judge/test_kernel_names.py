"""Suppositions, cases, names of facts and variables, capture."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from small_derivations import (
    BOOK,
    A,
    P,
    accepted,
    arbitrary,
    at,
    by,
    calculation,
    cases,
    check,
    claim,
    f,
    i,
    induct,
    j,
    judged,
    k,
    linear,
    logic,
    m,
    n,
    objections,
    q,
    refused,
    sigma,
    step,
    suppose_not,
    take,
    v,
    x,
    y,
    z,
)

from symbolic_landscape.statement.language import (
    Expr,
    contradiction,
    each,
    either,
    entries,
    every,
    exists,
    fn,
    function,
    integer,
    matrix,
    natural,
    real,
    the,
    total,
)
from symbolic_landscape.statement.lemma import Claim
from symbolic_landscape.statement.rule import rule
from symbolic_landscape.statement.step import Cite, Step
from symbolic_landscape.statement.term import INT, var

UNDECLARED = "which is not declared"
IN_USE = "is in use"
NO_FACT = "there is no fact"
HASH = Expr(var("#0", INT))


# ---- suppositions and cases ----------------------------------------------------------------------
def supposed(*proof: Step, then: Any = None, after: tuple[Step, ...] = (), **given: Any) -> Claim:
    """x is not 0, by contradiction."""
    made = x != 0
    goal = made if then is None else then
    return claim((x, y), goal, step("n", made, suppose_not(*proof)), *after, **given)


ZERO = step("z", x == 0, logic, "n.not")
FALSE = step("f", contradiction, calculation, "pos", "z")
POS = {"pos": x * y > 0}


def in_cases(*branches: list[Step], split: Any = None, uses: tuple[str, ...] = ("or",)) -> Claim:
    """x + y <= 1 where x or y is at most 0 and both are at most 1."""
    goal = x + y <= 2
    return claim(
        (x, y, z),
        goal,
        step("c", goal, cases(*branches, split=split), *uses),
        one=x <= 1,
        two=y <= 1,
        **{"or": either(x <= 0, y <= 0)},
    )


X0 = [step("a", x + y <= 2, linear, "c.1", "two")]
Y0 = [step("a", x + y <= 2, linear, "c.2", "one")]
# fmt: off
SUPPOSED = [
    accepted("contradiction", supposed(ZERO, FALSE, **POS)),
    refused("no_contradiction", "wanted or()", supposed(ZERO, **POS)),
    refused(
        "supposition_after_it",
        NO_FACT,
        supposed(ZERO, FALSE, then=x == 0, after=(step("b", x == 0, logic, "n.not"),), **POS),
    ),
    refused(
        "contradiction_after_it",
        NO_FACT,
        supposed(ZERO, FALSE, then=y == 0, after=(step("b", y == 0, logic, "f"),), **POS),
    ),
    refused(
        "supposition_of_another", NO_FACT, supposed(step("z", x == 0, logic, "m.not"), FALSE, **POS)
    ),
    refused(
        "supposed_too_much",
        "does not follow",
        supposed(step("z", x == y, logic, "n.not"), FALSE, **POS),
    ),
    refused("supposed_nothing", "has no step", supposed(**POS)),
    accepted("cases", in_cases(X0, Y0)),
    refused(
        "cases_exchanged",
        "does not follow",
        in_cases(
            [step("a", x + y <= 2, linear, "c.1", "one")],
            [step("a", x + y <= 2, linear, "c.2", "two")],
        ),
    ),
    refused("one_case_only", "2 cases, 1 proofs", in_cases(X0)),
    refused("three_cases", "2 cases, 3 proofs", in_cases(X0, Y0, Y0)),
    refused(
        "case_of_the_other_branch",
        NO_FACT,
        in_cases(X0, [step("a", x + y <= 2, linear, "c.1", "two")]),
    ),
    refused(
        "case_proves_another_goal",
        "wanted le(add(x, y), 2)",
        in_cases(X0, [step("a", x + y <= 3, linear, "c.2", "one")]),
    ),
    refused("cases_of_no_disjunction", "is no disjunction", in_cases(X0, Y0, uses=("one",))),
    refused("cases_of_nothing", "one fact", in_cases(X0, Y0, uses=())),
    refused("split_with_a_fact", "a split needs no fact", in_cases(X0, Y0, split=x <= 0)),
    refused(
        "split_the_other_half",
        "does not follow",
        in_cases(X0, [step("a", x + y <= 2, linear, "c.2", "two")], split=x <= 0, uses=()),
    ),
    refused(
        "split_in_an_undeclared_name", UNDECLARED, in_cases(X0, Y0, split=real("t") <= 0, uses=())
    ),
    refused("split_of_no_formula", "not needs arguments", in_cases(X0, Y0, split=x, uses=())),
]
# fmt: on


@pytest.mark.parametrize(("c", "fragment"), SUPPOSED)
def test_supposition(c: Claim, fragment: str) -> None:
    check(c, fragment)


# ---- names of facts and variables ----------------------------------------------------------------
def named(
    name: str, *before: Step, variables: Any = (x, y), standing: Any = (), **given: Any
) -> Claim:
    """A step of this name."""
    steps = (*before, step(name, y <= x + 1, linear, "h"))
    return claim(variables, y <= x + 1, *steps, standing=standing, h=y <= x, **given)


IDLE = step("a", every(k, k <= k + 1), arbitrary(v, proof=[step("l", v <= v + 1, linear)]))
CLASH = step("a.v", x <= x + 1, linear)
TWICE = "is used twice"
# fmt: off
NAMES = [
    accepted("names", named("s", IDLE)),
    refused("step_named_like_a_hypothesis", TWICE, named("h")),
    refused("step_named_like_a_step", TWICE, named("a", IDLE)),
    refused("step_named_like_an_assumption", TWICE, named("standing 1", standing=(x <= 1,))),
    refused(
        "hypothesis_named_like_an_assumption",
        TWICE,
        named("s", standing=(x <= 1,), standing_1=y <= 1),
    ),
    refused(
        "step_named_like_a_range",
        TWICE,
        named(
            "s",
            step("a.i", x <= x + 1, linear),
            step("a", each(i, 1, 2, i >= 1), arbitrary(i, proof=[step("l", i >= 1, linear)])),
        ),
    ),
    refused(
        "step_named_like_a_fact_before",
        TWICE,
        named(
            "s",
            step("a.before", x <= x + 1, linear),
            step(
                "a",
                each(i, 1, 2, f(i) >= 1),
                induct(
                    v,
                    [step("b", f(1) >= 1, at(1), "all")],
                    [step("b", f(v + 1) >= 1, at(v + 1), "all")],
                ),
            ),
            variables=(x, y, f),
            all=each(i, 0, 3, f(i) >= 1),
        ),
    ),
    refused("variable_twice", IN_USE, named("s", variables=(x, y, x))),
    refused("variable_twice_with_other_sorts", IN_USE, named("s", variables=(x, y, integer("x")))),
    refused(
        "variable_before_its_size", UNDECLARED, named("s", variables=(x, y, matrix("M", n, n), n))
    ),
    refused("reserved_variable", "kept for bound variables", named("s", variables=(x, y, HASH))),
    refused("variable_that_is_a_term", "is no name", named("s", variables=(x, y, x + 1))),
    refused("undeclared_in_a_hypothesis", UNDECLARED, named("s", other=z <= 1)),
    refused("undeclared_of_another_sort", UNDECLARED, named("s", other=natural("x") <= 1)),
    refused("undeclared_in_a_step", UNDECLARED, named("s", step("q", z <= z + 1, linear))),
    refused(
        "undeclared_that_cancels", UNDECLARED, named("s", step("q", x - x + z <= z + 1, linear))
    ),
    refused(
        "undeclared_in_the_conclusion",
        UNDECLARED,
        claim((x,), z <= z + 1, step("q", z <= z + 1, linear)),
    ),
    refused("hypothesis_that_is_no_formula", "is no formula", named("s", other=x)),
    refused("step_before_it_is_made", NO_FACT, named("s", step("q", y <= x + 2, linear, "s"))),
    refused(
        "step_that_uses_itself", NO_FACT, claim((x, y), y <= x, step("q", y <= x, linear, "q"))
    ),
    refused("missing_fact", NO_FACT, claim((x, y), y <= x, step("q", y <= x, linear, "h"))),
    refused("known_already", "is known here already", named("s", step("q", y <= x, logic, "h"))),
    refused(
        "known_under_another_form",
        "is known here already",
        named("s", step("q", 2 * y <= 2 * x + 0 * y, linear, "h")),
    ),
    refused(
        "known_by_other_bound_names",
        "is known here already",
        named("s", step("q", every(z, z <= y), at(), "all"), all=every(real("t"), real("t") <= y)),
    ),
]
# fmt: on


@pytest.mark.parametrize(("c", "fragment"), NAMES)
def test_name(c: Claim, fragment: str) -> None:
    check(c, fragment)


# ---- capture -------------------------------------------------------------------------------------
p_ = integer("p")


def zero_by_entries(matrix: Any, entry: Any) -> Claim:
    """A matrix is 0 by a rule with the indices i and j bound; they are names here, too."""
    steps = [step("a", matrix == 0, by(BOOK["zero_of_entries"], m=m, n=n, A=matrix), "all")]
    given = each(k, 1, m, each(q, 1, n, entry == 0))
    return claim((i, j, m, n, f, A), matrix == 0, *steps, all=given)


h = function("h", x, y)
PAIR = every(x, exists(y, sigma(y) == h(x) + 1))
# fmt: off
CAPTURE = [
    accepted(
        "value_with_the_bound_name",
        claim(
            (y, h, sigma),
            exists(z, sigma(z) == h(y) + 1),
            step("a", exists(z, sigma(z) == h(y) + 1), at(y), "all"),
            all=PAIR,
        ),
    ),
    refused(
        "captured_value",
        "it says",
        claim(
            (y, h, sigma),
            exists(y, sigma(y) == h(y) + 1),
            step("a", exists(y, sigma(y) == h(y) + 1), at(y), "all"),
            all=PAIR,
        ),
    ),
    accepted("rule_at_the_names_it_binds", zero_by_entries(A, A[k, q])),
    accepted("rule_at_a_term_in_them", zero_by_entries(entries(k, q, m, n, f(i)), f(i))),
    refused(
        "rule_at_a_captured_term",
        "needs each(i', 1, m",
        zero_by_entries(entries(k, q, m, n, f(i)), f(k)),
    ),
    refused(
        "equation_under_a_binder_of_its_name",
        "the calculation ends in",
        claim(
            (k, n, f, x),
            each(k, 1, n, f(k) <= x),
            step("a", each(k, 1, n, f(k) <= x), calculation, "all", "here"),
            all=each(k, 1, n, f(3) <= x),
            here=f(3) == f(k),
        ),
    ),
    accepted(
        "equation_under_a_binder_of_another_name",
        claim(
            (k, n, f, x),
            each(j, 1, n, f(k) <= x + j),
            step("a", each(j, 1, n, f(k) <= x + j), calculation, "all", "here"),
            all=each(k, 1, n, f(3) <= x + k),
            here=f(3) == f(k),
        ),
    ),
    refused(
        "function_of_a_captured_name",
        "the calculation ends in",
        claim(
            (y, h),
            P(fn(y, h(y))),
            step("a", P(fn(y, h(y))), calculation, "p", "e"),
            p=P(fn(x, h(0))),
            e=h(0) == h(y),
        ),
    ),
]
# fmt: on


@pytest.mark.parametrize(("c", "fragment"), CAPTURE)
def test_capture(c: Claim, fragment: str) -> None:
    check(c, fragment)


# ---- names for bound variables -------------------------------------------------------------------
F = function("F", f, x)
"""A number for each family."""
NESTED = total(i, 1, 2, total(j, 1, 2, i * f(j)))
CAPTURED = F(f) == total(i, 1, 2, total(j, 1, 2, i * f(i)))
HIDDEN = fn(j, f(HASH))
CHANGED = claim(
    (F, f), CAPTURED, step("s", CAPTURED, at(HIDDEN), "all"), all=every(f, F(f) == NESTED)
)
FAMILIES = claim((F, f), F(f) == NESTED, key="families", all=every(f, F(f) == NESTED))
FINISHED = {
    c: judged(c) for c in [replace(FAMILIES, proof=(step("s", F(f) == NESTED, at(f), "all"),))]
}
CITED = Cite(SimpleNamespace(claim=next(iter(FINISHED))), {"f": the(HIDDEN)})  # type: ignore[arg-type]
NUMBER = rule(then=F(f) == NESTED)


@pytest.mark.parametrize(
    "c",
    [
        CHANGED,
        claim((F, f), CAPTURED, step("s", CAPTURED, CITED), all=every(f, F(f) == NESTED)),
        claim((F, f), CAPTURED, step("s", CAPTURED, by(NUMBER, F=F, f=HIDDEN))),
        claim(
            (F, f),
            exists(f, CAPTURED),
            step("s", exists(f, CAPTURED), take(HIDDEN), "h"),
            h=F(f) == NESTED,
        ),
    ],
    ids=["instance", "citation", "rule", "witness"],
)
def test_term_in_a_name_for_bound_variables_should_fail(c: Claim) -> None:
    d = judged(c, rules=[NUMBER], finished=FINISHED)
    assert not d.derived
    assert "mentions #0, which is not declared" in objections(d)

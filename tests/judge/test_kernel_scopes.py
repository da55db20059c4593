"""Arbitrary and obtained names: of their sort, new, and only where they were made."""

from __future__ import annotations

from typing import Any

import pytest
from small_derivations import (
    accepted,
    arbitrary,
    at,
    cases,
    check,
    claim,
    f,
    g,
    i,
    j,
    k,
    linear,
    logic,
    m,
    n,
    obtain,
    p,
    refused,
    step,
    take,
    v,
    x,
    y,
    z,
)

from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    every,
    exists,
    integer,
    matrix,
)
from symbolic_landscape.statement.lemma import Claim
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import INT, var

UNDECLARED = "which is not declared"
IN_USE = "is in use"
NO_FACT = "there is no fact"
HASH = Expr(var("#0", INT))


# ---- arbitrary values ----------------------------------------------------------------------------
def for_every(
    goal: Any, *names: Any, proof: list[Step], variables: Any = (x, y), **given: Any
) -> Claim:
    """A goal by arbitrary values."""
    return claim(variables, goal, step("all", goal, arbitrary(*names, proof=proof)), **given)


def not_between(name: Any) -> Claim:
    """A positive number is at least 1."""
    return for_every(
        every(x, (x > 0) >> (x + 0 * x >= 1)),
        name,
        proof=[
            step("one", name - 1 >= 0, linear, "all.if"),
            step("so", name + y - y >= 1, logic, "one"),
        ],
        variables=(y,),
    )


# fmt: off
GENERIC = [
    accepted("real", for_every(every(z, z <= z + 1), z, proof=[step("l", z <= z + 1, linear)])),
    refused("integer_for_a_real", "k is not of sort real", not_between(k)),
    refused("natural_for_a_real", "m is not of sort real", not_between(m)),
    refused("real_is_not_at_least_one", "does not follow", not_between(z)),
    refused(
        "natural_for_an_integer",
        "m is not of sort int",
        for_every(every(k, k >= 0), m, proof=[step("l", m >= 0, linear)]),
    ),
    refused(
        "name_that_is_declared",
        IN_USE,
        for_every(every(z, z <= y), x, proof=[step("l", x <= y, logic, "h")], h=x <= y),
    ),
    refused(
        "name_of_another_sort_that_is_declared",
        IN_USE,
        for_every(every(k, f(k) <= y), integer("x"), proof=[], variables=(x, y, f)),
    ),
    refused(
        "names_twice",
        IN_USE,
        for_every(
            every(x, every(y, x <= y)), z, z, proof=[step("l", z <= z, linear)], variables=()
        ),
    ),
    refused(
        "reserved_name",
        "is a name that is kept for bound variables",
        for_every(each(i, 1, 2, i >= 0), HASH, proof=[step("l", HASH >= 0, linear)]),
    ),
    refused(
        "no_quantifier_left",
        "has no quantifier for z",
        for_every(x <= x + 1, z, proof=[step("l", x <= x + 1, linear)]),
    ),
    refused(
        "other_kind_of_quantifier",
        "has no quantifier for z",
        for_every(exists(z, z <= x), z, proof=[step("l", z <= x, linear)]),
    ),
    refused(
        "value_in_place_of_a_name",
        "is no name",
        for_every(every(z, z <= x), x + 1, proof=[step("l", x + 1 <= x, linear)]),
    ),
    refused(
        "hypothesis_on_the_declared_name",
        "wanted le(z, y)",
        for_every(every(z, z <= y), z, proof=[step("l", x + 0 <= y + 1, linear, "h")], h=x <= y),
    ),
    refused(
        "condition_outside_the_proof",
        NO_FACT,
        claim(
            (x, y),
            y <= 0,
            step("i", (x <= 0) >> (x <= 1), arbitrary(proof=[step("l", x <= 1, linear, "i.if")])),
            step("y", y <= 0, linear, "i.if"),
        ),
    ),
    accepted(
        "condition_inside",
        claim(
            (x, y),
            (x <= 0) >> (x <= 1),
            step("i", (x <= 0) >> (x <= 1), arbitrary(proof=[step("l", x <= 1, linear, "i.if")])),
        ),
    ),
    refused(
        "condition_of_another",
        "does not follow",
        claim(
            (x, y),
            (x <= 0) >> (y <= 1),
            step("i", (x <= 0) >> (y <= 1), arbitrary(proof=[step("l", y <= 1, linear, "i.if")])),
        ),
    ),
    refused(
        "step_of_an_inner_proof_outside",
        NO_FACT,
        claim(
            (x, y),
            y <= 0,
            step("i", (y <= 0) >> (y <= 1), arbitrary(proof=[step("l", y <= 1, linear, "i.if")])),
            step("y", y <= 0, linear, "l"),
        ),
    ),
    refused(
        "inner_name_outside",
        UNDECLARED,
        claim(
            (f, x),
            f(1) <= x,
            step("a", every(k, k <= k + 1), arbitrary(v, proof=[step("l", v <= v + 1, linear)])),
            step("b", f(v) <= x, at(v), "all"),
            step("c", f(1) <= x, logic, "b"),
            all=every(k, f(k) <= x),
        ),
    ),
    refused(
        "value_in_an_inner_name",
        UNDECLARED,
        claim((f, x), f(1) <= x, step("b", f(v) <= x, at(v), "all"), all=every(k, f(k) <= x)),
    ),
]
# fmt: on


@pytest.mark.parametrize(("c", "fragment"), GENERIC)
def test_arbitrary_value(c: Claim, fragment: str) -> None:
    check(c, fragment)


# ---- obtained names ------------------------------------------------------------------------------
def some(then: Any, *steps: Step, variables: Any = (n, f, g, x)) -> Claim:
    """From a place where f is 1."""
    there = exists(i, both(i >= 1, f(i) == 1))
    return claim(variables, then, *steps, some=there, every=every(i, exists(j, g(j) == f(i))))


def for_each_or_all(goal: Any, *steps: Step) -> Claim:
    """For each i some j has g(j) = f(i); is there a j above it for each, or one for all?"""
    return claim((f, g), goal, *steps, some=every(i, exists(j, g(j) == f(i))))


def in_a_case(value: Any) -> Claim:
    """A name that is obtained in one case, and a goal at a value."""
    found = [step("o", f(k) == x, obtain(k), "a"), step("y", f(value) <= x, linear, "o")]
    goal = f(value) <= x
    there = exists(j, f(j) == x)
    return claim((f, x), goal, step("c", goal, cases(found, found, split=x <= 0)), a=there)


THERE = step("h", exists(j, g(j) == f(v)), at(v), "some")
HERE = step("o", g(k) == f(v), obtain(k), "h")
ABOVE = exists(j, f(v) <= g(j))
FOR_EACH = for_each_or_all(
    every(i, exists(j, f(i) <= g(j))),
    step(
        "a",
        every(i, exists(j, f(i) <= g(j))),
        arbitrary(
            v,
            proof=[
                THERE,
                HERE,
                step("l", f(v) <= g(k), linear, "o"),
                step("e", ABOVE, take(k), "l"),
            ],
        ),
    ),
)
FOR_ALL = for_each_or_all(
    exists(j, every(i, g(j) == f(i))),
    step("a", every(i, g(k) == f(i)), arbitrary(v, proof=[THERE, HERE])),
    step("e", exists(j, every(i, g(j) == f(i))), take(k), "a"),
)
GOAL = exists(i, f(i) == 1)
OPEN = step("o", both(k >= 1, f(k) == 1), obtain(k), "some")
ONE = step("b", f(k) == 1, logic, "o")
# fmt: off
OBTAINED = [
    accepted("obtained", some(GOAL, OPEN, ONE, step("e", GOAL, take(k), "b"))),
    refused("goal_with_the_name", "which is not declared", some(f(k) == 1, OPEN, ONE)),
    refused(
        "name_in_use",
        IN_USE,
        some(
            GOAL, step("o", both(n >= 1, f(n) == 1), obtain(n), "some"), step("e", GOAL, logic, "o")
        ),
    ),
    refused(
        "natural_for_an_integer",
        "m is not of sort int",
        some(
            GOAL, step("o", both(m >= 1, f(m) == 1), obtain(m), "some"), step("e", GOAL, logic, "o")
        ),
    ),
    refused(
        "value_in_place_of_a_name",
        "is no name",
        some(GOAL, step("o", both(n + 1 >= 1, f(n + 1) == 1), obtain(n + 1), "some")),
    ),
    refused(
        "more_than_there_is",
        "it says",
        some(
            GOAL,
            step("o", both(k >= 2, f(k) == 1), obtain(k), "some"),
            step("e", GOAL, take(k), "o"),
        ),
    ),
    refused(
        "two_names_for_one",
        "has no quantifier",
        some(GOAL, step("o", both(k >= 1, f(k) == 1), obtain(k, j), "some")),
    ),
    refused(
        "same_witness_for_two_facts",
        IN_USE,
        claim(
            (f, g),
            exists(i, both(f(i) == 1, g(i) == 1)),
            step("a", f(k) == 1, obtain(k), "fs"),
            step("b", g(k) == 1, obtain(k), "gs"),
            step("e", exists(i, both(f(i) == 1, g(i) == 1)), take(k), "a", "b"),
            fs=exists(i, f(i) == 1),
            gs=exists(i, g(i) == 1),
        ),
    ),
    refused(
        "names_from_for_all",
        "has no quantifier",
        claim((f,), f(1) == 1, step("o", f(k) == 1, obtain(k), "a"), a=every(i, f(i) == 1)),
    ),
    accepted("one_witness_for_each", FOR_EACH),
    refused("one_witness_for_all", UNDECLARED, FOR_ALL),
    refused("name_of_one_case_in_the_yield", UNDECLARED, in_a_case(k)),
    refused("name_of_one_case_for_a_value", "does not follow", in_a_case(3)),
    refused(
        "sort_that_is_not_declared",
        UNDECLARED,
        claim(
            (n,),
            exists(m, exists(matrix("M", m, m), matrix("M", m, m) == matrix("M", m, m))),
            step("o", matrix("M", p, p) == 0, obtain(matrix("M", p, p)), "a"),
            a=exists(matrix("M", n, n), matrix("M", n, n) == 0),
        ),
    ),
]
# fmt: on


@pytest.mark.parametrize(("c", "fragment"), OBTAINED)
def test_obtained_name(c: Claim, fragment: str) -> None:
    check(c, fragment)

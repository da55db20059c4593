"""What untrusted code may propose to the kernel, made false by hand: it must be refused."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from small_derivations import (
    A,
    S,
    T,
    accepted,
    arbitrary,
    at,
    calculation,
    cases,
    claim,
    f,
    i,
    induct,
    judged,
    k,
    linear,
    logic,
    m,
    n,
    objections,
    obtain,
    refused,
    step,
    suppose_not,
    take,
    x,
    y,
    z,
)

from symbolic_landscape.errors import SortError
from symbolic_landscape.judge.kernel import Kernel, Scope
from symbolic_landscape.judge.record import Fact
from symbolic_landscape.statement import normal
from symbolic_landscape.statement.language import (
    each,
    every,
    exists,
    fn,
    integer,
    matrix,
    natural,
    ones,
    real,
    the,
    total,
    zeros,
)
from symbolic_landscape.statement.lemma import Claim
from symbolic_landscape.statement.step import Calculation, Step
from symbolic_landscape.statement.term import num, substitute, term

HALF = Fraction(1, 2)


# ---- multiples of inequalities -------------------------------------------------------------------
WRONG = claim((x, y), x <= y, step("s", x <= y, linear, "h"), h=y <= x)


@pytest.mark.parametrize(
    "multiples",
    [
        {},
        {0: Fraction(1)},
        {1: Fraction(1)},
        {0: Fraction(1), 1: Fraction(1)},
        {0: Fraction(-1), 1: Fraction(1)},
        {0: Fraction(1), 1: Fraction(-1)},
        {0: Fraction(0), 1: Fraction(0)},
        {-1: Fraction(1), -2: Fraction(-1)},
        {7: Fraction(1)},
        {0: float("nan")},
        {0: 1e300, 1: 1e-300},
        {0: "1"},
        None,
    ],
    ids=str,
)
def test_false_multiples_should_fail(monkeypatch: Any, multiples: Any) -> None:
    monkeypatch.setattr(normal, "multipliers", lambda rows: multiples)
    assert not Kernel((), {}).check(WRONG).derived


@pytest.mark.parametrize(("factor", "follows"), [(1, True), (HALF, True), (0, False), (-1, False)])
def test_multiples_count_where_they_add_up(monkeypatch: Any, factor: Any, follows: bool) -> None:
    monkeypatch.setattr(normal, "multipliers", lambda rows: {0: factor, len(rows) - 1: factor})
    c = claim((x, y), x <= y + 1, step("s", x <= y + 1, linear, "h"), h=x <= y)
    assert Kernel((), {}).check(c).derived is follows


# ---- replacements --------------------------------------------------------------------------------
def replaced(*places: tuple[int, Any, Any, Any]) -> Claim:
    """x z = y z by replacements that are said to follow from x = y."""
    left = tuple((n, the(old), the(new), the(context)) for n, old, new, context in places)
    then = x * z == y * z
    return claim((x, y, z), then, step("c", then, Calculation(left), "h"), h=x == y)


hole, whole, u = real("hole"), integer("whole"), real("u")
BEFORE = fn(hole, hole * z)
REPLACED = [
    accepted("as_the_fact_says", replaced((0, x, y, BEFORE))),
    accepted("a_multiple", replaced((0, 2 * x, 2 * y, fn(hole, HALF * hole * z)))),
    refused("the_other_way", "does not have", replaced((0, y, x, BEFORE))),
    refused("more_than_the_fact", "does not say", replaced((0, x * z, y * z, fn(hole, hole)))),
    refused("a_square_of_the_fact", "does not say", replaced((0, x, y + 1, BEFORE))),
    refused("the_negation", "does not say", replaced((0, x, -y, BEFORE))),
    refused("a_name_nobody_knows", "mentions u", replaced((0, x + u - u, y, BEFORE))),
    refused("a_new_name_nobody_knows", "mentions u", replaced((0, x, y + 0 * u, BEFORE))),
    refused("place_after_all_facts", "index out of range", replaced((1, x, y, BEFORE))),
    refused("place_that_is_no_number", "indices", replaced((Fraction(0), x, y, BEFORE))),
    refused("integer_place", "whose argument fits", replaced((0, x, y, fn(whole, whole * z)))),
]


@pytest.mark.parametrize(("c", "fragment"), REPLACED)
def test_replacement(c: Claim, fragment: str) -> None:
    d = Kernel((), {}).check(c)
    assert d.derived is not bool(fragment), objections(d)
    assert fragment in objections(d)


# ---- sorts, names, ranges ------------------------------------------------------------------------
small = natural("small")
E = matrix("E", k, k)
HIGH = exists(k, x <= f(k))
PLAIN = (S @ T).T == S.T @ T.T
OUTSIDE = ones(m, n)[m + 1, n]
ATTACKS = [
    # a name of a narrower sort stands for less
    refused(
        "obtained_as_a_natural_number",
        "is not of sort int",
        claim((f, x), exists(small, x <= f(small)), step("o", x <= f(small), obtain(small), "h"),
              step("c", exists(small, x <= f(small)), take(small), "o"), h=HIGH),
    ),
    refused(
        "arbitrary_natural_number_for_integers",
        "is not of sort int",
        claim((), every(k, k >= 0), step("a", every(k, k >= 0), arbitrary(small, proof=[
            step("s", small >= 0, linear)]))),
    ),
    refused(
        "arbitrary_natural_number_in_a_range",
        "is not of sort int",
        claim((n,), each(i, -n, n, i >= 0), step("a", each(i, -n, n, i >= 0), arbitrary(
            small, proof=[step("s", small >= 0, linear)]))),
    ),
    refused(
        "arbitrary_integer_for_real_numbers",
        "is not of sort real",
        claim((), every(x, (x <= 0) | (x >= 1)), step("a", every(x, (x <= 0) | (x >= 1)), arbitrary(
            k, proof=[step("s", (k <= 0) | (k >= 1), logic)]))),
    ),
    refused(
        "induction_over_natural_numbers",
        "is no integer",
        claim((n,), each(i, -n, n, i >= 0), step("a", each(i, -n, n, i >= 0), induct(
            small, [step("b", -n >= 0, linear)], [step("s", small + 1 >= 0, linear)]))),
    ),
    # what was obtained or supposed inside does not leave its scope
    refused(
        "fact_of_a_case_outside",
        "there is no fact c.1",
        claim((x,), x <= 0, step("c", x <= x, cases(
            [step("s", x <= x, linear)], [step("t", x <= x, linear)], split=x <= 0)),
            step("d", x <= 0, logic, "c.1")),
    ),
    refused(
        "fact_of_another_case",
        "there is no fact s",
        claim((x,), x <= 1, step("c", x <= 1, cases(
            [step("s", x <= 1, linear, "c.1")], [step("t", x <= 1, logic, "s")], split=x <= 0))),
    ),
    refused(
        "name_of_a_range_outside",
        "mentions k",
        claim((f, n, x), f(k) <= x, step("a", each(i, 1, n, f(i) <= x), arbitrary(k, proof=[
            step("s", f(k) <= x, at(k), "h")])), step("d", f(k) <= x, logic, "a"),
            h=each(i, 1, n, f(i) <= x)),
    ),
    refused(
        "supposition_outside",
        "there is no fact c.not",
        claim((x,), x <= 0, step("c", x <= x, suppose_not(
            step("s", x < x, logic, "c.not"), step("f", ~(x <= x), linear, "s"))),
            step("d", x <= 0, logic, "c.not")),
    ),
    # empty ranges and sizes below 0
    refused(
        "member_of_an_empty_range",
        "is not known",
        claim((f, n, x), f(1) <= x, step("s", f(1) <= x, at(1), "h"), h=each(i, 1, n, f(i) <= x)),
    ),
    refused(
        "sum_over_what_may_be_empty",
        "",
        claim((x, k), total(i, 1, k, x) == k * x,
              step("s", total(i, 1, k, x) == k * x, calculation)),
    ),
    refused(
        "size_below_zero",
        "need not be at least 0",
        claim((k,), (zeros(k, k) == zeros(k, k)),
              step("s", zeros(k, k) == zeros(k, k), calculation)),
    ),
    refused("variable_of_a_size_below_zero", "need not be at least 0",
            claim((k, E), E == E, step("s", E == E, calculation))),
    refused(
        "size_below_zero_inside_a_range",
        "need not be at least 0",
        claim((n,), each(i, 0, n, zeros(i - 1, 1) == zeros(i - 1, 1)),
              step("s", each(i, 0, n, zeros(i - 1, 1) == zeros(i - 1, 1)), calculation)),
    ),
    # sides and transposes
    refused("product_the_other_way", "the calculation ends in",
            claim((n, S, T), S @ T == T @ S, step("s", S @ T == T @ S, calculation))),
    refused("transpose_left_out", "the calculation ends in",
            claim((n, S, T), PLAIN, step("s", PLAIN, calculation))),
    refused("transpose_for_the_matrix", "does not follow",
            claim((n, S, T), S == T, step("s", S == T, linear, "h"), h=S == T.T)),
    refused("entry_of_the_transpose", "the calculation ends in",
            claim((m, n, A), A[1, 2] == A.T[1, 2], step("s", A[1, 2] == A.T[1, 2], calculation),
                  standing=(m >= 2, n >= 2))),
    refused("entry_outside_as_if_inside", "the calculation ends in",
            claim((m, n), OUTSIDE == 1, step("s", OUTSIDE == 1, calculation))),
    # a premise that is not used, and what is known already
    refused("needless_premise", "is not needed",
            claim((x, y, z), x <= y, step("s", x <= y, linear, "h", "g"), h=x <= y - 1, g=y <= z)),
    refused("twice_by_an_alias", "is known here already",
            claim((x, y), 2 * y >= 2 * x, step("s", 2 * y >= 2 * x, linear, "h"), h=x <= y)),
]  # fmt: skip


@pytest.mark.parametrize(("c", "fragment"), ATTACKS)
def test_attack(c: Claim, fragment: str) -> None:
    d = judged(c)
    assert not d.derived
    assert fragment in objections(d), objections(d)


# ---- what untrusted code is given ----------------------------------------------------------------
def test_objection_cannot_add_facts_should_fail() -> None:
    def object_to(step: Step, scope: Scope, path: str) -> str:
        scope.add("gift", Fact(the(x <= 0)))
        return ""

    proof = step("s", x <= x, linear), step("d", x <= 0, logic, "gift")
    d = Kernel((), {}, objection=object_to).check(claim((x,), x <= 0, *proof))
    assert "there is no fact gift" in objections(d)


def test_objection_refuses_a_sound_step_should_fail() -> None:
    c = claim((x,), x <= x, step("s", x <= x, linear))
    d = Kernel((), {}, objection=lambda step, scope, path: f"{path} is idle").check(c)
    assert objections(d) == "s is idle"
    assert d.unproved == {"s"}


# ---- variables in sorts --------------------------------------------------------------------------
def test_sort_may_not_depend_on_what_is_bound_around_it_should_fail() -> None:
    body = the(matrix("B", small, 1) == matrix("B", small, 1))
    with pytest.raises(SortError, match="on which the sort of a free variable depends"):
        term("forall", the(small), body)


def test_substitution_moves_the_sort_of_a_variable() -> None:
    b, three = the(matrix("B", small, 1)), num(3)
    moved = substitute(term("tr", b), {the(small): three})
    assert moved is term("tr", the(matrix("B", three, 1)))
    assert substitute(b, {the(small): three, b: the(zeros(3, 1))}) is the(zeros(3, 1))


def test_sum_of_matrices_of_two_sizes_should_fail() -> None:
    b = the(matrix("B", small, 1))
    with pytest.raises(SortError, match="that fit"):
        substitute(term("add", b, the(matrix("C", small, 1))), {b: the(zeros(3, 2))})


def test_bound_name_does_not_capture_what_is_put_in() -> None:
    """Putting x for y into `for all x, x <= y` says the same of any other bound name."""
    made = substitute(the(every(x, x <= y)), {the(y): the(x)})
    again = substitute(the(every(z, z <= y)), {the(y): the(x)})
    assert normal.Normal().same(made, again)
    assert made.free == {the(x)}

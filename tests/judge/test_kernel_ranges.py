"""Ranges of indices: not known, shifted, exchanged, empty; induction; sizes below 0."""

from __future__ import annotations

from typing import Any

import pytest
from small_derivations import (
    BOOK,
    A,
    accepted,
    arbitrary,
    at,
    by,
    calculation,
    check,
    claim,
    f,
    i,
    induct,
    j,
    k,
    linear,
    logic,
    m,
    n,
    p,
    refused,
    sigma,
    step,
    take,
    v,
    x,
)

from symbolic_landscape.statement.language import (
    contradiction,
    each,
    every,
    exists,
    fn,
    identity_matrix,
    matrices,
    matrix,
    ones,
    rank,
    total,
    trace,
    zeros,
)
from symbolic_landscape.statement.lemma import Claim

UNKNOWN = "is not known"
SAYS = "it says"
NO_SORT = "is not of sort"


# ---- a quantified fact at a place ----------------------------------------------------------------
def at_value(
    value: Any, *standing: Any, low: Any = 1, high: Any = n, gives: Any = None, given: Any = None
) -> Claim:
    """From f(i) <= x for low <= i <= high, f at a value."""
    made = f(value) <= x if gives is None else gives
    return claim(
        (m, n, k, f, x),
        made,
        step("here", made, at(value), "all"),
        standing=standing,
        all=each(i, low, high, f(i) <= x),
        **(given or {}),
    )


def in_matrix(row: int, column: int) -> Claim:
    """An entry on or above the diagonal."""
    made = A[row, column] <= x
    return claim(
        (m, n, A, x),
        made,
        step("here", made, at(row, column), "all"),
        standing=(m >= 3, n >= 3),
        all=each(i, 1, m, each(j, i, n, A[i, j] <= x)),
    )


def for_all(variable: Any, value: Any, function: Any, *standing: Any) -> Claim:
    """A function at a value, from what is said of all values of a sort."""
    made = function(value) <= 0
    return claim(
        (value, function),
        made,
        step("here", made, at(value), "all"),
        standing=standing,
        all=every(variable, function(variable) <= 0),
    )


def at_values(*values: Any) -> Claim:
    """The wrong number of values."""
    made = f(1) <= x
    given = each(i, 1, 3, f(i) <= x)
    return claim((f, x), made, step("here", made, at(*values), "all"), all=given)


INSTANCES = [
    accepted("first", at_value(1, n >= 1)),
    refused("first_of_an_empty_range", UNKNOWN, at_value(1)),
    refused("before_the_first", UNKNOWN, at_value(0, n >= 1)),
    accepted("last", at_value(n, n >= 1)),
    refused("last_of_an_empty_range", UNKNOWN, at_value(n)),
    refused("beyond_the_last", UNKNOWN, at_value(n + 1, n >= 1)),
    accepted("inside", at_value(k, k >= 1, k <= n)),
    refused("below_is_not_known", UNKNOWN, at_value(k, k <= n)),
    refused("above_is_not_known", UNKNOWN, at_value(k, k >= 1)),
    accepted("strict_bound", at_value(k + 1, k >= 0, k < n)),
    refused("strict_bound_the_other_way", UNKNOWN, at_value(k + 1, k >= 0, n < k)),
    accepted("negated_bounds", at_value(k, ~(k < 1), ~(n < k))),
    refused("negated_bound_exchanged", UNKNOWN, at_value(k, ~(k > 1), ~(n < k))),
    accepted("equal_bound", at_value(k, k == n, n >= 1)),
    refused("unequal_bound", UNKNOWN, at_value(k, k != n, n >= 1, k >= 1)),
    accepted("shifted_range", at_value(k - 1, k >= 1, k <= n, low=0, high=n - 1)),
    refused("end_of_a_shifted_range", UNKNOWN, at_value(k, k >= 1, k <= n, low=0, high=n - 1)),
    accepted("natural_from_zero", at_value(m, low=0, high=m)),
    refused("natural_from_one", UNKNOWN, at_value(m, low=1, high=m)),
    accepted("product_of_naturals", at_value(m * n, low=0, high=m * n)),
    refused("difference_of_naturals", UNKNOWN, at_value(m - n, low=0, high=m)),
    refused("another_place", SAYS, at_value(1, n >= 1, gives=f(n) <= x)),
    refused("another_bound", SAYS, at_value(1, n >= 1, gives=f(1) <= x - 1)),
    refused("a_range_known_by_hypothesis", UNKNOWN, at_value(1, given={"low": n >= 1})),
    accepted("inner_range", in_matrix(2, 3)),
    accepted("inner_range_at_its_first", in_matrix(3, 3)),
    refused("inner_range_exchanged", UNKNOWN, in_matrix(3, 2)),
    accepted("one_value", at_values(1)),
    refused("two_values_for_one_quantifier", "has no quantifier", at_values(1, 1)),
    refused("no_value", SAYS, at_values()),
    accepted("natural_for_all_naturals", for_all(m, n, f)),
    refused("integer_for_all_naturals", NO_SORT, for_all(m, k, f, k >= 0)),
    accepted("natural_for_all_integers", for_all(i, n, f)),
    accepted("integer_for_all_reals", for_all(x, k, sigma)),
    refused("real_for_all_integers", NO_SORT, for_all(k, x, sigma)),
]


@pytest.mark.parametrize(("c", "fragment"), INSTANCES)
def test_instance(c: Claim, fragment: str) -> None:
    check(c, fragment)


# ---- for every index -----------------------------------------------------------------------------
def generic(low: Any, high: Any, *fact: Any, name: Any = v, standing: Any = ()) -> Claim:
    """f(i) <= x + 1 on a range, from f(i) <= x on another."""
    goal = each(i, low, high, f(i) <= x + 1)
    proof = [
        step("here", f(name) <= x, at(name), "fact"),
        step("more", f(name) <= x + 1, linear, "here"),
    ]
    return claim(
        (m, n, f, x),
        goal,
        step("all", goal, arbitrary(name, proof=proof)),
        standing=standing,
        fact=each(i, *(fact or (1, n)), f(i) <= x),
    )


def nowhere(low: Any) -> Claim:
    """Anything for each index of a range that is thought to be empty."""
    goal = each(i, low, n, f(i) <= x)
    proof = [
        step("no", contradiction, linear),
        step("so", f(v) <= x, logic, "no"),
    ]
    return claim((n, f, x), goal, step("all", goal, arbitrary(v, proof=proof)))


def up(
    fact: tuple[Any, Any], base: Any = 0, after: Any = v + 1, name: Any = v, before: Any = None
) -> Claim:
    """f(i) <= x for 0 <= i <= n by induction: f falls on another range."""
    goal, here = each(i, 0, n, f(i) <= x), f(name if before is None else before)
    steps = [
        step("less", f(after) <= here, at(name), "falls"),
        step("next", f(after) <= x, linear, "less", "all.before"),
    ]
    return claim(
        (n, f, x),
        goal,
        step("all", goal, induct(name, [step("base", f(base) <= x, logic, "start")], steps)),
        start=f(base) <= x,
        falls=each(i, *fact, f(i + 1) <= f(i)),
    )


def down(fact: tuple[Any, Any], base: Any = n) -> Claim:
    """f(i) <= x for 1 <= i <= n by induction downwards: f grows on another range."""
    goal = each(i, 1, n, f(i) <= x)
    steps = [
        step("less", f(v - 1) <= f(v), at(v), "grows"),
        step("next", f(v - 1) <= x, linear, "less", "all.before"),
    ]
    start = [step("base", f(base) <= x, logic, "start")]
    return claim(
        (n, f, x),
        goal,
        step("all", goal, induct(v, start, steps, down=True)),
        start=f(base) <= x,
        grows=each(i, *fact, f(i - 1) <= f(i)),
    )


def by_parts(base: list[Any], after: list[Any], low: Any = 0, **given: Any) -> Claim:
    """An induction with these steps."""
    goal = each(i, low, n, f(i) <= x)
    return claim((n, k, f, x), goal, step("all", goal, induct(v, base, after)), **given)


BASE = step("base", f(0) <= x, logic, "start")
AFTER = step("next", f(v + 1) <= x, at(v + 1), "rest")
FIRST = step("base", f(k) <= x, at(k), "rest")
START = {"start": f(0) <= x, "rest": each(i, 1, n, f(i) <= x)}
RANGES = [
    accepted("generic", generic(1, n)),
    accepted("generic_on_less", generic(2, n - 1)),
    refused("generic_from_before", UNKNOWN, generic(0, n)),
    refused("generic_to_beyond", UNKNOWN, generic(1, n + 1)),
    accepted("generic_on_an_empty_range", nowhere(n + 1)),
    refused("generic_on_a_range_of_one", "does not follow", nowhere(n)),
    refused("generic_over_a_natural", NO_SORT, generic(-1, n, 0, n, name=p)),
    refused("generic_name_in_use", "in use", generic(1, n, name=n)),
    accepted("induction", up((0, n))),
    accepted("induction_on_what_is_needed", up((0, n - 1))),
    refused("induction_without_the_last_step", UNKNOWN, up((0, n - 2))),
    refused("induction_without_the_first_step", UNKNOWN, up((1, n))),
    refused("induction_from_another_start", "wanted le(apply(f, 0), x)", up((0, n), base=1)),
    refused("induction_to_the_same_index", SAYS, up((0, n), after=v, before=v - 1)),
    refused("induction_that_jumps", SAYS, up((0, n), after=v + 2)),
    refused("induction_over_a_natural", "is no integer", up((0, n), after=m + 1, name=m)),
    refused("induction_over_a_name_in_use", "in use", up((0, n), after=n + 1, name=n)),
    accepted("induction_down", down((2, n))),
    refused("induction_down_from_the_bottom", "wanted le(apply(f, n), x)", down((2, n), base=1)),
    refused("induction_down_without_the_last_step", UNKNOWN, down((3, n))),
    accepted("induction_by_parts", by_parts([BASE], [AFTER], **START)),
    refused("induction_without_base", "has no step", by_parts([], [AFTER], **START)),
    refused("induction_without_step", "has no step", by_parts([BASE], [], **START)),
    accepted(
        "base_knows_the_range", by_parts([FIRST], [AFTER], k, rest=each(i, k, n + 1, f(i) <= x))
    ),
    refused(
        "step_does_not_know_that_the_range_is_empty",
        UNKNOWN,
        by_parts([FIRST], [AFTER], k, rest=each(i, k, n - 1, f(i) <= x)),
    ),
    refused(
        "range_of_the_base_is_not_that_of_the_step",
        "there is no fact all.range",
        by_parts([BASE], [step("r", n + 1 >= 0, linear, "all.range"), AFTER], **START),
    ),
    refused(
        "base_has_no_fact_before",
        "there is no fact all.before",
        by_parts([step("base", f(0) <= x, logic, "all.before")], [AFTER], **START),
    ),
    refused(
        "fact_before_is_not_the_next",
        "does not follow",
        by_parts([BASE], [step("next", f(v + 1) <= x, logic, "all.before")], **START),
    ),
    refused(
        "induction_on_no_range",
        "for each index of a range",
        claim(
            (f, x),
            every(i, f(i) <= x),
            step("all", every(i, f(i) <= x), induct(v, [BASE], [BASE])),
            start=f(0) <= x,
        ),
    ),
    refused(
        "range_of_an_inner_index_stays_inside",
        UNKNOWN,
        claim(
            (n, f, x),
            f(1) <= x,
            step(
                "a", each(i, 1, n, n - 1 >= 0), arbitrary(v, proof=[step("b", n - 1 >= 0, linear)])
            ),
            step("c", f(1) <= x, at(1), "all"),
            all=each(i, 1, n, f(i) <= x),
        ),
    ),
]


@pytest.mark.parametrize(("c", "fragment"), RANGES)
def test_range(c: Claim, fragment: str) -> None:
    check(c, fragment)


# ---- sizes ---------------------------------------------------------------------------------------
def size(left: Any, right: Any, *standing: Any) -> Claim:
    """An equation with a size in it, found by computing."""
    then = left == right
    return claim((m, n, k), then, step("c", then, calculation), standing=standing)


def squares(*standing: Any) -> Claim:
    """Of all k x k matrices."""
    M = matrix("M", k, k)
    goal = every(M, rank(M) <= k)
    proof = [step("r", rank(M) <= k, by(BOOK["rank_at_most_rows"], m=k, n=k, A=M))]
    return claim((k,), goal, step("g", goal, arbitrary(M, proof=proof)), standing=standing)


def family(rows: Any) -> Claim:
    """There is a family of columns of these sizes."""
    columns = matrices("O", rows, lambda k: 1)
    goal = exists(columns, columns[7] == columns[7])
    return claim((n,), goal, step("e", goal, take(fn(i, zeros(rows(i), 1)))))


AT_LEAST_0 = "which need not be at least 0"
SIZES = [
    accepted("known", size(trace(identity_matrix(k)), k, k >= 0)),
    refused("not_known", AT_LEAST_0, size(trace(identity_matrix(k)), k)),
    refused("natural_less_one", AT_LEAST_0, size(trace(identity_matrix(n - 1)), n - 1)),
    accepted("natural_less_one_known", size(trace(identity_matrix(n - 1)), n - 1, n >= 1)),
    refused("inner_size", AT_LEAST_0, size(zeros(n, k) @ zeros(k, n), zeros(n, n))),
    accepted("in_range", size(total(i, 0, n, trace(identity_matrix(i))), total(i, 0, n, i))),
    accepted("in_an_end", size(total(i, 1, rank(zeros(n, 1)), m), m * rank(zeros(n, 1)))),
    refused(
        "in_an_end", AT_LEAST_0, size(total(i, 1, rank(zeros(k, 1)), m), m * rank(zeros(k, 1)))
    ),
    refused(
        "in_a_range_from_below_0",
        AT_LEAST_0,
        size(total(i, -1, n, trace(identity_matrix(i))), total(i, -1, n, i)),
    ),
    refused(
        "bound_name_is_not_the_declared_one",
        AT_LEAST_0,
        size(fn(k, rank(identity_matrix(k)) + m - m), fn(k, rank(identity_matrix(k))), k >= 0),
    ),
    refused(
        "range_in_the_declared_name_is_none_in_the_bound_one",
        AT_LEAST_0,
        size(total(k, 1, k - 7, trace(identity_matrix(k - 9))), total(k, 1, k - 7, k - 9), k >= 0),
    ),
    accepted("sorts_of_what_is_quantified", squares(k >= 0)),
    refused("sorts_of_what_is_quantified", AT_LEAST_0, squares()),
    accepted("family_at_all_indices", family(lambda k: n)),
    refused("family_at_all_indices", AT_LEAST_0, family(lambda k: k - 5)),
    refused(
        "condition_is_not_looked_at",
        AT_LEAST_0,
        claim(
            (k,),
            (k >= 0) >> (rank(zeros(k, k)) <= k),
            step(
                "c",
                (k >= 0) >> (rank(zeros(k, k)) <= k),
                arbitrary(
                    proof=[
                        step(
                            "r",
                            rank(zeros(k, k)) <= k,
                            by(BOOK["rank_at_most_rows"], m=k, n=k, A=zeros(k, k)),
                        )
                    ]
                ),
            ),
        ),
    ),
    refused(
        "no_rule_reaches_an_empty_matrix",
        "needs le(1, n), which is not known",
        claim(
            (n,),
            rank(ones(n, 2)) == 1,
            step("r", rank(ones(n, 2)) == 1, by(BOOK["rank_of_ones"], m=n, n=2)),
        ),
    ),
]


@pytest.mark.parametrize(("c", "fragment"), SIZES)
def test_size(c: Claim, fragment: str) -> None:
    check(c, fragment)

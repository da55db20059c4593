"""Derivations made false by hand, against the table of equations, the context, cases and scopes."""

# ruff: noqa: E501 (a step is a line)

from __future__ import annotations

from typing import Any

import pytest
from small_derivations import (
    A2,
    BOOK,
    A,
    B,
    D,
    P,
    R,
    S,
    T,
    U,
    W,
    accepted,
    arbitrary,
    at,
    by,
    calculation,
    cases,
    check,
    claim,
    f,
    g,
    i,
    induct,
    j,
    k,
    linear,
    logic,
    m,
    n,
    p,
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
    block,
    both,
    contradiction,
    define,
    each,
    either,
    entries,
    every,
    exists,
    identity_matrix,
    natural,
    ones,
    rank,
    stack,
    trace,
    zeros,
)
from symbolic_landscape.statement.lemma import Claim

ENDS, NOT, UNKNOWN = "the calculation ends in", "does not follow", "is not known"


def equal(left: Any, right: Any, *names: Any, standing: Any = (), **given: Any) -> Claim:
    """An equation by the normal form alone."""
    return claim(
        names, left == right, step("c", left == right, calculation), standing=standing, **given
    )


def log(names: Any, then: Any, **given: Any) -> Claim:
    """A consequence by logic of all that is given."""
    return claim(names, then, step("l", then, logic, *given), **given)


# ---- the table of equations ----------------------------------------------------------------------
INNER = S @ T @ W[1]
STACKED = stack(A, U)
TABLE = [
    accepted("transposed_product", equal((A @ B).T, B.T @ A.T, m, n, p, A, B)),
    refused("transposed_product_in_order", ENDS, equal((S @ T).T, S.T @ T.T, n, S, T)),
    accepted("transposed_block", equal(block(A, D).T, stack(A.T, D.T), m, n, p, A, D)),
    refused("transposed_block_turned", ENDS, equal(block(S, T).T, stack(T.T, S.T), n, S, T)),
    accepted("transposed_entries", equal(entries(i, j, m, n, A[i, j]).T[k, 1], A[1, k], m, n, A, k, standing=(k >= 1, k <= n, m >= 1))),
    refused("transposed_entries_in_order", ENDS, equal(entries(i, j, n, n, S[i, j]).T[k, 1], S[k, 1], n, S, k, standing=(k >= 1, k <= n))),
    accepted("rotation", equal(trace(INNER), trace(W[1] @ S @ T), n, S, T, W)),
    accepted("mirror", equal(trace(INNER), trace(W[1].T @ T.T @ S.T), n, S, T, W)),
    refused("exchange_under_the_trace", ENDS, equal(trace(INNER), trace(T @ S @ W[1]), n, S, T, W)),
    accepted("trace_of_the_identity", equal(trace(identity_matrix(n)), n, n)),
    refused("trace_of_the_identity_is_one", ENDS, equal(trace(identity_matrix(n)), 1, n)),
    refused("trace_of_a_hadamard_product", ENDS, equal(trace(S * T), trace(S) * trace(T), n, S, T)),
    accepted("entry_of_a_hadamard_product", equal((A * A2)[i, j], A2[i, j] * A[i, j], m, n, A, A2, i, j)),
    refused("entry_of_a_product_by_factors", ENDS, equal((S @ T)[i, j], S[i, j] * T[i, j], n, S, T, i, j)),
    accepted("entry_below", equal(STACKED[k, 1], U[k - m, 1], m, n, p, A, U, k, standing=(m + 1 <= k,))),
    refused("entry_below_not_shifted", ENDS, equal(STACKED[k, 1], U[k, 1], m, n, p, A, U, k, standing=(m + 1 <= k,))),
    refused("entry_below_on_the_border", ENDS, equal(STACKED[k, 1], U[k - m, 1], m, n, p, A, U, k, standing=(m <= k,))),
    refused("entry_above_turned", ENDS, equal(stack(S, T)[1, 2], S[2, 1], n, S, T, standing=(n >= 2,))),
    # outside a matrix entries are 0, and so are those of what is made of it
    refused("entry_of_ones_anywhere", ENDS, equal(ones(m, n)[i, j], 1, m, n, i, j)),
    refused("diagonal_anywhere", ENDS, equal(identity_matrix(n)[k, k], 1, n, k)),
    accepted("off_the_diagonal_anywhere", equal(identity_matrix(n)[k, k + 1], 0, n, k)),
    refused("function_of_an_entry_anywhere", ENDS, equal(sigma(A)[i, j], sigma(A[i, j]), m, n, A, i, j, sigma)),
    refused("entry_anywhere", ENDS, equal(entries(i, j, m, n, x)[0, 1], x, m, n, x)),
    refused("one_past_the_end", ENDS, equal(ones(m, n)[1, n + 1], 1, m, n, standing=(m >= 1,))),
]  # fmt: skip


# ---- negations and cases -------------------------------------------------------------------------
X, Y, Z = P(x), P(y), R(z)
LOGIC = [
    accepted("negated_or", log((x, y), ~X, h=~either(X, Y))),
    refused("negated_and", NOT, log((x, y), ~X, h=~both(X, Y))),
    accepted("negated_if", log((x, y), X, h=~(X >> Y))),
    refused("what_a_negated_if_says_then", NOT, log((x, y), Y, h=~(X >> Y))),
    accepted("if_as_or", log((x, y), either(Y, ~X), h=X >> Y)),
    refused("if_as_or_turned", NOT, log((x, y), either(X, ~Y), h=X >> Y)),
    refused("negated_at_most_is_less", NOT, log((x, y), x < y, h=~(x <= y))),
    refused("negated_less_is_more", NOT, log((x, y), y < x, h=~(x < y))),
    refused("negated_equal_is_less", NOT, log((x, y), x < y, h=~(x == y))),
    refused("one_case_is_open", NOT, log((x, y, z), contradiction, a=either(both(X, ~Y), Z), b=Y)),
    refused("every_case_but_one", NOT, log((x, y, z), Z, a=either(both(X, Z), both(Y, Z), both(X, Y)))),
    accepted("every_case", log((x, y, z), Z, a=either(both(X, Z), both(Y, Z), both(X, ~X)))),
    refused("for_all_is_no_part", NOT, log((x, y), P(y), h=every(x, P(x)))),
]  # fmt: skip


# ---- what is known of indices --------------------------------------------------------------------
beyond = define("beyond", (i, j), i + 1 <= j, text="{1} beyond {0}", latex="{1} > {0}")
BESIDE = (block(A, D)[1, k], D[1, k - n], m, n, p, A, D, k)
CONTEXT = [
    accepted("known", equal(*BESIDE, standing=(n + 1 <= k,))),
    accepted("known_by_a_definition", equal(*BESIDE, standing=(beyond(n, k),))),
    refused("known_by_a_definition_turned", ENDS, equal(*BESIDE, standing=(beyond(k, n),))),
    accepted("known_as_a_negation", equal(*BESIDE, standing=(~(k <= n),))),
    refused("known_as_a_weaker_negation", ENDS, equal(*BESIDE, standing=(~(k < n),))),
    accepted("known_as_one_of_two_facts", equal(*BESIDE, x, standing=(both(X, k >= n + 1),))),
    refused("known_as_one_of_two_cases", ENDS, equal(*BESIDE, x, standing=(either(X, k >= n + 1),))),
    refused("known_if", ENDS, equal(*BESIDE, x, standing=(X >> (k >= n + 1),))),
    refused("known_for_another_index", ENDS, equal(*BESIDE, j, standing=(n + 1 <= j,))),
    refused("known_of_reals", ENDS, equal(*BESIDE, x, standing=(n + x <= k, x >= 1))),
    refused("hypothesis_about_an_index", ENDS, equal(*BESIDE, h=n + 1 <= k)),
    refused("hypothesis_about_a_size", "need not be at least 0", claim((k,), zeros(k, k) == zeros(k, k).T, step("c", zeros(k, k) == zeros(k, k).T, calculation), h=k >= 0)),
    refused("integer_for_a_natural", "is not of sort nat", claim((k,), exists(natural("r"), natural("r") <= k), step("e", exists(natural("r"), natural("r") <= k), take(k)))),
    refused("range_of_a_sum_outside", ENDS, equal(*BESIDE, f, standing=(each(i, n + 1, k, f(i) == f(i)),))),
]  # fmt: skip


# ---- linear arithmetic ---------------------------------------------------------------------------
LINEAR = [
    accepted("twice_transposed", claim((n, S, T, W), W[1] == S, step("l", W[1] == S, linear, "a", "b"), a=S == T.T, b=T == W[1].T)),
    refused("once_transposed", NOT, claim((n, S, T, W), S == W[1].T, step("l", S == W[1].T, linear, "a", "b"), a=S == T.T, b=T == W[1].T)),
    refused("identity_is_no_number", NOT, claim((n,), contradiction, step("l", contradiction, linear, "a"), a=identity_matrix(n) == zeros(n, n))),
    refused("identities_of_two_sizes", NOT, claim((m, n, x), x * identity_matrix(m) == 0, step("l", x * identity_matrix(m) == 0, linear, "a"), a=x * identity_matrix(n) == 0)),
    refused("functions_are_no_rows", NOT, claim((f, g, x), x == 0, step("l", x == 0, linear, "a"), a=g == f)),
    accepted("an_equation_both_ways", claim((x, y), x <= y, step("l", x <= y, linear, "a"), a=y == x)),
    refused("strictly", NOT, claim((x, y), x < y, step("l", x < y, linear, "a"), a=x == y)),
]  # fmt: skip


# ---- quantifiers and scopes ----------------------------------------------------------------------


def in_two(then: Any, *uses: str) -> Claim:
    """The step inside a proof for two arbitrary indices, the second from the first on."""
    goal = each(i, 1, n, each(j, i, n, then(i, j)))
    inside = step("s", then(v, q), linear, *uses)
    return claim((n,), goal, step("a", goal, arbitrary(v, q, proof=[inside])))


def grows(base: list[Any], after: list[Any], *, down: bool = False) -> Claim:
    """Induction for f(i) <= x on 0 .. n, where f does not grow."""
    goal = each(i, 0, n, f(i) <= x)
    return claim(
        (n, f, x), goal, step("all", goal, induct(v, base, after, down=down)),
        start=f(0) <= x, next=each(i, 0, n - 1, f(i + 1) <= f(i)),
    )  # fmt: skip


BASE = [step("base", f(0) <= x, logic, "start")]
AFTER = [
    step("here", f(v + 1) <= f(v), at(v), "next"),
    step("more", f(v + 1) <= x, linear, "here", "all.before"),
]
LESS = every(x, exists(y, x < y))
SCOPES = [
    accepted("range_of_the_second", in_two(lambda i, j: i <= j, "a.q")),
    accepted("range_of_the_first", in_two(lambda i, j: i >= 1, "a.v")),
    refused("range_turned", NOT, in_two(lambda i, j: j <= i, "a.q")),
    refused("range_of_the_other", NOT, in_two(lambda i, j: j <= n - 1, "a.q")),
    refused("range_without_its_name", "there is no fact a.i", in_two(lambda i, j: i <= j, "a.i")),
    accepted("grows", grows(BASE, AFTER)),
    refused("downwards", "wanted", grows(BASE, AFTER, down=True)),
    refused("before_in_the_base", "there is no fact all.before", grows([step("base", f(0) <= x, logic, "all.before")], AFTER)),
    refused("range_in_the_step", "there is no fact all.range", grows(BASE, [*AFTER[:1], step("more", f(v + 1) <= x, linear, "here", "all.before", "all.range")])),
    refused("index_of_the_step_in_the_base", "mentions v", grows([step("odd", f(v) <= f(v), linear), *BASE], AFTER)),
    refused("step_beyond_the_range", UNKNOWN, grows(BASE, [step("here", f(v + 2) <= f(v + 1), at(v + 1), "next"), *AFTER])),
    refused("captured", "it says", claim((y,), exists(y, y < y), step("s", exists(y, y < y), at(y), "h"), h=LESS)),
    accepted("renamed", claim((y,), exists(z, y < z), step("s", exists(z, y < z), at(y), "h"), h=LESS)),
    refused("two_facts_for_cases", "one fact", claim((x, y), x <= 1, step("c", x <= 1, cases([step("s", x <= 1, linear, "c.1")], [step("s", x <= 1, linear, "c.2")]), "a", "b"), a=either(x <= 0, x <= 1), b=either(x <= 1, y <= 0))),
    refused("a_case_left_out", "cases, 1 proofs", claim((x,), x <= 1, step("c", x <= 1, cases([step("s", x <= 1, linear, "c.1")]), "a"), a=either(x <= 0, x >= 1))),
    refused("supposed_for_another", "wanted", claim((x,), x <= 0, step("n", x <= 0, suppose_not(step("s", x > 0, logic, "n.not"))))),
    refused("rule_with_another_yield", "gives", claim((m, n, A), rank(A) <= m + n - m - 1, step("r", rank(A) <= n - 1, by(BOOK["rank_at_most_columns"], m=m, n=n, A=A)))),
    refused("rule_without_its_side", UNKNOWN, claim((m, n, A), A[1, 1] == 0, step("r", A[1, 1] == 0, by(BOOK["entry_of_zero"], m=m, n=n, A=A, i=1, j=1), "h"), h=A == 0)),
]  # fmt: skip


@pytest.mark.parametrize(("c", "fragment"), [*TABLE, *LOGIC, *CONTEXT, *LINEAR, *SCOPES])
def test_derivation(c: Claim, fragment: str) -> None:
    check(c, fragment)

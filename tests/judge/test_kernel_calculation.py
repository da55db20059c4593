"""Calculations: equals for equals, where they stand, the right way round, all of them needed."""

from __future__ import annotations

from typing import Any

import pytest
from small_derivations import (
    A,
    B,
    C,
    P,
    Q,
    S,
    T,
    W,
    accepted,
    calculation,
    check,
    claim,
    f,
    g,
    i,
    j,
    judged,
    k,
    m,
    n,
    objections,
    p,
    refused,
    sigma,
    step,
    x,
    y,
    z,
)

from symbolic_landscape.judge.kernel import Kernel
from symbolic_landscape.judge.thrift import idle
from symbolic_landscape.statement.language import (
    Expr,
    block,
    derivative,
    det,
    each,
    entries,
    every,
    exists,
    fn,
    function,
    identity_matrix,
    rank,
    real,
    the,
    total,
    trace,
    update,
)
from symbolic_landscape.statement.lemma import Claim
from symbolic_landscape.statement.step import Calculation
from symbolic_landscape.statement.term import INT, var

ENDS = "the calculation ends in"
NEEDLESS = "is not needed"
VARIABLES = (m, n, p, i, k, x, y, z, A, B, C, S, T, Q, W, f, g, sigma)


def chain(then: Any, *uses: str, standing: Any = (), **given: Any) -> Claim:
    """A calculation from these facts; all that are given where none is named."""
    return claim(
        VARIABLES, then, step("c", then, calculation, *(uses or given)), standing=standing, **given
    )


def built(entry: Any) -> Any:
    """A matrix of one entry throughout."""
    return entries(i, j, m, n, entry * f(i))


SAME = x == y
CALCULATIONS = [
    # one equation
    accepted("factor", chain(x * z == y * z, e=SAME)),
    refused("another_factor", ENDS, chain(x * z == y * y, e=SAME)),
    accepted("coefficient", chain(2 * x * z == 2 * y * z, e=SAME)),
    refused("coefficient_lost", ENDS, chain(2 * x == y, e=SAME)),
    refused("sign_lost", ENDS, chain(-x == y, e=SAME)),
    refused("summand_lost", ENDS, chain(x + z == y, e=SAME)),
    accepted("power", chain(x * x * x == y * y * y, e=SAME)),
    refused("power_lost", ENDS, chain(x * x * x == y * y, e=SAME)),
    accepted("coefficient_in_the_equation", chain(x * z == y * z / 3, e=3 * x == y)),
    refused("coefficient_in_the_equation_lost", ENDS, chain(x * z == y * z, e=3 * x == y)),
    accepted("turned", chain(y * z == x * z, "<e", e=SAME)),
    refused("of_another_variable", ENDS, chain(z == y, e=SAME)),
    accepted("sum_on_the_left", chain(x * x == x * z - x * y, e=x + y == z)),
    refused("sum_on_the_left_without_sign", ENDS, chain(x * x == x * z + x * y, e=x + y == z)),
    refused("product_on_the_left_apart", ENDS, chain(x + y == z, e=x * y == z)),
    accepted("product_on_the_left", chain(x * z * y == z * z, e=x * y == z)),
    refused("quotient", ENDS, chain(x == y, e=x * z == y * z)),
    # matrices
    accepted("in_a_word", chain(W[1] @ S == S @ T @ S, e=W[1] == S @ T)),
    refused("not_side_by_side", ENDS, chain(S @ W[2] @ T == W[1] @ W[2], e=W[1] == S @ T)),
    refused("other_order", ENDS, chain(W[1] == T @ S, e=W[1] == S @ T)),
    refused("transposed", ENDS, chain(S.T == T, e=S == T)),
    accepted("transposed_on_both_sides", chain(S.T @ S == T.T @ S, e=S.T == T.T)),
    refused(
        "scalar_for_a_matrix",
        ENDS,
        chain(det(x * identity_matrix(m)) == det(S), e=x * identity_matrix(n) == S),
    ),
    refused(
        "rank_of_another_size",
        ENDS,
        chain(rank(x * identity_matrix(m)) == rank(S), e=x * identity_matrix(n) == S),
    ),
    accepted(
        "identity_of_the_size",
        chain(rank(x * identity_matrix(n)) == rank(S), e=x * identity_matrix(n) == S),
    ),
    accepted("in_a_block", chain(rank(block(S, W[1])) == rank(block(T, W[1])), e=S == T)),
    refused(
        "in_the_other_block", ENDS, chain(rank(block(S, W[1])) == rank(block(W[1], T)), e=S == T)
    ),
    refused("in_a_hadamard_product_as_in_a_product", ENDS, chain(W[1] == S * T, e=W[1] == S @ T)),
    accepted("in_a_trace", chain(trace(T @ S @ W[2]) == trace(W[1] @ W[2]), e=W[1] == T @ S)),
    refused(
        "in_a_trace_apart",
        ENDS,
        chain(trace(T @ W[2] @ S) == trace(W[1] @ W[2]) + 1, e=W[1] == T @ S),
    ),
    refused("entry_for_a_matrix", ENDS, chain(S[1, 2] == T[1, 2], e=S[1, 1] == T[1, 1])),
    accepted("entry_of_a_matrix", chain(S[1, 2] * x == T[1, 2] * x, e=S == T)),
    # under binders
    accepted("under_a_sum", chain(total(j, 1, n, f(j) * x) == y * total(j, 1, n, f(j)), e=SAME)),
    refused(
        "here_for_everywhere",
        ENDS,
        chain(total(j, 1, n, f(j)) == total(j, 1, n, g(j)), e=f(k) == g(k)),
    ),
    refused(
        "here_for_a_bound_name",
        ENDS,
        chain(total(k, 1, n, f(k)) == total(k, 1, n, g(k)), e=f(k) == g(k)),
    ),
    refused("first_for_all", ENDS, chain(total(j, 1, n, f(j)) == n * x, e=f(1) == x)),
    refused(
        "value_for_a_function",
        ENDS,
        chain(derivative(sigma)(x) == derivative(fn(z, y))(x), e=sigma(x) == y),
    ),
    accepted(
        "function_for_a_function",
        chain(derivative(sigma)(x) == derivative(fn(z, y))(x), e=sigma == fn(z, y)),
    ),
    accepted(
        "function_applied",
        chain(total(j, 1, n, f(j)) == total(j, 1, n, g(j + 1)), e=f == fn(j, g(j + 1))),
    ),
    refused(
        "function_shifted",
        ENDS,
        chain(total(j, 1, n, f(j)) == total(j, 1, n, g(j - 1)), e=f == fn(j, g(j + 1))),
    ),
    accepted("in_an_update", chain(update(f, k, x)[i] == update(f, k, y)[i], e=SAME)),
    refused(
        "index_for_a_value", ENDS, chain(update(f, k, x)[i] == update(f, i, x)[i], e=f(k) == f(i))
    ),
    accepted("index", chain(f(k) * x == f(i) * x, e=k == i)),
    refused("index_shifted", ENDS, chain(f(k) * x == f(i) * x, e=k == i + 1)),
    accepted("bound_of_a_sum", chain(total(j, 1, n, f(j)) == total(j, 1, m, f(j)), e=n == m)),
    refused(
        "bound_of_a_sum_shifted",
        ENDS,
        chain(total(j, 1, n, f(j)) == total(j, 1, m, f(j)), e=n == m + 1),
    ),
    accepted("built", chain(built(x) == built(y), e=SAME)),
    refused("built_at_an_index", ENDS, chain(built(f(k)) == built(g(k)) * 2, e=f(k) == g(k))),
    # a fact to start from
    accepted(
        "start", chain(each(j, 1, n, f(j) <= y), "all", "e", all=each(j, 1, n, f(j) <= x), e=SAME)
    ),
    refused(
        "start_from_less",
        ENDS,
        chain(each(j, 1, n, f(j) <= y), "all", "e", all=each(j, 1, n - 1, f(j) <= x), e=SAME),
    ),
    refused("start_from_another_relation", ENDS, chain(y <= z, "a", "e", a=x < z, e=SAME)),
    refused("start_from_the_negation", ENDS, chain(y <= z, "a", "e", a=~(x <= z), e=SAME)),
    refused("start_from_the_equation", ENDS, chain(y <= z, "e", "a", a=x <= z, e=SAME)),
    refused(
        "start_from_nothing",
        "so a fact is needed to start from",
        claim((x, y), x <= y, step("c", x <= y, calculation)),
    ),
    refused("inequality_for_an_equation", ENDS, chain(P(x), "p", "e", p=P(y), e=y <= x)),
    refused("all_for_some", ENDS, chain(exists(z, z <= y), "a", "e", a=every(z, z <= x), e=SAME)),
    # all are needed
    refused("needless", NEEDLESS, chain(x * z == y * z, "e", "z", e=SAME, z=f(1) == f(2))),
    refused("needless_start", ENDS, chain(x * z == y * z, "p", "e", p=P(x), e=SAME)),
    accepted("two", chain(x * z == y * y, "e", "z", e=SAME, z=z == y)),
    refused("two_without_the_second", ENDS, chain(x * z == y * y, "e", e=SAME, z=z == y)),
    refused("growing", ENDS, chain(S == T, e=S @ T + S @ W[1] == S)),
    refused("circle", ENDS, chain(x == z, e=x == y, b=y == x)),
]


@pytest.mark.parametrize(("c", "fragment"), CALCULATIONS)
def test_calculation(c: Claim, fragment: str) -> None:
    check(c, fragment)


# ---- places that are named by hand ---------------------------------------------------------------
def placed(then: Any, *left: tuple[int, Any], right: Any = (), **given: Any) -> Claim:
    """A calculation with the places of its replacements."""
    old, new = the(x), the(y)
    places = [tuple((n, old, new, the(c)) for n, c in side) for side in (left, right)]
    return claim(VARIABLES, then, step("c", then, Calculation(*places), *given), **given)


F = function("F", f, x)
"""A number for each family."""
EXTENDED = (*VARIABLES, F)
NESTED = fn(f, total(i, 1, 2, total(j, 1, 2, i * f(j))))
HOLE = Expr(var("hole", the(F).sort))
HASH = Expr(var("#0", INT))
t, u = real("t"), real("u")
CAPTURED = total(i, 1, 2, total(j, 1, 2, i * f(i)))
PLACED = [
    accepted("place", placed(x * z == y * z, (0, fn(t, t * z)), e=SAME)),
    refused(
        "another_place",
        "does not have x where it is to be replaced",
        placed(x * z == y * z, (0, fn(t, t * t)), e=SAME),
    ),
    refused(
        "place_that_is_no_place",
        "stays as it is",
        placed(x * z == y * z, (0, fn(t, x * z)), (0, fn(t, t * z)), e=SAME),
    ),
    refused(
        "place_of_the_other_end",
        "does not have x",
        placed(y * z == x * z, (0, fn(t, t * z)), e=SAME),
    ),
    accepted("right_end", placed(y * z == x * z, right=((0, fn(t, t * z)),), e=SAME)),
    refused(
        "place_in_an_undeclared_name",
        "mentions u, which is not declared",
        placed(x * z == y * z, (0, fn(t, t * z + u - u)), e=SAME),
    ),
    refused(
        "place_of_no_equation",
        "index out of range",
        placed(x * z == y * z, (1, fn(t, t * z)), e=SAME),
    ),
    refused(
        "place_of_another_sort",
        "whose argument fits",
        placed(x * z == y * z, (0, fn(k, k * z)), e=SAME),
    ),
]


@pytest.mark.parametrize(("c", "fragment"), PLACED)
def test_place(c: Claim, fragment: str) -> None:
    d = Kernel((), {}, objection=idle).check(c)
    if fragment:
        assert not d.derived
        assert fragment in objections(d), objections(d)
    else:
        assert d.derived, objections(d)


@pytest.mark.parametrize(("index", "fragment"), [(f, ENDS), (fn(j, f(HASH)), "mentions #0")])
def test_place_in_a_name_for_bound_variables_should_fail(index: Any, fragment: str) -> None:
    then = F(f) == CAPTURED
    places = ((0, the(F), the(NESTED), the(fn(HOLE, HOLE(index)))),)
    c = claim(EXTENDED, then, step("c", then, Calculation(places), "e"), e=F == NESTED)
    d = Kernel((), {}, objection=idle).check(c)
    assert fragment in objections(d), objections(d)
    assert judged(c).derived is False

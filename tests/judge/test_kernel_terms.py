"""Terms that do not exist, and steps put together wrongly, too large or too deep."""

# ruff: noqa: E501 (a step is a line; conditions read as in papers)

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from small_derivations import (
    BOOK,
    A,
    B,
    S,
    T,
    calculation,
    check,
    claim,
    f,
    i,
    j,
    judged,
    k,
    linear,
    logic,
    m,
    n,
    objections,
    sigma,
    step,
    w,
    x,
    y,
    z,
)

from symbolic_landscape.errors import SortError
from symbolic_landscape.judge.kernel import Kernel
from symbolic_landscape.judge.record import Fact
from symbolic_landscape.statement.language import (
    Expr,
    block,
    contradiction,
    each,
    exists,
    fn,
    function,
    identity_matrix,
    inverse,
    matrices,
    matrix,
    natural,
    ones,
    rank,
    recursion,
    stack,
    the,
    total,
    trace,
    update,
)
from symbolic_landscape.statement.lemma import Claim
from symbolic_landscape.statement.normal import Normal
from symbolic_landscape.statement.step import (
    Apply,
    Calculation,
    Cases,
    Cite,
    Construct,
    Contradiction,
    Generic,
    Induct,
    Instantiate,
    Obtain,
    Step,
)
from symbolic_landscape.statement.term import (
    INT,
    REAL,
    Term,
    fun,
    num,
    substitute,
    term,
    var,
)
from symbolic_landscape.statement.term import matrix as shape


# ---- sorts and shapes ----------------------------------------------------------------------------
def raw(head: str, *args: Any, name: Any = None) -> Callable[[], Term]:
    """A term made from these parts."""
    return lambda: term(head, *map(the, args), name=name)


square_of_index = matrix("K", i, i)
NO_TERMS: dict[str, Callable[[], Any]] = {
    "product_of_shapes_that_do_not_meet": lambda: A @ A,
    "sum_of_shapes": lambda: A + A.T,
    "sum_of_a_number_and_a_matrix": lambda: x + A,
    "trace_of_no_square": lambda: trace(A),
    "inverse_of_no_square": lambda: inverse(A),
    "block_of_other_rows": lambda: block(A, B),
    "stack_of_other_columns": lambda: stack(A, B),
    "equation_of_shapes": lambda: A == A.T,
    "equation_of_a_number_and_a_matrix": lambda: x == A,
    "order_of_matrices": raw("le", A, A),
    "real_size": lambda: ones(x, 1),
    "half_a_size": lambda: ones(n / 2, 1),
    "real_index": lambda: A[x, 1],
    "real_end_of_a_range": lambda: each(i, 1, x, f(i) <= x),
    "argument_of_another_sort": lambda: f(x),
    "argument_of_another_shape": lambda: function("h", A, x)(B),
    "value_of_no_function": lambda: Expr(term("apply", the(x), the(y))),
    "map_of_a_family": raw("map", f, A),
    "update_at_a_real": lambda: update(f, x, y),
    "update_by_a_matrix": lambda: update(f, 1, A),
    "width_that_may_be_negative": lambda: update(w, 1, k),
    "derivative_of_a_family": raw("deriv", f),
    "derivative_of_a_formula": raw("deriv", fn(x, x <= 0)),
    "gradient_at_a_number": raw("grad", sigma, x),
    "recursion_over_a_natural": lambda: recursion(n, y, 0, x, y),
    "recursion_of_another_sort": lambda: recursion(i, S, 0, x, y),
    "recursion_in_no_direction": raw("rec", i, y, 0, x, y, name="sideways"),
    "range_of_a_natural": lambda: each(n, -3, 3, n >= 0),
    "sum_over_a_natural": lambda: total(n, -3, 3, f(n)),
    "sum_over_a_real": lambda: total(x, 1, 3, x),
    "matrix_over_naturals": raw("build", n, j, 3, 3, x),
    "sum_of_growing_matrices": lambda: total(i, 1, n, identity_matrix(i)),
    "sum_of_formulas": lambda: total(i, 1, n, f(i) <= 0),
    "same_bound_name_twice": raw("build", i, i, 3, 3, x),
    "bound_number": raw("lam", 3, x),
    "bound_name_in_the_sort_of_another": lambda: each(i, 7, 9, rank(square_of_index) <= 2),
    "and_of_a_number": raw("and", x),
    "not_of_a_matrix": raw("not", A),
    "quantified_number": raw("forall", x, y),
    "sort_as_a_term": raw("eq", Expr(INT), Expr(INT)),
    "sort_in_a_predicate": raw("pred", Expr(REAL), name="P"),
    "sort_that_is_a_number": lambda: var("x", num(3)),
    "too_few_arguments": raw("tr"),
    "too_many_arguments": raw("rank", A, A),
    "hadamard_product_of_one": raw("had", A),
    "hadamard_product_of_none": raw("had"),
    "two_sides_only": raw("eq", x, y, z),
    "no_body": raw("lam", x),
    "too_much_in_a_function": raw("lam", x, y, z),
    "no_such_operation": raw("square", x),
}


@pytest.mark.parametrize("name", NO_TERMS)
def test_term_should_fail(name: str) -> None:
    with pytest.raises(SortError):
        NO_TERMS[name]()


def test_terms_beside_those_that_fail() -> None:
    assert block(A, A).term.sort is shape(the(m), the(n + n))
    assert raw("num", name=3)() is num(3)
    assert update(w, 1, n + m).term.sort is w.term.sort
    assert total(i, 1, n, identity_matrix(n)).term.sort is shape(the(n), the(n))


# ---- bound names in sorts ------------------------------------------------------------------------
def test_sort_of_a_function_captures_no_name() -> None:
    ki = fun(var("k", INT), shape(var("k", INT), var("#0", INT)))
    kk = fun(var("k", INT), shape(var("k", INT), var("k", INT)))
    assert ki is not kk
    assert substitute(ki, {var("#0", INT): num(2)}) is fun(
        var("k", INT), shape(var("k", INT), num(2))
    )


def test_normal_form_keeps_sorts_of_functions_apart() -> None:
    depends = matrices("M", lambda k: k, lambda k: i)
    square = matrices("M", lambda k: k, lambda k: k)
    one, other = (each(i, 5, 5, exists(M, M[3][1, 5] == 1)) for M in (depends, square))
    assert not Normal().same(the(one), the(other))


def test_functions_on_fewer_arguments_are_other_functions() -> None:
    real_f, natural_n = function("r", x, y), natural("n")
    on_naturals = lambda h: fn(natural_n, h(natural_n))  # noqa: E731
    g, s = function("g", i, x), function("s", x, y)
    assert not Normal().same(the(on_naturals(f) == on_naturals(g)), the(f == g))
    assert not Normal().same(the(fn(k, real_f(k)) == fn(k, s(k))), the(real_f == s))
    assert Normal().same(the(fn(k, f(k))), the(f))


def test_sum_taken_out_of_a_sum_captures_no_index() -> None:
    a, b = Expr(var("a", REAL)), Expr(var("b", REAL))
    twice = total(i, 1, 1, total(j, 1, n, f(j) * total(k, 1, n, S[j, k])))
    wrong = total(j, 1, n, f(j) * total(k, 1, n, S[k, k]))
    right = total(j, 1, n, f(j) * total(k, 1, n, S[j, k]))
    variables = (n, S, f, a, b)
    for end, fragment in ((wrong, "the calculation ends in"), (right, "")):
        then = a * twice == b * end
        check(claim(variables, then, step("s", then, calculation, "e"), e=a == b), fragment)


# ---- steps put together wrongly ------------------------------------------------------------------
def wrong(reason: Any, *uses: Any, gives: Any = None, name: Any = "s") -> Claim:
    """A claim with a step that is put together wrongly."""
    then = the(f(2) <= x)
    made = Step(name, then if gives is None else gives, reason, uses)
    return claim((m, n, x, y, f), then, made, h=each(i, 1, 3, f(i) <= x), e=x == y)


def replace_yield(c: Claim, gives: Any) -> Claim:
    """The claim with another yield of its step."""
    return replace(c, proof=(replace(c.proof[0], gives=gives),))


ANY: Any = 3
MALFORMED: dict[str, Claim] = {
    "no_reason": wrong(None),
    "reason_that_is_text": wrong("clear"),
    "yield_that_is_missing": replace_yield(wrong(linear), None),
    "two_facts_for_one": wrong(Instantiate((num(2),)), "h", "e"),
    "no_fact_for_one": wrong(Instantiate((num(2),))),
    "two_facts_for_names": wrong(Obtain((the(k),)), "h", "e"),
    "fact_that_is_no_name": wrong(linear, 3),
    "value_that_is_no_term": wrong(Instantiate((ANY,)), "h"),
    "value_that_is_an_expression": wrong(Instantiate((Expr(num(1)),)), "h"),  # type: ignore[arg-type]
    "values_that_are_no_tuple": wrong(Instantiate(ANY), "h"),
    "witness_that_is_no_term": wrong(Construct((ANY,))),
    "names_that_are_no_terms": wrong(Obtain((ANY,)), "h"),
    "arbitrary_number": wrong(Generic((num(3),), (step("l", f(2) <= x, linear),))),
    "arbitrary_text": wrong(Generic(("x",), (step("l", f(2) <= x, linear),))),  # type: ignore[arg-type]
    "proof_that_is_no_list": wrong(Contradiction(ANY)),
    "proof_of_no_steps": wrong(Contradiction((ANY,))),
    "induction_over_a_number": wrong(Induct(num(3), (), ())),
    "branches_that_are_no_proofs": wrong(Cases((ANY, ANY), the(f(2) <= x))),
    "split_that_is_no_term": wrong(Cases(((), ()), ANY)),
    "rule_that_is_none": wrong(Apply(ANY)),
    "terms_that_are_no_mapping": wrong(Apply(BOOK["square"], ANY)),
    "term_that_is_no_term": wrong(Apply(BOOK["square"], {"s": ANY})),
    "citation_of_nothing": wrong(Cite(ANY)),
    "citation_of_no_claim": wrong(Cite(SimpleNamespace(claim=ANY))),  # type: ignore[arg-type]
    "places_that_are_no_pairs": wrong(Calculation((ANY,)), "e"),
    "place_that_is_no_term": wrong(Calculation(((0, ANY),)), "e"),
    "place_in_no_equation": wrong(Calculation((("x", the(x)),)), "e"),  # type: ignore[arg-type]
    "yield_that_is_no_term": wrong(linear, gives=3),
    "yield_that_is_an_expression": wrong(linear, gives=f(2) <= x),
    "yield_that_is_no_formula": wrong(linear, gives=the(x)),
    "name_that_is_no_text": wrong(linear, name=3),
}


REASONS = {
    "no_reason": "nonetype is no reason",
    "reason_that_is_text": "str is no reason",
    "yield_that_is_missing": "it does not say what it gives",
    "two_facts_for_one": "about one fact",
    "no_fact_for_one": "about one fact",
    "two_facts_for_names": "about one fact",
}


def test_step_that_is_not_malformed() -> None:
    assert judged(wrong(Instantiate((num(2),)), "h")).derived


@pytest.mark.parametrize("name", MALFORMED)
@pytest.mark.parametrize("completes", [False, True])
def test_malformed_step_should_fail(name: str, completes: bool) -> None:
    c = MALFORMED[name]
    d = judged(c) if completes else Kernel(BOOK.values(), {}).check(c)
    assert not d.derived
    assert objections(d)
    if name in REASONS:
        assert REASONS[name] in objections(d)


def test_completion_that_fails_should_fail() -> None:
    def complete(step: Step, scope: Any) -> Step:
        message = f"{step.name} is beyond me"
        raise SortError(message)

    d = Kernel((), {}, complete).check(claim((x,), x <= x + 1, step("s", x <= x + 1, linear)))
    assert objections(d) == "s is beyond me"


def test_completion_cannot_add_facts_should_fail() -> None:
    def complete(step: Step, scope: Any) -> Step:
        scope.add("gift", Fact(the(x <= 0)))
        scope.names.add(the(y))
        return step

    d = Kernel((), {}, complete).check(claim((x,), x <= 1, step("s", x <= 1, linear, "gift")))
    assert "there is no fact gift" in objections(d)


@pytest.mark.parametrize(
    "change",
    [
        {"variables": (3,)},
        {"standing": (3,)},
        {"given": {"h": 3}},
        {"given": 3},
        {"then": 3},
        {"proof": 3},
        {"proof": (3,)},
        {"proof": ()},
    ],
    ids=str,
)
def test_malformed_claim_should_fail(change: dict[str, Any]) -> None:
    parts: dict[str, Any] = {
        "key": "claim", "variables": (the(x),), "standing": (), "given": {}, "then": the(x <= x + 1),
        "proof": (step("s", x <= x + 1, linear),),
    }  # fmt: skip
    assert Kernel((), {}).check(Claim(**parts)).derived
    d = Kernel((), {}).check(Claim(**{**parts, **change}))
    assert not d.derived
    assert objections(d)


def test_proof_inside_itself_should_fail() -> None:
    proof: list[Step] = []
    proof.append(Step("s", the(contradiction), Generic((), proof)))  # type: ignore[arg-type]
    d = Kernel((), {}).check(claim((), contradiction, *proof))
    assert not d.derived
    assert "recursion" in objections(d)


# ---- too large, too deep -------------------------------------------------------------------------
def power(e: Any, times: int) -> Any:
    """e to the power 2^times."""
    for _ in range(times):
        e = e * e
    return e


def nested(times: int) -> Any:
    """sigma(sigma(... x))."""
    e = x
    for _ in range(times):
        e = sigma(e)
    return e


def denied(times: int) -> Any:
    """not not ... x <= 0."""
    e = x <= 0
    for _ in range(times):
        e = ~e
    return e


def doubled(times: int) -> Any:
    """An abbreviation that unfolds to 2^times applications."""
    e = sigma
    h, t = function("g", x, y), Expr(var("t", REAL))
    for _ in range(times):
        e = Expr(term("def", the(fn(h, fn(t, h(h(t))))), the(e), name="twice"))
    return e(x)


LARGE: dict[str, Callable[[], Claim]] = {
    "power": lambda: claim((x,), x <= 0, step("s", x <= 0, linear, "h"), h=power(x, 13) <= x),
    "power_of_a_power": lambda: claim((x,), x <= 0, step("s", x <= 0, linear, "h"), h=power(x, 60) <= x),
    "power_of_a_sum": lambda: claim((x, y), x <= 0, step("s", x <= 0, linear, "h"), h=power(x + y, 12) <= x),
    "power_of_an_integer": lambda: claim((m, n), m <= 0, step("s", m <= 0, linear, "h"), h=power(m + n + k, 30) <= m),
    "power_of_a_number": lambda: claim((x,), x <= 0, step("s", x <= 0, linear, "h"), h=power(2 * x, 13) <= x),
    "power_of_matrices": lambda: claim((n, S, T), S == 0, step("s", S == 0, linear, "h"), h=Expr(term("mul", *[the(S + T)] * 40)) == 0),
    "growing_equation": lambda: claim((n, S, T), S == T, step("s", S == T, calculation, "h"), h=S == S @ T + T @ S),
    "growing_function": lambda: claim((sigma, x), sigma(x) == 0, step("s", sigma(x) == 0, calculation, "h"), h=sigma(x) == sigma(sigma(x)) + sigma(sigma(x) + 1)),
    "deep_function": lambda: claim((sigma, x), nested(900) <= 0, step("s", nested(900) <= 0, logic, "h"), h=nested(900) < 0),
    "deep_negation": lambda: claim((x,), denied(900), step("s", denied(900), logic, "h"), h=x < 0),
    "deep_abbreviation": lambda: claim((sigma, x), doubled(30) == x, step("s", doubled(30) == x, calculation)),
    "many_inequalities": lambda: claim(
        [Expr(var(f"x{a}", REAL)) for a in range(30)], Expr(var("x0", REAL)) <= 0,
        step("s", Expr(var("x0", REAL)) <= 0, linear, *(f"h{a}" for a in range(200))),
        **{f"h{a}": sum((((a * b * b + b) % 7 - 3) * Expr(var(f"x{(a + b) % 30}", REAL)) for b in range(6)), start=Expr(num(0))) <= a for a in range(200)}),
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_large_step_ends_should_fail(name: str) -> None:
    start = time.perf_counter()
    with suppress(SortError):  # the term itself is refused
        assert not judged(LARGE[name]()).derived
    assert time.perf_counter() - start < 30

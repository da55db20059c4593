"""Rules, witnesses and citations: at which terms, from which premises, under which conditions."""

# ruff: noqa: E501, SIM300 (a step is a line; conditions read as in papers)

from __future__ import annotations

from typing import Any

import pytest
from small_derivations import (
    A2,
    BOOK,
    A,
    B,
    C,
    D,
    Q,
    S,
    T,
    W,
    accepted,
    by,
    check,
    claim,
    even,
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
    q,
    refused,
    step,
    take,
    x,
    y,
    z,
)

from symbolic_landscape.judge.kernel import Kernel
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    each,
    every,
    exists,
    fn,
    matrix,
    natural,
    ones,
    rank,
    real,
    the,
    total,
    zeros,
)
from symbolic_landscape.statement.lemma import Claim
from symbolic_landscape.statement.rule import rule
from symbolic_landscape.statement.step import Claimed, Identity, Sampled

VARIABLES = (m, n, p, i, j, k, x, y, z, A, A2, B, C, D, S, T, Q, W, f, g)


def use(
    name: str, then: Any, *uses: str, terms: dict[str, Any], standing: Any = (), **given: Any
) -> Claim:
    """A rule of the book at these terms."""
    steps = [step("r", then, by(BOOK[name], **terms), *(uses or given))]
    return claim(VARIABLES, then, *steps, standing=standing, **given)


def positive(then: Any, *uses: str, s: Any = x, t: Any = y, **given: Any) -> Claim:
    """The product of positive numbers."""
    return use("positive_product", then, *uses, terms={"s": s, "t": t}, **given)


def kernel(
    then: Any, *uses: str, a: Any = A, b: Any = B, rows: Any = m, inner: Any = n, **given: Any
) -> Claim:
    """What a matrix of full column rank takes to 0."""
    terms = {"m": rows, "n": inner, "p": p, "A": a, "B": b}
    return use("full_column_rank", then, *uses, terms=terms, **given)


def entry(row: Any, column: Any, *standing: Any, then: Any = None, zero: Any = A) -> Claim:
    """An entry of a matrix that is 0."""
    made = A[row, column] == 0 if then is None else then
    terms = {"m": m, "n": n, "A": A, "i": row, "j": column}
    return use("entry_of_zero", made, terms=terms, standing=standing, zero=zero == 0)


ZERO, FULL = A @ B == 0, rank(A) == n
NEEDS = "needs"
GIVES = "gives"
RULES = [
    accepted("product", positive(x * y > 0, a=x > 0, b=y > 0)),
    refused("product_at_other_terms", NEEDS, positive(x * z > 0, t=z, a=x > 0, b=y > 0)),
    refused("product_of_other_terms", GIVES, positive(x * z > 0, a=x > 0, b=y > 0)),
    refused("weaker_premise", NEEDS, positive(x * y > 0, a=x >= 0, b=y > 0)),
    refused("stronger_premise", NEEDS, positive(x * y > 0, a=x > 1, b=y > 0)),
    refused("premise_turned", NEEDS, positive(x * y > 0, a=x < 0, b=y > 0)),
    refused("premise_missing", "has 2 premises", positive(x * y > 0, "a", a=x > 0, b=y > 0)),
    refused("premise_twice", NEEDS, positive(x * y > 0, "a", "a", a=x > 0, b=y > 0)),
    refused("premises_exchanged", NEEDS, positive(x * y > 0, "b", "a", a=x > 0, b=y > 0)),
    refused("premise_too_many", "has 2 premises", positive(x * y > 0, "a", "b", "c", a=x > 0, b=y > 0, c=z > 0)),
    refused("yield_too_strong", GIVES, positive(x * y > 1, a=x > 0, b=y > 0)),
    refused("yield_not_strict", GIVES, positive(x * y >= 0, a=x > 0, b=y > 0)),
    accepted("premise_in_another_form", positive(x * y > 0, a=2 * x > 0, b=~(y <= 0))),
    accepted("real_rule_at_integers", positive(i * j > 0, s=i, t=j, a=i >= 1, b=j > 0)),
    refused("matrix_for_a_number", "is of sort real", positive(x * y > 0, s=S, a=x > 0, b=y > 0)),
    refused("undeclared_term", "is not declared", positive(x * y > 0, s=real("u"), a=x > 0, b=y > 0)),
    accepted("kernel", kernel(B == 0, a1=FULL, b1=ZERO)),
    refused("kernel_of_rows", NEEDS, kernel(B == 0, a1=rank(A) == m, b1=ZERO)),
    refused("kernel_of_another_rank", NEEDS, kernel(B == 0, a1=rank(A) + 1 == n, b1=ZERO)),
    refused("kernel_the_other_factor", GIVES, kernel(A == 0, a1=FULL, b1=ZERO)),
    refused("kernel_of_another_product", NEEDS, kernel(B == 0, a1=FULL, b1=A2 @ B == 0)),
    refused("kernel_of_another_shape", "is of sort matrix(n, p)", kernel(C == 0, b=C, a1=FULL, b1=ZERO)),
    refused("kernel_with_sizes_exchanged", "is of sort matrix(n, m)", kernel(B == 0, rows=n, inner=m, a1=FULL, b1=ZERO)),
    accepted("kernel_of_a_transpose", use("full_column_rank", C == 0, terms={"m": n, "n": m, "p": p, "A": A.T, "B": C}, a=rank(A.T) == m, b=C.T @ A == 0)),
    refused("kernel_not_transposed", NEEDS, use("full_column_rank", C == 0, terms={"m": n, "n": m, "p": p, "A": A.T, "B": C}, a=rank(A) == m, b=C.T @ A == 0)),
    accepted("entry", entry(1, 2, m >= 1, n >= 2)),
    refused("entry_of_rows_for_columns", NEEDS, entry(1, 2, m >= 2, n >= 1)),
    refused("entry_outside", "needs le(1, 0), which is not known", entry(0, 1, m >= 1, n >= 1)),
    refused("entry_of_another_matrix", NEEDS, entry(1, 1, m >= 1, n >= 1, zero=A2)),
    refused("another_value", GIVES, entry(1, 1, m >= 1, n >= 1, then=A[1, 1] == 1)),
    refused("entry_transposed", GIVES, entry(1, 2, m >= 2, n >= 2, then=A[2, 1] == 0)),
    accepted("ones", use("rank_of_ones", rank(ones(n + 1, 2)) == 1, terms={"m": n + 1, "n": 2})),
    refused("ones_without_rows", "which is not known", use("rank_of_ones", rank(ones(n, 2)) == 1, terms={"m": n, "n": 2})),
    refused("integer_for_a_size", "need not be at least 0", use("rank_at_most_rows", rank(zeros(k, 1)) <= k, terms={"m": k, "n": 1, "A": zeros(k, 1)})),
    accepted("integer_for_a_size", use("rank_at_most_rows", rank(zeros(k, 1)) <= k, terms={"m": k, "n": 1, "A": zeros(k, 1)}, standing=(k >= 0,))),
    refused("term_too_many", "has no B", use("rank_at_most_rows", rank(A) <= m, terms={"m": m, "n": n, "A": A, "B": B})),
    refused("blocks_exchanged", GIVES, use("block_orthogonal", block(D, A).T @ C == 0, terms={"m": m, "n": n, "p": p, "A": A, "D": D, "C": C}, a=A.T @ C == 0, b=D.T @ C == 0)),
    accepted("sums", use("sum_monotone", total(i, 1, n, f(i)) <= total(i, 1, n, g(i)), terms={"lo": 1, "hi": n, "f": f, "g": g}, a=each(i, 1, n, f(i) <= g(i)))),
    refused("sums_of_another_range", NEEDS, use("sum_monotone", total(i, 0, n, f(i)) <= total(i, 0, n, g(i)), terms={"lo": 0, "hi": n, "f": f, "g": g}, a=each(i, 1, n, f(i) <= g(i)))),
    refused("sums_turned", GIVES, use("sum_monotone", total(i, 1, n, g(i)) <= total(i, 1, n, f(i)), terms={"lo": 1, "hi": n, "f": f, "g": g}, a=each(i, 1, n, f(i) <= g(i)))),
    accepted("sums_of_made_functions", use("sum_monotone", total(i, 1, n, f(i) * x) <= n * y, terms={"lo": 1, "hi": n, "f": fn(i, f(i) * x), "g": fn(i, y + 0 * f(i))}, a=each(i, 1, n, f(i) * x <= y))),
    refused("function_of_reals_for_one_of_integers", "is of sort fun", use("sum_monotone", total(i, 1, n, f(i)) <= n * y, terms={"lo": 1, "hi": n, "f": f, "g": fn(x, y + 0 * x)}, a=each(i, 1, n, f(i) <= y))),
    refused("even_below", "which is not known", use("even", even(k + 2), terms={"k": k}, a=even(k))),
    accepted("even", use("even", even(k + 2), terms={"k": k}, standing=(0 <= k,), a=even(k))),
]  # fmt: skip


@pytest.mark.parametrize(("c", "fragment"), RULES)
def test_rule(c: Claim, fragment: str) -> None:
    check(c, fragment)


def test_rule_that_is_not_in_the_book_should_fail() -> None:
    false = rule(then=Expr(the(x)) <= y)
    c = claim((x, y), x <= y, step("r", x <= y, by(false, x=x, y=y)))
    d = Kernel(BOOK.values(), {}).check(c)
    assert "is not in the rule book" in objections(d)
    twin = rule(*map(Expr, BOOK["square"].given), then=Expr(BOOK["square"].then))
    c = claim((x,), x * x >= 0, step("r", x * x >= 0, by(twin, s=x)))
    assert "is not in the rule book" in objections(Kernel(BOOK.values(), {}).check(c))


def test_rule_without_a_term_should_fail() -> None:
    c = claim((x, y), x * x >= 0, step("r", x * x >= 0, by(BOOK["square"])))
    assert "needs a term for s" in objections(Kernel(BOOK.values(), {}).check(c))


@pytest.mark.parametrize("reason", [Sampled("nothing"), Claimed("clear"), Identity(({"n": 2},))])
def test_reason_that_is_no_derivation_should_fail(reason: Any) -> None:
    d = judged(claim((x, y), x <= y, step("s", x <= y, reason)))
    assert not d.derived
    assert "is no reason that can be accepted" in objections(d)


# ---- witnesses -----------------------------------------------------------------------------------
def witness(
    goal: Any, *values: Any, uses: tuple[str, ...] | None = None, standing: Any = (), **given: Any
) -> Claim:
    """There is something: these."""
    steps = [step("e", goal, take(*values), *(tuple(given) if uses is None else uses))]
    return claim(VARIABLES, goal, *steps, standing=standing, **given)


R = matrix("R", n, m)
ABOVE = exists(i, x <= f(i))
WITNESSES = [
    accepted("witness", witness(ABOVE, k, h=x <= f(k))),
    refused("another_witness", "does not follow", witness(ABOVE, j, h=x <= f(k))),
    refused("shifted_witness", "does not follow", witness(ABOVE, k + 1, h=x <= f(k))),
    refused("no_witness", "names a witness", witness(ABOVE, h=x <= f(k))),
    refused("real_witness", "is not of sort int", witness(ABOVE, x, h=x <= f(k))),
    accepted("integer_for_a_real", witness(exists(z, z <= k - 1), k - 1)),
    refused("integer_for_a_natural", "is not of sort nat", witness(exists(natural("q"), k <= natural("q")), k, standing=(k >= 0,))),
    refused("witness_too_small", "does not follow", witness(exists(z, k <= z), k - 1)),
    refused("undeclared_witness", "which is not declared", witness(ABOVE, q, h=x <= f(k))),
    refused("witness_for_all", "has no quantifier", witness(every(i, x <= f(i)), k, h=x <= f(k))),
    refused("half_a_witness", "does not follow", witness(exists(i, both(x <= f(i), i >= 1)), k, h=x <= f(k))),
    accepted("whole_witness", witness(exists(i, both(x <= f(i), i >= 1)), k, h=x <= f(k), l=k >= 1)),
    accepted("part_that_is_known", witness(exists(i, both(x <= f(i), i >= 1)), k, h=x <= f(k), standing=(k >= 1,))),
    refused("needless_fact", "is not needed", witness(ABOVE, k, h=x <= f(k), l=k >= 1)),
    refused("matrix_of_another_shape", "is not of sort matrix(n, m)", witness(exists(R, A @ R == Q), A, h=A @ A.T == Q)),
    accepted("matrix", witness(exists(R, A @ R == Q), A.T, h=A @ A.T == Q)),
    accepted("two_witnesses", witness(exists(i, j, f(i) <= g(j)), k, k + 1, h=f(k) <= g(k + 1))),
    refused("two_witnesses_exchanged", "does not follow", witness(exists(i, j, f(i) <= g(j)), k + 1, k, h=f(k) <= g(k + 1))),
    refused("captured_witness", "does not follow", witness(exists(i, every(j, f(i) <= g(j))), j, h=every(j, f(j) <= g(j)))),
]  # fmt: skip


@pytest.mark.parametrize(("c", "fragment"), WITNESSES)
def test_witness(c: Claim, fragment: str) -> None:
    check(c, fragment)

"""Logic and linear arithmetic: what follows, what does not, and from what."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

import pytest
from small_derivations import (
    A,
    P,
    R,
    S,
    T,
    W,
    accepted,
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
    refused,
    step,
    x,
    y,
    z,
)

from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    each,
    either,
    every,
    exists,
    fn,
    identity_matrix,
    ones,
    rank,
    the,
    total,
    zeros,
)
from symbolic_landscape.statement.lemma import Claim
from symbolic_landscape.statement.linear import ONE
from symbolic_landscape.statement.normal import Normal, follows
from symbolic_landscape.statement.term import FORMULA, Term, num, term, var

VARIABLES = (m, n, i, j, k, x, y, z, A, S, T, W, f)
NOT = "does not follow from the facts used"
NEEDLESS = "is not needed"


def by_reason(reason: Any, then: Any, *uses: str, standing: Any = (), **given: Any) -> Claim:
    """A goal from these facts; all that are given where none is named."""
    steps = [step("c", then, reason, *(uses or given))]
    return claim(VARIABLES, then, *steps, standing=standing, **given)


def lin(then: Any, *uses: str, standing: Any = (), **given: Any) -> Claim:
    """By linear arithmetic."""
    return by_reason(linear, then, *uses, standing=standing, **given)


def log(then: Any, *uses: str, standing: Any = (), **given: Any) -> Claim:
    """By logic."""
    return by_reason(logic, then, *uses, standing=standing, **given)


# ---- linear arithmetic ---------------------------------------------------------------------------
LINEAR = [
    accepted("sum", lin(x + y <= 3, a=x <= 1, b=y <= 2)),
    refused("sum_too_small", NOT, lin(x + y < 3, a=x <= 1, b=y <= 2)),
    accepted("strict_sum", lin(x + y < 3, a=x < 1, b=y <= 2)),
    refused("difference", NOT, lin(x - y <= 3, a=x <= 1, b=y <= 2)),
    accepted("chain", lin(x <= z, a=x <= y, b=y <= z)),
    refused("chain_turned", NOT, lin(z <= x, a=x <= y, b=y <= z)),
    accepted("equation", lin(x == z, a=x == y, b=y == z)),
    accepted("equation_from_both_sides", lin(x + z == y + z + z - z, a=x <= y, b=y <= x)),
    refused("equation_from_one_side", NOT, lin(x == y, a=x <= y)),
    accepted("integers_are_strict", lin(i + 2 <= k, a=i < j, b=j < k)),
    refused("reals_are_not", NOT, lin(x + 2 <= z, a=x < y, b=y < z)),
    refused("integers_less_exact", NOT, lin(i + 3 <= k, a=i < j, b=j < k)),
    accepted("twice_an_integer", lin(2 * i + 1 <= j, a=2 * i < k, b=k <= j)),
    refused("twice_a_real", NOT, lin(2 * x + 1 <= j, a=2 * x < k, b=k <= j)),
    refused("rounding_is_not_done", NOT, lin(i + 0 * x <= 1, a=2 * i <= 3)),
    accepted("naturals", lin(n + m + 0 * x >= 0)),
    refused("integers_may_be_negative", NOT, lin(k + n >= 0)),
    accepted("rank_is_natural", lin(rank(A) + x >= 0, a=x >= 0)),
    accepted("product_of_naturals", lin(m * n + n + 0 * x >= 0)),
    refused("product_of_a_natural_and_an_integer", NOT, lin(m * k >= 0)),
    refused("difference_of_naturals", NOT, lin(m - n >= 0)),
    refused("square", NOT, lin(x * x >= 0)),
    refused("product", NOT, lin(x * y >= 0, a=x >= 0, b=y >= 0)),
    accepted("multiple", lin(6 * x <= 10, a=2 * x <= 3)),
    refused("negative_multiple", NOT, lin(-x <= 3, a=x <= 3)),
    refused("no_contradiction_of_an_equation", NOT, lin(contradiction, a=x == y)),
    refused("equation_of_others", NOT, lin(x <= 1, a=y == z)),
    refused("equation_of_other_matrices", NOT, lin(S == T, a=W[1] == W[2])),
    accepted("above_a_natural", lin(x >= 0, a=n <= x)),
    refused("strictly_above_a_natural", NOT, lin(x > 0, a=n <= x)),
    accepted("above_what_is_known", lin(x >= 0, a=k <= x, standing=(k >= 0,))),
    refused("strictly_above_what_is_known", NOT, lin(x > 0, a=k <= x, standing=(k >= 0,))),
    accepted("standing", lin(x <= k, a=x <= 0, standing=(k >= 0,))),
    refused("standing_turned", NOT, lin(x <= k, a=x <= 0, standing=(k <= 0,))),
    accepted("all_parts", lin(both(x <= 2, y <= 3), a=x <= 1, b=y <= 2)),
    refused("one_part", NOT, lin(both(x <= 2, y <= 3), a=x <= 1)),
    refused("part_that_is_no_inequality", NOT, lin(both(x <= 2, P(y)), a=x <= 1)),
    refused(
        "part_that_is_a_quantifier", NOT, lin(both(x <= 2, each(i, 1, n, f(i) <= 1)), a=x <= 1)
    ),
    refused("part_that_is_false", NOT, lin(both(x <= 2, contradiction), a=x <= 1)),
    refused("disjunction", NOT, lin(either(x <= 2, y <= 3), a=x <= 1)),
    refused("not_equal", NOT, lin(x != 2, a=x <= 1)),
    accepted("contradiction", lin(contradiction, a=x < y, b=y <= x)),
    refused("no_contradiction", NOT, lin(contradiction, a=x <= y, b=y <= x)),
    accepted("contradiction_of_integers", lin(contradiction, a=i < k, b=k < i + 1)),
    refused("contradiction_of_reals", NOT, lin(contradiction, a=x < y, b=y < x + 1)),
    refused("fact_that_is_not_linear", NOT, lin(f(1) <= x, a=each(i, 1, 3, f(i) <= x))),
    refused("disjunction_as_a_fact", NOT, lin(x <= 1, a=either(x <= 1, y <= 1))),
    refused("negated_equation_as_a_fact", NOT, lin(x < 1, a=x <= 1, b=x != 1)),
    accepted("sums_are_atoms", lin(total(i, 1, n, f(i)) <= 2, a=total(j, 1, n, f(j)) <= 1)),
    refused(
        "other_sums_are_other_atoms",
        NOT,
        lin(total(i, 1, n, f(i)) <= 2, a=total(j, 0, n, f(j)) <= 1),
    ),
    accepted("matrices", lin(W[1] == T, a=S + W[1] == 3 * T, b=S == 2 * T)),
    accepted("matrices_transposed", lin(W[1].T == T.T, a=S + W[1] == 3 * T, b=S.T == 2 * T.T)),
    refused("matrices_half_transposed", NOT, lin(W[1] == T, a=S + W[1] == 3 * T, b=S.T == 2 * T)),
    refused("matrices_times_a_number", NOT, lin(x * S == x * T, a=T + S + W[1] == 2 * S)),
    refused("entry_of_a_matrix", NOT, lin(S[1, 2] == T[1, 2], a=S == T)),
    refused("identity_is_not_zero", NOT, lin(contradiction, a=identity_matrix(n) == zeros(n, n))),
    refused(
        "identity_is_no_number", NOT, lin(x <= 1, a=x * identity_matrix(n) == identity_matrix(n))
    ),
    refused("ones_are_no_number", NOT, lin(contradiction, a=ones(m, n) == 0 * ones(m, n))),
    refused("needless", NEEDLESS, lin(x <= 2, a=x <= 1, b=y <= 1)),
    refused("needless_twin", NEEDLESS, lin(x <= 2, a=x <= 1, b=x + y - y <= 1 + 0 * y, d=x < 1)),
    refused("function_equation", NOT, lin(f == fn(i, f(i) + 1), a=x <= 1)),
]


@pytest.mark.parametrize(("c", "fragment"), LINEAR)
def test_linear(c: Claim, fragment: str) -> None:
    check(c, fragment)


# ---- logic ---------------------------------------------------------------------------------------
Px, Py, Rz = P(x), P(y), R(z)
LOGIC = [
    accepted("modus_ponens", log(Py, a=Px >> Py, b=Px)),
    refused("converse", NOT, log(Px, a=Px >> Py, b=Py)),
    refused("condition_missing", NOT, log(Py, a=Px >> Py)),
    accepted("modus_tollens", log(~Px, a=Px >> Py, b=~Py)),
    refused("inverse", NOT, log(~Py, a=Px >> Py, b=~Px)),
    accepted("part", log(Px, a=both(Px, Py))),
    refused("part_of_a_disjunction", NOT, log(Px, a=either(Px, Py))),
    accepted("whole", log(both(Px, Py), a=Px, b=Py)),
    refused("whole_from_a_part", NOT, log(both(Px, Py), a=Px)),
    accepted("weaker", log(either(Px, Py), a=Px)),
    accepted("other_case", log(Py, a=either(Px, Py), b=~Px)),
    refused("other_case_exchanged", NOT, log(Py, a=either(Px, Py), b=Px)),
    accepted("all_cases", log(Rz, a=either(Px, Py), b=Px >> Rz, d=Py >> Rz)),
    refused("one_case", NOT, log(Rz, a=either(Px, Py), b=Px >> Rz)),
    accepted("chain", log(Px >> Rz, a=Px >> Py, b=Py >> Rz)),
    refused("chain_turned", NOT, log(Rz >> Px, a=Px >> Py, b=Py >> Rz)),
    accepted("excluded_middle", log(either(Px, ~Px))),
    refused("not_excluded", NOT, log(either(Px, Py))),
    accepted("anything_from_false", log(Px, a=both(Py, ~Py))),
    accepted("negated_inequality", log(y < x, a=~(x <= y) & Px)),
    accepted("inequality_and_its_negation", log(Px, a=either(x <= y, Px), b=y < x)),
    refused("inequality_and_its_weaker_negation", NOT, log(Px, a=either(x <= y, Px), b=y <= x)),
    accepted("integer_negation", log(Px, a=either(i <= j, Px), b=j + 1 <= i)),
    refused("real_negation", NOT, log(Px, a=either(x <= y, Px), b=y + 1 <= x)),
    refused("arithmetic_is_no_logic", NOT, log(x <= 2, a=x <= 1)),
    refused("equation_is_no_inequality", NOT, log(x <= y, a=both(x == y, Px))),
    accepted(
        "under_another_form", log(Px >> (x + y <= z), a=Px >> Py, b=Py >> (2 * y - 2 * z <= -2 * x))
    ),
    refused("negated_for_all", NOT, log(exists(i, ~(f(i) <= x)), a=both(~every(i, f(i) <= x), Px))),
    refused(
        "for_all_of_a_conjunction", NOT, log(every(i, f(i) <= x), a=every(i, both(f(i) <= x, Px)))
    ),
    refused(
        "exists_of_a_disjunction",
        NOT,
        log(exists(i, f(i) <= x), a=exists(i, either(f(i) <= x, Px)), b=~Px),
    ),
    refused("needless", NEEDLESS, log(Py, a=Px >> Py, b=Px, d=Rz)),
    accepted(
        "many_parts",
        log(both(*(P(x + n) for n in range(14))), **{f"a{n}": P(x + n) for n in range(14)}),
    ),
    accepted(
        "many_cases",
        log(Rz, d=Px, **{f"a{n}": P(x + n) >> P(x + n + 1) for n in range(12)}, e=P(x + 12) >> Rz),
    ),
    refused(
        "too_many_cases",
        "different cases",
        log(Rz, **{f"a{n}": either(P(x + n), P(y + n)) for n in range(16)}),
    ),
]


@pytest.mark.parametrize(("c", "fragment"), LOGIC)
def test_logic(c: Claim, fragment: str) -> None:
    check(c, fragment)


# ---- against all values --------------------------------------------------------------------------
NAMES = [var(f"p{n}", FORMULA) for n in range(3)] + [
    term("le", the(x), the(y)),
    term("lt", the(y), the(x)),
]
"""Of the last two exactly one holds."""


def random_formula(chance: Random, depth: int) -> Term:
    """A formula in a few parts."""
    if depth == 0:
        return chance.choice(NAMES)
    head = chance.choice(("and", "or", "not", "implies", "and", "or"))
    count = {"not": 1, "implies": 2}.get(head, chance.randint(0, 3))
    return term(head, *(random_formula(chance, depth - 1) for _ in range(count)))


def truth(f: Term, values: dict[Term, bool]) -> bool:
    """The truth of a formula."""
    a = [truth(x, values) for x in f.args] if f not in values else []
    match f.head:
        case _ if f in values:
            return values[f]
        case "and":
            return all(a)
        case "or":
            return any(a)
        case "not":
            return not a[0]
    return not a[0] or a[1]


@pytest.mark.parametrize("seed", range(300))
def test_logic_is_the_table_of_truth(seed: int) -> None:
    chance = Random(seed)
    facts = [random_formula(chance, 2) for _ in range(2)]
    goal = random_formula(chance, 2)
    values = [
        dict(zip(NAMES, (*v, not v[-1]), strict=True)) for v in product((True, False), repeat=4)
    ]
    true = all(truth(goal, v) for v in values if all(truth(f, v) for f in facts))
    c = claim((*NAMES[:3], x, y), goal, step("c", goal, logic, "a", "b"), a=facts[0], b=facts[1])
    d = judged(c)
    if d.derived:
        assert true
    elif NOT in d.steps[0].refused:
        assert not true


@pytest.mark.parametrize("seed", range(300))
def test_what_follows_linearly_holds_at_all_points(seed: int) -> None:
    chance = Random(seed)
    unknowns = "ab"

    def row() -> tuple[dict[Any, Any], bool]:
        p = {u: num(chance.randint(-2, 2)).name for u in (*unknowns, ONE)}
        return {u: c for u, c in p.items() if c}, chance.random() < 0.3

    rows, (goal, strict) = [row() for _ in range(chance.randint(1, 4))], row()

    def holds(p: dict[Any, Any], strict: bool, point: dict[Any, Any]) -> bool:
        value = sum(c * point[u] for u, c in p.items())
        return bool(value > 0 if strict else value >= 0)

    points = [
        {"a": num(a).name / 2, "b": num(b).name / 2, ONE: 1}
        for a, b in product(range(-6, 7), repeat=2)
    ]
    if follows(rows, goal, strict):
        assert all(holds(goal, strict, v) for v in points if all(holds(*r, v) for r in rows))


def test_normal_forms_of_formulas_decide_no_more_than_they_should() -> None:
    same = lambda a, b: Normal().same(the(a), the(b))  # noqa: E731
    assert same(~(x <= y), y < x)
    assert same(~(i <= j), j + 1 <= i)
    assert not same(~(x <= y), y + 1 <= x)
    assert not same(either(x <= 0, x >= 0), Expr(term("and")))
    assert not same(Expr(term("not", the(each(i, 1, n, f(i) <= x)))), each(i, 1, n, x < f(i)))
    assert not same(each(i, 1, 0, contradiction), contradiction)
    assert not same(exists(i, i <= i), exists(i, i < i))
    assert not same(identity_matrix(n) == zeros(n, n), contradiction)
    assert same(2 * i <= 4 * j + 2, i <= 2 * j + 1)

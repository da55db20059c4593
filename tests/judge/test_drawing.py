"""Drawing instances, steering them to premises, and trying rules on them."""

# ruff: noqa: SIM300 (a capital letter is a matrix here, and no constant)

from __future__ import annotations

import time
from fractions import Fraction
from itertools import islice
from random import Random
from typing import Any

import pytest

from symbolic_landscape.arithmetic import QQ, Matrix, Scalar
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.judge.drawing import drawn, trial, tried
from symbolic_landscape.judge.evaluation import Evaluation, decide
from symbolic_landscape.judge.steering import steered
from symbolic_landscape.judge.values import Family, Function, Instance, UnsettledError
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    define,
    derivative,
    det,
    each,
    either,
    every,
    exists,
    fn,
    function,
    gradient,
    identity_matrix,
    integer,
    inverse,
    matrices,
    matrix,
    natural,
    ones,
    predicate,
    rank,
    real,
    scalar_function,
    stack,
    the,
    trace,
    true,
    widths,
)
from symbolic_landscape.statement.rule import Rule, rule
from symbolic_landscape.statement.term import SCALAR_FUNCTION, fun, term, var
from symbolic_landscape.verdict import Evidence, holds

m, n, p, L = natural("m"), natural("n"), natural("p"), natural("L")
i, j, k = integer("i"), integer("j"), integer("k")
x, y, t, s, r = (real(name) for name in "xytsr")
A, A2, Z = matrix("A", m, n), matrix("A2", m, n), matrix("Z", m, n)
B, C = matrix("B", n, p), matrix("C", m, p)
S, S2 = matrix("S", n, n), matrix("S2", n, n)
v, R = matrix("v", n, 1), matrix("R", n, m)
f, g = scalar_function("f"), scalar_function("g")
h = function("h", Z, x)
w = widths("w")
W = matrices("W", lambda k: w[k - 1], lambda k: w[k])
F = matrices("F", lambda k: w[0], lambda k: w[k])
psd, pd, symmetric, invertible, smooth = map(
    predicate, ("psd", "pd", "symmetric", "invertible", "smooth")
)

FALSE = {
    "right kernel of a wide matrix": rule(rank(A) == m, A @ B == 0, then=B == 0),
    "some entry for every entry": rule(A != 0, A * A2 == 0, then=A2 == 0),
    "nilpotent of order 3": rule(S @ S @ S == 0, then=S @ S == 0),
    "nilpotent of order 4": rule(S @ S @ S @ S == 0, then=S @ S @ S == 0),
    "diagonal without zeros": rule(each(i, 1, n, S[i, i] != 0), then=det(S) != 0),
    "symmetric product of semidefinite": rule(psd(S), psd(S2), then=psd(S @ S2 + S2 @ S)),
    "product of semidefinite": rule(psd(S), psd(S2), then=psd(S @ S2)),
    "trace and determinant": rule(symmetric(S), trace(S) > 0, det(S) > 0, then=pd(S)),
    "products commute": rule(then=S @ S2 == S2 @ S),
    "rank of a square": rule(rank(S) == 1, then=rank(S @ S) == 1),
    "zero divisors": rule(A @ B == 0, A != 0, then=B == 0),
    "rank of a product is the least": rule(rank(A) <= rank(B), then=rank(A @ B) == rank(A)),
    "isotropic vectors": rule(symmetric(S), v.T @ S @ v == 0, then=S @ v == 0),
    "zero goes to zero": rule(A == 0, then=f(A) == 0),
    "derivative of increasing": rule(
        every(s, every(t, (s < t) >> (f(s) < f(t)))), then=derivative(f)(x) > 0
    ),
    "equal at one point": rule(f(x) == g(x), then=derivative(f)(x) == derivative(g)(x)),
    "gradient 0 is a minimum": rule(gradient(h, A) == 0, then=h(A) <= h(A2)),
    "sum of invertible": rule(invertible(S), invertible(S2), then=invertible(S + S2)),
    "features with one factor less": rule(
        F[0] == identity_matrix(w[0]),
        each(k, 1, L, F[k] == F[k - 1] @ W[k]),
        L >= 2,
        then=F[2] == F[1] @ W[2] + F[1] @ W[2],
    ),
    "weaker than asked": rule(each(i, 1, n, x * S[i, i] == 0), then=either(x == 0, S == 0)),
}
"""Each is near a true one, or true for small sizes."""

TRUE = {
    "kernel of full column rank": rule(rank(A) == n, A @ B == 0, then=B == 0),
    "every entry": rule(each(i, 1, m, each(j, 1, n, A[i, j] != 0)), A * A2 == 0, then=A2 == 0),
    "nilpotent of order 3 up to size 2": rule(S @ S @ S == 0, then=S @ S == 0, where=(n <= 2,)),
    "diagonal of size 1": rule(each(i, 1, n, S[i, i] != 0), then=det(S) != 0, where=(n <= 1,)),
    "sum of semidefinite": rule(psd(S), psd(S2), then=psd(S + S2)),
    "congruent to semidefinite": rule(psd(S), then=psd(B.T @ S @ B)),
    "trace and determinant up to size 2": rule(
        symmetric(S), trace(S) > 0, det(S) > 0, then=pd(S), where=(n >= 1, n <= 2)
    ),
    "semidefinite and isotropic": rule(psd(S), v.T @ S @ v == 0, then=S @ v == 0),
    "kernel vector": rule(rank(A) < n, then=exists(v, both(v != 0, A @ v == 0))),
    "right inverse": rule(rank(A) == m, then=exists(R, A @ R == identity_matrix(m))),
    "parts of a matrix": rule(
        then=exists(A, C, block(matrix("E", m, n), matrix("G", m, p)) == block(A, C))
    ),
    "block of orthogonal": rule(A.T @ C == 0, A2.T @ C == 0, then=block(A, A2).T @ C == 0),
    "derivative of a sum": rule(
        smooth(f),
        smooth(g),
        then=derivative(fn(t, f(t) + g(t)))(x) == derivative(f)(x) + derivative(g)(x),
    ),
    "chain rule": rule(
        smooth(f),
        smooth(g),
        then=derivative(fn(t, f(g(t))))(x) == derivative(f)(g(x)) * derivative(g)(x),
    ),
    "gradient of an affine function": rule(
        smooth(h), then=gradient(fn(S, h(A2 @ S + A)), S2) == A2.T @ gradient(h, A2 @ S2 + A)
    ),
    "features": rule(
        F[0] == identity_matrix(w[0]),
        each(k, 1, L, F[k] == F[k - 1] @ W[k]),
        L >= 2,
        then=F[2] == W[1] @ W[2],
    ),
    "inverse of a product": rule(
        invertible(S), invertible(S2), then=inverse(S @ S2) == inverse(S2) @ inverse(S)
    ),
    "increasing is one to one": rule(
        every(s, every(t, (s < t) >> (f(s) < f(t)))), f(x) == f(y), then=x == y
    ),
    "rank of a stack": rule(then=rank(stack(A, A2)) <= rank(A) + rank(A2)),
    "zero factor": rule(x * y == 0, x != 0, then=y == 0),
}


@pytest.mark.parametrize("name", FALSE)
def test_false_rules_are_refuted_soon(name: str) -> None:
    started = time.perf_counter()
    found = tried(FALSE[name])
    assert found.refuted, found
    assert time.perf_counter() - started < 10  # about 2 s on a free core
    _check_counterexample(FALSE[name], found.counterexample)


def _check_counterexample(broken: Rule, instance: Instance | None) -> None:
    assert instance is not None
    for premise in (*broken.where, *broken.given):
        assert decide(premise, instance).is_holds
    assert decide(broken.then, instance).is_fails


@pytest.mark.parametrize("name", TRUE)
def test_true_rules_are_met_and_not_refuted(name: str) -> None:
    found = tried(TRUE[name], tries=150)
    assert not found.refuted, (str(found.counterexample), found.reason)
    assert found.met >= 5, found
    assert found.undecided <= found.met, found


@pytest.mark.parametrize("name", TRUE)
def test_negation_of_a_true_conclusion_is_refuted(name: str) -> None:
    right = TRUE[name]
    where = tuple(map(Expr, right.where))
    wrong = rule(*map(Expr, right.given), then=~Expr(right.then), where=where)
    assert tried(wrong).refuted


def test_trials_tell_what_they_met() -> None:
    found = tried(TRUE["kernel of full column rank"], tries=100)
    assert all(rows >= columns for rows, columns, _ in found.sizes)
    assert {0, 1, 2, 3} <= {size for sizes in found.sizes for size in sizes}
    assert found.counterexample is None
    wrong = tried(FALSE["rank of a square"])
    assert wrong.reason == "0 differs from 1"
    assert str(wrong.counterexample).startswith("S = [[")


def test_trials_are_the_same_for_a_seed() -> None:
    first, again = (tried(FALSE["zero divisors"], seed=5) for _ in range(2))
    assert first.counterexample == again.counterexample
    assert first.met == again.met
    seeds = {tried(FALSE["zero divisors"], seed=seed).counterexample for seed in range(4)}
    assert len(seeds) > 1


def test_sizes_go_beyond_the_longest_product() -> None:
    fourth = tried(FALSE["nilpotent of order 4"])
    assert fourth.counterexample is not None
    assert fourth.counterexample.values[the(n)] == 4
    assert not tried(FALSE["nilpotent of order 4"], largest=3, tries=100).refuted


def test_undecided_premises_and_conclusions_are_counted_apart() -> None:
    mysterious = predicate("mysterious")
    found = tried(rule(mysterious(S), then=S == 0), tries=20)
    assert (found.met, found.refuted, found.undecided) == (0, False, 20)
    assert "mysterious" in found.doubt
    found = tried(rule(S == 0, then=mysterious(S)), tries=20)
    assert found.met == 0
    assert found.undecided > 0
    decisions = {"mysterious": lambda *_: holds(Evidence.EXACT, "it is")}
    assert tried(rule(mysterious(S), then=S == 0), decisions=decisions).refuted


def test_sort_without_objects_ends_a_trial() -> None:
    strange = Expr(var("q", fun(the(x), term("formula"))))
    deeper = Expr(var("q", fun(the(strange), SCALAR_FUNCTION)))
    found = trial([the(function("d", x, deeper))], (), the(true), tries=5)
    assert found.met + found.undecided == 5 or "drawn" in found.doubt
    with pytest.raises(UnsettledError):
        next(drawn([the(matrix("M", n - 10, 1))]))


# ---- drawing -------------------------------------------------------------------------------------
def test_drawn_instances_fit_their_sorts() -> None:
    X = function("X", x, A)
    point = function("H", W, function("", F, x))
    chosen = function("I", i, true)
    variables = [the(e) for e in (A, B, S, W, F, f, h, X, point, chosen, x, i, w)]
    for instance in islice(drawn([*variables, the(m), the(n), the(p)], seed=1), 40):
        values = instance.values
        evaluation = Evaluation(instance)
        for e in (A, B, S):
            assert evaluation.value(the(e)).shape == evaluation.shape(the(e).sort, evaluation.root)
        assert evaluation.value(the(X(x))).shape == values[the(A)].shape
        assert isinstance(evaluation.value(the(h(A))), Scalar)
        assert isinstance(evaluation.value(the(point(W)(F))), Scalar)
        assert not decide(the(chosen(i)), instance).is_undecided
        assert isinstance(values[the(w)], Family)
        assert isinstance(values[the(f)], Activation)
        assert evaluation.value(the(W[1])).shape == (values[the(w)].at(0), values[the(w)].at(1))


def test_drawn_instances_are_the_same_for_a_seed_and_sizes_go_round() -> None:
    variables = [the(m), the(n), the(A)]
    one, two = (list(islice(drawn(variables, seed=3), 60)) for _ in range(2))
    assert one == two
    sizes = {instance.values[the(m)] for instance in one}
    assert sizes == {0, 1, 2, 3}
    assert {x.values[the(m)] for x in islice(drawn(variables, 1, largest=1), 300)} == {0, 1}


def test_drawn_matrices_are_of_many_kinds() -> None:
    seen: set[str] = set()
    for instance in islice(drawn([the(n), the(S)], seed=2), 200):
        a = instance.values[the(S)]
        if a.shape[0] < 2:
            continue
        seen |= {"zero"} if a.is_zero else set()
        seen |= {"symmetric"} if a.is_symmetric else {"not symmetric"}
        seen |= {"singular"} if a.rank() < a.shape[0] else {"regular"}
        seen |= {"one"} if a.rank() == 1 else set()
        seen |= {"nilpotent"} if not a.is_zero and (a @ a @ a).is_zero else set()
        seen |= {"semidefinite"} if a.is_symmetric and a.inertia()[1] == 0 else set()
        seen |= {"indefinite"} if a.is_symmetric and all(a.inertia()[:2]) else set()
        seen |= {"identity"} if a == QQ.identity(a.shape[0]) else set()
    assert len(seen) == 10


def test_functions_are_trees_that_can_be_shown() -> None:
    for instance in islice(drawn([the(m), the(n), the(h)], seed=4), 10):
        made = instance.values[the(h)]
        assert isinstance(made, Function)
        assert made.term.head == "lam"
        assert "↦" in str(instance)


# ---- steering ------------------------------------------------------------------------------------
def _steered(premises: list[Expr], variables: list[Expr], count: int = 60) -> float:
    """The share of instances that meet all premises after steering."""
    terms = [the(e) for e in premises]
    random = Random(1)
    met = 0
    for instance in islice(drawn([the(e) for e in variables], seed=6), count):
        changed = steered(terms, instance, random)
        met += all(decide(term, changed).is_holds for term in terms)
    return met / count


@pytest.mark.parametrize(
    ("premises", "variables"),
    [
        ([A @ B == 0], [m, n, p, A, B]),
        ([A @ B == C], [m, n, p, A, B, C]),
        ([rank(S) == n, S @ B == 0], [n, p, S, B]),
        ([rank(S) < n, S @ v == 0], [n, S, v]),
        ([A * A2 == 0], [m, n, A, A2]),
        ([psd(S)], [n, S]),
        ([pd(S), S2 @ S == S], [n, S, S2]),
        ([det(S) != 0], [n, S]),
        ([S.T == S], [n, S]),
        ([x * y == 1], [x, y]),
        ([S @ v == x * v, v != 0], [n, S, v, x]),
        ([y == x * x + 1], [x, y]),
        ([each(k, 1, L, F[k] == F[k - 1] @ W[k])], [L, w, F, W]),
        ([each(k, 1, L, W[k] @ F[k].T == 0)], [L, w, F, W]),
    ],
    ids=str,
)  # fmt: skip
def test_steering_meets_premises(premises: list[Expr], variables: list[Expr]) -> None:
    assert _steered(premises, variables) > 0.4


def test_steering_takes_solutions_that_are_not_all_zero() -> None:
    random, wide = Random(3), 0
    for instance in islice(drawn([the(e) for e in (m, n, p, A, B)], seed=8), 80):
        if instance.values[the(m)] < instance.values[the(n)] and instance.values[the(p)]:
            made = steered([the(A @ B == 0)], instance, random)
            wide += not made.values[the(B)].is_zero
    assert wide > 5


def test_steering_unfolds_abbreviations_and_keeps_what_it_cannot_change() -> None:
    flat = define("flat", (A, B), A @ B == 0, text="", latex="")
    assert _steered([flat(A, B)], [m, n, p, A, B]) > 0.2
    instance = next(drawn([the(n), the(S)], seed=1))
    assert steered([the(S @ S @ S == 2 * S)], instance).values[the(n)] == instance.values[the(n)]


def test_numbers_of_a_counterexample_are_small() -> None:
    for name in ("zero divisors", "products commute"):
        instance = tried(FALSE[name]).counterexample
        assert instance is not None
        numbers: list[Any] = [
            abs(entry.rational())
            for value in instance.values.values()
            if isinstance(value, Matrix)
            for row in value.tolist()
            for entry in row
        ]
        assert max(numbers, default=Fraction(0)) <= 20
    assert isinstance(ones(m, n), Expr)

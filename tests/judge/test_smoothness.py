"""Continuous and continuously differentiable functions of a number: said and decided by a tree."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from symbolic_landscape.formula import Piece, parse_formula
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.evaluation import decide
from symbolic_landscape.judge.opaque import opaque
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    derivative,
    every,
    exists,
    fn,
    function,
    matrix,
    real,
    scalar_function,
    the,
    trace,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.parts import unfold
from symbolic_landscape.statement.printing import text
from symbolic_landscape.statement.proof import arbitrary, calculation, have, linear, logic, take
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.smoothness import continuous, smooth, twice_smooth

x, y, u, v, r, s = map(real, "xyuvrs")
f = scalar_function("f")


def on(formula: Expr, activation: str) -> str:
    instance = Instance(activation, {the(f): Activation.of(activation)})
    return decide(the(formula), instance).outcome.name


@pytest.mark.parametrize("said", [smooth, twice_smooth])
def test_it_is_decided_as_the_predicate_of_its_name(said: Callable[[Expr], Expr]) -> None:
    assert [on(said(f), name) for name in ("tanh", "sigmoid", "relu")] == [
        "HOLDS",
        "HOLDS",
        "FAILS",
    ]
    assert on(said(fn(x, f(x * x) + x)), "tanh") == "HOLDS"
    assert on(said(fn(x, f(x * x) + x)), "relu") == "UNDECIDED"


def test_continuous_functions_of_a_number_are_said_by_a_tree() -> None:
    assert [on(continuous(f), name) for name in ("tanh", "relu")] == ["HOLDS", "HOLDS"]
    assert on(continuous(fn(x, f(x * x) + x)), "tanh") == "HOLDS"
    assert on(continuous(fn(x, f(x * x) + x)), "relu") == "HOLDS"
    assert opaque([the(continuous(f))]) == (1, {})
    assert unfold(the(continuous(f))).head == "forall"


def test_a_jump_is_not_continuous_and_a_hole_is_not_decided() -> None:
    jump = Activation("jump", Piece(parse_formula("t"), parse_formula("t + 1"), -1))
    assert decide(the(continuous(f)), Instance("jump", {the(f): jump})).is_fails
    assert on(continuous(f), "1/t") == "UNDECIDED"


def test_the_kernel_takes_a_bound_for_a_proof_of_continuity() -> None:
    double = fn(x, 2 * x)
    near = both(x - r / 2 < y, y < x + r / 2)
    beside = both(double(x) - r < double(y), double(y) < double(x) + r)
    within = every(y, both(x - s < y, y < x + s) >> beside)
    some = exists(s, both(s > 0, within))
    proof = [
        have("all", continuous(double), arbitrary(x, r, proof=[
            have("near", every(y, near >> beside), arbitrary(y, proof=[
                have("low", double(x) - r < double(y), linear, "near.if"),
                have("high", double(y) < double(x) + r, linear, "near.if"),
                have("both", beside, logic, "low", "high"),
            ])),
            have("some", some, take(r / 2), "all.if", "near"),
        ])),
    ]  # fmt: skip
    one = Statement("OWN.T1", Setting("numbers", variables=()), {}, continuous(double), proof)
    made = Derivations(()).of(one)
    assert made.derived, [(j.path, j.refused) for j in made.steps if not j.accepted]


def test_a_derivative_is_smooth_where_the_function_is_twice_smooth() -> None:
    slope = fn(s, derivative(fn(r, f(s * r + s)))(0))
    assert on(smooth(slope), "tanh") == "HOLDS"
    assert on(smooth(slope), "piece(t**2, t**3)") == "UNDECIDED"
    assert on(twice_smooth(slope), "tanh") == "UNDECIDED"


def test_it_is_not_opaque_but_of_other_functions_it_is() -> None:
    Z = matrix("Z", 2, 2)
    own, other = the(smooth(f)), the(smooth(fn(Z, trace(Z))))
    assert opaque([own, other]) == (2, {other: ("smooth",)})
    assert text(own) == "f is smooth"


def test_a_definition_of_the_same_name_is_decided_by_its_own_tree() -> None:
    own = define("smooth", (f,), every(x, f(x) == 0), text="{0} is smooth", latex="{0}")
    assert decide(the(own(fn(x, x + 1))), Instance("none", {})).is_fails


def test_the_kernel_takes_a_quotient_for_a_proof() -> None:
    """(x^2 - y^2) / (x - y) is continued by x + y: closer than r / 2, it changes by less than r."""
    q = fn(x, fn(y, x + y))
    close = both(x - s < u, u < x + s, y - s < v, v < y + s)
    nearby = every(u, v, close >> both(q(x)(y) - r < q(u)(v), q(u)(v) < q(x)(y) + r))
    some = exists(s, both(s > 0, nearby))
    half = r / 2
    at_half = both(x - half < u, u < x + half, y - half < v, v < y + half)
    end = both(q(x)(y) - r < q(u)(v), q(u)(v) < q(x)(y) + r)
    square = fn(x, x * x)
    proof = [
        have("identity", every(x, y, square(x) - square(y) == (x - y) * q(x)(y)), arbitrary(
            x, y, proof=[have("one", x * x - y * y == (x - y) * (x + y), calculation)])),
        have("continuous", every(x, y, r, (r > 0) >> some), arbitrary(x, y, r, proof=[
            have("near", every(u, v, at_half >> end), arbitrary(u, v, proof=[
                have("low", q(x)(y) - r < q(u)(v), linear, "near.if"),
                have("high", q(u)(v) < q(x)(y) + r, linear, "near.if"),
                have("both", end, logic, "low", "high"),
            ])),
            have("some", some, take(half), "continuous.if", "near"),
        ])),
        have("smooth", smooth(square), take(q), "identity", "continuous"),
    ]  # fmt: skip
    one = Statement("OWN.T1", Setting("numbers", variables=()), {}, smooth(square), proof)
    made = Derivations(()).of(one)
    assert made.derived, [(j.path, j.refused) for j in made.steps if not j.accepted]


def test_the_tree_asks_for_one_continuous_quotient() -> None:
    q = function("q", x, function("", y, real("r")))
    said = unfold(the(smooth(f)))
    assert said.head == "exists"
    assert said.args[0].args[0] is the(q).args[0]

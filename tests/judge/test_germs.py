"""Limits of trees, and what holds near infinity and near 0."""

from __future__ import annotations

from typing import Any

import pytest

from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.judge.evaluation import decide
from symbolic_landscape.judge.germs import _limit
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    either,
    every,
    exists,
    fn,
    predicate,
    real,
    scalar_function,
    the,
)

x, t, r, eps = (real(name) for name in ("x", "t", "r", "eps"))
f, g = scalar_function("f"), scalar_function("g")
limit = define(
    "limit",
    (f, r),
    every(
        eps, (eps > 0) >> exists(x, every(t, (x <= t) >> both(f(t) - r <= eps, r - f(t) <= eps)))
    ),
    text="",
    latex="",
)


def outcome(formula: Expr, name: str, **options: Any) -> str:
    instance = Instance("here", {the(f): Activation.of(name), the(g): Activation.of("tanh")})
    return decide(the(formula), instance, **options).outcome.value


@pytest.mark.parametrize(
    ("name", "target", "expected"),
    [
        ("tanh", 1, "holds"),
        ("tanh", 0, "fails"),
        ("relu", 1, "fails"),
        ("1/(1 + t**2)", 0, "holds"),
        ("t*exp(-t)", 0, "holds"),
        ("arctan", 1, "fails"),
        ("smoolu", 0, "fails"),
        ("cubic", 0, "fails"),
    ],
)
def test_limits(name: str, target: int, expected: str) -> None:
    assert outcome(limit(f, target), name) == expected


def test_limits_of_trees() -> None:
    assert outcome(limit(fn(t, g(t) * g(2 * t) + 1), 2), "t") == "holds"
    assert outcome(limit(fn(t, f(t) + g(t)), 2), "relu") == "fails"
    assert outcome(exists(r, limit(f, r)), "tanh") == "holds"
    assert outcome(every(r, ~limit(f, r)), "cubic") == "holds"
    generic = Instance("any", {the(f): Activation.generic()})
    assert decide(the(limit(f, 0)), generic).is_undecided


def test_what_resembles_a_limit_and_is_none_should_fail() -> None:
    near = both(f(t) - r <= eps, r - f(t) <= eps)
    late = exists(x, every(t, (x <= t) >> near))
    one_sided = exists(x, every(t, (x <= t) >> both(f(t) - r <= eps, f(t) - r <= eps)))
    drifting = exists(x, every(t, (x <= t) >> both(f(t) - t <= eps, t - f(t) <= eps)))
    for formula in (
        every(eps, (eps >= 0) >> late),
        every(eps, (eps > 1) >> late),
        every(eps, (eps > 0) >> one_sided),
        every(eps, (eps > 0) >> drifting),
        every(eps, (eps > 0) >> exists(x, every(t, (t <= x) >> near))),
    ):
        assert _limit(the(formula)) is None, formula


@pytest.mark.parametrize(
    ("name", "expected"),
    [("tanh", "holds"), ("-t", "fails"), ("t**2 - 5*t", "holds"), ("relu", "holds"),
     ("smoolu", "holds"), ("t - t", "fails"), ("-1/(1 + t**2)", "fails")],
)  # fmt: skip
def test_what_holds_from_some_number_on(name: str, expected: str) -> None:
    assert outcome(exists(x, every(t, (x <= t) >> (f(t) > 0))), name) == expected
    assert outcome(exists(x, every(t, (x < t) >> (f(t) > 0))), name) == expected


def test_what_holds_from_some_number_on_is_no_more_than_that() -> None:
    assert outcome(exists(x, every(t, (x <= t) >> (f(t) >= x))), "t") == "holds"
    unknown = exists(x, every(t, (x <= t) >> predicate("mysterious")(t)))
    assert outcome(unknown, "t") == "undecided"


minimum = exists(r, both(r > 0, every(t, both(-r < t, t < r) >> (f(0) <= f(t)))))
strict = exists(r, both(r > 0, every(t, both(-r < t, t < r) >> either(t == 0, f(0) < f(t)))))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("t**2", ("holds", "holds")),
        ("t**3", ("fails", "fails")),
        ("t**2 - 10*t**4", ("holds", "holds")),
        ("-(t**2)", ("fails", "fails")),
        ("relu", ("holds", "fails")),
        ("smoolu", ("holds", "fails")),
        ("t**4*(t - 1)", ("fails", "fails")),
        ("0", ("holds", "fails")),
        ("tanh", ("fails", "fails")),
        ("tanh(t)**2", ("holds", "holds")),
        ("t**2*(t - 1/1000)**2", ("holds", "holds")),
    ],
)
def test_local_minima_at_zero(name: str, expected: tuple[str, str]) -> None:
    assert (outcome(minimum, name), outcome(strict, name)) == expected

"""Local minima of functions of one matrix, decided at the point, and functions that look alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.judge.evaluation import decide
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.proofs.rules.vectors import least_near, strictly_least_near
from symbolic_landscape.statement.language import Expr, fn, matrix, scalar_function
from symbolic_landscape.verdict import Verdict

sigma = scalar_function("sigma")
Loss = Callable[[Expr, Expr], Expr]


def at_origin(loss: Loss, asked: Any, start: tuple[int, int] = (0, 0)) -> Verdict:
    z, other = matrix("z", 2, 1), matrix("other", 2, 1)
    phi = fn(z, loss(z[1, 1], z[2, 1]))
    point = QQ.matrix([[x] for x in start])
    values = {z.term: point, sigma.term: Activation.of("tanh")}
    return decide(asked(phi, z, other).term, Instance("a point", values))


BOTH = [
    (lambda x, y: x * x + y * y, "holds", "holds"),
    (lambda x, y: x * x - y * y, "fails", "fails"),
    (lambda x, y: x + y * y, "fails", "fails"),
    (lambda x, y: x * x * (1 - y * y), "holds", "fails"),
    (lambda x, y: x * x + 0 * y, "holds", "fails"),
    (lambda x, y: 0 * x * y, "holds", "fails"),
    (lambda x, y: x * x - y**4, "fails", "fails"),
    (lambda x, y: x * x - y**3, "fails", "fails"),
    (lambda x, y: x * x * y, "fails", "fails"),
    (lambda x, y: sigma(x) * sigma(x) + y * y, "holds", "holds"),
    (lambda x, y: sigma(x) * x - y * y, "fails", "fails"),
]


@pytest.mark.parametrize(("loss", "least", "strictly"), BOTH)
def test_a_local_minimum_is_told_by_gradient_hessian_and_critical_space(
    loss: Loss, least: str, strictly: str
) -> None:
    assert at_origin(loss, least_near).outcome.name.lower() == least
    assert at_origin(loss, strictly_least_near).outcome.name.lower() == strictly


def test_a_curve_may_fall_where_every_line_rises() -> None:
    """It is 0 on the kernel of its Hessian, and falls along x = -y^2 / 2."""
    assert at_origin(lambda x, y: x * x + x * y * y, least_near).is_fails


def test_what_the_curves_do_not_tell_is_left_open() -> None:
    """It falls along x = -y^3 / 2 alone."""
    assert at_origin(lambda x, y: x * x + x * y**3, least_near).is_undecided


@pytest.mark.parametrize(("power", "least", "strictly"), [(4, 1, 1), (3, 0, 0), (2, 1, 1)])
def test_a_function_of_one_entry_is_one_of_a_number(power: int, least: int, strictly: int) -> None:
    z, other = matrix("z", 1, 1), matrix("other", 1, 1)
    instance = Instance("a point", {z.term: QQ.zeros(1, 1)})
    phi = fn(z, z[1, 1] ** power)
    assert decide(least_near(phi, z, other).term, instance).is_holds == bool(least)
    assert decide(strictly_least_near(phi, z, other).term, instance).is_holds == bool(strictly)


def test_the_point_is_the_one_that_is_named() -> None:
    bowl: Loss = lambda x, y: (x - 1) * (x - 1) + (y - 2) * (y - 2)  # noqa: E731
    assert at_origin(bowl, least_near, (1, 2)).is_holds
    assert at_origin(bowl, least_near, (0, 2)).is_fails

"""Local minima of functions of one matrix, decided at the point, and functions that look alike."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
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


FOURTH = [
    (lambda x, y: x * x + y**4, "holds"),
    (lambda x, y: x * x + x * y * y + y**4 / 2, "holds"),
    (lambda x, y: x * x + x * y * y + y**4 / 4 + y**4 / 10**6, "holds"),
    (lambda x, y: x * x + x * y * y + y**4 / 4 - y**4 / 10**6, "fails"),
    (lambda x, y: x * x + 3 * x * y * y + y**4, "fails"),
    (lambda x, y: (x - 2 * y) ** 2 + (x - 2 * y) * y * y + y**4 / 2, "holds"),
    (lambda x, y: x * x + x * y * y + y**4 + y**3, "fails"),
    (lambda x, y: sigma(x) * sigma(x) + y * y * sigma(y) * sigma(y), "holds"),
]
"""Hessians that are 0 on a line; (x + y^2 / 2)^2 is the border."""


@pytest.mark.parametrize(("loss", "expected"), FOURTH)
def test_fourth_order_tells_a_strict_minimum_where_the_hessian_is_zero_on_a_line(
    loss: Loss, expected: str
) -> None:
    assert at_origin(loss, least_near).outcome.name.lower() == expected
    assert at_origin(loss, strictly_least_near).outcome.name.lower() == expected


def test_the_border_between_a_rise_and_a_fall_is_left_open() -> None:
    """It is 0 on the parabola x = -y^2 / 2, and no lower anywhere."""
    square: Loss = lambda x, y: (x + y * y / 2) * (x + y * y / 2)  # noqa: E731
    assert at_origin(square, least_near).is_undecided
    assert at_origin(square, strictly_least_near).is_fails


def plane_of_zeros(low: Fraction) -> Expr:
    """A form in x, y and the quarter (z[3] z[4]), where the Hessian is 0 on a plane."""
    u, p = z4[1, 1], z4[3, 1] * z4[4, 1]
    return fn(z4, u * u + z4[2, 1] * z4[2, 1] + u * p + low * p * p)


z4, other4 = matrix("z", 4, 1), matrix("other", 4, 1)


@pytest.mark.parametrize(("low", "expected"), [("1/5", "fails"), ("1/3", "undecided")])
def test_on_a_plane_a_fall_is_told_and_a_rise_is_not(low: str, expected: str) -> None:
    """The function is (u + p / 2)^2 + ... with p = z3 z4, and falls for low < 1/4."""
    asked = least_near(plane_of_zeros(Fraction(low)), z4, other4)
    found = decide(asked.term, Instance("a point", {z4.term: QQ.zeros(4, 1)}))
    assert found.outcome.name.lower() == expected


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

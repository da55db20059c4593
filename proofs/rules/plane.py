"""Vectors of length one and two, by their entries."""

from typing import Any

from symbolic_landscape.proofs.rules.objects import i
from symbolic_landscape.statement.language import (
    Expr,
    each,
    function,
    matrix,
    ones,
    stack,
    trace,
    true,
)
from symbolic_landscape.statement.rule import rule

one = ones(1, 1)
single = matrix("single", 1, 1)
u, v = matrix("u", 2, 1), matrix("v", 2, 1)


def number(x: Any) -> Expr:
    """The vector of length one with this entry."""
    made: Expr = x * one
    return made


def point(x: Any, y: Any) -> Expr:
    """The vector of length two with these entries."""
    return stack(x * one, y * one)


P = function("P", i, true)
"""A property of indices."""

one_and_two = rule(P(1), P(2), then=each(i, 1, 2, P(i)))
vector_of_number = rule(then=single == number(single[1, 1]))
vector_of_numbers = rule(then=v == point(v[1, 1], v[2, 1]))
zero_of_numbers = rule(v[1, 1] == 0, v[2, 1] == 0, then=v == 0)
inner_of_numbers = rule(then=trace(u.T @ v) == u[1, 1] * v[1, 1] + u[2, 1] * v[2, 1])

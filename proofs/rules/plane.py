"""Vectors of length one and two, by their entries."""

from typing import Any

from symbolic_landscape.statement.language import Expr, matrix, ones, stack, trace
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


vector_of_number = rule(then=single == number(single[1, 1]))
vector_of_numbers = rule(then=v == point(v[1, 1], v[2, 1]))
inner_of_numbers = rule(then=trace(u.T @ v) == u[1, 1] * v[1, 1] + u[2, 1] * v[2, 1])

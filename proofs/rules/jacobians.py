"""Maps of vectors and their Jacobian matrices."""

from typing import Any

from symbolic_landscape.proofs.rules.objects import n, u
from symbolic_landscape.statement.language import (
    Expr,
    entries,
    fn,
    function,
    gradient,
    integer,
    matrix,
)

row, column = integer("row"), integer("column")
Q = function("Q", matrix("z", n, 1), u)
"""A map from vectors to vectors."""


def jacobian(Q: Any, v: Any, rows: Any, columns: Any) -> Expr:
    """The matrix of partial derivatives of a map of vectors at v."""
    z = matrix("z", columns, 1)
    return entries(row, column, rows, columns, gradient(fn(z, Q(z)[row, 1]), v)[column, 1])

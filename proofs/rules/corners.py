"""Rectangular identities: they keep first coordinates, or add zeros."""

from typing import Any

from symbolic_landscape.proofs.rules.objects import m, n, p
from symbolic_landscape.statement.language import (
    Expr,
    entries,
    identity_matrix,
    integer,
    matrix,
    scalar_function,
)
from symbolic_landscape.statement.rule import rule

row, column = integer("row"), integer("column")


def corner(rows: Any, columns: Any) -> Expr:
    """The matrix with 1 on its diagonal and 0 elsewhere."""
    unit = identity_matrix(rows + columns)[row, column]
    return entries(row, column, rows, columns, unit)


corner_square = rule(then=corner(n, n) == identity_matrix(n))
corner_turned = rule(then=corner(m, n).T == corner(n, m))
corners_through_rows = rule(m <= n, then=corner(m, n) @ corner(n, p) == corner(m, p))
corners_through_columns = rule(p <= n, then=corner(m, n) @ corner(n, p) == corner(m, p))
B, f = matrix("B", n, p), scalar_function("f")
corner_entrywise = rule(f(0) == 0, then=f(corner(m, n) @ B) == corner(m, n) @ f(B))
"""Rows of zeros stay rows of zeros."""

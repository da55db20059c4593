"""Section 4: real functions of the entries of finitely many matrices, and their zeros.

Notation: a point is two families (U, a) of matrices; H maps points to numbers. Only the members
from `low` to `high` matter, so that the space is some R^n, with any n.
"""

from symbolic_landscape.proofs.rules.analytic import high, low
from symbolic_landscape.proofs.rules.points import H, U, a, columns, columns2, rows, rows2
from symbolic_landscape.statement.setting import Setting

POINTS = Setting(
    "a real function of the entries of finitely many matrices",
    variables=(rows, columns, rows2, columns2, low, high, H),
)

__all__ = ["POINTS", "H", "U", "a", "high", "low"]

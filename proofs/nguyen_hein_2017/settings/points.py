"""Section 4: real functions of the entries of finitely many matrices, and their zeros.

Notation: a point is two families (U, a) of matrices; H maps points to numbers. Only the members
from `low` to `high` matter, so that the space is some R^n, with any n.
"""

from functools import partial

from symbolic_landscape.proofs.nguyen_hein_2017.settings import examples
from symbolic_landscape.proofs.rules.analytic import high, low
from symbolic_landscape.proofs.rules.points import H, U, a, columns, columns2, rows, rows2
from symbolic_landscape.statement.setting import Setting

SIZES = (rows, columns, rows2, columns2)
POINTS = Setting(
    "a real function of the entries of finitely many matrices",
    variables=(*SIZES, low, high, H),
    instances=partial(
        examples.instances, (*SIZES, low, high, H), partial(examples.functions_of_points, *SIZES)
    ),
)

__all__ = ["POINTS", "H", "U", "a", "high", "low"]

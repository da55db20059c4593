"""The values of a formula next to a point where it has only a limit.

Functions: limit_before_turning.
"""

from __future__ import annotations

from fractions import Fraction

from symbolic_landscape.formula import Formula, derivative
from symbolic_landscape.functions.limits import End
from symbolic_landscape.functions.patterns import Side
from symbolic_landscape.functions.signs import is_analytic, limit, pattern


def limit_before_turning(formula: Formula, upper: Fraction) -> Formula | None:
    """The limit at 0 from above, if the formula is monotone on (0, upper]; else None.

    Then all its values there lie between the limit and the value at `upper`. None also where the
    limit is infinite or not known.
    """
    if not is_analytic(formula, Side.POSITIVE):
        return None
    slope = pattern(derivative(formula), Side.POSITIVE)
    if slope is None or any(zero.low <= upper for zero in slope.zeros):
        return None
    found = limit(formula, End.ZERO_FROM_ABOVE)
    return found if isinstance(found, Formula) else None

"""What can be decided about a real function from its formula."""

from __future__ import annotations

from symbolic_landscape.functions.limits import Infinity
from symbolic_landscape.functions.minima import critical_points_are_global_minima
from symbolic_landscape.functions.monotonicity import (
    derivative_positive,
    strictly_decreasing,
    strictly_increasing,
)
from symbolic_landscape.functions.ranges import limit_before_turning
from symbolic_landscape.functions.size import bounded, growth_bound, limits, nonnegative
from symbolic_landscape.functions.smoothness import (
    analytic,
    continuously_differentiable,
    infinitely_differentiable,
)
from symbolic_landscape.functions.substitutions import polynomial_coefficients

__all__ = [
    "Infinity",
    "analytic",
    "bounded",
    "continuously_differentiable",
    "critical_points_are_global_minima",
    "derivative_positive",
    "growth_bound",
    "infinitely_differentiable",
    "limit_before_turning",
    "limits",
    "nonnegative",
    "polynomial_coefficients",
    "strictly_decreasing",
    "strictly_increasing",
]

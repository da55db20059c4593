"""What can be decided about a real function from its formula."""

from __future__ import annotations

from symbolic_landscape.functions.decisions import (
    analytic,
    bounded,
    continuously_differentiable,
    critical_points_are_global_minima,
    derivative_positive,
    growth_bound,
    limits,
    nonnegative,
    strictly_decreasing,
    strictly_increasing,
)
from symbolic_landscape.functions.signs import Infinity

__all__ = [
    "Infinity",
    "analytic",
    "bounded",
    "continuously_differentiable",
    "critical_points_are_global_minima",
    "derivative_positive",
    "growth_bound",
    "limits",
    "nonnegative",
    "strictly_decreasing",
    "strictly_increasing",
]

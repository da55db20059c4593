"""Critical points: `classify` and its evidence, all critical points of small networks, infima."""

from __future__ import annotations

from symbolic_landscape.critical.all_points import (
    CriticalPoints,
    counted_by_msolve,
    critical_points,
    critical_values,
)
from symbolic_landscape.critical.classification import (
    Answer,
    Classification,
    Kind,
    NullDirection,
)
from symbolic_landscape.critical.classify import classify, classify_problem
from symbolic_landscape.critical.last_layer import FibreInfimum, infimum_over_last_layer
from symbolic_landscape.critical.loci import Locus, critical_loci

__all__ = [
    "Answer",
    "Classification",
    "CriticalPoints",
    "FibreInfimum",
    "Kind",
    "Locus",
    "NullDirection",
    "classify",
    "classify_problem",
    "counted_by_msolve",
    "critical_loci",
    "critical_points",
    "critical_values",
    "infimum_over_last_layer",
]

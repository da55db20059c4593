"""Deep linear networks: exact critical points of any widths, the rank test, and certificates."""

from __future__ import annotations

from symbolic_landscape.critical.deep_linear.certificate import (
    Certificate,
    Comparison,
    PointKind,
    attains_relaxed_optimum,
    certificate,
    compare,
)
from symbolic_landscape.critical.deep_linear.generator import (
    Blocks,
    SpectralData,
    critical_point,
    invertible_matrix,
    lower_blocks,
    orthogonal_matrix,
    point_with_blocks,
    spectral_data,
)
from symbolic_landscape.critical.deep_linear.point import DeepLinearPoint
from symbolic_landscape.critical.deep_linear.rank_test import (
    RankTest,
    rank_test,
    spans_leading_vectors,
)
from symbolic_landscape.critical.deep_linear.table import (
    Tally,
    generated_points,
    table_lines,
    tally,
)
from symbolic_landscape.critical.deep_linear.weight_curves import (
    WeightCurve,
    measured,
    saddle_curves,
)

__all__ = [
    "Blocks",
    "Certificate",
    "Comparison",
    "DeepLinearPoint",
    "PointKind",
    "RankTest",
    "SpectralData",
    "Tally",
    "WeightCurve",
    "attains_relaxed_optimum",
    "certificate",
    "compare",
    "critical_point",
    "generated_points",
    "invertible_matrix",
    "lower_blocks",
    "measured",
    "orthogonal_matrix",
    "point_with_blocks",
    "rank_test",
    "saddle_curves",
    "spans_leading_vectors",
    "spectral_data",
    "table_lines",
    "tally",
]

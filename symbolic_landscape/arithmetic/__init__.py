"""Exact and ball arithmetic: the fields, their matrices, the one door into them, and the decisions."""

from __future__ import annotations

from symbolic_landscape.arithmetic.balls import BallField, BallMatrix, ldl_pivots
from symbolic_landscape.arithmetic.decisions import (
    at_most,
    determinant_is,
    distinct,
    equal,
    less,
    nonnegative,
    nonsingular,
    nonzero,
    positive,
    positive_definite,
    positive_semidefinite,
    rank_at_least,
    rank_at_most,
    rank_is,
    size_at_least,
    size_at_most,
    sizes_equal,
    strictly_increasing,
    vanishes,
)
from symbolic_landscape.arithmetic.door import exact, exact_matrix
from symbolic_landscape.arithmetic.exact import QQ, RationalField, RationalMatrix
from symbolic_landscape.arithmetic.exponential import (
    ExponentialField,
    FractionField,
    RationalFunctions,
    limit_at_zero,
)
from symbolic_landscape.arithmetic.matrices import LDL, DenseMatrix, Matrix
from symbolic_landscape.arithmetic.scalars import Field, Scalar, common_field, working_precision

__all__ = [
    "LDL",
    "QQ",
    "BallField",
    "BallMatrix",
    "DenseMatrix",
    "ExponentialField",
    "Field",
    "FractionField",
    "Matrix",
    "RationalField",
    "RationalFunctions",
    "RationalMatrix",
    "Scalar",
    "at_most",
    "common_field",
    "determinant_is",
    "distinct",
    "equal",
    "exact",
    "exact_matrix",
    "ldl_pivots",
    "less",
    "limit_at_zero",
    "nonnegative",
    "nonsingular",
    "nonzero",
    "positive",
    "positive_definite",
    "positive_semidefinite",
    "rank_at_least",
    "rank_at_most",
    "rank_is",
    "size_at_least",
    "size_at_most",
    "sizes_equal",
    "strictly_increasing",
    "vanishes",
    "working_precision",
]

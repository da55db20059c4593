"""Exact and ball arithmetic: the fields, their matrices, the one door into them, and the decisions."""

from __future__ import annotations

from symbolic_landscape.arithmetic.algebraic import NumberField
from symbolic_landscape.arithmetic.balls import BallField, BallMatrix, raising_precision
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
from symbolic_landscape.arithmetic.definite import (
    Pivots,
    certainly_definite,
    eigenvalue_enclosures,
    ldl_pivots,
)
from symbolic_landscape.arithmetic.door import exact, exact_matrix
from symbolic_landscape.arithmetic.exact import QQ, RationalField, RationalMatrix
from symbolic_landscape.arithmetic.exponential import (
    ExponentialField,
    LogarithmField,
    RationalFunctions,
    decay_field,
    exponential_field_for,
    limit_at_zero,
    order_at_zero,
    value_along,
)
from symbolic_landscape.arithmetic.fields import Field
from symbolic_landscape.arithmetic.matrices import LDL, DenseMatrix, Matrix
from symbolic_landscape.arithmetic.rational_functions import FractionField
from symbolic_landscape.arithmetic.scalars import Scalar, common_field, working_precision

__all__ = [
    "LDL",
    "QQ",
    "BallField",
    "BallMatrix",
    "DenseMatrix",
    "ExponentialField",
    "Field",
    "FractionField",
    "LogarithmField",
    "Matrix",
    "NumberField",
    "RationalField",
    "RationalFunctions",
    "RationalMatrix",
    "Scalar",
    "at_most",
    "common_field",
    "decay_field",
    "determinant_is",
    "distinct",
    "equal",
    "exact",
    "exact_matrix",
    "exponential_field_for",
    "ldl_pivots",
    "less",
    "limit_at_zero",
    "nonnegative",
    "nonsingular",
    "nonzero",
    "order_at_zero",
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
    "value_along",
    "vanishes",
    "working_precision",
]

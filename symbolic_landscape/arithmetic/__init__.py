"""Exact and ball arithmetic: fields, their matrices, the one door into them, the decisions."""

from __future__ import annotations

from symbolic_landscape.arithmetic.algebraic import NumberField
from symbolic_landscape.arithmetic.balls import BallField, BallMatrix, raising_precision
from symbolic_landscape.arithmetic.bernstein import nonnegative_on_box, positive_on_box
from symbolic_landscape.arithmetic.decisions import (
    Number,
    Value,
    at_most,
    distinct,
    equal,
    less,
    nonnegative,
    nonzero,
    positive,
    shown,
    size_at_least,
    size_at_most,
    sizes_equal,
    strictly_increasing,
    vanishes,
)
from symbolic_landscape.arithmetic.definite import certainly_definite, eigenvalue_enclosures
from symbolic_landscape.arithmetic.door import exact, exact_matrix
from symbolic_landscape.arithmetic.doubles import Doubles
from symbolic_landscape.arithmetic.exact import QQ, RationalField, RationalMatrix
from symbolic_landscape.arithmetic.exponential import (
    ExponentialField,
    LogarithmField,
    RationalFunctions,
    decay_field,
    limit_at_zero,
    order_at_zero,
    value_along,
)
from symbolic_landscape.arithmetic.fields import Field
from symbolic_landscape.arithmetic.fraction_matrices import FractionMatrix
from symbolic_landscape.arithmetic.krawczyk import (
    System,
    ZeroBox,
    certify_zero,
    newton,
    unique_zero,
    zero_near,
)
from symbolic_landscape.arithmetic.matrices import LDL, DenseMatrix, Matrix
from symbolic_landscape.arithmetic.matrix_decisions import (
    determinant_is,
    nonsingular,
    positive_definite,
    positive_semidefinite,
    rank_at_least,
    rank_at_most,
    rank_is,
)
from symbolic_landscape.arithmetic.msolve import isolated_solutions
from symbolic_landscape.arithmetic.pivots import Pivots, ldl_pivots
from symbolic_landscape.arithmetic.polynomials import (
    Interval,
    nondecreasing_on,
    nonincreasing_on,
    nonnegative_on,
    positive_near,
    positive_on,
    real_function,
    root_count_is,
    strictly_decreasing_on,
    strictly_increasing_on,
)
from symbolic_landscape.arithmetic.rational_functions import FractionField
from symbolic_landscape.arithmetic.scalars import (
    Element,
    Scalar,
    common_field,
    working_precision,
)
from symbolic_landscape.arithmetic.sturm import count_roots, isolate_roots
from symbolic_landscape.arithmetic.systems import (
    Solutions,
    solutions_are,
    solve_system,
    values_on_solutions,
)

__all__ = [
    "LDL",
    "QQ",
    "BallField",
    "BallMatrix",
    "DenseMatrix",
    "Doubles",
    "Element",
    "ExponentialField",
    "Field",
    "FractionField",
    "FractionMatrix",
    "Interval",
    "LogarithmField",
    "Matrix",
    "Number",
    "NumberField",
    "Pivots",
    "RationalField",
    "RationalFunctions",
    "RationalMatrix",
    "Scalar",
    "Solutions",
    "System",
    "Value",
    "ZeroBox",
    "at_most",
    "certainly_definite",
    "certify_zero",
    "common_field",
    "count_roots",
    "decay_field",
    "determinant_is",
    "distinct",
    "eigenvalue_enclosures",
    "equal",
    "exact",
    "exact_matrix",
    "isolate_roots",
    "isolated_solutions",
    "ldl_pivots",
    "less",
    "limit_at_zero",
    "newton",
    "nondecreasing_on",
    "nonincreasing_on",
    "nonnegative",
    "nonnegative_on",
    "nonnegative_on_box",
    "nonsingular",
    "nonzero",
    "order_at_zero",
    "positive",
    "positive_definite",
    "positive_near",
    "positive_on",
    "positive_on_box",
    "positive_semidefinite",
    "raising_precision",
    "rank_at_least",
    "rank_at_most",
    "rank_is",
    "real_function",
    "root_count_is",
    "shown",
    "size_at_least",
    "size_at_most",
    "sizes_equal",
    "solutions_are",
    "solve_system",
    "strictly_decreasing_on",
    "strictly_increasing",
    "strictly_increasing_on",
    "unique_zero",
    "value_along",
    "values_on_solutions",
    "vanishes",
    "working_precision",
    "zero_near",
]

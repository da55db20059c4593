"""Appendix A.3: a matrix whose singular values have a lower bound.

Setting: BOUNDED_MATRIX.
"""

from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.proofs.rules.maps import square
from symbolic_landscape.statement.language import every, matrix, natural, real
from symbolic_landscape.statement.setting import Setting

m, n = natural("m"), natural("n")
A, v, eps = matrix("A", m, n), matrix("v", m, 1), real("eps")
bounded = every(v, eps * eps * square(v) <= square(A.T @ v))
"""|A^T v| >= eps |v|: all of the m singular values are at least eps in size."""

MATRICES: dict[str, tuple[Any, Any]] = {
    "one by one": ([[-2]], 2),
    "one row": ([[3, 4]], 5),
    "two rows, three columns": ([[1, 0, 1], [0, 2, 0]], 1),
    "identity of size 3": ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], Fraction(1, 2)),
    "two rows, one column": ([[1], [1]], 1),
    "zero matrix, bound 0": ([[0]], 0),
    "one half, bound 1": ([[Fraction(1, 2)]], 1),
}


def examples() -> tuple[tuple[str, dict[Any, Any]], ...]:
    """Matrices with their bounds, and three that break it."""
    found = []
    for name, (rows, bound) in MATRICES.items():
        value = QQ.matrix(rows)
        sizes = dict(zip((m.term, n.term), value.shape, strict=True))
        found.append((name, {**sizes, A.term: value, eps.term: bound}))
    return tuple(found)


BOUNDED_MATRIX = Setting(
    "a matrix and a bound of its singular values",
    variables=(m, n, A, eps),
    instances=examples,
)

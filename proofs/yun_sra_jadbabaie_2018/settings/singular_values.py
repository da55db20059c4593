"""Sections 3.2 and 3.3: least singular values, of factors of a product and of partial products.

Notation: A is m x n, B is n x l. A matrix has as many singular values as the lesser of its numbers
of rows and columns; they are those of its transpose.

W is in W_eps where W[H+1] ... W[2], for d_y <= d_x, or W[H] ... W[1], for d_x <= d_y, has no
singular value below eps; for d_x = d_y either will do.

Settings: FACTORS; PARTIAL, a deep linear network; CONDITIONED, the same with a number eps.
"""

from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import QQ, Matrix, positive_semidefinite
from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck import RELAXED
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    A_,
    P_,
    H,
    W,
    critical_points,
    d,
    square,
)
from symbolic_landscape.statement.language import (
    Definition,
    Expr,
    both,
    define,
    either,
    every,
    exists,
    matrix,
    natural,
    real,
    the,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

m, n, l = natural("m"), natural("n"), natural("l")  # noqa: E741 (the paper's letter)
A, B, s, t = matrix("A", m, n), matrix("B", n, l), real("s"), real("t")


def _columns(T: Expr, s: Any) -> Expr:
    """|T v| >= s |v| for all v."""
    v = matrix("v", T.columns, 1)
    return every(v, s * s * square(v) <= square(T @ v))


def _reached(T: Expr, s: Any) -> Expr:
    """|T v| = s |v| for some v other than 0."""
    v = matrix("v", T.columns, 1)
    return exists(v, both(v != 0, s * s * square(v) == square(T @ v)))


def _on_shorter_side(T: Expr, says: Expr, of_transpose: Expr) -> Expr:
    return both((T.columns <= T.rows) >> says, (T.rows < T.columns) >> of_transpose)


def _bounded(T: Expr, s: Any) -> Expr:
    return _on_shorter_side(T, _columns(T, s), _columns(T.T, s))


def bound_of(rows: Any, columns: Any) -> Definition:
    """That a matrix of this shape has no singular value below a number."""
    T = matrix("T", rows, columns)
    return define(
        "singular values at least",
        (T, s),
        either(s <= 0, _bounded(T, s)),
        text="sigma_min({0}) ≥ {1}",
        latex=r"\sigma_{{\min}}({0}) \ge {1}",
    )


def least_of(rows: Any, columns: Any) -> Definition:
    """That a number is the least singular value of a matrix of this shape."""
    T = matrix("T", rows, columns)
    return define(
        "least singular value",
        (T, s),
        both(s >= 0, _bounded(T, s), _on_shorter_side(T, _reached(T, s), _reached(T.T, s))),
        text="sigma_min({0}) = {1}",
        latex=r"\sigma_{{\min}}({0}) = {1}",
    )


def at_least(T: Expr, s: Any) -> Expr:
    """No singular value of T is below s."""
    return bound_of(T.rows, T.columns)(T, s)


def least_value(T: Expr, s: Any) -> Expr:
    """The number s is the least singular value of T."""
    return least_of(T.rows, T.columns)(T, s)


def _shifted(T: Matrix, s: Any) -> Matrix:
    """The smaller of T^T T and T T^T, less s^2 times the identity."""
    gram = T.T @ T if T.shape[0] >= T.shape[1] else T @ T.T
    return gram - gram.field.identity(gram.shape[0]).scale(s * s)


def are_at_least(_: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether all singular values of a matrix are at least s."""
    T, s = arguments
    try:
        if s.sign() <= 0:
            return holds(Evidence.EXACT, f"{s} is not positive")
        if not min(T.shape):
            return undecided("there are no singular values")
        return positive_semidefinite(_shifted(T, s))
    except LandscapeError as cause:
        return undecided(str(cause))


def is_least_value(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether s is the least singular value of a matrix."""
    T, s = arguments
    try:
        if s.sign() < 0:
            return fails(Evidence.EXACT, f"{s} is negative")
        if s.sign() and not (verdict := are_at_least(instance, arguments)).is_holds:
            return verdict
        shifted = _shifted(T, s)
        if shifted.rank() == shifted.shape[0]:
            return fails(Evidence.EXACT, f"{s * s} is no eigenvalue of the smaller Gram matrix")
        return holds(Evidence.EXACT, f"{s * s} is the least eigenvalue of the smaller Gram matrix")
    except LandscapeError as cause:
        return undecided(str(cause))


DECISIONS = {"singular values at least": are_at_least, "least singular value": is_least_value}

EXAMPLES = (
    ("3 x 2 and a column", [[1, 0], [0, 2], [0, 0]], [[3], [-4]], 1, 5),
    ("unit matrices", [[1, 0], [0, 1]], [[1, 0], [0, 1]], 1, 1),
    ("numbers", [[-3]], [[2]], 3, 2),
    ("rank 1 and a row", [[1, 1], [1, 1]], [[1, 0, 0], [0, 2, 1]], 0, 1),
    ("zero factors", [[0], [0]], [[0, 0]], 0, 0),
    ("a wide left factor", [[1, 0]], [[0], [1]], 1, 1),
    ("a long right factor", [[0, 1]], [[1], [0]], 1, 1),
    ("turned by 3, 4, 5", [[3, -4], [4, 3], [0, 0]], [[3, 4, 0], [-4, 3, 0]], 5, 5),
    ("the greatest value of the left factor", [[1, 0], [0, 2]], [[1], [0]], 2, 1),
    ("the greatest value of the right factor", [[1, 0]], [[1, 0], [0, 2]], 1, 2),
    ("negative values", [[2]], [[1]], -2, -1),
)


def factors() -> tuple[Any, ...]:
    """Pairs of matrices with numbers beside them, most often their least singular values."""
    return tuple(
        (
            name,
            {
                the(m): len(left),
                the(n): len(right),
                the(l): len(right[0]),
                the(A): QQ.matrix(left),
                the(B): QQ.matrix(right),
                the(s): first,
                the(t): second,
            },
        )
        for name, left, right, first, second in EXAMPLES
    )


FACTORS = Setting(
    "two factors of a product, and two numbers",
    variables=(m, n, l, A, B, s, t),
    definitions=(bound_of(m, n), least_of(m, n)),
    decisions=DECISIONS,
    instances=factors,
)

# ---- partial products ----------------------------------------------------------------------------
eps = real("eps")


def in_W(eps: Expr) -> Expr:
    """W is in W_eps."""
    return either(
        both(d[H + 1] <= d[0], at_least(A_(W)[1].T, eps)),
        both(d[0] <= d[H + 1], at_least(P_(W)[H], eps)),
    )


def conditioned() -> tuple[Any, ...]:
    """Points of deep linear networks with a number eps."""
    values = (Fraction(1, 2), Fraction(1), Fraction(1, 2), Fraction(0))
    return tuple(
        (name, {**point, the(eps): values[n % len(values)]})
        for n, (name, point) in enumerate(critical_points())
    )


PARTIAL = RELAXED.extended(
    "a deep linear network with a narrowest layer p, and its partial products",
    definitions=(bound_of(d[1], d[H + 1]),),
    decisions=DECISIONS,
)
CONDITIONED = PARTIAL.extended(
    "a deep linear network with a narrowest layer p, and a number eps",
    variables=(eps,),
    instances=conditioned,
)

"""Section 3.2, Lemma 3.3 (proof in Appendix C.3): lower bounds of the norm of a product.

Notation: A (m, n), B (n, l); sigma_min is the least of the min(m, n) singular values of a matrix.
In the first part T = A and O = B, in the second T = B^T and O = A^T: then |A B| = |T O|.

Objects: Factors. Statements: YSJ18_L3_3.

Design notes. The square of sigma_min is an eigenvalue of T^T T or T T^T, whichever is smaller, as
an element of the number field that it generates; so no inequality is rounded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    QQ,
    Matrix,
    Scalar,
    at_most,
    equal,
    nonnegative,
    positive_semidefinite,
    size_at_least,
)
from symbolic_landscape.errors import ShapeError
from symbolic_landscape.former.lemma import Instance, Statement, fact
from symbolic_landscape.proofs.common.low_rank import extreme_eigenvalue, squared_norm
from symbolic_landscape.verdict import Verdict, all_of

SIDES = ("left", "right")
"""Which factor enters the bound by its least singular value: A in part 1, B in part 2."""


@dataclass(frozen=True, kw_only=True)
class Factors(Instance):
    """Two matrices A and B with a product, and the side of the factor that sigma_min speaks of.

    Raises ShapeError when they have no product, or for an unknown side.
    """

    left: tuple[tuple[int | Fraction, ...], ...]
    right: tuple[tuple[int | Fraction, ...], ...]
    side: str = "left"

    def __post_init__(self) -> None:
        """Check shapes and side."""
        widths = {len(row) for row in self.left}
        if widths != {len(self.right)} or len({len(row) for row in self.right}) != 1:
            message = f"factors: a product was needed, got {self.left} and {self.right}"
            raise ShapeError(message)
        if self.side not in SIDES:
            message = f"factors: side left or right was needed, got {self.side!r}"
            raise ShapeError(message)

    @cached_property
    def A(self) -> Matrix:
        """A (m, n)."""
        return QQ.matrix(self.left)

    @cached_property
    def B(self) -> Matrix:
        """B (n, l)."""
        return QQ.matrix(self.right)

    @property
    def bounding(self) -> Matrix:
        """T, with n columns: A or B^T."""
        return self.A if self.side == "left" else self.B.T

    @property
    def other(self) -> Matrix:
        """O, with n rows: B or A^T."""
        return self.B if self.side == "left" else self.A.T

    @cached_property
    def least_square(self) -> Scalar:
        """The square of the least of the min(m, n) singular values of T."""
        return extreme_eigenvalue(smaller_gram(self.bounding))

    @property
    def shifted_gram(self) -> Matrix:
        """T^T T - sigma_min^2 I (n, n)."""
        gram = self.bounding.T @ self.bounding
        field = self.least_square.field
        return gram.over(field) - field.identity(gram.shape[0]).scale(self.least_square)


def smaller_gram(matrix: Matrix) -> Matrix:
    """T^T T or T T^T, whichever is smaller: its eigenvalues are the squared singular values."""
    height, width = matrix.shape
    return matrix.T @ matrix if height >= width else matrix @ matrix.T


@fact(r"m \ge n \quad (n \le l \text{ in part 2})")
def bounding_factor_is_long(s: Factors) -> Verdict:
    """The factor of sigma_min is at least as long as the inner dimension: m >= n, or l >= n."""
    return size_at_least(*s.bounding.shape)


@fact(r"A^TA \succeq \sigma_{\min}^2(A) I \quad (BB^T \succeq \sigma_{\min}^2(B) I)")
def gram_is_at_least_its_least_value(s: Factors) -> Verdict:
    """T^T T - sigma_min^2(T) I is positive semidefinite."""
    return positive_semidefinite(s.shifted_gram)


@fact(
    r"B^TA^TAB \succeq \sigma_{\min}^2(A) B^TB \quad "
    r"(ABB^TA^T \succeq \sigma_{\min}^2(B) AA^T)"
)
def product_gram_is_at_least_the_scaled_gram(s: Factors) -> Verdict:
    """(T O)^T (T O) - sigma_min^2(T) O^T O is positive semidefinite."""
    other = s.other.over(s.shifted_gram.field)
    return positive_semidefinite(other.T @ s.shifted_gram @ other)


def with_factor(s: Factors, factor: Scalar) -> Verdict:
    """Whether |A B|^2 is at least the factor times |O|^2."""
    return at_most(squared_norm(s.other) * factor, squared_norm(s.A @ s.B))


def without_square(s: Factors) -> Verdict:
    """Whether |A B|^2 is at least sigma_min(T) |O|^2; both sides squared."""
    sides = squared_norm(s.other), squared_norm(s.A @ s.B)
    return at_most(sides[0] * sides[0] * s.least_square, sides[1] * sides[1])


@fact(
    r"\|AB\|_F^2 \ge \sigma_{\min}^2(A)\|B\|_F^2 \quad "
    r"(\|AB\|_F^2 \ge \sigma_{\min}^2(B)\|A\|_F^2)",
    mutants={
        "the greatest singular value": lambda s: with_factor(
            s, extreme_eigenvalue(smaller_gram(s.bounding), greatest=True)
        ),
        "the fourth power": lambda s: with_factor(s, s.least_square * s.least_square),
        "the first power": without_square,
        "twice the square": lambda s: with_factor(s, s.least_square * 2),
    },
)
def product_is_bounded_below(s: Factors) -> Verdict:
    """|A B|^2 is at least sigma_min^2(A) |B|^2, or sigma_min^2(B) |A|^2 in part 2."""
    return with_factor(s, s.least_square)


def factors() -> st.SearchStrategy[Factors]:
    """Small integer matrices of sizes up to 3, on either side."""

    @st.composite
    def drawn(draw: st.DrawFn) -> Factors:
        m, n, width = (draw(st.integers(1, 3)) for _ in range(3))
        entry = st.sampled_from((0, 0, 1, -1, 2))

        def rows(height: int, length: int) -> tuple[tuple[int, ...], ...]:
            return tuple(tuple(draw(entry) for _ in range(length)) for _ in range(height))

        return Factors(left=rows(m, n), right=rows(n, width), side=draw(st.sampled_from(SIDES)))

    return drawn()


LONG_LEFT = Factors(name="part 1, 3 x 2", left=((1, 0), (0, 2), (1, 1)), right=((1,), (-1,)))
WIDE_LEFT = Factors(name="part 1 for a 1 x 2 factor", left=((1, 0),), right=((0,), (1,)))
WIDE_RIGHT = Factors(
    name="part 2 for a 2 x 1 factor", left=((0, 1),), right=((1,), (0,)), side="right"
)
HALVED = Factors(
    name="part 1, half the identity",
    left=((Fraction(1, 2), 0), (0, Fraction(1, 2))),
    right=((1, 2), (0, 1)),
)

YSJ18_L3_3 = Statement(
    key="YSJ18.L3.3",
    kind="lemma",
    where="sec. 3.2; proof C.3",
    title="Frobenius lower bounds",
    claim=(
        "1. |A B|^2 >= sigma_min^2(A) |B|^2 for A (m, n), B (n, l) with m >= n. 2. |A B|^2 >= "
        "sigma_min^2(B) |A|^2 for n <= l. Norms are Frobenius."
    ),
    hypotheses=(bounding_factor_is_long,),
    conclusion=product_is_bounded_below,
    instances=(
        LONG_LEFT,
        HALVED,
        replace(
            HALVED,
            name="part 2, half the identity",
            left=HALVED.right,
            right=HALVED.left,
            side="right",
        ),
        Factors(name="numbers", left=((-3,),), right=((2,),)),
        Factors(
            name="part 1, irrational singular values",
            left=((1, 1), (0, 1)),
            right=((1, 0, 1), (-2, 1, 0)),
        ),
        Factors(
            name="part 2, irrational singular values",
            left=((1, -1), (2, 0), (0, 0)),
            right=((1, 0, 1), (0, 1, 1)),
            side="right",
        ),
        Factors(name="part 1, rank 1", left=((1, 1), (1, 1)), right=((1,), (-1,))),
        Factors(name="part 1, zero factors", left=((0,), (0,)), right=((0, 0),)),
        Factors(name="part 1, three times the identity", left=((3, 0), (0, 3)), right=((1,), (1,))),
    ),
    controls={bounding_factor_is_long: WIDE_LEFT},
    strategy=factors,
)


@YSJ18_L3_3.step(
    premises=(bounding_factor_is_long,),
    gives=gram_is_at_least_its_least_value,
    tried_on=(WIDE_RIGHT,),
    controls={bounding_factor_is_long: WIDE_RIGHT},
)
def least_value_is_the_least_eigenvalue(s: Factors, long: Verdict) -> Verdict:
    """With n singular values, sigma_min^2 is the least eigenvalue of the n x n matrix T^T T."""
    gram = s.bounding.T @ s.bounding
    return at_most(s.least_square, extreme_eigenvalue(gram))


@YSJ18_L3_3.step(
    premises=(gram_is_at_least_its_least_value,),
    gives=product_gram_is_at_least_the_scaled_gram,
    controls={gram_is_at_least_its_least_value: WIDE_LEFT},
)
def congruence_keeps_the_order(s: Factors, gram: Verdict) -> Verdict:
    """C = L D L^T with D >= 0, and O^T C O = (L^T O)^T D (L^T O) is a sum of squares."""
    shifted = s.shifted_gram
    parts = shifted.ldl()
    other = s.other.over(shifted.field).submatrix(parts.permutation, range(s.other.shape[1]))
    moved = parts.lower.T @ other
    return all_of(
        congruent=equal(
            s.other.T.over(shifted.field) @ shifted @ s.other, moved.T @ parts.middle @ moved
        ),
        middle=positive_semidefinite(parts.middle),
    )


@YSJ18_L3_3.step(
    premises=(product_gram_is_at_least_the_scaled_gram,),
    gives=product_is_bounded_below,
    controls={product_gram_is_at_least_the_scaled_gram: WIDE_LEFT},
)
def traces_keep_the_order(s: Factors, ordered: Verdict) -> Verdict:
    """The trace of a semidefinite matrix is at least 0, and traces of Grams are squared norms."""
    other = s.other.over(s.shifted_gram.field)
    return nonnegative((other.T @ s.shifted_gram @ other).trace())

"""Appendix A.3: a right inverse with a bound.

Notation: A (m, n) with m <= n, A^+ = A^T (A A^T)^-1, sigma_min the least of min(m, n) singular
values.

Statements: YSJ18_I4.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    QQ,
    Matrix,
    equal,
    positive,
    positive_semidefinite,
    size_at_most,
)
from symbolic_landscape.former.lemma import Instance, Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.function_networks import (
    HALF,
)
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    holds,
)


@dataclass(frozen=True, kw_only=True)
class BoundedMatrix(Instance):
    """A (m, n) over Q, and a bound of its singular values."""

    rows: tuple[tuple[Fraction | int, ...], ...]
    epsilon: Fraction

    @property
    def A(self) -> Matrix:
        """A (m, n)."""
        return QQ.matrix(self.rows)


@fact(r"m \le n")
def rows_are_at_most_columns(s: BoundedMatrix) -> Verdict:
    """The matrix has at most as many rows as columns."""
    return size_at_most(s.A.shape[0], s.A.shape[1])


@fact(r"\epsilon > 0")
def bound_is_positive(s: BoundedMatrix) -> Verdict:
    """The bound is positive."""
    return positive(s.epsilon)


@fact(r"\sigma_{\min}(A) \ge \epsilon")
def least_singular_value_is_bounded(s: BoundedMatrix) -> Verdict:
    """The least of the min(m, n) singular values is at least epsilon."""
    if s.epsilon <= 0:
        return holds(Evidence.EXACT, f"a singular value is at least {s.epsilon}")
    gram = s.A @ s.A.T if s.A.shape[0] <= s.A.shape[1] else s.A.T @ s.A
    return positive_semidefinite(gram - QQ.identity(gram.shape[0]).scale(s.epsilon**2))


@fact(r"AA^T - \epsilon^2 I \succeq 0")
def gram_is_at_least_the_square_of_the_bound(s: BoundedMatrix) -> Verdict:
    """The smallest eigenvalue of A A^T is at least the square of epsilon."""
    gram = s.A @ s.A.T
    return positive_semidefinite(gram - QQ.identity(gram.shape[0]).scale(s.epsilon**2))


def _inverse_is_at_most(s: BoundedMatrix, factor: Fraction) -> Verdict:
    """Whether A A^T is invertible and |A^T (A A^T)^-1| <= factor / epsilon."""
    gram = s.A @ s.A.T
    if s.epsilon <= 0:
        return fails(Evidence.EXACT, f"1 / {s.epsilon} is no bound")
    if gram.det().is_zero:
        return fails(Evidence.EXACT, f"A A^T = {gram} is singular")
    bound = QQ.identity(gram.shape[0]).scale((factor / s.epsilon) ** 2)
    right = s.A.T @ gram.inverse()
    verdict = positive_semidefinite(bound - right.T @ right)
    return Verdict(verdict.outcome, verdict.evidence, verdict.reason)


@fact(
    r"\|A^T (AA^T)^{-1}\|_{op} \le 1/\epsilon",
    mutants={
        "half the bound": lambda s: _inverse_is_at_most(s, HALF),
        "the bound epsilon": lambda s: _inverse_is_at_most(s, Fraction(s.epsilon) ** 2),
    },
)
def right_inverse_is_bounded(s: BoundedMatrix) -> Verdict:
    """A A^T is invertible, and the operator norm of A^T (A A^T)^-1 is at most 1 / epsilon."""
    return _inverse_is_at_most(s, Fraction(1))


def bounded_matrices() -> st.SearchStrategy[BoundedMatrix]:
    """Small integer matrices with a bound."""
    entry = st.integers(-2, 2)
    bound = st.sampled_from((Fraction(1), HALF, Fraction(2)))

    def of_shape(shape: tuple[int, int]) -> st.SearchStrategy[BoundedMatrix]:
        row = st.tuples(*[entry] * shape[1])
        return st.builds(
            lambda rows, epsilon: BoundedMatrix(rows=rows, epsilon=epsilon),
            st.tuples(*[row] * shape[0]),
            bound,
        )

    return st.tuples(st.integers(1, 2), st.integers(1, 3)).flatmap(of_shape)


TALL = BoundedMatrix(name="two rows, one column", rows=((1,), (1,)), epsilon=Fraction(1))
NO_BOUND = BoundedMatrix(name="zero matrix, bound 0", rows=((0,),), epsilon=Fraction(0))
SMALL = BoundedMatrix(name="one half, bound 1", rows=((HALF,),), epsilon=Fraction(1))

YSJ18_I4 = Statement(
    key="YSJ18.I4",
    kind="identity",
    where="A.3",
    title="Right-inverse bound",
    claim=(
        "If A (m, n) with m <= n has sigma_min(A) >= eps > 0, then A A^T is invertible and the "
        "operator norm of A^T (A A^T)^-1 is at most 1 / eps."
    ),
    hypotheses=(rows_are_at_most_columns, bound_is_positive, least_singular_value_is_bounded),
    conclusion=right_inverse_is_bounded,
    instances=(
        BoundedMatrix(name="one by one", rows=((-2,),), epsilon=Fraction(2)),
        BoundedMatrix(name="one row", rows=((3, 4),), epsilon=Fraction(5)),
        BoundedMatrix(
            name="two rows, three columns", rows=((1, 0, 1), (0, 2, 0)), epsilon=Fraction(1)
        ),
        BoundedMatrix(
            name="identity of size 3", rows=((1, 0, 0), (0, 1, 0), (0, 0, 1)), epsilon=HALF
        ),
    ),
    controls={
        rows_are_at_most_columns: TALL,
        bound_is_positive: NO_BOUND,
        least_singular_value_is_bounded: SMALL,
    },
    strategy=bounded_matrices,
)


@YSJ18_I4.step(
    premises=(rows_are_at_most_columns, bound_is_positive, least_singular_value_is_bounded),
    gives=gram_is_at_least_the_square_of_the_bound,
    controls={rows_are_at_most_columns: TALL, least_singular_value_is_bounded: SMALL},
    no_control={bound_is_positive: "for a bound of at most 0 with square 0 nothing is claimed"},
)
def squares_of_the_singular_values(s: BoundedMatrix, *premises: Verdict) -> Verdict:
    """With at most as many rows as columns the m singular values squared are those of A A^T."""
    gram = s.A @ s.A.T
    return positive_semidefinite(gram - QQ.identity(gram.shape[0]).scale(s.epsilon**2))


@YSJ18_I4.step(
    premises=(gram_is_at_least_the_square_of_the_bound, bound_is_positive),
    gives=right_inverse_is_bounded,
    controls={
        gram_is_at_least_the_square_of_the_bound: SMALL,
        bound_is_positive: NO_BOUND,
    },
)
def singular_values_are_inverted(s: BoundedMatrix, gram: Verdict, bound: Verdict) -> Verdict:
    """(A^+)^T A^+ = (A A^T)^-1, whose eigenvalues are the inverses of those of A A^T."""
    product = s.A @ s.A.T
    right = s.A.T @ product.inverse()
    return all_of(
        square=equal(right.T @ right, product.inverse()),
        right_inverse=equal(s.A @ right, QQ.identity(product.shape[0])),
    )

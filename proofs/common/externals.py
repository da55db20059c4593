"""Theorems from outside that the papers cite, each with its own hypotheses.

They are assumed and never checked. A citation is checked: every hypothesis below is decided on the
function that the citing step names.

Notation: f is a function from R^n to R.

Theorems
- EXTERNAL_ANALYTIC_ZERO_SET: the zeros of a nonzero analytic function have measure zero.
- EXTERNAL_ECKART_YOUNG: the truncated singular value decomposition is the only nearest matrix.

Source: Mityagin, "The zero set of a real analytic function", 2015; Eckart and Young, "The
approximation of one matrix by another of lower rank", 1936.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from symbolic_landscape.arithmetic import (
    QQ,
    Matrix,
    Scalar,
    equal,
    exact,
    nonnegative,
    nonzero,
    vanishes,
)
from symbolic_landscape.former.lemma import Instance, Statement, fact
from symbolic_landscape.formula import ZERO, Formula, Piece, to_sympy
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.common.low_rank import has_gap_after, is_nearest, spans_leading
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, for_all, undecided


@dataclass(frozen=True, kw_only=True)
class RealFunction(Instance, ABC):
    """A function f from R^n to R; subclasses say why it is analytic and where it is not zero."""

    @abstractmethod
    def analytic(self) -> Verdict:
        """Whether f is real analytic on all of R^n."""

    @abstractmethod
    def not_identically_zero(self) -> Verdict:
        """HOLDS by an exact point where f is not 0, FAILS where f is 0 identically."""

    def zero_region(self) -> str:
        """Words for an open set on which f is 0, or nothing where none is known."""
        return ""


@dataclass(frozen=True, kw_only=True)
class LineFunction(RealFunction):
    """A function of one variable t, by a name or a formula, and a point at which to look at it."""

    formula: str
    witness: Fraction = Fraction(0)

    @property
    def parsed(self) -> Formula:
        """The formula in t."""
        return Activation.of(self.formula).formula

    def analytic(self) -> Verdict:
        """Whether f is real analytic on the line, read off its formula."""
        return Activation.of(self.parsed).analytic()

    def zero_region(self) -> str:
        """The half-line on which a formula in two pieces is the constant 0."""
        match self.parsed:
            case Piece(left=left) if left == ZERO:
                return "t <= 0"
            case Piece(right=right) if right == ZERO:
                return "t > 0"
        return ""

    def value(self) -> Scalar:
        """The value at the witness. Raises DomainError where no exact field holds it."""
        import sympy

        there = sympy.Rational(self.witness.numerator, self.witness.denominator)
        return exact(to_sympy(self.parsed, there))

    def not_identically_zero(self) -> Verdict:
        """HOLDS when f is not 0 at the witness, FAILS when the formula is the constant 0."""
        there = nonzero(self.value())
        if there.is_holds or self.parsed == ZERO:
            return there
        return undecided(f"f is 0 at the witness {self.witness}, which says nothing elsewhere")


@fact(r"f \in C^\omega(\mathbb{R}^n)")
def function_is_analytic(s: RealFunction) -> Verdict:
    """The function f is real analytic on all of R^n."""
    return s.analytic()


@fact(r"\exists x:\ f(x) \ne 0")
def function_is_not_identically_zero(s: RealFunction) -> Verdict:
    """The function f is not zero at some point."""
    return s.not_identically_zero()


@fact(r"\lambda^n\{x : f(x) = 0\} = 0")
def zero_set_is_null(s: RealFunction) -> Verdict:
    """The zeros of f form a set of Lebesgue measure zero."""
    region = s.zero_region()
    if region:
        return fails(Evidence.EXACT, f"f is 0 on all of {region}")
    somewhere = s.not_identically_zero()
    if somewhere.is_fails:
        return somewhere.because(f"every point is a zero: {somewhere.reason}")
    return all_of(analytic=s.analytic(), not_zero=somewhere)


EXTERNAL_ANALYTIC_ZERO_SET = Statement(
    key="external:analytic_zero_set",
    kind="external",
    where="Mityagin 2015; Nguyen 2015",
    title="Zero set of a nonzero analytic function is null",
    claim="A real analytic function on R^n that is not identically zero has a null zero set.",
    hypotheses=(function_is_analytic, function_is_not_identically_zero),
    conclusion=zero_set_is_null,
    instances=(
        LineFunction(name="hyperbolic tangent", formula="tanh(t)", witness=Fraction(1)),
        LineFunction(name="square minus two", formula="t**2 - 2"),
    ),
    controls={
        function_is_analytic: LineFunction(
            name="smooth, and zero on a half-line", formula="smoolu", witness=Fraction(1)
        ),
        function_is_not_identically_zero: LineFunction(name="the zero function", formula="0"),
    },
)


@dataclass(frozen=True, kw_only=True)
class Truncation(Instance):
    """A target A (d, m) and a matrix U (d, k) of some of its left singular vectors, as rows."""

    target: tuple[tuple[int | Fraction, ...], ...]
    left: tuple[tuple[int | Fraction, ...], ...]

    @cached_property
    def A(self) -> Matrix:
        """A (d, m)."""
        return QQ.matrix(self.target)

    @cached_property
    def U(self) -> Matrix:
        """U (d, k)."""
        return QQ.matrix(self.left)


@fact(r"U^TU = I,\ AA^TU = U\operatorname{diag}(\sigma_1^2, \ldots, \sigma_k^2)")
def vectors_are_leading_singular_vectors(s: Truncation) -> Verdict:
    """The columns of U are orthonormal left singular vectors to the k greatest singular values."""
    return are_leading_singular_vectors(s.A, s.U)


def are_leading_singular_vectors(target: Matrix, vectors: Matrix) -> Verdict:
    """Whether the columns are left singular vectors to the greatest singular values, in order."""
    size = vectors.shape[1]
    gram = target @ target.T
    values = vectors.T @ gram @ vectors
    diagonal = QQ.diagonal([values[i, i] for i in range(size)])
    order = [nonnegative(values[i, i] - values[i + 1, i + 1]) for i in range(size - 1)]
    return all_of(
        orthonormal=equal(vectors.T @ vectors, QQ.identity(size)),
        eigenvectors=vanishes(gram @ vectors - vectors @ diagonal),
        falling=for_all(range(size - 1), lambda i: order[i], "pair"),
        greatest=spans_leading(gram, vectors, size),
    )


@fact(r"\sigma_k > \sigma_{k+1}")
def last_kept_value_is_greater_than_the_next(s: Truncation) -> Verdict:
    """The k-th singular value of A is greater than the next one."""
    return has_gap_after(s.A @ s.A.T, s.U.shape[1])


@fact(r"\arg\min_{\operatorname{rank} B \le k} \|A - B\|_F = \{UU^TA\}")
def truncation_is_the_only_nearest_matrix(s: Truncation) -> Verdict:
    """U U^T A is the only matrix of rank at most k that is nearest to A."""
    return is_nearest(s.A, s.U.shape[1], s.U @ s.U.T @ s.A, strict=True)


EXTERNAL_ECKART_YOUNG = Statement(
    key="external:eckart_young",
    kind="external",
    where="Eckart and Young 1936",
    title="Nearest matrix of bounded rank",
    claim=(
        "If the columns of U are the first k left singular vectors of A, then U U^T A is nearest "
        "to A among all matrices of rank at most k; it is the only one if the k-th singular "
        "value is greater than the next."
    ),
    hypotheses=(vectors_are_leading_singular_vectors, last_kept_value_is_greater_than_the_next),
    conclusion=truncation_is_the_only_nearest_matrix,
    instances=(
        Truncation(name="one of two", target=((2, 0), (0, 1)), left=((1,), (0,))),
        Truncation(
            name="two of three",
            target=((0, 3, 0), (2, 0, 0), (0, 0, 1)),
            left=((1, 0), (0, 1), (0, 0)),
        ),
    ),
    controls={
        vectors_are_leading_singular_vectors: Truncation(
            name="another vector", target=((2, 0), (0, 1)), left=((0,), (1,))
        ),
        last_kept_value_is_greater_than_the_next: Truncation(
            name="equal values", target=((1, 0), (0, 1)), left=((1,), (0,))
        ),
    },
)

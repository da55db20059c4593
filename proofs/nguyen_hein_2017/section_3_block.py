"""Section 3.2: block Hessians, and points that are non-degenerate on a subset of variables.

Notation: f is a function of x_1, ..., x_n, S a set of its variables; the block is the Hessian of f
in the variables of S alone.

Lemmas
- NH17_D3_6: the block Hessian. NH17_D3_7: non-degenerate on a subset, and on the whole; the two
  4x4 examples.

Source: NH17, Section 3.2, Definitions 3.6 and 3.7.

Design notes. The definitions are checked on polynomials, where a block is the limit of difference
quotients over Q(h), and on losses of networks, where it is assembled layer by layer.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic import (
    QQ,
    Matrix,
    RationalFunctions,
    Scalar,
    equal,
    limit_at_zero,
    nonsingular,
    rank_at_most,
    size_at_least,
    size_at_most,
    sizes_equal,
    vanishes,
)
from symbolic_landscape.former.lemma import Instance, Statement, fact
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_near_misses import (
    OFF_TARGET,
    SHRINKING,
    TWO_LAYERS_CHOSEN,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_points import (
    SMALLEST_BLOCK,
    SQUARE_LAYERS,
    BlockPoint,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_implicit import Terms, polynomial
from symbolic_landscape.verdict import Evidence, Verdict, all_of, any_of, holds, negation

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True, kw_only=True)
class SubsetOfVariables(Instance, ABC):
    """A function at a point, with a set S of its variables."""

    @property
    @abstractmethod
    def places(self) -> tuple[int, ...]:
        """The places of the variables in S, from 0 on."""

    @abstractmethod
    def twice_differentiable(self) -> Verdict:
        """Whether f is C2 near the point."""

    @abstractmethod
    def gradient(self) -> Matrix:
        """The gradient (n, 1)."""

    @abstractmethod
    def hessian(self) -> Matrix:
        """The Hessian (n, n)."""

    @abstractmethod
    def block(self) -> Matrix:
        """The Hessian (|S|, |S|) in the variables of S, computed from these variables alone."""


@dataclass(frozen=True, kw_only=True)
class PolynomialPoint(SubsetOfVariables):
    """A polynomial by its terms, a point, and S."""

    terms: Terms
    at: tuple[Fraction, ...]
    subset: tuple[int, ...]

    @property
    def places(self) -> tuple[int, ...]:
        """The places of the variables in S."""
        return self.subset

    def twice_differentiable(self) -> Verdict:
        """HOLDS for polynomials; for networks read off the activation and the loss."""
        return holds(Evidence.EXACT, "a polynomial")

    def _derivative(self, *order: int) -> Scalar:
        terms = self.terms
        for place in order:
            terms = tuple(
                (c * e[place], (*e[:place], e[place] - 1, *e[place + 1 :]))
                for c, e in terms
                if e[place]
            )
        return polynomial(terms, QQ, [QQ.scalar(value) for value in self.at])

    def gradient(self) -> Matrix:
        """The gradient (n, 1)."""
        return QQ.column([self._derivative(i) for i in range(len(self.at))])

    def hessian(self) -> Matrix:
        """The Hessian (n, n), from the terms or from backpropagation."""
        variables = range(len(self.at))
        return QQ.matrix([[self._derivative(i, j) for j in variables] for i in variables])

    def block(self) -> Matrix:
        """The block (|S|, |S|)."""
        return QQ.matrix([[self._quotient_limit(i, j) for j in self.subset] for i in self.subset])

    def _quotient_limit(self, i: int, j: int) -> Scalar:
        """The limit of (f(x + h e_i + h e_j) - f(x + h e_i) - f(x + h e_j) + f(x)) / h^2."""
        field = RationalFunctions(("h",))
        step = field.generator("h")

        def moved(*places: int) -> Scalar:
            values = [
                field.scalar(value) + step * places.count(v) for v, value in enumerate(self.at)
            ]
            return polynomial(self.terms, field, values)

        return limit_at_zero((moved(i, j) - moved(i) - moved(j) + moved()) / step**2, "h")


@dataclass(frozen=True, kw_only=True)
class NetworkBlock(SubsetOfVariables):
    """The objective of a network at a point; S are the parameters of the chosen layers."""

    point: BlockPoint

    @property
    def places(self) -> tuple[int, ...]:
        """The places of the variables in S."""
        return self.point.places

    def twice_differentiable(self) -> Verdict:
        """HOLDS for polynomials; for networks read off the activation and the loss."""
        first = self.point.network.activation
        return all_of(
            activation=first.analytic(), loss=self.point.loss.twice_continuously_differentiable()
        )

    def gradient(self) -> Matrix:
        """The gradient (n, 1)."""
        return self.point.at.gradient

    def hessian(self) -> Matrix:
        """The Hessian (n, n), from the terms or from backpropagation."""
        return self.point.at.hessian

    def block(self) -> Matrix:
        """The block (|S|, |S|)."""
        return self.point.block


def quadratic(name: str, matrix: Sequence[Sequence[int]], subset: Sequence[int]) -> PolynomialPoint:
    """The form x^T M x / 2 at 0, whose Hessian is M, with a subset of its variables."""
    size = len(matrix)
    terms = tuple(
        (
            Fraction(matrix[i][j], 2),
            tuple(int(v == i) + int(v == j) for v in range(size)),
        )
        for i in range(size)
        for j in range(size)
        if matrix[i][j]
    )
    zero = tuple(Fraction(0) for _ in range(size))
    return PolynomialPoint(name=name, terms=terms, at=zero, subset=tuple(subset))


# --- Definition 3.6 ------------------------------------------------------------------------------


@fact(r"f \in C^2")
def function_is_twice_differentiable(s: SubsetOfVariables) -> Verdict:
    """The function is twice continuously differentiable."""
    return s.twice_differentiable()


@fact(r"S \subseteq \{x_1, \dots, x_n\}")
def subset_names_variables(s: SubsetOfVariables) -> Verdict:
    """The set S is not empty and names variables of the function, each once."""
    return all_of(
        least=size_at_least(min(s.places, default=-1), 0),
        greatest=size_at_most(max(s.places, default=-1), s.gradient().shape[0] - 1),
        once=sizes_equal(len(set(s.places)), len(s.places)),
    )


@fact(
    r"\nabla^2_S f = (\nabla^2 f)_{S, S}",
    mutants={"one place further": lambda s: _is_principal(s, 1)},
)
def block_is_principal_submatrix(s: SubsetOfVariables) -> Verdict:
    """The block is the principal submatrix of the Hessian in the rows and columns of S."""
    return _is_principal(s, 0)


def _is_principal(s: SubsetOfVariables, shift: int) -> Verdict:
    whole = s.hessian()
    places = [(place + shift) % whole.shape[0] for place in s.places]
    return equal(s.block(), whole.submatrix(places, places))


FIRST = ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0))
SECOND = ((1, 0, 1, 0), (0, 1, 0, 1), (1, 0, 0, 0), (0, 1, 0, 0))
FIRST_EXAMPLE = quadratic("first matrix, S = {x1, x2}", FIRST, (0, 1))
SECOND_EXAMPLE = quadratic("second matrix, S = {y3, y4}", SECOND, (2, 3))
IDENTITY = quadratic("identity, S = {x1, x2}", [[int(i == j) for j in range(4)] for i in range(4)],
                     (0, 1))  # fmt: skip
CURVED = PolynomialPoint(
    name="x1^2 x2 + x2^3 x3 - x3 at (1, 2, -1), S = {x3, x1}",
    terms=((1, (2, 1, 0)), (1, (0, 3, 1)), (-1, (0, 0, 1))),
    at=(Fraction(1), Fraction(2), Fraction(-1)),
    subset=(2, 0),
)
ONE_VARIABLE = PolynomialPoint(name="x^3 at 0", terms=((1, (3,)),), at=(Fraction(0),), subset=(0,))


def in_network(point: BlockPoint) -> NetworkBlock:
    """The point as a function with a set of its variables."""
    return NetworkBlock(name=point.name, point=point)


def small_polynomials() -> SearchStrategy[PolynomialPoint]:
    """Polynomials of degree up to 3 in up to three variables, at small points."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> PolynomialPoint:
        size = draw(st.integers(1, 3))
        exponents = st.tuples(*[st.integers(0, 2)] * size)
        terms = draw(st.lists(st.tuples(st.integers(-2, 2), exponents), max_size=4))
        at = tuple(Fraction(draw(st.integers(-1, 2))) for _ in range(size))
        subset = draw(st.permutations(range(size)))[: draw(st.integers(1, size))]
        return PolynomialPoint(name="generated", terms=tuple(terms), at=at, subset=tuple(subset))

    return drawn()


NH17_D3_6 = Statement(
    key="NH17.D3.6",
    kind="definition",
    where="Section 3.2, Definition 3.6",
    title="Block Hessian",
    claim="For f in C2 on an open domain and a subset S of its variables, the block Hessian "
    "(|S|, |S|) is the Hessian in the variables of S: a principal submatrix of the full Hessian.",
    hypotheses=(function_is_twice_differentiable, subset_names_variables),
    conclusion=block_is_principal_submatrix,
    instances=(
        FIRST_EXAMPLE,
        SECOND_EXAMPLE,
        CURVED,
        ONE_VARIABLE,
        in_network(SMALLEST_BLOCK),
        in_network(SHRINKING),
        in_network(TWO_LAYERS_CHOSEN),
        in_network(SQUARE_LAYERS),
        in_network(OFF_TARGET),
    ),
    no_control={
        function_is_twice_differentiable: "without second derivatives there is no block",
        subset_names_variables: "a set of anything else has no block",
    },
    strategy=small_polynomials,
)

# --- Definition 3.7 ------------------------------------------------------------------------------


@fact(r"\nabla f(x) = 0")
def point_is_critical(s: SubsetOfVariables) -> Verdict:
    """The gradient is zero at the point."""
    return vanishes(s.gradient())


@fact(r"(\nabla^2 f, S) \text{ is one of the two examples}")
def hessian_is_a_printed_example(s: SubsetOfVariables) -> Verdict:
    """Hessian and subset are those of the first or of the second example after the definition."""
    whole = s.hessian()
    if whole.shape != (4, 4):
        return sizes_equal(whole.shape[0], 4)
    first, second = (equal(whole, QQ.matrix(matrix)) for matrix in (FIRST, SECOND))
    return any_of(
        first=all_of(matrix=first, subset=equal(*_columns(s, (0, 1)))),
        second=all_of(matrix=second, subset=equal(*_columns(s, (2, 3)))),
    )


def _columns(s: SubsetOfVariables, wanted: tuple[int, ...]) -> tuple[Matrix, Matrix]:
    """The indicator of S and of the wanted set, as columns."""
    size = range(s.gradient().shape[0])
    return QQ.column([int(v in s.places) for v in size]), QQ.column(
        [int(v in wanted) for v in size]
    )


@fact(r"\det \nabla^2 f \ne 0")
def whole_is_nonsingular(s: SubsetOfVariables) -> Verdict:
    """The point is non-degenerate: the Hessian is nonsingular."""
    return nonsingular(s.hessian())


@fact(r"\det \nabla^2_S f \ne 0")
def subset_is_nonsingular(s: SubsetOfVariables) -> Verdict:
    """The point is non-degenerate on S: the block is nonsingular."""
    return nonsingular(s.block())


@fact(
    r"\det \nabla^2 f \ne 0 \;\not\Leftrightarrow\; \det \nabla^2_S f \ne 0",
    mutants={
        "both are nonsingular": lambda s: all_of(
            whole=whole_is_nonsingular.decide(s), subset=subset_is_nonsingular.decide(s)
        ),
        "the whole is nonsingular": whole_is_nonsingular.decision,
        "the subset is nonsingular": subset_is_nonsingular.decision,
    },
)
def whole_and_subset_differ(s: SubsetOfVariables) -> Verdict:
    """The point is non-degenerate either on the whole or on S, but not both."""
    whole, subset = whole_is_nonsingular.decide(s), subset_is_nonsingular.decide(s)
    return any_of(
        only_the_subset=all_of(subset=subset, whole=negation(whole)),
        only_the_whole=all_of(whole=whole, subset=negation(subset)),
    )


HIGHER_ORDER = PolynomialPoint(
    name="second form with a cubic and a quartic term",
    terms=(*SECOND_EXAMPLE.terms, (5, (1, 1, 1, 0)), (-1, (0, 0, 4, 0))),
    at=SECOND_EXAMPLE.at,
    subset=SECOND_EXAMPLE.subset,
)

NH17_D3_7 = Statement(
    key="NH17.D3.7",
    kind="definition",
    where="Section 3.2, Definition 3.7 and the 4x4 example",
    title="Non-degenerate on a subset",
    claim="A critical point is non-degenerate on S if the block is nonsingular, non-degenerate if "
    "the Hessian is. Neither implies the other: diag(1, 1, 0, 0) with S = {x1, x2}, and [[I, I], "
    "[I, 0]] with S = {y3, y4}.",
    hypotheses=(point_is_critical, hessian_is_a_printed_example),
    conclusion=whole_and_subset_differ,
    instances=(FIRST_EXAMPLE, SECOND_EXAMPLE, HIGHER_ORDER),
    controls={hessian_is_a_printed_example: IDENTITY},
    no_control={
        point_is_critical: "both notions speak of second derivatives alone",
    },
)


@NH17_D3_7.step(
    premises=(hessian_is_a_printed_example,),
    gives=whole_and_subset_differ,
    tried_on=(quadratic("second matrix, S = {y4, y3}", SECOND, (3, 2)),),
    controls={hessian_is_a_printed_example: IDENTITY},
)
def determinants_are_computed(s: SubsetOfVariables, example: Verdict) -> Verdict:
    """The determinants are 0 and 1 for the first example, 1 and 0 for the second."""
    whole, block = s.hessian(), s.block()
    return any_of(
        first=all_of(whole=rank_at_most(whole, 2), block=equal(block.det(), 1)),
        second=all_of(whole=equal(whole.det(), 1), block=rank_at_most(block, 0)),
    )

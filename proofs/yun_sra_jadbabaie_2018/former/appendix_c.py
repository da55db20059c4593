"""Appendix C.1: the relaxed risk splits at the projection of the targets.

Notation: F (d_y, m) the claimed fit, by the paper Y X^T (X X^T)^-1 X; R (d_y, d_x) any map.

Objects: Split. Statements: YSJ18_I9.

Design notes. The fit is part of the instance, so that a fit that is no projection can break one
premise at a time; free symbols as entries of R or Y stand for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import Matrix, equal, rank_is, vanishes
from symbolic_landscape.errors import ShapeError
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.instances import symbols
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import (
    LinearData,
    Rows,
    squared_norm,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.relaxation import HALF
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    input_gram_has_full_rank,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails


@dataclass(frozen=True, kw_only=True)
class Split(LinearData):
    """Data with a map R (d_y, d_x) and a claimed fit F (d_y, m); None is Y X^T (X X^T)^-1 X.

    Raises ShapeError when map or fit have another shape.
    """

    map: Rows
    fit: Rows | None = None

    def __post_init__(self) -> None:
        """Check the shapes."""
        super().__post_init__()
        for name, rows, width in (
            ("map", self.map, self.input_width),
            ("fit", self.fit, self.count),
        ):
            if rows is not None and [len(row) for row in rows] != [width] * self.output_width:
                message = f"{name}: shape {(self.output_width, width)} was needed, got {rows}"
                raise ShapeError(message)

    def _tables(self) -> tuple[Rows, ...]:
        return (self.inputs, self.targets, self.map, self.fit or ())

    @property
    def R(self) -> Matrix:
        """R (d_y, d_x)."""
        return self.matrix(self.map)

    @property
    def F(self) -> Matrix:
        """The claimed fit (d_y, m). Raises DomainError where the formula has no inverse."""
        return self.fitted if self.fit is None else self.matrix(self.fit)

    @property
    def difference(self) -> Matrix:
        """R X - F (d_y, m)."""
        return self.R @ self.X - self.F

    @property
    def error(self) -> Matrix:
        """F - Y (d_y, m)."""
        return self.F - self.Y


@fact(r"F = YX^T(XX^T)^{-1}X")
def fit_is_given_by_the_formula(s: Split) -> Verdict:
    """The fit F is Y X^T (X X^T)^-1 X."""
    if (s.X @ s.X.T).rank() < s.input_width:
        return fails(Evidence.EXACT, "X X^T has no inverse")
    return equal(s.F, s.fitted)


@fact(r"(F - Y)X^T = 0")
def error_of_the_fit_is_orthogonal_to_inputs(s: Split) -> Verdict:
    """Each row of F - Y is in the null space of X."""
    return vanishes(s.error @ s.X.T)


@fact(r"\operatorname{row}(RX - F) \subset \operatorname{row}(X)")
def difference_lies_in_the_row_space(s: Split) -> Verdict:
    """Each row of R X - F is in the row space of X."""
    return rank_is(s.X.vstack(s.difference), s.X.rank())


@fact(r"(F - Y)(RX - F)^T = 0")
def cross_term_vanishes(s: Split) -> Verdict:
    """The product (F - Y)(R X - F)^T vanishes."""
    return vanishes(s.error @ s.difference.T)


def relaxed_value(s: Split) -> Verdict:
    """The split itself."""
    whole = squared_norm(s.R @ s.X - s.Y) * HALF
    return equal(whole, squared_norm(s.difference) * HALF + squared_norm(s.error) * HALF)


@fact(
    r"L_0(R) = \tfrac12\|RX - F\|_F^2 + \tfrac12\|F - Y\|_F^2",
    mutants={
        "without the error of the fit": lambda s: equal(
            squared_norm(s.R @ s.X - s.Y), squared_norm(s.difference)
        ),
        "the first part doubled": lambda s: equal(
            squared_norm(s.R @ s.X - s.Y) * HALF,
            squared_norm(s.difference) + squared_norm(s.error) * HALF,
        ),
    },
)
def relaxed_risk_splits_at_the_fit(s: Split) -> Verdict:
    """L_0(R) is half of |R X - F|^2 and half of |F - Y|^2 together."""
    return relaxed_value(s)


def splits() -> st.SearchStrategy[Split]:
    """Small integer data and maps; the fit is the formula's or made of small integers."""

    @st.composite
    def drawn(draw: st.DrawFn) -> Split:
        inputs, outputs = draw(st.integers(1, 2)), draw(st.integers(1, 2))
        count = inputs + draw(st.integers(0, 2))
        entry = st.integers(-2, 2)

        def rows(height: int, width: int) -> Rows:
            return tuple(tuple(draw(entry) for _ in range(width)) for _ in range(height))

        targets = rows(outputs, count)
        other = draw(st.sampled_from((None, None, None, targets, rows(outputs, count))))
        return Split(
            inputs=rows(inputs, count), targets=targets, map=rows(outputs, inputs), fit=other
        )

    return drawn()


ANY_MAP = Split(
    name="any map, any targets, two inputs, three samples",
    inputs=((1, 0, 1), (0, 1, 1)),
    targets=symbols("y", 2, 3),
    map=symbols("r", 2, 2),
)
NOT_PROJECTED = Split(
    name="fit in the row space, no projection",
    inputs=((1, 1),),
    targets=((2, 0),),
    map=((3,),),
    fit=((2, 2),),
)
OUTSIDE = replace(NOT_PROJECTED, name="fit with an error outside the row space", fit=((3, -1),))
ELSEWHERE = replace(NOT_PROJECTED, name="fit of zeros", fit=((0, 0),))

YSJ18_I9 = Statement(
    key="YSJ18.I9",
    kind="identity",
    where="App. C.1",
    title="Pythagorean split of the relaxed loss",
    claim=(
        "With F = Y X^T (X X^T)^-1 X, L_0(R) = |R X - F|^2 / 2 + |F - Y|^2 / 2 for every map R."
    ),
    hypotheses=(input_gram_has_full_rank, fit_is_given_by_the_formula),
    conclusion=relaxed_risk_splits_at_the_fit,
    instances=(
        ANY_MAP,
        Split(
            name="any data, one input, one output, two samples",
            inputs=symbols("x", 1, 2),
            targets=symbols("y", 1, 2),
            map=symbols("r", 1, 1),
        ),
        Split(name="one sample", inputs=((2,),), targets=((3,), (1,)), map=((1,), (0,))),
        Split(
            name="three outputs, zero map",
            inputs=((1, 2, 0),),
            targets=((1, 0, 0), (0, 1, 1), (2, 2, 1)),
            map=((0,), (0,), (0,)),
        ),
        Split(
            name="targets orthogonal to the inputs",
            inputs=((1, 1),),
            targets=((1, -1),),
            map=((Fraction(1, 2),),),
        ),
    ),
    controls={fit_is_given_by_the_formula: NOT_PROJECTED},
    no_control={
        input_gram_has_full_rank: (
            "the formula for F needs the inverse, so that the other hypothesis fails with it"
        )
    },
    strategy=splits,
)


@YSJ18_I9.step(
    premises=(fit_is_given_by_the_formula,),
    gives=error_of_the_fit_is_orthogonal_to_inputs,
    controls={fit_is_given_by_the_formula: NOT_PROJECTED},
)
def fit_is_the_orthogonal_projection(s: Split, formula: Verdict) -> Verdict:
    """F X^T = Y X^T (X X^T)^-1 X X^T = Y X^T."""
    return equal(s.F @ s.X.T, s.Y @ s.X.T)


@YSJ18_I9.step(
    premises=(fit_is_given_by_the_formula, input_gram_has_full_rank),
    gives=difference_lies_in_the_row_space,
    controls={fit_is_given_by_the_formula: OUTSIDE},
    no_control={
        input_gram_has_full_rank: (
            "the formula for F needs the inverse, so that the other premise fails with it"
        )
    },
)
def difference_is_a_map_of_the_inputs(s: Split, formula: Verdict, full: Verdict) -> Verdict:
    """(R X - F)^T = X^T (R^T - (X X^T)^-1 X Y^T), so that its columns lie in col(X^T)."""
    solution = s.Y @ s.X.T @ (s.X @ s.X.T).inverse()
    return equal(s.difference, (s.R - solution) @ s.X)


@YSJ18_I9.step(
    premises=(error_of_the_fit_is_orthogonal_to_inputs, difference_lies_in_the_row_space),
    gives=cross_term_vanishes,
    controls={
        error_of_the_fit_is_orthogonal_to_inputs: NOT_PROJECTED,
        difference_lies_in_the_row_space: OUTSIDE,
    },
)
def null_space_is_orthogonal_to_the_row_space(
    s: Split, orthogonal: Verdict, inside: Verdict
) -> Verdict:
    """null(X) is orthogonal to row(X): rows of F - Y meet combinations of rows of X."""
    _, pivots = s.X.T.row_reduced()
    basis = s.X.submatrix(pivots, range(s.count))
    coefficients = s.difference @ basis.T @ (basis @ basis.T).inverse()
    return all_of(
        combination=equal(s.difference, coefficients @ basis),
        orthogonal=vanishes(s.error @ basis.T @ coefficients.T),
    )


@YSJ18_I9.step(
    premises=(cross_term_vanishes,),
    gives=relaxed_risk_splits_at_the_fit,
    controls={cross_term_vanishes: ELSEWHERE},
)
def expand_around_the_fit(s: Split, cross: Verdict) -> Verdict:
    """|R X - Y|^2 is |R X - F|^2 + |F - Y|^2 and twice the trace of the cross term."""
    product = s.error @ s.difference.T
    twice = squared_norm(s.R @ s.X - s.Y) - squared_norm(s.difference) - squared_norm(s.error)
    return all_of(
        twice_the_trace=equal(twice, product.trace() * 2), no_trace=vanishes(product.trace())
    )

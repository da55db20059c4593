"""Relaxed problems with rational singular vectors, and a strategy for more.

Objects: spectral_problems, TWO_VALUES, TURNED, THREE_VALUES, MANY_OUTPUTS, and near misses.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.relaxation import SpectralProblem
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.spectral import rows_of, spectral_data


def spectral_problems() -> st.SearchStrategy[SpectralProblem]:
    """Data with rational singular vectors, equal or zero singular values among them."""

    @st.composite
    def drawn(draw: st.DrawFn) -> SpectralProblem:
        inputs, targets, left = draw(spectral_data((2, 3)))
        outputs, bound = targets.shape[0], draw(st.sampled_from((1, 1, 1, 2)))
        first = draw(st.sampled_from((0, 0, 0, 0, outputs - bound)))
        return SpectralProblem(
            inputs=rows_of(inputs),
            targets=rows_of(targets),
            rank_bound=bound,
            left=rows_of(left.submatrix(range(outputs), range(first, first + bound))),
        )

    return drawn()


TWO_VALUES = SpectralProblem(
    name="singular values 2 and 1",
    inputs=((1, 0), (0, 1)),
    targets=((2, 0), (0, 1)),
    rank_bound=1,
    left=((1,), (0,)),
)
TURNED = SpectralProblem(
    name="two inputs, three outputs, three samples, turned vectors",
    inputs=((1, 0, 0), (0, 2, 0)),
    targets=((0, Fraction(9, 5), 1), (0, Fraction(12, 5), 0), (1, 0, 2)),
    rank_bound=1,
    left=((Fraction(3, 5),), (Fraction(4, 5),), (0,)),
)
THREE_VALUES = SpectralProblem(
    name="three inputs, three outputs, the first two of three",
    inputs=((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0)),
    targets=((0, 2, 0, 1), (3, 0, 0, 1), (0, 0, 1, 1)),
    rank_bound=2,
    left=((0, 1), (1, 0), (0, 0)),
)
ANOTHER_VECTOR = replace(TWO_VALUES, name="the second singular vector", left=((0,), (1,)))
EQUAL_VALUES = replace(TWO_VALUES, name="equal singular values", targets=((1, 0), (0, 1)))
NO_CORRELATION = replace(TWO_VALUES, name="targets all zero", targets=((0, 0), (0, 0)))
BOUND_TOO_GREAT = SpectralProblem(
    name="one input, three outputs, bound 2",
    inputs=((1, 0, 0),),
    targets=((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    rank_bound=2,
    left=((1, 0), (0, 1), (0, 0)),
)
MANY_OUTPUTS = (
    SpectralProblem(
        name="two inputs, four outputs, two zero values",
        inputs=((1, 0, 0, 0), (0, 1, 0, 0)),
        targets=((1, 0, 0, 0), (0, 2, 0, 1), (0, 0, 1, 0), (0, 0, 0, 1)),
        rank_bound=1,
        left=((0,), (1,), (0,), (0,)),
    ),
    SpectralProblem(
        name="two inputs, five outputs, three zero values",
        inputs=((1, 0, 0, 0, 0), (0, 1, 0, 0, 0)),
        targets=(
            (3, 0, 0, 0, 0),
            (0, 0, 0, 0, 0),
            (0, 0, 1, 0, 0),
            (0, 0, 0, 1, 0),
            (0, 1, 0, 0, 0),
        ),
        rank_bound=1,
        left=((1,), (0,), (0,), (0,), (0,)),
    ),
)

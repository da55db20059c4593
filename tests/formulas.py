"""Random formulas, for the tests of formulas and of decisions about functions."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from symbolic_landscape.errors import DomainError, ParseError
from symbolic_landscape.formula import Const, Formula, T, call, power, product, total

SMALL = st.builds(
    Fraction, st.integers(min_value=-4, max_value=4), st.integers(min_value=1, max_value=3)
)
LEAVES = st.one_of(st.just(T), SMALL.map(Const))


def _tried(build, *parts) -> Formula:
    try:
        return build(*parts)
    except (DomainError, ParseError):
        return T


def formulas(calls: tuple[str, ...] = ("exp", "log", "tanh", "atan", "sqrt")) -> st.SearchStrategy:
    def grown(inner: st.SearchStrategy) -> st.SearchStrategy:
        pairs = st.tuples(inner, inner)
        return st.one_of(
            pairs.map(total),
            pairs.map(product),
            st.tuples(inner, st.sampled_from([-2, -1, 2, 3])).map(lambda p: _tried(power, *p)),
            st.tuples(st.sampled_from(calls), inner).map(lambda p: _tried(call, *p)),
        )

    return st.recursive(LEAVES, grown, max_leaves=6)

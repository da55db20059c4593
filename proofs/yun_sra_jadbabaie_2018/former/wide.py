"""Points without a bottleneck, k = min(d_x, d_y), and what Section 3.3 says of them.

Notation: T is W_{H+1} ... W_2 (d_y, d_1) if d_y <= d_x, and W_H ... W_1 (d_H, d_x) if d_x <= d_y;
for d_x = d_y either will do. W_eps is the set of points with sigma_min(T) >= eps. E = (R X - Y) X^T
for the product R.

Objects: WidePoint; facts about it; instances and a strategy.

Design notes. The case is part of the instance, since the paper's two cases overlap; a case that
does not fit the widths is a control. A singular value is compared by its square.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    Matrix,
    Scalar,
    at_most,
    equal,
    positive,
    rank_is,
    size_at_least,
    size_at_most,
    sizes_equal,
    vanishes,
)
from symbolic_landscape.errors import ShapeError
from symbolic_landscape.former.lemma import fact
from symbolic_landscape.proofs.common.low_rank import extreme_eigenvalue
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import (
    BottleneckPoint,
    correlation_error,
    singular_points,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import DeepLinear, squared_norm
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_bounds import (
    smaller_gram,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_relaxation import (
    full_product,
)
from symbolic_landscape.verdict import Evidence, Verdict, fails

CASES = ("outputs", "inputs")
"""Which of the two partial products is looked at: for d_y <= d_x, and for d_x <= d_y."""


@dataclass(frozen=True, kw_only=True)
class WidePoint(BottleneckPoint):
    """A point with one of the two cases and a number eps. Raises ShapeError for another case."""

    case: str
    epsilon: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        """Check the case."""
        super().__post_init__()
        if self.case not in CASES:
            message = f"case: outputs or inputs was needed, got {self.case!r}"
            raise ShapeError(message)

    @cached_property
    def partial_product(self) -> Matrix:
        """T: W_{H+1} ... W_2 (d_y, d_1), or W_H ... W_1 (d_H, d_x)."""
        if self.case == "outputs":
            return self.product(self.W[1:], self.widths[1])
        return self.below_last

    @cached_property
    def least_square(self) -> Scalar:
        """The square of the least singular value of T."""
        return extreme_eigenvalue(smaller_gram(self.partial_product))

    @property
    def outer_layer(self) -> int:
        """The layer whose gradient is T^T E or E T^T: the first, or the last."""
        return 1 if self.case == "outputs" else self.depth

    @property
    def outer_gradient(self) -> Matrix:
        """T^T E or E T^T."""
        error = correlation_error(self)
        first = self.case == "outputs"
        return self.partial_product.T @ error if first else error @ self.partial_product.T


# --- facts -----


@fact(r"k = \min\{d_x, d_y\}")
def no_layer_is_narrower_than_both_ends(s: BottleneckPoint) -> Verdict:
    """The least width k of all layers is min(d_x, d_y)."""
    return sizes_equal(s.least_width, min(s.input_width, s.output_width))


@fact(r"d_y \le d_x \text{ for } W_{H+1} \cdots W_2, \quad d_x \le d_y \text{ for } W_H \cdots W_1")
def case_fits_the_widths(s: WidePoint) -> Verdict:
    """The partial product is the one for d_y <= d_x, or the one for d_x <= d_y, as the case is."""
    if s.case == "outputs":
        return size_at_most(s.output_width, s.input_width)
    return size_at_most(s.input_width, s.output_width)


@fact(r"\epsilon > 0")
def epsilon_is_positive(s: WidePoint) -> Verdict:
    """The number eps is positive."""
    return positive(s.field.scalar(s.epsilon))


@fact(r"\sigma_{\min}(T) \ge \epsilon")
def partial_product_is_well_conditioned(s: WidePoint) -> Verdict:
    """The least singular value of the partial product is at least eps: W is in W_eps."""
    return at_most(s.epsilon**2, s.least_square)


@fact(r"d_1 \ge d_y \quad (d_H \ge d_x)")
def partial_product_is_long(s: WidePoint) -> Verdict:
    """The hidden end of the partial product is at least as wide as its outer end."""
    height, width = s.partial_product.shape
    return size_at_least(width, height) if s.case == "outputs" else size_at_least(height, width)


@fact(r"T^T E = 0 \text{ or } E T^T = 0")
def outer_gradient_vanishes(s: WidePoint) -> Verdict:
    """The derivative by W_1, T^T E, or by W_{H+1}, E T^T, is zero."""
    return vanishes(s.outer_gradient)


@fact(
    r"\left\|\frac{\partial L}{\partial W_1}\right\|_F^2 \ge \epsilon^2 "
    r"\|(W_{H+1} \cdots W_1 X - Y)X^T\|_F^2",
    mutants={
        "with four times the square": lambda s: bound_with(s, s.epsilon**2 * 4),
        "with the fourth power": lambda s: bound_with(s, s.epsilon**4),
        "with the first power": lambda s: bound_with(s, s.epsilon),
    },
)
def outer_gradient_bounds_the_error(s: WidePoint) -> Verdict:
    """The squared norm of the outer derivative is at least eps^2 times that of E."""
    return bound_with(s, s.epsilon**2)


def bound_with(s: WidePoint, factor: Fraction) -> Verdict:
    """Whether |T^T E|^2, or |E T^T|^2, is at least this factor times |E|^2."""
    return at_most(squared_norm(correlation_error(s)) * factor, squared_norm(s.outer_gradient))


@fact(r"(W_{H+1} \cdots W_1 X - Y)X^T = 0")
def error_is_uncorrelated_with_inputs(s: DeepLinear) -> Verdict:
    """E vanishes."""
    return vanishes(correlation_error(s))


@fact(r"W_{H+1} \cdots W_1 = YX^T(XX^T)^{-1}")
def product_is_the_normal_solution(s: DeepLinear) -> Verdict:
    """The product of the weights is Y X^T (X X^T)^-1."""
    gram = s.X @ s.X.T
    if gram.rank() < s.input_width:
        return fails(Evidence.EXACT, f"X X^T = {gram} has no inverse")
    return equal(full_product(s), s.Y @ s.X.T @ gram.inverse())


@fact(r"\operatorname{rank} T = \min\{d_x, d_y\}")
def partial_product_has_full_rank(s: WidePoint) -> Verdict:
    """The partial product has rank d_y, or d_x, as the case is."""
    return rank_is(s.partial_product, s.output_width if s.case == "outputs" else s.input_width)


@fact(
    r"\exists \epsilon > 0:\ W \in \mathcal{W}_\epsilon",
    mutants={"eps = 1 for every point": lambda s: at_most(1, s.least_square)},
)
def some_epsilon_fits(s: WidePoint) -> Verdict:
    """The point lies in W_eps for some positive eps."""
    return positive(s.least_square)


# --- instances -----


def wide_points() -> st.SearchStrategy[WidePoint]:
    """Points made of singular directions, without a bottleneck or with one, and a case for each."""

    @st.composite
    def drawn(draw: st.DrawFn) -> WidePoint:
        wide = draw(st.sampled_from((True, True, True, False)))
        s = draw(singular_points((1, 2, 3), (1, 2, 3), wide=wide))
        fitting = "outputs" if s.output_width <= s.input_width else "inputs"
        return WidePoint(
            inputs=s.inputs,
            targets=s.targets,
            weights=s.weights,
            layer=s.layer,
            case=draw(st.sampled_from((fitting, fitting, fitting, *CASES))),
            epsilon=draw(st.sampled_from((Fraction(1), Fraction(1, 2), Fraction(2), Fraction(0)))),
        )

    return drawn()


FITTED = WidePoint(
    name="widths 2, 2, 2, both directions fitted",
    inputs=((1, 0, 0), (0, 1, 0)),
    targets=((2, 0, 1), (0, 1, 1)),
    weights=(((2, 0), (0, 1)), ((1, 0), (0, 1))),
    case="outputs",
)
FITTED_DEEP = WidePoint(
    name="widths 1, 2, 3, 3, three outputs",
    inputs=((1, 1, 0, 0),),
    targets=((1, 1, 0, 0), (0, 2, 0, 1), (0, 0, 0, 1)),
    weights=(((1,), (0,)), ((1, 0), (1, 0), (0, 2)), ((1, 0, 0), (0, 1, 0), (0, 0, 1))),
    case="inputs",
)
SINGLE_LAYER = WidePoint(
    name="a single layer, two inputs, one output",
    inputs=((1, 0, 1), (0, 1, 0)),
    targets=((1, 2, 0),),
    weights=(((Fraction(1, 2), 2),),),
    case="outputs",
)
WIDE_HIDDEN = WidePoint(
    name="widths 1, 3, 1, one sample, small weights",
    inputs=((2,),),
    targets=((3,),),
    weights=(((3,), (0,), (1,)), ((Fraction(1, 2), 7, 0),)),
    case="outputs",
    epsilon=Fraction(1, 3),
)
NARROW = WidePoint(
    name="widths 2, 1, 2, the smaller of two singular directions",
    inputs=((1, 0), (0, 1)),
    targets=((2, 0), (0, 1)),
    weights=(((0, 1),), ((0,), (1,))),
    case="outputs",
)
WRONG_CASE = WidePoint(
    name="one input, two outputs, in the case d_y <= d_x",
    inputs=((1, 0),),
    targets=((1, 0), (0, 1)),
    weights=(((0,),), ((0,), (1,))),
    case="outputs",
)
ZERO_EPSILON = WidePoint(
    name="eps = 0, zero weights",
    inputs=((1,),),
    targets=((1,),),
    weights=(((0,),), ((0,),)),
    case="outputs",
    epsilon=Fraction(0),
)
ZERO_WEIGHTS = replace(ZERO_EPSILON, name="eps = 1, zero weights", epsilon=Fraction(1))
NOT_CRITICAL = replace(FITTED, name="not critical", weights=(((1, 0), (0, 1)), ((1, 0), (0, 1))))
UNFITTED = replace(FITTED, name="factor 1 before the squared error", convention="sum")
DEPENDENT = WidePoint(
    name="dependent inputs, fitted",
    inputs=((1, 2), (1, 2)),
    targets=((1, 2),),
    weights=(((1, 0), (0, 0)), ((1, 0),)),
    case="outputs",
)
SHORT_DIRECTION = WidePoint(
    name="an error along the smaller singular direction",
    inputs=((1, 0), (0, 1)),
    targets=((1, 0), (0, 0)),
    weights=(((0, 0), (0, 0)), ((Fraction(1, 2), 0), (0, 1))),
    case="outputs",
    epsilon=Fraction(1, 2),
)
LONG_DIRECTION = replace(
    SHORT_DIRECTION,
    name="an error along the greater singular direction",
    targets=((0, 0), (0, 1)),
)
DOUBLED_WEIGHT = replace(
    SHORT_DIRECTION,
    name="a last layer of twice the identity",
    weights=(((0, 0), (0, 0)), ((2, 0), (0, 2))),
    epsilon=Fraction(2),
)

NARROW_MIDDLE = WidePoint(
    name="widths 2, 2, 1, 2",
    inputs=((1, 0), (0, 1)),
    targets=((2, 0), (0, 1)),
    weights=(((1, 0), (0, 1)), ((1, 0),), ((1,), (0,))),
    case="outputs",
)
RANK_ONE = WidePoint(
    name="widths 2, 2, 2, last layer of rank 1",
    inputs=((1, 0), (0, 1)),
    targets=((2, 0), (0, 1)),
    weights=(((1, 0), (0, 1)), ((1, 1), (1, 1))),
    case="outputs",
)
ILL_FITTING = WidePoint(
    name="widths 1, 2, 2, last layer of rank 1, in the case d_y <= d_x",
    inputs=((1,),),
    targets=((2,), (1,)),
    weights=(((1,), (0,)), ((1, 0), (0, 0))),
    case="outputs",
)

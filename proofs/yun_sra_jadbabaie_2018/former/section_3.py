"""Section 3.2: the partial derivatives of the risk.

Notation: see `linear`; (5) is dL/dW_k = W_{k+1}^T ... W_{H+1}^T (W_{H+1} ... W_1 X - Y) X^T W_1^T
... W_{k-1}^T.

Statements: YSJ18_L3_2.

Design notes. The left side of (5) is taken from the definition: L is quadratic in each single entry
of W_k, so the difference L(.. + 1) - L(.. - 1) is twice the derivative, exactly and for symbols
too.
"""

from __future__ import annotations

from fractions import Fraction

from symbolic_landscape.arithmetic import Matrix, Scalar, equal
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.instances import (
    DOUBLED,
    LAYERS_OF_TWO,
    any_point,
    points,
    zeros,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import DeepLinear, inner
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    risk_is_half_the_squared_error,
)
from symbolic_landscape.verdict import Verdict, all_of, for_all

HALF = Fraction(1, 2)

# --- facts -----


def ramp(s: DeepLinear, layer: int) -> Matrix:
    """A direction in which all entries of W_k move, each at its own speed."""
    height, width = s.W[layer - 1].shape
    return s.field.matrix([[1 + i * width + j for j in range(width)] for i in range(height)])


def slopes(s: DeepLinear, layer: int) -> Matrix:
    """The first-order terms of the risk in each unit change of W_k, read off the line through W."""
    still = [w.scale(0) for w in s.W]
    height, width = s.W[layer - 1].shape

    def slope(row: int, column: int) -> Scalar:
        directions = [*still]
        directions[layer - 1] = s.unit(layer, row, column)
        return s.along(directions)[1]

    return s.field.matrix([[slope(i, j) for j in range(width)] for i in range(height)])


@fact(
    r"L(\ldots, W_i + t\Delta_i, \ldots) = L(W) + t \operatorname{tr}\bigl(W_{i+1}^T \cdots "
    r"W_{H+1}^T (W_{H+1} \cdots W_1 X - Y) X^T W_1^T \cdots W_{i-1}^T \Delta_i^T\bigr) + O(t^2)"
)
def first_order_term_is_a_trace(s: DeepLinear) -> Verdict:
    """The first-order term of the risk in a change of W_i is the trace of (5) with that change."""
    terms = tuple(s.gradient_term(k) for k in range(1, s.depth + 1))
    verdict = for_all(
        range(1, s.depth + 1), lambda k: equal(slopes(s, k), s.gradient_term(k)), "layer"
    )
    return verdict.giving(terms=terms)


@fact(
    r"\frac{\partial L}{\partial W_i} = W_{i+1}^T \cdots W_{H+1}^T (W_{H+1} \cdots W_1 X - Y) X^T "
    r"W_1^T \cdots W_{i-1}^T",
    mutants={
        "without the targets": lambda s: _against(s, s.Y),
        "targets with the other sign": lambda s: _against(s, s.Y.scale(2)),
    },
)
def gradient_is_product_of_transposes(s: DeepLinear) -> Verdict:
    """The partial derivative of the risk by each W_i is given by (5)."""
    return for_all(
        range(1, s.depth + 1), lambda k: equal(s.partial(k), s.gradient_term(k)), "layer"
    )


def _against(s: DeepLinear, change: Matrix) -> Verdict:
    """(5) with something added to the error."""

    def wrong(k: int) -> Matrix:
        above = s.product(s.W[k:], s.W[k - 1].shape[0])
        below = s.product(s.W[: k - 1], s.input_width)
        return above.T @ (s.residual(s.W) + change) @ s.X.T @ below.T

    return for_all(range(1, s.depth + 1), lambda k: equal(s.partial(k), wrong(k)), "layer")


# --- Lemma 3.2 -----

YSJ18_L3_2 = Statement(
    key="YSJ18.L3.2",
    kind="lemma",
    where="sec. 3.2, eq. (5); proof C.2",
    title="Gradient formula",
    claim=(
        "The partial derivative of L(W) with respect to W_i is given by (5), for i = 1, ..., H+1."
    ),
    hypotheses=(risk_is_half_the_squared_error,),
    conclusion=gradient_is_product_of_transposes,
    instances=(
        any_point("any point, widths 1, 2, 1, one sample", (1, 2, 1), 1),
        any_point("any point, widths 2, 1, one sample", (2, 1), 1),
        any_point("any point, widths 1, 1, 1, 1, two samples", (1, 1, 1, 1), 2),
        LAYERS_OF_TWO,
        DeepLinear(
            name="zero weights, three outputs",
            inputs=((1, 2),),
            targets=((1, 0), (0, 1), (2, 2)),
            weights=(zeros(2, 1), zeros(3, 2)),
        ),
        DeepLinear(
            name="duplicated hidden units",
            inputs=((1, 2), (0, 1)),
            targets=((1, -1),),
            weights=(((1, 1), (1, 1)), ((2, 2),)),
        ),
        DeepLinear(
            name="wide layer",
            inputs=((3,),),
            targets=((1,), (2,)),
            weights=(((1,), (0,), (2,), (-1,)), ((1, 0, 1, 0), (0, 1, 0, 2))),
        ),
    ),
    controls={risk_is_half_the_squared_error: DOUBLED},
    strategy=points,
)


@YSJ18_L3_2.step(
    premises=(risk_is_half_the_squared_error,),
    gives=first_order_term_is_a_trace,
    controls={risk_is_half_the_squared_error: DOUBLED},
)
def expand_the_square(s: DeepLinear, half: Verdict) -> Verdict:
    """Expand the square: the cross term is twice an inner product, the rest is of second order."""

    def cross_term(layer: int) -> Verdict:
        change = s.residual(s.moved(layer, ramp(s, layer))) - s.residual(s.W)
        cross = inner(change, s.residual(s.W))
        return all_of(
            cross_term_is_the_trace=equal(cross, inner(s.gradient_term(layer), ramp(s, layer))),
            second_order_is_the_rest=equal(
                s.risk(s.moved(layer, ramp(s, layer))),
                s.risk(s.W) + cross + inner(change, change) * HALF,
            ),
        )

    return for_all(range(1, s.depth + 1), cross_term, "layer")


@YSJ18_L3_2.step(
    premises=(first_order_term_is_a_trace,),
    gives=gradient_is_product_of_transposes,
    controls={first_order_term_is_a_trace: DOUBLED},
)
def read_off_the_entries(s: DeepLinear, first: Verdict) -> Verdict:
    """The trace with the unit matrices gives the entries of the derivative."""
    return for_all(
        range(1, s.depth + 1), lambda k: equal(s.partial(k), first.data["terms"][k - 1]), "layer"
    )

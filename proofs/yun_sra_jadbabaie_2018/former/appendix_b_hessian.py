"""Appendix B: the second derivatives of the risk by the last layer.

Notation: see `linear`; P = W_H ... W_1.

Statements: YSJ18_I10.
"""

from __future__ import annotations

from symbolic_landscape.arithmetic import (
    Matrix,
    Scalar,
    equal,
)
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.common.low_rank import kronecker
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.instances import (
    DOUBLED,
    any_point,
    points,
    zeros,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import DeepLinear
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3 import (
    YSJ18_L3_2,
    gradient_is_product_of_transposes,
)
from symbolic_landscape.verdict import (
    Verdict,
    for_all,
)


def itself(s: DeepLinear) -> DeepLinear:
    """A citation that speaks of the same point."""
    return s


def last_layer_hessian(s: DeepLinear) -> Matrix:
    """The second derivatives by the entries of W_{H+1}, row by row, from differences of the risk.

    L is quadratic in W_{H+1}, so the differences are exact. Shape (d_y d_H, d_y d_H).
    """
    height, width = s.W[-1].shape
    units = [s.unit(s.depth, i, j) for i in range(height) for j in range(width)]
    here = s.risk(s.W)
    single = [s.risk(s.moved(s.depth, unit)) for unit in units]

    def entry(p: int, q: int) -> Scalar:
        both = s.risk(s.moved(s.depth, units[p] + units[q]))
        return both - single[p] - single[q] + here

    places = range(len(units))
    return s.field.matrix([[entry(p, q) for q in places] for p in places])


def features_gram(s: DeepLinear) -> Matrix:
    """W_H ... W_1 X X^T W_1^T ... W_H^T (d_H, d_H)."""
    features = s.below_last @ s.X
    return features @ features.T


@fact(
    r"\nabla^2_{\operatorname{vec}(W_{H+1}^T)} L = I \otimes (W_H \cdots W_1 X X^T W_1^T \cdots "
    r"W_H^T)",
    mutants={
        "factors of the Kronecker product exchanged": lambda s: equal(
            last_layer_hessian(s),
            kronecker(features_gram(s), s.field.identity(s.output_width)),
        ),
        "without the inputs": lambda s: equal(
            last_layer_hessian(s),
            kronecker(s.field.identity(s.output_width), s.below_last @ s.below_last.T),
        ),
    },
)
def last_layer_hessian_is_kronecker(s: DeepLinear) -> Verdict:
    """The second derivatives of the risk by vec(W_{H+1}^T) form I (x) (P X)(P X)^T."""
    gram = features_gram(s)
    blocks = kronecker(s.field.identity(s.output_width), gram)
    return equal(last_layer_hessian(s), blocks).giving(gram=gram)


SADDLE_WITH_FEATURES = DeepLinear(
    name="one of two singular directions fitted",
    inputs=((1, 0, 0), (0, 1, 0)),
    targets=((1, 0, 0), (0, 2, 0), (0, 0, 1)),
    weights=(((1, 0), (0, 0)), ((1, 0), (0, 0), (0, 0))),
)

YSJ18_I10 = Statement(
    key="YSJ18.I10",
    kind="identity",
    where="App. B",
    title="Hessian block for the last layer (cites Kawaguchi16 Lemma 4.3)",
    claim="The Hessian of L by vec(W_{H+1}^T) is I (x) (W_H ... W_1 X X^T W_1^T ... W_H^T).",
    conclusion=last_layer_hessian_is_kronecker,
    instances=(
        any_point("any point, widths 1, 2, 1, one sample", (1, 2, 1), 1),
        any_point("any point, widths 1, 1, 2, two samples", (1, 1, 2), 2),
        SADDLE_WITH_FEATURES,
        DeepLinear(
            name="single layer", inputs=((1, 2), (0, 1)), targets=((1, 1),), weights=(((0, 3),),)
        ),
        DeepLinear(
            name="three layers, three outputs",
            inputs=((1, 2),),
            targets=((1, 0), (0, 1), (2, 2)),
            weights=(((1,), (2,)), ((1, -1), (3, 0)), ((0, 1), (1, 1), (0, 0))),
        ),
        DeepLinear(
            name="zero weights", inputs=((1,),), targets=((1,),), weights=(zeros(2, 1), zeros(1, 2))
        ),
    ),
    strategy=points,
)


@YSJ18_I10.step(
    premises=(gradient_is_product_of_transposes,),
    gives=last_layer_hessian_is_kronecker,
    cites=YSJ18_L3_2,
    via=itself,
    controls={gradient_is_product_of_transposes: DOUBLED},
)
def differentiate_the_gradient(s: DeepLinear, gradient: Verdict) -> Verdict:
    """(5) for W_{H+1} is affine in W_{H+1}; its linear part acts on each row as (P X)(P X)^T."""
    here = s.gradient_term(s.depth)
    gram = features_gram(s)
    height, width = s.W[-1].shape

    def row_moves(place: tuple[int, int]) -> Verdict:
        unit = s.unit(s.depth, *place)
        there = s.gradient_term(s.depth, s.moved(s.depth, unit))
        return equal(there - here, unit @ gram)

    return for_all([(i, j) for i in range(height) for j in range(width)], row_moves, "entry")

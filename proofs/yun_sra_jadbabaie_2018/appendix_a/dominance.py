"""Appendix A.3 and A.4: the norm of the derivative bounds the excess risk, whatever the layer.

Notation: N is a bound of |h_{H+1:1} - h*|_nl, and K one of the operator norm of the derivative in
layer j; the paper's suprema are the least of them.

Statements
- YSJ18.I8.excess: the risk is C and half the mean square of the error.
- YSJ18.I8.bound: eps eps_1 times the mean square is at most K N.
- YSJ18.I8: eps eps_1 (L(h) - L*) is at most K N. As printed, the mean square is taken to be
  L(h) - L*, which is half of it; repaired, the bound is twice as large.
- YSJ18.I6: the same for the first layer, with eps alone.

Design notes. No norm is divided by, so that h_{H+1:1} = h* is no exception.
"""

from fractions import Fraction
from typing import Any

from symbolic_landscape.proofs.rules import expectations, maps, numbers, order, signs
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.expectations import bounded_law, expectation
from symbolic_landscape.proofs.rules.maps import differentiable, square
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.admissible import (
    I5,
    MOVED,
    first,
    same,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.formula import E6, E6_BOUNDED
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.steering import (
    GROWTH,
    INVERSE,
    PAIRED,
    eta,
    right_inverse,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.wide_outputs import I7, given
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.functions import (
    BOUNDED,
    NETWORK,
    C,
    E,
    H,
    K,
    N,
    along,
    back,
    d,
    down_,
    eps,
    eps1,
    expands,
    h,
    in_class,
    j,
    mean_square,
    norm_at_most,
    paired,
    r,
    redone,
    risk,
    steep,
    undone,
    up_,
    vector,
    y,
)
from symbolic_landscape.statement.language import Expr, every, fn, the
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    claimed,
    have,
    linear,
    logic,
)

excess = mean_square == 2 * (risk(h) - C)
EXCESS = Statement(
    "YSJ18.I8.excess",
    NETWORK,
    title="The mean square of the error is twice the excess risk",
    where="Section 4.1",
    lines=(337, 341),
    given={"law": expectation(E)},
    then=excess,
    proof=[
        have(
            "half",
            excess,
            by(expectations.expectation_of_multiple, r=Fraction(1, 2), f=fn(y, square(r(y)))),
            "law",
        ),
    ],
)

w = vector("w", j - 1)
grows = every(y, square(r(y)) <= N * N * square(y))
bounds = {"K": norm_at_most(h, j, K), "N": N >= 0, "grows": grows}
ratio = N * numbers.recip(eps * eps1)
scale = eps * eps1
dominated = scale * mean_square <= K * N
short = every(w, square(eta(w)) <= ratio * ratio * square(w))

QUOTIENT = [
    have("scale", scale > 0, by(order.positive_product), "bound", "bound below"),
    have("square", scale * scale > 0, by(order.positive_product), "scale", "scale"),
    have("not 0", scale != 0, by(order.positive_is_not_zero), "scale"),
    have("ratio", scale * ratio == N, by(signs.quotient, s=scale, x=N), "not 0"),
    have("N squared", N * N >= 0, by(signs.product_not_negative), "N", "N"),
    have("grown", None, cite(GROWTH, N=N * N)),
    have(
        "short",
        short,
        arbitrary(
            w,
            proof=[
                have("at w", None, at(w), "grown"),
                have(
                    "same",
                    scale * scale * (ratio * ratio) * square(w) == N * N * square(w),
                    calculation,
                    "ratio",
                ),
                have(
                    "difference",
                    scale * scale * (square(eta(w)) - ratio * ratio * square(w)) <= 0,
                    linear,
                    "at w",
                    "same",
                ),
                have(
                    "short",
                    square(eta(w)) - ratio * ratio * square(w) <= 0,
                    by(numbers.quotient_bound, s=scale * scale, t=0),
                    "square",
                    "difference",
                ),
            ],
        ),
    ),
    have("positive", numbers.recip(scale) > 0, by(numbers.reciprocal_positive), "scale"),
    have("not negative", numbers.recip(scale) >= 0, linear, "positive"),
    have("length", ratio >= 0, by(signs.product_not_negative), "N", "not negative"),
]
"""|eta(w)| is at most N / (eps eps_1) times |w|."""
BOUND = [
    have("inverses", None, cite(INVERSE)),
    have("right inverse", right_inverse, logic, "inverses"),
    have("pairing", paired(j, eta) == mean_square, cite(PAIRED)),
    *QUOTIENT,
    have("at eta", None, at(eta, ratio), "K"),
    have("derivative", along(j, eta) <= K * ratio, logic, "at eta", "class", "length", "short"),
    have("mean square", mean_square <= K * ratio, calculation, "derivative", "formula", "pairing"),
    have("scale at least", scale >= 0, linear, "scale"),
    have(
        "scaled",
        scale * (K * ratio - mean_square) >= 0,
        by(signs.product_not_negative),
        "scale at least",
        "mean square",
    ),
    have("dominated", dominated, calculation, "scaled", "ratio"),
]

conditions = {
    "bound": eps > 0,
    "steep": steep(h, j, eps),
    "bound below": eps1 > 0,
    "expands": expands,
    "undone": undone,
    "redone": redone,
    **bounds,
}
DOMINATED = Statement(
    "YSJ18.I8.bound",
    BOUNDED,
    title="The norm of the derivative bounds the mean square of the error",
    where="Appendix A.4",
    lines=(532, 536),
    given={
        **conditions,
        "class": in_class(j, eta),
        "formula": along(j, eta) == paired(j, eta),
    },
    then=dominated,
    proof=BOUND,
)

ABOVE = [
    have("differentiable above", differentiable(up_(h)[j]), logic, "twice differentiable"),
    have(
        "jacobian above",
        differentiable(maps.jacobian_map(up_(h)[j], d[H + 1], d[j])),
        logic,
        "twice differentiable",
    ),
    have(
        "smooth",
        smooth(up_(h)[j]),
        by(maps.smooth_of_differentiable_jacobian),
        "differentiable above",
        "jacobian above",
    ),
]
"""A twice differentiable map is continuously differentiable."""
all_given = {**given, **bounds}
I8_BOUNDED = Statement(
    "YSJ18.I8",
    BOUNDED,
    title="Gradient dominance, for laws of bounded support and differentiable inverses below",
    kind="identity",
    where="Appendix A.4, last display",
    reading="repaired",
    given={**all_given, "inverse": differentiable(back), "bounded": bounded_law(E)},
    then=2 * scale * (risk(h) - C) <= K * N,
    proof=[
        have("class", None, cite(MOVED)),
        *ABOVE,
        have("formula", None, cite(E6_BOUNDED, eta=eta)),
        have("dominated", None, cite(DOMINATED)),
        have("excess", None, cite(EXCESS)),
        have(
            "dominance",
            2 * scale * (risk(h) - C) <= K * N,
            calculation,
            "dominated",
            "excess",
        ),
    ],
)
I8 = Statement(
    "YSJ18.I8",
    BOUNDED,
    title="Gradient dominance, d_x<=d_y",
    kind="identity",
    where="Appendix A.4, last display",
    lines=(532, 536),
    given=all_given,
    then=scale * (risk(h) - C) <= K * N,
    expected=("invalid inference, step excess",),
    hedge="L* is C, the risk of h*. The bound is not false, but half of what the proof gives.",
    proof=[
        have("class", None, cite(I7), lines=(514, 531)),
        have("formula", None, cite(E6, eta=eta), lines=(507, 508)),
        have("dominated", None, cite(DOMINATED), lines=(532, 534)),
        have(
            "excess",
            mean_square == risk(h) - C,
            claimed("the mean square of the error is L(h) - L*"),
            lines=(532, 534),
        ),
        have(
            "dominance",
            scale * (risk(h) - C) <= K * N,
            calculation,
            "dominated",
            "excess",
            lines=(535, 536),
        ),
    ],
    repaired=I8_BOUNDED,
)

one, plain = Expr(the(1)), down_(h)[0](y) == y
first_given = {
    **I5.given,
    "K": norm_at_most(h, 1, K),
    "N": N >= 0,
    "grows": grows,
}
at_first: dict[str, Any] = {"j": 1, "back": same, "eps1": 1}
PLAIN = [
    have("one", one > 0, linear),
    have("undone", every(y, plain), arbitrary(y, proof=[have("same", plain, logic, "one")])),
]
"""Below the first layer nothing is to be undone."""
I6 = Statement(
    "YSJ18.I6",
    BOUNDED,
    title="Gradient dominance, d_x>=d_y",
    kind="identity",
    where="Appendix A.3, last display",
    lines=(495, 502),
    given=first_given,
    then=eps * (risk(h) - C) <= K * N,
    expected=("invalid inference, step excess",),
    hedge=I8.hedge,
    proof=[
        have("class", None, cite(I5), lines=(477, 494)),
        have("formula", None, cite(E6, j=1, eta=first), lines=(470, 471)),
        *PLAIN,
        have("dominated", eps * mean_square <= K * N, cite(DOMINATED, **at_first)),
        have(
            "excess",
            mean_square == risk(h) - C,
            claimed("the mean square of the error is L(h) - L*"),
            lines=(497, 500),
        ),
        have(
            "dominance",
            eps * (risk(h) - C) <= K * N,
            calculation,
            "dominated",
            "excess",
            lines=(501, 502),
        ),
    ],
    repaired=Statement(
        "YSJ18.I6",
        BOUNDED,
        title="Gradient dominance at the first layer, for laws of bounded support",
        kind="identity",
        where="Appendix A.3, last display",
        reading="repaired",
        given={**first_given, "bounded": bounded_law(E)},
        then=2 * eps * (risk(h) - C) <= K * N,
        proof=[
            have("inverse", None, by(maps.differentiable_identity, n=d[0])),
            *PLAIN,
            have("dominance", 2 * eps * (risk(h) - C) <= K * N, cite(I8_BOUNDED, **at_first)),
        ],
    ),
)

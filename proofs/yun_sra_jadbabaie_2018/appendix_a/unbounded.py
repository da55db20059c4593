"""Appendix A.2: for a law without bounds the right side of (6) may have no value.

Statements
- YSJ18.E6.unbounded: parts of the sum in (6) grow beyond all bounds.

Design notes. With the direction eta(x) = x and X = n with probability p_n the right side of (6) is
the sum of p_n r(n) f'(n) n. All conditions of Theorem 4.1 can hold beside: h_1(x) = (x, 0) and
h_2(z) = z_2 + sin(2 pi 4^(z_1)) have slopes of at least 4^n at n and singular values of at least 1;
with weights 2^-n and a bounded target that is at least 1/2 away the sum is infinite. That h_2 is
in no grammar of formulas here, so that it is no instance; the parts of the sum are.
"""

from fractions import Fraction

from symbolic_landscape.proofs.rules import signs, sums
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.spikes import (
    SPIKES,
    N,
    f,
    n,
    p,
    target,
)
from symbolic_landscape.statement.language import derivative, each, fn, total
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import arbitrary, at, by, have, linear

half = Fraction(1, 2)
error, slope = f(n) - target(n), derivative(f)(n)
part = p[n] * (error * (slope * n))
parts = total(n, 1, N, part)
UNBOUNDED = Statement(
    "YSJ18.E6.unbounded",
    SPIKES,
    title="Parts of the sum in (6) grow beyond all bounds",
    where="Appendix A.2",
    given={
        "steep": each(n, 1, N, p[n] * slope >= 1),
        "error": each(n, 1, N, error >= half),
    },
    then=parts >= N * half,
    proof=[
        have(
            "each",
            each(n, 1, N, half <= part),
            arbitrary(
                n,
                proof=[
                    have("slope", None, at(n), "steep"),
                    have("miss", None, at(n), "error"),
                    have("not negative", n >= 0, linear, "each.n"),
                    have(
                        "scaled",
                        (error - half) * n >= 0,
                        by(signs.product_not_negative),
                        "miss",
                        "not negative",
                    ),
                    have("large", error * n >= half, linear, "scaled", "each.n"),
                    have("positive", error * n >= 0, linear, "large"),
                    have(
                        "product",
                        (p[n] * slope - 1) * (error * n) >= 0,
                        by(signs.product_not_negative),
                        "slope",
                        "positive",
                    ),
                    have("part", half <= part, linear, "product", "large"),
                ],
            ),
        ),
        have("sum", parts >= N * half, by(sums.sum_monotone, a=fn(n, half)), "each"),
    ],
)

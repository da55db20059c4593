"""Section 2.1: the three regimes, by the number d of parameters, the width and the samples.

Notation: all hidden layers have the width w (or t, a real number), c is a constant; a = m[0] inputs
and b = m[l] outputs. "Of order" is said by a positive limit of the quotient.

Statements
- C21.D2.1.first: with n units in the first layer there are more parameters than samples.
- C21.D2.1: so there are in very wide networks.
- C21.D2.1.mild: with n = d / c samples the width is of order sqrt(n); not for one hidden layer.
- C21.D2.1.wide: for the width c n the parameters are of order n^2; not for one hidden layer.

Design notes. The third regime, a width that is polynomial in n, contains the second. "Very wide" is
m > n here and in the introduction, m >= n in Section 5; nothing below needs the strict sign.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from symbolic_landscape.proofs.cooper_2021.section_6.dimensions import (
    COUNT,
    EQUAL,
    a,
    b,
    w,
)
from symbolic_landscape.proofs.cooper_2021.settings.architectures import (
    SIZES,
    architectures,
    d,
    i,
    k,
    l,
    m,
)
from symbolic_landscape.proofs.rules import counts, limits, numbers, order
from symbolic_landscape.proofs.rules.limits import tends
from symbolic_landscape.proofs.rules.numbers import recip
from symbolic_landscape.statement.language import Expr, both, each, every, fn, natural, real
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
    take,
)
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import Term

c, t = real("c"), real("t")
n = natural("n")


def regimes() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Sizes of layers, a constant, and few or many samples."""
    return tuple(
        (f"{name}, c = {constant}, n = {samples}", {**values, c.term: constant, n.term: samples})
        for name, values in architectures()
        for constant, samples in ((Fraction(1, 2), 1), (2, 60), (0, 2), (-1, 3))
    )


REGIMES = SIZES.extended(
    "sizes, a number of samples and a constant", variables=(n, c), instances=regimes
)


def count(t: Expr) -> Expr:
    """The number of parameters for hidden layers of width t."""
    return (l - 2) * t * t + (l + a + b - 1) * t + b


def of_order(value: Expr, limit: Expr) -> Expr:
    """The function of t tends to the limit, and that is positive."""
    return both(tends(fn(t, value), limit), limit > 0)


A, B, C = real("A"), real("B"), real("C")
quotient, parts = (
    fn(t, (A * t * t + B * t + C) / t / t),
    fn(t, A + B * recip(t) + C * (recip(t) * recip(t))),
)
LEADING = Statement(
    "C21.D2.1.leading",
    SIZES,
    title="A parabola grows as its leading term",
    where="Section 2.1",
    names=(A, B, C),
    given={},
    then=tends(quotient, A),
    proof=[
        have("fades", tends(fn(t, recip(t)), 0), by(numbers.reciprocal_fades)),
        have(
            "square fades",
            tends(fn(t, recip(t) * recip(t)), 0 * 0),
            by(limits.limit_of_product, f=fn(t, recip(t)), g=fn(t, recip(t)), r=0, s=0),
            "fades",
            "fades",
        ),
        have(
            "linear",
            tends(fn(t, B * recip(t)), B * 0),
            by(limits.limit_of_multiple, f=fn(t, recip(t)), s=B, r=0),
            "fades",
        ),
        have(
            "constant",
            tends(fn(t, C * (recip(t) * recip(t))), C * 0),
            by(limits.limit_of_multiple, f=fn(t, recip(t) * recip(t)), s=C, r=0),
            "square fades",
        ),
        have(
            "sum",
            tends(parts, A),
            by(
                limits.limit_of_sum,
                f=fn(t, B * recip(t)),
                g=fn(t, C * (recip(t) * recip(t))),
                r=0,
                s=0,
            ),
            "linear",
            "constant",
        ),
        have(
            "values",
            every(t, (1 <= t) >> (quotient(t) == parts(t))),
            arbitrary(
                t,
                proof=[
                    have("positive", t > 0, linear, "values.if"),
                    have(
                        "inverse", t * recip(t) == 1, by(numbers.times_reciprocal, s=t), "positive"
                    ),
                    have("equal", quotient(t) == parts(t), calculation, "inverse"),
                ],
            ),
        ),
        have(
            "late",
            limits.eventually(t, quotient(t) == parts(t)),
            take(1),
            "values",
        ),
        have(
            "limit",
            tends(quotient, A),
            by(limits.limit_of_late_equal, f=quotient, g=parts, r=A),
            "late",
            "sum",
        ),
    ],
)


def orders(
    value: Expr,
    leading: tuple[Expr, Expr],
    B: Expr,
    C: Expr,
    given: Mapping[str, Expr],
    positive: Sequence[Step],
    key: str,
    title: str,
    line: int,
    standing: tuple[Expr, ...],
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of a sentence on orders; `leading` are factors of the limit of the quotient."""
    size = leading[0] * leading[1]
    claim = both(d(l, m) == count(w), of_order(value, size))
    return Statement(
        key,
        REGIMES,
        kind="definition",
        title=title,
        where="Section 2.1",
        lines=(line, line),
        names=(w,),
        standing=standing,
        given={**EQUAL, **given},
        then=claim,
        proof=[
            have("count", d(l, m) == count(w), cite(COUNT)),
            have("limit", tends(fn(t, value), size), cite(LEADING, A=size, B=B, C=C)),
            *positive,
            have("all", claim, logic, "count", "limit", "positive"),
        ],
        gloss="With one hidden layer d is linear in the width, and the limit is 0.",
        hedge="From two hidden layers on, of which most of the paper speaks, the sentence holds.",
        reading=reading,
        repaired=repaired,
        expected=expected,
    )


K = l + a + b - 1
MILD_SENTENCE: dict[str, Any] = {
    "key": "C21.D2.1.mild",
    "title": "Mildly overparameterized: width of order sqrt(n)",
    "line": 156,
}
WIDE_SENTENCE: dict[str, Any] = {
    "key": "C21.D2.1.wide",
    "title": "Very wide: a number of parameters of order n^2",
    "line": 158,
}
samples = c * count(t) / t / t, (c, l - 2), c * K, c * b
"""c d samples over the square of the width t; its limit, and its lower coefficients."""
parameters = count(c * t) / t / t, (l - 2, c * c), c * K, b
"""d for the width c t over the square of t samples."""
FALSE_FOR_TWO_LAYERS = ("refuted, statement", "invalid inference, step positive")

MILD = orders(
    *samples,
    {"constant": c > 0},
    [have("positive", c * (l - 2) > 0, by(order.positive_product), "constant", "standing 3")],
    **MILD_SENTENCE,
    standing=(l >= 3,),
    reading="repaired",
)
MILD_PRINTED = orders(
    *samples,
    {"constant": both(0 < c, c < 1)},
    [
        have(
            "positive",
            c * (l - 2) > 0,
            claimed("in this case, the width m of the network is order sqrt(n)"),
            "constant",
            lines=(156, 156),
        )
    ],
    **MILD_SENTENCE,
    standing=(l >= 2,),
    repaired=MILD,
    expected=FALSE_FOR_TWO_LAYERS,
)
WIDE = orders(
    *parameters,
    {"constant": c > 0},
    [
        have("square", c * c > 0, by(order.positive_product), "constant", "constant"),
        have("positive", (l - 2) * (c * c) > 0, by(order.positive_product), "standing 3", "square"),
    ],
    **WIDE_SENTENCE,
    standing=(l >= 3,),
    reading="repaired",
)
WIDE_PRINTED = orders(
    *parameters,
    {"constant": c > 1},
    [
        have(
            "positive",
            (l - 2) * (c * c) > 0,
            claimed("in this case, the number of parameters d is quadratic in n"),
            "constant",
            lines=(158, 158),
        )
    ],
    **WIDE_SENTENCE,
    standing=(l >= 2,),
    repaired=WIDE,
    expected=FALSE_FOR_TWO_LAYERS,
)

more = d(l, m) > n
products = fn(i, m[i - 1] * m[i])
FIRST_LAYER = Statement(
    "C21.D2.1.first",
    REGIMES,
    kind="remark",
    title="A network with n units in its first layer is overparameterized",
    where="Section 2.1",
    lines=(158, 158),
    given={"wide": m[1] >= n},
    then=more,
    proof=[
        have("weights", None, by(counts.first_of_count, a=products, lo=1, hi=l)),
        have("biases", None, by(counts.first_of_count, a=m, lo=1, hi=l)),
        have("other weights", None, by(counts.count_not_negative, a=products, lo=2, hi=l)),
        have("other biases", None, by(counts.count_not_negative, a=m, lo=2, hi=l)),
        have("inputs", None, at(0), "standing 2"),
        have("units", None, at(1), "standing 2"),
        have("product", m[1] <= m[1] * m[0], by(counts.product_of_sizes, m=m[1], i=1, j=m[0])),
        have(
            "more",
            more,
            linear,
            "wide",
            "weights",
            "biases",
            "other weights",
            "other biases",
            "units",
            "product",
        ),
    ],
)
D2_1 = Statement(
    "C21.D2.1",
    REGIMES,
    kind="definition",
    title="Regimes: mild d>n; very wide m>n; extremely wide m=poly(n)",
    where="Section 2.1",
    lines=(154, 164),
    standing=(l >= 2,),
    given={"wide": each(k, 1, l - 1, m[k] > n)},
    then=more,
    gloss="A very wide network is overparameterized, d > n.",
    proof=[
        have("first layer", m[1] > n, at(1), "wide"),
        have("enough", m[1] >= n, linear, "first layer"),
        have("more", more, cite(FIRST_LAYER)),
    ],
)

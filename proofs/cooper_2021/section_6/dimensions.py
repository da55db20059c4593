"""Section 6: dimensions where all hidden layers have the same width.

Notation: a = m[0] inputs, b = m[l] outputs, w the width of the hidden layers, n samples.

Statements
- C21.I6.d: the number of parameters.
- C21.P6.1.star, .core: the dimensions of the pieces.
- C21.P6.1: the dimensions of the loci; those printed are the dimensions of S_2 and C_(2, 3).

Design notes. The dimension of the set of global minima is recalled in Section 4.1 as d - b n, where
the set is not empty and for almost all data; here that number is only written out.
"""

from collections.abc import Sequence
from typing import Any

from symbolic_landscape.proofs.cooper_2021.settings.architectures import (
    SIZES,
    D,
    attained_by_pairs,
    biases,
    d,
    dim_C,
    dim_S,
    i,
    is_largest,
    is_largest_of_pairs,
    j,
    k,
    l,
    m,
    weights,
)
from symbolic_landscape.proofs.rules import counts
from symbolic_landscape.statement.language import Expr, both, each, exists, fn, integer, natural
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    claimed,
    have,
    linear,
    logic,
    take,
)
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import num

w, n = natural("w"), natural("n")
a, b = m[0], m[l]
EQUAL = {"equal": each(k, 1, l - 1, m[k] == w)}
polynomial = (l - 2) * w * w + (l + a + b - 1) * w + b
products = fn(i, m[i - 1] * m[i])


def inner(name: str, low: Any, high: Any) -> list[Step]:
    """Steps to the number of weights and biases of hidden layers above the first."""
    return [
        have(
            f"{name} each",
            each(i, low, high, m[i - 1] * m[i] == w * w),
            arbitrary(
                i,
                proof=[
                    have("here", None, at(i), "equal"),
                    have("below", None, at(i - 1), "equal"),
                    have("product", m[i - 1] * m[i] == w * w, calculation, "here", "below"),
                ],
            ),
        ),
        have(
            name,
            weights(low, high) == (high - low + 1) * w * w,
            by(counts.equal_counts, a=products, c=fn(i, w * w)),
            f"{name} each",
        ),
    ]


def hidden_biases(name: str, high: Any) -> list[Step]:
    """Steps to the number of biases of the first hidden layers."""
    return [
        have(
            f"{name} each",
            each(i, 1, high, m[i] == w),
            arbitrary(i, proof=[have("here", None, at(i), "equal")]),
        ),
        have(
            name,
            biases(1, high) == high * w,
            by(counts.equal_counts, a=m, c=fn(i, w)),
            f"{name} each",
        ),
    ]


def ends() -> list[Step]:
    """Steps to the first and the last layer."""
    return [
        have("first width", None, at(1), "equal"),
        have("last width", None, at(l - 1), "equal"),
        have("first", m[0] * m[1] == a * w, calculation, "first width"),
        have("last", m[l - 1] * m[l] == w * b, calculation, "last width"),
    ]


COUNT = Statement(
    "C21.I6.d",
    SIZES,
    title="d for equal widths",
    kind="identity",
    where="Section 6.1",
    lines=(703, 705),
    names=(w,),
    standing=(l >= 2,),
    given=EQUAL,
    then=d(l, m) == polynomial,
    proof=[
        *ends(),
        *inner("inner", 2, l - 1),
        have(
            "hidden biases",
            biases(1, l - 1) == (l - 1) * w,
            by(counts.equal_counts, a=m, c=fn(i, w)),
            "equal",
        ),
        have("w1", None, by(counts.first_of_count, a=products, lo=1, hi=l)),
        have("w2", None, by(counts.last_of_count, a=products, lo=2, hi=l)),
        have("b2", None, by(counts.last_of_count, a=m, lo=1, hi=l)),
        have(
            "count",
            d(l, m) == polynomial,
            linear,
            "first",
            "last",
            "inner",
            "hidden biases",
            "w1",
            "w2",
            "b2",
        ),
    ],
)


def below_first(k: Expr) -> list[Step]:
    """Steps to the number of parameters below the first layer: none."""
    return [
        have("no weights", weights(1, k - 1) == 0, by(counts.empty_count, a=products)),
        have("no biases", biases(1, k - 1) == 0, by(counts.empty_count, a=m)),
    ]


def below_later(k: Expr) -> list[Step]:
    """Steps to the number of parameters below layer k >= 2."""
    return [
        *ends()[::2],
        have("first of all", None, by(counts.first_of_count, a=products, lo=1, hi=k - 1)),
        *inner("inner", 2, k - 1),
        *hidden_biases("hidden biases", k - 1),
    ]


FIRST, LATER = ("no weights", "no biases"), ("first", "first of all", "inner", "hidden biases")
S_first, S_last = (l - 2) * w * w, (l - 3) * w * w + (a + l - 2) * w
C_first, C_last = (l - 3) * w * w, (l - 4) * w * w + (a + l - 3) * w


def larger_of(D: Expr, first: Expr, last: Expr) -> Expr:
    """The number is the larger of two."""
    return both(first <= D, last <= D, (D == first) | (D == last))


def bounded(piece: Expr, between: Sequence[Step], used: Sequence[str], j: Expr, top: Any) -> Step:
    """The step to the bound of a piece, for j = 1 and for j > 1."""
    return have(
        "bound",
        piece <= D,
        cases(
            [
                *below_first(j),
                *between,
                have("fewer", w * w * (top - j) <= w * w * (top - 1), by(counts.product_of_sizes)),
                have("first bound", piece <= D, linear, *FIRST, *used, "fewer", "largest"),
            ],
            [
                *below_later(j),
                *between,
                have("fewer", w * (j - 1) <= w * (top - 1), by(counts.product_of_sizes)),
                have("later bound", piece <= D, linear, *LATER, *used, "fewer", "largest"),
            ],
            split=j <= 1,
        ),
    )


STAR = Statement(
    "C21.P6.1.star",
    SIZES,
    title="Dimension of the star locus for equal widths",
    where="Section 6.1",
    lines=(708, 708),
    names=(w, D),
    standing=(l >= 3,),
    given={**EQUAL, "largest": larger_of(D, S_first, S_last)},
    then=is_largest(D, dim_S),
    proof=[
        have(
            "at most",
            each(k, 1, l - 1, dim_S(k) <= D),
            arbitrary(
                k, proof=[bounded(dim_S(k), inner("above", k + 1, l - 1), ["above"], k, l - 1)]
            ),
        ),
        have("either", (D == S_first) | (D == S_last), logic, "largest"),
        have(
            "attained",
            exists(k, both(1 <= k, k <= l - 1, dim_S(k) == D)),
            cases(
                [
                    *below_first(Expr(num(1))),
                    *inner("above", 2, l - 1),
                    have("value", dim_S(1) == D, linear, *FIRST, "above", "attained.1"),
                    have(
                        "some", exists(k, both(1 <= k, k <= l - 1, dim_S(k) == D)), take(1), "value"
                    ),
                ],
                [
                    *below_later(l - 1),
                    *inner("above", l, l - 1),
                    have("value", dim_S(l - 1) == D, linear, *LATER, "above", "attained.2"),
                    have(
                        "some",
                        exists(k, both(1 <= k, k <= l - 1, dim_S(k) == D)),
                        take(l - 1),
                        "value",
                    ),
                ],
            ),
            "either",
        ),
        have("star", is_largest(D, dim_S), logic, "at most", "attained"),
    ],
)

between = [*inner("between", j + 1, k - 1), *inner("above", k + 1, l - 1)]
CORE = Statement(
    "C21.P6.1.core",
    SIZES,
    title="Dimension of the core locus for equal widths",
    where="Section 6.1",
    lines=(712, 712),
    names=(w, D),
    standing=(l >= 4,),
    given={**EQUAL, "largest": larger_of(D, C_first, C_last)},
    then=is_largest_of_pairs(D, dim_C),
    proof=[
        have(
            "at most",
            each(j, 1, l - 1, each(k, j + 1, l - 1, dim_C(j, k) <= D)),
            arbitrary(j, k, proof=[bounded(dim_C(j, k), between, ["between", "above"], j, l - 2)]),
        ),
        have("either", (D == C_first) | (D == C_last), logic, "largest"),
        have(
            "attained",
            attained_by_pairs(D, dim_C),
            cases(
                [
                    *below_first(Expr(num(1))),
                    *inner("between", 2, l - 2),
                    *inner("above", l, l - 1),
                    have(
                        "value",
                        dim_C(1, l - 1) == D,
                        linear,
                        *FIRST,
                        "between",
                        "above",
                        "attained.1",
                    ),
                    have("some", attained_by_pairs(D, dim_C), take(1, l - 1), "value"),
                ],
                [
                    *below_later(l - 2),
                    *inner("between", l - 1, l - 2),
                    *inner("above", l, l - 1),
                    have(
                        "value",
                        dim_C(l - 2, l - 1) == D,
                        linear,
                        *LATER,
                        "between",
                        "above",
                        "attained.2",
                    ),
                    have("some", attained_by_pairs(D, dim_C), take(l - 2, l - 1), "value"),
                ],
            ),
            "either",
        ),
        have("core", is_largest_of_pairs(D, dim_C), logic, "at most", "attained"),
    ],
)

second = (l - 3) * w * w + (a + 1) * w
third = (l - 4) * w * w + (a + 1) * w
minima = d(l, m) - b * n == (l - 2) * w * w + (a + b + l - 1) * w + b * (1 - n)
SOLUTIONS = [have("minima", minima, cite(COUNT), lines=(716, 718))]


def dimensions(S: Expr, C: Expr) -> Expr:
    """The dimensions of the minima, of the star locus and of the core locus."""
    return both(minima, is_largest(S, dim_S), is_largest_of_pairs(C, dim_C))


s, c = integer("S"), integer("C")
P6_1 = Statement(
    "C21.P6.1",
    SIZES,
    title="Dimensions for equal widths",
    kind="proposition",
    where="Section 6, Proposition 6.1",
    lines=(731, 739),
    names=(w, n, s, c),
    standing=(l >= 4, n >= 1),
    given={**EQUAL, "S": larger_of(s, S_first, S_last), "C": larger_of(c, C_first, C_last)},
    then=dimensions(s, c),
    gloss="dim S is that of S_1 or of S_(l-1), dim C that of C_(1,l-1) or of C_(l-2,l-1).",
    proof=[
        *SOLUTIONS,
        have("star", None, cite(STAR, D=s)),
        have("core", None, cite(CORE, D=c)),
        have("all", dimensions(s, c), logic, "minima", "star", "core"),
    ],
    reading="repaired",
)
P6_1_PRINTED = Statement(
    "C21.P6.1",
    SIZES,
    title="Dimensions for equal widths",
    kind="proposition",
    where="Section 6, Proposition 6.1",
    lines=(731, 739),
    names=(w, n),
    standing=(l >= 4, n >= 1),
    given=EQUAL,
    then=dimensions(second, third),
    proof=[
        *SOLUTIONS,
        *below_later(Expr(num(2))),
        *inner("above", 3, l - 1),
        have("second piece", dim_S(2) == second, linear, *LATER, "above", lines=(708, 708)),
        have(
            "star",
            is_largest(second, dim_S),
            claimed("dim S = d - (m^2 + (l + b - 2) m + b), the number for k = 2"),
            "second piece",
            "equal",
            lines=(708, 708),
        ),
        *inner("between", 3, 2),
        *inner("above third", 4, l - 1),
        have(
            "second and third piece",
            dim_C(2, 3) == third,
            linear,
            *LATER,
            "between",
            "above third",
            lines=(712, 712),
        ),
        have(
            "core",
            is_largest_of_pairs(third, dim_C),
            claimed("the number for the layers 2 and 3"),
            "second and third piece",
            "equal",
            lines=(712, 712),
        ),
        have("all", dimensions(second, third), logic, "minima", "star", "core"),
    ],
    repaired=P6_1,
    expected=(
        "unsupported premise, step core",
        "refuted, statement",
        "invalid inference, step star",
    ),
)

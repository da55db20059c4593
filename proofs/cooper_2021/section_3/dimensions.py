"""Section 3.1.1: the dimensions of the star locus and of the core locus.

Statements
- C21.I3.dimS.piece: the free parameters of S_k are those that are not set.
- C21.I3.dimS: the largest of these numbers, with the formula of the paper.
- C21.I3.dimC.piece: the same for C_(j, k), j < k.
- C21.I3.dimC: with repeated indices, as printed, the core is the star locus, and larger.

Design notes. All pieces are affine spaces of the parameters that are left free, and a union of
finitely many has the dimension of the largest: so dimensions are counts.
"""

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
)
from symbolic_landscape.proofs.rules import counts
from symbolic_landscape.statement.language import Expr, both, each, exists, fn
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    cite,
    claimed,
    have,
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.step import Step


def set_by_star(k: Any) -> Expr:
    """The number of parameters that the equations of S_k set."""
    return (m[l - 1] + 1) * m[l] + m[k - 1] * m[k] + biases(k, l - 1)


def printed_S(k: Any) -> Expr:
    """The dimension of S_k, as it is printed."""
    return d(l, m) - set_by_star(k)


def printed_C(j: Any, k: Any) -> Expr:
    """The dimension of C_(j, k), as it is printed."""
    return d(l, m) - (set_by_star(j) + m[k - 1] * m[k])


w = fn(i, m[i - 1] * m[i])


def split(name: str, rule: Any, low: Any, high: Any, of: Expr, **at: Any) -> Step:
    """A sum over a range of layers in parts."""
    return have(name, None, by(rule, a=of, lo=low, hi=high, **at))


def star_counts(k: Any) -> list[Step]:
    """Steps to the sums over layers up to k - 1, layer k, layers up to l - 1, and layer l."""
    return [
        split("weights", counts.count_split, 1, l, w, k=k - 1),
        split("from k", counts.first_of_count, k, l, w),
        split("above", counts.last_of_count, k + 1, l, w),
        split("biases", counts.count_split, 1, l, m, k=k - 1),
        split("biases above", counts.last_of_count, k, l, m),
    ]


STAR_COUNTS = ("weights", "from k", "above", "biases", "biases above")
PIECE = Statement(
    "C21.I3.dimS.piece",
    SIZES,
    title="What the equations of a piece of the star locus leave free",
    where="Section 3.1.1",
    names=(k,),
    standing=(1 <= k, k <= l - 1),
    given={},
    then=dim_S(k) == printed_S(k),
    proof=[
        *star_counts(k),
        have("count", dim_S(k) == printed_S(k), linear, *STAR_COUNTS),
    ],
)
DIM_S = Statement(
    "C21.I3.dimS",
    SIZES,
    title="Dimension of the star locus",
    kind="identity",
    where="Section 3.1.1",
    lines=(198, 200),
    names=(D,),
    given={"largest": is_largest(D, printed_S)},
    then=is_largest(D, dim_S),
    gloss="The largest piece of the star locus has the largest of the numbers printed.",
    proof=[
        have("printed", each(k, 1, l - 1, printed_S(k) <= D), logic, "largest"),
        have(
            "at most",
            each(k, 1, l - 1, dim_S(k) <= D),
            arbitrary(
                k,
                proof=[
                    have("there", None, at(k), "printed"),
                    have("count", None, cite(PIECE)),
                    have("less", dim_S(k) <= D, linear, "there", "count"),
                ],
            ),
        ),
        have(
            "some",
            exists(k, both(1 <= k, k <= l - 1, printed_S(k) == D)),
            logic,
            "largest",
        ),
        have("k", None, obtain(k), "some"),
        have("low", 1 <= k, logic, "k"),
        have("high", k <= l - 1, logic, "k"),
        have("value", printed_S(k) == D, logic, "k"),
        have("count at k", None, cite(PIECE)),
        have("equal", dim_S(k) == D, linear, "value", "count at k"),
        have(
            "attained",
            exists(k, both(1 <= k, k <= l - 1, dim_S(k) == D)),
            take(k),
            "low",
            "high",
            "equal",
        ),
        have("all", is_largest(D, dim_S), logic, "at most", "attained"),
    ],
)

CORE_PIECE = Statement(
    "C21.I3.dimC.piece",
    SIZES,
    title="What the equations of a piece of the core locus leave free",
    where="Section 3.1.1",
    names=(j, k),
    standing=(1 <= j, j < k, k <= l - 1),
    given={},
    then=dim_C(j, k) == printed_C(j, k),
    proof=[
        split("weights", counts.count_split, 1, l, w, k=j - 1),
        split("from j", counts.first_of_count, j, l, w),
        split("above j", counts.count_split, j + 1, l, w, k=k - 1),
        split("from k", counts.first_of_count, k, l, w),
        split("above k", counts.last_of_count, k + 1, l, w),
        split("biases", counts.count_split, 1, l, m, k=j - 1),
        split("biases above", counts.last_of_count, j, l, m),
        have(
            "count",
            dim_C(j, k) == printed_C(j, k),
            linear,
            "weights",
            "from j",
            "above j",
            "from k",
            "above k",
            "biases",
            "biases above",
        ),
    ],
)
pairs = is_largest_of_pairs(D, dim_C)
LARGEST = {"largest": is_largest_of_pairs(D, printed_C)}
PAIRS = [
    have(
        "printed",
        each(j, 1, l - 1, each(k, j + 1, l - 1, printed_C(j, k) <= D)),
        logic,
        "largest",
    ),
    have(
        "at most",
        each(j, 1, l - 1, each(k, j + 1, l - 1, dim_C(j, k) <= D)),
        arbitrary(
            j,
            k,
            proof=[
                have("there", None, at(j, k), "printed"),
                have("count", None, cite(CORE_PIECE)),
                have("less", dim_C(j, k) <= D, linear, "there", "count"),
            ],
        ),
    ),
    have("some", attained_by_pairs(D, printed_C), logic, "largest"),
    have("pair", None, obtain(j, k), "some"),
    have("low", 1 <= j, logic, "pair"),
    have("between", j < k, logic, "pair"),
    have("high", k <= l - 1, logic, "pair"),
    have("value", printed_C(j, k) == D, logic, "pair"),
    have("count at pair", None, cite(CORE_PIECE)),
    have("equal", dim_C(j, k) == D, linear, "value", "count at pair"),
    have("attained", attained_by_pairs(D, dim_C), take(j, k), "low", "between", "high", "equal"),
    have("pairs", pairs, logic, "at most", "attained"),
]
diagonal = each(k, 1, l - 1, dim_S(k) <= D)

DIM_C = Statement(
    "C21.I3.dimC",
    SIZES,
    title="Dimension of the core locus, with two different layers set to 0",
    kind="identity",
    where="Section 3.1.1",
    lines=(222, 224),
    names=(D,),
    given=LARGEST,
    then=pairs,
    proof=PAIRS,
    reading="repaired",
)
DIM_C_PRINTED = Statement(
    "C21.I3.dimC",
    SIZES,
    title="Dimension of the core locus",
    kind="identity",
    where="Section 3.1.1",
    lines=(222, 224),
    names=(D,),
    given=LARGEST,
    then=both(diagonal, pairs),
    gloss="With k_1 <= k_2, as (3.1) has it, the core locus contains the pieces S_k = C_(k, k).",
    proof=[
        *PAIRS,
        have(
            "repeated",
            diagonal,
            claimed("the maximum over i < j is that of all pieces of the core locus"),
            "largest",
            lines=(222, 224),
        ),
        have("all", both(diagonal, pairs), logic, "repeated", "pairs"),
    ],
    repaired=DIM_C,
    expected=("refuted, statement", "invalid inference, step repeated"),
)

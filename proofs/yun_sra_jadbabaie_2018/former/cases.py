"""The two cases of Section 2, without a bottleneck and with one, under one roof.

Facts: theorems_tell_minima_from_saddles, and the same for each case; where the theorems are read.
"""

from __future__ import annotations

from symbolic_landscape.former.lemma import fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.bottleneck_instances import (
    GREATER_FITTED,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import BottleneckPoint
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.column_points import (
    is_leading,
    rank_and_columns_tell_minima_from_saddles,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.rank_points import (
    decided_by,
    product_rank,
    rank_tells_minima_from_saddles,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.relaxation import bare
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.saddles import ORIGIN
from symbolic_landscape.verdict import Evidence, Verdict, holds

OTHER_CASE = "without a bottleneck, or with one: the other case, and nothing is claimed"


def has_bottleneck(s: BottleneckPoint) -> bool:
    """Whether k < min(d_x, d_y)."""
    return s.least_width < min(s.input_width, s.output_width)


def passes(s: BottleneckPoint) -> bool:
    """Whether the point passes the test of Theorem 2.1 or 2.2, whichever speaks of it."""
    full = product_rank(s) == s.least_width
    return full and (not has_bottleneck(s) or is_leading(s))


@fact(
    r"k = \min\{d_x, d_y\} \Rightarrow \text{rank } k \text{ tells global minima from saddles}",
    mutants={"every critical point is least": lambda s: decided_by(s, inside=True)},
)
def rank_decides_without_a_bottleneck(s: BottleneckPoint) -> Verdict:
    """Without a bottleneck, rank k tells the global minimum from the saddle."""
    if has_bottleneck(s):
        return holds(Evidence.EXACT, OTHER_CASE)
    return bare(rank_tells_minima_from_saddles.decide(s))


@fact(
    r"k < \min\{d_x, d_y\} \Rightarrow \text{rank and columns tell global minima from saddles}",
    mutants={"every critical point is least": lambda s: decided_by(s, inside=True)},
)
def rank_and_columns_decide_with_a_bottleneck(s: BottleneckPoint) -> Verdict:
    """With a bottleneck, rank k and the columns tell the global minimum from the saddle."""
    if not has_bottleneck(s):
        return holds(Evidence.EXACT, OTHER_CASE)
    return bare(rank_and_columns_tell_minima_from_saddles.decide(s))


@fact(
    r"W \text{ passes the test} \Rightarrow L(W) = \inf L, \quad \text{else } W \text{ is a "
    r"saddle}",
    mutants={
        "rank alone": lambda s: decided_by(s, inside=product_rank(s) == s.least_width),
        "nonzero product": lambda s: decided_by(s, inside=product_rank(s) > 0),
        "the test negated": lambda s: decided_by(s, inside=not passes(s)),
    },
)
def theorems_tell_minima_from_saddles(s: BottleneckPoint) -> Verdict:
    """The point is a global minimum if it passes the test of its theorem, and else a saddle."""
    return decided_by(s, inside=passes(s))


def without_bottleneck(s: BottleneckPoint) -> BottleneckPoint:
    """The point if it has no bottleneck, and a fixed point elsewhere."""
    return ORIGIN if has_bottleneck(s) else s


def with_bottleneck(s: BottleneckPoint) -> BottleneckPoint:
    """The point if it has a bottleneck, and a fixed point elsewhere."""
    return s if has_bottleneck(s) else GREATER_FITTED

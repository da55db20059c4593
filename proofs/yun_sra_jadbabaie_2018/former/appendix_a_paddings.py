"""Appendix A.5: the truncation and padding maps of (7).

Notation: a padding map R^a -> R^b keeps the first min(a, b) coordinates and adds zeros.

Statements: YSJ18_E7.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import QQ, Matrix, equal, size_at_least
from symbolic_landscape.former.lemma import Instance, Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.maps import Map, Rows, chained
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4 import in_class
from symbolic_landscape.verdict import (
    Verdict,
    all_of,
    for_all,
)


def rectangle(height: int, width: int) -> Rows:
    """The rows of a rectangular identity."""
    return tuple(tuple(int(i == j) for j in range(width)) for i in range(height))


def padding(inputs: int, outputs: int) -> Map:
    """The padding map of (7)."""
    return Map(rectangle(outputs, inputs))


# --- the maps of (7) -----


@dataclass(frozen=True, kw_only=True)
class Widths(Instance):
    """Widths of the layers that are padding maps, from the first to the last."""

    widths: tuple[int, ...]

    @property
    def maps(self) -> tuple[Map, ...]:
        """The padding maps."""
        return tuple(padding(a, b) for a, b in pairwise(self.widths))

    @property
    def product(self) -> Matrix:
        """The matrix of their composition."""
        return chained(self.maps, QQ.zeros(self.widths[0], 1))


@fact(r"d_i \ge d_{H+1} \quad \forall i")
def widths_reach_the_last(s: Widths) -> Verdict:
    """Every width is at least the last one."""
    return for_all(s.widths, lambda d: size_at_least(d, s.widths[-1]), "width")


@fact(r"h_{H+1} \circ \cdots \circ h_2 (z) = (z_1, \ldots, z_{d_{H+1}})")
def composition_keeps_the_first_coordinates(s: Widths) -> Verdict:
    """The padding maps are in their classes, and compose to the truncation to the last width."""
    classes = for_all(range(len(s.maps)), lambda k: in_class(s.maps[k]), "map")
    goal = QQ.matrix(rectangle(s.widths[-1], s.widths[0]))
    return all_of(classes=classes, product=equal(s.product, goal))


NARROW = Widths(name="one unit between two and two", widths=(2, 1, 2))

YSJ18_E7 = Statement(
    key="YSJ18.E7",
    kind="definition",
    where="A.5, eq. (7)",
    title="Truncation/padding maps",
    claim=(
        "h_i keeps the first min(d_i, d_{i-1}) coordinates and adds zeros; h_i is in F_i, and if "
        "every width is at least the last one, the composition keeps as many first coordinates."
    ),
    hypotheses=(widths_reach_the_last,),
    conclusion=composition_keeps_the_first_coordinates,
    instances=(
        Widths(name="no map", widths=(2,)),
        Widths(name="one truncation", widths=(3, 1)),
        Widths(name="up and down", widths=(2, 4, 3, 2)),
        Widths(name="three outputs", widths=(3, 3, 5, 3)),
    ),
    controls={widths_reach_the_last: NARROW},
    strategy=lambda: st.builds(
        lambda w: Widths(widths=tuple(w)), st.lists(st.integers(1, 3), min_size=1, max_size=4)
    ),
)


@YSJ18_E7.step(
    premises=(widths_reach_the_last,),
    gives=composition_keeps_the_first_coordinates,
    controls={widths_reach_the_last: NARROW},
)
def first_coordinates_pass_every_layer(s: Widths, widths: Verdict) -> Verdict:
    """Each layer has room for the first coordinates and leaves them as they are."""
    last = s.widths[-1]

    def passes(k: int) -> Verdict:
        head = s.maps[k].matrix(QQ).submatrix(range(last), range(last))
        return equal(head, QQ.identity(last))

    return for_all(range(len(s.maps)), passes, "map")

"""Problems in function space: widths, a function h* and values of X, without a network yet.

Notation: see `appendix_a_paddings` for padding maps.

Objects: Problem, widened, problems.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from hypothesis import strategies as st

from symbolic_landscape.errors import ShapeError
from symbolic_landscape.former.lemma import Instance
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_paddings import (
    padding,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.function_networks import (
    noisy,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.maps import Map, Ridge
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.population import FunctionNetwork


@dataclass(frozen=True, kw_only=True)
class Problem(Instance):
    """Widths d_0, ..., d_{H+1}, the function h*, and values of X; Y = h*(X) plus or minus noise.

    Raises ShapeError when the widths do not fit h*.
    """

    widths: tuple[int, ...]
    target: Map
    inputs: tuple[tuple[int | Fraction, ...], ...]
    noise: int = 0

    def __post_init__(self) -> None:
        """Check the widths."""
        ends = (self.target.inputs, self.target.outputs)
        if len(self.widths) < 2 or (self.widths[0], self.widths[-1]) != ends:
            message = f"problem: widths from {ends[0]} to {ends[1]} were needed, got {self.widths}"
            raise ShapeError(message)

    @property
    def input_width(self) -> int:
        """d_x."""
        return self.widths[0]

    @property
    def output_width(self) -> int:
        """d_y."""
        return self.widths[-1]

    @property
    def joints(self) -> list[int]:
        """The layers j with d_{j-1} = d_x and d_j >= d_y."""
        layers = range(1, len(self.widths))
        return [
            j
            for j in layers
            if self.widths[j - 1] == self.input_width and self.widths[j] >= self.output_width
        ]

    def wide_from(self, layer: int) -> bool:
        """Whether this layer and all layers above it have at least d_y units."""
        return min(self.widths[layer:]) >= self.output_width

    def network(self, layers: tuple[Map, ...], layer: int) -> FunctionNetwork:
        """The network with these layers, both bounds being 1."""
        return FunctionNetwork(
            name=f"network of {self.name}",
            law=noisy(self.target, self.inputs, self.noise),
            target=self.target,
            layers=layers,
            layer=layer,
        )

    def padded(self, layer: int) -> FunctionNetwork:
        """h* and zeros in this layer, padding maps in all others."""
        maps = [padding(a, b) for a, b in pairwise(self.widths)]
        maps[layer - 1] = widened(self.target, self.widths[layer - 1], self.widths[layer])
        return self.network(tuple(maps), layer)


def widened(target: Map, inputs: int, outputs: int) -> Map:
    """(h*(x), 0, ..., 0), for x the first coordinates of what is received."""
    more_in, more_out = inputs - target.inputs, max(0, outputs - target.outputs)
    rows = [(*row, *(0,) * more_in) for row in target.linear]
    rows += [(0,) * inputs] * more_out
    ridges = tuple(
        Ridge((*r.along, *(0,) * more_in), (*r.output, *(0,) * more_out), r.profile)
        for r in target.ridges
    )
    return Map(
        tuple(rows[:outputs]),
        tuple(replace(r, output=r.output[:outputs]) for r in ridges),
    )


def problems() -> st.SearchStrategy[Problem]:
    """Small widths, a linear h*, and one or two values of X."""

    @st.composite
    def drawn(draw: st.DrawFn) -> Problem:
        widths = tuple(draw(st.lists(st.integers(1, 3), min_size=2, max_size=5)))
        entry = st.integers(-1, 1)
        rows = tuple(tuple(draw(entry) for _ in range(widths[0])) for _ in range(widths[-1]))
        vector = st.tuples(*[st.integers(-1, 1)] * widths[0])
        inputs = draw(st.lists(vector, min_size=1, max_size=2, unique=True))
        return Problem(widths=widths, target=Map(rows), inputs=tuple(inputs))

    return drawn()

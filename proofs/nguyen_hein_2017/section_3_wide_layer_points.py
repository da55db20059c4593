"""Points on which Theorem 3.8 and its neighbours are tried.

Notation: k is `layer`, I is `chosen`, a set of layers; N samples, m outputs, widths d, n_1, ...,
n_L; the block is the Hessian in the weights and biases of the layers in I.

Objects: BlockPoint; block_point, small_blocks. GOOD_BLOCKS meet every hypothesis of Theorem 3.8.

Design notes. Where t/sqrt(1 + t^2) is the activation, pre-activations are legs 3/4, 4/3, ... of
right triangles with rational sides, so that whole networks stay in Q. Its cube FLAT_CUBE meets
A3.2 to the letter and has slope 0 at 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from symbolic_landscape.arithmetic import QQ, Matrix
from symbolic_landscape.networks import Samples
from symbolic_landscape.proofs.common.points import NetworkPoint, point
from symbolic_landscape.proofs.nguyen_hein_2017.instances import ALGEBRAIC

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

FLAT_CUBE = "(t/sqrt(1 + t**2))**3"
BUMP = "1/(1 + t**2)"


@dataclass(frozen=True, kw_only=True)
class BlockPoint(NetworkPoint):
    """A point, a layer k, and the set I of layers whose parameters span the block."""

    chosen: tuple[int, ...]

    def __hash__(self) -> int:
        return hash((self._hash, self.chosen))

    @property
    def width(self) -> int:
        """The number n_k of units of layer k."""
        return self.network.widths[self.layer]

    @property
    def next_width(self) -> int:
        """The number n_{k+1} of units of the layer above."""
        return self.network.widths[self.layer + 1]

    def integers(self) -> Mapping[str, int]:
        """N, m, n_k, n_{k+1}, rank [F_k, 1], and the numbers of parameters in the block."""
        own, *others = (
            len(self.network.layer_range(layer))
            for layer in (self.layer + 1, *(set(self.chosen) - {self.layer + 1}))
        )
        return {
            "samples": self.count,
            "outputs": self.network.outputs,
            "units": self.width,
            "next": self.next_width,
            "rank": self.features_with_ones(self.layer).rank(),
            "own": own,
            "more": sum(others),
            "layers": len(self.chosen),
            "next_in_I": int(self.layer + 1 in self.chosen),
        }

    @property
    def places(self) -> tuple[int, ...]:
        """The places of the parameters of the layers in I, layer by layer."""
        return tuple(place for layer in self.chosen for place in self.network.layer_range(layer))

    @cached_property
    def block(self) -> Matrix:
        """The Hessian in the parameters of the layers in I. Raises ShapeError: I is empty."""
        return self.at.hessian_block(self.chosen)


def block_point(
    name: str,
    *,
    widths: Sequence[int],
    activation: str,
    inputs: Any,
    weights: Any,
    biases: Any,
    layer: int,
    chosen: Sequence[int],
    targets: Any = None,
    loss: str = "sum",
) -> BlockPoint:
    """The point with these data; without targets they are the outputs themselves."""
    wanted = [[0] * widths[-1] for _ in inputs] if targets is None else targets
    plain = point(
        name,
        widths=widths,
        activation=activation,
        inputs=inputs,
        targets=wanted,
        weights=weights,
        biases=biases,
        loss=loss,
        layer=layer,
    )
    found = BlockPoint(
        name=name,
        network=plain.network,
        samples=plain.samples,
        parameters=plain.parameters,
        loss=plain.loss,
        layer=layer,
        chosen=tuple(chosen),
    )
    return fitted(found) if targets is None else found


def fitted(s: BlockPoint) -> BlockPoint:
    """The point with its own outputs as targets."""
    return replace(s, samples=Samples(inputs=s.samples.inputs, targets=s.features(s.depth)))


# --- points that meet every hypothesis -----------------------------------------------------------

SMALLEST_BLOCK = block_point(
    "two samples, one unit in each of two layers",
    widths=(1, 1, 1),
    activation=ALGEBRAIC,
    inputs=[[0], [1]],
    weights=[[["3/4"]], [["5/4"]]],
    biases=[[0], [0]],
    layer=1,
    chosen=(2,),
)
TANH_BLOCK = block_point(
    "two samples, tanh, zero output weights, Cauchy loss",
    widths=(2, 1, 1),
    activation="tanh",
    inputs=[[0, 1], [1, 1]],
    weights=[[[1, -2]], [[0]]],
    biases=[[0], [0]],
    layer=1,
    chosen=(2,),
    loss="cauchy(1)",
)
TWO_OUTPUTS = block_point(
    "two samples, sigmoid, two outputs, Blake-Zisserman loss",
    widths=(1, 1, 2),
    activation="sigmoid",
    inputs=[[0], [1]],
    weights=[[[2]], [[0], [0]]],
    biases=[[0], [0, 0]],
    layer=1,
    chosen=(2,),
    loss="blake_zisserman(1/10)",
)
THREE_SAMPLES = block_point(
    "three samples, two units, three outputs, pseudo-Huber loss",
    widths=(2, 2, 3),
    activation=ALGEBRAIC,
    inputs=[[0, 0], [1, 0], [0, 1]],
    weights=[[["3/4", 0], [0, "4/3"]], [["5/4", 0], [0, "5/3"], ["5/4", "15/16"]]],
    biases=[[0, 0], [0, 0, 0]],
    layer=1,
    chosen=(2,),
    loss="pseudo_huber(1)",
)
SQUARE_LAYERS = block_point(
    "three samples, three layers, two outputs, I = {2}",
    widths=(2, 2, 2, 2),
    activation=ALGEBRAIC,
    inputs=[[0, 0], [1, 0], [0, 1]],
    weights=[
        [["3/4", 0], [0, "3/4"]],
        [["5/4", 0], [0, "5/4"]],
        [["5/4", 0], ["5/4", "5/4"]],
    ],
    biases=[[0, 0], [0, 0], [0, 0]],
    layer=1,
    chosen=(2,),
)
SECOND_LAYER = block_point(
    "four layers, k = 2, duplicated neurons below",
    widths=(1, 3, 1, 1, 1),
    activation=ALGEBRAIC,
    inputs=[[0], [1]],
    weights=[[["3/4"], ["3/4"], [0]], [["5/4", 0, 7]], [["-5/4"]], [["5/4"]]],
    biases=[[0, 0, 0], [0], [0], [0]],
    layer=2,
    chosen=(3,),
)
LAST_LAYER_OF_FOUR = block_point(
    "four layers, k = 3",
    widths=(1, 2, 2, 1, 1),
    activation=ALGEBRAIC,
    inputs=[[0], [1]],
    weights=[[["3/4"], [0]], [["5/4", 0], [0, 1]], [["5/4", 0]], [["5/4"]]],
    biases=[[0, 0], [0, 0], [0], [0]],
    layer=3,
    chosen=(4,),
)
CUBED_BLOCK = block_point(
    "activation with slope 0 at 0, away from 0 above the wide layer",
    widths=(1, 1, 1),
    activation=FLAT_CUBE,
    inputs=[[0], ["3/4"]],
    weights=[[[1]], [["875/324"]]],
    biases=[[0], ["3/4"]],
    layer=1,
    chosen=(2,),
)
GOOD_BLOCKS = (
    SMALLEST_BLOCK,
    TANH_BLOCK,
    TWO_OUTPUTS,
    THREE_SAMPLES,
    SQUARE_LAYERS,
    SECOND_LAYER,
    LAST_LAYER_OF_FOUR,
    CUBED_BLOCK,
)

CUBIC_BLOCK = block_point(
    "unbounded activation t + t^3, fitted",
    widths=(1, 1, 1),
    activation="cubic",
    inputs=[[0], [1]],
    weights=[[[1]], [["1/2"]]],
    biases=[[0], [0]],
    layer=1,
    chosen=(2,),
)
"""Not admissible, since the activation grows too fast; the steps hold on it all the same."""


def small_blocks() -> SearchStrategy[BlockPoint]:
    """Small points with a wide, a just wide and a narrow layer, most of them fitted."""
    from hypothesis import assume
    from hypothesis import strategies as st

    number = st.sampled_from((0, "1/2", "-1/3"))
    signs = st.sampled_from((1, 1, -1, 0))
    leg = {ALGEBRAIC: Fraction(5, 4), FLAT_CUBE: Fraction(125, 36), BUMP: Fraction(1)}

    @st.composite
    def drawn(draw: st.DrawFn) -> BlockPoint:
        count = draw(st.integers(1, 3))
        above = draw(st.sampled_from(((1,), (1,), (2,), (1, 1), (2, 1), (1, 2), (2, 2))))
        width = draw(st.sampled_from((max(count - 1, 1), max(count - 1, 1), count)))
        widths = (2, width, *above)
        inputs = [[0, 0], [1, 0], [0, 1]][:count]
        activation = draw(st.sampled_from((ALGEBRAIC, ALGEBRAIC, ALGEBRAIC, FLAT_CUBE, BUMP)))
        first = [[("3/4", 0), (draw(signs) * Fraction(3, 4), "3/4")][u % 2] for u in range(width)]
        weights: list[Any] = [first]
        for below, units in pairwise(widths[1:]):
            rows = range(units)
            size = leg[activation]
            weights.append(
                [[draw(signs) * size if u == v else 0 for v in range(below)] for u in rows]
            )
        depth = len(widths) - 1
        free = draw(st.sampled_from((False, False, True)))
        targets = [[draw(number) for _ in range(widths[-1])] for _ in inputs] if free else None
        chosen = st.sampled_from(((2,), (2,), (2,), tuple(range(2, depth + 1)), (depth,)))
        found = block_point(
            "generated",
            widths=widths,
            activation=activation,
            inputs=inputs,
            weights=weights,
            biases=[[0] * units for units in widths[1:]],
            layer=1,
            chosen=draw(chosen),
            targets=[[0] * widths[-1] for _ in inputs] if targets is None else targets,
            loss=draw(st.sampled_from(("sum", "sum", "cauchy(1)", "a**4"))),
        )
        # nested roots take long and say nothing new
        assume(all(found.features(layer).field == QQ for layer in range(1, depth + 1)))
        return fitted(found) if targets is None else found

    return drawn()

"""Wide layers: the instances of Lemmas 4.1, 4.3, 4.4 and their corollary.

Notation: X (N, d) the inputs, F_l (N, n_l) the features of layer l, F_0 = X; W_l has shape (n_l,
n_{l-1}), the transpose of the paper's.

Objects: WideLayer; wide_layer, small_layers. Points and words that several statements use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symbolic_landscape.arithmetic import (
    BallField,
    Matrix,
)
from symbolic_landscape.errors import ShapeError
from symbolic_landscape.former.lemma import Instance
from symbolic_landscape.formula import Const, Formula, Piece, parse_formula
from symbolic_landscape.functions.activations import Activation, ScalarLoss
from symbolic_landscape.networks import Network, Samples
from symbolic_landscape.proofs.common.points import bounded_or_decaying
from symbolic_landscape.proofs.nguyen_hein_2017.scaled_layer import Growth

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True, kw_only=True)
class WideLayer(Instance):
    """A network, its samples, a loss, a layer k, the value beta, and constants of growth if given.

    The targets play no part and are zero. The output layer has the same activation.
    """

    network: Network
    samples: Samples
    loss: ScalarLoss
    layer: int
    beta: Fraction = Fraction(0)
    growth: tuple[str, ...] = ()
    bits: int = 256

    def __post_init__(self) -> None:
        """Raises ShapeError unless all layers have one activation and k is one of them."""
        self.network.need_samples(self.samples)
        if self.network.output_activation != self.network.activation:
            message = (
                f"wide layer {self.name!r}: one activation in all layers was needed, "
                f"got {self.network.activation} and {self.network.output_activation}"
            )
            raise ShapeError(message)
        if not 1 <= self.layer <= self.network.depth:
            message = (
                f"wide layer {self.name!r}: a layer from 1 to {self.network.depth} was needed, "
                f"got {self.layer}"
            )
            raise ShapeError(message)

    @property
    def activation(self) -> Activation:
        """The activation sigma."""
        return self.network.activation

    @property
    def activations(self) -> tuple[Activation, ...]:
        """The one activation of all layers."""
        return (self.network.activation,)

    @property
    def depth(self) -> int:
        """The number of layers L."""
        return self.network.depth

    @property
    def count(self) -> int:
        """The number of samples N."""
        return self.samples.count

    @property
    def width(self) -> int:
        """The number n_k of units of layer k."""
        return self.network.widths[self.layer]

    @property
    def inputs(self) -> Matrix:
        """X (N, d)."""
        return self.samples.inputs

    @property
    def field(self) -> BallField:
        """The balls used where no exact field holds a value."""
        return BallField(self.bits)

    @property
    def growth_constants(self) -> Growth | None:
        """The given constants of the growth bound, or those found for this activation, or None."""
        if self.growth:
            return Growth(tuple(parse_formula(text) for text in self.growth))
        found = bounded_or_decaying(self.activation).data.get("constants")
        return Growth(tuple(Const(Fraction(value)) for value in found)) if found else None


def wide_layer(
    name: str,
    activation: str | Formula,
    inputs: Any,
    widths: Sequence[int],
    layer: int,
    *,
    loss: str = "sum",
    beta: int | Fraction = 0,
    growth: tuple[str, ...] = (),
) -> WideLayer:
    """The instance with these data; `widths` lists n_1, ..., n_L."""
    rows = [list(row) for row in inputs]
    return WideLayer(
        name=name,
        network=Network((len(rows[0]), *widths), activation, output_activation=activation),
        samples=Samples(inputs=rows, targets=[[0] * widths[-1] for _ in rows]),
        loss=ScalarLoss.of(loss),
        layer=layer,
        beta=Fraction(beta),
        growth=growth,
    )


LINE = tuple((i,) for i in range(8))
PLANE = ((0, 0), (1, 0), (0, 1), (1, 1), (2, 1))
SPACE = ((0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1), (2, 1, 0))

KINKED = wide_layer(
    "exponential, then affine",
    Piece(parse_formula("exp(t)"), parse_formula("t + 1"), 1),
    LINE[:3],
    (2, 1),
    1,
    beta=Fraction(1, 2),
)
"""Meets Assumptions 3.2 but for analyticity; affine where all pre-activations are positive."""

SURPLUS = "the argument never uses it, and the conclusion holds without it"
THROUGH_CITATION = "what breaks it breaks the cited conclusion too; the citation has the control"


def small_layers() -> SearchStrategy[WideLayer]:
    """Up to three samples in one or two dimensions, equal ones too; one or two layers."""
    from hypothesis import strategies as st

    names = (
        "sigmoid",
        "tanh",
        "softplus",
        "tanh(t**3)",
        "arctan",
        "linear",
        "cubic",
        "-tanh(t)",
        "1",
    )

    @st.composite
    def build(draw: st.DrawFn) -> WideLayer:
        dimension = draw(st.integers(1, 2))
        row = st.tuples(*[st.integers(-1, 2)] * dimension)
        inputs = draw(st.lists(row, min_size=1, max_size=3))
        layer = draw(st.integers(1, 2))
        widths = [*draw(st.lists(st.integers(1, 3), min_size=layer, max_size=layer)), 1]
        return wide_layer("generated", draw(st.sampled_from(names)), inputs, widths, layer)

    return build()

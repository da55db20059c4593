"""Section 5: classified points on which Theorem 5.3 is tried, good ones and near misses.

GOOD_CHAINS are critical points with separable features whose upper units feed one unit each;
COUPLED_GOOD meets the printed conditions alone. NESTED and ONE_HOT are critical points of a smooth
activation with positive slope that are no minima. `classified_points` generates points.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import ZERO, Piece, T
from symbolic_landscape.functions.activations import ScalarLoss
from symbolic_landscape.networks import Samples
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_point import ClassifiedPoint, classified

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

FLAT = "tanh(t**3)"

# --- good points ---------------------------------------------------------------------------------

ONE_WEIGHT = classified(
    "one weight, one sample, one class",
    widths=(1, 1),
    activation="linear",
    inputs=[[0]],
    labels=[[1]],
    classes=(1,),
    weights=[[[0]]],
    biases=[[2]],
)
THREE_OUTPUTS = classified(
    "one layer, three classes, one of them empty",
    widths=(2, 3),
    activation="cubic",
    inputs=[[0, 0], [1, 0], [1, 1]],
    labels=[[-1, 1, -1], [1, -1, -1], [1, -1, -1]],
    classes=(2, 1, 1),
    weights=[[[2, 0], [-2, 0], [0, 0]]],
    biases=[[-1, 1, -3]],
)
TANH_OUTPUTS = classified(
    "one layer, tanh, labels inside its range",
    widths=(1, 2),
    activation="tanh",
    inputs=[[-1], [2]],
    labels=[["-1/2", "1/2"], ["1/2", "-1/2"]],
    classes=(2, 1),
    weights=[[[1], [-1]]],
    biases=[[0, 0]],
)
TWO_LAYERS = classified(
    "two layers, hidden features of layer 1, all weights coupled",
    widths=(1, 2, 2),
    activation="cubic",
    inputs=[[-1], [1]],
    labels=[[1, -1], [-1, 1]],
    classes=(1, 2),
    weights=[[[1], [1]], [[-1, -1], [1, 1]]],
    biases=[[0, 0], [0, 0]],
    layer=1,
)
INPUTS_BELOW_CHAINS = classified(
    "two layers, separable inputs, each unit feeds one output",
    widths=(1, 3, 2),
    activation="cubic",
    inputs=[[-1], [1], [3]],
    labels=[[1, -1], [-1, 1], [-1, 0]],
    classes=(1, 2, 2),
    weights=[[[-1], [1], [2]], [[1, 0, 0], [0, 1, 1]]],
    biases=[[0, 0, 0], [0, 0]],
)
THREE_LAYERS = classified(
    "three layers, three classes, losses of other powers",
    widths=(2, 3, 3, 3),
    activation="linear",
    inputs=[[0, 0], [1, 0], [0, 1], [0, 2]],
    labels=[[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]],
    classes=(1, 2, 3, 3),
    weights=[
        [[-2, -2], [2, 0], [0, 2]],
        [[0, 1, 0], [1, 0, 0], [0, 0, 3]],
        [[0, 1, 0], [-1, 0, 0], [0, 0, -1]],
    ],
    biases=[[1, -1, -1], [0, 0, 0], [0, 2, 2]],
    true_loss=ScalarLoss.of(Piece(T**4, ZERO, 3)),
    wrong_loss=ScalarLoss.of(Piece(ZERO, 3 * T**2, 1)),
    layer=1,
)
THREE_LAYERS = replace(
    THREE_LAYERS, samples=Samples(THREE_LAYERS.samples.inputs, THREE_LAYERS.features(3))
)
FOUR_LAYERS = classified(
    "four layers, one output, dead units, repeated samples",
    widths=(1, 3, 2, 1, 1),
    activation="cubic",
    inputs=[[1], [1], [0]],
    labels=[[0], [0], [0]],
    classes=(1, 1, 1),
    weights=[[[1], [0], [0]], [[1, 0, 0], [0, -1, 0]], [[0, 1]], [[2]]],
    biases=[[0, 0, 0], [0, 0], [0], [1]],
    layer=0,
)
GOOD_CHAINS = (
    ONE_WEIGHT,
    THREE_OUTPUTS,
    TANH_OUTPUTS,
    TWO_LAYERS,
    INPUTS_BELOW_CHAINS,
    THREE_LAYERS,
    FOUR_LAYERS,
)
COUPLED_GOOD = classified(
    "two layers, separable inputs, units that feed both outputs",
    widths=(1, 2, 2),
    activation="cubic",
    inputs=[[-1], [1]],
    labels=[[1, -1], [-1, 1]],
    classes=(1, 2),
    weights=[[[1], [-1]], [[-1, 1], [2, -1]]],
    biases=[[0, 0], [0, 0]],
)

# --- critical points that are no minima ----------------------------------------------------------

SMALLEST_FLAT = classified(
    "flat activation, one weight",
    widths=(1, 1),
    activation="t**3",
    inputs=[[0]],
    labels=[[1]],
    classes=(1,),
    weights=[[[0]]],
    biases=[[0]],
)
FLAT_TWO_LAYERS = classified(
    "flat activation below, two layers, two classes",
    widths=(1, 2, 2),
    activation=FLAT,
    inputs=[[-1], [1]],
    labels=[["1/2", "-1/2"], ["-1/2", "1/2"]],
    classes=(1, 2),
    weights=[[[0], [0]], [[1, 0], [0, 1]]],
    biases=[[0, 0], [0, 0]],
)
NESTED = classified(
    "hidden units that see what the classes share",
    widths=(2, 2, 2),
    activation="cubic",
    inputs=[[1, 0], [1, 1], [-1, 0], [-1, 1]],
    labels=[[4, 0], [4, -9], [-4, 4], [-4, 5]],
    classes=(1, 1, 2, 2),
    weights=[[[0, 1], [0, -1]], [[6, 6], [1, 2]]],
    biases=[[0, 1], [-12, -3]],
)
ONE_HOT = classified(
    "one-hot labels, hidden units that see what the classes share",
    widths=(2, 2, 2),
    activation="(t + t**3)/40",
    inputs=[
        *(["1/2", 1], [1, 1], ["3/2", 1], [-1, 1]),
        *([1, 0], ["-1/2", 0], [-1, 0], ["-3/2", 0]),
    ],
    labels=[[1, 0], [1, 0], [1, 0], [0, 1], [1, 0], [0, 1], [0, 1], [0, 1]],
    classes=(1, 1, 1, 2, 1, 2, 2, 2),
    weights=[[[0, 1], [0, -1]], [["-320/9", "-500/9"], ["-500/9", "-320/9"]]],
    biases=[[0, 1], ["43/9", "43/9"]],
)
OUTPUT_SEPARABLE = classified(
    "outputs that separate what the features do not",
    widths=(1, 2, 2),
    activation="cubic",
    inputs=[[-1], [0], [1]],
    labels=[[-1, -4], [-8, 4], [3, "126/13"]],
    classes=(1, 2, 1),
    weights=[[[1], [0]], [["1/2", 0], ["1/2", 0]]],
    biases=[[0, 0], [0, 1]],
    layer=2,
)

# --- near misses ---------------------------------------------------------------------------------

STEP_LOSS = ScalarLoss.of(Piece(3 * T**4 + 8 * T**3 + 6 * T**2, ZERO, 1))
"""A loss of the true class whose slope 12 a (a + 1)^2 is 0 at a = -1 too."""

WRONG_STEP_LOSS = ScalarLoss.of(Piece(ZERO, 3 * T**4 - 8 * T**3 + 6 * T**2, 1))

ON_A_STEP = replace(ONE_WEIGHT, name="true loss with a step", true_loss=STEP_LOSS)
ON_A_STEP = replace(ON_A_STEP, samples=Samples([[0]], [[3]]))
ON_A_WRONG_STEP = classified(
    "wrong loss with a step",
    widths=(1, 2),
    activation="linear",
    inputs=[[0]],
    labels=[[0, 0]],
    classes=(1,),
    weights=[[[0], [0]]],
    biases=[[0, 1]],
    wrong_loss=WRONG_STEP_LOSS,
)
NOT_CRITICAL = classified(
    "not critical",
    widths=(1, 1),
    activation="linear",
    inputs=[[0]],
    labels=[[1]],
    classes=(1,),
    weights=[[[0]]],
    biases=[[0]],
)
NOT_SEPARABLE = classified(
    "features that do not tell two classes apart",
    widths=(1, 2, 2),
    activation="cubic",
    inputs=[[-1], [1]],
    labels=[[1, -1], [-1, 1]],
    classes=(1, 2),
    weights=[[[0], [0]], [[1, 0], [1, 0]]],
    biases=[[0, 0], [0, 0]],
    layer=1,
)
ZERO_WEIGHTS = classified(
    "outer weights zero",
    widths=(1, 2, 2),
    activation="cubic",
    inputs=[[-1], [1]],
    labels=[[1, -1], [-1, 1]],
    classes=(1, 2),
    weights=[[[0], [0]], [[0, 0], [0, 0]]],
    biases=[[0, 0], [0, 0]],
)
FALLING = classified(
    "falling activation",
    widths=(1, 1),
    activation="-t",
    inputs=[[0]],
    labels=[[1]],
    classes=(1,),
    weights=[[[0]]],
    biases=[[0]],
)
FLAT_HIDDEN = classified(
    "flat hidden unit below a slope",
    widths=(1, 1, 1),
    activation="t**3",
    inputs=[[0]],
    labels=[[2]],
    classes=(1,),
    weights=[[[0]], [[1]]],
    biases=[[0], [1]],
)
NOT_MONOTONE = classified(
    "bump at its top",
    widths=(1, 1),
    activation="t - t**3/3",
    inputs=[[0]],
    labels=[[2]],
    classes=(1,),
    weights=[[[0]]],
    biases=[[1]],
)
ROUGH = classified(
    "flat point of an activation with a corner elsewhere",
    widths=(1, 1),
    activation=Piece((T + 1) ** 3, 1 + 2 * T, 0),
    inputs=[[0]],
    labels=[[1]],
    classes=(1,),
    weights=[[[0]]],
    biases=[[-1]],
)
NEVER_ATTAINED = classified(
    "label on the limit of a flat activation",
    widths=(1, 1),
    activation=FLAT,
    inputs=[[0]],
    labels=[[1]],
    classes=(1,),
    weights=[[[0]]],
    biases=[[0]],
)
TWO_SIDED = classified(
    "output above its label, squares on both sides",
    widths=(1, 1),
    activation="linear",
    inputs=[[0]],
    labels=[[0]],
    classes=(1,),
    weights=[[[0]]],
    biases=[[1]],
    true_loss=ScalarLoss.of("sum"),
)
WRONG_TWO_SIDED = classified(
    "output below its label off the class, squares on both sides",
    widths=(1, 2),
    activation="linear",
    inputs=[[0]],
    labels=[[0, 0]],
    classes=(1,),
    weights=[[[0], [0]]],
    biases=[[0, -1]],
    wrong_loss=ScalarLoss.of("sum"),
)


def classified_points() -> SearchStrategy[ClassifiedPoint]:
    """Small points; in most of them the outputs lie on or beyond their labels, or weights are 0."""
    from hypothesis import strategies as st

    small = st.sampled_from((0, 0, 1, -1, 2))

    @st.composite
    def drawn(draw: st.DrawFn) -> ClassifiedPoint:
        depth = draw(st.integers(1, 3))
        widths = tuple(draw(st.sampled_from((1, 2, 2, 3))) for _ in range(depth + 1))
        count, outputs = draw(st.integers(1, 3)), widths[-1]
        classes = [draw(st.integers(1, outputs)) for _ in range(count)]
        found = classified(
            "",
            widths=widths,
            activation=draw(st.sampled_from(("cubic", "t**3", "linear", FLAT, "t + t**5"))),
            inputs=[[draw(small) for _ in range(widths[0])] for _ in range(count)],
            labels=[[1 if c == j + 1 else -1 for j in range(outputs)] for c in classes],
            classes=classes,
            weights=[
                [[draw(small) for _ in range(below)] for _ in range(above)]
                for below, above in pairwise(widths)
            ],
            biases=[[draw(small) for _ in range(width)] for width in widths[1:]],
            layer=draw(st.integers(0, depth - 1)),
        )
        slack = draw(st.sampled_from((None, 0, 1)))
        return found if slack is None else _fitted(found, slack)

    return drawn()


def _fitted(s: ClassifiedPoint, slack: int) -> ClassifiedPoint:
    """The point with labels that its outputs pass by this slack, where these are rational."""
    try:
        outputs = s.features(s.depth)
        labels = [
            [outputs[i, j].rational() - slack * s.sign_of(i, j) for j in range(s.network.outputs)]
            for i in range(s.count)
        ]
    except DomainError:
        return s
    return replace(s, samples=Samples(inputs=s.samples.inputs, targets=labels))

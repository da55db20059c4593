"""Near misses for Theorem 3.8: each point breaks one hypothesis, or one premise of a step.

Notation as in `section_3_wide_layer_points`.

Design notes. NARROW has five samples and one unit in layer 1; the errors (see _FAR, _NEAR) are even
in x and orthogonal to constants, to the features and to the slopes of layer 2, and the outgoing
weights 1, -1, 1, -1 cancel what would reach layer 1. So it is critical with every weight of layer 2
in use, and its block is nonsingular.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from symbolic_landscape.functions.activations import ScalarLoss
from symbolic_landscape.networks import Samples
from symbolic_landscape.proofs.nguyen_hein_2017.instances import ALGEBRAIC, DOUBLE_WELL
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_points import (
    FLAT_CUBE,
    TANH_BLOCK,
    block_point,
)

_SLOPE_1, _SLOPE_2 = Fraction(80, 89) ** 3, Fraction(4, 5) ** 3
_FAR, _NEAR = (1 - _SLOPE_2) / 2, (_SLOPE_1 - 1) / 2
"""Errors at x = 3/4 and 12/5, and by symmetry at -3/4 and -12/5, that annihilate what they must."""

NARROW = block_point(
    "five samples, one unit below four with opposite outgoing weights",
    widths=(1, 1, 4, 1),
    activation=ALGEBRAIC,
    inputs=[[0], ["3/4"], ["-3/4"], ["12/5"], ["-12/5"]],
    targets=[[-2 * (_FAR + _NEAR)], [_FAR], [_FAR], [_NEAR], [_NEAR]],
    weights=[[[1]], [["13/16"]] * 4, [[1, -1, 1, -1]]],
    biases=[[0], [0, 0, 0, 0], [0]],
    layer=1,
    chosen=(2,),
)
DEGENERATE = block_point(
    "features that do not tell two samples apart",
    widths=(1, 1, 1),
    activation=ALGEBRAIC,
    inputs=[[-1], [1]],
    targets=[["1/2"], ["-1/2"]],
    weights=[[[0]], [[0]]],
    biases=[[0], [0]],
    layer=1,
    chosen=(2,),
)
OFF_TARGET = block_point(
    "not critical",
    widths=(1, 1, 1),
    activation=ALGEBRAIC,
    inputs=[[0], [1]],
    targets=[["1/2"], ["1/2"]],
    weights=[[["3/4"]], [["5/4"]]],
    biases=[[0], [0]],
    layer=1,
    chosen=(2,),
)
BUMP_BLOCK = block_point(
    "bump that is not monotone",
    widths=(1, 1, 1),
    activation="1/(1 + t**2)",
    inputs=[[0], [1]],
    targets=[["1/2"], ["1/2"]],
    weights=[[[1]], [[0]]],
    biases=[[0], [0]],
    layer=1,
    chosen=(2,),
)
TWO_WELLS_BLOCK = replace(TANH_BLOCK, name="double well", loss=ScalarLoss.of(DOUBLE_WELL))
WIDENING = block_point(
    "two outputs above one unit, weights of rank 1",
    widths=(1, 1, 1, 2),
    activation=ALGEBRAIC,
    inputs=[[0], [1]],
    targets=[["1/2", "1/2"], ["-1/2", "-1/2"]],
    weights=[[["3/4"]], [[0]], [[1], [-1]]],
    biases=[[0], [0], [0, 0]],
    layer=1,
    chosen=(2,),
)
CHOSEN_ABOVE = block_point(
    "I leaves out layer k + 1, where two slopes are 0",
    widths=(2, 2, 1, 1),
    activation=FLAT_CUBE,
    inputs=[[0, 0], ["3/4", 0], [0, "3/4"]],
    targets=[["52/125"], ["2/125"], ["64/125"]],
    weights=[[[1, 0], [0, 1]], [[0, "125/36"]], [["875/324"]]],
    biases=[[0, 0], [0], ["3/4"]],
    layer=1,
    chosen=(3,),
)
ONE_SAMPLE = block_point(
    "one sample",
    widths=(1, 1, 1),
    activation=ALGEBRAIC,
    inputs=[[0]],
    weights=[[["3/4"]], [["5/4"]]],
    biases=[[0], [0]],
    layer=1,
    chosen=(2,),
)
SPARE_UNIT = block_point(
    "as many units as samples",
    widths=(1, 2, 1),
    activation=ALGEBRAIC,
    inputs=[[0], [1]],
    weights=[[["3/4"], ["-4/3"]], [["5/4", 0]]],
    biases=[[0, 0], [0]],
    layer=1,
    chosen=(2,),
)
TWO_LAYERS_CHOSEN = block_point(
    "I = {2, 3}",
    widths=(1, 1, 1, 1),
    activation=ALGEBRAIC,
    inputs=[[0], [1]],
    weights=[[["3/4"]], [["5/4"]], [["5/4"]]],
    biases=[[0], [0], [0]],
    layer=1,
    chosen=(2, 3),
)
SHRINKING = block_point(
    "two units above the wide layer, one output",
    widths=(1, 1, 2, 1),
    activation=ALGEBRAIC,
    inputs=[[0], [1]],
    weights=[[["3/4"]], [["5/4"], ["-5/4"]], [["5/4", 0]]],
    biases=[[0], [0, 0], [0]],
    layer=1,
    chosen=(2,),
)
FLAT_QUARTIC = block_point(
    "quartic loss, fitted",
    widths=(1, 1, 1),
    activation=ALGEBRAIC,
    inputs=[[0], [1]],
    weights=[[["3/4"]], [["5/4"]]],
    biases=[[0], [0]],
    layer=1,
    chosen=(2,),
    loss="a**4",
)
LARGE_RESIDUALS = replace(
    TWO_LAYERS_CHOSEN,
    name="I = {2, 3}, far from the targets",
    samples=Samples(inputs=[[0], [1]], targets=[[5], [-3]]),
)
LAST_LAYER_CHOSEN = replace(TWO_LAYERS_CHOSEN, name="I = {3}", chosen=(3,))
CHOSEN_DEGENERATE = block_point(
    "I = {3}, duplicated units in layer k = 1",
    widths=(1, 2, 1, 1),
    activation=ALGEBRAIC,
    inputs=[[0], [1]],
    weights=[[["3/4"], ["3/4"]], [["5/4", 0]], [["5/4"]]],
    biases=[[0, 0], [0], [0]],
    layer=1,
    chosen=(3,),
)
LOWER_LAYER_TOO = replace(
    SPARE_UNIT,
    name="I = {1, 2}, far from the targets",
    samples=Samples(inputs=[[0], [1]], targets=[[5], [-3]]),
    chosen=(1, 2),
)
FLAT_FITTED = block_point(
    "fitted, with slope 0 at one sample",
    widths=(1, 1, 1),
    activation=FLAT_CUBE,
    inputs=[[0], ["3/4"]],
    weights=[[[1]], [["125/36"]]],
    biases=[[0], [0]],
    layer=1,
    chosen=(2,),
)
FLAT_NARROW = block_point(
    "three samples, one unit, fitted, with slope 0 at one sample",
    widths=(1, 1, 1),
    activation=FLAT_CUBE,
    inputs=[[0], ["3/4"], ["-3/4"]],
    weights=[[[1]], [["125/36"]]],
    biases=[[0], [0]],
    layer=1,
    chosen=(2,),
)
FLAT_OUTPUT = block_point(
    "second output with slope 0 and weight 0",
    widths=(1, 1, 1, 2),
    activation=FLAT_CUBE,
    inputs=[[0], ["3/4"]],
    targets=[["27/125", "1/2"], ["64/125", "1/2"]],
    weights=[[[1]], [["875/324"]], [["875/444"], [0]]],
    biases=[[0], ["3/4"], ["12/37", 0]],
    layer=1,
    chosen=(2,),
)
OFF_TARGET_FLAT = block_point(
    "two units in each of two layers above, slope 0 at one output, off target",
    widths=(1, 1, 2, 2),
    activation=FLAT_CUBE,
    inputs=[[0], ["3/4"]],
    targets=[[0, 0], [0, 0]],
    weights=[
        [[1]],
        [["875/324"], ["-875/324"]],
        [[1, 1], [0, "-375/148"]],
    ],
    biases=[[0], ["3/4", "4/3"], ["11/500", "48/37"]],
    layer=1,
    chosen=(2,),
)
DEGENERATE_BLOCKS = (
    ONE_SAMPLE,
    SPARE_UNIT,
    TWO_LAYERS_CHOSEN,
    SHRINKING,
    FLAT_QUARTIC,
)
"""Fitted points with all other hypotheses, and a singular block: it cannot be otherwise."""


# --- for Corollary 3.9 ---------------------------------------------------------------------------

STRICT_MINIMUM = block_point(
    "five samples, one unit, fitted",
    widths=(1, 1, 1),
    activation=ALGEBRAIC,
    inputs=[[0], ["3/4"], ["-3/4"], ["12/5"], ["-12/5"]],
    weights=[[[1]], [["13/16"]]],
    biases=[[0], [0]],
    layer=1,
    chosen=(2,),
)
"""Its whole Hessian is positive definite; layer 1 has too few units for Corollary 3.9."""

UNEQUAL_WELLS = replace(
    TANH_BLOCK,
    name="wells at 0 and at 1/2, the second one lower",
    loss=ScalarLoss.of("a**4/4 - 2*a**3/9 + a**2/24 + 1/576"),
)

OFF_TARGET_DEEP = block_point(
    "I = {3}, gradient of layer 2 not zero",
    widths=(1, 1, 1, 1),
    activation=ALGEBRAIC,
    inputs=[[-1], [0], [1]],
    targets=[["-29/40"], ["16/125"], ["19/40"]],
    weights=[[["3/4"]], [["5/4"]], [["5/4"]]],
    biases=[[0], [0], [0]],
    layer=1,
    chosen=(3,),
)
"""The gradient of layer 3 is zero: its errors are 16/125 times (1, -2, 1)."""
OFF_TARGET_CONVEX = block_point(
    "two samples, one unit, off target where the Hessian is definite",
    widths=(1, 1, 1),
    activation=ALGEBRAIC,
    inputs=[[0], [1]],
    targets=[["-1/2"], [3]],
    weights=[[["4/3"]], [["5/4"]]],
    biases=[[0], [0]],
    layer=1,
    chosen=(2,),
)

"""Sections 5.3 and 5.4: a local minimum of a 2-1-1-1 network, and networks that it is split into.

Notation: the units of the two hidden layers are split into p1 and p2 equal ones, with equal shares
of the weights out. The 16 samples are rational; the digits of the point are those near which the
critical point is enclosed.

Design notes. The paper's own data are not printed, so these are others: parameters were fixed, and
residuals chosen for which the gradient vanishes and both matrices B are the identity, scaled until
the Hessian was positive definite; then the targets were rounded. The sigmoid network is the tanh
network with tanh(t) = 2 sigmoid(2 t) - 1 put in. The better point is a stair: one unit of the first
hidden layer puts the samples in a row, and each unit of the second steps up between two of them.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import tanh
from typing import Any

from symbolic_landscape.arithmetic import Matrix, Scalar, positive_definite
from symbolic_landscape.critical.nearby_minima import NearbyMinimum, minimum_near
from symbolic_landscape.errors import DomainError, LandscapeError
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.paths import falls_from_critical
from symbolic_landscape.statement.language import (
    natural,
    predicate,
    scalar_function,
)
from symbolic_landscape.statement.notation import Notation
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

INPUTS = (
    "-3 4", "3 1", "1 0", "2 4", "2 0", "0 1", "4 -2", "-1 4",
    "-2 -1", "2 -2", "-2 -3", "-4 3", "0 0", "1 1", "-1 -1", "4 -1",
)  # fmt: skip
"""Twice the inputs."""
TARGETS = (
    325604, -287754, -56351, 125978, -92067, 561954, -297801, 545396,
    -141139, -219841, 341525, 112639, -12957, 254642, 174414, -143968,
)  # fmt: skip
"""2^16 times the targets."""
POINT = tuple(
    Fraction(digits)
    for digits in ("0.999997665251", "-0.499999279841", "-0.250001024035", "-1.999996276888",
                   "0.499993498363", "4.000002833916", "0.000001641909")
)  # fmt: skip
"""u (2 weights, bias), w and its bias, v and its bias, for tanh."""

ACTIVATIONS = (Activation.of("tanh"), Activation.of("sigmoid"))
MOST = 21
"""Layers are split into so many units at the most."""

p1, p2 = natural("p1"), natural("p2")
sigma = scalar_function("sigma")
minimum, definite = predicate("local minimum with kernel"), predicate("B definite")
better, escape = predicate("better point"), predicate("escape")
activated_minimum = predicate("minimum with an activated output")
tanh_or_sigmoid = predicate("tanh or sigmoid")
ACTIVATION = {"activation": tanh_or_sigmoid(sigma)}
Rows = Sequence[Sequence[Fraction]]
"""The rows of weights, or of biases, of a layer."""


def for_activation(activation: Activation, weights: Sequence[Rows], biases: Rows) -> Parameters:
    """The parameters that give the outputs of a tanh network, with tanh or with sigmoid."""
    if activation == ACTIVATIONS[0]:
        return Parameters(weights, biases)
    twos, moved = [], []
    for k, (W, b) in enumerate(zip(weights, biases, strict=True), 1):
        inside, outside = (1 if k == 1 else 2), (1 if k == len(weights) else 2)
        lost = [0 if k == 1 else sum(row) for row in W]
        twos.append([[inside * outside * x for x in row] for row in W])
        moved.append([outside * (x - y) for x, y in zip(b, lost, strict=True)])
    return Parameters(twos, moved)


def network(activation: Activation, first: int, second: int) -> tuple[Network, Parameters]:
    """The network of widths 2, first, second, 1, and the split point in it."""
    if activation not in ACTIVATIONS or not (1 <= first <= MOST and 1 <= second <= MOST):
        message = f"no point is known for {activation} and {first} and {second} units"
        raise DomainError(message)
    u1, u2, b, w, c, v, d = POINT
    weights = [[[u1, u2]] * first, [[w / first] * first] * second, [[v / second] * second]]
    biases = [[b] * first, [c] * second, [d]]
    return Network((2, first, second, 1), activation), for_activation(activation, weights, biases)


def samples() -> Samples:
    """The samples."""
    inputs = [[Fraction(x, 2) for x in map(int, row.split())] for row in INPUTS]
    return Samples(inputs, [[Fraction(y, 2**16)] for y in TARGETS])


def problem_file(activation: Activation, first: int, second: int) -> dict[str, Any]:
    """The split point in the network of widths 2, first, second, 1, as a file for `classify`."""
    net, point = network(activation, first, second)

    def texts(matrix: Matrix) -> list[list[str]]:
        return [[*map(str, row)] for row in matrix.tolist()]

    return {
        "widths": list(net.widths),
        "activation": activation.canonical(),
        "near": True,
        "samples": {"inputs": texts(samples().inputs), "targets": texts(samples().targets)},
        "parameters": {
            "weights": [*map(texts, point.weights)],
            "biases": [[row[0] for row in texts(column)] for column in point.biases],
        },
    }


def stair(activation: Activation, first: int, second: int) -> Parameters:
    """Parameters with a small loss. Raises DomainError where the stair has too few steps."""
    count = len(INPUTS) - 1
    if second < count:
        message = f"the stair needs {count} units in layer 2, got {second}"
        raise DomainError(message)
    along, idle = (Fraction(1, 2), Fraction(1, 20)), Fraction(0)
    row = sorted(
        (along[0] * Fraction(x, 2) + along[1] * Fraction(y, 2), Fraction(target, 2**16))
        for (x, y), target in zip((map(int, pair.split()) for pair in INPUTS), TARGETS, strict=True)
    )
    steep, spare = Fraction(2000), [idle] * (second - count)
    edges = [Fraction(round(10**6 * tanh((a + b) / 2)), 10**6) for (a, _), (b, _) in pairwise(row)]
    rises = [(b - a) / 2 for (_, a), (_, b) in pairwise(row)]
    weights: list[Rows] = [
        [along, *[(idle, idle)] * (first - 1)],
        [[x, *[idle] * (first - 1)] for x in [steep] * count + spare],
        [[*rises, *spare]],
    ]
    biases = [
        [idle] * first,
        [*(-steep * edge for edge in edges), *spare],
        [row[0][1] + sum(rises)],
    ]
    return for_activation(activation, weights, biases)


def is_tanh_or_sigmoid(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether the activation is tanh or sigmoid, for which points are known."""
    (activation,) = arguments
    if activation in ACTIVATIONS:
        return holds(Evidence.EXACT, f"{activation} is one of the two")
    return fails(Evidence.EXACT, f"{activation} is none of the two, as it is written")


@cache
def located(activation: Activation, first: int, second: int) -> NearbyMinimum:
    """The certified minimum of the network. Raises DomainError where there is none near."""
    net, point = network(activation, first, second)
    return minimum_near(net.loss(samples(), convention="sum"), point)


def minimum_with_kernel(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether the split point is a local minimum whose Hessian has this many null directions."""
    activation, first, second, size = arguments
    try:
        found = located(activation, first, second)
    except LandscapeError as cause:
        return undecided(str(cause))
    said = f"loss {found.loss}, kernel of dimension {found.nullity}: {found.reason}"
    return (holds if found.nullity == size else fails)(Evidence.ENCLOSED, said)


def has_better_point(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """HOLDS where the stair has a lower loss than the split point, else UNDECIDED."""
    activation, first, second = arguments
    try:
        here = located(activation, first, second)
        net, _ = network(activation, first, second)
        surface = net.loss(samples(), convention="sum")
        there = surface.at(stair(activation, first, second)).enclose(bits=128).value
        lower = there < here.loss
    except LandscapeError as cause:
        return undecided(str(cause))
    if lower:
        return holds(Evidence.ENCLOSED, f"loss {there} at another point, {here.loss} here")
    return undecided(f"loss {there} at the other point tried, {here.loss} here")


STEP = Fraction(1, 1 << 20)
"""How far two units of the first hidden layer are moved apart: B is small beside third derivatives."""
SHARES = (Fraction(-1), Fraction(2))
"""What the two units share out at last, in place of a half each; the other units keep theirs."""


def passed_on(
    point: Sequence[Scalar],
    first: int,
    second: int,
    t: Fraction,
    shares: Sequence[Fraction] = SHARES,
) -> list[Scalar]:
    """The split point where units 1 and 2 of layer 1 have passed weights on for a time t."""
    weights = 3 * first
    moved = list(point)
    for unit in range(second):
        place = weights + unit * first
        whole = point[place] + point[place + 1]
        for own, share in enumerate(shares):
            half = Fraction(1, 2)
            moved[place + own] = whole * (half + t * (share - half))
    return moved


def has_escape(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether a level path and a falling one lead from the split point to a lower loss.

    Two units of layer 1 have the same weights in, so that one passes weights out on to the other is
    not seen, and all these points are critical. In the end one of them has a negative share; moved
    against each other by shares, they leave the sum as it is, and the loss bends down.
    """
    activation, first, second = arguments
    if first < 2:
        return undecided(f"the path needs two equal units in layer 1, got {first}")
    try:
        here = located(activation, first, second)
        net, _ = network(activation, first, second)
        surface = net.loss(samples(), convention="sum")
        field = here.loss.field
        level = [passed_on(here.coordinates, first, second, Fraction(i, 4)) for i in range(5)]
        losses = [surface.at(point, field).value for point in level]
        direction = [Fraction(0)] * net.parameter_count
        for unit, share in enumerate(reversed(SHARES)):
            direction[2 * unit] = (-1) ** unit * share
        falls = falls_from_critical(surface, level[-1], direction, STEP)
    except LandscapeError as cause:
        return undecided(str(cause))
    apart = [loss for loss in losses if not loss.raw.overlaps(here.loss.raw)]
    if apart:
        return fails(Evidence.ENCLOSED, f"the loss {here.loss} becomes {apart[0]}")
    return falls


def second_difference(hessian: Matrix, one: list[int], other: list[int]) -> Matrix:
    """The form of directions that move two units against each other."""

    def part(a: list[int], b: list[int]) -> Matrix:
        return hessian.submatrix(a, b)

    return part(one, one) + part(other, other) - part(one, other) - part(other, one)


def b_matrix(activation: Activation, place: int) -> Matrix:
    """The matrix B of a hidden layer, bias included. Raises DomainError: there is no such layer.

    Where a unit is split in halves, B is how the loss bends as the halves move against each other.
    """
    sizes = {1: (2, 1), 2: (1, 2)}
    places = {1: ([0, 1, 4], [2, 3, 5]), 2: ([3, 5], [4, 6])}
    if place not in sizes:
        message = f"there are hidden layers 1 and 2, none with number {place}"
        raise DomainError(message)
    hessian = located(activation, *sizes[place]).hessian
    return second_difference(hessian, *places[place])


def b_definite(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether the matrix B of a hidden layer, bias included, is positive definite."""
    try:
        return positive_definite(b_matrix(*arguments))
    except LandscapeError as cause:
        return undecided(str(cause))


def has_activated_minimum(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """FAILS where the gradient at the split point is not 0 if the output is activated too."""
    activation, first, second = arguments
    try:
        here = located(activation, first, second)
        surface = Network((2, first, second, 1), activation, activation).loss(samples(), "sum")
        gradient = surface.at(here.coordinates, here.loss.field).gradient
    except LandscapeError as cause:
        return undecided(str(cause))
    bias = gradient[gradient.shape[0] - 1, 0]
    if bias.raw.overlaps(0):
        return undecided(f"whether the gradient is 0 is not known: {bias} for the last bias")
    return fails(
        Evidence.ENCLOSED, f"derivative {bias} by the last bias, with {activation} at the output"
    )


def sizes() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Small numbers of units, for both activations."""
    made = []
    for activation in ACTIVATIONS:
        for first, second in ((1, 1), (2, 1), (1, 2), (2, 2), (3, 2)):
            values = {sigma: activation, p1: first, p2: second}
            made.append(
                (f"{activation}, 2-{first}-{second}-1", {v.term: x for v, x in values.items()})
            )
    return tuple(made)


CERTIFIED = Setting(
    "16 rational samples and a network of 2, p1, p2 and 1 units at a split point",
    variables=(sigma, p1, p2),
    standing=(p1 >= 1, p2 >= 1),
    decisions={
        "tanh or sigmoid": is_tanh_or_sigmoid,
        "local minimum with kernel": minimum_with_kernel,
        "B definite": b_definite,
        "better point": has_better_point,
        "escape": has_escape,
    },
    notation={
        "tanh or sigmoid": Notation("{0} is tanh or sigmoid", r"{0} \text{{ is tanh or sigmoid}}"),
        "local minimum with kernel": Notation(
            "2-{1}-{2}-1 with {0}: local minimum, kernel of dimension {3}",
            r"\text{{2-}}{1}\text{{-}}{2}\text{{-1 with }} {0} \text{{: local minimum, }} \dim\ker = {3}",
        ),
        "better point": Notation(
            "2-{1}-{2}-1 with {0} has a lower loss elsewhere",
            r"\text{{2-}}{1}\text{{-}}{2}\text{{-1 with }} {0} \text{{ has a lower loss elsewhere}}",
        ),
        "escape": Notation(
            "from the 2-{1}-{2}-1 point with {0} a level and a falling path lead lower",
            r"\text{{from the 2-}}{1}\text{{-}}{2}\text{{-1 point with }} {0} \text{{ a level and a falling path lead lower}}",
        ),
        "B definite": Notation(
            "B({1}) is positive definite with {0}", r"B({1}) \succ 0 \text{{ with }} {0}"
        ),
    },
    instances=sizes,
)
ACTIVATED = CERTIFIED.extended(
    "16 rational samples and networks of 2, p1, p2 and 1 units, with a linear or an activated output",
    decisions={"minimum with an activated output": has_activated_minimum},
    notation={
        "minimum with an activated output": Notation(
            "2-{1}-{2}-1 with {0}, at the output too: suboptimal local minimum at the same weights",
            r"\text{{2-}}{1}\text{{-}}{2}\text{{-1 with }} {0} \text{{, at the output too: suboptimal local minimum at the same weights}}",
        )
    },
)

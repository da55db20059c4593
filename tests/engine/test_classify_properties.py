"""Properties of `classify` on random critical points, and a second route to every answer.

Critical points are built backwards: parameters and inputs are drawn, residuals in the kernel of the
transposed differential are chosen, and the targets are the predictions minus the residuals. The
second route takes forward duals over Fractions (or mpmath), jets for the Hessian, elimination for
its inertia, and values of the loss at points around the given one and along the curves found.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_landscape import Network, Samples, classify
from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.calculus import loss_jet
from symbolic_landscape.critical import Answer, Classification, Kind
from symbolic_landscape.critical.fibres import differential_at
from symbolic_landscape.critical.kernels import exact_kernel
from symbolic_landscape.critical.local import LocalLoss, smooth_near
from symbolic_landscape.errors import DomainError, SmoothnessError

Vector = list[Fraction]
Rational = Callable[[Fraction], Fraction]

POLYNOMIALS: dict[str, tuple[Rational, Rational]] = {
    "linear": (lambda t: t, lambda t: Fraction(1)),
    "square": (lambda t: t * t, lambda t: 2 * t),
    "cubic": (lambda t: t + t**3, lambda t: 1 + 3 * t * t),
    "t + t**5": (lambda t: t + t**5, lambda t: 1 + 5 * t**4),
    "t**3": (lambda t: t**3, lambda t: 3 * t * t),
    "relu": (lambda t: max(t, Fraction(0)), lambda t: Fraction(t > 0)),
}
OUTPUTS = ("linear", "linear", "linear", "square", "cubic")

TRANSCENDENTAL: dict[str, Callable[[Any], Any]] = {
    "tanh": mpmath.tanh,
    "sigmoid": lambda t: 1 / (1 + mpmath.exp(-t)),
    "arctan": mpmath.atan,
    "algebraic": lambda t: t / mpmath.sqrt(1 + t * t),
    "smoolu": lambda t: t * mpmath.exp(-1 / t) if t > 0 else mpmath.mpf(0),
    "exp(t)": mpmath.exp,
    "tanh(t**3)": lambda t: mpmath.tanh(t**3),
}

MINIMA = {Kind.STRICT_MINIMUM, Kind.NON_STRICT_MINIMUM, Kind.OPEN_MINIMUM}


@dataclass(frozen=True)
class Case:
    """A network, samples and a critical point."""

    network: Network
    inputs: list[Vector]
    targets: list[list[Any]]
    point: Vector

    @property
    def answer(self) -> Classification:
        return classify(self.network.loss(Samples(self.inputs, self.targets)), self.point)


def forward(network: Network, point: Sequence[Any], x: Sequence[Any], function: Any) -> list[Any]:
    """The predictions for one input, layer by layer."""
    at, values = 0, list(x)
    zero = point[0] * 0
    for layer, (below, above) in enumerate(pairwise(network.widths), 1):
        rows = [point[at + i * below : at + (i + 1) * below] for i in range(above)]
        at += above * below
        sums = [sum((w * v for w, v in zip(row, values, strict=True)), zero) for row in rows]
        if network.bias:
            sums = [total + point[at + i] for i, total in enumerate(sums)]
            at += above
        values = [function(total) for total in sums] if layer < network.depth else sums
    last = POLYNOMIALS[str(network.output_activation)][0]
    return [last(value) for value in values]


def loss_of(case: Case, point: Sequence[Any], function: Any, convert: Any) -> Any:
    total = convert(0)
    for x, y in zip(case.inputs, case.targets, strict=True):
        found = forward(case.network, point, [convert(v) for v in x], function)
        total += sum((a - convert(b)) ** 2 for a, b in zip(found, y, strict=True))
    return total


def differential(network: Network, point: Vector, x: Vector) -> list[Vector] | None:
    """The differential of each prediction by forward duals; None at a joint."""
    size = len(point)
    at = 0
    values = [(v, [Fraction(0)] * size) for v in x]
    for layer, (below, above) in enumerate(pairwise(network.widths), 1):
        name = str(network.activation_of(layer))
        function, slope = POLYNOMIALS[name]
        biases = at + above * below
        found = []
        for i in range(above):
            total = point[biases + i] if network.bias else Fraction(0)
            dual = [Fraction(0)] * size
            if network.bias:
                dual[biases + i] += 1
            for j, (value, inner) in enumerate(values):
                place = at + i * below + j
                total += point[place] * value
                dual[place] += value
                dual = [a + point[place] * b for a, b in zip(dual, inner, strict=True)]
            if name == "relu" and not total:
                return None
            found.append((function(total), [slope(total) * a for a in dual]))
        values = found
        at = biases + (above if network.bias else 0)
    return [dual for _, dual in values]


def drawn(
    source: random.Random, names: Sequence[str], outputs: Sequence[str], most_samples: int
) -> tuple[Network, list[Vector], Vector]:
    """A network, inputs and a point with small numbers, with equal units now and then."""
    depth = source.choice([1, 2, 2, 2, 3])
    hidden = [source.randint(1, 2) for _ in range(depth - 1)]
    widths = [source.randint(1, 2), *hidden, source.choice([1, 1, 2, 3])]
    bias = source.random() < 0.6
    network = Network(widths, source.choice(names), source.choice(outputs), bias=bias)
    count = source.randint(1, most_samples)
    inputs = [[Fraction(source.randint(-2, 2)) for _ in range(widths[0])] for _ in range(count)]
    entries = [0, 0, 1, -1, 2, -2, 1, -1]
    point = [
        Fraction(source.choice(entries), source.choice([1, 1, 2]))
        for _ in range(network.parameter_count)
    ]
    if depth > 1 and widths[1] == 2 and source.random() < 0.3:
        start, below = network.layer_range(1).start, widths[0]
        point[start + below : start + 2 * below] = point[start : start + below]
        if bias:
            point[start + 2 * below + 1] = point[start + 2 * below]
    return network, inputs, point


def rational_case(seed: int) -> Case | None:
    """A critical point of a network with polynomial activations, or relu away from its joints."""
    source = random.Random(seed)
    network, inputs, point = drawn(source, list(POLYNOMIALS), OUTPUTS, 5)
    rows: list[Vector] = []
    for x in inputs:
        block = differential(network, point, x)
        if block is None:
            return None
        rows += block
    kernel = QQ.matrix(rows).T.kernel()
    size = source.choice((1, 1, 1, 30))
    weights = [size * source.randint(-2, 2) for _ in range(kernel.shape[1])]
    residuals = [Fraction(0)] * len(rows)
    if weights and source.random() < 0.9:
        residuals = [row[0].rational() for row in (kernel @ QQ.column(weights)).tolist()]
    function = POLYNOMIALS[str(network.activation)][0]
    predictions = [forward(network, point, x, function) for x in inputs]
    m = network.outputs
    targets = [
        [value - residuals[i * m + k] for k, value in enumerate(row)]
        for i, row in enumerate(predictions)
    ]
    return Case(network, inputs, targets, point)


def transcendental_case(seed: int) -> Case | None:
    """The same with exponentials and roots; repeated inputs or many zeros help."""
    source = random.Random(seed)
    network, inputs, point = drawn(source, list(TRANSCENDENTAL), ["linear"], 3)
    if source.random() < 0.4:
        inputs = inputs[:2] * 2
    if source.random() < 0.5:
        point = [value if source.random() < 0.4 else Fraction(0) for value in point]
    m = network.outputs
    if len(point) > 7 or len(inputs) * m > 5:
        return None
    blank = network.loss(Samples(inputs, [[0] * m for _ in inputs]))
    try:
        parameters = network.parameters(point)
        local = LocalLoss(smooth_near(blank, parameters), parameters)
        features = local.exact.features(network.depth)
        every = local.surface.samples.inputs.rows()
        distinct = list(dict.fromkeys(every))
        order = [distinct.index(row) * m + k for row in every for k in range(m)]
        whole = differential_at(local)
        kernel = exact_kernel(whole.submatrix(order, range(len(point))).T)
    except (DomainError, SmoothnessError):
        return None
    weights = [source.randint(-2, 2) for _ in range(kernel.shape[1])]
    targets = [list(row) for row in features.tolist()]
    for i in range(len(inputs)):
        for k in range(m):
            for column, weight in enumerate(weights):
                targets[i][k] = targets[i][k] - kernel[i * m + k, column] * weight
    return Case(network, inputs, targets, point)


# ---- the second route


def as_mpf(value: Any) -> Any:
    if isinstance(value, int | Fraction):
        return mpmath.mpf(Fraction(value).numerator) / Fraction(value).denominator
    mantissa, exponent = value.enclose(300).mid().man_exp()
    return mpmath.ldexp(mpmath.mpf(int(mantissa)), int(exponent))


def as_fraction(value: Any) -> Fraction:
    return Fraction(value) if isinstance(value, int | Fraction) else value.rational()


def expected_kind(positive: int, negative: int, zero: int) -> Kind | None:
    """What second order alone settles."""
    if positive and negative:
        return Kind.STRICT_SADDLE
    if zero:
        return None
    return Kind.MAXIMUM if negative else Kind.STRICT_MINIMUM


def agree(
    case: Case, found: Classification, inertia: tuple[int, int, int], value: Any, convert: Any
) -> None:
    """No value of the loss around the point or along a curve contradicts the answer."""
    tolerance = 0 if convert is as_fraction else convert(Fraction(1, 10**45))
    assert found.kind is not Kind.NOT_CRITICAL
    if found.inertia is not None:
        assert found.inertia == inertia
    settled = expected_kind(*inertia)
    if settled is not None:
        assert found.kind is settled
    here = value([convert(x) for x in case.point])
    source = random.Random(0)
    for _ in range(30):
        step = Fraction(1, 2 ** source.choice([9, 11, 14]))
        around = [convert(x + step * source.randint(-1, 1)) for x in case.point]
        change = value(around) - here
        if found.kind in MINIMA or found.global_minimum is Answer.YES:
            assert change >= -tolerance
        if found.kind is Kind.MAXIMUM:
            assert change <= tolerance
    if found.better is not None:
        assert value([convert(x) for x in found.better.coordinates]) < here
    for curve, sign in ((found.descent, -1), (found.ascent, 1)):
        if curve is not None:
            shift = curve.at(Fraction(1, 2 ** (200 if convert is as_fraction else 20)))
            moved = [convert(x) + convert(s) for x, s in zip(case.point, shift, strict=True)]
            assert (value(moved) - here) * sign > 0


def check_rational(case: Case) -> Kind:
    function = POLYNOMIALS[str(case.network.activation)][0]
    found = case.answer
    parameters = case.network.parameters(case.point)
    surface = smooth_near(case.network.loss(Samples(case.inputs, case.targets)), parameters)
    second = QQ.matrix(loss_jet(surface.model_at(parameters), QQ).second)
    inertia = second.ldl().inertia()

    def value(point: Sequence[Fraction]) -> Any:
        return loss_of(case, point, function, as_fraction)

    assert found.loss == value(case.point)
    assert found.gradient is not None
    assert all(entry.is_zero for entry in found.gradient)
    agree(case, found, inertia, value, as_fraction)
    if found.null_directions:
        rows = QQ.matrix([list(null.vector) for null in found.null_directions])
        assert rows.rank() == inertia[2]
        assert (second @ rows.T).is_zero
    return found.kind


def check_transcendental(case: Case) -> Kind:
    function = TRANSCENDENTAL[str(case.network.activation)]
    found = case.answer
    with mpmath.workdps(60):
        parameters = case.network.parameters(case.point)
        surface = smooth_near(case.network.loss(Samples(case.inputs, case.targets)), parameters)
        hessian = surface.at(parameters).numeric(50).hessian
        small = mpmath.mpf(10) ** -30
        values = list(mpmath.eigsy(hessian, eigvals_only=True))
        positive = sum(v > small for v in values)
        negative = sum(v < -small for v in values)
        inertia = (positive, negative, len(values) - positive - negative)

        def value(point: Sequence[Any]) -> Any:
            return loss_of(case, point, function, as_mpf)

        agree(case, found, inertia, value, as_mpf)
        for null in found.null_directions:
            vector = mpmath.matrix([as_mpf(x) for x in null.vector])
            assert mpmath.norm(hessian * vector) < small * (1 + mpmath.norm(vector))
    return found.kind


def run(
    build: Callable[[int], Case | None], check: Callable[[Case], Kind], count: int, first: int
) -> list[Kind]:
    """The kinds of so many cases; each is checked by the second route."""
    kinds: list[Kind] = []
    seed = first
    while len(kinds) < count:
        case = build(seed)
        seed += 1
        if case is not None:
            kinds.append(check(case))
    return kinds


def test_random_critical_points_by_two_routes() -> None:
    kinds = run(rational_case, check_rational, 60, first=10_000)
    assert len(set(kinds)) >= 4
    assert kinds.count(Kind.UNDECIDED) <= 3


def test_random_critical_points_with_exponentials_by_two_routes() -> None:
    kinds = run(transcendental_case, check_transcendental, 20, first=10_000)
    assert len(set(kinds)) >= 2


@pytest.mark.slow
def test_500_random_critical_points_by_two_routes() -> None:
    kinds = run(rational_case, check_rational, 380, first=0)
    kinds += run(transcendental_case, check_transcendental, 120, first=0)
    assert len(kinds) == 500
    assert set(kinds) >= {
        Kind.STRICT_MINIMUM,
        Kind.NON_STRICT_MINIMUM,
        Kind.STRICT_SADDLE,
        Kind.SADDLE,
    }
    assert kinds.count(Kind.UNDECIDED) <= 40


# ---- invariance


def some_case(seed: int) -> Case:
    """The first case from this seed on."""
    while (case := rational_case(seed)) is None:
        seed += 1
    return case


def same(a: Classification, b: Classification) -> None:
    """Equal kinds and inertias, and no yes against a no."""
    assert (a.kind, a.inertia) == (b.kind, b.inertia)
    assert {a.global_minimum, b.global_minimum} != {Answer.YES, Answer.NO}


def exchanged(network: Network, point: Vector, layer: int) -> Vector:
    """The point with the first two units of a hidden layer exchanged."""
    result = list(point)
    below, above = network.widths[layer - 1], network.widths[layer + 1]
    start, width = network.layer_range(layer).start, network.widths[layer]
    pairs = [(start + j, start + below + j) for j in range(below)]
    if network.bias:
        pairs.append((start + width * below, start + width * below + 1))
    after = network.layer_range(layer + 1).start
    pairs += [(after + i * width, after + i * width + 1) for i in range(above)]
    for i, j in pairs:
        result[i], result[j] = result[j], result[i]
    return result


SEEDS = st.integers(0, 5_000)
FEW = settings(max_examples=12, deadline=None, derandomize=True)


@FEW
@given(SEEDS)
def test_kind_is_invariant_under_neuron_exchange(seed: int) -> None:
    case = some_case(seed)
    for layer in range(1, case.network.depth):
        if case.network.widths[layer] == 2:
            moved = exchanged(case.network, case.point, layer)
            same(case.answer, Case(case.network, case.inputs, case.targets, moved).answer)


@FEW
@given(SEEDS)
def test_kind_is_invariant_under_sign_change_of_a_unit(seed: int) -> None:
    case = some_case(seed)
    signs = {"linear": -1, "cubic": -1, "t + t**5": -1, "t**3": -1, "square": 1}
    sign = signs.get(str(case.network.activation))
    if sign is None or case.network.depth < 2:
        return
    network, moved = case.network, list(case.point)
    start, below, width = network.layer_range(1).start, network.widths[0], network.widths[1]
    for place in [*range(start, start + below), *([start + width * below] if network.bias else [])]:
        moved[place] = -moved[place]
    after = network.layer_range(2).start
    for i in range(network.widths[2]):
        moved[after + i * width] *= sign
    same(case.answer, Case(network, case.inputs, case.targets, moved).answer)


@FEW
@given(SEEDS, st.fractions(min_value=Fraction(1, 3), max_value=3, max_denominator=3))
def test_kind_is_invariant_under_rescaling_of_targets_and_last_layer(
    seed: int, scale: Fraction
) -> None:
    case = some_case(seed)
    if str(case.network.output_activation) != "linear":
        return
    last = case.network.layer_range(case.network.depth)
    point = [value * scale if i in last else value for i, value in enumerate(case.point)]
    targets = [[value * scale for value in row] for row in case.targets]
    first, second = case.answer, Case(case.network, case.inputs, targets, point).answer
    same(first, second)
    assert second.loss == first.loss * scale**2


@FEW
@given(SEEDS, st.randoms(use_true_random=False))
def test_kind_is_invariant_under_the_order_of_samples(seed: int, source: random.Random) -> None:
    case = some_case(seed)
    order = list(range(len(case.inputs)))
    source.shuffle(order)
    inputs, targets = [case.inputs[i] for i in order], [case.targets[i] for i in order]
    same(case.answer, Case(case.network, inputs, targets, case.point).answer)


@FEW
@given(SEEDS)
def test_moved_targets_are_called_critical_only_where_the_gradient_is_zero(seed: int) -> None:
    case = some_case(seed)
    targets = [[value + Fraction(i + 1, 7) for value in row] for i, row in enumerate(case.targets)]
    found = Case(case.network, case.inputs, targets, case.point).answer
    parameters = case.network.parameters(case.point)
    surface = smooth_near(case.network.loss(Samples(case.inputs, targets)), parameters)
    gradient = surface.at(parameters).gradient
    assert (found.kind is Kind.NOT_CRITICAL) == (not gradient.is_zero)

"""Second-order jets: value, gradient and Hessian by the chain rule, one number at a time.

The slow and literal definition, kept beside the layer formulas of `values` as their oracle: it
knows nothing of layers, only that a sum, a product and a function of jets are jets again.

Objects: Jet, JetOperations; loss_jet.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import Field, Matrix
from symbolic_landscape.calculus.engines import Engine, Entrywise
from symbolic_landscape.calculus.values import Model
from symbolic_landscape.formula import Call, Formula, Piece, T, derivative, evaluated
from symbolic_landscape.functions.activations import ScalarLoss
from symbolic_landscape.functions.losses import CrossEntropy, Loss


@dataclass(frozen=True)
class Jet:
    """A value with its first derivatives (p,) and second derivatives (p, p), raw field elements."""

    value: Any
    first: tuple[Any, ...]
    second: tuple[tuple[Any, ...], ...]


class JetOperations:
    """The operations of a formula on jets in `size` variables over a field."""

    def __init__(self, field: Field, size: int) -> None:
        self.field = field
        self.size = size
        self.zero = field.constant(Fraction(0))

    def lifted(self, value: Any) -> Jet:
        """The constant jet of a raw element."""
        row = (self.zero,) * self.size
        return Jet(value, row, (row,) * self.size)

    def variable(self, value: Any, index: int) -> Jet:
        """The jet of the variable with this index at this value."""
        flat = self.lifted(value)
        one = self.field.constant(Fraction(1))
        first = tuple(one if i == index else self.zero for i in range(self.size))
        return Jet(value, first, flat.second)

    def constant(self, value: Fraction) -> Jet:
        """The constant jet of a rational number."""
        return self.lifted(self.field.constant(value))

    def add(self, a: Jet, b: Jet) -> Jet:
        """A + b."""
        add = self.field.add
        return Jet(
            add(a.value, b.value),
            tuple(map(add, a.first, b.first)),
            tuple(tuple(map(add, x, y)) for x, y in zip(a.second, b.second, strict=True)),
        )

    def multiply(self, a: Jet, b: Jet) -> Jet:
        """A b, by Leibniz."""
        f = self.field
        places = range(self.size)
        first = [
            f.add(f.multiply(a.first[i], b.value), f.multiply(a.value, b.first[i])) for i in places
        ]
        second = [
            [
                f.dot(
                    (a.second[i][j], a.first[i], a.first[j], a.value),
                    (b.value, b.first[j], b.first[i], b.second[i][j]),
                )
                for j in places
            ]
            for i in places
        ]
        return Jet(f.multiply(a.value, b.value), tuple(first), tuple(map(tuple, second)))

    def composed(self, formula: Formula, a: Jet) -> Jet:
        """The formula of a jet: f(a), f' a_i, f'' a_i a_j + f' a_ij."""
        f = self.field
        operations = Entrywise(Engine(f), 1)
        value, slope, bend = (
            evaluated(derivative(formula, i), [a.value], operations)[0] for i in range(3)
        )
        first = tuple(f.multiply(slope, x) for x in a.first)
        second = tuple(
            tuple(
                f.add(f.multiply(bend, f.multiply(x, y)), f.multiply(slope, z))
                for y, z in zip(a.first, row, strict=True)
            )
            for x, row in zip(a.first, a.second, strict=True)
        )
        return Jet(value, first, second)

    def power(self, a: Jet, exponent: int) -> Jet:
        """A to an integer power."""
        return self.composed(T**exponent, a)

    def exp(self, a: Jet) -> Jet:
        """The exponential of a."""
        return self.composed(Call("exp", T), a)

    def log(self, a: Jet) -> Jet:
        """The natural logarithm."""
        return self.composed(Call("log", T), a)

    def tanh(self, a: Jet) -> Jet:
        """The hyperbolic tangent."""
        return self.composed(Call("tanh", T), a)

    def atan(self, a: Jet) -> Jet:
        """The arctangent."""
        return self.composed(Call("atan", T), a)

    def sqrt(self, a: Jet) -> Jet:
        """The nonnegative root."""
        return self.composed(Call("sqrt", T), a)

    def choose(self, a: Jet, piece: Piece) -> Jet:
        """The piece that holds at the value of the jet."""
        return self.composed(piece, a)


def loss_jet(model: Model, field: Field) -> Jet:
    """The loss of the model as a jet in its parameters, layer by layer, weights, then biases."""
    entries = sum(
        rows * (columns + bool(model.biases))
        for rows, columns in (matrix.shape for matrix in model.weights)
    )
    labels = model.labels or tuple(range(entries))
    size = 1 + max(label for label in labels if label is not None)
    operations = JetOperations(field, size)
    places = iter(labels)
    free: dict[int, Jet] = {}

    def variables(matrix: Matrix) -> list[list[Jet]]:
        result = []
        for row in matrix.over(field).raw_rows():
            jets = []
            for value in row:
                label = next(places)
                jet = operations.lifted(value)
                if label is not None:
                    jet = free.setdefault(label, operations.variable(value, label))
                jets.append(jet)
            result.append(jets)
        return result

    layers = []
    for k, weights in enumerate(model.weights):
        rows = variables(weights)
        biases = variables(model.biases[k]) if model.biases else [[]] * len(rows)
        layers.append((rows, biases, model.activations[k]))
    total = operations.constant(Fraction(0))
    targets = model.targets.over(field).raw_rows()
    shares = [operations.constant(Fraction(1))] * len(targets)
    if model.sample_weights is not None:
        shares = [operations.lifted(x) for (x,) in model.sample_weights.over(field).raw_rows()]
    triples = zip(model.inputs.over(field).raw_rows(), targets, shares, strict=True)
    for sample, target, share in triples:
        features = [operations.lifted(value) for value in sample]
        for layer, offsets, activation in layers:
            units = activation if isinstance(activation, tuple) else [activation] * len(layer)
            features = [
                evaluated(unit, _affine(operations, row, bias, features), operations)
                for unit, row, bias in zip(units, layer, offsets, strict=True)
            ]
        loss = _outer(operations, model.loss, features, list(map(operations.lifted, target)))
        total = operations.add(total, operations.multiply(share, loss))
    total = operations.multiply(operations.constant(model.factor), total)
    for label, factor in enumerate(model.decay):
        square = operations.multiply(free[label], free[label])
        total = operations.add(total, operations.multiply(operations.constant(factor), square))
    return total


def _outer(operations: JetOperations, loss: Loss, outputs: list[Jet], targets: list[Jet]) -> Jet:
    """The loss of one sample."""
    minus, zero = operations.constant(Fraction(-1)), operations.constant(Fraction(0))
    pairs = list(zip(outputs, targets, strict=True))
    if isinstance(loss, ScalarLoss):
        gaps = [operations.add(z, operations.multiply(minus, y)) for z, y in pairs]
        return _sum(operations, [evaluated(loss.formula, gap, operations) for gap in gaps])
    products = [operations.multiply(minus, operations.multiply(y, z)) for z, y in pairs]
    if isinstance(loss, CrossEntropy):
        summed = _sum(operations, [operations.exp(z) for z in outputs])
        mass = _sum(operations, targets)
        return _sum(operations, [operations.multiply(mass, operations.log(summed)), *products])
    parts = [evaluated(loss.formula, z, operations) for z in outputs]
    return _sum(operations, [zero, *parts, *products])


def _sum(operations: JetOperations, terms: list[Jet]) -> Jet:
    result = terms[0]
    for term in terms[1:]:
        result = operations.add(result, term)
    return result


def _affine(operations: JetOperations, row: list[Jet], bias: list[Jet], below: list[Jet]) -> Jet:
    result = bias[0] if bias else operations.constant(Fraction(0))
    for weight, feature in zip(row, below, strict=True):
        result = operations.add(result, operations.multiply(weight, feature))
    return result

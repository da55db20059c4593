"""Weights that run to infinity: a ray along which the loss falls for ever, and its infimum.

On a ray w + t d, t >= 0, the loss falls throughout if its derivative is negative for all t. Two
kinds of d are tried.
  The weights of the last layer: the features below are fixed, and no term of the loss rises.
  The incoming weights of one hidden unit whose pre-activations are all far out and run on to where
  the activation has a limit, but for some samples whose pre-activations are held (see `tails`).
  The derivative is a positive factor times a sum, which is enclosed on pieces of [0, infinity].

Objects: Runaway. Functions: runaway, output_infimum.

Design notes. Which rays are looked at is a heuristic, what is said of them is shown: units count as
far out by `tails`, a hidden unit only if at most 1/16 of the loss is left to fall along its ray
(`SETTLED`), as at a point that has not been trained nearly every unit has a ray; and beyond
t = 2^16 (`FARTHEST`) the derivative is enclosed in one piece or the ray is given up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import QQ, BallField, BallMatrix, Matrix, Scalar
from symbolic_landscape.calculus import LossSurface, Model, Pass, engine_for
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.symmetries import Places, power_law
from symbolic_landscape.critical.tails import Tail, Term, loss_limit, tail_of
from symbolic_landscape.errors import DomainError
from symbolic_landscape.functions.losses import CrossEntropy

BITS = 320
MOST_PIECES = 120
"""Most pieces of [0, infinity] on which the derivative along a ray is enclosed."""
FARTHEST = 1 << 16
"""From here on to infinity the derivative is enclosed in one piece."""
MOST_HELD = 3
"""Most samples whose pre-activations are held while a unit runs away."""
MOST_ROUNDS = 300
"""Most rounds of the perceptron over all samples."""
SETTLED = 16
"""A hidden unit's ray is told only if at most one part in so many of the loss is left to fall."""


@dataclass(frozen=True)
class Runaway:
    """Along w + t d the loss falls for all t >= 0 towards `infimum`, which it does not attain.

    That says nothing of critical points near w, or of lower losses elsewhere. If there is a
    `radius` r, no critical point has all its coordinates within r max(1, |w_i|) of those of w.
    """

    direction: tuple[Scalar, ...]
    infimum: Scalar
    reason: str
    radius: Fraction | None = None


def runaway(local: LocalLoss) -> Runaway | None:
    """A ray from a rational point along which the loss falls for ever; None if none was shown.

    If there are several it is the one along which the loss falls most.
    """
    if not local.surface.is_plain:
        return None
    try:
        output = _through_output(local)
        layers = range(1, local.network.depth)
        hidden = [ray for layer in layers for ray in _through_layer(local, layer)]
    except DomainError:
        return None
    rays = hidden if output is None else [output, *hidden]
    if not rays:
        return None
    direction, infimum, reason = min(rays, key=lambda ray: ray[1].raw.mid())
    drop = local.enclosed(BITS).value - infimum
    return Runaway(direction, infimum, f"{reason}; in all it falls by {drop}")


# ---- the last layer


def _through_output(local: LocalLoss) -> tuple[tuple[Scalar, ...], Scalar, str] | None:
    """The ray that scales the last layer, or for one layer one that separates the samples."""
    network, places = local.network, Places(local)
    own = network.layer_range(network.depth)
    slopes = local.enclosed(BITS).preactivations(network.depth)
    infimum = output_infimum(local, slopes)
    if infimum is not None:
        direction = places.vector({i: local.coordinates[i] for i in own})
        reason = "the last layer grows, and every term of the loss falls for ever"
        return direction, infimum, reason
    rows = _separating(local) if network.depth == 1 else None
    if rows is None:
        return None
    inputs = _extended(local)
    slopes = (inputs @ QQ.matrix(rows).T).over(BallField(BITS))
    infimum = output_infimum(local, slopes)
    if infimum is None:
        return None
    entries: dict[int, Scalar] = {}
    for unit, row in enumerate(rows):
        entries.update(zip(places.incoming(1, unit), map(QQ.scalar, row), strict=True))
    reason = "the outputs separate the samples, and every term of the loss falls for ever"
    return places.vector(entries), infimum, reason


def _classified(surface: LossSurface, slopes: Matrix) -> bool:
    """Whether each sample is of one class, whose logit certainly grows more than the others.

    Then every term log(1 + sum of e^(z_k - z_y)) falls for ever, towards 0.
    """
    output = surface.network.activation_of(surface.network.depth).formula
    law = power_law(output)
    if law is None or law[1] != 1 or law[0] <= 0:
        return False
    for row, wanted in zip(slopes.raw_rows(), surface.samples.targets.tolist(), strict=True):
        own = [k for k, value in enumerate(wanted) if not value.is_zero]
        if len(own) != 1 or not all(row[own[0]] > x for k, x in enumerate(row) if k != own[0]):
            return False
    return True


def _extended(local: LocalLoss) -> Matrix:
    """[X, 1], or X without biases."""
    inputs: Matrix = local.surface.samples.inputs
    if not local.network.bias:
        return inputs
    return inputs.hstack(inputs.field.ones(inputs.shape[0], 1))


def _separating(local: LocalLoss) -> list[list[Fraction]] | None:
    """Weights of one layer for which every output runs to where its term falls, by perceptrons."""
    surface = local.surface
    rows = [[value.rational() for value in row] for row in _extended(local).tolist()]
    found = []
    for column in surface.samples.targets.T.tolist():
        signs = []
        for target in column:
            ways = [s for s in (1, -1) if loss_limit(surface, target, s, BITS) is not None]
            if len(ways) != 1:
                return None
            signs.append(ways[0])
        weights = _perceptron([[s * x for x in row] for s, row in zip(signs, rows, strict=True)])
        if weights is None:
            return None
        found.append(weights)
    return found


def _perceptron(rows: Sequence[Sequence[Fraction]]) -> list[Fraction] | None:
    """A vector with positive products with all rows, by the perceptron rule; None if not found."""
    weights = [Fraction(0)] * len(rows[0])
    for _ in range(MOST_ROUNDS):
        done = True
        for row in rows:
            if sum((a * b for a, b in zip(weights, row, strict=True)), Fraction(0)) <= 0:
                weights = [a + b for a, b in zip(weights, row, strict=True)]
                done = False
        if done:
            return weights
    return None


def output_infimum(local: LocalLoss, slopes: Matrix) -> Scalar | None:
    """The limit of the loss where each output pre-activation runs in the direction of its slope.

    None unless each slope (N, m) is certainly not 0 and every term falls for ever, wherever the
    pre-activations start: then the derivative of the loss along the slopes is negative everywhere.
    """
    surface, field = local.surface, BallField(BITS)
    targets = surface.samples.targets.tolist()
    total = field.constant(Fraction(0))
    if isinstance(surface.loss, CrossEntropy):
        return Scalar(field, total) if _classified(surface, slopes) else None
    shares = surface.samples.shares
    for row, wanted, share in zip(slopes.raw_rows(), targets, shares, strict=True):
        for slope, target in zip(row, wanted, strict=True):
            if not (slope > 0 or slope < 0):
                return None
            limit = loss_limit(surface, target, 1 if slope > 0 else -1, BITS)
            if limit is None:
                return None
            total = field.add(total, field.multiply(field.constant(share), limit))
    factor = field.constant(surface.loss.weight(surface.samples.total))
    return Scalar(field, field.multiply(total, factor))


# ---- one hidden unit


def _through_layer(
    local: LocalLoss, layer: int
) -> Iterator[tuple[tuple[Scalar, ...], Scalar, str]]:
    network = local.network
    tail = tail_of(network.activation_of(layer).formula)
    if tail is None:
        return
    places, upper = Places(local), _Above(local, layer)
    for unit in range(network.widths[layer]):
        for row, terms, held in _runs(local, layer, unit):
            local.budget.need("all units were looked at")
            if not all(term.slope > 0 or term.slope < 0 for term in terms.values()):
                continue
            if not tail.right and any(term.slope > 0 for term in terms.values()):
                continue
            if not all(map(tail.is_far, terms.values())):
                continue
            infimum = upper.infimum(tail, unit, terms)
            if infimum is None:
                continue
            direction = places.vector(dict(zip(places.incoming(layer, unit), row, strict=True)))
            kept = f" but {', '.join(str(i + 1) for i in held)}, where it stays" if held else ""
            reason = (
                f"unit {unit + 1} of layer {layer} runs to its limits on all samples{kept}, and "
                "the loss falls for ever"
            )
            yield direction, infimum, reason


def _runs(
    local: LocalLoss, layer: int, unit: int
) -> Iterator[tuple[list[Scalar], dict[int, Term], tuple[int, ...]]]:
    """Directions of a unit's incoming weights, the terms that move, and the samples that do not."""
    field, places = BallField(BITS), Places(local)
    own = [local.coordinates[place] for place in places.incoming(layer, unit)]
    starts = [row[unit] for row in local.enclosed(BITS).preactivations(layer).raw_rows()]
    if layer > 1:
        yield own, {i: Term(start, start) for i, start in enumerate(starts)}, ()
        return
    inputs = _extended(local)
    order = sorted(range(len(starts)), key=lambda i: abs(starts[i]).mid())
    column = inputs.field.column(own)
    for count in range(min(MOST_HELD, inputs.shape[1]) + 1):
        moved = _held(inputs, column, order[:count])
        rates = [row[0].rational() for row in (inputs @ moved).tolist()]
        terms = {
            i: Term(start, field.constant(rate), rate)
            for i, (start, rate) in enumerate(zip(starts, rates, strict=True))
            if rate
        }
        agree = all((term.start > 0) == (term.slope > 0) for term in terms.values())
        if terms and agree and all(term.start != 0 for term in terms.values()):
            stay = tuple(i for i in range(len(starts)) if i not in terms)
            yield [row[0] for row in moved.tolist()], terms, stay


def _held(inputs: Matrix, column: Matrix, samples: Sequence[int]) -> Matrix:
    """The part of a column orthogonal to these rows of the inputs, with a first entry +-1."""
    if not samples:
        return column
    rows = inputs.submatrix(samples, range(inputs.shape[1]))
    rows = rows.submatrix(rows.T.row_reduced()[1], range(inputs.shape[1]))
    part = column - rows.T @ (rows @ rows.T).solve(rows @ column)
    first = next((abs(row[0]) for row in part.tolist() if not row[0].is_zero), None)
    return part if first is None else part.scale(1 / first)


class _Above:
    """The layers above one whose features move, with the samples' features as inputs."""

    def __init__(self, local: LocalLoss, layer: int) -> None:
        self.field = BallField(BITS)
        values = local.enclosed(BITS)
        self.features = values.features(layer).raw_rows()
        self.loss = values.value.raw
        model = local.surface.model_at(local.point)
        self.model = model
        self.layer = layer

    def passing(self, features: list[list[Any]]) -> Pass:
        """A run with these features of the layer."""
        model, k = self.model, self.layer
        above = Model(
            inputs=self.field.from_raw(features, width=len(features[0])),
            targets=model.targets,
            weights=model.weights[k:],
            biases=model.biases[k:],
            activations=model.activations[k:],
            loss=model.loss,
            factor=model.factor,
            sample_weights=model.sample_weights,
        )
        return Pass(above, engine_for(self.field, above.formulas))

    def pulled(self, features: list[list[Any]]) -> BallMatrix:
        """The derivatives of the loss by the features (N, n_k)."""
        errors = self.passing(features).error_matrix(1)
        result = errors @ self.model.weights[self.layer].over(self.field)
        assert isinstance(result, BallMatrix)
        return result

    def infimum(self, tail: Tail, unit: int, terms: dict[int, Term]) -> Scalar | None:
        """The limit of the loss if its derivative is negative for all t >= 0; else None."""
        slowest = min(terms.values(), key=lambda term: abs(term.slope).mid())
        if not all(tail.can_compare(term, slowest) for term in terms.values()):
            return None
        limit = self._limit(tail, unit, terms)
        with self.field.working():
            drop = self.loss - limit.raw
            if not (drop > 0 and drop * SETTLED < self.loss):
                return None
        pieces: list[tuple[Fraction, Fraction | None]] = [(Fraction(0), None)]
        for _ in range(MOST_PIECES):
            if not pieces:
                return limit
            start, end = pieces.pop()
            if self._falls(tail, unit, terms, slowest, start, end):
                continue
            if end is not None and end - start < Fraction(1, 1 << 12):
                return None
            if start > FARTHEST:
                return None
            middle = 2 * start + 1 if end is None else (start + end) / 2
            pieces += [(start, middle), (middle, end)]
        return None

    def _falls(
        self,
        tail: Tail,
        unit: int,
        terms: dict[int, Term],
        slowest: Term,
        start: Fraction,
        end: Fraction | None,
    ) -> bool:
        moved = [list(row) for row in self.features]
        try:
            for i, term in terms.items():
                moved[i][unit] = tail.value(term, start, end, BITS)
            pulled = self.pulled(moved)
        except DomainError:
            return False
        speeds = [tail.essence(term, slowest, start, end, BITS) for term in terms.values()]
        errors = [pulled.entry(i, unit) for i in terms]
        return bool(self.field.dot(errors, speeds) < 0)

    def _limit(self, tail: Tail, unit: int, terms: dict[int, Term]) -> Scalar:
        moved = [list(row) for row in self.features]
        for i, term in terms.items():
            moved[i][unit] = tail.limit(1 if term.slope > 0 else -1, BITS)
        return self.passing(moved).value()

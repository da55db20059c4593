"""A path of parameters along which the loss never rises and ends at 0.

The theorem is that of Petzka and Sminchisescu (2021), Theorem 5, for sums of squares: near any
parameters of a network with a wide layer, after which none widens, there are some from which such a
path starts. Here it is computed for given parameters, and each thing that it rests on is decided.

Objects: DescentPath. Functions: path_to_global_minimum, decided.

Design notes. What shows the path is algebra with finitely many conditions, those of `Realisation`.
Beside that the parameters are enclosed on all of [0, 1], and the network is run again along it,
where a mistake in the algebra would show. The wide layer needs N - 1 units, one less than there are
samples, for the biases of the next one move too; and 0 need not lie in the image.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import flint

from symbolic_landscape.arithmetic import QQ, BallField, Field, Matrix, Scalar
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical.bounds import square_factor
from symbolic_landscape.critical.budget import SECONDS, Budget
from symbolic_landscape.errors import DomainError, ShapeError
from symbolic_landscape.formula import T
from symbolic_landscape.formula.numbers import parse_number
from symbolic_landscape.networks import Network, Parameters, Point
from symbolic_landscape.paths.generic import MOST_BITS, start_near, wide_layers
from symbolic_landscape.paths.realised import Realisation
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, holds, undecided

RADIUS = Fraction(1, 1000)
BITS = 128
FIRST, MOST_HALVINGS = 8, 600
"""So many pieces of [0, 1] at first, each halved up to so many times."""
MOST_SAMPLES, MOST_PARAMETERS = 64, 2000
SHARP = 2.0**-30
"""The radius of balls in which outputs are compared."""


@dataclass(frozen=True)
class DescentPath:
    """The path, what shows it, and the pieces of [0, 1] on which the network was run again."""

    realisation: Realisation
    radius: Fraction
    verdict: Verdict
    pieces: tuple[tuple[Fraction, Fraction], ...]

    @property
    def surface(self) -> LossSurface:
        """The loss."""
        return self.realisation.surface

    @property
    def start(self) -> Parameters:
        """The parameters at t = 0, which are rational."""
        return self.realisation.start.point

    @property
    def wide(self) -> int:
        """The wide layer."""
        return self.realisation.start.wide

    @property
    def distance_squared(self) -> Fraction:
        """The square of the distance of the start from the given point, or a bound above it."""
        return self.realisation.start.distance_squared

    @cached_property
    def is_exact(self) -> bool:
        """Whether the path is a line between rational parameters."""
        return is_exact(self.realisation)

    def at(self, t: Any, bits: int | None = None) -> Parameters:
        """The parameters at a rational time in [0, 1]: exact on a rational line, else in balls.

        Raises DomainError: the time lies outside, or more bits are needed.
        """
        return self.realisation.at(self._time(t, bits))

    def loss_at(self, t: Any, bits: int | None = None) -> Scalar:
        """(1 - t)^2 times the loss at the start."""
        time = self._time(t, bits)
        return (1 - time) ** 2 * self.surface.at(self.start, time.field).value

    def recomputed_loss_at(self, t: Any, bits: int | None = None) -> Scalar:
        """The loss of the network at the parameters of a time; nothing is known of it before."""
        return self.surface.at(self.at(t, bits), self._time(t, bits).field).value

    def _time(self, t: Any, bits: int | None) -> Scalar:
        time = parse_number(t, "path: time")
        if not 0 <= time <= 1:
            message = f"path: a time from 0 to 1 was needed, got {time}"
            raise DomainError(message)
        return (QQ if self.is_exact else BallField(bits or self.realisation.start.bits)).scalar(
            time
        )

    def table(self, steps: int = 8) -> list[tuple[Fraction, Scalar, Scalar]]:
        """Times, the loss by its formula, and the loss of the network."""
        times = [Fraction(i, steps) for i in range(steps + 1)]
        return [(t, self.loss_at(t), self.recomputed_loss_at(t)) for t in times]

    def formulas(self) -> tuple[str, ...]:
        """What moves, layer by layer from the last one; F, y, z are those of `realised`."""
        said = []
        for room in reversed(self.realisation.rooms):
            k, r, p = room.layer, room.factor, room.shift
            scaled = f"W{k} times 1 + {r} z, " if r else ""
            moved = f"b{k} less {p} z W{k} 1, " if p else ""
            below = f"F + y{f' + {p} z' if p else ''}"
            below = f"({below})/(1 + {r} z)" if r else below
            said.append(f"{scaled}{moved}for features {below} of layer {k - 1}")
        k = self.wide + 1
        names = ", ".join(str(place + 1) for place in self.realisation.start.places)
        return (*said, f"[W{k}, b{k}] in columns {names} alone, linear in what is asked")

    def to_data(self) -> dict[str, Any]:
        """Plain data by the schema `lemma-check/path/1`."""
        return {
            "schema": "lemma-check/path/1",
            "outcome": str(self.verdict.outcome.value),
            "evidence": self.verdict.evidence.word,
            "reason": self.verdict.reason,
            "wide layer": self.wide,
            "radius": str(self.radius),
            "distance squared": str(self.distance_squared),
            "start": self.start.canonical(),
            "formulas": list(self.formulas()),
            "pieces": [[str(a), str(b)] for a, b in self.pieces],
            "loss": [
                {"t": str(t), "formula": str(a), "network": str(b)} for t, a, b in self.table()
            ],
        }

    def lines(self) -> tuple[str, ...]:
        """The path as lines of text."""
        near = f"a point within {self.radius} of the given one"
        pairs = [
            ("path", f"{self.verdict.outcome.value}, {self.verdict.evidence.word}"),
            ("starts at", near if self.distance_squared else "the given point"),
            ("loss along it", f"(1 - t)^2 times {self.loss_at(0)}, which ends at 0"),
            *(("moves", text) for text in self.formulas()),
            ("because", self.verdict.reason),
        ]
        return tuple(f"{word:<18}{text}" for word, text in pairs)

    def __repr__(self) -> str:
        return (
            f"DescentPath({self.surface.network.widths}, wide layer {self.wide}, loss "
            f"{self.loss_at(0)} to 0: {self.verdict.outcome.value}, {self.verdict.evidence.word})"
        )

    def __str__(self) -> str:
        return "\n".join(self.lines())


def path_to_global_minimum(
    loss: LossSurface,
    point: Point | Any,
    *,
    radius: Any = RADIUS,
    wide: int | None = None,
    seconds: float = SECONDS,
    bits: int = BITS,
) -> DescentPath:
    """A path with loss (1 - t)^2 times that at its start, from near the parameters to loss 0.

    The point may also be a vector in the order of the parameters' names.

    The start is the given point where that is generic, else a rational one within the radius. The
    verdict of the result says what was shown, and its evidence; it is UNDECIDED where the seconds
    of processor time end before the network was run again along all of the path.

    Raises ShapeError: no layer is wide enough, or a later one widens; or the sizes are too large.
    Raises DomainError: the loss is no sum of squares, the output not linear, there are no biases,
    two inputs are equal, an activation has no inverse, or no generic start was found.

    >>> from symbolic_landscape.networks import Network, Samples
    >>> net = Network((1, 2, 1), "sigmoid")
    >>> loss = net.loss(Samples(inputs=[[0], [1]], targets=[[0], [1]]))
    >>> path_to_global_minimum(loss, [1, -1, 0, 1, 0, 0, "1/2"])
    DescentPath((1, 2, 1), wide layer 1, loss 0.500000000000000 to 0: holds, enclosed)
    """
    network = _checked(loss)
    entries: Any = point
    given = point if isinstance(point, Parameters) else network.parameters(entries)
    network.need_parameters(given)
    distance = parse_number(radius, "path: radius")
    if distance <= 0:
        message = f"path: a positive radius was needed, got {distance}"
        raise DomainError(message)
    layers = wide_layers(network, loss.samples.count)
    if wide is not None and wide not in layers:
        message = f"path: a wide layer out of {layers} was needed, got {wide}"
        raise ShapeError(message)
    budget = Budget(seconds)
    start = start_near(loss, given, layers[0] if wide is None else wide, distance, bits, budget)
    while True:
        finer = replace(start, bits=2 * start.bits)
        try:
            realisation = Realisation.of(loss, start)
            verdict, pieces = decided(realisation, distance, budget)
        except DomainError:
            if finer.bits > MOST_BITS or budget.is_spent:
                raise
            start = finer
            continue
        if not verdict.is_undecided or finer.bits > MOST_BITS or budget.is_spent:
            return DescentPath(realisation, distance, verdict, pieces)
        start = finer


def _checked(loss: LossSurface) -> Network:
    """The network of a loss for which there may be a path. Raises DomainError, ShapeError."""
    network: Network = loss.network
    samples, problem = loss.samples, None
    if not isinstance(network, Network) or square_factor(loss) is None:
        problem = "a sum of squared residuals of a fully connected network"
    elif network.output_activation.formula != T:
        problem = f"a linear output, and not {network.output_activation}"
    elif not network.bias:
        problem = "biases"
    elif len(set(map(str, samples.inputs.rows()))) < samples.count:
        problem = "inputs that differ from one another"
    if problem is not None:
        message = f"a path to a global minimum needs {problem}"
        raise DomainError(message)
    if samples.count > MOST_SAMPLES or network.parameter_count > MOST_PARAMETERS:
        message = (
            f"a path is computed for at most {MOST_SAMPLES} samples and {MOST_PARAMETERS} "
            f"parameters, got {samples.count} and {network.parameter_count}"
        )
        raise ShapeError(message)
    return network


def is_exact(path: Realisation) -> bool:
    """Whether the path is a line between rational parameters."""
    if path.rooms:
        return False
    try:
        return path.surface.at(path.start.point).features(path.start.wide).field == QQ
    except DomainError:
        return False


def decided(
    path: Realisation, radius: Fraction, budget: Budget
) -> tuple[Verdict, tuple[tuple[Fraction, Fraction], ...]]:
    """Whether the path is one of non-increasing loss to a fit from within the radius."""
    distance = path.start.distance_squared
    if distance >= radius**2:
        said = f"the start is at the squared distance {distance}, {radius} was asked for"
        return fails(Evidence.EXACT, said), ()
    near = holds(Evidence.EXACT, f"the squared distance is {distance}")
    conditions = path.conditions(path.start.bits)
    if not conditions.is_holds:
        return conditions, ()
    again, pieces = _exactly(path) if is_exact(path) else _in_balls(path, budget)
    verdict = all_of(near=near, conditions=conditions, again=again)
    if not verdict.is_holds:
        return verdict, pieces
    evidence = again.evidence
    said = (
        "the outputs go straight to the targets, so the loss is (1 - t)^2 times that at the start: "
        f"{conditions.reason}; {again.reason}"
    )
    return holds(evidence, said), pieces


Pieces = tuple[tuple[Fraction, Fraction], ...]


def _exactly(path: Realisation) -> tuple[Verdict, Pieces]:
    """The loss along a line of the last layer is quadratic in t: three values say what it is."""
    times = [Fraction(0), Fraction(1, 2), Fraction(1)]
    values = [path.surface.at(path.at(QQ.scalar(t)), QQ).value for t in times]
    whole = ((Fraction(0), Fraction(1)),)
    if path.at(QQ.scalar(0)) != path.start.point:
        return fails(Evidence.EXACT, "the path starts elsewhere"), whole
    if values[1] * 4 != values[0] or not values[2].is_zero:
        said = f"the losses at 0, 1/2 and 1 are {', '.join(map(str, values))}"
        return fails(Evidence.EXACT, said), whole
    said = f"quadratic in t, the loss is {values[0]}, {values[1]} and 0 at 0, 1/2 and 1"
    return holds(Evidence.EXACT, said), whole


def _in_balls(path: Realisation, budget: Budget) -> tuple[Verdict, Pieces]:
    """Pieces of [0, 1] on which the parameters are enclosed, with the network run at their ends."""
    field = BallField(path.start.bits)
    done: list[tuple[Fraction, Fraction]] = []
    waiting = [(Fraction(i, FIRST), Fraction(i + 1, FIRST), 0) for i in range(FIRST)][::-1]
    try:
        found = _run_at(path, field.scalar(0))
        while waiting and found is None:
            a, b, halvings = waiting.pop()
            if budget.is_spent:
                return undecided(f"the time was used up at t = {a}"), tuple(done)
            found = _run_at(path, field.scalar(b))
            if _is_enclosed(path, a, b, field):
                done.append((a, b))
            elif halvings < MOST_HALVINGS:
                middle = (a + b) / 2
                waiting += [(middle, b, halvings + 1), (a, middle, halvings + 1)]
            else:
                return undecided(f"the parameters were not enclosed on [{a}, {b}]"), tuple(done)
    except DomainError as cause:
        return undecided(str(cause)), tuple(done)
    if found is not None:
        return found, tuple(done)
    said = (
        f"the parameters are enclosed on {len(done)} pieces of [0, 1], and run again at their ends "
        "the network has these outputs"
    )
    return holds(Evidence.ENCLOSED, said), tuple(done)


def _is_enclosed(path: Realisation, a: Fraction, b: Fraction, field: BallField) -> bool:
    """Whether all parameters between two times are enclosed, each formula continuous there."""
    with field.working():
        piece = Scalar(field, field.constant(a).union(field.constant(b)))
    try:
        point = path.at(piece)
    except DomainError:
        return False
    parts = [matrix.over(field).raw_rows() for matrix in (*point.weights, *point.biases)]
    return all(x.is_finite() for rows in parts for row in rows for x in row)


def _run_at(path: Realisation, t: Scalar) -> Verdict | None:
    """None where the network has the outputs claimed at a time, else FAILS.

    At time 0 the parameters have to meet those of the start. Raises DomainError: no sharp balls are
    known.
    """
    point = path.at(t)
    depth, field = path.surface.network.depth, t.field
    there = path.surface.at(point, field).preactivations(depth)
    pairs = [(there, path.outputs(t))]
    if t.raw == 0:
        own = path.start.point
        pairs += zip((*point.weights, *point.biases), (*own.weights, *own.biases), strict=True)
    if all(_meet(a, b, field) for a, b in pairs):
        return None
    return fails(Evidence.ENCLOSED, f"at t = {t} the network has other outputs than those claimed")


def _meet(a: Matrix, b: Matrix, field: Field) -> bool:
    """Whether two matrices of balls may be equal. Raises DomainError: the balls are large."""
    rows = zip(a.over(field).raw_rows(), b.over(field).raw_rows(), strict=True)
    return all(_overlap(x, y) for left, right in rows for x, y in zip(left, right, strict=True))


def _overlap(x: flint.arb, y: flint.arb) -> bool:
    if not (x.rad() < SHARP and y.rad() < SHARP):
        message = f"balls of a radius below {SHARP} were needed, got {x} and {y}"
        raise DomainError(message)
    return bool(x.overlaps(y))

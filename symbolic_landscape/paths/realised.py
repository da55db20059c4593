"""A path of outputs, realised by a path of parameters: closed formulas in t on [0, 1].

Notation: F_k, G_k are features and pre-activations at the start, Z = G_L the outputs there, Y the
targets. For each layer l after the one next to the wide layer, R is a right inverse of W_l, and

    M = G_l(t) - G_l,  y = M R^T,  z = sum of the squares of y,
    W_l(t) = (1 + r z) W_l,  b_l(t) = b_l - p z W_l 1,
    F_{l-1}(t) = (F_{l-1} + y + p z) / (1 + r z),  G_{l-1}(t) = sigma^-1(F_{l-1}(t)),

from G_L(t) = Z + t (Y - Z) downwards; in the layer next to the wide one [W, b] moves by the M R^T
for which R is a right inverse of [F, 1]^T. Petzka and Sminchisescu (2021), Lemmas 17 to 20, choose
for each t a factor and a shift; here z does it for all t. For an image (c, d) it is enough that all
F - c and d - F are at least e, with 4 e (p - c r) > 1 and 4 e (d r - p) > 1, where an end at
infinity asks for nothing: no entry leaves the image, and 0 need not lie in it.

Objects: Room, Realisation.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from symbolic_landscape.arithmetic import QQ, BallField, Field, Matrix, Scalar
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical.kernels import midpoint
from symbolic_landscape.errors import DomainError
from symbolic_landscape.functions.inverses import Inverse
from symbolic_landscape.networks import Parameters
from symbolic_landscape.paths.generic import Start, extended
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, holds, undecided

DENOMINATOR = 1 << 10


@dataclass(frozen=True)
class Room:
    """How layer l moves: a right inverse of W_l, and the numbers e, r and p."""

    layer: int
    right: Matrix
    margin: Fraction
    factor: Fraction
    shift: Fraction


@dataclass(frozen=True)
class Realisation:
    """A path of parameters from a start whose outputs go straight from Z to Y."""

    surface: LossSurface
    start: Start
    rooms: tuple[Room, ...]

    @staticmethod
    def of(surface: LossSurface, start: Start) -> Realisation:
        """The path. Raises DomainError: the activation has no inverse where one is needed."""
        rooms = []
        for k, columns in enumerate(start.columns, start.wide + 2):
            W = start.point.weights[k - 1]
            rows = W.submatrix(range(W.shape[0]), columns).inverse()
            right = [[QQ.scalar(0)] * W.shape[0] for _ in range(W.shape[1])]
            for place, row in zip(columns, rows.tolist(), strict=True):
                right[place] = row
            e, r, p = _numbers(surface, start, k - 1)
            rooms.append(Room(k, QQ.matrix(right), e, r, p))
        return Realisation(surface, start, tuple(rooms))

    @cached_property
    def inverse(self) -> Inverse:
        """The inverse of the activation."""
        return Inverse.of(self.surface.network.activation.formula)

    @cached_property
    def _bases(self) -> dict[Field, _Base]:
        return {}

    def base(self, field: Field) -> _Base:
        """What the formulas need of the start, in a field."""
        if field not in self._bases:
            self._bases[field] = _Base.of(self, field)
        return self._bases[field]

    def at(self, t: Scalar) -> Parameters:
        """The parameters at a time, or all those at the times in a ball; t is a ball if R occurs.

        Raises DomainError: the ball is too large for them to be enclosed.
        """
        field = t.field
        base, point, wide = self.base(field), self.start.point, self.start.wide
        weights, biases = list(point.weights), list(point.biases)
        moved = base.speed.scale(t)
        for room in reversed(self.rooms):
            k = room.layer
            y = moved @ room.right.T
            z = (y.hadamard(y)).flatten().T @ field.ones(y.shape[0] * y.shape[1], 1)
            size = z[0, 0]
            factor, shift = 1 + size * room.factor, size * room.shift
            ones = field.ones(weights[k - 1].shape[1], 1)
            biases[k - 1] = biases[k - 1].over(field) - (weights[k - 1] @ ones).scale(shift)
            weights[k - 1] = weights[k - 1].over(field).scale(factor)
            below = base.features[k - 1] + y
            filled = field.ones(*below.shape)
            if room.factor:
                middle = filled.scale(room.shift / room.factor)
                below = middle + (below - middle).scale(1 / factor)
            else:
                below = below + filled.scale(shift)
            assert isinstance(field, BallField)
            rows = [[self.inverse.enclose(x, field) for x in row] for row in below.raw_rows()]
            moved = field.from_raw(rows) - base.preactivations[k - 1]
        change = base.square.solve(moved).raw_rows()
        height = base.features[wide].shape[1]
        rows = [list(row) for row in weights[wide].over(field).raw_rows()]
        column = [list(row) for row in biases[wide].over(field).raw_rows()]
        for place, row in zip(self.start.places, change, strict=True):
            for i, value in enumerate(row):
                if place < height:
                    rows[i][place] = field.add(rows[i][place], value)
                else:
                    column[i][0] = field.add(column[i][0], value)
        weights[wide], biases[wide] = field.from_raw(rows), field.from_raw(column)
        return Parameters(weights, biases)

    def outputs(self, t: Scalar) -> Matrix:
        """Z + t (Y - Z)."""
        base = self.base(t.field)
        return base.outputs + base.speed.scale(t)

    def conditions(self, bits: int) -> Verdict:
        """Whether the formulas are those of a path with these outputs, by what is asked of them."""
        parts = {f"layer {room.layer}": self._room(room, bits) for room in self.rooms}
        return all_of(independent=self._independent(bits), **parts)

    def _independent(self, bits: int) -> Verdict:
        """Whether the chosen columns of [F, 1] are a basis."""
        wide, count = self.start.wide, self.surface.samples.count
        places = self.start.places
        if len(set(places)) != count:
            return fails(
                Evidence.EXACT, f"{len(set(places))} columns of features for {count} samples"
            )
        try:
            _ = self.base(BallField(bits)).square.inverse()
        except DomainError as cause:
            return undecided(str(cause))
        return holds(Evidence.ENCLOSED, f"the features of layer {wide} with 1 have rank {count}")

    def _room(self, room: Room, bits: int) -> Verdict:
        """Whether the layer below stays in the image, and its changes give those asked for."""
        W = self.start.point.weights[room.layer - 1]
        if W @ room.right != QQ.identity(W.shape[0]):
            return fails(Evidence.EXACT, f"W R = 1 was needed of layer {room.layer}")
        field = BallField(bits)
        e, r, p = room.margin, room.factor, room.shift
        if e <= 0 or r < 0:
            return fails(Evidence.EXACT, f"e > 0 and r >= 0 were needed, got {e} and {r}")
        features = self.base(field).features[room.layer - 1].raw_rows()
        gaps = []
        with field.working():
            apart, factor, shift = map(field.constant, (e, r, p))
            for end, side in zip(self.inverse.ends(field), (1, -1), strict=True):
                if end is not None:
                    gaps.append(4 * apart * side * (shift - end * factor) - 1)
                    gaps += [side * (x - end) - apart for row in features for x in row]
        if any(gap < 0 for gap in gaps):
            return fails(
                Evidence.ENCLOSED, f"the room {e} or its factor {r} and shift {p} are false"
            )
        if not all(gap > 0 for gap in gaps):
            return undecided("whether there is room in the image")
        said = f"W R = 1, and layer {room.layer - 1}, {e} from the ends of the image, stays inside"
        return holds(Evidence.ENCLOSED, said)


@dataclass(frozen=True)
class _Base:
    """Features and pre-activations of all layers, outputs, their speed, and the chosen columns."""

    features: tuple[Matrix, ...]
    preactivations: tuple[Matrix, ...]
    outputs: Matrix
    speed: Matrix
    square: Matrix

    @staticmethod
    def of(path: Realisation, field: Field) -> _Base:
        surface, start = path.surface, path.start
        values, depth = surface.at(start.point, field), surface.network.depth
        outputs = values.preactivations(depth)
        columns = extended(surface, start.point, start.wide, field)
        return _Base(
            tuple(values.features(k) for k in range(depth)),
            (columns, *(values.preactivations(k) for k in range(1, depth))),
            outputs,
            surface.samples.targets.over(field) - outputs,
            columns.submatrix(range(columns.shape[0]), start.places),
        )


def _numbers(surface: LossSurface, start: Start, layer: int) -> tuple[Fraction, Fraction, Fraction]:
    """The numbers e, r, p for the features of a layer; they are only a choice."""
    field = BallField(start.bits)
    low, high = Inverse.of(surface.network.activation.formula).ends(field)
    entries = [x for row in surface.at(start.point, field).features(layer).raw_rows() for x in row]
    with field.working():
        gaps = [x - low for x in entries] if low is not None else []
        gaps += [high - x for x in entries] if high is not None else []
    if not gaps:
        return Fraction(1), Fraction(0), Fraction(0)
    e = _below(min(midpoint(gap) for gap in gaps))
    if low is None or high is None:
        return e, Fraction(0), (1 if high is None else -1) / (2 * e)
    left, right = midpoint(low), midpoint(high)
    r = 1 / (2 * e * ((right - left) / 2).limit_denominator(DENOMINATOR))
    return e, r, r * ((left + right) / 2).limit_denominator(DENOMINATOR)


def _below(value: Fraction) -> Fraction:
    """A short number between a half and nine tenths of a positive one."""
    if value <= 0:
        message = "features certainly inside the image of the activation were needed"
        raise DomainError(message)
    places = 0
    while value * 2**places < 8:
        places += 1
    return Fraction(int(value * 2**places * Fraction(7, 8)), 2**places)

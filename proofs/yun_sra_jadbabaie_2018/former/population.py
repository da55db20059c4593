"""A population, a network of maps, and its risk; the derivative of the risk in one layer.

Notation: (X, Y) has a law, h*(x) = E[Y | X = x], h = (h_1, ..., h_{H+1}) are the layers, r(x) =
h_{H+1:1}(x) - h*(x) is the residual, w = h_{i-1:1}(x) is what layer i receives, L(h) = E |h_{H+1:1}
(X) - Y|^2 / 2. A direction eta of layer i moves its output by eta(w). The steering direction of
layer i is A^T (A A^T)^-1 r with A(w) = J[h_{H+1:i+1}](h_i(w)), taken at the x that gives w.

Objects: Atom, Finite, Geometric, FunctionNetwork, STEERING.

Design notes. With finitely many values of X the risk is a function of finitely many vectors, the
values eta(w), and a smooth function that vanishes at 0 and has any given values at other points
always exists: eta(w) = sum_k v_k g_k(w) with a smooth bump g_k around w_k. So a derivative in
function space vanishes exactly when, for each w other than 0, E[1{w} A^T r] does, and its operator
norm is the sum of |E[1{w} A^T r]| |w|. A law with infinitely many values serves to show what
expectations do there: X = base^k with probability (1 - ratio) ratio^(k-1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias, TypeVar

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    Field,
    Matrix,
    RationalFunctions,
    Scalar,
    limit_at_zero,
    real_function,
)
from symbolic_landscape.errors import DomainError, ShapeError
from symbolic_landscape.former.lemma import Instance
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.bounds import differentiable, square
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.maps import (
    Entry,
    Map,
    chained,
    composed,
    placed,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.profiles import (
    INTEGER,
    STEP,
    UNIT_FRACTION,
)

STEERING = "steering"
"""The name of the steering direction."""

BITS = 256
T = TypeVar("T")
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Atom:
    """One value (x, y) of the pair with its probability."""

    weight: Fraction
    x: tuple[Entry, ...]
    y: tuple[Entry, ...]


@dataclass(frozen=True)
class Finite:
    """A law with finitely many values. Raises ShapeError unless the weights are a probability."""

    atoms: tuple[Atom, ...]

    def __post_init__(self) -> None:
        """Check weights and shapes."""
        weights = [atom.weight for atom in self.atoms]
        shapes = {(len(atom.x), len(atom.y)) for atom in self.atoms}
        if sum(weights) != 1 or any(w <= 0 for w in weights) or len(shapes) != 1:
            message = f"law: positive weights with sum 1 and equal shapes were needed, got {self}"
            raise ShapeError(message)


@dataclass(frozen=True)
class Geometric:
    """X = base^k, k = 1, 2, ..., with probability (1 - ratio) ratio^(k-1), and Y = h*(X).

    Raises ShapeError unless base or 1 / base is an integer above 1, and 0 < ratio < 1.
    """

    base: Fraction
    ratio: Fraction

    def __post_init__(self) -> None:
        """Check base and ratio."""
        whole = self.base.numerator == 1 or self.base.denominator == 1
        if self.base in (0, 1) or self.base < 0 or not whole or not 0 < self.ratio < 1:
            message = f"law: base n or 1/n with n > 1 and ratio in (0, 1) were needed, got {self}"
            raise ShapeError(message)

    @property
    def letter(self) -> str:
        """The symbol that stands for X."""
        return INTEGER if self.base > 1 else UNIT_FRACTION

    def moment(self, power: int) -> Fraction | None:
        """E[X^power], or None where the series diverges."""
        growth = self.base**power
        if growth * self.ratio >= 1:
            return None
        return (1 - self.ratio) * growth / (1 - growth * self.ratio)

    def mean(self, value: Scalar) -> Scalar | None:
        """E[g(X)] for a Laurent polynomial g; None where E|g(X)| is infinite."""
        function = real_function(value)
        low = function.bottom.degree()
        if any(function.bottom[power] != 0 for power in range(low)):
            message = f"a polynomial in X and 1/X was needed, got {value}"
            raise DomainError(message)
        total = Fraction(0)
        for power in range(function.top.degree() + 1):
            coefficient = function.top[power] / function.bottom[low]
            if coefficient == 0:
                continue
            moment = self.moment(power - low)
            if moment is None:
                return None
            total += Fraction(int(coefficient.p), int(coefficient.q)) * moment
        return QQ.scalar(total)


Law: TypeAlias = Finite | Geometric


@dataclass(frozen=True, kw_only=True)
class FunctionNetwork(Instance):
    """A population, its conditional mean h*, and the layers of a network.

    `layer` is the number i (or j) of the layer that is moved, `direction` a map or "steering",
    `epsilon` the bound of the singular values above that layer, and `epsilon_below` the factor by
    which the layers below it expand. Raises ShapeError when the shapes do not fit.
    """

    law: Law
    target: Map
    layers: tuple[Map, ...]
    layer: int = 1
    direction: Map | str = STEERING
    epsilon: Fraction = Fraction(1)
    epsilon_below: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        """Check shapes, layer and direction."""
        widths = [self.target.inputs, *(h.outputs for h in self.layers)]
        fits = [h.inputs for h in self.layers] == widths[:-1] and widths[-1] == self.target.outputs
        if isinstance(self.law, Finite):
            atom = self.law.atoms[0]
            fits = fits and (len(atom.x), len(atom.y)) == (widths[0], widths[-1])
        else:
            fits = fits and widths[0] == 1
        if not self.layers or not fits or not 1 <= self.layer <= len(self.layers):
            message = f"network: layers that fit law, target and layer were needed, got {self}"
            raise ShapeError(message)
        if isinstance(self.direction, Map):
            here = self.layers[self.layer - 1]
            fits = (self.direction.inputs, self.direction.outputs) == (here.inputs, here.outputs)
        else:
            fits = self.direction == STEERING
        if not fits:
            message = f"direction: a map like layer {self.layer} was needed, got {self.direction}"
            raise ShapeError(message)

    @property
    def widths(self) -> tuple[int, ...]:
        """d_0, ..., d_{H+1}."""
        return (self.target.inputs, *(h.outputs for h in self.layers))

    @property
    def depth(self) -> int:
        """H + 1."""
        return len(self.layers)

    @property
    def input_width(self) -> int:
        """d_x."""
        return self.target.inputs

    @property
    def output_width(self) -> int:
        """d_y."""
        return self.target.outputs

    @property
    def lower(self) -> tuple[Map, ...]:
        """The layers below the moved one."""
        return self.layers[: self.layer - 1]

    @property
    def upper(self) -> tuple[Map, ...]:
        """The layers above the moved one."""
        return self.layers[self.layer :]

    @property
    def has_derivatives(self) -> bool:
        """Whether every layer is differentiable, so that J and the derivatives of L exist."""
        return all(differentiable(layer).is_holds for layer in self.layers)

    @property
    def symbols(self) -> tuple[str, ...]:
        """The free symbols, X among them where the law is infinite."""
        found = {s for h in (self.target, *self.layers) for s in h.symbols}
        if isinstance(self.direction, Map):
            found |= self.direction.symbols
        if isinstance(self.law, Geometric):
            found.add(self.law.letter)
        else:
            rows = (row for atom in self.law.atoms for row in (atom.x, atom.y))
            found |= {v for row in rows for v in row if isinstance(v, str)}
        return tuple(sorted(found))

    @cached_property
    def field(self) -> Field:
        """Q, or Q with every symbol."""
        return RationalFunctions(self.symbols) if self.symbols else QQ

    @cached_property
    def atoms(self) -> tuple[tuple[Fraction, Matrix, Matrix], ...]:
        """Weight, x (d_x, 1) and y (d_y, 1). Raises DomainError for an infinite law."""
        if isinstance(self.law, Geometric):
            message = f"finitely many values of X were needed, got {self.law}"
            raise DomainError(message)
        return tuple((a.weight, self._column(a.x), self._column(a.y)) for a in self.law.atoms)

    def _column(self, entries: Sequence[Entry]) -> Matrix:
        return placed(self.field, [[v] for v in entries])

    def mean(self, value: Callable[[Matrix, Matrix], Scalar]) -> Scalar | None:
        """E[g(X, Y)]; None where E|g| is infinite."""
        if isinstance(self.law, Geometric):
            x = self._column([self.law.letter])
            return self.law.mean(value(x, self.target.value(x)))
        total = QQ.scalar(0)
        for weight, x, y in self.atoms:
            total = total + value(x, y) * weight
        return total

    def output(self, x: Matrix) -> Matrix:
        """h_{H+1:1}(x) (d_y, 1)."""
        return composed(self.layers, x)

    def residual(self, x: Matrix) -> Matrix:
        """r(x) = h_{H+1:1}(x) - h*(x) (d_y, 1)."""
        return self.output(x) - self.target.value(x)

    def received(self, x: Matrix) -> Matrix:
        """h_{i-1:1}(x) for the moved layer i."""
        return composed(self.lower, x)

    def jacobian_above(self, x: Matrix) -> Matrix:
        """A = J[h_{H+1:i+1}](h_{i:1}(x)) (d_y, d_i)."""
        return chained(self.upper, composed(self.layers[: self.layer], x))

    def steering(self, x: Matrix) -> Matrix:
        """A^T (A A^T)^-1 r (d_i, 1) at x. Raises DomainError where A A^T is singular."""
        jacobian = self.jacobian_above(x)
        return jacobian.T @ (jacobian @ jacobian.T).inverse() @ self.residual(x)

    def eta(self, x: Matrix) -> Matrix:
        """The direction (d_i, 1) at what layer i receives from x."""
        if isinstance(self.direction, Map):
            return self.direction.value(self.received(x))
        return self.steering(x)

    # --- risks ---

    def expected_square(self, values: Callable[[Matrix, Matrix], Matrix]) -> Scalar | None:
        """E |v(X, Y)|^2; None where infinite."""
        return self.mean(lambda x, y: square(values(x, y)))

    @property
    def risk(self) -> Scalar | None:
        """L(h)."""
        return _half(self.expected_square(lambda x, y: self.output(x) - y))

    @property
    def excess(self) -> Scalar | None:
        """E |r(X)|^2 / 2."""
        return _half(self.expected_square(lambda x, _: self.residual(x)))

    @property
    def variance(self) -> Scalar | None:
        """C = E |Y - h*(X)|^2 / 2."""
        return _half(self.expected_square(lambda x, y: y - self.target.value(x)))

    def conditional_means(self) -> Iterator[tuple[Fraction, Matrix, Matrix]]:
        """P(X = x), x and E[Y | X = x] for each value x of X."""
        for x, members in grouped((x, (weight, y)) for weight, x, y in self.atoms):
            weight = sum((w for w, _ in members), Fraction(0))
            total = self.field.zeros(self.output_width, 1)
            for part, y in members:
                total = total + y.scale(part / weight)
            yield weight, x, total

    @property
    def least_risk(self) -> Scalar:
        """The least risk of all networks that map 0 to 0: conditional means, and 0 at x = 0."""
        best = [
            (x, mean if not x.is_zero else mean.scale(0)) for _, x, mean in self.conditional_means()
        ]
        total = QQ.scalar(0)
        for weight, x, y in self.atoms:
            (value,) = (mean for other, mean in best if other == x)
            total = total + square(value - y) * weight
        return total * HALF

    # --- derivatives ---

    def gradient(self, layer: int) -> list[tuple[Matrix, Matrix]]:
        """For each w that the layer receives: w and E[1{w} A^T (h_{H+1:1}(X) - Y)]."""
        lower, upper = self.layers[: layer - 1], self.layers[layer:]

        def part(weight: Fraction, x: Matrix, y: Matrix) -> Matrix:
            jacobian = chained(upper, composed(self.layers[:layer], x))
            return (jacobian.T @ (self.output(x) - y)).scale(weight)

        pairs = ((composed(lower, x), part(weight, x, y)) for weight, x, y in self.atoms)
        found = []
        for w, members in grouped(pairs):
            total = members[0]
            for other in members[1:]:
                total = total + other
            found.append((w, total))
        return found

    def operator_norm(self, layer: int) -> Scalar:
        """The norm of the derivative in a layer: the sum of |E[1{w} A^T r]| |w|."""
        total = QQ.scalar(0)
        for w, vector in self.gradient(layer):
            total = total + length(vector) * length(w)
        return total

    def pairing(self) -> Scalar | None:
        """E[r^T J[h_{H+1:i+1}] eta], the right side of (6); None where it is no number."""
        return self.mean(
            lambda x, _: (self.residual(x).T @ self.jacobian_above(x) @ self.eta(x))[0, 0]
        )

    def moved_risk(self, values: Callable[[Matrix], Matrix], side: int) -> Scalar:
        """The risk when layer i adds side * s^2 * values(x) to its output, over Q(.., s)."""
        field = RationalFunctions((*self.symbols, STEP))
        step = field.generator(STEP) ** 2 * side
        total = field.scalar(0)
        for weight, x, y in self.atoms:
            here = composed(self.layers[: self.layer], x).over(field)
            there = composed(self.upper, here + values(x).over(field).scale(step))
            total = total + square(there - y.over(field)) * weight
        return total * HALF

    def slope(self, values: Callable[[Matrix], Matrix], side: int) -> Scalar:
        """The limit of the difference quotient of the risk, the step being side * s^2.

        Raises DomainError where there is no finite limit.
        """
        field = RationalFunctions((*self.symbols, STEP))
        step = field.generator(STEP) ** 2 * side
        still = self.risk
        if still is None:
            message = f"the risk of {self.name or self} is infinite"
            raise DomainError(message)
        return limit_at_zero((self.moved_risk(values, side) - still) / step, STEP)


def _half(value: Scalar | None) -> Scalar | None:
    return None if value is None else value * HALF


def length(matrix: Matrix) -> Scalar:
    """The Euclidean norm of a column: a rational number where it is one, else a ball."""
    value = square(matrix)
    try:
        return value.sqrt()
    except DomainError:
        return BallField(BITS).scalar(value).sqrt()


def grouped(pairs: Iterator[tuple[Matrix, T]]) -> list[tuple[Matrix, list[T]]]:
    """The pairs with equal first members put together, in order of appearance."""
    found: list[tuple[Matrix, list[T]]] = []
    for key, value in pairs:
        for other, members in found:
            if other == key:
                members.append(value)
                break
        else:
            found.append((key, [value]))
    return found

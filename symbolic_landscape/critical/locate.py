"""The exact critical point near a rough one, by Newton's method and Krawczyk's operator.

Three systems are tried, each square, with a certificate that the full gradient is 0:
  the gradient in the coordinates that a symmetry's orbits leave free: the others stay as given,
  and the gradient is orthogonal to the orbits, which together with the free coordinates span
  everything;
  the same for the smaller network in which units with equal incoming weights are one (see
  `ties`);
  for squares, the residuals in as many coordinates as there are residuals: the loss is then 0.

Objects: Located. Functions: locate.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symbolic_landscape.activations import ScalarLoss
from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    BallMatrix,
    Matrix,
    System,
    certify_zero,
    newton,
)
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical.bounds import square_factor
from symbolic_landscape.critical.kernels import eliminated, midpoint, pivot_rows
from symbolic_landscape.critical.local import LocalLoss, parameters_over
from symbolic_landscape.critical.symmetries import symmetry_families, tangent_space
from symbolic_landscape.critical.ties import Ties, ties_of
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import T
from symbolic_landscape.networks import Network, Samples

BITS = 192
NEAR = Fraction(1, 16)
"""A critical point farther than this from the given one, relative to its size, is not near it."""
MOST_RESIDUALS = 80


@dataclass(frozen=True)
class Located:
    """A box that contains a critical point, and what is known of it.

    The point lies on a manifold of critical points (of its loss, if `fits`) whose tangents are
    complementary to the coordinates `free`; `frozen` are the others. `fits` says that all
    residuals are 0 there.
    """

    local: LocalLoss
    frozen: tuple[int, ...]
    reason: str
    manifold: str
    fits: bool = False

    @property
    def free(self) -> tuple[int, ...]:
        """The coordinates on which the Hessian settles the inertia."""
        return tuple(i for i in range(self.local.size) if i not in set(self.frozen))


def locate(rough: LocalLoss) -> Located:
    """A certified critical point near a point with rational coordinates.

    Raises DomainError: what could not be certified.
    """
    start = [value.rational() for value in rough.coordinates]
    obstacles = []
    for route in (_by_gradient, _by_ties, _by_residuals):
        try:
            found = route(rough, start)
            _need_near(found, start)
        except DomainError as error:
            obstacles.append(str(error))
            continue
        return found
    message = f"a critical point near the given one: {'; '.join(obstacles)}"
    raise DomainError(message)


def _need_near(found: Located, start: Sequence[Fraction]) -> None:
    limit = NEAR * max([Fraction(1), *map(abs, start)])
    for name, value, given in zip(
        found.local.network.parameter_names, found.local.coordinates, start, strict=True
    ):
        if abs(midpoint(value.raw) - given) > limit:
            message = f"the certified point has {name} = {value}, far from the given {given}"
            raise DomainError(message)


def _solved(system: System, start: Sequence[Fraction]) -> BallMatrix:
    """A box (n, 1) with exactly one zero near the start. Raises DomainError."""
    point = newton(system, QQ.column(start), BITS)
    return certify_zero(system, point, BITS).inner


def _with(start: Sequence[Fraction], free: Sequence[int], box: BallMatrix) -> list[Any]:
    """Raw balls: the box at the free coordinates, the start elsewhere."""
    raws = [box.field.constant(value) for value in start]
    for place, value in zip(free, box.raw.entries(), strict=True):
        raws[place] = value
    return raws


def gradient_system(surface: LossSurface, start: Sequence[Fraction], free: Sequence[int]) -> System:
    """The gradient and the Hessian in the free coordinates; the others stay at the start."""

    def values(box: BallMatrix) -> LocalLoss:
        raws = _with(start, free, box)
        return LocalLoss(surface, parameters_over(surface.network, box.field, raws))

    def gradient(box: BallMatrix) -> Matrix:
        return values(box).values.gradient.submatrix(free, [0])

    def hessian(box: BallMatrix) -> Matrix:
        return values(box).values.hessian.submatrix(free, free)

    return System(gradient, hessian)


def _boxed(surface: LossSurface, raws: Sequence[Any]) -> LocalLoss:
    return LocalLoss(surface, parameters_over(surface.network, BallField(BITS), raws))


def _by_gradient(rough: LocalLoss, start: list[Fraction]) -> Located:
    tangents = tangent_space(rough, symmetry_families(rough))
    frozen = () if tangents is None else pivot_rows(tangents)
    free = [i for i in range(rough.size) if i not in set(frozen)]
    box = _solved(gradient_system(rough.surface, start, free), [start[i] for i in free])
    local = _boxed(rough.surface, _with(start, free, box))
    reason = f"Krawczyk's operator shows one zero of the gradient in {len(free)} coordinates"
    manifold = ""
    if frozen:
        _need_transversal(local, frozen)
        reason += f", the other {len(frozen)} held on a slice across the orbits of the symmetries"
        manifold = "the orbit of its symmetries"
    return Located(local, tuple(frozen), reason, manifold)


def _need_transversal(local: LocalLoss, frozen: Sequence[int]) -> None:
    """Raise DomainError unless the orbits are certainly transversal to the slice."""
    directions = [d for family in symmetry_families(local) for d in family.directions]
    field = BallField(BITS)
    rows = [[field.raw(direction[i]) for i in frozen] for direction in directions]
    matrix = field.from_raw(rows, width=len(frozen))
    if not isinstance(matrix, BallMatrix) or len(eliminated(matrix).rows) < len(frozen):
        message = "the slice is not certainly transversal to the orbits of the symmetries"
        raise DomainError(message)


def _by_ties(rough: LocalLoss, start: list[Fraction]) -> Located:
    ties: Ties = ties_of(rough.network, start)
    if symmetry_families(rough):
        message = "equal units together with continuous symmetries"
        raise DomainError(message)
    small = LossSurface(ties.small, rough.surface.samples, rough.surface.loss)
    first = ties.merged(start)
    box = _solved(gradient_system(small, first, range(len(first))), first)
    raws = ties.split(BallField(BITS), box.raw.entries())
    local = _boxed(rough.surface, raws)
    frozen = ties.frozen(BallField(BITS), box.raw.entries())
    reason = (
        f"Krawczyk's operator shows one critical point of the network {ties.small.widths} in "
        "which equal units are one, and splitting units keeps points critical"
    )
    manifold = f"the {len(frozen)}-dimensional family of all ways to split the units"
    return Located(local, frozen, reason, manifold)


def _by_residuals(rough: LocalLoss, start: list[Fraction]) -> Located:
    surface, network = rough.surface, rough.network
    count = surface.samples.count * network.outputs
    if square_factor(surface) is None or count > min(rough.size, MOST_RESIDUALS):
        message = f"{count} residuals are not all made 0 by {rough.size} parameters"
        raise DomainError(message)
    jacobian = predictions_jacobian(surface)
    field = BallField(BITS)
    here = jacobian([field.constant(value) for value in start])
    free = sorted(eliminated(here).columns)
    if len(free) < count:
        message = f"the {count} predictions do not certainly have independent differentials"
        raise DomainError(message)

    def residuals(box: BallMatrix) -> Matrix:
        return _boxed(surface, _with(start, free, box)).values.residuals.flatten()

    def differential(box: BallMatrix) -> Matrix:
        return jacobian(_with(start, free, box)).submatrix(range(count), free)

    box = _solved(System(residuals, differential), [start[i] for i in free])
    local = _boxed(surface, _with(start, free, box))
    frozen = tuple(i for i in range(rough.size) if i not in set(free))
    reason = f"Krawczyk's operator shows one zero of the {count} residuals in as many coordinates"
    manifold = "all parameters with the same predictions, whose differentials are independent"
    return Located(local, frozen, reason, manifold, fits=True)


def predictions_jacobian(surface: LossSurface) -> Callable[[Sequence[Any]], BallMatrix]:
    """The differentials (N m, p) of all predictions, sample by sample, as a map from raw balls."""
    network: Network = surface.network
    inputs = surface.samples.inputs
    single = Network(
        (*network.widths[:-1], 1), network.activation, network.output_activation, network.bias
    )
    identity = ScalarLoss("a", T)
    zero = inputs.field.zeros(1, 1)
    pieces = [LossSurface(single, Samples(row, zero), identity) for row in inputs.rows()]
    last = network.layer_range(network.depth)
    width = network.widths[-2]
    field = BallField(BITS)

    def own(output: int) -> list[int]:
        weights = [last.start + output * width + j for j in range(width)]
        biases = [last.start + network.outputs * width + output] if network.bias else []
        return [*range(last.start), *weights, *biases]

    places = [own(output) for output in range(network.outputs)]

    def jacobian(raws: Sequence[Any]) -> BallMatrix:
        rows = []
        for piece in pieces:
            for chosen in places:
                point = parameters_over(single, field, [raws[i] for i in chosen])
                entries = LocalLoss(piece, point).values.gradient.raw_rows()
                row = [field.constant(Fraction(0))] * len(raws)
                for place, (value,) in zip(chosen, entries, strict=True):
                    row[place] = value
                rows.append(row)
        matrix = field.from_raw(rows, width=len(raws))
        if not isinstance(matrix, BallMatrix):
            message = "differentials in balls were needed"
            raise DomainError(message)
        return matrix

    return jacobian

"""The exact critical point near a rough one, by Newton's method and Krawczyk's operator.

These systems are tried, each square, with a certificate that the full gradient is 0:
  the gradient in the coordinates that a symmetry's orbits leave free: the others stay as given,
  and the gradient is orthogonal to the orbits, which together with the free coordinates span
  everything;
  the same for the smaller network in which units with equal incoming weights are one (see
  `ties`), where units that are negatives of each other are reflected first, and units that are
  nearly equal are tried as equal ones;
  with weight decay, the gradient of the network without the units whose weights are nearly 0;
  for squares, the residuals in as many coordinates as there are residuals: the loss is then 0;
  the gradient in r coordinates in which the predictions have independent differentials, where r is
  the greatest rank that these have anywhere (see `ranks`): the other columns of the differential
  J are combinations of theirs, and the gradient is J^T times the derivatives of the loss.

Where Newton's method leads nowhere from the rough point, damped steps lead it nearer first.

Objects: Located. Functions: locate, need_near.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    BallMatrix,
    Matrix,
    Scalar,
    System,
    certify_zero,
    newton,
)
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical.approach import NEAR, approached
from symbolic_landscape.critical.bounds import Bound, fit_of, merged_samples
from symbolic_landscape.critical.explanation import MOST_DIRECTIONS
from symbolic_landscape.critical.fibres import predictions_differential
from symbolic_landscape.critical.kernels import eliminated, midpoint, pivot_rows
from symbolic_landscape.critical.kinks import need_no_kink
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.ranks import greatest_rank, is_low_rank_fit
from symbolic_landscape.critical.reflections import aligning
from symbolic_landscape.critical.shared_symmetries import continuous_symmetries
from symbolic_landscape.critical.symmetries import (
    Family,
    Mechanism,
    Places,
    dead_units,
    tangent_space,
)
from symbolic_landscape.critical.ties import Ties, ties_of
from symbolic_landscape.errors import DomainError

BITS = 192
MOST_RESIDUALS = 80
NEARLY_DEAD = Fraction(1, 10**6)
"""Weights of a unit that are all smaller are tried as 0."""
NEARLY_EQUAL = Fraction(1, 1 << 14)
"""Incoming weights that differ by no more, relative to their size above 1, are tried as equal."""


@dataclass(frozen=True)
class Located:
    """A box that contains a critical point, and what is known of it.

    The point lies on a manifold of critical points whose tangents are complementary to the
    coordinates `free`; `frozen` are the others. The Hessian maps the unit vectors of `silent`, some
    of the free coordinates, to 0 too. `bound` is a lower bound that the loss attains; all residuals
    are 0 there. `globally` says why a local minimum is a global one, where that is known.
    """

    local: LocalLoss
    frozen: tuple[int, ...]
    reason: str
    manifold: str
    tangents: tuple[Family, ...]
    bound: Bound | None = None
    silent: tuple[int, ...] = ()
    globally: str | None = None

    @property
    def free(self) -> tuple[int, ...]:
        """The coordinates on which the Hessian settles the inertia."""
        null = {*self.frozen, *self.silent}
        return tuple(i for i in range(self.local.size) if i not in null)


def locate(rough: LocalLoss) -> Located:
    """A certified critical point near a point with rational coordinates.

    Raises DomainError: what could not be certified.
    """
    start = [value.rational() for value in rough.coordinates]
    try:
        return _located(rough, start)
    except DomainError as error:
        message = str(error)
    closer = approached(rough)
    if closer is None:
        raise DomainError(message)
    point = rough.network.parameters(closer)
    return _located(LocalLoss(rough.surface, point, rough.budget), start)


def _located(rough: LocalLoss, given: list[Fraction]) -> Located:
    """A certified critical point that Newton's method finds from a point, near the given one."""
    start = [value.rational() for value in rough.coordinates]
    obstacles = []
    routes = [_by_ties, _by_gradient, _by_near_ties, _by_residuals, _by_fibres]
    if not rough.network.is_plain:
        routes = [_by_gradient, _by_residuals]
    elif not rough.surface.is_plain:
        routes = [_by_gradient, _by_dead_units]
    for route in routes:
        try:
            rough.budget.need("all ways to locate a critical point were tried")
            found = route(rough, start)
            need_near(found.local, given)
        except DomainError as error:
            if str(error) not in obstacles:
                obstacles.append(str(error))
            continue
        return found
    message = f"tried in vain: {'; '.join(obstacles)}"
    raise DomainError(message)


def need_near(local: LocalLoss, start: Sequence[Fraction]) -> None:
    """Raise DomainError where a coordinate of the point is far from the given one."""
    for name, value, given in zip(
        local.network.parameter_names, local.coordinates, start, strict=True
    ):
        if abs(midpoint(value.enclose(BITS)) - given) > NEAR * max(Fraction(1), abs(given)):
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
        return LocalLoss(surface, surface.network.parameters_over(box.field, raws))

    def gradient(box: BallMatrix) -> Matrix:
        return values(box).values.gradient.submatrix(free, [0])

    def hessian(box: BallMatrix) -> Matrix:
        here = values(box).values
        need_no_kink(here)
        return here.hessian.submatrix(free, free)

    return System(gradient, hessian)


def _boxed(surface: LossSurface, raws: Sequence[Any]) -> LocalLoss:
    return LocalLoss(surface, surface.network.parameters_over(BallField(BITS), raws))


def _by_gradient(rough: LocalLoss, start: list[Fraction]) -> Located:
    tangents = tangent_space(rough, continuous_symmetries(rough))
    frozen = () if tangents is None else pivot_rows(tangents)
    free = [i for i in range(rough.size) if i not in set(frozen)]
    box = _solved(gradient_system(rough.surface, start, free), [start[i] for i in free])
    local = _boxed(rough.surface, _with(start, free, box))
    reason = f"Krawczyk's operator shows one zero of the gradient in {len(free)} coordinates"
    manifold = ""
    families: tuple[Family, ...] = ()
    if frozen:
        families = _transversal(local, frozen)
        reason += f", the other {len(frozen)} held on a slice across the orbits of the symmetries"
        manifold = "the orbit of its symmetries"
    return Located(local, tuple(frozen), reason, manifold, families)


def _transversal(local: LocalLoss, frozen: Sequence[int]) -> tuple[Family, ...]:
    """Tangents of the orbits, one for each frozen coordinate, certainly independent in these.

    Raises DomainError: there are not enough of them.
    """
    pairs = [(family, d) for family in continuous_symmetries(local) for d in family.directions]
    field = BallField(BITS)
    rows = [[field.raw(direction[i]) for i in frozen] for _, direction in pairs]
    matrix = field.from_raw(rows, width=len(frozen))
    chosen = eliminated(matrix).rows if isinstance(matrix, BallMatrix) else ()
    if len(chosen) < len(frozen):
        message = "the slice is not certainly transversal to the orbits of the symmetries"
        raise DomainError(message)
    picked = [pairs[i] for i in sorted(chosen)]
    return tuple(Family(family.mechanism, family.origin, (d,)) for family, d in picked)


def _by_ties(rough: LocalLoss, start: list[Fraction]) -> Located:
    return _tied(rough, start, Fraction(0))


def _by_near_ties(rough: LocalLoss, start: list[Fraction]) -> Located:
    return _tied(rough, start, NEARLY_EQUAL)


def _tied(rough: LocalLoss, start: list[Fraction], tolerance: Fraction) -> Located:
    network = rough.network
    reflection = aligning(network, rough.coordinates, tolerance)
    aligned = [value.rational() for value in reflection.image(list(map(QQ.scalar, start)))]
    ties: Ties = ties_of(network, aligned, tolerance)
    if continuous_symmetries(rough):
        message = "equal units together with continuous symmetries"
        raise DomainError(message)
    small = LossSurface(ties.small, rough.surface.samples, rough.surface.loss)
    first = ties.merged(aligned)
    box = _solved(gradient_system(small, first, range(len(first))), first)
    entries = box.raw.entries()
    tangents = ties.tangents(_boxed(rough.surface, ties.split(BallField(BITS), entries)))
    field = BallField(BITS)
    split = [Scalar(field, value) for value in ties.split(field, entries)]
    local = _boxed(rough.surface, [value.raw for value in reflection.preimage(split)])
    reason = (
        f"Krawczyk's operator shows one critical point of the network {ties.small.widths} in "
        f"which equal {'or opposite ' if reflection.units else ''}units are one, and splitting "
        "units keeps points critical"
    )
    manifold = "the family of all ways to split the units"
    families = tuple(
        Family(f.mechanism, f.origin, tuple(reflection.preimage(d) for d in f.directions))
        for f in tangents
    )
    return Located(
        local, ties.frozen(entries), reason, manifold, families, silent=ties.silent(entries)
    )


def _by_dead_units(rough: LocalLoss, start: list[Fraction]) -> Located:
    """The point at which units with weights near 0 have weights 0, as weight decay makes them.

    If the biases of the next layer are free and do not decay, the derivatives by the outgoing
    weights are the unit's one value times those by these biases, so they are 0 whatever the unit's
    bias is; the incoming weights and the bias reach nothing.
    """
    surface, network, places = rough.surface, rough.network, Places(rough)
    units = dead_units(rough, NEARLY_DEAD)
    held = [places.bias(layer, unit) for layer, unit in units]
    above = [
        places.bias(layer + 1, row)
        for layer, _ in units
        for row in range(network.widths[layer + 1])
    ]
    if not units or any(surface.decay[i] for i in (*held, *above) if surface.decay):
        message = "no unit whose weights are all near 0, between biases without decay"
        raise DomainError(message)
    weights = {
        place
        for layer, unit in units
        for place in (*places.incoming(layer, unit)[:-1], *places.outgoing(layer, unit))
    }
    first = [Fraction(0) if i in weights else value for i, value in enumerate(start)]
    free = [i for i in range(rough.size) if i not in weights.union(held)]
    box = _solved(gradient_system(surface, first, free), [first[i] for i in free])
    local = _boxed(surface, _with(first, free, box))
    names = ", ".join(f"unit {unit + 1} of layer {layer}" for layer, unit in units)
    reason = (
        f"Krawczyk's operator shows one zero of the gradient in {len(free)} coordinates, and all "
        f"weights of {names} are 0"
    )
    family = Family(Mechanism.DEAD, names, tuple(map(Places(local).unit_vector, held)))
    return Located(local, tuple(held), reason, "the family of all biases of dead units", (family,))


def _by_residuals(rough: LocalLoss, start: list[Fraction]) -> Located:
    bound, samples = fit_of(rough.surface)
    surface = LossSurface(rough.network, samples, rough.surface.loss)
    count = samples.count * rough.network.outputs
    if bound.predictions is None or count > min(rough.size, MOST_RESIDUALS):
        message = f"{count} residuals are not all made 0 by {rough.size} parameters"
        raise DomainError(message)
    field = BallField(BITS)
    differential = predictions_differential(surface)
    here = differential(field, [field.constant(value) for value in start])
    free = sorted(eliminated(_in_balls(here)).columns)
    if len(free) < count:
        message = f"the {count} predictions do not certainly have independent differentials"
        raise DomainError(message)

    def residuals(box: BallMatrix) -> Matrix:
        return _boxed(surface, _with(start, free, box)).values.residuals.flatten()

    def jacobian(box: BallMatrix) -> Matrix:
        return differential(field, _with(start, free, box)).submatrix(range(count), free)

    box = _solved(System(residuals, jacobian), [start[i] for i in free])
    local = _boxed(rough.surface, _with(start, free, box))
    frozen = tuple(i for i in range(rough.size) if i not in set(free))
    reason = f"Krawczyk's operator shows a fit of {count} predictions in as many coordinates"
    manifold = "all parameters with the same predictions, whose differentials are independent"
    fibre = _fibre(local, differential(field, local.raws), free, frozen)
    return Located(local, frozen, reason, manifold, fibre, bound)


def _by_fibres(rough: LocalLoss, start: list[Fraction]) -> Located:
    surface = rough.surface
    rank = greatest_rank(rough.network, merged_samples(surface).inputs)
    if rank >= rough.size:
        message = "the predictions may determine all parameters"
        raise DomainError(message)
    field = BallField(BITS)
    differential = predictions_differential(surface)
    here = _in_balls(differential(field, [field.constant(value) for value in start]))
    pivots = eliminated(here)
    if len(pivots.columns) < rank:
        message = f"the differential of the predictions does not certainly have rank {rank}"
        raise DomainError(message)
    free = sorted(pivots.columns)
    box = _solved(gradient_system(surface, start, free), [start[i] for i in free])
    local = _boxed(surface, _with(start, free, box))
    there = differential(field, local.raws).submatrix(pivots.rows, range(rough.size))
    frozen = tuple(i for i in range(rough.size) if i not in set(free))
    families = _fibre(local, there, free, frozen)
    if not families and _in_balls(there.submatrix(range(rank), free)).least_rank() < rank:
        message = f"the differential of the predictions does not certainly have rank {rank}"
        raise DomainError(message)
    reason = (
        f"Krawczyk's operator shows one zero of the gradient in {rank} coordinates, and the "
        f"differential of the predictions has rank {rank} there and nowhere more"
    )
    manifold = "all parameters with the same predictions"
    globally = is_low_rank_fit(surface)
    return Located(local, frozen, reason, manifold, families, globally=globally)


def _in_balls(matrix: Matrix) -> BallMatrix:
    if not isinstance(matrix, BallMatrix):
        message = f"a matrix in balls was needed, got one over {matrix.field.name}"
        raise DomainError(message)
    return matrix


def _fibre(
    local: LocalLoss, differential: Matrix, free: Sequence[int], frozen: Sequence[int]
) -> tuple[Family, ...]:
    """The kernel of the differential of the predictions, a direction for each frozen coordinate."""
    if not 0 < len(frozen) <= MOST_DIRECTIONS:
        return ()
    rows = range(differential.shape[0])
    side = differential.submatrix(rows, frozen).scale(-1)
    solution = differential.submatrix(rows, free).solve(side).tolist()
    zero = Scalar(local.field, local.field.constant(Fraction(0)))
    directions = []
    for column, place in enumerate(frozen):
        direction = [zero] * local.size
        direction[place] = zero + 1
        for row, target in zip(solution, free, strict=True):
            direction[target] = row[column]
        directions.append(tuple(direction))
    return (Family(Mechanism.INTERPOLATION, "all samples", tuple(directions)),)

"""Flats through a point: directions in which no feature on any sample changes.

Let F~_k = [F_k, 1] be the features of layer k with a column for the bias, and F~_k c = 0. Adding
t c to a row of [W_{k+1}, b_{k+1}] changes no pre-activation, so the loss is constant on the whole
affine space V of such changes in all layers. The features are constant on V and the
backpropagated errors are affine in the change of each layer above, so the gradient is a
polynomial of degree at most L - 1 on V. Hence, if V' is a part of V in the kernel of the Hessian:
  within one layer, and always if L = 2, every point of V' is critical;
  else it is so if the gradient is 0 at all sums of at most L - 1 basis vectors of V'.

Functions: feature_flats, dead_inputs, null_part, critical_part.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations_with_replacement
from math import comb

from symbolic_landscape.arithmetic import BallField, Matrix, Scalar
from symbolic_landscape.critical.atoms import terms_needed
from symbolic_landscape.critical.kernels import exact_kernel
from symbolic_landscape.critical.local import BITS, LocalLoss, joint_field
from symbolic_landscape.critical.symmetries import Family, Mechanism, Places, undecayed
from symbolic_landscape.critical.unheard import unheard_places
from symbolic_landscape.errors import DomainError

MOST_TERMS = 20_000
"""Most terms of a prediction as a polynomial in the coordinates of a flat."""
MOST_TIED = 60
"""Most parameters of a network with shared parameters whose flats are looked for."""
MOST_POINTS = 600
"""Most points of a flat at which the gradient is evaluated to show that it is critical."""


def feature_flats(local: LocalLoss) -> tuple[Family, ...]:
    """The directions of V, one family for each layer and each linear relation of its features.

    Where shared parameters or decay tie the layers there is one family for all of them.
    """
    if not local.surface.is_plain:
        return _tied_flats(local)
    places = Places(local)
    found: list[Family] = []
    for layer in range(1, local.network.depth):
        for relation in _relations(local, layer):
            mechanism, origin = _named(relation, local.network.bias, layer)
            vectors = []
            for unit in range(local.network.widths[layer + 1]):
                row = places.incoming(layer + 1, unit)
                vectors.append(places.vector(dict(zip(row, relation, strict=True))))
            found.append(Family(mechanism, origin, tuple(vectors)))
    return tuple(found)


def _tied_flats(local: LocalLoss) -> tuple[Family, ...]:
    """The changes of the parameters without decay that are changes along V in every layer."""
    network = local.network
    if local.size > MOST_TIED:
        return ()
    slots = iter(network.slots or range(local.size))
    equations: list[list[Scalar]] = []
    try:
        read = [local.values.features(layer) for layer in range(1, network.depth)]
        read.insert(0, local.surface.samples.inputs)
        zero = joint_field(x for one in read for row in one.tolist() for x in row).scalar(0)
        for layer, features in enumerate(read, 1):
            above, below = network.widths[layer], network.widths[layer - 1]
            rows = [[next(slots) for _ in range(below)] for _ in range(above)]
            if network.bias:
                features = features.hstack(features.field.ones(features.shape[0], 1))
                rows = [[*row, next(slots)] for row in rows]
            for row in rows:
                for seen in features.tolist():
                    equation = [zero] * local.size
                    for slot, value in zip(row, seen, strict=True):
                        if not isinstance(slot, Fraction):
                            equation[slot] = equation[slot] + value
                    equations.append(equation)
        for place, decay in enumerate(local.surface.decay):
            if decay:
                equations.append([zero + int(i == place) for i in range(local.size)])
        field = joint_field(value for row in equations for value in row)
        vectors = exact_kernel(field.matrix(equations)).T.tolist()
    except DomainError:
        return ()
    if not vectors:
        return ()
    directions = tuple(map(tuple, vectors))
    return (Family(Mechanism.DEPENDENT, "units of all layers together", directions),)


def _relations(local: LocalLoss, layer: int) -> list[list[Scalar]]:
    """A basis of {c : F~_k c = 0}; where the features have no field, only from equal units."""
    try:
        features = local.values.features(layer)
        if local.network.bias:
            features = features.hstack(features.field.ones(features.shape[0], 1))
        return exact_kernel(features).T.tolist()
    except DomainError:
        return _equal_units(local, layer)


def _equal_units(local: LocalLoss, layer: int) -> list[list[Scalar]]:
    """e_i - e_j for units with the same incoming weights, so with the same features."""
    places = Places(local)
    at = local.coordinates
    width = local.network.widths[layer]
    rows = [[at[place] for place in places.incoming(layer, unit)] for unit in range(width)]
    found = []
    for j in range(width):
        for i in range(j):
            if local.is_exact and rows[i] == rows[j]:
                relation = [places.zero] * (width + local.network.bias)
                relation[i], relation[j] = places.zero + 1, places.zero - 1
                found.append(relation)
                break
    return found


def _named(relation: Sequence[Scalar], bias: bool, layer: int) -> tuple[Mechanism, str]:
    """What a linear relation between features and 1 says about the units."""
    units = [i for i, value in enumerate(relation[: len(relation) - bias]) if not value.is_zero]
    with_one = bias and not relation[-1].is_zero
    names = " and ".join(str(i + 1) for i in units)
    if len(units) == 1 and not with_one:
        return Mechanism.DEAD, f"unit {names} of layer {layer}, whose feature is 0"
    if len(units) == 1:
        return Mechanism.CONSTANT, f"unit {names} of layer {layer}, whose feature is constant"
    if len(units) == 2 and not with_one:
        i, j = units
        if relation[i] == -relation[j]:
            return Mechanism.DUPLICATED, f"units {names} of layer {layer}"
        if relation[i] == relation[j]:
            return Mechanism.DUPLICATED, f"units {names} of layer {layer}, up to sign"
    return Mechanism.DEPENDENT, f"units {names} of layer {layer}"


def dead_inputs(local: LocalLoss) -> tuple[Family, ...]:
    """Incoming weights of units with outgoing weights 0: the loss does not depend on them."""
    if not local.network.is_plain:
        zero = local.coordinates[0] - local.coordinates[0]
        moved = unheard_places(local)[0]
        units = tuple(tuple(zero + int(i == k) for i in range(local.size)) for k in moved)
        return (Family(Mechanism.DEAD, "units that nothing hears", units),) if moved else ()
    places = Places(local)
    at = local.coordinates
    found = []
    for layer in range(1, local.network.depth):
        for unit in range(local.network.widths[layer]):
            if all(_is_zero(at[place]) for place in places.outgoing(layer, unit)):
                vectors = [places.unit_vector(place) for place in places.incoming(layer, unit)]
                origin = f"unit {unit + 1} of layer {layer}, whose outgoing weights are 0"
                family = undecayed(local, Family(Mechanism.DEAD, origin, tuple(vectors)))
                found += [] if family is None else [family]
    return tuple(found)


def _is_zero(value: Scalar) -> bool:
    try:
        return value.is_zero
    except DomainError:
        return False


def null_part(local: LocalLoss, directions: Sequence[Sequence[Scalar]]) -> Matrix | None:
    """Independent columns (p, k): the part of a span that the Hessian maps to 0; None if k = 0.

    Raises DomainError: the Hessian or the directions have no exact field.
    """
    if not directions:
        return None
    hessian = local.values.hessian
    field = joint_field([value for row in directions for value in row], hessian.field)
    columns = field.matrix(directions).T
    pivots = columns.row_reduced()[1]
    columns = columns.submatrix(range(local.size), pivots)
    null = columns @ exact_kernel(hessian @ columns)
    return null if null.shape[1] else None


def critical_part(local: LocalLoss, flats: Sequence[Family]) -> Matrix | None:
    """Directions (p, k) of an affine space of critical points through the point; or None.

    Raises DomainError: the Hessian has no exact field.
    """
    directions = [direction for family in flats for direction in family.directions]
    everything = null_part(local, directions)
    if everything is None or local.network.depth == 2 or _is_critical(local, everything):
        return everything
    best: Matrix | None = None
    if not local.network.is_plain:
        return None
    for layer in range(2, local.network.depth + 1):
        own = local.network.layer_range(layer)
        chosen = [d for d in directions if any(not d[i].is_zero for i in own)]
        part = null_part(local, chosen)
        if part is not None and (best is None or part.shape[1] > best.shape[1]):
            best = part
    return best


def is_critical_flat(local: LocalLoss, directions: Sequence[Sequence[Scalar]]) -> bool:
    """True if the gradient is 0 at w + t_1 v_1 + ... identically in t; False says nothing.

    Values of functions are letters, so this also holds for units whose pre-activations move.
    """
    if not local.is_exact or not _may_be_critical(local, directions):
        return False
    symbols = [f"t{i}" for i in range(len(directions))]
    try:
        raws = [
            [start.rational(), *(value.rational() for value in entries)]
            for start, *entries in zip(local.coordinates, *directions, strict=True)
        ]
        gradient = local.formal(raws, symbols).gradient
    except DomainError:
        return False
    return all(row[0][0].is_zero() for row in gradient.raw_rows())


def _may_be_critical(local: LocalLoss, directions: Sequence[Sequence[Scalar]]) -> bool:
    """False if its polynomials are too large, or a sample point of it is not critical."""
    if terms_needed(local.network, len(directions) + 1) > MOST_TERMS:
        return False
    source = random.Random(len(directions))
    field = BallField(BITS[0])
    for _ in range(3):
        weights = [Fraction(source.randint(-4, 4), 3) for _ in directions]
        raws = []
        for start, *entries in zip(local.coordinates, *directions, strict=True):
            total = sum((a * b for a, b in zip(entries, weights, strict=True)), start)
            raws.append(field.raw(total))
        try:
            gradient = local.over(field, raws).gradient
        except DomainError:
            continue
        if any(value != 0 for (value,) in gradient.raw_rows()):
            return False
    return True


def _is_critical(local: LocalLoss, directions: Matrix) -> bool:
    """Whether the gradient is 0 at all sums of at most L - 1 of the directions."""
    degree, count = local.network.depth - 1, directions.shape[1]
    if comb(count + degree, degree) > MOST_POINTS:
        return False
    columns = [[row[0] for row in column.tolist()] for column in directions.columns()]
    zero = [column[0] - column[0] for column in columns][:1]
    for size in range(1, degree + 1):
        for chosen in combinations_with_replacement(columns, size):
            shift = [sum(entries, zero[0]) for entries in zip(*chosen, strict=True)]
            if not local.moved(shift).gradient.is_zero:
                return False
    return True

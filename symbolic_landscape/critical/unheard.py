"""Units that nothing hears: the loss does not depend on what comes into them, and falls nearby.

A hidden unit is unheard if each of its outgoing weights is 0 or leads to an unheard unit. The loss
is constant in the parameters S of the unheard units. Let w be critical, d a direction in S, and O
the outgoing weights of unheard units to heard ones. Along w + t d the derivative by one of O is a
series a t^k + ...; if a is not 0, then L(w + t d + s t^(k+1) e) - L(w) = s a t^(2k+1) + ..., where
e is the unit vector of that weight: so the loss falls and rises near w (Fukumizu and Amari 2000,
for a unit with outgoing weights 0). Where the weight moves sooner, as c t^j with j <= k, other
terms count too; the loss may fall to a lower order, which is measured.

Functions: unheard_places, curves_by_unheard_units.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

from symbolic_landscape.arithmetic import Scalar
from symbolic_landscape.critical.curves import Curve, measured
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.series import SeriesField
from symbolic_landscape.critical.shared_symmetries import Frame, labels_at
from symbolic_landscape.critical.symmetries import Places
from symbolic_landscape.errors import DomainError

MOST_DIRECTIONS = 4
HIGHEST_ORDER = 6
"""The derivatives by outgoing weights are looked at up to this power of t."""
SHARES = (Fraction(1), Fraction(1, 4), Fraction(1, 16))
"""Sizes of the move of an outgoing weight that are tried."""


def unheard_places(local: LocalLoss) -> tuple[list[int], list[int]]:
    """The places of S, and of the other parameters in O; two empty lists where decay acts on S.

    A shared parameter is in S if all its places are, and in O if one of them is.
    """
    network, at = local.network, local.coordinates
    places = Places(local) if network.is_plain else Frame(local)
    slots = network.slots or range(local.size)
    above: set[int] = set()
    inner: set[int] = set()
    outer: set[int] = set()
    for layer in range(network.depth - 1, 0, -1):
        unheard = set()
        for unit in range(network.widths[layer]):
            heard = [
                place for row, place in enumerate(places.outgoing(layer, unit)) if row not in above
            ]
            weights = [slots[place] for place in heard]
            if all(not x if isinstance(x, Fraction) else _is_zero(at[x]) for x in weights):
                unheard.add(unit)
                inner.update(places.incoming(layer, unit))
                outer.update(heard)
        above = unheard
    elsewhere = [place for place in range(len(slots)) if place not in inner]
    free = labels_at(slots, inner) - labels_at(slots, elsewhere)
    decay = local.surface.decay
    if decay and any(decay[place] for place in free):
        return [], []
    return sorted(free), sorted(labels_at(slots, outer) - free)


def curves_by_unheard_units(local: LocalLoss) -> tuple[Curve, Curve] | None:
    """A curve of descent and one of ascent, from unheard units; None if none were found.

    Raises DomainError: the values lie in no exact field.
    """
    inner, outer = unheard_places(local)
    if not inner or not outer:
        return None
    source = random.Random(len(inner))
    zero = local.coordinates[0] - local.coordinates[0]
    for _ in range(MOST_DIRECTIONS):
        local.budget.need("all directions of unheard units were followed")
        direction = [zero] * local.size
        for place in inner:
            direction[place] = zero + source.choice((-2, -1, 1, 2))
        found = _first_change(local, direction, outer)
        if found is not None:
            place, order, value = found
            last = [zero + int(i == place) for i in range(local.size)]
            still = (tuple([zero] * local.size),) * (order - 1)
            curve = Curve((tuple(direction), *still, tuple(last)), 2 * order + 1, value)
            ways = (curve, curve.reversed())
            descent, ascent = ways if curve.descends else ways[::-1]
            return _sooner(local, descent), ascent
    return None


def _sooner(local: LocalLoss, descent: Curve) -> Curve:
    """A curve on which the weight moves sooner and the loss falls to a lower order, if found."""
    direction, *still, last = descent.directions
    for power in range(1, len(descent.directions)):
        for share in SHARES:
            moved = [value * share for value in last]
            directions = [list(direction), *map(list, still[: power - 1])]
            directions[power - 1] = [
                a + b for a, b in zip(directions[power - 1], moved, strict=True)
            ]
            found = measured(local, directions, descent.order - 1)
            if found is not None and found.descends:
                return found
    return descent


def _first_change(
    local: LocalLoss, direction: Sequence[Scalar], outer: Sequence[int]
) -> tuple[int, int, Scalar] | None:
    """The place, k and a of the derivative with the least k; None if all are 0 as far as seen."""
    order = 2
    while order <= HIGHEST_ORDER:
        gradient = local.along([direction], order).gradient
        ring = gradient.field
        if not isinstance(ring, SeriesField):
            message = f"a series was needed along a line, got a gradient over {ring.name}"
            raise DomainError(message)
        rows = [ring.coefficients(gradient.entry(place, 0)) for place in outer]
        for k in range(1, order + 1):
            for place, row in zip(outer, rows, strict=True):
                if row[k].sign():
                    return place, k, row[k]
        order += 2
    return None


def _is_zero(value: Scalar) -> bool:
    try:
        return value.is_zero
    except DomainError:
        return False

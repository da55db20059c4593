"""The cones of directions on each of which the predictions change linearly at first order.

Let units of any layers lie at joints of their activations. Layer by layer, the change of a
pre-activation on a sample is linear in the change d of the parameters once the pieces of the joints
below are chosen: z'.d. At a joint with two slopes the directions with z'.d >= 0 and those with
z'.d <= 0 are taken apart, each with its slope. So finitely many cones {d : b.d >= 0 for all b} make
up all directions, and on each the predictions have a linear change. Some cones may be empty but for
their rims, where the neighbours' changes agree.

On a cone the loss changes at first order by the greatest E . J d over all E in the box of its
slopes (see `loss_joints`), J the linear change of the predictions. It falls in no direction of the
cone if J^T E is a sum of the bounds with factors mu >= 0, for some E; if E lies inside the box at
all joints, each mu > 0, and these joints and the bounds span all directions, it rises in each of
them. The loss is Lipschitz near the point, so that its first order holds uniformly in all
directions: where it rises in each, the point is a strict local minimum.

Objects: Cone, FirstOrder. Functions: cones_of_directions, first_order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from symbolic_landscape.arithmetic import QQ, Scalar
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.loss_joints import Balance, balanced, slopes_at_joints
from symbolic_landscape.critical.symmetries import Places
from symbolic_landscape.errors import DomainError

MOST_CONES = 256

Vector = tuple[Fraction, ...]
Slopes = Callable[[int, Scalar], tuple[Fraction, Fraction]]
"""The slopes of a layer's activation on both sides of a value."""


@dataclass(frozen=True)
class Cone:
    """All d (p,) with b.d >= 0 for the bounds b, and the changes of features as forms in d.

    There is a row of forms for each sample, of the features of one layer, at last the predictions.
    """

    bounds: tuple[Vector, ...]
    rows: tuple[tuple[Vector, ...], ...]

    def side(self, form: Vector) -> int:
        """1 or -1 where the bounds alone say that the form has this sign, else 0."""
        if form in self.bounds:
            return 1
        return -1 if tuple(-x for x in form) in self.bounds else 0


@dataclass(frozen=True)
class FirstOrder:
    """A direction in which the loss falls, if there is one, and whether it rises in all of them."""

    cones: int
    falling: Vector | None
    rises: bool = False


def first_order(local: LocalLoss, slopes: Slopes) -> FirstOrder:
    """How the loss changes at first order, where units and residuals may lie at joints.

    Raises DomainError: a value or a slope is no rational number, the loss is not convex at a joint,
    or there are too many cones.
    """
    ends = slopes_at_joints(local)
    cones = cones_of_directions(local, slopes)
    rises = True
    for cone in cones:
        local.budget.need("all cones of directions were looked at")
        rows = [form for row in cone.rows for form in row]
        found = balanced(ends, rows, cone.bounds)
        if not isinstance(found, Balance):
            return FirstOrder(len(cones), found)
        held = [row for row, (low, high) in zip(rows, ends, strict=True) if low < high]
        held += cone.bounds
        full = bool(held) and QQ.matrix(held).rank() == local.size
        rises = rises and full and found.margin > 0
    return FirstOrder(len(cones), None, rises)


def cones_of_directions(local: LocalLoss, slopes: Slopes) -> list[Cone]:
    """The cones at a point, whose forms are the changes of the predictions.

    Raises DomainError: a value is no rational number, or there are too many cones.
    """
    samples, network, values = local.surface.samples, local.network, local.values
    nothing = (Fraction(0),) * local.size
    start = tuple((nothing,) * network.widths[0] for _ in range(samples.count))
    found = [Cone((), start)]
    places = Places(local)
    for layer in range(1, network.depth + 1):
        below = samples.inputs if layer == 1 else values.features(layer - 1)
        seen = [[value.rational() for value in row] for row in below.tolist()]
        weights = [[x.rational() for x in row] for row in local.point.weights[layer - 1].tolist()]
        reached = values.preactivations(layer).tolist()
        tilts = [[slopes(layer, value) for value in row] for row in reached]
        incoming = [places.incoming(layer, unit) for unit in range(network.widths[layer])]
        for sample in range(samples.count):
            split: list[Cone] = []
            for cone in found:
                forms = []
                for unit, row in enumerate(weights):
                    form = list(nothing)
                    for place, value in zip(incoming[unit], [*seen[sample], 1], strict=False):
                        form[place] = Fraction(value)
                    for weight, lower in zip(row, cone.rows[sample], strict=True):
                        form = [a + weight * b for a, b in zip(form, lower, strict=True)]
                    forms.append(tuple(form))
                split += _split(cone, sample, forms, tilts[sample])
            found = split
            if len(found) > MOST_CONES:
                message = f"the units at joints leave more than {MOST_CONES} cones"
                raise DomainError(message)
    return found


def _split(
    cone: Cone, sample: int, forms: list[Vector], tilts: list[tuple[Fraction, Fraction]]
) -> Iterator[Cone]:
    """The cones into which the units of one layer split a cone on one sample."""
    parts: list[tuple[Cone, tuple[Vector, ...]]] = [(cone, ())]
    for form, (low, high) in zip(forms, tilts, strict=True):
        size = next((abs(x) for x in form if x), None)
        split = []
        for part, row in parts:
            if low == high or size is None:
                split.append((part, (*row, tuple(low * x for x in form))))
                continue
            unit = tuple(x / size for x in form)
            known = part.side(unit)
            for sign in (known,) if known else (1, -1):
                bound = tuple(sign * x for x in unit)
                inside = part if known else Cone((*part.bounds, bound), part.rows)
                tilt = high if sign > 0 else low
                split.append((inside, (*row, tuple(tilt * x for x in form))))
        parts = split
    for part, row in parts:
        rows = (*part.rows[:sample], row, *part.rows[sample + 1 :])
        yield Cone(part.bounds, rows)

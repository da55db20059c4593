"""What shows the kind of a point at which units, or residuals, lie at joints of pieces.

Objects: Kinks.

Design notes. Multipliers of the kinks are a linear program, whose dual is a direction in which the
loss falls. Fields are those of `fields` along which the loss of some pieces is constant. All of it
is a guess, which the stand-alone verifier checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import islice, product
from typing import Any

from symbolic_landscape.arithmetic.linear_programs import Obstruction, Optimum, greatest
from symbolic_landscape.certificate import verifier
from symbolic_landscape.certificate.fields import Field, candidates
from symbolic_landscape.certificate.verifier import (
    BeyondError,
    Checker,
    FailsError,
    Joints,
    rational,
    vector_at,
)
from symbolic_landscape.critical.curves import rays
from symbolic_landscape.networks import Network

Data = dict[str, Any]

MOST_SIDES = 64
MOST_RAYS = 120


class Kinks:
    """The multipliers of the kinks at a checker's point, or a direction of descent, if known."""

    def __init__(self, checker: Checker, network: Network) -> None:
        """Raises FailsError: nothing lies at a joint."""
        self.checker = checker
        self.multipliers: list[str] | None = None
        self.descent: list[str] | None = None
        self.walls = self.soft = MOST_SIDES
        self.fields = [*candidates(network, checker.problem.names)]
        checker.renew()
        with suppress(BeyondError), checker.at_joints() as joints:
            self.walls = len(joints.walls)
            self.soft = len(joints.walls) - len(joints.kinks)
            found = _balanced(joints)
            if isinstance(found, Obstruction):
                self.descent = [str(value) for value in found.factors[: checker.problem.size]]
            else:
                self.multipliers = [str(value) for value in found]

    def rays(self) -> Iterator[list[str]]:
        """Directions along which the loss may fall, or rise: that of descent first."""
        yield from [self.descent] if self.descent else []
        for ray in islice(rays(self.checker.problem.size), MOST_RAYS):
            for sign in (1, -1):
                if any(ray):
                    yield [str(sign * value) for value in ray]

    def cones(self) -> list[list[Field]]:
        """For each cone independent fields along which its loss is constant.

        Raises BeyondError: there are too many cones.
        """
        if 2**self.soft > MOST_SIDES or self.multipliers is None:
            verifier.beyond("there are too many cones")
        found = []
        with self.checker.at_joints() as joints:
            sure = [self.checker.problem.number(value) for value in self.multipliers or []]
            for sides, both in joints.cones(sure):
                self.checker.renew()
                joints.take(sides)
                found.append([*self._constant(joints, sides, both)])
        return found

    def _constant(self, joints: Joints, sides: dict[int, int], both: Any) -> Iterator[Field]:
        free, gradient = verifier.around(joints.problem, joints.w)
        tangents: list[Any] = []
        for data in self.fields:
            field = self.checker.field(data)
            tangent = vector_at(field, joints.w)
            if (
                all(joints.is_along(field, wall) for wall in both)
                and verifier.vanishes([verifier.dot(gradient, vector_at(field, free))])
                and verifier.independent([*tangents, tangent])
            ):
                tangents.append(tangent)
                turned = _turned(data)
                leads = joints.leads(self.checker.field(turned), sides)
                yield turned if leads and not joints.leads(field, sides) else data

    def levels(self) -> Iterator[Data]:
        """Sides, and a field that may lead there along equal predictions."""
        if 2**self.walls > MOST_SIDES:
            return
        for sides in product((-1, 1), repeat=self.walls):
            for data in self.fields:
                for field in (data, _turned(data)):
                    self.checker.renew()
                    with self.checker.at_joints() as joints:
                        try:
                            chosen = dict(enumerate(sides))
                            joints.need_equal_outputs(self.checker.field(field), chosen)
                        except FailsError:
                            continue
                        except BeyondError:
                            return
                    yield {"sides": [*sides], "field": field}


def _turned(field: Field) -> Field:
    """The field in the other direction."""
    return {
        name: {factor: str(-Fraction(value)) for factor, value in row.items()}
        for name, row in field.items()
    }


def _balanced(joints: Joints) -> list[Fraction] | Obstruction:
    """The multipliers, as far inside as can be; else what shows that there are none."""
    joints.take({})
    rest = [rational(value) for value in joints.problem.gradient(joints.w)]
    walls = [joints.walls[n] for n in joints.kinks]
    normals = [[rational(value) for value in wall.normal] for wall in walls]
    kinks = [rational(wall.kink) for wall in walls]
    count, zero, one = len(walls), Fraction(0), Fraction(1)
    if min(kinks, default=zero) < 0:
        verifier.beyond("the slope of the loss falls across a joint")
    matrix, right = [], []
    for p, slope in enumerate(rest):
        column = [normal[p] for normal in normals]
        matrix.append([*column, *[zero] * count, sum(column, zero)])
        right.append(-slope)
    for n, kink in enumerate(kinks):
        own = [one if m == n else zero for m in range(count)]
        matrix.append([*own, *own, 2 * one])
        right.append(kink)
    found = greatest(matrix, right, [*[zero] * (2 * count), one if count else zero])
    if isinstance(found, Obstruction):
        return found
    if not isinstance(found, Optimum):
        return []
    return [found.value * bool(count) + value for value in found.point[:count]]

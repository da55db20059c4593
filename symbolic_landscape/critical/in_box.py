"""The kind of the one critical point in a box, from the Hessian on the whole box.

Objects: BoxRecord.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice

from symbolic_landscape.arithmetic import QQ, Scalar
from symbolic_landscape.critical.bounds import Bound
from symbolic_landscape.critical.classification import Answer, Classification, Kind
from symbolic_landscape.critical.convex import is_convex_minimum
from symbolic_landscape.critical.convexity import convexity_near
from symbolic_landscape.critical.curvature import (
    Signature,
    ball_hessian,
    certified_signs,
)
from symbolic_landscape.critical.curves import straight
from symbolic_landscape.critical.explanation import spelt_out
from symbolic_landscape.critical.local import BITS, LocalLoss
from symbolic_landscape.critical.locate import Located
from symbolic_landscape.critical.record import Record
from symbolic_landscape.errors import DomainError
from symbolic_landscape.verdict import Evidence

MOST_LINES = 60
"""Most lines in the kernel of the Hessian that are looked at."""


def _sums(found: Located, local: LocalLoss) -> Iterator[list[Scalar]]:
    """Tangents of the manifold plus one or two silent coordinates."""
    zero = local.coordinates[0] * 0
    tangents = [direction for family in found.tangents for direction in family.directions]
    singles = [((place, 1),) for place in found.silent]
    pairs = [((a, 1), (b, sign)) for a, b in combinations(found.silent, 2) for sign in (1, -1)]
    chosen = ((t, places) for t in tangents for places in (*singles, *pairs))
    for tangent, places in islice(chosen, MOST_LINES):
        direction = [value + zero for value in tangent]
        for place, sign in places:
            direction[place] = direction[place] + sign
        yield direction


class BoxRecord(Record):
    """A located point under examination."""

    def located(self, found: Located) -> Classification:
        """The kind of the one critical point in a box, from the Hessian on the whole box."""
        zero = QQ.scalar(0)
        self.found.update(
            gradient=(zero,) * self.local.size,
            located=True,
            frozen=found.frozen,
            null_directions=spelt_out(found.tangents),
        )
        self.because(found.reason, Evidence.ENCLOSED)
        if found.bound is not None:
            return self._fitting(found, found.bound)
        reason = is_convex_minimum(self.local)
        if reason is not None:
            self.found.update(global_minimum=Answer.YES, global_minimum_reason=reason)
        hessian = ball_hessian(self.local, BITS[0]).submatrix(found.free, found.free)
        signs = certified_signs(hessian)
        if signs.positive + signs.negative == len(found.free):
            nullity = len(found.frozen) + len(found.silent)
            triple = (signs.positive, signs.negative, nullity)
            self.found["inertia"] = triple
            self.because(f"inertia {triple}: pivots in balls on the box", Evidence.ENCLOSED)
        if signs.negative:
            return self._negative_in_box(found, signs)
        if "inertia" not in self.found:
            return self.undecided(
                f"the inertia of the Hessian: {signs.positive} of {len(found.free)} pivots are "
                "certainly not 0"
            )
        if found.silent:
            return self._silent_in_box(found)
        if found.globally is not None and not self.is_global:
            self.found.update(global_minimum=Answer.YES, global_minimum_reason=found.globally)
        if not found.frozen:
            self.found["convexity"] = convexity_near(self.local)
            return self.answer(Kind.STRICT_MINIMUM)
        self.because(self._through(found), Evidence.ENCLOSED)
        self.on_manifold()
        return self.answer(Kind.NON_STRICT_MINIMUM)

    def _silent_in_box(self, found: Located) -> Classification:
        """The kind where the Hessian is semidefinite and has null vectors besides the tangents.

        Along a line in its kernel the loss starts at order 3.
        """
        for direction in _sums(found, self.local):
            try:
                cubic = self.local.change([direction], 3)[2]
                sign = cubic.sign()
            except DomainError:
                continue
            if sign:
                line = straight(direction, 3, cubic)
                falling, rising = (line, line.reversed()) if sign < 0 else (line.reversed(), line)
                self.found.update(descent=falling, ascent=rising)
                self.because(
                    f"along a line in the kernel of the Hessian the loss changes by {cubic} t^3 + "
                    "..., so it rises and falls",
                    Evidence.ENCLOSED,
                )
                return self.answer(Kind.SADDLE)
        return self.undecided(
            "higher orders: the Hessian has null directions besides those along which the point is "
            "one of a manifold of critical points, and no line among them was shown to leave the "
            "loss at order 3"
        )

    @staticmethod
    def _through(found: Located) -> str:
        return (
            f"{found.manifold} consists of critical points and has dimension {len(found.frozen)}, "
            "the nullity of the Hessian"
        )

    def _fitting(self, found: Located, bound: Bound) -> Classification:
        reason = f"the loss equals the lower bound {bound.value}: {bound.reason}"
        self.found.update(
            global_minimum=Answer.YES,
            global_minimum_reason=reason,
            inertia=(len(found.free), 0, len(found.frozen)),
            loss=bound.value,
        )
        self.because(f"it is a global minimum: {reason}", Evidence.ENCLOSED)
        if not found.frozen:
            self.found["convexity"] = convexity_near(self.local)
            return self.answer(Kind.STRICT_MINIMUM)
        self.because(self._through(found), Evidence.ENCLOSED)
        self.on_manifold()
        return self.answer(Kind.NON_STRICT_MINIMUM)

    def _negative_in_box(self, found: Located, signs: Signature) -> Classification:
        if not self.falling_line():
            return self.undecided("a direction of negative curvature: none was found")
        if signs.positive:
            return self.answer(Kind.STRICT_SADDLE)
        if "inertia" not in self.found:
            return self.undecided("whether the point is a maximum: the inertia is not settled")
        if found.frozen:
            self.because(self._through(found), Evidence.ENCLOSED)
        return self.answer(Kind.MAXIMUM)

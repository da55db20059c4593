"""The kind of the one critical point in a box, from the Hessian on the whole box.

Objects: BoxRecord.
"""

from __future__ import annotations

from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.critical.bounds import Bound, is_critical_map
from symbolic_landscape.critical.classification import Answer, Classification, Kind
from symbolic_landscape.critical.convexity import convexity_near
from symbolic_landscape.critical.curvature import (
    Signature,
    ball_hessian,
    certified_signs,
)
from symbolic_landscape.critical.explanation import spelt_out
from symbolic_landscape.critical.local import BITS
from symbolic_landscape.critical.locate import Located
from symbolic_landscape.critical.record import Record
from symbolic_landscape.verdict import Evidence


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
        reason = is_critical_map(self.local)
        if reason is not None:
            self.found.update(global_minimum=Answer.YES, global_minimum_reason=reason)
        hessian = ball_hessian(self.local, BITS[0]).submatrix(found.free, found.free)
        signs = certified_signs(hessian)
        if signs.positive + signs.negative == len(found.free):
            triple = (signs.positive, signs.negative, len(found.frozen))
            self.found["inertia"] = triple
            self.because(f"inertia {triple}: pivots in balls on the box", Evidence.ENCLOSED)
        if signs.negative:
            return self._negative_in_box(found, signs)
        if "inertia" not in self.found:
            return self.undecided(
                f"the inertia of the Hessian: {signs.positive} of {len(found.free)} pivots are "
                "certainly not 0"
            )
        if not found.frozen:
            self.found["convexity"] = convexity_near(self.local)
            return self.answer(Kind.STRICT_MINIMUM)
        self.because(self._through(found), Evidence.ENCLOSED)
        return self.answer(Kind.NON_STRICT_MINIMUM)

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

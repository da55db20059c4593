"""What is known of a point while it is examined, and the classification made of it.

Objects: Record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from symbolic_landscape.critical.better import BetterPoint, lower_along, refitted, sampled
from symbolic_landscape.critical.classification import Answer, Classification, Kind
from symbolic_landscape.critical.curvature import negative_direction
from symbolic_landscape.critical.curves import Curve, Strictness, straight
from symbolic_landscape.critical.learning import LearningCoefficient, between, exactly
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.projection import least_with_one_unit
from symbolic_landscape.critical.search import least_everywhere
from symbolic_landscape.verdict import Evidence

MINIMA = {Kind.STRICT_MINIMUM, Kind.NON_STRICT_MINIMUM, Kind.OPEN_MINIMUM}

MAY_BE_GLOBAL = {*MINIMA, Kind.UNDECIDED}


@dataclass
class Record:
    """One point under examination, with what has been found so far."""

    local: LocalLoss
    reasons: list[str] = field(default_factory=list)
    evidence: Evidence = Evidence.IDENTITY
    found: dict[str, Any] = field(default_factory=dict)
    rest: Strictness | None = None
    """How the loss rises in the null directions that are not tangent to points of equal loss."""
    thorough: bool = True
    """Whether better points are sought where neither the kind nor a global minimum hangs on it."""

    def because(self, reason: str, evidence: Evidence) -> None:
        """Notes a reason; the answer is as strong as the weakest of them."""
        self.reasons.append(reason)
        self.evidence = min(self.evidence, evidence)

    def answer(self, kind: Kind, **more: Any) -> Classification:
        """The classification with everything found."""
        if "global_minimum" not in self.found:
            self.settle_global(kind)
        if "loss" not in self.found:
            self.found["loss"] = self.local.loss
        self.found.setdefault("learning_coefficient", self._learning_coefficient(kind))
        evidence = self.evidence if self.reasons else Evidence.NUMERIC
        return Classification(
            kind=kind,
            names=self.local.network.parameter_names,
            coordinates=self.local.coordinates,
            evidence=min(evidence, Evidence.EXACT),
            reasons=tuple(self.reasons),
            **{"gradient": None, **self.found, **more},
        )

    def _learning_coefficient(self, kind: Kind) -> LearningCoefficient | None:
        """The learning coefficient of a minimum, or bounds; None where the Hessian is not known."""
        inertia = self.found.get("inertia")
        if kind not in MINIMA or inertia is None:
            return None
        positive, _, zero = inertia
        if not zero:
            return exactly(positive, 0, 2)
        if self.rest is not None:
            return exactly(positive, self.rest.variables, self.rest.order)
        surface = self.local.surface
        functions = (*surface.network.activations, surface.loss)
        if all(function.analytic().is_holds for function in functions):
            return between(positive, zero - self.flat_dimension)
        return None

    @property
    def flat_dimension(self) -> int:
        """The known dimension of a manifold of equal loss through the point."""
        return 0

    def on_manifold(self) -> None:
        """Notes that points of equal loss make up the nullity of the Hessian."""
        self.rest = Strictness("the loss is constant in all null directions", 0, 2)

    def undecided(self, obligation: str) -> Classification:
        """The classification of a point whose kind is not settled."""
        return self.answer(Kind.UNDECIDED, obligation=obligation)

    def open_minimum(self) -> Classification:
        """The classification of a local minimum of which it was not shown whether it is strict."""
        self.because(
            "strictness open: no nearby point of equal loss is known, or excluded", Evidence.EXACT
        )
        return self.answer(Kind.OPEN_MINIMUM)

    @property
    def is_global(self) -> bool:
        """Whether the point is known to be a global minimum."""
        return self.found.get("global_minimum") is Answer.YES

    def note_better(self, curve: Curve) -> None:
        """Notes a better point on a curve of descent, where one is certified."""
        lower = lower_along(self.local, curve)
        if lower is not None:
            self.found.update(step=str(lower[0]), better=lower[1])

    def settle_global(self, kind: Kind) -> None:
        """Notes whether a better point is known."""
        descent: Curve | None = self.found.get("descent")
        sought = self.thorough or kind is Kind.STRICT_MINIMUM
        if sought and descent is not None and "better" not in self.found:
            self.note_better(descent)
        better: BetterPoint | None = self.found.get("better")
        if sought and better is None and kind in MAY_BE_GLOBAL:
            better = refitted(self.local) or sampled(self.local)
            self.found["better"] = better
        everywhere = None
        if better is None and kind is Kind.STRICT_MINIMUM:
            box = self.found.get("convexity")
            everywhere = least_everywhere(self.local, box) or least_with_one_unit(self.local, box)
        if everywhere is not None:
            answer, reason = Answer.YES, everywhere
            self.because(f"it is a global minimum: {everywhere}", Evidence.ENCLOSED)
        elif better is not None:
            answer, reason = (
                Answer.NO,
                f"the loss is {better.loss} at a better point: {better.origin}",
            )
        elif descent is not None or kind is Kind.MAXIMUM:
            answer, reason = Answer.NO, "the loss is lower arbitrarily near"
        else:
            answer = Answer.UNKNOWN
            none = "no better point was found" if sought else "better points were not sought"
            reason = f"no known lower bound is attained, and {none}"
        self.found.update(global_minimum=answer, global_minimum_reason=reason)

    def falling_line(self) -> bool:
        """Whether a line of negative curvature was found; it is noted."""
        found = negative_direction(self.local)
        if found is None:
            return False
        direction, value = found
        entries = [row[0] for row in direction.tolist()]
        self.found["descent"] = straight(entries, 2, value / 2)
        self.because(
            f"the Hessian is {value} along a direction of negative curvature", value.field.evidence
        )
        return True

"""What kind of point it is, with everything that says so: the answer of `classify`.

Objects: Kind, Answer, NullDirection, Classification.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from symbolic_landscape.arithmetic import Scalar
from symbolic_landscape.critical.better import BetterPoint
from symbolic_landscape.critical.convexity import Convexity
from symbolic_landscape.critical.curves import Curve
from symbolic_landscape.critical.infinity import Runaway
from symbolic_landscape.critical.learning import LearningCoefficient
from symbolic_landscape.critical.local import BITS, is_sharp
from symbolic_landscape.critical.symmetries import SYMMETRIES, Mechanism
from symbolic_landscape.verdict import Evidence
from symbolic_landscape.version import __version__

SCHEMA = "lemma-check/classify/1"
MOST_SHOWN = 40
LONGEST = 200


class Kind(StrEnum):
    """The kinds of points.

    `saddle` has no direction of negative curvature: the loss falls at a higher order only. At a
    non-strict minimum no loss nearby is lower, and some are equal, on a manifold of dimension at
    least 1; at a `local minimum` it is open whether some are. `none near` answers a point given to
    a few digits: no critical point is near it, and the loss falls for ever along a ray.
    """

    NOT_CRITICAL = "not critical"
    STRICT_MINIMUM = "strict local minimum"
    NON_STRICT_MINIMUM = "non-strict local minimum"
    OPEN_MINIMUM = "local minimum"
    STRICT_SADDLE = "strict saddle"
    SADDLE = "saddle"
    MAXIMUM = "maximum"
    NONE_NEAR = "none near"
    UNDECIDED = "undecided"


class Answer(StrEnum):
    """Whether the point is a global minimum."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class NullDirection:
    """A vector that the Hessian maps to 0; mechanism and origin are None if unexplained.

    `is_orbit` says that it is tangent to the orbit of a symmetry of the loss.
    """

    vector: tuple[Scalar, ...]
    mechanism: Mechanism | None = None
    origin: str | None = None
    is_orbit: bool = False


@dataclass(frozen=True, eq=False)
class Classification:
    """The kind of a point of a loss surface, and the evidence.

    `names` are those of the parameters, `coordinates` the point (balls around it if it was
    located); `gradient` is None where it was not computed; `inertia` counts positive, negative
    and zero eigenvalues. `descent` and `ascent` are curves through the point, `better` a point
    with a lower loss; `learning_coefficient` belongs to minima. `obligation` says what could not
    be shown where the kind is undecided;
    `frozen` are the places of the coordinates that were held while a point was located, and `notes`
    say what was done to the numbers of a file.

    Two are equal if their replies are, `to_data()`: balls, of which nobody can say whether they
    hold the same number, are compared by the digits that are shown.
    """

    kind: Kind
    global_minimum: Answer
    global_minimum_reason: str
    names: tuple[str, ...]
    coordinates: tuple[Scalar, ...]
    loss: Scalar
    gradient: tuple[Scalar, ...] | None
    evidence: Evidence
    reasons: tuple[str, ...]
    inertia: tuple[int, int, int] | None = None
    null_directions: tuple[NullDirection, ...] = ()
    descent: Curve | None = None
    step: str | None = None
    ascent: Curve | None = None
    convexity: Convexity | None = None
    learning_coefficient: LearningCoefficient | None = None
    runaway: Runaway | None = None
    better: BetterPoint | None = None
    obligation: str | None = None
    located: bool = False
    frozen: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Classification):
            return NotImplemented
        return self is other or self.to_data() == other.to_data()

    def __hash__(self) -> int:
        return hash((self.kind, self.names, self.evidence, self.reasons, self.obligation))

    @property
    def explained(self) -> tuple[NullDirection, ...]:
        """The null directions that a symmetry explains."""
        return tuple(null for null in self.null_directions if null.mechanism in SYMMETRIES)

    @property
    def unexplained(self) -> tuple[NullDirection, ...]:
        """The others: those that depend on the samples, and those that nothing explains."""
        return tuple(null for null in self.null_directions if null.mechanism not in SYMMETRIES)

    def to_data(self) -> dict[str, Any]:
        """The reply as plain data, by the schema `lemma-check/classify/1`."""
        return {
            "schema": SCHEMA,
            "version": __version__,
            "kind": str(self.kind),
            "global_minimum": str(self.global_minimum),
            "global_minimum_reason": self.global_minimum_reason,
            "better_point": self._better_data(),
            "point": {"located": self.located, "coordinates": self._named(self.coordinates)},
            "loss": shown(self.loss),
            "gradient": None if self.gradient is None else list(map(shown, self.gradient)),
            "inertia": None if self.inertia is None else list(self.inertia),
            "null_directions": {
                "symmetry": [self._null_data(null) for null in self.explained],
                "other": [self._null_data(null) for null in self.unexplained],
            },
            "escape": self._curve_data(self.descent, self.step),
            "ascent": self._curve_data(self.ascent, None),
            "radius": self._radius("radius"),
            "smallest_eigenvalue": self._radius("at_point"),
            "smallest_eigenvalue_on_box": self._radius("on_box"),
            "runaway": self._runaway_data(),
            "learning_coefficient": self._learning_data(),
            "evidence": self.evidence.word,
            "reasons": list(self.reasons),
            "notes": list(self.notes),
            "obligation": self.obligation,
        }

    def _runaway_data(self) -> dict[str, Any] | None:
        if self.runaway is None:
            return None
        return {
            "direction": self._named(self.runaway.direction, sparse=True),
            "infimum": shown(self.runaway.infimum),
            "attained": False,
            "radius": str(self.runaway.radius),
        }

    def _learning_data(self) -> dict[str, Any] | None:
        known = self.learning_coefficient
        if known is None:
            return None
        return {
            "value": None if known.value is None else str(known.value),
            "multiplicity": known.multiplicity,
            "lower": str(known.lower),
            "upper": str(known.upper),
            "reason": known.reason,
        }

    def _radius(self, name: str) -> str | None:
        value = None if self.convexity is None else getattr(self.convexity, name)
        return None if value is None else str(value)

    def _better_data(self) -> dict[str, Any] | None:
        if self.better is None:
            return None
        return {
            "origin": self.better.origin,
            "loss": shown(self.better.loss),
            "coordinates": self._named(self.better.coordinates),
        }

    def _null_data(self, null: NullDirection) -> dict[str, Any]:
        data: dict[str, Any] = {"vector": self._named(null.vector, sparse=True)}
        if null.mechanism is not None:
            data = {"mechanism": str(null.mechanism), "origin": null.origin, **data}
        return data

    def _curve_data(self, curve: Curve | None, step: str | None) -> dict[str, Any] | None:
        if curve is None:
            return None
        return {
            "order": curve.order,
            "coefficient": shown(curve.coefficient),
            "directions": [self._named(direction, sparse=True) for direction in curve.directions],
            "step": step,
        }

    def _named(self, vector: Sequence[Scalar], *, sparse: bool = False) -> dict[str, str]:
        pairs = zip(self.names, map(shown, vector), strict=True)
        return {name: text for name, text in pairs if not sparse or text != "0"}

    def lines(self) -> tuple[str, ...]:
        """The reply as lines of text."""
        lines = [f"kind              {self.kind}"]
        lines.append(f"global minimum    {self.global_minimum}: {self.global_minimum_reason}")
        lines.append(f"loss              {shown(self.loss)}")
        if self.gradient is not None:
            lines.append(f"gradient          {self._gradient_text()}")
        if self.inertia is not None:
            positive, negative, zero = self.inertia
            lines.append(f"Hessian           {positive} positive, {negative} negative, {zero} zero")
        for null in self.null_directions[:MOST_SHOWN]:
            why = "unexplained" if null.mechanism is None else f"{null.mechanism}, {null.origin}"
            lines.append(f"null direction    {self._vector_text(null.vector)}  ({why})")
        if len(self.null_directions) > MOST_SHOWN:
            lines.append(f"                  and {len(self.null_directions) - MOST_SHOWN} more")
        for word, curve in (("escape", self.descent), ("ascent", self.ascent)):
            if curve is not None:
                lines.append(f"{word:<18}{self.curve_text(curve)}")
        if self.step is not None:
            lines.append(f"                  the loss is lower at t = {self.step}")
        if self.convexity is not None:
            lines.append(f"eigenvalues       at least {self.convexity.at_point}")
            if self.convexity.radius is not None:
                lines.append(
                    f"radius            {self.convexity.radius}: on that box they are at least "
                    f"{self.convexity.on_box}, so it holds no other critical point"
                )
        if self.runaway is not None:
            lines.append(f"runs along        {self._vector_text(self.runaway.direction)}")
            lines.append(f"infimum           {shown(self.runaway.infimum)}, not attained")
        if self.learning_coefficient is not None:
            lines.append(f"learning coeff.   {self.learning_coefficient}")
        lines.append(f"evidence          {self.evidence.word}")
        lines += [f"because           {reason}" for reason in self.reasons]
        if self.obligation is not None:
            lines.append(f"not shown         {self.obligation}")
        lines += [f"note              {note}" for note in self.notes]
        return tuple(lines)

    def _gradient_text(self) -> str:
        texts = [shown(value) for value in self.gradient or ()]
        if all(text == "0" for text in texts):
            return "0"
        pairs = [f"{n} {t}" for n, t in zip(self.names, texts, strict=True) if t != "0"]
        more = f" and {len(pairs) - 6} more" if len(pairs) > 6 else ""
        return ", ".join(pairs[:6]) + more

    def _vector_text(self, vector: Sequence[Scalar]) -> str:
        pairs = [f"{n} {t}" for n, t in self._named(vector, sparse=True).items()]
        more = f", {len(pairs) - 8} more" if len(pairs) > 8 else ""
        return "(" + ", ".join(pairs[:8]) + more + ")"

    def curve_text(self, curve: Curve) -> str:
        """w(t) and the lowest term of the loss along it."""
        terms = [
            f"t{f'^{k}' if k > 1 else ''} {self._vector_text(direction)}"
            for k, direction in enumerate(curve.directions, 1)
            if self._named(direction, sparse=True)
        ]
        return (
            f"w + {' + '.join(terms)}: the loss changes by "
            f"{shown(curve.coefficient)} t^{curve.order} + ..."
        )

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def _repr_html_(self) -> str:
        from html import escape

        rows = []
        for line in self.lines():
            label, text = line[:18].strip(), line[18:]
            rows.append(
                f"<tr><th style='text-align:left'>{escape(label)}</th>"
                f"<td style='text-align:left'>{escape(text)}</td></tr>"
            )
        return "<table>" + "".join(rows) + "</table>"


def shown(value: Scalar) -> str:
    """The number as p/q, or with what its letters mean; a ball where it is too long."""
    text, field = str(value), value.field
    if not field.decides_equality or field.rational_value(value.raw) is not None:
        return text
    if len(text) > LONGEST:
        balls = (value.enclose(bits) for bits in BITS)
        return str(next((ball for ball in balls if is_sharp(ball)), value.enclose(BITS[-1])))
    meaning = field.name.partition(" with ")[2]
    return f"{text} with {meaning}" if meaning else text

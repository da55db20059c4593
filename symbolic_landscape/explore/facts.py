"""What is known of one point of a loss surface, as plain data; None where it is open.

Objects: Facts. Functions: facts_of_network, facts_of, roughly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from symbolic_landscape.critical import Answer, Classification, Kind
from symbolic_landscape.networks import Network
from symbolic_landscape.verdict import Outcome, Verdict

MINIMA = (Kind.STRICT_MINIMUM, Kind.NON_STRICT_MINIMUM, Kind.OPEN_MINIMUM)
SADDLES = (Kind.STRICT_SADDLE, Kind.SADDLE)


@dataclass(frozen=True)
class Facts:
    """A point by its properties: the network first, then what was found at the point.

    `order` is that of a curve along which the loss falls; `mechanisms` are the reasons for the null
    directions of the Hessian; `is_family` says that critical points of equal loss lie arbitrarily
    near. `meets` and `breaks` are keys of statements: those whose hypotheses hold, and those of
    which one fails. Every field from `is_increasing` on may be None: not known.
    """

    widths: tuple[int, ...]
    samples: int
    activation: str
    bias: bool
    output: str = "t"
    loss: str = "sum"
    is_increasing: bool | None = None
    kind: str | None = None
    is_global: bool | None = None
    inertia: tuple[int, int, int] | None = None
    order: int | None = None
    mechanisms: tuple[str, ...] | None = None
    is_family: bool | None = None
    is_fitted: bool | None = None
    meets: tuple[str, ...] | None = None
    breaks: tuple[str, ...] | None = None

    @property
    def hidden(self) -> tuple[int, ...]:
        """The widths of the hidden layers."""
        return self.widths[1:-1]

    @property
    def parameters(self) -> int:
        """How many parameters the network has."""
        pairs = zip(self.widths, self.widths[1:], strict=False)
        return sum((below + self.bias) * above for below, above in pairs)

    def to_data(self) -> dict[str, Any]:
        """Plain data that `from_data` takes back."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
        }

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> Facts:
        """The facts in plain data."""
        listed: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
        }
        return Facts(**listed)


def facts_of_network(network: Network, samples: int, loss: str = "sum") -> Facts:
    """What is known before any point is looked at."""
    return Facts(
        widths=network.widths,
        samples=samples,
        activation=str(network.activation.formula),
        bias=network.bias,
        output=str(network.output_activation.formula),
        loss=loss,
        is_increasing=_known(network.activation.strictly_increasing()),
    )


def _known(verdict: Verdict) -> bool | None:
    return {Outcome.HOLDS: True, Outcome.FAILS: False}.get(verdict.outcome)


def facts_of(before: Facts, found: Classification) -> Facts:
    """The facts of a classified point of the network."""
    nulls = found.null_directions
    explained = None if found.inertia is None or len(nulls) < found.inertia[2] else nulls
    return replace(
        before,
        kind=None if found.kind in {Kind.UNDECIDED, Kind.NONE_NEAR} else str(found.kind),
        is_global={Answer.YES: True, Answer.NO: False}.get(found.global_minimum),
        inertia=found.inertia,
        order=found.descent.order if found.descent is not None else None,
        mechanisms=None if explained is None else _mechanisms(found),
        is_family=_is_family(found),
        is_fitted=_is_fitted(found),
    )


def _mechanisms(found: Classification) -> tuple[str, ...]:
    names = {str(null.mechanism) for null in found.null_directions if null.mechanism is not None}
    return tuple(sorted(names))


def _is_family(found: Classification) -> bool | None:
    """A nonsingular Hessian excludes other critical points nearby; an orbit consists of them."""
    if found.kind is Kind.NOT_CRITICAL:
        return None
    if found.inertia is not None and not found.inertia[2]:
        return False
    if found.kind is Kind.NON_STRICT_MINIMUM:
        return True
    return True if any(null.is_orbit for null in found.null_directions) else None


def _is_fitted(found: Classification) -> bool | None:
    value = found.loss
    if value.field.decides_equality:
        return value.is_zero
    return False if value.raw != 0 else None


def roughly(before: Facts, eigenvalues: Sequence[float], tolerance: float) -> Facts:
    """Facts as eigenvalues at a critical point suggest them, to leave points out and for no more.

    With a null direction a point is not certified to be isolated.
    """
    negative = sum(value < -tolerance for value in eigenvalues)
    positive = sum(value > tolerance for value in eigenvalues)
    zero = len(eigenvalues) - positive - negative
    kind = None
    if positive and negative:
        kind = Kind.STRICT_SADDLE
    elif not zero:
        kind = Kind.STRICT_MINIMUM if positive else Kind.MAXIMUM
    return replace(
        before,
        inertia=(positive, negative, zero),
        kind=kind,
        order=2 if negative else None,
        is_family=bool(zero) or None,
    )

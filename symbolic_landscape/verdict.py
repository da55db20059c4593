"""Verdicts: what a decision answers, and on what evidence.

A decision procedure returns a `Verdict` and never a bool: HOLDS, FAILS or UNDECIDED, the evidence
level, one line of reason with exact values, and the exact data that a later step may use.

Functions: holds, fails, undecided, all_of, for_all, negation.

Design notes. Verdicts are three-valued because "not certain" is not "no": a ball around zero, a
limit that was only extrapolated and a field outside the library all give UNDECIDED, and
`bool(verdict)` raises so that none of them can slip through an `if`. The alternative,
`bool | None`, was rejected since `if not x` treats None as False.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, IntEnum
from types import MappingProxyType
from typing import Any, NoReturn, TypeVar


class Outcome(Enum):
    """The three answers of a decision."""

    HOLDS = "holds"
    FAILS = "fails"
    UNDECIDED = "undecided"


class Evidence(IntEnum):
    """What an answer rests on, from weakest to strongest."""

    NUMERIC = 0
    ENCLOSED = 1
    EXACT = 2
    IDENTITY = 3

    @property
    def word(self) -> str:
        """The name as it is printed: 'identity', 'exact', 'enclosed' or 'numeric'."""
        return self.name.lower()


@dataclass(frozen=True)
class Verdict:
    """One answer with its evidence; it has no truth value.

    A HOLDS at level `exact` speaks of the one instance that was decided and of nothing else.

    >>> holds(Evidence.EXACT, "2 > 1").outcome
    <Outcome.HOLDS: 'holds'>
    >>> bool(undecided("the ball contains 0"))
    Traceback (most recent call last):
    ...
    TypeError: a Verdict has no truth value: compare its outcome with HOLDS or FAILS
    """

    outcome: Outcome
    evidence: Evidence
    reason: str
    data: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "data", MappingProxyType(dict(self.data)))
        if self.outcome is not Outcome.UNDECIDED and self.evidence is Evidence.NUMERIC:
            object.__setattr__(self, "outcome", Outcome.UNDECIDED)
            object.__setattr__(self, "reason", f"supported numerically only: {self.reason}")

    def __bool__(self) -> NoReturn:
        message = "a Verdict has no truth value: compare its outcome with HOLDS or FAILS"
        raise TypeError(message)

    @property
    def is_holds(self) -> bool:
        """True only for HOLDS."""
        return self.outcome is Outcome.HOLDS

    @property
    def is_fails(self) -> bool:
        """True only for FAILS; False does not mean that the claim holds."""
        return self.outcome is Outcome.FAILS

    @property
    def is_undecided(self) -> bool:
        """True only for UNDECIDED."""
        return self.outcome is Outcome.UNDECIDED

    def because(self, reason: str) -> Verdict:
        """The same verdict with another reason."""
        return replace(self, reason=reason)

    def giving(self, **data: Any) -> Verdict:
        """The same verdict with further data for the steps that use it as a premise."""
        return replace(self, data={**self.data, **data})


def holds(evidence: Evidence, reason: str, **data: Any) -> Verdict:
    """HOLDS on this evidence; numeric evidence gives UNDECIDED instead."""
    return Verdict(Outcome.HOLDS, evidence, reason, data)


def fails(evidence: Evidence, reason: str, **data: Any) -> Verdict:
    """FAILS on this evidence; numeric evidence gives UNDECIDED instead."""
    return Verdict(Outcome.FAILS, evidence, reason, data)


def undecided(reason: str, **data: Any) -> Verdict:
    """UNDECIDED, with the obligation that could not be met."""
    return Verdict(Outcome.UNDECIDED, Evidence.NUMERIC, reason, data)


def _weakest(verdicts: Iterable[Verdict]) -> Evidence:
    return min((v.evidence for v in verdicts), default=Evidence.EXACT)


def all_of(**parts: Verdict) -> Verdict:
    """HOLDS if every named part does, FAILS if one does, else UNDECIDED; the data are merged."""
    return _conjunction({name.replace("_", " "): part for name, part in parts.items()})


def _conjunction(named: Mapping[str, Verdict]) -> Verdict:
    data: dict[str, Any] = {}
    for part in named.values():
        data.update(part.data)
    failed = {name: part for name, part in named.items() if part.is_fails}
    if failed:
        name, part = max(failed.items(), key=lambda item: item[1].evidence)
        return Verdict(Outcome.FAILS, part.evidence, f"{name}: {part.reason}", data)
    open_ = {name: part for name, part in named.items() if part.is_undecided}
    if open_:
        name, part = next(iter(open_.items()))
        return Verdict(Outcome.UNDECIDED, part.evidence, f"{name}: {part.reason}", data)
    reason = (
        "; ".join(f"{name}: {part.reason}" for name, part in named.items()) or "nothing to check"
    )
    return Verdict(Outcome.HOLDS, _weakest(named.values()), reason, data)


T = TypeVar("T")


def for_all(items: Iterable[T], decide: Callable[[T], Verdict], what: str = "item") -> Verdict:
    """HOLDS if `decide` holds on every item; an empty range HOLDS, and the reason says so."""
    verdicts = {f"{what} {item}": decide(item) for item in items}
    return _conjunction(verdicts) if verdicts else holds(Evidence.EXACT, f"there is no {what}")


def negation(verdict: Verdict) -> Verdict:
    """HOLDS where the verdict FAILS and the other way round; UNDECIDED stays."""
    swapped = {Outcome.HOLDS: Outcome.FAILS, Outcome.FAILS: Outcome.HOLDS}
    return Verdict(
        swapped.get(verdict.outcome, Outcome.UNDECIDED),
        verdict.evidence,
        verdict.reason,
        verdict.data,
    )

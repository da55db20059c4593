"""Verdicts: what a decision answers, on what evidence, and which stronger claims it could refute.

A decision procedure returns a `Verdict` and never a bool: HOLDS, FAILS or UNDECIDED, the evidence
level, one line of reason with exact values, the exact data that a later step may use, and
*mutants*.

A mutant is a wrong neighbour of the claim just decided ("rank one higher", "sign flipped"), as a
thunk that decides that neighbour on the same instance. The judge collects mutants by label over all
instances of a statement; a label that no instance refutes survives, and the claim has no teeth
there. A mutant is never implied by its claim: weaker claims would survive always and say nothing.

Functions: holds, fails, undecided, all_of, for_all, negation.

Design notes. Verdicts are three-valued because "not certain" is not "no": a ball around zero, a
limit that
was only extrapolated and a field outside the library all give UNDECIDED, and `bool(verdict)` raises
so that none of them can slip through an `if`. The alternative, `bool | None`, was rejected since
`if not x` treats None as False.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, IntEnum
from functools import partial
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
class Mutant:
    """A wrong neighbour of a claim: its label and a thunk that decides it on the same instance."""

    label: str
    decide: Callable[[], Verdict]


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
    mutants: tuple[Mutant, ...] = ()

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

    def against(self, **mutants: Callable[[], Verdict]) -> Verdict:
        """The same verdict with more mutants, labelled by keyword (underscores become spaces)."""
        more = tuple(Mutant(label.replace("_", " "), decide) for label, decide in mutants.items())
        return replace(self, mutants=self.mutants + more)


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
    """HOLDS if every named part does, FAILS if one does, else UNDECIDED.

    The data of all parts are merged; a mutant of one part keeps the other parts as they are.
    """
    named = {name.replace("_", " "): part for name, part in parts.items()}
    merged = _conjunction(named)
    mutants = tuple(
        Mutant(
            f"{name}: {mutant.label}",
            partial(_mutated, named, {name: mutant.decide}),
        )
        for name, part in named.items()
        for mutant in part.mutants
    )
    return replace(merged, mutants=mutants)


def _mutated(named: Mapping[str, Verdict], changed: Mapping[str, Callable[[], Verdict]]) -> Verdict:
    return _conjunction({**named, **{name: decide() for name, decide in changed.items()}})


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
    """HOLDS if `decide` holds on every item; a mutant is applied to all items alike.

    An empty range HOLDS (the reason says so) and offers no mutants.
    """
    verdicts = [(item, decide(item)) for item in items]
    if not verdicts:
        return holds(Evidence.EXACT, f"there is no {what}")
    merged = _conjunction({f"{what} {item}": verdict for item, verdict in verdicts})
    by_label: dict[str, dict[str, Callable[[], Verdict]]] = {}
    for item, verdict in verdicts:
        for mutant in verdict.mutants:
            by_label.setdefault(mutant.label, {})[f"{what} {item}"] = mutant.decide

    kept = {f"{what} {item}": verdict for item, verdict in verdicts}
    mutants = tuple(
        Mutant(label, partial(_mutated, kept, changed)) for label, changed in by_label.items()
    )
    return replace(merged, mutants=mutants)


def negation(verdict: Verdict) -> Verdict:
    """HOLDS where the verdict FAILS and the other way round; UNDECIDED stays."""
    swapped = {Outcome.HOLDS: Outcome.FAILS, Outcome.FAILS: Outcome.HOLDS}
    return Verdict(
        swapped.get(verdict.outcome, Outcome.UNDECIDED),
        verdict.evidence,
        verdict.reason,
        verdict.data,
    )

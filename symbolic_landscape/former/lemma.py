"""Declarations: facts, instances, statements, steps, readings and walks.

A *fact* decides one claim on one instance. A *statement* of a paper is a flat declaration:
hypotheses
and a conclusion (facts), the instances it is tried on, and a control for each hypothesis. A *step*
is
one inference of its proof: premises (facts), perhaps a cited statement, and the fact it gives. The
body of a step receives the instance and the verdicts of its premises, in order, so that it argues
from what the premises found and not by another road.

Functions: fact.

Design notes. Steps are objects with premises named as objects: a misspelt premise is a NameError at
import, and the graph of a proof needs no second description. Controls are required because a
hypothesis that nothing needs is either surplus or untested; the words in `no_control` are the only
other way, and they are shown in every report. Wrong declarations are refused on import.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from symbolic_landscape.errors import DeclarationError
from symbolic_landscape.former.instance import Instance, canonical, describe, size
from symbolic_landscape.verdict import Verdict, undecided

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

KINDS = (
    "definition",
    "assumption",
    "lemma",
    "theorem",
    "proposition",
    "corollary",
    "remark",
    "example",
    "identity",
    "experiment",
    "external",
)
"""Kinds of statements; a statement of kind `external` is assumed and never checked."""

WITHOUT_CONCLUSION = ("definition", "assumption")
"""Kinds that may have hypotheses alone: they are tried for consistency."""

READINGS = ("printed", "repaired")

FINDINGS = (
    "refuted",
    "invalid inference",
    "unsupported premise",
    "hypothesis not discharged",
    "inconsistent",
    "vacuous",
    "toothless",
    "miscited",
    "surplus hypothesis",
)
"""What a check can find about a statement; `surplus hypothesis` is a notice and sets no status."""

_KEY = re.compile(r"^(external:[A-Za-z0-9_]+|[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)+)$")


def _refuse(message: str) -> None:
    raise DeclarationError(message)


@dataclass(frozen=True, eq=False)
class Fact:
    """A named predicate: a claim in words, a formula, and the procedure that decides it.

    `ground` states the claim as a constraint on named integers, for the consistency check;
    `mutants` are wrong neighbours beyond those that the decision itself offers.
    """

    name: str
    claim: str
    formula: str
    decision: Callable[[Any], Verdict]
    ground: Callable[[Any], Any] | None = None
    mutants: Mapping[str, Callable[[Any], Verdict]] = field(default_factory=dict)

    def decide(self, instance: Instance) -> Verdict:
        """The verdict on this instance; whatever the decision raises passes through."""
        verdict = self.decision(instance)
        if not isinstance(verdict, Verdict):
            return undecided(f"{self.name} answered {type(verdict).__name__}, not a Verdict")
        return verdict.against(
            **{label: _thunk(mutant, instance) for label, mutant in self.mutants.items()}
        )

    def __repr__(self) -> str:
        return f"Fact({self.name})"


def _thunk(mutant: Callable[[Any], Verdict], instance: Instance) -> Callable[[], Verdict]:
    return lambda: mutant(instance)


def _claim(function: Callable[..., Any], what: str) -> str:
    text = inspect.getdoc(function)
    if not text:
        _refuse(f"{what} {function.__name__} must state its claim in a docstring, but has none")
    return " ".join((text or "").split())


def fact(
    formula: str,
    *,
    ground: Callable[[Any], Any] | None = None,
    mutants: Mapping[str, Callable[[Any], Verdict]] | None = None,
) -> Callable[[Callable[[Any], Verdict]], Fact]:
    """Turns a function from an instance to a Verdict into a Fact; its docstring is the claim.

    Raises DeclarationError when the docstring is missing.
    """

    def declare(function: Callable[[Any], Verdict]) -> Fact:
        claim = _claim(function, "fact")
        extra = MappingProxyType(dict(mutants or {}))
        return Fact(function.__name__, claim, formula, function, ground, extra)

    return declare


@dataclass(frozen=True)
class Walk:
    """One step seen on one instance: what it starts from, what it gives and why, exactly."""

    step: str
    why: str
    instance: str
    premises: tuple[tuple[Fact, Verdict], ...]
    inference: Verdict
    gives: tuple[Fact, Verdict]

    def lines(self) -> tuple[str, ...]:
        """The walk as plain lines of text."""
        rows = [f"step {self.step} on {self.instance}: {self.why}"]
        for premise, verdict in self.premises:
            rows.append(f"  given    {premise.claim}")
            rows.append(
                f"           {verdict.outcome.value} ({verdict.evidence.word}): {verdict.reason}"
            )
        rows.append(f"  why      {self.inference.outcome.value}: {self.inference.reason}")
        target, verdict = self.gives
        rows.append(f"  so       {target.claim}")
        rows.append(
            f"           {verdict.outcome.value} ({verdict.evidence.word}): {verdict.reason}"
        )
        return tuple(rows)

    def __str__(self) -> str:
        return "\n".join(self.lines())


@dataclass(frozen=True, eq=False)
class Step:
    """One inference: premises, perhaps a citation, and the fact it gives.

    `inference(instance, *verdicts of the premises)` carries the reasoning and returns a Verdict.
    A premise that is the conclusion of the cited statement is decided on `via(instance)`.
    """

    name: str
    why: str
    premises: tuple[Fact, ...]
    gives: Fact
    inference: Callable[..., Verdict]
    cites: Statement | None = None
    via: Callable[[Any], Instance] | None = None
    tried_on: tuple[Instance, ...] = ()
    strategy: Callable[[], SearchStrategy[Any]] | None = None
    controls: Mapping[Fact, Instance] = field(default_factory=dict)
    no_control: Mapping[Fact, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("controls", "no_control"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))
        if not self.premises:
            _refuse(f"step {self.name} must have at least one premise, but has none")
        if self.gives in self.premises:
            _refuse(
                f"step {self.name} must give a new fact, but gives its premise {self.gives.name}"
            )
        if len(set(self.premises)) != len(self.premises):
            _refuse(f"step {self.name} must name each premise once, but repeats one")
        for premise in (*self.controls, *self.no_control):
            if premise not in self.premises:
                _refuse(
                    f"step {self.name} has a control for {premise.name}, which is no premise of it"
                )
        if (self.cites is None) != (self.via is None):
            _refuse(f"step {self.name} must have cites and via together, but has one of them")
        _check_arity(self.inference, 1 + len(self.premises), f"step {self.name}")

    def is_cited(self, premise: Fact) -> bool:
        """True when the premise is the conclusion of the cited statement, in either reading."""
        if self.cites is None:
            return False
        return premise in {reading.conclusion for reading in self.cites.readings}

    def place(self, premise: Fact, instance: Instance) -> Instance:
        """Where the premise is decided: on the mapped instance for a cited conclusion."""
        if self.via is not None and self.is_cited(premise):
            return self.via(instance)
        return instance

    def walk(self, instance: Instance) -> Walk:
        """The step on one instance in exact numbers; whatever a decision raises passes through."""
        premises = tuple((p, p.decide(self.place(p, instance))) for p in self.premises)
        if all(verdict.is_holds for _, verdict in premises):
            inference = self.inference(instance, *(verdict for _, verdict in premises))
        else:
            inference = undecided("the step says nothing here, since a premise does not hold")
        given = (self.gives, self.gives.decide(instance))
        return Walk(self.name, self.why, instance.name, premises, inference, given)

    def __repr__(self) -> str:
        return f"Step({self.name})"


def _place(depth: int) -> str:
    """File and line of the caller that many frames up, this function's own frame left out."""
    frame = sys._getframe(depth)
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"


def _check_arity(function: Callable[..., Any], needed: int, what: str) -> None:
    taken = [
        parameter
        for parameter in inspect.signature(function).parameters.values()
        if parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
    ]
    starred = any(
        p.kind is p.VAR_POSITIONAL for p in inspect.signature(function).parameters.values()
    )
    if not starred and len(taken) != needed:
        _refuse(
            f"{what} must take the instance and one verdict for each premise ({needed} arguments), "
            f"but takes {len(taken)}"
        )


@dataclass(frozen=True)
class Regime:
    """A range of instances that the words of a statement cover, on which it must not be empty.

    `covers` decides whether an instance lies in it. `laws` are constraints on the same named
    integers as the hypotheses' `ground`; they serve to show that the hypotheses cannot hold
    together. The law with the name of the regime says what the range is, and must be true just in
    it; the others must be true wherever all hypotheses hold, in any range. The judge tries them on
    instances that name their `integers`, and a law that is wrong at one takes no part.
    """

    name: str
    covers: Callable[[Any], Verdict]
    laws: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, kw_only=True)
class Statement:
    """One claim of a paper in one reading; see the module docstring.

    `expected` records the findings (kind, where) that this reading is known to produce. It is only
    compared with what the checks find, and never sets a status.

    Raises DeclarationError when the declaration is wrong.
    """

    key: str
    kind: str
    where: str
    title: str
    claim: str
    hypotheses: tuple[Fact, ...] = ()
    conclusion: Fact | None = None
    instances: tuple[Instance, ...] = ()
    controls: Mapping[Fact, Instance] = field(default_factory=dict)
    no_control: Mapping[Fact, str] = field(default_factory=dict)
    strategy: Callable[[], SearchStrategy[Any]] | None = None
    regimes: tuple[Regime, ...] = ()
    expected: tuple[tuple[str, str], ...] = ()
    reading: str = "printed"
    minimal: str = ""
    source_file: str = ""
    _steps: list[Step] = field(default_factory=list)
    _repaired: list[Statement] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in ("controls", "no_control"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))
        if not _KEY.match(self.key):
            _refuse(f"statement key must look like PAPER.L4.3 or external:name, got {self.key!r}")
        if self.kind not in KINDS:
            _refuse(f"{self.key}: kind must be one of {', '.join(KINDS)}, got {self.kind!r}")
        for name in ("where", "title", "claim"):
            if not getattr(self, name).strip():
                _refuse(f"{self.key}: {name} must be given in words, but is empty")
        if self.conclusion is None and self.kind not in WITHOUT_CONCLUSION:
            _refuse(f"{self.key}: a {self.kind} must have a conclusion, but has none")
        if self.conclusion is not None and self.conclusion in self.hypotheses:
            _refuse(f"{self.key}: the conclusion {self.conclusion.name} is also a hypothesis")
        if self.conclusion is None and not self.hypotheses:
            _refuse(
                f"{self.key}: a statement must have a conclusion or hypotheses, but has neither"
            )
        if len({h.name for h in self.hypotheses}) != len(self.hypotheses):
            _refuse(f"{self.key}: each hypothesis must have its own name, but one is repeated")
        for control in (*self.controls, *self.no_control):
            if control not in self.hypotheses:
                _refuse(f"{self.key}: control for {control.name}, which is no hypothesis of it")
        both = set(self.controls) & set(self.no_control)
        if both:
            names = ", ".join(sorted(f.name for f in both))
            _refuse(
                f"{self.key}: {names} has a control and words why none exists; give one of them"
            )
        names_ = [instance.name for instance in self.instances]
        if "" in names_ or len(set(names_)) != len(names_):
            _refuse(f"{self.key}: every instance needs a name of its own, got {names_}")
        for kind, _ in self.expected:
            if kind not in FINDINGS:
                _refuse(f"{self.key}: expected finding must be one of {FINDINGS}, got {kind!r}")
        if not self.source_file:
            object.__setattr__(self, "source_file", _place(3))

    @property
    def paper(self) -> str:
        """The paper's key: the part of the key before its first dot, or 'external'."""
        return "external" if self.key.startswith("external:") else self.key.split(".")[0]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the proof in order."""
        return tuple(self._steps)

    @property
    def repaired_reading(self) -> Statement | None:
        """The repaired reading where one is declared."""
        return self._repaired[0] if self._repaired else None

    @property
    def repaired(self) -> Statement | None:
        """The repaired reading, by the name that it has in the new form."""
        return self.repaired_reading

    @property
    def readings(self) -> tuple[Statement, ...]:
        """The statement itself and, for a printed one, its repaired reading."""
        return (self, *self._repaired)

    @property
    def cites(self) -> tuple[Statement, ...]:
        """The statements that the steps cite, each once, in the reading that this one leans on."""
        cited: dict[str, Statement] = {}
        for step in self._steps:
            if step.cites is not None:
                cited.setdefault(step.cites.key, self.read(step.cites))
        return tuple(cited.values())

    def read(self, cited: Statement) -> Statement:
        """The reading of a cited statement that this reading leans on."""
        if self.reading == "repaired" and cited.repaired_reading is not None:
            return cited.repaired_reading
        return cited

    def step(
        self,
        *,
        premises: Iterable[Fact],
        gives: Fact,
        cites: Statement | None = None,
        via: Callable[[Any], Instance] | None = None,
        tried_on: Iterable[Instance] = (),
        strategy: Callable[[], SearchStrategy[Any]] | None = None,
        controls: Mapping[Fact, Instance] | None = None,
        no_control: Mapping[Fact, str] | None = None,
        replaces: str = "",
    ) -> Callable[[Callable[..., Verdict]], Step]:
        """Declares the next step of the proof; the decorated function is its inference.

        `replaces` puts the step in the place of the named one. Raises DeclarationError for a
        repeated name, an unknown step to replace, or a wrong number of arguments.
        """

        def declare(function: Callable[..., Verdict]) -> Step:
            step = Step(
                name=function.__name__,
                why=_claim(function, "step"),
                premises=tuple(premises),
                gives=gives,
                inference=function,
                cites=cites,
                via=via,
                tried_on=tuple(tried_on),
                strategy=strategy,
                controls=controls or {},
                no_control=no_control or {},
            )
            names = [s.name for s in self._steps]
            if replaces:
                if replaces not in names:
                    _refuse(
                        f"{self.key}: step {step.name} replaces {replaces!r}, which does not exist"
                    )
                self._steps[names.index(replaces)] = step
            elif step.name in names:
                _refuse(f"{self.key}: step {step.name} is declared twice")
            else:
                self._steps.append(step)
            return step

        return declare

    def repair(
        self, *, minimal: str, without: Iterable[str] = (), claim: str = "", **changes: Any
    ) -> Statement:
        """The repaired reading: this statement with the given fields changed.

        Its proof takes over the steps declared so far, but those named in `without`. `minimal` says
        in words what fails when the repair is weakened.

        Raises DeclarationError for a second repair, an unknown step, or empty words.
        """
        if self.reading != "printed" or self._repaired:
            _refuse(f"{self.key}: a printed reading can be repaired once, and only itself")
        if not minimal.strip() or not claim.strip():
            _refuse(f"{self.key}: a repair must state claim and minimality, but leaves one empty")
        dropped = tuple(without)
        for name in dropped:
            if name not in {s.name for s in self._steps}:
                _refuse(f"{self.key}: the repair leaves out step {name!r}, which does not exist")
        hypotheses = changes.get("hypotheses", self.hypotheses)
        for name in ("controls", "no_control"):
            kept = {f: v for f, v in getattr(self, name).items() if f in hypotheses}
            changes.setdefault(name, kept)
        repaired = dataclasses.replace(
            self,
            **changes,
            claim=claim,
            minimal=minimal,
            reading="repaired",
            expected=changes.get("expected", ()),
            source_file=_place(2),
            _steps=[s for s in self._steps if s.name not in dropped],
            _repaired=[],
        )
        self._repaired.append(repaired)
        return repaired

    def __repr__(self) -> str:
        return f"Statement({self.key}, {self.reading})"


__all__ = [
    "FINDINGS",
    "KINDS",
    "READINGS",
    "WITHOUT_CONCLUSION",
    "Fact",
    "Instance",
    "Regime",
    "Statement",
    "Step",
    "Walk",
    "canonical",
    "describe",
    "fact",
    "size",
]

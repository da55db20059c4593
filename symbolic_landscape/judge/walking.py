"""The walk through a proof on one instance: each step with its facts and its yield, decided there.

A step inside a proof about arbitrary values is decided at values of their names, if possible at
those of the step before it. Where an instance breaks a hypothesis, the first step that fails is the
one whose yield fails although no other fact that it uses does.

Objects: Said, Seen, Walk. Functions: walk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from random import Random
from typing import Any

from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.drawing import ordered
from symbolic_landscape.judge.edges import Edge, edges, extended
from symbolic_landscape.judge.evaluation import Evaluation
from symbolic_landscape.judge.pool import BUDGET, Case, completions, decided, is_index
from symbolic_landscape.judge.record import Derivation, Judged
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.paths import blocks
from symbolic_landscape.statement.printing import latex, text
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import Term
from symbolic_landscape.verdict import Verdict

VALUES = 8
"""A step inside a proof is looked at with so many values of its names."""


@dataclass(frozen=True)
class Said:
    """A named formula and the verdict on it."""

    name: str
    formula: Term
    verdict: Verdict


@dataclass(frozen=True)
class Seen:
    """One step on the instance, with `values` for the names that the instance lacks.

    `used` are the facts that the step names, `around` what else is known there. A step that only
    names what exists has no yield that is decided: `gives` is None.
    """

    judged: Judged
    depth: int
    values: Mapping[Term, Any]
    used: tuple[Said, ...] = ()
    around: tuple[Said, ...] = ()
    gives: Verdict | None = None

    @property
    def path(self) -> str:
        """Where in the proof it stands."""
        return self.judged.path

    def fails(self, broken: str = "") -> bool:
        """Whether the yield fails and all facts that it stands on, but this one, do not."""
        return self.gives is not None and self.gives.is_fails and not self._against(broken)

    def holds(self, broken: str = "") -> bool:
        """Whether the yield holds and all facts that it stands on, but this one, do too."""
        facts = (*self.used, *self.around)
        kept = all(s.verdict.is_holds for s in facts if s.name != broken)
        return kept and self.gives is not None and self.gives.is_holds

    def _against(self, broken: str) -> list[Said]:
        facts = (*self.used, *self.around)
        return [s for s in facts if s.verdict.is_fails and s.name != broken]

    def telling(self, broken: str) -> int:
        """How little its values tell: 0 where the step fails, 3 where a fact that it uses does."""
        if self.fails(broken):
            return 0
        if self.holds(broken):
            return 1
        return 3 if self._against(broken) else 2


class Walk:
    """A statement and its proof on one instance; nothing is decided before it is asked for.

    `broken` is the hypothesis that the instance is known to break, if any; `only` limits the walk
    to the step of this path and those inside it.
    """

    def __init__(
        self,
        statement: Statement,
        derivation: Derivation,
        found: Iterable[Edge],
        sources: Mapping[str, Sequence[str]],
        case: Case,
        broken: str = "",
        only: str = "",
    ) -> None:
        self.statement, self.case, self.broken = statement, case, broken
        self.judged = {judged.path: judged for judged in derivation.steps}
        self._edges = {edge.judged.path: edge for edge in found}
        self._sources = sources
        inside = f"{only}/"
        self.depths = {
            path: depth
            for path, depth in _reading_order(statement.claim.proof)
            if path in self.judged and (not only or path == only or path.startswith(inside))
        }
        self._seen: dict[str, Seen] = {}
        self._values: dict[Term, Any] = {}

    @cached_property
    def _evaluation(self) -> Evaluation:
        return Evaluation(self.case.instance, self.statement.setting.decisions, BUDGET)

    @cached_property
    def given(self) -> tuple[Said, ...]:
        """The hypotheses."""
        return tuple(self._said(n, f) for n, f in self.statement.claim.given.items())

    @cached_property
    def conclusion(self) -> Said:
        """The conclusion."""
        return self._said("conclusion", self.statement.claim.then)

    def _said(self, name: str, formula: Term) -> Said:
        return Said(name, formula, decided(self._evaluation, formula))

    # ---- steps -----------------------------------------------------------------------------------
    def steps(self) -> Iterator[Seen]:
        """The steps in reading order: a step before what is inside it.

        Where the instance breaks a hypothesis, they end with the first one that fails.
        """
        last = self.first_failing if self.broken else None
        for path in self.depths:
            yield self.seen(path)
            if last is not None and path == last.path:
                return

    @cached_property
    def first_failing(self) -> Seen | None:
        """The first step that fails, what is inside a step before it, or else whose yield fails.

        None where no yield fails.
        """
        later = None
        for path in (p for p in self.judged if p in self.depths):
            seen = self.seen(path)
            if seen.fails(self.broken):
                return seen
            if later is None and not self.depths[path]:
                later = seen if seen.gives is not None and seen.gives.is_fails else None
        return later

    def seen(self, path: str) -> Seen:
        """The step of this path."""
        if path not in self._seen:
            self._seen[path] = self._look(path)
        return self._seen[path]

    def _look(self, path: str) -> Seen:
        depth, edge = self.depths[path], self._edges.get(path)
        if edge is None:
            return Seen(self.judged[path], depth, {})
        if not depth:
            self._values = {}
        best: Seen | None = None
        for evaluation in self._evaluations(edge):
            seen = self._decided(edge, depth, evaluation)
            if best is None or seen.telling(self.broken) < best.telling(self.broken):
                best = seen
            if not best.telling(self.broken) or (not self.broken and best.holds()):
                break
        if best is None:
            return Seen(self.judged[path], depth, {})
        self._values = {**self._values, **best.values}
        return best

    def _evaluations(self, edge: Edge) -> Iterator[Evaluation]:
        """First with the values that were looked at before, then with others."""
        if not edge.names:
            yield self._evaluation
            return
        setting, instance = self.statement.setting, self.case.instance
        kept = {v: self._values[v] for v in edge.names if v in self._values}
        if kept:
            base, lacking = instance.changed(kept), [v for v in edge.names if v not in kept]
            bounds = [f for f in edge.premises.values() if all(map(is_index, f.free))]
            made = [base]
            if lacking:
                random = Random(f"walk {edge.judged.path} {base.key}")
                try:
                    made = completions(base, ordered(lacking), bounds, random, setting, VALUES)
                except LandscapeError:
                    made = []
            yield from (Evaluation(x, setting.decisions, BUDGET) for x in made)
        others = extended(edge, self.statement, instance, 0, VALUES)
        yield from (Evaluation(x, setting.decisions, BUDGET) for x in others)

    def _decided(self, edge: Edge, depth: int, evaluation: Evaluation) -> Seen:
        path = edge.judged.path
        facts = {n: Said(n, f, decided(evaluation, f)) for n, f in edge.premises.items()}
        named = [n for n in self._sources[path] if n in facts]
        values = {v: evaluation.instance.values[v] for v in edge.names}
        return Seen(
            edge.judged,
            depth,
            values,
            tuple(facts[n] for n in named),
            tuple(s for n, s in facts.items() if n not in named),
            decided(evaluation, edge.gives),
        )

    # ---- in a notebook ---------------------------------------------------------------------------
    def _repr_html_(self) -> str:
        shown = self.statement.setting.shown

        def row(name: str, formula: Term, verdict: Verdict | None, depth: int, words: str) -> str:
            said = "" if verdict is None else f"<b>{verdict.outcome.value}</b> "
            why = "" if verdict is None else escape(verdict.reason)
            return (
                f'<tr><th style="text-align:left;padding-left:{depth + 1}em">{escape(name)}</th>'
                f'<td style="text-align:left">{escape(text(formula, shown))}{words}</td>'
                f'<td style="text-align:left">{said}{why}</td></tr>'
            )

        rows = [row(s.name, s.formula, s.verdict, 0, "") for s in self.given]
        for seen in self.steps():
            judged = seen.judged
            word = "accepted" if judged.accepted else f"refused: {escape(judged.refused)}"
            words = f"<br><small>{escape(judged.step.reason.word)}; {word}</small>"
            rows.append(row(judged.step.name, judged.formula, seen.gives, seen.depth, words))
        end = self.conclusion
        rows.append(row(end.name, end.formula, end.verdict, 0, ""))
        title = escape(f"{self.statement.key} ({self.statement.reading}) on {self.name}")
        return f"<table><caption>{title}</caption>{''.join(rows)}</table>"

    def _repr_latex_(self) -> str:
        shown = self.statement.setting.shown
        tops = [self.judged[path] for path, depth in self.depths.items() if not depth]
        parts = tops or [self.judged[path] for path in list(self.depths)[:1]]
        formulas = [latex(judged.formula, shown) for judged in parts]
        return "$\\displaystyle " + r" \\ ".join(formulas) + "$" if formulas else ""

    @property
    def name(self) -> str:
        """The name of the instance."""
        return self.case.instance.name

    def __repr__(self) -> str:
        reading = f"{self.statement.key}, {self.statement.reading}"
        return f"Walk({reading}, {len(self.depths)} steps on {self.name})"


def walk(
    statement: Statement,
    derivation: Derivation,
    derivations: Derivations,
    case: Case,
    broken: str = "",
    only: str = "",
) -> Walk:
    """The walk through a proof that these derivations judged."""
    found = edges(statement, derivation, derivations)
    sources = {judged.path: derivations.sources(judged.step) for judged in derivation.steps}
    return Walk(statement, derivation, found, sources, case, broken, only)


def _reading_order(
    proof: Sequence[Step], before: str = "", depth: int = 0
) -> Iterator[tuple[str, int]]:
    """The paths of all steps with their depths, a step before what is inside it."""
    for step in proof:
        path = before + step.name
        yield path, depth
        for name, inside in blocks(step.reason):
            yield from _reading_order(inside, f"{path}/{name}", depth + 1)

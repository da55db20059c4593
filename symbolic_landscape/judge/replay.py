"""Going over a proof again with another claim: what was found for its steps is offered first.

A step of the original that stands at its place is tried as it was completed there; where that is
refused, what its author left out is looked for once more. Normal forms are shared.
So a changed hypothesis costs no more than the steps that feel it.

Classes: Replay, Stop.

Design notes. This decides nothing: the kernel judges each step as always, and a step that is
offered is judged like one that an author wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.judge.kernel import Kernel, Refused, Scope
from symbolic_landscape.judge.matching import completed
from symbolic_landscape.judge.record import Derivation, Fact
from symbolic_landscape.judge.thrift import idle
from symbolic_landscape.statement.lemma import Claim, Statement
from symbolic_landscape.statement.paths import paths
from symbolic_landscape.statement.step import Cite, Step


class Stop(Exception):  # noqa: N818 (no error: the variant is settled)
    """A step is refused that was accepted in the original; nothing after it matters."""


Probe = Callable[["Replay", Scope, Step, str], None]
"""Called with the kernel, what is known before a step, the step as completed, and its path."""


class Replay(Kernel):
    """The kernel on variants of one statement; `original` is what it said of the statement."""

    def __init__(
        self,
        kernel: Kernel,
        finished: Mapping[Claim, Derivation],
        statement: Statement,
        original: Derivation,
    ) -> None:
        """`kernel` judged the original; its rules and its normal forms are taken over."""
        super().__init__(kernel.rules, finished, objection=idle)
        self.normal = kernel.normal
        self.original = original
        written = dict(paths(tuple(statement.proof)))
        self._before = {
            judged.path: (written[judged.path], judged.step)
            for judged in original.steps
            if judged.path in written
        }
        self._probe: Probe | None = None
        self.open = frozenset(s.path for s in original.steps if not s.accepted)

    def _step(self, scope: Scope, step: Step, path: str) -> Fact:
        if self._probe is None:
            return self._again(scope, step, path)
        before = scope.inner()
        fact = self._again(scope, step, path)
        probe, self._probe = self._probe, None
        probe(self, before, self._report.steps[-1].step, path)
        self._probe = probe
        return fact

    def _again(self, scope: Scope, step: Step, path: str) -> Fact:
        """The step as it was completed before, or completed anew."""
        written, again = self._before.get(path, (None, step))
        if written is step and again is not step:
            before, judged = scope.inner(), len(self._report.steps)
            fact = super()._step(scope, replace(again, reason=again.reason), path)
            if self._report.steps[-1].accepted:
                return fact
            if isinstance(again.reason, Cite) and path not in self.open:
                raise Stop(path)
            scope.names, scope.facts, scope.normal = before.names, before.facts, before.normal
            del self._report.steps[judged:]
        fact = super()._step(scope, completed(step, scope.inner()), path)
        if not self._report.steps[-1].accepted and path not in self.open:
            raise Stop(path)
        return fact

    def derives(self, claim: Claim) -> bool:
        """Whether the same proof derives a variant, though steps may do without what they use."""
        self._objection = lambda *_: ""
        made = self.report(claim)
        self._objection = idle
        return isinstance(made, Derivation) and made.derived

    def stands(self, claim: Claim) -> bool:
        """Whether all steps left in a variant are accepted that were, and the last one serves."""
        return isinstance(self.report(claim), Derivation)

    def report(self, claim: Claim, probe: Probe | None = None) -> Derivation | str:
        """What the kernel says of a variant, or the step or reason for which it refuses it.

        `probe` is called after each step, with what was known before it.
        """
        self._probe = probe
        try:
            made = self.check(claim)
        except Stop as stop:
            return f"at step {stop}"
        finally:
            self._probe = None
        return made.refused or made

    def accepts(self, scope: Scope, step: Step, path: str) -> Fact | None:
        """The fact of a variant of a step at its place, None where it is refused."""
        report, self._report = self._report, Derivation(self._report.key)
        try:
            fact = self._step(scope.inner(), step, path)
        except (Stop, Refused, LandscapeError):
            return None
        finally:
            self._report = report
        return fact

"""Mutation testing of proofs: wrong variants of a statement and of its proof must be noticed.

Each kind of variant is made by rule, at every place where it can be made, as many as `MOST` of a
kind at one place, chosen by seed. A variant is noticed where the kernel refuses it, where it leaves
other hypotheses idle than the original, where it rests on a step that is not derived, or where an
instance refutes it. A variant of a proof that still derives the same statement is another proof;
it is counted apart, as is a variant of a statement that the kernel derives and no instance refutes:
that one is `unnoticed`, for somebody to explain.

Functions: attacks, tally. Classes: Attack, Tally.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from symbolic_landscape.errors import DeclarationError, LandscapeError
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.kernel import Derivation, Fact, Kernel, Refused, Scope
from symbolic_landscape.judge.matching import completed
from symbolic_landscape.judge.neighbours import neighbours
from symbolic_landscape.judge.thrift import idle
from symbolic_landscape.statement.language import Expr, the
from symbolic_landscape.statement.lemma import Claim, Statement
from symbolic_landscape.statement.normal import Normal
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.step import (
    UNACCEPTED,
    Apply,
    Calculation,
    Cite,
    Definition,
    Instantiate,
    Linear,
    Logic,
    Sampled,
    Step,
    walked,
)
from symbolic_landscape.statement.term import Term, term

KINDS: Mapping[str, str] = {
    "hypothesis removed": "a hypothesis is left out",
    "hypothesis changed": "a hypothesis is weakened, strengthened or moved by one slip",
    "conclusion begged": "the conclusion is among the hypotheses, by itself or in disguise",
    "conclusion changed": "the conclusion is changed by one slip, and the last step with it",
    "standing assumption removed": "a standing assumption is left out",
    "premise removed": "a fact that a step uses is left out",
    "premise exchanged": "a step uses another fact that holds at its place",
    "yield changed": "what a step gives is changed by one slip",
    "rule exchanged": "a step applies another rule with as many premises",
    "term changed": "a term put into a rule, a quantifier or a citation is changed by one slip",
    "citation exchanged": "another statement is cited",
    "reason exchanged": "a step is left to calculation, linear arithmetic or logic",
    "reason removed": "a step has no reason but that it holds on instances",
    "step left out": "a step is missing",
    "proof replaced": "the whole proof is one step",
    "circular twin": "a statement is derived from a twin that is derived from it",
    "rule made false": "a rule that the proof uses says something else",
}
"""The kinds of variants, public: what `attack` tries."""

MOST = 6
"""As many variants of a kind are made at one place."""

HOLLOW = (Calculation(), Linear(), Logic())


@dataclass(frozen=True)
class Attack:
    """One variant: what was changed where, and who noticed; `by` is empty where nobody did."""

    kind: str
    key: str
    reading: str
    variant: str
    by: str

    @property
    def noticed(self) -> bool:
        """Whether some check noticed it; another proof of the same statement is no attack."""
        return bool(self.by)


ANOTHER_PROOF = "another proof of the same statement"


@dataclass(frozen=True)
class Tally:
    """How the variants of one kind fared."""

    kind: str
    tried: int
    noticed: int
    another_proof: int
    unnoticed: tuple[Attack, ...]


Refutes = Callable[[Statement], str]
"""Words on an instance that refutes a statement; empty where none does."""

RuleRefutes = Callable[[Rule], str]
"""Words on free objects that refute a rule; empty where none do."""


def tally(found: Iterable[Attack]) -> tuple[Tally, ...]:
    """The attacks by kind, in the order of KINDS."""
    rows = list(found)
    out = []
    for kind in KINDS:
        own = [a for a in rows if a.kind == kind]
        other = [a for a in own if a.by == ANOTHER_PROOF]
        open_ = tuple(a for a in own if not a.noticed)
        if own:
            noticed = len(own) - len(open_) - len(other)
            out.append(Tally(kind, len(own) - len(other), noticed, len(other), open_))
    return tuple(out)


def attacks(
    statement: Statement,
    derivations: Derivations,
    *,
    seed: int = 0,
    kinds: Sequence[str] = tuple(KINDS),
    refutes: Refutes = lambda _: "",
    rule_refutes: RuleRefutes = lambda _: "",
    library: Sequence[Statement] = (),
) -> tuple[Attack, ...]:
    """What becomes of wrong variants of one statement and its proof.

    `library` are statements that may be cited in place of others. Raises DeclarationError for an
    unknown kind.
    """
    unknown = sorted(set(kinds) - set(KINDS))
    if unknown:
        message = f"kinds of attacks are {', '.join(KINDS)}; got {unknown[0]!r}"
        raise DeclarationError(message)
    if statement.kind == "external" or not statement.proof:
        return ()
    one = _Attacked(statement, derivations, random.Random(seed), refutes, rule_refutes, library)
    return tuple(a for a in one.all() if a.kind in kinds)


class _Stop(Exception):  # noqa: N818 (no error: the variant is settled)
    """A variant is refused at this step; nothing after it matters."""


class _Probe(Kernel):
    """A kernel that also judges variants of each step at its place."""

    def __init__(
        self,
        rules: Iterable[Rule],
        finished: Mapping[Claim, Derivation],
        probe: Callable[[_Probe, Scope, Step, str], None] | None,
    ) -> None:
        super().__init__(rules, finished, completed, idle)
        self._probe = probe

    def _step(self, scope: Scope, step: Step, path: str) -> Fact:
        before = scope.inner()
        fact = super()._step(scope, step, path)
        last = self._report.steps[-1]
        if self._probe is None:
            if not last.accepted:
                raise _Stop(last.path)
        else:
            self._probe(self, before, last.step, path)
        return fact

    def accepts(self, scope: Scope, step: Step, path: str) -> Fact | None:
        """The fact of a variant of a step at its place, None where it is refused."""
        report, probe = self._report, self._probe
        self._report, self._probe = Derivation(report.key), None
        try:
            fact = self._step(scope.inner(), step, path)
        except (_Stop, Refused, LandscapeError):
            return None
        finally:
            self._report, self._probe = report, probe
        return fact


class _Attacked:
    """One statement under attack."""

    def __init__(
        self,
        statement: Statement,
        derivations: Derivations,
        chance: random.Random,
        refutes: Refutes,
        rule_refutes: RuleRefutes,
        library: Sequence[Statement],
    ) -> None:
        self.statement, self.derivations, self.chance = statement, derivations, chance
        self.refutes, self.rule_refutes = refutes, rule_refutes
        self.original = derivations.of(statement)
        self.finished = derivations.finished(statement)
        self.finished = {**self.finished, **{s.claim: derivations.of(s) for s in library}}
        self.finished.pop(statement.claim, None)
        self.library = tuple(library)
        self.normal = Normal()
        self.found: list[Attack] = []

    def all(self) -> list[Attack]:
        """Every variant, with who noticed."""
        self._statement_variants()
        self._proof_variants()
        _Probe(self.derivations.rules, self.finished, self._at_step).check(self.statement.claim)
        return self.found

    # ---- judging variants ------------------------------------------------------------------------
    def _note(self, kind: str, variant: str, by: str) -> None:
        self.found.append(Attack(kind, self.statement.key, self.statement.reading, variant, by))

    def _some(self, variants: Iterable[tuple[str, Term]]) -> list[tuple[str, Term]]:
        rows = list(variants)
        return rows if len(rows) <= MOST else self.chance.sample(rows, MOST)

    def _judge(self, kind: str, words: str, variant: Statement) -> None:
        """Who notices a changed statement or proof."""
        self._note(kind, words, self._noticed(variant))

    def _noticed(self, variant: Statement) -> str:
        try:
            report = _Probe(self.derivations.rules, self.finished, None).check(variant.claim)
        except _Stop as stop:
            return f"the kernel, at step {stop}"
        except LandscapeError as error:
            return f"the kernel: {error}"
        if report.refused:
            return "the kernel"
        if report.unproved != self.original.unproved or not report.derived:
            return "it rests on a step that is not derived"
        if set(report.surplus) - set(self.original.surplus):
            return f"{', '.join(report.surplus)} is not used"
        if self._same_claim(variant):
            return ANOTHER_PROOF
        return self.refutes(variant)

    def _same_claim(self, variant: Statement) -> bool:
        """Whether the variant says the same: no more, and from no more."""
        old, new = self.statement.claim, variant.claim
        given = {self.normal.form(f) for f in old.given.values()}
        standing = {self.normal.form(f) for f in old.standing}
        return (
            self.normal.same(old.then, new.then)
            and {self.normal.form(f) for f in new.given.values()} == given
            and {self.normal.form(f) for f in new.standing} == standing
        )

    # ---- statements ------------------------------------------------------------------------------
    def _statement_variants(self) -> None:
        s = self.statement
        for name, f in s.given.items():
            rest = {n: g for n, g in s.given.items() if n != name}
            self._judge("hypothesis removed", name, replace(s, given=rest))
            for slip, made in self._some(neighbours(the(f))):
                changed = {**s.given, name: Expr(made)}
                self._judge("hypothesis changed", f"{name}: {slip}", replace(s, given=changed))
        begged = {**s.given, "the conclusion itself": s.then}
        last = replace(s.proof[-1], gives=the(s.then), reason=Logic(), uses=tuple(begged)[-1:])
        self._judge("conclusion begged", "as it stands", replace(s, given=begged, proof=(last,)))
        for name, f in s.given.items():
            disguised = {**s.given, name: Expr(term("and", the(f), the(s.then)))}
            one = (replace(last, uses=(name,)),)
            variant = replace(s, given=disguised, proof=one)
            self._judge("conclusion begged", f"inside {name}", variant)
        for n, f in enumerate(s.standing):
            fewer = tuple(g for i, g in enumerate(s.standing) if i != n)
            self._judge("standing assumption removed", repr(f), replace(s, standing=fewer))
        for slip, made in self._some(neighbours(the(s.then))):
            proof = (*s.proof[:-1], replace(s.proof[-1], gives=made))
            self._judge("conclusion changed", slip, replace(s, then=Expr(made), proof=proof))

    def _proof_variants(self) -> None:
        s = self.statement
        hypotheses = tuple(s.given)
        for reason in (*HOLLOW, *(Apply(rule) for rule in self._rules(len(hypotheses)))):
            words = reason.rule.name if isinstance(reason, Apply) else type(reason).__name__.lower()
            one = Step("all at once", the(s.then), reason, hypotheses)
            self._judge("proof replaced", words, replace(s, proof=(one,)))
        twin = replace(s, key=f"{s.key}.twin", proof=(Step("twin", the(s.then), Cite(s)),))
        ring = replace(s, proof=(Step("twin", the(s.then), Cite(twin)),))
        self._judge("circular twin", twin.key, ring)
        for rule in self.original.rules:
            for slip, made in self._some(neighbours(rule.then)):
                false = replace(rule, then=made)
                self._note("rule made false", f"{rule.name}: {slip}", self.rule_refutes(false))
        used = {u.removeprefix("<") for step in walked(tuple(s.proof)) for u in step.uses}
        for step in s.proof[:-1]:
            by = "a later step uses it" if step.name in used else ""
            if not by:
                shorter = tuple(x for x in s.proof if x is not step)
                by = self._noticed(replace(s, proof=shorter))
            self._note("step left out", step.name, by)

    def _rules(self, premises: int) -> list[Rule]:
        fitting = [r for r in self.derivations.rules if len(r.given) == premises]
        fitting.sort(key=lambda r: r.name)
        return fitting if len(fitting) <= MOST else self.chance.sample(fitting, MOST)

    # ---- steps -----------------------------------------------------------------------------------
    def _at_step(self, kernel: _Probe, scope: Scope, step: Step, path: str) -> None:
        if step.gives is None or isinstance(step.reason, UNACCEPTED):
            return
        for kind, words, variant in self._step_variants(kernel, scope, step):
            fact = kernel.accepts(scope, variant, path)
            if fact is None:
                by = "the kernel"
            elif fact.formula is step.gives or scope.normal.same(fact.formula, step.gives):
                by = ANOTHER_PROOF
            else:
                by = "the steps after it need what it gave"
            self._note(kind, f"{path}: {words}", by)
        lacks = Step(step.name, step.gives, Sampled("nothing"), step.uses)
        by = "" if kernel.accepts(scope, lacks, path) else "the kernel"
        self._note("reason removed", path, by)

    def _step_variants(
        self, kernel: _Probe, scope: Scope, step: Step
    ) -> Iterator[tuple[str, str, Step]]:
        assert step.gives is not None
        for n, name in enumerate(step.uses):
            fewer = step.uses[:n] + step.uses[n + 1 :]
            yield "premise removed", name, replace(step, uses=fewer)
            others = sorted(set(scope.facts) - {u.removeprefix("<") for u in step.uses})
            for other in self.chance.sample(others, min(2, len(others))):
                changed = (*step.uses[:n], other, *step.uses[n + 1 :])
                yield "premise exchanged", f"{other} for {name}", replace(step, uses=changed)
        for slip, made in self._some(neighbours(step.gives)):
            yield "yield changed", slip, replace(step, gives=made)
        for reason in HOLLOW:
            if not isinstance(step.reason, (type(reason), Definition)):
                words = type(reason).__name__.lower()
                yield "reason exchanged", words, replace(step, reason=reason)
        match step.reason:
            case Apply(rule, terms):
                for other_rule in self._rules(len(rule.given)):
                    if other_rule is not rule:
                        yield (
                            "rule exchanged",
                            other_rule.name,
                            replace(step, reason=Apply(other_rule)),
                        )
                for name, t in terms.items():
                    for slip, made in self._some(neighbours(t))[:2]:
                        changed_terms = Apply(rule, {**terms, name: made})
                        yield "term changed", f"{name}: {slip}", replace(step, reason=changed_terms)
            case Instantiate(values):
                for n, t in enumerate(values):
                    for slip, made in self._some(neighbours(t)):
                        other_values = (*values[:n], made, *values[n + 1 :])
                        variant = replace(step, reason=Instantiate(other_values))
                        yield "term changed", slip, variant
            case Cite(cited, terms):
                for name, t in terms.items():
                    for slip, made in self._some(neighbours(t)):
                        moved = Cite(cited, {**terms, name: made})
                        yield "term changed", f"{name}: {slip}", replace(step, reason=moved)
                citable = [x for x in self.library if x is not cited and x is not self.statement]
                for other_cited in self.chance.sample(citable, min(MOST, len(citable))):
                    words = f"{other_cited.key} for {cited.key}"
                    yield "citation exchanged", words, replace(step, reason=Cite(other_cited))

"""Mutation testing of proofs: wrong variants of a statement and of its proof must be noticed.

Each kind of variant is made by rule, at every place where it can be made, as many as `MOST` of a
kind at one place, chosen by seed. What becomes of a variant is computed, never typed in:

- the kernel refuses it, at a step that it accepts in the original: noticed;
- the kernel derives it, with more that is surplus than in the original: noticed;
- the kernel derives the same claim: another proof, which is no attack and is counted apart;
- the kernel derives another claim, which does not come from hypotheses that say more: it follows,
  so it is a true variant, and counted apart;
- the kernel derives it from hypotheses that say more, and no instance meets these: noticed;
- the original is not derived either, and the kernel refuses no more: instances decide;
- else it is `unnoticed`, for somebody to explain.

Design notes. Some attacks are impossible here, so they are no kinds: a verdict, a status or an
excuse has no place where it could be typed in, and words do not decide (`expected` is compared
alone); text, LaTeX and decision of a formula are one tree, and where a setting decides an
abbreviation itself its decision is tried against the tree in the tests of settings.

Functions: attacks, need_kinds, tally, follows. Classes: Attack, Tally, Instances.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from symbolic_landscape.errors import DeclarationError
from symbolic_landscape.judge.begging import begged
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.drawing import ordered
from symbolic_landscape.judge.kernel import Kernel, Scope
from symbolic_landscape.judge.matching import FIND, completed
from symbolic_landscape.judge.minimality import says_less, surplus_parts, weaker
from symbolic_landscape.judge.record import Derivation
from symbolic_landscape.judge.replay import Replay
from symbolic_landscape.judge.thrift import idle
from symbolic_landscape.judge.variants import (
    HOLLOW,
    Choice,
    false_externals,
    false_rules,
    of_statement,
    of_step,
)
from symbolic_landscape.statement.language import the
from symbolic_landscape.statement.lemma import Claim, Statement
from symbolic_landscape.statement.normal import Normal
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.step import UNACCEPTED, Apply, Cite, Sampled, Step
from symbolic_landscape.statement.term import Term

KINDS: Mapping[str, str] = {
    "hypothesis removed": "a hypothesis is left out",
    "hypothesis changed": "a hypothesis is weakened, strengthened or moved by one slip",
    "hypothesis thinned": "a hypothesis speaks of one value for all, or of rank 2 for full rank",
    "conclusion begged": "the conclusion is assumed: by itself, in disguise, or throughout",
    "conclusion changed": "the conclusion is changed by one slip, and the last step with it",
    "true on small sizes": "the conclusion says besides that a size is small",
    "standing assumption removed": "a standing assumption is left out",
    "premise removed": "a fact that a step uses is left out",
    "premise exchanged": "a step uses another fact that holds at its place",
    "yield changed": "what a step gives is changed by one slip",
    "rule exchanged": "a step applies another rule with as many premises",
    "term changed": "a term put into a rule, a quantifier or a citation is changed by one slip",
    "one fixed object cited": "a statement is cited at 0 in place of a variable",
    "citation exchanged": "another statement is cited",
    "reason exchanged": "a step is left to calculation, linear arithmetic or logic",
    "reason removed": "a step has no reason but that it holds on instances",
    "step left out": "a step is missing",
    "proof replaced": "the whole proof is one step",
    "circular twin": "a statement is derived from a twin that is derived from it",
    "rule made false": "a rule that the proof uses says something else",
    "external made false": "a theorem from outside that the proof cites says something else",
    "repair printed": "the printed reading is given what the repair says",
    "counterexample removed": "the example that refutes a statement is not listed",
    "instances thinned": "all instances that meet the hypotheses are of one size",
}
"""The kinds of variants, public: what `attack` tries."""

ANOTHER_PROOF = "another proof of the same statement"
TRUE_VARIANT = "a true variant: the kernel derives it"
APART = (ANOTHER_PROOF, TRUE_VARIANT)
"""What is no wrong variant, as was computed."""


@dataclass(frozen=True)
class Attack:
    """One variant: what was changed where, and who noticed; `by` is empty where nobody did."""

    kind: str
    key: str
    reading: str
    variant: str
    by: str

    @property
    def wrong(self) -> bool:
        """Whether it counts: it is neither another proof nor a true variant."""
        return self.by not in APART

    @property
    def noticed(self) -> bool:
        """Whether some check noticed it, or it is not wrong."""
        return bool(self.by)


@dataclass(frozen=True)
class Tally:
    """How the variants of one kind fared; `tried` are the wrong ones."""

    kind: str
    tried: int
    noticed: int
    another_proof: int
    true_variants: int
    unnoticed: tuple[Attack, ...]


AT_STEPS = (
    "premise removed",
    "premise exchanged",
    "yield changed",
    "rule exchanged",
    "term changed",
    "one fixed object cited",
    "citation exchanged",
    "reason exchanged",
    "reason removed",
    "external made false",
)
"""The kinds that change one step at its place."""


class Instances(Protocol):
    """What instances say against a variant, in words; empty where they say nothing."""

    def against(self, variant: Statement, original: Statement) -> str:
        """An instance that refutes the variant, or that refutes the original alone."""

    def unmet(self, variant: Statement, original: Statement) -> str:
        """That no instance meets the variant, where some meet the original."""

    def refutes_rule(self, rule: Rule) -> tuple[str, str]:
        """Free objects that refute a rule, and what is known where none do."""

    def refutes_again(self, statement: Statement) -> str | None:
        """What refutes it beside the first example that does; None where nothing does."""

    def thinned(self, statement: Statement) -> str | None:
        """The notice where one instance alone is left; None where none meets the hypotheses."""


def tally(found: Iterable[Attack]) -> tuple[Tally, ...]:
    """The attacks by kind, in the order of KINDS."""
    rows = list(found)
    out = []
    for kind in KINDS:
        own = [a for a in rows if a.kind == kind]
        wrong = [a for a in own if a.wrong]
        open_ = tuple(a for a in wrong if not a.noticed)
        other, true = (sum(a.by == words for a in own) for words in APART)
        if own:
            out.append(Tally(kind, len(wrong), len(wrong) - len(open_), other, true, open_))
    return tuple(out)


def need_kinds(kinds: Sequence[str]) -> None:
    """Raises DeclarationError for an unknown kind."""
    unknown = sorted(set(kinds) - set(KINDS))
    if unknown:
        message = f"kinds of attacks are {', '.join(KINDS)}; got {unknown[0]!r}"
        raise DeclarationError(message)


def attacks(
    statement: Statement,
    derivations: Derivations,
    *,
    seed: int = 0,
    kinds: Sequence[str] = tuple(KINDS),
    instances: Instances | None = None,
    library: Sequence[Statement] = (),
) -> tuple[Attack, ...]:
    """What becomes of wrong variants of one reading of a statement and its proof.

    `library` are statements that may be cited in place of others. Without instances the kinds that
    only instances can notice are left out, and what the kernel leaves open stays unnoticed. Raises
    DeclarationError for an unknown kind.
    """
    need_kinds(kinds)
    if statement.kind == "external" or not statement.proof:
        return ()
    own = random.Random(f"{seed} {statement.claim.key}")
    choice = Choice(own, _by_premises(derivations.rules), library, derivations.normal)
    one = _Attacked(statement, derivations, choice, instances, frozenset(kinds))
    return tuple(one.all())


def _by_premises(rules: Iterable[Rule]) -> Mapping[int, Sequence[Rule]]:
    """The rules by their number of premises, in the order of their names."""
    found: dict[int, list[Rule]] = {}
    for rule in sorted(rules, key=lambda r: r.name):
        found.setdefault(len(rule.given), []).append(rule)
    return found


class _Attacked:
    """One statement under attack."""

    def __init__(
        self,
        statement: Statement,
        derivations: Derivations,
        choice: Choice,
        instances: Instances | None,
        kinds: frozenset[str],
    ) -> None:
        self.statement, self.derivations, self.choice = statement, derivations, choice
        self.instances, self.kinds = instances, kinds
        self.original = derivations.of(statement)
        self.false = dict(false_externals(statement, choice))
        finished = {s.claim: derivations.of(s) for s in choice.library if s is not statement}
        finished |= {s.claim: Derivation(s.claim.key) for s in self.false.values()}
        self.replay = derivations.replay(statement, finished)
        self.normal = derivations.normal
        self.at_steps: list[Attack] = []

    def all(self) -> Iterator[Attack]:
        """Every variant of these kinds, with who noticed."""
        s = self.statement
        for kind, words, variant in of_statement(s, self.choice):
            if kind in self.kinds:
                yield self._attack(kind, words, self._noticed(variant))
        if not self.kinds.isdisjoint(AT_STEPS):
            self.replay.report(s.claim, self._at_step)
        yield from self.at_steps
        yield from self._on_instances()

    def _attack(self, kind: str, words: str, by: str) -> Attack:
        return Attack(kind, self.statement.key, self.statement.reading, words, by)

    # ---- statements and proofs -------------------------------------------------------------------
    def _noticed(self, variant: Statement) -> str:
        """Who notices a changed statement or proof."""
        made = self.replay.report(variant.claim)
        if isinstance(made, str):
            return f"the kernel, {made}"
        other = {s.path for s in made.steps if not s.accepted} ^ self.replay.open
        if other or made.unproved != self.original.unproved:
            return f"the kernel, at step {min(other | made.unproved, default='the last')}"
        unused = set(made.surplus) - set(self.original.surplus)
        if unused:
            return f"{', '.join(sorted(unused))} is not used"
        if self._same_claim(variant):
            return ANOTHER_PROOF
        begging = begged(variant.claim)
        if begging and not begged(self.statement.claim):
            return f"the conclusion is among the hypotheses, in {', '.join(begging)}"
        if not made.derived:
            return self.instances.against(variant, self.statement) if self.instances else ""
        parts = surplus_parts(variant, made, self.replay)
        if parts:
            return f"{parts[0].words} is not used"
        if not self._says_less(variant):
            return TRUE_VARIANT
        return self.instances.unmet(variant, self.statement) if self.instances else ""

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

    def _says_less(self, variant: Statement) -> bool:
        """Whether a hypothesis of the variant says more than before, as far as drawing shows."""
        if not self.normal.same(the(variant.then), the(self.statement.then)):
            return False
        for name, f in self.statement.given.items():
            old, new = the(f), the(variant.given.get(name, f))
            if self.normal.same(old, new):
                continue
            if any(self.normal.same(part.less, old) for part in weaker(new, {})):
                return True
            if says_less(self.statement, new, old) and not says_less(self.statement, old, new):
                return True
        return False

    # ---- steps -----------------------------------------------------------------------------------
    def _at_step(self, kernel: Replay, scope: Scope, step: Step, path: str) -> None:
        """What becomes of variants of an accepted step at its place."""
        if step.gives is None or isinstance(step.reason, UNACCEPTED) or path in kernel.open:
            return
        for kind, words, variant in self._of_step(scope, step):
            if kind in self.kinds:
                fact = kernel.accepts(scope, variant, path)
                if fact is None:
                    by = "the kernel"
                elif scope.normal.same(fact.formula, step.gives):
                    by = ANOTHER_PROOF
                else:
                    by = "the steps after it need what it gave"
                self.at_steps.append(self._attack(kind, f"{path}: {words}", by))

    def _of_step(self, scope: Scope, step: Step) -> Iterator[tuple[str, str, Step]]:
        yield from of_step(step, scope.facts, self.statement, self.choice)
        yield "reason removed", "sampled", replace(step, reason=Sampled("nothing"))
        if isinstance(step.reason, Cite):
            for words, false in self.false.items():
                if false.key == step.reason.statement.key:
                    variant = replace(step, reason=Cite(false, step.reason.terms))
                    yield "external made false", words, variant

    # ---- instances -------------------------------------------------------------------------------
    def _on_instances(self) -> Iterator[Attack]:
        """What only instances, or the record of findings, can notice."""
        s, kinds = self.statement, self.kinds
        if s.repaired is not None and "repair printed" in kinds:
            r = s.repaired
            given = replace(s, setting=r.setting, given=r.given, then=r.then, proof=r.proof)
            by = self._without_findings(given)
            yield self._attack("repair printed", "the repaired reading", by)
        if self.instances is None:
            return
        if "rule made false" in kinds:
            for rule in sorted(self.original.rules, key=lambda r: r.name):
                for words, false in false_rules(rule, self.choice):
                    true = follows(false, rule, self.derivations.rules)
                    by, note = (TRUE_VARIANT, "") if true else self.instances.refutes_rule(false)
                    yield self._attack("rule made false", f"{words}{'' if by else f': {note}'}", by)
        if not self.original.derived and "counterexample removed" in kinds:
            again = self.instances.refutes_again(s)
            if again is not None:
                yield self._attack("counterexample removed", "the first one", again)
        if "instances thinned" in kinds:
            thin = self.instances.thinned(s)
            if thin is not None:
                yield self._attack("instances thinned", "one instance is left", thin)

    def _without_findings(self, given: Statement) -> str:
        """Who notices that a printed reading has no findings any more."""
        made = self.derivations.of(given)
        if not made.derived:
            return "the kernel"
        if given.expected:
            return "the recorded findings do not come up"
        return TRUE_VARIANT if self.original.derived else ""


def follows(variant: Rule, rule: Rule, rules: Iterable[Rule]) -> bool:
    """Whether a changed rule says less than the rule, or the kernel derives it in a step or two.

    `rules` are the others that may be used, alone.
    """
    normal = Normal()
    if any(normal.same(part.less, variant.then) for part in weaker(rule.then, {})):
        return True
    if any(normal.same(f, variant.then) for f in variant.given):
        return True
    names = tuple(f"premise {n}" for n, _ in enumerate(variant.given, 1))
    lead = Step("rule", rule.then, Apply(rule), names)
    near = [r for r in rules if _alike(r.then, variant.then)]
    proofs = [
        *((Step("so", variant.then, Apply(r), (FIND,) if r.given else ()),) for r in (rule, *near)),
        *((lead, Step("so", variant.then, by, ("rule",))) for by in HOLLOW),
        *((lead, Step("so", variant.then, by, (*names, "rule"))) for by in HOLLOW if names),
        *((Step("so", variant.then, by, (name,)),) for by in HOLLOW for name in names),
    ]
    given = dict(zip(names, variant.given, strict=True))
    variables = tuple(ordered({*variant.variables, *rule.variables}))
    kernel = Kernel((rule, *near), {}, completed, idle)
    claims = (Claim("", variables, variant.where, given, variant.then, proof) for proof in proofs)
    return any(kernel.check(claim).derived for claim in claims)


def _alike(f: Term, g: Term) -> bool:
    """Whether two conclusions have the same predicate or abbreviation."""
    return f.head == g.head and f.name == g.name and f.head in ("pred", "def")

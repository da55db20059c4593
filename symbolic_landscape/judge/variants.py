"""Variants of a statement and of its steps: what an attack puts in their place.

Each comes with its kind and with words on what was changed. Whether it is wrong is not known here:
a variant may say the same, or something else that is true.

Class: Choice. Functions: of_statement, of_step, false_rules, false_externals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from symbolic_landscape.judge.neighbours import least, neighbours, thinner
from symbolic_landscape.statement.language import Expr, the
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.normal import Normal
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.step import (
    Apply,
    Calculation,
    Cite,
    Definition,
    Instantiate,
    Linear,
    Logic,
    Step,
)
from symbolic_landscape.statement.term import NAT, Term, num, term

MOST = 6
"""As many variants of a kind are made at one place."""

HOLLOW = (Calculation(), Linear(), Logic())
"""Reasons that need nothing but facts."""

BEYOND = 4
"""A size is said to be at most this, one less than some instances have."""


@dataclass(frozen=True)
class Choice:
    """What variants use: chance, rules by number of premises, statements, normal forms."""

    chance: Random
    rules: Mapping[int, Sequence[Rule]]
    library: Sequence[Statement]
    normal: Normal

    def some(self, variants: Iterable[tuple[str, Term]]) -> list[tuple[str, Term]]:
        """At most as many as are made at one place."""
        rows = list(variants)
        return rows if len(rows) <= MOST else self.chance.sample(rows, MOST)

    def slips(self, t: Term) -> list[tuple[str, Term]]:
        """Some neighbours of a term."""
        return self.some(neighbours(t, self.normal))

    def rules_with(self, premises: int) -> Sequence[Rule]:
        """Some rules with so many premises."""
        fitting = self.rules.get(premises, ())
        return fitting if len(fitting) <= MOST else self.chance.sample(fitting, MOST)


def of_statement(s: Statement, choice: Choice) -> Iterator[tuple[str, str, Statement]]:
    """Kind, words and variant, of hypotheses, standing assumptions, conclusion, whole proof."""
    for name, f in s.given.items():
        rest = {n: g for n, g in s.given.items() if n != name}
        yield "hypothesis removed", name, replace(s, given=rest)
        for slip, made in choice.slips(the(f)):
            changed = {**s.given, name: Expr(made)}
            yield "hypothesis changed", f"{name}: {slip}", replace(s, given=changed)
        for slip, made in choice.some(thinner(the(f), s.claim.variables, choice.normal)):
            changed = {**s.given, name: Expr(made)}
            yield "hypothesis thinned", f"{name}: {slip}", replace(s, given=changed)
    yield from _begged(s)
    for n, f in enumerate(s.standing):
        fewer = tuple(g for i, g in enumerate(s.standing) if i != n)
        yield "standing assumption removed", repr(f), replace(s, standing=fewer)
    for slip, made in choice.slips(the(s.then)):
        yield "conclusion changed", slip, _ending(s, made)
    for v in s.claim.variables:
        if v.sort is NAT:
            made = term("and", the(s.then), term("le", v, num(BEYOND)))
            yield "true on small sizes", f"{v} <= {BEYOND}", _ending(s, made)
    hypotheses = tuple(s.given)
    for reason in (*HOLLOW, *map(Apply, choice.rules_with(len(hypotheses)))):
        words = reason.rule.name if isinstance(reason, Apply) else type(reason).__name__.lower()
        one = Step("all at once", the(s.then), reason, hypotheses)
        yield "proof replaced", words, replace(s, proof=(one,))
    twin = replace(s, key=f"{s.key}.twin", proof=(Step("twin", the(s.then), Cite(s)),))
    ring = replace(s, proof=(Step("twin", the(s.then), Cite(twin)),))
    yield "circular twin", twin.key, ring
    used = {u.removeprefix("<") for step in s.proof for u in step.uses}
    for step in s.proof[:-1]:
        if step.name not in used:
            shorter = tuple(x for x in s.proof if x is not step)
            yield "step left out", step.name, replace(s, proof=shorter)


def _ending(s: Statement, then: Term) -> Statement:
    """The statement with another conclusion, which its last step gives."""
    return replace(s, then=Expr(then), proof=(*s.proof[:-1], replace(s.proof[-1], gives=then)))


def _begged(s: Statement) -> Iterator[tuple[str, str, Statement]]:
    kind, last = "conclusion begged", s.proof[-1]
    begged = {**s.given, "the conclusion itself": s.then}
    end = replace(last, gives=the(s.then), reason=Logic(), uses=("the conclusion itself",))
    yield kind, "as it stands", replace(s, given=begged, proof=(end,))
    throughout = replace(end, uses=(f"standing {len(s.claim.standing) + 1}",))
    yield kind, "throughout", replace(s, standing=(*s.standing, s.then), proof=(throughout,))
    for name, f in s.given.items():
        inside = {**s.given, name: Expr(term("and", the(f), the(s.then)))}
        by_itself = replace(end, uses=(name,))
        yield kind, f"inside {name}", replace(s, given=inside, proof=(by_itself,))
        condition = {**s.given, "begged": Expr(term("implies", the(f), the(s.then)))}
        by_both = replace(end, uses=(name, "begged"))
        yield kind, f"on condition of {name}", replace(s, given=condition, proof=(by_both,))


def of_step(
    step: Step, facts: Iterable[str], statement: Statement, choice: Choice
) -> Iterator[tuple[str, str, Step]]:
    """Kind, words and variant of a step that has its yield, among facts of these names."""
    assert step.gives is not None
    chance, names = choice.chance, set(facts)
    for n, name in enumerate(step.uses):
        fewer = step.uses[:n] + step.uses[n + 1 :]
        yield "premise removed", name, replace(step, uses=fewer)
        others = sorted(names - {u.removeprefix("<") for u in step.uses})
        for other in chance.sample(others, min(2, len(others))):
            changed = (*step.uses[:n], other, *step.uses[n + 1 :])
            yield "premise exchanged", f"{other} for {name}", replace(step, uses=changed)
    for slip, made in choice.slips(step.gives):
        yield "yield changed", slip, replace(step, gives=made)
    for reason in HOLLOW:
        if not isinstance(step.reason, (type(reason), Definition)):
            yield "reason exchanged", type(reason).__name__.lower(), replace(step, reason=reason)
    match step.reason:
        case Apply(rule, terms):
            for other_rule in choice.rules_with(len(rule.given)):
                if other_rule is not rule:
                    made_step = replace(step, reason=Apply(other_rule))
                    yield "rule exchanged", other_rule.name, made_step
            for name, t in terms.items():
                for slip, made in choice.slips(t)[:2]:
                    changed_terms = Apply(rule, {**terms, name: made})
                    yield "term changed", f"{name}: {slip}", replace(step, reason=changed_terms)
        case Instantiate(values):
            for n, t in enumerate(values):
                for slip, made in choice.slips(t):
                    other_values = (*values[:n], made, *values[n + 1 :])
                    yield "term changed", slip, replace(step, reason=Instantiate(other_values))
        case Cite():
            yield from _of_citation(step, step.reason, statement, choice)


def _of_citation(
    step: Step, reason: Cite, statement: Statement, choice: Choice
) -> Iterator[tuple[str, str, Step]]:
    cited, terms = reason.statement, reason.terms
    for name, t in terms.items():
        for slip, made in choice.slips(t):
            moved = Cite(cited, {**terms, name: made})
            yield "term changed", f"{name}: {slip}", replace(step, reason=moved)
        fixed = least(t.sort)
        if fixed is not None and fixed is not t:
            moved = Cite(cited, {**terms, name: fixed})
            yield "one fixed object cited", f"{name} = {fixed}", replace(step, reason=moved)
    citable = [x for x in choice.library if x is not cited and x is not statement]
    for other in choice.chance.sample(citable, min(MOST, len(citable))):
        words = f"{other.key} for {cited.key}"
        yield "citation exchanged", words, replace(step, reason=Cite(other))


def false_rules(rule: Rule, choice: Choice) -> Iterator[tuple[str, Rule]]:
    """The rule with another conclusion."""
    for slip, made in choice.slips(rule.then):
        yield f"{rule.name}: {slip}", replace(rule, then=made)


def false_externals(statement: Statement, choice: Choice) -> Iterator[tuple[str, Statement]]:
    """What the statement cites from outside, with another conclusion."""
    for cited in statement.cites:
        if cited.kind == "external":
            for slip, made in choice.slips(the(cited.then)):
                yield f"{cited.key}: {slip}", replace(cited, then=Expr(made))

"""Wrong variants of a right statement, made by rule; the judge must refuse every one.

Each variant is a statement of its own that loads and runs: a hypothesis less, a claim off by one, a
flipped sign, a transposed matrix, another statement cited, a step left out, a control that is none.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from symbolic_landscape.errors import DeclarationError
from symbolic_landscape.former.bench import Bench
from symbolic_landscape.former.check import judge
from symbolic_landscape.former.lemma import Fact, Instance, Statement, Step
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.statuses import status
from symbolic_landscape.verdict import Verdict, negation

Variant: TypeAlias = Statement | DeclarationError
"""A wrong statement, or the error with which it was refused on declaration."""


def variant(statement: Statement, steps: Sequence[Step], **changes: Any) -> Variant:
    """The statement with other steps and fields, without recorded findings."""
    fields = {"expected": (), **changes, "_steps": list(steps), "_repaired": []}
    try:
        return dataclasses.replace(statement, **fields)
    except DeclarationError as error:
        return error


def _swapped(facts: Mapping[Fact, Fact], statement: Statement) -> Variant:
    """The statement with some facts exchanged everywhere, in its steps and controls too."""

    def other(fact: Fact) -> Fact:
        return facts.get(fact, fact)

    def keys(table: Mapping[Fact, Any]) -> dict[Fact, Any]:
        return {other(fact): value for fact, value in table.items()}

    steps = [
        dataclasses.replace(
            step,
            premises=tuple(map(other, step.premises)),
            gives=other(step.gives),
            controls=keys(step.controls),
            no_control=keys(step.no_control),
        )
        for step in statement.steps
    ]
    return variant(
        statement,
        steps,
        hypotheses=tuple(map(other, statement.hypotheses)),
        conclusion=other(statement.conclusion) if statement.conclusion else None,
        controls=keys(statement.controls),
        no_control=keys(statement.no_control),
    )


def _mutated(fact: Fact, label: str) -> Fact:
    def decide(instance: Instance) -> Verdict:
        verdict = fact.decide(instance)
        wrong = [m for m in verdict.mutants if m.label == label]
        return wrong[0].decide() if wrong else verdict

    return dataclasses.replace(fact, decision=decide, mutants={})


def _negated(fact: Fact) -> Fact:
    return dataclasses.replace(fact, decision=lambda s: negation(fact.decide(s)), mutants={})


def wrong_claims(statement: Statement) -> Iterator[tuple[str, Variant]]:
    """A conclusion or a step's fact replaced by each of its wrong neighbours."""
    bench = Bench(statement, Options(), ())
    facts = {step.gives for step in statement.steps}
    if statement.conclusion is not None:
        facts.add(statement.conclusion)
    for fact in sorted(facts, key=lambda f: f.name):
        labels: dict[str, None] = {}
        for instance in bench.pool():
            verdict = bench.decide(fact, instance)
            labels.update(dict.fromkeys(m.label for m in verdict.mutants if verdict.is_holds))
        for label in labels:
            yield f"{fact.name} with '{label}'", _swapped({fact: _mutated(fact, label)}, statement)


def dropped_hypotheses(statement: Statement) -> Iterator[tuple[str, Variant]]:
    """A hypothesis left out: with its near miss among the instances, and from the proof as well.

    An assumption with a part less is another assumption and no wrong claim: it is passed over.
    """
    for hypothesis, control in statement.controls.items() if statement.conclusion else ():
        rest = tuple(h for h in statement.hypotheses if h is not hypothesis)
        kept = {h: c for h, c in statement.controls.items() if h is not hypothesis}
        instances = (*statement.instances, dataclasses.replace(control, name="sabotage"))
        yield (
            f"without {hypothesis.name}",
            variant(
                statement, statement.steps, hypotheses=rest, controls=kept, instances=instances
            ),
        )
        if any(hypothesis in step.premises for step in statement.steps):
            yield (
                f"without {hypothesis.name}, its near miss hidden",
                variant(statement, statement.steps, hypotheses=rest, controls=kept),
            )


def turned_hypotheses(statement: Statement) -> Iterator[tuple[str, Variant]]:
    """A hypothesis turned into its contrary: an inequality the other way round."""
    for hypothesis in statement.hypotheses:
        yield (
            f"contrary of {hypothesis.name}",
            _swapped({hypothesis: _negated(hypothesis)}, statement),
        )


def wrong_citations(
    statement: Statement, others: Sequence[Statement]
) -> Iterator[tuple[str, Variant]]:
    """A step that cites another statement than the one it needs."""
    for index, step in enumerate(statement.steps):
        for other in others if step.cites is not None else ():
            if other.key in (step.cites.key, statement.key) or other.conclusion is None:
                continue
            steps = list(statement.steps)
            steps[index] = dataclasses.replace(step, cites=other)
            yield f"{step.name} cites {other.key}", variant(statement, steps)


def missing_steps(statement: Statement) -> Iterator[tuple[str, Variant]]:
    """A proof with one step left out."""
    for step in statement.steps:
        rest = [s for s in statement.steps if s is not step]
        if rest:
            yield f"without step {step.name}", variant(statement, rest)


def false_controls(statement: Statement) -> Iterator[tuple[str, Variant]]:
    """A control that meets every hypothesis, and so is none."""
    for hypothesis in statement.controls:
        for instance in statement.instances[:1]:
            controls = {**statement.controls, hypothesis: instance}
            yield (
                f"{instance.name} as control",
                variant(statement, statement.steps, controls=controls),
            )


def sabotaged(statement: Statement, others: Sequence[Statement]) -> Iterator[tuple[str, Variant]]:
    """Every wrong variant that the rules make of the statement."""
    yield from dropped_hypotheses(statement)
    yield from turned_hypotheses(statement)
    yield from wrong_claims(statement)
    yield from wrong_citations(statement, others)
    yield from missing_steps(statement)
    yield from false_controls(statement)


def refused(wrong: Variant, options: Options, known: Sequence[Statement]) -> bool:
    """Whether the declaration or the judge objects; UNDECIDED is not an objection."""
    if isinstance(wrong, DeclarationError):
        return True
    return status(judge(wrong, options, known)) not in ("checked", "undecided", "assumed")

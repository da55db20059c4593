"""Statements in the former form: their declaration as text and data, and a search's answer.

Functions: declared_lines, declared_data, falsify_lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symbolic_landscape.former.instance import Instance, canonical, describe
from symbolic_landscape.former.lemma import Fact, Statement
from symbolic_landscape.former.search import Found, decide
from symbolic_landscape.report.exact import data_lines


def declared_lines(statement: Statement) -> Iterator[str]:
    """Claim, hypotheses with their controls, conclusion, steps, instances."""
    yield f"  claim: {statement.claim}"
    if statement.minimal:
        yield f"  minimal: {statement.minimal}"
    for hypothesis in statement.hypotheses:
        yield f"  hypothesis {hypothesis.name}: {hypothesis.claim}   [{hypothesis.formula}]"
        control = statement.controls.get(hypothesis)
        if control is not None:
            yield f"    control {control.name}: {describe(control)}"
        elif hypothesis in statement.no_control:
            yield f"    no control: {statement.no_control[hypothesis]}"
    if statement.conclusion is not None:
        conclusion = statement.conclusion
        yield f"  conclusion {conclusion.name}: {conclusion.claim}   [{conclusion.formula}]"
    for number, step in enumerate(statement.steps, 1):
        citing = f", citing {step.cites.key}" if step.cites is not None else ""
        given = ", ".join(premise.name for premise in step.premises)
        yield f"  step {number} {step.name}: {given} => {step.gives.name}{citing}"
        yield f"    {step.why}"
    if statement.cites:
        yield f"  cites: {', '.join(cited.key for cited in statement.cites)}"
    for instance in statement.instances:
        yield f"  instance {instance.name}: {describe(instance)}"
    for kind, where in statement.expected:
        yield f"  recorded finding: {kind}, {where}"
    yield f"  declared at {statement.source_file}"


def falsify_lines(statement: Statement, found: Found, drop: str | None) -> Iterator[str]:
    """The exact counterexample, or how far the search went and what that does not mean."""
    without = f" without {drop}" if drop else ""
    if found.instance is None:
        yield (
            f"{statement.key}{without}: no counterexample among {found.met} instances that meet "
            f"the hypotheses ({found.tried} tried)"
        )
        yield "This does not mean that none exists."
        return
    yield f"{statement.key}{without}: counterexample found, {found.tried} instances tried"
    yield from _counterexample(statement, found.instance, drop)


def _counterexample(statement: Statement, instance: Instance, drop: str | None) -> Iterator[str]:
    for line in data_lines(canonical(instance)):
        yield f"  {line}"
    for hypothesis in statement.hypotheses:
        verdict = decide(hypothesis, instance)
        dropped = " (dropped)" if hypothesis.name == drop else ""
        yield f"  {hypothesis.name}{dropped} {verdict.outcome.value}: {verdict.reason}"
    if statement.conclusion is not None:
        verdict = decide(statement.conclusion, instance)
        yield f"  {statement.conclusion.name} {verdict.outcome.value}: {verdict.reason}"


def declared_data(statement: Statement, last: str | None) -> dict[str, Any]:
    """One reading in the JSON of `lemma-check show`."""
    conclusion = statement.conclusion
    return {
        "form": "former",
        "reading": statement.reading,
        "claim": statement.claim,
        "minimal": statement.minimal,
        "declared": statement.source_file,
        "hypotheses": [
            {
                **_fact(hypothesis),
                "control": _named(statement.controls.get(hypothesis)),
                "no_control": statement.no_control.get(hypothesis),
            }
            for hypothesis in statement.hypotheses
        ],
        "conclusion": _fact(conclusion) if conclusion is not None else None,
        "steps": [
            {
                "name": step.name,
                "why": step.why,
                "premises": [premise.name for premise in step.premises],
                "gives": step.gives.name,
                "cites": step.cites.key if step.cites is not None else None,
            }
            for step in statement.steps
        ],
        "cites": [cited.key for cited in statement.cites],
        "instances": [_instance(instance) for instance in statement.instances],
        "expected": [list(pair) for pair in statement.expected],
        "last": last,
    }


def _fact(fact: Fact) -> dict[str, str]:
    return {"name": fact.name, "claim": fact.claim, "formula": fact.formula}


def _named(instance: Instance | None) -> str | None:
    return None if instance is None else instance.name


def _instance(instance: Instance) -> dict[str, Any]:
    return {"name": instance.name, "data": canonical(instance)}

"""What a reader must believe of a statement that is called derived.

That is the kernel, the rules that its proof and the proofs below it use, the theorems from outside,
and the statement's own formulas with the definitions in them. The proofs need no belief: the kernel
reads them.

Functions: need_derivation, trust, code_lines, trust_lines, trust_data. Class: Trust.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from symbolic_landscape.judge.results import Node
from symbolic_landscape.judge.statuses import cited
from symbolic_landscape.library.lemmas import Lemma
from symbolic_landscape.library.readings import node_of
from symbolic_landscape.library.run import CheckReport
from symbolic_landscape.report.formulas import (
    definition_words,
    rule_names,
    rule_words,
    used_definitions,
)
from symbolic_landscape.report.layout import counted, wrapped
from symbolic_landscape.report.showing import claim_lines
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.parts import subterms
from symbolic_landscape.statement.printing import declaration, text
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.term import Term

KERNEL = ("statement/term.py", "statement/normal.py", "judge/kernel.py")
"""The files that accept or refuse a step."""


@dataclass(frozen=True)
class Trust:
    """What is to be believed of one reading; `kernel` has the lines of code of each file."""

    statement: Statement
    status: str
    kernel: Mapping[str, int]
    rules: tuple[Rule, ...]
    externals: tuple[Statement, ...]
    definitions: tuple[Term, ...]
    opaque: tuple[str, ...]


def trust(lemma: Lemma, reading: str, report: CheckReport, rules: Mapping[str, Rule]) -> Trust:
    """What is to be believed of a reading; the report has it and all below it."""
    statement = lemma.reading(reading)
    names: set[str] = set()
    opaque: set[str] = set()
    externals: dict[Node, Statement] = {}
    for node, one in _below(statement, report).items():
        names.update(report.by_node[node].derivation.rules)
        if one.kind == "external":
            externals[node] = one
    claim = statement.claim
    formulas = [*claim.standing, *claim.given.values(), claim.then]
    formulas += [
        f for one in externals.values() for f in (*one.claim.given.values(), one.claim.then)
    ]
    used = sorted((rules[name] for name in names), key=lambda rule: (rule.topic, rule.name))
    formulas += [f for rule in used for f in (*rule.given, rule.then)]
    for f in formulas:
        opaque |= {str(t.name) for t in subterms(f) if t.head == "pred"}
    return Trust(
        statement,
        report.statuses[node_of(statement)],
        {name: code_lines(name) for name in KERNEL},
        tuple(used),
        tuple(externals.values()),
        tuple(used_definitions(formulas)),
        tuple(sorted(opaque)),
    )


def _below(statement: Statement, report: CheckReport) -> dict[Node, Statement]:
    """The reading and all that it cites, directly or not."""
    found: dict[Node, Statement] = {}
    todo: list[Statement] = [statement]
    while todo:
        one = todo.pop()
        node = cited(node_of(one), report.by_node)
        if node not in found:
            found[node] = one
            todo += one.cites
    return found


def code_lines(name: str) -> int:
    """The number of lines of a file of the package without blanks, comments and docstrings."""
    source = (Path(__file__).parent.parent / name).read_text(encoding="utf-8")
    texts = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Expr))
    told = {
        line
        for text in texts
        if isinstance(text, ast.Constant)
        for line in range(text.lineno, (text.end_lineno or text.lineno) + 1)
    }
    lines = enumerate(source.splitlines(), 1)
    bare = ((n, line.strip()) for n, line in lines if n not in told)
    return sum(bool(line) and not line.startswith("#") for _, line in bare)


def trust_lines(found: Trust) -> Iterator[str]:
    """The kernel's files, the rules, the externals, the statement, and how many lines that is."""
    statement = found.statement
    yield from wrapped(
        f"What must be believed for {statement.key} ({statement.reading}), which is {found.status}"
    )
    yield ""
    yield from wrapped("the kernel, which accepts or refuses each step by its formulas alone")
    for name, number in found.kernel.items():
        yield from wrapped(f"symbolic_landscape/{name}: {number} lines of code", 2, 4)
    parts = {"kernel": sum(found.kernel.values())}
    yield ""
    rules = list(_rule_lines(found))
    yield from _part(f"{counted(len(found.rules), 'rule')} that the proofs use", rules)
    externals = [line for one in found.externals for line in _external(one)]
    yield from _part("theorems from outside, assumed", externals)
    own = list(_own(found))
    yield from _part("what the statement says", own)
    if found.opaque:
        yield from wrapped(
            f"No formula says what these words mean; rules and decisions do: "
            f"{', '.join(found.opaque)}."
        )
        yield ""
    parts |= {"rules": len(rules), "externals": len(externals), "statement": len(own)}
    shares = ", ".join(f"{name} {number}" for name, number in parts.items())
    yield from wrapped(f"{sum(parts.values())} lines to read: {shares}.")


def _part(title: str, lines: list[str]) -> Iterator[str]:
    yield title + ("" if lines else ": none")
    yield from lines
    yield ""


def _rule_lines(found: Trust) -> Iterator[str]:
    for rule in found.rules:
        assumed = " (assumed)" if rule.external else ""
        yield from wrapped(f"{rule.topic}.{rule.name}{assumed}: {rule_words(rule)}", 2, 6)
        yield from wrapped(f"for {rule_names(rule)}; {rule.source}", 6, 8)


def _external(one: Statement) -> Iterator[str]:
    yield from wrapped(f"{one.key}: {one.title}", 2, 4)
    yield from claim_lines(one)


def _own(found: Trust) -> Iterator[str]:
    statement, claim = found.statement, found.statement.claim
    shown = statement.setting.shown
    for v in claim.variables:
        yield from wrapped(declaration(v, shown), 4, 6)
    for i, f in enumerate(claim.standing, 1):
        yield from wrapped(f"standing {i}: {text(f, shown)}", 4, 8)
    for t in found.definitions:
        yield from wrapped(definition_words(t, shown), 4, 8)
    yield from claim_lines(statement)


def trust_data(found: Trust) -> dict[str, Any]:
    """The JSON of `lemma-check show --trust`."""
    statement, shown = found.statement, found.statement.setting.shown
    return {
        "schema": "lemma-check/trust/1",
        "key": statement.key,
        "reading": statement.reading,
        "status": found.status,
        "kernel": [{"file": name, "lines": number} for name, number in found.kernel.items()],
        "rules": [
            {
                "name": rule.name,
                "topic": rule.topic,
                "formula": rule_words(rule),
                "objects": rule_names(rule),
                "source": rule.source,
                "external": rule.external,
            }
            for rule in found.rules
        ],
        "externals": [
            {"key": one.key, "title": one.title, "then": text(one.claim.then, one.setting.shown)}
            for one in found.externals
        ],
        "definitions": [definition_words(t, shown) for t in found.definitions],
        "opaque": list(found.opaque),
        "lines": sum(found.kernel.values())
        + sum(1 for _ in _rule_lines(found))
        + sum(1 for one in found.externals for _ in _external(one))
        + sum(1 for _ in _own(found)),
    }

"""Formulas of statements, definitions and rules as plain text.

Functions: claim_words, used_definitions, definition_words, rule_words, rule_names.
"""

from __future__ import annotations

from collections.abc import Iterable

from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.parts import subterms, unfold
from symbolic_landscape.statement.printing import Notations, declaration, text
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.term import Term, term

IMPLIES = "⟹"


def claim_words(statement: Statement) -> str:
    """What a statement says, on one line."""
    shown, claim = statement.setting.shown, statement.claim
    given = "; ".join(text(f, shown) for f in claim.given.values())
    then = text(claim.then, shown)
    return f"if {given}, then {then}" if given else then


def used_definitions(formulas: Iterable[Term]) -> list[Term]:
    """Each abbreviation that the formulas use, at its own parameters; those inside others first."""
    found: dict[str, Term] = {}

    def visit(t: Term) -> None:
        for part in subterms(t):
            if part.head == "def" and str(part.name) not in found:
                general = _general(part)
                visit(part.args[0])
                found.setdefault(str(part.name), general)

    for f in formulas:
        visit(f)
    return list(found.values())


def _general(t: Term) -> Term:
    """An abbreviation at the parameters with which it was defined."""
    function = t.args[0]
    parameters: list[Term] = []
    body = function
    for _ in t.args[1:]:
        parameters.append(body.args[0])
        body = body.args[1]
    return term("def", function, *parameters, name=t.name)


def definition_words(t: Term, notation: Notations) -> str:
    """An abbreviation and what it stands for."""
    return f"{text(t, notation)} := {text(unfold(t), notation)}"


def rule_words(rule: Rule) -> str:
    """A rule as one line: premises, conclusion, and where it may be used."""
    given = "; ".join(text(f) for f in rule.given)
    side = ", ".join(text(f) for f in rule.where)
    words = f"{given} {IMPLIES} {text(rule.then)}" if given else text(rule.then)
    return f"{words}, where {side}" if side else words


def rule_names(rule: Rule) -> str:
    """The free objects of a rule with their sorts."""
    return "; ".join(declaration(v) for v in rule.variables)

"""Refusals as a reader wants them: the kernel's words, with formulas in place of trees.

The kernel names terms by their trees, and prints nothing else. Here the trees that can occur in its
words - the facts and the yield of the step, its rule or citation at the terms that were put in -
are looked up and written as formulas. A tree that is not found stays, without the bodies of
abbreviations.

Functions: readable, inference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from symbolic_landscape.errors import SortError
from symbolic_landscape.judge.record import Derivation, Judged
from symbolic_landscape.statement.lemma import Claim, Statement
from symbolic_landscape.statement.normal import Normal
from symbolic_landscape.statement.parts import subterms
from symbolic_landscape.statement.printing import Notations, text
from symbolic_landscape.statement.step import Apply, Cite, Terms
from symbolic_landscape.statement.term import Term, substitute

SHORTEST = 3
"""A tree of fewer letters is a name, and stays."""


def readable(judged: Judged, claim: Claim, facts: Iterable[Term], notation: Notations) -> str:
    """Why the step is refused; `facts` are what the steps before it give."""
    message, reason = judged.refused, judged.step.reason
    if isinstance(reason, Apply) and message.startswith(f"{reason.rule.name} needs a term for"):
        wanted = "; ".join(map(text, reason.rule.given)) or text(reason.rule.then)
        return f"{reason.rule.name} does not fit: it is about {wanted}"
    said = {repr(t): t for t in _near(judged, claim, facts)}
    for tree in sorted(said, key=len, reverse=True):
        if len(tree) > SHORTEST and "(" in tree and tree in message:
            message = message.replace(tree, text(said[tree], notation))
    return _without_bodies(message)


def _near(judged: Judged, claim: Claim, facts: Iterable[Term]) -> Iterator[Term]:
    """The terms that the kernel may have named, and their normal forms."""
    reason = judged.step.reason
    formulas = [judged.formula, claim.then, *claim.standing, *claim.given.values(), *facts]
    if isinstance(reason, Apply):
        rule = reason.rule
        formulas += _at((*rule.given, rule.then, *rule.where), rule.variables, reason.terms)
    if isinstance(reason, Cite):
        cited = reason.statement.claim
        own = {str(v.name): v for v in claim.variables}
        asked = (*cited.standing, *cited.given.values(), cited.then)
        formulas += _at(asked, cited.variables, {**own, **reason.terms})
    normal = Normal()
    for f in formulas:
        yield from subterms(f)
        yield from subterms(normal.form(f))


def _at(formulas: Iterable[Term], variables: Iterable[Term], terms: Terms) -> Iterator[Term]:
    change = {v: terms[str(v.name)] for v in variables if str(v.name) in terms}
    for f in formulas:
        try:
            yield substitute(f, change)
        except SortError:
            continue


def _without_bodies(message: str) -> str:
    """Trees of abbreviations without what they abbreviate: def[F](lam(...), W) is F(W)."""
    while "def[" in message:
        before, _, rest = message.partition("def[")
        name, _, rest = rest.partition("](")
        depth, end = 0, len(rest)
        for i, letter in enumerate(rest):
            depth += (letter == "(") - (letter == ")")
            if depth < 0 or (depth == 0 and letter == ","):
                end = i
                break
        message = f"{before}{name}({rest[end:].removeprefix(',').lstrip()}"
    return message


def inference(statement: Statement, derivation: Derivation, judged: Judged) -> str:
    """What a step says follows from what, so that the same leap elsewhere is seen to be the same.

    Empty where it names no facts.
    """
    facts = {**statement.claim.given, **{s.step.name: s.formula for s in derivation.steps}}
    shown = statement.setting.shown
    used = [use.removeprefix("<") for use in judged.step.uses]
    given = "; ".join(text(facts[name], shown) if name in facts else name for name in used)
    return f"{given} => {text(judged.formula, shown)}" if given else ""

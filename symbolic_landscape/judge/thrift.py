"""Idle parts of a step: what a proof does without must not look as if it were needed.

A step that follows is sound whatever else it names. But a hypothesis on which it seems to rest is
not shown as surplus; so a step is objected to that uses a fact which it does not need, or that
gives what is known already. Not trusted: an objection can only refuse.

Function: idle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from symbolic_landscape.judge.kernel import Scope, consequence, ends
from symbolic_landscape.judge.record import Fact
from symbolic_landscape.statement.step import (
    UNACCEPTED,
    Apply,
    Calculation,
    Cases,
    Cite,
    Construct,
    Instantiate,
    Linear,
    Logic,
    Obtain,
    Step,
)
from symbolic_landscape.statement.term import Term, apply, conjuncts

FROM_FACTS = (
    Apply,
    Calculation,
    Linear,
    Logic,
    Instantiate,
    Obtain,
    Construct,
    Cases,
    *UNACCEPTED,
)
"""Reasons that use facts by name."""


def idle(step: Step, scope: Scope, path: str) -> str:
    """Words on what the step does without; empty where it needs all that it says."""
    assert step.gives is not None
    gives, reason, normal = step.gives, step.reason, scope.normal
    if step.uses and not isinstance(reason, FROM_FACTS):
        return "it rests on no facts"
    known = scope.find(gives)
    if known and not (
        isinstance(reason, Logic) and ("/" in path or known.formula.head == "implies")
    ):
        return f"{gives} is known here already"
    facts = [scope.fact(u.removeprefix("<")) for u in step.uses]
    match reason:
        case Apply(rule, terms):
            return _too_many(rule.variables, terms, rule.name)
        case Cite(statement, terms):
            return _too_many(statement.claim.variables, terms, statement.claim.key)
        case Linear():
            return _needless(facts, lambda fs: normal.linear(fs, gives))
        case Logic():
            return _needless(facts, lambda fs: consequence(normal, fs, gives))
        case Construct(witnesses):
            asked = [p for p in _asked(scope, gives, witnesses) if not scope.proves(p)]
            return _needless(facts, lambda fs: _are_parts(scope, asked, fs))
        case Cases() if reason.split is not None and facts:
            return "a split needs no fact"
        case Calculation():
            return _at_rest(scope, reason, [f.formula for f in facts], gives)
    return ""


def _too_many(variables: Sequence[Term], terms: Iterable[str], what: str) -> str:
    unknown = sorted(set(terms) - {str(v.name) for v in variables})
    return f"{what} has no {', '.join(unknown)}" if unknown else ""


def _needless(facts: Sequence[Fact], follows: Callable[[Sequence[Term]], bool]) -> str:
    """The first fact that rests on hypotheses and that the step does without."""
    formulas = [f.formula for f in facts]
    for n, f in enumerate(facts):
        if f.rests and follows([*formulas[:n], *formulas[n + 1 :]]):
            return f"{f.formula} is not needed"
    return ""


def _asked(scope: Scope, f: Term, witnesses: Sequence[Term]) -> list[Term]:
    """What a construction asks of its witnesses."""
    made, _ = scope.opened([f], ("exists",), witnesses)
    return list(conjuncts(made))


def _are_parts(scope: Scope, asked: Sequence[Term], facts: Sequence[Term]) -> bool:
    known = {scope.normal.form(p) for f in facts for p in conjuncts(f)}
    return all(scope.normal.form(p) in known for p in asked)


def _at_rest(scope: Scope, reason: Calculation, facts: Sequence[Term], gives: Term) -> str:
    """A replacement that changes nothing, or an equation that replaces nothing."""
    fired = {n for n, *_ in (*reason.left, *reason.right)}
    for _, old, new, context in (*reason.left, *reason.right):
        if scope.normal.same(apply(context, old), apply(context, new)):
            return f"{apply(context, old)} stays as it is where {old} is replaced"
    start = ends(scope.normal, facts, gives)[1:] == facts[:1]
    unused = [str(f) for n, f in enumerate(facts) if n not in fired and not (start and n == 0)]
    return f"{'; '.join(unused)} is not needed" if unused else ""

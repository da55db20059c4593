"""Begged conclusions: what logic alone gives from the assumptions needs no proof.

Functions: begged, contradictory.

Design notes. That the conclusion stands among the hypotheses is seen by its tree; but it can stand
among the standing assumptions, after a condition that another hypothesis meets, in one of two
cases, or under a quantifier that means nothing. So the kernel is asked whether logic alone gives
it, from all that is assumed. No lemma with a content is like that. A range that may be empty means
something, and what contradicts itself begs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from symbolic_landscape.judge.kernel import Kernel
from symbolic_landscape.statement.lemma import Claim
from symbolic_landscape.statement.normal import FALSE, TRUE
from symbolic_landscape.statement.step import Linear, Logic, Reason, Step
from symbolic_landscape.statement.term import Term, substitute, term

_PARTS = ("and", "or", "implies")


def begged(claim: Claim) -> tuple[str, ...]:
    """The names of assumptions from which logic alone gives the conclusion.

    None where it takes more, or where the conclusion follows from nothing at all.
    """
    kernel = Kernel((), {})
    if kernel.normal.form(claim.then) is TRUE:
        return ()
    bare = replace(
        claim,
        given={name: _bare(f, claim) for name, f in claim.given.items()},
        standing=tuple(_bare(f, claim) for f in claim.standing),
        then=_bare(claim.then, claim),
    )
    names = (*bare.given, *_throughout(bare))
    absurd = replace(bare, then=FALSE)
    if _follows(kernel, absurd, names) or not _follows(kernel, bare, names):
        return ()
    return _fewest(kernel, bare, names)


def contradictory(claim: Claim) -> tuple[str, ...]:
    """The names of assumptions from which logic, or linear arithmetic, gives a contradiction.

    None where it takes more, and where that they contradict each other is what the claim says.
    """
    kernel = Kernel((), {})
    if kernel.normal.form(claim.then) is FALSE:
        return ()
    absurd, names = replace(claim, then=FALSE), (*claim.given, *_throughout(claim))
    for reason in (Logic(), Linear()):
        if _follows(kernel, absurd, names, reason):
            return _fewest(kernel, absurd, names, reason)
    return ()


def _fewest(
    kernel: Kernel, claim: Claim, names: tuple[str, ...], reason: Reason | None = None
) -> tuple[str, ...]:
    """The assumptions without those that can be left out, one after the other."""
    for name in names:
        fewer = tuple(n for n in names if n != name)
        names = fewer if _follows(kernel, claim, fewer, reason) else names
    return names


def _throughout(claim: Claim) -> tuple[str, ...]:
    return tuple(f"standing {n}" for n, _ in enumerate(claim.standing, 1))


def _follows(
    kernel: Kernel, claim: Claim, names: Sequence[str], reason: Reason | None = None
) -> bool:
    """Whether logic, or the reason, gives the conclusion from the assumptions with these names."""
    step = Step("so", claim.then, reason or Logic(), tuple(names))
    return kernel.check(replace(claim, proof=(step,))).derived


def _bare(f: Term, claim: Claim) -> Term:
    """The formula without what says nothing, in its parts too.

    That is a quantifier over what the rest does not speak of, or over one value alone, and a
    condition that always holds.
    """
    if f.head in _PARTS:
        parts = [_bare(part, claim) for part in f.args]
        idle = f.head == "implies" and _always(parts[0], claim)
        return parts[1] if idle else term(f.head, *parts)
    if f.head == "not" and f.args[0].head == "forall" and f.args[0].args[1].head == "not":
        return _bare(term("exists", f.args[0].args[0], f.args[0].args[1].args[0]), claim)
    if f.head not in ("each", "forall", "exists"):
        return f
    at_one = _at_one_value(f)
    if at_one is not None:
        return _bare(at_one, claim)
    if f.args[0] in f.args[-1].free:
        return f
    if f.head == "each" and not _always(term("le", *f.args[1:3]), claim):
        return f
    return _bare(f.args[-1], claim)


def _always(condition: Term, claim: Claim) -> bool:
    """Whether arithmetic gives the condition from the standing assumptions."""
    reached = replace(claim, then=condition)
    return _follows(Kernel((), {}), reached, _throughout(claim), Linear())


def _at_one_value(f: Term) -> Term | None:
    """What a quantifier says that leaves one value, as in "x = a and P(x) for some x": P(a)."""
    x, *ends, body = f.args
    if f.head == "each":
        return substitute(body, {x: ends[0]}) if ends[0] is ends[1] else None
    head = {"exists": "and", "forall": "implies"}[f.head]
    parts = body.args if body.head == head else ()
    for place, part in enumerate(parts if head == "and" else parts[:1]):
        sides = part.args if part.head == "eq" else ()
        for one, other in (sides, sides[::-1]) if sides else ():
            if one is x and x not in other.free and other.sort is x.sort:
                rest = [p for k, p in enumerate(parts) if k != place]
                left = rest[0] if len(rest) == 1 else term(head, *rest)
                return substitute(left, {x: other})
    return None

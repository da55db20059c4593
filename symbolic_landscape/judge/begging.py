"""Begged conclusions: what logic alone gives from the assumptions needs no proof.

Function: begged.

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
from symbolic_landscape.statement.term import Term, term

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
    for name in names:
        fewer = tuple(n for n in names if n != name)
        names = fewer if _follows(kernel, bare, fewer) else names
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
    """The formula without quantifiers over what it does not speak of, in its parts too."""
    if f.head in _PARTS:
        return term(f.head, *(_bare(part, claim) for part in f.args))
    if f.head not in ("each", "forall", "exists") or f.args[0] in f.args[-1].free:
        return f
    if f.head == "each":
        reached = replace(claim, then=term("le", *f.args[1:3]))
        if not _follows(Kernel((), {}), reached, _throughout(claim), Linear()):
            return f
    return _bare(f.args[-1], claim)

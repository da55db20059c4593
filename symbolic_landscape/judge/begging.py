"""Begged conclusions: what logic alone gives from the assumptions needs no proof.

Function: begged.

Design notes. That the conclusion stands among the hypotheses is seen by its tree; but it can stand
among the standing assumptions, after a condition that another hypothesis meets, in one of two
cases, or under a quantifier that means nothing. So the kernel is asked whether logic alone gives
it, from all that is assumed. No lemma with a content is like that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from symbolic_landscape.judge.kernel import Kernel
from symbolic_landscape.statement.lemma import Claim
from symbolic_landscape.statement.normal import TRUE
from symbolic_landscape.statement.step import Logic, Step
from symbolic_landscape.statement.term import Term

QUANTIFIERS = ("each", "forall", "exists")


def begged(claim: Claim) -> tuple[str, ...]:
    """The names of assumptions from which logic alone gives the conclusion.

    None where it takes more, or where the conclusion follows from nothing at all.
    """
    kernel = Kernel((), {})
    if kernel.normal.form(claim.then) is TRUE:
        return ()
    given = {name: _bare(f) for name, f in claim.given.items()}
    bare = replace(claim, given=given, standing=tuple(map(_bare, claim.standing)))
    names = (*given, *(f"standing {n}" for n, _ in enumerate(bare.standing, 1)))
    if not _follows(kernel, bare, names):
        return ()
    for name in names:
        fewer = tuple(n for n in names if n != name)
        names = fewer if _follows(kernel, bare, fewer) else names
    return names


def _follows(kernel: Kernel, claim: Claim, names: Sequence[str]) -> bool:
    """Whether logic gives the conclusion from the assumptions with these names."""
    step = Step("logic", claim.then, Logic(), tuple(names))
    return kernel.check(replace(claim, proof=(step,))).derived


def _bare(f: Term) -> Term:
    """The formula without quantifiers over what it does not speak of."""
    while f.head in QUANTIFIERS and f.args[0] not in f.args[-1].free:
        f = f.args[-1]
    return f

"""Attacks on chosen statements of a library, each at both readings.

Function: attack.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from symbolic_landscape.judge.attack import KINDS, Attack, attacks
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.drawing import tried
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.trial import Trials
from symbolic_landscape.library.common import common
from symbolic_landscape.library.loading import Statements
from symbolic_landscape.library.run import Progress, plan
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.rule import Rule

TRIES = 120
"""So many times free objects are drawn for a rule that was changed."""

CITABLE = 12
"""So many other statements of the library are offered in place of a cited one."""


def attack(
    proofs: Statements,
    keys: Iterable[str] = (),
    *,
    paper: str | None = None,
    kinds: Sequence[str] = tuple(KINDS),
    seed: int = 0,
    progress: Progress | None = None,
) -> tuple[Attack, ...]:
    """The variants of the chosen statements in the new form, and who noticed each.

    Without keys all statements, or all of a paper. Raises UnknownKeyError for an unknown key or
    paper, DeclarationError for an unknown kind.
    """
    named = {proofs.printed(key).key for key in keys}
    readings = [s for s in plan(proofs, named, paper=paper) if isinstance(s, Statement)]
    chosen = [s for s in readings if not named or s.key in named]
    chosen = [s for s in chosen if paper is None or s.paper == paper]
    derivations = Derivations(proofs.rules.values())
    settings, watched = common()
    own = dict.fromkeys((*settings, *(s.setting for s in chosen)))
    trials = Trials(own, watched, derivations, Options(seed=seed))
    citable = [s for s in readings if s.proof][:CITABLE]
    found: list[Attack] = []
    for done, statement in enumerate(chosen, 1):
        found += attacks(
            statement,
            derivations,
            seed=seed,
            kinds=kinds,
            refutes=trials.refutes,
            rule_refutes=lambda rule: _refuted(rule, seed),
            library=citable,
        )
        if progress is not None:
            progress(done, len(chosen), statement.key)
    return tuple(found)


def _refuted(rule: Rule, seed: int) -> str:
    """Words on free objects that refute a rule; empty where so many tries find none."""
    found = tried(rule, seed, TRIES)
    return f"free objects: {found.reason}" if found.refuted else ""

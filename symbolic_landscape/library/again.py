"""Kept results are decided again in part: what was changed in the store, or is no more so, shows.

Of those that a run takes over, some are chosen anew each time, half of them with recorded findings.
The kernel goes over their proofs, and some instances are decided once more: those first that refute
the statement.

Functions: chosen, disagreements, disagreement.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from random import Random, SystemRandom

from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.pool import Pool
from symbolic_landscape.judge.results import Node, StatementResult
from symbolic_landscape.judge.rows import row_of
from symbolic_landscape.library.loading import Statements
from symbolic_landscape.library.readings import node_of
from symbolic_landscape.statement.lemma import Statement

MANY = 6
"""So many readings are decided again, on so many instances each."""

QUICK = 0.5
"""Those are taken first that took at most so many seconds ..."""

SPENT = 0.5
"""... and after so many seconds of processor time no more."""


def chosen(
    kept: Iterable[StatementResult], chance: Random | None = None
) -> tuple[StatementResult, ...]:
    """Those that are decided again."""
    found = list(kept)
    (chance or SystemRandom()).shuffle(found)
    found.sort(key=lambda r: r.seconds > QUICK)
    recorded = [r for r in found if r.expected]
    others = [r for r in found if not r.expected]
    half = max(MANY // 2, MANY - len(others))
    return tuple([*recorded[:half], *others][:MANY])


def disagreements(
    proofs: Statements, results: Iterable[StatementResult], kept: Mapping[Node, StatementResult]
) -> Iterator[tuple[Node, str]]:
    """Those of the results that are not what is decided now, with words.

    Of what they cite it is taken from `kept` whether it is derived.
    """
    known = {node_of(reading): reading for reading in proofs.readings}
    start = time.process_time()
    derivations = Derivations(proofs.rules.values())
    for result in results:
        statement = known[result.node]
        for cited in statement.cites:
            before = kept.get(node_of(cited))
            if before is not None:
                refused, derived = before.derivation.refused, before.derivation.derived
                derivations.hear(cited, refused, derived)
        try:
            words = disagreement(statement, result, derivations)
        except LandscapeError as error:
            words = str(error)
        if words:
            yield result.node, words
        if time.process_time() - start > SPENT:
            return


def disagreement(statement: Statement, result: StatementResult, derivations: Derivations) -> str:
    """In words what is decided otherwise now; empty where nothing is."""
    if statement.kind == "external":
        return ""
    made = derivations.of(statement)
    before = {step.name: step.accepted for step in result.steps}
    for judged in made.steps:
        if before.get(judged.path) is not judged.accepted:
            return f"the kernel {'accepts' if judged.accepted else 'refuses'} step {judged.path}"
    if made.derived is not result.derivation.derived:
        return f"the proof is {'' if made.derived else 'not '}derived"
    return _decided(statement, _listed(statement, result))


def _listed(statement: Statement, result: StatementResult) -> dict[str, str]:
    """The verdicts on examples of the statement's setting by their keys, refuting ones first."""
    own = [
        one
        for one in result.instances
        if one.origin == "given" and one.setting == statement.setting.title and one.met
    ]
    own.sort(key=lambda one: one.verdict != "fails")
    return {one.key: one.verdict for one in own[:MANY]}


def _decided(statement: Statement, before: Mapping[str, str]) -> str:
    """What is decided on an instance, where that is another thing than before.

    That something holds which was too deep to be decided speaks against nothing. An example that
    was completed by other values than here is not asked again.
    """
    pool, left = Pool((statement.setting,), 0), dict(before)
    for case in pool.cases(statement) if left else ():
        key, name = case.instance.key, case.instance.name
        if key in left:
            row = row_of(statement, case, pool)
            if row is None or not row.met or row.conclusion is None:
                return f"{name} does not meet the hypotheses"
            found = row.conclusion.outcome.value
            if found != left[key] and (left[key], found) != ("undecided", "holds"):
                return f"{name} says {found}, not {left[key]}"
            del left[key]
            if not left:
                break
    return ""

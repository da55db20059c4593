"""No step of a derived proof keeps its word without its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from random import Random

import pytest

from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.kernel import Kernel, Scope
from symbolic_landscape.judge.matching import completed
from symbolic_landscape.judge.replay import Replay
from symbolic_landscape.judge.thrift import idle
from symbolic_landscape.library.lemmas import load_proofs
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.independent_features import (
    CHAIN,
    T3_4_REPAIRED,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.null_directions import NULL, RANK
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.wide_layer_directly import T3_8_REPAIRED
from symbolic_landscape.proofs.rules import RULES
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.step import (
    UNACCEPTED,
    Apply,
    Cases,
    Claimed,
    Contradiction,
    Generic,
    Induct,
    Sampled,
    Step,
)

DERIVATIONS = Derivations(RULES.values())


def hollowed(proof: tuple[Step, ...], reason: object) -> Iterator[tuple[str, tuple[Step, ...]]]:
    """The proof with the reason of each step in turn replaced, inner proofs too."""
    for n, step in enumerate(proof):
        before, after = proof[:n], proof[n + 1 :]
        yield step.name, (*before, replace(step, reason=reason), *after)
        for place, inside in inner(step):
            for name, made in hollowed(inside, reason):
                changed = replace(step, reason=place(made))
                yield f"{step.name}/{name}", (*before, changed, *after)


def inner(step: Step) -> Iterator[tuple[object, tuple[Step, ...]]]:
    """How to put another proof inside a step, and the proof that is there."""
    reason = step.reason
    match reason:
        case Generic() | Contradiction():
            yield lambda made: replace(reason, proof=made), reason.proof
        case Induct():
            yield lambda made: replace(reason, base=made), reason.base
            yield lambda made: replace(reason, step=made), reason.step
        case Cases():
            for n, branch in enumerate(reason.branches):
                rest = reason.branches
                yield (
                    lambda made, n=n, rest=rest: replace(
                        reason, branches=(*rest[:n], made, *rest[n + 1 :])
                    ),
                    branch,
                )


@pytest.mark.parametrize("reason", [Sampled("nothing is said"), Claimed("clear")], ids=repr)
@pytest.mark.parametrize(
    "statement",
    [
        T3_4_REPAIRED,
        *(pytest.param(s, marks=pytest.mark.slow) for s in (T3_8_REPAIRED, CHAIN, NULL, RANK)),
    ],
    ids=lambda s: s.key,
)
def test_no_step_without_its_reason_stays_derived(statement: Statement, reason: object) -> None:
    assert DERIVATIONS.is_derived(statement)
    kernel = Kernel(DERIVATIONS.rules, DERIVATIONS.finished(statement), completed, idle)
    for name, proof in hollowed(statement.proof, reason):
        report = kernel.check(replace(statement.claim, proof=proof))
        assert not report.derived, name


# ---- all papers ----------------------------------------------------------------------------------
PAPERS = ("NH17", "YSJ18", "PS21", "C18", "C21")
OTHER_PROOFS = 0.01
"""Of so many steps at most a rule that is chosen by chance gives the same."""
LONG = ("NH17", "PS21")
"""Their proofs cite long chains."""
A_FEW = 4
"""So many readings of each paper are taken where time is short."""


@cache
def readings(paper: str) -> tuple[Statement, ...]:
    """The readings of a paper that have proofs, in an order by chance."""
    proved = [r for r in load_proofs().readings if r.proof and r.paper == paper]
    Random(paper).shuffle(proved)
    return tuple(r for r in proved if r.kind != "external")


def without_reasons(statement: Statement) -> tuple[int, list[str], list[str]]:
    """How many accepted steps there are, which stand without a reason, and which by another rule.

    The other rule has as many premises. It can happen to fit: then that is another proof.
    """
    chance, tried, hollow, others = Random(statement.key), 0, list[str](), list[str]()
    rules = sorted(RULES.values(), key=lambda rule: rule.name)

    def probe(kernel: Replay, scope: Scope, step: Step, path: str) -> None:
        nonlocal tried
        if path in kernel.open or step.gives is None or isinstance(step.reason, UNACCEPTED):
            return
        tried += 1
        for reason in (Sampled("nothing is said"), Claimed("clear")):
            if kernel.accepts(scope, replace(step, reason=reason), path) is not None:
                hollow.append(f"{path}: {reason!r}")
        fitting = [r for r in rules if len(r.given) == len(step.uses) and r is not rule_of(step)]
        other = chance.choice(fitting)
        if kernel.accepts(scope, replace(step, reason=Apply(other)), path) is not None:
            others.append(f"{path}: {other.name}")

    DERIVATIONS.of(statement)
    DERIVATIONS.replay(statement).report(statement.claim, probe)
    return tried, hollow, others


def rule_of(step: Step) -> Rule | None:
    """The rule that a step applies, if it does."""
    return step.reason.rule if isinstance(step.reason, Apply) else None


@pytest.mark.parametrize(
    "paper", [pytest.param(p, marks=pytest.mark.slow if p in LONG else ()) for p in PAPERS]
)
def test_steps_of_a_few_proofs_do_not_stand_without_their_reasons(paper: str) -> None:
    found = {r.claim.key: without_reasons(r) for r in readings(paper)[:A_FEW]}
    assert sum(tried for tried, *_ in found.values()) >= A_FEW
    assert {key: row for key, row in found.items() if row[1] or row[2]} == {}


@pytest.mark.slow
@pytest.mark.parametrize("paper", PAPERS)
def test_no_step_of_any_proof_stands_without_its_reason(paper: str) -> None:
    found = {r.claim.key: without_reasons(r) for r in readings(paper)}
    steps = sum(tried for tried, *_ in found.values())
    assert steps > len(found)
    assert {key: hollow for key, (_, hollow, _) in found.items() if hollow} == {}
    fitting = [(key, words) for key, (*_, others) in found.items() for words in others]
    assert len(fitting) <= steps * OTHER_PROOFS, fitting

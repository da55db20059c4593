"""No step of a derived proof keeps its word without its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.kernel import Kernel
from symbolic_landscape.judge.matching import completed
from symbolic_landscape.judge.thrift import idle
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.independent_features import (
    CHAIN,
    T3_4_REPAIRED,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.null_directions import NULL, RANK
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.wide_layer_directly import T3_8_REPAIRED
from symbolic_landscape.proofs.rules import RULES
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.step import (
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

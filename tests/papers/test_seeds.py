"""A status does not hang on chance: four times the instances, three seeds, the same answer.

A few readings are taken, those whose names have the least hash values; `--all-seeds` takes every
one, which is for a night.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256

import pytest

from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.statuses import status
from symbolic_landscape.library.desk import Desk
from symbolic_landscape.library.lemmas import load_proofs
from symbolic_landscape.library.readings import node_of
from symbolic_landscape.statement.lemma import Statement

FEW, SEEDS = 6, range(3)


def drawn(reading: Statement) -> str:
    return sha256(str(node_of(reading)).encode()).hexdigest()


READINGS = sorted((r for r in load_proofs().readings if r.kind != "external"), key=drawn)


@cache
def desk() -> Desk:
    return Desk(load_proofs())


def found(reading: Statement, instances: int, seed: int) -> str:
    return status(desk().judged(reading, Options(instances=instances, seed=seed)))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    whole = metafunc.config.getoption("all_seeds")
    metafunc.parametrize("reading", READINGS if whole else READINGS[:FEW], ids=repr)


@pytest.mark.slow
def test_a_status_is_the_same_for_more_instances_and_other_seeds(reading: Statement) -> None:
    usual = found(reading, Options.instances, Options.seed)
    assert {seed: found(reading, 4 * Options.instances, seed) for seed in SEEDS} == dict.fromkeys(
        SEEDS, usual
    )

"""A statement's result is the same alone, among others, in any order, and from kept verdicts."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from symbolic_landscape.judge.packing import pack
from symbolic_landscape.library import run
from symbolic_landscape.library.lemmas import load_proofs
from symbolic_landscape.library.store import Store

KEYS = ("NH17.I5.3", "NH17.R5.general.losses", "NH17.E5.figure", "NH17.L4.3.nonzero")


def data(report: run.CheckReport) -> dict[run.Node, Any]:
    """What was found, without times."""
    return {r.node: {**pack(r), "seconds": 0} for r in report.results}


@pytest.mark.slow
def test_result_is_the_same_alone_and_among_others(tmp_path: Path) -> None:
    proofs, path = load_proofs(), tmp_path / "results.sqlite"
    alone: dict[run.Node, Any] = {}
    for key in KEYS:
        alone |= data(run.check(proofs, [key]))
    assert data(run.check(proofs, reversed(KEYS))) == alone
    for _ in range(2):
        with Store(path, pytest.fail) as store:
            assert data(run.check(proofs, KEYS, store=store)) == alone
        with closing(sqlite3.connect(path)) as connection, connection:
            assert connection.execute("SELECT count(*) FROM facts").fetchone() > (0,)
            connection.execute("DELETE FROM results")


@pytest.mark.slow
def test_result_is_the_same_in_any_process(tmp_path: Path) -> None:
    def found(keys: tuple[str, ...], seed: int, jobs: int) -> Any:
        command = [sys.executable, "-m", "symbolic_landscape", "check", *keys, "--quiet"]
        environment = {
            **os.environ,
            "PYTHONHASHSEED": str(seed),
            "LEMMA_CHECK_CACHE": str(tmp_path / f"{seed}.sqlite"),
        }
        options = ["--jobs", str(jobs), "--format", "json"]
        done = subprocess.run(
            [*command, *options], env=environment, capture_output=True, text=True, check=False
        )
        statements = json.loads(done.stdout)["statements"]
        return {(s["key"], s["reading"]): {**s, "seconds": 0} for s in statements}

    more = (*KEYS, "NH17.L3.3.tanh", "NH17.D5.1", "NH17.R3.8")
    first = found(more, 1, 1)
    assert found(more[::-1], 2, 2) == first
    assert found(more[2:], 3, 1).items() <= first.items()

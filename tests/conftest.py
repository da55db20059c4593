"""What holds for all tests.

Property tests draw the same examples in every run; `--hypothesis-profile=explore` draws new ones.
Commands that the tests start share one folder of compiled modules: without it loading takes twice
as long. Checks of built-in statements share a store that begins empty with each run of the tests.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from symbolic_landscape.library.lemmas import load_proofs
from symbolic_landscape.library.run import CheckReport, check
from symbolic_landscape.library.store import Store

settings.register_profile("fixed", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", deadline=None, max_examples=500)
settings.load_profile("fixed")

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
COMPILED = Path(__file__).resolve().parent.parent / ".pytest_cache" / "compiled"
os.environ.setdefault("PYTHONPYCACHEPREFIX", str(COMPILED))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--all-seeds` tries every reading with several seeds, not a few."""
    parser.addoption("--all-seeds", action="store_true", help="try every reading with three seeds")


@pytest.fixture(scope="session")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., CheckReport]]:
    """Checks of built-in statements; what one process of the run has judged, the others keep."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    proofs = load_proofs()
    with Store(shared / "judged.sqlite", pytest.fail) as store:

        @cache
        def report(*keys: str, seed: int = 0, instances: int = 6) -> CheckReport:
            return check(proofs, keys, seed=seed, instances=instances, store=store)

        yield report

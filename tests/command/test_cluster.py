"""The commands on a Dask cluster: the same answers, whatever becomes of its processes."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

Client = pytest.importorskip("distributed").Client
pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
KEYS = ("PS21.I.line", "PS21.E5.2", "YSJ18.I4")
CHECK = ("check", *KEYS, "--no-cache", "--format", "json")
HUNT = ("hunt", "--widths", "1,4,1", "--samples", "5", "--budget", "1000", "--json")
ENDLESS = ("hunt", "--widths", "1,1,1", "--samples", "1", "--want", "fitted, not global")


class Machine:
    """A scheduler and workers, each a process of its own."""

    def __init__(self, place: Path, workers: int = 2, root: Path = ROOT) -> None:
        self._environment = {**os.environ, "PYTHONPATH": str(root)}
        self._file = place / "scheduler.json"
        self._processes: list[subprocess.Popen[bytes]] = []
        self._count = workers
        wanted = ("--port", "0", "--scheduler-file", str(self._file))
        self.scheduler = self._start("scheduler", *wanted)

    def wait(self) -> None:
        """Start the workers once the scheduler listens, and wait for them."""
        while not self._file.exists():
            assert self.scheduler.poll() is None
            time.sleep(0.1)
        self.address = json.loads(self._file.read_text())["address"]
        self.workers = [self.worker() for _ in range(self._count)]
        with Client(self.address, timeout=240, set_as_default=False) as client:
            client.wait_for_workers(self._count, timeout=240)

    def worker(self) -> subprocess.Popen[bytes]:
        return self._start("worker", self.address, "--nthreads", "1", "--no-nanny")

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        started = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments, "--host", "127.0.0.1", "--no-dashboard"],
            env=self._environment,
            cwd=self._file.parent,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._processes.append(started)
        return started

    def end(self) -> None:
        for process in reversed(self._processes):
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()


@contextmanager
def machine(place: Path, **more: object) -> Iterator[Machine]:
    made = Machine(place, **more)  # type: ignore[arg-type]
    try:
        made.wait()
        yield made
    finally:
        made.end()


def _heed_interrupts() -> None:
    """Undoes what a shell does to jobs in its background, which inherit deafness to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def start(*arguments: str, place: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "symbolic_landscape", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), "LEMMA_CHECK_CACHE": str(place / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_heed_interrupts,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Status, output without times, errors."""
    output, errors = process.communicate(timeout=500)
    return process.returncode, re.sub(r'"seconds": [\d.]+', "", output), errors


def ran(*arguments: str, place: Path) -> tuple[int, str, str]:
    return ended(start(*arguments, place=place))


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, str]:
    """What the check gives without a cluster."""
    return ran(*CHECK, place=tmp_path_factory.mktemp("alone"))[:2]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with machine(tmp_path_factory.mktemp("cluster")) as made:
        yield made


def test_check_gives_the_same_bytes(
    tmp_path: Path, cluster: Machine, alone: tuple[int, str]
) -> None:
    assert ran(*CHECK, "--scheduler", cluster.address, place=tmp_path)[:2] == alone


@pytest.mark.parametrize(
    "asked",
    [
        HUNT,
        ("attack", "PS21.I.line", "--format", "json"),
        ("falsify", "PS21.I.line", "--reading", "repaired", "--budget", "0", "--json"),
        ("falsify", "YSJ18.I1", "--budget", "1000", "--json"),
    ],
    ids=["hunt", "attack", "falsify nothing", "falsify"],
)
def test_searches_give_the_same_bytes(
    tmp_path: Path, cluster: Machine, asked: tuple[str, ...]
) -> None:
    status, output, _ = ran(*asked, place=tmp_path)
    assert output
    assert ran(*asked, "--scheduler", cluster.address, place=tmp_path)[:2] == (status, output)


def test_slow_worker_changes_nothing(
    tmp_path: Path, cluster: Machine, alone: tuple[int, str]
) -> None:
    process = start(*CHECK, "--scheduler", cluster.address, place=tmp_path)
    for _ in range(3):
        time.sleep(1)
        cluster.workers[0].send_signal(signal.SIGSTOP)
        time.sleep(2)
        cluster.workers[0].send_signal(signal.SIGCONT)
    assert ended(process)[:2] == alone


def all_children(process: subprocess.Popen[bytes]) -> list[str]:
    """The children of all threads of a process."""
    tasks = Path(f"/proc/{process.pid}/task")
    return [pid for one in tasks.iterdir() for pid in (one / "children").read_text().split()]


def until(wanted: Callable[[], object], seconds: float = 120) -> bool:
    end = time.monotonic() + seconds
    while not wanted() and time.monotonic() < end:
        time.sleep(0.2)
    return bool(wanted())


def test_interrupt_ends_the_remote_work(tmp_path: Path) -> None:
    with machine(tmp_path, workers=1) as made:
        asked = (*ENDLESS, "--budget", "1000", "--scheduler", made.address)
        process = start(*asked, place=tmp_path)
        assert until(lambda: all_children(made.workers[0])), "it works"
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        status, _, errors = ended(process)
        assert status != 0
        assert "Traceback" not in errors
        assert until(lambda: not all_children(made.workers[0])), "nothing is left at work"


def test_lost_worker_loses_nothing(tmp_path: Path, alone: tuple[int, str]) -> None:
    with machine(tmp_path) as made:
        process = start(*CHECK, "--scheduler", made.address, place=tmp_path)
        assert until(lambda: all_children(made.workers[0]))
        made.workers[0].kill()
        assert ended(process)[:2] == alone


def test_lost_scheduler_leaves_a_report(tmp_path: Path) -> None:
    with machine(tmp_path) as made:
        process = start(*CHECK, "--scheduler", made.address, place=tmp_path)
        assert until(lambda: all_children(made.workers[0]))
        made.scheduler.kill()
        status, output, errors = ended(process)
        assert status == 3
        assert "Traceback" not in errors
        assert '"status": "undecided"' in output


def test_worker_of_another_version_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(
        ROOT / "symbolic_landscape",
        copy / "symbolic_landscape",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    with (copy / "symbolic_landscape" / "judge" / "check.py").open("a") as file:
        file.write("\n# another version\n")
    with machine(tmp_path, workers=1, root=copy) as made:
        status, output, errors = ran(*CHECK, "--scheduler", made.address, place=tmp_path)
    assert (status, output) == (2, "")
    assert errors.count("\n") == 1
    assert "must run the same program, but its source files" in errors


def test_address_without_a_scheduler_is_one_sentence(tmp_path: Path) -> None:
    status, output, errors = ran(*HUNT, "--scheduler", "tcp://127.0.0.1:9", place=tmp_path)
    assert (status, output) == (2, "")
    assert errors.startswith("lemma-check: --scheduler: a Dask scheduler was needed at")
    assert errors.count("\n") == 1

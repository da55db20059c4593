"""Workers of a Dask cluster, on any number of machines.

The scheduler is only told which function to call with which data; every worker has the package
itself, of the same version and with the same files, or its answer is refused. A worker has tasks
done by a fresh process beside each of its threads, which can be ended, whatever it does.

Class: Cluster.

Design notes. Dask gives the tasks of a worker that is lost to another one; a task that was lost
with several workers is lost. The library is imported when a cluster is asked for, so nobody else
waits for it.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
import warnings
from collections.abc import Hashable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from symbolic_landscape.errors import ClusterError, LandscapeError
from symbolic_landscape.workers.crew import Data, Lost, Task, named
from symbolic_landscape.workers.helpers import Helper
from symbolic_landscape.workers.stamp import other, stamp

PATIENCE = 20.0
"""So many seconds the scheduler may not answer."""

QUIET = 60.0
"""So many seconds there may be no worker."""

_LOUD = ("distributed", "tornado", "asyncio")
"""Loggers that tell of a lost connection what is said here in a sentence."""

STOPPING = 60.0
"""So many seconds the workers may take to end what they do; most take a moment."""

CLOSING = 5.0
"""So many seconds the scheduler may take to say goodbye."""


class Cluster:
    """The workers of the scheduler at an address; a task may take so many seconds.

    Raises ClusterError: the library is not installed, no scheduler or worker answers, or a worker
    does not run the same program.
    """

    def __init__(self, address: str, limit: float | None = None) -> None:
        try:
            import distributed
        except ImportError as error:
            message = (
                "--scheduler needs the library distributed, which is not installed: "
                'pip install "symbolic-landscape[cluster]"'
            )
            raise ClusterError(message) from error
        for name in ("distributed", "tornado", "asyncio", *logging.root.manager.loggerDict):
            if name.startswith(_LOUD):
                logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        self.address, self._limit = address, limit
        self._run = uuid.uuid4().hex
        self._answers: SimpleQueue[Any] = SimpleQueue()
        self._under_way: dict[Any, Hashable] = {}
        self._number = 0
        self._heard = time.monotonic()
        try:
            self._client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            message = f"--scheduler: a Dask scheduler was needed at {address}, got: {error}"
            raise ClusterError(message) from error
        try:
            self.places = self._looked_at()
        except BaseException:
            self._close()
            raise

    def _looked_at(self) -> int:
        """How many tasks are done at once; every worker must run this program."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                self._client.wait_for_workers(1, timeout=PATIENCE)
                found = self._client.run(stamp, on_error="return")
            except (OSError, TimeoutError) as error:
                message = f"--scheduler: a worker was needed at {self.address}, got none"
                raise ClusterError(message) from error
        for worker, answer in found.items():
            self._need_same(worker, answer)
        return sum(self._client.nthreads().values())

    def _need_same(self, worker: str, answer: object) -> None:
        words = other(answer) if isinstance(answer, dict) else f"it could not be asked: {answer!r}"
        if words:
            message = f"--scheduler: the worker {worker} must run the same program, but {words}"
            raise ClusterError(message)

    def give(self, name: Hashable, task: Task) -> None:
        """Gives the task to the scheduler."""
        self._number += 1
        future = self._client.submit(
            _answered,
            self._run,
            stamp(task.folders),
            task.name,
            task.data,
            task.folders,
            task.before_name,
            self._limit,
            key=f"lemma-check-{self._run}-{self._number}",
            pure=False,
        )
        self._under_way[future] = name
        future.add_done_callback(self._answers.put)

    def taken(self, seconds: float) -> list[tuple[Hashable, Data | Lost]]:
        """What came in; all that is left as lost where scheduler or workers are gone."""
        ended = []
        with suppress(Empty):
            ended.append(self._answers.get(timeout=seconds))
            while True:
                ended.append(self._answers.get_nowait())
        found = [
            (self._under_way.pop(future), self._answer(future))
            for future in ended
            if future in self._under_way
        ]
        gone = "" if found else self._gone()
        if gone:
            found = [(name, Lost(gone)) for name in self._under_way.values()]
            self._under_way.clear()
        return found

    def _gone(self) -> str:
        """Why no answer will come any more, in words; empty where one may."""
        now = time.monotonic()
        if self._client.status == "running" and self._client.scheduler_info()["workers"]:
            self._heard = now
        elif self._client.status in ("closing", "closed"):
            return f"the scheduler at {self.address} is gone"
        elif self._client.status != "running" and now - self._heard > PATIENCE:
            return f"the scheduler at {self.address} does not answer"
        elif now - self._heard > QUIET:
            return f"the scheduler at {self.address} has no worker any more"
        return ""

    def _answer(self, future: Any) -> Data | Lost:
        """What a worker answered.

        Raises ClusterError where it runs another program.
        """
        try:
            worker, kind, value = future.result(timeout=PATIENCE)
        except Exception as error:
            if future.status == "cancelled":
                return Lost(f"the scheduler at {self.address} is gone")
            return Lost(f"no worker could do it ({type(error).__name__})")
        if kind == "other":
            self._need_same(worker, value)
        if kind == "lost":
            words, limit = value
            return Lost(words, limit)
        return value

    def stop(self) -> None:
        """Ends the work of this run, also what is being done."""
        if self._under_way:
            ending = threading.Thread(target=self._end_work, daemon=True)
            ending.start()
            ending.join(STOPPING)
        self._close()

    def _end_work(self) -> None:
        with suppress(Exception):
            self._client.cancel(list(self._under_way))
            while any(self._client.run(_end, self._run).values()):
                time.sleep(0.1)

    def _close(self) -> None:
        with warnings.catch_warnings(), suppress(Exception):
            warnings.simplefilter("ignore")
            self._client.close(timeout=CLOSING)


# ---- in a worker ---------------------------------------------------------------------------------
_helpers: dict[tuple[int, tuple[str, ...]], tuple[Helper, dict[str, str]]] = {}
_at_work: dict[Helper, str] = {}
_ended: set[str] = set()


def _answered(
    run: str,
    asker: dict[str, str],
    name: str,
    data: Data,
    folders: list[str],
    before: str,
    limit: float | None,
) -> tuple[str, str, Data]:
    """The worker's name, the kind of its answer, and the answer."""
    from distributed import get_worker

    worker = get_worker().address
    here = stamp(folders)
    if here != asker:
        return worker, "other", here
    helper = _helper(tuple(folders), here)
    _at_work[helper] = run
    try:
        if run in _ended:
            return worker, "lost", ("the run has ended", 0.0)
        task = Task(named(name), data, before=named(before) if before else None)
        answer = helper.ask(task, limit)
    except LandscapeError as error:
        answer = Lost(str(error))
    finally:
        _at_work.pop(helper, None)
    if isinstance(answer, Lost):
        return worker, "lost", (answer.words, answer.seconds)
    return worker, "value", answer


def _helper(folders: tuple[str, ...], here: dict[str, str]) -> Helper:
    """The process of this thread for these folders, a new one where their files have changed."""
    place = threading.get_ident(), folders
    helper, loaded = _helpers.get(place, (Helper(), here))
    if loaded != here:
        helper.end()
    _helpers[place] = helper, here
    return helper


def _end(run: str) -> bool:
    """Ends the processes that work for a run, and does nothing more for it; whether any did."""
    _ended.add(run)
    working = [helper for helper, other_run in list(_at_work.items()) if other_run == run]
    for helper in working:
        helper.end()
    return bool(working)

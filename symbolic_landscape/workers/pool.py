"""Processes of this machine that begin as copies of this one, where the system can fork.

Class: Pool. Function: lost.

Design notes. Copies have at once what is loaded here. Processes that do nothing while something is
left to be done are replaced, and given up where that does not help.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Hashable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress

from pebble import ProcessExpired, ProcessPool

from symbolic_landscape.workers.crew import Data, Lost, Task

QUIET = 60.0
"""So many seconds all processes may be idle while something is left to be done."""

ATTEMPTS = 3
"""So many sets of processes are tried."""


class Pool:
    """So many processes; a task may take so many seconds."""

    def __init__(self, places: int, limit: float | None = None) -> None:
        self.places, self._limit = places, limit
        self._given: dict[Hashable, Task] = {}
        self._futures: dict[Future[Data], Hashable] = {}
        self._attempts = ATTEMPTS
        self._pool: ProcessPool | None = None
        self._heard = time.monotonic()

    def give(self, name: Hashable, task: Task) -> None:
        """Sends the task to a process."""
        self._given[name] = task
        self._send(name)

    def _send(self, name: Hashable) -> None:
        if self._pool is None:
            if not self._attempts:
                return
            self._attempts -= 1
            self._heard = time.monotonic()
            self._pool = ProcessPool(max_workers=self.places, context=multiprocessing.get_context())
        task = self._given[name]
        with suppress(RuntimeError):  # it is broken: too many of its processes died
            future = self._pool.schedule(task.call, args=(task.data,), timeout=self._limit)
            self._futures[future] = name

    def taken(self, seconds: float) -> list[tuple[Hashable, Data | Lost]]:
        """What came in; after several vain attempts, all that is left as lost."""
        ended, _ = wait(self._futures, timeout=seconds, return_when=FIRST_COMPLETED)
        if ended or (multiprocessing.active_children() and any(f.running() for f in self._futures)):
            self._heard = time.monotonic()
        found = [(self._futures.pop(f), lost(f, self._limit)) for f in ended]
        for name, _ in found:
            del self._given[name]
        broken = len(self._futures) < len(self._given)
        if self._given and (broken or time.monotonic() - self._heard > QUIET):
            self._end()
            for name in self._given if self._attempts else ():
                self._send(name)
            if not self._attempts and self._pool is None:
                found += [(name, Lost("its process did not answer")) for name in self._given]
                self._given.clear()
        return found

    def _end(self) -> None:
        self._futures.clear()
        if self._pool is not None:
            self._pool.stop()
            self._pool.join(QUIET)
            self._pool = None

    def stop(self) -> None:
        """Ends the processes."""
        self._given.clear()
        self._end()


def lost(future: Future[Data], limit: float | None) -> Data | Lost:
    """What a process answered, or why it did not."""
    try:
        return future.result()
    except TimeoutError:
        return Lost(f"ran out of time after {limit:g} s", limit or 0.0)
    except ProcessExpired as error:
        return Lost(f"its process ended early with exit code {error.exitcode}")
    except (RuntimeError, OSError) as error:
        return Lost(f"its process could not work ({error})")

"""Fresh Python processes that answer tasks: they have never loaded what this process has.

Classes: Helper, Helpers. Function: main.

Design notes. A question and its answer are a line of JSON each, so nothing that the other side has
in its memory comes along. A helper whose asker is gone ends at once, whatever it does. What code
prints goes to standard error.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Hashable
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue, SimpleQueue

from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.workers.crew import Data, Lost, Task, named

_ROOT = Path(__file__).parents[2]
_PATH = os.pathsep.join(dict.fromkeys((str(_ROOT), *filter(None, sys.path))))
_START = f"from {__name__} import main; main()"
_CHUNK = 1 << 16


class Helper:
    """One such process, started with its first question, and anew after its end."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._read = b""

    def ask(self, task: Task, limit: float | None = None) -> Data | Lost:
        """The answer, within so many seconds.

        Raises LandscapeError with the sentence of the one that the task raised.
        """
        if limit is not None and task.before is not None:
            ready = self.ask(Task(task.before, task.data))
            if isinstance(ready, Lost):
                return ready
        try:
            process = self._started()
            assert process.stdin is not None
            process.stdin.write(json.dumps([task.name, task.data]).encode() + b"\n")
            process.stdin.flush()
            line = self._line(process, limit)
        except OSError:
            line = b""
        if line is None:
            self.end()
            return Lost(f"ran out of time after {limit:g} s", limit or 0.0)
        if not line:
            return Lost(f"its process ended early with exit code {self.end()}")
        kind, value = json.loads(line)
        if kind == "refused":
            raise LandscapeError(value)
        return value if kind == "value" else Lost(f"its process could not work ({value})")

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.end()
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _START],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": _PATH},
                start_new_session=True,  # an interrupt from the keyboard is the asker's to hear
            )
        return self._process

    def _line(self, process: subprocess.Popen[bytes], limit: float | None) -> bytes | None:
        """The next line; None where it takes too long, empty where the process is gone."""
        assert process.stdout is not None
        end = None if limit is None else time.monotonic() + limit
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while b"\n" not in self._read:
                left = None if end is None else end - time.monotonic()
                if left is not None and not (left > 0 and selector.select(left)):
                    return None
                more = os.read(process.stdout.fileno(), _CHUNK)
                if not more:
                    return b""
                self._read += more
        line, _, self._read = self._read.partition(b"\n")
        return line

    def end(self) -> int | None:
        """Ends the process, whatever it does; with which exit code it ended."""
        process, self._process, self._read = self._process, None, b""
        if process is None:
            return None
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(OSError):
            process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.2)
        if process.poll() is None:
            process.kill()
        process.stdout.close()
        return process.wait()


class Helpers:
    """So many helpers, each with the statements of the folders of the task that it did first."""

    def __init__(
        self, places: int, limit: float | None = None, first: Helper | None = None
    ) -> None:
        """`first` is one that has been asked already, if there is one."""
        self.places, self._limit, self._first = places, limit, first
        self._helpers: list[Helper] = []
        self._tasks: Queue[tuple[Hashable, Task] | None] = Queue()
        self._answers: SimpleQueue[tuple[Hashable, Data | Lost]] = SimpleQueue()

    def give(self, name: Hashable, task: Task) -> None:
        """Puts the task where the next free helper takes it; starts one if there are too few."""
        self._tasks.put((name, task))
        if len(self._helpers) < self.places:
            helper, self._first = self._first or Helper(), None
            self._helpers.append(helper)
            threading.Thread(target=self._serve, args=(helper,), daemon=True).start()

    def _serve(self, helper: Helper) -> None:
        while (given := self._tasks.get()) is not None:
            name, task = given
            try:
                answer = helper.ask(task, self._limit)
            except LandscapeError as error:
                answer = Lost(str(error))
            self._answers.put((name, answer))
        helper.end()

    def taken(self, seconds: float) -> list[tuple[Hashable, Data | Lost]]:
        """What came in."""
        found = []
        with suppress(Empty):
            found.append(self._answers.get(timeout=seconds))
            while True:
                found.append(self._answers.get_nowait())
        return found

    def stop(self) -> None:
        """Ends the helpers."""
        with suppress(Empty):
            while True:
                self._tasks.get_nowait()
        for helper in self._helpers:
            self._tasks.put(None)
            helper.end()
        self._helpers = []


# ---- the process itself --------------------------------------------------------------------------
def main() -> None:
    """Answers questions until nobody asks any more."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)
        questions: SimpleQueue[str] = SimpleQueue()
        threading.Thread(target=_listen, args=(questions,), daemon=True).start()
        while True:
            name, data = json.loads(questions.get())
            answers.write(json.dumps(_reply(name, data)) + "\n")
            answers.flush()


def _listen(questions: SimpleQueue[str]) -> None:
    for line in sys.stdin:
        questions.put(line)
    os._exit(0)  # whoever asked is gone


def _reply(name: str, data: Data) -> tuple[str, Data]:
    try:
        return "value", named(name)(data)
    except LandscapeError as error:
        return "refused", str(error)
    except Exception as error:
        return "failed", f"{type(error).__name__}: {error}"

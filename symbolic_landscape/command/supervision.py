"""A run of a user's own statements is watched from outside: its exit status is never theirs.

Code of a statement may end its process at any moment, with any status. So a command with `--proofs`
runs in a process of its own where the system can fork, and tells its status through a pipe; where
nothing is told, the answer is not complete.

A decision about a point can be held up in one long step that nothing interrupts. So `classify` and
`certify` run in a process of their own too, which is ended after a time that the budget says; with
`--proofs` both are so.

Functions: runs_own_code, watched, longest, limited. Class: Ended.
"""

from __future__ import annotations

import math
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

INCOMPLETE = 2
"""Exit status where own code ended the run: it is bad input."""

UNDECIDED = 3
"""Exit status where a decision was ended."""

BUDGET, LEAST, TIMES = 10.0, 60.0, 10.0
"""The budget where none is given; a command may take LEAST + TIMES * budget seconds."""

DECIDING = ("classify", "certify")
"""The commands that decide about a point."""

PAUSE = 0.05
"""Seconds between two looks at a process that may be ended."""

_FORWARDED = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


class Ended(SystemExit):
    """A command came to its own end."""


def runs_own_code(arguments: Sequence[str]) -> bool:
    """Whether code of somebody's is to be run, and a process of its own can be had.

    `check` has that code run by other processes itself.
    """
    if _command(arguments) == "check":
        return False
    named = any(argument.split("=")[0] == "--proofs" for argument in arguments)
    graded = "exercise" in arguments and "grade" in arguments
    return (named or graded) and hasattr(os, "fork")


def _command(arguments: Sequence[str]) -> str:
    """The name of the command, behind options of all commands."""
    rest = iter(arguments)
    for argument in rest:
        if argument == "--proofs":
            next(rest, "")
        elif not argument.startswith("-"):
            return argument
    return ""


def watched(run: Callable[[], object], seconds: float | None = None) -> int:
    """The status with which `run` ends, which it says by raising `Ended`, in a process of its own.

    That process is ended after so many seconds, if any. In it this does not return.
    """
    told, telling = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(told)
        os.setsid()  # an interrupt comes through the parent alone, once
        try:
            run()
        except Ended as end:
            os.write(telling, str(end.code).encode())
            raise
    os.close(telling)
    with _forwarded(child), os.fdopen(told) as pipe:
        ended = _waited(child, seconds)
        if ended is None:
            return _too_long(seconds or 0)
        os.set_blocking(told, False)  # what the code left behind may hold the pipe open
        reply = pipe.read() or ""
    if reply:
        return int(reply)
    status = os.waitstatus_to_exitcode(ended)
    sys.stderr.write(
        "lemma-check: code of a statement's file ended the run before its answer was "
        f"complete, with exit status {status}\n"
    )
    return INCOMPLETE


def _waited(child: int, seconds: float | None) -> int | None:
    """How a process ended; None if it had to be ended, with all that it started."""
    if seconds is None:
        return os.waitpid(child, 0)[1]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status
        time.sleep(PAUSE)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def _too_long(seconds: float) -> int:
    sys.stderr.write(
        f"lemma-check: undecided: the decision was ended after {seconds:g} s, in a step that "
        "is not interrupted; a greater --budget gives it more time\n"
    )
    return UNDECIDED


def longest(arguments: Sequence[str]) -> float | None:
    """So many seconds the command may take; None where it has no limit, or none can be kept."""
    if _command(arguments) not in DECIDING or not hasattr(os, "fork"):
        return None
    words = [word for argument in arguments for word in argument.split("=", 1)]
    given = words[words.index("--budget") + 1 :][:1] if "--budget" in words else []
    try:
        budget = float(given[0]) if given else BUDGET
    except ValueError:
        budget = BUDGET  # the command itself says what is wrong
    return LEAST + TIMES * max(0.0, budget) if math.isfinite(budget) else None


def limited(run: Callable[[], object], seconds: float) -> int:
    """The status with which `run` ends the process, which is another one, within so many seconds.

    In that process this does not return.
    """
    held, holding = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(held)
        os.setsid()  # an interrupt comes through the parent alone, once
        run()
    os.close(holding)
    with _forwarded(child), os.fdopen(held):
        ended, _, _ = select.select([held], [], [], max(0.0, seconds))
        if not ended:
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if not ended:
        return _too_long(seconds)
    return code if code >= 0 else 128 - code


@contextmanager
def _forwarded(child: int) -> Iterator[None]:
    """Sends interrupts on to the child, unless they are ignored here."""

    def send(number: int, frame: FrameType | None) -> None:
        os.kill(child, number)

    before = {number: signal.getsignal(number) for number in _FORWARDED}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, send)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

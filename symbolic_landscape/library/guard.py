"""Code of a user's runs within limits: whatever it raises, and however long it takes, one sentence.

Functions: loading, own_code, said. Class: Interrupts.

Design notes. A statement is Python and may do anything; what is guarded against is an accident, not
an enemy: an exception of any kind, one whose text cannot be had, an exit, a loop without end. A
loop is cut off by a timer where the system has one, by an exception that no `except Exception`
catches, again and again until it is through. An interrupt from the keyboard can be lost where it
arrives in code from which no exception comes out, such as a callback of the garbage collector; so
it is also noted, and raised again.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Self

from symbolic_landscape.errors import DeclarationError, LandscapeError, ProofsError

_AGAIN = 0.3
_HAS_TIMERS = hasattr(signal, "setitimer")


LOADING = 60.0
"""So many seconds a user's file of statements may take to be loaded."""


class _TooLongError(BaseException):
    """Code of a user's ran out of its time."""


def said(error: BaseException) -> str:
    """The text of an error on one line, also of one that cannot say it."""
    try:
        return " ".join(str(error).split())
    except Exception:
        return "an error whose text cannot be had"


@contextmanager
def loading(within: str, *, own: bool = False) -> Iterator[None]:
    """Runs a file of statements; what goes wrong is told with its line in files named `within`.

    Raises ProofsError for everything that the code raises, an exit, and more than a minute for a
    file of a user's own.
    """
    try:
        with _limited(LOADING if own else None):
            yield
    except ProofsError:
        raise
    except SyntaxError as error:
        place = f"{error.filename}:{error.lineno}" if error.lineno else within
        message = f"{place}: {error.msg}"
        raise ProofsError(message) from error
    except LandscapeError as error:
        message = f"{_place(error, within)}: {said(error)}"
        raise ProofsError(message) from error
    except (Exception, SystemExit, _TooLongError) as error:
        message = f"{_place(error, within)}: {type(error).__name__}: {said(error)}"
        raise ProofsError(message) from error


@contextmanager
def own_code(what: str, seconds: float | None = None) -> Iterator[None]:
    """Runs code of a statement, which may raise anything; it becomes one sentence with its place.

    Raises DeclarationError for all that is not one of the package's own errors, and after so many
    seconds.
    """
    try:
        with _limited(seconds):
            yield
    except LandscapeError:
        raise
    except (Exception, SystemExit, _TooLongError) as error:
        message = f"{what}: {_place(error)}: {type(error).__name__}: {said(error)}"
        raise DeclarationError(message) from error


def _place(error: BaseException, within: str = "") -> str:
    frames = list(traceback.extract_tb(error.__traceback__))
    inside = [frame for frame in frames if within in frame.filename] or frames
    return f"{inside[-1].filename}:{inside[-1].lineno}"


@contextmanager
def _limited(seconds: float | None) -> Iterator[None]:
    """Raises _TooLongError inside after so many seconds, in the main thread of a process.

    A process that the code inside made by forking ends here.
    """
    process, timed = os.getpid(), seconds is not None and _HAS_TIMERS and _is_main()

    def late(number: int, frame: FrameType | None) -> None:
        message = f"it did not end within {seconds:g} s"
        raise _TooLongError(message)

    if timed:
        before = signal.signal(signal.SIGALRM, late)
        left, again = signal.setitimer(signal.ITIMER_REAL, seconds or 0, _AGAIN)
    try:
        yield
    finally:
        if os.getpid() != process:
            os._exit(0)
        if timed:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
            signal.setitimer(signal.ITIMER_REAL, left, again)  # of a limit around this one


def _is_main() -> bool:
    return threading.current_thread() is threading.main_thread()


class Interrupts:
    """Notes an interrupt from the keyboard, and raises KeyboardInterrupt until it is heard."""

    def __init__(self) -> None:
        self._met = False
        self._before: dict[int, Any] = {}
        self._hook = sys.unraisablehook

    def check(self) -> None:
        """Raises KeyboardInterrupt where one was noted that did not come through."""
        if self._met:
            raise KeyboardInterrupt

    def heard(self) -> None:
        """Ends the repetition."""
        self._met = False
        if _HAS_TIMERS and self._before:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    def __enter__(self) -> Self:
        if _is_main() and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            self._before[signal.SIGINT] = signal.signal(signal.SIGINT, self._meet)
            if _HAS_TIMERS:
                self._before[signal.SIGVTALRM] = signal.signal(signal.SIGVTALRM, self._repeat)
            sys.unraisablehook = self._unraised
        return self

    def __exit__(self, *exception: object) -> None:
        self.heard()
        for number, handler in self._before.items():
            signal.signal(number, handler)
        sys.unraisablehook = self._hook

    def _meet(self, number: int, frame: FrameType | None) -> None:
        self._met = True
        if _HAS_TIMERS:
            signal.setitimer(signal.ITIMER_VIRTUAL, _AGAIN, _AGAIN)
        raise KeyboardInterrupt

    def _repeat(self, number: int, frame: FrameType | None) -> None:
        self.check()

    def _unraised(self, unraisable: Any) -> None:
        """An interrupt that was lost is raised again; there is nothing to say of it."""
        if not issubclass(unraisable.exc_type, KeyboardInterrupt):
            self._hook(unraisable)

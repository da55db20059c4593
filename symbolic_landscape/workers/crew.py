"""The one interface to whoever does the work: tasks go in under names, answers come in any order.

A task is a call of a function of the package, which stands at the top of its module, with plain
JSON data, and the answer is such data: so it means the same in every process and on every machine.

Objects: Task, Lost, Crew, Here. Functions: named, in_order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import count, islice
from typing import Any, Protocol

from symbolic_landscape.errors import LandscapeError

_PACKAGE = __name__.partition(".")[0]

AHEAD = 3
"""So many tasks for each place are under way where the answers are wanted in order."""

FAR = 30
"""... and none that is so many for each place behind the first one that is not answered."""

Data = Any
"""What JSON can say."""


@dataclass(frozen=True)
class Task:
    """A call with its data, for a process that loads the statements of these folders, or none.

    `before` makes ready what it needs, with the same data, and does not count in its time.
    """

    call: Callable[[Data], Data]
    data: Data
    folders: tuple[str, ...] = ()
    before: Callable[[Data], Data] | None = None

    @property
    def name(self) -> str:
        """The function, as in 'package.module:name'."""
        return _name(self.call)

    @property
    def before_name(self) -> str:
        """The function that goes before, empty where there is none."""
        return "" if self.before is None else _name(self.before)


@dataclass(frozen=True)
class Lost:
    """Why there is no answer; `seconds` is the limit where the task ran out of time."""

    words: str
    seconds: float = 0.0


class Crew(Protocol):
    """Those who do the work."""

    places: int
    """So many tasks are done at once."""

    def give(self, name: Hashable, task: Task) -> None:
        """Takes a task under a name that no other task has."""

    def taken(self, seconds: float) -> list[tuple[Hashable, Data | Lost]]:
        """The answers that came since the last call, each once; waits so long for the first."""

    def stop(self) -> None:
        """Ends all work; what was not taken is gone."""


def _name(call: Callable[[Data], Data]) -> str:
    return f"{call.__module__}:{call.__qualname__}"


def named(name: str) -> Callable[[Data], Data]:
    """The function of the package with the name of a task.

    Raises LandscapeError where it is none.
    """
    module, _, function = name.partition(":")
    if module.partition(".")[0] != _PACKAGE:
        message = f"a task must be a function of {_PACKAGE}, got {name}"
        raise LandscapeError(message)
    found: Callable[[Data], Data] = getattr(import_module(module), function)
    return found


class Here:
    """The process itself: a task is done when its answer is asked for, in the order given."""

    places = 1

    def __init__(self) -> None:
        self._given: deque[tuple[Hashable, Task]] = deque()

    def give(self, name: Hashable, task: Task) -> None:
        """Puts the task at the end."""
        self._given.append((name, task))

    def taken(self, seconds: float) -> list[tuple[Hashable, Data | Lost]]:
        """The answer to the next task."""
        if not self._given:
            return []
        name, task = self._given.popleft()
        try:
            return [(name, task.call(task.data))]
        except LandscapeError as error:
            return [(name, Lost(str(error)))]

    def stop(self) -> None:
        """Forgets what was given."""
        self._given.clear()


def in_order(
    crew: Crew,
    tasks: Iterable[Task],
    check: Callable[[], None] = lambda: None,
    came: Callable[[int, Data | Lost], None] = lambda number, answer: None,
) -> Iterator[Data | Lost]:
    """The answers in the order of the tasks, which may be without end.

    `came` hears of each answer as it comes. `check` is called again and again and ends the work by
    raising.
    """
    todo, answers = iter(tasks), dict[Hashable, Data | Lost]()
    given = under_way = 0
    for number in count():
        while number not in answers:
            room = min(AHEAD * crew.places - under_way, FAR * crew.places - (given - number))
            for task in islice(todo, max(0, room)):
                crew.give(given, task)
                given += 1
                under_way += 1
            if not under_way:
                return
            for name, answer in crew.taken(1.0):
                assert isinstance(name, int)
                answers[name] = answer
                under_way -= 1
                came(name, answer)
            check()
        yield answers.pop(number)

"""Those who do the work: one interface, the same answers, nothing waited for in vain."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Hashable, Iterator
from itertools import count, islice
from pathlib import Path
from types import SimpleNamespace

import pytest

from symbolic_landscape.errors import ClusterError, LandscapeError
from symbolic_landscape.library.cards import own_cards
from symbolic_landscape.workers import cluster
from symbolic_landscape.workers.cluster import Cluster
from symbolic_landscape.workers.crew import Crew, Data, Here, Lost, Task, in_order, named
from symbolic_landscape.workers.helpers import Helper, Helpers
from symbolic_landscape.workers.pool import Pool
from symbolic_landscape.workers.stamp import other, stamp, trusted_base

OWN = """
from symbolic_landscape.statement.language import natural
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.setting import Setting

n = natural("n")
ONE = Statement(
    "OWN.L1", Setting("a number", variables=(n,)), kind="KIND", title="n", where="page 1", given={},
    then=n == n,
)
"""


def all_of(crew: Crew, many: int) -> dict[Hashable, Data]:
    found: dict[Hashable, Data] = {}
    while len(found) < many:
        found |= dict(crew.taken(1.0))
    return found


@pytest.mark.parametrize("crew", [Here(), Pool(2), Helpers(2)], ids=["here", "pool", "helpers"])
def test_every_crew_gives_the_same_answers(crew: Crew) -> None:
    theirs = [stamp(), {**stamp(), "numpy": "0"}, {}]
    try:
        for number, one in enumerate(theirs):
            crew.give(number, Task(other, one))
        assert all_of(crew, 3) == dict(enumerate(map(other, theirs)))
        assert crew.taken(0.01) == []
    finally:
        crew.stop()


def test_helper_tells_errors_and_is_started_again() -> None:
    helper = Helper()
    try:
        broken = helper.ask(Task(other, 3))
        assert isinstance(broken, Lost)
        assert "TypeError" in broken.words
        assert helper.ask(Task(other, stamp())) == ""
        process = helper._process
        assert process is not None
        os.kill(process.pid, signal.SIGSTOP)
        late = helper.ask(Task(other, stamp()), 0.2)
        assert late == Lost("ran out of time after 0.2 s", 0.2)
        assert process.poll() is not None, "what takes too long is ended"
        assert helper.ask(Task(other, stamp())) == ""
        process = helper._process
        assert process is not None
        process.kill()
        process.wait()
        assert helper.ask(Task(other, stamp())) == "", "a dead one is replaced"
    finally:
        helper.end()


def test_helper_ends_with_its_asker() -> None:
    helper = Helper()
    helper.ask(Task(other, {}))
    process = helper._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(20) == 0
    helper.end()


@pytest.mark.parametrize("name", ["os:getcwd", "symbolic_landscapes.errors:x", ""])
def test_only_functions_of_the_package_are_tasks(name: str) -> None:
    with pytest.raises(LandscapeError, match="must be a function of symbolic_landscape"):
        named(name)


class Shuffled:
    """A crew whose answers come in the order of their digits backwards."""

    places = 4

    def __init__(self) -> None:
        self.given: list[tuple[Hashable, Task]] = []

    def give(self, name: Hashable, task: Task) -> None:
        self.given.append((name, task))

    def taken(self, seconds: float) -> list[tuple[Hashable, Data | Lost]]:
        self.given.sort(key=lambda row: str(row[0])[::-1])
        name, one = self.given.pop()
        return [(name, one.data)]

    def stop(self) -> None:
        self.given.clear()


def test_answers_come_in_the_order_of_the_tasks() -> None:
    def tasks() -> Iterator[Task]:
        return (Task(other, number) for number in count())

    came: list[int] = []
    found = in_order(Shuffled(), tasks(), came=lambda number, _: came.append(number))
    assert list(islice(found, 20)) == list(range(20))
    assert came != sorted(came)
    few = in_order(Shuffled(), islice(tasks(), 7))
    assert list(few) == list(range(7))


def test_check_ends_the_waiting() -> None:
    def over() -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        next(in_order(Shuffled(), (Task(other, n) for n in range(9)), over))


def test_stamp_names_the_first_difference() -> None:
    assert other(stamp()) == ""
    assert trusted_base().items() <= stamp().items()
    assert "its source files is 0, and here" in other({**stamp(), "source files": "0"})


def test_cluster_without_its_library_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"symbolic-landscape\[cluster\]"):
        Cluster("tcp://127.0.0.1:1")


def test_worker_loads_a_folder_again_that_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = SimpleNamespace(address="worker")
    monkeypatch.setitem(sys.modules, "distributed", SimpleNamespace(get_worker=lambda: worker))
    one, name, folders = tmp_path / "one.py", f"{own_cards.__module__}:own_cards", [str(tmp_path)]

    def asked(asker: dict[str, str]) -> tuple[str, str, Data]:
        wanted = {"folders": folders}
        return cluster._answered("run", asker, name, wanted, folders, "", None)

    try:
        for word in ("lemma", "remark"):
            one.write_text(OWN.replace("KIND", word))
            _, kind, answer = asked(stamp(folders))
            assert (kind, [card["kind"] for card in answer["cards"]]) == ("value", [word])
    finally:
        for helper, _ in cluster._helpers.values():
            helper.end()
        cluster._helpers.clear()
    asker = stamp(folders)
    one.write_text("")
    assert asked(asker)[1:] == ("other", stamp(folders))
    assert f"its {tmp_path} is" in other(asker)


def test_stopped_helpers_do_not_wait() -> None:
    crew, start = Helpers(1), time.monotonic()
    crew.give(0, Task(other, {}))
    all_of(crew, 1)
    (helper,) = crew._helpers
    assert helper._process is not None
    os.kill(helper._process.pid, signal.SIGSTOP)
    crew.give(1, Task(other, {}))
    crew.stop()
    assert time.monotonic() - start < 60

"""The rows of plain networks here and in other folders of the project, in turns in one run.

    python tests/benchmarks --against FOLDER ... [--only T3 T8]

Each folder has a process of its own that does the work with the engine of that folder, measured by
the same code: this one. The processes take turns, one round after the other, so that a ratio
compares two times from the same minute.

Objects: Work, Side, Compared. Functions: works, compare.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROUNDS = 9
LEAST_SECONDS = 0.05
SAME = 9
"""So many digits of values in balls must agree."""


@dataclass(frozen=True)
class Work:
    """What is timed, and what it answers as text; making it is not timed."""

    target: str
    name: str
    make: Callable[[], tuple[Callable[[], Any], Callable[[Any], str]]]


def works(targets: Collection[str] = ()) -> list[Work]:
    """The work of the rows T1 to T10 on plain networks, or of these targets among them."""
    from benchmarks import engine

    from symbolic_landscape.arithmetic import BallField, certainly_definite, eigenvalue_enclosures

    sizes = engine.FULL
    found = []

    def exact(widths: tuple[int, ...]) -> Any:
        return engine.exact_side(engine.problem(widths, "square")), lambda at: str(at[0])

    def balls(widths: tuple[int, ...]) -> Any:
        run = engine.ball_side(engine.problem(widths, "tanh"))
        return run, lambda at: f"{float(at[0].enclose(64).mid()):.{SAME}g}"

    def symbolic(run: str) -> Any:
        surface = engine.problem(sizes.small, "tanh")
        ways = {
            "nodes": lambda: surface.surface.nodes(2),
            "objects": lambda: surface.surface.hessian,
        }
        return ways[run], lambda _: ""

    def inertia() -> Any:
        hessian = engine.exact_side(engine.problem(sizes.middle, "square"))()[2]
        return hessian.inertia, str

    def definite() -> Any:
        given = engine.problem(sizes.large, "tanh")
        hessian = engine.ball_side(given)()[2]
        shift = int(abs(engine.floats(hessian)).sum(axis=1).max()) + 1
        moved = hessian + BallField(engine.BITS).identity(given.size).scale(shift)
        return partial(certainly_definite, moved), str

    def eigenvalues() -> Any:
        hessian = engine.ball_side(engine.problem(sizes.large, "tanh"))()[2]
        return partial(eigenvalue_enclosures, hessian), lambda found: f"{float(found[-1]):.9g}"

    def rank(low: int) -> Any:
        return engine.rank_problem(sizes.rank, low).rank, str

    def minimum() -> Any:
        found = engine.Minimum()
        return found.certified, lambda done: f"{float(done.box.raw.entries()[0]):.9g}"

    for target, widths in (
        ("T1", sizes.one_hidden),
        ("T3", sizes.small),
        ("T3", sizes.middle),
        ("T3", sizes.large),
    ):
        shown = "-".join(map(str, widths))
        found.append(Work(target, f"exact Hessian {shown} t^2", partial(exact, widths)))
    for widths in (sizes.small, sizes.middle, sizes.large):
        shown = "-".join(map(str, widths))
        found.append(Work("T4", f"ball Hessian {shown} tanh", partial(balls, widths)))
    found += [
        Work("T6", "symbolic Hessian 2-3-3-1, nodes", partial(symbolic, "nodes")),
        Work("T6", "symbolic Hessian 2-3-3-1, objects", partial(symbolic, "objects")),
        Work("T7", "exact inertia 2-5-5-1", inertia),
        Work("T8", "definite 2-21-21-1", definite),
        Work("T8", "eigenvalues 2-21-21-1", eigenvalues),
        Work("T9", "exact rank 60 of 60", partial(rank, sizes.rank)),
        Work("T9", "exact rank 50 of 60", partial(rank, sizes.rank * 5 // 6)),
        Work("T10", "certified minimum 2-1-1-1", minimum),
    ]
    return [work for work in found if not targets or work.target in targets]


class Side:
    """A process with the engine of one folder."""

    def __init__(self, folder: Path, targets: Collection[str]) -> None:
        self.folder = folder
        path = os.pathsep.join((str(HERE.parent), str(folder.resolve())))
        threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(Path(__file__).resolve()), *targets],
            env={**os.environ, **threads, "PYTHONPATH": path},
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, *question: Any) -> Any:
        """The answer of the process. Raises RuntimeError: it has ended."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        print(json.dumps(question), file=process.stdin, flush=True)
        line = process.stdout.readline()
        if not line:
            message = f"the process with the engine of {self.folder} has ended"
            raise RuntimeError(message)
        return json.loads(line)

    def close(self) -> None:
        """Ends the process."""
        with self._process:
            pass


@dataclass(frozen=True)
class Compared:
    """The times of one work here and in another folder."""

    target: str
    name: str
    folder: str
    here: Any
    there: Any


def compare(
    folders: Collection[Path], targets: Collection[str] = (), rounds: int = ROUNDS
) -> Iterator[Compared]:
    """Each work here and in the folders, in turns. Raises ValueError where answers differ."""
    from benchmarks.timing import Times

    sides = [Side(folder, targets) for folder in (HERE.parent.parent, *folders)]
    try:
        for number, (target, name) in enumerate(sides[0].ask("names")):
            found = [side.ask("start", number) for side in sides]
            answers = {answer for _, answer in found}
            if len(answers) > 1:
                message = f"{name}: one answer of all folders was needed, got {sorted(answers)}"
                raise ValueError(message)
            times: list[list[float]] = [[] for _ in sides]
            for _ in range(rounds):
                for side, (repeats, _), kept in zip(sides, found, times, strict=True):
                    kept.append(side.ask("time", repeats))
            here, *others = (Times(tuple(kept)) for kept in times)
            for folder, there in zip(folders, others, strict=True):
                yield Compared(target, name, folder.name, here, there)
    finally:
        for side in sides:
            side.close()


def _serve(targets: Collection[str]) -> None:
    """Answers questions, one a line: names, start a work, or time it so many times in a row."""
    from benchmarks.timing import repeats_of, timed
    from sympy.core.cache import clear_cache

    known = works(targets)
    run: Callable[[], Any] | None = None
    for line in sys.stdin:
        match json.loads(line):
            case ["names"]:
                answer: Any = [[work.target, work.name] for work in known]
            case ["start", number]:
                clear_cache()
                run, shown = known[number].make()
                answer = [repeats_of(run, LEAST_SECONDS), shown(run())]
            case ["time", repeats]:
                assert run is not None
                clear_cache()
                answer = timed(run, repeats)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    _serve(sys.argv[1:])

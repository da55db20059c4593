"""Rows of whole answers: `classify`, a large network, all critical points (T10, T13 to T15).

Functions: rows, near_rows, field_rows, large_rows, all_points_rows.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection, Iterator
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.minimum import Minimum
from benchmarks.opponents import installed, jax_newton
from benchmarks.problems import problem
from benchmarks.rows import Row
from benchmarks.timing import Times, interleaved

from symbolic_landscape import Network, Samples, classify
from symbolic_landscape.arithmetic import RationalFunctions, msolve
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical import Kind, counted_by_msolve, critical_points
from symbolic_landscape.errors import DomainError

DIGITS = 10**6
DENOMINATORS = (16, 16384)
LARGE = (64, 40, 10)
LARGE_SAMPLES = 20


def rows(rounds: int, targets: Collection[str] = ()) -> Iterator[Row]:
    """The rows of these targets, all by default. Raises ValueError where an answer is wrong."""
    makers = {"T10": near_rows, "T13": field_rows, "T14": large_rows, "T15": all_points_rows}
    for name, make in makers.items():
        if not targets or name in targets:
            yield from make(rounds)


def near_rows(rounds: int) -> Iterator[Row]:
    """T10: the whole `classify(near=True)` of a minimum that is given to six digits."""
    found = Minimum()
    point = [Fraction(round(x * DIGITS), DIGITS) for x in found.newton().tolist()]
    surface = found.given.surface
    answer = classify(surface, point, near=True)
    if answer.kind is not Kind.STRICT_MINIMUM:
        message = f"a strict local minimum was needed, got {answer.kind}"
        raise ValueError(message)
    runs = {
        "engine": lambda: classify(found.given.surface, point, near=True),
        "numpy": found.newton,
    }
    if installed("jax"):
        runs["jax"] = jax_newton(found.given, found.start)
    times = interleaved(runs, rounds)
    work = "whole classify(near) of a 2-1-1-1 minimum"
    yield Row("T10", work, times["engine"], "", None, 0.02, False)
    yield Row("T10", work, times["engine"], "numpy Newton", times["numpy"], None, False)
    if "jax" in times:
        yield Row("T10", work, times["engine"], "jax, jitted Newton", times["jax"], None, False)


def field_rows(rounds: int) -> Iterator[Row]:
    """T13: a point in Q(e^(1/D)) that is not critical."""
    network = Network((1, 2, 1), "tanh")
    for denominator in DENOMINATORS:
        inputs = [[Fraction(1, denominator)], [Fraction(3, denominator)], [1]]
        samples = Samples(inputs, [[1], [0], [2]])
        point = [1, Fraction(1, 2), 0, 1, 1, 2, 0]

        def run(samples: Samples = samples, point: list[object] = point) -> Kind:
            return classify(network.loss(samples), point).kind

        if run() is not Kind.NOT_CRITICAL:
            message = f"a point that is not critical was needed, got {run()}"
            raise ValueError(message)
        times = interleaved({"engine": run}, rounds)
        work = f"classify, not critical, D = {denominator}"
        yield Row("T13", work, times["engine"], "", None, 0.1, False)


DECAY = 10**6
"""Weight decay for which the Hessian of the large network is definite."""

_LARGE = """
import json, resource, sys, time
from benchmarks.problems import problem
from symbolic_landscape import classify
from symbolic_landscape.arithmetic import certainly_definite

given = problem({widths}, "tanh", {samples})
decay = {{"weights": {decay}, "biases": {decay}}}
loss = given.network.loss(given.samples, "sum", weight_decay=decay)
started = time.process_time()
definite = certainly_definite(loss.at(given.point).enclose(53).hessian)
first = time.process_time()
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
kind = classify(given.surface, given.point).kind
second = time.process_time()
print(json.dumps([first - started, definite, most, kind.value, second - first]))
"""


def large_rows(rounds: int) -> Iterator[Row]:
    """T14: 3010 parameters, each time in a process of its own, whose greatest memory is noted.

    With weight decay the Hessian is definite.
    """
    folder = Path(__file__).resolve().parent.parent
    size = problem(LARGE, "tanh", LARGE_SAMPLES).size
    text = _LARGE.format(widths=LARGE, samples=LARGE_SAMPLES, decay=DECAY)
    kept, answers, most = [], [], 0.0
    kind = ""
    for _ in range(min(rounds, 3)):
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                f"import sys; sys.path[:0] = {[str(folder), *sys.path]}\n{text}",
            ],
            capture_output=True,
            check=True,
            text=True,
        )
        decided, definite, memory, kind, seconds = json.loads(done.stdout)
        if not definite:
            message = "the Hessian with weight decay is definite, which was not seen"
            raise ValueError(message)
        kept.append(decided)
        answers.append(seconds)
        most = max(most, memory)
    name = "-".join(map(str, LARGE))
    work = f"Hessian and definiteness {name}, {size} parameters"
    yield Row("T14", work, Times(tuple(kept)), "", None, 3, False, note=f"{most:.0f} MB")
    work = f"classify {name}, {size} parameters"
    yield Row("T14", work, Times(tuple(answers)), "", None, None, False, note=kind)


def all_points_rows(rounds: int) -> Iterator[Row]:
    """T15: all critical points of one unit with three inputs."""
    inputs = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1], [1, -1, 2]]
    samples = Samples(inputs, [[1], [2], [3], [-1], [2]])
    for formula, bias in (("t**2", True), ("t**3", False)):
        network = Network((3, 1), "linear", output_activation=formula, bias=bias)
        surface = network.loss(samples)
        work = f"all critical points, 3-1, {formula}{', bias' if bias else ''}"
        if msolve.find_program() is not None:
            runs = {
                "engine": partial(counted_by_msolve, surface),
                "msolve": partial(msolve.isolated_solutions, _equations(surface)),
            }
            note = f"{len(runs['engine']())} real"
            times = interleaved(runs, min(rounds, 3))
            yield Row("T15", f"{work}, by msolve", times["engine"], "msolve alone",
                      times["msolve"], 10, False, note=note)  # fmt: skip

        def exactly(surface: LossSurface = surface) -> str:
            try:
                return f"{len(critical_points(surface).points)} real"
            except DomainError as error:
                return str(error)

        note = exactly()
        times = interleaved({"engine": exactly}, min(rounds, 2))
        yield Row("T15", work, times["engine"], "", None, None, False, note=note)


def _equations(surface: LossSurface) -> list[Any]:
    """The polynomials of the gradient."""
    network = surface.network
    field = RationalFunctions(network.parameter_names)
    raws = [field.generator(name).raw for name in network.parameter_names]
    values = surface.at(network.parameters_over(field, raws), field)
    return [row[0] for row in values.gradient.tolist()]

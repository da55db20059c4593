"""The commands `step`, `break` and `falsify`: a proof and its hypotheses on single instances."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from symbolic_landscape.command.interface import (
    Common,
    Jobs,
    Scheduler,
    complete_key,
    crew,
    loaded,
    seconds,
)
from symbolic_landscape.errors import ProblemError, UnknownKeyError

if TYPE_CHECKING:
    from symbolic_landscape.judge.breaking import Break
    from symbolic_landscape.judge.pool import Case

NOT_FOUND = 3
"""Exit status where a near miss was looked for and not found."""


class Reading(StrEnum):
    """One reading of a statement."""

    printed = "printed"
    repaired = "repaired"


Key = Annotated[
    str,
    typer.Argument(metavar="KEY", help="The key of a statement.", autocompletion=complete_key),
]
Json = Annotated[bool, typer.Option("--json", help="JSON instead of text.")]
Which = Annotated[Reading, typer.Option(help="Which reading.")]
ProblemFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write the network as a problem for `classify`."),
]


def step(
    common: Common,
    key: Key,
    instance: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The instance; without it, the first that fits."),
    ] = None,
    hypothesis: Annotated[
        str | None,
        typer.Option(
            "--break", metavar="HYPOTHESIS", help="Instead, an instance that breaks this one alone."
        ),
    ] = None,
    at_once: Annotated[
        bool, typer.Option("--all", help="All steps at once, without waiting.")
    ] = False,
    reading: Which = Reading.printed,
    json: Json = False,
) -> int:
    """Walks the proof one step at a time on one instance: claim, exact numbers, why it follows.

    With --break, up to the first step that fails on a near miss of the hypothesis.
    """
    from symbolic_landscape.report import walking
    from symbolic_landscape.report.data import dump

    if instance is not None and hypothesis is not None:
        message = "--instance and --break choose the instance each, so only one can be given"
        raise UnknownKeyError(message)
    bench = loaded(common, [key])[key].bench(reading.value)
    together = at_once or not (sys.stdin.isatty() and sys.stdout.isatty())
    case = bench.near_miss(hypothesis) if hypothesis is not None else instance
    walk = bench.walk(case, hypothesis or "")
    if json:
        sys.stdout.write(dump(walking.walk_data(bench, walk)))
    else:
        walking.show_walk(bench, walk, together)
    return 0


def break_(
    common: Common,
    key: Key,
    hypothesis: Annotated[
        str | None,
        typer.Argument(metavar="[HYPOTHESIS]", help="The hypothesis; without it, all of them."),
    ] = None,
    reading: Which = Reading.printed,
    json: Json = False,
    problem: ProblemFile = None,
) -> int:
    """Shows that hypotheses are needed: near misses, where the proof fails, the conclusion refuted.

    A near miss breaks one hypothesis and meets the others. Without HYPOTHESIS each has a few lines,
    with --verbose its whole walk. Exit status: 0 each has one, 3 not.
    """
    from symbolic_landscape.report import walking
    from symbolic_landscape.report.data import dump
    from symbolic_landscape.report.layout import wrapped
    from symbolic_landscape.report.output import print_lines, watching, writable

    target = writable(problem, "--problem") if problem is not None else None
    bench = loaded(common, [key])[key].bench(reading.value)
    given = bench.statement.claim.given
    if hypothesis is not None:
        bench.need_hypothesis(hypothesis)
    names = [hypothesis] if hypothesis is not None else list(given)
    if not names:
        message = f"{key} ({bench.statement.reading}) has no hypotheses to break"
        raise UnknownKeyError(message)
    if target is not None and len(names) > 1:
        message = f"--problem needs one hypothesis, of which {key} has {', '.join(names)}"
        raise UnknownKeyError(message)
    whole = hypothesis is not None or common.verbose
    if not (whole or json):
        print_lines([f"{key} ({bench.statement.reading}): each hypothesis left out alone"])
    found: list[Break] = []
    for number, name in enumerate(names):
        with watching("searching", common.quiet) as progress:  # gone before the lines are printed
            progress(number, len(names), name)
            found.append(bench.broken(name))
        if json:
            continue
        if whole:
            print_lines([""] * bool(number))
            print_lines(walking.break_lines(bench, found[-1]))
        else:
            print_lines(walking.broken_lines(found[-1]))
    if json:
        sys.stdout.write(dump(walking.break_data(bench, found)))
    elif not whole and (first := next((b.hypothesis for b in found if b.case), None)):
        asked = f"lemma-check break {key} {quote(first)}"
        print_lines(wrapped(f"The walk through the proof on one near miss: `{asked}`.", 0, 2))
    if target is not None:
        _write_problem(common, target, found[0].case, f"a near miss of {names[0]}")
    return NOT_FOUND if any(broken.case is None for broken in found) else 0


def _write_problem(common: Common, target: Path, case: Case | None, wanted: str) -> None:
    from symbolic_landscape.report.data import dump
    from symbolic_landscape.report.output import write_file
    from symbolic_landscape.report.problems import problem_data

    if case is None:
        message = f"--problem needs {wanted}, and none was found"
        raise ProblemError(message)
    write_file(target, dump(problem_data(case.instance)), "--problem")
    common.warn(f"wrote {target}; next: lemma-check classify {target}")


def falsify(
    common: Common,
    key: Key,
    drop: Annotated[
        str | None,
        typer.Option(metavar="HYPOTHESIS", help="Search without this hypothesis."),
    ] = None,
    budget: Annotated[
        float,
        typer.Option(
            metavar="SEC", min=0, help="Seconds to search and shorten, after the known instances."
        ),
    ] = 10.0,
    seed: Annotated[int, typer.Option(metavar="S", help="Seed of the search.")] = 0,
    jobs: Jobs = 1,
    scheduler: Scheduler = None,
    reading: Which = Reading.printed,
    json: Json = False,
    problem: ProblemFile = None,
) -> int:
    """Searches for a counterexample, shrinks it and prints it exact; known instances come first.

    Exit status: 1 found, 0 none found; with --drop 0 found (the hypothesis is needed), 3 none.
    """
    from symbolic_landscape.report import walking
    from symbolic_landscape.report.data import dump
    from symbolic_landscape.report.output import print_lines, writable

    time = seconds("budget", budget)
    target = writable(problem, "--problem") if problem is not None else None
    bench = loaded(common, [key])[key].bench(reading.value)
    with crew(scheduler, jobs) as many:
        found = bench.falsified(drop, time, seed, many)
    if json:
        sys.stdout.write(dump(walking.falsify_data(bench.statement, found, drop, seed)))
    else:
        print_lines(walking.falsify_lines(bench.statement, found, drop))
    if target is not None:
        case = None if found.row is None else found.row.case
        _write_problem(common, target, case, "a counterexample")
    none = found.row is None
    if drop is None:
        return 0 if none else 1
    return NOT_FOUND if none else 0

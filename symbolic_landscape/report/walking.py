"""Walks, near misses and counterexamples as lines of a terminal and as JSON.

Functions: show_walk, instance_lines, in_order, refused, break_lines, broken_lines, break_data,
falsify_lines, falsify_data, walk_data.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any

from symbolic_landscape.judge.breaking import Break
from symbolic_landscape.judge.hunting import Found
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.judge.walking import Said, Seen, Walk
from symbolic_landscape.library.guard import own_code
from symbolic_landscape.library.walking import Bench
from symbolic_landscape.report.exact import meanings
from symbolic_landscape.report.layout import counted, wrapped
from symbolic_landscape.report.output import print_lines
from symbolic_landscape.report.problems import both_losses
from symbolic_landscape.report.proofs import Part, parts, why
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.printing import latex, text
from symbolic_landscape.statement.term import Term
from symbolic_landscape.verdict import Verdict

FAILING = "here the proof fails"
"""What is said of the first step that fails."""


def _verdict(verdict: Verdict, indent: int) -> Iterator[str]:
    words = f"{verdict.outcome.value} ({verdict.evidence.word}): {verdict.reason}"
    if verdict.is_undecided:
        words = f"undecided: {verdict.reason}"
    yield from wrapped(words, indent, indent + 2)


def _own_code(walk: Walk) -> AbstractContextManager[None]:
    """Decisions of a user's setting may raise anything; it becomes one sentence."""
    return own_code(f"{walk.statement.key} ({walk.statement.reading}) on {walk.name}")


# ---- an instance, and what is said there ---------------------------------------------------------
def instance_lines(statement: Statement, instance: Instance, indent: int = 2) -> Iterator[str]:
    """The values, one variable on each line."""
    shown = statement.setting.shown
    for v in instance.values:
        yield from wrapped(f"{text(v, shown)} = {instance.said(v)}", indent, indent + 4)
    for meaning in meanings(instance.description()):
        yield from wrapped(f"with {meaning}", indent, indent + 4)


def head_lines(walk: Walk) -> Iterator[str]:
    """Statement, instance and hypotheses."""
    statement = walk.statement
    yield from wrapped(f"{statement.key} ({statement.reading}) on '{walk.name}'", 0, 2)
    yield from instance_lines(statement, walk.case.instance, 4)
    with _own_code(walk):
        given = walk.given
    if given:
        yield "  hypotheses"
        for said in given:
            mark = ", broken" if said.name == walk.broken else ""
            yield from _said_lines(statement, said, 4, mark)


def _said_lines(statement: Statement, said: Said, indent: int, mark: str = "") -> Iterator[str]:
    formula = text(said.formula, statement.setting.shown)
    yield from wrapped(f"{said.name}{mark}: {formula}", indent, indent + 4)
    yield from _verdict(said.verdict, indent + 2)


def end_lines(walk: Walk) -> Iterator[str]:
    """The conclusion."""
    yield "  conclusion"
    with _own_code(walk):
        said = walk.conclusion
    yield from wrapped(text(said.formula, walk.statement.setting.shown), 4, 8)
    yield from _verdict(said.verdict, 6)


# ---- steps ---------------------------------------------------------------------------------------
def step_lines(walk: Walk, part: Part, seen: Seen) -> Iterator[str]:
    """One step: what it gives, why, the kernel's word, what it uses, and the verdicts there."""
    column = 2 + 2 * part.depth
    yield from wrapped(f"{part.name}: {part.formula}", column, column + 4)
    if part.step is not None:
        yield from wrapped(why(walk.statement, part.step), column + 4, column + 6)
    objection = refused(part, seen)
    words = f"the kernel does not accept it: {objection}" if objection else "the kernel accepts it"
    yield from wrapped(words, column + 4, column + 6)
    if seen.values:
        shown = walk.statement.setting.shown
        here = Instance("", seen.values)
        values = ", ".join(f"{text(v, shown)} = {here.said(v)}" for v in here.values)
        yield from wrapped(f"at {values}", column + 4, column + 6)
    lacking = _lacking(seen)
    for said in lacking:
        word = "not met here" if said.verdict.is_fails else "undecided here"
        yield from wrapped(f"{word}, {said.name}: {said.verdict.reason}", column + 4, column + 6)
    if any(said.verdict.is_fails and said.name != walk.broken for said in lacking):
        yield f"{' ' * (column + 4)}so nothing is asked of it here"
        return
    yield from _used_lines(walk, seen, column + 4)
    if seen.gives is None:
        yield f"{' ' * (column + 4)}it only names what exists; nothing is decided"
    else:
        yield from _verdict(seen.gives, column + 4)
    if walk.broken and walk.first_failing is seen:
        yield f"{' ' * (column + 4)}{FAILING}"


def refused(part: Part, seen: Seen) -> str:
    """Why the kernel refuses a step, in a reader's words; empty where it accepts it."""
    if seen.judged.accepted or part.result is None:
        return seen.judged.refused
    return part.result.refused_because


def _used_lines(walk: Walk, seen: Seen, indent: int) -> Iterator[str]:
    """The facts that a step names; hypotheses and standing assumptions that hold are one line."""
    given = walk.statement.claim.given
    plain = [s for s in seen.used if s.name in given or s.name.startswith("standing ")]
    plain = [said for said in plain if said.verdict.is_holds]
    if plain:
        verb = "holds" if len(plain) == 1 else "hold"
        words = f"uses {', '.join(said.name for said in plain)}: {verb}, as given"
        yield from wrapped(words, indent, indent + 2)
    for said in seen.used:
        if said not in plain:
            words = f"uses {said.name}: {said.verdict.outcome.value}: {said.verdict.reason}"
            yield from wrapped(words, indent, indent + 2)


def _lacking(seen: Seen) -> list[Said]:
    """What is known where a step stands and does not hold here; what it names is not repeated."""
    return [said for said in seen.around if not said.verdict.is_holds]


def in_order(bench: Bench, walk: Walk) -> Iterator[tuple[Part, Seen | None]]:
    """What stands in the proof with what was seen of it, up to the step that fails."""
    with _own_code(walk):
        last = walk.first_failing if walk.broken else None
    for part in parts(bench.statement, bench.result):
        if part.step is None:
            yield part, None
        elif part.path in walk.depths:
            with _own_code(walk):
                seen = walk.seen(part.path)
            yield part, seen
        if last is not None and part.path == last.path:
            return


def _part_lines(walk: Walk, part: Part, seen: Seen | None) -> Iterator[str]:
    if seen is not None:
        yield from step_lines(walk, part, seen)
        return
    column = 2 + 2 * part.depth
    words = f"given {part.name}: {part.formula}" if part.formula else part.name
    yield from wrapped(words, column, column + 4)


def walk_lines(bench: Bench, walk: Walk) -> Iterator[str]:
    """The steps of a walk."""
    yield "  proof"
    for part, seen in in_order(bench, walk):
        yield from _part_lines(walk, part, seen)


def show_walk(bench: Bench, walk: Walk, together: bool) -> None:
    """Prints a walk; unless together, waits for Enter after each step, and q ends it."""
    print_lines(head_lines(walk))
    print_lines(["  proof"])
    total, number = len(walk.depths), 0
    for part, seen in in_order(bench, walk):
        if seen is not None:
            if number and not together and not _go_on(number, total):
                return
            number += 1
        print_lines(_part_lines(walk, part, seen))
    print_lines(end_lines(walk))


def _go_on(number: int, total: int) -> bool:
    """Whether the reader wants the next step."""
    sys.stderr.write(f"{number} of {total}; Enter for the next step, q to quit: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() not in ("q", "quit")


def walk_data(bench: Bench, walk: Walk) -> dict[str, Any]:
    """The JSON of `lemma-check step`."""
    return {
        "schema": "lemma-check/step/1",
        "key": walk.statement.key,
        "reading": walk.statement.reading,
        **_walk_data(bench, walk),
    }


def _walk_data(bench: Bench, walk: Walk) -> dict[str, Any]:
    statement = walk.statement
    seen = [(part, s) for part, s in in_order(bench, walk) if s is not None]
    last = walk.first_failing if walk.broken else None
    return {
        "instance": walk.case.instance.description(),
        "broken": walk.broken or None,
        "hypotheses": [_said_data(statement, said) for said in walk.given],
        "steps": [_step_data(walk, part, s) for part, s in seen],
        "conclusion": _said_data(statement, walk.conclusion),
        "first_failing": last.path if last is not None else None,
    }


def _step_data(walk: Walk, part: Part, seen: Seen) -> dict[str, Any]:
    judged, shown = seen.judged, walk.statement.setting.shown
    values = Instance("", seen.values).description()["values"] if seen.values else {}
    return {
        "name": seen.path,
        "depth": seen.depth,
        "gives": _formula_data(judged.formula, shown),
        "reason": judged.step.reason.word,
        "why": why(walk.statement, part.step) if part.step is not None else "",
        "accepted": judged.accepted,
        "refused_because": refused(part, seen),
        "values": values,
        "uses": [_said_data(walk.statement, said) for said in (*seen.used, *_lacking(seen))],
        "verdict": _verdict_data(seen.gives) if seen.gives is not None else None,
    }


def _said_data(statement: Statement, said: Said) -> dict[str, Any]:
    formula = _formula_data(said.formula, statement.setting.shown)
    return {"name": said.name, "formula": formula, **_verdict_data(said.verdict)}


def _formula_data(formula: Term, shown: Mapping[str, Any]) -> dict[str, str]:
    return {"text": text(formula, shown), "latex": latex(formula, shown)}


def _verdict_data(verdict: Verdict) -> dict[str, str]:
    return {
        "verdict": verdict.outcome.value,
        "evidence": verdict.evidence.word,
        "reason": verdict.reason,
    }


# ---- near misses ---------------------------------------------------------------------------------
def break_lines(bench: Bench, broken: Break) -> Iterator[str]:
    """One hypothesis: its near miss, where the proof fails there, and the conclusion refuted."""
    statement, walk = broken.statement, broken.walk
    formula = text(statement.claim.given[broken.hypothesis], statement.setting.shown)
    yield from wrapped(f"{statement.key} ({statement.reading}) without {broken.hypothesis}", 0, 2)
    yield from wrapped(formula, 4, 8)
    if walk is None:
        yield from wrapped(f"no near miss: {broken.words}", 2, 4)
        return
    yield from wrapped(f"near miss '{walk.name}', {broken.found.how}", 2, 4)
    yield from instance_lines(statement, walk.case.instance, 6)
    for said in walk.given:
        if said.name == broken.hypothesis:
            yield from wrapped(f"{said.name} is broken", 2, 4)
            yield from _verdict(said.verdict, 4)
    kept = [said.name for said in walk.given if said.name != broken.hypothesis]
    if kept:
        yield from wrapped(f"{', '.join(kept)}: kept", 2, 4)
    if statement.proof:
        yield from walk_lines(bench, walk)
        if walk.first_failing is None:
            yield from wrapped("no step of the proof is seen to fail there", 4, 6)
    yield from end_lines(walk)
    if losses := both_losses(walk.case.instance):
        yield from wrapped(losses, 6, 8)


def broken_lines(broken: Break) -> Iterator[str]:
    """One hypothesis among several: its near miss, the step that fails and both losses, short."""
    statement, walk = broken.statement, broken.walk
    formula = text(statement.claim.given[broken.hypothesis], statement.setting.shown)
    yield from wrapped(f"{broken.hypothesis}: {formula}", 2, 6)
    if walk is None:
        yield from wrapped(f"no near miss: {broken.words}", 4, 6)
        return
    with _own_code(walk):
        failing, end = walk.first_failing, walk.conclusion.verdict.reason
    where = f"step {failing.path} fails" if failing is not None else "no step is seen to fail"
    yield from wrapped(f"near miss '{walk.name}': {where} there", 4, 6)
    yield from wrapped(f"conclusion refuted: {both_losses(walk.case.instance) or end}", 4, 6)


def break_data(bench: Bench, found: list[Break]) -> dict[str, Any]:
    """The JSON of `lemma-check break`."""
    return {
        "schema": "lemma-check/break/1",
        "key": bench.statement.key,
        "reading": bench.statement.reading,
        "hypotheses": [
            {
                "name": broken.hypothesis,
                "formula": _formula_data(
                    bench.statement.claim.given[broken.hypothesis], bench.statement.setting.shown
                ),
                "tried": broken.found.tried,
                "how_found": broken.found.how or None,
                "without_control": broken.words or None,
                "near_miss": _walk_data(bench, broken.walk) if broken.walk is not None else None,
                "losses": (broken.case and both_losses(broken.case.instance)) or None,
            }
            for broken in found
        ],
    }


# ---- counterexamples -----------------------------------------------------------------------------
def falsify_lines(statement: Statement, found: Found, drop: str | None) -> Iterator[str]:
    """The exact counterexample, or how far the search went and what that does not mean."""
    without = f" without {drop}" if drop else ""
    head = f"{statement.key} ({statement.reading}){without}: "
    instances = counted(found.tried, "instance")
    if found.row is None:
        kind = f"break {drop} alone" if drop else "meet the hypotheses"
        words = f"no counterexample; {instances} tried, {found.met} of them {kind}"
        yield from wrapped(head + words, 0, 2)
        yield "This does not mean that none exists."
        return
    shortened = f", then shortened in {found.shortened} tries" if found.shortened else ""
    yield from wrapped(f"{head}counterexample, {found.how}{shortened}; {instances} tried", 0, 2)
    row = found.row
    yield from wrapped(f"'{row.case.instance.name}'", 2, 4)
    yield from instance_lines(statement, row.case.instance, 4)
    for name, verdict in row.given.items():
        dropped = " (dropped)" if name == drop else ""
        words = f"{name}{dropped} {verdict.outcome.value}: {verdict.reason}"
        yield from wrapped(words, 2, 4)
    if row.conclusion is not None:
        yield from wrapped(text(statement.claim.then, statement.setting.shown), 2, 6)
        yield from _verdict(row.conclusion, 4)


def falsify_data(statement: Statement, found: Found, drop: str | None, seed: int) -> dict[str, Any]:
    """The JSON of `lemma-check falsify`."""
    row, counterexample = found.row, None
    if row is not None and row.conclusion is not None:
        claim = statement.claim
        given = [Said(name, claim.given[name], v) for name, v in row.given.items()]
        counterexample = {
            "instance": row.case.instance.description(),
            "hypotheses": [_said_data(statement, said) for said in given],
            "conclusion": _said_data(statement, Said("conclusion", claim.then, row.conclusion)),
        }
    return {
        "schema": "lemma-check/falsify/1",
        "key": statement.key,
        "reading": statement.reading,
        "dropped": drop,
        "seed": seed,
        "tried": found.tried,
        "met": found.met,
        "shortened": found.shortened,
        "how_found": found.how or None,
        "counterexample": counterexample,
    }

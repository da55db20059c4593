"""What a statement was tried on, in words and as data.

For a statement that was tried on the common pool: how many instances there were, what the
conclusion does where all hypotheses hold, for each hypothesis the control that was found or what
was tried, and the blind spots.

Functions: ground_words, tried_lines, pool_lines, control_words, spot_lines, tally_data, tried_data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from symbolic_landscape.judge.results import ControlResult, InstanceResult, StatementResult, Tally
from symbolic_landscape.report.exact import exact_text
from symbolic_landscape.report.layout import counted, wrapped

OUTCOMES = ("holds", "fails", "undecided")
"""What a formula can do on an instance, in the order in which it is told."""


def ground_words(result: StatementResult, tally: Tally) -> Iterator[str]:
    """On how much a status rests: instances that meet the hypotheses, controls."""
    held, met = tally.conclusion.get("holds", 0), counted(tally.met, "instance")
    evidence = f" ({result.evidence})" if result.evidence not in ("none", "derived") else ""
    if not tally.tried:
        yield "tried on no instance"
        return
    if not tally.near:
        yield f"holds on {held} of {met}{evidence}"
        return
    if tally.met:
        meet = "meets" if tally.met == 1 else "meet"
        yield f"of {counted(tally.tried, 'instance')} {tally.met} {meet} the hypotheses"
        yield f"holds on {held} of {'it' if tally.met == 1 else 'these'}{evidence}"
    else:
        yield f"none of {counted(tally.tried, 'instance')} meets the hypotheses"
    found = {control.premise for control in result.controls}
    yield f"controls of {len(found)} of {_hypotheses(len(tally.near))} found"


def _hypotheses(number: int) -> str:
    return f"{number} hypothes{'i' if number == 1 else 'e'}s"


# ---- lines ---------------------------------------------------------------------------------------
def tried_lines(result: StatementResult, indent: int = 4) -> Iterator[str]:
    """The instances that were tried, the hypotheses with their controls, the blind spots."""
    if result.tally is None:
        return
    without = dict(result.without_control)
    yield from pool_lines(result.tally, result.controls, without, indent)
    for instance in result.instances:
        yield from _instance(instance, indent)
    shown, tried = len(result.instances), result.tally.tried
    if shown < tried:
        yield f"{' ' * indent}and {tried - shown} more"
    yield from spot_lines(result.blind_spots, indent)


def _instance(instance: InstanceResult, indent: int) -> Iterator[str]:
    if instance.met:
        words = f"{instance.verdict} ({instance.evidence}): {instance.reason}"
        yield from wrapped(f"instance {instance.name}: {words}", indent, indent + 4)
    elif instance.verdict != "not applicable":
        (missed, *_) = (name for name, word in instance.facts.items() if word != "holds")
        words = f"the conclusion {says(instance.verdict)}: {instance.reason}"
        head = f"near miss {instance.name}, breaks {missed} alone"
        yield from wrapped(f"{head}: {words}", indent, indent + 4)


def pool_lines(
    tally: Tally, controls: Iterable[ControlResult], without: Mapping[str, str], indent: int
) -> Iterator[str]:
    """How many instances of the pool there were, what the conclusion does, and the controls.

    `without` says of each hypothesis without a control what was tried.
    """
    words = f"tried on {counted(tally.tried, 'instance')}"
    if tally.tried:
        words += f", {tally.given} given and {tally.drawn} drawn"
    if tally.tried and tally.near:
        words += f"; every hypothesis holds on {tally.met} of them"
    yield from wrapped(words, indent, indent + 4)
    if tally.met:
        there = "there the conclusion" if tally.near else "the conclusion"
        yield from wrapped(f"{there} {counts(tally.conclusion, tally.unasked)}", indent, indent + 4)
    found = {control.premise: control for control in controls}
    for name in tally.near:
        if name in found:
            yield from wrapped(control_words(found[name]), indent, indent + 4)
        else:
            words = without.get(name, "not tried")
            yield from wrapped(f"no control of hypothesis {name}: {words}", indent, indent + 4)


def control_words(control: ControlResult) -> str:
    """A control that was found: it breaks one hypothesis, and the conclusion with it."""
    found = control.found_by
    place = f"in {found}" if found.startswith("the pool") else f"by {found}"
    what = f"control '{control.name}' of hypothesis {control.premise}, found {place}"
    values = f" ({exact_text(control.data)})" if control.data else ""
    return f"{what}: it breaks this hypothesis alone, and the conclusion fails{values}"


def spot_lines(spots: Sequence[str], indent: int) -> Iterator[str]:
    """What no instance tells apart from the hypotheses."""
    if spots:
        yield from wrapped(
            "blind spots: not among the hypotheses nor derived, but true on every instance that "
            "meets them, so that no instance tells whether they are needed",
            indent,
            indent + 4,
        )
    for spot in spots:
        yield from wrapped(spot, indent + 4, indent + 8)


def says(word: str) -> str:
    """A verdict word as what a formula does."""
    return {"undecided": "is undecided"}.get(word, word)


def counts(words: Mapping[str, int], unasked: int = 0) -> str:
    """What a formula does on how many instances."""
    told = [f"{says(word)} on {words[word]}" for word in OUTCOMES if words.get(word)]
    told += [f"is not asked on {unasked} more"] * bool(unasked)
    return ", ".join(told) or "is not decided"


# ---- data ----------------------------------------------------------------------------------------
def tally_data(tally: Tally) -> dict[str, Any]:
    """How many instances were tried and what the conclusion does, as plain data."""
    return {
        "given": tally.given,
        "drawn": tally.drawn,
        "met": tally.met,
        "conclusion": filled(tally.conclusion),
        "near": [
            {"hypothesis": name, "conclusion": filled(words)} for name, words in tally.near.items()
        ],
    }


def filled(words: Mapping[str, int]) -> dict[str, int]:
    """The numbers by verdict words, with a 0 for each word that did not occur."""
    return {word: words.get(word, 0) for word in OUTCOMES}


def tried_data(result: StatementResult) -> dict[str, Any] | None:
    """What a statement was tried on, as plain data; None where it was not tried on the pool."""
    if result.tally is None:
        return None
    return {
        "instances": tally_data(result.tally),
        "controls": [
            {"hypothesis": c.premise, "name": c.name, "found_by": c.found_by}
            for c in result.controls
        ],
        "without_control": [
            {"hypothesis": name, "words": words} for name, words in result.without_control
        ],
        "blind_spots": list(result.blind_spots),
    }

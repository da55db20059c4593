"""Hunts and finds of the atlas as text and as JSON.

Functions: hunt_lines, hunt_data, find_lines, find_data.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from symbolic_landscape.atlas import Entry, Finding, atlas
from symbolic_landscape.explore import Hunt
from symbolic_landscape.version import __version__

HUNT, FIND = "lemma-check/hunt/1", "lemma-check/find/1"

MOST_LISTED = 12
"""So many objects are listed in text."""


def hunt_lines(found: Hunt) -> Iterator[str]:
    """What was wanted, how much was tried, and what was found."""
    yield f"wanted            {found.want}"
    drawn = ", ".join(f"{count} by {route}" for route, count in found.drawn.items()) or "nothing"
    yield (
        f"tried             {drawn}, on up to {found.shapes} pairs of a network and a number of "
        f"samples; {found.classified} points classified"
    )
    if found.specimen is None:
        yield "found             nothing, which shows nothing; try more seconds or another seed"
        return
    if found.shortened:
        yield f"shortened         in {found.shortened} changes"
    yield f"found by          {found.specimen.origin}"
    yield from _problem_lines(found.specimen.data)
    yield from found.specimen.classification.lines()


def _problem_lines(data: Mapping[str, Any]) -> Iterator[str]:
    """The network, the samples and the parameters, one line each."""
    bias = "" if data.get("bias", True) else ", without biases"
    widths = "-".join(map(str, data["widths"]))
    output = data.get("output_activation", "linear")
    outside = "" if output == "linear" else f", output {output}"
    yield f"network           {widths}, activation {data['activation']}{outside}{bias}"
    for part in ("samples", "parameters"):
        for name, value in data[part].items():
            yield f"{name:<18}{json.dumps(value).replace(chr(34), '')}"


def hunt_data(found: Hunt) -> dict[str, Any]:
    """The JSON of `lemma-check hunt`."""
    specimen = found.specimen
    return {
        "schema": HUNT,
        "version": __version__,
        "want": found.want,
        "seed": found.seed,
        "drawn": dict(found.drawn),
        "shapes": found.shapes,
        "classified": found.classified,
        "shortened": found.shortened,
        "found_by": None if specimen is None else specimen.origin,
        "problem": None if specimen is None else specimen.data,
        "classification": None if specimen is None else specimen.classification.to_data(),
    }


def find_lines(found: Finding) -> Iterator[str]:
    """The objects with what is wanted, smallest first, and the smallest one whole."""
    total = len(atlas())
    yield f"wanted            {found.want}"
    if not found.entries:
        yield f"known             none of {total} objects, which shows nothing; hunt may find one"
        yield from _open_lines(found)
        return
    yield f"known             {len(found.entries)} of {total} objects, the smallest first"
    for one in found.entries[:MOST_LISTED]:
        yield f"  {_summary(one)}"
    if len(found.entries) > MOST_LISTED:
        yield f"  and {len(found.entries) - MOST_LISTED} more"
    yield from _open_lines(found)
    smallest = found.entries[0]
    yield f"smallest          {smallest.name}: {smallest.title}"
    yield f"found by          {smallest.source}: {smallest.found_by}"
    yield from _problem_lines(smallest.data)
    yield from _facts_lines(smallest)


def _open_lines(found: Finding) -> Iterator[str]:
    if found.open:
        names = ", ".join(one.name for one in found.open[:MOST_LISTED])
        more = f" and {len(found.open) - MOST_LISTED} more" if len(found.open) > MOST_LISTED else ""
        yield f"open              {names}{more}"


def _summary(one: Entry) -> str:
    facts = one.facts
    widths = "-".join(map(str, facts.widths))
    kind = facts.kind or "undecided"
    return f"{one.name}: {kind}; {widths}, {one.data['activation']}, N = {facts.samples}"


def _facts_lines(one: Entry) -> Iterator[str]:
    facts = one.facts
    answers = {True: "yes", False: "no", None: "unknown"}
    yield f"kind              {facts.kind or 'undecided'}"
    yield f"global minimum    {answers[facts.is_global]}"
    yield f"loss              {one.loss}"
    if facts.inertia is not None:
        positive, negative, zero = facts.inertia
        yield f"Hessian           {positive} positive, {negative} negative, {zero} zero"
    if facts.mechanisms:
        yield f"null directions   {', '.join(facts.mechanisms)}"
    if facts.order is not None:
        yield f"falls at order    {facts.order}"
    for word, keys in (("meets", facts.meets), ("breaks", facts.breaks)):
        if keys:
            yield f"{word:<18}the hypotheses of {', '.join(keys)}"
    yield f"evidence          {one.evidence}"
    yield f"certificate       {_listed(one.covered)}; not covered: {_listed(one.uncovered)}"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words) or "none"


def find_data(found: Finding) -> dict[str, Any]:
    """The JSON of `lemma-check find`."""
    return {
        "schema": FIND,
        "version": __version__,
        "want": str(found.want),
        "known": len(atlas()),
        "objects": [one.to_data() for one in found.entries],
        "open": [one.name for one in found.open],
    }

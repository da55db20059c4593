"""Hunts and finds of the atlas as text and as JSON.

Functions: hunt_lines, hunt_data.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from symbolic_landscape.explore import Hunt, Specimen
from symbolic_landscape.version import __version__

SCHEMA = "lemma-check/hunt/1"


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
    yield from problem_lines(found.specimen)
    yield from found.specimen.classification.lines()


def problem_lines(specimen: Specimen) -> Iterator[str]:
    """The network, the samples and the parameters, one line each."""
    data = specimen.data
    bias = "" if data.get("bias", True) else ", without biases"
    widths = "-".join(map(str, data["widths"]))
    yield f"network           {widths}, activation {data['activation']}{bias}"
    for part in ("samples", "parameters"):
        for name, value in data[part].items():
            yield f"{name:<18}{json.dumps(value).replace(chr(34), '')}"


def hunt_data(found: Hunt) -> dict[str, Any]:
    """The JSON of `lemma-check hunt`."""
    specimen = found.specimen
    return {
        "schema": SCHEMA,
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

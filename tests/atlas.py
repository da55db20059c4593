"""The generator of the atlas.

    python tests/atlas.py [--write] [gallery | hunts | instances | NAME ...]

Classifies the gallery, makes the hunts below, classifies the networks among the instances of the
papers, and prints how many entries there are of each kind. With a part, or the names of hunts, only
these are made again. With --write the file in the package is replaced.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from symbolic_landscape import load_proofs
from symbolic_landscape.atlas import Entry
from symbolic_landscape.atlas import entries as kept
from symbolic_landscape.atlas.building import built, hunted
from symbolic_landscape.critical.gallery import gallery
from symbolic_landscape.errors import LandscapeError, ProblemError
from symbolic_landscape.explore import hunt
from symbolic_landscape.explore.counts import fewest_zeros
from symbolic_landscape.judge.rows import Row, row_of
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.networks import Network
from symbolic_landscape.report.data import dump
from symbolic_landscape.report.problems import NEEDED, problem_data
from symbolic_landscape.report.site.atlas import atlas_data

FILE = Path(kept.__file__).with_name("atlas.json")
BUDGET = 900.0
RISING = "t + t/(1 + t**2)"
FLAT = "spurious, not strict, not constant unit"

HUNTS: dict[str, tuple[str, dict[str, Any]]] = {
    "hunted_spurious": (
        "A strict local minimum that is not global",
        {"want": "spurious, strict, one hidden layer"},
    ),
    "hunted_spurious_four_units": (
        "N - 1 hidden units and a local minimum that is not global",
        {"widths": (1, 4, 1), "samples": 5, "activation": RISING},
    ),
    "hunted_spurious_tanh": (
        "Five units of tanh, six samples, and a local minimum that is not global",
        {"widths": (1, 5, 1), "samples": 6, "activation": "tanh"},
    ),
    "hunted_spurious_strict_tanh": (
        "A strict local minimum that is not global, one unit of tanh, eight samples",
        {"widths": (1, 1, 1), "samples": 8, "activation": "tanh", "want": "spurious, strict"},
    ),
    "hunted_spurious_relu": (
        "A local minimum that is not global, relu",
        {"widths": (1, 2, 1), "samples": 4, "activation": "relu"},
    ),
    "hunted_spurious_sigmoid": (
        "Five sigmoid units, six samples, and a local minimum that is not global",
        {"widths": (1, 5, 1), "samples": 6, "activation": "sigmoid"},
    ),
    "hunted_spurious_two_layers": (
        "A local minimum that is not global, two hidden layers",
        {"want": "spurious, strict, two hidden layers"},
    ),
    "hunted_spurious_flat": (
        "A local minimum that is not global, in a family, two units",
        {"widths": (1, 2, 1), "samples": 5, "activation": RISING, "want": FLAT},
    ),
    "hunted_spurious_without_biases": (
        "A local minimum that is not global, without biases",
        {"want": "spurious, without biases"},
    ),
    "hunted_isolated_saddle": (
        "An isolated saddle of a network with more units than samples",
        {"widths": (1, 5, 2), "samples": 4, "activation": "cubic", "want": "isolated saddle"},
    ),
    "hunted_isolated_saddle_tanh": (
        "An isolated saddle of a network with more units than samples, tanh",
        {"widths": (1, 5, 2), "samples": 4, "activation": "tanh", "want": "isolated saddle"},
    ),
    "hunted_isolated_saddle_sigmoid": (
        "An isolated saddle of a network with more units than samples, sigmoid",
        {"widths": (1, 5, 2), "samples": 4, "activation": "sigmoid", "want": "isolated saddle"},
    ),
    "hunted_isolated_saddle_plane": (
        "An isolated saddle, inputs in the plane, three outputs, more units than samples",
        {"widths": (2, 6, 3), "samples": 5, "activation": "cubic", "want": "isolated saddle"},
    ),
    "hunted_order_3": (
        "A saddle from which the loss falls at order 3",
        {"want": "saddle, order 3"},
    ),
    "hunted_order_4": (
        "A saddle from which the loss falls at order 4",
        {"want": "saddle, order 4"},
    ),
    "hunted_order_4_linear": (
        "A saddle of a linear network from which the loss falls at order 4",
        {"want": "saddle, order 4", "activation": "linear"},
    ),
    "hunted_degenerate_saddle_tanh": (
        "A degenerate saddle of tanh",
        {"want": "degenerate saddle, tanh"},
    ),
    "hunted_strict_two_outputs": (
        "A strict local minimum that is not fitted, two outputs",
        {"want": "strict local minimum, not fitted, two outputs"},
    ),
}

COUNTS: dict[str, tuple[str, tuple[int, ...], int, int, int]] = {
    f"few_zeros_{'_'.join(map(str, widths))}": (activation, widths, samples, draws, seed)
    for activation, widths, samples, draws, seed in (
        ("cubic", (1, 4, 2), 4, 100, 0),
        ("cubic", (1, 6, 2), 5, 100, 0),
        ("cubic", (1, 4, 1), 4, 100, 0),
        ("cubic", (1, 8, 3), 5, 100, 0),
        ("cubic", (2, 5, 3), 5, 100, 0),
        ("cubic", (1, 4, 4, 2), 4, 100, 0),
        ("cubic", (1, 4, 6, 3), 4, 100, 0),
        (RISING, (1, 5, 16, 4), 5, 5, 1),
    )
}
"""Where few zero eigenvalues are looked for: network, samples, draws, seed."""


def galleries() -> Iterator[Entry]:
    for exhibit in gallery():
        words = f"exhibit {exhibit.name}"
        try:
            yield built(exhibit.name, exhibit.title, "gallery", words, exhibit.data)
        except ProblemError as error:
            print(error, flush=True)


def hunts(names: Iterable[str]) -> Iterator[Entry]:
    for name in names:
        if name in HUNTS:
            title, arguments = HUNTS[name]
            specimen = hunt(**arguments, budget=BUDGET).specimen
        else:
            activation, widths, samples, draws, seed = COUNTS[name]
            title = f"Few zero eigenvalues: widths {widths}, {samples} samples"
            network = Network(widths, activation)
            specimen = fewest_zeros(network, samples, draws=draws, seed=seed)
        if specimen is None:
            print(f"{name}: nothing found", flush=True)
        else:
            yield hunted(name, title, specimen)


def instances() -> Iterator[Entry]:
    """Networks among the instances, with the theorems of which they meet the hypotheses."""
    proofs = load_proofs()
    found: dict[str, Entry | None] = {}
    said: dict[str, dict[str, set[str]]] = {}
    for lemma in proofs.values():
        statement = lemma.printed
        names = {str(v.name) for v in statement.setting.names}
        if lemma.kind != "theorem" or not set(NEEDED) <= names:
            continue
        pool = lemma.bench().pool
        for case in pool.cases(statement):
            if case.origin != "given":
                continue
            base = case.instance.base or case.instance
            if base.name not in found:
                found[base.name] = _instance(base, case.setting)
            row = row_of(statement, case, pool, asked=False)
            said.setdefault(base.name, {}).setdefault(lemma.key, set()).add(_said(row))
    for name, one in found.items():
        if one is not None:
            outcomes = said[name]
            facts = replace(
                one.facts,
                meets=tuple(sorted(key for key, words in outcomes.items() if "meets" in words)),
                breaks=tuple(sorted(key for key, words in outcomes.items() if words == {"breaks"})),
            )
            yield replace(one, facts=facts)


def _instance(instance: Instance, setting: str) -> Entry | None:
    try:
        data = problem_data(instance)
        return built(instance.name, instance.name, "instance", setting, data)
    except LandscapeError:
        return None


def _said(row: Row | None) -> str:
    """Whether an instance meets the hypotheses, for some values of the statement's own names."""
    if row is None:
        return "open"
    if row.met:
        return "meets"
    return "breaks" if any(v.is_fails for v in row.given.values()) else "open"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace the file in the package")
    parser.add_argument("parts", nargs="*", help="what is made again; without it, all")
    options = parser.parse_args()
    parts = options.parts or ["gallery", "hunts", "instances"]
    named = [*HUNTS, *COUNTS] if "hunts" in parts else [*{*parts} & {*HUNTS, *COUNTS}]
    made: list[Entry] = list(hunts(sorted(named)))
    made += galleries() if "gallery" in parts else ()
    made += instances() if "instances" in parts else ()
    sources = {"gallery": "gallery", "instances": "instance"}
    replaced = {sources[part] for part in parts if part in sources}
    names = {one.name for one in made}
    before = kept.atlas() if FILE.exists() else ()
    made += [one for one in before if one.source not in replaced and one.name not in names]
    for kind, count in Counter(one.facts.kind for one in made).most_common():
        print(f"{count:>5} {kind or 'undecided'}")
    if options.write:
        ordered = sorted(made, key=lambda one: one.size)
        FILE.write_text(dump(atlas_data(ordered)), encoding="utf-8")
        print(f"wrote {len(ordered)} entries, {FILE.stat().st_size} bytes")


if __name__ == "__main__":
    main()

"""The table, the JSON file and the plot of one run.

Functions: table, comparison_table, growth_table, as_json, plot.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.against import Compared
from benchmarks.engine import Growth
from benchmarks.rows import Row
from sympy.external.gmpy import GROUND_TYPES

SLACK = 0.15
"""A fitted exponent up to this much above that of the operation count counts as no worse."""


def versions() -> dict[str, str]:
    """What ran."""
    import flint
    import mpmath

    names = ("sympy", "mpmath", "python-flint", "numpy")
    found = {name: version(name) for name in names}
    return {
        "python": platform.python_version(),
        **found,
        "FLINT": flint.__FLINT_VERSION__,
        "numbers of SymPy": GROUND_TYPES,
        "numbers of mpmath": mpmath.libmp.BACKEND,
        "cores": str(os.cpu_count()),
        "kept bytecode": "not written" if sys.dont_write_bytecode else "on",
    }


def duration(seconds: float) -> str:
    """Three digits with a unit."""
    for unit, factor in (("s", 1.0), ("ms", 1e3), ("us", 1e6)):
        if seconds * factor >= 1 or unit == "us":
            return f"{seconds * factor:.3g} {unit}"
    raise AssertionError


def figure(value: float) -> str:
    """A ratio with two or three digits."""
    return f"{value:.0f}x" if value >= 10 else f"{value:.2g}x"


def table(rows: Sequence[Row]) -> str:
    """One line for each row, with both sides, and the least and greatest ratio of a round."""
    lines = [("", "work", "engine", "against", "other", "ratio", "rounds", "target", "", "limit")]
    for row in rows:
        alone = row.other is None
        shown = duration if alone else figure
        least, most = row.spread
        sign = ">=" if row.faster else "<="
        lines.append(
            (
                row.target,
                row.work + (f", {row.note}" if row.note else ""),
                duration(row.engine.median),
                row.against,
                "" if row.other is None else duration(row.other.median),
                "" if alone else shown(row.ratio),
                f"{shown(least)} to {shown(most)}",
                ""
                if row.aim is None
                else f"{sign} {duration(row.aim) if alone else f'{row.aim:g}x'}",
                _outcome(row.missed),
                "" if row.limit_ratio is None else figure(row.limit_ratio),
            )
        )
    return _aligned(lines)


def _outcome(missed: float | None) -> str:
    if missed is None:
        return "shown"
    return "met" if missed <= 1 else f"missed {missed:.2f}x"


def comparison_table(found: Sequence[Compared]) -> str:
    """One line for each work and folder: times there and here, and how they relate."""
    lines = [("", "work", "folder", "there", "here", "here/there", "rounds")]
    for one in found:
        least, most = one.here.over(one.there)
        ratio = one.here.median / one.there.median
        lines.append(
            (
                one.target,
                one.name,
                one.folder,
                duration(one.there.median),
                duration(one.here.median),
                f"{ratio:.2f}x",
                f"{least:.2f}x to {most:.2f}x",
            )
        )
    return _aligned(lines)


def no_worse(growth: Growth) -> bool:
    """Whether the times grow no faster than the operations, or than operations and their cost."""
    return growth.exponent <= max(growth.count_exponent, growth.limit_exponent) + SLACK


def growth_table(growths: Sequence[Growth]) -> str:
    """One line for each family: fitted exponents and times."""
    lines = [("T13 family", "sizes", "times", "exponent", "count", "count x cost", "")]
    for growth in growths:
        lines.append(
            (
                growth.family,
                " ".join(map(str, growth.sizes)),
                " ".join(map(duration, growth.seconds)),
                f"{growth.exponent:.2f}",
                f"{growth.count_exponent:.2f}",
                f"{growth.limit_exponent:.2f}",
                "no worse" if no_worse(growth) else "worse",
            )
        )
    return _aligned(lines)


def _aligned(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def as_json(rows: Sequence[Row], growths: Sequence[Growth]) -> str:
    """Everything that was measured."""
    data: dict[str, Any] = {
        "versions": versions(),
        "rows": [
            {
                **asdict(row),
                "ratio": row.ratio,
                "spread": row.spread,
                "limit_ratio": row.limit_ratio,
                "missed": row.missed,
            }
            for row in rows
        ],
        "growth": [
            {
                **asdict(growth),
                "exponent": growth.exponent,
                "count_exponent": growth.count_exponent,
                "limit_exponent": growth.limit_exponent,
                "no_worse": no_worse(growth),
            }
            for growth in growths
        ],
    }
    return json.dumps(data, indent=1) + "\n"


def plot(rows: Sequence[Row], growths: Sequence[Growth], path: Path) -> None:
    """Left: how far each row is beyond its target. Right: times of the growing families."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(15, 0.32 * len(rows) + 2))
    aimed = [(row, row.missed) for row in rows if row.missed is not None]
    rows = [row for row, _ in aimed]
    colours = ["tab:green" if missed <= 1 else "tab:red" for _, missed in aimed]
    left.barh(range(len(rows)), [1 / missed - 1 for _, missed in aimed], left=1, color=colours)
    left.axvline(1, color="black")
    left.set_xscale("log")
    left.set_yticks(range(len(rows)), [f"{row.target} {row.work}, {row.against}" for row in rows])
    left.tick_params(axis="y", labelsize=7)
    left.invert_yaxis()
    left.set_xlabel("times better than the target (right of 1: met)")
    for growth in growths:
        steps = [size / growth.sizes[0] for size in growth.sizes]
        label = f"{growth.family}: {growth.exponent:.2f}"
        right.plot(steps, growth.seconds, marker="o", label=label)
    if growths:
        right.set_xscale("log", base=2)
        right.set_yscale("log")
        right.set_xlabel("size over the smallest size")
        right.set_ylabel("seconds")
        right.legend(fontsize=7, title="fitted exponent")
    figure.tight_layout()
    figure.savefig(path, dpi=120)
    plt.close(figure)

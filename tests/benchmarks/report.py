"""The table, the JSON file and the plot of one run.

Functions: table, growth_table, as_json, plot.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.engine import Growth, Row
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
    }


def duration(seconds: float) -> str:
    """Three digits with a unit."""
    for unit, factor in (("s", 1.0), ("ms", 1e3), ("us", 1e6)):
        if seconds * factor >= 1 or unit == "us":
            return f"{seconds * factor:.3g} {unit}"
    raise AssertionError


def _figure(value: float) -> str:
    return f"{value:.0f}x" if value >= 100 else f"{value:.2g}x" if value < 10 else f"{value:.0f}x"


def table(rows: Sequence[Row]) -> str:
    """One line for each row, with both sides."""
    head = ("", "work", "engine", "against", "other", "ratio", "target", "", "limit", "at limit")
    lines = [head]
    for row in rows:
        lines.append(
            (
                row.target,
                row.work,
                duration(row.engine),
                row.against,
                duration(row.other),
                _figure(row.ratio),
                f"{'>=' if row.faster else '<='} {row.aim:g}x",
                "met" if row.met else f"missed {_missed(row):.2f}x",
                duration(row.limit),
                _figure(row.limit_ratio),
            )
        )
    return _aligned(lines)


def _missed(row: Row) -> float:
    return row.aim / row.ratio if row.faster else row.ratio / row.aim


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
            {**asdict(row), "ratio": row.ratio, "limit_ratio": row.limit_ratio, "met": row.met}
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
    margins = [row.ratio / row.aim if row.faster else row.aim / row.ratio for row in rows]
    colours = ["tab:green" if row.met else "tab:red" for row in rows]
    left.barh(range(len(rows)), [margin - 1 for margin in margins], left=1, color=colours)
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

"""Known loci of critical points: dimensions, and the inertia of the Hessian.

    python tests/benchmarks/loci.py [--wide] [--all]

The first table has for each network all choices of layers whose weights are 0: the dimension by the
printed formula, by the rank of the parametrisation's Jacobian at an exact point, and as the program
says it; then the dimensions of the star locus and of the core locus, their greatest pieces. --all
shows each choice; --wide adds depth 7 and widths up to 40. The second table has the exact inertia
at points of these loci beside what the theorems say: m positive eigenvalues and others 0 on the
core locus for m outputs (one, as printed), and at least (n + 1 - N) m zeros for n >= N units below.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from locus_counts import choices, jacobian, printed_dimension, rank
from rich.console import Console
from rich.table import Table

from symbolic_landscape import critical_loci

NETWORKS: tuple[tuple[int, ...], ...] = (
    (3, 4, 2),
    (2, 3, 5, 1),
    (4, 1, 3, 2),
    (1, 2, 3, 4, 2),
    (3, 5, 2, 4, 3, 1),
    (2, 1, 3, 1, 4, 2, 1),
)
WIDE: tuple[tuple[int, ...], ...] = (
    (1, 2, 3, 1, 4, 2, 3, 2),
    (5, 40, 3),
    (2, 40, 9, 3),
    (5, 9, 40, 11, 2),
    (2, 40, 40, 40, 3),
    (1, 6, 12, 40, 3, 8, 2),
    (2, 7, 3, 40, 5, 11, 4, 1),
)
POINTS: tuple[tuple[tuple[int, ...], int], ...] = tuple(
    ((*(2, 3, 4, 3, 4)[:depth], outputs), samples)
    for depth in (3, 4, 5)
    for outputs in (1, 2, 3)
    for samples in (1, 2, 3)
)
SHOWN = (), (1,), (2,), (1, 2)
"""The layers whose points are shown without --all."""


def name(layers: tuple[int, ...]) -> str:
    return f"S_{layers[0]}" if len(layers) == 1 else f"C_{layers}"


def rows(widths: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], int, int, int]]:
    """For each choice of layers the three dimensions: formula, rank, program."""
    said = {locus.layers: locus.dimension for locus in critical_loci(widths, 1)}
    for layers in choices(len(widths) - 1):
        counted = rank([row for _, row in jacobian(widths, layers)])
        yield layers, printed_dimension(widths, layers), counted, said[layers]


def dimensions(networks: tuple[tuple[int, ...], ...], is_each: bool) -> Table:
    table = Table("widths", "layers of 0", "formula", "rank", "program", title="dimensions")
    for widths in networks:
        found = list(rows(widths))
        word = "-".join(map(str, widths))
        for row in found if is_each else ():
            table.add_row(word, name(row[0]), *map(str, row[1:]))
        agree = sum(len(set(row[1:])) == 1 for row in found)
        table.add_row(word, f"{agree} of {len(found)} choices agree", "", "", "")
        for locus, least in (("star", 1), ("core", 2)):
            pieces = [row[1:] for row in found if len(row[0]) >= least]
            if pieces:
                table.add_row(
                    word, f"dim {locus}", *(str(max(x)) for x in zip(*pieces, strict=True))
                )
    return table


def inertias(is_each: bool) -> Table:
    table = Table(
        *(
            "widths",
            "N",
            "locus",
            "dimension",
            "inertia",
            "zeros",
            ">=",
            "one positive",
            "m positive",
        ),
        title="inertia",
    )
    for widths, samples in POINTS:
        units, outputs = widths[-2:]
        for locus in critical_loci(widths, samples):
            if len(locus.layers) > 2 or (not is_each and locus.layers not in SHOWN):
                continue
            assert locus.loss.at(locus.point).gradient.is_zero
            positive, negative, zeros = locus.inertia
            is_core = len(locus.layers) == 2
            bound = str((units + 1 - samples) * outputs) if units >= samples else ""
            claims = [(positive, negative) == (count, 0) for count in (1, outputs)]
            table.add_row(
                "-".join(map(str, widths)),
                str(samples),
                locus.name,
                str(locus.dimension),
                str(locus.inertia),
                str(zeros),
                bound,
                *(("yes" if claim else "no") if is_core else "" for claim in claims),
            )
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wide", action="store_true", help="also depth 7 and widths up to 40")
    parser.add_argument("--all", action="store_true", help="a row for each choice of layers")
    options = parser.parse_args()
    console = Console(width=110)
    console.print(dimensions(NETWORKS + (WIDE if options.wide else ()), options.all))
    console.print(inertias(options.all))


if __name__ == "__main__":
    main()

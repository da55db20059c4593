"""The fewest zero eigenvalues found at critical points that are not fitted.

    python tests/benchmarks/zero_counts.py [--draws N] [--output FOLDER]

One row for each network and number of samples N: the exact inertia at the best point of so many
draws, its zeros beside (n + 1 - N) m, (n + 1 - r) m and (n + 1 - s) m, for n units below m outputs,
the rank r of their features and the rank s with a row of ones. FOLDER receives each point as
a problem with its certificate.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from symbolic_landscape.certificate.writing import certificate, uncovered
from symbolic_landscape.explore import Specimen
from symbolic_landscape.explore.counts import fewest_zeros
from symbolic_landscape.networks import Network
from symbolic_landscape.report.data import dump

NETWORKS: tuple[tuple[str, tuple[int, ...], int], ...] = (
    *(("cubic", (1, units, m), 4) for m in (1, 2, 3) for units in (4, 5, 8)),
    *((name, (1, 5, 2), 4) for name in ("tanh", "sigmoid", "t + t/(1 + t**2)")),
    *(("cubic", (2, units, m), 5) for m in (2, 3, 4) for units in (5, 6)),
    *(("cubic", (1, 4, units, 3), 4) for units in (4, 6)),
    *(("cubic", (1, 3, 3, 3, m), 3) for m in (1, 2)),
)


def rows(draws: int) -> Iterator[tuple[str, tuple[int, ...], int, Specimen]]:
    for activation, widths, samples in NETWORKS:
        found = fewest_zeros(Network(widths, activation), samples, draws=draws)
        if found is not None:
            yield activation, widths, samples, found


def ranks_of_features(specimen: Specimen) -> tuple[int, int]:
    problem = specimen.problem()
    depth = problem.surface.network.depth
    features = problem.surface.features(problem.point, depth - 1)
    ones = features.field.ones(features.shape[0], 1)
    return int(features.rank()), int(features.hstack(ones).rank())


def kept(folder: Path, name: str, specimen: Specimen) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    data = certificate(specimen.problem(), specimen.classification)
    (folder / f"{name}.json").write_text(dump(specimen.data))
    (folder / f"{name}.certificate.json").write_text(dump(data))
    print(f"{name}: not covered: {'; '.join(uncovered(data)) or 'none'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=100, help="draws for each network")
    parser.add_argument("--output", type=Path, help="folder of problems and certificates")
    options = parser.parse_args()
    bounds = ("(n+1-N)m", "(n+1-r)m", "(n+1-s)m")
    table = Table("widths", "activation", "N", "inertia", "zeros", *bounds, "kind")
    for activation, widths, samples, specimen in rows(options.draws):
        units, outputs = widths[-2:]
        inertia = specimen.facts.inertia or (0, 0, 0)
        table.add_row(
            "-".join(map(str, widths)),
            activation,
            str(samples),
            str(inertia),
            str(inertia[2]),
            *(
                str((units + 1 - rank) * outputs)
                for rank in (samples, *ranks_of_features(specimen))
            ),
            str(specimen.facts.kind),
        )
        if options.output is not None:
            kept(options.output, "_".join(map(str, (*widths, samples))), specimen)
    Console(width=120).print(table)


if __name__ == "__main__":
    main()

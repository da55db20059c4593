"""Linear networks on a population: instances and near misses for the statements of Section 2.2.

Notation: see `linear_population`.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear_population import (
    LinearPopulation,
)


def diagonal(*entries: int | Fraction) -> tuple[tuple[int | Fraction, ...], ...]:
    """A diagonal matrix as rows."""
    return tuple(
        tuple(v if i == j else 0 for j in range(len(entries))) for i, v in enumerate(entries)
    )


QUARTER = Fraction(1, 2)
ONE_WIDE = LinearPopulation(
    name="width 1, two layers, fitted",
    atoms=((1,),),
    truth=((Fraction(9, 4),),),
    weights=(((QUARTER,),), ((QUARTER,),)),
)
TWO_WIDE = LinearPopulation(
    name="width 2, two layers, two columns, fitted",
    atoms=((1, 1), (0, 2)),
    truth=((Fraction(3, 2), QUARTER), (0, 1)),
    weights=(((QUARTER, QUARTER), (0, 0)), ((0, 0), (0, 0))),
)
SINGLE = LinearPopulation(
    name="width 1, a single layer", atoms=((2,),), truth=((1,),), weights=(((0,),),)
)
THREE_WIDE = LinearPopulation(
    name="width 3, three layers",
    atoms=((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    truth=diagonal(QUARTER, QUARTER, 2),
    weights=(diagonal(-QUARTER, 0, 0), diagonal(0, -QUARTER, QUARTER), diagonal(0, 0, QUARTER)),
)
SHIFTED = replace(SINGLE, name="inputs with mean 1", shift=1, truth=((3,),))
NOISY = replace(SINGLE, name="noise of variance 4", noise_scale=Fraction(2))

PLAIN = LinearPopulation(
    name="widths 2, 2, 1, zero weights",
    atoms=((1, 0), (0, 1)),
    truth=((1, 2),),
    weights=(((0, 0), (0, 0)), ((0, 0),)),
    residual=False,
)
NEGATIVE = LinearPopulation(
    name="width 2, residual, det R = -1, fitted",
    atoms=((1, 0), (1, 1)),
    truth=diagonal(1, -1),
    weights=(diagonal(0, -2), diagonal(0, 0)),
)
ONE_ZERO = LinearPopulation(
    name="width 1, W_1 = W_2 = -1, R = 1",
    atoms=((1,),),
    truth=((1,),),
    weights=(((-1,),), ((-1,),)),
)
POPULATIONS = (
    ONE_WIDE,
    TWO_WIDE,
    PLAIN,
    NEGATIVE,
    ONE_ZERO,
    LinearPopulation(
        name="widths 1, 2, 3, three outputs, fitted",
        atoms=((2,),),
        truth=((1,), (0,), (2,)),
        weights=(((1,), (0,)), ((1, 0), (0, 0), (2, 0))),
        residual=False,
    ),
    LinearPopulation(
        name="width 2, residual, one of two directions",
        atoms=((1, 0), (0, 1)),
        truth=diagonal(2, 3),
        weights=(diagonal(1, -1), diagonal(0, -1)),
    ),
)
NO_TRUTH = LinearPopulation(
    name="width 1, R = 0, W_1 = W_2 = -1",
    atoms=((1,),),
    truth=((0,),),
    weights=(((-1,),), ((-1,),)),
)
NO_INPUTS = LinearPopulation(
    name="width 1, inputs all zero, W_1 = -1",
    atoms=((0,),),
    truth=((1,),),
    weights=(((-1,),),),
)
NOT_CRITICAL = LinearPopulation(
    name="width 1, not critical", atoms=((1,),), truth=((2,),), weights=(((0,),), ((0,),))
)
BOTTLENECK = LinearPopulation(
    name="widths 2, 1, 2, the smaller of two directions",
    atoms=((1, 0), (0, 1)),
    truth=diagonal(2, 1),
    weights=(((0, 1),), ((0,), (1,))),
    residual=False,
)
BEST_OF_TWO = replace(
    BOTTLENECK,
    name="widths 2, 1, 2, the greater of two directions",
    weights=(((2, 0),), ((1,), (0,))),
)

"""Points of deep linear networks on which the statements are tried, and strategies for more.

Objects: zeros, symbols, any_point, points, LAYERS_OF_TWO, DOUBLED.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import strategies as st

from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import DeepLinear, Rows


def zeros(height: int, width: int) -> Rows:
    """A zero matrix as rows."""
    return tuple((0,) * width for _ in range(height))


def symbols(letter: str, height: int, width: int) -> Rows:
    """A matrix of free symbols as rows."""
    return tuple(tuple(f"{letter}{i}{j}" for j in range(width)) for i in range(height))


def any_point(name: str, widths: Sequence[int], samples: int) -> DeepLinear:
    """Every point of a network with these widths and every data of so many samples, as symbols."""
    pairs = enumerate(pairwise(widths), 1)
    return DeepLinear(
        name=name,
        inputs=symbols("x", widths[0], samples),
        targets=symbols("y", widths[-1], samples),
        weights=tuple(symbols(f"w{k}_", above, below) for k, (below, above) in pairs),
    )


def points(
    *, most_width: int = 2, most_depth: int = 3, entries: int = 2
) -> st.SearchStrategy[DeepLinear]:
    """Small integer points of networks with up to `most_depth` layers, at any stage."""

    @st.composite
    def drawn(draw: st.DrawFn) -> DeepLinear:
        size = st.integers(1, most_width)
        widths = [draw(size), draw(size)]
        widths += [draw(size) for _ in range(draw(st.integers(0, most_depth - 1)))]
        entry = st.integers(-entries, entries)

        def rows(height: int, width: int) -> Rows:
            return tuple(tuple(draw(entry) for _ in range(width)) for _ in range(height))

        count = draw(size)
        pairs = list(pairwise(widths))
        return DeepLinear(
            inputs=rows(widths[0], count),
            targets=rows(widths[-1], count),
            weights=tuple(rows(above, below) for below, above in pairs),
            perturbed=draw(st.integers(0, len(pairs))),
        )

    return drawn()


LAYERS_OF_TWO = DeepLinear(
    name="three layers of widths 2, 1, 3, 2",
    inputs=((1, 0, 2), (1, -1, 1)),
    targets=((1, 1, 0), (0, 2, 1)),
    weights=(((1, -2),), ((1,), (0,), (2,)), ((1, 0, 1), (0, 3, -1))),
)
DOUBLED = DeepLinear(
    name="risk without the factor one half",
    inputs=((1, 1),),
    targets=((1, 2), (1, 0)),
    weights=(((1,),), ((2,), (1,))),
    convention="sum",
)

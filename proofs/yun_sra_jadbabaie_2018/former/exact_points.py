"""Exact critical points of deep linear networks, drawn with all their degenerate parts.

Functions: exact_points, as_instance.
"""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from symbolic_landscape.critical.deep_linear import (
    Blocks,
    DeepLinearPoint,
    critical_point,
    spectral_data,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import BottleneckPoint
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.spectral import rows_of

VALUES = ((3, 2, 1), (2, 2, 1), (1, 1, 1), (2, 1, 0))
"""Singular values, the first min(d_x, d_y) of which are taken."""

BLOCKS: tuple[Blocks, ...] = ("zero", "two zero", "one zero")


def as_instance(point: DeepLinearPoint, layer: int, name: str = "") -> BottleneckPoint:
    """The point as an instance, looked at from a layer."""
    return BottleneckPoint(
        name=name,
        inputs=rows_of(point.inputs),
        targets=rows_of(point.targets),
        weights=tuple(map(rows_of, point.weights)),
        layer=layer,
    )


def exact_points(widths: Sequence[tuple[int, ...]]) -> st.SearchStrategy[BottleneckPoint]:
    """Critical points of networks of these widths, at any narrowest layer.

    Bases and singular values vary, equal values and a zero among them; any directions that fit are
    selected, and the parts that the product does not see vary too.
    """

    @st.composite
    def drawn(draw: st.DrawFn) -> BottleneckPoint:
        sizes = draw(st.sampled_from(widths))
        least = min(sizes[0], sizes[-1])
        values = draw(st.sampled_from(VALUES))[:least]
        seed = draw(st.sampled_from((0, 0, 3)))
        data = spectral_data(
            sizes[0], sizes[-1], values, more_samples=draw(st.integers(0, 1)), seed=seed
        )
        most = min(sizes)
        count = draw(st.integers(0, most)) if len(sizes) > 2 else most
        selected = sorted(draw(st.permutations(range(least)))[:count])
        point = critical_point(
            data, sizes[1:-1], selected, how=draw(st.sampled_from(BLOCKS)), seed=seed
        )
        return as_instance(point, draw(st.sampled_from(point.narrowest_layers)))

    return drawn()

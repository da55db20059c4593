"""Networks of maps on which the statements of section 4 are tried, and strategies for more.

Objects: linear, profiled, network, noisy, function_networks, fitted_networks, and named maps.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.maps import Entry, Map, Ridge, Rows
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.population import (
    Atom,
    Finite,
    FunctionNetwork,
    Law,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.profiles import (
    FAR,
    NEAR,
    ROOT,
    Coefficients,
    Profile,
)

HALF = Fraction(1, 2)


def linear(*rows: tuple[Entry, ...]) -> Map:
    """The linear map with these rows."""
    return Map(rows)


def scaled(factor: Entry) -> Map:
    """The map x -> factor x on the line."""
    return linear((factor,))


def profiled(profile: Profile, slope: Entry = 0) -> Map:
    """The map x -> slope x + phi(x) on the line."""
    return Map(((slope,),), (Ridge((1,), (1,), profile),))


def quotient(top: Coefficients, bottom: Coefficients = (1,)) -> Map:
    """A quotient of polynomials on the line; coefficients run from the constant term up."""
    return profiled(Profile(top, bottom))


ZERO, IDENTITY = scaled(0), scaled(1)
BUMP = Profile((0, 1), (1, 0, 1))
"""t / (1 + t^2), with slopes from -1/8 to 1."""

STEEPER = profiled(BUMP, 1)
"""t + t / (1 + t^2), with slopes from 7/8 to 2."""

FLAT = quotient((0, 2, Fraction(-5, 2), 1), (2, -2, 1))
"""(t - 1)^3 / (1 + (t - 1)^2) + 1/2: increasing from -oo to oo, with slope 0 at t = 1 alone."""

TWICE_SIX = Map(((1,),), (Ridge((1,), (10,), BUMP),))
"""t + 10 t / (1 + t^2), which is 6 at 1 and at 2."""

THROUGH_ONE = quotient((0, Fraction(13, 2), Fraction(-9, 2)), (1, 0, 1))
"""A quotient that is 1 at 1 and -1 at 2."""

CORNER = profiled(Profile((0, 1), left=((0, -1), (1,))))
"""|t|."""

TWO_SLOPES = profiled(Profile((0, 1), left=((0, 2), (1,))))
"""t for t >= 0, and 2 t for t < 0."""

PARABOLA = quotient((0, 0, 1))
SHIFT = profiled(Profile((1,)), 1)
"""t + 1."""

CONSTANT_ONE = profiled(Profile((1,)))
BENT = profiled(Profile((0, 0, 1), (1, 1), left=((0, 0, -1), (1, -1))), 1)
"""t + t |t| / (1 + |t|): slopes from 1 to 2, with no second derivative at 0."""

BOUNDED = profiled(Profile((0, 1), (1, 1), left=((0, 1), (1, -1))))
"""t / (1 + |t|): slopes above 0, values between -1 and 1."""

RETURNING = quotient((0, -1, 1), (1, 0, 1))
"""t (t - 1) / (1 + t^2), which is 0 at 0 and at 1."""

WAVES_FAR, WAVES_NEAR, THREE_HALVES = (profiled(Profile(named=name)) for name in (FAR, NEAR, ROOT))
TILTED = Map(((1, 0), (0, 1)), (Ridge((1, 1), (1, 0), BUMP),))
"""(x + phi(x + y), y) with phi(t) = t / (1 + t^2)."""


def noisy(
    target: Map,
    inputs: Sequence[tuple[Entry, ...]],
    noise: int | Fraction = 0,
    weights: Sequence[Fraction] = (),
) -> Finite:
    """The law with these values of X and Y = h*(X) plus or minus `noise` in each coordinate."""
    share = weights or [Fraction(1, len(inputs))] * len(inputs)
    atoms = []
    for x, weight in zip(inputs, share, strict=True):
        mean = [value.rational() for (value,) in target.value(QQ.column(x)).tolist()]
        for sign in (1, -1) if noise else (1,):
            y = tuple(value + sign * Fraction(noise) for value in mean)
            atoms.append(Atom(weight / (2 if noise else 1), x, y))
    return Finite(tuple(atoms))


def network(
    name: str,
    target: Map,
    layers: tuple[Map, ...],
    inputs: Sequence[tuple[Entry, ...] | int | Fraction] | Law,
    noise: int | Fraction = 0,
    **fields: Any,
) -> FunctionNetwork:
    """A network with these values of X (numbers where d_x = 1), all as likely, or with a law."""
    if isinstance(inputs, Sequence):
        points = [x if isinstance(x, tuple) else (x,) for x in inputs]
        law: Law = noisy(target, points, noise)
    else:
        law = inputs
    return FunctionNetwork(name=name, law=law, target=target, layers=layers, **fields)


def _rows(draw: st.DrawFn, height: int, width: int) -> Rows:
    entry = st.integers(-1, 2)
    return tuple(tuple(draw(entry) for _ in range(width)) for _ in range(height))


def _map(draw: st.DrawFn, height: int, width: int, *, bent: bool) -> Map:
    ridges: tuple[Ridge, ...] = ()
    if bent and draw(st.booleans()):
        vector = st.integers(-1, 1)
        along = tuple(draw(vector) for _ in range(width))
        output = tuple(draw(vector) for _ in range(height))
        ridges = (Ridge(along, output, BUMP),)
    return Map(_rows(draw, height, width), ridges)


def _points(draw: st.DrawFn, size: int) -> list[tuple[int, ...]]:
    vector = st.tuples(*[st.integers(-2, 2)] * size)
    return draw(st.lists(vector, min_size=1, max_size=2, unique=True))


def function_networks() -> st.SearchStrategy[FunctionNetwork]:
    """Small networks, linear and bent layers mixed, with any layer moved in a linear direction."""

    @st.composite
    def drawn(draw: st.DrawFn) -> FunctionNetwork:
        size = st.integers(1, 2)
        widths = [draw(size) for _ in range(draw(st.integers(2, 4)))]
        layers = tuple(_map(draw, b, a, bent=True) for a, b in pairwise(widths))
        target = _map(draw, widths[-1], widths[0], bent=True)
        layer = draw(st.integers(1, len(layers)))
        here = layers[layer - 1]
        return FunctionNetwork(
            law=noisy(target, _points(draw, widths[0]), draw(st.integers(0, 1))),
            target=target,
            layers=layers,
            layer=layer,
            direction=Map(_rows(draw, here.outputs, here.inputs)),
            epsilon=draw(st.sampled_from((HALF, Fraction(1)))),
            epsilon_below=draw(st.sampled_from((HALF, Fraction(1)))),
        )

    return drawn()


def fitted_networks() -> st.SearchStrategy[FunctionNetwork]:
    """Linear layers; the target is their product, or a multiple of it, or the layers are zero."""

    @st.composite
    def drawn(draw: st.DrawFn) -> FunctionNetwork:
        size = st.integers(1, 2)
        widths = [draw(size) for _ in range(draw(st.integers(2, 4)))]
        layers = tuple(Map(_rows(draw, b, a)) for a, b in pairwise(widths))
        product = QQ.identity(widths[0])
        for layer in layers:
            product = layer.matrix(QQ) @ product
        factor = draw(st.sampled_from((1, 1, 1, 2)))
        entries = product.scale(factor).tolist()
        target = Map(tuple(tuple(value.rational() for value in row) for row in entries))
        return FunctionNetwork(
            law=noisy(target, _points(draw, widths[0]), draw(st.integers(0, 1))),
            target=target,
            layers=layers,
            layer=draw(st.integers(1, len(layers))),
            epsilon=HALF,
            epsilon_below=HALF,
        )

    return drawn()

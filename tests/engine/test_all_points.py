"""All critical points of small networks, counted two ways; infima over the last layer."""

from __future__ import annotations

import stat
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from symbolic_landscape import Network, Parameters, Samples
from symbolic_landscape.arithmetic import QQ, RationalFunctions, isolated_solutions
from symbolic_landscape.arithmetic.msolve import find_program
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical import (
    Kind,
    counted_by_msolve,
    critical_points,
    critical_values,
    infimum_over_last_layer,
)
from symbolic_landscape.errors import DomainError

needs_msolve = pytest.mark.skipif(find_program() is None, reason="msolve is not installed")


def surface(
    widths: tuple[int, ...],
    activation: str,
    data: Any,
    *,
    bias: bool = False,
    output: str = "linear",
) -> LossSurface:
    inputs, targets = data
    return Network(widths, activation, output, bias=bias).loss(Samples(inputs, targets))


SQUARED = surface(
    (2, 1), "linear", ([[1, 0], [0, 1], [1, 1]], [[2], [1], [5]]), bias=True, output="square"
)


def test_squared_output_has_27_critical_points() -> None:
    """Each of three independent predictions z has (z^2 - y)^2 with three critical points."""
    found = critical_points(SQUARED)
    assert (len(found.points), found.complex_count, found.with_multiplicity) == (27, 27, 27)
    assert found.kinds == {Kind.MAXIMUM: 1, Kind.STRICT_SADDLE: 18, Kind.STRICT_MINIMUM: 8}
    assert found.index_sum == 1


def test_critical_values_of_squared_output_are_the_sums_of_squared_targets() -> None:
    sums = {a + b + c for a in (0, 4) for b in (0, 1) for c in (0, 25)}
    assert [value.rational() for value in critical_values(SQUARED)] == sorted(sums)


def test_a_single_point_with_irrational_coordinates() -> None:
    found = critical_points(
        surface((1, 1), "linear", ([[1], [0], [2]], [[2], [1], [5]]), bias=True, output="cubic")
    )
    assert (len(found.points), found.complex_count) == (1, 25)
    assert found.kinds == {Kind.STRICT_MINIMUM: 1}
    (value,) = critical_values(found.surface)
    assert value.enclose(128).overlaps(found.classified[0].loss.enclose(128))


def test_manifolds_of_critical_points_are_told_and_still_have_values() -> None:
    """By least squares of the product: 1/17 is fitted, 26 at the origin."""
    net = surface((1, 1, 1), "square", ([[1], [2]], [[1], [5]]))
    with pytest.raises(DomainError, match="infinitely many"):
        critical_points(net)
    assert [value.rational() for value in critical_values(net)] == [Fraction(1, 17), 26]


def test_values_of_a_linear_bottleneck_are_the_singular_values_left_out() -> None:
    net = surface((2, 1, 2), "linear", ([[1, 0], [0, 1]], [[2, 0], [0, 1]]))
    assert [value.rational() for value in critical_values(net)] == [1, 4, 5]


@pytest.mark.parametrize(
    ("net", "words"),
    [
        (surface((1, 1), "linear", ([[1]], [[1]]), output="tanh"), "polynomials were needed"),
        (surface((2, 2, 1), "linear", ([[1, 1]], [[1]])), "at most 4 parameters"),
        (surface((1, 1, 1, 1, 1), "cubic", ([[1]], [[1]])), "product of at most"),
    ],
)
def test_what_is_too_large_or_no_polynomial_should_fail(net: LossSurface, words: str) -> None:
    with pytest.raises(DomainError, match=words):
        critical_points(net)


@needs_msolve
def test_msolve_counts_the_same_kinds() -> None:
    counted = Counter(found.kind for found in counted_by_msolve(SQUARED))
    assert counted == critical_points(SQUARED).kinds


def with_answer(monkeypatch: pytest.MonkeyPatch, folder: Path, answer: str) -> Any:
    """A system, and a program in place of msolve that prints the answer."""
    program = folder / "msolve"
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{answer}\nEND\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    field = RationalFunctions(("x", "y"))
    return [field.generator("x") ** 2 - 2, field.generator("y") - 1]


def test_answer_of_msolve_is_read_exactly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = "[0, [1,\n[[[-3 / 2, -5 / 2^2], [1, 1]], [[5 / 2^2, 3 / 2^1], [1, 1]]]\n]]:"
    boxes = isolated_solutions(with_answer(monkeypatch, tmp_path, text))
    assert boxes[0] == ((Fraction(-3, 2), Fraction(-5, 4)), (1, 1))
    assert len(boxes) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[1, 2, -1, []]:", "infinitely many"),
        ("Segmentation fault", "an answer of msolve"),
        ("[0, [1, [[[1, 2]]]]]:", "an answer of msolve"),
        ("[[[", "an answer of msolve"),
        ("", "an answer of msolve"),
    ],
)
def test_strange_answer_of_msolve_should_fail(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(DomainError, match=words):
        isolated_solutions(with_answer(monkeypatch, tmp_path, text))


def test_no_solutions_of_msolve(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert isolated_solutions(with_answer(monkeypatch, tmp_path, "[-1]:")) == ()


def test_missing_msolve_should_fail(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    system = with_answer(monkeypatch, tmp_path, "")
    monkeypatch.setattr("symbolic_landscape.arithmetic.msolve.find_program", lambda: None)
    with pytest.raises(DomainError, match="not installed"):
        isolated_solutions(system)


# ---- the last layer


def test_infimum_over_the_last_layer_solves_the_normal_equations() -> None:
    net = surface((1, 1, 2), "square", ([[1], [2]], [[1, 0], [2, 1]]), bias=True)
    point = Parameters(weights=[[[1]], [[0], [0]]], biases=[[0], [0, 0]])
    found = infimum_over_last_layer(net, point)
    assert found.value.is_zero
    assert found.is_unique
    assert found.gap.rational() == 6
    assert found.biases is not None
    moved = Parameters(
        weights=[[[1]], found.weights.tolist()],
        biases=[[0], [row[0] for row in found.biases.tolist()]],
    )
    assert net.at(moved).value.is_zero


def test_infimum_over_dependent_features_is_not_unique() -> None:
    net = surface((1, 2, 1), "tanh", ([[1], [2]], [[1], [0]]))
    found = infimum_over_last_layer(net, Parameters(weights=[[[1], [1]], [[0, 0]]]))
    assert not found.is_unique
    assert found.value.sign() > 0
    assert found.gap.sign() > 0
    assert found.value.field != QQ


@pytest.mark.parametrize(
    "net",
    [
        surface((1, 1), "linear", ([[1]], [[1]]), output="square"),
        Network((1, 1), "linear").loss(Samples([[1]], [[1]]), "log(1 + a**2)"),
    ],
)
def test_infimum_of_other_losses_should_fail(net: LossSurface) -> None:
    with pytest.raises(DomainError, match="squared errors and a linear output"):
        infimum_over_last_layer(net, net.network.parameters([0] * net.network.parameter_count))


def test_networks_with_one_parameter() -> None:
    samples = Samples([[1], [2]], [[1], [3]])
    found = critical_points(Network((1, 1), "linear", "square", bias=False).loss(samples))
    assert len(found.points) == 3
    assert found.kinds == {Kind.STRICT_MINIMUM: 2, Kind.MAXIMUM: 1}
    assert found.index_sum == 1
    line = critical_points(Network((1, 1), bias=False).loss(samples))
    assert [str(value) for (value,) in line.points] == ["7/5"]


@pytest.mark.parametrize(
    ("widths", "complex_count", "minima", "saddles"),
    [
        # w = v = +-r with r^2 = 1 - 2/10, or w = -v = +-r with r^2 = -1 - 2/10, or 0
        ((1, 1, 1), 5, 2, 1),
        # all weights +-r with an even number of minus signs and r^4 - r + 2/10 = 0, or 0
        ((1, 1, 1, 1), 17, 5, 4),
    ],
)
def test_scalar_deep_linear_networks_with_weight_decay(
    widths: tuple[int, ...], complex_count: int, minima: int, saddles: int
) -> None:
    surface = Network(widths, bias=False).loss(Samples([[1]], [[1]]), "half", weight_decay="1/10")
    found = critical_points(surface)
    assert (found.complex_count, found.with_multiplicity) == (complex_count, complex_count)
    assert found.kinds == {Kind.STRICT_MINIMUM: minima, Kind.STRICT_SADDLE: saddles}
    assert found.index_sum == 1


@pytest.mark.parametrize("units", [1, 2])
def test_deep_linear_networks_with_a_decay_of_each_weight(units: int) -> None:
    """L = (x v.w - y)^2 / 2 + sum a_i w_i^2 + b_i v_i^2 with n units has 1 + 4 n critical points.

    With r = x v.w - y, (r x)^2 = 4 a_i b_i for each unit whose weights are not 0. If all a_i b_i
    differ there is one such unit at most; each sign of r x then gives two opposite w_i, which are
    real if r x < 0 < y, for small decay.
    """
    decay = [Fraction(1, d) for d in (10, 7, 13, 9)]
    samples = Samples([[1]], [[3]])
    plain = Network((1, units, 1), bias=False).loss(samples, "half")
    found = critical_points(replace(plain, decay=tuple(decay[: 2 * units])))
    assert (found.complex_count, found.with_multiplicity) == (1 + 4 * units, 1 + 4 * units)
    assert len(found.points) == 1 + 2 * units
    assert found.kinds == {Kind.STRICT_MINIMUM: 2, Kind.STRICT_SADDLE: 2 * units - 1}
    assert found.index_sum == 1

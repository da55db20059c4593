"""The known loci of critical points: they are critical, and of the dimension that is said."""

from __future__ import annotations

import pytest
from benchmarks.locus_counts import choices, jacobian, printed_dimension, rank

from symbolic_landscape import Network, Samples, classify, critical_loci
from symbolic_landscape.critical import Locus
from symbolic_landscape.errors import LandscapeError

NETWORKS = (
    ((1, 2, 1), 2),
    ((2, 3, 2), 4),
    ((1, 2, 2, 2, 1), 2),
    ((3, 2, 3, 2), 3),
    ((2, 1, 3, 2, 2), 3),
    ((1, 3, 2, 3), 1),
)


def loci(widths: tuple[int, ...], samples: int) -> dict[str, Locus]:
    return {locus.name: locus for locus in critical_loci(widths, samples)}


@pytest.mark.parametrize(("widths", "samples"), NETWORKS, ids=str)
def test_points_are_critical_and_their_hessian_has_the_rank_that_follows(widths, samples):
    below, above = widths[:-1], widths[-1]
    for locus in critical_loci(widths, samples):
        at = locus.loss.at(locus.point)
        assert at.gradient.is_zero
        assert locus.inertia == at.hessian.inertia()
        assert locus.inertia[2] >= locus.dimension
        rest = 0
        if len(locus.layers) == 1:
            (k,) = locus.layers
            rest = min(below[k:]) * min(below[k - 1], above, samples - 1)
        signs = (above * samples, 0) if locus.name == "M" else (above + rest, rest)
        assert locus.inertia[:2] == signs


def test_all_choices_of_layers_are_there_the_largest_first():
    found = critical_loci((2, 3, 1, 2, 2), 3)
    assert {locus.layers for locus in found if locus.layers} == set(choices(4))
    dimensions = [locus.dimension for locus in found]
    assert dimensions == sorted(dimensions, reverse=True)
    assert all(x.dimension + x.codimension == 23 for x in found)


def check_dimensions(widths: tuple[int, ...], samples: int = 2) -> None:
    found = loci(widths, samples)
    for layers in choices(len(widths) - 1):
        rows = jacobian(widths, layers)
        name = f"S_{layers[0]}" if len(layers) == 1 else f"C_{layers}"
        dimension = rank([row for _, row in rows])
        assert dimension == found[name].dimension == printed_dimension(widths, layers)
        values = found[name].loss.network.parameter_count
        assert len(rows) == values
        moving = [x for pair in zip(*_flat(found[name]), strict=True) for x in pair]
        assert sum(moving) == dimension


def _flat(locus: Locus) -> tuple[list[int], list[int]]:
    """How many entries are not 0, for weights and for biases below the last layer."""
    point = locus.point

    def count(matrix) -> int:
        return sum(not x.is_zero for row in matrix.tolist() for x in row)

    return [*map(count, point.weights)], [*map(count, point.biases[:-1]), 0]


@pytest.mark.parametrize("widths", [(1, 1, 1), (3, 2, 4, 1), (2, 3, 1, 4, 2), (1, 2, 3, 1, 2, 1)])
def test_dimensions_are_counts_of_free_parameters(widths):
    check_dimensions(widths)


@pytest.mark.slow
@pytest.mark.parametrize(
    "widths",
    [
        (2, 3, 4, 2, 3, 2, 1),
        (1, 2, 3, 1, 4, 2, 3, 2),
        (3, 40, 2),
        (2, 40, 7, 3),
        (5, 9, 40, 11, 2),
        (2, 40, 40, 40, 3),
        (1, 6, 12, 40, 3, 8, 2),
    ],
    ids=str,
)
def test_dimensions_are_counts_for_deep_and_wide_networks(widths):
    check_dimensions(widths)


def test_the_rank_of_dependent_rows():
    assert rank([{0: 1, 1: 2}, {0: 2, 1: 4}, {1: 3}, {}]) == 2


def test_own_data_are_taken_and_points_are_classified():
    samples = Samples([[0, 1], [1, "1/2"]], [[1], ["-3/4"]])
    found = {x.name: x for x in critical_loci((2, 2, 2, 1), samples, activation="t + t**5")}
    assert found["S_1"].loss.samples == samples
    kinds = {name: str(classify(x.loss, x.point).kind) for name, x in found.items()}
    assert kinds["S_1"] == kinds["S_2"] == "strict saddle"
    assert kinds["M"] == "non-strict local minimum"
    assert kinds["C_(1, 2)"] == "saddle"


def test_a_set_of_loss_0_is_left_out_where_no_point_is_found():
    assert "M" not in loci((1, 1, 1, 1), 4)
    assert "M" not in {x.name for x in critical_loci((1, 3, 1), Samples([[0], [0]], [[0], [1]]))}


def test_the_inertia_of_a_large_network_is_refused():
    (wide,) = (x for x in critical_loci((1, 400, 1), 1) if x.name == "S_1")
    with pytest.raises(LandscapeError, match="at most 1000 parameters, got 1201"):
        _ = wide.inertia


@pytest.mark.parametrize(
    ("widths", "samples", "activation", "said"),
    [
        ((1, 2, 1), 0, "cubic", "samples, or a number of them from 1 to 1000, were needed, got 0"),
        ((1, 2, 1), "2", "cubic", "a number of them from 1 to 1000, were needed, got '2'"),
        ((1, 2, 1), True, "cubic", "were needed, got True"),
        ((1, 2, 1), 2, "relu", "rational numbers was needed, got relu"),
        ((1, 2, 1), 2, "tanh", "rational numbers was needed, got tanh"),
        ((1, 2, 1), 2, "1 + t", "with the value 0 at 0 was needed"),
        ((1,) * 12, 2, "cubic", "at most 8 layers are taken, got 11"),
        ((1, 2, 1), Samples([[0]], [[1]], ["1/2"]), "cubic", "without weights"),
        ((2, 2, 1), Samples([[0]], [[1]]), "cubic", "samples"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(widths, samples, activation, said):
    with pytest.raises(LandscapeError, match=said) as caught:
        critical_loci(widths, samples, activation=activation)
    assert "\n" not in str(caught.value)


def test_the_network_is_plain():
    assert isinstance(critical_loci((1, 1), 1)[0].loss.network, Network)

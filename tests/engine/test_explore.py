"""The hunt: its vocabulary, its constructions, and what it finds."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from symbolic_landscape.certificate import verifier
from symbolic_landscape.certificate.writing import certificate
from symbolic_landscape.critical import Kind, classify_problem
from symbolic_landscape.critical.problem import problem_from_data
from symbolic_landscape.errors import DomainError, ShapeError, UnknownKeyError
from symbolic_landscape.explore import Facts, facts_of, facts_of_network, hunt, wanted
from symbolic_landscape.explore.designs import Design, Frame, split
from symbolic_landscape.networks import Network

PLAIN = Facts((1, 4, 1), 5, "tanh(t)", True)
SPURIOUS = replace(
    PLAIN, kind=Kind.NON_STRICT_MINIMUM, is_global=False, inertia=(10, 0, 3), is_family=True
)
SADDLE = replace(PLAIN, kind=Kind.STRICT_SADDLE, inertia=(9, 4, 0), order=2, is_family=False)
OPEN = replace(PLAIN, kind=Kind.OPEN_MINIMUM, is_global=None, inertia=(10, 0, 3))


@pytest.mark.parametrize(
    ("text", "spurious", "saddle", "opened"),
    [
        ("local minimum, not global", True, False, None),
        ("spurious", True, False, None),
        ("strict", False, True, None),
        ("not strict", True, False, None),
        ("strict local minimum", False, False, None),
        ("saddle, order 2", False, True, False),
        ("not order 2", True, False, True),
        ("isolated saddle", False, True, False),
        ("isolated", False, True, None),
        ("degenerate saddle", False, False, False),
        ("fewer than 3 zero eigenvalues", False, True, False),
        ("exactly three zero eigenvalues, tanh, one hidden layer", True, False, True),
        ("three zero eigenvalues", True, False, True),
        ("no negative eigenvalues", True, False, True),
        ("not wide, at least 4 hidden units, 13 parameters", True, True, True),
        ("duplicated unit", None, None, None),
        ("activation t + t**3", False, False, False),
        ("GLOBAL  minimum", False, None, None),
        ("fitted", None, None, None),
    ],
)
def test_wants_are_decided_with_three_values(
    text: str, spurious: bool | None, saddle: bool | None, opened: bool | None
) -> None:
    want = wanted(text)
    assert [want.of(facts) for facts in (SPURIOUS, SADDLE, OPEN)] == [spurious, saddle, opened]
    assert [wanted(str(want)).of(facts) for facts in (SPURIOUS, SADDLE, OPEN)] == [
        spurious,
        saddle,
        opened,
    ]


def test_negation_never_meets_what_is_open() -> None:
    words = ("local minimum", "global", "strict", "degenerate", "isolated", "order 4", "fitted")
    for word in words:
        assert wanted(word).of(PLAIN) is wanted(f"not {word}").of(PLAIN) is None


@pytest.mark.parametrize(
    "text", ["", "local minimum,", "spurios", "order x", "not", "activation )", "activation foo"]
)
def test_unknown_phrase_should_fail_with_one_sentence(text: str) -> None:
    with pytest.raises(UnknownKeyError) as caught:
        wanted(text)
    assert "\n" not in str(caught.value)
    assert text.strip() in str(caught.value)


def test_misspelt_phrase_is_answered_by_its_neighbours() -> None:
    with pytest.raises(UnknownKeyError, match="the closest are local minimum,"):
        wanted("local minimun")


def test_facts_survive_as_data() -> None:
    assert Facts.from_data(SADDLE.to_data()) == SADDLE


FRAME = Frame(
    Network((1, 1, 1), "t + t/(1 + t**2)"),
    tuple((Fraction(x),) for x in (-3, -2, -1, 0, 1)),
    (((Fraction(1), Fraction(0)),), ((Fraction(2), Fraction(1)),)),
)


def test_targets_of_a_design_make_the_point_critical() -> None:
    (basis,) = FRAME.admissible
    problem = problem_from_data(
        FRAME.combination([Fraction(1, 3)]).frame.data(FRAME.combination([Fraction(1, 3)]).targets)
    )
    gradient = problem.surface.at(problem.point).gradient
    assert gradient.is_zero
    residuals = problem.surface.at(problem.point).residuals.tolist()
    assert [row[0].rational() for row in residuals] == [Fraction(e, 3) for e in basis]


def test_other_residuals_should_fail_to_be_critical() -> None:
    (basis,) = FRAME.admissible
    moved = Design(FRAME, (Fraction(basis[0] + 1), *map(Fraction, basis[1:])))
    problem = problem_from_data(FRAME.data(moved.targets))
    assert classify_problem(problem).kind is Kind.NOT_CRITICAL


def test_tanh_is_rational_at_logarithms() -> None:
    frame = replace(FRAME, network=Network((1, 1, 1), "tanh"))
    assert frame.predictions[0] == (2 * Fraction(-7, 9) + 1,)
    assert frame.data(frame.predictions)["parameters"]["weights"][0] == [["log(2)/2"]]
    assert len(frame.admissible) == 1


def test_split_keeps_predictions_and_criticality() -> None:
    wide = split(
        FRAME,
        Network((1, 3, 1), FRAME.network.activation),
        [[0, 0, 0]],
        [[Fraction(1, 2), Fraction(3, 2), Fraction(-1)]],
    )
    assert wide.predictions == FRAME.predictions
    assert wide.admissible == FRAME.admissible
    with pytest.raises(DomainError, match="sum 1"):
        split(FRAME, Network((1, 2, 1), "cubic"), [[0, 0]], [[Fraction(1), Fraction(1)]])


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        ({"widths": (1, 4, 1), "samples": 5}, Kind.NON_STRICT_MINIMUM),
        pytest.param(
            {"widths": (1, 4, 2), "samples": 4, "want": "isolated saddle"},
            Kind.STRICT_SADDLE,
            marks=pytest.mark.slow,
        ),
        ({"want": "degenerate saddle, tanh"}, Kind.STRICT_SADDLE),
    ],
)
def test_hunt_finds_what_is_wanted_and_the_verifier_agrees(arguments: dict, kind: Kind) -> None:
    found = hunt(**arguments, budget=1000)
    specimen = found.specimen
    assert specimen is not None
    again = classify_problem(problem_from_data(specimen.data))
    assert again.kind is specimen.classification.kind is kind
    network = specimen.problem().surface.network
    facts = facts_of(facts_of_network(network, len(specimen.data["samples"]["inputs"])), again)
    assert wanted(found.want).of(facts) is True
    lines = verifier.verify(json.dumps(certificate(specimen.problem(), specimen.classification)))
    assert verifier.status(lines) == 0


def test_hunt_is_determined_by_its_seed() -> None:
    arguments = {"want": "degenerate saddle, cubic", "seed": 5, "budget": 1000}
    first, second = hunt(**arguments), hunt(**arguments)
    assert first.specimen is not None
    assert first.specimen.data == second.specimen.data
    assert (first.drawn, first.classified) == (second.drawn, second.classified)


def test_hunt_without_time_finds_nothing() -> None:
    found = hunt(widths=(1, 2, 1), samples=3, budget=0)
    assert found.specimen is None
    assert not found.classified


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"widths": (1, 1)}, UnknownKeyError, "not global"),
        ({"widths": (1, 2, 1), "want": "two hidden layers"}, UnknownKeyError, "2 hidden layers"),
        ({"activation": "cubic", "want": "tanh"}, UnknownKeyError, "tanh"),
        ({"widths": (50, 50, 1)}, ShapeError, "parameters"),
        ({"widths": (1, 0, 1)}, ShapeError, "widths"),
        ({"samples": 0}, ShapeError, "samples"),
        ({"samples": "5"}, ShapeError, "samples"),
        ({"budget": float("nan")}, ShapeError, "budget"),
        ({"budget": -1.0}, ShapeError, "budget"),
        ({"want": 3}, UnknownKeyError, "text"),
        ({"activation": "cube"}, UnknownKeyError, "cube"),
    ],
)
def test_hunt_of_what_cannot_be_should_fail(
    arguments: dict, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        hunt(**arguments)

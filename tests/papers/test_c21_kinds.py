"""C21: kinds of critical points, the example functions, attracting loci."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace

import pytest

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.judge.pool import Pool
from symbolic_landscape.judge.results import Finding, StatementResult
from symbolic_landscape.judge.rows import rows
from symbolic_landscape.judge.statuses import status
from symbolic_landscape.library.lemmas import Proofs
from symbolic_landscape.library.run import CheckReport, check
from symbolic_landscape.proofs.cooper_2021.section_5.morse import MORSE, MORSE_LEMMA
from symbolic_landscape.proofs.cooper_2021.settings.function_decisions import (
    flows_to,
    morse_coordinates,
)
from symbolic_landscape.statement.language import Expr, fn, matrix


@cache
def report(key: str) -> CheckReport:
    return check(Proofs.load(keys=[key]), [key], instances=6, seed=0)


def judged(key: str, reading: str = "printed") -> StatementResult:
    return report(key).result(key, reading)


def refutation(key: str) -> Finding:
    (found,) = (f for f in judged(key).findings if f.kind == "refuted")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("key", ["C21.D3.0", "C21.D5.4", "C21.D5.5", "C21.D5.6"])
def test_definitions_are_derived(key: str) -> None:
    assert status(judged(key)) == "derived"


@pytest.mark.slow
def test_connected_sublevel_sets_allow_nondegenerate_points() -> None:
    key = "C21.R1.sublevel.general"
    assert status(judged(key)) == "refuted"
    fails = {i.name for i in judged(key).instances if i.verdict == "fails"}
    assert fails >= {"x^2, point 1", "z^2 - x^2 - y^2, point 1"}
    assert report(key).statuses[key, "repaired"] == "derived"


@pytest.mark.slow
def test_a_very_wide_network_has_nondegenerate_critical_points_and_no_such_minima() -> None:
    found = refutation("C21.R1.sublevel").counterexample
    assert found is not None
    assert "isolated saddle" in found["name"]
    assert report("C21.R1.sublevel").statuses["C21.R1.sublevel", "repaired"] == "derived"


@pytest.mark.slow
def test_the_x_axis_is_no_locus_of_critical_points() -> None:
    found = refutation("C21.X3.4a").counterexample
    assert found is not None
    assert found["name"] == "(1, 0)"
    assert report("C21.X3.4a").statuses["C21.X3.4a", "repaired"] == "derived"


@pytest.mark.slow
def test_isolated_minima_are_strict_without_continuity() -> None:
    result = judged("C21.L5.12")
    assert result.derivation.surplus == ("continuous",)
    assert report("C21.L5.12").statuses["C21.L5.12.point", "printed"] == "derived"


def test_the_morse_lemma_on_polynomials() -> None:
    """Wherever its hypotheses hold the coordinates are found, and elsewhere there are none."""
    found = list(rows(MORSE_LEMMA, Pool([MORSE], count=0)))
    met = {r.case.instance.name for r in found if r.met}
    assert len(met) >= 4
    assert all(r.kept for r in found if r.met)
    degenerate = [r for r in found if r.misses == "nondegenerate"]
    assert degenerate
    assert all(r.refuted for r in degenerate)


u = matrix("u", 2, 1)
x1, x2 = u[1, 1], u[2, 1]


@pytest.mark.parametrize(
    ("body", "minus", "outcome", "words"),
    [
        (x1 * x2 + 3 * x1**2, 1, "holds", "the coordinates are linear"),
        (x1**2 + x1**3 - x2**2 + 5 * x2**4, 1, "holds", "u_i = x_i |g_i(x_i)|^(1/2)"),
        (x1**2 - x2**2 + x1 * x1 * x2, 1, "undecided", "agrees up to degree 6"),
        (x1**2 - x2**2 + x1 * x1 * x2, 0, "fails", "1 positive, 1 negative"),
        (x1**2 + x1 * x1 * x2, 0, "fails", "1 eigenvalues 0"),
        (x1 + x2**2, 0, "fails", "the gradient is not 0"),
    ],
)
def test_coordinates_are_found_in_closed_form_or_not_at_all(
    body: Expr, minus: int, outcome: str, words: str
) -> None:
    """That power series agree in the first degrees decides nothing."""
    arguments = (2, SimpleNamespace(term=fn(u, body).term), matrix_of([[0], [0]], "u"), minus)
    verdict = morse_coordinates(None, arguments)
    assert verdict.outcome.value == outcome
    assert words in verdict.reason


@pytest.mark.parametrize(
    ("body", "start", "end", "outcome"),
    [
        (x1**2 + x2**2, (3, -1), (0, 0), "holds"),
        (x1**2, (3, -1), (0, -1), "holds"),
        (x1**2, (3, -1), (0, 0), "fails"),
        (x1**2 - x2**2, (1, 0), (0, 0), "holds"),
        (x1**2 - x2**2, (1, 1), (0, 0), "fails"),
        (x1**3 + x2**3, (1, 2), (0, 0), "holds"),
        (x1**3 + x2**3, (-1, 2), (0, 0), "fails"),
        (x1**4 - 2 * x1**2, (2, 0), (1, 0), "holds"),
        (x1**4 - 2 * x1**2, (2, 0), (-1, 0), "fails"),
        (x1**4 - 2 * x1**2, (-1, 0), (-1, 0), "holds"),
        (x1**4 - 2 * x1**2, (2, 0), (2, 0), "fails"),
        (x1 * x2, (1, 1), (0, 0), "undecided"),
    ],
)
def test_gradient_flow_of_sums_ends_at_the_next_zero_of_each_derivative(
    body: Expr, start: tuple[int, int], end: tuple[int, int], outcome: str
) -> None:
    places = (matrix_of([[x] for x in point], "u") for point in (start, end))
    arguments = (2, SimpleNamespace(term=fn(u, body).term), *places)
    assert flows_to(None, arguments).outcome.value == outcome

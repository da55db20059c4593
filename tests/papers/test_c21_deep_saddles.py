"""C21, Sections 5.3 and 6: no critical point of a very wide deep network is isolated.

Let layers 1 and 2 be hidden and have more units than there are samples N. The features of layer 1
with a column of ones (N x m_1 + 1) have a kernel, and so have the errors of layer 2 (N x m_2): take
c and a in these. Where a c^T is added to weights and biases of layer 2, its preactivations stay;
and what layer 2 passes back stays, for errors times a is 0. So all gradients stay, and a critical
point lies on a line of critical points: it is no isolated saddle, and its Hessian has an eigenvalue
0. Isolated saddles of very wide networks, as of C21.R5.open.some, have one hidden layer. This is
C21.R5.open.deep; here the argument is followed on exact points that a search finds.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbolic_landscape.arithmetic import QQ, Matrix
from symbolic_landscape.critical.problem import Problem
from symbolic_landscape.explore.counts import fewest_zeros
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.networks import Network, Parameters
from symbolic_landscape.proofs.cooper_2021.section_5.deep_saddles import DEEP, LINE
from symbolic_landscape.proofs.rules import RULES


def test_the_line_is_derived_and_needs_every_hypothesis() -> None:
    derivations = Derivations(RULES.values())
    for statement in (LINE, DEEP):
        made = derivations.of(statement)
        assert (made.derived, made.surplus) == (True, ())


def found(widths: tuple[int, ...], samples: int) -> Problem:
    specimen = fewest_zeros(Network(widths, "cubic"), samples, draws=4)
    assert specimen is not None
    return specimen.problem()


def moved(point: Parameters, step: Matrix) -> Parameters:
    """The point with a matrix added to weights and biases of layer 2."""
    weights, biases = list(point.weights), list(point.biases)
    rows, columns = step.shape
    weights[1] += step.submatrix(range(rows), range(columns - 1))
    biases[1] += step.submatrix(range(rows), [columns - 1])
    return Parameters(weights=weights, biases=biases)


@pytest.mark.parametrize(("widths", "samples"), [((1, 4, 4, 2), 3), ((1, 4, 4, 3), 3)])
def test_a_critical_point_of_a_very_wide_deep_network_lies_on_a_line_of_such(
    widths: tuple[int, ...], samples: int
) -> None:
    problem = found(widths, samples)
    surface, point = problem.surface, problem.point
    assert isinstance(point, Parameters)
    assert all(units > samples for units in widths[1:-1])
    assert surface.at(point).value != 0
    features = surface.features(point, 1).hstack(QQ.ones(samples, 1))
    c, a = features.kernel().column(0), surface.errors(point, 2).kernel().column(0)
    for t in (Fraction(0), Fraction(1), Fraction(-7, 3)):
        there = moved(point, (a @ c.T).scale(t))
        assert surface.at(there).gradient.is_zero
        assert surface.at(there).value == surface.at(point).value
    hessian = surface.at(point).hessian
    assert hessian.inertia()[2] > 0


def test_with_one_hidden_layer_the_errors_need_have_no_kernel() -> None:
    problem = found((1, 5, 2), 4)
    assert problem.surface.errors(problem.point, 2).rank() == 2

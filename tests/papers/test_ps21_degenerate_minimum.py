"""PS21, Theorem 9 as printed: an isolated minimum with D = 0 and B > 0, embedded, is no minimum.

One unit with one weight u in, two weights v out, one other parameter theta, three samples. The loss
    Phi(P, theta) = P_11 + P_12 + |P - P_0|^2 + theta (P_21 - 8 P_23) + theta^4
of what the unit adds is a polynomial, and no network's. At z = (1, 1, 0, 0) the smaller loss is
least, with a Hessian that is degenerate along theta; there D moves with theta, off the weights out.
Near it |s(u)| >= 1/2, (u^2 - 1)^2 >= 2 (u - 1)^2 and |s(u) - 8 s(0)| <= 2 |u - 1|, so the smaller
loss is at least
    (u - 1)^2 / 4 + v_2^2 / 4 - 2 |theta v_2 (u - 1)| + theta^4 + (v_1 s(u) - 1)^2,
which is positive but at z. The points that are lower for the larger loss lie on a bent curve.
PS21.T9.germ.least and PS21.T9.germ.lower derive both for all points. The instance is one of the
setting, and the pool refutes the printed reading with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from symbolic_landscape.arithmetic import Scalar
from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.judge.evaluation import Evaluation
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.criteria import T9_PRINTED
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.degenerate_germ import loss
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.unit_points import degenerate
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.unit_variables import M, lam, y, z
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.units import (
    B_,
    D_,
    LARGE,
    SMALL,
    gamma_,
    hessian_,
)
from symbolic_landscape.proofs.rules.definite import pd, psd
from symbolic_landscape.statement.language import Expr, gradient, rank, the

HALF = Fraction(1, 2)
POINT = Instance(*degenerate())
EVALUATION = Evaluation(POINT)


def at(function: Expr, point: Sequence[Any]) -> Fraction:
    """The value of a loss at a point, exact."""
    name = z if len(point) == 4 else y
    values = {**POINT.values, the(name): matrix_of([[x] for x in point], "point")}
    found = Evaluation(Instance("point", values)).value(the(function(name)), None)
    assert isinstance(found, Scalar)
    return found.rational()


def test_the_hypotheses_on_derivatives_hold() -> None:
    for formula in (
        gradient(SMALL, z) == 0,
        D_(z) == 0,
        pd(B_(z)),
        psd(hessian_(z)),
        rank(hessian_(z)) == M - 1,
    ):
        assert EVALUATION.decide(the(formula)).is_holds


def test_the_printed_reading_is_refuted_by_what_is_decided_there() -> None:
    claim = T9_PRINTED.claim
    assert all(EVALUATION.decide(f).is_holds for f in claim.given.values())
    assert EVALUATION.decide(claim.then).is_fails


def test_no_point_that_was_tried_near_the_smaller_minimum_is_as_low() -> None:
    random = Random(3)
    least = at(SMALL, [1, 1, 0, 0])
    for size in (10, 1000):
        for _ in range(60):
            shift = [Fraction(random.randint(-99, 99), 100 * size) for _ in range(4)]
            if any(shift):
                assert at(SMALL, [1 + shift[0], 1 + shift[1], shift[2], shift[3]]) > least


@pytest.mark.parametrize("k", [4, 10, 1000])
def test_as_near_as_one_likes_the_larger_loss_is_lower(k: int) -> None:
    e = Fraction(1, k)
    embedded = [1, HALF, 0, 1, HALF, 0, 0]
    there = [1 + e * e / 2, HALF, -e, 1 - e * e / 2, HALF, e, e / 2]
    drop = at(LARGE, there) - at(LARGE, embedded)
    assert -Fraction(3, 16) * e**4 < drop < 0
    assert EVALUATION.decide(the(gradient(LARGE, gamma_(lam, z)) == 0)).is_holds


def test_the_germ_of_the_derived_statements_is_this_one() -> None:
    random = Random(5)
    for _ in range(20):
        u, v1, v2, o, u2, w1, w2 = (Fraction(random.randint(-20, 20), 7) for _ in range(7))
        assert at(SMALL, [u, v1, v2, o]) == loss([(u, v1, v2)], o)
        assert at(LARGE, [u, v1, v2, u2, w1, w2, o]) == loss([(u, v1, v2), (u2, w1, w2)], o)

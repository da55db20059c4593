"""Appendix A: how the norm of the derivative bounds the excess risk, as facts of both theorems.

Notation: N = |h_{H+1:1} - h*|_nl, |D| the operator norm of the derivative in layer j, c = eps for
Theorem 4.1 and eps_1 eps_2 for Theorem 4.2 (eps_1 = 1 for the first layer). <D, eta> is taken in
the steering direction.

Objects: facts; norm_below, norm_above, excess_risk.

Design notes. N is a supremum over all x. From below it is bounded by |r(x)| / |x| at the values of
X, which is all that a proof of dominance needs; from above it serves to refute a wrong constant.
"""

from __future__ import annotations

from fractions import Fraction

from symbolic_landscape.arithmetic import (
    QQ,
    Matrix,
    Scalar,
    at_most,
    equal,
    less,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.former.lemma import fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_direction import points
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.bounds import square
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.growth import difference_bound
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.population import (
    FunctionNetwork,
    length,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4 import each_value
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    for_all,
    holds,
    undecided,
)


def factor(s: FunctionNetwork) -> Fraction:
    """The product c of the bounds above and below the moved layer; 1 for what is not there."""
    return s.epsilon * (s.epsilon_below if s.lower else 1)


def excess_risk(s: FunctionNetwork) -> Scalar:
    """L(h) - L*. Raises DomainError for an infinite risk."""
    risk = s.risk
    if risk is None:
        message = f"a finite risk was needed, got an infinite one of {s.name or s}"
        raise DomainError(message)
    return risk - s.least_risk


def expected_square(s: FunctionNetwork) -> Scalar:
    """E |h_{H+1:1}(X) - h*(X)|^2. Raises DomainError where it is infinite."""
    value = s.expected_square(lambda x, _: s.residual(x))
    if value is None:
        message = f"a finite expected square was needed, got an infinite one of {s.name or s}"
        raise DomainError(message)
    return value


def norm_below(s: FunctionNetwork) -> Scalar:
    """The greatest |r(x)| / |x| at the values of X and at the points tried: N is at least that."""
    ratios: list[Scalar] = [QQ.scalar(0)]
    for x in points(s):
        if x.is_zero:
            continue
        try:
            ratios.append(length(s.residual(x)) / length(x))
        except DomainError:
            continue
    best = ratios[0]
    for ratio in ratios[1:]:
        best = ratio if less(best, ratio).is_holds else best
    return best


def norm_above(s: FunctionNetwork) -> Fraction | None:
    """A bound of N from above, where one is known."""
    return difference_bound(s.layers, s.target)


def residual_is_zero_everywhere(s: FunctionNetwork) -> bool:
    """Whether h_{H+1:1} = h* as functions, so that N = 0."""
    return norm_above(s) == 0


@fact(r"\mathbb{E}\|h_{H+1:1}(X) - h^*(X)\|^2 = L(h) - L^*")
def expected_square_is_the_excess_risk(s: FunctionNetwork) -> Verdict:
    """The expected square of the residual is the excess risk."""
    return equal(expected_square(s), excess_risk(s))


@fact(r"\mathbb{E}\|h_{H+1:1}(X) - h^*(X)\|^2 = 2 (L(h) - L^*)")
def expected_square_is_twice_the_excess_risk(s: FunctionNetwork) -> Verdict:
    """The expected square of the residual is twice the excess risk."""
    return equal(expected_square(s), excess_risk(s) * 2)


@fact(
    r"\langle D_{h_j}[L(h)], \eta \rangle = \mathbb{E}\|h_{H+1:1}(X) - h^*(X)\|^2",
)
def steering_derivative_is_the_expected_square(s: FunctionNetwork) -> Verdict:
    """In the steering direction of layer j the risk changes by the expected square of r."""
    try:
        slopes = [s.slope(s.steering, side) for side in (1, -1)]
    except DomainError as cause:
        return fails(Evidence.EXACT, f"there is no slope in the steering direction: {cause}")
    value = expected_square(s)
    return all_of(from_the_right=equal(slopes[0], value), from_the_left=equal(slopes[1], value))


@fact(r"J[h_{H+1:j+1}](h_{j:1}(X))\, \eta(h_{j-1:1}(X)) = h_{H+1:1}(X) - h^*(X)")
def steering_reproduces_the_residual(s: FunctionNetwork) -> Verdict:
    """The Jacobian above layer j takes the steering direction to the residual at each X."""

    def at(x: Matrix) -> Verdict:
        if s.jacobian_above(x).rank() < s.output_width:
            return fails(Evidence.EXACT, f"A A^T is singular at x = {x.T}")
        return equal(s.jacobian_above(x) @ s.steering(x), s.residual(x))

    return each_value(s, at)


def _dominates(s: FunctionNetwork, right: Scalar) -> Verdict:
    """Whether |D| N >= a number."""
    if not s.has_derivatives:
        return undecided("a layer is not differentiable, so that the derivative may not exist")
    norm, total = s.operator_norm(s.layer), expected_square(s)
    claim = f"|D| = {norm}, right side {right}"
    if right.sign() <= 0 or (not total.is_zero and atomwise(s, right / total).is_holds):
        return holds(Evidence.EXACT, claim)
    most = norm_above(s)
    if most is not None and less(norm * most, right).is_holds:
        return fails(Evidence.EXACT, f"{claim}, N <= {most}")
    least = norm_below(s)
    if at_most(right, norm * least).is_holds:
        return holds(Evidence.ENCLOSED, f"{claim}, N >= {least}")
    return undecided(f"{claim}, N >= {least}")


@fact(
    r"\|D_{h_j}[L(h)]\|_{op} \ge \frac{\langle D_{h_j}[L(h)], \eta \rangle}{\|\eta\|_{nl}} \ge "
    r"\frac{c\, \mathbb{E}\|h_{H+1:1}(X) - h^*(X)\|^2}{\|h_{H+1:1} - h^*\|_{nl}}",
    mutants={
        "three times the constant": lambda s: _dominates(s, expected_square(s) * factor(s) * 3)
    },
)
def quotient_bounds_the_operator_norm(s: FunctionNetwork) -> Verdict:
    """The norm of the derivative is at least c E |r|^2 divided by N."""
    if residual_is_zero_everywhere(s):
        return fails(Evidence.EXACT, "h_{H+1:1} = h*, so that eta = 0 and N = 0: no quotients")
    return _dominates(s, expected_square(s) * factor(s))


@fact(
    r"\|D_{h_j}[L(h)]\|_{op} \|h_{H+1:1} - h^*\|_{nl} \ge c\, "
    r"\mathbb{E}\|h_{H+1:1}(X) - h^*(X)\|^2",
    mutants={
        "three times the constant": lambda s: _dominates(s, expected_square(s) * factor(s) * 3)
    },
)
def derivative_bounds_the_expected_square(s: FunctionNetwork) -> Verdict:
    """The norm of the derivative times N is at least c E |r|^2."""
    return _dominates(s, expected_square(s) * factor(s))


@fact(
    r"\|D_{h_j}[L(h)]\|_{op} \|h_{H+1:1} - h^*\|_{nl} \ge c\, (L(h) - L^*)",
    mutants={"three times the constant": lambda s: _dominates(s, excess_risk(s) * factor(s) * 3)},
)
def derivative_bounds_the_excess_risk(s: FunctionNetwork) -> Verdict:
    """The norm of the derivative times N is at least c (L(h) - L*)."""
    return _dominates(s, excess_risk(s) * factor(s))


@fact(
    r"\|D_{h_j}[L(h)]\|_{op} \|h_{H+1:1} - h^*\|_{nl} \ge 2c\, (L(h) - L^*)",
    mutants={"three times c": lambda s: _dominates(s, excess_risk(s) * factor(s) * 3)},
)
def derivative_bounds_twice_the_excess_risk(s: FunctionNetwork) -> Verdict:
    """The norm of the derivative times N is at least 2 c (L(h) - L*)."""
    return _dominates(s, excess_risk(s) * factor(s) * 2)


def atomwise(s: FunctionNetwork, constant: Scalar | Fraction) -> Verdict:
    """Whether |g| |w| >= constant p |r| |x| at each value x of X, each w being received once.

    p is the probability of x, and g the gradient E[1{w} A^T (h_{H+1:1}(X) - Y)].

    A smooth direction that is a multiple of g near each w, with |eta(w)| = |w|, attains |D|, and
    N >= |r| / |x|; so this gives |D| N >= constant E |r|^2.
    """
    values = [(weight, x) for weight, x, _ in s.conditional_means()]
    gradient = s.gradient(s.layer)
    if len(gradient) < len(values):
        return undecided("two values of X are received as one")

    def at(k: int) -> Verdict:
        (weight, x), (w, vector) = values[k], gradient[k]
        right = square(s.residual(x)) * square(x) * constant * constant * weight**2
        return at_most(right, square(vector) * square(w))

    return for_all(range(len(values)), at, "value of X")

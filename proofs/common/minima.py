"""When a point is a global minimum of the objective, and when the minimum is attained at all.

Notation as in `points`: Phi is the sum of l over all entries of F_L - Y (N, m).

Facts: residuals_minimise_loss, is_global_minimum, minimum_is_attained.

Design notes. Whether a point is a global minimum is decided by a certificate only: every residual
is a global minimum of l, so that Phi equals a lower bound; or an explicit better point, found
among small changes of the parameters and among points whose last layer is fitted to the targets.
Whether the minimum is attained is decided by the last layer alone: its pre-activations are free
where [F_{L-1}, 1] has rank N, and constant columns are reached by the biases; then each residual
moves by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    Matrix,
    Scalar,
    at_most,
    equal,
    less,
    rank_at_least,
    vanishes,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.former.lemma import fact
from symbolic_landscape.formula import Formula, evaluated
from symbolic_landscape.functions.activations import Activation, ScalarLoss
from symbolic_landscape.networks import Parameters
from symbolic_landscape.proofs.common.points import NetworkPoint
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    for_all,
    holds,
    undecided,
)

BALLS = BallField(128)
"""The balls in which better points are compared."""

TRIAL_RESIDUALS = tuple(Fraction(n, 2) for n in (0, 1, -1, 2, -2, 3, -3, 4, -4))
TRIAL_PREACTIVATIONS = tuple(Fraction(n, 4) for n in (0, 1, -1, 2, -2, 4, -4, 8, -8, 16, -16))
TRIAL_STEPS = tuple(Fraction(n, 2) for n in (1, -1, 2, -2, 4, -4))


# --- one residual ------------------------------------------------------------------------------


def value_at(formula: Formula, at: Scalar) -> Scalar:
    """The formula at a number, in its own field where that holds the value, else as a ball."""
    try:
        return Scalar(at.field, evaluated(formula, at.raw, at.field))
    except DomainError:
        return Scalar(BALLS, evaluated(formula, BALLS.raw(at), BALLS))


def minimises(loss: ScalarLoss, residual: Scalar) -> Verdict:
    """Whether the residual is a global minimum of l.

    HOLDS when l' is 0 there and every zero of l' is a global minimum, or when l is 0 there and
    nowhere negative. FAILS when l' is not 0 there, or l is smaller at some half-integer up to 2.
    """
    slope = vanishes(value_at(loss.derivative(1), residual))
    if not slope.is_holds:
        return slope.because(f"l'({residual}): {slope.reason}")
    critical = loss.critical_points_are_global_minima()
    if critical.is_holds:
        return holds(slope.evidence, f"l'({residual}) = 0, and {critical.reason}")
    here = value_at(loss.derivative(0), residual)
    lowest = all_of(zero=vanishes(here), nowhere_negative=loss.nonnegative())
    if lowest.is_holds:
        return lowest.because(f"l({residual}) = 0, and l is nowhere negative")
    for other in TRIAL_RESIDUALS:
        there = value_at(loss.derivative(0), QQ.scalar(other))
        if less(there, here).is_holds:
            return fails(Evidence.EXACT, f"l({other}) = {there} < {here} = l({residual})")
    return undecided(f"l'({residual}) = 0, but nothing shows whether l is least there")


@fact(r"l(f_{Lj}(x_i) - y_{ij}) = \min l \quad \forall i, j")
def residuals_minimise_loss(s: NetworkPoint) -> Verdict:
    """Every entry of F_L - Y is a global minimum of the loss."""
    entries = list(dict.fromkeys(value for row in s.residuals.tolist() for value in row))
    shifted = for_all(entries, lambda value: minimises(s.loss, value + 1), "residual")
    verdict = for_all(entries, lambda value: minimises(s.loss, value), "residual")
    return verdict.against(residuals_one_higher=lambda: shifted)


# --- better points -----------------------------------------------------------------------------


def ball_features(s: NetworkPoint, parameters: Parameters, layer: int) -> Matrix:
    """F_k (N, n_k) in balls at other parameters of the same network."""
    features = s.samples.inputs.over(BALLS)
    ones = BALLS.ones(s.count, 1)
    for k in range(1, layer + 1):
        before = features @ parameters.weights[k - 1].over(BALLS).T
        if s.network.bias:
            before = before + ones @ parameters.biases[k - 1].over(BALLS).T
        features = BALLS.apply(s.network.activation_of(k).derivative(0), before)
    return features


def ball_objective(s: NetworkPoint, parameters: Parameters) -> Scalar:
    """Phi in balls at other parameters of the same network."""
    residuals = ball_features(s, parameters, s.depth) - s.samples.targets.over(BALLS)
    losses = BALLS.apply(s.loss.derivative(0), residuals)
    total = (BALLS.ones(1, s.count) @ losses @ BALLS.ones(s.network.outputs, 1))[0, 0]
    return total * s.loss.weight(s.count)


def other_points(s: NetworkPoint) -> Iterator[tuple[str, Parameters]]:
    """Points to compare with, each with words for it: constant outputs, steps, fitted outputs."""
    yield from _constant_outputs(s)
    vector = s.network.vector(s.parameters)
    for index, name in enumerate(s.network.parameter_names[:60]):
        for step in TRIAL_STEPS:
            moved = (*vector[:index], vector[index] + step, *vector[index + 1 :])
            yield f"{name} moved by {step}", s.network.parameters(moved)
    for words, hidden in hidden_trials(s):
        fitted = _fitted(s, hidden)
        if fitted is not None:
            yield f"{words} and a fitted last layer", fitted


def _constant_outputs(s: NetworkPoint) -> Iterator[tuple[str, Parameters]]:
    if not s.network.bias:
        return
    shape = s.parameters.weights[-1].shape
    for bias in TRIAL_PREACTIVATIONS:
        weights = (*s.parameters.weights[:-1], QQ.zeros(*shape))
        biases = (*s.parameters.biases[:-1], QQ.ones(shape[0], 1).scale(bias))
        words = f"W{s.depth} = 0 and every entry of b{s.depth} equal to {bias}"
        yield words, Parameters(weights=weights, biases=biases)


def hidden_trials(s: NetworkPoint) -> Iterator[tuple[str, Parameters]]:
    """The point itself, and points whose hidden units look along one direction, shifted."""
    yield "the hidden layers as they are", s.parameters
    if not s.network.bias:
        return
    for scale in (1, 3):
        weights: list[Matrix] = []
        biases: list[Matrix] = []
        for weight in s.parameters.weights:
            units, below = weight.shape
            direction = [Fraction(scale * 2**v) for v in range(below)]
            weights.append(QQ.matrix([direction] * units))
            biases.append(
                QQ.matrix([[Fraction(scale * (units - 1 - 2 * u), 2)] for u in range(units)])
            )
        yield f"hidden units spread at scale {scale}", Parameters(weights=weights, biases=biases)


def _fitted(s: NetworkPoint, hidden: Parameters) -> Parameters | None:
    """The parameters with the last layer solved so that the outputs come near the targets."""
    wanted = [
        [preimage(s.network.activation_of(s.depth), value) for value in row]
        for row in s.samples.targets.tolist()
    ]
    below = _middle(_with_ones(ball_features(s, hidden, s.depth - 1)))
    gram = below @ below.T
    if gram.rank() < s.count:
        return None
    last = below.T @ gram.solve(QQ.matrix(wanted))
    width = s.network.widths[-2]
    rows = range(s.network.outputs)
    return Parameters(
        weights=(*hidden.weights[:-1], last.T.submatrix(rows, range(width))),
        biases=(*hidden.biases[:-1], last.T.submatrix(rows, [width])),
    )


def _with_ones(matrix: Matrix) -> Matrix:
    return matrix.hstack(matrix.field.ones(matrix.shape[0], 1))


def _middle(matrix: Matrix) -> Matrix:
    """The rational matrix of the midpoints, rounded to 2^-30: only a place to look at."""
    return QQ.matrix([[_rounded(value) for value in row] for row in matrix.tolist()])


def _rounded(value: Scalar) -> Fraction:
    mantissa, exponent = value.enclose().mid().man_exp()
    scaled = int(mantissa) * Fraction(2) ** (int(exponent) + 30)
    return Fraction(round(scaled), 2**30)


@lru_cache(maxsize=1024)
def preimage(activation: Activation, value: Scalar) -> Fraction:
    """A rational t in [-8, 8] with sigma(t) near the value, if sigma is monotone there."""
    formula = activation.derivative(0)

    def image(at: Fraction) -> Scalar:
        return Scalar(BALLS, evaluated(formula, BALLS.constant(at), BALLS))

    low, high = Fraction(-8), Fraction(8)
    if less(image(high), image(low)).is_holds:
        low, high = high, low
    for _ in range(30):
        middle = (low + high) / 2
        if at_most(image(middle), value).is_holds:
            low = middle
        else:
            high = middle
    return high


def compared(s: NetworkPoint, *, lower: bool) -> Verdict:
    """FAILS with an explicit point where Phi is certainly lower (or higher); else UNDECIDED."""
    here = ball_objective(s, s.parameters)
    for words, other in other_points(s):
        there = ball_objective(s, other)
        if (less(there, here) if lower else less(here, there)).is_holds:
            relation = "<" if lower else ">"
            return fails(
                Evidence.ENCLOSED, f"with {words}, Phi = {there} {relation} {here}", other=other
            )
    word = "lower" if lower else "higher"
    return undecided(f"no point with a {word} objective was found among the trial points")


@fact(r"\Phi(W, b) = \min \Phi")
def is_global_minimum(s: NetworkPoint) -> Verdict:
    """The point is a global minimum of the objective."""
    least = residuals_minimise_loss.decide(s)
    if least.is_holds:
        reason = f"every residual is a global minimum of the loss ({least.reason})"
        verdict = holds(least.evidence, reason)
    else:
        verdict = compared(s, lower=True)
    return verdict.against(is_a_global_maximum=lambda: compared(s, lower=False))


# --- attained ----------------------------------------------------------------------------------


def free_preactivations(s: NetworkPoint) -> Verdict:
    """Whether the last pre-activations that matter can be chosen freely.

    HOLDS where the targets of each output are the same for all samples (the biases reach every
    constant), or where [F_{L-1}, 1] has rank N at some trial point.
    """
    columns = s.samples.targets.columns()
    if s.network.bias and all(
        equal(value[0], column[0, 0]).is_holds for column in columns for value in column.tolist()
    ):
        return holds(Evidence.EXACT, "each output has one target for all samples")
    for words, trial in hidden_trials(s):
        below = ball_features(s, trial, s.depth - 1)
        rank = rank_at_least(_with_ones(below) if s.network.bias else below, s.count)
        if rank.is_holds:
            return rank.because(f"with {words}, the features of layer L - 1 are independent")
    return undecided("no trial point makes the features of layer L - 1 independent")


@lru_cache(maxsize=1024)
def takes(activation: Activation, value: Scalar) -> Verdict:
    """Whether a C1 sigma takes the value somewhere on the line.

    HOLDS by the intermediate values between trial points; FAILS when a strictly increasing sigma
    has limits that leave the value out.
    """
    smooth = activation.continuously_differentiable()
    if not smooth.is_holds:
        return undecided(f"intermediate values need a C1 activation: {smooth.reason}")
    formula = activation.derivative(0)
    below = above = None
    for at in (*TRIAL_PREACTIVATIONS, Fraction(8), Fraction(-8)):
        there = value_at(formula, QQ.scalar(at))
        if equal(there, value).is_holds:
            return holds(Evidence.EXACT, f"sigma({at}) = {value}")
        below = at if less(there, value).is_holds else below
        above = at if less(value, there).is_holds else above
    if below is not None and above is not None:
        return holds(Evidence.ENCLOSED, f"sigma({below}) < {value} < sigma({above})")
    limits = activation.limits()
    monotone = activation.strictly_increasing()
    if not (limits.is_holds and monotone.is_holds):
        return undecided(f"no trial point shows whether sigma takes the value {value}")
    return _between(limits, value)


def _between(limits: Verdict, value: Scalar) -> Verdict:
    """Whether the value lies strictly between the limits of an increasing activation."""
    for side, is_outside in (("left", at_most), ("right", lambda a, b: at_most(b, a))):
        limit = limits.data[side]
        if not isinstance(limit, Formula):
            continue
        number = value_at(limit, QQ.scalar(0))
        if is_outside(value, number).is_holds:
            return fails(limits.evidence, f"{value} lies beyond the {side} limit {number} of sigma")
    return undecided(f"whether sigma takes the value {value} is not settled by its limits")


@fact(r"\exists (W, b) \in \mathcal{P}:\ \Phi(W, b) = \inf \Phi")
def minimum_is_attained(s: NetworkPoint) -> Verdict:
    """The minimum of the objective over all parameters is attained."""
    return _attained(s).against(is_attained_at_this_point=lambda: is_global_minimum.decide(s))


def _attained(s: NetworkPoint) -> Verdict:
    here = residuals_minimise_loss.decide(s)
    if here.is_holds:
        return here.because(f"attained at this point: {here.reason}")
    free = free_preactivations(s)
    if not free.is_holds:
        return free
    last = s.network.activation_of(s.depth)
    best = next((a for a in TRIAL_RESIDUALS if minimises(s.loss, QQ.scalar(a)).is_holds), None)
    if best is None:
        return _never_least(s, last, free)
    targets = dict.fromkeys(value for row in s.samples.targets.tolist() for value in row)
    each = for_all(targets, lambda target: takes(last, target + best), "target")
    if each.is_holds:
        return each.because(f"{free.reason}; every residual can be {best}: {each.reason}")
    if each.is_fails and s.loss.analytic().is_holds:
        only = s.loss.critical_points_are_global_minima()
        if only.is_holds:  # an analytic l has then no other critical point: monotone on both sides
            return each.because(f"{free.reason}, and the loss falls towards {best}: {each.reason}")
    return undecided(f"attained or not: {each.reason}")


def _never_least(s: NetworkPoint, last: Activation, free: Verdict) -> Verdict:
    rising = Activation.of(s.loss.derivative(0)).derivative_positive()
    if rising.is_holds and last.strictly_increasing().is_holds:
        reason = f"{free.reason}, the loss increases and sigma takes no least value"
        return fails(rising.evidence, reason)
    return undecided("no trial residual is a global minimum of the loss")

"""Facts about local minima of low rank: when a point is one, and when a minimum is attained.

Notation: as in `section_3_wide_layer_points`; layer 0 are the inputs. In a network with one unit in
layer L - 1 the outputs of sample i are sigma(w_j t_i + b_j); z_ij = w_j t_i + b_j.

Facts: point_is_a_local_minimum, local_minimum_is_global, least_value_is_attained,
some_upper_weights_have_low_rank, one_upper_layer_has_low_rank, widths_above_do_not_increase.
Functions: line_network.

Design notes. Near a point with w_j != 0 all z are (theta_o z_ij + beta_o) for numbers z_ij, theta_o
and beta_o that depend continuously on the parameters. So Phi is a function E of these, and a strict
minimum of E, shown by a definite Hessian, is a local minimum of Phi. E is the loss of a small
network itself: one-hot inputs, one linear unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symbolic_landscape.arithmetic import (
    QQ,
    Matrix,
    Scalar,
    less,
    positive_definite,
    rank_is,
    size_at_least,
    sizes_equal,
    vanishes,
)
from symbolic_landscape.calculus import LossAtPoint
from symbolic_landscape.former.lemma import fact
from symbolic_landscape.formula import T
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.proofs.common.minima import (
    ball_objective,
    compared,
    is_global_minimum,
    minimum_is_attained,
    preimage,
    residuals_minimise_loss,
    takes,
)
from symbolic_landscape.proofs.common.points import NetworkPoint, weights_above_have_full_rank
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    any_of,
    fails,
    for_all,
    negation,
    undecided,
)


def line_network(s: NetworkPoint) -> tuple[LossAtPoint, tuple[int, ...]] | None:
    """E at the point, and the places of z_ij, theta_o, beta_o; None unless n_{L-1} = 1, w_j != 0.

    The first j with w_j != 0 is taken.
    """
    last = s.weights(s.depth)
    if s.network.widths[-2] != 1 or not s.network.bias:
        return None
    outputs = range(s.network.outputs)
    lead = next((j for j in outputs if not last[j, 0].is_zero), None)
    if lead is None:
        return None
    small = Network(
        widths=(s.count, 1, s.network.outputs),
        activation="linear",
        output_activation=s.network.activation_of(s.depth),
    )
    before = s.at.preactivations(s.depth)
    slopes = [last[j, 0] / last[lead, 0] for j in outputs]
    shifts = [before[0, j] - slopes[j] * before[0, lead] for j in outputs]
    point = Parameters(
        weights=[[[before[i, lead] for i in range(s.count)]], [[slope] for slope in slopes]],
        biases=[[0], shifts],
    )
    inputs = QQ.identity(s.count)
    surface = small.loss(Samples(inputs=inputs, targets=s.samples.targets), s.loss)
    names = [f"W1_1{'_' if s.count > 9 else ''}{i + 1}" for i in range(s.count)]
    names += [f"W2_{j + 1}1" for j in outputs if j != lead]
    names += [f"b2_{j + 1}" for j in outputs if j != lead]
    return surface.at(point), tuple(map(small.parameter_index, names))


def _minimum_along_lines(s: NetworkPoint) -> Verdict:
    """Whether E has a definite Hessian at a critical point, where E is defined."""
    found = line_network(s)
    if found is None:
        return undecided("layer L - 1 has more than one unit, or no weight above it")
    small, places = found
    if small.residuals != s.residuals.over(small.residuals.field):
        return undecided("the small network has other residuals")
    return all_of(
        critical=vanishes(small.gradient.submatrix(places, [0])),
        definite=positive_definite(small.hessian.submatrix(places, places)),
    )


@fact(r"\Phi(W, b) \le \Phi \text{ near } (W, b)")
def point_is_a_local_minimum(s: NetworkPoint) -> Verdict:
    """The point is a local minimum of the objective."""
    return _local_minimum(s).against(
        local_maximum=lambda: _local_maximum(s),
        global_minimum=lambda: compared(s, lower=True),
    )


def _local_minimum(s: NetworkPoint) -> Verdict:
    critical = vanishes(s.at.gradient)
    if not critical.is_holds:
        return critical.because(f"gradient: {critical.reason}")
    least = residuals_minimise_loss.decide(s)
    if least.is_holds:
        return least.because(f"a global minimum: {least.reason}")
    down = s.at.hessian.inertia()[1]
    if down:
        words = f"the Hessian has {down} negative eigenvalues"
        return fails(s.at.hessian.field.evidence, words)
    return any_of(strict=positive_definite(s.at.hessian), lines=_minimum_along_lines(s))


def _local_maximum(s: NetworkPoint) -> Verdict:
    up = s.at.hessian.inertia()[0]
    if up:
        return fails(s.at.hessian.field.evidence, f"the Hessian has {up} positive eigenvalues")
    return undecided("no positive eigenvalue")


# --- better points -------------------------------------------------------------------------------

SCALE = Fraction(1, 4)


def _other_lines(s: NetworkPoint) -> Iterator[tuple[str, Parameters]]:
    """Points that fit one output by the single unit of layer L - 1 and keep the others constant."""
    below = s.features_with_ones(s.depth - 2)
    if s.network.widths[-2] != 1 or below.rank() < s.count or below.field != QQ:
        return
    unit, last = (s.network.activation_of(layer) for layer in (s.depth - 1, s.depth))
    for lead, column in enumerate(s.samples.targets.columns()):
        wanted = [preimage(last, value[0]) * SCALE for value in column.tolist()]
        before = QQ.column([preimage(unit, QQ.scalar(value)) for value in wanted])
        solved = below.T @ (below @ below.T).solve(before)
        rows = [[1 / SCALE if j == lead else 0] for j in range(s.network.outputs)]
        width = s.network.widths[-3]
        yield (
            f"layer {s.depth - 1} fitted to output {lead + 1}, the others 0",
            Parameters(
                weights=(
                    *s.parameters.weights[:-2],
                    solved.submatrix(range(width), [0]).T,
                    QQ.matrix(rows),
                ),
                biases=(
                    *s.parameters.biases[:-2],
                    solved.submatrix([width], [0]),
                    QQ.zeros(s.network.outputs, 1),
                ),
            ),
        )


@fact(r"\Phi(W, b) = \min \Phi")
def local_minimum_is_global(s: NetworkPoint) -> Verdict:
    """The local minimum is a global minimum of the objective."""
    here = ball_objective(s, s.parameters)
    for words, other in _other_lines(s):
        there = ball_objective(s, other)
        if less(there, here).is_holds:
            return fails(Evidence.ENCLOSED, f"with {words}, Phi = {there} < {here}")
    return is_global_minimum.decide(s)


# --- whether a minimum is attained ---------------------------------------------------------------

THRESHOLD = Fraction(1, 2)


def _attained_on_lines(s: NetworkPoint) -> Verdict:
    """Whether Phi attains its minimum, for squares and one unit in layer L - 1, by compactness.

    An output with |f| >= 1/2 costs at least (1/2 - max |y|)^2. If the point costs less, all
    z_ij of interest lie in a compact interval; the z of the form w_j t_i + b_j are closed, and
    each is reached, since [F_{L-2}, 1] has rank N: t may have any small entries.
    """
    if s.network.widths[-2] != 1 or s.loss.formula != T**2:
        return undecided("this argument needs one unit in layer L - 1 and squares")
    last = s.network.activation_of(s.depth)
    below = s.features_with_ones(s.depth - 2)
    largest = _largest([value for row in s.samples.targets.tolist() for value in row])
    gap = QQ.scalar(THRESHOLD) - largest
    return all_of(
        every_t=rank_is(below, s.count),
        below_threshold=less(largest, QQ.scalar(THRESHOLD)),
        cheaper=less(s.at.value, gap * gap),
        upper_bound=takes(last, QQ.scalar(THRESHOLD)),
        lower_bound=takes(last, QQ.scalar(-THRESHOLD)),
        zero=takes(s.network.activation_of(s.depth - 1), QQ.scalar(0)),
        increasing=for_all(s.activations, Activation.strictly_increasing, "activation"),
    )


def _largest(values: list[Scalar]) -> Scalar:
    """The largest absolute value."""
    found = values[0] - values[0]
    for value in values:
        size = -value if value.sign() < 0 else value
        found = size if (size - found).sign() > 0 else found
    return found


@fact(r"\exists (W, b):\ \Phi(W, b) = \inf \Phi")
def least_value_is_attained(s: NetworkPoint) -> Verdict:
    """The minimum of the objective over all parameters is attained."""
    return any_of(shown=minimum_is_attained.decide(s), compact=_attained_on_lines(s))


# --- ranks and widths above layer k + 1 ----------------------------------------------------------


@fact(r"\exists l \in [k+2, L]:\ \operatorname{rank}(W_l) < n_l")
def some_upper_weights_have_low_rank(s: NetworkPoint) -> Verdict:
    """The weights of some layer above k + 1 do not have full column rank."""
    full = weights_above_have_full_rank.decide(s)
    return negation(full).against(all_have_full_rank=lambda: full)


def low_layers(s: NetworkPoint) -> list[int]:
    """The layers above k + 1 whose weights lack full column rank."""
    places = range(s.layer + 2, s.depth + 1)
    return [layer for layer in places if s.weights(layer).rank() < s.network.widths[layer]]


@fact(
    r"\#\{l \in [k+2, L] : \operatorname{rank}(W_l) < n_l\} = 1",
    mutants={"two layers": lambda s: sizes_equal(len(low_layers(s)), 2)},
)
def one_upper_layer_has_low_rank(s: NetworkPoint) -> Verdict:
    """Among the layers above k + 1 exactly one has weights without full column rank."""
    return sizes_equal(len(low_layers(s)), 1)


@fact(
    r"n_{k+1} \ge n_{k+2} \ge \dots \ge n_L",
    mutants={
        "strictly": lambda s: _narrowing(s, s.layer + 2, 1),
        "from layer k on": lambda s: _narrowing(s, s.layer + 1, 0),
    },
)
def widths_above_do_not_increase(s: NetworkPoint) -> Verdict:
    """From layer k + 1 on no layer is wider than the one below it."""
    return _narrowing(s, s.layer + 2, 0)


def _narrowing(s: NetworkPoint, lowest: int, gap: int) -> Verdict:
    widths = s.network.widths
    return for_all(
        range(lowest, s.depth + 1),
        lambda layer: size_at_least(widths[layer - 1], widths[layer] + gap),
        "layer",
    )


def left_null_vectors(s: NetworkPoint, layer: int) -> Matrix:
    """Columns n with n^T W_l = 0, for the paper's W_l (n_{l-1}, n_l)."""
    return s.weights(layer).kernel()

"""Section 5: what the proof of Theorem 5.3 says of a point, as facts.

Notation: H (n_k + 1, m) hyperplanes that separate the rows of F_k; P = H^T [F_k, 1]^T (m, N);
Delta_l (N, n_l) the backpropagated errors; Sigma^l_i the diagonal matrix of sigma' at unit i of
layer l. The layer k may be 0: F_0 = X.

Facts of the statement: features_are_separable, class_gradient_vanishes, layer_is_below_output,
weights_above_have_full_column_rank, each_unit_feeds_one_unit, class_minimum_is_attained,
is_global_class_minimum. Facts of the proof: the others.

Source: NH17, Section 5, proof of Theorem 5.3.

Design notes. A point is a global minimum if Phi = 0; it is none if another point with a lower Phi
is found, and else nothing is decided. The minimum is not attained where the classes can be
separated at any steepness and a label lies on or beyond a limit of sigma: each entry comes as near
to its infimum as one likes, all at once, and one of them never reaches it.
"""

from __future__ import annotations

from itertools import product
from typing import Any

from symbolic_landscape.arithmetic import (
    QQ,
    Matrix,
    Scalar,
    at_most,
    less,
    nonnegative,
    size_at_most,
    vanishes,
)
from symbolic_landscape.former.lemma import fact
from symbolic_landscape.formula import Formula
from symbolic_landscape.proofs.common.minima import value_at
from symbolic_landscape.proofs.common.points import upper_weights_have_full_rank
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_assumptions import (
    true_class_loss_is_one_sided,
    wrong_class_loss_is_one_sided,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_point import (
    ClassifiedPoint,
    candidates,
    objective_in_balls,
    separating_point,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_separable import are_separable
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_signs import vanish_together
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    for_all,
    holds,
    undecided,
)

# --- hypotheses ----------------------------------------------------------------------------------


@fact(
    r"\text{rows of } F_k \text{ linearly separable}, \quad F_0 = X",
    ground=lambda v: v.separable == 1,
)
def features_are_separable(s: ClassifiedPoint) -> Verdict:
    """The features of layer k, or the inputs if k = 0, are linearly separable."""
    return are_separable(s.features_with_ones(s.layer), s.classes, s.network.outputs)


@fact(r"\nabla \Phi = 0")
def class_gradient_vanishes(s: ClassifiedPoint) -> Verdict:
    """The gradient of the objective of eq. (4) is zero at the point."""
    return vanishes(s.backward.field.matrix([s.gradient]))


@fact(r"0 \le k \le L - 1")
def layer_is_below_output(s: ClassifiedPoint) -> Verdict:
    """The layer k is a hidden layer or the input."""
    return size_at_most(s.layer, s.depth - 1)


@fact(r"\operatorname{rank}(W_l) = n_l \quad l \in [k+2, L]", ground=lambda v: v.pyramid == 1)
def weights_above_have_full_column_rank(s: ClassifiedPoint) -> Verdict:
    """The weights of all layers above k + 1 have full column rank."""
    return upper_weights_have_full_rank(s.below_loss, s.layer + 2)


@fact(r"\#\{i : (W_l)_{pi} \ne 0\} \le 1 \quad l \in [k+2, L]")
def each_unit_feeds_one_unit(s: ClassifiedPoint) -> Verdict:
    """Each unit of the layers k + 1 to L - 1 has a weight other than 0 to one unit at most."""

    def feeds(place: tuple[int, int]) -> Verdict:
        layer, unit = place
        column = s.weights(layer).column(unit).tolist()
        return size_at_most(sum(not value.is_zero for (value,) in column), 1)

    places = [
        (layer, unit)
        for layer in range(s.layer + 2, s.depth + 1)
        for unit in range(s.network.widths[layer - 1])
    ]
    return for_all(places, feeds, "weights and unit")


# --- minima --------------------------------------------------------------------------------------


@fact(r"f_{Lj}(x_i) \ge y_{ij}\ (x_i \in C_j),\ \le y_{ij}\ (x_i \notin C_j)")
def outputs_lie_beyond_labels(s: ClassifiedPoint) -> Verdict:
    """Each output is at least its label in its class, and at most its label off it."""
    return for_all(s.places, lambda p: nonnegative(s.residuals[p] * s.sign_of(*p)), "entry")


def _is_zero(s: ClassifiedPoint) -> Verdict:
    """Whether Phi = 0 with losses that are nowhere negative."""
    return all_of(
        zero=vanishes(s.objective),
        true=s.true_loss.nonnegative(),
        wrong=s.wrong_loss.nonnegative(),
    )


def _compared(s: ClassifiedPoint, *, lower: bool) -> Verdict:
    """FAILS with an explicit point where Phi is certainly lower (or higher); else UNDECIDED."""
    for words, other in candidates(s):
        there = objective_in_balls(s, other)
        if there is None:
            continue
        if (less(there, s.objective) if lower else less(s.objective, there)).is_holds:
            relation = "<" if lower else ">"
            reason = f"with {words}, Phi = {there} {relation} {s.objective}"
            return fails(Evidence.ENCLOSED, reason, other=other)
    word = "lower" if lower else "higher"
    return undecided(f"no point with a {word} objective was found among the trial points")


@fact(r"\Phi(W, b) = \min \Phi")
def is_global_class_minimum(s: ClassifiedPoint) -> Verdict:
    """The point is a global minimum of the objective of eq. (4)."""
    zero = _is_zero(s)
    verdict = zero if zero.is_holds else _compared(s, lower=True)
    if zero.is_holds:
        verdict = holds(zero.evidence, f"Phi = 0, and no term can be negative: {zero.reason}")
    return verdict.against(is_a_global_maximum=lambda: _compared(s, lower=False))


def _not_squashed(v: Any) -> Any:
    """Sigmoid and tanh never reach 1 and -1.

    Separable features below a pyramid let every entry come as close to them as one likes, at once.
    """
    return (v.squashed != 1) | (v.separable != 1) | (v.pyramid != 1)


@fact(r"\exists (W, b):\ \Phi(W, b) = \inf \Phi", ground=_not_squashed)
def class_minimum_is_attained(s: ClassifiedPoint) -> Verdict:
    """The minimum of the objective of eq. (4) over all parameters is attained."""
    zero = _is_zero(s)
    if zero.is_holds:
        return zero.because(f"attained at this point: {zero.reason}")
    if s.true_loss.nonnegative().is_holds and s.wrong_loss.nonnegative().is_holds:
        for words, other in candidates(s):
            there = objective_in_balls(s, other)
            if there is not None and at_most(there, 0).is_holds:
                return holds(Evidence.ENCLOSED, f"Phi = 0 with {words}")
    return _never_attained(s)


def _never_attained(s: ClassifiedPoint) -> Verdict:
    last = s.network.activation_of(s.depth)
    limits = last.limits()
    assumed = all_of(
        increasing=for_all(s.activations, lambda a: a.strictly_increasing(), "activation"),
        true=true_class_loss_is_one_sided.decide(s),
        wrong=wrong_class_loss_is_one_sided.decide(s),
        limits=limits,
    )
    if not assumed.is_holds:
        return undecided(f"nothing shows whether the minimum is attained: {assumed.reason}")
    layer = next((k for k in range(s.depth) if separating_point(s, k, 1) is not None), None)
    if layer is None:
        return undecided("no layer is known to separate the classes for some parameters")
    for place in s.places:
        end = limits.data["right" if s.sign_of(*place) > 0 else "left"]
        if not isinstance(end, Formula):
            continue
        gap = (value_at(end, QQ.scalar(0)) - s.samples.targets[place]) * s.sign_of(*place)
        if at_most(gap, 0).is_holds:
            words = (
                f"steeper layers above {layer} bring every entry near its infimum, and entry "
                f"{place} with label {s.samples.targets[place]} never reaches it: sigma stays "
                f"off its limit {end}"
            )
            return fails(limits.evidence, words)
    return undecided("all labels lie inside the range of sigma, but no fitting point was found")


# --- the proof -----------------------------------------------------------------------------------


def hyperplane_products(s: ClassifiedPoint) -> Matrix | None:
    """P = H^T [F_k, 1]^T (m, N), or None where the features are not separable."""
    found = features_are_separable.decide(s)
    if not found.is_holds:
        return None
    planes: Matrix = found.data["planes"]
    return (s.features_with_ones(s.layer) @ planes).T


def slope_products(s: ClassifiedPoint, layer: int) -> Matrix:
    """Columns (N, T): products of slopes, one unit in each of the layers k + 1 to l - 1.

    There is a column for each choice of units.
    """
    passed = s.backward
    between = range(s.layer + 1, layer)
    ones = passed.field.ones(s.count, 1)
    columns: list[Matrix] = []
    for choice in product(*(range(s.network.widths[layer]) for layer in between)):
        column = ones
        for place, unit in zip(between, choice, strict=True):
            column = column.hadamard(passed.slope(place).column(unit))
        columns.append(column)
    return columns[0].hstack(*columns[1:])


def last_errors(s: ClassifiedPoint) -> Matrix:
    """Delta_L (N, m)."""
    return s.backward.error(s.depth)


@fact(r"(\Delta_L)_{ij} \le 0\ (x_i \in C_j),\ \ge 0\ (x_i \notin C_j)")
def last_errors_oppose_classes(s: ClassifiedPoint) -> Verdict:
    """No error of the last layer is positive in its class, or negative off it."""
    errors = last_errors(s)
    return for_all(s.places, lambda p: nonnegative(-errors[p] * s.sign_of(*p)), "entry")


def weighted_vanish_together(s: ClassifiedPoint, layer: int) -> Verdict:
    """Whether H^T [F_k, 1]^T diag(d) Delta_l is 0 if and only if Delta_L is.

    Here d runs through the products of slopes, one unit in each of the layers k + 1 to l - 1.
    """
    left = hyperplane_products(s)
    if left is None:
        return fails(Evidence.EXACT, "there are no separating hyperplanes")
    errors = s.backward.error(layer)
    ones = errors.field.ones(1, errors.shape[1])
    columns = slope_products(s, layer).columns()
    return vanish_together(last_errors(s), [left @ errors.hadamard(c @ ones) for c in columns])


@fact(
    r"H^T [F_k, 1]^T \prod_{l=k+1}^{L-1} \Sigma^l_{i_l}\, \Delta_L = 0 \Leftrightarrow \Delta_L = 0"
    r"\quad \forall\, i_{k+1}, \dots, i_{L-1}"
)
def weighted_errors_vanish_together(s: ClassifiedPoint) -> Verdict:
    """With separating H, H^T [F_k, 1]^T times slopes times Delta_L is 0 just where Delta_L is.

    This is so for each choice of hidden units, one in each of the layers k + 1 to L - 1.
    """
    return weighted_vanish_together(s, s.depth)


@fact(r"H^T [F_k, 1]^T \Delta_{k+1} = 0 \Leftrightarrow \Delta_L = 0")
def next_errors_vanish_together(s: ClassifiedPoint) -> Verdict:
    """With separating hyperplanes H, H^T [F_k, 1]^T Delta_{k+1} is 0 just where Delta_L is."""
    if s.layer >= s.depth:
        return fails(Evidence.EXACT, "there is no layer above the output")
    return weighted_vanish_together(s, s.layer + 1)


@fact(r"[F_k, 1_N]^T \Delta_{k+1} = 0")
def features_annihilate_errors_above(s: ClassifiedPoint) -> Verdict:
    """The features of layer k, extended by ones, are orthogonal to the errors of layer k + 1."""
    if s.layer >= s.depth:
        return fails(Evidence.EXACT, "there is no layer above the output")
    errors = s.backward.error(s.layer + 1)
    return vanishes(s.features_with_ones(s.layer).over(errors.field).T @ errors)


@fact(r"\Delta_L = 0")
def last_class_errors_vanish(s: ClassifiedPoint) -> Verdict:
    """The errors of the last layer are zero."""
    return vanishes(last_errors(s))


@fact(r"l'(f_{Lj}(x_i) - y_{ij}) = 0 \quad \forall i, j")
def class_loss_slopes_vanish(s: ClassifiedPoint) -> Verdict:
    """The slope of its own loss is zero at each residual, equation (5)."""
    return vanishes(s.backward.loss_slopes)


def chain_errors(s: ClassifiedPoint) -> tuple[Matrix, tuple[tuple[int, Scalar], ...]]:
    """Columns (N, m): column c of Delta_L times the slopes along a chain of units below output c.

    Beside it, for each output, the unit of layer k + 1 at which its chain ends, and the product of
    the weights along it, 0 where the chain breaks off.
    """
    passed = s.backward
    columns: list[Matrix] = []
    ends: list[tuple[int, Scalar]] = []
    for output in range(s.network.outputs):
        column, unit, weight = last_errors(s).column(output), output, passed.field.scalar(1)
        for layer in range(s.depth, s.layer + 1, -1):
            row = passed.weights[layer - 1].row(unit).tolist()[0]
            unit = next((u for u, value in enumerate(row) if not value.is_zero), 0)
            weight = weight * row[unit]
            column = column.hadamard(passed.slope(layer - 1).column(unit))
        columns.append(column)
        ends.append((unit, weight))
    return columns[0].hstack(*columns[1:]), tuple(ends)

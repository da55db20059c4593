"""Section 3: what is assumed of data, activation and loss.

The parts of Assumptions 3.2 are hypotheses by themselves, so that each proof shows what it uses.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.growth import bounded_or_growing
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    G,
    L,
    N,
    W,
    X,
    Y,
    attained,
    loss,
    n,
    sigma,
)
from symbolic_landscape.statement import smoothness
from symbolic_landscape.statement.language import (
    Expr,
    derivative,
    each,
    every,
    integer,
    predicate,
    rank,
    real,
)

i, j, layer, column = (integer(name) for name in ("i", "j", "layer", "column"))
s, t = real("s"), real("t")
analytic, twice_smooth = predicate("analytic"), smoothness.twice_smooth


def increases(f: Expr) -> Expr:
    """The function is strictly increasing."""
    return every(s, t, (s < t) >> (f(s) < f(t)))


def decreases(f: Expr) -> Expr:
    """The function is strictly decreasing."""
    return every(s, t, (s < t) >> (f(t) < f(s)))


distinct_samples = each(
    i, 1, N, each(j, i + 1, N, ~each(column, 1, n[0], X[i, column] == X[j, column]))
)
sigma_analytic = analytic(sigma)
sigma_increases, sigma_decreases = increases(sigma), decreases(sigma)
sigma_bounded_or_grows = bounded_or_growing(sigma)
loss_twice_smooth = twice_smooth(loss)
loss_flat_only_at_minimum = every(s, (derivative(loss)(s) == 0) >> every(t, loss(s) <= loss(t)))

ASSUMPTIONS = {
    "distinct": distinct_samples,
    "analytic": sigma_analytic,
    "increasing": sigma_increases,
    "bounded": sigma_bounded_or_grows,
    "loss smooth": loss_twice_smooth,
    "loss": loss_flat_only_at_minimum,
}
"""Assumptions 3.2 as printed."""

minimum_attained = attained(Y)
"""What Section 2 assumes throughout."""

PRINTED = {**ASSUMPTIONS, "attained": minimum_attained}
"""What a theorem of Section 3 assumes as printed, beside its own hypotheses."""

slope_positive = every(t, derivative(sigma)(t) > 0)
slope_negative = every(t, derivative(sigma)(t) < 0)
flat_slope_does_not_bend = every(
    t, (derivative(sigma)(t) == 0) >> (derivative(derivative(sigma))(t) == 0)
)
"""So it is for a monotone sigma that is twice continuously differentiable."""


def slopes_from(k: Expr | int) -> Expr:
    """The slope of sigma is not 0 at the preactivations of layers k to L."""
    entry = derivative(sigma)(G(layer)[i, j]) != 0
    return each(layer, k, L, each(i, 1, N, each(j, 1, n[layer], entry)))


def full_rank_from(k: Expr | int) -> Expr:
    """The weights of layers k to L have full column rank."""
    return each(i, k, L, rank(W[i]) == n[i])

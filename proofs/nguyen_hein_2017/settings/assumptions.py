"""Section 3: what is assumed of data, activation and loss.

The parts of Assumptions 3.2 are hypotheses by themselves, so that each proof shows what it uses.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    L,
    N,
    W,
    X,
    loss,
    n,
    sigma,
)
from symbolic_landscape.statement.language import (
    derivative,
    each,
    every,
    integer,
    predicate,
    rank,
    real,
)

i, j = integer("i"), integer("j")
s, t = real("s"), real("t")
analytic, twice_smooth = predicate("analytic"), predicate("twice smooth")

distinct_samples = each(i, 1, N, each(j, i + 1, N, ~each(integer("r"), 1, n[0], X[i, integer("r")] == X[j, integer("r")])))
sigma_analytic = analytic(sigma)
sigma_increases = every(s, t, (s < t) >> (sigma(s) < sigma(t)))
slope_positive = every(t, 0 < derivative(sigma)(t))
loss_flat_only_at_minimum = every(s, (derivative(loss)(s) == 0) >> every(t, loss(s) <= loss(t)))


def full_rank_from(k):
    """The weights of layers k to L have full column rank."""
    return each(i, k, L, rank(W[i]) == n[i])

"""Sections 2-5: what makes a point of a network special, and may hold on all points by accident.

A statement whose admissible points all meet one of these has a blind spot there.
"""

from __future__ import annotations

from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    L,
    N,
    Phi,
    W,
    X,
    Y,
    b,
    critical,
    k,
    n,
    one,
    sigma,
)
from symbolic_landscape.statement.language import block, each, every, rank, real

t = real("t")

one_sample, several_samples = N == 1, N >= 2
one_layer, several_layers = L == 1, L >= 2
one_output, one_input = n[L] == 1, n[0] == 1
samples_independent = rank(block(X, one)) == N
more_samples_than_dimensions = N >= n[0] + 2
fitted = F_(W, b)[L] == Y
objective_zero = Phi(W, b) == 0
at_critical_points = critical(W, b)
zero_at_zero = sigma(0) == 0
odd = every(t, sigma(-t) == -sigma(t))
narrow = each(k, 1, L, n[k] <= n[k - 1])
wide_somewhere = rank(F_(W, b)[L - 1]) == N
"""The features that the last layer receives are independent."""

"""Section 4: N samples on a line, seen by units whose weights grow without bound.

Notation: Z is N x p, the features of the layer below; t = Z a are the projections of its rows on a
direction a. A unit of steepness alpha at sample j has the value sigma(alpha (t_j - t_i) + beta) on
sample i. mu and gamma are the limits of sigma at minus and plus infinity.
"""

from functools import partial

from symbolic_landscape.proofs.nguyen_hein_2017.settings import examples
from symbolic_landscape.proofs.rules.exponentials import exp
from symbolic_landscape.proofs.rules.limits import tends
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    entries,
    every,
    exists,
    fn,
    integer,
    matrix,
    natural,
    ones,
    real,
    scalar_function,
)
from symbolic_landscape.statement.setting import Setting

N, p = natural("N"), natural("p")
i, j, column = integer("i"), integer("j"), integer("column")
r, s, x, rate = real("r"), real("s"), real("x"), real("rate")
alpha, beta, mu, gamma = (real(name) for name in ("alpha", "beta", "mu", "gamma"))
Z, t, sigma = matrix("Z", N, p), matrix("t", N, 1), scalar_function("sigma")
one = ones(N, 1)


def rows_differ(A: Expr) -> Expr:
    """No two rows of the matrix are equal."""
    same = each(column, 1, A.columns, A[i, column] == A[j, column])
    return each(i, 1, A.rows, each(j, i + 1, A.rows, ~same))


def entries_differ(t: Expr) -> Expr:
    """No two entries of the column are equal."""
    return each(i, 1, t.rows, each(j, i + 1, t.rows, t[i, 1] != t[j, 1]))


def entries_increase(t: Expr) -> Expr:
    """Each entry of the column is less than the entries below it."""
    return each(i, 1, t.rows, each(j, i + 1, t.rows, t[i, 1] < t[j, 1]))


def tends_left(f: Expr, mu: Expr | int) -> Expr:
    """The function tends to mu at minus infinity."""
    return tends(fn(x, f(-x)), mu)


def injective(f: Expr) -> Expr:
    """Different numbers have different values."""
    return every(r, s, (f(r) == f(s)) >> (r == s))


def not_constant(f: Expr) -> Expr:
    """Two values differ."""
    return exists(r, s, f(r) != f(s))


def tempered(f: Expr) -> Expr:
    """The function grows more slowly than all exponentials."""
    return every(rate, (rate > 0) >> tends(fn(x, f(x) * exp(-rate * x)), 0))


def decays(f: Expr) -> Expr:
    """The function decays at an exponential rate."""
    return exists(rate, both(rate > 0, tends(fn(x, f(x) * exp(rate * x)), 0)))


def steep(t: Expr, i: Expr, j: Expr, alpha: Expr, beta: Expr) -> Expr:
    """The value on sample i of the unit of steepness alpha at sample j."""
    return sigma(alpha * (t[j, 1] - t[i, 1]) + beta)


def steep_features(t: Expr, alpha: Expr, beta: Expr) -> Expr:
    """A(alpha): the features of N - 1 units, of steepness alpha at the samples 1, ..., N - 1."""
    return entries(i, j, N, N - 1, steep(t, i, j, alpha, beta))


LINE = Setting(
    "samples on a line, seen by steep units",
    variables=(N, t, sigma),
    standing=(N >= 1,),
    definitions=(tends,),
    instances=partial(examples.instances, (N, t, sigma), examples.lines),
)
SAMPLES = Setting(
    "samples with p features, seen by one layer",
    variables=(N, p, Z, sigma),
    standing=(N >= 1,),
    definitions=(tends,),
    instances=partial(examples.instances, (N, p, Z, sigma), examples.samples),
)
ACTIVATION = Setting(
    "an activation by itself",
    variables=(sigma,),
    definitions=(tends,),
    instances=partial(examples.instances, (sigma,), examples.activations),
)

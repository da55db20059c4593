"""Sections 1 and 2: d data points, n parameters, and predictions that depend on both.

Notation: the columns of X are the inputs x_1, ..., x_d in R^p, the entries of y their targets. f is
a network of any architecture: f(w)(x) is its output with the parameters w in R^n, weights and
biases together. H(w) holds the errors f_i(w) = f(w)(x_i) - y_i, and L is the sum of their squares.
The M_i, where f_i is 0, may also be said to be the zeros of other functions: those of g, or of the
entries of G.

Setting: DATA.
"""

from typing import Any

from symbolic_landscape.proofs.cooper_2018.settings.data_points import points
from symbolic_landscape.proofs.cooper_2018.settings.manifold_decisions import (
    are_joined,
    no_submanifold,
)
from symbolic_landscape.proofs.rules.columns import unit
from symbolic_landscape.proofs.rules.jacobians import jacobian
from symbolic_landscape.proofs.rules.manifolds import infinitely_smooth, submanifold
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.proofs.rules.spectra import only_positive
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    each,
    entries,
    every,
    exists,
    fn,
    function,
    gradient,
    integer,
    like,
    matrix,
    natural,
    real,
    total,
    true,
)
from symbolic_landscape.statement.setting import Setting

n, d, p = natural("n"), natural("d"), natural("p")
i, j = integer("i"), integer("j")
w, x = matrix("w", n, 1), matrix("x", p, 1)
f = function("f", w, function("", x, real("")))
X, y = matrix("X", p, d), matrix("y", d, 1)
row, column = integer("row"), integer("column")
g, G = function("g", w, real("")), function("G", w, y)


def sample(i: Any) -> Expr:
    """The input x_i."""
    return X @ unit(d, i)


predictions = define(
    "predictions",
    (w,),
    entries(row, column, d, 1, f(w)(sample(row))),
    text="f({0}, X)",
    latex="f({0}, X)",
)
H_ = define("errors", (y, w), predictions(w) - y, text="H({1})", latex="H({1})", at=("y",))
L_ = define(
    "loss",
    (y, w),
    total(i, 1, d, H_(y, w)[i, 1] * H_(y, w)[i, 1]),
    text="L({1})",
    latex="L({1})",
    at=("y",),
)


J_ = define(
    "slopes of the errors",
    (y, w),
    jacobian(fn(w, H_(y, w)), w, d, n),
    text="J({1})",
    latex="J({1})",
    at=("y",),
)
"""The Jacobian matrix of H, with the gradients of the f_i as its rows."""


def hessian(function: Any, w: Any, n: Any) -> Expr:
    """The matrix of second derivatives of a function of vectors at w."""
    return jacobian(fn(w, gradient(function, w)), w, n, n)


D2L_ = define(
    "Hessian",
    (y, w),
    hessian(fn(w, L_(y, w)), w, n),
    text="D2L({1})",
    latex="D^2L({1})",
    at=("y",),
)


def zero_set(y: Any) -> Expr:
    """The set M of the parameters with loss 0."""
    return fn(w, L_(y, w) == 0)


def piece(i: Any) -> Expr:
    """The set M_i of the parameters that fit sample i."""
    return fn(w, H_(y, w)[i, 1] == 0)


k = integer("k")
distinct = each(i, 1, d, each(j, i + 1, d, ~each(k, 1, p, X[k, i] == X[k, j])))
smooth_errors = each(i, 1, d, infinitely_smooth(fn(w, H_(y, w)[i, 1])))
overparameterized = n > d

t, path = real("t"), function("path", real("t"), w)
S, u, v = function("S", w, true), like("u", w), like("v", w)
joined = define(
    "joined by a path",
    (S, u, v),
    exists(path, both(continuous(path), path(0) == u, path(1) == v, every(t, S(path(t))))),
    text="a path in {0} joins {1} and {2}",
    latex=r"\text{{a path in }} {0} \text{{ joins }} {1} \text{{ and }} {2}",
)
"""Paths continue as constants beyond [0, 1]."""

DATA = Setting(
    "a network with n parameters on d samples",
    variables=(n, d, p, f, X, y),
    definitions=(unit, predictions, H_, L_, J_, D2L_, submanifold, only_positive, joined),
    decisions={"submanifold": no_submanifold, "joined by a path": are_joined},
    instances=points,
)

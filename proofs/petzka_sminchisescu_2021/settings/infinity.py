"""Section 3.1 and Appendix A.2: networks whose last hidden layer has infinite biases.

Notation: where all biases of layer L - 1 are infinite its units give 1 on all samples. D (n[L] x N)
holds the residuals of that constant output; Z (n[L-1] x N) the preactivations of layer L - 1 without
their biases. (V, e) is near (W, b) at infinity if all other parameters are within r of those of
(W, b) and each bias of layer L - 1 is larger than a: b[L-1] does not matter. mu holds the means of
the targets; zeta and u are weights out of and into units that are all equal.

Settings: INFINITY, EQUAL_UNITS.
"""

from fractions import Fraction

from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings import (
    infinity_decisions as decisions,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import Example, N, one
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.networks import (
    A_,
    HERE,
    NETWORK,
    L,
    V,
    W,
    Y,
    b,
    e,
    i,
    k,
    loss_,
    n,
    network,
)
from symbolic_landscape.proofs.rules.exponentials import exp
from symbolic_landscape.proofs.rules.points import close, near
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    each,
    every,
    exists,
    integer,
    like,
    matrix,
    ones,
    real,
    total,
    trace,
    update,
)

r, a = real("r"), real("a")
j = integer("j")
units = n[L - 1]
D_ = define(
    "residuals at infinity",
    (W, b),
    (W[L] @ ones(units, 1) + b[L]) @ one - Y,
    text="D",
    latex="D",
    at=HERE,
)
Z_ = define(
    "preactivations without biases",
    (W, b),
    W[L - 1] @ A_(W, b)[L - 2],
    text="Z",
    latex="Z",
    at=HERE,
)
limit_ = define(
    "loss at infinity",
    (W, b),
    trace(D_(W, b).T @ D_(W, b)),
    text="loss at infinity",
    latex=r"\mathcal L_\infty",
    at=HERE,
)


def seen(W: Expr, D: Expr, i: Expr, j: Expr) -> Expr:
    """What unit i of layer L - 1 sees of the residuals of sample j."""
    return total(k, 1, n[L], W[L][k, i] * D[k, j])


def weighted(W: Expr, b: Expr, i: Expr) -> Expr:
    """The sum that unit i adds to first order, up to its sign and e to the power of -bias."""
    return total(j, 1, N, seen(W, D_(W, b), i, j) * exp(-Z_(W, b)[i, j]))


def near_at_infinity(V: Expr, e: Expr, W: Expr, b: Expr) -> Expr:
    """(V, e) has large biases in layer L - 1, and is near (W, b) but for them."""
    last = both(close(V[L - 1], W[L - 1], r), close(V[L], W[L], r), close(e[L], b[L], r))
    large = each(i, 1, units, a < e[L - 1][i, 1])
    return both(near(V, e, W, b, 1, L - 2, r), last, large)


def around(compared: Expr) -> Expr:
    """What is compared holds for all (V, e) that are near (W, b) at infinity."""
    everywhere = every(V, e, near_at_infinity(V, e, W, b) >> compared)
    return exists(r, a, both(r > 0, everywhere))


minimum_ = define(
    "local minimum at infinity",
    (W, b),
    around(limit_(W, b) <= loss_(V, e)),
    text="there is a local minimum at infinity",
    latex=r"\text{{there is a local minimum at infinity}}",
    at=HERE,
)
higher_ = define(
    "loss is higher near infinity",
    (W, b),
    around(limit_(W, b) < loss_(V, e)),
    text="near infinity the loss is higher than there",
    latex=r"\text{{near infinity the loss is higher than there}}",
    at=HERE,
)
V2, e2 = like("V2", V), like("e2", e)
lower_ = define(
    "finite parameters have a lower loss",
    (W, b),
    exists(V2, e2, loss_(V2, e2) < limit_(W, b)),
    text="some finite parameters have a lower loss",
    latex=r"\text{{some finite parameters have a lower loss}}",
    at=HERE,
)
some_ = define(
    "some local minimum at infinity is suboptimal",
    (Y,),
    exists(V, e, both(higher_(V, e), lower_(V, e))),
    text="some local minimum at infinity has a loss higher than that of finite parameters",
    latex=r"\text{{some local minimum at infinity has a loss higher than that of finite parameters}}",
    at=("Y",),
)


beta = matrix("beta", units, 1)
moved = update(b, L - 1, beta)


def at_finite_values(compared: Expr) -> Expr:
    """What is compared holds for all large biases of layer L - 1, the rest unchanged."""
    return exists(a, every(beta, each(i, 1, units, a < beta[i, 1]) >> compared))


higher_there_ = define(
    "loss is higher at finite values",
    (W, b),
    at_finite_values(limit_(W, b) < loss_(W, moved)),
    text="for large biases the loss is higher than at infinity",
    latex=r"\text{{for large biases the loss is higher than at infinity}}",
    at=HERE,
)
not_lower_there_ = define(
    "loss is not lower at finite values",
    (W, b),
    at_finite_values(limit_(W, b) <= loss_(W, moved)),
    text="for large biases the loss is not lower than at infinity",
    latex=r"\text{{for large biases the loss is not lower than at infinity}}",
    at=HERE,
)


def points() -> tuple[Example, ...]:
    """Points at infinity: minima of depth 2, 3 and 4, and points that miss being one."""
    third = Fraction(1, 3)
    line, step = [[0, 1, 2]], [[0, 0, 1]]
    return (
        network("one unit, minimum", "sigmoid", (0, 1), line, step,
                ([[1]], [0]), ([[-1]], [4 * third])),
        network("two units, minimum", "sigmoid", (0, 1), line, step,
                ([[1], [2]], [0, 0]), ([[-1, -2]], [10 * third])),
        network("units of both signs, minimum", "sigmoid", (0, 1), line, step,
                ([[1], [-1]], [0, 0]), ([[-1, 1 + third]], [0])),
        network("two units, one of the wrong sign", "sigmoid", (0, 1), line, step,
                ([[1], [2]], [0, 0]), ([[-1, 2]], [-2 * third])),
        network("one weight out is 0", "sigmoid", (0, 1), line, step,
                ([[1], [2]], [0, 0]), ([[-1, 0]], [4 * third])),
        network("weights in are 0", "sigmoid", (0, 1), line, step,
                ([[0]], [0]), ([[-1]], [4 * third])),
        network("not the mean", "sigmoid", (0, 1), line, step, ([[1]], [0]), ([[-1]], [1])),
        network("two outputs, two inputs", "sigmoid", (0, 1), [[0, 1, 0], [0, 0, 1]], [[1, 0, 0], [0, 1, 2]],
                ([[1, 0]], [0]), ([[-1], [0]], [1 + third, 1])),
        network("two hidden layers, minimum", "sigmoid", (0, 1), line, step,
                ([[1], [-1]], [0, 0]), ([[1, 0], [2, 0]], [0, 0]), ([[-1, -1]], [7 * third])),
        network("three hidden layers, minimum", "sigmoid", (0, 1), line, step,
                ([[1]], [0]), ([[1]], [0]), ([[1], [3]], [0, 0]), ([[-1, -1]], [7 * third])),
        network("tanh, minimum", "tanh", (-1, 1), line, step, ([[1]], [0]), ([[-1]], [4 * third])),
        network("equal targets, weights out 0", "sigmoid", (0, 1), [[0, 1]], [[1, 1]],
                ([[1]], [0]), ([[0]], [1])),
        network("one sample, met at infinity", "sigmoid", (0, 1), [[2]], [[1]],
                ([[1]], [0]), ([[1]], [0])),
        network("equal inputs, other targets", "sigmoid", (0, 1), [[1, 1]], [[0, 1]],
                ([[1]], [0]), ([[1]], [Fraction(-1, 2)])),
        network("inputs symmetric about 0", "sigmoid", (0, 1), [[-1, 0, 1]], [[0, 3, 0]],
                ([[1]], [0]), ([[-1]], [2])),
    )  # fmt: skip


mu, zeta, u = matrix("mu", n[L], 1), matrix("zeta", n[L], 1), matrix("u", n[L - 2], 1)


def with_means() -> tuple[Example, ...]:
    """The points, each with the means of its targets, and one with other numbers."""
    made = []
    for name, values in points():
        targets = values[Y.term]
        samples = targets.shape[1]
        means = (targets @ targets.field.ones(samples, 1)).scale(Fraction(1, samples))
        made.append((name, {**values, mu.term: means}))
    name, values = made[0]
    other = values[mu.term] + values[mu.term].field.ones(1, 1)
    return (*made, (f"{name}, another mean", {**values, mu.term: other}))


def with_equal_units() -> tuple[Example, ...]:
    """The points with weights in and out that all units are to have."""
    made = []
    for name, values in with_means():
        field, inside = values[mu.term].field, values[n.term][values[L.term] - 2]
        for sign in (1, -1):
            out = field.ones(values[mu.term].shape[0], 1).scale(sign)
            some = {zeta.term: out, u.term: field.ones(inside, 1)}
            made.append((f"{name}, units {sign}", {**values, **some}))
    return tuple(made)


INFINITY = NETWORK.extended(
    "a regression network whose last hidden layer may have infinite biases",
    variables=(mu,),
    standing=(L >= 2,),
    definitions=(
        D_, Z_, limit_, minimum_, higher_, lower_, some_, higher_there_, not_lower_there_,
    ),
    decisions={
        minimum_.name: decisions.minimum,
        higher_.name: decisions.higher,
        lower_.name: decisions.lower,
        some_.name: decisions.some_minimum,
        higher_there_.name: decisions.higher_there,
        not_lower_there_.name: decisions.not_lower_there,
    },
    instances=with_means,
)  # fmt: skip

EQUAL_UNITS = INFINITY.extended(
    "a network whose last hidden layer is to have equal units",
    variables=(zeta, u),
    instances=with_equal_units,
)

"""Section 2 for any objective of the outputs: definitions at a point, once for all losses.

Notation as in `network`: F[k], G[k] features after and before sigma, Delta[k] the errors of layer
k, Phi the objective; o is a function of the outputs F[L], such as the squared loss summed up.

Objects: Objective, ANY, OUTPUTS. Functions: objective, flat, critical, minimises of an Objective;
instances.

Design notes. Lemma 2.1 never looks inside the loss: the errors of the last layer are the gradient
of o at the outputs times sigma'. So one setting with a function o of the outputs has the network
with one loss l, and that with a loss for each entry, as instances by citation. The alternative, a
family l(i, j) in place of l, would put two indices more into every line of the proof.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from symbolic_landscape.proofs.nguyen_hein_2017.settings import network_points
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    G_,
    HERE,
    POINT,
    L,
    N,
    V,
    W,
    X,
    Y,
    b,
    c,
    features,
    i,
    j,
    k,
    layer,
    loss,
    n,
    sigma,
    summed,
)
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.statement.language import (
    Definition,
    Expr,
    both,
    define,
    each,
    every,
    fn,
    function,
    gradient,
    matrix,
    real,
    recursion,
    the,
    total,
    update,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

above = function("above", features(k + 1), real("x"))
M, beta = matrix("M", n[k - 1], n[k]), matrix("c", 1, n[k])


@dataclass(frozen=True, eq=False)
class Objective:
    """What is defined at a point from an objective of the outputs."""

    of: Callable[[Expr], Expr]
    Phi: Definition
    tail: Definition
    errors: Definition
    weight_gradient: Definition
    bias_gradient: Definition
    flat: Definition
    critical: Definition
    minimises: Definition

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """All definitions, for a setting."""
        return (
            *(self.Phi, self.tail, self.errors, self.weight_gradient),
            *(self.bias_gradient, self.flat, self.critical, self.minimises),
        )

    @property
    def function(self) -> Expr:
        """The objective as a function of the outputs."""
        return fn(features(L), self.of(features(L)))

    def Delta(self, k: Expr) -> Expr:
        """The errors of layer k here."""
        return self.errors(W, b, k)

    def h(self, k: Expr) -> Expr:
        """The objective as a function of the preactivations of layer k here."""
        return self.tail(W, b)[k]


def objective(of: Callable[[Expr], Expr]) -> Objective:
    """The definitions for an objective that maps a matrix of outputs to a number."""
    Phi = define("objective", POINT, of(F_(W, b)[L]), text="Phi", latex=r"\Phi", at=HERE)
    tail = define(
        "tail",
        POINT,
        recursion(
            k,
            above,
            L,
            fn(features(L), of(sigma(features(L)))),
            fn(features(k), above(layer(sigma(features(k)), k + 1))),
            down=True,
        ),
        text="h",
        latex="h",
        at=HERE,
    )
    errors = define(
        "errors",
        (*POINT, k),
        gradient(tail(W, b)[k], G_(W, b, k)),
        text="Delta_{2}",
        latex=r"\Delta_{2}",
        at=HERE,
    )
    weight_gradient = define(
        "weight gradient",
        (*POINT, k),
        gradient(fn(M, Phi(update(W, k, M), b)), W[k]),
        text="∇W_{2} Phi",
        latex=r"\nabla_{{W_{2}}}\Phi",
        at=HERE,
    )
    bias_gradient = define(
        "bias gradient",
        (*POINT, k),
        gradient(fn(beta, Phi(W, update(b, k, beta))), b[k]),
        text="∇b_{2} Phi",
        latex=r"\nabla_{{b_{2}}}\Phi",
        at=HERE,
    )
    flat = define(
        "flat at layer",
        (*POINT, k),
        both(weight_gradient(W, b, k) == 0, bias_gradient(W, b, k) == 0),
        text="gradient 0 in layer {2}",
        latex=r"\nabla_{{(W_{2}, b_{2})}}\Phi = 0",
        at=HERE,
    )
    critical = define(
        "critical",
        POINT,
        each(k, 1, L, flat(W, b, k)),
        text="critical point",
        latex=r"\nabla\Phi = 0",
        at=HERE,
    )
    minimises = define(
        "global minimum",
        POINT,
        every(V, c, Phi(W, b) <= Phi(V, c)),
        text="global minimum",
        latex=r"\Phi(W, b) = \min\Phi",
        at=HERE,
    )
    return Objective(
        *(of, Phi, tail, errors, weight_gradient, bias_gradient, flat, critical, minimises)
    )


o = function("o", features(L), real("x"))
ANY = objective(o)
"""Phi = o(F_L) for a function o that is not looked into."""

VARIABLES = (L, N, n, X, W, b, sigma, o)
Z = features(L)
LOSS = fn(Z, summed(Z - Y))
"""The loss of Section 2 as a function of the outputs."""
OBJECTIVES = {
    "sum of the outputs": fn(Z, total(i, 1, N, total(j, 1, n[L], Z[i, j]))),
    "product of the first output and the last": fn(Z, Z[1, 1] * Z[N, n[L]]),
    "square of the sum of the outputs": fn(Z, total(i, 1, N, total(j, 1, n[L], Z[i, j])) ** 2),
    "constant objective": fn(Z, 0 * Z[1, 1] + 1),
}


def instances() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Points of networks, with their losses and with other objectives of the outputs."""
    terms = {str(the(v).name): the(v) for v in (*VARIABLES, Y, loss)}
    points = {p.name: p for p in network_points.POINTS}
    objectives = [(name, name, LOSS) for name in network_points.WITH_LOSSES]
    objectives += [
        (f"{said}: {name}", name, function)
        for name in network_points.WITH_OBJECTIVES
        for said, function in OBJECTIVES.items()
    ]
    found = []
    for said, name, objective_of in objectives:
        known = network_points.point_values(points[name])
        values = {terms[v]: x for v, x in known.items() if v in terms}
        inside = {v: values[v] for v in the(objective_of).free}
        given = {v: x for v, x in values.items() if v not in (terms["Y"], terms["l"])}
        found.append((said, {**given, the(o): (the(objective_of), inside)}))
    return tuple(found)


OUTPUTS = Setting(
    "a fully connected network with a smooth objective of its outputs",
    variables=VARIABLES,
    standing=(L >= 1, N >= 1, each(k, 0, L, n[k] >= 1), smooth(sigma), smooth(o)),
    definitions=(F_, G_, *ANY.definitions),
    instances=instances,
)

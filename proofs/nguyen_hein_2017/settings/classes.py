"""Section 5: samples in classes, a loss for each entry, features that are linearly separable.

Notation: C[i, j] is 1 if sample i lies in class j, and 0 if not; l1, l2 are the losses of the true
and of a wrong class. Z holds vectors as rows. A vector v of weights for the units of layer r is
carried down to layer k + 1 if combinations of units lead down to it whose slopes agree, sample by
sample, with positive numbers e: then errors combined by v keep their signs.

Design notes. Membership is a matrix, as the labels are: eq. (4) is then one formula, the losses of
an entry are cases of it, and no statement needs that a sample lies in one class only. "Carried" is
a recursion over layers, so the condition speaks of just those units that it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from symbolic_landscape.proofs.nguyen_hein_2017.settings import class_points
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import sigma_increases
from symbolic_landscape.proofs.nguyen_hein_2017.settings.class_decisions import DECISIONS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    G_,
    HERE,
    POINT,
    G,
    L,
    N,
    V,
    W,
    X,
    Y,
    b,
    c,
    n,
    one,
    sigma,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.outputs import objective
from symbolic_landscape.proofs.rules.columns import unit
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.statement.language import (
    Definition,
    Expr,
    block,
    both,
    define,
    derivative,
    each,
    either,
    entries,
    every,
    exists,
    fn,
    function,
    integer,
    matrix,
    natural,
    ones,
    real,
    recursion,
    scalar_function,
    the,
    total,
    true,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

Example = tuple[str, Mapping[Term, Any]]

i, j, k, r = (integer(name) for name in "ijkr")
s, t = real("s"), real("t")
slope = derivative(sigma)


# ---- vectors in classes --------------------------------------------------------------------------
def is_membership(C: Expr) -> Expr:
    """Each entry is 0 or 1."""
    return each(i, 1, C.rows, each(j, 1, C.columns, either(C[i, j] == 0, C[i, j] == 1)))


def has_class_signs(P: Expr, C: Expr) -> Expr:
    """Entry (i, j) is positive if sample i lies in class j, and negative if not."""
    sides = both((C[i, j] == 1) >> (P[i, j] > 0), (C[i, j] == 0) >> (P[i, j] < 0))
    return each(i, 1, C.rows, each(j, 1, C.columns, sides))


def opposes_classes(E: Expr, C: Expr) -> Expr:
    """Entry (i, j) is not positive if sample i lies in class j, and not negative if not."""
    sides = both((C[i, j] == 1) >> (E[i, j] <= 0), (C[i, j] == 0) >> (E[i, j] >= 0))
    return each(i, 1, C.rows, each(j, 1, C.columns, sides))


def separability(C: Expr) -> Definition:
    """The definition of linearly separable rows, for the classes of these samples."""
    d = natural("d")
    Z, A, a = matrix("Z", C.rows, d), matrix("A", d, C.columns), matrix("a", 1, C.columns)
    return define(
        "linearly separable",
        (d, Z),
        exists(A, a, has_class_signs(Z @ A + ones(C.rows, 1) @ a, C)),
        text="rows of {1} linearly separable in ℝ^{0}",
        latex=r"\text{{rows of }} {1} \text{{ linearly separable in }} \mathbb{{R}}^{0}",
    )


def separability_by_one(C: Expr) -> Definition:
    """The same with the thresholds as one more row of a matrix H."""
    d = natural("d")
    Z, H = matrix("Z", C.rows, d), matrix("H", d + 1, C.columns)
    return define(
        "separable by one matrix",
        (d, Z),
        exists(H, has_class_signs(block(Z, ones(C.rows, 1)) @ H, C)),
        text="[{1}, 1] H has the signs of the classes for some H with {0} + 1 rows",
        latex=r"[{1}, 1] H \text{{ has the signs of the classes for some }} H "
        r"\text{{ with }} {0} + 1 \text{{ rows}}",
    )


d, m = natural("d"), natural("m")
Z, K = matrix("Z", N, d), matrix("C", N, m)
vectors_separable, vectors_separable_by_one = separability(K), separability_by_one(K)


def vectors() -> tuple[Example, ...]:
    """Classified vectors, each list with its name."""
    terms = {str(the(v).name): the(v) for v in (N, d, m, Z, K)}
    examples = (
        (name, class_points.vector_values(rows, classes, count))
        for name, rows, classes, count in class_points.VECTORS
    )
    return tuple((name, {terms[v]: x for v, x in values.items()}) for name, values in examples)


VECTORS = Setting(
    "vectors, each in some of m classes",
    variables=(N, d, m, Z, K),
    standing=(is_membership(K),),
    definitions=(vectors_separable, vectors_separable_by_one),
    decisions=DECISIONS,
    instances=vectors,
)

# ---- the class-dependent objective ---------------------------------------------------------------
C = matrix("C", N, n[L])
l1, l2 = scalar_function("l1"), scalar_function("l2")


def losses() -> tuple[Example, ...]:
    """Pairs of losses, each with its name."""
    examples = (
        (name, class_points.loss_values(one, other)) for name, one, other in class_points.LOSSES
    )
    return tuple((name, {the(l1): x["l1"], the(l2): x["l2"]}) for name, x in examples)


LOSSES = Setting("losses of the true and of a wrong class", variables=(l1, l2), instances=losses)
class_loss = define(
    "class loss",
    (i, j, t),
    C[i, j] * l1(t) + (1 - C[i, j]) * l2(t),
    text="l_{0}{1}({2})",
    latex="l_{{{0}{1}}}({2})",
)


def summed(A: Expr) -> Expr:
    """The loss of each entry at a matrix of residuals, summed up."""
    return total(i, 1, N, total(j, 1, n[L], class_loss(i, j, A[i, j])))


def loss_slopes(A: Expr) -> Expr:
    """The slope of the loss of each entry at a matrix of residuals."""
    body = C[i, j] * derivative(l1)(A[i, j]) + (1 - C[i, j]) * derivative(l2)(A[i, j])
    return entries(i, j, N, n[L], body)


CLASSED = objective(lambda outputs: summed(outputs - Y))
Phi, Delta, flat_at, critical, minimises = (
    *(CLASSED.Phi, CLASSED.Delta, CLASSED.flat, CLASSED.critical),
    CLASSED.minimises,
)

# ---- assumptions ---------------------------------------------------------------------------------
minimum_attained = exists(V, c, minimises(V, c))


def flat_only_at_minimum(f: Expr) -> Expr:
    """Where the slope is 0, the function is least."""
    return every(s, (derivative(f)(s) == 0) >> every(t, f(s) <= f(t)))


def iff(p: Expr, q: Expr) -> Expr:
    """Both or none."""
    return both(p >> q, q >> p)


@dataclass(frozen=True, eq=False)
class Penalty:
    """A loss that penalises one side of 0: signs of t there, and of the slope there."""

    name: str
    loss: Expr
    on: Callable[[Expr], Expr]
    off: Callable[[Expr], Expr]
    sloped: Callable[[Expr], Expr]
    not_opposed: Callable[[Expr], Expr]

    @property
    def slope(self) -> Expr:
        """The derivative of the loss."""
        return derivative(self.loss)

    @property
    def assumptions(self) -> dict[str, Expr]:
        """What Assumptions 5.2 ask of the loss, in parts."""
        f, slope = self.loss, self.slope
        return {
            f"{self.name} not negative": every(t, f(t) >= 0),
            f"{self.name} zero": every(t, iff(f(t) == 0, self.off(t))),
            f"{self.name} flat": every(t, iff(slope(t) == 0, self.off(t))),
            f"{self.name} sloped": every(t, self.on(t) >> self.sloped(slope(t))),
        }

    @property
    def needed(self) -> dict[str, Expr]:
        """What the proofs need of the loss."""
        return {
            f"{self.name} sign": every(t, self.not_opposed(self.slope(t))),
            f"{self.name} least": flat_only_at_minimum(self.loss),
        }


TRUE = Penalty("l1", l1, lambda t: t < 0, lambda t: t >= 0, lambda y: y < 0, lambda y: y <= 0)
WRONG = Penalty("l2", l2, lambda t: t > 0, lambda t: t <= 0, lambda y: y > 0, lambda y: y >= 0)
ASSUMPTIONS = {**TRUE.assumptions, **WRONG.assumptions}
"""Assumptions 5.2, parts 2 and 3; that l1, l2 and sigma are C^1 is standing in CLASSES."""

PRINTED = {
    "increasing": sigma_increases,
    **ASSUMPTIONS,
    "attained": minimum_attained,
    "critical": critical(W, b),
}
"""What Theorem 5.3 assumes as printed, beside separability and ranks."""

ONE_SIDED = {**TRUE.needed, **WRONG.needed}
"""What the proofs need: slopes of one sign, and none that is 0 but at a minimum."""


# ---- layers above k ------------------------------------------------------------------------------
def slopes_positive(r: Expr) -> Expr:
    """The slopes of layer r are positive here."""
    return each(i, 1, N, each(j, 1, n[r], slope(G(r))[i, j] > 0))


def positive(e: Expr) -> Expr:
    """All entries of the column are positive."""
    return each(i, 1, N, e[i, 1] > 0)


def vector(name: str, r: Expr) -> Expr:
    """A variable for weights of the units of layer r."""
    return matrix(name, n[r], 1)


e = matrix("e", N, 1)


def passes(r: Expr, v: Expr, u: Expr, e: Expr) -> tuple[Expr, Expr, Expr]:
    """Weights v of layer r come from u one layer below, where e are the slopes at u."""
    return W[r].T @ u == v, positive(e), slope(G(r - 1)) * (one @ u.T) == e @ u.T


def from_below(r: Expr, v: Expr, below: Callable[[Expr], Expr]) -> Expr:
    """Weights v of layer r come from some weights of which `below` holds."""
    u = vector("u", r - 1)
    return exists(u, e, both(*passes(r, v, u, e), below(u)))


going_down = define(
    "going down",
    (*POINT, k),
    recursion(
        r,
        function("before", vector("u", r - 1), true),
        k + 1,
        fn(vector("v", k + 1), true),
        fn(
            vector("v", r),
            from_below(r, vector("v", r), function("before", vector("u", r - 1), true)),
        ),
    ),
    text="carried down to layer {2} + 1",
    latex=r"\text{{carried down to layer }} {2} + 1",
    at=HERE,
)
carried_ = define(
    "carried",
    (*POINT, k, r, vector("v", r)),
    going_down(W, b, k)[r](vector("v", r)),
    text="{4} carried from layer {3} down to layer {2} + 1",
    latex=r"{4} \text{{ carried from layer }} {3} \text{{ down to layer }} {2} + 1",
    at=HERE,
)


def carried(k: Expr | int, r: Expr, v: Expr) -> Expr:
    """Weights v of the units of layer r are carried down to layer k + 1."""
    return carried_(W, b, k, r, v)


def carried_from_below(k: Expr, r: Expr, v: Expr) -> Expr:
    """What it means for weights v of a layer r above k + 1."""
    return from_below(r, v, lambda u: carried(k, r - 1, u))


def meaning_of_carried(k: Expr, r: Expr) -> Expr:
    """The same as an equation of functions."""
    v = vector("v", r)
    return going_down(W, b, k)[r] == fn(v, carried_from_below(k, r, v))


def outputs_carried(k: Expr | int) -> Expr:
    """Each output is carried down to layer k + 1."""
    return each(j, 1, n[L], carried(k, L, unit(n[L], j)))


separable_, separable_by_one = separability(C), separability_by_one(C)


def separable(k: Expr | int) -> Expr:
    """The features of layer k are linearly separable."""
    return separable_(n[k], F_(W, b)[k])


VARIABLES = (L, N, n, X, Y, C, W, b, sigma, l1, l2)


def points() -> tuple[Example, ...]:
    """Points of networks on classified samples, each with its name, and a better point (V, c)."""
    terms = {str(the(v).name): the(v) for v in (*VARIABLES, V, c)}
    examples = ((p.name, class_points.point_values(p)) for p in class_points.POINTS)
    return tuple((name, {terms[v]: x for v, x in values.items()}) for name, values in examples)


CLASSES = Setting(
    "a fully connected network on samples in classes, with a loss for the true class and one for "
    "wrong ones",
    variables=VARIABLES,
    standing=(
        L >= 1,
        N >= 1,
        each(k, 0, L, n[k] >= 1),
        smooth(sigma),
        smooth(l1),
        smooth(l2),
        is_membership(C),
    ),
    definitions=(
        F_,
        G_,
        class_loss,
        *CLASSED.definitions,
        unit,
        going_down,
        carried_,
        separable_,
        separable_by_one,
    ),
    decisions=DECISIONS,
    instances=points,
)

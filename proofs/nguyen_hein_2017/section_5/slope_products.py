"""Section 5, Theorem 5.3, part 1, as printed: products of slopes along chosen units.

Notation: units chooses one unit of each layer; along(r) (N x 1) is the product of the slopes of the
chosen units of the layers k + 1 to r, sample by sample; signed(r) is [F_k, 1] H times it, turned.

Statements
- NH17.T5.3.along: products of positive slopes are positive.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_5.carried import LAYER
from symbolic_landscape.proofs.nguyen_hein_2017.settings.classes import (
    CLASSES,
    Delta,
    positive,
    slope,
    slopes_positive,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    HERE,
    POINT,
    F,
    G,
    L,
    N,
    W,
    b,
    k,
    n,
    one,
)
from symbolic_landscape.proofs.rules import columns, order
from symbolic_landscape.proofs.rules.columns import diagonal, unit
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    define,
    each,
    every,
    integer,
    matrix,
    ones,
    recursion,
    widths,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    definition,
    have,
    induct,
    logic,
)

i, j, p, r, z = (integer(name) for name in "ijprz")
units = widths("units")
H = matrix("H", n[k] + 1, n[L])


def slopes_of(r: Expr, p: Expr) -> Expr:
    """The slopes of unit p of layer r."""
    return slope(G(r)) @ unit(n[r], p)


before = matrix("before", N, 1)
P = block(F(k), one) @ H
along_ = define(
    "along",
    (*POINT, k, units),
    recursion(r, before, k, ones(N, 1), before * slopes_of(r, units(r))),
    text="slopes along {3} above layer {2}",
    latex=r"\text{{slopes along }} {3} \text{{ above layer }} {2}",
    at=HERE,
)


PATHS = CLASSES.extended(
    "samples in classes, and slopes along units of the layers above k",
    definitions=(along_,),
)


def along(r: Expr, units: Expr = units) -> Expr:
    """The product of the slopes of the chosen units of layers k + 1 to r."""
    return along_(W, b, k, units)[r]


def chosen(r: Expr) -> Expr:
    """The choice names a unit in each of the layers k + 1 to r."""
    z = integer("z")
    return each(z, k + 1, r, both(units(z) >= 1, units(z) <= n[z]))


def signed(r: Expr) -> Expr:
    """[F_k, 1] H with the slopes along the chosen units of layers k + 1 to r, turned."""
    return P.T @ diagonal(N, along(r))


def not_zero(r: Expr) -> Expr:
    """For each choice of units the product with the errors of layer r is not 0."""
    return every(units, chosen(r - 1) >> (signed(r - 1) @ Delta(r) != 0))


def through_weights(r: Expr) -> Expr:
    """For each choice of units the product with Delta_r W_r^T is not 0."""
    return every(units, chosen(r - 1) >> (signed(r - 1) @ Delta(r) @ W[r].T != 0))


def column_of(r: Expr, p: Expr) -> Expr:
    """Column p of the product with Delta_r W_r^T."""
    return signed(r - 1) @ Delta(r) @ W[r].T @ unit(n[r - 1], p)


def picked_column(r: Expr, p: Expr) -> Expr:
    """The same with unit p in place of the chosen one of layer r - 1."""
    steep = diagonal(N, slopes_of(r - 1, p))
    return signed(r - 2) @ steep @ Delta(r) @ W[r].T @ unit(n[r - 1], p)


def some_column(r: Expr) -> Expr:
    """For each choice of units some column is not 0."""
    return every(units, chosen(r - 1) >> ~each(p, 1, n[r - 1], column_of(r, p) == 0))


def picked(r: Expr) -> Expr:
    """For each choice of units below layer r - 1, picking some unit p there leaves its column."""
    return every(units, chosen(r - 2) >> ~each(p, 1, n[r - 1], picked_column(r, p) == 0))


ALONG = Statement(
    "NH17.T5.3.along",
    PATHS,
    title="Products of positive slopes are positive",
    where="Section 5, proof of Theorem 5.3",
    lines=(2138, 2146),
    names=(k, units),
    standing=(*LAYER, chosen(L - 1)),
    given={"slopes": each(r, k + 1, L - 1, slopes_positive(r))},
    then=each(r, k, L - 1, positive(along(r))),
    proof=[
        have(
            "all",
            each(r, k, L - 1, positive(along(r))),
            induct(
                z,
                base=[
                    have(
                        "ones",
                        positive(along(k)),
                        arbitrary(i, proof=[have("one", along(k)[i, 1] > 0, logic)]),
                    )
                ],
                step=[
                    have(
                        "product",
                        along(z + 1) == along(z) * slopes_of(z + 1, units(z + 1)),
                        definition,
                    ),
                    have("unit", None, at(z + 1), "standing 10"),
                    have("slopes here", None, at(z + 1), "slopes"),
                    have(
                        "next",
                        positive(along(z + 1)),
                        arbitrary(
                            i,
                            proof=[
                                have("row", None, at(i), "slopes here"),
                                have("slope", None, at(units(z + 1)), "row"),
                                have(
                                    "entry",
                                    slopes_of(z + 1, units(z + 1))[i, 1]
                                    == slope(G(z + 1))[i, units(z + 1)],
                                    by(columns.times_unit),
                                ),
                                have("below", None, at(i), "all.before"),
                                have("times", None, by(order.positive_product), "below", "slope"),
                                have(
                                    "so",
                                    along(z + 1)[i, 1] > 0,
                                    calculation,
                                    "times",
                                    "product",
                                    "entry",
                                ),
                            ],
                        ),
                    ),
                ],
            ),
        )
    ],
)

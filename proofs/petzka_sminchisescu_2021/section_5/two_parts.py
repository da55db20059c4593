"""Section 5.1, Theorem 9: for a negative definite B the points of the theorem form no one region.

Statements
- PS21.T9.parts: no path inside the set of all gamma_lambda(z) with lambda < 0 or lambda > 1 leads
  from lambda = 2 to lambda = -1, unless the weights out of the unit are 0. Definition 1 asks a region
  to be connected, so the set of Theorem 9 is not one region but belongs to two, or to a larger one.
"""

from fractions import Fraction

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedding import D_GAMMA, split
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.unit_variables import m, y, z
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.units import (
    NEW_OUT,
    UNIT,
    gamma_,
    new_out_,
    v,
)
from symbolic_landscape.proofs.rules import entries, order, paths, sums
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    each,
    either,
    exists,
    fn,
    function,
    identity_matrix,
    integer,
    real,
    total,
    trace,
    zeros,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    by,
    calculation,
    cases,
    cite,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
    take,
)

t, x, share, i, j = real("t"), real("x"), real("share"), integer("i"), integer("j")
path = function("path", t, y)


def inside(y: Expr) -> Expr:
    """The point is a gamma_lambda(z) with lambda < 0 or lambda > 1."""
    return exists(share, both(either(share < 0, 1 < share), y == gamma_(share, z)))


size = (v.T @ v)[1, 1]
along = (v.T @ NEW_OUT @ path(t))[1, 1]
weight = fn(t, along)
leaves = exists(t, ~inside(path(t)))
PARTS = Statement(
    "PS21.T9.parts",
    UNIT,
    title="The embedded points with lambda outside of [0, 1] are in two parts",
    where="Section 5.1, Theorem 9",
    lines=(173, 183),
    names=(path,),
    given={
        "weights": v != 0,
        "moves": continuous(path),
        "start": path(0) == gamma_(2, z),
        "end": path(1) == gamma_(-1, z),
    },
    then=leaves,
    proof=[
        have("trace", None, by(entries.trace_by_entries, A=v, A2=v)),
        have("entry", None, by(entries.entry_of_product, A=v.T, B=v, i=1, j=1)),
        have("rows", each(i, 1, m, total(j, 1, 1, v[i, j] * v[i, j]) == v[i, 1] * v[i, 1]), arbitrary(i, proof=[
            have("one", None, by(sums.single_summand, a=fn(j, v[i, j] * v[i, j]), lo=1)),
        ])),
        have("sums", None, by(sums.equal_sums), "rows"),
        have("size", trace(v.T @ v) == size, linear, "trace", "entry", "sums"),
        have("positive", size > 0, cases(
            [
                have("small", trace(v.T @ v) <= 0, linear, "positive.1", "size"),
                have("zero", v == 0, by(entries.zero_of_squares), "small"),
                have("clash", size > 0, logic, "zero", "weights"),
            ],
            [have("this", size > 0, logic, "positive.2")],
            split=size <= 0,
        )),
        have("weights move", None, by(paths.continuous_affine, X=path, C=zeros(1, 1), left=v.T @ NEW_OUT, right=identity_matrix(1)), "moves"),
        have("weight moves", continuous(weight), by(paths.continuous_place, i=1, j=1), "weights move"),
        have("there", split(gamma_(2, z), 2), cite(D_GAMMA, **{"lambda": 2})),
        have("out there", new_out_(gamma_(2, z)) == 2 * v, logic, "there"),
        have("weight there", v.T @ NEW_OUT @ path(0) == 2 * v.T @ v, calculation, "start", "out there"),
        have("first", weight(0) == 2 * size, calculation, "weight there"),
        have("here", split(gamma_(-1, z), -1), cite(D_GAMMA, **{"lambda": -1})),
        have("out here", new_out_(gamma_(-1, z)) == -v, logic, "here"),
        have("weight here", v.T @ NEW_OUT @ path(1) == -v.T @ v, calculation, "end", "out here"),
        have("last", weight(1) == -size, calculation, "weight here"),
        have("above", weight(0) > size / 2, linear, "first", "positive"),
        have("below", weight(1) < size / 2, linear, "last", "positive"),
        have("between", None, by(paths.intermediate_value, f=weight, s=0, t=1, r=size / 2), "weight moves", "above", "below"),
        have("x", weight(x) == size / 2, obtain(x), "between"),
        have("outside", ~inside(path(x)), suppose_not([
            have("in it", inside(path(x)), logic, "outside.not"),
            have("share", both(either(share < 0, 1 < share), path(x) == gamma_(share, z)), obtain(share), "in it"),
            have("far", either(share < 0, 1 < share), logic, "share"),
            have("point", path(x) == gamma_(share, z), logic, "share"),
            have("shared", split(gamma_(share, z), share), cite(D_GAMMA, **{"lambda": share})),
            have("out", new_out_(gamma_(share, z)) == share * v, logic, "shared"),
            have("weight out", v.T @ NEW_OUT @ path(x) == share * v.T @ v, calculation, "point", "out"),
            have("value", weight(x) == share * size, calculation, "weight out"),
            have("product", size * (share - Fraction(1, 2)) == 0, linear, "value", "x"),
            have("not 0", size != 0, by(order.positive_is_not_zero), "positive"),
            have("half", share - Fraction(1, 2) == 0, by(order.zero_factor), "product", "not 0"),
            have("clash", contradiction, cases(
                [have("low", contradiction, linear, "half", "clash.1")],
                [have("high", contradiction, linear, "half", "clash.2")],
            ), "far"),
        ])),
        have("leaves", leaves, take(x), "outside"),
    ],
)  # fmt: skip

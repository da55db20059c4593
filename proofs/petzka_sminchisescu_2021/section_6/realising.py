"""Section 6, Lemma 19: paths through a layer whose weights have full rank.

Statements
- PS21.L19.changes: a change of the activations below, with a factor and a shift to go with it.
- PS21.L19: weights of full rank let a path of preactivations come from one of activations.

Design notes. The paper moves the activations by W^-1 applied to the path, for a block W of the
weights, and shifts the block; here by any right inverse R, and all activations are shifted by one
number. With z(t) the sum of squares of R (nu(t) - nu(0)) the shift p z(t) and the factor 1 + r z(t)
are large enough, so nothing is chosen for each t.
"""

from collections.abc import Mapping

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.layers import PATH, here, omega
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.room import ROOM, p, r, room, z
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import (
    CLASS_A,
    LAYER,
    N,
    a,
    alpha,
    c,
    d,
    i,
    inside,
    j,
    m,
    n,
    nu,
    one,
    sigma,
    starts,
    strictly_between,
    t,
    w,
    w0,
    x,
)
from symbolic_landscape.proofs.rules import (
    entries,
    numbers,
    order,
    paths,
    ranks,
    signs,
)
from symbolic_landscape.proofs.rules.numbers import recip
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    every,
    exists,
    fn,
    function,
    identity_matrix,
    like,
    matrix,
    ones,
    rank,
    scalar_function,
    trace,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.step import Step

right, beta = matrix("right", n, m), function("beta", t, w0)
below, change = like("below", alpha), like("change", alpha)
factor, shift = scalar_function("factor"), scalar_function("shift")
sized = both(
    factor(t) == 1 + r * z,
    shift(t) == p * z,
    each(i, 1, n, each(j, 1, N, change(t)[i, j] * change(t)[i, j] <= z)),
)
changes = exists(
    change,
    factor,
    shift,
    both(
        continuous(change),
        change(0) == 0,
        every(t, w @ change(t) == nu(t) - here),
        continuous(factor),
        factor(0) == 1,
        every(t, factor(t) > 0),
        continuous(shift),
        shift(0) == 0,
        every(t, exists(z, sized)),
    ),
)
solved = fn(t, right @ (nu(t) - here))


def size(path: Expr, t: Expr | int) -> Expr:
    """The sum of the squares of the entries."""
    return trace(path(t).T @ path(t))


def some_size(path: Expr, t: Expr) -> Expr:
    """Some number is the sum of squares that stands in factor and shift, and bounds the squares."""
    squares = each(i, 1, n, each(j, 1, N, path(t)[i, j] * path(t)[i, j] <= z))
    whole = size(path, t)
    return exists(z, both(1 + r * whole == 1 + r * z, p * whole == p * z, squares))


CHANGES = Statement(
    "PS21.L19.changes",
    LAYER,
    title="A change of the activations that the weights turn into the change asked for",
    where="Appendix A.4, proof of Lemma 19",
    lines=(514, 518),
    names=(nu, p, r),
    given={"rank": rank(w) == m, **PATH, "growing": r >= 0},
    then=changes,
    proof=[
        have("right", None, by(ranks.right_inverse), "rank", lines=(512, 512)),
        have("inverse", w @ right == identity_matrix(m), obtain(right), "right"),
        have(
            "moves",
            continuous(solved),
            by(
                paths.continuous_affine,
                X=nu,
                left=right,
                right=identity_matrix(N),
                C=-right @ here,
            ),
            "continuous",
        ),
        have("starts", solved(0) == 0, calculation, "start"),
        have(
            "solves",
            every(t, w @ solved(t) == nu(t) - here),
            arbitrary(
                t, proof=[have("now", w @ solved(t) == nu(t) - here, calculation, "inverse")]
            ),
        ),
        have(
            "some change",
            exists(
                change,
                both(
                    continuous(change),
                    change(0) == 0,
                    every(t, w @ change(t) == nu(t) - here),
                ),
            ),
            take(solved),
            "moves",
            "starts",
            "solves",
        ),
        have("change", None, obtain(change), "some change"),
        have("change moves", continuous(change), logic, "change"),
        have("no change", change(0) == 0, logic, "change"),
        have("changed", every(t, w @ change(t) == nu(t) - here), logic, "change"),
        have(
            "factor moves",
            continuous(fn(t, 1 + r * size(change, t))),
            by(paths.continuous_square, r=1, s=r, X=change),
            "change moves",
        ),
        have(
            "shift moves",
            continuous(fn(t, p * size(change, t))),
            by(paths.continuous_square, r=0, s=p, X=change),
            "change moves",
        ),
        have("factor starts", 1 + r * size(change, 0) == 1, calculation, "no change"),
        have("shift starts", p * size(change, 0) == 0, calculation, "no change"),
        have(
            "positive",
            every(t, 1 + r * size(change, t) > 0),
            arbitrary(
                t,
                proof=[
                    have("size", size(change, t) >= 0, by(entries.squares_not_negative)),
                    have(
                        "product",
                        r * size(change, t) >= 0,
                        by(signs.product_not_negative),
                        "growing",
                        "size",
                    ),
                    have("factor", 1 + r * size(change, t) > 0, linear, "product"),
                ],
            ),
        ),
        have(
            "sizes",
            every(t, some_size(change, t)),
            arbitrary(
                t,
                proof=[
                    have(
                        "squares",
                        each(
                            i,
                            1,
                            n,
                            each(j, 1, N, change(t)[i, j] * change(t)[i, j] <= size(change, t)),
                        ),
                        arbitrary(
                            i,
                            j,
                            proof=[
                                have(
                                    "square",
                                    None,
                                    by(entries.square_of_entry, A=change(t), i=i, j=j),
                                )
                            ],
                        ),
                    ),
                    have("some size", some_size(change, t), take(size(change, t)), "squares"),
                ],
            ),
        ),
        have(
            "changes",
            changes,
            take(change, fn(t, 1 + r * size(change, t)), fn(t, p * size(change, t))),
            "change moves",
            "no change",
            "changed",
            "factor moves",
            "factor starts",
            "positive",
            "shift moves",
            "shift starts",
            "sizes",
        ),
    ],
)

found = both(
    starts(omega, w),
    starts(beta, w0),
    starts(below, a),
    every(t, rank(omega(t)) == m),
    every(t, inside(below(t))),
    every(t, nu(t) == omega(t) @ below(t) + beta(t) @ one),
)
column = ones(n, 1)
weights = fn(t, factor(t) * w)
biases = fn(t, w0 + shift(t) * (-w @ column))
lifted_by = fn(t, a + change(t) + shift(t) * (column @ one))
activations = fn(t, recip(factor(t)) * lifted_by(t))
moved = a[i, j] + change(t)[i, j] + shift(t)


def part(name: str, gives: Expr) -> Step:
    """A part of what is known of the change, the factor and the shift."""
    return have(name, gives, logic, "changed")


AT_A_TIME = [
    have("now", None, at(t), "positive"),
    have("one now", factor(t) * recip(factor(t)) == 1, by(numbers.times_reciprocal), "now"),
]
"""Steps to the quotient by the factor at a time."""

FOUND = [
    have("values", every(x, strictly_between(sigma(x))), logic, "image"),
    have("value", None, at(0), "values"),
    have("ends", c < d, linear, "value"),
    have("some room", None, cite(ROOM)),
    have("both", both(r >= 0, room(p, r)), obtain(p, r), "some room", lines=(526, 526)),
    have("growing", r >= 0, logic, "both"),
    have("room", room(p, r), logic, "both"),
    have("some changes", None, cite(CHANGES), lines=(514, 518)),
    have("changed", None, obtain(change, factor, shift), "some changes"),
    part("change moves", continuous(change)),
    part("no change", change(0) == 0),
    part("solves", every(t, w @ change(t) == nu(t) - here)),
    part("factor moves", continuous(factor)),
    part("factor starts", factor(0) == 1),
    part("positive", every(t, factor(t) > 0)),
    part("shift moves", continuous(shift)),
    part("no shift", shift(0) == 0),
    part("sizes", every(t, exists(z, sized))),
    # ---- weights, biases and activations move ----------------------------------------------------
    have(
        "inverse moves",
        continuous(fn(t, recip(factor(t)))),
        by(paths.continuous_reciprocal, f=factor),
        "factor moves",
        "positive",
    ),
    have("w", continuous(fn(t, w)), by(paths.continuous_constant, A=w)),
    have(
        "weights move",
        continuous(weights),
        by(paths.continuous_multiple, f=factor, X=fn(t, w)),
        "factor moves",
        "w",
        lines=(516, 516),
    ),
    have("w0", continuous(fn(t, w0)), by(paths.continuous_constant, A=w0)),
    have("down", continuous(fn(t, -w @ column)), by(paths.continuous_constant, A=-w @ column)),
    have(
        "shifted down",
        continuous(fn(t, shift(t) * (-w @ column))),
        by(paths.continuous_multiple, f=shift, X=fn(t, -w @ column)),
        "shift moves",
        "down",
    ),
    have(
        "biases move",
        continuous(biases),
        by(paths.continuous_sum, X=fn(t, w0), X2=fn(t, shift(t) * (-w @ column))),
        "w0",
        "shifted down",
        lines=(516, 516),
    ),
    have("a", continuous(fn(t, a)), by(paths.continuous_constant, A=a)),
    have(
        "a moves",
        continuous(fn(t, a + change(t))),
        by(paths.continuous_sum, X=fn(t, a), X2=change),
        "a",
        "change moves",
    ),
    have("up", continuous(fn(t, column @ one)), by(paths.continuous_constant, A=column @ one)),
    have(
        "shifted up",
        continuous(fn(t, shift(t) * (column @ one))),
        by(paths.continuous_multiple, f=shift, X=fn(t, column @ one)),
        "shift moves",
        "up",
    ),
    have(
        "lifted moves",
        continuous(lifted_by),
        by(
            paths.continuous_sum,
            X=fn(t, a + change(t)),
            X2=fn(t, shift(t) * (column @ one)),
        ),
        "a moves",
        "shifted up",
    ),
    have(
        "activations move",
        continuous(activations),
        by(paths.continuous_multiple, f=fn(t, recip(factor(t))), X=lifted_by),
        "inverse moves",
        "lifted moves",
        lines=(516, 516),
    ),
    # ---- they start here -------------------------------------------------------------------------
    have("weights start", weights(0) == w, calculation, "factor starts", lines=(518, 518)),
    have("biases start", biases(0) == w0, calculation, "no shift", lines=(518, 518)),
    have("positive at 0", None, at(0), "positive"),
    have("one", factor(0) * recip(factor(0)) == 1, by(numbers.times_reciprocal), "positive at 0"),
    have(
        "inverse at 0",
        factor(0) * recip(factor(0)) == recip(factor(0)),
        calculation,
        "factor starts",
    ),
    have("inverse starts", recip(factor(0)) == 1, linear, "inverse at 0", "one"),
    have(
        "start below",
        activations(0) == a,
        calculation,
        "no change",
        "no shift",
        "inverse starts",
        lines=(518, 518),
    ),
    # ---- and do what is asked --------------------------------------------------------------------
    have(
        "ranks",
        every(t, rank(weights(t)) == m),
        arbitrary(
            t,
            proof=[
                have("now", None, at(t), "positive"),
                have("not 0", factor(t) != 0, by(order.positive_is_not_zero), "now"),
                have("same", None, by(ranks.rank_of_multiple, x=factor(t), A=w), "not 0"),
                have("full", rank(weights(t)) == m, linear, "same", "rank"),
            ],
        ),
    ),
    have(
        "stays",
        every(t, inside(activations(t))),
        arbitrary(
            t,
            proof=[
                *AT_A_TIME,
                have("inverse", recip(factor(t)) > 0, by(numbers.reciprocal_positive), "now"),
                have("some size", None, at(t), "sizes"),
                have("sized", None, obtain(z), "some size"),
                have("size", factor(t) == 1 + r * z, logic, "sized"),
                have("shifted", shift(t) == p * z, logic, "sized"),
                have(
                    "squares",
                    each(i, 1, n, each(j, 1, N, change(t)[i, j] * change(t)[i, j] <= z)),
                    logic,
                    "sized",
                ),
                have(
                    "entries",
                    inside(activations(t)),
                    arbitrary(
                        i,
                        j,
                        proof=[
                            have("square", None, at(i, j), "squares"),
                            have("if small", None, at(change(t)[i, j], z), "room"),
                            have("all", None, logic, "if small", "square"),
                            have("kept", None, at(i, j), "all"),
                            have("c factor", c * factor(t) == c * (1 + r * z), calculation, "size"),
                            have("d factor", d * factor(t) == d * (1 + r * z), calculation, "size"),
                            have(
                                "above c",
                                moved - c * factor(t) > 0,
                                linear,
                                "kept",
                                "c factor",
                                "shifted",
                            ),
                            have(
                                "below d",
                                d * factor(t) - moved > 0,
                                linear,
                                "kept",
                                "d factor",
                                "shifted",
                            ),
                            have(
                                "above",
                                (moved - c * factor(t)) * recip(factor(t)) > 0,
                                by(order.positive_product),
                                "above c",
                                "inverse",
                            ),
                            have(
                                "below",
                                (d * factor(t) - moved) * recip(factor(t)) > 0,
                                by(order.positive_product),
                                "below d",
                                "inverse",
                            ),
                            have(
                                "c", c * factor(t) * recip(factor(t)) == c, calculation, "one now"
                            ),
                            have(
                                "d", d * factor(t) * recip(factor(t)) == d, calculation, "one now"
                            ),
                            have(
                                "unit",
                                (column @ one)[i, j] == one[1, j],
                                by(entries.entry_of_repeated_row, H=one),
                            ),
                            have(
                                "entry",
                                activations(t)[i, j] == recip(factor(t)) * moved,
                                calculation,
                                "unit",
                            ),
                            have(
                                "between",
                                strictly_between(activations(t)[i, j]),
                                linear,
                                "above",
                                "below",
                                "c",
                                "d",
                                "entry",
                            ),
                        ],
                    ),
                    lines=(522, 526),
                ),
            ],
        ),
    ),
    have(
        "follows",
        every(t, nu(t) == weights(t) @ activations(t) + biases(t) @ one),
        arbitrary(
            t,
            proof=[
                *AT_A_TIME,
                have("solved", None, at(t), "solves"),
                have(
                    "there",
                    nu(t) == weights(t) @ activations(t) + biases(t) @ one,
                    calculation,
                    "one now",
                    "solved",
                ),
            ],
        ),
        lines=(520, 520),
    ),
    have(
        "paths",
        exists(omega, beta, below, found),
        take(weights, biases, activations),
        "weights move",
        "weights start",
        "biases move",
        "biases start",
        "activations move",
        "start below",
        "ranks",
        "stays",
        "follows",
        lines=(514, 518),
    ),
]


def realising(
    given: Mapping[str, Expr], reading: str = "printed", repaired: Statement | None = None
) -> Statement:
    """A reading of Lemma 19."""
    return Statement(
        "PS21.L19",
        LAYER,
        title="Realising paths of preactivations through a layer of full rank",
        where="Section 6, Lemma 19; Appendix A.4",
        lines=(335, 337),
        names=(nu,),
        given={**given, "inside": inside(a), "rank": rank(w) == m, **PATH},
        then=exists(omega, beta, below, found),
        proof=FOUND,
        reading=reading,
        repaired=repaired,
    )


L19 = realising({"image": CLASS_A["image"]}, "repaired")
L19_PRINTED = realising({**CLASS_A, "widths": m <= n}, repaired=L19)

"""Section 2.2, proof of Proposition 2.3: the Hessian of one squared error.

Statements
- C18.L2.3a: where the error is 0 and has a slope, its square has one positive eigenvalue.
"""

from symbolic_landscape.proofs.cooper_2018.section_2.hessians import SQUARES, w2
from symbolic_landscape.proofs.cooper_2018.section_2.zero_loss import (
    H,
)
from symbolic_landscape.proofs.cooper_2018.settings.data import (
    DATA,
    H_,
    d,
    g,
    hessian,
    i,
    j,
    n,
    row,
    w,
    y,
)
from symbolic_landscape.proofs.cooper_2018.settings.data import column as column_
from symbolic_landscape.proofs.rules import (
    columns,
    functions,
    manifolds,
    maps,
    ranks,
)
from symbolic_landscape.proofs.rules import entries as e
from symbolic_landscape.proofs.rules.jacobians import jacobian
from symbolic_landscape.proofs.rules.manifolds import infinitely_smooth
from symbolic_landscape.proofs.rules.maps import square
from symbolic_landscape.proofs.rules.spectra import only_positive
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    every,
    fn,
    gradient,
    integer,
    matrix,
    rank,
    trace,
)
from symbolic_landscape.statement.language import entries as table
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    by,
    calculation,
    cite,
    claimed,
    have,
    linear,
    logic,
)
from symbolic_landscape.statement.term import num

S = matrix("S", n, n)
k, v = integer("k"), matrix("v", n, 1)
E = H[i, 1]
one_error = fn(w, E)
slope = gradient(one_error, w)
single = fn(w, table(row, column_, 1, 1, E))
one_square = fn(w, E * E)
one_curvature = hessian(one_square, w, n)
outer = 2 * slope @ slope.T
row_of_slopes = jacobian(single, w, 1, n)
here = (1 <= i, i <= d)
one_signature = only_positive(n, 1, one_curvature)

L2_3A = Statement(
    "C18.L2.3a",
    DATA,
    kind="identity",
    title="Hessian of one squared term where it vanishes with a slope",
    where="Section 2.2, proof of Proposition 2.3",
    lines=(154, 157),
    names=(w, i),
    standing=here,
    given={"smooth": infinitely_smooth(one_error), "zero": E == 0, "slope": slope != 0},
    then=both(one_curvature == outer, one_signature),
    proof=[
        have(
            "entries smooth",
            each(k, 1, 1, infinitely_smooth(one_error)),
            arbitrary(
                k, proof=[have("entry smooth", infinitely_smooth(one_error), logic, "smooth")]
            ),
        ),
        have(
            "map",
            infinitely_smooth(single),
            by(manifolds.infinitely_smooth_entries, phi=fn(k, one_error), m=1),
            "entries smooth",
        ),
        have(
            "entries zero",
            each(k, 1, 1, single(w)[k, 1] == 0),
            arbitrary(k, proof=[have("entry", single(w)[k, 1] == 0, logic, "zero")]),
        ),
        have("zero map", single(w) == 0, by(columns.zero_column), "entries zero"),
        have("hessian of square", None, cite(SQUARES, Q=single, q=1)),
        have(
            "squares",
            every(w2, one_square(w2) == square(single(w2))),
            arbitrary(
                w2,
                proof=[
                    have(
                        "square",
                        one_square(w2) == square(single(w2)),
                        by(columns.square_of_column, u=single(w2), m=1),
                    ),
                ],
            ),
        ),
        have(
            "function",
            one_square == fn(w, square(single(w))),
            by(functions.equal_functions, h=one_square, h2=fn(w, square(single(w)))),
            "squares",
        ),
        have(
            "gradients",
            every(w2, gradient(one_square, w2) == gradient(fn(w, square(single(w))), w2)),
            arbitrary(
                w2,
                proof=[
                    have(
                        "gradient",
                        gradient(one_square, w2) == gradient(fn(w, square(single(w))), w2),
                        calculation,
                        "function",
                    )
                ],
            ),
        ),
        have(
            "same",
            one_curvature == hessian(fn(w, square(single(w))), w, n),
            by(
                maps.equal_jacobians,
                Q=fn(w, gradient(one_square, w)),
                Q2=fn(w, gradient(fn(w, square(single(w))), w)),
            ),
            "gradients",
        ),
        have(
            "rows",
            each(j, 1, n, each(k, 1, 1, row_of_slopes.T[j, k] == slope[j, k])),
            arbitrary(
                j,
                k,
                proof=[
                    have("first", k == 1, linear),
                    have("entry", row_of_slopes.T[j, k] == slope[j, k], calculation, "first"),
                ],
            ),
        ),
        have("row", row_of_slopes.T == slope, by(columns.equal_of_entries), "rows"),
        have("squares of slopes", None, by(e.gram_of_equal, A=row_of_slopes.T, A2=slope), "row"),
        have(
            "hessian",
            one_curvature == outer,
            linear,
            "same",
            "hessian of square",
            "squares of slopes",
        ),
        have("rank of slope", rank(slope) == 1, by(ranks.rank_of_column), "slope"),
        have("product", rank(slope @ slope.T) == rank(slope), by(ranks.rank_of_gram, A=slope)),
        have("two", Expr(num(2)) != 0, linear),
        have("twice", rank(outer) == rank(slope @ slope.T), by(ranks.rank_of_multiple, x=2), "two"),
        have("rank", rank(outer) == 1, linear, "rank of slope", "product", "twice"),
        have(
            "form",
            every(v, trace(v.T @ outer @ v) >= 0),
            arbitrary(
                v, proof=[have("bound", square(slope.T @ v) >= 0, by(e.squares_not_negative))]
            ),
        ),
        have("of the product", only_positive(n, 1, outer), logic, "rank", "form"),
        have(
            "signature",
            one_signature,
            by(
                functions.property_of_equal,
                A=outer,
                A2=one_curvature,
                P=fn(S, only_positive(n, 1, S)),
            ),
            "hessian",
            "of the product",
        ),
        have("all", both(one_curvature == outer, one_signature), logic, "hessian", "signature"),
    ],
    reading="repaired",
)

regular_pieces = both(
    infinitely_smooth(g),
    every(w2, (H_(y, w2)[i, 1] == 0) >> (g(w2) == 0)),
    every(w2, (g(w2) == 0) >> (H_(y, w2)[i, 1] == 0)),
    every(w2, (g(w2) == 0) >> (gradient(g, w2) != 0)),
)
"""M_i is a smooth submanifold of codimension 1: the regular zeros of g."""
L2_3A_PRINTED = Statement(
    "C18.L2.3a",
    DATA,
    kind="identity",
    title="Hessian of one squared term on its zero set",
    where="Section 2.2, proof of Proposition 2.3",
    lines=(154, 157),
    names=(w, i, g),
    standing=here,
    given={"smooth": infinitely_smooth(one_error), "zero": E == 0, "manifold": regular_pieces},
    then=one_signature,
    proof=[
        have(
            "one eigenvalue",
            one_signature,
            claimed("this follows from the fact that M_i is a smooth submanifold of codimension 1"),
            "smooth",
            "zero",
            "manifold",
            lines=(155, 156),
        )
    ],
    gloss="M_i is given here by one function g on all of R^n; the claim for such M_i is a part of "
    "the printed one. f_i and g have the same zeros, but f_i may have no slope there.",
    repaired=L2_3A,
    expected=("refuted, statement", "invalid inference, step one eigenvalue"),
)

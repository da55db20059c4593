"""Section 4.1, Remark 4.2: several outputs.

Notation: the errors of o outputs at d samples are numbered from 1 to o d.

Statements
- C18.R4.2: generically the zero-loss set is a submanifold of codimension o d.
"""

from symbolic_landscape.proofs.cooper_2018.section_2.levels import SMALL, eps
from symbolic_landscape.proofs.cooper_2018.settings.matrices import (
    SEVERAL_OUTPUTS,
    F,
    Y,
    d,
    i,
    j,
    n,
    o,
    w,
)
from symbolic_landscape.proofs.rules import columns, manifolds, order
from symbolic_landscape.proofs.rules import entries as e
from symbolic_landscape.proofs.rules.entries import column_at, position, row_at
from symbolic_landscape.proofs.rules.manifolds import infinitely_smooth, submanifold
from symbolic_landscape.proofs.rules.maps import square
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    entries,
    every,
    exists,
    fn,
    integer,
    like,
    matrix,
    zeros,
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

k, column = integer("k"), integer("column")
r, R = matrix("r", o * d, 1), like("R", Y)
number = o * d
"""How many errors there are."""


def in_a_row(A: Expr) -> Expr:
    """The entries of a matrix as a column, in the order of their numbers."""
    return entries(k, column, number, 1, A[row_at(k), column_at(k)])


errors = fn(w, in_a_row(F(w) - Y))
change = entries(i, j, o, d, r[position(i)(j), 1])
"""The change of the targets by the numbers r."""


def zeros_after(R: Expr) -> Expr:
    """Where the predictions are the changed targets."""
    return fn(w, F(w) == Y + R)


def good(R: Expr) -> Expr:
    """M is a submanifold of dimension n - o d then."""
    return submanifold(n, number, zeros_after(R))


level = fn(w, errors(w) == r)
near_level = exists(r, both(square(r) < eps * eps, submanifold(n, number, level)))
near_good = exists(R, both(close(R, zeros(o, d), eps), good(R)))
here = both(1 <= position(i)(j), position(i)(j) <= number)
there = both(row_at(position(i)(j)) == i, column_at(position(i)(j)) == j)
inside = both(1 <= row_at(k), row_at(k) <= o, 1 <= column_at(k), column_at(k) <= d)
back = position(row_at(k))(column_at(k)) == k
FORWARD = each(i, 1, o, each(j, 1, d, both(here, there)))
BACKWARD = each(k, 1, number, both(inside, back))
one_error = (F(w) - Y)[row_at(k), column_at(k)]

R4_2 = Statement(
    "C18.R4.2",
    SEVERAL_OUTPUTS,
    kind="remark",
    title="Outputs in R^l",
    where="Section 4.1, Remark 4.2",
    lines=(306, 309),
    given={"smooth": infinitely_smooth(F)},
    then=every(eps, (eps > 0) >> near_good),
    proof=[
        have("numbers", None, by(e.places_in_a_row, m=o, n=d)),
        have("numbering", both(FORWARD, BACKWARD), obtain(position, row_at, column_at), "numbers"),
        have("forward", FORWARD, logic, "numbering"),
        have("backward", BACKWARD, logic, "numbering"),
        have(
            "shifted",
            infinitely_smooth(fn(w, F(w) - Y)),
            by(manifolds.infinitely_smooth_shift_of_matrix),
            "smooth",
        ),
        have(
            "one by one",
            each(k, 1, number, infinitely_smooth(fn(w, one_error))),
            arbitrary(
                k,
                proof=[
                    have(
                        "one",
                        infinitely_smooth(fn(w, one_error)),
                        by(
                            manifolds.infinitely_smooth_place,
                            F=fn(w, F(w) - Y),
                            i=row_at(k),
                            j=column_at(k),
                        ),
                        "shifted",
                    )
                ],
            ),
        ),
        have(
            "map",
            infinitely_smooth(errors),
            by(manifolds.infinitely_smooth_entries, phi=fn(k, fn(w, one_error))),
            "one by one",
        ),
        have("levels", None, cite(SMALL, Q=errors, q=number)),
        have(
            "small",
            every(eps, (eps > 0) >> near_good),
            arbitrary(
                eps,
                proof=[
                    have("at eps", None, at(eps), "levels"),
                    have("some", near_level, logic, "at eps", "small.if"),
                    have("change", None, obtain(r), "some"),
                    have("short", square(r) < eps * eps, logic, "change"),
                    have("level", submanifold(n, number, level), logic, "change"),
                    have(
                        "close",
                        close(change, zeros(o, d), eps),
                        arbitrary(
                            i,
                            j,
                            proof=[
                                have("both", None, at(i, j), "forward"),
                                have(
                                    "square",
                                    r[position(i)(j), 1] * r[position(i)(j), 1] <= square(r),
                                    by(e.square_of_entry, A=r, i=position(i)(j), j=1),
                                ),
                                have(
                                    "less",
                                    r[position(i)(j), 1] * r[position(i)(j), 1] < eps * eps,
                                    linear,
                                    "square",
                                    "short",
                                ),
                                have(
                                    "between",
                                    None,
                                    by(order.between_of_squares, s=r[position(i)(j), 1], t=eps),
                                    "less",
                                    "small.if",
                                ),
                            ],
                        ),
                    ),
                    have(
                        "same set",
                        every(
                            w,
                            both(
                                level(w) >> zeros_after(change)(w),
                                zeros_after(change)(w) >> level(w),
                            ),
                        ),
                        arbitrary(
                            w,
                            proof=[
                                have(
                                    "fitted",
                                    level(w) >> zeros_after(change)(w),
                                    arbitrary(
                                        proof=[
                                            have(
                                                "entries",
                                                each(
                                                    i,
                                                    1,
                                                    o,
                                                    each(j, 1, d, (F(w) - Y)[i, j] == change[i, j]),
                                                ),
                                                arbitrary(
                                                    i,
                                                    j,
                                                    proof=[
                                                        have("both", None, at(i, j), "forward"),
                                                        have(
                                                            "row",
                                                            row_at(position(i)(j)) == i,
                                                            logic,
                                                            "both",
                                                        ),
                                                        have(
                                                            "column",
                                                            column_at(position(i)(j)) == j,
                                                            logic,
                                                            "both",
                                                        ),
                                                        have(
                                                            "error",
                                                            None,
                                                            by(
                                                                e.entry_of_equal,
                                                                A=errors(w),
                                                                A2=r,
                                                                i=position(i)(j),
                                                                j=1,
                                                            ),
                                                            "fitted.if",
                                                        ),
                                                        have(
                                                            "same",
                                                            errors(w)[position(i)(j), 1]
                                                            == (F(w) - Y)[i, j],
                                                            calculation,
                                                            "row",
                                                            "column",
                                                        ),
                                                        have(
                                                            "entry",
                                                            (F(w) - Y)[i, j] == change[i, j],
                                                            linear,
                                                            "error",
                                                            "same",
                                                        ),
                                                    ],
                                                ),
                                            ),
                                            have(
                                                "errors",
                                                F(w) - Y == change,
                                                by(columns.equal_of_entries),
                                                "entries",
                                            ),
                                        ]
                                    ),
                                ),
                                have(
                                    "level there",
                                    zeros_after(change)(w) >> level(w),
                                    arbitrary(
                                        proof=[
                                            have(
                                                "entries",
                                                each(
                                                    k,
                                                    1,
                                                    number,
                                                    each(j, 1, 1, errors(w)[k, j] == r[k, j]),
                                                ),
                                                arbitrary(
                                                    k,
                                                    j,
                                                    proof=[
                                                        have("both", None, at(k), "backward"),
                                                        have("back", back, logic, "both"),
                                                        have("first", j == 1, linear),
                                                        have(
                                                            "there",
                                                            None,
                                                            by(
                                                                e.entry_of_equal,
                                                                A=F(w),
                                                                A2=Y + change,
                                                                i=row_at(k),
                                                                j=column_at(k),
                                                            ),
                                                            "level there.if",
                                                        ),
                                                        have(
                                                            "entry",
                                                            errors(w)[k, j] == r[k, j],
                                                            calculation,
                                                            "there",
                                                            "back",
                                                            "first",
                                                        ),
                                                    ],
                                                ),
                                            ),
                                            have(
                                                "errors",
                                                errors(w) == r,
                                                by(columns.equal_of_entries),
                                                "entries",
                                            ),
                                        ]
                                    ),
                                ),
                                have(
                                    "both ways",
                                    both(
                                        level(w) >> zeros_after(change)(w),
                                        zeros_after(change)(w) >> level(w),
                                    ),
                                    logic,
                                    "fitted",
                                    "level there",
                                ),
                            ],
                        ),
                    ),
                    have(
                        "manifold",
                        good(change),
                        by(manifolds.submanifold_of_same_set, S=level, S2=zeros_after(change)),
                        "same set",
                        "level",
                    ),
                    have("found", near_good, take(change), "close", "manifold"),
                ],
            ),
        ),
    ],
    gloss="F(w) holds the predictions. If o d > n, M is empty after almost all changes. The copies of "
    "the network are in C18.R4.2.copies, Theorem 4.1 for several outputs in C18.R4.2.wide.",
)

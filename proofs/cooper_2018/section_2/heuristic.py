"""Section 2.1: the heuristic for the dimension of M.

Statements
- C18.H2: almost all numbers are regular values of f_i, and after almost all changes of the targets
  the M_i intersect in a submanifold of codimension d: Theorem 2.1's version of the heuristic.
"""

from symbolic_landscape.proofs.cooper_2018.section_2.zero_loss import ALMOST, H, bad
from symbolic_landscape.proofs.cooper_2018.settings.data import (
    DATA,
    column,
    d,
    i,
    n,
    row,
    smooth_errors,
    w,
)
from symbolic_landscape.proofs.rules import manifolds
from symbolic_landscape.proofs.rules.jacobians import jacobian
from symbolic_landscape.proofs.rules.manifolds import infinitely_smooth
from symbolic_landscape.proofs.rules.minima import null_set
from symbolic_landscape.statement.language import (
    both,
    each,
    entries,
    exists,
    fn,
    integer,
    matrix,
    rank,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import arbitrary, at, by, cite, have, logic

k = integer("k")
value = matrix("value", 1, 1)
single = fn(w, entries(row, column, 1, 1, H[i, 1]))
"""The error f_i as a map to R^1."""
critical_value = exists(w, both(single(w) == value, rank(jacobian(single, w, 1, n)) < 1))
regular_values = each(i, 1, d, null_set(fn(value, critical_value)))
H2 = Statement(
    "C18.H2",
    DATA,
    kind="remark",
    title="Heuristic for the codimension of M, in the version of Theorem 2.1",
    where="Section 2.1, after Remark 2.2",
    lines=(116, 119),
    given={"smooth": smooth_errors},
    then=both(regular_values, null_set(bad)),
    proof=[
        have(
            "each error",
            regular_values,
            arbitrary(
                i,
                proof=[
                    have("error", None, at(i), "smooth"),
                    have(
                        "entries",
                        each(k, 1, 1, infinitely_smooth(fn(w, H[i, 1]))),
                        arbitrary(
                            k,
                            proof=[
                                have("entry", infinitely_smooth(fn(w, H[i, 1])), logic, "error")
                            ],
                        ),
                    ),
                    have(
                        "map",
                        infinitely_smooth(single),
                        by(manifolds.infinitely_smooth_entries, phi=fn(k, fn(w, H[i, 1])), m=1),
                        "entries",
                    ),
                    have(
                        "null",
                        None,
                        by(manifolds.critical_values_of_map_are_null, Q=single),
                        "map",
                    ),
                ],
            ),
            lines=(116, 117),
        ),
        have("intersection", null_set(bad), cite(ALMOST), lines=(117, 119)),
        have("all", both(regular_values, null_set(bad)), logic, "each error", "intersection"),
    ],
    gloss="A set of numbers whose complement has measure zero is dense. That d submanifolds of any "
    "kind intersect in one of codimension d is said here for the M_i, as their targets change.",
    hedge="The paper calls it a heuristic: one would expect d generic submanifolds of codimension 1 "
    "to intersect in one of codimension d. That is not what is derived; Theorem 2.1's version is.",
)

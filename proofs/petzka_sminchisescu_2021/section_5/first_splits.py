"""Sections 5.2 and 5.3: from a nondegenerate minimum to the first unit that is added.

Statements
- PS21.T13.start: with one unit in the next layer, and B positive definite, a nondegenerate critical
  point has what the step of Theorem 13 needs.
- PS21.T13.first: so its unit can be split into a local minimum with a way out.
"""

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_3.regions import escape_from
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.degenerate_minima import (
    FLAT_KERNEL,
    e,
    flat_there,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedded_minima import (
    NONDEGENERATE,
    other,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedding import embedded
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.escapes import T13, inside
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.flat_directions import (
    P15,
    equal,
    none,
    weights,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.unit_variables import m, n, z
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.units import (
    B_,
    D_,
    LARGE,
    SMALL,
    SMOOTH,
    UNIT,
    hessian_,
    in_,
    v,
)
from symbolic_landscape.proofs.rules import definite, entries, sums
from symbolic_landscape.proofs.rules.definite import form, pd, psd
from symbolic_landscape.proofs.rules.vectors import least_near
from symbolic_landscape.statement.language import (
    both,
    contradiction,
    each,
    either,
    gradient,
    integer,
    ones,
    trace,
    zeros,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    have,
    linear,
    logic,
)

i, j = integer("i"), integer("j")
column = ones(n, 1)
summands = each(i, 1, m, v[i, 1] == 0)
needed = both(*FLAT_KERNEL.values())
GIVEN = {**SMOOTH, **NONDEGENERATE, "definite": pd(B_(z)), "one above": m == 1}
START = Statement(
    "PS21.T13.start",
    UNIT,
    title="A nondegenerate critical point has what the step of Theorem 13 needs",
    where="Section 5.2, before Theorem 13; Section 5.3, proof of Theorem 2",
    lines=(243, 243),
    standing=(n >= 1, m >= 1),
    given=GIVEN,
    then=needed,
    proof=[
        have(
            "not zero",
            column != 0,
            cases(
                [
                    have("clash", contradiction, by(entries.entry_of_zero, A=column, i=1, j=1), "not zero.1"),
                    have("absurd", column != 0, logic, "clash"),
                ],
                [have("given", column != 0, logic, "not zero.2")],
                split=column == 0,
            ),
        ),
        have("form", form(B_(z), column) > 0, by(definite.form_positive), "definite", "not zero"),
        have(
            "weights",
            weights != 0,
            cases(
                [
                    have(
                        "column",
                        summands,
                        cases(
                            [
                                have("not above", each(i, 1, m, v[i, 1] <= 0), arbitrary(i, proof=[
                                    have("row", i == 1, linear, "one above", "not above.i"),
                                    have("entry", v[i, 1] <= 0, calculation, "column.1", "row"),
                                ])),
                                have("all", summands, by(sums.zero_summands), "not above", "weights.1"),
                            ],
                            [
                                have("positive", each(i, 1, m, v[i, 1] > 0), arbitrary(i, proof=[
                                    have("row", i == 1, linear, "one above", "positive.i"),
                                    have("entry", v[i, 1] > 0, calculation, "column.2", "row"),
                                ])),
                                have("sum", weights > 0, by(sums.sum_positive), "positive"),
                                have("clash", contradiction, linear, "sum", "weights.1"),
                                have("absurd", summands, logic, "clash"),
                            ],
                            split=v[1, 1] <= 0,
                        ),
                    ),
                    have(
                        "entries",
                        each(i, 1, m, each(j, 1, 1, v[i, j] == 0)),
                        arbitrary(
                            i,
                            j,
                            proof=[
                                have("place", j == 1, linear, "entries.j"),
                                have("there", None, at(i), "column"),
                                have("entry", v[i, j] == 0, calculation, "place", "there"),
                            ],
                        ),
                    ),
                    have("no weights", v == 0, by(entries.zero_of_entries), "entries"),
                    have("no curve", form(B_(z), column) == 0, calculation, "no weights"),
                    have("clash", contradiction, linear, "form", "no curve"),
                    have("absurd", weights != 0, logic, "clash"),
                ],
                [have("given", weights != 0, logic, "weights.2")],
                split=weights == 0,
            ),
        ),
        have("one of", either(m == 1, equal, none), logic, "one above"),
        have("no D", D_(z) == 0, cite(P15)),
        have("semidefinite", psd(hessian_(z)), by(definite.semidefinite_of_definite), "nondegenerate"),
        have(
            "flat",
            FLAT_KERNEL["flat"],
            arbitrary(
                e,
                proof=[
                    have("image", e.T @ hessian_(z) @ e == 0, calculation, "flat.if"),
                    have("level", form(hessian_(z), e) == trace(zeros(1, 1)), by(entries.trace_of_equal), "image"),
                    have(
                        "still",
                        e == 0,
                        cases(
                            [have("given", e == 0, logic, "still.1")],
                            [
                                have("up", form(hessian_(z), e) > 0, by(definite.form_positive), "nondegenerate", "still.2"),
                                have("clash", contradiction, linear, "level", "up"),
                                have("absurd", e == 0, logic, "clash"),
                            ],
                            split=e == 0,
                        ),
                    ),
                    have("critical there", gradient(SMALL, z + e) == 0, calculation, "still", "critical"),
                    have("no D there", D_(z + e) == 0, calculation, "still", "no D"),
                    have("in still", in_(e) == 0, calculation, "still"),
                    have("there", flat_there(e), logic, "critical there", "no D there", "in still"),
                ],
            ),
        ),
        have("needed", needed, logic, "semidefinite", "flat"),
    ],
)  # fmt: skip

way_out = both(least_near(LARGE, embedded, other), escape_from(LARGE, embedded))
FIRST = Statement(
    "PS21.T13.first",
    UNIT,
    title="A nondegenerate minimum is split into a local minimum with a way out",
    where="Section 5.2, Theorem 13; Section 5.3, proof of Theorem 2",
    lines=(243, 243),
    standing=(n >= 1, m >= 1),
    given={**GIVEN, "between": inside},
    then=way_out,
    proof=[
        have("needed", None, cite(START)),
        have("semidefinite", psd(hessian_(z)), logic, "needed"),
        have("flat", FLAT_KERNEL["flat"], logic, "needed"),
        have("split", way_out, cite(T13)),
    ],
    gloss="PS21.T13.again gives what is needed for the next unit.",
)  # fmt: skip

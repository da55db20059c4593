"""Section 3.2, Definition 3.7: points that are non-degenerate for a subset of the variables.

Notation: f is a function on R^4 with the two Hessians of the example at x and at y.

Statements
- NH17.D3.7: neither of two says the other: non-degenerate, and non-degenerate for a subset.
"""

from functools import partial

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.block_hessians import (
    D3_6,
    D3_7_FIRST,
    D3_7_SECOND,
    FIRST,
    SECOND,
    are_variables,
    block_hessian,
    hessian,
    nothing,
    same_entries,
    two,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings import examples
from symbolic_landscape.proofs.rules import entries
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    det,
    each,
    fn,
    function,
    integer,
    matrix,
    real,
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
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.step import Step

i, j = integer("i"), integer("j")
x, y = matrix("x", 4, 1), matrix("y", 4, 1)
f, chosen = function("f", x, real("")), function("chosen", i, i)
LOWER, UPPER = fn(i, i), fn(i, i + 2)
"""The variables 1 and 2, and the variables 3 and 4."""
hessian_at = define("Hessian", (x,), hessian(f, x), text="∇²f({0})", latex=r"\nabla^2 f({0})")
block_at = define(
    "Hessian in two variables",
    (x, chosen),
    block_hessian(f, x, chosen, 2),
    text="∇²f({0}) in the variables {1}",
    latex=r"\nabla^2_{{{1}}} f({0})",
)
nondegenerate = define(
    "nondegenerate",
    (x,),
    det(hessian_at(x)) != 0,
    text="{0} is non-degenerate",
    latex=r"\det\nabla^2 f({0}) \neq 0",
)
nondegenerate_for = define(
    "nondegenerate for two variables",
    (x, chosen),
    det(block_at(x, chosen)) != 0,
    text="{0} is non-degenerate for the variables {1}",
    latex=r"\det\nabla^2_{{{1}}} f({0}) \neq 0",
)
TWO_POINTS = Setting(
    "a function on R^4 and two points",
    variables=(f, x, y),
    definitions=(hessian_at, block_at, nondegenerate, nondegenerate_for),
    instances=partial(examples.instances, (f, x, y), examples.two_points),
)


def block_of(name: str, x: Expr, whole: Expr, chosen: Expr, part: Expr) -> list[Step]:
    """Steps: the Hessian at x is known, as `name`; so is its block of the chosen variables."""
    block, place = block_at(x, chosen), (chosen(i), chosen(j))
    return [
        have(
            f"{name} variables",
            are_variables(chosen, 2, 4),
            arbitrary(i, proof=[have("range", both(chosen(i) >= 1, chosen(i) <= 4), linear)]),
        ),
        have(
            f"{name} entries",
            same_entries(f, x, chosen, 2),
            cite(D3_6, d=4, f=f, x=x, size=2, chosen=chosen),
        ),
        have(
            f"{name} differences",
            each(i, 1, 2, each(j, 1, 2, (block - part)[i, j] == 0)),
            arbitrary(
                i,
                j,
                proof=[
                    have("entry", None, at(i, j), f"{name} entries"),
                    have(
                        "whole",
                        (hessian_at(x) - whole)[place] == 0,
                        by(entries.entry_of_zero, A=hessian_at(x) - whole, i=place[0], j=place[1]),
                        name,
                    ),
                    have("same", (block - part)[i, j] == 0, linear, "entry", "whole"),
                ],
            ),
        ),
        have(
            f"{name} block",
            block == part,
            by(entries.zero_of_entries, A=block - part),
            f"{name} differences",
        ),
    ]


SAYS = {
    "degenerate": ~nondegenerate(x),
    "but not for 1, 2": nondegenerate_for(x, LOWER),
    "nondegenerate": nondegenerate(y),
    "but not for 3, 4": ~nondegenerate_for(y, UPPER),
}
D3_7 = Statement(
    "NH17.D3.7",
    TWO_POINTS,
    kind="definition",
    title="Non-degenerate on a subset",
    where="Section 3.2, Definition 3.7 and the 4x4 example",
    lines=(818, 877),
    given={"first": hessian_at(x) == FIRST, "second": hessian_at(y) == SECOND},
    then=both(*SAYS.values()),
    proof=[
        have("first example", None, cite(D3_7_FIRST)),
        have("second example", None, cite(D3_7_SECOND)),
        have("first whole", det(FIRST) == 0, logic, "first example"),
        have("first part", det(two) != 0, logic, "first example"),
        have("second whole", det(SECOND) != 0, logic, "second example"),
        have("second part", det(nothing) == 0, logic, "second example"),
        *block_of("first", x, FIRST, LOWER, two),
        *block_of("second", y, SECOND, UPPER, nothing),
        *(
            have(name, SAYS[name], calculation, fact, equation)
            for name, fact, equation in (
                ("degenerate", "first whole", "first"),
                ("but not for 1, 2", "first part", "first block"),
                ("nondegenerate", "second whole", "second"),
                ("but not for 3, 4", "second part", "second block"),
            )
        ),
        have("all", both(*SAYS.values()), logic, *SAYS),
    ],
    gloss="A non-degenerate point may be degenerate for a subset of the variables, and conversely.",
)

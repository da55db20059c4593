"""Section 3.2: real analytic functions, for functions of one number.

Statements
- NH17.D3.analytic: as printed the Taylor series converges on some open set; repaired: near every
  point. The property that matters is that of Section 4: the zeros form a set of measure zero.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.activations import NUMBERS
from symbolic_landscape.proofs.rules import analytic, measure, numbers
from symbolic_landscape.proofs.rules.analytic import analytic_in
from symbolic_landscape.proofs.rules.curves import analytic as is_analytic
from symbolic_landscape.proofs.rules.measure import null
from symbolic_landscape.proofs.rules.numbers import taylor_near
from symbolic_landscape.statement.language import (
    Expr,
    entries,
    every,
    exists,
    fn,
    integer,
    matrices,
    real,
    scalar_function,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import by, claimed, have, obtain, take

f, x, center = scalar_function("f"), real("x"), real("center")
row, column, k = integer("row"), integer("column"), integer("k")
U, a = matrices("U", lambda _: 1, lambda _: 1), matrices("a", lambda _: 0, lambda _: 0)
"""Families whose first member holds the number."""
number = U[1][1, 1]


def of_point(body: Expr) -> Expr:
    """The function of points with this value."""
    return fn(U, fn(a, body))


zeros_are_null = null(1, 1, of_point(f(number) == 0))
not_zero = exists(x, f(x) != 0)
D3_ANALYTIC = Statement(
    "NH17.D3.analytic",
    NUMBERS,
    kind="definition",
    title="Real analytic function",
    where="Section 3.2",
    lines=(540, 542),
    names=(f,),
    given={"series": exists(center, taylor_near(f, center)), "not zero": not_zero},
    proof=[
        have(
            "null",
            zeros_are_null,
            claimed("these functions can never be constant on a set of positive measure"),
            "series",
            "not zero",
            lines=(1059, 1063),
        )
    ],
    repaired=Statement(
        "NH17.D3.analytic",
        NUMBERS,
        kind="definition",
        title="Real analytic function",
        where="Section 3.2",
        lines=(540, 542),
        names=(f,),
        reading="repaired",
        given={"series": every(center, taylor_near(f, center)), "not zero": not_zero},
        proof=[
            have("analytic", is_analytic(f), by(numbers.analytic_of_taylor), "series"),
            have(
                "entry",
                analytic_in(1, 1, of_point(number)),
                by(analytic.analytic_entry, k=1, i=1, j=1),
            ),
            have(
                "composed",
                analytic_in(1, 1, of_point(f(number))),
                by(analytic.analytic_composition, H=of_point(number)),
                "analytic",
                "entry",
            ),
            have("x", f(x) != 0, obtain(x), "not zero"),
            have(
                "somewhere",
                exists(U, a, f(number) != 0),
                take(fn(k, entries(row, column, 1, 1, x)), fn(k, entries(row, column, 0, 0, x))),
                "x",
            ),
            have(
                "null",
                zeros_are_null,
                by(measure.analytic_zero_set, H=of_point(f(number))),
                "composed",
                "somewhere",
            ),
        ],
        then=zeros_are_null,
    ),
    then=zeros_are_null,
    expected=("unsupported premise, step null",),
)

"""Section 3.2, Definitions 3.6 and 3.7: block Hessians, and points non-degenerate on a subset.

Notation: f is a function on R^d; `chosen` lists the places of the variables in S.

Statements
- NH17.D3.6: the Hessian in the variables of S is the principal submatrix of the full one.
- NH17.D3.7.first, NH17.D3.7.second: the two examples, a singular matrix with a nonsingular block,
  and a nonsingular matrix with a singular one.
"""

from functools import partial

from symbolic_landscape.proofs.nguyen_hein_2017.settings import examples
from symbolic_landscape.proofs.nguyen_hein_2017.settings.activations import NUMBERS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.functions import d, f, x
from symbolic_landscape.proofs.rules import blocks, entries, ranks
from symbolic_landscape.proofs.rules.entries import unit_vector
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    contradiction,
    derivative,
    det,
    each,
    exists,
    fn,
    function,
    identity_matrix,
    integer,
    matrix,
    natural,
    rank,
    real,
    stack,
    zeros,
)
from symbolic_landscape.statement.language import (
    entries as matrix_of,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    Steps,
    arbitrary,
    at,
    by,
    calculation,
    cases,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.step import Step

size = natural("size")
i, j, row, column = (integer(name) for name in ("i", "j", "row", "column"))
chosen = function("chosen", i, i)
s, t = real("s"), real("t")
VARIABLES = Setting(
    "a function on R^d, and a list of its variables",
    variables=(d, f, x, size, chosen),
    instances=partial(examples.instances, (d, f, x, size, chosen), examples.choices),
)


def second(f: Expr, x: Expr, u: Expr, v: Expr) -> Expr:
    """The second derivative of f at x along u and v."""
    return derivative(fn(s, derivative(fn(t, f(x + t * u + s * v)))(0)))(0)


def hessian(f: Expr, x: Expr) -> Expr:
    """The Hessian of f at x."""
    n = x.rows
    return matrix_of(i, j, n, n, second(f, x, unit_vector(i, n), unit_vector(j, n)))


def selection(d: Expr | int, chosen: Expr, size: Expr | int) -> Expr:
    """The matrix whose columns are the unit vectors of the chosen variables."""
    return matrix_of(row, column, d, size, identity_matrix(d)[row, chosen(column)])


def block_hessian(f: Expr, x: Expr, chosen: Expr, size: Expr | int) -> Expr:
    """The Hessian in the chosen variables alone, with the others as they are at x."""
    y = matrix("y", size, 1)
    return hessian(fn(y, f(x + selection(x.rows, chosen, size) @ y)), zeros(size, 1))


def are_variables(chosen: Expr, size: Expr | int, d: Expr | int) -> Expr:
    """There are such variables."""
    return each(i, 1, size, both(chosen(i) >= 1, chosen(i) <= d))


def same_entries(f: Expr, x: Expr, chosen: Expr, size: Expr | int) -> Expr:
    """The block Hessian has the entries of the full Hessian at the chosen places."""
    same = block_hessian(f, x, chosen, size)[i, j] == hessian(f, x)[chosen(i), chosen(j)]
    return each(i, 1, size, each(j, 1, size, same))


same_entry = block_hessian(f, x, chosen, size)[i, j] == hessian(f, x)[chosen(i), chosen(j)]


def selected(i: Expr) -> Expr:
    """The selection, applied to a unit vector, is that of the chosen variable."""
    return selection(d, chosen, size) @ unit_vector(i, size) == unit_vector(chosen(i), d)


D3_6 = Statement(
    "NH17.D3.6",
    VARIABLES,
    kind="definition",
    title="Block Hessian",
    where="Section 3.2, Definition 3.6",
    lines=(807, 813),
    standing=(are_variables(chosen, size, d),),
    given={},
    then=same_entries(f, x, chosen, size),
    proof=[
        have(
            "entries",
            same_entries(f, x, chosen, size),
            arbitrary(
                i,
                j,
                proof=[
                    have("i in range", None, at(i), "standing 1"),
                    have("j in range", None, at(j), "standing 1"),
                    have("first", selected(i), by(entries.product_with_unit)),
                    have("second", selected(j), by(entries.product_with_unit)),
                    have("block", same_entry, calculation, "first", "second"),
                ],
            ),
        )
    ],
)

two = identity_matrix(2)
nothing = zeros(2, 2)
FIRST = stack(block(two, nothing), block(nothing, nothing))
SECOND = stack(block(two, two), block(two, nothing))
"""The two Hessians of the example, in blocks of the variables 1, 2 and 3, 4."""


def singular(name: str, matrix: Expr, kernel: Expr, steps: Steps) -> Step:
    """Steps: the matrix has determinant 0, since it sends the kernel to 0, and that is not 0."""
    size = matrix.rows
    return have(
        name,
        det(matrix) == 0,
        suppose_not(
            [
                have(
                    "full", rank(matrix) == size, by(ranks.full_rank_of_determinant), f"{name}.not"
                ),
                *steps,
                have(
                    "no kernel",
                    kernel == 0,
                    by(ranks.kernel_of_full_column_rank, A=matrix),
                    "full",
                    "sent to 0",
                ),
                have(
                    "clash",
                    contradiction,
                    by(entries.entry_of_zero, A=kernel, i=size, j=kernel.columns),
                    "no kernel",
                ),
            ]
        ),
    )


def nonsingular(name: str, matrix: Expr, v: Expr, steps: Steps) -> Step:
    """Steps: the matrix has a nonzero determinant, since `steps` show v = 0 from matrix v = 0."""
    size = matrix.rows
    return have(
        name,
        det(matrix) != 0,
        suppose_not(
            [
                have("zero determinant", det(matrix) == 0, logic, f"{name}.not"),
                have("at most", rank(matrix) <= size, by(ranks.rank_at_most_rows)),
                have(
                    "full",
                    rank(matrix) == size,
                    cases(
                        [
                            have(
                                "kernel",
                                exists(v, both(v != 0, matrix @ v == 0)),
                                by(ranks.kernel_vector, A=matrix),
                                "full.1",
                            ),
                            have("v", both(v != 0, matrix @ v == 0), obtain(v), "kernel"),
                            have("sent to 0", matrix @ v == 0, logic, "v"),
                            *steps,
                            have("none", rank(matrix) == size, logic, "v", "v is 0"),
                        ],
                        [have("equal", rank(matrix) == size, linear, "full.2", "at most")],
                        split=rank(matrix) < size,
                    ),
                ),
                have("not 0", det(matrix) != 0, by(ranks.determinant_of_full_rank), "full"),
                have("clash", contradiction, logic, "not 0", "zero determinant"),
            ]
        ),
    )


last = stack(nothing, two)
short, long = matrix("short", 2, 1), matrix("long", 4, 1)
above, below = matrix("above", 2, 1), matrix("below", 2, 1)
D3_7_FIRST = Statement(
    "NH17.D3.7.first",
    NUMBERS,
    kind="definition",
    title="Non-degenerate on a subset: the first example",
    where="Section 3.2, Definition 3.7 and the 4x4 example",
    lines=(818, 877),
    given={},
    then=both(det(FIRST) == 0, det(two) != 0),
    proof=[
        have("trivial", nothing == 0, logic),
        singular(
            "whole",
            FIRST,
            last,
            [
                have(
                    "rows",
                    FIRST @ last
                    == stack(block(two, nothing) @ last, block(nothing, nothing) @ last),
                    by(blocks.stack_times),
                ),
                have("upper", block(two, nothing) @ last == nothing, by(blocks.block_times_stack)),
                have(
                    "lower", block(nothing, nothing) @ last == nothing, by(blocks.block_times_stack)
                ),
                have(
                    "zeros",
                    stack(nothing, nothing) == 0,
                    by(blocks.stack_of_zeros),
                    "trivial",
                    "trivial",
                ),
                have(
                    "sent to 0", FIRST @ last == 0, calculation, "rows", "upper", "lower", "zeros"
                ),
            ],
        ),
        nonsingular("block", two, short, [have("v is 0", short == 0, logic, "sent to 0")]),
        have("both", both(det(FIRST) == 0, det(two) != 0), logic, "whole", "block"),
    ],
    gloss="diag(1, 1, 0, 0) is singular, its block of the variables 1 and 2 is not.",
)
D3_7_SECOND = Statement(
    "NH17.D3.7.second",
    NUMBERS,
    kind="definition",
    title="Non-degenerate on a subset: the second example",
    where="Section 3.2, Definition 3.7 and the 4x4 example",
    lines=(818, 877),
    given={},
    then=both(det(SECOND) != 0, det(nothing) == 0),
    proof=[
        nonsingular(
            "whole",
            SECOND,
            long,
            [
                have(
                    "parts",
                    exists(above, below, long == stack(above, below)),
                    by(blocks.split_rows, H=long, m=2, p=2),
                ),
                have("above and below", long == stack(above, below), obtain(above, below), "parts"),
                have(
                    "rows",
                    SECOND @ stack(above, below)
                    == stack(
                        block(two, two) @ stack(above, below),
                        block(two, nothing) @ stack(above, below),
                    ),
                    by(blocks.stack_times),
                ),
                have(
                    "upper",
                    block(two, two) @ stack(above, below) == above + below,
                    by(blocks.block_times_stack),
                ),
                have(
                    "lower",
                    block(two, nothing) @ stack(above, below) == above,
                    by(blocks.block_times_stack),
                ),
                have(
                    "image",
                    SECOND @ long == stack(above + below, above),
                    calculation,
                    "above and below",
                    "rows",
                    "upper",
                    "lower",
                ),
                have("sum", stack(above + below, above) == 0, calculation, "<image", "sent to 0"),
                have(
                    "zero parts",
                    both(above + below == 0, above == 0),
                    by(blocks.parts_of_zero),
                    "sum",
                ),
                have("above is 0", above == 0, logic, "zero parts"),
                have("sum is 0", above + below == 0, logic, "zero parts"),
                have("below is 0", below == 0, calculation, "<sum is 0", "above is 0"),
                have(
                    "zeros",
                    stack(above, below) == 0,
                    by(blocks.stack_of_zeros),
                    "above is 0",
                    "below is 0",
                ),
                have("v is 0", long == 0, calculation, "above and below", "zeros"),
            ],
        ),
        singular("block", nothing, two, [have("sent to 0", nothing @ two == 0, logic)]),
        have("both", both(det(SECOND) != 0, det(nothing) == 0), logic, "whole", "block"),
    ],
    gloss="[[I, I], [I, 0]] is nonsingular, its block of the variables 3 and 4 is 0.",
)

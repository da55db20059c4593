"""Appendix A.2, Lemma A.2: a sum of exponentials takes both signs.

Notation: d (N x 1) holds the numbers d_alpha, a (m x N) the numbers a_alpha^r, u is a column.

Statements
- PS21.LA2: with sum d = 0 and a d not 0 there are u of both signs. One row of a is enough.
"""

from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.proofs.rules import curves, entries, exponentials, functions, numbers
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.exponentials import exp
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    every,
    exists,
    fn,
    matrix,
    natural,
    ones,
    real,
    trace,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    by,
    calculation,
    cases,
    have,
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

N, m, t, x = natural("N"), natural("m"), real("t"), real("x")
d, a, u = matrix("d", N, 1), matrix("a", m, N), matrix("u", m, 1)


def weighted(row: Expr) -> Expr:
    """The sum of d_alpha times the exponential of the entries of a row."""
    return trace(exp(row) @ d)


def sums() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Numbers that sum to 0 or not, seen by a or not."""
    rows = (
        ("two samples", [[1], [-1]], [[0, 1], [1, 1]]),
        ("not seen", [[1], [-1]], [[1, 1], [2, 2]]),
        ("one row", [[1], [-2], [1]], [[0, 1, 3]]),
        ("sum not 0", [[1], [1]], [[0, 1], [1, 0]]),
        ("three rows", [[2], [-1], [-1]], [[0, 0, 0], [0, 1, 2], [1, 1, 1]]),
    )
    made = []
    for name, numbers_, rows_ in rows:
        values: dict[Expr, Any] = {d: matrix_of(numbers_, name), a: matrix_of(rows_, name)}
        values |= {N: values[d].shape[0], m: values[a].shape[0]}
        made.append((name, {v.term: value for v, value in values.items()}))
    return tuple(made)


SUMS = Setting("numbers with weights", variables=(N, m, d, a), instances=sums)
step = -(a @ d).T @ a
line, image = fn(t, t * step), fn(t, exp(t * step))
phi = fn(t, weighted(t * step))
square = trace((a @ d).T @ (a @ d))
below, above = (
    exists(u, weighted(-u.T @ a) < 0),
    exists(u, weighted(-u.T @ a) > 0),
)


def lemma_a2(
    size: tuple[Expr, ...], reading: str = "printed", repaired: Statement | None = None
) -> Statement:
    """A reading of Lemma A.2, by the number of rows that it asks for."""
    return Statement(
        "PS21.LA2",
        SUMS,
        title="Both signs of the exponential sum",
        where="Appendix A.2, Lemma A.2",
        lines=(458, 484),
        standing=size,
        given={"sum": trace(ones(1, N) @ d) == 0, "seen": a @ d != 0},
        then=both(below, above),
        proof=[
            have("analytic", None, by(numbers.analytic_exp)),
            have("exp twice", twice_smooth(exp), by(curves.twice_smooth_of_analytic), "analytic"),
            have("exp smooth", smooth(exp), by(curves.smooth_of_twice), "exp twice"),
            have("line twice", twice_smooth(line), by(curves.twice_smooth_line, A=0 * step, A2=step)),
            have("line", smooth(line), by(curves.smooth_curve_of_twice), "line twice"),
            have("image", smooth(image), by(curves.smooth_curve_image, f=exp, X=line), "exp smooth", "line"),
            have("phi", smooth(phi), by(curves.smooth_trace, X=image, A=d.T), "image"),
            have("line moves", derivative(line)(0) == step, by(curves.derivative_of_line, A=0 * step, A2=step)),
            have("image moves", None, by(curves.derivative_of_image, f=exp, X=line, x=0), "exp smooth", "line"),
            have("phi moves", None, by(curves.derivative_of_trace, X=image, A=d.T, x=0), "image"),
            have(
                "exp moves",
                every(x, derivative(exp)(x) == exp(x)),
                arbitrary(x, proof=[have("here", derivative(exp)(x) == exp(x), by(exponentials.derivative_of_exp))]),
            ),
            have("slope of exp", derivative(exp) == exp, by(functions.equal_functions_of_numbers), "exp moves"),
            have("constant", None, by(functions.constant_entrywise, f=exp, x=0, m=1, n=N)),
            have("exp at 0", None, by(exponentials.exp_at_zero)),
            have("ones", exp(0 * ones(1, N)) == ones(1, N), calculation, "constant", "exp at 0"),
            have("start", phi(0) == 0, calculation, "ones", "sum", lines=(472, 472)),
            have(
                "slope",
                derivative(phi)(0) == trace((exp(0 * ones(1, N)) * step) @ d),
                calculation, "phi moves", "image moves", "line moves", "slope of exp",
                lines=(476, 476),
            ),
            have("flat factor", exp(0 * ones(1, N)) * step == step, calculation, "ones"),
            have("slope of phi", derivative(phi)(0) == -square, calculation, "slope", "flat factor"),
            have(
                "size",
                square > 0,
                cases(
                    [
                        have("zero", a @ d == 0, by(entries.zero_of_squares), "size.1"),
                        have("clash", square > 0, logic, "seen", "zero"),
                    ],
                    [have("positive", square > 0, logic, "size.2")],
                    split=square <= 0,
                ),
            ),
            have("falling", derivative(phi)(0) < 0, linear, "slope of phi", "size"),
            have("both signs", None, by(numbers.both_signs_at_crossing, f=phi, x=0), "phi", "start", "falling"),
            have("some below", exists(t, phi(t) < 0), logic, "both signs"),
            have("some above", exists(t, phi(t) > 0), logic, "both signs"),
            have("low", phi(t) < 0, obtain(t), "some below"),
            have("below", below, take(t * (a @ d)), "low", lines=(480, 484)),
            have("high", phi(x) > 0, obtain(x), "some above"),
            have("above", above, take(x * (a @ d)), "high", lines=(480, 484)),
            have("both", both(below, above), logic, "below", "above"),
        ],
        reading=reading,
        repaired=repaired,
    )  # fmt: skip


LA2 = lemma_a2((), "repaired")
LA2_PRINTED = lemma_a2((m >= 2,), repaired=LA2)

"""Section 4, Theorem 4.6: the implicit function theorem, as the paper quotes it.

Statements
- NH17.T4.6: as printed the function is unique among all functions; repaired: near v0.
- NH17.T4.6.even: where v and -v solve together, no function is the only one.
- NH17.T4.6.square: v^2 = 1 has a regular solution, and no function is the only one.
"""

from functools import partial

from symbolic_landscape.proofs.nguyen_hein_2017.settings import examples
from symbolic_landscape.proofs.rules import determinants, entries, implicit, order, pieces
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.implicit import (
    Psi,
    alpha,
    beta,
    jacobian,
    one_function_nearby,
    smooth_near,
    solves,
    u,
    u0,
    v,
    v0,
)
from symbolic_landscape.proofs.rules.objects import i, j, m, n, r, x
from symbolic_landscape.proofs.rules.points import close, column, row
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    derivative,
    det,
    each,
    every,
    exists,
    fn,
    ones,
    zeros,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    claimed,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
)
from symbolic_landscape.statement.setting import Setting

EQUATIONS = Setting(
    "n equations in n unknowns v, with m parameters u",
    variables=(m, n, Psi, u0, v0),
    instances=partial(examples.instances, (m, n, Psi, u0, v0), examples.equations),
)


def is_unique(Psi: Expr, u0: Expr) -> Expr:
    """All functions that solve within r of u0 are alpha there."""
    equal = every(u, close(u, u0, r) >> (beta(u) == alpha(u)))
    return every(beta, solves(Psi, beta, u0, r) >> equal)


def is_the_function(Psi: Expr, u0: Expr) -> Expr:
    """The function alpha solves within r of u0, is smooth there, and no other one solves."""
    return both(solves(Psi, alpha, u0, r), is_unique(Psi, u0), smooth_near(alpha, u0, r))


def one_function(Psi: Expr, u0: Expr) -> Expr:
    """On a ball around u0 exactly one function solves; it is smooth."""
    return exists(r, both(r > 0, exists(alpha, is_the_function(Psi, u0))))


GIVEN = {
    "smooth": smooth(Psi),
    "solution": Psi(u0)(v0) == 0,
    "nonsingular": det(jacobian(Psi, u0, v0)) != 0,
}

T4_6 = Statement(
    "NH17.T4.6",
    EQUATIONS,
    title="Implicit function theorem",
    where="Section 4, Theorem 4.6 (quoted)",
    kind="theorem",
    lines=(1539, 1580),
    given=GIVEN,
    then=one_function(Psi, u0),
    proof=[
        have(
            "function",
            one_function(Psi, u0),
            claimed("see e.g. (Marsden, 1974)"),
            *GIVEN,
            lines=(1536, 1537),
        )
    ],
    repaired=Statement(
        "NH17.T4.6",
        EQUATIONS,
        title="Implicit function theorem, with a ball around v0",
        kind="theorem",
        reading="repaired",
        given=GIVEN,
        then=one_function_nearby(Psi, u0, v0),
        proof=[
            have(
                "function",
                one_function_nearby(Psi, u0, v0),
                by(implicit.implicit_function_of_vectors),
                *GIVEN,
            )
        ],
        gloss="Another solution elsewhere, such as -1 of v^2 = 1, does not count.",
    ),
    gloss="Near u0 the equations have one solution v, a smooth function of u.",
    expected=("unsupported premise, step function",),
)

minus = fn(u, -alpha(u))
T4_6_EVEN = Statement(
    "NH17.T4.6.even",
    EQUATIONS,
    title="Where v and -v solve together, no function is the only solution",
    given={
        "even": every(u, v, Psi(u)(v) == Psi(u)(-v)),
        "zero": Psi(u0)(zeros(n, 1)) != 0,
    },
    then=~one_function(Psi, u0),
    proof=[
        have(
            "none",
            ~one_function(Psi, u0),
            suppose_not(
                [
                    have("some", one_function(Psi, u0), logic, "none.not"),
                    have(
                        "r", both(r > 0, exists(alpha, is_the_function(Psi, u0))), obtain(r), "some"
                    ),
                    have("positive", r > 0, logic, "r"),
                    have("some function", exists(alpha, is_the_function(Psi, u0)), logic, "r"),
                    have("alpha", is_the_function(Psi, u0), obtain(alpha), "some function"),
                    have("solves", solves(Psi, alpha, u0, r), logic, "alpha"),
                    have("unique", is_unique(Psi, u0), logic, "alpha"),
                    have(
                        "minus solves",
                        solves(Psi, minus, u0, r),
                        arbitrary(
                            u,
                            proof=[
                                have("if near", None, at(u), "solves"),
                                have(
                                    "zero here",
                                    Psi(u)(alpha(u)) == 0,
                                    logic,
                                    "if near",
                                    "minus solves.if",
                                ),
                                have("both signs", None, at(u, alpha(u)), "even"),
                                have(
                                    "zero there",
                                    Psi(u)(-alpha(u)) == 0,
                                    calculation,
                                    "<both signs",
                                    "zero here",
                                ),
                            ],
                        ),
                    ),
                    have("if minus", None, at(minus), "unique"),
                    have(
                        "equal",
                        every(u, close(u, u0, r) >> (-alpha(u) == alpha(u))),
                        logic,
                        "if minus",
                        "minus solves",
                    ),
                    have(
                        "near",
                        close(u0, u0, r),
                        arbitrary(
                            row,
                            column,
                            proof=[have("small", both(-r < 0, 0 < r), logic, "positive")],
                        ),
                    ),
                    have("if near", None, at(u0), "equal"),
                    have("vanishes", alpha(u0) == 0, logic, "if near", "near"),
                    have("if solves", None, at(u0), "solves"),
                    have("value", Psi(u0)(alpha(u0)) == 0, logic, "if solves", "near"),
                    have("no value", Psi(u0)(alpha(u0)) != 0, calculation, "zero", "vanishes"),
                    have("clash", contradiction, logic, "value", "no value"),
                ]
            ),
        )
    ],
    gloss="If v solves for some u, then so does -v, and they differ.",
)

SQUARE = fn(u, fn(v, v * v - ones(n, 1)))
"""v_i^2 = 1 for each i."""
J = jacobian(SQUARE, u0, ones(n, 1))
one = fn(x, 1 + 0 * x)
square, moved = fn(x, x * x), fn(x, (x + 1) * (x + 1))
T4_6_SQUARE = Statement(
    "NH17.T4.6.square",
    EQUATIONS,
    title="The equations v_i^2 = 1 refute the implicit function theorem as quoted",
    standing=(n >= 1,),
    given={},
    then=both(SQUARE(u0)(ones(n, 1)) == 0, det(J) != 0, ~one_function(SQUARE, u0)),
    proof=[
        have(
            "below",
            each(i, 1, n, each(j, 1, i - 1, J[i, j] == 0)),
            arbitrary(
                i,
                j,
                proof=[
                    have("zero", J[i, j] == 0, by(pieces.derivative_of_number, r=0, x=0)),
                ],
            ),
        ),
        have("triangle", None, by(determinants.determinant_of_triangle, S=J), "below"),
        have("smooth", None, by(pieces.smooth_square)),
        have("smooth shifted", smooth(moved), by(pieces.smooth_shift, f=square, r=1), "smooth"),
        have(
            "shifted",
            derivative(moved)(0) == derivative(square)(1),
            by(pieces.derivative_of_shift, f=square, r=1, x=0),
            "smooth",
        ),
        have("slope", derivative(square)(1) == 2, by(pieces.derivative_of_square, x=1)),
        have("smooth one", None, by(pieces.smooth_constant, r=1)),
        have("slope of 1", derivative(one)(0) == 0, by(pieces.derivative_of_number, r=1, x=0)),
        have(
            "combined",
            None,
            by(pieces.derivative_of_combination, f=moved, g=one, r=1, s=-1, x=0),
            "smooth shifted",
            "smooth one",
        ),
        have(
            "slope 2",
            derivative(fn(x, moved(x) - 1))(0) == 2,
            calculation,
            "combined",
            "shifted",
            "slope",
            "slope of 1",
        ),
        have(
            "diagonal",
            each(i, 1, n, fn(i, J[i, i])(i) != 0),
            arbitrary(
                i,
                proof=[
                    have("positive", J[i, i] > 0, linear, "slope 2"),
                    have("not 0", J[i, i] != 0, by(order.positive_is_not_zero), "positive"),
                ],
            ),
        ),
        have("product", None, by(determinants.no_zero_factor, c=fn(i, J[i, i]), n=n), "diagonal"),
        have("nonsingular", det(J) != 0, calculation, "product", "<triangle"),
        have(
            "even",
            every(u, v, SQUARE(u)(v) == SQUARE(u)(-v)),
            arbitrary(u, v, proof=[have("squares", SQUARE(u)(v) == SQUARE(u)(-v), calculation)]),
        ),
        have(
            "not at 0",
            SQUARE(u0)(zeros(n, 1)) != 0,
            suppose_not(
                [
                    have("ones", SQUARE(u0)(zeros(n, 1)) == 0, logic, "not at 0.not"),
                    have("first", None, by(entries.entry_of_zero, i=1, j=1), "ones"),
                ]
            ),
        ),
        have("not one", None, cite(T4_6_EVEN, Psi=SQUARE)),
        have(
            "both",
            both(SQUARE(u0)(ones(n, 1)) == 0, det(J) != 0, ~one_function(SQUARE, u0)),
            logic,
            "nonsingular",
            "not one",
        ),
    ],
    gloss="Both v = 1 and v = -1 solve for every u; polynomials are smooth.",
)

"""Section 4, Theorem 4.6: the implicit function theorem, as the paper quotes it.

Statements
- NH17.T4.6: as printed the function is unique among all functions; repaired: near v0.
- NH17.T4.6.even: where v and -v solve together, no function is the only one.
"""

from symbolic_landscape.proofs.rules import implicit
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
from symbolic_landscape.proofs.rules.objects import m, n, r
from symbolic_landscape.proofs.rules.points import close, column, row
from symbolic_landscape.statement.language import (
    both,
    contradiction,
    det,
    every,
    exists,
    fn,
    zeros,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    claimed,
    have,
    logic,
    obtain,
    suppose_not,
)
from symbolic_landscape.statement.setting import Setting

EQUATIONS = Setting(
    "n equations in n unknowns v, with m parameters u", variables=(m, n, Psi, u0, v0)
)
same = every(beta, solves(Psi, beta, u0, r) >> every(u, close(u, u0, r) >> (beta(u) == alpha(u))))
one_function = exists(
    r,
    both(
        r > 0,
        exists(alpha, both(solves(Psi, alpha, u0, r), same, smooth_near(alpha, u0, r))),
    ),
)
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
    then=one_function,
    proof=[
        have(
            "function",
            one_function,
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
)

minus = fn(u, -alpha(u))
at_least = both(solves(Psi, alpha, u0, r), same, smooth_near(alpha, u0, r))
T4_6_EVEN = Statement(
    "NH17.T4.6.even",
    EQUATIONS,
    title="Where v and -v solve together, no function is the only solution",
    given={
        "even": every(u, v, Psi(u)(v) == Psi(u)(-v)),
        "zero": Psi(u0)(zeros(n, 1)) != 0,
    },
    then=~one_function,
    proof=[
        have(
            "none",
            ~one_function,
            suppose_not(
                [
                    have("some", one_function, logic, "none.not"),
                    have("r", both(r > 0, exists(alpha, at_least)), obtain(r), "some"),
                    have("positive", r > 0, logic, "r"),
                    have("some function", exists(alpha, at_least), logic, "r"),
                    have("alpha", at_least, obtain(alpha), "some function"),
                    have("solves", solves(Psi, alpha, u0, r), logic, "alpha"),
                    have("unique", same, logic, "alpha"),
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
    gloss="With v^2 = 1 at v0 = 1: both v = 1 and v = -1 solve for every u.",
)

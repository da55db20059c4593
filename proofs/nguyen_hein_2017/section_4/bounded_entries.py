"""Section 4, proof of Lemma 4.3, first case: the entries in the limit.

Notation: E(alpha) is [1, A(alpha)] with A(alpha)_ij = sigma(alpha (t_j - t_i) + beta); C is its
limit, entry by entry.

Statements
- NH17.I4.3a.entries: the limits of the entries of E(alpha).
- NH17.I4.3a.limit: all entries of E(alpha) have a limit.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import (
    LINE,
    N,
    alpha,
    beta,
    entries_increase,
    gamma,
    i,
    j,
    mu,
    one,
    sigma,
    steep_features,
    t,
    tends_left,
    x,
)
from symbolic_landscape.proofs.rules import entries as entries_rules
from symbolic_landscape.proofs.rules import limits
from symbolic_landscape.proofs.rules.limits import tends
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    each,
    every,
    exists,
    fn,
    matrix,
    real,
)
from symbolic_landscape.statement.language import entries as build
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
    take,
)

C = matrix("C", N, N)
r = real("r")


def E(alpha: Expr) -> Expr:
    """[1, A(alpha)]."""
    return block(one, steep_features(t, alpha, beta))


def entry(i: Expr, j: Expr | int) -> Expr:
    """An entry of E(alpha) as a function of alpha."""
    return fn(alpha, E(alpha)[i, j])


first_column = each(i, 1, N, tends(entry(i, 1), 1))
left_of_diagonal = each(i, 1, N, each(j, 2, i, tends(entry(i, j), mu)))
next_to_diagonal = each(i, 1, N - 1, tends(entry(i, i + 1), sigma(beta)))
far_right = each(i, 1, N, each(j, i + 2, N, tends(entry(i, j), gamma)))
GIVEN = {
    "sorted": entries_increase(t),
    "left": tends_left(sigma, mu),
    "right": tends(sigma, gamma),
}

ENTRIES = Statement(
    "NH17.I4.3a.entries",
    LINE,
    title="The limits of the entries of [1, A(alpha)]",
    where="Section 4, proof of Lemma 4.3",
    lines=(1229, 1268),
    names=(mu, gamma, beta),
    given=GIVEN,
    then=both(first_column, left_of_diagonal, next_to_diagonal, far_right),
    proof=[
        have(
            "one",
            first_column,
            arbitrary(
                i,
                proof=[
                    have(
                        "constant",
                        every(alpha, entry(i, 1)(alpha) == 1),
                        arbitrary(
                            alpha, proof=[have("is one", entry(i, 1)(alpha) == 1, calculation)]
                        ),
                    ),
                    have(
                        "limit",
                        tends(entry(i, 1), 1),
                        by(limits.limit_of_constant, f=entry(i, 1), r=1),
                        "constant",
                    ),
                ],
            ),
        ),
        have(
            "mu",
            left_of_diagonal,
            arbitrary(
                i,
                j,
                proof=[
                    have("before", None, at(j - 1, i), "sorted"),
                    have(
                        "limit",
                        tends(entry(i, j), mu),
                        by(
                            limits.limit_along_line,
                            f=fn(x, sigma(-x)),
                            s=t[i, 1] - t[j - 1, 1],
                            x=-beta,
                        ),
                        "left",
                        "before",
                    ),
                ],
            ),
        ),
        have(
            "sigma(beta)",
            next_to_diagonal,
            arbitrary(
                i,
                proof=[
                    have(
                        "constant",
                        every(alpha, entry(i, i + 1)(alpha) == sigma(beta)),
                        arbitrary(
                            alpha,
                            proof=[
                                have("is it", entry(i, i + 1)(alpha) == sigma(beta), calculation)
                            ],
                        ),
                    ),
                    have(
                        "limit",
                        tends(entry(i, i + 1), sigma(beta)),
                        by(limits.limit_of_constant),
                        "constant",
                    ),
                ],
            ),
        ),
        have(
            "gamma",
            far_right,
            arbitrary(
                i,
                j,
                proof=[
                    have("before", None, at(i, j - 1), "sorted"),
                    have(
                        "limit",
                        tends(entry(i, j), gamma),
                        by(limits.limit_along_line, f=sigma, s=t[j - 1, 1] - t[i, 1], x=beta),
                        "right",
                        "before",
                    ),
                ],
            ),
        ),
        have(
            "all",
            both(first_column, left_of_diagonal, next_to_diagonal, far_right),
            logic,
            "one",
            "mu",
            "sigma(beta)",
            "gamma",
        ),
    ],
)


def differences(M: Expr) -> Expr:
    """Each row less the row above it."""
    return build(i, j, N, N, M[i, j] - M[i - 1, j])


def lim(i: Expr, j: Expr) -> Expr:
    """C_ij is the limit of E(alpha)_ij."""
    return tends(entry(i, j), C[i, j])


some_limit = exists(x, tends(entry(i, j), x))
LIMIT = Statement(
    "NH17.I4.3a.limit",
    LINE,
    title="All entries of [1, A(alpha)] have a limit",
    names=(mu, gamma, beta),
    given=GIVEN,
    then=exists(C, each(i, 1, N, each(j, 1, N, lim(i, j)))),
    proof=[
        have("displayed", None, cite(ENTRIES)),
        have("one", first_column, logic, "displayed"),
        have("mu", left_of_diagonal, logic, "displayed"),
        have("sigma(beta)", next_to_diagonal, logic, "displayed"),
        have("gamma", far_right, logic, "displayed"),
        have(
            "each",
            each(i, 1, N, each(j, 1, N, some_limit)),
            arbitrary(
                i,
                j,
                proof=[
                    have(
                        "some",
                        some_limit,
                        cases(
                            [
                                have("first", None, at(i), "one"),
                                have("is one", some_limit, take(1), "first"),
                            ],
                            [
                                have(
                                    "later",
                                    some_limit,
                                    cases(
                                        [
                                            have("low", None, at(i, j), "mu"),
                                            have("is mu", some_limit, take(mu), "low"),
                                        ],
                                        [
                                            have(
                                                "above",
                                                some_limit,
                                                cases(
                                                    [
                                                        have("next", None, at(i), "sigma(beta)"),
                                                        have("column", j == i + 1, linear),
                                                        have(
                                                            "same",
                                                            tends(entry(i, j), sigma(beta)),
                                                            calculation,
                                                            "next",
                                                            "column",
                                                        ),
                                                        have(
                                                            "is sigma(beta)",
                                                            some_limit,
                                                            take(sigma(beta)),
                                                            "same",
                                                        ),
                                                    ],
                                                    [
                                                        have("far", None, at(i, j), "gamma"),
                                                        have(
                                                            "is gamma",
                                                            some_limit,
                                                            take(gamma),
                                                            "far",
                                                        ),
                                                    ],
                                                    split=j <= i + 1,
                                                ),
                                            )
                                        ],
                                        split=j <= i,
                                    ),
                                )
                            ],
                            split=j <= 1,
                        ),
                    ),
                ],
            ),
        ),
        have(
            "C",
            exists(C, each(i, 1, N, each(j, 1, N, lim(i, j)))),
            by(entries_rules.matrix_of_values, P=fn(i, fn(j, fn(x, tends(entry(i, j), x))))),
            "each",
        ),
    ],
)

"""Section 4, proof of Lemma 4.3, second case: the determinant by the formula of Leibniz.

Notation: E(alpha) is [A(alpha), 1] with A(alpha)_ij = sigma(alpha (t_j - t_i) + beta). A
permutation is written as the choice of a row for each column.

Statements
- NH17.I4.3b.factors: the entries that a permutation chooses are tempered, and decay below the
  diagonal.
- NH17.I4.3b: the determinant tends to sigma(beta)^(N - 1).
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_4.growth import (
    DECAY,
    GROWTH,
    SMALL,
    UNIT,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.permutations import MOVED, PRODUCTS, k, v
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.tempered import CONSTANT, VANISHES
from symbolic_landscape.proofs.nguyen_hein_2017.settings.growth import (
    rho1,
    rho2,
    rho3,
    rho4,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import (
    LINE,
    N,
    alpha,
    beta,
    decays,
    entries_increase,
    i,
    j,
    one,
    sigma,
    steep_features,
    t,
    tempered,
)
from symbolic_landscape.proofs.rules import determinants as d
from symbolic_landscape.proofs.rules import limits
from symbolic_landscape.proofs.rules.determinants import (
    choice,
    permutation,
    power,
    product,
    products,
)
from symbolic_landscape.proofs.rules.limits import tends
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    det,
    each,
    every,
    fn,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    definition,
    have,
    induct,
    logic,
    obtain,
)


def E(alpha: Expr) -> Expr:
    """[A(alpha), 1]."""
    return block(steep_features(t, alpha, beta), one)


def entry(i: Expr, j: Expr) -> Expr:
    """An entry of E(alpha) as a function of alpha."""
    return fn(alpha, E(alpha)[i, j])


chosen = entry(choice(j), j)
CHOSEN_WITHIN = each(j, 1, N, both(1 <= choice(j), choice(j) <= N))
UNITS = {**DECAY, **GROWTH}
rhos = (rho1, rho2, rho3, rho4)
column_unit = {"gap": t[j, 1] - t[choice(j), 1]}
FACTORS = Statement(
    "NH17.I4.3b.factors",
    LINE,
    title="The entries that a permutation chooses are tempered, and decay below the diagonal",
    where="Section 4, proof of Lemma 4.3",
    lines=(1384, 1401),
    names=(*rhos, beta, choice),
    standing=(CHOSEN_WITHIN,),
    given={**UNITS, "sorted": entries_increase(t)},
    then=both(each(j, 1, N, tempered(chosen)), each(j, 1, N, (j < choice(j)) >> decays(chosen))),
    proof=[
        have(
            "tempered",
            each(j, 1, N, tempered(chosen)),
            arbitrary(
                j,
                proof=[
                    have("in range", None, at(j), "standing 2"),
                    have(
                        "entry",
                        tempered(chosen),
                        cases(
                            [have("unit", tempered(chosen), cite(UNIT, **column_unit))],
                            [have("one", tempered(chosen), cite(CONSTANT, r=1))],
                            split=j <= N - 1,
                        ),
                    ),
                ],
            ),
        ),
        have(
            "small",
            each(j, 1, N, (j < choice(j)) >> decays(chosen)),
            arbitrary(
                j,
                proof=[
                    have("in range", None, at(j), "standing 2"),
                    have("before", None, at(j, choice(j)), "sorted"),
                    have("unit", decays(chosen), cite(SMALL, **column_unit)),
                ],
            ),
        ),
        have(
            "both",
            both(each(j, 1, N, tempered(chosen)), each(j, 1, N, (j < choice(j)) >> decays(chosen))),
            logic,
            "tempered",
            "small",
        ),
    ],
)

whole = product(fn(j, E(alpha)[choice(j), j]), N)
diagonal, constant = fn(j, E(alpha)[j, j]), fn(j, sigma(beta))
others = both(permutation(choice, N), ~each(j, 1, N, choice(j) == j))
I4_3B = Statement(
    "NH17.I4.3b",
    LINE,
    title="Exponentially decaying case limit determinant",
    gloss="Of all products in the formula of Leibniz only that of the diagonal remains.",
    where="Section 4, proof of Lemma 4.3, second case",
    kind="identity",
    lines=(1326, 1426),
    names=(*rhos, beta),
    given={**UNITS, "sorted": entries_increase(t)},
    then=tends(fn(alpha, det(E(alpha))), power(sigma(beta), N - 1)),
    proof=[
        have(
            "others",
            every(choice, others >> tends(fn(alpha, whole), 0)),
            arbitrary(
                choice,
                proof=[
                    have("in range", CHOSEN_WITHIN, logic, "others.if"),
                    have(
                        "different",
                        each(i, 1, N, each(j, i + 1, N, choice(i) != choice(j))),
                        logic,
                        "others.if",
                    ),
                    have("not the identity", ~each(j, 1, N, choice(j) == j), logic, "others.if"),
                    have("some index", None, cite(MOVED, n=N), lines=(1384, 1386)),
                    have("k", both(1 <= k, k <= N, k < choice(k)), obtain(k), "some index"),
                    have("first", 1 <= k, logic, "k"),
                    have("last", k <= N, logic, "k"),
                    have("up", k < choice(k), logic, "k"),
                    have("entries", None, cite(FACTORS), lines=(1384, 1401)),
                    have("tempered", each(j, 1, N, tempered(chosen)), logic, "entries"),
                    have(
                        "small", each(j, 1, N, (j < choice(j)) >> decays(chosen)), logic, "entries"
                    ),
                    have("if up", None, at(k), "small"),
                    have("decays", decays(entry(choice(k), k)), logic, "if up", "up"),
                    have(
                        "products",
                        None,
                        cite(PRODUCTS, n=N, factors=fn(j, chosen)),
                        lines=(1401, 1418),
                    ),
                    have("product", decays(fn(alpha, whole)), at(N), "products"),
                    have(
                        "vanishes",
                        tends(fn(alpha, whole), 0),
                        cite(VANISHES, f=fn(alpha, whole)),
                        lines=(1420, 1421),
                    ),
                ],
            ),
            lines=(1379, 1421),
        ),
        have(
            "diagonal",
            every(alpha, product(diagonal, N) == power(sigma(beta), N - 1)),
            arbitrary(
                alpha,
                proof=[
                    have(
                        "powers",
                        each(v, 0, N - 1, products(diagonal)[v] == products(constant)[v]),
                        induct(
                            v,
                            base=[
                                have(
                                    "one",
                                    products(diagonal)[0] == products(constant)[0],
                                    calculation,
                                )
                            ],
                            step=[
                                have(
                                    "left",
                                    products(diagonal)[v + 1]
                                    == diagonal(v + 1) * products(diagonal)[v],
                                    definition,
                                ),
                                have(
                                    "right",
                                    products(constant)[v + 1]
                                    == constant(v + 1) * products(constant)[v],
                                    definition,
                                ),
                                have(
                                    "next",
                                    products(diagonal)[v + 1] == products(constant)[v + 1],
                                    calculation,
                                    "left",
                                    "powers.before",
                                    "right",
                                ),
                            ],
                        ),
                    ),
                    have(
                        "last",
                        products(diagonal)[N] == diagonal(N) * products(diagonal)[N - 1],
                        definition,
                    ),
                    have("before", None, at(N - 1), "powers"),
                    have(
                        "power",
                        product(diagonal, N) == power(sigma(beta), N - 1),
                        calculation,
                        "last",
                        "before",
                    ),
                ],
            ),
            lines=(1359, 1377),
        ),
        have(
            "limit of the diagonal",
            tends(fn(alpha, product(diagonal, N)), power(sigma(beta), N - 1)),
            by(limits.limit_of_constant),
            "diagonal",
        ),
        have(
            "limit",
            tends(fn(alpha, det(E(alpha))), power(sigma(beta), N - 1)),
            by(d.determinant_by_permutations, M=fn(alpha, E(alpha))),
            "others",
            "limit of the diagonal",
            lines=(1338, 1377),
        ),
    ],
)

"""Section 4, proof of Lemma 4.3, first case: the determinant in the limit, eq. (3).

Statements
- NH17.I4.3a.triangle: row differences of the limit make a triangle.
- NH17.I4.3a: the determinant tends to (mu - sigma(beta))^(N - 1).
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_4.bounded_entries import (
    ENTRIES,
    GIVEN,
    LIMIT,
    C,
    E,
    differences,
    entry,
    first_column,
    left_of_diagonal,
    lim,
    next_to_diagonal,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import (
    LINE,
    N,
    alpha,
    beta,
    gamma,
    i,
    j,
    mu,
    sigma,
)
from symbolic_landscape.proofs.rules import determinants as d
from symbolic_landscape.proofs.rules import entries as entries_rules
from symbolic_landscape.proofs.rules import limits
from symbolic_landscape.proofs.rules.determinants import power, products
from symbolic_landscape.proofs.rules.limits import tends
from symbolic_landscape.statement.language import (
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
    linear,
    logic,
    obtain,
)

hat = differences(C)
diagonal, factor = fn(i, hat[i, i]), fn(i, mu - sigma(beta))
TRIANGLE = Statement(
    "NH17.I4.3a.triangle",
    LINE,
    title="The row differences of the limit are a triangle",
    where="Section 4, proof of Lemma 4.3, eq. (3)",
    lines=(1270, 1307),
    names=(mu, gamma, beta, C),
    given={**GIVEN, "limit": each(i, 1, N, each(j, 1, N, lim(i, j)))},
    then=det(hat) == power(mu - sigma(beta), N - 1),
    proof=[
        have("displayed", None, cite(ENTRIES)),
        have("one", first_column, logic, "displayed"),
        have("mu", left_of_diagonal, logic, "displayed"),
        have("sigma(beta)", next_to_diagonal, logic, "displayed"),
        have(
            "column",
            each(i, 1, N, C[i, 1] == 1),
            arbitrary(
                i,
                proof=[
                    have("limit 1", None, at(i), "one"),
                    have("limit C", None, at(i, 1), "limit"),
                    have("equal", C[i, 1] == 1, by(limits.limit_is_unique), "limit C", "limit 1"),
                ],
            ),
        ),
        have(
            "lower",
            each(i, 1, N, each(j, 2, i, C[i, j] == mu)),
            arbitrary(
                i,
                j,
                proof=[
                    have("limit mu", None, at(i, j), "mu"),
                    have("limit C", None, at(i, j), "limit"),
                    have("equal", C[i, j] == mu, by(limits.limit_is_unique), "limit C", "limit mu"),
                ],
            ),
        ),
        have(
            "next",
            each(i, 1, N - 1, C[i, i + 1] == sigma(beta)),
            arbitrary(
                i,
                proof=[
                    have("limit sigma(beta)", None, at(i), "sigma(beta)"),
                    have("limit C", None, at(i, i + 1), "limit"),
                    have(
                        "equal",
                        C[i, i + 1] == sigma(beta),
                        by(limits.limit_is_unique),
                        "limit C",
                        "limit sigma(beta)",
                    ),
                ],
            ),
        ),
        have(
            "below",
            each(i, 1, N, each(j, 1, i - 1, hat[i, j] == 0)),
            arbitrary(
                i,
                j,
                proof=[
                    have(
                        "zero",
                        hat[i, j] == 0,
                        cases(
                            [
                                have("here", None, at(i), "column"),
                                have("above", None, at(i - 1), "column"),
                                have("one column", j == 1, linear),
                                have(
                                    "ones",
                                    hat[i, j] == 0,
                                    calculation,
                                    "one column",
                                    "here",
                                    "above",
                                ),
                            ],
                            [
                                have("here", None, at(i, j), "lower"),
                                have("above", None, at(i - 1, j), "lower"),
                                have("mus", hat[i, j] == 0, linear, "here", "above"),
                            ],
                            split=j <= 1,
                        ),
                    ),
                ],
            ),
        ),
        have("no row above", C[0, 1] == 0, by(entries_rules.entry_above, A=C)),
        have("corner", None, at(1), "column"),
        have(
            "powers",
            each(i, 1, N, products(diagonal)[i] == products(factor)[i - 1]),
            induct(
                i,
                base=[
                    have(
                        "product",
                        products(diagonal)[1] == diagonal(1) * products(diagonal)[0],
                        definition,
                    ),
                    have(
                        "start",
                        products(diagonal)[1] == products(factor)[0],
                        calculation,
                        "product",
                        "corner",
                        "no row above",
                    ),
                ],
                step=[
                    have(
                        "product",
                        products(diagonal)[i + 1] == diagonal(i + 1) * products(diagonal)[i],
                        definition,
                    ),
                    have(
                        "power",
                        products(factor)[i] == factor(i) * products(factor)[i - 1],
                        definition,
                    ),
                    have("here", C[i + 1, i + 1] == mu, at(i + 1, i + 1), "lower"),
                    have("above", C[i, i + 1] == sigma(beta), at(i), "next"),
                    have(
                        "equal",
                        products(diagonal)[i + 1] == products(factor)[i],
                        calculation,
                        "product",
                        "here",
                        "above",
                        "powers.before",
                        "power",
                    ),
                ],
            ),
        ),
        have("power", products(diagonal)[N] == products(factor)[N - 1], at(N), "powers"),
        have("determinant", None, by(d.determinant_of_triangle, S=hat), "below"),
        have(
            "product of the diagonal",
            det(hat) == power(mu - sigma(beta), N - 1),
            calculation,
            "determinant",
            "power",
        ),
    ],
)

E_hat = fn(alpha, differences(E(alpha)))
same_determinant = fn(alpha, det(E(alpha)) - det(differences(E(alpha))))
above = tends(entry(i - 1, j), C[i - 1, j])
I4_3A = Statement(
    "NH17.I4.3a",
    LINE,
    title="Bounded case limit determinant",
    gloss="The determinant of [1, A(alpha)] tends to a power that is not 0 where mu < sigma(beta).",
    where="Section 4, proof of Lemma 4.3, eq. (3)",
    kind="identity",
    lines=(1249, 1320),
    names=(mu, gamma, beta),
    given=GIVEN,
    then=tends(fn(alpha, det(E(alpha))), power(mu - sigma(beta), N - 1)),
    proof=[
        have("some limits", None, cite(LIMIT), lines=(1249, 1268)),
        have("limits", each(i, 1, N, each(j, 1, N, lim(i, j))), obtain(C), "some limits"),
        have(
            "triangle",
            det(hat) == power(mu - sigma(beta), N - 1),
            cite(TRIANGLE),
            lines=(1287, 1310),
        ),
        have(
            "differences",
            each(i, 1, N, each(j, 1, N, tends(fn(alpha, E_hat(alpha)[i, j]), hat[i, j]))),
            arbitrary(
                i,
                j,
                proof=[
                    have("here", None, at(i, j), "limits"),
                    have(
                        "above",
                        above,
                        cases(
                            [
                                have(
                                    "no row", C[i - 1, j] == 0, by(entries_rules.entry_above, A=C)
                                ),
                                have(
                                    "zero",
                                    every(alpha, entry(i - 1, j)(alpha) == C[i - 1, j]),
                                    arbitrary(
                                        alpha,
                                        proof=[
                                            have(
                                                "none",
                                                E(alpha)[i - 1, j] == 0,
                                                by(entries_rules.entry_above, A=E(alpha)),
                                            ),
                                            have(
                                                "both",
                                                entry(i - 1, j)(alpha) == C[i - 1, j],
                                                linear,
                                                "none",
                                                "no row",
                                            ),
                                        ],
                                    ),
                                ),
                                have("constant", above, by(limits.limit_of_constant), "zero"),
                            ],
                            [have("row above", above, at(i - 1, j), "limits")],
                            split=i <= 1,
                        ),
                    ),
                    have(
                        "difference",
                        tends(fn(alpha, E_hat(alpha)[i, j]), hat[i, j]),
                        by(
                            limits.limit_of_sum,
                            f=entry(i, j),
                            g=fn(alpha, -E(alpha)[i - 1, j]),
                            r=C[i, j],
                            s=-C[i - 1, j],
                        ),
                        "here",
                        "above",
                    ),
                ],
            ),
            lines=(1270, 1301),
        ),
        have(
            "limit of differences",
            tends(fn(alpha, det(E_hat(alpha))), det(hat)),
            by(d.determinant_of_limits, M=E_hat, S=hat),
            "differences",
            lines=(1306, 1310),
        ),
        have(
            "unchanged",
            every(alpha, same_determinant(alpha) == 0),
            arbitrary(
                alpha,
                proof=[
                    have("rows", None, by(d.determinant_of_row_differences, S=E(alpha))),
                ],
            ),
            lines=(1310, 1313),
        ),
        have("no change", tends(same_determinant, 0), by(limits.limit_of_constant), "unchanged"),
        have(
            "limit",
            tends(fn(alpha, det(E(alpha))), det(hat)),
            by(limits.limit_of_sum),
            "no change",
            "limit of differences",
        ),
        have(
            "power",
            tends(fn(alpha, det(E(alpha))), power(mu - sigma(beta), N - 1)),
            calculation,
            "limit",
            "triangle",
            lines=(1306, 1310),
        ),
    ],
)

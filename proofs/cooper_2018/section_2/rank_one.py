"""Section 2.2, proof of Proposition 2.3: sums of d matrices of rank one.

Statements
- C18.L2.3b: with independent vectors and positive eigenvalues the sum has d positive eigenvalues.
"""

from symbolic_landscape.proofs.cooper_2018.settings.data import (
    d,
    i,
    j,
    n,
)
from symbolic_landscape.proofs.cooper_2018.settings.matrices import (
    RANK_ONE,
    B,
    V,
    column,
    weights,
)
from symbolic_landscape.proofs.rules import (
    columns,
    determinants,
    functions,
    order,
    ranks,
    signs,
    sums,
)
from symbolic_landscape.proofs.rules import entries as e
from symbolic_landscape.proofs.rules.columns import diagonal, unit
from symbolic_landscape.proofs.rules.spectra import only_positive
from symbolic_landscape.statement.language import (
    Expr,
    both,
    det,
    each,
    every,
    fn,
    integer,
    matrix,
    rank,
    real,
    total,
    trace,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    claimed,
    have,
    linear,
    logic,
)

one_by_one = total(i, 1, d, weights[i, 1] * column(V, i) @ column(V, i).T)
general = V @ B.T
"""The sum of the matrices A_i = v_i b_i^T."""
k = integer("k")
v, mu = matrix("v", n, 1), real("mu")
D = diagonal(d, weights)
product = V @ D @ V.T
S = matrix("S", n, n)
signature = fn(S, only_positive(n, d, S))
"""The matrix has d positive eigenvalues, and the others are 0."""
independent = rank(V) == d


def form(v: Expr) -> Expr:
    """The value of the form of the sum at v, as a sum of weighted squares."""
    return total(i, 1, d, weights[i, 1] * trace((v.T @ V @ unit(d, i)).T @ (v.T @ V @ unit(d, i))))


L2_3B = Statement(
    "C18.L2.3b",
    RANK_ONE,
    kind="identity",
    title="Sum of d symmetric matrices of rank one with positive eigenvalues",
    where="Section 2.2, proof of Proposition 2.3",
    lines=(158, 163),
    given={
        "independent": independent,
        "positive": each(i, 1, d, weights[i, 1] > 0),
    },
    then=only_positive(n, d, one_by_one),
    proof=[
        have("diagonal", None, by(columns.diagonal_by_units, m=d, u=weights)),
        have("product", product == one_by_one, calculation, "diagonal"),
        have("D turned", D.T == D, by(columns.diagonal_is_symmetric)),
        have("symmetric", product.T == product, calculation, "D turned"),
        have(
            "on the diagonal",
            each(i, 1, d, D[i, i] != 0),
            arbitrary(
                i,
                proof=[
                    have("weight", None, at(i), "positive"),
                    have("not 0", D[i, i] != 0, by(order.positive_is_not_zero), "weight"),
                ],
            ),
        ),
        have(
            "triangle",
            each(i, 1, d, each(j, 1, i - 1, D[i, j] == 0)),
            arbitrary(i, j, proof=[have("off", D[i, j] == 0, linear)]),
        ),
        have("product of entries", None, by(determinants.determinant_of_triangle, S=D), "triangle"),
        have(
            "factors",
            None,
            by(determinants.no_zero_factor, c=fn(i, D[i, i]), n=d),
            "on the diagonal",
        ),
        have("determinant", det(D) != 0, calculation, "factors", "product of entries"),
        have("rank of D", rank(D) == d, by(ranks.full_rank_of_determinant), "determinant"),
        have("below", rank(D @ V.T) == rank(V.T), by(ranks.rank_after_injective), "rank of D"),
        have(
            "above",
            rank(product) == rank(D @ V.T),
            by(ranks.rank_after_injective, A=V, B=D @ V.T),
            "independent",
        ),
        have("turned", rank(V.T) == rank(V), by(ranks.rank_of_transpose)),
        have("rank", rank(product) == d, linear, "below", "above", "turned", "independent"),
        have(
            "form",
            every(v, trace(v.T @ product @ v) >= 0),
            arbitrary(
                v,
                proof=[
                    have(
                        "summands",
                        each(
                            i,
                            1,
                            d,
                            weights[i, 1] * trace((v.T @ V @ unit(d, i)).T @ (v.T @ V @ unit(d, i)))
                            >= 0,
                        ),
                        arbitrary(
                            i,
                            proof=[
                                have("weight", None, at(i), "positive"),
                                have(
                                    "square",
                                    None,
                                    by(e.squares_not_negative, A=v.T @ V @ unit(d, i)),
                                ),
                                have("weight not negative", weights[i, 1] >= 0, linear, "weight"),
                                have(
                                    "summand",
                                    None,
                                    by(signs.product_not_negative),
                                    "weight not negative",
                                    "square",
                                ),
                            ],
                        ),
                    ),
                    have("sum", form(v) >= 0, by(sums.sum_not_negative), "summands"),
                    have("squares", None, by(columns.weighted_squares, A=v.T @ V, v=weights, n=d)),
                    have("bound", trace(v.T @ product @ v) >= 0, linear, "sum", "squares"),
                ],
            ),
        ),
        have("of the product", only_positive(n, d, product), logic, "symmetric", "rank", "form"),
        have(
            "all",
            only_positive(n, d, one_by_one),
            by(functions.property_of_equal, P=signature),
            "product",
            "of the product",
        ),
    ],
    reading="repaired",
)
rank_one_at_most = rank(general) <= d
eigenvalues_not_negative = every(mu, v, both(v != 0, general @ v == mu * v) >> (mu >= 0))
L2_3B_PRINTED = Statement(
    "C18.L2.3b",
    RANK_ONE,
    kind="identity",
    title="Sum of d matrices of rank one",
    where="Section 2.2, proof of Proposition 2.3",
    lines=(158, 163),
    given={
        "independent": independent,
        "not 0": each(i, 1, d, (B.T @ V)[i, i] != 0),
    },
    then=both(rank_one_at_most, eigenvalues_not_negative),
    proof=[
        have("factor", rank(general) <= rank(V), by(ranks.rank_of_product_left)),
        have("at most", rank_one_at_most, linear, "factor", "independent"),
        have(
            "signs",
            eigenvalues_not_negative,
            claimed("an elementary linear algebra calculation shows it"),
            "independent",
            "not 0",
            lines=(158, 163),
        ),
        have("all", both(rank_one_at_most, eigenvalues_not_negative), logic, "at most", "signs"),
    ],
    gloss="Each A_i has one eigenvalue that is not 0, of any sign; nothing says A_i symmetric.",
    hedge="Where it is used the A_i are symmetric and their eigenvalues positive, and it holds.",
    repaired=L2_3B,
    expected=("refuted, statement", "invalid inference, step signs"),
)

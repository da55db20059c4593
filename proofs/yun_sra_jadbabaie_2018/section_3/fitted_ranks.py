"""Section 3.4: ranks of the best linear fit and of the optimum of the relaxed problem.

Statements
- YSJ18.S34.positive: the fit has rank k at least where singular value k exceeds the next one.
- YSJ18.S34.optimum: the optimum has rank k where Y X^T has full rank.
"""

from symbolic_landscape.proofs.rules import entries, order, ranks, signs, spectra
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.low_rank_saddles import OPTIMUM
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck import (
    SEPARATED_BOTTLENECK,
    across,
    along,
    projected,
    separated,
    strictly_across,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    H,
    U,
    X,
    Y,
    a,
    b,
    best,
    d,
    fit,
    full_correlation,
    full_gram,
    leading,
    p,
    s,
    square,
)
from symbolic_landscape.statement.language import (
    both,
    contradiction,
    exists,
    identity_matrix,
    inverse,
    rank,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    at,
    by,
    calculation,
    cite,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
)

k = d[p]
on_b = square(fit.T @ b) < s * square(b)
POSITIVE = Statement(
    "YSJ18.S34.positive",
    SEPARATED_BOTTLENECK,
    title="The best linear fit has rank at least k where singular value k exceeds the next one",
    where="sec. 3.4",
    given={"separated": separated(X, Y, U)},
    then=rank(best) >= k,
    proof=[
        have("level", exists(s, both(along, strictly_across)), logic, "separated"),
        have("s", None, obtain(s), "level"),
        have("along", along, logic, "s"),
        have("across", strictly_across, logic, "s"),
        have("rows", rank(U.T) <= k, by(ranks.rank_at_most_rows)),
        have("fewer", rank(U.T) < d[H + 1], linear, "rows"),
        have("kernel", exists(b, both(b != 0, U.T @ b == 0)), by(ranks.kernel_vector), "fewer"),
        have("b", None, obtain(b), "kernel"),
        have("if off", None, at(b), "across"),
        have("strict", on_b, logic, "if off", "b"),
        have("some size", square(fit.T @ b) >= 0, by(entries.squares_not_negative)),
        have("size", square(b) >= 0, by(entries.squares_not_negative)),
        have("product", s * square(b) > 0, linear, "strict", "some size"),
        have("positive", s > 0, by(order.positive_factor), "product", "size"),
        have(
            "rank",
            rank(fit.T @ U) >= k,
            suppose_not(
                [
                    have("less", rank(fit.T @ U) < k, logic, "rank.not"),
                    have(
                        "kernel of U",
                        exists(a, both(a != 0, fit.T @ U @ a == 0)),
                        by(ranks.kernel_vector),
                        "less",
                    ),
                    have("a", None, obtain(a), "kernel of U"),
                    have("not 0", a != 0, logic, "a"),
                    have("mapped", fit.T @ U @ a == 0, logic, "a"),
                    have("at a", None, at(a), "along"),
                    have(
                        "image",
                        square(fit.T @ U @ a) == 0,
                        by(entries.trace_with_zero, A=fit.T @ U @ a, A2=fit.T @ U @ a),
                        "mapped",
                    ),
                    have("times", s * square(a) <= 0, linear, "at a", "image"),
                    have(
                        "no size",
                        square(a) <= 0,
                        by(order.factor_not_positive),
                        "times",
                        "positive",
                    ),
                    have("zero", a == 0, by(entries.zero_of_squares), "no size"),
                    have("clash", contradiction, logic, "zero", "not 0"),
                ]
            ),
        ),
        have("of F^T", rank(fit.T @ U) <= rank(fit.T), by(ranks.rank_of_product_left)),
        have("transposed", rank(fit.T) == rank(fit), by(ranks.rank_of_transpose)),
        have("of F", rank(fit) <= rank(best), by(ranks.rank_of_product_left, A=best, B=X)),
        have("best", rank(best) >= k, linear, "rank", "of F^T", "transposed", "of F"),
    ],
)

off = identity_matrix(d[H + 1]) - U @ U.T
PART = Statement(
    "YSJ18.S34.optimum",
    SEPARATED_BOTTLENECK,
    title="With a bottleneck the optimum of the relaxed problem has rank k",
    where="sec. 3.4",
    lines=(265, 265),
    given={
        "gram": full_gram,
        "correlation": full_correlation,
        "leading": leading(X, Y, U),
    },
    then=rank(projected) == k,
    proof=[
        have("best", rank(best) >= k, cite(OPTIMUM)),
        have(
            "inverse",
            X @ X.T @ inverse(X @ X.T) == identity_matrix(d[0]),
            by(ranks.inverse_of_full_rank, S=X @ X.T),
            "gram",
        ),
        have(
            "of the fit",
            rank(fit @ X.T @ inverse(X @ X.T)) <= rank(fit),
            by(ranks.rank_of_product_left, A=fit, B=X.T @ inverse(X @ X.T)),
        ),
        have("fit", rank(best) <= rank(fit), calculation, "of the fit", "inverse"),
        have("orthonormal", U.T @ U == identity_matrix(k), logic, "leading"),
        have("level", exists(s, both(along, across)), logic, "leading"),
        have("s", None, obtain(s), "level"),
        have("along", along, logic, "s"),
        have("across", across, logic, "s"),
        have("off U", U.T @ off == 0, calculation, "orthonormal"),
        have("size off U", square(off) >= 0, by(entries.squares_not_negative)),
        have("bound off U", None, by(spectra.bound_on_kernel, B=off), "across", "off U"),
        have(
            "on U",
            rank(fit.T @ U) >= k,
            suppose_not(
                [
                    have("less", rank(fit.T @ U) < k, logic, "on U.not"),
                    have(
                        "kernel",
                        exists(a, both(a != 0, fit.T @ U @ a == 0)),
                        by(ranks.kernel_vector),
                        "less",
                    ),
                    have("a", None, obtain(a), "kernel"),
                    have("not 0", a != 0, logic, "a"),
                    have("mapped", fit.T @ U @ a == 0, logic, "a"),
                    have(
                        "length",
                        square(a) > 0,
                        suppose_not(
                            [
                                have("no length", square(a) <= 0, logic, "length.not"),
                                have("zero", a == 0, by(entries.zero_of_squares), "no length"),
                                have("clash", contradiction, logic, "zero", "not 0"),
                            ]
                        ),
                    ),
                    have("at a", None, at(a), "along"),
                    have(
                        "image",
                        square(fit.T @ U @ a) == 0,
                        by(entries.trace_with_zero, A=fit.T @ U @ a, A2=fit.T @ U @ a),
                        "mapped",
                    ),
                    have("times", square(a) * s <= 0, linear, "at a", "image"),
                    have("no level", s <= 0, by(order.factor_not_positive), "times", "length"),
                    have("nothing", None, by(signs.product_not_positive), "size off U", "no level"),
                    have("no size", square(fit.T @ off) <= 0, linear, "bound off U", "nothing"),
                    have(
                        "all on U",
                        fit.T == fit.T @ U @ U.T,
                        by(entries.zero_of_squares, A=fit.T @ off),
                        "no size",
                    ),
                    have(
                        "factor",
                        rank(fit.T @ U @ U.T) <= rank(fit.T @ U),
                        by(ranks.rank_of_product_left),
                    ),
                    have(
                        "rank", rank(fit.T) <= rank(fit.T @ U), calculation, "factor", "<all on U"
                    ),
                    have("transposed", rank(fit.T) == rank(fit), by(ranks.rank_of_transpose)),
                    have(
                        "absurd", contradiction, linear, "less", "rank", "transposed", "fit", "best"
                    ),
                ]
            ),
        ),
        have(
            "turned", rank(fit.T @ U) == rank(U.T @ fit), by(ranks.rank_of_transpose, A=U.T @ fit)
        ),
        have("same", U.T @ fit == U.T @ (projected @ X), calculation, "orthonormal"),
        have(
            "outer",
            rank(U.T @ (projected @ X)) <= rank(projected @ X),
            by(ranks.rank_of_product_right, A=U.T, B=projected @ X),
        ),
        have(
            "inner",
            rank(projected @ X) <= rank(projected),
            by(ranks.rank_of_product_left, A=projected, B=X),
        ),
        have("of U", rank(projected) <= rank(U), by(ranks.rank_of_product_left)),
        have("columns", rank(U) <= k, by(ranks.rank_at_most_columns)),
        have("seen", rank(U.T @ fit) <= rank(projected @ X), calculation, "outer", "<same"),
        have(
            "rank",
            rank(projected) == k,
            linear,
            "on U",
            "turned",
            "seen",
            "inner",
            "of U",
            "columns",
        ),
    ],
)

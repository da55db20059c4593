"""Section 3.4, first paragraph: with a bottleneck critical points outside V_1 are saddles.

Statements
- YSJ18.S34.positive: singular value k is positive where it exceeds the next one.
- YSJ18.S34.optimum: the optimum of the relaxed problem has rank k, where Y X^T has full rank.
- YSJ18.S34.low: critical points outside V_1 are saddles where Y X^T (X X^T)^-1 has rank k.
- YSJ18.S34: critical points outside V_1 are saddles; repaired: wherever singular value k exceeds
  the next one.
"""

from symbolic_landscape.proofs.rules import entries, order, ranks, signs, spectra
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.generic_products import WIDTHS
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.saddles import LB1
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.bounded_rank import P3_1
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.kawaguchi import KAWAGUCHI
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.level_points import low_rank
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.low_rank_saddles import OPTIMUM
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.saddles import RANK, UNEQUAL
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck import (
    BOTTLENECK,
    SEPARATED_BOTTLENECK,
    across,
    along,
    projected,
    separated,
    strictly_across,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    ASSUMPTIONS,
    E_,
    POINT,
    R_,
    H,
    U,
    W,
    X,
    Y,
    a,
    b,
    best,
    bottleneck,
    critical,
    d,
    fit,
    full_correlation,
    full_gram,
    full_rank,
    i,
    leading,
    least,
    local_minimum,
    p,
    s,
    saddle,
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
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    claimed,
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

narrow = {"critical": critical(W), "outside": ~full_rank}
LOW = Statement(
    "YSJ18.S34.low",
    BOTTLENECK,
    title="Critical points outside V_1 are saddles where the map of least squares has rank k",
    where="sec. 3.4",
    given={"gram": full_gram, "rank": rank(best) >= k, **narrow},
    then=saddle(*POINT),
    proof=[
        have("at most", None, cite(RANK)),
        have("low", rank(R_(W)) < k, by(order.less_if_different), "at most", "outside"),
        have(
            "low rank",
            low_rank,
            arbitrary(
                i,
                proof=[
                    have("narrowest", None, at(i), "standing 4"),
                    have("less", rank(R_(W)) < d[i], linear, "narrowest", "low"),
                ],
            ),
        ),
        have(
            "inverse",
            X @ X.T @ inverse(X @ X.T) == identity_matrix(d[0]),
            by(ranks.inverse_of_full_rank, S=X @ X.T),
            "gram",
        ),
        have(
            "error",
            E_(W) != 0,
            suppose_not(
                [
                    have("zero", E_(W) == 0, logic, "error.not"),
                    have(
                        "no error",
                        E_(W) @ inverse(X @ X.T) == 0,
                        by(
                            ranks.zero_inside,
                            P=identity_matrix(d[H + 1]),
                            A=E_(W),
                            B=inverse(X @ X.T),
                        ),
                        "zero",
                    ),
                    have(
                        "difference",
                        E_(W) @ inverse(X @ X.T) == R_(W) - best,
                        calculation,
                        "inverse",
                    ),
                    have("R", R_(W) == best, linear, "no error", "difference"),
                    have("rank here", rank(R_(W)) >= k, calculation, "rank", "R"),
                    have("absurd", contradiction, linear, "rank here", "low"),
                ]
            ),
        ),
        have("unequal", None, cite(UNEQUAL)),
        have("saddle", saddle(*POINT), logic, "critical", "unequal"),
    ],
)

S34_REPAIRED = Statement(
    "YSJ18.S34",
    SEPARATED_BOTTLENECK,
    title="T2.2, saddle half outside V_1, where singular value k exceeds the next one",
    kind="identity",
    where="sec. 3.4, first paragraph",
    lines=(265, 267),
    reading="repaired",
    given={"gram": full_gram, "separated": separated(X, Y, U), **narrow},
    then=saddle(*POINT),
    proof=[
        have("rank", None, cite(POSITIVE)),
        have("saddle", saddle(*POINT), cite(LOW)),
    ],
)
few, many = d[H + 1] <= d[0], d[0] < d[H + 1]
S34 = Statement(
    "YSJ18.S34",
    SEPARATED_BOTTLENECK,
    title="T2.2, saddle half outside V_1",
    kind="identity",
    where="sec. 3.4, first paragraph",
    lines=(265, 267),
    standing=(WIDTHS,),
    given={**ASSUMPTIONS, "leading": leading(X, Y, U), **narrow},
    then=saddle(*POINT),
    repaired=S34_REPAIRED,
    hedge="That a local minimum is a global one was shown by Lu and Kawaguchi (2017), which the "
    "paper cites elsewhere.",
    proof=[
        have("narrow", bottleneck, logic, "standing 5", "standing 6", lines=(261, 262)),
        have("optimum", None, cite(P3_1), lines=(265, 265)),
        have("rank k", rank(projected) == k, cite(PART), lines=(265, 265)),
        have(
            "not least",
            ~least(*POINT),
            claimed("thus no point outside V_1 can be a global minimum"),
            "optimum",
            "rank k",
            "outside",
            lines=(265, 266),
        ),
        have(
            "saddle",
            saddle(*POINT),
            cases(
                [
                    have("few", few, logic, "saddle.1"),
                    have("by Kawaguchi", saddle(*POINT), cite(KAWAGUCHI), lines=(266, 267)),
                ],
                [
                    have("many", many, logic, "saddle.2"),
                    have(
                        "no local minimum",
                        ~local_minimum(*POINT),
                        claimed("no point outside V_1 is a global minimum"),
                        "not least",
                        lines=(265, 267),
                    ),
                    have("by the lemma", saddle(*POINT), cite(LB1), lines=(266, 267)),
                ],
                split=few,
            ),
        ),
    ],
    expected=(
        "unsupported premise, step not least",
        "unsupported premise, step saddle/2/no local minimum",
    ),
)

"""Section 5: vectors that are linearly separable by class, and the sign argument.

Notation: Z (N x d) vectors as rows, C[i, j] is 1 if vector i lies in class j, else 0; P has the
signs of the classes if P[i, j] is positive in the class and negative off it.

Statements
- NH17.D5.1: Definition 5.1, and with the thresholds as one more row.
- NH17.R5.indep.affine, NH17.R5.indep: independent vectors are separable, whatever their classes.
- NH17.I5.3.column, NH17.I5.3: a product with the signs of the classes vanishes with the errors.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.classes import (
    VECTORS,
    K,
    Z,
    d,
    has_class_signs,
    iff,
    m,
    opposes_classes,
    vectors_separable,
    vectors_separable_by_one,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import N
from symbolic_landscape.proofs.rules import blocks, columns, entries, order, ranks, signs, sums
from symbolic_landscape.proofs.rules.columns import diagonal
from symbolic_landscape.statement.language import (
    block,
    both,
    each,
    exists,
    identity_matrix,
    integer,
    matrix,
    ones,
    rank,
    stack,
    total,
)
from symbolic_landscape.statement.language import entries as matrix_of
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
    obtain,
    take,
)
from symbolic_landscape.statement.step import Reason, Step

i, j = integer("i"), integer("j")
one = ones(N, 1)
extended = block(Z, one)
A, a, H = matrix("A", d, m), matrix("a", 1, m), matrix("H", d + 1, m)
R = matrix("R", d + 1, N)
separable = vectors_separable(d, Z)
with_thresholds = vectors_separable_by_one(d, Z)

D5_1 = Statement(
    "NH17.D5.1",
    VECTORS,
    kind="definition",
    title="One-versus-rest linear separability",
    where="Section 5, Definition 5.1",
    lines=(1850, 1861),
    given={},
    then=iff(separable, with_thresholds),
    gloss="For each class a hyperplane has its vectors on one side and all others on the other; "
    "a_j and b_j together are one column of H, as the proof of Theorem 5.3 has it.",
    proof=[
        have(
            "together",
            separable >> with_thresholds,
            arbitrary(
                proof=[
                    have(
                        "planes", has_class_signs(Z @ A + one @ a, K), obtain(A, a), "together.if"
                    ),
                    have(
                        "product",
                        extended @ stack(A, a) == Z @ A + one @ a,
                        by(blocks.block_times_stack),
                    ),
                    have(
                        "signs",
                        has_class_signs(extended @ stack(A, a), K),
                        calculation,
                        "planes",
                        "product",
                    ),
                    have("H", with_thresholds, take(stack(A, a)), "signs"),
                ]
            ),
        ),
        have(
            "apart",
            with_thresholds >> separable,
            arbitrary(
                proof=[
                    have("H", has_class_signs(extended @ H, K), obtain(H), "apart.if"),
                    have(
                        "parts",
                        exists(A, a, stack(A, a) == H),
                        by(blocks.split_rows, H=H, m=d, p=1),
                    ),
                    have("A and a", stack(A, a) == H, obtain(A, a), "parts"),
                    have(
                        "product",
                        extended @ stack(A, a) == Z @ A + one @ a,
                        by(blocks.block_times_stack),
                    ),
                    have(
                        "planes",
                        has_class_signs(Z @ A + one @ a, K),
                        calculation,
                        "H",
                        "<A and a",
                        "product",
                    ),
                    have("separable", separable, take(A, a), "planes"),
                ]
            ),
        ),
        have("iff", iff(separable, with_thresholds), logic, "together", "apart"),
    ],
)

wanted = matrix_of(i, j, N, m, 2 * K[i, j] - 1)
"""1 in the class and -1 off it."""

INDEPENDENT_AFFINE = Statement(
    "NH17.R5.indep.affine",
    VECTORS,
    title="Vectors that are independent with a one added are linearly separable",
    where="Section 5, after Theorem 5.3",
    lines=(2383, 2385),
    given={"independent": rank(extended) == N},
    then=separable,
    gloss="[Z, 1] H can be any matrix of signs, as [Z, 1] has a right inverse.",
    proof=[
        have(
            "inverse",
            exists(R, extended @ R == identity_matrix(N)),
            by(ranks.right_inverse),
            "independent",
        ),
        have("R", identity_matrix(N) == R.T @ extended.T, obtain(R), "inverse"),
        have(
            "wanted signs",
            has_class_signs(wanted, K),
            arbitrary(
                i,
                j,
                proof=[
                    have(
                        "in",
                        (K[i, j] == 1) >> (wanted[i, j] > 0),
                        arbitrary(proof=[have("so", wanted[i, j] > 0, linear, "in.if")]),
                    ),
                    have(
                        "off",
                        (K[i, j] == 0) >> (wanted[i, j] < 0),
                        arbitrary(proof=[have("so", wanted[i, j] < 0, linear, "off.if")]),
                    ),
                    have(
                        "both",
                        both(
                            (K[i, j] == 1) >> (wanted[i, j] > 0),
                            (K[i, j] == 0) >> (wanted[i, j] < 0),
                        ),
                        logic,
                        "in",
                        "off",
                    ),
                ],
            ),
        ),
        have(
            "signs", has_class_signs(extended @ (R @ wanted), K), calculation, "wanted signs", "<R"
        ),
        have("H", with_thresholds, take(R @ wanted), "signs"),
        have("definition", None, cite(D5_1)),
        have("separable", separable, logic, "definition", "H"),
    ],
)

R5_INDEP = Statement(
    "NH17.R5.indep",
    VECTORS,
    kind="remark",
    title="Linear independence and separability; relation to Theorem 3.4",
    where="Section 5, after Theorem 5.3",
    lines=(2383, 2385),
    given={"independent": rank(Z) == N},
    then=separable,
    gloss="Linearly independent vectors are linearly separable, whatever their classes are.",
    proof=[
        have("part", rank(Z) <= rank(extended), by(ranks.rank_of_part)),
        have("rows", rank(extended) <= N, by(ranks.rank_at_most_rows)),
        have("with a one", rank(extended) == N, linear, "independent", "part", "rows"),
        have("separable", separable, cite(INDEPENDENT_AFFINE)),
    ],
)

# ---- signs ---------------------------------------------------------------------------------------
P, E, e = matrix("P", N, m), matrix("E", N, m), matrix("e", N, 1)
positive = each(i, 1, N, e[i, 1] > 0)
summand = P[i, j] * e[i, 1] * E[i, j]


def term_signs(case: str, side: int) -> list[Step]:
    """Steps: the summand is not positive and its factor P e not 0, where P has this side's sign."""
    return [
        have("P", side * P[i, j] > 0, logic, "sides", case),
        have("E", side * E[i, j] <= 0, logic, "errors", case),
        have("weight", side * P[i, j] * e[i, 1] > 0, by(order.positive_product), "P", "factor"),
        have("weak", side * P[i, j] * e[i, 1] >= 0, linear, "weight"),
        have("sign", None, by(signs.product_not_positive), "weak", "E"),
        have("not 0", side * P[i, j] * e[i, 1] != 0, by(order.positive_is_not_zero), "weight"),
        have("both", both(summand <= 0, P[i, j] * e[i, 1] != 0), logic, "sign", "not 0"),
    ]


COLUMN = Statement(
    "NH17.I5.3.column",
    VECTORS,
    title="A sum over one class vanishes with its errors",
    where="Section 5, proof of Theorem 5.3",
    lines=(2063, 2134),
    names=(j, P, E, e),
    standing=(j >= 1, j <= m),
    given={
        "signs": has_class_signs(P, K),
        "opposed": opposes_classes(E, K),
        "positive": positive,
        "sum": total(i, 1, N, summand) == 0,
    },
    then=each(i, 1, N, E[i, j] == 0),
    gloss="All summands P e E have one sign or are 0, so a sum that is 0 has no other.",
    proof=[
        have(
            "each",
            each(i, 1, N, both(summand <= 0, P[i, j] * e[i, 1] != 0)),
            arbitrary(
                i,
                proof=[
                    have("class", None, at(i, j), "standing 1"),
                    have("sides", None, at(i, j), "signs"),
                    have("errors", None, at(i, j), "opposed"),
                    have("factor", None, at(i), "positive"),
                    have(
                        "sign",
                        both(summand <= 0, P[i, j] * e[i, 1] != 0),
                        cases(term_signs("sign.1", -1), term_signs("sign.2", 1)),
                        "class",
                    ),
                ],
            ),
        ),
        have(
            "one sign",
            each(i, 1, N, summand <= 0),
            arbitrary(
                i,
                proof=[have("both", None, at(i), "each"), have("so", summand <= 0, logic, "both")],
            ),
        ),
        have("none", None, by(sums.zero_summands), "one sign", "sum"),
        have(
            "errors",
            each(i, 1, N, E[i, j] == 0),
            arbitrary(
                i,
                proof=[
                    have("both", None, at(i), "each"),
                    have("factor", P[i, j] * e[i, 1] != 0, logic, "both"),
                    have("product", None, at(i), "none"),
                    have(
                        "error",
                        E[i, j] == 0,
                        by(order.zero_factor, s=P[i, j] * e[i, 1]),
                        "product",
                        "factor",
                    ),
                ],
            ),
        ),
    ],
)

scaled = diagonal(N, e) @ E
vanishes = P.T @ scaled == 0


def diagonal_entry(zero: str) -> list[Step]:
    """Steps: entry (j, j) of the product is a sum with terms of one sign, so column j of E is 0."""
    term = P.T[j, i] * scaled[i, j]
    return [
        have("entry", (P.T @ scaled)[j, j] == 0, by(entries.entry_of_zero), zero),
        have("expanded", None, by(entries.entry_of_product, A=P.T, B=scaled, i=j, j=j)),
        have(
            "terms",
            each(i, 1, N, term == summand),
            arbitrary(
                i,
                proof=[
                    have(
                        "row", scaled[i, j] == e[i, 1] * E[i, j], by(columns.entry_of_scaled_rows)
                    ),
                    have("equal", term == summand, calculation, "row"),
                ],
            ),
        ),
        have("sums", None, by(sums.equal_sums), "terms"),
        have("sum", total(i, 1, N, summand) == 0, calculation, "<sums", "<expanded", "entry"),
        have("column", None, cite(COLUMN)),
    ]


def swapped(name: str) -> Reason:
    """The reason for a fact on all rows and columns from one on all columns and rows."""
    return arbitrary(
        i, j, proof=[have("column", None, at(j), name), have("entry", None, at(i), "column")]
    )


I5_3 = Statement(
    "NH17.I5.3",
    VECTORS,
    kind="identity",
    title="Sign lemma",
    where="Section 5, proof of Theorem 5.3, sign argument",
    lines=(2059, 2149),
    names=(P, E, e),
    given={"signs": has_class_signs(P, K), "opposed": opposes_classes(E, K), "positive": positive},
    then=iff(vanishes, E == 0),
    gloss="If P has the signs of the classes and E the opposite ones or 0, then P^T diag(e) E = 0 "
    "exactly when E = 0, for all positive e: a positive diagonal keeps signs.",
    proof=[
        have(
            "only",
            vanishes >> (E == 0),
            arbitrary(
                proof=[
                    have(
                        "columns",
                        each(j, 1, m, each(i, 1, N, E[i, j] == 0)),
                        arbitrary(j, proof=diagonal_entry("only.if")),
                    ),
                    have("each", each(i, 1, N, each(j, 1, m, E[i, j] == 0)), swapped("columns")),
                    have("zero", E == 0, by(entries.zero_of_entries), "each"),
                ]
            ),
        ),
        have(
            "if",
            (E == 0) >> vanishes,
            arbitrary(proof=[have("zero", vanishes, calculation, "if.if")]),
        ),
        have("iff", iff(vanishes, E == 0), logic, "only", "if"),
    ],
)

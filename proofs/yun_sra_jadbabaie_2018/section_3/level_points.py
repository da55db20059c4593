"""Section 3.3: points with a gradient and the product of W, near W, where that has a low rank.

Notation: C is the point that others are near to, o a layer, G a matrix. E = (R X - Y) X^T.

Statements
- YSJ18.S33.below: layers below a layer move by columns that those above do not see, until G P_o^T
  is not 0.
- YSJ18.S33.above: layers above a layer move by rows that vanish on the layers below, until the
  product of them no longer hides a matrix.
- YSJ18.S33.level: a point near W with the product of W, and with a gradient.
"""

from symbolic_landscape.proofs.rules import continuity, entries, order, ranks
from symbolic_landscape.proofs.rules.points import close, column, row
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.gradients import (
    ABOVE,
    BELOW,
    L3_2,
    PRODUCT,
    SPLIT,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    A_,
    DEEP_LINEAR,
    E_,
    P_,
    R_,
    H,
    V,
    W,
    d,
    i,
    j,
    k,
    near,
    r,
    s,
    t,
    v,
    weight_gradient,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    each,
    every,
    exists,
    fn,
    integer,
    like,
    matrix,
    natural,
    rank,
    update,
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
    suppose_not,
    take,
)
from symbolic_landscape.statement.step import Step

C, G, o = like("C", W), matrix("G", d[H + 1], d[0]), integer("o")
n = natural("n")


def moved_near(name: str, layer: Expr, direction: Expr) -> list[Step]:
    """Steps to a multiple t of a direction by which the layer of V, near C, moves and stays near."""
    M = matrix("M", d[layer], d[layer - 1])
    stays = every(M, close(M, V[layer], s) >> close(M, C[layer], r))
    N = V[layer] + t * direction
    return [
        have("layer near", close(V[layer], C[layer], r), at(layer), "near"),
        have("room", None, by(continuity.box_is_open), "layer near"),
        have("box", both(s > 0, stays), obtain(s), "room"),
        have("s positive", s > 0, logic, "box"),
        have("stays", stays, logic, "box"),
        have(
            "steps",
            None,
            by(continuity.small_step, A=V[layer], A2=direction),
            "s positive",
        ),
        have(
            "step",
            both(t > 0, close(N, V[layer], s), close(V[layer] - t * direction, V[layer], s)),
            obtain(t),
            "steps",
        ),
        have("t positive", t > 0, logic, "step"),
        have("close", close(N, V[layer], s), logic, "step"),
        have("if close", None, at(N), "stays"),
        have("close to C", close(N, C[layer], r), logic, "if close", "close"),
        have(
            name,
            near(update(V, layer, N), C, r),
            by(continuity.near_with_member, U=C),
            "near",
            "close to C",
        ),
        have("t not 0", t != 0, by(order.positive_is_not_zero), "t positive"),
    ]


# ---- below a layer -------------------------------------------------------------------------------
def seen_from_below(j: Expr | int) -> Expr:
    """There is a point near C with the product of W, as W above layer j, where P_j shows G."""
    return exists(
        V,
        both(
            near(V, C, r),
            R_(V) == R_(W),
            each(k, j, H + 1, A_(V)[k] == A_(W)[k]),
            G @ P_(V)[j].T != 0,
        ),
    )


z, w = matrix("z", d[v + 1], 1), matrix("w", d[v], 1)
D = z @ w.T
N = V[v + 1] + t * D
there = update(V, v + 1, N)
hidden = G @ P_(V)[v].T @ V[v + 1].T == 0
UNSEEN_BELOW = [
    *moved_near("near there", v + 1, D),
    have("product there", None, cite(PRODUCT, W=V, k=v + 1, M=N)),
    have(
        "product",
        R_(V) == A_(V)[v + 1] @ V[v + 1] @ P_(V)[v],
        cite(PRODUCT, W=V, k=v + 1, M=V[v + 1]),
    ),
    have("null", A_(V)[v + 1] @ z == 0, calculation, "z null", "same above"),
    have(
        "level there",
        R_(there) == R_(W),
        calculation,
        "product there",
        "null",
        "<product",
        "level",
    ),
    have("all above", None, cite(ABOVE, W=V, k=v + 1, M=N)),
    have(
        "above there",
        each(k, v + 1, H + 1, A_(there)[k] == A_(W)[k]),
        arbitrary(
            k,
            proof=[
                have("V", None, at(k), "all above"),
                have("W", None, at(k), "above"),
                have("both", A_(there)[k] == A_(W)[k], calculation, "V", "W"),
            ],
        ),
    ),
    have("layer", P_(there)[v + 1] == N @ P_(there)[v], definition),
    have("all below", None, cite(BELOW, W=V, k=v + 1, M=N)),
    have("below", P_(there)[v] == P_(V)[v], at(v), "all below"),
    have(
        "shown",
        G @ P_(there)[v + 1].T == t * (G @ P_(V)[v].T @ w @ z.T),
        calculation,
        "layer",
        "below",
        "next.1",
    ),
    have("outer", None, by(entries.outer_product_not_zero), "w seen", "z not 0"),
    have("multiple not 0", None, by(entries.multiple_not_zero, x=t), "t not 0", "outer"),
    have("seen there", G @ P_(there)[v + 1].T != 0, calculation, "multiple not 0", "shown"),
    have(
        "moved",
        seen_from_below(v + 1),
        take(there),
        "near there",
        "level there",
        "above there",
        "seen there",
    ),
]
SEEN_BELOW = [
    have("layer", P_(V)[v + 1] == V[v + 1] @ P_(V)[v], definition),
    have("seen there", G @ P_(V)[v + 1].T != 0, calculation, "next.2", "<layer"),
    have(
        "above there",
        each(k, v + 1, H + 1, A_(V)[k] == A_(W)[k]),
        arbitrary(k, proof=[have("same", A_(V)[k] == A_(W)[k], at(k), "above")]),
    ),
    have(
        "same point", seen_from_below(v + 1), take(V), "near", "level", "above there", "seen there"
    ),
]
SEEN = Statement(
    "YSJ18.S33.below",
    DEEP_LINEAR,
    title="Layers below a layer move until their product shows G",
    names=(C, G, r, o),
    standing=(0 <= o, o <= H),
    given={
        "start": near(W, C, r),
        "matrix": G != 0,
        "hidden": each(k, 1, o, rank(A_(W)[k]) < d[k]),
    },
    then=seen_from_below(o),
    proof=[
        have(
            "all",
            each(j, 0, o, seen_from_below(j)),
            induct(
                v,
                base=[
                    have(
                        "same",
                        each(k, 0, H + 1, A_(W)[k] == A_(W)[k]),
                        arbitrary(k, proof=[have("k", A_(W)[k] == A_(W)[k], calculation)]),
                    ),
                    have("first", seen_from_below(0), take(W), "start", "matrix", "same"),
                ],
                step=[
                    have("point", None, obtain(V), "all.before"),
                    have("near", near(V, C, r), logic, "point"),
                    have("level", R_(V) == R_(W), logic, "point"),
                    have("above", each(k, v, H + 1, A_(V)[k] == A_(W)[k]), logic, "point"),
                    have("seen", G @ P_(V)[v].T != 0, logic, "point"),
                    have("rank", None, at(v + 1), "hidden"),
                    have("kernel", None, by(ranks.kernel_vector), "rank"),
                    have("z", both(z != 0, A_(W)[v + 1] @ z == 0), obtain(z), "kernel"),
                    have("z not 0", z != 0, logic, "z"),
                    have("z null", A_(W)[v + 1] @ z == 0, logic, "z"),
                    have("same above", None, at(v + 1), "above"),
                    have("image", None, by(entries.some_image), "seen"),
                    have("w seen", G @ P_(V)[v].T @ w != 0, obtain(w), "image"),
                    have(
                        "next",
                        seen_from_below(v + 1),
                        cases(UNSEEN_BELOW, SEEN_BELOW, split=hidden),
                    ),
                ],
            ),
        ),
        have("last", None, at(o), "all"),
    ],
)


# ---- above a layer -------------------------------------------------------------------------------
F = matrix("F", d[H + 1], n)
y, x = matrix("y", d[v - 1], 1), matrix("x", d[v], 1)


def seen_from_above(j: Expr) -> Expr:
    """There is a point near C with the product of W, as W below layer j, where A_j shows F."""
    return exists(
        V,
        both(
            near(V, C, r),
            R_(V) == R_(W),
            each(k, 0, j, P_(V)[k] == P_(W)[k]),
            A_(V)[j].T @ F != 0,
        ),
    )


D2 = x @ y.T
N2 = V[v] + t * D2
there2 = update(V, v, N2)
hidden2 = V[v].T @ A_(V)[v].T @ F == 0
UNSEEN_ABOVE = [
    *moved_near("near there", v, D2),
    have("product there", None, cite(PRODUCT, W=V, k=v, M=N2)),
    have("product", R_(V) == A_(V)[v] @ V[v] @ P_(V)[v - 1], cite(PRODUCT, W=V, k=v, M=V[v])),
    have("null", y.T @ P_(V)[v - 1] == 0, calculation, "y null", "same below"),
    have(
        "level there",
        R_(there2) == R_(W),
        calculation,
        "product there",
        "null",
        "<product",
        "level",
    ),
    have("all below", None, cite(BELOW, W=V, k=v, M=N2)),
    have(
        "below there",
        each(k, 0, v - 1, P_(there2)[k] == P_(W)[k]),
        arbitrary(
            k,
            proof=[
                have("V", None, at(k), "all below"),
                have("W", None, at(k), "below"),
                have("both", P_(there2)[k] == P_(W)[k], calculation, "V", "W"),
            ],
        ),
    ),
    have("layer", A_(there2)[v - 1] == A_(there2)[v] @ N2, definition),
    have("all above", None, cite(ABOVE, W=V, k=v, M=N2)),
    have("above", A_(there2)[v] == A_(V)[v], at(v), "all above"),
    have(
        "shown",
        A_(there2)[v - 1].T @ F == t * (y @ x.T @ A_(V)[v].T @ F),
        calculation,
        "layer",
        "above",
        "next.1",
    ),
    have(
        "outer",
        y @ (F.T @ A_(V)[v] @ x).T != 0,
        by(entries.outer_product_not_zero),
        "y not 0",
        "x seen",
    ),
    have("multiple not 0", None, by(entries.multiple_not_zero, x=t), "t not 0", "outer"),
    have("seen there", A_(there2)[v - 1].T @ F != 0, calculation, "multiple not 0", "shown"),
    have(
        "moved",
        seen_from_above(v - 1),
        take(there2),
        "near there",
        "level there",
        "below there",
        "seen there",
    ),
]
SEEN_ABOVE = [
    have("layer", A_(V)[v - 1] == A_(V)[v] @ V[v], definition),
    have("seen there", A_(V)[v - 1].T @ F != 0, calculation, "next.2", "<layer"),
    have(
        "below there",
        each(k, 0, v - 1, P_(V)[k] == P_(W)[k]),
        arbitrary(k, proof=[have("same", P_(V)[k] == P_(W)[k], at(k), "below")]),
    ),
    have(
        "same point", seen_from_above(v - 1), take(V), "near", "level", "below there", "seen there"
    ),
]
SHOWN = Statement(
    "YSJ18.S33.above",
    DEEP_LINEAR,
    title="Layers above a layer move until their product shows a matrix",
    names=(C, n, F, r, o),
    standing=(1 <= o, o <= H + 1),
    given={
        "start": near(W, C, r),
        "matrix": F != 0,
        "hidden": each(k, o, H, rank(P_(W)[k]) < d[k]),
    },
    then=seen_from_above(o),
    proof=[
        have(
            "all",
            each(j, o, H + 1, seen_from_above(j)),
            induct(
                v,
                down=True,
                base=[
                    have(
                        "same",
                        each(k, 0, H + 1, P_(W)[k] == P_(W)[k]),
                        arbitrary(k, proof=[have("k", P_(W)[k] == P_(W)[k], calculation)]),
                    ),
                    have("first", seen_from_above(H + 1), take(W), "start", "matrix", "same"),
                ],
                step=[
                    have("point", None, obtain(V), "all.before"),
                    have("near", near(V, C, r), logic, "point"),
                    have("level", R_(V) == R_(W), logic, "point"),
                    have("below", each(k, 0, v, P_(V)[k] == P_(W)[k]), logic, "point"),
                    have("seen", A_(V)[v].T @ F != 0, logic, "point"),
                    have("rank", None, at(v - 1), "hidden"),
                    have(
                        "turned",
                        rank(P_(W)[v - 1].T) == rank(P_(W)[v - 1]),
                        by(ranks.rank_of_transpose),
                    ),
                    have("rank of rows", rank(P_(W)[v - 1].T) < d[v - 1], linear, "turned", "rank"),
                    have("kernel", None, by(ranks.kernel_vector), "rank of rows"),
                    have("y", both(y != 0, P_(W)[v - 1].T @ y == 0), obtain(y), "kernel"),
                    have("y not 0", y != 0, logic, "y"),
                    have("y null", y.T @ P_(W)[v - 1] == 0, logic, "y"),
                    have("same below", None, at(v - 1), "below"),
                    have("image", None, by(entries.some_image, A=F.T @ A_(V)[v]), "seen"),
                    have("x seen", F.T @ A_(V)[v] @ x != 0, obtain(x), "image"),
                    have(
                        "next",
                        seen_from_above(v - 1),
                        cases(UNSEEN_ABOVE, SEEN_ABOVE, split=hidden2),
                    ),
                ],
            ),
        ),
        have("last", None, at(o), "all"),
    ],
)


# ---- a point with a gradient ---------------------------------------------------------------------
B = like("B", W)
whole = rank(A_(W)[i]) == d[i]
steep_nearby = exists(
    o,
    V,
    both(1 <= o, o <= H + 1, near(V, W, r), R_(V) == R_(W), weight_gradient(V, o) != 0),
)
low_rank = each(k, 1, H, rank(R_(W)) < d[k])
FIRST_WHOLE = [
    have("identity", rank(A_(W)[H + 1]) == d[H + 1], by(ranks.rank_of_identity)),
    have(
        "some",
        ~each(i, 1, H + 1, ~whole),
        suppose_not(
            [
                have("all", each(i, 1, H + 1, ~whole), logic, "some.not"),
                have("none", None, at(H + 1), "all"),
                have("absurd", contradiction, logic, "none", "identity"),
            ]
        ),
    ),
    have(
        "first",
        None,
        by(order.least_of_some, P=fn(i, whole), a=fn(i, i / 2), lo=1, hi=H + 1),
        "some",
    ),
    have(
        "o",
        both(
            1 <= o,
            o <= H + 1,
            rank(A_(W)[o]) == d[o],
            each(i, 1, H + 1, whole >> (o / 2 <= i / 2)),
        ),
        obtain(o),
        "first",
    ),
    have("range", both(1 <= o, o <= H + 1), logic, "o"),
    have("whole", rank(A_(W)[o]) == d[o], logic, "o"),
    have("others", each(i, 1, H + 1, whole >> (o / 2 <= i / 2)), logic, "o"),
    have(
        "hidden",
        each(k, 1, o - 1, rank(A_(W)[k]) < d[k]),
        arbitrary(
            k,
            proof=[
                have("if whole", None, at(k), "others"),
                have("not whole", rank(A_(W)[k]) != d[k], logic, "if whole", "hidden.k"),
                have("at most", rank(A_(W)[k]) <= d[k], by(ranks.rank_at_most_columns)),
                have("less", None, by(order.less_if_different), "at most", "not whole"),
            ],
        ),
    ),
]
BELOW_O = [
    have("below", None, cite(SEEN, C=W, G=E_(W), o=o - 1)),
    have("B", None, obtain(B), "below"),
    have("near B", near(B, W, r), logic, "B"),
    have("level B", R_(B) == R_(W), logic, "B"),
    have("above B", each(k, o - 1, H + 1, A_(B)[k] == A_(W)[k]), logic, "B"),
    have("seen B", E_(W) @ P_(B)[o - 1].T != 0, logic, "B"),
    have("same above", None, at(o), "above B"),
    have("whole B", rank(A_(B)[o]) == d[o], calculation, "whole", "same above"),
    have("splits", None, cite(SPLIT, W=B)),
    have("split", None, at(o), "splits"),
    have(
        "rank",
        rank(A_(B)[o] @ P_(B)[o]) == rank(P_(B)[o]),
        by(ranks.rank_after_injective),
        "whole B",
    ),
    have(
        "rank of product", rank(R_(W)) == rank(P_(B)[o]), calculation, "<level B", "split", "rank"
    ),
    have(
        "falls",
        each(j, o, H + 1, rank(P_(B)[j]) <= rank(P_(B)[o])),
        induct(
            v,
            base=[have("here", rank(P_(B)[o]) <= rank(P_(B)[o]), linear)],
            step=[
                have("layer", P_(B)[v + 1] == B[v + 1] @ P_(B)[v], definition),
                have(
                    "product",
                    rank(B[v + 1] @ P_(B)[v]) <= rank(P_(B)[v]),
                    by(ranks.rank_of_product_right),
                ),
                have("one", rank(P_(B)[v + 1]) <= rank(P_(B)[v]), calculation, "product", "layer"),
                have("next", rank(P_(B)[v + 1]) <= rank(P_(B)[o]), linear, "one", "falls.before"),
            ],
        ),
    ),
    have(
        "hidden B",
        each(k, o, H, rank(P_(B)[k]) < d[k]),
        arbitrary(
            k,
            proof=[
                have("fall", None, at(k), "falls"),
                have("low", None, at(k), "low rank"),
                have("less", rank(P_(B)[k]) < d[k], linear, "fall", "low", "rank of product"),
            ],
        ),
    ),
]
shown = A_(V)[o].T @ E_(W) @ P_(B)[o - 1].T
LEVEL = Statement(
    "YSJ18.S33.level",
    DEEP_LINEAR,
    title="Near a product of low rank lies a point with the same product and a gradient",
    names=(r,),
    given={"positive": r > 0, "low rank": low_rank, "error": E_(W) != 0},
    then=steep_nearby,
    proof=[
        have(
            "start",
            near(W, W, r),
            arbitrary(
                k,
                proof=[
                    have(
                        "layer",
                        close(W[k], W[k], r),
                        arbitrary(
                            row,
                            column,
                            proof=[have("entry", both(-r < 0, r > 0), logic, "positive")],
                        ),
                    )
                ],
            ),
        ),
        *FIRST_WHOLE,
        *BELOW_O,
        have(
            "above",
            None,
            cite(SHOWN, W=B, C=W, n=d[o - 1], F=E_(W) @ P_(B)[o - 1].T),
        ),
        have("V", None, obtain(V), "above"),
        have("near V", near(V, W, r), logic, "V"),
        have("level V", R_(V) == R_(B), logic, "V"),
        have("below V", each(k, 0, o, P_(V)[k] == P_(B)[k]), logic, "V"),
        have("seen V", shown != 0, logic, "V"),
        have("level", R_(V) == R_(W), calculation, "level V", "level B"),
        have("gradients", None, cite(L3_2, W=V)),
        have("gradient", None, at(o), "gradients"),
        have("same below", None, at(o - 1), "below V"),
        have(
            "slope", weight_gradient(V, o) == shown, calculation, "gradient", "level", "same below"
        ),
        have("steep", weight_gradient(V, o) != 0, calculation, "seen V", "slope"),
        have("point", steep_nearby, take(o, V), "range", "near V", "level", "steep"),
    ],
)

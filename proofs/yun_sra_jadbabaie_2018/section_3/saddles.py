"""Section 3.3, first paragraph: critical points whose product has a low rank are saddles.

Statements
- YSJ18.S33.moved: the risk as a function of one layer, which is smooth.
- YSJ18.S33.less, YSJ18.S33.more: another risk near W, if a point with a gradient is there.
- YSJ18.S33.unequal: points with less and with more risk near a product of low rank with E not 0.
- YSJ18.D2.rank: the product of all layers has at most the rank of the least width.
- YSJ18.S33.error: where Y X^T has full rank and the product has not, E is not 0.
"""

from symbolic_landscape.proofs.rules import continuity, derivatives, functions, minima, order, ranks
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.gradients import PRODUCT, SPLIT
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.level_points import LEVEL, low_rank
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    A_,
    DEEP_LINEAR,
    E_,
    NARROWEST,
    P_,
    POINT,
    R_,
    H,
    V,
    W,
    X,
    Y,
    c,
    d,
    falls,
    full_correlation,
    i,
    near,
    p,
    r,
    rises,
    risk,
    s,
    square,
    weight_gradient,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    every,
    exists,
    fn,
    integer,
    matrix,
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
    have,
    linear,
    logic,
    obtain,
    suppose_not,
    take,
)
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.step import Step

o = integer("o")
M = matrix("M", d[o], d[o - 1])
squares = c * square(A_(W)[o] @ M @ (P_(W)[o - 1] @ X) - Y)
MOVED = Statement(
    "YSJ18.S33.moved",
    DEEP_LINEAR,
    title="The risk as a function of one layer",
    names=(o,),
    standing=(1 <= o, o <= H + 1),
    given={},
    then=smooth(fn(M, risk(update(W, o, M)))),
    proof=[
        have(
            "square",
            every(M, risk(update(W, o, M)) == squares),
            arbitrary(
                M,
                proof=[
                    have("product", None, cite(PRODUCT, k=o)),
                    have("risk", risk(update(W, o, M)) == squares, calculation, "product"),
                ],
            ),
        ),
        have("functions", None, by(functions.equal_functions), "square"),
        have(
            "smooth square",
            smooth(fn(M, squares)),
            by(derivatives.smooth_squares, Q=A_(W)[o], N=P_(W)[o - 1] @ X, C2=-Y, r=c),
        ),
        have(
            "smooth",
            smooth(fn(M, risk(update(W, o, M)))),
            calculation,
            "smooth square",
            "functions",
        ),
    ],
)

MV = matrix("M", d[o], d[o - 1])
there = update(V, o, MV)
lower, higher = risk(there) < risk(V), risk(V) < risk(there)
lower_nearby = exists(V, both(near(V, W, r), risk(V) < risk(W)))
higher_nearby = exists(V, both(near(V, W, r), risk(W) < risk(V)))


def another(name: str, rule: Rule, risks: tuple[Expr, Expr], yields: Expr) -> Statement:
    """The statement that a point with another risk lies near W, if V with a gradient does.

    `risks` compares the risk of the point with that of V, and with that of W.
    """
    stays = every(MV, close(MV, V[o], s) >> close(MV, W[o], r))
    return Statement(
        f"YSJ18.S33.{name}",
        DEEP_LINEAR,
        title=f"Near a point with a gradient and the same risk there is {name} risk",
        names=(o, V, r),
        standing=(1 <= o, o <= H + 1),
        given={
            "near": near(V, W, r),
            "level": R_(V) == R_(W),
            "steep": weight_gradient(V, o) != 0,
        },
        then=yields,
        proof=[
            have("smooth", smooth(fn(MV, risk(there))), cite(MOVED, W=V)),
            have("others", None, by(rule, h=fn(MV, risk(there)), Z=V[o]), "smooth", "steep"),
            have("layer near", close(V[o], W[o], r), at(o), "near"),
            have("room", None, by(continuity.box_is_open), "layer near"),
            have("box", both(s > 0, stays), obtain(s), "room"),
            have("s positive", s > 0, logic, "box"),
            have("stays", stays, logic, "box"),
            have("if positive", None, at(s), "others"),
            have(
                "other",
                exists(MV, both(close(MV, V[o], s), risks[0])),
                logic,
                "if positive",
                "s positive",
            ),
            have("M", both(close(MV, V[o], s), risks[0]), obtain(MV), "other"),
            have("close", close(MV, V[o], s), logic, "M"),
            have("unlike V", risks[0], logic, "M"),
            have("if close", None, at(MV), "stays"),
            have("close to W", close(MV, W[o], r), logic, "if close", "close"),
            have(
                "near there",
                near(there, W, r),
                by(continuity.near_with_member, U=W),
                "near",
                "close to W",
            ),
            have("unlike W", risks[1], calculation, "unlike V", "level"),
            have("witness", yields, take(there), "near there", "unlike W"),
        ],
    )


LESS = another(
    "less",
    minima.lower_where_steep,
    (risk(there) < risk(V), risk(there) < risk(W)),
    lower_nearby,
)
MORE = another(
    "more",
    minima.higher_where_steep,
    (risk(V) < risk(there), risk(W) < risk(there)),
    higher_nearby,
)
level_point = both(1 <= o, o <= H + 1, near(V, W, r), R_(V) == R_(W), weight_gradient(V, o) != 0)


def everywhere(name: str, yields: Expr, statement: Statement) -> Step:
    """The step to points with another risk as near W as one likes."""
    return have(
        name,
        yields,
        arbitrary(
            r,
            proof=[
                have("level", None, cite(LEVEL)),
                have("point", level_point, obtain(o, V), "level"),
                *(
                    have(f"part {n}", Expr(part), logic, "point")
                    for n, part in enumerate(level_point.term.args, 1)
                ),
                have("another", None, cite(statement)),
            ],
        ),
    )


UNEQUAL = Statement(
    "YSJ18.S33.unequal",
    DEEP_LINEAR,
    title="Near a product of low rank there is less and more risk, unless E is 0",
    given={"low rank": low_rank, "error": E_(W) != 0},
    then=both(falls(*POINT), rises(*POINT)),
    proof=[
        everywhere("falls", falls(*POINT), LESS),
        everywhere("rises", rises(*POINT), MORE),
        have("both", both(falls(*POINT), rises(*POINT)), logic, "falls", "rises"),
    ],
)

# ---- the error is not 0 --------------------------------------------------------------------------
RANK = Statement(
    "YSJ18.D2.rank",
    NARROWEST,
    title="The product of all layers has at most the rank of the least width",
    where="Section 2.1",
    lines=(107, 108),
    given={},
    then=rank(R_(W)) <= d[p],
    proof=[
        have("splits", None, cite(SPLIT)),
        have("split", None, at(p), "splits"),
        have("right", rank(A_(W)[p] @ P_(W)[p]) <= rank(P_(W)[p]), by(ranks.rank_of_product_right)),
        have("rows", rank(P_(W)[p]) <= d[p], by(ranks.rank_at_most_rows)),
        have("product", rank(R_(W)) <= rank(P_(W)[p]), calculation, "right", "split"),
        have("bound", rank(R_(W)) <= d[p], linear, "product", "rows"),
    ],
)
LOW = {"outside": rank(R_(W)) != d[p], "correlation": full_correlation}
ERROR = Statement(
    "YSJ18.S33.error",
    NARROWEST,
    title="Where Y X^T has full rank and the product has not, E is not 0",
    given=LOW,
    then=both(low_rank, E_(W) != 0),
    proof=[
        have("at most", None, cite(RANK)),
        have("low", rank(R_(W)) < d[p], by(order.less_if_different), "at most", "outside"),
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
            "error",
            E_(W) != 0,
            suppose_not(
                [
                    have("zero", R_(W) @ X @ X.T == Y @ X.T, logic, "error.not"),
                    have(
                        "factor",
                        rank(R_(W) @ (X @ X.T)) <= rank(R_(W)),
                        by(ranks.rank_of_product_left),
                    ),
                    have("ranks", rank(Y @ X.T) <= rank(R_(W)), calculation, "factor", "<zero"),
                    have("fewer", rank(Y @ X.T) < d[p], linear, "ranks", "low"),
                    have("inputs", None, at(0), "standing 4"),
                    have("outputs", None, at(H + 1), "standing 4"),
                    have(
                        "absurd",
                        contradiction,
                        cases(
                            [have("1", contradiction, linear, "fewer", "inputs", "absurd.1")],
                            [have("2", contradiction, linear, "fewer", "outputs", "absurd.2")],
                        ),
                        "correlation",
                    ),
                ]
            ),
        ),
        have("both", both(low_rank, E_(W) != 0), logic, "low rank", "error"),
    ],
)

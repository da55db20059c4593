"""Section 3.1: each linear map of rank at most k is the product of some weights.

Statements
- YSJ18.I2.realised: so the relaxed problem has no smaller value than the risk.
"""

from symbolic_landscape.proofs.rules import ranks
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.gradients import BELOW
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    NARROWEST,
    P_,
    R_,
    H,
    V,
    W,
    d,
    j,
    p,
    v,
)
from symbolic_landscape.statement.language import (
    Expr,
    each,
    exists,
    identity_matrix,
    matrix,
    rank,
    update,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    at,
    by,
    calculation,
    cite,
    definition,
    have,
    induct,
    obtain,
    take,
)

k = d[p]
Z = matrix("Z", d[H + 1], d[0])
D, Q = matrix("D", d[H + 1], k), matrix("Q", k, d[0])
T, S, S2 = matrix("T", k, d[v]), matrix("S", d[v + 1], k), matrix("S2", k, d[v + 1])
last = matrix("T", k, d[H])


def kept(j: Expr | int) -> Expr:
    """Some weights keep Q up to layer j."""
    T = matrix("T", k, d[j])
    return exists(V, T, T @ P_(V)[j] == Q)


there, product = update(V, v + 1, S @ T), update(V, H + 1, D @ last)
REALISED = Statement(
    "YSJ18.I2.realised",
    NARROWEST,
    title="Each linear map of rank at most k is the product of some weights",
    names=(Z,),
    given={"rank": rank(Z) <= k},
    then=exists(V, R_(V) == Z),
    proof=[
        have("factors", exists(D, Q, Z == D @ Q), by(ranks.rank_factors, A=Z), "rank"),
        have("Z", Z == D @ Q, obtain(D, Q), "factors"),
        have(
            "kept",
            each(j, 0, H, kept(j)),
            induct(
                v,
                base=[
                    have("Q", Q @ P_(W)[0] == Q, calculation),
                    have("first", kept(0), take(W, Q), "Q"),
                ],
                step=[
                    have("V", T @ P_(V)[v] == Q, obtain(V, T), "kept.before"),
                    have("wide", None, at(v + 1), "standing 4"),
                    have(
                        "embeddings",
                        exists(S, S2, S2 @ S == identity_matrix(k)),
                        by(ranks.embedding),
                    ),
                    have("S", S2 @ S == identity_matrix(k), obtain(S, S2), "embeddings"),
                    have("layer", P_(there)[v + 1] == S @ T @ P_(there)[v], definition),
                    have("all below", None, cite(BELOW, W=V, k=v + 1, M=S @ T)),
                    have("below", P_(there)[v] == P_(V)[v], at(v), "all below"),
                    have(
                        "keeps",
                        S2 @ P_(there)[v + 1] == Q,
                        calculation,
                        "layer",
                        "below",
                        "S",
                        "V",
                    ),
                    have("next", kept(v + 1), take(there, S2), "keeps"),
                ],
            ),
        ),
        have("hidden", kept(H), at(H), "kept"),
        have("V", last @ P_(V)[H] == Q, obtain(V, last), "hidden"),
        have("layer", R_(product) == D @ last @ P_(product)[H], definition),
        have("all below", None, cite(BELOW, W=V, k=H + 1, M=D @ last)),
        have("below", P_(product)[H] == P_(V)[H], at(H), "all below"),
        have("whole", R_(product) == Z, calculation, "layer", "below", "V", "<Z"),
        have("realised", exists(V, R_(V) == Z), take(product), "whole"),
    ],
)

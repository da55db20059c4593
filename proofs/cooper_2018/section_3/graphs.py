"""Section 3: the definition of a feedforward network.

Statements
- C18.D3.0: the node rule gives the hidden layers of Lemma 3.3.
- C18.D3.0.exists: on every labelled acyclic graph all vertices have outputs.
- C18.D3.0.unique: they are determined by the node rule.
"""

from collections.abc import Sequence

from symbolic_landscape.proofs.cooper_2018.settings.activations import sigma
from symbolic_landscape.proofs.cooper_2018.settings.graphs import (
    GRAPH,
    HIDDEN_LAYER,
    M1,
    E,
    b1,
    h,
    i,
    is_output,
    j,
    k,
    lab,
    node,
    o,
    p,
    q,
    state,
    u,
    v,
    w,
    x,
)
from symbolic_landscape.proofs.rules import columns, order, sums
from symbolic_landscape.proofs.rules import entries as e
from symbolic_landscape.proofs.rules.columns import unit
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    exists,
    fn,
    integer,
    like,
    total,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    claimed,
    definition,
    have,
    induct,
    linear,
    logic,
    take,
)
from symbolic_landscape.statement.step import Step

hidden = sigma(M1 @ x + b1)[i, 1]
"""The output of unit i, as in Lemma 3.3."""
sum_inside = sigma(total(j, 1, p, M1[i, j] * x[j, 1]) + b1[i, 1])
sum_outside = total(j, 1, p, sigma(M1[i, j] * x[j, 1] + b1[i, 1]))


def layer_of_units(
    rule: Expr,
    proof: Sequence[Step],
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
    hedge: str = "",
) -> Statement:
    """A reading of the node rule, for units that see all inputs."""
    return Statement(
        "C18.D3.0",
        HIDDEN_LAYER,
        kind="definition",
        title="Feedforward network as a labelled DAG: the node rule on a hidden layer",
        where="Section 3",
        lines=(171, 195),
        given={},
        then=each(i, 1, h, rule == hidden),
        proof=proof,
        gloss="The networks of Lemma 3.3 are networks by the definition of Section 3.",
        reading=reading,
        repaired=repaired,
        expected=expected,
        hedge=hedge,
    )


D3_0 = layer_of_units(
    sum_inside,
    [
        have(
            "units",
            each(i, 1, h, sum_inside == hidden),
            arbitrary(
                i,
                proof=[
                    have("product", None, by(e.entry_of_product, A=M1, B=x, i=i, j=1)),
                    have("unit", sum_inside == hidden, calculation, "<product"),
                ],
            ),
        )
    ],
    "repaired",
)
D3_0_PRINTED = layer_of_units(
    sum_outside,
    [
        have(
            "units",
            each(i, 1, h, sum_outside == hidden),
            claimed("o_v is the sum over edges u -> v of sigma(P o_u + P)"),
            lines=(182, 187),
        )
    ],
    repaired=D3_0,
    expected=("refuted, statement", "invalid inference, step units"),
    hedge="The sum is meant inside sigma, as the networks of Lemma 3.3 have it.",
)

# ---- outputs of all vertices ---------------------------------------------------------------------
outputs = state(E, w, x)
o2, c = like("o2", o), integer("c")


def weighted(o: Expr, v: Expr) -> Expr:
    """The summand of vertex u at vertex v."""
    return E[u, v] * w[lab(u)(v), 1] * o[u, 1]


def same_node(name: str, o: Expr, o2: Expr, v: Expr, known: str) -> list[Step]:
    """Steps: where outputs agree below v, the node rule gives the same at v."""
    return [
        have(
            f"{name} summands",
            each(u, 1, v - 1, weighted(o, v) == weighted(o2, v)),
            arbitrary(
                u,
                proof=[
                    have("below", None, at(u), known),
                    have("summand", weighted(o, v) == weighted(o2, v), calculation, "below"),
                ],
            ),
        ),
        have(
            f"{name} sums",
            None,
            by(sums.equal_sums, a=fn(u, weighted(o, v)), c=fn(u, weighted(o2, v)), lo=1, hi=v - 1),
            f"{name} summands",
        ),
        have(name, node(o, v) == node(o2, v), calculation, f"{name} sums"),
    ]


same_up_to = each(u, 1, c, o[u, 1] == o2[u, 1])
UNIQUE = Statement(
    "C18.D3.0.unique",
    GRAPH,
    title="The outputs of the vertices are determined",
    where="Section 3",
    lines=(180, 187),
    names=(o, o2),
    given={"first": is_output(o), "second": is_output(o2)},
    then=o == o2,
    proof=[
        have("first inputs", each(v, 1, p, o[v, 1] == x[v, 1]), logic, "first"),
        have("first nodes", each(v, p + 1, q, o[v, 1] == node(o, v)), logic, "first"),
        have("second inputs", each(v, 1, p, o2[v, 1] == x[v, 1]), logic, "second"),
        have("second nodes", each(v, p + 1, q, o2[v, 1] == node(o2, v)), logic, "second"),
        have(
            "all",
            each(c, p, q, same_up_to),
            induct(
                k,
                base=[
                    have(
                        "inputs",
                        each(u, 1, p, o[u, 1] == o2[u, 1]),
                        arbitrary(
                            u,
                            proof=[
                                have("one", None, at(u), "first inputs"),
                                have("other", None, at(u), "second inputs"),
                                have("same", o[u, 1] == o2[u, 1], linear, "one", "other"),
                            ],
                        ),
                    )
                ],
                step=[
                    *same_node("nodes", o, o2, k + 1, "all.before"),
                    have("one", None, at(k + 1), "first nodes"),
                    have("other", None, at(k + 1), "second nodes"),
                    have("same", o[k + 1, 1] == o2[k + 1, 1], linear, "nodes", "one", "other"),
                    have(
                        "next",
                        each(u, 1, k + 1, o[u, 1] == o2[u, 1]),
                        by(order.range_extended, P=fn(u, o[u, 1] == o2[u, 1]), lo=1, hi=k),
                        "all.before",
                        "same",
                    ),
                ],
            ),
        ),
        have("entries", None, at(q), "all"),
        have("equal", o == o2, by(columns.zero_column, u=o - o2), "entries"),
    ],
)


def S(c: Expr) -> Expr:
    """The outputs when the first c vertices have theirs."""
    return outputs[c]


def inputs_set(c: Expr) -> Expr:
    """The inputs are there."""
    return each(u, 1, p, S(c)[u, 1] == x[u, 1])


def nodes_set(c: Expr, last: Expr) -> Expr:
    """Vertices up to the last one follow the node rule."""
    return each(v, p + 1, last, S(c)[v, 1] == node(S(c), v))


def others_zero(c: Expr) -> Expr:
    """The others are 0 so far."""
    return each(u, c + 1, q, S(c)[u, 1] == 0)


def settled(c: Expr) -> Expr:
    """What is known when the first c vertices have their outputs."""
    return both(inputs_set(c), nodes_set(c, c), others_zero(c))


NEXT = [
    have("inputs before", inputs_set(k), logic, "all.before"),
    have("nodes before", nodes_set(k, k), logic, "all.before"),
    have("others before", others_zero(k), logic, "all.before"),
    have("unfolded", S(k + 1) == S(k) + node(S(k), k + 1) * unit(q, k + 1), definition),
    have(
        "kept",
        each(u, 1, k, S(k + 1)[u, 1] == S(k)[u, 1]),
        arbitrary(u, proof=[have("same", S(k + 1)[u, 1] == S(k)[u, 1], calculation, "unfolded")]),
    ),
    have(
        "inputs",
        inputs_set(k + 1),
        arbitrary(
            u,
            proof=[
                have("same", None, at(u), "kept"),
                have("input before", None, at(u), "inputs before"),
                have("input", S(k + 1)[u, 1] == x[u, 1], linear, "same", "input before"),
            ],
        ),
    ),
    have(
        "old nodes",
        nodes_set(k + 1, k),
        arbitrary(
            v,
            proof=[
                have("same", None, at(v), "kept"),
                have("node before", None, at(v), "nodes before"),
                *same_node("nodes", S(k + 1), S(k), v, "kept"),
                have(
                    "node",
                    S(k + 1)[v, 1] == node(S(k + 1), v),
                    linear,
                    "same",
                    "node before",
                    "nodes",
                ),
            ],
        ),
    ),
    have("zero", None, at(k + 1), "others before"),
    have("value", S(k + 1)[k + 1, 1] == node(S(k), k + 1), calculation, "unfolded", "zero"),
    *same_node("nodes", S(k + 1), S(k), k + 1, "kept"),
    have("new node", S(k + 1)[k + 1, 1] == node(S(k + 1), k + 1), linear, "value", "nodes"),
    have(
        "all nodes",
        nodes_set(k + 1, k + 1),
        by(order.range_extended, P=fn(v, S(k + 1)[v, 1] == node(S(k + 1), v)), lo=p + 1, hi=k),
        "old nodes",
        "new node",
    ),
    have(
        "others",
        others_zero(k + 1),
        arbitrary(
            u,
            proof=[
                have("before", None, at(u), "others before"),
                have("still", S(k + 1)[u, 1] == 0, calculation, "unfolded", "before"),
            ],
        ),
    ),
    have("next", settled(k + 1), logic, "inputs", "all nodes", "others"),
]
EXISTS = Statement(
    "C18.D3.0.exists",
    GRAPH,
    title="On every labelled acyclic graph all vertices have outputs",
    where="Section 3",
    lines=(180, 187),
    given={},
    then=exists(o, is_output(o)),
    proof=[
        have(
            "all",
            each(c, p, q, settled(c)),
            induct(
                k,
                base=[
                    have(
                        "inputs",
                        each(u, 1, p, S(p)[u, 1] == x[u, 1]),
                        arbitrary(u, proof=[have("input", S(p)[u, 1] == x[u, 1], logic)]),
                    ),
                    have(
                        "none",
                        each(v, p + 1, p, S(p)[v, 1] == node(S(p), v)),
                        arbitrary(v, proof=[have("absurd", S(p)[v, 1] == node(S(p), v), linear)]),
                    ),
                    have(
                        "zeros",
                        each(u, p + 1, q, S(p)[u, 1] == 0),
                        arbitrary(
                            u,
                            proof=[have("zero", S(p)[u, 1] == 0, by(e.entry_below, A=x, i=u, j=1))],
                        ),
                    ),
                    have("start", settled(p), logic, "inputs", "none", "zeros"),
                ],
                step=NEXT,
            ),
        ),
        have("last", None, at(q), "all"),
        have("outputs", is_output(S(q)), logic, "last"),
        have("found", exists(o, is_output(o)), take(S(q)), "outputs"),
    ],
)

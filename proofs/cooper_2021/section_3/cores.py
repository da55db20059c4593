"""Section 3.1.1: the chain of the cores.

Notation: a point lies in the h-core by the layers g(1), ..., g(h) whose weights are 0; the biases of
layers g(1) to l - 1 are 0 too.

Statements
- C21.I3.chain: each core lies in the one before; with repeated layers the last is no point.
"""

from typing import Any

from symbolic_landscape.proofs.cooper_2021.settings.architectures import i, k, l, m
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    NETWORK,
    M,
    b,
    g,
    mean_of_targets,
    sum_of_targets,
)
from symbolic_landscape.proofs.rules.functions import zero_member
from symbolic_landscape.statement.language import Expr, both, each, exists, fn, integer, like
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    claimed,
    have,
    induct,
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.step import Step

a, h, v = integer("a"), integer("h"), integer("v")
q = like("q", g)
X_ = integer("a"), integer("h")


def follows(g: Expr, strict: bool) -> Expr:
    """The layer after g(a) is later, or not earlier."""
    return g(a) < g(a + 1) if strict else g(a) <= g(a + 1)


def by_layers(h: Any, bias: Expr, strict: bool, g: Expr = g) -> Expr:
    """The point satisfies the equations of the layers g(1), ..., g(h)."""
    return both(
        M[l] == 0,
        bias,
        each(a, 1, h, both(1 <= g(a), g(a) <= l - 1)),
        each(a, 1, h, M[g(a)] == 0),
        each(a, 1, h - 1, follows(g, strict)),
        each(i, g(1), l - 1, b[i] == 0),
    )


def in_core(h: Any, bias: Expr, strict: bool) -> Expr:
    """The point lies in the h-core."""
    return exists(g, by_layers(h, bias, strict))


def nested(last: Any, bias: Expr, strict: bool) -> Expr:
    """Each core lies in the one before."""
    return each(h, 2, last, in_core(h, bias, strict) >> in_core(h - 1, bias, strict))


def parts(name: str, h: Any, bias: Expr) -> list[Step]:
    """Steps to the equations of a point of the h-core, by the layers q."""
    return [
        have("last", M[l] == 0, logic, name),
        have("bias", bias, logic, name),
        have("range", each(a, 1, h, both(1 <= q(a), q(a) <= l - 1)), logic, name),
        have("zero", each(a, 1, h, M[q(a)] == 0), logic, name),
        have("biases", each(i, q(1), l - 1, b[i] == 0), logic, name),
    ]


def fewer(name: str, last: Any, formula: Expr, source: str) -> Step:
    """The step to what holds of one layer less."""
    there = have("there", None, at(a), source)
    return have(name, each(a, 1, last, formula), arbitrary(a, proof=[there]))


def chain(last: Any, bias: Expr, strict: bool) -> Step:
    """The step to the chain: one layer less is fewer equations."""
    return have(
        "nested",
        nested(last, bias, strict),
        arbitrary(
            h,
            proof=[
                have("point", None, obtain(q), "nested.if"),
                *parts("point", h, bias),
                have("order", each(a, 1, h - 1, follows(q, strict)), logic, "point"),
                fewer("fewer", h - 1, both(1 <= q(a), q(a) <= l - 1), "range"),
                fewer("fewer zero", h - 1, M[q(a)] == 0, "zero"),
                fewer("shorter", h - 2, follows(q, strict), "order"),
                have(
                    "core",
                    in_core(h - 1, bias, strict),
                    take(q),
                    "last",
                    "bias",
                    "fewer",
                    "fewer zero",
                    "shorter",
                    "biases",
                ),
            ],
        ),
        lines=(212, 214),
    )


all_zero = each(k, 1, l, both(M[k] == 0, b[k] == 0))
all_but_last_bias = both(M[l] == 0, mean_of_targets, each(k, 1, l - 1, both(M[k] == 0, b[k] == 0)))
only = in_core(l - 1, mean_of_targets, True) >> all_but_last_bias

I3_CHAIN = Statement(
    "C21.I3.chain",
    NETWORK,
    title="Nested cores",
    kind="identity",
    where="Section 3.1.1",
    lines=(210, 212),
    standing=(l >= 2,),
    given={},
    then=both(nested(l - 1, mean_of_targets, True), only),
    gloss="With different layers C_(l-1) is the last core; all is 0 there but the last bias.",
    proof=[
        chain(l - 1, mean_of_targets, True),
        have(
            "only",
            only,
            arbitrary(
                proof=[
                    have("point", None, obtain(q), "only.if"),
                    *parts("point", l - 1, mean_of_targets),
                    have("order", each(a, 1, l - 2, follows(q, True)), logic, "point"),
                    have(
                        "at least",
                        each(a, 1, l - 1, q(a) >= a),
                        induct(
                            v,
                            base=[
                                have("range 1", None, at(1), "range"),
                                have("first", q(1) >= 1, logic, "range 1"),
                            ],
                            step=[
                                have("next", None, at(v), "order"),
                                have("later", q(v + 1) >= v + 1, linear, "next", "at least.before"),
                            ],
                        ),
                    ),
                    have(
                        "at most",
                        each(a, 1, l - 1, q(a) <= a),
                        induct(
                            v,
                            base=[
                                have("range l", None, at(l - 1), "range"),
                                have("top", q(l - 1) <= l - 1, logic, "range l"),
                            ],
                            step=[
                                have("next", None, at(v - 1), "order"),
                                have(
                                    "earlier", q(v - 1) <= v - 1, linear, "next", "at most.before"
                                ),
                            ],
                            down=True,
                        ),
                    ),
                    have("first", q(1) <= 1, at(1), "at most"),
                    have(
                        "layers",
                        each(k, 1, l - 1, both(M[k] == 0, b[k] == 0)),
                        arbitrary(
                            k,
                            proof=[
                                have("low", None, at(k), "at least"),
                                have("high", None, at(k), "at most"),
                                have("same", q(k) == k, linear, "low", "high"),
                                have("there", None, at(k), "zero"),
                                have(
                                    "weights",
                                    M[k] == 0,
                                    by(
                                        zero_member,
                                        i=q(k),
                                        j=k,
                                        U=M,
                                        rows=m,
                                        columns=fn(k, m[k - 1]),
                                    ),
                                    "same",
                                    "there",
                                ),
                                have("bias there", b[k] == 0, at(k), "biases"),
                                have(
                                    "both",
                                    both(M[k] == 0, b[k] == 0),
                                    logic,
                                    "weights",
                                    "bias there",
                                ),
                            ],
                        ),
                    ),
                    have("all", all_but_last_bias, logic, "last", "bias", "layers"),
                ]
            ),
        ),
        have("chain", both(nested(l - 1, mean_of_targets, True), only), logic, "nested", "only"),
    ],
    reading="repaired",
)
ends = by_layers(l, sum_of_targets, False) >> all_zero
I3_CHAIN_PRINTED = Statement(
    "C21.I3.chain",
    NETWORK,
    title="Nested cores",
    kind="identity",
    where="Section 3.1.1",
    lines=(210, 212),
    names=(g,),
    standing=(l >= 2,),
    given={},
    then=both(nested(l, sum_of_targets, False), ends),
    gloss="Each core lies in the one before it, and C_l is the origin.",
    proof=[
        chain(l, sum_of_targets, False),
        have(
            "origin",
            ends,
            claimed("C_l is the point whose parameters are all 0"),
            lines=(212, 212),
        ),
        have("chain", both(nested(l, sum_of_targets, False), ends), logic, "nested", "origin"),
    ],
    repaired=I3_CHAIN,
    expected=("refuted, statement", "invalid inference, step origin"),
)

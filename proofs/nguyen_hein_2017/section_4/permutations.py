"""Section 4, proof of Lemma 4.3, second case: permutations and products.

A permutation is written as the choice of a row for each column.

Statements
- NH17.I4.3b.moved: a permutation other than the identity moves some index up.
- NH17.I4.3b.partial: products of tempered functions are tempered.
- NH17.I4.3b.products: a product of tempered functions of which one decays, decays.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_4 import tempered as slow
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.tempered import FUNCTIONS, x
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import (
    decays,
    i,
    j,
    tempered,
)
from symbolic_landscape.proofs.rules.determinants import (
    choice,
    product,
    products,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    each,
    every,
    exists,
    fn,
    function,
    integer,
    natural,
    scalar_function,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    calculation,
    cases,
    cite,
    definition,
    have,
    induct,
    linear,
    logic,
    suppose_not,
    take,
)
from symbolic_landscape.statement.step import Step

v, n = integer("v"), natural("n")
factors = function("factors", i, scalar_function("f"))
WITHIN = each(j, 1, n, both(1 <= choice(j), choice(j) <= n))
fixed = each(j, 1, n, choice(j) == j)
MOVED = Statement(
    "NH17.I4.3b.moved",
    FUNCTIONS,
    title="A permutation other than the identity moves some index up",
    where="Section 4, proof of Lemma 4.3",
    lines=(1384, 1386),
    names=(n, choice),
    standing=(WITHIN,),
    given={
        "different": each(i, 1, n, each(j, i + 1, n, choice(i) != choice(j))),
        "not the identity": ~fixed,
    },
    then=exists(j, both(1 <= j, j <= n, j < choice(j))),
    proof=[
        have(
            "moved",
            exists(j, both(1 <= j, j <= n, j < choice(j))),
            suppose_not(
                [
                    have(
                        "none up",
                        each(j, 1, n, choice(j) <= j),
                        arbitrary(
                            j,
                            proof=[
                                have(
                                    "not up",
                                    choice(j) <= j,
                                    suppose_not(
                                        [
                                            have(
                                                "up",
                                                exists(j, both(1 <= j, j <= n, j < choice(j))),
                                                take(j),
                                                "not up.not",
                                            ),
                                            have("clash", contradiction, logic, "up", "moved.not"),
                                        ]
                                    ),
                                ),
                            ],
                        ),
                    ),
                    have(
                        "fixed up to",
                        each(v, 0, n, each(j, 1, v, choice(j) == j)),
                        induct(
                            v,
                            base=[
                                have(
                                    "nothing",
                                    each(j, 1, 0, choice(j) == j),
                                    arbitrary(j, proof=[have("empty", choice(j) == j, linear)]),
                                )
                            ],
                            step=[
                                have(
                                    "next",
                                    each(j, 1, v + 1, choice(j) == j),
                                    arbitrary(
                                        j,
                                        proof=[
                                            have(
                                                "fixed",
                                                choice(j) == j,
                                                cases(
                                                    [
                                                        have(
                                                            "before",
                                                            choice(j) == j,
                                                            at(j),
                                                            "fixed up to.before",
                                                        )
                                                    ],
                                                    [
                                                        have("in range", None, at(j), "standing 1"),
                                                        have("at most", None, at(j), "none up"),
                                                        have(
                                                            "at least",
                                                            choice(j) >= j,
                                                            suppose_not(
                                                                [
                                                                    have(
                                                                        "below",
                                                                        None,
                                                                        at(choice(j)),
                                                                        "fixed up to.before",
                                                                    ),
                                                                    have(
                                                                        "twice",
                                                                        None,
                                                                        at(choice(j), j),
                                                                        "different",
                                                                    ),
                                                                    have(
                                                                        "clash",
                                                                        contradiction,
                                                                        logic,
                                                                        "below",
                                                                        "twice",
                                                                    ),
                                                                ]
                                                            ),
                                                        ),
                                                        have(
                                                            "equal",
                                                            choice(j) == j,
                                                            linear,
                                                            "at most",
                                                            "at least",
                                                        ),
                                                    ],
                                                    split=j <= v,
                                                ),
                                            ),
                                        ],
                                    ),
                                ),
                            ],
                        ),
                    ),
                    have("identity", fixed, at(n), "fixed up to"),
                    have("clash", contradiction, logic, "identity", "not the identity"),
                ]
            ),
        ),
    ],
)


def partial(n: Expr | int) -> Expr:
    """The product of the first n factors, as a function of alpha."""
    return fn(x, product(fn(j, factors(j)(x)), n))


def next_partial(v: Expr) -> list[Step]:
    """Steps to the product with one factor more: it is that factor times the product before."""
    row = products(fn(j, factors(j)(x)))
    return [
        have(
            "one more",
            every(x, partial(v + 1)(x) == factors(v + 1)(x) * partial(v)(x)),
            arbitrary(
                x,
                proof=[
                    have("products", row[v + 1] == factors(v + 1)(x) * row[v], definition),
                    have(
                        "entry",
                        partial(v + 1)(x) == factors(v + 1)(x) * partial(v)(x),
                        calculation,
                        "products",
                    ),
                ],
            ),
        ),
    ]


ALL_TEMPERED = {"tempered": each(j, 1, n, tempered(factors(j)))}
PARTIAL = Statement(
    "NH17.I4.3b.partial",
    FUNCTIONS,
    title="Products of tempered functions are tempered",
    names=(n, factors),
    given=ALL_TEMPERED,
    then=each(v, 0, n, tempered(partial(v))),
    proof=[
        have(
            "all",
            each(v, 0, n, tempered(partial(v))),
            induct(
                v,
                base=[have("one", tempered(partial(0)), cite(slow.CONSTANT, r=1))],
                step=[
                    *next_partial(v),
                    have("factor", None, at(v + 1), "tempered"),
                    have(
                        "next",
                        tempered(partial(v + 1)),
                        cite(slow.TEMPERED, f=factors(v + 1), g=partial(v), h=partial(v + 1)),
                    ),
                ],
            ),
        ),
    ],
)

k = integer("k")
PRODUCTS = Statement(
    "NH17.I4.3b.products",
    FUNCTIONS,
    title="A product of tempered functions of which one decays, decays",
    where="Section 4, proof of Lemma 4.3",
    lines=(1397, 1418),
    names=(n, k, factors),
    standing=(1 <= k, k <= n),
    given={**ALL_TEMPERED, "decays": decays(factors(k))},
    then=each(v, k, n, decays(partial(v))),
    proof=[
        have("before", None, cite(PARTIAL)),
        have(
            "all",
            each(v, k, n, decays(partial(v))),
            induct(
                v,
                base=[
                    *next_partial(k - 1),
                    have("earlier", None, at(k - 1), "before"),
                    have(
                        "first",
                        decays(partial(k)),
                        cite(slow.DECAYS, f=factors(k), g=partial(k - 1), h=partial(k)),
                    ),
                ],
                step=[
                    *next_partial(v),
                    have("factor", None, at(v + 1), "tempered"),
                    have(
                        "next",
                        decays(partial(v + 1)),
                        cite(slow.DECAYS, f=partial(v), g=factors(v + 1), h=partial(v + 1)),
                    ),
                ],
            ),
        ),
    ],
)

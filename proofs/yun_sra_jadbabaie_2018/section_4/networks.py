"""Section 4.1: the layers above and below a layer, and a network with one layer changed.

Statements
- YSJ18.D7.through: the network is what the layers above a layer make of what those below make.
- YSJ18.D7.above, YSJ18.D7.below: a change of a layer leaves those above and below as they are.
- YSJ18.D7.changed: the output of the changed network.
"""

from typing import Any

from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.functions import (
    NETWORK,
    H,
    down_,
    h,
    j,
    k,
    layer,
    up_,
    vector,
    y,
)
from symbolic_landscape.statement.language import Expr, each, every, fn, integer, update
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    calculation,
    cite,
    definition,
    have,
    induct,
)

n = integer("n")
f = layer("f", j)
changed = update(h, j, f)


def above(h: Any, n: Any) -> Expr:
    """What layer n, and then those above it, make of a value of layer n - 1."""
    x = vector("x", n - 1)
    return fn(x, up_(h)[n](h[n](x)))


def below(h: Any, n: Any) -> Expr:
    """What layer n makes of what the layers below it make of the input."""
    return fn(y, h[n](down_(h)[n - 1](y)))


through = each(k, 0, H + 1, up_(h)[k](down_(h)[k](y)) == up_(h)[0](y))
THROUGH = Statement(
    "YSJ18.D7.through",
    NETWORK,
    title="The network is the layers above a layer after it and those below",
    where="Section 4.1",
    lines=(355, 357),
    given={},
    then=every(y, through),
    proof=[
        have(
            "inputs",
            every(y, through),
            arbitrary(
                y,
                proof=[
                    have(
                        "all",
                        through,
                        induct(
                            n,
                            base=[
                                have(
                                    "start",
                                    up_(h)[0](down_(h)[0](y)) == up_(h)[0](y),
                                    calculation,
                                )
                            ],
                            step=[
                                have("down", down_(h)[n + 1] == below(h, n + 1), definition),
                                have("up", up_(h)[n] == above(h, n + 1), definition),
                                have(
                                    "next",
                                    up_(h)[n + 1](down_(h)[n + 1](y)) == up_(h)[0](y),
                                    calculation,
                                    "down",
                                    "<all.before",
                                    "up",
                                ),
                            ],
                        ),
                    )
                ],
            ),
        )
    ],
)

same_above = each(k, j, H + 1, up_(changed)[k] == up_(h)[k])
ABOVE = Statement(
    "YSJ18.D7.above",
    NETWORK,
    title="A change of a layer leaves those above it as they are",
    where="Section 4.1",
    names=(f,),
    given={},
    then=same_above,
    proof=[
        have(
            "all",
            same_above,
            induct(
                n,
                down=True,
                base=[have("top", up_(changed)[H + 1] == up_(h)[H + 1], calculation)],
                step=[
                    have("there", up_(changed)[n - 1] == above(changed, n), definition),
                    have("here", up_(h)[n - 1] == above(h, n), definition),
                    have(
                        "next",
                        up_(changed)[n - 1] == up_(h)[n - 1],
                        calculation,
                        "there",
                        "all.before",
                        "<here",
                    ),
                ],
            ),
        )
    ],
)

same_below = each(k, 0, j - 1, down_(changed)[k] == down_(h)[k])
BELOW = Statement(
    "YSJ18.D7.below",
    NETWORK,
    title="A change of a layer leaves those below it as they are",
    where="Section 4.1",
    names=(f,),
    given={},
    then=same_below,
    proof=[
        have(
            "all",
            same_below,
            induct(
                n,
                base=[have("start", down_(changed)[0] == down_(h)[0], calculation)],
                step=[
                    have("there", down_(changed)[n + 1] == below(changed, n + 1), definition),
                    have("here", down_(h)[n + 1] == below(h, n + 1), definition),
                    have(
                        "next",
                        down_(changed)[n + 1] == down_(h)[n + 1],
                        calculation,
                        "there",
                        "all.before",
                        "<here",
                    ),
                ],
            ),
        )
    ],
)

output = every(y, up_(changed)[0](y) == up_(h)[j](f(down_(h)[j - 1](y))))
CHANGED = Statement(
    "YSJ18.D7.changed",
    NETWORK,
    title="The output of a network with one layer changed",
    where="Section 4.1",
    names=(f,),
    given={},
    then=output,
    proof=[
        have("through", None, cite(THROUGH, h=changed)),
        have("above", None, cite(ABOVE)),
        have("above j", None, at(j), "above"),
        have("below", None, cite(BELOW)),
        have("below j", None, at(j - 1), "below"),
        have("layer", down_(changed)[j] == below(changed, j), definition),
        have(
            "all",
            output,
            arbitrary(
                y,
                proof=[
                    have("at y", None, at(y, j), "through"),
                    have(
                        "output",
                        up_(changed)[0](y) == up_(h)[j](f(down_(h)[j - 1](y))),
                        calculation,
                        "<at y",
                        "above j",
                        "layer",
                        "below j",
                    ),
                ],
            ),
        ),
    ],
)

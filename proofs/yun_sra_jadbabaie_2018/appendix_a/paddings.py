"""Appendix A.5, equation (7): layers that keep first coordinates, or add zeros.

Statements
- YSJ18.E7.above, YSJ18.E7.below: what such layers above and below a layer make together.
- YSJ18.E7: they are in their classes, and compose to one of their kind.
"""

from typing import Any

from symbolic_landscape.proofs.rules import corners, maps
from symbolic_landscape.proofs.rules.corners import corner
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.networks import above, below
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.functions import (
    NETWORK,
    H,
    d,
    down_,
    h,
    in_class,
    j,
    k,
    up_,
    vector,
    y,
)
from symbolic_landscape.statement.language import Expr, both, each, fn, integer
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    definition,
    have,
    induct,
    logic,
)

n = integer("n")


def padding(k: Any) -> Expr:
    """The map (7) of layer k."""
    x = vector("x", k - 1)
    return fn(x, corner(d[k], d[k - 1]) @ x)


def kept(k: Any) -> Expr:
    """The map from layer k that keeps the first coordinates of the output."""
    z = vector("z", k)
    return fn(z, corner(d[H + 1], d[k]) @ z)


padded_above = each(k, j + 1, H + 1, h[k] == padding(k))
padded_below = each(k, 1, j - 1, h[k] == padding(k))
wide_above = each(k, j + 1, H + 1, d[H + 1] <= d[k])
wide_below = each(k, 0, j - 2, d[0] <= d[k])
all_above = each(k, j, H + 1, up_(h)[k] == kept(k))
all_below = each(k, 0, j - 1, down_(h)[k] == fn(y, corner(d[k], d[0]) @ y))

ABOVE = Statement(
    "YSJ18.E7.above",
    NETWORK,
    title="Paddings above a layer keep the first coordinates",
    where="Appendix A.5",
    lines=(545, 548),
    given={"padded": padded_above, "wide": wide_above},
    then=all_above,
    proof=[
        have(
            "all",
            all_above,
            induct(
                n,
                down=True,
                base=[
                    have("square", None, by(corners.corner_square, n=d[H + 1])),
                    have("top", up_(h)[H + 1] == kept(H + 1), calculation, "square"),
                ],
                step=[
                    have("layer", None, at(n), "padded"),
                    have("width", None, at(n), "wide"),
                    have("up", up_(h)[n - 1] == above(h, n), definition),
                    have(
                        "corners",
                        None,
                        by(corners.corners_through_rows, p=d[n - 1]),
                        "width",
                    ),
                    have(
                        "next",
                        up_(h)[n - 1] == kept(n - 1),
                        calculation,
                        "up",
                        "all.before",
                        "layer",
                        "corners",
                    ),
                ],
            ),
        )
    ],
)

BELOW = Statement(
    "YSJ18.E7.below",
    NETWORK,
    title="Paddings below a layer keep the first coordinates, and add zeros",
    where="Appendix A.5",
    lines=(549, 552),
    given={"padded": padded_below, "wide": wide_below},
    then=all_below,
    proof=[
        have(
            "all",
            all_below,
            induct(
                n,
                base=[
                    have("square", None, by(corners.corner_square, n=d[0])),
                    have(
                        "start",
                        down_(h)[0] == fn(y, corner(d[0], d[0]) @ y),
                        calculation,
                        "square",
                    ),
                ],
                step=[
                    have("layer", None, at(n + 1), "padded"),
                    have("width", None, at(n), "wide"),
                    have("down", down_(h)[n + 1] == below(h, n + 1), definition),
                    have(
                        "corners",
                        None,
                        by(corners.corners_through_columns, m=d[n + 1]),
                        "width",
                    ),
                    have(
                        "next",
                        down_(h)[n + 1] == fn(y, corner(d[n + 1], d[0]) @ y),
                        calculation,
                        "down",
                        "all.before",
                        "layer",
                        "corners",
                    ),
                ],
            ),
        )
    ],
)

in_their_classes = each(k, 1, H + 1, in_class(k, padding(k)))
E7 = Statement(
    "YSJ18.E7",
    NETWORK,
    title="Truncation/padding maps",
    kind="definition",
    where="Appendix A.5, equation (7)",
    lines=(541, 547),
    given={"padded": padded_above, "wide": wide_above},
    then=both(in_their_classes, all_above),
    proof=[
        have(
            "classes",
            in_their_classes,
            arbitrary(
                n,
                proof=[
                    have(
                        "class",
                        in_class(n, padding(n)),
                        by(maps.linear_growth, A=corner(d[n], d[n - 1])),
                    )
                ],
            ),
        ),
        have("above", None, cite(ABOVE)),
        have("both", both(in_their_classes, all_above), logic, "classes", "above"),
    ],
)

"""Section 4.2: the conditions of Theorems 4.1 and 4.2 are not necessary.

Statements
- YSJ18.R4: with a hidden layer and the target 0, the network of zero maps is a critical global minimum
  that meets the conditions of neither theorem, whatever the bounds.
"""

from symbolic_landscape.proofs.rules import expectations, maps, order, ranks
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.expectations import bounded_law
from symbolic_landscape.proofs.rules.jacobians import jacobian
from symbolic_landscape.proofs.rules.maps import square
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.steering import (
    INVERSE,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.networks import above
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.steered import FITTED, LEAST
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.functions import (
    TARGETS,
    E,
    H,
    critical,
    d,
    down_,
    h,
    in_class,
    in_classes,
    invertible,
    k,
    least,
    nothing,
    steep,
    target,
    up_,
    vector,
    y,
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
    ones,
    rank,
    real,
    zeros,
)
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
    linear,
    logic,
    obtain,
    suppose_not,
    take,
)

i, n = integer("i"), integer("n")
bound = real("bound")
network = like("network", h)
x, z = vector("x", k - 1), vector("z", i)
zero = fn(k, fn(x, zeros(d[k], d[k - 1]) @ x))
"""The network of zero maps."""


def breaks(h: Expr) -> Expr:
    """A critical global minimum that meets the conditions of the theorems for no layer and bound."""
    return both(
        in_classes(h),
        critical(h),
        least(h),
        each(i, 1, H, every(bound, (bound > 0) >> ~steep(h, i, bound))),
        ~invertible(h, H + 1),
    )


silent_above = each(k, 0, H, up_(zero)[k] == fn(vector("z", k), nothing(H + 1)))
silent_below = each(k, 1, H, down_(zero)[k] == fn(y, nothing(k)))
misfit = square(up_(zero)[0](y) - target(y))
back = like("back", fn(vector("w", H), y))


def slope(z: Expr) -> Expr:
    """The Jacobian matrix of the layers above layer i."""
    return jacobian(up_(zero)[i], z, d[H + 1], d[i])


R4 = Statement(
    "YSJ18.R4",
    TARGETS,
    title="T4.1/T4.2 are sufficient only",
    kind="remark",
    where="Section 4.2",
    lines=(373, 376),
    standing=(H >= 1, d[0] >= 1, d[H + 1] >= 1),
    given={"bounded": bounded_law(E), "target": every(y, target(y) == 0)},
    then=exists(network, breaks(network)),
    hedge="Without a hidden layer the conditions always hold.",
    proof=[
        have(
            "classes",
            in_classes(zero),
            arbitrary(
                n,
                proof=[
                    have(
                        "class",
                        in_class(n, zero[n]),
                        by(maps.linear_growth, A=zeros(d[n], d[n - 1])),
                    )
                ],
            ),
        ),
        have(
            "up",
            silent_above,
            induct(
                n,
                down=True,
                base=[
                    have("last", up_(zero)[H] == fn(vector("z", H), nothing(H + 1)), definition),
                ],
                step=[
                    have("layer", up_(zero)[n - 1] == above(zero, n), definition),
                    have(
                        "next",
                        up_(zero)[n - 1] == fn(vector("z", n - 1), nothing(H + 1)),
                        calculation,
                        "layer",
                        "up.before",
                    ),
                ],
            ),
        ),
        have(
            "down",
            silent_below,
            induct(
                n,
                base=[
                    have("first", down_(zero)[1] == fn(y, nothing(1)), definition),
                ],
                step=[
                    have("next lower", down_(zero)[n + 1] == fn(y, nothing(n + 1)), definition),
                ],
            ),
        ),
        have("output", None, at(0), "up"),
        have(
            "errors",
            every(y, misfit == -misfit),
            arbitrary(
                y,
                proof=[
                    have("aim", None, at(y), "target"),
                    have("none", misfit == -misfit, calculation, "output", "aim"),
                ],
            ),
        ),
        have(
            "means",
            E(fn(y, misfit)) == E(fn(y, -misfit)),
            by(expectations.expectation_of_equal, E=E),
            "errors",
        ),
        have(
            "negative",
            E(fn(y, -misfit)) == -E(fn(y, misfit)),
            by(expectations.expectation_of_multiple, r=-1, f=fn(y, misfit)),
            "standing 1",
        ),
        have("no error", E(fn(y, misfit)) == 0, linear, "means", "negative"),
        have("least", least(zero), cite(LEAST, h=zero, eps=1)),
        have(
            "flat",
            each(i, 1, H, every(bound, (bound > 0) >> ~steep(zero, i, bound))),
            arbitrary(
                i,
                bound,
                proof=[
                    have("up i", None, at(i), "up"),
                    have(
                        "not steep",
                        ~steep(zero, i, bound),
                        suppose_not(
                            proof=[
                                have("ranks", None, cite(INVERSE, h=zero, j=i, eps=bound)),
                                have(
                                    "rank",
                                    every(z, rank(slope(z)) == d[H + 1]),
                                    logic,
                                    "ranks",
                                ),
                                have("full", None, at(nothing(i)), "rank"),
                                have(
                                    "linear",
                                    None,
                                    by(
                                        maps.jacobian_of_linear,
                                        A=zeros(d[H + 1], d[i]),
                                        z=nothing(i),
                                    ),
                                ),
                                have(
                                    "slope",
                                    slope(nothing(i)) == zeros(d[H + 1], d[i]),
                                    calculation,
                                    "up i",
                                    "linear",
                                ),
                                have(
                                    "no rank",
                                    rank(slope(nothing(i))) == 0,
                                    by(ranks.rank_of_zero),
                                    "slope",
                                ),
                                have(
                                    "clash",
                                    contradiction,
                                    linear,
                                    "full",
                                    "no rank",
                                    "standing 8",
                                ),
                            ]
                        ),
                    ),
                ],
            ),
        ),
        have(
            "smooth below the top",
            each(i, 1, H, smooth(up_(zero)[i])),
            arbitrary(
                n,
                proof=[
                    have("up n", None, at(n), "up"),
                    have("constant", None, by(maps.smooth_linear, A=zeros(d[H + 1], d[n]))),
                    have("smooth up", smooth(up_(zero)[n]), calculation, "constant", "up n"),
                ],
            ),
        ),
        have("smooth top", smooth(up_(zero)[H + 1]), by(maps.smooth_identity)),
        have(
            "smooth",
            each(i, 1, H + 1, smooth(up_(zero)[i])),
            by(order.range_extended, P=fn(i, smooth(up_(zero)[i])), hi=H),
            "smooth below the top",
            "smooth top",
        ),
        have(
            "fits",
            every(y, up_(zero)[0](y) == target(y)),
            arbitrary(
                y,
                proof=[
                    have("aim at y", None, at(y), "target"),
                    have("fit", up_(zero)[0](y) == target(y), calculation, "output", "<aim at y"),
                ],
            ),
        ),
        have("critical", critical(zero), cite(FITTED, h=zero, eps=1)),
        have("below", None, at(H), "down"),
        have(
            "not invertible",
            ~invertible(zero, H + 1),
            suppose_not(
                proof=[
                    have("invertible", invertible(zero, H + 1), logic, "not invertible.not"),
                    have("inverse", None, obtain(back), "invertible"),
                    have("undone", every(y, back(down_(zero)[H](y)) == y), logic, "inverse"),
                    have("at 0", None, at(nothing(0)), "undone"),
                    have("at 1", None, at(ones(d[0], 1)), "undone"),
                    have(
                        "silent",
                        back(down_(zero)[H](nothing(0))) == back(nothing(H)),
                        calculation,
                        "below",
                    ),
                    have(
                        "zero back",
                        back(nothing(H)) == nothing(0),
                        calculation,
                        "<silent",
                        "at 0",
                    ),
                    have("same", ones(d[0], 1) == 0, calculation, "<at 1", "below", "zero back"),
                    have("rank of ones", None, by(ranks.rank_of_ones, m=d[0], n=1)),
                    have("no rank of ones", None, by(ranks.rank_of_zero), "same"),
                    have("clash", contradiction, linear, "rank of ones", "no rank of ones"),
                ]
            ),
        ),
        have("all", breaks(zero), logic, "classes", "critical", "least", "flat", "not invertible"),
        have("exists", exists(network, breaks(network)), take(zero), "all"),
    ],
)

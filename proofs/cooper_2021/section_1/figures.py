"""Figures 1 to 5, as far as they claim something.

Figure 1 shows "this function", which is not given: what can be checked is that there is one.
Figure 2 is a diagram of the network and claims nothing. Figure 3 says that star locus and core locus
are unions of linear spaces (C21.D3.C.linear: affine ones), the second inside the first. Figure 4
is the example x^3 + y^3 of Section 3.2, which the text calls "Figure 3.2"; Figure 5 is the triangle
of Section 5.3; the text also refers to a "Figure 5.1", and there is none.

Statements
- C21.FIG.slope: the slope of the square of a cubic polynomial.
- C21.FIG: Figure 1: a function whose critical points are one point and a curve.
- C21.FIG.minimum: the point is a local minimum; it is not global, for the values on the curve are 0.
- C21.FIG.curve: the curve is a graph, so it has one component.
- C21.FIG.3: Figure 3: the core locus lies in the star locus.
"""

from symbolic_landscape.proofs.cooper_2021.section_3.cores import I3_CHAIN, in_core
from symbolic_landscape.proofs.cooper_2021.settings.architectures import l
from symbolic_landscape.proofs.cooper_2021.settings.half_plane import (
    HALF_PLANE,
    flat,
    fold,
    height,
    slope_u,
    slope_x,
    t,
    u,
    x,
)
from symbolic_landscape.proofs.cooper_2021.settings.networks import NETWORK, mean_of_targets
from symbolic_landscape.proofs.rules import curves, numbers, order, paths, signs
from symbolic_landscape.proofs.rules.curves import analytic, twice_smooth
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    derivative,
    either,
    every,
    exists,
    fn,
    real,
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
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import num

y, z, c, r = real("y"), real("z"), real("c"), real("r")
line, square, cube = fn(t, t), fn(t, t * t), fn(t, t * t * t)
rest = fn(t, r + t * c)
cubic = fn(t, t * t * t + (r + t * c))
squared = fn(t, cubic(t) * cubic(t))


def smooth_steps(name: str, function: Expr) -> list[Step]:
    """Steps from an analytic function to a smooth one."""
    return [
        have(f"{name} twice", twice_smooth(function), by(curves.twice_smooth_of_analytic), name),
        have(f"{name} smooth", smooth(function), by(curves.smooth_of_twice), f"{name} twice"),
    ]


CUBIC = Statement(
    "C21.FIG.slope",
    HALF_PLANE,
    title="The slope of the square of a cubic polynomial",
    names=(c, r),
    given={},
    then=both(smooth(cubic), derivative(squared)(x) == 2 * cubic(x) * (3 * x * x + c)),
    proof=[
        have("line", analytic(line), by(numbers.analytic_affine, r=0, s=1)),
        have("square", analytic(square), by(numbers.analytic_of_product, f=line, g=line), "line", "line"),
        have("cube", analytic(cube), by(numbers.analytic_of_product, f=square, g=line), "square", "line"),
        have("rest", analytic(rest), by(numbers.analytic_affine, r=r, s=c)),
        have("cubic", analytic(cubic), by(numbers.analytic_of_sum, f=cube, g=rest), "cube", "rest"),
        *smooth_steps("line", line),
        *smooth_steps("square", square),
        *smooth_steps("cube", cube),
        *smooth_steps("rest", rest),
        *smooth_steps("cubic", cubic),
        have("slope of line", derivative(line)(x) == 1, by(numbers.derivative_of_affine, r=0, s=1)),
        have("slope of rest", derivative(rest)(x) == c, by(numbers.derivative_of_affine, r=r, s=c)),
        have("squares", None, by(numbers.derivative_of_numbers, f=line, g=line, x=x), "line smooth", "line smooth"),
        have("cubes", None, by(numbers.derivative_of_numbers, f=square, g=line, x=x), "square smooth", "line smooth"),
        have("sum", None, by(numbers.derivative_of_sum_of_numbers, f=cube, g=rest, x=x), "cube smooth", "rest smooth"),
        have("product", None, by(numbers.derivative_of_numbers, f=cubic, g=cubic, x=x), "cubic smooth", "cubic smooth"),
        have("slope of cubic", derivative(cubic)(x) == 3 * x * x + c, calculation, "sum", "cubes", "squares", "slope of line", "slope of rest"),
        have("slope", derivative(squared)(x) == 2 * cubic(x) * (3 * x * x + c), calculation, "product", "slope of cubic"),
        have("both", both(smooth(cubic), derivative(squared)(x) == 2 * cubic(x) * (3 * x * x + c)), logic, "cubic smooth", "slope"),
    ],
)  # fmt: skip


across, along = 3 * x * x - 3 * u, 3 * u * u - 3 * x
"""The slopes of the polynomial."""
SLOPES = [
    have("across", None, cite(CUBIC, x=x, c=-3 * u, r=u * u * u + 2)),
    have("along", None, cite(CUBIC, x=u, c=-3 * x, r=x * x * x + 2)),
    have("slope x", slope_x == 2 * fold(x, u) * across, logic, "across"),
    have("slope u", slope_u == 2 * fold(x, u) * along, logic, "along"),
]


def spread_of(x: Expr) -> Expr:
    """What x + u + 1 is multiplied by in 2 (fold - 1)."""
    return (x - u) * (x - u) + (x - 1) * (x - 1) + (u - 1) * (u - 1)


def squares(name: str, x: Expr) -> list[Step]:
    """Steps: these squares are not negative, and neither is their sum."""
    return [
        have(f"{name} first", (x - u) * (x - u) >= 0, by(order.square_not_negative, s=x - u)),
        have(f"{name} second", (x - 1) * (x - 1) >= 0, by(order.square_not_negative, s=x - 1)),
        have(
            f"{name} spread", spread_of(x) >= 0, linear, f"{name} first", f"{name} second", "third"
        ),
    ]


THIRD = have("third", (u - 1) * (u - 1) >= 0, by(order.square_not_negative, s=u - 1))


def beyond(name: str, x: Expr, zero: str) -> list[Step]:
    """Steps: a zero of the polynomial has x < -u - 1."""
    return [
        *squares(name, x),
        have(
            f"{name} beyond",
            -x - u - 1 > 0,
            suppose_not(
                [
                    have(
                        "above",
                        (x + u + 1) * (-spread_of(x)) <= 0,
                        by(signs.product_not_positive),
                        f"{name} beyond.not",
                        f"{name} spread",
                    ),
                    have("clash", contradiction, linear, "above", zero),
                ]
            ),
        ),
    ]


valley = either(both(x == 1, u == 1), fold(x, u) == 0)
"""The point is (1, 1), or on the curve of zeros."""
FIGURE_1 = Statement(
    "C21.FIG",
    HALF_PLANE,
    kind="example",
    title="Schematic figures",
    where="Figures 1-5",
    lines=(20, 20),
    given={"half-plane": u > 0},
    then=both(flat >> valley, valley >> flat),
    gloss="(x^3 + u^3 - 3 x u + 2)^2 for u > 0 is critical at (1, 1) and on a curve of zeros alone.",
    proof=[
        *SLOPES,
        have("only", flat >> valley, arbitrary(proof=[
            have("x stays", slope_x == 0, logic, "only.if"),
            have("u stays", slope_u == 0, logic, "only.if"),
            have("which", valley, cases(
                [have("zero", valley, logic, "which.1")],
                [
                    have("first", fold(x, u) * (x * x - u) == 0, linear, "x stays", "slope x"),
                    have("second", fold(x, u) * (u * u - x) == 0, linear, "u stays", "slope u"),
                    have("u is", x * x - u == 0, by(order.zero_factor), "first", "which.2"),
                    have("x is", u * u - x == 0, by(order.zero_factor), "second", "which.2"),
                    have("scaled", (u * u + x) * (u * u - x) == (u * u + x) * 0, by(order.scaled_equation), "x is"),
                    have("square", u * u > 0, by(order.positive_product), "half-plane", "half-plane"),
                    have("sum", u * u + u + 1 > 0, linear, "square", "half-plane"),
                    have("factor", u * (u * u + u + 1) > 0, by(order.positive_product), "half-plane", "sum"),
                    have("not 0", u * (u * u + u + 1) != 0, by(order.positive_is_not_zero), "factor"),
                    have("product", u * (u * u + u + 1) * (u - 1) == 0, linear, "scaled", "u is"),
                    have("one", u - 1 == 0, by(order.zero_factor, s=u * (u * u + u + 1), t=u - 1), "product", "not 0"),
                    have("squared", (u + 1) * (u - 1) == (u + 1) * 0, by(order.scaled_equation), "one"),
                    have("x one", x == 1, linear, "x is", "squared"),
                    have("there", valley, logic, "x one", "one"),
                ],
                split=fold(x, u) == 0,
            )),
        ])),
        have("all", valley >> flat, arbitrary(proof=[
            have("flat", flat, cases(
                [
                    have("x one", x == 1, logic, "flat.1"),
                    have("u one", u == 1, logic, "flat.1"),
                    have("no slope x", slope_x == 0, calculation, "slope x", "x one", "u one"),
                    have("no slope u", slope_u == 0, calculation, "slope u", "x one", "u one"),
                    have("both", flat, logic, "no slope x", "no slope u"),
                ],
                [
                    have("zero x", across * fold(x, u) == across * 0, by(order.scaled_equation), "flat.2"),
                    have("zero u", along * fold(x, u) == along * 0, by(order.scaled_equation), "flat.2"),
                    have("no slope x", slope_x == 0, linear, "slope x", "zero x"),
                    have("no slope u", slope_u == 0, linear, "slope u", "zero u"),
                    have("both", flat, logic, "no slope x", "no slope u"),
                ],
            ), "all.if"),
        ])),
        have("same", both(flat >> valley, valley >> flat), logic, "only", "all"),
    ],
)  # fmt: skip

MINIMUM = Statement(
    "C21.FIG.minimum",
    HALF_PLANE,
    kind="example",
    title="Figure 1: the isolated local minimum",
    where="Figure 1",
    lines=(20, 20),
    given={"half-plane": u > 0, "right": x >= -1},
    then=height(x, u) >= height(Expr(num(1)), Expr(num(1))),
    gloss="Near (1, 1), and far, the function is at least what it is there.",
    proof=[
        THIRD,
        *squares("x", x),
        have("sum", x + u + 1 >= 0, linear, "half-plane", "right"),
        have(
            "above",
            (x + u + 1) * (-spread_of(x)) <= 0,
            by(signs.product_not_positive),
            "sum",
            "x spread",
        ),
        have(
            "rest",
            (fold(x, u) - 1) * (fold(x, u) - 1) >= 0,
            by(order.square_not_negative, s=fold(x, u) - 1),
        ),
        have("height", height(x, u) >= 1, linear, "above", "rest"),
    ],
)

one_zero = exists(z, both(fold(z, u) == 0, every(y, (fold(y, u) == 0) >> (y == z))))
q = z * z + z * y + y * y - 3 * u
CURVE = Statement(
    "C21.FIG.curve",
    HALF_PLANE,
    kind="example",
    title="Figure 1: the global minima are one curve",
    where="Figure 1",
    lines=(20, 20),
    given={"half-plane": u > 0},
    then=one_zero,
    gloss="For each u > 0 there is one x with value 0.",
    proof=[
        have("smooth both", None, cite(CUBIC, x=u, c=-3 * u, r=u * u * u + 2)),
        have("smooth", smooth(fn(t, fold(t, u))), logic, "smooth both"),
        have("continuous", paths.continuous(fn(t, fold(t, u))), by(paths.continuous_of_smooth), "smooth"),
        have("square", u * u > 0, by(order.positive_product), "half-plane", "half-plane"),
        have("cube", u * (u * u) > 0, by(order.positive_product), "half-plane", "square"),
        have("high", fold(Expr(num(0)), u) > 0, linear, "cube"),
        have("low", fold(-u - 3, u) < 0, linear, "square", "half-plane"),
        have("root", exists(z, fold(z, u) == 0), by(paths.intermediate_value, f=fn(t, fold(t, u)), s=0, t=-u - 3, r=0), "continuous", "high", "low"),
        have("z", fold(z, u) == 0, obtain(z), "root"),
        THIRD,
        *beyond("z", z, "z"),
        have("alone", every(y, (fold(y, u) == 0) >> (y == z)), arbitrary(y, proof=[
            *beyond("y", y, "alone.if"),
            have("of z", (-z - u - 1) * (-y - u - 1) > 0, by(order.positive_product), "z beyond", "y beyond"),
            have("u z", u * (-z - u - 1) > 0, by(order.positive_product), "half-plane", "z beyond"),
            have("u y", u * (-y - u - 1) > 0, by(order.positive_product), "half-plane", "y beyond"),
            have("apart", (z - y) * (z - y) >= 0, by(order.square_not_negative, s=z - y)),
            have("factor", q > 0, linear, "of z", "u z", "u y", "apart", "square", "half-plane", "z beyond", "y beyond"),
            have("not 0", q != 0, by(order.positive_is_not_zero), "factor"),
            have("difference", q * (y - z) == 0, linear, "z", "alone.if"),
            have("same", y - z == 0, by(order.zero_factor), "difference", "not 0"),
        ])),
        have("one", one_zero, take(z), "z", "alone"),
    ],
)  # fmt: skip


def core(h: int) -> Expr:
    """The point lies in the h-core by different layers."""
    return in_core(h, mean_of_targets, True)


FIGURE_3 = Statement(
    "C21.FIG.3",
    NETWORK,
    kind="example",
    title="The core locus lies in the star locus",
    where="Figure 3",
    lines=(218, 218),
    standing=(l >= 3,),
    given={},
    then=core(2) >> core(1),
    gloss="The star locus is the 1-core, the core locus the 2-core.",
    proof=[
        have("chain", None, cite(I3_CHAIN)),
        have("nested", I3_CHAIN.then_part(0), logic, "chain"),
        have("inside", core(2) >> core(1), at(2), "nested"),
    ],
)

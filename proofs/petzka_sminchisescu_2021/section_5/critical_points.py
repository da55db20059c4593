"""Section 5.1, Theorem 7: embedded critical points are critical.

Statements
- PS21.T7.smooth: the losses of both networks are twice continuously differentiable.
- PS21.T7.split: a unit and its copy that share its weights out are at a critical point if it was.
- PS21.T7: so is gamma_lambda(z), for each lambda.
"""

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedding import (
    D_GAMMA,
    PARTS,
    SPLIT,
    embedded,
    parts_of,
    split,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.second_order import (
    SLOPES,
    du1,
    du2,
    dv1,
    dv2,
    dy,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.unit_variables import (
    A,
    G,
    lam,
    sigma,
    y,
    z,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.units import (
    IN,
    LARGE,
    NEW_IN,
    NEW_OUT,
    OLD,
    OUT,
    REST,
    SMALL,
    SMOOTH,
    UNIT,
    in_,
    new_in_,
    new_out_,
    old_,
    out_,
    rest_,
    u,
    v,
    vector,
)
from symbolic_landscape.proofs.rules import curves, vectors
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.vectors import slope
from symbolic_landscape.statement.language import Expr, both, every, fn, gradient
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    by,
    calculation,
    cite,
    have,
    logic,
)
from symbolic_landscape.statement.step import Step


def smooth_below(name: str, point: Expr, rest: Expr) -> list[Step]:
    """Steps: the activations below are a smooth function of the parameters."""
    return [
        have(
            f"{name} rest",
            twice_smooth(fn(point, rest @ point)),
            by(vectors.twice_smooth_columns, C=rest),
        ),
        have(
            f"{name} below",
            twice_smooth(fn(point, A(rest @ point))),
            by(vectors.twice_smooth_composed_map, K=A, P=fn(point, rest @ point)),
            "below",
            f"{name} rest",
        ),
    ]


def smooth_unit(
    name: str, point: Expr, into: Expr, out: Expr, rest: Expr, below: str
) -> list[Step]:
    """Steps: what a unit adds is a smooth function of the parameters."""
    u, v, theta = point.T @ into, out @ point, rest @ point
    before, after = fn(point, u @ A(theta)), fn(point, sigma(u @ A(theta)))
    return [
        have(f"{name} in", twice_smooth(fn(point, u)), by(vectors.twice_smooth_rows, C2=into)),
        have(f"{name} out", twice_smooth(fn(point, v)), by(vectors.twice_smooth_columns, C=out)),
        have(
            f"{name} before",
            twice_smooth(before),
            by(vectors.twice_smooth_product_map, Q=fn(point, u), B=fn(point, A(theta))),
            f"{name} in",
            below,
        ),
        have(
            f"{name} after",
            twice_smooth(after),
            by(vectors.twice_smooth_image_map, f=sigma, Q=before),
            "sigma",
            f"{name} before",
        ),
        have(
            f"{name} adds",
            twice_smooth(fn(point, v @ sigma(u @ A(theta)))),
            by(vectors.twice_smooth_product_map, Q=fn(point, v), B=after),
            f"{name} out",
            f"{name} after",
        ),
    ]


losses = both(twice_smooth(SMALL), twice_smooth(LARGE))
rest = rest_(old_(y))
new_adds = new_out_(y) @ sigma(new_in_(y) @ A(rest))
old_adds = out_(old_(y)) @ sigma(in_(old_(y)) @ A(rest))
LOSSES = Statement(
    "PS21.T7.smooth",
    UNIT,
    title="The losses of both networks are twice continuously differentiable",
    given=SMOOTH,
    then=losses,
    proof=[
        *smooth_below("unit", z, REST),
        *smooth_unit("unit", z, IN, OUT, REST, "unit below"),
        have(
            "small",
            twice_smooth(SMALL),
            by(
                vectors.twice_smooth_composed_value,
                G=G,
                P=fn(z, rest_(z)),
                Q=fn(z, v @ sigma(u @ A(rest_(z)))),
            ),
            "above",
            "unit rest",
            "unit adds",
        ),
        *smooth_below("old", y, REST @ OLD),
        *smooth_unit("new", y, NEW_IN, NEW_OUT, REST @ OLD, "old below"),
        *smooth_unit("old", y, OLD.T @ IN, OUT @ OLD, REST @ OLD, "old below"),
        have(
            "sum",
            twice_smooth(fn(y, new_adds + old_adds)),
            by(vectors.twice_smooth_total_map, Q=fn(y, new_adds), Q2=fn(y, old_adds)),
            "new adds",
            "old adds",
        ),
        have(
            "large",
            twice_smooth(LARGE),
            by(
                vectors.twice_smooth_composed_value,
                G=G,
                P=fn(y, rest),
                Q=fn(y, new_adds + old_adds),
            ),
            "above",
            "old rest",
            "sum",
        ),
        have("losses", losses, logic, "small", "large"),
    ],
)

dz = vector(lam * du1 + (1 - lam) * du2, dv1 + dv2, rest_(old_(dy)))
"""The mean of what a direction does to the unit and to its copy."""
AVERAGED_IN = [
    have(
        "parts",
        parts_of(dz, lam * du1 + (1 - lam) * du2, dv1 + dv2, rest_(old_(dy))),
        cite(PARTS, first=lam * du1 + (1 - lam) * du2, second=dv1 + dv2, third=rest_(old_(dy))),
    ),
    have("in moves", in_(dz) == lam * du1 + (1 - lam) * du2, logic, "parts"),
]
"""Steps to the weights into that mean."""
AVERAGED = [
    *AVERAGED_IN,
    have("out moves", out_(dz) == dv1 + dv2, logic, "parts"),
    have("rest moves", rest_(dz) == rest_(old_(dy)), logic, "parts"),
]
"""Steps to all parts of that mean."""
CRITICAL = {"critical": gradient(SMALL, z) == 0}
SPLIT_CRITICAL = Statement(
    "PS21.T7.split",
    UNIT,
    title="Where a unit and its copy share its weights out the point stays critical",
    names=(y,),
    given={**SMOOTH, **CRITICAL, "split": split(y, lam)},
    then=gradient(LARGE, y) == 0,
    proof=[
        *SPLIT,
        have("out", new_out_(y) + out_(old_(y)) == v, calculation, "new out", "old out"),
        have("losses", None, cite(LOSSES)),
        have("small twice", twice_smooth(SMALL), logic, "losses"),
        have("large twice", twice_smooth(LARGE), logic, "losses"),
        have("small smooth", smooth(SMALL), by(vectors.smooth_of_twice_smooth), "small twice"),
        have("large smooth", smooth(LARGE), by(vectors.smooth_of_twice_smooth), "large twice"),
        have(
            "slopes",
            every(dy, slope(LARGE, y, dy) == 0),
            arbitrary(
                dy,
                proof=[
                    *AVERAGED,
                    have("difference", None, cite(SLOPES, dz=dz)),
                    have(
                        "small slope",
                        None,
                        by(curves.slope_of_gradient, h=SMALL, Z=z, M=dz),
                        "small smooth",
                    ),
                    have("flat", slope(SMALL, z, dz) == 0, calculation, "small slope", "critical"),
                    have(
                        "zero",
                        slope(LARGE, y, dy) == 0,
                        calculation,
                        "difference",
                        "flat",
                        "new out",
                        "old out",
                        "in moves",
                    ),
                ],
            ),
        ),
        have(
            "critical there",
            gradient(LARGE, y) == 0,
            by(curves.gradient_of_directions),
            "large smooth",
            "slopes",
        ),
    ],
)
T7 = Statement(
    "PS21.T7",
    UNIT,
    title="Critical points map to critical points",
    kind="theorem",
    where="Section 5.1, Theorem 7 (Nitta)",
    lines=(159, 159),
    given={**SMOOTH, **CRITICAL},
    then=gradient(LARGE, embedded) == 0,
    proof=[
        have("split", split(embedded, lam), cite(D_GAMMA)),
        have("critical there", gradient(LARGE, embedded) == 0, cite(SPLIT_CRITICAL, y=embedded)),
    ],
)

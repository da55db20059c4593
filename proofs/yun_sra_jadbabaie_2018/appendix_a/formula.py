"""Appendix A.2: the derivative of the risk along a direction of a layer.

Statements
- YSJ18.E6.risk: the risk of a network with a layer moved.
- YSJ18.E6: equation (6). As printed it is for any law, and two of its steps are only claimed;
  repaired it is for laws of bounded support, with continuous slopes above the layer.
- YSJ18.D8: the derivative along a direction is the limit of difference quotients.

Design notes. X bounded is not idle: with unbounded inputs the slopes above can grow so fast that
the right side of (6) has no value, see `unbounded`.
"""

from fractions import Fraction

from symbolic_landscape.proofs.rules import expectations, functions, maps, numbers
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.expectations import bounded_law
from symbolic_landscape.proofs.rules.maps import differentiable, square
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.classes import A2, layers
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.networks import (
    CHANGED,
    THROUGH,
    below,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.functions import (
    LAYER_MOVED,
    C,
    E,
    J,
    along,
    down_,
    error,
    h,
    here,
    in_class,
    j,
    layer,
    moved,
    paired,
    r,
    risk,
    t,
    target,
    up_,
    vector,
    y,
)
from symbolic_landscape.statement.language import both, every, exists, fn, real, trace
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    claimed,
    definition,
    have,
    logic,
)

eta = layer("eta", j)
U = up_(h)[j]
x = vector("x", j - 1)
received = down_(h)[j - 1](y)
error_there = square(U(here(j, y) + t * eta(received)) - target(y)) / 2
risk_there = E(fn(y, error_there)) + C
there = moved(j, eta, t)
risks = every(t, risk(there) == risk_there)

RISK = Statement(
    "YSJ18.E6.risk",
    LAYER_MOVED,
    title="The risk of a network with a layer moved",
    where="Appendix A.2",
    lines=(460, 462),
    names=(eta,),
    given={},
    then=risks,
    proof=[
        have(
            "all",
            risks,
            arbitrary(
                t,
                proof=[
                    have("output", None, cite(CHANGED, f=fn(x, h[j](x) + t * eta(x)))),
                    have(
                        "errors",
                        every(y, error(there, y) == error_there),
                        arbitrary(
                            y,
                            proof=[
                                have("there", None, at(y), "output"),
                                have("error", error(there, y) == error_there, calculation, "there"),
                            ],
                        ),
                    ),
                    have(
                        "means",
                        E(fn(y, error(there, y))) == E(fn(y, error_there)),
                        by(expectations.expectation_of_equal),
                        "errors",
                    ),
                ],
            ),
        )
    ],
)

line = {
    "Q": U,
    "Z": fn(y, here(j, y)),
    "V": fn(y, eta(received)),
    "Y": target,
    "r": Fraction(1, 2),
    "s": C,
}
slope = trace((U(here(j, y)) - target(y)).T @ (J(j, here(j, y)) @ eta(received)))
product = trace(r(y).T @ (J(j, here(j, y)) @ eta(received)))
formula = along(j, eta) == paired(j, eta)
direction = {"direction": in_class(j, eta)}
regular = {"bounded": bounded_law(E), "smooth": smooth(U)}
FROM_BELOW = [
    have("classes", None, cite(A2)),
    have("layers", layers, logic, "classes"),
    have("class below", None, at(j - 1), "layers"),
    have("differentiable below", differentiable(down_(h)[j - 1]), logic, "class below"),
    have("below", None, by(maps.continuous_of_differentiable), "differentiable below"),
    have("class here", None, at(j), "standing 5"),
    have("differentiable here", differentiable(h[j]), logic, "class here"),
    have("layer", None, by(maps.continuous_of_differentiable), "differentiable here"),
]
"""What is continuous in the input: what layer j receives; and so is the layer."""
CONTINUITY = [
    *FROM_BELOW,
    have("here", continuous(line["Z"]), by(maps.continuous_composed), "layer", "below"),
    have("differentiable target", differentiable(target), logic, "standing 4"),
    have("target", None, by(maps.continuous_of_differentiable), "differentiable target"),
]
"""What is continuous in the input: also the value of layer j there, and the target."""
MOVED = [
    *CONTINUITY,
    have("differentiable direction", differentiable(eta), logic, "direction"),
    have("eta", None, by(maps.continuous_of_differentiable), "differentiable direction"),
    have("there", continuous(line["V"]), by(maps.continuous_composed), "eta", "below"),
    have("both", both(continuous(line["Z"]), continuous(line["V"])), logic, "here", "there"),
    have("risk", None, cite(RISK)),
    have("curve", None, by(functions.equal_functions_of_numbers), "risk"),
]
error_bound = real("bound")
remainder = (
    U(here(j, y) + t * eta(received)) - U(here(j, y)) - t * (J(j, here(j, y)) @ eta(received))
)
second_order = every(
    y,
    exists(
        error_bound,
        every(t, both(-1 <= t, t <= 1) >> (square(remainder) <= error_bound * t * t * t * t)),
    ),
)
E6_BOUNDED = Statement(
    "YSJ18.E6",
    LAYER_MOVED,
    title="Formula for the directional derivative, for laws of bounded support",
    kind="identity",
    where="Appendix A.2, equation (6)",
    reading="repaired",
    names=(eta,),
    given={**direction, **regular},
    then=formula,
    proof=[
        *MOVED,
        have(
            "slope",
            None,
            by(expectations.derivative_of_mean_square, **line),
            "bounded",
            "smooth",
            "both",
            "target",
        ),
        have("through", None, cite(THROUGH)),
        have("down", down_(h)[j] == below(h, j), definition),
        have(
            "products",
            every(y, slope == product),
            arbitrary(
                y,
                proof=[
                    have("at y", None, at(y, j), "through"),
                    have(
                        "here is",
                        U(here(j, y)) == up_(h)[0](y),
                        calculation,
                        "<at y",
                        "down",
                    ),
                    have("product", slope == product, calculation, "here is"),
                ],
            ),
        ),
        have(
            "means",
            E(fn(y, slope)) == E(fn(y, product)),
            by(expectations.expectation_of_equal),
            "products",
        ),
        have("formula", formula, calculation, "curve", "slope", "means"),
    ],
)
E6 = Statement(
    "YSJ18.E6",
    LAYER_MOVED,
    title="Formula for the directional derivative",
    kind="identity",
    where="Appendix A.2, equation (6)",
    lines=(456, 465),
    names=(eta,),
    given=direction,
    then=formula,
    expected=("unsupported premise, step second order", "unsupported premise, step formula"),
    hedge="For a law with finitely many values both claims hold where the layers above are smooth.",
    proof=[
        have(
            "second order",
            second_order,
            claimed("the layers above are linear up to O(e^2)"),
            lines=(461, 462),
        ),
        have(
            "formula",
            formula,
            claimed("the expectation of O(e^2) is O(e^2); subtract L(h), divide by e"),
            "second order",
            lines=(462, 465),
        ),
    ],
    repaired=E6_BOUNDED,
)

still, width = real("still"), real("width")
step_error = risk(there) - risk(moved(j, eta, 0)) - t * along(j, eta)
limit = every(
    still,
    (still > 0)
    >> exists(
        width,
        both(
            width > 0,
            every(
                t,
                both(-width <= t, t <= width) >> (step_error * step_error <= still * still * t * t),
            ),
        ),
    ),
)
D8 = Statement(
    "YSJ18.D8",
    LAYER_MOVED,
    title="Frechet derivative as directional derivative",
    kind="definition",
    where="Appendix A.2",
    lines=(456, 458),
    names=(eta,),
    given=direction,
    then=limit,
    gloss="L(h + t eta) - L(h) - t <D, eta> is small against t.",
    expected=("unsupported premise, step limit",),
    hedge="The limit is taken for granted; for laws with finitely many values it exists.",
    proof=[have("limit", limit, claimed("by definition of Frechet derivatives"), lines=(456, 458))],
    repaired=Statement(
        "YSJ18.D8",
        LAYER_MOVED,
        title="Directional derivative, for laws of bounded support",
        kind="definition",
        where="Appendix A.2",
        reading="repaired",
        names=(eta,),
        given={**direction, **regular},
        then=limit,
        proof=[
            *MOVED,
            have(
                "mean",
                None,
                by(expectations.smooth_mean_square, **line),
                "bounded",
                "smooth",
                "both",
                "target",
            ),
            have(
                "risk is smooth",
                smooth(fn(t, risk(there))),
                by(numbers.smooth_equal),
                "mean",
                "curve",
            ),
            have("limit", limit, by(numbers.first_order, x=0), "risk is smooth"),
        ],
    ),
)

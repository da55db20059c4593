"""Appendix A.3: the derivative of the risk along the direction that steers the first layer to h*.

Notation: J is the Jacobian of the layers above the first, r(x) = h_{H+1:1}(x) - h*(x), and
eta(x) = J^T (J J^T)^-1 r(x) with J at h_1(x).

Statements
- YSJ18.T4.1.steering: eta is 0 at 0.
- YSJ18.T4.1.slope: the derivative along eta is the weighted sum of |r(x)|^2 over the values of X.
"""

from symbolic_landscape.proofs.rules import functions, jacobians, sums
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.layers_above import (
    ABOVE,
    INVERSE,
    REST,
    U1,
    through,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.functions import (
    FIRST_MOVED,
    C,
    a,
    h,
    m,
    nothing,
    p,
    r,
    risk,
    sample,
    square,
    steered,
    t,
    target,
    up_,
    y,
)
from symbolic_landscape.statement.language import (
    derivative,
    each,
    every,
    fn,
    total,
    update,
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
)

eta = fn(y, steered(y))
STEERING = Statement(
    "YSJ18.T4.1.steering",
    FIRST_MOVED,
    title="The steering direction of the first layer is 0 at 0",
    where="Appendix A.3",
    given={},
    then=eta(nothing(0)) == 0,
    proof=[
        have("rest", None, cite(REST)),
        have("start", None, at(0), "rest"),
        have("zero", eta(nothing(0)) == 0, calculation, "start", "standing 4"),
    ],
)

first = fn(y, h[1](y) + t * steered(y))
there = update(h, 1, first)
along = derivative(fn(t, risk(there)))(0)
error = U1(h[1](sample(a)) + t * steered(sample(a))) - target(sample(a))
part = p[a] / 2 * square(error)
squares = total(a, 1, m, p[a] * square(r(sample(a))))
line = {
    "Q": U1,
    "v": h[1](sample(a)),
    "w": steered(sample(a)),
    "u": -target(sample(a)),
}
smooth_line = have("line", smooth(fn(t, error)), by(jacobians.smooth_on_line, **line), "smooth")
on_line = {"X": fn(t, error), "r": p[a] / 2}
slope = derivative(fn(t, part))(0)

SLOPE = Statement(
    "YSJ18.T4.1.slope",
    FIRST_MOVED,
    title="The derivative along the steering direction is the expected squared error",
    where="Appendix A.3",
    given=INVERSE.given,
    then=along == squares,
    proof=[
        have("smooth", smooth(U1), by(jacobians.smooth_map_of_twice), "twice differentiable"),
        have("inverse", None, cite(INVERSE)),
        have("network", up_(h)[0] == through(h, 1), definition),
        have(
            "risk",
            every(t, risk(there) == C + total(a, 1, m, part)),
            arbitrary(
                t,
                proof=[
                    have("above", None, cite(ABOVE, f=first)),
                    have("first above", None, at(1), "above"),
                    have("output", up_(there)[0] == through(there, 1), definition),
                    have(
                        "sum",
                        risk(there) == C + total(a, 1, m, part),
                        calculation,
                        "output",
                        "first above",
                    ),
                ],
            ),
        ),
        have("curve", None, by(functions.equal_functions_of_numbers), "risk"),
        have(
            "parts",
            each(a, 1, m, smooth(fn(t, part))),
            arbitrary(
                a,
                proof=[
                    smooth_line,
                    have("part", None, by(jacobians.smooth_squared_length, **on_line), "line"),
                ],
            ),
        ),
        have(
            "sum",
            None,
            by(
                jacobians.derivative_of_finite_sum,
                F=fn(a, fn(t, part)),
                r=C,
                lo=1,
                hi=m,
                x=0,
            ),
            "parts",
        ),
        have(
            "slopes",
            each(a, 1, m, slope == p[a] * square(r(sample(a)))),
            arbitrary(
                a,
                proof=[
                    smooth_line,
                    have(
                        "length",
                        None,
                        by(jacobians.derivative_of_squared_length, **on_line, x=0),
                        "line",
                    ),
                    have("velocity", None, by(jacobians.derivative_on_line, **line), "smooth"),
                    have("right inverse", None, at(h[1](sample(a))), "inverse"),
                    have(
                        "moves",
                        derivative(fn(t, error))(0) == r(sample(a)),
                        calculation,
                        "velocity",
                        "right inverse",
                    ),
                    have(
                        "slope",
                        slope == p[a] * square(r(sample(a))),
                        calculation,
                        "length",
                        "moves",
                        "network",
                    ),
                ],
            ),
        ),
        have(
            "squares",
            total(a, 1, m, slope) == squares,
            by(
                sums.equal_sums,
                lo=1,
                hi=m,
                a=fn(a, slope),
                c=fn(a, p[a] * square(r(sample(a)))),
            ),
            "slopes",
        ),
        have("along", along == squares, calculation, "curve", "sum", "squares"),
    ],
)

"""Section 4.2, Discussion: critical points in function space, and in the space of parameters.

Statements
- YSJ18.R5: where the parameters of a unit are critical, the downhill direction of function space is
  orthogonal to all that a change of the parameters adds.
"""

from fractions import Fraction

from symbolic_landscape.proofs.rules import entries, expectations, maps
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.expectations import bounded_law
from symbolic_landscape.proofs.rules.jacobians import jacobian
from symbolic_landscape.proofs.rules.maps import square
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.unit import (
    UNIT,
    E,
    downhill,
    phi,
    r,
    s,
    slopes_vanish,
    target,
    unit,
    v,
    w,
    x,
)
from symbolic_landscape.statement.language import both, every, fn, trace
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    have,
    linear,
    logic,
)

activation, same = fn(s, phi(s)), fn(s, s)
tangent = jacobian(activation, w.T @ x, 1, 1) @ (v.T @ x)
"""What a change of the parameters along v adds to the unit."""
orthogonal = every(v, E(fn(x, trace(r.T @ tangent))) == 0)
mean_square = E(fn(x, square(r)))
steepest = downhill == -mean_square
descends = (mean_square > 0) >> (downhill < 0)
at_unit = jacobian(same, unit(w), 1, 1)
paired = trace(r.T @ (at_unit @ (-r)))
line = {"Y": target, "r": Fraction(1, 2), "s": 0}
R5 = Statement(
    "YSJ18.R5",
    UNIT,
    title="Function space versus parameter space",
    kind="remark",
    where="Section 4.2, Discussion",
    lines=(379, 384),
    given={
        "bounded": bounded_law(E),
        "phi": smooth(activation),
        "target": continuous(target),
        "critical": slopes_vanish,
    },
    then=both(orthogonal, steepest, descends),
    hedge="The text says that the direction might be orthogonal, and may lead to local minima; that "
    "they occur is not shown here.",
    proof=[
        have("linear", None, by(maps.differentiable_linear, A=w.T)),
        have("inside", None, by(maps.continuous_of_differentiable), "linear"),
        have("differentiable", None, by(maps.differentiable_of_smooth), "phi"),
        have("outside", None, by(maps.continuous_of_differentiable), "differentiable"),
        have(
            "unit",
            continuous(fn(x, unit(w))),
            by(maps.continuous_composed, D=activation, P=fn(x, w.T @ x)),
            "outside",
            "inside",
        ),
        have(
            "orthogonal",
            orthogonal,
            arbitrary(
                v,
                proof=[
                    have("along", None, by(maps.differentiable_linear, A=v.T)),
                    have("change", None, by(maps.continuous_of_differentiable), "along"),
                    have(
                        "both",
                        both(continuous(fn(x, w.T @ x)), continuous(fn(x, v.T @ x))),
                        logic,
                        "inside",
                        "change",
                    ),
                    have(
                        "slope",
                        None,
                        by(
                            expectations.derivative_of_mean_square,
                            Q=activation,
                            Z=fn(x, w.T @ x),
                            V=fn(x, v.T @ x),
                            **line,
                        ),
                        "bounded",
                        "phi",
                        "both",
                        "target",
                    ),
                    have("zero", None, at(v), "critical"),
                    have(
                        "pairing",
                        E(fn(x, trace(r.T @ tangent))) == 0,
                        calculation,
                        "<slope",
                        "zero",
                    ),
                ],
            ),
        ),
        have("identity", None, by(maps.smooth_identity, n=1)),
        have("back", continuous(fn(x, -r)), by(maps.continuous_difference), "target", "unit"),
        have("pair", both(continuous(fn(x, unit(w))), continuous(fn(x, -r))), logic,
             "unit", "back"),
        have(
            "slope",
            None,
            by(
                expectations.derivative_of_mean_square,
                Q=same,
                Z=fn(x, unit(w)),
                V=fn(x, -r),
                **line,
            ),
            "bounded",
            "identity",
            "pair",
            "target",
        ),
        have("products", every(x, paired == -square(r)), arbitrary(x, proof=[
            have("matrix", None, by(maps.jacobian_of_identity, n=1, z=unit(w))),
            have("any", every(s, trace(s.T @ (at_unit @ (-s))) == -square(s)), arbitrary(s, proof=[
                have("values", s.T @ (at_unit @ (-s)) == -(s.T @ s), calculation, "matrix"),
                have("at s", trace(s.T @ (at_unit @ (-s))) == -square(s),
                     by(entries.trace_of_equal, S=s.T @ (at_unit @ (-s)), S2=-(s.T @ s)),
                     "values")])),
            have("product", None, at(r), "any"),
        ])),
        have("means", E(fn(x, paired)) == E(fn(x, -square(r))),
             by(expectations.expectation_of_equal, E=E), "products"),
        have("negative", E(fn(x, -square(r))) == -mean_square,
             by(expectations.expectation_of_multiple, r=-1, f=fn(x, square(r))), "standing 1"),
        have("steepest", steepest, calculation, "slope", "means", "negative"),
        have("descends", descends, arbitrary(proof=[
            have("down", downhill < 0, linear, "steepest", "descends.if")])),
        have("all", both(orthogonal, steepest, descends), logic, "orthogonal", "steepest",
             "descends"),
    ],
)  # fmt: skip

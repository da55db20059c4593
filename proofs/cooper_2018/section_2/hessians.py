"""Section 2.2: Hessians of squared lengths where these are 0.

Statements
- C18.P2.3.squares: where Q is 0, the Hessian of |Q|^2 is 2 J^T J, J the Jacobian matrix of Q.
- C18.P2.3.hessian: the Hessian of the loss where it is 0.
"""

from symbolic_landscape.proofs.cooper_2018.section_2.zero_loss import (
    I2_1,
    SMOOTH_ERRORS,
    H,
    L,
    errors,
    slopes,
)
from symbolic_landscape.proofs.cooper_2018.settings.data import (
    D2L_,
    DATA,
    H_,
    L_,
    d,
    hessian,
    n,
    smooth_errors,
    w,
    y,
)
from symbolic_landscape.proofs.cooper_2018.settings.matrices import (
    MAPS,
    Q,
    q,
)
from symbolic_landscape.proofs.rules import (
    functions,
    manifolds,
    maps,
)
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.jacobians import jacobian
from symbolic_landscape.proofs.rules.manifolds import infinitely_smooth
from symbolic_landscape.proofs.rules.maps import differentiable, jacobian_map, square
from symbolic_landscape.statement.language import (
    every,
    fn,
    gradient,
    like,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    by,
    calculation,
    cite,
    have,
    linear,
    logic,
)

J = jacobian(Q, w, q, n)
squared = fn(w, square(Q(w)))
doubled = fn(w, 2 * J.T)
w2 = like("w2", w)
SQUARES = Statement(
    "C18.P2.3.squares",
    MAPS,
    title="The Hessian of a squared length where it is 0",
    where="Section 2.2, proof of Proposition 2.3",
    given={"smooth": infinitely_smooth(Q), "zero": Q(w) == 0},
    then=hessian(squared, w, n) == 2 * J.T @ J,
    proof=[
        have("once smooth", smooth(Q), by(manifolds.smooth_of_infinitely_smooth), "smooth"),
        have(
            "gradients",
            every(w2, gradient(squared, w2) == doubled(w2) @ Q(w2)),
            arbitrary(
                w2,
                proof=[
                    have(
                        "gradient",
                        gradient(squared, w2) == doubled(w2) @ Q(w2),
                        by(manifolds.gradient_of_square, Q=Q),
                        "once smooth",
                    )
                ],
            ),
        ),
        have(
            "same",
            None,
            by(
                maps.equal_jacobians,
                Q=fn(w, gradient(squared, w)),
                Q2=fn(w, doubled(w) @ Q(w)),
                z=w,
            ),
            "gradients",
        ),
        have(
            "slopes",
            differentiable(jacobian_map(Q, q, n)),
            by(manifolds.differentiable_jacobian),
            "smooth",
        ),
        have(
            "turned",
            differentiable(fn(w, J.T)),
            by(maps.differentiable_transpose, F=jacobian_map(Q, q, n)),
            "slopes",
        ),
        have(
            "twice",
            differentiable(doubled),
            by(maps.differentiable_multiple, F=fn(w, J.T), r=2),
            "turned",
        ),
        have(
            "product",
            jacobian(fn(w, doubled(w) @ Q(w)), w, n, n) == doubled(w) @ J,
            by(manifolds.jacobian_at_zero, D=doubled, Q=Q),
            "twice",
            "once smooth",
            "zero",
        ),
        have("hessian", hessian(squared, w, n) == 2 * J.T @ J, calculation, "same", "product"),
    ],
)


lengths = fn(w, square(H))
losses = fn(w, L)
curvature = D2L_(y, w)
gram = 2 * slopes.T @ slopes
P2_3_HESSIAN = Statement(
    "C18.P2.3.hessian",
    DATA,
    title="The Hessian of the loss where it is 0",
    where="Section 2.2, proof of Proposition 2.3",
    lines=(150, 153),
    names=(w,),
    given={"smooth": smooth_errors, "in M": L == 0},
    then=curvature == gram,
    proof=[
        have("parts", None, cite(I2_1)),
        have("no errors", H == 0, logic, "parts", "in M"),
        have("map", None, cite(SMOOTH_ERRORS)),
        have("hessian of squares", None, cite(SQUARES, Q=errors, q=d)),
        have(
            "sums",
            every(w2, L_(y, w2) == square(H_(y, w2))),
            arbitrary(
                w2,
                proof=[
                    have("parts there", None, cite(I2_1, w=w2)),
                    have("sum", L_(y, w2) == square(H_(y, w2)), logic, "parts there"),
                ],
            ),
        ),
        have(
            "function",
            losses == lengths,
            by(functions.equal_functions, h=losses, h2=lengths),
            "sums",
        ),
        have(
            "gradients",
            every(w2, gradient(losses, w2) == gradient(lengths, w2)),
            arbitrary(
                w2,
                proof=[
                    have(
                        "gradient",
                        gradient(losses, w2) == gradient(lengths, w2),
                        calculation,
                        "function",
                    )
                ],
            ),
        ),
        have(
            "same",
            curvature == hessian(lengths, w, n),
            by(
                maps.equal_jacobians,
                Q=fn(w, gradient(losses, w)),
                Q2=fn(w, gradient(lengths, w)),
            ),
            "gradients",
        ),
        have("hessian", curvature == gram, linear, "same", "hessian of squares"),
    ],
)

"""Sections 5.3 and 5.4: local minima of deep and wide networks, certified.

Statements
- PS21.E5.4: a 2-1-1-1 minimum at which both matrices B are positive definite, and a 2-21-21-1
  minimum that it is split into, with a way out.
- PS21.I.kernel: the kernel at the 2-p1-p2-1 point has dimension p1 p2 - 1.
- PS21.T2.wide: a minimum of a network with two hidden layers as wide as there are samples, and a way
  out of it.
"""

from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.certified_minima import (
    ACTIVATION,
    CERTIFIED,
    better,
    definite,
    escape,
    minimum,
    p1,
    p2,
    sigma,
)
from symbolic_landscape.statement.language import Expr, both
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import claimed, have, sampled
from symbolic_landscape.statement.step import Step

ENCLOSED = sampled(
    "a critical point that is enclosed in balls; no tree of the language says such a certificate"
)
first = both(
    both(minimum(sigma, 1, 1, 0), definite(sigma, 1), definite(sigma, 2)),
    both(minimum(sigma, 21, 21, 440), escape(sigma, 21, 21)),
)
E5_4 = Statement(
    "PS21.E5.4",
    CERTIFIED,
    title="A 2-1-1-1 minimum with definite B, and the 2-21-21-1 minimum that it is split into",
    kind="experiment",
    where="Section 5.4, on data of its own: the paper prints none",
    lines=(251, 259),
    given=ACTIVATION,
    then=first,
    proof=[have("certified", first, ENCLOSED, "activation")],
    gloss="The paper has 20 samples of a 2-5-5-1 network, a 2-1-1-1 point found by training with loss "
    "4.817, eigenvalues 0.0182 and 0.0004 of B(1), B(2) = 0.0757, and 20 units more in both layers. Here "
    "the samples are 16 rational ones, the 2-1-1-1 minimum is enclosed, and so is that of 2-21-21-1, whose "
    "Hessian has a kernel of dimension 440.",
    hedge="No data, parameters or seed are printed, so none of the paper's numbers can be computed again. "
    "It gives B(1) two eigenvalues, for the two inputs: with the bias there are three, and the two do not "
    "settle their signs (PS21.T8). Losses in 5000 random directions show no minimum.",
)


def kernel(
    size: Expr,
    proof: list[Step],
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of the kernel of the Hessian, by its dimension."""
    return Statement(
        "PS21.I.kernel",
        CERTIFIED,
        title="kernel at the 2-m1-m2-1 point",
        kind="identity",
        where="Section 5.3, proof of Theorem 2",
        lines=(245, 245),
        given=ACTIVATION,
        then=minimum(sigma, p1, p2, size),
        proof=proof,
        reading=reading,
        repaired=repaired,
        expected=expected,
        hedge="An index too many: with m1 and m2 for the numbers of units that are added, p1 - 1 and p2 - 1, "
        "the differences printed are p1 p2 - 1.",
    )


right_size, printed_size = p1 * p2 - 1, p1 + p1 * p2 + p2
I_KERNEL = kernel(
    right_size,
    [have("certified", minimum(sigma, p1, p2, right_size), ENCLOSED, "activation")],
    "repaired",
)
I_KERNEL_PRINTED = kernel(
    printed_size,
    [
        have(
            "kernel",
            minimum(sigma, p1, p2, printed_size),
            claimed("the kernel is spanned by differences for 1 <= t <= m1 and 1 <= s <= m2"),
            "activation",
            lines=(245, 245),
        )
    ],
    repaired=I_KERNEL,
    expected=("refuted, statement", "invalid inference, step kernel"),
)

both_wide = both(
    both(minimum(sigma, 16, 16, 255), better(sigma, 16, 16), escape(sigma, 16, 16)),
    both(definite(sigma, 1), definite(sigma, 2)),
)
"""With 16 units in each of both hidden layers, for 16 samples; B at the 2-1-1-1 point."""
T2_WIDE = Statement(
    "PS21.T2.wide",
    CERTIFIED,
    title="A certified instance of Theorem 2: a suboptimal minimum of a wide 2-16-16-1 network",
    where="Section 3.1, Theorem 2; Section 5.3",
    lines=(102, 102),
    given=ACTIVATION,
    then=both_wide,
    proof=[
        have("certified", both_wide, ENCLOSED, "activation"),
    ],
    gloss="An instance of Theorem 2 with two wide layers, with sigmoid, and with tanh: a "
    "degenerate local minimum that is not global, split from a 2-1-1-1 minimum with definite B; and from "
    "it a path of constant loss leads to a critical point at which the loss bends down.",
    hedge="It is one instance: depth and width are these. That the points on the level path are "
    "critical is what PS21.T7 derives, for two units with the same weights in.",
)

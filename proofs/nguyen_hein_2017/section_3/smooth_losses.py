"""Section 3.2: the Cauchy loss and the Pseudo-Huber loss meet part 3 of the assumptions.

Notation: arch is 1 + kappa t^2, with kappa = 1 / delta^2.

Statements
- NH17.E3.loss.arch: the function 1 + kappa t^2, its slope, and its least value.
- NH17.E3.loss.cauchy, NH17.E3.loss.pseudoHuber.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.losses import (
    LOGARITHM,
    meets,
    once,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.losses import (
    flat_only_at_minimum as flat_only,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.activations import NUMBERS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import twice_smooth
from symbolic_landscape.proofs.rules import curves, numbers, order, signs
from symbolic_landscape.proofs.rules import exponentials as e
from symbolic_landscape.proofs.rules.curves import analytic
from symbolic_landscape.proofs.rules.exponentials import log
from symbolic_landscape.proofs.rules.numbers import recip, sqrt
from symbolic_landscape.statement.language import Expr, both, derivative, every, fn, real
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    linear,
    logic,
)
from symbolic_landscape.statement.step import Step

s, t, kappa, delta = real("s"), real("t"), real("kappa"), real("delta")
line, square = fn(t, t), fn(t, t * t)


def arch(kappa: Expr) -> Expr:
    """The function 1 + kappa t^2."""
    return fn(t, 1 + kappa * (t * t))


def known(kappa: Expr) -> tuple[Expr, ...]:
    """What is known of an arch."""
    f = arch(kappa)
    return (
        analytic(f),
        every(t, f(t) > 0),
        every(s, derivative(f)(s) == 2 * kappa * s),
        every(s, (derivative(f)(s) == 0) >> (s == 0)),
        every(t, f(0) <= f(t)),
    )


FACTS = ("analytic", "positive", "slope", "flat", "least")
multiple = fn(t, 1 + kappa * t)
ARCH = Statement(
    "NH17.E3.loss.arch",
    NUMBERS,
    kind="example",
    title="The function 1 + kappa t^2",
    where="Section 3.2 list and Figure 1",
    names=(kappa,),
    given={"kappa": kappa > 0},
    then=both(*known(kappa)),
    proof=[
        have("line", analytic(line), by(numbers.analytic_affine, r=0, s=1)),
        have(
            "square",
            analytic(square),
            by(numbers.analytic_of_product, f=line, g=line),
            "line",
            "line",
        ),
        have("multiple", analytic(multiple), by(numbers.analytic_affine, r=1, s=kappa)),
        have(
            "analytic",
            analytic(arch(kappa)),
            by(numbers.analytic_of_composed, f=multiple, g=square),
            "multiple",
            "square",
        ),
        *once("line", line, "line"),
        *once("square", square, "square"),
        *once("multiple", multiple, "multiple"),
        have("not negative", kappa >= 0, linear, "kappa"),
        have(
            "above",
            every(t, kappa * (t * t) >= 0),
            arbitrary(
                t,
                proof=[
                    have("t squared", t * t >= 0, by(order.square_not_negative)),
                    have(
                        "scaled",
                        kappa * (t * t) >= 0,
                        by(signs.product_not_negative),
                        "not negative",
                        "t squared",
                    ),
                ],
            ),
        ),
        have(
            "positive",
            every(t, arch(kappa)(t) > 0),
            arbitrary(
                t,
                proof=[
                    have("term", None, at(t), "above"),
                    have("sum", arch(kappa)(t) > 0, linear, "term"),
                ],
            ),
        ),
        have(
            "slope",
            every(s, derivative(arch(kappa))(s) == 2 * kappa * s),
            arbitrary(
                s,
                proof=[
                    have(
                        "line slope",
                        derivative(line)(s) == 1,
                        by(numbers.derivative_of_affine, r=0, s=1),
                    ),
                    have(
                        "square slope",
                        derivative(square)(s) == derivative(line)(s) * s + s * derivative(line)(s),
                        by(numbers.derivative_of_numbers, f=line, g=line),
                        "line once",
                        "line once",
                    ),
                    have(
                        "multiple slope",
                        derivative(multiple)(s * s) == kappa,
                        by(numbers.derivative_of_affine, r=1, s=kappa),
                    ),
                    have(
                        "chain",
                        derivative(arch(kappa))(s)
                        == derivative(multiple)(s * s) * derivative(square)(s),
                        by(numbers.derivative_of_composed, f=multiple, g=square),
                        "multiple once",
                        "square once",
                    ),
                    have(
                        "all",
                        derivative(arch(kappa))(s) == 2 * kappa * s,
                        calculation,
                        "chain",
                        "multiple slope",
                        "square slope",
                        "line slope",
                    ),
                ],
            ),
        ),
        have(
            "flat",
            every(s, (derivative(arch(kappa))(s) == 0) >> (s == 0)),
            arbitrary(
                s,
                proof=[
                    have("slope here", None, at(s), "slope"),
                    have("kappa not 0", kappa != 0, by(order.positive_is_not_zero), "kappa"),
                    have("product", kappa * s == 0, linear, "slope here", "flat.if"),
                    have(
                        "zero",
                        s == 0,
                        by(order.zero_factor, s=kappa, t=s),
                        "product",
                        "kappa not 0",
                    ),
                ],
            ),
        ),
        have("together", both(*known(kappa)), logic, *FACTS[:4], "above"),
    ],
)

k = recip(delta * delta)
c = delta * delta


def opened(*names: str) -> list[Step]:
    """Steps to these of the facts that are known of 1 + t^2 / delta^2."""
    facts = dict(zip(FACTS, known(k), strict=True))
    return [
        have("positive square", c > 0, by(order.square_positive), "delta"),
        have("kappa", k > 0, by(numbers.reciprocal_positive), "positive square"),
        have("arch", None, cite(ARCH, kappa=k)),
        *(have(name, facts[name], logic, "arch") for name in names),
    ]


cauchy = fn(t, c * log(arch(k)(t)))
CAUCHY = Statement(
    "NH17.E3.loss.cauchy",
    NUMBERS,
    kind="example",
    title="The Cauchy loss meets the assumption",
    where="Section 3.2 list and Figure 1",
    lines=(649, 652),
    names=(delta,),
    given={"delta": delta != 0},
    then=meets(cauchy),
    proof=[
        *opened("analytic", "positive", "flat", "least"),
        have("factor", c != 0, by(order.positive_is_not_zero), "positive square"),
        have("factor not negative", c >= 0, linear, "positive square"),
        have(
            "least log",
            every(t, c * log(arch(k)(0)) <= c * log(arch(k)(t))),
            arbitrary(
                t,
                proof=[
                    have("at 0", None, at(0 * delta), "positive"),
                    have("above", None, at(t), "least"),
                    have(
                        "logs",
                        log(arch(k)(0)) <= log(arch(k)(t)),
                        by(e.log_not_decreasing),
                        "at 0",
                        "above",
                    ),
                    have(
                        "scaled",
                        c * log(arch(k)(0)) <= c * log(arch(k)(t)),
                        by(signs.product_not_negative, s=c, t=log(arch(k)(t)) - log(arch(k)(0))),
                        "factor not negative",
                        "logs",
                    ),
                ],
            ),
        ),
        have("loss", meets(cauchy), cite(LOGARITHM, g=arch(k), c=c)),
    ],
)

root = fn(t, sqrt(arch(k)(t)))
outer = fn(t, 2 * c * (t - 1))
huber = fn(t, 2 * c * (sqrt(arch(k)(t)) - 1))
PSEUDO_HUBER = Statement(
    "NH17.E3.loss.pseudoHuber",
    NUMBERS,
    kind="example",
    title="The Pseudo-Huber loss meets the assumption",
    where="Section 3.2 list and Figure 1",
    lines=(633, 637),
    names=(delta,),
    given={"delta": delta != 0},
    then=meets(huber),
    proof=[
        *opened("analytic", "positive", "flat", "least"),
        have("root", analytic(root), by(numbers.analytic_root, g=arch(k)), "analytic", "positive"),
        have("outer", analytic(outer), by(numbers.analytic_affine, r=-2 * c, s=2 * c)),
        have(
            "huber",
            analytic(huber),
            by(numbers.analytic_of_composed, f=outer, g=root),
            "outer",
            "root",
        ),
        *once("arch", arch(k), "analytic"),
        *once("root", root, "root"),
        *once("outer", outer, "outer"),
        have("huber twice", twice_smooth(huber), by(curves.twice_smooth_of_analytic), "huber"),
        have(
            "only there",
            flat_only(huber),
            arbitrary(
                s,
                proof=[
                    have(
                        "outer slope",
                        derivative(outer)(root(s)) == 2 * c,
                        by(numbers.derivative_of_affine, r=-2 * c, s=2 * c),
                    ),
                    have(
                        "chain",
                        derivative(huber)(s) == derivative(outer)(root(s)) * derivative(root)(s),
                        by(numbers.derivative_of_composed, f=outer, g=root),
                        "outer once",
                        "root once",
                    ),
                    have(
                        "slope here",
                        derivative(huber)(s) == 2 * c * derivative(root)(s),
                        calculation,
                        "chain",
                        "outer slope",
                    ),
                    have(
                        "product",
                        c * derivative(root)(s) == 0,
                        linear,
                        "slope here",
                        "only there.if",
                    ),
                    have("c not 0", c != 0, by(order.positive_is_not_zero), "positive square"),
                    have(
                        "root flat",
                        derivative(root)(s) == 0,
                        by(order.zero_factor, s=c, t=derivative(root)(s)),
                        "product",
                        "c not 0",
                    ),
                    have(
                        "root slope",
                        2 * root(s) * derivative(root)(s) == derivative(arch(k))(s),
                        by(numbers.derivative_of_root),
                        "arch once",
                        "positive",
                    ),
                    have(
                        "arch flat",
                        derivative(arch(k))(s) == 0,
                        calculation,
                        "<root slope",
                        "root flat",
                    ),
                    have("if flat", None, at(s), "flat"),
                    have("zero", s == 0, logic, "if flat", "arch flat"),
                    have(
                        "there",
                        every(t, huber(s) <= huber(t)),
                        arbitrary(
                            t,
                            proof=[
                                have("at 0", None, at(0 * delta), "positive"),
                                have("above", None, at(t), "least"),
                                have(
                                    "roots",
                                    root(0) <= root(t),
                                    by(numbers.root_not_decreasing),
                                    "at 0",
                                    "above",
                                ),
                                have("c not negative", c >= 0, linear, "positive square"),
                                have(
                                    "scaled",
                                    huber(0) <= huber(t),
                                    by(signs.product_not_negative, s=c, t=root(t) - root(0)),
                                    "c not negative",
                                    "roots",
                                ),
                                have("from s", huber(s) <= huber(t), calculation, "scaled", "zero"),
                            ],
                        ),
                    ),
                ],
            ),
        ),
        have("both", meets(huber), logic, "huber twice", "only there"),
    ],
)

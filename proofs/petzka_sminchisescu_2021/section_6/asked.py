"""Section 6, Lemma 16: what Corollary 4.5 of NH17 asks of activation and loss, for class A."""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.growth import (
    bounded_or_growing,
    is_bounded,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.transposed import squares
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import (
    N,
    c,
    d,
    s,
    sigma,
    strictly_between,
    t,
    x,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.networks import n, wide
from symbolic_landscape.proofs.rules import numbers, order
from symbolic_landscape.statement.language import both, derivative, every
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    have,
    linear,
    logic,
    take,
)

size = d - c
flat = every(s, (derivative(squares)(s) == 0) >> every(t, squares(s) <= squares(t)))
ASKED = [
    have("values", every(x, strictly_between(sigma(x))), logic, "image"),
    have(
        "within",
        every(t, both(-size <= sigma(t), sigma(t) <= size)),
        arbitrary(
            t,
            proof=[
                have("value", None, at(t), "values"),
                have("bounds", both(-size <= sigma(t), sigma(t) <= size), linear, "value", "zero"),
            ],
        ),
    ),
    have("bounded", is_bounded(sigma), take(size), "within"),
    have("or grows", bounded_or_growing(sigma), logic, "bounded"),
    have(
        "least",
        flat,
        arbitrary(
            s,
            proof=[
                have(
                    "slope",
                    derivative(squares)(s) == 2 * s,
                    by(numbers.derivative_of_quadratic, r=0, s=0, x=s, y=1),
                ),
                have("flat at 0", s == 0, linear, "slope", "least.if"),
                have(
                    "below",
                    every(t, squares(s) <= squares(t)),
                    arbitrary(
                        t,
                        proof=[
                            have("not negative", t * t >= 0, by(order.square_not_negative)),
                            have("value", s * s == 0, calculation, "flat at 0"),
                            have("less", squares(s) <= squares(t), linear, "not negative", "value"),
                        ],
                    ),
                ),
            ],
        ),
    ),
    have("enough", n[wide] >= N - 1, linear, "wide"),
]

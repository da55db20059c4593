"""Section 4.2: critical points have no error where layer j can steer the network, whatever j.

Notation as in `appendix_a.steering`.

Statements
- YSJ18.T4.2.steered: at a critical point the mean square of the error is 0.
- YSJ18.T4.2.least: then the risk is least.
- YSJ18.T4.2.fitted: a network that is h* everywhere is critical.

Design notes. The steering direction need not be differentiable. It is continuous and 0 at 0, and
near such a map there are directions of F_j; so criticality still says that the mean square is 0.
This needs no bounds of singular values, no growth of the layers below, and no second derivatives.
"""

from fractions import Fraction

from symbolic_landscape.proofs.rules import entries, expectations, maps, ranks
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.expectations import bounded_law, expectation
from symbolic_landscape.proofs.rules.maps import differentiable, square
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.admissible import (
    ERROR,
    ZERO,
    A,
    error_map,
    gram,
    gram_inverse,
    turned,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.formula import (
    E6_BOUNDED,
    FROM_BELOW,
    regular,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.steering import (
    PAIRED,
    eta,
    full_rank,
    right_inverse,
    w,
    z,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.functions import (
    LAYER_MOVED,
    MOVED_BACK,
    NETWORK,
    C,
    E,
    H,
    J,
    along,
    back,
    critical,
    d,
    down_,
    error,
    g,
    h,
    here,
    i,
    in_class,
    j,
    layer,
    least,
    mean_square,
    pseudoinverse,
    r,
    risk,
    target,
    undone,
    up_,
    y,
)
from symbolic_landscape.statement.language import both, each, every, fn, inverse, trace
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

received = down_(h)[j - 1](y)
pulled_back = fn(y, J(j, here(j, y)).T @ r(y))
direction = layer("direction", j)
tested = E(fn(y, trace(pulled_back(y).T @ direction(received))))
STEERED = Statement(
    "YSJ18.T4.2.steered",
    MOVED_BACK,
    title="At a critical point the mean square of the error is 0",
    where="Section 4.2",
    given={
        **regular,
        "full rank": full_rank,
        "undone": undone,
        "inverse": continuous(back),
        "critical": critical(h),
    },
    then=mean_square == 0,
    proof=[
        *FROM_BELOW,
        have(
            "right inverse",
            right_inverse,
            arbitrary(
                z,
                proof=[
                    have("full", None, at(z), "full rank"),
                    have("at z", None, by(ranks.gram_inverse, A=J(j, z)), "full"),
                ],
            ),
        ),
        have("right inverses", None, cite(ERROR)),
        have("error is", differentiable(error_map), logic, "right inverses"),
        have("error", continuous(error_map), by(maps.continuous_of_differentiable), "error is"),
        have("jacobian", None, by(maps.continuous_jacobian, m=d[H + 1], n=d[j]), "smooth"),
        have("A", continuous(A), by(maps.continuous_composed), "jacobian", "layer"),
        have("turned", None, by(maps.continuous_transpose, F=A), "A"),
        have("gram", continuous(gram), by(maps.continuous_product, F=A, G=turned), "A", "turned"),
        have(
            "invertible",
            gram_inverse,
            arbitrary(w, proof=[have("at w", None, at(h[j](w)), "right inverse")]),
        ),
        have(
            "inverted",
            continuous(fn(w, inverse(gram(w)))),
            by(maps.continuous_inverted),
            "gram",
            "invertible",
        ),
        have(
            "pseudoinverse",
            continuous(fn(w, pseudoinverse(j, h[j](w)))),
            by(maps.continuous_product, F=turned, G=fn(w, inverse(gram(w)))),
            "turned",
            "inverted",
        ),
        have(
            "error back",
            continuous(fn(w, r(back(w)))),
            by(maps.continuous_composed, D=error_map, P=back),
            "error",
            "inverse",
        ),
        have(
            "eta",
            continuous(eta),
            by(maps.continuous_product, F=fn(w, pseudoinverse(j, h[j](w))), G=fn(w, r(back(w)))),
            "pseudoinverse",
            "error back",
        ),
        have("eta at 0", None, cite(ZERO)),
        have(
            "turned at the input",
            continuous(fn(y, turned(received))),
            by(maps.continuous_composed),
            "turned",
            "below",
        ),
        have(
            "pulled back",
            continuous(pulled_back),
            by(maps.continuous_product, F=fn(y, turned(received)), G=error_map),
            "turned at the input",
            "error",
        ),
        have(
            "both",
            both(continuous(pulled_back), continuous(down_(h)[j - 1])),
            logic,
            "pulled back",
            "below",
        ),
        have("flat at j", None, at(j), "critical"),
        have(
            "tests",
            every(direction, in_class(j, direction) >> (tested == 0)),
            arbitrary(
                direction,
                proof=[
                    have("flat if", None, at(direction), "flat at j"),
                    have("flat", along(j, direction) == 0, logic, "flat if", "tests.if"),
                    have("formula", None, cite(E6_BOUNDED, eta=direction)),
                    have("test", tested == 0, calculation, "<formula", "flat"),
                ],
            ),
        ),
        have(
            "steered",
            E(fn(y, trace(pulled_back(y).T @ eta(received)))) == 0,
            by(
                expectations.mean_against_continuous,
                Y=pulled_back,
                Z=down_(h)[j - 1],
                U=eta,
            ),
            "bounded",
            "both",
            "eta",
            "eta at 0",
            "tests",
        ),
        have("paired", None, cite(PAIRED)),
        have("no error", mean_square == 0, calculation, "<paired", "steered"),
    ],
)

LEAST = Statement(
    "YSJ18.T4.2.least",
    NETWORK,
    title="Without an error the risk is least",
    where="Section 4.1",
    lines=(335, 341),
    given={"law": expectation(E), "no error": mean_square == 0},
    then=least(h),
    proof=[
        have(
            "half",
            None,
            by(expectations.expectation_of_multiple, r=Fraction(1, 2), f=fn(y, square(r(y)))),
            "law",
        ),
        have("constant", risk(h) == C, calculation, "half", "no error"),
        have(
            "least",
            least(h),
            arbitrary(
                g,
                proof=[
                    have(
                        "errors",
                        every(y, error(g, y) >= 0),
                        arbitrary(
                            y,
                            proof=[
                                have(
                                    "error",
                                    None,
                                    by(
                                        entries.squares_not_negative,
                                        A=up_(g)[0](y) - target(y),
                                    ),
                                ),
                            ],
                        ),
                    ),
                    have(
                        "mean",
                        None,
                        by(expectations.expectation_not_negative, E=E, f=fn(y, error(g, y))),
                        "law",
                        "errors",
                    ),
                    have("risk", risk(h) <= risk(g), linear, "constant", "mean"),
                ],
            ),
        ),
    ],
)

direction_i = layer("direction", i)
product = trace(r(y).T @ (J(i, here(i, y)) @ direction_i(down_(h)[i - 1](y))))
FITTED = Statement(
    "YSJ18.T4.2.fitted",
    LAYER_MOVED,
    title="A network that is h* everywhere is critical",
    where="Section 4.2",
    given={
        "bounded": bounded_law(E),
        "smooth": each(i, 1, H + 1, smooth(up_(h)[i])),
        "fits": every(y, up_(h)[0](y) == target(y)),
    },
    then=critical(h),
    proof=[
        have(
            "critical",
            critical(h),
            arbitrary(
                i,
                direction_i,
                proof=[
                    have("smooth above", None, at(i), "smooth"),
                    have("formula", None, cite(E6_BOUNDED, j=i, eta=direction_i)),
                    have(
                        "products",
                        every(y, product == -product),
                        arbitrary(
                            y,
                            proof=[
                                have("fit", None, at(y), "fits"),
                                have("none", product == -product, calculation, "fit"),
                            ],
                        ),
                    ),
                    have(
                        "means",
                        E(fn(y, product)) == E(fn(y, -product)),
                        by(expectations.expectation_of_equal, E=E),
                        "products",
                    ),
                    have(
                        "negative",
                        E(fn(y, -product)) == -E(fn(y, product)),
                        by(expectations.expectation_of_multiple, r=-1, f=fn(y, product)),
                        "standing 3",
                    ),
                    have(
                        "flat", along(i, direction_i) == 0, linear, "formula", "means", "negative"
                    ),
                ],
            ),
        ),
    ],
)

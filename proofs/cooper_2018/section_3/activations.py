"""Section 3.1: rectified activations and smooLU.

Statements
- C18.D3.1: a rectified activation is positive at positive numbers.
- C18.D3.2: smooLU is rectified and smooth.
- C18.X3.1: which activations are rectified smooth.
"""

from collections.abc import Mapping, Sequence

from symbolic_landscape.proofs.cooper_2018.settings.activations import (
    ACTIVATION,
    TRUNCATIONS,
    flat,
    g,
    increases,
    rectified,
    s,
    sigma,
    t,
    truncated,
    weakly_rectified,
)
from symbolic_landscape.proofs.rules import (
    continuity,
    exponentials,
    manifolds,
    numbers,
    order,
    paths,
    pieces,
)
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.exponentials import exp
from symbolic_landscape.proofs.rules.manifolds import infinitely_smooth
from symbolic_landscape.proofs.rules.numbers import recip
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    derivative,
    every,
    fn,
    real,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    claimed,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
)
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import num

x = real("x")
positive = every(t, (t > 0) >> (sigma(t) > 0))
half = t / 2
u = real("u")
change = sigma(u) - sigma(0)
close = every(u, both(-s < u, u < s) >> both(sigma(half) < change, change < -sigma(half)))

D3_1 = Statement(
    "C18.D3.1",
    ACTIVATION,
    kind="definition",
    title="Rectified activation, strictly increasing where it is not 0",
    where="Section 3.1, Definition 3.1",
    lines=(208, 210),
    given={"rectified": rectified(sigma)},
    then=positive,
    proof=[
        have("continuous", continuous(sigma), logic, "rectified"),
        have("flat", flat, logic, "rectified"),
        have("increases", increases, logic, "rectified"),
        have(
            "positive",
            positive,
            arbitrary(
                t,
                proof=[
                    have("order", None, at(half, t), "increases"),
                    have("step", sigma(half) < sigma(t), logic, "order", "positive.if"),
                    have(
                        "half not negative",
                        sigma(half) >= 0,
                        suppose_not(
                            [
                                have(
                                    "near 0",
                                    None,
                                    by(paths.near_of_continuous, f=sigma, x=0, r=-sigma(half)),
                                    "continuous",
                                    "half not negative.not",
                                ),
                                have("s", None, obtain(s), "near 0"),
                                have("s is positive", s > 0, logic, "s"),
                                have(
                                    "smaller",
                                    None,
                                    by(continuity.smaller_of_two, r=s, s=half),
                                    "s is positive",
                                    "positive.if",
                                ),
                                have("x", None, obtain(x), "smaller"),
                                have("between", both(-s < x / 2, x / 2 < s), linear, "x"),
                                have("less", both(x / 2 > 0, x / 2 < half), linear, "x"),
                                have("close", close, logic, "s"),
                                have("at x", None, at(x / 2), "close"),
                                have("near", None, logic, "at x", "between"),
                                have("order at x", None, at(x / 2, half), "increases"),
                                have(
                                    "lower", sigma(x / 2) < sigma(half), logic, "order at x", "less"
                                ),
                                have("none", Expr(num(0)) <= 0, linear),
                                have("at 0", None, at(0), "flat"),
                                have("zero", sigma(0) == 0, logic, "at 0", "none"),
                                have("clash", contradiction, linear, "near", "lower", "zero"),
                            ]
                        ),
                    ),
                    have("above", sigma(t) > 0, linear, "step", "half not negative"),
                ],
            ),
        ),
    ],
    reading="repaired",
)
D3_1_PRINTED = Statement(
    "C18.D3.1",
    ACTIVATION,
    kind="definition",
    title="Rectified activation",
    where="Section 3.1, Definition 3.1",
    lines=(208, 210),
    given={"rectified": weakly_rectified(sigma)},
    then=positive,
    proof=[
        have(
            "positive",
            positive,
            claimed("the diagonal entries of A are not 0, since sigma is rectified"),
            "rectified",
            lines=(263, 264),
        )
    ],
    gloss="What the paper uses of a rectified activation, if it need not increase strictly.",
    hedge="'monotonic increasing' may be meant strictly; then it holds.",
    repaired=D3_1,
    expected=("refuted, statement", "invalid inference, step positive"),
)

# ---- smooLU --------------------------------------------------------------------------------------
smoolu = both(flat, every(t, (t > 0) >> (sigma(t) == t * exp(-recip(t)))))
bump = fn(t, exp(-recip(t)))
D3_2 = Statement(
    "C18.D3.2",
    ACTIVATION,
    kind="definition",
    title="smooLU is rectified and smooth",
    where="Section 3.1, Definition 3.2",
    lines=(218, 223),
    given={"smooLU": smoolu},
    then=both(rectified(sigma), infinitely_smooth(sigma)),
    proof=[
        have("flat", flat, logic, "smooLU"),
        have("values", every(t, (t > 0) >> (sigma(t) == t * exp(-recip(t)))), logic, "smooLU"),
        have("factor", infinitely_smooth(fn(t, t)), by(manifolds.infinitely_smooth_number)),
        have(
            "smooth",
            infinitely_smooth(sigma),
            by(manifolds.flat_at_zero, f=sigma, g=fn(t, t)),
            "factor",
            "flat",
            "values",
        ),
        have(
            "continuous", continuous(sigma), by(manifolds.continuous_of_infinitely_smooth), "smooth"
        ),
        have(
            "increases",
            increases,
            arbitrary(
                s,
                t,
                proof=[
                    have("low", s > 0, logic, "increases.if"),
                    have("step", s < t, logic, "increases.if"),
                    have("high", t > 0, linear, "low", "step"),
                    have(
                        "reciprocals",
                        recip(t) < recip(s),
                        by(numbers.reciprocal_decreases),
                        "low",
                        "step",
                    ),
                    have(
                        "exponentials",
                        exp(-recip(s)) < exp(-recip(t)),
                        by(exponentials.exp_increases, s=-recip(s), t=-recip(t)),
                        "reciprocals",
                    ),
                    have("above", exp(-recip(s)) > 0, by(exponentials.exp_positive)),
                    have(
                        "first",
                        (t - s) * bump(s) > 0,
                        by(order.positive_product, s=t - s, t=bump(s)),
                        "step",
                        "above",
                    ),
                    have(
                        "second",
                        t * (bump(t) - bump(s)) > 0,
                        by(order.positive_product, s=t, t=bump(t) - bump(s)),
                        "high",
                        "exponentials",
                    ),
                    have("at s", None, at(s), "values"),
                    have("at t", None, at(t), "values"),
                    have("value at s", sigma(s) == s * bump(s), logic, "at s", "low"),
                    have("value at t", sigma(t) == t * bump(t), logic, "at t", "high"),
                    have(
                        "less",
                        sigma(s) < sigma(t),
                        linear,
                        "first",
                        "second",
                        "value at s",
                        "value at t",
                    ),
                ],
            ),
        ),
        have(
            "all",
            both(rectified(sigma), infinitely_smooth(sigma)),
            logic,
            "continuous",
            "flat",
            "increases",
            "smooth",
        ),
    ],
)

# ---- which activations are rectified smooth ------------------------------------------------------
TRUNCATED = {
    "truncated": truncated(sigma, g),
    "smooth": infinitely_smooth(g),
    "slope": derivative(g)(0) > 0,
}
zero = 0 * sigma(0)


def truncation(
    then: Expr,
    proof: Sequence[Step],
    more: Mapping[str, Expr] | None = None,
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of the remark on translated and truncated activations."""
    return Statement(
        "C18.X3.1",
        TRUNCATIONS,
        kind="remark",
        title="Which activations are rectified smooth: truncated tanh and sigmoid",
        where="Section 3.1",
        lines=(213, 217),
        given={**TRUNCATED, **(more or {})},
        then=then,
        proof=proof,
        gloss="sigma is g where t >= 0, and 0 elsewhere; g is tanh, or a sigmoid moved to be 0 at "
        "0. For g(t) = t it is ReLU.",
        reading=reading,
        repaired=repaired,
        expected=expected,
    )


X3_1 = truncation(
    ~smooth(sigma),
    [
        have(
            "corner",
            ~smooth(sigma),
            suppose_not(
                [
                    have("once smooth", smooth(sigma), logic, "corner.not"),
                    have("g once smooth", smooth(g), by(manifolds.smooth_of_all_orders), "smooth"),
                    have("left", flat, logic, "truncated"),
                    have("right", every(t, (t >= 0) >> (sigma(t) == g(t))), logic, "truncated"),
                    have("constant", smooth(fn(t, zero)), by(pieces.smooth_constant, r=zero)),
                    have(
                        "left slope",
                        derivative(sigma)(0) == derivative(fn(t, zero))(0),
                        by(pieces.slope_at_end_of_left_half, f=sigma, g=fn(t, zero), r=0),
                        "left",
                        "once smooth",
                        "constant",
                    ),
                    have(
                        "no slope",
                        derivative(fn(t, zero))(0) == 0,
                        by(pieces.derivative_of_number, r=zero, x=0),
                    ),
                    have(
                        "right slope",
                        derivative(sigma)(0) == derivative(g)(0),
                        by(pieces.slope_at_end_of_right_half, f=sigma, h=g, r=0),
                        "right",
                        "once smooth",
                        "g once smooth",
                    ),
                    have(
                        "clash",
                        contradiction,
                        linear,
                        "left slope",
                        "no slope",
                        "right slope",
                        "slope",
                    ),
                ]
            ),
        )
    ],
    reading="repaired",
)
X3_1_PRINTED = truncation(
    infinitely_smooth(sigma),
    [
        have(
            "all",
            infinitely_smooth(sigma),
            claimed("translated and truncated tanh and sigmoid are rectified smooth as well"),
            "truncated",
            "smooth",
            "slope",
            "bounded",
            lines=(216, 217),
        )
    ],
    {"bounded": every(t, both(-1 < g(t), g(t) < 1))},
    repaired=X3_1,
    expected=("refuted, statement", "invalid inference, step all"),
)

"""Section 3.1: rectified activations and smooLU.

Statements
- C18.D3.1: rectified activations, by the strict reading of their definition and by the other.
- C18.L3.3.positive: a rectified activation is positive at positive numbers.
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
    never_falls,
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
    calculation,
    cases,
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
    title="Rectified activation",
    where="Section 3.1, Definition 3.1",
    lines=(208, 210),
    given={"rectified": rectified(sigma)},
    then=weakly_rectified(sigma),
    proof=[
        have("continuous", continuous(sigma), logic, "rectified"),
        have("flat", flat, logic, "rectified"),
        have("increases", increases, logic, "rectified"),
        have(
            "never falls",
            never_falls,
            arbitrary(
                s,
                t,
                proof=[
                    have(
                        "order",
                        sigma(s) <= sigma(t),
                        cases(
                            [
                                have("at both", None, at(s, t), "increases"),
                                have(
                                    "less",
                                    sigma(s) < sigma(t),
                                    logic,
                                    "at both",
                                    "never falls.if",
                                    "order.1",
                                ),
                                have("not more", sigma(s) <= sigma(t), linear, "less"),
                            ],
                            [
                                have("same", s == t, linear, "never falls.if", "order.2"),
                                have("values", sigma(s) == sigma(t), calculation, "same"),
                                have("not more", sigma(s) <= sigma(t), linear, "values"),
                            ],
                            split=s < t,
                        ),
                    )
                ],
            ),
        ),
        have("all", weakly_rectified(sigma), logic, "continuous", "flat", "never falls"),
    ],
    gloss="'Monotonic increasing' may be meant strictly, as in `rectified`, or not.",
)
POSITIVE = Statement(
    "C18.L3.3.positive",
    ACTIVATION,
    title="An activation that is rectified, and increases strictly, is positive at positive numbers",
    where="Section 3.1, proof of Lemma 3.3",
    lines=(263, 264),
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
    hedge: str = "",
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
        hedge=hedge,
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
    hedge="'Truncated' may mean smoothly, as the corner of ReLU is smoothed; then it holds.",
    expected=("refuted, statement", "invalid inference, step all"),
)

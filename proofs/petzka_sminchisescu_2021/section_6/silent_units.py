"""Section 6, end: the second step of the sketch, one unit at a time.

Statements
- PS21.Rem6.silent: where the activations of a layer are dependent, the weights out of some unit can
  be led to 0 while nothing is seen of it in the next layer. Its weights in are then free.
"""

from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import (
    LAYER,
    a,
    i,
    j,
    m,
    n,
    starts,
    t,
    w,
)
from symbolic_landscape.proofs.rules import columns, entries, numbers, order, paths, ranks, sums
from symbolic_landscape.proofs.rules.columns import unit
from symbolic_landscape.proofs.rules.numbers import recip
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    each,
    every,
    exists,
    fn,
    function,
    integer,
    matrix,
    rank,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    by,
    calculation,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
    take,
)

v = integer("v")
u, omega = matrix("u", n, 1), function("omega", t, w)
x = u[i, 1]
less = w @ unit(n, i) @ u.T
"""What is taken away: the weights out of unit i times the dependence u."""
amount = x * recip(x * x)
led = fn(t, w + t * (-amount * less))


def summand(v: Expr) -> Expr:
    """The one summand of an entry of what is taken away."""
    return (w @ unit(n, i))[j, v] * u.T[v, i]


def silenced(i: Expr, omega: Expr) -> Expr:
    """The path starts at the weights, the next layer sees nothing, unit i sends nothing at last."""
    return both(
        1 <= i,
        i <= n,
        starts(omega, w),
        every(t, omega(t) @ a == w @ a),
        each(j, 1, m, omega(1)[j, i] == 0),
    )


goal = exists(i, omega, silenced(i, omega))
LED = [
    have("square", x * x > 0, by(order.square_positive), "zero.not"),
    have("inverse", x * x * recip(x * x) == 1, by(numbers.times_reciprocal), "square"),
    have("low", 1 <= i, linear),
    have("high", i <= n, linear),
    have("moves", continuous(led), by(paths.continuous_line, A=w, A2=-amount * less)),
    have("starts", led(0) == w, calculation),
    have(
        "unseen",
        every(t, led(t) @ a == w @ a),
        arbitrary(t, proof=[have("product", led(t) @ a == w @ a, calculation, "sent to 0")]),
    ),
    have(
        "silent",
        each(j, 1, m, led(1)[j, i] == 0),
        arbitrary(
            j,
            proof=[
                have("out", (w @ unit(n, i))[j, 1] == w[j, i], by(columns.times_unit)),
                have(
                    "entry",
                    None,
                    by(entries.entry_of_product, A=w @ unit(n, i), B=u.T, i=j, j=i),
                ),
                have("one", None, by(sums.single_summand, a=fn(v, summand(v)), lo=1)),
                have("scaled", w[j, i] * x * x * recip(x * x) == w[j, i], calculation, "inverse"),
                have("taken", less[j, i] == w[j, i] * x, calculation, "entry", "one", "out"),
                have("gone", led(1)[j, i] == 0, calculation, "taken", "scaled"),
            ],
        ),
    ),
    have("found", goal, take(i, led), "low", "high", "moves", "starts", "unseen", "silent"),
    have("clash", contradiction, logic, "found", "goal.not"),
]
"""Steps from a unit with a share in the dependence to the path of its weights out."""

SILENT = Statement(
    "PS21.Rem6.silent",
    LAYER,
    title="A unit that depends on the others is silenced, and the next layer does not see it",
    where="Section 6, end: step (2) of the sketch",
    lines=(345, 345),
    given={"dependent": rank(a) < n},
    then=goal,
    proof=[
        have("turned", None, by(ranks.rank_of_transpose, A=a)),
        have("less", rank(a.T) < n, linear, "turned", "dependent"),
        have(
            "kernel",
            exists(u, both(u != 0, a.T @ u == 0)),
            by(ranks.kernel_vector, A=a.T),
            "less",
        ),
        have("u", both(u != 0, a.T @ u == 0), obtain(u), "kernel"),
        have("not 0", u != 0, logic, "u"),
        have("sent to 0", a.T @ u == 0, logic, "u"),
        have(
            "goal",
            goal,
            suppose_not(
                [
                    have(
                        "entries",
                        each(i, 1, n, x == 0),
                        arbitrary(i, proof=[have("zero", x == 0, suppose_not(LED))]),
                    ),
                    have("nothing", u == 0, by(columns.zero_column), "entries"),
                    have("clash", contradiction, logic, "nothing", "not 0"),
                ]
            ),
        ),
    ],
)

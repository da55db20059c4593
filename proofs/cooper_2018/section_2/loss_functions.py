"""Remark 2.2 and Section 5: functions of one error that are 0 at 0 alone.

Notation: l is a function of one error; the loss is the sum of its values. |t| is sqrt(t^2).

Statements
- C18.R5.zeros: the sum is 0 exactly where all errors are, if l is 0 at 0 alone and never negative.
- C18.R5.power: |t|^a is such a function.
- C18.R2.2.size: |t| is such a function.
"""

from symbolic_landscape.proofs.cooper_2018.section_2.zero_loss import (
    I2_1,
    H,
    L,
)
from symbolic_landscape.proofs.cooper_2018.settings.data import (
    DATA,
    H_,
    L_,
    d,
    i,
    w,
    y,
)
from symbolic_landscape.proofs.cooper_2018.settings.powers import POWERS, a, is_power, l
from symbolic_landscape.proofs.rules import exponentials, numbers, sums
from symbolic_landscape.proofs.rules.exponentials import exp, log
from symbolic_landscape.proofs.rules.numbers import sqrt
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    each,
    either,
    every,
    fn,
    real,
    total,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    have,
    linear,
    logic,
    suppose_not,
)
from symbolic_landscape.statement.term import num

t = real("t")


def summed(l: Expr, y: Expr = y, w: Expr = w) -> Expr:  # noqa: E741 (the letter of a loss)
    """The loss that sums l over the errors."""
    return total(i, 1, d, l(H_(y, w)[i, 1]))


def same_zeros(l: Expr, y: Expr = y, w: Expr = w) -> Expr:  # noqa: E741 (the letter of a loss)
    """It is 0 exactly where the squared loss is."""
    squares = L_(y, w)
    other = summed(l, y, w)
    return both((other == 0) >> (squares == 0), (squares == 0) >> (other == 0))


def parts(l: Expr) -> dict[str, Expr]:  # noqa: E741 (the letter of a loss)
    """It is 0 at 0 alone, and never negative."""
    return {
        "not negative": every(t, l(t) >= 0),
        "zero": l(0) == 0,
        "only there": every(t, (l(t) == 0) >> (t == 0)),
    }


fitted = each(i, 1, d, H[i, 1] == 0)
R5_ZEROS = Statement(
    "C18.R5.zeros",
    DATA,
    title="Losses that are 0 at 0 alone have the same zeros",
    where="Section 2.1, Remark 2.2, and Section 5",
    names=(l, w),
    given=parts(l),
    then=same_zeros(l),
    proof=[
        have("sum of squares", None, cite(I2_1)),
        have(
            "no loss",
            (summed(l) == 0) >> (L == 0),
            arbitrary(
                proof=[
                    have(
                        "signs",
                        each(i, 1, d, -l(H[i, 1]) <= 0),
                        arbitrary(i, proof=[have("sign", None, at(H[i, 1]), "not negative")]),
                    ),
                    have(
                        "summands",
                        None,
                        by(sums.zero_summands, a=fn(i, -l(H[i, 1]))),
                        "signs",
                        "no loss.if",
                    ),
                    have(
                        "errors",
                        fitted,
                        arbitrary(
                            i,
                            proof=[
                                have("summand", None, at(i), "summands"),
                                have("there", None, at(H[i, 1]), "only there"),
                                have("error", H[i, 1] == 0, logic, "summand", "there"),
                            ],
                        ),
                    ),
                    have("squared", L == 0, logic, "sum of squares", "errors"),
                ]
            ),
        ),
        have(
            "no square",
            (L == 0) >> (summed(l) == 0),
            arbitrary(
                proof=[
                    have("errors", fitted, logic, "sum of squares", "no square.if"),
                    have(
                        "values",
                        each(i, 1, d, l(H[i, 1]) == 0),
                        arbitrary(
                            i,
                            proof=[
                                have("error", None, at(i), "errors"),
                                have("value", l(H[i, 1]) == 0, calculation, "zero", "error"),
                            ],
                        ),
                    ),
                    have(
                        "sum",
                        summed(l) == 0,
                        by(sums.equal_sums, a=fn(i, l(H[i, 1])), c=fn(i, 0 * l(0)), lo=1, hi=d),
                        "values",
                    ),
                ]
            ),
        ),
        have("both", same_zeros(l), logic, "no loss", "no square"),
    ],
)


powers = exp(a * log(sqrt(t * t)))
R5_POWER = Statement(
    "C18.R5.power",
    POWERS,
    title="A power of |t| is 0 at 0 alone and never negative",
    where="Section 5",
    given={"power": is_power(l, a)},
    then=both(*parts(l).values()),
    proof=[
        have("zero", l(0) == 0, logic, "power"),
        have("values", every(t, (t != 0) >> (l(t) == powers)), logic, "power"),
        have(
            "positive",
            every(t, (t != 0) >> (l(t) > 0)),
            arbitrary(
                t,
                proof=[
                    have("at t", None, at(t), "values"),
                    have("value", l(t) == powers, logic, "at t", "positive.if"),
                    have("exponential", powers > 0, by(exponentials.exp_positive)),
                    have("above", l(t) > 0, linear, "value", "exponential"),
                ],
            ),
        ),
        have(
            "not negative",
            every(t, l(t) >= 0),
            arbitrary(
                t,
                proof=[
                    have("at t", None, at(t), "positive"),
                    have(
                        "sign",
                        l(t) >= 0,
                        cases(
                            [
                                have("value", l(t) == 0, calculation, "zero", "sign.1"),
                                have("least", l(t) >= 0, linear, "value"),
                            ],
                            [
                                have("above", l(t) > 0, logic, "at t", "sign.2"),
                                have("at least", l(t) >= 0, linear, "above"),
                            ],
                            split=t == 0,
                        ),
                    ),
                ],
            ),
        ),
        have(
            "only there",
            every(t, (l(t) == 0) >> (t == 0)),
            arbitrary(
                t,
                proof=[
                    have(
                        "none",
                        t == 0,
                        suppose_not(
                            [
                                have("at t", None, at(t), "positive"),
                                have("above", l(t) > 0, logic, "at t", "none.not"),
                                have("clash", contradiction, linear, "above", "only there.if"),
                            ]
                        ),
                    )
                ],
            ),
        ),
        have("all", both(*parts(l).values()), logic, "not negative", "zero", "only there"),
    ],
)

size = fn(t, sqrt(t * t))
"""|t|"""
above, below = both(t >= 0, size(t) == t), both(t <= 0, size(t) == -t)
SIZE = Statement(
    "C18.R2.2.size",
    DATA,
    title="|t| is 0 at 0 alone and never negative",
    where="Section 2.1, Remark 2.2",
    given={},
    then=both(*parts(size).values()),
    proof=[
        have("none", Expr(num(0)) >= 0, linear),
        have("zero", size(0) == 0, by(numbers.root_of_square, s=0), "none"),
        have(
            "values",
            every(t, either(above, below)),
            arbitrary(
                t,
                proof=[
                    have(
                        "value",
                        either(above, below),
                        cases(
                            [
                                have("root", size(t) == t, by(numbers.root_of_square), "value.1"),
                                have("up", either(above, below), logic, "value.1", "root"),
                            ],
                            [
                                have("least", t <= 0, linear, "value.2"),
                                have(
                                    "root",
                                    size(t) == -t,
                                    by(numbers.root_of_square, s=-t),
                                    "least",
                                ),
                                have("down", either(above, below), logic, "least", "root"),
                            ],
                            split=t >= 0,
                        ),
                    )
                ],
            ),
        ),
        have(
            "not negative",
            every(t, size(t) >= 0),
            arbitrary(
                t,
                proof=[
                    have("at t", None, at(t), "values"),
                    have(
                        "sign",
                        size(t) >= 0,
                        cases(
                            [have("up", size(t) >= 0, linear, "sign.1")],
                            [have("down", size(t) >= 0, linear, "sign.2")],
                        ),
                        "at t",
                    ),
                ],
            ),
        ),
        have(
            "only there",
            every(t, (size(t) == 0) >> (t == 0)),
            arbitrary(
                t,
                proof=[
                    have("at t", None, at(t), "values"),
                    have(
                        "nothing",
                        t == 0,
                        cases(
                            [have("up", t == 0, linear, "nothing.1", "only there.if")],
                            [have("down", t == 0, linear, "nothing.2", "only there.if")],
                        ),
                        "at t",
                    ),
                ],
            ),
        ),
        have("all", both(*parts(size).values()), logic, "not negative", "zero", "only there"),
    ],
)

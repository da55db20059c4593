"""Section 4.1: the risk splits into that against h* and the variance of the labels.

Statements
- YSJ18.D6: as printed, for any law; repaired, for laws of bounded support and continuous maps.

Design notes. If Y has no second moment, both sides are infinite and C is no constant; the printed
text asks for no moments.
"""

from fractions import Fraction

from symbolic_landscape.proofs.rules import entries, expectations, maps
from symbolic_landscape.proofs.rules.expectations import bounded_law
from symbolic_landscape.proofs.rules.maps import square
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.labels import (
    LABELS,
    C,
    P,
    X,
    Y,
    conditional_mean,
    excess,
    f,
    omega,
    risk,
    target,
    x,
)
from symbolic_landscape.statement.language import Expr, both, every, fn, trace
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    claimed,
    have,
    linear,
    logic,
)
from symbolic_landscape.statement.step import Step

split, least, attained = risk == excess + C, C <= risk, (excess == 0) >> (risk == C)
claim = both(split, least, attained)
error, noise = f(X(omega)) - target(X(omega)), target(X(omega)) - Y(omega)
cross = trace(error.T @ (Y(omega) - target(X(omega))))
half = Fraction(1, 2)
parts = half * square(error) + half * square(noise)
difference = fn(x, f(x) - target(x))
NOT_NEGATIVE = have(
    "excess",
    excess >= 0,
    by(expectations.expectation_not_negative, f=fn(omega, half * square(error))),
    "standing 1",
    "squares",
)
SQUARES = have(
    "squares",
    every(omega, half * square(error) >= 0),
    arbitrary(omega, proof=[have("square", None, by(entries.squares_not_negative, A=error))]),
)


def continuous_at_input(name: str, g: Expr, *, of: str) -> Step:
    """A step: the map is continuous at the random input."""
    return have(name, continuous(fn(omega, g(X(omega)))), by(maps.continuous_composed), of, "X")


def length(name: str, g: Expr, of: str) -> Step:
    """A step: half the squared length of a continuous random vector is continuous."""
    vector = fn(omega, g)
    rule = by(maps.continuous_pairing, P=vector, P2=vector, r=half)
    return have(name, continuous(fn(omega, half * square(g))), rule, of, of)


ATTAINED = have(
    "attained",
    attained,
    arbitrary(proof=[have("least risk", risk == C, linear, "split", "attained.if")]),
)
D6 = Statement(
    "YSJ18.D6",
    LABELS,
    title="Function-space risk",
    kind="definition",
    where="Section 4.1",
    lines=(332, 341),
    given={"mean": conditional_mean(target)},
    then=claim,
    expected=("unsupported premise, step split",),
    hedge="Called well known; with finite second moments it holds for any law.",
    proof=[
        have("split", split, claimed("the risk separates into two terms"), "mean",
             lines=(337, 340)),
        SQUARES,
        NOT_NEGATIVE,
        have("least", least, linear, "split", "excess", lines=(340, 341)),
        ATTAINED,
        have("claim", claim, logic, "split", "least", "attained"),
    ],
    repaired=Statement(
        "YSJ18.D6",
        LABELS,
        title="Risk, for laws of bounded support",
        kind="definition",
        where="Section 4.1",
        reading="repaired",
        given={
            "mean": conditional_mean(target),
            "bounded": bounded_law(P),
            "X": continuous(X),
            "Y": continuous(Y),
            "f": continuous(f),
            "target": continuous(target),
        },
        then=claim,
        proof=[
            have("difference", continuous(difference), by(maps.continuous_difference),
                 "f", "target"),
            have("test", None, at(difference), "mean"),
            have("orthogonal", P(fn(omega, cross)) == 0, logic, "test", "difference"),
            continuous_at_input("f at X", f, of="f"),
            continuous_at_input("target at X", target, of="target"),
            have("error", continuous(fn(omega, error)), by(maps.continuous_difference),
                 "f at X", "target at X"),
            have("noise", continuous(fn(omega, noise)), by(maps.continuous_difference),
                 "target at X", "Y"),
            length("error length", error, "error"),
            length("noise length", noise, "noise"),
            have("product", continuous(fn(omega, trace(error.T @ noise))),
                 by(maps.continuous_pairing, r=1, P=fn(omega, error), P2=fn(omega, noise)),
                 "error", "noise"),
            have("lengths", continuous(fn(omega, parts)),
                 by(maps.continuous_total, f=fn(omega, half * square(error)),
                    g=fn(omega, half * square(noise))), "error length", "noise length"),
            have("expanded",
                 every(omega, square(f(X(omega)) - Y(omega)) / 2
                       == parts + trace(error.T @ noise)),
                 arbitrary(omega, proof=[
                     have("square", square(f(X(omega)) - Y(omega)) / 2
                          == parts + trace(error.T @ noise), calculation)])),
            have("means", None, by(expectations.expectation_of_equal, E=P), "expanded"),
            have("sum", None, by(expectations.expectation_of_sum, E=P, f=fn(omega, parts),
                                 g=fn(omega, trace(error.T @ noise))),
                 "bounded", "lengths", "product"),
            have("sum of lengths", None,
                 by(expectations.expectation_of_sum, E=P, f=fn(omega, half * square(error)),
                    g=fn(omega, half * square(noise))),
                 "bounded", "error length", "noise length"),
            have("negative", None,
                 by(expectations.expectation_of_multiple, E=P, r=-1, f=fn(omega, cross)),
                 "standing 1"),
            have("split", split, linear, "means", "sum", "sum of lengths", "negative",
                 "orthogonal"),
            SQUARES,
            NOT_NEGATIVE,
            have("least", least, linear, "split", "excess"),
            ATTAINED,
            have("claim", claim, logic, "split", "least", "attained"),
        ],
    ),
)  # fmt: skip

"""Section 4.1: a random input with a random label, and what predicts it.

Notation: omega is drawn by the law of the expectation P; X(omega) is the input, Y(omega) its label,
f predicts it, and h* is `target`.

Setting: LABELS.
"""

from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.proofs.rules.expectations import expectation
from symbolic_landscape.proofs.rules.maps import square
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.function_decisions import (
    Ridge,
    is_expectation,
    law_values,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.function_points import (
    IDENTITY,
    STEEPER,
    Layer,
    law,
    linear,
    scaled,
)
from symbolic_landscape.statement.language import (
    define,
    every,
    fn,
    function,
    matrix,
    natural,
    real,
    trace,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

q, n, m = natural("q"), natural("n"), natural("m")
omega, x, y = matrix("omega", q, 1), matrix("x", n, 1), matrix("y", m, 1)
X, Y = function("X", omega, x), function("Y", omega, y)
f, target, test = function("f", x, y), function("target", x, y), function("test", x, y)
P = function("P", function("", omega, real("")), real(""))

conditional_mean = define(
    "conditional mean",
    (target,),
    every(
        test,
        continuous(test)
        >> (P(fn(omega, trace(test(X(omega)).T @ (Y(omega) - target(X(omega)))))) == 0),
    ),
    text="{0}(X) is the mean of Y given X",
    latex=r"{0}(x) = \mathbb{{E}}[Y \mid X = x]",
)
risk = P(fn(omega, square(f(X(omega)) - Y(omega)) / 2))
excess = P(fn(omega, square(f(X(omega)) - target(X(omega))) / 2))
C = P(fn(omega, square(target(X(omega)) - Y(omega)) / 2))


def is_conditional_mean(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether, at each value of X, the labels have the mean that the map has there."""
    values = {str(v.name): value for v, value in instance.values.items()}
    try:
        outcomes, weights = law_values(values["P"])
        inputs, labels, mean = (Ridge.of(g) for g in (values["X"], values["Y"], *arguments))
        sums: list[tuple[Any, Any]] = []
        for a in range(outcomes.shape[1]):
            omega = outcomes.submatrix(range(outcomes.shape[0]), [a])
            at = inputs.value(omega)
            error = (labels.value(omega) - mean.value(at)).scale(weights[0, a])
            same = [k for k, (other, _) in enumerate(sums) if other == at]
            if same:
                sums[same[0]] = at, sums[same[0]][1] + error
            else:
                sums.append((at, error))
    except LandscapeError as cause:
        return undecided(str(cause))
    for at, error in sums:
        if not error.is_zero:
            return fails(Evidence.EXACT, f"at {at} the mean error is {error}")
    return holds(Evidence.EXACT, f"the mean errors at {len(sums)} values of X are 0")


def _example(inputs: int, rows: Any, weights: Any, *maps: Layer) -> dict[Any, Any]:
    """The law with these values of (X, Y), one a row; f and h*."""
    size = len(rows[0])
    unit = QQ.identity(size).tolist()
    values = {
        q: size,
        n: inputs,
        m: size - inputs,
        P: law(rows, weights),
        X: linear(*unit[:inputs]).tree,
        Y: linear(*unit[inputs:]).tree,
    }
    trees = zip((f, target), (g.tree for g in maps), strict=True)
    return {v.term: value for v, value in (*values.items(), *trees)}


HALF = Fraction(1, 2)


def examples() -> tuple[tuple[str, dict[Any, Any]], ...]:
    """Laws of inputs and labels, with one whose h* is no conditional mean."""
    noise = [[1, 1], [1, 3], [-1, -2]]
    thirds = [Fraction(1, 4), Fraction(1, 4), HALF]
    two = [[1, 4, 0], [1, 0, 4]]
    return (
        ("a line through noisy labels", _example(1, noise, thirds, IDENTITY, scaled(2))),
        ("fitted with noise", _example(1, noise, thirds, scaled(2), scaled(2))),
        ("unequal weights, two outputs",
         _example(1, two, [Fraction(1, 4), Fraction(3, 4)], linear([1], [0]), linear([1], [3]))),
        ("no noise, a bent map", _example(1, [[0, 0], [1, 2]], [HALF, HALF], STEEPER, scaled(2))),
        ("two inputs", _example(2, [[1, 0, 3], [0, 1, 1]], [HALF, HALF], linear([1, 1]),
                                linear([3, 1]))),
        ("twice the conditional mean", _example(1, [[1, 1]], [1], scaled(0), scaled(2))),
    )  # fmt: skip


LABELS = Setting(
    "a random input with a random label, and a map that predicts it",
    variables=(q, n, m, P, X, Y, f, target),
    standing=(expectation(P),),
    definitions=(conditional_mean,),
    decisions={
        "conditional mean": is_conditional_mean,
        "expectation": is_expectation,
        "bounded law": is_expectation,
    },
    instances=examples,
)

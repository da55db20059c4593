"""Section 4.2, Discussion: a network with one unit and no hidden layer, on a random input.

Notation: the unit is x -> phi(w^T x), E the expectation over X, h* is `target`.

Setting: UNIT.
"""

from collections.abc import Sequence
from typing import Any

from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.rules.expectations import expectation
from symbolic_landscape.proofs.rules.maps import square
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.function_decisions import (
    is_expectation,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.function_points import (
    Layer,
    law,
    linear,
    on_line,
)
from symbolic_landscape.statement.language import (
    Expr,
    derivative,
    every,
    fn,
    function,
    matrix,
    natural,
    real,
    scalar_function,
)
from symbolic_landscape.statement.setting import Setting

n = natural("n")
x, w, v, s = matrix("x", n, 1), matrix("w", n, 1), matrix("v", n, 1), matrix("s", 1, 1)
t, phi = real("t"), scalar_function("phi")
target = function("target", x, s)
E = function("E", function("", x, t), t)


def unit(w: Expr) -> Expr:
    """The value at x, as a 1 x 1 matrix."""
    return phi(w.T @ x)


def risk(prediction: Any) -> Expr:
    """Half the mean square of what a prediction at x misses."""
    return E(fn(x, square(prediction - target(x)) / 2))


r = unit(w) - target(x)
slopes_vanish = every(v, derivative(fn(t, risk(unit(w + t * v))))(0) == 0)
"""The risk is critical in the parameters w."""
downhill = derivative(fn(t, risk(unit(w) + t * (-r))))(0)
"""The derivative of the risk along -r, in function space."""


def _example(name: str, f: str, weights: Sequence[Any], inputs: Any, goal: Layer) -> Any:
    count = len(inputs)
    values = {
        n: len(weights),
        w: QQ.column(weights),
        phi: Activation.of(f),
        target: goal.tree,
        E: law(inputs, [QQ.scalar(1) / count] * count),
    }
    return name, {a.term: b for a, b in values.items()}


def examples() -> tuple[tuple[str, dict[Any, Any]], ...]:
    """Units that are critical without fitting, one that fits, one that is not critical."""
    return (
        _example("arctan at 0, opposite targets", "arctan", [0], [[1], [2]],
                 on_line(0, "(12*t - 7*t**2 + t**3)/(1 + t**2)")),
        _example("tanh, two inputs", "tanh", [0, 0], [[1, 0], [-1, 0]], Layer([[0, 0]],
                 "t**2/(1 + t**2)", [[1, 0]], [[1]])),
        _example("a cube inside", "tanh(t**3)", [0], [[1]], linear([1])),
        _example("arctan, one value", "arctan", [0], [[1]], linear([1])),
        _example("arctan, fitted", "arctan", [0], [[1]], linear([0])),
        _example("no slope, not fitted", "t**2", [0], [[1], [3]], linear([2])),
    )  # fmt: skip


UNIT = Setting(
    "a network with one unit and no hidden layer",
    variables=(n, E, w, phi, target),
    standing=(expectation(E),),
    decisions={"expectation": is_expectation, "bounded law": is_expectation},
    instances=examples,
)

"""Exercises over the papers: short proofs to be written, and points of small networks to be found.

The key begins with E; numbers are drawn for each student. `about` names the statement that an
exercise belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

from symbolic_landscape.statement.exercise import Derive, Exercise, Find

Drawn = Mapping[str, Any]


def _some(chance: Random, most: int = 5) -> int:
    """A small integer that is not 0."""
    return chance.choice((-1, 1)) * chance.randint(1, most)


def _several(chance: Random, number: int) -> list[int]:
    """Different integers that are not 0."""
    return chance.sample([k for k in range(-6, 7) if k], number)


def _problem(
    widths: list[int],
    activation: str,
    inputs: list[list[Any]],
    targets: list[list[Any]],
    **more: Any,
) -> Drawn:
    samples = {
        "inputs": [[str(x) for x in row] for row in inputs],
        "targets": [[str(y) for y in row] for row in targets],
    }
    return {"widths": widths, "activation": activation, "samples": samples, **more}


def _proportional(chance: Random) -> Drawn:
    xs, c = _several(chance, 3), _some(chance)
    return _problem([1, 1, 1], "linear", [[x] for x in xs], [[c * x] for x in xs], bias=False)


def _scattered(chance: Random) -> Drawn:
    xs, c = _several(chance, 3), _some(chance)
    noise = [0, 1, 2]
    return _problem(
        [1, 1, 1],
        "linear",
        [[x] for x in xs],
        [[c * x + e] for x, e in zip(xs, noise, strict=True)],
        bias=False,
    )


def _line(chance: Random) -> Drawn:
    xs, ys = _several(chance, 4), [_some(chance, 9) for _ in range(4)]
    return _problem([1, 1], "linear", [[x] for x in xs], [[y] for y in ys])


def _two_targets(activation: str, units: int) -> Callable[[Random], Drawn]:
    def drawn(chance: Random) -> Drawn:
        x, y = _several(chance, 2), _several(chance, 2)
        return _problem([1, units, 1], activation, [[a] for a in x], [[b] for b in y])

    return drawn


def _flat_slope(chance: Random) -> Drawn:
    target = Fraction(1, chance.randint(2, 9))
    return _problem([1, 1], "tanh(t**3)", [["0"]], [[target]], output_activation="tanh(t**3)")


def _three_layers(chance: Random) -> Drawn:
    xs, c = _several(chance, 2), _some(chance)
    return _problem([1, 1, 1, 1], "linear", [[x] for x in xs], [[c * x] for x in xs], bias=False)


def _diagonal(chance: Random) -> Drawn:
    small = chance.randint(1, 4)
    large = small + chance.randint(1, 4)
    return _problem([2, 1, 2], "linear", [[1, 0], [0, 1]], [[large, 0], [0, small]], bias=False)


def _negative(chance: Random) -> Drawn:
    xs = _several(chance, 2)
    return _problem(
        [1, 1, 1], "square", [[x] for x in xs], [[-chance.randint(1, 6)] for _ in xs], bias=False
    )


def _copied(chance: Random) -> Drawn:
    xs, c = _several(chance, 3), _some(chance)
    return _problem(
        [1, 2, 1], "cubic", [[x] for x in xs], [[c * (x + x**3)] for x in xs], bias=False
    )


def _positive_inputs(chance: Random) -> Drawn:
    xs = chance.sample(range(1, 9), 3)
    ys = chance.sample(range(-6, 7), 3)
    return _problem([1, 1, 1], "relu", [[x] for x in xs], [[y] for y in ys])


def _one_sample(chance: Random) -> Drawn:
    a, b = _several(chance, 2)
    return _problem([2, 1], "linear", [[a, b]], [[_some(chance)]], bias=False)


def _deep_tanh(chance: Random) -> Drawn:
    xs, ys = _several(chance, 2), _several(chance, 2)
    return _problem([1, 1, 1, 1, 1], "tanh", [[x] for x in xs], [[y] for y in ys], bias=False)


def _larger(problem: Drawn) -> Fraction:
    """The square of the larger diagonal target."""
    rows = problem["samples"]["targets"]
    return max(Fraction(rows[0][0]), Fraction(rows[1][1])) ** 2


_SADDLE = {"kind": "strict saddle", "global_minimum": "no"}
_LEAST = {"kind": "non-strict local minimum", "global_minimum": "yes"}

DERIVE = tuple(
    Derive(f"ED{number:02}", level, about)
    for number, (level, about) in enumerate(
        (
            (1, "YSJ18.I4.steered"),
            (1, "YSJ18.R2.error"),
            (1, "YSJ18.I11.still"),
            (1, "NH17.R4.lin.affine"),
            (1, "YSJ18.D4.moments"),
            (1, "YSJ18.LB1.close"),
            (1, "NH17.E3.small.shift"),
            (2, "NH17.L4.3.above"),
            (2, "YSJ18.LB1.noMore"),
            (2, "YSJ18.I9"),
            (2, "PS21.L16.later"),
            (2, "YSJ18.A1.empty"),
            (2, "YSJ18.C2.3.below"),
            (2, "C21.T5.15.below"),
            (3, "NH17.L4.3.nonzero"),
            (3, "NH17.L4.3.injective"),
            (3, "NH17.L4.3.onto"),
            (3, "PS21.LA1.form"),
            (3, "C21.I3.dimS.piece"),
        ),
        1,
    )
)

FIND = (
    Find(
        "EF01", 1, "YSJ18.T2.1",
        "A linear network with one hidden unit, and targets proportional to the inputs. Find a "
        "critical point at which the Hessian has a negative eigenvalue.",
        _proportional, _SADDLE,
        (
            "The prediction is w2 w1 x. When is the gradient in w1 zero, whatever the data?",
            "Take both weights 0: what is the mixed second derivative there?",
            "The Hessian at (0, 0) has zeros on the diagonal and -2 sum x y beside it.",
        ),
    ),
    Find(
        "EF02", 1, "YSJ18.T2.1",
        "The same kind of network and data. Find a global minimum.",
        _proportional, _LEAST,
        (
            "Which product w2 w1 fits every sample?",
            "Only the product counts, so a whole curve of weights does it.",
            "Take w2 = 1 and w1 = y / x.",
        ),
    ),
    Find(
        "EF03", 2, "YSJ18.E3",
        "A linear network with one hidden unit and data that no such network fits. Find a global "
        "minimum, in exact numbers.",
        _scattered, _LEAST,
        (
            "The loss is a parabola in the product p = w2 w1.",
            "Least squares: p = sum x y / sum x x.",
            "Take w2 = 1 and w1 = p, as a fraction.",
        ),
    ),
    Find(
        "EF04", 1, "NH17.T3.4",
        "One affine layer, four samples. Find the strict minimum, in exact numbers.",
        _line, {"kind": "strict local minimum", "global_minimum": "yes"},
        (
            "Two normal equations: the residuals sum to 0, and so do residuals times inputs.",
            "Slope = (mean of x y - mean x mean y) / (mean of x x - mean x mean x).",
            "The bias is mean y - slope mean x.",
        ),
    ),
    Find(
        "EF05", 1, "NH17.T3.8",
        "One hidden unit with tanh, two samples. Find a critical point that is no global minimum.",
        _two_targets("tanh", 1), {"kind": "strict saddle", "global_minimum": "no"},
        (
            "Make the prediction the same for both samples.",
            "With all weights 0 the output bias alone counts; which bias is best?",
            "Output bias = mean of the targets, everything else 0.",
        ),
    ),
    Find(
        "EF06", 2, "NH17.R3.8",
        "Two hidden units with the sigmoid, two samples. Find a critical point that is no global "
        "minimum.",
        _two_targets("sigmoid", 2), {"kind": "strict saddle", "global_minimum": "no"},
        (
            "A unit with outgoing weight 0 gets no error.",
            "What has the output bias to be then, and what about the features?",
            "All weights 0, output bias = mean of the targets.",
        ),
    ),
    Find(
        "EF07", 3, "NH17.T3.4",
        "The theorem says: with independent samples and full rank every critical point is a global "
        "minimum. Here is an activation that is analytic, bounded and strictly increasing. Find a "
        "critical point that is no global minimum.",
        _flat_slope, {"kind": "saddle", "global_minimum": "no"},
        (
            "Strictly increasing does not mean that the slope is positive everywhere.",
            "Where has tanh(t^3) slope 0?",
            "The input is 0: take bias 0 and any weight.",
        ),
    ),
    Find(
        "EF08", 2, "YSJ18.R3",
        "A linear network with three layers of one unit. Find a saddle at which the Hessian is 0.",
        _three_layers, {"kind": "saddle", "zeros": 3},
        (
            "The loss is a function of w1 w2 w3.",
            "All second derivatives contain a weight, or the derivative of a product of three.",
            "The origin; the loss falls at order three.",
        ),
    ),
    Find(
        "EF09", 3, "YSJ18.T2.2",
        "A linear network with a bottleneck of width 1, the inputs are unit vectors and the "
        "targets a diagonal. Find a strict saddle whose loss is the square of the larger target.",
        _diagonal, {"kind": "strict saddle", "loss": _larger},
        (
            "The products of rank 1 that are critical keep one singular direction.",
            "Which direction has to be left out, so that this loss remains?",
            "W1 = (0, 1), W2 = (0, smaller target).",
        ),
    ),
    Find(
        "EF10", 2, "YSJ18.T2.2",
        "The same network and data. Find a global minimum.",
        _diagonal, _LEAST,
        (
            "The best product of rank 1 keeps the largest singular direction (Eckart and Young).",
            "The product must be diag(larger, 0).",
            "W1 = (1, 0), W2 = (larger target, 0).",
        ),
    ),
    Find(
        "EF11", 3, "PS21.T8",
        "One hidden unit with the square as activation, and negative targets. Find a local minimum "
        "that is no global one.",
        _negative, {"kind": "non-strict local minimum", "global_minimum": "no"},
        (
            "The prediction is v (w x)^2: what sign has it near v > 0?",
            "At w = 0 the prediction is 0; can it come nearer to a negative target if v > 0?",
            "w = 0, v = 1.",
        ),
    ),
    Find(
        "EF12", 2, "PS21.I.gamma.split",
        "A network with two units, and targets that a network with one unit fits. Find a global "
        "minimum.",
        _copied, _LEAST,
        (
            "The target is c (x + x^3). What does one unit with weight 1 compute?",
            "Split that unit: both get the same weight in.",
            "Weights in 1 and 1, weights out that add up to c.",
        ),
    ),
    Find(
        "EF13", 2, "NH17.R2.softplus",
        "One unit with relu and positive inputs. Find a local minimum at which the unit is dead.",
        _positive_inputs, {"kind": "non-strict local minimum", "global_minimum": "no"},
        (
            "A unit is dead where its preactivation is negative at every sample.",
            "Weight -1 and bias -1 do that; what is left to be chosen?",
            "The output bias is the mean of the targets.",
        ),
    ),
    Find(
        "EF14", 1, "C18.T2.1",
        "More parameters than samples: one sample, two weights. Find a global minimum, and look at "
        "the number of zero eigenvalues: it is the number of weights minus the number of samples.",
        _one_sample, {**_LEAST, "zeros": 1},
        (
            "The zero set of the loss is a line.",
            "Put one weight to 0.",
            "w = (y / x1, 0).",
        ),
    ),
    Find(
        "EF15", 3, "C21.D3.S",
        "Four layers with tanh and no biases. Find a critical point at which no gradient, no "
        "Hessian and no third derivative sees where the loss falls.",
        _deep_tanh, {"kind": "saddle", "global_minimum": "no", "zeros": 4},
        (
            "tanh(0) = 0, so one layer of zeros makes the prediction 0.",
            "How many layers of zeros does it take until first and second derivatives vanish?",
            "The origin: the prediction is of order four there.",
        ),
    ),
)  # fmt: skip

EXERCISES: tuple[Exercise, ...] = (*DERIVE, *FIND)

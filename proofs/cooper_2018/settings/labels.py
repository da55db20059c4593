"""Section 4: networks whose weights and biases are read from one parameter vector, by labels.

Notation: w holds n parameters. The weight from unit j of layer k - 1 to unit i of layer k is that
with the label lab(k)(i)(j), the bias of unit i of layer k that with the label blab(k)(i): this is
the labelling pi of Section 3, and labels may be equal. In LABELLED there is one output.

Settings: LABELLED, LABELLED_OUTPUTS.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.cooper_2018.settings.activations import (
    DECISIONS,
    SQUARED,
    rectified,
    sigma,
    weakly_rectified,
)
from symbolic_landscape.proofs.cooper_2018.settings.label_decisions import (
    labels_differ,
    one_output_never_fits,
    outputs_never_fit,
)
from symbolic_landscape.proofs.cooper_2018.settings.layers import (
    T,
    X,
    Y,
    d,
    i,
    j,
    k,
    m,
    one,
    phi_,
)
from symbolic_landscape.proofs.rules.manifolds import submanifold
from symbolic_landscape.proofs.rules.maps import square
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    each,
    entries,
    every,
    exists,
    fn,
    function,
    integer,
    like,
    matrix,
    natural,
    real,
    zeros,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

n = natural("n")
w, y = matrix("w", n, 1), matrix("y", d, 1)
r, R, eps = like("r", y), like("R", Y), real("eps")
row, column = integer("row"), integer("column")
lab = function("lab", k, function("", i, function("", j, i)))
blab = function("blab", k, function("", i, i))

W_ = define(
    "weights",
    (w,),
    fn(k, entries(row, column, m[k], m[k - 1], w[lab(k)(row)(column), 1])),
    text="W({0})",
    latex="W({0})",
)
B_ = define(
    "biases",
    (w,),
    fn(k, entries(row, column, m[k], 1, w[blab(k)(row), 1])),
    text="B({0})",
    latex="B({0})",
)


def last_layer(w: Expr) -> Expr:
    """What the output layer makes of the samples: a row, since there is one output."""
    return W_(w)[T + 1] @ phi_(W_(w), B_(w))[T] + B_(w)[T + 1] @ one


outputs_ = define(
    "outputs",
    (w,),
    entries(row, column, d, 1, last_layer(w)[1, row]),
    text="f({0}, X)",
    latex="f({0}, X)",
)
L_ = define("loss", (y, w), square(outputs_(w) - y), text="L({0}, {1})", latex="L({0}, {1})")


def zero_set(y: Any) -> Expr:
    """The parameters with loss 0."""
    return fn(w, L_(y, w) == 0)


attained = define(
    "attained",
    (n, y),
    exists(w, L_(y, w) == 0),
    text="the loss with targets {1} is 0 for some of {0} parameters",
    latex=r"\exists w \in \mathbb{{R}}^{{{0}}}:\ L({1}, w) = 0",
)
"""The global minimum of the loss is 0."""

fits_nearby = define(
    "fits nearby",
    (n, y),
    every(
        eps,
        (eps > 0)
        >> exists(
            r,
            both(square(r) < eps * eps, attained(n, y + r), submanifold(n, d, zero_set(y + r))),
        ),
    ),
    text="near {1}, generically, M is not empty and a submanifold of dimension {0} - d",
    latex=r"\text{{near }} {1} \text{{ generically }} \emptyset \ne M \text{{ is a submanifold of dimension }} {0} - d",
)
o = m[T + 1]
"""How many outputs there are."""


def all_fit(Y: Any) -> Expr:
    """The parameters with which all outputs are as wanted."""
    return fn(w, last_layer(w) == Y)


some_fit = define(
    "all outputs fit",
    (n, Y),
    exists(w, last_layer(w) == Y),
    text="some of {0} parameters give the outputs {1}",
    latex=r"\exists w \in \mathbb{{R}}^{{{0}}}:\ f(w, X) = {1}",
)
"""Some parameters give all outputs as wanted."""

outputs_fit_nearby = define(
    "all outputs fit nearby",
    (n, Y),
    every(
        eps,
        (eps > 0)
        >> exists(
            R,
            both(
                close(R, zeros(o, d), eps),
                some_fit(n, Y + R),
                submanifold(n, o * d, all_fit(Y + R)),
            ),
        ),
    ),
    text="near {1}, generically, M is not empty and a submanifold of dimension {0} - m_(T+1) d",
    latex=r"\text{{near }} {1} \text{{ generically }} \emptyset \ne M \text{{ is a submanifold of dimension }} {0} - m_{{T+1}} d",
)
level, unit, source = (function(name, i, i) for name in ("level", "unit", "source"))
"""Where a label stands: the layer, the unit, and the unit below, which is 0 for a bias."""
places = each(
    k,
    1,
    T + 1,
    each(
        i,
        1,
        m[k],
        both(
            both(level(blab(k)(i)) == k, unit(blab(k)(i)) == i, source(blab(k)(i)) == 0),
            each(
                j,
                1,
                m[k - 1],
                both(
                    level(lab(k)(i)(j)) == k,
                    unit(lab(k)(i)(j)) == i,
                    source(lab(k)(i)(j)) == j,
                ),
            ),
        ),
    ),
)
no_sharing = define(
    "all labels differ",
    (T, m, lab, blab),
    exists(level, unit, source, places),
    text="all labels differ",
    latex=r"\pi \text{{ is injective}}",
    at=("T", "m", "lab", "blab"),
)
in_range = each(
    k,
    1,
    T + 1,
    each(
        i,
        1,
        m[k],
        both(
            both(1 <= blab(k)(i), blab(k)(i) <= n),
            each(j, 1, m[k - 1], both(1 <= lab(k)(i)(j), lab(k)(i)(j) <= n)),
        ),
    ),
)

Labels = tuple[Mapping[int, Any], Mapping[int, Any], int]
"""Labels of weights and biases, and the number of parameters."""


def own(sizes: Sequence[int]) -> Labels:
    """A label of its own for each weight and bias."""
    weights: dict[int, Any] = {}
    biases: dict[int, Any] = {}
    count = 0
    for place, (inside, outside) in enumerate(pairwise(sizes), 1):
        weights[place], biases[place] = {}, {}
        for u in range(1, outside + 1):
            weights[place][u] = {v: count + v for v in range(1, inside + 1)}
            biases[place][u] = count + inside + 1
            count += inside + 1
    return weights, biases, count


def symmetric(sizes: Sequence[int]) -> Labels:
    """The same, but all inputs of a unit of the first layer share one weight."""
    weights, biases, count = own(sizes)
    first = {u: dict.fromkeys(row, min(row.values())) for u, row in weights[1].items()}
    return {**weights, 1: first}, biases, count


def two(sizes: Sequence[int]) -> Labels:
    """One label for all weights and biases of the first layer, another for all others."""
    weights, biases, _ = own(sizes)
    return (
        {k: {u: dict.fromkeys(row, 1 + (k > 1)) for u, row in weights[k].items()} for k in weights},
        {k: dict.fromkeys(biases[k], 1 + (k > 1)) for k in biases},
        2,
    )


Case = tuple[str, tuple[int, ...], Any, list[list[int]], list[list[int]], Any]
"""Name, widths, labels, samples and targets as columns, activation."""
CASES: tuple[Case, ...] = (
    ("two inputs with one weight", (2, 3, 1), symmetric, [[1, 0], [0, 1]], [[0, 1]], "smoolu"),
    ("two hidden layers above inputs with one weight", (2, 1, 3, 1), symmetric,
     [[1, 0], [0, 1]], [[3, 1]], "smoolu"),
    ("one hidden layer, own labels", (1, 2, 1), own, [[0, 1]], [[1, 3]], "smoolu"),
    ("two hidden layers, own labels", (1, 1, 2, 1), own, [[0, 1]], [[1, -1]], "smoolu"),
    ("two inputs, own labels", (2, 2, 1), own, [[1, 0], [0, 1]], [[0, 1]], "smoolu"),
    ("two inputs with one weight, equal targets", (2, 3, 1), symmetric, [[1, 0], [0, 1]], [[1, 1]],
     "smoolu"),
    ("two inputs with one weight, other samples", (2, 3, 1), symmetric, [[1, 2], [0, 1]], [[0, 1]],
     "smoolu"),
    ("once differentiable", (1, 2, 1), own, [[0, 1]], [[1, 3]], SQUARED),
    ("not rectified", (1, 2, 1), own, [[0, 1]], [[1, 3]], "tanh"),
    ("a sample twice", (1, 2, 1), own, [[1, 1]], [[1, 3]], "smoolu"),
    ("a narrow layer", (1, 1, 1), own, [[0, 1]], [[1, 3]], "smoolu"),
    ("activation 0, own labels", (1, 3, 1), own, [[0, 1]], [[1, 3]], "0*t"),
    ("a sample twice, a spare unit", (1, 3, 1), own, [[1, 1]], [[1, 3]], "smoolu"),
    ("an empty last layer", (1, 3, 0, 1), own, [[0, 1]], [[1, 3]], "smoolu"),
    ("an empty first layer", (1, 0, 3, 1), own, [[0, 1]], [[1, 3]], "smoolu"),
    ("two labels in all", (2, 3, 1), two, [[1, 0], [0, 1]], [[0, 1]], "smoolu"),
)  # fmt: skip
SHARED, APART = [[1, 0], [0, 1]], [[0, 1]]
"""Samples, as columns."""
OUTPUT_CASES: tuple[Case, ...] = (
    ("two outputs of two inputs with one weight", (2, 5, 2), symmetric, SHARED, [[0, 1], [2, 3]],
     "smoolu"),
    ("two hidden layers and outputs, inputs with one weight", (2, 2, 5, 2), symmetric, SHARED,
     [[0, 1], [0, 0]], "smoolu"),
    ("own labels of two outputs", (1, 5, 2), own, APART, [[1, 3], [0, 2]], "smoolu"),
    ("own labels of two hidden layers and outputs", (1, 2, 5, 2), own, APART, [[1, 3], [0, 2]],
     "smoolu"),
    ("one output, own labels", (1, 3, 1), own, APART, [[1, 3]], "smoolu"),
    ("equal targets of two outputs", (2, 5, 2), symmetric, SHARED, [[1, 1], [2, 2]], "smoolu"),
    ("once differentiable with two outputs", (1, 5, 2), own, APART, [[1, 3], [0, 2]], SQUARED),
    ("not rectified with two outputs", (1, 5, 2), own, APART, [[1, 3], [0, 2]], "tanh"),
    ("a sample twice with two outputs", (1, 5, 2), own, [[1, 1]], [[1, 3], [0, 2]], "smoolu"),
    ("a narrow layer below two outputs", (1, 1, 2), own, APART, [[1, 3], [0, 2]], "smoolu"),
    ("activation 0 with two outputs", (1, 5, 2), own, APART, [[1, 3], [0, 2]], "0*t"),
    ("an empty last layer below two outputs", (1, 3, 0, 2), own, APART, [[1, 3], [0, 2]], "smoolu"),
    ("an empty first layer with two outputs", (1, 0, 5, 2), own, APART, [[1, 3], [0, 2]], "smoolu"),
    ("two labels in all with two outputs", (2, 5, 2), two, SHARED, [[1, 3], [0, 2]], "smoolu"),
)  # fmt: skip


def network(case: Case) -> dict[Expr, Any]:
    """A network with its labels, samples and activation, without targets."""
    name, sizes, labelling, inputs, _, activation = case
    weights, biases, count = labelling(sizes)
    return {
        n: count,
        T: len(sizes) - 2,
        d: len(inputs[0]),
        m: dict(enumerate(sizes)),
        lab: weights,
        blab: biases,
        X: matrix_of(inputs, name),
        sigma: Activation.of(activation),
    }


def cases() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Networks with labels of their own, and with shared ones."""
    made = []
    for case in CASES:
        name, targets = case[0], case[4]
        values = {**network(case), y: matrix_of(targets, name).T}
        made.append((name, {v.term: x for v, x in values.items()}))
    return tuple(made)


def output_cases() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """The same with several outputs."""
    made = []
    for case in OUTPUT_CASES:
        name, targets = case[0], case[4]
        values = {**network(case), Y: matrix_of(targets, name)}
        made.append((name, {v.term: x for v, x in values.items()}))
    return tuple(made)


LABELLED = Setting(
    "a network with T hidden layers, whose parameters have labels, on d samples",
    variables=(n, T, d, m, lab, blab, X, y, sigma),
    standing=(T >= 1, m[T + 1] == 1, in_range),
    definitions=(
        rectified, weakly_rectified, phi_, W_, B_, outputs_, L_, submanifold, attained,
        fits_nearby, no_sharing,
    ),
    decisions={
        **DECISIONS,
        "all labels differ": labels_differ,
        "attained": one_output_never_fits,
        "fits nearby": one_output_never_fits,
    },
    instances=cases,
)  # fmt: skip
LABELLED_OUTPUTS = Setting(
    "a network with T hidden layers and any number of outputs, whose parameters have labels",
    variables=(n, T, d, m, lab, blab, X, Y, sigma),
    standing=(T >= 1, in_range),
    definitions=(
        rectified, weakly_rectified, phi_, W_, B_, submanifold, some_fit, outputs_fit_nearby,
        no_sharing,
    ),
    decisions={
        **DECISIONS,
        "all labels differ": labels_differ,
        "all outputs fit": outputs_never_fit,
        "all outputs fit nearby": outputs_never_fit,
    },
    instances=output_cases,
)  # fmt: skip

"""Sections 2 and 3: the sizes of the layers, and counts of parameters.

Notation: the layers are 1 to l, m[k] the width of layer k, m[0] that of the inputs. All weights and
biases are counted, or those that the equations of a locus leave free: S_k sets the weights of
layers k and l and the biases of layers k to l, C_(i, j) the weights of layer j too.
"""

from typing import Any

from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    each,
    exists,
    integer,
    natural,
    total,
    widths,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

l, m = natural("l"), widths("m")  # noqa: E741 (the letter of the paper)
i, j, k, D = integer("i"), integer("j"), integer("k"), integer("D")


def weights(low: Any, high: Any) -> Expr:
    """The number of weights of the layers in a range."""
    return total(i, low, high, m[i - 1] * m[i])


def biases(low: Any, high: Any) -> Expr:
    """The number of biases of the layers in a range."""
    return total(i, low, high, m[i])


d = define(
    "number of parameters", (l, m), weights(1, l) + biases(1, l), text="d", latex="d", at=("l", "m")
)
star = define(
    "free parameters of a piece of the star locus",
    (l, m, k),
    weights(1, k - 1) + biases(1, k - 1) + weights(k + 1, l - 1),
    text="dim S_{2}",
    latex=r"\dim S_{{{2}}}",
    at=("l", "m"),
)
core = define(
    "free parameters of a piece of the core locus",
    (l, m, j, k),
    weights(1, j - 1) + biases(1, j - 1) + weights(j + 1, k - 1) + weights(k + 1, l - 1),
    text="dim C_({2},{3})",
    latex=r"\dim C_{{{2},{3}}}",
    at=("l", "m"),
)


def dim_S(k: Any) -> Expr:
    """The dimension of the piece S_k."""
    return star(l, m, k)


def dim_C(j: Any, k: Any) -> Expr:
    """The dimension of the piece C_(j, k) for j < k."""
    return core(l, m, j, k)


def is_largest(D: Expr, piece: Any) -> Expr:
    """The number is the largest that the pieces 1 to l - 1 have."""
    attained = exists(k, both(1 <= k, k <= l - 1, piece(k) == D))
    return both(each(k, 1, l - 1, piece(k) <= D), attained)


def attained_by_pairs(D: Expr, piece: Any) -> Expr:
    """Some pair j < k has the number."""
    return exists(j, exists(k, both(1 <= j, j < k, k <= l - 1, piece(j, k) == D)))


def is_largest_of_pairs(D: Expr, piece: Any) -> Expr:
    """The number is the largest that the pieces of pairs j < k have."""
    below = each(j, 1, l - 1, each(k, j + 1, l - 1, piece(j, k) <= D))
    return both(below, attained_by_pairs(D, piece))


ARCHITECTURES = (
    ("depth 2, all widths one", (1, 1, 1)),
    ("depth 3, all widths one", (1, 1, 1, 1)),
    ("depth 4, all widths one", (1, 1, 1, 1, 1)),
    ("depth 5, all widths one", (1, 1, 1, 1, 1, 1)),
    ("depth 3, two inputs", (2, 1, 1, 1)),
    ("first hidden layer wide", (1, 4, 1, 2)),
    ("last hidden layers wide", (1, 1, 4, 4, 1)),
    ("bottleneck in the middle", (3, 2, 1, 2, 3)),
    ("equal hidden widths, depth 4", (5, 2, 2, 2, 2)),
    ("equal hidden widths, depth 5", (2, 3, 3, 3, 3, 1)),
    ("no hidden layer", (2, 1)),
)


def architectures() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Sizes of layers."""
    return tuple(
        (name, {l.term: len(sizes) - 1, m.term: dict(enumerate(sizes))})
        for name, sizes in ARCHITECTURES
    )


SIZES = Setting(
    "the sizes of a fully connected network",
    variables=(l, m),
    standing=(l >= 1, each(k, 0, l, m[k] >= 1)),
    definitions=(d, star, core),
    instances=architectures,
)

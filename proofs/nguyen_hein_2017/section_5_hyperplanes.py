"""Section 5: hyperplanes between each class and the rest, or a proof that there are none.

Notation: the rows of E (N, n + 1) are vectors with a one added; h_j (n + 1,) is the paper's
(a_j, b_j); s_ij is 1 if vector i lies in class j and -1 otherwise.

Functions: class_sign, separating_hyperplanes, class_is_separable. Objects: Obstacle.

Design notes. If some h has s_i <h, E_i> > 0 for all i, then some h has s_i <h, E_i> >= 1, with
equality on as many independent rows as the rank of E: trying all such sets of rows finds one. If
there is none, some of the rows s_i E_i have a positive combination that is 0 (Gordan), and the
fewest such rows have a kernel of dimension one. Both searches are complete, so one of them ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from symbolic_landscape.arithmetic import Matrix, Scalar
from symbolic_landscape.errors import DomainError


@dataclass(frozen=True)
class Obstacle:
    """Why class j is not separable: positive multiples of the signed vectors add up to 0."""

    label: int
    samples: tuple[int, ...]
    multiples: tuple[Scalar, ...]

    def __str__(self) -> str:
        terms = (f"{c} * sample {i}" for i, c in zip(self.samples, self.multiples, strict=True))
        return f"class {self.label}: the signed vectors have the sum 0 with {', '.join(terms)}"


def class_sign(classes: Sequence[int], sample: int, label: int) -> int:
    """1 if the sample lies in the class, else -1."""
    return 1 if classes[sample] == label else -1


def separating_hyperplanes(
    extended: Matrix, classes: Sequence[int], count: int
) -> Matrix | Obstacle:
    """H (n + 1, m) with s_ij <h_j, E_i> >= 1 for all i, j, or what stands in the way."""
    columns: list[Matrix] = []
    for label in range(1, count + 1):
        found = class_is_separable(extended, classes, label)
        if isinstance(found, Obstacle):
            return found
        columns.append(found)
    return columns[0].hstack(*columns[1:])


def class_is_separable(extended: Matrix, classes: Sequence[int], label: int) -> Matrix | Obstacle:
    """A column h (n + 1, 1) for one class against the rest, or what stands in the way.

    Raises DomainError in a field without an order.
    """
    field, samples = extended.field, range(extended.shape[0])
    signs = field.matrix([[class_sign(classes, i, label)] for i in samples])
    ones = field.ones(1, extended.shape[1])
    signed = extended.hadamard(signs @ ones)
    for plane in _planes(signed):
        if all((value - 1).sign() >= 0 for (value,) in (signed @ plane).tolist()):
            return plane
    for size in range(1, extended.shape[1] + 2):
        for chosen in combinations(samples, size):
            kernel = signed.submatrix(chosen, range(extended.shape[1])).T.kernel()
            if kernel.shape[1] != 1:
                continue
            multiples = [value for (value,) in kernel.tolist()]
            found = {value.sign() for value in multiples}
            if found in ({1}, {-1}):
                sizes = tuple(abs(value) for value in multiples)
                return Obstacle(label, chosen, sizes)
    message = f"class {label} has neither a hyperplane nor an obstacle"
    raise DomainError(message)


def _planes(signed: Matrix) -> Iterator[Matrix]:
    """The points h of least norm with <h, row> = 1 on a set of independent rows."""
    rank = signed.rank()
    for chosen in combinations(range(signed.shape[0]), rank):
        rows = signed.submatrix(chosen, range(signed.shape[1]))
        gram = rows @ rows.T
        if gram.rank() == rank:
            yield rows.T @ gram.solve(rows.field.ones(rank, 1))

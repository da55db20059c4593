"""Section 5: linear separability of one class against the rest, and independent vectors.

Notation: X (N, d) vectors as rows x_i, each in one of m classes C_j; a_j (d,), b_j the paper's.

Lemmas
- NH17_D5_1: the definition, and what it says of convex hulls.
- NH17_R5_indep: linearly independent vectors are separable, for every choice of classes.

Source: NH17, Definition 5.1 and the remark after Theorem 5.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

from symbolic_landscape.arithmetic import (
    Matrix,
    equal,
    positive,
    rank_at_least,
    rank_is,
    shown,
    size_at_least,
    sizes_equal,
)
from symbolic_landscape.arithmetic.exact_data import matrix_of, texts
from symbolic_landscape.errors import ShapeError
from symbolic_landscape.former.lemma import Instance, Statement, fact
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_hyperplanes import (
    Obstacle,
    class_sign,
    separating_hyperplanes,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, for_all, holds

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True)
class Rows:
    """A matrix as data of an instance."""

    matrix: Matrix

    def canonical(self) -> list[list[str]]:
        """Every entry as text."""
        return texts(self.matrix)


@dataclass(frozen=True, kw_only=True)
class Classification(Instance):
    """Vectors as rows, the class of each, counted from 1, and how many classes there are."""

    vectors: Rows
    classes: tuple[int, ...]
    count: int

    def __post_init__(self) -> None:
        """Raises ShapeError when the classes do not fit the vectors."""
        if len(self.classes) != self.vectors.matrix.shape[0] or not set(self.classes) <= {
            *range(1, self.count + 1)
        }:
            message = (
                f"classification {self.name!r}: one class from 1 to {self.count} for each of "
                f"{self.vectors.matrix.shape[0]} vectors was needed, got {self.classes}"
            )
            raise ShapeError(message)

    @cached_property
    def extended(self) -> Matrix:
        """[X, 1] (N, d + 1)."""
        found = self.vectors.matrix
        return found.hstack(found.field.ones(found.shape[0], 1))


def classification(
    name: str, vectors: Any, classes: Sequence[int], count: int = 0
) -> Classification:
    """The vectors with their classes; as many classes as are used, unless a count is given."""
    rows = Rows(matrix_of(vectors, "classification: vectors"))
    return Classification(
        name=name, vectors=rows, classes=tuple(classes), count=count or max(classes)
    )


def are_separable(extended: Matrix, classes: Sequence[int], count: int) -> Verdict:
    """Whether each class is separated by a hyperplane; the data `planes` (n + 1, m) hold them."""
    found = separating_hyperplanes(extended, classes, count)
    if isinstance(found, Obstacle):
        return fails(Evidence.EXACT, str(found))
    words = f"(a_j, b_j) are the columns of {shown(found)} over {found.field.name}"
    return separates(extended, classes, found).because(words).giving(planes=found)


def separates(extended: Matrix, classes: Sequence[int], planes: Matrix, sign: int = 1) -> Verdict:
    """Whether column j of the planes is positive on the rows of class j, negative on the rest."""
    values = extended @ planes

    def entry(place: tuple[int, int]) -> Verdict:
        return positive(values[place] * class_sign(classes, place[0], place[1] + 1) * sign)

    height, width = values.shape
    return for_all([(i, j) for j in range(width) for i in range(height)], entry, "entry")


def _without_thresholds(s: Classification) -> Verdict:
    return are_separable(s.vectors.matrix, s.classes, s.count)


@fact(
    r"\exists a_j, b_j:\ a_j^T x_i + b_j > 0\ (x_i \in C_j),\ < 0\ (x_i \notin C_j)",
    mutants={"all b_j zero": _without_thresholds},
)
def classes_are_separable(s: Classification) -> Verdict:
    """Each class is separated from all other vectors by a hyperplane."""
    return are_separable(s.extended, s.classes, s.count)


# --- Definition 5.1 ------------------------------------------------------------------------------


def _hulls_meet(s: Classification, label: int) -> Obstacle | None:
    """A point of the convex hulls of a class and of the rest, on the fewest vectors, or None."""
    for size in range(2, s.extended.shape[1] + 2):
        for chosen in combinations(range(len(s.classes)), size):
            kernel = s.extended.submatrix(chosen, range(s.extended.shape[1])).T.kernel()
            if kernel.shape[1] != 1:
                continue
            signs = [value.sign() for (value,) in kernel.tolist()]
            sides = [class_sign(s.classes, i, label) for i in chosen]
            if 0 not in signs and signs in (sides, [-side for side in sides]):
                sizes = tuple(abs(value) for (value,) in kernel.tolist())
                return Obstacle(label, chosen, sizes)
    return None


@fact(
    r"\operatorname{conv} C_j \cap \operatorname{conv} \bigcup_{i \ne j} C_i = \emptyset",
    mutants={"affine hulls": lambda s: _affine_hulls_are_disjoint(s)},
)
def hulls_are_disjoint(s: Classification) -> Verdict:
    """No convex combination of vectors of one class is one of vectors of the other classes."""

    def one_class(label: int) -> Verdict:
        found = _hulls_meet(s, label)
        if found is not None:
            return fails(Evidence.EXACT, f"a point of both hulls: {found}")
        return holds(Evidence.EXACT, "no relation has positive terms in the class alone")

    return for_all(range(1, s.count + 1), one_class, "class")


def _affine_hulls_are_disjoint(s: Classification) -> Verdict:
    """Whether no affine combination of a class is one of the rest: the ranks add up."""

    def one_class(label: int) -> Verdict:
        inside = [i for i, c in enumerate(s.classes) if c == label]
        outside = [i for i, c in enumerate(s.classes) if c != label]
        if not inside or not outside:
            return holds(Evidence.EXACT, "one of the hulls is empty")
        columns = range(s.extended.shape[1])
        ranks = [s.extended.submatrix(part, columns).rank() for part in (inside, outside)]
        return rank_is(s.extended, sum(ranks))

    return for_all(range(1, s.count + 1), one_class, "class")


LINE_OF_THREE = classification("middle of a line", [[0], [1], [2]], (1, 2, 3))
SEPARABLE = (
    classification("one vector", [[0]], (1,)),
    classification("one class", [[0, 1], [2, 3], [4, 6]], (1, 1, 1)),
    classification("an empty class", [[0], [1]], (1, 3), 3),
    classification("two ends of a line", [[-1], [1], [2]], (1, 2, 2)),
    classification("both on one side of 0", [[1], [2]], (1, 2)),
    classification("three corners", [[0, 0], [1, 0], [0, 1]], (1, 2, 3)),
    classification("square, side by side", [[0, 0], [0, 1], [1, 0], [1, 1]], (1, 1, 2, 2)),
    classification(
        "four classes on a circle",
        [["3/5", "4/5"], ["-3/5", "4/5"], ["-4/5", "-3/5"], ["4/5", "-3/5"], ["1", "0"]],
        (1, 2, 3, 4, 4),
    ),
    classification("repeated vectors of one class", [[1, 1], [1, 1], [0, 0]], (1, 1, 2)),
    classification("one class on both axes", [[2, 0, 0], [0, 2, 0], [0, 0, 3]], (1, 1, 2), 3),
)


def classifications() -> SearchStrategy[Classification]:
    """Small integer vectors with random classes, some of them empty."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> Classification:
        count, dimension = draw(st.integers(1, 4)), draw(st.integers(1, 3))
        row = st.lists(st.integers(-1, 2), min_size=dimension, max_size=dimension)
        labels = draw(st.integers(1, 3))
        return classification(
            "",
            [draw(row) for _ in range(count)],
            [draw(st.integers(1, labels)) for _ in range(count)],
            labels,
        )

    return drawn()


NH17_D5_1 = Statement(
    key="NH17.D5.1",
    kind="definition",
    where="Section 5, Definition 5.1",
    title="One-versus-rest linear separability",
    claim="Vectors of m classes are linearly separable if for each class some a_j, b_j give "
    "a_j^T x_i + b_j > 0 on C_j and < 0 off it. Equivalently the convex hull of each class misses "
    "that of the rest; one vector, one class and empty classes are allowed.",
    hypotheses=(classes_are_separable,),
    conclusion=hulls_are_disjoint,
    instances=SEPARABLE,
    controls={classes_are_separable: LINE_OF_THREE},
    strategy=classifications,
)


@NH17_D5_1.step(
    premises=(classes_are_separable,),
    gives=hulls_are_disjoint,
    tried_on=SEPARABLE[:3],
    controls={
        classes_are_separable: classification(
            "opposite corners", [[0, 0], [1, 1], [0, 1], [1, 0]], (1, 1, 2, 2)
        )
    },
)
def hyperplane_has_the_hulls_on_two_sides(s: Classification, separable: Verdict) -> Verdict:
    """a_j^T x + b_j is positive on the hull of C_j, and negative on that of the rest."""
    return separates(s.extended, s.classes, separable.data["planes"])


# --- independent vectors -------------------------------------------------------------------------


@fact(r"\operatorname{rank} X = N")
def vectors_are_independent(s: Classification) -> Verdict:
    """The vectors are linearly independent."""
    return rank_is(s.vectors.matrix, s.vectors.matrix.shape[0])


@fact(r"\operatorname{rank}[X, 1_N] = N")
def extended_vectors_are_independent(s: Classification) -> Verdict:
    """The vectors, each extended by a one, are linearly independent."""
    return rank_is(s.extended, s.extended.shape[0])


@fact(r"\forall S \subseteq [N]\ \exists a, b:\ a^T x_i + b > 0 \Leftrightarrow i \in S")
def every_subset_is_separable(s: Classification) -> Verdict:
    """Each set of the vectors is separated from the others by a hyperplane."""
    count = len(s.classes)

    def subset(number: int) -> Verdict:
        classes = [1 + (number >> i) % 2 for i in range(count)]
        return are_separable(s.extended, classes, 2)

    every = range(2**count)
    return for_all(every, subset, "subset").against(
        with_all_b_zero=lambda: for_all(every, lambda n: _homogeneous(s, n), "subset"),
        with_one_vector_more=lambda: rank_at_least(s.extended, count + 1),
    )


def _homogeneous(s: Classification, number: int) -> Verdict:
    classes = [1 + (number >> i) % 2 for i in range(len(s.classes))]
    return are_separable(s.vectors.matrix, classes, 2)


def exact_signs(extended: Matrix) -> Verdict:
    """Whether E h = s is solvable for each unit vector s: so for each vector of signs."""
    count = extended.shape[0]
    inverse = extended.T @ (extended @ extended.T).inverse()
    return equal(extended @ inverse, extended.field.identity(count))


AFFINE = classification("corners of a triangle", [[0, 0], [1, 0], [0, 1]], (1, 2, 3))
INDEPENDENT = (
    classification("one vector", [[2]], (1,)),
    classification("a basis of the plane", [[1, 1], [0, 1]], (1, 2)),
    classification("a basis of space", [[1, 0, 0], [1, 1, 0], [2, 0, "1/3"]], (1, 2, 1), 3),
    classification("two vectors of space", [[1, 2, 3], [3, 2, 1]], (1, 1)),
)

NH17_R5_indep = Statement(
    key="NH17.R5.indep",
    kind="remark",
    where="Section 5, after Theorem 5.3",
    title="Linear independence and separability; relation to Theorem 3.4",
    claim="Linearly independent vectors are linearly separable, whatever their classes; so are "
    "vectors that are linearly independent once a one is added, as Theorem 3.4 asks.",
    hypotheses=(vectors_are_independent,),
    conclusion=every_subset_is_separable,
    instances=INDEPENDENT,
    controls={vectors_are_independent: LINE_OF_THREE},
    strategy=classifications,
)


@NH17_R5_indep.step(
    premises=(vectors_are_independent,),
    gives=extended_vectors_are_independent,
    tried_on=INDEPENDENT,
    controls={vectors_are_independent: LINE_OF_THREE},
)
def a_further_coordinate_keeps_independence(s: Classification, independent: Verdict) -> Verdict:
    """A relation among the extended vectors is one among the vectors."""
    return sizes_equal(s.vectors.matrix.T.kernel().shape[1], 0)


@NH17_R5_indep.step(
    premises=(extended_vectors_are_independent,),
    gives=every_subset_is_separable,
    tried_on=(AFFINE,),
    controls={extended_vectors_are_independent: LINE_OF_THREE},
)
def signs_can_be_solved_for(s: Classification, independent: Verdict) -> Verdict:
    """[X, 1] h = s has a solution for every vector s of signs, as [X, 1] has rank N."""
    return all_of(
        solvable=exact_signs(s.extended), columns=size_at_least(s.extended.shape[1], len(s.classes))
    )

"""Section 5: the sign argument in the proof of Theorem 5.3.

Notation: P (m, N) the matrix H^T [F_k, 1]^T, with entry (j, i) positive if x_i lies in C_j and
negative if not; Delta (N, m) the errors of the last layer; d (N,) a diagonal of positive factors, a
product of slopes of hidden units.

Lemmas
- NH17_I5_3: P diag(d) Delta = 0 if and only if Delta = 0.

Source: NH17, Section 5, proof of Theorem 5.3.

Design notes. `scales` holds several diagonals as columns, since the lemma is used for every choice
of hidden units. A free instance has a positive symbol for the size of each entry: there entry
(j, j) of the product is minus a sum of products of positive sizes, for all values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from symbolic_landscape.arithmetic import (
    Matrix,
    RationalFunctions,
    Scalar,
    equal,
    nonnegative,
    nonzero,
    positive,
    shown,
    sizes_equal,
    vanishes,
)
from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.former.lemma import Instance, Statement, fact
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_hyperplanes import class_sign
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_separable import Rows
from symbolic_landscape.verdict import Evidence, Verdict, all_of, for_all, holds

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True, kw_only=True)
class SignedProduct(Instance):
    """P (m, N), Delta (N, m), diagonals as the columns of `scales` (N, T), and the classes."""

    products: Rows
    errors: Rows
    scales: Rows
    classes: tuple[int, ...]

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """All (i, j), sample and class, from 0."""
        height, width = self.errors.matrix.shape
        return tuple((i, j) for i in range(height) for j in range(width))

    def product(self, choice: int) -> Matrix:
        """P diag(d) Delta (m, m) for one diagonal."""
        errors = self.errors.matrix
        scale = self.scales.matrix.column(choice)
        ones = errors.field.ones(1, errors.shape[1])
        return self.products.matrix @ errors.hadamard(scale @ ones)


@dataclass(frozen=True, kw_only=True)
class FreeSigns(Instance):
    """Every P, Delta and diagonal with the signs of the classes: a positive size for each entry."""

    classes: tuple[int, ...]
    count: int

    @cached_property
    def field(self) -> RationalFunctions:
        """Q(p_ij, e_ij, d_i): the sizes."""
        places = [(i, j) for i in range(len(self.classes)) for j in range(self.count)]
        names = [f"{head}_{i}_{j}" for head in ("p", "e") for i, j in places]
        return RationalFunctions((*names, *(f"d_{i}" for i in range(len(self.classes)))))

    def size(self, head: str, *place: int) -> Scalar:
        """The symbol of one entry."""
        return self.field.generator("_".join((head, *map(str, place))))

    @cached_property
    def filled(self) -> SignedProduct:
        """The matrices of these symbols with their signs."""
        samples, labels = range(len(self.classes)), range(self.count)

        def table(head: str, sign: int) -> Matrix:
            return self.field.matrix(
                [
                    [
                        self.size(head, i, j) * (sign * class_sign(self.classes, i, j + 1))
                        for j in labels
                    ]
                    for i in samples
                ]
            )

        return SignedProduct(
            products=Rows(table("p", 1).T),
            errors=Rows(table("e", -1)),
            scales=Rows(self.field.matrix([[self.size("d", i)] for i in samples])),
            classes=self.classes,
        )


Signed = SignedProduct | FreeSigns
BY_CHOICE = "each entry is a positive symbol with the sign of its class"


def _each_sign(s: Signed, decide: Callable[[Scalar], Verdict], of: str, sign: int) -> Verdict:
    """Whether each entry, turned by its class's sign, is as decided."""
    if isinstance(s, FreeSigns):
        return holds(Evidence.IDENTITY, BY_CHOICE)
    table = s.products.matrix.T if of == "products" else s.errors.matrix

    def entry(place: tuple[int, int]) -> Verdict:
        return decide(table[place] * (sign * class_sign(s.classes, place[0], place[1] + 1)))

    return for_all(s.places, entry, "entry")


@fact(r"P_{ji} > 0\ (x_i \in C_j),\ < 0\ (x_i \notin C_j)")
def products_have_class_signs(s: Signed) -> Verdict:
    """Entry (j, i) of H^T [F_k, 1]^T is positive if x_i lies in C_j, and negative if not."""
    return _each_sign(s, positive, "products", 1)


@fact(r"\Delta_{ij} \le 0\ (x_i \in C_j),\ \ge 0\ (x_i \notin C_j)")
def errors_have_opposite_signs(s: Signed) -> Verdict:
    """Entry (i, j) of Delta is not positive if x_i lies in C_j, and not negative if not."""
    return _each_sign(s, nonnegative, "errors", -1)


@fact(r"d_i > 0")
def scales_are_positive(s: Signed) -> Verdict:
    """Every entry of every diagonal is positive."""
    if isinstance(s, FreeSigns):
        return holds(Evidence.IDENTITY, BY_CHOICE)
    entries = [value for row in s.scales.matrix.tolist() for value in row]
    return for_all(range(len(entries)), lambda i: positive(entries[i]), "entry")


@fact(
    r"P \operatorname{diag}(d)\, \Delta = 0 \Longleftrightarrow \Delta = 0",
    mutants={
        "the sum of all entries vanishes only with Delta": lambda s: _only_with_errors(s, _total),
        "the first column vanishes only with Delta": lambda s: _only_with_errors(
            s, lambda product: product.column(0)
        ),
    },
)
def product_vanishes_only_with_errors(s: Signed) -> Verdict:
    """For each diagonal d, P diag(d) Delta is 0 if and only if Delta is 0."""
    return _only_with_errors(s, lambda product: product)


def _only_with_errors(s: Signed, part: Callable[[Matrix], Matrix | Scalar]) -> Verdict:
    if isinstance(s, FreeSigns):
        s = s.filled
    return vanish_together(
        s.errors.matrix, [part(s.product(choice)) for choice in range(s.scales.matrix.shape[1])]
    )


def vanish_together(errors: Matrix, products: Sequence[Matrix | Scalar]) -> Verdict:
    """Whether each product is 0 if and only if the errors are."""
    zero = vanishes(errors)
    decide = vanishes if zero.is_holds else nonzero
    each = for_all(range(len(products)), lambda i: decide(products[i]), "product")
    return each.because(f"Delta is {shown(errors)}; {each.reason}")


def _total(product: Matrix) -> Scalar:
    field, (height, width) = product.field, product.shape
    return (field.ones(1, height) @ product @ field.ones(width, 1))[0, 0]


@fact(r"(P \operatorname{diag}(d) \Delta)_{jj} = -\sum_i |P_{ji}|\, d_i\, |\Delta_{ij}|")
def diagonal_sums_sizes(s: Signed) -> Verdict:
    """Each diagonal entry of the product is minus the sum of the products of the sizes."""
    filled = s.filled if isinstance(s, FreeSigns) else s

    def size(i: int, j: int, choice: int) -> Scalar:
        if isinstance(s, FreeSigns):
            return s.size("p", i, j) * s.size("e", i, j) * s.size("d", i)
        product, error = filled.products.matrix[j, i], filled.errors.matrix[i, j]
        return abs(product) * abs(error) * abs(filled.scales.matrix[i, choice])

    def entry(place: tuple[int, int]) -> Verdict:
        choice, j = place
        found = filled.product(choice)[j, j]
        sizes = [size(i, j, choice) for i in range(len(filled.classes))]
        return equal(found, -sum(sizes, start=found * 0))

    choices = range(filled.scales.matrix.shape[1])
    labels = range(filled.errors.matrix.shape[1])
    return for_all([(choice, j) for choice in choices for j in labels], entry, "diagonal entry")


def signed(
    name: str, products: Any, errors: Any, scales: Any, classes: Sequence[int]
) -> SignedProduct:
    """The instance with these numbers."""
    return SignedProduct(
        name=name,
        products=Rows(matrix_of(products, "signed product: products")),
        errors=Rows(matrix_of(errors, "signed product: errors")),
        scales=Rows(matrix_of(scales, "signed product: scales")),
        classes=tuple(classes),
    )


ONE = signed("one sample, one class", [[1]], [[-2]], [[3]], (1,))
ZERO_ERRORS = signed("errors zero", [[1, -1], [-2, 3]], [[0, 0], [0, 0]], [[1, 2], [3, 4]], (1, 2))
ONE_ERROR = signed(
    "one error, two diagonals", [[1, -1], [-2, 3]], [[0, 0], [0, "-1/2"]], [[1, 5], [2, 7]], (1, 2)
)
THREE = signed(
    "three classes, one empty",
    [[1, -1], [-2, 1], [-1, -1]],
    [[-1, 0, 0], [0, -1, 2]],
    [[1], [2]],
    (1, 2),
)
CANCELLING = signed("one error of the wrong sign", [[1, 1]], [[-1], [1]], [[1], [1]], (1, 1))
NO_SIGN = signed("a product zero", [[0]], [[-1]], [[1]], (1,))
NO_SCALE = signed("a factor zero", [[1]], [[-1]], [[0]], (1,))
FREE = tuple(
    FreeSigns(name=f"all sizes, classes {classes} of {count}", classes=classes, count=count)
    for classes, count in (((1,), 1), ((1, 2), 2), ((1, 1, 2), 3), ((1, 2, 3, 3), 3))
)


def signed_products() -> SearchStrategy[SignedProduct]:
    """Small matrices, most of them with the signs of their classes and many zeros."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> SignedProduct:
        samples, labels = draw(st.integers(1, 3)), draw(st.integers(1, 3))
        classes = [draw(st.integers(1, labels)) for _ in range(samples)]
        stray = draw(st.sampled_from((1, 1, 1, -1)))

        def entry(sizes: tuple[int, ...], i: int, j: int, sign: int) -> int:
            return draw(st.sampled_from(sizes)) * sign * class_sign(classes, i, j + 1)

        places = range(samples)
        return signed(
            "",
            [[entry((1, 2, 3), i, j, 1) for i in places] for j in range(labels)],
            [[entry((0, 0, 1, 2), i, j, -stray) for j in range(labels)] for i in places],
            [[draw(st.sampled_from((1, 2, 5))) for _ in range(2)] for _ in places],
            classes,
        )

    return drawn()


NH17_I5_3 = Statement(
    key="NH17.I5.3",
    kind="identity",
    where="Section 5, proof of Theorem 5.3, sign argument",
    title="Sign lemma",
    claim="If P has the signs of the classes strictly, Delta the opposite signs or zeros, and d is "
    "positive, then P diag(d) Delta = 0 if and only if Delta = 0.",
    hypotheses=(products_have_class_signs, errors_have_opposite_signs, scales_are_positive),
    conclusion=product_vanishes_only_with_errors,
    instances=(ONE, ZERO_ERRORS, ONE_ERROR, THREE, *FREE),
    controls={
        products_have_class_signs: NO_SIGN,
        errors_have_opposite_signs: CANCELLING,
        scales_are_positive: NO_SCALE,
    },
    strategy=signed_products,
)


@NH17_I5_3.step(
    premises=(products_have_class_signs, errors_have_opposite_signs, scales_are_positive),
    gives=diagonal_sums_sizes,
    tried_on=(ONE, NO_SCALE),
    controls={
        products_have_class_signs: signed("signs of P turned", [[-1]], [[-1]], [[1]], (1,)),
        errors_have_opposite_signs: CANCELLING,
        scales_are_positive: signed("a factor negative", [[1]], [[-1]], [[-1]], (1,)),
    },
)
def every_term_has_one_sign(
    s: Signed, products: Verdict, errors: Verdict, scales: Verdict
) -> Verdict:
    """Each term of entry (j, j) is a product of opposite signs and a positive factor."""
    if isinstance(s, FreeSigns):
        return holds(Evidence.IDENTITY, BY_CHOICE)
    filled = s

    def term(place: tuple[int, int]) -> Verdict:
        i, j = place
        return nonnegative(-(filled.products.matrix[j, i] * filled.errors.matrix[i, j]))

    return for_all(s.places, term, "term")


@NH17_I5_3.step(
    premises=(products_have_class_signs, scales_are_positive, diagonal_sums_sizes),
    gives=product_vanishes_only_with_errors,
    tried_on=(ONE, THREE),
    controls={
        products_have_class_signs: NO_SIGN,
        scales_are_positive: NO_SCALE,
        diagonal_sums_sizes: CANCELLING,
    },
)
def sum_of_one_sign_vanishes_with_its_terms(
    s: Signed, products: Verdict, scales: Verdict, diagonal: Verdict
) -> Verdict:
    """If the product is 0, so is each term, and then each error, as its factors are not 0."""
    filled = s.filled if isinstance(s, FreeSigns) else s
    factors = all_of(
        products=for_all(
            filled.places, lambda p: nonzero(filled.products.matrix[p[1], p[0]]), "entry"
        ),
        count=sizes_equal(filled.scales.matrix.shape[0], len(filled.classes)),
    )
    return all_of(factors=factors, diagonal=holds(diagonal.evidence, diagonal.reason))

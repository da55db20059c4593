"""Section 4, proof of Lemma 4.3, second case: the limit determinant under the growth bound.

Notation: t_1 < ... < t_N are projections <a, z_i>, A(alpha)_ij = sigma(alpha (t_j - t_i) + beta)
for i = 1..N, j = 1..N-1, E = [A, 1]; pi runs over the permutations of 1..N, gamma is the identity.

Statements
- NH17.I4.3b: det E(alpha) tends to sigma(beta)^(N-1).

Source: NH17, proof of Lemma 4.3, second case.

Design notes. Where det E is a fraction in x = e^(-alpha) (sigmoid), its limit is the value at 0.
Else each product of Leibniz's sum is bounded as in the paper, with exact exponents, and the ball
of det E at one alpha must agree with the limit within the sum of these bounds (softplus).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from symbolic_landscape.arithmetic import (
    QQ,
    Field,
    RationalFunctions,
    Scalar,
    equal,
    limit_at_zero,
    nonzero,
    positive,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.nguyen_hein_2017.leibniz import (
    Products,
    other_permutations,
    other_products,
    product_at,
    sign_of,
)
from symbolic_landscape.proofs.nguyen_hein_2017.projected import (
    DIP,
    SOFTPLUS_GROWTH,
    UNIT_GROWTH,
    Projected,
    projected,
    projections_increase,
)
from symbolic_landscape.proofs.nguyen_hein_2017.scaled_layer import (
    DECAYING,
    LIMITS,
    beside_ones,
    layer_at,
    layer_over_decay,
)
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    holds,
    undecided,
)

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

# --- the growing case ----------------------------------------------------------------------------


def _grows(s: Projected) -> Verdict:
    if s.activation.name == DECAYING:
        return holds(Evidence.IDENTITY, "sigma stands for every function with this growth")
    if not s.growth:
        return undecided("no growth constants are given")
    return s.activation.growth_bound(*s.growth)


@fact(
    r"|\sigma(t)| \le \rho_1 e^{\rho_2 t}\ (t<0),\quad |\sigma(t)| \le \rho_3 t + \rho_4\ (t \ge 0)"
)
def growth_bound_holds(s: Projected) -> Verdict:
    """The activation decays exponentially on the left and grows at most linearly on the right."""
    return _grows(s)


@fact(r"\sigma(\beta) \ne 0")
def value_is_not_zero(s: Projected) -> Verdict:
    """The activation is not zero at beta."""
    decaying = layer_over_decay(s.layer)
    return nonzero(s.layer.value(s.field) if decaying is None else limit_at_zero(decaying[1]))


@fact(
    r"\forall \pi \ne \gamma\ \exists j < N:\ \pi(j) > j,\ t_j - t_{\pi(j)} < 0",
    mutants={"below the diagonal": lambda s: _some_factor(s, below=True)},
)
def other_permutations_decay(s: Projected) -> Verdict:
    """Every permutation but the identity has some j with pi(j) > j, and there t_j < t_pi(j)."""
    return _some_factor(s, below=False)


def _some_factor(s: Projected, *, below: bool) -> Verdict:
    """Whether each other permutation has a factor above (or below) with t_j < t_pi(j)."""
    falls = [
        [
            s.layer.difference(i, j).sign() < 0 and (i < j if below else i > j)
            for j in range(s.count - 1)
        ]
        for i in range(s.count)
    ]
    for permutation in other_permutations(s.count):
        if not any(falls[permutation[j]][j] for j in range(s.count - 1)):
            shown = tuple(value + 1 for value in permutation)
            return fails(Evidence.EXACT, f"pi = {shown} has no such j")
    return holds(Evidence.EXACT, f"all permutations of 1..{s.count} but the identity have such a j")


def _vanishing(s: Projected, *, faster: int = 1, flat: bool = False) -> Verdict:
    """Whether every product is at most R (P alpha + Q)^S e^(-T alpha), or less than that."""
    if s.activation.name == DECAYING or not _grows(s).is_holds:
        return _vanishing_exactly(s)
    found = other_products(s.layer, s.field)
    if found.stuck is not None:
        return _stuck(s, found.stuck)
    alpha = found.start * TRIAL_SCALE
    matrix = layer_at(s.layer, alpha, s.field)
    bound = found.bound(alpha, s.field, faster=faster, flat=flat)
    tried = other_permutations(s.count) if s.count <= MOST_ENUMERATED else iter([found.slowest])
    for permutation in tried:
        product = abs(product_at(s.layer, permutation, matrix).raw)
        if product > bound:
            shown = tuple(value + 1 for value in permutation)
            return fails(
                Evidence.ENCLOSED,
                f"pi = {shown} at alpha = {alpha}: {_short(product)} > {_short(bound)}",
            )
    if faster > 1 or flat:
        return undecided(f"no product is above {_short(bound)} at alpha = {alpha}")
    words = (
        f"every product over pi other than the identity is at most R (P alpha + Q)^{found.S} "
        f"e^(-T alpha) for alpha >= {found.start}, with P = {_short(found.P)}, "
        f"Q = {_short(found.Q)}, R = {_short(found.R)}, T = {_short(found.T)}"
    )
    return holds(Evidence.ENCLOSED, words, products=found)


def _vanishing_exactly(s: Projected) -> Verdict:
    """The same without growth constants: the limit of each product as a fraction."""
    decaying = layer_over_decay(s.layer)
    if decaying is None:
        return undecided(f"no growth constants bound {s.activation}, and no fraction equals it")
    for permutation in other_permutations(s.count):
        product = product_at(s.layer, permutation, decaying[0])
        shown = tuple(value + 1 for value in permutation)
        try:
            limit = limit_at_zero(product)
        except DomainError as cause:
            return fails(Evidence.EXACT, f"the product of pi = {shown} does not vanish: {cause}")
        if not limit.is_zero:
            return fails(Evidence.EXACT, f"the product of pi = {shown} tends to {limit}")
    if s.activation.name != DECAYING:
        return undecided("every product vanishes, but no growth constants are given")
    return holds(Evidence.IDENTITY, "every product but the identity's tends to 0")


def _stuck(s: Projected, permutation: tuple[int, ...]) -> Verdict:
    """A product without a decaying factor; it stays where all its factors are sigma(beta)."""
    shown = tuple(value + 1 for value in permutation)
    flat = all(s.layer.difference(permutation[j], j).is_zero for j in range(s.count - 1))
    if flat and value_is_not_zero.decide(s).is_holds:
        return fails(Evidence.EXACT, f"the product of pi = {shown} is sigma(beta)^{s.count - 1}")
    return undecided(f"the product of pi = {shown} has no decaying factor")


def _short(ball: object) -> str:
    """A ball to a few digits."""
    text = str(ball)
    inner = text.strip("[]").split(" ")[0]
    return inner[:8] + (inner[inner.index("e") :] if "e" in inner else "")


TRIAL_SCALE = 16
"""Products are compared with their bound at this multiple of the first alpha of the bound."""

MOST_ENUMERATED = 6
"""Up to this many samples every product is compared with its bound in balls."""


@fact(
    r"\left|\prod_{j<N} E(\alpha)_{\pi(j) j}\right| \le R (P\alpha + Q)^S e^{-\alpha T}"
    r"\quad \forall \pi \ne \gamma",
    mutants={
        "twice as fast": lambda s: _vanishing(s, faster=2),
        "without the polynomial factor": lambda s: _vanishing(s, flat=True),
    },
)
def other_products_vanish(s: Projected) -> Verdict:
    """Every product but the identity's is at most R (P alpha + Q)^S e^(-T alpha), with T > 0."""
    return _vanishing(s)


def _diagonal_limit(s: Projected, exponent: int, sign: int = 1) -> Verdict:
    """Whether det [A, 1] tends to sign * sigma(beta)^exponent."""
    decaying = layer_over_decay(s.layer)
    if decaying is not None:
        matrix, along = decaying
        value = limit_at_zero(along)
        determinant = beside_ones(matrix, first=False).det()
        try:
            limit = limit_at_zero(determinant)
        except DomainError as cause:
            return fails(Evidence.EXACT, f"det E(alpha) has no finite limit: {cause}")
        return equal(limit, value**exponent * sign)
    if any(s.layer.difference(i, i + 1).is_zero for i in range(s.count - 1)):
        return _against_zero(s)
    vanishing = _vanishing(s)
    if not vanishing.is_holds:
        return undecided(f"the other products are not bounded: {vanishing.reason}")
    return _main_term(s, vanishing.data["products"], exponent, sign)


def _against_zero(s: Projected) -> Verdict:
    """Two equal rows: det E(alpha) = 0 for every alpha, while sigma(beta)^(N-1) is not 0."""
    value = value_is_not_zero.decide(s)
    if value.is_holds:
        return fails(value.evidence, f"two rows are equal, det E = 0, but {value.reason}")
    return undecided("two rows are equal, and sigma(beta) may be 0")


def _main_term(s: Projected, products: Products, exponent: int, sign: int) -> Verdict:
    """The product of the identity against the claim; as powers of a free symbol, else by balls."""
    symbol = LIMITS.generator("s")
    diagonal = symbol ** (s.count - 1)
    claimed = symbol**exponent * sign
    formal = equal(diagonal, claimed)
    alpha = products.start * TRIAL_SCALE
    ball = beside_ones(layer_at(s.layer, alpha, s.field), first=False).det().raw
    value = s.layer.value(s.field).raw
    with s.field.working():
        tail = products.bound(alpha, s.field) * math.factorial(s.count)
        apart = abs(ball - value**exponent * sign) > tail
    if apart:
        reason = f"det E({alpha}) = {_short(ball)}, and its limit is nearer than {_short(tail)}"
        return fails(Evidence.ENCLOSED, f"{reason}: not {_short(value**exponent * sign)}")
    if formal.is_holds:
        words = f"only the identity's product s^{s.count - 1} does not vanish"
        return formal.because(f"{words}; det E({alpha}) = {_short(ball)}")
    return undecided(f"s^{s.count - 1} and the claim are too near at alpha = {alpha}")


@fact(
    r"\lim \det E(\alpha) = \operatorname{sign}(\gamma)\,\sigma(\beta)^{N-1} \ne 0",
    mutants={
        "exponent N": lambda s: _diagonal_limit(s, s.count),
        "opposite sign": lambda s: _diagonal_limit(s, s.count - 1, -1),
    },
)
def determinant_tends_to_diagonal_power(s: Projected) -> Verdict:
    """The limit of det [A(alpha), 1] is sigma(beta)^(N-1), which is not zero."""
    return all_of(limit=_diagonal_limit(s, s.count - 1), nonzero=value_is_not_zero.decide(s))


NH17_I4_3B = Statement(
    key="NH17.I4.3b",
    kind="identity",
    where="Section 4, proof of Lemma 4.3, second case",
    title="Exponentially decaying case limit determinant",
    claim=(
        "With the growth bound and sigma(beta) not 0, lim det [A(alpha), 1] = sigma(beta)^(N-1), "
        "which is not 0."
    ),
    hypotheses=(projections_increase, growth_bound_holds, value_is_not_zero),
    conclusion=determinant_tends_to_diagonal_power,
    instances=(
        projected("one sample", "softplus", (0,), growth=SOFTPLUS_GROWTH),
        projected("two samples", "softplus", (0, 1), growth=SOFTPLUS_GROWTH),
        projected("three samples, beta 1", "softplus", (-1, 0, 2), 1, SOFTPLUS_GROWTH),
        projected("halves", "softplus", (0, Fraction(1, 2), 1), growth=SOFTPLUS_GROWTH),
        projected("six samples", "softplus", tuple(range(6)), growth=SOFTPLUS_GROWTH),
        projected("eight samples", "softplus", tuple(range(8)), growth=SOFTPLUS_GROWTH),
        projected("sigmoid", "sigmoid", (0, 1, 3), growth=UNIT_GROWTH),
        projected("sigmoid, beta -1", "sigmoid", (0, 1), -1, UNIT_GROWTH),
        projected("dip away from its zero", DIP, (0, 1, 2), 1, UNIT_GROWTH),
        projected("any decaying sigma, three samples", DECAYING, (0, 1, 2)),
        projected("distinct integers for a decaying sigma", DECAYING, (0, 1, 2, 3, 4)),
    ),
    controls={
        projections_increase: projected("falling projections", "sigmoid", (1, 0), 0, UNIT_GROWTH),
        growth_bound_holds: projected("identity activation", "linear", (0, 1, 2), 1, UNIT_GROWTH),
        value_is_not_zero: projected("dip at its zero", DIP, (0, 1), 0, UNIT_GROWTH),
    },
    strategy=lambda: growing_layers(),
)


@NH17_I4_3B.step(
    premises=(projections_increase,),
    gives=other_permutations_decay,
    tried_on=(projected("any growth", "cubic", (0, 1, 2)),),
    controls={projections_increase: projected("falling projections", "softplus", (1, 0))},
)
def some_index_is_exceeded(s: Projected, increase: Verdict) -> Verdict:
    """The sum of pi(j) - j is 0, so some term is positive unless all vanish; and t increases."""
    del increase
    for permutation in other_permutations(s.count):
        exceeded = [j for j, value in enumerate(permutation) if value > j]
        if not exceeded or exceeded[-1] >= s.count - 1:
            return fails(Evidence.EXACT, f"pi = {permutation} exceeds no index before the last")
    return holds(Evidence.EXACT, "every other permutation exceeds an index j < N, so t_j < t_pi(j)")


@NH17_I4_3B.step(
    premises=(other_permutations_decay, growth_bound_holds),
    gives=other_products_vanish,
    tried_on=(projected("dip at its zero, three samples", DIP, (0, 1, 2), 0, UNIT_GROWTH),),
    controls={
        other_permutations_decay: projected(
            "equal projections", "softplus", (0, 0), 0, SOFTPLUS_GROWTH
        ),
        growth_bound_holds: projected("identity activation", "linear", (0, 1, 2), 1, UNIT_GROWTH),
    },
)
def bound_each_factor(s: Projected, decaying: Verdict, growth: Verdict) -> Verdict:
    """One factor decays at the rate rho2 |delta_j|; others are constant or at most affine."""
    del decaying, growth
    if s.layer.growth is None:
        return _vanishing_exactly(s)
    found = other_products(s.layer, s.field)
    if found.stuck is not None:
        return fails(Evidence.EXACT, f"the product of {found.stuck} has no decaying factor")
    return positive(Scalar(s.field, found.T))


@NH17_I4_3B.step(
    premises=(other_products_vanish, value_is_not_zero),
    gives=determinant_tends_to_diagonal_power,
    tried_on=(projected("sigmoid, halves", "sigmoid", (0, Fraction(1, 2)), 1, UNIT_GROWTH),),
    controls={
        other_products_vanish: projected(
            "identity activation", "linear", (0, 1, 2), 1, UNIT_GROWTH
        ),
        value_is_not_zero: projected("dip at its zero", DIP, (0, 1), 0, UNIT_GROWTH),
    },
)
def sum_over_permutations(s: Projected, vanishing: Verdict, value: Verdict) -> Verdict:
    """By Leibniz det E is the product sigma(beta)^(N-1) plus the others, which vanish."""
    del value
    products = vanishing.data.get("products")
    if products is None:
        return _leibniz(s.count)
    return all_of(leibniz=_leibniz(s.count), vanishing=positive(Scalar(s.field, products.T)))


@lru_cache(maxsize=16)
def _leibniz(size: int) -> Verdict:
    """Leibniz's sum against the determinant, for a last column of ones and a diagonal of s.

    Up to size 3 s and the other entries are free symbols, beyond they are integers.
    """
    places = [(i, j) for i in range(size) for j in range(size - 1) if i != j]
    if size <= MOST_SYMBOLIC:
        field = RationalFunctions(("s", *(f"e{i}{j}" for i, j in places)))
        s = field.generator("s")
        others = {(i, j): field.generator(f"e{i}{j}") for i, j in places}
        return _leibniz_over(
            field, [[others.get((i, j), s) for j in range(size)] for i in range(size)]
        )
    integers = [[(7 * size * i + 11 * j) % 101 - 50 for j in range(size)] for i in range(size)]
    return _leibniz_over(
        QQ, [[5 if i == j else v for j, v in enumerate(r)] for i, r in enumerate(integers)]
    )


def _leibniz_over(field: Field, entries: Sequence[Sequence[Any]]) -> Verdict:
    """The identity's product plus the signed others against det, with the last column set to 1."""
    size = len(entries)
    columns = range(size - 1)
    total = math.prod((entries[j][j] for j in columns), start=field.scalar(1))
    signed = (
        sign_of(pi) * math.prod(entries[pi[j]][j] for j in columns)
        for pi in other_permutations(size)
    )
    matrix = field.matrix([[*row[:-1], 1] for row in entries])
    return equal(matrix.det(), total + sum(signed))


MOST_SYMBOLIC = 3
"""Up to this size Leibniz's sum is compared with the determinant for free entries."""


def growing_layers() -> SearchStrategy[Projected]:
    """Up to three projections, equal and falling ones too, with the constants of softplus."""
    from hypothesis import strategies as st

    names = ("softplus", "sigmoid", "exp(t)", "linear", "1/(1 + exp(-t))**2")
    return st.builds(
        projected,
        name=st.just("generated"),
        activation=st.sampled_from(names),
        projections=st.lists(st.integers(-2, 3), min_size=1, max_size=3).map(tuple),
        beta=st.integers(-1, 1),
        growth=st.just(SOFTPLUS_GROWTH),
    )

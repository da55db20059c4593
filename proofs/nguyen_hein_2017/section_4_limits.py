"""Section 4, proof of Lemma 4.3: what det E(alpha) tends to as alpha grows.

Notation: t_1 < ... < t_N are projections <a, z_i>, A(alpha)_ij = sigma(alpha (t_j - t_i) + beta) for
i = 1..N, j = 1..N-1; mu, gamma are the limits of sigma at -infinity and +infinity.

Statements
- NH17.I4.3a: sigma bounded, E = [1, A]: the limit is (mu - sigma(beta))^(N-1), equation (3).
- NH17.I4.3b: sigma with the growth bound, E = [A, 1]: the limit is sigma(beta)^(N-1).

Source: NH17, proof of Lemma 4.3.

Design notes. With x = e^(-alpha) and rational projections the determinant of a sigmoid layer is a fraction in x,
and its limit the value of the reduced fraction at 0. Beside it stands the limit over Q(mu, s, gamma) with
free symbols, which holds for every bounded sigma and serves where no fraction exists (arctan, softplus).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from proofs.nguyen_hein_2017.scaled_layer import (
    LIMITS,
    Growth,
    Products,
    ScaledLayer,
    beside_ones,
    displayed_limit,
    layer_at,
    layer_over_decay,
    limit_matrix,
    DECAYING,
    other_permutations,
    other_products,
    product_at,
    row_differences,
    sign_of,
)
from symbolic_landscape.activations import Activation
from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    RationalFunctions,
    Scalar,
    equal,
    exact,
    less,
    limit_at_zero,
    nonzero,
    positive,
    strictly_increasing,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import Formula
from symbolic_landscape.lemma import Instance, Statement, fact
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

BOUNDED = "bounded_increasing"
"""The name of the activation that stands for every bounded strictly increasing one."""


@dataclass(frozen=True, kw_only=True)
class Projected(Instance):
    """Rational projections, an activation, beta, and where needed the constants of its growth."""

    projections: tuple[int | Fraction, ...]
    activation: Activation
    beta: Fraction = Fraction(0)
    growth: tuple[str, ...] = ()
    bits: int = 128

    @property
    def layer(self) -> ScaledLayer:
        """The scaled layer of these data, one object for equal data."""
        return _scaled(self.projections, self.activation, self.beta, self.growth)

    @property
    def field(self) -> BallField:
        """The balls in which it is looked at."""
        return BallField(self.bits)

    @property
    def count(self) -> int:
        """The number N of samples."""
        return len(self.projections)


@lru_cache(maxsize=512)
def _scaled(
    projections: tuple[int | Fraction, ...],
    activation: Activation,
    beta: Fraction,
    growth: tuple[str, ...],
) -> ScaledLayer:
    constants = tuple(Formula.parse(text) for text in growth)
    values = tuple(QQ.scalar(Fraction(value)) for value in projections)
    return ScaledLayer(values, activation, beta, Growth(constants) if constants else None)


def projected(
    name: str,
    activation: str,
    projections: tuple[int | Fraction, ...],
    beta: int | Fraction = 0,
    growth: tuple[str, ...] = (),
) -> Projected:
    """The instance with these data; BOUNDED and DECAYING name activations that stand for many."""
    generic = activation in (BOUNDED, DECAYING)
    sigma = Activation.generic(activation) if generic else Activation.of(activation)
    return Projected(
        name=name,
        projections=projections,
        activation=sigma,
        beta=Fraction(beta),
        growth=growth,
    )


SOFTPLUS_GROWTH = ("1", "1", "1", "log(2)")
UNIT_GROWTH = ("1", "1", "1", "1")

DIP = "exp(t)*(exp(t) - 1)/(1 + exp(t))**2"
"""Decays on the left, is bounded, and is 0 at t = 0; it is not increasing."""

# --- hypotheses ------------------------------------------------------------------------------------


@fact(r"t_1 < t_2 < \dots < t_N")
def projections_increase(s: Projected) -> Verdict:
    """The projections of the samples on the direction a are strictly increasing."""
    return strictly_increasing(s.layer.projections)


@fact(r"s < t \Rightarrow \sigma(s) < \sigma(t)")
def scaled_activation_increases(s: Projected) -> Verdict:
    """The activation is strictly increasing."""
    if s.activation.name == BOUNDED:
        return holds(
            Evidence.IDENTITY, "sigma stands for every bounded strictly increasing function"
        )
    return s.activation.strictly_increasing()


@fact(r"\sup |\sigma| < \infty")
def scaled_activation_is_bounded(s: Projected) -> Verdict:
    """The activation is bounded."""
    if s.activation.name == BOUNDED:
        return holds(
            Evidence.IDENTITY, "sigma stands for every bounded strictly increasing function"
        )
    return s.activation.bounded()


# --- the bounded case ------------------------------------------------------------------------------


def _has_limits(s: Projected) -> Verdict:
    """Whether mu and gamma are finite."""
    if s.activation.name == BOUNDED or s.layer.limits is not None:
        return holds(Evidence.EXACT, "mu and gamma are finite")
    limits = s.activation.limits()
    if not limits.is_holds:
        return undecided(f"the limits of {s.activation} are not known: {limits.reason}")
    return fails(limits.evidence, f"mu or gamma is infinite: {limits.reason}")


def _with_exchanged_limits(s: Projected) -> Verdict:
    mu, value, gamma = (LIMITS.generator(name) for name in LIMITS.names)
    swap = {mu: gamma, value: value, gamma: mu, LIMITS.scalar(1): LIMITS.scalar(1)}
    rows = [[swap[entry] for entry in row] for row in displayed_limit(s.count).tolist()]
    return all_of(finite=_has_limits(s), limit=equal(limit_matrix(s.layer), LIMITS.matrix(rows)))


@fact(
    r"\lim E(\alpha)_{ij} = 1\,(j=1),\ \mu\,(i \ge j \ge 2),\ \sigma(\beta)\,(j=i+1),\ \gamma",
    mutants={"mu and gamma exchanged": _with_exchanged_limits},
)
def limit_is_as_displayed(s: Projected) -> Verdict:
    """Each entry of E(alpha) = [1, A(alpha)] tends to 1, mu, sigma(beta) or gamma, as displayed."""
    limit = limit_matrix(s.layer)
    verdict = all_of(finite=_has_limits(s), limit=equal(limit, displayed_limit(s.count)))
    return verdict.giving(limit=limit)


def _triangular(s: Projected, below: int) -> Verdict:
    """Whether the row differences of the limit are 1, mu - s on the diagonal and `below` under it."""
    found = row_differences(limit_matrix(s.layer))
    mu, value, _ = (LIMITS.generator(name) for name in LIMITS.names)
    wanted = [
        [
            LIMITS.scalar(1)
            if i == j == 0
            else (mu - value if i == j else LIMITS.scalar(below) if i > j else found[i, j])
            for j in range(s.count)
        ]
        for i in range(s.count)
    ]
    parts = all_of(finite=_has_limits(s), differences=equal(found, LIMITS.matrix(wanted)))
    return parts.giving(differences=found)


@fact(
    r"\lim \hat E(\alpha) = 1\,(i=j=1),\ \mu - \sigma(\beta)\,(i=j>1),\ 0\,(i>j)",
    mutants={"ones below the diagonal": lambda s: _triangular(s, 1)},
)
def row_differences_are_triangular(s: Projected) -> Verdict:
    """Subtracting each row from the next leaves an upper triangular limit with diagonal 1, mu - sigma(beta), ..."""
    return _triangular(s, 0)


@fact(r"\mu - \sigma(\beta) < 0")
def diagonal_is_negative(s: Projected) -> Verdict:
    """The activation lies above its limit at -infinity: mu - sigma(beta) is negative."""
    if s.activation.name == BOUNDED:
        return holds(
            Evidence.IDENTITY, "a strictly increasing sigma lies above its infimum mu"
        ).against(reversed=lambda: fails(Evidence.IDENTITY, "sigma never lies below its infimum"))
    if s.layer.limits is None:
        return _has_limits(s)
    exact_mu, decaying = _exact_end(s, "mu"), layer_over_decay(s.layer)
    if exact_mu is not None and decaying is not None:
        return less(exact_mu, limit_at_zero(decaying[1]))
    zero = s.field.constant(Fraction(0))
    mu = Scalar(s.field, s.layer.limits[0].evaluate(zero, s.field))
    return less(mu, s.layer.value(s.field))


def _exact_end(s: Projected, end: str) -> Scalar | None:
    """mu or gamma in an exact field, or None where it lies in none (arctan)."""
    if s.layer.limits is None:
        return None
    try:
        return exact(s.layer.limits[("mu", "gamma").index(end)].to_sympy(0))
    except DomainError:
        return None


def _power_limit(s: Projected, exponent: int, *, sign: int = 1, end: str = "mu") -> Verdict:
    """Whether det [1, A] tends to sign * (mu - s)^exponent, or with gamma in the place of mu."""
    finite = _has_limits(s)
    if not finite.is_holds:
        return finite
    base = LIMITS.generator(end) - LIMITS.generator("s")
    found = limit_matrix(s.layer).det()
    parts = {"any_sigma": equal(found, base**exponent * sign)}
    decaying = layer_over_decay(s.layer)
    constant = _exact_end(s, end)
    if decaying is not None and constant is not None:
        matrix, value = decaying
        limit = limit_at_zero(beside_ones(matrix, first=True).det())
        parts["this_sigma"] = equal(limit, (constant - limit_at_zero(value)) ** exponent * sign)
    return all_of(**parts)


@fact(
    r"\lim_{\alpha \to \infty} \det E(\alpha) = (\mu - \sigma(\beta))^{N-1}",
    mutants={
        "exponent N": lambda s: _power_limit(s, s.count),
        "opposite sign": lambda s: _power_limit(s, s.count - 1, sign=-1),
        "gamma in the place of mu": lambda s: _power_limit(s, s.count - 1, end="gamma"),
    },
)
def determinant_tends_to_power(s: Projected) -> Verdict:
    """det [1, A(alpha)] tends to (mu - sigma(beta))^(N-1), and mu - sigma(beta) is negative."""
    return all_of(limit=_power_limit(s, s.count - 1), sign=diagonal_is_negative.decide(s))


NH17_I4_3A = Statement(
    key="NH17.I4.3a",
    kind="identity",
    where="Section 4, proof of Lemma 4.3, eq. (3)",
    title="Bounded case limit determinant",
    claim="For bounded increasing sigma, lim det [1, A(alpha)] = (mu - sigma(beta))^(N-1), a power of a negative number.",
    hypotheses=(projections_increase, scaled_activation_increases, scaled_activation_is_bounded),
    conclusion=determinant_tends_to_power,
    instances=(
        projected("one sample", "sigmoid", (0,)),
        projected("two samples", "sigmoid", (0, 1)),
        projected("three samples, beta 1", "sigmoid", (-1, 0, 2), beta=1),
        projected("eight samples", "sigmoid", tuple(range(8))),
        projected("tanh, half integers", "tanh", (Fraction(-1, 2), 0, Fraction(1, 2))),
        projected("tanh, beta -1/2", "tanh", (0, 1), beta=Fraction(-1, 2)),
        projected("tanh of a cube", "tanh(t**3)", (0, 1, 2)),
        projected("arctan", "arctan", (0, 1, 3), beta=1),
        projected("algebraic", "algebraic", (0, 1, 2, 3)),
        projected("any sigma, four samples", BOUNDED, (0, 1, 2, 3)),
        projected("any sigma, seven samples", BOUNDED, tuple(range(7))),
    ),
    controls={
        projections_increase: projected("equal projections", "sigmoid", (0, 0, 1)),
        scaled_activation_increases: projected("falling tanh", "-tanh(t)", (0, 1)),
        scaled_activation_is_bounded: projected("identity activation", "linear", (0, 1, 2)),
    },
    strategy=lambda: projected_layers(),
)


@NH17_I4_3A.step(
    premises=(projections_increase, scaled_activation_increases, scaled_activation_is_bounded),
    gives=limit_is_as_displayed,
    controls={
        projections_increase: projected("falling projections", "sigmoid", (1, 0)),
        scaled_activation_is_bounded: projected("softplus", "softplus", (0, 1, 2)),
    },
    no_control={
        scaled_activation_increases: (
            "monotony is used for the limits to exist, and every bounded function that the formulas "
            "can express has limits"
        )
    },
)
def entries_converge(
    s: Projected, increase: Verdict, activation: Verdict, bounded: Verdict
) -> Verdict:
    """alpha (t_j - t_i) + beta goes to -infinity, stays beta or goes to +infinity by the sign of t_j - t_i."""
    del increase, activation, bounded
    signs = s.layer.rows(lambda difference: difference.sign())
    wanted = [[(j > i) - (j < i) for j in range(s.count - 1)] for i in range(s.count)]
    if signs != wanted:
        return fails(Evidence.EXACT, f"the signs of t_j - t_i are {signs}, not {wanted}")
    return holds(Evidence.EXACT, "t_j - t_i has the sign of j - i")


@NH17_I4_3A.step(
    premises=(limit_is_as_displayed,),
    gives=row_differences_are_triangular,
    tried_on=(projected("falling tanh, three samples", "-tanh(t)", (0, 1, 2)),),
    controls={limit_is_as_displayed: projected("equal projections", "sigmoid", (0, 0, 1))},
)
def subtract_row_above(s: Projected, displayed: Verdict) -> Verdict:
    """The difference of two consecutive rows of the limit is 0 but for the entries at and above the diagonal."""
    return equal(
        row_differences(displayed.data["limit"]), row_differences(displayed_limit(s.count))
    )


@NH17_I4_3A.step(
    premises=(scaled_activation_increases, scaled_activation_is_bounded),
    gives=diagonal_is_negative,
    tried_on=(projected("equal projections", "tanh", (0, 0)),),
    controls={
        scaled_activation_increases: projected("falling tanh", "-tanh(t)", (0, 1)),
        scaled_activation_is_bounded: projected("cubic", "cubic", (0, 1)),
    },
)
def increasing_lies_above_limit(s: Projected, increasing: Verdict, bounded: Verdict) -> Verdict:
    """mu is the infimum, and sigma(beta) > sigma(beta - 1) >= mu."""
    del increasing, bounded
    if s.activation.name == BOUNDED:
        return holds(Evidence.IDENTITY, "sigma(beta) > sigma(beta - 1) >= mu")
    before = ScaledLayer((), s.activation, s.beta - 1).value(s.field)
    return less(before, s.layer.value(s.field))


@NH17_I4_3A.step(
    premises=(row_differences_are_triangular, diagonal_is_negative),
    gives=determinant_tends_to_power,
    tried_on=(projected("bump", "1/(1 + t**2)", (0, 2, 3)),),
    controls={
        row_differences_are_triangular: projected("equal projections", "sigmoid", (0, 0, 1)),
        diagonal_is_negative: projected("falling tanh", "-tanh(t)", (0, 1)),
    },
)
def determinant_is_continuous(s: Projected, triangular: Verdict, negative: Verdict) -> Verdict:
    """det is a polynomial in the entries, row differences keep it, and a triangular one is the product of its diagonal."""
    del negative
    differences = triangular.data["differences"]
    product = LIMITS.scalar(1)
    for i in range(s.count):
        product = product * differences[i, i]
    return all_of(
        kept=equal(differences.det(), limit_matrix(s.layer).det()),
        diagonal=equal(differences.det(), product),
    )


# --- the growing case ------------------------------------------------------------------------------


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
    """Every permutation but the identity has some j with pi(j) > j, and there t_j - t_pi(j) is negative."""
    return _some_factor(s, below=False)


def _some_factor(s: Projected, *, below: bool) -> Verdict:
    """Whether each permutation but the identity has a factor above (or below) with a negative difference."""
    layer = s.layer
    for permutation in other_permutations(s.count):
        places = range(s.count - 1)
        chosen = [j for j in places if (permutation[j] < j if below else permutation[j] > j)]
        if not any(layer.difference(permutation[j], j).sign() < 0 for j in chosen):
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
        f"e^(-T alpha) for alpha >= {found.start}, with P = {_short(found.P)}, Q = {_short(found.Q)}, "
        f"R = {_short(found.R)}, T = {_short(found.T)}"
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
    """A product without a decaying factor: it fails to vanish where all its factors are sigma(beta)."""
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
    """Every product over a permutation but the identity is at most R (P alpha + Q)^S e^(-T alpha), T > 0."""
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
    r"\lim_{\alpha \to \infty} \det E(\alpha) = \operatorname{sign}(\gamma)\,\sigma(\beta)^{N-1} \ne 0",
    mutants={
        "exponent N": lambda s: _diagonal_limit(s, s.count),
        "opposite sign": lambda s: _diagonal_limit(s, s.count - 1, -1),
    },
)
def determinant_tends_to_diagonal_power(s: Projected) -> Verdict:
    """det [A(alpha), 1] tends to sigma(beta)^(N-1), which is not zero."""
    return all_of(limit=_diagonal_limit(s, s.count - 1), nonzero=value_is_not_zero.decide(s))


NH17_I4_3B = Statement(
    key="NH17.I4.3b",
    kind="identity",
    where="Section 4, proof of Lemma 4.3, second case",
    title="Exponentially decaying case limit determinant",
    claim="With the growth bound and sigma(beta) not 0, lim det [A(alpha), 1] = sigma(beta)^(N-1), which is not 0.",
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
    """The sum of pi(j) - j over all j is 0, so some term is positive unless all vanish; and t increases."""
    del increase
    for permutation in other_permutations(s.count):
        if max(value - j for j, value in enumerate(permutation)) <= 0:
            return fails(Evidence.EXACT, f"pi = {permutation} never exceeds its index")
        if max(j for j, value in enumerate(permutation) if value > j) >= s.count - 1:
            return fails(Evidence.EXACT, f"pi = {permutation} exceeds its index in the last column")
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
    """One factor is at most rho1 e^(rho2 beta) e^(-rho2 alpha |delta_j|); the others are constant or at most affine."""
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
    """By Leibniz det E is the identity's product sigma(beta)^(N-1) plus the others, which vanish."""
    del value
    products = vanishing.data.get("products")
    if products is None:
        return _leibniz(s.count)
    return all_of(leibniz=_leibniz(s.count), vanishing=positive(Scalar(s.field, products.T)))


@lru_cache(maxsize=16)
def _leibniz(size: int) -> Verdict:
    """Leibniz's sum against the determinant, for a last column of ones and s on the diagonal before it.

    Up to size 3 the other entries are free symbols, beyond they are distinct integers.
    """
    places = [(i, j) for i in range(size) for j in range(size - 1) if i != j]
    if size <= MOST_SYMBOLIC:
        field = RationalFunctions(("s", *(f"e{i}{j}" for i, j in places)))
        others = {(i, j): field.generator(f"e{i}{j}") for i, j in places}
    else:
        field = RationalFunctions(("s",))
        others = {(i, j): field.scalar((size * i + j + 2) ** 2) for i, j in places}
    s = field.generator("s")
    rows = [[s if i == j else others[i, j] for j in range(size - 1)] for i in range(size)]
    matrix = field.matrix([[*row, field.scalar(1)] for row in rows])
    total = s ** (size - 1)
    for permutation in other_permutations(size):
        product = field.scalar(sign_of(permutation))
        for j in range(size - 1):
            product = product * matrix[permutation[j], j]
        total = total + product
    return equal(matrix.det(), total)


MOST_SYMBOLIC = 3
"""Up to this size Leibniz's sum is compared with the determinant for free entries."""


def projected_layers() -> SearchStrategy[Projected]:
    """Up to three projections, equal and falling ones too, for bounded and unbounded activations."""
    from hypothesis import strategies as st

    names = (
        "sigmoid",
        "tanh",
        "tanh(t**3)",
        "-tanh(t)",
        "linear",
        "1/(1 + t**2)",
        "arctan",
        BOUNDED,
    )
    return st.builds(
        projected,
        name=st.just("generated"),
        activation=st.sampled_from(names),
        projections=st.lists(st.integers(-2, 3), min_size=1, max_size=3).map(tuple),
        beta=st.integers(-1, 1),
    )


def growing_layers() -> SearchStrategy[Projected]:
    """Up to three projections, equal and falling ones too, with the growth constants of softplus."""
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

"""Section 4, proof of Lemma 4.3, first case: the limit determinant for bounded sigma, equation (3).

Notation: t_1 < ... < t_N are projections <a, z_i>, A(alpha)_ij = sigma(alpha (t_j - t_i) + beta)
for i = 1..N, j = 1..N-1, E = [1, A]; mu, gamma are the limits of sigma at -infinity and +infinity.

Statements
- NH17.I4.3a: det E(alpha) tends to (mu - sigma(beta))^(N-1).

Source: NH17, proof of Lemma 4.3, equation (3).

Design notes. With x = e^(-alpha) and rational projections the determinant of a sigmoid layer is a
fraction in x, and its limit the value of the reduced fraction at 0. Beside it stands the limit
over Q(mu, s, gamma) with free symbols, which holds for every bounded sigma and serves where no
fraction exists (arctan).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic import (
    QQ,
    Scalar,
    equal,
    less,
    limit_at_zero,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.formula import evaluated
from symbolic_landscape.proofs.nguyen_hein_2017.projected import (
    BOUNDED,
    Projected,
    projected,
    projections_increase,
    scaled_activation_increases,
    scaled_activation_is_bounded,
)
from symbolic_landscape.proofs.nguyen_hein_2017.scaled_layer import (
    LIMITS,
    ScaledLayer,
    beside_ones,
    displayed_limit,
    layer_over_decay,
    limit_matrix,
    row_differences,
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

# --- the bounded case ----------------------------------------------------------------------------


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
    """Whether row differences of the limit have 1, mu - s on the diagonal, `below` under it."""
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
    """Subtracting each row from the next leaves a triangular limit: 1, then mu - sigma(beta)."""
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
    mu = Scalar(s.field, evaluated(s.layer.limits[0], zero, s.field))
    return less(mu, s.layer.value(s.field))


def _exact_end(s: Projected, end: str) -> Scalar | None:
    """The limit mu or gamma in Q, or None where it lies elsewhere (arctan)."""
    if s.layer.limits is None:
        return None
    try:
        constant = s.layer.limits[("mu", "gamma").index(end)]
        return Scalar(QQ, evaluated(constant, QQ.constant(Fraction(0)), QQ))
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
    """The limit of det [1, A(alpha)] is (mu - sigma(beta))^(N-1), mu - sigma(beta) < 0."""
    return all_of(limit=_power_limit(s, s.count - 1), sign=diagonal_is_negative.decide(s))


NH17_I4_3A = Statement(
    key="NH17.I4.3a",
    kind="identity",
    where="Section 4, proof of Lemma 4.3, eq. (3)",
    title="Bounded case limit determinant",
    claim=(
        "For bounded increasing sigma, lim det [1, A(alpha)] = (mu - sigma(beta))^(N-1), a power "
        "of a negative number."
    ),
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
            "monotony is used for the limits to exist, and every bounded function that the "
            "formulas can express has limits"
        )
    },
)
def entries_converge(
    s: Projected, increase: Verdict, activation: Verdict, bounded: Verdict
) -> Verdict:
    """The argument alpha (t_j - t_i) + beta tends to -oo, beta or +oo by the sign of t_j - t_i."""
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
    """The difference of two consecutive rows of the limit vanishes below the diagonal."""
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
    """The limit mu is the infimum, and sigma(beta) > sigma(beta - 1) >= mu."""
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
    """A determinant is continuous, kept by row differences, and a product where triangular."""
    del negative
    differences = triangular.data["differences"]
    product = LIMITS.scalar(1)
    for i in range(s.count):
        product = product * differences[i, i]
    return all_of(
        kept=equal(differences.det(), limit_matrix(s.layer).det()),
        diagonal=equal(differences.det(), product),
    )


def projected_layers() -> SearchStrategy[Projected]:
    """Up to three projections, equal and falling ones too, for activations of every kind."""
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

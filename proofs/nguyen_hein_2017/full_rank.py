"""Facts of Lemma 4.3: what E(alpha) tends to, and from which alpha on its rank is full.

Notation: A(alpha)_ij = sigma(alpha <a, z_j - z_i> + beta) for i = 1..N, j = 1..N-1; E(alpha) is
[1, A] where sigma is bounded and [A, 1] where it grows; mu, gamma are the limits of sigma.

Facts: bounded_limit_is_displayed, bounded_limit_is_not_zero, bounded_rank_is_full,
growing_limit_is_not_zero, growing_rank_is_full, some_parameters_give_full_rank.

Source: NH17, section 4, proof of Lemma 4.3, second part.

Design notes. The two cases are implications: "where sigma is bounded, ..." and "where sigma has
the growth bound, ..."; an instance outside a case says nothing about it. The conclusion is decided
by itself: exact parameters at which balls show the rank, or a bound of the rank for all
parameters.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symbolic_landscape.arithmetic import (
    BallField,
    Scalar,
    equal,
    less,
    nonzero,
    positive,
    rank_at_least,
)
from symbolic_landscape.former.lemma import fact
from symbolic_landscape.formula import evaluated
from symbolic_landscape.proofs.nguyen_hein_2017.certified_scale import (
    bounded_scale,
    growing_scale,
)
from symbolic_landscape.proofs.nguyen_hein_2017.leibniz import other_products
from symbolic_landscape.proofs.nguyen_hein_2017.rank_witness import (
    full_rank_witness,
    ordered_layer,
    rank_ceiling,
)
from symbolic_landscape.proofs.nguyen_hein_2017.scaled_layer import (
    LIMITS,
    ScaledLayer,
    displayed_limit,
    limit_matrix,
)
from symbolic_landscape.proofs.nguyen_hein_2017.wide_layer import WideLayer
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    holds,
    undecided,
)

# --- the two cases -------------------------------------------------------------------------------


def _where(case: Verdict, claim: Callable[[], Verdict]) -> Verdict:
    """The claim where the case applies, and nothing to check where it certainly does not."""
    if case.is_fails:
        return holds(Evidence.EXACT, f"nothing is claimed here: {case.reason}")
    if case.is_undecided:
        return undecided(f"whether the case applies is open: {case.reason}")
    return claim()


def _bounded(s: WideLayer, claim: Callable[[ScaledLayer], Verdict]) -> Verdict:
    """The claim about the scaled layer, where sigma is bounded."""
    return _where(s.activation.bounded(), lambda: _of_layer(s, claim))


def _growing(s: WideLayer, claim: Callable[[ScaledLayer], Verdict]) -> Verdict:
    """The claim about the scaled layer, where constants of the growth bound are at hand."""
    growth = s.growth_constants
    if growth is None:
        case = fails(Evidence.EXACT, "sigma is not in the growing case")
    else:
        case = s.activation.growth_bound(*growth.constants)
    return _where(case, lambda: _of_layer(s, claim))


def _of_layer(s: WideLayer, claim: Callable[[ScaledLayer], Verdict]) -> Verdict:
    ordered = ordered_layer(s)
    if ordered is None:
        return undecided("no direction was found that separates the rows of F_{k-1}")
    return claim(ordered.layer)


def _limit_is_displayed(layer: ScaledLayer) -> Verdict:
    if layer.limits is None:
        return undecided("mu and gamma are not known")
    limit = limit_matrix(layer)
    return equal(limit, displayed_limit(layer.count)).giving(limit=limit)


@fact(r"\sigma \text{ bounded} \Rightarrow E(\alpha)_{ij} \to 1, \mu, \sigma(\beta), \gamma")
def bounded_limit_is_displayed(s: WideLayer) -> Verdict:
    """Where sigma is bounded, [1, A(alpha)] tends to the matrix displayed in the paper."""
    return _bounded(s, _limit_is_displayed)


def _bounded_limit(s: WideLayer, exponent: int) -> Verdict:
    def claim(layer: ScaledLayer) -> Verdict:
        if layer.limits is None:
            return undecided("mu and gamma are not known")
        mu, value = LIMITS.generator("mu"), LIMITS.generator("s")
        zero = s.field.constant(Fraction(0))
        least = Scalar(s.field, evaluated(layer.limits[0], zero, s.field))
        here = layer.value(s.field)
        verdict = all_of(
            limit=equal(limit_matrix(layer).det(), (mu - value) ** exponent),
            nonzero=less(least, here),
        )
        return verdict.giving(limit=(least - here) ** exponent)

    return _bounded(s, claim)


@fact(
    r"\sigma \text{ bounded} \Rightarrow \det E(\alpha) \to (\mu - \sigma(\beta))^{N-1} \ne 0",
    mutants={"exponent N": lambda s: _bounded_limit(s, s.count)},
)
def bounded_limit_is_not_zero(s: WideLayer) -> Verdict:
    """Where sigma is bounded, det E(alpha) tends to (mu - sigma(beta))^(N-1), which is not zero."""
    return _bounded_limit(s, s.count - 1)


def _from_some_scale(
    s: WideLayer,
    layer: ScaledLayer,
    first: Callable[[ScaledLayer, BallField], Fraction | None],
    why: str,
) -> Verdict:
    """Whether E(alpha) has rank N for every alpha from some scale on; a wrong claim: from 0 on."""
    if layer.tie is not None:
        return fails(Evidence.EXACT, "equal samples give E(alpha) two equal rows for every alpha")
    scale = first(layer, s.field)
    if scale is None:
        return undecided("no scale was certified")
    words = f"rank E(alpha) = {s.count} for every alpha >= {scale}: {why}"
    return holds(Evidence.ENCLOSED, words, scale=scale).against(
        from_alpha_0_on=lambda: _rank_at_zero(s)
    )


def _rank_at_zero(s: WideLayer) -> Verdict:
    if s.count < 2:
        return holds(Evidence.EXACT, "one row of rank 1")
    return fails(Evidence.EXACT, "all rows of E(0) agree")


@fact(
    r"\sigma \text{ bounded} \Rightarrow \exists \alpha_0\ \forall \alpha \ge \alpha_0:\ "
    r"\operatorname{rank} E(\alpha) = N"
)
def bounded_rank_is_full(s: WideLayer) -> Verdict:
    """Where sigma is bounded, E(alpha) has rank N for every alpha from some alpha0 on."""
    why = "entries off the diagonal lie between their value there and their limit"
    return _bounded(s, lambda layer: _from_some_scale(s, layer, bounded_scale, why))


def _growing_limit(s: WideLayer, exponent: int) -> Verdict:
    def claim(layer: ScaledLayer) -> Verdict:
        if layer.tie is not None:
            return fails(Evidence.EXACT, "equal samples give E(alpha) two equal rows: det E = 0")
        value = nonzero(layer.best_value(s.field))
        products = other_products(layer, s.field)
        if products.stuck is not None:
            return undecided(f"the product of {products.stuck} has no decaying factor")
        symbol = LIMITS.generator("s")
        return all_of(
            rate=positive(Scalar(s.field, products.T)),
            limit=equal(symbol ** (s.count - 1), symbol**exponent),
            nonzero=value,
        ).giving(products=products)

    return _growing(s, claim)


@fact(
    r"\text{growth bound} \Rightarrow \det E(\alpha) \to \sigma(\beta)^{N-1} \ne 0",
    mutants={"exponent N": lambda s: _growing_limit(s, s.count)},
)
def growing_limit_is_not_zero(s: WideLayer) -> Verdict:
    """Where sigma has the growth bound, det E(alpha) tends to sigma(beta)^(N-1), not zero."""
    return _growing_limit(s, s.count - 1)


@fact(
    r"\text{growth bound} \Rightarrow \exists \alpha_0\ \forall \alpha \ge \alpha_0:\ "
    r"\operatorname{rank} E(\alpha) = N"
)
def growing_rank_is_full(s: WideLayer) -> Verdict:
    """Where sigma has the growth bound, E(alpha) has rank N for every alpha from some alpha0 on."""
    why = (
        "after scaling by diag(e^(rho2 alpha t_i / 2)) the diagonal dominates each row, for every N"
    )
    return _growing(s, lambda layer: _from_some_scale(s, layer, growing_scale, why))


@fact(r"\exists (W_l, b_l)_{l \le k}:\ \operatorname{rank}[F_k, 1_N] = N")
def some_parameters_give_full_rank(s: WideLayer) -> Verdict:
    """Some parameters of the first k layers give rank [F_k, 1] = N."""
    ceiling, reason = rank_ceiling(s)
    if ceiling < s.count:
        words = f"rank [F_k, 1] <= {ceiling} < {s.count} for all parameters: {reason}"
        return fails(Evidence.EXACT, words)
    witness = full_rank_witness(s)
    if witness is None:
        return undecided("no parameters with certainly full rank were found")
    found = rank_at_least(witness.features, s.count)
    words = f"alpha = {witness.alpha}, {s.count} rows: {found.reason}"
    return found.because(words).giving(witness=witness)

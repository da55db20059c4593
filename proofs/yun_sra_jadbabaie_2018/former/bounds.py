"""Bounds that hold at every point: smoothness and growth of maps, singular values, norms.

Notation: the secant form of h(x) = A x + sum b_k phi_k(c_k . x) is M(x) x with M = A + sum psi_k
b_k c_k^T and psi_k = phi_k(c_k . x) / (c_k . x); a composition has the product of such matrices.

Functions: differentiable, smooth, fixes_zero, sublinear, jacobian_bounded_below,
jacobian_nonsingular, expands, one_to_one_and_onto, probes, square.

Design notes. For one variable a bound is a sign of a polynomial on two half-lines, by Sturm. For
several variables the slopes phi_k' (or the secants psi_k) are taken as free variables in a box, so
that HOLDS is exact and sometimes out of reach; FAILS needs a point. A composition of linear maps is
decided by inertia.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import product

from symbolic_landscape.arithmetic import (
    QQ,
    Matrix,
    RationalFunctions,
    Scalar,
    nonnegative_on,
    nonsingular,
    positive_on,
    positive_on_box,
    positive_semidefinite,
    real_function,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.maps import Map, chained, composed
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.profiles import (
    FROM_ZERO,
    LINE,
    Profile,
)
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    holds,
    undecided,
)

FINEST = Fraction(1, 64)
"""A singular value at least as large shows that a Jacobian has a bounded inverse."""

# --- smoothness and growth of one map -----


def _by_profiles(layer: Map, has: Callable[[Profile], bool], word: str) -> Verdict:
    """Whether the map has what all its profiles have; a single exception breaks it."""
    bad = [ridge for ridge in layer.active if not has(ridge.profile)]
    if not bad:
        return holds(Evidence.EXACT, f"{len(layer.active)} profiles, all {word}")
    if len(bad) == 1:
        return fails(Evidence.EXACT, f"exactly one profile is not {word}: {bad[0].profile}")
    return undecided(f"{len(bad)} profiles are not {word}, and might cancel")


def differentiable(layer: Map) -> Verdict:
    """Whether the map is differentiable everywhere."""
    return _by_profiles(layer, lambda p: p.is_differentiable, "differentiable")


def smooth(layer: Map, order: int) -> Verdict:
    """Whether the map is differentiable (order 0), C1 (order 1), or twice differentiable (2)."""
    if order == 0:
        return differentiable(layer)
    if order == 1:
        return _by_profiles(layer, lambda p: p.is_continuously_differentiable, "C1")
    return _by_profiles(layer, lambda p: p.is_twice_differentiable, "twice differentiable")


def fixes_zero(layer: Map) -> Verdict:
    """Whether h(0) = 0."""
    if all(ridge.profile.vanishes_at_zero for ridge in layer.active):
        return holds(Evidence.EXACT, "h(0) = 0")
    value = layer.value(QQ.zeros(layer.inputs, 1))
    answer = holds if value.is_zero else fails
    return answer(Evidence.EXACT, f"h(0) = {value.T}")


def sublinear(layer: Map) -> Verdict:
    """Whether sup |h(x)| / |x| over x other than 0 is finite, for a map continuous at 0."""
    at_zero = fixes_zero(layer)
    if not at_zero.is_holds:
        return at_zero.because(f"{at_zero.reason}, so that |h(x)| / |x| is unbounded near 0")
    steep = [r for r in layer.active if not r.profile.is_differentiable]
    if any(not r.profile.is_continuous for r in steep):
        return undecided("a profile is not continuous")
    bad = _by_profiles(layer, lambda p: p.grows_linearly, "of linear growth")
    return bad.because(f"h(0) = 0; {bad.reason}")


# --- bounds for compositions -----


def _gram(matrix: Matrix) -> Matrix:
    """M M^T or M^T M, whichever is smaller: its least eigenvalue is the square of sigma_min."""
    return matrix @ matrix.T if matrix.shape[0] <= matrix.shape[1] else matrix.T @ matrix


def _at_least(matrix: Matrix, bound: Fraction, *, tall: bool) -> Verdict:
    """Whether sigma_min >= bound; `tall` counts as many singular values as columns."""
    gram = matrix.T @ matrix if tall else _gram(matrix)
    return positive_semidefinite(gram - gram.field.identity(gram.shape[0]).scale(bound**2))


def _box(maps: Sequence[Map], what: str) -> tuple[Matrix, dict[str, tuple[Fraction, Fraction]]]:
    """The product of the Jacobians (or secant forms), slopes being symbols, and their ranges.

    Raises DomainError where a range is not known.
    """
    ranges: dict[str, tuple[Fraction, Fraction]] = {}
    for place, layer in enumerate(maps):
        for number, ridge in enumerate(layer.active):
            found = ridge.profile.range_of(what)
            if found is None:
                message = f"the {what} of {ridge.profile} has no known bounds"
                raise DomainError(message)
            ranges[f"{what}{place}_{number}"] = found
    field = RationalFunctions(tuple(ranges)) if ranges else QQ
    total = field.identity(maps[0].inputs)
    for place, layer in enumerate(maps):
        matrix = layer.matrix(field)
        for number, (output, along, _) in enumerate(layer.parts(field)):
            slope = RationalFunctions(tuple(ranges)).generator(f"{what}{place}_{number}")
            matrix = matrix + (output @ along).scale(slope)
        total = matrix @ total
    return total, ranges


def _on_box(maps: Sequence[Map], what: str, bound: Fraction, *, tall: bool) -> Verdict:
    """Whether sigma_min >= bound for all slopes (secants) of the box; HOLDS or UNDECIDED."""
    try:
        matrix, ranges = _box(maps, what)
    except DomainError as cause:
        return undecided(str(cause))
    if not ranges:
        return _at_least(matrix, bound, tall=tall)
    gram = matrix.T @ matrix if tall else _gram(matrix)
    excess = gram - gram.field.identity(gram.shape[0]).scale(bound**2)
    for size in range(1, gram.shape[0] + 1):
        minor = excess.submatrix(range(size), range(size)).det()
        if minor.field.is_rational_field:
            verdict = holds(Evidence.EXACT, str(minor)) if minor.sign() > 0 else undecided("0")
        else:
            verdict = positive_on_box(minor, ranges)
        if not verdict.is_holds:
            return undecided(f"not shown on the box of all {what}s: {verdict.reason}")
    words = ", ".join(f"[{low}, {high}]" for low, high in ranges.values())
    return holds(Evidence.EXACT, f"sigma_min >= {bound} for all {what}s in {words}")


def probes(size: int) -> tuple[Matrix, ...]:
    """Points of R^n at which a bound is tried: 0, and small multiples of few directions."""
    directions = list(product((0, 1, -1), repeat=size))[1:9]
    scales = (Fraction(1), Fraction(2), Fraction(1, 2), Fraction(5))
    points = [QQ.column([c * scale for c in d]) for d in directions for scale in scales]
    return (QQ.zeros(size, 1), *points)


def _half_lines(maps: Sequence[Map], decide: Callable[[Matrix], Verdict]) -> Verdict:
    """A decision about one real variable, on both half-lines x = t and x = -t, t > 0."""
    parts = [decide(LINE.column([LINE.generator("t") * side])) for side in (1, -1)]
    return all_of(right_half=parts[0], left_half=parts[1])


def _on_line(function: Scalar) -> Verdict:
    """Whether a function of t >= 0 is nonnegative."""
    return nonnegative_on(function, FROM_ZERO)


def square(matrix: Matrix) -> Scalar:
    """The sum of the squares of the entries."""
    return (matrix.T @ matrix).trace()


@lru_cache(maxsize=1024)
def jacobian_bounded_below(maps: tuple[Map, ...], size: int, bound: Fraction) -> Verdict:
    """Whether sigma_min(J[f](z)) >= bound for all z in R^size; f is the composition of the maps.

    sigma_min is the least of min(m, n) singular values.
    """
    if not maps:
        return _at_least(QQ.identity(size), bound, tall=False)
    ends = min(size, maps[-1].outputs)
    narrow = min(layer.outputs for layer in maps)
    if bound <= 0:
        return holds(Evidence.EXACT, f"a singular value is at least {bound}")
    if narrow < ends:
        return fails(Evidence.EXACT, f"J has rank at most {narrow} < {ends} everywhere")
    if all(layer.is_linear for layer in maps):
        return _at_least(chained(maps, QQ.zeros(size, 1)), bound, tall=False)
    if size == 1:
        try:
            return _half_lines(maps, lambda t: _on_line(square(chained(maps, t)) - bound * bound))
        except DomainError:
            pass
    at_point = _tried(maps, size, bound)
    return at_point if at_point is not None else _on_box(maps, "slope", bound, tall=False)


def _tried(maps: Sequence[Map], size: int, bound: Fraction) -> Verdict | None:
    """FAILS at a point where a singular value is below the bound, else None."""
    for point in probes(size):
        try:
            verdict = _at_least(chained(maps, point), bound, tall=False)
        except DomainError:
            continue
        if verdict.is_fails:
            return verdict.because(f"at z = {point.T}: {verdict.reason}")
    return None


@lru_cache(maxsize=1024)
def expands(maps: tuple[Map, ...], size: int, bound: Fraction) -> Verdict:
    """Whether |f(u)| >= bound |u| for all u in R^size; f is the composition of the maps."""
    if not maps:
        return _at_least(QQ.identity(size), bound, tall=True)
    if bound <= 0:
        return holds(Evidence.EXACT, f"a norm is at least {bound} times another one")
    if all(layer.is_linear for layer in maps):
        return _at_least(chained(maps, QQ.zeros(size, 1)), bound, tall=True)
    if size == 1:
        try:
            return _half_lines(
                maps,
                lambda t: _on_line(square(composed(maps, t)) - square(t) * bound * bound),
            )
        except DomainError:
            pass
    for point in probes(size):
        excess = square(composed(maps, point)) - square(point) * bound * bound
        if excess.sign() < 0:
            return fails(Evidence.EXACT, f"at u = {point.T} it is smaller by {-excess} in square")
    return _on_box(maps, "secant", bound, tall=True)


@lru_cache(maxsize=1024)
def one_to_one_and_onto(maps: tuple[Map, ...], size: int) -> Verdict:
    """Whether the composition is a bijection of R^size to R^size.

    `data["smooth_inverse"]` says whether the composition is known to be differentiable, with a
    nonsingular Jacobian everywhere.
    """
    if not maps:
        return holds(Evidence.EXACT, "the identity", smooth_inverse=True)
    if any(not ridge.profile.is_continuous for layer in maps for ridge in layer.active):
        return undecided("a profile is not continuous")
    if maps[-1].outputs != size or min(layer.outputs for layer in maps) < size:
        widths = [layer.outputs for layer in maps]
        return fails(Evidence.EXACT, f"no continuous bijection of R^{size} goes through {widths}")
    if all(layer.is_linear for layer in maps):
        return nonsingular(chained(maps, QQ.zeros(size, 1))).giving(smooth_inverse=True)
    if size == 1:
        return _monotone(maps)
    boxed = _on_box(maps, "slope", FINEST, tall=True)
    if boxed.is_holds and all(smooth(layer, 1).is_holds for layer in maps):
        words = "a C1 map with J^-1 bounded maps R^n onto itself one to one (Hadamard)"
        return holds(Evidence.EXACT, f"{words}; {boxed.reason}", smooth_inverse=True)
    return undecided(boxed.reason)


def _monotone(maps: Sequence[Map]) -> Verdict:
    """A continuous function of one variable is a bijection if it is monotone and unbounded."""
    try:
        slopes = [
            chained(maps, LINE.column([LINE.generator("t") * side]))[0, 0] for side in (1, -1)
        ]
        values = [
            composed(maps, LINE.column([LINE.generator("t") * side]))[0, 0] for side in (1, -1)
        ]
    except DomainError as cause:
        return undecided(str(cause))
    for sign in (1, -1):
        if all(_on_line(slope * sign).is_holds and not slope.is_zero for slope in slopes):
            if all(_unbounded(value) for value in values):
                strict = all(differentiable(layer).is_holds for layer in maps) and all(
                    positive_on(slope * sign, FROM_ZERO).is_holds for slope in slopes
                )
                words = "monotone, not constant on an interval, and unbounded on both sides"
                return holds(Evidence.EXACT, words, smooth_inverse=strict)
            return fails(Evidence.EXACT, "monotone, but bounded on one side")
    return fails(Evidence.EXACT, f"not monotone: the slope {slopes[0]} at t, {slopes[1]} at -t")


def _unbounded(value: Scalar) -> bool:
    """Whether a rational function of t tends to infinity with t."""
    function = real_function(value)
    return bool(function.top.degree() > function.bottom.degree())


@lru_cache(maxsize=1024)
def jacobian_nonsingular(maps: tuple[Map, ...], size: int) -> Verdict:
    """Whether the Jacobian of the composition is nonsingular at every point of R^size."""
    if not maps:
        return holds(Evidence.EXACT, "the identity")
    if any(not differentiable(layer).is_holds for layer in maps):
        return undecided("a layer is not differentiable, so that there may be no Jacobian")
    if maps[-1].outputs != size:
        return fails(Evidence.EXACT, f"the Jacobian has {maps[-1].outputs} rows, not {size}")
    if all(layer.is_linear for layer in maps):
        return nonsingular(chained(maps, QQ.zeros(size, 1)))
    if size == 1:
        try:
            return _half_lines(maps, lambda t: positive_on(square(chained(maps, t)), FROM_ZERO))
        except DomainError:
            pass
    for point in probes(size):
        if chained(maps, point).det().is_zero:
            return fails(Evidence.EXACT, f"the Jacobian is singular at {point.T}")
    return _on_box(maps, "slope", FINEST, tall=True)

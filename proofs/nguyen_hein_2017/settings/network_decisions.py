"""Sections 2-4: what settles least objectives and non-degenerate points of a network.

Each decision has the instance and the values of the arguments: families, and a set of layers as a
function to verdicts.

Decisions: global_minimum, local_minimum, nondegenerate, independent.

Design notes. A point is no minimum where the gradient is not 0, or where the Hessian has a negative
eigenvalue; with a positive definite Hessian it is a local one. It is a global one where each
residual is a zero of l' and all those are least, or where the objective is convex. Higher orders are
left to the classification of critical points. Whatever is left is undecided here, and the
definition itself is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from itertools import combinations
from typing import Any

from symbolic_landscape.arithmetic import Matrix
from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.calculus import LossAtPoint, LossSurface
from symbolic_landscape.critical import Answer, Classification, Kind, classify
from symbolic_landscape.errors import DomainError, LandscapeError
from symbolic_landscape.formula import ZERO, derivative
from symbolic_landscape.functions import nonnegative
from symbolic_landscape.functions.activations import ScalarLoss
from symbolic_landscape.functions.constants import value_at
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

Values = Mapping[str, Any]
MINIMA = {Kind.STRICT_MINIMUM, Kind.NON_STRICT_MINIMUM, Kind.OPEN_MINIMUM}
Decision = Callable[[Any, tuple[Any, ...]], Verdict]


def _settled(decide: Callable[..., Verdict]) -> Decision:
    """The decision, UNDECIDED where a value is missing, outside all fields or not twice smooth."""

    def decided(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
        values = {str(v.name): x for v, x in instance.values.items()}
        try:
            smooth = (values[f].twice_continuously_differentiable() for f in ("sigma", "l"))
            doubt = next((v for v in smooth if not v.is_holds), None)
            if doubt is not None:
                return undecided(doubt.reason)
            W, b, *others = arguments
            return decide(values, _at(values, W, b), *others)
        except LandscapeError as cause:
            return undecided(str(cause))
        except KeyError as missing:
            return undecided(f"the instance has no value for {missing}")

    return decided


def _member(family: Any, r: int) -> Any:
    """The member at an integer, of a function or of the data of a family."""
    return family(r) if callable(family) else family.at(r)


def _loss(values: Values) -> ScalarLoss:
    """The loss of a residual; a drawn one is a function like any other."""
    loss = values["l"]
    return loss if isinstance(loss, ScalarLoss) else ScalarLoss.of(loss.formula)


def _at(values: Values, W: Any, b: Any) -> LossAtPoint:
    """The objective at (W, b)."""
    layers = range(1, values["L"] + 1)
    widths = [values["n"].at(r) for r in range(values["L"] + 1)]
    network = Network(widths, values["sigma"], values["sigma"])
    weights = [matrix_of(_member(W, r), f"W[{r}]").T for r in layers]
    biases = [matrix_of(_member(b, r), f"b[{r}]").T for r in layers]
    surface = network.loss(Samples(values["X"], values["Y"]), _loss(values))
    return surface.at(Parameters(weights, biases))


@lru_cache(maxsize=512)
def _classified(surface: LossSurface, point: Any) -> Classification:
    """What kind of critical point it is, as far as minima are concerned; several questions ask."""
    return classify(surface, point, thorough=False)


def _nearest(at: LossAtPoint) -> Classification:
    """What kind of critical point is close to this one: itself, if it is one."""
    with suppress(DomainError):
        if at.gradient.is_zero:
            return _classified(at.surface, at.point)
    return classify(at.surface, at.point, near=True, thorough=False)


def _locally(at: LossAtPoint) -> Verdict:
    """Whether the point is a local minimum, by the first and second derivatives."""
    if not at.gradient.is_zero:
        return fails(Evidence.EXACT, "the gradient is not 0")
    positive, negative, zero = at.hessian.inertia()
    said = f"eigenvalues of the Hessian: {positive} positive, {negative} negative, {zero} zero"
    if negative:
        return fails(Evidence.EXACT, said)
    return _degenerate(at, said) if zero else holds(Evidence.EXACT, said)


def _degenerate(at: LossAtPoint, said: str) -> Verdict:
    """Whether a critical point without negative curvature is a local minimum."""
    found = _classified(at.surface, at.point)
    words = f"{said}; {'; '.join(found.reasons[-1:])}"
    if found.kind in MINIMA:
        return holds(found.evidence, words)
    return fails(found.evidence, words) if found.kind is Kind.SADDLE else undecided(said)


def _least(values: Values, at: LossAtPoint) -> Verdict:
    """Whether the objective is least at the point; FAILS is not found here."""
    sigma, loss = values["sigma"], _loss(values)
    if _slopes_vanish(loss, at.residuals):
        flat = loss.critical_points_are_global_minima()
        if flat.is_holds:
            return holds(
                flat.evidence, f"each residual is a least point of the loss: {flat.reason}"
            )
    if _values_are_least(loss, at.residuals):
        return holds(Evidence.EXACT, "no value of the loss is less than that of any residual")
    affine = values["L"] == 1 and derivative(sigma.formula, 2) == ZERO
    if affine and at.gradient.is_zero:
        convex = nonnegative(loss.derivative(2))
        if convex.is_holds:
            return holds(convex.evidence, f"the gradient is 0, and Phi is convex: {convex.reason}")
    return undecided("neither residuals nor convexity show that the objective is least")


def _values_are_least(loss: ScalarLoss, residuals: Matrix) -> bool:
    """Whether the loss at each residual, if rational, is known to be its least value."""
    places = {x.field.rational_value(x.raw) for row in residuals.tolist() for x in row}
    values = [None if place is None else value_at(loss.formula, place) for place in places]
    return all(v is not None and nonnegative(loss.formula - v).is_holds for v in values)


def _slopes_vanish(loss: ScalarLoss, residuals: Matrix) -> bool:
    """Whether the slope of the loss is known to be 0 at each residual."""
    try:
        return bool(residuals.field.apply(loss.derivative(), residuals).is_zero)
    except DomainError:
        return False


@_settled
def global_minimum(values: Values, at: LossAtPoint) -> Verdict:
    """Whether the objective is least at the point."""
    least = _least(values, at)
    if least.is_holds:
        return least
    locally = _locally(at)
    return locally if locally.is_fails else least


@_settled
def local_minimum(values: Values, at: LossAtPoint) -> Verdict:
    """Whether the point is a local minimum."""
    locally = _locally(at)
    if not locally.is_undecided:
        return locally
    least = _least(values, at)
    return least if least.is_holds else locally


def attained(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether some point has the least objective: the instance's, or one close to another it has."""
    values = {str(v.name): x for v, x in instance.values.items()}
    known = [(values[W], values[b]) for W, b in (("W", "b"), ("V", "c")) if {W, b} <= values.keys()]
    for point in known:
        verdict = global_minimum(instance, point)
        if verdict.is_holds:
            return verdict
    return _fitted_near(instance, known[-1]) if known else undecided("no point is known")


@_settled
def _fitted_near(values: Values, at: LossAtPoint) -> Verdict:
    """Whether a global minimum lies close to the point."""
    found = _nearest(at)
    if found.global_minimum is Answer.YES:
        return holds(found.evidence, f"{found.global_minimum_reason}, close to (V, c)")
    return undecided("no point that is known has the least objective")


@_settled
def nondegenerate(values: Values, at: LossAtPoint, layers: Callable[[int], Verdict]) -> Verdict:
    """Whether the Hessian in the weights and biases of a set of layers is nonsingular."""
    chosen: list[int] = []
    for layer in range(1, values["L"] + 1):
        verdict = layers(layer)
        if verdict.is_undecided:
            return verdict
        chosen += [layer] if verdict.is_holds else []
    if not chosen:
        return holds(Evidence.EXACT, "no layer is in I")
    block = at.hessian_block(chosen)
    size, rank = block.shape[0], block.rank()
    said = f"the Hessian on layers {', '.join(map(str, chosen))} has rank {rank} of {size}"
    return (holds if rank == size else fails)(Evidence.EXACT, said)


def always_dependent(values: Values, k: int) -> str:
    """Why [F_k, 1] has a rank below N for all parameters, for a layer k >= 1; or nothing."""
    X, samples, units = matrix_of(values["X"], "X"), values["N"], values["n"].at(k)
    if units + 1 < samples:
        return f"[F, 1] has {units + 1} columns and {samples} rows"
    rows = X.tolist()
    for i, j in combinations(range(samples), 2):
        if all((x - y).is_zero for x, y in zip(rows[i], rows[j], strict=True)):
            return f"samples {i + 1} and {j + 1} are equal, and so are their features"
    slope = derivative(values["sigma"].formula)
    if slope == ZERO and samples > 1:
        return "all rows of [F, 1] are equal, for sigma is constant"
    affine = X.hstack(X.field.ones(samples, 1)).rank()
    if derivative(slope) == ZERO and affine < samples:
        return f"the columns of [F, 1] are affine in the samples, and [X, 1] has rank {affine}"
    return ""


def independent(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether [F_k, 1] has rank N somewhere, or nearly everywhere; HOLDS is not found here."""
    values = {str(v.name): x for v, x in instance.values.items()}
    k = next(x for x in arguments if isinstance(x, int))
    try:
        reason = always_dependent(values, k) if k >= 1 else ""
    except (LandscapeError, KeyError, AttributeError) as cause:
        return undecided(str(cause))
    if reason:
        return fails(Evidence.EXACT, reason)
    return undecided("nothing shows that the features are dependent for all parameters")


DECISIONS: Mapping[str, Decision] = {
    "attained": attained,
    **dict.fromkeys(
        (
            "independent features somewhere",
            "dependent features are a null set",
            "independent features nearby",
        ),
        independent,
    ),
    "global minimum": global_minimum,
    "local minimum": local_minimum,
    "nondegenerate": nondegenerate,
}
"""The decisions by the names of the definitions that they settle."""

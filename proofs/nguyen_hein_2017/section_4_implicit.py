"""Section 4, Theorem 4.6: the implicit function theorem, as the paper quotes it.

Notation: Psi maps R^s x R^t to R^t; (u0, v0) is the point; J_v Psi (t, t) is the Jacobian in v.

Statements
- NH17.T4.6: near u0 the equation Psi(u, v) = 0 has one solution v = alpha(u), and it is C1.

Source: NH17, Section 4, Theorem 4.6 (there quoted from Marsden 1974).

Design notes. As printed, alpha is unique among all functions from a ball to R^t, and need not pass
through v0: two branches of v^2 = 1 refute that. In the repaired reading alpha maps into a ball
around v0. That is decided by one Krawczyk step over a box of u and v: each u of the box has one v
in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

import flint

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    Field,
    Matrix,
    RationalFunctions,
    Scalar,
    count_roots,
    nonsingular,
    vanishes,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.former.lemma import Instance, Statement, fact
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Terms = tuple[tuple[int | Fraction, tuple[int, ...]], ...]
"""A polynomial: pairs of a coefficient and the exponents of u_1, ..., u_s, v_1, ..., v_t."""

BALLS = BallField(128)


@dataclass(frozen=True, kw_only=True)
class Equation(Instance):
    """Psi = (equations) with polynomial components, a point (u0, v0), and solutions that are known.

    Each branch is a tuple of t polynomials in u alone, claimed to solve Psi(u, branch(u)) = 0.
    """

    equations: tuple[Terms, ...]
    u: tuple[Fraction, ...]
    v: tuple[Fraction, ...]
    branches: tuple[tuple[Terms, ...], ...] = ()

    POWERS: ClassVar[range] = range(24)
    RATIOS: ClassVar[tuple[int, ...]] = (4, 64)
    """Boxes of radius delta = 2^-power around v0 and delta / ratio around u0 are tried."""

    @property
    def names(self) -> tuple[str, ...]:
        """u1, ..., us, v1, ..., vt."""
        ends = (("u", len(self.u)), ("v", len(self.v)))
        return tuple(f"{letter}{i}" for letter, size in ends for i in range(1, size + 1))

    def smooth(self) -> Verdict:
        """HOLDS: the components are polynomials."""
        return holds(Evidence.EXACT, f"{len(self.equations)} polynomials")

    def value(self, field: Field, u: Sequence[Scalar], v: Sequence[Scalar]) -> Matrix:
        """Psi(u, v) (t, 1)."""
        return field.column([polynomial(terms, field, (*u, *v)) for terms in self.equations])

    def jacobian(self, field: Field, u: Sequence[Scalar], v: Sequence[Scalar]) -> Matrix:
        """J_v Psi (t, t) at (u, v)."""
        places = range(len(self.u), len(self.names))
        return field.matrix(
            [
                [polynomial(_derivative(terms, place), field, (*u, *v)) for place in places]
                for terms in self.equations
            ]
        )

    def at_point(self) -> tuple[Sequence[Scalar], Sequence[Scalar]]:
        """(u0, v0) over Q."""
        return [QQ.scalar(x) for x in self.u], [QQ.scalar(x) for x in self.v]


def polynomial(terms: Terms, field: Field, values: Sequence[Scalar]) -> Scalar:
    """The polynomial at these values of its variables."""
    total = field.scalar(0)
    for coefficient, exponents in terms:
        product = field.scalar(Fraction(coefficient))
        for value, exponent in zip(values, exponents, strict=False):
            for _ in range(exponent):
                product = product * value
        total = total + product
    return total


def _derivative(terms: Terms, place: int) -> Terms:
    """The derivative in the variable at this place."""
    found = []
    for coefficient, exponents in terms:
        if exponents[place]:
            lowered = list(exponents)
            lowered[place] -= 1
            found.append((coefficient * exponents[place], tuple(lowered)))
    return tuple(found)


# --- hypotheses ----------------------------------------------------------------------------------


@fact(r"\Psi \in C^1(\mathbb{R}^s \times \mathbb{R}^t)")
def equation_is_smooth(s: Equation) -> Verdict:
    """Psi is continuously differentiable."""
    return s.smooth()


@fact(r"\Psi(u_0, v_0) = 0")
def point_solves_equation(s: Equation) -> Verdict:
    """The point (u0, v0) is a zero of Psi."""
    return vanishes(s.value(QQ, *s.at_point()))


@fact(r"\det J_v \Psi(u_0, v_0) \ne 0")
def jacobian_is_nonsingular(s: Equation) -> Verdict:
    """The Jacobian of Psi in v is nonsingular at (u0, v0)."""
    return nonsingular(s.jacobian(QQ, *s.at_point()))


# --- solutions -----------------------------------------------------------------------------------


def _solves(s: Equation, branch: tuple[Terms, ...]) -> bool:
    """Whether Psi(u, branch(u)) = 0 identically in u."""
    field = RationalFunctions(s.names[: len(s.u)])
    u = [field.generator(name) for name in field.names]
    v = [polynomial(terms, field, u) for terms in branch]
    return vanishes(s.value(field, u, v)).is_holds


def _passes(s: Equation, branch: tuple[Terms, ...]) -> bool:
    """Whether branch(u0) = v0."""
    u, v = s.at_point()
    return [polynomial(terms, QQ, u) for terms in branch] == list(v)


def _shown(s: Equation, branch: tuple[Terms, ...]) -> str:
    """The branch as text in u."""
    field = RationalFunctions(s.names[: len(s.u)])
    u = [field.generator(name) for name in field.names]
    return ", ".join(str(polynomial(terms, field, u)) for terms in branch)


def _has_no_solution_at_start(s: Equation) -> bool:
    """Whether Psi(u0, v) = 0 has no real v at all, for one equation in one unknown."""
    found = _in_last_unknown(s)
    return found is not None and found != 0 and count_roots(found) == 0


def _in_last_unknown(s: Equation) -> flint.fmpq_poly | None:
    """Psi(u0, v) as a polynomial in v where there is one unknown, else None."""
    if len(s.v) != 1:
        return None
    degree = max((exponents[-1] for _, exponents in s.equations[0]), default=0)
    coefficients = [Fraction(0)] * (degree + 1)
    for coefficient, exponents in s.equations[0]:
        value = Fraction(coefficient)
        for at, exponent in zip(s.u, exponents, strict=False):
            value *= at**exponent
        coefficients[exponents[-1]] += value
    return flint.fmpq_poly([flint.fmpq(c.numerator, c.denominator) for c in coefficients])


def _rises_in_unknown(s: Equation) -> bool:
    """Whether dPsi/dv is free of u and never zero: then each u has one v at most."""
    slope = _derivative(s.equations[0], len(s.u)) if len(s.v) == 1 else ()
    if not slope or any(any(exponents[:-1]) for _, exponents in slope):
        return False
    found = _in_last_unknown(Equation(equations=(slope,), u=s.u, v=s.v))
    return found is not None and found != 0 and count_roots(found) == 0


def solution_box(s: Equation) -> tuple[Fraction, Fraction] | None:
    """Radii (epsilon, delta) of boxes around u0 and v0: each u has exactly one v.

    One Krawczyk step for all u at once: with Y the inverse of the Jacobian at the point,
    v0 - Y Psi(U, v0) + (I - Y J(U, V)) (V - v0) must lie inside V. J(U, V) is nonsingular there,
    so the solution is C1. None if no box was certified.
    """
    u, v = s.at_point()
    try:
        inverse = s.jacobian(QQ, u, v).inverse().over(BALLS)
    except DomainError:
        return None
    for power in s.POWERS:
        delta = Fraction(1, 2**power)
        for ratio in s.RATIOS:
            epsilon = delta / ratio
            wide_u = [_around(x, epsilon) for x in s.u]
            wide_v = [_around(x, delta) for x in s.v]
            centre = [BALLS.scalar(value) for value in v]
            jacobian = s.jacobian(BALLS, wide_u, wide_v)
            slack = BALLS.identity(len(v)) - inverse @ jacobian
            offsets = BALLS.column([_around(Fraction(0), delta) for _ in v])
            image = slack @ offsets - inverse @ s.value(BALLS, wide_u, centre)
            bound = flint.arb(flint.fmpq(delta.numerator, delta.denominator))
            inside = all(abs(row[0]) < bound for row in image.raw_rows())
            if inside and nonsingular(jacobian).is_holds:
                return epsilon, delta
    return None


def _around(centre: Fraction, radius: Fraction) -> Scalar:
    """The ball of this radius."""
    with BALLS.working():
        middle = flint.arb(flint.fmpq(centre.numerator, centre.denominator))
        width = flint.arb(flint.fmpq(radius.numerator, radius.denominator))
        return Scalar(BALLS, middle + flint.arb(0, width))


def _unique(s: Equation, *, local: bool) -> Verdict:
    """Whether there is exactly one solution alpha on some ball, among all or those through v0."""
    if _has_no_solution_at_start(s):
        return fails(Evidence.EXACT, f"Psi(u0, v) = 0 has no real solution v at u0 = {s.u}")
    known = [b for b in s.branches if _solves(s, b) and (not local or _passes(s, b))]
    if len(set(known)) > 1:
        first, second = (_shown(s, branch) for branch in known[:2])
        words = f"v = {first} and v = {second} both solve Psi = 0 for every u"
        return fails(Evidence.IDENTITY, words)
    box = solution_box(s)
    if box is None:
        return undecided("no box with exactly one solution was certified")
    words = f"for |u - u0| < {box[0]} exactly one v lies within {box[1]} of v0"
    if local or _rises_in_unknown(s):
        return holds(Evidence.ENCLOSED, words).against(constant=lambda: _constant(s))
    return undecided(f"{words}; whether another one lies elsewhere is open")


def _constant(s: Equation) -> Verdict:
    """The wrong claim that alpha = v0 near u0: Psi(u, v0) must vanish identically."""
    field = RationalFunctions(s.names[: len(s.u)])
    u = [field.generator(name) for name in field.names]
    return vanishes(s.value(field, u, [field.scalar(x) for x in s.v]))


@fact(
    r"\exists \varepsilon > 0\ \exists! \alpha: B(u_0, \varepsilon) \to \mathbb{R}^t,\ "
    r"\Psi(u, \alpha(u)) = 0"
)
def one_function_solves(s: Equation) -> Verdict:
    """On some ball around u0 exactly one function alpha has Psi(u, alpha(u)) = 0; it is C1."""
    return _unique(s, local=False)


@fact(
    r"\exists \varepsilon, \delta > 0\ \exists! \alpha: B(u_0, \varepsilon) \to B(v_0, \delta),\ "
    r"\Psi(u, \alpha(u)) = 0"
)
def one_function_near_point_solves(s: Equation) -> Verdict:
    """Near u0 exactly one function into a ball around v0 has Psi(u, alpha(u)) = 0; it is C1."""
    return _unique(s, local=True)


# --- the statement -------------------------------------------------------------------------------


def equation(
    name: str,
    terms: Terms,
    u: int | Fraction = 0,
    v: int | Fraction = 0,
    branches: tuple[Terms, ...] = (),
) -> Equation:
    """One equation in one unknown v and one variable u, with polynomial branches v = b(u)."""
    return Equation(
        name=name,
        equations=(terms,),
        u=(Fraction(u),),
        v=(Fraction(v),),
        branches=tuple((branch,) for branch in branches),
    )


ONE, MINUS_ONE = ((1, (0,)),), ((-1, (0,)),)
LINE_UP, LINE_DOWN = ((1, (1,)),), ((-1, (1,)),)

TWO_BRANCHES = equation("v^2 = 1", ((1, (0, 2)), (-1, (0, 0))), 0, 1, (ONE, MINUS_ONE))
GRAPH = equation("v = u^2", ((1, (0, 1)), (-1, (2, 0))))
CUBIC_ROOT = equation("v^3 + v = u", ((1, (0, 3)), (1, (0, 1)), (-1, (1, 0))))
CIRCLE = equation("u^2 + v^2 = 1", ((1, (2, 0)), (1, (0, 2)), (-1, (0, 0))), 0, 1)
NO_SOLUTION = equation("v^2 + u^2 + 1 = 0", ((1, (0, 2)), (1, (2, 0)), (1, (0, 0))), 0, 1)
CROSSING = equation("v^2 = u^2", ((1, (0, 2)), (-1, (2, 0))), 0, 0, (LINE_UP, LINE_DOWN))
TWO_UNKNOWNS = Equation(
    name="v1 + v2^2 = u, v2 = u v1",
    equations=(
        ((1, (0, 1, 0)), (1, (0, 0, 2)), (-1, (1, 0, 0))),
        ((1, (0, 0, 1)), (-1, (1, 1, 0))),
    ),
    u=(Fraction(0),),
    v=(Fraction(0), Fraction(0)),
)

NH17_T4_6 = Statement(
    key="NH17.T4.6",
    kind="theorem",
    where="Section 4, Theorem 4.6 (quoted)",
    title="Implicit function theorem",
    claim=(
        "If Psi is C1, Psi(u0, v0) = 0 and J_v Psi(u0, v0) is nonsingular, then on some ball "
        "around u0 there is a unique function alpha to R^t with Psi(u, alpha(u)) = 0; it is C1."
    ),
    hypotheses=(equation_is_smooth, point_solves_equation, jacobian_is_nonsingular),
    conclusion=one_function_solves,
    instances=(TWO_BRANCHES, GRAPH, CUBIC_ROOT),
    controls={point_solves_equation: NO_SOLUTION, jacobian_is_nonsingular: CROSSING},
    no_control={equation_is_smooth: "the instances are polynomials"},
    expected=(("invalid inference", "step one_solution_near_point"), ("refuted", "statement")),
)


@NH17_T4_6.step(
    premises=(equation_is_smooth, point_solves_equation, jacobian_is_nonsingular),
    gives=one_function_solves,
    tried_on=(GRAPH,),
    controls={point_solves_equation: NO_SOLUTION, jacobian_is_nonsingular: CROSSING},
    no_control={equation_is_smooth: "the instances are polynomials"},
)
def one_solution_near_point(s: Equation, *premises: Verdict) -> Verdict:
    """For every u near u0, v - Y Psi(u, v) contracts a ball around v0: one fixed point."""
    del premises
    return _contracts(s)


def _contracts(s: Equation) -> Verdict:
    """Whether v - Y Psi(u, v) maps a box around v0 into itself for all u of a box around u0."""
    box = solution_box(s)
    if box is None:
        return undecided("no box was certified")
    return holds(Evidence.ENCLOSED, f"the box of radius {box[1]} maps into itself")


NH17_T4_6_REPAIRED = NH17_T4_6.repair(
    claim=(
        "If Psi is C1, Psi(u0, v0) = 0 and J_v Psi(u0, v0) is nonsingular, then there are balls "
        "around u0 and v0 such that exactly one function alpha from the first to the second has "
        "Psi(u, alpha(u)) = 0; it is C1, and alpha(u0) = v0."
    ),
    minimal=(
        "Without a ball around v0 other branches of solutions count: v = 1 and v = -1 both solve "
        "v^2 = 1 for every u."
    ),
    conclusion=one_function_near_point_solves,
    instances=(TWO_BRANCHES, GRAPH, CUBIC_ROOT, CIRCLE, TWO_UNKNOWNS),
    without=("one_solution_near_point",),
    strategy=lambda: equations(),
)


@NH17_T4_6_REPAIRED.step(
    premises=(equation_is_smooth, point_solves_equation, jacobian_is_nonsingular),
    gives=one_function_near_point_solves,
    tried_on=(equation("2 v = u", ((2, (0, 1)), (-1, (1, 0)))),),
    controls={point_solves_equation: NO_SOLUTION, jacobian_is_nonsingular: CROSSING},
    no_control={equation_is_smooth: "the instances are polynomials"},
)
def one_solution_in_ball(s: Equation, *premises: Verdict) -> Verdict:
    """For every u near u0, v - Y Psi(u, v) contracts a ball around v0: one fixed point in it."""
    del premises
    return _contracts(s)


def equations() -> SearchStrategy[Equation]:
    """One equation in u, v, u v, v^2 with small integers; mostly the point solves it."""
    from hypothesis import strategies as st

    number = st.integers(-2, 2)
    places = ((1, 0), (0, 1), (1, 1), (0, 2))

    def build(values: tuple[int, ...], u: int, v: int, off: int) -> Equation:
        terms = tuple(zip(values, places, strict=True))
        constant = -sum(c * u**i * v**j for c, (i, j) in terms) + off
        return equation("generated", (*terms, (constant, (0, 0))), u, v)

    off = st.sampled_from((0, 0, 0, 1))
    return st.builds(build, st.tuples(*[number] * len(places)), number, number, off)

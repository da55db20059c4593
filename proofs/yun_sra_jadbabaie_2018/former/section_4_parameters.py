"""Section 4.2, Discussion: critical points in function space and in the space of parameters.

Notation: h_w(x) = phi(w . x) is a network with one unit and no hidden layer, r = h_w - h* at the
values of X; its tangent space at w is spanned by the functions phi'(w . x) x_k.

Statements: YSJ18_R5.

Design notes. For one layer the conditions of Theorem 4.1 always hold (the Jacobian above is the
identity), so that every suboptimal point has the downhill direction -r. At w = 0 an odd activation
has an exact gradient. A sigmoid unit is in no class F_i, since its value at 0 is 1/2; nor is a
layer with a bias.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    Field,
    Matrix,
    Scalar,
    less,
    positive,
    positive_definite,
    vanishes,
)
from symbolic_landscape.errors import ShapeError
from symbolic_landscape.former.lemma import Instance, Regime, Statement, fact
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.population import Atom, Finite, grouped
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, for_all, holds

BALLS = BallField(256)


@dataclass(frozen=True, kw_only=True)
class OneUnit(Instance):
    """The unit phi(w . x) at weights w, with a law of (X, Y), and other weights to compare with.

    Raises ShapeError when the shapes do not fit.
    """

    activation: str
    weights: tuple[Fraction | int, ...]
    law: Finite
    other: tuple[Fraction | int, ...] = ()

    def __post_init__(self) -> None:
        """Check the shapes."""
        atom = self.law.atoms[0]
        if len(atom.x) != len(self.weights) or len(atom.y) != 1:
            message = f"unit: weights that fit the inputs and one output were needed, got {self}"
            raise ShapeError(message)

    def unit(
        self, field: Field, weights: tuple[Fraction | int, ...], x: Matrix, order: int = 0
    ) -> Scalar:
        """The derivative of phi of this order at w . x; of order 0, its value."""
        activation = Activation.of(self.activation)
        formula = activation.derivative(order) if order else activation.formula
        return field.apply(formula, field.matrix([weights]) @ x)[0, 0]

    def atoms(self, field: Field) -> list[tuple[Fraction, Matrix, Scalar]]:
        """Weight, x (d_x, 1) and y."""
        return [(a.weight, field.column(a.x), field.scalar(a.y[0])) for a in self.law.atoms]

    def residuals(self) -> list[tuple[Fraction, Matrix, Scalar]]:
        """P(X = x), x and r(x) = h_w(x) - E[Y | X = x], exactly.

        Raises DomainError where phi(w . x) is not rational.
        """
        pairs = ((x, (p, y)) for p, x, y in self.atoms(QQ))
        found = []
        for x, members in grouped(pairs):
            weight = sum((p for p, _ in members), Fraction(0))
            mean = QQ.scalar(0)
            for p, y in members:
                mean = mean + y * (p / weight)
            found.append((weight, x, self.unit(QQ, self.weights, x) - mean))
        return found

    def gradient(self) -> Matrix:
        """E[(h_w(X) - Y) phi'(w . X) X] (d_x, 1), which is also E[r times the tangents]."""
        total = QQ.zeros(len(self.weights), 1)
        for p, x, r in self.residuals():
            total = total + x.scale(r * self.unit(QQ, self.weights, x, 1) * p)
        return total

    def hessian(self) -> Matrix:
        """The second derivatives of the risk by w."""
        total = QQ.zeros(len(self.weights), len(self.weights))
        for p, x, r in self.residuals():
            first = self.unit(QQ, self.weights, x, 1)
            second = self.unit(QQ, self.weights, x, 2)
            total = total + (x @ x.T).scale((first * first + r * second) * p)
        return total

    def risk(self, weights: tuple[Fraction | int, ...]) -> Scalar:
        """E (h_w(X) - Y)^2 / 2 as a ball."""
        total = BALLS.scalar(0)
        for p, x, y in self.atoms(BALLS):
            total = total + (self.unit(BALLS, weights, x) - y) ** 2 * (p / 2)
        return total


@fact(r"h_w \in \mathcal{F}_1")
def unit_is_in_class(s: OneUnit) -> Verdict:
    """The unit is differentiable, 0 at 0, and of at most linear growth."""
    activation = Activation.of(s.activation)
    at_zero = QQ.apply(activation.formula, QQ.matrix([[0]]))[0, 0]
    return all_of(smooth=activation.analytic(), zero=vanishes(at_zero), growth=activation.bounded())


@fact(r"\nabla_w L(h_w) = 0")
def parameters_are_critical(s: OneUnit) -> Verdict:
    """The gradient of the risk in the parameters is zero."""
    return vanishes(s.gradient())


@fact(r"P(h_w(X) \ne h^*(X)) > 0")
def unit_does_not_fit(s: OneUnit) -> Verdict:
    """The unit differs from h*(X) with positive probability."""
    wrong = [x for _, x, r in s.residuals() if not r.is_zero]
    answer = holds if wrong else fails
    return answer(Evidence.EXACT, f"{len(wrong)} values of X are not fitted")


@fact(
    r"-r \in \mathcal{F}_1,\ \langle D_{h_1}[L(h)], -r \rangle < 0,\ "
    r"\mathbb{E}[r(X)\, \partial_{w_k} h_w(X)] = 0"
)
def descent_is_orthogonal_to_the_tangents(s: OneUnit) -> Verdict:
    """The downhill direction -r is in F_1, and orthogonal to the functions that w can add."""
    activation = Activation.of(s.activation)
    at_zero = QQ.apply(activation.formula, QQ.matrix([[0]]))[0, 0]
    total = QQ.scalar(0)
    for p, _, r in s.residuals():
        total = total + r * r * p
    return all_of(
        member=vanishes(at_zero), downhill=positive(total), orthogonal=vanishes(s.gradient())
    )


def is_a_spurious_minimum(s: OneUnit) -> Verdict:
    """Whether w is a strict local minimum of the risk in w, and other weights have a lower risk."""
    if not s.other:
        return fails(Evidence.EXACT, "there are no other weights to compare with")
    return all_of(
        critical=vanishes(s.gradient()),
        definite=positive_definite(s.hessian()),
        lower=less(s.risk(s.other), s.risk(s.weights)),
    )


def law(*pairs: tuple[tuple[int | Fraction, ...], int | Fraction]) -> Finite:
    """The law with these values of (X, Y), all as likely."""
    share = Fraction(1, len(pairs))
    return Finite(tuple(Atom(share, x, (y,)) for x, y in pairs))


def units() -> st.SearchStrategy[OneUnit]:
    """Units at weight 0 or 1, odd ones mostly; often X and -X have the same target."""
    name = st.sampled_from(("arctan", "tanh", "algebraic", "sigmoid"))
    small = st.integers(-2, 2)
    rows = st.lists(st.tuples(small, small), min_size=1, max_size=2)

    def build(
        activation: str, weight: int, pairs: list[tuple[int, int]], mirrored: bool
    ) -> OneUnit:
        signs = (1, -1) if mirrored else (1,)
        values = [((sign * x,), y) for x, y in pairs for sign in signs]
        return OneUnit(activation=activation, weights=(weight,), law=law(*values))

    return st.builds(build, name, st.sampled_from((0, 0, 0, 1)), rows, st.booleans())


SIGMOID = OneUnit(
    name="sigmoid at weight 0", activation="sigmoid", weights=(0,), law=law(((1,), 0), ((-1,), 0))
)
NOT_CRITICAL = OneUnit(
    name="arctan, one value", activation="arctan", weights=(0,), law=law(((1,), 1))
)
FITTED = OneUnit(name="arctan, fitted", activation="arctan", weights=(0,), law=law(((1,), 0)))
SPURIOUS = OneUnit(
    name="arctan, a spurious minimum",
    activation="arctan",
    weights=(0,),
    law=law(((1,), 6), ((2,), -3)),
    other=(1,),
)

YSJ18_R5 = Statement(
    key="YSJ18.R5",
    kind="remark",
    where="sec. 4.2 Discussion",
    title="Function space versus parameter space",
    claim=(
        "At a suboptimal point of a fixed network the downhill direction of function space can be "
        "orthogonal to what the parameters can add: the parameters are critical. Such a point can "
        "be a strict local minimum of the parameters that is not a global one."
    ),
    hypotheses=(unit_is_in_class, parameters_are_critical, unit_does_not_fit),
    conclusion=descent_is_orthogonal_to_the_tangents,
    instances=(
        SPURIOUS,
        OneUnit(
            name="tanh, two inputs",
            activation="tanh",
            weights=(0, 0),
            law=law(((1, 0), 1), ((-1, 0), 1), ((0, 1), 0)),
        ),
        OneUnit(
            name="algebraic sigmoid away from 0",
            activation="algebraic",
            weights=(1,),
            law=law(((Fraction(3, 4),), Fraction(-2, 5)), ((Fraction(-3, 4),), Fraction(-8, 5))),
        ),
        OneUnit(name="tanh of a cube", activation="tanh(t**3)", weights=(0,), law=law(((1,), 1))),
    ),
    controls={
        unit_is_in_class: SIGMOID,
        parameters_are_critical: NOT_CRITICAL,
        unit_does_not_fit: FITTED,
    },
    strategy=units,
    regimes=(Regime("strict local minimum, not a global one", is_a_spurious_minimum),),
)


@YSJ18_R5.step(
    premises=(unit_is_in_class, parameters_are_critical, unit_does_not_fit),
    gives=descent_is_orthogonal_to_the_tangents,
    controls={
        unit_is_in_class: SIGMOID,
        parameters_are_critical: NOT_CRITICAL,
        unit_does_not_fit: FITTED,
    },
)
def gradient_is_a_pairing_with_the_tangents(s: OneUnit, *premises: Verdict) -> Verdict:
    """By the chain rule each partial derivative by a weight is the pairing of r with a tangent."""

    def partial(k: int) -> Verdict:
        total = QQ.scalar(0)
        for p, x, r in s.residuals():
            total = total + r * s.unit(QQ, s.weights, x, 1) * x[k, 0] * p
        return vanishes(total)

    return for_all(range(len(s.weights)), partial, "weight")

"""Section 3.2: the assumptions on data, activation and loss, and what meets them.

Notation: sigma the activation, l the loss of one residual; t a real number; alpha the sharpness of
softplus, log(1 + e^(alpha t)) / alpha.

Lemmas
- NH17_D3_analytic, NH17_A3_2: the definition and the assumptions.
- NH17_L3_3: sigmoid, tanh and softplus meet the part about the activation, with constants.

Source: NH17, Section 3.2.

Design notes. A3.2 is a list of facts, so that each theorem names the parts that it needs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic import positive
from symbolic_landscape.former.lemma import Instance, Statement, fact
from symbolic_landscape.formula import Const, Formula, Piece, T, call, composition, parse_formula
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.common.externals import (
    LineFunction,
    function_is_analytic,
    function_is_not_identically_zero,
    zero_set_is_null,
)
from symbolic_landscape.proofs.common.points import (
    NetworkPoint,
    activation_is_analytic,
    activation_is_bounded_or_decays,
    activation_is_strictly_increasing,
    loss_critical_points_are_global_minima,
    loss_is_twice_differentiable,
    point,
    samples_are_distinct,
)
from symbolic_landscape.proofs.nguyen_hein_2017.instances import (
    DOUBLE_WELL,
    FLAT_POINT,
    GOOD_POINTS,
)
from symbolic_landscape.verdict import Verdict, all_of, any_of

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

# --- real analytic functions ---------------------------------------------------------------------


@fact(r"\exists U \ne \emptyset \text{ open}:\ f = \text{its Taylor series on } U")
def taylor_series_converges_on_an_open_set(s: LineFunction) -> Verdict:
    """The Taylor series of f converges to f on some open set that is not empty."""
    match s.parsed:
        case Piece(left=left, right=right):
            return any_of(
                for_negative_t=Activation.of(left).analytic(),
                for_positive_t=Activation.of(right).analytic(),
            )
    return s.analytic()


HALF_ZERO = LineFunction(
    name="0 for t <= 0 and t exp(-1/t) for t > 0", formula="smoolu", witness=Fraction(1)
)

NH17_D3_analytic = Statement(
    key="NH17.D3.analytic",
    kind="definition",
    where="Section 3.2",
    title="Real analytic function",
    claim="f is real analytic if its Taylor series converges to f on an open subset; such a "
    "function, if it is not zero everywhere, is zero on a null set only (the property used in "
    "section 4).",
    hypotheses=(taylor_series_converges_on_an_open_set, function_is_not_identically_zero),
    conclusion=zero_set_is_null,
    instances=(
        LineFunction(name="a polynomial", formula="t**2 - 2"),
        LineFunction(name="tanh", formula="tanh(t)", witness=Fraction(1)),
        HALF_ZERO,
    ),
    controls={
        function_is_not_identically_zero: LineFunction(name="the zero function", formula="0"),
    },
    no_control={
        taylor_series_converges_on_an_open_set: "a function that is analytic nowhere is no formula",
    },
    expected=(("refuted", "statement"),),
)

NH17_D3_analytic_repaired = NH17_D3_analytic.repair(
    claim="f is real analytic if around every point of R^d its Taylor series converges to f; "
    "such a function, if it is not zero everywhere, is zero on a null set only.",
    minimal="With one open set in place of every point, a smooth function that is 0 on a "
    "half-line and not on the other passes, and its zero set is not null.",
    hypotheses=(function_is_analytic, function_is_not_identically_zero),
    instances=NH17_D3_analytic.instances[:2],
    controls={
        function_is_analytic: HALF_ZERO,
        function_is_not_identically_zero: LineFunction(name="the zero function", formula="0"),
    },
    no_control={},
)


# --- Assumption 3.2 ------------------------------------------------------------------------------

ASSUMPTION_3_2 = (
    samples_are_distinct,
    activation_is_analytic,
    activation_is_strictly_increasing,
    activation_is_bounded_or_decays,
    loss_is_twice_differentiable,
    loss_critical_points_are_global_minima,
)
"""The parts of A3.2, in the paper's order."""


def _changed(name: str, **changes: object) -> NetworkPoint:
    """SMALLEST with other data."""
    data: dict[str, object] = {
        "widths": (1, 1),
        "activation": "tanh",
        "inputs": [[0]],
        "targets": [[0]],
        "weights": [[[1]]],
        "biases": [[0]],
        **changes,
    }
    return point(name, **data)  # type: ignore[arg-type] # the keywords are those of `point`


KINKED_TANH = Piece(parse_formula("tanh(t)"), parse_formula("tanh(2*t)"), 0)
ONE_SIDED_SQUARE = Piece(Const(Fraction(0)), T**2, 1)

NH17_A3_2 = Statement(
    key="NH17.A3.2",
    kind="assumption",
    where="Section 3.2, Assumptions 3.2",
    title="Data, activation and loss assumptions",
    claim="1. No two training inputs are equal. 2. sigma is analytic on R and strictly "
    "increasing, and (a) bounded, or (b) |sigma(t)| <= rho1 e^(rho2 t) for t < 0 and <= rho3 t + "
    "rho4 for t >= 0 with positive constants. 3. l is C2, and l'(a) = 0 makes a a global minimum "
    "of l.",
    hypotheses=ASSUMPTION_3_2,
    instances=(
        *GOOD_POINTS,
        FLAT_POINT,
        _changed("softplus", activation="softplus"),
        _changed("sharp softplus", activation="log(1 + exp(2*t))/2"),
        _changed(
            "arctangent, exponential loss without critical points",
            activation="arctan",
            loss="exp(a)",
        ),
    ),
    controls={
        samples_are_distinct: _changed("repeated sample", inputs=[[1], [1]], targets=[[0], [0]]),
        activation_is_analytic: _changed("tanh with a kink", activation=KINKED_TANH),
        activation_is_strictly_increasing: _changed("bump", activation="1/(1 + t**2)"),
        activation_is_bounded_or_decays: _changed("linear", activation="linear"),
        loss_is_twice_differentiable: _changed("one-sided square", loss=ONE_SIDED_SQUARE),
        loss_critical_points_are_global_minima: _changed("double well", loss=DOUBLE_WELL),
    },
)


# --- activations that meet it --------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class NamedActivation(Instance):
    """Sigmoid, tanh, or softplus with sharpness alpha."""

    family: str
    alpha: Fraction = Fraction(1)

    @property
    def activation(self) -> Activation:
        """The activation by its formula; alpha may have any sign but must not be 0."""
        if self.family != "softplus":
            return Activation.of(self.family)
        inside = call("log", 1 + call("exp", self.alpha * T))
        return Activation.of(inside / self.alpha)

    @property
    def rates(self) -> tuple[Formula, Formula, Formula, Formula]:
        """The constants rho1, ..., rho4 of Lemma 3.3 for softplus."""
        alpha = Const(self.alpha)
        return (1 / alpha, alpha, Const(Fraction(1)), call("log", Const(Fraction(2))) / alpha)


@fact(r"\alpha > 0")
def sharpness_is_positive(s: NamedActivation) -> Verdict:
    """The sharpness alpha is positive."""
    return positive(s.alpha)


@fact(r"\sigma \in C^\omega(\mathbb{R})")
def named_activation_is_analytic(s: NamedActivation) -> Verdict:
    """The activation is real analytic on the line."""
    return s.activation.analytic().against(
        reflected_for_positive_t=lambda: Activation.of(
            Piece(s.activation.formula, -s.activation.formula, 0)
        ).analytic()
    )


@fact(r"s < t \Rightarrow \sigma(s) < \sigma(t)")
def named_activation_is_strictly_increasing(s: NamedActivation) -> Verdict:
    """The activation is strictly increasing."""
    return s.activation.strictly_increasing().against(
        strictly_decreasing=lambda: s.activation.strictly_decreasing()
    )


def _bound(place: int, factor: Fraction) -> Callable[[NamedActivation], Verdict]:
    """The bounds with one constant of softplus multiplied."""

    def decide(s: NamedActivation) -> Verdict:
        if s.family != "softplus":
            return s.activation.bounded()
        rates = tuple(rho * factor if i == place else rho for i, rho in enumerate(s.rates))
        return s.activation.growth_bound(*rates)

    return decide


@fact(
    r"\sigma_1, \sigma_2 \text{ bounded};\ |\sigma_3(t)| \le \tfrac1\alpha e^{\alpha t}\ (t<0),\ "
    r"|\sigma_3(t)| \le t + \tfrac{\log 2}{\alpha}\ (t \ge 0)",
    mutants={
        "rho1 halved": _bound(0, Fraction(1, 2)),
        "rho2 doubled": _bound(1, Fraction(2)),
        "rho3 halved": _bound(2, Fraction(1, 2)),
        "rho4 halved": _bound(3, Fraction(1, 2)),
    },
)
def named_activation_keeps_its_bound(s: NamedActivation) -> Verdict:
    """Sigmoid and tanh are bounded; softplus keeps the growth bound with the stated constants."""
    if s.family != "softplus":
        return s.activation.bounded()
    return s.activation.growth_bound(*s.rates)


@fact(r"\sigma \text{ satisfies Assumption 3.2.2}")
def named_activation_meets_assumption(s: NamedActivation) -> Verdict:
    """The activation is analytic, strictly increasing, and bounded or within the growth bound."""
    return all_of(
        analytic=named_activation_is_analytic.decide(s),
        increasing=named_activation_is_strictly_increasing.decide(s),
        bound=named_activation_keeps_its_bound.decide(s),
    )


def named_activations() -> SearchStrategy[NamedActivation]:
    """The three families, with small rational sharpness."""
    from hypothesis import strategies as st

    return st.builds(
        NamedActivation,
        family=st.sampled_from(("sigmoid", "tanh", "softplus")),
        alpha=st.fractions(min_value=Fraction(1, 8), max_value=8, max_denominator=8),
    )


REVERSED_SOFTPLUS = NamedActivation(
    name="softplus with negative sharpness", family="softplus", alpha=Fraction(-1)
)

NH17_L3_3 = Statement(
    key="NH17.L3.3",
    kind="lemma",
    where="Section 3.2, Lemma 3.3",
    title="Sigmoid, tanh, softplus satisfy the activation assumption",
    claim="Sigmoid, tanh and, for alpha > 0, log(1 + e^(alpha t)) / alpha are analytic, strictly "
    "increasing, and bounded or within the growth bound, softplus with rho1 = 1/alpha, rho2 = "
    "alpha, rho3 = 1, rho4 = log(2)/alpha.",
    hypotheses=(sharpness_is_positive,),
    conclusion=named_activation_meets_assumption,
    instances=(
        NamedActivation(name="sigmoid", family="sigmoid"),
        NamedActivation(name="tanh", family="tanh"),
        NamedActivation(name="softplus", family="softplus"),
        NamedActivation(name="sharp softplus", family="softplus", alpha=Fraction(10)),
        NamedActivation(name="blunt softplus", family="softplus", alpha=Fraction(1, 3)),
    ),
    controls={sharpness_is_positive: REVERSED_SOFTPLUS},
    strategy=named_activations,
)


@NH17_L3_3.step(
    premises=(sharpness_is_positive,),
    gives=named_activation_is_analytic,
    tried_on=NH17_L3_3.instances[1:3],
    no_control={sharpness_is_positive: "softplus of negative sharpness is analytic as well"},
)
def composed_of_analytic_functions(s: NamedActivation, sharpness: Verdict) -> Verdict:
    """The values of exp are positive, and 1/(1 + t) and log(1 + t) are analytic for t > -1."""
    inside = composition(parse_formula("exp(t)"), -T if s.family == "sigmoid" else s.alpha * T)
    return all_of(
        inner=Activation.of(inside).analytic(),
        stays_in_the_domain=Activation.of(inside).nonnegative(),
        composed=s.activation.analytic(),
    )


@NH17_L3_3.step(
    premises=(sharpness_is_positive,),
    gives=named_activation_is_strictly_increasing,
    tried_on=NH17_L3_3.instances[1:3],
    no_control={sharpness_is_positive: "softplus of negative sharpness increases as well"},
)
def slope_is_positive_everywhere(s: NamedActivation, sharpness: Verdict) -> Verdict:
    """The derivative is positive."""
    return s.activation.derivative_positive()


@NH17_L3_3.step(
    premises=(sharpness_is_positive,),
    gives=named_activation_keeps_its_bound,
    tried_on=NH17_L3_3.instances[1:3],
    controls={sharpness_is_positive: REVERSED_SOFTPLUS},
)
def logarithm_is_bounded(s: NamedActivation, sharpness: Verdict) -> Verdict:
    """1 + e^(alpha t) <= 2 e^(alpha t) for t >= 0, and log(1 + x) <= x for x = e^(alpha t)."""
    if s.family != "softplus":
        return s.activation.bounded()
    power = call("exp", s.alpha * T)
    squared = call("exp", s.alpha * T**2)
    return all_of(
        right=Activation.of(2 * squared - (1 + squared)).nonnegative(),
        left=Activation.of(power - call("log", 1 + power)).nonnegative(),
        below=Activation.of(call("log", 1 + power)).nonnegative(),
    )


@NH17_L3_3.step(
    premises=(
        named_activation_is_analytic,
        named_activation_is_strictly_increasing,
        named_activation_keeps_its_bound,
    ),
    gives=named_activation_meets_assumption,
    tried_on=NH17_L3_3.instances[1:3],
    controls={
        named_activation_keeps_its_bound: REVERSED_SOFTPLUS,
    },
    no_control={
        named_activation_is_analytic: "all members of the three families are analytic",
        named_activation_is_strictly_increasing: "all members of the three families increase",
    },
)
def parts_of_the_assumption(
    s: NamedActivation, analytic: Verdict, increasing: Verdict, bound: Verdict
) -> Verdict:
    """The assumption is the conjunction of the three."""
    return all_of(analytic=analytic, increasing=increasing, bound=bound)

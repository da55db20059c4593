"""Section 4, Lemmas 4.1 and 4.2: analytic features, and zeros of analytic functions.

Notation: G_l = F_{l-1} W_l^T + 1 b_l^T are the pre-activations of layer l, F_l = sigma(G_l).

Statements
- NH17.L4.1: every layer's output is a real analytic function of the parameters.
- NH17.L4.2: the zeros of an analytic function that is not zero everywhere form a null set (quoted).

Source: NH17, Section 4, Lemmas 4.1 and 4.2.

Design notes. "Analytic" means analytic around every point; that the paper's definition says less
is a finding about NH17.D3.analytic. The outputs are decided from the structure (polynomials and
sigma in turn) and along one line through the parameters, where each is a formula in one variable.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic import RationalFunctions, Scalar, equal, nonzero
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.formula import Const, Formula, T, composition, derivative, evaluated, total
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.common.externals import (
    EXTERNAL_ANALYTIC_COMPOSITION,
    EXTERNAL_ANALYTIC_ZERO_SET,
    Composition,
    LineFunction,
    RealFunction,
    composition_is_analytic,
    function_is_analytic,
    function_is_not_identically_zero,
    zero_set_is_null,
)
from symbolic_landscape.proofs.common.points import (
    activation_is_analytic,
    activation_is_bounded_or_decays,
    activation_is_strictly_increasing,
    loss_critical_points_are_global_minima,
    loss_is_twice_differentiable,
    samples_are_distinct,
)
from symbolic_landscape.proofs.nguyen_hein_2017.wide_layer import (
    KINKED,
    PLANE,
    SPACE,
    SURPLUS,
    THROUGH_CITATION,
    WideLayer,
    wide_layer,
)
from symbolic_landscape.verdict import Evidence, Verdict, fails, for_all, holds, undecided

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

# --- Lemma 4.1 -----------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def preactivation_lines(s: WideLayer) -> tuple[tuple[Formula, ...], ...]:
    """For each layer the pre-activations of the first sample along one line through the parameters.

    The line starts at small integers and moves every weight and bias, at different speeds.
    """
    values: list[Formula] = [Const(v.rational()) for v in s.inputs.row(0).tolist()[0]]
    layers: list[tuple[Formula, ...]] = []
    for layer in range(1, s.depth + 1):
        below, units = values, s.network.widths[layer]
        pre = tuple(
            total(
                [
                    *((_moving(layer, i, j) * value for j, value in enumerate(below, 1))),
                    _moving(layer, i, 0),
                ]
            )
            for i in range(units)
        )
        layers.append(pre)
        sigma = s.network.activation_of(layer).derivative(0)
        values = [composition(sigma, g) for g in pre]
    return tuple(layers)


def _moving(layer: int, unit: int, place: int) -> Formula:
    """A parameter along the line: start + speed t with small integers that depend on its place."""
    start, speed = (layer + 2 * unit + place) % 3 - 1, (2 * layer + unit + 3 * place) % 5 - 2
    return Const(Fraction(speed)) * T + start


@lru_cache(maxsize=64)
def preactivation_is_polynomial(below: int) -> Verdict:
    """One pre-activation as a matrix product over Q(w, f, b) against the sum w_1 f_1 + ... + b."""
    names = [f"{letter}{j}" for letter in "wf" for j in range(below)]
    field = RationalFunctions((*names, "b"))
    weights = field.matrix([[field.generator(f"w{j}") for j in range(below)]])
    features = field.matrix([[field.generator(f"f{j}") for j in range(below)]])
    bias = field.matrix([[field.generator("b")]])
    found = (features @ weights.T + field.ones(1, 1) @ bias.T)[0, 0]
    expected = sum((weights[0, j] * features[0, j] for j in range(below)), field.scalar(0))
    return equal(found, expected + field.generator("b"))


@fact(r"(W_l, b_l)_{l \le L} \mapsto f_l(x) \in C^\omega(\mathcal{P})")
def layer_outputs_are_analytic(s: WideLayer) -> Verdict:
    """The output of each layer is a real analytic function of the parameters."""
    structure = for_all(s.activations, Activation.analytic, "activation")
    if structure.is_fails:
        words = f"the first layer's output is sigma of its bias: {structure.reason}"
        return structure.because(words)
    lines = [
        (layer, composition(s.network.activation_of(layer).derivative(0), pre))
        for layer, found in enumerate(preactivation_lines(s), 1)
        for pre in found
    ]
    for layer, line in lines:
        along = Activation.of(line).analytic()
        if not along.is_holds:
            return along.because(f"layer {layer} along one line: {along.reason}")
    return structure.because(
        f"{structure.reason}; {len(lines)} outputs are analytic formulas along one line"
    ).against(affine=lambda: _is_affine(s))


def _is_affine(s: WideLayer) -> Verdict:
    """The wrong claim that every output is affine along the line."""
    for layer, found in enumerate(preactivation_lines(s), 1):
        sigma = s.network.activation_of(layer).derivative(0)
        for pre in found:
            line = composition(sigma, pre)
            if derivative(line, 2) != Const(Fraction(0)):
                bend = _value(derivative(line, 2), s)
                if nonzero(bend).is_holds:
                    return fails(
                        Evidence.ENCLOSED, f"layer {layer}: the second derivative is {bend}"
                    )
    return holds(Evidence.EXACT, "no output bends")


def _value(formula: Formula, s: WideLayer) -> Scalar:
    """The formula at t = 1/3 in balls."""
    return Scalar(s.field, evaluated(formula, s.field.constant(Fraction(1, 3)), s.field))


def _top_composition(s: WideLayer) -> Composition:
    """The last layer's activation after its first pre-activation along the line."""
    return Composition(
        name=s.name,
        outer=str(s.network.output_activation.derivative(0)),
        inner=str(preactivation_lines(s)[-1][0]),
    )


NH17_L4_1 = Statement(
    key="NH17.L4.1",
    kind="lemma",
    where="Section 4, Lemma 4.1",
    title="Layer outputs are analytic in the parameters",
    claim=(
        "If Assumptions 3.2 hold, the output of each layer is a real analytic function of the "
        "network parameters."
    ),
    hypotheses=(
        samples_are_distinct,
        activation_is_analytic,
        activation_is_strictly_increasing,
        activation_is_bounded_or_decays,
        loss_is_twice_differentiable,
        loss_critical_points_are_global_minima,
    ),
    conclusion=layer_outputs_are_analytic,
    instances=(
        wide_layer("one sample", "sigmoid", ((1,),), (1, 1), 1),
        wide_layer("two layers", "tanh", PLANE[:2], (2, 2), 1),
        wide_layer("three layers", "softplus", ((0,), (1,)), (1, 2, 1), 2),
        wide_layer("tanh of a cube", "tanh(t**3)", PLANE[:3], (2, 3), 1),
        wide_layer("arctan, three outputs", "arctan", ((0, 1, 2),), (1, 3), 1),
    ),
    controls={activation_is_analytic: KINKED},
    no_control=dict.fromkeys(
        (
            samples_are_distinct,
            activation_is_strictly_increasing,
            activation_is_bounded_or_decays,
            loss_is_twice_differentiable,
            loss_critical_points_are_global_minima,
        ),
        SURPLUS,
    ),
    strategy=lambda: small_networks(),
)


@NH17_L4_1.step(
    premises=(activation_is_analytic, composition_is_analytic),
    gives=layer_outputs_are_analytic,
    cites=EXTERNAL_ANALYTIC_COMPOSITION,
    via=_top_composition,
    tried_on=(
        wide_layer("not increasing", "1/(1 + t**2)", ((1,), (1,)), (1, 1), 1),
        wide_layer("unbounded", "t + t**3", SPACE[:2], (2, 1), 1),
    ),
    no_control={
        activation_is_analytic: THROUGH_CITATION,
        composition_is_analytic: THROUGH_CITATION,
    },
)
def compositions_stay_analytic(s: WideLayer, analytic: Verdict, composed: Verdict) -> Verdict:
    """Pre-activations are polynomials, sigma is analytic, and compositions stay analytic."""
    del analytic, composed
    widths = s.network.widths
    return for_all(
        range(1, s.depth + 1), lambda layer: preactivation_is_polynomial(widths[layer - 1]), "layer"
    )


def small_networks() -> SearchStrategy[WideLayer]:
    """One or two samples, one or two layers, activations of every kind."""
    from hypothesis import strategies as st

    names = ("sigmoid", "softplus", "tanh(t**3)", "linear", "t**2", "relu", "smoolu")
    widths = st.lists(st.integers(1, 2), min_size=1, max_size=2)
    return st.builds(
        wide_layer,
        name=st.just("generated"),
        activation=st.sampled_from(names),
        inputs=st.lists(st.tuples(st.integers(-1, 1)), min_size=1, max_size=2),
        widths=widths,
        layer=st.just(1),
    )


# --- Lemma 4.2 -----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class LinearForms(RealFunction):
    """The product of linear forms in n variables: zero on a union of hyperplanes through 0."""

    forms: tuple[tuple[int, ...], ...]

    def analytic(self) -> Verdict:
        """It is a polynomial."""
        return holds(Evidence.IDENTITY, f"a product of {len(self.forms)} linear forms")

    def point(self) -> tuple[int, ...] | None:
        """A point (1, M, M^2, ...) off every hyperplane, or None if some form is zero."""
        width = len(self.forms[0])
        for base in range((width - 1) * len(self.forms) + 1):
            found = tuple(base**power for power in range(width))
            if all(sum(c * x for c, x in zip(f, found, strict=True)) for f in self.forms):
                return found
        return None

    def not_identically_zero(self) -> Verdict:
        """HOLDS at a point (1, M, M^2, ...), FAILS where a form has no coefficients."""
        found = self.point()
        if found is None:
            return fails(Evidence.EXACT, "one of the forms is zero")
        return holds(Evidence.EXACT, f"no form vanishes at {found}")


def _nowhere_zero(s: RealFunction) -> Verdict:
    """The wrong claim that f has no zero at all, at the point 0."""
    if isinstance(s, LinearForms):
        return fails(Evidence.EXACT, "every linear form is 0 at 0")
    if isinstance(s, LineFunction):
        return nonzero(LineFunction(formula=s.formula).value())
    return undecided("no zero is known")


@fact(
    r"f \not\equiv 0 \Rightarrow \lambda^n(f^{-1}(0)) = 0",
    mutants={"no zero at all": _nowhere_zero},
)
def zeros_have_measure_zero(s: RealFunction) -> Verdict:
    """The set of the zeros of f has Lebesgue measure zero."""
    return zero_set_is_null.decide(s)


TANH = LineFunction(name="tanh", formula="tanh(t)", witness=Fraction(1))
HALF_LINE = LineFunction(name="zero on a half-line", formula="smoolu", witness=Fraction(1))
ZERO_FUNCTION = LineFunction(name="the zero function", formula="0")

NH17_L4_2 = Statement(
    key="NH17.L4.2",
    kind="lemma",
    where="Section 4, Lemma 4.2 (quoted)",
    title="Zero set of a nonzero analytic function is null",
    claim=(
        "If a real analytic function on R^n is not identically zero, its zeros have Lebesgue "
        "measure zero."
    ),
    hypotheses=(function_is_analytic, function_is_not_identically_zero),
    conclusion=zeros_have_measure_zero,
    instances=(
        TANH,
        LineFunction(name="two zeros", formula="t**2 - 2"),
        LineFunction(name="softplus", formula="softplus", witness=Fraction(0)),
        LinearForms(name="three lines of the plane", forms=((1, -1), (2, 1), (0, 1))),
        LinearForms(name="a plane of space", forms=((1, 1, -3),)),
    ),
    controls={
        function_is_analytic: HALF_LINE,
        function_is_not_identically_zero: ZERO_FUNCTION,
    },
)


@NH17_L4_2.step(
    premises=(function_is_analytic, function_is_not_identically_zero, zero_set_is_null),
    gives=zeros_have_measure_zero,
    cites=EXTERNAL_ANALYTIC_ZERO_SET,
    via=lambda s: s,
    tried_on=(LinearForms(name="coordinate hyperplanes", forms=((1, 0), (0, 1))),),
    no_control=dict.fromkeys(
        (function_is_analytic, function_is_not_identically_zero, zero_set_is_null),
        THROUGH_CITATION,
    ),
)
def quoted(s: RealFunction, analytic: Verdict, somewhere: Verdict, null: Verdict) -> Verdict:
    """The theorem of Mityagin (2015) and Nguyen (2015), word for word."""
    del s, analytic, somewhere
    return null

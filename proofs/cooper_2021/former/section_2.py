"""Section 2 of Cooper 2021: the setting.

Notation: widths a = m_0, m_1, ..., m_l = b; f_p the network, affine in its last layer; phi_k the
features of layer k; L(p) = sum_alpha |f_p(x_alpha) - y_alpha|^2; n samples, d parameters.

Statements
- A2   the standing setting

Source: Cooper 2021, section 2. "Monotonically increasing" is read strictly.
"""

from __future__ import annotations

from symbolic_landscape.arithmetic import QQ, BallField, Scalar, size_at_least, vanishes
from symbolic_landscape.errors import DomainError
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.formula import Formula, Piece, T, evaluated
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.networks import Network
from symbolic_landscape.proofs.cooper_2021.former.instances import (
    Architecture,
    HasNetwork,
    architectures,
)
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

BITS = 128
"""Bits of the balls that show a value to be nonzero where no exact field holds it."""


# --- the setting ---------------------------------------------------------------------------------


@fact(r"\sigma \in C^\infty(\mathbb{R})")
def activation_is_smooth(s: HasNetwork) -> Verdict:
    """The activation is infinitely differentiable."""
    activation = s.network.activation
    analytic = activation.analytic()
    if analytic.is_holds:
        return analytic.because(f"{activation} is even analytic: {analytic.reason}")
    for verdict in (
        activation.continuously_differentiable(),
        activation.twice_continuously_differentiable(),
    ):
        if verdict.is_fails:
            return verdict
    return undecided(f"{activation} is not known to be analytic: {analytic.reason}")


@fact(r"s < t \Rightarrow \sigma(s) < \sigma(t)")
def activation_increases(s: HasNetwork) -> Verdict:
    """The activation is strictly increasing."""
    return s.network.activation.strictly_increasing()


@fact(r"\sigma(0) = 0")
def activation_vanishes_at_zero(s: HasNetwork) -> Verdict:
    """The activation is zero at zero."""
    return vanishes(_at_zero(s.network.activation.derivative(0)))


def _at_zero(formula: Formula) -> Scalar:
    """The value at 0, in Q where it lies there, else as a ball."""
    try:
        return Scalar(QQ, evaluated(formula, QQ.raw(0), QQ))
    except DomainError:
        balls = BallField(BITS)
        return Scalar(balls, evaluated(formula, balls.raw(0), balls))


@fact(r"f_p(x) = M_\ell\, \phi_{\ell-1}(x) + b_\ell")
def last_layer_is_affine(s: HasNetwork) -> Verdict:
    """The last layer is an affine map with a free bias."""
    network = s.network
    if not network.bias:
        return fails(Evidence.EXACT, "the layers have no biases")
    if network.output_activation.formula == T:
        return holds(Evidence.EXACT, "the output layer is M_l phi + b_l with a bias b_l")
    curved = network.output_activation.derivative(2)
    for at in (QQ.raw(1), QQ.raw(2)):
        try:
            bend = vanishes(Scalar(QQ, evaluated(curved, at, QQ)))
        except DomainError:
            continue
        if bend.is_fails:
            reason = f"the output activation {network.output_activation} bends: {bend.reason}"
            return fails(bend.evidence, reason)
    return undecided(f"the output activation {network.output_activation} is not t itself")


def _net(
    *widths: int, activation: Activation | Formula | str = "cubic", bias: bool = True
) -> Network:
    return Network(widths=widths, activation=activation, bias=bias)


C21_A2 = Statement(
    key="C21.A2",
    kind="assumption",
    where="2",
    title="Standing setting",
    claim=(
        "A fully connected network, affine in its last layer, with squared loss and a smooth, "
        "monotonically increasing activation with sigma(0) = 0."
    ),
    hypotheses=(
        activation_is_smooth,
        activation_increases,
        activation_vanishes_at_zero,
        last_layer_is_affine,
    ),
    instances=(
        Architecture(name="tanh", network=_net(2, 3, 1, activation="tanh")),
        Architecture(name="cubic, two outputs", network=_net(1, 2, 2, 2)),
        Architecture(name="algebraic, deep", network=_net(1, 1, 3, 2, 1, activation="algebraic")),
        Architecture(name="flat at zero", network=_net(3, 1, 1, 3, activation="tanh(t**3)")),
        Architecture(name="linear", network=_net(1, 1, activation="linear")),
    ),
    controls={
        activation_increases: Architecture(
            name="square", network=_net(1, 2, 1, activation="square")
        ),
        activation_vanishes_at_zero: Architecture(
            name="sigmoid", network=_net(1, 2, 1, activation="sigmoid")
        ),
        last_layer_is_affine: Architecture(name="no biases", network=_net(1, 2, 1, bias=False)),
        activation_is_smooth: Architecture(
            name="bent at zero", network=_net(1, 2, 1, activation=Piece(T, T + T**2, 1))
        ),
    },
    strategy=lambda: architectures(),
)


# --- facts about architectures -------------------------------------------------------------------


@fact(r"\ell \ge 2")
def has_a_hidden_layer(s: HasNetwork) -> Verdict:
    """The network has at least one hidden layer."""
    return size_at_least(s.network.depth, 2)


@fact(r"\ell \ge 3")
def depth_at_least_three(s: HasNetwork) -> Verdict:
    """The depth is at least three, so that there are two hidden layers."""
    return size_at_least(s.network.depth, 3)


@fact(r"\ell \ge 4")
def depth_at_least_four(s: HasNetwork) -> Verdict:
    """The depth is at least four."""
    return size_at_least(s.network.depth, 4)


@fact(r"p = (M_1, b_1, \ldots, M_\ell, b_\ell)")
def layers_have_biases(s: HasNetwork) -> Verdict:
    """Every layer has biases among its parameters."""
    if s.network.bias:
        return holds(Evidence.EXACT, f"{sum(s.network.widths[1:])} biases")
    return fails(Evidence.EXACT, "the layers have no biases")

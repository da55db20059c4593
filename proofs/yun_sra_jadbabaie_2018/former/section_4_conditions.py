"""Section 4.2: the conditions of Theorems 4.1 and 4.2, critical points and global minima, as facts.

Notation: see `population`; j = `layer`, eps_1 = `epsilon_below`, eps_2 (or eps) = `epsilon`.

Objects: the hypotheses of both theorems and their conclusion; itself, first_layer_steered, steered.
"""

from __future__ import annotations

from dataclasses import replace

from symbolic_landscape.arithmetic import (
    equal,
    positive,
    size_at_least,
    size_at_most,
    sizes_equal,
    vanishes,
)
from symbolic_landscape.former.lemma import fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.bounds import (
    expands,
    jacobian_bounded_below,
    jacobian_nonsingular,
    one_to_one_and_onto,
    smooth,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.population import (
    STEERING,
    FunctionNetwork,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4 import each_value
from symbolic_landscape.verdict import Evidence, Verdict, fails, for_all, undecided


def itself(s: FunctionNetwork) -> FunctionNetwork:
    """A citation that speaks of the same network."""
    return s


def first_layer_steered(s: FunctionNetwork) -> FunctionNetwork:
    """The network with its first layer moved in the steering direction."""
    return replace(s, layer=1, direction=STEERING)


def steered(s: FunctionNetwork) -> FunctionNetwork:
    """The network with its layer j moved in the steering direction."""
    return replace(s, direction=STEERING)


# --- sizes -----


@fact(r"d_x \ge d_y")
def inputs_are_at_least_outputs(s: FunctionNetwork) -> Verdict:
    """The inputs have at least as many coordinates as the outputs."""
    return size_at_least(s.input_width, s.output_width)


@fact(r"d_x \le d_y")
def inputs_are_at_most_outputs(s: FunctionNetwork) -> Verdict:
    """The inputs have at most as many coordinates as the outputs."""
    return size_at_most(s.input_width, s.output_width)


@fact(r"d_{j-1} = d_x")
def layer_receives_the_input_width(s: FunctionNetwork) -> Verdict:
    """Layer j receives as many coordinates as the inputs have."""
    return sizes_equal(s.layers[s.layer - 1].inputs, s.input_width)


@fact(r"d_j \ge d_y")
def layer_reaches_the_output_width(s: FunctionNetwork) -> Verdict:
    """The moved layer has at least as many units as there are outputs."""
    return size_at_least(s.layers[s.layer - 1].outputs, s.output_width)


# --- bounds -----


@fact(r"\epsilon > 0")
def bound_above_is_positive(s: FunctionNetwork) -> Verdict:
    """The bound of the singular values above the moved layer is positive."""
    return positive(s.epsilon)


@fact(r"\epsilon_1 > 0")
def bound_below_is_positive(s: FunctionNetwork) -> Verdict:
    """The factor of expansion below the moved layer is positive."""
    return positive(s.epsilon_below)


@fact(r"\sigma_{\min}(J[h_{H+1:j+1}](z)) \ge \epsilon \quad \forall z \in \mathbb{R}^{d_j}")
def jacobian_above_is_bounded_below(s: FunctionNetwork) -> Verdict:
    """The least singular value of the Jacobian above the moved layer is at least epsilon."""
    return jacobian_bounded_below(s.upper, s.layers[s.layer - 1].outputs, s.epsilon)


@fact(r"h_{H+1:j+1} \text{ twice differentiable}")
def layers_above_are_twice_differentiable(s: FunctionNetwork) -> Verdict:
    """The composition of the layers above the moved one is twice differentiable."""
    verdict = for_all(range(len(s.upper)), lambda k: smooth(s.upper[k], 2), "layer above")
    if verdict.is_fails and len(s.upper) > 1:
        return undecided("a layer is not twice differentiable, but the composition might be")
    return verdict


@fact(r"h_{j-1:1} \text{ invertible}")
def layers_below_are_invertible(s: FunctionNetwork) -> Verdict:
    """The composition of the layers below layer j is a bijection of R^{d_x}."""
    return one_to_one_and_onto(s.lower, s.input_width)


@fact(r"\|h_{j-1:1}(u)\| \ge \epsilon_1 \|u\| \quad \forall u \in \mathbb{R}^{d_x}")
def layers_below_expand(s: FunctionNetwork) -> Verdict:
    """The composition of the layers below layer j expands by the factor eps_1 at least."""
    return expands(s.lower, s.input_width, s.epsilon_below)


@fact(r"\det J[h_{j-1:1}](u) \ne 0 \quad \forall u \in \mathbb{R}^{d_x}")
def jacobian_below_is_nonsingular(s: FunctionNetwork) -> Verdict:
    """The Jacobian of the composition of the layers below layer j is nonsingular everywhere."""
    return jacobian_nonsingular(s.lower, s.input_width)


# --- criticality and optimality -----


@fact(r"D_{h_i}[L(h)] = 0 \quad \forall i")
def point_is_critical(s: FunctionNetwork) -> Verdict:
    """The derivative of the risk vanishes in every layer."""
    if not s.has_derivatives:
        return undecided("a layer is not differentiable, so that a derivative may not exist")

    def layer(i: int) -> Verdict:
        received = [(w, vector) for w, vector in s.gradient(i) if not w.is_zero]
        return for_all(range(len(received)), lambda k: vanishes(received[k][1]), "value received")

    return for_all(range(1, s.depth + 1), layer, "layer")


@fact(r"h_{H+1:1}(X) = h^*(X) \text{ a.s.}")
def residual_vanishes_almost_surely(s: FunctionNetwork) -> Verdict:
    """The network takes the value h*(X) almost surely."""
    return each_value(s, lambda x: vanishes(s.residual(x)))


@fact(r"L(h) = \inf_{h'} L(h')")
def point_is_a_global_minimum(s: FunctionNetwork) -> Verdict:
    """The risk is the least one of all networks with layers in the classes."""
    if min(s.widths) < 1:
        return undecided("a layer has no units")
    least = s.least_risk
    risk = s.risk
    if risk is None:
        return fails(Evidence.EXACT, "the risk is infinite")
    verdict = equal(risk, least)
    words = "conditional means at the values of X other than 0 can be taken by smooth layers"
    return verdict.because(f"{verdict.reason}; {words}")

"""Section 6 of Cooper 2021: the number of parameters where all hidden layers have equal width.

Notation: a = m_0, b = m_l, m the common width of the hidden layers, d parameters.

Statements
- I6.d   the number of parameters

Source: Cooper 2021, section 6.1.
"""

from __future__ import annotations

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    RationalFunctions,
    Scalar,
    equal,
    sizes_equal,
)
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.networks import Network
from symbolic_landscape.proofs.cooper_2021.former.instances import (
    Architecture,
    HasNetwork,
    architecture,
)
from symbolic_landscape.proofs.cooper_2021.former.section_2 import (
    has_a_hidden_layer,
    layers_have_biases,
)
from symbolic_landscape.proofs.cooper_2021.former.section_3_1_1 import (
    WITHOUT_BIASES,
)
from symbolic_landscape.verdict import Evidence, Verdict, fails, for_all, holds


def hidden_width(network: Network) -> int:
    """m, the smallest width of a hidden layer; 1 if there is none."""
    return min(network.widths[1:-1], default=1)


@fact(r"m_1 = \cdots = m_{\ell-1} = m")
def hidden_widths_are_equal(s: HasNetwork) -> Verdict:
    """All hidden layers have the same width."""
    hidden = s.network.widths[1:-1]
    outcome = holds if len(set(hidden)) <= 1 else fails
    return outcome(Evidence.EXACT, f"hidden widths {hidden}")


def printed_count(a: int, b: int, m: int, depth: int) -> int:
    """(l - 2) m^2 + (l + a + b - 1) m + b."""
    return (depth - 2) * m**2 + (depth + a + b - 1) * m + b


def at_widths(s: HasNetwork) -> tuple[int, int, int, int]:
    """a, b, m, l."""
    network = s.network
    return network.inputs, network.outputs, hidden_width(network), network.depth


@fact(r"d = \sum_{i=1}^{\ell} (m_{i-1} + 1) m_i")
def count_is_the_sum_over_layers(s: HasNetwork) -> Verdict:
    """The number of parameters is the sum of (m_{i-1} + 1) m_i over the layers."""
    widths = s.network.widths
    layers = [(widths[i - 1] + 1) * widths[i] for i in range(1, len(widths))]
    return sizes_equal(s.network.parameter_count, sum(layers))


@fact(
    r"d = (\ell - 2) m^2 + (\ell + a + b - 1) m + b",
    mutants={
        "one hidden layer more": lambda s: sizes_equal(
            s.network.parameter_count, printed_count(*at_widths(s)) + hidden_width(s.network) ** 2
        ),
        "without the last biases": lambda s: sizes_equal(
            s.network.parameter_count, printed_count(*at_widths(s)) - s.network.outputs
        ),
    },
)
def count_is_the_printed_polynomial(s: HasNetwork) -> Verdict:
    """The number of parameters is (l - 2) m^2 + (l + a + b - 1) m + b."""
    return sizes_equal(s.network.parameter_count, printed_count(*at_widths(s)))


def free_widths(depth: int) -> tuple[Scalar, Scalar, Scalar, list[Scalar]]:
    """a, b, m as symbols, and the widths m_0, ..., m_l made of them."""
    field = RationalFunctions(("a", "b", "m"))
    a, b, m = (Scalar(field, field.raw(field.generator(name))) for name in ("a", "b", "m"))
    return a, b, m, [a, *[m] * (depth - 1), b]


UNEQUAL = architecture("unequal hidden widths", 1, 2, 1, 1)


@st.composite
def equal_architectures(draw: st.DrawFn, *, least: int = 2, most: int = 6) -> Architecture:
    """Architectures whose hidden layers have one width from 1 to 4."""
    a, b, m = (draw(st.integers(1, 4)) for _ in range(3))
    depth = draw(st.integers(least, most))
    return Architecture(network=Network(widths=(a, *[m] * (depth - 1), b)))


C21_I6_D = Statement(
    key="C21.I6.d",
    kind="identity",
    where="6.1",
    title="d for equal widths",
    claim=("If all hidden layers have width m, then d = (l - 2) m^2 + (l + a + b - 1) m + b."),
    hypotheses=(has_a_hidden_layer, layers_have_biases, hidden_widths_are_equal),
    conclusion=count_is_the_printed_polynomial,
    instances=(
        architecture("depth 2, all one", 1, 1, 1),
        architecture("depth 3", 2, 3, 3, 1),
        architecture("depth 5", 1, 4, 4, 4, 4, 3),
        architecture("narrow, depth 4", 5, 1, 1, 1, 2),
    ),
    controls={
        has_a_hidden_layer: architecture("no hidden layer, two outputs", 2, 2),
        layers_have_biases: WITHOUT_BIASES,
        hidden_widths_are_equal: UNEQUAL,
    },
    strategy=equal_architectures,
)


@C21_I6_D.step(
    premises=(layers_have_biases,),
    gives=count_is_the_sum_over_layers,
    tried_on=(UNEQUAL,),
    controls={layers_have_biases: WITHOUT_BIASES},
)
def layers_are_counted(s: HasNetwork, _: Verdict) -> Verdict:
    """Layer i has m_{i-1} m_i weights and m_i biases."""
    network = s.network
    return for_all(
        range(1, network.depth + 1),
        lambda i: sizes_equal(
            len(network.layer_range(i)), (network.widths[i - 1] + 1) * network.widths[i]
        ),
        "layer",
    )


@C21_I6_D.step(
    premises=(has_a_hidden_layer, hidden_widths_are_equal, count_is_the_sum_over_layers),
    gives=count_is_the_printed_polynomial,
    controls={
        has_a_hidden_layer: architecture("no hidden layer, two outputs", 2, 2),
        hidden_widths_are_equal: UNEQUAL,
        count_is_the_sum_over_layers: architecture("equal, no biases", 1, 2, 2, 1, bias=False),
    },
)
def sum_is_collected(s: HasNetwork, _: Verdict, __: Verdict, ___: Verdict) -> Verdict:
    """(a + 1) m + (l - 2) (m + 1) m + (m + 1) b, collected by powers of m, for all a, b, m."""
    depth = s.network.depth
    a, b, m, widths = free_widths(depth)
    layers = [(widths[i - 1] + 1) * widths[i] for i in range(1, depth + 1)]
    total = sum(layers[1:], layers[0])
    return equal(total, m**2 * (depth - 2) + (a + b + (depth - 1)) * m + b)

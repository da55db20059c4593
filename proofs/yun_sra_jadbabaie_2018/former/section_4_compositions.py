"""Section 4.1 and Appendix A.1: compositions of layers, their Jacobians and their growth.

Notation: h_{i:j} = h_i o ... o h_j, the identity where there is no factor; |h|_nl = sup |h(x)| /
|x|.

Statements: YSJ18_D7.

Design notes. The Jacobian of the composition is taken from difference quotients at the values of X,
and compared with the product of the Jacobians of the layers.
"""

from __future__ import annotations

from fractions import Fraction

from symbolic_landscape.arithmetic import (
    QQ,
    Matrix,
    RationalFunctions,
    at_most,
    equal,
    limit_at_zero,
    vanishes,
)
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.bounds import (
    fixes_zero,
    square,
    sublinear,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.function_networks import (
    CORNER,
    FLAT,
    IDENTITY,
    PARABOLA,
    STEEPER,
    TILTED,
    ZERO,
    function_networks,
    linear,
    network,
    scaled,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.growth import (
    composition_in_class,
    growth_bound,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.maps import chained, composed
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.population import (
    FunctionNetwork,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.profiles import STEP
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4 import (
    FITTED_WITH_NOISE,
    each_value,
    layers_are_in_their_classes,
)
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    undecided,
)


def quotient_limit(s: FunctionNetwork, x: Matrix, place: int, side: int) -> Matrix:
    """The limit of (f(x + side s^2 e) - f(x)) / (side s^2) for f = h_{H+1:1} and a unit vector."""
    field = RationalFunctions((*s.symbols, STEP))
    step = field.generator(STEP) ** 2 * side
    unit = field.column([int(k == place) for k in range(s.input_width)])
    change = composed(s.layers, x.over(field) + unit.scale(step)) - s.output(x).over(field)
    rows = [limit_at_zero(value / step, STEP) for (value,) in change.tolist()]
    return s.field.column(rows)


@fact(r"J[h_{H+1:1}](x) = J[h_{H+1}](h_{H:1}(x)) \cdots J[h_1](x)")
def jacobian_of_the_composition_is_the_product(s: FunctionNetwork) -> Verdict:
    """The derivatives of the composition at the values of X are the product of the Jacobians."""

    def at(x: Matrix) -> Verdict:
        product = chained(s.layers, x)
        limits = []
        for side in (1, -1):
            columns = [quotient_limit(s, x, k, side) for k in range(s.input_width)]
            limits.append(columns[0].hstack(*columns[1:]))
        return all_of(
            from_the_right=equal(limits[0], product), from_the_left=equal(limits[1], product)
        )

    return each_value(s, at)


@fact(r"\|h_{H+1:1}(x)\| \le \|h_{H+1}\|_{nl} \cdots \|h_1\|_{nl} \|x\|")
def growth_factors_multiply(s: FunctionNetwork) -> Verdict:
    """At each value of X the composition grows by at most the product of bounds of the layers."""
    return each_value(s, lambda x: _grows(s, x, Fraction(1)))


def _grows(s: FunctionNetwork, x: Matrix, factor: Fraction) -> Verdict:
    product = factor
    for layer in s.layers:
        bound = growth_bound(layer)
        if bound is None:
            at_zero = fixes_zero(layer)
            if at_zero.is_fails:
                return at_zero
            if sublinear(layer).is_fails:
                return fails(Evidence.EXACT, "a layer has no finite bound")
            return undecided("a layer has no known bound")
        product = product * bound
    verdict = at_most(square(s.output(x)), square(x) * product**2)
    bare = Verdict(verdict.outcome, verdict.evidence, verdict.reason)
    if factor < 1:
        return bare
    return bare.against(half_the_product=lambda: _grows(s, x, factor / 2))


@fact(
    r"h_{H+1} \circ \cdots \circ h_1 \in \mathcal{F},\ J[h_{H+1:1}] = J[h_{H+1}] \cdots J[h_1],\ "
    r"\|h_{H+1:1}\|_{nl} \le \prod \|h_i\|_{nl}"
)
def composition_is_in_class(s: FunctionNetwork) -> Verdict:
    """The composition of the layers is in F; its Jacobians and growth factors multiply."""
    return all_of(
        member=composition_in_class(s.layers, s.input_width),
        jacobian=jacobian_of_the_composition_is_the_product.decide(s),
        growth=growth_factors_multiply.decide(s),
    )


CORNER_AT_DATA = network("a corner at a value of X", IDENTITY, (CORNER,), (0,))
PARABOLA_ALONE = network("a parabola", IDENTITY, (PARABOLA,), (1,))
CORNER_AWAY_FROM_DATA = network("a corner away from X", IDENTITY, (CORNER,), (1,))
TWO_SCALES = network("two scalings", IDENTITY, (scaled(2), scaled(-3)), (1, 2))

YSJ18_D7 = Statement(
    key="YSJ18.D7",
    kind="definition",
    where="sec. 4.1, A.1",
    title="Compositions, Jacobian, nl-norm, operator norms",
    claim=(
        "With h_{i:j} = h_i o ... o h_j, the identity if there is no factor, |h|_nl = sup |h(x)| / "
        "|x| and h_i in F_i, the composition h_{H+1:1} is in F; its Jacobian is the product of the "
        "Jacobians along the way, and |h_{H+1:1}|_nl is at most the product of the |h_i|_nl. The "
        "last is compared at the values of X."
    ),
    hypotheses=(layers_are_in_their_classes,),
    conclusion=composition_is_in_class,
    instances=(
        TWO_SCALES,
        FITTED_WITH_NOISE,
        network("one layer", IDENTITY, (STEEPER,), (1, -2)),
        network("quotients in each other", STEEPER, (FLAT, STEEPER, FLAT), (1, 2)),
        network("zero maps", ZERO, (ZERO, ZERO), (1,)),
        network("two variables", TILTED, (TILTED, linear((1, 1), (0, 1))), ((1, 1), (0, 2))),
    ),
    controls={layers_are_in_their_classes: PARABOLA_ALONE},
    strategy=function_networks,
)


@YSJ18_D7.step(
    premises=(layers_are_in_their_classes,),
    gives=jacobian_of_the_composition_is_the_product,
    controls={layers_are_in_their_classes: CORNER_AT_DATA},
)
def chain_rule(s: FunctionNetwork, classes: Verdict) -> Verdict:
    """The chain rule, one layer at a time."""

    def at(x: Matrix) -> Verdict:
        first = s.layers[0].jacobian(x)
        rest = chained(s.layers[1:], s.layers[0].value(x))
        return equal(chained(s.layers, x), rest @ first)

    return each_value(s, at)


@YSJ18_D7.step(
    premises=(layers_are_in_their_classes,),
    gives=growth_factors_multiply,
    controls={layers_are_in_their_classes: PARABOLA_ALONE},
)
def growth_of_a_composition(s: FunctionNetwork, classes: Verdict) -> Verdict:
    """Each layer grows by at most its factor what it receives."""

    def at(x: Matrix) -> Verdict:
        parts = {}
        for place, layer in enumerate(s.layers, 1):
            bound = growth_bound(layer)
            if bound is None:
                return undecided(f"layer {place} has no known bound")
            parts[f"layer_{place}"] = at_most(square(layer.value(x)), square(x) * bound**2)
            x = layer.value(x)
        return all_of(**parts)

    return each_value(s, at)


@YSJ18_D7.step(
    premises=(
        layers_are_in_their_classes,
        jacobian_of_the_composition_is_the_product,
        growth_factors_multiply,
    ),
    gives=composition_is_in_class,
    controls={layers_are_in_their_classes: CORNER_AWAY_FROM_DATA},
    no_control={
        jacobian_of_the_composition_is_the_product: "it follows from the classes of the layers",
        growth_factors_multiply: "it follows from the classes of the layers",
    },
)
def composition_keeps_the_class(
    s: FunctionNetwork, classes: Verdict, product: Verdict, growth: Verdict
) -> Verdict:
    """Differentiable by the chain rule, 0 at 0 as every layer is, and of bounded growth."""
    return all_of(
        zero=vanishes(composed(s.layers, QQ.zeros(s.input_width, 1))),
        jacobian=product,
        growth=growth,
    )

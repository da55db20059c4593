"""Section 4.1: the risk in function space, the classes of maps, compositions and norms.

Notation: see `population`; F_i is the set of differentiable h: R^{d_{i-1}} -> R^{d_i} with h(0) = 0
and sup |h(x)| / |x| finite; F is the same for d_x and d_y.

Statements: YSJ18_D6, YSJ18_A2, YSJ18_D7.

Design notes. Differentiability and growth are read off the profiles of a map, see `bounds`; a map
that is neither a quotient nor a named function is out of reach. What holds "for all x" is decided
for all x; the products of norms are compared at the values of X.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from proofs.yun_sra_jadbabaie_2018.bounds import (
    composition_in_class,
    differentiable,
    fixes_zero,
    growth_bound,
    sublinear,
)
from proofs.yun_sra_jadbabaie_2018.function_networks import (
    BUMP,
    CONSTANT_ONE,
    CORNER,
    FLAT,
    IDENTITY,
    PARABOLA,
    SHIFT,
    STEEPER,
    TILTED,
    ZERO,
    function_networks,
    linear,
    network,
    quotient,
    scaled,
)
from proofs.yun_sra_jadbabaie_2018.maps import STEP, Map, Ridge, chained, composed
from proofs.yun_sra_jadbabaie_2018.population import (
    Atom,
    Finite,
    FunctionNetwork,
    Geometric,
    square,
)
from symbolic_landscape.arithmetic import (
    QQ,
    Matrix,
    RationalFunctions,
    Scalar,
    at_most,
    equal,
    limit_at_zero,
    size_at_least,
    size_at_most,
    sizes_equal,
    vanishes,
)
from symbolic_landscape.lemma import Regime, Statement, fact
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    for_all,
    holds,
    undecided,
)


def each_layer(s: FunctionNetwork, decide: Callable[[Map], Verdict]) -> Verdict:
    """A decision about every layer."""
    return for_all(range(1, s.depth + 1), lambda i: decide(s.layers[i - 1]), "layer")


def each_value(s: FunctionNetwork, decide: Callable[[Matrix], Verdict]) -> Verdict:
    """A decision about every value of X; of X itself as a symbol where the law is infinite."""
    if isinstance(s.law, Geometric):
        x = RationalFunctions((s.law.letter,)).generator(s.law.letter)
        return decide(x.field.column([x]))
    return for_all(range(len(s.atoms)), lambda k: decide(s.atoms[k][1]), "atom")


# --- risk -----


@fact(r"h^*(x) = \mathbb{E}[Y \mid X = x]")
def target_is_the_conditional_mean(s: FunctionNetwork) -> Verdict:
    """The function h* is the conditional expectation of Y at each value of X."""
    if isinstance(s.law, Geometric):
        return holds(Evidence.EXACT, "Y = h*(X)")
    means = list(s.conditional_means())
    return for_all(
        range(len(means)), lambda k: equal(s.target.value(means[k][1]), means[k][2]), "value of X"
    )


def cross_term(s: FunctionNetwork) -> Scalar | None:
    """E[(h_{H+1:1}(X) - h*(X))^T (h*(X) - Y)]."""
    return s.mean(lambda x, y: (s.residual(x).T @ (s.target.value(x) - y))[0, 0])


@fact(r"\mathbb{E}[(h_{H+1:1}(X) - h^*(X))^T (h^*(X) - Y)] = 0")
def residual_is_orthogonal_to_noise(s: FunctionNetwork) -> Verdict:
    """The residual is orthogonal to Y - h*(X) in expectation."""
    value = cross_term(s)
    return undecided("the expectation does not exist") if value is None else vanishes(value)


def _split(s: FunctionNetwork, factor: int | Fraction, share: int) -> Verdict:
    """Whether L = factor (E |r|^2 / 2) + share C; both sides may be infinite."""
    if s.risk is None or s.excess is None or s.variance is None:
        both = s.risk is None and (s.excess is None or s.variance is None)
        return (holds if both else fails)(Evidence.EXACT, "the expectation of a square is infinite")
    return equal(s.risk, s.excess * factor + s.variance * share)


@fact(
    r"L(h) = \tfrac12 \mathbb{E}\|h_{H+1:1}(X) - h^*(X)\|^2 + C",
    mutants={
        "without the factor one half": lambda s: _split(s, 2, 1),
        "without the variance": lambda s: _split(s, 1, 0),
    },
)
def risk_splits(s: FunctionNetwork) -> Verdict:
    """The risk is half the expected square of the residual plus C = E |Y - h*(X)|^2 / 2."""
    return _split(s, 1, 1)


@fact(r"C \le L(h), \quad C = L(h) \Leftrightarrow h_{H+1:1}(X) = h^*(X) \text{ a.s.}")
def risk_is_least_where_the_residual_vanishes(s: FunctionNetwork) -> Verdict:
    """The risk is at least C, with equality exactly where h_{H+1:1}(X) = h*(X) almost surely."""
    if s.variance is None:
        return undecided("C is infinite")
    if s.risk is None:
        return holds(Evidence.EXACT, "C is finite and L(h) is not")
    fitted = each_value(s, lambda x: vanishes(s.residual(x)))
    same = equal(s.risk, s.variance)
    agree = (holds if fitted.outcome is same.outcome else fails)(
        Evidence.EXACT, f"residual: {fitted.reason}; L = C: {same.reason}"
    )
    return all_of(bound=at_most(s.variance, s.risk), equality=agree)


NOISY_LINE = network("a line through two noisy values", scaled(2), (scaled(1),), (1, -1), 1)
FITTED_WITH_NOISE = network(
    "fitted with noise, three layers, three outputs",
    linear((1, 0), (0, 2), (1, 1)),
    (linear((1, 0), (0, 2)), linear((1, 0), (0, 1)), linear((1, 0), (0, 1), (1, Fraction(1, 2)))),
    ((1, 0), (1, 1)),
    Fraction(1, 2),
)
HEAVY_TAIL = network(
    "second moment infinite", scaled(1), (ZERO,), Geometric(Fraction(2), Fraction(1, 2))
)
ANY_LINE = FunctionNetwork(
    name="any slopes, any two values, any noise",
    law=Finite(
        (
            Atom(Fraction(1, 3), ("x",), ("y",)),
            Atom(Fraction(2, 3), ("x",), ("z",)),
        )
    ),
    target=Map((("a",),)),
    layers=(Map((("b",),)), Map((("c",),))),
)
RANDOM_SPLIT = FunctionNetwork(
    name="unequal weights, two outputs",
    law=Finite(
        (
            Atom(Fraction(1, 4), (1,), (4, 0)),
            Atom(Fraction(3, 4), (1,), (0, 4)),
        )
    ),
    target=linear((1,), (3,)),
    layers=(IDENTITY, linear((0,), (1,))),
)
WRONG_MEAN = FunctionNetwork(
    name="twice the conditional mean",
    law=Finite((Atom(Fraction(1), (1,), (1,)),)),
    target=scaled(2),
    layers=(ZERO,),
)

YSJ18_D6 = Statement(
    key="YSJ18.D6",
    kind="definition",
    where="sec. 4.1",
    title="Function-space risk",
    claim=(
        "L(h) = E |h_{H+1:1}(X) - Y|^2 / 2 is half of E |h_{H+1:1}(X) - h*(X)|^2 plus a constant "
        "C, and C is the least value, taken where h_{H+1:1} = h* almost surely."
    ),
    hypotheses=(target_is_the_conditional_mean,),
    conclusion=risk_is_least_where_the_residual_vanishes,
    instances=(
        NOISY_LINE,
        FITTED_WITH_NOISE,
        RANDOM_SPLIT,
        network("zero maps", scaled(3), (ZERO, ZERO), (0, 1)),
        network("infinite law", scaled(1), (scaled(2),), Geometric(Fraction(2), Fraction(1, 8))),
        HEAVY_TAIL,
    ),
    controls={target_is_the_conditional_mean: WRONG_MEAN},
    strategy=function_networks,
)


@YSJ18_D6.step(
    premises=(target_is_the_conditional_mean,),
    gives=residual_is_orthogonal_to_noise,
    controls={target_is_the_conditional_mean: WRONG_MEAN},
)
def condition_on_the_input(s: FunctionNetwork, mean: Verdict) -> Verdict:
    """Given X = x the residual is fixed, and the noise has expectation 0."""
    if isinstance(s.law, Geometric):
        return mean

    def there(k: int) -> Verdict:
        x = list(s.conditional_means())[k][1]
        total = s.field.zeros(s.output_width, 1)
        for weight, other, y in s.atoms:
            if other == x:
                total = total + (s.target.value(x) - y).scale(weight)
        return vanishes(s.residual(x).T @ total)

    return for_all(range(len(list(s.conditional_means()))), there, "value of X")


@YSJ18_D6.step(
    premises=(residual_is_orthogonal_to_noise,),
    gives=risk_splits,
    controls={residual_is_orthogonal_to_noise: WRONG_MEAN},
)
def expand_the_square(s: FunctionNetwork, orthogonal: Verdict) -> Verdict:
    """|a + b|^2 = |a|^2 + 2 a . b + |b|^2, and the cross term has expectation 0."""
    if s.risk is None or s.excess is None or s.variance is None:
        return orthogonal
    cross = cross_term(s)
    if cross is None:
        return undecided("the cross term has no expectation")
    return equal(s.risk, s.excess + cross + s.variance)


@YSJ18_D6.step(
    premises=(risk_splits,),
    gives=risk_is_least_where_the_residual_vanishes,
    controls={risk_splits: WRONG_MEAN},
)
def a_square_is_not_negative(s: FunctionNetwork, split: Verdict) -> Verdict:
    """The expected square of the residual is at least 0, and 0 only if the residual is 0 a.s."""
    return at_most(0, s.excess) if s.excess is not None else split


# --- classes -----


@fact(r"h_i \text{ differentiable}")
def layers_are_differentiable(s: FunctionNetwork) -> Verdict:
    """Every layer is differentiable."""
    return each_layer(s, differentiable)


@fact(r"h_i(0) = 0")
def layers_vanish_at_zero(s: FunctionNetwork) -> Verdict:
    """Every layer maps 0 to 0."""
    return each_layer(s, fixes_zero)


@fact(r"\sup_x \|h_i(x)\| / \|x\| < \infty")
def layers_grow_at_most_linearly(s: FunctionNetwork) -> Verdict:
    """For every layer |h_i(x)| / |x| is bounded."""
    return each_layer(s, sublinear)


@fact(r"h^* \text{ differentiable}")
def target_is_differentiable(s: FunctionNetwork) -> Verdict:
    """The function h* is differentiable."""
    return differentiable(s.target)


@fact(r"h^*(0) = 0")
def target_vanishes_at_zero(s: FunctionNetwork) -> Verdict:
    """The function h* maps 0 to 0."""
    return fixes_zero(s.target)


@fact(r"\sup_x \|h^*(x)\| / \|x\| < \infty")
def target_grows_at_most_linearly(s: FunctionNetwork) -> Verdict:
    """The quotient |h*(x)| / |x| is bounded."""
    return sublinear(s.target)


def in_class(layer: Map) -> Verdict:
    """Whether the map is differentiable, vanishes at 0 and grows at most linearly."""
    return all_of(
        differentiable=differentiable(layer), zero=fixes_zero(layer), growth=sublinear(layer)
    )


@fact(r"h_i \in \mathcal{F}_i")
def layers_are_in_their_classes(s: FunctionNetwork) -> Verdict:
    """Every layer is in its class F_i."""
    return each_layer(s, in_class)


@fact(r"h^* \in \mathcal{F}")
def target_is_in_class(s: FunctionNetwork) -> Verdict:
    """The function h* is in F."""
    return in_class(s.target)


@fact(r"d_i \ge \min(d_x, d_y) \quad (1 \le i \le H + 1)")
def widths_reach_the_smaller_end(s: FunctionNetwork) -> Verdict:
    """Every layer has at least min(d_x, d_y) units."""
    least = min(s.input_width, s.output_width)
    return each_layer(s, lambda layer: size_at_least(layer.outputs, least))


AT_ZERO_UNBOUNDED = (
    "a differentiable map with h(0) other than 0 is bounded away from 0 near 0, so that "
    "|h(x)| / |x| is unbounded: h(0) = 0 already follows from the bound"
)

YSJ18_A2 = Statement(
    key="YSJ18.A2",
    kind="assumption",
    where="sec. 4.1",
    title="Function classes F, F_i",
    claim=(
        "h* is in F, h_i in F_i: differentiable, 0 at 0, and |h(x)| / |x| bounded; all widths are "
        "at least min(d_x, d_y)."
    ),
    hypotheses=(
        layers_are_differentiable,
        layers_vanish_at_zero,
        layers_grow_at_most_linearly,
        target_is_differentiable,
        target_vanishes_at_zero,
        target_grows_at_most_linearly,
        widths_reach_the_smaller_end,
    ),
    instances=(
        NOISY_LINE,
        FITTED_WITH_NOISE,
        network("zero maps", ZERO, (ZERO, ZERO), (1,)),
        network("quotients", STEEPER, (FLAT, STEEPER), (1, 2)),
        network(
            "a layer narrower than the inputs",
            linear((1, 0)),
            (Map(((1, 1),), (Ridge((1, 0), (1,), BUMP),)), STEEPER),
            ((1, 0),),
        ),
        network("one layer of two variables", TILTED, (TILTED,), ((1, 1),)),
    ),
    controls={
        layers_are_differentiable: network("a corner", ZERO, (CORNER,), (1,)),
        layers_grow_at_most_linearly: network("a parabola", ZERO, (PARABOLA,), (1,)),
        target_is_differentiable: network("a corner as target", CORNER, (ZERO,), (1,)),
        target_grows_at_most_linearly: network("a parabola as target", PARABOLA, (ZERO,), (1,)),
        widths_reach_the_smaller_end: network(
            "one unit between two and two",
            linear((1, 0), (0, 1)),
            (linear((1, 0)), linear((1,), (0,))),
            ((1, 0),),
        ),
    },
    no_control={
        layers_vanish_at_zero: AT_ZERO_UNBOUNDED,
        target_vanishes_at_zero: AT_ZERO_UNBOUNDED,
    },
    strategy=function_networks,
    regimes=(
        Regime("no hidden layer", lambda s: sizes_equal(s.depth, 1)),
        Regime("d_x > d_y", lambda s: size_at_least(s.input_width, s.output_width + 1)),
        Regime("d_x < d_y", lambda s: size_at_most(s.input_width, s.output_width - 1)),
    ),
)


# --- compositions -----


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
        limits = [
            s.field.matrix(
                [
                    [quotient_limit(s, x, k, side)[i, 0] for k in range(s.input_width)]
                    for i in range(s.output_width)
                ]
            )
            for side in (1, -1)
        ]
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

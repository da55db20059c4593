"""Section 4.1: the risk in function space and the classes of maps.

Notation: see `population`; F_i is the set of differentiable h: R^{d_{i-1}} -> R^{d_i} with h(0) = 0
and sup |h(x)| / |x| finite; F is the same for d_x and d_y.

Statements: YSJ18_D6, YSJ18_A2.

Design notes. Differentiability and growth are read off the profiles of a map, see `bounds`; a map
that is neither a quotient nor a named function is out of reach.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symbolic_landscape.arithmetic import (
    Matrix,
    RationalFunctions,
    Scalar,
    at_most,
    equal,
    size_at_least,
    size_at_most,
    sizes_equal,
    vanishes,
)
from symbolic_landscape.former.lemma import Regime, Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.bounds import (
    differentiable,
    fixes_zero,
    sublinear,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.function_networks import (
    BUMP,
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
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.maps import Map, Ridge
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.population import (
    Atom,
    Finite,
    FunctionNetwork,
    Geometric,
)
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
        "at least min(d_x, d_y). Decided for matrices plus functions of single projections, for "
        "all x."
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

"""C21 as printed: the star locus, its dimension for equal widths, and the local maxima.

Each claim is found wrong by the checks themselves; beside it stands an independent count or a
computation with plain fractions that does not use the package.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import product

import pytest
from former_proofs import former_proofs
from sabotage import Variant, refused, sabotaged, variant

from symbolic_landscape.arithmetic import equal, size_at_least, sizes_equal
from symbolic_landscape.former.check import judge
from symbolic_landscape.former.lemma import Fact, Statement, fact
from symbolic_landscape.former.search import sample
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.results import Finding, StatementResult
from symbolic_landscape.judge.statuses import as_expected, found, status
from symbolic_landscape.networks import Network
from symbolic_landscape.proofs.common.points import NetworkPoint, gradient_vanishes
from symbolic_landscape.proofs.cooper_2021.former import instances, loci
from symbolic_landscape.proofs.cooper_2021.former.section_2 import (
    activation_vanishes_at_zero,
    last_layer_is_affine,
)
from symbolic_landscape.proofs.cooper_2021.former.section_3_1_1 import (
    C21_I3_CHAIN,
    C21_I3_DIMC,
    C21_I3_DIMS,
)
from symbolic_landscape.proofs.cooper_2021.former.section_3_1_1_star import (
    C21_D3_S,
    last_bias_is_target_mean,
    last_bias_is_target_sum,
    star_layers_vanish,
)
from symbolic_landscape.proofs.cooper_2021.former.section_3_1_2 import (
    C21_L3_3,
    C21_T3_1,
    last_weights_vanish,
)
from symbolic_landscape.proofs.cooper_2021.former.section_3_1_2_core import (
    C21_T3_2,
    core_layers_vanish,
    hessian_has_one_positive_eigenvalue,
    printed_core_layers_vanish,
)
from symbolic_landscape.proofs.cooper_2021.former.section_5_3 import C21_L5_14, C21_T5_15
from symbolic_landscape.proofs.cooper_2021.former.section_5_3_maxima import (
    C21_C5_19,
    CONSTANT_ONE,
    level_set_has_space_of_whole_layer,
    point_is_local_maximum,
    wide_points,
)
from symbolic_landscape.proofs.cooper_2021.former.section_6 import C21_P6_1, fitted_points
from symbolic_landscape.proofs.cooper_2021.former.section_6_count import C21_I6_D, hidden_width
from symbolic_landscape.proofs.cooper_2021.former.section_6_dimensions import (
    dimension_of_minima,
    loci_have_printed_dimensions,
)
from symbolic_landscape.verdict import Evidence, Verdict, negation

STATEMENTS = tuple(
    statement for statement in former_proofs().statements if statement.paper == "C21"
)
KNOWN = tuple(reading for statement in STATEMENTS for reading in statement.readings)


SEEDS = (0, pytest.param(1, marks=pytest.mark.slow), pytest.param(2, marks=pytest.mark.slow))


def judged(statement: Statement, seed: int = 0) -> StatementResult:
    return _judged(statement, seed)


@cache
def _judged(statement: Statement, seed: int) -> StatementResult:
    return judge(statement, Options(instances=25, seed=seed), KNOWN)


def repaired(statement: Statement) -> Statement:
    reading = statement.repaired_reading
    assert reading is not None
    return reading


def refutation(result: StatementResult) -> Finding:
    (finding,) = (f for f in result.findings if f.kind == "refuted")
    assert finding.where == "statement"
    assert finding.how_found.startswith("search")
    assert finding.counterexample is not None
    return finding


def named(reading: Statement) -> str:
    return f"{reading.key}-{reading.reading}"


# --- all statements ------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("reading", KNOWN, ids=named)
def test_each_reading_has_exactly_its_findings(reading: Statement) -> None:
    result = judged(reading)
    assert found(result) == tuple(sorted(set(reading.expected)))
    assert not result.open_obligations
    assert not result.mutants.survivors
    assert all(control.bites for control in result.controls)
    if reading.expected:
        assert as_expected(result)
    else:
        assert status(result) == "checked"
        assert len(result.instances) >= 3 or reading.kind == "lemma"


def test_the_printed_statuses() -> None:
    words = {statement.key: status(judged(statement)) for statement in STATEMENTS}
    assert words == {
        "C21.A2": "checked",
        "C21.D3.S": "refuted",
        "C21.I3.dimS": "checked",
        "C21.I3.dimC": "refuted",
        "C21.I3.chain": "refuted",
        "C21.L3.3": "refuted",
        "C21.T3.1": "refuted",
        "C21.T3.2": "refuted",
        "C21.L5.14": "refuted",
        "C21.T5.15": "refuted",
        "C21.C5.19": "vacuous",
        "C21.I6.d": "checked",
        "C21.P6.1": "refuted",
    }


# --- the star locus ------------------------------------------------------------------------------

ONE_NEURON_PER_LAYER = {"activation": "linear", "output_activation": "linear", "bias": True}
TARGETS_ZERO_AND_ONE = {"inputs": [["0"], ["0"]], "targets": [["0"], ["1"]]}


def test_the_star_locus_is_written_as_printed() -> None:
    assert last_bias_is_target_sum in C21_D3_S.hypotheses
    assert last_bias_is_target_sum in C21_T3_1.hypotheses
    assert activation_vanishes_at_zero in C21_T3_1.hypotheses
    assert C21_T3_1.conclusion is gradient_vanishes
    assert last_bias_is_target_sum.formula == r"b_\ell = \sum_{\alpha=1}^n y_\alpha"
    assert star_layers_vanish.formula == (
        r"\exists k:\ M_\ell = M_k = 0,\ b_k = \cdots = b_{\ell-1} = 0"
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_printed_star_locus_is_refuted_by_two_samples(seed: int) -> None:
    result = judged(C21_D3_S, seed=seed)
    assert status(result) == "refuted"
    data = dict(refutation(result).counterexample or {})
    assert data["network"] == {"widths": [1, 1, 1], **ONE_NEURON_PER_LAYER}
    assert data["samples"] == TARGETS_ZERO_AND_ONE
    assert data["parameters"] == {"weights": [[["0"]], [["0"]]], "biases": [["0"], ["1"]]}
    assert ("invalid inference", "step sum_cancels_the_targets") in found(result)


@pytest.mark.parametrize("seed", SEEDS)
def test_theorem_3_1_is_refuted_by_two_samples(seed: int) -> None:
    result = judged(C21_T3_1, seed=seed)
    assert status(result) == "refuted"
    finding = refutation(result)
    data = dict(finding.counterexample or {})
    assert data["network"] == {"widths": [1, 1, 1, 1], **ONE_NEURON_PER_LAYER}
    assert data["samples"] == TARGETS_ZERO_AND_ONE
    assert data["parameters"] == {
        "weights": [[["0"]], [["0"]], [["0"]]],
        "biases": [["0"], ["0"], ["1"]],
    }
    assert "entry (5, 0) is 2" in finding.text
    assert ("invalid inference", "step last_bias_was_chosen_for_it") in found(result)


def plain_loss(bias: Fraction, targets: Sequence[Fraction]) -> Fraction:
    """L at a star point, where the network answers the last bias to every sample."""
    return sum(((bias - target) ** 2 for target in targets), Fraction(0))


def slope_in_last_bias(bias: Fraction, targets: Sequence[Fraction]) -> Fraction:
    """The derivative: the central difference is exact for a quadratic function."""
    return (plain_loss(bias + 1, targets) - plain_loss(bias - 1, targets)) / 2


def test_the_counterexample_by_plain_fractions() -> None:
    targets = (Fraction(0), Fraction(1))
    assert slope_in_last_bias(sum(targets, Fraction(0)), targets) == 2
    assert slope_in_last_bias(Fraction(1, 2), targets) == 0


@pytest.mark.parametrize("statement", [C21_D3_S, C21_T3_1, C21_L3_3, C21_T3_2], ids=named)
def test_the_repaired_star_and_core_are_checked(statement: Statement) -> None:
    result = judged(repaired(statement))
    assert status(result) == "checked"
    assert result.searched >= 25


def test_the_repaired_theorem_holds_on_whole_pieces_as_an_identity() -> None:
    levels = {i.name: i.evidence for i in judged(repaired(C21_T3_1)).instances}
    assert levels["all of S_2 for widths (2, 2, 2, 1)"] == "identity"
    assert levels["all of S_1 for widths (1, 2, 1, 2, 2)"] == "identity"


def test_lemma_3_3_needs_last_weights_zero() -> None:
    assert last_weights_vanish not in C21_L3_3.hypotheses
    data = dict(refutation(judged(C21_L3_3)).counterexample or {})
    assert data["network"] == {"widths": [1, 1, 1], **ONE_NEURON_PER_LAYER}
    assert data["parameters"] == {"weights": [[["0"]], [["1"]]], "biases": [["0"], ["0"]]}


# --- the core locus ------------------------------------------------------------------------------


@pytest.mark.slow
def test_theorem_3_2_fails_in_three_ways() -> None:
    """The sum of the targets, several outputs, and j = k each break it alone."""
    result = judged(C21_T3_2)
    assert found(result) == (
        ("invalid inference", "step only_the_last_bias_is_left"),
        ("invalid inference", "step products_contain_a_zero_layer"),
        ("refuted", "statement"),
    )
    data = dict(refutation(result).counterexample or {})
    assert (data["network"]["widths"], data["samples"]) in (
        ([1, 1, 1, 1, 1], TARGETS_ZERO_AND_ONE),
        ([1, 1, 1, 1, 2], {"inputs": [["0"]], "targets": [["0", "0"]]}),
    )
    with_mean = (*C21_T3_2.hypotheses[:-1], last_bias_is_target_mean)
    with_strict = tuple(
        core_layers_vanish if h is printed_core_layers_vanish else h for h in C21_T3_2.hypotheses
    )
    both = (*with_strict[:-1], last_bias_is_target_mean)
    by_outputs = judged_variant(C21_T3_2, hypotheses=both, instances=())
    assert refutation(by_outputs).counterexample is not None
    assert dict(refutation(by_outputs).counterexample or {})["network"]["widths"] == [1, 1, 1, 1, 2]
    single = dataclasses.replace(outputs_are_one, name="one_output")
    by_layer = judged_variant(C21_T3_2, hypotheses=(*with_mean, single), instances=())
    widths = dict(refutation(by_layer).counterexample or {})["network"]["widths"]
    assert widths == [1, 1, 1, 1, 1]


@fact(r"m_\ell = 1")
def outputs_are_one(s: NetworkPoint) -> Verdict:
    """The network has one output."""
    return sizes_equal(s.network.outputs, 1)


def judged_variant(statement: Statement, **changes: object) -> StatementResult:
    given = {"controls": {}, "no_control": {}, **changes}
    if C21_T3_2 is statement:
        given.setdefault("strategy", core_strategy)
    made = variant(statement, (), **given)
    assert isinstance(made, Statement)
    return judge(made, Options(instances=50), KNOWN)


def core_strategy() -> object:
    return loci.star_points(
        instances.target_mean,
        chosen=instances.networks(least=4),
        pieces=loci.printed_core_pieces,
    )


def test_printed_core_contains_the_star_locus() -> None:
    for statement in (C21_I3_DIMC, C21_I3_CHAIN):
        data = dict(refutation(judged(statement)).counterexample or {})
        assert data["network"]["widths"] == [1, 1, 1, 1]
        assert status(judged(repaired(statement))) == "checked"


# --- the dimensions for equal widths -------------------------------------------------------------


def test_proposition_6_1_is_written_as_printed() -> None:
    assert C21_P6_1.conclusion is loci_have_printed_dimensions
    assert loci_have_printed_dimensions.formula == (
        r"\dim M = (\ell-2)m^2 + (a+b+\ell-1)m + b(1-n),\ \dim S = (\ell-3)m^2 + (a+1)m,\ "
        r"\dim C = (\ell-4)m^2 + (a+1)m"
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_proposition_6_1_is_refuted_by_the_star_locus(seed: int) -> None:
    result = judged(C21_P6_1, seed=seed)
    assert status(result) == "refuted"
    finding = refutation(result)
    data = dict(finding.counterexample or {})
    assert data["network"] == {"widths": [1, 1, 1, 1, 1], **ONE_NEURON_PER_LAYER}
    assert "the largest piece of S (k = 3) has dimension 8 - 4 = 4; claimed 3" in finding.text
    assert ("invalid inference", "step second_piece_is_the_largest") in found(result)
    assert ("invalid inference", "step second_core_piece_is_the_largest") in found(result)


@fact(r"\ell = 5")
def depth_is_five(s: NetworkPoint) -> Verdict:
    """The depth is five."""
    return sizes_equal(s.network.depth, 5)


def test_proposition_6_1_at_depth_five() -> None:
    result = judged_variant(
        C21_P6_1,
        hypotheses=(*C21_P6_1.hypotheses, depth_is_five),
        instances=(),
        strategy=lambda: fitted_points(least=5, most=5),
    )
    finding = refutation(result)
    data = dict(finding.counterexample or {})
    assert data["network"] == {"widths": [1, 1, 1, 1, 1, 1], **ONE_NEURON_PER_LAYER}
    assert "the largest piece of S (k = 4) has dimension 10 - 4 = 6; claimed 4" in finding.text


def free_parameters(widths: Sequence[int], layers: Sequence[int]) -> int:
    """The parameters that (3.1) leaves free, counted one by one."""
    depth = len(widths) - 1
    free = 0
    for k in range(1, depth):
        for _ in range(widths[k]):
            free += 0 if k in layers else widths[k - 1]  # a row of M_k
            free += 0 if k >= min(layers) else 1  # an entry of b_k
    return free


GRID = list(product((1, 2, 5), (1, 2, 3, 4), (1, 3), range(3, 8)))
"""Values of a, m, b and the depth."""


def test_dimensions_by_counting_free_parameters() -> None:
    printed_right = set()
    for a, m, b, depth in GRID:
        widths = (a, *[m] * (depth - 1), b)
        star = max(free_parameters(widths, (k,)) for k in range(1, depth))
        assert star == max((depth - 2) * m**2, (depth - 3) * m**2 + (a + depth - 2) * m)
        if star == (depth - 3) * m**2 + (a + 1) * m:
            printed_right.add(depth)
        if depth >= 4:
            pairs = [(j, k) for k in range(2, depth) for j in range(1, k)]
            core = max(free_parameters(widths, pair) for pair in pairs)
            assert core == max((depth - 3) * m**2, (depth - 4) * m**2 + (a + depth - 3) * m)
    assert printed_right == {3}


def test_dimension_of_minima_is_decided_at_the_point() -> None:
    point = repaired(C21_P6_1).instances[1]
    assert isinstance(point, NetworkPoint)
    d, n = point.network.parameter_count, point.count
    assert (d, n) == (25, 2)
    assert dimension_of_minima(point, d - n).is_holds
    assert dimension_of_minima(point, d - n - 1).is_fails
    moved = dataclasses.replace(point, samples=point.samples.__class__([[0], [1]], [[1], [1]]))
    assert dimension_of_minima(moved, d - n).is_fails


def test_the_repaired_proposition_is_checked() -> None:
    result = judged(repaired(C21_P6_1))
    assert status(result) == "checked"
    assert result.mutants.killed == result.mutants.total >= 20
    assert status(judged(C21_I3_DIMS)) == status(judged(C21_I6_D)) == "checked"


# --- local maxima --------------------------------------------------------------------------------


def test_corollary_5_19_is_written_as_printed() -> None:
    assert C21_C5_19.hypotheses[-1] is point_is_local_maximum
    assert C21_C5_19.conclusion is level_set_has_space_of_whole_layer
    assert not C21_C5_19.instances
    assert all(h.ground is None for h in C21_C5_19.hypotheses)


@pytest.mark.parametrize("seed", SEEDS)
def test_corollary_5_19_is_vacuous(seed: int) -> None:
    result = judged(C21_C5_19, seed=seed)
    assert status(result) == "vacuous"
    assert found(result) == (("vacuous", "statement"),)
    assert result.searched == 0
    assert not result.open_obligations


def test_every_generated_point_is_decided_and_every_other_hypothesis_is_met() -> None:
    drawn = sample(wide_points, examples=100, seed=1)
    others = [h for h in C21_C5_19.hypotheses if h is not point_is_local_maximum]
    kinds = {"first": 0, "second": 0}
    for point in drawn:
        assert all(h.decide(point).is_holds for h in others)
        verdict = point_is_local_maximum.decide(point)
        assert verdict.is_fails
        assert verdict.evidence is Evidence.EXACT
        kinds["first" if "first order" in verdict.reason else "second"] += 1
    assert kinds["first"] >= 15
    assert kinds["second"] >= 15  # critical points are among them


def test_a_local_maximum_is_recognised_where_there_is_one() -> None:
    """Outside the paper's form: a constant loss, and a maximum behind an output activation."""
    constant = point_is_local_maximum.decide(CONSTANT_ONE)
    assert constant.is_holds
    assert constant.evidence is Evidence.IDENTITY
    assert last_layer_is_affine.decide(CONSTANT_ONE).is_fails
    squared = instances.placed(
        "(b^2 - 1)^2",
        Network(widths=(1, 1), output_activation="square"),
        inputs=[[0], [1]],
        targets=[[1], [1]],
    )
    assert point_is_local_maximum.decide(squared).is_holds
    assert last_layer_is_affine.decide(squared).is_fails


def test_a_gradient_outside_every_field_is_decided_in_balls() -> None:
    network = Network(widths=(1, 2, 2, 1), activation="tanh")
    deep = instances.placed(
        "tanh of tanh",
        network,
        inputs=[[1]],
        targets=[[5]],
        values=dict.fromkeys(network.parameter_names, 1),
    )
    verdict = point_is_local_maximum.decide(deep)
    assert verdict.is_fails
    assert verdict.evidence is Evidence.ENCLOSED


def test_there_are_no_local_maxima_is_checked() -> None:
    result = judged(repaired(C21_C5_19))
    assert status(result) == "checked"
    assert result.searched >= 25


def test_theorem_5_15_forgets_the_last_bias() -> None:
    data = dict(refutation(judged(C21_T5_15)).counterexample or {})
    assert data["network"]["widths"] == [1, 2, 5]
    assert "hypothesis not discharged" in {f.kind for f in judged(C21_T5_15).findings}
    assert status(judged(repaired(C21_T5_15))) == "checked"
    assert status(judged(repaired(C21_L5_14))) == "checked"


# --- wrong variants ------------------------------------------------------------------------------


@fact(r"b_\ell = \frac1{n+1} \sum_{\alpha=1}^n y_\alpha")
def last_bias_is_shrunk_mean(s: NetworkPoint) -> Verdict:
    """The last bias is the sum of the targets divided by n + 1."""
    total = instances.target_sum(s.samples)
    return equal(s.parameters.biases[-1], total.scale(Fraction(1, s.count + 1)))


@fact(r"L(p) = 0")
def point_has_loss_zero(s: NetworkPoint) -> Verdict:
    """The loss is zero at the point."""
    return equal(s.at.value, 0)


@fact(r"\exists q \to p:\ L(q) < L(p)")
def point_is_no_local_minimum(s: NetworkPoint) -> Verdict:
    """The point is not a local minimum: it fails where the loss is zero."""
    return negation(point_has_loss_zero.decide(s))


def star_dimension_claimed(s: NetworkPoint, claimed: int) -> Verdict:
    return loci.dimension_is(s.network, loci.star_pieces(s.network), claimed, "S")


@fact(r"\dim S = (\ell-3)m^2 + (a+\ell-2)m")
def star_has_dimension_of_last_piece(s: NetworkPoint) -> Verdict:
    """The star locus has the dimension of its last piece."""
    m, depth = hidden_width(s.network), s.network.depth
    return star_dimension_claimed(s, (depth - 3) * m**2 + (s.network.inputs + depth - 2) * m)


@fact(r"\dim S = (\ell-2)m^2")
def star_has_dimension_of_first_piece(s: NetworkPoint) -> Verdict:
    """The star locus has the dimension of its first piece."""
    return star_dimension_claimed(s, (s.network.depth - 2) * hidden_width(s.network) ** 2)


@fact(r"\dim M = d - n")
def minima_have_codimension_n(s: NetworkPoint) -> Verdict:
    """The minima have codimension n, whatever the number of outputs."""
    return dimension_of_minima(s, s.network.parameter_count - s.count)


@fact(r"\operatorname{codim} \ge 3")
def codimension_is_large(s: NetworkPoint) -> Verdict:
    """S has codimension at least six."""
    pieces = loci.star_pieces(s.network)
    return size_at_least(min(p.codimension(s.network) for p in pieces), 6)


T3_1, C5_19, P6_1 = repaired(C21_T3_1), repaired(C21_C5_19), repaired(C21_P6_1)


def without(hypothesis: Fact, *more: Fact) -> tuple[Fact, ...]:
    return (*(h for h in T3_1.hypotheses if h is not hypothesis), *more)


def any_points() -> object:
    return instances.points(instances.networks(most=2, widest=1))


def points_without_last_weights() -> object:
    def last_layer_alone(network: Network) -> tuple[loci.Subspace, ...]:
        weights = instances.weight_places(network, network.depth)
        return (loci.Subspace((), weights, instances.bias_places(network, network.depth)),)

    return loci.star_points(instances.target_mean, pieces=last_layer_alone)


def shrunk_mean_points() -> object:
    def shrunk(samples: object) -> object:
        return instances.target_sum(samples).scale(Fraction(1, samples.count + 1))

    return loci.star_points(shrunk)


BY_HAND = {
    "last bias divided by n + 1": variant(
        T3_1,
        (),
        hypotheses=without(last_bias_is_target_mean, last_bias_is_shrunk_mean),
        strategy=shrunk_mean_points,
        instances=(),
        controls={},
    ),
    "only the last weights zero": variant(
        T3_1,
        (),
        hypotheses=without(star_layers_vanish, last_weights_vanish),
        strategy=points_without_last_weights,
        controls={},
    ),
    "no layer zero": variant(
        T3_1, (), hypotheses=without(star_layers_vanish), strategy=any_points, controls={}
    ),
    "star points have loss zero": variant(T3_1, (), conclusion=point_has_loss_zero),
    "star points have one positive eigenvalue": variant(
        T3_1, (), conclusion=hessian_has_one_positive_eigenvalue
    ),
    "no local minima": variant(C5_19, (), conclusion=point_is_no_local_minimum),
    "critical points for local maxima": variant(
        C21_C5_19,
        (),
        hypotheses=(*C21_C5_19.hypotheses[:-1], gradient_vanishes),
        strategy=C21_T5_15.strategy,
        controls={},
    ),
    "last piece alone": variant(P6_1, (), conclusion=star_has_dimension_of_last_piece),
    "first piece alone": variant(P6_1, (), conclusion=star_has_dimension_of_first_piece),
    "codimension n": variant(P6_1, (), conclusion=minima_have_codimension_n),
    "codimension at least six": variant(P6_1, (), conclusion=codimension_is_large),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BY_HAND)
def test_wrong_claim_is_refuted(name: str) -> None:
    made = BY_HAND[name]
    assert isinstance(made, Statement)
    assert status(judge(made, Options(instances=20), KNOWN)) == "refuted"


def rule_made(statements: Sequence[Statement]) -> Iterator[tuple[str, Variant]]:
    for statement in statements:
        reading = statement.repaired_reading or statement
        for name, wrong in sabotaged(reading, STATEMENTS):
            yield f"{statement.key}: {name}", wrong


def test_a_sample_of_wrong_variants_made_by_rule_is_refused() -> None:
    variants = list(rule_made((C21_D3_S, C21_C5_19)))
    assert len(variants) >= 25
    for name, wrong in variants[::5]:
        assert refused(wrong, Options(instances=2), KNOWN), name


@pytest.mark.slow
def test_wrong_variants_of_the_long_proofs_are_refused() -> None:
    variants = list(
        rule_made(
            (
                C21_D3_S,
                C21_C5_19,
                C21_I3_DIMC,
                C21_I6_D,
                C21_L3_3,
                C21_T3_1,
                C21_T3_2,
                C21_T5_15,
                C21_P6_1,
            )
        )
    )
    assert len(variants) >= 180
    for name, wrong in variants:
        assert refused(wrong, Options(instances=6), KNOWN), name

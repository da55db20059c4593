"""YSJ18, Section 2.2 and Appendix B: what is derived, and what the pool says of what is printed."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from judged_once import DERIVATIONS

from symbolic_landscape.judge.pool import Pool
from symbolic_landscape.judge.rows import rows
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b import (
    drawn_layers,
    generic_products,
    saddles,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_2 import (
    factorisation,
    factorisation_narrow,
    population,
    population_counterpart,
    previous_work,
    residual_networks,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.factorisation import FACTORISATION
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import DEEP_LINEAR
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.population import (
    LAW,
    NARROWEST_POPULATION,
    POPULATION,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.residual import RESIDUAL
from symbolic_landscape.statement.lemma import Statement

DERIVED = (
    saddles.LB1_REPAIRED,
    drawn_layers.I11_REPAIRED,
    generic_products.NONZERO,
    generic_products.NARROW,
    population.D4_REPAIRED,
    population_counterpart.MINIMUM,
    population_counterpart.I1_REPAIRED,
    population_counterpart.NO_TRUTH,
    residual_networks.C2_3,
    residual_networks.C2_3_REPAIRED,
    residual_networks.SIGN,
    factorisation.R2_REPAIRED,
    previous_work.R3_REPAIRED,
    factorisation_narrow.REPAIRED,
    previous_work.WIDE,
    previous_work.NARROW,
)
NOT_DERIVED = (
    saddles.LB1,
    drawn_layers.I11,
    population_counterpart.I1,
    factorisation.R2,
    factorisation_narrow.NARROW,
)


@cache
def refuting(statement: Statement) -> tuple[Any, ...]:
    settings = {DEEP_LINEAR, LAW, POPULATION, NARROWEST_POPULATION, RESIDUAL, FACTORISATION}
    pool = Pool(tuple(settings | {statement.setting}), count=3)
    return tuple(row for row in rows(statement, pool) if row.met and row.refuted)


@pytest.mark.parametrize("statement", DERIVED, ids=repr)
def test_it_is_derived_and_no_instance_refutes_it(statement: Statement) -> None:
    assert DERIVATIONS.is_derived(statement)
    assert DERIVATIONS.of(statement).surplus == ()
    assert refuting(statement) == ()


@pytest.mark.parametrize("statement", NOT_DERIVED, ids=repr)
def test_as_printed_it_is_not_derived(statement: Statement) -> None:
    assert not DERIVATIONS.is_derived(statement)
    assert statement.repaired is not None


def test_only_the_argument_by_polynomials_needs_a_theorem_from_outside() -> None:
    assert DERIVATIONS.assumed(saddles.LB1_REPAIRED) == ()
    assert DERIVATIONS.assumed(drawn_layers.I11_REPAIRED) == ("analytic_zero_set",)
    assert DERIVATIONS.assumed(previous_work.WIDE) == ()
    assert DERIVATIONS.assumed(previous_work.R3_REPAIRED) == ("external:lu_kawaguchi_2017",)


# ---- the two causes in Appendix B ----------------------------------------------------------------
def values(row: Any) -> dict[str, Any]:
    return {str(v.name): x for v, x in row.case.instance.values.items()}


def test_with_a_narrow_layer_factors_of_full_rank_have_no_product_of_full_rank() -> None:
    found = [values(row) for row in refuting(generic_products.FULL_PRODUCT)]
    narrow = [x for x in found if min(x["d"].at(k) for k in range(x["H"] + 2)) < x["d"].at(0)]
    assert narrow


def test_factors_of_full_rank_can_have_product_0_without_a_narrow_layer() -> None:
    for row in refuting(generic_products.FROM_FULL_FACTORS):
        x = values(row)
        product = x["V"].at(1)
        for k in range(2, x["H"] + 2):
            product = x["V"].at(k) @ product
        assert product.is_zero
    assert refuting(generic_products.FROM_FULL_FACTORS)


# ---- the rank test where R C, or Y, has not full rank --------------------------------------------
def test_a_global_minimum_is_called_a_saddle_for_truth_0() -> None:
    names = {row.case.instance.name for row in refuting(population_counterpart.I1)}
    assert {"R = 0, zero weights", "x = 0, zero weight"} <= names


def test_a_global_minimum_is_called_a_saddle_for_matrix_0_and_for_rank_1() -> None:
    names = {row.case.instance.name for row in refuting(factorisation.R2)}
    assert {"Y = 0, U = V = 0", "Y of rank 1, fitted by factors of width 2"} <= names


def test_equal_singular_values_leave_open_which_columns_are_meant() -> None:
    names = {row.case.instance.name for row in refuting(factorisation_narrow.NARROW)}
    assert "equal singular values, another direction" in names

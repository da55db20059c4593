"""Certificates: written for every problem of the gallery, checked again by a program of its own.

The verifier is compared with the engine and with mpmath, and forged certificates are refused.
"""

from __future__ import annotations

import ast
import copy
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import flint
import jsonschema
import mpmath
import pytest
from forgeries import CLASSES, forgeries
from forging import JOINTS, LOSSES, RAYS, SOURCES, TIED, Data, refusal, written
from typer.testing import CliRunner, Result

from symbolic_landscape import Network, Samples
from symbolic_landscape.arithmetic import BallField
from symbolic_landscape.certificate import verifier
from symbolic_landscape.certificate.coq import coq_file
from symbolic_landscape.certificate.kinks import Kinks
from symbolic_landscape.certificate.stating import stated
from symbolic_landscape.certificate.verifier import BITS, ONE, Exact, Interval, Ring, Series
from symbolic_landscape.certificate.writing import certificate
from symbolic_landscape.command import app
from symbolic_landscape.critical import classify_problem
from symbolic_landscape.critical.gallery import exhibit, gallery
from symbolic_landscape.critical.local import smooth_near
from symbolic_landscape.critical.problem import Problem, problem_from_data
from symbolic_landscape.errors import ProblemError
from symbolic_landscape.report.data import schema

FILE = Path(verifier.__file__)
UNCOVERED: Data = {
    "widths": [1, 1, 1], "activation": "relu", "loss": "abs(a)",
    "samples": {"inputs": [[1], [2], [3]], "targets": [[1], [5], [3]]},
    "parameters": {"weights": [[[1]], [[1]]], "biases": [[0], [0]]},
}  # fmt: skip
"""A local minimum whose predictions lie in a linear space, for which there is no witness."""
QUICK = {"near_fit", "near_linear", "near_relu", "near_tanh"}
NAMES = [
    pytest.param(
        entry.name,
        marks=pytest.mark.slow if entry.data.get("near") and entry.name not in QUICK else (),
    )
    for entry in gallery()
]
SOON_FORGED = {
    "line_fit",
    "three_layer_origin",
    "path sigmoid first",
    "weighted means",
    "classes of a line",
    *JOINTS,
    *TIED,
    *RAYS,
}
"""Problems of the fast part whose certificates are forged in every way."""
VARIED = SOON_FORGED | {"split_inside", "near_relu"}
"""Problems whose certificates are forged in many ways."""


def outcomes(data: Any) -> dict[str, str]:
    """The outcome of each claim, by the word before it."""
    lines = [x for x in verifier.verify(json.dumps(data)) if x.outcome != "not claimed"]
    return {line.claim.partition(":")[0]: line.outcome for line in lines}


def status(data: Any) -> int:
    try:
        return verifier.status(verifier.verify(json.dumps(data)))
    except verifier.BadFileError:
        return 2


# ---- every problem of the gallery


@pytest.mark.parametrize("name", NAMES)
def test_certificate_of_a_gallery_problem_holds(name: str) -> None:
    data = written(name)
    jsonschema.validate(data, schema("certificate"))
    assert set(outcomes(data).values()) == {"holds"}
    kind = exhibit(name).expected["kind"]
    claims = {claim["claim"]: claim for claim in data["claims"]}
    assert ("kind" in claims) == (kind not in {"undecided", "not critical"})
    assert ("not critical" in claims) == (kind == "not critical")
    if "kind" in claims:
        assert claims["kind"]["kind"] == kind


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=() if n in SOON_FORGED else pytest.mark.slow) for n in SOURCES],
)
def test_no_forgery_is_accepted(name: str) -> None:
    kinds = set()
    for kind, forged in forgeries(name):
        assert refusal(forged), kind
        kinds.add(kind)
    assert name not in VARIED or len(kinds) > 12


@pytest.mark.slow
def test_each_class_of_forgeries_has_members() -> None:
    found = Counter(kind for name in SOURCES for kind, _ in forgeries(name))
    assert found.keys() == CLASSES.keys()
    assert len(CLASSES) >= 150
    assert found.total() >= 15_000


# ---- other losses

COVERED = {
    "decay of a line": ("strict local minimum", "yes"),
    "decay at 0": ("strict local minimum", None),
    "decay of two units": ("strict local minimum", None),
    "decay at a fit": (None, "no"),
    "weighted line": ("strict local minimum", "yes"),
    "weighted means": ("non-strict local minimum", "yes"),
    "weighted rank": ("non-strict local minimum", None),
    "logistic line": ("strict local minimum", "yes"),
    "poisson line": ("strict local minimum", "yes"),
    "classes of a line": ("non-strict local minimum", "yes"),
    "classes near digits": ("non-strict local minimum", "yes"),
    "classes with a hidden unit": ("strict local minimum", None),
}


@pytest.mark.parametrize("name", LOSSES)
def test_decay_weights_and_likelihoods_are_certified(name: str) -> None:
    data = written(name)
    jsonschema.validate(data, schema("certificate"))
    claims = {claim["claim"]: claim for claim in data["claims"]}
    kind, least = COVERED[name]
    assert claims.get("kind", {}).get("kind") == kind
    assert least in (None, claims.get("global minimum", {}).get("answer"))
    assert set(outcomes(data).values()) == {"holds"}


AT_JOINTS = {
    "joints of relu at 0": ("saddle", "rays", "no"),
    "joints of two layers": ("saddle", "rays", "no"),
    "joint of abs": ("non-strict local minimum", "cones", "no"),
    "joint of abs less 1": ("strict local minimum", "cones", "no"),
    "joint of relu where the loss falls": (None, None, "no"),
    "corner of hard tanh": (None, None, "no"),
    "two cones of leaky relu": ("non-strict local minimum", "cones", "yes"),
    "median": ("strict local minimum", "cones", "yes"),
    "line of absolute values": ("strict local minimum", "cones", "yes"),
    "medians between two": ("local minimum", "slopes", "yes"),
    "fit of absolute values": ("non-strict local minimum", "level", "yes"),
}


@pytest.mark.parametrize("name", JOINTS)
def test_points_at_joints_are_certified(name: str) -> None:
    data = written(name)
    jsonschema.validate(data, schema("certificate"))
    claims = {claim["claim"]: claim for claim in data["claims"]}
    kind = claims.get("kind", {})
    least = claims["global minimum"]["answer"]
    assert (kind.get("kind"), kind.get("by"), least) == AT_JOINTS[name]
    assert set(outcomes(data).values()) == {"holds"}
    assert kind or claims["not critical"].keys() == {"claim", "falling", "rising"}


@pytest.mark.parametrize("name", TIED)
def test_networks_with_shared_or_frozen_parameters_are_certified(name: str) -> None:
    data = written(name)
    jsonschema.validate(data, schema("certificate"))
    assert {"shared", "frozen"} & data["problem"].keys()
    assert set(outcomes(data).values()) == {"holds"}
    (kind,) = [claim["kind"] for claim in data["claims"] if claim["claim"] == "kind"]
    assert kind == "strict local minimum"


@pytest.mark.parametrize("name", RAYS)
def test_the_infimum_along_a_ray_of_the_last_layer_is_certified(name: str) -> None:
    data = written(name)
    jsonschema.validate(data, schema("certificate"))
    assert outcomes(data)["infimum"] == "holds"


def test_layers_without_biases_are_frozen_ones_in_a_certificate() -> None:
    data = copy.deepcopy(TIED["frozen below"])
    data.update(bias=[False, True], frozen=[], shared={})
    data["parameters"]["biases"] = [[], ["0"]]
    problem = problem_from_data(data)
    found = certificate(problem, classify_problem(problem))
    assert found["problem"]["bias"] is True
    assert found["problem"]["frozen"] == ["b1_1"]
    assert set(outcomes(found).values()) == {"holds"}


def test_rough_digits_at_a_joint_give_a_certificate_of_nothing() -> None:
    data = {
        "widths": [1, 2, 1], "activation": "relu", "near": True, "frozen": ["W1_11", "b1_1"],
        "samples": {"inputs": [["1"], ["2"], ["3"]], "targets": [["1"], ["2"], ["4"]]},
        "parameters": {
            "weights": [[["1"], ["1/2"]], [["1", "1"]]], "biases": [["0", "-1"], ["0"]]},
    }  # fmt: skip
    problem = problem_from_data(data)
    found = certificate(problem, classify_problem(problem))
    assert [claim["claim"] for claim in found["claims"]] == ["none near"]
    assert "not covered" in found["claims"][0]


def test_joints_of_later_layers_and_many_cones_are_beyond_the_verifier() -> None:
    data = copy.deepcopy(written("joints of two layers"))
    field = {"W1_11": {"1": "1"}}
    kind = {"claim": "kind", "kind": "non-strict local minimum"}
    level = {**kind, "by": "level", "sides": [1], "field": field}
    data["problem"]["samples"]["targets"] = [["0"], ["0"]]
    assert "cones that bend" in refusal({**data, "claims": [level]})
    data["problem"].update(widths=[1, 8, 1])
    data["problem"]["parameters"]["weights"] = [[["0"]] * 8, [["0"] * 8]]
    cones = {**kind, "by": "cones", "multipliers": [], "cones": [[]] * 256}
    assert "more than 64 cones" in refusal({**data, "claims": [cones]})


def test_no_minimum_at_a_joint_has_a_lower_loss_nearby() -> None:
    """Points where many units lie at joints: what the verifier accepts is tried on nearby points.

    The witnesses are written for every kind, whatever `classify` says.
    """
    source, held = random.Random(5), Counter[str]()
    for _ in range(120):
        problem = _at_joints(source)
        data = {"schema": verifier.SCHEMA, "version": "1", "located": None}
        checker = verifier.opened({**data, "problem": stated(problem)})
        try:
            kinks = Kinks(checker, problem.surface.network)
            cones = kinks.cones()
        except (verifier.FailsError, verifier.BeyondError):
            continue
        witness = {"by": "cones", "multipliers": kinks.multipliers, "cones": cones}
        for kind in ("strict local minimum", "non-strict local minimum"):
            claim = {"claim": "kind", "kind": kind, **witness}
            if verifier.checked(checker, claim).outcome == "holds":
                held[kind] += 1
                _need_least_nearby(checker, kind, source)
    assert min(held[kind] for kind in ("strict local minimum", "non-strict local minimum")) > 2


def _at_joints(source: random.Random) -> Problem:
    activation = source.choice(["relu", "max(t, t/10)", "abs(t)", "abs(t) - 1", "t + abs(t)/2"])
    weight, off = source.choice([-1, 0, 1, 2]), Fraction(source.choice([-1, 1, 3]), 2)
    output = -weight if activation == "abs(t) - 1" else 0
    data: Data = {
        "widths": [1, 1, 1], "activation": activation, "bias": False,
        "loss": source.choice(["sum", "sum", "max(a, -2*a)"]),
        "samples": {
            "inputs": [[source.randint(-2, 2)] for _ in range(2)],
            "targets": [[str(output + off)], [str(output - off)]]},
        "parameters": {"weights": [[[0]], [[weight]]]},
    }  # fmt: skip
    return problem_from_data(data)


def _need_least_nearby(checker: verifier.Checker, kind: str, source: random.Random) -> None:
    problem = checker.problem
    here = verifier.rational(problem.value(problem.point))
    for _ in range(40):
        step = [Fraction(source.choice([0, 0, *range(-9, 10)]), 5000) for _ in problem.names]
        there = [value + move for value, move in zip(problem.point, step, strict=True)]
        change = verifier.rational(problem.value(there)) - here
        assert change >= 0
        assert change or not any(step) or kind != "strict local minimum"


def test_rough_digits_with_decay_are_located_by_the_gradient_alone() -> None:
    data = copy.deepcopy(LOSSES["decay of two units"])
    data["parameters"] = {
        "weights": [[["1.1"], ["1.4"]], [["1", "1.25"]]],
        "biases": [["0.85", "-2.3"], ["0.5"]],
    }
    problem = problem_from_data(data)
    found = certificate(problem, classify_problem(problem))
    assert found["located"]["equations"] == "gradient"
    assert set(outcomes(found).values()) == {"holds"}


def test_a_claim_without_a_witness_says_what_the_verifier_lacks() -> None:
    problem = problem_from_data(copy.deepcopy(UNCOVERED))
    data = certificate(problem, classify_problem(problem))
    jsonschema.validate(data, schema("certificate"))
    (claim,) = [claim for claim in data["claims"] if "not covered" in claim]
    assert status(data) == 3
    assert claim["not covered"].startswith("the verifier: ")
    assert "; classify: " in claim["not covered"]


@pytest.mark.parametrize("name", LOSSES)
def test_other_losses_have_the_values_of_the_engine(name: str) -> None:
    surface = problem_from_data(copy.deepcopy(LOSSES[name])).surface
    problem = verifier.Problem({**written(name)["problem"], "near": False})
    source = random.Random(name)
    point = [Fraction(source.randint(-9, 9), 7) for _ in range(problem.size)]
    engine = surface.at(point, BallField(400))
    box = [Interval.of(value) for value in point]
    pairs = [(problem.value(box), engine.value.raw)]
    rows = zip(problem.gradient(box), engine.gradient.raw_rows(), strict=True)
    pairs += [(Interval.of(found), wanted[0]) for found, wanted in rows]
    hessian = problem.hessian(box, range(problem.size))
    for found_row, wanted_row in zip(hessian, engine.hessian.raw_rows(), strict=True):
        pairs += list(zip(found_row, wanted_row, strict=True))
    for found, wanted in pairs:
        low, high = (flint.arb(flint.fmpq(v, ONE)) for v in (found.low, found.high))
        assert not low > wanted
        assert not high < wanted
        assert found.high - found.low < 1 << 100


@pytest.mark.parametrize(
    ("name", "words"), [("weighted line", "weights of samples"), ("poisson line", "a likelihood")]
)
def test_other_losses_are_not_written_for_coq(name: str, words: str) -> None:
    with pytest.raises(ProblemError, match=words):
        coq_file(written(name))


# ---- units that are copies


@pytest.mark.parametrize(
    ("name", "inertia"),
    [
        ("split 1-2-1", [6, 0, 1]),
        ("split 1-2-1 sigmoid", [6, 0, 1]),
        ("split 1-2-1 upside down", [4, 2, 1]),
        ("split 1-2-1 by a negative share", [4, 2, 1]),
        ("split 1-2-1 by no share", [4, 0, 3]),
        pytest.param("split below two units", [11, 1, 1], marks=pytest.mark.slow),
        pytest.param("split 1-2-2-1", [10, 0, 3], marks=pytest.mark.slow),
        pytest.param("split 2-3-2-1", [15, 0, 5], marks=pytest.mark.slow),
    ],
)
def test_signs_of_a_split_point_are_those_of_its_whole_hessian(
    name: str, inertia: list[int]
) -> None:
    checker = verifier.opened(written(name))
    problem, merged = checker.problem, checker.merged
    assert merged is not None
    assert checker.critical
    whole = verifier.pivots(problem.hessian(checker.box, range(problem.size)))
    assert [*whole, merged.signs[2] if merged.signs else merged.dimension] == inertia
    assert merged.signs in (inertia, None)
    assert (merged.signs is None) is (name == "split below two units")


@pytest.mark.parametrize(
    ("name", "inertia"),
    [
        ("split 2-3-2-1", [15, 0, 5]),
        pytest.param("split 2-21-21-1", [107, 0, 440], marks=pytest.mark.slow),
    ],
)
def test_large_split_minima_are_certified(name: str, inertia: list[int]) -> None:
    data = written(name)
    jsonschema.validate(data, schema("certificate"))
    claims = {claim["claim"]: claim for claim in data["claims"]}
    assert claims["kind"]["kind"] == "non-strict local minimum"
    assert claims["inertia"]["inertia"] == inertia
    assert claims["global minimum"]["answer"] == "no"
    assert {"loss", "critical", "escape"} <= set(claims)
    assert set(outcomes(data).values()) == {"holds"}


@pytest.mark.parametrize("kind", ["kind", "not critical"])
def test_what_is_not_claimed_is_said(kind: str) -> None:
    name = "line_not_fitted" if kind == "not critical" else "line_fit"
    data = written(name)
    assert "not claimed" not in {line.outcome for line in verifier.verify(json.dumps(data))}
    fewer = [claim for claim in data["claims"] if claim["claim"] != kind]
    (line,) = verifier.verify(json.dumps({**data, "claims": fewer}))[len(fewer) :]
    assert line.outcome == "not claimed"


def test_rough_digits_get_more_digits_where_two_zeros_may_be_meant() -> None:
    given = exhibit("near_tanh").data["parameters"]["weights"][0][0][0]
    sharper = written("near_tanh")["problem"]["parameters"]["weights"][0][0][0]
    assert given != sharper
    assert abs(Fraction(given) - Fraction(sharper)) < Fraction(1, 1000)
    data = written("near_tanh")
    data["problem"]["parameters"] = dict(exhibit("near_tanh").data["parameters"])
    (line, *_) = verifier.verify(json.dumps(data))
    assert line.outcome == "not covered"
    assert "nearer to the given digits" in line.why


# ---- the verifier stands alone


def test_verifier_imports_the_standard_library_only() -> None:
    tree = ast.parse(FILE.read_text(encoding="utf-8"))
    modules = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules.add(node.module or "")
    assert {module.partition(".")[0] for module in modules} <= sys.stdlib_module_names
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not called & {"eval", "exec", "compile", "__import__", "float"}
    assert not any(
        isinstance(node, ast.Constant) and isinstance(node.value, float) for node in ast.walk(tree)
    )


@pytest.mark.parametrize(("name", "code"), [("tanh_flat_unit", 0), ("rank_one_best", 0)])
def test_verifier_runs_alone_in_an_empty_environment(tmp_path: Path, name: str, code: int) -> None:
    file = tmp_path / "certificate.json"
    file.write_text(json.dumps(written(name)))
    command = [sys.executable, "-I", "-S", str(FILE), str(file)]
    found = subprocess.run(
        command, capture_output=True, text=True, env={}, cwd=tmp_path, check=False
    )
    assert found.returncode == code
    assert not found.stderr
    assert found.stdout.splitlines() == [str(line) for line in verifier.verify_file(str(file))]


# ---- numbers


def ends(value: Interval) -> tuple[mpmath.mpf, mpmath.mpf]:
    return mpmath.mpf(value.low) / ONE, mpmath.mpf(value.high) / ONE


@pytest.mark.parametrize("name", ["exp", "log", "atan", "sqrt", "tanh", "inverse"])
def test_interval_functions_contain_the_values_of_mpmath(name: str) -> None:
    source = random.Random(name)
    function = {"inverse": lambda x: 1 / x}.get(name) or getattr(mpmath, name)
    with mpmath.workprec(4 * BITS):
        for _ in range(60):
            size = Fraction(source.randint(1, 10**6), source.randint(1, 10**6))
            value = size if name in {"log", "sqrt"} else size * source.choice((1, -1))
            value = max(min(value, Fraction(900)), Fraction(-900))
            low, high = ends(getattr(Interval.of(value), name)())
            exact = function(mpmath.mpf(value.numerator) / value.denominator)
            assert low <= exact <= high
            assert high - low <= (abs(exact) ** 2 + 1) * mpmath.mpf(2) ** (40 - BITS)


@pytest.mark.parametrize("name", ["exp", "log", "atan", "sqrt", "tanh", "inverse"])
def test_interval_functions_contain_the_image_of_wide_intervals(name: str) -> None:
    source = random.Random(name)
    function = {"inverse": lambda x: 1 / x}.get(name) or getattr(mpmath, name)
    with mpmath.workprec(2 * BITS):
        for _ in range(20):
            middle, radius = Fraction(source.randint(2, 50)), Fraction(source.randint(1, 64), 64)
            low, high = ends(getattr(Interval.of(middle).widened(radius), name)())
            for share in (-1, -Fraction(1, 3), 0, 1):
                x = middle + share * radius
                assert low <= function(mpmath.mpf(x.numerator) / x.denominator) <= high


def test_interval_operations_contain_those_of_fractions() -> None:
    source = random.Random(1)
    for _ in range(200):
        a, b = (Fraction(source.randint(-99, 99), source.randint(1, 99)) for _ in range(2))
        pairs = [(Interval.of(a) + b, a + b), (Interval.of(a) - Interval.of(b), a - b)]
        pairs += [(Interval.of(a) * Interval.of(b), a * b), (Interval.of(a) * b, a * b)]
        pairs += [(Interval.of(a) ** 3, a**3), (1 - Interval.of(a), 1 - a)]
        pairs += [(Interval.of(a) / Interval.of(b), a / b)] if b else []
        for found, value in pairs:
            assert Fraction(found.low, ONE) <= value <= Fraction(found.high, ONE)


def test_interval_of_large_or_forbidden_arguments_should_fail() -> None:
    for name, value in (("exp", 10**6), ("log", 0), ("log", -1), ("sqrt", -1), ("inverse", 0)):
        with pytest.raises(verifier.BeyondError):
            getattr(Interval.of(Fraction(value)), name)()
    low = Interval.of(Fraction(-(10**9))).exp()
    assert (low.low, low.high) == (0, 1)


def number(text: str, ring: Ring) -> Exact:
    return ring.number(verifier.formula(text, "", ring)(None))


@pytest.mark.parametrize(
    "text",
    [
        "sqrt(2)**2 - 2",
        "sqrt(8)*sqrt(8) - 8",
        "sqrt(1/2)*sqrt(2)*sqrt(1/2)*sqrt(2) - 1",
        "exp(1)*exp(-1) - 1",
        "exp(1/2)**2 - exp(1)",
        "1/(1 + exp(-1)) + 1/(1 + exp(1)) - 1",
        "tanh(1/3) + tanh(-1/3)",
        "tanh(1) - (exp(2) - 1)/(exp(2) + 1)",
        "exp(log(3)) - 3",
        "exp(-2*log(3)) - 1/9",
        "atan(1) + atan(-1)",
        "(1 - tanh(2)**2)*(1 + exp(4))**2 - 4*exp(4)",
        "log(1)",
    ],
)
def test_exact_zeros_are_seen(text: str) -> None:
    assert verifier.vanishes([number(text, Ring())])


@pytest.mark.parametrize(
    "text", ["sqrt(2)*sqrt(3) - sqrt(6)", "log(4) - 2*log(2)", "4*atan(1) - 355/113", "exp(1) - 2"]
)
def test_other_numbers_are_not_called_zero(text: str) -> None:
    value = number(text, Ring())
    assert not verifier.vanishes([value])
    assert value.sign() in (None, 1, -1)


def test_exact_numbers_lie_in_their_enclosures() -> None:
    source = random.Random(5)
    with mpmath.workprec(2 * BITS):
        for _ in range(40):
            a, b = (Fraction(source.randint(1, 9), source.randint(1, 9)) for _ in range(2))
            x, y = (mpmath.mpf(v.numerator) / v.denominator for v in (a, b))
            for text, wanted in (
                ("exp({a})/(2 + exp({b}))", mpmath.exp(x) / (2 + mpmath.exp(y))),
                ("tanh({a})*sqrt({b})", mpmath.tanh(x) * mpmath.sqrt(y)),
                ("log(1 + exp({a})) - atan({b})", mpmath.log(1 + mpmath.exp(x)) - mpmath.atan(y)),
            ):
                low, high = ends(number(text.format(a=a, b=b), Ring()).enclose())
                assert low <= wanted <= high


@pytest.mark.parametrize(
    "text", ["exp(t)", "tanh(t)", "log(1 + t)", "atan(t)", "sqrt(1 + t)", "1/(2 - t)"]
)
def test_series_have_the_taylor_coefficients_of_sympy(text: str) -> None:
    import sympy

    argument = Series([Ring().number(v) for v in (0, 1, Fraction(-1, 2), 0, 3)])
    found = verifier.formula(text, "t")(argument)
    t = sympy.Symbol("t")
    wanted = sympy.series(sympy.sympify(text).subs(t, t - t**2 / 2 + 3 * t**4), t, 0, 5).removeO()
    coefficients = [sympy.Rational(str(value.rational)) for value in found.c]
    assert coefficients == [wanted.coeff(t, k) for k in range(5)]


def test_pivots_count_signs_as_the_engine_does() -> None:
    from symbolic_landscape.arithmetic import QQ

    source = random.Random(3)
    for _ in range(30):
        size = source.randint(1, 5)
        rows = [[source.choice((0, 0, 1, -2, 3)) for _ in range(size)] for _ in range(size)]
        symmetric = [[rows[i][j] + rows[j][i] for j in range(size)] for i in range(size)]
        intervals = [[Interval.of(Fraction(v)) for v in row] for row in symmetric]
        positive, negative, zero = QQ.matrix(symmetric).inertia()
        found = verifier.pivots(intervals)
        assert found[0] <= positive
        assert found[1] <= negative
        if not zero:
            assert found == (positive, negative)


# ---- the verifier and the engine compute the same loss, gradient and Hessian

NETS = [
    ((1, 2, 1), "tanh", "linear", "sum", True),
    ((2, 2, 2), "sigmoid", "linear", "mean", True),
    ((1, 1, 2, 1), "softplus", "tanh", "half", True),
    ((1, 2, 1), "arctan", "linear", "cauchy(2)", False),
    ((2, 1, 1), "algebraic", "linear", "pseudo_huber(1/2)", True),
    ((1, 2, 1), "cubic", "square", "sum", False),
    ((1, 2, 1), "relu", "linear", "sum", True),
    ((1, 2, 1), "smoolu", "linear", "blake_zisserman(1/2)", True),
    ((1, 1, 1), "tanh(t**3) - t/2", "t + t**5", "a**4 + a**2", True),
    ((1, 1, 1), "exp(-t)/(1 + t**2)", "linear", "corrupted_gaussian(1/3, 2)", True),
    ((1, 2, 1), "linear", "sigmoid", "sum", False),
]


@pytest.mark.parametrize(("widths", "hidden", "output", "loss", "bias"), NETS)
def test_loss_gradient_and_hessian_agree_with_the_engine(
    widths: tuple[int, ...], hidden: str, output: str, loss: str, bias: bool
) -> None:
    source = random.Random(hidden + output)

    def some() -> Fraction:
        return Fraction(source.randint(-9, 9), 7) + Fraction(1, 11)

    network = Network(widths, hidden, output, bias)
    inputs = [[some() for _ in range(widths[0])] for _ in range(3)]
    targets = [[some() for _ in range(widths[-1])] for _ in range(3)]
    point = [some() for _ in range(network.parameter_count)]
    parameters = network.parameters(point)
    surface = smooth_near(network.loss(Samples(inputs, targets), loss), parameters)
    engine = surface.at(point, BallField(400))
    data = {
        "widths": list(widths),
        "activation": network.activation.canonical(),
        "output_activation": network.output_activation.canonical(),
        "loss": loss,
        "bias": bias,
        "samples": {
            "inputs": [[str(v) for v in row] for row in inputs],
            "targets": [[str(v) for v in row] for row in targets],
        },
        "parameters": {
            "weights": [[list(map(str, row)) for row in w.tolist()] for w in parameters.weights],
            "biases": [[str(row[0]) for row in b.tolist()] for b in parameters.biases],
        },
    }
    problem = verifier.Problem(data)
    assert problem.names == list(network.parameter_names)
    box = [value.enclose() for value in problem.point]
    pairs = [(problem.value(box), engine.value.raw)]
    rows = zip(problem.gradient(box), engine.gradient.raw_rows(), strict=True)
    pairs += [(Interval.of(found), wanted[0]) for found, wanted in rows]
    for found_row, wanted_row in zip(
        problem.hessian(box, range(problem.size)), engine.hessian.raw_rows(), strict=True
    ):
        pairs += list(zip(found_row, wanted_row, strict=True))
    for found, wanted in pairs:
        low, high = (flint.arb(flint.fmpq(v, ONE)) for v in (found.low, found.high))
        assert not low > wanted
        assert not high < wanted
        assert found.high - found.low < ONE >> 200


# ---- forged certificates


def _claim(data: Any, name: str) -> Any:
    return next(claim for claim in data["claims"] if claim["claim"] == name)


def _set(name: str, key: str, value: Any) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        _claim(data, name)[key] = value

    return change


def _target(data: Any) -> None:
    data["problem"]["samples"]["targets"][0][0] = "17/3"


def _weight(data: Any) -> None:
    data["problem"]["parameters"]["weights"][0][0][0] = "17/3"


def _located(key: str, value: Any) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        data["located"][key] = value

    return change


def _shifted(data: Any) -> None:
    data["located"]["centre"][0] = str(Fraction(data["located"]["centre"][0]) + Fraction(1, 1000))


FORGED: list[tuple[str, Callable[[Any], None], int]] = [
    ("line_fit", _target, 1),
    ("line_fit", _weight, 1),
    ("line_fit", _set("loss", "upper", "1/7"), 1),
    ("line_fit", _set("loss", "lower", "1"), 1),
    ("line_fit", _set("global minimum", "answer", "no"), 1),
    ("line_fit", _set("inertia", "inertia", [1, 1, 0]), 2),
    ("line_fit", _set("inertia", "inertia", [2, 0, 1]), 1),
    ("line_fit", _set("eigenvalues", "at least", "3"), 1),
    ("line_fit", _set("eigenvalues", "at least", "-3"), 1),
    ("line_fit", _set("eigenvalues", "of", "minus the Hessian"), 1),
    ("line_not_fitted", _set("not critical", "parameter", "b9_9"), 2),
    ("line_not_fitted", _set("global minimum", "point", ["0", "0"]), 1),
    ("cubic_spurious", _set("global minimum", "answer", "yes"), 1),
    ("cubic_spurious", _set("global minimum", "by", "bound"), 1),
    ("two_layer_origin", _set("kind", "falling", [["1", "-1"]]), 1),
    ("two_layer_origin", _set("kind", "rising", [["1", "1"]]), 1),
    ("two_layer_origin", _set("kind", "falling", []), 2),
    ("three_layer_origin", _set("kind", "falling", [["1", "0", "0"]]), 1),
    ("three_layer_origin", _set("kind", "null", []), 1),
    ("three_layer_origin", _set("kind", "kind", "strict saddle"), 2),
    ("split_inside", _set("kind", "flat", [["1", "0", "0", "0"]]), 1),
    ("split_inside", _set("kind", "flat", []), 1),
    ("split_inside", _set("kind", "flat", [["0", "0", "0", "0"]]), 1),
    ("square_trough", _set("kind", "kind", "strict local minimum"), 1),
    ("rank_one_best", _set("kind", "fields", [{"W1_11": {"1": "1"}}]), 1),
    ("rank_one_best", _set("kind", "fields", []), 1),
    ("tanh_flat_unit", _target, 1),
    ("tanh_even_targets", _target, 1),
    ("quartic_bowl", _set("kind", "curve", [["-1"]]), 1),
    ("quartic_bowl", _set("kind", "by", "definite"), 2),
    ("near_tanh", _shifted, 1),
    ("near_tanh", _located("radius", "1"), 1),
    ("near_tanh", _located("radius", "-1"), 2),
    ("near_tanh", _located("radius", "0"), 2),
    ("near_tanh", _located("free", ["W1_11"]), 1),
    ("near_tanh", _located("free", ["W1_11", "W1_11"]), 2),
    ("near_tanh", _located("equations", "fit"), 1),
    ("near_tanh", _located("equations", "none"), 2),
    ("near_tanh", _weight, 1),
    ("near_tanh", _target, 1),
    ("near_relu", _located("fields", []), 1),
    ("near_relu", _located("fields", [{"W1_11": {"1": "1"}}]), 1),
    ("near_relu", _located("fields", [{"W1_11": {"W1_11": "exp(1)"}}]), 1),
    ("near_fit", _target, 1),
    ("near_fit", _located("equations", "gradient"), 1),
    ("tanh_deep_origin", _set("kind", "rising", [["0", "0", "0"]]), 1),
]


@pytest.mark.parametrize(("name", "change", "code"), FORGED)
def test_forged_certificate_should_fail(
    name: str, change: Callable[[Any], None], code: int, tmp_path: Path
) -> None:
    data = copy.deepcopy(written(name))
    change(data)
    file = tmp_path / "forged.json"
    file.write_text(json.dumps(data))
    assert verifier.main([str(file)]) == code


def _with(**changes: Any) -> Any:
    return {**written("line_fit"), **changes}


def _problem(**changes: Any) -> Any:
    return _with(problem={**written("line_fit")["problem"], **changes})


def _deep(depth: int) -> Any:
    value: Any = "1"
    for _ in range(depth):
        value = [value]
    return value


LARGE = "*".join(f"3**{900 + k}/7**{900 + k}" for k in range(99))
"""A fraction with 250 000 bits, in few characters."""
POWERS = "(((1/(1 + sqrt(2)))**1000)**1000)**1000"
BAD = {
    "empty": "",
    "no JSON": "certificate",
    "list": "[]",
    "nested": "[" * 100_000,
    "NaN": json.dumps(_with(located=float("nan"))),
    "infinity": '{"schema": Infinity}',
    "float": '{"schema": 1.5}',
    "many digits": '{"schema": ' + "9" * 5_000 + "}",
    "twice": '{"schema": "a", "schema": "b"}',
    "other schema": json.dumps(_with(schema="lemma-check/certificate/2")),
    "no claims": json.dumps(_with(claims=[])),
    "many claims": json.dumps(_with(claims=[{"claim": "critical"}] * 13)),
    "strange claim": json.dumps(_with(claims=[{"claim": "theorem"}])),
    "eigenvalues three times": json.dumps(
        _with(claims=[{"claim": "eigenvalues", "of": "the Hessian"}] * 3)
    ),
    "more fields than parameters": json.dumps(
        _with(
            claims=[
                {
                    "claim": "kind",
                    "kind": "maximum",
                    "by": "manifold",
                    "flat": [],
                    "fields": [{}] * 3,
                }
            ]
        )
    ),
    "large fraction": json.dumps(_problem(samples={"inputs": [[LARGE]], "targets": [["1"]]})),
    "high power of a denominator": json.dumps(
        _problem(samples={"inputs": [[f"0 + {POWERS}"]], "targets": [["1"]]})
    ),
    "claim without a name": json.dumps(_with(claims=[{}])),
    "claim that is a list": json.dumps(_with(claims=[["claim"]])),
    "claim without its witness": json.dumps(_with(claims=[{"claim": "loss"}])),
    "kind that is a number": json.dumps(_with(claims=[{"claim": "kind", "kind": 1, "by": "x"}])),
    "no problem": json.dumps({k: v for k, v in written("line_fit").items() if k != "problem"}),
    "located list": json.dumps(_with(located=[])),
    "located, not near": json.dumps(_with(located=written("near_tanh")["located"])),
    "huge widths": json.dumps(_problem(widths=[10**9, 1])),
    "many parameters": json.dumps(_problem(widths=[1000, 1000, 1])),
    "widths true": json.dumps(_problem(widths=[True, True])),
    "deep widths": json.dumps(_problem(widths=_deep(500))),
    "code": json.dumps(_problem(activation="__import__('os').system('true')")),
    "attribute": json.dumps(_problem(activation="t.real")),
    "lambda": json.dumps(_problem(activation="lambda t: t")),
    "comparison": json.dumps(_problem(activation="t if t else exp(t)")),
    "string inside": json.dumps(_problem(activation="exp('t')")),
    "many brackets": json.dumps(_problem(activation="(" * 1900 + "t" + ")" * 1900)),
    "many signs": json.dumps(_problem(activation="-" * 3900 + "t")),
    "tower": json.dumps(_problem(activation="t**9**9**9")),
    "variable exponent": json.dumps(_problem(activation="2**t")),
    "long formula": json.dumps(_problem(activation="t" + "+t" * 3000)),
    "loss parameters": json.dumps(_problem(loss="cauchy(1, 2)")),
    "division by zero": json.dumps(_problem(samples={"inputs": [["1/0"]], "targets": [["1"]]})),
    "root of -1": json.dumps(_problem(samples={"inputs": [["sqrt(-1)"]], "targets": [["1"]]})),
    "numbers in words": json.dumps(_problem(samples={"inputs": [["one"]], "targets": [["1"]]})),
    "no samples": json.dumps(_problem(samples={"inputs": [], "targets": []})),
    "ragged": json.dumps(
        _problem(samples={"inputs": [["1"], ["1", "2"]], "targets": [["1"], ["2"]]})
    ),
    "too many samples": json.dumps(
        _problem(samples={"inputs": [["1"]] * 20_000, "targets": [["1"]] * 20_000})
    ),
    "wrong shape": json.dumps(_problem(parameters={"weights": [[["1", "2"]]], "biases": [["0"]]})),
    "no biases": json.dumps(_problem(parameters={"weights": [[["1"]]]})),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_refused_in_one_sentence(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bad.json"
    file.write_text(BAD[name])
    assert verifier.main([str(file)]) == 2
    shown = capsys.readouterr()
    assert not shown.out
    assert shown.err.startswith(str(file))
    assert len(shown.err.splitlines()) == 1


HEAVY = {
    "tower of squares": {"activation": "((t**1000)**1000)**1000"},
    "tower of constants": {"loss": "((9**999)**999)**999*a"},
    "large constant": {"output_activation": f"t + {LARGE}"},
    "large exponential": {"activation": "exp(t*1000000000)"},
    "division by the variable": {"output_activation": "1/(t - t)"},
    "logarithm of nothing": {"output_activation": "log(t - t)"},
    "joint": {"output_activation": "relu", "parameters": {"weights": [[["0"]]], "biases": [["0"]]}},
    "constant function": {"output_activation": "exp(1)*t"},
}


@pytest.mark.parametrize("name", HEAVY)
def test_what_is_beyond_the_verifier_is_not_covered(name: str) -> None:
    data = _problem(widths=[1, 1, 1], **HEAVY[name])
    if "parameters" not in HEAVY[name]:
        data["problem"]["parameters"] = {"weights": [[["3"]], [["2"]]], "biases": [["1"], ["1"]]}
    else:
        data["problem"]["widths"] = [1, 1]
    data["claims"] = [{"claim": "critical"}, {"claim": "kind", "kind": "maximum", "by": "definite"}]
    assert set(outcomes(data).values()) <= {"not covered", "fails"}


ODDITIES: tuple[Any, ...] = (
    *("0", "-1", "1/2", "exp(1)", "log(2)", "-sqrt(2)", "1/0", "nan", "1e5", "9" * 900, "t", ""),
    *(None, True, 0, 1, -1, 10**30, [], {}, [[]], "relu", "tanh", "square", "exp(t)", "mean"),
    *("maximum", "saddle", "yes", "no", "bound", "definite", "manifold", "curves", "W1_11", "fit"),
)


def _places(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to each part of nested lists and objects."""
    keys = (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    inside = [place for key in keys for place in _places(value[key], (*before, key))]
    return [before, *inside] if before else inside


@pytest.mark.parametrize("name", ["split_inside", "softplus_at_zero"])
def test_random_changes_end_in_an_answer(name: str) -> None:
    source = random.Random(name)
    found = set()
    for _ in range(40):
        data = written(name)
        *way, last = source.choice(_places(data))
        part = data
        for key in way:
            part = part[key]
        if source.random() < 0.8:
            part[last] = source.choice(ODDITIES)
        else:
            del part[last]
        try:
            found.add(status(data))
        except verifier.BadFileError:
            found.add(2)
    assert {1, 2} <= found


def test_none_near_is_not_shown_by_a_box_smaller_than_near() -> None:
    # the gradient is 0 at 0, a thousandth from the digits
    data = {
        "widths": [1, 1, 1],
        "activation": "tanh",
        "bias": False,
        "near": True,
        "samples": {"inputs": [["1"]], "targets": [["1"]]},
        "parameters": {"weights": [[["1/1000"]], [["1/1000"]]]},
    }
    found = {"schema": verifier.SCHEMA, "version": "0.1.0", "problem": data, "located": None}
    for within, why in (("1/4096", "count as near"), ("1/16", "was not shown to change")):
        claim = {"claim": "none near", "within": within, "field": {"W1_11": {"1": "1"}}}
        checker = verifier.opened({**found, "claims": [claim]})
        line = verifier.checked(checker, claim)
        assert line.outcome == "fails"
        assert why in line.why


def test_none_near_is_claimed_of_the_box_of_all_near_points() -> None:
    data = {
        "widths": [2, 1],
        "activation": "linear",
        "bias": False,
        "loss": "log(1+exp(-a))",
        "near": True,
        "samples": {"inputs": [["-1", "-1"], ["3", "1"]], "targets": [["0"], ["0"]]},
        "parameters": {"weights": [[["10", "-25"]]]},
    }
    problem = problem_from_data(data)
    found = certificate(problem, classify_problem(problem))
    assert [claim["within"] for claim in found["claims"]] == ["1/16"]
    assert verifier.status(verifier.verify(json.dumps(found))) == 0


@pytest.mark.slow
def test_none_near_is_shown_in_parts_of_the_box() -> None:
    data = {
        **LOSSES["decay of two units"],
        "parameters": {"weights": [[["1"], ["1/2"]], [["1", "1"]]], "biases": [["0", "0"], ["0"]]},
    }
    problem = problem_from_data(copy.deepcopy(data))
    found = certificate(problem, classify_problem(problem))
    assert found["claims"] == [{"claim": "none near", "within": "1/16"}]
    jsonschema.validate(found, schema("certificate"))
    assert status(found) == 0
    wider = {**found, "claims": [{"claim": "none near", "within": "2"}]}  # one is in there
    assert status(wider) in (1, 3)


def test_enclosures_of_series_in_wide_intervals_hold_all_derivatives() -> None:
    source = random.Random(8)
    with mpmath.workprec(2 * BITS):
        for name in ("tanh", "sigmoid", "softplus"):
            function = {
                "tanh": mpmath.tanh,
                "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)),
                "softplus": lambda x: mpmath.log(1 + mpmath.exp(x)),
            }[name]
            for _ in range(8):
                middle = Fraction(source.randint(-40, 40), 7)
                radius = Fraction(source.randint(1, 32), 32)
                box = Interval.of(middle).widened(radius)
                slope, bend = Interval.of(Fraction(2)), Interval.of(Fraction(-1, 3))
                found = getattr(Series([box, slope, bend, Interval.of(Fraction(0))]), name)()
                for share in (-1, Fraction(1, 5), 1):
                    at = middle + share * radius
                    x = mpmath.mpf(at.numerator) / at.denominator
                    wanted = mpmath.taylor(lambda t, f=function, x=x: f(x + 2 * t - t**2 / 3), 0, 3)
                    for value, exact in zip(found.c, wanted, strict=True):
                        low, high = ends(Interval.of(value))
                        slack = mpmath.mpf(10) ** -30
                        assert low - slack <= exact <= high + slack


def test_convexity_is_not_claimed_of_linear_networks_without_full_rank() -> None:
    data = written("two_layer_origin")
    claim = {"claim": "global minimum", "answer": "yes", "by": "bound"}
    assert status({**data, "claims": [claim]}) == 1
    kind = {"claim": "kind", "kind": "non-strict local minimum", "by": "bound"}
    assert status({**data, "claims": [kind]}) == 1


def test_zero_residuals_are_least_for_losses_that_are_least_there() -> None:
    claim = {"claim": "global minimum", "answer": "yes", "by": "bound"}
    for loss, code in (("sum", 0), ("cauchy(2)", 0), ("pseudo_huber(1)", 0), ("a**3 - a", 3)):
        problem = {**written("two_layer_valley")["problem"], "loss": loss}
        assert status({**_with(problem=problem), "claims": [claim]}) == code


def test_claims_cannot_write_to_the_terminal() -> None:
    claim = {"claim": "kind", "kind": "\x1b[2J\n", "not covered": "\x1b]0;\u4e2d\x07\r\n"}
    (line,) = verifier.verify(json.dumps(_with(claims=[claim])))
    assert str(line).isprintable()
    assert str(line).isascii()


@pytest.mark.parametrize(("more", "code"), [({}, 1), ({"\u4e2d": 1}, 2)])
def test_answer_needs_no_unicode_terminal(tmp_path: Path, more: dict[str, int], code: int) -> None:
    file = tmp_path / "certificate.json"
    claim = {"claim": "kind", "kind": "\u4e2d", "by": "\u4e2d"}
    file.write_text(json.dumps({**_with(claims=[claim]), **more}))
    command = [sys.executable, "-X", "utf8=0", "-I", str(FILE), str(file)]
    found = subprocess.run(command, capture_output=True, env={"LC_ALL": "C"}, check=False)
    assert found.returncode == code
    assert b"Traceback" not in found.stderr


def test_vectors_with_places_of_their_own_are_independent() -> None:
    source = random.Random(4)
    for size in (1, 3, 8):
        rows = [[Fraction(source.choice((0, 0, 0, 1, -2))) for _ in range(size)] for _ in range(4)]
        places = verifier.private_places(rows)
        rank = flint.fmpq_mat([[flint.fmpq(v.numerator) for v in row] for row in rows]).rank()
        assert places is None or rank == len(rows) == len(set(places))
    triangle = [[Fraction(j >= i) for j in range(300)] for i in range(300)]
    assert verifier.private_places(triangle) == list(range(300))
    assert verifier.independent(triangle)
    assert verifier.private_places([*triangle, triangle[5]]) is None


def test_large_matrices_are_beyond_the_verifier() -> None:
    rows = [[Fraction(1 + (i == j)) for j in range(150)] for i in range(150)]
    for certain in (verifier.independent, verifier.inverse):
        with pytest.raises(verifier.BeyondError, match="too large"):
            certain(rows)
    linear = {"widths": [1, 150], "bias": False, "parameters": {"weights": [[["0"]] * 150]}}
    data = _problem(**linear, samples={"inputs": [["1"]], "targets": [["0"] * 150]})
    claim = {"claim": "global minimum", "answer": "yes", "by": "bound"}
    assert status({**data, "claims": [claim]}) == 0


def test_what_is_not_shown_is_tried_once_for_all_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    def fails(checker: verifier.Checker) -> str:
        tries.append(checker)
        raise verifier.FailsError

    monkeypatch.setattr(verifier.Checker, "_zero_in_box", fails)
    assert set(outcomes(written("near_tanh")).values()) == {"fails"}
    assert len(tries) == 1


def test_verifier_needs_one_readable_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verifier.main([]) == verifier.main([str(tmp_path / "missing")]) == 2
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    assert verifier.main([str(tmp_path / "bytes")]) == verifier.main([str(tmp_path)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 4


# ---- the commands


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.mark.parametrize(
    ("name", "classified", "verified"),
    [("tanh_flat_unit", 0, 0), ("rank_one_best", 0, 0), ("relu_joint", 0, 0)],
)
def test_commands_write_and_verify(
    tmp_path: Path, name: str, classified: int, verified: int
) -> None:
    problem, file = tmp_path / "problem.json", tmp_path / "certificate.json"
    problem.write_text(json.dumps(exhibit(name).data))
    first = invoke("classify", problem, "--certificate", file)
    assert first.exit_code == classified
    said = str(classify_problem(exhibit(name).problem()))
    assert first.stdout.split() == said.split()  # a terminal has lines of its width
    (sentence,) = first.stderr.splitlines()
    assert f"wrote {file}" in sentence
    assert ("not covered: none" in sentence) == (verified == 0)
    assert json.loads(file.read_text()) == written(name)
    second = invoke("verify", file)
    assert second.exit_code == verified
    assert not second.stderr
    assert second.stdout == "".join(f"{line}\n" for line in verifier.verify_file(str(file)))
    assert sorted(path.name for path in tmp_path.iterdir()) == [file.name, problem.name]


@pytest.mark.parametrize("text", ["", "[1]", '{"widths": [1, 1]}'])
def test_bad_problem_leaves_an_existing_file_untouched(tmp_path: Path, text: str) -> None:
    problem, file = tmp_path / "problem.json", tmp_path / "certificate.json"
    problem.write_text(text)
    file.write_text("precious")
    found = invoke("classify", problem, "--certificate", file)
    assert found.exit_code == 2
    assert len(found.stderr.splitlines()) == 1
    assert file.read_text() == "precious"


def test_certificate_needs_a_place(tmp_path: Path) -> None:
    problem = tmp_path / "problem.json"
    problem.write_text(json.dumps(exhibit("line_fit").data))
    for place in (tmp_path, tmp_path / "no" / "file.json"):
        found = invoke("classify", problem, "--certificate", place)
        assert found.exit_code == 2
        assert not found.stdout
        assert "--certificate needs" in found.stderr


@pytest.mark.parametrize("name", ["empty", "nested", "code"])
def test_verify_refuses_a_bad_file_in_one_sentence(tmp_path: Path, name: str) -> None:
    file = tmp_path / "bad.json"
    file.write_text(BAD[name])
    found = invoke("verify", file)
    assert found.exit_code == 2
    assert not found.stdout
    assert len(found.stderr.splitlines()) == 1


def test_help_of_verify_says_what_is_checked() -> None:
    text = " ".join(invoke("verify", "--help").stdout.split())
    assert "Example: lemma-check verify" in text
    assert "is never run" in text
    assert "3 one is not covered" in text


def test_problem_that_the_verifier_does_not_read_gives_no_certificate() -> None:
    data = copy.deepcopy(dict(exhibit("line_fit").data))
    data["samples"]["targets"][0][0] = "9" * 1_990
    problem = problem_from_data(data)
    with pytest.raises(ProblemError, match="no certificate is written"):
        certificate(problem, classify_problem(problem))


# ---- hostile files ------------------------------------------------------------------------------
LINE = {
    "widths": [1, 1],
    "activation": "linear",
    "samples": {"inputs": [["1"], ["2"]], "targets": [["2"], ["3"]]},
}
YES = {"claim": "global minimum", "answer": "yes", "by": "bound"}


def test_a_parameter_frozen_at_the_number_of_its_place_is_frozen() -> None:
    point = {"weights": [[["1"]]], "biases": [["1"]]}
    tied = {**LINE, "frozen": ["b1_1"], "parameters": point}
    problem = problem_from_data({"schema": "lemma-check/problem/2", **tied})
    found = certificate(problem, classify_problem(problem))
    assert verifier.status(verifier.verify(json.dumps(found))) == 0
    assert not verifier.Problem(found["problem"]).is_plain


def test_pieces_inside_pieces_end_in_an_answer() -> None:
    loss = {"loss": "piece(piece(-a-1, 0, -1), a-1, 1)", "bias": False}
    data = {"schema": verifier.SCHEMA, "version": "1", "claims": [YES]}
    data["problem"] = {**LINE, **loss, "parameters": {"weights": [[["1"]]]}}
    (line, *_) = verifier.verify(json.dumps(data))
    assert line.outcome == "not covered"

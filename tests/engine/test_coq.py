"""Certificates as files for Coq: what it computes is what the engine computes; lies are refused."""

from __future__ import annotations

import copy
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from forging import written
from typer.testing import CliRunner

from symbolic_landscape.certificate.coq import coq_file
from symbolic_landscape.certificate.writing import certificate
from symbolic_landscape.command import app
from symbolic_landscape.critical import classify_problem
from symbolic_landscape.critical.gallery import exhibit
from symbolic_landscape.critical.problem import problem_from_data
from symbolic_landscape.errors import ProblemError

RATIONAL = (
    "cubic_spurious", "four_layer_origin", "line_fit", "line_not_fitted", "nothing_to_learn",
    "quartic_bowl", "quintic_top", "rank_one_best", "rank_one_second", "relu_dead_unit",
    "relu_fitted_line", "split_inside", "split_outside", "square_origin", "square_output_floor",
    "square_output_top", "square_ridge", "square_trough", "three_layer_origin", "two_layer_origin",
    "two_layer_valley",
)  # fmt: skip
"""The problems of the gallery over the rational numbers."""
CLOSED = "Closed under the global context\n"

needs_coq = pytest.mark.skipif(shutil.which("coqc") is None, reason="coqc is not installed")


def accepted(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What coqc says of a file."""
    file = folder / "certificate.v"
    file.write_text(text, encoding="utf-8")
    command = ["coqc", "-q", file.name]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )


@needs_coq
@pytest.mark.slow
@pytest.mark.parametrize("name", RATIONAL)
def test_coq_accepts_a_rational_problem(tmp_path: Path, name: str) -> None:
    found = coq_file(written(name))
    assert "lists_fit" in found.theorems
    assert {"gradient_is_zero", "gradient_is_not_zero"} & set(found.theorems)
    run = accepted(found.text, tmp_path)
    assert run.returncode == 0, run.stderr
    assert run.stdout == CLOSED * len(found.theorems)


# ---- lies


def replaced(old: str, new: str) -> Callable[[str], str]:
    """A change of the only place, after the definitions, where a pattern stands."""

    def change(text: str) -> str:
        head, part, rest = text.partition("(* ======== Part 2: the problem")
        changed, count = re.subn(old, new, rest, count=1, flags=re.DOTALL)
        assert count == 1
        return head + part + changed

    return change


LIES = {
    "loss": ("two_layer_origin", r"(point == )[^.]*", r"\g<1>7"),
    "gradient at another point": ("split_inside", r"(list Q :=\s+\[)", r"\g<1>5; "),
    "weight": ("cubic_spurious", r"(list Q :=\s+\[)[^;\]]*", r"\g<1>(7 # 5)"),
    "sample left out": ("line_fit", r"samples := \[\s+\(.*?\);", "samples := ["),
    "target": ("line_fit", r"(\(\[[^]]*\], \[)[^]]*", r"\g<1>99"),
    "critical": ("line_not_fitted", r"~ (nth \d+ .*? == 0)", r"\g<1>"),
    "not critical": ("line_fit", r"Forall is_zero \(gradient this point\)",
                     "~ nth 0 (gradient this point) 0 == 0"),
    "inertia": ("split_outside", r"(has_inertia \(hessian this point\)) (\d) (\d)",
                r"\g<1> \g<3> \g<2>"),
    "definite": ("rank_one_best", r"(has_inertia \(hessian this point\)) \d+ \d+ \d+",
                 r"\g<1> 12 0 0"),
    "sign of the diagonal": ("two_layer_origin", r"(exists .*?)\(-", r"\g<1>("),
    "falling": ("square_origin", r"falls (\d)", r"rises \g<1>"),
    "order": ("four_layer_origin", r"falls (\d)", r"falls 2"),
    "better point": ("cubic_spurious", r"loss rationals this \[[^]]*\]",
                     "loss rationals this point"),
    "activation": ("cubic_spurious", r"layers := \[\(1%nat, .*?\)\];", "layers := [(1%nat, X)];"),
    "eigenvalues": ("line_fit", r"(shifted \(hessian this point\) \(?)\d+", r"\g<1>1000"),
    "joint of relu": ("relu_dead_unit", r"(list Q :=\s+)\[[^]]*\]", r"\g<1>[0; 0; 1; 0]"),
    "global minimum": ("two_layer_valley", r"(\(\[[^]]*\], \[)[^]]*", r"\g<1>99"),
    "slope along a curve": ("quartic_bowl", r"rises 4", "rises 2"),
    "a number too many": ("line_fit", r"(list Q :=\s+)\[", r"\g<1>[0; "),
    "loss weight": ("two_layer_origin", r"loss_weight := 1", "loss_weight := 2"),
}  # fmt: skip
"""A false change of a file: the problem, what is changed, and into what."""


@needs_coq
@pytest.mark.slow
@pytest.mark.parametrize("lie", LIES)
def test_coq_refuses_a_lie(tmp_path: Path, lie: str) -> None:
    name, old, new = LIES[lie]
    text = coq_file(written(name)).text
    run = accepted(replaced(old, new)(text), tmp_path)
    assert run.returncode != 0
    assert "Error" in run.stderr


# ---- the numbers are those of the engine


@needs_coq
@pytest.mark.slow
def test_coq_computes_what_the_engine_computes(tmp_path: Path) -> None:
    data = {
        "widths": [2, 2, 1],
        "activation": "t/(1 + t**2)",
        "output_activation": "t + t**3",
        "loss": "a**4/3 + a**2",
        "samples": {"inputs": [["1", "1/2"], ["-2", "0"]], "targets": [["1/3"], ["-1"]]},
        "parameters": {
            "weights": [[["1", "-1/2"], ["2", "1/3"]], [["1", "-1"]]],
            "biases": [["0", "1"], ["1/2"]],
        },
    }
    problem = problem_from_data(data)
    text = coq_file(certificate(problem, classify_problem(problem))).text
    head = text.partition("(* ======== Part 3")[0]
    shown = "(loss rationals this point, gradient this point, hessian this point)"
    run = accepted(f"{head}\nSet Printing Width 100000.\nEval vm_compute in {shown}.\n", tmp_path)
    assert run.returncode == 0, run.stderr
    numbers = re.sub(r"(-?\d+) # (\d+)", r'"\1/\2"', run.stdout.partition("=")[2].partition(":")[0])
    parts = json.loads(
        f"[{numbers.strip()[1:-1]}]".replace(";", ",").replace("(", "").replace(")", "")
    )
    values = problem.surface.at(problem.point)
    wanted = [[values.value], [row[0] for row in values.gradient.tolist()]]
    assert Fraction(parts[0]) == Fraction(str(wanted[0][0]))
    assert [Fraction(v) for v in parts[1]] == [Fraction(str(v)) for v in wanted[1]]
    hessian = [[Fraction(str(v)) for v in row] for row in values.hessian.tolist()]
    assert [[Fraction(v) for v in row] for row in parts[2]] == hessian


# ---- what is not written


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("tanh_flat_unit", "the activation tanh(t) has values that are not rational"),
        ("huber_median", "the loss sqrt(t**2 + 1) has values that are not rational"),
        ("smoolu_dead_unit", "the activation"),
        ("near_cubic", "the point is a box"),
    ],
)
def test_what_is_not_rational_is_said(name: str, what: str) -> None:
    with pytest.raises(ProblemError, match=re.escape(what)):
        coq_file(written(name))


def test_number_that_is_not_rational_is_named() -> None:
    data = copy.deepcopy(dict(exhibit("line_fit").data))
    data["parameters"]["weights"][0][0][0] = "sqrt(2)"
    problem = problem_from_data(data)
    with pytest.raises(ProblemError, match="but W1_11 is not rational"):
        coq_file(certificate(problem, classify_problem(problem)))


def test_claims_that_are_left_out_are_said() -> None:
    found = coq_file(written("nothing_to_learn"))
    assert "an identity in free variables" in " ".join(found.left_out)
    assert not coq_file(written("two_layer_origin")).left_out


def test_point_with_none_critical_near_is_not_written_wrongly() -> None:
    data = {
        "widths": [1, 1], "activation": "linear", "near": True,
        "samples": {"inputs": [["1"]], "targets": [["0"]]},
        "parameters": {"weights": [[["9"]]], "biases": [["9"]]},
    }  # fmt: skip
    problem = problem_from_data(data)
    written_data = certificate(problem, classify_problem(problem))
    written_data["claims"] = [
        {"claim": "none near", "within": "1/16", "field": {"W1_11": {"1": "1"}}}
    ]
    written_data["located"] = None
    found = coq_file(written_data)
    assert found.theorems == ("lists_fit",)
    assert "a box around the point" in found.left_out[0]


def invoke(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_command_writes_the_file(tmp_path: Path) -> None:
    problem, file = tmp_path / "problem.json", tmp_path / "out.v"
    problem.write_text(json.dumps(exhibit("two_layer_origin").data))
    found = invoke("certify", problem, "--coq", file)
    assert found.exit_code == 0
    assert not found.stdout
    assert "8 theorems, left out: none" in found.stderr
    assert file.read_text() == coq_file(written("two_layer_origin")).text


def test_command_says_what_is_not_rational(tmp_path: Path) -> None:
    problem, file = tmp_path / "problem.json", tmp_path / "out.v"
    problem.write_text(json.dumps(exhibit("tanh_flat_unit").data))
    found = invoke("certify", problem, "--coq", file, "-o", tmp_path / "certificate.json")
    assert found.exit_code == 2
    assert len(found.stderr.splitlines()) == 1
    assert "the activation tanh(t)" in found.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["problem.json"]


@pytest.mark.parametrize(
    ("name", "theorems", "missing"),
    [
        ("joints of relu at 0", {"loss_is", "other_point_is_lower"}, 2),
        ("joint of relu where the loss falls", {"loss_is", "other_point_is_lower"}, 1),
    ],
)
def test_what_is_claimed_of_a_joint_is_left_out(
    name: str, theorems: set[str], missing: int
) -> None:
    found = coq_file(written(name))
    assert set(found.theorems) == {"lists_fit", *theorems}
    assert len(found.left_out) == missing
    assert all("joint" in reason for reason in found.left_out)


def test_shared_parameters_should_be_refused() -> None:
    with pytest.raises(ProblemError, match="no shared or frozen parameters"):
        coq_file({**written("frozen below"), "claims": [{"claim": "critical"}]})

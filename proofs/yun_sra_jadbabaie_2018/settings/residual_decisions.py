"""Section 2.2: global minima of residual networks, and sigma_max(W) < 1, on exact data.

Decisions: those of DECISIONS.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symbolic_landscape.arithmetic import Matrix, positive_definite
from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings import linear_decisions
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear_decisions import Decision
from symbolic_landscape.verdict import Verdict


def _is_least(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether the layers I + W_k are a global minimum on the columns of X."""
    W, X, Y = arguments

    def layer(k: int) -> Matrix:
        part = matrix_of(W.at(k), f"W[{k}]")
        return part + part.field.identity(part.shape[0])

    return linear_decisions.DECISIONS["global minimum"](instance, (layer, X, Y))


def _contracts(_: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether I - M^T M is positive definite."""
    M = arguments[0]
    return positive_definite(M.field.identity(M.shape[1]) - M.T @ M)


DECISIONS: Mapping[str, Decision] = {
    "residual minimum": _is_least,
    "smaller than one": _contracts,
}
"""The decisions by the names of the definitions that they settle."""

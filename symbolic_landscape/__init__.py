"""Theory papers that run: exact, refutable checks of proofs about neural loss surfaces.

Public names are loaded on first use, so that `lemma-check --help` and `list` stay quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from symbolic_landscape.version import __version__

if TYPE_CHECKING:
    from symbolic_landscape.critical.classify import classify as classify
    from symbolic_landscape.critical.loci import critical_loci as critical_loci
    from symbolic_landscape.explore.hunt import hunt as hunt
    from symbolic_landscape.library.lemmas import load_proofs as load_proofs
    from symbolic_landscape.networks import LabelledNetwork as LabelledNetwork
    from symbolic_landscape.networks import Layer as Layer
    from symbolic_landscape.networks import Network as Network
    from symbolic_landscape.networks import Parameters as Parameters
    from symbolic_landscape.networks import Samples as Samples
    from symbolic_landscape.paths import non_increasing as non_increasing
    from symbolic_landscape.paths import path_to_global_minimum as path_to_global_minimum
    from symbolic_landscape.report.stepper import Stepper as Stepper

_HOME = {
    "LabelledNetwork": "networks",
    "Layer": "networks",
    "Network": "networks",
    "Parameters": "networks",
    "Samples": "networks",
    "Stepper": "report.stepper",
    "classify": "critical",
    "critical_loci": "critical",
    "hunt": "explore",
    "load_proofs": "library.lemmas",
    "non_increasing": "paths",
    "path_to_global_minimum": "paths",
}

__all__ = [
    "LabelledNetwork",
    "Layer",
    "Network",
    "Parameters",
    "Samples",
    "Stepper",
    "__version__",
    "classify",
    "critical_loci",
    "hunt",
    "load_proofs",
    "non_increasing",
    "path_to_global_minimum",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return list(__all__)

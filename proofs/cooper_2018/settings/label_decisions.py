"""Section 4: what settles on an instance whether labels differ, and whether no network fits.

Decisions: labels_differ, one_output_never_fits, outputs_never_fit.
"""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations
from typing import Any

from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.proofs.cooper_2018.settings.fitting_decisions import clash
from symbolic_landscape.proofs.cooper_2018.settings.interpolation import rationals
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided


def labels_differ(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether no label occurs twice among those of weights and biases."""
    depth, sizes, weights, biases = arguments
    found: Counter[int] = Counter()
    for k in range(1, depth + 2):
        for i in range(1, sizes.at(k) + 1):
            found[biases.at(k).at(i)] += 1
            found.update(weights.at(k).at(i).at(j) for j in range(1, sizes.at(k - 1) + 1))
    twice = [label for label, times in found.items() if times > 1]
    if twice:
        return fails(Evidence.EXACT, f"label {twice[0]} occurs {found[twice[0]]} times")
    return holds(Evidence.EXACT, f"{len(found)} labels differ")


def one_output_never_fits(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """FAILS where no parameters fit, with targets near the given ones either."""
    return _never_fits(instance, arguments[1].T)


def outputs_never_fit(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """The same where targets are columns, with several outputs."""
    return _never_fits(instance, arguments[1])


def _never_fits(instance: Any, targets: Any) -> Verdict:
    """FAILS where samples with different targets are never told apart; targets are columns."""
    values: Mapping[str, Any] = {str(v.name): x for v, x in instance.values.items()}
    X, first, sizes = values["X"], values["lab"].at(1), values["m"]
    widths = [sizes.at(k) for k in range(1, values["T"] + 1)]
    try:
        rationals(targets)
    except LandscapeError as cause:
        return undecided(str(cause))
    why = clash(X, targets, values["sigma"], widths)
    if why:
        return fails(Evidence.EXACT, why)
    for a, b in combinations(range(X.shape[1]), 2):
        units = range(1, widths[0] + 1)
        same = all(_sums(X, a, first.at(i)) == _sums(X, b, first.at(i)) for i in units)
        if same and any(targets[row, a] != targets[row, b] for row in range(targets.shape[0])):
            said = f"the outputs at samples {a + 1} and {b + 1} are equal for all parameters"
            return fails(Evidence.EXACT, f"{said}, their targets are not")
    return undecided("samples with different targets may be told apart")


def _sums(X: Any, sample: int, labels: Any) -> Mapping[int, Any]:
    """What is multiplied with each parameter, by its label."""
    found: dict[int, Any] = {}
    for j in range(X.shape[0]):
        label = labels.at(j + 1)
        found[label] = found.get(label, Fraction(0)) + X[j, sample]
    return found

"""Section 4: what settles on an instance whether labels differ, and whether no network fits.

Decisions: labels_differ, never_fits_nearby, outputs_never_fit_nearby.
"""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations
from typing import Any

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


def never_fits_nearby(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """FAILS where the first layer cannot tell two samples apart whose targets differ."""
    return _told_apart(instance, arguments[1].T)


def outputs_never_fit_nearby(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """The same where targets are columns, with several outputs."""
    return _told_apart(instance, arguments[1])


def _told_apart(instance: Any, targets: Any) -> Verdict:
    """FAILS for samples that the first layer cannot tell apart; targets are columns."""
    values: Mapping[str, Any] = {str(v.name): x for v, x in instance.values.items()}
    X, first = values["X"], values["lab"].at(1)
    for a, b in combinations(range(X.shape[1]), 2):
        units = range(1, values["m"].at(1) + 1)
        same = all(_sums(X, a, first.at(i)) == _sums(X, b, first.at(i)) for i in units)
        if same and any(targets[row, a] != targets[row, b] for row in range(targets.shape[0])):
            said = f"the outputs at samples {a + 1} and {b + 1} are equal for all parameters"
            return fails(Evidence.EXACT, f"{said}, their targets are not")
    return undecided("the first layer tells samples with different targets apart")


def _sums(X: Any, sample: int, labels: Any) -> Mapping[int, Any]:
    """What is multiplied with each parameter, by its label."""
    found: dict[int, Any] = {}
    for j in range(X.shape[0]):
        label = labels.at(j + 1)
        found[label] = found.get(label, Fraction(0)) + X[j, sample]
    return found

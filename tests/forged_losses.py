"""Forged certificates of other losses: weight decay, weights of samples, likelihoods, classes.

Objects: LOSS_CLASSES.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from forging import Data, Forge, claim_of, moved, names_of, only, units_of, with_box, with_problem

LIKELIHOODS = ("logistic", "poisson", "cross_entropy")


def _decay(data: Data) -> dict[str, str]:
    return dict(data["problem"].get("weight_decay", {}))


def _loss(data: Data) -> str:
    return str(data["problem"].get("loss", "sum")).removeprefix("mean ")


# ---- weight decay
def weight_decay_left_out(data: Data, _: random.Random) -> Iterator[Data]:
    if _decay(data):
        yield from moved(data, lambda problem: problem.pop("weight_decay"))
        if data["located"]:  # without it the critical point is another
            forged = with_problem(data, weight_decay={})
            yield only(forged, claim="critical")
            if claim := claim_of(forged, "kind"):
                yield only(forged, **claim)


def weight_decay_of_another_size(data: Data, chance: random.Random) -> Iterator[Data]:
    decay = _decay(data)
    for factor in (Fraction(1, 2), 2, 10) if decay else ():
        more = {name: str(Fraction(value) * factor) for name, value in decay.items()}
        yield from moved(data, lambda problem, more=more: problem.update(weight_decay=more))
        if data["located"]:
            yield only(with_problem(data, weight_decay=more), claim="critical")
        one_more = {**decay, chance.choice(names_of(data)): str(Fraction(7) * factor)}
        yield from moved(data, lambda problem, m=one_more: problem.update(weight_decay=m))


def weight_decay_that_is_added(data: Data, _: random.Random) -> Iterator[Data]:
    """The claims of a loss without decay, for one with it."""
    if not _decay(data):
        every = dict.fromkeys(names_of(data), "1/3")
        yield from moved(data, lambda problem: problem.update(weight_decay=every))
        if units_of(data):
            for claim in data["claims"]:
                yield only(with_problem(data, weight_decay=every), **claim)
        if claim := claim_of(data, "path"):
            yield only(with_problem(data, weight_decay=every), **claim)


def weight_decay_that_is_none(data: Data, _: random.Random) -> Iterator[Data]:
    name = names_of(data)[0]
    wrong: tuple[Any, ...] = (
        {name: "-1"}, {name: "-1/1000000"}, {name: "sqrt(2)"}, {name: None}, {name: "1/0"},
        {name: ["1"]}, {"weights": "1"}, {"W9_99": "1"}, {"": "1"}, ["1"], "1", 1, None, True,
    )  # fmt: skip
    for decay in wrong:
        yield with_problem(data, weight_decay=decay)


def bound_that_forgets_the_decay(data: Data, _: random.Random) -> Iterator[Data]:
    """Lower bounds of the predictions alone are no bounds, or are not attained, with decay."""
    if _decay(data) and len(data["problem"]["widths"]) > 2:
        yield only(data, claim="global minimum", answer="yes", by="bound")
        for between in ("0", "1/2", "2"):
            yield only(data, claim="global minimum", answer="yes", by="rank", between=between)
        for kind in ("local minimum", "non-strict local minimum"):
            yield only(data, claim="kind", kind=kind, by="bound")


def fit_of_a_loss_with_decay(data: Data, _: random.Random) -> Iterator[Data]:
    if _decay(data) and data["located"] and "free" in data["located"]:
        for equations in ("fit", "fibre"):
            yield with_box(data, equations=equations, fields=[])
        widths = data["problem"]["widths"]
        units = [[[0, 1, str(Fraction(1, n))] for _ in range(n)] for n in widths[1:-1]]
        size = sum(a + 1 for a in [widths[0], *[1] * (len(widths) - 2)])
        located = {"centre": ["1"] * size, "radius": "1/1000", "units": units}
        yield {**copy.deepcopy(data), "located": located}


# ---- weights of samples
def weights_of_samples_changed(data: Data, chance: random.Random) -> Iterator[Data]:
    count = len(data["problem"]["samples"]["inputs"])
    own = data["problem"]["samples"].get("weights")
    tries: list[Any] = [None] if own else []
    for factor in (2, Fraction(1, 3)):
        row = [str(Fraction(v)) for v in own or ["1"] * count]
        place = chance.randrange(count)
        row[place] = str(Fraction(row[place]) * factor)
        tries.append(row)
    for row in tries:

        def change(problem: Data, row: Any = row) -> None:
            problem["samples"].pop("weights", None)
            problem["samples"].update({} if row is None else {"weights": row})

        yield from moved(data, change)


def weights_of_samples_that_are_none(data: Data, _: random.Random) -> Iterator[Data]:
    count = len(data["problem"]["samples"]["inputs"])
    ones = ["1"] * count
    wrong: tuple[Any, ...] = (
        ["0", *ones[1:]], ["-1", *ones[1:]], ["sqrt(2)", *ones[1:]], [None, *ones[1:]],
        [*ones, "1"], ones[1:], [], None, "1", {"0": "1"}, ["1/0", *ones[1:]], [["1"]] * count,
    )  # fmt: skip
    for weights in wrong:
        samples = {**copy.deepcopy(data["problem"]["samples"]), "weights": weights}
        yield with_problem(data, samples=samples)


# ---- likelihoods and classes
def labels_exchanged(data: Data, _: random.Random) -> Iterator[Data]:
    if _loss(data) in LIKELIHOODS:
        rows = data["problem"]["samples"]["targets"]
        for i in range(len(rows)):
            for j in range(i):
                if rows[i] != rows[j]:
                    targets = copy.deepcopy(rows)
                    targets[i], targets[j] = targets[j], targets[i]
                    samples = {**data["problem"]["samples"], "targets": targets}
                    forged = with_problem(data, samples=samples)
                    for name in ("critical", "kind", "inertia", "global minimum"):
                        claim = claim_of(forged, name)
                        if claim and claim.get("answer") != "no":
                            yield only(forged, **claim)


def labels_of_another_class(data: Data, _: random.Random) -> Iterator[Data]:
    """One label is another: the gradient in the last biases is another too."""
    if _loss(data) in ("logistic", "cross_entropy"):
        for i, row in enumerate(data["problem"]["samples"]["targets"]):
            other = [str(1 - Fraction(v)) for v in row] if len(row) < 3 else row[::-1]
            if [*map(Fraction, other)] == [*map(Fraction, row)]:
                continue
            samples = copy.deepcopy(data["problem"]["samples"])
            samples["targets"][i] = other
            forged = with_problem(data, samples=samples)
            for name in ("critical", "kind", "inertia"):
                if claim := claim_of(forged, name):
                    yield only(forged, **claim)


def targets_that_are_no_probabilities(data: Data, _: random.Random) -> Iterator[Data]:
    name = _loss(data)
    if name in LIKELIHOODS:
        wide = len(data["problem"]["samples"]["targets"][0])
        wrong = ["-1", "-1/1000", "sqrt(2)/2", "exp(-1)"]
        wrong += [] if name == "poisson" else ["2", "1001/1000"]
        wrong += ["1/7"] if name == "cross_entropy" else []
        for value in wrong:
            samples = copy.deepcopy(data["problem"]["samples"])
            samples["targets"][0] = [value] * wide
            yield with_problem(data, samples=samples)


def likelihood_exchanged(data: Data, _: random.Random) -> Iterator[Data]:
    own = str(data["problem"].get("loss", "sum"))
    if _loss(data) in LIKELIHOODS or "weights" in data["problem"]["samples"]:
        for other in ("sum", "logistic", "poisson", "cross_entropy", "a**4", "half"):
            if other != _loss(data):
                yield from moved(data, lambda problem, other=other: problem.update(loss=other))
        other = own.removeprefix("mean ") if own.startswith("mean ") else f"mean {own}"
        if own not in ("mean", other):
            yield from moved(data, lambda problem: problem.update(loss=other))


def losses_that_are_none(data: Data, _: random.Random) -> Iterator[Data]:
    for loss in (
        "mean mean", "mean mean sum", "Logistic", "cross entropy", "crossentropy", "logistic(1)",
        "poisson(2)", "cross_entropy()", "mean", "mean  mean", "softmax", "nll", "mean ",
        "", " ", "0*", "mean\t", "sum ", " half", "logistic ", "cauchy", "poisson(",
        "cross_entropy(1)",
    ):  # fmt: skip
        if loss != "mean":
            yield with_problem(data, loss=loss)


def classes_with_one_output(data: Data, _: random.Random) -> Iterator[Data]:
    """The softmax of one number is 1, whatever the number is."""
    if data["problem"]["widths"][-1] == 1:
        count = len(data["problem"]["samples"]["inputs"])
        samples = {**data["problem"]["samples"], "targets": [["1"]] * count}
        yield with_problem(data, loss="cross_entropy", samples=samples)


LOSS_CLASSES: tuple[Forge, ...] = (
    weight_decay_left_out, weight_decay_of_another_size, weight_decay_that_is_added,
    weight_decay_that_is_none, bound_that_forgets_the_decay, fit_of_a_loss_with_decay,
    weights_of_samples_changed, weights_of_samples_that_are_none, labels_exchanged,
    labels_of_another_class, targets_that_are_no_probabilities, likelihood_exchanged,
    losses_that_are_none, classes_with_one_output,
)  # fmt: skip

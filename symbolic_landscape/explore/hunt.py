"""The hunt for a point of a wanted kind: routes propose, `classify` decides, then it is shortened.

Objects: Specimen, Hunt. Functions: hunt, looked.

Design notes. Everything is drawn from one seed, in an order that no clock decides; the seconds only
bound the search. Each turn for a shape has a random source of its own, so that others can look at
them, in any order; the first find in the order of turns and shapes is made again here, from its
place, and counts. That nothing is found shows nothing.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count, islice, product
from random import Random
from typing import Any

from symbolic_landscape.critical import Classification, classify_problem
from symbolic_landscape.critical.problem import Problem, problem_from_data
from symbolic_landscape.errors import (
    ClusterError,
    LandscapeError,
    ShapeError,
    SmoothnessError,
    UnknownKeyError,
)
from symbolic_landscape.explore.descent import rough_eigenvalues, rough_hessian
from symbolic_landscape.explore.facts import Facts, facts_of, facts_of_network, roughly
from symbolic_landscape.explore.proposals import (
    Proposal,
    Route,
    by_newton,
    by_splitting,
    by_targets,
    designed,
    proposed,
)
from symbolic_landscape.explore.shrinking import shorter
from symbolic_landscape.explore.vocabulary import Want, wanted
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.networks import Network
from symbolic_landscape.workers.crew import Crew, Data, Here, Lost, Task, in_order

SPURIOUS = "local minimum, not global"

WIDTHS = (
    (1, 1),
    (1, 1, 1),
    (1, 2, 1),
    (2, 1, 1),
    (1, 1, 2),
    (1, 1, 1, 1),
    (1, 3, 1),
    (1, 2, 2),
    (2, 2, 1),
    (1, 4, 2),
    (1, 2, 1, 1),
    (2, 2, 2),
    (1, 2, 2, 1),
    (1, 1, 1, 1, 1),
    (1, 5, 1),
    (1, 5, 2),
)
"""Networks that are tried where no widths are given."""

SAMPLES = range(1, 9)
ACTIVATIONS = ("cubic", "t + t/(1 + t**2)", "square", "t + t**2 + t**3", "tanh", "sigmoid")

MOST_PARAMETERS = 100
MOST_SAMPLES = 60

ROUTES: tuple[tuple[str, Route, int], ...] = (
    ("targets", by_targets, 3),
    ("splitting", by_splitting, 4),
    ("newton", by_newton, 1),
)
"""The routes, and how often each is asked in a turn."""

FIRST = 12
"""So many shapes are tried in the first turn, twice as many in each next one."""

EXACT, NEAR = 1e-9, 1e-5
"""Eigenvalues in floats below this part of the largest count as 0, where points are left out."""

MOST_OPEN = 2
"""A semidefinite Hessian with more null directions that no splitting explains is left out ..."""
SMALL = 8
"""... but for networks of so few parameters."""

SEARCHING = 0.8
"""The share of the seconds that may pass before a point is found."""

GRACE = 2.0
"""So many seconds more those who share the search may take to answer."""

PATIENCE = 3.0
"""Seconds of processor time for the decision about one point."""

SHORTENING = 400
"""So many points are looked at to shorten one."""

DIGITS = (2, 3, 4, 6)


@dataclass(frozen=True)
class Specimen:
    """A problem with what `classify` says of it, and how it was found."""

    data: Mapping[str, Any]
    origin: str
    classification: Classification
    facts: Facts

    def problem(self) -> Problem:
        """The loss surface and the point."""
        return problem_from_data(self.data, "specimen")


@dataclass(frozen=True)
class Hunt:
    """What was wanted and what a hunt came back with.

    `drawn` counts the proposals of each route, `classified` those that `classify` looked at, on
    `shapes` pairs of a network and a number of samples; `shortened` counts what was looked at to
    shorten the find.
    """

    want: str
    seed: int
    specimen: Specimen | None
    drawn: Mapping[str, int]
    classified: int
    shapes: int
    shortened: int = 0


def hunt(
    want: str = SPURIOUS,
    *,
    widths: Sequence[int] | None = None,
    samples: int | None = None,
    activation: str | None = None,
    bias: bool | None = None,
    budget: float = 60.0,
    seed: int = 0,
    crew: Crew | None = None,
) -> Hunt:
    """A small network with exact data and a point at which all that is wanted is certified.

    Widths and samples that are given are kept; the others are tried from small to large, and
    made smaller in what was found. The budget is in seconds; a crew shares the search.

    Raises UnknownKeyError: a phrase outside the vocabulary, an activation that is no name, or what
    is wanted excludes the networks that are asked for. Raises ShapeError: widths, samples, or a
    budget that is no number of seconds. Raises ClusterError where a part of the search is lost.
    """
    asked = wanted(want)
    if not budget >= 0:
        message = f"hunt: a budget of at least 0 seconds was needed, got {budget}"
        raise ShapeError(message)
    shapes = _shapes(asked, widths, samples, activation, bias)
    start = time.monotonic()
    search = _Search(asked, start + SEARCHING * budget)
    question = {
        "want": want,
        "widths": widths,
        "samples": samples,
        "activation": activation,
        "bias": bias,
        "seed": seed,
    }
    found = search.found(shapes, question, crew or Here())
    specimen = found
    if found is not None:
        search.deadline = start + budget
        specimen = search.shortened(found, samples is None, widths is None)
    return Hunt(
        want=str(asked),
        seed=seed,
        specimen=specimen[0] if specimen is not None else None,
        drawn=dict(search.drawn),
        classified=search.classified,
        shapes=len(shapes),
        shortened=search.tried_shorter,
    )


def _shapes(
    want: Want,
    widths: Sequence[int] | None,
    samples: int | None,
    activation: str | None,
    bias: bool | None,
) -> list[Shape]:
    """Networks and numbers of samples that may have what is wanted, small ones first."""
    if samples is not None and not (isinstance(samples, int) and 1 <= samples <= MOST_SAMPLES):
        message = f"hunt: from 1 to {MOST_SAMPLES} samples were needed, got {samples!r}"
        raise ShapeError(message)
    named = want.activations or tuple(map(Activation.of, ACTIVATIONS))
    activations = (Activation.of(activation),) if activation is not None else named
    counts = SAMPLES if samples is None else (samples,)
    biases = (True, False) if bias is None else (bias,)
    found, failing = [], None
    for function, with_bias, given in product(
        activations, biases, WIDTHS if widths is None else (widths,)
    ):
        network = Network(given, function, bias=with_bias)
        if network.parameter_count > MOST_PARAMETERS:
            message = (
                f"hunt: at most {MOST_PARAMETERS} parameters are searched, "
                f"got {network.parameter_count} for the widths {network.widths}"
            )
            raise ShapeError(message)
        for number in counts:
            facts = _facts(network, number)
            if want.of(facts) is False:
                failing = failing or want.failing(facts)
            else:
                found.append((network, number, facts))
    if not found:
        message = f"hunt: the networks asked for never have what is wanted: {failing}"
        raise UnknownKeyError(message)
    if bias is None and any(network.bias for network, _, _ in found):
        found = [shape for shape in found if shape[0].bias]
    return sorted(found, key=lambda shape: shape[0].parameter_count + shape[1])


def _facts(network: Network, samples: int) -> Facts:
    """What is known of every critical point: without a hidden layer the loss is convex."""
    facts = facts_of_network(network, samples)
    return facts if facts.hidden else replace(facts, is_global=True)


Find = tuple[Specimen, Proposal]
Shape = tuple[Network, int, Facts]
"""A network, a number of samples, and what is known of every critical point there."""


def _places(shapes: Sequence[Shape]) -> Iterator[tuple[int, int]]:
    """Turns and numbers of shapes: the small ones first, twice as many in each next turn."""
    for turn in count():
        for shape in range(min(len(shapes), FIRST << turn)):
            yield turn, shape


def looked(asked: Data) -> Data:
    """What one turn for one shape comes to, as a task."""
    widths = asked["widths"]
    given = (None if widths is None else tuple(widths), asked["samples"], asked["activation"])
    want, shapes = _question(asked["want"], *given, asked["bias"])
    search = _Search(want, time.monotonic() + asked["seconds"])
    place = search.looked(shapes[asked["shape"]], asked["seed"], asked["turn"])
    return {"drawn": dict(search.drawn), "classified": search.classified, "place": place}


@lru_cache(maxsize=4)
def _question(
    want: str,
    widths: tuple[int, ...] | None,
    samples: int | None,
    activation: str | None,
    bias: bool | None,
) -> tuple[Want, list[Shape]]:
    asked = wanted(want)
    return asked, _shapes(asked, widths, samples, activation, bias)


class _Search:
    """The proposals so far, and the decision about each."""

    def __init__(self, want: Want, deadline: float) -> None:
        self.want, self.deadline = want, deadline
        self.drawn: Counter[str] = Counter()
        self.classified = 0
        self.tried_shorter = 0

    @property
    def is_late(self) -> bool:
        return time.monotonic() >= self.deadline

    def found(
        self, shapes: Sequence[Shape], question: Mapping[str, Any], crew: Crew
    ) -> Find | None:
        """The first proposal that has what is wanted, in the order of turns and shapes."""

        def tasks() -> Iterator[Task]:
            for turn, shape in _places(shapes):
                left = max(0.0, self.deadline - time.monotonic())
                yield Task(looked, {**question, "turn": turn, "shape": shape, "seconds": left})

        def in_time() -> None:
            if time.monotonic() > self.deadline + GRACE:
                raise TimeoutError

        with suppress(TimeoutError):
            answers = in_order(crew, tasks(), in_time)
            for (turn, shape), answer in zip(_places(shapes), answers, strict=False):
                if isinstance(answer, Lost):
                    message = f"hunt: a part of the search is lost: {answer.words}"
                    raise ClusterError(message)
                self.drawn.update(answer["drawn"])
                self.classified += answer["classified"]
                if answer["place"] is not None:
                    one = self.proposals(shapes[shape], question["seed"], turn)
                    _, facts, proposal = next(islice(one, answer["place"], None))
                    specimen = self._decided(facts, proposal)
                    if specimen is not None:
                        return specimen, proposal
                if self.is_late:
                    return None
        return None

    def looked(self, shape: Shape, seed: int, turn: int) -> int | None:
        """The place of the first proposal of a turn for a shape that has what is wanted."""
        for place, (name, facts, proposal) in enumerate(self.proposals(shape, seed, turn)):
            if self.is_late:
                break
            self.drawn[name] += 1
            if self._decided(facts, proposal) is not None:
                return place
        return None

    def proposals(
        self, shape: Shape, seed: int, turn: int
    ) -> Iterator[tuple[str, Facts, Proposal]]:
        """The proposals of a turn for a shape, from a random source of their own."""
        network, number, facts = shape
        named = (network.widths, str(network.activation), network.bias, number)
        random = Random(f"hunt {seed} {turn} {named}")
        seen: set[Proposal] = set()
        for name, route, often in ROUTES:
            for _ in range(often):
                for proposal in proposed(route, network, number, random):
                    if proposal not in seen:
                        seen.add(proposal)
                        yield name, facts, proposal

    def _decided(self, facts: Facts, proposal: Proposal) -> Specimen | None:
        """The proposal as a specimen, if all that is wanted is certified."""
        try:
            if not self._is_plausible(facts, proposal):
                return None
            self.classified += 1
            classification = classify_problem(
                problem_from_data(proposal.data, "a proposal"), PATIENCE
            )
        except (LandscapeError, OverflowError):
            return None
        known = facts_of(facts, classification)
        if self.want.of(known) is not True:
            return None
        return Specimen(proposal.data, proposal.origin, classification, known)

    def _is_plausible(self, facts: Facts, proposal: Proposal) -> bool:
        """False where eigenvalues in floats speak against it, or a decision would take long."""
        frame = proposal.frame
        try:
            hessian = rough_hessian(frame.network, frame.inputs, proposal.targets, frame.vector)
        except SmoothnessError:
            return True
        eigenvalues = rough_eigenvalues(hessian)
        largest = max(1e-300, max(map(abs, eigenvalues)))
        if proposal.design is not None:
            is_fitted = not any(proposal.design.residuals)
            facts = replace(
                facts, is_fitted=is_fitted, is_global=facts.is_global or is_fitted or None
            )
        rough = roughly(facts, eigenvalues, (EXACT if proposal.design else NEAR) * largest)
        _, negative, zero = rough.inertia or (0, 0, 0)
        is_open = not negative and zero - proposal.family > MOST_OPEN
        if is_open and len(eigenvalues) > SMALL:
            return False
        return self.want.of(rough) is not False

    # ---- shortening

    def shortened(self, found: Find, fewer_samples: bool, fewer_units: bool) -> Find:
        """The find as short as single changes make it, within the budget."""
        is_shorter = True
        while is_shorter and self.tried_shorter < SHORTENING:
            is_shorter = False
            for proposal in _shorter(found[1], fewer_samples, fewer_units):
                if self.is_late or self.tried_shorter >= SHORTENING:
                    return found
                self.tried_shorter += 1
                frame = proposal.frame
                facts = _facts(frame.network, len(frame.inputs))
                specimen = self._decided(facts, proposal)
                if specimen is not None:
                    found = specimen, proposal
                    is_shorter = True
                    break
        return found


def _shorter(proposal: Proposal, fewer_samples: bool, fewer_units: bool) -> Iterator[Proposal]:
    if proposal.design is None:
        for digits in DIGITS:
            yield replace(proposal, frame=proposal.frame.rounded(10**digits))
        return
    for design in shorter(proposal.design, fewer_samples=fewer_samples, fewer_units=fewer_units):
        yield designed(design, proposal.origin, proposal.family)

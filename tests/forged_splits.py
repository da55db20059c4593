"""Forged certificates of points at which units are copies: shares, copies, kinds and ways out.

Objects: SPLIT_CLASSES.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from forging import (
    Data,
    Forge,
    claim_of,
    kind_of,
    names_of,
    only,
    units_of,
    with_box,
    with_problem,
)

from symbolic_landscape.certificate import verifier


# ---- copies
def shares_that_do_not_add_up(data: Data, chance: random.Random) -> Iterator[Data]:
    for k, layer in enumerate(units_of(data)):
        for j in range(len(layer)):
            units = units_of(data)
            units[k][j][2] = str(Fraction(units[k][j][2]) + Fraction(chance.randint(1, 9), 10**9))
            yield with_box(data, units=units)


def copies_that_are_none(data: Data, _: random.Random) -> Iterator[Data]:
    """Units that differ are said to be one, in any network with several units."""
    widths = data["problem"]["widths"]
    if data["located"] and "units" not in data["located"] and max(widths[1:-1], default=1) > 1:
        units = [[[0, 1, str(Fraction(1, n))] for _ in range(n)] for n in widths[1:-1]]
        size = sum((a + 1) * 1 for a in [widths[0], *[1] * (len(widths) - 2)])
        located = {"centre": ["0"] * size, "radius": "1/1000", "units": units}
        yield {**copy.deepcopy(data), "located": located}
        yield {**copy.deepcopy(data), "located": {**located, "centre": ["1"] * size}}


def copies_of_the_other_sign(data: Data, _: random.Random) -> Iterator[Data]:
    for k, layer in enumerate(units_of(data)):
        for j in range(1, len(layer)):
            units = units_of(data)
            units[k][j][1] *= -1
            yield with_box(data, units=units)


def opposite_units_without_an_odd_activation(data: Data, _: random.Random) -> Iterator[Data]:
    if any(copy[1] < 0 for layer in units_of(data) for copy in layer):
        for name in ("sigmoid", "softplus", "square", "t + t**2", "relu", "tanh(t) + 1"):
            yield with_problem(data, activation=name)


def copies_that_are_their_own(data: Data, _: random.Random) -> Iterator[Data]:
    for k, layer in enumerate(units_of(data)):
        units = units_of(data)
        units[k] = [[j, 1, "1"] for j in range(len(layer))]
        if units != units_of(data):
            yield with_box(data, units=units)
        units[k] = [[j + 1, 1, "1"] for j in range(len(layer))]
        yield with_box(data, units=units)


def trade_that_is_said_to_fall(data: Data, _: random.Random) -> Iterator[Data]:
    if units_of(data) and kind_of(data) == "non-strict local minimum":
        names = names_of(data)
        outgoing = [i for i, name in enumerate(names) if name.startswith("W2")]
        for sign in (1, -1):
            row = ["0"] * len(names)
            row[outgoing[0]], row[outgoing[1]] = "1", str(sign)
            curves = {"falling": [row], "rising": [[str(-Fraction(v)) for v in row]]}
            yield only(data, claim="kind", kind="saddle", by="curves", **curves, null=[])
            yield only(data, claim="kind", kind="strict saddle", by="curves", **curves)


def copies_that_differ(data: Data, chance: random.Random) -> Iterator[Data]:
    """The digits of one parameter are moved, so that its unit is a copy of none."""
    if units_of(data):
        for gap in ("1/1000", "-1/1000", "1/7", "-3"):
            forged = copy.deepcopy(data)
            row = chance.choice(chance.choice(forged["problem"]["parameters"]["weights"]))
            place = chance.randrange(len(row))
            row[place] = str(Fraction(row[place]) + Fraction(gap))
            yield forged


def copies_of_a_unit_that_is_there_once(data: Data, _: random.Random) -> Iterator[Data]:
    for k, layer in enumerate(units_of(data)):
        if len({unit for unit, _, _ in layer}) > 1:
            units = units_of(data)
            units[k] = [[0, sign, str(Fraction(1, len(layer)))] for _, sign, _ in layer]
            yield with_box(data, units=units)


def other_shares_than_the_digits_have(data: Data, _: random.Random) -> Iterator[Data]:
    for k, layer in enumerate(units_of(data)):
        for i, j in _pairs(layer):
            for gap in ("1/1000", "-1/3", "1", "-5"):
                units = units_of(data)
                units[k][i][2] = str(Fraction(units[k][i][2]) + Fraction(gap))
                units[k][j][2] = str(Fraction(units[k][j][2]) - Fraction(gap))
                yield with_box(data, units=units)


def shares_that_are_no_numbers(data: Data, _: random.Random) -> Iterator[Data]:
    for k, layer in enumerate(units_of(data)):
        for wrong in ("sqrt(2)", "1/0", "t", 0.5, None, [], True, "exp(1)"):
            units = units_of(data)
            units[k][0][2] = wrong
            yield with_box(data, units=units)
        for wrong in (1, -1, "0", None, 1.0, True, len(layer)):
            units = units_of(data)
            units[k][0][0] = wrong
            yield with_box(data, units=units)


def layers_of_copies_left_out(data: Data, _: random.Random) -> Iterator[Data]:
    if units := units_of(data):
        for wrong in (units[:-1], [*units, units[-1]], [], [[]], [units[0][:-1], *units[1:]], {}):
            yield with_box(data, units=wrong)


def _pairs(layer: list[list[Any]]) -> list[tuple[int, int]]:
    """The places of two copies of one unit."""
    return [(i, j) for j in range(len(layer)) for i in range(j) if layer[i][0] == layer[j][0]][:3]


# ---- the same smaller network, split in other shares
def _split_again(data: Data, shares: tuple[str, str]) -> Iterator[Data]:
    """The certificate of the network split in other shares, with the claims as they were."""
    for k, layer in enumerate(units_of(data)):
        for i, j in _pairs(layer)[:1]:
            whole = Fraction(layer[i][2]) + Fraction(layer[j][2])
            units = units_of(data)
            for place, share in zip((i, j), shares, strict=True):
                units[k][place][2] = str(Fraction(share) * whole)
            yield _as_split(data, units)


def _as_split(data: Data, units: list[list[list[Any]]]) -> Data:
    """The certificate with these copies, and digits of the point that fit to them."""
    forged = with_box(data, units=units)
    problem = verifier.Problem(forged["problem"])
    merged = verifier.Merged(problem, units)
    centre = merged.small.numbers(data["located"]["centre"], merged.small.size)
    merged.box = [verifier.Interval.of(value) for value in centre]
    point = [
        str(Fraction(round(Fraction(x.low, verifier.ONE) * 10**30), 10**30)) for x in merged.split()
    ]
    layers = problem.layers(point)
    forged["problem"]["parameters"] = {
        "weights": [rows for _, rows, _, _ in layers],
        "biases": [biases for _, _, biases, _ in layers],
    }
    return forged


def negative_share_at_a_minimum(data: Data, _: random.Random) -> Iterator[Data]:
    """B is definite, so with a negative share the point is a saddle."""
    if units_of(data) and kind_of(data) == "non-strict local minimum":
        for shares in (("-1", "2"), ("3/2", "-1/2"), ("-1/1000", "1001/1000"), ("40", "-39")):
            for forged in _split_again(data, shares):
                for name in ("kind", "inertia"):
                    if claim := claim_of(forged, name):
                        yield only(forged, **claim)


def no_share_at_a_minimum(data: Data, _: random.Random) -> Iterator[Data]:
    """The kernel is larger where a share is 0."""
    if units_of(data) and kind_of(data) == "non-strict local minimum":
        for shares in (("0", "1"), ("1", "0")):
            for forged in _split_again(data, shares):
                for name in ("kind", "inertia"):
                    if claim := claim_of(forged, name):
                        yield only(forged, **claim)


def minimum_split_where_the_form_is_negative(data: Data, _: random.Random) -> Iterator[Data]:
    """The smaller network is at a minimum, and so the saddle it is split into is said to be."""
    if units_of(data) and kind_of(data) in ("strict saddle", "saddle"):
        inertia = claim_of(data, "inertia")
        for kind, by in (
            ("non-strict local minimum", "manifold"),
            ("non-strict local minimum", "bound"),
            ("local minimum", "bound"),
            ("strict local minimum", "definite"),
        ):
            yield only(data, claim="kind", kind=kind, by=by)
        if inertia and inertia["inertia"][1]:
            positive, negative, zero = inertia["inertia"]
            yield only(data, **{**inertia, "inertia": [positive + negative, 0, zero]})
            yield only(data, **{**inertia, "inertia": [positive, 0, zero + negative]})


def kernel_of_another_dimension(data: Data, _: random.Random) -> Iterator[Data]:
    """Counts that are often taken for the dimension of the kernel."""
    inertia = claim_of(data, "inertia")
    if units_of(data) and inertia:
        counts = inertia["inertia"]
        size, sizes = sum(counts), [len(layer) for layer in units_of(data)]
        product = 1
        for n in sizes:
            product *= n
        guesses = {sum(sizes), sum(n - 1 for n in sizes), product, product + sum(sizes), 0, size}
        for zero in sorted(guesses - {counts[2]}):
            if counts[1] + zero <= size:
                yield only(
                    data, **{**inertia, "inertia": [size - counts[1] - zero, counts[1], zero]}
                )


def target_moved_under_copies(data: Data, chance: random.Random) -> Iterator[Data]:
    if units_of(data):
        for gap in ("1/1000", "-1/7"):
            forged = copy.deepcopy(data)
            row = chance.choice(forged["problem"]["samples"]["targets"])
            row[0] = str(Fraction(row[0]) + Fraction(gap))
            yield only(forged, claim="critical")
            if claim := claim_of(forged, "kind"):
                yield only(forged, **claim)


def centre_of_another_size(data: Data, _: random.Random) -> Iterator[Data]:
    if units_of(data):
        centre = data["located"]["centre"]
        for wrong in (centre[:-1], [*centre, "0"], [], None, dict.fromkeys(centre, 1)):
            yield with_box(data, centre=wrong)
        for i in range(len(centre)):
            moved = [*centre]
            moved[i] = str(Fraction(centre[i]) + Fraction(1, 10**6))
            yield with_box(data, centre=moved)


# ---- ways out
def escape_without_a_negative_share(data: Data, _: random.Random) -> Iterator[Data]:
    """B is definite, so all points with shares that are positive are minima."""
    layers = units_of(data)
    if layers and kind_of(data) == "non-strict local minimum":
        honest = [[share for _, _, share in layer] for layer in layers]
        yield only(data, claim="escape", shares=honest)
        for k, layer in enumerate(layers):
            for i, j in _pairs(layer)[:1]:
                whole = Fraction(layer[i][2]) + Fraction(layer[j][2])
                for part in ("0", "1", "1/10", "999/1000"):
                    shares = copy.deepcopy(honest)
                    shares[k][i] = str(whole * Fraction(part))
                    shares[k][j] = str(whole * (1 - Fraction(part)))
                    yield only(data, claim="escape", shares=shares)


def escape_with_shares_that_do_not_add_up(data: Data, _: random.Random) -> Iterator[Data]:
    if (claim := claim_of(data, "escape")) and units_of(data):
        for k, row in enumerate(claim["shares"]):
            for gap in ("1/1000", "-1", "2"):
                shares = copy.deepcopy(claim["shares"])
                shares[k][0] = str(Fraction(row[0]) + Fraction(gap))
                yield only(data, claim="escape", shares=shares)


def escape_with_shares_of_another_shape(data: Data, _: random.Random) -> Iterator[Data]:
    if claim := claim_of(data, "escape"):
        rows = claim["shares"]
        wrong: tuple[Any, ...] = (
            [], rows[:-1], [*rows, rows[-1]], [row[:-1] for row in rows],
            [[*row, "0"] for row in rows], [[None for _ in row] for row in rows],
            [["sqrt(2)", *row[1:]] for row in rows], [["-1/0", *row[1:]] for row in rows],
            [5, *rows[1:]], {"0": rows}, "shares", None,
        )  # fmt: skip
        for shares in wrong:
            yield only(data, claim="escape", shares=shares)
        yield only(data, **claim, units=units_of(data))
        yield only(data, **claim, by="curves")


def escape_where_no_unit_is_a_copy(data: Data, _: random.Random) -> Iterator[Data]:
    if not units_of(data):
        widths = data["problem"]["widths"][1:-1]
        yield only(data, claim="escape", shares=[["1"] * n for n in widths])
        yield only(data, claim="escape", shares=[["-1", "2", *["0"] * (n - 2)] for n in widths])


def escape_from_a_global_minimum(data: Data, _: random.Random) -> Iterator[Data]:
    escape, kind = claim_of(data, "escape"), claim_of(data, "kind")
    if escape and kind:
        forged = only(data, **escape)
        forged["claims"].append({"claim": "global minimum", "answer": "yes", "by": "bound"})
        yield forged
        forged = only(data, **escape)
        forged["claims"].append({"claim": "kind", "kind": "strict local minimum", "by": "definite"})
        yield forged


def escape_from_another_point(data: Data, chance: random.Random) -> Iterator[Data]:
    if claim := claim_of(data, "escape"):
        for gap in ("1/1000", "2"):
            forged = only(data, **claim)
            row = chance.choice(chance.choice(forged["problem"]["parameters"]["weights"]))
            row[0] = str(Fraction(row[0]) + Fraction(gap))
            yield forged
        yield with_problem(only(data, **claim), near=False)
        yield {**only(data, **claim), "located": None}


SPLIT_CLASSES: tuple[Forge, ...] = (
    shares_that_do_not_add_up, copies_that_are_none, copies_of_the_other_sign,
    opposite_units_without_an_odd_activation, copies_that_are_their_own,
    trade_that_is_said_to_fall, copies_that_differ, copies_of_a_unit_that_is_there_once,
    other_shares_than_the_digits_have, shares_that_are_no_numbers, layers_of_copies_left_out,
    negative_share_at_a_minimum, no_share_at_a_minimum, minimum_split_where_the_form_is_negative,
    kernel_of_another_dimension, target_moved_under_copies, centre_of_another_size,
    escape_without_a_negative_share, escape_with_shares_that_do_not_add_up,
    escape_with_shares_of_another_shape, escape_where_no_unit_is_a_copy,
    escape_from_a_global_minimum, escape_from_another_point,
)  # fmt: skip

"""Forged certificates of paths of falling loss: start, wide layer, columns, room in the images.

Objects: PATH_CLASSES.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from forging import Data, Forge, claim_of, only, with_problem

from symbolic_landscape.certificate.verifier import IMAGES

NO_OBJECTS: tuple[Any, ...] = (None, 5, [], [["columns"]], "columns", True)
FAR = "1000000"


def _path(data: Data, **more: Any) -> Iterator[Data]:
    """The certificate with the claim of a path alone, changed."""
    if claim := claim_of(data, "path"):
        yield only(data, **{**copy.deepcopy(claim), **more})


def _rooms(data: Data) -> list[Data]:
    claim = claim_of(data, "path")
    return copy.deepcopy(claim["room"]) if claim else []


def _with_rooms(data: Data, **more: Any) -> Iterator[Data]:
    """One layer's room changed, for each layer."""
    for k in range(len(_rooms(data))):
        rooms = _rooms(data)
        rooms[k].update(more)
        yield from _path(data, room=rooms)


def _image(data: Data) -> tuple[Fraction | None, Fraction | None]:
    return IMAGES.get(data["problem"]["activation"], (None, None))


def path_of_another_wide_layer(data: Data, _: random.Random) -> Iterator[Data]:
    claim = claim_of(data, "path")
    hidden = len(data["problem"]["widths"]) - 2
    for wide in (*range(-1, hidden + 3), True, "1", None, [1], 10**30):
        if claim and (type(wide) is not int or wide != claim["wide"]):
            yield from _path(data, wide=wide)


def path_from_farther_than_said(data: Data, _: random.Random) -> Iterator[Data]:
    for within in ("0", "-1", "-1/1000", "sqrt(2)", "1/0", None, True, []):
        yield from _path(data, within=within)
    if claim := claim_of(data, "path"):
        for k in range(len(claim["start"])):
            start = list(claim["start"])
            start[k] = str(Fraction(start[k]) + Fraction(claim["within"]) * 3)
            yield from _path(data, start=start)
            start[k] = str(Fraction(start[k]) - Fraction(claim["within"]) * 7)
            yield from _path(data, start=start)


def path_start_that_is_none(data: Data, _: random.Random) -> Iterator[Data]:
    if claim := claim_of(data, "path"):
        start = claim["start"]
        for wrong in (start[:-1], [*start, "0"], [], None, "0", ["exp(1)"] * len(start),
                      ["0"] * len(start), [None] * len(start), ["1/0", *start[1:]]):  # fmt: skip
            yield from _path(data, start=wrong)


def path_columns_that_are_no_basis(data: Data, _: random.Random) -> Iterator[Data]:
    if claim := claim_of(data, "path"):
        places = claim["places"]
        for k in range(len(places)):
            for wrong in (-1, 10**6, True, "0", None, places[k - 1], places[k] + 100):
                yield from _path(data, places=[*places[:k], wrong, *places[k + 1 :]])
            yield from _path(data, places=places[:k] + places[k + 1 :])
        for other in ([*places, 0], [*places, places[0]], [], None, "012", {"0": 0}):
            yield from _path(data, places=other)


def _in_both(data: Data, change: Any) -> Iterator[Data]:
    """The point and the start of the path changed in the same way, layer by layer."""
    claim = claim_of(data, "path")
    if claim is None:
        return
    forged = only(data, **copy.deepcopy(claim))
    parameters = forged["problem"]["parameters"]
    change(parameters["weights"], parameters["biases"])
    start: list[str] = []
    for rows, biases in zip(parameters["weights"], parameters["biases"], strict=True):
        start += [v for row in rows for v in row] + biases
    forged["claims"][0]["start"] = start
    for places in ([*forged["claims"][0]["places"]], [*range(len(claim["places"]))]):
        again = copy.deepcopy(forged)
        again["claims"][0]["places"] = places
        yield again


def path_from_equal_features(data: Data, _: random.Random) -> Iterator[Data]:
    """All units of the wide layer, or of one below, are equal: too few features are independent."""
    claim = claim_of(data, "path")
    for layer in range(claim["wide"] if claim else 0):

        def equal(weights: Any, biases: Any, k: int = layer) -> None:
            weights[k] = [list(weights[k][0]) for _ in weights[k]]
            biases[k] = [biases[k][0]] * len(biases[k])

        def constant(weights: Any, biases: Any, k: int = layer) -> None:
            weights[k] = [["0"] * len(row) for row in weights[k]]

        if len(data["problem"]["samples"]["inputs"]) > 2:
            yield from _in_both(data, equal) if layer == claim["wide"] - 1 else ()  # type: ignore[index]
        yield from _in_both(data, constant)


def path_through_weights_without_rank(data: Data, _: random.Random) -> Iterator[Data]:
    """Of the weights above the layer next to the wide one."""
    claim = claim_of(data, "path")
    for k in range(claim["wide"] + 1, len(data["problem"]["widths"]) - 1) if claim else ():

        def nothing(weights: Any, biases: Any, k: int = k) -> None:
            weights[k] = [["0"] * len(row) for row in weights[k]]

        def one_row(weights: Any, biases: Any, k: int = k) -> None:
            weights[k][0] = ["0"] * len(weights[k][0])

        def equal_rows(weights: Any, biases: Any, k: int = k) -> None:
            weights[k] = [list(weights[k][0]) for _ in weights[k]]

        yield from _in_both(data, nothing)
        yield from _in_both(data, one_row)
        if len(data["problem"]["parameters"]["weights"][k]) > 1:
            yield from _in_both(data, equal_rows)


def path_for_samples_that_cannot_be_fitted(data: Data, _: random.Random) -> Iterator[Data]:
    """An input comes twice, or there are more samples than features."""
    if claim := claim_of(data, "path"):
        for i, j in ((0, 1), (1, 0), (2, 0), (1, 2)):
            forged = only(data, **copy.deepcopy(claim))
            inputs = forged["problem"]["samples"]["inputs"]
            inputs[i] = list(inputs[j])
            yield forged
        forged = only(data, **copy.deepcopy(claim))
        samples = forged["problem"]["samples"]
        width = data["problem"]["widths"][claim["wide"]]
        while len(samples["inputs"]) <= width + 1:
            samples["inputs"].append([str(len(samples["inputs"]))])
            samples["targets"].append(["1"])
        for places in (claim["places"], [*range(len(samples["inputs"]))], [*range(width + 1)]):
            more = copy.deepcopy(forged)
            more["claims"][0]["places"] = places
            yield more


def path_of_another_loss(data: Data, _: random.Random) -> Iterator[Data]:
    for forged in _path(data):
        for loss in ("cauchy(1)", "pseudo_huber(1)", "a**4", "-a**2", "a", "exp(a)"):
            yield with_problem(forged, loss=loss)
        for output in ("sigmoid", "tanh", "relu", "square", "t**3", "softplus"):
            yield with_problem(forged, output_activation=output)
        yield with_problem(forged, bias=False)


def path_through_another_activation(data: Data, _: random.Random) -> Iterator[Data]:
    """The image is smaller than it was, or not known, or the activation has no inverse."""
    for forged in _path(data) if _rooms(data) else ():
        for name in ("square", "relu", "tanh(t) + 1", "t**2 + t", "1/(1 + t**2)", "exp(-t**2)",
                     "tanh(t)/1000", "1/(1 + exp(-t))/1000", "sigmoid**2", "smoolu"):  # fmt: skip
            yield with_problem(forged, activation=name)


def path_room_that_is_none(data: Data, _: random.Random) -> Iterator[Data]:
    rooms = _rooms(data)
    for k in range(len(rooms)):
        for wrong in NO_OBJECTS:
            yield from _path(data, room=[*rooms[:k], wrong, *rooms[k + 1 :]])
        for key in rooms[k]:
            fewer = {name: value for name, value in rooms[k].items() if name != key}
            yield from _path(data, room=[*rooms[:k], fewer, *rooms[k + 1 :]])
        yield from _path(data, room=rooms[:k] + rooms[k + 1 :])
    more: Data = {"columns": [0], "margin": "1", "factor": "1", "shift": "0"}
    for wrong in ([*rooms, rooms[0] if rooms else more], None, "room", {}, 5):
        yield from _path(data, room=wrong)
    yield from _with_rooms(data, certainly="yes")


def path_margin_that_is_not_there(data: Data, _: random.Random) -> Iterator[Data]:
    ends = [end for end in _image(data) if end is not None]
    for margin in ("0", "-1", "sqrt(2)", "1/0", None, True, *((FAR, "7") if ends else ())):
        yield from _with_rooms(data, margin=margin)
    for k, room in enumerate(_rooms(data)):
        for share in (Fraction(1, 10**9), Fraction(1, 10**30)):
            rooms = _rooms(data)
            rooms[k]["margin"] = str(Fraction(room["margin"]) * share)
            yield from _path(data, room=rooms) if ends else ()


def path_without_room_in_the_image(data: Data, _: random.Random) -> Iterator[Data]:
    low, high = _image(data)
    for factor in (
        "-1",
        "-1/1000",
        None,
        "1/0",
        *(("0",) if low is not None and high is not None else ()),
    ):
        yield from _with_rooms(data, factor=factor)
    for shift in (
        None,
        "1/0",
        *((f"-{FAR}",) if low is not None else ()),
        *((FAR,) if high is not None else ()),
    ):
        yield from _with_rooms(data, shift=shift)


def path_by_later_columns_that_are_no_basis(data: Data, _: random.Random) -> Iterator[Data]:
    for k, room in enumerate(_rooms(data)):
        own = room["columns"]
        for wrong in ([], [*own, own[0]], own[1:], [own[0]] * (len(own) + 1), [-1, *own[1:]], None,
                      [*own[:-1], 10**6], ["0"] * len(own), [True, *own[1:]], {}):  # fmt: skip
            rooms = _rooms(data)
            rooms[k]["columns"] = wrong
            yield from _path(data, room=rooms)


def path_with_words_of_another_claim(data: Data, _: random.Random) -> Iterator[Data]:
    for key in ("by", "point", "radius", "ends at", "kind", "answer"):
        yield from _path(data, **{key: "bound"})
    for forged in _path(data):
        claim = forged["claims"][0]
        for key in [name for name in claim if name != "claim"]:
            yield only(data, **{name: value for name, value in claim.items() if name != key})
        yield {**forged, "claims": [claim, claim]}


PATH_CLASSES: tuple[Forge, ...] = (
    path_of_another_wide_layer, path_from_farther_than_said, path_start_that_is_none,
    path_columns_that_are_no_basis, path_from_equal_features, path_through_weights_without_rank,
    path_for_samples_that_cannot_be_fitted, path_of_another_loss, path_through_another_activation,
    path_room_that_is_none, path_margin_that_is_not_there, path_without_room_in_the_image,
    path_by_later_columns_that_are_no_basis, path_with_words_of_another_claim,
)  # fmt: skip

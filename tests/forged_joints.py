"""Forged certificates of points at joints, of shared and frozen parameters, and of rays.

Objects: JOINT_CLASSES.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from forging import Data, Forge, claim_of, coordinates, names_of, one, only, with_problem

TRIES = 4
NO_PIECES = (
    "piece(t)", "piece(t, t, t)", "piece(0, t, sqrt(2))", "piece(0, t + 1)", "piece(0, t, 1)",
    "piece(0, t, 0, 1)", "piece(exp(t), 1 + t)", "max(t, 0)", "abs(t)", "piece", "piece(0, u)",
    "(0, t)", "piece(0, t)(1)", "piece(0, t, b=0)", "piece(*t)", "relu(t)", "t, t", "piece(0,, t)",
    "piece(0, t, t)",
)  # fmt: skip


def _kind(data: Data) -> Data:
    """The claim of a kind that is shown by cones or rays at joints; empty if there is none."""
    claim = claim_of(data, "kind")
    return claim if claim and "multipliers" in claim else {}


def _cones(data: Data) -> int:
    return len(_kind(data).get("cones", []))


# ---- kinds
def minimum_at_joints_that_is_a_saddle(data: Data, chance: random.Random) -> Iterator[Data]:
    claim = _kind(data)
    if claim.get("by") == "rays":
        for kind in ("strict local minimum", "non-strict local minimum"):
            for count in (0, 1, 2, 4, 8, 16, 32, 64):
                for field in ([], [{chance.choice(names_of(data)): {"1": "1"}}]):
                    more = {"by": "cones", "cones": [field] * count}
                    yield only(
                        data, claim="kind", kind=kind, multipliers=claim["multipliers"], **more
                    )
        more = {"multipliers": claim["multipliers"]}
        yield only(data, claim="kind", kind="local minimum", by="slopes", **more)


def saddle_at_joints_that_is_a_minimum(data: Data, chance: random.Random) -> Iterator[Data]:
    claim = _kind(data)
    if claim and claim["by"] != "rays":
        for _ in range(TRIES):
            rows = [one(chance, len(names_of(data))) for _ in range(2)]
            more = {"falling": rows[0], "rising": rows[1], "multipliers": claim["multipliers"]}
            yield only(data, claim="kind", kind="saddle", by="rays", **more)
            more.pop("multipliers")
            yield only(data, claim="not critical", **more)
            answer = {"claim": "global minimum", "answer": "no"}
            if (claim_of(data, "global minimum") or {}).get("answer") == "yes":
                yield only(data, **answer, by="ray", falling=rows[0])


def strict_at_joints_that_is_not(data: Data, _: random.Random) -> Iterator[Data]:
    claim = _kind(data)
    if claim.get("kind") == "non-strict local minimum" and claim["by"] == "cones":
        for cones in (claim["cones"], [[] for _ in claim["cones"]], []):
            yield only(data, **{**claim, "kind": "strict local minimum", "cones": cones})


def equal_losses_at_a_strict_minimum(data: Data, chance: random.Random) -> Iterator[Data]:
    claim = _kind(data)
    if claim.get("kind") == "strict local minimum":
        for name in names_of(data):
            for factor in ("1", name):
                field = {name: {factor: chance.choice(("1", "-1"))}}
                more = {"kind": "non-strict local minimum"}
                cones = [[field] for _ in claim["cones"]]
                yield only(data, **{**claim, **more, "cones": cones})
                for count in range(4):
                    level = {"by": "level", "field": field, "sides": [1] * count}
                    for also in ({}, {"multipliers": claim["multipliers"]}):
                        yield only(data, claim="kind", **more, **level, **also)


# ---- witnesses that show nothing
def multiplier_that_is_none(data: Data, _: random.Random) -> Iterator[Data]:
    claim = _kind(data)
    for k, value in enumerate(claim.get("multipliers", [])):
        for change in (Fraction(1, 10**40), Fraction(-1, 10**40), 1, -1, Fraction(1, 3)):
            rows = list(claim["multipliers"])
            rows[k] = str(Fraction(value) + change)
            yield only(data, **{**claim, "multipliers": rows})
            yield only(data, claim="critical", multipliers=rows)
    if claim:
        rows = claim["multipliers"]
        for wrong in ([*rows, "0"], rows[1:] if rows else ["1"], None, {}):
            yield only(data, claim="critical", multipliers=wrong)


def cone_left_out(data: Data, _: random.Random) -> Iterator[Data]:
    claim = _kind(data)
    for k in range(_cones(data)):
        cones = claim["cones"]
        for rows in (cones[:k] + cones[k + 1 :], [*cones, cones[k]], [cones[k]] * (2 * len(cones))):
            yield only(data, **{**claim, "cones": rows})


def field_of_a_cone_left_out(data: Data, _: random.Random) -> Iterator[Data]:
    claim = _kind(data)
    for k in range(_cones(data)):
        for n in range(len(claim["cones"][k])):
            cones = copy.deepcopy(claim["cones"])
            cones[k].pop(n)
            yield only(data, **{**claim, "cones": cones})
            cones[k].append(cones[k][0] if cones[k] else {names_of(data)[0]: {"1": "1"}})
            changed = {name: {"1": "1"} for name in names_of(data)}
            yield only(data, **{**claim, "cones": [*cones[:k], [changed], *cones[k + 1 :]]})


def critical_at_a_joint_where_it_falls(data: Data, chance: random.Random) -> Iterator[Data]:
    claim = claim_of(data, "not critical")
    if claim and "falling" in claim:
        for count in range(4):
            for value in ("0", "1", "1/2", str(chance.randint(2, 99))):
                more = {"multipliers": [value] * count}
                yield only(data, claim="critical", **more)
                rays = {name: claim[name] for name in ("falling", "rising")}
                yield only(data, claim="kind", kind="saddle", by="rays", **more, **rays)
                kind = {"claim": "kind", "kind": "strict local minimum", "by": "cones"}
                yield only(data, **kind, **more, cones=[[]])


def falling_ray_that_is_none(data: Data, _: random.Random) -> Iterator[Data]:
    claim = claim_of(data, "not critical")
    if claim and "falling" in claim:
        yield only(data, **{**claim, "falling": claim["rising"]})
        yield only(data, **{**claim, "rising": claim["falling"]})
        yield only(data, **{**claim, "falling": ["0"] * len(names_of(data))})
        yield only(data, **{**claim, "parameter": names_of(data)[0]})


def joints_of_a_smooth_point(data: Data, chance: random.Random) -> Iterator[Data]:
    claim = claim_of(data, "kind")
    if claim and not _kind(data) and claim.get("by") not in ("bound", "level"):
        for rows in ([], ["0"]):
            yield only(data, claim="critical", multipliers=rows)
            rays = {"falling": one(chance, len(names_of(data)))}
            rays["rising"] = [str(-Fraction(v)) for v in rays["falling"]]
            yield only(data, claim="kind", kind="saddle", by="rays", multipliers=rows, **rays)
            for cones in ([], [[]]):
                more = {"multipliers": rows, "cones": cones}
                yield only(data, claim="kind", kind="strict local minimum", by="cones", **more)


def joint_of_rough_digits(data: Data, _: random.Random) -> Iterator[Data]:
    if claim := _kind(data):
        yield with_problem(only(data, **claim), near=True)
        yield with_problem(
            only(data, claim="critical", multipliers=claim["multipliers"]), near=True
        )


# ---- other pieces
def piece_of_the_other_sign(data: Data, _: random.Random) -> Iterator[Data]:
    claim = _kind(data)
    kinks = any(Fraction(value) for value in claim.get("multipliers", []))
    for key, variable in (("activation", "t"), ("loss", "a")):
        text = data["problem"][key]
        turned = text.replace(f"piece(-{variable}, ", f"piece({variable}, -")
        if kinks and turned != text and claim["kind"] != "saddle":
            forged = with_problem(data, **{key: turned})
            yield only(forged, **claim)
            yield only(forged, claim="critical", multipliers=claim["multipliers"])


def pieces_that_are_none(data: Data, _: random.Random) -> Iterator[Data]:
    is_deep = len(data["problem"]["widths"]) > 2
    for text in NO_PIECES:
        for key in (*(["activation"] if is_deep else []), "output_activation"):
            yield with_problem(data, **{key: text})
        yield with_problem(data, loss=re.sub(r"\bt\b", "a", text))


def loss_at_joints_that_is_not_convex(data: Data, _: random.Random) -> Iterator[Data]:
    if "piece(-a, a)" in data["problem"]["loss"]:
        for loss in ("piece(a, -a)", "-piece(-a, a)", "piece(-a, -2*a)", "piece(a, -a) + 1",
                     "piece(-a, a) + 5*piece(a, -a, 0)", "piece(-a, a)*piece(-a, a)*(-1)",
                     "piece(-a, a)**3 - piece(-a, a)", "(0 - 1)*piece(-a, a)"):  # fmt: skip
            forged = with_problem(data, loss=loss)
            for values in (["0"], ["1"], ["0", "0"], ["1", "1"], []):
                more = {"by": "slopes", "multipliers": values}
                yield only(forged, claim="global minimum", answer="yes", **more)
                yield only(forged, claim="kind", kind="local minimum", **more)
            yield only(forged, claim="global minimum", answer="yes", by="bound")


# ---- shared and frozen parameters
def _told(data: Data) -> dict[str, Any]:
    return {key: data["problem"][key] for key in ("shared", "frozen") if key in data["problem"]}


def shared_or_frozen_left_out(data: Data, _: random.Random) -> Iterator[Data]:
    """Of the network with all parameters free the point is not critical, or not strict."""
    for key in _told(data):
        forged = copy.deepcopy(data)
        forged["problem"].pop(key)
        forged["problem"]["near"] = False
        forged["located"] = None
        yield only(forged, claim="kind", kind="strict local minimum", by="definite")
        size = len(names_of(forged))
        yield only(forged, claim="inertia", inertia=[size, 0, 0], null=[])
        if claim := claim_of(data, "inertia"):
            yield only(forged, **claim)


def tied_parameter_moved_alone(data: Data, _: random.Random) -> Iterator[Data]:
    for name in _told(data).get("shared", {}):
        layer, row, column = int(name[1]) - 1, int(name[3]) - 1, int(name[4]) - 1
        for change in (Fraction(1, 10**30), 1):
            forged = copy.deepcopy(data)
            rows = forged["problem"]["parameters"]["weights"][layer]
            rows[row][column] = str(Fraction(rows[row][column]) + change)
            yield forged
        point = {"claim": "global minimum", "answer": "no", "by": "better point"}
        yield only(data, **point, point=coordinates(data))


def frozen_parameter_counted(data: Data, _: random.Random) -> Iterator[Data]:
    if _told(data):
        size = len(names_of(data))
        for counts in ([size + 1, 0, 0], [size, 0, 1], [size, 1, 0]):
            yield only(data, claim="inertia", inertia=counts, null=[])
        for name in [*data["problem"].get("frozen", []), *data["problem"].get("shared", {})]:
            yield only(data, claim="not critical", parameter=name)
            yield with_problem(data, weight_decay={name: "1"})
            if data["located"]:
                more = {"free": [*data["located"]["free"], name]}
                yield {**copy.deepcopy(data), "located": {**data["located"], **more}}


def names_that_are_not_shared_or_frozen(data: Data, _: random.Random) -> Iterator[Data]:
    if _told(data):
        names = names_of(data)
        first = names[0]
        for shared in (
            {first: first},
            {first: "W9_99"},
            {"W9_99": first},
            [first],
            first,
            None,
            {first: None},
            {first: ["1"]},
            {first: "1"},
            dict.fromkeys(names, "b"),
        ):
            yield with_problem(data, shared=shared)
        for frozen in ([first, first], ["W9_99"], first, {first: 0}, [None], None, [0], [[first]]):
            yield with_problem(data, frozen=frozen)
        yield with_problem(data, shared={first: names[-1]}, frozen=[names[-1]])
        yield with_problem(data, shared={first: names[-1]}, frozen=[first])


def copies_of_tied_units(data: Data, _: random.Random) -> Iterator[Data]:
    if _told(data) and data["located"]:
        for units in ([[[0, 1, "1"]]], [[[0, 1, "1/2"], [0, 1, "1/2"]]], []):
            box = {"centre": ["1"] * 2, "radius": "1/1000000", "units": units}
            yield {**copy.deepcopy(data), "located": box}


# ---- rays to infinity
def ray_along_which_the_loss_rises(data: Data, _: random.Random) -> Iterator[Data]:
    if claim := claim_of(data, "infimum"):
        turned = [str(-Fraction(value)) for value in claim["direction"]]
        rest = ["0"] * len(turned)
        for direction in (turned, rest, turned[1:], None):
            yield only(data, **{**claim, "direction": direction})
        for place, value in enumerate(claim["direction"]):
            moved = [*claim["direction"]]
            moved[place] = str(-1000 * (Fraction(value) or 1))
            if data["problem"]["widths"] == [1, 1] or value == "0":
                yield only(data, **{**claim, "direction": moved})


def infimum_of_another_value(data: Data, _: random.Random) -> Iterator[Data]:
    if claim := claim_of(data, "infimum"):
        for value in (Fraction(1, 2**53), Fraction(-1, 2**53), Fraction(1, 10**400), 1):
            yield only(data, **{**claim, "value": str(value)})
        attained = {"claim": "global minimum", "answer": "yes", "by": "bound"}
        yield {**copy.deepcopy(data), "claims": [claim, attained]}


def infimum_of_another_problem(data: Data, chance: random.Random) -> Iterator[Data]:
    """With a label turned, or with decay, the loss does not fall for ever; or it is another one."""
    if claim := claim_of(data, "infimum"):
        for place, row in enumerate(data["problem"]["samples"]["targets"]):
            for other in ([str(1 - Fraction(v)) for v in row], ["1/2"] * len(row)):
                forged = only(data, **claim)
                forged["problem"]["samples"]["targets"][place] = other
                yield forged
        name = chance.choice(names_of(data))
        yield with_problem(only(data, **claim), weight_decay={name: "1/10000000"})
        for loss in ("sum", "a**2", "poisson"):
            yield with_problem(only(data, **claim), loss=loss)
        yield with_problem(only(data, **claim), output_activation="tanh")


def infimum_where_nothing_runs_away(data: Data, chance: random.Random) -> Iterator[Data]:
    if not claim_of(data, "infimum"):
        size = len(names_of(data))
        yield only(data, claim="infimum", direction=one(chance, size), value="0")


JOINT_CLASSES: tuple[Forge, ...] = (
    minimum_at_joints_that_is_a_saddle, saddle_at_joints_that_is_a_minimum,
    strict_at_joints_that_is_not, equal_losses_at_a_strict_minimum, multiplier_that_is_none,
    cone_left_out, field_of_a_cone_left_out, critical_at_a_joint_where_it_falls,
    falling_ray_that_is_none, joints_of_a_smooth_point, joint_of_rough_digits,
    piece_of_the_other_sign, pieces_that_are_none, loss_at_joints_that_is_not_convex,
    shared_or_frozen_left_out, tied_parameter_moved_alone, frozen_parameter_counted,
    names_that_are_not_shared_or_frozen, copies_of_tied_units,
    ray_along_which_the_loss_rises, infimum_of_another_value, infimum_of_another_problem,
    infimum_where_nothing_runs_away,
)  # fmt: skip

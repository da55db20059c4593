"""False certificates, as a careful liar would write them: each claims what is not so.

A forgery starts from a certificate that holds, and claims something that contradicts what holds
there: another kind, a loss that is off, a box at another zero, a contradiction, a word that nobody
checks. `python tests/forgeries.py` prints each class with its number and what refuses it.

Objects: CLASSES. Functions: forgeries.
"""

from __future__ import annotations

import copy
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction

from forged_joints import JOINT_CLASSES
from forged_losses import LOSS_CLASSES
from forged_paths import PATH_CLASSES
from forged_splits import SPLIT_CLASSES
from forging import (
    KINDS,
    MINIMA,
    PATHS,
    SOURCES,
    TRIES,
    Data,
    Forge,
    changed,
    claim_of,
    coordinates,
    is_exact,
    kind_of,
    moved,
    names_of,
    one,
    only,
    refusal,
    with_box,
    with_problem,
    written,
)

from symbolic_landscape.certificate import verifier

NO_NUMBERS = (
    "1e3", "1.5", "0x10", "1_000", "\uff11", "1/0", "nan", "inf", "t", "W1_11", "", " ", "1;2",
    "(1", "1)", "2**(1/2)", "sqrt(0-1)", "log(0)", True, None, [], ["1"], {}, "exp(10**6)",
    "9**9**9", "__import__('os')",
)  # fmt: skip
NO_KINDS = (
    "minimum", "Strict local minimum", "strict local minimum ", "global minimum", "not a saddle",
    "", "strict local  minimum", "strict local minimum\n",
)  # fmt: skip


# ---- the loss
def loss_too_high(data: Data, chance: random.Random) -> Iterator[Data]:
    if claim := claim_of(data, "loss"):
        for k in (1, 10**6, 10**15)[:TRIES]:
            low, high = Fraction(claim["lower"]), Fraction(claim["upper"])
            gap = Fraction(chance.randint(1, 9), k) + (high - low)
            yield changed(data, "loss", lower=str(low + gap), upper=str(high + gap))


def loss_too_low(data: Data, chance: random.Random) -> Iterator[Data]:
    for forged in loss_too_high(data, chance):
        honest, claim = claim_of(data, "loss"), claim_of(forged, "loss")
        assert honest is not None
        assert claim is not None
        gap = Fraction(claim["lower"]) - Fraction(honest["lower"])
        low, high = (str(Fraction(honest[end]) - gap) for end in ("lower", "upper"))
        yield changed(data, "loss", lower=low, upper=high)


def empty_interval(data: Data, _: random.Random) -> Iterator[Data]:
    if claim := claim_of(data, "loss"):
        high = Fraction(claim["lower"]) - Fraction(1, 10**20)
        yield changed(data, "loss", upper=str(high))


# ---- critical or not
def critical_at_a_slope(data: Data, _: random.Random) -> Iterator[Data]:
    if claim_of(data, "not critical"):
        yield only(data, claim="critical")


def slope_at_a_critical_point(data: Data, chance: random.Random) -> Iterator[Data]:
    if claim_of(data, "critical"):
        for name in chance.sample(names_of(data), min(TRIES, len(names_of(data)))):
            yield only(data, claim="not critical", parameter=name)
            yield only(
                data, **{"claim": "global minimum", "answer": "no"}, by="slope", parameter=name
            )


def kind_without_a_critical_point(data: Data, chance: random.Random) -> Iterator[Data]:
    if claim_of(data, "not critical"):
        size = len(names_of(data))
        for kind in KINDS:
            yield from _as_kind(data, kind, chance, size)


def _as_kind(data: Data, kind: str, chance: random.Random, size: int) -> Iterator[Data]:
    """The certificate that claims a kind, in each way that the verifier knows."""
    rows = [one(chance, size) for _ in range(2)]
    for said, by in verifier.WITNESSES["kind"]:
        if said != kind:
            continue
        words = verifier.WITNESSES["kind"][said, by]
        witness = {
            "flat": [one(chance, size)], "fields": [], "falling": rows[:1], "rising": rows[1:],
            "null": [], "along": names_of(data)[0], "curve": rows[:1], "multipliers": [],
            "cones": [[]], "sides": [1], "field": {names_of(data)[0]: {"1": "1"}},
            "surface": {name: f"p*({v})" for name, v in zip(names_of(data), rows[0], strict=True)},
        }  # fmt: skip
        if not is_exact(data):
            witness |= {"flat": []}
        if by == "rays":
            witness |= {"falling": rows[0], "rising": rows[1]}
        yield only(data, claim="kind", kind=kind, by=by, **{w: witness[w] for w in words})


# ---- kinds
def another_kind(data: Data, chance: random.Random) -> Iterator[Data]:
    honest = kind_of(data)
    for kind in KINDS:
        weaker = kind == "local minimum" and honest in MINIMA
        if honest and honest != "local minimum" and kind != honest and not weaker:
            for _ in range(TRIES):
                yield from _as_kind(data, kind, chance, len(names_of(data)))


def another_kind_with_the_same_witness(data: Data, _: random.Random) -> Iterator[Data]:
    claim, honest = claim_of(data, "kind"), kind_of(data)
    for kind in KINDS:
        weaker = kind == "local minimum" and honest in MINIMA
        settled = honest not in ("", "local minimum")
        if claim and settled and kind != honest and not weaker:
            yield only(data, **{**claim, "kind": kind})


def strict_along_a_null_direction(data: Data, _: random.Random) -> Iterator[Data]:
    inertia = claim_of(data, "inertia")
    if kind_of(data) != "non-strict local minimum" or not inertia:
        return
    for null in inertia.get("null", []):
        for place, name in enumerate(names_of(data)):
            if null[place] not in ("0", ""):
                claim = {"claim": "kind", "kind": "strict local minimum", "by": "reduced curve"}
                yield only(data, **claim, along=name, curve=[null])


def non_strict_on_a_manifold_of_dimension_0(data: Data, _: random.Random) -> Iterator[Data]:
    if kind_of(data) == "strict local minimum":
        for by in ("manifold", "bound"):
            claim = {"claim": "kind", "kind": "non-strict local minimum", "by": by}
            yield only(data, **claim)
            yield only(data, **claim, flat=[], fields=[])


def saddle_with_curves_exchanged(data: Data, _: random.Random) -> Iterator[Data]:
    claim = claim_of(data, "kind")
    if claim and "falling" in claim:
        yield changed(data, "kind", falling=claim["rising"], rising=claim["falling"])
        yield changed(data, "kind", rising=claim["falling"])
        yield changed(data, "kind", falling=claim["rising"])


def saddle_that_is_strict(data: Data, _: random.Random) -> Iterator[Data]:
    claim = claim_of(data, "kind")
    if claim and claim["kind"] == "saddle":
        yield only(
            data, **{k: v for k, v in claim.items() if k != "null"} | {"kind": "strict saddle"}
        )


def strict_saddle_that_is_a_saddle(data: Data, _: random.Random) -> Iterator[Data]:
    claim = claim_of(data, "kind")
    if claim and claim["kind"] == "strict saddle":
        yield only(data, **claim | {"kind": "saddle", "null": []})


# ---- inertia
def inertia_off_by_one(data: Data, _: random.Random) -> Iterator[Data]:
    if claim := claim_of(data, "inertia"):
        for i in range(3):
            for j in range(3):
                counts = list(claim["inertia"])
                counts[i] += 1
                counts[j] -= 1
                if i != j and counts[j] >= 0:
                    yield only(data, **{**claim, "inertia": counts})


def inertia_of_another_size(data: Data, _: random.Random) -> Iterator[Data]:
    if claim := claim_of(data, "inertia"):
        for i in range(3):
            counts = list(claim["inertia"])
            counts[i] += 1
            yield only(data, **{**claim, "inertia": counts})


def null_vector_that_is_none(data: Data, chance: random.Random) -> Iterator[Data]:
    claim = claim_of(data, "inertia")
    if claim and is_exact(data) and claim["inertia"][2] < sum(claim["inertia"]):
        positive, negative, zero = claim["inertia"]
        more = [positive - (positive > 0), negative - (positive == 0), zero + 1]
        for _ in range(TRIES):
            null = [*claim.get("null", []), one(chance, sum(more))]
            yield only(data, claim="inertia", inertia=more, null=null)


def null_vector_twice(data: Data, _: random.Random) -> Iterator[Data]:
    claim = claim_of(data, "inertia")
    if claim and claim.get("null") and claim["inertia"][2] < sum(claim["inertia"]):
        positive, negative, zero = claim["inertia"]
        more = [positive - (positive > 0), negative - (positive == 0), zero + 1]
        yield only(data, claim="inertia", inertia=more, null=[*claim["null"], claim["null"][0]])


# ---- global minima
def global_minimum_that_is_none(data: Data, _: random.Random) -> Iterator[Data]:
    claim = claim_of(data, "global minimum")
    if claim and claim["answer"] == "no":
        yield only(data, claim="global minimum", answer="yes", by="bound")
        yield only(data, **{**claim, "answer": "yes"})


def point_that_is_no_better(data: Data, chance: random.Random) -> Iterator[Data]:
    claim = claim_of(data, "global minimum")
    if claim and claim["answer"] == "yes":
        size = len(names_of(data))
        for _ in range(TRIES):
            yield only(
                data,
                claim="global minimum",
                answer="no",
                by="better point",
                point=one(chance, size),
            )


def same_point_as_a_better_one(data: Data, _: random.Random) -> Iterator[Data]:
    if is_exact(data):
        claim = {"claim": "global minimum", "answer": "no", "by": "better point"}
        yield only(data, **claim, point=coordinates(data))


def curve_that_does_not_fall(data: Data, chance: random.Random) -> Iterator[Data]:
    if kind_of(data) in MINIMA:
        for _ in range(TRIES):
            curve = [one(chance, len(names_of(data))) for _ in range(chance.randint(1, 3))]
            yield only(data, claim="global minimum", answer="no", by="curve", falling=curve)


def rank_of_a_map_that_is_not_best(data: Data, _: random.Random) -> Iterator[Data]:
    claim = claim_of(data, "global minimum")
    if claim and claim["answer"] == "no":
        for between in ("0", "1/2", "5/2", "10", "-1"):
            yield only(data, claim="global minimum", answer="yes", by="rank", between=between)


def loss_that_is_not_convex(data: Data, _: random.Random) -> Iterator[Data]:
    """A line through two points at which the loss has a maximum or a saddle at the zero line."""
    problem = {
        "widths": [1, 1], "activation": "linear", "loss": "", "samples": {
            "inputs": [["1"], ["-1"]], "targets": [["0"], ["0"]]},
        "parameters": {"weights": [[["0"]]], "biases": [["0"]]},
    }  # fmt: skip
    for loss in (
        "-a**2",
        "exp(-a**2)",
        "(a**2 - 1)**2",
        "a**4 - a**2",
        "1/(1 + a**2)",
        "-sqrt(1 + a**2)",
        "log(1 + exp(-a**2))",
        "log(2 - a**2)",
        "sqrt(4 - a**2)",
        "-log(exp(a) + exp(-a))",
        "log(exp(a) + exp(-a)) - a**2",
        "exp(a)*exp(-a) - a**2",
        "(0 - 1)*(a**2)",
        "a**2/(-1)",
        "sqrt(1 - a**2 + a**4)",
        "sqrt(1 + (a - a**3)**2 - a**2)",
        "exp(exp(-a**2))",
        "0 - exp(a) - exp(-a)",
        "log(exp(-a**2) + 1/2)",
        "sqrt((a**2 - 1)**2)",
        "exp((a**2 - 1)**2)",
        "a**2*(0 - 1)",
        "(1 + a**2)**-1",
    ):
        forged = with_problem({**data, "located": None}, **{"near": False})
        forged["problem"] = {**problem, "loss": loss}
        yield only(forged, claim="global minimum", answer="yes", by="bound")


# ---- no critical point near
def none_near_a_critical_point(data: Data, chance: random.Random) -> Iterator[Data]:
    if data["located"]:
        for within in ("1/16", "1", "1000"):
            for name in names_of(data):
                field = {name: {"1": str(chance.randint(1, 9)), name: str(chance.randint(-9, 9))}}
                forged = {**only(data, claim="none near", within=within, field=field)}
                yield {**forged, "located": None}
                yield forged
            yield {**only(data, claim="none near", within=within), "located": None}
            yield only(data, claim="none near", within=within)


def none_near_an_exact_point(data: Data, _: random.Random) -> Iterator[Data]:
    if is_exact(data) and claim_of(data, "critical"):
        for within in ("1/1000000", "0", "-1"):
            field = {names_of(data)[0]: {"1": "1"}}
            for more in ({"field": field}, {}):
                forged = only(data, claim="none near", within=within, **more)
                yield forged
                yield with_problem(forged, near=True)


def none_near_and_critical(data: Data, _: random.Random) -> Iterator[Data]:
    if claim_of(data, "critical"):
        forged = copy.deepcopy(data)
        claim = {"claim": "none near", "within": "1/16", "field": {names_of(data)[0]: {"1": "1"}}}
        forged["claims"].insert(0, claim)
        yield forged


# ---- eigenvalues
def eigenvalues_too_large(data: Data, chance: random.Random) -> Iterator[Data]:
    if claim := claim_of(data, "eigenvalues"):
        for k in (2, 10, 10**9):
            bound = Fraction(claim["at least"]) * k * 4
            yield only(data, **{**claim, "at least": str(bound), "radius": "0"})


def eigenvalues_of_the_other_sign(data: Data, _: random.Random) -> Iterator[Data]:
    if claim := claim_of(data, "eigenvalues"):
        other = "the Hessian" if claim["of"] == "minus the Hessian" else "minus the Hessian"
        yield only(data, **{**claim, "of": other})
        yield only(data, **{**claim, "of": "another matrix"})


def eigenvalues_where_the_hessian_is_singular(data: Data, _: random.Random) -> Iterator[Data]:
    inertia = claim_of(data, "inertia")
    if inertia and (inertia["inertia"][2] or min(inertia["inertia"][:2])):
        for of in ("the Hessian", "minus the Hessian"):
            yield only(data, **{"claim": "eigenvalues", "of": of, "at least": "1/1000"}, radius="0")


def bound_that_bounds_nothing(data: Data, _: random.Random) -> Iterator[Data]:
    if claim := claim_of(data, "eigenvalues"):
        for bound in ("0", "-1"):
            yield only(data, **{**claim, "at least": bound})
        yield only(data, **{**claim, "radius": "-1"})


# ---- another problem
def target_exchanged(data: Data, chance: random.Random) -> Iterator[Data]:
    for _ in range(TRIES):

        def change(problem: Data) -> None:
            row = chance.choice(problem["samples"]["targets"])
            row[chance.randrange(len(row))] = f"{chance.randint(1, 99)}/7"

        yield from moved(data, change)


def input_exchanged(data: Data, chance: random.Random) -> Iterator[Data]:
    for _ in range(TRIES):

        def change(problem: Data) -> None:
            row = chance.choice(problem["samples"]["inputs"])
            row[chance.randrange(len(row))] = f"{chance.randint(1, 99)}/7"

        yield from moved(data, change)


def weight_exchanged(data: Data, chance: random.Random) -> Iterator[Data]:
    for _ in range(TRIES):

        def change(problem: Data) -> None:
            row = chance.choice(chance.choice(problem["parameters"]["weights"]))
            row[chance.randrange(len(row))] = f"{chance.randint(1, 99)}/7"

        yield from moved(data, change)


def sample_left_out(data: Data, _: random.Random) -> Iterator[Data]:
    def change(problem: Data) -> None:
        for part in ("inputs", "targets"):
            problem["samples"][part] = problem["samples"][part][1:]

    if len(data["problem"]["samples"]["inputs"]) > 1:
        yield from moved(data, change)


def loss_exchanged(data: Data, _: random.Random) -> Iterator[Data]:
    for name in ("half", "mean", "cauchy(1)", "a**4"):
        yield from moved(data, lambda problem, name=name: problem.update(loss=name))


def activation_exchanged(data: Data, _: random.Random) -> Iterator[Data]:
    for name in ("t", "t**2 + 1", "sigmoid", "relu"):
        for key in ("activation", "output_activation"):
            yield from moved(data, lambda problem, n=name, k=key: problem.update({k: n}))


# ---- words that nobody checks
def unknown_key_of_the_problem(data: Data, _: random.Random) -> Iterator[Data]:
    for key in ("regularization", "weight_decay", "constraints"):
        yield with_problem(data, **{key: "1/2"})


def unknown_key_of_the_samples(data: Data, _: random.Random) -> Iterator[Data]:
    for part, key in (("samples", "weights"), ("parameters", "frozen")):
        yield with_problem(data, **{part: {**data["problem"][part], key: [["1"]]}})


def unknown_key_of_the_certificate(data: Data, _: random.Random) -> Iterator[Data]:
    for key in ("verified", "checked by", "note"):
        yield {**copy.deepcopy(data), key: "yes"}
    yield {**copy.deepcopy(data), "version": "checked by hand"}


def unknown_key_of_a_claim(data: Data, _: random.Random) -> Iterator[Data]:
    for n in range(len(data["claims"])):
        for key in ("remark", "proof", "certainly"):
            forged = copy.deepcopy(data)
            forged["claims"][n][key] = "yes"
            yield forged
    yield only(data, **{"claim": "critical", "not covered": "the gradient is clear", "": "yes"})


def unknown_key_of_the_box(data: Data, _: random.Random) -> Iterator[Data]:
    if data["located"]:
        yield {**copy.deepcopy(data), "located": {**data["located"], "unique": True}}


def label_of_another_claim(data: Data, _: random.Random) -> Iterator[Data]:
    for name in ("critical", "loss", "inertia", "eigenvalues", "global minimum"):
        if claim := claim_of(data, name):
            yield only(data, **{**claim, "kind": "strict local minimum"})
    for name in ("critical", "loss", "inertia", "kind"):
        if claim := claim_of(data, name):
            yield only(data, **{**claim, "answer": "yes"})


def witness_of_another_way(data: Data, _: random.Random) -> Iterator[Data]:
    if claim := claim_of(data, "kind"):
        for key in ("point", "parameter", "along", "at least"):
            yield only(data, **{**claim, key: "1"})


# ---- contradictions
def two_kinds(data: Data, _: random.Random) -> Iterator[Data]:
    claim = claim_of(data, "kind")
    for kind in KINDS if claim else ():
        forged = copy.deepcopy(data)
        forged["claims"].append({"claim": "kind", "kind": kind, "by": "bound"})
        yield forged


def claim_twice(data: Data, _: random.Random) -> Iterator[Data]:
    for claim in data["claims"]:
        if claim["claim"] != "eigenvalues":
            yield {**copy.deepcopy(data), "claims": [claim, *data["claims"]]}


def critical_and_not(data: Data, _: random.Random) -> Iterator[Data]:
    forged = copy.deepcopy(data)
    if claim_of(data, "critical"):
        forged["claims"].append({"claim": "not critical", "parameter": names_of(data)[0]})
        yield forged
    elif claim_of(data, "not critical"):
        forged["claims"].append({"claim": "critical"})
        yield forged


def kind_against_inertia(data: Data, _: random.Random) -> Iterator[Data]:
    claim, inertia = claim_of(data, "kind"), claim_of(data, "inertia")
    if claim and inertia and claim["kind"] in MINIMA:
        size = sum(inertia["inertia"])
        for counts in ([size - 1, 1, 0], [0, size, 0]):
            yield changed(data, "inertia", inertia=counts)


def global_minimum_at_a_saddle(data: Data, _: random.Random) -> Iterator[Data]:
    if kind_of(data) in ("saddle", "strict saddle", "maximum"):
        forged = {**copy.deepcopy(data), "claims": [claim_of(data, "kind")]}
        forged["claims"].append({"claim": "global minimum", "answer": "yes", "by": "bound"})
        yield forged


# ---- boxes
def box_off_the_zero(data: Data, chance: random.Random) -> Iterator[Data]:
    if data["located"]:
        for k in (10**3, 10**9, 10**12):
            centre = [
                str(Fraction(v) + Fraction(chance.randint(1, 9), k))
                for v in data["located"]["centre"]
            ]
            yield with_box(data, centre=centre, radius="1/18446744073709551616")


def box_far_away(data: Data, _: random.Random) -> Iterator[Data]:
    if data["located"]:
        for shift in (1, -1, 1000):
            yield with_box(
                data, centre=[str(Fraction(v) + shift) for v in data["located"]["centre"]]
            )


def box_at_the_mirrored_point(data: Data, _: random.Random) -> Iterator[Data]:
    if data["located"]:
        yield with_box(data, centre=[str(-Fraction(v)) for v in data["located"]["centre"]])


def box_of_no_use(data: Data, _: random.Random) -> Iterator[Data]:
    if data["located"]:
        for radius in ("1", "100", "0", "-1"):
            yield with_box(data, radius=radius)


def parameters_held_without_a_field(data: Data, _: random.Random) -> Iterator[Data]:
    if data["located"] and data["located"].get("equations") == "gradient":
        free = data["located"]["free"]
        for n in range(len(free)):
            yield with_box(data, free=free[:n] + free[n + 1 :])


def fields_that_change_the_loss(data: Data, _: random.Random) -> Iterator[Data]:
    if data["located"] and data["located"].get("equations") == "gradient":
        free = data["located"]["free"]
        for name in free[:TRIES]:
            rest = [other for other in free if other != name]
            fields = [*data["located"]["fields"], {name: {"1": "1"}}]
            yield with_box(data, free=rest, fields=fields)


def fields_of_a_fit(data: Data, _: random.Random) -> Iterator[Data]:
    if data["located"] and data["located"].get("equations") == "fit":
        for name in data["located"]["free"]:
            forged = with_box(data, fields=[{name: {"1": "1"}}])
            yield only(forged, claim="kind", kind="maximum", by="manifold")
            yield forged


def fit_that_is_none(data: Data, _: random.Random) -> Iterator[Data]:
    if data["located"] and data["located"].get("equations") == "gradient":
        yield with_box(data, equations="fit", fields=[])


def held_parameter_moved(data: Data, _: random.Random) -> Iterator[Data]:
    if data["located"]:
        for i, name in enumerate(names_of(data)):
            if name not in data["located"].get("free", names_of(data)):
                centre = list(data["located"]["centre"])
                centre[i] = str(Fraction(centre[i]) + Fraction(1, 10**6))
                yield with_box(data, centre=centre)


def rough_point_without_a_box(data: Data, _: random.Random) -> Iterator[Data]:
    if data["located"]:
        for claim in data["claims"]:
            yield {**only(data, **claim), "located": None}


def exact_point_with_a_box(data: Data, _: random.Random) -> Iterator[Data]:
    if data["located"]:
        yield with_problem(data, near=False)


def digits_of_another_point(data: Data, chance: random.Random) -> Iterator[Data]:
    if data["located"]:
        for _ in range(TRIES):
            forged = copy.deepcopy(data)
            row = chance.choice(forged["problem"]["parameters"]["weights"][0])
            place = chance.randrange(len(row))
            row[place] = str(Fraction(row[place]) + Fraction(chance.choice((3, -3, 40))))
            yield forged


# ---- losses that have no value, manifolds and curves
def loss_that_is_undefined(data: Data, _: random.Random) -> Iterator[Data]:
    for name in ("cauchy(0)", "pseudo_huber(0)", "pseudo_huber(-1)", "blake_zisserman(-1)",
                 "blake_zisserman(0)", "corrupted_gaussian(2, 1)", "corrupted_gaussian(1/2, 0)",
                 "corrupted_gaussian(-1, 1)", "cauchy(1/0)"):  # fmt: skip
        forged = with_problem(data, loss=name)
        yield only(forged, claim="global minimum", answer="yes", by="bound")


def flat_that_is_not_critical(data: Data, chance: random.Random) -> Iterator[Data]:
    inertia = claim_of(data, "inertia")
    if kind_of(data) == "strict local minimum" and is_exact(data) and inertia:
        for _ in range(TRIES):
            flat = [one(chance, sum(inertia["inertia"]))]
            yield only(
                data, claim="kind", kind="non-strict local minimum", by="manifold", flat=flat
            )


def flat_that_is_nothing(data: Data, _: random.Random) -> Iterator[Data]:
    if is_exact(data) and kind_of(data) == "strict local minimum":
        zero = ["0"] * len(names_of(data))
        for by in ("manifold", "bound"):
            claim = {"claim": "kind", "kind": "non-strict local minimum", "by": by}
            yield only(data, **claim, flat=[zero], fields=[])


def orbit_that_is_none(data: Data, chance: random.Random) -> Iterator[Data]:
    if is_exact(data) and kind_of(data) == "strict local minimum":
        names = names_of(data)
        for _ in range(TRIES):
            a, b = chance.choice(names), chance.choice(names)
            for by in ("manifold", "bound"):
                claim = {"claim": "kind", "kind": "non-strict local minimum", "by": by}
                yield only(data, **claim, flat=[], fields=[{a: {b: "1"}}])
                yield only(data, **claim, flat=[], fields=[{a: {"1": "1"}}])


def maximum_at_a_minimum(data: Data, _: random.Random) -> Iterator[Data]:
    if kind_of(data) in MINIMA:
        claim = claim_of(data, "kind")
        assert claim is not None
        flat = {k: claim[k] for k in ("flat", "fields") if k in claim}
        yield only(data, claim="kind", kind="maximum", by="definite")
        yield only(data, claim="kind", kind="maximum", by="manifold", **flat)


def minimum_at_a_maximum(data: Data, _: random.Random) -> Iterator[Data]:
    if kind_of(data) == "maximum":
        for kind in MINIMA:
            for by in ("definite", "manifold", "bound"):
                yield only(data, claim="kind", kind=kind, by=by)


# ---- a second reading: words and numbers that slip through, witnesses that nobody looks at
def null_vectors_of_a_box(data: Data, chance: random.Random) -> Iterator[Data]:
    for name in ("inertia", "kind"):
        claim = claim_of(data, name)
        if data["located"] and claim and "null" in claim:
            null = [one(chance, len(names_of(data)))]
            yield only(data, **{**claim, "null": null})


def flats_of_a_fit(data: Data, chance: random.Random) -> Iterator[Data]:
    if data["located"] and data["located"].get("equations") == "fit":
        size = len(names_of(data))
        for by in ("bound", "manifold"):
            claim = {"claim": "kind", "kind": "non-strict local minimum", "by": by}
            yield only(data, **claim, flat=[one(chance, size)], fields=[])
            yield only(data, **claim, flat=[], fields=[{names_of(data)[0]: {"1": "1"}}])


def _surface(data: Data, change: str) -> Iterator[Data]:
    """A non-strict minimum by a surface on which some parameter moves from where it is."""
    claim = {"claim": "kind", "kind": "non-strict local minimum", "by": "surface"}
    values = coordinates(data)
    for name, value in zip(names_of(data), values, strict=True):
        yield only(data, **claim, surface={name: change.format(value)})


def surface_that_is_not_critical(data: Data, _: random.Random) -> Iterator[Data]:
    if is_exact(data) and kind_of(data) not in ("", "non-strict local minimum", "local minimum"):
        for change in ("({}) + p", "({}) + p**2 + p", "({}) + exp(p) - 1", "({}) + p + q"):
            yield from _surface(data, change)


def surface_that_does_not_move(data: Data, _: random.Random) -> Iterator[Data]:
    if is_exact(data) and kind_of(data) == "strict local minimum":
        for change in ("({})", "({}) + 0*p", "({}) + p - p", "({}) + p**2", "({}) + p**3"):
            yield from _surface(data, change)


def surface_elsewhere(data: Data, _: random.Random) -> Iterator[Data]:
    if is_exact(data) and kind_of(data):
        for change in ("({}) + p + 1/1000000", "({}) + cos(p)", "({}) + t", "({}) + pq", "p/p"):
            yield from _surface(data, change)


def fibre_that_is_none(data: Data, _: random.Random) -> Iterator[Data]:
    if data["located"] and kind_of(data) == "strict local minimum":
        claim = {"claim": "kind", "kind": "non-strict local minimum", "by": "manifold"}
        free = data["located"]["free"]
        for n, name in enumerate(free):
            place = names_of(data).index(name)
            centre = list(data["located"]["centre"])
            centre[place] = coordinates(data)[place]
            more = {"equations": "fibre", "fields": [], "centre": centre}
            yield only(
                with_box(data, free=free[:n] + free[n + 1 :], **more), **claim, flat=[], fields=[]
            )


def loss_upside_down(data: Data, _: random.Random) -> Iterator[Data]:
    text = {"sum": "a**2", "half": "a**2/2"}.get(data["problem"].get("loss", "sum"))
    changes = is_exact(data) and text and "weight_decay" not in data["problem"]
    if changes and kind_of(data) in (*MINIMA, "maximum"):
        for loss in (f"-({text})", f"0 - {text}", f"({text})*(-1)", f"({text})/(-1)"):
            forged = with_problem(data, loss=loss)
            for name in ("kind", "global minimum"):
                claim = claim_of(data, name)
                if claim and claim.get("answer") != "no":
                    yield only(forged, **claim)


def slow_curves_at_a_strict_saddle(data: Data, _: random.Random) -> Iterator[Data]:
    claim = claim_of(data, "kind")
    if claim and claim["kind"] == "strict saddle":
        rest = ["0"] * len(names_of(data))
        slow = {name: [rest, *claim[name]] for name in ("falling", "rising")}
        yield only(data, **claim | {"kind": "saddle", "null": []} | slow)
        yield only(data, **claim | slow)


def saddle_with_one_curve_for_both(data: Data, chance: random.Random) -> Iterator[Data]:
    if kind_of(data) in (*MINIMA, "maximum"):
        for _ in range(TRIES):
            curve = [one(chance, len(names_of(data))) for _ in range(3)]
            turned = [[str(-Fraction(v)) for v in curve[0]], *curve[1:]]
            for kind, more in (("strict saddle", {}), ("saddle", {"null": []})):
                claim = {"claim": "kind", "kind": kind, "by": "curves"}
                yield only(data, **claim, falling=curve, rising=turned, **more)


def numbers_that_are_none(data: Data, chance: random.Random) -> Iterator[Data]:
    for text in NO_NUMBERS:
        forged = copy.deepcopy(data)
        row = chance.choice(forged["problem"]["samples"]["targets"])
        row[0] = text
        yield forged


def claims_in_other_words(data: Data, _: random.Random) -> Iterator[Data]:
    if claim := claim_of(data, "kind"):
        for word in ("Kind", "kind ", "kinds", "KIND", "k\u0456nd", ""):
            yield only(data, **{**claim, "claim": word})
        for kind in NO_KINDS:
            yield only(data, **{**claim, "kind": kind})
        for by in ("definiteness", "the authors", "", "bound ", "DEFINITE"):
            yield only(data, **{**claim, "by": by})


def free_parameters_that_are_none(data: Data, _: random.Random) -> Iterator[Data]:
    if data["located"] and "free" in data["located"]:
        free = data["located"]["free"]
        twice = [*free, free[0]]
        for names in (twice, [*free, "W9_99"], [*free[1:], ""], [], [*free, 0], "W1_11", None):
            yield with_box(data, free=names)


def biases_of_a_network_without(data: Data, _: random.Random) -> Iterator[Data]:
    yield with_problem(data, bias=not data["problem"].get("bias", True))
    for word in ("no", 0, None, "false"):
        yield with_problem(data, bias=word)


def shapes_that_do_not_fit(data: Data, _: random.Random) -> Iterator[Data]:
    for part, key in (("samples", "inputs"), ("samples", "targets"), ("parameters", "weights")):
        for change in (lambda rows: rows[:-1], lambda rows: [*rows, rows[-1]], lambda rows: []):
            forged = copy.deepcopy(data)
            forged["problem"][part][key] = change(forged["problem"][part][key])
            yield forged
    widths = data["problem"]["widths"]
    for other in ([*widths, 1], widths[:1], [*widths[:-1], widths[-1] + 1], [0, *widths[1:]], []):
        yield with_problem(data, widths=other)


def everything_is_flat(data: Data, _: random.Random) -> Iterator[Data]:
    inertia = claim_of(data, "inertia")
    if is_exact(data) and inertia and any(inertia["inertia"][:2]):
        size = len(names_of(data))
        flat = [["1" if i == j else "0" for j in range(size)] for i in range(size)]
        for kind in ("maximum", "non-strict local minimum"):
            yield only(data, claim="kind", kind=kind, by="manifold", flat=flat, fields=[])


def centre_as_a_better_point(data: Data, _: random.Random) -> Iterator[Data]:
    if data["located"] and len(data["located"]["centre"]) == len(names_of(data)):
        claim = {"claim": "global minimum", "answer": "no", "by": "better point"}
        yield only(data, **claim, point=data["located"]["centre"])


def strict_minimum_in_fewer_coordinates(data: Data, _: random.Random) -> Iterator[Data]:
    if data["located"] and kind_of(data) == "non-strict local minimum":
        for by in ("definite", "reduced curve"):
            claim = {"claim": "kind", "kind": "strict local minimum", "by": by}
            more = {
                "along": names_of(data)[0],
                "curve": [["1"] + ["0"] * (len(names_of(data)) - 1)],
            }
            yield only(data, **claim, **(more if by == "reduced curve" else {}))


def points_of_another_size(data: Data, _: random.Random) -> Iterator[Data]:
    size = len(names_of(data))
    for point in ([], ["1"] * (size + 2), ["1"] * (size + 1), "1", None, {"W1_11": "1"}):
        claim = {"claim": "global minimum", "answer": "no", "by": "better point"}
        yield only(data, **claim, point=point)
        yield only(data, claim="global minimum", answer="no", by="curve", falling=[point])


def certificate_of_another_schema(data: Data, _: random.Random) -> Iterator[Data]:
    for word in ("lemma-check/certificate/2", "lemma-check/certificate/1 ", "", None, 1):
        yield {**copy.deepcopy(data), "schema": word}
    for claims in ([], None, {}, [[]], ["kind"], [None], [{}], data["claims"] * 9):
        yield {**copy.deepcopy(data), "claims": claims}


CLASSES: dict[str, Forge] = {
    forge.__name__.replace("_", " "): forge
    for forge in (
        loss_too_high, loss_too_low, empty_interval, critical_at_a_slope,
        slope_at_a_critical_point, kind_without_a_critical_point, another_kind,
        another_kind_with_the_same_witness, strict_along_a_null_direction,
        non_strict_on_a_manifold_of_dimension_0, saddle_with_curves_exchanged,
        saddle_that_is_strict, strict_saddle_that_is_a_saddle, inertia_off_by_one,
        inertia_of_another_size, null_vector_that_is_none, null_vector_twice,
        global_minimum_that_is_none, point_that_is_no_better, same_point_as_a_better_one,
        curve_that_does_not_fall, eigenvalues_too_large, eigenvalues_of_the_other_sign,
        eigenvalues_where_the_hessian_is_singular, bound_that_bounds_nothing, target_exchanged,
        input_exchanged, weight_exchanged, sample_left_out, loss_exchanged, activation_exchanged,
        unknown_key_of_the_problem, unknown_key_of_the_samples, unknown_key_of_the_certificate,
        unknown_key_of_a_claim, unknown_key_of_the_box, label_of_another_claim,
        witness_of_another_way, two_kinds, claim_twice, critical_and_not, kind_against_inertia,
        global_minimum_at_a_saddle, box_off_the_zero, box_far_away, box_at_the_mirrored_point,
        box_of_no_use, parameters_held_without_a_field, fields_that_change_the_loss,
        fields_of_a_fit, fit_that_is_none, held_parameter_moved, rough_point_without_a_box,
        exact_point_with_a_box, digits_of_another_point, loss_that_is_undefined,
        flat_that_is_not_critical, flat_that_is_nothing, orbit_that_is_none, maximum_at_a_minimum,
        minimum_at_a_maximum, rank_of_a_map_that_is_not_best, loss_that_is_not_convex,
        none_near_a_critical_point, none_near_an_exact_point, none_near_and_critical,
        null_vectors_of_a_box, flats_of_a_fit, fibre_that_is_none,
        surface_that_is_not_critical, surface_that_does_not_move, surface_elsewhere,
        loss_upside_down,
        slow_curves_at_a_strict_saddle, saddle_with_one_curve_for_both, numbers_that_are_none,
        claims_in_other_words, free_parameters_that_are_none, biases_of_a_network_without,
        shapes_that_do_not_fit, everything_is_flat, centre_as_a_better_point,
        strict_minimum_in_fewer_coordinates, points_of_another_size,
        certificate_of_another_schema,
        *PATH_CLASSES, *SPLIT_CLASSES, *LOSS_CLASSES, *JOINT_CLASSES,
    )
}  # fmt: skip
"""The classes of forgeries, by what is false."""
LARGE = (inertia_off_by_one, null_vectors_of_a_box, box_off_the_zero, *SPLIT_CLASSES)
ONLY = {
    "split 2-3-2-1": LARGE,
    "split 2-21-21-1": LARGE,
    "split below two units": LARGE,
    **dict.fromkeys(PATHS, PATH_CLASSES),
}
"""The classes for problems that need long, or that are there for these classes alone."""


def forgeries(name: str) -> Iterator[tuple[str, Data]]:
    """Each forgery made from the certificate of one problem, with its class."""
    data = written(name)
    few = {forge.__name__.replace("_", " ") for forge in ONLY.get(name, ())}
    for kind, forge in CLASSES.items():
        for forged in (
            () if few and kind not in few else forge(data, random.Random(f"{name} {kind}"))
        ):
            yield kind, forged


def main() -> None:
    """Prints the classes, how many forgeries each has, and what refuses them."""
    refused: dict[str, Counter[str]] = defaultdict(Counter)
    for name in SOURCES:
        for kind, forged in forgeries(name):
            refused[kind][refusal(forged) or "ACCEPTED"] += 1
    total = sum(counter.total() for counter in refused.values())
    print(f"{total} forgeries of {len(refused)} classes")
    for kind in CLASSES:
        words, _ = (refused[kind].most_common(1) or [("none was made", 0)])[0]
        print(f"{refused[kind].total():5}  {kind}: {words}")
        if refused[kind]["ACCEPTED"]:
            print(f"       {refused[kind]['ACCEPTED']} ACCEPTED")


if __name__ == "__main__":
    main()

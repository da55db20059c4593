"""The certificate of a classification: the problem, and claims with what shows them.

Functions: certificate, uncovered.

Design notes. A witness is a guess until the stand-alone verifier accepts it: whatever it does not
accept is written as a claim that is not covered, with what the verifier says to the last witness
that was tried, and with the reason that `classify` gave. Where the digits of a rough point do not
settle which zero of the gradient is the nearest, the problem in the certificate has more digits of
the located one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np

from symbolic_landscape.arithmetic import QQ, Scalar
from symbolic_landscape.certificate import verifier
from symbolic_landscape.certificate.copies import copies
from symbolic_landscape.certificate.fields import invariant_fields
from symbolic_landscape.certificate.kinks import Kinks
from symbolic_landscape.certificate.numbers import text_of
from symbolic_landscape.certificate.stating import parameters, stated
from symbolic_landscape.certificate.surfaces import constant_unit_surface
from symbolic_landscape.certificate.verifier import Checker
from symbolic_landscape.critical.classification import Answer, Classification, Kind
from symbolic_landscape.critical.curves import Curve, Slice
from symbolic_landscape.critical.kernels import midpoint, near_fraction
from symbolic_landscape.critical.local import BITS, LocalLoss
from symbolic_landscape.critical.problem import Problem
from symbolic_landscape.errors import DomainError, ProblemError
from symbolic_landscape.paths import DescentPath
from symbolic_landscape.version import __version__

Data = dict[str, Any]

RADII = tuple(Fraction(1, 1 << k) for k in (64, 48, 36, 24))
"""Radii of boxes that are tried in turn."""
CENTRE = 1 << 128
DIGITS = 10**20
DENOMINATOR = 1 << 20
GRID = 1 << 64
BOXES = 7
"""How many boxes are tried, each a quarter of the one before, from that of `classify`."""


def certificate(problem: Problem, found: Classification, path: DescentPath | None = None) -> Data:
    """The certificate of what was found at the point of a problem that comes from a file.

    With a path it also claims that one of non-increasing loss leads from near the point to loss 0.

    Raises ProblemError: the verifier does not read the problem.
    """
    written = {
        "schema": verifier.SCHEMA,
        "version": __version__,
        "problem": stated(problem),
        "located": None,
    }
    try:
        if found.located:
            written.update(_located(written, problem, found))
        checker = verifier.opened(written)
    except verifier.BadFileError as error:
        message = f"no certificate is written: {error}"
        raise ProblemError(message) from error
    witnesses = _Witnesses(checker, problem, found)
    return {**written, "claims": [*witnesses.claims(), *witnesses.path(path)]}


def uncovered(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The claims of a certificate for which it has no witness, each with the reason."""
    return tuple(
        f"{claim['claim']} ({claim['not covered']})"
        for claim in data["claims"]
        if "not covered" in claim
    )


def _located(written: Data, problem: Problem, found: Classification) -> Data:
    """The problem and the box of a located point, with as few digits as the verifier accepts."""
    box, accepted = _box(written, problem, found)
    if accepted:
        return {"located": box}
    family = _family(written, problem, found)
    if family is not None:
        return family
    digits = _sharpened(written["problem"], problem, found, found.frozen)
    sharper = {**written, "problem": digits}
    box, accepted = _box(sharper, problem, found)
    return {"problem": sharper["problem"], "located": box} if accepted else {"located": box}


def _family(written: Data, problem: Problem, found: Classification) -> Data | None:
    """The problem and the box of a point at which units are copies, if the verifier accepts it."""
    point = [Fraction(round(midpoint(v.raw) * CENTRE), CENTRE) for v in found.coordinates]
    is_odd = written["problem"]["activation"] in verifier.ODD
    network = problem.surface.network
    split = copies(network, point, (1, -1) if is_odd else (1,)) if network.is_plain else None
    if split is None:
        return None
    sharper = {**written, "problem": _sharpened(written["problem"], problem, found, ())}
    units = [[[unit, sign, str(share)] for unit, sign, share in layer] for layer in split.units]
    box = {"centre": list(map(str, split.centre)), "units": units}
    for radius in RADII:
        located = {**box, "radius": str(radius)}
        try:
            checker = verifier.opened({**sharper, "located": located})
        except (verifier.BadFileError, verifier.FailsError):
            return None
        if _checked(checker, {"claim": "critical"}).outcome == "holds":
            return {"problem": sharper["problem"], "located": located}
    return None


def _sharpened(data: Data, problem: Problem, found: Classification, held: Sequence[int]) -> Data:
    """The problem with further digits of the located point; what is held stays as it is."""
    given = LocalLoss(problem.surface, problem.point).coordinates
    values = [
        value if i in held else QQ.scalar(Fraction(round(midpoint(near.raw) * DIGITS), DIGITS))
        for i, (near, value) in enumerate(zip(found.coordinates, given, strict=True))
    ]
    return {**data, "parameters": parameters(problem.surface.network, values)}


def _box(written: Data, problem: Problem, found: Classification) -> tuple[Data, bool]:
    """The first box that the verifier accepts, else the last tried, and whether it is accepted."""
    frozen = set(found.frozen)
    names = found.names
    given = LocalLoss(problem.surface, problem.point).coordinates
    centre = [
        value.rational() if i in frozen else Fraction(round(midpoint(near.raw) * CENTRE), CENTRE)
        for i, (near, value) in enumerate(zip(found.coordinates, given, strict=True))
    ]
    box: Data = {
        "centre": [str(value) for value in centre],
        "free": [name for i, name in enumerate(names) if i not in frozen],
        "fields": [],
    }
    fit_first = found.global_minimum is Answer.YES
    fallback: Data = {**box, "equations": "gradient", "radius": str(RADII[0])}
    ways = ["fit", "gradient", "fibre"] if fit_first else ["gradient", "fit", "fibre"]
    if problem.surface.decay:  # the others belong to losses of the predictions alone
        ways = ["gradient"]
    for equations in ways:
        if equations == "gradient" and frozen:
            checker = verifier.opened({**written, "located": fallback})
            fields = _transversal(checker, problem, sorted(frozen))
            box = {**box, "fields": fields}
        elif equations != "gradient":
            box = {**box, "fields": []}
        for radius in RADII:
            tried = {**box, "equations": equations, "radius": str(radius)}
            checker = verifier.opened({**written, "located": tried})
            outcome = _checked(checker, {"claim": "critical"}).outcome
            if outcome == "holds":
                return tried, True
            if outcome == "not covered":
                break
    return fallback, False


def _transversal(checker: Checker, problem: Problem, frozen: Sequence[int]) -> list[Data]:
    """Fields along which the loss is constant, independent in the frozen coordinates."""
    chosen: list[Data] = []
    rows: list[list[Any]] = []
    for field in invariant_fields(checker, problem.surface.network):
        value = verifier.vector_at(checker.field(field), checker.box)
        row = [value[i] for i in frozen]
        if len(chosen) < len(frozen) and verifier.independent([*rows, row]):
            chosen.append(field)
            rows.append(row)
    return chosen


class _Witnesses:
    """Claims about one point, each with a witness that the verifier accepts."""

    def __init__(self, checker: Checker, problem: Problem, found: Classification) -> None:
        self.checker, self.problem, self.found = checker, problem, found

    def claims(self) -> Iterator[Data]:
        """Every claim that the classification makes and a certificate can state."""
        found = self.found
        if self.problem.near and not found.located:
            yield self._first({"claim": "none near"}, self._none_near(), "; ".join(found.reasons))
            yield from self._infimum()
            return
        yield self._first({"claim": "loss"}, self._loss(), "its value")
        reasons = "; ".join(found.reasons)
        if found.kind is Kind.NOT_CRITICAL:
            yield self._first({"claim": "not critical"}, self._slopes(), reasons)
        elif found.kind not in {Kind.UNDECIDED, Kind.NONE_NEAR}:
            if found.gradient is not None or self._kinks is not None:
                yield self._first({"claim": "critical"}, [self._multipliers or {}], reasons)
            kind = {"claim": "kind", "kind": str(found.kind)}
            yield self._first(kind, self._kind(), reasons)
        if found.inertia is not None:
            inertia = {"claim": "inertia", "inertia": list(found.inertia)}
            yield self._first(inertia, [{"null": self._nulls()}], "the null vectors")
        if found.global_minimum is not Answer.UNKNOWN:
            answer = {"claim": "global minimum", "answer": str(found.global_minimum)}
            yield self._first(answer, self._global(), found.global_minimum_reason)
        yield from self._eigenvalues()
        yield from self._escape()
        yield from self._infimum()

    def _first(self, claim: Data, witnesses: Any, reason: str) -> Data:
        """The claim with the first witness that is accepted.

        Where none is, why the last was not, and the reason that `classify` gave.
        """
        why = "no witness is known for it"
        for witness in witnesses:
            tried = {**claim, **witness}
            line = _checked(self.checker, tried)
            if line.outcome == "holds":
                return tried
            why = line.why
        return {**claim, "not covered": f"the verifier: {why}; classify: {reason}"}

    def path(self, path: DescentPath | None) -> Iterator[Data]:
        """The claim about a path, if there is one."""
        if path is None:
            return
        start, rooms = path.realisation.start, path.realisation.rooms
        witness = {
            "within": str(path.radius),
            "start": [str(value) for value in path.surface.network.vector(start.point)],
            "wide": start.wide,
            "places": list(start.places),
            "room": [
                {
                    "columns": list(columns),
                    "margin": str(room.margin),
                    "factor": str(room.factor),
                    "shift": str(room.shift),
                }
                for columns, room in zip(start.columns, rooms, strict=True)
            ],
        }
        yield self._first({"claim": "path"}, [witness], path.verdict.reason)

    def _escape(self) -> Iterator[Data]:
        """The claim that shares of units that are copies lead out of a local minimum, if known."""
        merged = self.checker.merged
        if merged is None or self.found.kind is not Kind.NON_STRICT_MINIMUM:
            return
        layers = merged.copies[1:-1]
        for k, layer in enumerate(layers):
            pairs = combinations(range(len(layer)), 2)
            pair = next(((i, j) for i, j in pairs if layer[i][0] == layer[j][0]), None)
            if pair is None:
                continue
            shares = [[share for _, _, share in row] for row in layers]
            (_, _, one), (_, _, other) = (layer[i] for i in pair)
            shares[k][pair[0]], shares[k][pair[1]] = Fraction(-1), one + other + 1
            claim = {"claim": "escape", "shares": [[*map(str, row)] for row in shares]}
            if _checked(self.checker, claim).outcome == "holds":
                yield claim
                return

    def _infimum(self) -> Iterator[Data]:
        """The claim that the loss falls to 0 along a ray of the last layer, if known."""
        if self.found.runaway is None:
            return
        direction = [_near(value) for value in self.found.runaway.direction]
        claim = {"claim": "infimum", "direction": direction, "value": "0"}
        if _checked(self.checker, claim).outcome == "holds":
            yield claim

    def _none_near(self) -> Iterator[Data]:
        """Fields along which the loss may change on the box of all points near the digits."""
        ray = self.found.runaway
        pairs = [] if ray is None else [*zip(self.found.names, ray.direction, strict=True)]
        along = {name: {"1": _near(v)} for name, v in pairs if str(v) != "0"}
        single = ({name: {"1": "1"}} for name in self.found.names)
        fields = [along] if along else [*self._slope(), *single]
        yield from ({"within": str(verifier.NEAR), "field": field} for field in fields)
        yield {"within": str(verifier.NEAR)}

    def _slope(self) -> Iterator[Data]:
        """The gradient at the digits, as a constant field; none at a joint."""
        self.checker.renew()
        try:
            gradient = self.checker.problem.gradient(self.checker.given)
        except verifier.BeyondError:
            return
        values = [
            Fraction(value.low * DENOMINATOR // verifier.ONE, DENOMINATOR) for value in gradient
        ]
        pairs = zip(self.found.names, values, strict=True)
        yield {name: {"1": str(value)} for name, value in pairs if value}

    def _loss(self) -> Iterator[Data]:
        value = self.found.loss
        rational = value.field.rational_value(value.raw) if value.field.decides_equality else None
        if rational is not None and not self.found.located:
            yield {"lower": str(rational), "upper": str(rational)}
        try:
            ball = self.checker.enclosed_loss()
        except (verifier.BeyondError, verifier.FailsError):
            return
        low, high = ball.low * GRID // verifier.ONE, -(-ball.high * GRID // verifier.ONE)
        yield {"lower": str(Fraction(low, GRID)), "upper": str(Fraction(high, GRID))}

    @cached_property
    def _kinks(self) -> Kinks | None:
        """What is known of the joints at the point; None where there are none."""
        if self.problem.near:
            return None
        try:
            return Kinks(self.checker, self.problem.surface.network)
        except verifier.FailsError:
            return None

    def _slopes(self) -> Iterator[Data]:
        yield from self._falling_rays()
        if self.found.gradient is None:
            return
        for name, value in zip(self.found.names, self.found.gradient, strict=True):
            if value.enclose(128) != 0:
                yield {"parameter": name}

    def _falling_rays(self) -> Iterator[Data]:
        """A ray along which the loss falls at first order, and one along which it rises."""
        found: dict[int, list[str]] = {}
        for ray in self._kinks.rays() if self._kinks else ():
            self.checker.renew()
            try:
                order, sign = self.checker.ray(ray)
            except (verifier.FailsError, verifier.BeyondError):
                continue
            if sign > 0 or order == 1:
                found.setdefault(sign, ray)
            if len(found) == 2:
                yield {"falling": found[-1], "rising": found[1]}
                return

    def _nulls(self) -> list[list[str]]:
        if self.found.located:
            return []
        rows = [[text_of(v) for v in null.vector] for null in self.found.null_directions]
        return [[text for text in row if text] for row in rows]

    @property
    def _multipliers(self) -> Data:
        """The multipliers of the kinks at the point, if there are any."""
        multipliers = None if self._kinks is None else self._kinks.multipliers
        return {} if multipliers is None else {"multipliers": multipliers}

    def _kind_at_joints(self, kinks: Kinks) -> Iterator[Data]:
        found, multipliers = self.found, self._multipliers
        if found.kind in {Kind.STRICT_MINIMUM, Kind.NON_STRICT_MINIMUM}:
            with suppress(verifier.BeyondError):
                yield {"by": "cones", **multipliers, "cones": kinks.cones()}
            yield {"by": "cones", **multipliers, "cones": []}
        if found.kind is Kind.OPEN_MINIMUM:
            yield {"by": "slopes", **multipliers}
        if found.kind is Kind.NON_STRICT_MINIMUM and found.global_minimum is Answer.YES:
            for level in kinks.levels():
                yield {"by": "level", **level}
                yield {"by": "level", **multipliers, **level}
        if found.descent is not None and found.ascent is not None:
            rays = (_curve(curve)[0] for curve in (found.descent, found.ascent))
            yield {
                "by": "rays",
                **multipliers,
                **dict(zip(("falling", "rising"), rays, strict=True)),
            }

    def _kind(self) -> Iterator[Data]:
        found = self.found
        if self._kinks is not None:
            yield from self._kind_at_joints(self._kinks)
        if found.kind in {Kind.STRICT_MINIMUM, Kind.MAXIMUM}:
            yield {"by": "definite"}
        if found.kind is Kind.STRICT_MINIMUM:
            yield from self._reduced()
        if found.kind is Kind.OPEN_MINIMUM:
            yield {"by": "bound"}
        if found.kind in {Kind.NON_STRICT_MINIMUM, Kind.MAXIMUM}:
            manifold = {} if found.located else self._manifold()
            yield {"by": "manifold", **manifold}
            if found.global_minimum is Answer.YES:
                yield {"by": "bound", **manifold}
        if found.kind is Kind.NON_STRICT_MINIMUM and not found.located:
            surface = constant_unit_surface(LocalLoss(self.problem.surface, self.problem.point))
            yield from [{"by": "surface", "surface": surface}] if surface else []
        if found.kind in {Kind.STRICT_SADDLE, Kind.SADDLE} and found.descent is not None:
            falling = _curve(found.descent)
            null = {"null": self._nulls()} if found.kind is Kind.SADDLE else {}
            for rising in self._rising():
                yield {"by": "curves", "falling": falling, "rising": rising, **null}

    def _reduced(self) -> Iterator[Data]:
        """The bent curve along the one null direction of an exact point."""
        local = LocalLoss(self.problem.surface, self.problem.point)
        try:
            curve = Slice(local, range(local.size)).reduced((1,)) if self._nullity == 1 else None
        except DomainError:
            return
        for place, name in enumerate(self.found.names):
            if curve is None or curve.directions[0][place].is_zero:
                continue
            scale = curve.directions[0][place]
            powers = [(k, direction) for k, direction in enumerate(curve.directions, 1)]
            rows = [[text_of(value / scale**k) or "" for value in row] for k, row in powers]
            yield {"by": "reduced curve", "along": name, "curve": rows}

    @property
    def _nullity(self) -> int:
        return self.found.inertia[2] if self.found.inertia else 0

    def _manifold(self) -> Data:
        """Flat directions, and then fields, as many as the Hessian's nullity asks for."""
        flat: list[list[str]] = []
        fields: list[Data] = []
        tangents: list[list[Any]] = []
        for row in self._nulls():
            self.checker.renew()
            try:
                self.checker.dimension({"flat": [*flat, row]})
            except (verifier.FailsError, verifier.BeyondError, verifier.BadFileError):
                continue
            flat.append(row)
            tangents.append([self.checker.problem.number(value) for value in row])
        for field in invariant_fields(self.checker, self.problem.surface.network):
            tangent = verifier.vector_at(self.checker.field(field), self.checker.exact)
            if len(tangents) < self._nullity and verifier.independent([*tangents, tangent]):
                fields.append(field)
                tangents.append(tangent)
        return {"flat": flat, "fields": fields}

    def _rising(self) -> Iterator[list[list[str]]]:
        """The curve of ascent, then directions in which the Hessian is positive."""
        if self.found.ascent is not None:
            yield _curve(self.found.ascent)
        size = len(self.found.names)
        pairs = [(i, j, sign) for i in range(size) for j in range(i) for sign in (1, -1)]
        for i, j, sign in [*((i, i, 1) for i in range(size)), *pairs]:
            row = [1 if k == i else sign if k == j else 0 for k in range(size)]
            try:
                rises = self.checker.curvature(list(map(Fraction, row))) == 1
            except verifier.BeyondError:
                return
            if rises:
                yield [list(map(str, row))]

    def _global(self) -> Iterator[Data]:
        found = self.found
        if found.global_minimum is Answer.YES:
            yield {"by": "bound"}
            yield from self._rank()
            yield from [{"by": "slopes", **self._multipliers}] if self._multipliers else []
            return
        if found.better is not None:
            yield {"by": "better point", "point": [text_of(v) for v in found.better.coordinates]}
        if found.kind is Kind.NOT_CRITICAL:
            for slope in self._slopes():
                by = {"by": "slope"} if "parameter" in slope else {"by": "ray"}
                yield {**by, **{key: row for key, row in slope.items() if key != "rising"}}
        if found.descent is not None:
            yield {"by": "curve", "falling": _curve(found.descent)}
            yield {"by": "ray", "falling": _curve(found.descent)[0]}

    def _rank(self) -> Iterator[Data]:
        """A number between the eigenvalues that the narrowest layer leaves, and the others."""
        problem = self.checker.problem
        widths = problem.widths
        is_linear = problem.used == {"linear"}
        try:
            rows = problem.explained(is_linear)
        except (verifier.FailsError, verifier.BeyondError):
            return
        rank = min(widths[1:-1] if is_linear else widths[-2:-1], default=len(rows))
        floats = [[(v.low + v.high) / (2 * verifier.ONE) for v in row] for row in rows]
        found = sorted(np.linalg.eigvalsh(np.array(floats)), reverse=True)
        if rank < len(found):
            between = Fraction((found[rank - 1] + found[rank]) / 2)
            yield {"by": "rank", "between": str(between.limit_denominator(10**6))}

    def _eigenvalues(self) -> Iterator[Data]:
        convexity = self.found.convexity
        if convexity is None:
            return
        of = "minus the Hessian" if self.found.kind is Kind.MAXIMUM else "the Hessian"
        bounds = [(convexity.at_point, Fraction(0))]
        if convexity.radius is not None and convexity.on_box is not None:
            bounds.append((convexity.on_box, convexity.radius))
        for bound, radius in bounds:
            claim = {"claim": "eigenvalues", "of": of, "at least": str(bound)}
            boxes = ({"radius": str(radius / 4**k)} for k in range(BOXES))
            yield self._first(claim, boxes, "the bound of eigenvalues")


def _checked(checker: Checker, claim: Data) -> verifier.Line:
    try:
        return verifier.checked(checker, claim)
    except verifier.BadFileError as error:
        return verifier.Line("fails", claim["claim"], str(error))


def _curve(curve: Curve) -> list[list[str]]:
    return [[_near(value) for value in direction] for direction in curve.directions]


def _near(value: Scalar) -> str:
    """The text of a number, or of a fraction near it: a guess is as good as the number."""
    return text_of(value) or str(near_fraction(value.enclose(BITS[0]), DENOMINATOR))

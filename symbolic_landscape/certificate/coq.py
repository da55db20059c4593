"""A certificate over the rational numbers as one Coq file, which computes the network itself.

Objects: CoqFile. Functions: coq_file.

Design notes. The file begins with `prelude.v`, the same in each: numbers, networks, loss and
derivatives are defined there. What follows is data and theorems that Coq closes by computation, so
nothing of the package is believed. Claims whose reason is an identity in free variables, a box, or
a number that is not rational are left out, each with a word why.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from importlib import resources
from typing import Any, NoReturn

from symbolic_landscape.certificate import verifier
from symbolic_landscape.errors import ProblemError
from symbolic_landscape.formula import Add, Const, Formula, Mul, Piece, Pow, T, Var
from symbolic_landscape.functions.activations import Activation, ScalarLoss

Rows = Sequence[Sequence[Fraction]]

MOST_ROWS = 40
"""Of a Hessian: larger ones take Coq minutes."""
WIDTH = 100
RELU = Activation.of("relu").formula
COMPUTED = "vm_compute. reflexivity."
FOLDED = "vm_compute. repeat constructor."
BOTH = "split; vm_compute; [repeat constructor | reflexivity]."


@dataclass(frozen=True)
class CoqFile:
    """The text, the names of its theorems, and the claims that are left out, with the reason."""

    text: str
    theorems: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class _Theorem:
    name: str
    words: str
    says: str
    proof: str

    def __str__(self) -> str:
        head = f"(* {self.words} *)\nTheorem {self.name} :\n  {self.says}."
        return f"{head}\nProof.\n  {self.proof}\nQed.\n"


class _LeftOutError(Exception):
    """A claim that is not written, and why."""


def coq_file(data: Mapping[str, Any]) -> CoqFile:
    """The file of a certificate. Raises ProblemError: which part of its problem is not rational."""
    try:
        return _Writer(data).file()
    except (verifier.BadFileError, verifier.BeyondError) as error:
        message = f"no file for Coq is written: {error}"
        raise ProblemError(message) from error


class _Writer:
    """What is said in Coq about the point of one certificate."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.checker = verifier.opened(data)
        self.problem = self.checker.problem
        if self.checker.is_located:
            refused = _not_rational("the point", "is a box around a critical point near the digits")
            raise refused
        if self.problem.loss_text is None:
            refused = _not_rational("the loss", "is a likelihood")
            raise refused
        if self.problem.decay or set(self.problem.masses) != {1}:
            message = "no file for Coq is written: it has no weight decay or weights of samples"
            raise ProblemError(message)
        if not self.problem.is_plain:
            message = "no file for Coq is written: it has no shared or frozen parameters"
            raise ProblemError(message)
        self.names = self.problem.names
        self.point = [
            _rational(value, name)
            for name, value in zip(self.names, self.problem.point, strict=True)
        ]

    def file(self) -> CoqFile:
        """The prelude, the data and the theorems."""
        theorems = [
            _Theorem(
                "lists_fit", "No list is too long or too short.", "fits this point = true", COMPUTED
            )
        ]
        left_out = []
        data = self._data()  # first, since it says what is not rational
        for claim in self.data["claims"]:
            self.checker.renew()
            try:
                theorems += self._theorems(claim)
            except _LeftOutError as reason:
                stated = claim.get(verifier.STATED.get(claim["claim"], ""))
                said = f": {stated}" if isinstance(stated, str) else ""
                left_out.append(f"{claim['claim']}{said} ({reason})")
        known: dict[str, _Theorem] = {}
        for theorem in theorems:
            known.setdefault(theorem.name, theorem)
        prelude = resources.files(__package__).joinpath("prelude.v").read_text(encoding="utf-8")
        parts = [
            prelude,
            "(* ======== Part 2: the problem and the point ======== *)\n",
            data,
            "(* ======== Part 3: what is so ======== *)\n",
            *map(str, known.values()),
            "".join(f"Print Assumptions {name}.\n" for name in known),
        ]
        return CoqFile("\n".join(parts), tuple(known), tuple(left_out))

    # ---- the data

    def _data(self) -> str:
        given, problem = self.data["problem"], self.problem
        widths, loss = problem.widths, given.get("loss", "sum").removeprefix(verifier.MEAN)
        hidden = Activation.of(given["activation"]).formula
        output = Activation.of(given.get("output_activation", "linear")).formula
        kinds = [hidden] * (len(widths) - 2) + [output]
        squares = problem.squares
        residual = T**2 if squares is not None else ScalarLoss.of(loss).formula
        layers = "; ".join(
            f"({width}%nat, {_formula(kind, 'the activation')})"
            for width, kind in zip(widths[1:], kinds, strict=True)
        )
        samples = ";\n    ".join(
            f"({_list(_rationals(x, 'an input'))}, {_list(_rationals(y, 'a target'))})"
            for x, y in problem.samples
        )
        bias = "true" if problem.bias else "false"
        return (
            "Definition this : problem := {|\n"
            f"  inputs := {widths[0]};\n"
            f"  layers := [{layers}];\n"
            f"  has_biases := {bias};\n"
            f"  loss_formula := {_formula(residual, 'the loss')};\n"
            f"  loss_weight := {_q(problem.weight if squares is None else squares)};\n"
            f"  samples := [\n    {samples}]\n|}}.\n\n"
            f"(* {_wrapped(self.names)} *)\n"
            f"Definition point : list Q :=\n  {_list(self.point)}.\n"
        )

    # ---- one claim

    def _theorems(self, claim: Mapping[str, Any]) -> Iterator[_Theorem]:
        if "not covered" in claim:
            _leave_out("the certificate does not cover it")
        if claim["claim"] == "none near":
            _leave_out("bounds on a box around the point are not written")
        if claim["claim"] == "path":
            _leave_out("paths of parameters are not written")
        if claim["claim"] == "infimum":
            _leave_out("rays of parameters are not written")
        yield from {
            "loss": self._loss,
            "critical": self._critical,
            "not critical": self._not_critical,
            "inertia": self._inertia,
            "kind": self._kind,
            "global minimum": self._global_minimum,
            "eigenvalues": self._eigenvalues,
        }[claim["claim"]](claim)

    def _loss(self, _: Mapping[str, Any]) -> Iterator[_Theorem]:
        value = self._value(self.problem.value(self.checker.exact))
        says = f"loss rationals this point == {_q(value)}"
        yield _Theorem("loss_is", "The loss at the point.", says, COMPUTED)

    def _analytic(self) -> _Theorem:
        with suppress(verifier.FailsError):
            with suppress(verifier.BeyondError), self.checker.at_joints():
                pass
            _leave_out("the point lies at a joint")
        words = "No division by 0 and no joint of relu: the loss is analytic near the point."
        return _Theorem("loss_is_analytic", words, "is_analytic this point = true", COMPUTED)

    def _critical(self, _: Mapping[str, Any]) -> Iterator[_Theorem]:
        yield self._analytic()
        says = "Forall is_zero (gradient this point)"
        yield _Theorem("gradient_is_zero", "The point is critical.", says, FOLDED)

    def _not_critical(self, claim: Mapping[str, Any]) -> Iterator[_Theorem]:
        name = claim.get("parameter")
        if name is None:
            _leave_out("the point lies at a joint")
        yield self._analytic()
        says = f"~ nth {self.names.index(name)} (gradient this point) 0 == 0"
        words = f"The point is not critical: the gradient in {name} is not 0."
        yield _Theorem("gradient_is_not_zero", words, says, "vm_compute. discriminate.")

    def _inertia(self, _: Mapping[str, Any]) -> Iterator[_Theorem]:
        words = "The numbers of positive, negative and zero eigenvalues of the Hessian."
        yield self._analytic()
        yield _inertia("hessian_has_inertia", words, "hessian this point", self._hessian())

    def _kind(self, claim: Mapping[str, Any]) -> Iterator[_Theorem]:
        yield from self._critical(claim)
        by = claim["by"]
        if by == "definite":
            yield from self._inertia(claim)
        elif by == "curves":
            for name in ("falling", "rising"):
                yield self._lowest(f"loss_is_{name}", claim[name])
            if claim["kind"] == "saddle":
                yield from self._inertia(claim)
        elif by == "reduced curve":
            yield from self._reduced(claim)
        elif by == "bound" and claim["kind"] == "local minimum":
            yield self._least()
        else:
            _leave_out("that a manifold is critical is an identity in free variables")

    def _lowest(self, name: str, vectors: Any) -> _Theorem:
        """The loss falls or rises along a curve."""
        curve = self.checker.vectors(vectors)
        order, sign = self.checker.lowest(curve)
        rows = [_rationals(row, "a curve") for row in curve]
        verb = "falls" if sign < 0 else "rises"
        words = f"Along a curve the loss {verb} at order {order}."
        says = f"{verb} {order} (loss_along this {order} point {_matrix(rows)})"
        return _Theorem(name, words, says, BOTH)

    def _reduced(self, claim: Mapping[str, Any]) -> Iterator[_Theorem]:
        """The least loss over the other coordinates rises along a bent curve."""
        place = self.names.index(claim["along"])
        curve = self.checker.vectors(claim["curve"])
        order, _ = self.checker.lowest(curve)
        rows = _matrix([_rationals(row, "a curve") for row in curve])
        block = [_without(place, row) for row in _without(place, self._hessian())]
        words = f"In the coordinates other than {claim['along']} the Hessian is positive definite."
        says = f"map (without {place}) (without {place} (hessian this point))"
        yield _inertia("others_have_inertia", words, says, block)
        words = "Along a curve the slopes in these coordinates are of higher order."
        says = (
            f"Forall (Forall is_zero) (map (slope_along this {order // 2} point {rows})\n"
            f"    (without {place} (seq 0 (length point))))"
        )
        yield _Theorem("slopes_are_zero", words, says, FOLDED)
        yield self._lowest("loss_is_rising", claim["curve"])

    def _global_minimum(self, claim: Mapping[str, Any]) -> Iterator[_Theorem]:
        by = claim["by"]
        if by == "bound":
            yield self._least()
        elif by == "rank":
            _leave_out("the theorem on best approximations of a rank is not written")
        elif by == "better point":
            other = _rationals(self.checker.vectors([claim["point"]])[0], "the better point")
            says = f"loss rationals this {_list(other)} < loss rationals this point"
            words = "It is no global minimum: another point has a lower loss."
            yield _Theorem("other_point_is_lower", words, says, COMPUTED)
        elif by == "ray":
            _leave_out("losses along rays from a joint are not written")
        elif by == "slope":
            yield from self._not_critical(claim)
        else:
            yield from self._critical(claim)
            yield self._lowest("loss_is_falling", claim["falling"])

    def _least(self) -> _Theorem:
        value = self._value(self.problem.value(self.checker.exact))
        if self.problem.squares is None or value:
            _leave_out("of the lower bounds only 0, for squares, is written")
        says = "forall w, loss rationals this point <= loss rationals this w"
        proof = (
            "intro w. apply (Qle_trans _ 0); [vm_compute; discriminate |].\n"
            "  apply squares_are_never_negative; [reflexivity | vm_compute; discriminate]."
        )
        words = "It is a global minimum: the loss is 0, and a sum of squares is never negative."
        return _Theorem("point_is_global_minimum", words, says, proof)

    def _eigenvalues(self, claim: Mapping[str, Any]) -> Iterator[_Theorem]:
        if Fraction(claim["radius"]):
            _leave_out("bounds on a box around the point are not written")
        sign = -1 if claim["of"] == "minus the Hessian" else 1
        bound = sign * Fraction(claim["at least"])
        rows = [
            [value - bound * (i == j) for j, value in enumerate(row)]
            for i, row in enumerate(self._hessian())
        ]
        yield self._analytic()
        words = f"All eigenvalues of the Hessian are {'less' if sign < 0 else 'more'} than {bound}."
        says = f"shifted (hessian this point) {_q(bound)}"
        yield _inertia("eigenvalues_are_bounded", words, says, rows)

    # ---- rational values

    def _value(self, value: Any) -> Fraction:
        return _rational(value, "the loss")

    def _hessian(self) -> list[list[Fraction]]:
        size = self.problem.size
        if size > MOST_ROWS:
            _leave_out(f"Hessians of more than {MOST_ROWS} rows are not written")
        columns = [
            self.problem.along(self.checker.exact, [verifier.unit(i, size)], 1) for i in range(size)
        ]
        return [
            [_rational(verifier.coefficient(value, 1), "the Hessian") for value in column]
            for column in columns
        ]


# ---- matrices


def _inertia(name: str, words: str, matrix: str, rows: Rows) -> _Theorem:
    """The inertia of a matrix with these rows, by a congruent diagonal matrix."""
    basis, inverse, diagonal = _diagonalised(rows)
    signs = [(d > 0) - (d < 0) for d in diagonal]
    counts = " ".join(str(signs.count(sign)) for sign in (1, -1, 0))
    proof = (
        f"exists {_matrix(basis)},\n    {_matrix(inverse)},\n    {_list(diagonal)}.\n"
        "  vm_compute. repeat split."
    )
    return _Theorem(name, words, f"has_inertia ({matrix}) {counts}", proof)


def _diagonalised(
    rows: Rows,
) -> tuple[list[list[Fraction]], list[list[Fraction]], list[Fraction]]:
    """C, its inverse, and d with C^T A C = diag(d), for a symmetric matrix A."""
    size = len(rows)
    a = [list(row) for row in rows]
    basis, inverse = ([verifier.unit(i, size) for i in range(size)] for _ in range(2))

    def add(source: int, target: int, factor: Fraction) -> None:
        """Add a multiple of a column, and of the row, to another."""
        for table in (a, basis):
            for row in table:
                row[target] += factor * row[source]
        a[target] = [x + factor * y for x, y in zip(a[target], a[source], strict=True)]
        inverse[source] = [
            x - factor * y for x, y in zip(inverse[source], inverse[target], strict=True)
        ]

    left = list(range(size))
    while left:
        pivot = next((i for i in left if a[i][i]), None)
        if pivot is None:
            pair = next(((i, j) for i in left for j in left if a[i][j]), None)
            if pair is None:
                break
            pivot, other = pair
            add(other, pivot, Fraction(1))
        left.remove(pivot)
        for i in left:
            if a[pivot][i]:
                add(pivot, i, -a[pivot][i] / a[pivot][pivot])
    return basis, inverse, [a[i][i] for i in range(size)]


def _without(place: int, values: Sequence[Any]) -> list[Any]:
    return [value for i, value in enumerate(values) if i != place]


# ---- texts


def _formula(formula: Formula, what: str) -> str:
    """The formula in the constructors of the prelude. Raises ProblemError: it is not rational."""
    if formula == RELU:
        return "Relu X"
    match formula:
        case Var():
            return "X"
        case Const(value=value):
            return f"Constant {_q(value)}"
        case Add(terms=parts) | Mul(factors=parts):
            word = "Sum" if isinstance(formula, Add) else "Product"
            first, *rest = [_formula(part, what) for part in parts]
            for part in rest:
                first = f"{word} ({first}) ({part})"
            return first
        case Pow(base=base, exponent=2):
            inner = _formula(base, what)
            return f"Product {inner} {inner}" if inner == "X" else f"Power ({inner}) 2"
        case Pow(base=base, exponent=exponent):
            inner = f"Power ({_formula(base, what)}) {abs(exponent)}"
            return inner if exponent > 0 else f"Reciprocal ({inner})"
        case Piece():
            raise _not_rational(what, f"{formula} has pieces other than those of relu")
    raise _not_rational(what, f"{formula} has values that are not rational")


def _not_rational(what: str, why: str) -> ProblemError:
    return ProblemError(f"a file for Coq needs rational numbers throughout, but {what} {why}")


def _leave_out(why: str) -> NoReturn:
    raise _LeftOutError(why)


def _rational(value: Any, what: str) -> Fraction:
    rational = value.rational if isinstance(value, verifier.Exact) else value
    if rational is None:
        refused = _not_rational(what, "is not rational")
        raise refused
    return Fraction(rational)


def _rationals(values: Sequence[Any], what: str) -> list[Fraction]:
    return [_rational(value, what) for value in values]


def _q(value: Fraction) -> str:
    text = f"{value.numerator} # {value.denominator}" if value.denominator > 1 else str(value)
    return text if text.isdigit() else f"({text})"


def _list(values: Sequence[Fraction]) -> str:
    return f"[{'; '.join(map(_q, values))}]"


def _matrix(rows: Rows) -> str:
    return f"[{'; '.join(map(_list, rows))}]"


def _wrapped(words: Sequence[str]) -> str:
    return textwrap.fill(" ".join(words), WIDTH - 10, subsequent_indent="   ")

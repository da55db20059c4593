"""Activations and scalar losses: named or typed in by the user, always with an exact formula.

An `Activation` is a function of t, a `ScalarLoss` a function l of one residual a; the objective of
a network is the sum (or the mean over samples) of l over all residuals. What they are said to be
(analytic, increasing, bounded ...) is decided from the formula by `symbolic_landscape.functions`,
never believed because of the name.

Objects: Activation, ScalarLoss.

Design notes. A generic activation has a name and no values: it stands for every smooth function,
and serves only for identities with free values of sigma, sigma', sigma''.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NoReturn

from symbolic_landscape import functions
from symbolic_landscape.errors import ParseError, SmoothnessError, UnknownKeyError
from symbolic_landscape.formula import (
    ZERO,
    Const,
    Formula,
    Generic,
    Piece,
    T,
    call,
    derivative,
    parse_formula,
    parse_number,
)
from symbolic_landscape.verdict import Verdict

NAMED_ACTIVATIONS: Mapping[str, Formula] = {
    "linear": T,
    "square": T**2,
    "cubic": T + T**3,
    "sigmoid": 1 / (1 + call("exp", -T)),
    "tanh": call("tanh", T),
    "softplus": call("log", 1 + call("exp", T)),
    "arctan": call("atan", T),
    "algebraic": T / call("sqrt", 1 + T**2),
    "smoolu": Piece(ZERO, T * call("exp", -1 / T), None),
    "relu": Piece(ZERO, T, 0),
}
"""The activations known by name; smoolu is 0 for t <= 0 and t exp(-1/t) for t > 0."""

_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)


class _Analysed:
    """The facts about one real function, each decided from its formula."""

    formula: Formula

    def analytic(self) -> Verdict:
        """Whether the function is real analytic on the whole line."""
        return functions.analytic(self.formula)

    def continuously_differentiable(self) -> Verdict:
        """Whether it is C1 on the whole line."""
        return functions.continuously_differentiable(self.formula, 1)

    def twice_continuously_differentiable(self) -> Verdict:
        """Whether it is C2 on the whole line."""
        return functions.continuously_differentiable(self.formula, 2)

    def infinitely_differentiable(self) -> Verdict:
        """Whether it has derivatives of all orders on the whole line."""
        return functions.infinitely_differentiable(self.formula)

    def bounded(self) -> Verdict:
        """Whether it is bounded on the line; the data give its limits where they are known."""
        return functions.bounded(self.formula)

    def nonnegative(self) -> Verdict:
        """Whether no value is below 0."""
        return functions.nonnegative(self.formula)


@dataclass(frozen=True)
class Activation(_Analysed):
    """A function of t that a layer applies to each pre-activation.

    >>> Activation.of("tanh(t**3)").strictly_increasing().outcome
    <Outcome.HOLDS: 'holds'>
    >>> Activation.of("tanh(t**3)").derivative_positive().reason
    'the derivative is 0 at t = 0'
    """

    name: str
    formula: Formula

    def __repr__(self) -> str:
        return f"Activation.of({self.name!r})"

    @staticmethod
    def of(value: Activation | Formula | str) -> Activation:
        """The activation with this name, this text in t, or this formula.

        Raises UnknownKeyError: a single word that is no name. Raises ParseError: a text outside
        the grammar.
        """
        if isinstance(value, Activation):
            return value
        if isinstance(value, Formula):
            text = str(value)
            named = {formula: name for name, formula in NAMED_ACTIVATIONS.items()}
            return Activation(named.get(value, text), value)
        if not isinstance(value, str):
            message = f"activation: a name or a formula in t was needed, got {type(value).__name__}"
            raise ParseError(message)
        if value in NAMED_ACTIVATIONS:
            return Activation(value, NAMED_ACTIVATIONS[value])
        if _NAME.fullmatch(value) and value != "t":
            names = ", ".join(NAMED_ACTIVATIONS)
            message = f"activation: names are {names}, or a formula in t, got {value[:40]!r}"
            raise UnknownKeyError(message)
        return Activation.of(parse_formula(value))

    @staticmethod
    def softplus(sharpness: int | str | Fraction = 1) -> Activation:
        """log(1 + e^(c t)) / c for a sharpness c > 0."""
        c = _positive(sharpness, "softplus: sharpness")
        return Activation.of(call("log", 1 + call("exp", Const(c) * T)) / c)

    @staticmethod
    def generic(name: str = "sigma") -> Activation:
        """An activation with free values: identities that hold with it hold for every C2 one."""
        if not _NAME.fullmatch(name):
            message = f"activation: a word was needed as the name of a generic one, got {name!r}"
            raise ParseError(message)
        return Activation(name, Generic(name))

    @property
    def is_generic(self) -> bool:
        """True if it stands for every smooth function."""
        return isinstance(self.formula, Generic)

    def derivative(self, order: int = 1) -> Formula:
        """The formula of the derivative.

        Raises SmoothnessError: there is none (relu at 0).
        """
        return _differentiated(self.formula, order, f"activation {self.name}")

    def canonical(self) -> str:
        """The name or the canonical text; `Activation.of` reads it back unless it is generic."""
        return f"generic {self.name}" if self.is_generic else self.name

    def __str__(self) -> str:
        return self.name

    def strictly_increasing(self) -> Verdict:
        """Whether s < t always gives sigma(s) < sigma(t); the derivative may vanish at points."""
        return functions.strictly_increasing(self.formula)

    def strictly_decreasing(self) -> Verdict:
        """Whether s < t always gives sigma(s) > sigma(t)."""
        return functions.strictly_decreasing(self.formula)

    def derivative_positive(self) -> Verdict:
        """Whether sigma' > 0 everywhere; a FAILS names a point where it is not."""
        return functions.derivative_positive(self.formula)

    def limits(self) -> Verdict:
        """Whether both limits at -infinity and +infinity exist in the extended line.

        The data `left` and `right` hold them as constant formulas or `Infinity`.
        """
        return functions.limits(self.formula)

    def growth_bound(self, rho1: Any, rho2: Any, rho3: Any, rho4: Any) -> Verdict:
        """Whether |sigma(t)| <= rho1 e^(rho2 t) for t < 0 and <= rho3 t + rho4 for t >= 0.

        The constants are exact numbers or texts such as "log(2)", and must be positive.
        """
        constants = [
            _constant(value, f"rho{i}") for i, value in enumerate((rho1, rho2, rho3, rho4), 1)
        ]
        return functions.growth_bound(self.formula, *constants)


@dataclass(frozen=True)
class ScalarLoss(_Analysed):
    """A function l of one residual a = prediction - target; `averaged` divides by the sample count.

    >>> ScalarLoss.of("cauchy(1)").formula.text("a")
    'log(a**2 + 1)'
    """

    name: str
    formula: Formula
    averaged: bool = False

    @staticmethod
    def of(value: ScalarLoss | Formula | str | Mapping[str, Any]) -> ScalarLoss:
        """The loss named `sum`, `half`, `mean` (of squares), a named loss, or a formula in a.

        Named losses with parameters: pseudo_huber(delta), blake_zisserman(delta), cauchy(delta),
        corrupted_gaussian(alpha, w), log_cosh, geman_mcclure(delta), welsch(delta); also as an
        object {"name": "cauchy", "delta": "1"}.
        Raises UnknownKeyError: the name. Raises ParseError: the parameters or the formula.
        """
        if isinstance(value, ScalarLoss):
            return value
        if isinstance(value, Formula):
            return ScalarLoss(value.text("a"), value)
        if isinstance(value, Mapping):
            return _loss_from_object(value)
        if not isinstance(value, str):
            message = f"loss: a name or a formula in a was needed, got {type(value).__name__}"
            raise ParseError(message)
        if value in _SQUARES:
            formula, averaged = _SQUARES[value]
            return ScalarLoss(value, formula, averaged)
        match = re.fullmatch(r"\s*([A-Za-z_]\w*)\s*(?:\(([^()]*)\))?\s*", value, re.ASCII)
        if match and match.group(1) in _NAMED_LOSSES:
            given = [part for part in (match.group(2) or "").split(",") if part.strip()]
            return _named_loss(match.group(1), given)
        is_huber = match is not None and match.group(1) == "huber"
        if is_huber or (_NAME.fullmatch(value) and value != "a"):
            names = ", ".join((*_SQUARES, *_NAMED_LOSSES))
            message = f"loss: names are {names}, or a formula in a, got {value[:40]!r}"
            if is_huber:
                message += "; it has no second derivative at |a| = delta, pseudo_huber(delta) has"
            raise UnknownKeyError(message)
        return ScalarLoss.of(parse_formula(value, "a"))

    @staticmethod
    def pseudo_huber(delta: int | str | Fraction = 1) -> ScalarLoss:
        """2 d^2 (sqrt(1 + a^2 / d^2) - 1) for d > 0."""
        d = _positive(delta, "pseudo_huber: delta")
        formula = 2 * d**2 * (call("sqrt", 1 + T**2 / d**2) - 1)
        return ScalarLoss(f"pseudo_huber({d})", formula)

    @staticmethod
    def blake_zisserman(delta: int | str | Fraction) -> ScalarLoss:
        """-log(exp(-a^2) + d) for d > 0."""
        d = _positive(delta, "blake_zisserman: delta")
        return ScalarLoss(f"blake_zisserman({d})", -call("log", call("exp", -(T**2)) + d))

    @staticmethod
    def corrupted_gaussian(alpha: int | str | Fraction, w: int | str | Fraction) -> ScalarLoss:
        """-log(alpha exp(-a^2) + (1 - alpha) exp(-a^2 / w^2) / w), 0 <= alpha <= 1 and w > 0."""
        share = parse_number(alpha, "corrupted_gaussian: alpha")
        width = _positive(w, "corrupted_gaussian: w")
        if not 0 <= share <= 1:
            message = f"corrupted_gaussian: alpha in [0, 1] was needed, got {share}"
            raise ParseError(message)
        narrow = share * call("exp", -(T**2))
        wide = (1 - share) / width * call("exp", -(T**2) / width**2)
        return ScalarLoss(f"corrupted_gaussian({share}, {width})", -call("log", narrow + wide))

    @staticmethod
    def cauchy(delta: int | str | Fraction) -> ScalarLoss:
        """d^2 log(1 + a^2 / d^2) for d other than 0."""
        d = parse_number(delta, "cauchy: delta")
        if not d:
            message = "cauchy: a delta other than 0 was needed, got 0"
            raise ParseError(message)
        return ScalarLoss(f"cauchy({d})", d**2 * call("log", 1 + T**2 / d**2))

    @staticmethod
    def log_cosh() -> ScalarLoss:
        """log((e^a + e^-a) / 2)."""
        return ScalarLoss("log_cosh", call("log", (call("exp", T) + call("exp", -T)) / 2))

    @staticmethod
    def geman_mcclure(delta: int | str | Fraction) -> ScalarLoss:
        """d^2 a^2 / (d^2 + a^2) for d > 0."""
        d = _positive(delta, "geman_mcclure: delta")
        return ScalarLoss(f"geman_mcclure({d})", d**2 * T**2 / (d**2 + T**2))

    @staticmethod
    def welsch(delta: int | str | Fraction) -> ScalarLoss:
        """d^2 (1 - exp(-a^2 / d^2)) for d > 0."""
        d = _positive(delta, "welsch: delta")
        return ScalarLoss(f"welsch({d})", d**2 * (1 - call("exp", -(T**2) / d**2)))

    @staticmethod
    def generic(name: str = "l") -> ScalarLoss:
        """A loss with free values: identities that hold with it hold for every C2 loss."""
        if not _NAME.fullmatch(name):
            message = f"loss: a word was needed as the name of a generic one, got {name!r}"
            raise ParseError(message)
        return ScalarLoss(name, Generic(name))

    @property
    def is_generic(self) -> bool:
        """True if it stands for every smooth function."""
        return isinstance(self.formula, Generic)

    def derivative(self, order: int = 1) -> Formula:
        """The formula of the derivative in the variable a.

        Raises SmoothnessError: there is none.
        """
        return _differentiated(self.formula, order, f"loss {self.name}")

    def weight(self, samples: int | Fraction) -> Fraction:
        """The factor in front of the sum over all residuals: 1, or one over the samples."""
        return 1 / Fraction(samples) if self.averaged else Fraction(1)

    def canonical(self) -> str:
        """The name or the text; `ScalarLoss.of` reads it back unless it is generic."""
        return f"generic {self.name}" if self.is_generic else self.name

    def __str__(self) -> str:
        return self.name

    def critical_points_are_global_minima(self) -> Verdict:
        """Whether every zero of l' is a global minimum of l."""
        return functions.critical_points_are_global_minima(self.formula)


_SQUARES: Mapping[str, tuple[Formula, bool]] = {
    "sum": (T**2, False),
    "half": (Fraction(1, 2) * T**2, False),
    "mean": (T**2, True),
}

_NAMED_LOSSES: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "pseudo_huber": (ScalarLoss.pseudo_huber, ("delta",)),
    "blake_zisserman": (ScalarLoss.blake_zisserman, ("delta",)),
    "corrupted_gaussian": (ScalarLoss.corrupted_gaussian, ("alpha", "w")),
    "cauchy": (ScalarLoss.cauchy, ("delta",)),
    "log_cosh": (ScalarLoss.log_cosh, ()),
    "geman_mcclure": (ScalarLoss.geman_mcclure, ("delta",)),
    "welsch": (ScalarLoss.welsch, ("delta",)),
}


def _named_loss(name: str, given: list[Any]) -> ScalarLoss:
    build, parameters = _NAMED_LOSSES[name]
    if len(given) != len(parameters):
        message = f"loss {name}: parameters ({', '.join(parameters)}) were needed, got {len(given)}"
        raise ParseError(message)
    result: ScalarLoss = build(*given)
    return result


def _loss_from_object(value: Mapping[str, Any]) -> ScalarLoss:
    name = value.get("name")
    if not isinstance(name, str) or name not in _NAMED_LOSSES:
        message = (
            f"loss: a name out of {', '.join(_NAMED_LOSSES)} was needed, got {str(name)[:40]!r}"
        )
        raise UnknownKeyError(message)
    parameters = _NAMED_LOSSES[name][1]
    strange = sorted(set(value) - {"name", *parameters})
    missing = sorted(set(parameters) - set(value))
    if strange or missing:
        message = (
            f"loss {name}: keys name, {', '.join(parameters)} were needed, got {sorted(value)}"
        )
        raise ParseError(message)
    return _named_loss(name, [value[key] for key in parameters])


def _positive(value: int | str | Fraction, where: str) -> Fraction:
    number = parse_number(value, where)
    if number <= 0:
        message = f"{where}: a positive number was needed, got {number}"
        raise ParseError(message)
    return number


def _constant(value: Any, where: str) -> Formula:
    if isinstance(value, Formula):
        formula = value
    elif isinstance(value, str):
        formula = parse_formula(value)
    else:
        formula = Const(parse_number(value, where))
    if not formula.is_constant:
        message = f"{where}: a constant was needed, got {formula}"
        raise ParseError(message)
    return formula


def _differentiated(formula: Formula, order: int, what: str) -> Formula:
    try:
        return derivative(formula, order)
    except SmoothnessError:
        _not_smooth(what, order)


def _not_smooth(what: str, order: int) -> NoReturn:
    message = f"{what}: a derivative of order {order} was needed everywhere, but there is none at 0"
    raise SmoothnessError(message)

"""Section 3.2: the listed losses with all their parameters at once.

Notation: a the residual; r, E, E_w values of functions of a, each with its rule of
differentiation; delta, w > 0 and alpha, beta >= 0 with alpha + beta = 1 the parameters.

Objects: LossFamily; Shape. Table: SHAPES.

Design notes. A family is written once and read twice. Over Q(a, parameters, values) its slope is
the limit of a difference quotient, and equals 2 a times a quotient of sums of products of positive
symbols: so l' has the sign of a, for all parameters. With formulas in place of the symbols it is
the named loss of the engine, and each rule is the derivative of its formula.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias

from symbolic_landscape.arithmetic import (
    RationalFunctions,
    Scalar,
    equal,
    limit_at_zero,
    size_at_least,
    sizes_equal,
)
from symbolic_landscape.former.lemma import Instance
from symbolic_landscape.formula import Add, Call, Const, Formula, Mul, Pow, T, call, derivative
from symbolic_landscape.functions.activations import ScalarLoss
from symbolic_landscape.verdict import Evidence, Verdict, all_of, for_all, holds, undecided

Values: TypeAlias = Mapping[str, Any]
"""Scalars or formulas by name; both add, multiply and divide."""

Term: TypeAlias = tuple[tuple[str, int], ...]
"""A product of powers of symbols with the coefficient 1."""


@dataclass(frozen=True)
class Shape:
    """How a family is built: `factor` times the argument, or times its logarithm.

    The slope is 2 a times the sum of the products `above` over the sum of those `below`; the
    argument of a logarithm, times `multiple`, is the sum of those below. `of_any_sign` may be
    negative, all other symbols are positive, but one of alpha and beta may be 0.
    """

    parameters: tuple[str, ...]
    values: Mapping[str, Callable[[Values], Formula]]
    rules: Mapping[str, Callable[[Values], Any]]
    argument: Callable[[Values], Any]
    factor: Callable[[Values], Any]
    logarithm: bool
    above: tuple[Term, ...]
    below: tuple[Term, ...]
    named: Callable[[Values], ScalarLoss]
    samples: tuple[Mapping[str, Fraction], ...]
    of_any_sign: tuple[str, ...] = ("a",)
    multiple: Term = ()


def _one(_: Values) -> int:
    return 1


def _delta(*texts: str) -> tuple[Mapping[str, Fraction], ...]:
    return tuple({"delta": Fraction(text)} for text in texts)


def _mixture(alpha: str, w: str) -> Mapping[str, Fraction]:
    share = Fraction(alpha)
    return {"alpha": share, "beta": 1 - share, "w": Fraction(w)}


SHAPES: Mapping[str, Shape] = {
    "least squares": Shape(
        parameters=(),
        values={},
        rules={},
        argument=lambda v: v["a"] ** 2,
        factor=_one,
        logarithm=False,
        above=((),),
        below=((),),
        named=lambda v: ScalarLoss.of("sum"),
        samples=({},),
    ),
    "pseudo-Huber": Shape(
        parameters=("delta",),
        values={"r": lambda v: call("sqrt", 1 + v["a"] ** 2 / v["delta"] ** 2)},
        rules={"r": lambda v: v["a"] / v["delta"] ** 2 / v["r"]},
        argument=lambda v: v["r"] - 1,
        factor=lambda v: 2 * v["delta"] ** 2,
        logarithm=False,
        above=((),),
        below=((("r", 1),),),
        named=lambda v: ScalarLoss.pseudo_huber(v["delta"]),
        samples=_delta("1", "1/3", "5"),
    ),
    "Blake-Zisserman": Shape(
        parameters=("delta",),
        values={"E": lambda v: call("exp", -(v["a"] ** 2))},
        rules={"E": lambda v: -2 * v["a"] * v["E"]},
        argument=lambda v: v["E"] + v["delta"],
        factor=lambda v: -1,
        logarithm=True,
        above=((("E", 1),),),
        below=((("E", 1),), (("delta", 1),)),
        named=lambda v: ScalarLoss.blake_zisserman(v["delta"]),
        samples=_delta("1", "1/10", "7"),
    ),
    "corrupted Gaussian": Shape(
        parameters=("alpha", "beta", "w"),
        values={
            "E": lambda v: call("exp", -(v["a"] ** 2)),
            "E_w": lambda v: call("exp", -(v["a"] ** 2) / v["w"] ** 2),
        },
        rules={
            "E": lambda v: -2 * v["a"] * v["E"],
            "E_w": lambda v: -2 * v["a"] * v["E_w"] / v["w"] ** 2,
        },
        argument=lambda v: v["alpha"] * v["E"] + v["beta"] / v["w"] * v["E_w"],
        factor=lambda v: -1,
        logarithm=True,
        above=((("alpha", 1), ("E", 1)), (("beta", 1), ("E_w", 1), ("w", -3))),
        below=((("alpha", 1), ("E", 1)), (("beta", 1), ("E_w", 1), ("w", -1))),
        named=lambda v: ScalarLoss.corrupted_gaussian(v["alpha"], v["w"]),
        samples=(_mixture("1/2", "6"), _mixture("1/3", "1/4"), _mixture("2/3", "2")),
    ),
    "Cauchy": Shape(
        parameters=("delta",),
        values={},
        rules={},
        argument=lambda v: 1 + v["a"] ** 2 / v["delta"] ** 2,
        factor=lambda v: v["delta"] ** 2,
        logarithm=True,
        above=((("delta", 2),),),
        below=((("delta", 2),), (("a", 2),)),
        named=lambda v: ScalarLoss.cauchy(v["delta"]),
        samples=_delta("1", "-2", "1/3"),
        of_any_sign=("a", "delta"),
        multiple=(("delta", 2),),
    ),
}


@dataclass(frozen=True, kw_only=True)
class LossFamily(Instance):
    """One of the listed losses with all values of its parameters."""

    family: str

    @cached_property
    def shape(self) -> Shape:
        """How it is built."""
        return SHAPES[self.family]

    @cached_property
    def symbols(self) -> dict[str, Scalar]:
        """The residual, the parameters and the values, and a step h, as free symbols."""
        names = ("h", "a", *self.shape.parameters, *self.shape.values)
        field = RationalFunctions(names)
        return {name: field.generator(name) for name in names}

    @cached_property
    def slope(self) -> Scalar:
        """l'(a), by the rule of the logarithm and the limit of the argument's quotient."""
        v, shape = self.symbols, self.shape
        moved = {**v, "a": v["a"] + v["h"]}
        for name, rule in shape.rules.items():
            moved[name] = v[name] + v["h"] * rule(v)
        before = shape.argument(v)
        rate: Scalar = limit_at_zero((shape.argument(moved) - before) / v["h"], "h")
        found: Scalar = rate * shape.factor(v) / (before if shape.logarithm else 1)
        return found

    def sum_of(self, terms: tuple[Term, ...]) -> Scalar:
        """The sum of these products of symbols."""
        total = self.symbols["a"] * 0
        for term in terms:
            value = total * 0 + 1
            for name, exponent in term:
                value = value * self.symbols[name] ** exponent
            total = total + value
        return total

    def slope_has_the_sign_of_the_residual(self) -> Verdict:
        """Whether l' is 2 a times a quotient of positive sums, for all parameters."""
        shape = self.shape
        quotient = self.sum_of(shape.above) / self.sum_of(shape.below)
        return all_of(
            slope=equal(self.slope, self.symbols["a"] * 2 * quotient),
            above=self._is_positive(shape.above),
            below=self._is_positive(shape.below),
        )

    def is_analytic(self) -> Verdict:
        """Whether a logarithm is taken of a positive sum; the root is one of at least 1."""
        if not self.shape.logarithm:
            return holds(Evidence.IDENTITY, "a polynomial, or a root of at least 1")
        argument = self.shape.argument(self.symbols) * self.sum_of((self.shape.multiple,))
        return all_of(
            argument=equal(argument, self.sum_of(self.shape.below)),
            positive=self._is_positive(self.shape.below),
        )

    def _is_positive(self, terms: tuple[Term, ...]) -> Verdict:
        """Whether no product is negative, and one is positive for all parameters.

        Symbols of any sign have even powers; alpha and beta are shares, of which one is positive.
        """
        signed = [e for term in terms for name, e in term if name in self.shape.of_any_sign]
        sure = [term for term in terms if not {"a", "alpha", "beta"} & {name for name, _ in term}]
        shares = {name for term in terms for name, _ in term} & {"alpha", "beta"}
        verdict = all_of(
            even=for_all(range(len(signed)), lambda i: sizes_equal(signed[i] % 2, 0), "power"),
            positive=size_at_least(len(sure) + (len(shares) == 2), 1),
        )
        return replace(verdict, evidence=Evidence.IDENTITY, mutants=())

    def is_the_named_loss(self) -> Verdict:
        """Whether the family gives the engine's losses, and the rules are true derivatives."""

        def sample(index: int) -> Verdict:
            given = self.shape.samples[index]
            v: dict[str, Any] = {"a": T, **{name: Const(x) for name, x in given.items()}}
            for name, value in self.shape.values.items():
                v[name] = value(v)
            argument = self.shape.argument(v)
            built = self.shape.factor(v) * (
                call("log", argument) if self.shape.logarithm else argument
            )
            return all_of(
                loss=_same(built, self.shape.named(given).formula),
                rules=for_all(
                    self.shape.rules,
                    lambda name: _same(self.shape.rules[name](v), derivative(v[name], 1)),
                    "rule",
                ),
            )

        return for_all(range(len(self.shape.samples)), sample, "choice of parameters")


def _same(built: Formula, known: Formula) -> Verdict:
    """Whether two formulas differ in the order of terms and factors at most."""
    if _arranged(built) == _arranged(known):
        return holds(Evidence.IDENTITY, f"{built} against {known}")
    return undecided(f"{built} is written otherwise than {known}")


def _arranged(formula: Formula) -> str:
    """The formula as text with terms and factors in a fixed order."""
    match formula:
        case Add(terms=parts) | Mul(factors=parts):
            return f"{type(formula).__name__}({', '.join(sorted(map(_arranged, parts)))})"
        case Pow(base=base, exponent=exponent):
            return f"Pow({_arranged(base)}, {exponent})"
        case Call(name=name, argument=argument):
            return f"{name}({_arranged(argument)})"
    return str(formula)

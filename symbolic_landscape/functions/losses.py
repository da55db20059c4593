"""Losses by name: of residuals, likelihoods of one output each, and cross-entropy of all outputs.

Notation: z are the outputs of a network on one sample, y its targets, a = z - y the residuals.

  residual         sum_j l(z_j - y_j)                     `ScalarLoss`
  likelihood       sum_j A(z_j) - y_j z_j                 `LikelihoodLoss`
  cross-entropy    (sum_j y_j) log sum_j e^(z_j) - y.z    `CrossEntropy`

A likelihood is the negative logarithm of one of an exponential family up to a constant: `logistic`
for A = log(1 + e^z), where z is the logit of a target from 0 to 1, `poisson` for A = e^z. Targets
of cross-entropy are probabilities, 0 and 1 for classes; it is that of the softmax of z.

Objects: LikelihoodLoss, CrossEntropy, Loss. Functions: loss_of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, ClassVar

from symbolic_landscape import functions
from symbolic_landscape.arithmetic import Matrix
from symbolic_landscape.errors import DomainError, ParseError
from symbolic_landscape.formula import Formula, T, call, composition
from symbolic_landscape.functions.activations import ScalarLoss
from symbolic_landscape.verdict import Verdict

MEAN = "mean "


@dataclass(frozen=True)
class LikelihoodLoss:
    """A(z) - y z for each output z with its target y; `formula` is A, `largest` the largest y.

    `slope` is A', written so that its balls are narrow far out.
    """

    name: str
    formula: Formula
    slope: Formula
    largest: int | None = None
    averaged: bool = False
    is_generic: ClassVar[bool] = False

    def weight(self, samples: int | Fraction) -> Fraction:
        """The factor in front of the sum: 1, or one over the samples."""
        return 1 / Fraction(samples) if self.averaged else Fraction(1)

    def term(self, target: Fraction) -> Formula:
        """A(z) - y z as a formula in z; where A(z) - z = A(-z) and y = 1, the latter."""
        if self.largest == 1 and target == 1:
            return composition(self.formula, -T)
        return self.formula - target * T

    def need_targets(self, targets: Matrix) -> None:
        """Raise DomainError unless each target is at least 0, and at most the largest."""
        for i, row in enumerate(targets.tolist()):
            for value in row:
                low = value.sign() < 0
                if low or (self.largest is not None and (value - self.largest).sign() > 0):
                    most = "on" if self.largest is None else f"to {self.largest}"
                    message = (
                        f"loss {self.name}: targets from 0 {most} were needed, got {value} of "
                        f"sample {i + 1}"
                    )
                    raise DomainError(message)

    def analytic(self) -> Verdict:
        """Whether it is a real analytic function of the outputs: it is where the formula is one."""
        return functions.analytic(self.formula)

    def canonical(self) -> str:
        """The name, which `loss_of` reads."""
        return self.name

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class CrossEntropy:
    """Cross-entropy of the targets and the softmax of the outputs, which are logits."""

    averaged: bool = False
    is_generic: ClassVar[bool] = False
    formula: ClassVar[Formula] = call("exp", T)

    @property
    def name(self) -> str:
        """`cross_entropy`, with `mean` in front where it is averaged."""
        return f"{MEAN if self.averaged else ''}cross_entropy"

    def weight(self, samples: int | Fraction) -> Fraction:
        """The factor in front of the sum: 1, or one over the samples."""
        return 1 / Fraction(samples) if self.averaged else Fraction(1)

    def need_targets(self, targets: Matrix) -> None:
        """Raise DomainError unless each row has two probabilities or more, whose sum is 1."""
        if targets.shape[1] < 2:
            message = (
                "loss cross_entropy: at least two outputs were needed, one for each class, got "
                f"{targets.shape[1]}; for one logit the loss is logistic"
            )
            raise DomainError(message)
        for i, row in enumerate(targets.tolist()):
            for value in row:
                if value.sign() < 0:
                    message = (
                        "loss cross_entropy: a probability of each class was needed, got "
                        f"{value} of sample {i + 1}"
                    )
                    raise DomainError(message)
            total = sum(row[1:], row[0])
            if not (total - 1).is_zero:
                message = (
                    "loss cross_entropy: probabilities of the classes with the sum 1 were needed, "
                    f"got the sum {total} for sample {i + 1}"
                )
                raise DomainError(message)

    def analytic(self) -> Verdict:
        """Whether it is a real analytic function of the outputs: it is where the formula is one."""
        return functions.analytic(self.formula)

    def canonical(self) -> str:
        """The name, which `loss_of` reads."""
        return self.name

    def __str__(self) -> str:
        return self.name


Loss = ScalarLoss | LikelihoodLoss | CrossEntropy

_LIKELIHOODS: Mapping[str, LikelihoodLoss] = {
    loss.name: loss
    for loss in (
        LikelihoodLoss(
            "logistic",
            formula=call("log", 1 + call("exp", T)),
            slope=1 / (1 + call("exp", -T)),
            largest=1,
        ),
        LikelihoodLoss("poisson", formula=call("exp", T), slope=call("exp", T)),
    )
}


def loss_of(value: Loss | Formula | str | Mapping[str, Any]) -> Loss:
    """The loss with this name, formula in a, or object; `mean` in front divides by the samples.

    Names: `sum`, `half`, `mean` (of squares), `cross_entropy`, `logistic`, `poisson`, and those of
    `ScalarLoss.of`. Raises UnknownKeyError: the name. Raises ParseError: the parameters, or the
    formula.

    >>> str(loss_of("mean cross_entropy")), str(loss_of("mean cauchy(1)"))
    ('mean cross_entropy', 'mean cauchy(1)')
    """
    if isinstance(value, ScalarLoss | LikelihoodLoss | CrossEntropy):
        return value
    if isinstance(value, Mapping) and isinstance(value.get("name"), str):
        name = value["name"].removeprefix(MEAN)
        by_name = len(value) == 1 and (name == "cross_entropy" or name in _LIKELIHOODS)
        inner = loss_of(name) if by_name else ScalarLoss.of({**value, "name": name})
        return _averaged(inner) if name != value["name"] else inner
    if isinstance(value, str):
        text = value.strip()
        if text.startswith(MEAN):
            return _averaged(loss_of(text.removeprefix(MEAN)))
        if text == "cross_entropy":
            return CrossEntropy()
        if text in _LIKELIHOODS:
            return _LIKELIHOODS[text]
    return ScalarLoss.of(value)


def _averaged(loss: Loss) -> Loss:
    if loss.averaged:
        message = f"loss: one mean was needed, got the mean of {loss.name!r}"
        raise ParseError(message)
    if isinstance(loss, CrossEntropy):
        return CrossEntropy(averaged=True)
    return replace(loss, name=f"{MEAN}{loss.name}", averaged=True)

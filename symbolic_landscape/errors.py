"""Every exception that the package raises on purpose, under one base class.

Each message is one sentence: which object, what was needed, what was got, where.
"""

from __future__ import annotations


class LandscapeError(Exception):
    """Base class: anything the user can mend by changing the input."""


class InexactError(LandscapeError):
    """A float, NaN or infinity was given where an exact number is needed."""


class ParseError(LandscapeError):
    """A number or formula is not in the small grammar that is read."""


class ShapeError(LandscapeError):
    """Sizes of arrays, layers or samples do not fit together."""


class SortError(LandscapeError):
    """A term is put together from parts whose sorts or shapes do not fit."""


class DomainError(LandscapeError):
    """A value lies outside every field in which the question can be decided."""


class SmoothnessError(LandscapeError):
    """A derivative was asked for that the activation or the loss does not have."""


class ProblemError(LandscapeError):
    """A problem file or a certificate is malformed."""


class DeclarationError(LandscapeError):
    """A statement, fact, step, instance or control is declared wrongly."""


class UnknownKeyError(LandscapeError, KeyError):
    """A key, a paper, a name or an option value is not known."""

    __str__ = LandscapeError.__str__  # that of KeyError would put the sentence in quotes


class ProofsError(LandscapeError):
    """A file of statements could not be loaded; the message names file, line and cause."""


class ClusterError(LandscapeError):
    """A cluster cannot be had, or its workers run another program."""


MALFORMED = (
    LandscapeError, ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError,
    TypeError, ValueError,
)  # fmt: skip
"""What a step of a proof that is put together wrongly, or too deep, may raise: it is refused."""

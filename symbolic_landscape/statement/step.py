"""Steps and their reasons, as data: what a proof says before anybody believes it.

A step has a name, names the facts it uses, says what it gives, and carries one reason. Reasons
with proofs inside (`Generic`, `Induct`, `Cases`, `Contradiction`) open a scope of their own.

Reasons: Apply (a rule), Calculation, Linear, Definition, Logic, Instantiate, Obtain, Construct,
Generic, Induct, Cases, Contradiction, Cite; and those that are never accepted: Identity, Claimed,
Sampled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.term import Term

if TYPE_CHECKING:
    from symbolic_landscape.statement.lemma import Statement

Terms = Mapping[str, Term]
"""Terms for variables, by the names of the variables."""


Replacement = tuple[int, Term, Term, Term]
"""The place of a fact among those used, an old and a new term, and where the old one stands."""


class Reason:
    """Why a step follows; `word` is what reports call it."""

    word: ClassVar[str] = "structural"


@dataclass(frozen=True, eq=False)
class Apply(Reason):
    """A rule at these terms; the facts used are its premises, in order."""

    word = "rule"
    rule: Rule
    terms: Terms = field(default_factory=dict)


@dataclass(frozen=True)
class Calculation(Reason):
    """Both sides, or the yield and the first fact used, become one normal form.

    The other facts used are equations; each replaces its left side by its right side, those whose
    names start with `<` the other way; of a sum on that side, the first summand is replaced, the
    others go to the other side. All equations must be needed.

    `left` and `right` are the replacements that change each end, in order, each the place of a
    fact, the equal terms that it says, and a function that says where they stand; matching finds
    them.
    """

    word = "calculation"
    left: tuple[Replacement, ...] = ()
    right: tuple[Replacement, ...] = ()


@dataclass(frozen=True)
class Linear(Reason):
    """Linear arithmetic from the facts used, and from what is known of the indices."""

    word = "calculation"


@dataclass(frozen=True)
class Definition(Reason):
    """A recursion is unfolded once: f(k) is its body at f(k - 1), going down at f(k + 1)."""

    word = "calculation"


@dataclass(frozen=True)
class Logic(Reason):
    """A consequence of the facts used by the meaning of and, or, not, if."""


@dataclass(frozen=True)
class Instantiate(Reason):
    """A quantified fact at these terms, one for each quantifier; ranges must be known."""

    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Obtain(Reason):
    """Fresh names for what a fact says exists."""

    names: tuple[Term, ...]


@dataclass(frozen=True)
class Construct(Reason):
    """Witnesses, one for each `exists`; what is asked of them is among the facts used."""

    word = "construct"
    witnesses: tuple[Term, ...]


@dataclass(frozen=True)
class Generic(Reason):
    """An arbitrary value for each quantifier of the yield; conditions of an `if` are assumed."""

    word = "generic"
    names: tuple[Term, ...]
    proof: tuple[Step, ...]


@dataclass(frozen=True)
class Induct(Reason):
    """Induction over a range, upwards, or downwards from its end."""

    word = "induct"
    name: Term
    base: tuple[Step, ...]
    step: tuple[Step, ...]
    down: bool = False


@dataclass(frozen=True)
class Cases(Reason):
    """A proof for each part of the disjunction used, or for `split` and for its negation."""

    word = "cases"
    branches: tuple[tuple[Step, ...], ...]
    split: Term | None = None


@dataclass(frozen=True)
class Contradiction(Reason):
    """The negation of the yield leads to a contradiction."""

    word = "contradiction"
    proof: tuple[Step, ...]


@dataclass(frozen=True, eq=False)
class Cite(Reason):
    """Another statement at these terms; its hypotheses and standing assumptions are facts here."""

    word = "cite"
    statement: Statement
    terms: Terms = field(default_factory=dict)


@dataclass(frozen=True)
class Identity(Reason):
    """An equation with free symbols, decided for the shapes listed and for these only."""

    word = "identity"
    shapes: tuple[Mapping[str, int], ...]


@dataclass(frozen=True)
class Claimed(Reason):
    """The reason that a printed proof gives, where no rule says it."""

    word = "claimed"
    words: str


@dataclass(frozen=True)
class Sampled(Reason):
    """Decided on instances and nothing more; says what the language or the rules lack."""

    word = "sampled"
    lacks: str


def inner(reason: Reason) -> tuple[tuple[Step, ...], ...]:
    """The proofs inside a reason, in order."""
    match reason:
        case Generic() | Contradiction():
            return (reason.proof,)
        case Induct():
            return (reason.base, reason.step)
        case Cases():
            return reason.branches
    return ()


def walked(proof: tuple[Step, ...]) -> Iterator[Step]:
    """Every step of a proof, those inside a step before it."""
    for step in proof:
        for part in inner(step.reason):
            yield from walked(part)
        yield step


UNACCEPTED = (Identity, Claimed, Sampled)
"""Reasons that the kernel never accepts."""


@dataclass(frozen=True, eq=False)
class Step:
    """One inference. `gives` is None until it has been completed by matching."""

    name: str
    gives: Term | None
    reason: Reason
    uses: tuple[str, ...] = ()
    lines: tuple[int, int] | None = None
    """The lines of the paper's text that say it; None where the paper does not."""

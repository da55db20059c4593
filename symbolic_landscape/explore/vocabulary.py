"""What may be asked of a point: a few phrases in a fixed vocabulary, with `not` and numbers.

A text such as "local minimum, not global, one hidden layer" is a list of phrases that must all hold
of the facts. Each is decided with three values: what is not known meets neither a phrase nor its
negation.

Objects: Phrase, Want. Functions: wanted, known_words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from symbolic_landscape.critical import Kind
from symbolic_landscape.critical.symmetries import Mechanism
from symbolic_landscape.errors import LandscapeError, UnknownKeyError
from symbolic_landscape.explore.facts import MINIMA, SADDLES, Facts
from symbolic_landscape.functions.activations import NAMED_ACTIVATIONS, Activation

Known = bool | None
Decision = Callable[[Facts], Known]

LONGEST = 1_000

NUMBERS = {
    word: k
    for k, word in enumerate(
        ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    )
}

COMPARISONS: Mapping[str, Callable[[int, int], bool]] = {
    "fewer than": lambda count, k: count < k,
    "more than": lambda count, k: count > k,
    "at most": lambda count, k: count <= k,
    "at least": lambda count, k: count >= k,
    "exactly": lambda count, k: count == k,
}

COUNTED: Mapping[str, Callable[[Facts], int | None]] = {
    "positive eigenvalue": lambda facts: _eigenvalues(facts, 0),
    "negative eigenvalue": lambda facts: _eigenvalues(facts, 1),
    "zero eigenvalue": lambda facts: _eigenvalues(facts, 2),
    "sample": lambda facts: facts.samples,
    "input": lambda facts: facts.widths[0],
    "output": lambda facts: facts.widths[-1],
    "hidden layer": lambda facts: len(facts.hidden),
    "hidden unit": lambda facts: sum(facts.hidden),
    "parameter": lambda facts: facts.parameters,
}


def _eigenvalues(facts: Facts, sign: int) -> int | None:
    return None if facts.inertia is None else facts.inertia[sign]


def _kind(*kinds: Kind) -> Decision:
    """Whether the kind is one of these; the inertia alone may exclude it."""

    def decide(facts: Facts) -> Known:
        if facts.kind is not None:
            if facts.kind == Kind.OPEN_MINIMUM and Kind.OPEN_MINIMUM not in kinds:
                return None if {*kinds} & {*MINIMA} else False
            return facts.kind in kinds
        if facts.inertia is None:
            return None
        falls = facts.inertia[1] > 0
        against = {*kinds} <= {*MINIMA} if falls else kinds == (Kind.STRICT_SADDLE,)
        return False if against else None

    return decide


def _both(*decisions: Decision) -> Decision:
    def decide(facts: Facts) -> Known:
        values = [decision(facts) for decision in decisions]
        return False if False in values else None if None in values else True

    return decide


def _negated(decision: Decision) -> Decision:
    def decide(facts: Facts) -> Known:
        value = decision(facts)
        return None if value is None else not value

    return decide


def _strict(facts: Facts) -> Known:
    known = {
        Kind.STRICT_MINIMUM: True,
        Kind.STRICT_SADDLE: True,
        Kind.NON_STRICT_MINIMUM: False,
        Kind.SADDLE: False,
        Kind.NOT_CRITICAL: False,
    }
    return None if facts.kind is None else known.get(Kind(facts.kind))


def _degenerate(facts: Facts) -> Known:
    return None if facts.inertia is None else facts.inertia[2] > 0


def _isolated(facts: Facts) -> Known:
    if facts.kind == Kind.NOT_CRITICAL:
        return False
    return None if facts.is_family is None else not facts.is_family


def _order(k: int) -> Decision:
    def decide(facts: Facts) -> Known:
        if facts.order is not None:
            return facts.order == k
        return False if facts.kind in (*MINIMA, Kind.NOT_CRITICAL) else None

    return decide


def _critical(facts: Facts) -> Known:
    return None if facts.kind is None else facts.kind != Kind.NOT_CRITICAL


MINIMUM = _kind(*MINIMA)
SADDLE = _kind(*SADDLES)

PLAIN: Mapping[str, Decision] = {
    "critical": _critical,
    "local minimum": MINIMUM,
    "strict local minimum": _kind(Kind.STRICT_MINIMUM),
    "non-strict local minimum": _kind(Kind.NON_STRICT_MINIMUM),
    "spurious": _both(
        MINIMUM, lambda facts: None if facts.is_global is None else not facts.is_global
    ),
    "saddle": SADDLE,
    "strict saddle": _kind(Kind.STRICT_SADDLE),
    "degenerate saddle": _both(SADDLE, _degenerate),
    "isolated saddle": _both(SADDLE, _isolated),
    "maximum": _kind(Kind.MAXIMUM),
    "strict": _strict,
    "global": lambda facts: facts.is_global,
    "degenerate": _degenerate,
    "nondegenerate": _negated(_degenerate),
    "isolated": _isolated,
    "fitted": lambda facts: facts.is_fitted,
    "wide": lambda facts: any(width >= facts.samples for width in facts.hidden),
    "very wide": lambda facts: (
        bool(facts.hidden) and all(width >= facts.samples for width in facts.hidden)
    ),
    "linear output": lambda facts: facts.output == "t",
    "squared errors": lambda facts: facts.loss in ("sum", "half", "mean"),
    "with biases": lambda facts: facts.bias,
    "without biases": lambda facts: not facts.bias,
    "increasing activation": lambda facts: facts.is_increasing,
}
"""The phrases without a number."""

SYNONYMS = {
    "global minimum": "global",
    "minimum": "local minimum",
    "saddle point": "saddle",
    "spurious local minimum": "spurious",
    "local maximum": "maximum",
    "critical point": "critical",
    "biases": "with biases",
    "no biases": "without biases",
}


@dataclass(frozen=True)
class Phrase:
    """One phrase as it was asked, with its decision; `activation` where it names one."""

    text: str
    decide: Decision
    activation: Activation | None = None


@dataclass(frozen=True)
class Want:
    """Phrases that must all hold."""

    phrases: tuple[Phrase, ...]

    def __str__(self) -> str:
        return ", ".join(phrase.text for phrase in self.phrases)

    def of(self, facts: Facts) -> Known:
        """Whether all phrases hold; None where some is open and none fails."""
        return _both(*(phrase.decide for phrase in self.phrases))(facts)

    def failing(self, facts: Facts) -> str | None:
        """The first phrase that does not hold, or None."""
        return next((p.text for p in self.phrases if p.decide(facts) is False), None)

    @property
    def activations(self) -> tuple[Activation, ...]:
        """The activations that are named."""
        return tuple(p.activation for p in self.phrases if p.activation is not None)


def known_words() -> str:
    """The vocabulary in one sentence."""
    plain = ", ".join(PLAIN)
    counted = ", ".join(f"{name}s" for name in COUNTED)
    mechanisms = ", ".join(map(str, Mechanism))
    names = ", ".join(NAMED_ACTIVATIONS)
    return (
        f"{plain}; 'order k'; 'meets' and the key of a statement; a number, or one of "
        f"{', '.join(COMPARISONS)} and a number, of {counted}; a reason for null directions: "
        f"{mechanisms}; an activation: {names}, or 'activation' and a formula in t; each also with "
        "'not'"
    )


def wanted(text: str) -> Want:
    """The phrases in a text, set apart by commas.

    Raises UnknownKeyError: a phrase outside the vocabulary, with the vocabulary; or no text.

    >>> from symbolic_landscape.networks import Network
    >>> from symbolic_landscape.explore.facts import facts_of_network
    >>> wanted("one hidden layer, not wide").of(facts_of_network(Network((1, 2, 1)), 3))
    True
    """
    if not isinstance(text, str):
        message = f"what is wanted must be a text, got {type(text).__name__}"
        raise UnknownKeyError(message)
    if len(text) > LONGEST:
        message = f"what is wanted must have at most {LONGEST} characters, got {len(text)}"
        raise UnknownKeyError(message)
    parts = [" ".join(part.split()) for part in text.split(",")]
    if not all(parts):
        message = f"what is wanted must be phrases set apart by commas, got {text!r}"
        raise UnknownKeyError(message)
    return Want(tuple(_phrase(part) for part in parts))


def _phrase(text: str) -> Phrase:
    lower = text.lower()
    if lower.startswith("not "):
        inner = _phrase(text[4:])
        return Phrase(f"not {inner.text}", _negated(inner.decide))
    lower = SYNONYMS.get(lower, lower)
    if lower in PLAIN:
        return Phrase(lower, PLAIN[lower])
    if lower.startswith("meets "):
        key = text[6:]
        return Phrase(f"meets {key}", _meets(key))
    if lower in {str(mechanism) for mechanism in Mechanism}:
        return Phrase(lower, _mechanism(lower))
    found = _activation(text) or _counted(lower)
    if found is None:
        words = [*PLAIN, *map(str, Mechanism), *NAMED_ACTIVATIONS]
        near = ", ".join(get_close_matches(lower, words, n=3, cutoff=0.5))
        hint = f"; the closest are {near}" if near else ""
        message = f"no phrase is {text!r}{hint}; lemma-check hunt --words lists all"
        raise UnknownKeyError(message)
    return found


def _meets(key: str) -> Decision:
    """Whether the hypotheses of a statement hold."""

    def decide(facts: Facts) -> Known:
        if facts.meets is None or facts.breaks is None:
            return None
        return True if key in facts.meets else False if key in facts.breaks else None

    return decide


def _mechanism(name: str) -> Decision:
    return lambda facts: None if facts.mechanisms is None else name in facts.mechanisms


def _activation(text: str) -> Phrase | None:
    lower = text.lower()
    name = lower.removesuffix(" activation").removeprefix("activation ")
    is_formula = name not in NAMED_ACTIVATIONS
    if is_formula and not lower.startswith("activation "):
        return None
    try:
        activation = Activation.of(name)
    except LandscapeError as error:
        message = f"what is wanted, {text!r}: {error}"
        raise UnknownKeyError(message) from error
    formula = str(activation.formula)
    shown = f"activation {name}" if is_formula else name
    return Phrase(shown, lambda facts: facts.activation == formula, activation)


def _counted(text: str) -> Phrase | None:
    number = rf"(\d{{1,9}}|{'|'.join(NUMBERS)})"
    order = re.fullmatch(rf"order {number}", text)
    if order is not None:
        return Phrase(f"order {_number(order[1])}", _order(_number(order[1])))
    pattern = rf"(?:({'|'.join(COMPARISONS)}) )?{number} ({'|'.join(COUNTED)})s?"
    match = re.fullmatch(pattern, text.replace("less than", "fewer than"))
    if match is None:
        return None
    comparison, k, what = match[1] or "exactly", _number(match[2]), match[3]

    def decide(facts: Facts) -> Known:
        count = COUNTED[what](facts)
        return None if count is None else COMPARISONS[comparison](count, k)

    shown = f"{match[1]} " if match[1] else ""
    return Phrase(f"{shown}{k} {what}{'' if k == 1 else 's'}", decide)


def _number(word: str) -> int:
    return NUMBERS[word] if word in NUMBERS else int(word)

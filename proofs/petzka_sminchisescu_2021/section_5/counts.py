"""Appendix B.1 and B.2: how many parameters a network has, and what one more neuron adds.

Statements
- PS21.I.count: one more neuron in layer l adds n_(l-1) + n_(l+1) + 1 parameters.
"""

from collections.abc import Callable
from typing import Any

from symbolic_landscape.proofs.rules import counts
from symbolic_landscape.statement.language import Expr, each, fn, integer, natural, total, widths
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import arbitrary, at, by, calculation, have, linear
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import Term, num

L, place, k = natural("L"), natural("place"), integer("k")
n, n2 = widths("n"), widths("n2")


def weights(n: Expr) -> Expr:
    """The numbers of weights of the layers."""
    return fn(k, n[k] * n[k - 1])


def biases(n: Expr) -> Expr:
    """The numbers of biases of the layers."""
    return fn(k, n[k])


def architectures() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Widths with a neuron added."""
    rows = (
        ("1-1-1", (1, 1, 1), 1),
        ("2-1-1-1, first layer", (2, 1, 1, 1), 1),
        ("2-1-1-1, second layer", (2, 1, 1, 1), 2),
        ("3-2-4-1", (3, 2, 4, 1), 2),
    )
    made = []
    for name, sizes, where in rows:
        more = {**dict(enumerate(sizes)), where: sizes[where] + 1}
        values: dict[Expr, Any] = {
            L: len(sizes) - 1,
            place: where,
            n: dict(enumerate(sizes)),
            n2: more,
        }
        made.append((name, {v.term: x for v, x in values.items()}))
    return tuple(made)


WIDTHS = Setting(
    "widths of two networks",
    variables=(L, place, n, n2),
    standing=(1 <= place, place <= L - 1),
    instances=architectures,
)


def whole(n: Expr) -> Expr:
    """The number of all parameters."""
    return total(k, 1, L, n[k] * n[k - 1]) + total(k, 1, L, n[k])


def taken_apart(name: str, sizes: Callable[[Expr], Expr]) -> list[Step]:
    """Steps: the sums of both networks at the layer and the next one, and where they agree."""
    steps = []
    for which, widths_ in (("old", n), ("new", n2)):
        a, at_ = sizes(widths_), f"{which} {name}"
        steps += [
            have(f"{at_} split", None, by(counts.count_split, a=a, lo=1, hi=L, k=place - 1)),
            have(f"{at_} first", None, by(counts.first_of_count, a=a, lo=place, hi=L)),
            have(f"{at_} second", None, by(counts.first_of_count, a=a, lo=place + 1, hi=L)),
        ]
    for where, low, high, fact in (
        ("lower", num(1), place - 1, "below"),
        ("upper", place + 2, L, "above"),
    ):
        same = sizes(n2)[k] == sizes(n)[k]
        steps += [
            have(
                f"{where} {name} equal",
                each(k, low, high, same),
                arbitrary(
                    k,
                    proof=[
                        have("this", None, at(k), fact),
                        have("before", None, at(k - 1), fact),
                        have("same", same, calculation, "this", "before"),
                    ]
                    if name == "weights"
                    else [have("this", None, at(k), fact)],
                ),
            ),
            have(
                f"{where} {name}",
                None,
                by(counts.equal_counts, a=sizes(n2), c=sizes(n), lo=low, hi=high),
                f"{where} {name} equal",
            ),
        ]
    return steps


more = whole(n2) == whole(n) + n[place - 1] + n[place + 1] + 1


def used(name: str) -> tuple[str, ...]:
    """What is known of the sums of both networks."""
    parts = (
        f"{which} {name} {p}" for which in ("old", "new") for p in ("split", "first", "second")
    )
    return (*parts, f"lower {name}", f"upper {name}")


I_COUNT = Statement(
    "PS21.I.count",
    WIDTHS,
    title="parameter counts",
    kind="identity",
    where="Appendix B.1 and B.2",
    lines=(595, 599),
    given={
        "below": each(k, 0, place - 1, n2[k] == n[k]),
        "more": n2[place] == n[place] + 1,
        "above": each(k, place + 1, L, n2[k] == n[k]),
    },
    then=more,
    proof=[
        *taken_apart("weights", weights),
        *taken_apart("biases", biases),
        have("width before", None, at(place - 1), "below"),
        have("width after", None, at(place + 1), "above"),
        have(
            "into",
            n2[place] * n2[place - 1] == (n[place] + 1) * n[place - 1],
            calculation,
            "more",
            "width before",
        ),
        have(
            "out",
            n2[place + 1] * n2[place] == n[place + 1] * (n[place] + 1),
            calculation,
            "more",
            "width after",
        ),
        have(
            "weights",
            total(k, 1, L, n2[k] * n2[k - 1])
            == total(k, 1, L, n[k] * n[k - 1]) + n[place - 1] + n[place + 1],
            linear,
            *used("weights"),
            "into",
            "out",
        ),
        have(
            "biases",
            total(k, 1, L, n2[k]) == total(k, 1, L, n[k]) + 1,
            linear,
            *used("biases"),
            "more",
            "width after",
        ),
        have("count", more, linear, "weights", "biases"),
    ],
)

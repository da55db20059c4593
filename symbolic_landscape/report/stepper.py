"""A proof walked step by step in a notebook.

Object: Stepper.

Design notes. The state is a walk and how many of its steps are seen; buttons only move it, so that
the same can be done from code. Where no widget can be shown (a rendered page, an editor without a
kernel, no ipywidgets), the whole walk stands there as a list that opens without scripts.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from html import escape
from importlib.util import find_spec
from itertools import chain, islice
from math import inf
from typing import TYPE_CHECKING, Any

from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.judge.walking import Said, Seen, Walk
from symbolic_landscape.library.lemmas import Lemma
from symbolic_landscape.report.proofs import Part, why
from symbolic_landscape.report.walking import FAILING, in_order, refused
from symbolic_landscape.statement.printing import text
from symbolic_landscape.verdict import Verdict

if TYPE_CHECKING:
    import ipywidgets

MOST = 40
"""So many instances can be picked."""

_COLOURS = {"holds": "#1a8a3a", "fails": "#e0342f", "undecided": "#9a7400"}
"""Read on a light ground as well as on a dark one."""
_FRAME = "border-left:3px solid; padding-left:0.7em; margin:0.4em 0"


class Stepper:
    """The proof of a statement on one instance: next, back, another instance, one hypothesis less.

    In Jupyter, with the extra `notebooks`, it has buttons; elsewhere it shows the whole walk. A
    dropped hypothesis leads to its near miss and ends with the first step that fails there. Raises
    UnknownKeyError as `lemma-check step` does: no such instance, no proof.
    """

    def __init__(
        self,
        lemma: Lemma,
        *,
        instance: str | None = None,
        hypothesis: str = "",
        reading: str = "printed",
    ) -> None:
        self._bench = lemma.bench(reading)
        self.statement = self._bench.statement
        self._start = instance
        self._notice = ""
        self._go(self._bench.walk(instance))
        if hypothesis:
            self.drop(hypothesis)

    # ---- state -----------------------------------------------------------------------------------
    def _go(self, walk: Walk) -> None:
        self.walk, self.seen = walk, 1
        self._found: list[tuple[Part, Seen | None]] = []
        self._later = in_order(self._bench, walk)

    def _steps(self, number: float) -> list[tuple[Part, Seen | None]]:
        """What stands in the proof up to this step, decided when it is first asked for."""
        shown: list[tuple[Part, Seen | None]] = []
        for found in chain(self._found, self._fresh()):
            shown.append(found)
            number -= found[1] is not None
            if number <= 0:
                break
        return shown

    def _fresh(self) -> Iterator[tuple[Part, Seen | None]]:
        for found in self._later:
            self._found.append(found)
            yield found

    @property
    def dropped(self) -> str:
        """The hypothesis that the instance breaks; empty where it is none."""
        return self.walk.broken

    @property
    def is_last(self) -> bool:
        """Whether all steps are seen."""
        found = self._steps(self.seen + 1)
        return sum(seen is not None for _, seen in found) <= self.seen

    @cached_property
    def instances(self) -> tuple[str, ...]:
        """The names of instances that can be picked."""
        cases = islice(self._bench.pool.cases(self.statement), MOST)
        return tuple(dict.fromkeys(case.instance.name for case in cases))

    def forward(self) -> None:
        """One step more, if there is one."""
        self.seen += not self.is_last

    def back(self) -> None:
        """One step less, down to the first."""
        self.seen = max(1, self.seen - 1)

    def choose(self, instance: str | None) -> None:
        """The first step on another instance; without a name, on the first that fits."""
        self._notice = ""
        self._go(self._bench.walk(instance))

    def drop(self, hypothesis: str) -> None:
        """The first step on a near miss of the hypothesis; without one, nothing but a notice."""
        if not hypothesis:
            self.choose(self._start)
            return
        found = self._bench.broken(hypothesis)
        self._notice = f"no near miss of {hypothesis}: {found.words}" if found.walk is None else ""
        if found.walk is not None:
            self._go(found.walk)

    # ---- as HTML ---------------------------------------------------------------------------------
    def html(self) -> str:
        """The steps that are seen; the last of them with all that is known of it."""
        found = self._steps(self.seen)
        rows = [self._row(part, seen, part is found[-1][0]) for part, seen in found]
        end = self._said(self.walk.conclusion) if self.is_last else ""
        total = len(self.walk.depths)
        count = f"<p>step {self.seen}" + ("" if self.dropped else f" of {total}") + "</p>"
        return self._head() + "".join(rows) + (f"<p>conclusion</p>{end}" if end else count)

    def _repr_html_(self) -> str:
        """All steps; a click opens what is known of one."""
        rows = [self._row(part, seen, False) for part, seen in self._steps(inf)]
        return f"{self._head()}{''.join(rows)}<p>conclusion</p>{self._said(self.walk.conclusion)}"

    def _head(self) -> str:
        statement, shown = self.statement, self.statement.setting.shown
        here = self.walk.case.instance
        less = f" without {self.dropped}" if self.dropped else ""
        title = f"{statement.key} ({statement.reading}){less}, on '{self.walk.name}'"
        values = "".join(
            f"<li><code>{escape(f'{text(v, shown)} = {here.said(v)}')}</code></li>"
            for v in here.values
        )
        given = "".join(map(self._said, self.walk.given))
        notice = f"<p><em>{escape(self._notice)}</em></p>" if self._notice else ""
        return (
            f"<p><strong>{escape(title)}</strong></p>{notice}"
            f"<details><summary>the instance</summary><ul>{values}</ul></details>"
            f"<details><summary>{len(self.walk.given)} hypotheses</summary>{given}</details>"
        )

    def _said(self, said: Said) -> str:
        formula = text(said.formula, self.statement.setting.shown)
        mark = ", broken" if said.name == self.dropped else ""
        name = (
            "" if said is self.walk.conclusion else f"<strong>{escape(said.name + mark)}</strong> "
        )
        verdict = f"{_word(said.verdict)} {escape(said.verdict.reason)}"
        return f'<div style="{_FRAME}">{name}{escape(formula)}<br>{verdict}</div>'

    def _row(self, part: Part, seen: Seen | None, is_open: bool) -> str:
        place = f"margin-left:{1.5 * part.depth}em"
        words = f"<strong>{escape(part.name)}</strong> {escape(part.formula)}"
        if seen is None:
            return f'<div style="{place}">{words}</div>'
        verdict = "" if seen.gives is None else _word(seen.gives)
        more = "".join(f"<div>{line}</div>" for line in self._details(part, seen))
        return (
            f'<details style="{place}"{" open" if is_open else ""}><summary>{words} {verdict}'
            f'</summary><div style="{_FRAME}">{more}</div></details>'
        )

    def _details(self, part: Part, seen: Seen) -> Iterator[str]:
        """What is known of a step: why it follows, the kernel's word, its values, its facts."""
        if part.step is not None:
            yield escape(why(self.statement, part.step))
        objection = refused(part, seen)
        said = (
            f"the kernel does not accept it: {objection}" if objection else "the kernel accepts it"
        )
        yield escape(said)
        if seen.values:
            shown, here = self.statement.setting.shown, Instance("", seen.values)
            yield escape(
                "at " + ", ".join(f"{text(v, shown)} = {here.said(v)}" for v in here.values)
            )
        for fact in (*seen.used, *(s for s in seen.around if not s.verdict.is_holds)):
            yield f"{escape(fact.name)}: {_word(fact.verdict)} {escape(fact.verdict.reason)}"
        if seen.gives is not None:
            yield f"the yield: {_word(seen.gives)} {escape(seen.gives.reason)}"
        if self.dropped and self.walk.first_failing is seen:
            yield f"<strong>{FAILING}</strong>"

    # ---- in Jupyter ------------------------------------------------------------------------------
    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/plain": repr(self), "text/html": self._repr_html_()}
        if find_spec("ipywidgets") is not None:
            bundle |= self.widget()._repr_mimebundle_()
        return bundle

    def widget(self) -> ipywidgets.Widget:
        """The buttons, the lists and the steps; needs the package ipywidgets."""
        import ipywidgets

        back, forward = (ipywidgets.Button(description=word) for word in ("Back", "Next"))
        wide = {"width": "48%"}
        instance = ipywidgets.Dropdown(description="Instance", layout=wide)
        given = [(f"without {name}", name) for name in self.statement.given]
        dropped = ipywidgets.Dropdown(
            description="Drop", options=[("nothing", ""), *given], value=self.dropped, layout=wide
        )
        view = ipywidgets.HTML()

        def show(notice: str = "") -> None:
            names = dict.fromkeys((self.walk.name, *self.instances))
            instance.options, instance.value = tuple(names), self.walk.name
            back.disabled, forward.disabled = self.seen == 1, self.is_last
            view.value = (f"<p><em>{escape(notice)}</em></p>" if notice else "") + self.html()

        def act(move: Any, *words: str) -> None:
            try:
                move(*words)
                show()
            except LandscapeError as error:
                show(str(error))

        back.on_click(lambda _: act(self.back))
        forward.on_click(lambda _: act(self.forward))

        def picked(change: Any) -> None:
            if change.new not in (None, self.walk.name):
                dropped.value = ""
                act(self.choose, change.new)

        def left_out(change: Any) -> None:
            if change.new != self.dropped:
                act(self.drop, change.new)

        show()
        instance.observe(picked, "value")
        dropped.observe(left_out, "value")
        lists, buttons = (ipywidgets.HBox(pair) for pair in ([instance, dropped], [back, forward]))
        return ipywidgets.VBox([lists, buttons, view])

    def __repr__(self) -> str:
        where = f"step {self.seen} on {self.walk.name}"
        return f"Stepper({self.statement.key}, {self.statement.reading}: {where})"


def _word(verdict: Verdict) -> str:
    word = verdict.outcome.value
    return f'<strong style="color:{_COLOURS[word]}">{word}</strong>'

"""The stepper of notebooks: moved by code and by buttons, shown with and without them."""

from __future__ import annotations

import re
from html import unescape

import pytest

from symbolic_landscape import Stepper, load_proofs
from symbolic_landscape.errors import UnknownKeyError

PROOFS = load_proofs()


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def test_next_and_back_move_by_one_step_and_stop_at_the_ends() -> None:
    stepper = Stepper(PROOFS["C18.P2.3"])
    assert stepper.seen == 1
    stepper.back()
    assert stepper.seen == 1
    assert "conclusion" not in words(stepper.html())
    for _ in range(10):
        stepper.forward()
    assert stepper.is_last
    assert stepper.seen == len(stepper.walk.depths)
    assert "conclusion" in words(stepper.html())
    stepper.back()
    assert not stepper.is_last


def test_dropped_hypothesis_leads_to_the_first_step_that_fails() -> None:
    stepper = Stepper(PROOFS["C18.P2.3"], hypothesis="transversal")
    assert stepper.dropped == "transversal"
    while not stepper.is_last:
        stepper.forward()
    said = words(stepper.html())
    assert "here the proof fails" in said
    assert "transversal, broken" in said
    stepper.drop("")
    assert stepper.dropped == ""
    assert stepper.seen == 1


def test_another_instance_is_walked_from_its_first_step() -> None:
    stepper = Stepper(PROOFS["C18.P2.3"])
    other = next(name for name in stepper.instances if name != stepper.walk.name)
    stepper.forward()
    stepper.choose(other)
    assert (stepper.walk.name, stepper.seen) == (other, 1)
    with pytest.raises(UnknownKeyError, match="no instance"):
        stepper.choose("no such instance at all")
    assert stepper.walk.name == other


def test_hypothesis_without_a_near_miss_leaves_the_walk_and_says_so() -> None:
    stepper = Stepper(PROOFS["C18.P2.3"])
    stepper.forward()
    stepper.drop("smooth")
    assert (stepper.dropped, stepper.seen) == ("", 2)
    assert "no near miss of smooth: " in words(stepper.html())
    stepper.choose(None)
    assert "no near miss" not in words(stepper.html())


def test_function_of_an_instance_is_written_as_in_a_paper() -> None:
    said = words(Stepper(PROOFS["C18.P2.3"]).html())
    assert "g = w ∈ ℝ² ↦ w₁₁ + 2 w₂₁ − 3" in said


def test_still_page_has_every_step_without_a_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("symbolic_landscape.report.stepper.find_spec", lambda name: None)
    stepper = Stepper(PROOFS["C18.P2.3"])
    bundle = stepper._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    page = bundle["text/html"]
    assert "<script" not in page
    assert page.count("<details") == 2 + len(stepper.walk.depths)
    assert words(page).endswith(stepper.walk.conclusion.verdict.reason)


def test_buttons_move_the_stepper() -> None:
    pytest.importorskip("ipywidgets")
    stepper = Stepper(PROOFS["C18.P2.3"])
    lists, buttons, view = stepper.widget().children
    (instance, dropped), (back, forward) = lists.children, buttons.children
    assert back.disabled
    forward.click()
    assert stepper.seen == 2
    assert not back.disabled
    assert view.value == stepper.html()
    dropped.value = "transversal"
    assert stepper.dropped == "transversal"
    assert instance.value == stepper.walk.name
    other = next(name for name in stepper.instances if name != stepper.walk.name)
    instance.value = other
    assert (stepper.walk.name, stepper.dropped, dropped.value) == (other, "", "")
    assert "widget-view" in " ".join(stepper._repr_mimebundle_())

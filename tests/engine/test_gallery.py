"""Every problem of the gallery gets the answer that was derived without the package."""

from __future__ import annotations

import jsonschema
import pytest

from symbolic_landscape.critical import classify_problem
from symbolic_landscape.critical.gallery import Exhibit, exhibit, gallery
from symbolic_landscape.errors import UnknownKeyError
from symbolic_landscape.report.data import schema

EXHIBITS = gallery()


@pytest.mark.parametrize("entry", EXHIBITS, ids=lambda entry: entry.name)
def test_gallery_problem_is_classified_as_derived(entry: Exhibit) -> None:
    found = classify_problem(entry.problem()).to_data()
    jsonschema.validate(found, schema("classify"))
    for key, value in entry.expected.items():
        assert found["loss" if key == "value" else key] == value, f"{entry.name}: {key}"


@pytest.mark.parametrize("entry", EXHIBITS, ids=lambda entry: entry.name)
def test_gallery_problem_tells_how_its_answer_was_derived(entry: Exhibit) -> None:
    assert "kind" in entry.expected
    assert entry.derivation.startswith(("By hand", "By a second method"))


def test_unknown_exhibit_should_fail() -> None:
    with pytest.raises(UnknownKeyError, match="line_fit"):
        exhibit("no such name")

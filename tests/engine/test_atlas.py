"""The atlas says what `classify` says, and `find` answers from it."""

from __future__ import annotations

from dataclasses import replace

import jsonschema
import pytest

from symbolic_landscape.atlas import Entry, atlas, entry, find
from symbolic_landscape.atlas.building import built
from symbolic_landscape.critical.gallery import gallery
from symbolic_landscape.errors import UnknownKeyError
from symbolic_landscape.explore import wanted
from symbolic_landscape.report.data import schema
from symbolic_landscape.report.hunts import find_data, find_lines

ENTRIES = atlas()
SAMPLE = tuple(one for one in ENTRIES if one.facts.parameters <= 30)[:: max(1, len(ENTRIES) // 16)]
"""A sample over all sizes; `python tests/atlas.py` decides all of them again."""

TELLING = ("hunted_isolated_saddle", "hunted_spurious_four_units", "very_wide_saddle")


def need_true_today(one: Entry) -> None:
    """What the file says is certified today; more may be known than when it was written."""
    again = built(one.name, one.title, one.source, one.found_by, one.data)
    now = again.facts.to_data()
    for name, value in one.facts.to_data().items():
        if name not in ("meets", "breaks", "mechanisms") and value is not None:
            assert now[name] == value, name
    assert {*one.covered} <= {*again.covered}


@pytest.mark.parametrize("one", SAMPLE, ids=lambda one: one.name)
def test_entry_is_what_classify_says_today(one: Entry) -> None:
    need_true_today(one)


@pytest.mark.parametrize("name", TELLING)
def test_entry_that_refutes_a_claim_is_certified_whole(name: str) -> None:
    one = entry(name)
    need_true_today(one)
    assert set(one.covered) >= {"critical", "kind", "inertia", "global minimum"}
    assert not one.uncovered


def test_a_false_entry_is_noticed_should_fail() -> None:
    one = entry("very_wide_saddle")
    false = replace(one, facts=replace(one.facts, inertia=(12, 9, 1)))
    with pytest.raises(AssertionError, match="inertia"):
        need_true_today(false)


def test_exhibits_of_the_gallery_have_their_derived_answers() -> None:
    exhibits = {one.name: one for one in gallery()}
    known = [one for one in ENTRIES if one.source == "gallery"]
    assert len(known) >= 60
    for one in known:
        exhibit = exhibits[one.name]
        assert dict(one.data) == dict(exhibit.problem().data)
        kind = exhibit.expected["kind"]
        assert one.facts.kind in (None, kind)
        if one.facts.inertia is not None and "inertia" in exhibit.expected:
            assert list(one.facts.inertia) == exhibit.expected["inertia"]


def test_names_are_unique_and_sizes_ascend() -> None:
    names = [one.name for one in ENTRIES]
    assert len(set(names)) == len(names)
    assert [one.size for one in ENTRIES] == sorted(one.size for one in ENTRIES)


def test_find_splits_the_atlas_into_known_open_and_other() -> None:
    found = find("local minimum, not global")
    other = find("not local minimum")
    assert found.entries
    assert not [one for one in found.entries if one in other.entries]
    assert all(one.facts.is_global is False for one in found.entries)
    assert all(wanted("local minimum, not global").of(one.facts) is None for one in found.open)
    jsonschema.validate(find_data(found), schema("find"))


@pytest.mark.parametrize(
    "text",
    [
        "isolated saddle, very wide, more than one outputs",
        "spurious, not strict, tanh, one hidden layer",
        "saddle, not strict, order 4",
        "maximum",
        "not critical",
    ],
)
def test_find_knows_an_object(text: str) -> None:
    lines = list(find_lines(find(text)))
    assert "smallest" in "\n".join(lines)


def test_a_theorem_is_refuted_by_an_object_that_meets_its_hypotheses() -> None:
    assert find("meets NH17.T3.4, not global").entries
    assert find("meets NH17.T3.4, not increasing activation").entries == ()


def test_unknown_entry_should_fail() -> None:
    with pytest.raises(UnknownKeyError, match="very_wide_saddle"):
        entry("no such name")

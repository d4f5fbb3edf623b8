"""Every fact is shown on a page of the evidence, and on one only."""

from __future__ import annotations

import pytest

from evidence import (
    bound,
    complications,
    fact_topics,
    facts,
    gaps,
    reading_queue,
    readings,
    references,
)
from widgets.number import note, page_of
from widgets.number.reading import as_read
from widgets.table.evidence import TABLES

pytestmark = pytest.mark.content


def test_every_topic_has_its_page_among_the_tables() -> None:
    assert {entry.page for entry in fact_topics().values()} == {
        page for page in TABLES if page.startswith("facts-")
    }


def test_a_fact_stands_on_the_page_that_its_number_links_to() -> None:
    for page in (name for name in TABLES if name.startswith("facts-")):
        markup = TABLES[page]().markup
        own = [entry.id for entry in facts() if page_of(entry) == f"evidence/{page}"]
        assert own
        assert [row_id for row_id in own if f'id="{row_id}"' not in markup] == []


def test_a_row_and_its_note_say_how_it_was_read() -> None:
    for name, entry in readings().items():
        line = as_read(name)
        assert line.startswith("Read twice (")
        assert ("first-hand" in line) is entry.first_hand
        assert line in note(bound(name))
    markup = TABLES["complications"]().markup
    assert markup.count("Read twice (") == sum(entry.id in readings() for entry in complications())


def test_a_row_that_nobody_read_again_says_so() -> None:
    once = next(entry for entry in complications() if entry.id not in readings())
    assert as_read(once.id) == "Read once"


def test_a_gap_of_the_field_names_who_says_so() -> None:
    markup = TABLES["gaps"]().markup
    assert markup.count("the field’s") == sum(entry.whose == "field" for entry in gaps())
    for entry in gaps():
        assert all(references()[key].label in markup for key in entry.said_by)


def test_a_text_to_be_read_leads_to_the_text() -> None:
    markup = TABLES["to-read"]().markup
    for entry in reading_queue():
        assert f'id="{entry.id}"' in markup
        if entry.doi:
            assert f"https://doi.org/{entry.doi}" in markup

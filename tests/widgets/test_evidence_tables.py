"""Every fact is shown on a page of the evidence, and on one only."""

from __future__ import annotations

import pytest

from evidence import fact_topics, facts
from widgets.number import page_of
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

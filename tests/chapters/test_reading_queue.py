"""What should be read next names pages that exist, and every text that the course knows only through others."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence import complications, outcomes, reading_queue, readings, row

pytestmark = pytest.mark.content

CHAPTERS = Path(__file__).parents[2] / "chapters"


def test_every_page_that_could_change_exists() -> None:
    named = {(entry.id, page) for entry in reading_queue() for page in entry.changes}
    assert named
    assert [(name, page) for name, page in sorted(named) if not (CHAPTERS / f"{page}.md").is_file()] == []


def test_every_study_with_second_hand_rows_is_to_be_read() -> None:
    queued = {entry.source for entry in reading_queue()}
    second_hand = {entry.study for entry in outcomes() if entry.second_hand}
    second_hand |= {entry.study for entry in complications() if entry.second_hand}
    assert sorted(second_hand - queued) == []


def test_every_figure_that_was_not_found_again_is_to_be_read() -> None:
    queued = {entry.source for entry in reading_queue()}
    lost = {row(name).source_key for name, entry in readings().items() if entry.figures == "not found"}
    assert sorted(lost - queued) == []

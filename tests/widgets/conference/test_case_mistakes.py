"""Every mistake that an author of cases made on purpose gets one line, with what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.new import SKELETONS
from widgets.conference.linter import lint

CLEAN = (SKELETONS / "skeleton.case.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "    next: table\n",
            "    next: tabel\n",
            "C02 step 'neck': there is no step 'tabel'; did you mean 'table'?",
        ),
        (
            "    next: year",
            "    next: table",
            "C02 step 'talk': leads back to 'table', which stands above it in the file; move that step below "
            "this one, or lead on to one that stands below (a reader goes back by a button)",
        ),
        (
            "worth: sound",
            "worth: good",
            "'worth' of choices 1 is 'good'; use 'sound', 'optional', 'idle' or 'unsafe'",
        ),
        (
            "title: A case of your own",
            "title: 2020-13-45",
            "not YAML: '2020-13-45' is no date; mend it, or put it in quotes",
        ),
    ],
    ids=["next", "back", "worth", "no date"],
)
def test_a_mistake_is_one_line(tmp_path: Path, old: str, new: str, line: str) -> None:
    assert old in CLEAN
    path = tmp_path / "spoilt.case.yml"
    path.write_text(CLEAN.replace(old, new, 1), encoding="utf-8")
    found = [str(one) for one in lint([path], frozenset({"TWSTRS"}), tmp_path).errors]
    assert [one for one in found if line in one] == found[:1]
    assert len(found) == 1

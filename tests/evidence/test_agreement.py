"""Promises of the second reading: agreement is reckoned rightly, and no reading says what its readers did not."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from evidence import agreement, agreements, blind_readings, readings, validate
from tests.sample import SAMPLE

# Worked by hand: two readers, 50 rows. Both said yes of 20 and no of 15; 5 and 10 lie apart.
# Same: 35 of 50. By chance: 25/50 x 30/50 + 25/50 x 20/50 = 0.5. Kappa: (0.7 - 0.5) / (1 - 0.5) = 0.4.
BY_HAND = [
    *[("yes", "yes")] * 20,
    *[("yes", "no")] * 5,
    *[("no", "yes")] * 10,
    *[("no", "no")] * 15,
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the sample that a test may spoil."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "data"))


def spoil(folder: Path, name: str, of: str, **cells: str) -> None:
    path = folder / name
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    next(one for one in rows if one["row"] == of).update(cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def told(folder: Path) -> list[str]:
    return [str(fault).partition(": ")[2] for fault in validate(folder)]


def test_agreement_is_that_of_an_example_worked_by_hand() -> None:
    found = agreement(BY_HAND)
    assert found.n == 50
    assert found.percent == pytest.approx(70)
    assert found.kappa == pytest.approx(0.4)


def test_readers_who_always_say_the_same_word_have_no_kappa() -> None:
    assert agreement([("people", "people")] * 3) == (3, 100, None)
    assert agreement([("people", "people"), ("sides", "sides")]).kappa == 1


def test_no_row_is_no_agreement() -> None:
    with pytest.raises(ValueError, match="a row that both readers described"):
        agreement([])


@pytest.mark.content
def test_agreement_is_over_the_rows_that_both_readers_found() -> None:
    found = agreements()
    missing = {entry.row for entry in blind_readings() if not entry.judge}
    assert found["judge"].n == len(readings()) - len(missing)


@pytest.mark.parametrize(
    ("row", "cells", "fault"),
    [
        ("cacciola2010-twstrs", {"judge": "surgeon"}, "judge is 'surgeon', not one of: patient"),
        (
            "cacciola2010-twstrs",
            {"judge": "masked"},
            "judge is 'masked', but the readers said 'not stated' and 'not stated': settle it",
        ),
        ("cacciola2010-twstrs", {"change_in": "points"}, "points need the scale they are points of"),
        ("hung2007-severity", {"time_kind": "not printed"}, "time is '31.9 +/- 20.9 months"),
        ("hung2007-severity", {"not_in_text": "weight"}, "not_in_text names 'weight', which is no column"),
        ("hung2007-severity", {"text_read": "none"}, "figures cannot be confirmed when no text was read"),
        ("hung2007-severity", {"read_again": "in autumn"}, "read_again must be a day such as 2026-11-26"),
        ("hung2007-severity", {"best_copy": ""}, "best_copy is empty"),
    ],
)
def test_a_reading_that_cannot_be_right_is_named(
    folder: Path, row: str, cells: dict[str, str], fault: str
) -> None:
    spoil(folder, "readings.csv", row, **cells)
    (line,) = told(folder)
    assert line.startswith(fault)


def test_a_reading_of_no_row_is_named(folder: Path) -> None:
    spoil(folder, "readings.csv", "hung2007-severity", row="hung2007-severe")
    first, *_ = told(folder)
    assert first == "row names 'hung2007-severe', which is not in any table; did you mean hung2007-severity?"


def test_a_reading_needs_two_readers(folder: Path) -> None:
    path = folder / "blind_readings.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(
        "".join(line for line in lines if not line.startswith("hung2007-severity,2")), encoding="utf-8"
    )
    assert told(folder) == [
        "hung2007-severity needs two lines in blind_readings.csv, reader 1 and 2, and has 1"
    ]

"""A wrong row gives one clear line, with file, line and what would be right, and changes nothing."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evidence import validate
from tests.sample import SAMPLE

Spoil = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path_factory.mktemp("package") / "data"))


@pytest.fixture
def verdict(sound: Path) -> Iterator[Callable[[str, Spoil], list[str]]]:
    """Spoil one file of the package, validate it, and put the file back."""
    spoilt: dict[Path, bytes] = {}

    def judge(name: str, spoil: Spoil) -> list[str]:
        path = sound / name
        spoilt[path] = path.read_bytes()
        path.write_bytes(spoil(spoilt[path]))
        before = {file: file.read_bytes() for file in sound.iterdir()}
        faults = [str(fault) for fault in validate(sound)]
        assert {file: file.read_bytes() for file in sound.iterdir()} == before, (
            "validating changed the package"
        )
        return faults

    yield judge
    for path, content in spoilt.items():
        path.write_bytes(content)


def with_cells(**cells: str) -> Spoil:
    """A row added to the table: the last one under a new id, with some cells changed."""

    def spoil(content: bytes) -> bytes:
        rows = list(csv.DictReader(io.StringIO(content.decode())))
        shown = {"gain": "", "left_out": "the row above shows these people"} if "gain" in rows[-1] else {}
        row = {**rows[-1], "id": "a-new-row", **shown, **cells}
        out = io.StringIO(newline="")
        csv.DictWriter(out, list(rows[0]), lineterminator="\n").writerow(row)
        return content + out.getvalue().encode()

    return spoil


FORMULA = "begins like a formula, which a spreadsheet would run; a minus before text is written \u2212"
COMPLICATION = {"events_n": "3", "at_risk_n": "40", "percent": "7.5", "term_as_reported": "something new"}
LAST = {
    name: len((SAMPLE / name).read_bytes().splitlines()) + 1
    for name in ("outcomes.csv", "complications.csv", "facts.csv", "conflicts.csv", "overlaps.csv")
}


def test_a_sound_row_is_welcome(verdict: Callable[[str, Spoil], list[str]]) -> None:
    assert verdict("complications.csv", with_cells(**COMPLICATION)) == []


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (
            {"study": "volkman2014"},
            "study names 'volkman2014', which is not in studies.csv; did you mean volkmann2014?",
        ),
        (
            {"procedure": "acupuncture"},
            "procedure names 'acupuncture', which is not in procedures.csv; add its row to procedures.csv first",
        ),
        (
            {"complication": "regret"},
            "complication names 'regret', which is not in complication_terms.csv; "
            "add its row to complication_terms.csv first",
        ),
        ({"events_n": "41", "percent": ""}, "events_n 41 is more than at_risk_n 40"),
        (
            {"percent": "7.6"},
            "7.6 % is not 3 of 40, which is 7.50 %; a misprint of the source is excused in conflicts.csv",
        ),
        ({"percent": "107.5"}, "percent is 107.5, above 100"),
        ({"events_n": "-3"}, "events_n is -3, below 0"),
        ({"events_n": "three"}, "events_n must be a whole number, not 'three'"),
        ({"id": "andrew1983-hemiparesis"}, "id 'andrew1983-hemiparesis' stands in line 50 already"),
        (
            {"id": "two words"},
            "id is 'two words', not lower-case letters and digits joined by hyphens; write two-words",
        ),
        ({"locator": ""}, "locator is empty and must not be"),
        ({"second_hand": "perhaps"}, "second_hand must be yes or no, not 'perhaps'"),
        (
            {"denominator_kind": "people"},
            "denominator_kind is 'people', not one of: patients, procedures, leads, events",
        ),
        (
            {"read_at": "javascript:alert(1)"},
            "read_at is 'javascript:alert(1)', not a web address that begins with https:// and has no space in it",
        ),
        (
            {"note": '=HYPERLINK("http://x","y")'},
            f'note {FORMULA}: \'=HYPERLINK("http://x","y")\'',
        ),
        (
            {"note": "@SUM(A1)"},
            f"note {FORMULA}: '@SUM(A1)'",
        ),
        ({"note": "late "}, "note begins or ends with a space; delete it: 'late '"),
        ({"note": "a\nb"}, "a cell goes on over the end of the line: close its double quotes"),
        ({"note": "x" * 4001}, f"note is 4,001 characters long, more than 4,000: '{'x' * 57}...'"),
        (
            {"note": "a\u202eb", "read_at": "https://example.org"},
            "holds the character U+202E (right-to-left override), which cannot be seen, after 'xample.org,a': delete it",
        ),
        (
            {"note": "a\x00b", "read_at": "https://example.org"},
            "holds the character U+0000, which cannot be seen, after 'xample.org,a': delete it",
        ),
        (
            {"note": "Secondary source: literature table of x"},
            "was read in another paper's table, says its note: second_hand must be yes",
        ),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, dict) else "",
)
def test_a_wrong_complication_is_one_line(
    verdict: Callable[[str, Spoil], list[str]], cells: dict[str, str], line: str
) -> None:
    faults = verdict("complications.csv", with_cells(**COMPLICATION | cells))
    assert faults == [f"data/complications.csv:{LAST['complications.csv']}: {line}"]


def test_a_count_of_an_unknown_number_is_welcome(verdict: Callable[[str, Spoil], list[str]]) -> None:
    # Many abstracts print no more.
    assert verdict("complications.csv", with_cells(**COMPLICATION | {"at_risk_n": ""})) == []


def test_an_id_of_another_table_is_one_line(verdict: Callable[[str, Spoil], list[str]]) -> None:
    (line,) = verdict("complications.csv", with_cells(**COMPLICATION | {"id": "bertrand1993-wait"}))
    assert line == "data/facts.csv:2: the id 'bertrand1993-wait' stands in complications.csv already"


def test_ten_megabytes_in_a_cell_are_one_short_line(verdict: Callable[[str, Spoil], list[str]]) -> None:
    (line,) = verdict("complications.csv", with_cells(**COMPLICATION | {"note": "x" * 10_000_000}))
    assert line.startswith(f"data/complications.csv:{LAST['complications.csv']}: is 10,000,")
    assert line.endswith(" characters long; a cell holds at most 4,000")


@pytest.mark.parametrize(
    ("name", "cells", "line"),
    [
        (
            "outcomes.csv",
            {"responders_n": "9", "responders_of": "8"},
            "responders_n 9 is more than responders_of 8",
        ),
        (
            "outcomes.csv",
            {"measure": "anew", "change": "2", "change_ci_low": "3", "change_ci_high": "4"},
            "change 2 lies outside change_ci_low 3 to change_ci_high 4",
        ),
        (
            "outcomes.csv",
            {"measure": "anew", "change_ci_low": "5", "change_ci_high": "4"},
            "change_ci_low 5 is above change_ci_high 4",
        ),
        ("outcomes.csv", {"percent_improvement": "101"}, "percent_improvement is 101, above 100"),
        ("outcomes.csv", {"measure": "anew", "percent_improvement": "-5"}, None),
        ("outcomes.csv", {}, f"says of tsung what line {LAST['outcomes.csv'] - 1} says already"),
        ("facts.csv", {"value": "1", "low": "2", "high": "3"}, "value 1 lies outside low 2 to high 3"),
        (
            "facts.csv",
            {"source": "nobody"},
            "source names 'nobody', which is not in references.csv; add its record to references.bib, "
            "then run python -m evidence.package --write",
        ),
        (
            "conflicts.csv",
            {"rows": "no-such-row"},
            "rows names 'no-such-row', which is not in any table; write the id of a row",
        ),
        (
            "conflicts.csv",
            {"studies": "kiss2007", "rows": "andrew1983-hemiparesis"},
            "names the row andrew1983-hemiparesis but none of its sources",
        ),
    ],
)
def test_wrong_rows_of_other_tables_are_one_line(
    verdict: Callable[[str, Spoil], list[str]], name: str, cells: dict[str, str], line: str | None
) -> None:
    wanted = [] if line is None else [f"data/{name}:{LAST[name]}: {line}"]
    assert verdict(name, with_cells(**cells)) == wanted


@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        (lambda content: b"", "1: the file is empty; its first line names the columns"),
        (lambda content: b"\n\n", "1: the file is empty; its first line names the columns"),
        (
            lambda content: content + "Zürich,x\n".encode("latin-1"),
            'NEW: is not UTF-8: save it as "CSV UTF-8 (comma delimited)"',
        ),
        (
            lambda content: content.decode().encode("utf-16"),
            '1: is not UTF-8: save it as "CSV UTF-8 (comma delimited)"',
        ),
        (
            lambda content: content + b"short,row\n",
            "NEW: needs 29 cells and has 2: a comma is missing, for an empty cell keeps its comma",
        ),
        (
            lambda content: content + content.splitlines()[-1] + b",more\n",
            "NEW: needs 29 cells and has 30: a text with a comma in it stands in double quotes",
        ),
        (
            lambda content: content.replace(b"study", b"paper", 1),
            "1: the columns are not those of datapackage.json; missing: 'study'; unknown: 'paper'",
        ),
        (
            lambda content: content + b'"unclosed\n',
            "NEW: cannot be read as CSV: unexpected end of data; "
            "a cell with a comma stands in double quotes, and a double quote in it is written twice",
        ),
    ],
    ids=["empty", "blank", "latin-1", "utf-16", "short", "long", "column", "quote"],
)
def test_a_spoilt_file_is_one_line(
    verdict: Callable[[str, Spoil], list[str]], spoil: Spoil, line: str
) -> None:
    line = line.replace("NEW", str(LAST["outcomes.csv"]))
    assert verdict("outcomes.csv", spoil) == [f"data/outcomes.csv:{line}"]


def test_people_counted_twice_are_one_line(verdict: Callable[[str, Spoil], list[str]]) -> None:
    added = b"kiss2007,volkmann2014,likely,A guess.\n"
    assert verdict("overlaps.csv", lambda content: content + added) == [
        f"data/overlaps.csv:{LAST['overlaps.csv']}: kiss2007 and volkmann2014 share people, "
        "but have two cohorts in studies.csv"
    ]


@pytest.mark.parametrize(("printed", "changed"), [("44,512,8.6", "44,512,8.5"), ("44,512,8.6", "45,512,8.6")])
def test_one_digit_changed_is_found(
    verdict: Callable[[str, Spoil], list[str]], printed: str, changed: str
) -> None:
    (line,) = verdict("complications.csv", lambda old: old.replace(printed.encode(), changed.encode()))
    assert line.startswith("data/complications.csv:2: 8.")


def test_a_missing_table_and_a_stray_one_are_one_line_each(sound: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(sound, tmp_path / "data"))
    (folder / "gaps.csv").rename(folder / "holes.csv")
    assert [str(fault) for fault in validate(folder)] == [
        "data/holes.csv: is not named in datapackage.json: move it elsewhere",
        "data/gaps.csv: cannot be read: No such file or directory",
    ]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"resources": 3}'])
def test_a_spoilt_descriptor_is_one_line(verdict: Callable[[str, Spoil], list[str]], content: str) -> None:
    (line,) = verdict("datapackage.json", lambda _: content.encode())
    assert line.startswith("data/datapackage.json:")
    assert "cannot be read as a data package" in line

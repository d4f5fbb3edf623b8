"""Promises of the tables: what is in them is typed and whole, and a fault in them is one line."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import evidence.tables
from evidence import (
    Complication,
    EvidenceError,
    Muscle,
    Outcome,
    Row,
    complications,
    facts,
    muscles,
    outcomes,
    references,
    row,
)
from evidence.source import DATA
from evidence.tables import read_table

ONE_LINE = re.compile(r"data/table\.csv(:\d+)?: \S.*")
GOOD = {
    "id": "somebody2001-infection",
    "study": "bertrand1993",
    "events_n": "3",
    "at_risk_n": "40",
    "percent": "7.5",
    "second_hand": "no",
}


def table(*rows: dict[str, str], columns: tuple[str, ...] = tuple(Complication.model_fields)) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data" / "table.csv"


def mistake(path: Path, content: str | bytes) -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(EvidenceError) as refusal:
        read_table(path, Complication)
    message = str(refusal.value)
    assert ONE_LINE.fullmatch(message), message
    return message


@pytest.fixture(scope="module")
def rows() -> tuple[Row, ...]:
    return (*outcomes(), *complications(), *facts(), *muscles())


def test_every_line_of_every_table_is_a_row() -> None:
    for name, loaded in (
        ("outcomes", outcomes()),
        ("complications", complications()),
        ("facts", facts()),
        ("muscles", muscles()),
    ):
        with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            ids = [cells["id"] for cells in csv.DictReader(file)]
        assert [entry.id for entry in loaded] == ids
        assert ids


@pytest.mark.content
def test_ids_are_unique_and_fit_into_a_role(rows: tuple[Row, ...]) -> None:
    ids = [entry.id for entry in rows]
    assert len(set(ids)) == len(ids)
    assert [name for name in ids if not re.fullmatch(r"[A-Za-z0-9_-]+", name)] == []
    assert all(row(entry.id) is entry for entry in rows)


@pytest.mark.content
def test_every_source_is_in_the_bibliography(rows: tuple[Row, ...]) -> None:
    known = references()
    cited = [
        (entry.id, key) for entry in rows for key in getattr(entry, "source", entry.source_key).split(";")
    ]
    assert [(row_id, key) for row_id, key in cited if key not in known] == []


@pytest.mark.content
def test_every_row_says_where_it_was_read(rows: tuple[Row, ...]) -> None:
    assert [entry.id for entry in rows if not entry.read_at.startswith(("http://", "https://"))] == []


@pytest.mark.content
def test_no_more_people_than_there_were(rows: tuple[Row, ...]) -> None:
    """Events may outnumber people; then the row says that it counts events."""
    over = []
    for entry in rows:
        counts = entry.counts()
        if counts and counts[0] > counts[1] and getattr(entry, "denominator_kind", "") != "events":
            over.append(entry.id)
    assert over == []


@pytest.mark.content
def test_intervals_are_in_order_and_percentages_in_bounds() -> None:
    for outcome in outcomes():
        if outcome.change_ci_low is not None and outcome.change_ci_high is not None:
            assert outcome.change_ci_low <= outcome.change_ci_high, outcome.id
        if outcome.percent_improvement is not None:
            # Below nought when people got worse.
            assert -200 <= outcome.percent_improvement <= 100, outcome.id
    for complication in complications():
        if complication.percent is not None:
            assert 0 <= complication.percent <= 100, complication.id


def test_a_good_table_is_read_in_its_order(path: Path) -> None:
    path.write_text(table(GOOD, {**GOOD, "id": "somebody2001-leak", "events_n": ""}), encoding="utf-8")
    first, second = read_table(path, Complication)
    assert (first.id, first.counts()) == ("somebody2001-infection", (3, 40))
    assert (second.id, second.counts()) == ("somebody2001-leak", None)
    assert str(first.percent) == "7.5"


def test_a_table_saved_by_a_spreadsheet_is_read(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + table({**GOOD, "note": "Münchau"}).replace("\n", "\r\n").encode())
    (only,) = read_table(path, Complication)
    assert (only.id, only.note) == (GOOD["id"], "Münchau")


def test_unknown_column_is_named(path: Path) -> None:
    columns = ("percentage", *(name for name in Complication.model_fields if name != "percent"))
    message = mistake(path, table(columns=columns))
    told = "data/table.csv:1: the columns are not those of datapackage.json; "
    assert message == f"{told}missing: 'percent'; unknown: 'percentage'"


def test_column_twice_there_is_named(path: Path) -> None:
    message = mistake(path, table(columns=(*Complication.model_fields, "percent")))
    assert message.endswith("; twice: 'percent'")


@pytest.mark.parametrize("change", [lambda line: line.rsplit(",", 1)[0], lambda line: line + ",one,two"])
def test_short_and_long_lines_are_found(path: Path, change: object) -> None:
    assert callable(change)
    header, good, wrong = table(GOOD, {**GOOD, "id": "other"}).splitlines()
    message = mistake(path, "\n".join([header, good, change(wrong), ""]))
    assert message.startswith(f"data/table.csv:3: needs {len(Complication.model_fields)} cells and has ")


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("events_n", "three"),
        ("events_n", "3.5"),
        ("percent", "7,5"),
        ("percent", "NaN"),
        ("percent", "Infinity"),
        ("at_risk_n", "~40"),
    ],
)
def test_bad_number_names_line_column_and_cell(path: Path, column: str, cell: str) -> None:
    message = mistake(path, table(GOOD, {**GOOD, "id": "other", column: cell}))
    assert message.startswith(f"data/table.csv:3: {column} is {cell!r}: ")


def test_a_cell_of_several_lines_is_refused_where_it_begins(path: Path) -> None:
    content = table(GOOD, {**GOOD, "id": "other", "note": "one\ntwo\nthree"})
    assert mistake(path, content).startswith("data/table.csv:3: a cell goes on over the end of the line")


def test_bad_encoding_names_its_line(path: Path) -> None:
    content = table(GOOD, {**GOOD, "id": "other", "note": "Münchau"}).encode("latin-1")
    assert mistake(path, content) == (
        'data/table.csv:3: is not UTF-8: save it as "CSV UTF-8 (comma delimited)"'
    )


def test_nul_names_its_line(path: Path) -> None:
    assert mistake(path, table(GOOD).replace("bertrand", "bert\0rand")).startswith(
        "data/table.csv:2: holds the character U+0000, which cannot be seen"
    )


def test_a_table_saved_as_utf_16_is_refused(path: Path) -> None:
    assert mistake(path, table(GOOD).encode("utf-16")).startswith("data/table.csv:1: ")


def test_huge_field_names_its_line(path: Path) -> None:
    assert "data/table.csv:2: is 200,058 characters long" in mistake(
        path, table({**GOOD, "note": "a" * 200_000})
    )


def test_open_quote_is_refused(path: Path) -> None:
    assert "cannot be read as CSV" in mistake(path, table(GOOD) + '"open')


def test_empty_file_is_told_what_it_lacks(path: Path) -> None:
    assert mistake(path, "") == "data/table.csv:1: the file is empty; its first line names the columns"


def test_missing_file_is_one_line(path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"^data/table\.csv: cannot be read: No such file"):
        read_table(path, Complication)


def test_duplicate_id_names_both_lines(path: Path) -> None:
    message = mistake(path, table(GOOD, {**GOOD, "id": "other"}, GOOD))
    assert message == "data/table.csv:4: the id 'somebody2001-infection' stands in line 2 already"


def test_an_id_in_two_tables_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence.tables, "complications", lambda: (*complications(), outcomes()[0]))
    with pytest.raises(EvidenceError, match=f"the id '{outcomes()[0].id}' stands in two rows"):
        evidence.tables._by_id.work()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=400) | st.text(max_size=400).map(lambda text: (table(GOOD) + text).encode())
)
def test_whatever_a_table_holds_the_answer_is_rows_or_one_line(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    refused = ""
    try:
        assert read_table(path, Complication)[0].id == GOOD["id"]
    except EvidenceError as error:
        refused = str(error)
    assert not refused or ONE_LINE.fullmatch(refused), refused


@pytest.mark.parametrize("model", [Outcome, Complication, Muscle])
def test_rows_cannot_be_changed(model: type[Row]) -> None:
    entry = next(one for one in (*outcomes(), *complications(), *muscles()) if isinstance(one, model))
    with pytest.raises(ValueError, match="frozen"):
        entry.note = "changed"

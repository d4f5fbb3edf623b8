"""Every mistake that an author made on purpose gets one line: the file, the line, what is wrong and what is right.

The package is the live schema and vocabularies with the one study that CONTRIBUTING gives as its example.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence import EvidenceError, validate
from evidence.bibliography import read_bibliography
from evidence.model import Outcome
from evidence.package import tidy_tables, write_references
from evidence.package.columns import COLUMNS, describe
from evidence.source import DATA
from evidence.tables import read_table
from tests.examples import examples

VOCABULARIES = ("procedures.csv", "complication_terms.csv", "fact_topics.csv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example's study, sound and alone."""
    package = tmp_path / "data"
    package.mkdir()
    descriptor = (DATA / "datapackage.json").read_text(encoding="utf-8")
    (package / "datapackage.json").write_text(descriptor, encoding="utf-8")
    added = {Path(path).name: text for path, text in examples().items()}
    for resource in json.loads(descriptor)["resources"]:
        name = resource["path"]
        live = (DATA / name).read_text(encoding="utf-8")
        kept = live if name in VOCABULARIES else live.splitlines(keepends=True)[0]
        (package / name).write_text(kept + added.get(name, ""), encoding="utf-8")
    (package / "references.bib").write_text(added["references.bib"], encoding="utf-8")
    write_references(package)
    return package


def told(folder: Path) -> list[str]:
    return [str(fault) for fault in validate(folder)]


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def cells(folder: Path, name: str, **changed: str) -> None:
    """Change cells of the last row of a table."""
    path = folder / name
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    rows[-1] |= changed
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")


def test_the_example_is_sound(folder: Path) -> None:
    assert told(folder) == []


def test_a_record_that_is_not_in_the_table_yet_is_named(folder: Path) -> None:
    bibliography = folder / "references.bib"
    record = "\n@misc{forgotten2032,\n  title = {{A page}},\n  url = {https://example.org},\n}\n"
    bibliography.write_text(bibliography.read_text(encoding="utf-8") + record, encoding="utf-8")
    assert told(folder) == [
        "data/references.csv: forgotten2032 of references.bib (line 11) is not in it yet: "
        "run python -m evidence.package --write, which makes this table anew"
    ]
    write_references(folder)
    assert told(folder) == []


def test_a_record_that_was_changed_is_named(folder: Path) -> None:
    change(folder, "references.bib", "{2031}", "{2032}")
    assert told(folder) == [
        "data/references.csv:2: the year of mori2031 is another in references.bib (line 1): "
        "run python -m evidence.package --write, which makes this table anew"
    ]


def test_a_record_that_has_gone_is_named(folder: Path) -> None:
    (folder / "references.bib").write_text("", encoding="utf-8")
    (line,) = told(folder)
    assert line.startswith("data/references.csv:2: mori2031 is not in references.bib any more: run ")


@pytest.mark.parametrize(
    ("table", "column", "cell", "line"),
    [
        (
            "outcomes",
            "procedure",
            "SPD",
            "procedure names 'SPD', which is not in procedures.csv; did you mean spd?",
        ),
        (
            "outcomes",
            "procedure",
            "acupuncture",
            "procedure names 'acupuncture', which is not in procedures.csv; add its row to procedures.csv first",
        ),
        (
            "outcomes",
            "study",
            "mori2032",
            "study names 'mori2032', which is not in studies.csv; did you mean mori2031?",
        ),
        (
            "complications",
            "complication",
            "dysphagy",
            "complication names 'dysphagy', which is not in complication_terms.csv; did you mean dysphagia?",
        ),
        (
            "complications",
            "denominator_kind",
            "Patients",
            "denominator_kind is 'Patients', not one of: patients, procedures, leads, events; "
            "did you mean patients?",
        ),
        (
            "outcomes",
            "id",
            "mori2031-tsui-12m",
            "id 'mori2031-tsui-12m' stands in line 2 already",
        ),
        (
            "outcomes",
            "id",
            "mori2031_judgement",
            "id is 'mori2031_judgement', not lower-case letters and digits joined by hyphens; "
            "write mori2031-judgement",
        ),
        (
            "outcomes",
            "id",
            "Mori2031-Judgement",
            "id is 'Mori2031-Judgement', not lower-case letters and digits joined by hyphens; "
            "write mori2031-judgement",
        ),
        ("outcomes", "read_at", "", "read_at is empty and must not be"),
        ("outcomes", "baseline_mean", "10,5", "baseline_mean must be a number, not '10,5': write 10.5"),
        ("outcomes", "change", "-15,8", "change must be a number, not '-15,8': write -15.8"),
        ("outcomes", "change", "\u221215.8", "change must be a number, not '\u221215.8': write -15.8"),
        (
            "outcomes",
            "percent_improvement",
            "59 %",
            "percent_improvement must be a number, not '59 %': write 59",
        ),
        ("outcomes", "second_hand", "No", "second_hand must be yes or no, not 'No': write no"),
        ("outcomes", "n_enrolled", "twelve", "n_enrolled must be a whole number, not 'twelve'"),
        (
            "outcomes",
            "read_at",
            "javascript:alert(1)",
            "read_at is 'javascript:alert(1)', not a web address that begins with https:// and has no space in it",
        ),
        ("complications", "events_n", "13", "events_n 13 is more than at_risk_n 12"),
        (
            "complications",
            "percent",
            "35",
            "35 % is not 3 of 12, which is 25.00 %; a misprint of the source is excused in conflicts.csv",
        ),
        (
            "outcomes",
            "n_followed",
            "21",
            "n_followed 21 is more than n_enrolled 12: if procedures or sides are counted, write "
            '"n counts procedures" (or sides) under note; a misprint of the source is excused in conflicts.csv',
        ),
        (
            "outcomes",
            "gain",
            "",
            "counts people who gained: write overall, scale or pain under gain to show it in the risk "
            "explorer, or under left_out why it is not shown",
        ),
        (
            "outcomes",
            "left_out",
            "Quoted again.",
            "gain is overall and left_out gives a reason: a row is shown or left out, so empty one of them",
        ),
        (
            "outcomes",
            "gain",
            "scale",
            "gain is scale, but 'Clinical judgement' is a judgement as a whole: write overall",
        ),
        (
            "outcomes",
            "scale",
            "Tsui",
            "gain is overall, but 'Tsui' is a rating scale: write scale",
        ),
        (
            "outcomes",
            "responders_of",
            "",
            "gain is overall, but responders_n or responders_of is empty: there is no count to show",
        ),
        (
            "outcomes",
            "procedure",
            "thalamotomy",
            "gain is overall, but procedures.csv gives thalamotomy no operation of the risk explorer: "
            "leave gain empty",
        ),
        ("outcomes", "note", " late", "note begins or ends with a space; delete it: ' late'"),
    ],
    ids=lambda value: value[:30].strip().replace("/", "") or "empty",
)
def test_a_wrong_cell_is_one_line(folder: Path, table: str, column: str, cell: str, line: str) -> None:
    cells(folder, f"{table}.csv", **{column: cell})
    number = {"outcomes": 3, "complications": 2}[table]
    assert told(folder) == [f"data/{table}.csv:{number}: {line}"]


def test_more_followed_than_enrolled_is_right_where_sides_are_counted(folder: Path) -> None:
    cells(folder, "outcomes.csv", n_followed="21", note="n counts sides (21 sides in 12 people).")
    assert told(folder) == []


def test_a_misprint_of_the_source_is_excused_and_no_more(folder: Path) -> None:
    excuse = "mori-followed,misprint,How many?,One prints 21 of 12.,mori2031,mori2031-clinical-judgement,Said.,followed\n"
    path = folder / "conflicts.csv"
    path.write_text(path.read_text(encoding="utf-8") + excuse, encoding="utf-8")
    assert told(folder) == [
        "data/outcomes.csv:3: conflicts.csv excuses that more are followed than enrolled, but they are not"
    ]
    cells(folder, "outcomes.csv", n_followed="21")
    assert told(folder) == []


def test_the_gain_of_the_same_people_is_shown_once(folder: Path) -> None:
    path = folder / "outcomes.csv"
    row = path.read_text(encoding="utf-8").splitlines()[-1]
    again = row.replace("mori2031-clinical-judgement", "mori2031-again").replace(",9,12,", ",3,12,")
    path.write_text(path.read_text(encoding="utf-8") + again + "\n", encoding="utf-8")
    assert told(folder) == [
        "data/outcomes.csv:4: line 3 shows the same people's gain already: leave gain empty and say so under left_out"
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "people}},",
            "people}}",
            "1: the entry mori2031 cannot be read: a comma is missing at the end of line 3, "
            "'title = {{Denervation in twelve people}}'",
        ),
        ("people}},", "people},", "1: the entry mori2031 cannot be read: 1 closing brace missing"),
        ("{{Denervation", "{Denervation", "1: the entry mori2031 cannot be read: 1 opening brace missing"),
        (
            "year = {2031}",
            "year {2031}",
            "1: the entry mori2031 cannot be read: '=' expected in line 5, 'year {2031},'",
        ),
        (
            "@article",
            "@misc{mori2031,\n  title = {{A page}},\n}\n\n@article",
            "5: the key mori2031 stands in line 1 already: give this record its own",
        ),
    ],
    ids=["comma", "closing brace", "opening brace", "equals sign", "key twice"],
)
def test_a_broken_record_is_named_with_its_line(folder: Path, old: str, new: str, line: str) -> None:
    sound = "@misc{before, title = {{A page}}, url = {https://example.org}}\n"
    change(folder, "references.bib", old, new)
    assert told(folder) == [f"data/references.bib:{line}"]
    path = folder / "references.bib"
    path.write_text(path.read_text(encoding="utf-8") + sound, encoding="utf-8")
    assert told(folder) == [f"data/references.bib:{line}"]
    with pytest.raises(EvidenceError) as refusal:
        read_bibliography(path)
    assert str(refusal.value) == f"data/references.bib:{line}"


@pytest.mark.parametrize("bibliography", [True, False])
def test_an_address_that_would_run_is_refused_by_every_build(folder: Path, bibliography: bool) -> None:
    change(folder, "references.bib", "  doi", "  url = {javascript:alert(1)},\n  doi")
    assert [str(fault) for fault in validate(folder, bibliography=bibliography)] == [
        "data/references.bib:8: url is 'javascript:alert(1)', no web address: begin it with https://"
    ]


SPREADSHEET: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "byte order mark": (lambda content: b"\xef\xbb\xbf" + content, "a byte order mark"),
    "line ends": (lambda content: content.replace(b"\n", b"\r\n"), "Windows line ends"),
    "both": (
        lambda content: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"),
        "a byte order mark and Windows line ends",
    ),
    "empty rows": (lambda content: content + b"," * 28 + b"\n" + b"\n", "empty rows"),
    "empty columns": (lambda content: content.replace(b"\n", b",,\n"), "empty columns"),
}


@pytest.mark.parametrize("kind", list(SPREADSHEET))
def test_a_table_saved_by_a_spreadsheet_is_read_and_put_right(folder: Path, kind: str) -> None:
    spoil, added = SPREADSHEET[kind]
    path = folder / "outcomes.csv"
    sound, rows = path.read_bytes(), read_table(path, Outcome)
    path.write_bytes(spoil(sound))
    assert read_table(path, Outcome) == rows
    assert told(folder) == [
        f"data/outcomes.csv: was saved by a spreadsheet with {added}: "
        "run python -m evidence.package --write, which puts that right"
    ]
    assert tidy_tables(folder) == [path]
    assert path.read_bytes() == sound


@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        (
            lambda text: text.replace(";", "").replace(",", ";").encode(),
            '1: its cells are parted by semicolons: save it as "CSV UTF-8 (comma delimited)", '
            "with a point in its numbers (10.5, not 10,5)",
        ),
        (
            lambda text: text.replace(",", "\t").encode(),
            '1: its cells are parted by tabs: save it as "CSV UTF-8 (comma delimited)"',
        ),
        (
            lambda text: text.replace("surgeon", "chirurgién").encode("cp1252"),
            '3: is not UTF-8: save it as "CSV UTF-8 (comma delimited)"',
        ),
        (
            lambda text: text.replace("Clinical judgement,", "Clinical, judgement,").encode(),
            "3: needs 29 cells and has 30: a text with a comma in it stands in double quotes",
        ),
        (
            lambda text: text.replace("Clinical judgement,", "Clinical judgement").encode(),
            "3: needs 29 cells and has 28: a comma is missing, for an empty cell keeps its comma",
        ),
        (
            lambda text: text.replace("surgeon", "sur\u202egeon").encode(),
            "3: holds the character U+202E (right-to-left override), which cannot be seen, "
            "after 'r by the sur': delete it",
        ),
        (
            lambda text: text.replace("scale,measure", "scales,measure").encode(),
            "1: the columns are not those of datapackage.json; missing: 'scale'; unknown: 'scales'",
        ),
    ],
    ids=["semicolons", "tabs", "cp1252", "comma in a text", "comma too few", "direction mark", "column"],
)
def test_a_table_that_may_have_lost_a_figure_is_refused_in_one_line(
    folder: Path, spoil: Callable[[str], bytes], line: str
) -> None:
    path = folder / "outcomes.csv"
    path.write_bytes(spoil(path.read_text(encoding="utf-8")))
    assert told(folder) == [f"data/outcomes.csv:{line}"]
    assert tidy_tables(folder) == []
    with pytest.raises(EvidenceError) as refusal:
        read_table(path, Outcome)
    assert str(refusal.value) == f"data/outcomes.csv:{line}"


@pytest.mark.content
def test_the_description_of_the_columns_is_made_from_the_schema() -> None:
    assert COLUMNS.read_text(encoding="utf-8") == describe(), "run python -m evidence.package --write"

"""Every place that prints a bound number is found, shown beside its row, and asks to be read again when either changes."""

from __future__ import annotations

import csv
import datetime
import re
import shutil
from pathlib import Path

import pytest

from book.signing import __main__ as signing
from book.signing.places import files, places
from book.signing.record import COLUMNS, SIGNED, read
from evidence import EvidenceError
from evidence.source import reading

ROOT = Path(__file__).resolve().parents[2]
PAGE = "chapters/page.md"
READ_TWICE = "cacciola2010-twstrs"
TODAY = datetime.date(2031, 5, 1)
SWALLOWING = "munchau2001swallow-dysphagia"
GOOD = "bertrand1993-global-clinical-rating"
TEXT = f"""---
title: Of {{est}}`12 <{SWALLOWING}>`
---

# Harm

Nobody knows. New trouble was met in {{est}}`3 of 12 <{SWALLOWING}>` {{footcite}}`munchau2001swallow`. Others were well.

Of people after denervation
- {{est}}`3 of 12 <{SWALLOWING}>` had new trouble,
- {{est}}`228 of 260 <{GOOD}>` did well.

| Who | How many |
|---|---|
| Rated | {{est}}`228 of 260 <{GOOD}>` and {{est}}`260 <{GOOD}>` |
| Scored | {{est}}`10 <{READ_TWICE}>` |

```{{icons}} {GOOD}
:what: did well
```

```{{icons}} not-known
:what: had pain
```

```{{code-cell}} python3
chart(row("{GOOD}"), caption="Who did well.")
```
"""
BANK = f"""
questions:
  - id: one
    stem: A man asks.
    options:
      - text: Of {{est}}`12 <{SWALLOWING}>` people
        reason: >-
          In {{est}}`3 of 12
          <{SWALLOWING}>` it was so. It is known.
    numbers:
      - what: Swallowing
        shown: 3 of 12
        group: people in {{est}}`1 <{SWALLOWING}>` town
        row: {SWALLOWING}
"""


@pytest.fixture
def root(tmp_path: Path, sample: Path) -> Path:
    (tmp_path / "chapters").mkdir()
    (tmp_path / PAGE).write_text(TEXT, encoding="utf-8")
    (tmp_path / "chapters/page.questions.yml").write_text(BANK, encoding="utf-8")
    (tmp_path / SIGNED).write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
    return tmp_path


def verdicts(root: Path, *lines: str) -> Path:
    path = root / "verdicts.csv"
    path.write_text("\n".join(["place,verdict,kind,note", *lines]) + "\n", encoding="utf-8")
    return path


def all_right(root: Path) -> None:
    lines = [f"{place.mark},right,," for place in places(PAGE, root)]
    signing.record(PAGE, verdicts(root, *lines), "reader", TODAY, root)


def tally(root: Path) -> str:
    return "\n".join(signing.tally(root))


def test_a_sentence_is_read_as_readers_see_it_with_what_introduces_it(root: Path) -> None:
    found = [(place.sentence.line, place.sentence.text, place.row) for place in places(PAGE, root)]
    assert found == [
        (7, "New trouble was met in 3 of 12.", SWALLOWING),
        (10, "Of people after denervation 3 of 12 had new trouble,", SWALLOWING),
        (11, "Of people after denervation 228 of 260 did well.", GOOD),
        (15, "Who: Rated; How many: 228 of 260 and 260", GOOD),
        (16, "Who: Scored; How many: 10", READ_TWICE),
        (18, "what: did well", GOOD),
        (26, f'chart(row("{GOOD}"), caption="Who did well.")', GOOD),
    ]


def test_questions_and_figures_of_content_files_are_read_too(root: Path) -> None:
    found = places("chapters/page.questions.yml", root)
    assert [place.sentence.text for place in found] == [
        "Of 12 people",
        "In 3 of 12 it was so.",
        "what: Swallowing; shown: 3 of 12; group: people in 1 town",
    ]
    assert "Of 12 people" in found[1].sentence.before


def test_no_bound_number_of_the_course_is_missed() -> None:
    for file in files():
        # What is said twice in the same words is one place.
        printed = {
            (row, title)
            for place in places(file)
            for row, titles in place.sentence.figures.items()
            for title in titles
        }
        source = " ".join((ROOT / file).read_text(encoding="utf-8").split())
        written = {(row, title) for title, row in re.findall(r"\{est\}`([^`]*?)\s*<([a-z0-9-]+)>`", source)}
        assert not written - printed, file


def test_every_mark_names_one_place() -> None:
    for file in files():
        marks = [place.mark for place in places(file)]
        assert len(marks) == len(set(marks)), file


def test_each_place_is_shown_beside_what_its_row_says(root: Path) -> None:
    shown = "\n".join(signing.show(PAGE, root))
    assert "Read twice (part of the abstract, first-hand): people; cervical dystonia alone" in shown
    assert "events_n 3; at_risk_n 12" in shown
    assert shown.count("events_n 3; at_risk_n 12") == 1  # the second time it says where it was told
    assert "(told at 1)" in shown


def test_nothing_is_read_before_somebody_read_it(root: Path) -> None:
    assert f"{PAGE}: 7 of 7 to read" in tally(root)
    all_right(root)
    assert PAGE not in tally(root)


def test_the_record_says_what_was_found_and_is_sorted(root: Path) -> None:
    first, second, *_ = places(PAGE, root)
    lines = (f"{second.mark},slip,group,they were twelve of one clinic", f"{first.mark},right,,")
    told = signing.record(PAGE, verdicts(root, *lines), "clinician", TODAY, root)
    assert told == f"{PAGE}: 1 slip, 1 right written to {SIGNED}"
    with (root / SIGNED).open(encoding="utf-8") as file:
        written = list(csv.DictReader(file))
    assert [line["read"] for line in written] == ["2031-05-01"] * 2
    assert written == sorted(written, key=lambda line: (line["file"], line["row"], line["sentence"]))
    assert read(root)[second.key].kind == "group"
    assert f"{PAGE}: 5 of 7 to read, 1 slipped and not mended" in tally(root)


def test_a_sentence_that_changes_asks_to_be_read_again(root: Path) -> None:
    all_right(root)
    (root / PAGE).write_text(TEXT.replace("Who | How many", "Who | How many did well"), encoding="utf-8")
    assert f"{PAGE}: 2 of 7 to read, 2 of them changed since they were read" in tally(root)


def test_a_footnote_or_a_line_break_changes_no_sentence(root: Path) -> None:
    all_right(root)
    mended = TEXT.replace(" {footcite}`munchau2001swallow`", "").replace(
        "New trouble was", "New trouble\nwas"
    )
    (root / PAGE).write_text(mended, encoding="utf-8")
    assert PAGE not in tally(root)


def test_a_row_that_changes_asks_for_its_sentences_again(root: Path, sample: Path) -> None:
    all_right(root)
    copy = shutil.copytree(sample, root / "data")
    table = copy / "complications.csv"
    text = table.read_text(encoding="utf-8")
    assert "new subjective dysphagia after surgery" in text
    table.write_text(text.replace("new subjective dysphagia after surgery", "dysphagia"), encoding="utf-8")
    with reading(copy):
        assert f"{PAGE}: 2 of 7 to read, 2 of them changed" in tally(root)


def test_a_row_read_differently_asks_for_its_sentences_again(root: Path, sample: Path) -> None:
    all_right(root)
    copy = shutil.copytree(sample, root / "data")
    table = copy / "readings.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    changed = [
        line.replace("cervical alone", "all dystonia") if line.startswith(f"{READ_TWICE},") else line
        for line in lines
    ]
    assert changed != lines
    table.write_text("\n".join(changed) + "\n", encoding="utf-8")
    with reading(copy):
        assert f"{PAGE}: 1 of 7 to read, 1 of them changed" in tally(root)


def test_a_line_on_words_that_stand_no_more_is_dropped(root: Path) -> None:
    all_right(root)
    (root / PAGE).write_text(TEXT.replace("did well.", "did very well."), encoding="utf-8")
    signing.record(PAGE, verdicts(root), "reader", TODAY, root)
    assert read(root).keys() <= {place.key for place in places(PAGE, root)}


def test_what_is_left_can_be_shown_alone(root: Path) -> None:
    first, second, *_ = places(PAGE, root)
    lines = (f"{first.mark},right,,", f"{second.mark},slip,time,")
    signing.record(PAGE, verdicts(root, *lines), "reader", TODAY, root)
    shown = "\n".join(signing.show(PAGE, root, left=True))
    assert first.mark not in shown
    assert f"2. {second.mark} slip: 3 of 12" in shown
    assert f"7. {places(PAGE, root)[-1].mark} unread" in shown


def test_a_sheet_of_verdicts_can_be_filled_in_part(root: Path) -> None:
    sheet = root / "sheet.csv"
    sheet.write_text(signing.sheet(PAGE, root), encoding="utf-8")
    assert len(sheet.read_text(encoding="utf-8").splitlines()) == 8
    first = places(PAGE, root)[0].mark
    sheet.write_text(
        sheet.read_text(encoding="utf-8").replace(f"{first},,,", f"{first},mended,time,"), encoding="utf-8"
    )
    signing.record(PAGE, sheet, "author", TODAY, root)
    assert [line.verdict for line in read(root).values()] == ["mended"]
    assert "6 of 7 to read" in tally(root)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("abcdef,right,,", "has no place 'abcdef'.*show the file again"),
        ("{mark},fine,,", r"verdicts\.csv:2: verdict is 'fine'"),
        ("{mark},slip,,", r"verdicts\.csv:2: kind is ''.*needs the kind of its slip"),
        ("{mark},right,time,", r"verdicts\.csv:2: kind is 'time'.*no kind of slip"),
        ("{mark},right", r"verdicts\.csv:2: needs 4 cells and has 2"),
    ],
)
def test_a_faulty_verdict_is_one_line_and_nothing_is_written(root: Path, line: str, told: str) -> None:
    mark = places(PAGE, root)[0].mark
    with pytest.raises(EvidenceError, match=told) as refusal:
        signing.record(PAGE, verdicts(root, line.format(mark=mark)), "reader", TODAY, root)
    assert "\n" not in str(refusal.value)
    assert read(root) == {}


def test_a_malformed_record_is_one_line(root: Path) -> None:
    (root / SIGNED).write_text(
        ",".join(COLUMNS) + f"\n{PAGE},{GOOD},short,0123456789ab,right,,2031-05-01,reader,\n",
        encoding="utf-8",
    )
    with pytest.raises(EvidenceError, match=r"chapters/signed\.csv:2: sentence is 'short'"):
        read(root)


def test_the_record_of_the_course_is_sound() -> None:
    lines = list(read().values())
    assert [line.key for line in lines] == sorted(line.key for line in lines)


def test_a_file_that_does_not_exist_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert signing.main(["show", "chapters/outcomes/risk.md"]) == 1
    told = capsys.readouterr().err
    assert (
        told
        == "chapters/outcomes/risk.md is no file of the chapters; did you mean chapters/outcomes/risks.md?\n"
    )

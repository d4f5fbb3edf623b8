"""Promises of the worksheet's content: every option alike, every number borne out, every mistake said in one line."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median

import pytest
from bs4 import BeautifulSoup

from widgets.quiz.linter.brands import BRANDS
from widgets.text.bare_numbers import bare_numbers
from widgets.text.markdown import plain
from widgets.worksheet import ContentError, load, model, worksheet
from widgets.worksheet.content import parse
from widgets.worksheet.criteria import criteria
from widgets.worksheet.markup import render_worksheet, share_of
from widgets.worksheet.model import GAINS, HARMS, OPTIONS, PARTS, Figure

FILE = Path(__file__).resolve().parents[2] / "chapters" / "sessions" / "deciding-worksheet.options.yml"
SOURCE = FILE.read_text(encoding="utf-8")
SHEET = load()
#: How far the words of an option may lie from the middle of all options: the whole of it, and each of its parts.
WHOLE, EACH = 0.15, 0.45
#: Words that push, or that promise.
PUSHING = re.compile(
    r"\b(only|simply|small risk|rare|rarely|common|commonly|safe|safely|cure[ds]?|best option|gold standard|"
    r"minor|breakthrough|unfortunately|recommend\w*)\b",
    re.IGNORECASE,
)


def words(*texts: str) -> int:
    return sum(len(plain(text).split()) for text in texts)


def written(option: model.Option) -> list[str]:
    figures = [text for one in option.numbers for text in (one.what, one.group, one.time, one.note)]
    return [*(getattr(option, part) for part in PARTS), *figures]


def error_of(source: str) -> str:
    with pytest.raises(ContentError) as refused:
        parse(source.encode(), model.Worksheet, "sheet.yml")
    return str(refused.value)


def line_of(text: str, source: str = SOURCE) -> int:
    return source[: source.index(text)].count("\n") + 1


@pytest.mark.content
def test_all_eight_options_are_there_no_change_and_waiting_among_them() -> None:
    assert tuple(option.id for option in SHEET.options) == OPTIONS
    assert len(OPTIONS) == 8


@pytest.mark.content
def test_every_option_is_told_at_much_the_same_length() -> None:
    lengths = {option.id: words(*written(option)) for option in SHEET.options}
    middle = median(lengths.values())
    far = {name: count for name, count in lengths.items() if abs(count - middle) > WHOLE * middle}
    assert not far, f"the middle is {middle} words; mend {far}"


@pytest.mark.content
@pytest.mark.parametrize("part", PARTS)
def test_every_part_has_much_the_same_length_in_every_option(part: str) -> None:
    lengths = {option.id: words(getattr(option, part)) for option in SHEET.options}
    middle = median(lengths.values())
    far = {name: count for name, count in lengths.items() if abs(count - middle) > EACH * middle}
    assert not far, f"the middle of {part!r} is {middle} words; mend {far}"


@pytest.mark.content
@pytest.mark.parametrize("option", SHEET.options, ids=lambda option: option.id)
def test_gains_and_harms_are_given_alike(option: model.Option) -> None:
    kinds = [figure.kind for figure in option.numbers]
    assert kinds == ["gain"] * GAINS + ["harm"] * HARMS
    gained = words(
        *(text for one in option.numbers[:GAINS] for text in (one.what, one.group, one.time, one.note))
    )
    harmed = words(
        *(text for one in option.numbers[GAINS:] for text in (one.what, one.group, one.time, one.note))
    )
    assert 0.4 <= harmed / gained <= 2.5


@pytest.mark.content
@pytest.mark.parametrize("option", SHEET.options, ids=lambda option: option.id)
def test_the_words_do_not_push(option: model.Option) -> None:
    text = " ".join(plain(one) for one in [option.name, *written(option)])
    assert PUSHING.findall(text) == []
    assert [brand for brand in BRANDS if re.search(rf"\b{re.escape(brand)}\b", text)] == []


@pytest.mark.content
def test_no_number_stands_in_the_texts_without_its_row() -> None:
    # `shown` and `of` are held against their row when the file is read.
    source = re.sub(r"^\s+(?:shown|of|row): .*$", "", SOURCE, flags=re.MULTILINE)
    assert [
        found for found in bare_numbers(source, in_bank=True) if "people gained, I know" not in found[1]
    ] == []


def test_every_number_leads_to_its_row_and_says_who_and_when() -> None:
    page = BeautifulSoup(worksheet().page_html(), "html.parser")
    figures = page.select(".figure")
    assert len(figures) == len(OPTIONS) * (GAINS + HARMS)
    known = [one for option in SHEET.options for one in option.numbers]
    for figure, one in zip(figures, known, strict=True):
        assert "Who:" in figure.text
        assert "When:" in figure.text
        assert plain(one.group) in figure.text
        if one.row:
            assert figure.select_one(f'a.est[href$="#{one.row}"]')
        else:
            assert "we do not know" in figure.text
            assert figure.select_one("svg .unknown")
    assert not page.select("span.est"), "a bound number that leads nowhere"


def test_an_icon_array_is_filled_from_the_bottom_row_by_row() -> None:
    page = BeautifulSoup(worksheet().page_html(), "html.parser")
    drawn = {
        one.row: figure.select_one(".part")
        for figure, one in zip(
            page.select(".figure"), (one for option in SHEET.options for one in option.numbers), strict=True
        )
        if one.counts == "people"
    }
    part = drawn["finland2019-dysarthria"]
    assert part is not None
    # 38 of 100: three whole rows at the bottom, eight of the fourth.
    assert part["d"] == "M0 84h120v36H0zM0 72h96v12H0z"
    assert all(part is not None for part in drawn.values()), "nobody of a hundred: draw that too, and say it"


@pytest.mark.parametrize(
    ("shown", "said", "filled"),
    [
        ("14 of 37", "about 38 of 100", 38),
        ("8 of 100", "8 of 100", 8),
        ("38 of 38", "100 of 100", 100),
        ("1 of 168", "fewer than 1 of 100", 1),
        ("0 of 33", "about 0 of 100", 0),
        ("22.8 %", "about 23 of 100", 23),
        ("0.4 %", "fewer than 1 of 100", 1),
        ("5 of 200", "about 3 of 100", 3),
    ],
)
def test_a_share_of_people_is_said_of_a_hundred(shown: str, said: str, filled: int) -> None:
    figure = Figure(
        kind="harm", what="It", shown=shown, row="a-row", counts="people", group="g", time="t", note="n"
    )
    share = share_of(figure)
    assert share is not None
    assert (share.words, share.filled) == (said, filled)


def test_a_score_is_never_shown_as_a_share_of_people() -> None:
    figure = Figure(
        kind="gain", what="It", shown="26 %", row="a-row", counts="score", group="g", time="t", note="n"
    )
    assert share_of(figure) is None


def test_the_same_content_gives_the_same_bytes() -> None:
    assert render_worksheet(SHEET, "../") == render_worksheet(load(), "../")


def test_a_notebook_gets_both_faces_and_the_same_words_at_every_run() -> None:
    bundle = worksheet()._repr_mimebundle_()
    assert bundle is not None
    data, _ = bundle
    assert {"text/html", "application/vnd.jupyter.widget-view+json"} <= set(data)
    assert data["text/plain"] == "Worksheet('sessions/deciding-worksheet')"
    assert data["text/html"] == worksheet().page_html()


def test_every_key_is_asked_once_and_every_line_of_the_sheet_is_asked_for() -> None:
    page = BeautifulSoup(worksheet().page_html(), "html.parser")
    keys = [str(node["data-key"]) for node in page.select("[data-key]")]
    assert len(set(keys)) == len(keys)
    ids = [str(node["id"]) for node in page.select("[id]")]
    assert len(set(ids)) == len(ids)
    for slot in page.select("[data-from]"):
        for wanted in str(slot["data-from"]).split():
            assert any(key == wanted or (wanted.endswith("/") and key.startswith(wanted)) for key in keys), (
                wanted
            )
    # Whatever is asked comes back on the sheet.
    slots = " ".join(str(slot["data-from"]) for slot in page.select("[data-from]")).split()
    assert all(
        any(key == slot or (key.startswith(slot) and slot.endswith("/")) for slot in slots) for key in keys
    )


def test_no_name_and_no_address_is_asked_for() -> None:
    page = BeautifulSoup(worksheet().page_html(), "html.parser")
    assert {str(field["type"]) for field in page.select("input")} == {"radio", "checkbox"}
    assert not page.select("[autocomplete=name], [autocomplete=email]")
    assert not [
        label for label in page.select("label, legend") if re.search(r"\b(name|born|address)\b", label.text)
    ]


MISTAKES = {
    "a number that its row does not bear out": (
        "shown: 14 of 37",
        "shown: 15 of 37",
        "is not what finland2019-dysarthria says",
    ),
    "a row that is not there": (
        "row: finland2019-dysarthria",
        "row: finland2019-dysartria",
        "finland2019-dysarthria",
    ),
    "a field that is unknown": (
        "    living: >-",
        "    livng: >-",
        "the field 'livng' is unknown; did you mean 'living'?",
    ),
    "a source that is not there": (
        "sources: [ostrem2017,",
        "sources: [ostrem2018,",
        "did you mean 'ostrem2017'?",
    ),
    "a number without its row": ("        row: ostrem2017-twstrs\n", "", "give all three, or none"),
    "three harms": (
        "      - kind: gain\n        what: It eased or went away",
        "      - kind: harm\n        what: It eased or went away",
        "1 gains and 3 harms; write 2 of each",
    ),
    "a role that is unknown": (
        "{est}`266 <nh-remission-chan>`",
        "{num}`266 <nh-remission-chan>`",
        "unknown role {num}",
    ),
    "an answer that is no answer": ('answer: "no"', "answer: maybe", "use 'yes' or 'no'"),
    "an option left out": (
        "  - id: wait\n    name: Wait, and",
        "  - id: later\n    name: Wait, and",
        "lay out all of no-change, toxin",
    ),
    "an id that stands twice": ("  - id: straight", "  - id: pain", "stands twice in 'matters'"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_clear_line(name: str) -> None:
    before, after, said = MISTAKES[name]
    assert before in SOURCE
    lines = error_of(SOURCE.replace(before, after, 1)).splitlines()
    assert all(re.match(r"sheet\.yml:\d+: .+", line) for line in lines)
    assert any(said in line for line in lines), lines


def test_a_mistake_names_its_line() -> None:
    wanted = line_of("shown: 14 of 37")
    assert error_of(SOURCE.replace("shown: 14 of 37", "shown: 15 of 37")).startswith(
        f"sheet.yml:{wanted}: '15 of 37'"
    )


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", "sheet.yml:1: the file holds nothing"),
        ("- a list", "sheet.yml:1: the file holds a list"),
        ("options: [", "sheet.yml:"),
        ("options: &a []\nmatters: *a", "a YAML alias"),
        ("options: 3", "'options' is a number; write a list"),
        ("\x00", "sheet.yml:1:"),
    ],
)
def test_what_is_no_worksheet_is_refused_in_words(source: str, said: str) -> None:
    assert said in error_of(source)


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(ContentError, match=r"chapters/sessions/nowhere\.options\.yml:1: No such file"):
        load("sessions/nowhere")


def test_the_criteria_are_shown_as_they_are_written() -> None:
    found = criteria()
    page = BeautifulSoup(found._repr_html_(), "html.parser")
    assert repr(found) == "12 criteria"
    assert [str(item["id"]) for item in page.select("li")] == [
        f"criterion-{one.id}" for one in found.criteria
    ]
    assert [item.select_one("a")["href"] for item in page.select("li")] == [  # type: ignore[index]
        f"../{one.page}.html#{one.anchor}" for one in found.criteria
    ]

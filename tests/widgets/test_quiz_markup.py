"""Promises of the markup: complete without JavaScript, the same on every run, safe whatever is written."""

from __future__ import annotations

import gzip
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

import widgets.quiz
from widgets.quiz import QuestionBankError, Quiz, quiz
from widgets.quiz.bank import read
from widgets.quiz.markup import number, render_bank
from widgets.quiz.model import Bank, markdown_texts, question_adapter
from widgets.text.markdown import MarkdownError, plain, render, render_inline

SAMPLE = Path(__file__).parent / "sample.questions.yml"
VOID_OF_MARKUP = str.maketrans(dict.fromkeys("\\`*_{}[]()<>#+-.!|~&=:\"'", " "))


@pytest.fixture(scope="module")
def bank() -> Bank:
    return read(SAMPLE)


@pytest.fixture(scope="module")
def page(bank: Bank) -> BeautifulSoup:
    return BeautifulSoup(render_bank(bank), "html.parser")


@pytest.fixture
def sample_chapter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "sample.questions.yml").write_bytes(SAMPLE.read_bytes())
    monkeypatch.setattr(widgets.quiz, "CHAPTERS", tmp_path)
    return "sample"


def forms(page: BeautifulSoup) -> list[Tag]:
    return list(page.select("form.question"))


def test_every_question_is_a_form_with_a_legend_and_its_answer(page: BeautifulSoup, bank: Bank) -> None:
    assert len(forms(page)) == len(bank.questions)
    for form, question in zip(forms(page), bank.questions, strict=True):
        assert form["id"] == f"q-{question.id}"
        assert form["data-objective"] == question.objective
        assert len(form.select("fieldset > legend")) == 1
        assert len(form.select("details.answer > summary")) == 1
        assert len(form.select("details.hint")) == len(question.hints)
        assert [link["href"] for link in form.select("a.source")] == [
            f"#ref-{key}" for key in question.sources
        ]


def test_every_control_has_a_label(page: BeautifulSoup) -> None:
    for control in page.select("form input, form select, template input"):
        assert control.find_parent("label") or page.select(f'label[for="{control["id"]}"]')


def test_nothing_that_needs_javascript_shows_without_it(page: BeautifulSoup) -> None:
    buttons = page.find_all("button")
    assert buttons
    assert all(button.find_parent("template") for button in buttons)


def test_the_page_needs_no_inline_code_or_style(page: BeautifulSoup) -> None:
    assert not page.select("script, style, [style]")
    assert not any(name.startswith("on") for tag in page.find_all(True) for name in tag.attrs)


def test_every_reason_stands_in_the_answer(page: BeautifulSoup, bank: Bank) -> None:
    for form, question in zip(forms(page), bank.questions, strict=True):
        answer = " ".join(form.select_one("details.answer").get_text().split())  # type: ignore[union-attr]
        for place, text in markdown_texts(question):
            if place[-1] == "reason":
                assert " ".join(plain(text).split()) in answer


def test_an_ordering_question_never_shows_the_right_order() -> None:
    for index in range(200):
        items = [{"text": f"Step {step}", "reason": f"Place {step}."} for step in range(3)]
        question = question_adapter.validate_python(
            {
                "id": f"q{index}",
                "type": "ordering",
                "objective": "o",
                "level": "recall",
                "audience": "resident",
                "question": "Which order?",
                "sources": ["bertrand1993"],
                "items": items,
            }
        )
        page = BeautifulSoup(render_bank(Bank(questions=(question,))), "html.parser")
        shown = [item["data-key"] for item in page.select(".items > li")]
        assert sorted(shown) == ["a", "b", "c"]
        assert shown != ["a", "b", "c"]


def test_ids_are_unique(page: BeautifulSoup) -> None:
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_markup_stays_light(bank: Bank) -> None:
    assert len(gzip.compress(render_bank(bank).encode())) < 1400 * len(bank.questions)


def test_the_same_bank_gives_the_same_bytes(sample_chapter: str) -> None:
    first, second = quiz(sample_chapter), quiz(sample_chapter)
    (one, _), (two, _) = first._repr_mimebundle_() or ({}, {}), second._repr_mimebundle_() or ({}, {})
    assert one["text/html"] == two["text/html"]
    assert one["text/plain"] == two["text/plain"] == "Quiz('sample')"
    assert "application/vnd.jupyter.widget-view+json" in one
    assert one["text/html"].startswith('<div class="course-widget" data-widget="quiz" data-name="sample">')


def test_a_part_of_a_bank_can_be_shown(sample_chapter: str) -> None:
    part = quiz(sample_chapter, only=["sample-steps", "sample-operations"])
    page = BeautifulSoup(part.markup, "html.parser")
    assert [form["data-id"] for form in forms(page)] == ["sample-steps", "sample-operations"]
    assert part.possible == 2


def test_an_unknown_question_is_named(sample_chapter: str) -> None:
    with pytest.raises(
        QuestionBankError,
        match="no question of the bank is called 'nothing'; use one of sample-guide-to-the-plane",
    ):
        quiz(sample_chapter, only=["nothing"])


def test_the_front_end_can_become_a_classic_script() -> None:
    source = Path(widgets.quiz.__file__).with_name("quiz.js").read_text("utf-8").rstrip()
    lines = source.split("\n")
    assert lines[-1] == "export default { render };"
    assert not any(line.startswith(("import ", "export ", "await ")) for line in lines[:-1])
    # What it shares with other widgets stands before it.
    assert str(Quiz._esm).rstrip().endswith(source)


def test_a_number_carries_its_row() -> None:
    assert render_inline("{est}`228 of 260 <bertrand1993-global-clinical-rating>` people") == (
        '<span class="est" data-row="bertrand1993-global-clinical-rating">228 of 260</span> people'
    )
    assert (
        plain("**Some** {est}`228 of 260 <bertrand1993-global-clinical-rating>` people")
        == "Some 228 of 260 people"
    )


@pytest.mark.parametrize(
    "text", ["{est}`26`", "{est}`<row>`", "{est}`26 <>`", "{term}`dystonia`", "{est}`a <b> <c>`"]
)
def test_a_role_that_cannot_be_read_is_refused(text: str) -> None:
    for write in (render, render_inline, plain):
        with pytest.raises(MarkdownError):
            write(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onclick=x>b</b>",
        "![x](https://example.org/x.png)",
        "[x](javascript:alert(1))",
        '<https://example.org/"onmouseover=x>',
        '"><svg onload=x>',
        "# Heading",
        "[x]: https://example.org 'kept'",
    ],
)
def test_markup_in_a_text_stays_text(text: str) -> None:
    for html in (render(text), render_inline(text)):
        parsed = BeautifulSoup(html, "html.parser")
        assert {tag.name for tag in parsed.find_all(True)} <= {"p", "a"}
        assert all(set(tag.attrs) <= {"href"} for tag in parsed.find_all(True))
        assert not any(str(link["href"]).startswith("javascript") for link in parsed.select("a"))


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf"]), min_size=1, max_size=60))
def test_no_word_is_lost_and_no_element_injected(text: str) -> None:
    raw: dict[str, Any] = {
        "id": "q",
        "type": "single-best-answer",
        "objective": "o",
        "level": "recall",
        "audience": "resident",
        "question": f"Which {text}?",
        "sources": ["bertrand1993"],
        "options": [
            {"text": f"Option {index} {text}", "correct": index == 0, "reason": f"Because {text} so."}
            for index in range(3)
        ],
    }
    try:
        html = render_bank(Bank(questions=(question_adapter.validate_python(raw),)))
    except MarkdownError:
        return
    page = BeautifulSoup(html, "html.parser")
    shown = unescape(page.get_text() + " ".join(str(link["href"]) for link in page.select("a")))
    for word in unescape(text).translate(VOID_OF_MARKUP).split():
        assert word in shown.translate(VOID_OF_MARKUP)
    assert not page.select("script, img, svg, style, iframe, object, [onerror], [onclick]")
    assert len(page.select("form")) == 1


@pytest.mark.parametrize(
    ("value", "shown"), [(26.0, "26"), (26.5, "26.5"), (0.0, "0"), (-3.0, "-3"), (0.001, "0.001")]
)
def test_a_number_is_written_as_people_write_it(value: float, shown: str) -> None:
    assert number(value) == shown


@pytest.mark.parametrize(
    "address", ["https://x.org/a", "http://x.org", "mailto:a@b.org", "#part", "../a.html#b"]
)
def test_links_lead_to_the_web_to_a_mail_or_within_the_book(address: str) -> None:
    assert f'href="{address}"' in render_inline(f"[x]({address})")


@pytest.mark.parametrize(
    "address",
    [
        "//host/a",
        "blob:null/a",
        "view-source:http://x",
        "data:image/png;base64,AA",
        "file:///a",
        "java&#115;cript:1",
    ],
)
def test_other_addresses_are_shown_as_they_were_written(address: str) -> None:
    assert "<a" not in render_inline(f"[x]({address})")

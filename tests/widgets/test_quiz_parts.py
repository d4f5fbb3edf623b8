"""Promises of the parts of a bank: each question is asked in one place, and a chapter's own cells say which."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import widgets.quiz
from widgets.quiz import QuestionBankError, checkpoint, closing, pretest
from widgets.quiz.shown import Call, calls
from widgets.text.cells import cells

SAMPLE = Path(__file__).parent / "sample.questions.yml"
PAGE = """# A chapter

```{code-cell} python3
:tags: [remove-input]

pretest("sample", "sample-guide-to-the-plane")
```

An example of a cell is none:

````markdown
```{code-cell} python3
checkpoint("sample", "sample-responders")
```
````

:::{note}
```{code-cell} python3
---
tags: [remove-input]
---
checkpoint(
    "sample",
    "sample-steps",  # checkpoint("sample", "sample-operations")
)
```
:::

```python
checkpoint("sample", "sample-operations")
```

~~~{code-cell} python3
%matplotlib inline
~~~
"""


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A chapter called sample, with its bank."""
    (tmp_path / "sample.questions.yml").write_bytes(SAMPLE.read_bytes())
    (tmp_path / "sample.md").write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr(widgets.quiz, "CHAPTERS", tmp_path)
    return tmp_path / "sample.md"


def asked(markup: str) -> list[str]:
    return [str(form["data-id"]) for form in BeautifulSoup(markup, "html.parser").select("form.question")]


def test_a_cell_is_found_wherever_it_stands_with_the_line_of_its_code() -> None:
    found = list(cells(PAGE))
    lines = PAGE.splitlines()
    first = ['pretest("sample", "sample-guide-to-the-plane")', "checkpoint(", "%matplotlib inline"]
    assert [lines[cell.line - 1] for cell in found] == first
    assert [cell.code.splitlines()[0] for cell in found] == first


def test_a_cell_that_is_never_closed_ends_with_the_page() -> None:
    assert [cell.code for cell in cells("```{code-cell}\na = 1\nb = 2")] == ["a = 1\nb = 2"]


def test_calls_are_read_as_python_reads_them() -> None:
    assert calls(PAGE) == [
        Call("pretest", "sample", ("sample-guide-to-the-plane",), 6),
        Call("checkpoint", "sample", ("sample-steps",), 22),
    ]


def test_the_closing_set_holds_what_no_checkpoint_asks(page: Path) -> None:
    assert asked(closing("sample").markup) == [
        "sample-guide-to-the-plane",
        "sample-reach-of-ramisectomy",
        "sample-operations",
        "sample-responders",
        "sample-two-ways",
        "sample-arm",
        "sample-noisy-night",
    ]
    assert closing("sample").possible == 7


def test_without_a_page_it_holds_all(page: Path) -> None:
    page.unlink()
    assert len(asked(closing("sample").markup)) == 8


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"sample-steps",', '"sample-step",', "sample.md:22: no question of the bank is called 'sample-step'; did you mean 'sample-steps'?"),
        ('"sample-guide', '"sample-gide', "sample.md:6: no question of the bank is called 'sample-gide-to-the-plane'; did you mean"),
        ('"sample-steps",', '"sample-steps", "sample-steps",', "sample.md:22: the question 'sample-steps' stands in the checkpoint on line 22 too"),
        ('"sample-steps",', '"sample-guide-to-the-plane",', "sample.md:6: the question 'sample-guide-to-the-plane' stands in the checkpoint on line 22 too"),
        ('"sample-guide-to-the-plane")', '"sample-operations")', "sample.md:6: 'sample-operations' is a question of extended matching; a first guess is"),
    ],
)  # fmt: skip
def test_a_question_in_the_wrong_place_is_told_with_file_and_line(
    page: Path, old: str, new: str, told: str
) -> None:
    page.write_text(PAGE.replace(old, new), encoding="utf-8")
    with pytest.raises(QuestionBankError) as refused:
        closing("sample")
    assert f"chapters/{told}" in str(refused.value)


def test_nothing_left_to_close_with_is_told(page: Path) -> None:
    every = ", ".join(f'"{one}"' for one in asked(closing("sample").markup))
    page.write_text(
        PAGE.replace("pretest(", "# (").replace('"sample-steps",', f'"sample-steps", {every},'), "utf-8"
    )
    with pytest.raises(QuestionBankError, match=r"sample\.md: no question is left to close with"):
        closing("sample")


def test_a_checkpoint_is_a_quiz_of_its_own_questions(page: Path) -> None:
    shown = checkpoint("sample", "sample-steps", "sample-operations")
    markup = BeautifulSoup(shown.markup, "html.parser")
    assert (shown.kind, shown.name, shown.possible) == ("quiz", "sample", 2)
    assert markup.select_one("section.quiz[data-part=checkpoint] > .title")
    assert [heading.text for heading in markup.select("h3")] == ["Question 1 of 2", "Question 2 of 2"]
    alone = BeautifulSoup(checkpoint("sample", "sample-steps").markup, "html.parser")
    assert [heading.text for heading in alone.select("h3")] == ["Question"]


def test_a_guess_tells_no_answer(page: Path) -> None:
    markup = BeautifulSoup(pretest("sample", "sample-guide-to-the-plane").markup, "html.parser")
    [form] = markup.select("form")
    assert form["id"] == "g-sample-guide-to-the-plane"
    assert not markup.select("button, details, .why, .sure, template, [data-right], [id^=q-]")
    assert {box["name"] for box in markup.select("input")} == {"g-sample-guide-to-the-plane"}


def test_only_a_single_best_answer_is_guessed(page: Path) -> None:
    with pytest.raises(
        QuestionBankError, match="'sample-steps' is a question of ordering; a first guess is a single"
    ):
        pretest("sample", "sample-steps")
    with pytest.raises(QuestionBankError, match="no question is chosen"):
        pretest("sample")

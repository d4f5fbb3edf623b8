"""Every mistake that an author of questions made on purpose gets one line, with what would be right."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from widgets.quiz.linter import lint

CHAPTER = """# Denervation

- {objective}`spd-harms` Say what can go wrong.
- {objective}`spd-gains` Say what can be gained.

One series is large.{footcite}`bertrand1993`
"""
BANK = """questions:
  - id: harm-named
    objective: spd-harms
    type: single-best-answer
    level: recall
    audience: resident
    question: Which trouble is most often asked about after denervation?
    options:
      - text: Difficult swallowing
        correct: true
        reason: The muscles of the throat lie beside those of the neck.
      - text: Loss of hearing
        reason: The nerves of the ear are far from the field.
      - text: Blurred vision
        reason: Nothing in the field serves the eye.
    sources: [bertrand1993]
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    folder = tmp_path / "chapters"
    folder.mkdir()
    (folder / "denervation.md").write_text(CHAPTER, encoding="utf-8")
    return folder / "denervation.questions.yml"


def told(bank: Path, text: str) -> list[str]:
    """What is said of the bank, without the objectives that so small a bank leaves untested."""
    bank.write_text(text, encoding="utf-8")
    found = lint([bank], frozenset(), bank.parent).errors
    return [f"{one.line}: {one.rule} {one.message}" for one in found if one.rule != "Q25"]


def test_the_bank_is_sound_before_it_is_spoilt(bank: Path) -> None:
    assert told(bank, BANK) == []


DECOMPOSED = unicodedata.normalize("NFD", "Café speech")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "text: Loss of hearing",
            "text: Loss of hearing\n        correct: true",
            "2: Q01 2 options are marked correct; mark exactly one",
        ),
        (
            "\n        reason: Nothing in the field serves the eye.",
            "",
            "14: Q03 'reason' of options 3 is missing; add it",
        ),
        (
            "question: Which trouble is",
            "question: One thing: which trouble is",
            "7: Q00 not YAML: a colon within a text; put the whole text in double quotes, "
            "or begin it on a new line after >-",
        ),
        ("    objective", "\tobjective", "3: Q00 not YAML: a tab; indent with spaces"),
        (
            "text: Blurred",
            "text: 'Blurred",
            "14: Q00 not YAML: quotes or brackets are opened and not closed; close them, "
            "or put the text in double quotes",
        ),
        (
            "    level: recall\n",
            "    level: recall\n    level: apply\n",
            "6: Q00 not YAML: a field is written twice; take one of them out",
        ),
        (
            "text: Blurred vision",
            "text: 2020-13-45",
            "14: Q00 not YAML: '2020-13-45' is no date; mend it, or put it in quotes if it is a text",
        ),
        (
            "spd-harms",
            "spd-harm",
            "3: Q05 the chapter has no objective 'spd-harm'; use one of spd-harms, spd-gains",
        ),
        (
            "[bertrand1993]",
            "[bertrand1939]",
            "16: Q04 the source 'bertrand1939' is not in the bibliography; did you mean 'bertrand1993'?",
        ),
        (
            "[bertrand1993]",
            "[volkmann2014]",
            "16: Q04 the chapter does not cite 'volkmann2014', so its references lack it; cite it there with "
            "{footcite}`volkmann2014`, or name a source that it cites",
        ),
        (
            "type: single-best-answer",
            "type: single-answer",
            "4: Q00 the type 'single-answer' is unknown; use one of single-best-answer, multiple-response, "
            "extended-matching, ordering, numeric, key-feature, hotspot",
        ),
        (
            "level: recall",
            "level: remember",
            "5: Q05 'level' is 'remember'; use 'recall', 'understand', 'apply' or 'analyse'",
        ),
        (
            "Nothing in the field",
            "Option B is as wrong, for nothing in the field",
            "15: Q07 'Option B' is another option once they are shuffled; say which by its words",
        ),
        (
            "Nothing in the field serves",
            "As A is right, nothing in the field serves",
            "15: Q07 'A is right' is another option once they are shuffled; say which by its words",
        ),
        (
            "text: Loss of hearing\n        reason: The nerves of the ear are far from the field.\n"
            "      - text: Blurred vision",
            f"text: Café speech\n        reason: The nerves of the ear are far from the field.\n"
            f"      - text: {DECOMPOSED}",
            f"2: Q06 the option '{DECOMPOSED}' stands twice; each must differ",
        ),
        (
            "text: Blurred vision",
            "text: \uff2c\uff4f\uff53\uff53 of hearing",
            "2: Q06 the option '\uff2c\uff4f\uff53\uff53 of hearing' stands twice; each must differ",
        ),
        (
            "text: Blurred vision",
            "text: Blurred\u202e vision",
            "14: Q00 'text' of options 3: the character U+202E (right-to-left override) cannot be seen; "
            "take it out after 'Blurred'",
        ),
        (
            "text: Blurred vision",
            "text: Loss of hear\u200bing",
            "14: Q00 'text' of options 3: the character U+200B (zero width space) cannot be seen; "
            "take it out after 'Loss of hear'",
        ),
        (
            "text: Blurred vision",
            "text: Blurred [vision](https://example.org/x)",
            "14: Q24 an option holds the link https://example.org/x; who presses it would leave; "
            "put it in the reason",
        ),
        (
            "serves the eye.",
            "serves [the eye](blob:null/a).",
            "15: Q24 the link blob:null/a would be read as text; begin it with https://",
        ),
        (
            "text: Blurred vision",
            "text: Blurred vision ![an eye](https://example.org/x.png)",
            "14: Q24 questions show no pictures yet, so https://example.org/x.png would be read as text; use words",
        ),
        (
            "serves the eye",
            "serves " + "[" * 20_000,
            "15: Q03 'reason' of options 3: the text is 20,029 characters long; write at most 4,000",
        ),
    ],
    ids=[
        "two keys",
        "no reason",
        "colon",
        "tab",
        "open quote",
        "field twice",
        "no date",
        "objective",
        "source",
        "source not cited",
        "type",
        "level",
        "letter",
        "letter is right",
        "two forms of a letter",
        "wide letters",
        "direction mark",
        "zero width",
        "link in an option",
        "link that leads nowhere",
        "picture",
        "brackets",
    ],
)
def test_a_mistake_is_one_line(bank: Path, old: str, new: str, line: str) -> None:
    assert old in BANK
    assert told(bank, BANK.replace(old, new, 1)) == [line]


def test_raised_figures_are_told_apart(bank: Path) -> None:
    spoilt = BANK.replace("Loss of hearing", "A field of 10\u00b2 cells").replace(
        "Blurred vision", "A field of 102 cells"
    )
    assert not any("stands twice" in line for line in told(bank, spoilt))


def test_an_id_of_another_bank_is_found_also_when_one_bank_is_asked_about(bank: Path) -> None:
    other = bank.with_name("other.questions.yml")
    other.write_text(BANK.replace("Which trouble", "After which year, and which trouble"), encoding="utf-8")
    assert (
        "2: Q06 this id stands in chapters/other.questions.yml:2 too, and answers are kept under it; "
        "give each question its own"
    ) in told(bank, BANK)


DRAWN = """questions:
  - id: where-cut
    objective: spd-harms
    type: hotspot
    level: apply
    audience: resident
    question: Where was the nerve cut that should have been spared?
    figure: nerve-supply-of-rotation
    shows: The neck from behind, with muscles and nerves.
    key: [accessory-below]
    places:
      - id: accessory-branch
        where: The short strand on the left
        label: Branch to the long muscle
        reason: It was to be cut.
      - id: accessory-below
        where: The stretch that runs down and outwards
        label: Nerve on its way to the shoulder
        reason: The shoulder hangs on it.
      - id: rami
        where: The four strands on the right
        label: Posterior rami
        reason: They serve the other side.
    sources: [bertrand1993]
  - id: what-follows
    objective: spd-gains
    type: ordering
    level: apply
    audience: resident
    question: In which order do these steps come after a failed injection?
    order: [look, [map, film], decide]
    items:
      - {id: look, text: Look at the peak, reason: It costs nothing.}
      - {id: map, text: Map the muscles, reason: It says which.}
      - {id: film, text: Film the swallow, reason: It says what is at risk.}
      - {id: decide, text: Decide what is cut, reason: It needs both.}
    sources: [bertrand1993]
"""


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "figure: nerve-supply-of-rotation",
            "figure: nerve-supply",
            "8: Q24 the drawing 'nerve-supply': there is no chapters/figures/nerve-supply.svg; name a drawing that is there",
        ),
        (
            "key: [accessory-below]",
            "key: [accessory]",
            "2: Q01 the key 'accessory' is no place; use one of accessory-branch, accessory-below, rami",
        ),
        (
            "id: rami",
            "id: ramus",
            "20: Q24 the drawing 'nerve-supply-of-rotation': no shape is marked data-place=\"ramus\"; use one of "
            "sternocleidomastoid, obliquus, splenius, ramus-c1, rami, accessory-above, accessory-below, "
            "accessory-branch, or mark it",
        ),
        (
            "where: The four strands on the right",
            "where: The posterior rami on the right",
            "21: Q24 'where' names the place 'Posterior rami'; say where it lies, not what it is",
        ),
        (
            "order: [look, [map, film], decide]",
            "order: [look, [map, film]]",
            "25: Q00 the item 'decide' stands nowhere in order; give it its place",
        ),
        (
            "order: [look, [map, film], decide]",
            "order: [look, [map, Film], decide]",
            "31: Q00 entry 2 of order 2 is 'Film'; use small letters, digits and single hyphens, such as c2-numbness",
        ),
        (
            "order: [look, [map, film], decide]",
            "order: look",
            "31: Q00 'order' is a text; write a list",
        ),
    ],
    ids=["no drawing", "no such key", "no such place", "named", "left out", "capital", "no list"],
)
def test_a_mistake_in_a_drawn_or_ordered_question_is_one_line(
    bank: Path, old: str, new: str, line: str
) -> None:
    assert told(bank, DRAWN) == []
    assert old in DRAWN
    assert told(bank, DRAWN.replace(old, new, 1)) == [line]

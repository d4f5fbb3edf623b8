"""Rules of a chapter for residents: its rhythm, its objectives, its questions, and how much it asks of a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from book.content.page import Fault, Page
from widgets.decisions import ContentError, beside
from widgets.decisions import read as read_decisions
from widgets.quiz.shown import Call, calls, misplaced

OPENING = ["Before you start", "A person in clinic"]
TWO_MINUTES, FIRST_GUESS, DECISIONS = "Two minutes", "Your first guess", "What you find, what you do"
FIVE_NUMBERS, STUDIES = "Five numbers to remember", "The studies"
#: The rhythm of a chapter: its pieces stand between the two.
BEFORE_PIECES = [TWO_MINUTES, *OPENING, FIRST_GUESS]
AFTER_PIECES = [
    *(DECISIONS, "On the ward and in clinic", FIVE_NUMBERS, STUDIES, "What is not known"),
    *("Key points", "The person again", "Test yourself", "References"),
]
PIECES, ASKED_IN_PIECE, GUESSES, DECIDED = (3, 5), (1, 2), (2, 3), (6, 10)
MOST_IN_TWO_MINUTES = 6
#: Outside the studies, the closing questions and the references.
MOST_WORDS, MOST_NUMBERS, MOST_TABLES, MOST_REMARKS, MOST_WORDS_OF_SECTION = 2300, 45, 3, 2, 480
NOT_COUNTED = (STUDIES, "Test yourself", "References")

FEWEST_OBJECTIVES = 3
FEWEST_QUESTIONS = 10
_COMPOSED = ":::{admonition} Composed for teaching; not a real person."
_OBJECTIVE = re.compile(r"^- \{objective\}`[a-z0-9-]+` [A-Z].*\.$", re.MULTILINE)
_ITEM = re.compile(r"^(?:[-*]|\d+\.) ", re.MULTILINE)
_NUMBER = re.compile(r"\{(?:est|num)\}`")
_TABLE = re.compile(
    r"^\|?(?: *:?-+:? *\|)+ *(?::?-+:?)? *$|^[`:]{3,}\{(?:list-table|csv-table|decisions)\}", re.MULTILINE
)
#: What is no text of a page: fences, options, addresses, the marks and names of roles.
_MARKS = re.compile(r"^\s*[`:]{3,}.*$|^\s*:[\w-]+:.*$|\]\([^)]*\)|\{[\w-]+\}`|<[^>\n]*>`", re.MULTILINE)
_WORD = re.compile(r"\S*\w\S*")
#: What is said of our own reading, and not of the field.
REMARK = re.compile(
    r"\bour (?:sources|reading)\b|\b(?:what|texts?|papers?|sources?|record) (?:that )?we (?:have )?(?:read|saw|had)\b"
    r"|\bwe (?:have not|did not|could not|only) read\b|\bwe read\b|\bwe found no\b|\b(?:its|the|that|this|their|an?|neither) abstracts?\b"
    r"|\bcould not be verified\b",
    re.IGNORECASE,
)


def rhythm(page: Page) -> Iterator[Fault]:
    """Every chapter opens and closes with the same headings."""
    found = page.headings
    first, last = BEFORE_PIECES, AFTER_PIECES
    at = [start for _, start, _ in page.sections]
    if found[: len(first)] != first:
        wrong = next(
            (one for one, (is_, ought) in enumerate(zip(found, first, strict=False)) if is_ != ought), -1
        )
        told = _listed(found[: len(first)])
        yield page.fault(
            at[wrong] if wrong >= 0 else -1, f"begins with the headings {told}: begin with {_listed(first)}"
        )
    if found[-len(last) :] != last:
        ends = list(zip(found[::-1], last[::-1], strict=False))
        wrong = next((one for one, (is_, ought) in enumerate(ends) if is_ != ought), -1)
        told = _listed(found[-len(last) :])
        yield page.fault(
            at[-1 - wrong] if wrong >= 0 else -1, f"ends with the headings {told}: end with {_listed(last)}"
        )


def pieces(page: Page) -> Iterator[Fault]:
    """Three to five pieces, each with its checkpoint at its end."""
    found = list(_pieces(page))
    if not PIECES[0] <= len(found) <= PIECES[1]:
        place = found[-1][1] if found else page.section(FIRST_GUESS)[0]
        yield page.fault(
            place, f"{len(found)} pieces: write {_range(PIECES)}, between “{FIRST_GUESS}” and “{DECISIONS}”"
        )
    for heading, start, end in found:
        asked = [call for call in _calls_in(page, start, end) if call.function == "checkpoint"]
        if not asked:
            told = f"“{heading}” ends without a checkpoint: end it with checkpoint({page.name!r}, …) in a code cell"
            yield page.fault(start, told)
            continue
        for call in asked:
            if not ASKED_IN_PIECE[0] <= len(call.ids) <= ASKED_IN_PIECE[1]:
                yield _at_line(
                    page,
                    call.line,
                    f"{len(call.ids)} questions in a checkpoint: ask {_range(ASKED_IN_PIECE)}",
                )
        after = page.text[_place_of(page, asked[-1].line) : end].split("\n```", 1)
        if len(after) < 2 or after[1].strip():
            yield _at_line(
                page, asked[-1].line, f"“{heading}” goes on after its checkpoint: end it with the checkpoint"
            )


def parts(page: Page) -> Iterator[Fault]:
    """A first guess, checkpoints and a closing set, of the chapter's own questions."""
    found = calls(page.text)
    for call in found:
        if call.bank != page.name:
            yield _at_line(page, call.line, f"shows questions of {call.bank!r}: show those of {page.name!r}")
    guesses = [call for call in found if call.function == "pretest"]
    at, _ = page.section(FIRST_GUESS)
    if [
        call for call in _calls_in(page, *_span(page, FIRST_GUESS)) if call.function == "pretest"
    ] != guesses or len(guesses) != 1:
        yield page.fault(
            at, f"{len(guesses)} pretests: call pretest({page.name!r}, …) once, in “{FIRST_GUESS}”"
        )
    for call in guesses:
        if not GUESSES[0] <= len(call.ids) <= GUESSES[1]:
            yield _at_line(page, call.line, f"{len(call.ids)} questions to guess at: ask {_range(GUESSES)}")
    if page.bank:
        for line, said in misplaced(page.bank, [call for call in found if call.bank == page.name]):
            yield _at_line(page, line, said)


def decisions(page: Page) -> Iterator[Fault]:
    """The decisions lie beside the chapter, and it shows them."""
    path = beside(page.chapters / f"{page.name}.md")
    file = f"chapters/{page.name}.decisions.yml"
    shown = "{decisions}" in page.section(DECISIONS)[1]
    if not shown:
        at, _ = page.section(DECISIONS)
        yield page.fault(at, f"“{DECISIONS}” shows no table: write ```{{decisions}} and ``` there")
    if not path.is_file():
        at, _ = page.section(DECISIONS)
        yield page.fault(at, f"{file} is not there: write the decisions of the chapter in it")
        return
    try:
        found, document = read_decisions(path, file)
    except ContentError as refused:
        for one in str(refused).splitlines():
            _, line, said = one.split(":", 2)
            yield Fault(file, int(line), said.strip())
        return
    if not DECIDED[0] <= len(found.decisions) <= DECIDED[1]:
        yield Fault(
            file, document.line(("decisions",)), f"{len(found.decisions)} decisions: write {_range(DECIDED)}"
        )


def to_take_away(page: Page) -> Iterator[Fault]:
    """What one does in two minutes, beside one figure; and five numbers, each bound."""
    at, text = page.section(TWO_MINUTES)
    items = list(_ITEM.finditer(text))
    if not items:
        yield page.fault(
            at,
            f"“{TWO_MINUTES}” has no list: write what to do, say and avoid, in at most {MOST_IN_TWO_MINUTES} items",
        )
    for extra in islice(items, MOST_IN_TWO_MINUTES, MOST_IN_TWO_MINUTES + 1):
        yield page.fault(
            at + extra.start(), f"“{TWO_MINUTES}” has {len(items)} items: leave at most {MOST_IN_TWO_MINUTES}"
        )
    if text.count("{figure}") != 1:
        yield page.fault(
            at, f"“{TWO_MINUTES}” has {text.count('{figure}')} figures: show the one that carries the chapter"
        )
    at, text = page.section(FIVE_NUMBERS)
    places = [one.start() for one in _ITEM.finditer(text)]
    if len(places) != 5:
        yield page.fault(at, f"“{FIVE_NUMBERS}” has {len(places)} items: write exactly five")
    for start, end in zip(places, [*places[1:], len(text)], strict=True):
        if not _NUMBER.search(text[start:end]):
            yield page.fault(
                at + start, "an item without a bound number: write one with {est}`number <row-id>`"
            )


def budgets(page: Page) -> Iterator[Fault]:
    """How much a chapter asks of a reader, outside its studies, its closing questions and its references."""
    text, source = page.prose, page.text
    for heading, start, end in page.sections:
        if heading in NOT_COUNTED:
            text, source = (
                one[:start] + re.sub(r"[^\n]", " ", one[start:end]) + one[end:] for one in (text, source)
            )
    plain = _MARKS.sub(lambda found: " " * len(found[0]), text)
    for found, most, told in (
        (_WORD.finditer(plain), MOST_WORDS, "words: shorten, or move text to “{}”"),
        (
            _NUMBER.finditer(source),
            MOST_NUMBERS,
            "bound numbers: leave those that decide, and move the others to “{}”",
        ),
        (
            _TABLE.finditer(source),
            MOST_TABLES,
            "tables, that of the decisions among them: move the others to “{}”",
        ),
        (
            REMARK.finditer(text),
            MOST_REMARKS,
            "remarks about our own reading, as here: say what the field knows, or move them to “{}”",
        ),
    ):
        places = [one.start() for one in found]
        if len(places) > most:
            yield page.fault(places[most], f"{len(places)} of at most {most} {told.format(STUDIES)}")
    for heading, start, end in page.sections:
        places = [start + one.start() for one in _WORD.finditer(plain[start:end])]
        if len(places) > MOST_WORDS_OF_SECTION:
            told = f"“{heading}” has {len(places)} words: a section has at most about 450"
            yield page.fault(places[MOST_WORDS_OF_SECTION], told)


def opening(page: Page) -> Iterator[Fault]:
    """A chapter says what it asks and gives."""
    at, text = page.section(OPENING[0])
    if "**Prerequisites.**" not in text:
        yield page.fault(at, "“Before you start” names no prerequisites: add a line **Prerequisites.** …")
    if not re.search(r"\*\*Time\.\*\*.*\d+ minutes", text):
        yield page.fault(
            at, "“Before you start” tells no time: add a line such as **Time.** About 25 minutes to read."
        )
    marked, ids = _OBJECTIVE.findall(text), page.objectives
    if len(marked) != len(ids):
        yield page.fault(
            at,
            f"{len(ids)} objectives are marked and {len(marked)} stand as a line of the list in “Before you start”: "
            "write each as - {objective}`its-id` A sentence.",
        )
    if len(marked) < FEWEST_OBJECTIVES:
        yield page.fault(at, f"{len(marked)} objectives: a chapter has {FEWEST_OBJECTIVES} or more")
    for one in sorted({one for one in ids if ids.count(one) > 1}):
        yield page.fault(
            page.text.rindex(f"`{one}`"), f"the objective {one!r} stands twice: an id is one objective's"
        )


def composed_person(page: Page) -> Iterator[Fault]:
    """The person in clinic is said to be composed."""
    at, text = page.section(OPENING[1])
    if not text.strip().startswith(_COMPOSED):
        yield page.fault(at, f"“A person in clinic” does not begin with {_COMPOSED}")


def questions(page: Page) -> Iterator[Fault]:
    """A chapter is tested, under its heading, and lists what it cites."""
    bank = page.bank
    asked = len(bank.questions) if bank else 0
    if asked < FEWEST_QUESTIONS:
        yield Fault(
            f"chapters/{page.name}.questions.yml",
            0,
            f"{asked} questions: a chapter has {FEWEST_QUESTIONS} or more, two or more for each objective",
        )
    at, text = page.section("Test yourself")
    call = f'closing("{page.name}")'
    if call not in text:
        yield page.fault(at, f"“Test yourself” does not show the quiz: call {call} in a code cell there")
    at, text = page.section("References")
    if "{footbibliography}" not in text:
        yield page.fault(at, "“References” lists no sources: write ```{footbibliography} and ``` there")


def _pieces(page: Page) -> Iterator[tuple[str, int, int]]:
    """The sections between the first guess and the decisions."""
    named = {*BEFORE_PIECES, *AFTER_PIECES}
    inside = False
    for heading, start, end in page.sections:
        if inside and heading not in named:
            yield heading, start, end
        inside = (inside or heading == FIRST_GUESS) and heading != DECISIONS


def _span(page: Page, heading: str) -> tuple[int, int]:
    return next(((start, end) for name, start, end in page.sections if name == heading), (0, 0))


def _calls_in(page: Page, start: int, end: int) -> list[Call]:
    first, last = (page.text.count("\n", 0, at) + 1 for at in (start, end))
    return [call for call in calls(page.text) if first <= call.line < last]


def _place_of(page: Page, line: int) -> int:
    return sum(len(one) + 1 for one in page.text.split("\n")[: line - 1])


def _at_line(page: Page, line: int, text: str) -> Fault:
    return Fault(page.file, line, text)


def _range(ends: tuple[int, int]) -> str:
    return f"{ends[0]} to {ends[1]}"


def _listed(headings: list[str]) -> str:
    return ", ".join(f"“{one}”" for one in headings) or "none"

"""Rules of a session for patients and families: an hour, few words a slide, one denominator."""

from __future__ import annotations

import re
from collections.abc import Iterator

from book.content.page import Fault, Page

CLOSING = [
    "What to do next",
    "Questions to ask",
    "When to get help fast",
    "Check yourself",
    "How sure are we?",
    "References",
]
SLIDES = (12, 18)
MINUTES = (45, 60)
QUESTIONS = (5, 8)
MOST_WORDS = 30
_NOTES = ("**Say.**", "**If asked**", "**Check.**")


def rhythm(page: Page) -> Iterator[Fault]:
    """Every session closes with the same headings, shows whom to call, and asks its questions."""
    shown = re.sub(
        r"^(:{4,})\{(?:slide|handout|plan)\}.*?^\1\s*$", "", page.prose, flags=re.DOTALL | re.MULTILINE
    )
    found = re.findall(r"^## (.+?)\s*$", shown, flags=re.MULTILINE)
    closing = [one for one in CLOSING if one in found]
    # Where help is the matter of the session itself, it stands where it belongs and not at the end.
    if found[-len(closing) :] != closing or not {*CLOSING} - {*closing} <= {"When to get help fast"}:
        wanted = ", ".join(f"“{one}”" for one in CLOSING)
        yield page.fault(-1, f"does not end with the headings {wanted}")
    if "emergency" not in re.findall(r"\{piece\} (\S+)", shown):
        yield page.fault(-1, "has no piece named emergency: say in one whom to call, and when")
    at, text = page.section("Check yourself")
    if f'quiz("{page.name}")' not in text:
        yield page.fault(
            at, f'“Check yourself” does not show the quiz: call quiz("{page.name}") in a code cell there'
        )


def an_hour(page: Page) -> Iterator[Fault]:
    """A session fills its hour and no more."""
    slides = list(page.blocks("slide"))
    total, last = 0.0, -1
    for at, text in slides:
        minutes = re.search(r"^:minutes: ([\d.]+)$", text, flags=re.MULTILINE)
        if minutes is None:
            yield page.fault(at, "this slide has no time: give it one, as in :minutes: 3")
            return
        total, last = total + float(minutes[1]), at
    if not SLIDES[0] <= len(slides) <= SLIDES[1]:
        yield page.fault(
            last, f"{len(slides)} slides: a session has {SLIDES[0]} to {SLIDES[1]}; join two, or split one"
        )
    if not MINUTES[0] <= total <= MINUTES[1]:
        yield page.fault(
            last,
            f"the slides take {total:g} minutes: a session takes {MINUTES[0]} to {MINUTES[1]}; "
            "change the :minutes: of some, or leave one out",
        )


def few_words(page: Page) -> Iterator[Fault]:
    """A slide has few words, and its notes tell the speaker the rest."""
    for at, text in page.blocks("slide"):
        shown, _, said = text.partition(":::{notes}")
        shown = re.sub(r"\{est\}`([^`<]*)<[^>]*>`", r"\1", shown)
        words = re.findall(r"[\w’-]+", re.sub(r"^```.*$|^:\w+:.*$", "", shown, flags=re.MULTILINE))
        if len(words) > MOST_WORDS:
            yield page.fault(
                at, f"this slide has {len(words)} words: {MOST_WORDS} at most; move the rest to its notes"
            )
        for label in _NOTES:
            if label not in said:
                yield page.fault(at, f"the notes of this slide lack {label}")


def polls(page: Page) -> Iterator[Fault]:
    """A poll is taken before and after, on a question of the session."""
    named = re.findall(r"^```\{poll\} (\S+)$", page.text, flags=re.MULTILINE)
    if not named:
        yield page.fault(-1, "has no poll: ask one question before and after, with ```{poll} its-id")
    asked = {question.id for question in page.bank.questions} if page.bank else set()
    for one in sorted(set(named)):
        at = page.text.index(f"{{poll}} {one}")
        if named.count(one) != 2:
            yield page.fault(
                at, f"the poll {one!r} is taken {named.count(one)} times: take it before and after"
            )
        if one not in asked:
            yield page.fault(at, f"the poll {one!r} is no question of this session's bank")


def questions(page: Page) -> Iterator[Fault]:
    """The questions of a session are few, and for patients."""
    file, bank = f"chapters/{page.name}.questions.yml", page.bank
    asked = bank.questions if bank else ()
    if not QUESTIONS[0] <= len(asked) <= QUESTIONS[1]:
        yield Fault(file, 0, f"{len(asked)} questions: a session has {QUESTIONS[0]} to {QUESTIONS[1]}")
    for one in asked:
        if one.audience != "patient":
            yield Fault(file, 0, f"the question {one.id!r} is for a {one.audience}: write audience: patient")


def one_denominator(page: Page) -> Iterator[Fault]:
    """Shares of people or points stand as so many of a hundred, on page, slides, handout and plan alike."""
    for found in re.finditer(r"\{est\}`([^`<]*?)\s*<", page.text):
        share = re.search(r"\bof (\d[\d,]*)", found[1])
        if "%" in found[1] or (share and share[1] != "100"):
            yield page.fault(found.start(), f"“{found[1]}” for patients is written as so many of 100")

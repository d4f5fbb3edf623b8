"""Words that a reader may not know (Q20), or that take a side (Q23)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from widgets.quiz.linter.brands import BRANDS
from widgets.quiz.linter.chapter import ABBREVIATION
from widgets.quiz.linter.finding import Fault
from widgets.quiz.linter.inspected import InspectedBank

# Numerals of nerves and axes, and the negations that Q08 wants in capitals.
_NO_ABBREVIATION = re.compile(r"[IVX]+|NOT|CANNOT|EXCEPT|LEAST|NEITHER")
_BRAND = re.compile(rf"\b(?:{'|'.join(re.escape(brand) for brand in BRANDS)})\b")
_ONE_SIDED = re.compile(
    r"\b(?:cur(?:e|es|ed|able)|safe|safely|safest|miracle|miraculous\w*|perfect|perfectly|guarantee\w*|breakthrough"
    r"|harmless|risk-free|painless|revolutionary|wonderful|dramatic\w*|unfortunately)\b",
    re.IGNORECASE,
)


def unknown_abbreviations(bank: InspectedBank) -> Iterator[Fault]:
    """Q20: every abbreviation is in the glossary, or spelt out by the chapter."""
    known = bank.glossary | (bank.chapter.abbreviations if bank.chapter else frozenset())
    for one in bank.questions:
        said: set[str] = set()
        for place, text in one.texts:
            for found in ABBREVIATION.finditer(text):
                short = found[0]
                if short not in said and not _is_known(short, known, text):
                    said.add(short)
                    yield Fault(
                        f"'{short}' is not in the glossary; define it there, or write it out", one.id, place
                    )


def _is_known(short: str, known: frozenset[str], text: str) -> bool:
    forms = {short, short.removesuffix("s"), *re.findall(r"[^-]+", short)}
    return bool(forms & known) or bool(_NO_ABBREVIATION.fullmatch(short)) or f"({short})" in text


def one_sided_words(bank: InspectedBank) -> Iterator[Fault]:
    """Q23: no brand names, no words that promise or judge."""
    for one in bank.questions:
        for place, text in one.texts:
            if found := _BRAND.search(text):
                yield Fault(
                    f"'{found[0]}' is a brand; name the substance or the device", one.id, place, level="E"
                )
            if found := _ONE_SIDED.search(text):
                yield Fault(f"'{found[0]}' takes a side; say what was seen, in how many", one.id, place)

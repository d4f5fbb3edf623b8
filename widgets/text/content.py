"""What the fields of a content file may hold: texts, reasons, identifiers, keys of sources. No reading, no rendering.

Messages of the validators read "what is wrong; what would be right", for the person who writes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

EMPTY_VERDICTS = frozenset(
    [
        "answer",
        "correct",
        "false",
        "incorrect",
        "is",
        "it",
        "no",
        "not",
        "right",
        "that",
        "the",
        "this",
        "true",
        "wrong",
        "yes",
    ]
)


#: No text of the course comes near; a parser may need the square of what it is given.
LONGEST_TEXT = 4_000
# Letters and signs that draw nothing, though no category says so.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def printable(text: str) -> str:
    """The text, if a reader sees every character of it.

    Raises:
        ValueError: names the character and what to do.
    """
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"the text is {len(text):,} characters long; write at most {LONGEST_TEXT:,}")
    for index, character in enumerate(text):
        if character in "\n\t":
            continue
        kind = unicodedata.category(character)
        if kind in {"Cc", "Cs"}:
            raise ValueError(f"the character U+{ord(character):04X} cannot be shown; take it out")
        if kind == "Cf" or character in _BLANK:
            name = unicodedata.name(character, "without a name").lower()
            before = " ".join(text[max(0, index - 12) : index].split())
            raise ValueError(
                f"the character U+{ord(character):04X} ({name}) cannot be seen; take it out after '{before}'"
            )
    if not any(character.isprintable() and not character.isspace() for character in text):
        raise ValueError("the text is empty; write it")
    return text


def _explains(text: str) -> str:
    words = re.findall(r"\w+", text.casefold())
    if EMPTY_VERDICTS.issuperset(words):
        raise ValueError(f"the reason {text!r} explains nothing; say why")
    return text


Text = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(printable)]
Reason = Annotated[Text, AfterValidator(_explains)]
Kebab = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
SourceKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]*$", max_length=80)]


def listed(*, least: int, most: int | None = None) -> Any:
    """A list of at least and at most so many entries."""
    # YAML gives lists where the frozen models keep tuples, so this one step is not strict.
    return Field(min_length=least, max_length=most, strict=False)


class Part(BaseModel):
    """A part of a content file: no field but those it names."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def refuse_twins(what: str, texts: Sequence[str]) -> None:
    """Raise ValueError when a reader could not tell two of the texts apart."""
    twin = first_twin(_as_read(text) for text in texts)
    if twin is not None:
        raise ValueError(f"the {what} {texts[twin]!r} stands twice; each must differ")


def _as_read(text: str) -> str:
    """The text as a reader sees it: one form of each letter, no matter how it is stored, small or capital."""
    composed = unicodedata.normalize("NFC", text)
    letters = (
        # Raised and lowered letters look different (10\u00b2 is not 102), as do fractions; the rest does not.
        letter
        if unicodedata.decomposition(letter).startswith(("<super>", "<sub>", "<fraction>"))
        else unicodedata.normalize("NFKC", letter)
        for letter in composed
    )
    return " ".join("".join(letters).split()).casefold()


def first_twin(values: Iterable[str]) -> int | None:
    """Index of the first value that stood earlier, or None."""
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value in seen:
            return index
        seen.add(value)
    return None

"""Words of questions and options, made comparable."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Words that carry little of an option's meaning; negations and directions are not among them.
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "in",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "our",
        "she",
        "so",
        "that",
        "the",
        "their",
        "them",
        "there",
        "these",
        "they",
        "this",
        "to",
        "was",
        "were",
        "which",
        "who",
        "whose",
        "with",
        "you",
        "your",
    ]
)
_ARTICLES = frozenset(["a", "an", "the"])
_WORD = re.compile(r"[^\W_]+(?:[.,-][^\W_]+)*")


def words(text: str) -> list[str]:
    """The words and numbers of a text, in small letters."""
    return _WORD.findall(text.casefold())


def sequence(text: str) -> tuple[str, ...]:
    """Words in their order, without articles: two texts with the same sequence say the same."""
    return tuple(_singular(word) for word in words(text) if word not in _ARTICLES)


def elements(text: str) -> frozenset[str]:
    """The words that carry the meaning, each once, in the singular."""
    return frozenset(_singular(word) for word in words(text) if word not in _SMALL)


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the elements of either text that both have (Jaccard), 0 to 1."""
    either = one | other
    return len(one & other) / len(either) if either else 1.0


def contains(text: Sequence[str], part: Sequence[str]) -> bool:
    """Whether `part` stands in `text` as a run of words."""
    return any(tuple(text[start : start + len(part)]) == tuple(part) for start in range(len(text)))


def quoted(text: str) -> str:
    """A text as a message quotes it: whole when short."""
    return f"'{text[:57]}…'" if len(text) > 60 else f"'{text}'"


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word

"""Shortens what a search can find to what it needs: the script that a search loads stays small.

A sentence is kept for the words that no sentence kept before it says. What is left out is mostly said twice.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z0-9“‘(])")
_WORD = re.compile(r"[^\W_]{2,}")
#: Most letters of a sentence: a table has none, and reads as one of a thousand.
_LONGEST = 240

#: How much a word must tell to be kept where its sentence is not: if it is said twice, and if once.
RARE, RAREST = 2.4, 4.2


def _words(text: str) -> set[str]:
    return {word.lower()[:7] for word in _WORD.findall(text)}


def sentences(text: str) -> list[str]:
    """The sentences of a text; what is too long for one is parted between words."""
    found: list[str] = []
    for sentence in _SENTENCE.split(text):
        line = ""
        for word in sentence.split():
            if line and len(line) + len(word) >= _LONGEST:
                found.append(line)
                line = ""
            line = f"{line} {word}".strip()
        if line:
            found.append(line)
    return found


class Shortener:
    """Knows how rare each word is in the whole book."""

    def __init__(self, texts: Iterable[str]) -> None:
        every = [_words(text) for text in texts]
        self.count = len(every)
        self.seen = Counter(word for words in every for word in words)

    def worth(self, word: str) -> float:
        """How much a word tells: nothing when most places have it."""
        return max(0.0, math.log(self.count / (3 * self.seen[word])))

    def shortened(self, text: str, most: int) -> str:
        """At most so many letters of a text, its sentences in their order."""
        if len(text) <= most:
            return text
        left = {index: (sentence, _words(sentence)) for index, sentence in enumerate(sentences(text))}
        kept: dict[int, str] = {}
        said: set[str] = set()
        while left:
            fitting = [index for index, (sentence, _) in left.items() if len(sentence) < most]
            if not fitting:
                break
            best = max(fitting, key=lambda index: (self._gain(*left[index], said), -index))
            sentence, words = left.pop(best)
            kept[best] = sentence
            said |= words
            most -= len(sentence) + 1
        return " ".join(kept[index] for index in sorted(kept))

    def left_out(self, kept: Iterable[str], text: str) -> list[str]:
        """The words rare enough to be looked for that a text says and nothing kept does: the rarer, the less often."""
        said = set().union(*(_words(one) for one in kept))
        every = [word.lower() for word in _WORD.findall(text) if word.isalpha()]
        often = Counter(word[:7] for word in every)
        wanted = {word: word[:7] for word in every if word[:7] not in said}
        first = {stem: word for word, stem in reversed(wanted.items())}
        return sorted(
            word for stem, word in first.items() if self.worth(stem) > (RARE if often[stem] > 1 else RAREST)
        )

    def _gain(self, sentence: str, words: set[str], said: set[str]) -> float:
        return sum(self.worth(word) for word in words - said) / (len(sentence) + 20)

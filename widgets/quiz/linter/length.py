"""Length: keys that are longer than their fellows (Q11), stems and options too long to hold in mind (Q19)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean, median

from widgets.quiz.linter.finding import Fault
from widgets.quiz.linter.inspected import InspectedBank, InspectedQuestion
from widgets.quiz.linter.words import quoted, words

_LONGER = 1.3
# "Twelve weeks" and "two weeks" differ by as much, and tell nothing.
_MORE_CHARACTERS = 8
_ABOVE_CHANCE = 0.10
#: In a smaller bank one question more or less would decide.
FEWEST = 5
_STEM_WORDS, _OPTION_WORDS = 150, 20


def longest_key(bank: InspectedBank) -> Iterator[Fault]:
    """Q11: a key over 1.3 times the median (W); over a bank, keys longest more than chance + 10 points (E)."""
    for one in bank.questions:
        lengths = [len(option) for option in one.options]
        middle = median(lengths) if lengths else 0
        keys, others = _split(one)
        if not keys or not others:
            continue
        if min(keys) > max(others) and fmean(keys) > max(_LONGER * middle, middle + _MORE_CHARACTERS):
            message = (
                f"the key has {fmean(keys):.0f} characters, the median option {middle:.0f}; shorten it, "
                "or give the others their due"
            )
            yield Fault(message, one.id, ("options", one.keys[0]), level="W")
    yield from _over(bank.of_one_key(), "this bank")


def longest_key_over_course(course: Sequence[InspectedBank]) -> Iterator[Fault]:
    """Q11 over all banks."""
    yield from _over([one for bank in course for one in bank.of_one_key()], "the course")


def shares_longest(questions: Sequence[InspectedQuestion]) -> tuple[int, int, float]:
    """How often the key is the longest and the shortest option, and how often chance alone would make it so."""
    longest = shortest = 0
    for one in questions:
        keys, others = _split(one)
        longest += min(keys) > max(others)
        shortest += max(keys) < min(others)
    return longest, shortest, sum(1 / len(one.options) for one in questions)


def _over(questions: Sequence[InspectedQuestion], where: str) -> Iterator[Fault]:
    if len(questions) < FEWEST:
        return
    longest, _, chance = shares_longest(questions)
    if longest / len(questions) > chance / len(questions) + _ABOVE_CHANCE:
        yield Fault(
            f"in {where} the key is the longest option in {longest} of {len(questions)} single-best-answer questions, "
            f"by chance {chance:.1f}; shorten keys, or give other options their due",
            waivable=False,
        )


def _split(one: InspectedQuestion) -> tuple[list[int], list[int]]:
    lengths = [len(option) for option in one.options]
    return [lengths[index] for index in one.keys], [
        length for index, length in enumerate(lengths) if index not in one.keys
    ]


def too_long(bank: InspectedBank) -> Iterator[Fault]:
    """Q19: a stem of at most 150 words, options of at most 20."""
    for one in bank.questions:
        for place, text in one.vignettes:
            if (count := len(words(text))) > _STEM_WORDS:
                yield Fault(f"the stem has {count} words; keep to {_STEM_WORDS}", one.id, place)
        for place, text in one.choices:
            if (count := len(words(text))) > _OPTION_WORDS:
                message = f"{quoted(text)} has {count} words; keep to {_OPTION_WORDS}, the rest is reason"
                yield Fault(message, one.id, place)

"""Clues to the key for a reader who knows nothing: an echo (Q13), convergence (Q14), grammar (Q15)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from widgets.quiz.linter.finding import Fault
from widgets.quiz.linter.inspected import InspectedBank
from widgets.quiz.linter.words import elements, quoted

_LONG_WORD = 6
_RARE_SHARE = 0.02
_SHARED_MORE = 2
_ARTICLE_AT_END = re.compile(r"\b(an?)\s*(?:…|\.\.\.|:|_+)?\s*\??$", re.IGNORECASE)
_NUMBER = re.compile(r"\b(?:which|what)\b(?: [\w-]+){0,3}? (is|was|are|were)\b", re.IGNORECASE)
_BEFORE_A_PREPOSITION = re.compile(r"^(.*?)(?: (?:of|to|from|in|with|between|by|at|on|for|that|which)\b.*)?$")


def echo(bank: InspectedBank) -> Iterator[Fault]:
    """Q13: a rare word of the stem that stands in the key alone."""
    rare = _rare_words(bank.course)
    for one in bank.questions:
        if not one.has_one_key:
            continue
        key = elements(one.options[one.keys[0]])
        others = frozenset[str]().union(
            *(elements(text) for index, text in enumerate(one.options) if index not in one.keys)
        )
        told = sorted(rare & one.asked_elements & (key - others))
        if told:
            message = f"'{told[0]}' stands in the stem and in the key alone; use it in another option too, or in neither"
            yield Fault(message, one.id, ("options", one.keys[0], "text"))


def _rare_words(course: Sequence[InspectedBank]) -> frozenset[str]:
    questions = [one for bank in course for one in bank.questions]
    spread = Counter(word for one in questions for word in one.asked_elements)
    most = max(1, int(_RARE_SHARE * len(questions)))
    return frozenset(
        word for word, count in spread.items() if count <= most and len(word) >= _LONG_WORD and word.isalpha()
    )


def convergence(bank: InspectedBank) -> Iterator[Fault]:
    """Q14: the key shares most elements with the other options."""
    for one in bank.questions:
        if not one.has_one_key:
            continue
        parts = [elements(text) for text in one.options]
        spread = Counter(word for part in parts for word in part)
        shared = [sum(spread[word] - 1 for word in part) for part in parts]
        key = one.keys[0]
        rest = max(count for index, count in enumerate(shared) if index != key)
        if shared[key] >= rest + _SHARED_MORE:
            common = sorted(word for word in parts[key] if spread[word] > 1)
            message = (
                f"the key shares most with the other options ({', '.join(common)}); "
                "let another option share as much"
            )
            yield Fault(message, one.id, ("options", key, "text"))


def grammar(bank: InspectedBank) -> Iterator[Fault]:
    """Q15: article, number or form give the key away."""
    for one in bank.questions:
        if not one.has_one_key:
            continue
        key = one.keys[0]
        place = ("options", key, "text")
        if article := _ARTICLE_AT_END.search(one.lead_in):
            misfits = [text for text in one.options if _takes_an(text) != (article[1].lower() == "an")]
            if misfits:
                message = (
                    f"'{article[1]}' does not fit {quoted(misfits[0])}; put the article into each option"
                )
                yield Fault(message, one.id, ("question",))
        if verb := _NUMBER.search(one.lead_in):
            plural = verb[1].lower() in {"are", "were"}
            if _alone([_is_plural(text) == plural for text in one.options], key):
                message = f"'{verb[1]}' fits the key alone in number; write the options alike"
                yield Fault(message, one.id, place)
        for what, signs in _forms(one.options).items():
            if _odd_one_out(signs, key):
                yield Fault(f"the key alone differs in form ({what}); write the options alike", one.id, place)


def _alone(signs: Sequence[bool], key: int) -> bool:
    return signs[key] and sum(signs) == 1


def _odd_one_out(signs: Sequence[bool], key: int) -> bool:
    return _alone(signs, key) or _alone([not sign for sign in signs], key)


def _forms(options: Sequence[str]) -> dict[str, list[bool]]:
    return {
        "full stop": [text.endswith(".") for text in options],
        "capital": [text[:1].isupper() for text in options],
        "article": [bool(re.match(r"(?:A|An|The)\b", text, re.IGNORECASE)) for text in options],
    }


def _takes_an(text: str) -> bool:
    return text[:1].lower() in "aeiou"


def _is_plural(text: str) -> bool:
    head = re.sub(r"\s*\(.*", "", _BEFORE_A_PREPOSITION.sub(r"\1", text))
    return " and " in head or bool(re.search(r"(?<![su])s$|ii$|ae$", head))

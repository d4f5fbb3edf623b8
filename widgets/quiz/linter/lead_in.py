"""The question that is asked: negative (Q08), unfocused (Q17), a case without a person (Q18)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from widgets.quiz.linter.finding import Fault
from widgets.quiz.linter.inspected import InspectedBank, InspectedQuestion
from widgets.quiz.linter.words import quoted, words
from widgets.quiz.model import Ordering

_NEGATIVE = re.compile(
    r"\b(?:not|cannot|except(?! for\b)|(?<!at )least|neither)\b|n[’']t\b"
    r"|(?<=which is )(?:false|incorrect|wrong|untrue)\b|(?<=is )(?:false|incorrect|untrue)\b"
    r"|(?<=which )(?:false|incorrect|wrong|untrue)\b",
    re.IGNORECASE,
)
# A negation after one of these describes somebody or something; it does not ask for the exception.
_WITHIN_A_CLAUSE = re.compile(
    r"\b(?:who|whom|whose|those|that|although|though|if|when|since|because|but)\b[^,;]*$", re.IGNORECASE
)
_EMPTY = re.compile(
    r"\b(?:which|what)(?: one)?(?: of (?:the following|these|them))?(?: (?:statement|answer|option|sentence|one)s?)?"
    r" (?:is|are) (?:most )?(?:correct|true|right|false|incorrect|wrong)\b",
    re.IGNORECASE,
)
_SHORTEST = 8

_PERSON = re.compile(
    r"\b(?:A|An|One) (?:[\w-]+ ){0,3}?(?:man|woman|boy|girl|person|patient|male|female)\b"
    r"|\b(?:A|An) (?:[\w-]+ ){0,3}?(?!(?:mean|median|average|total|score|dose|share|series|group|cohort|trial|fall|gain)\b)"
    r"[\w-]+ (?:of|aged) \d\d\b|\b(?:A|An) \d\d-year-old\b"
)
_AGE = re.compile(r"\b(?:of|aged?|is) \d{1,3}\b|\b\d{1,3}[- ]years?[- ]old\b|, \d{2},")
_SEX = re.compile(r"\b(?:man|woman|boy|girl|male|female|he|she|his|her|him)\b", re.IGNORECASE)
_COMPLAINT = re.compile(
    r"\b(?:complain\w*|report\w*|notic\w+|describ\w+|present\w*|suffers?|suffering|says|feels|pain\w*|asks?|seeks"
    r"|troubled|comes? (?:because|for|with)|because (?:his|her) (?:head|neck)|whose (?:head|neck|chin)|dreads|fears)\b"
)


def negative_lead_in(bank: InspectedBank) -> Iterator[Fault]:
    """Q08: a negative lead-in (not, except, least), unless waived and in capitals."""
    for one in bank.questions:
        for found in _NEGATIVE.finditer(one.lead_in):
            if isinstance(one.question, Ordering) and found[0].lower() == "least":
                continue  # one end of a scale
            yield _negation(one, found)


def _negation(one: InspectedQuestion, found: re.Match[str]) -> Fault:
    said = f"the lead-in is negative ('{found[0]}')"
    if _WITHIN_A_CLAUSE.search(one.lead_in[: found.start()]):
        return Fault(
            f"{said}; see whether it can be said the other way round", one.id, ("question",), level="W"
        )
    if found[0].isupper():
        return Fault(f"{said}; turn the question round, or waive Q08 with the reason", one.id, ("question",))
    advice = f"turn the question round, or write {found[0].upper()} and waive Q08 with the reason"
    return Fault(f"{said}; {advice}", one.id, ("question",), waivable=False)


def unfocused(bank: InspectedBank) -> Iterator[Fault]:
    """Q17: one focused question, which can be answered with the options covered."""
    for one in bank.questions:
        if message := _focus(one):
            yield Fault(message, one.id, ("question",))


def _focus(one: InspectedQuestion) -> str:
    ordered = isinstance(one.question, Ordering) and "order" in one.lead_in
    if not one.lead_in.endswith("?") and not ordered:
        return f"{quoted(one.lead_in)} is no question; end in one that asks for one thing"
    if _EMPTY.search(one.lead_in):
        return (
            f"{quoted(one.lead_in)} asks nothing by itself; ask what can be answered with the options covered"
        )
    if len(words(one.asked)) < _SHORTEST:
        return f"{quoted(one.asked)} says too little; give the case or the task in {_SHORTEST} words or more"
    return ""


def incomplete_vignette(bank: InspectedBank) -> Iterator[Fault]:
    """Q18: a person in a case has an age, a sex and a complaint."""
    for one in bank.questions:
        for place, own in one.vignettes:
            # What is said of all cases of an extended-matching question holds for each.
            text = own if place == ("stem",) else f"{one.stem} {own}"
            # Who a case is about is said at its beginning; later people are colleagues.
            if not _PERSON.search(re.split(r"(?<=[.?!]) ", own)[0]):
                continue
            about = {"age": _AGE, "sex": _SEX, "complaint": _COMPLAINT}
            missing = [name for name, pattern in about.items() if not pattern.search(text)]
            if missing:
                yield Fault(
                    f"the case lacks {' and '.join(missing)}; tell it in the first sentence", one.id, place
                )

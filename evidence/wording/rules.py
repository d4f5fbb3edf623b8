"""The rules, one for each kind of claim. A rule speaks only where no row of the sentence bears the word out.

A row that nobody has read twice, and a value worked out from rows, bear out everything: there is nothing to hold the
words against.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from evidence.model import Derived
from evidence.tables import scale_items, scales
from evidence.wording.claims import Bound, Contradiction

Rule = Callable[[str, Sequence[Bound]], Iterator[Contradiction]]

#: What stands right behind a figure, and what a row counts then.
_COUNTED = {
    "people": "people|patients|persons",
    "operations": "operations|procedures",
    "generators": "generators|batteries|boxes",
    "leads": "leads|electrodes",
    "sides": "sides",
    "events": "events|episodes",
    "studies": "studies|trials|series",
    "questionnaires": "questionnaires",
}
_NOUN = {noun: kind for kind, nouns in _COUNTED.items() for noun in nouns.split("|")}
_COUNT = re.compile(rf"^(?:\s*(?:other|more|such|adult))?\s*({'|'.join(_NOUN)})\b")
_JUDGES = {
    "patient": r"patients? (?:said|reported|rated|called|graded|judged)|(?:rated|told|graded|judged) by (?:the )?patients?",
    "treating team": r"surgeons? (?:rated|judged|graded|called|scored)|(?:rated|judged|graded) by (?:the |their )?surgeons?",
    "masked": r"(?<!not )(?<!un)(?:masked|blinded) (?:raters?|video|film|experts?|assessors?|ratings?)",
    "independent": r"independent(?:ly)? (?:assess\w*|rat\w*|judg\w*)|(?:assess|rat|judg)ed independently",
}
_WORDS = {
    **dict.fromkeys(("a", "one"), 1),
    **{
        word: number
        for number, word in enumerate(
            ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
            start=2,
        )
    },
}
_WHEN = re.compile(
    rf"\b(?:at|after) ({'|'.join(_WORDS)}) (year|month)s?\b(?! (?:ago|of))|\b({'|'.join(_WORDS)}) (year|month)s? (?:after|later)\b",
    re.IGNORECASE,
)
_ALL_DYSTONIA = re.compile(r"\bdystonia of (?:all|any) (?:kinds?|types?)\b")
_NECK = re.compile(r"\b(?:people|patients|adults) with (?:cervical dystonia|torticollis)\b")
_OPERATIONS = {
    "after denervation": ("spd", "mixed_peripheral"),
    "after pallidal stimulation": ("dbs",),
    "after subthalamic stimulation": ("dbs",),
    "after stimulation": ("dbs",),
    "after thalamotomy": ("thalamotomy", "lesion"),
    "after pallidotomy": ("pallidotomy", "lesion"),
    "after rhizotomy": ("intradural_rhizotomy", "mixed_peripheral", "rhizotomy"),
}
_PARTS = re.compile(r"\b(severity|disability|pain)(?: score)?(?: had)? (?:fell|fallen|went|dropped)\b")
_POINTS_OF = re.compile(r"\bof (\d+) points\b")


def _read(rows: Sequence[Bound]) -> list[Bound]:
    """The rows that can be held against words."""
    return [row for row in rows if row.reading and not isinstance(row.entry, Derived)]


def counted(sentence: str, rows: Sequence[Bound]) -> Iterator[Contradiction]:
    """*130 people* where 130 generators were counted."""
    for row in _read(rows):
        assert row.reading
        for figure in row.figures:
            nouns = []
            for at in _places(sentence, figure):
                behind = _COUNT.match(sentence[at + len(figure) :])
                within = re.search(rf"\b({'|'.join(_NOUN)})$", figure)
                found = within or behind
                nouns.append(found[1] if found else "")
            if nouns and all(nouns) and not any(_bears(row, figure, noun) for noun in nouns):
                yield Contradiction(
                    f"{figure} {nouns[0]}" if not figure.endswith(nouns[0]) else figure,
                    row.id,
                    f"it counts {row.reading.counted}",
                )


def _bears(row: Bound, figure: str, noun: str) -> bool:
    """Whether a row counts such things, or puts such a word behind this figure itself."""
    assert row.reading
    kind, counted = _NOUN[noun], row.reading.counted
    number = re.sub(r"\D+$", "", figure)
    # Events happen to people, and a row of them tells of how many.
    among = {str(getattr(row.entry, name, "")) for name in ("at_risk_n", "n_enrolled", "n_followed")}
    words = "|".join([re.escape(number), *(word for word, value in _WORDS.items() if str(value) == number)])
    return (
        counted in (kind, "other", "none")
        or (counted == "events" and kind == "people" and number in among)
        or bool(re.search(rf"\b(?:{words})\s+(?:[\w-]+\s+)?(?:{_COUNTED[kind]})\b", row.said, re.IGNORECASE))
    )


def points(sentence: str, rows: Sequence[Bound]) -> Iterator[Contradiction]:
    """*26 points* where a score fell by 26 per cent, and *of 100 points* where the scale has not 100."""
    for row in _read(rows):
        assert row.reading
        for figure in row.figures:
            for at in _places(sentence, figure):
                behind = sentence[at + len(figure) :]
                of = _POINTS_OF.search(figure) or _POINTS_OF.match(behind.lstrip())
                if of and (maximum := _maximum(row.scale)) and Decimal(of[1]) != maximum:
                    yield Contradiction(of[0], row.id, f"the {row.scale} has {maximum} points")
                    break
                if row.reading.change_in == "per cent" and re.match(r"\s*points\b", behind):
                    yield Contradiction(f"{figure} points", row.id, "the change is in per cent")
                    break


def _maximum(scale: str) -> Decimal | None:
    """How many points a scale has, or the part of it that is named, where the tables tell."""
    name, _, rest = scale.casefold().partition(" ")
    for one in scale_items():
        if one.scale == name and not one.item and one.part.casefold() == rest:
            return one.maximum
    return next((one.maximum for one in scales() if one.id == name and rest in ("", "total")), None)


def judge(sentence: str, rows: Sequence[Bound]) -> Iterator[Contradiction]:
    """*The surgeons rated* where nobody is named."""
    held = _read(rows)
    if not held or len(held) < len(rows):
        return
    for kind, words in _JUDGES.items():
        found = re.search(words, sentence, re.IGNORECASE)
        judges = {row.reading.judge for row in held if row.reading}
        near = {kind, "masked"} if kind == "independent" else {kind}
        if (
            found
            and not judges & near
            and not any(found[0].split()[0].lower().rstrip("s") in row.said.lower() for row in held)
        ):
            yield Contradiction(found[0], held[0].id, f"who judged is {', '.join(sorted(judges))}")


def group(sentence: str, rows: Sequence[Bound]) -> Iterator[Contradiction]:
    """*People with cervical dystonia* where other dystonias were counted too, and the reverse."""
    held = _read(rows)
    if not held or len(held) < len(rows):
        return
    groups = {row.reading.group for row in held if row.reading}
    told = f"the group is {', '.join(sorted(groups))}"
    if (found := _NECK.search(sentence)) and groups <= {"all dystonia", "movement disorders"}:
        yield Contradiction(found[0], held[0].id, told)
    if (found := _ALL_DYSTONIA.search(sentence)) and groups <= {"cervical alone"}:
        yield Contradiction(found[0], held[0].id, told)


def when(sentence: str, rows: Sequence[Bound]) -> Iterator[Contradiction]:
    """*At one year* where the row has another time, or none."""
    held = _read(rows)
    if not held or len(held) < len(rows):
        return
    for found in _WHEN.finditer(sentence):
        word, unit = (found[1], found[2]) if found[1] else (found[3], found[4])
        months = Decimal(_WORDS[word.lower()]) * (12 if unit.lower() == "year" else 1)
        known = {one for row in held for one in row.months}
        if not any(abs(one - months) <= months / 12 for one in known):
            times = ", ".join(f"{one:.3g} months" for one in sorted(known)) or "no time"
            yield Contradiction(found[0], held[0].id, f"it prints {times}")


def operation(sentence: str, rows: Sequence[Bound]) -> Iterator[Contradiction]:
    """*After denervation* where the row is of another operation."""
    held = [row for row in _read(rows) if row.procedure]
    if not held or len(held) < len(rows):
        return
    for words, kinds in _OPERATIONS.items():
        if words in sentence.lower() and not any(row.procedure.startswith(kinds) for row in held):
            yield Contradiction(words, held[0].id, f"its procedure is {held[0].procedure}")


def part(sentence: str, rows: Sequence[Bound]) -> Iterator[Contradiction]:
    """*Severity fell* where the row is of another part of the scale."""
    held = [row for row in _read(rows) if row.scale]
    if not held or len(held) < len(rows):
        return
    for found in _PARTS.finditer(sentence.lower()):
        if not any(found[1] in f"{row.scale} {row.said}".lower() for row in held):
            yield Contradiction(found[0], held[0].id, f"its scale is {held[0].scale}")


#: In the order in which they are told.
RULES: tuple[Rule, ...] = (counted, points, judge, group, when, operation, part)


def contradictions(sentence: str, rows: Sequence[Bound]) -> list[Contradiction]:
    """What a sentence says that no row of it bears out."""
    return [found for rule in RULES for found in rule(sentence, rows)]


def _places(sentence: str, figure: str) -> Iterator[int]:
    """Where a figure stands in a sentence, not as a part of a longer number."""
    for found in re.finditer(rf"(?<![\d.]){re.escape(figure)}(?![\d])", sentence):
        yield found.start()

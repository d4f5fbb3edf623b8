"""The rules, one function each: id, level, what is promised.

Sources: the item-writing guide of the National Board of Medical Examiners; the form of 18 items in BMC Med
Educ 2016 (doi 10.1186/s12909-016-0559-7); the rubric of 19 flaws of Moore and colleagues (arXiv 2307.08161).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from widgets.quiz.linter import (
    alone,
    boldness,
    clues,
    coverage,
    house_rules,
    lead_in,
    length,
    numbers,
    numeric_options,
    option_wording,
    pictures,
    position,
    reading,
    robots,
    sums,
    tails,
    taught,
    twins,
    wording,
)
from widgets.quiz.linter.finding import Fault, Level
from widgets.quiz.linter.inspected import InspectedBank


@dataclass(frozen=True)
class Rule:
    """A promise of the question banks, and the function that looks for what breaks it."""

    id: str
    #: The level of its faults, unless a fault has its own.
    level: Level
    #: What holds when nothing is found, as a reader of the quality page sees it.
    promise: str
    check: Callable[[InspectedBank], Iterator[Fault]]
    #: The same over all banks together, where it makes a difference.
    over_course: Callable[[Sequence[InspectedBank]], Iterator[Fault]] | None = None


def nothing_in_one(_: InspectedBank) -> Iterator[Fault]:
    """What holds over the course alone: one bank has too few questions to tell."""
    return iter(())


RULES = (
    Rule("Q00", "E", "The bank can be read, and every waiver is needed", reading.readable),
    Rule(
        "Q01", "E", "One key in a single-best-answer question, one or more in multiple response", reading.keys
    ),
    Rule(
        "Q02",
        "E",
        "Three to five options, six or more in an extended-matching list, eight to fifteen in a key feature",
        reading.numbers_of_options,
    ),
    Rule("Q03", "E", "A reason for every option that says why", reading.reasons),
    Rule(
        "Q04", "E", "One or more sources, all in the bibliography and cited by the chapter", reading.sources
    ),
    Rule("Q05", "E", "Objective, level and audience are given and known", reading.labels),
    Rule("Q06", "E", "No two options, and no two questions, say the same; no id stands twice", twins.twins),
    Rule(
        "Q07",
        "E",
        "No “all of the above”, “none of the above”, “A and B”; no option by its letter",
        option_wording.lazy_options,
    ),
    Rule("Q08", "E", "No negative question, unless waived and in capitals", lead_in.negative_lead_in),
    Rule("Q09", "W", "No absolute words in options", option_wording.absolute_words),
    Rule("Q10", "W", "No vague words in options", option_wording.vague_words),
    Rule(
        "Q11",
        "E",
        "The key is not known by its length",
        length.longest_key,
        length.longest_key_over_course,
    ),
    Rule(
        "Q12",
        "E",
        "The key is not known by its place",
        position.key_position,
        position.key_position_over_course,
    ),
    Rule("Q13", "W", "No rare word of the stem stands in the key alone", clues.echo),
    Rule("Q14", "W", "The key does not share most with the other options", clues.convergence),
    Rule("Q15", "W", "Grammar does not give the key away", clues.grammar),
    Rule("Q16", "E", "Numeric options are in order and do not overlap", numeric_options.numeric_options),
    Rule("Q17", "W", "The stem ends in one focused question", lead_in.unfocused),
    Rule("Q18", "W", "A person in a case has age, sex and complaint", lead_in.incomplete_vignette),
    Rule("Q19", "W", "A stem has at most 150 words, an option 20", length.too_long),
    Rule("Q20", "W", "Abbreviations are in the glossary, or spelt out", wording.unknown_abbreviations),
    Rule("Q21", "W", "No answer stands in another question", twins.answers_elsewhere),
    Rule("Q22", "E", "Every number is bound to a row that bears it out", numbers.unbound_numbers),
    Rule("Q23", "W", "No brand names, no one-sided words", wording.one_sided_words),
    Rule(
        "Q24",
        "E",
        "Pictures have a text alternative, and neither it nor a drawing tells the answer; no links in options",
        pictures.pictures,
    ),
    Rule("Q25", "E", "Every objective has two questions or more", coverage.coverage),
    Rule(
        "Q26",
        "E",
        "No candidate without medicine, by wording alone, finds 8 keys of 100 more than chance",
        nothing_in_one,
        robots.robots,
    ),
    Rule(
        "Q27",
        "E",
        "Keys give a reason (because, since, as, so) as often as distractors",
        tails.reason_clauses,
        tails.reason_clauses_over_course,
    ),
    Rule("Q28", "W", "No numeric question is a sum on its own stem", sums.sums),
    Rule("Q29", "E", "No question points at what is not near in an exam", alone.pointing),
    Rule(
        "Q30",
        "E",
        "Of keys that say what to do, a third or more decide, and a third or more look first",
        nothing_in_one,
        boldness.boldness_over_course,
    ),
    Rule("Q31", "W", "No key rests on the course's own shelf, rule or order", house_rules.house_rules),
    Rule("Q32", "E", "Each question leads back to the piece that teaches it", taught.taught),
)
#: Rules that the banks break today. What they find is a warning, until this is empty.
REPORTED = frozenset({"Q32"})
BY_ID = {rule.id: rule for rule in RULES}

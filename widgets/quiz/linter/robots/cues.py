"""Cues of wording: what can be told of an option without knowing what it means. Each gives a number an option."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from widgets.quiz.linter.robots.task import Task
from widgets.quiz.linter.words import elements, similarity, words

#: A clause that gives a reason.
REASON_CLAUSE = re.compile(
    r"\b(?:because|since|therefore|hence|given that|owing to|due to|so that|so (?=(?:the|it|he|she|they|that|this|no|there|we|you)\b))"
    r"|\bso (?!far\b|long\b|many\b|much\b|few\b|little\b)(?=\w+ (?:is|are|was|were|has|have|can|cannot|must|should|will|would)\b)"
    r"|(?<!such )(?<!as well )(?<!as long )(?<!as soon )(?<!as far )\bas (?=(?:it|he|she|they|there|this|these|no|nobody|neither)\b)"
    r"|, (?:as|for) (?=(?:the|a|an|its|his|her|their|both|most|all)\b)",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:may|might|can|could|perhaps|possibl[ey]|probabl[ey]|likely|unlikely|some|partly|roughly|about|unless|until|if|whether|when"
    r"|seems?|suggests?|uncertain\w*|unclear|unsettled|unknown|undecided|untested|open|doubt\w*|depends?|cannot|not yet|too few|by itself|alone"
    r"|at least|in part|compatible|weak|limited|differ\w*|var(?:y|ies))\b",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(
    r"\b(?:always|never|only|all|every|none|no|nothing|nobody|any|must|whole|wholly|entire\w*|complete\w*|certain\w*|sure\w*|prov(?:e|es|ed|en)"
    r"|exclude\w*|impossible|at once|best|most|full|fully|equal\w*|same|larger|safer|superior|confirm\w*|standard)\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:no|not|none|nor|neither|never|without|cannot|nobody|nothing)\b|n[’']t\b", re.IGNORECASE
)
_COMPARISON = re.compile(
    r"\b(?:more|less|fewer|better|worse|than|rather|instead|most|least|\w{3,}er than)\b", re.IGNORECASE
)
_PERSON = re.compile(r"\b(?:he|she|him|her|his|they|them|their|the person|people)\b", re.IGNORECASE)
#: Verbs at the head of an option that look, ask and wait. A candidate who chooses caution chooses these.
LOOK_FIRST = frozenset(
    [
        "ask",
        "await",
        "check",
        "clarify",
        "collect",
        "compare",
        "confirm",
        "consider",
        "count",
        "describe",
        "discuss",
        "document",
        "establish",
        "examine",
        "explain",
        "explore",
        "find",
        "hear",
        "image",
        "inspect",
        "investigate",
        "keep",
        "leave",
        "listen",
        "look",
        "map",
        "measure",
        "monitor",
        "name",
        "note",
        "observe",
        "postpone",
        "rate",
        "read",
        "reassess",
        "reconsider",
        "record",
        "repeat",
        "report",
        "review",
        "say",
        "score",
        "see",
        "settle",
        "show",
        "state",
        "talk",
        "tell",
        "test",
        "try",
        "video",
        "wait",
        "watch",
        "weigh",
        "write",
    ]
)
#: Verbs at the head of an option that decide.
DECISIVE = frozenset(
    [
        "abandon",
        "accept",
        "admit",
        "advise",
        "call",
        "cancel",
        "cease",
        "change",
        "choose",
        "close",
        "convert",
        "cut",
        "decline",
        "denervate",
        "deny",
        "discharge",
        "divide",
        "drain",
        "drop",
        "end",
        "exclude",
        "explant",
        "fuse",
        "give",
        "go",
        "halt",
        "implant",
        "increase",
        "inject",
        "lesion",
        "list",
        "lower",
        "move",
        "offer",
        "omit",
        "open",
        "operate",
        "perform",
        "place",
        "plan",
        "proceed",
        "raise",
        "reduce",
        "refer",
        "refuse",
        "reject",
        "remove",
        "replace",
        "resect",
        "restart",
        "reverse",
        "revise",
        "section",
        "send",
        "sever",
        "spare",
        "start",
        "stimulate",
        "stop",
        "switch",
        "take",
        "transfer",
        "treat",
        "turn",
        "use",
        "withdraw",
        "withhold",
    ]
)


def first_word(text: str) -> str:
    """The word that an option begins with, in small letters; what follows a *do not* counts as refused."""
    head = words(text)[:3]
    return "refuse" if head[:2] == ["do", "not"] else (head[0] if head else "")


def _count(pattern: re.Pattern[str]) -> Callable[[Task], list[float]]:
    return lambda task: [float(len(pattern.findall(text))) for text in task.options]


def _heads(verbs: frozenset[str]) -> Callable[[Task], list[float]]:
    return lambda task: [float(first_word(text) in verbs) for text in task.options]


def _likeness(task: Task) -> list[float]:
    parts = [elements(text) for text in task.options]
    return [
        sum(similarity(part, other) for index, other in enumerate(parts) if index != own)
        for own, part in enumerate(parts)
    ]


def _echo(task: Task) -> list[float]:
    asked = elements(task.asked)
    return [len(part & asked) / len(part) if (part := elements(text)) else 0.0 for text in task.options]


def _longest_word(task: Task) -> list[float]:
    return [max((float(len(word)) for word in words(text)), default=0.0) for text in task.options]


class Cue(NamedTuple):
    """A cue: what the key has most of, or least, as readers of the list see it."""

    name: str
    of: Callable[[Task], Sequence[float]]


CUES = (
    Cue("characters", lambda task: [float(len(text)) for text in task.options]),
    Cue("words", lambda task: [float(len(words(text))) for text in task.options]),
    Cue("reason clauses", _count(REASON_CLAUSE)),
    Cue("hedges", _count(_HEDGE)),
    Cue("absolute words", _count(_ABSOLUTE)),
    Cue("look-first verbs", _heads(LOOK_FIRST)),
    Cue("decisive verbs", _heads(DECISIVE)),
    Cue("“and”", _count(re.compile(r"\band\b", re.IGNORECASE))),
    Cue("commas", _count(re.compile(r"[,;:]"))),
    Cue("digits", _count(re.compile(r"\d+"))),
    Cue("negations", _count(_NEGATION)),
    Cue("comparisons", _count(_COMPARISON)),
    Cue("words for people", _count(_PERSON)),
    Cue("likeness to the other options", _likeness),
    Cue("words of the stem", _echo),
    Cue("length of its longest word", _longest_word),
)
CUE = {cue.name: cue for cue in CUES}

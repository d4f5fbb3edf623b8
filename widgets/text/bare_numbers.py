"""Finds the clinical numbers of chapters and question banks that name no evidence row."""

from __future__ import annotations

import re

_CODE_CELL = re.compile(r"^```\{code-cell\}.*?^```$", re.DOTALL | re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
# What may hold digits and is no clinical number, or is bound already.
_ALLOWED = [
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"\{(?:est|unbound)\}`[^`]*`", 0),  # bound, or said why not
        (r"\{[\w:-]+\}`[^`]*`", 0),  # citations, references, objectives
        (r"\]\([^)]*\)", 0),  # addresses of links
        (r"^:{3,}.*$|^\s*:[\w-]+:.*$|^```.*$", re.MULTILINE),  # directives and their options
        (r"^\s*\d+\.\s", re.MULTILINE),  # numbered lists
        (r"\b[CT]\d(?:\s?[–-]\s?[CT]?\d)?\b", 0),  # nerves and vertebrae: C1, C3–C6
        (
            r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)\b",
            0,
        ),
        (r"\(\d\)", 0),  # labels in a drawing
        (r"\bCC BY 4\.0\b", 0),
        (r"\b(?:1[5-9]|20)\d\d(?:\s?[–-]\s?(?:1[5-9]|20)?\d\d)?s?\b", 0),  # years
        (r"\b95\s?% (?:\w+ )?(?:confidence |credible |Wilson |prediction )?intervals?\b", 0),  # a convention
        (r"\b[A-Z][A-Za-z]*-\d+\b|\b\d+[A-Z]+-[A-Z]+\b", 0),  # names: CDQ-24, 18F-FDG
        (r"^\*\*Time\.\*\*.*$", re.MULTILINE),  # minutes to read
        # A composed person's age and history are no findings.
        (r":::\{admonition\} Composed for teaching.*?^:::", re.DOTALL | re.MULTILINE),
    )
]
# In a bank: composed people in stems, fields that are no prose, and the rules that a waiver names.
_IN_BANKS = [
    re.compile(r"\bQ\d\d\b"),
    re.compile(
        r"^\s*(?:-\s)?(?:id|objective|sources|answer|choose|tolerance|minimum|maximum|value|type|level|audience):.*$",
        re.MULTILINE,
    ),
    re.compile(
        r"\b(?:man|woman|person|patient|girl|boy|teacher|\w+er|\w+or|\w+ist) of \d\d\b|\baged? \d\d\b|\b\d\d-year-old\b"
    ),
    re.compile(r"\b(?:[Oo]f|in) 100\b|\bof 1000\b"),  # the denominator a question asks in
]


def bare_numbers(text: str, *, in_bank: bool = False) -> list[tuple[int, str]]:
    """Lines of a chapter or bank that hold a number without its row: line number, and what is left of the line."""
    for pattern in (_FRONT_MATTER, _CODE_CELL, *_ALLOWED, *(_IN_BANKS if in_bank else ())):
        text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    return [
        (number, " ".join(line.split()))
        for number, line in enumerate(text.splitlines(), start=1)
        if re.search(r"\d", line)
    ]

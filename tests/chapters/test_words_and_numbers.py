"""No word of the prose contradicts the bound number beside it: "half", "all" and "a quarter" are figures too.

The figures themselves are held against their rows wherever they are printed; see the role `est`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CHAPTERS = Path(__file__).parents[2] / "chapters"
#: The shares that a word can stand for, in percent.
SHARES = {
    "all": (100, 100),
    "everybody": (100, 100),
    "nobody": (0, 0),
    "none": (0, 0),
    "most": (50, 100),
    "half": (42, 58),
    "a third": (28, 39),
    "one third": (28, 39),
    "two thirds": (60, 73),
    "a quarter": (20, 30),
    "one quarter": (20, 30),
    "three quarters": (70, 80),
    "a fifth": (16, 24),
    "a tenth": (8, 12),
}
_WORD = rf"(?P<word>{'|'.join(SHARES)})"
# "3 of 12, all of them mild" speaks of the three.
_PART = rf"(?P<word>{'|'.join(word for word, (low, high) in SHARES.items() if low not in (0, 100))})"
_SHARE = r"\{est\}`(?:(?P<part>[\d,]+) of (?P<whole>[\d,]+)|(?P<percent>[\d.]+) %)[^`]*`"
#: A word and a number that say the same thing: "all 9 of 9", "a quarter, 25 %", "25 %, about a quarter".
_SIDE_BY_SIDE = (
    re.compile(rf"(?<!at )\b{_WORD}(?:,|:| \(| of them,)? ?{_SHARE}", re.IGNORECASE),
    re.compile(
        rf"{_SHARE}(?:, | \()(?:about |almost |nearly |over |more than |just under )?{_PART}\b", re.IGNORECASE
    ),
)


def contradictions(text: str) -> list[str]:
    """Every word that stands beside a number and says another share."""
    prose = "\n".join(line for line in text.splitlines() if not line.startswith("|"))
    prose = re.sub(r"\s+", " ", prose)
    found = []
    for form in _SIDE_BY_SIDE:
        for match in form.finditer(prose):
            if match["percent"]:
                share = float(match["percent"])
            else:
                part, whole = (int(match[name].replace(",", "")) for name in ("part", "whole"))
                share = 100 * part / whole
            low, high = SHARES[match["word"].lower()]
            if not low <= share <= high:
                found.append(f"{match[0]} ({share:.0f} %)")
    return found


@pytest.mark.content
@pytest.mark.parametrize(
    "path",
    sorted(
        path for ending in ("md", "questions.yml", "decisions.yml") for path in CHAPTERS.rglob(f"*.{ending}")
    ),
    ids=lambda path: path.name,
)
def test_no_word_contradicts_the_number_beside_it(path: Path) -> None:
    assert contradictions(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("All {est}`9 of 9 <row>` improved.", False),
        ("All {est}`8 of 9 <row>` improved.", True),
        ("A quarter, {est}`25 % <row>`, came back.", False),
        ("A quarter, {est}`35 % <row>`, came back.", True),
        ("In {est}`31 of 60 <row>`, about half, it held.", False),
        ("In {est}`31 of 90 <row>`, about half, it held.", True),
        ("Most: {est}`40 % <row>`.", True),
        ("Half the dose, placebo {est}`3 % <row>`.", False),
        ("none of the\nothers", False),
    ],
)
def test_a_contradiction_is_found_where_there_is_one(text: str, wrong: bool) -> None:
    assert bool(contradictions(text)) is wrong

"""The case linter is proved on planted flaws: each spoils a clean case in one place, and one rule must find it.

What only resembles a flaw must pass every rule.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from book.new import SKELETONS
from widgets.conference.linter import RULES, Finding, lint
from widgets.conference.linter.__main__ import main

CLEAN = SKELETONS / "skeleton.case.yml"
GLOSSARY = frozenset({"TWSTRS"})


@dataclass(frozen=True)
class Spoilt:
    """The clean case with `old` replaced by `new`; what `rule` must find at `level`, and on which step."""

    rule: str
    name: str
    old: str
    new: str
    step: str = ""
    level: str = "E"

    def __str__(self) -> str:
        return f"{self.rule}-{self.name}"


def dropped(line: str) -> tuple[str, str]:
    return line, ""


WEIGHT = """      - id: weight
        text: Her weight
        answer: It is unchanged.
        worth: idle
        reason: It changes no option at this table.
        sources: [albanese2011]
"""
LONG = "each with what it asks of her"

FLAWS = [
    Spoilt("C00", "no YAML", "title: A case of your own", "title: 'A case of your own"),
    Spoilt(
        "C00", "an unknown field", "    title: The neck\n", "    title: The neck\n    tittle: x\n", "neck"
    ),
    Spoilt("C00", "an unknown stage", "stage: examine", "stage: look", "neck"),
    Spoilt("C00", "a voice without a role", "        role: speech therapist\n", "", "table"),
    Spoilt("C01", "nobody leads to the halt", "next: halted", "next: talk"),
    Spoilt("C01", "the case ends before the table", "    next: table\n", ""),
    Spoilt("C02", "a step that does not exist", "    next: year", "    next: years", "talk"),
    Spoilt("C02", "a way back", "    next: year", "    next: table", "talk"),
    Spoilt("C02", "a step that leads to itself", "    next: year", "    next: talk", "talk"),
    Spoilt("C02", "two steps of one id", "  - id: halted\n", "  - id: talk\n"),
    Spoilt(
        "C03", "no reason", *dropped("        reason: A pillow explains no turn of the head.\n"), "history"
    ),
    Spoilt(
        "C03", "a verdict, no reason", "A pillow explains no turn of the head.", "Not correct.", "history"
    ),
    Spoilt(
        "C03", "too short", "A pillow explains no turn of the head.", "Pillows explain nothing.", "history"
    ),
    Spoilt(
        "C03",
        "one reason for two",
        "Somebody has to have heard her wish.",
        "It is the operation with a trial.",
        "table",
    ),
    Spoilt(
        "C03",
        "a consequence without a why",
        *dropped("    reason: A halt for safety stands until it is settled.\n"),
        "halted",
    ),
    Spoilt("C04", "no sources", *dropped("        sources: [centen2025]\n"), "history"),
    Spoilt("C04", "an unknown source", "[marion2016]", "[marion2061]", "history"),
    Spoilt("C04", "an incomplete record", "[cochranecomm2019]", "[funcdystonia2013]", "year"),
    Spoilt("C04", "a consequence without a source", *dropped("    sources: [cochranecomm2019]\n"), "year"),
    Spoilt("C05", "a bare number", "It has failed.", "It has failed 14 times.", "table"),
    Spoilt(
        "C05",
        "a bare dose",
        "Muscles and dose are reviewed first.",
        "Up to 200 units are reviewed first.",
        "history",
    ),
    Spoilt("C05", "another number than the row’s", "`26 %", "`62 %", "table"),
    Spoilt("C05", "a row that does not exist", "<reich2019-nonresp>", "<reich2019-response>", "talk"),
    Spoilt(
        "C06",
        "no mark",
        "composed: Composed for teaching; not a real person.",
        "composed: A patient of ours.",
    ),
    Spoilt("C06", "half a mark", "not a real person.", "not quite a real person."),
    Spoilt("C06", "a name", "A gardener of fifty", "Mrs Miller, a gardener of fifty,"),
    Spoilt("C06", "a named colleague", "It has failed.", "Dr. Smith says that it has failed.", "table"),
    Spoilt("C07", "a brand of toxin", "It has failed.", "Botox has failed.", "table"),
    Spoilt("C07", "a brand of generator", "She wants no wire.", "She wants no wire of Medtronic.", "table"),
    Spoilt(
        "C07",
        "a one-sided word",
        "It is the operation with a trial.",
        "It is the gold standard with a trial.",
        "table",
        "W",
    ),
    Spoilt("C07", "another", "She chooses.", "It is a breakthrough.", "verdict", "W"),
    Spoilt("C08", "nobody is asked", "stage: ask", "stage: examine"),
    Spoilt("C08", "nobody counsels", "stage: counsel", "stage: ask"),
    Spoilt("C08", "no consequence on one way", "    next: year", ""),
    Spoilt("C09", "no uncertainty", "covers: uncertainty", "covers: fact"),
    Spoilt(
        "C09",
        "a sound choice that covers nothing",
        "        covers: safety\n        reason: A joint",
        "        reason: A joint",
        "neck",
    ),
    Spoilt(
        "C09",
        "an idle one that covers something",
        "worth: idle\n        reason: A pillow",
        "worth: idle\n        covers: fact\n        reason: A pillow",
        "history",
    ),
    Spoilt("C10", "nothing to pass by", *dropped(WEIGHT), "neck"),
    Spoilt(
        "C10",
        "nothing sound",
        "worth: sound\n        reason: Nobody",
        "worth: idle\n        reason: Nobody",
        "verdict",
    ),
    Spoilt("C10", "no room for what is sound", "most: 3", "most: 1", "history"),
    Spoilt("C10", "room for everything", "most: 3", "most: 4", "history"),
    Spoilt("C11", "an unsafe decision goes on as if nothing were", "next: halted", "next: talk", "verdict"),
    Spoilt(
        "C11",
        "a sound one shares its consequence",
        "reason: Nobody compared the two by lot.\n        sources: [huh2010]\n        next: talk",
        "reason: Nobody compared the two by lot.\n        sources: [huh2010]\n        next: halted",
        "verdict",
    ),
    Spoilt("C12", "a role speaks twice", "role: specialist nurse", "role: speech therapist", "table"),
    Spoilt("C12", "three roles", "role: speech therapist", "role: neurologist", "table"),
    Spoilt(
        "C13", "a long choice", "text: Her pillow", f"text: Her pillow {'and more ' * 13}", "history", "W"
    ),
    Spoilt(
        "C13", "a long answer", "It is complete.", "It is complete, and so it goes on. " * 12, "history", "W"
    ),
    Spoilt(
        "C14", "an unknown abbreviation", "It is complete.", "It is complete, says the ABCDE.", "history", "W"
    ),
    Spoilt("C14", "another", "She nods.", "She asks for an XYZ.", "talk", "W"),
    Spoilt("C15", "a long verdict", "text: Two options", f"text: Two options, {LONG}", "verdict"),
    Spoilt(
        "C15",
        "a verdict with its reason",
        "text: Two options",
        "text: Two options, for she has to choose",
        "verdict",
    ),
    Spoilt("C16", "as many sound as may be chosen", "most: 3", "most: 2", "history"),
    Spoilt(
        "C16",
        "every voice is needed",
        "worth: optional\n        reason: Silent",
        "worth: sound\n        covers: safety\n        reason: Silent",
        "table",
    ),
]

LIKES = [
    Spoilt("C01", "an end that another way reaches too", "        next: halted", "        next: halted\n"),
    Spoilt(
        "C02",
        "a way that leaves steps out",
        "reason: A no without a plan ends the care.\n        sources: [gorodetsky2021]\n        next: talk",
        "reason: A no without a plan ends the care.\n        sources: [gorodetsky2021]\n        next: talk\n",
    ),
    Spoilt(
        "C03",
        "a short reason that says why",
        "A pillow explains no turn of the head.",
        "Pillows turn no adult neck.",
        "",
    ),
    Spoilt("C04", "two sources", "[marion2016]", "[marion2016, albanese2011]"),
    Spoilt("C05", "an age in words", "A gardener of fifty", "A gardener of fifty-one"),
    Spoilt("C05", "a nerve and a year", "It is complete.", "It is complete for C2 since 2020."),
    Spoilt(
        "C05",
        "a number with its reason",
        "It is complete.",
        "It is complete, all {unbound}`3 <a count of this composed case>`.",
    ),
    Spoilt("C06", "a role with a capital", "It has failed.", "Miss nothing, the nurse says."),
    Spoilt("C07", "a part of a word", "She wants no wire.", "She is active and wants no wire."),
    Spoilt(
        "C09",
        "an optional choice that covers nothing",
        "It gives a baseline for a second rater.",
        "It gives a baseline for some later day.",
    ),
    Spoilt("C10", "a table where all are heard", "text: the hedge", "text: the hedge and the wire"),
    Spoilt(
        "C11",
        "an idle decision that goes on",
        "A no without a plan ends the care.",
        "A no without a date ends the care too.",
    ),
    Spoilt("C12", "a fifth role", "role: specialist nurse", "role: social worker"),
    Spoilt("C15", "the longest by little", "text: Two options", "text: Two options to choose", "verdict"),
    Spoilt("C16", "no bound", "    most: 3\n", ""),
    Spoilt("C14", "a known abbreviation", "It is complete.", "It is complete, with TWSTRS."),
]


def found_in(spoilt: Spoilt, folder: Path) -> list[Finding]:
    text = CLEAN.read_text(encoding="utf-8")
    assert spoilt.old in text, "the flaw is planted nowhere"
    path = folder / "spoilt.case.yml"
    path.write_text(text.replace(spoilt.old, spoilt.new, 1), encoding="utf-8")
    return list(lint([path], GLOSSARY).findings)


@pytest.fixture(autouse=True)
def _every_rule_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the cases of the course break today is only reported there; here each rule has its own level."""
    monkeypatch.setattr("widgets.conference.linter.cases.REPORTED", frozenset())


@pytest.mark.parametrize("spoilt", FLAWS, ids=str)
def test_a_planted_flaw_is_found(spoilt: Spoilt, tmp_path: Path) -> None:
    found = [one for one in found_in(spoilt, tmp_path) if one.rule == spoilt.rule]
    assert found, "nothing was found"
    assert {one.level for one in found} == {spoilt.level}
    if spoilt.step:
        assert spoilt.step in {one.step for one in found}


@pytest.mark.parametrize("spoilt", LIKES, ids=str)
def test_what_resembles_a_flaw_passes(spoilt: Spoilt, tmp_path: Path) -> None:
    assert [str(one) for one in found_in(spoilt, tmp_path)] == []


def test_every_rule_has_two_flaws_or_more() -> None:
    planted = Counter(spoilt.rule for spoilt in FLAWS)
    assert {rule.id for rule in RULES if planted[rule.id] < 2} == set()
    assert set(planted) == {rule.id for rule in RULES}


@pytest.mark.parametrize(
    ("verdicts", "told"),
    [
        (["Two options to choose"], ["the longest"]),
        (["Two options"], ["the shortest"]),
        (["Two options to choose", "Two options", "Two of these, now"], []),
    ],
)
def test_over_all_cases_length_tells_nothing(verdicts: list[str], told: list[str], tmp_path: Path) -> None:
    """The other choices of the decision have 17 and 19 characters."""
    for number in range(9):
        text = CLEAN.read_text("utf-8").replace("Two options", verdicts[number % len(verdicts)])
        (tmp_path / f"{number}.case.yml").write_text(text, "utf-8")
    found = [one.message for one in lint(sorted(tmp_path.iterdir()), GLOSSARY).findings if one.rule == "C15"]
    assert [name for name in ("the longest", "the shortest") if any(name in one for one in found)] == told


def test_the_clean_case_passes_every_rule() -> None:
    report = lint([CLEAN], GLOSSARY)
    assert [str(one) for one in report.findings] == []
    assert report.cases[0].case is not None


@pytest.mark.parametrize("spoilt", FLAWS, ids=str)
def test_a_finding_is_one_line_with_its_place_and_what_would_be_right(spoilt: Spoilt, tmp_path: Path) -> None:
    lines = CLEAN.read_text(encoding="utf-8").replace(spoilt.old, spoilt.new, 1).splitlines()
    for one in found_in(spoilt, tmp_path):
        assert re.fullmatch(r"\S.*\.case\.yml:\d+: [EW] C\d\d (step '[^']+': )?.+; .+", str(one)), str(one)
        assert 1 <= one.line <= len(lines) + 1
        if one.step and one.rule != "C02":
            before = [line for line in lines[: one.line] if line.startswith("  - id: ")]
            assert before[-1] == f"  - id: {one.step}", str(one)


def test_the_command_prints_findings_and_fails_on_errors(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "spoilt.case.yml"
    path.write_text(
        CLEAN.read_text(encoding="utf-8").replace("next: halted", "next: nowhere"), encoding="utf-8"
    )
    assert main([str(path)]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert any(
        re.match(r".*spoilt\.case\.yml:\d+: E C02 step 'verdict': there is no step 'nowhere'; ", line)
        for line in printed
    )
    assert re.fullmatch(r"Cases: 1\. Steps: 7\. Choices: 17\. Errors: \d+\. Warnings: 0\.", printed[-1])
    assert main([str(CLEAN), "--quiet"]) == 0

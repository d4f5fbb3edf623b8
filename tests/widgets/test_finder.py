"""The person finder: fifty composed persons, its data, and what bad data is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from widgets.decisions.model import Decision
from widgets.finder import ContentError, finder, load, sheet
from widgets.finder.model import Content, read_content
from widgets.finder.sheet import HEADS, MOST_NUMBERS, NEEDED, VERDICTS

PERSONS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "persons.yml").read_text("utf-8"))


def answers_of(person: dict[str, Any]) -> dict[str, list[str]]:
    given = person["answers"]
    return {one: chosen if isinstance(chosen, list) else [chosen] for one, chosen in given.items()}


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


def test_there_are_fifty_and_every_answer_is_one_that_can_be_given(content: Content) -> None:
    assert len(PERSONS) >= 50
    known = {one.id: {option.id for option in one.options} for one in content.questions}
    for person in PERSONS:
        for question, chosen in answers_of(person).items():
            assert set(chosen) <= known[question], person["id"]


@pytest.mark.parametrize("person", PERSONS, ids=lambda one: one["id"])
def test_a_person_is_told_what_was_judged_afresh(content: Content, person: dict[str, Any]) -> None:
    found = sheet(content, answers_of(person))
    expected = person["judged"] | person.get("kept", {})
    assert found.state == expected["state"]
    for operation in ("denervation", "stimulation"):
        assert found.verdicts.get(operation) == expected.get(operation), operation
    for one in person.get("first", ()):
        assert one in found.shown["first"]
    assert len(found.shown["numbers"]) <= MOST_NUMBERS
    # Whoever has a pattern is told numbers, what reaches it, and where to read.
    if (
        not person.get("other_disease")
        and person["answers"].get("pattern")
        and person["answers"].get("spread")
    ):
        assert found.verdicts
        assert found.shown["numbers"]
        assert found.shown["read"]


def test_the_finder_keeps_its_own_word_for_few_and_says_why() -> None:
    kept = {person["id"]: person["kept"] for person in PERSONS if "kept" in person}
    assert len(kept) <= len(PERSONS) // 10
    for name, own in kept.items():
        assert own["because"], name
        judged = next(person["judged"] for person in PERSONS if person["id"] == name)
        assert all(judged.get(key) != value for key, value in own.items()), name


def test_every_answer_of_a_person_leads_somewhere(content: Content) -> None:
    """What is asked and changes nothing would be asked for nothing."""
    used = {
        (question, one)
        for found in content.findings
        for question, chosen in found.when.items()
        for one in chosen
    }
    quiet = {"none", "never", "isolated", "free", "quiet", "well", "sound", "fit", "tonic"}
    asked = {(one.id, option.id) for one in content.questions for option in one.options}
    assert {one for one in asked - used if one[1] not in quiet} == set()


def test_it_reads_without_a_script(content: Content) -> None:
    markup = finder().markup
    for one in content.findings:
        assert f'data-finding="{one.id}"' in markup
    for head in HEADS.values():
        assert head in markup
    assert "footcite" not in markup
    assert set(NEEDED) <= {one.id for one in content.questions}


FAULTS = {
    "when: {mood: [plan]}": ("when: {moood: [plan]}", "there is no question 'moood'; did you mean 'mood'?"),
    "when: {cord: [signs]}": ("when: {cord: [sign]}", "'cord' has no answer 'sign'; did you mean 'signs'?"),
    "decision: selection-suicide": (
        "decision: selection-suicid",
        "no chapter has the decision 'selection-suicid'; did you mean 'selection-suicide'?",
    ),
    "`3 of 12 <munchau2001swallow-dysphagia>`": (
        "`4 of 12 <munchau2001swallow-dysphagia>`",
        "'4 of 12' is not what",
    ),
    "id: passive, section": ("id: plan, section", "the id 'plan' stands twice; choose another"),
    "verdict: reaches, when: {pattern: [turn], spread: [neck]}": (
        "when: {pattern: [turn], spread: [neck]}",
        "what an operation reaches names operation and verdict",
    ),
}


@pytest.mark.parametrize(("right", "fault"), FAULTS.items(), ids=[said for _, said in FAULTS.values()])
def test_bad_data_gets_one_line(tmp_path: Path, right: str, fault: tuple[str, str]) -> None:
    from widgets.finder import CHAPTERS, PAGE, decisions

    text = (CHAPTERS / f"{PAGE}.finder.yml").read_text("utf-8")
    assert right in text
    path = tmp_path / "x.finder.yml"
    path.write_text(text.replace(right, fault[0], 1), "utf-8")
    known: dict[str, Decision] = {name: one for name, (one, _) in decisions().items()}
    with pytest.raises(ContentError) as told:
        read_content(path, "chapters/x.finder.yml", known)
    line = text[: text.index(right)].count("\n") + 1
    lines = str(told.value).splitlines()
    assert len(lines) == 1
    assert lines[0].startswith(f"chapters/x.finder.yml:{line}:")
    assert fault[1] in lines[0]


def test_of_several_verdicts_the_worst_stands(content: Content) -> None:
    found = sheet(content, {"pattern": ["turn"], "spread": ["neck"], "joints": ["stiff"]})
    assert found.verdicts["denervation"] == VERDICTS[-1]

"""Robots are proved on banks whose wording gives keys away in one planned way, and on one whose wording tells nothing (Q26)."""

from __future__ import annotations

import re

import pytest

from tests.widgets.linter.made import OPTIONS, PLAIN, Wording, banks, with_key
from widgets.quiz import CHAPTERS as COURSE
from widgets.quiz.linter.robots import Score, robots, sit
from widgets.quiz.linter.robots.__main__ import main
from widgets.quiz.linter.robots.sitting import LEARNED
from widgets.quiz.linter.robots.task import SAT, Task, found
from widgets.quiz.linter.robots.telling import told

BANK = COURSE / "procedures" / "landscape.questions.yml"


def scores(wording: Wording, kind: str = "single-best-answer") -> dict[str, Score]:
    return {one.robot: one for one in sit(banks(wording, kind))}


@pytest.mark.parametrize(
    ("rule", "wording"),
    [
        ("least characters", with_key(lambda text: text[:4])),
        ("most characters", with_key(lambda text: f"{text}s")),
        ("least reason clauses", with_key(str, lambda text: f"{text} since it hurts")),
        ("most hedges", with_key(lambda text: f"{text} perhaps", lambda text: f"{text} soonest")),
        ("least absolute words", with_key(lambda text: f"{text} later", lambda text: f"{text} never")),
        ("most look-first verbs", with_key(lambda text: f"Look {text}", lambda text: f"Burn {text}")),
        ("least decisive verbs", with_key(lambda text: f"Hold {text}", lambda text: f"Stop {text}")),
        ("most “and”", with_key(lambda text: f"{text} and hip", lambda text: f"{text} but hip")),
        ("most words of the stem", with_key(lambda text: f"{text} come first", lambda text: f"{text} goes later")),
        ("no reason clause, then the shortest", with_key(lambda text: f"{text} now", lambda text: f"{text} later on" if text == "torso" else f"{text} as it is")),
        ("the second option", lambda chapter, number: (PLAIN, {1})),
    ],
)  # fmt: skip
def test_a_rule_of_wording_finds_what_wording_tells(rule: str, wording: Wording) -> None:
    score = scores(wording)[rule]
    assert score.beats_chance, score
    assert score.chance == pytest.approx(25)


def test_wording_that_tells_nothing_lets_no_robot_pass() -> None:
    alike = banks(with_key(str))
    assert list(robots(alike)) == []
    assert told(alike) == []


def test_a_bank_that_tells_is_named_with_robot_and_chance() -> None:
    said = [one.message for one in robots(banks(with_key(lambda text: text[:4])))]
    assert any("finds 100 of 100 keys (single best answer), by chance 25" in one for one in said)


def test_several_keys_and_matching_have_their_own_measure() -> None:
    """Keys that stand first; options that stand as the lines do."""
    several = scores(lambda chapter, number: (PLAIN, {0, 1}), "multiple-response")
    assert several["the first option"].found == pytest.approx(50 + 50 / 3)
    assert several["the first option"].chance == pytest.approx(50)
    six = (*PLAIN, "brain", "wrist")
    matching = scores(lambda chapter, number: (six, {0, 1, 2}), "extended-matching")
    assert matching["as the lines stand, so the options"].found == pytest.approx(100)
    assert matching["as the lines stand, so the options"].chance == pytest.approx(100 / 6)


def test_a_learner_sees_what_no_single_rule_does() -> None:
    def wording(_: int, number: int) -> tuple[list[str], set[int]]:
        place = number % OPTIONS
        texts = ["nerve and hip", "joint, hip", "spine and rib, hip"]
        return [*texts[:place], "torso hip since it hurts, and so on, and on, and on", *texts[place:]], {
            texts.index(texts[2]) + (place <= 2)
        }

    told_by = scores(wording)
    fixed = max(one.gain for name, one in told_by.items() if name not in LEARNED)
    assert told_by[LEARNED[0]].gain > fixed + 20


def test_a_learner_never_meets_the_chapter_that_it_sits() -> None:
    """The word that marks keys of one chapter stands in distractors of all others: who learns there shuns it here."""
    marks = ("amber", "olive", "ivory", "ochre")

    def wording(chapter: int, number: int) -> tuple[list[str], set[int]]:
        place = number % OPTIONS
        return [f"{text} {marks[(chapter + at - place) % OPTIONS]}" for at, text in enumerate(PLAIN)], {place}

    assert scores(wording)[LEARNED[1]].gain < 0


def test_the_scores_do_not_hang_on_the_order_of_the_banks() -> None:
    sat = banks(with_key(lambda text: text[:4]))
    assert sit(sat) == sit(sat[::-1])


def test_equals_share_the_seats() -> None:
    task = Task("q", "b", "Which?", ("one", "two", "three", "four"), frozenset({0, 3}))
    assert found(task, [1, 1, 0, 0]) == pytest.approx(0.5)
    assert found(task, [1, 0, 0, 0]) == pytest.approx(0.5 + 0.5 / 3)
    assert found(task, [2, 0, 0, 1]) == 1


def test_the_bank_of_the_course_is_sat_and_each_score_printed_beside_chance(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([str(BANK)]) == 0
    printed = capsys.readouterr().out
    for measure in SAT.values():
        assert re.search(rf"^{measure}, \d+ questions, chance \d+; above the limit: ", printed, re.MULTILINE)
    told_of = re.findall(r"^(\S+):\d+: '[\w-]+'.*\(chance \d+\): ", printed, re.MULTILINE)
    assert set(told_of) <= {"chapters/procedures/landscape.questions.yml"}


def test_a_question_is_told_with_the_cues_of_its_key() -> None:
    giving = with_key(lambda text: f"{text} and hip", lambda text: f"{text}, {text} since it hurts")
    first = str(told(banks(giving))[0])
    assert re.match(r"'q-\d-\d+': \d+ of 100 \(chance 25\): ", first)
    assert "reason clauses 0 (others 1, 1, 1)" in first

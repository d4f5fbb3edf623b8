"""The words around a number are held against its row: planted errors, and clean sentences, of each rule."""

from __future__ import annotations

import pytest

from evidence.wording import RULES, Bound, contradictions

BERTRAND = "bertrand1993-global-clinical-rating"
SHAM, CURRENT = "volkmann2014-severity-3m-sham", "volkmann2014-severity-3m-dbs-gpi"


def told(sentence: str, **figures: str) -> list[str]:
    """What is wrong with a sentence; a figure is named by its row, with underscores for hyphens."""
    rows = [Bound(row.replace("_", "-"), [figure]) for row, figure in figures.items()]
    return [str(one) for one in contradictions(sentence, rows)]


@pytest.mark.parametrize(
    ("rule", "sentence", "figures", "said"),
    [
        (
            "counted",
            "In 130 people with dystonia it lasted long.",
            {"ipg2016-dystonia": "130"},
            "“130 people” is not what ipg2016-dystonia says: it counts generators",
        ),
        (
            "counted",
            "After 61 people were operated on.",
            {"bergenheim2015-tsui-0-2m": "61"},
            "“61 people” is not what bergenheim2015-tsui-0-2m says: it counts operations",
        ),
        (
            "points",
            "The score fell by 30 points.",
            {"munchau2001-twstrs-12m": "30"},
            "“30 points” is not what munchau2001-twstrs-12m says: the change is in per cent",
        ),
        (
            "points",
            "It fell by 26 of 100 points.",
            {CURRENT: "26"},
            f"“of 100 points” is not what {CURRENT} says: the TWSTRS severity has 35 points",
        ),
        (
            "judge",
            "The surgeons judged 228 of 260 people relieved.",
            {BERTRAND: "228 of 260"},
            f"“surgeons judged” is not what {BERTRAND} says: who judged is not stated",
        ),
        (
            "judge",
            "Masked raters saw relief in 228 of 260.",
            {BERTRAND: "228 of 260"},
            "who judged is not stated",
        ),
        (
            "judge",
            "Independently assessed, 228 of 260 were better.",
            {BERTRAND: "228 of 260"},
            "who judged is not stated",
        ),
        (
            "group",
            "Of people with cervical dystonia 14 of 37 slurred.",
            {"finland2019-dysarthria": "14 of 37"},
            "“people with cervical dystonia” is not what finland2019-dysarthria says: the group is all dystonia",
        ),
        (
            "group",
            "In dystonia of all kinds severity was 26 % lower.",
            {CURRENT: "26 %"},
            "“dystonia of all kinds” is not what",
        ),
        (
            "when",
            "At one year 228 of 260 were better.",
            {BERTRAND: "228 of 260"},
            f"“At one year” is not what {BERTRAND} says: it prints no time",
        ),
        (
            "when",
            "At six months it was 26 % lower.",
            {CURRENT: "26 %"},
            f"“At six months” is not what {CURRENT} says: it prints 3 months",
        ),
        (
            "operation",
            "After denervation severity was 26 % lower.",
            {CURRENT: "26 %"},
            "“after denervation” is not what",
        ),
        (
            "operation",
            "After pallidal stimulation the total was 30 % lower.",
            {"munchau2001-twstrs-12m": "30 %"},
            "its procedure is spd",
        ),
        (
            "part",
            "Pain fell by 26 % with the current on.",
            {CURRENT: "26 %"},
            "“pain fell” is not what",
        ),
    ],
)
def test_a_planted_claim_is_told_with_its_word_and_what_the_row_says(
    rule: str, sentence: str, figures: dict[str, str], said: str
) -> None:
    rows = [Bound(row, [figure]) for row, figure in figures.items()]
    found = [str(one) for one in contradictions(sentence, rows)]
    assert any(said in one for one in found), found
    (one_rule,) = (one for one in RULES if one.__name__ == rule)
    assert [str(one) for one in one_rule(sentence, rows) if said in str(one)]


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("130 generators lasted 37 months in dystonia.", {"ipg2016-dystonia": "130"}),
        ("61 procedures were scored first.", {"bergenheim2015-tsui-0-2m": "61"}),
        ("The total had fallen by 30 % at one year.", {"munchau2001-twstrs-12m": "30 %"}),
        ("Severity had fallen by 26 % at three months, scored by masked raters.", {CURRENT: "26 %"}),
        (
            "Relief was total or marked in 228 of 260 people; judge and time not stated.",
            {BERTRAND: "228 of 260"},
        ),
        ("In people with dystonia of all kinds 14 of 37 slurred.", {"finland2019-dysarthria": "14 of 37"}),
        ("In points the changes were −5.1 and −1.3.", {CURRENT: "−5.1", SHAM: "−1.3"}),
    ],
)
def test_a_sentence_that_says_what_its_row_says_is_left_alone(sentence: str, figures: dict[str, str]) -> None:
    assert [
        str(one) for one in contradictions(sentence, [Bound(row, [shown]) for row, shown in figures.items()])
    ] == []


def test_one_row_that_bears_a_word_out_is_enough() -> None:
    rows = [Bound(BERTRAND, ["228 of 260"]), Bound(CURRENT, ["26 %"])]
    said = "One counts 228 of 260 people, the other a fall of 26 % in severity, by masked raters."
    assert [str(one) for one in contradictions(said, rows)] == []

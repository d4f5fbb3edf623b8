"""The trainer's cases and key are repeatable and fair to an eye; kappa is the textbook's."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from bs4 import BeautifulSoup

from widgets.head.severity import items
from widgets.rating import rating
from widgets.rating.agreement import bias, weighted_kappa
from widgets.rating.cases import CASES, FULL, case_of, key_of, words_of
from widgets.rating.markup import severity

SERIES = [f"series {number}" for number in range(60)]
ALL = [case_of(seed, place) for seed in SERIES for place in range(1, CASES + 1)]


def test_a_seed_makes_its_cases_again() -> None:
    assert [case_of("ward 4", place) for place in range(1, 11)] == [
        case_of("ward 4", place) for place in range(1, 11)
    ]
    assert len({case_of("ward 4", place) for place in range(1, 11)}) == 10
    assert case_of("ward 4", 1) != case_of("ward 5", 1)


def test_every_step_of_every_item_occurs() -> None:
    keys = [key_of(case) for case in ALL]
    for item in items():
        # A case of dystonia is never without it: the duration factor starts at 1.
        steps = set(range(int(item.key == "duration"), item.most + 1))
        assert set(Counter(key[item.key] for key in keys)) == steps, item.key


def test_no_angle_lies_so_near_a_cut_that_no_eye_could_tell() -> None:
    for case in ALL:
        for value, cut_points in ((case.turn, (22, 45, 67)), (case.tilt, (15, 35)), (case.bend, (20, 40))):
            assert value == 0 or min(abs(abs(value) - cut) for cut in cut_points) >= 3
        assert all(abs(case.share - cut) >= 4 for cut in (25, 50, 75))


def test_the_key_follows_the_scale() -> None:
    for case in ALL:
        key = key_of(case)
        turn = abs(case.turn)
        assert key["rotation"] == (0 if not turn else 1 + (turn > 22) + (turn > 45) + (turn > 67))
        tilt = abs(case.tilt)
        assert key["laterocollis"] == (0 if not tilt else 1 + (tilt > 15) + (tilt > 35))
        held = case.held
        assert key["time"] == (0 if held > 60 else 1 + (held < 46) + (held < 31) + (held < 16))
        if case.reach == -FULL[case.main]:
            assert key["range"] == 0
        assert 0 <= severity(key) <= 35


def test_the_words_give_the_angles_and_never_the_points() -> None:
    for case in ALL[:100]:
        words = words_of(case)
        assert set(words) == {item.key for item in items()}
        assert "point" not in " ".join(words.values())
        if case.turn:
            assert f"{abs(case.turn)}°" in words["rotation"]


def test_kappa_of_a_table_worked_out_by_hand() -> None:
    """Ten cases, three steps: seven the same, one a step apart, two two steps apart, so 5 steps in 10 cases.

    The points were given 4, 3, 3 times against 3, 4, 3. Set beside each other by chance they lie
    (4·4 + 4·3·2 + 3·3 + 3·3 + 3·3·2 + 3·4) / 100 = 88 / 100 steps apart.
    """
    yours = [0, 0, 1, 1, 1, 2, 2, 0, 2, 0]
    keys = [0, 0, 1, 1, 1, 2, 2, 1, 0, 2]
    found = Fraction(sum(abs(one - other) for one, other in zip(yours, keys, strict=True)), 10)
    rows, columns = Counter(yours), Counter(keys)
    chance = sum(Fraction(rows[i] * columns[j], 100) * abs(i - j) for i in range(3) for j in range(3))
    kappa = weighted_kappa(yours, keys)
    assert kappa == pytest.approx(float(1 - found / chance), abs=1e-12)
    assert (found, chance) == (Fraction(5, 10), Fraction(88, 100))


def test_kappa_of_two_steps_is_cohens() -> None:
    """The usual example: 20 and 15 agreed of 50, 25 and 30 said yes: kappa 0.4."""
    yours = [1] * 20 + [1] * 5 + [0] * 10 + [0] * 15
    keys = [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15
    assert weighted_kappa(yours, keys) == pytest.approx(0.4)


def test_kappa_at_its_ends() -> None:
    assert weighted_kappa([0, 1, 2], [0, 1, 2]) == 1
    assert weighted_kappa([2, 2], [2, 2]) is None
    assert weighted_kappa([1, 1, 1], [0, 1, 2]) == pytest.approx(0)
    assert bias([2, 3], [1, 3]) == 0.5


def test_the_markup_trains_on_paper_too() -> None:
    page = BeautifulSoup(rating("sample").page_html(), "html.parser")
    text = " ".join(page.get_text(" ").split())
    for item in items():
        assert item.label in text
        assert item.rule in text
        assert item.ours in text
    assert "It certifies nobody" in text
    assert text.count("Simulated; not a person.") == 3
    live = page.select_one(".live")
    assert live is not None
    assert live.has_attr("hidden")

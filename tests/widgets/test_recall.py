"""The schedule of questions is the published algorithm, in Python and in the page."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fsrs import Card, Rating, Scheduler
from playwright.sync_api import Browser

from widgets.recall.fsrs import AGAIN, EASY, GOOD, HARD, after, rating_of, recall_on

pytestmark = pytest.mark.browser

FRONT_END = Path(__file__).parents[2] / "widgets" / "recall" / "fsrs.js"
BEGIN = datetime(2026, 11, 27, 9, tzinfo=UTC)
#: The reference without its steps of minutes, which are for flash cards at one sitting, and without chance.
REFERENCE = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def histories() -> list[list[tuple[float, int]]]:
    """A thousand histories: some reviewed twice a day, some after years, some with a fraction of a day."""
    draw = random.Random("a thousand histories")
    found = []
    for _ in range(1000):
        day, reviews = 0.0, []
        for _ in range(draw.randint(1, 20)):
            reviews.append((day, draw.choice([AGAIN, HARD, GOOD, EASY])))
            day += draw.choice([0, 0.25, 0.75, 1, 1.5, draw.randint(2, 40), draw.randint(40, 1500)])
        found.append(reviews)
    return found


def by_the_reference(reviews: list[tuple[float, int]]) -> list[float]:
    card = Card(due=BEGIN)
    for day, rating in reviews:
        card, _ = REFERENCE.review_card(card, Rating(rating), BEGIN + timedelta(days=day))
    assert card.stability is not None
    assert card.difficulty is not None
    assert card.last_review is not None
    later = card.last_review + timedelta(days=10)
    return [
        card.stability,
        card.difficulty,
        (card.due - card.last_review) / timedelta(days=1),
        REFERENCE.get_card_retrievability(card, later),
    ]


def test_a_thousand_histories_are_as_in_the_reference_in_python_and_in_the_page(browser: Browser) -> None:
    given = histories()
    expected = [by_the_reference(reviews) for reviews in given]
    assert len({round(row[0], 3) for row in expected}) > 500

    ours = [memory for reviews in given if (memory := after(reviews))]
    found = [[one.stability, one.difficulty, one.interval, recall_on(one, one.seen + 10)] for one in ours]
    page = browser.new_page()
    in_page: Any = page.evaluate(
        f"""histories => {{
          {FRONT_END.read_text(encoding="utf-8")}
          return histories.map((reviews) => memorising.after(reviews.map(([day, rating]) => ({{ day, rating }}))))
            .map((one) => [one.stability, one.difficulty, one.interval, memorising.recallOn(one, one.seen + 10)]);
        }}""",
        given,
    )
    page.close()
    for rows in (found, in_page):
        for row, want, reviews in zip(rows, expected, given, strict=True):
            assert row == pytest.approx(want, rel=1e-6, abs=1e-6), reviews


def test_a_clock_that_goes_back_is_no_time_at_all() -> None:
    back, twice = after([(5, GOOD), (2, GOOD)]), after([(5, GOOD), (5, GOOD)])
    assert back is not None
    assert twice is not None
    assert (back.stability, back.interval) == (twice.stability, twice.interval)
    assert after([]) is None


def test_the_rating_follows_from_points_certainty_and_hints() -> None:
    assert [rating_of(points, "very") for points in (0, 0.5, 0.99)] == [AGAIN] * 3
    assert rating_of(1, "very", seen=True) == AGAIN
    assert rating_of(1, "very", hints=1) == rating_of(1, "guess") == HARD
    assert rating_of(1) == rating_of(1, "fairly") == GOOD
    assert rating_of(1, "very") == EASY


def test_the_surer_one_was_the_longer_a_question_stays_away() -> None:
    kinds = [rating_of(0), rating_of(1, "guess"), rating_of(1, "fairly"), rating_of(1, "very")]
    intervals = [memory.interval for one in kinds if (memory := after([(0, one)]))]
    assert intervals == [1, 1, 2, 8]

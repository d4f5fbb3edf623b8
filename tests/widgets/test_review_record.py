"""The record of reviews holds what it must, of pages and sections that stand there, and tells what still holds."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from widgets.review.model import Returned
from widgets.review.record import add, read_reviews, state_of
from widgets.review.sections import read_page
from widgets.review.status import NOT_YET, course_count, course_status, page_status
from widgets.text.held import ContentError

BOOK = Path(__file__).resolve().parents[1] / "book" / "books" / "reviewed"
PAGES = ("index", "about", "harms")
ENTRY = """\
# What stands above stays.
reviews:
  - page: harms
    date: 2027-01-12
    by:
      role: functional neurosurgeon
      interests: none declared
      consent: unnamed
    verdict: sound
    read:
      Numbers: '{numbers}'
    open: []
"""


@pytest.fixture
def chapters(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(BOOK, tmp_path / "chapters"))
    numbers = read_page("harms", folder).digests["Numbers"]
    (folder / "reviews.yml").write_text(ENTRY.format(numbers=numbers), encoding="utf-8")
    return folder


def spoilt(chapters: Path, old: str, new: str) -> str:
    """What is said of the record after an edit."""
    path = chapters / "reviews.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        read_reviews(PAGES, chapters)
    return str(refused.value)


def test_a_book_without_a_record_has_no_reviews(chapters: Path) -> None:
    (chapters / "reviews.yml").unlink()
    assert read_reviews(PAGES, chapters) == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("      role: functional neurosurgeon\n", "", "chapters/reviews.yml:5: 'role' is missing; add it"),
        ("      interests: none declared\n", "", "chapters/reviews.yml:5: 'interests' is missing; add it"),
        ("      consent: unnamed\n", "", "chapters/reviews.yml:5: 'consent' is missing; add it"),
        ("consent: unnamed", "consent: named", "chapters/reviews.yml:5: 'by' of reviews 1: consent is 'named' and no name is given; add 'name'"),
        ("    date: 2027-01-12\n", "", "chapters/reviews.yml:3: 'date' of reviews 1 is missing; add it"),
        ("verdict: sound", "verdict: fine", "chapters/reviews.yml:9: 'verdict' of reviews 1 is 'fine'; use 'sound', 'sound-after-changes' or 'not-sound'"),
        ("page: harms", "page: harm", "chapters/reviews.yml:3: the book has no page 'harm'; did you mean 'harms'?"),
        ("Numbers:", "Number:", "chapters/reviews.yml:11: the page 'harms' has no section 'Number'; did you mean 'Numbers'?"),
    ],
)  # fmt: skip
def test_an_entry_that_lacks_something_is_refused_with_its_line(
    chapters: Path, old: str, new: str, told: str
) -> None:
    assert spoilt(chapters, old, new) == told


def test_a_digest_that_is_none_is_refused(chapters: Path) -> None:
    numbers = read_page("harms", chapters).digests["Numbers"]
    assert spoilt(chapters, numbers, "looks fine").startswith("chapters/reviews.yml:11: ")


def test_a_review_holds_until_its_section_changes(chapters: Path) -> None:
    (review,) = read_reviews(PAGES, chapters)
    page = read_page("harms", chapters)
    assert state_of(review, page)["Numbers"] == "unchanged"
    assert page_status([review], page) == (
        "Reviewed by a clinician (functional neurosurgeon, name withheld) on 12 January 2027: found sound. "
        "Unchanged since. Not read: Opening; What can be lost; References; Questions."
    )
    text = (chapters / "harms.md").read_text(encoding="utf-8")
    (chapters / "harms.md").write_text(text.replace("Relief was", "Great relief was"), encoding="utf-8")
    later = read_page("harms", chapters)
    assert state_of(review, later) == {
        **dict.fromkeys(later.digests, "unread"),
        "Numbers": "changed",
    }
    assert "All that was read has changed since." in page_status([review], later)


def test_the_course_is_told_in_numbers(chapters: Path) -> None:
    pages = {name: read_page(name, chapters) for name in PAGES}
    assert course_status([], PAGES) == NOT_YET == page_status([], pages["harms"])
    assert course_count([], pages) == "Clinicians have reviewed 0 of 3 pages."
    reviews = read_reviews(PAGES, chapters)
    assert course_status(reviews, PAGES) == "Reviewed by clinicians: 1 of 3 pages."
    assert course_count(reviews, pages) == "Clinicians have reviewed 1 of 3 pages."


def returned(chapters: Path, day: str) -> Returned:
    digests = read_page("harms", chapters).digests
    return Returned.model_validate(
        {
            "format": "course-review-1",
            "page": "harms",
            "date": datetime.date.fromisoformat(day),
            "by": {"role": "physiotherapist", "interests": "none", "consent": "unnamed"},
            "agreed": True,
            "verdict": "sound-after-changes",
            "sections": [
                {"section": "Opening", "digest": digests["Opening"], "mark": "right"},
                {
                    "section": "Numbers",
                    "digest": digests["Numbers"],
                    "mark": "change",
                    "about": ["numbers"],
                    "words": "Say: who judged?\n- and when",
                },
            ],
        }
    )


def test_a_review_is_written_below_the_others_and_reads_back_the_same(chapters: Path) -> None:
    before = (chapters / "reviews.yml").read_text(encoding="utf-8")
    review = returned(chapters, "2027-02-01").review()
    add(review, chapters)
    assert read_reviews(PAGES, chapters)[1] == review
    assert (chapters / "reviews.yml").read_text(encoding="utf-8").startswith(before.rstrip())
    (point,) = review.open
    assert point.told == "Numbers (numbers): Say: who judged? - and when"


def test_a_review_is_not_added_twice(chapters: Path) -> None:
    review = returned(chapters, "2027-02-01").review()
    add(review, chapters)
    with pytest.raises(ContentError, match="entry 2 already"):
        add(review, chapters)


def test_the_first_review_goes_into_the_empty_list(chapters: Path) -> None:
    (chapters / "reviews.yml").write_text("# Empty.\nreviews: []\n", encoding="utf-8")
    add(returned(chapters, "2027-02-01").review(), chapters)
    assert (
        (chapters / "reviews.yml")
        .read_text(encoding="utf-8")
        .startswith("# Empty.\nreviews:\n  - page: harms\n")
    )
    assert len(read_reviews(PAGES, chapters)) == 1

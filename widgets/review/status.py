"""How the state of review is told: under a title, of the whole course, and in the table. Computed, never typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from widgets.review.model import VERDICTS, Review
from widgets.review.record import state_of
from widgets.review.sections import Page

NOT_YET = "Not yet reviewed by clinicians."


def page_status(reviews: Sequence[Review], page: Page) -> str:
    """The line under a page's title: who read it, when, with what verdict, and what has changed since."""
    return " ".join(_told(one, page) for one in reviews) or NOT_YET


def _told(review: Review, page: Page) -> str:
    points = {0: "", 1: " One point is open."}.get(len(review.open), f" {len(review.open)} points are open.")
    return (
        f"Reviewed by a clinician ({review.by.told}) on {day(review)}: {VERDICTS[review.verdict][1]}. "
        f"{since(review, page)}{points}"
    )


def day(review: Review) -> str:
    """The day of a review, as the book writes days."""
    return f"{review.date.day} {review.date:%B %Y}"


def since(review: Review, page: Page) -> str:
    """What the review still covers, section by section."""
    state = state_of(review, page)
    by_state = {
        name: [title for title, found in state.items() if found == name]
        for name in ("unchanged", "changed", "unread")
    }
    sentences = []
    if not by_state["changed"]:
        sentences.append("Unchanged since.")
    elif not by_state["unchanged"]:
        sentences.append("All that was read has changed since.")
    else:
        sentences.append(f"Changed since: {'; '.join(by_state['changed'])}.")
        sentences.append("The other sections are unchanged." if not by_state["unread"] else "")
    if by_state["unread"]:
        sentences.append(f"Not read: {'; '.join(by_state['unread'])}.")
    return " ".join(filter(None, sentences))


def course_status(reviews: Sequence[Review], pages: Mapping[str, Page] | Sequence[str]) -> str:
    """The state of the whole course, in a sentence."""
    if not reviews:
        return NOT_YET
    return f"Reviewed by clinicians: {len({one.page for one in reviews})} of {len(pages)} pages."


def course_count(reviews: Sequence[Review], pages: Mapping[str, Page]) -> str:
    """How many pages were reviewed, and of how many of these something has changed since."""
    reviewed = {one.page for one in reviews}
    changed = {one.page for one in reviews if "changed" in state_of(one, pages[one.page]).values()}
    told = f"Clinicians have reviewed {len(reviewed)} of {len(pages)} pages."
    return f"{told} Of these, {len(changed)} changed since." if changed else told

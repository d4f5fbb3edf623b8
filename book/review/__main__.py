"""Adds a review to the record: ``python -m book.review add FILE``, with the file that the form of a page saved.

It checks the file, the page, the sections and the consent, writes the entry into ``chapters/reviews.yml``, and lists what
the reviewer wants changed, as a list of things to do.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from publishing.pages.review import course_pages  # noqa: E402  (the extensions are not an installed package)

from widgets.review.model import Returned  # noqa: E402
from widgets.review.record import SHOWN_AS, add, read_reviews  # noqa: E402
from widgets.review.returned import read_returned  # noqa: E402
from widgets.review.sections import Page, read_page  # noqa: E402
from widgets.review.status import since  # noqa: E402
from widgets.text.held import ContentError  # noqa: E402
from widgets.text.wording import nearest, shown  # noqa: E402


def page_of(returned: Returned, file: str, today: datetime.date) -> Page:
    """The page that a file is about.

    Raises:
        ContentError: when the book has no such page or section, or the day is yet to come.
    """
    pages = course_pages()
    if returned.page not in pages:
        advice = nearest(returned.page, dict.fromkeys(pages))
        raise ContentError(f"{file}: the book has no page {shown(returned.page)}; {advice}")
    page = read_page(returned.page)
    for one in returned.sections:
        if one.section not in page.digests:
            advice = nearest(one.section, dict.fromkeys(page.digests))
            raise ContentError(
                f"{file}: '{returned.page}' has no section {shown(one.section)} any more; {advice} "
                "(if it was renamed, write its new name into the file)"
            )
    # A reviewer's clock may be a time zone ahead.
    if returned.date > today + datetime.timedelta(days=1):
        raise ContentError(f"{file}: the review is of {returned.date}, which is yet to come; ask for its day")
    return page


def take_in(path: Path) -> str:
    """Add the review in a file to the record; returns what to tell. Raises ContentError."""
    returned = read_returned(path)
    page = page_of(returned, path.name, datetime.datetime.now(tz=datetime.UTC).date())
    read_reviews(course_pages())  # nothing is written below a fault
    review = returned.review()
    add(review)
    lines = [f"Added to {SHOWN_AS}: {page.title}, read by {review.by.told}. {since(review, page)}"]
    if review.open:
        lines += ["To do, and to take out of 'open' when it is settled:"]
        lines += [f"- [ ] {point.told}" for point in review.open]
    return "\n".join([*lines, "Look at it with git diff, then build the book."])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the verb; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m book.review", description=(__doc__ or "").split("\n\n")[0]
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    adding = verbs.add_parser("add", help="add a review that a clinician has handed in")
    adding.add_argument("file", type=Path, help="the file that the form saved")
    try:
        print(take_in(parser.parse_args(arguments).file))
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

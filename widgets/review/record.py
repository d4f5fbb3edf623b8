"""The record of reviews, ``chapters/reviews.yml``: read, held to the pages there are, added to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from ruamel.yaml import YAML

from widgets.review.model import Review, Reviews
from widgets.review.sections import CHAPTERS, Page, read_page
from widgets.text.document import Document
from widgets.text.held import ContentError, read
from widgets.text.wording import Location, nearest, shown

RECORD = "reviews.yml"
SHOWN_AS = f"chapters/{RECORD}"


def read_reviews(pages: Collection[str], chapters: Path = CHAPTERS) -> tuple[Review, ...]:
    """The reviews on record, each of one of `pages` and of sections that stand there; none where there is no record.

    Raises:
        ContentError: a line for each mistake, with file and line.
    """
    if not (chapters / RECORD).exists():
        return ()

    def faults(record: Reviews, document: Document) -> Iterator[tuple[int, str]]:
        for index, review in enumerate(record.reviews):
            if review.page not in pages:
                known = dict.fromkeys(pages)
                told = f"the book has no page {shown(review.page)}; {nearest(review.page, known)}"
                yield document.line(("reviews", index, "page")), told
                continue
            known = dict.fromkeys(read_page(review.page, chapters).digests)
            places: list[tuple[Location, str]] = [(("read", title), title) for title in review.read]
            places += [(("open", at, "section"), point.section) for at, point in enumerate(review.open)]
            for place, title in places:
                if title not in known:
                    told = f"the page '{review.page}' has no section {shown(title)}; {nearest(title, known)}"
                    yield document.line(("reviews", index, *place)), told

    return read(chapters / RECORD, Reviews, SHOWN_AS, faults).reviews


def add(review: Review, chapters: Path = CHAPTERS) -> None:
    """Write a review below the others; what stands in the file stays as it is written.

    Raises:
        ContentError: when it stands there already.
    """
    path = chapters / RECORD
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    document = yaml.load(path.read_text(encoding="utf-8")) if path.exists() else {"reviews": []}
    entry = _plain(review)
    for index, known in enumerate(document["reviews"]):
        if all(known[key] == entry[key] for key in ("page", "date", "by", "read")):
            raise ContentError(f"{SHOWN_AS}: this review is entry {index + 1} already")
    document["reviews"].append(entry)
    if hasattr(document["reviews"], "fa"):
        document["reviews"].fa.set_block_style()  # the empty list is written in brackets
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(document, file)


def _plain(review: Review) -> dict[str, object]:
    entry = review.model_dump(exclude_none=True)
    entry["open"] = [{**one, "about": list(one["about"])} for one in entry["open"]]
    return entry


def state_of(review: Review, page: Page) -> dict[str, str]:
    """Each section of the page today: ``unchanged``, ``changed`` since the review, or ``unread`` in it."""
    return {
        title: "unread"
        if title not in review.read
        else "unchanged"
        if review.read[title] == digest
        else "changed"
        for title, digest in page.sections
    }

"""The decision aid keeps its word: twelve criteria, each met at the place that the page names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from widgets.worksheet import load
from widgets.worksheet.criteria import Criterion, criteria
from widgets.worksheet.markup import sources_of

pytestmark = pytest.mark.content

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"
CRITERIA = criteria().criteria
PAGES = ("deciding-worksheet", "decision-aid")


def text_of(name: str) -> str:
    return (CHAPTERS / "sessions" / f"{name}.md").read_text(encoding="utf-8")


def place(html: Path, address: str) -> Tag:
    """What a link of the page about the criteria leads to, in the built book."""
    path, _, anchor = address.partition("#")
    page = (html / "sessions" / path).resolve()
    found = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find(id=anchor)
    assert isinstance(found, Tag), f"{address} leads nowhere"
    return found


def said_at(found: Tag) -> str:
    return " ".join(found.get_text(" ").split())


def test_there_are_six_to_qualify_and_six_to_certify() -> None:
    assert [one.group for one in CRITERIA] == ["qualifying"] * 6 + ["certifying"] * 6
    assert len({one.id for one in CRITERIA}) == 12


@pytest.mark.parametrize("one", CRITERIA, ids=lambda one: one.id)
def test_each_criterion_is_met_where_the_page_says(html: Path, one: Criterion) -> None:
    page = BeautifulSoup((html / "sessions/decision-aid.html").read_text(encoding="utf-8"), "html.parser")
    item = page.find(id=f"criterion-{one.id}")
    assert isinstance(item, Tag), "the page does not show the criterion"
    assert one.criterion in said_at(item)
    link = item.find("a")
    assert isinstance(link, Tag)
    found = place(html, str(link["href"]))
    text = said_at(found)
    assert len(text) > 150, f"{link['href']} holds next to nothing"
    assert [words for words in one.holds if words not in text] == []
    if one.every_option:
        path = str(link["href"]).partition("#")[0]
        for option in load().options:
            its_own = said_at(place(html, f"{path}#ws-{option.id}"))
            assert [words for words in one.holds if words not in its_own] == [], option.id


def test_a_criterion_that_is_not_met_would_be_found(html: Path) -> None:
    with pytest.raises(AssertionError, match="leads nowhere"):
        place(html, "deciding-worksheet.html#no-such-place")


@pytest.mark.parametrize("name", PAGES)
def test_it_is_self_checked_and_never_called_more(name: str) -> None:
    content = text_of(name) + (CHAPTERS / "sessions/decision-aid.criteria.yml").read_text("utf-8")
    assert re.findall(r"\b(certified|validated|accredited|approved)\b", content, re.IGNORECASE) == []


def test_the_page_says_that_the_check_is_our_own() -> None:
    assert "self-checked against" in text_of("decision-aid")
    assert "Nobody else has checked it" in text_of("decision-aid")


def test_both_pages_give_one_date_one_plan_and_no_funding() -> None:
    for pattern in (r"First made on (\d+ \w+ \d{4})", r"(We plan to look for new studies [^.]*\.)"):
        found = {re.search(pattern, text_of(name))[1] for name in PAGES}  # type: ignore[index]
        assert len(found) == 1
    assert all("No maker of a drug or a device had a part in it" in text_of(name) for name in PAGES)
    assert all(
        "{{ review_status }}" in text_of(name) and "{{ last_search }}" in text_of(name) for name in PAGES
    )


def test_every_source_of_an_option_is_in_the_list_of_the_page() -> None:
    cited = {
        key
        for keys in re.findall(r"\{footcite\}`([^`]+)`", text_of("deciding-worksheet"))
        for key in keys.split(",")
    }
    wanted = {key for option in load().options for key in sources_of(option)}
    assert sorted(wanted - cited) == []
    assert sorted(cited - wanted) == [], "cited, but no option rests on it"


def test_the_worksheet_is_linked_from_where_people_come() -> None:
    for page in ("index.md", "evaluation/counselling-and-shared-decisions.md"):
        assert "sessions/deciding-worksheet.md" in (CHAPTERS / page).read_text(encoding="utf-8")

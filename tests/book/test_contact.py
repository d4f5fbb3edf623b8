"""One setting says where to report; empty, it says how else; and what is no address is refused in one line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from publishing.pages.contact import NO_ADDRESS, Contact, ContactError, read_contact  # noqa: E402

PLACE, MAIL = "https://example.org/course", "course@example.org"


def test_without_an_address_it_says_how_else() -> None:
    assert Contact().words == Contact().markdown == str(Contact().markup) == NO_ADDRESS


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"repository": PLACE}, f"Open an issue in the project’s repository, {PLACE}."),
        ({"contact": MAIL}, f"Write to {MAIL}."),
        (
            {"repository": f"{PLACE}/", "contact": MAIL},
            f"Open an issue in the project’s repository, {PLACE} or write to {MAIL}.",
        ),
        ({"repository": None, "contact": ""}, NO_ADDRESS),
    ],
)
def test_what_is_set_is_told(settings: dict[str, object], words: str) -> None:
    assert Contact.of(settings).words == words


def test_an_address_is_a_link_on_a_page() -> None:
    markup = Contact.of({"repository": PLACE, "contact": MAIL}).markup
    assert f'<a href="{PLACE}">{PLACE}</a>' in markup
    assert f'<a href="mailto:{MAIL}">{MAIL}</a>' in markup


@pytest.mark.parametrize(
    "settings",
    [
        {"repository": "example.org"},
        {"repository": "javascript:alert(1)"},
        {"contact": "ask at the desk"},
        {"contact": '"><script>@example.org'},
        {"contact": "http://example.org"},
    ],
)
def test_what_is_no_address_is_refused_in_one_line(settings: dict[str, object]) -> None:
    with pytest.raises(ContactError, match=r"^book/_config\.yml: [^\n]+; write [^\n]+$"):
        Contact.of(settings)


@pytest.mark.content
def test_the_book_names_no_address_that_is_none() -> None:
    contact = read_contact()
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation.get("repository-code", "") == contact.repository

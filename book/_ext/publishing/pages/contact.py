"""Where a mistake can be reported: the repository's address and a way to write, one setting in ``_config.yml``.

Book, kit and sheets all tell it from here. Where neither is set, they say how else to report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, Self

import yaml
from markupsafe import Markup, escape

CONFIG = Path(__file__).parents[3] / "_config.yml"
NO_ADDRESS = "This copy names no address. Tell whoever gave it to you; they can pass it on."
_WEB = re.compile(r"https://[^\s<>\"'`()]+")
_MAIL = re.compile(r"[^\s<>\"'`()@:]+@[^\s<>\"'`()@:]+")


class ContactError(ValueError):
    """A setting that is no address: one line that says which, and what would be right."""


class Contact(NamedTuple):
    """The repository's address, and an address for mail or of a page to write on; each may be empty."""

    repository: str = ""
    contact: str = ""

    @classmethod
    def of(cls, settings: Mapping[str, object]) -> Self:
        """The two settings, from all there are.

        Raises:
            ContactError: when one is no address.
        """
        repository, contact = (str(settings.get(name) or "").strip() for name in cls._fields)
        if repository and not _WEB.fullmatch(repository):
            raise ContactError(
                f"book/_config.yml: repository is {repository!r}; write its address, beginning with https://"
            )
        if contact and not (_WEB.fullmatch(contact) or _MAIL.fullmatch(contact)):
            raise ContactError(
                f"book/_config.yml: contact is {contact!r}; write an address for mail, or one beginning with https://"
            )
        return cls(repository.rstrip("/"), contact)

    @property
    def ways(self) -> list[tuple[str, str, str]]:
        """Each way to report: what to do, the address as people read it, and as a link."""
        mail = bool(_MAIL.fullmatch(self.contact))
        ways = [
            ("open an issue in the project’s repository,", self.repository, self.repository),
            ("write to", self.contact, f"mailto:{self.contact}" if mail else self.contact),
        ]
        return [way for way in ways if way[1]]

    @property
    def words(self) -> str:
        """How to report, in a sentence for paper."""
        return self._sentence(lambda told, shown, link: f"{told} {shown}")

    @property
    def markdown(self) -> str:
        """The same with links, for the text of a chapter."""
        return self._sentence(lambda told, shown, link: f"{told} [{shown}]({link})")

    @property
    def markup(self) -> Markup:
        """The same as HTML."""
        return Markup(
            self._sentence(lambda told, shown, link: f'{told} <a href="{escape(link)}">{escape(shown)}</a>')
        )

    def _sentence(self, way: Callable[[str, str, str], str]) -> str:
        told = " or ".join(way(*one) for one in self.ways)
        return f"{told[:1].upper()}{told[1:]}." if told else NO_ADDRESS


def read_contact(config: Path = CONFIG) -> Contact:
    """The settings as they stand in the book's configuration. Raises ContactError."""
    written = yaml.safe_load(config.read_text(encoding="utf-8"))
    return Contact.of(written["sphinx"]["config"])

"""Promises of the bibliography: names as people write them, and only complete records may be cited."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence import EvidenceError, Reference, references
from evidence.bibliography import read_bibliography

Read = Callable[[str | bytes], dict[str, Reference]]

ARTICLE = """@article{muster2001,
  author = {M{\\"u}nchau, Alexander and de Vries, Jan and others},
  title = {{Prospective study of selective denervation}},
  journal = {Brain},
  year = {2001},
  doi = {10.1093/brain/124.4.769},
}
"""


@pytest.fixture
def read(tmp_path: Path) -> Read:
    path = tmp_path / "references.bib"

    def read(content: str | bytes) -> dict[str, Reference]:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_bibliography(path)

    return read


def test_a_reference_reads_as_people_write_it(read: Read) -> None:
    reference = read(ARTICLE)["muster2001"]
    assert reference.authors == ("Münchau", "de Vries")
    assert reference.title == "Prospective study of selective denervation"
    assert reference.container == "Brain"
    assert reference.label == "Münchau 2001"
    assert reference.link == "https://doi.org/10.1093/brain/124.4.769"
    assert reference.complete


def test_without_a_doi_the_address_is_the_link(read: Read) -> None:
    page = read("@misc{page, title = {A page: its subtitle}, url = {https://example.org/a}}")["page"]
    assert (page.link, page.label, page.complete) == ("https://example.org/a", "A page", True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{{Prospective", "{{[Prospective"),
        ("title =", "note ="),
        ("author =", "annote ="),
        ("journal =", "annote ="),
        ("year =", "annote ="),
        ("doi =", "annote ="),
    ],
)
def test_a_record_that_would_not_lead_a_reader_to_its_source_is_incomplete(
    read: Read, old: str, new: str
) -> None:
    assert old in ARTICLE
    assert not read(ARTICLE.replace(old, new))["muster2001"].complete


@pytest.mark.parametrize(
    "content",
    [
        "@article{open, title = {never closed",
        ARTICLE + ARTICLE,
        "@article{a, title = {x}, title = {y}}",
        b"@misc{latin, title = {M\xfcnchau}}",
    ],
)
def test_a_broken_bibliography_is_one_line(read: Read, content: str | bytes) -> None:
    with pytest.raises(EvidenceError, match=r"^data/references\.bib:\d+: \S") as refusal:
        read(content)
    assert "\n" not in str(refusal.value)


def test_a_missing_bibliography_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"^data/none\.bib: \S") as refusal:
        read_bibliography(tmp_path / "none.bib")
    assert "\n" not in str(refusal.value)


@pytest.mark.content
def test_every_record_has_a_name_to_show_and_clean_identifiers() -> None:
    for key, reference in references().items():
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.:-]*", key), key
        assert reference.label, key
        assert not re.search(r"[\\{}]", f"{reference.title}{reference.authors}{reference.container}"), key
        assert not reference.doi or re.fullmatch(r"10\.\d{4,}/\S+", reference.doi), key
        assert not reference.url or reference.url.startswith(("https://", "http://")), key
        assert not reference.year or re.fullmatch(r"(1[6-9]|20)\d\d", reference.year), key


@pytest.mark.content
def test_no_source_stands_under_two_keys() -> None:
    """Two keys for one paper would print it twice, and hide that two rows share their people."""
    by_doi: dict[str, list[str]] = {}
    for key, reference in references().items():
        if reference.doi:
            by_doi.setdefault(reference.doi.lower(), []).append(key)
    assert {doi: keys for doi, keys in by_doi.items() if len(keys) > 1} == {}

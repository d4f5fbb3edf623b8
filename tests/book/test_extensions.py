"""Promises of the book's extensions, kept on a tiny book that holds one of each."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zlib
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from tests.book import policy
from tests.book.tiny_book import TinyBook

OUR_OWN = ("page.css", ".widgets.css")
PAGES = ("index", "numbers", "drawing", "exercise", "search", "404")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> TinyBook:
    tiny = TinyBook(tmp_path_factory.mktemp("sound") / "house", "sound")
    if shutil.which("git"):
        committed(tiny)
    built = tiny.build()
    assert built.code == 0, built.log
    assert built.problems == []
    return tiny


def committed(book: TinyBook) -> None:
    """Give the chapters a history of one commit, but for numbers.md, which is new."""
    nobody = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
    date = {"GIT_AUTHOR_DATE": "2026-05-04T12:00:00Z", "GIT_COMMITTER_DATE": "2026-05-04T12:00:00Z"}
    chapters = sorted(path.name for path in (book.root / "chapters").glob("*.md") if path.stem != "numbers")
    for command in (
        ("init", "-q"),
        ("add", *chapters),
        (*nobody, "commit", "-q", "-m", "Write the chapters"),
    ):
        subprocess.run(["git", *command], cwd=book.root / "chapters", env={**os.environ, **date}, check=True)


def scripts(page: BeautifulSoup) -> list[str]:
    return [str(script["src"]).split("?")[0] for script in page.select("script[src]")]


def styles(page: BeautifulSoup) -> list[str]:
    return [str(link["href"]).split("?")[0] for link in page.select('link[rel="stylesheet"]')]


def test_a_bound_number_is_printed_as_written(book: TinyBook) -> None:
    (number,) = book.page("numbers").select(".est")
    assert number.text == "228 of 260"


def test_icons_are_drawn_on_a_page_from_a_directive_and_from_a_cell(book: TinyBook) -> None:
    page = book.page("icons")
    counts = [" ".join(count.get_text().split()) for count in page.select("figure.icons .count")]
    assert counts == [
        "3 of 12 people had new trouble swallowing.",
        "We do not know how many lost their voice.",
        "0 of 33 people died of the operation.",
        "6 of 16 people had a second operation.",
    ]
    about = page.select_one("figure.icons .about")
    assert about
    assert about.text.startswith("People who had this operation. Time: after the operation.")
    assert "75 of 100: had none" in page.get_text()


def test_only_a_page_with_icons_loads_their_style(book: TinyBook) -> None:
    (sheet,) = (style for style in styles(book.page("icons")) if "icons" in style)
    assert ".icons" in book.text(f"_build/html/{sheet}")
    assert not [style for style in styles(book.page("numbers")) if "icons" in style]


def test_the_words_of_icons_can_be_searched(book: TinyBook) -> None:
    found = json.loads(book.text("_build/.doctrees/search.json"))["icons.html"]
    assert "3 of 12 people had new trouble swallowing." in str(found)


def test_an_objective_leaves_an_anchor(book: TinyBook) -> None:
    anchor = book.page("numbers").select_one("#objective-tiny-objective")
    assert anchor
    assert anchor.parent
    assert anchor.parent.text.strip() == "Read a number with its denominator."


def test_a_citation_leads_to_its_reference_and_from_there_to_its_doi(book: TinyBook) -> None:
    page = book.page("numbers")
    reference = page.select_one("#ref-bertrand1993")
    assert reference
    (citation,) = page.select('p > a[href="#ref-bertrand1993"]')
    assert citation.text.strip("[]").isdigit()
    links = [str(link["href"]) for link in reference.select("a[href^=http]")]
    assert any(link.startswith(("https://doi.org/10.", "https://pubmed.ncbi.nlm.nih.gov/")) for link in links)


def test_a_drawing_comes_in_a_light_and_a_dark_version(book: TinyBook) -> None:
    images = book.page("drawing").select("figure img")
    assert [image["class"] for image in images] == [["drawing", "only-light"], ["drawing", "only-dark"]]
    for image in images:
        assert image["alt"] == "A nerve, drawn as one line."
        assert (image["width"], image["height"]) == ("320", "200")
        assert image["loading"] == "lazy"
        drawing = (book.html / str(image["src"])).read_text(encoding="utf-8")
        assert ElementTree.fromstring(drawing).tag == "{http://www.w3.org/2000/svg}svg"
        assert "var(" not in drawing
    light, dark = ((book.html / str(image["src"])).read_text(encoding="utf-8") for image in images)
    tokens = (book.root / "widgets" / "base" / "tokens.css").read_text(encoding="utf-8")
    assert re.findall(r'stroke="([^"]+)"', light) == re.findall(r"--course-nerve: ([^;]+);", tokens)[:1]
    assert re.findall(r'stroke="([^"]+)"', dark) == re.findall(r"--course-nerve: ([^;]+);", tokens)[1:2]
    assert light != dark


def test_a_drawing_keeps_its_caption_and_its_name(book: TinyBook) -> None:
    figure = book.page("drawing").select_one("figure#fig-nerve")
    assert figure
    assert figure.figcaption
    assert figure.figcaption.text.strip().startswith("A nerve.")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_carries_a_policy_that_lets_only_its_own_scripts_run(book: TinyBook, name: str) -> None:
    assert policy.faults(book.page(name)) == []


def test_no_source_of_the_policy_is_another_host(book: TinyBook) -> None:
    allowed = {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}
    for name, sources in policy.directives(book.page("exercise")).items():
        odd = {source for source in sources if not source.startswith("'sha256-")} - allowed
        assert not odd, name
        assert name == "style-src" or "'unsafe-inline'" not in sources


@pytest.mark.parametrize("name", ["index", "numbers", "drawing"])
def test_a_plain_page_loads_what_it_uses_and_no_more(book: TinyBook, name: str) -> None:
    page = book.page(name)
    assert scripts(page) == ["_static/scripts/furo.js"]
    assert styles(page) == ["_static/styles/furo.css", "_static/page.css"]
    assert "widgets" not in " ".join(script.text for script in page.find_all("script"))


def test_a_page_with_a_widget_asks_for_that_widget(book: TinyBook) -> None:
    page = book.page("exercise")
    assert page.select_one(".course-widget form.question#q-tiny-question")
    assert scripts(page) == ["_static/scripts/furo.js"]
    # The script comes when the reader is near, by an inline script that the policy knows by its hash.
    (asking,) = page.select("script[data-scripts]")
    asked = re.fullmatch(
        r"(_static/quiz\.widgets\.js)\?v=(\w+)", json.loads(str(asking["data-scripts"]))["quiz"]
    )
    assert asked, asking
    script = (book.html / asked[1]).read_bytes()
    assert f"{zlib.crc32(script):08x}" == asked[2]
    assert {"_static/quiz.widgets.css", "_static/pygments.css"} < set(styles(page))


@pytest.mark.parametrize("name", PAGES)
def test_every_file_a_page_loads_is_there_and_ours_carry_their_checksum(book: TinyBook, name: str) -> None:
    """A link without the checksum, or with that of the former build, leaves old files in readers' caches."""
    page = book.page(name)
    links = [
        str(one.get("src") or one.get("href")) for one in page.select('script[src], link[rel="stylesheet"]')
    ]
    for link in links:
        address, _, checksum = link.partition("?v=")
        file = book.html / address.lstrip("/")
        assert file.is_file(), link
        if file.name.endswith(OUR_OWN):
            assert checksum == f"{zlib.crc32(file.read_bytes()):08x}", link


def test_no_page_of_the_book_names_a_kernel_or_thebe(book: TinyBook) -> None:
    for name in PAGES:
        text = (book.html / f"{name}.html").read_text(encoding="utf-8").lower()
        assert not re.search(r"thebe|require\.js|togglebutton|copybutton|mathjax", text), name


def test_a_notebook_can_be_downloaded_as_it_was_executed(book: TinyBook) -> None:
    (link,) = book.page("exercise").select("a[download]")
    notebook = json.loads((book.html / str(link["href"])).read_text(encoding="utf-8"))
    (cell,) = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert "q-tiny-question" in json.dumps(cell["outputs"])


def test_a_page_without_code_offers_no_notebook(book: TinyBook) -> None:
    assert book.page("index").select("a[download]") == []
    assert not (book.html / "_notebooks" / "index.ipynb").exists()


def test_a_page_tells_the_day_of_its_last_commit_where_there_is_one(book: TinyBook) -> None:
    told = {name: book.page(name).select_one(".last-updated") for name in ("index", "drawing", "numbers")}
    days = {name: line.text.strip() for name, line in told.items() if line}
    assert days == (
        dict.fromkeys(("index", "drawing"), "Last updated on 4 May 2026") if shutil.which("git") else {}
    )


def test_the_colours_come_with_the_page_style(book: TinyBook) -> None:
    style = (book.html / "_static" / "page.css").read_text(encoding="utf-8")
    assert "--course-ink:" in style
    assert style.count("--course-ink:") == 3

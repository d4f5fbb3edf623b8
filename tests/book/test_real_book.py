"""Promises of the published book, kept on the pages as they were built."""

from __future__ import annotations

import gzip
import hashlib
import importlib
import json
import re
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from book.bench.weigh import script_of_all_widgets
from tests.book import policy
from widgets.progress.contents import bank_markup

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_ext"))
light_page = importlib.import_module("publishing.output.weight").light_page

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = ROOT / "chapters"
#: Charts alone ask for it, when the reader comes near one; it names hosts of maps, which we do not draw.
PLOTLY = "plotly.min.js"
#: Words of the pages and of the evidence, kept in scripts because file:// refuses to fetch data.
TEXTS = ("search.js", "notes", "banks")
HOST = re.compile(r"(?:https?:)?//([a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.IGNORECASE)


@cache
def parsed(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@cache
def anchors(path: Path) -> set[str]:
    """Every place of a page that a link may lead to."""
    return {str(element["id"]) for element in parsed(path).find_all(id=True)}


@pytest.fixture(scope="module")
def pages(html: Path) -> list[Path]:
    found = sorted(html.rglob("*.html"))
    assert {"index.html", "404.html", "search.html", "about.html"} <= {path.name for path in found}
    return found


@pytest.fixture(scope="module")
def written(html: Path) -> list[Path]:
    """The pages that people wrote, in chapters/."""
    found = [html / source.relative_to(CHAPTERS).with_suffix(".html") for source in CHAPTERS.rglob("*.md")]
    return sorted(found)


def resolved(html: Path, page: Path, address: str) -> Path:
    """The file that a link of a page leads to; the 404 page's links start at the site's root."""
    path = unquote(urlsplit(address).path)
    if path.startswith("/"):
        return html / path.lstrip("/")
    return Path(str(page.parent / path)).resolve() if path else page


def loaded(page: Path) -> list[str]:
    """The addresses of all that a page loads by itself, lazily or not."""
    tree, found = parsed(page), []
    for element in tree.find_all(True):
        for name in ("src", "srcset", "data", "poster", "background"):
            if element.get(name):
                found.append(str(element[name]))
        if element.name == "link" and not set(element.get("rel") or []) & {
            "author",
            "search",
            "prev",
            "next",
            "index",
        }:
            found.append(str(element.get("href", "")))
        if element.name in {"use", "image"}:
            found += [str(value) for name, value in element.attrs.items() if name.endswith("href")]
        found += re.findall(r"url\(([^)]*)\)", str(element.get("style", "")))
    for style in tree.find_all("style"):
        found += re.findall(r"url\(([^)]*)\)|@import\s+([^;]+)", style.string or "")
    return [str(address).strip("\"' ") for address in found]


def first_load(html: Path, page: Path) -> dict[str, int]:
    """Compressed bytes of the page and of each file it loads before the reader moves."""
    files = {page}
    for element in parsed(page).select("script[src], link[rel=stylesheet], link[rel~=icon], img"):
        if element.get("loading") != "lazy":
            files.add(resolved(html, page, str(element.get("src") or element.get("href"))))
    return {file.name: compressed(file) for file in files}


def compressed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 6))


def widget_scripts(html: Path, page: Path) -> dict[str, Path]:
    """The script of each kind of widget, which the page asks for when the reader is near one."""
    asked: dict[str, str] = {}
    for script in parsed(page).select("script[data-scripts]"):
        asked |= json.loads(str(script["data-scripts"]))
    return {kind: resolved(html, page, address) for kind, address in asked.items()}


def test_no_page_loads_anything_from_another_host(pages: list[Path]) -> None:
    for page in pages:
        assert [address for address in loaded(page) if HOST.match(address)] == [], page.name


def test_no_page_sends_or_forwards_a_reader_elsewhere(pages: list[Path]) -> None:
    for page in pages:
        assert parsed(page).select("iframe, object, embed, base, meta[http-equiv=refresh]") == [], page.name
        for form in parsed(page).select("form[action]"):
            assert not HOST.match(str(form["action"])), page.name


def test_no_style_script_or_drawing_names_another_host(html: Path) -> None:
    named: dict[str, str] = {}
    for path in html.rglob("*"):
        if path.suffix in {".css", ".js", ".svg"} and not {PLOTLY, *TEXTS} & set(path.parts):
            # Comments are not requests.
            text = re.sub(r"/\*.*?\*/|^\s*//.*$", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
            named.update(dict.fromkeys(HOST.findall(text), path.name))
    # The name of the SVG language is written as an address, and is none.
    assert {host: file for host, file in named.items() if host != "www.w3.org"} == {}


def test_every_page_keeps_to_a_policy_of_its_own(pages: list[Path]) -> None:
    for page in pages:
        assert policy.faults(parsed(page)) == [], page.name


def test_every_page_has_a_language_a_title_and_one_heading(pages: list[Path]) -> None:
    titles: dict[str, str] = {}
    for page in pages:
        tree = parsed(page)
        assert tree.html
        assert tree.html["lang"] == "en-GB", page.name
        assert tree.title
        title = tree.title.text.strip()
        assert title, page.name
        assert titles.setdefault(title, page.name) == page.name, "two pages share a title"
        assert len(tree.find_all("h1")) == 1, page.name
        assert tree.select("main, [role=main]"), page.name


@pytest.mark.content
def test_every_written_page_is_built_and_describes_itself(written: list[Path]) -> None:
    described: dict[str, str] = {}
    for page in written:
        assert page.exists(), f"{page.name} is not in the book: is it in book/_toc.yml?"
        (description,) = parsed(page).select("meta[name=description]")
        text = str(description["content"])
        assert 50 <= len(text) <= 160, f"{page.name}: {len(text)} characters"
        assert described.setdefault(text, page.name) == page.name, "two pages share a description"


def test_headings_do_not_skip_a_level(written: list[Path]) -> None:
    for page in written:
        levels = [
            int(heading.name[1]) for heading in parsed(page).select("article :is(h1, h2, h3, h4, h5, h6)")
        ]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), page.name


def test_the_404_page_works_at_any_depth(html: Path) -> None:
    page = html / "404.html"
    addresses = [
        str(link.get("href") or link.get("src")) for link in parsed(page).select("a[href], [src], link[href]")
    ]
    assert "/index.html" in addresses
    for address in addresses:
        assert address.startswith(("/", "#", "https://")), address


def test_the_search_is_one_light_script_that_no_page_loads_by_itself(html: Path, pages: list[Path]) -> None:
    for page in pages:
        assert not [script for script in parsed(page).select("script[src]") if "search" in script["src"]]
    (address,) = {
        str(form["data-search"]) for form in parsed(html / "search.html").select("form[data-search]")
    }
    script = html / address.split("?")[0]
    assert compressed(script) <= 120_000
    names = {path.name for path in html.rglob("*.js")}
    assert names.isdisjoint({"searchindex.js", "searchtools.js", "language_data.js", "doctools.js"})
    leads = [link["href"] for link in parsed(html / "search.html").select("noscript a")]
    assert {"index.html", "glossary.html"} <= set(leads)


@pytest.mark.content
def test_every_link_within_the_book_leads_somewhere(html: Path, pages: list[Path]) -> None:
    broken = []
    for page in pages:
        for link in parsed(page).select("a[href], link[href], img[src], script[src]"):
            address = str(link.get("href") or link.get("src"))
            if urlsplit(address).scheme:
                continue
            target, anchor = resolved(html, page, address), unquote(urlsplit(address).fragment)
            if not target.is_file():
                broken.append(f"{page.name}: {address}")
            elif anchor and target.suffix == ".html" and anchor not in anchors(target):
                broken.append(f"{page.name}: {address} (no such anchor)")
    assert broken == []


@pytest.mark.content
def test_links_out_of_the_book_are_secure_and_written_well(pages: list[Path]) -> None:
    odd = []
    for page in pages:
        for link in parsed(page).select("a[href]"):
            parts = urlsplit(str(link["href"]))
            if not parts.scheme:
                continue
            # The evidence names the very address where a figure was read, secure or not.
            schemes = {"https", "http"} if page.parent.name == "evidence" else {"https"}
            well = parts.scheme in schemes and "." in parts.netloc and " " not in link["href"]
            if parts.netloc == "doi.org":
                well = well and re.fullmatch(r"/10\.\d{4,}/.+", parts.path) is not None
            if not well:
                odd.append(f"{page.name}: {link['href']}")
    assert odd == []


@pytest.mark.content
def test_ids_are_unique_on_their_page(pages: list[Path]) -> None:
    for page in pages:
        ids = [str(element["id"]) for element in parsed(page).find_all(id=True)]
        assert sorted({name for name in ids if ids.count(name) > 1}) == [], page.name


@pytest.mark.content
def test_every_picture_has_a_text_alternative_and_a_size(pages: list[Path]) -> None:
    for page in pages:
        for image in parsed(page).select("article img"):
            assert len(str(image.get("alt", ""))) >= 10, f"{page.name}: {image.get('src')}"
            assert image.get("width"), f"{page.name}: {image.get('src')}"
            assert image.get("height"), f"{page.name}: {image.get('src')}"


def test_every_notebook_can_be_downloaded_whole_and_as_it_was_executed(
    html: Path, written: list[Path]
) -> None:
    downloads = 0
    for page in written:
        source = CHAPTERS / page.relative_to(html).with_suffix(".md")
        links = parsed(page).select("a[download][href$='.ipynb']")
        if "{code-cell}" not in source.read_text("utf-8"):
            assert links == [], page.name
            continue
        (link,) = links
        offered = resolved(html, page, str(link["href"]))
        executed = html.parent / "jupyter_execute" / page.relative_to(html).with_suffix(".ipynb")
        notebook = nbformat.read(offered, as_version=4)  # type: ignore[no-untyped-call]
        nbformat.validate(notebook)
        ran = nbformat.read(executed, as_version=4)  # type: ignore[no-untyped-call]
        needs, *cells = notebook.cells
        assert needs.cell_type == "markdown", page.name
        assert [(one.cell_type, one.get("outputs")) for one in cells] == [
            (one.cell_type, one.get("outputs")) for one in ran.cells
        ]
        code = [[one.source for one in cells if one.cell_type == "code"] for cells in (cells, ran.cells)]
        assert code[0] == code[1]
        downloads += 1
    assert downloads


def test_downloaded_notebooks_hold_what_the_page_shows(html: Path) -> None:
    """Notebooks that came out of the cache were once written without outputs: nothing was left to compare."""
    for path in (html / "_notebooks").rglob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        shown = parsed(html / path.relative_to(html / "_notebooks").with_suffix(".html")).select(
            ".cell_output"
        )
        outputs = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.outputs]
        assert len(outputs) == len(shown) > 0, path.name


def test_a_page_is_light(html: Path, written: list[Path]) -> None:
    """60 kB for a page with widgets, 35 kB for a text page, compressed, as it opens."""
    for page in written:
        weights = first_load(html, page)
        limit = 60_000 if widget_scripts(html, page) else 35_000
        assert sum(weights.values()) <= limit, f"{page.name}: {weights}"


def test_the_measured_chapter_is_light_with_its_questions_alive(html: Path) -> None:
    # The chapter that the benchmark measures; every page keeps the same limit as it opens.
    page = html / "procedures" / "selective-peripheral-denervation.html"
    weights, scripts = first_load(html, page), widget_scripts(html, page)
    assert sum(weights.values()) + compressed(scripts["quiz"]) <= 60_000, weights


def test_a_page_brings_the_notes_of_its_own_numbers_and_of_no_other_page(
    html: Path, pages: list[Path]
) -> None:
    """They once lay in one file, and a page grew heavier with every chapter that was written."""
    with_notes = 0
    for page in pages:
        numbers = {str(link["href"]).split("#")[1] for link in parsed(page).select("a.est")}
        front_end = parsed(page).select_one("[data-widget=number]")
        assert bool(numbers) == bool(front_end), page.name
        if front_end:
            notes = resolved(html, page, str(front_end["data-notes"])).read_text(encoding="utf-8")
            held = json.loads(notes.removeprefix("globalThis.courseNotes=").rstrip().rstrip(";"))
            assert set(held) == numbers, page.name
            with_notes += 1
    assert with_notes == len(list((html / "_static" / "notes").rglob("*.js"))) > 0


def test_a_chapter_asks_for_few_files(html: Path, written: list[Path]) -> None:
    for page in written:
        # The script of each kind of widget is one more, and the notes of the numbers.
        assert len(first_load(html, page)) + len(widget_scripts(html, page)) + 1 <= 14, page.name


def test_all_widgets_together_are_light() -> None:
    _, a_widget = script_of_all_widgets()
    assert a_widget <= 3.4


def test_the_script_of_a_page_is_light(html: Path) -> None:
    scripts = sorted((html / "_static").glob("*.widgets.js"))
    assert scripts
    for script in scripts:
        assert compressed(script) <= 25_000, script.name


def test_every_chapters_questions_lie_ready_for_the_course_page_as_their_chapter_shows_them(
    html: Path,
) -> None:
    rows = parsed(html / "course.html").select("tr[data-chapter]")
    names = [str(row["data-chapter"]) for row in rows]
    assert sorted(names) == sorted(
        path.relative_to(CHAPTERS).as_posix().removesuffix(".questions.yml")
        for path in CHAPTERS.rglob("*.questions.yml")
        if path.parent.name != "sessions"  # asked in a room
    )
    folder = html / "_static" / "banks"
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        f"{name.replace('/', '.')}.js" for name in names
    )
    for row, name in zip(rows, names, strict=True):
        script = (folder / f"{name.replace('/', '.')}.js").read_text(encoding="utf-8")
        markup = json.loads(script.partition("] = ")[2].rstrip().removesuffix(";"))
        # What a question's drawing is goes into the version; where its file lies depends on the page.
        assert hashlib.sha256(bank_markup(name).encode()).hexdigest().startswith(str(row["data-version"]))
        shown = questions_in(parsed(html / f"{name}.html"))
        there = BeautifulSoup(light_page(markup), "html.parser")
        for image in there.select("img"):
            assert (html / str(image["src"])).is_file(), image["src"]
            image["src"] = f"../{image['src']}"
        assert shown == questions_in(there), name
        assert shown, name


def questions_in(page: BeautifulSoup) -> dict[str, str]:
    """Each question by its id, without its number (a chapter may ask its bank in parts) and spaces (a page spares them)."""
    forms = page.select("[id^=q-].question")
    for heading in page.select(".question > h3"):
        heading.clear()
    for source in page.select(".source"):
        # In a chapter the list of references tells the record's address.
        del source["data-link"]
    assert len({form["id"] for form in forms}) == len(forms)
    return {str(form["id"]): "".join(form.decode().split()) for form in forms}


def test_nothing_heavy_is_left_over(html: Path) -> None:
    heavy = [path.relative_to(html).as_posix() for path in html.rglob("*") if path.stat().st_size > 300_000]
    # Notebooks and tables are loaded by those who download them.
    others = [name for name in heavy if not name.startswith(("_notebooks/", "_data/"))]
    assert others == [f"_static/{PLOTLY}"]
    # A table grows with its rows, and a row stays small.
    for table in (html / "_data").glob("*.csv"):
        assert table.stat().st_size <= 1_000 * len(table.read_bytes().splitlines()), table.name
    assert [
        path.name for path in html.rglob("*") if path.suffix in {".map", ".woff", ".woff2", ".ttf", ".eot"}
    ] == []


@pytest.mark.content
def test_no_page_shows_a_fault_of_its_making(pages: list[Path]) -> None:
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert parsed(page).select(".system-message, .problematic") == [], page.name
        for mark in ("TODO", "FIXME", "{{ ", "{est}", "{footcite}", "Traceback (most recent"):
            assert mark not in text, f"{page.name} shows {mark}"


def test_nothing_published_names_the_machine_it_was_built_on(html: Path) -> None:
    told = []
    for path in html.rglob("*"):
        if path.suffix in {".html", ".js", ".css", ".svg", ".ipynb", ".json"} and path.name != PLOTLY:
            text = path.read_text(encoding="utf-8")
            found = re.search(rf"{re.escape(str(ROOT))}\b|/(?:home|Users|root|tmp)/\w|site-packages", text)
            if found:
                told.append(f"{path.name}: {text[found.start() - 30 : found.end() + 30]!r}")
    assert told == []


def listed(entry: object) -> list[str]:
    """Every file that a table of contents names."""
    if isinstance(entry, dict):
        return [
            found
            for name, value in entry.items()
            for found in ([value] if name in {"file", "root"} else listed(value))
        ]
    return [found for one in entry for found in listed(one)] if isinstance(entry, list) else []


@pytest.mark.content
def test_every_page_of_the_contents_is_reached_from_every_page(html: Path, written: list[Path]) -> None:
    names = listed(yaml.safe_load((ROOT / "book" / "_toc.yml").read_text(encoding="utf-8")))
    wanted = {(html / f"{name}.html").resolve() for name in names}
    for page in written:
        links = parsed(page).select(".sidebar-drawer a[href], .sidebar-tree a[href]")
        reached = {
            resolved(html, page, str(link["href"])).resolve() for link in links if isinstance(link, Tag)
        }
        assert wanted <= reached | {page.resolve()}, page.name

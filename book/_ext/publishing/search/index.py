"""Makes the one script that a search loads: what can be found in the book, and the code that finds it.

A page that has not changed since the last build is not read again.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import astuple
from html import unescape
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from publishing.output.weight import light_script, light_style
from publishing.pages.glossary import names_in
from publishing.search.found import Place, article, places
from publishing.search.packed import SINGLE, packed
from publishing.search.shortened import Shortener

if TYPE_CHECKING:
    from sphinx.application import Sphinx

HERE = Path(__file__).parent
SCRIPT, MARKS = "_static/search.js", "_static/marks.js"
#: Beside the build's other memories: what was found on each page, and of what the script was made.
KEPT, STAMP = "search.json", "search.seen"
#: The parts of the answering script, in their order.
PARTS = ("unpacked.js", "words.js", "answers.js", "field.js")
#: The script may weigh so much, compressed: 120 kB, less what servers compress worse than others.
HEAVIEST = 118_500
#: A book of which no more than this can be kept is too large for one script: the tests tell.
LEAST = 0.2
#: The most letters that stand for a thing of each kind; all are cut down alike until the script is light enough.
MOST = {
    "page": 360, "section": 340, "question": 90, "advice": 170, "case": 360, "widget": 280, "term": 220, "row": 46,
}  # fmt: skip
#: Of a section in a fold, which goes into detail; and of a patients' page, where every word is a reader's own.
MOST_FOLDED, MOST_LAY = 170, 660
#: Parts one word from the next: a sign that no text holds.
PART = "\x7f"
#: What Sphinx gives its own search.
_SPHINX = (
    "searchindex.js",
    *(f"_static/{name}.js" for name in ("searchtools", "language_data", "doctools", "sphinx_highlight")),
    "_static/documentation_options.js",
)
_ADDED = re.compile(r"\?v=[0-9a-f]+")
#: The first cell of some tables, which sorts them and tells nothing that the row does not.
_KEY = re.compile(r"^[a-z]+(-[a-z]+)* (?=[A-Z0-9])")
_DESCRIPTION = re.compile(r'<meta content="([^"]*)" name="description"')


def synonyms(found: dict[str, list[Place]]) -> list[list[str]]:
    """Groups of words that mean the same: our own list, and the names of each entry of the glossary."""
    own = YAML(typ="safe", pure=True).load(HERE / "synonyms.yml")
    terms = [names_in(place.title) for every in found.values() for place in every if place.kind == "term"]
    return [*own, *([name.lower() for name in names] for names in terms if len(names) > 1)]


def _found(app: Sphinx) -> dict[str, Any]:
    """What each page of the book holds, by its address, with a checksum of the page's text: kept from build to build."""
    kept = Path(app.doctreedir) / KEPT
    own = zlib.crc32((HERE / "found.py").read_bytes())
    before: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    now: dict[str, Any] = {}
    for name in sorted(app.env.found_docs):
        address = app.builder.get_target_uri(name)
        path = Path(app.outdir) / address
        if not path.exists():
            continue
        page = path.read_text(encoding="utf-8")
        text = _ADDED.sub("", article(page))
        about = found[1] if (found := _DESCRIPTION.search(page)) else ""
        seen = f"{own}-{zlib.crc32(text.encode())}-{zlib.crc32(about.encode())}"
        known = before.get(address)
        now[address] = known if known and known[0] == seen else [seen, _read(text, about)]
    kept.write_text(json.dumps(now), encoding="utf-8")
    return now


def _read(text: str, about: str) -> list[tuple[Any, ...]]:
    found = list(places(text))
    if found and found[0].kind == "page":
        found[0].text = f"{unescape(about)} {found[0].text}".strip()
    return [astuple(place)[:5] for place in found]


def index(found: dict[str, list[Place]], shortener: Shortener, share: float) -> dict[str, Any]:
    """What the answering script reads: pages with their places, shortened, and the words that mean the same.

    ``share`` is how much is kept of the most that may be.
    """
    lines = []
    for address, every in found.items():
        if every:
            lines.append(f"{address}\t{every[0].title}")
            lay = address.startswith("sessions/")
            own = [_line(place, shortener, share, lay=lay) for place in every]
            # A page of rows has a sentence in each; every other page also tells what it speaks of elsewhere.
            if not address.startswith("evidence/"):
                more = shortener.left_out(own, " ".join(place.text for place in every))
                own[0] += f"\t{' '.join(more)}"
            lines += own
    words, text = packed("\n".join(lines))
    return {"words": PART.join(words), "text": text, "single": SINGLE, "same": synonyms(found)}


def _line(place: Place, shortener: Shortener, share: float, *, lay: bool) -> str:
    """A place, its parts between tabs: what it is, where, its title, its words."""
    most = MOST_FOLDED if place.folded else MOST_LAY if lay and place.kind == "section" else MOST[place.kind]
    most = round(most * share)
    title, text = place.title, shortener.shortened(place.text, most)
    if place.kind == "row":
        # A row has cells and no sentences; a study's name that its anchor tells is not told twice.
        title, text = (
            shorten(part, most, placeholder=" …") for part in (place.title, _KEY.sub("", place.text))
        )
        title = "" if told_by(place.anchor) == title else title
    return "\t".join((f"{place.kind}{'+' if place.folded else ''}", place.anchor, title, text))


def told_by(anchor: str) -> str:
    """The name of a study as the first part of an anchor tells it: ``volkmann2014`` is Volkmann 2014."""
    return re.sub(r"^([a-z]+)(\d{4})(-.*|$)", lambda found: f"{found[1].capitalize()} {found[2]}", anchor)


def script(found: dict[str, list[Place]]) -> str:
    """The script, with as much of the book as it may hold: the book grows, and its search does not."""
    style = light_style((HERE / "search.css").read_text(encoding="utf-8"))
    code = "\n".join((HERE / part).read_text(encoding="utf-8") for part in PARTS)
    code = light_script(f"const look = (book, style) => {{\n{code}\n}};\n")
    shortener = Shortener(f"{place.title} {place.text}" for every in found.values() for place in every)
    share = 1.0
    while True:
        data = json.dumps(index(found, shortener, share), ensure_ascii=False, separators=(",", ":"))
        made = f"(()=>{{{code};look({data},{json.dumps(style)})}})();\n"
        if (weight := len(gzip.compress(made.encode(), 6))) <= HEAVIEST or share < LEAST:
            return made
        # Names and places weigh the same whatever is kept: the text gives way a little more than is missing.
        share *= 0.99 * (HEAVIEST / weight) ** 1.5


def _make(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.name != "html":
        return
    out, found = Path(app.outdir), _found(app)
    for name in _SPHINX:
        (out / name).unlink(missing_ok=True)
    (out / MARKS).write_text(light_script((HERE / "marks.js").read_text(encoding="utf-8")), encoding="utf-8")
    # Nothing new to find, and the same answers: the script stands.
    parts = [path.read_bytes() for path in sorted(HERE.iterdir()) if path.is_file()]
    seen = f"{zlib.crc32(b''.join(parts))}-{zlib.crc32(json.dumps(found).encode())}"
    stamp, path = Path(app.doctreedir) / STAMP, out / SCRIPT
    if path.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == seen:
        return
    path.write_text(
        script({address: [Place(*place) for place in every] for address, (_, every) in found.items()}),
        encoding="utf-8",
    )
    stamp.write_text(seen, encoding="utf-8")


def _instead(app: Sphinx) -> None:
    """Sphinx's own search is not made: no index, and its page is ours."""
    if app.builder.format == "html":
        app.builder.search = False  # type: ignore[attr-defined]


def _page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    if app.builder.name == "html":
        yield "search", {"title": "Search"}, "search.html"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("builder-inited", _instead)
    app.connect("html-collect-pages", _page)
    # When the pages stand as they will be, and before what they load is weighed and stamped.
    app.connect("build-finished", _make, priority=840)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

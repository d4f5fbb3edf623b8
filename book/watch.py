"""Builds the book and the decks each time a source is saved, and shows the page anew in the browser.

Run ``python book/watch.py [port]``. The pages come from a server of this machine, which adds one script to them; the
built pages themselves carry nothing of it. Sources are asked for their times: that needs no library, and works on
network folders and in containers too, where the system tells nobody of changes.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import sys
from collections.abc import Iterator
from pathlib import Path

from tornado.iostream import StreamClosedError
from tornado.web import Application, RequestHandler

BOOK = Path(__file__).resolve().parent
ROOT = BOOK.parent
sys.path.insert(0, str(ROOT))

from book import build, decks  # noqa: E402  (the folder of the book is no package)
from book.serve import Pages, WholeFilesCompressed, listen  # noqa: E402

SOURCES = ("chapters", "evidence", "widgets", "book")
#: Where decks come from.
OF_DECKS = ("chapters/sessions", "chapters/figures", "evidence", "widgets", "book/slides", "book/_ext")
#: Seconds between two looks at the sources.
PAUSE = 0.3
SCRIPT = '<script src="/_watch.js"></script></body>'
_PASSING = {"__pycache__", ".ipynb_checkpoints"}
#: What a build imports before our own modules, which may have changed: loaded once, not at each build.
#: Nothing that starts a thread (as minify does, which is written in Go): a build is a fork of the process that holds
#: these, threads do not come along, and the build would wait for them for ever.
HEAVY = [
    *(
        "jupyter_book.sphinx",
        "jupyter_book.config",
        "myst_nb.sphinx_",
        "sphinx.builders.html",
        "sphinxcontrib.bibtex",
    ),
    *(
        "jupyter_cache",
        "nbclient",
        "pydantic",
        "pybtex.database",
        "jsonschema",
        "furo",
        "anywidget",
    ),
    *("sphinx_external_toc", "sphinx_last_updated_by_git", "notfound.extension", "sphinx_revealjs", "plotly"),
]


def sources(root: Path = ROOT) -> dict[Path, int]:
    """Every source file with the time of its last change."""
    found = {}
    for tree in SOURCES:
        for path in (root / tree).rglob("*"):
            if (
                not _PASSING & set(path.parts)
                and not path.name.startswith(".")
                and not path.name.endswith("~")
            ):
                with contextlib.suppress(OSError):  # an editor's own file, gone already
                    if path.is_file():
                        found[path] = path.stat().st_mtime_ns
    return found


def changed(before: dict[Path, int], now: dict[Path, int]) -> list[Path]:
    """The files that were saved, came or went."""
    return sorted(path for path in before.keys() | now.keys() if before.get(path) != now.get(path))


class WatchedPages(Pages):
    """Pages of the book with the script that shows them anew."""

    async def get(self, path: str, include_body: bool = True) -> None:
        """Send a page with the script; any other file as it is, never kept by the browser."""
        name = path if path and not path.endswith("/") else f"{path}index.html"
        file = (Path(self.root) / name).resolve() if "\0" not in name else Path()
        if file.suffix == ".html" and file.is_file() and file.is_relative_to(Path(self.root).resolve()):
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.set_header("Cache-Control", "no-store")
            self.finish(file.read_text(encoding="utf-8").replace("</body>", SCRIPT, 1))
        else:
            await super().get(path, include_body)

    def compute_etag(self) -> None:
        """None: what is sent is not what lies in the file."""

    def set_extra_headers(self, path: str) -> None:
        """Nothing is kept: it may change any moment."""
        self.set_header("Cache-Control", "no-store")


class Script(RequestHandler):
    """The script."""

    def get(self) -> None:
        """Send it."""
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.finish((BOOK / "watch.js").read_bytes())


class Built(RequestHandler):
    """Tells each page that is open when a build has ended."""

    open_pages: set[Built] = set()  # noqa: RUF012  (of the class: every page is told)

    async def get(self) -> None:
        """Keep the line open until the page goes."""
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-store")
        await self.flush()
        self.open_pages.add(self)
        self.gone = asyncio.Event()
        await self.gone.wait()

    def on_connection_close(self) -> None:
        """Forget the page."""
        self.open_pages.discard(self)
        self.gone.set()

    @classmethod
    async def tell(cls) -> None:
        """Show every open page anew."""
        for page in list(cls.open_pages):
            with contextlib.suppress(StreamClosedError):
                page.write("data: built\n\n")
                await page.flush()


def application() -> Application:
    """The book at the root, the decks below ``/slides/``, and what shows pages anew."""
    book, slides = (
        {"path": str(one), "default_filename": "index.html"} for one in (build.PAGES, decks.DECKS)
    )
    return Application(
        [
            (r"/_watch.js", Script),
            (r"/_built", Built),
            (r"/slides/(.*)", WatchedPages, slides),
            (r"/(.*)", WatchedPages, book),
        ],
        transforms=[WholeFilesCompressed],
    )


def _steps(saved: list[Path]) -> Iterator[object]:
    yield build.main
    if any(path.is_relative_to(ROOT / tree) for path in saved for tree in OF_DECKS):
        yield decks.main


async def _watch(port: int) -> None:
    warm = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if warm else "spawn")
    if warm:
        context.set_forkserver_preload(HEAVY)
    taken = listen(application(), port)
    print(f"The book is at http://127.0.0.1:{taken}/, the slides below /slides/ (Ctrl+C ends)", flush=True)
    before: dict[Path, int] = {}
    while True:
        now = sources()
        if saved := changed(before, now):
            if before:
                print("Saved:", *(path.relative_to(ROOT).as_posix() for path in saved), flush=True)
            before = now
            for step in _steps(saved):
                process = context.Process(target=step)  # type: ignore[attr-defined]
                process.start()
                await asyncio.to_thread(process.join)
                await Built.tell()
        await asyncio.sleep(PAUSE)


if __name__ == "__main__":
    try:
        asyncio.run(_watch(int(sys.argv[1]) if len(sys.argv) > 1 else 8000))
    except KeyboardInterrupt:
        print("\nEnded.")

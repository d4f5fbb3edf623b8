"""Serves the built book on this machine, compressed as a web host would serve it.

Run ``python book/serve.py [port]``; without a port it takes 8000, or the next free one.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tornado.httputil import HTTPHeaders
from tornado.web import Application, GZipContentEncoding, HTTPError, StaticFileHandler

PAGES = Path(__file__).resolve().parents[1] / "_build" / "html"


class Pages(StaticFileHandler):
    """Files of the book; what is not there gets the book's own 404 page."""

    async def get(self, path: str, include_body: bool = True) -> None:
        """Send a file; a name that no file can have is one that is not there."""
        if "\0" in path:
            raise HTTPError(404)
        await super().get(path, include_body)

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """Answer with 404.html where there is one."""
        page = Path(self.root) / "404.html"
        if status_code == 404 and page.exists():
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.finish(page.read_bytes())
        else:
            super().write_error(status_code, **kwargs)

    def set_extra_headers(self, path: str) -> None:
        """Let browsers keep assets, as web hosts do."""
        self.set_header("Cache-Control", "public, max-age=600")


class WholeFilesCompressed(GZipContentEncoding):
    """Compresses answers, but not a part of a file: its range counts the bytes of the plain file."""

    def transform_first_chunk(
        self, status_code: int, headers: HTTPHeaders, chunk: bytes, finishing: bool
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Leave partial content as it is."""
        self._gzipping = self._gzipping and status_code != 206
        return super().transform_first_chunk(status_code, headers, chunk, finishing)


def application(folder: Path, at: str = "/") -> Application:
    """A web application that serves a folder compressed, at the root or below a path such as ``/a/b/``."""
    settings = {"path": str(folder), "default_filename": "index.html"}
    return Application([(rf"{at}(.*)", Pages, settings)], transforms=[WholeFilesCompressed])


def listen(pages: Application, port: int) -> int:
    """Take this port of the local machine, or the next free one, and say which.

    Raises:
        SystemExit: when none of twenty is free.
    """
    for candidate in range(port, port + 20):
        try:
            pages.listen(candidate, address="127.0.0.1")
        except OSError:
            continue
        return candidate
    sys.exit(f"No free port between {port} and {port + 19}: name another, as in: python book/serve.py 9000")


async def _serve(port: int) -> None:
    taken = listen(application(PAGES), port)
    print(f"The book is at http://127.0.0.1:{taken}/ (Ctrl+C ends)", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    if not (PAGES / "index.html").exists():
        sys.exit("The book is not built yet: run make book first.")
    try:
        asyncio.run(_serve(int(sys.argv[1]) if len(sys.argv) > 1 else 8000))
    except KeyboardInterrupt:
        print("\nEnded.")

"""Serves the built book on this machine, compressed as a web host would serve it.

Run ``python book/serve.py [port]``; without a port it takes 8000, or the next free one.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tornado.web import Application, StaticFileHandler

PAGES = Path(__file__).resolve().parents[1] / "_build" / "html"


class Pages(StaticFileHandler):
    """Files of the book; what is not there gets the book's own 404 page."""

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


def application(folder: Path) -> Application:
    """A web application that serves a folder compressed."""
    settings = {"path": str(folder), "default_filename": "index.html"}
    return Application([(r"/(.*)", Pages, settings)], compress_response=True)


async def _serve(port: int) -> None:
    for candidate in range(port, port + 20):
        try:
            application(PAGES).listen(candidate, address="127.0.0.1")
        except OSError:
            continue
        print(f"The book is at http://127.0.0.1:{candidate}/ (Ctrl+C ends)", flush=True)
        await asyncio.Event().wait()
    sys.exit(f"No free port between {port} and {port + 19}: name another, as in: python book/serve.py 9000")


if __name__ == "__main__":
    if not (PAGES / "index.html").exists():
        sys.exit("The book is not built yet: run make book first.")
    try:
        asyncio.run(_serve(int(sys.argv[1]) if len(sys.argv) > 1 else 8000))
    except KeyboardInterrupt:
        print("\nEnded.")

"""Whether a drawing moves or rests, told by what it draws and never by a clock."""

from __future__ import annotations

from playwright.sync_api import Page

# More frames than a drawing needs to be refined once it has stopped.
_REST = 30


def moves(page: Page, pictures: int = 3) -> None:
    """Wait until the drawing has shown so many different pictures."""
    page.evaluate("globalThis.shown = new Set()")
    page.wait_for_function(
        "pictures => shown.add(document.querySelector('canvas').toDataURL()).size >= pictures", arg=pictures
    )


def comes_to_rest(page: Page) -> None:
    """Wait until the drawing has kept its picture for many frames on end; a film never does."""
    page.evaluate("globalThis.kept = { picture: '', frames: 0 }")
    page.wait_for_function(
        """rest => {
          const picture = document.querySelector("canvas").toDataURL();
          kept.frames = picture === kept.picture ? kept.frames + 1 : 0;
          kept.picture = picture;
          return kept.frames >= rest;
        }""",
        arg=_REST,
    )


def what_was_put_off(page: Page) -> None:
    """Let the page do what it has put off: frames come in turn, and timers run in the order of their times."""
    page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60))))"
    )

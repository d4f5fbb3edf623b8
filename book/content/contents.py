"""Rules of the whole: every page in the contents, every figure used and described, every id one thing's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from book.content.page import CHAPTERS, Fault, Page
from widgets.decisions import ContentError, beside, read
from widgets.steps import operations
from widgets.steps.reader import drawing_of

TOC = "book/_toc.yml"
_PICTURES = {".svg", ".png", ".jpg", ".jpeg", ".webp"}
#: A drawing that a question puts a mark on.
_ASKED_ABOUT = re.compile(r"^ +figure: ([\w-]+)$", re.MULTILINE)
SHORTEST = 30


def description(page: Page) -> Iterator[Fault]:
    """Every page describes itself to search engines and lists."""
    try:
        text = yaml.safe_load(page.text.split("\n---\n")[0])["myst"]["html_meta"]["description"]
    except (yaml.YAMLError, KeyError, TypeError, IndexError):
        text = ""
    if not 50 <= len(text) <= 160:
        yield page.fault(
            0, f"its description has {len(text)} characters: write 50 to 160, under myst, html_meta"
        )


def figures(page: Page) -> Iterator[Fault]:
    """Every figure has a text alternative, and a caption that stands alone."""
    form = re.compile(r"^(:{3,}|`{3,})\{figure\}[ \t]+(\S+)\n(.*?)^\1\s*$", re.DOTALL | re.MULTILINE)
    for found in form.finditer(page.text):
        alternative = re.search(r"^:alt:[ \t]*(.+)$", found[3], flags=re.MULTILINE)
        if alternative is None or len(alternative[1]) < SHORTEST:
            yield page.fault(found.start(), f"{found[2]} needs an :alt: of {SHORTEST} characters or more")
        caption = re.sub(r"^:[\w-]+:.*$", "", found[3], flags=re.MULTILINE).strip()
        if len(caption) < SHORTEST or (alternative and caption == alternative[1]):
            yield page.fault(
                found.start(), f"{found[2]} needs a caption of its own, of {SHORTEST} characters or more"
            )


def listed(entry: object) -> list[str]:
    """Every page that a table of contents names."""
    if isinstance(entry, dict):
        own = [entry[name] for name in ("file", "root") if name in entry]
        return own + [found for value in entry.values() if isinstance(value, list) for found in listed(value)]
    return [found for one in entry for found in listed(one)] if isinstance(entry, list) else []


def in_the_contents(pages: Sequence[Page], root: Path = CHAPTERS.parent) -> Iterator[Fault]:
    """Every page stands in the contents, and only once."""
    text = (root / TOC).read_text(encoding="utf-8")
    named, written = Counter(listed(yaml.safe_load(text))), {page.name for page in pages}
    for name in sorted(written - set(named)):
        yield Fault(TOC, 0, f"chapters/{name}.md is not in the contents: add a line - file: {name}")
    for name, times in named.items():
        line = next((number for number, line in enumerate(text.splitlines(), 1) if name in line), 0)
        if name not in written:
            yield Fault(TOC, line, f"{name} is no page: there is no chapters/{name}.md")
        elif times > 1:
            yield Fault(TOC, line, f"{name} stands in the contents {times} times: leave one")


def unused(pages: Sequence[Page], chapters: Path = CHAPTERS) -> Iterator[Fault]:
    """Every figure is shown, and every bank lies beside the page that asks it."""
    text = "\n".join(page.text for page in pages)
    for operation in operations(chapters):
        if f'steps("{operation}")' in text:
            text += f"\n/{drawing_of(chapters / f'{operation}.steps.yml').name}"
        else:
            yield Fault(
                f"chapters/{operation}.steps.yml", 0, "no page steps through it: show it, or take it away"
            )
    for bank in chapters.rglob("*.questions.yml"):
        text += "".join(f"\n/{name}.svg" for name in _ASKED_ABOUT.findall(bank.read_text(encoding="utf-8")))
    names: dict[str, str] = {}
    for path in sorted(one for one in chapters.rglob("*") if one.suffix in _PICTURES):
        file = f"chapters/{path.relative_to(chapters).as_posix()}"
        if not re.search(rf"[/ (]{re.escape(path.name)}\b", text):
            yield Fault(file, 0, "no page shows it: show it, or take it away")
        if names.setdefault(path.stem, file) != file:
            yield Fault(
                file, 0, f"{names[path.stem]} has the same name: published drawings lie in one folder"
            )
    known = {page.name for page in pages}
    for path in sorted([*chapters.rglob("*.questions.yml"), *chapters.rglob("*.decisions.yml")]):
        file = path.relative_to(chapters).as_posix()
        name = file.rsplit(".", 2)[0]
        if name not in known:
            yield Fault(f"chapters/{file}", 0, f"lies beside no page: there is no chapters/{name}.md")


def one_id_one_thing(pages: Sequence[Page]) -> Iterator[Fault]:
    """Ids of objectives, questions and decisions are used once in the whole course."""
    objectives: dict[str, str] = {}
    asked: dict[str, str] = {}
    decided: dict[str, str] = {}
    for page in pages:
        for one in dict.fromkeys(page.objectives):
            if objectives.setdefault(one, page.file) != page.file:
                at = page.text.index(f"{{objective}}`{one}`")
                yield page.fault(
                    at, f"the objective {one!r} stands in {objectives[one]} already: choose another id"
                )
        file = f"chapters/{page.name}.questions.yml"
        for question in page.bank.questions if page.bank else ():
            if asked.setdefault(question.id, file) != file:
                yield Fault(
                    file,
                    0,
                    f"the question {question.id!r} stands in {asked[question.id]} already: choose another id",
                )
        for one, line in _decisions_of(page):
            file = f"chapters/{page.name}.decisions.yml"
            if decided.setdefault(one, file) != file:
                yield Fault(
                    file, line, f"the decision {one!r} stands in {decided[one]} already: choose another id"
                )


def _decisions_of(page: Page) -> Iterator[tuple[str, int]]:
    """The id of each decision of a page, and its line; none where the file has mistakes, which another rule tells."""
    path = beside(page.chapters / f"{page.name}.md")
    if not path.is_file():
        return
    try:
        found, document = read(path)
    except ContentError:
        return
    for index, decision in enumerate(found.decisions):
        yield decision.id, document.line(("decisions", index, "id"))

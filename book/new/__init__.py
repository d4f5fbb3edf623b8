"""Skeletons of what authors add: whole and sound from the first minute, to be written over.

The files here are read by the linters' tests too, so that a skeleton never breaks a rule. The ids in them begin with the
name of their file; in a copy they begin with its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SKELETONS = Path(__file__).parent


class NewError(ValueError):
    """One line: why nothing was written, and what would be right."""


@dataclass(frozen=True)
class Kind:
    """What can be made. ``folder``: where its names begin. ``files``: the skeleton of each, by the end of its name."""

    folder: str
    files: dict[str, str]
    then: Callable[[str], str]


KINDS = {
    "chapter": Kind(
        "chapters",
        {
            ".md": "skeleton.md",
            ".questions.yml": "skeleton.questions.yml",
            ".decisions.yml": "skeleton.decisions.yml",
        },
        lambda name: f"name it in book/_toc.yml, as in `- file: {name}`",
    ),
    "bank": Kind(
        "chapters",
        {".questions.yml": "skeleton.questions.yml"},
        lambda name: (
            f"give its questions the objectives of {name}.md, and show it there with closing({name!r})"
        ),
    ),
    "case": Kind(
        "chapters/evaluation/cases",
        {".case.yml": "skeleton.case.yml"},
        lambda name: f'show it on a page of that folder with conference("evaluation/cases/{name}")',
    ),
    "session": Kind(
        "chapters/sessions",
        {".md": "session.md", ".questions.yml": "session.questions.yml"},
        lambda name: f"name it in book/_toc.yml, as in `- file: sessions/{name}`",
    ),
    "widget": Kind(
        "widgets",
        {f"/{end}": f"tally/{end}" for end in ("__init__.py", "tally.html", "tally.js", "tally.css")},
        lambda name: (
            f"show it in a code cell, `from widgets.{name} import {name}`, and name its room in ARCHITECTURE.md"
        ),
    ),
}


def make(kind: str, name: str, root: Path = ROOT) -> tuple[list[Path], str]:
    """Write the skeleton of a kind under a name such as ``outcomes/second-operations``.

    Returns:
        The files written, and what to do next.

    Raises:
        NewError: when the kind or name cannot be, or a file of that name is there already.
    """
    if kind not in KINDS:
        raise NewError(f"there is no skeleton of a {kind}: write {', '.join(KINDS)}")
    slug = name.rpartition("/")[2]
    if not slug or not all(part and set(part) <= _LETTERS for part in (*name.split("/"), slug)):
        raise NewError(
            f"{name!r} is no name: lower-case letters, digits and hyphens, as in outcomes/second-operations"
        )
    if kind == "widget" and not slug.isalpha():
        raise NewError(f"{name!r} is no name of a widget: one word of lower-case letters, as in tally")
    asked = KINDS[kind]
    home = root / asked.folder
    targets = {
        home / f"{name}{end.replace('tally', slug)}": SKELETONS / source
        for end, source in asked.files.items()
    }
    for target in targets:
        if target.exists():
            raise NewError(f"{target.relative_to(root)} is there already: choose another name")
    if not (folder := (home / name).parent).is_dir():
        parts = ", ".join(sorted(one.name for one in home.iterdir() if one.is_dir()))
        raise NewError(f"there is no folder {folder.relative_to(root)}: choose one of {parts}")
    for target, source in targets.items():
        text = source.read_text(encoding="utf-8")
        target.parent.mkdir(exist_ok=True)
        target.write_text(_own(text, kind, source, name), encoding="utf-8", newline="\n")
    return list(targets), asked.then(name)


def _own(text: str, kind: str, source: Path, name: str) -> str:
    """The text of a skeleton with its own name put in place of the skeleton's."""
    slug = name.rpartition("/")[2]
    if kind == "widget":
        text = text.replace("book.new.tally", f"widgets.{slug}")
        return text.replace("Tally", slug.capitalize()).replace("tally", slug)
    skeleton = source.name.partition(".")[0]
    page = f"sessions/{name}" if kind == "session" else name
    return text.replace(f'("{skeleton}"', f'("{page}"').replace(f"{skeleton}-", f"{slug}-")


_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")

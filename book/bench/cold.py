"""Times builds from nothing, and weighs a chapter in a book of its own: both in a copy of this tree."""

from __future__ import annotations

import gzip
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from bs4 import BeautifulSoup

from book.bench import plain
from book.bench.limits import Measures

ROOT = Path(__file__).resolve().parents[2]
COPY = ROOT / "_build" / "bench" / "cold"
TREES = ("book", "chapters", "evidence", "widgets")
#: Folders whose pages the chapter links to: they stay in the small book.
KEPT = ("evidence/", "glossary", "about", "objectives", "quality")


def cold_builds(say: Callable[[str], None]) -> dict[str, Measures]:
    """Seconds that the whole book takes from nothing, ours and the plain one, one after the other."""
    rows = {}
    for name, build in (("plain Jupyter Book", plain.build), ("make book", _build_a_copy)):
        started, worked = time.monotonic(), _processor()
        build()
        rows[name] = {"cold": time.monotonic() - started, "processor": _processor() - worked}
        say(f"  {name}: {rows[name]['cold']:.0f} s, {rows[name]['processor']:.0f} s of processor")
    rows["make book"]["share"] = rows["make book"]["cold"] / rows["plain Jupyter Book"]["cold"]
    return rows


def _processor() -> float:
    """Processor seconds of all that was run and has ended: other work on the machine does not count."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def growth(chapter: str, pages: Path) -> dict[str, Measures]:
    """What a chapter's page weighs here, and where it is the only chapter: without its navigation, compressed.

    Run `cold_builds` first: the small book is made of its copy.
    """
    toc = COPY / "book" / "_toc.yml"
    contents = yaml.safe_load(toc.read_text(encoding="utf-8"))
    name = chapter.removesuffix(".html")
    for part in contents["parts"]:
        part["chapters"] = [
            one for one in part["chapters"] if one["file"] == name or one["file"].startswith(KEPT)
        ]
    contents["parts"] = [part for part in contents["parts"] if part["chapters"]]
    toc.write_text(yaml.safe_dump(contents), encoding="utf-8")
    # Links to chapters that are not there only warn.
    run = [str(Path(sys.executable).parent / "jupyter-book"), "build", "chapters", "--path-output", "."]
    _run([*run, "--config", "book/_config.yml", "--toc", str(toc)], check=False)
    alone = _beyond_navigation(COPY / "_build" / "html", chapter)
    whole = _beyond_navigation(pages, chapter)
    return {
        "chapter alone": {"kilobytes": alone},
        "chapter in the whole book": {"kilobytes": whole},
        "what the other chapters add to it": {"kilobytes": whole - alone},
    }


def _build_a_copy() -> None:
    shutil.rmtree(COPY, ignore_errors=True)
    # With its history, where there is one: pages tell the date of their last change.
    clone = ["git", "clone", "--quiet", "--shared", str(ROOT), str(COPY)]
    if not shutil.which("git") or subprocess.run(clone, capture_output=True, check=False).returncode:
        COPY.mkdir(parents=True)
    for tree in TREES:
        shutil.rmtree(COPY / tree, ignore_errors=True)
        shutil.copytree(ROOT / tree, COPY / tree, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "requirements.txt", COPY)
    _run([sys.executable, "book/build.py"], check=True)


def _run(command: list[str], *, check: bool) -> None:
    done = subprocess.run(
        command,
        cwd=COPY,
        env={**os.environ, "PYTHONPATH": str(COPY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if check and done.returncode:
        sys.exit(f"The copy in {COPY} was not built:\n{done.stdout[-2000:]}")


def _beyond_navigation(pages: Path, chapter: str) -> float:
    """Kilobytes of a page and of all it loads at first, without what leads to other pages."""
    tree = BeautifulSoup((pages / chapter).read_text(encoding="utf-8"), "html.parser")
    loaded = [
        str(one.get("src") or one.get("href") or one["data-notes"])
        for one in tree.select("script[src], link[rel=stylesheet], [data-notes]")
    ]
    files = {file.partition("?")[0] for file in loaded}
    for part in tree.select(".sidebar-tree, .related-pages, link[rel=next], link[rel=prev]"):
        part.decompose()
    content = [str(tree).encode(), *((pages / chapter).parent.joinpath(file).read_bytes() for file in files)]
    return sum(len(gzip.compress(one, 6)) for one in content) / 1000

"""Builds from nothing, and weighs a chapter in a book of its own: both in a copy of this tree."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import yaml
from bs4 import BeautifulSoup

from book.bench import plain
from book.bench.limits import Measures
from book.bench.processor import run

ROOT = Path(__file__).resolve().parents[2]
COPY = ROOT / "_build" / "bench" / "cold"
TREES = ("book", "chapters", "evidence", "widgets")
#: Folders whose pages the chapter links to: they stay in the small book.
KEPT = ("evidence/", "glossary", "about", "objectives", "quality")


def cold_builds(say: Callable[[str], None]) -> dict[str, Measures]:
    """What the whole book takes from nothing, ours and the plain one, one after the other."""
    plain.prepare()
    _prepare_a_copy()
    builds = {
        "plain Jupyter Book": (plain.command(), plain.SOURCE),
        "python book/build.py": ([sys.executable, "book/build.py"], COPY),
    }
    rows: dict[str, Measures] = {}
    for name, (command, folder) in builds.items():
        cost = run(command, folder)
        rows[name] = {"cold": cost.clock, "cold_processor": cost.processor}
        say(f"  {name}: {cost.clock:.0f} s, {cost.processor:.0f} s of processor")
    plain.check()
    ours, other = rows["python book/build.py"], rows["plain Jupyter Book"]
    ours["share"] = ours["cold_processor"] / other["cold_processor"]
    return rows


def growth(chapter: str, pages: Path) -> dict[str, Measures]:
    """What a chapter's page weighs here, and where it is the only chapter: without its navigation, compressed.

    Run `cold_builds` first: the small book is made of its copy, which cannot be built whole after that.
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
    build = [str(Path(sys.executable).parent / "jupyter-book"), "build", "chapters", "--path-output", "."]
    run([*build, "--config", "book/_config.yml", "--toc", str(toc)], COPY, check=False)
    alone = _beyond_navigation(COPY / "_build" / "html", chapter)
    whole = _beyond_navigation(pages, chapter)
    return {
        "chapter alone": {"kilobytes": alone},
        "chapter in the whole book": {"kilobytes": whole},
        "what the other chapters add to it": {"kilobytes": whole - alone},
    }


def _prepare_a_copy() -> None:
    shutil.rmtree(COPY, ignore_errors=True)
    # With its history, where there is one: pages tell the date of their last change.
    clone = ["git", "clone", "--quiet", "--shared", str(ROOT), str(COPY)]
    if not shutil.which("git") or subprocess.run(clone, capture_output=True, check=False).returncode:
        COPY.mkdir(parents=True)
    for tree in TREES:
        shutil.rmtree(COPY / tree, ignore_errors=True)
        shutil.copytree(ROOT / tree, COPY / tree, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "requirements.txt", COPY)


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

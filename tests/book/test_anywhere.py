"""Promises to whoever builds, reads or hosts: any machine, any folder, any address.

A book was not built without git, in a checkout with other line ends, or beside a file whose name holds a space; and below
a path of its host its page for wrong addresses had no style.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import nbformat
import pytest
from bs4 import BeautifulSoup

from tests.book.tiny_book import ROOT, Build, TinyBook

pytestmark = pytest.mark.everywhere

BELOW = "/a/b/"


def without_git(folder: Path) -> str:
    """A search path with all the programs of this one but git."""
    for place in os.environ["PATH"].split(os.pathsep):
        for program in Path(place).glob("*") if Path(place).is_dir() else ():
            link = folder / program.name
            if not program.name.startswith("git") and not link.exists():
                link.symlink_to(program)
    return str(folder)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[TinyBook, Build]:
    """A book in a folder of a desktop, for one person alone, with another locale and time zone, without git."""
    folder = tmp_path_factory.mktemp("anywhere")
    book = TinyBook(folder / "Kurs Müller’s Ärzte (Kopie 2)", "fresh")
    book.edit("book/_config.yml", 'address: ""', f'address: "https://example.org{BELOW.rstrip("/")}"')
    (programs := folder / "programs").mkdir()
    elsewhere = {"PATH": without_git(programs), "LC_ALL": "C", "TZ": "Pacific/Kiritimati"}
    return book, book.build(elsewhere, umask=0o077)


def test_the_book_is_built_without_git_in_any_folder_locale_and_time_zone(
    built: tuple[TinyBook, Build],
) -> None:
    assert built[1].code == 0, built[1].log


def test_a_downloaded_notebook_says_first_what_it_needs_and_holds_no_roles(
    built: tuple[TinyBook, Build],
) -> None:
    path = built[0].html / "_notebooks" / "index.ipynb"
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    first, *others = notebook.cells
    assert "To run it, you need" in first.source
    assert "make live" in first.source
    texts = [cell.source for cell in others if cell.cell_type == "markdown"]
    assert "228 of 260 (Bertrand" in "\n".join(texts)
    assert [text for text in texts if re.search(r"\{[a-z]+\}`", text)] == []


def test_a_downloaded_notebook_carries_the_front_end_of_today(built: tuple[TinyBook, Build]) -> None:
    text = (built[0].html / "_notebooks" / "index.ipynb").read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    states = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"].values()
    front_ends = [model["state"]["_esm"] for model in states if "_esm" in model["state"]]
    assert front_ends
    assert all("export default { render };" in one for one in front_ends)


class Host:
    """The book's own server on a port of this machine, in a thread."""

    def __init__(self, folder: Path, at: str) -> None:
        self.folder, self.at, self.port = folder, at, 0

    def __enter__(self) -> Host:
        program = (
            "import asyncio, sys; from pathlib import Path; from book.serve import application\n"
            "async def main():\n"
            "    server = application(Path(sys.argv[1]), sys.argv[2]).listen(0, address='127.0.0.1')\n"
            "    print(next(iter(server._sockets.values())).getsockname()[1], flush=True)\n"
            "    await asyncio.Event().wait()\n"
            "asyncio.run(main())\n"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, str(self.folder), self.at],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout
        self.port = int(self.process.stdout.readline())
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()

    def get(self, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer, answer.read()


@pytest.fixture(scope="module")
def host(built: tuple[TinyBook, Build]) -> Iterator[Host]:
    with Host(built[0].html, BELOW) as running:
        yield running


@pytest.mark.parametrize("path", ["index.html", "second.html", "nowhere.html", "no/such/page.html"])
def test_every_link_of_a_page_below_a_path_is_answered(host: Host, path: str) -> None:
    """The page for wrong addresses is sent at any depth: its links must hold from each."""
    answer, body = host.get(BELOW + path)
    assert answer.status == (404 if "no" in path.split("/")[0] else 200)
    page = BeautifulSoup(body, "html.parser")
    named = [str(one[name]) for name in ("href", "src") for one in page.find_all(attrs={name: True})]
    addresses = {urljoin(BELOW + path, one) for one in named}
    own = {urlsplit(one).path for one in addresses if not urlsplit(one).scheme} - {BELOW + path}
    assert any(one.endswith(".css") for one in own)
    assert [one for one in sorted(own) if host.get(one)[0].status != 200] == []


def test_a_name_that_no_file_can_have_is_not_found(host: Host) -> None:
    assert host.get(f"{BELOW}index.html%00.txt")[0].status == 404


def test_a_part_of_a_file_is_sent_as_it_lies_there(host: Host) -> None:
    whole = (host.folder / "index.html").read_bytes()
    answer, body = host.get(f"{BELOW}index.html", Range="bytes=0-99", **{"Accept-Encoding": "gzip"})
    assert answer.status == 206
    assert answer.headers["Content-Encoding"] is None
    assert body == whole[:100]


ODD = (
    "neck drawing.svg",
    "benefits (conflicted copy).md",
    "Benefits: notes.md",
    "a$b 100% #1.md",
    "'quote.md",
)


@pytest.fixture
def small_tree(tmp_path: Path) -> Path:
    """What make needs to run, with a Python that only says with which settings it was called."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("requirements.txt", "pyproject.toml"):
        (tmp_path / name).touch()
    for folder in ("chapters", "evidence", "widgets", "book"):
        (tmp_path / folder).mkdir()
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(
        '#!/bin/sh\necho "built: PIP_USER=$PIP_USER PYTHONPATH=$PYTHONPATH"\n', encoding="utf-8"
    )
    python.chmod(0o755)
    (tmp_path / ".venv" / ".ready").touch()
    return tmp_path


def make(tree: Path, **settings: str) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(
        [str(shutil.which("make")), "book"],
        cwd=tree,
        env={**clean, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.mark.parametrize("name", ODD)
def test_make_takes_files_of_any_name_builds_once_and_again_when_they_go(small_tree: Path, name: str) -> None:
    (small_tree / "chapters" / name).touch()
    assert "built:" in make(small_tree)
    assert "built:" not in make(small_tree)
    (small_tree / "chapters" / name).unlink()
    assert "built:" in make(small_tree)


def test_a_users_own_settings_of_pip_and_python_do_not_get_in(small_tree: Path) -> None:
    said = make(small_tree, PIP_USER="1", PYTHONPATH="/somewhere/with/a/module/called/course")
    assert "built: PIP_USER=0 PYTHONPATH=\n" in said


def test_a_checkout_has_plain_line_ends_whatever_git_is_told(tmp_path: Path) -> None:
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.autocrlf=true"]
    (origin := tmp_path / "origin").mkdir()
    shutil.copy(ROOT / ".gitattributes", origin)
    (origin / "table.csv").write_bytes(b"id,name\none,two\n")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "One"]):
        subprocess.run([*git, *command], cwd=origin, check=True, capture_output=True)
    subprocess.run([*git, "clone", "-q", str(origin), "clone"], cwd=tmp_path, check=True, capture_output=True)
    assert b"\r" not in (tmp_path / "clone" / "table.csv").read_bytes()


def test_an_environment_of_another_checkout_is_told_with_what_to_do(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "book", tmp_path / "book", ignore=shutil.ignore_patterns("__pycache__"))
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "book/build.py"],
        cwd=tmp_path,
        env=alone,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith(f"This environment belongs to the folder {ROOT}")
    assert "make clean" in line

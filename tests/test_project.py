"""Promises of the project as a whole: it stands alone, and its verbs are what the README says."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
# Put together here, so that this file does not hold what it looks for.
FOREIGN = {
    "a folder beside the project": ".." + "/shared",
    "a path of one machine": "/" + "work/",
    "another path of one machine": "/" + "root/",
    "a registry of packages": "gro.detsohnohtyp.selif"[::-1],
    "the index of packages": "elpmis/gro.ipyp//:sptth"[::-1],
    "a registry of scripts": "gro.sjmpn.yrtsiger"[::-1],
    "an address inside a cloud": "169.254" + ".",
}
BINARY = {".png", ".jpg", ".jpeg", ".webp", ".ico", ".gz", ".zip"}


def tracked() -> list[Path]:
    """Every file of the project: what git knows or would take, else (without git) what is not built."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listing.returncode == 0:
        names = listing.stdout.decode().split("\0")
        return [ROOT / name for name in names if name and (ROOT / name).is_file()]
    built = {".venv", "_build", "__pycache__", ".git", ".hypothesis"}
    found = (path for path in ROOT.rglob("*") if path.is_file())
    return [
        path
        for path in found
        if not built & set(path.relative_to(ROOT).parts) and ".egg-info" not in str(path)
    ]


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def makefile_recipe(verb: str) -> list[str]:
    found = re.search(rf"^{verb}:.*\n((?:\t.*\n)+)", text(ROOT / "Makefile"), flags=re.MULTILINE)
    assert found, f"make {verb} does nothing"
    return [line.strip().lstrip("@").replace("$(BIN)/", "") for line in found[1].splitlines()]


@pytest.mark.parametrize("what", FOREIGN)
def test_the_tree_stands_alone(what: str) -> None:
    telling = [
        path.relative_to(ROOT).as_posix()
        for path in tracked()
        if path.suffix not in BINARY and FOREIGN[what] in path.read_text(encoding="utf-8", errors="replace")
    ]
    assert telling == []


def test_every_text_file_is_utf_8_and_ends_in_a_newline() -> None:
    odd = []
    for path in tracked():
        if path.suffix in BINARY:
            continue
        content = path.read_bytes()
        content.decode("utf-8")
        if content and (not content.endswith(b"\n") or b"\r\n" in content):
            odd.append(path.relative_to(ROOT).as_posix())
    assert odd == []


def test_no_file_is_larger_than_a_reader_would_want() -> None:
    assert [path.name for path in tracked() if path.stat().st_size > 1_000_000] == []


def test_the_lock_names_a_hash_for_every_package() -> None:
    entries = re.split(r"\n(?=[a-z0-9])", text(ROOT / "requirements.txt").strip())
    packages = [entry for entry in entries if "==" in entry.splitlines()[0]]
    assert len(packages) > 50
    assert [entry.split("==")[0] for entry in packages if "--hash=sha256:" not in entry] == []
    assert [entry for entry in entries if entry not in packages and not entry.startswith("#")] == []


def test_everything_we_chose_is_in_the_lock_and_has_its_reason() -> None:
    locked = set(
        re.findall(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==", text(ROOT / "requirements.txt"), re.MULTILINE)
    )
    for line in text(ROOT / "requirements.in").splitlines():
        if not line or line.startswith("#"):
            continue
        name = re.match(r"[A-Za-z0-9._-]+", line)
        assert name, line
        assert re.sub(r"[._]", "-", name[0].lower()) in {re.sub(r"[._]", "-", one) for one in locked}, line
        assert re.search(r"  +# \S", line), f"why {name[0]}?"


def test_the_citation_can_be_used() -> None:
    citation = yaml.safe_load(text(ROOT / "CITATION.cff"))
    assert citation["cff-version"] == "1.2.0"
    for key in ("message", "title", "authors", "version", "license", "date-released"):
        assert citation.get(key), key
    assert isinstance(citation["date-released"], datetime.date)
    for author in citation["authors"]:
        assert author.get("name") or author.get("family-names")
        assert "undefined" not in str(author)


def test_one_version_everywhere() -> None:
    version = re.search(r'^version = "([^"]+)"', text(ROOT / "pyproject.toml"), flags=re.MULTILINE)
    assert version
    assert str(yaml.safe_load(text(ROOT / "CITATION.cff"))["version"]) == version[1]
    assert re.search(
        rf"^## (Unreleased$|\[?v?{re.escape(version[1])}\b)", text(ROOT / "CHANGELOG.md"), flags=re.MULTILINE
    )
    config = yaml.safe_load(text(ROOT / "book" / "_config.yml"))
    assert version[1].startswith(str(config["sphinx"]["config"]["version"]))


@pytest.mark.parametrize(
    "name", ["LICENSE", "LICENSE-CONTENT", "CONTRIBUTING.md", "CHANGELOG.md", "README.md"]
)
def test_the_papers_are_there(name: str) -> None:
    assert len(text(ROOT / name)) > 200


def test_every_verb_stands_in_the_readme() -> None:
    verbs = re.findall(r"^([a-z]+):.*## ", text(ROOT / "Makefile"), flags=re.MULTILINE)
    readme = text(ROOT / "README.md")
    assert {"book", "test", "live", "serve", "watch", "lint", "check", "bench"} <= set(verbs)
    assert [verb for verb in verbs if verb not in {"help", "clean"} and f"`make {verb}`" not in readme] == []


@pytest.mark.parametrize(
    ("verb", "command"),
    [
        ("lint", "python book/lint.py"),
        ("watch", "python book/watch.py"),
        ("check", "python -m pytest tests -m content --numprocesses=2"),
        ("serve", "python book/serve.py"),
    ],
)
def test_the_raw_command_of_the_readme_is_the_verbs(verb: str, command: str) -> None:
    assert command in makefile_recipe(verb)
    assert f"`{command}`" in text(ROOT / "README.md")


def test_ci_runs_what_the_readme_says() -> None:
    run = ROOT / ".ci" / "run"
    assert run.stat().st_mode & 0o111
    for verb in ("book", "test", "check"):
        assert re.search(rf"\bmake\b[^\n]*\b{verb}\b", text(run)), verb


def test_local_links_of_the_papers_lead_somewhere() -> None:
    broken = []
    for path in ROOT.glob("*.md"):
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text(path)):
            if "://" not in target and not target.startswith("mailto:") and not (ROOT / target).exists():
                broken.append(f"{path.name}: {target}")
    assert broken == []


def test_without_a_fitting_python_make_says_so_in_one_line(tmp_path: Path) -> None:
    """A Python that is missing and one that is too old are the same to it: neither passes the question."""
    for name in ("Makefile", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    for folder in ("chapters", "evidence", "widgets", "book"):
        (tmp_path / folder).mkdir()
    old = tmp_path / "old"
    old.mkdir()
    for name in ("python", *(f"python3{minor}" for minor in ("", ".11", ".12", ".13", ".14"))):
        (old / name).write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        (old / name).chmod(0o755)
    command = [str(shutil.which("make")), "book"]
    path = f"{old}{os.pathsep}{os.defpath}"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(
        command, cwd=tmp_path, env={**clean, "PATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    first, *rest = done.stderr.strip().splitlines()
    assert first.startswith("Python 3.11 to 3.14 is needed and was not found")
    assert [line for line in rest if not line.startswith("make")] == []
    assert not (tmp_path / ".venv").exists()

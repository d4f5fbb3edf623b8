"""The front ends' scripts: their plain functions are right, and their types fit.

Both need Node.js, which nobody needs to read, write or build the book: where it is missing a warning says so, and only
the project's own workflow (which sets CI) fails.
"""

from __future__ import annotations

import importlib
import os
import re
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from widgets.base.parts import WIDGETS, as_entry, is_front_end, module, with_needs

pytestmark = pytest.mark.content
sys.path.insert(0, str(WIDGETS.parent / "book" / "_ext"))
front_ends = importlib.import_module("publishing.output.front_ends")
weight = importlib.import_module("publishing.output.weight")

HERE = Path(__file__).parent
BUILD = Path(__file__).parents[3] / "_build" / "scripts"
#: These act as soon as they are there, and need a page.
AT_ONCE = {"base/host.js", "progress/banks.js"}


def at_hand(command: str) -> bool:
    """Whether a command is there; without it nothing is checked, which is said."""
    if shutil.which(command):
        return True
    assert "CI" not in os.environ, f"the workflow needs {command}"
    warnings.warn(f"{command} is not on this machine: the front ends' scripts were not checked", stacklevel=2)
    return False


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def parts_as_module() -> str:
    """Every part with plain functions, as they stand before a front end, and all their names exported."""
    found = [path for path in sorted(WIDGETS.glob("*/*.js")) if not is_front_end(path)]
    parts = [path for path in found if path.relative_to(WIDGETS).as_posix() not in AT_ONCE]
    text = "\n".join(map(as_entry, with_needs(parts)))
    names = re.findall(r"^(?:const|(?:async )?function) (\w+)", text, re.MULTILINE)
    return f"{text}\nexport {{ {', '.join(names)} }};\n"


def test_plain_functions_do_what_they_promise(tmp_path: Path) -> None:
    if not at_hand("node"):
        return
    (tmp_path / "parts.mjs").write_text(parts_as_module(), encoding="utf-8")
    tests = [Path(shutil.copy(path, tmp_path)) for path in sorted(HERE.glob("*.test.mjs"))]
    assert tests
    run("node", "--test", *tests, cwd=tmp_path)


def test_no_front_end_declares_a_name_that_its_parts_have(tmp_path: Path) -> None:
    """In a notebook both stand in one module, where a name can be declared once."""
    if not at_hand("node"):
        return
    for path in filter(is_front_end, sorted(WIDGETS.glob("*/*.js"))):
        (tmp_path / f"{path.stem}.mjs").write_text(module(path), encoding="utf-8")
        run("node", "--check", f"{path.stem}.mjs", cwd=tmp_path)


def typescript() -> Path:
    """The compiler, as the lock pins it; it runs no script of its own when it is installed."""
    compiler = BUILD / "node_modules" / "typescript" / "bin" / "tsc"
    lock = (HERE / "package-lock.json").read_bytes()
    if not compiler.exists() or (BUILD / "package-lock.json").read_bytes() != lock:
        BUILD.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "package.json", BUILD)
        shutil.copy(HERE / "package-lock.json", BUILD)
        run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=BUILD)
    return compiler


def test_types_fit() -> None:
    if at_hand("npm"):
        run("node", typescript(), "-p", HERE, cwd=HERE)


def test_making_a_script_light_keeps_every_space_of_its_texts(tmp_path: Path) -> None:
    """A minifier that took a template inside a template for code once ate the space before a word."""
    if not at_hand("npm"):
        return
    typescript()
    full = front_ends.script(front_ends.front_ends())
    for name, text in (("full.js", full), ("light.js", weight.light_script(full))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    texts = [
        run("node", HERE / "texts.mjs", BUILD / "package.json", tmp_path / name, cwd=tmp_path)
        for name in ("full.js", "light.js")
    ]
    assert len(texts[0]) > 1000
    assert texts[0] == texts[1]

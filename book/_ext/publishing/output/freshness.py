"""Keeps what a reader sees in step with what the notebooks run on.

Three gaps in the tools are closed here. The notebook cache knows a notebook by its code cells alone, so an
edit in the widgets, the evidence or a content file would leave stale outputs: the cache folder's name
carries a fingerprint of those trees. Sphinx does not look at extensions and static files: a second
fingerprint makes it write every page anew when they change. And a build that ended with warnings leaves no
environment behind, because the next one would not repeat them and pass.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.config import Config

ROOT = Path(__file__).parents[4]
BUILD = ROOT / "_build"

#: What a notebook's outputs depend on beside its own cells.
TREES = ("evidence", "widgets")
FILES = ("requirements.txt",)
#: Beside the chapters: question banks, cases, the worksheet's options.
BANKS = "chapters/**/*.yml"
#: What the pages depend on beside their text.
PUBLISHING = ("book/_ext", "book/_static", "book/_templates")


def fingerprint(root: Path = ROOT) -> str:
    """Ten hexadecimal digits that change with any input of the notebooks."""
    return _digest(root, [*_files(root, TREES), *(root / name for name in FILES), *root.glob(BANKS)])


def _files(root: Path, trees: tuple[str, ...]) -> list[Path]:
    return [path for tree in trees for path in (root / tree).rglob("*") if path.is_file()]


def _digest(root: Path, inputs: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(inputs):
        if "__pycache__" in path.parts:
            continue
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:10]


def cache_folder(root: Path = ROOT) -> Path:
    """Where the outputs of the notebooks are kept for the present inputs."""
    return root / "_build" / ".jupyter_cache" / fingerprint(root)


def _take_fingerprints(app: Sphinx, config: Config) -> None:
    # Sphinx reads every page anew when one of these values changes.
    config.nb_execution_cache_path = str(cache_folder())
    config.course_publishing = _digest(ROOT, _files(ROOT, PUBLISHING))


def _forget_after_warnings(app: Sphinx, exception: Exception | None) -> None:
    # With --keep-going, which our builds use, Sphinx clears `warningiserror`.
    strict = app.warningiserror or app.keep_going
    if exception or (strict and app._warncount):
        (Path(app.doctreedir) / "environment.pickle").unlink(missing_ok=True)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_config_value("course_publishing", "", "env")
    app.connect("config-inited", _take_fingerprints)
    app.connect("build-finished", _forget_after_warnings, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""Finds the other two engines, Firefox and WebKitGTK, or gets them: run ``python tests/engines.py``.

Both come from the system's packages: Playwright's own builds of them cannot be had everywhere, and are not what
readers have. Where one is missing and may not be installed here, the last line says what to run.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from tests.chromium import agreed, packages, tried  # noqa: E402  (run as a file, its own folder comes first)


@dataclass(frozen=True)
class Engine:
    """An engine: the programs that its tests run, each with the names it goes by, and the packages that bring them."""

    name: str
    programs: tuple[tuple[str, ...], ...]
    packages: tuple[str, ...]

    def missing(self) -> list[str]:
        """The programs that this machine lacks, each by its first name."""
        return [names[0] for names in self.programs if not any(map(_where, names))]

    def program(self, first: str) -> str:
        """The path of the program whose first name this is.

        Raises:
            LookupError: with what to install, in one line.
        """
        names = next(names for names in self.programs if names[0] == first)
        if found := next((path for name in names if (path := _where(name))), None):
            return found
        raise LookupError(self.advice)

    @property
    def advice(self) -> str:
        """What to run where a program is missing."""
        install = f"sudo apt-get install {' '.join(self.packages)} (Debian, Ubuntu)"
        return f"no {self.name} for the tests: {', '.join(self.missing())} not found; run: {install}"


FIREFOX = Engine("Firefox", (("firefox-esr", "firefox"),), ("firefox-esr",))
WEBKIT = Engine("WebKit", (("WebKitWebDriver",), ("MiniBrowser",), ("Xvfb",)), ("webkit2gtk-driver", "xvfb"))
ENGINES = (FIREFOX, WEBKIT)


def _where(name: str) -> str | None:
    if found := shutil.which(name):
        return found
    # WebKitGTK keeps its small browser beside its libraries; the newest stands last.
    beside = sorted(Path("/usr").glob(f"lib*/**/webkit2gtk-4.[0-9]/{name}")) if name == "MiniBrowser" else []
    return str(beside[-1]) if beside else None


def get() -> list[str]:
    """Install what is missing once somebody agrees; returns a line for each engine that is still not there."""
    lacking = [engine for engine in ENGINES if engine.missing()]
    names = " and no ".join(engine.name for engine in lacking)
    commands = packages(*(name for engine in lacking for name in engine.packages))
    if lacking and commands and agreed(names, commands):
        for command in commands:
            tried(command)
    return [engine.advice for engine in ENGINES if engine.missing()]


if __name__ == "__main__":
    for engine in ENGINES:
        if not engine.missing():
            print(f"{engine.name} for the tests: {engine.program(engine.programs[0][0])}")
    if lines := get():
        sys.exit("\n".join(lines))

"""Rates pages with Lighthouse, where Node.js is there to run it."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from book.bench.limits import Measures
from tests.chromium import ARGUMENTS

#: Pins Lighthouse and all it needs, each by its checksum.
LOCK = Path(__file__).resolve().parent
VERSION = json.loads((LOCK / "package.json").read_text(encoding="utf-8"))["dependencies"]["lighthouse"]
FOLDER = Path(__file__).resolve().parents[2] / "_build" / "bench"
PACKAGE = FOLDER / "node_modules" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
#: Column of the table -> audit, and the number of its units in one of the table's.
AUDITS = {
    "largest_paint": ("largest-contentful-paint", 1000),
    "shift": ("cumulative-layout-shift", 1),
}


@dataclass(frozen=True)
class Lighthouse:
    """An installed Lighthouse."""

    node: str

    def rate(
        self, chromium: str, pages: Mapping[str, tuple[str, int]], folder: Path, say: Callable[[str], None]
    ) -> dict[str, Measures]:
        """The median of some runs a page with the default settings: the mobile preset, simulated throttling.

        ``pages`` gives an address and a number of runs by name; the pages take turns, so that a noisy minute does
        not fall on one of them alone. The full report of each run is kept in the folder.
        """
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        reports: dict[str, list[Measures]] = {name: [] for name in pages}
        for run in range(max(runs for _, runs in pages.values())):
            say(f"Lighthouse, run {run + 1} …")
            for name, (url, runs) in pages.items():
                if run < runs:
                    kept = folder / f"{name.replace(' ', '-')}-{run + 1}.json"
                    reports[name].append(_measures(self._report(chromium, url, kept)))
        return {
            name: {key: statistics.median(one[key] for one in found) for key in found[0]}
            for name, found in reports.items()
        }

    def _report(self, chromium: str, url: str, path: Path) -> dict[str, Any]:
        command = [
            *(self.node, str(PACKAGE / "cli" / "index.js"), url, "--quiet"),
            *("--output=json", f"--output-path={path}"),
            # Without an answer it would ask, and wait, on the first run.
            "--no-enable-error-reporting",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags={' '.join(['--headless=new', *ARGUMENTS])}",
        ]
        done = subprocess.run(
            command,
            env=os.environ | {"CHROME_PATH": chromium},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=240,
        )
        if done.returncode:
            raise SystemExit(f"Lighthouse failed on {url}:\n{done.stderr.strip()[-2000:]}")
        report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return report


def _measures(report: dict[str, Any]) -> Measures:
    loaded = report["audits"]["network-requests"]["details"]["items"]
    loaded = [item for item in loaded if item["url"].startswith("http")]
    counted = {"requests": len(loaded), "kilobytes": sum(item["transferSize"] for item in loaded) / 1000}
    rated = {name.replace("-", "_"): float(report["categories"][name]["score"] or 0) for name in CATEGORIES}
    timed = {key: report["audits"][audit]["numericValue"] / unit for key, (audit, unit) in AUDITS.items()}
    speed = {"machine": float(report["environment"]["benchmarkIndex"])}
    return {**counted, **timed, **rated, **speed}


def _installed() -> bool:
    about = PACKAGE / "package.json"
    return about.exists() and json.loads(about.read_text(encoding="utf-8"))["version"] == VERSION


def install(say: Callable[[str], None]) -> Lighthouse | str:
    """Lighthouse in the build folder, got with npm if need be; or the reason why there is none."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node:
        return "Node.js is not on this machine"
    if not _installed():
        if not npm:
            return "npm is not on this machine"
        say(f"Installing Lighthouse {VERSION} in {FOLDER} …")
        FOLDER.mkdir(parents=True, exist_ok=True)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(LOCK / file, FOLDER)
        # What the lock names and nothing else; no package runs a script of its own.
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        try:
            done = subprocess.run(command, cwd=FOLDER, check=False, timeout=300)
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"npm: {error}"
        if done.returncode or not _installed():
            return f"npm could not install lighthouse@{VERSION} from {LOCK / 'package-lock.json'}"
    return Lighthouse(node)

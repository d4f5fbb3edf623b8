"""Rates pages with Lighthouse, where Node.js is there to run it."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from book.bench.limits import Measures
from tests.chromium import ARGUMENTS

VERSION = "13.5.0"
FOLDER = Path(__file__).resolve().parents[2] / "_build" / "bench"
PACKAGE = FOLDER / "node_modules" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
#: Column of the table -> audit, and the number of its units in one of the table's.
AUDITS = {
    "largest_paint": ("largest-contentful-paint", 1000),
    "blocking": ("total-blocking-time", 1),
    "shift": ("cumulative-layout-shift", 1),
}


@dataclass(frozen=True)
class Lighthouse:
    """An installed Lighthouse."""

    node: str

    def rate(self, chromium: str, url: str, runs: int, folder: Path) -> Measures:
        """The median of some runs with the default settings: the mobile preset, simulated throttling.

        The full report of each run is kept in the folder.
        """
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        reports = [
            _measures(self._report(chromium, url, folder / f"run-{run + 1}.json")) for run in range(runs)
        ]
        return {key: statistics.median(report[key] for report in reports) for key in reports[0]}

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
        command = [npm, "install", "--prefix", str(FOLDER), "--no-package-lock", "--no-audit", "--no-fund"]
        command += ["--loglevel=error", f"lighthouse@{VERSION}"]
        try:
            done = subprocess.run(command, check=False, timeout=300)
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"npm: {error}"
        if done.returncode or not _installed():
            return f"npm could not install lighthouse@{VERSION}"
    return Lighthouse(node)

"""A real JupyterLab, started as `make live` starts it, on a copy of the chapters."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0


@contextmanager
def jupyterlab(folder: Path) -> Iterator[str]:
    """The address of a `page` in a `workspace` of a JupyterLab on a copy of the chapters; `folder` takes all it writes.

    Raises TimeoutError, with what the server said, when it does not answer.
    """
    chapters, runtime = folder / "chapters", folder / "runtime"
    shutil.copytree(ROOT / "chapters", chapters, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    said = folder / "jupyterlab.log"
    token = secrets.token_hex(16)
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        *("--ServerApp.ip=127.0.0.1", "--ServerApp.port=18888", "--ServerApp.port_retries=200"),
        *(f"--ServerApp.root_dir={chapters}", f"--IdentityProvider.token={token}"),
    ]
    own = {
        name: str(folder / name.lower()) for name in ("JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
    }
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")},
        **own,
        "JUPYTER_CONFIG_PATH": str(ROOT / "book" / "lab"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_RUNTIME_DIR": str(runtime),
        "IPYTHONDIR": str(folder / "ipython"),
    }
    with (
        said.open("wb") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT) as server,
    ):
        try:
            address = _address(runtime / f"jpserver-{server.pid}.json", server, said)
            _wait_for_answer(f"{address}api/status?token={token}", server, said)
            yield f"{address}lab/workspaces/{{workspace}}/tree/{{page}}?token={token}"
        finally:
            server.terminate()
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()


def _address(record: Path, server: subprocess.Popen[bytes], said: Path) -> str:
    for _ in _patiently(server, said):
        # The file is there before its text is.
        if record.exists() and (text := record.read_text("utf-8")).rstrip().endswith("}"):
            return str(json.loads(text)["url"])
    raise AssertionError


def _wait_for_answer(address: str, server: subprocess.Popen[bytes], said: Path) -> None:
    for _ in _patiently(server, said):
        try:
            with urllib.request.urlopen(address, timeout=10):
                return
        except (urllib.error.URLError, TimeoutError):
            continue


def _patiently(server: subprocess.Popen[bytes], said: Path) -> Iterator[None]:
    """Come round again until patience ends; then, or when the server has ended, say what it said."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        yield
        time.sleep(0.2)
    raise TimeoutError(f"JupyterLab does not answer:\n{said.read_text('utf-8', 'replace')[-4000:]}")

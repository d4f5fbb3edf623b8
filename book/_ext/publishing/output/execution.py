"""Executes the notebooks whose outputs are missing or no longer true, side by side, and keeps the outputs.

They are kept in the notebook cache, where MyST-NB looks for them by the code of the cells; beside each lies a record of
what the notebook used while it ran (see `inputs`). Outputs whose inputs have changed are taken out of the cache.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbclient.util import ensure_async
from nbformat import NotebookNode

from publishing.output.inputs import changed, inputs
from publishing.output.recorder import DONE

RECORDER = Path(__file__).with_name("recorder.py")
TIMEOUT = 300
#: A kernel says each time that it runs without encryption.
QUIET = ["--log-level=ERROR"]
KILLED = "the kernel died (out of memory?); run make book again"
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
#: The names of errors that are made for authors: what they say is enough.
_ERROR = re.compile(r"^(EvidenceError|\w*BankError|\w*ChartError|CaseError|PoolingRefused|ContentError): ")
_CELL_LINE = re.compile(r"Cell In\[\d+\], line (\d+)")


@dataclass(frozen=True)
class Notebook:
    """A chapter with code: its source, and what the cache knows its cells by."""

    path: Path
    key: str

    def node(self) -> NotebookNode:
        """The notebook as MyST-NB reads it."""
        return _read(self.path)


def _read(path: Path) -> NotebookNode:
    text = path.read_text(encoding="utf-8")
    node: NotebookNode = read_myst_markdown_notebook(text, add_source_map=True, path=path)
    return node


@dataclass(frozen=True)
class Failed:
    """A notebook that raised, or whose kernel died: one line for each mistake."""

    path: Path
    line: int
    lines: tuple[str, ...]


class Outputs:
    """The outputs of the notebooks among these pages, kept in a folder."""

    def __init__(self, root: Path, folder: Path, pages: Iterable[Path]) -> None:
        self.root = root
        self.pages = sorted(pages)
        self.cache = get_cache(folder)

    @cached_property
    def notebooks(self) -> list[Notebook]:
        """The pages that hold code, in the order of their paths."""
        kept = self.cache.path / "keys.json"
        # To read a page for its cells takes longer than all else here: an unchanged one is known by its time and size.
        before: dict[str, list[Any]] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
        now: dict[str, list[Any]] = {}
        for path in self.pages:
            seen = [path.stat().st_mtime_ns, path.stat().st_size]
            known = before.get(str(path), [])
            now[str(path)] = known if known[:2] == seen else [*seen, self._key(path)]
        kept.write_text(json.dumps(now), encoding="utf-8")
        return [Notebook(Path(path), key) for path, (*_, key) in now.items() if key]

    def _key(self, path: Path) -> str:
        """What the cache knows the cells of a page by; empty where it has none."""
        text = path.read_text(encoding="utf-8")
        if "{code-cell}" not in text or not is_myst_markdown_notebook(text):
            return ""
        return str(self.cache.create_hashed_notebook(_read(path))[1])

    def forget_stale(self) -> None:
        """Take out outputs that no chapter shows, whose inputs have changed, or of which nobody knows the inputs."""
        shown = {one.key for one in self.notebooks}
        for record in self.cache.list_cache_records():
            known = (record.data or {}).get("inputs")
            if record.hashkey not in shown or not known or changed(self.root, known):
                self.cache.remove_cache(record.pk)

    def missing(self) -> list[Notebook]:
        """The notebooks without outputs; of two with the same cells one."""
        kept = {record.hashkey for record in self.cache.list_cache_records()}
        return list({one.key: one for one in self.notebooks if one.key not in kept}.values())

    def made(self) -> dict[Path, str]:
        """When the outputs of each notebook were made, of those that have any."""
        kept = {record.hashkey: str(record.created) for record in self.cache.list_cache_records()}
        return {one.path: kept[one.key] for one in self.notebooks if one.key in kept}

    def execute(self, notebooks: list[Notebook]) -> list[Failed]:
        """Execute, as many at a time as there are cores, and keep the outputs of those that ended well."""
        logging.getLogger("traitlets").setLevel(logging.ERROR)
        # A stream that breaks off as its kernel is killed is told in one line of ours.
        logging.getLogger("tornado.general").setLevel(logging.CRITICAL)
        return asyncio.run(self._execute_all(notebooks))

    async def _execute_all(self, notebooks: list[Notebook]) -> list[Failed]:
        cores = asyncio.Semaphore(os.cpu_count() or 1)
        ended = await asyncio.gather(*(self._execute(one, cores) for one in notebooks))
        return [one for one in ended if one]

    async def _execute(self, notebook: Notebook, cores: asyncio.Semaphore) -> Failed | None:
        async with cores:
            started, node = datetime.now(), notebook.node()
            client = _RecordingClient(node, timeout=TIMEOUT, record_timing=False, extra_arguments=QUIET)
            try:
                await client.async_execute(cwd=str(notebook.path.parent))
            except CellExecutionError as error:
                # The message is the traceback's last paragraph: a question bank lists its mistakes line by line.
                traceback = _ANSI.sub("", str(error)).strip()
                said = _ERROR.sub("", traceback.split("\n\n")[-1].strip())
                return Failed(notebook.path, client.line(notebook.path, traceback), tuple(said.splitlines()))
            except CellTimeoutError:
                late = f"a cell ran for more than {TIMEOUT} seconds"
                return Failed(notebook.path, client.line(notebook.path), (late,))
            except (DeadKernelError, RuntimeError):
                return Failed(notebook.path, client.line(notebook.path), (KILLED,))
        used = inputs(self.root, client.record)
        data = {"execution_seconds": (datetime.now() - started).total_seconds(), "inputs": used}
        bundle = CacheBundleIn(node, str(notebook.path), data=data)
        self.cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
        return None


class _RecordingClient(NotebookClient):
    """Executes a notebook in a kernel that notes what the notebook uses."""

    record: dict[str, list[str]]
    at = 0

    def line(self, path: Path, traceback: str = "") -> int:
        """The line of the page at which the cell that ran last stopped; 0 where it is not known."""
        if not self.nb.cells or not (source := self.nb.cells[self.at].source.splitlines()):
            return 0
        found = _CELL_LINE.search(traceback)
        wanted = source[min(int(found[1]) if found else 1, len(source)) - 1]
        before = self.nb.metadata.get("source_map", [])
        start = before[self.at] if self.at < len(before) else 0
        lines = path.read_text(encoding="utf-8").splitlines()
        return next(
            (number for number in range(start + 1, len(lines) + 1) if lines[number - 1] == wanted), start
        )

    async def async_start_new_kernel_client(self) -> Any:
        client = await super().async_start_new_kernel_client()
        await self._run(f"__import__('runpy').run_path({str(RECORDER)!r})")
        return client

    async def async_execute_cell(
        self,
        cell: NotebookNode,
        cell_index: int,
        execution_count: int | None = None,
        store_history: bool = True,
    ) -> NotebookNode:
        self.at = cell_index
        executed = await super().async_execute_cell(cell, cell_index, execution_count, store_history)
        if cell_index == len(self.nb.cells) - 1:
            self.record = await self._take_record()
        return executed

    async def _take_record(self) -> dict[str, list[str]]:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "record.json"
            await self._run(f"__import__('sys').audit({DONE!r}, {str(file)!r})")
            record: dict[str, list[str]] = json.loads(file.read_text(encoding="utf-8"))
        return record

    async def _run(self, code: str) -> None:
        """Run a line that leaves nothing in the notebook."""
        client: Any = self.kc  # its methods are made at run time
        asked = client.execute(code, silent=True, store_history=False)
        while True:
            reply = await ensure_async(client.get_shell_msg(timeout=TIMEOUT))
            if reply["parent_header"].get("msg_id") == asked:
                break
        if reply["content"]["status"] != "ok":
            raise RuntimeError(f"{code}: {reply['content'].get('evalue')}")

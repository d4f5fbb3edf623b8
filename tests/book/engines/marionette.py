"""Talks to a Firefox over Marionette, the protocol that Firefox itself listens to.

Debian has no driver for Firefox, and Mozilla's own Python client imports a module that Python 3.13 no longer has. A
message is ``<length>:<JSON>``: ``[0, id, command, parameters]`` there, ``[1, id, error, result]`` back.
"""

from __future__ import annotations

import json
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: The key under which the WebDriver standard names an element.
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
PATIENCE_S = 120


class Marionette:
    """A connection to one running Firefox, with one session."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
        self._stream = self._socket.makefile("rb")
        self._sent = 0
        self._read()  # Firefox greets first
        self.tell("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {}}})

    def tell(self, command: str, parameters: Mapping[str, Any] | None = None) -> Any:
        """The result of a command.

        Raises:
            RuntimeError: with the command and what Firefox says is wrong.
        """
        self._sent += 1
        message = json.dumps([0, self._sent, command, parameters or {}]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._read()
        if error:
            raise RuntimeError(f"{command}: {error['error']}: {error['message']}")
        return result.get("value", result) if isinstance(result, dict) else result

    def _read(self) -> Any:
        length = b""
        while (digit := self._stream.read(1)) != b":":
            if not digit:
                raise RuntimeError("Firefox has closed the connection")
            length += digit
        return json.loads(self._stream.read(int(length)))

    def close(self) -> None:
        """Hang up."""
        self._stream.close()
        self._socket.close()


@contextmanager
def started(program: str, preferences: Mapping[str, int | bool]) -> Iterator[Marionette]:
    """A Firefox without a window, with a new profile of these preferences; it ends with the block."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        profile = Path(folder)
        told = profile / "MarionetteActivePort"
        wanted = {"marionette.port": 0, **preferences}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in wanted.items()]
        (profile / "user.js").write_text("".join(lines), encoding="utf-8")
        command = [program, "--marionette", "--headless", "--no-remote", "--profile", folder]
        browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            until = time.monotonic() + PATIENCE_S
            while not (told.exists() and told.read_text().strip()):
                assert browser.poll() is None, f"{program} ended with {browser.returncode} as it started"
                if time.monotonic() > until:
                    raise TimeoutError(f"{program} has not opened its port")
                time.sleep(0.05)
            connection = Marionette(int(told.read_text()))
            yield connection
            connection.close()
        finally:
            browser.terminate()
            browser.wait()

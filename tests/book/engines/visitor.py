"""A reader with another engine than Chromium: Firefox through its own Marionette, WebKitGTK through its own driver."""

from __future__ import annotations

import base64
import os
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.book.engines.marionette import ELEMENT, PATIENCE_S, Marionette, started
from tests.engines import FIREFOX, WEBKIT

Theme = Literal["light", "dark"]
WINDOW = (1280, 900)

#: Both engines take these from the WebDriver standard.
SPACE, TAB, ENTER, ARROW_RIGHT, ARROW_DOWN = " ", "\ue004", "\ue007", "\ue014", "\ue015"


class Visitor(ABC):
    """Opens pages, presses keys, looks."""

    engine: str

    @abstractmethod
    def open(self, url: str) -> None:
        """Go to a page, and wait until it is loaded."""

    @abstractmethod
    def run(self, body: str, *arguments: Any) -> Any:
        """The result of a function's body in the page."""

    @abstractmethod
    def press(self, key: str, selector: str | None = None) -> None:
        """Press a key on the first element that a selector finds, which it focuses, or on what has the focus."""

    @abstractmethod
    def picture(self) -> bytes:
        """What the window shows, as PNG."""

    def wait(self, body: str, *arguments: Any) -> Any:
        """Run a function's body until its result is true, which is returned.

        Raises:
            TimeoutError: with the body, when that does not come.
        """
        until = time.monotonic() + PATIENCE_S
        while not (found := self.run(body, *arguments)):
            if time.monotonic() > until:
                raise TimeoutError(f"{self.engine} waited in vain for: {body} {arguments}")
            time.sleep(0.05)
        return found


class Firefox(Visitor):
    """A Firefox without a window."""

    engine = "Firefox"

    def __init__(self, driver: Marionette) -> None:
        self._driver = driver

    def open(self, url: str) -> None:
        self._driver.tell("WebDriver:Navigate", {"url": url})

    def run(self, body: str, *arguments: Any) -> Any:
        return self._driver.tell("WebDriver:ExecuteScript", {"script": body, "args": arguments})

    def press(self, key: str, selector: str | None = None) -> None:
        found = (
            self._driver.tell("WebDriver:FindElement", {"using": "css selector", "value": selector})
            if selector
            else self._driver.tell("WebDriver:GetActiveElement")
        )
        self._driver.tell("WebDriver:ElementSendKeys", {"id": found[ELEMENT], "text": key})

    def picture(self) -> bytes:
        return base64.b64decode(self._driver.tell("WebDriver:TakeScreenshot", {"full": False}))


class WebKit(Visitor):
    """WebKitGTK's small browser, on a screen that nobody sees."""

    engine = "WebKit"

    def __init__(self, driver: webdriver.WebKitGTK) -> None:
        self._driver = driver

    def open(self, url: str) -> None:
        self._driver.get(url)

    def run(self, body: str, *arguments: Any) -> Any:
        return self._driver.execute_script(body, *arguments)

    def press(self, key: str, selector: str | None = None) -> None:
        found = self._driver.find_element(By.CSS_SELECTOR, selector) if selector else None
        (found or self._driver.switch_to.active_element).send_keys(key)

    def picture(self) -> bytes:
        return self._driver.get_screenshot_as_png()


@contextmanager
def firefox(theme: Theme) -> Iterator[Visitor]:
    """A Firefox with a profile of its own.

    Raises:
        LookupError: where there is none; the line says what to install.
    """
    # 0 is dark and 1 is light.
    with started(
        FIREFOX.program("firefox-esr"),
        {"layout.css.prefers-color-scheme.content-override": int(theme == "light")},
    ) as driver:
        driver.tell("WebDriver:SetWindowRect", {"width": WINDOW[0], "height": WINDOW[1]})
        yield Firefox(driver)


@contextmanager
def webkit(theme: Theme) -> Iterator[Visitor]:
    """A WebKitGTK browser with a profile of its own.

    Raises:
        LookupError: where a program is missing; the line says what to install.
    """
    settings = {
        "GTK_THEME": "Adwaita:dark" if theme == "dark" else "Adwaita",
        "WEBKIT_DISABLE_COMPOSITING_MODE": "1",  # a screen without a graphics card
        # WebKitGTK's sandbox needs rights that root in a container does not have.
        **({"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"} if os.geteuid() == 0 else {}),
    }
    options = Options()
    options.binary_location = WEBKIT.program("MiniBrowser")
    options.add_argument("--automation")
    with _screen() as display:
        service = Service(
            WEBKIT.program("WebKitWebDriver"), env={**os.environ, **settings, "DISPLAY": display}
        )
        driver = webdriver.WebKitGTK(options=options, service=service)
        try:
            driver.set_window_size(*WINDOW)
            yield WebKit(driver)
        finally:
            driver.quit()


@contextmanager
def _screen() -> Iterator[str]:
    """A screen in memory, whose number the server finds for itself; yields its name."""
    reading, writing = os.pipe()
    command = [WEBKIT.program("Xvfb"), "-displayfd", str(writing), "-screen", "0", "1400x1000x24"]
    server = subprocess.Popen([*command, "-nolisten", "tcp"], pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def keep(picture: bytes, folder: Path, name: str) -> None:
    """Leave a picture where people can look at it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.png").write_bytes(picture)

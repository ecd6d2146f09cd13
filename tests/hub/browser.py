"""A headless Chromium, driven through ChromeDriver by plain HTTP (W3C WebDriver), standard library only."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
PATIENCE = 120
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Shift": "\ue008", "Space": " ", "Home": "\ue011"}


class Browser:
    """One browser session."""

    def __init__(self, port: int, profile: Path) -> None:
        self._root = f"http://127.0.0.1:{port}"
        self._wait()
        options = {"args": [*FLAGS, f"--user-data-dir={profile}"], "binary": CHROMIUM}
        wanted = {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }
        made = self._call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self._session = f"/session/{made['sessionId']}"

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self._call("GET", "/status")
                return
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def _call(self, method: str, path: str, body: dict | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._root + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
                return json.load(reply)["value"]
        except urllib.error.HTTPError as fault:
            raise AssertionError(json.load(fault)["value"]["message"]) from None

    def devtools(self, command: str, **params: object) -> Any:
        """Send a DevTools command."""
        return self._call("POST", f"{self._session}/goog/cdp/execute", {"cmd": command, "params": params})

    def open(self, url: str, width: int = 1440, height: int = 900, scheme: str = "light", script: bool = True) -> None:
        """Load a page afresh at a width, in a colour scheme, with or without scripts."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.devtools("Emulation.setDeviceMetricsOverride", **size)
        self.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.devtools("Emulation.setScriptExecutionDisabled", value=not script)
        self._call("POST", f"{self._session}/url", {"url": "about:blank"})
        self.console(), self.requests()
        self._call("POST", f"{self._session}/url", {"url": url})

    def run(self, script: str, *arguments: object) -> Any:
        """Run a script's text in the page and give what it returns."""
        return self._call("POST", f"{self._session}/execute/sync", {"script": script, "args": list(arguments)})

    def click(self, selector: str, place: int = 0) -> None:
        """Click an element as a mouse does: it must be in view and uncovered."""
        found = self._call("POST", f"{self._session}/elements", {"using": "css selector", "value": selector})
        (element,) = found[place].values()
        self._call("POST", f"{self._session}/element/{element}/click", {})

    def press(self, *names: str, hold: str | None = None) -> None:
        """Press keys one after another, while another one is held if wanted; other texts are typed."""
        keys = [key for name in names for key in ([KEYS[name]] if name in KEYS else name)]
        strokes = [{"type": way, "value": key} for key in keys for way in ("keyDown", "keyUp")]
        if hold:
            strokes = [{"type": "keyDown", "value": KEYS[hold]}, *strokes, {"type": "keyUp", "value": KEYS[hold]}]
        actions = [{"type": "key", "id": "keyboard", "actions": strokes}]
        self._call("POST", f"{self._session}/actions", {"actions": actions})

    def console(self) -> list[str]:
        """Give what the page wrote to the console, refused requests and breaches of its policy among it."""
        return [entry["message"] for entry in self._call("POST", f"{self._session}/se/log", {"type": "browser"})]

    def requests(self) -> list[str]:
        """Give the addresses that were asked for since the last call, without what stands in the page itself."""
        events = self._call("POST", f"{self._session}/se/log", {"type": "performance"})
        messages = [json.loads(event["message"])["message"] for event in events]
        urls = [
            message["params"]["request"]["url"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        ]
        return [url for url in urls if not url.startswith(("data:", "about:"))]

    def close(self) -> None:
        """End the session."""
        self._call("DELETE", self._session)


@contextmanager
def started(folder: Path) -> Iterator[Browser]:
    """Start a browser; the test is skipped where none is installed."""
    if not CHROMIUM or not DRIVER:
        pytest.skip("no Chromium with ChromeDriver here: apt-get install chromium chromium-driver")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "driver.log"
    with log.open("wb") as stream:
        process = subprocess.Popen([DRIVER, f"--port={port}"], stdout=stream, stderr=stream)
    try:
        browser = Browser(port, folder / "profile")
        yield browser
        browser.close()
    finally:
        process.terminate()
        process.wait(PATIENCE)

"""Chromium as a person uses it, steered over a pipe: open, press keys, read, take a picture.

Source: the Chrome DevTools Protocol with ``--remote-debugging-pipe``: messages of JSON, each ended by a zero byte.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.interop.conftest import program
from tests.interop.test_chromium import QUIET

KEYS = {"Tab": 9, "Enter": 13}


class Browser:
    """One tab."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back, self._number, self._rest = to, back, 0, b""
        self._session: str | None = None
        self.heard: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log", "Accessibility"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            found = self._next()
            if found.get("id") == self._number:
                assert "error" not in found, found
                return dict(found["result"])

    def open(self, address: str, *, width: int = 1280, language: str = "en") -> None:
        self.call("Emulation.setScriptExecutionDisabled", value=True)
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600
        )
        self.call("Network.setExtraHTTPHeaders", headers={"Accept-Language": language})
        self._going(lambda: self.call("Page.navigate", url=address))

    def press(self, *keys: str) -> None:
        for key in keys:
            words = {"key": key, "code": key, "windowsVirtualKeyCode": KEYS[key]}
            self.call("Input.dispatchKeyEvent", type="keyDown", text="\r" if key == "Enter" else "", **words)
            self.call("Input.dispatchKeyEvent", type="keyUp", **words)

    def press_and_go(self, key: str) -> None:
        """A key that leads to another page."""
        self._going(lambda: self.press(key))

    def write(self, text: str) -> None:
        self.call("Input.insertText", text=text)

    def read(self, script: str) -> Any:
        """A value of the page; the page itself runs no script."""
        return self.call("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def tree(self) -> list[tuple[str, str]]:
        """Role and name of everything that a program reading aloud would tell."""
        nodes = self.call("Accessibility.getFullAXTree")["nodes"]
        return [
            (node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node.get("ignored")
        ]

    def picture(self, path: Path) -> None:
        found = self.call("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(found["data"]))

    def _going(self, act: Any) -> None:
        before = len(self.heard)
        act()
        began = time.monotonic()
        while not any(each["method"] == "Page.loadEventFired" for each in self.heard[before:]):
            assert time.monotonic() - began < 60, "no page came"
            self._next()

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            part = os.read(self._back, 1 << 20)
            assert part, "the browser is gone"
            self._rest += part
        line, _, self._rest = self._rest.partition(b"\0")
        found = json.loads(line)
        if "method" in found:
            self.heard.append(found)
        return dict(found)


@contextmanager
def browsing(folder: Path) -> Iterator[Browser]:
    """A browser of its own, which asks loopback and nobody else."""
    down, to = os.pipe()
    back, up = os.pipe()
    options = [
        *QUIET,
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        f"--user-data-dir={folder / 'profile'}",
    ]
    words = [program("chromium"), *options, "--remote-debugging-pipe"]
    shell = f'exec 3<&{down} 4>&{up}; exec "$0" "$@"'
    with open(folder / "browser.log", "wb") as log:
        process = subprocess.Popen(["bash", "-c", shell, *words], pass_fds=(down, up), stdout=log, stderr=log)
    os.close(down)
    os.close(up)
    try:
        yield Browser(to, back)
    finally:
        process.kill()
        process.wait()
        os.close(to)
        os.close(back)

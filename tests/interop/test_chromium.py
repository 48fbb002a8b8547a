"""The demo's page in a real browser: no error, no request, nothing wider than the screen, and something to see."""

from __future__ import annotations

import html
import json
import re
import subprocess
from pathlib import Path

import pytest
from tests.interop.conftest import program, tocsin

QUIET = (
    "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run --disable-sync "
    "--disable-background-networking --disable-component-update --disable-default-apps --disable-extensions "
    "--no-default-browser-check --hide-scrollbars --force-device-scale-factor=1"
).split()
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND"  # nothing leaves the machine, whatever page or browser ask for
FRAME = """<!doctype html><title>measuring</title>
<style>body {{ margin: 0 }} iframe {{ border: 0; display: block }}</style>
<iframe id="page" width="{width}" height="2000" srcdoc="{page}"></iframe>
<script>
document.getElementById("page").addEventListener("load", event => {{
  const inner = event.target.contentDocument, root = inner.documentElement;
  const sizes = {{wide: root.scrollWidth, screen: root.clientWidth, text: inner.body.innerText.length}};
  document.documentElement.dataset.measured = JSON.stringify(sizes);
}});
</script>"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page that a small demo writes."""
    folder = tmp_path_factory.mktemp("demo") / "world"
    tocsin("demo", folder, "--scale", "2000")
    pages = list(folder.rglob("*.html"))
    assert len(pages) == 1, f"the demo wrote {pages}"
    return pages[0]


def test_the_page_opens_without_error_or_request(page: Path, tmp_path: Path) -> None:
    complaints, asked = _opened(page, tmp_path)
    assert complaints == []
    assert asked == set()
    assert (tmp_path / "page.png").stat().st_size > 10_000


def test_a_page_that_asks_and_complains_would_be_noticed(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text('<img src="http://outside.example/a.png"><script>nothing.here()</script>', "utf-8")
    complaints, asked = _opened(page, tmp_path)
    assert any("nothing is not defined" in line for line in complaints)
    assert asked == {"http://outside.example/a.png"}


@pytest.mark.parametrize("width", [1280, 400])
def test_nothing_on_the_page_is_wider_than_the_screen(page: Path, tmp_path: Path, width: int) -> None:
    framed = tmp_path / "framed.html"  # a window is never narrower than 500 pixels, a frame is
    framed.write_text(FRAME.format(width=width, page=html.escape(page.read_text("utf-8"))), "utf-8")
    dom = _chromium(tmp_path, "--window-size=1280,2000", "--dump-dom", framed.as_uri()).stdout
    found = re.search(r'<html[^>]* data-measured="([^"]*)"', dom)
    assert found, "the page was not loaded"
    sizes = json.loads(html.unescape(found[1]))
    assert sizes["screen"] == width, "the frame itself"
    assert sizes["wide"] <= width
    assert sizes["text"] > 500


def test_the_page_names_nothing_outside_itself(page: Path) -> None:
    text = page.read_text("utf-8")
    assert re.findall(r'(?:src|href|action|poster|srcset)\s*=\s*["\'](?!#|data:)[^"\']*', text) == []
    assert re.findall(r"@import|url\(\s*['\"]?(?!#|data:)", text) == []


def _opened(page: Path, folder: Path) -> tuple[list[str], set[str]]:
    """What the page said on the console and what it asked the network for; leaves ``page.png``."""
    words = ["--window-size=1280,2000", f"--screenshot={folder / 'page.png'}", "--enable-logging=stderr"]
    talk = _chromium(folder, *words, f"--log-net-log={folder / 'net.json'}", page.as_uri()).stderr
    return re.findall(r".*CONSOLE.*", talk), _asked_for(folder / "net.json")


def _chromium(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    profile = f"--user-data-dir={folder / 'profile'}"
    done = subprocess.run(
        [program("chromium"), *QUIET, OFFLINE, profile, *words], capture_output=True, text=True, timeout=120, cwd=folder
    )
    assert done.returncode == 0, done.stderr
    return done


def _asked_for(net_log: Path) -> set[str]:
    """Every address that the page asked the network for; what the browser asks on its own account has no origin."""
    log = json.loads(net_log.read_text("utf-8"))
    kind = log["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
    asked = [event.get("params", {}) for event in log["events"] if event["type"] == kind]
    urls = {one["url"] for one in asked if "url" in one and one.get("initiator") != "not an origin"}
    return {url for url in urls if re.match(r"(https?|wss?|ftp):", url)}

"""A document's page in a real browser: its script runs and no other, a click tells all, and it fits every screen."""

from __future__ import annotations

import html
import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from tests.interop.conftest import program
from tests.interop.test_chromium import OFFLINE, QUIET
from tests.reports.stating import OURS_READ, STATEMENT

from tocsin.labels import Label
from tocsin.reports.record_page import record_page

EVIL = "\n<script>document.title = 'run'</script><img src=x onerror=\"document.title='run'\"> \u202edesrever\n"
FRAME = """<!doctype html><title>measuring</title>
<style>body {{ margin: 0 }} iframe {{ border: 0; display: block }}</style>
<iframe id="page" width="{width}" height="2000" srcdoc="{page}"></iframe>
<script>
document.getElementById("page").addEventListener("load", event => {{
  const inner = event.target.contentDocument, root = inner.documentElement;
  const box = inner.querySelector('input[data-kind="attribution"]'), mark = inner.querySelector("a.m");
  mark.click();
  const told = inner.querySelector("#panel .body").innerText;
  box.click();
  const found = {{wide: root.scrollWidth, screen: root.clientWidth, told, title: inner.title,
                  off: mark.classList.contains("off")}};
  document.documentElement.dataset.measured = JSON.stringify(found);
}});
</script>"""


@pytest.fixture(scope="module")
def page() -> str:
    """The page of a document that tries to run something."""
    document = replace(OURS_READ.document, text=STATEMENT + EVIL)
    return record_page(replace(OURS_READ, document=document), Label.AMBER)


@pytest.mark.parametrize("width", [1280, 400])
def test_a_click_tells_all_and_nothing_else_runs(page: str, tmp_path: Path, width: int) -> None:
    framed = tmp_path / "framed.html"  # a window is never narrower than 500 pixels, a frame is
    framed.write_text(FRAME.format(width=width, page=html.escape(page)), "utf-8")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    words = [program("chromium"), *QUIET, OFFLINE, profile, "--enable-logging=stderr", "--dump-dom", framed.as_uri()]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=True, cwd=tmp_path)
    found = re.search(r'<html[^>]* data-measured="([^"]*)"', done.stdout)
    assert found, "the page was not loaded"
    seen = json.loads(html.unescape(found[1]))
    assert (seen["screen"], seen["wide"] <= width) == (width, True)
    assert "state-affiliated" in seen["told"]
    assert "very likely" in seen["told"]
    assert seen["off"], "a kind that is not ticked is not marked"
    assert seen["title"] != "run"
    assert "CONSOLE" not in done.stderr

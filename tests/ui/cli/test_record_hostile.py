"""A document written to harm whoever looks at it: through every command that shows the record, and every page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

from tests.ui.cli.conftest import Run
from typer.testing import CliRunner

from tocsin.ui.cli.main import app

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


def _document(payloads: Sequence[str] = PAYLOADS, codes: str = CODES) -> str:
    told = [
        f"The government of China{codes} hacked the Example Mail servers {payload}, the minister{payload} said."
        for payload in payloads
    ]
    turns = [f"MR {payload} EXAMPLE{codes}: France said that Iran{codes} had attacked it." for payload in payloads]
    return "\n\n".join([f"Example{codes} statement {payloads[0]}", *told, *turns, f"China denied it{codes}."])


def _pages(folder: Path, text: str, *said: str) -> dict[str, str]:
    """The pages made of one document, in a workspace that has no other."""
    folder.mkdir()
    place, path = folder / "w", folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    commands = (
        ("init", place),
        ("record", "add", path, "--author", "A. Officer", "--date", "2021-07-22", *said, "-w", place),
        ("record", "read", "-w", place),
        ("record", "page", "1", "-o", folder / "page.html", "-w", place),
        ("record", "who-says", "-o", folder / "who-says.html", "-w", place),
    )
    for words in commands:
        done = CliRunner().invoke(app, [*map(str, words)])
        assert done.exit_code == 0, done.output
    return {name: (folder / name).read_text("utf-8") for name in ("page.html", "who-says.html")}


def _check_page(page: str, harmless: str) -> None:
    seen, plain = Seen(page), Seen(harmless)
    for tag in ("script", "style", "meta", "link", "iframe", "object", "form", "input", "button"):
        assert seen.tags.count(tag) <= plain.tags.count(tag), tag
    assert set(seen.tags) <= set(plain.tags)
    assert {name for name, _ in seen.attributes} <= {name for name, _ in plain.attributes}
    assert not [name for name, _ in seen.attributes if name.startswith("on") or name in ("src", "srcdoc", "action")]
    assert all((value or "").startswith("#") for name, value in seen.attributes if name == "href")
    policy = next(value for _, value in plain.attributes if value and "default-src 'none'" in value)
    assert [value for _, value in seen.attributes if value and "default-src" in value] == [policy]
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


def test_no_page_of_a_hostile_document_runs_anything(tmp_path: Path) -> None:
    said = ("--title", PAYLOADS[1], "--publisher", "javascript:alert(1)", "--licence", PAYLOADS[6])
    hostile = _pages(tmp_path / "hostile", _document(), *said)
    words = ("--title", "Title", "--publisher", "Publisher", "--licence", "Licence")
    harmless = _pages(tmp_path / "harmless", _document(["sample"] * len(PAYLOADS), ""), *words)
    for name, page in hostile.items():
        _check_page(page, harmless[name])

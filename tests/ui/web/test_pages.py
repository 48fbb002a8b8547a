"""Pages as HTML: named for every reader, in their language, with nothing from elsewhere, and readable colours."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from tests.ui.web.serving import HOST

from tocsin.notices import Kind
from tocsin.notices.answers import Answer
from tocsin.tasks.answering_notices import Asked, Confirmed
from tocsin.ui.web.languages import LANGUAGES
from tocsin.ui.web.pages import HEADERS, STYLE, Page, Pages

EVIL = '"><script>alert(1)</script>{{ 7 * 7 }}{organisation}'
FOUND = Confirmed(number="k3v5q7", case_id="c", title=EVIL, kind=Kind.FIRST, on=date(2021, 3, 14), taken_back=None)
ASKED = Asked(answer=Answer.NOT_OURS, notice=FOUND, number="k3v5q7", given_on=None, is_new=False)
PAGES = Pages(replace(HOST, organisation=EVIL, phone=EVIL, address=f"a@b.example{EVIL}"))
AA = 4.5


def every(language: str) -> list[Page]:
    answers = [replace(ASKED, answer=answer) for answer in Answer]
    return [
        PAGES.home(language),
        PAGES.notice(language, EVIL, FOUND, is_form=True),
        PAGES.notice(language, EVIL, None, is_form=True),
        *(PAGES.question(language, each, one_click=False) for each in answers),
        PAGES.question(language, replace(ASKED, notice=None, given_on=date(2021, 3, 15)), one_click=True),
        *(PAGES.thanks(language, replace(each, given_on=date(2021, 3, 15)), again=True) for each in answers),
        *(PAGES.fault(language, status) for status in (400, 404, 405, 408, 410, 413, 418, 429, 500, 503, 599)),
        PAGES.fault(language, 404, "invalid"),
    ]


class Reader(HTMLParser):
    """What a program that reads pages aloud finds."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def read(page: Page) -> Reader:
    reader = Reader()
    reader.feed(page.html)
    return reader


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_can_be_read_aloud(language: str) -> None:
    for page in every(language):
        found = read(page)
        assert found.of("html") == [{"lang": language}]
        assert [len(found.of(tag)) for tag in ("title", "h1", "main", "header", "footer", "nav")] == [1] * 6
        assert found.of("a")[0]["href"] == "#main"
        ids = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
        assert len(ids) == len(set(ids))
        fields = [each for tag in ("input", "textarea") for each in found.of(tag) if each.get("type") != "hidden"]
        assert {each["id"] for each in fields} == {each["for"] for each in found.of("label")}
        assert {each["aria-describedby"] for each in fields} <= set(ids)
        assert len(found.of("form")) == len(found.of("button"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_from_outside_becomes_markup_and_nothing_comes_from_elsewhere(language: str) -> None:
    for page in every(language):
        found = read(page)
        assert found.of("script") == found.of("img") == found.of("iframe") == []
        assert "<script" not in page.html
        assert "49" not in found.text
        assert not any(name.startswith("on") for _, attributes in found.tags for name in attributes)
        for _, attributes in found.tags:
            for name in ("href", "src", "action"):
                assert not (attributes.get(name) or "").startswith(("http:", "https:", "//", "javascript:"))


def test_the_policy_allows_our_style_and_no_other() -> None:
    assert STYLE in PAGES.home("en").html, "not escaped, so that its hash is right"
    assert "unsafe" not in HEADERS["Content-Security-Policy"]
    assert "script-src" not in HEADERS["Content-Security-Policy"]
    assert not re.search(r"url\(|@import|<", STYLE)


def test_an_unknown_number_gets_a_page_of_the_same_shape() -> None:
    known, unknown = (read(PAGES.notice("en", "k3v5q7", found, is_form=False)) for found in (FOUND, None))
    assert [tag for tag, _ in known.tags if tag in ("form", "input", "main", "dl", "h2")] == [
        tag for tag, _ in unknown.tags if tag in ("form", "input", "main", "dl", "h2")
    ]


def test_a_notice_taken_back_says_so_wherever_it_is_named() -> None:
    notice = replace(FOUND, taken_back=date(2021, 3, 16), kind=Kind.CORRECTION)
    for page in (
        PAGES.notice("en", "x", notice, is_form=False),
        PAGES.question("en", replace(ASKED, notice=notice), one_click=False),
    ):
        assert "We took this notice back on 16 March 2021" in page.html
    assert "It corrects an earlier notice" in PAGES.notice("en", "x", notice, is_form=False).html


def test_the_other_language_keeps_the_number_that_was_typed() -> None:
    html = PAGES.notice("en", "ABCDE-" * 5 + "a", None, is_form=True).html
    assert f'href="?number={"abcde" * 5}a&amp;lang=de"' in html


@pytest.mark.parametrize("typed", ["Call us at +44 900 123", "evil.example/now", "pay" * 20])
def test_nobody_puts_words_of_their_own_on_our_page(typed: str) -> None:
    text = read(PAGES.notice("en", typed, None, is_form=True)).text
    assert "900" not in text
    assert "evil" not in text
    assert "paypay" not in text


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("#1a1a1a", "#ffffff"),
        ("#1a1a1a", "#f2f5f8"),
        ("#1a1a1a", "#fdf4e7"),
        ("#4a4a4a", "#ffffff"),
        ("#0b4f8a", "#ffffff"),
        ("#ffffff", "#0b4f8a"),
        ("#ffffff", "#083a66"),
    ],
)
def test_every_pair_of_colours_has_contrast(ink: str, ground: str) -> None:
    assert ink in STYLE
    assert ground in STYLE
    assert _contrast(ink, ground) >= AA


@pytest.mark.parametrize("line", ["#595959", "#c24d00"])
def test_borders_of_fields_and_the_focus_stand_out(line: str) -> None:
    assert line in STYLE
    assert _contrast(line, "#ffffff") >= 3


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

"""A recipient's way through the public pages in a real browser, by keyboard alone, without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.interop.browser import Browser, browsing
from tests.store.noticing import NUMBER, add_notice
from tests.ui.web.serving import Site, made_workspace, site_of

from tocsin.notices.answers import Answer
from tocsin.notices.tokens import Purpose
from tocsin.store.schema import answers

FOCUS = "document.activeElement.innerText || document.activeElement.id"
SIZES = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with site_of(made_workspace(tmp_path)) as made:
        add_notice(made.desk)
        yield made


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    with browsing(tmp_path) as opened:
        yield opened


def at(site: Site, path: str) -> str:
    return f"http://127.0.0.1:{site.port}{path}"


def tab_to(browser: Browser, name: str) -> None:
    for _ in range(20):
        browser.press("Tab")
        if browser.read(FOCUS) == name:
            return
    raise AssertionError(f"Tab never comes to {name}")


def complaints(browser: Browser) -> list[str]:
    kinds = ("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled")
    return [str(each["params"]) for each in browser.heard if each["method"] in kinds]


def asked(browser: Browser) -> set[str]:
    sent = [each["params"]["request"]["url"] for each in browser.heard if each["method"] == "Network.requestWillBeSent"]
    return {url.partition("?")[0] for url in sent if not url.startswith("data:")}


def given(site: Site) -> list[tuple[str, str]]:
    with site.desk.connect() as connection:
        return [(row.what, row.words) for row in connection.execute(sa.select(answers).order_by(answers.c.id))]


def test_checking_a_notice_by_its_number(site: Site, browser: Browser, tmp_path: Path) -> None:
    browser.open(at(site, "/"))
    browser.picture(tmp_path / "home.png")
    tab_to(browser, "number")
    browser.write(f"{NUMBER[:5].upper()}-{NUMBER[5:]}")
    browser.press_and_go("Enter")
    assert browser.read("document.title") == "This notice is ours – Example <CERT> & Friends"
    assert "14 March 2021" in browser.read("document.body.innerText")
    assert complaints(browser) == []
    assert asked(browser) == {at(site, "/"), at(site, "/n")}


def test_answering_by_keyboard_alone(site: Site, browser: Browser) -> None:
    browser.open(at(site, f"/a/{site.token(Answer.WRONG_CONTACT)}"))
    browser.press("Tab")
    assert browser.read(FOCUS) == "Skip to the content", "the first stop, and visible"
    assert browser.read("document.activeElement.getBoundingClientRect().left") >= 0
    tab_to(browser, "words")
    browser.write("it@bakery.example, please")
    assert given(site) == []
    tab_to(browser, "I am the wrong contact")
    outline = browser.read("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid", "where the focus is can be seen"
    browser.press_and_go("Enter")
    assert browser.read("document.querySelector('h1').innerText") == "Thank you. We have your answer"
    assert given(site) == [("wrong_contact", "it@bakery.example, please")]
    assert complaints(browser) == []


def test_switching_the_language_keeps_the_page(site: Site, browser: Browser) -> None:
    browser.open(at(site, f"/a/{site.token(Answer.NOT_OURS)}"), language="de-DE,de")
    assert browser.read("document.documentElement.lang") == "de"
    tab_to(browser, "English")
    browser.press_and_go("Enter")
    assert browser.read("document.querySelector('h1').innerText") == "These servers are not ours"
    assert given(site) == []


def test_a_link_to_unsubscribe_that_is_opened_asks_first(site: Site, browser: Browser) -> None:
    browser.open(at(site, f"/u/{site.token(Answer.STOP, purpose=Purpose.UNSUBSCRIBE)}"))
    assert given(site) == []
    tab_to(browser, "Send no more notices")
    browser.press_and_go("Enter")
    assert given(site) == [("stop", "")]


def test_what_is_read_aloud_has_names(site: Site, browser: Browser) -> None:
    browser.open(at(site, f"/a/{site.token(Answer.NEED_HELP)}"))
    told = browser.tree()
    assert ("heading", "We need help") in told
    assert ("textbox", "How can we reach you, and what is the question? (optional)") in told
    assert ("button", "Please help us") in told
    named = [name for role, name in told if role in ("button", "link", "textbox")]
    assert named
    assert all(named)
    assert {"main", "banner", "contentinfo", "navigation"} <= {role for role, _ in told}


@pytest.mark.parametrize("width", [1280, 400, 320])
@pytest.mark.parametrize("language", ["en", "de"])
def test_nothing_is_wider_than_the_screen(
    site: Site, browser: Browser, tmp_path: Path, width: int, language: str
) -> None:
    token = site.token(Answer.NOT_OURS)
    paths = {
        "home": "/",
        "known": f"/n/{NUMBER}",
        "unknown": f"/n/{'w' * 80}",
        "answer": f"/a/{token}",
        "fault": "/a/x",
    }
    for name, path in paths.items():
        browser.open(at(site, path), width=width, language=language)
        wide, screen = browser.read(SIZES)
        assert (screen, wide <= width) == (width, True), path
        browser.picture(tmp_path / f"{name}-{language}-{width}.png")
        assert (tmp_path / f"{name}-{language}-{width}.png").stat().st_size > 5_000


def test_the_policy_lets_nothing_run_even_if_it_got_in(site: Site, browser: Browser) -> None:
    browser.open(at(site, "/"))
    browser.call("Emulation.setScriptExecutionDisabled", value=False)
    browser.read(
        "const s = document.createElement('script'); s.text = 'document.title = 1'; document.body.append(s);"
        "const i = new Image(); i.src = 'http://127.0.0.1:9/x.png'; document.body.append(i)"
    )
    assert browser.read("document.title") != "1"
    assert len(complaints(browser)) >= 2, "both were blocked, and the browser says so"

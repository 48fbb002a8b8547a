"""The public pages over HTTP: a recipient's whole way, and what strangers try."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from tests.store.noticing import NOW, NUMBER, OTHER, add_notice
from tests.ui.web.serving import Site

from tocsin.notices.answers import WORDS_LIMIT, Answer
from tocsin.notices.tokens import Purpose
from tocsin.store.audit import verify
from tocsin.store.schema import answers, suppressions
from tocsin.ui.web.pages import HEADERS


def given(site: Site) -> list[tuple[str, str]]:
    with site.desk.connect() as connection:
        return [(row.what, row.words) for row in connection.execute(sa.select(answers).order_by(answers.c.id))]


def test_a_recipient_checks_the_notice(site: Site) -> None:
    for path in (f"/n/{NUMBER}", f"/n?number={NUMBER[:5]}-{NUMBER[5:].upper()}+"):
        reply = site.ask(path)
        assert reply.status == 200
        assert "This notice is ours" in reply.text
        assert "14 March 2021" in reply.text
        assert "ProxyLogon" in reply.text


def test_the_page_does_not_say_to_whom_it_went(site: Site) -> None:
    text = site.ask(f"/n/{NUMBER}").text.lower()
    assert "council" not in text
    assert "192.0.2.17" not in text


def test_an_unknown_number_has_the_same_status_and_headers(site: Site) -> None:
    add_notice(site.desk, OTHER, events=("queued",))
    known = site.ask(f"/n/{NUMBER}")
    for number in (OTHER, "nothing", "k" * 26, "%00", "..%2f..%2fetc"):
        reply = site.ask(f"/n/{number}")
        if "%2f" not in number:
            assert reply.status == known.status
            assert reply.headers.keys() == known.headers.keys()
            assert "We know no notice with this number" in reply.text
        assert "root:" not in reply.text


def test_following_a_link_changes_nothing_and_the_button_does(site: Site) -> None:
    path = f"/a/{site.token(Answer.NOT_OURS)}"
    for method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"):
        site.ask(path, method=method)
    assert given(site) == []
    reply = site.post(path, words="ask it@bakery.example")
    assert (reply.status, "Thank you" in reply.text) == (200, True)
    assert given(site) == [("not_ours", "ask it@bakery.example")]


def test_the_same_link_again_says_since_when(site: Site) -> None:
    path = f"/a/{site.token()}"
    site.post(path)
    assert "We had this answer already, since 15 March 2021" in site.post(path, words="more").text
    page = site.ask(path).text
    assert "We have this answer already, since 15 March 2021" in page
    assert "<form" not in page
    assert given(site) == [("fixed", "")]


def test_one_click_unsubscription(site: Site) -> None:
    token = site.token(Answer.STOP, purpose=Purpose.UNSUBSCRIBE)
    assert "One-Click" in site.ask(f"/u/{token}").text
    assert site.post(f"/u/{token}").status == 400
    assert given(site) == []
    assert site.unsubscribe(token).status == 200
    with site.desk.connect() as connection:
        assert connection.scalar(sa.select(suppressions.c.what)) == "security@council.example"


def test_one_click_unsubscription_as_form_data(site: Site) -> None:
    token = site.token(Answer.STOP, purpose=Purpose.UNSUBSCRIBE)
    body = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    assert site.ask(f"/u/{token}", method="POST", body=body, headers=kind).status == 200
    assert given(site) == [("stop", "")]


def test_many_posts_at_once_are_one_answer(site: Site) -> None:
    path = f"/a/{site.token(Answer.NEED_HELP)}"
    with ThreadPoolExecutor(12) as pool:
        found = list(pool.map(lambda number: site.post(path, words=f"call {number}"), range(36)))
    assert {reply.status for reply in found} == {200}
    assert sum("already" not in reply.text for reply in found) == 1
    assert len(given(site)) == 1
    assert verify(site.desk).broken is None


def test_a_link_of_another_purpose_number_or_hand_is_not_valid(site: Site) -> None:
    good = site.token()
    stop = site.token(Answer.STOP, purpose=Purpose.UNSUBSCRIBE)
    other = good.replace(NUMBER, OTHER)
    dearer = good.replace("af.", "as.", 1)
    tries = [
        f"/a/{stop}",
        f"/u/{good}",
        f"/a/{other}",
        f"/a/{dearer}",
        f"/a/{good}x",
        "/a/x",
        "/a/%00",
        f"/a/{good[:-1]}",
    ]
    texts = set()
    for path in tries:
        for reply in (site.ask(path), site.post(path, **{"List-Unsubscribe": "One-Click"})):
            assert reply.status == 404
            texts.add(reply.text)
    assert len(texts) == 1, "nothing tells one from another"
    assert given(site) == []


def test_an_expired_link_says_what_to_do_instead(site: Site) -> None:
    token = site.token(expires=NOW - timedelta(seconds=1))
    for reply in (site.ask(f"/a/{token}"), site.post(f"/a/{token}")):
        assert reply.status == 410
        assert "answer the notice by mail" in reply.text
    assert given(site) == []


def test_nothing_else_is_served(site: Site) -> None:
    paths = ["/docs", "/openapi.json", "/redoc", "/a", "/a/", "/n/", "/u", "/static/style.css", "/tokens.key"]
    paths += ["/../tokens.key", "/n/../../tokens.key", "/%2e%2e/tokens.key", "/n/..%2f..%2ftokens.key", "/desk.sqlite"]
    paths += ["//evil.example/", "/n/x/y", "/%0d%0aSet-Cookie:%20a=b", "/?lang=%0d%0aSet-Cookie:%20a=b"]
    for path in paths:
        reply = site.ask(path)
        assert reply.status == (200 if path.startswith("/?") else 404), path
        assert "location" not in reply.headers
        assert "set-cookie" not in reply.headers
        assert site.counter.key.hex() not in reply.text


def test_every_answer_carries_the_headers_and_no_cookie(site: Site) -> None:
    path = f"/a/{site.token()}"
    replies = [
        site.ask("/"),
        site.ask("/nothing"),
        site.ask(path),
        site.post(path),
        site.ask("/robots.txt"),
        site.ask("/", method="PUT"),
    ]
    for reply in replies:
        assert {name: reply.headers[name.lower()] for name in HEADERS} == HEADERS
        assert "set-cookie" not in reply.headers
        assert "server" not in reply.headers
        assert "strict-transport-security" not in reply.headers
    assert replies[0].headers["content-language"] == "en"


def test_german_by_the_browser_and_by_the_link(site: Site) -> None:
    german = {"Accept-Language": "de-CH,de;q=0.8"}
    path = f"/a/{site.token(Answer.NOT_OURS)}"
    for reply in (site.ask(path, headers=german), site.ask(f"{path}?lang=de")):
        assert reply.headers["content-language"] == "de"
        assert "Diese Server gehören nicht uns" in reply.text
        assert "14. März 2021" in reply.text
    assert "It is fixed" in site.ask(f"/a/{site.token()}?lang=en", headers=german).text
    assert "Danke" in site.post(f"{path}?lang=de").text
    assert "Diese Seite gibt es nicht" in site.ask("/nothing", headers=german).text


def test_head_has_no_body_and_other_methods_say_what_is_allowed(site: Site) -> None:
    head = site.ask(f"/n/{NUMBER}", method="HEAD")
    assert (head.status, head.text) == (200, "")
    for method in ("OPTIONS", "PUT", "TRACE", "BREW"):
        reply = site.ask("/", method=method)
        assert reply.status == 405
        assert "GET" in reply.headers["allow"]


def test_a_strangers_words_are_cut_and_cleaned(site: Site) -> None:
    site.post(f"/a/{site.token()}", words="x\x1b[2J\x00" + "y" * 3000)
    ((_, words),) = given(site)
    assert len(words) == WORDS_LIMIT
    assert words.startswith("x[2Jyy")


FILE = b'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\nz\r\n--x--'
STRANGE = [
    ("application/json", b'{"words": "x"}'),
    ("text/plain", b"words=x"),
    ("", b""),
    ("multipart/form-data; boundary=x", FILE),
    ("multipart/form-data", b"nothing"),
    ("multipart/form-data; boundary=x", b"--x\r\n\r\n\r\n"),
    ("application/x-www-form-urlencoded", b"&".join([b"a=b"] * 4000)),
    ("application/x-www-form-urlencoded", b"words=%ff%fe%00%zz"),
]


def test_a_strange_form_is_an_answer_without_words_or_a_bad_request(site: Site) -> None:
    taken = 0
    for number, (kind, body) in enumerate(STRANGE):
        add_notice(site.desk, f"strange{number}")
        token = site.token(number=f"strange{number}")
        reply = site.ask(f"/a/{token}", method="POST", body=body, headers={"Content-Type": kind})
        assert reply.status in (200, 400), kind
        assert "Traceback" not in reply.text
        taken += reply.status == 200
    assert len(given(site)) == taken
    assert {words.strip("\ufffd") for _, words in given(site)} <= {"", "%zz"}


def test_without_a_desk_the_page_says_so_and_asks_to_come_back(site: Site) -> None:
    with site.desk.begin() as connection:
        connection.execute(sa.text("DROP TABLE answer_events"))
        connection.execute(sa.text("DROP TABLE answers"))
    for reply in (site.ask(f"/a/{site.token()}"), site.post(f"/a/{site.token()}")):
        assert reply.status == 503
        assert reply.headers["retry-after"] == "120"
        assert "Your answer was not kept" in reply.text


def test_while_another_writes_for_long_the_page_says_so(site: Site) -> None:
    with site.desk.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        reply = site.post(f"/a/{site.token()}")
        assert reply.status == 503
        assert site.ask(f"/n/{NUMBER}").status == 200, "reading waits for nobody"
        connection.exec_driver_sql("ROLLBACK")
    assert site.post(f"/a/{site.token()}").status == 200


def test_the_log_holds_no_token_no_number_and_nobody(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("tocsin.public").propagate = True
    token = site.token(Answer.NOT_OURS)
    site.ask(f"/a/{token}?x=secretwords")
    site.post(f"/a/{token}", words="secretwords")
    site.ask(f"/n/{NUMBER}")
    with site.desk.begin() as connection:
        connection.execute(sa.text("DROP TABLE answer_events"))
        connection.execute(sa.text("DROP TABLE answers"))
    site.post(f"/a/{token}", words="secretwords")
    site.ask("/secretwords")
    assert "POST /a/…" in caplog.text
    for secret in (token, token[-10:], NUMBER, "secretwords", "127.0.0.1", "council"):
        assert secret not in caplog.text


def test_robots_and_security_txt(site: Site) -> None:
    assert "Disallow: /a/" in site.ask("/robots.txt").text
    text = site.ask("/.well-known/security.txt").text
    assert text.startswith("Contact: mailto:cert@cert.example\nExpires: 2021-06-13T00:00:00Z\n")
    assert "Canonical: https://notices.cert.example/.well-known/security.txt" in text

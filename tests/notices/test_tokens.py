"""Tokens of links: whole, one letter changed, too late, of another purpose, of another key."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.notices import tokens
from tocsin.notices.answers import Answer
from tocsin.notices.tokens import Purpose, Refusal, Token, answer_links, notice_link, read, sign, unsubscribe_link

KEY = bytes(range(32))
OTHER = bytes(range(1, 33))
NOW = datetime(2021, 3, 15, 9, tzinfo=UTC)
NUMBER = "k3v5q7zr2mxa4tq6w2bnd5hj7c"
TOKEN = Token(purpose=Purpose.ANSWER, answer=Answer.FIXED, number=NUMBER, expires=NOW + timedelta(days=90))
TEXT = sign(TOKEN, KEY)


def asked(text: str, *, key: bytes = KEY, purpose: Purpose = Purpose.ANSWER, now: datetime = NOW) -> Token | Refusal:
    return read(text, key, purpose=purpose, now=now)


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("answer", Answer)
def test_what_is_signed_is_read_back(purpose: Purpose, answer: Answer) -> None:
    token = replace(TOKEN, purpose=purpose, answer=answer)
    assert asked(sign(token, KEY), purpose=purpose) == token


@pytest.mark.parametrize("place", range(len(TEXT)))
def test_one_character_changed_is_forged(place: int) -> None:
    for other in "aZ9.b2":
        if other != TEXT[place]:
            assert asked(TEXT[:place] + other + TEXT[place + 1 :]) is Refusal.FORGED


@given(st.text(max_size=100))
def test_whatever_is_no_token_is_forged(text: str) -> None:
    assert asked(text) is Refusal.FORGED


@pytest.mark.parametrize(
    "text", [TEXT + "\n", TEXT.upper(), TEXT + "a", TEXT[:-1], " " + TEXT, TEXT + "\x00", "a" * 10**6]
)
def test_a_token_has_one_spelling(text: str) -> None:
    assert asked(text) is Refusal.FORGED


def test_another_key_is_forged() -> None:
    assert asked(TEXT, key=OTHER) is Refusal.FORGED


def test_it_counts_until_its_last_second_and_no_longer() -> None:
    assert asked(TEXT, now=TOKEN.expires - timedelta(microseconds=1)) == TOKEN
    assert asked(TEXT, now=TOKEN.expires) is Refusal.EXPIRED


def test_of_a_forged_token_nothing_is_said_but_that() -> None:
    late = sign(replace(TOKEN, expires=NOW), OTHER)
    assert asked(late) is Refusal.FORGED
    assert asked(late, purpose=Purpose.UNSUBSCRIBE) is Refusal.FORGED


def test_a_token_is_bound_to_its_purpose() -> None:
    assert asked(TEXT, purpose=Purpose.UNSUBSCRIBE) is Refusal.OTHER_PURPOSE
    assert asked("u" + TEXT[1:], purpose=Purpose.UNSUBSCRIBE) is Refusal.FORGED


def test_an_answer_of_a_newer_program_is_of_another_purpose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tokens._ANSWERS, Answer.FIXED, "q")
    assert asked(sign(TOKEN, KEY)) is Refusal.OTHER_PURPOSE


@pytest.mark.parametrize("number", ["", "a/b", "a.b", "ä", "x" * 33, "a b"])
def test_a_number_that_would_not_fit_a_link_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="letters and digits"):
        sign(replace(TOKEN, number=number), KEY)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        sign(TOKEN, b"short")


def test_links_are_short_and_end_in_a_letter_or_digit() -> None:
    page = "https://notices.cert.example/"
    links = answer_links(page, NUMBER, KEY, expires=TOKEN.expires)
    assert set(links) == set(Answer)
    for link in [
        *links.values(),
        unsubscribe_link(page, NUMBER, KEY, expires=TOKEN.expires),
        notice_link(page, NUMBER),
    ]:
        assert link.startswith("https://notices.cert.example/")
        assert "//" not in link[8:]
        assert len(link) < 110
        assert link[-1] in string.ascii_lowercase + string.digits
    assert asked(links[Answer.STOP].rpartition("/")[2]) == replace(TOKEN, answer=Answer.STOP)

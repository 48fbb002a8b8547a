"""Addresses of contacts, as people and strangers' machines write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.constituency.mailboxes import Target, read_mailbox, read_target, read_uri


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (" security@council.example ", "security@council.example"),
        ("Security@Council.Example.", "Security@council.example"),
        ("first.last+tag@council.example", "first.last+tag@council.example"),
        ("o'brien@council.example", "o'brien@council.example"),
        ("security@bücher.example", "security@xn--bcher-kva.example"),
        ('"security"@council.example', "security@council.example"),
    ],
)
def test_a_mailbox_is_kept_in_one_form(text: str, kept: str) -> None:
    assert read_mailbox(text) == kept


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a@council.example, b@council.example", "list"),
        ("a@council.example;b@council.example", "list"),
        ("a@council.example b@council.example", "list"),
        ("The Council <a@council.example>", "list|name beside"),
        ("<a@council.example>", "name beside"),
        ('"a b"@council.example', "quotation marks"),
        ('"a@b"@council.example', "quotation marks"),
        ('"a\\"b"@council.example', "quotation marks"),
        ("a@council.example\r\nBcc: all@elsewhere.example", "control"),
        ("a\n@council.example", "control"),
        ("a\u202e@council.example", "control"),
        ("a@coun\u200bcil.example", "control"),
        ("jürgen@council.example", "most mail servers"),
        ("a%elsewhere.example@council.example", "route"),
        ("elsewhere.example!a@council.example", "route"),
        ("-oQ/tmp@council.example", "option"),
        ("a@[192.0.2.1]", "number"),
        ("a@192.0.2.1", "no domain"),
        ("a@localhost", "no domain"),
        ("a@*.council.example", "no domain"),
        ("a@my_host.example", "no domain"),
        (".a@council.example", "quotation marks"),
        ("a..b@council.example", "quotation marks"),
        ("a" * 65 + "@council.example", "more than 64"),
        ("aaaa@" + ".".join(["b" * 60] * 4) + ".example", "more than 254|no domain"),
        ("council.example", "no mail address"),
        ("@council.example", "no mail address"),
        ("a@", "no mail address"),
        ("", "no mail address"),
        ("a@@council.example", "quotation marks|list"),
    ],
)
def test_what_is_no_single_mailbox_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_mailbox(text)


@given(st.text(max_size=80) | st.from_regex(r"[a-z\"\\ ,;<>.@\r\n]{1,20}@[a-z.\r\n]{1,20}\.example", fullmatch=True))
def test_whatever_passes_stands_on_one_line_and_reads_back_as_itself(text: str) -> None:
    try:
        kept = read_mailbox(text)
    except ValueError:
        return
    assert kept.isascii()
    assert kept.isprintable()
    assert kept.count("@") == 1
    assert not set(kept) & set(' ,;:<>()[]"\\')
    assert read_mailbox(kept) == kept


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("mailto:security@council.example", Target(channel="mail", address="security@council.example")),
        ("mailto:security%40council.example?subject=x", Target(channel="mail", address="security@council.example")),
        ("MAILTO:security@council.example", Target(channel="mail", address="security@council.example")),
        ("tel:+44-20-7946-0000;ext=1", Target(channel="phone", address="+442079460000")),
        ("https://Council.Example/report", Target(channel="form", address="https://council.example/report")),
    ],
)
def test_a_uri_names_one_channel(text: str, target: Target) -> None:
    assert read_uri(text) == target


@pytest.mark.parametrize(
    "text",
    [
        "mailto:a@council.example%0d%0aBcc:b@elsewhere.example",
        "mailto:a@council.example,b@council.example",
        "mailto:%ff@council.example",
        "javascript:alert(1)",
        "https://user:secret@council.example/",
        "https://council.example/a b",
        "https://192.0.2.1/",
        "tel:now",
        "security@council.example",
        "",
    ],
)
def test_a_uri_that_names_none_or_smuggles_more_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no|is a list|control"):
        read_uri(text)


def test_a_postal_address_is_kept_on_one_line() -> None:
    assert read_target("post", "Town Hall\n1 Example Street,\r\nExampleton").address == (
        "Town Hall, 1 Example Street, Exampleton"
    )
    with pytest.raises(ValueError, match="postal"):
        read_target("post", " \n ")
    with pytest.raises(ValueError, match="channel"):
        read_target("pigeon", "x")

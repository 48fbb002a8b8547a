"""Bootstrap files. Source of the form: RFC 9224."""

from __future__ import annotations

import json

import pytest

from tocsin.constituency.bootstrap import question, read_bootstrap


def file(*services: object) -> bytes:
    return json.dumps({"version": "1.0", "publication": "2021-03-01T00:00:00Z", "services": list(services)}).encode()


def test_the_longest_network_that_holds_an_address_answers() -> None:
    found = read_bootstrap(
        file(
            [["192.0.0.0/8"], ["https://wide.example/rdap/"]],
            [["192.0.2.0/24", "198.51.100.0/24"], ["http://near.example/rdap/", "https://near.example/rdap/"]],
        )
    )
    assert found.servers("192.0.2.7") == ("https://near.example/rdap/", "http://near.example/rdap/")
    assert found.servers("192.1.2.7") == ("https://wide.example/rdap/",)
    assert found.servers("203.0.113.1") == ()
    assert found.servers("2001:db8::1") == ()


def test_as_numbers_lie_in_spans_or_alone() -> None:
    found = read_bootstrap(file([["64496-64511", "65551"], ["https://as.example/"]]))
    assert found.servers("64500") == found.servers("65551") == ("https://as.example/",)
    assert found.servers("64512") == ()


def test_ipv6_too() -> None:
    found = read_bootstrap(file([["2001:db8::/32"], ["https://six.example"]]))
    assert found.servers("2001:db8::7") == ("https://six.example",)


def test_entries_that_are_nonsense_are_counted_and_left_out() -> None:
    found = read_bootstrap(
        file([["192.0.2.0/24", "192.0.2.1/24", "x"], ["https://a.example/"]], [["1"], ["ftp://a"]], [["2"]])
    )
    assert found.unread == 4
    assert len(found.networks) == 1


@pytest.mark.parametrize("content", [b"<html>", b"{}", b'{"services": 3}', file(), b"x" * 5_000_001])
def test_what_is_no_bootstrap_file_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"no bootstrap|no server|more than"):
        read_bootstrap(content)


def test_the_question_put_to_a_server() -> None:
    assert question("https://a.example/rdap/", "192.0.2.7") == "https://a.example/rdap/ip/192.0.2.7"
    assert question("https://a.example/rdap", "64500") == "https://a.example/rdap/autnum/64500"

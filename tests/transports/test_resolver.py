"""Answers of a name server on loopback."""

from __future__ import annotations

import pytest
from tests.transports.name_server import NameServer

from tocsin.errors import WorkspaceError
from tocsin.transports.resolver import Resolver

RECORDS = {
    ("cert.example", "TXT"): ('"v=spf1 " "-all"', '"other"'),
    ("cert.example", "MX"): ("10 mx.cert.example.",),
    ("cert.example", "A"): ("192.0.2.1",),
}


def test_what_is_there_and_what_is_not() -> None:
    with NameServer(RECORDS) as server:
        ask = Resolver([server.place])
        assert sorted(ask("cert.example", "TXT")) == ["other", "v=spf1 -all"]
        assert ask("cert.example", "MX") == ("mx.cert.example",)
        assert ask("cert.example", "A") == ("192.0.2.1",)
        assert ask("cert.example", "AAAA") == ()
        assert ask("none.example", "A") == ()


def test_a_server_that_fails_is_not_one_that_says_there_is_nothing() -> None:
    with NameServer({}, fails=True) as server, pytest.raises(WorkspaceError, match=r"do not say what cert\.example"):
        Resolver([server.place], seconds=1)("cert.example", "TXT")


def test_names_that_cannot_be_asked_for() -> None:
    with NameServer(RECORDS) as server, pytest.raises(WorkspaceError):
        Resolver([server.place])("a" * 70 + ".example", "A")


def test_two_servers_of_one_address_are_told_apart_by_their_port() -> None:
    with NameServer({}, fails=True) as bad, NameServer(RECORDS) as good:
        assert Resolver([bad.place, good.place], seconds=2)("cert.example", "A") == ("192.0.2.1",)


def test_servers_that_are_none() -> None:
    with pytest.raises(WorkspaceError, match="no name server can be asked"):
        Resolver(["not an address"])

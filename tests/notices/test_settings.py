"""The settings of sending, from a parsed file."""

from __future__ import annotations

import tomllib
from datetime import time

import pytest

from tocsin.notices.settings import Settings, check_settings, split_server

WHOLE = """
[sender]
organisation = "Example CERT"
name = "Warnings"
address = "warn@cert.example"
reply_to = "reply@cert.example"
phone = "+44 20 7946 0000"
page = "https://warn.cert.example"
[policy]
unchanged_days = 10
opens = 07:30:00
closes = "16:00"
business_days_only = false
[smtp]
host = "relay.cert.example"
user = "warn"
password_file = "relay.password"
[imap]
host = "192.0.2.25"
[openpgp]
key_file = "sign.asc"
[dkim]
domain = "cert.example"
selector = "w1"
key_file = "dkim.pem"
[dns]
servers = ["192.0.2.53:5353", "2001:db8::53"]
[lookups]
bootstrap = ["https://rdap.example/bootstrap"]
"""


def faults(text: str) -> tuple[str, ...]:
    return check_settings(tomllib.loads(text))[1]


def test_no_file_sends_nowhere() -> None:
    assert check_settings({}) == (Settings(), ())
    assert Settings().smtp is None


def test_a_whole_file_is_read() -> None:
    settings, found = check_settings(tomllib.loads(WHOLE))
    assert found == ()
    assert settings.sender is not None
    assert settings.sender.domain == "cert.example"
    assert (settings.policy.opens, settings.policy.closes) == (time(7, 30), time(16))
    assert (settings.policy.unchanged_days, settings.policy.business_days_only) == (10, False)
    assert settings.smtp is not None
    assert (settings.smtp.port, settings.smtp.security) == (587, "starttls")
    assert settings.dns.servers == ("192.0.2.53:5353", "2001:db8::53")


def test_all_faults_are_told_at_once_with_their_keys() -> None:
    found = faults('[sendr]\n[smtp]\nhots = "x"\nport = 0\n[policy]\nopens = "noon"\nbusiness_days_only = 1\n')
    assert [fault.split()[0] for fault in found] == [
        "sendr",
        "policy.opens",
        "policy.business_days_only",
        "smtp.hots",
        "smtp.host",
        "smtp.port",
        "sender",
    ]
    assert "did you mean sender?" in found[0]
    assert "did you mean host" in found[3]


SENDER = '[sender]\norganisation = "Example CERT"\naddress = "warn@cert.example"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[sender]\norganisation = "A\\nBcc: x@x.example"\naddress = "a@b.example"',
            "sender.organisation has a line end",
        ),
        ('[sender]\norganisation = "A"\naddress = "a@b.example, c@d.example"', "is no mail address"),
        ('[sender]\norganisation = " "\naddress = "a@b.example"', "sender.organisation must not be empty"),
        (SENDER + 'page = "http://cert.example"', "must begin with https://"),
        (SENDER + 'page = "https://cert.example/"', "without a slash at its end"),
        (SENDER + 'page = "https://cert.example/a?b"', "without a slash at its end"),
        (SENDER + '[smtp]\nhost = "relay.example"\nsecurity = "none"', "smtp.security must be starttls or tls"),
        (SENDER + '[smtp]\nhost = "relay.example"\nsecurity = "startls"', "did you mean starttls"),
        (SENDER + '[smtp]\nhost = "relay example"', "is no name or address of a machine"),
        (SENDER + '[smtp]\nhost = "relay.example"\nport = true', "smtp.port must be a whole number from 1 to 65535"),
        (SENDER + '[smtp]\nhost = "relay.example"\ntimeout = 0', "smtp.timeout must be a whole number from 1"),
        ('[smtp]\nhost = "relay.example"', "sender is missing"),
        ("[policy]\nin_all_per_minute = 0", "policy.in_all_per_minute must be a whole number from 1"),
        ('[policy]\nopens = "19:00"\ncloses = "08:00"', "policy cannot be kept: 'opens' is not before 'closes'"),
        ('[policy]\nopens = "08:00+02:00"', "must be a time such as 08:00"),
        ("smtp = 3", "smtp must be a section"),
        ("[dns]\nservers = [53]", "dns.servers must be a text"),
        ('[dns]\nservers = ["dns.example"]', "is no address of a DNS server"),
        ('[dns]\nservers = "192.0.2.53"', "dns.servers must be a list of texts"),
        ("[sender]\norganisation = 3\naddress = false", "sender.organisation must be a text"),
        ('[lookups]\nbootstrap = ["file:x"]', "is no web address"),
    ],
)
def test_what_cannot_be_is_refused(text: str, said: str) -> None:
    assert said in " | ".join(faults(text))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_this_machine_may_be_reached_in_the_clear(host: str) -> None:
    assert faults(SENDER + f'[smtp]\nhost = "{host}"\nsecurity = "none"\nport = 2525') == ()


@pytest.mark.parametrize(
    "server",
    ["ns.example", "192.0.2.53:0", "192.0.2.53:70000", "192.0.2.53:", "2001:db8::53:port", "[2001:db8::53", ""],
)
def test_a_dns_server_is_an_address_with_or_without_a_port(server: str) -> None:
    (fault,) = faults(f"[dns]\nservers = [{server!r}]")
    assert fault.startswith("dns.servers")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("192.0.2.53", ("192.0.2.53", 53)),
        ("192.0.2.53:5353", ("192.0.2.53", 5353)),
        ("2001:db8::53", ("2001:db8::53", 53)),
        ("[2001:db8::53]", ("2001:db8::53", 53)),
        ("[2001:db8::53]:5353", ("2001:db8::53", 5353)),
    ],
)
def test_the_port_of_a_dns_server(text: str, meant: tuple[str, int]) -> None:
    assert split_server(text) == meant

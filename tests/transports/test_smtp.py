"""Real SMTP against a server on loopback that answers, drops, stalls and lies."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from tests.transports.mail_servers import CA, MailServer, Script

from tocsin.errors import WorkspaceError
from tocsin.notices.delivery import LeaseLostError, Outcome, Parcel, Receipt
from tocsin.transports.smtp import MOST_ON_ONE_CONNECTION, SmtpCarrier, SmtpServer, wired

LETTER = b"Message-ID: <a@cert.example>\r\nSubject: Your mail server\r\n\r\nUpdate it.\r\n"
PARCEL = Parcel(
    number="a",
    message_id="<a@cert.example>",
    sender="cert@cert.example",
    recipient="it@council.example",
    content=LETTER,
)


async def nothing() -> None:
    """What is awaited before the message leaves."""


def tried(script: Script, *parcels: Parcel, **wishes: object) -> list[Receipt]:
    """What comes of carrying these, one after the other."""
    security = str(wishes.pop("security", "none"))
    asked = wishes.pop("asks", None)
    with MailServer(script, security=security, password=asked) as server:  # type: ignore[arg-type]  # None or a text
        host = "127.0.0.1" if security == "none" else "localhost"
        settings = replace(
            SmtpServer(host=host, port=server.port, security=security, timeout=2.0, hello="client.example"),
            **wishes,  # type: ignore[arg-type]  # fields of it
        )

        async def go() -> list[Receipt]:
            carrier = SmtpCarrier(settings)
            try:
                return [await carrier.carry(parcel, handing=nothing) for parcel in parcels or (PARCEL,)]
            finally:
                await carrier.close()

        return asyncio.run(go())


def test_a_message_arrives_as_it_was_with_its_envelope() -> None:
    script = Script()
    content = LETTER + b".\r\n..\r\n.hidden\r\n" + b"x" * 900 + b"\r\n"
    [receipt] = tried(script, replace(PARCEL, content=content))
    assert (receipt.outcome, receipt.code) == (Outcome.ACCEPTED, 250)
    [taken] = script.taken
    assert taken.content == content
    assert (taken.sender, taken.recipient) == ("cert@cert.example", "it@council.example")


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"on_rcpt": "550 5.1.1 no such user"}, Outcome.PERMANENT),
        ({"on_rcpt": "450 4.2.0 greylisted"}, Outcome.TEMPORARY),
        ({"on_rcpt": "drop"}, Outcome.TEMPORARY),
        ({"on_data": "554 5.7.1 refused"}, Outcome.PERMANENT),
        ({"on_data": "451 4.3.0 later"}, Outcome.TEMPORARY),
        ({"on_data": "drop"}, Outcome.UNCERTAIN),
        ({"on_data": "garbage"}, Outcome.UNCERTAIN),
        ({"on_mail": "550 not you"}, Outcome.NO_WAY),
        ({"on_mail": "drop"}, Outcome.NO_WAY),
    ],
)
def test_what_the_server_does_and_what_it_means(answers: dict[str, str], outcome: Outcome) -> None:
    script = Script()
    for name, answer in answers.items():
        setattr(script, name, lambda _, answer=answer: answer)
    [receipt] = tried(script)
    assert receipt.outcome is outcome, receipt


def test_a_server_that_stalls_before_the_message_is_left_and_after_it_is_uncertain() -> None:
    [before] = tried(Script(on_rcpt=lambda _: "stall", stalls=2), timeout=0.2)
    assert (before.outcome, before.text) == (Outcome.TEMPORARY, "no answer in time")
    script = Script(on_data=lambda _: "stall", stalls=3)
    [after] = tried(script, timeout=0.1)
    assert after.outcome is Outcome.UNCERTAIN
    assert "no answer after the message was sent" in after.text


def test_a_connection_is_used_again_also_after_a_refusal_and_not_for_ever() -> None:
    script = Script(on_rcpt=lambda address: "550 no" if address.startswith("bad") else None)
    parcels = [PARCEL, replace(PARCEL, recipient="bad@council.example"), *[PARCEL] * MOST_ON_ONE_CONNECTION]
    receipts = tried(script, *parcels)
    assert [each.outcome for each in receipts].count(Outcome.ACCEPTED) == len(parcels) - 1
    assert len({taken.peer for taken in script.taken}) == 2


def test_a_connection_that_the_server_closed_meanwhile_is_replaced() -> None:
    calls: list[str] = []

    def second_drops(address: str) -> str | None:
        calls.append(address)
        return "drop" if len(calls) == 2 else None

    script = Script(on_mail=second_drops)
    assert [each.outcome for each in tried(script, PARCEL, PARCEL)] == [Outcome.ACCEPTED] * 2
    assert len(script.taken) == 2


def test_several_at_once_go_over_several_connections() -> None:
    script = Script()
    with MailServer(script) as server:

        async def go() -> None:
            carrier = SmtpCarrier(SmtpServer(host="127.0.0.1", port=server.port, security="none", timeout=5))
            await asyncio.gather(*(carrier.carry(PARCEL, handing=nothing) for _ in range(8)))
            await carrier.close()

        asyncio.run(go())
    assert len(script.taken) == 8
    assert len({taken.peer for taken in script.taken}) == 8


def test_whoever_lost_the_lease_hands_nothing_over() -> None:
    script = Script()

    async def lost() -> None:
        raise LeaseLostError

    with MailServer(script) as server:

        async def go() -> None:
            carrier = SmtpCarrier(SmtpServer(host="127.0.0.1", port=server.port, security="none", timeout=5))
            with pytest.raises(LeaseLostError):
                await carrier.carry(PARCEL, handing=lost)
            await carrier.close()

        asyncio.run(go())
    assert script.taken == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_tls_with_a_checked_certificate_and_a_password(security: str) -> None:
    script = Script()
    words = {"security": security, "ca_file": CA, "asks": "s3cret", "user": "cert"}
    if security == "tls":
        del words["asks"], words["user"]  # aiosmtpd offers passwords only after STARTTLS
    else:
        words["password"] = "s3cret"
    [receipt] = tried(script, **words)
    assert receipt.outcome is Outcome.ACCEPTED, receipt


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_nobody_known_is_no_way(security: str) -> None:
    script = Script()
    [receipt] = tried(script, security=security)
    assert receipt.outcome is Outcome.NO_WAY
    assert "certificate" in receipt.text.lower()
    assert script.taken == []


def test_a_wrong_password_says_nothing_of_the_notice() -> None:
    [receipt] = tried(Script(), security="starttls", ca_file=CA, asks="s3cret", user="cert", password="wrong")
    assert (receipt.outcome, receipt.code) == (Outcome.NO_WAY, 535)


def test_a_server_without_starttls_is_not_talked_to_in_the_clear() -> None:
    script = Script()
    with MailServer(script) as server:
        carrier = SmtpCarrier(SmtpServer(host="127.0.0.1", port=server.port, security="starttls", timeout=2))
        receipt = asyncio.run(carrier.carry(PARCEL, handing=nothing))
    assert receipt.outcome is Outcome.NO_WAY
    assert script.taken == []


def test_plain_text_is_for_this_machine_alone() -> None:
    with pytest.raises(WorkspaceError, match="without TLS"):
        SmtpCarrier(SmtpServer(host="mail.example", security="none"))


def test_certificates_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="cannot be read"):
        SmtpCarrier(SmtpServer(host="mail.example", ca_file=tmp_path / "none.pem"))


@pytest.mark.parametrize(
    "recipient",
    ["a@b.example> SIZE=1", "a@b.example\r\nRCPT TO:<x@y.example>", "two words@b.example", ""],
)
def test_an_address_that_would_say_more_to_the_server_is_refused(recipient: str) -> None:
    script = Script()
    [receipt, after] = tried(script, replace(PARCEL, recipient=recipient), PARCEL)
    assert receipt.outcome in (Outcome.PERMANENT, Outcome.TEMPORARY)
    assert after.outcome is Outcome.ACCEPTED
    assert [taken.recipient for taken in script.taken] == ["it@council.example"]


@pytest.mark.parametrize("ends", [b"\n.\n", b"\r.\r", b"\r\n.\n", b"\n.\r\n"])
def test_no_line_end_smuggles_another_message_in(ends: bytes) -> None:
    script = Script()
    hidden = b"MAIL FROM:<x@y.example>\r\nRCPT TO:<z@y.example>\r\nDATA\r\nsmuggled\r\n"
    tried(script, replace(PARCEL, content=LETTER + b"text" + ends + hidden))
    assert len(script.taken) == 1


def test_what_goes_over_the_wire() -> None:
    assert wired(b"a\n.b\r\n\r.") == b"a\r\n..b\r\n\r\n..\r\n.\r\n"


def test_the_way_is_tried_without_a_message() -> None:
    async def go(port: int) -> Receipt:
        return await SmtpCarrier(SmtpServer(host="127.0.0.1", port=port, security="none", timeout=2)).greet()

    with MailServer(Script()) as server:
        assert asyncio.run(go(server.port)).outcome is Outcome.ACCEPTED
        port = server.port
    gone = asyncio.run(go(port))
    assert gone.outcome is Outcome.NO_WAY
    assert str(port) in gone.text

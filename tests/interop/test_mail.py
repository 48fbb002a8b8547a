"""Notices through a real Postfix, bounces from it, and a real Dovecot to collect them from."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.interop.mail_programs import PASSWORD, Running, dovecot, postfix, put, smtp_sink
from tests.notices.letters_in import huge, letter
from tests.store.queued import events_of, message_id_of, number_of
from tests.store.test_letters import notes
from tests.tasks.notified import make_workspace, sent
from tests.transports.mail_servers import CA, MailServer, Script
from tests.transports.name_server import NameServer
from tests.transports.test_smtp import PARCEL, nothing

from tocsin.errors import WorkspaceError
from tocsin.notices.alignment import Outlook, check_mail, check_sender
from tocsin.notices.delivery import Outcome, Receipt
from tocsin.store.desk import open_desk
from tocsin.store.letters import letters_about
from tocsin.tasks.notify_collect import collect
from tocsin.transports.imap import ImapServer, Mailbox
from tocsin.transports.resolver import Resolver
from tocsin.transports.smtp import SmtpCarrier, SmtpServer

MANY = [f"it@o{count}.example" for count in range(200)]


def wait_for(claim: Callable[[], bool]) -> None:
    patience = time.monotonic() + 60
    while not claim():
        assert time.monotonic() < patience, "it did not come"
        time.sleep(0.05)


def mailbox(box: Running, user: str = "cert", password: str = PASSWORD) -> Mailbox:
    return Mailbox(ImapServer(host="localhost", port=box.port, user=user, password=password, ca_file=CA))


def test_every_notice_goes_once_through_postfix(tmp_path: Path) -> None:
    script = Script()
    with MailServer(script) as last, postfix(last.port) as relay:
        workspace = make_workspace(tmp_path / "w", MANY, port=relay.port, timeout=20)
        assert sent(workspace).queue == {"done": 200}
        assert sent(workspace).tally.by_outcome == {}
        wait_for(lambda: len(script.taken) >= 200)
        time.sleep(1)
    assert Counter(taken.message_id for taken in script.taken) == Counter(map(message_id_of, range(200)))
    assert {taken.sender for taken in script.taken} == {"cert@cert.example"}


@pytest.mark.parametrize("ca", [CA, None])
def test_starttls_with_postfix_and_its_certificate(ca: Path | None) -> None:
    async def go(port: int) -> Receipt:
        carrier = SmtpCarrier(SmtpServer(host="localhost", port=port, security="starttls", ca_file=ca, timeout=20))
        try:
            return await carrier.carry(replace(PARCEL, recipient="it@council.example"), handing=nothing)
        finally:
            await carrier.close()

    with smtp_sink() as last, postfix(last.port) as relay:
        receipt = asyncio.run(go(relay.port))
    assert receipt.outcome is (Outcome.ACCEPTED if ca else Outcome.NO_WAY), receipt


def test_a_real_bounce_is_collected_from_a_real_mailbox(tmp_path: Path) -> None:
    script = Script(on_rcpt=lambda address: "550 5.1.1 no such mailbox" if address == "it@o1.example" else None)
    with MailServer(script) as last, postfix(last.port) as relay, dovecot() as box:
        workspace = make_workspace(tmp_path / "w", MANY[:3], port=relay.port, timeout=20)
        sent(workspace)
        wait_for(lambda: len(script.taken) >= 3)
        [bounce] = [taken for taken in script.taken if taken.recipient == "cert@cert.example"]
        put(box, "cert", bounce.content, "1")
        put(box, "cert", letter(In_Reply_To=message_id_of(0)), "2")
        put(box, "cert", letter(In_Reply_To=message_id_of(2), Subject="Automatic reply: x"), "3")
        put(box, "cert", huge(30).replace(b"abcdefghijklmnopqrstuvwx23", number_of(2).encode()), "4")
        words = {"clock": lambda: datetime.now(UTC), "tell": lambda _: None, "opened": lambda: mailbox(box)}
        found = collect(workspace, **words)
        assert found.new == {"bounce": 1, "reply": 2, "auto": 1}
        assert collect(workspace, **words).new.total() == 0, "all of it has been seen"
    desk = open_desk(workspace.desk_url)
    assert events_of(desk, number_of(1)) == ["queued", "accepted", "bounced"]
    assert events_of(desk, number_of(0))[-1] == "replied"
    assert sorted(events_of(desk, number_of(2))[2:]) == ["auto_replied", "replied"]
    assert notes(desk) == [("c1", "set_aside")]
    assert "no such mailbox" in letters_about(desk, number_of(1))[0]["summary"]


def test_a_letter_is_seen_only_when_that_was_said(tmp_path: Path) -> None:
    with dovecot() as box:
        for number in range(45):
            put(box, "cert", letter(f"letter {number}\n"), str(number))
        with mailbox(box) as opened:
            first = [each.uid for each in opened.unseen()]
            assert len(first) == 45
            assert [each.uid for each in opened.unseen()] == first
            opened.mark_seen(first[:40])
        with mailbox(box) as opened:
            assert [each.uid for each in opened.unseen()] == first[40:]


def test_a_wrong_password_is_told() -> None:
    with dovecot() as box, pytest.raises(WorkspaceError, match="refuses name, password"), mailbox(box, password="no"):
        pass


def test_the_sender_is_checked_by_a_name_server_on_loopback() -> None:
    records = {
        ("cert.example", "TXT"): ('"v=spf1 include:relay.example -all"',),
        ("relay.example", "TXT"): ('"v=spf1 ip4:192.0.2.0/24 -all"',),
        ("cert.example", "MX"): ("10 mx.cert.example.",),
        ("_dmarc.cert.example", "TXT"): ('"v=DMARC1; p=quarantine"',),
    }
    with NameServer(records) as server:
        ask = Resolver([server.place])
        checks = [
            *check_sender("cert.example", relay=["192.0.2.25"], signing=None, ask=ask),
            check_mail("cert.example", ask),
        ]
    assert [check.outlook for check in checks] == [Outlook.FINE, Outlook.WARNING, Outlook.WARNING, Outlook.FINE]

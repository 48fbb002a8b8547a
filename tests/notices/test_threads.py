"""Which notice a letter is about, and what is not believed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.notices.letters_in import ADDRESS, GROUPED, MESSAGE_ID, NUMBER, dsn, letter

from tocsin.notices.incoming import read_letter
from tocsin.notices.threads import Posted, thread

POSTED = Posted(number=NUMBER, message_id=MESSAGE_ID, address=ADDRESS, contact="c1", has_left=True)


def test_a_bounce_of_the_address_that_was_written_to_is_one() -> None:
    about = thread(read_letter(dsn(address=ADDRESS.upper())), [POSTED])
    assert (about.number, about.contact, about.event, about.doubt) == (NUMBER, "c1", "bounced", "")
    assert "550" in about.detail


@pytest.mark.parametrize(
    ("content", "event"),
    [
        (letter(In_Reply_To=MESSAGE_ID), "replied"),
        (letter(In_Reply_To=MESSAGE_ID, Auto_Submitted="auto-replied"), "auto_replied"),
        (letter(f"notice {GROUPED}", From="somebody@else.example"), "replied"),
        (dsn(action="delayed"), ""),
    ],
)
def test_what_befell_the_notice(content: bytes, event: str) -> None:
    about = thread(read_letter(content), [POSTED])
    assert (about.number, about.event) == (NUMBER, event)


def test_a_bounce_for_another_address_is_not_believed() -> None:
    about = thread(read_letter(dsn(address="somebody@else.example")), [POSTED])
    assert about.event == ""
    assert about.doubt == f"it says that somebody@else.example failed, but the notice went to {ADDRESS}"


def test_a_bounce_of_a_notice_that_has_not_been_sent_is_not_believed() -> None:
    about = thread(read_letter(dsn()), [replace(POSTED, has_left=False)])
    assert (about.event, about.doubt) == ("", "it is about a notice that has not been sent")


def test_a_forwarded_bounce_that_names_the_address_is_believed() -> None:
    forwarded = read_letter(dsn(address="desk@outsourced.example", original=ADDRESS))
    assert thread(forwarded, [POSTED]).event == "bounced"


def test_a_domain_is_the_same_in_either_spelling() -> None:
    posted = replace(POSTED, address="it@bücher.example")
    assert thread(read_letter(dsn(address="it@xn--bcher-kva.example")), [posted]).event == "bounced"


def test_a_letter_about_nothing_known_is_about_nothing() -> None:
    assert thread(read_letter(dsn(about="<other@cert.example>")), [POSTED]).number is None
    assert thread(read_letter(letter()), []).number is None

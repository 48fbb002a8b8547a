"""Letters kept once, with what they mean, in one transaction."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from tests.notices.letters_in import dsn, letter
from tests.store.queued import FAST, NOW, PLAN, events_of, message_id_of, queue

from tocsin.notices.delivery import Outcome, Receipt
from tocsin.notices.incoming import read_letter
from tocsin.notices.threads import thread
from tocsin.store.audit import list_entries, verify
from tocsin.store.letters import (
    MOST_OF_A_KIND,
    MOST_OF_NONE,
    Filed,
    Kept,
    keep_letters,
    letters_about,
    newest_letters,
    posted_by,
)
from tocsin.store.outbox import Tried, begin_handing, keep, take
from tocsin.store.schema import contact_notes


def sent(desk: Engine, *addresses: str) -> list[str]:
    """Notices that were accepted by the next hop."""
    numbers = queue(desk, addresses)
    take(desk, PLAN, lease="one", limit=len(numbers), pace=FAST, now=NOW)
    begin_handing(desk, numbers, lease="one", now=NOW)
    receipt = Receipt(outcome=Outcome.ACCEPTED, text="ok", code=250)
    keep(desk, [Tried(number=n, receipt=receipt) for n in numbers], lease="one", accepted_as="accepted", now=NOW)
    return numbers


def filed(desk: Engine, content: bytes, name: str = "1") -> Filed:
    read = read_letter(content)
    about = thread(read, posted_by(desk, read.message_ids, read.numbers))
    return Filed(id=name, letter=read, thread=about, received_at=NOW)


def kept(desk: Engine, *contents: bytes) -> Kept:
    return keep_letters(desk, [filed(desk, each, str(n)) for n, each in enumerate(contents)], of_none=0, now=NOW)


def notes(desk: Engine) -> list[tuple[str, str]]:
    with desk.connect() as connection:
        query = sa.select(contact_notes.c.contact, contact_notes.c.what)
        return [(row[0], row[1]) for row in connection.execute(query)]


def test_a_bounce_is_kept_tells_of_the_notice_and_sets_the_contact_aside(desk: Engine) -> None:
    [number] = sent(desk, "it@a.example")
    result = kept(desk, dsn(address="it@a.example", about=message_id_of(0)))
    assert (result.new["bounce"], result.set_aside, result.doubtful) == (1, 1, 0)
    assert events_of(desk, number) == ["queued", "accepted", "bounced"]
    assert notes(desk) == [("c0", "set_aside")]
    assert [entry.what for entry in list_entries(desk)][-1] == "contact set aside"
    assert verify(desk).broken is None
    assert "550" in letters_about(desk, number)[0]["summary"]


def test_the_same_letter_comes_again_and_changes_nothing(desk: Engine) -> None:
    [number] = sent(desk, "it@a.example")
    content = dsn(address="it@a.example", about=message_id_of(0))
    kept(desk, content)
    again = kept(desk, content)
    assert (again.before, again.new.total()) == (1, 0)
    assert events_of(desk, number).count("bounced") == 1


def test_a_forged_bounce_is_kept_and_told_but_sets_nobody_aside(desk: Engine) -> None:
    [number] = sent(desk, "it@a.example")
    result = kept(desk, dsn(address="victim@b.example", about=message_id_of(0)))
    assert (result.doubtful, result.set_aside) == (1, 0)
    assert events_of(desk, number) == ["queued", "accepted"]
    assert notes(desk) == []
    assert letters_about(desk, number)[0]["summary"].startswith("NOT BELIEVED: it says that victim@b.example failed")


def test_a_storm_about_one_notice_is_counted_and_bounces_it_once(desk: Engine) -> None:
    [number] = sent(desk, "it@a.example")
    storm = [dsn(address="it@a.example", about=message_id_of(0)) + b"%d" % n for n in range(300)]
    result = kept(desk, *storm)
    assert (result.new["bounce"], result.counted_only) == (MOST_OF_A_KIND, 300 - MOST_OF_A_KIND)
    assert events_of(desk, number).count("bounced") == 1
    assert notes(desk) == [("c0", "set_aside")]


def test_a_storm_about_nothing_known_has_an_end_too(desk: Engine) -> None:
    some = [filed(desk, letter(), str(n)) for n in range(3)]
    result = keep_letters(desk, some, of_none=MOST_OF_NONE - 1, now=NOW)
    assert (result.new["reply"], result.counted_only) == (1, 2)


def test_replies_and_machines_are_told_apart(desk: Engine) -> None:
    numbers = sent(desk, "it@a.example", "it@b.example")
    kept(
        desk,
        letter(In_Reply_To=message_id_of(0)),
        letter(In_Reply_To=message_id_of(1), Auto_Submitted="auto-replied"),
        letter("hello\x00there"),
    )
    assert events_of(desk, numbers[0])[-1] == "replied"
    assert events_of(desk, numbers[1])[-1] == "auto_replied"
    [stray] = letters_about(desk, None)
    assert stray["summary"] == "hellothere"


def test_a_notice_that_is_only_queued_has_not_left(desk: Engine) -> None:
    [number] = queue(desk, ["it@a.example"])
    assert kept(desk, dsn(address="it@a.example", about=message_id_of(0))).doubtful == 1
    assert events_of(desk, number) == ["queued"]


def test_the_newest_letters_come_first_with_whom_they_are_about(desk: Engine) -> None:
    [number] = sent(desk, "it@a.example")
    kept(
        desk,
        letter(In_Reply_To=message_id_of(0)),
        letter("who are you?"),
        dsn(address="x@b.example", about=message_id_of(0)),
    )
    found = newest_letters(desk, limit=9)
    assert [(each.kind, each.notice is not None, each.is_believed) for each in found] == [
        ("reply", True, True),
        ("reply", False, True),
        ("bounce", True, False),
    ]
    assert (found[0].notice, found[1].constituent, found[0].is_person) == (number, None, False)
    assert [each.kind for each in newest_letters(desk, limit=9, kind="bounce")] == ["bounce"]
    assert len(newest_letters(desk, limit=1)) == 1

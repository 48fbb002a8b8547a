"""Contacts on the desk: found again, confirmed, set aside, and every change in the audit log."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from tests.constituency.reaching import NOW, contact

from tocsin.constituency.contacts import Contact
from tocsin.store.audit import list_entries, verify
from tocsin.store.contacts import (
    Saved,
    add_note,
    find_contact,
    forget_contacts,
    load_contacts,
    load_notes,
    retire_missing,
    save_contacts,
)

LATER = NOW + timedelta(days=10)


def save(desk: Engine, *found: Contact, now: object = NOW) -> Saved:
    with desk.begin() as connection:
        return save_contacts(connection, found, author="tocsin", now=NOW)


def test_a_contact_reads_back_as_it_was_saved(desk: Engine) -> None:
    entered = contact(source="person", roles=("security", "abuse"), language="de", key="A" * 40)
    save(desk, entered, contact())
    assert [each.contact for each in load_contacts(desk)] == sorted([entered, contact()], key=lambda each: each.id)


def test_a_contact_found_again_is_the_same_row_and_counts_for_longer(desk: Engine) -> None:
    assert save(desk, contact()) == Saved(added=1)
    assert save(desk, contact(seen_at=LATER)) == Saved(seen_again=1)
    (known,) = load_contacts(desk)
    assert known.contact.seen_at == LATER
    assert known.valid_until == contact(seen_at=LATER).expires_at
    assert len(list_entries(desk)) == 1


def test_one_that_says_something_else_is_changed_and_audited(desk: Engine) -> None:
    save(desk, contact())
    assert save(desk, replace(contact(), language="fr"), contact("it@council.example")) == Saved(added=1, changed=1)
    assert [each.what for each in list_entries(desk)] == ["contact added", "contact added", "contact changed"]
    assert verify(desk).broken is None


def test_very_many_are_audited_by_the_block(desk: Engine) -> None:
    many = [contact(f"a{number}@council.example") for number in range(1200)]
    assert save(desk, *many) == Saved(added=1200)
    entries = list_entries(desk)
    assert [each.subject for each in entries] == ["contacts:500", "contacts:500", "contacts:200"]
    assert many[0].id in "".join(each.detail for each in entries)
    assert sum(1 for _ in load_contacts(desk, subjects=["constituent:council"])) == 1200


def test_subjects_select(desk: Engine) -> None:
    save(desk, contact(), contact(subject="country:GB", source="directory"))
    assert [each.contact.subject for each in load_contacts(desk, subjects=["country:GB"])] == ["country:GB"]
    assert list(load_contacts(desk, subjects=[])) == []


def note(desk: Engine, what: str, **more: object) -> None:
    with desk.begin() as connection:
        add_note(connection, contact().id, what, reason="by telephone", author="duty officer", now=LATER, **more)  # type: ignore[arg-type]  # expires_at


def test_a_confirmation_extends_and_setting_aside_lasts_until_restored(desk: Engine) -> None:
    save(desk, contact())
    until = NOW + timedelta(days=900)
    note(desk, "confirmed", expires_at=until)
    note(desk, "set_aside")
    (known,) = load_contacts(desk)
    assert (known.valid_until, known.set_aside) == (until, "by telephone")
    note(desk, "restored")
    (known,) = load_contacts(desk)
    assert (known.valid_until, known.set_aside) == (until, None)
    assert [each.what for each in load_notes(desk, contact().id)] == ["confirmed", "set_aside", "restored"]
    assert [each.what for each in list_entries(desk)][1:] == [
        "contact confirmed",
        "contact set aside",
        "contact restored",
    ]


def test_setting_aside_and_its_audit_come_together_or_not_at_all(desk: Engine) -> None:
    save(desk, contact())
    connection = desk.connect()
    add_note(connection, contact().id, "set_aside", reason="x", author="y", now=NOW)
    connection.close()  # without a commit, as when the power fails
    assert load_notes(desk, contact().id) == []
    assert len(list_entries(desk)) == 1


def test_a_word_that_is_none_and_a_contact_that_is_none_are_refused(desk: Engine) -> None:
    with pytest.raises(ValueError, match="none of"):
        note(desk, "forgotten")
    with pytest.raises(sa.exc.IntegrityError):
        note(desk, "confirmed")


def test_a_contact_is_found_by_the_beginning_of_its_id_or_its_address(desk: Engine) -> None:
    save(desk, contact(), contact("it@council.example"))
    assert [each.contact for each in find_contact(desk, contact().id[:12])] == [contact()]
    assert [each.contact for each in find_contact(desk, "IT@council.example")] == [contact("it@council.example")]
    assert find_contact(desk, "") == []
    assert find_contact(desk, "%") == []


def test_forgetting_takes_the_contacts_about_a_subject_with_what_was_said(desk: Engine) -> None:
    save(
        desk, contact(), contact(subject="domain:council.example", source="security.txt"), contact("it@bakery.example")
    )
    note(desk, "confirmed")
    with desk.begin() as connection:
        assert forget_contacts(connection, ["constituent:council"], now=NOW) == 2
    assert [each.contact.subject for each in load_contacts(desk)] == ["domain:council.example"]
    assert load_notes(desk, contact().id) == []


def test_what_a_source_names_no_more_ends_and_what_was_confirmed_counts_on(desk: Engine) -> None:
    save(desk, contact(), contact("it@council.example"), contact("old@council.example"), contact(source="person"))
    note(desk, "confirmed", expires_at=LATER + timedelta(days=5))
    with desk.begin() as connection:
        ended = retire_missing(
            connection, ["constituent:council"], "registry", {contact("it@council.example").id}, now=LATER
        )
    assert ended == 2
    later = LATER + timedelta(days=1)
    standing = {(each.contact.address, each.contact.source): each.is_expired(later) for each in load_contacts(desk)}
    assert standing == {
        ("security@council.example", "registry"): False,
        ("it@council.example", "registry"): False,
        ("old@council.example", "registry"): True,
        ("security@council.example", "person"): False,
    }
    assert [each.what for each in list_entries(desk)][-2:] == ["contact no longer named"] * 2
    with desk.begin() as connection:
        assert (
            retire_missing(
                connection, ["constituent:council"], "registry", [contact("it@council.example").id], now=later
            )
            == 0
        )

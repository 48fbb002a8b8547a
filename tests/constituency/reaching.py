"""Contacts for tests, made from what matters in each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tocsin.constituency.contacts import Contact, Known, Ranked, Remove, make_contact
from tocsin.constituency.mailboxes import read_target

NOW = datetime(2021, 3, 14, 10, tzinfo=UTC)


def contact(
    address: str = "security@council.example",
    *,
    subject: str = "constituent:council",
    channel: str = "mail",
    source: str = "registry",
    roles: tuple[str, ...] = (),
    language: str = "",
    key: str | None = None,
    seen_at: datetime = NOW,
) -> Contact:
    """A contact of the council unless said otherwise; a person's is the duty officer's."""
    author = "duty officer" if source == "person" else None
    return make_contact(
        subject,
        read_target(channel, address),
        source=source,
        pointer="registry.csv",
        now=seen_at,
        roles=roles,
        language=language,
        key=key,
        author=author,
    )


def ranked(
    each: Contact | str, remove: Remove = Remove.OWN, *, set_aside: str | None = None, expired: bool = False
) -> Ranked:
    """The contact at that remove; an expired one was not confirmed since yesterday."""
    made = contact(each) if isinstance(each, str) else each
    until = NOW - timedelta(days=1) if expired else made.expires_at
    return Ranked(known=Known(contact=made, valid_until=until, set_aside=set_aside), remove=remove)

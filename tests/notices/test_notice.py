"""Notices as values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tocsin.notices import Item, Kind, Notice, Recipient
from tocsin.notices.notice import digest_of

MOMENT = datetime(2021, 3, 14, 10, tzinfo=UTC)
ITEM = Item(
    address="192.0.2.17",
    port=443,
    transport="tcp",
    hostname="mail.council.example",
    status="affected",
    reason="",
    basis="15.1.2106.2 is older than 15.1.2106.13",
    build="15.1.2106.2",
    branch="2016 CU18",
    cves=("CVE-2021-26855",),
    compromise="none_known",
    first_seen=MOMENT,
    last_seen=MOMENT,
    source="scan_exchange.csv",
    line=3,
)
RECIPIENT = Recipient(
    constituent="council",
    name="Example Council",
    sector="government",
    country="GB",
    is_public=True,
    contact="c" * 64,
    channel="mail",
    address="security@council.example",
    language="en",
    key=None,
)
NOTICE = Notice(
    number="7c2f",
    plan="p1",
    case_id="exchange-proxylogon-2021",
    kind=Kind.FIRST,
    recipient=RECIPIENT,
    items=(ITEM,),
    as_of=date(2021, 3, 14),
    not_before=MOMENT,
    due_on=date(2021, 3, 21),
    message_id="<7c2f@cert.example>",
    why="first of the contacts that may be told",
)


def test_a_notice_that_tells_nothing_is_none() -> None:
    with pytest.raises(ValueError, match="tells of nothing"):
        replace(NOTICE, items=())


def test_a_correction_says_what_it_corrects() -> None:
    with pytest.raises(ValueError, match="says what it corrects"):
        replace(NOTICE, kind=Kind.CORRECTION)
    assert replace(NOTICE, kind=Kind.CORRECTION, corrects="6b1e").corrects == "6b1e"


def test_findings_are_unchanged_whatever_their_order_and_when_they_were_seen() -> None:
    other = replace(ITEM, address="192.0.2.18")
    later = replace(ITEM, last_seen=datetime(2021, 3, 15, tzinfo=UTC))
    assert digest_of([ITEM, other]) == digest_of([other, later])
    assert digest_of([ITEM]) != digest_of([replace(ITEM, status="fixed", compromise="confirmed")])

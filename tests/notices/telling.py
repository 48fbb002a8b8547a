"""Notices to write letters of: the values that tests of this room share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from tests.cases.packs import shipped_files
from tests.notices.test_notice import ITEM, NOTICE, RECIPIENT

import tocsin
from tocsin.cases import Case, read_pack
from tocsin.cases.advice import Adviser
from tocsin.notices import Item, Kind, Notice
from tocsin.notices.letter import LetterWriter, Links
from tocsin.notices.settings import Sender

CASE_ID = "exchange-proxylogon-2021"
NUMBER = "k3v7qm2rtx5ybn4wc6dzhjf2ae"
SHELL = "http://192.0.2.18/aspnet_client/supp0rt.aspx"
PACKAGE = Path(tocsin.__file__).parent
SENDER = Sender(
    organisation="Example CERT",
    name="Duty officer",
    address="notices@cert.example",
    phone="+44 20 7946 0000",
    page="https://notices.cert.example",
)
LINKS = Links(
    check=f"https://notices.cert.example/n/{NUMBER}",
    answers={
        name: f"https://notices.cert.example/a/{name}/{NUMBER}?t=token&u=1"
        for name in ("fixed", "not_ours", "wrong_contact", "need_help", "stop")
    },
    unsubscribe=f"https://notices.cert.example/u/{NUMBER}?t=token",
)
FINGERPRINT = "0123456789abcdef0123456789abcdef01234567"
SHELLED = replace(
    ITEM,
    address="192.0.2.18",
    hostname="owa.council.example",
    status="fixed",
    build="15.1.2106.13",
    branch="15.1.2106",
    basis="15.1.2106.13 contains the fix; trace of compromise (confirmed): webshell",
    compromise="confirmed",
    line=4,
)
OPEN = replace(ITEM, branch="15.1.2106", cves=("CVE-2021-26855", "CVE-2021-27065"))
UNSURE = replace(
    ITEM, address="2001:db8::17", hostname="", status="undetermined", reason="no_build", basis="", build="", branch=""
)
FIRST = replace(
    NOTICE,
    number=NUMBER,
    message_id=f"<{NUMBER}@cert.example>",
    recipient=replace(RECIPIENT, name="Example Council"),
    items=(OPEN, SHELLED, UNSURE),
)
REMINDER = replace(FIRST, kind=Kind.REMINDER, items=(OPEN,))
CORRECTION = replace(
    FIRST,
    kind=Kind.CORRECTION,
    items=(OPEN,),
    corrects="aaaabbbbccccddddeeeeffffgg",
    why="The address 192.0.2.17 was registered as yours by mistake.",
)
MOMENT = datetime(2021, 3, 15, 9, tzinfo=UTC)


def in_german(notice: Notice) -> Notice:
    return replace(notice, recipient=replace(notice.recipient, language="de-AT", name="Beispielgemeinde Ü"))


def many(count: int) -> tuple[Item, ...]:
    return tuple(replace(OPEN, address=f"192.0.2.{number % 250}", port=1000 + number) for number in range(count))


@cache
def case() -> Case:
    return read_pack(shipped_files(CASE_ID), source="p")


@cache
def adviser() -> Adviser:
    return Adviser(case())


def letters_in(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted((folder / "letters").glob("*.j2"))}


GENERAL = letters_in(PACKAGE / "notices")
PACK = letters_in(PACKAGE / "packs" / CASE_ID)


@cache
def writer() -> LetterWriter:
    return LetterWriter(pack=PACK, general=GENERAL, source=CASE_ID)

"""Whole messages, compared with those in tests/golden/notices byte for byte; and what goes out beside the letter."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes, policy

import pytest
from tests.notices.telling import (
    CORRECTION,
    FINGERPRINT,
    FIRST,
    LINKS,
    MOMENT,
    REMINDER,
    SENDER,
    SHELL,
    adviser,
    in_german,
    many,
    writer,
)
from tests.notices.test_mime import Seal

from tocsin.notices import Notice
from tocsin.notices.press import Draft, Press
from tocsin.reports.escape import csv_cell

TRACES = {("192.0.2.18", 443, "tcp"): f"url: {SHELL}"}


def press() -> Press:
    return Press(
        adviser=adviser(), writer=writer(), sender=SENDER, fingerprint=FINGERPRINT, rows_in_body=25, cell=csv_cell
    )


def draft(notice: Notice, *, encrypted: bool = False) -> Draft:
    return press().draft(notice, LINKS, traces=TRACES, is_encrypted=encrypted, now=MOMENT)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(("kind", "notice"), [("first", FIRST), ("reminder", REMINDER), ("correction", CORRECTION)])
def test_the_message_is_the_one_that_was_read_and_approved(
    kind: str, notice: Notice, language: str, golden: Callable[[str, bytes], None]
) -> None:
    told = in_german(notice) if language == "de" else notice
    golden(f"notices/{kind}.{language}.eml", draft(told).message(signer=None, encrypter=None))


def test_one_that_is_to_be_encrypted_never_goes_open() -> None:
    sealed = draft(FIRST, encrypted=True)
    with pytest.raises(ValueError, match="to be encrypted"):
        sealed.message(signer=Seal(), encrypter=None)
    seal = Seal()
    assert b"supp0rt" not in sealed.message(signer=None, encrypter=seal)
    assert b"supp0rt" in seal.seen


def test_nothing_of_a_web_shells_path_is_in_what_goes_open() -> None:
    made = message_from_bytes(draft(FIRST).message(signer=None, encrypter=None), policy=policy.default)
    for part in made.walk():
        payload = part.get_payload(decode=True) or b""
        assert isinstance(payload, bytes)
        assert b"supp0rt" not in payload


def test_many_reports_go_in_one_file_a_line_each() -> None:
    few, lots = draft(replace(FIRST, items=many(25))), draft(replace(FIRST, items=many(26)))
    assert [file.name for file in few.attachments][:2] == ["findings.csv", "xarf-01.json"]
    assert [file.name for file in lots.attachments] == ["findings.csv", "xarf.jsonl"]
    assert len([json.loads(line) for line in lots.attachments[1].content.splitlines()]) == 26


def test_a_correction_answers_the_notice_it_takes_back_and_reports_nobody() -> None:
    made = draft(CORRECTION)
    assert made.envelope.in_reply_to == "<aaaabbbbccccddddeeeeffffgg@cert.example>"
    assert [file.name for file in made.attachments] == ["taken-back.csv"]

"""What a letter is, and which notice it names."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.notices.letters_in import ADDRESS, GROUPED, MESSAGE_ID, NUMBER, dsn, huge, letter

from tocsin.notices.incoming import MOST_BYTES, LetterKind, read_letter


def test_a_delivery_report_names_address_status_reason_and_notice() -> None:
    read = read_letter(dsn())
    assert read.kind is LetterKind.BOUNCE
    assert read.failed == (ADDRESS,)
    assert read.status == "5.1.1"
    assert "no mailbox of that name" in read.summary
    assert MESSAGE_ID in read.message_ids


def test_a_report_names_who_was_written_to_and_whom_that_became() -> None:
    read = read_letter(dsn(address="desk@outsourced.example", original=ADDRESS))
    assert read.failed == ("desk@outsourced.example", ADDRESS)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_report_of_anything_but_failure_is_no_bounce(action: str) -> None:
    assert read_letter(dsn(action=action)).kind is LetterKind.OTHER


def test_a_bounce_in_words_counts_from_a_machine_and_not_from_a_person() -> None:
    words = f"Hi. This is the qmail-send program at mx.example.\n\n<{ADDRESS}>:\nno mailbox here by that name.\n"
    machine = letter(words, From="MAILER-DAEMON@mx.example", Subject="failure notice")
    assert read_letter(machine).kind is LetterKind.BOUNCE
    assert read_letter(letter(words)).kind is LetterKind.REPLY


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; owner-email=x"},
        {"X_Autoreply": "yes"},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"Return_Path": "<>"},
        {"From": "noreply@council.example"},
        {"Subject": "Automatic reply: Your mail server"},
        {"Subject": "Out of Office: Your mail server"},
        {"Subject": "Abwesenheitsnotiz: Ihr Mailserver"},
        {"Subject": "=?utf-8?q?R=C3=A9ponse_automatique_=3A_absence?="},
        {"Subject": "Automatisch antwoord: uw mailserver"},
        {"Subject": "自動返信: お問い合わせ"},
        {"Subject": "Автоматический ответ: сервер"},
    ],
)
def test_a_machine_replies(headers: dict[str, str]) -> None:
    assert read_letter(letter(In_Reply_To=MESSAGE_ID, **headers)).kind is LetterKind.AUTO


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Auto_Submitted": "no"},
        {"Precedence": "list"},
        {"Subject": "Re: Automatic reply: Your mail server"},
        {"Subject": "Re: out of office until we know what to do"},
        {"Subject": "AW: Ihr Mailserver"},
        {"From": "bouncer.smith@council.example"},
    ],
)
def test_a_person_replies(headers: dict[str, str]) -> None:
    assert read_letter(letter(In_Reply_To=MESSAGE_ID, **headers)).kind is LetterKind.REPLY


def test_a_complaint_is_for_a_person_and_a_receipt_is_not() -> None:
    report = 'multipart/report; report-type={}; boundary="b"'
    body = b"\n--b\nContent-Type: text/plain\n\nwords\n--b--\n"
    begin = b"From: a@b.example\nSubject: x\nContent-Type: "
    assert read_letter(begin + report.format("feedback-report").encode() + b"\n" + body).kind is LetterKind.REPLY
    receipt = read_letter(begin + report.format("disposition-notification").encode() + b"\n" + body)
    assert receipt.kind is LetterKind.OTHER


def test_the_notice_is_named_by_thread_and_by_number_in_the_text() -> None:
    assert read_letter(letter(In_Reply_To=MESSAGE_ID)).message_ids == (MESSAGE_ID,)
    many = read_letter(letter(References=f"<first@cert.example> {MESSAGE_ID}"))
    assert many.message_ids == (MESSAGE_ID, "<first@cert.example>"), "the last is the one that is answered"
    assert read_letter(letter(f"About notice {GROUPED}: done.")).numbers == (NUMBER,)
    assert read_letter(letter(f"https://cert.example/n/{NUMBER.upper()}?x")).numbers == (NUMBER,)
    assert read_letter(letter("the quick brown fox jumps over a lazy dog and so on and so on")).numbers == ()


def test_a_summary_is_the_own_words_and_not_those_quoted() -> None:
    read = read_letter(letter("We have patched it.\n\n> You should update\n> your server\n"))
    assert read.summary == "We have patched it."


def test_html_is_read_without_its_tags() -> None:
    body = f"<html><style>p</style><p>About <b>{GROUPED}</b></p></html>".encode()
    read = read_letter(b"From: a@b.example\nSubject: s\nContent-Type: text/html\n\n" + body)
    assert read.numbers == (NUMBER,)


def test_a_reply_of_30_mb_is_cut_and_read_at_once() -> None:
    content = huge(30)
    begun = time.process_time()
    read = read_letter(content)
    assert time.process_time() - begun < 1.5
    assert (read.kind, read.is_cut, read.message_ids) == (LetterKind.REPLY, True, (MESSAGE_ID,))
    assert read.summary == "We have updated it."
    assert read_letter(content[:MOST_BYTES], size=len(content)) == read


@pytest.mark.parametrize(
    "field", ["Content-Type: " + "a;" * 400_000, "Content-Type: text/plain; " + "p*1=x; " * 100_000]
)
def test_a_field_of_a_megabyte_takes_no_longer_than_a_letter(field: str) -> None:
    begin = time.process_time()
    read = read_letter(f"From: it@council.example\r\n{field}\r\n\r\nhello".encode())
    assert (read.kind, read.sender) == (LetterKind.REPLY, "it@council.example")
    assert time.process_time() - begin < 2


def test_what_strangers_write_puts_no_traceback_on_the_terminal(caplog: pytest.LogCaptureFixture) -> None:
    read_letter(b"Subject: x\r\n\r\nx")
    read_letter(b"From: " + b"(" * 3900 + b"\r\n\r\nx")
    assert caplog.records == []


def test_parts_within_parts_without_end_are_an_answer_too() -> None:
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(5_000))
    assert read_letter(b"From: a@b.example\n" + deep).kind is not LetterKind.BOUNCE
    flat = b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 50_000
    assert read_letter(flat).kind is LetterKind.REPLY


@given(st.binary(max_size=400))
def test_any_bytes_are_some_letter(noise: bytes) -> None:
    for content in (
        noise,
        dsn()[:200] + noise,
        dsn().replace(b"failed", noise[:20]),
        letter(Subject="=?" + "x" * 9) + noise,
    ):
        read = read_letter(content)
        assert len(read.summary) <= 500
        assert len(read.subject) <= 500


@pytest.mark.parametrize(
    "content",
    [
        b"Content-Type: text/plain; charset=nonsense\n\nwords",
        b"Subject: =?nonsense?q?x?=\n\nwords",
        b"From: \xff\xfe\x00\nSubject: \xff\n\nwords",
        b"Content-Type: message/delivery-status\n\nAction: failed\n",
        b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!!",
        b"",
    ],
)
def test_broken_letters_are_letters(content: bytes) -> None:
    assert read_letter(content).kind in LetterKind

"""From a notice to everything that goes out for it: letter, table, XARF reports, and the message that carries them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tocsin.cases.advice import Adviser
from tocsin.notices.evidence import Service, Told, csv_of, tell, xarf_of
from tocsin.notices.letter import Letter, LetterWriter, Links
from tocsin.notices.mime import Attachment, Encrypter, Envelope, Signer, compose
from tocsin.notices.notice import Notice
from tocsin.notices.numbers import grouped
from tocsin.notices.settings import Sender

XARF_FILES = 25
"""So many XARF reports go as a file each, as programs that read mail expect them; more go as lines of one file."""
_OUTER = {"en": "Notice {} from {} (encrypted)", "de": "Meldung {} von {} (verschlüsselt)"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All that is written for one notice, before it is signed or encrypted."""

    told: Told
    letter: Letter
    attachments: tuple[Attachment, ...]
    envelope: Envelope

    def message(self, *, signer: Signer | None, encrypter: Encrypter | None) -> bytes:
        """The message. Raises ``ValueError`` when what was written for an encrypted one would go open."""
        if self.told.is_encrypted and encrypter is None:
            raise ValueError(f"notice {self.told.notice.number} was written to be encrypted")
        return compose(
            self.envelope,
            text=self.letter.text,
            html=self.letter.html,
            attachments=self.attachments,
            signer=signer,
            encrypter=encrypter,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What all notices of one case share. ``cell`` makes a text harmless for a spreadsheet."""

    adviser: Adviser
    writer: LetterWriter
    sender: Sender
    fingerprint: str
    rows_in_body: int
    cell: Callable[[str], str]

    def draft(
        self,
        notice: Notice,
        links: Links,
        *,
        traces: Mapping[Service, str],
        is_encrypted: bool,
        now: datetime,
        is_signed: bool = True,
    ) -> Draft:
        """Writes everything from the same rows. ``traces`` are told only where ``is_encrypted``; without ``is_signed``,
        as on paper, the letter does not speak of a signature.

        Raises ``PackError`` for a letter that cannot be written.
        """
        told = tell(notice, self.adviser, traces=traces, is_encrypted=is_encrypted)
        letter = self.writer.write(
            told, self.sender, links, fingerprint=self.fingerprint if is_signed else "", rows_in_body=self.rows_in_body
        )
        return Draft(
            told=told,
            letter=letter,
            attachments=self._attachments(told),
            envelope=self._envelope(told, letter, links, now),
        )

    def _attachments(self, told: Told) -> tuple[Attachment, ...]:
        table = Attachment(name=told.table_name, kind="text/csv", content=csv_of(told, self.cell))
        reports = [
            json.dumps(report, ensure_ascii=True, sort_keys=True).encode("ascii")
            for report in xarf_of(
                told, organisation=self.sender.organisation, address=self.sender.address, cell=self.cell
            )
        ]
        if len(reports) > XARF_FILES:
            lines = b"".join(report + b"\n" for report in reports)
            return table, Attachment(name="xarf.jsonl", kind="application/jsonl", content=lines)
        files = (
            Attachment(name=f"xarf-{number:02}.json", kind="application/json", content=report)
            for number, report in enumerate(reports, 1)
        )
        return table, *files

    def _envelope(self, told: Told, letter: Letter, links: Links, now: datetime) -> Envelope:
        notice, sender = told.notice, self.sender
        outer = _OUTER.get(letter.language, _OUTER["en"]).format(grouped(notice.number), sender.organisation)
        domain = notice.message_id.rpartition("@")[2]
        return Envelope(
            sender_name=", ".join(filter(None, (sender.name, sender.organisation))),
            sender_address=sender.address,
            reply_to=sender.reply_to,
            recipient_name=notice.recipient.name,
            recipient_address=notice.recipient.address,
            subject=letter.subject,
            outer_subject=outer,
            message_id=notice.message_id,
            in_reply_to=f"<{notice.corrects}@{domain}" if notice.corrects else "",
            unsubscribe=links.unsubscribe,
            language=letter.language,
            date=now,
        )

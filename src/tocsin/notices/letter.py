"""The letter of one notice: templates of the pack, or the general ones, filled with what is told and nothing else.

A pack is data, and so are its letters: a template can show what it is given, in loops and under conditions, and
nothing more (``_sandbox``). Whatever it writes, the number of the notice, the page where it can be checked and a
telephone number must stand in both parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tocsin.errors import PackError
from tocsin.notices._letter_data import data_of
from tocsin.notices._sandbox import LetterError, Sandbox
from tocsin.notices.evidence import Told
from tocsin.notices.plain import plain
from tocsin.notices.settings import Sender
from tocsin.notices.wrapping import wrapped
from tocsin.provenance import Pointer

FALLBACK = "en"
OUTPUT_LIMIT = 256 << 10
SUBJECT_LIMIT = 180
_NAME = re.compile(r"([a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3})\.(txt|html)\.j2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """``check`` confirms the notice's number; ``answers`` lead to a page each: fixed, not_ours, wrong_contact,
    need_help and stop; ``unsubscribe`` takes the one click of RFC 8058. Without a public page there are none.
    """

    check: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The two parts of a letter; ``language`` is that of the template that was found."""

    subject: str
    text: str
    html: str
    language: str


class LetterWriter:
    """Writes letters from a pack's templates (``en.txt.j2``, ``en.html.j2`` and so on), else from the general ones.

    Raises ``PackError`` for a template that does more than a letter may, or one part without the other.
    """

    def __init__(self, *, pack: Mapping[str, str], general: Mapping[str, str], source: str) -> None:
        self._source = source
        self._pack, self._general = _languages(pack, source), _languages(general, "the general letters")
        files = {f"general/{name}": text for name, text in general.items()} | {
            f"pack/{name}": text for name, text in pack.items()
        }
        try:
            self._sandbox = Sandbox(files, output_limit=OUTPUT_LIMIT)
        except LetterError as fault:
            raise self._error(fault) from fault

    def languages(self) -> tuple[str, ...]:
        """The languages in which a letter can be written."""
        return tuple(sorted(self._pack | self._general))

    def write(self, told: Told, sender: Sender, links: Links, *, fingerprint: str, rows_in_body: int) -> Letter:
        """The letter in the contact's language, or the nearest there is: de-AT, then de, then English.

        ``fingerprint`` is that of the OpenPGP key that signs, empty without one.

        Raises ``PackError`` when a template cannot be filled, writes too much, or leaves out how it can be checked.
        """
        folder, language = self._find(told.notice.recipient.language)
        data = data_of(told, sender, links, fingerprint, language=language, limit=rows_in_body)
        try:
            text_name = f"{folder}/{language}.txt.j2"
            subject, text = _parted(self._sandbox.fill(text_name, data), text_name)
            html_name = f"{folder}/{language}.html.j2"
            html = self._sandbox.fill(html_name, data | {"subject": subject})
            _must_be_checkable(text, text_name, data)
            _must_be_checkable(html, html_name, data)
        except LetterError as fault:
            raise self._error(fault) from fault
        return Letter(subject=subject, text=wrapped(text), html=html.strip() + "\n", language=language)

    def _find(self, wanted: str) -> tuple[str, str]:
        for language in _nearest(wanted):
            for folder, known in (("pack", self._pack), ("general", self._general)):
                if language in known:
                    return folder, language
        raise PackError(
            "there is no letter in English", where=Pointer(source=self._source), remedy="write en.txt.j2 and en.html.j2"
        )

    def _error(self, fault: LetterError) -> PackError:
        name = fault.name.partition("/")[2] if fault.name.startswith("pack/") else fault.name
        where = Pointer(source=f"{self._source}/letters/{name}", line=fault.line)
        return PackError(fault.what, where=where, remedy="mend it: docs/how-to/write-a-letter.md")


def _nearest(wanted: str) -> Iterator[str]:
    """``de-at``, ``de``, ``en`` for ``de-AT``. Source: RFC 4647, section 3.4 (look-up)."""
    parts = wanted.lower().replace("_", "-").split("-")
    for length in range(len(parts), 0, -1):
        yield "-".join(parts[:length])
    yield FALLBACK


def _languages(files: Mapping[str, str], source: str) -> set[str]:
    found: dict[str, set[str]] = {}
    for name in files:
        match = _NAME.fullmatch(name)
        if match is None:
            what, remedy = "is no name of a letter", "name letters as en.txt.j2 and en.html.j2"
            raise PackError(what, where=Pointer(source=f"{source}/letters/{name}"), remedy=remedy)
        found.setdefault(match[1], set()).add(match[2])
    for language, kinds in found.items():
        if len(kinds) == 1:
            raise PackError(
                f"the letter in {language!r} has no {'html' if 'txt' in kinds else 'txt'} part",
                where=Pointer(source=f"{source}/letters"),
                remedy="write both; mail has a text and an HTML part",
            )
    return set(found)


def _parted(filled: str, name: str) -> tuple[str, str]:
    """The subject and the rest of a filled text part."""
    first, _, rest = filled.lstrip().partition("\n")
    word, colon, subject = first.partition(":")
    subject = plain(subject, SUBJECT_LIMIT)
    if word != "Subject" or not colon or not subject:
        raise LetterError("must begin with a line 'Subject: …'", name=name, line=1)
    return subject, rest


def _must_be_checkable(part: str, name: str, data: Mapping[str, object]) -> None:
    """A recipient must be able to find out whether the notice is genuine, whatever the pack's author wrote."""
    sender, links = data["sender"], data["links"]
    assert isinstance(sender, Mapping)
    assert isinstance(links, Mapping)
    for what, value in (
        ("the notice's number", data["number_printed"]),
        ("the page where it can be checked", links["check"]),
        ("the sender's telephone number", sender["phone"]),
    ):
        if value and str(value) not in part.replace("&amp;", "&").replace("&#39;", "'"):
            raise LetterError(f"does not show {what}", name=name)

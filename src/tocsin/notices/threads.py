"""Which notice a letter is about, and whether what it says can be so: a bounce is easily forged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import idna

from tocsin.notices.incoming import Letter, LetterKind

_EVENTS = {LetterKind.BOUNCE: "bounced", LetterKind.AUTO: "auto_replied", LetterKind.REPLY: "replied"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A notice as far as a letter may be about it; ``has_left``: it was handed to the next hop, or may have been."""

    number: str
    message_id: str
    address: str
    contact: str
    has_left: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """The notice a letter is about, ``None`` for none that is known.

    ``event`` is what befell the notice by it, empty for nothing. ``doubt`` says why a letter is not believed; a person
    must look then.
    """

    number: str | None = None
    contact: str | None = None
    event: str = ""
    detail: str = ""
    doubt: str = ""


def thread(letter: Letter, posted: Iterable[Posted]) -> Thread:
    """Holds ``letter`` against the notices that it names."""
    about = _about(letter, list(posted))
    if about is None:
        return Thread()
    doubt = _doubt(letter, about)
    return Thread(
        number=about.number,
        contact=about.contact,
        event="" if doubt else _EVENTS.get(letter.kind, ""),
        detail=f"from {letter.sender or 'nobody'}: {letter.summary}"[:500],
        doubt=doubt,
    )


def _about(letter: Letter, posted: list[Posted]) -> Posted | None:
    by_id = {each.message_id: each for each in posted}
    by_number = {each.number.lower(): each for each in posted}
    found = [by_id[name] for name in letter.message_ids if name in by_id]
    found += [by_number[number] for number in letter.numbers if number in by_number]
    return found[0] if found else None


def _doubt(letter: Letter, about: Posted) -> str:
    if not about.has_left:
        return "it is about a notice that has not been sent"
    if letter.kind is LetterKind.BOUNCE and _plain(about.address) not in {_plain(each) for each in letter.failed}:
        return f"it says that {', '.join(letter.failed[:3])} failed, but the notice went to {about.address}"
    return ""


def _plain(address: str) -> str:
    """The address as it is compared: lower case, its domain in A-labels."""
    local, _, domain = address.lower().rpartition("@")
    try:
        return f"{local}@{domain if domain.isascii() else idna.encode(domain, uts46=True).decode()}"
    except idna.IDNAError:
        return address.lower()

"""A site's security.txt: bytes in, its contacts in its own order of preference out, and everything wrong with it.

Where the file is signed, only what stands within the signature counts, whether or not the signer's key is known.
Source: RFC 9116, sections 2 (fields), 3 (where it lies), 4 (grammar) and 5 (security considerations).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tocsin.constituency.contacts import Contact, language_tag, make_contact
from tocsin.constituency.mailboxes import Target, read_mailbox, read_uri, shorten
from tocsin.constituency.names import normalise_name
from tocsin.constituency.openpgp import Key, check_signed
from tocsin.provenance import Pointer

MOST_BYTES = 64 * 1024
_MOST_LINES, _MOST_CONTACTS = 1000, 20
_BEGIN, _SIGNATURE, _END = (
    f"-----{words}-----" for words in ("BEGIN PGP SIGNED MESSAGE", "BEGIN PGP SIGNATURE", "END PGP SIGNATURE")
)
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60})[ \t]*:[ \t]*(.*)")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)")
_HOST = re.compile(r"https?://([^/:?#@]+)", re.IGNORECASE)
_FINGERPRINT = re.compile(r"openpgp4fpr:([0-9A-Fa-f]{40}|[0-9A-Fa-f]{64})")
_ONCE = ("expires", "preferred-languages")
_FAR = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityTxt:
    """What one file says. ``targets`` are in the file's order, the most preferred first, each in its line of ``lines``.

    ``blockers`` are the reasons for which none of it may be used; ``faults`` whatever else is wrong. ``signed_by`` is
    the fingerprint of the key given that made the signature, ``is_signed`` whether there is one at all.
    """

    targets: tuple[Target, ...]
    lines: tuple[int, ...]
    expires: datetime | None
    canonical: tuple[str, ...]
    languages: tuple[str, ...]
    encryption: tuple[str, ...]
    is_signed: bool
    signed_by: str | None
    blockers: tuple[str, ...]
    faults: tuple[str, ...]

    def fingerprint(self) -> str | None:
        """The fingerprint of an OpenPGP key, where ``Encryption`` names it itself."""
        return next((match[1].upper() for each in self.encryption if (match := _FINGERPRINT.fullmatch(each))), None)


def read_security_txt(
    content: bytes, *, domain: str, asked: str, found_at: str, now: datetime, keys: Sequence[Key] = ()
) -> SecurityTxt:
    """The file that was asked for at ``asked`` for ``domain``, and lay at ``found_at`` after redirects.

    ``keys`` are those known to be the domain's: a signature by none of them is a fault, a broken one a blocker.
    """
    reading = _Reading(now)
    if len(content) > MOST_BYTES:
        reading.blockers.append(f"it has more than {MOST_BYTES:,} bytes")
        return reading.finish()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        reading.blockers.append(f"it is no UTF-8: {fault.reason} at byte {fault.start}")
        return reading.finish()
    if "\0" in text or text.lstrip()[:1] == "<":
        reading.blockers.append("it is a page or no text at all")
        return reading.finish()
    reading.take(_signed_part(text, content, keys, reading, now))
    reading.check_place(domain, asked, found_at)
    return reading.finish()


def domain_contacts(found: SecurityTxt, *, domain: str, pointer: str, now: datetime) -> tuple[Contact, ...]:
    """Its targets as contacts of the domain, none where something blocks; the first is the file's favourite."""
    if found.blockers:
        return ()
    return tuple(
        make_contact(
            f"domain:{domain}",
            target,
            source="security.txt",
            pointer=str(Pointer(source=pointer, line=line)),
            now=now,
            roles=("security",),
            language=found.languages[0] if found.languages else "",
            key=found.fingerprint() if target.channel == "mail" else None,
            expires_at=found.expires,
        )
        for target, line in zip(found.targets, found.lines, strict=True)
    )


class _Reading:
    """Gathers fields, and what is wrong with them."""

    def __init__(self, now: datetime) -> None:
        self.blockers, self.faults = list[str](), list[str]()
        self.is_signed = False
        self.signed_by: str | None = None
        self.values = dict[str, list[str]]()
        self._contact_lines = list[int]()
        self._now = now
        self._targets = dict[Target, int]()
        self._expires: datetime | None = None

    def take(self, lines: Sequence[str]) -> None:
        if len(lines) > _MOST_LINES:
            self.blockers.append(f"it has more than {_MOST_LINES:,} lines")
            return
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.startswith("#"):
                continue
            match = _FIELD.fullmatch(line.rstrip())
            if match is None:
                self.faults.append(f"line {number} is no field: {shorten(line)}")
                continue
            self.values.setdefault(match[1].lower(), []).append(match[2])
            if match[1].lower() == "contact":
                self._contact_lines.append(number)
        for name in _ONCE:
            if len(self.values.get(name, ())) > 1:
                self.blockers.append(f"it has {len(self.values[name])} fields {name.title()}, where one may stand")
        self._take_contacts()
        self._take_expiry()

    def check_place(self, domain: str, asked: str, found_at: str) -> None:
        canonical = self.values.get("canonical", [])
        for each in canonical:
            if not each.lower().startswith("https://"):
                self.faults.append(f"Canonical {shorten(each)} is no https: address")
        if canonical and not {asked, found_at} & set(canonical):
            self.blockers.append(f"it says that it is the file of {shorten(canonical[0])}, not of {shorten(asked)}")
        host = _HOST.match(found_at)
        name = normalise_name(host[1]) if host else None
        is_own = name is not None and (name == domain or name.endswith(f".{domain}"))
        if not is_own and asked != found_at and asked not in canonical:
            self.blockers.append(
                f"it lies on another's site, {shorten(found_at)}, and does not say that it is for {domain}"
            )

    def finish(self) -> SecurityTxt:
        tags = [language_tag(part) for part in ",".join(self.values.get("preferred-languages", [])).split(",")]
        return SecurityTxt(
            targets=tuple(self._targets),
            lines=tuple(self._targets.values()),
            expires=self._expires,
            canonical=tuple(self.values.get("canonical", ())),
            languages=tuple(dict.fromkeys(filter(None, tags))),
            encryption=tuple(self.values.get("encryption", ())),
            is_signed=self.is_signed,
            signed_by=self.signed_by,
            blockers=tuple(self.blockers),
            faults=tuple(self.faults),
        )

    def _take_contacts(self) -> None:
        values = self.values.get("contact", [])
        for value, line in zip(values[:_MOST_CONTACTS], self._contact_lines, strict=False):
            try:
                self._targets.setdefault(self._target(value), line)
            except ValueError as fault:
                self.faults.append(f"a contact cannot be used: {fault}")
        if len(values) > _MOST_CONTACTS:
            self.faults.append(f"it has {len(values)} contacts; the first {_MOST_CONTACTS} are read")
        if not self._targets:
            self.blockers.append("it has no contact that can be used")

    def _target(self, value: str) -> Target:
        """What it names; a mail address without ``mailto:`` is so common that it is taken, and told."""
        try:
            target = read_uri(value)
        except ValueError:
            if ":" in value or "@" not in value:
                raise
            target = Target(channel="mail", address=read_mailbox(value))
            self.faults.append(f"contact {shorten(value)} lacks its mailto:")
        if target.channel == "form" and not target.address.startswith("https:"):
            raise ValueError(f"{shorten(value)} is no https: address")
        return target

    def _take_expiry(self) -> None:
        values = self.values.get("expires", [])
        if not values:
            self.blockers.append("it does not say when it expires")
            return
        match = _MOMENT.fullmatch(values[0].strip())
        try:
            if match is None:
                raise ValueError("no moment by RFC 3339")
            offset = "+00:00" if match[4] in "Zz" else match[4]
            self._expires = datetime.fromisoformat(f"{match[1]}T{match[2]}{offset}")
        except ValueError:
            self.blockers.append(f"Expires {shorten(values[0])} is no moment such as 2031-12-31T23:00:00Z")
            return
        if self._expires <= self._now:
            self.blockers.append(f"it expired on {self._expires:%Y-%m-%d}")
        elif self._expires > self._now + _FAR:
            self.faults.append("it expires in more than a year")


def _signed_part(text: str, content: bytes, keys: Sequence[Key], reading: _Reading, now: datetime) -> list[str]:
    """The lines that count. With a key given they are what the signature covers, by the library's own reading."""
    lines = text.replace("\r\n", "\n").split("\n")
    if _BEGIN not in (line.rstrip() for line in lines):
        return lines
    reading.is_signed = True
    plain = [line.rstrip() for line in lines]
    begin = plain.index(_BEGIN)
    end = next((number for number in range(begin, len(plain)) if plain[number] == _SIGNATURE), None)
    if end is None or _END not in plain[end:] or "" not in plain[begin:end]:
        reading.blockers.append("its signature is cut off")
        return []
    if any(plain[:begin]) or any(plain[plain.index(_END, end) + 1 :]):
        reading.faults.append("what stands outside the signature does not count")
    if not keys:
        reading.faults.append("it is signed by a key that is not known here")
        inner = lines[plain.index("", begin) + 1 : end]
        return [line.removeprefix("- ") for line in inner]
    signed = check_signed(content, keys, now=now)
    if signed.content is None:
        reading.blockers.append(signed.fault or "its signature does not hold")
        return []
    reading.signed_by = signed.fingerprint
    return signed.content.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")

"""What the doctor tries out: keys, servers, the page and the clock. Each gives a check and never raises."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from tocsin.errors import TocsinError, WorkspaceError
from tocsin.notices.alignment import Check, Outlook, Signing
from tocsin.notices.settings import Settings
from tocsin.store.notify_settings import read_secret
from tocsin.store.workspace import Workspace

CLOCK_MAY_BE_OFF = timedelta(minutes=5)
_SECONDS = 10.0
_TRIAL = b"From: Trial <trial@%s>\r\nSubject: trial\r\nDate: Mon, 15 Mar 2021 10:00:00 +0000\r\n\r\nA trial.\r\n"


def fine(name: str, what: str) -> Check:
    return Check(name=name, outlook=Outlook.FINE, what=what)


def fault(name: str, error: TocsinError) -> Check:
    where = f"{error.where}: " if error.where else ""
    return Check(name=name, outlook=Outlook.FAULT, what=f"{where}{error.what}", remedy=error.remedy)


def signing_of(workspace: Workspace, settings: Settings) -> Signing | None:
    """How we sign, tried with the key. Raises ``WorkspaceError`` for a key that cannot be read or cannot sign."""
    asked = settings.dkim
    if asked is None:
        return None
    try:
        import dkim  # type: ignore[import-untyped]  # it ships no types, and is an optional part of the installation
    except ImportError as error:
        raise WorkspaceError(f"{error.name} is not installed", remedy="pip install 'tocsin[notify]'") from error
    key = read_secret(workspace, asked.key_file)
    kind = b"rsa-sha256" if b"PRIVATE KEY" in key else b"ed25519-sha256"
    trial = _TRIAL % asked.domain.encode("idna")
    try:
        signed = trial
        signed = (
            dkim.sign(trial, asked.selector.encode(), asked.domain.encode("idna"), key, signature_algorithm=kind)
            + trial
        )
    except Exception as error:  # the library raises of many kinds for what is no key
        raise WorkspaceError(
            f"the key {asked.key_file} cannot sign: {error}", remedy="name the private key with 'key_file' in [dkim]"
        ) from error

    def is_ours(record: str) -> bool:
        try:
            return bool(dkim.verify(signed, dnsfunc=lambda *_, **__: record.encode()))
        except Exception:  # a record that is no key
            return False

    return Signing(domain=asked.domain, selector=asked.selector, is_ours=is_ours)


def try_key(workspace: Workspace, settings: Settings) -> Check:
    """Whether the OpenPGP key can be read by us and by nobody else."""
    if settings.openpgp is None:
        what = "[openpgp] is not set up: notices go without a signature that recipients can check"
        return Check(name="openpgp", outlook=Outlook.FAULT, what=what, remedy="write [openpgp] key_file in notify.toml")
    try:
        key = read_secret(workspace, settings.openpgp.key_file)
        if settings.openpgp.passphrase_file:
            read_secret(workspace, settings.openpgp.passphrase_file)
    except WorkspaceError as error:
        return fault("openpgp", error)
    if b"PRIVATE KEY BLOCK" not in key and not key[:1] > b"\x7f":
        what = f"{settings.openpgp.key_file} is no OpenPGP private key"
        return Check(name="openpgp", outlook=Outlook.FAULT, what=what, remedy="export it: gpg --export-secret-keys")
    return fine("openpgp", f"{settings.openpgp.key_file} can be read, and by nobody else")


def relay_addresses(host: str) -> list[str]:
    """The public addresses of the relay; none where it is on this machine or in a network of our own."""
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return []
    return sorted(address for address in found if ip_address(address.partition("%")[0]).is_global)


def try_page(page: str, now: datetime, ca: ssl.SSLContext | None = None) -> list[Check]:
    """Whether the public page answers, and by its clock how far ours is off."""
    remedy = "start 'tocsin serve --public' and lead this address to it, or mend 'page' in [sender]"
    url = urlsplit(page)
    try:
        kind = {"https": http.client.HTTPSConnection, "http": http.client.HTTPConnection}[url.scheme]
        words = {"context": ca} if url.scheme == "https" else {}
        connection = kind(url.hostname or "", url.port, timeout=_SECONDS, **words)
        try:
            connection.request("HEAD", f"{url.path}/", headers={"User-Agent": "tocsin"})
            answer = connection.getresponse()
            status, date = answer.status, answer.getheader("Date")
        finally:
            connection.close()
    except (KeyError, ValueError, OSError, http.client.HTTPException) as error:
        what = f"the page {page} cannot be reached: {str(error) or type(error).__name__}"
        return [Check(name="page", outlook=Outlook.FAULT, what=what, remedy=remedy)]
    if status >= 500:
        return [Check(name="page", outlook=Outlook.FAULT, what=f"the page {page} answers {status}", remedy=remedy)]
    if url.scheme == "http":
        check = Check(
            name="page",
            outlook=Outlook.WARNING,
            what=f"the page {page} is reached without TLS: answers and numbers can be read on the way",
            remedy="serve it at an https address",
        )
    else:
        check = fine("page", f"the page {page} answers")
    return [check, *_clock(date, now, url.hostname or page)]


def _clock(date: str | None, now: datetime, host: str) -> list[Check]:
    try:
        off = abs(parsedate_to_datetime(date or "") - now)
    except (TypeError, ValueError):
        return []
    if off <= CLOCK_MAY_BE_OFF:
        return [fine("clock", f"the clock agrees with that of {host}")]
    minutes = int(off.total_seconds() // 60)
    what = f"the clock is {minutes} minutes off that of {host}: quiet hours, links and signatures go wrong"
    return [Check(name="clock", outlook=Outlook.FAULT, what=what, remedy="set the clock, for good with NTP")]


def guarded(name: str, act: Callable[[], Check | list[Check]]) -> list[Check]:
    """What ``act`` finds; a ``TocsinError`` is a finding too."""
    try:
        found = act()
    except TocsinError as error:
        return [fault(name, error)]
    return found if isinstance(found, list) else [found]

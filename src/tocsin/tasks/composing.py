"""From notices on the desk to the messages that go out: letters, links, signatures, encryption where a key is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path

from tocsin.cases.advice import Adviser
from tocsin.constituency.addresses import read_address, split_bits
from tocsin.errors import AskError, PackError, WorkspaceError
from tocsin.notices import Notice
from tocsin.notices.evidence import Service
from tocsin.notices.gather import COMPROMISED
from tocsin.notices.letter import LetterWriter, Links
from tocsin.notices.press import Draft, Press
from tocsin.notices.settings import Sender, Settings
from tocsin.notices.tokens import answer_links, notice_link, unsubscribe_link
from tocsin.provenance import Pointer
from tocsin.reports import csv_cell
from tocsin.store.desk import open_desk
from tocsin.store.keys import load_keys
from tocsin.store.listing import service_history
from tocsin.store.notify_settings import load_settings
from tocsin.store.token_key import token_key
from tocsin.store.workspace import Workspace
from tocsin.tasks.cases import FILE_LIMIT, find_packs, load_case
from tocsin.tasks.viewing import open_view
from tocsin.transports.dkim import DkimSigner, open_dkim
from tocsin.transports.openpgp import OpenPgpEncrypter, OpenPgpSigner, open_encrypter, open_signer

NOBODY = Sender(organisation="(no sender is named in notify.toml)", address="nobody@tocsin.invalid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A notice ready to go. ``remarks`` tell what is not as it might be: a key that was refused, a trace not found."""

    notice: Notice
    draft: Draft
    message: bytes
    is_signed: bool
    remarks: tuple[str, ...]


class Composer:
    """Composes the notices of one workspace; keys, letters and packs are read once.

    Raises ``WorkspaceError`` for settings or keys that do not hold, ``PackError`` for a letter that cannot be used.
    """

    def __init__(self, workspace: Workspace, *, now: datetime, settings: Settings | None = None) -> None:
        self._workspace = workspace
        self._settings = settings or load_settings(workspace)
        self._sender = self._settings.sender or NOBODY
        self._signer = _signer(workspace, self._settings, now)
        self._dkim = _dkim(workspace, self._settings)
        self._token_key = token_key(workspace.root) if self._sender.page else b""
        self._presses: dict[str, Press] = {}

    def compose(self, notice: Notice, *, now: datetime, to_file: bool = False) -> Composed:
        """The whole message; empty for a notice that no mail carries.

        ``to_file``: it is put down as a file, for a person who could not read it encrypted.

        Raises ``AskError`` for an address that no mail can be sent to.
        """
        press = self._press(notice.case_id)
        remarks: list[str] = []
        encrypter = None if to_file else self._encrypter(notice, now, remarks)
        traces = self._traces(notice, remarks) if encrypter else {}
        draft = press.draft(
            notice,
            self.links(notice),
            traces=traces,
            is_encrypted=encrypter is not None,
            now=now,
            is_signed=not to_file,
        )
        if notice.recipient.channel != "mail":
            return Composed(notice=notice, draft=draft, message=b"", is_signed=False, remarks=tuple(remarks))
        try:
            message = draft.message(signer=self._signer, encrypter=encrypter)
        except ValueError as fault:
            raise AskError(f"notice {notice.number}: {fault}", remedy="mend the contact, then plan anew") from fault
        if self._dkim is not None:
            message = self._dkim.sign(message)
        signed = self._signer is not None
        if not signed:
            remarks.append("it is not signed: notify.toml names no [openpgp] key_file")
        return Composed(notice=notice, draft=draft, message=message, is_signed=signed, remarks=tuple(remarks))

    def links(self, notice: Notice) -> Links:
        """The links of a notice: the same whenever it is composed. None without a public page."""
        page = self._sender.page
        if not page:
            return Links()
        expires = notice.not_before + timedelta(days=self._settings.policy.token_days)
        answers = answer_links(page, notice.number, self._token_key, expires=expires)
        return Links(
            check=notice_link(page, notice.number),
            answers={str(answer): link for answer, link in answers.items()},
            unsubscribe=unsubscribe_link(page, notice.number, self._token_key, expires=expires),
        )

    def _press(self, case_id: str) -> Press:
        if case_id not in self._presses:
            root = self._workspace.root
            self._presses[case_id] = Press(
                adviser=Adviser(load_case(case_id, root)),
                writer=letter_writer(find_packs(root)[case_id]),
                sender=self._sender,
                fingerprint=self._signer.fingerprint if self._signer else "",
                rows_in_body=self._settings.policy.rows_in_body,
                cell=csv_cell,
            )
        return self._presses[case_id]

    def _encrypter(self, notice: Notice, now: datetime, remarks: list[str]) -> OpenPgpEncrypter | None:
        """``None`` without a key, and for one that is refused: the letter then goes open, without what is secret."""
        fingerprint = notice.recipient.key
        if not fingerprint or notice.recipient.channel != "mail":
            return None
        known = load_keys(open_desk(self._workspace.desk_url), [fingerprint])
        if fingerprint not in known:
            remarks.append(f"it is not encrypted: the key {fingerprint} is not here")
            return None
        try:
            return open_encrypter(
                known[fingerprint].armored,
                fingerprint=fingerprint,
                address=notice.recipient.address,
                signer=self._signer,
                now=now,
            )
        except WorkspaceError as fault:
            remarks.append(f"it is not encrypted: {fault.what}")
            return None

    def _traces(self, notice: Notice, remarks: list[str]) -> Mapping[Service, str]:
        """What the observations say of each trace of a break-in; only for the encrypted letter."""
        wanted = [item for item in notice.items if item.compromise in COMPROMISED]
        if not wanted:
            return {}
        try:
            view = open_view(self._workspace, notice.case_id, as_of=notice.as_of, known_at=None)
        except AskError as fault:
            remarks.append(f"where the traces are is not told: {fault.what}")
            return {}
        found: dict[Service, str] = {}
        for item in wanted:
            high, low = split_bits(read_address(item.address) or 0)
            rows = service_history(view.lake, view.selection, ip_hi=high, ip_lo=low, port=item.port).to_pylist()
            details = [str(row["detail"]) for row in rows if row["compromise"] in COMPROMISED and row["detail"]]
            if details:
                found[item.address, item.port, item.transport] = details[-1]
        return found


def letter_writer(pack: Path) -> LetterWriter:
    """The writer for the pack in a folder, with the general letters beside it. Raises ``PackError``."""
    general = files("tocsin") / "notices" / "letters"
    return LetterWriter(
        pack={path.name: _read(path) for path in sorted((pack / "letters").glob("*")) if path.is_file()},
        general={path.name: path.read_text("utf-8") for path in general.iterdir() if path.name.endswith(".j2")},
        source=str(pack),
    )


def _read(path: Path) -> str:
    where = Pointer(source=str(path))
    try:
        if path.stat().st_size > FILE_LIMIT:
            raise PackError("is too large for a letter", where=where, remedy="shorten it")
        return path.read_text("utf-8")
    except UnicodeDecodeError as fault:
        raise PackError("is not UTF-8", where=where, remedy="save it as UTF-8") from fault
    except OSError as fault:
        raise PackError(f"cannot be read: {fault.strerror}", where=where, remedy="check its rights") from fault


def _signer(workspace: Workspace, settings: Settings, now: datetime) -> OpenPgpSigner | None:
    if settings.openpgp is None:
        return None
    phrase = settings.openpgp.passphrase_file
    return open_signer(workspace.root / settings.openpgp.key_file, workspace.root / phrase if phrase else None, now=now)


def _dkim(workspace: Workspace, settings: Settings) -> DkimSigner | None:
    if settings.dkim is None:
        return None
    return open_dkim(
        domain=settings.dkim.domain,
        selector=settings.dkim.selector,
        key_file=workspace.root / settings.dkim.key_file,
    )

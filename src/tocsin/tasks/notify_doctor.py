"""``tocsin notify doctor``: whether mail of this workspace would be sent, believed and answered."""

from __future__ import annotations

import asyncio
from datetime import datetime

from tocsin.notices.alignment import Ask, Check, Outlook, check_mail, check_sender
from tocsin.notices.delivery import Outcome
from tocsin.notices.settings import Imap, Settings, Smtp
from tocsin.store.audit import list_entries
from tocsin.store.clock import parse_instant
from tocsin.store.desk import open_desk
from tocsin.store.notify_settings import load_settings
from tocsin.store.workspace import Workspace
from tocsin.tasks._notify_trials import (
    CLOCK_MAY_BE_OFF,
    fine,
    guarded,
    relay_addresses,
    signing_of,
    try_key,
    try_page,
)


def doctor(workspace: Workspace, *, now: datetime, ask: Ask | None = None) -> list[Check]:
    """Every check, in the order in which they matter. ``ask`` answers instead of the name servers of the settings."""
    return examine(workspace, load_settings(workspace), now=now, ask=ask)


def faults_of(checks: list[Check]) -> list[str]:
    """What holds a plan back."""
    return [f"{check.name}: {check.what}" for check in checks if check.outlook is Outlook.FAULT]


def examine(workspace: Workspace, settings: Settings, *, now: datetime, ask: Ask | None = None) -> list[Check]:
    """The same with settings that were read before."""
    sender, smtp, imap = settings.sender, settings.smtp, settings.imap
    checks = [_settings(settings)]
    if sender is None:
        return checks
    if smtp is not None:
        checks += guarded("smtp", lambda: _smtp(workspace, smtp))
    checks += guarded("dns", lambda: _dns(workspace, settings, ask))
    checks.append(try_key(workspace, settings))
    if imap is not None:
        checks += guarded("imap", lambda: _imap(workspace, imap))
    else:
        what = "[imap] is not set up: bounces and replies are not collected"
        checks.append(Check(name="imap", outlook=Outlook.WARNING, what=what, remedy="write [imap] into notify.toml"))
    if sender.page:
        checks += try_page(sender.page, now)
    else:
        what = "no 'page' is set: recipients can check no notice and answer with no link"
        checks.append(Check(name="page", outlook=Outlook.FAULT, what=what, remedy="write page into [sender]"))
    return [*checks, _order_of_time(workspace, now)]


def _settings(settings: Settings) -> Check:
    if settings.sender is None:
        what = "nobody is named who sends: everything goes into the outbox folder"
        return Check(name="settings", outlook=Outlook.WARNING, what=what, remedy="write [sender] into notify.toml")
    if settings.smtp is None:
        what = "[smtp] is not set up: everything goes into the outbox folder"
        return Check(name="settings", outlook=Outlook.WARNING, what=what, remedy="write [smtp] into notify.toml")
    return fine("settings", f"{settings.sender.organisation} sends as {settings.sender.address}")


def _smtp(workspace: Workspace, smtp: Smtp) -> Check:
    from tocsin.tasks._notify_ways import smtp_server  # an optional part of the installation
    from tocsin.transports.smtp import SmtpCarrier

    receipt = asyncio.run(SmtpCarrier(smtp_server(workspace, smtp)).greet())
    if receipt.outcome is Outcome.ACCEPTED:
        return fine("smtp", f"{smtp.host}:{smtp.port} lets us in ({smtp.security})")
    said = f"{receipt.code} {receipt.text}" if receipt.code else receipt.text
    remedy = "check host, port, security, user and password_file in [smtp], and the server's certificate"
    return Check(name="smtp", outlook=Outlook.FAULT, what=f"{smtp.host}:{smtp.port}: {said}", remedy=remedy)


def _imap(workspace: Workspace, imap: Imap) -> Check:
    from tocsin.tasks._notify_ways import imap_server  # an optional part of the installation
    from tocsin.transports.imap import Mailbox

    with Mailbox(imap_server(workspace, imap)):
        return fine("imap", f"{imap.host}:{imap.port} lets us into {imap.folder}")


def _dns(workspace: Workspace, settings: Settings, ask: Ask | None) -> list[Check]:
    assert settings.sender is not None, "asked only of a sender"
    if ask is None:
        from tocsin.transports.resolver import Resolver  # an optional part of the installation

        ask = Resolver(settings.dns.servers)
    relay = relay_addresses(settings.smtp.host) if settings.smtp else []
    signing = signing_of(workspace, settings)
    return [
        *check_sender(settings.sender.domain, relay=relay, signing=signing, ask=ask),
        check_mail(settings.sender.domain, ask),
    ]


def _order_of_time(workspace: Workspace, now: datetime) -> Check:
    """A clock that went back shows in the log, which only ever goes on."""
    newest = list_entries(open_desk(workspace.desk_url), newest=1)
    if newest and parse_instant(newest[0].at) > now + CLOCK_MAY_BE_OFF:
        what = f"the clock went back: the last entry of the audit log is of {newest[0].at[:19]}"
        return Check(name="time", outlook=Outlook.FAULT, what=what, remedy="set the clock, for good with NTP")
    return fine("time", "the clock has not gone back")

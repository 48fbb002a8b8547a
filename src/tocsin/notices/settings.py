"""How this workspace sends: who signs, through which relay, with which keys; from the parsed ``notify.toml``.

Every section is optional. Without ``[smtp]`` nothing leaves the workspace's own outbox folder. The keys are described
in ``docs/reference/notify-settings.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tocsin.notices._settings_file import Faults, read_section, split_server
from tocsin.notices.policy import Policy

__all__ = [
    "Dkim", "Dns", "Imap", "Lookups", "OpenPgp", "Sender", "Settings", "Smtp", "check_settings", "split_server",
]  # fmt: skip
SECTIONS = ("sender", "policy", "smtp", "imap", "openpgp", "dkim", "dns", "lookups")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who writes. ``page`` is the address at which ``tocsin serve --public`` is reached, without a slash at its end."""

    organisation: str
    address: str
    name: str = ""
    reply_to: str = ""
    phone: str = ""
    page: str = ""

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2].lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """The next hop. ``timeout`` in seconds for each answer; a notice is tried for ``deadline_hours``.

    ``ca_file`` has authorities that are believed instead of the machine's.
    """

    host: str
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password_file: str = ""
    ca_file: str = ""
    timeout: int = 60
    deadline_hours: int = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Imap:
    """Where bounces and replies arrive."""

    host: str
    port: int = 993
    security: str = "tls"
    user: str = ""
    password_file: str = ""
    ca_file: str = ""
    folder: str = "INBOX"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPgp:
    """The key that signs every notice."""

    key_file: str
    passphrase_file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dkim:
    """The key that signs for the sender's domain, where the relay does not."""

    domain: str
    selector: str
    key_file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dns:
    """The servers asked, as ``address`` or ``address:port``; the machine's own where none is named."""

    servers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookups:
    """Where RDAP begins, and how often one server, and all of them, are asked at most."""

    bootstrap: tuple[str, ...] = ()
    per_server_per_minute: int = 10
    in_all_per_minute: int = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What ``notify.toml`` says; ``None`` for a section that is not there."""

    sender: Sender | None = None
    policy: Policy = field(default_factory=Policy)
    smtp: Smtp | None = None
    imap: Imap | None = None
    openpgp: OpenPgp | None = None
    dkim: Dkim | None = None
    dns: Dns = field(default_factory=Dns)
    lookups: Lookups = field(default_factory=Lookups)


def check_settings(data: Mapping[str, object]) -> tuple[Settings, tuple[str, ...]]:
    """The settings and every fault, each with its key path; the settings count for nothing where there is a fault."""
    faults = Faults(data, SECTIONS)
    settings = Settings(
        sender=read_section(Sender, data, "sender", faults),
        policy=read_section(Policy, data, "policy", faults) or Policy(),
        smtp=read_section(Smtp, data, "smtp", faults),
        imap=read_section(Imap, data, "imap", faults),
        openpgp=read_section(OpenPgp, data, "openpgp", faults),
        dkim=read_section(Dkim, data, "dkim", faults),
        dns=read_section(Dns, data, "dns", faults) or Dns(),
        lookups=read_section(Lookups, data, "lookups", faults) or Lookups(),
    )
    if settings.sender is None and "smtp" in data and "sender" not in data:
        faults.note("sender", "is missing: who sends by [smtp] must say who it is")
    return settings, tuple(faults.found)

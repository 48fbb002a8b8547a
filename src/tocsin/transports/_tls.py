"""How a connection to a mail server is made safe: certificates are always checked, and plain text stays at home."""

from __future__ import annotations

import ssl
from pathlib import Path

from tocsin.errors import WorkspaceError

SECURITIES = ("starttls", "tls", "none")
_HOME = frozenset({"localhost", "127.0.0.1", "::1"})


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """Checks the certificate and the name in it, against the machine's authorities or those of ``ca_file``."""
    try:
        context = ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError) as fault:
        raise WorkspaceError(
            f"the certificates in {ca_file} cannot be read: {fault}", remedy="name a PEM file with 'ca_file'"
        ) from fault
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def check_security(security: str, host: str) -> None:
    """Raises ``WorkspaceError`` for a way of talking that others could listen to."""
    if security not in SECURITIES:
        raise WorkspaceError(f"no security {security!r}", remedy=f"one of {', '.join(SECURITIES)}")
    if security == "none" and host not in _HOME:
        raise WorkspaceError(
            f"{host} would be talked to without TLS, and passwords and findings could be read on the way",
            remedy='write security = "starttls" or "tls"; "none" is for this machine alone',
        )

"""The libraries that talk to mail servers and name servers, in one place: an optional part of the installation.

A module that talks imports them from here; importing it without them raises ``WorkspaceError``.
"""

from __future__ import annotations

from tocsin.errors import WorkspaceError

try:
    import aiosmtplib
    import dns.exception
    import dns.nameserver
    import dns.resolver
    import imapclient  # type: ignore[import-untyped]  # it ships no types
    import imapclient.exceptions  # type: ignore[import-untyped]  # nor here
except ImportError as error:
    raise WorkspaceError(
        f"sending notices needs a library that is not installed: {error.name}", remedy="pip install 'tocsin[notify]'"
    ) from error

__all__ = ["aiosmtplib", "dns", "imapclient"]

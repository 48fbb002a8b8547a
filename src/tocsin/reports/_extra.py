"""The libraries that draw, in one place: an optional part of the installation.

A module that draws imports them from here; importing it without them raises ``WorkspaceError``.
"""

from __future__ import annotations

from tocsin.errors import WorkspaceError


def _missing(error: ImportError) -> WorkspaceError:
    return WorkspaceError(
        f"charts and the brief need a library that is not installed: {error.name}", remedy="install tocsin[report]"
    )


try:
    import altair
    import typst
    import vl_convert
    from altair.utils.schemapi import debug_mode
except ImportError as error:
    raise _missing(error) from error

__all__ = ["altair", "debug_mode", "typst", "vl_convert"]

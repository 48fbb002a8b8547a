"""The libraries that write notices, in one place: an optional part of the installation.

A module that writes imports them from here; importing it without them raises ``WorkspaceError``.
"""

from __future__ import annotations

from tocsin.errors import WorkspaceError

try:
    import jinja2
    import jinja2.meta
    import jinja2.nodes
    import jinja2.sandbox
except ImportError as error:
    raise WorkspaceError(
        f"writing notices needs a library that is not installed: {error.name}", remedy="pip install 'tocsin[notify]'"
    ) from error

__all__ = ["jinja2"]

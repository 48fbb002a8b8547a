"""The libraries that serve pages: an optional part of the installation."""

from __future__ import annotations

from importlib import import_module

from tocsin.errors import WorkspaceError

NEEDED = ("fastapi", "jinja2", "python_multipart", "uvicorn")


def need_extra() -> None:
    """Raises ``WorkspaceError`` when one of them is absent; to be called before the modules beside this one load."""
    for name in NEEDED:
        try:
            import_module(name)
        except ImportError as error:
            raise WorkspaceError(
                f"serving pages needs a library that is not installed: {name}", remedy="pip install 'tocsin[web]'"
            ) from error

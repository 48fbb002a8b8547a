"""``tocsin serve``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from tocsin.errors import AskError, WorkspaceError
from tocsin.ui.cli.shell import WorkspaceOption, running, say, show, workspace_at


def serve(
    public: Annotated[
        bool, typer.Option("--public", help="Serve the pages for recipients of notices, and nothing else.")
    ] = False,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0 for any free one.", min=0, max=65535)] = 8080,
    proxy: Annotated[
        list[str] | None,
        typer.Option(
            "--behind-proxy", metavar="ADDRESS", help="Believe this proxy who asks (X-Forwarded-For); may be repeated."
        ),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Serve the pages on which a recipient checks and answers a notice. Stop it with Ctrl-C.

    It speaks HTTP: put a proxy with a certificate in front of it.

    Example: tocsin serve --public --port 8080 --behind-proxy 127.0.0.1
    """
    with running():
        if not public:
            raise AskError("there is only one thing to serve yet", remedy="say so: tocsin serve --public")
        from tocsin.ui.web._extra import need_extra

        need_extra()
        from tocsin.store.notify_settings import load_settings
        from tocsin.tasks.answering_notices import open_counter
        from tocsin.ui.web.public import public_app
        from tocsin.ui.web.server import checked_proxies, listen, shown_address
        from tocsin.ui.web.server import serve as run

        place = workspace_at(workspace)
        sender = load_settings(place).sender
        if sender is None:
            raise WorkspaceError(
                "notify.toml does not say who sends", remedy="write its section [sender]: organisation and address"
            )
        proxies = checked_proxies(proxy or [])
        app = public_app(open_counter(place), sender, now=lambda: datetime.now(UTC))
        with listen(host, port) as opened:
            show(shown_address(opened))
            say("Serving the pages for recipients; Ctrl-C stops it.")
            run(app, opened, proxies=proxies)

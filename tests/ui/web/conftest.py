"""A running site with one notice that went out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store.noticing import add_notice
from tests.ui.web.serving import Site, made_workspace, site_of


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """The public pages, with a notice to the council."""
    with site_of(made_workspace(tmp_path)) as made:
        add_notice(made.desk)
        yield made

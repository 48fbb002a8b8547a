"""A small world that all tests of the room share."""

from __future__ import annotations

import pytest
from tests.testing.table import BUILDS

from tocsin.testing import KnownBuild, ScanFile, World, make_world, read_builds, scan_files


@pytest.fixture(scope="session")
def builds() -> tuple[KnownBuild, ...]:
    return read_builds(BUILDS, cve="CVE-2021-26855", concerned=["Exchange 2013", "Exchange 2016", "Exchange 2019"])


@pytest.fixture(scope="session")
def world(builds: tuple[KnownBuild, ...]) -> World:
    return make_world(builds, scale=4_000, seed=7)


@pytest.fixture(scope="session")
def files(world: World) -> list[ScanFile]:
    return list(scan_files(world))

"""What tests in several rooms share: an empty desk, and the way to the data beside the repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]

settings.register_profile("tocsin", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tocsin")

_numbers = count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    kinds = ("sqlite", "postgresql")
    parser.addoption("--desk", choices=kinds, default="sqlite", help="the database that tests with a desk run on")
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew from what is made now")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compares bytes with the file of that name below ``tests/golden``; with ``--update-golden`` writes it instead."""

    def compare(name: str, made: bytes) -> None:
        path = ROOT / "tests" / "golden" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made)
        assert path.is_file(), f"there is no {name}; run with --update-golden and read what it wrote"
        kept, now = path.read_bytes(), made
        assert kept.decode("utf-8", "replace").splitlines() == now.decode("utf-8", "replace").splitlines()
        assert kept == now

    return compare


@pytest.fixture
def desk_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty desk may be made: SQLite, or with ``--desk postgresql`` a new database of a real PostgreSQL."""
    if request.config.getoption("--desk") == "postgresql":
        return str(request.getfixturevalue("postgresql_url"))
    return f"sqlite:///{tmp_path / 'desk.sqlite'}"


@pytest.fixture
def postgresql_url(postgresql: Path) -> str:
    """A new empty database in the private PostgreSQL."""
    name = f"desk_{next(_numbers)}"
    _postgres("createdb", "-h", str(postgresql), name)
    return f"postgresql+psycopg://{_user()}@/{name}?host={postgresql}"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Path]:
    """A PostgreSQL of our own, reached through the socket in this folder alone. Absent programs are a failure."""
    folder = Path(tempfile.mkdtemp(prefix="tocsin-postgresql-"))
    if os.getuid() == 0:
        shutil.chown(folder, _user())
    data = str(folder / "data")
    _postgres("initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    _postgres("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
    yield folder
    _postgres("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real tables and reports in the folder beside the repository; a test that needs them says so when absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real data is not here: no folder ../shared/data beside the repository")
    return folder


def _user() -> str:
    """PostgreSQL refuses to run as root."""
    return "postgres" if os.getuid() == 0 else str(os.environ.get("USER") or os.getuid())


def _postgres(program: str, *words: str) -> None:
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    path = os.pathsep.join([*map(str, homes), os.environ["PATH"]])
    found = shutil.which(program, path=path)
    assert found, f"{program} is not here; run: make interop"
    become = ["runuser", "-u", _user(), "--"] if os.getuid() == 0 else []
    done = subprocess.run([*become, found, *words], cwd="/", capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr

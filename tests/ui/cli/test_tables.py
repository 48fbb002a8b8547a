"""``tocsin tables`` as a person sees it."""

from __future__ import annotations

from pathlib import Path

from tests.ui.cli.conftest import Run, data

TEXT = "203.0.113.0,203.0.113.255,GB\n203.0.113.128,203.0.113.255,FR\nx,y,\x1b\n"


def test_import_and_list(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "example-2021-03-01.csv"
    path.write_text(TEXT, encoding="utf-8")
    done = run("tables", "import", "country", path)
    assert "3 rows = 2 ranges + 1 rejected" in done.stdout
    assert "country, IPv4: 2 ranges of example, 2021-03-01: taken in" in done.stdout
    assert "2 of them overlap others; the smallest range holds" in done.stdout
    assert "guessed from the file's name: date 2021-03-01, source example" in done.stderr
    assert "\x1b" not in done.output
    assert "was there already" in run("tables", "import", "country", path).stdout
    assert "example" in run("tables", "list").stdout
    (entry,) = data(run("tables", "list", "--json"))["tables"]  # type: ignore[misc]
    assert (entry["kind"], entry["family"], entry["as_of"]) == ("country", 4, "2021-03-01")


def test_source_and_date_by_option(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "asn.csv"
    path.write_text("203.0.113.0,203.0.113.255,64500,Example Net\n", encoding="utf-8")
    told = data(run("tables", "import", "asn", path, "--source", "me", "--date", "2021-01-02", "--json"))
    assert (told["tables"][0]["source"], told["tables"][0]["as_of"], told["guessed"]) == ("me", "2021-01-02", [])  # type: ignore[index]


def test_without_a_date_it_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "asn.csv"
    path.write_text("203.0.113.0,203.0.113.255,64500\n", encoding="utf-8")
    assert "say of which day the table is with --date" in run("tables", "import", "asn", path, exits=1).stderr

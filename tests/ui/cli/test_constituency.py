"""``tocsin constituency`` as a person sees it."""

from __future__ import annotations

from pathlib import Path

from tests.tasks.conftest import REGISTRY
from tests.ui.cli.conftest import Run, data

MORE = "shop,Example Sh\x1bop,GB,retail,no,co.uk,203.0.113.9/24,,\n"


def test_an_import_shows_rows_changes_and_version(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "registry.csv"
    path.write_text(REGISTRY.replace("food", "retail") + MORE, encoding="utf-8")
    dry = run("constituency", "import", path, "--dry-run")
    assert "registry.csv: 3 rows = 2 constituents + 1 rejected" in dry.stdout
    assert "    sector: food → retail" in dry.stdout
    assert "would be 0 added, 1 changed, 0 removed; nothing was written" in dry.stdout
    assert "registry.csv:4: rejected: name holds a control character;" in dry.stderr
    assert "with them cleared it is 203.0.113.0/24" in dry.stderr
    assert "\x1b" not in dry.output
    assert "1 changed, 0 removed: version 2-" in run("constituency", "import", path).stdout
    assert "nothing changed; no new version" in run("constituency", "import", path).stdout


def test_an_import_as_json(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "registry.csv"
    path.write_text(REGISTRY.replace("bakery,", "shop,") + MORE.replace("shop,", "bad,"), encoding="utf-8")
    told = data(run("constituency", "import", path, "--json"))
    assert [each["id"] for each in told["added"]] == ["shop"]  # type: ignore[attr-defined]
    assert [each["id"] for each in told["removed"]] == ["bakery"]  # type: ignore[attr-defined]
    assert told["rejected"][0]["line"] == 4  # type: ignore[index]
    assert (told["changed"], told["dry_run"], told["label"]) == ([], False, "TLP:AMBER")


def test_long_lists_are_cut_on_the_terminal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("id,name\n" + "".join(f"c{n},Example {n}\n" for n in range(30)) + ",\n" * 30, encoding="utf-8")
    done = run("constituency", "import", path)
    assert "… and 10 more added" in done.stdout
    assert "… and 10 more rejected rows" in done.stderr


def test_whose(run: Run) -> None:
    alone = run("constituency", "whose", "203.0.113.7").stdout
    assert "203.0.113.7 is proven to be in the hands of Example Council (council)" in alone
    assert "  by network 203.0.113.0/24 (registry.csv:2), registered for council" in alone
    words = ("constituency", "whose", "203.0.113.7", "--host", "x.bakery.example", "--host-from")
    assert "disputed between Example Council (council) and Example Bakery (bakery)" in run(*words, "certificate").stdout
    assert "also considered: bakery: domain bakery.example" in run(*words, "ptr").stdout
    assert "is nobody's in the registry" in run("constituency", "whose", "192.0.2.1", "--asn", "AS64511").stdout
    claimed = run("constituency", "whose", "192.0.2.1", "--host", "bakery.example").stdout
    assert "is claimed for Example Bakery (bakery); that is no proof" in claimed


def test_whose_as_json(run: Run) -> None:
    told = data(run("constituency", "whose", "203.0.113.7", "--json"))
    assert (told["constituent"], told["certainty"]) == ("council", "proven")
    assert told["holding"] == "network 203.0.113.0/24 (registry.csv:2)"
    assert (told["names"], told["considered"]) == ({"council": "Example Council"}, "")


def test_nonsense_is_refused(run: Run) -> None:
    assert "is no IP address" in run("constituency", "whose", "nonsense", exits=1).stderr
    assert data(run("constituency", "show", "x", "--json", exits=1))["error"]["kind"] == "ask"  # type: ignore[index]


def test_show_list_versions(run: Run) -> None:
    shown = run("constituency", "show", "council").stdout
    assert "council: Example Council" in shown
    assert "  contact security@council.example" in shown
    assert data(run("constituency", "show", "council", "--json"))["id"] == "council"
    assert "Example Bakery" in run("constituency", "list").stdout
    assert len(data(run("constituency", "list", "--json"))["constituents"]) == 2  # type: ignore[arg-type]
    assert "registry.csv" in run("constituency", "versions").stdout
    (version,) = data(run("constituency", "versions", "--json"))["versions"]  # type: ignore[misc]
    assert (version["number"], version["added"]) == (1, 2)


def test_an_international_domain_is_spelled(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("id,name,domains\nb,Example B,bücher.example\n", encoding="utf-8")
    run("constituency", "import", path)
    assert (
        "domain xn--bcher-kva.example (other.csv:2), written bücher.example" in run("constituency", "show", "b").stdout
    )

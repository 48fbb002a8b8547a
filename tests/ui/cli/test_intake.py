"""``tocsin ingest``, ``batches``, ``rejected`` and ``rejudge`` as a person sees them."""

from __future__ import annotations

from pathlib import Path

from tests.tasks.conftest import row, write_report
from tests.ui.cli.conftest import Run, data


def test_ingest_prints_the_row_sum(run: Run, tmp_path: Path) -> None:
    path = write_report(tmp_path, [row("203.0.113.7"), row("203.0.113.7"), row("nonsense")])
    shown = run("ingest", path).stdout
    assert "3 rows = 1 observations + 1 duplicates + 1 rejected" in shown
    assert "exchange-proxylogon-2021: 1 findings" in shown
    assert "nothing changed" in run("ingest", path).stdout


def test_ingest_as_json(run: Run, tmp_path: Path) -> None:
    found = data(run("ingest", write_report(tmp_path, [row("203.0.113.7")]), "--json"))
    assert found["label"] == "TLP:AMBER"
    (batch,) = found["batches"]  # type: ignore[misc]
    assert (batch["rows"], batch["observations"], batch["outcome"]) == (1, 1, "new")


def test_other_content_says_what_it_supersedes(run: Run, tmp_path: Path) -> None:
    run("ingest", write_report(tmp_path, [row("203.0.113.7")]))
    assert (
        "supersedes 2021-03-10-scan_exchange.csv" in run("ingest", write_report(tmp_path, [row("203.0.113.8")])).stdout
    )


def test_a_refused_file_says_what_to_do_and_exits_1(run: Run, tmp_path: Path) -> None:
    (tmp_path / "2021-03-10-scan_exchange.csv").write_text("timestamp,port\n", encoding="utf-8")
    result = run("ingest", tmp_path / "2021-03-10-scan_exchange.csv", exits=1)
    assert result.stderr.startswith("tocsin: 2021-03-10-scan_exchange.csv:1:")
    assert "→" in result.stderr
    found = data(run("ingest", tmp_path / "2021-03-10-scan_exchange.csv", "--json", exits=1))
    assert set(found["error"]) == {"kind", "what", "where", "remedy"}  # type: ignore[call-overload]


def test_rejected_rows_with_file_line_column_and_raw_text(run: Run, tmp_path: Path) -> None:
    run("ingest", write_report(tmp_path, [row("203.0.113.7"), row("nonsense\x1b[2J")]))
    shown = run("rejected").stdout
    assert "2021-03-10-scan_exchange.csv" in shown
    assert "\x1b" not in shown
    (found,) = data(run("rejected", "2021-03-10-scan_exchange.csv", "--json"))["rejected"]  # type: ignore[misc]
    assert (found["line"], found["column"]) == (3, "ip")
    assert "did you mean" in run("rejected", "2021-03-10-scan_exchanges.csv", exits=1).stderr


def test_batches_and_rejudge(run: Run, tmp_path: Path) -> None:
    run("ingest", write_report(tmp_path, [row("203.0.113.7")]))
    assert "2021-03-10" in run("batches").stdout
    assert len(data(run("batches", "--json"))["batches"]) == 1  # type: ignore[arg-type]
    assert "nothing was stale" in run("rejudge").stdout
    assert data(run("rejudge", "--json"))["renewed"] == []


def test_a_mapping_of_its_own(run: Run, tmp_path: Path) -> None:
    scan = tmp_path / "scan.csv"
    scan.write_text("timestamp,ip,port,build\n2021-03-10T01:00:00Z,203.0.113.7,443,15.1.2106.2\n", encoding="utf-8")
    header = "timestamp,ip,port,transport,hostname,hostname_from,build,active_check,webshell,asn,country,banner"
    scan.write_text(f"{header}\n2021-03-10T01:00:00Z,203.0.113.7,443,tcp,,,15.1.2106.2,,,,,\n", encoding="utf-8")
    assert "population" in run("ingest", "--map", "population-scan", scan).stdout
    assert "did you mean population-scan" in run("ingest", "--map", "populationscan", scan, exits=1).stderr

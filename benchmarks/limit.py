"""The limit of a machine: every column of a CSV read as text and written as Parquet by the engine alone.

Run as ``python benchmarks/limit.py FEED.csv OUT.parquet``.
"""

from __future__ import annotations

import sys

import duckdb


def main() -> None:
    """Copies the first argument to the second; nothing else happens."""
    feed, out = sys.argv[1:]
    duckdb.execute(
        "COPY (SELECT * FROM read_csv($feed, all_varchar = true)) TO $out (FORMAT parquet, COMPRESSION zstd)",
        {"feed": feed, "out": out},
    )


if __name__ == "__main__":
    main()

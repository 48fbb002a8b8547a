"""Makes 28 daily reports of the same services, whose builds change as their owners install updates.

Run as ``python benchmarks/make_month.py --services 250000 --out benchmarks/data/month``; see ``make_feed.py`` for what
is made up and how.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from make_feed import BUILDS, CHUNK, open_report, services

DAYS = 28
FIRST = np.datetime64("2021-03-01", "D")
FIXED = np.array(
    [number for number, build in enumerate(BUILDS) if build in {"15.1.2106.13", "15.1.2176.9", "15.2.792.10"}]
)


def write_month(folder: Path, size: int, seed: int, days: int = DAYS) -> list[Path]:
    """One report a day; every service is in each of them and nine in ten are fixed by the end."""
    rng = np.random.default_rng(seed)
    chunks = [
        (services(np.arange(start, min(start + CHUNK, size)), size, rng), start) for start in range(0, size, CHUNK)
    ]
    fixed_on = np.minimum(rng.exponential(12.0, size), 10_000.0)
    fixed_build = FIXED[rng.integers(0, len(FIXED), size)]
    paths = [folder / f"{FIRST + number}-scan_exchange-benchmark-month.csv" for number in range(days)]
    for number, path in enumerate(paths):
        with open_report(path) as writer:
            for chunk, start in chunks:
                mine = slice(start, start + len(chunk.build))
                fixed = fixed_on[mine] <= number
                build = np.where(fixed, fixed_build[mine], chunk.build)
                writer.write(chunk.report(day=FIRST + number, build=build, tag=np.where(fixed, 3, 1)))
    return paths


def main() -> None:
    """Writes the reports into ``--out``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--services", type=int, default=250_000)
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "data" / "month")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for path in write_month(args.out, args.services, args.seed, args.days):
        print(path)


if __name__ == "__main__":
    main()

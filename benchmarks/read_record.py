"""Measures the reader of the public record: characters a second on one core, and how that changes with length.

Run as ``python benchmarks/read_record.py`` (``--quick``: once, small). The text is that of the project's own invented
documents, many times over: prose in which almost every sentence names a state or an attack, the worst there is.
The limit is one pass of Python's own regular expressions that finds the words of the same text. Appends to
``RESULTS.md``; a missed target ends with exit code 1.
"""

from __future__ import annotations

import argparse
import hashlib
import platform
import re
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from tocsin.record.document import Document
from tocsin.record.gazetteer import load_gazetteer
from tocsin.record.reading.genres import guess_genre
from tocsin.record.reading.reading import read

HERE = Path(__file__).parent
FIXTURES = HERE.parent / "tests" / "fixtures" / "record"
WANTED = 500_000
GROWTH = 1.25
_WORD = re.compile(r"\w+")


def main() -> int:
    """Measures, prints, keeps; 1 when a target was missed in a full run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="once, small; targets are shown but not held")
    parser.add_argument("--no-record", action="store_true", help="leave RESULTS.md as it is")
    args = parser.parse_args()
    repeats = 1 if args.quick else 5
    texts = [path.read_text("utf-8") for path in sorted(FIXTURES.glob("*.txt"))]
    whole = "\n\n".join(texts)
    short, long = _varied(whole, 2), _varied(whole, 4 if args.quick else 16)
    gazetteer = load_gazetteer()

    def reading(text: str) -> Callable[[], object]:
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        document = Document(
            sha256=sha256,
            text=text,
            media_type="text/plain",
            source="bench.txt",
            genre=guess_genre(text),  # as "record add" tells it, once
            published=date(2024, 5, 2),
        )
        return lambda: read(document, gazetteer)

    separate = [reading(text) for text in texts]
    each = _seconds(lambda: [one() for one in separate], repeats)
    first, last = _seconds(reading(short), repeats), _seconds(reading(long), repeats)
    limit = _seconds(lambda: sum(1 for _ in _WORD.finditer(long)), repeats)
    rate, growth = len(long) / last, (last / len(long)) / (first / len(short))
    lines = [
        f"### The reader of the public record, {datetime.now(UTC):%Y-%m-%d}",
        "",
        f"{platform.machine()}, Python {platform.python_version()}; medians of {repeats}, processor seconds, one core.",
        "",
        "| | characters | seconds | characters/s |",
        "| --- | ---: | ---: | ---: |",
        f"| {len(texts)} documents, one by one | {len(whole):,} | {each:.3f} | {len(whole) / each:,.0f} |",
        f"| one document | {len(short):,} | {first:.3f} | {len(short) / first:,.0f} |",
        f"| one long document | {len(long):,} | {last:.3f} | {rate:,.0f} |",
        f"| limit: its words by one regular expression | {len(long):,} | {limit:.3f} | {len(long) / limit:,.0f} |",
        "",
        f"{limit / last:.1%} of the limit. Time a character in the long one: {growth:.2f} of that in the short one.",
        f"Asked: {WANTED:,} characters/s: {'kept' if rate >= WANTED else 'MISSED'}.",
        f"Asked: time in proportion to length: {'kept' if growth <= GROWTH else 'MISSED'}.",
    ]
    print("\n".join(lines))
    if not (args.quick or args.no_record):
        with (HERE / "RESULTS.md").open("a", encoding="utf-8") as file:
            file.write("\n" + "\n".join(lines) + "\n")
    return int(not args.quick and (rate < WANTED or growth > GROWTH))


def _varied(text: str, times: int) -> str:
    """The text so many times over, in other words each time: a block that is repeated as it is would not be read."""
    adverbs = "also then later soon often again now still even already once perhaps indeed rather quite yet".split()
    return "\n\n".join(
        text.replace("Example", f"Example{number}").replace(" and ", f" and {adverbs[number % len(adverbs)]} ")
        for number in range(times)
    )


def _seconds(run: Callable[[], object], repeats: int) -> float:
    taken = []
    for _ in range(repeats):
        begun = time.process_time()
        run()
        taken.append(time.process_time() - begun)
    return median(taken)


if __name__ == "__main__":
    sys.exit(main())

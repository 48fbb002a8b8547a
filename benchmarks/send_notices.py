"""Measures sending: a plan's notices through the outbox to smtp-sink, with every step kept on disk.

Run as ``python benchmarks/send_notices.py`` (``--notices 5000``; ``--quick``: 500, targets are shown but not held).
smtp-sink is Postfix's; ``bash tests/interop/install.sh smtp-sink`` installs it, and without it this ends with 2.
Prints notices a second, and how the peak of memory grew from a tenth of them to all; a missed target ends with 1.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.interop.mail_programs import smtp_sink
from tests.tasks.notified import clock_from, make_workspace, sent

PER_SECOND = 300
GROWTH = 1.15


def main() -> int:
    """One run; gives the exit code."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--notices", type=int)
    asked.add_argument("--quick", action="store_true", help="500 notices; targets are shown but not held")
    wishes = asked.parse_args()
    number = wishes.notices or (500 if wishes.quick else 5_000)
    if shutil.which("smtp-sink", path=f"{os.environ['PATH']}:/usr/sbin:/usr/lib/postfix/sbin") is None:
        print("smtp-sink is not installed: nothing was measured", file=sys.stderr)
        print("  → run: bash tests/interop/install.sh smtp-sink", file=sys.stderr)
        return 2
    body = b"x" * 75 + b"\r\n"

    def letters(number: str) -> bytes:
        return f"Message-ID: <{number}@cert.example>\r\nSubject: notice\r\n\r\n".encode() + body * 250

    marks: list[int] = []
    tenth = max(1, number // 10)

    def tell(done: int) -> None:
        if done == tenth:
            marks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)

    with tempfile.TemporaryDirectory() as folder, smtp_sink() as sink:
        addresses = [f"it@o{count}.example" for count in range(number)]
        workspace = make_workspace(Path(folder) / "w", addresses, port=sink.port, timeout=60)
        begun = time.monotonic()
        done = sent(workspace, letters=letters, tell=tell, clock=clock_from())
        seconds = time.monotonic() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rate, growth = number / seconds, peak / marks[0]
    print(f"{number:,} notices of 20 kB in {seconds:.1f} s: {rate:,.0f}/s (target {PER_SECOND})")
    print(f"peak {peak / 1024:,.0f} MB, {growth:.2f} times that after a tenth (target {GROWTH})")
    assert done.queue == {"done": number}, done.queue
    return int(not wishes.quick and (rate < PER_SECOND or growth > GROWTH))


if __name__ == "__main__":
    raise SystemExit(main())

"""Measures how many notices a second are written and signed, on two processes, and whether memory stays flat.

Run as ``python benchmarks/render_notices.py`` (``--quick``: few). Every notice is written whole: letter in text and
HTML, table, XARF reports, message, OpenPGP signature. The target is of processor time, since other work on the machine
is none of ours; the clock's rate stands beside it. Prints the rate and the peak memory of a small and a large run;
a missed target ends with exit code 1. ``--dkim`` signs for the domain too, as is done where the relay does not.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pysequoia

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.notices.telling import CASE_ID, FIRST, LINKS, MOMENT, OPEN, SENDER, adviser, writer  # noqa: E402

from tocsin.notices import Notice  # noqa: E402
from tocsin.notices.press import Press  # noqa: E402
from tocsin.provenance import Pointer  # noqa: E402
from tocsin.reports.escape import csv_cell  # noqa: E402
from tocsin.transports.openpgp import OpenPgpSigner  # noqa: E402

PER_SECOND = 500
FINDINGS = 5
PROCESSES = 2
FLAT_MB = 30.0
BUILDS = ("15.1.2106.2", "15.1.2176.2", "15.2.792.3", "15.0.1497.2", "15.1.1779.2", "15.1.2044.4", "15.2.721.2")


def notices(first: int, count: int) -> Iterator[Notice]:
    """``count`` notices of FINDINGS findings each, every one another constituent's, a third of them in German."""
    for number in range(first, first + count):
        items = tuple(
            replace(
                OPEN,
                address=f"2001:db8:{number >> 16:x}:{number & 65535:x}::{place + 1}",
                hostname=f"mail{place}.org{number}.example",
                build=(build := BUILDS[(number + place) % len(BUILDS)]),
                branch=build.rpartition(".")[0],
            )
            for place in range(FINDINGS)
        )
        recipient = replace(
            FIRST.recipient,
            constituent=f"org-{number}",
            name=f"Example Organisation {number}",
            address=f"security@org{number}.example",
            language="de" if number % 3 == 0 else "en",
        )
        name = f"n{number:025}"
        yield replace(FIRST, number=name, message_id=f"<{name}@cert.example>", recipient=recipient, items=items)


@cache
def signer() -> OpenPgpSigner:
    """A key of its own for each process; Curve25519, as GnuPG makes today."""
    key = pysequoia.Tsk.generate(f"{SENDER.organisation} <{SENDER.address}>")
    cert = key.extract_certificate()
    return OpenPgpSigner(key.signer(), fingerprint=cert.fingerprint, micalg="pgp-sha512", public=str(cert))


def write(work: tuple[int, int, bytes]) -> tuple[int, float, float]:
    """Writes and signs notices: their bytes, the peak memory of this process in MB, and its seconds of processor."""
    first, count, key = work
    press = Press(
        adviser=adviser(),
        writer=writer(),
        sender=SENDER,
        fingerprint=signer().fingerprint,
        rows_in_body=25,
        cell=csv_cell,
    )
    dkim = None
    if key:
        from tocsin.transports.dkim import DkimSigner

        dkim = DkimSigner(domain="cert.example", selector="s1", key=key, where=Pointer(source="made here"))
    size, begun = 0, time.process_time()
    for notice in notices(first, count):
        draft = press.draft(notice, LINKS, traces={}, is_encrypted=False, now=MOMENT)
        message = draft.message(signer=signer(), encrypter=None)
        size += len(dkim.sign(message) if dkim else message)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return size, peak, time.process_time() - begun


def measure(count: int, key: bytes) -> tuple[float, float, float, int]:
    """Notices a second as the clock has it and as PROCESSES whole cores would, peak memory in MB, bytes a notice."""
    share = count // PROCESSES
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        pool.map(write, [(0, 10, key)] * PROCESSES, chunksize=1)  # everything imported and compiled
        begun = time.perf_counter()
        done = pool.map(write, [(share * place, share, key) for place in range(PROCESSES)], chunksize=1)
        seconds = time.perf_counter() - begun
    sizes, peaks, processor = zip(*done, strict=True)
    made = share * PROCESSES
    return made / seconds, made * PROCESSES / sum(processor), max(peaks), sum(sizes) // made


def main() -> int:
    """Prints what was measured; 1 when a target was missed."""
    parser = argparse.ArgumentParser(description="Measure writing and signing notices.")
    parser.add_argument("--quick", action="store_true", help="few notices, and no target")
    parser.add_argument("--dkim", action="store_true", help="sign for the domain too, with RSA of 2,048 bits")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    options = parser.parse_args()
    key = b""
    if options.dkim:
        made = subprocess.run(["openssl", "genrsa", "-traditional", "2048"], capture_output=True, check=True)
        key = made.stdout
    small, large = (100, 400) if options.quick else (2_000, 8_000)
    _, _, before, _ = measure(small, key)
    clock, rate, peak, size = measure(large, key)
    grown = peak - before
    kept = options.quick or options.dkim or (rate >= PER_SECOND and grown <= FLAT_MB)
    found = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "case": CASE_ID,
        "notices": large,
        "findings": FINDINGS,
        "processes": PROCESSES,
        "per_second": round(rate),
        "per_second_by_the_clock": round(clock),
        "target_per_second": PER_SECOND,
        "peak_mb": round(peak, 1),
        "grown_mb": round(grown, 1),
        "bytes_a_notice": size,
        "kept": kept,
    }
    if options.json:
        print(json.dumps(found))
    else:
        print(
            f"{large:,} notices of {FINDINGS} findings: {rate:,.0f}/s on {PROCESSES} whole cores, asked: {PER_SECOND}/s"
        )
        print(f"{clock:,.0f}/s by the clock, with whatever else this machine did meanwhile")
        print(f"{size:,} bytes each; {peak:.0f} MB a process, {grown:+.1f} MB against {small:,} notices")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())

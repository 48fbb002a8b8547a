"""Hostile input for the readers: ``python tests/fuzz/fuzz_readers.py --seconds 60``.

Whatever the bytes: nothing but a ``FeedError`` is raised, every row is an observation or rejected, the quick way gives
what the exact one gives, and it does not matter how the file was cut into blocks and chunks. Inputs are well-formed
reports, damaged at random. With ``--atheris`` (``pip install atheris``) the inputs are those that reach new code.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import FunctionType

from tocsin.errors import FeedError
from tocsin.feeds import Reader, _grammar, blocks, choose_reader, peek, readers, rows
from tocsin.feeds.blocks import RawChunk
from tocsin.feeds.chunks import read_chunk
from tocsin.feeds.rows import read_rows

NOW = datetime(2021, 6, 1, tzinfo=UTC)
HEADER = b'"timestamp","ip","protocol","port","hostname","tag","asn","geo","hostname_source","version","servername"'
PIECES = (
    b'"', b'""', b'"""', b",", b'",', b',"', b'","', b"\n", b"\r\n", b"\r", b"\n\n", b"\0", b"\xef\xbb\xbf", b"\xff",
    b"\xc3", b" ", b"x", b"\xf0\x9f\x94\x94", b'"\n"', b'"\r"', b'",\n', b"=cmd()", b"\x1b[2J", b"::ffff:198.51.100.7",
    b"fe80::1%eth0", b"99999", b"2021-03-10 12:00:00", b"15.1.2176.999999999999", HEADER, b"\x1f\x8b", b";" * 40,
)  # fmt: skip
Result = tuple[list[tuple[object, ...]], list[tuple[object, ...]]]


def check(data: bytes) -> None:
    """Raises ``AssertionError`` when the readers do not keep their word on ``data``."""
    dice = random.Random(data)
    try:
        head, _ = peek([data])
        reader = choose_reader("scan_exchange.csv", head)
    except FeedError:
        return
    whole = rows_of(reader, [data])
    assert rows_of(reader, [data], slowly=True) == whole, "the quick way and the exact one differ"
    size, target = dice.choice((1, 2, 3, 7, 64, 300)), dice.choice((1, 60, 200, 1000))
    arrow = dice.choice((64, 300, 1000))
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    assert rows_of(reader, pieces, target=target, arrow=arrow) == whole, f"blocks of {size}, chunks of {target} differ"
    _check_sum(reader, reader.split([data]), whole)


def rows_of(
    reader: Reader, data: list[bytes], *, target: int = 1 << 24, arrow: int = 1 << 21, slowly: bool = False
) -> Result:
    """Every row as line and fields, and every misfit, as read in the way asked for."""
    good, bad = [], []
    for raw in reader.split(data, target=target):
        if raw.is_overlong:
            bad.append((raw.line, None, "overlong", raw.text[:80]))
            continue
        found = read_rows(raw.text, line=raw.line, columns=reader.columns, slowly=slowly, block=arrow)
        columns = [found.table.column(name).to_pylist() for name in found.table.column_names]
        good += list(zip(found.lines.tolist(), *columns, strict=True))
        bad += [(each.line, each.column, each.reason, each.raw) for each in found.misfits]
    return good, bad


def _check_sum(reader: Reader, raws: Iterator[RawChunk], whole: Result) -> None:
    total = 0
    for raw in raws:
        chunk = read_chunk(raw, columns=reader.columns, recipe=reader.recipe, now=NOW)
        assert chunk.rows == chunk.observations.num_rows + chunk.rejected.num_rows, "rows do not add up"
        chunk.observations.validate(full=True)
        chunk.rejected.validate(full=True)
        json.dumps(chunk.rejected.to_pylist())
        total += chunk.rows
    assert total == len(whole[0]) + len(whole[1]), "rows got lost"


def seeds() -> list[bytes]:
    """Well-formed reports of several kinds."""
    start = b'"2021-03-10 00:00:%02d","198.51.100.%d","tcp",443,"mail%d.example.org","exchange",64500,"GB","ssl",'
    plain = start + b'"15.1.2176","A"'
    bare = b"2021-03-10 00:00:%02d,2001:db8::%d,,443,mail%d.example.org,exchange,,GB,,15.1.2176,"
    lines = start + b'"15.1","a\nb,""c""\n"'
    reports = []
    for form in (plain, bare, lines):
        for end in (b"\n", b"\r\n"):
            reports.append(end.join([HEADER, *(form % (row, row, row) for row in range(1, 8))]) + end)
    mixed = [form % (row, row, row) for row, form in enumerate((plain, bare, lines, bare, plain, lines), 1)]
    return [*reports, b"\n".join([HEADER, *mixed]), reports[0].decode().encode("utf-16"), b"", HEADER]


def mutate(data: bytes, dice: random.Random) -> bytes:
    """``data`` with a few pieces put in, cut out, doubled or overwritten; mostly behind the header."""
    for _ in range(dice.randint(1, 6)):
        low = len(HEADER) if dice.random() < 0.95 and len(data) > len(HEADER) else 0
        at = dice.randint(low, len(data))
        to = min(len(data), at + dice.choice((0, 0, 1, 2, 5, 30)))
        piece = dice.choice((dice.choice(PIECES), dice.choice(PIECES), b"", data[at : at + dice.randint(1, 200)]))
        data = data[:at] + piece + data[to:]
    return data


def run(seconds: float, seed: int) -> int:
    """Tries damaged reports for that long; the number of failures, which is at most one."""
    dice, known = random.Random(seed), seeds()
    end, passed = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        data = mutate(dice.choice(known), dice)
        if not _holds(data):
            print(f"fuzz: {passed} passed, 1 failed (seed {seed})")
            return 1
        passed += 1
    print(f"fuzz: {passed} passed, 0 failed (seed {seed})")
    return 0


def run_atheris(seconds: float) -> None:
    """Lets atheris look for inputs that reach new code; it ends the process."""
    import atheris

    for module in (_grammar, blocks, readers, rows):
        for function in vars(module).values():
            if isinstance(function, FunctionType) and function.__module__ == module.__name__:
                atheris.instrument_func(function)
    atheris.Setup([sys.argv[0], f"-max_total_time={int(seconds)}", "-max_len=4000"], _tested(check))
    atheris.Fuzz()


def _tested(test: Callable[[bytes], None]) -> Callable[[bytes], None]:
    return lambda data: test(HEADER + b"\n" + data)


def _holds(data: bytes) -> bool:
    try:
        check(data)
    except Exception as problem:  # any exception at all is what is looked for
        print(f"{type(problem).__name__}: {problem}\ninput: {data!r}", file=sys.stderr)
        return False
    return True


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=None, help="repeat a run; drawn anew otherwise")
    parser.add_argument("--atheris", action="store_true", help="look for inputs that reach new code")
    options = parser.parse_args()
    if options.atheris:
        run_atheris(options.seconds)
    return run(options.seconds, random.SystemRandom().randrange(1 << 32) if options.seed is None else options.seed)


if __name__ == "__main__":
    sys.exit(main())

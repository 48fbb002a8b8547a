"""What real files hold besides good rows: texts that attack their reader, and rows that cannot be read."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.csv as pv

from tocsin.testing._arrays import Ints

HOSTILE_TEXTS = (
    "<script>alert('seen')</script>",
    '<img src="x" onerror="alert(1)">',
    '=HYPERLINK("https://phish.example/","open me")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+cmd|' /C notepad'!A1",
    "-2+3",
    "\x1b]0;all is well\x07",
    "\x1b[2J\x1b[1;1Hno findings",
    "safe\u202etxt.exe",
    "first line\nsecond line",
    'a "quoted" name, with a comma',
)
"""Server names and banners as strangers set them; each is legal text in its column."""

_HOSTILE_SHARE = 0.003
_BROKEN_SHARE = 0.0008
_NOT_ADDRESSES = ("999.18.3.4", "198.18.3", "n/a", "198.18.007.9", "2001:db8::g", "")
_NOT_PORTS = ("70000", "-1", "https")
_NOT_TIMES = ("yesterday", "2021-13-45 99:99:99", "")


def spoil_texts(texts: list[str | None], rng: np.random.Generator) -> list[str | None]:
    """``texts`` with a few replaced by hostile ones."""
    spoiled = list(texts)
    for number, index in enumerate(np.flatnonzero(rng.random(len(texts)) < _HOSTILE_SHARE).tolist()):
        spoiled[index] = HOSTILE_TEXTS[number % len(HOSTILE_TEXTS)]
    return spoiled


def broken_lines(header: Sequence[str], rows: int, rng: np.random.Generator) -> list[bytes]:
    """Lines that no reader can take as a row, at least one of each kind; some end in an open quotation mark."""
    count = max(9, int(rows * _BROKEN_SHARE))
    return [_broken(kind % 9, header, rng).encode() for kind in range(count)]


def splice_places(rows: int, lines: int, rng: np.random.Generator) -> Ints:
    """After how many good rows each broken line stands, in order."""
    return np.sort(rng.integers(0, rows + 1, lines))


def write_rows(table: pa.Table, broken: Sequence[bytes], places: Ints) -> bytes:
    """``table`` as CSV with the broken lines between its rows."""
    out = io.BytesIO()
    out.write(",".join(f'"{name}"' for name in table.column_names).encode() + b"\n")
    options = pv.WriteOptions(include_header=False)
    done = 0
    for place, line in zip(places.tolist(), broken, strict=True):
        if place > done:
            pv.write_csv(table.slice(done, place - done), out, options)
            done = place
        out.write(line + b"\n")
    pv.write_csv(table.slice(done), out, options)
    return out.getvalue()


def _broken(kind: int, header: Sequence[str], rng: np.random.Generator) -> str:
    cells = dict.fromkeys(header, "")
    pick = int(rng.integers(1 << 30))
    known = {
        "timestamp": "2021-03-10 10:11:12",
        "ip": f"198.19.{pick % 250}.{pick % 241 + 1}",
        "port": "443",
        "protocol": "tcp",
        "transport": "tcp",
        "geo": "GB",
        "country": "GB",
        "tag": "exchange;cve-2021-26855",
    }
    cells |= {name: value for name, value in known.items() if name in cells}
    if kind in (0, 1, 2):
        cells["ip"] = _NOT_ADDRESSES[pick % len(_NOT_ADDRESSES)]
    elif kind == 3:
        cells["port"] = _NOT_PORTS[pick % len(_NOT_PORTS)]
    elif kind == 4:
        cells["timestamp"] = _NOT_TIMES[pick % len(_NOT_TIMES)]
    elif kind == 5:
        return ",".join(f'"{value}"' for value in list(cells.values())[:4])
    elif kind == 6:
        return ",".join(f'"{value}"' for value in cells.values()) + ',"one","two","three"'
    line = ",".join(f'"{value}"' if value else "" for value in cells.values())
    if kind == 7:
        return line.replace(f'{cells["ip"]}"', cells["ip"], 1)
    if kind == 8:
        return line + '"never closed'
    return line

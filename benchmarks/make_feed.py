"""Makes a seeded ``scan_exchange`` report of any size, and the registry that a third of its rows belong to.

The rows are made up. The readers turn away private and reserved addresses, and the documentation ranges hold only a
few hundred IPv4 addresses, so the addresses are drawn from three large blocks of global unicast space that announce
next to nothing; names are below ``example`` (RFC 2606). Files made here are never committed and never sent anywhere.

Run as ``python benchmarks/make_feed.py --rows 5000000 --seed 1 --out benchmarks/data``.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

ORGANISATIONS = 50_000
CHUNK = 250_000
DAY = np.datetime64("2021-03-14", "D")
BUILDS = (
    "15.0.1497.2 15.0.1497.12 15.0.1497 15.0.1395 15.0.1473.3 15.1.2106 15.1.2106.2 15.1.2106.13 15.1.2176 15.1.2176.2 "
    "15.1.2176.9 15.1.2044.4 15.1.1979.3 15.1.1913 15.1.1847 15.2.721 15.2.721.2 15.2.721.13 15.2.792 15.2.792.3 "
    "15.2.792.10 15.2.659.4 15.2.595 15.2.529.5 14.3.123 14.3.513 15.0.847 15.0.1178 15.1.225 15.2.330"
).split()
TAGS = (
    "exchange;cve-2021-26855;cve-2021-26857;cve-2021-26858;cve-2021-27065",
    "exchange;cve-2021-26855",
    "exchange;webshell",
    "exchange",
)
COUNTRIES = "GB DE US FR NL IT ES PL SE NO AT CH BE CZ DK FI IE PT RO HU GR BG HR SK SI LT LV EE LU MT".split()
SECTORS = (
    "Communications, Service Provider, and Hosting Service",
    "Government",
    "Education",
    "Healthcare",
    "Retail Trade",
    "Manufacturing",
    "Professional, Scientific, and Technical Services",
    None,
)
COLUMNS = (
    "timestamp severity ip protocol port hostname tag asn geo region city naics hostname_source sector version "
    "servername url"
).split()
NAMES_FROM = ("ptr", "ssl", "sni")

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The lasting part of each service: what a day's report does not change."""

    columns: dict[str, pa.Array]
    build: Numbers
    second: Numbers  # of the day

    def report(self, *, day: np.datetime64, build: Numbers, tag: Numbers) -> pa.Table:
        """One day's rows in the column order of the report."""
        seen = day.astype("datetime64[s]") + self.second.astype("timedelta64[s]")
        stamp = pc.strftime(pa.array(seen, pa.timestamp("s")), format="%Y-%m-%d %H:%M:%S")
        daily = {"timestamp": stamp, "tag": _pick(TAGS, tag), "version": _pick(BUILDS, build)}
        return pa.table({name: daily[name] if name in daily else self.columns[name] for name in COLUMNS})


def services(rows: Numbers, total: int, rng: np.random.Generator) -> Services:
    """The services numbered ``rows`` of ``total``: half named, 15% IPv6, 30% in the registry in one way or another."""
    size = len(rows)
    kind = rng.choice(5, size, p=[0.15, 0.07, 0.03, 0.05, 0.70])  # network, certificate, reverse name, AS, nobody
    owner = rng.integers(0, ORGANISATIONS, size)
    v6 = rng.random(size) < 0.15
    own_name = (kind == 1) | (kind == 2)
    named = own_name | (rng.random(size) < 0.40 / 0.90)
    address = _addresses(rows, np.where(kind == 0, owner, -1), v6)
    host = _hostnames(rows, np.where(own_name, owner, -1), named)
    place = rng.integers(0, 3000, size)
    source = np.where(kind == 1, 1 + rows % 2, 0)
    numbers = np.where(kind == 3, 4_200_000_000 + owner, 4_210_000_000 + rng.integers(0, 20_000, size))
    url = _join("https://", pc.coalesce(host, _bracketed(address, v6)), "/owa/auth/logon.aspx?url=%2fowa")
    return Services(
        build=rng.integers(0, len(BUILDS), size),
        second=rows * 86_400 // total,
        columns={
            "severity": _repeat("critical", size),
            "ip": address,
            "protocol": _repeat("tcp", size),
            "port": pa.array(np.where(rows % 20 == 0, 8443, 443)),
            "hostname": host,
            "asn": pa.array(numbers),
            "geo": _pick(COUNTRIES, place % len(COUNTRIES)),
            "region": _join("REGION OF ", _text(place // 10)),
            "city": _join("TOWN NUMBER ", _text(place)),
            "naics": pa.array(511_000 + place % 700),
            "hostname_source": pc.if_else(pa.array(named), _pick(NAMES_FROM, source), None),
            "sector": _pick(SECTORS, place % len(SECTORS)),
            "servername": _join("EXCH", _text(rows % 400_000)),
            "url": url,
        },
    )


def registry() -> pa.Table:
    """50,000 organisations: each with a domain, an IPv4 and an IPv6 network and an AS number."""
    number = np.arange(ORGANISATIONS)
    text = _text(number)
    v4 = _join("11.", _text(number >> 8), ".", _text(number & 255), ".0/24")
    v6 = _join("2001:db8:", _hex(number), "::/48")
    return pa.table(
        {
            "id": _join("org-", text),
            "name": _join("Example Organisation ", text),
            "country": _pick(COUNTRIES, number % len(COUNTRIES)),
            "sector": _pick([sector or "Other" for sector in SECTORS], number % len(SECTORS)),
            "public_body": _pick(("yes", "no"), np.where(number % 8 == 0, 0, 1)),
            "domains": _domain(number),
            "networks": _join(v4, ";", v6),
            "asns": _join("AS", _text(4_200_000_000 + number)),
            "contacts": _join("security@", _domain(number)),
        }
    )


def write_feed(path: Path, rows: int, seed: int) -> None:
    """The whole report in one file, chunk by chunk."""
    rng = np.random.default_rng(seed)
    with open_report(path) as writer:
        for start in range(0, rows, CHUNK):
            numbers = np.arange(start, min(start + CHUNK, rows))
            chunk = services(numbers, rows, rng)
            tag = rng.choice(len(TAGS), len(numbers), p=[0.4, 0.5, 0.02, 0.08])
            writer.write(chunk.report(day=DAY, build=chunk.build, tag=tag))


def write_registry(path: Path) -> None:
    """The registry as the file that ``tocsin constituency import`` reads."""
    pyarrow.csv.write_csv(registry(), path, pyarrow.csv.WriteOptions(quoting_style="needed"))


def open_report(path: Path) -> pyarrow.csv.CSVWriter:
    """A writer that puts text in quotation marks and leaves numbers bare, as the real report does."""
    number = {"port", "asn", "naics"}
    schema = pa.schema([(name, pa.int64() if name in number else pa.string()) for name in COLUMNS])
    return pyarrow.csv.CSVWriter(path, schema, write_options=pyarrow.csv.WriteOptions(quoting_style="needed"))


def _addresses(rows: Numbers, owner: Numbers, v6: npt.NDArray[np.bool_]) -> pa.Array:
    """Inside ``owner``'s networks, or a different one for each row outside all of them (``owner`` is -1)."""
    own4 = (11 << 24) + (owner << 8) + rows % 256
    free4 = (21 << 24) + (rows * 2_654_435_761) % (1 << 25)  # odd factor: no address twice in 21.0.0.0/8 and 22.0.0.0/8
    value = np.where(owner >= 0, own4, free4)
    parts = [_text((value >> shift) & 255) for shift in (24, 16, 8, 0)]
    four = _join(parts[0], ".", parts[1], ".", parts[2], ".", parts[3])
    block = _hex(np.where(owner >= 0, owner, 50_000 + rows % 15_000))
    six = _join("2001:db8:", block, ":", _hex(1 + rows % 65_535), "::", _hex(1 + rows // 65_535))
    return pc.if_else(pa.array(v6), six, four)


def _hostnames(rows: Numbers, owner: Numbers, named: npt.NDArray[np.bool_]) -> pa.Array:
    own = _join("mail", _text(rows), ".", _domain(owner))
    other = _join("host-", _text(rows), ".customers.provider", _text(rows % 5000), ".example")
    return pc.if_else(pa.array(named), pc.if_else(pa.array(owner >= 0), own, other), pa.scalar(None, pa.string()))


def _domain(number: Numbers) -> pa.Array:
    return _join("organisation", _text(number), ".example")


def _bracketed(address: pa.Array, v6: npt.NDArray[np.bool_]) -> pa.Array:
    return pc.if_else(pa.array(v6), _join("[", address, "]"), address)


def _join(*parts: pa.Array | str) -> pa.Array:
    return pc.binary_join_element_wise(*parts, "")


def _text(numbers: Numbers) -> pa.Array:
    return pc.cast(pa.array(numbers), pa.string())


def _hex(numbers: Numbers) -> pa.Array:
    return pa.array([f"{number:x}" for number in range(65_536)]).take(pa.array(numbers))


def _pick(words: Sequence[str | None], index: Numbers) -> pa.Array:
    return pa.array(words, pa.string()).take(pa.array(index))


def _repeat(word: str, size: int) -> pa.Array:
    return pa.repeat(pa.scalar(word), size)


def main() -> None:
    """Writes ``DAY-scan_exchange-benchmark-ROWS.csv`` and ``registry.csv``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "data")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    write_registry(args.out / "registry.csv")
    path = args.out / f"{DAY}-scan_exchange-benchmark-{args.rows}.csv"
    write_feed(path, args.rows, args.seed)
    print(path, f"{path.stat().st_size / args.rows:.0f} bytes a row")


if __name__ == "__main__":
    main()

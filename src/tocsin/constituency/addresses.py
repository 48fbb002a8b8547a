"""Addresses as text and as 128 bits: read, written, and sorted into those one may speak of and those one may not.

An address is two 64-bit patterns, IPv4 as ``::ffff:a.b.c.d`` (RFC 4291, section 2.5.5.2), so that both families
share one order.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tocsin.constituency._ipv4 import dotted_quads
from tocsin.constituency._ipv6 import hexadecimal_groups
from tocsin.constituency.flat import Bools, Codes, Integers, flatten_text, plain_text

PROBLEMS = (
    "",
    "is empty",
    "is no IP address",
    "has leading zeros, which some programs read as octal",
    "carries a zone, which means something on one machine only",
)
"""What ``ParsedAddresses.problem`` says; 0 is no problem."""

SCOPES = ("global", "private", "loopback", "link-local", "multicast", "reserved", "unspecified", "shared")
"""What ``scope_of`` says; 0 may be reached from everywhere, or is set aside for documentation and tests."""

MAPPED = 0xFFFF << 32
LOW = (1 << 64) - 1
_EMPTY, _NONSENSE, _ZEROS, _ZONE = 1, 2, 3, 4

_V4_SCOPES = (
    ("0.0.0.0/8", "unspecified"),
    ("10.0.0.0/8", "private"),
    ("100.64.0.0/10", "shared"),
    ("127.0.0.0/8", "loopback"),
    ("169.254.0.0/16", "link-local"),
    ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "reserved"),
    ("192.168.0.0/16", "private"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved"),
)
_V6_SCOPES = (
    ("::/3", "reserved"),
    ("64:ff9b::/64", "global"),
    ("64:ff9b:1::/48", "private"),
    ("4000::/2", "reserved"),
    ("8000::/1", "reserved"),
    ("fc00::/7", "private"),
    ("fe80::/10", "link-local"),
    ("fec0::/10", "private"),
    ("ff00::/8", "multicast"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedAddresses:
    """One entry a row: the address's bits and canonical text, or the problem with it (zeros and null then)."""

    ip_hi: Integers
    ip_lo: Integers
    canonical: pa.StringArray  # RFC 5952 for IPv6, dotted quad for IPv4 and IPv4-mapped
    problem: Codes  # index into PROBLEMS

    @property
    def ok(self) -> Bools:
        fine: Bools = self.problem == 0
        return fine


def parse_addresses(text: pa.Array | pa.ChunkedArray) -> ParsedAddresses:
    """The addresses in a column of text.

    White space around an address is cut. An IPv4-mapped IPv6 address is the IPv4 address that it stands for.
    """
    column = plain_text(text)
    flat = flatten_text(column)
    quad, bits = dotted_quads(flat)
    hi, lo = np.zeros(len(column), dtype=np.int64), bits | MAPPED
    problem = np.where(flat.null, _EMPTY, 0).astype(np.int8)
    rest = np.flatnonzero(~quad)
    if len(rest):
        others = _parse_others(column.take(pa.array(rest)))
        hi[rest], lo[rest], problem[rest] = others.ip_hi, others.ip_lo, others.problem
        column = pc.replace_with_mask(column, pa.array(~quad), others.canonical)
    return ParsedAddresses(ip_hi=hi, ip_lo=lo, canonical=column, problem=problem)


def scope_of(ip_hi: Integers, ip_lo: Integers) -> Codes:
    """What kind of address each one is, as an index into ``SCOPES``.

    Source: RFC 6890 and the IANA special-purpose address registries. Documentation (RFC 5737, 3849, 9637) and
    benchmarking (RFC 2544) ranges count as global: examples, tests and demonstrations are made of them.
    """
    four = is_ipv4(ip_hi, ip_lo)
    scopes = _V6_CODES[np.searchsorted(_V6_STARTS, ip_hi.view(np.uint64), side="right") - 1]
    numbers = (ip_lo & 0xFFFFFFFF).astype(np.uint32)
    scopes = np.where(four, _V4_CODES[np.searchsorted(_V4_STARTS, numbers, side="right") - 1], scopes)
    scopes = np.where((ip_hi == 0) & (ip_lo == 0), SCOPES.index("unspecified"), scopes)
    return np.where((ip_hi == 0) & (ip_lo == 1), SCOPES.index("loopback"), scopes).astype(np.int8)


def scopes_within(first: int, last: int) -> tuple[str, ...]:
    """Every scope other than global that addresses between two (as 128 bits, of one family) have, in no set order."""
    if first >> 32 == 0xFFFF:
        found = _between(*_V4_TABLE, first & 0xFFFFFFFF, last & 0xFFFFFFFF)
    else:
        found = _between(*_V6_TABLE, first >> 64, last >> 64)
    return tuple(SCOPES[code] for code in found if code)


def is_ipv4(ip_hi: Integers, ip_lo: Integers) -> Bools:
    """Which of the addresses are IPv4."""
    four: Bools = (ip_hi == 0) & ((ip_lo >> 32) == 0xFFFF)
    return four


def read_address(text: str) -> int | None:
    """The 128 bits of one address as a number, or ``None`` where the text is none (or has a zone)."""
    if "%" in text:
        return None
    try:
        return address_bits(ip_address(text.strip()))
    except ValueError:
        return None


def address_bits(address: IPv4Address | IPv6Address) -> int:
    """The address as 128 bits, IPv4 as ``::ffff:a.b.c.d``."""
    return int(address) | MAPPED if address.version == 4 else int(address)


def split_bits(bits: int) -> tuple[int, int]:
    """The two signed 64-bit patterns of 128 bits: what ``ip_hi`` and ``ip_lo`` hold."""
    return _signed(bits >> 64), _signed(bits & LOW)


def join_bits(ip_hi: int, ip_lo: int) -> int:
    """The 128 bits of two signed patterns."""
    return (ip_hi & LOW) << 64 | (ip_lo & LOW)


def format_address(ip_hi: int, ip_lo: int) -> str:
    """The canonical text of an address. Source: RFC 5952, section 4."""
    bits = join_bits(ip_hi, ip_lo)
    return str(IPv4Address(bits & 0xFFFFFFFF)) if bits >> 32 == 0xFFFF else str(IPv6Address(bits))


@lru_cache(maxsize=256)
def parse_network(text: str) -> tuple[int, int]:
    """First and last address of a network, as 128 bits.

    Raises ``ValueError`` that says what is wrong: no network, a zone, or host bits set (and what it would be without).
    """
    name = text.strip()
    if plain := _plain_network(name):
        return plain
    if "%" in name:
        raise ValueError(f"{name!r} carries a zone, which means something on one machine only")
    try:
        network = ip_network(name, strict=False)
    except ValueError:
        raise ValueError(f"{name!r} is no network such as 203.0.113.0/24 or 2001:db8::/32") from None
    if "/" in name and ip_address(name.partition("/")[0]) != network.network_address:
        raise ValueError(f"network {name!r} has host bits set; with them cleared it is {network}")
    if isinstance(network, IPv6Network) and network.network_address.ipv4_mapped and network.prefixlen < 96:
        raise ValueError(f"network {name!r} holds IPv4-mapped and other addresses")
    return address_bits(network.network_address), address_bits(network.broadcast_address)


def format_network(first: int, last: int) -> str:
    """The canonical text of a network given by its first and last address: ``203.0.113.0/24``."""
    length = 128 - (last - first).bit_length()
    mapped = first >> 32 == 0xFFFF
    return f"{format_address(*split_bits(first))}/{length - 96 if mapped else length}"


def _plain_network(name: str) -> tuple[int, int] | None:
    """What most networks look like, read with one look: an address, a length, no host bits; ``None`` for all else."""
    start, _, length = name.partition("/")
    if not (length.isascii() and length.isdigit()) or "%" in start:
        return None
    try:
        address = ip_address(start)
    except ValueError:
        return None
    width, first = address.max_prefixlen - int(length), address_bits(address)
    mapped = address.version == 6 and first >> 32 == 0xFFFF
    if width < 0 or mapped or first & ((1 << width) - 1):
        return None
    return first, first | ((1 << width) - 1)


def _signed(word: int) -> int:
    return word - (1 << 64) if word >> 63 else word


def _parse_others(column: pa.StringArray) -> ParsedAddresses:
    """Whatever is no plain dotted quad: IPv6 by the column, the remainder each distinct value once."""
    flat = flatten_text(pc.ascii_lower(column))
    six, high, low, tidy = hexadecimal_groups(flat)
    hi, lo = high.view(np.int64), low.view(np.int64)
    problem = np.where(flat.null, _EMPTY, 0).astype(np.int8)
    done = six & tidy & (hi != 0)  # what lies in ::/64 may be IPv4-mapped, or be written with a dotted quad
    rest = np.flatnonzero(~done & ~flat.null)
    distinct = column.take(pa.array(rest)).dictionary_encode()
    known = [_read_one(text) for text in distinct.dictionary.to_pylist()]
    pick = distinct.indices.to_numpy(zero_copy_only=False)
    if known:
        hi[rest] = np.array([entry[0] for entry in known], dtype=np.int64)[pick]
        lo[rest] = np.array([entry[1] for entry in known], dtype=np.int64)[pick]
        problem[rest] = np.array([entry[3] for entry in known], dtype=np.int8)[pick]
    fresh = pa.array([entry[2] for entry in known], pa.string()).take(pa.array(pick))
    canonical = pc.replace_with_mask(pc.ascii_lower(column), pa.array(~done & ~flat.null), fresh)
    return ParsedAddresses(ip_hi=hi, ip_lo=lo, canonical=canonical, problem=problem)


def _read_one(text: str) -> tuple[int, int, str | None, int]:
    """Bits, canonical text and problem of one address."""
    name = text.strip()
    if not name:
        return 0, 0, None, _EMPTY
    if "%" in name:
        return 0, 0, None, _ZONE
    try:
        hi, lo = split_bits(address_bits(IPv6Address(name) if ":" in name else IPv4Address(name)))
    except ValueError:
        return 0, 0, None, _ZEROS if _has_leading_zeros(name) else _NONSENSE
    return hi, lo, format_address(hi, lo), 0


def _has_leading_zeros(text: str) -> bool:
    try:
        IPv4Address(".".join(part.lstrip("0") or "0" for part in text.split(".") if part))
    except AddressValueError:
        return False
    return text.count(".") == 3 and ".." not in text


def _between(starts: list[int], codes: list[int], first: int, last: int) -> set[int]:
    return set(codes[bisect_right(starts, first) - 1 : bisect_right(starts, last)])


def _pieces(ranges: tuple[tuple[int, int, int], ...], whole: int) -> tuple[list[int], list[int]]:
    """Sorted starts and codes of ranges in which later ones overrule earlier ones; 0 is what none names."""
    borders = sorted({0, *(first for first, _, _ in ranges), *(last + 1 for _, last, _ in ranges if last < whole)})
    codes = []
    for border in borders:
        holding = [code for first, last, code in ranges if first <= border <= last]
        codes.append(holding[-1] if holding else 0)
    return borders, codes


def _scope_table(scopes: tuple[tuple[str, str], ...], shift: int) -> tuple[list[int], list[int]]:
    ranges = []
    for text, scope in scopes:
        network = ip_network(text)
        first, last = int(network.network_address) >> shift, int(network.broadcast_address) >> shift
        ranges.append((first, last, SCOPES.index(scope)))
    return _pieces(tuple(ranges), LOW if shift else 0xFFFFFFFF)


_V4_TABLE, _V6_TABLE = _scope_table(_V4_SCOPES, 0), _scope_table(_V6_SCOPES, 64)
_V4_STARTS, _V4_CODES = np.array(_V4_TABLE[0], dtype=np.uint32), np.array(_V4_TABLE[1], dtype=np.int8)
_V6_STARTS, _V6_CODES = np.array(_V6_TABLE[0], dtype=np.uint64), np.array(_V6_TABLE[1], dtype=np.int8)

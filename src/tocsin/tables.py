"""The declared shapes of the tables that travel through the house, one chunk at a time.

Text that repeats is dictionary-encoded (``WORDS``): a chunk then carries each distinct value once. Integers are
signed because the lake knows no others; an address is the bit pattern of its 128 bits in two of them, IPv4 as
``::ffff:a.b.c.d`` (RFC 4291, section 2.5.5.2).
"""

from __future__ import annotations

import pyarrow as pa

WORDS = pa.dictionary(pa.int32(), pa.string())
INSTANT = pa.timestamp("us", "UTC")

SERVICE = pa.schema([("ip_hi", pa.int64()), ("ip_lo", pa.int64()), ("port", pa.int32()), ("transport", WORDS)])
"""The columns that name a service; ``port`` is 0 where the source gave none."""

OBSERVATIONS = pa.schema(
    [
        ("line", pa.int64()),  # physical line in the source where the row begins, 1-based
        ("seen_at", INSTANT),
        *SERVICE,
        ("address", pa.string()),  # canonical text: RFC 5952 for IPv6
        ("hostname", pa.string()),  # A-labels, lower case, no trailing dot; null when none
        ("hostname_from", WORDS),  # certificate, forward, ptr; null when no hostname
        ("asn", pa.int64()),  # as the feed says; null when none
        ("country", WORDS),  # ISO 3166-1 alpha-2 as the feed says; null when none
        ("product", WORDS),  # text as seen; null when none
        ("version", WORDS),  # text as seen; null when none
        ("tags", WORDS),  # lower case, joined by ";"; empty when none
        ("detail", WORDS),  # whatever else a case may look at (banner, server name); null when none
    ]
)

VERDICTS = pa.schema(
    [
        ("status", WORDS),  # affected, fixed, not_affected, undetermined; null when the row is not of the case
        ("reason", WORDS),  # partial_build, unknown_build, contradiction, no_build; null unless undetermined
        ("basis", WORDS),  # in words
        ("candidates", WORDS),  # builds joined by "; "; empty unless undetermined
        ("build", WORDS),  # as found; null when none
        ("branch", WORDS),  # null when not known
        ("cves", WORDS),  # "CVE-…=affected; CVE-…=fixed" in the pack's order
        ("compromise", WORDS),  # none_known, possible, confirmed, cleaned
        ("mitigated", pa.bool_()),
    ]
)

ASSIGNMENTS = pa.schema(
    [
        ("constituent", WORDS),  # registry id; null when none; claimants joined by ";" when disputed
        ("certainty", WORDS),  # proven, claimed, disputed, none
        ("holding", WORDS),  # the holding that decided and where it was registered; null when none
        ("considered", WORDS),  # what else was considered and why it did not decide; empty when nothing
    ]
)

REJECTED = pa.schema(
    [
        ("line", pa.int64()),
        ("column", pa.string()),
        ("reason", pa.string()),
        ("raw", pa.string()),
    ]
)


def require(table: pa.Table, *names: str) -> None:
    """Raises ``ValueError`` naming each column that a stage needs and ``table`` lacks."""
    missing = [name for name in names if name not in table.column_names]
    if missing:
        raise ValueError(f"columns {missing} are missing; the table has {table.column_names}")


FINDINGS = pa.schema(
    [
        ("line", pa.int64()),
        ("seen_at", INSTANT),
        *SERVICE,
        ("asn", pa.int64()),
        ("country", WORDS),
        *VERDICTS,
        *ASSIGNMENTS,
    ]
)
"""An observation's meaning under one case; ``line`` leads back to it, ``asn`` and ``country`` are as located."""


TRACES = pa.schema([("line", pa.int64()), ("seen_at", INSTANT), *SERVICE, ("compromise", WORDS)])
"""The findings with any trace of compromise, apart: they count however old they are, until one shows cleaning."""

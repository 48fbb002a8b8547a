"""Findings gathered per constituent: what each may be told of, and what it may not, and why.

Told is what is ``proven`` to be a constituent's, and ``affected`` or showing traces of compromise, fixed or not. An
``undetermined`` service is not told: most such are fixed, and a wrong warning costs more trust than it saves servers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from tocsin.cases import Compromise, Status
from tocsin.notices.notice import Item, Withheld
from tocsin.tables import require

COMPROMISED = (Compromise.POSSIBLE.value, Compromise.CONFIRMED.value)
_TEXTS = ("address", "transport", "hostname", "status", "reason", "basis", "build", "branch", "compromise", "source")
_NEEDED = (*_TEXTS, "port", "cves", "line", "first_seen", "last_seen", "constituent", "certainty")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WORDS = {
    "claimed": "rests on a reverse-DNS name alone, which proves nothing; a certificate or forward DNS can, or a person",
    "disputed": "others have as good a claim to it; 'tocsin override assignment' settles it",
    "undetermined": "the evidence does not decide whether it is affected",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """``items`` by constituent, in the order of the table; ``withheld`` by constituent and reason.

    ``nobodys`` counts open findings that are no constituent's.
    """

    items: Mapping[str, tuple[Item, ...]]
    withheld: tuple[Withheld, ...]
    nobodys: int


def gather(findings: pa.Table) -> Gathered:
    """Sorts the findings of one case on one day by constituent. Needs the columns of ``tasks.findings.COLUMNS``."""
    require(findings, *_NEEDED)
    findings = findings.select(_NEEDED)
    for name in (*_TEXTS, "cves", "constituent", "certainty"):  # whatever their coding, and where all are null
        place = findings.column_names.index(name)
        findings = findings.set_column(place, name, findings.column(name).cast(pa.string()))
    status, certainty = findings.column("status"), findings.column("certainty")
    is_affected = pc.equal(status, Status.AFFECTED.value)
    is_open = pc.or_(is_affected, pc.is_in(findings.column("compromise"), pa.array(COMPROMISED)))
    is_proven = pc.equal(certainty, "proven")
    unclear = pc.and_(is_proven, pc.and_(pc.equal(status, Status.UNDETERMINED.value), pc.invert(is_open)))
    withheld = [
        *_withheld("undetermined", findings.filter(unclear)),
        *(
            each
            for word in ("claimed", "disputed")
            for each in _withheld(word, findings.filter(pc.and_(is_open, pc.equal(certainty, word))))
        ),
    ]
    return Gathered(
        items=_items(findings.filter(pc.and_(is_open, is_proven))),
        withheld=tuple(sorted(withheld, key=lambda each: (each.constituent, each.code))),
        nobodys=pc.sum(pc.and_(is_open, pc.equal(certainty, "none"))).as_py() or 0,
    )


def _withheld(code: str, rows: pa.Table) -> list[Withheld]:
    counts = Counter(name for names in rows.column("constituent").to_pylist() for name in (names or "").split(";"))
    return [
        Withheld(constituent=name, code=code, why=_WORDS[code], items=count) for name, count in counts.items() if name
    ]


def _items(rows: pa.Table) -> dict[str, tuple[Item, ...]]:
    texts = {name: pc.fill_null(rows.column(name), "").to_pylist() for name in _TEXTS}
    whole = zip(
        *(rows.column(name).to_pylist() for name in ("constituent", "port", "cves", "line")),
        *(_moments(rows.column(name)) for name in ("first_seen", "last_seen")),
        *texts.values(),
        strict=True,
    )
    found = dict[str, list[Item]]()
    for constituent, port, cves, line, first_seen, last_seen, *words in whole:
        address, transport, hostname, status, reason, basis, build, branch, compromise, source = words
        item = Item(
            address=address,
            port=port,
            transport=transport,
            hostname=hostname,
            status=status,
            reason=reason,
            basis=basis,
            build=build,
            branch=branch,
            cves=_affecting(cves or ""),
            compromise=compromise,
            first_seen=first_seen,
            last_seen=last_seen,
            source=source,
            line=line,
        )
        found.setdefault(constituent, []).append(item)
    return {name: tuple(items) for name, items in found.items()}


def _moments(column: pa.ChunkedArray) -> list[datetime]:
    """As ``to_pylist`` gives them, a tenth of the time: it looks up the time zone for each."""
    return [_EPOCH + timedelta(microseconds=each) for each in column.cast(pa.int64()).to_pylist()]


@cache
def _affecting(cves: str) -> tuple[str, ...]:
    """The CVEs that a service is affected by, from ``tables.VERDICTS``: ``CVE-…=affected; CVE-…=fixed``."""
    pairs = (pair.strip().partition("=") for pair in cves.split(";"))
    return tuple(name for name, _, status in pairs if status == Status.AFFECTED.value)

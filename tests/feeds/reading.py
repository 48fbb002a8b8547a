"""Small reports and what the readers make of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from tocsin.errors import FeedError
from tocsin.feeds import Chunk, FeedMapping, Reader, choose_reader, peek
from tocsin.tables import OBSERVATIONS, REJECTED

NOW = datetime(2021, 6, 1, tzinfo=UTC)
HEADER = "timestamp,ip,protocol,port,hostname,hostname_source,tag,asn,geo,version,servername"
NAMES = HEADER.split(",")
ROW = dict(
    zip(
        NAMES,
        (
            "2021-03-10 00:00:01",
            "192.0.2.1",
            "tcp",
            "443",
            "mail.example.org",
            "ssl",
            "exchange",
            "64500",
            "GB",
            "15.1",
            "A",
        ),
        strict=True,
    )
)


def row(**fields: str) -> str:
    """A well-formed row in which some fields are as given."""
    return ",".join((ROW | fields).values())


def report(*rows: str, header: str = HEADER, end: str = "\n") -> bytes:
    """A report of those rows."""
    return end.join([header, *rows, ""]).encode()


def reader_of(data: bytes, name: str = "scan_exchange.csv", mapping: FeedMapping | None = None) -> Reader:
    """The reader that such a file gets."""
    return choose_reader(name, peek([data])[0], mapping=mapping)


def read(data: bytes, name: str = "scan_exchange.csv", mapping: FeedMapping | None = None) -> Chunk:
    """All of a file; rows add up in every chunk."""
    reader = reader_of(data, name, mapping)
    chunks = [reader.parse(raw, now=NOW) for raw in reader.split([data], target=1 << 20)]
    for chunk in chunks:
        assert chunk.rows == chunk.observations.num_rows + chunk.rejected.num_rows
    observations = pa.concat_tables([OBSERVATIONS.empty_table(), *(chunk.observations for chunk in chunks)])
    rejected = pa.concat_tables([REJECTED.empty_table(), *(chunk.rejected for chunk in chunks)])
    return Chunk(observations=observations, rejected=rejected, rows=observations.num_rows + rejected.num_rows)


def seen(data: bytes, **kinds: str) -> list[dict[str, object]]:
    """The observations of a file, none of whose rows is rejected."""
    chunk = read(data, **kinds)
    assert chunk.rejected.to_pylist() == []
    rows: list[dict[str, object]] = chunk.observations.to_pylist()
    return rows


def rejected(data: bytes) -> list[tuple[int, str | None, str]]:
    """Line, column and reason of each rejected row."""
    return [(each["line"], each["column"], each["reason"]) for each in read(data).rejected.to_pylist()]


def refusal(data: bytes, name: str = "scan_exchange.csv", mapping: FeedMapping | None = None) -> str:
    """What is said of a file that is not read at all."""
    with pytest.raises(FeedError) as caught:
        reader_of(data, name, mapping)
    return str(caught.value)

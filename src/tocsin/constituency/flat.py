"""A text column as the flat bytes it is made of, so that NumPy can read it without one object a row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]
Positions = npt.NDArray[np.int64]
Integers = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatText:
    """Row ``i`` is ``data[starts[i]:ends[i]]`` in UTF-8; a null row has no bytes and is in ``null``."""

    starts: Positions
    ends: Positions
    data: Bytes
    null: Bools

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def lengths(self) -> Positions:
        return self.ends - self.starts

    def count(self, flags: Bools) -> Positions:
        """How many bytes of each row are flagged; ``flags`` has one entry for each byte of ``data``."""
        running = np.zeros(len(flags) + 1, dtype=np.int64)
        np.cumsum(flags, out=running[1:])
        return running[self.ends] - running[self.starts]


def flatten_text(column: pa.Array | pa.ChunkedArray) -> FlatText:
    """The bytes of a column of text, whatever its slices and chunks; dictionaries are spelled out."""
    plain = plain_text(column)
    null = np.zeros(len(plain), dtype=np.bool_)
    if plain.null_count:
        null = pc.is_null(plain).to_numpy(zero_copy_only=False)
        plain = pc.fill_null(plain, "")
    _, offsets, data = plain.buffers()
    if len(plain) == 0 or offsets is None:
        nothing = np.zeros(0, dtype=np.int64)
        return FlatText(starts=nothing, ends=nothing, data=np.zeros(0, dtype=np.uint8), null=null)
    borders = np.frombuffer(offsets, dtype=np.int32)[plain.offset : plain.offset + len(plain) + 1].astype(np.int64)
    first, last = int(borders[0]), int(borders[-1])
    text = np.zeros(0, dtype=np.uint8) if data is None else np.frombuffer(data, dtype=np.uint8)[first:last]
    borders = borders - first
    return FlatText(starts=borders[:-1], ends=borders[1:], data=text, null=null)


def plain_text(column: pa.Array | pa.ChunkedArray) -> pa.StringArray:
    """The column as one array of the type ``string``."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return array if array.type == pa.string() else array.cast(pa.string())

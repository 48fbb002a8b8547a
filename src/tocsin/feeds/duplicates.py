"""Finds rows of one batch that say again, word for word, what an earlier row of the batch said.

Rows are compared by a keyed 64-bit hash of their normalised columns. The key is drawn anew for each batch, so nobody
can prepare two rows that collide; by chance one pair among five million rows does with probability 7e-7.
Source: ADR 0003.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tocsin.tables import OBSERVATIONS

Hashes = npt.NDArray[np.uint64]

_COMPARED = [field for field in OBSERVATIONS if field.name not in ("line", "address")]
_FILTER_BITS = 25
_NULL = np.uint64(0x9E3779B97F4A7C15)


class RowHasher:
    """Hashes rows under a key; equal rows have equal hashes, whatever chunk or dictionary they came in."""

    def __init__(self, key: bytes) -> None:
        words = np.random.Generator(np.random.PCG64(int.from_bytes(key, "big"))).integers(
            0, 1 << 64, size=len(_COMPARED) + 1, dtype=np.uint64, endpoint=False
        )
        self._keys = words[1:] | np.uint64(1)
        self._powers = Powers(int(words[0]) | 1)

    def __call__(self, chunk: pa.Table) -> Hashes:
        """One hash a row of an OBSERVATIONS table; ``line`` does not count, nor ``address``, which the integers say."""
        total = np.zeros(chunk.num_rows, dtype=np.uint64)
        for field, key in zip(_COMPARED, self._keys, strict=True):
            total = (total ^ self._hash(chunk.column(field.name).combine_chunks())) * key
            total ^= total >> np.uint64(32)
        return _mix(total)

    def _hash(self, column: pa.Array) -> Hashes:
        if pa.types.is_dictionary(column.type):
            table = np.append(hash_text(column.dictionary, self._powers), _NULL)
            codes = column.indices
            if column.null_count:
                codes = pc.fill_null(codes, len(table) - 1)
            hashes: Hashes = table[codes.to_numpy(zero_copy_only=False)]
            return hashes
        if pa.types.is_string(column.type):
            return hash_text(column, self._powers)
        numbers = column.cast(pa.int64()) if pa.types.is_integer(column.type) else column.view(pa.int64())
        plain = pc.fill_null(numbers, 0).to_numpy(zero_copy_only=False).view(np.uint64)
        return np.where(_nulls(column), _NULL, plain) if column.null_count else plain


class Powers:
    """The powers of an odd number and of its inverse modulo 2^64, as many as were asked for; safe to share."""

    def __init__(self, base: int) -> None:
        self._bases = (base, pow(base, -1, 1 << 64))
        self._runs = (np.ones(1, dtype=np.uint64), np.ones(1, dtype=np.uint64))

    def up_to(self, count: int) -> tuple[Hashes, Hashes]:
        """The powers 0 to ``count`` - 1 of both."""
        runs = self._runs
        if len(runs[0]) < count:
            size = 1 << max(16, count.bit_length())
            runs = (_power_run(self._bases[0], size), _power_run(self._bases[1], size))
            self._runs = runs
        return runs[0][:count], runs[1][:count]


class SeenRows:
    """Remembers the hashes of a batch: eight bytes a row, and a filter of 32 MB."""

    def __init__(self) -> None:
        self._filter = np.zeros(1 << _FILTER_BITS, dtype=bool)
        self._runs: list[Hashes] = []

    def is_new(self, hashes: Hashes) -> npt.NDArray[np.bool_]:
        """True for each row whose hash came for the first time; call once per chunk, in the batch's order."""
        new = _first_of_each(hashes)
        short = (hashes >> np.uint64(64 - _FILTER_BITS)).astype(np.int64)
        doubtful = np.flatnonzero(new & self._filter[short])
        new[doubtful[self._known(hashes[doubtful])]] = False
        self._filter[short] = True
        self._add(np.sort(hashes[new]))
        return new

    def _known(self, hashes: Hashes) -> npt.NDArray[np.bool_]:
        found = np.zeros(len(hashes), dtype=bool)
        order = np.argsort(hashes)
        for run in self._runs:
            places = np.minimum(np.searchsorted(run, hashes[order]), len(run) - 1)
            found[order] |= run[places] == hashes[order]
        return found

    def _add(self, run: Hashes) -> None:
        if not len(run):
            return
        self._runs.append(run)
        while len(self._runs) > 1 and len(self._runs[-2]) <= 2 * len(self._runs[-1]):
            second, first = self._runs.pop(), self._runs.pop()
            self._runs.append(np.sort(np.concatenate([first, second]), kind="stable"))


def hash_text(texts: pa.Array, powers: Powers) -> Hashes:
    """A polynomial hash of each text's bytes, modulo 2^64; nulls get a value of their own.

    Source: Karp and Rabin, "Efficient randomized pattern-matching algorithms" (1987). Modulo a power of two, two
    Thue-Morse words of 1,024 bytes or more may collide under every key; the texts of an observation cannot hold them:
    the reader cuts them at ``columns.TEXT_LIMIT`` (512) bytes, and a host name at 253.
    """
    if not len(texts):
        return np.zeros(0, dtype=np.uint64)
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    start, end = int(offsets[0]), int(offsets[-1])
    data = np.frombuffer(texts.buffers()[2] or b"", dtype=np.uint8)[start:end]
    rising, falling = powers.up_to(len(data) + 1)
    sums = np.zeros(len(data) + 1, dtype=np.uint64)
    np.cumsum((data + np.uint64(1)) * rising[:-1], out=sums[1:])
    begins, ends = offsets[:-1] - start, offsets[1:] - start
    # Σ b·k^i over the text, brought to the text's own beginning: times the inverse of k^begin.
    hashes: Hashes = (sums[ends] - sums[begins]) * falling[begins]
    return np.where(_nulls(texts), _NULL, _mix(hashes)) if texts.null_count else _mix(hashes)


def _power_run(base: int, size: int) -> Hashes:
    run = np.full(size, base, dtype=np.uint64)
    run[0] = 1
    return np.cumprod(run, dtype=np.uint64)


def _mix(values: Hashes) -> Hashes:
    """Spreads every bit over all 64. Source: Steele et al., "Fast splittable pseudorandom number generators" (2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _first_of_each(hashes: Hashes) -> npt.NDArray[np.bool_]:
    first = np.ones(len(hashes), dtype=bool)
    ordered = np.sort(hashes)
    if not (ordered[1:] == ordered[:-1]).any():
        return first
    order = np.argsort(hashes, kind="stable")
    ordered = hashes[order]
    first[order[1:]] = ordered[1:] != ordered[:-1]
    return first


def _nulls(column: pa.Array) -> npt.NDArray[np.bool_]:
    nulls: npt.NDArray[np.bool_] = column.is_null().to_numpy(zero_copy_only=False)
    return nulls

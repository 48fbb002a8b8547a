"""Adds to each observation what it means under one case; each distinct set of fields is judged once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tocsin.cases import FIELD_LIMITS, Case, Shown, Sighting, fields_read, is_of_case, judge_shown, look
from tocsin.tables import INSTANT, VERDICTS, require

Codes = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Fields = tuple[str | None, ...]
Row = tuple[str | bool | None, ...]
Judged = tuple[Row, bool]
K = TypeVar("K")
V = TypeVar("V")

MEMO_LIMIT = 50_000
_EPOCH = date(1970, 1, 1)
_TABLE_LIMIT = 4_000_000
_SMALL = 4096
_READ = ("product", "version", "tags", "detail")
_NOT_OF_CASE: Row = (None,) * len(VERDICTS)


class Judge:
    """Judges chunks of one source under one case; may be called from several threads.

    What was found is remembered across chunks, at most ``remember`` of each kind. The day enters only where the
    verdict hangs on it.
    """

    def __init__(self, case: Case, *, source: str, remember: int = MEMO_LIMIT) -> None:
        self._case = case
        self._source = source
        self._fields = fields_read(case, source)
        self._is_all_of_case = is_of_case(case, Sighting(source=source, day=_EPOCH))
        self._concerned = _Memo[Fields, bool](remember)
        self._judged = _Memo[tuple[Fields, int | None], Judged](remember)
        self._by_shown = _Memo[tuple[Shown, int | None], Judged](remember)

    def __call__(self, seen: pa.Table) -> pa.Table:
        """The columns of ``tables.VERDICTS``, a row for each row of ``seen`` and in its order.

        Needs ``seen_at``, ``product``, ``version``, ``tags`` and ``detail``. All columns are null where the row
        is not of the case.
        """
        require(seen, "seen_at", *_READ)
        which = self._rows_of_case(seen)
        if not len(which):
            return pa.table([pa.nulls(seen.num_rows, field.type) for field in VERDICTS], schema=VERDICTS)
        verdicts, codes = self._judge_rows(seen, which)
        if len(which) < seen.num_rows:
            places = _zeros(seen.num_rows) + len(verdicts)
            places[which] = codes
            verdicts, codes = [*verdicts, _NOT_OF_CASE], places
        return _as_table(verdicts, codes)

    def _rows_of_case(self, seen: pa.Table) -> Codes:
        """The places of the rows that the case concerns; besides the source only product and tags say so."""
        every = np.arange(seen.num_rows, dtype=np.int64)
        if self._is_all_of_case:
            return every
        codes, distinct = _combine({name: _column(seen, name, every) for name in ("product", "tags")}, len(every))
        concerned = np.array([self._is_concerned(fields) for fields in distinct], dtype=bool)
        return every if concerned.all() else np.flatnonzero(concerned[codes])

    def _judge_rows(self, seen: pa.Table, which: Codes) -> tuple[list[Row], Codes]:
        """The distinct verdicts on the rows at ``which``, and the place of each row's verdict among them."""
        codes, distinct = _combine(self._columns(seen, which), len(which))
        days = _days(seen)[which]
        example = _zeros(len(distinct))
        example[codes] = days
        judged = [self._judge(fields, day) for fields, day in zip(distinct, example.tolist(), strict=True)]
        verdicts = [row for row, _ in judged]
        hanging = np.array([hangs for _, hangs in judged], dtype=bool)
        if hanging.any() and days.min() != days.max():
            codes = self._judge_by_day(codes, days, distinct, hanging, verdicts)
        return verdicts, codes

    def _judge_by_day(
        self, codes: Codes, days: Codes, distinct: Sequence[Fields], hanging: Mask, verdicts: list[Row]
    ) -> Codes:
        """Judges the rows whose verdict hangs on the day once per day; the places of all verdicts after that."""
        which = np.flatnonzero(hanging[codes])
        first = int(days[which].min())
        span = int(days[which].max()) - first + 1
        keys, inverse = _unique(codes[which] * span + (days[which] - first), len(distinct) * span)
        places = codes.copy()
        places[which] = len(verdicts) + inverse
        for key in keys.tolist():
            index, day = divmod(key, span)
            verdicts.append(self._judge(distinct[index], day + first)[0])
        return places

    def _judge(self, fields: Fields, day: int) -> Judged:
        """One verdict as a row, and whether it hangs on the day."""
        judged = self._judged.get((fields, None)) or self._judged.get((fields, day))
        if judged is None:
            judged = self._judge_shown(look(self._case, self._sighting(fields, day)), day)
            self._judged.put((fields, day if judged[1] else None), judged)
        return judged

    def _judge_shown(self, shown: Shown, day: int) -> Judged:
        """Many texts around a build show the same: the slow part is done once for all of them."""
        judged = self._by_shown.get((shown, None)) or self._by_shown.get((shown, day))
        if judged is None:
            verdict = judge_shown(self._case, shown, day=_date(day))
            row = verdict.as_row()
            judged = tuple(row[name] for name in VERDICTS.names), verdict.hangs_on_day
            self._by_shown.put((shown, day if judged[1] else None), judged)
        return judged

    def _is_concerned(self, fields: Fields) -> bool:
        known = self._concerned.get(fields)
        if known is None:
            known = is_of_case(self._case, self._sighting(fields, 0))
            self._concerned.put(fields, known)
        return known

    def _sighting(self, fields: Fields, day: int) -> Sighting:
        product, version, tags, detail = fields
        return Sighting(
            source=self._source, day=_date(day), product=product, version=version, tags=tags or "", detail=detail
        )

    def _columns(self, seen: pa.Table, which: Codes) -> dict[str, tuple[Codes, list[str | None]]]:
        """The columns that the case reads. Some count only where the row has no version."""
        versions, texts = _column(seen, "version", which)
        has_version = np.array([bool(text and text.strip()) for text in texts], dtype=bool)[versions]
        columns = {"version": (versions, texts)}
        for name in _READ:
            if name != "version" and name in self._fields:
                columns[name] = _column(seen, name, which, passed_over=None if self._fields[name] else has_version)
        return columns


class _Memo(Generic[K, V]):
    """Remembers up to ``limit`` values, then begins anew; hostile input makes it useless, not large."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._values: dict[K, V] = {}
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        return self._values.get(key)

    def put(self, key: K, value: V) -> None:
        with self._lock:
            if len(self._values) >= self._limit:
                self._values = {}
            self._values[key] = value


def judge(seen: pa.Table, case: Case, *, source: str) -> pa.Table:
    """The verdicts on one chunk; for several chunks of a source keep a ``Judge``."""
    return Judge(case, source=source)(seen)


def _combine(columns: dict[str, tuple[Codes, list[str | None]]], rows: int) -> tuple[Codes, list[Fields]]:
    """One code per row for all columns, and for each code its texts in the order of ``_READ``."""
    codes, count = _zeros(rows), 1 if rows else 0
    picked: dict[str, Codes] = {}
    for name, (values, texts) in columns.items():
        keys, codes = _unique(codes * len(texts) + values, count * len(texts))
        left, right = np.divmod(keys, len(texts))
        picked = {known: places[left] for known, places in picked.items()} | {name: right}
        count = len(keys)
    nothing: list[str | None] = [None] * count
    words = {name: [columns[name][1][place] for place in places.tolist()] for name, places in picked.items()}
    return codes, list(zip(*(words.get(name, nothing) for name in _READ), strict=True))


def _unique(keys: Codes, space: int) -> tuple[Codes, Codes]:
    """The distinct keys in order and the place of each row's key among them.

    ``space`` bounds the keys: a small one is marked in a table, which is faster than sorting.
    """
    if space > min(_TABLE_LIMIT, 8 * len(keys) + 1024):
        distinct, inverse = np.unique(keys, return_inverse=True)
        return distinct, inverse.astype(np.int64, copy=False)
    place = _zeros(space)
    place[keys] = 1
    distinct = np.flatnonzero(place)
    place[distinct] = np.arange(len(distinct))
    return distinct, place[keys]


def _column(
    seen: pa.Table, name: str, which: Codes, *, passed_over: Mask | None = None
) -> tuple[Codes, list[str | None]]:
    """A code for each row at ``which`` and the texts that the codes stand for; code 0 is "none".

    Only texts in use, cut where no case reads on. Rows ``passed_over`` count as having none.
    """
    column = seen.column(name).combine_chunks()
    encoded = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)
    values: Codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64) + 1
    if len(which) < len(values):
        values = values[which]
    if passed_over is not None:
        values = np.where(passed_over, 0, values)
    if len(encoded.dictionary) <= _SMALL:
        return values, [None, *_cut(encoded.dictionary, name)]
    used, codes = _unique(values, len(encoded.dictionary) + 1)
    words = encoded.dictionary.take(pa.array(used[used > 0] - 1))
    return (codes if len(used) and used[0] == 0 else codes + 1), [None, *_cut(words, name)]


def _cut(words: pa.Array, name: str) -> list[str | None]:
    texts: list[str | None] = pc.utf8_slice_codeunits(words, 0, FIELD_LIMITS[name]).to_pylist()
    return texts


def _days(seen: pa.Table) -> Codes:
    """The UTC date of each row as days since 1970; a row without a time counts as of that day."""
    micros = pc.fill_null(seen.column("seen_at").cast(INSTANT).cast(pa.int64()), 0)
    days: Codes = micros.combine_chunks().to_numpy(zero_copy_only=False) // 86_400_000_000
    return days


def _date(day: int) -> date:
    return _EPOCH + timedelta(days=min(max(day, -700_000), 2_900_000))


def _zeros(length: int) -> Codes:
    return np.zeros(length, dtype=np.int64)


def _as_table(verdicts: Sequence[Row], places: Codes) -> pa.Table:
    columns = zip(VERDICTS, zip(*verdicts, strict=True), strict=True)
    return pa.table([_as_column(field.type, values, places) for field, values in columns], schema=VERDICTS)


def _as_column(kind: pa.DataType, values: Sequence[str | bool | None], places: Codes) -> pa.Array:
    """The value of each row, by the place of its verdict; text is dictionary-encoded with each value once."""
    if pa.types.is_boolean(kind):
        return pa.array(values, kind).take(pa.array(places))
    encoded = pc.dictionary_encode(pa.array(values, pa.string()))
    rows = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)[places]
    indices = pa.array(rows, mask=rows < 0) if encoded.null_count else pa.array(rows)
    return pa.DictionaryArray.from_arrays(indices, encoded.dictionary)

"""Times as feeds write them, to microseconds since 1970 in UTC."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tocsin.constituency.flat import flatten_text, plain_text
from tocsin.feeds.recipe import Clock

Integers = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int8]
Bools = npt.NDArray[np.bool_]

PROBLEMS = (
    "",
    "is empty",
    "is no time that can be read",
    "lies before 1990",
    "lies in the future",
)
_EMPTY, _UNREADABLE, _EARLY, _LATE = 1, 2, 3, 4

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST = int((datetime(1990, 1, 1, tzinfo=UTC) - _EPOCH).total_seconds()) * 1_000_000
_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,9})?")
_LEEWAY = timedelta(days=1)
_PLACES = {"year": (0, 4), "month": (5, 7), "day": (8, 10), "hour": (11, 13), "minute": (14, 16), "second": (17, 19)}


def parse_times(text: pa.Array, clock: Clock, *, now: datetime) -> tuple[Integers, Codes]:
    """Microseconds since 1970 and an index into ``PROBLEMS``, for each row; clocks may be a day ahead of ``now``."""
    column = plain_text(text)
    micros = np.zeros(len(column), dtype=np.int64)
    done = np.zeros(len(column), dtype=np.bool_)
    if "iso" in clock.formats and clock.zone is UTC:
        micros, done = _fixed_form(column)
    rest = np.flatnonzero(~done)
    if len(rest):
        distinct = column.take(pa.array(rest)).dictionary_encode()
        read = [_read(value, clock) for value in distinct.dictionary.to_pylist()] + [None]
        picked = distinct.indices.fill_null(len(read) - 1).to_numpy(zero_copy_only=False)
        micros[rest] = np.array([value or 0 for value in read], dtype=np.int64)[picked]
        done[rest] = np.array([value is not None for value in read], dtype=np.bool_)[picked]
    problems = np.where(done, 0, _UNREADABLE).astype(np.int8)
    latest = (now + _LEEWAY - _EPOCH) // timedelta(microseconds=1)
    problems[done & (micros < _EARLIEST)] = _EARLY
    problems[done & (micros > latest)] = _LATE
    problems[flatten_text(column).null] = _EMPTY
    return micros, problems


def check_format(text: str) -> str | None:
    """What is wrong with a format of ``Clock.formats``, or ``None``."""
    if text in ("iso", "epoch", "epoch_ms"):
        return None
    sample = datetime(2021, 3, 10, 12, 34, 56, tzinfo=UTC)
    try:
        read = datetime.strptime(sample.strftime(text), text)  # noqa: DTZ007  # only the day is looked at
    except (ValueError, re.error) as problem:
        return f"{text!r} is no format of time: {problem}"
    if read.date() != sample.date():
        return f"{text!r} does not say year, month and day"
    return None


def _fixed_form(column: pa.StringArray) -> tuple[Integers, Bools]:
    """Times written ``2021-03-10 12:34:56``, with ``T`` or a blank, and ``Z`` or nothing after."""
    flat = flatten_text(column)
    lengths = flat.lengths
    micros = np.zeros(len(column), dtype=np.int64)
    done = np.zeros(len(column), dtype=np.bool_)
    for length in (19, 20):
        rows = np.flatnonzero(lengths == length)
        if not len(rows):
            continue
        if len(rows) == len(column):
            return _calculate(np.ascontiguousarray(flat.data.reshape(-1, length).T))
        letters = flat.data[flat.starts[rows] + np.arange(length, dtype=np.int64)[:, None]]
        micros[rows], done[rows] = _calculate(letters)
    return micros, done


def _calculate(letters: npt.NDArray[np.uint8]) -> tuple[Integers, Bools]:
    """Microseconds, and whether they hold; ``letters`` has one row a place, one column a time."""
    digits = letters - np.uint8(ord("0"))
    part: dict[str, npt.NDArray[np.int32]] = {}
    fine = _separators(letters)
    for name, (first, last) in _PLACES.items():
        value = np.zeros(letters.shape[1], dtype=np.int32)
        for place in range(first, last):
            fine &= digits[place] <= 9
            value = value * 10 + digits[place]
        part[name] = value
    fine &= (part["month"] >= 1) & (part["month"] <= 12) & (part["year"] >= 1) & (part["day"] >= 1)
    fine &= (part["hour"] <= 23) & (part["minute"] <= 59) & (part["second"] <= 59)
    months = np.where(fine, (part["year"] - 1970) * 12 + part["month"] - 1, 0).astype(np.int64)
    lowest, highest = int(months.min()), int(months.max())
    # Days since 1970 of the first of each month that occurs, and of the month after.
    firsts = np.arange(lowest, highest + 2).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    start, after = firsts[months - lowest], firsts[months - lowest + 1]
    fine &= part["day"] <= after - start
    seconds = ((start + part["day"] - 1) * 24 + part["hour"]) * 3600 + part["minute"] * 60 + part["second"]
    return np.where(fine, seconds * 1_000_000, 0), fine


def _separators(letters: npt.NDArray[np.uint8]) -> Bools:
    fine: Bools = (letters[4] == ord("-")) & (letters[7] == ord("-"))
    fine &= (letters[13] == ord(":")) & (letters[16] == ord(":"))
    fine &= (letters[10] == ord(" ")) | (letters[10] == ord("T"))
    if len(letters) == 20:
        fine &= letters[19] == ord("Z")
    return fine


def _read(text: str, clock: Clock) -> int | None:
    for form in clock.formats:
        moment = _READERS.get(form, _by_pattern)(text.strip(), form)
        if moment is not None:
            aware = moment if moment.tzinfo else moment.replace(tzinfo=clock.zone)
            try:
                return (aware.astimezone(UTC) - _EPOCH) // timedelta(microseconds=1)
            except OverflowError:
                return None
    return None


def _iso(text: str, _: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text.isascii() else None
    except ValueError:
        return None


def _by_epoch(text: str, form: str) -> datetime | None:
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return _EPOCH + timedelta(seconds=float(text) / (1000 if form == "epoch_ms" else 1))
    except OverflowError:
        return None


def _by_pattern(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)  # noqa: DTZ007  # the zone is the mapping's, put in by the caller
    except ValueError:
        return None


_READERS: dict[str, Callable[[str, str], datetime | None]] = {"iso": _iso, "epoch": _by_epoch, "epoch_ms": _by_epoch}

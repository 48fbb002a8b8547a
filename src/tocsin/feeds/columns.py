"""Text columns to the fields of an observation, each distinct text worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tocsin.constituency.names import normalise_names
from tocsin.feeds.recipe import Field
from tocsin.tables import WORDS

Bools = npt.NDArray[np.bool_]

TEXT_LIMIT = 512
"""Bytes kept of ``version``, ``product``, ``tags`` and ``detail``; patterns look at as many characters.

``duplicates.hash_text`` is safe for texts as short as this, and not for long ones.
"""

TRANSPORTS = ("tcp", "udp", "sctp", "dccp")
CERTIFICATE = frozenset({"ssl", "sni", "certificate"})
FORWARD = frozenset({"forward"})

_LAST_PORT = 65535
_LAST_ASN = (1 << 32) - 1


def text_of(field: Field | None, table: pa.Table) -> pa.Array:
    """The field's text in every row, null where there is none; a dictionary where the column is one."""
    if field is None or not field.columns:
        constant = field.constant if field else None
        return _constant(constant if constant is not None or field is None else field.default, table.num_rows)
    parts = [_part(field, _whole(table.column(name)), name) for name in field.columns]
    column = parts[0] if len(parts) == 1 else _joined(parts, field.joiner)
    if field.default is not None and column.null_count:
        column = _filled(column, field.default)
    return column


def recode(column: pa.Array, change: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """The column as ``WORDS``, its distinct texts put through ``change`` (which may give nulls and equal texts)."""
    words = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    fresh = change(words.dictionary).cast(pa.string()).dictionary_encode()
    return pa.DictionaryArray.from_arrays(fresh.indices.take(words.indices).cast(pa.int32()), fresh.dictionary)


def each(change: Callable[[str], str | None]) -> Callable[[pa.Array], pa.Array]:
    """``change`` for use with ``recode``: a Python call for each distinct text."""
    return lambda texts: pa.array([change(text) for text in texts.to_pylist()], pa.string())


def tidy_words(column: pa.Array) -> pa.Array:
    """Trimmed and cut to ``TEXT_LIMIT`` bytes of whole characters; null where nothing is left."""
    return recode(column, _tidied)


def read_ports(column: pa.Array) -> tuple[pa.Array, Bools]:
    """Ports, 0 where there is none, and whether each one is a port."""
    numbers, found = _numbers(column, _read_port)
    return pc.fill_null(numbers.cast(pa.int32()), 0), found


def read_asns(column: pa.Array) -> pa.Array:
    """AS numbers, null where the text is none; there are too many for a Python call each."""
    words = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    digits = words.dictionary
    if not pc.all(_are_digits(digits)).as_py():
        digits = pc.replace_substring_regex(pc.utf8_trim_whitespace(digits), "^[Aa][Ss]", "")
        digits = pc.if_else(_are_digits(digits), digits, None)
    numbers = digits.cast(pa.int64())
    fits = pc.and_(pc.greater(numbers, 0), pc.less_equal(numbers, _LAST_ASN))
    return pc.if_else(fits, numbers, None).take(words.indices)


def read_transports(column: pa.Array) -> tuple[pa.Array, Bools]:
    """Transports, ``tcp`` where there is none, and whether each one is known."""
    words = recode(column, each(lambda text: text.strip().lower() or None))
    known = recode(words, each(lambda text: text if text in TRANSPORTS else None))
    wrong = pc.is_null(known).to_numpy(zero_copy_only=False) & pc.is_valid(words).to_numpy(zero_copy_only=False)
    return _filled(known, "tcp"), ~wrong


def read_countries(column: pa.Array) -> pa.Array:
    """Country codes in capitals, null where the text is none."""
    return recode(column, each(_read_country))


def read_tags(columns: Iterable[pa.Array]) -> pa.Array:
    """All tags of a row in lower case, each once, joined by ``;``, as many as fit; empty where there are none."""
    parts = list(columns)
    joined = parts[0] if len(parts) == 1 else _joined(parts, ";")
    return _filled(recode(joined, each(_read_tags)), "")


def read_hostnames(names: pa.Array, sources: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Names in their one form, null where it is no host name, and where each came from."""
    hostnames = normalise_names(names)
    origins = _filled(recode(sources, each(_read_origin)), "ptr")
    if hostnames.null_count:
        origins = pc.if_else(pc.is_valid(hostnames), origins, pa.scalar(None, WORDS))
    return hostnames, origins


def _whole(column: pa.ChunkedArray) -> pa.Array:
    """The column in one piece; only several pieces need a copy."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _constant(text: str | None, rows: int) -> pa.Array:
    indices = pa.array(np.zeros(rows, dtype=np.int32), mask=np.full(rows, text is None))
    return pa.DictionaryArray.from_arrays(indices, pa.array([] if text is None else [text], pa.string()))


def _part(field: Field, column: pa.Array, name: str) -> pa.Array:
    if field.pattern is not None or field.values is not None:
        column = recode(column, each(lambda text: _picked(field, text)))
    if field.labels:
        column = recode(column, lambda texts: pc.binary_join_element_wise(f"{name}=", texts, ""))
    return column


def _picked(field: Field, text: str) -> str | None:
    """What the field's pattern and table of values make of one text."""
    if field.pattern is not None:
        match = field.pattern.search(text[:TEXT_LIMIT])
        if match is None:
            return None
        text = match.group(1 if field.pattern.groups else 0) or ""
    if field.values is not None:
        known = field.values.get(text.strip().lower())
        text = known if known is not None else "" if field.only_values else text
    return text or None


def _joined(parts: list[pa.Array], joiner: str) -> pa.Array:
    text, *rest = (part.cast(pa.string()) for part in parts)
    for part in rest:  # pairwise: with null_handling="skip" Arrow 26 drops the rows in which every part is null
        text = pc.coalesce(pc.binary_join_element_wise(text, part, joiner), text, part)
    return pc.if_else(pc.equal(text, ""), None, text).dictionary_encode()


def _filled(column: pa.Array, text: str) -> pa.Array:
    if not column.null_count:
        return column
    if not pa.types.is_dictionary(column.type):
        return column.fill_null(text)
    words = column.dictionary.to_pylist()
    words = words if text in words else [*words, text]
    indices = column.indices.fill_null(words.index(text))
    return pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string()))


def _tidied(texts: pa.Array) -> pa.Array:
    trimmed = pc.utf8_trim_whitespace(texts)
    is_long = _exceeds(trimmed)
    if pc.any(is_long).as_py():
        trimmed = pc.replace_with_mask(trimmed, is_long, _cut(trimmed.filter(is_long)))
    return pc.if_else(pc.equal(trimmed, ""), None, trimmed)


def _exceeds(texts: pa.Array) -> pa.Array:
    return pc.fill_null(pc.greater(pc.binary_length(texts), TEXT_LIMIT), False)


def _cut(texts: pa.Array) -> pa.Array:
    """The texts to ``TEXT_LIMIT`` bytes; only those that are not ASCII need a Python call each."""
    cut = pc.utf8_slice_codeunits(texts, 0, TEXT_LIMIT)
    is_long = _exceeds(cut)
    shorter = [text.encode()[:TEXT_LIMIT].decode("utf-8", "ignore") for text in cut.filter(is_long).to_pylist()]
    return pc.replace_with_mask(cut, is_long, pa.array(shorter, pa.string()))


def _numbers(column: pa.Array, read: Callable[[str], int | None]) -> tuple[pa.Array, Bools]:
    """Numbers, null where there is none, and whether the text was empty or a number; -1 stands for empty."""
    words = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    texts = pc.utf8_trim_whitespace(words.dictionary)
    known = [-1 if text == "" else read(text) for text in texts.to_pylist()]
    picked = pa.array([*known, -1], pa.int64()).take(words.indices.fill_null(len(known)))
    found = pc.is_valid(picked).to_numpy(zero_copy_only=False)
    return pc.if_else(pc.equal(picked, -1), None, picked), found


def _are_digits(texts: pa.Array) -> pa.Array:
    """Which texts are numbers of up to ten digits."""
    ascii_digits = pc.and_(pc.utf8_is_digit(texts), pc.string_is_ascii(texts))
    return pc.and_(ascii_digits, pc.less_equal(pc.binary_length(texts), 10))


def _read_port(text: str) -> int | None:
    fits = len(text) <= 5 and text.isascii() and text.isdigit() and int(text) <= _LAST_PORT
    return int(text) if fits else None


def _read_country(text: str) -> str | None:
    code = text.strip().upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


def _read_tags(text: str) -> str | None:
    tags = [tag.strip() for tag in text.lower().split(";")]
    kept, size = [], 0
    for tag in dict.fromkeys(tag for tag in tags if tag):
        size += len(tag.encode()) + 1
        if size > TEXT_LIMIT + 1:
            break
        kept.append(tag)
    return ";".join(kept) or None


def _read_origin(text: str) -> str:
    source = text.strip().lower()
    return "certificate" if source in CERTIFICATE else "forward" if source in FORWARD else "ptr"

"""Host names as feeds and registries write them, brought to the one form in which they can be compared."""

from __future__ import annotations

import re

import idna
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tocsin.constituency.flat import Bools, FlatText, flatten_text, plain_text

NAME_LIMIT = 253
"""Characters in a whole name. Source: RFC 1035, section 2.3.4 (255 octets with the length bytes)."""

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_DOT, _HYPHEN = 46, 45
_PLAIN = np.zeros(256, dtype=np.bool_)
_PLAIN[np.frombuffer(b"abcdefghijklmnopqrstuvwxyz0123456789_-.", dtype=np.uint8)] = True


def normalise_names(names: pa.Array | pa.ChunkedArray) -> pa.StringArray:
    """The names in lower-case A-labels, without trailing dot or leading ``*.``; null where it is no host name.

    Underscores are let pass: names found in the field have them. An address is no host name.
    """
    column = _tidied(plain_text(names))
    flat = flatten_text(column)
    rest = np.flatnonzero(~_is_plain(flat) & ~flat.null)
    if len(rest) == 0:
        return column
    distinct = column.take(pa.array(rest)).dictionary_encode()
    fresh = pa.array([normalise_name(name) for name in distinct.dictionary.to_pylist()], pa.string())
    replaced = np.zeros(len(column), dtype=np.bool_)
    replaced[rest] = True
    return pc.replace_with_mask(column, pa.array(replaced), fresh.take(distinct.indices))


def normalise_name(name: str) -> str | None:
    """One name in lower-case A-labels, or ``None`` where it is no host name. Source: RFC 5891 and UTS #46."""
    text = name.strip()
    if len(text) > 2 * NAME_LIMIT:
        return None
    text = text.removesuffix(".").removeprefix("*.")
    if not text.isascii():
        try:
            text = idna.encode(text, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return None
    text = text.lower().removesuffix(".")
    labels = text.split(".")
    if len(text) > NAME_LIMIT or not all(_LABEL.fullmatch(label) for label in labels):
        return None
    return None if labels[-1].isdigit() else text


def spell_name(name: str) -> str:
    """The name as people read it: ``xn--`` labels in their own letters where they can be read back."""
    if "xn--" not in name:
        return name
    try:
        return idna.decode(name)
    except (idna.IDNAError, UnicodeError):
        return name


def _tidied(column: pa.StringArray) -> pa.StringArray:
    """Lower case, trailing dot and ``*.`` gone, wherever the column has any of them."""
    if pc.any(pc.match_substring_regex(column, "[A-Z]")).as_py():
        column = pc.ascii_lower(column)
    ending = pc.ends_with(column, ".")
    if pc.any(ending).as_py():
        column = pc.if_else(ending, pc.utf8_slice_codeunits(column, 0, -1), column)
    wild = pc.starts_with(column, "*.")
    if pc.any(wild).as_py():
        column = pc.if_else(wild, pc.utf8_slice_codeunits(column, 2), column)
    return column


def _is_plain(text: FlatText) -> Bools:
    """Which rows are surely host names already: the rest is looked at one by one.

    A row of up to 63 characters has no label that is too long, and one that ends in a letter is no address.
    """
    data = text.data
    dot, edge = data == _DOT, (data == _DOT) | (data == _HYPHEN)
    wrong = ~_PLAIN[data]
    # A dot beside a dot or a hyphen: an empty label, or a label that begins or ends in a hyphen. Pairs across rows
    # only send a row to the slow path, which decides rightly.
    if len(data) > 1:
        wrong[1:] |= dot[:-1] & edge[1:]
        wrong[:-1] |= edge[:-1] & dot[1:]
    lengths = text.lengths
    padded = np.append(data, np.uint8(0))
    first, last = padded[text.starts], padded[np.maximum(text.ends - 1, 0)]
    ends_fine = (first != _DOT) & (first != _HYPHEN) & (last >= ord("a"))
    plain: Bools = (lengths > 0) & (lengths <= 63) & ends_fine & (text.count(wrong) == 0)
    return plain

"""Which rows are of one kind: by the columns that name a service, or by any others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tocsin.remediation.columns import Integers, integers
from tocsin.tables import SERVICE


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows by service: ``number`` says of each row whose it is (from 0), ``first`` gives one row of each service."""

    number: Integers
    first: Integers

    def highest(self, values: Integers) -> Integers:
        """The largest value of each service; ``values`` are in the rows' own order."""
        found = np.full(len(self.first), np.iinfo(np.int64).min)
        np.maximum.at(found, self.number, values)
        return found

    def lowest(self, values: Integers) -> Integers:
        """The smallest value of each service."""
        found = np.full(len(self.first), np.iinfo(np.int64).max)
        np.minimum.at(found, self.number, values)
        return found


def group_services(table: pa.Table) -> Groups:
    """Which rows speak of the same service. Needs the columns SERVICE."""
    high, low, port, transport = (integers(table, name) for name in SERVICE.names)
    return group_rows([high, low, (port << 8) + transport])


def group_rows(columns: Sequence[Integers]) -> Groups:
    """Which rows are equal in all of these columns, of which there is at least one."""
    number: Integers = pa.array(mixed(columns)).dictionary_encode().indices.to_numpy().astype(np.int64)
    first = _one_of_each(number)
    if not all(np.array_equal(column[first][number], column) for column in columns):
        number = _sorted_apart(columns)  # two services share a hash
        first = _one_of_each(number)
    return Groups(number=number, first=first)


def mixed(columns: Sequence[Integers]) -> npt.NDArray[np.uint64]:
    """A hash of each row."""
    found = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        found ^= column.view(np.uint64)
        found *= np.uint64(0x9E3779B97F4A7C15)
        found ^= found >> np.uint64(29)
    return found


def _one_of_each(number: Integers) -> Integers:
    first = np.zeros(int(number.max(initial=-1)) + 1, dtype=np.int64)
    first[number] = np.arange(len(number))
    return first


def _sorted_apart(columns: Sequence[Integers]) -> Integers:
    order = np.lexsort(columns)
    is_new = np.zeros(len(order), dtype=bool)
    for column in columns:
        ordered = column[order]
        is_new[1:] |= ordered[1:] != ordered[:-1]
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.cumsum(is_new)
    return number

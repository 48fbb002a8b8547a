"""Values by network, found by address: the longest network first.

Both families are one space of 128 bits, as everywhere here (``addresses.address_bits``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Generic, TypeVar

from tocsin.constituency.addresses import parse_network, read_address

_T = TypeVar("_T")

Span = tuple[int, int]
"""First and last address of a network, as 128 bits."""


class PrefixIndex(Generic[_T]):
    """Grows as values are added; a look-up costs one step for each size of network that there is."""

    def __init__(self) -> None:
        self._values = dict[Span, list[_T]]()
        self._masks = list[int]()
        self._starts: list[Span] | None = None

    def add(self, network: str, value: _T) -> None:
        """Adds a value; a network may have several. ``network`` is ``192.0.2.0/24`` or one address."""
        span = span_of(network)
        mask = span[1] - span[0]
        if mask not in self._masks:
            self._masks = sorted([*self._masks, mask])
        if span not in self._values:
            self._values[span], self._starts = [], None
        self._values[span].append(value)

    def covering(self, span: Span) -> Iterator[tuple[Span, list[_T]]]:
        """The networks that hold a whole span, the longest prefix first, each with its values."""
        first, last = span
        for mask in self._masks:
            start = first & ~mask
            if start + mask >= last and (found := self._values.get((start, start + mask))):
                yield (start, start + mask), found

    def within(self, span: Span) -> Iterator[tuple[Span, list[_T]]]:
        """The networks that lie in a span or are it, each with its values."""
        if self._starts is None:
            self._starts = sorted(self._values)
        for place in range(bisect_left(self._starts, (span[0], 0)), len(self._starts)):
            found = self._starts[place]
            if found[0] > span[1]:
                return
            if found[1] <= span[1]:
                yield found, self._values[found]


def span_of(text: str) -> Span:
    """The span of a network or of one address. Raises ``ValueError`` for what is neither."""
    if "/" in text:
        return parse_network(text)
    bits = read_address(text)
    if bits is None:
        raise ValueError(f"{text!r} is no address")
    return bits, bits

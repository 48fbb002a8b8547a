"""How often the public pages answer: a bucket for each network address and one for all. Time is an argument."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many at once, and so many a second after that."""

    burst: float
    per_second: float


class Bucket:
    """Fills up with time, is emptied by requests; may owe up to once its size."""

    __slots__ = ("_at", "_level", "_rate")

    def __init__(self, rate: Rate, now: float) -> None:
        self._rate, self._level, self._at = rate, rate.burst, now

    def wait(self, now: float, cost: float = 1.0) -> float:
        """Seconds until ``cost`` may be taken; 0 when it may be now."""
        self._fill(now)
        return max(0.0, (cost - self._level) / self._rate.per_second)

    def charge(self, now: float, cost: float = 1.0) -> None:
        """Takes ``cost`` in any case."""
        self._fill(now)
        self._level = max(-self._rate.burst, self._level - cost)

    def _fill(self, now: float) -> None:
        passed = max(0.0, now - self._at)
        self._level, self._at = min(self._rate.burst, self._level + passed * self._rate.per_second), now


class Limits:
    """The buckets of all addresses; of the ``most_addresses`` that asked last, so that memory stays bounded."""

    def __init__(
        self,
        *,
        per_address: Rate = Rate(burst=60, per_second=1),
        in_all: Rate = Rate(burst=400, per_second=200),
        most_addresses: int = 20_000,
    ) -> None:
        self._per_address, self._in_all, self._most = per_address, in_all, most_addresses
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()
        self._all: Bucket | None = None

    def take(self, client: str, now: float) -> float:
        """0 when the client may ask now, and then it is counted; else the seconds for which it must wait."""
        own, every = self._bucket(client, now), self._every(now)
        wait = own.wait(now) or every.wait(now)
        if not wait:
            own.charge(now)
            every.charge(now)
        return wait

    def charge(self, client: str, now: float, cost: float) -> None:
        """Counts something dear, such as a guess, to the client alone."""
        self._bucket(client, now).charge(now, cost)

    def _every(self, now: float) -> Bucket:
        if self._all is None:
            self._all = Bucket(self._in_all, now)
        return self._all

    def _bucket(self, client: str, now: float) -> Bucket:
        key = network_of(client)
        found = self._buckets.pop(key, None) or Bucket(self._per_address, now)
        self._buckets[key] = found
        while len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return found


def network_of(client: str) -> str:
    """Who counts as one: an IPv4 address, the /64 of an IPv6 address (one line's), and together all that is neither."""
    try:
        address = ip_address(client[:64].partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), 64), strict=False))
    return str(address)

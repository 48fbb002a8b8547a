"""Which service goes on at another address: the same confirmed name, there only after it was no longer here."""

from __future__ import annotations

import numpy as np

from tocsin.remediation.columns import NO_WORD, Integers


def find_moves(name: Integers, door: Integers, first: Integers, last: Integers) -> Integers:
    """For each service the one that continues it, its last address; itself where it never moved.

    ``name`` is the code of a name that a certificate or forward DNS confirmed (``NO_WORD``: none), ``door`` stands for
    port and transport, ``first`` and ``last`` are the days between which it was seen. A name that two services carried
    at one time, or at two doors, is shared, and links nothing.
    """
    target = np.arange(len(name), dtype=np.int64)
    order = np.lexsort([first, name])
    order = order[name[order] != NO_WORD]
    if not len(order):
        return target
    before, after = order[:-1], order[1:]
    is_same = name[before] == name[after]
    is_shared = is_same & ((first[after] <= last[before]) | (door[before] != door[after]))
    shared = np.zeros(int(name.max()) + 1, dtype=bool)
    shared[name[after[is_shared]]] = True
    linked = is_same & ~shared[name[after]]
    # Walking back from the newest address, each older one takes over where its successor ends.
    for older, newer in zip(before[linked][::-1].tolist(), after[linked][::-1].tolist(), strict=True):
        target[older] = target[newer]
    return target

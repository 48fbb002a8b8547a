"""Which constituents hold which services: a disputed one is held by each of its claimants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """The pairs of service and constituent, as indices into the services' rows and into ``names``."""

    names: Sequence[str]
    service: npt.NDArray[np.int64]
    holder: npt.NDArray[np.int64]
    services: int

    def any(self, rows: Mask) -> Mask:
        """For each constituent, whether any of ``rows`` is held by it."""
        return np.bincount(self.holder[rows[self.service]], minlength=len(self.names)) > 0

    def rows_of(self, chosen: Mask) -> Mask:
        """The services held by any of the ``chosen`` constituents."""
        rows = np.zeros(self.services, dtype=bool)
        rows[self.service[chosen[self.holder]]] = True
        return rows


def hold(services: pa.Table) -> Holders:
    """The holders of each service by its column ``constituent`` (ids joined by ``;``, null when nobody's)."""
    lists = pc.split_pattern(services.column("constituent").cast(pa.string()).combine_chunks(), ";")
    names = lists.flatten().dictionary_encode()
    return Holders(
        names=names.dictionary.to_pylist(),
        service=pc.list_parent_indices(lists).to_numpy().astype(np.int64),
        holder=names.indices.to_numpy().astype(np.int64),
        services=services.num_rows,
    )

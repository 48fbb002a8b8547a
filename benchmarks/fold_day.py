"""Folds one more day into a panel of all the days before it, and prints the seconds that this took.

Run as ``python benchmarks/fold_day.py WORKSPACE CASE``. The panel without the last day is made first and not timed; the
time is that of reading the kept panel, folding the day's findings in, and writing it again, durable on the disk.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from tocsin.store.batches import judged_batches
from tocsin.store.bodies import load_parents
from tocsin.store.desk import open_desk
from tocsin.store.lake import Lake
from tocsin.store.panels import load_panel
from tocsin.store.selection import relevant_batches
from tocsin.store.workspace import read_workspace


def main() -> None:
    """Prints ``{"seconds", "services", "looks"}``."""
    workspace, case_id = read_workspace(Path(sys.argv[1])), sys.argv[2]
    desk, lake = open_desk(workspace.desk_url), Lake(workspace.lake)
    judged, parents = relevant_batches(judged_batches(desk, case_id)), load_parents(desk)
    load_panel(lake, case_id, judged[:-1], parents, tell=lambda _done, _of: None)
    begun = time.perf_counter()
    panel = load_panel(lake, case_id, judged, parents, tell=lambda _done, _of: None)
    seconds = time.perf_counter() - begun
    print(json.dumps({"seconds": seconds, "rows": panel.rows.num_rows, "looks": len(panel.looks)}))


if __name__ == "__main__":
    main()

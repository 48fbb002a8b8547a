"""A sender as a process of its own, to be killed: sends the plan of a workspace, some hours after the others."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.tasks.notified import clock_from, sent

from tocsin.store.workspace import read_workspace

if __name__ == "__main__":
    print(sent(read_workspace(Path(sys.argv[1])), clock=clock_from(hours=float(sys.argv[2]))).queue)

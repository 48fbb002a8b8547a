"""A seed comes in; a made-up world with known truth goes out: its registry, its scan reports, and what was true."""

from tocsin.testing.builds import KnownBuild, read_builds
from tocsin.testing.organisations import Organisation, registry_csv
from tocsin.testing.scans import POPULATION, ScanFile, scan_files
from tocsin.testing.truth import (
    Check,
    ShareCheck,
    compare,
    true_counts,
    true_exposure,
    when_last_seen,
    wrong_findings,
)
from tocsin.testing.world import LARGEST, START, World, make_world

__all__ = [
    "LARGEST",
    "POPULATION",
    "START",
    "Check",
    "KnownBuild",
    "Organisation",
    "ScanFile",
    "ShareCheck",
    "World",
    "compare",
    "make_world",
    "read_builds",
    "registry_csv",
    "scan_files",
    "true_counts",
    "true_exposure",
    "when_last_seen",
    "wrong_findings",
]

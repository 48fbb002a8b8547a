"""The packs that tests judge with: those shipped, and a small one that a test can spoil."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import tocsin
from tocsin.cases import Case, read_pack

SHIPPED = Path(tocsin.__file__).parent / "packs"
NAMES = ("citrix-bleed-2023", "exchange-proxylogon-2021", "exchange-proxyshell-2021")

TOML = """\
id = "widget-2024"
title = "Widget"
deciding = ["CVE-2024-1"]

[[cves]]
id = "CVE-2024-10001"
products = ["Widget"]

[[cves]]
id = "CVE-2024-10002"
products = ["Widget", "Gadget"]

[[schemes]]
name = "plain"
parts = 3
separators = ["."]
example = "1.2.3"

[[products]]
name = "Widget"

[[products]]
name = "Gadget"
named_by = ['(?i)gadget']

[[timeline]]
kind = "patch"
on = 2024-03-01
what = "the fix"

[[references]]
title = "an advisory"
url = "https://vendor.example/advisory"

[concerns]
products = ['(?i)widget|gadget']

[[readings]]
sources = ["*"]
field = "version"

[[evidence]]
method = "active_check"
tags = ["hit"]
sources = ["scan_*"]
cves = ["CVE-2024-10001"]
from = 2024-02-01
until = 2024-06-30
""".replace('"CVE-2024-1"', '"CVE-2024-10001"')

BUILDS = """\
product,branch,branch_name,build,released_from,released_to,name,kb,contains_fix_for
Widget,1.2,spring,1.2.1,2024-01-01,,,,
Widget,1.2,spring,1.2.4,2024-03-01,2024-03-09,,,CVE-2024-10001
Widget,1.2,spring,1.2.6,2024-04-01,,,,CVE-2024-10001;CVE-2024-10002
Gadget,9.0,,9.0.1,2024-01-01,,,,
"""

GOLDEN = """\
build,product,source,seen,status
1.2.4,Widget,scan_a,2024-04-01,fixed
"""


def small(toml: str = TOML, builds: str = BUILDS, golden: str = GOLDEN) -> dict[str, bytes]:
    """The files of a small pack that holds together, unless other text is given."""
    return {"case.toml": toml.encode(), "builds.csv": builds.encode(), "golden/a.csv": golden.encode()}


@cache
def shipped_files(name: str) -> dict[str, bytes]:
    """The files of a shipped pack."""
    folder = SHIPPED / name
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@cache
def shipped(name: str) -> Case:
    """A shipped case."""
    return read_pack(shipped_files(name), source=name)


def proxylogon() -> Case:
    """The case that most tests judge under."""
    return shipped("exchange-proxylogon-2021")

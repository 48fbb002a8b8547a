"""The rules of the fold walked slowly, one service after the other: what ``fold_spells`` is held against.

Written from what is promised, not from how it is done: plain values, no arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate

from hypothesis import strategies as st
from tests.remediation.watching import PATCH, Host, after_patch, listing, scan

from tocsin.remediation.changes import Change
from tocsin.remediation.panel import Look
from tocsin.remediation.spells import Rules

GB, FR = "uk (countries GB)", "france (countries FR)"
Told = tuple[date, date, date | None, str, str]
"""First seen affected, last seen affected, ended (``None``: open), how, and how the spell before it had ended."""


def shortly(look: Look) -> str:
    """A look in a few words, for whoever reads why a test failed."""
    return f"{(look.day - PATCH).days} {look.source} {look.scope} {look.coverage}"


def _agreed(letters: Sequence[str]) -> str:
    """What several looks of one day show together."""
    decisive = set(letters) - {"?", "."}
    if decisive & {"A", "M"} and decisive & {"F", "N"}:
        return "?"
    for letter in "NFMA":
        if letter in decisive:
            return letter
    return "?" if "?" in letters else "."


def spells_of(looks: Sequence[Look], host: Host, rules: Rules, changes: Sequence[Change] = ()) -> list[Told]:
    """The spells of one service, by the rules as they are written, day after day."""
    by_look = dict(zip(looks, host.course, strict=True))
    by_scan = any(look.coverage == "population" and letter != "." for look, letter in by_look.items())
    spells, began, last, before = list[Told](), None, None, "NOT_YET_SEEN"
    misses, absent, seen = 0, None, None
    for day in sorted({look.day for look in looks}):
        today = [look for look in looks if look.day == day]
        letter = _agreed([by_look[look] for look in today])
        end = {"F": "FIXED", "M": "MITIGATED", "N": "UNSEEN"}.get(letter)
        since: date | None = day
        if letter == "A":
            began, last = began or day, day
        if letter != ".":
            misses, absent, seen = 0, None, day
        else:
            silent = [look for look in today if _absent(look, host, by_look, changes)]
            missed = any(look.coverage == "population" for look in silent)
            unlisted = not by_scan and any(look.coverage == "positives" for look in silent)
            absent = absent or (day if missed or unlisted else None)
            misses, since = misses + missed, absent
            if missed and misses >= rules.misses:
                end = "UNSEEN"
            elif unlisted and seen and day - seen >= timedelta(days=rules.unlisted_days):
                end = "NO_LONGER_LISTED"
        if end and began and last:
            spells.append((began, last, since, end, before))
            began, before = None, end
        if letter in "FM":
            before = {"F": "FIXED", "M": "MITIGATED"}[letter]
    return [*spells, (began, last, None, "AFFECTED", before)] if began and last else spells


def _absent(look: Look, host: Host, by_look: dict[Look, str], changes: Sequence[Change]) -> bool:
    """Whether the look would have shown the service: it lies within the stated bounds, or was once seen in the series,
    and no change of the source lies between its last sight and the look.
    """
    since = max([each.day for each in changes if each.source == look.source and each.day <= look.day], default=date.min)
    shown = [each for each, letter in by_look.items() if letter != "." and since <= each.day < look.day]
    if look.coverage == "population" and f"countries {host.country})" in look.scope:
        return since == date.min or bool(shown)
    return any((each.source, each.scope) == (look.source, look.scope) for each in shown)


@st.composite
def watched(draw: st.DrawFn) -> tuple[list[Look], list[Host], list[Change]]:
    """Looks of several sources, some on one day, the services that they show, and changes of the sources."""
    kinds = [("scan", "all"), ("other", "all"), ("scan", GB), ("scan", FR), ("list", ""), ("other list", "")]
    known = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=3, unique=True))
    days = draw(st.lists(st.integers(1, 5), min_size=1, max_size=8))
    looks, days = [], list(accumulate(days))
    for day in days:
        for source, scope in draw(st.lists(st.sampled_from(known), min_size=1, max_size=2, unique=True)):
            looks.append(scan(day, source=source, scope=scope) if scope else listing(day, source=source))
    course = st.text("A.?FMN", min_size=len(looks), max_size=len(looks))
    likely = st.lists(st.sampled_from("AAA....F?MN"), min_size=len(looks), max_size=len(looks)).map("".join)
    courses = draw(st.lists(course | likely, min_size=1, max_size=6))
    hosts = [
        Host(course=each, address=f"192.0.2.{n}", country=draw(st.sampled_from(["GB", "FR"])))
        for n, each in enumerate(courses, 1)
        if each.strip(".")
    ]
    changed = draw(st.lists(st.tuples(st.sampled_from(["scan", "list"]), st.sampled_from(days)), max_size=2))
    changes = [Change(day=after_patch(n), source=name, text="", is_declared=True) for name, n in changed]
    return looks, hosts, changes

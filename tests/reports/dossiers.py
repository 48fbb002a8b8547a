"""Dossiers to render: made-up worlds, each known by its name."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tocsin.figures import Estimate, Figure, Measure, Query
from tocsin.labels import Label
from tocsin.remediation.curves import STILL_EXPOSED
from tocsin.remediation.standing import EVER_AFFECTED, SEEN_THAT_DAY
from tocsin.reports.dossier import (
    ENDS,
    STATES,
    Course,
    Dossier,
    Mark,
    Panel,
    Remaining,
)

ORIGIN = date(2021, 3, 2)
SECTORS = (
    "health energy transport water finance government education defence food space justice post telecoms chemicals "
    "manufacturing research culture charity retail law media sport agriculture mining fishing housing insurance "
    "police customs"
).split()
HOSTILE = '<script>alert("1")</script>=cmd()\u202e\x00 #import "x" $a$ ]]> &amp; */ ' + "very long " * 30


def figure(
    state: str,
    low: float,
    high: float | None = None,
    *,
    day: date = ORIGIN,
    unit: str = "services",
    group: str | None = None,
    measure: Measure = Measure.COUNT,
    whole: Figure | None = None,
    estimate: Estimate | None = None,
    name: str | None = None,
) -> Figure:
    """A figure with everything that the tests do not look at filled in."""
    place = "GB"
    return Figure(
        id=name or f"{unit}-{state}-{group or 'all'}-{day}".replace(" ", "-"),
        low=low,
        high=low if high is None else high,
        unit=unit,
        state=state,
        place=place,
        as_of=day,
        known_at=None,
        method="Services seen by the sources of the case, folded into spells.",
        denominator=whole,
        source=Query(command="tocsin remediation exchange-proxylogon-2021 --as-of 2021-03-31", versions=("pack 1.2",)),
        group=group,
        measure=measure,
        estimate=estimate,
    )


def share(state: str, value: float, *, spread: float, open_: float, **others: object) -> Figure:
    """A share with a sampling interval of ``spread`` and bounds of ``open_`` to each side."""
    low, high = max(0.0, value - open_), min(1.0, value + open_)
    chance = Estimate(value=value, low=max(0.0, value - spread), high=min(1.0, value + spread))
    return figure(state, low, high, measure=Measure.SHARE, estimate=chance, **others)  # type: ignore[arg-type]


def course(unit: str, total: int, days: int, *, breaks: tuple[date, ...] = (), begins: int = 2) -> Course:
    """A course that looks like a real one: most are fixed within two weeks, some are never seen to end."""
    looks = [ORIGIN + timedelta(days=begins + number) for number in range(days)]
    left = [0.18 + 0.82 * math.exp(-(begins + number) / 9) for number in range(days)]
    parts = {"fixed": 0.7, "mitigated": 0.1, "unseen": 0.15, "no_longer_listed": 0.05}
    standing, exposure, ends, naive, cohort = [], [], [], [], []
    for day, still in zip(looks, left, strict=True):
        ever = figure(EVER_AFFECTED, total, day=day, unit=unit)
        counts = {"affected": total * still * 0.93, "undetermined": total * still * 0.07}
        counts |= {end: total * (1 - still) * part for end, part in parts.items()}
        for state in STATES:
            extra = counts["undetermined"] if state in ("affected", "fixed") else 0
            standing.append(figure(state, int(counts[state]), int(counts[state] + extra), day=day, unit=unit))
        exposure.append(share(STILL_EXPOSED, still, spread=0.03, open_=0.07 * still, day=day, unit=unit, whole=ever))
        ends += [
            share(end, (1 - still) * parts[end], spread=0.015, open_=0.0, day=day, unit=unit, whole=ever)
            for end in ENDS
        ]
        fixed = (1 - still) * 0.7
        seen = figure(SEEN_THAT_DAY, int(total * (fixed + still)), day=day, unit=unit)
        for whole, value in ((seen, fixed / (fixed + still)), (ever, fixed)):
            naive.append(
                figure("fixed", value, min(1, value + 0.05), day=day, unit=unit, whole=whole, measure=Measure.SHARE)
            )
        cohort.append(figure("affected", int(total * still * 0.6), day=day, unit=unit, group="cohort=every look"))
    chance = Estimate(value=9, low=8, high=11)
    median = figure(
        "median time to fix", 8, 10, day=looks[-1], unit=unit, measure=Measure.DAYS, estimate=chance, whole=ever
    )
    return Course(
        unit=unit,
        standing=tuple(standing),
        exposure=tuple(exposure),
        ends=tuple(ends),
        naive=tuple(naive),
        cohort=tuple(cohort),
        median=median,
        breaks=breaks,
    )


def panel(kind: str, group: str, days: int, slow: float) -> Panel:
    """A group that fixes at a pace of its own."""
    exposure = []
    for number in range(days):
        day = ORIGIN + timedelta(days=2 + number)
        ever = figure(EVER_AFFECTED, 40, day=day, unit="organisations", group=f"{kind}={group}")
        still = math.exp(-(2 + number) / slow)
        exposure.append(
            share(
                STILL_EXPOSED,
                still,
                spread=0.12,
                open_=0.05,
                day=day,
                unit="organisations",
                group=f"{kind}={group}",
                whole=ever,
            )
        )
    day = ORIGIN + timedelta(days=1 + days)
    now = tuple(
        figure(state, count, count + 2, day=day, unit="organisations", group=f"{kind}={group}")
        for state, count in (("affected", 12), ("fixed", 25), ("undetermined", 5))
    )
    return Panel(kind=kind, group=group, exposure=tuple(exposure), standing_now=now)  # type: ignore[arg-type]


def large(days: int = 28, label: Label = Label.AMBER) -> Dossier:
    """Everything there is, much of it."""
    last = ORIGIN + timedelta(days=1 + days)
    services = course("services", 3107, days, breaks=(date(2021, 3, 19),))
    organisations = course("organisations", 841, days)
    bodies = course("public bodies", 96, days)
    countries = tuple(
        figure("affected", 900 // (n + 1), 1000 // (n + 1), day=last, group=f"country={code}")
        for n, code in enumerate("GB DE FR US NL IT ES PL SE NO FI DK IE PT GR CZ AT BE CH HU RO BG SK".split())
    )
    reasons = tuple(
        figure("remaining", count, day=last, unit="organisations", group=f"why={why}")
        for why, count in (("never fixed", 82), ("no contact", 31), ("reopened", 14), ("undetermined", 9))
    )
    return Dossier(
        case_id="exchange-proxylogon-2021",
        title="Microsoft Exchange servers exposed to ProxyLogon",
        label=label,
        as_of=last,
        made_at=datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
        origin=ORIGIN,
        origin_text="The vendor released the security update.",
        marks=(
            Mark(day=ORIGIN, text="security update released, flaw disclosed", kind="patch"),
            Mark(day=date(2021, 3, 5), text="mass exploitation seen", kind="exploit"),
            Mark(day=date(2021, 3, 6), text="vendor's script finds traces of compromise", kind="other"),
            Mark(day=date(2021, 3, 10), text="first public exploit code", kind="exploit"),
            Mark(day=date(2021, 3, 19), text="the scan's scope grew from 20 to 31 networks", kind="method"),
            Mark(day=date(2021, 1, 5), text="flaw reported to the vendor", kind="disclosure"),
        ),
        headline=(
            figure("affected", 561, 602, day=last),
            figure("affected", 152, 163, day=last, unit="organisations"),
            figure("affected", 17, 19, day=last, unit="public bodies"),
            services.exposure[-1],
        ),
        courses=(services, organisations, bodies),
        panels=(
            *(panel("sector", name, days, 4 + 2 * n) for n, name in enumerate(SECTORS)),
            panel("public-body", "yes", days, 7),
            panel("public-body", "no", days, 11),
        ),
        countries=countries,
        reasons=reasons,
        extra=(figure("compromised and fixed", 44, 61, day=last),),
        absent=("Forecast: fewer than 10 ends in the last 7 looks.",),
        remaining=tuple(
            Remaining(
                rank=n + 1,
                who=f"Example Hospital {n + 1} of the Northern Region",
                sector="health",
                country="GB",
                services=20 - n,
                why=("never fixed", "no contact") if n % 2 else ("reopened",),
                since=ORIGIN,
                last_seen=last,
            )
            for n in range(15)
        ),
        remaining_more=137,
        method=("Spells end by fixed, mitigated, unseen or no longer listed (Turnbull 1976; Hudgens et al. 2001).",),
        limits=(
            "They count services that a scan can reach, not customers, and not what lies behind a filter.",
            "A service no longer seen may be patched, moved, filtered, switched off or missed.",
            "A fixed server may still carry a web shell.",
        ),
        commands=("tocsin report exchange-proxylogon-2021 --out DIR --as-of 2021-03-31",),
    )


def small() -> Dossier:
    """A handful of services over three looks."""
    whole = large(3)
    return replace(
        whole,
        courses=(course("services", 7, 3),),
        panels=(),
        countries=whole.countries[:2],
        remaining=whole.remaining[:2],
        remaining_more=0,
    )


def censored() -> Dossier:
    """Nothing was seen to end, so no exposure could be estimated."""
    whole = large(5)
    days = [ORIGIN + timedelta(days=2 + number) for number in range(5)]
    standing = tuple(figure(state, 50 if state == "affected" else 0, day=day) for day in days for state in STATES)
    return replace(
        whole,
        courses=(Course(unit="services", standing=standing),),
        panels=(),
        reasons=(),
        extra=(),
        absent=("Exposure over time: no end was seen, so no curve can be estimated.",),
    )


def one_scan() -> Dossier:
    """One look only."""
    whole = large(1)
    return replace(whole, courses=(course("services", 300, 1), course("organisations", 90, 1)), remaining_more=0)


def hostile() -> Dossier:
    """Every text that strangers write is written to do harm."""
    whole = large(6)
    who = tuple(replace(one, who=HOSTILE, sector=HOSTILE, country=HOSTILE, why=(HOSTILE,)) for one in whole.remaining)
    return replace(
        whole,
        case_id=HOSTILE,
        title=HOSTILE,
        origin_text=HOSTILE,
        marks=tuple(replace(mark, text=HOSTILE) for mark in whole.marks),
        headline=tuple(replace(one, state=HOSTILE, place=HOSTILE, id=HOSTILE) for one in whole.headline),
        panels=tuple(replace(one, group=HOSTILE + str(n)) for n, one in enumerate(whole.panels)),
        countries=tuple(replace(one, group=f"country={HOSTILE}{n}") for n, one in enumerate(whole.countries)),
        remaining=who,
        absent=(HOSTILE,) * 9,
        method=(HOSTILE,) * 9,
        limits=(HOSTILE,) * 9,
        commands=(HOSTILE,) * 9,
    )


def clear() -> Dossier:
    """For the public, with small groups in it."""
    whole = large(10, Label.CLEAR)
    last = whole.as_of
    countries = tuple(
        figure("affected", count, day=last, group=f"country={code}")
        for code, count in (("GB", 120), ("DE", 40), ("FR", 3), ("IE", 9))
    )
    return replace(whole, countries=countries)


WORLDS = {
    "large": large,
    "small": small,
    "censored": censored,
    "one-scan": one_scan,
    "hostile": hostile,
    "clear": clear,
}

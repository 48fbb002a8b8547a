"""Material for the tests of answers: a made-up case with every kind of figure in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from tocsin.figures import Estimate, Figure, Measure, Query
from tocsin.remediation.curves import EXPOSED, STILL_EXPOSED
from tocsin.remediation.measures import Course
from tocsin.remediation.standing import EVER_AFFECTED, SEEN_THAT_DAY
from tocsin.reports._statements import CASE
from tocsin.reports.material import Material, OtherCase, Table

DAY = date(2021, 3, 31)
EVIL = 'Example | <b>Clinic</b>\n# now*\x1b[2J\u202e =cmd() #import "x" https://evil.example'
CENSUS = Query(command=f"tocsin census {CASE} --as-of {DAY} --window 7", versions=("pack 1",))
FOLLOWED = Query(command=f"tocsin remediation {CASE} --to {DAY}", versions=("pack 1",))


def count(name: str, low: float, high: float | None = None, **others: object) -> Figure:
    """A count with the id KIND-STATE; the other parts filled in."""
    unit, _, state = name.rpartition("-")
    places = {"constituency-services": "the constituency", "beyond-registry-services": "beyond the registry"}
    parts: dict[str, object] = {
        "id": name,
        "low": low,
        "high": low if high is None else high,
        "unit": "services" if "services" in unit else unit.replace("-", " "),
        "state": state,
        "place": places.get(unit, "everywhere seen" if unit == "services" else "the constituency"),
        "as_of": DAY,
        "known_at": None,
        "method": "counted by test",
        "denominator": None,
        "source": CENSUS,
    }
    return Figure(**{**parts, **others})  # type: ignore[arg-type]


def share(whole: Figure, state: str, low: float, high: float, *, day: date = DAY, value: float | None = None) -> Figure:
    """A share of ``whole``, estimated where ``value`` is given."""
    return replace(
        whole,
        id=f"{whole.unit.replace(' ', '-')}-{state.replace(' ', '-')}",
        measure=Measure.SHARE,
        state=state,
        as_of=day,
        low=low,
        high=high,
        denominator=whole,
        estimate=None if value is None else Estimate(value=value, low=value - 0.01, high=value + 0.01),
    )


def course(unit: str, exposed: int = 200, *, days: Sequence[int] = (0, 3, 7, 9)) -> Course:
    """A course that ends with a tenth still exposed; ``days`` before the last are those with a look."""
    whole = count(f"{unit.replace(' ', '-')}-exposed", exposed, source=FOLLOWED, state=EXPOSED)
    looks = [DAY - timedelta(days=number) for number in sorted(days, reverse=True)]
    seen = replace(whole, state=SEEN_THAT_DAY, low=exposed - 20)
    ever = replace(whole, state=EVER_AFFECTED)
    naive = [replace(share(seen, "fixed", 0.6, 0.9, day=day), id=f"{unit}-naive-seen") for day in looks]
    naive += [replace(share(ever, "fixed", 0.5, 0.8, day=day), id=f"{unit}-naive-ever") for day in looks]
    median = replace(whole, id=f"{unit}-median", measure=Measure.DAYS, state="median time to fix", denominator=whole)
    return Course(
        unit=unit,
        exposure=tuple(share(whole, STILL_EXPOSED, 0.05, 0.3, day=day, value=0.1) for day in looks),
        ends=tuple(share(whole, "fixed", 0.6, 0.9, day=day, value=0.8) for day in looks),
        naive=tuple(naive),
        ever_affected=replace(ever, id=f"{unit.replace(' ', '-')}-ever-affected"),
        median=replace(median, low=7, high=9, estimate=Estimate(value=8, low=7, high=9)),
        absent=("the half-life of exposure cannot be told: only about 3 ended",),
    )


def remaining(group: str | None = None, number: int = 90) -> Figure:
    """Organisations that remain."""
    found = count("organisations-remaining", 90, source=replace(FOLLOWED, command=f"{FOLLOWED.command} --left"))
    if group is None:
        return found
    return replace(found, id=f"{found.id}/{group}", group=group, low=number, high=number, denominator=found)


CENSUS_FIGURES = (
    count("services-seen", 500),
    count("services-affected", 100, 200),
    count("services-undetermined", 50, 60),
    count("services-fixed", 240, 390),
    count("services-compromised_confirmed", 30),
    count("beyond-registry-services-affected", 40, 90),
    count("constituency-services-affected", 50, 130),
    count("organisations-seen", 300),
    count("organisations-affected", 60, 120),
    count("organisations-undetermined", 20, 40),
    count("public-bodies-seen", 80),
    count("public-bodies-affected", 20, 40),
    count("public-bodies-undetermined", 10, 20),
)


def material(**others: object) -> Material:
    """A case on 31 March 2021 of which everything is known."""
    found = Material(
        case_id=CASE,
        title="ProxyLogon",
        as_of=DAY,
        census=CENSUS_FIGURES,
        courses=tuple(course(unit) for unit in ("services", "organisations", "public bodies")),
        looks=4,
        remaining=(
            remaining(),
            remaining("why=never fixed", 70),
            remaining("why=no contact", 15),
            remaining("sector=health", 50),
            remaining("sector=food", 40),
        ),
        others=(OtherCase(case_id="example-2023", title="Example", why=("nothing was taken in yet",)),),
        public_bodies=Table(title="Public bodies", columns=("public body", "affected"), rows=((EVIL, "beyond doubt"),)),
        method=("counted by test", "followed by test"),
        versions=("pack 1",),
    )
    return replace(found, **others)  # type: ignore[arg-type]

from __future__ import annotations

from datetime import UTC, date, datetime

import pyarrow as pa
from tests.testing.table import BUILDS

from tocsin.figures import Figure, Query
from tocsin.testing import Organisation, compare, read_builds, true_counts, when_last_seen, wrong_findings

COUNCIL = Organisation(id="org-1", name="Example Council", sector="health", public_body=True, domain="council.example")
DAY = date(2021, 3, 10)


def row(day: int, status: str, **others: object) -> dict[str, object]:
    common = {
        "seen_at": datetime(2021, 3, day, 12, tzinfo=UTC),
        "address": "192.0.2.7",
        "port": 443,
        "service": 1,
        "owner": "org-1",
        "operator": None,
        "owner_shown": True,
        "status": status,
        "build": "15.1.2176.4" if status == "affected" else "15.1.2176.9",
        "parts_shown": 4,
        "webshell_seen": False,
    }
    return common | others


def table(*rows: dict[str, object]) -> pa.Table:
    schema = pa.schema([("seen_at", pa.timestamp("us", "UTC"))])
    found = pa.Table.from_pylist(list(rows))
    return found.set_column(0, schema.field(0), found["seen_at"].cast(schema.field(0).type))


def figure(low: int, high: int) -> Figure:
    return Figure(
        id="services-affected",
        low=low,
        high=high,
        unit="services",
        state="affected",
        place="everywhere seen",
        as_of=DAY,
        known_at=None,
        method="",
        denominator=None,
        source=Query(command=""),
    )


def test_a_service_counts_in_the_state_it_had_when_last_seen_in_the_window() -> None:
    observed = table(row(5, "affected"), row(9, "fixed"), row(11, "affected"), row(1, "affected", service=2))
    counts = true_counts(when_last_seen(observed, as_of=DAY), [COUNCIL])
    assert counts["services-seen"] == counts["services-fixed"] == 1
    assert counts["services-affected"] == 0
    assert counts["organisations-fixed/sector=health"] == counts["public-bodies-fixed"] == 1


def test_an_organisation_is_affected_if_any_of_its_services_is() -> None:
    observed = table(row(9, "fixed"), row(9, "affected", service=2))
    counts = true_counts(when_last_seen(observed, as_of=DAY), [COUNCIL])
    assert counts["organisations-affected"] == 1
    assert counts["organisations-fixed"] == 0


def test_a_web_shell_once_seen_counts_until_it_is_known_to_be_cleaned() -> None:
    observed = table(row(2, "affected", webshell_seen=True), row(9, "fixed"))
    counts = true_counts(when_last_seen(observed, as_of=DAY), [COUNCIL])
    assert counts["services-compromised_confirmed"] == 1


def test_without_any_sign_of_its_owner_a_service_is_its_providers_or_beyond_the_registry() -> None:
    hidden = row(9, "affected", owner_shown=False)
    assert when_last_seen(table(hidden | {"operator": "provider-1"}), as_of=DAY).holder[0] == "provider-1"
    counts = true_counts(when_last_seen(table(hidden), as_of=DAY), [COUNCIL])
    assert counts["beyond-registry-services-affected"] == 1
    assert counts["organisations-affected"] == 0


def test_a_figure_holds_when_the_truth_lies_within_its_bounds() -> None:
    assert [check.holds for check in compare([figure(3, 5), figure(5, 9)], {"services-affected": 4})] == [True, False]


def test_a_wrong_verdict_a_wrong_owner_and_an_unseen_service_are_told() -> None:
    observed = table(row(9, "fixed"), row(9, "affected", service=2, address="192.0.2.8"))
    good = {"address": "192.0.2.7", "port": 443, "status": "fixed", "build": "15.1.2176.9", "certainty": "proven"}
    good["constituent"] = "org-1"
    findings = [
        good,
        good | {"address": "192.0.2.8", "status": "fixed", "build": "15.1.2176.4"},
        good | {"constituent": "org-2"},
        good | {"constituent": "org-2", "certainty": "claimed"},
        good | {"address": "192.0.2.9"},
    ]
    builds = read_builds(BUILDS, cve="CVE-2021-26855", concerned=["Exchange 2016"])
    assert list(wrong_findings(findings, observed, builds, as_of=DAY)) == [
        "192.0.2.8 port 443: 15.1.2176.4 is affected, not fixed",
        "192.0.2.8 port 443: was affected when last seen with build 15.1.2176.4, not fixed",
        "192.0.2.7 port 443: answers to org-1, not org-2",
        "192.0.2.9 port 443 was never seen in the window",
    ]

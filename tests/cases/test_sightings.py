"""What one observation shows."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cases.packs import proxylogon, shipped

from tocsin.cases import Compromise, Method, Sighting, fields_read, gather_evidence, is_of_case
from tocsin.cases.sightings import TAGS_TEXT_LIMIT, find_build, listed, products_named

DAY = date(2021, 5, 14)


def own(**fields: str) -> Sighting:
    return Sighting(**{"source": "own_scan", "day": DAY} | fields)


def test_a_row_is_of_the_case_by_source_product_or_tag() -> None:
    case = proxylogon()
    assert is_of_case(case, own(source="scan6_exchange"))
    assert is_of_case(case, own(product="Microsoft Exchange smtpd"))
    assert is_of_case(case, own(tags="cve-2021-26855:negative"))
    assert not is_of_case(case, own(product="nginx", version="15.1.2106.8", tags="webshell"))


@pytest.mark.parametrize(
    ("fields", "build"),
    [
        ({"version": "15.1.2106.8"}, "15.1.2106.8"),
        ({"version": " "}, None),
        ({"version": "nonsense", "detail": "X-OWA-Version: 15.1.2106.8"}, "nonsense"),
        ({"detail": "x-owa-version: 15.1.2106.8"}, "15.1.2106.8"),
        ({"detail": "GET /owa/auth/15.1.2176/themes"}, "15.1.2176"),
        ({"detail": "a mail server"}, None),
        ({"source": "scan_exchange", "detail": "X-OWA-Version: 15.1.2106.8"}, None),
        ({}, None),
    ],
)
def test_where_a_build_is_found(fields: dict[str, str], build: str | None) -> None:
    assert find_build(proxylogon(), own(**fields)) == build


def test_products_are_named_in_the_fields_that_the_pack_says() -> None:
    assert products_named(proxylogon(), own(product="Exchange Server 2016")) == {"Exchange 2016"}
    assert products_named(proxylogon(), own(product="Microsoft Exchange")) == set()
    assert products_named(shipped("citrix-bleed-2023"), own(version="13.1-37.164 FIPS")) == {"NetScaler ADC FIPS"}


def test_evidence_goes_by_tag_source_and_day() -> None:
    case = shipped("exchange-proxyshell-2021")
    before, hangs = gather_evidence(case, own(tags="WebShell"))
    assert [(each.method, each.level, each.tag) for each in before] == [(Method.TRACE, Compromise.POSSIBLE, "webshell")]
    assert hangs
    assert gather_evidence(case, own(tags="cve-2021-34473")) == ((), False)
    assert gather_evidence(case, own(tags="cve-2021-34473", source="special"))[0][0].method is Method.ACTIVE_CHECK


def test_a_tag_that_is_cut_off_is_no_tag() -> None:
    tags = "x" * (TAGS_TEXT_LIMIT - len(";webshell")) + ";webshell:cleaned"
    assert "webshell" not in own(tags=tags).tag_list()


def test_a_glob_covers_and_an_exclamation_mark_takes_out() -> None:
    globs = ("scan_*", "!scan_http*", "special")
    assert [listed(name, globs) for name in ("scan_exchange", "scan_http_vulnerable", "special", "other")] == [
        True,
        False,
        True,
        False,
    ]


def test_the_fields_that_matter_are_known_beforehand() -> None:
    assert fields_read(proxylogon(), "scan_exchange") == {"product": True, "version": True, "tags": True}
    assert fields_read(proxylogon(), "own_scan")["detail"] is False
    assert fields_read(shipped("citrix-bleed-2023"), "own_scan")["detail"] is True

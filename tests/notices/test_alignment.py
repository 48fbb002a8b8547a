"""SPF, DKIM and DMARC, judged from answers given here."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tocsin.notices._spf import SpfError, spf_result
from tocsin.notices.alignment import Ask, Outlook, Signing, check_mail, check_sender

DOMAIN = "cert.example"
RELAY = "192.0.2.25"
KEY = "v=DKIM1; k=rsa; p=MIIB"
GOOD = {
    ("cert.example", "TXT"): ("other=1", "v=spf1 ip4:192.0.2.0/24 -all"),
    ("a._domainkey.cert.example", "TXT"): (KEY,),
    ("_dmarc.cert.example", "TXT"): ("v=DMARC1; p=reject",),
    ("cert.example", "MX"): ("mx.cert.example",),
}
SIGNING = Signing(domain=DOMAIN, selector="a", is_ours=lambda record: record == KEY)


def asking(*changes: Mapping[tuple[str, str], tuple[str, ...]]) -> Ask:
    answers = dict(GOOD)
    for change in changes:
        answers |= change
    return lambda name, kind: answers.get((name, kind), ())


def outlooks(ask: Ask, signing: Signing | None = SIGNING, relay: tuple[str, ...] = (RELAY,)) -> list[Outlook]:
    return [check.outlook for check in check_sender(DOMAIN, relay=relay, signing=signing, ask=ask)]


FINE, WARNING, FAULT = Outlook.FINE, Outlook.WARNING, Outlook.FAULT


def test_all_is_well() -> None:
    assert outlooks(asking()) == [FINE, FINE, FINE]
    assert check_mail(DOMAIN, asking()).outlook is FINE


@pytest.mark.parametrize(
    ("record", "outlook", "words"),
    [
        ((), FAULT, "has no SPF record"),
        (("v=spf1 -all", "v=spf1 mx -all"), FAULT, "2 SPF records"),
        (("v=spf1 +all",), FAULT, "lets anybody"),
        (("v=spf1 ip4:198.51.100.0/24 -all",), WARNING, "does not name the relay"),
        (("v=spf1 ip4:nonsense -all",), FAULT, "no network"),
        (("v=spf1 include:none.example -all",), FAULT, "has no SPF record"),
        (("v=spf1 include:cert.example -all",), FAULT, "more than 10"),
    ],
)
def test_spf(record: tuple[str, ...], outlook: Outlook, words: str) -> None:
    [check, *_] = check_sender(DOMAIN, relay=(RELAY,), signing=SIGNING, ask=asking({(DOMAIN, "TXT"): record}))
    assert check.outlook is outlook
    assert words in check.what
    assert check.remedy


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ((), "there is no key"),
        (("v=DKIM1; p=",), "revoked"),
        (("v=DKIM1; p=OTHER",), "not the one that goes with ours"),
    ],
)
def test_dkim(record: tuple[str, ...], words: str) -> None:
    ask = asking({("a._domainkey.cert.example", "TXT"): record})
    check = check_sender(DOMAIN, relay=(RELAY,), signing=SIGNING, ask=ask)[1]
    assert check.outlook is FAULT
    assert words in check.what


def test_without_a_key_of_ours_spf_alone_carries_dmarc_with_a_warning() -> None:
    assert outlooks(asking(), signing=None) == [FINE, WARNING, WARNING]
    assert outlooks(asking({(DOMAIN, "TXT"): ()}), signing=None) == [FAULT, WARNING, FAULT]


def test_alignment_strict_and_relaxed() -> None:
    above = Signing(domain="example", selector="a", is_ours=lambda _: True)
    key = {("a._domainkey.example", "TXT"): (KEY,)}
    no_spf: dict[tuple[str, str], tuple[str, ...]] = {(DOMAIN, "TXT"): ()}
    strict = {("_dmarc.cert.example", "TXT"): ("v=DMARC1; p=reject; adkim=s",)}
    assert outlooks(asking(key, no_spf), above)[2] is FINE
    assert outlooks(asking(key, no_spf, strict), above)[2] is FAULT
    assert outlooks(asking(key, strict), above)[2] is WARNING


def test_dmarc_of_the_domain_above_counts_and_a_broken_one_does_not() -> None:
    none: dict[tuple[str, str], tuple[str, ...]] = {("_dmarc.cert.example", "TXT"): ()}
    assert outlooks(asking(none))[2] is FAULT
    above = Signing(domain="mail.cert.example", selector="a", is_ours=lambda _: True)
    answers = asking(
        {("a._domainkey.mail.cert.example", "TXT"): (KEY,), ("mail.cert.example", "TXT"): ("v=spf1 -all",)}
    )
    checks = check_sender("mail.cert.example", relay=(), signing=above, ask=answers)
    assert checks[2].outlook is FINE
    assert outlooks(asking({("_dmarc.cert.example", "TXT"): ("v=DMARC1; p=maybe",)}))[2] is FAULT


def test_where_bounces_go() -> None:
    assert check_mail("none.example", asking()).outlook is FAULT
    assert check_mail("a.example", asking({("a.example", "A"): ("192.0.2.1",)})).outlook is WARNING


@pytest.mark.parametrize(
    ("record", "address", "result"),
    [
        ("v=spf1 a -all", "192.0.2.1", "pass"),
        ("v=spf1 a/24 -all", "192.0.2.77", "pass"),
        ("v=spf1 mx ~all", "192.0.2.2", "pass"),
        ("v=spf1 mx ~all", "192.0.2.3", "softfail"),
        ("v=spf1 ip6:2001:db8::/32 ?all", "2001:db8::1", "pass"),
        ("v=spf1 ip6:2001:db8::/32 ?all", "192.0.2.1", "neutral"),
        ("v=spf1 include:relay.example -all", "198.51.100.9", "pass"),
        ("v=spf1 redirect=relay.example", "198.51.100.9", "pass"),
        ("v=spf1 -ip4:192.0.2.1 +all", "192.0.2.1", "fail"),
        ("v=spf1", "192.0.2.1", "neutral"),
    ],
)
def test_spf_is_evaluated(record: str, address: str, result: str) -> None:
    answers = {
        ("c.example", "TXT"): (record,),
        ("c.example", "A"): ("192.0.2.1",),
        ("c.example", "MX"): ("mx.c.example",),
        ("mx.c.example", "A"): ("192.0.2.2",),
        ("relay.example", "TXT"): ("v=spf1 ip4:198.51.100.0/24 -all",),
    }
    assert spf_result("c.example", address, lambda name, kind: answers.get((name, kind), ())) == result


def test_a_word_that_means_nothing_breaks_the_record() -> None:
    with pytest.raises(SpfError, match="means nothing"):
        spf_result("c.example", "192.0.2.1", lambda *_: ("v=spf1 ipv4:192.0.2.1 -all",))

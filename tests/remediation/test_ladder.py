"""Which way comes next."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.remediation.reaching import told

from tocsin.notices import Standing
from tocsin.remediation.ladder import Step, Way, next_step
from tocsin.remediation.parties import Told

OWN, OTHER = (Way(remove="own", channel="mail", address=f"{name}@council.example") for name in ("it", "owner"))
PROVIDER = Way(remove="provider", channel="mail", address="noc@provider.example")
CERT = Way(remove="cert", channel="mail", address="cert@cert.example")
PHONE = Way(remove="own", channel="phone", address="+44 20 7946 0000")
WAYS = (OWN, OTHER, PROVIDER, CERT, PHONE)


def _told(way: Way, standing: str = "silent") -> Told:
    return told(standing, way.address, channel=way.channel, address=way.address)


def test_the_ladder_is_climbed_step_by_step_until_a_person_decides() -> None:
    notices, climbed = list[Told](), []
    for _ in Step:
        step, way = next_step(WAYS, notices)
        climbed.append(step)
        by = way or Way(remove="own", channel="post", address="High Street 1")
        notices.append(_told(by, "written" if by.channel in ("phone", "post") else "silent"))
    assert climbed == list(Step)


def test_what_is_not_known_is_passed_over_but_phone_and_post() -> None:
    assert next_step((), ()) == (Step.PHONE, None)
    assert next_step((CERT,), ()) == (Step.CERT, CERT)
    assert next_step((OWN,), [_told(OWN)]) == (Step.PHONE, None)


def test_the_same_address_is_not_tried_again_however_it_is_spelt() -> None:
    shouted = Way(remove="own", channel="mail", address=OWN.address.upper())
    assert next_step((shouted, OTHER), [_told(OWN, "bounced")]) == (Step.SECOND, OTHER)


def test_a_second_contact_is_the_second_even_when_the_first_is_gone() -> None:
    assert next_step((OWN, OTHER), [_told(OWN)])[0] is Step.SECOND
    assert next_step((OTHER,), [_told(OWN)])[0] is Step.MAIL


def test_a_mail_that_was_only_written_to_a_file_was_not_tried() -> None:
    assert next_step((OWN,), [_told(OWN, "written")]) == (Step.MAIL, OWN)
    assert next_step((PHONE,), [_told(PHONE, "written")]) == (Step.LETTER, None)


@given(st.sets(st.sampled_from(WAYS)), st.lists(st.tuples(st.sampled_from(WAYS), st.sampled_from(list(Standing)))))
def test_a_way_that_was_tried_never_comes_next(ways: set[Way], tried: list[tuple[Way, Standing]]) -> None:
    step, way = next_step(sorted(ways, key=WAYS.index), [_told(each, standing) for each, standing in tried])
    gone = {each for each, standing in tried if standing in ("silent", "bounced", "refused", "answered", "uncertain")}
    assert way not in gone
    assert way is not None or step in (Step.PHONE, Step.LETTER, Step.PERSON)

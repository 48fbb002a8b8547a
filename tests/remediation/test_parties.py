"""Those to be told, and how they stand at the last look."""

from __future__ import annotations

from tests.remediation.measuring import followed
from tests.remediation.watching import Host, after_patch, scans

from tocsin.remediation.parties import Exposure, exposures, fixed_by_day, nobodys

IP = {"ip_hi": 0, "ip_lo": (0xFFFF << 32) | 0xC0000201}


def _held(course: str, number: int = 1, constituent: str | None = "council", certainty: str = "proven") -> Host:
    return Host(course=course, address=f"192.0.2.{number}", constituent=constituent, certainty=certainty)


def _of(*courses: str, compromise: str = "") -> Exposure | None:
    hosts = [_held(course, number) for number, course in enumerate(courses, 1)]
    traces = ({**IP, "compromise": compromise},) if compromise else ()
    return exposures(followed(scans(*range(1, len(courses[0]) + 1)), *hosts, traces=traces)).get("council")


def test_it_stands_where_the_worst_of_its_services_does() -> None:
    states = {course: found.state for course in ("AAA", "AFF", "AMM", "A..", "A??", "???") if (found := _of(course))}
    assert states == {
        "AAA": "open",
        "AFF": "fixed",
        "AMM": "mitigated",
        "A..": "out of sight",
        "A??": "open",
        "???": "undetermined",
    }
    assert _of("AFF", "AAA") == _of("AAA")
    assert _of("AFF", "A..") == _of("A..")


def test_it_is_fixed_on_the_day_that_its_last_service_is() -> None:
    found = _of("AFFF", "AAAF", "FFFF")
    assert found == Exposure(is_sure=True, state="fixed", fixed_on=after_patch(4))
    assert _of("AFAF") == Exposure(is_sure=True, state="fixed", fixed_on=after_patch(4))


def test_what_is_affected_again_says_since_when() -> None:
    found = _of("AFAA")
    assert found == Exposure(is_sure=True, state="open", reopened_on=after_patch(3))


def test_only_what_was_undetermined_is_not_sure() -> None:
    found = _of("??F")
    assert found is not None
    assert not found.is_sure


def test_a_compromise_outlasts_the_fix_and_is_enough_to_be_told() -> None:
    fixed = _of("AFF", compromise="confirmed")
    assert fixed is not None
    assert (fixed.state, fixed.compromise) == ("fixed", "confirmed")
    only = _of("FFF", compromise="possible")
    assert only == Exposure(is_sure=True, state="fixed", fixed_on=after_patch(1), compromise="possible")


def test_whoever_was_never_concerned_is_no_party() -> None:
    assert _of("FFF") is None
    assert _of("NNN") is None


def test_what_is_not_proven_makes_no_party_and_is_counted_beside() -> None:
    hosts = (
        _held("AAA", 1, None, "none"),
        _held("AFF", 2, None, "none"),
        _held("???", 3, None, "none"),
        _held("FFF", 4, None, "none"),
        _held("AAA", 5, "bakery", "claimed"),
        _held("AAA", 6, "bakery;council", "disputed"),
    )
    subject = followed(scans(1, 2, 3), *hosts)
    assert exposures(subject) == {}
    assert nobodys(subject) == {"none": (2, 3), "claimed": (2, 2)}


def test_who_stood_fixed_on_each_look() -> None:
    subject = followed(scans(1, 2, 3), _held("AFF", 1), _held("AAF", 2), _held("A..", 3, "bakery"))
    fixed, gone = fixed_by_day(subject, ["bakery", "council", "nobody"])
    assert fixed.tolist() == [[False, False, False], [False, False, False], [False, True, False]]
    assert gone[-1].tolist() == [True, False, True]

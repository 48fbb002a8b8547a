"""Who remains, worst first, and why."""

from __future__ import annotations

from tests.remediation.measuring import followed
from tests.remediation.watching import Host, after_patch, scans

from tocsin.remediation.left import REASONS, Left, who_is_left

AGAIN = "affected again"


def _held(course: str, number: int, constituent: str | None, certainty: str = "proven", country: str = "GB") -> Host:
    address = f"192.0.2.{number}"
    return Host(course=course, address=address, constituent=constituent, certainty=certainty, country=country)


def _trace(number: int, level: str = "confirmed") -> dict[str, object]:
    return {"ip_hi": 0, "ip_lo": (0xFFFF << 32) | 0xC0000200 | number, "compromise": level}


def _left(*hosts: Host, looks: int = 3, traces: tuple[dict[str, object], ...] = ()) -> tuple[Left, ...]:
    return who_is_left(followed(scans(*range(1, looks + 1)), *hosts, traces=traces), {"council"})


def _why(course: str, **how: object) -> tuple[str, ...]:
    found = _left(_held(course, 1, "council"), looks=len(course), **how)  # type: ignore[arg-type]
    return found[0].why if found else ()


def test_what_is_fixed_or_gone_is_not_left() -> None:
    assert _why("AAF") == _why("AM") == _why("A..") == _why("AN") == _why("FF") == _why("N") == ()


def test_what_was_never_seen_fixed() -> None:
    assert _why("AAA") == _why("A.A") == ("never fixed",)


def test_what_was_fixed_or_mitigated_and_is_affected_again() -> None:
    assert _why("AFA") == _why("AMA") == _why("FA") == (AGAIN,)


def test_a_fix_is_remembered_whatever_came_since() -> None:
    assert _why("A..FA") == _why("AFA..A") == (AGAIN,)


def test_what_cannot_be_told() -> None:
    assert _why("??") == ("undetermined",)
    assert _why("A?") == ("never fixed", "undetermined")


def test_a_trace_of_compromise_outlasts_the_fix() -> None:
    assert _why("AF", traces=(_trace(1),)) == ("compromised",)
    assert _why("AF", traces=(_trace(1, "possible"),)) == ("possibly compromised",)
    assert _why("AA", traces=(_trace(1),)) == ("compromised", "never fixed")


def test_whoever_cannot_be_reached_is_marked() -> None:
    (found,) = _left(_held("AAA", 1, "bakery"))
    assert found.why == ("never fixed", "no contact")


def test_the_gravest_reason_comes_first_and_then_the_most_services() -> None:
    hosts = [
        _held("AAA", 1, "council"),
        _held("AFA", 2, "bakery"),
        _held("AAA", 3, None, "none", "FR"),
        _held("AAA", 4, None, "none", "FR"),
        _held("???", 5, None, "none", "DE"),
        _held("AFF", 6, "mill"),
    ]
    found = _left(*hosts, traces=(_trace(6),))
    assert [(each.constituent, each.country, each.affected) for each in found] == [
        ("mill", "", 0),
        ("bakery", "FR", 1),
        (None, "FR", 2),
        ("council", "GB", 1),
        (None, "DE", 0),
    ]


def test_the_services_of_one_holder_are_one_entry() -> None:
    (found,) = _left(_held("AAA", 1, "council"), _held(".A.", 2, "council"), _held("AFF", 3, "council"))
    assert (found.services, found.affected) == (2, 2)
    assert (found.since, found.last_seen) == (after_patch(1), after_patch(3))


def test_what_is_claimed_or_disputed_is_nobodys_yet() -> None:
    found = _left(_held("AAA", 1, "council", "claimed"), _held("AAA", 2, "bakery;council", "disputed"))
    assert [(each.constituent, each.services) for each in found] == [(None, 2)]


def test_without_a_country_it_says_so() -> None:
    (found,) = _left(Host(course="AAA", country=None))
    assert (found.constituent, found.country, found.sector) == (None, "not known", "")


def test_what_is_undetermined_has_no_day_since_when() -> None:
    (found,) = _left(_held(".??", 1, "council"))
    assert (found.since, found.last_seen) == (None, after_patch(3))


def test_nobody_left_is_an_empty_list() -> None:
    assert _left(_held("FFF", 1, "council")) == ()


def test_every_reason_given_is_one_of_those_named() -> None:
    traces = (_trace(1), _trace(2, "possible"))
    found = _left(_held("AFA", 1, "bakery"), _held("A??", 2, "mill"), traces=traces)
    assert {reason for each in found for reason in each.why} == set(REASONS)

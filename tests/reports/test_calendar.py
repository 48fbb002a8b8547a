"""The calendar file is what RFC 5545 asks for, whatever a stranger's name holds."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from tocsin.labels import Label
from tocsin.reports.calendar import Entry, calendar

NOW = datetime(2021, 3, 24, 12, 30, tzinfo=UTC)
DAY = date(2021, 3, 24)


def _entry(summary: str = "Example Council: put on the phone list", *lines: str, key: str = "k") -> Entry:
    return Entry(key=key, on=DAY, summary=summary, lines=lines)


def _parsed(data: bytes) -> list[tuple[str, str]]:
    """Unfolds and splits the content lines, as section 3.1 says; a plain reader of its own."""
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    assert all(len(line) <= 75 and b"\r" not in line and b"\n" not in line for line in physical)
    unfolded = list[bytes]()
    for line in physical:
        if line.startswith(b" "):
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    pairs = [line.decode().partition(":") for line in unfolded]
    assert all(colon for _, colon, _ in pairs)
    return [(name, value) for name, _, value in pairs]


def _unescaped(value: str) -> str:
    found, signs = "", iter(value)
    for sign in signs:
        escaped = next(signs) if sign == "\\" else ""
        assert escaped in ("", "\\", ";", ",", "n")
        assert sign not in ";,"
        found += "\n" if escaped == "n" else escaped or sign
    return found


def _made(*entries: Entry) -> list[tuple[str, str]]:
    return _parsed(calendar(entries, Label.AMBER, name="case: due", now=NOW))


def test_an_entry_is_an_event_of_a_whole_day_under_its_label() -> None:
    found = dict(_made(_entry("Example Council: call", "why: bounced", "address: it@council.example")))
    assert (found["DTSTART;VALUE=DATE"], found["DTEND;VALUE=DATE"]) == ("20210324", "20210325")
    assert found["DTSTAMP"] == "20210324T123000Z"
    assert found["SUMMARY"] == "Example Council: call"
    assert _unescaped(found["DESCRIPTION"]) == "TLP:AMBER\nwhy: bounced\naddress: it@council.example"
    assert found["CATEGORIES"] == "TLP:AMBER"
    assert found["NAME"] == "TLP:AMBER case: due"


def test_every_part_is_opened_and_closed() -> None:
    marks = [pair for pair in _made(_entry(key="a"), _entry(key="b")) if pair[0] in ("BEGIN", "END")]
    event = [("BEGIN", "VEVENT"), ("END", "VEVENT")]
    assert marks == [("BEGIN", "VCALENDAR"), *event, *event, ("END", "VCALENDAR")]
    assert _made()[0] == ("BEGIN", "VCALENDAR")


def test_the_same_thing_to_do_has_the_same_id_whenever_it_is_written() -> None:
    ids = {key: dict(_made(_entry(str(n), key=key)))["UID"] for n, key in enumerate(("a", "b", "a"))}
    assert len(set(ids.values())) == 2
    assert dict(_made(_entry("first", key="a")))["UID"] == dict(_made(_entry("second", key="a")))["UID"]


@given(st.text(max_size=200), st.lists(st.text(max_size=80), max_size=4))
def test_no_name_breaks_out_of_its_line(summary: str, lines: list[str]) -> None:
    found = _made(_entry(summary, *lines))
    assert [name for name, _ in found if name in ("BEGIN", "END", "UID", "SUMMARY", "DESCRIPTION")] == [
        *("BEGIN", "BEGIN", "UID", "SUMMARY", "DESCRIPTION", "END", "END")
    ]
    told = dict(found)
    assert _unescaped(told["DESCRIPTION"]).count("\n") == len(lines)
    if summary.isprintable():
        assert _unescaped(told["SUMMARY"]) == summary

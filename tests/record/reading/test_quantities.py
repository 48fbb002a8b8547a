"""Quantities: the number, what is counted, how surely, out of what. The texts are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.reading.pages import document_of, running_text

from tocsin.figures import Figure, Measure, Passage
from tocsin.record.assertions import Modality, Quantity
from tocsin.record.gazetteer import load_gazetteer
from tocsin.record.reading.laying import lay_out
from tocsin.record.reading.quantities import read_quantities

DAY = date(2023, 5, 3)


def quantities(text: str) -> list[Quantity]:
    page = running_text(text, day=DAY)
    return [one.body for one in read_quantities(page) if isinstance(one.body, Quantity)]


def one_figure(text: str) -> Figure:
    (one,) = quantities(text)
    assert one.figure is not None
    return one.figure


def counted(text: str) -> list[tuple[str, str]]:
    return [(one.number.of(text), one.unit) for one in quantities(text)]


def test_a_count_has_its_unit_its_hedges_and_a_figure_with_its_passage() -> None:
    text = "An estimated 3,000 servers of Example Mail may have been vulnerable."
    (one,) = quantities(text)
    assert (one.value, one.unit, one.comparator, one.modality) == (3_000, "servers", "~", Modality.POSSIBLE)
    assert [span.of(text) for span in one.hedges] == ["estimated", "may have been"]
    assert one.figure is not None
    assert (one.figure.low, one.figure.high, one.figure.method) == (3_000, 3_000, "claimed (estimated; may have been)")
    assert isinstance(one.figure.source, Passage)
    assert one.figure.source.text == "An estimated 3,000 servers of Example Mail may have been vulnerable"


def test_a_share_counts_its_whole() -> None:
    (one,) = quantities("By the end of April, 92% of customers had installed the updates.")
    assert (one.value, one.unit, one.state) == (92, "percent", "updates-installed")
    assert one.figure is not None
    assert (one.figure.measure, one.figure.low, one.figure.unit) == (Measure.SHARE, 0.92, "customers")
    assert one.figure.as_of == date(2023, 4, 30)


def test_a_part_has_its_whole_as_denominator() -> None:
    text = "27 of the 31 utilities had replaced them."
    part, whole = quantities(text)
    assert (part.value, whole.value, part.unit) == (27, 31, "utilities")
    assert part.denominator is not None
    assert part.denominator.of(text) == "31 utilities"
    assert part.figure is not None
    assert part.figure.denominator is not None
    assert part.figure.denominator.low == 31


@pytest.mark.parametrize(
    ("words", "comparator", "low", "high"),
    [
        ("More than 16,000", ">", 16_000, inf),
        ("At least 40", ">=", 40, inf),
        ("Up to 5,000", "<=", 0, 5_000),
        ("Fewer than 60", "<", 0, 60),
        ("Nearly 900", "<~", 900, 900),
        ("Some 650", "~", 650, 650),
        ("100,000+", ">=", 100_000, inf),
        ("As few as three", ">=", 3, inf),
        ("Dozens of", "=", 24, inf),
    ],
)
def test_the_comparator_bounds_the_figure(words: str, comparator: str, low: float, high: float) -> None:
    text = f"{words} systems were hit."
    (one,) = quantities(text)
    assert (one.comparator, one.unit, one.state) == (comparator, "systems", "affected")
    assert one.figure is not None
    assert (one.figure.low, one.figure.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("300 firms had not installed the update.", "updates-not-installed"),
        ("They were told to install patches; 8% of firms had not done so.", "updates-not-installed"),
        ("They named 14 unpatched servers.", "updates-not-installed"),
        ("The ministry sanctioned 32 individuals.", "sanctioned"),
        ("It expelled ten diplomats.", "expelled"),
        ("The hackers’ theft of 40 files was noticed.", "stolen"),
        ("Not a word, but 40 councils were not affected.", "not-affected"),
        ("There were 40 councils.", ""),
    ],
)
def test_the_state_is_what_is_said_of_the_things_counted(text: str, state: str) -> None:
    assert [one.state for one in quantities(text)] == [state]


@pytest.mark.parametrize("words", ["Between 20 and 30", "20 to 30", "20–30"])
def test_a_range_states_a_number_at_each_end_and_both_have_its_figure(words: str) -> None:
    text = f"{words} systems were hit."
    low, high = quantities(text)
    assert [(one.number.of(text), one.value, one.comparator) for one in (low, high)] == [
        ("20", 20, ">="),
        ("30", 30, "<="),
    ]
    assert low.figure is not None
    assert (low.figure.low, low.figure.high) == (20, 30)
    assert high.figure == low.figure


def test_the_length_of_an_outage_is_a_quantity_with_its_unit() -> None:
    text = "The website was unavailable for six days."
    (one,) = quantities(text)
    assert (one.number.of(text), one.value, one.unit, one.substantive) == ("six days", 6, "days", True)


def test_what_is_said_of_several_is_said_of_each() -> None:
    assert [one.state for one in quantities("About 100 firms and nine schools were compromised.")] == [
        "compromised"
    ] * 2


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("It hit 40 firms worldwide.", "world"),
        ("It hit 40 UK-based firms.", "GB"),
        ("It hit 40 firms in Norway.", "NO"),
        ("It hit 40 firms.", None),
    ],
)
def test_the_place_is_the_world_or_a_state(text: str, place: str | None) -> None:
    (one,) = quantities(text)
    assert one.place == place
    assert one_figure(text).place == (place or "not stated")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It exposed 4,200 devices, of which some 650 were hit.", [("4,200", "devices"), ("650", "devices")]),
        ("They charged four officers and one company.", [("four", "officers"), ("one", "companies")]),
        ("It has 1.4 million customers; 6,200 of them paid.", [("1.4 million", "customers"), ("6,200", "customers")]),
        ("Behind the hacking groups are two others.", [("two", "hacking groups")]),
        ("It hit tens of thousands of computers and networks.", [("tens of thousands", "computers and networks")]),
        ("The firm runs nine satellites and serves 32 countries.", [("nine", "satellites"), ("32", "countries")]),
        ("It took 37 kinds of tools.", [("37", "tools")]),
        ("The theft cost $84 million.", [("$84 million", "dollars")]),
        ("They wrote to 26 MPs and five chief whips.", [("26", "mps"), ("five", "whips")]),
        ("They named three Examplians and says no more.", [("three", "examplians")]),
        ("They charged one Chinese broker and two firms.", [("one", "brokers"), ("two", "firms")]),
        ("They charged five Chinese.", [("five", "chinese")]),
        ("Of the 11 partners, two abstained.", [("11", "partners"), ("two", "partners")]),
        ("We have counted four such attacks.", [("four", "attacks")]),
        ("The number of victims rose from 12 to 48.", [("12", "victims"), ("48", "victims")]),
        ("We expect the number of open ports to be zero by then.", [("zero", "ports")]),
        (
            "It hit 14 firms in Norway, nine in Spain and six in Malta.",
            [("14", "firms"), ("nine", "firms"), ("six", "firms")],
        ),
        ("It has a staff of 450.", [("450", "staff")]),
        ("It was attacked 2.4 million times a day.", [("2.4 million", "times")]),
        ("It was twice as many as before.", [("twice", "times")]),
        ("All but one of the mills are back; the indictment names seven.", [("one", "mills"), ("seven", "mills")]),
        ("It hit two or three firms.", [("two or three", "firms")]),
        ("It struck on seven occasions.", [("seven", "occasions")]),
        ("It leaked 300 GB.", [("300 GB", "gigabytes")]),
        ("About 200-odd firms paid RMB 10,000 each.", [("200", "firms"), ("RMB 10,000", "yuan")]),
        ("A third, known as Example Bear, was active; losses rose by a third.", [("a third", "percent")]),
    ],
)
def test_the_unit_is_the_noun_also_where_it_is_left_out(text: str, expected: list[tuple[str, str]]) -> None:
    assert counted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In 2021 APT28 used CVE-2021-12345 against version 15.1 of Example Mail.",
        "They were inside for 14 months, as two days ago.",
        "I shall answer on two bases.",
        "The two countries spoke three times.",
        "No one knows, and one of the firms said one thing.",
        "It was the first of its kind.",
        "The first half of the year was calm, and a quarter of a century had passed.",
        "($1 = 7.1180 crowns)",
    ],
)
def test_years_names_durations_and_turns_of_speech_are_not_counted(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize(
    "text", ["They must report within 72 hours.", "This page is 7 months old.", "We are taking two further steps."]
)
def test_deadlines_ages_and_the_steps_of_a_speech_are_not_substantive(text: str) -> None:
    assert [one.substantive for one in quantities(text)] == [False]


def test_a_number_in_a_question_is_questioned() -> None:
    assert [one.modality for one in quantities("Were 300 firms hit?")] == [Modality.QUESTIONED]


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("In 2022, 300 firms were hit.", "2022-01-01"),
        ("300 firms were hit on Monday.", "2023-05-01"),
        ("Before the 2020 election 300 firms were hit.", "2023-05-03"),
        ("She said on Monday that 300 firms were hit.", "2023-05-03"),
        ("On Monday the ministry sanctioned 300 firms.", "2023-05-03"),
        ("By Monday the ministry had sanctioned 300 firms.", "2023-05-01"),
        ("In 2021 the auditor found that 300 firms had no lock.", "2021-01-01"),
        ("They recalled the breach back in 2021, which hit 300 firms.", "2021-01-01"),
        ("In the first half of this year, 300 firms were hit.", "2023-01-01"),
        ("They left over the March holiday, and 300 firms were hit.", "2023-05-03"),
        ("The centre will by July offer help to 300 firms.", "2023-05-03"),
    ],
)
def test_the_date_is_that_of_the_numbers_own_clause_else_that_of_the_utterance(text: str, as_of: str) -> None:
    days = one_figure(text).as_of
    assert str(days if isinstance(days, date) else days.begins) == as_of


def test_a_change_by_so_many_per_cent_is_no_share() -> None:
    assert [one.figure for one in quantities("Attacks rose by 20%.")] == [None]


def test_without_any_day_there_is_no_figure() -> None:
    page = running_text("It hit 300 firms.")
    (found,) = read_quantities(replace(page, document=replace(page.document, published=None)))
    assert isinstance(found.body, Quantity)
    assert found.body.figure is None


def test_the_passage_lies_in_the_original_though_tags_are_taken_out_of_the_view() -> None:
    text = "We regret this [Rebuild]. It is true that 3,000 firms were hit, as the Minister has told the House [Deny]."
    page = lay_out(document_of(text), load_gazetteer())
    (found,) = read_quantities(page)
    assert isinstance(found.body, Quantity)
    assert found.body.figure is not None
    source = found.body.figure.source
    assert isinstance(source, Passage)
    assert text[source.begins : source.ends] == source.text == "3,000 firms were hit"


@given(st.text(alphabet="3,0% of the firms were hit. and one more than May 2021", max_size=90))
def test_any_text_is_read_and_every_number_lies_in_its_span(text: str) -> None:
    for found in read_quantities(running_text(text)):
        assert isinstance(found.body, Quantity)
        assert found.span.holds(found.body.number)


def test_a_number_too_long_for_any_figure_is_none() -> None:
    page = running_text("Iran stole 1" + ",000" * 2_000 + " records. Iran hacked 12 routers.")
    assert [one.body.value for one in read_quantities(page) if isinstance(one.body, Quantity)] == [12]

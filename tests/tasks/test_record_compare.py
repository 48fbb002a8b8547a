"""Comparing the record of a workspace: as reviewed, by family and incident, and beside what was measured."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.record.comparing.told import INCIDENT, Paper
from tests.tasks.conftest import CASE, Take, row, write_report

from tocsin.errors import AskError
from tocsin.figures import Figure, Passage
from tocsin.record import Attribution, Level, Party, Quantity, Relation, Span
from tocsin.record.review import Contradict, Reject
from tocsin.store.assertions import save_reading
from tocsin.store.desk import open_desk
from tocsin.store.documents import Source, save_document
from tocsin.store.workspace import Workspace
from tocsin.tasks.record_compare import FAMILIES, against_census, compare_record
from tocsin.tasks.record_review import review

NOON = datetime(2025, 8, 1, 12, tzinfo=UTC)
BLAME = {"accused": (Party(canonical="gov:RU"),), "relation": Relation.RESPONSIBLE_FOR}
NEWS = "The EU named the territory. Some 3 services were affected."
DEBATE = "The government named the state."


def file_papers(workspace: Workspace, *papers: Paper) -> None:
    """Keeps invented documents with their readings, as if they had been added and read."""
    desk = open_desk(workspace.desk_url)
    for paper in papers:
        document, content = paper.document, paper.text.encode()
        source = Source(name="paper.txt")
        save_document(desk, workspace.documents, document, content, source=source, author="A", now=NOON)
        save_reading(desk, paper.reading(), basis="test", now=NOON)


def two_papers() -> tuple[Paper, Paper]:
    """A newspaper and a debate about one incident, at two levels; a figure in the first."""
    news, debate = Paper(NEWS, day=date(2021, 3, 10)), Paper(DEBATE, day=date(2021, 3, 12))
    news.says("The EU named the territory", Attribution(level=Level.TERRITORY, **BLAME), by="org:EU")
    debate.says("The government named the state", Attribution(level=Level.STATE, **BLAME), by="gov:GB")
    span = news.at("3")
    figure = Figure(
        id="claim",
        low=3,
        high=3,
        unit="services",
        state="affected",
        place="everywhere seen",
        as_of=date(2021, 3, 10),
        known_at=None,
        method="claimed",
        denominator=None,
        source=Passage(document=news.document.sha256, begins=span.begins, ends=span.ends, text="3"),
    )
    quantity = Quantity(number=span, value=3, unit="services", state="affected", figure=figure)
    news.says("Some 3 services were affected", quantity, by="org:sample")
    return news, debate


@pytest.fixture
def place(workspace: Workspace) -> Workspace:
    """A workspace with the two papers."""
    file_papers(workspace, *two_papers())
    return workspace


def test_a_copy_of_a_document_is_compared_once_unless_asked(place: Workspace) -> None:
    before, told = compare_record(place), list[int]()
    news, _ = two_papers()
    copy = Paper(NEWS + "\n", day=date(2021, 3, 10))
    copy.says("The EU named the territory", Attribution(level=Level.TERRITORY, **BLAME), by="org:EU")
    assert copy.document.sha256 != news.document.sha256
    file_papers(place, copy)
    assert compare_record(place, tell=told.append) == before
    assert told == [1]
    assert len(compare_record(place, copies=True)) > len(before)


def test_a_row_has_both_sides_with_their_documents(place: Workspace) -> None:
    [found] = compare_record(place, family="level")
    assert found.left.source == "paper.txt, 2021-03-10"
    assert found.right is not None
    assert found.right.assertion.span.of(found.right.document.text) == "The government named the state"
    told = found.as_json()
    assert told["status"] == "candidate"
    assert [side["text"] for side in told["sides"]] == ["The EU named the territory", "The government named the state"]  # type: ignore[attr-defined]  # a list of objects


def test_what_a_reviewer_rejected_is_no_longer_compared(place: Workspace) -> None:
    [found] = compare_record(place, family="level")
    act = Reject(assertion=found.left.assertion.id, reason="not there")
    review(place, found.left.document.sha256, act, by="A. Example", now=NOON)
    assert compare_record(place, family="level") == ()


def test_it_is_a_contradiction_when_two_persons_say_so(place: Workspace) -> None:
    [found] = compare_record(place, family="level")
    act, document = Contradict(comparison=found.comparison.id), found.left.document.sha256
    review(place, document, act, by="A. Example", now=NOON)
    assert compare_record(place, family="level")[0].as_json()["status"] == "candidate"
    review(place, document, act, by="B. Sample", now=NOON + timedelta(hours=1))
    told = compare_record(place, family="level")[0].as_json()
    assert (told["status"], told["called_contradiction_by"]) == ("contradicts", ["A. Example", "B. Sample"])


def test_only_one_incident_or_family(place: Workspace) -> None:
    assert len(compare_record(place, incident="sample-mail")) == len(compare_record(place)) > 0
    assert compare_record(place, family="relay") == ()
    assert len(FAMILIES) == 12


@pytest.mark.parametrize(
    ("asked", "words"),
    [({"family": "levle"}, "did you mean level"), ({"incident": "sample-mial"}, "did you mean sample-mail")],
)
def test_what_there_is_not_is_refused_with_what_there_is(place: Workspace, asked: dict[str, str], words: str) -> None:
    with pytest.raises(AskError, match=words):
        compare_record(place, **asked)


def test_nothing_read_is_said(workspace: Workspace) -> None:
    with pytest.raises(AskError, match="no document has been read"):
        compare_record(workspace)


def test_a_claimed_figure_beside_the_census_of_its_day(place: Workspace, take: Take, tmp_path: Path) -> None:
    take(write_report(tmp_path, [row("203.0.113.7"), row("203.0.113.8")], day=10))
    take(write_report(tmp_path, [row("203.0.113.7")], day=20))
    [found] = against_census(place, CASE, incident=INCIDENT).rows
    assert found.held.claimed.id == "claim"
    assert found.held.measured.unit == "services"
    assert found.held.measured.as_of == date(2021, 3, 10)
    assert found.side.assertion.span == Span(28, 57)


def test_only_figures_about_the_case_are_held_beside_its_own(place: Workspace, take: Take, tmp_path: Path) -> None:
    take(write_report(tmp_path, [row("203.0.113.7")], day=10))
    found = against_census(place, CASE)
    assert (found.rows, found.left_out) == ((), 1)
    other = Paper("Some 4 services of Exchange were affected.", day=date(2021, 3, 10))
    quantity = two_papers()[0].assertions[-1].body
    other.says("Some 4 services of Exchange were affected", quantity, by="org:sample", incident="sample-exchange")
    file_papers(place, other)
    found = against_census(place, CASE)
    assert ([each.side.assertion.incident for each in found.rows], found.left_out) == (["sample-exchange"], 1)


def test_a_case_without_observations_is_refused(place: Workspace) -> None:
    with pytest.raises(AskError):
        against_census(place, CASE)

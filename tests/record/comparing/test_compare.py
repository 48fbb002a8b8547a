"""All comparisons of a record together: weighty first, nothing twice, no flood, and never the reviewer's word."""

from __future__ import annotations

import time
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.record.comparing.told import DAY, Paper, documents_of

from tocsin.record import Attribution, Denial, Genre, Level, Party, Polarity, Quantity, Relation, SegmentKind, Span
from tocsin.record.comparing import Comparison, Family, compare

_PARTIES = ("gov:GB", "gov:US", "org:EU", "org:sample", "role:RU-spokesperson", "gov:RU")


def _compared(*papers: Paper) -> tuple[Comparison, ...]:
    return compare([paper.reading() for paper in papers], documents_of(papers))


def _blame(level: int) -> Attribution:
    return Attribution(accused=(Party(canonical="gov:RU"),), level=Level(level), relation=Relation.BEHIND)


def test_a_retold_number_is_told_once_and_not_as_a_number_again() -> None:
    asked, answered = "I heard that 3,000 firms may be open.", "He is right that 3,000 firms were hit."
    turns = [
        (asked, SegmentKind.TURN, "person:lord-example", None),
        (answered, SegmentKind.TURN, "person:lord-sample", None),
    ]
    paper = Paper(f"{asked}\n\n{answered}", genre=Genre.DEBATE, parts=turns)
    number = Span(0, 1)
    paper.says(asked, Quantity(number=number, value=3000, unit="firms", state="open"), by="person:lord-example")
    paper.says(
        answered,
        Quantity(number=number, value=3000, unit="firms", state="hit"),
        by="person:lord-example",
        chain=("person:lord-sample", "person:lord-example"),
    )
    assert [each.family for each in _compared(paper)] == [Family.RELAY]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 2),
            st.sampled_from(_PARTIES),
            st.integers(0, 5) | st.sampled_from([85.0, 15.0, 3000.0, 400000.0]),
            st.sampled_from(Polarity),
            st.sampled_from(["sample-mail", "mail", "pattern:RU", None]),
        ),
        max_size=30,
    )
)
def test_any_record_gives_sound_comparisons(rows: list[tuple[int, str, float, Polarity, str | None]]) -> None:
    words = [f"Claim {number} is made here." for number in range(len(rows))]
    papers = [Paper(f"Paper {number}. {' '.join(words)}", day=DAY + timedelta(days=number * 9)) for number in range(3)]
    for (which, by, value, polarity, incident), said in zip(rows, words, strict=True):
        if isinstance(value, int) and by.endswith("RU") and polarity is Polarity.NEGATED:
            body: Attribution | Quantity | Denial = Denial(what="responsibility_denial")
        elif isinstance(value, int):
            body = _blame(value)
        else:
            unit = "percent" if value < 100 else "firms"
            body = Quantity(number=Span(0, 1), value=value, unit=unit, state=by.partition(":")[2])
        papers[which].says(said, body, by=by, polarity=polarity, incident=incident)
    found = _compared(*papers)
    ids = {assertion.id for paper in papers for assertion in paper.assertions}
    assert {each.left for each in found} | {each.right for each in found} - {None} <= ids
    assert all(each.left != each.right for each in found)
    assert len({each.id for each in found}) == len(found)
    assert [each.weight for each in found] == sorted((each.weight for each in found), reverse=True)
    assert all(each.explanation and "contradict" not in each.explanation for each in found)
    assert found == _compared(*papers[::-1])


def test_a_large_record_is_neither_slow_nor_a_flood() -> None:
    papers = []
    for number in range(100):
        words = [f"Paper {number} makes claim {place} of many others." for place in range(40)]
        paper = Paper(" ".join(words), day=DAY + timedelta(days=number))
        for place, said in enumerate(words):
            by, number_told = f"org:sample-{place % 7}", 100.0 + number * place
            if place % 2:
                paper.says(said, _blame(place % 6), by=by)
            else:
                paper.says(said, Quantity(number=Span(0, 1), value=number_told, unit="firms", state="hit"), by=by)
        papers.append(paper)
    readings, documents = [paper.reading() for paper in papers], documents_of(papers)
    begins = time.perf_counter()
    found = compare(readings, documents)
    assert time.perf_counter() - begins < 5
    assert len(found) <= 200

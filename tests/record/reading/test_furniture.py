from __future__ import annotations

import pytest

from tocsin.record.document import Genre
from tocsin.record.reading.furniture import furniture
from tocsin.record.reading.paragraphs import paragraphs
from tocsin.record.segments import SegmentKind

NEWS = """Skip to main content

Home

World

Sport

Norway blames group for port hack - The Example Post

Norway blames group for port hack

Oslo says it will respond to the breach of its largest port

By Alex Example and Sam Sample in Oslo

Tue 7 Mar 2028 08.15 GMT

This article is more than 2 months old

The port of Exampleton, pictured last year. Photograph: Sam Sample/AFP/Getty Images

Norway has accused a group of hacking its largest port, the foreign minister said on Tuesday.

A wider pattern

Nobody was hurt, and the port is open again after three days of repairs to its systems.

Norway has accused a group of hacking its largest port, the foreign minister said on Tuesday.

Read more: Who are the hackers?

Topics

Cybercrime
"""


def kinds(text: str, genre: Genre, title: str | None = None) -> dict[str, SegmentKind]:
    parts = paragraphs(text)
    found = furniture(text, parts, genre=genre, title=title)
    return {parts[number].of(text)[:30]: kind for number, (kind, _) in found.items()}


def test_a_newspapers_page_is_told_apart_from_its_article() -> None:
    found = kinds(NEWS, Genre.NEWS)
    assert found["Norway blames group for port h"] is SegmentKind.TITLE
    assert found["Oslo says it will respond to t"] is SegmentKind.STANDFIRST
    assert found["The port of Exampleton, pictur"] is SegmentKind.CAPTION
    assert found["A wider pattern"] is SegmentKind.HEADING
    assert found["Norway has accused a group of "] is SegmentKind.DUPLICATE
    furniture_of_page = {text for text, kind in found.items() if kind is SegmentKind.BOILERPLATE}
    assert furniture_of_page >= {
        "Skip to main content",
        "Home",
        "World",
        "Topics",
        "Cybercrime",
        "Tue 7 Mar 2028 08.15 GMT",
    }
    assert "Nobody was hurt, and the port " not in found


def test_the_first_of_two_copies_is_read() -> None:
    parts = paragraphs(NEWS)
    found = furniture(NEWS, parts, genre=Genre.NEWS)
    copies = [number for number, part in enumerate(parts) if part.of(NEWS).startswith("Norway has accused")]
    assert [number in found for number in copies] == [False, True]


def test_a_title_known_from_elsewhere_goes_before_a_guess() -> None:
    text = "Ministry of Example Affairs of Norway\n\nOn the breach\n\n" + "The ministry condemns the attack. " * 4
    assert kinds(text, Genre.STATEMENT, title="On the breach")["On the breach"] is SegmentKind.TITLE


def test_the_record_of_a_debate_has_stage_directions() -> None:
    text = (
        "Cyber-attack: Example Port\n\nVolume 12: debated on Monday 6 March 2028\n\n3.15 pm\n\n"
        "The following Answer was given in the House of Commons on Friday 3 March.\n\n"
        "My Lords, we thank the noble Lord for his question about the port.\n\nMotion agreed."
    )
    found = kinds(text, Genre.DEBATE)
    assert found["Cyber-attack: Example Port"] is SegmentKind.TITLE
    assert list(found.values()).count(SegmentKind.STAGE) == 4


@pytest.mark.parametrize("line", ["ENDS", "Page 3 of 9", "Share", "© 2028 Example", "Media enquiries: a@b.example"])
def test_lines_of_page_furniture(line: str) -> None:
    assert kinds(f"{'A sentence of the text that is long enough. ' * 2}\n\n{line}", Genre.STATEMENT) == {
        line: SegmentKind.BOILERPLATE
    }


@pytest.mark.parametrize("line", ["By the end of May all was well again.", "Topics of the talks were many."])
def test_sentences_that_begin_like_furniture_are_text(line: str) -> None:
    assert line not in kinds(f"{'A sentence of the text that is long enough. ' * 2}\n\n{line}", Genre.NEWS)


def test_a_page_that_is_only_navigation_has_no_text() -> None:
    parts = paragraphs("Home\n\nMenu\n\nSearch\n\nSport")
    assert set(furniture("Home\n\nMenu\n\nSearch\n\nSport", parts, genre=Genre.NEWS)) == set(range(len(parts)))

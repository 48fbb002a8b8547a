from __future__ import annotations

import pytest

from tocsin.record.document import Genre
from tocsin.record.reading.genres import guess_genre

DEBATE = "My Lords, the noble Lord asks about the breach.\n\nMy Lords, I thank the noble Baroness."
BRIEFING = "Q Thank you. Who did it?\n\nMR EXAMPLE: We know.\n\nQ And when?\n\nMR EXAMPLE: In May."
ADVISORY = "Joint Cybersecurity Advisory\n\nActors exploit CVE-2027-12345.\n\nMitigations\n\nPatch."
STATEMENT = "Statement by the Foreign Ministry\n\nWe condemn the attack. We stand with our allies.\n\nENDS"
NEWS = "By Alex Example\n\nThe breach was large, the firm said in a statement. “It is bad,” he told reporters."


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        (DEBATE, Genre.DEBATE),
        (BRIEFING, Genre.BRIEFING),
        (ADVISORY, Genre.ADVISORY),
        (STATEMENT, Genre.STATEMENT),
        (NEWS, Genre.NEWS),
        ("A recipe for soup.", Genre.OTHER),
        ("", Genre.OTHER),
    ],
)
def test_each_genre_is_known_by_its_marks(text: str, genre: Genre) -> None:
    assert guess_genre(text) is genre


def test_what_a_minister_is_told_by_a_reporter_is_still_a_briefing() -> None:
    assert guess_genre(BRIEFING + "\n\nAccording to CVE-2027-12345, officials said in a statement.") is Genre.BRIEFING

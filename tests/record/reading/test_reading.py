"""A document read as a whole: chain, incident, ids, places in the original. The article is invented."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.record.assertions import Attribution, Code, Reading
from tocsin.record.document import Document, Genre
from tocsin.record.gazetteer import load_gazetteer
from tocsin.record.reading.reading import read

ARTICLE = """\
Iran behind hack of Example Archive, minister says

The security minister said on Tuesday that Iranian state-backed hackers had stolen records of Example Archive [Deny].

"We believe it is highly likely that the IRGC ordered this attack," Jane Example said.

Iran's embassy denied any involvement. [Deny]
"""


def reading(text: str, genre: Genre = Genre.NEWS) -> Reading:
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    document = Document(
        sha256=sha256, text=text, media_type="text/plain", source="a.txt", genre=genre, published=date(2023, 5, 3)
    )
    return read(document, load_gazetteer())


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x85", "\u2028"], ids=ascii)
def test_whatever_ends_the_lines_the_same_is_read(end: str) -> None:
    text = ARTICLE.replace("\n", end)
    found = [(each.rule, each.span.of(text), each.claimants[-1:]) for each in reading(text).assertions]
    wanted = [(each.rule, each.span.of(ARTICLE), each.claimants[-1:]) for each in reading(ARTICLE).assertions]
    assert [(rule, words, [who.canonical for who in whom]) for rule, words, whom in found] == [
        (rule, words, [who.canonical for who in whom]) for rule, words, whom in wanted
    ]


def test_who_says_so_is_the_chain_up_to_whoever_is_quoted() -> None:
    (quoted,) = [
        one
        for one in reading(ARTICLE).assertions
        if isinstance(one.body, Attribution) and "IRGC" in one.span.of(ARTICLE)
    ]
    assert [party.canonical for party in quoted.chain][-1] == "person:jane-example"
    assert isinstance(quoted.body, Attribution)
    assert quoted.body.likelihood.words is not None
    assert quoted.body.likelihood.words.of(ARTICLE) == "highly likely"
    assert quoted.body.likelihood.band is None, "she has declared no yardstick"


def test_codes_are_kept_apart_from_the_text_and_every_place_is_of_the_original() -> None:
    found = reading(ARTICLE).assertions
    codes = [one for one in found if isinstance(one.body, Code) and one.body.tag is not None]
    assert [one.body.tag.of(ARTICLE).strip() for one in codes if isinstance(one.body, Code) and one.body.tag] == [
        "[Deny]"
    ] * 2
    assert codes[0].span.of(ARTICLE).startswith("The security minister said")
    assert codes[1].span.of(ARTICLE) == "Iran's embassy denied any involvement."
    for one in found:
        assert all(span.of(ARTICLE) for span in one.triggers)
        assert one.span.ends <= len(ARTICLE)


def test_the_same_bytes_give_the_same_reading_with_ids_of_their_own() -> None:
    first, again = reading(ARTICLE), reading(ARTICLE)
    assert first == again
    ids = [one.id for one in first.assertions]
    assert len(ids) == len(set(ids)) > 3


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Russia ", "China's ", "hackers ", "attacked ", "said ", "that ", "“", "”", "‘", "\n\n", "39 ", "92% ",
             "of ", "the GRU ", ". ", "? ", "[Deny]", "was behind ", "not ", "My Lords, ", "Q ", "by ", "\u202e", "<b>",
             "(", "it "]
        ),
        max_size=60,
    )
)  # fmt: skip
def test_whatever_is_thrown_at_it_every_place_lies_in_the_text(words: list[str]) -> None:
    text = "".join(words)
    found = reading(text, Genre.OTHER)
    for one in found.assertions:
        assert 0 <= one.span.begins < one.span.ends <= len(text)
    for part in found.segments:
        assert part.span.ends <= len(text)


def test_time_grows_with_length_and_not_faster() -> None:
    """Counted in tokens that are read, not seconds: a sentence without end yields no more than its length."""
    endless = "Russia and China and Iran attacked the hackers of the GRU " * 400
    assert len(reading(endless, Genre.OTHER).assertions) <= 400 * 6

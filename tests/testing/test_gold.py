"""A gold file is believed only about the very document that was annotated."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from tocsin.errors import FeedError
from tocsin.record import Genre, Span
from tocsin.testing.gold import Kind, canonicals, days, place, read_gold, words

TEXT = "Ministers said it was “highly likely” that Russia was behind the attack on 40 – perhaps 45 – servers.\r\nÉtude."


def span(words: str) -> dict[str, object]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def entry(**more: object) -> dict[str, object]:
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    return {"id": "X1", "file": "x1.txt", "sha256": sha256, "genre": "news_article", "date": "2026-02-03", **more}


ATTRIBUTION = {
    "id": "X1-A1",
    "span": span("Russia was behind the attack"),
    "accused": [{"span": span("Russia"), "canonical": "state:RU"}],
    "level": 5,
    "polarity": "asserted",
    "confidence_span": span("highly likely"),
}


def write(folder: Path, *entries: dict[str, object], schema: str = "tocsin-gold/0.1") -> Path:
    (folder / "x1.txt").write_bytes(TEXT.encode())
    (folder / "gold.json").write_text(json.dumps({"schema": schema, "documents": entries}))
    return folder / "gold.json"


def test_a_document_is_what_its_file_says_with_line_ends_as_they_are(tmp_path: Path) -> None:
    (gold,) = read_gold(write(tmp_path, entry(attributions=[ATTRIBUTION])))
    assert gold.document.text == TEXT
    assert (gold.document.genre, gold.document.published) == (Genre.NEWS, date(2026, 2, 3))
    assert (gold.blind.genre, gold.blind.published) == (Genre.OTHER, None)


def test_an_attribution_and_its_words_become_items(tmp_path: Path) -> None:
    (gold,) = read_gold(write(tmp_path, entry(attributions=[ATTRIBUTION | {"level_alt": [4]}])))
    claim, said = gold.items
    assert claim.span.of(TEXT) == "Russia was behind the attack"
    assert claim.facts["level"] == {"4", "5"}
    assert claim.facts["words"] == {"highly likely"}
    assert "speaker" not in claim.facts, "what was not annotated is not compared"
    assert (said.kind, said.span.of(TEXT)) == (Kind.WORDS, "highly likely")


def test_a_quantity_stands_at_its_number(tmp_path: Path) -> None:
    number = {"id": "Q", "span": span("40 – perhaps 45 – servers"), "number_span": span("40"), "value": 40}
    (gold,) = read_gold(write(tmp_path, entry(quantities=[number | {"unit": "servers", "substantive": False}])))
    assert gold.items[0].span.of(TEXT) == "40"
    assert gold.items[0].is_optional


def test_only_what_was_annotated_is_scored(tmp_path: Path) -> None:
    (gold,) = read_gold(write(tmp_path, entry(attributions=[], denials=[])))
    assert gold.kinds == {Kind.ATTRIBUTIONS, Kind.WORDS, Kind.DENIALS}


def test_another_document_under_the_same_name_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, entry(attributions=[ATTRIBUTION]))
    (tmp_path / "x1.txt").write_bytes(TEXT.replace("\r\n", "\n").encode())
    with pytest.raises(FeedError, match=r"x1\.txt: this is not the document .* its SHA-256 is"):
        read_gold(path)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"start": 0, "end": 6, "text": "Russia"}, "at 0 stands 'Minist', not 'Russia'"),
        ({"start": 5, "end": 6000}, "code points 5 to 6000 are not in the document"),
    ],
)
def test_an_offset_that_does_not_match_is_refused_with_the_document(
    tmp_path: Path, wrong: dict[str, object], told: str
) -> None:
    with pytest.raises(FeedError) as caught:
        read_gold(write(tmp_path, entry(attributions=[ATTRIBUTION | {"span": wrong}])))
    assert told in caught.value.what
    assert "documents[0] (X1)" in str(caught.value)


def test_what_is_needed_and_missing_is_named_by_its_path(tmp_path: Path) -> None:
    bad = {key: value for key, value in ATTRIBUTION.items() if key != "level"}
    with pytest.raises(FeedError, match=r"level.*\$\.documents\[0\]\.attributions\[0\]"):
        read_gold(write(tmp_path, entry(attributions=[bad])))


def test_what_is_no_gold_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="cannot be read"):
        read_gold(tmp_path / "none.json")
    with pytest.raises(FeedError, match="the schema is 'other/1'"):
        read_gold(write(tmp_path, schema="other/1"))
    (tmp_path / "gold.json").write_bytes(b"\xff{")
    with pytest.raises(FeedError, match="no gold file"):
        read_gold(tmp_path / "gold.json")
    with pytest.raises(FeedError, match="the annotated document cannot be read"):
        read_gold(write(tmp_path, entry(file="gone.txt")))


def test_parties_joined_by_semicolons_are_several_and_the_unknown_are_alike() -> None:
    assert canonicals("gov:GB;org:EU", None, "group:two (= a remark)") == {"gov:GB", "org:EU", "group:two"}
    assert canonicals("unknown:noble-lord-2") == canonicals("unknown:chair") == {"unknown"}


@pytest.mark.parametrize(
    ("iso", "both_ends"),
    [
        ("2026-02-03", "2026-02-03/2026-02-03"),
        ("2026-02", "2026-02-01/2026-02-28"),
        ("2025-12", "2025-12-01/2025-12-31"),
        ("2024", "2024-01-01/2024-12-31"),
        ("2026-03-01/2026-03-10", "2026-03-01/2026-03-10"),
        ("2026-07-19T10:21:00-04:00", "2026-07-19/2026-07-19"),
    ],
)
def test_a_date_is_its_first_and_last_day(iso: str, both_ends: str) -> None:
    assert days(iso) == {both_ends}


def test_what_is_no_date_has_no_days() -> None:
    assert days(None) == days("soon") == days("2026-02-30") == frozenset()


def test_words_and_places_leave_quotation_marks_aside() -> None:
    assert words(" “Highly\n likely” ") == {"highly likely"}
    assert words("“ ”") == words(None) == frozenset()
    quoted = span("“highly likely”")
    begins = int(str(quoted["start"]))
    assert place(Span(begins, begins + 15), TEXT) == place(Span(begins + 1, begins + 14), TEXT)


def test_a_form_of_address_is_no_part_of_a_persons_name_but_a_peerage_is() -> None:
    assert canonicals("person:sir-alex-example", "person:dr-alex-example") == {"person:alex-example"}
    assert canonicals("person:lord-example") == {"person:lord-example"}
    assert canonicals("person:sir") == {"person:sir"}
